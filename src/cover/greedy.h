/* What the files of the greedy kernel share: the cells of a problem, made small. */
#ifndef ENTENTE_COVER_GREEDY_H
#define ENTENTE_COVER_GREEDY_H

#include "cover/cover.h"

/* The cells, 4 bytes each: the band in the low GREEDY_BAND_BITS, above it the weight in units of
 * 1 << `shift`, rounded up. A figure made from them is exact if `shift` is 0, which it is unless
 * some weight has more than 29 bits; else it is at least the exact one. */
#define GREEDY_BAND_BITS 3
struct greedy_cells {
	const struct advise_problem *problem;
	uint32_t *packed;
	uint8_t *bands; /* as they stand, for the caller */
	unsigned shift;
	unsigned offered; /* bands on offer, as bits: complete after all first figures */
	/* For each band the weight of the cells below it before each block, in units; NULL: not
	 * asked for yet. Holds only before the first greedy_cells_raise(). */
	uint64_t *before[BANDS];
	uint64_t walked; /* cells of long runs, gone through one by one */
	struct arena *arena;
};

/* A + B, of figures from 0 on; the greatest figure where there is no room for the sum. A bound adds
 * up candidates that share cells, and may so exceed all the weight there is. */
static inline int64_t greedy_add(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* Packs the cells of PROBLEM into ROOM, aligned for uint32_t: GREEDY_CELL_BYTES a cell, the last of
 * them its band, kept up to date by raising. More temporary memory comes from ARENA later.
 * O(cells). */
#define GREEDY_CELL_BYTES (sizeof(uint32_t) + sizeof(uint8_t))
void greedy_cells_pack(struct greedy_cells *out, struct arena *arena,
	const struct advise_problem *problem, void *room);
/* What CANDIDATE is worth as the problem begins, into *GAIN; checks its runs, and notes what bands
 * it offers. O(runs + blocks): once many cells of long runs have been gone through, sums over
 * blocks of cells are made and used. */
enum status greedy_cells_first(
	int64_t *gain, struct greedy_cells *cells, const struct advise_candidate *candidate);
/* The exact worth of CANDIDATE now. O(cells of its runs). */
int64_t greedy_cells_gain(const struct greedy_cells *cells, uint32_t candidate);
/* Takes CANDIDATE: its cells rise. The weight of those that do, once for every band on offer that
 * they pass (greedy_add()). */
int64_t greedy_cells_raise(struct greedy_cells *cells, uint32_t candidate);

#endif
