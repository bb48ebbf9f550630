/* Checks a document's tree against the table of fields: what stands there, whether it may, and of
 * what type it is. One walk, all faults; ids are resolved where a world is given (names.c knows
 * how). */
#include "accord/internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define PATH_MAX_BYTES 256
#define PATH_PARTS_MAX 16
#define FIELDS_MAX 64

static struct str path_text(char out[static PATH_MAX_BYTES], const struct path *path)
{
	const struct path *parts[PATH_PARTS_MAX];
	size_t count = 0, len = 0;
	for (; path && count < PATH_PARTS_MAX; path = path->up)
		parts[count++] = path;
	while (count-- > 0) {
		const struct path *part = parts[count];
		int written =
			part->name.ptr
				? snprintf(out + len, PATH_MAX_BYTES - len, "%s%.*s",
					  len ? "." : "",
					  (int)(part->name.len < 64 ? part->name.len : 64),
					  part->name.ptr)
				: snprintf(out + len, PATH_MAX_BYTES - len, "[%zu]", part->index);
		if (written < 0 || (size_t)written >= PATH_MAX_BYTES - len)
			break;
		len += (size_t)written;
	}
	return (struct str){ out, len };
}

void accord_fault(
	struct checker *checker, struct pos pos, const struct path *path, const char *format, ...)
{
	char path_bytes[PATH_MAX_BYTES], message[1024];
	va_list args;
	assert(checker && checker->diags && format);
	checker->faults++;
	va_start(args, format);
	int len = vsnprintf(message, sizeof message, format, args);
	va_end(args);
	if (len < 0)
		message[0] = 0;
	diags_add(checker->diags, checker->file, pos, path_text(path_bytes, path), "%s", message);
}

/* What is quoted from a document is cut to what one can read. */
#define QUOTE_MAX 120
static struct str quoted(struct str text)
{
	size_t len = text.len < QUOTE_MAX ? text.len : QUOTE_MAX;
	while (len < text.len && len > 0 && ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
		len--;
	return (struct str){ text.ptr, len };
}

void accord_fault_unknown(struct checker *checker, struct pos pos, const struct path *path,
	const char *noun, struct str word, const struct str *words, size_t count)
{
	struct str suggestion = STR("");
	struct str shown = quoted(word);
	if (checker->diags->count < checker->diags->max)
		suggestion = diags_suggest(checker->diags, word, words, count);
	accord_fault(checker, pos, path, "unknown %s '" STR_FMT "'" STR_FMT, noun, STR_ARG(shown),
		STR_ARG(suggestion));
}

static void check_map(
	struct checker *checker, enum shape shape, const struct node *map, const struct path *path);

/* Text that may be judged further: valid, not empty, within limits, blanks only in templates. DONE:
 * it is a blank. */
static bool check_text(struct checker *checker, const struct field *field, struct str text,
	struct pos pos, const struct path *path, bool *done)
{
	bool free = field->type == TYPE_TEXT || field->type == TYPE_TEXTS;
	*done = false;
	if (text.len == 0)
		accord_fault(checker, pos, path, "empty value");
	else if (text.len > ACCORD_TEXT_MAX)
		accord_fault(checker, pos, path, "text of %zu bytes; at most %zu are allowed",
			text.len, ACCORD_TEXT_MAX);
	else if (utf8_valid_prefix(text) != text.len)
		accord_fault(checker, pos, path, "bytes that are not UTF-8");
	else if (text_hostile(text, free ? "\n" : "") != text.len)
		accord_fault(checker, pos, path, "control character in the text");
	else if (accord_has_blank(text) && !checker->is_template)
		accord_fault(checker, pos, path, "blank '" STR_FMT "' outside a template",
			STR_ARG(quoted(text)));
	else
		*done = accord_has_blank(text);
	return text.len > 0 && text.len <= ACCORD_TEXT_MAX && utf8_valid_prefix(text) == text.len &&
	       text_hostile(text, free ? "\n" : "") == text.len &&
	       (checker->is_template || !accord_has_blank(text));
}

static bool is_scalar_kind(struct checker *checker, const struct field *field,
	const struct node *node, const struct path *path)
{
	if (node->kind == NODE_NULL)
		accord_fault(checker, node->pos, path, "null says nothing: leave the field out");
	else if (node->kind == NODE_BOOL && field->type != TYPE_BOOLEAN)
		accord_fault(checker, node->pos, path, "text is asked for, not a boolean");
	else if (node->kind == NODE_NUMBER && field->type != TYPE_INTEGER)
		accord_fault(checker, node->pos, path, "text is asked for, not a number");
	else
		return true;
	return false;
}

static void check_scalar(struct checker *checker, const struct field *field,
	const struct node *node, const struct path *path)
{
	if (node->kind == NODE_LIST) {
		accord_fault(checker, node->pos, path, "one value is asked for, not a list");
		return;
	}
	if (node->kind == NODE_MAP) {
		accord_fault(checker, node->pos, path, "one value is asked for, not fields");
		return;
	}
	if (is_scalar_kind(checker, field, node, path))
		accord_check_value(checker, field, node->text, node->pos, path);
}

static void check_languages(struct checker *checker, const struct field *field,
	const struct node *map, const struct path *path)
{
	if (map->count == 0)
		accord_fault(checker, map->pos, path, "empty value");
	for (const struct node *child = map->first; child; child = child->next) {
		struct path at = { path, child->key, 0 };
		if (!accord_is_language(child->key)) {
			accord_fault(checker, child->key_pos, &at,
				"'" STR_FMT "' is no language tag such as en or pt-br",
				STR_ARG(quoted(child->key)));
			continue;
		}
		check_scalar(checker, field, child, &at);
	}
}

/* An item of a list, or the value itself where one stands alone. */
static void check_one(struct checker *checker, const struct field *field, const struct node *node,
	const struct path *path)
{
	if (field->type != TYPE_MAP)
		check_scalar(checker, field, node, path);
	else if (node->kind == NODE_MAP)
		check_map(checker, field->shape, node, path);
	else
		accord_fault(checker, node->pos, path,
			node->kind == NODE_LIST
				? "fields are asked for, not a list"
				: "fields are asked for ({ name: value }), not one value");
}

static bool is_text_node(const struct node *node)
{
	return node->kind == NODE_STRING || node->kind == NODE_NUMBER || node->kind == NODE_BOOL;
}

static void check_list(struct checker *checker, const struct field *field, const struct node *list,
	const struct path *path)
{
	size_t max = field->type == TYPE_MAP           ? ACCORD_COMMITMENTS_MAX
		     : field->type == TYPE_DESTINATION ? ACCORD_DESTINATIONS_MAX
						       : ACCORD_LIST_MAX;
	size_t index = 0;
	if (list->count == 0 && !(field->flags & FIELD_EMPTY))
		accord_fault(checker, list->pos, path,
			"empty list: name at least one, or leave the field out");
	if (list->count > max) {
		accord_fault(checker, list->pos, path, "%u items; at most %zu are allowed",
			list->count, max);
		return;
	}
	for (const struct node *item = list->first; item; item = item->next, index++) {
		struct path at = { path, STR_NONE, index };
		check_one(checker, field, item, &at);
		if (field->type == TYPE_MAP || !is_text_node(item))
			continue;
		for (const struct node *other = list->first; other != item; other = other->next)
			if (is_text_node(other) && str_eq(other->text, item->text)) {
				accord_fault(checker, item->pos, &at,
					"'" STR_FMT "' stands here twice",
					STR_ARG(quoted(item->text)));
				break;
			}
	}
}

static void check_word(struct checker *checker, const struct field *field, struct str text,
	struct pos pos, const struct path *path)
{
	const struct word_set *set = field->words;
	assert(set);
	for (size_t i = 0; i < set->count; i++)
		if (str_eq(set->words[i], text))
			return;
	accord_fault_unknown(checker, pos, path, set->noun, text, set->words, set->count);
}

static void check_field(struct checker *checker, const struct field *field, const struct node *node,
	const struct path *path)
{
	if (field->flags & FIELD_LONE_WORDS && node->kind == NODE_STRING) {
		const struct word_set *set = field->words;
		for (size_t i = 0; i < set->count; i++)
			if (str_eq(set->words[i], node->text))
				return;
		if (text_nearest(node->text, set->words, set->count).ptr) {
			check_word(checker, field, node->text, node->pos, path);
			return;
		}
	}
	if (node->kind == NODE_MAP && field->type == TYPE_TEXTS)
		check_languages(checker, field, node, path);
	else if (node->kind == NODE_MAP && field->shape != SHAPE_NONE)
		check_map(checker, field->shape, node, path);
	else if (node->kind == NODE_LIST && field->flags & FIELD_MANY)
		check_list(checker, field, node, path);
	else
		check_one(checker, field, node, path);
}

static void fault_field(struct checker *checker, enum shape shape, const struct node *child,
	const struct path *path)
{
	struct str names[FIELDS_MAX];
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	assert(count <= FIELDS_MAX);
	for (size_t i = 0; i < count; i++)
		names[i] = str_of(fields[i].name);
	accord_fault_unknown(checker, child->key_pos, path, "field", child->key, names, count);
}

/* A range of dates must run forward. */
static void check_range(
	struct checker *checker, const struct node *map, const char *first, const struct path *path)
{
	const struct node *from = node_get(map, first), *until = node_get(map, "until");
	int32_t from_date, until_date;
	if (!from || !until || from->kind != NODE_STRING || until->kind != NODE_STRING)
		return;
	if (!date_parse(from->text, &from_date) || !date_parse(until->text, &until_date) ||
		from_date <= until_date)
		return;
	struct path at = { path, STR("until"), 0 };
	accord_fault(checker, until->pos, &at,
		"range backwards: until " STR_FMT " is before %s " STR_FMT, STR_ARG(until->text),
		first, STR_ARG(from->text));
}

static void check_map(
	struct checker *checker, enum shape shape, const struct node *map, const struct path *path)
{
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	assert(map->kind == NODE_MAP);
	for (const struct node *child = map->first; child; child = child->next) {
		struct path at = { path, child->key.ptr ? child->key : STR(""), 0 };
		const struct field *field = accord_field(shape, child->key);
		if (field)
			check_field(checker, field, child, &at);
		else
			fault_field(checker, shape, child, &at);
	}
	for (size_t i = 0; i < count; i++) {
		bool needed = fields[i].flags & FIELD_REQUIRED ||
			      (fields[i].flags & FIELD_UNLESS_TEMPLATE && !checker->is_template);
		if (needed && !node_get(map, fields[i].name))
			accord_fault(checker, map->pos, path, "missing field '%s'", fields[i].name);
	}
	check_range(checker, map, "from", path);
	if (shape == SHAPE_RENEWAL)
		check_range(checker, map, "on", path);
}

/* Values whose form alone decides. False: the type is not among them. */
static bool check_simple(struct checker *checker, const struct field *field, struct str text,
	struct pos pos, const struct path *path)
{
	const char *wanted = NULL;
	struct duration duration;
	int64_t integer;
	int32_t date;
	bool boolean;
	switch (field->type) {
	case TYPE_TEXT:
	case TYPE_TEXTS:
		return true;
	case TYPE_SLUG:
		wanted = accord_is_slug(text) ? NULL : "lower-case letters, digits and hyphens";
		break;
	case TYPE_LABEL:
		wanted = accord_is_label(text) ? NULL : "letters, digits, hyphens and dots";
		break;
	case TYPE_INTEGER:
		wanted = accord_integer(text, &integer) ? NULL : "a whole number";
		break;
	case TYPE_BOOLEAN:
		wanted = accord_boolean(text, &boolean) ? NULL : "true or false";
		break;
	case TYPE_DATE:
		wanted = date_parse(text, &date) ? NULL : "a date, YYYY-MM-DD";
		break;
	case TYPE_DURATION:
		wanted = duration_parse(text, &duration)
				 ? NULL
				 : "a duration such as 24h, 3wd, 30d or 12mo";
		break;
	case TYPE_CURRENCY:
		wanted = accord_currency_known(text) ? NULL : "a currency of ISO 4217";
		break;
	default:
		return false;
	}
	if (wanted)
		accord_fault(checker, pos, path, "'" STR_FMT "' is not %s", STR_ARG(quoted(text)),
			wanted);
	return true;
}

void accord_check_value(struct checker *checker, const struct field *field, struct str text,
	struct pos pos, const struct path *path)
{
	bool done;
	assert(checker && field);
	if (!check_text(checker, field, text, pos, path, &done) || done)
		return;
	if (check_simple(checker, field, text, pos, path))
		return;
	if (field->type == TYPE_WORD) {
		check_word(checker, field, text, pos, path);
	} else if (field->type == TYPE_SERVICE) {
		if (world_service_find(text) == SERVICE_NONE)
			accord_fault_unknown(checker, pos, path, "service", text,
				world_service_codes(), world_service_count);
	} else {
		accord_check_id(checker, field->type, text, pos, path);
	}
}

void accord_check_shape(struct checker *checker, enum shape shape, const struct node *map)
{
	assert(checker && map && map->kind == NODE_MAP);
	check_map(checker, shape, map, NULL);
}

bool accord_is_template(const struct node *tree)
{
	const struct node *node =
		tree && tree->kind == NODE_MAP ? node_get(tree, "template") : NULL;
	bool value = false;
	return node && (node->kind == NODE_STRING || node->kind == NODE_BOOL) &&
	       accord_boolean(node->text, &value) && value;
}

void accord_check_form(struct checker *checker, const struct node *tree)
{
	assert(checker && tree);
	checker->is_template = accord_is_template(tree);
	if (tree->kind != NODE_MAP) {
		accord_fault(
			checker, tree->pos, NULL, "an agreement is asked for: fields, one a line");
		return;
	}
	check_map(checker, SHAPE_AGREEMENT, tree, NULL);
	const struct node *format = node_get(tree, "format");
	int64_t number;
	if (format && accord_integer(format->text, &number) && number != 1) {
		struct path at = { NULL, STR("format"), 0 };
		accord_fault(checker, format->pos, &at, "unknown format '" STR_FMT "'; allowed: 1",
			STR_ARG(quoted(format->text)));
	}
}
