/* cover_advise_greedy(): which K candidates lift the most weight, one after the other.
 *
 * A candidate raises cells to bands; what it is worth after earlier picks is the weight of its
 * cells that stand lower. Bands only rise, so that worth only falls: an old figure is an upper
 * bound, and a candidate whose refreshed figure still leads is the one that looking at all of them
 * would find (lazy greedy, Minoux 1978). The first figures, of all candidates, are most of the
 * work: greedy_cells.c.
 *
 * The bound. After some picks, let T be any K candidates in any order. Each time T lifts a cell it
 * is either to a band above what the cell has reached here, which T would also lift from here, or
 * to one at or below it: at most once for every band on offer between where the cell began and what
 * it has reached. The former are at most the K greatest figures from here on. */
#include <assert.h>
#include "cover/greedy.h"

#define ROUND_NONE UINT32_MAX /* the figure is an upper bound */

struct keyed {
	int64_t gain; /* at least what it is worth now */
	uint32_t candidate;
	uint32_t round; /* of the gain: exact if no pick came after */
};

struct work {
	const struct advise_problem *problem;
	struct greedy_cells cells;
	struct keyed *heap;
	size_t heap_count;
	uint64_t evaluations;
	int64_t steps; /* weight of what the picks did, once for every band on offer passed */
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

static enum status first_figures(struct work *work)
{
	const struct advise_problem *problem = work->problem;
	uint32_t round = work->cells.shift ? ROUND_NONE : 0;

	for (size_t c = 0; c < problem->candidate_count; c++) {
		struct keyed *slot = &work->heap[c];

		*slot = (struct keyed){ .candidate = (uint32_t)c, .round = round };
		if (greedy_cells_first(&slot->gain, &work->cells, &problem->candidates[c]) !=
			STATUS_OK)
			return STATUS_NO_MEMORY;
	}
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

static void sift_up(struct keyed *heap, size_t at)
{
	struct keyed moving = heap[at];

	while (at && comes_before(&moving, &heap[(at - 1) / 2])) {
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
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
		top->gain = greedy_cells_gain(&work->cells, top->candidate);
		top->round = round;
		work->evaluations++;
		sift_down(work->heap, work->heap_count, 0);
	}
	return false;
}

/* ---- the bound ---- */

/* The sum of the K greatest figures. Those looked at stay in the heap, as the exact figures that
 * they have become. TAKEN: room for K. */
static int64_t sum_greatest(struct work *work, struct keyed *taken, size_t k, uint32_t round)
{
	size_t count = 0;
	int64_t sum = 0;

	while (count < k && take_best(work, &taken[count], round)) {
		sum = greedy_add(sum, taken[count].gain);
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		work->heap[work->heap_count] = taken[i];
		sift_up(work->heap, work->heap_count++);
	}
	return sum;
}

enum status cover_advise_greedy(struct advise_picks *out, struct arena *arena,
	const struct advise_problem *problem, size_t k)
{
	struct work work = { .problem = problem };
	struct keyed best, *taken;
	uint32_t round = 0;
	int64_t at_start, at_end;

	assert(problem->candidate_count < UINT32_MAX && problem->cell_count < UINT32_MAX);
	if (k > problem->candidate_count)
		k = problem->candidate_count;
	*out = (struct advise_picks){ .items = ARENA_ARRAY(arena, k, struct advise_pick) };
	/* All that is large in one piece, which lies in few pages. */
	work.heap = arena_get_raw(arena,
		problem->candidate_count * sizeof *work.heap +
			problem->cell_count * GREEDY_CELL_BYTES);
	taken = ARENA_ARRAY(arena, k, struct keyed);
	if (!out->items || !work.heap || !taken)
		return STATUS_NO_MEMORY;
	greedy_cells_pack(&work.cells, arena, problem, work.heap + problem->candidate_count);
	out->bands = work.cells.bands;
	if (first_figures(&work) != STATUS_OK)
		return STATUS_NO_MEMORY;
	make_heap(work.heap, work.heap_count);
	at_start = sum_greatest(&work, taken, k, 0);

	while (out->count < k && take_best(&work, &best, round) && best.gain > 0) {
		out->items[out->count++] =
			(struct advise_pick){ .candidate = best.candidate, .gain = best.gain };
		out->total += best.gain;
		work.steps =
			greedy_add(work.steps, greedy_cells_raise(&work.cells, best.candidate));
		round++;
	}
	at_end = greedy_add(work.steps, sum_greatest(&work, taken, k, round));
	out->bound = at_start < at_end ? at_start : at_end;
	out->evaluations = work.evaluations;
	assert(out->total <= out->bound);
	return STATUS_OK;
}
