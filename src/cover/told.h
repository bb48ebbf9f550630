/* What the analyses say, worked out once: sums, dates, words and the documents in JSON that the
 * command line and the API print alike. Part of the public face: cover.h includes it, nobody else
 * does. A document is one object on one line, without the end of the line. */
#ifndef ENTENTE_COVER_TOLD_H
#define ENTENTE_COVER_TOLD_H

#ifndef ENTENTE_COVER_COVER_H
#error "include cover/cover.h"
#endif

const char *cover_truth_letter(enum truth truth); /* T, F or U */

/* ---- advice (advice_sums.c, advice_json.c) ---- */

/* The people whom one item lifts in one country. */
struct advice_place {
	uint32_t place;
	int64_t lifts;
	int64_t uncertain; /* of the lifts */
	uint16_t nat;      /* whose most people there are lifted */
	int64_t nat_lifts;
	uint8_t service; /* of the first lift there */
};
/* The countries of ADVICE, most lifts first, then by code. NULL: no memory. */
struct advice_place *cover_advice_places(struct arena *arena, const struct world *world,
	const struct people_count *count, const struct advice *advice, size_t *places);
int64_t cover_advice_of_service(
	const struct people_count *count, const struct advice *advice, uint8_t service);
/* The provider's presence in PLACE, for groups of the first member that is there. */
struct presence cover_advice_provider(const struct world *world, const struct advice *advice,
	const struct advice_place *place, int32_t date, uint32_t *party);
/* The State whose absence counts: of the nationality lifted there; NONE32 for organizations. */
uint32_t cover_advice_absent(
	const struct world *world, const struct advice *advice, const struct advice_place *place);
/* The candidate whose draft has ID on the filter's date, for its viewer, without figures;
 * STATUS_NOT_FOUND: none has. Whether it would lift anybody is not judged. */
enum status cover_advice_named(struct advice *out, struct arena *arena,
	const struct cover_index *index, struct str id, const struct advice_filter *filter);
enum status cover_advice_json(struct buf *out, struct arena *arena, const struct world *world,
	const struct people_count *count, const struct advices *advices,
	const struct advice_filter *filter);

/* ---- unknowns (unknowns_json.c) ---- */

enum unknown_look { /* where one might find out */
	LOOK_RESIDENCE,
	LOOK_MISSIONS,
	LOOK_CONSULAR_LIST,
	LOOK_ACCREDITATIONS,
	LOOK_OFFICES,
	LOOKS
};
extern const struct str cover_look_words[LOOKS];
enum unknown_look cover_unknown_look(const struct unknown_fact *fact);
/* What is on record of it on DATE; of UNKNOWN_PRESENCE. */
struct presence cover_unknown_record(
	const struct world *world, const struct unknown_fact *fact, int32_t date);
/* ... and of which day that is; DATE_NONE: nothing is. */
int32_t cover_unknown_as_of(
	const struct world *world, const struct unknown_fact *fact, int32_t date);
void cover_unknowns_json(struct buf *out, const struct world *world,
	const struct unknowns *unknowns, const struct unknown_filter *filter, size_t limit);

/* ---- readiness (ready_json.c) ---- */

/* The agreements that VIEWER sees on DATE, templates left out, in order of ACCORDS. NULL: no
 * memory. */
const struct agreement **cover_ready_agreements(struct arena *arena,
	const struct cover_index *index, const struct accords *accords, uint32_t viewer,
	int32_t date, size_t *count);
/* Rows of a schedule are one commitment: its first stands for all. */
bool cover_ready_repeats(const struct agreement *agreement, size_t number);
enum status cover_ready_json(struct buf *out, struct arena *arena, const struct cover_index *index,
	const struct agreement *const *agreements, size_t count, int32_t date, uint32_t viewer);

/* ---- grid (grid_json.c) ---- */

extern const char *const cover_grid_axes[GRID_AXES];
/* A key of an axis as options and documents write it: SDN, relief.food, during, 12. */
struct str cover_grid_code(
	struct arena *arena, const struct world *world, enum grid_axis axis, uint32_t key);
/* What was not said of a grid: an axis that is GRID_AXES, PHASES 0. Sectors against phases, as far
 * as the other axis lets them; in a crisis, unless phases are an axis. False: both axes alike. */
bool cover_grid_complete(struct grid_asked *asked, int rows, int cols, unsigned phases);
/* No axis tells services apart: all that anybody gives would fall into one cell. */
bool cover_grid_needs_service(const struct grid_asked *asked);
/* How many of COUNT keys are told: nationalities and places beyond LIMIT are left out. */
size_t cover_grid_kept(enum grid_axis axis, size_t count, size_t limit);
void cover_grid_json(struct buf *out, struct arena *arena, const struct world *world,
	const struct grid *grid, size_t limit);

#endif
