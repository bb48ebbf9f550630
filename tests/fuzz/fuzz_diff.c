/* Two documents, parted by a line of ---8<---: where both have a form, what differs can be told in
 * whole lines, the same differs in nothing, and nothing differs one way only. */
#include "fuzz.h"

#include <string.h>
#include "accord/accord.h"

#define CUT "---8<---\n"

static struct node *canonical(
	struct str *bytes, struct arena *arena, struct str text, struct diags *diags)
{
	struct node *tree = NULL;
	struct buf out;

	buf_init(&out, arena, (size_t)16 << 20);
	enum status status = accord_canonical(&out, arena, STR("a.yaml"), text, diags);
	fuzz_check_told(diags, text, status);
	if (status != STATUS_OK)
		return NULL;
	*bytes = buf_str(&out);
	assert(json_read(&tree, arena, STR("a.json"), *bytes, diags) == STATUS_OK);
	fuzz_check_tree(tree);
	return tree;
}

static size_t differ(struct arena *arena, const struct node *old, const struct node *new)
{
	struct changes changes;

	assert(accord_diff_trees(&changes, arena, old, new) == STATUS_OK);
	for (size_t i = 0; i < changes.items_count; i++) {
		const struct change *change = &changes.items[i];
		struct buf line;
		buf_init(&line, arena, (size_t)16 << 20);
		accord_say_change(&line, change);
		struct str said = buf_str(&line);
		assert(!line.failed && said.len && utf8_valid_prefix(said) == said.len);
		assert((change->kind == CHANGE_ADDED) == !change->old);
		assert((change->kind == CHANGE_REMOVED) == !change->new);
	}
	return changes.items_count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size }, sides[2], bytes[2];
	struct node *trees[2];
	struct diags diags;
	struct arena arena;
	const char *cut = size ? memmem(data, size, CUT, strlen(CUT)) : NULL;
	size_t first = cut ? (size_t)(cut - input.ptr) : size;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	sides[0] = str_sub(input, 0, first);
	sides[1] = cut ? str_sub(input, first + strlen(CUT), size) : sides[0];
	for (int i = 0; i < 2; i++) {
		diags_init(&diags, &arena, 50);
		trees[i] = canonical(&bytes[i], &arena, sides[i], &diags);
		if (trees[i])
			assert(differ(&arena, trees[i], trees[i]) == 0);
	}
	if (trees[0] && trees[1]) {
		size_t there = differ(&arena, trees[0], trees[1]);
		size_t back = differ(&arena, trees[1], trees[0]);
		assert(!there == !back);
		assert(!str_eq(bytes[0], bytes[1]) || !there);
	}
	arena_free(&arena);
	return 0;
}
