/* The kernel of advice: picks, gains and bands are naive greedy's on random problems, by blocks and
 * by runs, with weights that fit the packed cells and with weights that do not; the bound holds
 * against trying everything. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "reference.h"

#define SEED 20261125
#define CELLS_MAX 3000
#define CANDIDATES_MAX 400
#define RUNS_MAX 4000

struct made {
	int64_t weights[CELLS_MAX];
	uint8_t bands[CELLS_MAX], after[CELLS_MAX];
	struct advise_candidate candidates[CANDIDATES_MAX];
	struct advise_run runs[RUNS_MAX];
	struct advise_pick picks[CANDIDATES_MAX];
	struct advise_problem problem;
};

/* Runs of a candidate go upwards and never meet; ties and weights of 0 are common. */
static void make(struct made *made, struct random *random, uint32_t cells, uint32_t candidates,
	uint32_t longest)
{
	uint32_t runs = 0, most = 1 + random_below(random, BANDS - 1);
	/* Half of the problems have weights beyond the 29 bits of a packed cell, some by little. */
	unsigned shift = random_chance(random, 50) ? 1 + random_below(random, 28) : 0;
	for (uint32_t i = 0; i < cells; i++) {
		made->weights[i] = random_below(random, random_chance(random, 50) ? 3 : 1000000);
		if (shift && random_chance(random, 50))
			made->weights[i] =
				((int64_t)made->weights[i] << shift) + random_below(random, 1000);
		made->bands[i] = (uint8_t)random_below(random, BANDS);
	}
	for (uint32_t c = 0; c < candidates; c++) {
		uint32_t at = random_below(random, cells), wanted = random_below(random, 6);
		made->candidates[c] = (struct advise_candidate){ runs, 0 };
		if (c > 0 && random_chance(random, 10)) { /* shared runs */
			made->candidates[c] = made->candidates[random_below(random, c)];
			continue;
		}
		for (uint32_t r = 0; r < wanted && at < cells && runs < RUNS_MAX; r++) {
			uint32_t count = 1 + random_below(random, longest);
			if (count > cells - at)
				count = cells - at;
			made->runs[runs++] = (struct advise_run){ at, count,
				(uint8_t)(1 + random_below(random, most)) };
			made->candidates[c].count++;
			at += count + random_below(random, 5);
		}
	}
	made->problem = (struct advise_problem){ .cell_count = cells,
		.candidate_count = candidates,
		.run_count = runs,
		.weights = made->weights,
		.bands = made->bands,
		.candidates = made->candidates,
		.runs = made->runs };
}

static void same_picks(struct made *made, size_t k)
{
	struct arena arena;
	struct advise_picks picks;
	int64_t total = 0;
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	assert_int_equal(cover_advise_greedy(&picks, &arena, &made->problem, k), STATUS_OK);
	size_t count = reference_greedy(made->picks, made->after, &made->problem, k);
	assert_int_equal(picks.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(picks.items[i].candidate, made->picks[i].candidate);
		assert_int_equal(picks.items[i].gain, made->picks[i].gain);
		total += made->picks[i].gain;
	}
	assert_int_equal(picks.total, total);
	assert_true(picks.bound >= picks.total);
	assert_memory_equal(picks.bands, made->after, made->problem.cell_count);
	arena_free(&arena);
}

static void picks_are_those_of_naive_greedy(void **state)
{
	static struct made made;
	struct random random = random_seeded(SEED);
	(void)state;
	print_message("# seed %d\n", SEED);
	for (int i = 0; i < 1200; i++) {
		uint32_t cells = 1 + random_below(&random, CELLS_MAX);
		uint32_t candidates = random_below(&random, CANDIDATES_MAX);
		/* long runs are summed by blocks, short ones cell by cell */
		uint32_t longest = i % 2 ? 1 + random_below(&random, 4) : cells;
		make(&made, &random, cells, candidates, longest);
		same_picks(&made, random_below(&random, 30));
	}
}

/* advice-bound */
static void bound_holds_against_everything(void **state)
{
	static struct made made;
	struct random random = random_seeded(SEED + 1);
	int tight = 0;
	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct arena arena;
		struct advise_picks picks;
		size_t k = 1 + random_below(&random, 3);
		make(&made, &random, 1 + random_below(&random, 12), 1 + random_below(&random, 7),
			4);
		arena_init(&arena, &allocator_system, (size_t)1 << 20);
		assert_int_equal(cover_advise_greedy(&picks, &arena, &made.problem, k), STATUS_OK);
		int64_t greatest = reference_greatest(&made.problem, made.bands, k);
		assert_true(picks.bound >= greatest);
		assert_true(picks.total <= greatest);
		tight += picks.bound == greatest;
		arena_free(&arena);
	}
	assert_true(tight > 200); /* a bound that is never met says little */
}

/* Weights about the greatest that a packed cell holds, all together close to the greatest sum: what
 * is rounded up must neither wrap nor let a lesser candidate lead. */
static void great_weights(void **state)
{
	static struct made made;
	struct random random = random_seeded(SEED + 2);
	(void)state;
	for (unsigned bits = 27; bits <= 58; bits++) {
		for (int i = 0; i < 20; i++) {
			uint32_t cells = 1 + random_below(&random, 16);
			make(&made, &random, cells, 1 + random_below(&random, 30), cells);
			for (uint32_t c = 0; c < cells; c++)
				made.weights[c] =
					(INT64_C(1) << bits) - 2 + random_below(&random, 5);
			same_picks(&made, 1 + random_below(&random, 30));
		}
	}
	make(&made, &random, 1, 0, 1);
	made.weights[0] = INT64_MAX;
	made.bands[0] = BAND_NONE;
	made.runs[0] = (struct advise_run){ 0, 1, BAND_MAY };
	made.candidates[0] = (struct advise_candidate){ 0, 1 };
	made.problem.run_count = made.problem.candidate_count = 1;
	same_picks(&made, 1);
	assert_int_equal(made.picks[0].gain, INT64_MAX);
}

static void nothing_to_lift(void **state)
{
	static struct made made;
	(void)state;
	made.problem = (struct advise_problem){ 0 };
	same_picks(&made, 5);
	made.weights[0] = 7;
	made.bands[0] = BAND_WILL;
	made.candidates[0] = (struct advise_candidate){ 0, 1 };
	made.runs[0] = (struct advise_run){ 0, 1, BAND_WILL };
	made.problem = (struct advise_problem){ 1, 1, 1, made.weights, made.bands, made.candidates,
		made.runs };
	same_picks(&made, 5);
	assert_int_equal(cover_advise_gain(&made.problem, made.bands, 0), 0);
	made.bands[0] = BAND_MAY;
	assert_int_equal(cover_advise_gain(&made.problem, made.bands, 0), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(picks_are_those_of_naive_greedy),
		cmocka_unit_test(bound_holds_against_everything), cmocka_unit_test(great_weights),
		cmocka_unit_test(nothing_to_lift) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
