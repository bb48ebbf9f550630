/* bench_change: one agreement signed or ended at a time, and then bands and gap list again, against
 * doing all of it anew.
 *
 * Signed: one that was not there, of the same generator. Ended: one that is there gets yesterday as
 * its last day. Each change makes the next snapshot from the one before. Now and then, and at the
 * end, index and bands are made anew from the agreements as they stand, and every cell of every
 * service must be the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/bench.h"
#include "bench/coverage_world.h"

enum { CHANGES = 1000, REBUILDS = 5, LIST = 100 };
static const double median_goal = 100, p99_goal = 10;
#define ARENA_MAX_BYTES ((size_t)4 << 30)

struct run {
	struct bench_options options;
	struct coverage_world *world;
	struct coverage_built *built; /* CHANGES agreements more than stand at first */
	size_t standing;              /* the first of the list */
	struct agreement *ended;      /* copies, by number of the change */
	struct people_count people;
	struct arena arena;
	struct cover_index *index;
	struct cover_bands *bands;
	struct random random;
	double times[CHANGES];
	double bytes;
	struct bench_runs rebuild;
};

static void make_all(struct run *run, struct cover_index **index, struct cover_bands **bands)
{
	struct cover_options options = { .allocator = &allocator_system };
	struct accords accords = { run->built->accords.items, run->standing };
	struct gap_cell list[LIST];

	if (cover_compile_with(index, &options, run->built->world, &accords) != STATUS_OK ||
		cover_bands_make(bands, *index, &run->people, coverage_date(COVERAGE_DAY),
			VIEWER_ALL) != STATUS_OK)
		bench_fail("no memory");
	for (size_t s = 0; s < COVERAGE_SERVICES; s++)
		cover_bands_list(list, LIST, *bands, run->built->service_of[s], BAND_REMOTE);
}

/* The lists of the services that TOUCHED names. */
static void list_touched(const struct run *run, const struct cover_touched *touched)
{
	uint64_t services = 0;
	struct gap_cell list[LIST];

	for (size_t i = 0; i < touched->items_count; i++)
		services |= touched->items[i].service == SERVICE_NONE
				    ? UINT64_MAX
				    : UINT64_C(1) << touched->items[i].service;
	for (uint8_t s = 0; s < world_service_count; s++) {
		if (services >> s & 1)
			cover_bands_list(list, LIST, run->bands, s, BAND_REMOTE);
	}
}

/* The agreement that change NUMBER puts there; the list of those that stand follows. */
static const struct agreement *next_agreement(struct run *run, int number)
{
	struct agreement *items = run->built->accords.items, *one;

	if (number % 2 == 0)
		return &items[run->standing++];
	one = &items[random_below(&run->random, (uint32_t)run->standing)];
	one->until = coverage_date(COVERAGE_DAY) - 1;
	if (one->from > one->until)
		one->until = one->from;
	run->ended[number] = *one;
	return &run->ended[number];
}

static void change(struct run *run, int number)
{
	const struct agreement *added = next_agreement(run, number);
	struct cover_change what = { .added = &added, .added_count = 1 };
	struct cover_touched touched = { 0 };
	struct cover_index *index;
	struct cover_bands *bands;
	double start = bench_now();

	arena_reset(&run->arena);
	if (cover_change(&index, &touched, &run->arena, run->index, &what) != STATUS_OK ||
		cover_bands_change(&bands, run->bands, index, &touched) != STATUS_OK)
		bench_fail("no memory");
	cover_bands_release(run->bands);
	cover_release(run->index);
	run->index = index;
	run->bands = bands;
	list_touched(run, &touched);
	run->times[number] = bench_now() - start;
	run->bytes += (double)(touched.bytes + cover_bands_bytes(bands));
}

static bool same_cells(const struct gaps *a, const struct gaps *b)
{
	bool same = a->cells_count == b->cells_count && a->people == b->people &&
		    a->not_known == b->not_known && a->none_proven == b->none_proven &&
		    memcmp(a->bands, b->bands, sizeof a->bands) == 0;

	for (size_t i = 0; same && i < a->cells_count; i++) {
		const struct gap_cell *x = &a->cells[i], *y = &b->cells[i];

		same = x->cell.place == y->cell.place && x->cell.nat == y->cell.nat &&
		       x->band.band == y->band.band && x->band.uncertain == y->band.uncertain &&
		       x->band.not_known == y->band.not_known && x->band.in_part == y->band.in_part;
	}
	return same;
}

static void rebuild_and_compare(struct run *run)
{
	struct cover_index *index;
	struct cover_bands *bands;
	double start = bench_now();

	make_all(run, &index, &bands);
	bench_add(&run->rebuild, bench_now() - start);
	for (size_t s = 0; s < COVERAGE_SERVICES; s++) {
		struct gaps kept, made;

		arena_reset(&run->arena);
		if (cover_bands_gaps(&kept, &run->arena, run->bands, run->built->service_of[s]) !=
				STATUS_OK ||
			cover_bands_gaps(&made, &run->arena, bands, run->built->service_of[s]) !=
				STATUS_OK)
			bench_fail("no memory");
		if (!same_cells(&kept, &made))
			bench_fail("%s: the bands after the changes are not those made anew",
				world_services[run->built->service_of[s]].code);
	}
	cover_bands_release(bands);
	cover_release(index);
}

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print(struct run *run)
{
	struct bench_runs median = { 0 }, p99 = { 0 };
	char a[32], b[32], c[32];

	qsort(run->times, CHANGES, sizeof run->times[0], compare_times);
	bench_add(&median, run->times[CHANGES / 2]);
	bench_add(&p99, run->times[CHANGES / 100 * 99]);
	bench_line("change-median", &median, "rebuild", &run->rebuild, median_goal);
	bench_line("change-p99", &p99, "rebuild", &run->rebuild, p99_goal);
	bench_note("%d changes, rebuilt %d times: p50 %s, p99 %s, most %s; written per change %.0f "
		   "bytes",
		CHANGES, REBUILDS, bench_time(a, run->times[CHANGES / 2]),
		bench_time(b, run->times[CHANGES / 100 * 99]),
		bench_time(c, run->times[CHANGES - 1]), run->bytes / CHANGES);
	bench_note("every cell of %d services as made anew, %d times", COVERAGE_SERVICES, REBUILDS);
}

int main(int argc, char **argv)
{
	struct run *run = calloc(1, sizeof *run);

	if (!run)
		bench_fail("no memory");
	bench_open(&run->options, argc, argv);
	run->random = random_seeded(run->options.seed);
	arena_init(&run->arena, &allocator_system, ARENA_MAX_BYTES);
	run->world = coverage_make(run->options.seed, run->options.agreements + CHANGES / 2);
	run->built = run->world ? coverage_build(run->world) : NULL;
	run->ended = calloc(CHANGES, sizeof *run->ended);
	if (!run->built || !run->ended ||
		world_people(&run->people, &run->built->arena, run->built->world,
			coverage_date(COVERAGE_DAY)) != STATUS_OK)
		bench_fail("no memory");
	run->standing = run->options.agreements;
	bench_note("seed %lu, %zu agreements, %zu cells of people, %d services",
		(unsigned long)run->options.seed, run->standing, run->people.cells_count,
		COVERAGE_SERVICES);
	make_all(run, &run->index, &run->bands);
	for (int i = 0; i < CHANGES; i++) {
		change(run, i);
		if ((i + 1) % (CHANGES / REBUILDS) == 0)
			rebuild_and_compare(run);
	}
	print(run);
	cover_bands_release(run->bands);
	cover_release(run->index);
	coverage_built_free(run->built);
	coverage_free(run->world);
	bench_close(&run->options);
	free(run->ended);
	free(run);
	return 0;
}
