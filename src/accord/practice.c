/* Practices: what others have done, told in the fields of the repository that the field already
 * uses, and tied to the agreement or template that makes it executable. Here they are read; what
 * they may say is checked in practice_check.c. */
#include "accord/internal.h"

#include <assert.h>
#include <stdlib.h>

static size_t many_count(const struct node *value)
{
	return !value ? 0 : value->kind == NODE_LIST ? value->count : 1;
}

static bool read_texts(
	struct str **out, size_t *count, struct arena *arena, const struct node *list)
{
	*out = ARENA_ARRAY(arena, many_count(list), struct str);
	for (const struct node *item = many_first(list); *out && item; item = many_next(list, item))
		(*out)[(*count)++] = item->text;
	return *out != NULL;
}

static enum status read_typed(struct practice *out, struct arena *arena, const struct world *world,
	const struct node *tree)
{
	const struct node *countries = node_get(tree, "country"),
			  *sources = node_get(tree, "sources");
	struct reader reader = { .arena = arena };
	out->title = accord_read_texts(&reader, node_get(tree, "title"));
	out->stakeholder = accord_read_str(tree, "name_of_stakeholder");
	out->stakeholders = accord_read_bits(
		tree, "type_of_stakeholder_implementing", WORDS_PRACTICE_STAKEHOLDER);
	out->crises = accord_read_bits(tree, "type_of_crisis", WORDS_PRACTICE_CRISIS);
	out->phases = accord_read_bits(tree, "crisis_phase", WORDS_PRACTICE_PHASE);
	out->guidelines = accord_read_bits(tree, "guidelines", WORDS_GUIDELINE);
	out->as_of = accord_read_date(tree, "as_of");
	out->countries = ARENA_ARRAY(arena, many_count(countries), uint32_t);
	out->sources = ARENA_ARRAY(arena, many_count(sources), struct source_note);
	if (reader.failed || !out->countries || !out->sources ||
		!read_texts(
			&out->links, &out->links_count, arena, node_get(tree, "related_links")) ||
		!read_texts(&out->implemented_by, &out->implemented_by_count, arena,
			node_get(tree, "implemented_by")) ||
		!read_texts(
			&out->uncertain, &out->uncertain_count, arena, node_get(tree, "uncertain")))
		return STATUS_NO_MEMORY;
	for (const struct node *item = many_first(countries); item;
		item = many_next(countries, item))
		out->countries[out->countries_count++] =
			world ? world_place(world, item->text) : NONE32;
	for (const struct node *item = many_first(sources); item; item = many_next(sources, item))
		out->sources[out->sources_count++] = accord_read_source(item);
	return STATUS_OK;
}

static enum status read_page(struct practice *out, struct checker *checker, struct arena *arena,
	const struct accords *accords, struct str text)
{
	struct practice_page page;
	struct node *tree;
	if (utf8_valid_prefix(text) != text.len) {
		accord_fault(checker, (struct pos){ 0, 0 }, NULL, "bytes that are not UTF-8");
		return STATUS_REFUSED;
	}
	if (!practice_split(checker, &page, text))
		return STATUS_REFUSED;
	enum status status = yaml_read(&tree, arena, checker->file, page.fields, checker->diags);
	if (status != STATUS_OK)
		return status;
	if (tree->kind != NODE_MAP) {
		accord_fault(checker, tree->pos, NULL,
			"the fields of a practice are asked for, one a line");
		return STATUS_REFUSED;
	}
	out->id = accord_read_str(tree, "practice");
	practice_check(checker, tree, accords, arena, &out->type);
	if (checker->diags->no_memory)
		return STATUS_NO_MEMORY;
	if (checker->faults)
		return STATUS_REFUSED;
	out->description = page.description;
	return read_typed(out, arena, checker->world, tree);
}

enum status practice_read(struct practice *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct file_system *files, struct str path,
	struct diags *diags)
{
	assert(out && arena && files && diags);
	struct checker checker = { .file = path, .world = world, .diags = diags };
	struct str text = STR_NONE;
	*out = (struct practice){ .file = str_copy(arena, path), .as_of = DATE_NONE };
	if (!out->file.ptr)
		return STATUS_NO_MEMORY;
	enum status status = files->read(files->context, &text, arena, path, ACCORD_FILE_MAX);
	if (status == STATUS_OK)
		return read_page(out, &checker, arena, accords, text);
	if (status == STATUS_REFUSED)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "file of more than %zu bytes",
			ACCORD_FILE_MAX);
	else if (status == STATUS_NOT_FOUND)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "no such file");
	else if (status == STATUS_IO)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "the file cannot be read");
	return status;
}

static int by_id(const void *a, const void *b)
{
	const struct practice *x = a, *y = b;
	return str_cmp(x->id, y->id);
}

/* A page is found by its id, so its file is called after it; ids then differ as files do. */
static void check_name(const struct practice *practice, struct str name, struct diags *diags)
{
	struct checker checker = { .file = practice->file, .diags = diags };
	struct path at = { NULL, STR("practice"), 0 };
	if (practice->id.len && !str_eq(str_sub(name, 0, name.len - 3), practice->id))
		accord_fault(&checker, (struct pos){ 0, 0 }, &at,
			"id '" STR_FMT "' does not match the file's name; call the file " STR_FMT
			".md",
			STR_ARG(practice->id), STR_ARG(practice->id));
}

enum status practice_load(struct practices *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct file_system *files, struct str folder,
	struct diags *diags)
{
	assert(out && arena && files && diags);
	struct practices practices = { NULL, 0 };
	struct str *names, path = str_format(arena, STR_FMT "/practices", STR_ARG(folder));
	size_t count = 0, known = diags->count + diags->dropped;
	*out = practices;
	if (!path.ptr)
		return STATUS_NO_MEMORY;
	enum status status = files->list(files->context, &names, &count, arena, path);
	if (status != STATUS_OK)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	practices.items = ARENA_ARRAY(arena, count, struct practice);
	if (!practices.items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		struct practice *practice = &practices.items[practices.items_count];
		struct str file =
			str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(path), STR_ARG(names[i]));
		if (!file.ptr)
			return STATUS_NO_MEMORY;
		if (!str_ends(names[i], ".md"))
			continue;
		status = practice_read(practice, arena, world, accords, files, file, diags);
		if (status != STATUS_OK && status != STATUS_REFUSED)
			return status;
		check_name(practice, names[i], diags);
		practices.items_count++;
	}
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (diags->count + diags->dropped > known)
		return STATUS_REFUSED;
	if (practices.items_count)
		qsort(practices.items, practices.items_count, sizeof *practices.items, by_id);
	*out = practices;
	return STATUS_OK;
}
