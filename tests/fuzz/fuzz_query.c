/* Questions from outside, as the command line and the rows of a batch give them: lines FIELD=VALUE
 * set the fields of one question on a small world that is built once. Whatever the bytes are, a
 * refusal is told in printable UTF-8, and a question without fault is answered in JSON that our
 * own strict reader takes. */
#include "fuzz.h"

#include <string.h>
#include "../fault/small_world.h"
#include "cover/cover.h"

#define WORLD_MAX ((size_t)64 << 20)
#define QUESTION_MAX ((size_t)256 << 20)

struct small {
	struct arena arena;
	struct memory_files memory;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
};

static struct small *build(void)
{
	static struct small small; /* built once, never changed after it */
	struct file_system files;
	struct diags diags;

	if (small.index)
		return &small;
	arena_init(&small.arena, &allocator_system, WORLD_MAX);
	diags_init(&diags, &small.arena, 50);
	memory_files_init(&small.memory, &small.arena);
	enum status status = small_world(&small.memory);
	files = memory_files_system(&small.memory);
	if (status == STATUS_OK)
		status = world_load(&small.world, &small.arena, &files, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&small.accords, &small.arena, small.world, &files, STR("w"), &diags);
	if (status == STATUS_OK)
		status = cover_compile(&small.index, &small.arena, small.world, &small.accords);
	assert(status == STATUS_OK && small.index);
	return &small;
}

/* Every fault of DIAGS can be shown as it is. */
static void check_told(struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		struct str message = diags->items[i].message;
		assert(message.len > 0 && message.len < 4096);
		assert(utf8_valid_prefix(message) == message.len);
		for (size_t c = 0; c < message.len; c++)
			assert((unsigned char)message.ptr[c] >= 0x20 && message.ptr[c] != 0x7F);
	}
}

static void read_lines(
	struct query *query, const struct small *small, struct arena *arena, struct str input)
{
	while (input.len) {
		const char *end = memchr(input.ptr, '\n', input.len);
		size_t len = end ? (size_t)(end - input.ptr) : input.len;
		struct str line = { input.ptr, len }, value = STR_NONE;
		const char *sign = memchr(line.ptr, '=', line.len);
		struct query before = *query;
		struct diags diags;

		if (sign) {
			value = (struct str){ sign + 1, (size_t)(line.ptr + line.len - sign) - 1 };
			line.len = (size_t)(sign - line.ptr);
		}
		diags_init(&diags, arena, 50);
		enum status status = cover_query_set(query, small->world, line, value, &diags,
			STR("fuzz"), (struct pos){ 1, 1 }, STR("field"));
		assert(status == STATUS_OK || status == STATUS_REFUSED);
		assert((status == STATUS_REFUSED) == diags_any(&diags));
		check_told(&diags);
		if (status == STATUS_REFUSED)
			*query = before;
		input.ptr += len + (end ? 1 : 0);
		input.len -= len + (end ? 1 : 0);
	}
}

static void ask(const struct small *small, struct arena *arena, const struct query *query)
{
	struct answers answers;
	struct why_not_row *rows;
	struct diags diags;
	struct node *tree;
	struct buf out;
	size_t count;

	assert(cover_who(&answers, arena, small->index, query) == STATUS_OK);
	buf_init(&out, arena, (size_t)16 << 20);
	assert(cover_who_json(&out, small->index, query, &answers) == STATUS_OK);
	diags_init(&diags, arena, 50);
	assert(json_read(&tree, arena, STR("answer"), buf_str(&out), &diags) == STATUS_OK);
	assert(node_get(tree, "answers")->count == answers.items_count);
	assert(query->viewer == VIEWER_ALL || answers.withheld == 0);
	for (uint32_t party = 0; party < small->world->parties_count; party++)
		assert(cover_why_not(&rows, &count, arena, small->index, query, party) ==
			STATUS_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct small *small = build();
	struct arena arena;
	struct query query;

	arena_init(&arena, &allocator_system, QUESTION_MAX);
	cover_query_init(&query, date_of((struct civil){ 2022, 6, 1 }), VIEWER_ALL);
	read_lines(&query, small, &arena, (struct str){ (const char *)data, size });
	const char *fault = cover_query_fault(small->world, &query);
	if (fault)
		assert(utf8_valid_prefix(str_of(fault)) == strlen(fault));
	else
		ask(small, &arena, &query);
	arena_free(&arena);
	return 0;
}
