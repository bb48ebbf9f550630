/* Text that fits a page of a given width: wrapping, numbers for people, tables whose wide columns
 * wrap between words and whose rows fold when even that is not enough. Width is counted in columns
 * of a terminal: combining marks take none, East Asian wide characters two. */
#include "cli/cli.h"

#include <assert.h>
#include <inttypes.h>

#define GAP 2         /* between columns */
#define FOLD_INDENT 2 /* of the later lines of a row that takes several */

/* The length of the colour code (ESC [ … m) at OFFSET, 0 if none stands there. Only words_tint()
 * makes them: control characters of documents and facts are refused when they are read. */
static size_t code_at(struct str text, size_t offset)
{
	size_t end = offset + 2;

	if (offset + 2 > text.len || text.ptr[offset] != '\x1b' || text.ptr[offset + 1] != '[')
		return 0;
	while (end < text.len && text.ptr[end] != 'm')
		end++;
	return end < text.len ? end + 1 - offset : 0;
}

/* The columns of what stands at *OFFSET, which moves behind it. */
static int step_width(struct str text, size_t *offset, uint32_t *c)
{
	size_t code = code_at(text, *offset);

	*c = 0;
	*offset += code;
	if (code)
		return 0;
	*c = utf8_next(text, offset);
	return (int)text_columns_of(*c);
}

int page_width(struct str text)
{
	size_t offset = 0;
	int width = 0;
	uint32_t c;

	while (offset < text.len)
		width += step_width(text, &offset, &c);
	return width;
}

void page_repeat(struct buf *out, char c, int count)
{
	for (int i = 0; i < count; i++)
		buf_add_char(out, c);
}

void page_pad(struct buf *out, struct str text, int width, bool right)
{
	int room = width - page_width(text);

	if (right)
		page_repeat(out, ' ', room);
	buf_add(out, text);
	if (!right)
		page_repeat(out, ' ', room);
}

void page_label(struct buf *out, struct str label, int want, int rest, int width)
{
	int room = width - 2 - rest;

	room = room < want ? room : want;
	buf_add_c(out, "  ");
	if (page_width(label) <= room) {
		page_pad(out, label, room, false);
		return;
	}
	buf_add(out, label);
	buf_add_char(out, '\n');
	page_repeat(out, ' ', 2 + room);
}

/* The words of *REST that fit in WIDTH columns; at least one word, cut where a single word is
 * wider. */
static struct str next_line(struct str *rest, int width)
{
	struct str text = str_trim(*rest), line;
	size_t offset = 0, fits = 0;
	int used = 0;

	while (offset < text.len) {
		size_t before = offset;
		uint32_t c;

		used += step_width(text, &offset, &c);
		if (c == ' ')
			fits = before;
		if (used > width && before > 0) {
			size_t end = c == ' ' || fits == 0 ? before : fits;
			line = str_sub(text, 0, end);
			*rest = str_trim(str_sub(text, end, text.len - end));
			return line;
		}
	}
	*rest = STR_NONE;
	return text;
}

void page_wrap(struct buf *out, struct str first, int indent, int width, struct str text)
{
	int room = width - indent < 20 ? 20 : width - indent;
	struct str rest = text;
	bool begun = false;

	buf_add(out, first);
	page_repeat(out, ' ', indent - page_width(first));
	do {
		struct str line = next_line(&rest, room);
		if (begun)
			page_repeat(out, ' ', indent);
		buf_add(out, line);
		buf_add_char(out, '\n');
		begun = true;
	} while (rest.len);
}

struct number page_number(int64_t n)
{
	struct number number = { "" };
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRId64, n), at = 0;

	for (int i = 0; i < len; i++) {
		int left = len - i;
		number.text[at++] = digits[i];
		if (left > 1 && left % 3 == 1 && digits[i] != '-')
			number.text[at++] = ',';
	}
	number.text[at] = '\0';
	return number;
}

struct number page_percent(int64_t part, int64_t whole)
{
	struct number number = { "" };
	double share = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;

	assert(part >= 0);
	if (part > 0 && share < 0.05)
		snprintf(number.text, sizeof(number.text), "<0.1");
	else if (part < whole && share >= 99.95)
		snprintf(number.text, sizeof(number.text), ">99.9");
	else
		snprintf(number.text, sizeof(number.text), "%.1f", share);
	return number;
}

struct number page_share(int64_t part, int64_t whole)
{
	struct number percent = page_percent(part, whole), number = { "" };

	snprintf(number.text, sizeof(number.text), "%.24s %%", percent.text);
	return number;
}

struct number page_date(int32_t date)
{
	struct number number = { "" };
	char text[11];

	date_format(text, date);
	snprintf(number.text, sizeof(number.text), "%s", text);
	return number;
}

void table_init(struct table *table, struct arena *arena)
{
	*table = (struct table){ .arena = arena };
}

void table_column(struct table *table, const char *title, bool right, bool flexible)
{
	assert(table->column_count < TABLE_COLUMNS_MAX && table->rows == 0);
	table->columns[table->column_count].title = title;
	table->columns[table->column_count].right = right;
	table->columns[table->column_count].flexible = flexible;
	table->column_count++;
}

void table_row(struct table *table, const struct str *cells)
{
	size_t count = table->column_count;

	if (table->rows == table->capacity) {
		size_t capacity = table->capacity ? 2 * table->capacity : 32;
		struct str *grown = arena_grow(table->arena, table->cells, table->capacity * count,
			capacity * count, sizeof(*grown));
		if (!grown)
			return;
		table->cells = grown;
		table->capacity = capacity;
	}
	for (size_t i = 0; i < count; i++)
		table->cells[table->rows * count + i] = cells[i];
	table->rows++;
}

/* The widest word of TEXT. */
static int word_width(struct str text)
{
	struct str rest = text, word;
	int width = 0;

	while (str_next_word(&rest, " ", &word))
		width = page_width(word) > width ? page_width(word) : width;
	return width;
}

static struct str cell_at(const struct table *table, size_t row, size_t column)
{
	return table->cells[row * table->column_count + column];
}

/* Natural widths of the columns [first, end); then the widest flexible one gives way, one by one,
 * until they fit in ROOM, but never so far that a word breaks. Gives what they take. */
static int fit_columns(const struct table *table, size_t first, size_t end, int room, int *widths)
{
	int least[TABLE_COLUMNS_MAX] = { 0 }, total = 0;

	for (size_t i = first; i < end; i++) {
		widths[i] = page_width(str_of(table->columns[i].title));
		least[i] = word_width(str_of(table->columns[i].title));
		for (size_t row = 0; row < table->rows; row++) {
			int width = page_width(cell_at(table, row, i)),
			    word = word_width(cell_at(table, row, i));
			widths[i] = width > widths[i] ? width : widths[i];
			least[i] = word > least[i] ? word : least[i];
		}
		total += widths[i] + (i > first ? GAP : 0);
	}
	while (total > room) {
		size_t widest = end;
		for (size_t i = first; i < end; i++)
			if (table->columns[i].flexible && widths[i] > least[i] &&
				(widest == end || widths[i] > widths[widest]))
				widest = i;
		if (widest == end)
			break;
		widths[widest]--;
		total--;
	}
	return total;
}

/* How the columns share the lines of a row: line i ends before column ends[i]. */
struct fold {
	size_t ends[TABLE_COLUMNS_MAX], lines;
	int widths[TABLE_COLUMNS_MAX];
};

/* All columns on one line if they fit; else the first, when it is a label, on a line of its own and
 * the others under it; else as many as fit on each line. */
static void fold_columns(const struct table *table, int room, struct fold *fold)
{
	size_t count = table->column_count, first = 0, end;

	*fold = (struct fold){ .ends = { count }, .lines = 1 };
	if (count < 2 || fit_columns(table, 0, count, room, fold->widths) <= room)
		return;
	if (table->columns[0].flexible) {
		fit_columns(table, 0, 1, room, fold->widths);
		fold->ends[0] = first = 1;
		fold->lines = 2;
		fold->ends[1] = count;
		if (fit_columns(table, 1, count, room - FOLD_INDENT, fold->widths) <=
			room - FOLD_INDENT)
			return;
	}
	for (fold->lines = first; first < count; first = end) {
		int left = room - (first ? FOLD_INDENT : 0);
		for (end = count; end > first + 1 &&
				  fit_columns(table, first, end, left, fold->widths) > left;
			end--)
			;
		fit_columns(table, first, end, left, fold->widths);
		fold->ends[fold->lines++] = end;
	}
	assert(fold->lines <= TABLE_COLUMNS_MAX);
}

/* The columns [first, end) of a row, on as many lines as the longest wrapped cell needs; no spaces
 * at line ends. */
static void print_columns(struct buf *out, const struct table *table, size_t first, size_t end,
	struct str *rest, const int *widths, int indent)
{
	bool more = false;

	for (size_t i = first; i < end; i++)
		more = more || rest[i].len > 0;
	while (more) {
		int pending = indent;
		more = false;
		for (size_t i = first; i < end; i++) {
			struct str line = rest[i].len ? next_line(&rest[i], widths[i]) : STR_NONE;
			int width = page_width(line);
			pending += i > first ? GAP : 0;
			if (line.len) {
				page_repeat(out, ' ',
					pending +
						(table->columns[i].right ? widths[i] - width : 0));
				buf_add(out, line);
				pending = table->columns[i].right ? 0 : widths[i] - width;
			} else {
				pending += widths[i];
			}
			more = more || rest[i].len > 0;
		}
		buf_add_char(out, '\n');
	}
}

static void print_row(struct buf *out, const struct table *table, const struct str *cells,
	const struct fold *fold, int indent)
{
	struct str rest[TABLE_COLUMNS_MAX];
	size_t first = 0;

	for (size_t i = 0; i < table->column_count; i++)
		rest[i] = cells[i];
	for (size_t line = 0; line < fold->lines; line++) {
		print_columns(out, table, first, fold->ends[line], rest, fold->widths,
			indent + (line ? FOLD_INDENT : 0));
		first = fold->ends[line];
	}
}

int table_fit(const struct table *table, int indent, int width)
{
	struct fold fold;

	fold_columns(table, width - indent, &fold);
	return (int)fold.lines;
}

void table_print(struct buf *out, const struct table *table, int indent, int width)
{
	struct str titles[TABLE_COLUMNS_MAX];
	struct fold fold;

	fold_columns(table, width - indent, &fold);
	for (size_t i = 0; i < table->column_count; i++)
		titles[i] = str_of(table->columns[i].title);
	print_row(out, table, titles, &fold, indent);
	for (size_t row = 0; row < table->rows; row++)
		print_row(out, table, table->cells + row * table->column_count, &fold, indent);
}
