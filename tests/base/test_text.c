/* Strings, numbers in them, buffers, and the nearest word. */
#include "support.h"

#include <inttypes.h>

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

static void test_compare_cut_and_trim(void **state)
{
	(void)state;
	assert_true(str_eq(STR("ab"), str_of("ab")));
	assert_true(str_eq(STR_NONE, STR("")));
	assert_false(str_eq(STR("ab"), STR("abc")));
	assert_true(str_is(str_of(NULL), ""));
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_starts(STR("group:eu"), "group:"));
	assert_false(str_starts(STR("gro"), "group:"));
	assert_true(str_starts(STR_NONE, ""));
	assert_true(str_same_letters(STR("AbcZ@\xc3\x89"), STR("aBCz@\xc3\x89")));
	assert_false(str_same_letters(STR("a@"), STR("a`")));
	assert_false(str_same_letters(STR("abc"), STR("ab")));
	assert_true(str_same_letters(STR_NONE, STR("")));
	assert_str(str_sub(STR("abcdef"), 2, 3), "cde");
	assert_str(str_sub(STR("abc"), 2, SIZE_MAX), "c");
	assert_str(str_sub(STR("abc"), 9, 1), "");
	assert_str(str_sub(STR_NONE, 1, 1), "");
	assert_str(str_trim(STR(" \t a b\t ")), "a b");
	assert_str(str_trim(STR(" \t ")), "");
}

static void test_words(void **state)
{
	struct str rest = STR(",, a,b c,"), word;
	(void)state;
	assert_true(str_next_word(&rest, ", ", &word));
	assert_str(word, "a");
	assert_true(str_next_word(&rest, ", ", &word));
	assert_str(word, "b");
	assert_true(str_next_word(&rest, ", ", &word));
	assert_str(word, "c");
	assert_false(str_next_word(&rest, ", ", &word));
	assert_false(str_next_word(&rest, ", ", &word));
	rest = STR_NONE;
	assert_false(str_next_word(&rest, " ", &word));
	rest = (struct str){ "a\0b c", 5 };
	assert_true(str_next_word(&rest, " ", &word));
	assert_int_equal(word.len, 3);
}

static void test_integers(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int64_t value;
	} rows[] = {
		{ "0", true, 0 },
		{ "-1", true, -1 },
		{ "007", true, 7 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "99999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "-0", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "0x10", false, 0 },
		{ "1.0", false, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t value = 42;
		assert_int_equal(str_to_int64(str_of(rows[i].text), &value), rows[i].good);
		assert_true(value == (rows[i].good ? rows[i].value : 42));
	}
}

static void test_doubles(void **state)
{
	static const struct {
		const char *text;
		bool good;
		double value;
	} rows[] = {
		{ "0", true, 0 },
		{ "1.5", true, 1.5 },
		{ "-35.32355", true, -35.32355 },
		{ "007.250", true, 7.25 },
		{ "1e3", true, 1000 },
		{ "1E+3", true, 1000 },
		{ "1e-3", true, 0.001 },
		{ "0.000000000000000000000000000001e30", true, 1 },
		{ "1e400", false, 0 },
		{ "-1e999999999999999999999999", false, 0 },
		{ "1e-999999999999999999999999", true, 0 },
		{ "0e999999999999999999999999", true, 0 },
		{ "1.7976931348623157e308", true, DBL_MAX },
		{ "5e-324", true, 5e-324 },
		{ "1.", false, 0 },
		{ ".5", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "+1", false, 0 },
		{ "1e", false, 0 },
		{ "1,5", false, 0 },
		{ "inf", false, 0 },
		{ "nan", false, 0 },
		{ "0x1p3", false, 0 },
		{ "1 ", false, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double value = 42;
		assert_int_equal(str_to_double(str_of(rows[i].text), &value), rows[i].good);
		assert_true(value == (rows[i].good ? rows[i].value : 42));
	}
}

/* Against the C library, whose conversion is exact, also where digits go on long after a double can
 * hold them. */
static void test_doubles_like_strtod(void **state)
{
	struct random random = random_seeded(support_seed());
	char text[1400];
	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint32_t digits = random_chance(&random, 5) ? 1000 : 30, len = 0;
		uint32_t whole = 1 + random_below(&random, digits);
		if (random_chance(&random, 50))
			text[len++] = '-';
		for (uint32_t i = 0; i < whole; i++)
			text[len++] = (char)('0' + random_below(&random, 10));
		text[len++] = '.';
		for (uint32_t i = 1 + random_below(&random, 30); i > 0; i--)
			text[len++] = (char)('0' + random_below(&random, 10));
		int exponent = (int)random_below(&random, 700) - 400 - (int)whole;
		len += (uint32_t)snprintf(text + len, 20, "e%d", exponent);
		double value = 0, expected = strtod(text, NULL);
		bool good = str_to_double((struct str){ text, len }, &value);
		assert_int_equal(good, expected <= DBL_MAX && expected >= -DBL_MAX);
		if (good)
			assert_memory_equal(&value, &expected, sizeof value);
	}
	/* A tie at the 54th bit, decided by a digit 800 places later. */
	struct bench bench;
	struct buf tie;
	double down, up;
	bench_open(&bench);
	buf_init(&tie, &bench.arena, 2000);
	buf_add_c(&tie, "9007199254740993.");
	for (int i = 0; i < 900; i++)
		buf_add_char(&tie, '0');
	assert_true(str_to_double(buf_str(&tie), &down));
	buf_add_char(&tie, '1');
	assert_true(str_to_double(buf_str(&tie), &up));
	assert_true(down == 9007199254740992.0 && up == 9007199254740994.0);
	bench_close(&bench);
}

static void test_copy_and_format(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	struct str copy = str_copy(&bench.arena, STR("abc"));
	assert_str(copy, "abc");
	assert_int_equal(copy.ptr[3], '\0');
	assert_non_null(str_copy(&bench.arena, STR_NONE).ptr);
	assert_str(str_format(&bench.arena, "%d-%s", 7, "x"), "7-x");
	struct arena none;
	arena_init(&none, &allocator_system, 0);
	assert_null(str_copy(&none, STR("abc")).ptr);
	assert_null(str_format(&none, "%d", 7).ptr);
	bench_close(&bench);
}

static void test_buffer_maximum(void **state)
{
	struct bench bench;
	struct buf buf;
	(void)state;
	bench_open(&bench);
	buf_init(&buf, &bench.arena, 10);
	assert_str(buf_str(&buf), "");
	buf_add_c(&buf, "12345");
	buf_add_format(&buf, "%d", 67890);
	assert_false(buf.failed);
	assert_str(buf_str(&buf), "1234567890");
	assert_int_equal(buf.ptr[10], '\0');
	buf_add(&buf, STR(""));
	assert_false(buf.failed);
	buf_add_char(&buf, 'x');
	assert_true(buf.failed);
	buf_add_format(&buf, "%s", "y");
	buf_add_c(&buf, "z");
	assert_str(buf_str(&buf), "1234567890");
	buf_init(&buf, &bench.arena, 8);
	buf_add_c(&buf, "abc");
	buf_add_format(&buf, "%s", "defghi");
	assert_true(buf.failed);
	assert_str(buf_str(&buf), "abc");
	assert_int_equal(strlen(buf.ptr), 3);
	bench_close(&bench);
}

static void test_buffer_integers(void **state)
{
	static const int64_t numbers[] = { 0, 1, -1, 9, 10, -10, 1234567890123456789, INT64_MAX,
		INT64_MIN };
	struct bench bench;
	(void)state;
	bench_open(&bench);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct buf ours, printed;
		buf_init(&ours, &bench.arena, 40);
		buf_init(&printed, &bench.arena, 40);
		buf_add_int(&ours, numbers[i]);
		buf_add_format(&printed, "%" PRId64, numbers[i]);
		assert_str(buf_str(&ours), buf_str(&printed).ptr);
	}
	bench_close(&bench);
}

static void test_buffer_grows_like_an_array(void **state)
{
	struct bench bench;
	struct buf buf;
	struct random random = random_seeded(support_seed());
	static char plain[100000];
	size_t len = 0;
	(void)state;
	bench_open(&bench);
	buf_init(&buf, &bench.arena, sizeof plain);
	while (len < sizeof plain - 20) {
		uint32_t number = random_below(&random, 1000000);
		if (number & 1) {
			buf_add_format(&buf, "%u", number);
			len += (size_t)snprintf(plain + len, 20, "%u", number);
		} else {
			buf_add_char(&buf, (char)('a' + number % 26));
			plain[len++] = (char)('a' + number % 26);
		}
	}
	assert_false(buf.failed);
	assert_int_equal(buf.len, len);
	assert_memory_equal(buf_str(&buf).ptr, plain, len);
	bench_close(&bench);
}

static void test_nearest(void **state)
{
	static const struct str words[] = { { "consular.welfare", 16 }, { "consular.death", 14 },
		{ "relief.food", 11 }, { "état", 5 }, { "may", 3 }, { "shall", 5 } };
	static const struct {
		const char *word, *nearest;
	} rows[] = {
		{ "consular.wellfare", "consular.welfare" },
		{ "consular.wefare", "consular.welfare" },
		{ "consualr.death", "consular.death" },
		{ "relief.fodo", "relief.food" },
		{ "etat", "état" },
		{ "mya", "may" },
		{ "shal", "shall" },
		{ "may", "may" },
		{ "", "" },
		{ "x", "" },
		{ "nothing.like.it", "" },
		{ "\xff\xfe", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str found = text_nearest(str_of(rows[i].word), words, 6);
		assert_str(found, rows[i].nearest);
		assert_int_equal(found.ptr == NULL, rows[i].nearest[0] == '\0');
	}
	static const struct str tie[] = { { "cat", 3 }, { "car", 3 } };
	assert_str(text_nearest(STR("caz"), tie, 2), "cat");
	assert_null(text_nearest(STR("a"), NULL, 0).ptr);
}

static void test_hash(void **state)
{
	(void)state;
	/* Published values of FNV-1a, 64 bit. */
	assert_true(str_hash(STR("")) == UINT64_C(0xcbf29ce484222325));
	assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare_cut_and_trim),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_doubles_like_strtod),
		cmocka_unit_test(test_copy_and_format),
		cmocka_unit_test(test_buffer_maximum),
		cmocka_unit_test(test_buffer_integers),
		cmocka_unit_test(test_buffer_grows_like_an_array),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
