/* Blocks of an index: got, filled once, then immutable, counted, and given back by the last
 * snapshot that holds them. Counts are atomic, so that a reader may drop the last reference to an
 * old snapshot while a writer makes the next. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

void *block_get(struct cover_index *index, size_t size)
{
	index->written += size;
	return index->allocator.get(index->allocator.context, size);
}

void block_put(struct cover_index *index, void *memory, size_t size)
{
	if (memory)
		index->allocator.put(index->allocator.context, memory, size);
}

/* True for the last reference: nobody else can see the block any more. */
static bool last(_Atomic uint32_t *refs)
{
	uint32_t before = atomic_fetch_sub_explicit(refs, 1, memory_order_acq_rel);

	assert(before > 0);
	return before == 1;
}

static void keep(_Atomic uint32_t *refs)
{
	atomic_fetch_add_explicit(refs, 1, memory_order_relaxed);
}

#define LINE 64 /* of the cache */

_Static_assert(LINE % sizeof(struct entry) == 0, "entries do not lie across two lines");

static size_t aligned_by(const char *memory)
{
	return (sizeof(struct entry) - (uintptr_t)memory % sizeof(struct entry)) %
	       sizeof(struct entry);
}

/* Where the parts of a block lie. */
struct layout {
	size_t keys, providers, rows, entries, bytes;
};

static struct layout layout_of(uint32_t count, uint32_t span)
{
	size_t head = sizeof(struct entry_block) + (span + (size_t)1) * sizeof(uint32_t);
	struct layout at = { .keys = (head + 7) / 8 * 8 };

	at.providers = at.keys + (count + KEYS_SPARE) * sizeof(struct entry_key);
	at.rows = (at.providers + count * sizeof(uint32_t) + 7) / 8 * 8;
	at.entries = at.rows + count * sizeof(struct row *);
	at.bytes = at.entries + sizeof(struct entry) - 8 + count * sizeof(struct entry);
	return at;
}

size_t block_entries_bytes(uint32_t count, uint32_t span)
{
	return layout_of(count, span).bytes;
}

struct entry_block *block_entries_at(void *room, uint32_t count, uint32_t span)
{
	struct layout at = layout_of(count, span);
	struct entry_block *block = room;
	char *memory = room;

	memset(memory, 0, at.providers);
	block->refs = 1;
	block->count = count;
	block->span = span;
	block->bytes = at.bytes;
	block->keys = (void *)(memory + at.keys);
	block->providers = (void *)(memory + at.providers);
	block->rows = (void *)(memory + at.rows);
	block->entries = (void *)(memory + at.entries + aligned_by(memory + at.entries));
	return block;
}

struct entry_block *block_entries(struct cover_index *index, uint32_t count, uint32_t span)
{
	void *room = block_get(index, block_entries_bytes(count, span));

	return room ? block_entries_at(room, count, span) : NULL;
}

void block_enter(struct entry_block *block, uint32_t number, const struct row *row)
{
	assert(number < block->count);
	block->keys[number] = (struct entry_key){ .from = row->from,
		.until = row->until,
		.set = (uint16_t)row->nats,
		.phases = (uint8_t)(row->phases | row->band << KEY_BAND_SHIFT),
		.needs = row->needs };
	block->providers[number] = row->provider;
	block->rows[number] = row;
	block->entries[number] = (struct entry){ row->agreement, row->commitment, row->rank,
		row->provider, row->needs };
}

void block_keep_entries(struct entry_block *block)
{
	if (block)
		keep(&block->refs);
}

void block_drop_entries(struct cover_index *index, struct entry_block *block)
{
	if (block && last(&block->refs))
		block_put(index, block, block->bytes);
}

/* Rows begin on a line of the cache: a row is one line. */
_Static_assert(sizeof(struct row) <= LINE, "a row is one line of the cache");

size_t block_rows_bytes(uint32_t count)
{
	return sizeof(struct agreement_rows) + LINE + count * sizeof(struct row);
}

struct agreement_rows *block_rows_at(void *room, uint32_t count)
{
	struct agreement_rows *rows = room;
	char *memory = room;
	uintptr_t first = (uintptr_t)(memory + sizeof *rows);

	memset(memory, 0, block_rows_bytes(count));
	rows->refs = 1;
	rows->count = count;
	rows->bytes = block_rows_bytes(count);
	rows->rows = (void *)(memory + sizeof *rows + (LINE - first % LINE) % LINE);
	return rows;
}

struct agreement_rows *block_rows(struct cover_index *index, uint32_t count)
{
	void *room = block_get(index, block_rows_bytes(count));

	return room ? block_rows_at(room, count) : NULL;
}

void block_keep_rows(struct agreement_rows *rows)
{
	keep(&rows->refs);
}

void block_drop_rows(struct cover_index *index, struct agreement_rows *rows)
{
	if (rows && last(&rows->refs))
		block_put(index, rows, rows->bytes);
}

static size_t service_bytes(const struct cover_index *index)
{
	return sizeof(struct service_table) +
	       index->atlas->block_count * sizeof(struct entry_block *);
}

struct service_table *block_service(struct cover_index *index)
{
	struct service_table *table = block_get(index, service_bytes(index));

	if (!table)
		return NULL;
	memset(table, 0, service_bytes(index));
	table->refs = 1;
	return table;
}

void block_drop_service(struct cover_index *index, struct service_table *table)
{
	if (!table || !last(&table->refs))
		return;
	for (uint32_t i = 0; i < index->atlas->block_count; i++)
		block_drop_entries(index, table->blocks[i]);
	block_put(index, table, service_bytes(index));
}

void block_keep_service(struct service_table *table)
{
	if (table)
		keep(&table->refs);
}

struct service_table *block_own_service(struct cover_index *index, struct service_table *table)
{
	struct service_table *own;

	if (table && atomic_load_explicit(&table->refs, memory_order_acquire) == 1)
		return table;
	own = block_service(index);
	if (!own || !table)
		return own;
	own->entry_count = table->entry_count;
	for (uint32_t i = 0; i < index->atlas->block_count; i++) {
		own->blocks[i] = table->blocks[i];
		block_keep_entries(own->blocks[i]);
	}
	block_drop_service(index, table);
	return own;
}

void block_drop_shelf(struct cover_index *index, struct shelf *shelf)
{
	if (!shelf || !last(&shelf->refs))
		return;
	for (uint32_t i = 0; i < shelf->count; i++)
		block_drop_rows(index, shelf->items[i]);
	block_put(index, shelf, sizeof *shelf);
}

struct cover_index *cover_retain(const struct cover_index *index)
{
	union {
		const struct cover_index *in;
		struct cover_index *out;
	} same = { .in = index };

	assert(index);
	keep(&same.out->refs);
	return same.out;
}

void cover_release(const struct cover_index *released)
{
	union {
		const struct cover_index *in;
		struct cover_index *out;
	} same = { .in = released };
	struct cover_index *index = same.out;

	if (!index || !last(&index->refs))
		return;
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++)
		block_drop_service(index, index->services[s]);
	for (uint32_t i = 0; i < index->shelf_count; i++)
		block_drop_shelf(index, index->shelves[i]);
	block_put(index, index->shelves, index->shelf_capacity * sizeof(struct shelf *));
	block_put(index, index->free_slots, index->free_capacity * sizeof(uint32_t) + 1);
	sets_drop(index);
	atlas_drop(index);
	block_put(index, index, sizeof *index);
}
