/* The folder of a workspace: whether it is one, what it holds, and workspace.yaml, which names it
 * and dates it. */
#include "world/internal.h"

#include <assert.h>

#define NEEDS "a workspace is a folder with workspace.yaml, places.csv and parties.csv"
#define YAML_MAX ((size_t)64 << 10)
#define FILES_MAX 64

static const struct str fields[] = { { "format", 6 }, { "name", 4 }, { "as_of", 5 } };
#define FIELDS (sizeof fields / sizeof fields[0])

static bool ends(struct str s, const char *suffix)
{
	struct str end = str_of(suffix);
	return s.len >= end.len && str_eq(str_sub(s, s.len - end.len, end.len), end);
}

/* A misspelt file would silently lose its facts, so a table that is not in the list is refused. */
static void check_name(struct loader *loader, struct str name)
{
	struct str names[FILES_MAX];
	assert(world_file_count <= FILES_MAX);
	if (!ends(name, ".csv"))
		return;
	for (size_t i = 0; i < world_file_count; i++) {
		names[i] = str_of(world_files[i].name);
		if (str_eq(names[i], name))
			return;
	}
	struct str more = world__suggest(loader, name, names, world_file_count);
	world__fault(loader, (struct pos){ 0 }, "", "unknown file '" STR_FMT "'" STR_FMT,
		STR_ARG(name), STR_ARG(more));
}

static enum status check_folder(struct loader *loader)
{
	struct str *names;
	size_t count;
	enum status status = loader->files->list(
		loader->files->context, &names, &count, loader->arena, loader->path);
	if (status == STATUS_NOT_FOUND) {
		world__fault(loader, (struct pos){ 0 }, "", "no such folder; " NEEDS);
		return STATUS_REFUSED;
	}
	if (status == STATUS_IO)
		world__fault(loader, (struct pos){ 0 }, "", "the folder cannot be read");
	if (status != STATUS_OK)
		return status;
	if (count == 0) {
		world__fault(loader, (struct pos){ 0 }, "", "an empty folder; " NEEDS);
		return STATUS_REFUSED;
	}
	bool found = false;
	for (size_t i = 0; i < count; i++) {
		found = found || str_is(names[i], "workspace.yaml");
		check_name(loader, names[i]);
	}
	if (!found)
		world__fault(
			loader, (struct pos){ 0 }, "", "no workspace.yaml in this folder; " NEEDS);
	return found ? STATUS_OK : STATUS_REFUSED;
}

/* The text of field NAME; told if it is missing or no text. */
static const struct node *need(struct loader *loader, const struct node *map, const char *name)
{
	const struct node *node = node_get(map, name);
	if (!node)
		world__fault(loader, (struct pos){ 1, 1 }, name, "missing field");
	else if (node->kind != NODE_STRING || node->text.len == 0)
		world__fault(loader, node->pos, name, "a text is needed");
	else
		return node;
	return NULL;
}

static void read_fields(struct loader *loader, const struct node *map)
{
	if (map->kind != NODE_MAP) {
		world__fault(loader, map->pos, "", "the fields format, name and as_of are needed");
		return;
	}
	for (const struct node *node = map->first; node; node = node->next) {
		size_t i = 0;
		while (i < FIELDS && !str_eq(fields[i], node->key))
			i++;
		if (i == FIELDS) {
			struct cell at = { .pos = node->key_pos };
			world__unknown(loader, &at, "", "field", node->key, fields, FIELDS);
		}
	}
	const struct node *format = need(loader, map, "format");
	const struct node *name = need(loader, map, "name");
	const struct node *as_of = need(loader, map, "as_of");
	if (format && !str_is(format->text, "1"))
		world__fault(loader, format->pos, "format",
			"unknown format '" STR_FMT "'; allowed: 1", STR_ARG(format->text));
	if (as_of && !date_parse(as_of->text, &loader->world.as_of))
		world__fault(loader, as_of->pos, "as_of", "'" STR_FMT "' is no date (YYYY-MM-DD)",
			STR_ARG(as_of->text));
	if (name && text_hostile(name->text, "") != name->text.len)
		world__fault(loader, name->pos, "name", "control character in the text");
	if (name)
		loader->world.name = name->text;
}

enum status world__workspace(struct loader *loader)
{
	struct node *tree = NULL;
	struct str input;
	assert(loader && loader->files);
	loader->path = loader->world.folder;
	enum status status = check_folder(loader);
	if (status != STATUS_OK)
		return status;
	loader->path =
		str_format(loader->arena, STR_FMT "/workspace.yaml", STR_ARG(loader->world.folder));
	if (!loader->path.ptr)
		return STATUS_NO_MEMORY;
	status = loader->files->read(
		loader->files->context, &input, loader->arena, loader->path, YAML_MAX);
	if (status == STATUS_OK)
		status = yaml_read(&tree, loader->arena, loader->path, input, loader->diags);
	else if (status == STATUS_REFUSED)
		world__fault(loader, (struct pos){ 0 }, "", "larger than %zu KiB", YAML_MAX >> 10);
	else if (status != STATUS_NO_MEMORY)
		world__fault(loader, (struct pos){ 0 }, "", "cannot be read");
	if (status == STATUS_OK)
		read_fields(loader, tree);
	/* What is wrong here must not hide what is wrong in the tables. */
	return status == STATUS_REFUSED || status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
