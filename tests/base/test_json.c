/* JSON: positions, faults, canonical bytes, and that reading and writing undo each other. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status canonical(struct bench *bench, struct str input, struct str *out)
{
	struct node *node;
	struct buf buf;
	enum status status = json_read(&node, &bench->arena, STR("f.json"), input, &bench->diags);
	buf_init(&buf, &bench->arena, (size_t)1 << 26);
	if (status == STATUS_OK)
		status = json_canonical(&buf, node);
	*out = buf_str(&buf);
	return status;
}

/* Texts are looked through eight bytes at a time: what needs an escape is found wherever it stands,
 * and nothing else is escaped. */
static void test_escapes_everywhere(void **state)
{
	static const char other[] = "!#[] ~\x7f\xc3\xa9";
	struct bench bench;
	(void)state;
	bench_open(&bench);
	for (size_t len = 1; len <= 26; len++)
		for (size_t at = 0; at < len; at++)
			for (unsigned c = 1; c < 256; c++) {
				bool escaped = c < 0x20 || c == '"' || c == '\\';
				char text[27];
				struct buf out, roomy;
				for (size_t i = 0; i < len; i++)
					text[i] = other[i % (sizeof other - 1)];
				text[at] = (char)c;
				buf_init(&out, &bench.arena, 100);
				json_add_string(&out, (struct str){ text, len });
				assert_false(out.failed);
				assert_int_equal(memcmp(out.ptr + 1, text, at), 0);
				assert_int_equal(out.ptr[at + 1] == '\\', escaped);
				assert_int_equal(memcmp(out.ptr + out.len - (len - at),
							 text + at + 1, len - at - 1),
					0);
				assert_true(escaped ? out.len > len + 2 : out.len == len + 2);
				/* The same where there is room already, which is written at
				 * once. */
				buf_init(&roomy, &bench.arena, 100);
				for (int i = 0; i < 90; i++)
					buf_add_char(&roomy, 'x');
				roomy.len = 3;
				json_add_string(&roomy, (struct str){ text, len });
				assert_int_equal(roomy.len, out.len + 3);
				assert_string_equal(roomy.ptr + 3, out.ptr);
				arena_reset(&bench.arena);
			}
	bench_close(&bench);
}

static void test_canonical(void **state)
{
	static const struct {
		const char *input, *output;
	} rows[] = {
		{ "null", "null" },
		{ " \t\r\n true ", "true" },
		{ "\"\"", "\"\"" },
		{ "{}", "{}" },
		{ "[]", "[]" },
		{ "[ 1 , [ ] , { \"a\" : { } } ]", "[1,[],{\"a\":{}}]" },
		{ "{\"b\":1,\"a\":2,\"aa\":3,\"\":4}", "{\"\":4,\"a\":2,\"aa\":3,\"b\":1}" },
		/* By UTF-16 code units a surrogate pair comes before U+FB33, though its bytes are
		   larger. */
		{ "{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"\\uffff\":4}",
			"{\"€\":3,\"😀\":2,\"\ufb33\":1,\"\uffff\":4}" },
		{ "\"\\u0041\\/\\\"\\\\\\b\\f\\n\\r\\t\\u001f\\u007f\\u00e9\"",
			"\"A/\\\"\\\\\\b\\f\\n\\r\\t\\u001f\x7fé\"" },
		{ "\"\\u0000\"", "\"\\u0000\"" },
		{ "\"\\uD834\\uDD1E\"", "\"𝄞\"" },
		{ "-0", "0" },
		{ "-0.0", "0" },
		{ "0e7", "0" },
		{ "1.0", "1" },
		{ "100e-2", "1" },
		{ "999999999999999", "999999999999999" },
		{ "9007199254740993", "9007199254740992" },
		{ "1e21", "1e+21" },
		{ "1e20", "100000000000000000000" },
		{ "123456789012345678901", "123456789012345680000" },
		{ "0.000001", "0.000001" },
		{ "0.0000001", "1e-7" },
		{ "-1.5e-9", "-1.5e-9" },
		{ "4.35", "4.35" },
		{ "5e-324", "5e-324" },
		{ "1.7976931348623157e308", "1.7976931348623157e+308" },
		{ "5.684341886080801486968994140625e-14", "5.684341886080802e-14" },
		{ "9.5367431640625e-07", "9.5367431640625e-7" },
		{ "333333333.33333329", "333333333.3333333" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench bench;
		struct str out;
		bench_open(&bench);
		assert_int_equal(canonical(&bench, str_of(rows[i].input), &out), STATUS_OK);
		assert_str(out, rows[i].output);
		bench_close(&bench);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *input, *told;
	} rows[] = {
		{ "", "f.json:1:1: the file ends; expected a value\n" },
		{ "[1,]", "f.json:1:4: [1]: found ']'; expected a value\n" },
		{ "{\"a\":1,}", "f.json:1:8: found '}'; expected a key in quotes\n" },
		{ "{\"a\" 1}", "f.json:1:6: a: found '1'; expected ':'\n" },
		{ "{\"a\":[1\n 2]}", "f.json:2:2: a[1]: found '2'; expected ',' or ']'\n" },
		{ "{\"é\":{\"b\":tru}}", "f.json:1:11: é.b: found 't'; expected a value\n" },
		{ "01", "f.json:1:2: found '1'; expected nothing after the value\n" },
		{ "-", "f.json:1:2: the file ends; expected a digit\n" },
		{ "1.", "f.json:1:3: the file ends; expected a digit\n" },
		{ "\"a\nb\"",
			"f.json:1:3: control character 0x0a; expected an escape for it inside a "
			"string\n" },
		{ "\"abc", "f.json:1:5: the file ends; expected '\"' at the end of a string\n" },
		{ "\"\\x\"", "f.json:1:3: found 'x'; expected one of \" \\ / b f n r t u after a "
			     "backslash\n" },
		{ "\"\\ud800\"", "f.json:1:3: found 'u'; expected a pair of surrogates, not a "
				 "single one\n" },
		{ "\"\\udc00\"", "f.json:1:3: found 'u'; expected a pair of surrogates, not a "
				 "single one\n" },
		{ "\"\\ud800\\u0041\"", "f.json:1:3: found 'u'; expected a pair of surrogates, not "
					"a single one\n" },
		{ "\"\\u12g4\"",
			"f.json:1:3: found 'u'; expected 'u' and four hexadecimal digits\n" },
		{ "\xef\xbb\xbf{}", "f.json:1:1: a byte order mark; JSON begins with its value\n" },
		{ "[\"é\xff\"]", "f.json:1:4: the byte 0xff is not UTF-8\n" },
		{ "{\"a\":1,\"b\":{\"c\":2,\"c\":3},\"a\":4}",
			"f.json:1:19: b.c: the key 'c' stands here a second time\n"
			"f.json:1:26: a: the key 'a' stands here a second time\n" },
		{ "{\"a\":1,\"\\u0061\":4}",
			"f.json:1:8: a: the key 'a' stands here a second time\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench bench;
		struct str out;
		bench_open(&bench);
		assert_int_equal(canonical(&bench, str_of(rows[i].input), &out), STATUS_REFUSED);
		assert_str(bench_told(&bench), rows[i].told);
		bench_close(&bench);
	}
}

static void test_overflow_has_no_canonical_form(void **state)
{
	struct bench bench;
	struct str out;
	(void)state;
	bench_open(&bench);
	assert_int_equal(canonical(&bench, STR("[1e309]"), &out), STATUS_REFUSED);
	assert_false(diags_any(&bench.diags));
	bench_close(&bench);
}

static void test_tree_and_positions(void **state)
{
	struct bench bench;
	struct node *root;
	(void)state;
	bench_open(&bench);
	struct str input =
		STR("{\n  \"é\": [1, \"two\"],\n  \"b\": {\"c\": null, \"d\": false}\n}\n");
	assert_int_equal(json_read(&root, &bench.arena, STR("f"), input, &bench.diags), STATUS_OK);
	assert_int_equal(root->kind, NODE_MAP);
	assert_int_equal(root->count, 2);
	const struct node *list = node_get(root, "é"), *map = node_get(root, "b");
	assert_true(list->key_pos.line == 2 && list->key_pos.column == 3);
	assert_true(list->pos.line == 2 && list->pos.column == 8);
	const struct node *two = node_at(list, 1);
	assert_int_equal(two->kind, NODE_STRING);
	assert_str(two->text, "two");
	assert_true(two->pos.line == 2 && two->pos.column == 12);
	assert_null(node_at(list, 2));
	assert_int_equal(node_get(map, "c")->kind, NODE_NULL);
	assert_str(node_get(map, "d")->text, "false");
	assert_true(node_get(map, "d")->pos.line == 3 && node_get(map, "d")->pos.column == 25);
	assert_null(node_get(map, "e"));
	assert_null(node_get(list, "c"));
	assert_null(node_at(map, 0));
	struct buf pretty;
	buf_init(&pretty, &bench.arena, 1000);
	assert_int_equal(json_pretty(&pretty, root), STATUS_OK);
	assert_str(buf_str(&pretty), "{\n  \"é\": [\n    1,\n    \"two\"\n  ],\n  \"b\": {\n"
				     "    \"c\": null,\n    \"d\": false\n  }\n}");
	bench_close(&bench);
}

static void test_depth(void **state)
{
	(void)state;
	for (int depth = DOC_DEPTH_MAX - 1; depth <= DOC_DEPTH_MAX + 1; depth++) {
		struct bench bench;
		struct buf input;
		struct str out;
		bench_open(&bench);
		buf_init(&input, &bench.arena, 1000);
		for (int i = 0; i < depth; i++)
			buf_add_c(&input, "[");
		for (int i = 0; i < depth; i++)
			buf_add_c(&input, "]");
		enum status expected = depth > DOC_DEPTH_MAX ? STATUS_REFUSED : STATUS_OK;
		assert_int_equal(canonical(&bench, buf_str(&input), &out), expected);
		if (expected == STATUS_OK)
			assert_true(str_eq(out, buf_str(&input)));
		bench_close(&bench);
	}
}

static void test_size(void **state)
{
	struct bench bench;
	struct str out;
	(void)state;
	bench_open(&bench);
	char *big = arena_get(&bench.arena, DOC_SIZE_MAX + 1);
	memset(big, ' ', DOC_SIZE_MAX + 1);
	big[0] = '7';
	assert_int_equal(canonical(&bench, (struct str){ big, DOC_SIZE_MAX }, &out), STATUS_OK);
	assert_str(out, "7");
	assert_int_equal(
		canonical(&bench, (struct str){ big, DOC_SIZE_MAX + 1 }, &out), STATUS_REFUSED);
	assert_str(bench_told(&bench), "f.json: 8388609 bytes; a document has at most 8388608\n");
	bench_close(&bench);
}

/* Many keys, so that duplicates are found by the table and not by the walk along the first few. */
static void test_duplicate_among_many(void **state)
{
	(void)state;
	for (int at = 1; at < 40; at += 3) {
		struct bench bench;
		struct buf input;
		struct str out;
		bench_open(&bench);
		buf_init(&input, &bench.arena, 10000);
		for (int i = 0; i < 40; i++)
			buf_add_format(&input, "%s\"k%d\":%d", i ? "," : "{", i, i);
		buf_add_c(&input, "}");
		assert_int_equal(canonical(&bench, buf_str(&input), &out), STATUS_OK);
		input.len--;
		buf_add_format(&input, ",\"k%d\":0}", at);
		assert_int_equal(canonical(&bench, buf_str(&input), &out), STATUS_REFUSED);
		assert_int_equal(bench.diags.count, 1);
		bench_close(&bench);
	}
}

static struct node *random_node(struct bench *bench, struct random *random, int depth)
{
	struct arena *arena = &bench->arena;
	uint32_t kind = random_below(random, depth > 0 ? 8 : 5);
	if (kind == 0)
		return node_new(arena, NODE_NULL, STR(""));
	if (kind == 1)
		return node_new(
			arena, NODE_BOOL, random_chance(random, 50) ? STR("true") : STR("false"));
	if (kind == 2)
		return node_new(
			arena, NODE_NUMBER, str_format(arena, "%d", (int)random_next(random)));
	if (kind <= 4)
		return node_new(arena, NODE_STRING, support_text(arena, random, 10));
	struct node *node = node_new(arena, kind == 5 ? NODE_LIST : NODE_MAP, STR(""));
	for (uint32_t i = random_below(random, 12); i > 0; i--) {
		struct node *child = random_node(bench, random, depth - 1);
		if (kind == 5) {
			node_append(node, child);
		} else {
			struct str key = support_text(arena, random, 4);
			struct str name = str_format(arena, STR_FMT "%u", STR_ARG(key), i);
			assert_int_equal(node_put(arena, node, name, child), STATUS_OK);
		}
	}
	return node;
}

static void test_round_trip(void **state)
{
	struct random random = random_seeded(support_seed());
	(void)state;
	for (int round = 0; round < 1000; round++) {
		struct bench bench;
		struct buf plain, pretty;
		struct str again, from_pretty;
		bench_open(&bench);
		const struct node *node = random_node(&bench, &random, 4);
		buf_init(&plain, &bench.arena, (size_t)1 << 26);
		buf_init(&pretty, &bench.arena, (size_t)1 << 26);
		assert_int_equal(json_canonical(&plain, node), STATUS_OK);
		assert_int_equal(json_pretty(&pretty, node), STATUS_OK);
		assert_int_equal(canonical(&bench, buf_str(&plain), &again), STATUS_OK);
		assert_true(str_eq(again, buf_str(&plain)));
		assert_int_equal(canonical(&bench, buf_str(&pretty), &from_pretty), STATUS_OK);
		assert_true(str_eq(from_pretty, again));
		bench_close(&bench);
	}
}

/* Any double is written with as few digits as do, and reads back as itself. */
static void test_doubles_return(void **state)
{
	struct random random = random_seeded(support_seed());
	struct bench bench;
	(void)state;
	bench_open(&bench);
	struct buf out;
	buf_init(&out, &bench.arena, 100);
	for (int round = 0; round < 20000; round++) {
		uint64_t bits = random_next(&random);
		if (round % 10 == 0)
			bits &= UINT64_C(0xfff0000000000000); /* powers of two */
		double value, back;
		memcpy(&value, &bits, sizeof value);
		if (!isfinite(value))
			continue;
		char text[40], shorter[40];
		snprintf(text, sizeof text, "%.17g", value);
		struct node *node = node_new(&bench.arena, NODE_NUMBER, str_of(text));
		out.len = 0;
		assert_int_equal(json_canonical(&out, node), STATUS_OK);
		assert_true(str_to_double(buf_str(&out), &back));
		assert_true(back == value);
		int digits = 0;
		for (size_t i = 0; i < out.len && out.ptr[i] != 'e'; i++)
			digits += out.ptr[i] >= '1' && out.ptr[i] <= '9' ? 1 : 0;
		for (int fewer = 1; fewer < digits; fewer++) {
			snprintf(shorter, sizeof shorter, "%.*e", fewer - 1, value);
			assert_true(strtod(shorter, NULL) != value);
		}
	}
	bench_close(&bench);
}

static void test_hash(void **state)
{
	char hex[65];
	struct sha256 hash = sha256_of(STR("abc"));
	(void)state;
	sha256_hex(hex, &hash);
	assert_string_equal(
		hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash = sha256_of(STR_NONE);
	sha256_hex(hex, &hash);
	assert_string_equal(
		hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escapes_everywhere),
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_overflow_has_no_canonical_form),
		cmocka_unit_test(test_tree_and_positions),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_duplicate_among_many),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_doubles_return),
		cmocka_unit_test(test_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
