/* Files on disk and in memory behave alike; clocks and random numbers can be replayed. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
	struct bench bench;
	struct memory_files files;
	struct file_system system;
	struct str root; /* an empty folder */
};

static struct str path_in(struct place *place, const char *name)
{
	return str_format(&place->bench.arena, STR_FMT "/%s", STR_ARG(place->root), name);
}

static void exercise(struct place *place)
{
	const struct file_system *system = &place->system;
	struct arena *arena = &place->bench.arena;
	struct str content, *names;
	size_t count;
	void *context = system->context;
	assert_int_equal(
		system->read(context, &content, arena, path_in(place, "a"), 100), STATUS_NOT_FOUND);
	assert_int_equal(system->write(context, path_in(place, "b"), STR("bytes\0!")), STATUS_OK);
	assert_int_equal(system->write(context, path_in(place, "a"), STR("")), STATUS_OK);
	assert_int_equal(system->write(context, path_in(place, "B"), STR("x")), STATUS_OK);
	assert_int_equal(system->read(context, &content, arena, path_in(place, "b"), 7), STATUS_OK);
	assert_int_equal(content.len, 7);
	assert_memory_equal(content.ptr, "bytes\0!", 8);
	assert_int_equal(
		system->read(context, &content, arena, path_in(place, "b"), 6), STATUS_REFUSED);
	assert_int_equal(system->read(context, &content, arena, path_in(place, "a"), 0), STATUS_OK);
	assert_int_equal(content.len, 0);
	assert_int_equal(system->write(context, path_in(place, "b"), STR("other")), STATUS_OK);
	assert_int_equal(
		system->read(context, &content, arena, path_in(place, "b"), 100), STATUS_OK);
	assert_str(content, "other");
	assert_int_equal(system->list(context, &names, &count, arena, place->root), STATUS_OK);
	assert_int_equal(count, 3);
	assert_str(names[0], "B");
	assert_str(names[1], "a");
	assert_str(names[2], "b");
	assert_int_equal(system->list(context, &names, &count, arena, path_in(place, "none")),
		STATUS_NOT_FOUND);
	assert_int_equal(count, 0);
	struct arena small;
	arena_init(&small, &allocator_system, 0);
	assert_int_equal(system->read(context, &content, &small, path_in(place, "b"), 100),
		STATUS_NO_MEMORY);
	assert_int_equal(
		system->list(context, &names, &count, &small, place->root), STATUS_NO_MEMORY);
}

static void test_disk(void **state)
{
	struct place place = { .system = file_system_disk };
	char folder[] = P_tmpdir "/entente-test-XXXXXX";
	(void)state;
	bench_open(&place.bench);
	assert_non_null(mkdtemp(folder));
	place.root = str_of(folder);
	exercise(&place);
	struct str inner = path_in(&place, "inner"), content, *names;
	size_t count;
	assert_int_equal(mkdir(inner.ptr, 0700), 0);
	struct arena *arena = &place.bench.arena;
	/* A folder is no file, and is not listed as one; nor is what a failed write left behind,
	 * for nothing is left. */
	assert_int_equal(file_system_disk.read(NULL, &content, arena, inner, 100), STATUS_IO);
	assert_int_equal(file_system_disk.write(NULL, inner, STR("x")), STATUS_IO);
	assert_int_equal(file_system_disk.list(NULL, &names, &count, arena, place.root), STATUS_OK);
	assert_int_equal(count, 3);
	assert_int_equal(file_system_disk.write(NULL, path_in(&place, "no/file"), STR("x")),
		STATUS_NOT_FOUND);
	assert_int_equal(
		file_system_disk.read(NULL, &content, arena, STR("a\0b"), 9), STATUS_NOT_FOUND);
	assert_int_equal(
		file_system_disk.read(NULL, &content, arena, STR(""), 9), STATUS_NOT_FOUND);
	/* The rights of a file outlive its replacement. */
	struct stat about;
	struct str b = path_in(&place, "b");
	assert_int_equal(chmod(b.ptr, 0600), 0);
	assert_int_equal(file_system_disk.write(NULL, b, STR("secret")), STATUS_OK);
	assert_int_equal(stat(b.ptr, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	rmdir(inner.ptr);
	unlink(path_in(&place, "a").ptr);
	unlink(path_in(&place, "b").ptr);
	unlink(path_in(&place, "B").ptr);
	assert_int_equal(rmdir(folder), 0);
	bench_close(&place.bench);
}

/* A pipe has no size; all of it is read all the same, up to the maximum. */
static void test_pipe(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	for (size_t size = 1000; size < 300000; size = size * 4 + 1) {
		int ends[2];
		struct str content;
		assert_int_equal(pipe(ends), 0);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			close(ends[0]); /* so that writing ends when the reader has had enough */
			for (size_t i = 0; i < size; i++) {
				char byte = (char)('a' + i % 26);
				if (write(ends[1], &byte, 1) != 1)
					_exit(1);
			}
			_exit(0);
		}
		close(ends[1]);
		struct str name = str_format(&bench.arena, "/dev/fd/%d", ends[0]);
		enum status status =
			file_system_disk.read(NULL, &content, &bench.arena, name, 100000);
		assert_int_equal(status, size <= 100000 ? STATUS_OK : STATUS_REFUSED);
		close(ends[0]);
		assert_int_equal(waitpid(child, NULL, 0), child);
		if (status != STATUS_OK)
			continue;
		assert_int_equal(content.len, size);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(content.ptr[i], 'a' + i % 26);
		assert_int_equal(content.ptr[size], '\0');
	}
	bench_close(&bench);
}

static void test_memory(void **state)
{
	struct place place = { .root = STR("folder") };
	(void)state;
	bench_open(&place.bench);
	memory_files_init(&place.files, &place.bench.arena);
	place.system = memory_files_system(&place.files);
	exercise(&place);
	struct str *names;
	size_t count;
	assert_int_equal(
		memory_files_put(&place.files, STR("folder/inner/x"), STR("1")), STATUS_OK);
	assert_int_equal(memory_files_put(&place.files, STR("folders"), STR("1")), STATUS_OK);
	assert_int_equal(place.system.list(place.system.context, &names, &count, &place.bench.arena,
				 STR("folder/")),
		STATUS_OK);
	assert_int_equal(count, 3);
	bench_close(&place.bench);
}

static void test_clocks(void **state)
{
	struct fixed_clock fixed = { .today = 19144 };
	struct clock clock = clock_fixed(&fixed);
	(void)state;
	assert_int_equal(clock.today(clock.context), 19144);
	fixed.today++;
	assert_int_equal(clock.today(clock.context), 19145);
	assert_true(clock.monotonic_ns(clock.context) == 0);
	assert_true(clock.monotonic_ns(clock.context) == 1000000);
	int32_t now = clock_system.today(clock_system.context);
	assert_true(now > 19000 && now < 40000);
	uint64_t before = clock_system.monotonic_ns(clock_system.context);
	assert_true(clock_system.monotonic_ns(clock_system.context) >= before);
}

static void test_random(void **state)
{
	/* The first numbers of the published reference implementation from seed 1234567. */
	static const uint64_t expected[] = { UINT64_C(6457827717110365317),
		UINT64_C(3203168211198807973), UINT64_C(9817491932198370423) };
	struct random random = random_seeded(1234567);
	uint32_t counts[7] = { 0 };
	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_true(random_next(&random) == expected[i]);
	for (int i = 0; i < 70000; i++)
		counts[random_below(&random, 7)]++;
	for (int i = 0; i < 7; i++)
		assert_in_range(counts[i], 9500, 10500);
	/* A bound that divides badly: every remainder is as likely all the same. */
	uint32_t remainders[3] = { 0 };
	for (int i = 0; i < 30000; i++)
		remainders[random_below(&random, UINT32_C(3) << 30) % 3]++;
	for (int i = 0; i < 3; i++)
		assert_in_range(remainders[i], 9500, 10500);
	assert_int_equal(random_below(&random, 1), 0);
	int hits = 0;
	for (int i = 0; i < 10000; i++) {
		hits += random_chance(&random, 30);
		assert_false(random_chance(&random, 0));
		assert_true(random_chance(&random, 100));
	}
	assert_in_range(hits, 2700, 3300);
	assert_true(random_system_seed() != random_system_seed());
}

static void count_call(void *work, size_t number)
{
	int *calls = work;
	calls[number]++; /* each number once: no two threads share a counter */
}

static void test_jobs(void **state)
{
	(void)state;
	int calls[1000] = { 0 };
	jobs_threads.run(jobs_threads.context, 1000, count_call, calls);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(calls[i], 1);
	jobs_threads.run(jobs_threads.context, 0, count_call, calls);
	jobs_threads.run(jobs_threads.context, 1, count_call, calls);
	assert_int_equal(calls[0], 2);
	assert_int_equal(calls[1], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disk),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_jobs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
