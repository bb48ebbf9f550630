/* The functions that test suites may call by name: one row each. */
#include "base/conform.h"
#include "base/csv.h"
#include "base/doc.h"

#include <assert.h>

static const struct str input_name = { "-", 1 };

static enum status add_pretty(struct buf *out, const struct node *node)
{
	enum status status = json_pretty(out, node);
	buf_add_char(out, '\n');
	return status;
}

static enum status run_json(
	struct buf *out, struct str input, struct arena *arena, struct diags *diags)
{
	struct node *node;
	enum status status = json_read(&node, arena, input_name, input, diags);
	return status == STATUS_OK ? add_pretty(out, node) : status;
}

static enum status run_jcs(
	struct buf *out, struct str input, struct arena *arena, struct diags *diags)
{
	struct node *node;
	enum status status = json_read(&node, arena, input_name, input, diags);
	return status == STATUS_OK ? json_canonical(out, node) : status;
}

static enum status run_yaml(
	struct buf *out, struct str input, struct arena *arena, struct diags *diags)
{
	struct node *node;
	enum status status = yaml_read(&node, arena, input_name, input, diags);
	return status == STATUS_OK ? add_pretty(out, node) : status;
}

static enum status run_yaml_events(
	struct buf *out, struct str input, struct arena *arena, struct diags *diags)
{
	(void)arena;
	return yaml_events(out, input_name, input, diags);
}

/* The row in READER as an object with the keys of HEADER, at the end of LIST. */
static enum status add_row(struct arena *arena, struct node *list, const struct csv_reader *reader,
	const struct str *header)
{
	struct node *object = node_new(arena, NODE_MAP, STR(""));
	if (!object)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < reader->count; i++) {
		struct node *value = node_new(arena, NODE_STRING, reader->fields[i]);
		if (node_put(arena, object, header[i], value) != STATUS_OK)
			return STATUS_NO_MEMORY;
	}
	node_append(list, object);
	return STATUS_OK;
}

/* The names of the columns; false if two are the same, for they become keys. */
static bool take_header(struct str header[static CSV_FIELDS_MAX], const struct csv_reader *reader)
{
	for (size_t i = 0; i < reader->count; i++) {
		header[i] = reader->fields[i];
		for (size_t j = 0; j < i; j++) {
			if (!str_eq(header[i], header[j]))
				continue;
			diags_add(reader->diags, reader->file, reader->positions[i], STR_NONE,
				"a second column '" STR_FMT "'", STR_ARG(header[i]));
			return false;
		}
	}
	return true;
}

static enum status run_csv(
	struct buf *out, struct str input, struct arena *arena, struct diags *diags)
{
	struct csv_reader reader;
	struct str header[CSV_FIELDS_MAX];
	struct node *list = node_new(arena, NODE_LIST, STR(""));
	enum status status = list ? STATUS_OK : STATUS_NO_MEMORY;
	csv_open(&reader, arena, input_name, input, diags);
	if (csv_next(&reader) && !take_header(header, &reader))
		return STATUS_REFUSED;
	while (status == STATUS_OK && csv_next(&reader))
		status = add_row(arena, list, &reader, header);
	if (status == STATUS_OK && diags->no_memory)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK && reader.failed)
		status = STATUS_REFUSED;
	return status == STATUS_OK ? add_pretty(out, list) : status;
}

static const struct conform rows[] = {
	{ "json", "JSON, strictly read, laid out again", run_json },
	{ "jcs", "the canonical bytes of JSON (RFC 8785)", run_jcs },
	{ "csv", "CSV with a header as JSON, one object a row", run_csv },
	{ "yaml", "YAML as it is read here, as JSON; scalars are strings", run_yaml },
	{ "yaml-events", "YAML in the event notation of the YAML test suite", run_yaml_events },
};

const struct conform *conform_all(size_t *count)
{
	assert(count);
	*count = sizeof rows / sizeof *rows;
	return rows;
}

enum status conform_run(struct buf *out, struct str name, struct str input, struct arena *arena,
	struct diags *diags)
{
	assert(out && arena && diags);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!str_is(name, rows[i].name))
			continue;
		enum status status = rows[i].run(out, input, arena, diags);
		return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
	}
	return STATUS_NOT_FOUND;
}
