/* Paragraphs: words flow into lines of a width counted in display columns, so that a table of
 * Arabic, Chinese or accented text is not broken where bytes would break it. Isolates have no
 * width; one that a line's end cuts is closed there and opened again, as each line of a terminal is
 * a paragraph of its own to the bidirectional algorithm. */
#include "accord/prose.h"

#include <assert.h>

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
		size_t columns = text_columns(word);
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
