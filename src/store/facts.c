/* Files of facts as rows: where each begins and ends, and what its key is. A row is kept as it is
 * written, so that a file comes out as it went in. */
#include "store/internal.h"

#include <assert.h>
#include <string.h>

#define KEY_SEPARATOR '\x1f'

/* What tells one row of a file from another, in words of its header. A file that is not listed, and
 * one with none of these columns, has the whole row for a key. */
static const struct {
	const char *name, *columns;
} keys[] = {
	{ "absent.csv", "sending receiving level from" },
	{ "assets.csv", "asset" },
	{ "channels.csv", "party place kind address" },
	{ "complete.csv", "list side state level" },
	{ "freshness.csv", "risk_class" },
	{ "groups.csv", "group party from" },
	{ "links.csv", "from_party to_party place purpose" },
	{ "names.csv", "id lang" },
	{ "offices.csv", "party place kind from" },
	{ "parties.csv", "party" },
	{ "people.csv", "origin place group year" },
	{ "places.csv", "place" },
	{ "posts.csv", "post from" },
	{ "risk.csv", "place hazard year" },
	{ "sources.csv", "source" },
	{ "strengths.csv", "party place service" },
	{ "ways.csv", "kind place name code leads_to" },
	{ "zones.csv", "zone place from" },
};

struct str store_key_columns(struct str name)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (str_is(name, keys[i].name))
			return str_of(keys[i].columns);
	return STR_NONE;
}

bool store__name_fits(struct str name)
{
	struct str rest = name;

	if (name.len > STORE_NAME_MAX || utf8_valid_prefix(name) != name.len ||
		text_hostile(name, "") != name.len)
		return false;
	if (str_starts(rest, "agreements/") || str_starts(rest, "practices/"))
		rest = str_sub(rest, str_starts(rest, "a") ? 11 : 10, rest.len);
	return rest.len && *rest.ptr != '.' && !memchr(rest.ptr, '/', rest.len) &&
	       !memchr(rest.ptr, '\\', rest.len);
}

bool store__is_facts(struct str name)
{
	return str_ends(name, ".csv") && !memchr(name.ptr, '/', name.len);
}

/* The columns of a key, by number. */
struct key_columns {
	uint16_t numbers[CSV_FIELDS_MAX];
	size_t count;
};

static void find_columns(struct key_columns *out, const struct csv_reader *header, struct str name)
{
	struct str words = store_key_columns(name), word;

	out->count = 0;
	while (str_next_word(&words, " ", &word))
		for (size_t i = 0; i < header->count; i++)
			if (str_eq(header->fields[i], word)) {
				out->numbers[out->count++] = (uint16_t)i;
				break;
			}
	if (out->count == 0)
		for (size_t i = 0; i < header->count; i++)
			out->numbers[out->count++] = (uint16_t)i;
}

static struct str key_of(
	struct arena *arena, const struct csv_reader *row, const struct key_columns *columns)
{
	size_t size = columns->count, at = 0;

	for (size_t i = 0; i < columns->count; i++)
		size += row->fields[columns->numbers[i]].len;
	char *text = arena_get_raw(arena, size);
	if (!text)
		return STR_NONE;
	for (size_t i = 0; i < columns->count; i++) {
		struct str field = row->fields[columns->numbers[i]];
		if (i)
			text[at++] = KEY_SEPARATOR;
		if (field.len)
			memcpy(text + at, field.ptr, field.len);
		at += field.len;
	}
	return (struct str){ text, at };
}

static size_t count_lines(struct str content)
{
	size_t count = 1;

	for (const char *p = content.ptr, *end = p + content.len; p < end; p++, count++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			break;
	}
	return count;
}

enum status store__facts_split(
	struct fact_rows *out, struct arena *arena, struct str name, struct str content)
{
	struct csv_reader reader;
	struct diags diags;
	struct key_columns columns = { .count = 0 };
	size_t start = 0;

	*out = (struct fact_rows){ 0 };
	if (content.len == 0)
		return STATUS_REFUSED;
	out->items = ARENA_ARRAY(arena, count_lines(content) + 1, struct fact_row);
	if (!out->items)
		return STATUS_NO_MEMORY;
	diags_init(&diags, arena, 1);
	csv_open(&reader, arena, name, content, &diags);
	while (csv_next(&reader)) {
		struct fact_row *row = &out->items[out->count];
		if (out->count == 0)
			find_columns(&columns, &reader, name);
		row->cells = str_sub(content, start, reader.offset - start);
		row->key = out->count ? key_of(arena, &reader, &columns) : STR("");
		if (!row->key.ptr)
			return STATUS_NO_MEMORY;
		start = reader.offset;
		out->count++;
	}
	if (diags.no_memory)
		return STATUS_NO_MEMORY;
	if (reader.failed || out->count == 0)
		return STATUS_REFUSED;
	out->items[out->count - 1].cells.len += content.len - start; /* an empty last line */
	return STATUS_OK;
}

enum status store__fact_row(struct fact_row *out, struct arena *arena, struct str name,
	struct str header, struct str row)
{
	const char *end = str_ends(header, "\r\n") ? "\r\n" : "\n";
	struct fact_rows rows;
	struct str text = str_format(arena, STR_FMT "%s" STR_FMT "%s", STR_ARG(header),
		str_ends(header, "\n") ? "" : end, STR_ARG(row), end);

	if (!text.ptr)
		return STATUS_NO_MEMORY;
	enum status status = store__facts_split(&rows, arena, name, text);
	if (status != STATUS_OK)
		return status;
	if (rows.count != 2)
		return STATUS_REFUSED;
	*out = rows.items[1];
	return STATUS_OK;
}
