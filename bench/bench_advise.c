/* bench_advise: the 200 best of 50,000 candidates, against naive greedy, which looks at every
 * candidate again for each pick. Same picks, same gains.
 *
 * The cells are those of the synthetic world: service, country, nationality, weighted by people.
 * Where they stand is what the matrix says: covered or not. A candidate covers the nationalities of
 * one code at one country, or everywhere, in some services, with a band. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/bench.h"
#include "bench/coverage_world.h"
#include "bench/keeper.h"

enum { CANDIDATES = 50000, PICKS = 200, RUNS = 5, RUNS_MAX = CANDIDATES * 24 * 8 };
#define CELLS ((size_t)COVERAGE_SERVICES * COVERAGE_NATS * COVERAGE_NATS)
#define ARENA_MAX_BYTES ((size_t)4 << 30)
static const double goal = 200;

struct run {
	struct bench_options options;
	struct coverage_world *world;
	struct arena arena;
	int64_t *weights;
	uint8_t *bands;
	struct advise_candidate *candidates;
	struct advise_run *runs;
	size_t run_count;
	struct random random;
};

static size_t cell_of(unsigned service, unsigned country, unsigned nat)
{
	return ((size_t)service * COVERAGE_NATS + country) * COVERAGE_NATS + nat;
}

/* People by pair, and where their cells stand. */
static void make_cells(struct run *run)
{
	for (unsigned c = 0; c < COVERAGE_NATS; c++) {
		for (unsigned n = 0; n < COVERAGE_NATS; n++) {
			int64_t people = c == n ? 0 : 1 + random_below(&run->random, 100000);

			for (unsigned s = 0; s < COVERAGE_SERVICES; s++)
				run->weights[cell_of(s, c, n)] = people;
		}
	}
	for (size_t i = 0; i < run->world->row_count; i++) {
		const struct coverage_row *row = &run->world->rows[i];

		if (row->from > COVERAGE_DAY || row->until < COVERAGE_DAY ||
			!(row->phases & COVERAGE_DURING) || row->place < 1 ||
			row->place > COVERAGE_NATS)
			continue;
		for (unsigned n = 0; n < COVERAGE_NATS; n++) {
			if (coverage_code_has(run->world, row->code, n))
				run->bands[cell_of(row->service, row->place - 1u, n)] = BAND_WILL;
		}
	}
}

/* The nationalities of CODE at one country, as runs of neighbours. */
static void add_runs(
	struct run *run, unsigned service, unsigned country, unsigned code, uint8_t band)
{
	for (unsigned n = 0; n < COVERAGE_NATS; n++) {
		unsigned end = n;

		while (end < COVERAGE_NATS && coverage_code_has(run->world, code, end))
			end++;
		if (end == n)
			continue;
		if (run->run_count == RUNS_MAX)
			bench_fail("more runs than there is room for");
		run->runs[run->run_count++] =
			(struct advise_run){ (uint32_t)cell_of(service, country, n), end - n,
				band };
		n = end;
	}
}

static void make_candidate(struct run *run, struct advise_candidate *candidate)
{
	unsigned kind = random_below(&run->random, 100);
	unsigned code = kind < 60   ? random_below(&run->random, COVERAGE_NATS)
			: kind < 97 ? COVERAGE_NATS + random_below(&run->random, COVERAGE_GROUPS)
				    : COVERAGE_CODES - 1;
	unsigned services = 1 + random_below(&run->random, 4);
	unsigned country = random_below(&run->random, COVERAGE_NATS);
	bool everywhere = code < COVERAGE_NATS && random_chance(&run->random, 10);
	uint8_t band = (uint8_t)(BAND_MAY + random_below(&run->random, 3));

	candidate->first = (uint32_t)run->run_count;
	for (unsigned i = 0; i < services; i++) {
		unsigned service = random_below(&run->random, COVERAGE_SERVICES);

		for (unsigned c = 0; c < COVERAGE_NATS; c++) {
			if (everywhere || c == country)
				add_runs(run, service, c, code, band);
		}
	}
	candidate->count = (uint32_t)run->run_count - candidate->first;
}

static void apply(const struct advise_problem *problem, uint8_t *bands, uint32_t number)
{
	const struct advise_candidate *candidate = &problem->candidates[number];

	for (uint32_t r = candidate->first; r < candidate->first + candidate->count; r++) {
		const struct advise_run *one = &problem->runs[r];

		for (uint32_t i = one->first; i < one->first + one->count; i++) {
			if (bands[i] < one->band)
				bands[i] = one->band;
		}
	}
}

/* Every candidate for every pick; the first of equals. */
static double naive(const struct advise_problem *problem, struct advise_pick *picks, uint8_t *bands)
{
	double start = bench_now();

	memcpy(bands, problem->bands, problem->cell_count);
	for (size_t pick = 0; pick < PICKS; pick++) {
		struct advise_pick best = { 0, 0 };

		for (uint32_t c = 0; c < problem->candidate_count; c++) {
			int64_t gain = cover_advise_gain(problem, bands, c);

			if (gain > best.gain)
				best = (struct advise_pick){ c, gain };
		}
		picks[pick] = best;
		apply(problem, bands, best.candidate);
	}
	return bench_now() - start;
}

static void run_all(struct run *run, const struct advise_problem *problem)
{
	struct advise_pick *picks = calloc(PICKS, sizeof *picks);
	uint8_t *bands = malloc(CELLS);
	struct bench_runs ours = { 0 }, theirs = { 0 };
	struct advise_picks mine = { 0 };
	char text[32];

	if (!picks || !bands)
		bench_fail("no memory");
	for (int i = -1; i < RUNS; i++) {
		double start, took;

		arena_free(&run->arena);
		start = bench_now();
		if (cover_advise_greedy(&mine, &run->arena, problem, PICKS) != STATUS_OK)
			bench_fail("no memory");
		took = bench_now() - start;
		if (i < 0) { /* the first one touches the pages */
			bench_note("ours in new memory: %s", bench_time(text, took));
			continue;
		}
		bench_add(&ours, took);
		bench_add(&theirs, naive(problem, picks, bands));
		for (size_t k = 0; k < PICKS; k++) {
			if (mine.count != PICKS || picks[k].candidate != mine.items[k].candidate ||
				picks[k].gain != mine.items[k].gain)
				bench_fail("pick %zu is another one", k);
		}
	}
	bench_line("advise", &ours, "naive-greedy", &theirs, goal);
	bench_note(
		"%d picks of %d candidates, the same %d times; %lu looked at; gain %ld, no choice "
		"of %d reaches more than %ld (%.1f%%)",
		PICKS, CANDIDATES, RUNS, (unsigned long)mine.evaluations, (long)mine.total, PICKS,
		(long)mine.bound, 100.0 * (double)mine.total / (double)mine.bound);
	free(picks);
	free(bands);
}

int main(int argc, char **argv)
{
	struct run run = { 0 };
	struct advise_problem problem;
	static struct keeper keeper;

	bench_open(&run.options, argc, argv);
	run.random = random_seeded(run.options.seed);
	keeper_init(&keeper);
	arena_init(&run.arena, &keeper.allocator, ARENA_MAX_BYTES);
	run.world = coverage_make(run.options.seed, run.options.agreements);
	run.weights = calloc(CELLS, sizeof *run.weights);
	run.bands = calloc(CELLS, 1);
	run.candidates = calloc(CANDIDATES, sizeof *run.candidates);
	run.runs = calloc(RUNS_MAX, sizeof *run.runs);
	if (!run.world || !run.weights || !run.bands || !run.candidates || !run.runs)
		bench_fail("no memory");
	make_cells(&run);
	for (size_t i = 0; i < CANDIDATES; i++)
		make_candidate(&run, &run.candidates[i]);
	problem = (struct advise_problem){ .cell_count = CELLS,
		.candidate_count = CANDIDATES,
		.run_count = run.run_count,
		.weights = run.weights,
		.bands = run.bands,
		.candidates = run.candidates,
		.runs = run.runs };
	bench_note("seed %lu, %zu cells, %d candidates of %zu runs",
		(unsigned long)run.options.seed, CELLS, CANDIDATES, run.run_count);
	run_all(&run, &problem);
	arena_free(&run.arena);
	keeper_free(&keeper);
	coverage_free(run.world);
	free(run.weights);
	free(run.bands);
	free(run.candidates);
	free(run.runs);
	bench_close(&run.options);
	return 0;
}
