/* The outside world behind seams: files, clock and random numbers. The core is handed what it
 * needs; only the shell and the tests make these. */
#ifndef ENTENTE_BASE_SEAM_H
#define ENTENTE_BASE_SEAM_H

#include "base/diag.h"

struct file_system {
	/* The whole file, in ARENA, NUL after it. STATUS_NOT_FOUND, STATUS_IO,
	 * STATUS_NO_MEMORY; STATUS_REFUSED above MAX bytes. */
	enum status (*read)(
		void *context, struct str *out, struct arena *arena, struct str path, size_t max);
	/* Names of the regular files directly in a folder, sorted bytewise. STATUS_NOT_FOUND if
	 * there is no such folder. */
	enum status (*list)(void *context, struct str **names, size_t *count, struct arena *arena,
		struct str path);
	/* Replaces a file whole (temporary file, fsync, rename) or not at all. */
	enum status (*write)(void *context, struct str path, struct str content);
	void *context;
};
extern const struct file_system file_system_disk;

/* Files in memory, for tests, fuzzing and random worlds. Paths are plain keys; a folder exists
 * when a path starts with it and '/'. */
struct memory_files {
	struct arena *arena;
	struct memory_file *items;
	size_t count, capacity;
};
void memory_files_init(struct memory_files *files, struct arena *arena);
enum status memory_files_put(
	struct memory_files *files, struct str path, struct str content); /* copies; replaces */
struct file_system memory_files_system(struct memory_files *files); /* read, list and write on it */

/* Jobs that do not depend on each other. */
struct jobs {
	/* Calls JOB with WORK and every number below COUNT once, in any order, perhaps several at a
	 * time; returns when all have returned. */
	void (*run)(
		void *context, size_t count, void (*job)(void *work, size_t number), void *work);
	void *context;
};
/* As many at a time as the machine has processors, at most 16; where no thread is to be had, the
 * caller's does it all. */
extern const struct jobs jobs_threads;

struct clock {
	int32_t (*today)(void *context); /* day number of date.h, UTC */
	uint64_t (*monotonic_ns)(void *context);
	void *context;
	int64_t (*seconds)(void *context); /* since 1970, UTC */
};
extern const struct clock clock_system;
/* For tests: today is what STATE says, its midnight the seconds; monotonic_ns is STATE's and
 * advances 1 ms a call. */
struct fixed_clock {
	int32_t today;
	uint64_t monotonic_ns;
};
struct clock clock_fixed(struct fixed_clock *state);

/* SplitMix64: seeded, replayable, not for secrets. */
struct random {
	uint64_t state;
};
struct random random_seeded(uint64_t seed);
uint64_t random_next(struct random *random);
uint32_t random_below(struct random *random, uint32_t bound); /* uniform, bound > 0 */
bool random_chance(struct random *random, uint32_t percent);
uint64_t random_system_seed(void); /* from the operating system */

#endif
