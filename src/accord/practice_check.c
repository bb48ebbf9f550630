/* What a practice may say: its two parts, its fields by their table (practice_fields.c) like those
 * of an agreement, and what the table cannot say. A link to nothing is a fault, because a reader
 * would follow it in a crisis. */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

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

static void check_description(struct checker *checker, struct practice_page *page)
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

/* Takes the page apart. The first fence stays with the fields: it opens a YAML document, and so
 * lines and columns are the file's own. */
bool practice_split(struct checker *checker, struct practice_page *out, struct str text)
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
		check_description(checker, out);
		return true;
	}
	accord_fault(checker, (struct pos){ 1, 1 }, NULL,
		"the fields have no end: a line --- is asked for under them");
	return false;
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
		if (str_same_letters(known_types[i], copy))
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

/* What stands in a column or a heading is one line. */
static void check_line(struct checker *checker, const struct node *tree, const char *field)
{
	const struct node *node = node_get(tree, field);
	struct path top = { NULL, str_of(field), 0 };
	for (const struct node *line = node && node->kind == NODE_MAP ? node->first : node; line;
		line = line == node ? NULL : line->next) {
		struct path at = { &top, line->key, 0 };
		if (line->kind == NODE_STRING && line->text.len &&
			memchr(line->text.ptr, '\n', line->text.len))
			accord_fault(checker, line->pos, line == node ? &top : &at,
				"one line is asked for, not several");
	}
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

void practice_check(struct checker *checker, const struct node *tree, const struct accords *accords,
	struct arena *arena, struct str *type)
{
	assert(checker && tree && tree->kind == NODE_MAP && arena && type);
	accord_check_shape(checker, SHAPE_PRACTICE, tree);
	check_type(checker, tree, arena, type);
	check_line(checker, tree, "title");
	check_line(checker, tree, "type_of_practice");
	check_line(checker, tree, "name_of_stakeholder");
	check_countries(checker, tree);
	check_links(checker, tree);
	check_implementations(checker, tree, accords, arena);
}
