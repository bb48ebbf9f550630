/* Unicode's own test of normalization: five columns of which NFC of the first three is the
 * second, and of the last two the fourth. It tries our way of recognising NFC without ICU's
 * help more than it tries ICU. */
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define COLUMNS 5

/* The file, unpacked by bzip2; false if that program is not there. */
static bool unpack(struct suite *suite, struct str *text)
{
	int ends[2], outcome = 0;
	struct str path = str_format(suite->arena,
		STR_FMT "/unicode/NormalizationTest-15.0.0.txt.bz2", STR_ARG(suite->vectors));
	if (pipe(ends) != 0)
		return false;
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execlp("bzip2", "bzip2", "-dc", path.ptr, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	struct str source = str_format(suite->arena, "/dev/fd/%d", ends[0]);
	enum status status =
		file_system_disk.read(NULL, text, suite->arena, source, (size_t)16 << 20);
	close(ends[0]);
	bool ended = child > 0 && waitpid(child, &outcome, 0) == child;
	return status == STATUS_OK && ended && WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0;
}

/* "1E0A 0323" as text. */
static struct str text_of_hex(struct arena *arena, struct str hex)
{
	struct buf out;
	struct str word;
	buf_init(&out, arena, 1000);
	while (str_next_word(&hex, " ", &word))
		buf_add_utf8(&out, (uint32_t)strtoul(word.ptr, NULL, 16));
	return buf_str(&out);
}

static bool normal_form_is(struct arena *arena, struct str text, struct str expected)
{
	struct str out;
	return text_to_nfc(&out, arena, text) == STATUS_OK && str_eq(out, expected) &&
	       text_is_nfc(text) == str_eq(text, expected);
}

static bool line_agrees(struct arena *arena, struct str line)
{
	struct str columns[COLUMNS], field;
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!str_next_word(&line, ";", &field))
			return false;
		columns[i] = text_of_hex(arena, field);
	}
	for (size_t i = 0; i < COLUMNS; i++)
		if (!normal_form_is(arena, columns[i], columns[i < 3 ? 1 : 3]))
			return false;
	return true;
}

/* Every code point that part 1 does not list is its own normal form. */
static bool others_stand(struct arena *arena, const bool *listed)
{
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		struct buf out;
		if (listed[c] || (c >= 0xd800 && c <= 0xdfff))
			continue;
		buf_init(&out, arena, 4);
		buf_add_utf8(&out, c);
		if (!normal_form_is(arena, buf_str(&out), buf_str(&out))) {
			printf("# U+%04X\n", c);
			return false;
		}
	}
	return true;
}

void suite_nfc(struct suite *suite)
{
	struct str text, line, part = STR("none");
	bool agrees = true, listing = false;
	bool *listed = ARENA_ARRAY(suite->arena, 0x110000, bool);
	if (!listed || !unpack(suite, &text)) {
		suite_skip(suite, STR("all"), "bzip2 is not installed");
		return;
	}
	while (str_next_word(&text, "\n", &line)) {
		struct arena arena;
		if (line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '@') {
			if (!str_is(part, "none"))
				suite_tell(suite, part, agrees, "other normal forms");
			part = str_sub(line, 1, 5);
			agrees = true;
			listing = str_is(part, "Part1");
			continue;
		}
		arena_init(&arena, &allocator_system, (size_t)1 << 20);
		if (!line_agrees(&arena, line)) {
			printf("# " STR_FMT "\n", STR_ARG(line));
			agrees = false;
		}
		if (listing)
			listed[strtoul(line.ptr, NULL, 16) & 0x1fffff] = true;
		arena_free(&arena);
	}
	suite_tell(suite, part, agrees, "other normal forms");
	suite_tell(suite, STR("others"), others_stand(suite->arena, listed), "changed");
}
