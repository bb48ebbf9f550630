/* UTF-8 against a definition by enumeration, and NFC on the classical cases. */
#include "support.h"

static void test_edges(void **state)
{
	static const struct {
		const char *bytes;
		size_t len, valid;
	} rows[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "a\0b", 3, 3 },
		{ "\x7f", 1, 1 },
		{ "\x80", 1, 0 },
		{ "\xc2\x80", 2, 2 },
		{ "\xc0\x80", 2, 0 },
		{ "\xc1\xbf", 2, 0 },
		{ "\xdf\xbf", 2, 2 },
		{ "\xe0\x9f\xbf", 3, 0 },
		{ "\xe0\xa0\x80", 3, 3 },
		{ "\xed\x9f\xbf", 3, 3 },
		{ "\xed\xa0\x80", 3, 0 },
		{ "\xed\xbf\xbf", 3, 0 },
		{ "\xee\x80\x80", 3, 3 },
		{ "\xef\xbf\xbf", 3, 3 },
		{ "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xf0\x90\x80\x80", 4, 4 },
		{ "\xf4\x8f\xbf\xbf", 4, 4 },
		{ "\xf4\x90\x80\x80", 4, 0 },
		{ "\xf5\x80\x80\x80", 4, 0 },
		{ "\xff", 1, 0 },
		{ "ab\xe2\x82", 4, 2 },
		{ "abcdefghijklmnop\xe2\x82\xac\xe2", 20, 19 },
		{ "\xc3\xa9\xc3", 3, 2 },
		{ "\xc3(", 2, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(utf8_valid_prefix((struct str){ rows[i].bytes, rows[i].len }),
			rows[i].valid);
}

/* All code points are written, measured and read back; all that lies between is refused. */
static void test_every_code_point(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	struct buf buf;
	buf_init(&buf, &bench.arena, 8);
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buf.len = 0;
		buf_add_utf8(&buf, c);
		struct str s = buf_str(&buf);
		size_t offset = 0;
		assert_int_equal(utf8_valid_prefix(s), s.len);
		assert_int_equal(utf8_length(s), 1);
		assert_int_equal(utf8_next(s, &offset), c);
		assert_int_equal(offset, s.len);
		if (s.len > 1)
			assert_int_equal(utf8_valid_prefix(str_sub(s, 0, s.len - 1)), 0);
	}
	bench_close(&bench);
}

/* Every string of three bytes that are neither ASCII nor plain: valid exactly when it is in the set
 * of encodings. */
static void test_every_three_bytes(void **state)
{
	(void)state;
	for (unsigned a = 0xc0; a <= 0xff; a++) {
		for (unsigned b = 0; b <= 0xff; b++) {
			for (unsigned c = 0x70; c <= 0xd0; c++) {
				char bytes[3] = { (char)a, (char)b, (char)c };
				uint32_t point = (a & 0xf) << 12 | (b & 0x3f) << 6 | (c & 0x3f);
				bool three = (a & 0xf0) == 0xe0 && (b & 0xc0) == 0x80 &&
					     (c & 0xc0) == 0x80 && point >= 0x800 &&
					     (point < 0xd800 || point > 0xdfff);
				bool two = a >= 0xc2 && a <= 0xdf && (b & 0xc0) == 0x80;
				size_t expected = three ? 3 : two ? 2 + (c < 0x80) : 0;
				size_t valid = utf8_valid_prefix((struct str){ bytes, 3 });
				assert_int_equal(valid, expected);
			}
		}
	}
}

static void test_length_and_random_text(void **state)
{
	struct bench bench;
	struct random random = random_seeded(support_seed());
	(void)state;
	bench_open(&bench);
	for (int round = 0; round < 2000; round++) {
		struct str s = support_text(&bench.arena, &random, 60);
		size_t count = 0, offset = 0;
		while (offset < s.len) {
			utf8_next(s, &offset);
			count++;
		}
		assert_int_equal(utf8_length(s), count);
		assert_int_equal(utf8_valid_prefix(s), s.len);
		if (s.len == 0)
			continue;
		/* A byte that never stands in UTF-8 ends the valid prefix where it is, or at the
		 * start of its sequence. */
		char *bytes = (char *)(uintptr_t)s.ptr;
		size_t at = random_below(&random, (uint32_t)s.len);
		bytes[at] = '\xff';
		size_t valid = utf8_valid_prefix(s);
		assert_true(valid <= at && at - valid < 4);
	}
	bench_close(&bench);
}

static void test_nfc(void **state)
{
	static const struct {
		const char *text, *nfc;
	} rows[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "e\u0301", "é" },
		{ "é", "é" },
		{ "A\u030a", "Å" },
		{ "\u212b", "Å" },
		{ "q\u0307\u0323", "q\u0323\u0307" },
		{ "a\u0315\u0316", "a\u0316\u0315" },
		{ "a\u0316\u0315", "a\u0316\u0315" },
		{ "\u1e0b\u0323", "\u1e0d\u0307" },
		{ "\u1100\u1161\u11a8", "각" },
		{ "각", "각" },
		{ "\ufb01", "\ufb01" },
		{ "\u0958", "\u0915\u093c" },
		{ "x\u0301y", "x\u0301y" },
		{ "\u2f868", "\u2f868" },
		{ "\U0002f868", "\u36fc" },
		{ "日本語", "日本語" },
		{ "\u0301", "\u0301" },
		{ "Việt Nam", "Việt Nam" },
	};
	struct bench bench;
	(void)state;
	bench_open(&bench);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str text = str_of(rows[i].text), out;
		assert_int_equal(text_is_nfc(text), strcmp(rows[i].text, rows[i].nfc) == 0);
		assert_int_equal(text_to_nfc(&out, &bench.arena, text), STATUS_OK);
		assert_str(out, rows[i].nfc);
		assert_true(text_is_nfc(out));
	}
	struct str out;
	assert_int_equal(text_to_nfc(&out, &bench.arena, STR("e\u0301\xff")), STATUS_REFUSED);
	bench_close(&bench);
}

static void test_nfc_is_idempotent(void **state)
{
	struct bench bench;
	struct random random = random_seeded(support_seed());
	(void)state;
	bench_open(&bench);
	for (int round = 0; round < 5000; round++) {
		struct str s = support_text(&bench.arena, &random, 12), once, twice;
		assert_int_equal(text_to_nfc(&once, &bench.arena, s), STATUS_OK);
		assert_int_equal(text_is_nfc(s), str_eq(s, once));
		assert_int_equal(text_to_nfc(&twice, &bench.arena, once), STATUS_OK);
		assert_true(str_eq(once, twice));
	}
	bench_close(&bench);
}

/* Every character that text_hostile() names, alone between two letters; and its neighbours. */
static void test_hostile(void **state)
{
	static const struct {
		const char *text, *allowed;
		size_t at;
	} rows[] = {
		{ "plain", "", 5 },
		{ "a\tb", "", 1 },
		{ "a\tb", "\t", 3 },
		{ "a\nb", "\n", 3 },
		{ "a\x1b[31m", "", 1 },
		{ "a\x7f", "", 1 },
		{ "a\xc2\x85", "", 1 },
		{ "a\xc2\xa0", "", 3 },
		{ "a\xe2\x80\xa8", "", 1 },
		{ "a\xe2\x80\xa9", "", 1 },
		{ "a\xe2\x80\xaa", "", 1 },
		{ "a\xe2\x80\xae", "", 1 },
		{ "a\xe2\x80\xaf", "", 4 },
		{ "a\xe2\x80\x8f", "", 4 },
		{ "a\xe2\x81\xa6", "", 1 },
		{ "a\xe2\x81\xa9", "", 1 },
		{ "a\xe2\x81\xaa", "", 4 },
		{ "\xef\xbb\xbfx", "", 0 },
		{ "\xef\xbb\xbe", "", 3 },
		{ "\xc3\xa9\xe4\xb8\xad\xf0\x9f\x9a\x8c", "", 9 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(text_hostile(str_of(rows[i].text), rows[i].allowed), rows[i].at);
	assert_int_equal(text_hostile((struct str){ "a\0b", 3 }, "\t"), 1);
	assert_true(str_ends(STR("a.yaml"), ".yaml") && !str_ends(STR("yaml"), ".yaml"));
}

static void test_columns(void **state)
{
	static const struct {
		const char *text;
		int columns;
	} rows[] = {
		{ "", 0 },
		{ "plain", 5 },
		{ "e\xcc\x81t\xc3\xa9", 3 },          /* a combining accent, a composed one */
		{ "\xd9\x85\xd9\x8e\xd9\x86", 2 },    /* Arabic with a vowel sign */
		{ "\xe2\x81\xa8SDN\xe2\x81\xa9", 3 }, /* isolates take no room */
		{ "\xe4\xb8\xad\xe5\x9b\xbd", 4 },    /* Han */
		{ "\xed\x95\x9c", 2 },                /* Hangul, composed */
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2 }, /* ... and in its parts */
		{ "\xf0\x9f\x9a\x8c", 2 },                     /* a bus */
		{ "\xe2\x80\xa6", 1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(text_columns(str_of(rows[i].text)), rows[i].columns);
	assert_int_equal(text_columns(STR("abc")), 3);
	assert_int_equal(text_columns(STR("e\xcc\x81")), 1);
	assert_int_equal(text_columns(STR("漢字")), 4);
	assert_int_equal(text_columns(STR("\xd9\x83\xd9\x8e")), 1); /* kaf with fatha */
	assert_int_equal(text_columns(STR("⟨x⟩")), 3);
	assert_int_equal(text_columns(STR("\xe2\x80\x8f\xe2\x81\xa8"
					  "ab\xe2\x81\xa9")),
		2);
	assert_int_equal(text_columns(STR("يتعهّد بأن يقدّم")), 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_every_three_bytes),
		cmocka_unit_test(test_length_and_random_text),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_nfc_is_idempotent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
