/* YAML: whatever is read is a tree of strings, bounded, in UTF-8, and can be handed on as JSON;
 * and what libyaml itself refuses, we do not read. Its strings then go through normalization. */
#include "fuzz.h"

static void check_strings(struct arena *arena, const struct node *node)
{
	struct str normal, same;
	assert(node->kind == NODE_STRING || node->kind == NODE_LIST || node->kind == NODE_MAP);
	enum status status = text_to_nfc(&normal, arena, node->text);
	assert(status == STATUS_OK);
	assert(utf8_valid_prefix(normal) == normal.len);
	status = text_to_nfc(&same, arena, normal);
	assert(status == STATUS_OK && str_eq(same, normal));
	assert(node->text.len > 256 || text_is_nfc(normal));
	for (const struct node *child = node->first; child; child = child->next)
		check_strings(arena, child);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct diags diags, events_diags;
	struct node *node, *back;
	struct buf events, form, form_back;
	struct str input = { (const char *)data, size };
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	diags_init(&diags, &arena, 50);
	diags_init(&events_diags, &arena, 50);
	buf_init(&events, &arena, (size_t)64 << 20);
	enum status status = yaml_read(&node, &arena, STR("fuzz"), input, &diags);
	fuzz_check_told(&diags, input, status);
	enum status events_status = yaml_events(&events, STR("fuzz"), input, &events_diags);
	fuzz_check_told(&events_diags, input, events_status);
	if (status == STATUS_OK) {
		assert(events_status == STATUS_OK);
		fuzz_check_tree(node);
		check_strings(&arena, node);
		buf_init(&form, &arena, (size_t)64 << 20);
		buf_init(&form_back, &arena, (size_t)64 << 20);
		status = json_canonical(&form, node);
		assert(status == STATUS_OK);
		status = json_read(&back, &arena, STR("back"), buf_str(&form), &diags);
		assert(status == STATUS_OK);
		status = json_canonical(&form_back, back);
		assert(status == STATUS_OK && str_eq(buf_str(&form), buf_str(&form_back)));
	}
	arena_free(&arena);
	return 0;
}
