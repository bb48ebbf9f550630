/* CSV: what is read, what is refused and where it is said to be, and that writing and reading undo
 * each other. */
#include <stdio.h>

#include "support.h"

/* All rows of INPUT as text: fields between brackets, rows ended by a semicolon. */
static struct str rows_of(struct bench *bench, struct str input)
{
	struct csv_reader reader;
	struct buf out;
	buf_init(&out, &bench->arena, (size_t)1 << 24);
	csv_open(&reader, &bench->arena, STR("f.csv"), input, &bench->diags);
	while (csv_next(&reader)) {
		assert_int_equal(reader.count, reader.header_count);
		for (size_t i = 0; i < reader.count; i++) {
			buf_add_c(&out, "[");
			buf_add(&out, reader.fields[i]);
			buf_add_c(&out, "]");
		}
		buf_add_c(&out, ";");
	}
	assert_false(csv_next(&reader));
	assert_int_equal(reader.failed, diags_any(&bench->diags));
	assert_false(out.failed);
	return buf_str(&out);
}

static void test_read(void **state)
{
	static const struct {
		const char *input, *rows;
	} rows[] = {
		{ "", "" },
		{ "\n", "" },
		{ "\r\n", "" },
		{ "\xef\xbb\xbf", "" },
		{ "a", "[a];" },
		{ "a\n", "[a];" },
		{ "a,b\n1,2", "[a][b];[1][2];" },
		{ "a,b\r\n1,2\r\n", "[a][b];[1][2];" },
		{ "a,b\n1,2\r\n3,4\n", "[a][b];[1][2];[3][4];" },
		{ "\xef\xbb\xbf"
		  "a,b\n,\n",
			"[a][b];[][];" },
		{ "a,b\n1,2\n\n", "[a][b];[1][2];" },
		{ "a\n\nx\n", "[a];[];[x];" },
		{ "a\n\"\"\n", "[a];[];" },
		{ "a\n\"\"", "[a];[];" },
		{ "a,b\n\"x,y\",\"z\"\"q\"\n", "[a][b];[x,y][z\"q];" },
		{ "a,b\n\"\"\"\",\"\"\"\"\"\"\n", "[a][b];[\"][\"\"];" },
		{ "a,b\n\"1\n2\",\"3\r\n4\"\n", "[a][b];[1\n2][3\r\n4];" },
		{ "a,b\n x , \"\n", "[a][b];" },
		{ "a,b,\n1,2,\n", "[a][b][];[1][2][];" },
		{ "é\nß\n", "[é];[ß];" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench bench;
		bench_open(&bench);
		assert_str(rows_of(&bench, str_of(rows[i].input)), rows[i].rows);
		bench_close(&bench);
	}
}

static void test_refused(void **state)
{
	static const struct {
		struct str input;
		const char *rows, *told;
	} rows[] = {
		{ STR("a,b\n1,x\"y\n3,4\n"), "[a][b];[3][4];",
			"f.csv:2:4: a quote inside a bare field; quote the whole field and double "
			"the "
			"quote\n" },
		{ STR("a,b\n\"1\"x,2\n3,4\n"), "[a][b];[3][4];",
			"f.csv:2:4: text after a closing quote; expected a comma or the end of the "
			"line\n" },
		{ STR("a,b\n1,\"2\n3,4\n"), "[a][b];", "f.csv:2:3: this quote is never closed\n" },
		{ STR("a,b\n1\n3,4\n1,2,3\n5,6\n"), "[a][b];[3][4];[5][6];",
			"f.csv:2:1: 1 field; the header has 2\nf.csv:4:1: 3 fields; the header has "
			"2\n" },
		{ STR("a,b\n\n3,4\n"), "[a][b];[3][4];", "f.csv:2:1: 1 field; the header has 2\n" },
		{ STR("a,b\né,\xff\n3,4\n"), "[a][b];[3][4];",
			"f.csv:2:3: the byte 0xff is not UTF-8\n" },
		{ STR("a,b\n\"é\nü\xc3\",2\n3,4\n"), "[a][b];[3][4];",
			"f.csv:3:2: the byte 0xc3 is not UTF-8\n" },
		{ STR("a,b\n1,\0\n3,4\n"), "[a][b];[3][4];", "f.csv:2:3: a NUL byte\n" },
		{ STR("a,b\n1,\"\0\"\n3,4\n"), "[a][b];[3][4];",
			"f.csv:2:3: a NUL byte in this field\n" },
		{ STR("a,b\n1\r2,2\n3,4\n"), "[a][b];[3][4];",
			"f.csv:2:2: a carriage return without a line feed; quote the field\n" },
		{ STR("a,b\n1,2\r"), "[a][b];",
			"f.csv:2:4: a carriage return without a line feed; quote the field\n" },
		{ STR("a,\"b\n1,2\n3,4\n"), "", "f.csv:1:3: this quote is never closed\n" },
		{ STR("a,x\"\n1,2\n3,4\n"), "",
			"f.csv:1:4: a quote inside a bare field; quote the whole field and double "
			"the "
			"quote\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench bench;
		bench_open(&bench);
		assert_str(rows_of(&bench, rows[i].input), rows[i].rows);
		assert_str(bench_told(&bench), rows[i].told);
		bench_close(&bench);
	}
}

static void test_positions(void **state)
{
	struct bench bench;
	struct csv_reader reader;
	(void)state;
	bench_open(&bench);
	struct str input = STR("\xef\xbb\xbf"
			       "name,\"b\",c\nélan,\"é\n\nü\",x\n1,2,3\n");
	static const struct pos expected[3][3] = { { { 1, 1 }, { 1, 6 }, { 1, 10 } },
		{ { 2, 1 }, { 2, 6 }, { 4, 4 } }, { { 5, 1 }, { 5, 3 }, { 5, 5 } } };
	static const uint32_t lines[3] = { 1, 2, 5 };
	csv_open(&reader, &bench.arena, STR("f"), input, &bench.diags);
	for (int row = 0; row < 3; row++) {
		assert_true(csv_next(&reader));
		assert_int_equal(reader.line, lines[row]);
		assert_memory_equal(reader.positions, expected[row], sizeof expected[row]);
	}
	assert_false(csv_next(&reader));
	bench_close(&bench);
}

static void test_too_many_fields(void **state)
{
	struct bench bench;
	struct buf input;
	(void)state;
	bench_open(&bench);
	buf_init(&input, &bench.arena, 10000);
	for (int i = 1; i < CSV_FIELDS_MAX; i++)
		buf_add_c(&input, ",");
	struct str fits = buf_str(&input);
	struct csv_reader reader;
	csv_open(&reader, &bench.arena, STR("f"), fits, &bench.diags);
	assert_true(csv_next(&reader));
	assert_int_equal(reader.count, CSV_FIELDS_MAX);
	buf_add_c(&input, ",\n1\n");
	csv_open(&reader, &bench.arena, STR("f"), buf_str(&input), &bench.diags);
	assert_false(csv_next(&reader));
	assert_true(reader.failed);
	assert_str(bench_told(&bench), "f:1:129: more than 128 fields in a row\n");
	bench_close(&bench);
}

/* What ends a bare field is found at every place, however much follows: the reader looks at many
 * bytes at a time as long as there are many. */
static void test_fields_of_every_length(void **state)
{
	static const char stops[] = { ',', '\n', '"', '\r', '\0' };
	char input[128], wanted[32];
	(void)state;
	for (size_t n = 0; n < 40 * sizeof stops * 4; n++) {
		size_t length = 1 + n % 40, behind = n / 40 % 2 ? 40 : 0, letters = length;
		bool accent = n / 80 % 2 && length > 1;
		char stop = stops[n / 160];
		struct bench bench;
		struct csv_reader reader;
		bench_open(&bench);
		memset(input, 'a', length);
		if (accent) {
			memcpy(input + length - 2, "\xc3\xa9", 2);
			letters--;
		}
		input[length] = stop;
		memset(input + length + 1, 'b', behind);
		csv_open(&reader, &bench.arena, STR("f.csv"),
			(struct str){ input, length + 1 + behind }, &bench.diags);
		if (stop == ',' || stop == '\n') {
			assert_true(csv_next(&reader));
			assert_true(str_eq(reader.fields[0], (struct str){ input, length }));
			assert_int_equal(reader.count, stop == ',' ? 2 : 1);
			if (stop == ',') {
				assert_int_equal(reader.fields[1].len, behind);
				assert_int_equal(reader.positions[1].column, letters + 2);
			}
		} else {
			assert_false(csv_next(&reader));
			snprintf(wanted, sizeof wanted, "f.csv:1:%zu: a ", letters + 1);
			assert_true(str_starts(bench_told(&bench), wanted));
		}
		bench_close(&bench);
	}
}

static void test_round_trip(void **state)
{
	struct random random = random_seeded(support_seed());
	(void)state;
	for (int round = 0; round < 1500; round++) {
		struct bench bench;
		struct buf text;
		struct csv_reader reader;
		struct str table[10][6];
		bench_open(&bench);
		uint32_t columns = 1 + random_below(&random, 6), rows = random_below(&random, 10);
		buf_init(&text, &bench.arena, (size_t)1 << 20);
		for (uint32_t i = 0; i < rows; i++) {
			for (uint32_t k = 0; k < columns; k++) {
				table[i][k] = support_text(&bench.arena, &random, 8);
				csv_add_field(&text, table[i][k], k == 0);
			}
			buf_add_c(&text, random_chance(&random, 50) ? "\n" : "\r\n");
		}
		csv_open(&reader, &bench.arena, STR("f"), buf_str(&text), &bench.diags);
		for (uint32_t i = 0; i < rows; i++) {
			assert_true(csv_next(&reader));
			assert_int_equal(reader.count, columns);
			for (uint32_t k = 0; k < columns; k++)
				assert_true(str_eq(reader.fields[k], table[i][k]));
		}
		assert_false(csv_next(&reader));
		assert_false(diags_any(&bench.diags));
		bench_close(&bench);
	}
}

static void test_written_form(void **state)
{
	struct bench bench;
	struct buf text;
	(void)state;
	bench_open(&bench);
	buf_init(&text, &bench.arena, 1000);
	csv_add_field(&text, STR("plain text"), true);
	csv_add_field(&text, STR(""), false);
	csv_add_field(&text, STR("a,b"), false);
	csv_add_field(&text, STR("say \"x\""), false);
	csv_add_field(&text, STR("two\nlines"), false);
	assert_str(buf_str(&text), "plain text,,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"");
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_too_many_fields),
		cmocka_unit_test(test_fields_of_every_length),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_written_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
