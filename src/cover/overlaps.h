/* What the files of the overlaps share: one walk over the cells and services asked about, in the
 * course of which leads are compared and single points looked for; pledges and circles need no
 * people. Private to cover/. */
#ifndef ENTENTE_COVER_OVERLAPS_H
#define ENTENTE_COVER_OVERLAPS_H

#include "cover/internal.h"

/* One service in the country at hand: what its cells share. */
struct counter {
	const struct row *const *candidates;
	size_t candidate_count;
	const struct part *parts;
	size_t part_count;
	bool ready;
	uint8_t *own_band; /* per party, as in struct memo */
};

/* A growing list in an arena. */
struct pile {
	void *items;
	size_t count, capacity;
};

struct hunt {
	struct arena *arena;
	const struct cover_index *index;
	const struct people_count *count;
	const struct overlap_filter *filter;
	struct scratch scratch;
	struct flat flat;
	uint8_t *force; /* per slot, as in struct memo */
	struct counter counters[WORLD_SERVICES_MAX];
	/* leads */
	uint32_t *sizes; /* per row with one item: its size; NONE32: not worked out */
	struct pile found, units;
	struct pile leads, unassigned; /* struct lead_overlap, while they grow */
	struct lead_table *lead_table;
	/* points */
	struct point_table *points;
	bool no_memory;
};

void *pile_push(struct hunt *hunt, struct pile *pile, size_t size);

enum status leads_init(struct hunt *hunt);
/* The leads of one cell at ASK's place; PART: the candidates that do not cover the country, NULL at
 * the country itself. */
void leads_cell(struct hunt *hunt, struct ask *ask, const struct people_cell *cell,
	const struct part *part);
void leads_finish(struct hunt *hunt, struct overlaps *out);

enum status points_init(struct hunt *hunt);
/* What ASK's cell loses with each post, party or agreement on which its band rests alone. */
void points_cell(struct hunt *hunt, struct ask *ask, const struct people_cell *cell);
enum status points_finish(struct hunt *hunt, struct overlaps *out);

enum status pledges_find(struct hunt *hunt, struct overlaps *out);
enum status circles_find(struct hunt *hunt, struct overlaps *out);

/* AGREEMENT is in force on DATE and COMMITMENT inside its own dates; the viewer may see it on the
 * day of the question. */
bool hunt_holds(const struct hunt *hunt, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date);
/* PLACE and what the filter asks for meet. */
bool hunt_wants_place(const struct hunt *hunt, uint32_t place);
/* The country PLACE lies in (itself for larger places) is in WHERE of DATE. */
bool hunt_in_scope(
	const struct hunt *hunt, const struct place_scope *scope, uint32_t place, int32_t date);

#endif
