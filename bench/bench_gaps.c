/* bench_gaps: the real world's analyses that ask every cell of every service: gaps, kept bands with
 * the index they stand on, facts not known. Printed with a checksum of what came out, so that two
 * builds can be held against each other; no peer speaks these rules. */
#include <stdio.h>
#include <string.h>
#include "bench/bench.h"
#include "cover/cover.h"

enum { RUNS = 9, UNKNOWN_RUNS = 3 };
#define ARENA_MAX_BYTES ((size_t)2 << 30)

struct real {
	struct arena arena;   /* of the world */
	struct arena shorter; /* of one run */
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	struct people_count count;
	struct gap_filter filter;
	uint64_t sum; /* FNV-1a over the results of one run */
};

static void digest(struct real *real, uint64_t value)
{
	for (int i = 0; i < 8; i++) {
		real->sum ^= value >> (8 * i) & 0xff;
		real->sum *= UINT64_C(0x100000001b3);
	}
}

static void must(enum status status, const char *what)
{
	if (status != STATUS_OK)
		bench_fail("%s: not done", what);
}

static void run_gaps(struct real *real)
{
	for (unsigned s = 0; s < world_service_count; s++) {
		struct gaps gaps;

		must(cover_gaps(&gaps, &real->shorter, real->index, &real->count, (uint8_t)s,
			     &real->filter),
			"gaps");
		for (size_t i = 0; i < gaps.cells_count; i++) {
			const struct cell_band *band = &gaps.cells[i].band;

			digest(real, (uint64_t)band->band | (uint64_t)band->uncertain << 8 |
					     (uint64_t)band->not_known << 9 |
					     (uint64_t)band->in_part << 10);
		}
		arena_reset(&real->shorter);
	}
}

static void run_bands(struct real *real)
{
	struct cover_index *index;
	struct cover_bands *bands;
	struct cover_options options = { .allocator = &allocator_system };
	struct gaps totals;

	must(cover_compile_with(&index, &options, real->world, &real->accords), "index");
	must(cover_bands_make(&bands, index, &real->count, real->filter.date, real->filter.viewer),
		"bands");
	for (unsigned s = 0; s < world_service_count; s++) {
		cover_bands_totals(&totals, bands, (uint8_t)s);
		for (size_t b = 0; b < BANDS; b++)
			digest(real, (uint64_t)totals.bands[b]);
	}
	cover_bands_release(bands);
	cover_release(index);
}

static void run_unknowns(struct real *real)
{
	struct unknown_filter filter = {
		.place = NONE32, .date = real->filter.date, .viewer = real->filter.viewer
	};
	struct unknowns unknowns;

	must(cover_unknowns(&unknowns, &real->shorter, real->index, &real->count, &filter),
		"unknowns");
	for (size_t i = 0; i < unknowns.items_count; i++)
		digest(real, (uint64_t)unknowns.items[i].people * 31 + unknowns.items[i].levels);
	arena_reset(&real->shorter);
}

static void time_runs(
	struct real *real, const char *name, void (*run)(struct real *real), size_t count)
{
	struct bench_runs runs = { 0 };
	char time[32];

	for (size_t i = 0; i <= count; i++) {
		double start = bench_now();

		real->sum = UINT64_C(0xcbf29ce484222325);
		run(real);
		if (i > 0) /* the first one warms up */
			bench_add(&runs, bench_now() - start);
	}
	printf("BENCH %s ours=%s goal=none\n", name, bench_time(time, bench_median(&runs)));
	bench_note("median of %zu runs; checksum %016llx", count, (unsigned long long)real->sum);
}

int main(int argc, char **argv)
{
	static struct real real;
	struct bench_options options;
	struct diags diags;
	struct bench_runs compile = { 0 };
	char time[32];

	bench_open(&options, argc, argv);
	arena_init(&real.arena, &allocator_system, ARENA_MAX_BYTES);
	arena_init(&real.shorter, &allocator_system, ARENA_MAX_BYTES);
	diags_init(&diags, &real.arena, 20);
	must(world_load(&real.world, &real.arena, &file_system_disk, str_of(options.data), &diags),
		options.data);
	must(accord_load(&real.accords, &real.arena, real.world, &file_system_disk,
		     str_of(options.data), &diags),
		options.data);
	for (int i = 0; i < RUNS; i++) {
		double start = bench_now();

		must(cover_compile(&real.index, &real.arena, real.world, &real.accords), "index");
		bench_add(&compile, bench_now() - start);
	}
	real.filter = (struct gap_filter){ .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = real.world->as_of,
		.viewer = VIEWER_ALL };
	must(world_people(&real.count, &real.arena, real.world, real.filter.date), "people");
	printf("BENCH gaps-index ours=%s goal=none\n", bench_time(time, bench_median(&compile)));
	bench_note("%zu agreements and the world's facts, one thread; %zu cells by %zu services",
		real.accords.items_count, real.count.cells_count, world_service_count);
	time_runs(&real, "gaps", run_gaps, RUNS);
	time_runs(&real, "gaps-bands", run_bands, RUNS);
	time_runs(&real, "gaps-unknowns", run_unknowns, UNKNOWN_RUNS);
	arena_free(&real.shorter);
	arena_free(&real.arena);
	bench_close(&options);
	return 0;
}
