/* What the benches share: options, a clock, medians, and the lines they print.
 *
 * A line of result is `BENCH name ours=… peer=NAME:… ratio=… goal=… met|missed`; what explains it
 * stands on lines of its own, indented. Times are wall-clock seconds. */
#ifndef ENTENTE_BENCH_BENCH_H
#define ENTENTE_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_options {
	uint64_t seed;       /* --seed */
	uint32_t agreements; /* --agreements: the size of the world */
	bool full;           /* --full: peers that take minutes too, at full size */
	const char *script;  /* --duckdb: the script that speaks for DuckDB; NULL: leave it out */
	const char *data;    /* --data: the real workspace */
	char dir[256];       /* a new folder for files of this run */
};
/* Reads the options and makes the folder; wrong use ends the program. */
void bench_open(struct bench_options *options, int argc, char **argv);
/* Removes the folder and what is in it. */
void bench_close(const struct bench_options *options);

double bench_now(void); /* seconds, monotonic */

#define BENCH_RUNS_MAX 64
struct bench_runs {
	double seconds[BENCH_RUNS_MAX];
	size_t count;
};
void bench_add(struct bench_runs *runs, double seconds);
double bench_median(const struct bench_runs *runs);

/* "12.3 ms", "4.56 s", "780 ns". */
const char *bench_time(char out[static 32], double seconds);
/* The line of NAME: both medians, how many times the peer takes as long as we do. GOAL 0: none. */
void bench_line(const char *name, const struct bench_runs *ours, const char *peer,
	const struct bench_runs *theirs, double goal);
/* A line of explanation. */
void bench_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What must not happen: the outputs differ, a peer is broken. Ends the program with 1. */
_Noreturn void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
