/* What the files of advice share: the forms of the drafts, and what a candidate would do for which
 * cells. */
#ifndef ENTENTE_COVER_ADVICE_H
#define ENTENTE_COVER_ADVICE_H

#include "cover/internal.h"

/* Services that one State gives for another under a consular-representation form. */
#define ADVICE_CONSULAR 4
extern const char *const advice_consular[ADVICE_CONSULAR];
uint64_t advice_consular_services(void);
/* Steps that guard the person go with the service, whoever draws up the agreement. */
bool advice_keeps(enum step_do what);
bool advice_has_destination(uint64_t services);
/* Whom LIKE leaves out, as far as need allows for SERVICES (safeguard S6): where the way home is
 * not what is given, refugees and asylum-seekers stay in. */
unsigned advice_left_out(const struct commitment *like, uint64_t services);
/* What an organization is known to give, and how: a commitment of its own, NULL for anybody. */
struct standby {
	uint8_t service;
	const struct commitment *like;
};
/* The agreement that ADVICE drafts, in force, as the engine reads it. State for State without a
 * nationality is drawn up for any: each is judged alone, so that one trial serves them all. Of an
 * organization all STANDBYS are taken. False: no memory. */
bool advice_agreement(struct agreement *out, struct arena *arena, const struct advice *advice,
	const struct standby *standbys, size_t count, const struct world *world);

/* What a candidate does for a cell. */
struct edge {
	uint32_t cell; /* in people_count->cells */
	uint8_t service;
	uint8_t band;
	bool uncertain;
};
struct edges {
	struct edge *items;
	size_t count, capacity;
};

/* What is asked, once for all candidates. */
struct advising {
	const struct cover_index *index;
	const struct people_count *count;
	const struct advice_filter *filter;
	uint64_t services;
	uint8_t *
		bands; /* [service][cell]: as things stand; BAND_WILL where nobody is asked about */
	bool *not_known;  /* the same, of none */
	int64_t *weights; /* per cell: people x risk */
	bool *no_risk;    /* per cell: its country has none on record */
	struct arena *arena;
};
/* Pushes the cells that AGREEMENT, taken into the world, would lift, with the bands they would get,
 * by country, service, cell. */
enum status advice_judge(
	struct edges *out, const struct advising *advising, const struct agreement *agreement);

/* PARTY is one that gives services by offices, not by posts: no State, agency of one, or post. */
bool advice_organization(const struct world *world, uint32_t party);
/* A regional group on DATE (docs/semantics.md, "regional-group"). */
bool advice_regional(const struct world *world, uint32_t group, int32_t date);
/* What PARTY gives by agreements that the viewer sees, or has a strength for, of the services asked
 * about; by service, no two alike. */
enum status advice_standbys(
	struct standby **out, size_t *count, const struct advising *advising, uint32_t party);

/* Of ADVICE's service, all ways that are known among STANDBYS. */
enum status advice_likes(
	struct advice *advice, struct arena *arena, const struct standby *standbys, size_t count);
/* Nobody, for nobody, nowhere. */
struct advice advice_blank(enum advice_kind kind);

/* A candidate: who, for whom, where, without figures yet, and its edges (runs of the kernel). */
struct candidate { /* there may be hundreds of thousands */
	enum advice_kind kind;
	uint32_t party, group, place;
	uint16_t nat;
	uint8_t service;
	const struct commitment **like;
	size_t like_count;
	struct advise_candidate runs;
};
struct listing {
	struct advising *advising;
	struct edges edges; /* of all candidates */
	struct {
		struct candidate *items;
		size_t count, capacity;
	} kinds[ADVICE_KINDS];
};
/* Fills the lists of LISTING, whose `advising` is ready. */
enum status advice_list(struct listing *listing);

#endif
