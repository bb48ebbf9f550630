/* JSON parsing: the vectors say by their names what is due, y_ to be read, n_ to be refused, i_
 * either. The canonical form (RFC 8785): exact bytes, and 6,500 doubles as ECMAScript prints
 * them. */
#include "conformance.h"

#include <stdio.h>
#include <string.h>

/* What is read must have a canonical form that is its own canonical form. */
static bool is_fixed_point(struct arena *arena, struct str input)
{
	struct str once, twice;
	return suite_run(arena, "jcs", input, &once) == STATUS_OK &&
	       suite_run(arena, "jcs", once, &twice) == STATUS_OK && str_eq(once, twice);
}

void suite_json(struct suite *suite)
{
	struct str *names;
	size_t count = suite_list(suite, "json/parsing", &names);
	for (size_t i = 0; i < count; i++) {
		struct arena arena;
		struct str input, output;
		arena_init(&arena, &allocator_system, (size_t)1 << 28);
		if (suite_read(suite, &arena, "json/parsing", names[i], &input)) {
			enum status status = suite_run(&arena, "json", input, &output);
			bool read = status == STATUS_OK && is_fixed_point(&arena, input);
			/* Where the suite leaves it open we refuse; the list has those that we
			 * read. */
			bool due = str_starts(names[i], "y_");
			bool decided = status == STATUS_OK || status == STATUS_REFUSED;
			suite_tell(suite, names[i], decided && read == due,
				due ? "refused, or not the same when read again" : "accepted");
		}
		arena_free(&arena);
	}
}

/* "5b 35 36 ..." as bytes. */
static struct str bytes_of_hex(struct arena *arena, struct str hex)
{
	struct buf out;
	struct str word;
	static const char digits[] = "0123456789abcdef";
	buf_init(&out, arena, hex.len);
	while (str_next_word(&hex, " \r\n", &word)) {
		const char *high = word.len == 2 ? memchr(digits, word.ptr[0], 16) : NULL;
		const char *low = high ? memchr(digits, word.ptr[1], 16) : NULL;
		if (!low)
			return STR("not hexadecimal");
		buf_add_char(&out, (char)((high - digits) * 16 + (low - digits)));
	}
	return buf_str(&out);
}

static void canonical_files(struct suite *suite)
{
	struct str *names;
	size_t count = suite_list(suite, "json/jcs/input", &names);
	for (size_t i = 0; i < count; i++) {
		struct str input, expected, hex, output;
		struct str hex_name = str_format(suite->arena, STR_FMT "txt",
			STR_ARG(str_sub(names[i], 0, names[i].len - 4)));
		if (!suite_read(suite, suite->arena, "json/jcs/input", names[i], &input) ||
			!suite_read(suite, suite->arena, "json/jcs/output", names[i], &expected) ||
			!suite_read(suite, suite->arena, "json/jcs/outhex", hex_name, &hex))
			continue;
		suite_run(suite->arena, "jcs", input, &output);
		suite_tell(suite, names[i], str_eq(output, expected), "other bytes");
		suite_tell(suite, hex_name, str_eq(output, bytes_of_hex(suite->arena, hex)),
			"other bytes");
	}
}

/* One line of "bits in hexadecimal,text". */
static bool number_agrees(struct str line)
{
	struct arena arena;
	struct str output, rest = line, hex, expected;
	uint64_t bits = 0;
	double value;
	if (!str_next_word(&rest, ",", &hex) || !str_next_word(&rest, ",", &expected))
		return false;
	for (size_t i = 0; i < hex.len; i++)
		bits = bits << 4 |
		       (uint64_t)(hex.ptr[i] <= '9' ? hex.ptr[i] - '0' : hex.ptr[i] - 'a' + 10);
	memcpy(&value, &bits, sizeof value);
	arena_init(&arena, &allocator_system, (size_t)1 << 20);
	suite_run(&arena, "jcs", str_format(&arena, "%.17g", value), &output);
	bool agrees = str_eq(output, expected);
	arena_free(&arena);
	return agrees;
}

static void canonical_numbers(struct suite *suite)
{
	struct str text, line;
	size_t lines = 0;
	if (!suite_read(
		    suite, suite->arena, "json/jcs", STR("es6-numbers-lines-1-6500.txt"), &text))
		return;
	bool all = true;
	while (str_next_word(&text, "\n", &line)) {
		lines++;
		if (number_agrees(line))
			continue;
		printf("# line %zu: " STR_FMT "\n", lines, STR_ARG(line));
		all = false;
	}
	suite_tell(
		suite, STR("es6-numbers"), all && lines == 6500, "numbers are written otherwise");
}

void suite_jcs(struct suite *suite)
{
	canonical_files(suite);
	canonical_numbers(suite);
}
