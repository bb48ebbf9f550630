/* Between the files of the overlaps' reference: the question, and the lists as they grow. */
#ifndef ENTENTE_TESTS_REFERENCE_OVERLAPS_H
#define ENTENTE_TESTS_REFERENCE_OVERLAPS_H

#include "reference.h"
#include "rules.h"

struct look {
	struct arena *arena;
	const struct world *world;
	const struct accords *accords;
	const struct overlap_filter *filter;
	struct people_count people;
	bool no_memory;
};

/* One more of a list; NULL when memory fails (told in the look). The list's capacity is its own
 * affair: every push copies, which is slow and plain. */
void *look_push(struct look *look, void **items, size_t *count, size_t size);
/* A cell that the filter asks for. */
bool look_wants_cell(const struct look *look, const struct people_cell *cell);
/* PLACE lies in what the filter asks for, or the other way round. */
bool look_wants_place(const struct look *look, uint32_t place);
struct query look_query(
	const struct look *look, const struct people_cell *cell, uint8_t service, uint32_t place);
/* In force, visible to the viewer, inside the commitment's dates. */
bool look_holds(const struct look *look, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date);
/* PLACE (in a country) is in `where` on DATE. */
bool look_where(
	const struct look *look, const struct commitment *commitment, uint32_t place, int32_t date);
/* By agreement, commitment, row of the schedule. */
int look_order(const struct agreement *a, const struct commitment *x, const struct agreement *b,
	const struct commitment *y);

void look_leads(struct look *look, struct overlaps *out);
void look_assets(struct look *look, struct overlaps *out);
void look_strengths(struct look *look, struct overlaps *out);
void look_circles(struct look *look, struct overlaps *out);
void look_points(struct look *look, struct overlaps *out);

#endif
