/* cover_advise_greedy(): which K candidates lift the most weight, one after the other.
 *
 * A candidate raises cells to bands; what it is worth after earlier picks is the weight of its
 * cells that stand lower. Bands only rise, so that worth only falls: an old figure is an upper
 * bound, and a candidate whose refreshed figure still leads is the one that looking at all of them
 * would find (lazy greedy, Minoux 1978). The first figures come from sums over blocks of cells,
 * where that is less work than going through every run.
 *
 * The bound. After some picks, let T be any K candidates in any order. Each time T lifts a cell it
 * is either to a band above what the cell has reached here, which T would also lift from here, or
 * to one at or below it: at most once for every band on offer between where the cell began and what
 * it has reached. The former are at most the K greatest figures from here on. */
#include <assert.h>
#include <string.h>
#include "cover/cover.h"

#define BLOCK 64u /* cells */

struct keyed {
	int64_t gain; /* at least what it is worth now */
	uint32_t candidate;
	uint32_t round; /* of the gain: exact if no pick came after */
};

struct work {
	const struct advise_problem *problem;
	uint8_t *bands;
	struct keyed *heap;
	size_t heap_count;
	uint64_t evaluations;
	unsigned offered; /* bands, as bits */
	int64_t steps;    /* weight of what the picks did, once for every band on offer passed */
};

static int64_t weight_below(
	const int64_t *restrict weights, const uint8_t *restrict bands, size_t count, uint8_t band)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += weights[i] & -(int64_t)(bands[i] < band);
	return sum;
}

int64_t cover_advise_gain(
	const struct advise_problem *problem, const uint8_t *bands, uint32_t candidate)
{
	const struct advise_candidate *chosen = &problem->candidates[candidate];
	int64_t sum = 0;

	for (uint32_t r = chosen->first; r < chosen->first + chosen->count; r++) {
		const struct advise_run *run = &problem->runs[r];

		sum += weight_below(
			problem->weights + run->first, bands + run->first, run->count, run->band);
	}
	return sum;
}

/* ---- the first figures ---- */

/* For each band on offer, the weight of the cells below it before each block. */
struct blocks {
	int64_t *before[BANDS]; /* NULL: not on offer */
};

/* One pass over the cells serves all bands. */
static void sum_blocks(struct blocks *blocks, const struct advise_problem *problem)
{
	size_t count = problem->cell_count / BLOCK;

	for (size_t b = 0; b < count; b++) {
		const int64_t *weights = problem->weights + b * BLOCK;
		const uint8_t *bands = problem->bands + b * BLOCK;

		for (unsigned band = BAND_REMOTE; band < BANDS; band++)
			if (blocks->before[band])
				blocks->before[band][b + 1] =
					blocks->before[band][b] +
					weight_below(weights, bands, BLOCK, (uint8_t)band);
	}
}

/* The weight of the cells before CELL that are below BAND. */
static int64_t before(const struct advise_problem *problem, const struct blocks *blocks,
	uint32_t cell, uint8_t band)
{
	uint32_t start = cell / BLOCK * BLOCK;

	return blocks->before[band][cell / BLOCK] +
	       weight_below(problem->weights + start, problem->bands + start, cell - start, band);
}

static int64_t gain_by_blocks(const struct advise_problem *problem, const struct blocks *blocks,
	const struct advise_candidate *candidate)
{
	int64_t sum = 0;

	for (uint32_t r = candidate->first; r < candidate->first + candidate->count; r++) {
		const struct advise_run *run = &problem->runs[r];

		if (run->count <= 2 * BLOCK)
			sum += weight_below(problem->weights + run->first,
				problem->bands + run->first, run->count, run->band);
		else
			sum += before(problem, blocks, run->first + run->count, run->band) -
			       before(problem, blocks, run->first, run->band);
	}
	return sum;
}

/* The bands on offer, and whether blocks are less work than cells. */
static unsigned look_over(const struct advise_problem *problem, bool *by_blocks)
{
	uint64_t cells = 0, runs = 0;
	unsigned offered = 0;

	for (size_t c = 0; c < problem->candidate_count; c++) {
		const struct advise_candidate *candidate = &problem->candidates[c];

		assert((size_t)candidate->first + candidate->count <= problem->run_count);
		for (uint32_t r = candidate->first; r < candidate->first + candidate->count; r++) {
			const struct advise_run *run = &problem->runs[r];

			assert((size_t)run->first + run->count <= problem->cell_count);
			assert(run->band < BANDS);
			cells += run->count;
			offered |= 1u << run->band;
		}
		runs += candidate->count;
	}
	*by_blocks = cells > (uint64_t)problem->cell_count * 2 + runs * BLOCK;
	return offered;
}

static enum status first_figures(struct work *work, struct arena *arena)
{
	const struct advise_problem *problem = work->problem;
	struct blocks blocks = { { NULL } };
	bool by_blocks;

	work->offered = look_over(problem, &by_blocks);
	for (unsigned band = BAND_REMOTE; band < BANDS && by_blocks; band++) {
		if (!(work->offered >> band & 1u))
			continue;
		blocks.before[band] = ARENA_ARRAY(arena, problem->cell_count / BLOCK + 1, int64_t);
		if (!blocks.before[band])
			return STATUS_NO_MEMORY;
	}
	if (by_blocks)
		sum_blocks(&blocks, problem);
	for (size_t c = 0; c < problem->candidate_count; c++)
		work->heap[c] = (struct keyed){ .candidate = (uint32_t)c,
			.gain = by_blocks
					? gain_by_blocks(problem, &blocks, &problem->candidates[c])
					: cover_advise_gain(problem, problem->bands, (uint32_t)c) };
	work->heap_count = problem->candidate_count;
	work->evaluations = problem->candidate_count;
	return STATUS_OK;
}

/* ---- the heap: greatest gain first, then the order of candidates ---- */

static bool comes_before(const struct keyed *a, const struct keyed *b)
{
	return a->gain != b->gain ? a->gain > b->gain : a->candidate < b->candidate;
}

static void sift_down(struct keyed *heap, size_t count, size_t at)
{
	struct keyed moving = heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= count)
			break;
		child += child + 1 < count && comes_before(&heap[child + 1], &heap[child]);
		if (!comes_before(&heap[child], &moving))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moving;
}

static void make_heap(struct keyed *heap, size_t count)
{
	for (size_t i = count / 2; i-- > 0;)
		sift_down(heap, count, i);
}

/* The best candidate with its exact gain, taken off the heap; false when there is none left. */
static bool take_best(struct work *work, struct keyed *best, uint32_t round)
{
	while (work->heap_count) {
		struct keyed *top = &work->heap[0];

		if (top->round == round) {
			*best = *top;
			work->heap[0] = work->heap[--work->heap_count];
			if (work->heap_count)
				sift_down(work->heap, work->heap_count, 0);
			return true;
		}
		top->gain = cover_advise_gain(work->problem, work->bands, top->candidate);
		top->round = round;
		work->evaluations++;
		sift_down(work->heap, work->heap_count, 0);
	}
	return false;
}

static void apply(struct work *work, uint32_t candidate)
{
	const struct advise_problem *problem = work->problem;
	const struct advise_candidate *chosen = &problem->candidates[candidate];

	for (uint32_t r = chosen->first; r < chosen->first + chosen->count; r++) {
		const struct advise_run *run = &problem->runs[r];

		for (uint32_t i = run->first; i < run->first + run->count; i++)
			if (work->bands[i] < run->band) {
				unsigned passed = work->offered & ((2u << run->band) - 1u) &
						  ~((2u << work->bands[i]) - 1u);

				work->steps += problem->weights[i] * __builtin_popcount(passed);
				work->bands[i] = run->band;
			}
	}
}

/* ---- the bound ---- */

/* The greatest K figures that the heap holds, as upper bounds. Destroys the heap's content. */
static int64_t take_greatest(struct work *work, size_t k, uint32_t round)
{
	struct keyed best;
	int64_t sum = 0;

	for (size_t i = 0; i < k && take_best(work, &best, round) && best.gain > 0; i++)
		sum += best.gain;
	return sum;
}

enum status cover_advise_greedy(struct advise_picks *out, struct arena *arena,
	const struct advise_problem *problem, size_t k)
{
	struct work work = { .problem = problem };
	struct keyed best;
	uint32_t round = 0;
	int64_t at_start = 0, at_end;

	assert(problem->candidate_count < UINT32_MAX && problem->cell_count < UINT32_MAX);
	if (k > problem->candidate_count)
		k = problem->candidate_count;
	*out = (struct advise_picks){ .items = ARENA_ARRAY(arena, k, struct advise_pick),
		.bands = arena_get(arena, problem->cell_count) };
	work.heap = ARENA_ARRAY(arena, problem->candidate_count, struct keyed);
	struct keyed *copy = ARENA_ARRAY(arena, problem->candidate_count, struct keyed);
	if (!out->items || !out->bands || !work.heap || !copy)
		return STATUS_NO_MEMORY;
	work.bands = out->bands;
	if (problem->cell_count)
		memcpy(work.bands, problem->bands, problem->cell_count);
	if (first_figures(&work, arena) != STATUS_OK)
		return STATUS_NO_MEMORY;
	make_heap(work.heap, work.heap_count);
	/* From the start: the K greatest figures. The heap is looked through and put back. */
	if (work.heap_count)
		memcpy(copy, work.heap, work.heap_count * sizeof *copy);
	at_start = take_greatest(&work, k, 0);
	work.heap = copy;
	work.heap_count = problem->candidate_count;

	while (out->count < k && take_best(&work, &best, round) && best.gain > 0) {
		out->items[out->count++] =
			(struct advise_pick){ .candidate = best.candidate, .gain = best.gain };
		out->total += best.gain;
		apply(&work, best.candidate);
		round++;
	}
	at_end = work.steps + take_greatest(&work, k, round);
	out->bound = at_start < at_end ? at_start : at_end;
	out->evaluations = work.evaluations;
	assert(out->total <= out->bound);
	return STATUS_OK;
}
