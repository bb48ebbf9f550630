/* Practices: what others have done, told in the fields of the repository that the field already
 * uses, and tied to the agreement or template that makes it executable. The fields are checked
 * against their table (practice_fields.c) like those of an agreement; a link to nothing is a fault,
 * because a reader would follow it in a crisis. */
#include "accord/internal.h"

#include <assert.h>
#include <stdlib.h>

#define FENCE "---"

/* Words seen in the repository; a slip of one is a fault, a word far from all is a new one. */
static const struct str known_types[] = {
	{ "Agreements", 10 },
	{ "Assistance programs", 19 },
	{ "Awareness raising and communication tools", 41 },
	{ "Contingency plans", 17 },
	{ "Early warning systems", 21 },
	{ "Funds", 5 },
	{ "Government bodies", 17 },
	{ "Interagency groups", 18 },
	{ "International programs", 22 },
	{ "Tests and simulations", 21 },
	{ "Tools", 5 },
	{ "Training and capacity building", 30 },
};
#define KNOWN_TYPES (sizeof known_types / sizeof known_types[0])

struct page {
	struct str fields;      /* from the first fence to the second, without it */
	struct str description; /* after it */
	uint32_t line;          /* of the description's first line */
};

static struct str line_at(struct str text, size_t start)
{
	size_t end = start;
	while (end < text.len && text.ptr[end] != '\n')
		end++;
	return str_sub(text, start, end - start);
}

static bool is_fence(struct str line)
{
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return str_is(str_trim(line), FENCE) && str_starts(line, FENCE);
}

/* Takes the page apart. The first fence stays with the fields: it opens a YAML document, and so
 * lines and columns are the file's own. */
static bool split_page(struct checker *checker, struct page *out, struct str text)
{
	struct str line = line_at(text, 0);
	uint32_t number = 1;
	if (!is_fence(line)) {
		accord_fault(checker, (struct pos){ 1, 1 }, NULL,
			"a practice opens with its fields, between two lines ---");
		return false;
	}
	for (size_t at = line.len + 1; at <= text.len; at += line.len + 1) {
		line = line_at(text, at);
		number++;
		if (!is_fence(line))
			continue;
		out->fields = str_sub(text, 0, at);
		out->description = str_sub(text, at + line.len + 1, text.len);
		out->line = number + 1;
		return true;
	}
	accord_fault(checker, (struct pos){ 1, 1 }, NULL,
		"the fields have no end: a line --- is asked for under them");
	return false;
}

static void check_description(struct checker *checker, struct page *page)
{
	struct str text = page->description;
	struct pos pos = { page->line, 1 };
	size_t hostile = text_hostile(text, "\n\r\t");
	while (text.len && (text.ptr[0] == '\n' || text.ptr[0] == '\r' || text.ptr[0] == ' '))
		text = str_sub(text, 1, text.len);
	while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r' ||
				   text.ptr[text.len - 1] == ' '))
		text.len--;
	if (text.len == 0)
		accord_fault(checker, pos, NULL, "no description under the fields");
	else if (page->description.len > ACCORD_TEXT_MAX)
		accord_fault(checker, pos, NULL,
			"description of %zu bytes; at most %zu are allowed", page->description.len,
			ACCORD_TEXT_MAX);
	else if (hostile != page->description.len) {
		for (size_t i = 0; i < hostile; i++)
			pos.line += page->description.ptr[i] == '\n';
		accord_fault(checker, pos, NULL, "control character in the description");
	}
	page->description = text;
}

static bool same_letters(struct str a, struct str b)
{
	bool same = a.len == b.len;
	for (size_t i = 0; same && i < a.len; i++)
		same = (a.ptr[i] | 0x20) == (b.ptr[i] | 0x20) &&
		       (a.ptr[i] & 0x40) == (b.ptr[i] & 0x40);
	return same;
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* The word as the vocabulary writes it; a new one with a capital first, small letters after it,
 * acronyms as they are. */
static struct str uniform_type(struct arena *arena, struct str text)
{
	struct str copy = str_copy(arena, str_trim(text));
	char *bytes = (char *)(uintptr_t)copy.ptr;
	size_t start = 0;
	for (size_t i = 0; copy.ptr && i < KNOWN_TYPES; i++)
		if (same_letters(known_types[i], copy))
			return known_types[i];
	for (size_t i = 0; copy.ptr && i <= copy.len; i++) {
		if (i < copy.len && bytes[i] != ' ')
			continue;
		bool acronym = i - start > 1;
		for (size_t j = start; j < i; j++)
			acronym = acronym && is_upper(bytes[j]);
		for (size_t j = start; j < i && !acronym; j++)
			if (is_upper(bytes[j]))
				bytes[j] = (char)(bytes[j] + ('a' - 'A'));
		start = i + 1;
	}
	if (copy.len && bytes[0] >= 'a' && bytes[0] <= 'z')
		bytes[0] = (char)(bytes[0] - ('a' - 'A'));
	return copy;
}

static void check_type(
	struct checker *checker, const struct node *tree, struct arena *arena, struct str *type)
{
	const struct node *node = node_get(tree, "type_of_practice");
	struct path at = { NULL, STR("type_of_practice"), 0 };
	if (!node || node->kind != NODE_STRING || node->text.len > 200)
		return;
	*type = uniform_type(arena, node->text);
	if (!type->ptr) {
		checker->diags->no_memory = true;
		return;
	}
	for (size_t i = 0; i < KNOWN_TYPES; i++)
		if (str_eq(known_types[i], *type))
			return;
	if (text_nearest(*type, known_types, KNOWN_TYPES).ptr)
		accord_fault_unknown(checker, node->pos, &at, "type of practice", node->text,
			known_types, KNOWN_TYPES);
}

static void check_countries(struct checker *checker, const struct node *tree)
{
	const struct node *list = node_get(tree, "country");
	struct path top = { NULL, STR("country"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item && checker->world;
		item = many_next(list, item), index++) {
		struct path at = { &top, STR_NONE, index };
		uint32_t place = item->kind == NODE_STRING ? world_place(checker->world, item->text)
							   : NONE32;
		if (place == NONE32) /* told already */
			continue;
		enum place_kind kind = checker->world->places[place].kind;
		if (kind != PLACE_COUNTRY && kind != PLACE_REGION && kind != PLACE_WORLD)
			accord_fault(checker, item->pos, list->kind == NODE_LIST ? &at : &top,
				"'" STR_FMT "' is no country, region or the world",
				STR_ARG(item->text));
	}
}

static void check_links(struct checker *checker, const struct node *tree)
{
	const struct node *list = node_get(tree, "related_links");
	struct path top = { NULL, STR("related_links"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item;
		item = many_next(list, item), index++) {
		struct path at = { &top, STR_NONE, index };
		if (item->kind == NODE_STRING && item->text.len &&
			!str_starts(item->text, "http://") && !str_starts(item->text, "https://"))
			accord_fault(checker, item->pos, list->kind == NODE_LIST ? &at : &top,
				"no address: it begins with https:// or http://");
	}
}

static void check_implementations(struct checker *checker, const struct node *tree,
	const struct accords *accords, struct arena *arena)
{
	const struct node *list = node_get(tree, "implemented_by");
	struct path top = { NULL, STR("implemented_by"), 0 };
	size_t count = accords ? accords->items_count : 0, index = 0;
	struct str *names = ARENA_ARRAY(arena, count, struct str);
	if (!names) {
		checker->diags->no_memory = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		names[i] = accord_name(&accords->items[i]);
	for (const struct node *item = many_first(list); item && accords;
		item = many_next(list, item), index++) {
		struct path at = { &top, STR_NONE, index };
		if (item->kind == NODE_STRING && accord_is_slug(item->text) &&
			!accord_find(accords, item->text))
			accord_fault_unknown(checker, item->pos,
				list->kind == NODE_LIST ? &at : &top, "agreement", item->text,
				names, count);
	}
}

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
	out->title = accord_read_str(tree, "title");
	out->stakeholder = accord_read_str(tree, "name_of_stakeholder");
	out->stakeholders = accord_read_bits(
		tree, "type_of_stakeholder_implementing", WORDS_PRACTICE_STAKEHOLDER);
	out->crises = accord_read_bits(tree, "type_of_crisis", WORDS_PRACTICE_CRISIS);
	out->phases = accord_read_bits(tree, "crisis_phase", WORDS_PRACTICE_PHASE);
	out->guidelines = accord_read_bits(tree, "guidelines", WORDS_GUIDELINE);
	out->as_of = accord_read_date(tree, "as_of");
	out->countries = ARENA_ARRAY(arena, many_count(countries), uint32_t);
	out->sources = ARENA_ARRAY(arena, many_count(sources), struct source_note);
	if (!out->countries || !out->sources ||
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
	struct page page;
	struct node *tree;
	if (utf8_valid_prefix(text) != text.len) {
		accord_fault(checker, (struct pos){ 0, 0 }, NULL, "bytes that are not UTF-8");
		return STATUS_REFUSED;
	}
	if (!split_page(checker, &page, text))
		return STATUS_REFUSED;
	check_description(checker, &page);
	enum status status = yaml_read(&tree, arena, checker->file, page.fields, checker->diags);
	if (status != STATUS_OK)
		return status;
	if (tree->kind != NODE_MAP) {
		accord_fault(checker, tree->pos, NULL,
			"the fields of a practice are asked for, one a line");
		return STATUS_REFUSED;
	}
	out->id = accord_read_str(tree, "practice");
	accord_check_shape(checker, SHAPE_PRACTICE, tree);
	check_type(checker, tree, arena, &out->type);
	check_countries(checker, tree);
	check_links(checker, tree);
	check_implementations(checker, tree, accords, arena);
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
