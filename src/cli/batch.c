/* `who --batch`: questions as rows of CSV, one JSON line each, in order, at the speed of the
 * engine. The input is read in pieces that end with a row, so that a batch may be longer than
 * memory; some rows at a time are read, then answered together, then printed. A faulty row says so
 * in its line and stops nothing. */
#include "cli/cli.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES ((size_t)1 << 20)
#define ROW_BYTES_MAX ((size_t)1 << 20) /* a longer row is refused: no question is that long */
#define ROW_ARENA_MAX ((size_t)256 << 20)
#define ROWS_TOGETHER COVER_WHO_MANY
#define LINE_BYTES_MAX ((size_t)64 << 20)
#define DIAGS_PER_ROW 16
#define PROGRESS_EVERY 4096

struct batch {
	struct cli *cli;
	const struct query *base;
	struct str name; /* of the input, for faults */
	int file;
	char *piece;       /* 2 * PIECE_BYTES */
	size_t begin, end; /* unread bytes of the piece */
	bool at_end;
	size_t columns;
	size_t fields[CSV_FIELDS_MAX]; /* column -> index in cover_query_fields */
	size_t rows, faulty;
};

enum row_found { ROW_FOUND, ROW_END, ROW_TOO_LONG, ROW_IO };

/* The length of the row at the start of TEXT, its line end included; 0 when it does not end there.
 */
static size_t row_length(struct str text)
{
	bool quoted = false, field_start = true;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (quoted) {
			quoted = c != '"'; /* a doubled quote closes and opens again */
			if (!quoted && i + 1 < text.len && text.ptr[i + 1] == '"') {
				quoted = true;
				i++;
			}
		} else if (c == '\n') {
			return i + 1;
		} else {
			quoted = c == '"' && field_start;
			field_start = c == ',';
		}
	}
	return 0;
}

static enum row_found fill(struct batch *batch)
{
	ssize_t got;

	memmove(batch->piece, batch->piece + batch->begin, batch->end - batch->begin);
	batch->end -= batch->begin;
	batch->begin = 0;
	if (batch->end >= ROW_BYTES_MAX)
		return ROW_TOO_LONG;
	do
		got = read(batch->file, batch->piece + batch->end, 2 * PIECE_BYTES - batch->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return ROW_IO;
	batch->at_end = got == 0;
	batch->end += (size_t)got;
	return ROW_FOUND;
}

static enum row_found next_row(struct batch *batch, struct str *row)
{
	for (;;) {
		struct str rest = { batch->piece + batch->begin, batch->end - batch->begin };
		size_t len = row_length(rest);
		if (len == 0 && batch->at_end)
			len = rest.len;
		if (len > 0) {
			*row = str_sub(rest, 0, len);
			batch->begin += len;
			return ROW_FOUND;
		}
		if (batch->at_end)
			return ROW_END;
		enum row_found found = fill(batch);
		if (found != ROW_FOUND)
			return found;
	}
}

static enum cli_exit row_trouble(struct batch *batch, enum row_found found)
{
	if (found == ROW_TOO_LONG)
		return cli_fault(batch->cli, "--batch",
			"row %zu is longer than %zu bytes (is a quote not closed?)",
			batch->rows + 1, ROW_BYTES_MAX);
	return cli_failed(batch->cli, "the batch cannot be read");
}

static enum cli_exit read_header(struct batch *batch)
{
	struct cli *cli = batch->cli;
	struct csv_reader reader;
	enum cli_exit code = CLI_ANSWERED;
	struct str row;
	enum row_found found = next_row(batch, &row);

	if (found == ROW_END)
		return cli_fault(cli, "--batch",
			"'" STR_FMT "' is empty; the first row names the fields",
			STR_ARG(batch->name));
	if (found != ROW_FOUND)
		return row_trouble(batch, found);
	csv_open(&reader, &cli->arena, batch->name, row, &cli->diags);
	if (!csv_next(&reader))
		return diags_any(&cli->diags)
			       ? CLI_REFUSED
			       : cli_fault(cli, "--batch", "the first row names the fields");
	batch->columns = reader.count;
	for (size_t i = 0; i < reader.count; i++) {
		size_t f;
		for (f = 0; f < cover_query_field_count &&
			    !str_eq(cover_query_fields[f], reader.fields[i]);
			f++)
			;
		for (size_t j = 0; j < i && f < cover_query_field_count; j++)
			if (batch->fields[j] == f) {
				diags_add(&cli->diags, batch->name, reader.positions[i], STR_NONE,
					"column '" STR_FMT "' stands twice",
					STR_ARG(reader.fields[i]));
				code = CLI_REFUSED;
			}
		batch->fields[i] = f;
		if (f < cover_query_field_count)
			continue;
		struct str hint = diags_suggest(&cli->diags, str_sub(reader.fields[i], 0, 64),
			cover_query_fields, cover_query_field_count);
		diags_add(&cli->diags, batch->name, reader.positions[i], STR_NONE,
			"unknown column '%.*s'" STR_FMT,
			(int)(reader.fields[i].len < 64 ? reader.fields[i].len : 64),
			reader.fields[i].ptr, STR_ARG(hint));
		code = CLI_REFUSED;
	}
	return code;
}

static void add_fault_line(
	struct buf *line, size_t row, const struct diags *diags, const char *fault)
{
	struct buf text;

	buf_init(&text, line->arena, LINE_BYTES_MAX);
	for (size_t i = 0; i < diags->count; i++) {
		if (i)
			buf_add_c(&text, "; ");
		if (diags->items[i].path.len)
			buf_add_format(&text, STR_FMT ": ", STR_ARG(diags->items[i].path));
		buf_add(&text, diags->items[i].message);
	}
	if (fault)
		buf_add_c(&text, fault);
	buf_add_format(line, "{\"row\":%zu,\"error\":", row);
	json_add_string(line, buf_str(&text));
	buf_add_char(line, '}');
}

/* Rows that are answered together. Faulty ones have their line already; the others have their
 * question, in order. */
struct batch_some {
	struct arena arena;
	size_t count, query_count;
	bool faulty[ROWS_TOGETHER];
	struct buf lines[ROWS_TOGETHER];
	struct query queries[ROWS_TOGETHER];
	struct answers answers[ROWS_TOGETHER];
};

/* The question of one row, or the line that says why there is none. */
static enum status read_row(struct batch *batch, struct batch_some *some, struct str row)
{
	const struct world *world = batch->cli->world;
	struct query *query = &some->queries[some->query_count];
	struct buf *line = &some->lines[some->count];
	bool *faulty = &some->faulty[some->count++];
	struct csv_reader reader;
	struct diags diags;
	const char *fault = NULL;

	*query = *batch->base;
	buf_init(line, &some->arena, LINE_BYTES_MAX);
	diags_init(&diags, &some->arena, DIAGS_PER_ROW);
	csv_open(&reader, &some->arena, STR_NONE, row, &diags);
	reader.header_count = batch->columns;
	if (csv_next(&reader)) {
		for (size_t i = 0; i < reader.count; i++)
			if (reader.fields[i].len)
				cover_query_set(query, world, cover_query_fields[batch->fields[i]],
					reader.fields[i], &diags, STR_NONE, reader.positions[i],
					cover_query_fields[batch->fields[i]]);
	} else if (diags.count == 0) {
		fault = "an empty row";
	}
	if (!diags_any(&diags) && !fault)
		fault = cover_query_fault(world, query);
	*faulty = diags_any(&diags) || fault;
	if (*faulty)
		add_fault_line(line, batch->rows, &diags, fault);
	batch->faulty += *faulty;
	some->query_count += !*faulty;
	return diags.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

static bool is_blank(struct str row)
{
	return row.len == 0 || str_is(row, "\n") || str_is(row, "\r\n");
}

/* As many rows as there are, or as go together. */
static enum row_found read_some(struct batch *batch, struct batch_some *some, enum status *status)
{
	enum row_found found = ROW_FOUND;
	struct str row;

	*status = STATUS_OK;
	while (some->count < ROWS_TOGETHER && *status == STATUS_OK &&
		(found = next_row(batch, &row)) == ROW_FOUND) {
		if (is_blank(row) && batch->at_end && batch->begin == batch->end)
			continue;
		batch->rows++;
		*status = read_row(batch, some, row);
		if (batch->rows % PROGRESS_EVERY == 0)
			cli_progress(batch->cli, "rows", batch->rows, 0);
	}
	return found;
}

static enum cli_exit answer_some(struct batch *batch, struct batch_some *some)
{
	const struct cover_index *index = batch->cli->index;
	enum status status = cover_who_many(
		some->answers, &some->arena, index, some->queries, some->query_count);

	for (size_t i = 0, query = 0; i < some->count && status == STATUS_OK; i++) {
		struct buf *line = &some->lines[i];

		if (!some->faulty[i]) {
			status = cover_who_json(
				line, index, &some->queries[query], &some->answers[query]);
			query++;
		}
		buf_add_char(line, '\n');
		if (status == STATUS_OK && line->failed)
			status = STATUS_NO_MEMORY;
		if (status == STATUS_OK && fwrite(line->ptr, 1, line->len, stdout) != line->len)
			return cli_failed(batch->cli, "standard output cannot be written");
	}
	return status == STATUS_OK ? CLI_ANSWERED
				   : cli_status(batch->cli, status, "answering a row");
}

/* Some rows, from reading to printing; *FOUND: ROW_FOUND while there may be more. */
static enum cli_exit some_rows(struct batch *batch, struct batch_some *some, enum row_found *found)
{
	enum cli_exit code;
	enum status status;

	some->count = some->query_count = 0;
	arena_init(&some->arena, &allocator_system, ROWS_TOGETHER * ROW_ARENA_MAX);
	*found = read_some(batch, some, &status);
	code = status == STATUS_OK ? answer_some(batch, some)
				   : cli_status(batch->cli, status, "reading a row");
	arena_free(&some->arena);
	return code;
}

static enum cli_exit all_rows(struct batch *batch)
{
	struct cli *cli = batch->cli;
	uint64_t begun = cli->clock->monotonic_ns(cli->clock->context);
	struct batch_some *some = ARENA_NEW(&cli->arena, struct batch_some);
	enum cli_exit code = CLI_ANSWERED;
	enum row_found found = ROW_FOUND;

	if (!some)
		return cli_failed(cli, "out of memory");
	while (found == ROW_FOUND && code == CLI_ANSWERED)
		code = some_rows(batch, some, &found);
	if (code != CLI_ANSWERED)
		return code;
	if (found != ROW_END)
		return row_trouble(batch, found);
	if (fflush(stdout) != 0)
		return cli_failed(cli, "standard output cannot be written");
	cli_progress_end(cli);
	double seconds = (double)(cli->clock->monotonic_ns(cli->clock->context) - begun) / 1e9;
	fprintf(stderr, "entente: %s rows in %.2f s, %s a second, %s faulty\n",
		page_number((int64_t)batch->rows).text, seconds,
		page_number(seconds > 0 ? (int64_t)((double)batch->rows / seconds) : 0).text,
		page_number((int64_t)batch->faulty).text);
	return batch->faulty ? CLI_REFUSED : CLI_ANSWERED;
}

enum cli_exit who_batch(struct cli *cli, const struct query *base, struct str path)
{
	struct batch *batch = ARENA_NEW(&cli->arena, struct batch);
	enum cli_exit code;

	if (!batch || !(batch->piece = arena_get(&cli->arena, 2 * PIECE_BYTES)))
		return cli_failed(cli, "out of memory");
	if (utf8_valid_prefix(path) != path.len)
		return cli_fault(cli, "--batch", "a file name that is not UTF-8");
	batch->cli = cli;
	batch->base = base;
	batch->name = path;
	batch->file = str_is(path, "-") ? STDIN_FILENO : open(path.ptr, O_RDONLY | O_CLOEXEC);
	if (batch->file < 0)
		return cli_fault(cli, "--batch", "'" STR_FMT "' cannot be read: %s", STR_ARG(path),
			strerror(errno));
	code = read_header(batch);
	if (code == CLI_ANSWERED)
		code = all_rows(batch);
	if (batch->file != STDIN_FILENO)
		close(batch->file);
	return code;
}
