/* Paragraphs: words flow into lines of a width counted in display columns, so that a table of
 * Arabic, Chinese or accented text is not broken where bytes would break it. Isolates have no
 * width; one that a line's end cuts is closed there and opened again, as each line of a terminal is
 * a paragraph of its own to the bidirectional algorithm. */
#include "accord/prose.h"

#include <assert.h>

struct range {
	uint32_t first, last;
};

static bool in_ranges(uint32_t c, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* Marks that combine, and what has no width of its own: the blocks of Unicode that agreements meet.
 */
static const struct range narrow[] = {
	{ 0x0300, 0x036f },
	{ 0x0483, 0x0489 },
	{ 0x0591, 0x05bd },
	{ 0x05bf, 0x05c7 },
	{ 0x0610, 0x061a },
	{ 0x064b, 0x065f },
	{ 0x0670, 0x0670 },
	{ 0x06d6, 0x06ed },
	{ 0x0900, 0x0902 },
	{ 0x093c, 0x093c },
	{ 0x0941, 0x0948 },
	{ 0x094d, 0x094d },
	{ 0x0e31, 0x0e31 },
	{ 0x0e34, 0x0e3a },
	{ 0x0e47, 0x0e4e },
	{ 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff },
	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x2064 },
	{ 0x2066, 0x2069 },
	{ 0x20d0, 0x20ff },
	{ 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f },
};
/* Letters two columns wide (UAX 11, wide and fullwidth blocks). */
static const struct range wide[] = {
	{ 0x1100, 0x115f },
	{ 0x2e80, 0x303e },
	{ 0x3041, 0xa4cf },
	{ 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f },
	{ 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd },
};

size_t accord_columns(struct str text)
{
	size_t columns = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);
		if (c < 0x300)
			columns++;
		else if (in_ranges(c, wide, sizeof wide / sizeof wide[0]))
			columns += 2;
		else if (!in_ranges(c, narrow, sizeof narrow / sizeof narrow[0]))
			columns++;
	}
	return columns;
}

static void add_blanks(struct buf *out, size_t count)
{
	while (count-- > 0)
		buf_add_c(out, " ");
}

#define FSI 0x2068u
#define LRI 0x2066u
#define RLI 0x2067u
#define PDI 0x2069u
#define RIGHT_TO_LEFT_MARK 0x200fu
#define ISOLATES_MAX 16 /* our own never nest deeper than two; more are not tracked */

/* Isolates open at some point of a text, each by the character that opens it again. */
struct isolates {
	uint32_t open[ISOLATES_MAX];
	size_t depth;
};

/* What WORD, which stands at the head of TEXT, opens and closes. The direction of FSI is that of
 * what follows it, and stays so on later lines. */
static void follow(struct isolates *isolates, struct str word, struct str text)
{
	for (size_t i = 0; i < word.len;) {
		uint32_t c = utf8_next(word, &i);
		if (c == PDI && isolates->depth > 0)
			isolates->depth--;
		if ((c != FSI && c != LRI && c != RLI) || isolates->depth == ISOLATES_MAX)
			continue;
		if (c == FSI)
			c = accord_right_to_left(str_sub(text, i, text.len - i)) ? RLI : LRI;
		isolates->open[isolates->depth++] = c;
	}
}

static void begin_line(struct buf *out, const struct isolates *isolates, size_t indent, bool rtl)
{
	if (rtl)
		buf_add_utf8(out, RIGHT_TO_LEFT_MARK);
	add_blanks(out, indent);
	for (size_t i = 0; i < isolates->depth; i++)
		buf_add_utf8(out, isolates->open[i]);
}

static void end_line(struct buf *out, const struct isolates *isolates)
{
	for (size_t i = 0; i < isolates->depth; i++)
		buf_add_utf8(out, PDI);
	buf_add_c(out, "\n");
}

static void fill(struct buf *out, struct str text, const struct layout_of_lines *lines,
	size_t first, struct isolates *isolates)
{
	struct str rest = text, word;
	size_t column = first;
	bool fresh = true;
	begin_line(out, isolates, first, lines->right_to_left);
	while (str_next_word(&rest, " ", &word)) {
		size_t columns = accord_columns(word);
		if (!fresh && column + 1 + columns > lines->width) {
			end_line(out, isolates);
			begin_line(out, isolates, lines->rest, lines->right_to_left);
			column = lines->rest;
			fresh = true;
		}
		if (!fresh)
			buf_add_c(out, " ");
		buf_add(out, word);
		follow(isolates, word, str_sub(text, (size_t)(word.ptr - text.ptr), text.len));
		column += columns + (fresh ? 0 : 1);
		fresh = false;
	}
	end_line(out, isolates);
}

void accord_paragraph(struct buf *out, struct str text, struct layout_of_lines lines)
{
	struct isolates isolates = { .depth = 0 };
	size_t start = 0;
	assert(out && lines.width > 0);
	while (text.len > 0 && text.ptr[text.len - 1] == '\n')
		text.len--;
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '\n')
			continue;
		if (i > start)
			fill(out, str_sub(text, start, i - start), &lines,
				start ? lines.rest : lines.first, &isolates);
		else if (text.len)
			buf_add_c(out, "\n");
		start = i + 1;
	}
}
