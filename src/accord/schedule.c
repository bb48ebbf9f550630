/* Schedules: tables beside a document, changed by note. Each row is a commitment of its own and
 * attests that the provider is present at the row's place. Cells are checked by the same types as
 * the fields that they fill. */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

/* What a cell holds, and whether it may be a list of words. */
static const struct field columns[SCHEDULE_COLUMNS] = {
	[COLUMN_WHERE] = { .name = "where", .type = TYPE_PLACE },
	[COLUMN_PROVIDER] = { .name = "provider", .type = TYPE_PARTY },
	[COLUMN_NATIONALITY] = { .name = "nationality",
		.type = TYPE_BENEFICIARY,
		.flags = FIELD_MANY },
	[COLUMN_PRESENT] = { .name = "present",
		.type = TYPE_WORD,
		.flags = FIELD_MANY,
		.words = &accord_words[WORDS_LEVEL] },
	[COLUMN_FROM] = { .name = "from", .type = TYPE_DATE },
	[COLUMN_UNTIL] = { .name = "until", .type = TYPE_DATE },
	[COLUMN_SERVICES] = { .name = "services", .type = TYPE_SERVICE, .flags = FIELD_MANY },
	[COLUMN_PHASES] = { .name = "phases",
		.type = TYPE_WORD,
		.flags = FIELD_MANY,
		.words = &accord_words[WORDS_PHASE] },
	[COLUMN_LEAD_TIME] = { .name = "lead-time", .type = TYPE_DURATION },
};

struct header {
	enum schedule_column of[CSV_FIELDS_MAX];
	bool given[SCHEDULE_COLUMNS];
	bool faulty;
};

const struct schedule_table *accord_find_schedule(const struct schedule_set *set, struct str name)
{
	for (size_t i = 0; set && i < set->count; i++)
		if (str_eq(set->items[i].name, name))
			return &set->items[i];
	return NULL;
}

static void read_header(struct header *header, struct checker *checker,
	const struct csv_reader *reader, const struct path *path)
{
	const struct word_set *words = &accord_words[WORDS_COLUMN];
	*header = (struct header){ 0 };
	for (size_t i = 0; i < reader->count; i++) {
		int column = accord_word(WORDS_COLUMN, reader->fields[i]);
		if (column < 0) {
			accord_fault_unknown(checker, reader->positions[i], path, words->noun,
				reader->fields[i], words->words, words->count);
			header->faulty = true;
		} else if (header->given[column]) {
			accord_fault(checker, reader->positions[i], path,
				"column '" STR_FMT "' stands here twice",
				STR_ARG(reader->fields[i]));
			header->faulty = true;
		} else {
			header->of[i] = (enum schedule_column)column;
			header->given[column] = true;
		}
	}
	if (!header->given[COLUMN_WHERE] && !header->faulty) {
		accord_fault(checker, (struct pos){ 1, 1 }, path, "missing column 'where'");
		header->faulty = true;
	}
}

static void check_cell(struct checker *checker, const struct field *field, struct str cell,
	struct pos pos, const struct path *row)
{
	struct path at = { row, str_of(field->name), 0 };
	struct str word, rest = cell;
	if (cell.len == 0)
		return;
	if (!(field->flags & FIELD_MANY)) {
		accord_check_value(checker, field, cell, pos, &at);
		return;
	}
	size_t index = 0;
	while (str_next_word(&rest, " ", &word)) {
		struct path item = { &at, STR_NONE, index++ };
		struct pos found = pos;
		found.column += (uint32_t)utf8_length(
			(struct str){ cell.ptr, (size_t)(word.ptr - cell.ptr) });
		accord_check_value(checker, field, word, found, &item);
	}
}

static void check_row(struct checker *checker, const struct schedule_table *table,
	const struct schedule_row *row, const struct csv_reader *reader, const struct path *path)
{
	const struct schedule_cell *first = accord_cell(table, row, COLUMN_FROM);
	const struct schedule_cell *last = accord_cell(table, row, COLUMN_UNTIL);
	int32_t from, until;
	if (row->cells[COLUMN_WHERE] == NONE32)
		accord_fault(
			checker, reader->positions[0], path, "missing place in column 'where'");
	/* Dates of one form compare as texts do; only what looks backwards is looked at. */
	if (!first || !last || str_cmp(first->text, last->text) <= 0)
		return;
	if (!date_parse(first->text, &from) || !date_parse(last->text, &until) || from <= until)
		return;
	accord_fault(checker, reader->positions[0], path,
		"range backwards: until " STR_FMT " is before from " STR_FMT, STR_ARG(last->text),
		STR_ARG(first->text));
}

/* The number of TEXT among the cells of its column. A text that was in order stays so; one at fault
 * is told wherever it stands. */
static enum status number_cell(uint32_t *number, struct schedule_cells *cells,
	enum schedule_column column, struct checker *checker, struct arena *arena, struct str text,
	struct pos pos, const struct path *row)
{
	void *items = cells->items;
	struct schedule_cell *cell;
	uint32_t existing;
	size_t faults = checker->faults;
	if (symbols_put(&cells->numbers, text, (uint32_t)cells->count, &existing) != STATUS_OK)
		return STATUS_NO_MEMORY;
	if (existing != SYMBOL_NONE) {
		*number = existing;
		if (cells->faulty && !cells->items[existing].good)
			check_cell(checker, &columns[column], text, pos, row);
		return STATUS_OK;
	}
	*number = (uint32_t)cells->count;
	cell = arena_push(arena, &items, &cells->count, &cells->capacity, sizeof *cell);
	cells->items = items;
	if (!cell)
		return STATUS_NO_MEMORY;
	cell->text = text;
	check_cell(checker, &columns[column], text, pos, row);
	cell->good = checker->faults == faults;
	cells->faulty += !cell->good;
	return STATUS_OK;
}

static enum status read_row(struct schedule_table *table, struct checker *checker,
	struct arena *arena, const struct csv_reader *reader, const struct header *header,
	size_t number)
{
	struct path name = { NULL, table->name, 0 };
	struct path path = { &name, STR_NONE, number };
	struct schedule_row *row = &table->rows[table->count];
	assert(table->count < table->capacity);
	*row = (struct schedule_row){ .pos = reader->positions[0] };
	for (size_t i = 0; i < SCHEDULE_COLUMNS; i++)
		row->cells[i] = NONE32;
	for (size_t i = 0; i < reader->count; i++) {
		struct schedule_cells *cells = &table->cells[header->of[i]];
		uint32_t *cell = &row->cells[header->of[i]];
		struct str text = reader->fields[i];
		if (text.len == 0) {
			cells->empty++;
			continue;
		}
		if (str_eq_short(cells->last, text)) {
			*cell = cells->last_number;
			continue;
		}
		if (number_cell(cell, cells, header->of[i], checker, arena, text,
			    reader->positions[i], &path) != STATUS_OK)
			return STATUS_NO_MEMORY;
		if (cells->faulty == 0) {
			cells->last = text;
			cells->last_number = *cell;
		}
	}
	table->count++;
	check_row(checker, table, row, reader, &path);
	return STATUS_OK;
}

/* Room for every line of CONTENT, at most ACCORD_ROWS_MAX. */
static bool make_room(
	struct schedule_table *table, struct arena *arena, struct arena *text, struct str content)
{
	size_t lines = 1;
	for (size_t at = 0; at < content.len && lines < ACCORD_ROWS_MAX; lines++) {
		const char *end = memchr(content.ptr + at, '\n', content.len - at);
		if (!end)
			break;
		at = (size_t)(end - content.ptr) + 1;
	}
	table->capacity = lines;
	table->rows = arena_get_raw(text, lines * sizeof *table->rows);
	for (size_t i = 0; i < SCHEDULE_COLUMNS; i++)
		symbols_init(&table->cells[i].numbers, arena);
	return table->rows != NULL;
}

static enum status read_table(struct schedule_table *table, struct checker *checker,
	struct arena *arena, struct str content)
{
	struct path path = { NULL, table->name, 0 };
	struct arena *text = checker->scratch ? checker->scratch : arena;
	struct csv_reader *reader = ARENA_NEW(text, struct csv_reader);
	struct header *header = ARENA_NEW(text, struct header);
	if (!reader || !header || !make_room(table, arena, text, content))
		return STATUS_NO_MEMORY;
	csv_open(reader, text, table->file, content, checker->diags);
	if (!csv_next(reader)) {
		if (!reader->failed)
			accord_fault(checker, (struct pos){ 1, 1 }, &path,
				"empty file: a line with the names of the columns is asked for");
		checker->faults++;
		return STATUS_OK;
	}
	read_header(header, checker, reader, &path);
	for (size_t number = 0; csv_next(reader); number++) {
		if (number == ACCORD_ROWS_MAX) {
			accord_fault(checker, reader->positions[0], &path, "more than %u rows",
				ACCORD_ROWS_MAX);
			break;
		}
		if (header->faulty)
			continue;
		enum status status = read_row(table, checker, arena, reader, header, number);
		if (status != STATUS_OK)
			return status;
	}
	for (size_t i = 0; i < SCHEDULE_COLUMNS; i++)
		if (!header->given[i])
			table->cells[i].empty = table->count;
	if (reader->failed)
		checker->faults++;
	return STATUS_OK;
}

static struct str beside(struct arena *arena, struct str path, struct str id, struct str name)
{
	size_t folder = path.len;
	while (folder > 0 && path.ptr[folder - 1] != '/')
		folder--;
	return str_format(arena, STR_FMT STR_FMT "." STR_FMT ".csv", (int)folder, path.ptr,
		STR_ARG(id), STR_ARG(name));
}

static enum status open_table(struct schedule_table *table, struct checker *checker,
	struct arena *arena, const struct file_system *files, const struct node *item,
	const struct path *path)
{
	struct str content = STR_NONE, document = checker->file;
	struct arena *text = checker->scratch ? checker->scratch : arena;
	enum status status =
		files->read(files->context, &content, text, table->file, ACCORD_SCHEDULE_MAX);
	if (status == STATUS_NOT_FOUND) {
		accord_fault(checker, item->pos, path, "no file '" STR_FMT "' for this schedule",
			STR_ARG(table->file));
		return STATUS_OK;
	}
	checker->file = table->file;
	if (status == STATUS_REFUSED) {
		accord_fault(checker, (struct pos){ 0, 0 }, NULL, "file of more than %zu bytes",
			ACCORD_SCHEDULE_MAX);
		status = STATUS_OK;
	} else if (status == STATUS_OK) {
		table->found = true;
		table->hash = sha256_of(content);
		status = read_table(table, checker, arena, content);
	}
	checker->file = document;
	return status;
}

enum status accord_read_schedules(struct schedule_set *out, struct checker *checker,
	struct arena *arena, const struct file_system *files, struct str path,
	const struct node *tree)
{
	struct path top = { NULL, STR("schedules"), 0 };
	*out = (struct schedule_set){ 0 };
	const struct node *names = tree->kind == NODE_MAP ? node_get(tree, "schedules") : NULL;
	const struct node *id = tree->kind == NODE_MAP ? node_get(tree, "agreement") : NULL;
	if (!names || !id || id->kind != NODE_STRING || !accord_is_slug(id->text) ||
		checker->is_template)
		return STATUS_OK;
	out->items = ARENA_ARRAY(
		arena, names->kind == NODE_LIST ? names->count : 1, struct schedule_table);
	if (!out->items)
		return STATUS_NO_MEMORY;
	size_t index = 0;
	for (const struct node *item = many_first(names); item;
		item = many_next(names, item), index++) {
		struct path at = { &top, STR_NONE, index };
		struct schedule_table *table = &out->items[out->count];
		if (item->kind != NODE_STRING || !accord_is_slug(item->text) ||
			accord_find_schedule(out, item->text))
			continue;
		table->name = item->text;
		table->file = beside(arena, path, id->text, item->text);
		if (!table->file.ptr)
			return STATUS_NO_MEMORY;
		out->count++;
		enum status status = open_table(table, checker, arena, files, item, &at);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
