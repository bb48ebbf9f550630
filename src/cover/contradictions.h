/* What the files of the contradictions share: days, places and people that a commitment means.
 * Private to cover/. */
#ifndef ENTENTE_COVER_CONTRADICTIONS_H
#define ENTENTE_COVER_CONTRADICTIONS_H

#include "cover/internal.h"

struct dispute {
	struct arena *arena;
	const struct cover_index *index;
	const struct world *world;
	struct flat flat;
	struct contradiction *items;
	size_t count, capacity;
	int32_t *days; /* at hand, ascending */
	size_t day_count, day_capacity;
	bool no_memory;
};

void dispute_add(struct dispute *dispute, struct contradiction contradiction);
/* A contradiction of ROW without witness. */
struct contradiction dispute_of(const struct row *row, enum contradiction_kind kind);

/* STATUSES with those that they imply. */
unsigned dispute_implied(unsigned statuses);

/* AGREEMENT was in force on some day, by its states. */
bool dispute_ever_in_force(const struct agreement *agreement);
/* ROW holds on DATE; a renewal that is still awaited counts. */
bool dispute_holds(const struct row *row, int32_t date);
/* The days on which something of ROW may change (agreement, commitment, parties, opt-outs, groups
 * and zones named) and ROW holds: what is true on none of them is true on no day. */
void dispute_days(struct dispute *dispute, const struct row *row);

/* A place in a country inside WHERE on DATE, from FROM on; NONE32: none. */
uint32_t dispute_place(const struct dispute *dispute, const struct place_scope *where, int32_t date,
	uint32_t from);
/* NAT is among the nationalities (served-by: any but X's own), whether excepted or not. */
bool dispute_names(const struct dispute *dispute, const struct commitment *commitment, uint16_t nat,
	int32_t date);
bool dispute_excepts(const struct dispute *dispute, const struct commitment *commitment,
	uint16_t nat, int32_t date);

/* Two of a kind (contradictions_pairs.c). */
void dispute_pairs(struct dispute *dispute);

#endif
