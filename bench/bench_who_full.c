/* bench_who_full: cover_who() where everything may matter: presence, pools, statuses, fears,
 * destinations, facts not known, schedules. On the random worlds of tests/soak, which are dense
 * with such rules, and on the real one. Printed; no peer speaks these rules. */
#include <stdio.h>
#include <stdlib.h>
#include "bench/bench.h"
#include "soak/soak.h"

enum { WORLDS = 300, QUERIES = 300, REAL_QUERIES = 100000 };
#define ARENA_MAX_BYTES ((size_t)2 << 30)

struct tally_of {
	double *times;
	size_t count;
	uint64_t answers, answered;
};

static void ask(struct tally_of *tally, struct arena *arena, const struct cover_index *index,
	const struct query *query)
{
	struct answers answers;
	double start;

	arena_reset(arena);
	start = bench_now();
	if (cover_who(&answers, arena, index, query) != STATUS_OK)
		bench_fail("no memory");
	tally->times[tally->count++] = bench_now() - start;
	tally->answers += answers.items_count;
	tally->answered += answers.items_count > 0;
}

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print(const char *name, struct tally_of *tally)
{
	char a[32], b[32], c[32];
	double sum = 0;

	qsort(tally->times, tally->count, sizeof *tally->times, compare_times);
	for (size_t i = 0; i < tally->count; i++)
		sum += tally->times[i];
	printf("BENCH who-full-%s ours=%s goal=none\n", name,
		bench_time(a, sum / (double)tally->count));
	bench_note("%zu questions, %.1f answers each, %.0f%% answered: p50 %s, p99 %s, most %s",
		tally->count, (double)tally->answers / (double)tally->count,
		100.0 * (double)tally->answered / (double)tally->count,
		bench_time(a, tally->times[tally->count / 2]),
		bench_time(b, tally->times[tally->count / 100 * 99]),
		bench_time(c, tally->times[tally->count - 1]));
}

static bool read_all(struct world **world, struct accords *accords, struct cover_index **index,
	struct arena *arena, const struct file_system *files, struct str folder)
{
	struct diags diags;

	diags_init(&diags, arena, 20);
	return world_load(world, arena, files, folder, &diags) == STATUS_OK &&
	       accord_load(accords, arena, *world, files, folder, &diags) == STATUS_OK &&
	       cover_compile(index, arena, *world, accords) == STATUS_OK;
}

static void run_random(const struct bench_options *options)
{
	struct tally_of tally = { 0 };
	struct arena answers;

	tally.times = calloc((size_t)WORLDS * QUERIES, sizeof *tally.times);
	if (!tally.times)
		bench_fail("no memory");
	arena_init(&answers, &allocator_system, ARENA_MAX_BYTES);
	for (uint32_t number = 0; number < WORLDS; number++) {
		struct scene *scene = calloc(1, sizeof *scene);
		struct file_system files;
		struct cover_index *index;
		struct accords accords;
		struct random random = random_seeded(options->seed + number);
		struct world *world;
		struct arena arena;

		if (!scene)
			bench_fail("no memory");
		arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
		soak_generate(scene, &arena, options->seed, number);
		files = memory_files_system(&scene->files);
		if (!read_all(&world, &accords, &index, &arena, &files, STR("w")))
			bench_fail("random world %u was refused", number);
		for (int i = 0; i < QUERIES; i++) {
			struct query query;

			soak_query(&query, &random, world, &accords);
			ask(&tally, &answers, index, &query);
		}
		arena_free(&arena);
		free(scene);
	}
	print("random", &tally);
	arena_free(&answers);
	free(tally.times);
}

/* The real world: what soak_query() draws is as likely there as anything else. */
static void run_real(const struct bench_options *options)
{
	struct tally_of tally = { 0 };
	struct random random = random_seeded(options->seed);
	struct cover_index *index;
	struct accords accords;
	struct world *world;
	struct arena arena, answers;
	char time[32];
	double start = bench_now();

	arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
	arena_init(&answers, &allocator_system, ARENA_MAX_BYTES);
	tally.times = calloc(REAL_QUERIES, sizeof *tally.times);
	if (!tally.times || !read_all(&world, &accords, &index, &arena, &file_system_disk,
				    str_of(options->data)))
		bench_fail("%s: not read", options->data);
	bench_note("%s: %zu agreements, read and compiled in %s", options->data,
		accords.items_count, bench_time(time, bench_now() - start));
	for (int i = 0; i < REAL_QUERIES; i++) {
		struct query query;

		soak_query(&query, &random, world, &accords);
		query.date = world->as_of;
		ask(&tally, &answers, index, &query);
	}
	print("real", &tally);
	arena_free(&answers);
	arena_free(&arena);
	free(tally.times);
}

int main(int argc, char **argv)
{
	struct bench_options options;

	bench_open(&options, argc, argv);
	run_random(&options);
	run_real(&options);
	bench_close(&options);
	return 0;
}
