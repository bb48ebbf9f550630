/* The cells of the greedy kernel.
 *
 * The first look at every candidate is nearly all of the kernel's work, and it is reading, here and
 * there: most runs are short. So weight and band of a cell are put together in 4 bytes: one place
 * to read instead of two, half as long, and asked for some runs ahead. Weights too great for that
 * are rounded up, and the figures are upper bounds, which the lazy search takes as well.
 *
 * Long runs are gone through until that has cost as much as going through all cells a few times;
 * from then on sums over blocks serve them. Whatever the problem, that is at most twice the work of
 * the better way. */
#include <assert.h>
#include "cover/greedy.h"

#define BLOCK 64u /* cells */
#define BAND_MASK ((1u << GREEDY_BAND_BITS) - 1u)
#define WEIGHT_BITS (32 - GREEDY_BAND_BITS)
#define AHEAD 32u       /* runs asked for ahead of use: a few hundred cycles */
#define CELLS_A_SUM 8u  /* of WEIGHT_BITS each: their sum has no more than 32 bits */
#define WALKED_FACTOR 2 /* times all cells, before blocks are summed */
static_assert(BANDS <= BAND_MASK + 1, "a band fits");

static uint32_t below(uint32_t cell, uint32_t band)
{
	return (cell >> GREEDY_BAND_BITS) & -(uint32_t)((cell & BAND_MASK) < band);
}

/* Eight at a time, so that the compiler makes vectors of it. */
static uint64_t sum_below(const uint32_t *packed, uint32_t count, uint32_t band)
{
	uint64_t sum = 0;

	for (; count >= CELLS_A_SUM; count -= CELLS_A_SUM, packed += CELLS_A_SUM) {
		uint32_t part = 0;

		for (uint32_t i = 0; i < CELLS_A_SUM; i++)
			part += below(packed[i], band);
		sum += part;
	}
	for (uint32_t i = 0; i < count; i++)
		sum += below(packed[i], band);
	return sum;
}

/* ---- packing ---- */

/* All weights or'ed: as many bits as the greatest has. */
static int64_t pack(struct greedy_cells *cells, unsigned shift)
{
	const struct advise_problem *problem = cells->problem;
	const int64_t *restrict weights = problem->weights;
	const uint8_t *restrict bands = problem->bands;
	uint32_t *restrict packed = cells->packed;
	uint8_t *restrict copied = cells->bands;
	int64_t up = (INT64_C(1) << shift) - 1, all = 0;
	uint32_t count = (uint32_t)problem->cell_count;

	for (uint32_t i = 0; i < count; i++) {
		int64_t weight = weights[i];
		uint64_t units = ((uint64_t)weight + (uint64_t)up) >> shift;

		all |= weight;
		packed[i] = (uint32_t)(units << GREEDY_BAND_BITS) | bands[i];
		copied[i] = bands[i];
	}
	return all;
}

void greedy_cells_pack(struct greedy_cells *out, struct arena *arena,
	const struct advise_problem *problem, void *room)
{
	int64_t all;
	unsigned bits;

	*out = (struct greedy_cells){ .problem = problem,
		.packed = room,
		.bands = (uint8_t *)((uint32_t *)room + problem->cell_count),
		.arena = arena };
	all = pack(out, 0);
	assert(all >= 0);
	bits = all ? 64u - (unsigned)__builtin_clzll((unsigned long long)all) : 0;
	if (bits > WEIGHT_BITS) {
		out->shift = bits - WEIGHT_BITS + 1; /* one for the rounding */
		(void)pack(out, out->shift);
	}
}

/* ---- figures ---- */

static enum status sum_blocks(struct greedy_cells *cells, uint8_t band)
{
	size_t count = cells->problem->cell_count / BLOCK;
	uint64_t *before = ARENA_ARRAY(cells->arena, count + 1, uint64_t);

	if (!before)
		return STATUS_NO_MEMORY;
	for (size_t b = 0; b < count; b++)
		before[b + 1] = before[b] + sum_below(cells->packed + b * BLOCK, BLOCK, band);
	cells->before[band] = before;
	return STATUS_OK;
}

/* The weight of the cells before CELL that are below BAND. */
static uint64_t before(const struct greedy_cells *cells, uint32_t cell, uint8_t band)
{
	uint32_t start = cell / BLOCK * BLOCK;

	return cells->before[band][cell / BLOCK] +
	       sum_below(cells->packed + start, cell - start, band);
}

static enum status add_long(uint64_t *sum, struct greedy_cells *cells, const struct advise_run *run)
{
	if (cells->walked <= (uint64_t)cells->problem->cell_count * WALKED_FACTOR) {
		cells->walked += run->count;
		*sum += sum_below(cells->packed + run->first, run->count, run->band);
		return STATUS_OK;
	}
	if (!cells->before[run->band] && sum_blocks(cells, run->band) != STATUS_OK)
		return STATUS_NO_MEMORY;
	*sum += before(cells, run->first + run->count, run->band) -
		before(cells, run->first, run->band);
	return STATUS_OK;
}

/* In the weights' own unit. Rounding up may carry an upper bound beyond what there is room for. */
static int64_t whole(const struct greedy_cells *cells, uint64_t sum)
{
	return sum > (uint64_t)INT64_MAX >> cells->shift ? INT64_MAX
							 : (int64_t)(sum << cells->shift);
}

enum status greedy_cells_first(
	int64_t *gain, struct greedy_cells *cells, const struct advise_candidate *candidate)
{
	const struct advise_problem *problem = cells->problem;
	const uint32_t *packed = cells->packed;
	const struct advise_run *run = problem->runs + candidate->first;
	const struct advise_run *end = run + candidate->count;
	const struct advise_run *last = problem->runs + problem->run_count;
	unsigned offered = 0;
	uint64_t sum = 0;

	assert((size_t)candidate->first + candidate->count <= problem->run_count);
	for (; run < end; run++) {
		__builtin_prefetch(packed + run[last - run > AHEAD ? AHEAD : 0].first);
		assert((size_t)run->first + run->count <= problem->cell_count);
		assert(run->band < BANDS);
		offered |= 1u << run->band;
		if (run->count == 1)
			sum += below(packed[run->first], run->band);
		else if (run->count <= 2 * BLOCK)
			sum += sum_below(packed + run->first, run->count, run->band);
		else if (add_long(&sum, cells, run) != STATUS_OK)
			return STATUS_NO_MEMORY;
	}
	cells->offered |= offered;
	*gain = whole(cells, sum);
	return STATUS_OK;
}

int64_t greedy_cells_gain(const struct greedy_cells *cells, uint32_t candidate)
{
	const struct advise_problem *problem = cells->problem;
	const struct advise_candidate *chosen = &problem->candidates[candidate];
	const struct advise_run *runs = problem->runs + chosen->first;
	uint64_t sum = 0;

	if (cells->shift)
		return cover_advise_gain(problem, cells->bands, candidate);
	for (uint32_t r = 0; r < chosen->count; r++) {
		const struct advise_run *run = &runs[r];

		__builtin_prefetch(
			cells->packed + runs[chosen->count - r > AHEAD ? r + AHEAD : r].first);
		if (run->count == 1)
			sum += below(cells->packed[run->first], run->band);
		else
			sum += sum_below(cells->packed + run->first, run->count, run->band);
	}
	return (int64_t)sum;
}

int64_t greedy_cells_raise(struct greedy_cells *cells, uint32_t candidate)
{
	const struct advise_problem *problem = cells->problem;
	const struct advise_candidate *chosen = &problem->candidates[candidate];
	int64_t steps = 0;

	for (uint32_t r = chosen->first; r < chosen->first + chosen->count; r++) {
		const struct advise_run *run = &problem->runs[r];

		for (uint32_t i = run->first; i < run->first + run->count; i++) {
			unsigned passed;

			if (cells->bands[i] >= run->band)
				continue;
			passed = cells->offered & ((2u << run->band) - 1u) &
				 ~((2u << cells->bands[i]) - 1u);
			for (; passed; passed &= passed - 1)
				steps = greedy_add(steps, problem->weights[i]);
			cells->bands[i] = run->band;
			cells->packed[i] = (cells->packed[i] & ~BAND_MASK) | run->band;
		}
	}
	return steps;
}
