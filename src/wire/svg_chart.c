/* Charts: bars, grids, keys. Drawn 360 units wide, so that a phone shows letters in their size;
 * each bar has its label above it, because names of States and services are long. */
#include "wire/svg_draw.h"

#define WIDTH 360
#define LETTER 7   /* mean width of a letter */
#define ROW 40     /* of a bar with its label */
#define BAR_TOP 18 /* below the label's line */
#define BAR_HEIGHT 16
#define CELL 20
#define GRID_LABEL 120
#define GRID_TOP 112
#define KEY_ROW 26

/* Where something of WIDE units that begins AT from the start of the line has its left edge. */
static int64_t from_start(const struct svg_head *head, int64_t width, int64_t at, int64_t wide)
{
	return head->rtl ? width - at - wide : at;
}

static void text_at(
	struct buf *out, int64_t x, int64_t y, const char *anchor, struct str text, size_t columns)
{
	buf_add(out, STR("<text"));
	svg__attr_int(out, "x", x);
	svg__attr_int(out, "y", y);
	if (anchor) {
		buf_add(out, STR(" text-anchor=\""));
		buf_add_c(out, anchor);
		buf_add_char(out, '"');
	}
	buf_add_char(out, '>');
	svg__text(out, text, columns);
	buf_add(out, STR("</text>"));
}

static void box(struct buf *out, const struct svg_head *head, enum svg_fill fill, int64_t x,
	int64_t y, int64_t width, int64_t height, struct str title)
{
	buf_add(out, STR("<g"));
	svg__fill(out, head, fill);
	buf_add(out, STR("><rect"));
	svg__attr_int(out, "x", x);
	svg__attr_int(out, "y", y);
	svg__attr_int(out, "width", width);
	svg__attr_int(out, "height", height);
	buf_add_char(out, '>');
	if (title.len)
		svg__title(out, title);
	buf_add(out, STR("</rect></g>"));
}

/* Sums are kept within what int64 can hold; nothing that is counted comes near. */
static int64_t whole_of(const struct svg_bar *bar)
{
	int64_t sum = 0;
	for (size_t i = 0; i < bar->part_count; i++)
		if (bar->parts[i].value > 0 &&
			__builtin_add_overflow(sum, bar->parts[i].value, &sum))
			return INT64_MAX;
	return sum;
}

/* Ends of parts are rounded from the bar's start, so that parts join without a gap and add up; a
 * part that is more than nothing takes at least two units, from those behind it. */
static void parts_of(struct buf *out, const struct svg_head *head, const struct svg_bar *bar,
	int64_t y, int64_t measure)
{
	int64_t sum = 0, at = 0;
	for (size_t i = 0; i < bar->part_count; i++) {
		const struct svg_part *part = &bar->parts[i];
		if (part->value <= 0 || __builtin_add_overflow(sum, part->value, &sum))
			continue;
		int64_t end = (int64_t)((double)WIDTH * (double)sum / (double)measure + 0.5);
		if (end < at + 2)
			end = at + 2;
		if (end > WIDTH)
			end = WIDTH;
		if (end > at)
			box(out, head, part->fill, from_start(head, WIDTH, at, end - at), y,
				end - at, BAR_HEIGHT, part->title);
		at = end;
	}
}

void svg_bars(struct buf *out, const struct svg_head *head, const struct svg_bar *bars,
	size_t count, bool share)
{
	int64_t most = 1;
	uint32_t used = 0;
	bool links = false;
	for (size_t i = 0; i < count; i++) {
		int64_t sum = whole_of(&bars[i]);
		most = sum > most ? sum : most;
		links |= bars[i].path.len > 0;
		used |= bars[i].part_count ? 0 : 1u << FILL_NO_DATA;
		for (size_t k = 0; k < bars[i].part_count; k++)
			used |= 1u << bars[i].parts[k].fill;
	}
	svg__open(out, head, "chart", links ? "group" : "img", WIDTH,
		(int64_t)count * ROW + (count ? 0 : 1), used, 1);
	for (size_t i = 0; i < count; i++) {
		const struct svg_bar *bar = &bars[i];
		int64_t y = (int64_t)i * ROW, sum = whole_of(bar);
		size_t figure = text_columns(bar->text) + 1, line = WIDTH / LETTER;
		bool linked = svg__is_path(bar->path);
		if (linked) {
			buf_add(out, STR("<a href=\""));
			svg__path(out, bar->path);
			svg__text(out, head->suffix, SVG_ALL);
			buf_add(out, STR("\">"));
		}
		text_at(out, from_start(head, WIDTH, 0, 0), y + 13, NULL, bar->label,
			figure + 8 < line ? line - figure : 8);
		if (linked)
			buf_add(out, STR("</a>"));
		text_at(out, from_start(head, WIDTH, WIDTH, 0), y + 13, "end", bar->text, line);
		if (bar->part_count == 0)
			box(out, head, FILL_NO_DATA, 0, y + BAR_TOP, WIDTH, BAR_HEIGHT, bar->text);
		else if (sum > 0)
			parts_of(out, head, bar, y + BAR_TOP, share ? sum : most);
		buf_add_char(out, '\n');
	}
	svg__close(out);
}

/* A heading of a column, read from below to above. */
static void heading(struct buf *out, int64_t x, struct str text)
{
	buf_add(out, STR("<text transform=\"translate("));
	svg__int(out, x);
	buf_add_char(out, ' ');
	svg__int(out, GRID_TOP - 6);
	buf_add(out, STR(") rotate(-90)\" direction=\"ltr\">"));
	svg__text(out, text, (GRID_TOP - 8) / LETTER);
	buf_add(out, STR("</text>"));
}

void svg_grid(struct buf *out, const struct svg_head *head, const struct str *rows,
	size_t row_count, const struct str *columns, size_t column_count,
	const struct svg_cell *cells)
{
	uint32_t used = 0;
	int64_t width = GRID_LABEL + (int64_t)column_count * CELL;
	if (width < WIDTH)
		width = WIDTH;
	for (size_t i = 0; i < row_count * column_count; i++)
		used |= 1u << cells[i].fill;
	svg__open(out, head, width > WIDTH ? "chart svg-wide" : "chart", "img", width,
		GRID_TOP + (int64_t)row_count * CELL, used, 1);
	for (size_t k = 0; k < column_count; k++)
		heading(out, from_start(head, width, GRID_LABEL + (int64_t)k * CELL, CELL) + 14,
			columns[k]);
	for (size_t i = 0; i < row_count; i++) {
		int64_t y = GRID_TOP + (int64_t)i * CELL;
		buf_add_char(out, '\n');
		text_at(out, from_start(head, width, 0, 0), y + 15, NULL, rows[i],
			GRID_LABEL / (LETTER + 1));
		for (size_t k = 0; k < column_count; k++) {
			const struct svg_cell *cell = &cells[i * column_count + k];
			box(out, head, cell->fill,
				from_start(head, width, GRID_LABEL + (int64_t)k * CELL, CELL), y,
				CELL, CELL, cell->title);
		}
	}
	svg__close(out);
}

void svg_key(struct buf *out, const struct svg_head *head, const struct svg_key_entry *entries,
	size_t count)
{
	uint32_t used = 0;
	for (size_t i = 0; i < count; i++)
		used |= 1u << entries[i].fill;
	svg__open(out, head, "chart svg-key", "img", WIDTH,
		(int64_t)count * KEY_ROW + (count ? 0 : 1), used, 1);
	for (size_t i = 0; i < count; i++) {
		int64_t y = (int64_t)i * KEY_ROW;
		size_t figure = text_columns(entries[i].text) + 1, line = (WIDTH - 36) / LETTER;
		box(out, head, entries[i].fill, from_start(head, WIDTH, 1, 26), y + 4, 26, 18,
			STR_NONE);
		text_at(out, from_start(head, WIDTH, 36, 0), y + 18, NULL, entries[i].label,
			figure + 8 < line ? line - figure : 8);
		text_at(out, from_start(head, WIDTH, WIDTH, 0), y + 18, "end", entries[i].text,
			line);
		buf_add_char(out, '\n');
	}
	svg__close(out);
}
