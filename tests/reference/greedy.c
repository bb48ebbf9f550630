/* Naive greedy: in every round every candidate is worked out anew, cell by cell, and the first of
 * the best is taken. And the most that any K candidates reach, by trying all of them in every
 * order. */
#include "reference.h"

static int64_t worth(const struct advise_problem *problem, const uint8_t *bands, uint32_t candidate)
{
	const struct advise_candidate *chosen = &problem->candidates[candidate];
	int64_t sum = 0;
	for (uint32_t r = 0; r < chosen->count; r++) {
		const struct advise_run *run = &problem->runs[chosen->first + r];
		for (uint32_t cell = run->first; cell < run->first + run->count; cell++)
			if (bands[cell] < run->band)
				sum += problem->weights[cell];
	}
	return sum;
}

static void take(const struct advise_problem *problem, uint8_t *bands, uint32_t candidate)
{
	const struct advise_candidate *chosen = &problem->candidates[candidate];
	for (uint32_t r = 0; r < chosen->count; r++) {
		const struct advise_run *run = &problem->runs[chosen->first + r];
		for (uint32_t cell = run->first; cell < run->first + run->count; cell++)
			if (bands[cell] < run->band)
				bands[cell] = run->band;
	}
}

size_t reference_greedy(
	struct advise_pick *picks, uint8_t *bands, const struct advise_problem *problem, size_t k)
{
	for (size_t i = 0; i < problem->cell_count; i++)
		bands[i] = problem->bands[i];
	for (size_t round = 0; round < k; round++) {
		struct advise_pick best = { 0, 0 };
		for (uint32_t c = 0; c < problem->candidate_count; c++) {
			int64_t gain = worth(problem, bands, c);
			if (gain > best.gain)
				best = (struct advise_pick){ c, gain };
		}
		if (best.gain == 0)
			return round;
		take(problem, bands, best.candidate);
		picks[round] = best;
	}
	return k;
}

int64_t reference_greatest(const struct advise_problem *problem, const uint8_t *bands, size_t k)
{
	uint8_t after[64];
	int64_t greatest = 0;
	if (problem->cell_count > sizeof after)
		return -1;
	for (uint32_t c = 0; k > 0 && c < problem->candidate_count; c++) {
		for (size_t i = 0; i < problem->cell_count; i++)
			after[i] = bands[i];
		int64_t gain = worth(problem, bands, c);
		take(problem, after, c);
		gain += reference_greatest(problem, after, k - 1);
		greatest = gain > greatest ? gain : greatest;
	}
	return greatest;
}
