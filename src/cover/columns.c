/* Presence in the index: one column a country, the States that are there and those of which it is
 * known, by level and day (world/column.c makes them).
 *
 * Columns are immutable and counted like blocks; a snapshot holds a table of pointers to them. A
 * change of facts makes the columns of its countries again and shares the others. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

static bool last(_Atomic uint32_t *refs)
{
	return atomic_fetch_sub_explicit(refs, 1, memory_order_acq_rel) == 1;
}

static void keep(_Atomic uint32_t *refs)
{
	atomic_fetch_add_explicit(refs, 1, memory_order_relaxed);
}

static size_t column_bytes(uint32_t count)
{
	return sizeof(struct column) + count * sizeof(struct presence_day);
}

static size_t table_bytes(const struct cover_index *index)
{
	return sizeof(struct column_table) + index->atlas->block_count * sizeof(struct column *);
}

static void drop_column(struct cover_index *index, struct column *column)
{
	if (column && last(&column->refs))
		block_put(index, column, column_bytes(column->count));
}

void columns_drop(struct cover_index *index)
{
	struct column_table *table = index->columns;

	if (!table || !last(&table->refs))
		return;
	for (uint32_t b = 0; b < index->atlas->block_count; b++)
		drop_column(index, table->columns[b]);
	block_put(index, table, table_bytes(index));
}

void columns_share(struct cover_index *index, const struct cover_index *from)
{
	keep(&from->columns->refs);
	index->columns = from->columns;
}

static struct column_table *new_table(struct cover_index *index)
{
	struct column_table *table = block_get(index, table_bytes(index));

	if (table) {
		memset(table, 0, table_bytes(index));
		table->refs = 1;
	}
	return table;
}

/* The column of block NUMBER as the index's world has it; ARENA is emptied. */
static enum status make_column(struct cover_index *index, struct arena *arena, uint32_t number)
{
	struct column **slot = &index->columns->columns[number];
	struct presence_column made;
	enum status status = world_presence_column(
		&made, arena, index->world, index->atlas->block_first[number]);

	if (status == STATUS_OK && made.count) {
		uint32_t count = (uint32_t)made.count;
		struct column *column = block_get(index, column_bytes(count));

		if (column) {
			*column = (struct column){
				.refs = 1, .count = count, .limited = made.limited
			};
			memcpy(column->days, made.days, count * sizeof *made.days);
			*slot = column;
		} else {
			status = STATUS_NO_MEMORY;
		}
	}
	arena_reset(arena);
	return status;
}

enum status columns_make(struct cover_index *index, struct arena *arena)
{
	enum status status = STATUS_OK;

	index->columns = new_table(index);
	if (!index->columns)
		return STATUS_NO_MEMORY;
	for (uint32_t b = 1; b < index->atlas->block_count && status == STATUS_OK; b++)
		status = make_column(index, arena, b);
	return status;
}

enum status columns_change(
	struct cover_index *index, struct arena *arena, const uint32_t *countries, size_t count)
{
	struct column_table *shared = index->columns, *own = new_table(index);
	enum status status = STATUS_OK;

	if (!own)
		return STATUS_NO_MEMORY;
	for (uint32_t b = 0; b < index->atlas->block_count; b++) {
		own->columns[b] = shared->columns[b];
		if (own->columns[b])
			keep(&own->columns[b]->refs);
	}
	columns_drop(index);
	index->columns = own;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		uint32_t block = index->atlas->spots[countries[i]].block;

		assert(block > 0 && index->atlas->block_first[block] == countries[i]);
		drop_column(index, own->columns[block]);
		own->columns[block] = NULL;
		status = make_column(index, arena, block);
	}
	return status;
}

const struct presence_day *column_day(const struct column *column, int32_t date)
{
	uint32_t low = 0, high = column->count;

	/* The first day begins before all dates. */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (column->days[middle].from <= date)
			low = middle;
		else
			high = middle;
	}
	return &column->days[low];
}
