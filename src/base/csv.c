/* CSV, read where it lies. The files of a world have some hundred thousand rows, so the inner
 * loop asks only for the few bytes that end a bare field, sixteen at a time where vectors are to
 * be had, and what only some rows need (undoing quotes, checking UTF-8, counting code points) is
 * done for those rows alone. */
#include "base/csv.h"

#include <assert.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum outcome { ROW_READ, ROW_FAULTY, ROW_NONE };

/* A row on its way through the input. */
struct row {
	const char *p, *end;
	const char *line_start;
	size_t continuations; /* bytes since line_start that begin no code point */
	uint32_t line;
	unsigned char seen; /* all bytes so far, or-ed: 0x80 is set if any is not ASCII */
};

void csv_open(struct csv_reader *reader, struct arena *arena, struct str file, struct str input,
	struct diags *diags)
{
	assert(reader && arena && diags);
	assert(input.ptr || input.len == 0);
	reader->file = file;
	reader->input = input;
	reader->offset = str_starts(input, "\xef\xbb\xbf") ? 3 : 0;
	reader->line = 0;
	reader->next_line = 1;
	reader->arena = arena;
	reader->diags = diags;
	reader->header_count = 0;
	reader->count = 0;
	reader->failed = false;
}

static struct pos pos_of(const struct row *row, const char *p)
{
	size_t column = (size_t)(p - row->line_start) - row->continuations + 1;
	return (struct pos){ row->line, column < UINT32_MAX ? (uint32_t)column : 0 };
}

static enum outcome fault(struct csv_reader *reader, struct pos pos, const char *what)
{
	diags_add(reader->diags, reader->file, pos, STR_NONE, "%s", what);
	return ROW_FAULTY;
}

#ifdef __SSE2__
/* Bit I: byte I of the sixteen at P ends a bare field. */
static unsigned stops_of(__m128i bytes)
{
	__m128i comma = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(','));
	__m128i line_feed = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
	__m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
	__m128i carriage = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
	__m128i nul = _mm_cmpeq_epi8(bytes, _mm_setzero_si128());
	__m128i any = _mm_or_si128(_mm_or_si128(comma, line_feed), _mm_or_si128(quote, carriage));
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(any, nul));
}
#endif

/* Where the bare field that starts at P ends. */
static const char *bare_end(const char *p, const char *end, unsigned char *seen)
{
	static const bool stops[256] = {
		['\0'] = true, ['"'] = true, [','] = true, ['\n'] = true, ['\r'] = true
	};
	unsigned char all = 0;
#ifdef __SSE2__
	/* Sixteen bytes at a time, while there are so many. */
	while (end - p >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		unsigned high = (unsigned)_mm_movemask_epi8(bytes), found = stops_of(bytes);
		if (!found) {
			*seen |= high ? 0x80 : 0;
			p += 16;
			continue;
		}
		/* The high bits below the first stop. */
		*seen |= high & (found ^ (found - 1)) ? 0x80 : 0;
		return p + __builtin_ctz(found);
	}
#endif
	while (p < end && !stops[(unsigned char)*p])
		all |= (unsigned char)*p++;
	*seen |= all;
	return p;
}

static enum outcome read_bare(struct csv_reader *reader, struct row *row, struct str *field)
{
	const char *start = row->p;
	unsigned char seen = 0;
	row->p = bare_end(start, row->end, &seen);
	*field = (struct str){ start, (size_t)(row->p - start) };
	if (seen & 0x80)
		row->continuations += field->len - utf8_length(*field);
	row->seen |= seen;
	if (row->p < row->end && *row->p == '"')
		return fault(reader, pos_of(row, row->p),
			"a quote inside a bare field; quote the whole field and double the quote");
	return ROW_READ;
}

/* Moves the row's idea of line and column over the quoted text TEXT. */
static void pass_quoted(struct row *row, struct str text)
{
	const char *p = text.ptr, *end = text.ptr + text.len, *line_feed;
	unsigned char seen = 0;
	for (size_t i = 0; i < text.len; i++)
		seen |= (unsigned char)text.ptr[i];
	row->seen |= seen;
	while (p < end && (line_feed = memchr(p, '\n', (size_t)(end - p)))) {
		p = line_feed + 1;
		row->line++;
		row->line_start = p;
		row->continuations = 0;
	}
	struct str rest = { p, (size_t)(end - p) };
	if (seen & 0x80)
		row->continuations += rest.len - utf8_length(rest);
}

/* TEXT with each doubled quote made one, in the arena. */
static bool undouble(struct arena *arena, struct str *text)
{
	char *copy = arena_get(arena, text->len + 1);
	size_t len = 0;
	if (!copy)
		return false;
	for (size_t i = 0; i < text->len; i++) {
		copy[len++] = text->ptr[i];
		i += text->ptr[i] == '"'; /* the second of a pair */
	}
	copy[len] = '\0';
	*text = (struct str){ copy, len };
	return true;
}

static enum outcome read_quoted(struct csv_reader *reader, struct row *row, struct str *field)
{
	const char *open = row->p, *start = open + 1, *p = start;
	bool doubled = false;
	for (;;) {
		p = p < row->end ? memchr(p, '"', (size_t)(row->end - p)) : NULL;
		if (!p) {
			row->p = row->end;
			return fault(reader, pos_of(row, open), "this quote is never closed");
		}
		if (p + 1 == row->end || p[1] != '"')
			break;
		doubled = true;
		p += 2;
	}
	struct pos pos = pos_of(row, open);
	*field = (struct str){ start, (size_t)(p - start) };
	pass_quoted(row, *field);
	row->p = p + 1;
	if (field->len && memchr(field->ptr, '\0', field->len))
		return fault(reader, pos, "a NUL byte in this field");
	if (row->p < row->end && *row->p != ',' && *row->p != '\n' && *row->p != '\r')
		return fault(reader, pos_of(row, row->p),
			"text after a closing quote; expected a comma or the end of the line");
	if (doubled && !undouble(reader->arena, field)) {
		reader->diags->no_memory = true;
		return ROW_FAULTY;
	}
	return ROW_READ;
}

/* What follows a field: *MORE if that is a comma. */
static enum outcome read_end(struct csv_reader *reader, struct row *row, bool *more)
{
	*more = false;
	if (row->p == row->end)
		return ROW_READ;
	switch (*row->p) {
	case ',':
		row->p++;
		*more = true;
		return ROW_READ;
	case '\n':
		row->p++;
		return ROW_READ;
	case '\r':
		if (row->p + 1 < row->end && row->p[1] == '\n') {
			row->p += 2;
			return ROW_READ;
		}
		return fault(reader, pos_of(row, row->p),
			"a carriage return without a line feed; quote the field");
	default:
		assert(*row->p == '\0');
		return fault(reader, pos_of(row, row->p), "a NUL byte");
	}
}

/* The fields of the row at row->p, which is left behind the row, or at a fault. */
static enum outcome read_fields(struct csv_reader *reader, struct row *row)
{
	bool more = true;
	while (more) {
		if (reader->count == CSV_FIELDS_MAX) {
			diags_add(reader->diags, reader->file, pos_of(row, row->p), STR_NONE,
				"more than %d fields in a row", CSV_FIELDS_MAX);
			return ROW_FAULTY;
		}
		struct str *field = &reader->fields[reader->count];
		reader->positions[reader->count] = pos_of(row, row->p);
		bool quoted = row->p < row->end && *row->p == '"';
		enum outcome outcome =
			quoted ? read_quoted(reader, row, field) : read_bare(reader, row, field);
		if (outcome == ROW_READ)
			outcome = read_end(reader, row, &more);
		if (outcome != ROW_READ)
			return outcome;
		reader->count++;
	}
	return ROW_READ;
}

/* Faults of a row whose shape is in order. */
static enum outcome check_row(struct csv_reader *reader, const struct row *row, struct str bytes)
{
	struct pos start = { reader->line, 1 };
	if (row->seen & 0x80) {
		size_t valid = utf8_valid_prefix(bytes);
		if (valid < bytes.len) {
			struct row here = { .line_start = bytes.ptr, .line = reader->line };
			pass_quoted(&here, str_sub(bytes, 0, valid));
			diags_add(reader->diags, reader->file, pos_of(&here, bytes.ptr + valid),
				STR_NONE, "the byte 0x%02x is not UTF-8",
				(unsigned char)bytes.ptr[valid]);
			return ROW_FAULTY;
		}
	}
	if (reader->header_count && reader->count != reader->header_count) {
		diags_add(reader->diags, reader->file, start, STR_NONE,
			"%zu field%s; the header has %zu", reader->count,
			reader->count == 1 ? "" : "s", reader->header_count);
		return ROW_FAULTY;
	}
	return ROW_READ;
}

/* Goes on behind the line on which a faulty row gave up. */
static void skip_line(struct row *row)
{
	const char *line_feed = NULL;
	if (row->p < row->end)
		line_feed = memchr(row->p, '\n', (size_t)(row->end - row->p));
	row->p = line_feed ? line_feed + 1 : row->end;
}

static enum outcome read_row(struct csv_reader *reader)
{
	const char *start = reader->input.ptr + reader->offset;
	struct row row = { .p = start,
		.end = reader->input.ptr + reader->input.len,
		.line_start = start,
		.line = reader->next_line };
	reader->line = row.line;
	reader->count = 0;
	enum outcome outcome = read_fields(reader, &row);
	struct str bytes = { start, (size_t)(row.p - start) };
	if (outcome == ROW_FAULTY)
		skip_line(&row);
	else if (row.p == row.end && reader->count == 1 && reader->fields[0].len == 0 &&
		 *start != '"')
		outcome = ROW_NONE; /* nothing on the last line */
	else
		outcome = check_row(reader, &row, bytes);
	reader->offset = (size_t)(row.p - reader->input.ptr);
	reader->next_line = row.line + 1;
	return outcome;
}

bool csv_next(struct csv_reader *reader)
{
	assert(reader && reader->arena);
	assert(reader->offset <= reader->input.len);
	while (reader->offset < reader->input.len) {
		enum outcome outcome = read_row(reader);
		if (outcome == ROW_READ) {
			if (reader->header_count == 0)
				reader->header_count = reader->count;
			return true;
		}
		if (outcome == ROW_NONE)
			return false;
		reader->failed = true;
		if (reader->header_count == 0 || reader->diags->no_memory)
			reader->offset = reader->input.len;
	}
	return false;
}

void csv_add_field(struct buf *out, struct str field, bool first)
{
	bool quote = (first && field.len == 0) || str_starts(field, "\xef\xbb\xbf");
	for (size_t i = 0; i < field.len && !quote; i++) {
		char c = field.ptr[i];
		quote = c == ',' || c == '"' || c == '\n' || c == '\r';
	}
	if (!first)
		buf_add_char(out, ',');
	if (!quote) {
		buf_add(out, field);
		return;
	}
	buf_add_char(out, '"');
	size_t start = 0;
	for (size_t i = 0; i < field.len; i++) {
		if (field.ptr[i] == '"') {
			buf_add(out, str_sub(field, start, i + 1 - start));
			start = i; /* and once more with what follows */
		}
	}
	buf_add(out, str_sub(field, start, field.len));
	buf_add_char(out, '"');
}
