/* Builds the document tree from the pieces that the readers meet. */
#include "base/doc_build.h"

#include "base/scan.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define KEYS_IN_LINE 8     /* maps with more entries get a table of their keys */
#define PATH_BYTES_MAX 400 /* of a path in a diagnostic */
#define KEY_BYTES_MAX 60   /* of one key in it */

void doc_build_start(
	struct doc_builder *builder, struct arena *arena, struct str file, struct diags *diags)
{
	assert(builder && arena && diags);
	memset(builder, 0, offsetof(struct doc_builder, frames));
	builder->arena = arena;
	builder->file = file;
	builder->diags = diags;
	arena_init(&builder->scratch, arena->allocator, arena->max);
}

enum status doc_build_end(struct doc_builder *builder, struct node **out)
{
	arena_free(&builder->scratch);
	if (builder->no_memory)
		return STATUS_NO_MEMORY;
	if (builder->refused)
		return STATUS_REFUSED;
	assert(builder->depth == 0 && builder->root);
	*out = builder->root;
	return STATUS_OK;
}

/* KEY for a path: at most KEY_BYTES_MAX bytes of it, whole code points. */
static struct str key_shown(struct str key)
{
	struct str shown = str_sub(key, 0, KEY_BYTES_MAX);
	shown.len = utf8_valid_prefix(shown);
	return shown;
}

/* "commitments[0].services[1]": the path of the value that is being read. */
static struct str path_of(const struct doc_builder *builder, char buffer[static PATH_BYTES_MAX])
{
	size_t len = 0;
	for (size_t i = 0; i < builder->depth; i++) {
		const struct node *open = builder->frames[i].node;
		bool innermost = i + 1 == builder->depth;
		size_t room = PATH_BYTES_MAX - len;
		int added = 0;
		if (room < KEY_BYTES_MAX + 24)
			break;
		if (open->kind == NODE_LIST) {
			uint32_t index = innermost ? open->count : open->count - 1;
			added = snprintf(buffer + len, room, "[%u]", index);
		} else if (!innermost || builder->have_key) {
			struct str key = key_shown(innermost ? builder->key : open->last->key);
			added = snprintf(
				buffer + len, room, "%s" STR_FMT, len ? "." : "", STR_ARG(key));
		}
		assert(added >= 0 && (size_t)added < room);
		len += (size_t)added;
	}
	return (struct str){ buffer, len };
}

void doc_build_refuse(struct doc_builder *builder, struct pos pos, const char *format, ...)
{
	char path[PATH_BYTES_MAX], message[512];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(message, sizeof message, format, args);
	va_end(args);
	struct str text = { message, len < 0 ? 0 : (size_t)len };
	if (text.len >= sizeof message)
		text.len = sizeof message - 1;
	text.len = utf8_valid_prefix(text);
	diags_add(
		builder->diags, builder->file, pos, path_of(builder, path), STR_FMT, STR_ARG(text));
	builder->refused = true;
}

/* Links NODE under the open list or map, or makes it the root. */
static void attach(struct doc_builder *builder, struct node *node)
{
	if (builder->depth == 0) {
		assert(!builder->root);
		builder->root = node;
		return;
	}
	struct doc_frame *frame = &builder->frames[builder->depth - 1];
	assert((frame->node->kind == NODE_MAP) == builder->have_key);
	if (builder->have_key) {
		node->key = builder->key;
		node->key_pos = builder->key_pos;
		builder->have_key = false;
	}
	node_append(frame->node, node);
}

static struct node *make(struct doc_builder *builder, enum node_kind kind, struct pos pos)
{
	struct node *node = ARENA_NEW(builder->arena, struct node);
	if (!node) {
		builder->no_memory = true;
		return NULL;
	}
	node->kind = kind;
	node->pos = pos;
	attach(builder, node);
	return node;
}

void doc_build_scalar(
	struct doc_builder *builder, enum node_kind kind, struct str text, struct pos pos)
{
	assert(kind != NODE_LIST && kind != NODE_MAP);
	if (builder->no_memory)
		return;
	struct node *node = make(builder, kind, pos);
	if (node)
		node->text = text;
}

bool doc_build_open(struct doc_builder *builder, enum node_kind kind, struct pos pos)
{
	assert(kind == NODE_LIST || kind == NODE_MAP);
	if (builder->no_memory)
		return false;
	if (builder->depth == DOC_DEPTH_MAX) {
		doc_build_refuse(
			builder, pos, "more than %d levels of lists and maps", DOC_DEPTH_MAX);
		return false;
	}
	struct node *node = make(builder, kind, pos);
	if (!node)
		return false;
	struct doc_frame *frame = &builder->frames[builder->depth++];
	frame->node = node;
	symbols_init(&frame->keys, &builder->scratch);
	return true;
}

void doc_build_close(struct doc_builder *builder)
{
	if (builder->no_memory)
		return;
	assert(builder->depth > 0 && !builder->have_key);
	builder->depth--;
}

/* Whether KEY is in the open map already; notes it for the next time where a table is kept. */
static bool seen_before(struct doc_builder *builder, struct doc_frame *frame, struct str key)
{
	uint32_t existing = SYMBOL_NONE;
	const struct node *map = frame->node;
	if (map->count < KEYS_IN_LINE) {
		for (const struct node *child = map->first; child; child = child->next)
			if (str_eq(child->key, key))
				return true;
		return false;
	}
	enum status status = STATUS_OK;
	if (frame->keys.count == 0)
		for (const struct node *child = map->first; child; child = child->next)
			if (status == STATUS_OK)
				status = symbols_put(&frame->keys, child->key, 0, NULL);
	if (status == STATUS_OK)
		status = symbols_put(&frame->keys, key, 0, &existing);
	if (status != STATUS_OK)
		builder->no_memory = true;
	return existing != SYMBOL_NONE;
}

void doc_build_key(struct doc_builder *builder, struct str text, struct pos pos)
{
	if (builder->no_memory)
		return;
	assert(builder->depth > 0 && !builder->have_key);
	struct doc_frame *frame = &builder->frames[builder->depth - 1];
	assert(frame->node->kind == NODE_MAP);
	bool duplicate = seen_before(builder, frame, text);
	builder->key = text;
	builder->key_pos = pos;
	builder->have_key = true;
	if (duplicate)
		doc_build_refuse(builder, pos, "the key '" STR_FMT "' stands here a second time",
			STR_ARG(key_shown(text)));
}

bool doc_build_check_input(struct doc_builder *builder, struct str input)
{
	if (input.len > DOC_SIZE_MAX) {
		doc_build_refuse(builder, (struct pos){ 0, 0 },
			"%zu bytes; a document has at most %zu", input.len, DOC_SIZE_MAX);
		return false;
	}
	size_t valid = utf8_valid_prefix(input);
	if (valid < input.len) {
		struct scan scan;
		scan_start(&scan, input);
		doc_build_refuse(builder, scan_pos(&scan, valid), "the byte 0x%02x is not UTF-8",
			(unsigned char)input.ptr[valid]);
		return false;
	}
	return true;
}
