/* The document tree: looking into it, and building one by hand. */
#include "base/doc.h"

#include <assert.h>

struct node *node_get(const struct node *map, const char *key)
{
	assert(map && key);
	if (map->kind != NODE_MAP)
		return NULL;
	struct str wanted = str_of(key);
	for (struct node *child = map->first; child; child = child->next)
		if (str_eq(child->key, wanted))
			return child;
	return NULL;
}

struct node *node_at(const struct node *list, size_t index)
{
	assert(list);
	if (list->kind != NODE_LIST || index >= list->count)
		return NULL;
	struct node *child = list->first;
	for (size_t i = 0; i < index; i++)
		child = child->next;
	return child;
}

struct node *node_new(struct arena *arena, enum node_kind kind, struct str text)
{
	struct node *node = ARENA_NEW(arena, struct node);
	if (!node)
		return NULL;
	node->kind = kind;
	node->text = str_copy(arena, text);
	return node->text.ptr ? node : NULL;
}

void node_append(struct node *parent, struct node *child)
{
	assert(parent && (parent->kind == NODE_LIST || parent->kind == NODE_MAP));
	assert(child && !child->next && child != parent);
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
}

enum status node_put(struct arena *arena, struct node *map, struct str key, struct node *value)
{
	assert(map && map->kind == NODE_MAP);
	if (!value)
		return STATUS_NO_MEMORY;
	struct str copy = str_copy(arena, key);
	if (!copy.ptr)
		return STATUS_NO_MEMORY;
	value->key = copy;
	node_append(map, value);
	return STATUS_OK;
}
