/* Between the files of the reference: plain questions about rows of a world, answered by looking at
 * every row. */
#ifndef ENTENTE_TESTS_REFERENCE_FACTS_H
#define ENTENTE_TESTS_REFERENCE_FACTS_H

#include "accord/accord.h"

/* Places: walks `parent`. */
bool ref_lies_in(const struct world *world, uint32_t place, uint32_t ancestor);
/* "a zone is a named set of places": PLACE lies in one that belongs to it on DATE. DEPTH (may be
 * NULL): of the deepest. */
bool ref_in_zone(
	const struct world *world, uint32_t zone, uint32_t place, int32_t date, uint16_t *depth);

/* Groups: "a named set of parties with dated membership". */
bool ref_in_group(const struct world *world, uint32_t group, uint32_t party, int32_t date);
/* The State of NAT is a member. */
bool ref_nat_in_group(const struct world *world, uint32_t group, uint16_t nat, int32_t date);

/* The State of a nationality, NONE32 if it has none. */
uint32_t ref_state_of(const struct world *world, uint16_t nat);
/* "party N; a chain of parent that reaches N; flagged state-controlled: N". */
bool ref_acts_for(const struct world *world, uint32_t party, uint16_t nat);
/* PARTY or one above it is ANCESTOR. */
bool ref_under(const struct world *world, uint32_t party, uint32_t ancestor);

/* A presence not known, taken as known; levels 0: none. Set by reference_unknowns() alone. */
struct ref_supposed {
	uint32_t party, country;
	unsigned levels;
	enum truth truth;
};
extern struct ref_supposed ref_supposed;

#endif
