/* Reads any file of a workspace by its row in world_files[]: header, cells, then the row's own
 * reader.
 *
 * Neighbouring rows mostly repeat themselves (the same source, country, year), so a cell whose text
 * equals that of the row above keeps its value: this is what makes 150,000 rows of people cheap.
 * Input stays in the world's arena, and texts are views of it. */
#include "world/internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

void world__fault(struct loader *loader, struct pos pos, const char *path, const char *format, ...)
{
	char text[1024];
	va_list args;
	assert(loader && path && format);
	if (loader->diags->count >= loader->diags->max) {
		loader->diags->dropped++;
		return;
	}
	va_start(args, format);
	int len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	if ((size_t)len >= sizeof text)
		len = (int)sizeof text - 1;
	/* A cut may have torn a character. */
	struct str valid = { text, (size_t)len };
	valid.len = utf8_valid_prefix(valid);
	diags_add(loader->diags, loader->path, pos, str_of(path), STR_FMT, STR_ARG(valid));
}

struct str world__suggest(
	struct loader *loader, struct str word, const struct str *words, size_t count)
{
	if (loader->diags->count >= loader->diags->max || word.len > WORLD_ID_MAX)
		return STR("");
	return diags_suggest(loader->diags, word, words, count);
}

void world__unknown(struct loader *loader, const struct cell *cell, const char *path,
	const char *what, struct str text, const struct str *words, size_t count)
{
	struct str more = world__suggest(loader, text, words, count);
	world__fault(loader, cell->pos, path, "unknown %s '" STR_FMT "'" STR_FMT, what,
		STR_ARG(text), STR_ARG(more));
}

/* How the columns of the file at hand map to the fields of its rows. */
struct header {
	uint32_t field[WORLD_COLUMNS_MAX]; /* of each column; NONE32: not in the file */
	bool good;
};

static uint32_t column_find(const struct file_spec *spec, struct str name)
{
	for (uint32_t i = 0; i < spec->column_count; i++)
		if (str_is(name, spec->columns[i].name))
			return i;
	return NONE32;
}

static void tell_unknown_column(struct loader *loader, struct pos pos, struct str name)
{
	const struct file_spec *spec = loader->spec;
	struct str names[WORLD_COLUMNS_MAX];
	for (size_t i = 0; i < spec->column_count; i++)
		names[i] = str_of(spec->columns[i].name);
	struct str more = world__suggest(loader, name, names, spec->column_count);
	world__fault(loader, pos, "", "unknown column '" STR_FMT "'" STR_FMT, STR_ARG(name),
		STR_ARG(more));
}

static void read_header(
	struct loader *loader, const struct csv_reader *reader, struct header *header)
{
	const struct file_spec *spec = loader->spec;
	assert(spec->column_count <= WORLD_COLUMNS_MAX);
	header->good = true;
	for (size_t i = 0; i < WORLD_COLUMNS_MAX; i++)
		header->field[i] = NONE32;
	for (uint32_t field = 0; field < reader->count; field++) {
		struct str name = reader->fields[field];
		uint32_t column = column_find(spec, name);
		if (column == NONE32) {
			tell_unknown_column(loader, reader->positions[field], name);
			header->good = false;
		} else if (header->field[column] != NONE32) {
			world__fault(loader, reader->positions[field], spec->columns[column].name,
				"the column stands twice");
			header->good = false;
		} else {
			header->field[column] = field;
		}
	}
	for (size_t i = 0; i < spec->column_count; i++) {
		if (spec->columns[i].needed && header->field[i] == NONE32) {
			world__fault(loader, (struct pos){ 1, 1 }, spec->columns[i].name,
				"missing column");
			header->good = false;
		}
	}
}

/* The cells of one row; false if one is at fault. */
static bool read_cells(struct loader *loader, const struct csv_reader *reader,
	const struct header *header, struct cell *cells)
{
	const struct file_spec *spec = loader->spec;
	bool good = true;
	for (size_t i = 0; i < spec->column_count; i++) {
		struct cell *cell = &cells[i];
		uint32_t field = header->field[i];
		struct str text = field == NONE32 ? STR("") : reader->fields[field];
		if (field != NONE32)
			cell->pos = reader->positions[field];
		if (cell->known && cell->text.len == text.len &&
			memcmp(cell->text.ptr, text.ptr, text.len) == 0)
			continue;
		cell->text = text;
		cell->known = world__cell(loader, &spec->columns[i], cell);
		good = good && cell->known;
	}
	return good;
}

static void *member(struct loader *loader, size_t offset)
{
	return (char *)loader + offset;
}

static enum status read_rows(
	struct loader *loader, struct csv_reader *reader, const struct header *header)
{
	const struct file_spec *spec = loader->spec;
	struct cell cells[WORLD_COLUMNS_MAX] = { 0 };
	char *items = arena_get_array(loader->arena, loader->rows_max, spec->size);
	size_t *count = member(loader, spec->count);
	if (!items)
		return STATUS_NO_MEMORY;
	*(void **)member(loader, spec->items) = items;
	while (csv_next(reader)) {
		if (*count >= loader->rows_max || *count >= WORLD_ROWS_MAX) {
			world__fault(loader, (struct pos){ reader->line, 1 }, "",
				"more than %u rows", WORLD_ROWS_MAX);
			break;
		}
		if (!read_cells(loader, reader, header, cells))
			reader->failed = true;
		else if (spec->row(loader, cells, items + *count * spec->size))
			(*count)++;
		else
			memset(items + *count * spec->size, 0, spec->size);
		if (loader->no_memory)
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

/* Names end up on terminals and pages: nothing that steers them comes in. Bytes that are not UTF-8
 * and NUL are the CSV reader's to tell. */
static void check_characters(struct loader *loader)
{
	struct str input = loader->input, line;
	uint32_t number = 1;
	if (input.len >= 3 && memcmp(input.ptr, "\xef\xbb\xbf", 3) == 0)
		input = str_sub(input, 3, input.len - 3);
	input.len = utf8_valid_prefix(input);
	size_t at = text_hostile(input, "\t\r\n");
	if (at == input.len || input.ptr[at] == '\0')
		return;
	line.ptr = input.ptr;
	for (size_t i = 0; i < at; i++)
		if (input.ptr[i] == '\n') {
			number++;
			line.ptr = input.ptr + i + 1;
		}
	line.len = (size_t)(input.ptr + at - line.ptr);
	world__fault(loader, (struct pos){ number, (uint32_t)utf8_length(line) + 1 }, "",
		"control character in the text");
}

static enum status read_input(struct loader *loader, bool *torn)
{
	struct csv_reader reader;
	struct header header;
	check_characters(loader);
	csv_open(&reader, loader->arena, loader->path, loader->input, loader->diags);
	if (!csv_next(&reader)) {
		if (!reader.failed)
			world__fault(
				loader, (struct pos){ 1, 1 }, "", "empty file; a header is needed");
		*torn = true;
		return loader->diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
	}
	read_header(loader, &reader, &header);
	if (!header.good) {
		*torn = true;
		return STATUS_OK;
	}
	enum status status = read_rows(loader, &reader, &header);
	*torn = reader.failed;
	return loader->diags->no_memory ? STATUS_NO_MEMORY : status;
}

static uint32_t count_lines(struct str input)
{
	uint32_t lines = 1; /* the last one may have no end */
	for (size_t at = 0; at < input.len && lines < WORLD_ROWS_MAX + 1; lines++) {
		const char *end = memchr(input.ptr + at, '\n', input.len - at);
		if (!end)
			break;
		at = (size_t)(end - input.ptr) + 1;
	}
	return lines;
}

enum status world__table(struct loader *loader, const struct file_spec *spec)
{
	enum status status;
	bool torn = false;
	assert(loader && spec && spec->row);
	loader->spec = spec;
	loader->path =
		str_format(loader->arena, STR_FMT "/%s", STR_ARG(loader->world.folder), spec->name);
	if (!loader->path.ptr)
		return STATUS_NO_MEMORY;
	status = loader->files->read(loader->files->context, &loader->input, loader->arena,
		loader->path, WORLD_FILE_MAX);
	if (status == STATUS_OK) {
		loader->rows_max = count_lines(loader->input);
		status = read_input(loader, &torn);
	} else if (status == STATUS_NOT_FOUND) {
		status = STATUS_OK;
		if (spec->needed) {
			world__fault(loader, (struct pos){ 0 }, "",
				"missing; a workspace needs workspace.yaml, places.csv and "
				"parties.csv");
			torn = true;
		}
	} else if (status == STATUS_REFUSED) {
		world__fault(
			loader, (struct pos){ 0 }, "", "larger than %zu MiB", WORLD_FILE_MAX >> 20);
		torn = true;
		status = STATUS_OK;
	} else if (status == STATUS_IO) {
		world__fault(loader, (struct pos){ 0 }, "", "cannot be read");
	}
	if (status != STATUS_OK)
		return status;
	if (torn && spec->items == offsetof(struct loader, world.sources))
		loader->sources_torn = true;
	if (torn && spec->items == offsetof(struct loader, raw_places))
		loader->places_torn = true;
	if (torn && spec->items == offsetof(struct loader, world.parties))
		loader->parties_torn = true;
	return spec->done ? spec->done(loader) : STATUS_OK;
}
