/* What a store reads back from a file that anybody may have written to: bodies of journal entries,
 * and tables cut into rows. */
#include <string.h>
#include "fuzz.h"
#include "store/internal.h"

/* An entry that is taken is written again as the same bytes. */
static void check_entry(struct arena *arena, struct str input)
{
	struct entry entry;
	struct buf again;

	if (store__entry_read(&entry, arena, input) != STATUS_OK)
		return;
	buf_init(&again, arena, DOC_SIZE_MAX + 1024);
	store__entry_write(&again, &entry);
	assert(!again.failed && str_eq(buf_str(&again), input));
	for (size_t i = 0; i < entry.documents_count; i++)
		assert(entry.documents[i].name.ptr);
}

/* Rows put together are the table; each of them, put under the header, is one row with its key. */
static void check_rows(struct arena *arena, struct str input)
{
	static const char *const names[] = { "posts.csv", "names.csv", "unlisted.csv" };

	for (size_t n = 0; n < 3; n++) {
		struct fact_rows rows;
		struct buf whole;
		struct str name = str_of(names[n]);
		if (store__facts_split(&rows, arena, name, input) != STATUS_OK)
			return;
		buf_init(&whole, arena, (size_t)64 << 20);
		assert(rows.count > 0);
		for (size_t i = 0; i < rows.count; i++) {
			struct fact_row again;
			struct str row = rows.items[i].cells;
			buf_add(&whole, row);
			assert(row.len && utf8_valid_prefix(row) == row.len);
			while (row.len && strchr("\r\n", row.ptr[row.len - 1]))
				row.len--;
			if (i == 0 || i > 3 || row.len == 0)
				continue;
			assert(store__fact_row(&again, arena, name, rows.items[0].cells, row) ==
				STATUS_OK);
			assert(str_eq(again.key, rows.items[i].key));
		}
		assert(str_eq(buf_str(&whole), input));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct str input = { (const char *)data, size };

	arena_init(&arena, &allocator_system, (size_t)512 << 20);
	check_entry(&arena, input);
	check_rows(&arena, input);
	store__name_fits(input);
	arena_free(&arena);
	return 0;
}
