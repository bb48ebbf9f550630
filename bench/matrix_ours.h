/* cover_matrix() on the synthetic world, by threads. */
#ifndef ENTENTE_BENCH_MATRIX_OURS_H
#define ENTENTE_BENCH_MATRIX_OURS_H

#include "bench/coverage_world.h"

/* The matrix of DAY into CELLS (COVERAGE_CELLS, in the world's order of places); seconds. */
double matrix_ours(uint16_t *cells, const struct coverage_built *built,
	const struct cover_index *index, int day, unsigned threads);
/* The same cells in the generator's order of places. */
void matrix_reorder(uint16_t *out, const uint16_t *cells, const struct coverage_built *built);

#endif
