/* The canonical tree: what is stored, hashed and signed. One-or-many fields become lists, integers
 * and booleans take their own kind by the table (YAML knows only strings), text is NFC; nothing is
 * defaulted and nothing is dropped. Fields stand in the order of the table (canonical bytes sort
 * them anyway). */
#include "accord/internal.h"

#include <assert.h>

static struct node *new_node(struct arena *arena, enum node_kind kind, const struct node *from)
{
	struct node *node = ARENA_NEW(arena, struct node);
	if (!node)
		return NULL;
	node->kind = kind;
	node->pos = from->pos;
	node->key = from->key;
	node->key_pos = from->key_pos;
	return node;
}

static struct node *canonical_scalar(
	struct arena *arena, const struct field *field, const struct node *from)
{
	enum node_kind kind = NODE_STRING;
	int64_t integer;
	bool boolean = false;
	if (field->type == TYPE_INTEGER && accord_integer(from->text, &integer))
		kind = NODE_NUMBER;
	else if (field->type == TYPE_BOOLEAN && accord_boolean(from->text, &boolean))
		kind = NODE_BOOL;
	struct node *node = new_node(arena, kind, from);
	if (!node)
		return NULL;
	if (kind == NODE_BOOL) {
		node->text = boolean ? STR("true") : STR("false");
	} else if (kind == NODE_NUMBER) {
		node->text = from->text;
	} else if (text_to_nfc(&node->text, arena, from->text) != STATUS_OK) {
		return NULL;
	}
	return node;
}

static struct node *canonical_map(struct arena *arena, enum shape shape, const struct node *from);

static struct node *canonical_one(
	struct arena *arena, const struct field *field, const struct node *from)
{
	if (from->kind == NODE_MAP && field->shape != SHAPE_NONE)
		return canonical_map(arena, field->shape, from);
	if (from->kind != NODE_MAP)
		return canonical_scalar(arena, field, from);
	struct node *texts = new_node(arena, NODE_MAP, from);
	for (const struct node *child = from->first; texts && child; child = child->next) {
		struct node *text = canonical_scalar(arena, field, child);
		if (!text)
			return NULL;
		node_append(texts, text);
	}
	return texts;
}

static bool stands_alone(const struct field *field, const struct node *from)
{
	if (!(field->flags & FIELD_MANY) || (from->kind == NODE_MAP && field->type != TYPE_MAP))
		return true;
	for (size_t i = 0; field->flags & FIELD_LONE_WORDS && from->kind == NODE_STRING &&
			   i < field->words->count;
		i++)
		if (str_eq(field->words->words[i], from->text))
			return true;
	return false;
}

static struct node *canonical_field(
	struct arena *arena, const struct field *field, const struct node *from)
{
	if (stands_alone(field, from))
		return canonical_one(arena, field, from);
	struct node *list = new_node(arena, NODE_LIST, from);
	for (const struct node *item = many_first(from); list && item;
		item = many_next(from, item)) {
		struct node *child = canonical_one(arena, field, item);
		if (!child)
			return NULL;
		if (from->kind != NODE_LIST) /* the key belongs to the list now */
			child->key = STR_NONE;
		node_append(list, child);
	}
	return list;
}

static struct node *canonical_map(struct arena *arena, enum shape shape, const struct node *from)
{
	struct node *map = new_node(arena, NODE_MAP, from);
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	for (size_t i = 0; map && i < count; i++) {
		const struct node *child = node_get(from, fields[i].name);
		struct node *value = child ? canonical_field(arena, &fields[i], child) : NULL;
		if (child && !value)
			return NULL;
		if (value)
			node_append(map, value);
	}
	return map;
}

enum status accord_canonical_tree(struct node **out, struct arena *arena, const struct node *tree)
{
	assert(out && arena && tree && tree->kind == NODE_MAP);
	*out = canonical_map(arena, SHAPE_AGREEMENT, tree);
	return *out ? STATUS_OK : STATUS_NO_MEMORY;
}

bool accord_is_json(struct str file)
{
	return file.len >= 5 && str_is(str_sub(file, file.len - 5, 5), ".json");
}

enum status accord_parse(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags)
{
	struct checker checker = { .file = file, .diags = diags };
	struct node *tree = NULL;
	assert(out && arena && diags);
	*out = NULL;
	if (input.len > ACCORD_FILE_MAX) {
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "file of more than %zu bytes",
			ACCORD_FILE_MAX);
		return STATUS_REFUSED;
	}
	enum status status = accord_is_json(file) ? json_read(&tree, arena, file, input, diags)
						  : yaml_read(&tree, arena, file, input, diags);
	if (status != STATUS_OK)
		return status;
	if (!tree) {
		accord_fault(&checker, (struct pos){ 1, 1 }, NULL,
			"an agreement is asked for: fields, one a line");
		return STATUS_REFUSED;
	}
	*out = tree;
	return STATUS_OK;
}

enum status accord_canonical(struct buf *out, struct arena *arena, struct str file,
	struct str input, struct diags *diags)
{
	struct node *tree, *canonical;
	enum status status = accord_parse(&tree, arena, file, input, diags);
	if (status != STATUS_OK)
		return status;
	struct checker checker = { .file = file, .diags = diags };
	accord_check_form(&checker, tree);
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (checker.faults)
		return STATUS_REFUSED;
	status = accord_canonical_tree(&canonical, arena, tree);
	return status == STATUS_OK ? json_canonical(out, canonical) : status;
}
