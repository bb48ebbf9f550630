/* Diagnostics: order, form, limits, and that quoted text cannot reach the terminal raw. */
#include "support.h"

static void test_form_and_order(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	struct str none = STR_NONE;
	assert_false(diags_any(&bench.diags));
	diags_add(&bench.diags, STR("b.yaml"), (struct pos){ 1, 1 }, STR("x"), "last");
	diags_add(&bench.diags, STR("a.yaml"), (struct pos){ 10, 1 }, none, "fourth");
	diags_add(&bench.diags, STR("a.yaml"), (struct pos){ 9, 12 }, STR("p[0].q"), "third %d", 3);
	diags_add(&bench.diags, STR("a.yaml"), (struct pos){ 9, 2 }, STR("p"), "second");
	diags_add(&bench.diags, STR("a.yaml"), (struct pos){ 0, 0 }, none, "first");
	diags_add(&bench.diags, none, (struct pos){ 0, 0 }, none, "of no file");
	assert_true(diags_any(&bench.diags));
	assert_str(bench_told(&bench), "of no file\n"
				       "a.yaml: first\n"
				       "a.yaml:9:2: p: second\n"
				       "a.yaml:9:12: p[0].q: third 3\n"
				       "a.yaml:10:1: fourth\n"
				       "b.yaml:1:1: x: last\n");
	bench_close(&bench);
}

static void test_limit(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	diags_init(&bench.diags, &bench.arena, 2);
	for (int i = 0; i < 5; i++)
		diags_add(&bench.diags, STR("f"), (struct pos){ 1, 1 }, STR_NONE, "%d", i);
	assert_int_equal(bench.diags.count, 2);
	assert_int_equal(bench.diags.dropped, 3);
	assert_str(bench_told(&bench), "f:1:1: 0\nf:1:1: 1\n3 more not shown\n");
	diags_init(&bench.diags, &bench.arena, 0);
	diags_add(&bench.diags, STR("f"), (struct pos){ 1, 1 }, STR_NONE, "x");
	assert_true(diags_any(&bench.diags));
	bench_close(&bench);
}

static void test_no_memory_is_remembered(void **state)
{
	struct arena none;
	struct diags diags;
	(void)state;
	arena_init(&none, &allocator_system, 0);
	diags_init(&diags, &none, 10);
	diags_add(&diags, STR("f"), (struct pos){ 1, 1 }, STR_NONE, "x");
	assert_true(diags.no_memory && diags_any(&diags));
	assert_int_equal(diags.count, 0);
	assert_str(diags_suggest(&diags, STR("mya"), (const struct str[]){ { "may", 3 } }, 1), "");
}

static void test_hostile_text(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	diags_add(&bench.diags, STR("f\x1b[2J"), (struct pos){ 1, 1 }, STR("a\nb"),
		"x\r\xff\xc3y\u202ez\xc2\x85é\x7f");
	assert_str(bench_told(&bench),
		"f\\u001b[2J:1:1: a\\u000ab: x\\u000d\\xff\\xc3y\\u202ez\\u0085é"
		"\\u007f\n");
	bench_close(&bench);
}

static void test_long_message_is_cut_between_characters(void **state)
{
	static const char *const fills[] = { "a", "é", "€", "😀" };
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct bench bench;
		struct buf text;
		bench_open(&bench);
		buf_init(&text, &bench.arena, 10000);
		while (text.len < 5000)
			buf_add_c(&text, fills[i]);
		diags_add(&bench.diags, STR("f"), (struct pos){ 1, 1 }, STR_NONE, "x%s", text.ptr);
		struct str message = bench.diags.items[0].message;
		assert_true(message.len > 980 && message.len < 1010);
		assert_int_equal(utf8_valid_prefix(message), message.len);
		assert_str(str_sub(message, message.len - 3, 3), "…");
		bench_close(&bench);
	}
}

static void test_suggestions(void **state)
{
	static const struct str few[] = { { "will", 4 }, { "shall", 5 }, { "may", 3 } };
	struct str many[13];
	struct bench bench;
	(void)state;
	bench_open(&bench);
	for (size_t i = 0; i < 13; i++)
		many[i] = STR("zzzzzzzzzz");
	assert_str(diags_suggest(&bench.diags, STR("shal"), few, 3), "; did you mean 'shall'?");
	assert_str(
		diags_suggest(&bench.diags, STR("could"), few, 3), "; allowed: will, shall, may");
	assert_str(diags_suggest(&bench.diags, STR("could"), many, 13), "");
	assert_str(diags_suggest(&bench.diags, STR("could"), NULL, 0), "");
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form_and_order),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_no_memory_is_remembered),
		cmocka_unit_test(test_hostile_text),
		cmocka_unit_test(test_long_message_is_cut_between_characters),
		cmocka_unit_test(test_suggestions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
