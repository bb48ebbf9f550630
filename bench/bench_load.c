/* bench_load: the synthetic world from files to an index that answers, against PostgreSQL's COPY of
 * the same rows into a table without indexes.
 *
 * Ours reads places, parties, groups and the schedules of agreements, checks every cell, tells
 * faults if there are any, and compiles. That it is the same world is shown by its matrix. The
 * files lie in the cache of the system for both. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/keeper.h"
#include "bench/matrix_ours.h"
#include "bench/peer.h"

enum { ROUNDS = 5, SCHEDULE_ROWS = 100000, DOCUMENTS = 1000 };
static const double start_goal = 1;
#define LOAD_MAX ((size_t)16 << 30)

/* What one load took, by parts. */
struct parts {
	double world, accords, index;
};

static bool put_file(void *context, const char *name, struct str content)
{
	char path[600];
	FILE *file;
	bool written;

	snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
	file = fopen(path, "w");
	if (!file)
		return false;
	written = fwrite(content.ptr, 1, content.len, file) == content.len;
	return fclose(file) == 0 && written;
}

static bool put_memory(void *context, const char *name, struct str content)
{
	struct memory_files *files = context;
	struct str path = str_format(files->arena, "w/%s", name);

	return path.ptr && memory_files_put(files, path, content) == STATUS_OK;
}

static double load(struct coverage_built *built, struct cover_index **index,
	const struct allocator *allocator, const char *folder, struct parts *parts)
{
	double start = bench_now(), world, accords;
	struct diags diags;

	arena_init(&built->arena, allocator, LOAD_MAX);
	diags_init(&diags, &built->arena, 20);
	if (world_load(&built->world, &built->arena, &file_system_disk, str_of(folder), &diags) !=
		STATUS_OK)
		bench_fail("%s: the world was refused", folder);
	world = bench_now();
	if (accord_load_with(&built->accords, &built->arena, built->world, &file_system_disk,
		    &jobs_threads, str_of(folder), &diags) != STATUS_OK) {
		struct buf text;

		buf_init(&text, &built->arena, 1 << 16);
		diags_print(&text, &diags);
		bench_fail("%s: the agreements were refused: " STR_FMT, folder,
			STR_ARG(buf_str(&text)));
	}
	accords = bench_now();
	if (cover_compile_jobs(index, &built->arena, built->world, &built->accords,
		    &jobs_threads) != STATUS_OK)
		bench_fail("no memory for the index");
	*parts = (struct parts){ world - start, accords - world, bench_now() - accords };
	return bench_now() - start;
}

/* The loaded world is the generated one: its matrix is the reference's. */
static void check(struct coverage_built *built, const struct cover_index *index,
	const struct coverage_world *world)
{
	uint16_t *cells = malloc(COVERAGE_CELLS * sizeof *cells);
	uint16_t *ordered = malloc(COVERAGE_CELLS * sizeof *cells);
	uint16_t *reference = malloc(COVERAGE_CELLS * sizeof *cells);
	uint64_t active;

	if (!cells || !ordered || !reference || !coverage_find(built))
		bench_fail("no memory");
	matrix_ours(cells, built, index, COVERAGE_DAY, PEER_THREADS);
	matrix_reorder(ordered, cells, built);
	if (!coverage_reference(reference, &active, world, COVERAGE_DAY) ||
		memcmp(ordered, reference, COVERAGE_CELLS * sizeof *cells) != 0)
		bench_fail("the world that was loaded is another one");
	bench_note(
		"the world loaded is the one generated: the same matrix on day %d", COVERAGE_DAY);
	free(cells);
	free(ordered);
	free(reference);
}

static void run_csv(
	const struct bench_options *options, const struct coverage_world *world, struct peer *peer)
{
	char folder[400], agreements[420], a[32], b[32], c[32];
	struct bench_runs ours = { 0 }, theirs = { 0 };
	struct parts parts = { 0 };
	static struct keeper keeper;

	keeper_init(&keeper);
	snprintf(folder, sizeof folder, "%s/world", options->dir);
	snprintf(agreements, sizeof agreements, "%s/agreements", folder);
	if (mkdir(folder, 0755) != 0 || mkdir(agreements, 0755) != 0 ||
		!coverage_workspace(world, put_file, folder) ||
		!coverage_schedules(world, SCHEDULE_ROWS, put_file, folder))
		bench_fail("%s: not written: %s", folder, strerror(errno));
	for (int i = -1; i < ROUNDS; i++) {
		struct coverage_built *built = calloc(1, sizeof *built);
		struct cover_index *index;
		double took;

		if (!built)
			bench_fail("no memory");
		took = load(built, &index, &keeper.allocator, folder, &parts);
		if (i < 0) { /* the first one touches the pages */
			bench_note("ours in new memory: %s", bench_time(a, took));
			check(built, index, world);
		} else {
			bench_add(&ours, took);
			bench_add(&theirs, peer->copy(peer));
		}
		coverage_built_free(built);
	}
	keeper_free(&keeper);
	bench_note("last run: world %s, agreements %s, index %s", bench_time(a, parts.world),
		bench_time(b, parts.accords), bench_time(c, parts.index));
	bench_line("load", &ours, "PostgreSQL-COPY", &theirs, 1);
}

/* The same agreements as documents, ten commitments each: a thousand of them, in memory. */
static void run_documents(const struct coverage_world *world)
{
	struct memory_files files;
	struct file_system system;
	struct arena arena;
	struct accords accords;
	struct world *built;
	struct diags diags;
	char time[32];
	double start;

	arena_init(&arena, &allocator_system, LOAD_MAX);
	diags_init(&diags, &arena, 20);
	memory_files_init(&files, &arena);
	system = memory_files_system(&files);
	if (!coverage_workspace(world, put_memory, &files) ||
		!coverage_documents(world, DOCUMENTS, put_memory, &files) ||
		world_load(&built, &arena, &system, STR("w"), &diags) != STATUS_OK)
		bench_fail("the documents were not made");
	start = bench_now();
	if (accord_load(&accords, &arena, built, &system, STR("w"), &diags) != STATUS_OK) {
		struct buf text;

		buf_init(&text, &arena, 1 << 16);
		diags_print(&text, &diags);
		bench_fail("the documents were refused: " STR_FMT, STR_ARG(buf_str(&text)));
	}
	start = bench_now() - start;
	printf("BENCH load-documents ours=%s a document of %d commitments goal=none\n",
		bench_time(time, start / DOCUMENTS), COVERAGE_PER_AGREEMENT);
	bench_note("%.0f documents a second; %d read", DOCUMENTS / start, DOCUMENTS);
	arena_free(&arena);
}

/* The real world, from files to an index that answers. */
static void run_real(const struct bench_options *options)
{
	struct bench_runs runs = { 0 };
	struct parts parts = { 0 };
	char a[32], b[32], c[32], d[32];

	for (int i = 0; i < ROUNDS; i++) {
		struct coverage_built *built = calloc(1, sizeof *built);
		struct cover_index *index;

		if (!built)
			bench_fail("no memory");
		bench_add(&runs, load(built, &index, &allocator_system, options->data, &parts));
		coverage_built_free(built);
	}
	printf("BENCH start ours=%s goal=1s %s\n", bench_time(a, bench_median(&runs)),
		bench_median(&runs) < start_goal ? "met" : "missed");
	bench_note("%s: world %s, agreements %s, index %s", options->data,
		bench_time(b, parts.world), bench_time(c, parts.accords),
		bench_time(d, parts.index));
}

int main(int argc, char **argv)
{
	struct bench_options options;
	struct coverage_world *world;
	struct peer *peer;
	char hash[65];

	bench_open(&options, argc, argv);
	world = coverage_make(options.seed, options.agreements);
	if (!world || !coverage_tables(world, options.dir, hash))
		bench_fail("the tables were not written");
	bench_note("seed %lu, %zu commitments", (unsigned long)options.seed, world->row_count);
	peer = peer_postgres(options.dir);
	run_csv(&options, world, peer);
	peer->close(peer);
	run_documents(world);
	run_real(&options);
	coverage_free(world);
	bench_close(&options);
	return 0;
}
