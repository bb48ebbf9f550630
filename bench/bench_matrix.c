/* bench_matrix: the number of distinct parties in every service, nationality and place, against
 * COUNT(DISTINCT provider) in DuckDB, SQLite and PostgreSQL.
 *
 * The day changes from run to run, so that nothing can be kept between them. Building the index is
 * not part of it, and shown. Every matrix of ours is held against the plain reference cell by cell,
 * and against each peer's by its figures, outside the timed part. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/matrix_ours.h"
#include "bench/peer.h"

enum { OURS_A_ROUND = 5, ROUNDS_MAX = 3, ROUNDS_SLOW = 1, DAY_STEP = 7 };
static const double goal = 500, never_under = 200;

struct run {
	struct bench_options options;
	struct coverage_world *world;
	struct coverage_built *built;
	struct cover_index *index;
	uint16_t *cells, *ordered, *reference;
	struct bench_runs ours, one_thread;
	int day; /* changes with every run */
};

/* The known figures, where world and day are the reference ones. */
static void check_known(const struct run *run, const struct coverage_figures *figures)
{
	bool known = run->options.seed == COVERAGE_SEED &&
		     run->options.agreements == COVERAGE_AGREEMENTS && run->day == COVERAGE_DAY;

	bench_note("day %d: active %lu, covered %lu, two or more %lu, sum %lu, FNV-1a %016lx%s",
		run->day, (unsigned long)figures->active, (unsigned long)figures->covered,
		(unsigned long)figures->several, (unsigned long)figures->sum,
		(unsigned long)figures->fnv, known ? ": as published" : "");
	if (known && (figures->active != 264312 || figures->covered != 36403245 ||
			     figures->several != 30757982 || figures->sum != 120225231 ||
			     figures->fnv != UINT64_C(0x9e845c5550f4bed4)))
		bench_fail("the figures are not those of the reference world");
}

/* The matrix in hand, cell by cell. */
static void check_cells(struct run *run, struct coverage_figures *figures)
{
	matrix_reorder(run->ordered, run->cells, run->built);
	if (!coverage_reference(run->reference, &figures->active, run->world, run->day))
		bench_fail("no memory");
	if (memcmp(run->ordered, run->reference, COVERAGE_CELLS * sizeof *run->cells) != 0)
		bench_fail("the matrix of day %d differs from the reference", run->day);
	coverage_measure(figures, run->ordered);
}

static void run_ours(struct run *run)
{
	for (int i = 0; i < OURS_A_ROUND; i++) {
		run->day += DAY_STEP;
		bench_add(&run->one_thread,
			matrix_ours(run->cells, run->built, run->index, run->day, 1));
		run->day -= DAY_STEP * 2 + 1;
		bench_add(&run->ours,
			matrix_ours(run->cells, run->built, run->index, run->day, PEER_THREADS));
		run->day += DAY_STEP + 1;
	}
	run->day += DAY_STEP;
	bench_add(&run->ours,
		matrix_ours(run->cells, run->built, run->index, run->day, PEER_THREADS));
}

static void compare(const struct run *run, const struct peer *peer,
	const struct coverage_figures *ours, const struct coverage_figures *theirs)
{
	if (ours->covered != theirs->covered || ours->several != theirs->several ||
		ours->sum != theirs->sum || ours->mixed != theirs->mixed)
		bench_fail("%s: another matrix on day %d", peer->name, run->day);
}

static void run_peer(
	struct run *run, const char *name, struct peer *peer, int rounds, double wanted)
{
	struct bench_runs theirs = { 0 };
	char load[32];

	run->ours.count = 0;
	bench_note("%s: tables and indexes loaded in %s", peer->name,
		bench_time(load, peer->load_seconds));
	for (int i = 0; i < rounds; i++) {
		struct coverage_figures ours = { 0 }, other;

		run_ours(run);
		bench_add(&theirs, peer->matrix(peer, run->day, &other));
		check_cells(run, &ours);
		compare(run, peer, &ours, &other);
	}
	bench_note("%s: equal to ours on %d days: covered, two or more, sum, weighted sum",
		peer->name, rounds);
	bench_line(name, &run->ours, peer->name, &theirs, wanted);
	if (wanted > 0 && bench_median(&theirs) / bench_median(&run->ours) < never_under)
		bench_note("under %g: more than missed", never_under);
	peer->close(peer);
}

static void prepare(struct run *run, uint32_t agreements)
{
	char hash[65], time[32];
	struct coverage_figures figures = { 0 };
	double start;

	*run = (struct run){ .options = run->options, .day = COVERAGE_DAY };
	run->options.agreements = agreements;
	run->world = coverage_make(run->options.seed, agreements);
	run->cells = malloc(COVERAGE_CELLS * sizeof *run->cells);
	run->ordered = malloc(COVERAGE_CELLS * sizeof *run->cells);
	run->reference = malloc(COVERAGE_CELLS * sizeof *run->cells);
	if (!run->world || !run->cells || !run->ordered || !run->reference)
		bench_fail("no memory");
	memset(run->cells, 0, COVERAGE_CELLS * sizeof *run->cells);
	if (!coverage_tables(run->world, run->options.dir, hash))
		bench_fail("%s: not written", run->options.dir);
	bench_note("seed %lu, %zu commitments; scope.csv %.16s", (unsigned long)run->options.seed,
		run->world->row_count, hash);
	run->built = coverage_build(run->world);
	if (!run->built)
		bench_fail("the world was not built");
	start = bench_now();
	if (cover_compile(&run->index, &run->built->arena, run->built->world,
		    &run->built->accords) != STATUS_OK)
		bench_fail("no memory for the index");
	bench_note("index built in %s", bench_time(time, bench_now() - start));
	matrix_ours(run->cells, run->built, run->index, run->day, PEER_THREADS);
	check_cells(run, &figures);
	check_known(run, &figures);
}

static void finish(struct run *run)
{
	char time[32];

	bench_note("one thread: %s, median of %zu",
		bench_time(time, bench_median(&run->one_thread)), run->one_thread.count);
	coverage_built_free(run->built);
	coverage_free(run->world);
	free(run->cells);
	free(run->ordered);
	free(run->reference);
}

/* SQLite and PostgreSQL take minutes: at a tenth of the size, unless all is asked for. */
int main(int argc, char **argv)
{
	struct run run = { 0 };
	uint32_t size;

	bench_open(&run.options, argc, argv);
	size = run.options.agreements;
	prepare(&run, size);
	if (run.options.script)
		run_peer(&run, "matrix", peer_duckdb(run.options.dir, run.options.script),
			ROUNDS_MAX, goal);
	else
		bench_note("DuckDB left out: --duckdb is not given");
	if (!run.options.full) {
		finish(&run);
		prepare(&run, size < 10 ? 1 : size / 10);
	}
	run_peer(&run, run.options.full ? "matrix" : "matrix-tenth", peer_sqlite(run.options.dir),
		ROUNDS_SLOW, 0);
	run_peer(&run, run.options.full ? "matrix" : "matrix-tenth", peer_postgres(run.options.dir),
		ROUNDS_SLOW, 0);
	finish(&run);
	bench_close(&run.options);
	return 0;
}
