/* Every allocation fails once, and everything from each on: reading and writing end with
 * STATUS_NO_MEMORY, nothing crashes, nothing leaks. Two seams: the allocator of the arenas, and
 * malloc beneath libyaml (linked statically, its calls wrapped) and ICU (through its own hook). */
#include "support.h"

#include <stdlib.h>
#include <unicode/uclean.h>

static struct counting below; /* what libyaml and ICU ask for */
static bool below_armed;      /* only while they are being called */

void *__real_malloc(size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
char *__wrap_strdup(const char *text);

static bool below_refuses(void)
{
	if (!below_armed)
		return false;
	below.asked++;
	return below.fail_at &&
	       (below.asked == below.fail_at || (below.thereafter && below.asked > below.fail_at));
}

void *__wrap_malloc(size_t size)
{
	void *memory = below_refuses() ? NULL : __real_malloc(size);
	below.live += below_armed && memory;
	return memory;
}

void *__wrap_realloc(void *memory, size_t size)
{
	if (below_refuses())
		return NULL;
	void *moved = __real_realloc(memory, size);
	below.live += below_armed && moved && !memory;
	return moved;
}

void __wrap_free(void *memory)
{
	below.live -= below_armed && memory;
	__real_free(memory);
}

char *__wrap_strdup(const char *text)
{
	char *copy = below_refuses() ? NULL : __real_strdup(text);
	below.live += below_armed && copy;
	return copy;
}

static void *icu_get(const void *context, size_t size)
{
	(void)context;
	return below_refuses() ? NULL : __real_malloc(size);
}

static void *icu_again(const void *context, void *memory, size_t size)
{
	(void)context;
	return below_refuses() ? NULL : __real_realloc(memory, size);
}

static void icu_put(const void *context, void *memory)
{
	(void)context;
	__real_free(memory);
}

/* The arenas' allocator, which is not to be taken for a call of libyaml. */
static void *ours_get(void *context, size_t size)
{
	bool armed = below_armed;
	below_armed = false;
	struct allocator allocator = counting_allocator(context);
	void *memory = allocator.get(context, size);
	below_armed = armed;
	return memory;
}

static void ours_put(void *context, void *memory, size_t size)
{
	bool armed = below_armed;
	below_armed = false;
	struct allocator allocator = counting_allocator(context);
	allocator.put(context, memory, size);
	below_armed = armed;
}

/* What is run with failing memory: STATUS_OK when all went well. */
typedef enum status attempt_fn(struct arena *arena, struct diags *diags);

static enum status attempt_json(struct arena *arena, struct diags *diags)
{
	struct str input =
		STR("{\"a\":[1,2,{\"b\":\"\\u00e9\"}],\"c\":1,\"d\":2,\"e\":3,\"f\":4,\"g\":5,"
		    "\"h\":6,\"i\":7,\"j\":8,\"k\":1.25}");
	struct node *node;
	struct buf out;
	enum status status = json_read(&node, arena, STR("f"), input, diags);
	buf_init(&out, arena, 10000);
	if (status == STATUS_OK)
		status = json_canonical(&out, node);
	if (status == STATUS_OK)
		status = json_pretty(&out, node);
	return status;
}

static enum status attempt_refused_json(struct arena *arena, struct diags *diags)
{
	struct node *node;
	enum status status = json_read(&node, arena, STR("f"), STR("{\"a\":1,\"a\":[}"), diags);
	assert_true(status == STATUS_REFUSED || status == STATUS_NO_MEMORY);
	/* A diagnostic that was lost is a failure of memory too. */
	return diags->no_memory ? STATUS_NO_MEMORY : status == STATUS_REFUSED ? STATUS_OK : status;
}

static enum status attempt_yaml(struct arena *arena, struct diags *diags)
{
	struct str input =
		STR("a: [x, 'y', \"z\\u00e9\"]\nb:\n  - c: |\n      text\n    d: >\n      more\n"
		    "e: 1\nf: 2\ng: 3\nh: 4\ni: 5\nj: 6\nk: {l: m, n: {o: p}}\n");
	struct node *node;
	struct buf out;
	below_armed = true;
	enum status status = yaml_read(&node, arena, STR("f"), input, diags);
	below_armed = false;
	buf_init(&out, arena, 10000);
	return status == STATUS_OK ? json_canonical(&out, node) : status;
}

static enum status attempt_yaml_events(struct arena *arena, struct diags *diags)
{
	struct str input =
		STR("%TAG !e! tag:example,2000:\n---\na: &x [!e!t x, 'y']\nb: *x\n---\n- c\n");
	struct buf out;
	buf_init(&out, arena, 10000);
	below_armed = true;
	enum status status = yaml_events(&out, STR("f"), input, diags);
	below_armed = false;
	return status;
}

static enum status attempt_csv(struct arena *arena, struct diags *diags)
{
	struct csv_reader reader;
	size_t rows = 0;
	csv_open(&reader, arena, STR("f"), STR("a,b\n1,\"x\"\"y\"\n2,\n3\n\"\"\"\",4\n"), diags);
	while (csv_next(&reader))
		rows++;
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	assert_int_equal(rows, 4);
	return STATUS_OK;
}

static enum status attempt_text(struct arena *arena, struct diags *diags)
{
	struct str out;
	struct symbols symbols;
	(void)diags;
	below_armed = true;
	enum status status = text_to_nfc(&out, arena, STR("e\u0301 o\u0308\u0323 \u1100\u1161"));
	below_armed = false;
	symbols_init(&symbols, arena);
	for (uint32_t i = 0; status == STATUS_OK && i < 100; i++) {
		struct str key = str_format(arena, "key-%u", i);
		status = key.ptr ? symbols_put(&symbols, key, i, NULL) : STATUS_NO_MEMORY;
	}
	return status;
}

static enum status attempt_files(struct arena *arena, struct diags *diags)
{
	struct memory_files files;
	struct str content, *names;
	size_t count;
	(void)diags;
	memory_files_init(&files, arena);
	struct file_system system = memory_files_system(&files);
	enum status status = system.write(&files, STR("d/one"), STR("1"));
	if (status == STATUS_OK)
		status = system.write(&files, STR("d/two"), STR("2"));
	if (status == STATUS_OK)
		status = system.read(&files, &content, arena, STR("d/one"), 10);
	if (status == STATUS_OK)
		status = system.list(&files, &names, &count, arena, STR("d"));
	return status;
}

/* ICU makes its tables once, and remembers even a failure to; each run finds it as new. */
static void renew_icu(void)
{
	UErrorCode error = U_ZERO_ERROR;
	u_cleanup();
	u_setMemoryFunctions(NULL, icu_get, icu_again, icu_put, &error);
	assert_true(U_SUCCESS(error));
}

/* Runs ATTEMPT with the K-th allocation of ours, or of what is below, failing. */
static enum status run(
	attempt_fn *attempt, size_t ours_at, size_t below_at, bool thereafter, size_t *ours_asked)
{
	struct counting ours = { .fail_at = ours_at, .thereafter = thereafter };
	struct allocator allocator = { ours_get, ours_put, &ours };
	struct arena arena;
	struct diags diags;
	renew_icu();
	below = (struct counting){ .fail_at = below_at, .thereafter = thereafter };
	arena_init(&arena, &allocator, (size_t)1 << 24);
	diags_init(&diags, &arena, 20);
	enum status status = attempt(&arena, &diags);
	arena_free(&arena);
	assert_int_equal(ours.live, 0);
	assert_int_equal(below.live, 0);
	*ours_asked = ours.asked;
	return status;
}

static void fail_each(attempt_fn *attempt)
{
	size_t asked = 0;
	assert_int_equal(run(attempt, 0, 0, false, &asked), STATUS_OK);
	size_t ours = asked, under = below.asked;
	for (size_t k = 1; k <= ours; k++)
		for (int thereafter = 0; thereafter < 2; thereafter++)
			assert_int_equal(run(attempt, k, 0, thereafter, &asked), STATUS_NO_MEMORY);
	for (size_t k = 1; k <= under; k++)
		for (int thereafter = 0; thereafter < 2; thereafter++)
			assert_int_equal(run(attempt, 0, k, thereafter, &asked), STATUS_NO_MEMORY);
	/* Every maximum of the arena: somewhere in between lies each single piece that does not fit
	 * any more. */
	bool enough = false;
	for (size_t max = 0; !enough; max += 16) {
		struct counting unlimited = { 0 };
		struct allocator allocator = { ours_get, ours_put, &unlimited };
		struct arena arena;
		struct diags diags;
		renew_icu();
		below = (struct counting){ 0 };
		arena_init(&arena, &allocator, max);
		diags_init(&diags, &arena, 20);
		enum status status = attempt(&arena, &diags);
		enough = status == STATUS_OK;
		assert_true(enough || status == STATUS_NO_MEMORY);
		assert_true(max < (1 << 20));
		arena_free(&arena);
		assert_int_equal(below.live, 0);
	}
}

static void test_json(void **state)
{
	(void)state;
	fail_each(attempt_json);
	fail_each(attempt_refused_json);
}

static void test_yaml(void **state)
{
	(void)state;
	fail_each(attempt_yaml);
	assert_true(below.asked > 20);
	fail_each(attempt_yaml_events);
}

static void test_csv(void **state)
{
	(void)state;
	fail_each(attempt_csv);
}

static void test_text(void **state)
{
	(void)state;
	fail_each(attempt_text);
	assert_true(below.asked > 0);
}

static void test_files(void **state)
{
	(void)state;
	fail_each(attempt_files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_yaml),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
