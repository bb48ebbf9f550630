/* JSON: whatever is read has one canonical form, which reads back to itself, by way of the
 * pretty form too. */
#include "fuzz.h"

static struct str canonical(struct arena *arena, const struct node *node, enum status *status)
{
	struct buf out;
	buf_init(&out, arena, (size_t)64 << 20);
	*status = json_canonical(&out, node);
	return buf_str(&out);
}

static struct str again(struct arena *arena, struct diags *diags, struct str text)
{
	struct node *node;
	enum status status = json_read(&node, arena, STR("again"), text, diags);
	assert(status == STATUS_OK);
	fuzz_check_tree(node);
	struct str form = canonical(arena, node, &status);
	assert(status == STATUS_OK);
	return form;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct diags diags;
	struct node *node;
	struct str input = { (const char *)data, size };
	arena_init(&arena, &allocator_system, (size_t)512 << 20);
	diags_init(&diags, &arena, 50);
	enum status status = json_read(&node, &arena, STR("fuzz"), input, &diags);
	fuzz_check_told(&diags, input, status);
	if (status == STATUS_OK) {
		struct buf pretty;
		fuzz_check_tree(node);
		struct str form = canonical(&arena, node, &status);
		assert(status == STATUS_OK || status == STATUS_REFUSED); /* a number too large */
		if (status == STATUS_OK) {
			assert(str_eq(again(&arena, &diags, form), form));
			buf_init(&pretty, &arena, (size_t)64 << 20);
			status = json_pretty(&pretty, node);
			assert(status == STATUS_OK);
			assert(str_eq(again(&arena, &diags, buf_str(&pretty)), form));
		}
	}
	arena_free(&arena);
	return 0;
}
