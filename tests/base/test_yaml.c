/* YAML: strings only, positions, and everything that hides meaning refused. */
#include "support.h"

static enum status canonical(struct bench *bench, struct str input, struct str *out)
{
	struct node *node;
	struct buf buf;
	enum status status = yaml_read(&node, &bench->arena, STR("f.yaml"), input, &bench->diags);
	buf_init(&buf, &bench->arena, (size_t)1 << 26);
	if (status == STATUS_OK)
		status = json_canonical(&buf, node);
	*out = buf_str(&buf);
	return status;
}

static void test_scalars_are_strings(void **state)
{
	static const struct {
		const char *input, *output;
	} rows[] = {
		{ "x", "\"x\"" },
		{ "a: NO\nb: 1\nc: null\nd: ~\ne:\nf: 2022-06-01\ng: true\nh: 1e3\n",
			"{\"a\":\"NO\",\"b\":\"1\",\"c\":\"null\",\"d\":\"~\",\"e\":\"\",\"f\":"
			"\"2022-06-01\","
			"\"g\":\"true\",\"h\":\"1e3\"}" },
		{ "- a\n- [b, 'c d', \"e\\u00e9\\0\"]\n- { x: y, z: }\n",
			"[\"a\",[\"b\",\"c d\",\"eé\\u0000\"],{\"x\":\"y\",\"z\":\"\"}]" },
		{ "t: |\n  one\n   two\nf: >\n  one\n  two\n",
			"{\"f\":\"one two\\n\",\"t\":\"one\\n two\\n\"}" },
		{ "# only a comment\n--- # and a start\na: b # end\n...\n", "{\"a\":\"b\"}" },
		{ "%YAML 1.1\n---\na: b\n", "{\"a\":\"b\"}" },
		{ "\xef\xbb\xbf"
		  "a: b\n",
			"{\"a\":\"b\"}" },
		{ "\"<<\": x\n", "{\"<<\":\"x\"}" },
		{ "a: <<\n", "{\"a\":\"<<\"}" },
		{ "a: b\r\nc: d\r\n", "{\"a\":\"b\",\"c\":\"d\"}" },
		{ "? a\n: b\n", "{\"a\":\"b\"}" },
		{ "[]", "[]" },
		{ "{}", "{}" },
		{ "---\n", "\"\"" },
		{ "état: ⟨State⟩\n", "{\"état\":\"⟨State⟩\"}" },
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
		{ "", "f.yaml:1:1: the file is empty; expected a document\n" },
		{ "# nothing\n", "f.yaml:1:1: the file is empty; expected a document\n" },
		{ "a: &x 1\nb: *x\n",
			"f.yaml:1:4: a: an anchor '&x'; write the content where it is needed\n"
			"f.yaml:2:4: b: an alias '*x'; write the content where it is needed\n" },
		{ "a: !!int 1\nb: !x [1]\nc: ! d\n",
			"f.yaml:1:4: a: a tag 'tag:yaml.org,2002:int'; every value is a string "
			"here\n"
			"f.yaml:2:4: b: a tag '!x'; every value is a string here\n"
			"f.yaml:3:4: c: a tag '!'; every value is a string here\n" },
		{ "a: b\n<<: c\n", "f.yaml:2:1: <<: a merge key '<<'; write the entries where they "
				   "are needed\n" },
		{ "a: b\n---\nc: d\n", "f.yaml:2:1: a second document; one file holds one\n" },
		{ "a:\n  b: 1\n  c: 2\n  b: 3\na: 4\n",
			"f.yaml:4:3: a.b: the key 'b' stands here a second time\n"
			"f.yaml:5:1: a: the key 'a' stands here a second time\n" },
		{ "? [a]\n: b\n", "f.yaml:1:3: a list or map as a key; keys are strings\n" },
		{ "a:\n- x\n- {[1]: 2}\n",
			"f.yaml:3:4: a[1]: a list or map as a key; keys are strings\n" },
		{ "a:\n\t- b\n", "f.yaml:2:1: a: not YAML: a tab; indent with spaces\n" },
		{ "a: b: c\n", "f.yaml:1:5: not YAML: mapping values are not allowed in this "
			       "context\n" },
		{ "a: \"x\n",
			"f.yaml:2:1: a: not YAML: found unexpected end of stream (while scanning a "
			"quoted scalar from line 1)\n" },
		{ "é: \xc3(\n", "f.yaml:1:4: the byte 0xc3 is not UTF-8\n" },
		{ "a: \x01\n",
			"f.yaml:1:4: not YAML: control characters are not allowed (0x01)\n" },
		{ "*x : y\n", "f.yaml:1:1: an alias '*x'; write the content where it is needed\n" },
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

static void test_positions(void **state)
{
	struct bench bench;
	struct node *root;
	(void)state;
	bench_open(&bench);
	struct str input = STR("a:\n  - é: x\n    b: 'y'\nc: |\n  text\n");
	assert_int_equal(yaml_read(&root, &bench.arena, STR("f"), input, &bench.diags), STATUS_OK);
	const struct node *item = node_at(node_get(root, "a"), 0);
	assert_true(item->pos.line == 2 && item->pos.column == 5);
	const struct node *x = node_get(item, "é"), *y = node_get(item, "b");
	assert_true(x->key_pos.line == 2 && x->key_pos.column == 5);
	assert_true(x->pos.line == 2 && x->pos.column == 8);
	assert_true(y->pos.line == 3 && y->pos.column == 8);
	assert_true(node_get(root, "c")->key_pos.line == 4);
	bench_close(&bench);
}

static void test_depth(void **state)
{
	(void)state;
	for (int depth = DOC_DEPTH_MAX; depth <= DOC_DEPTH_MAX + 1; depth++) {
		struct bench bench;
		struct buf flow, block;
		struct str out;
		bench_open(&bench);
		buf_init(&flow, &bench.arena, 1000);
		buf_init(&block, &bench.arena, 1000);
		for (int i = 0; i < depth; i++) {
			buf_add_c(&flow, "[");
			buf_add_c(&block, "- ");
		}
		for (int i = 0; i < depth; i++)
			buf_add_c(&flow, "]");
		buf_add_c(&block, "x\n");
		enum status expected = depth > DOC_DEPTH_MAX ? STATUS_REFUSED : STATUS_OK;
		assert_int_equal(canonical(&bench, buf_str(&flow), &out), expected);
		assert_int_equal(canonical(&bench, buf_str(&block), &out), expected);
		bench_close(&bench);
	}
}

/* What could make a reader slow or blow up: long runs of openings, a bomb of aliases, one endless
 * line. */
static void test_hostile(void **state)
{
	struct bench bench;
	struct buf input;
	struct str out;
	(void)state;
	bench_open(&bench);
	buf_init(&input, &bench.arena, (size_t)4 << 20);
	for (int i = 0; i < 1 << 20; i++)
		buf_add_char(&input, '[');
	assert_int_equal(canonical(&bench, buf_str(&input), &out), STATUS_REFUSED);
	struct buf events;
	buf_init(&events, &bench.arena, (size_t)1 << 20);
	assert_int_equal(
		yaml_events(&events, STR("f"), buf_str(&input), &bench.diags), STATUS_REFUSED);
	assert_int_equal(bench.diags.count, 2);
	input.len = 0;
	buf_add_c(&input, "a0: &a0 x\n");
	for (int i = 1; i < 30; i++)
		buf_add_format(&input, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
	assert_int_equal(canonical(&bench, buf_str(&input), &out), STATUS_REFUSED);
	assert_int_equal(bench.diags.count + bench.diags.dropped, 2 + 30 + 58);
	input.len = 0;
	buf_add_c(&input, "[");
	for (int i = 0; i < 100000; i++)
		buf_add_c(&input, "é,");
	buf_add_c(&input, "x]");
	assert_int_equal(canonical(&bench, buf_str(&input), &out), STATUS_OK);
	bench_close(&bench);
}

/* What YAML 1.1 takes for the end of a line, and folds inside quotes. */
static bool breaks_lines(struct str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c = utf8_next(s, &i);
		if (c == 0x85 || c == 0x2028 || c == 0x2029)
			return true;
	}
	return false;
}

/* JSON is YAML, so both readers must make the same of it, numbers and words apart. */
static void test_same_as_json(void **state)
{
	struct random random = random_seeded(support_seed());
	(void)state;
	for (int round = 0; round < 500; round++) {
		struct bench bench;
		struct buf text;
		struct node *from_json;
		struct str from_yaml;
		bench_open(&bench);
		buf_init(&text, &bench.arena, (size_t)1 << 20);
		buf_add_c(&text, "{");
		for (int i = 0; i < 12; i++) {
			buf_add_format(&text, "%s\"k%d\": [", i ? ",\n" : "", i);
			struct str s = support_text(&bench.arena, &random, 12);
			json_add_string(&text, breaks_lines(s) ? STR("") : s);
			buf_add_c(&text, "]");
		}
		buf_add_c(&text, "}");
		struct buf expected;
		buf_init(&expected, &bench.arena, (size_t)1 << 20);
		assert_int_equal(
			json_read(&from_json, &bench.arena, STR("f"), buf_str(&text), &bench.diags),
			STATUS_OK);
		assert_int_equal(json_canonical(&expected, from_json), STATUS_OK);
		enum status status = canonical(&bench, buf_str(&text), &from_yaml);
		/* YAML refuses a few characters that JSON may hold as they are: DEL and the
		 * noncharacters. */
		if (status == STATUS_OK)
			assert_true(str_eq(from_yaml, buf_str(&expected)));
		else
			assert_non_null(strstr(bench_told(&bench).ptr, "control characters"));
		bench_close(&bench);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars_are_strings),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_same_as_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
