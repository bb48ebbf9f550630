/* A person's words, whatever the bytes: the first byte chooses the language. Each need is heard
 * once, every piece that is given back is valid text of what was written, and nothing is both. */
#include "fuzz.h"

#include "help/help.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct help_hearing hearing;
	struct str text, folded, again;
	bool seen[NEED_COUNT] = { false };

	if (size < 1 || size > 8192)
		return 0;
	arena_init(&arena, &allocator_system, (size_t)256 << 20);
	text = (struct str){ (const char *)data + 1, size - 1 };
	assert(help_hear(&hearing, &arena, data[0] % help_tongue_count, text) == STATUS_OK);
	assert(hearing.items_count <= NEED_COUNT);
	for (size_t i = 0; i < hearing.items_count; i++) {
		struct help_heard *item = &hearing.items[i];
		assert(item->need < NEED_COUNT && !seen[item->need]);
		seen[item->need] = true;
		assert(item->words.len > 0 && utf8_valid_prefix(item->words) == item->words.len);
		assert((item->wrong.len > 0) == (item->right.len > 0));
	}
	for (size_t i = 0; i < hearing.unknown_count; i++)
		assert(hearing.unknown[i].len > 0 &&
			utf8_valid_prefix(hearing.unknown[i]) == hearing.unknown[i].len);
	assert(help_fold(&folded, &arena, text) == STATUS_OK);
	assert(utf8_valid_prefix(folded) == folded.len);
	assert(help_fold(&again, &arena, folded) == STATUS_OK);
	arena_free(&arena);
	return 0;
}
