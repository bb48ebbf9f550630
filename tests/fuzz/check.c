/* Properties that every reader owes. */
#include "fuzz.h"

#include <string.h>

static void check_node(const struct node *node, unsigned depth)
{
	uint32_t count = 0;
	const struct node *last = NULL;
	assert(node->pos.line > 0 && node->pos.column > 0);
	assert(node->text.len == 0 || utf8_valid_prefix(node->text) == node->text.len);
	for (const struct node *child = node->first; child; child = child->next) {
		assert(depth < DOC_DEPTH_MAX);
		assert(utf8_valid_prefix(child->key) == child->key.len);
		check_node(child, depth + 1);
		last = child;
		count++;
	}
	assert(count == node->count && last == node->last);
	assert(count == 0 || node->kind == NODE_LIST || node->kind == NODE_MAP);
	if (node->kind != NODE_MAP || count > 200)
		return;
	for (const struct node *child = node->first; child; child = child->next)
		for (const struct node *other = child->next; other; other = other->next)
			assert(!str_eq(child->key, other->key));
}

void fuzz_check_tree(const struct node *node)
{
	assert(node);
	check_node(node, 0);
}

void fuzz_check_told(struct diags *diags, struct str input, enum status status)
{
	struct buf out;
	uint32_t lines = 1;
	assert(status == STATUS_OK || status == STATUS_REFUSED);
	assert(diags_any(diags) == (status == STATUS_REFUSED));
	for (size_t i = 0; i < input.len; i++)
		lines += input.ptr[i] == '\n' || input.ptr[i] == '\r' ||
			 (unsigned char)input.ptr[i] >= 0x80; /* YAML has line ends beyond ASCII */
	for (size_t i = 0; i < diags->count; i++)
		assert(diags->items[i].pos.line <= lines + 1);
	buf_init(&out, diags->arena, (size_t)8 << 20);
	diags_print(&out, diags);
	assert(!out.failed);
	struct str text = buf_str(&out);
	assert(utf8_valid_prefix(text) == text.len);
	size_t printed = 0;
	for (size_t i = 0; i < text.len; i++) {
		assert((unsigned char)text.ptr[i] >= 0x20 || text.ptr[i] == '\n');
		printed += text.ptr[i] == '\n';
	}
	assert(printed == diags->count + (diags->dropped > 0));
}
