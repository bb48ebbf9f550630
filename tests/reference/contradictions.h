/* Between the files of the contradictions' reference: the days that are tried, and what a clause
 * means on one of them. */
#ifndef ENTENTE_TESTS_REFERENCE_CONTRADICTIONS_H
#define ENTENTE_TESTS_REFERENCE_CONTRADICTIONS_H

#include "overlaps.h"

struct claim {
	const struct agreement *agreement;
	const struct commitment *commitment;
};

struct court {
	struct look look;
	int32_t *days; /* "every day on which it does" */
	size_t day_count;
	struct contradiction *items;
	size_t count;
};

void court_tell(struct court *court, enum contradiction_kind kind, const struct claim *claim,
	const struct claim *other);
/* "a renewal still awaited counts as held" */
bool court_holds(const struct claim *claim, int32_t day);
/* PLACE lies in a country, and the clause holds there. */
bool court_place(const struct court *court, const struct claim *claim, uint32_t place, int32_t day);
/* An item of the clause names NAT; ... and none excepts it. */
bool court_names(const struct court *court, const struct claim *claim, uint16_t nat, int32_t day);
bool court_for(const struct court *court, const struct claim *claim, uint16_t nat, int32_t day);
bool court_same_places(const struct place_scope *a, const struct place_scope *b);
bool court_same_provider(const struct provider *a, const struct provider *b);
bool court_same_steps(const struct commitment *a, const struct commitment *b);

/* What hangs on persons, steps and safeguards (contradictions_persons.c). */
bool court_guarded(const struct court *court, const struct claim *claim);
bool court_step_nobody(const struct court *court, const struct claim *claim);
/* Tells where a clause of A obliges whom one of B leaves out. */
void court_excluded(struct court *court, const struct agreement *a, const struct agreement *b);

#endif
