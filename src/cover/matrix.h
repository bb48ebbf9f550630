/* What the files of cover_matrix() share. */
#ifndef ENTENTE_COVER_MATRIX_H
#define ENTENTE_COVER_MATRIX_H

#include "cover/internal.h"

#define MATRIX_NATS 256 /* lanes of a vector of counts: one a nationality */
#define MATRIX_BLOCK 64 /* places turned at once */

/* Counts of a place, by nationality. */
struct matrix_vector {
	_Alignas(64) uint8_t counts[MATRIX_NATS];
};

/* One path of the three inner loops, equal to the last bit. */
struct matrix_lane {
	/* OUT becomes IN with one more at every member of each of MASKS. */
	void (*sum)(struct matrix_vector *out, const struct matrix_vector *in,
		const struct set256 *masks, size_t count);
	/* COLUMNS[n * STRIDE + i] becomes BLOCK[i].counts[n], for all of a block; both aligned. */
	void (*turn)(uint8_t *columns, size_t stride, const struct matrix_vector *block);
	/* Bytes to 16 bit numbers, past the caches where that helps. */
	void (*widen)(uint16_t *out, const uint8_t *in, size_t count);
};
extern const struct matrix_lane matrix_scalar, matrix_avx2, matrix_avx512;

/* ---- matrix_walk.c: one service, place by place in preorder ---- */

/* A row on the chain of places, and what its provider covers down to it. */
struct matrix_link {
	struct set256 covered;
	uint32_t last; /* of its place's subtree */
	uint32_t prev; /* serial of the provider's link above; below `base`: none */
};
/* What holds at a depth of the chain. */
struct matrix_level {
	struct set256 judged; /* nationalities that some row leaves to the judge */
	bool excepts;         /* ... one with exceptions inside countries */
	bool waits;           /* rows begin here, or the host changes */
	uint32_t masks;       /* on the chain */
	uint32_t at;          /* number among the chosen, NONE32 */
};
struct matrix_walk {
	const struct cover_index *index;
	const struct matrix_axes *axes;
	struct lane_query keys; /* day and phase */
	uint8_t needs, service; /* those that matter */
	bool judge_all, consular;
	struct set256 placeless; /* nationalities of no country */
	uint32_t *top;           /* per party: serial of its last link */
	struct matrix_link *links;
	uint32_t base, next, capacity; /* serials of this service; room */
	struct set256 *masks;          /* new ones of the place */
	size_t mask_count;
	struct matrix_level *levels;
};
/* Masks and level of PLACE, which comes after its parent in a walk of ascending places. */
void matrix_enter(struct matrix_walk *walk, uint32_t place);

/* ---- matrix_judge.c: cells whose rows hang on facts, persons or safeguards ---- */

/* A chosen place with nationalities to be judged. */
struct matrix_cell {
	uint32_t place, at; /* number among the chosen */
	uint32_t like;      /* what holds there holds here: number of the parent; NONE32 */
	struct set256 judged;
};
/* The cells of service number SERVICE of the axes, in order, to its part OUT of the matrix. ARENA
 * is emptied on the way. */
enum status matrix_judge(uint16_t *out, struct arena *arena, const struct cover_index *index,
	const struct matrix_axes *axes, uint8_t service, const struct matrix_cell *cells,
	size_t count);

#endif
