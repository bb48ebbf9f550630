/* Options, clock, medians and lines of the benches. */
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/base.h"
#include "bench/bench.h"
#include "bench/coverage_world.h"

static uint64_t number_of(const char *name, const char *text)
{
	int64_t value;

	if (!text || !str_to_int64(str_of(text), &value) || value < 1)
		bench_fail("%s: a number of at least 1 is asked for", name);
	return (uint64_t)value;
}

void bench_open(struct bench_options *options, int argc, char **argv)
{
	const char *parent = getenv("TMPDIR");

	*options = (struct bench_options){
		.seed = COVERAGE_SEED, .agreements = COVERAGE_AGREEMENTS, .data = "data"
	};
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (!strcmp(argv[i], "--full")) {
			options->full = true;
			continue;
		}
		if (!strcmp(argv[i], "--seed"))
			options->seed = number_of("--seed", value);
		else if (!strcmp(argv[i], "--agreements"))
			options->agreements = (uint32_t)number_of("--agreements", value);
		else if (!strcmp(argv[i], "--duckdb") && value)
			options->script = value;
		else if (!strcmp(argv[i], "--data") && value)
			options->data = value;
		else
			bench_fail("%s: --full, --seed, --agreements, --duckdb, --data", argv[i]);
		i++;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(options->dir, sizeof options->dir, "%s/entente-bench-XXXXXX",
		parent ? parent : "/tmp");
	/* Another user, who runs PostgreSQL, reads the tables. */
	if (!mkdtemp(options->dir) || chmod(options->dir, 0755) != 0)
		bench_fail("%s: no folder for the files of this run", options->dir);
}

static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char child[1024];

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
		if (entry->d_type == DT_DIR)
			remove_tree(child);
		else
			unlink(child);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

void bench_close(const struct bench_options *options)
{
	remove_tree(options->dir);
}

double bench_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void bench_add(struct bench_runs *runs, double seconds)
{
	if (runs->count < BENCH_RUNS_MAX)
		runs->seconds[runs->count++] = seconds;
}

static int compare_seconds(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_median(const struct bench_runs *runs)
{
	struct bench_runs sorted = *runs;

	if (!runs->count)
		return 0;
	qsort(sorted.seconds, sorted.count, sizeof sorted.seconds[0], compare_seconds);
	return (sorted.seconds[(sorted.count - 1) / 2] + sorted.seconds[sorted.count / 2]) / 2;
}

const char *bench_time(char out[static 32], double seconds)
{
	static const struct {
		double least;
		double times;
		const char *unit;
	} units[] = { { 1, 1, "s" }, { 1e-3, 1e3, "ms" }, { 1e-6, 1e6, "us" }, { 0, 1e9, "ns" } };
	size_t i = 0;

	while (seconds < units[i].least)
		i++;
	snprintf(out, 32, "%.3g%s", seconds * units[i].times, units[i].unit);
	return out;
}

void bench_line(const char *name, const struct bench_runs *ours, const char *peer,
	const struct bench_runs *theirs, double goal)
{
	double mine = bench_median(ours), other = bench_median(theirs);
	double ratio = mine > 0 ? other / mine : 0;
	char a[32], b[32];

	printf("BENCH %s ours=%s peer=%s:%s ratio=%.*f", name, bench_time(a, mine), peer,
		bench_time(b, other),
		ratio < 10    ? 2
		: ratio < 100 ? 1
			      : 0,
		ratio);
	if (goal > 0)
		printf(" goal=%g %s\n", goal, ratio >= goal ? "met" : "missed");
	else
		printf(" goal=none\n");
	if (ours->count > 1)
		printf("  runs in turn: ours %zu, %s %zu\n", ours->count, peer, theirs->count);
}

void bench_note(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf("  ");
	vprintf(format, arguments);
	printf("\n");
	va_end(arguments);
}

_Noreturn void bench_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fprintf(stderr, "bench: ");
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "\n");
	va_end(arguments);
	exit(1);
}
