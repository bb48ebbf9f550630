/* Memory may run out anywhere: at each allocation and at each size of the arena. Then the status
 * says so, nothing crashes, nothing leaks, and no result is given as if it were whole. */
#include "support.h"

#include <stdio.h>

struct job {
	const struct world *world;
	const struct file_system *files;
	struct arena *arena;
	struct diags diags;
};

static enum status do_load(struct job *job)
{
	struct accords accords;
	return accord_load(&accords, job->arena, job->world, job->files, STR("w"), &job->diags);
}

static enum status do_format(struct job *job)
{
	struct buf out;
	buf_init(&out, job->arena, (size_t)1 << 20);
	return accord_format(&out, job->arena, STR("pact.yaml"), str_of(desk_pact), &job->diags);
}

static enum status do_canonical(struct job *job)
{
	struct buf out;
	buf_init(&out, job->arena, (size_t)1 << 20);
	return accord_canonical(&out, job->arena, STR("pact.yaml"), str_of(desk_pact), &job->diags);
}

static enum status do_show(struct job *job)
{
	struct agreement pact;
	struct buf out;
	buf_init(&out, job->arena, (size_t)1 << 20);
	enum status status = accord_read(&pact, job->arena, job->world, job->files,
		STR("w/agreements/pact.yaml"), &job->diags);
	return status == STATUS_OK ? accord_show(&out, job->arena, &pact, job->world, LANG_AR, 80)
				   : status;
}

static enum status do_schema(struct job *job)
{
	struct buf out;
	buf_init(&out, job->arena, (size_t)1 << 20);
	enum status status = accord_schema(&out);
	return status == STATUS_OK ? accord_guide(&out) : status;
}

/* A faulty document: its diagnostics need memory too. */
static enum status do_refuse(struct job *job)
{
	struct agreement pact;
	return accord_read(
		&pact, job->arena, job->world, job->files, STR("w/other/faulty.yaml"), &job->diags);
}

static enum status run(
	struct job *job, enum status (*what)(struct job *), struct counting *counting, size_t max)
{
	struct allocator allocator = counting_allocator(counting);
	struct arena arena;
	arena_init(&arena, &allocator, max);
	job->arena = &arena;
	diags_init(&job->diags, &arena, 100);
	enum status status = what(job);
	arena_free(&arena);
	assert_int_equal(counting->live, 0);
	return status;
}

static void fail_everywhere(
	struct job *job, const char *name, enum status (*what)(struct job *), enum status wanted)
{
	struct counting counting = { 0 };
	size_t failures = 0, large = (size_t)1 << 28;
	assert_int_equal(run(job, what, &counting, large), wanted);
	size_t allocations = counting.asked;
	for (size_t at = 1; at <= allocations; at++) {
		counting = (struct counting){ .fail_at = at, .thereafter = at & 1 };
		assert_int_equal(run(job, what, &counting, large), STATUS_NO_MEMORY);
		failures++;
	}
	for (size_t max = 0;; max += 97) {
		counting = (struct counting){ 0 };
		enum status status = run(job, what, &counting, max);
		if (status == wanted)
			break;
		assert_int_equal(status, STATUS_NO_MEMORY);
		failures++;
	}
	printf("# figure %s: %zu failures of memory\n", name, failures);
	assert_true(failures > 20);
}

static void test_memory(void **state)
{
	(void)state;
	struct desk desk;
	desk_open(&desk);
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	struct str faulty = desk_edit(&desk, desk_pact, "duty: may", "duty: mai");
	faulty = desk_edit(&desk, faulty.ptr, "duty: will", "doty: will");
	assert_int_equal(
		memory_files_put(&desk.files, STR("w/other/faulty.yaml"), faulty), STATUS_OK);
	struct job job = { .world = desk.world, .files = &desk.system };
	fail_everywhere(&job, "load", do_load, STATUS_OK);
	fail_everywhere(&job, "fmt", do_format, STATUS_OK);
	fail_everywhere(&job, "canonical", do_canonical, STATUS_OK);
	fail_everywhere(&job, "show", do_show, STATUS_OK);
	fail_everywhere(&job, "schema", do_schema, STATUS_OK);
	fail_everywhere(&job, "refuse", do_refuse, STATUS_REFUSED);
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_memory) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
