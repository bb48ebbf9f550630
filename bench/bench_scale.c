/* bench_scale: how the cost of our kernels grows, at three sizes a decade apart: building the
 * index, the matrix, a question, a change; bytes of the index per commitment. */
#include <stdio.h>
#include <stdlib.h>
#include "bench/matrix_ours.h"
#include "bench/peer.h"

enum { RUNS = 5, QUESTIONS = 200000, CHANGES = 200, SIZES = 3 };
static const double memory_goal = 200;
#define ARENA_MAX_BYTES ((size_t)1 << 30)

/* The system's, counted. */
struct counter {
	size_t now, most;
};

static void *counted_get(void *context, size_t size)
{
	struct counter *counter = context;
	void *memory = allocator_system.get(NULL, size);

	counter->now += memory ? size : 0;
	if (counter->now > counter->most)
		counter->most = counter->now;
	return memory;
}

static void counted_put(void *context, void *memory, size_t size)
{
	struct counter *counter = context;

	if (memory)
		counter->now -= size;
	allocator_system.put(NULL, memory, size);
}

struct figures {
	double compile, matrix, who, change, bytes;
};

static double median_matrix(const struct coverage_built *built, const struct cover_index *index)
{
	uint16_t *cells = calloc(COVERAGE_CELLS, sizeof *cells);
	struct bench_runs runs = { 0 };

	if (!cells)
		bench_fail("no memory");
	for (int i = -1; i < RUNS; i++) {
		double seconds =
			matrix_ours(cells, built, index, COVERAGE_DAY + 7 * i, PEER_THREADS);

		if (i >= 0) /* the first one touches the pages */
			bench_add(&runs, seconds);
	}
	free(cells);
	return bench_median(&runs);
}

static double mean_who(
	const struct coverage_built *built, const struct cover_index *index, struct random *random)
{
	double start = bench_now();
	struct arena arena;

	arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
	for (int i = 0; i < QUESTIONS; i++) {
		struct answers answers;
		struct query query;

		cover_query_init(&query, coverage_date(COVERAGE_DAY), VIEWER_ALL);
		query.nats[0] = built->nat_of[random_below(random, COVERAGE_NATS)];
		query.nat_count = 1;
		query.service = built->service_of[random_below(random, COVERAGE_SERVICES)];
		query.place = built->place_of[1 + random_below(random, COVERAGE_PLACES - 1)];
		arena_reset(&arena);
		if (cover_who(&answers, &arena, index, &query) != STATUS_OK)
			bench_fail("no memory");
	}
	arena_free(&arena);
	return (bench_now() - start) / QUESTIONS;
}

/* An agreement ends, and the next snapshot is there. */
static double median_change(
	const struct coverage_built *built, struct cover_index *index, struct random *random)
{
	struct cover_index *from = cover_retain(index);
	double times[CHANGES];
	struct bench_runs runs = { 0 };
	struct arena arena;

	arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
	for (int i = 0; i < CHANGES; i++) {
		struct agreement one =
			built->accords
				.items[random_below(random, (uint32_t)built->accords.items_count)];
		const struct agreement *added = &one;
		struct cover_change change = { .added = &added, .added_count = 1 };
		struct cover_index *next;
		double start = bench_now();

		one.until = one.from;
		if (cover_change(&next, NULL, &arena, from, &change) != STATUS_OK)
			bench_fail("no memory");
		cover_release(from);
		times[i] = bench_now() - start;
		from = next;
		arena_reset(&arena);
		if (i < BENCH_RUNS_MAX)
			bench_add(&runs, times[i]);
		/* The agreement lives in this turn alone: the one that was there comes back. */
		added = &built->accords.items[0];
		for (size_t k = 0; k < built->accords.items_count; k++) {
			if (built->accords.items[k].id.ptr == one.id.ptr)
				added = &built->accords.items[k];
		}
		if (cover_change(&next, NULL, &arena, from, &change) != STATUS_OK)
			bench_fail("no memory");
		cover_release(from);
		from = next;
	}
	cover_release(from);
	arena_free(&arena);
	return bench_median(&runs);
}

/* Into an arena, as commands and the server make it; OUT and ARENA: the last one. */
static double median_compile(
	struct cover_index **out, struct arena *arena, const struct coverage_built *built)
{
	struct bench_runs runs = { 0 };

	for (int i = 0; i < RUNS; i++) {
		double start;

		arena_free(arena);
		arena_init(arena, &allocator_system, ARENA_MAX_BYTES);
		start = bench_now();
		if (cover_compile(out, arena, built->world, &built->accords) != STATUS_OK)
			bench_fail("no memory");
		bench_add(&runs, bench_now() - start);
	}
	return bench_median(&runs);
}

/* Changes, and bytes, of an index whose parts come and go one by one. */
static void measure_kept(struct figures *figures, const struct coverage_built *built,
	struct random *random, size_t commitments)
{
	struct counter counter = { 0 };
	struct allocator allocator = { counted_get, counted_put, &counter };
	struct cover_options options = { .allocator = &allocator, .scratch = &allocator_system };
	struct cover_index *index;

	if (cover_compile_with(&index, &options, built->world, &built->accords) != STATUS_OK)
		bench_fail("no memory");
	figures->bytes = (double)counter.now / (double)commitments;
	figures->change = median_change(built, index, random);
	cover_release(index);
	if (counter.now)
		bench_fail("%zu bytes were not given back, or not as they were taken", counter.now);
}

static struct figures measure(uint64_t seed, uint32_t agreements)
{
	struct random random = random_seeded(seed);
	struct coverage_world *world = coverage_make(seed, agreements);
	struct coverage_built *built = world ? coverage_build(world) : NULL;
	struct figures figures = { 0 };
	struct cover_index *index;
	struct arena arena = { 0 };

	if (!built)
		bench_fail("no memory");
	figures.compile = median_compile(&index, &arena, built);
	figures.matrix = median_matrix(built, index);
	figures.who = mean_who(built, index, &random);
	arena_free(&arena);
	measure_kept(&figures, built, &random, world->row_count);
	coverage_built_free(built);
	coverage_free(world);
	return figures;
}

int main(int argc, char **argv)
{
	struct bench_options options;
	struct figures figures[SIZES];
	uint32_t sizes[SIZES];
	char a[32], b[32], c[32], d[32];

	bench_open(&options, argc, argv);
	for (int i = 0; i < SIZES; i++) {
		static const uint32_t parts[SIZES] = { 100, 10, 1 };

		sizes[i] = options.agreements / parts[i] ? options.agreements / parts[i] : 1;
		figures[i] = measure(options.seed, sizes[i]);
		bench_note("%8u commitments: index %s, matrix %s, question %s, change %s; "
			   "%.0f bytes a commitment",
			sizes[i] * COVERAGE_PER_AGREEMENT, bench_time(a, figures[i].compile),
			bench_time(b, figures[i].matrix), bench_time(c, figures[i].who),
			bench_time(d, figures[i].change), figures[i].bytes);
	}
	printf("BENCH memory ours=%.0fB a commitment goal=%.0fB %s\n", figures[SIZES - 1].bytes,
		memory_goal, figures[SIZES - 1].bytes < memory_goal ? "met" : "missed");
	printf("BENCH scale ours=index:x%.1f,matrix:x%.1f,question:x%.1f,change:x%.1f "
	       "peer=size:x%u "
	       "goal=linear at most\n",
		figures[2].compile / figures[1].compile, figures[2].matrix / figures[1].matrix,
		figures[2].who / figures[1].who, figures[2].change / figures[1].change,
		sizes[2] / sizes[1]);
	bench_close(&options);
	return 0;
}
