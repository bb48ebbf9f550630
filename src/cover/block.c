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

/* Bytes from MEMORY to where the next line begins. */
static uint16_t to_line(const char *memory)
{
	return (uint16_t)((LINE - (uintptr_t)memory % LINE) % LINE);
}

static size_t front_bytes(const struct entry_block *block)
{
	return LINE + block_keys_at(block) + (block->count + (size_t)KEYS_SPARE) * KEY_BYTES;
}

static size_t back_bytes(const struct entry_block *block)
{
	return LINE +
	       block->count * (sizeof(struct entry) + sizeof(struct row *) + sizeof(uint32_t));
}

struct entry_block *block_front(struct cover_index *index, uint32_t count, uint32_t span)
{
	struct entry_block head = { .refs = 1, .count = count, .span = span }, *block;
	size_t bytes = front_bytes(&head);
	char *memory = block_get(index, bytes);

	if (!memory)
		return NULL;
	memset(memory, 0, bytes);
	head.front_skip = to_line(memory);
	block = (void *)(memory + head.front_skip);
	*block = head;
	return block;
}

bool block_back(struct cover_index *index, struct entry_block *block)
{
	char *memory = block_get(index, back_bytes(block));

	assert(!block->entries);
	if (!memory)
		return false;
	block->back_skip = to_line(memory);
	block->entries = (void *)(memory + block->back_skip);
	return true;
}

/* The columns of a run, to write on. */
struct columns {
	uint16_t *from, *until, *sets;
	uint8_t *phases, *needs;
};
static struct columns columns_of(struct entry_block *block, uint32_t local)
{
	uint32_t at = block->offsets[local], count = block->offsets[local + 1] - at;
	char *keys = (char *)block + block_keys_at(block) + (size_t)at * KEY_BYTES;
	struct columns columns = { .from = (void *)keys };

	columns.until = columns.from + count;
	columns.sets = columns.until + count;
	columns.phases = (void *)(columns.sets + count);
	columns.needs = columns.phases + count;
	return columns;
}

void block_fill(struct entry_block *block, uint32_t local)
{
	struct columns columns = columns_of(block, local);
	uint32_t at = block->offsets[local], count = block->offsets[local + 1] - at;
	const struct row **rows = block_rows(block) + at;
	uint32_t *providers = block_providers(block) + at;

	for (uint32_t i = 0; i < count; i++) {
		const struct row *row = rows[i];

		columns.from[i] = row->from;
		columns.until[i] = row->until;
		columns.sets[i] = (uint16_t)row->nats;
		columns.phases[i] = (uint8_t)(row->phases | row->band << KEY_BAND_SHIFT);
		columns.needs[i] = row->needs;
		providers[i] = row->provider;
		block->entries[at + i] = (struct entry){ row->agreement, row->commitment, row->rank,
			row->provider, row->needs };
	}
}

void block_copy(struct entry_block *block, const struct entry_block *old, uint32_t local)
{
	uint32_t to = block->offsets[local], from = old->offsets[local];
	uint32_t count = block->offsets[local + 1] - to;

	assert(count == old->offsets[local + 1] - from);
	memcpy(columns_of(block, local).from, block_run(old, from, from + count).from,
		(size_t)count * KEY_BYTES);
	memcpy(block->entries + to, old->entries + from, count * sizeof *block->entries);
	memcpy(block_rows(block) + to, block_rows(old) + from, count * sizeof(struct row *));
	memcpy(block_providers(block) + to, block_providers(old) + from, count * sizeof(uint32_t));
}

void block_keep_entries(struct entry_block *block)
{
	if (block)
		keep(&block->refs);
}

void block_drop_entries(struct cover_index *index, struct entry_block *block)
{
	if (!block || !last(&block->refs))
		return;
	if (block->entries)
		block_put(index, (char *)block->entries - block->back_skip, back_bytes(block));
	block_put(index, (char *)block - block->front_skip, front_bytes(block));
}

/* Rows begin on a line of the cache: a row is one line. */
_Static_assert(sizeof(struct row) <= LINE, "a row is one line of the cache");

size_t block_agreement_bytes(uint32_t count)
{
	return sizeof(struct agreement_rows) + LINE + count * sizeof(struct row);
}

struct agreement_rows *block_agreement_at(void *room, uint32_t count)
{
	struct agreement_rows *rows = room;
	char *memory = room;
	uintptr_t first = (uintptr_t)(memory + sizeof *rows);

	memset(memory, 0, block_agreement_bytes(count));
	rows->refs = 1;
	rows->count = count;
	rows->bytes = block_agreement_bytes(count);
	rows->rows = (void *)(memory + sizeof *rows + (LINE - first % LINE) % LINE);
	return rows;
}

struct agreement_rows *block_agreement(struct cover_index *index, uint32_t count)
{
	void *room = block_get(index, block_agreement_bytes(count));

	return room ? block_agreement_at(room, count) : NULL;
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
	const struct atlas *atlas = index->atlas;

	return sizeof(struct service_table) +
	       atlas->block_count * (sizeof(struct entry_block *) + sizeof(struct block_view)) +
	       atlas->slot_first[atlas->block_count] * sizeof(uint16_t);
}

struct service_table *block_service(struct cover_index *index)
{
	struct service_table *table = block_get(index, service_bytes(index));

	if (!table)
		return NULL;
	memset(table, 0, service_bytes(index));
	table->refs = 1;
	table->views = (void *)(table->blocks + index->atlas->block_count);
	table->offsets = (void *)(table->views + index->atlas->block_count);
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

void block_set(struct service_table *table, uint32_t number, struct entry_block *block)
{
	const struct entry_block *old = table->blocks[number];

	table->entry_count += block ? block->count : 0;
	table->entry_count -= old ? old->count : 0;
	table->wide |= block && block->count > UINT16_MAX;
	table->blocks[number] = block;
}

void block_show(const struct cover_index *index, struct service_table *table, uint32_t number)
{
	const uint32_t *slots = index->atlas->slot_first + number;
	const struct entry_block *block = table->blocks[number];
	uint16_t *offsets = table->offsets + slots[0];
	uint32_t count = slots[1] - slots[0];

	memset(offsets, 0, count * sizeof *offsets);
	table->views[number] = (struct block_view){ 0 };
	if (!block)
		return;
	assert(block->span < count);
	table->views[number] = (struct block_view){ block_run(block, 0, 0).from, block->entries };
	for (uint32_t local = 0; local < count; local++)
		offsets[local] =
			(uint16_t)(local < block->span ? block->offsets[local] : block->count);
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
	own->wide = table->wide;
	for (uint32_t i = 0; i < index->atlas->block_count; i++) {
		own->blocks[i] = table->blocks[i];
		block_keep_entries(own->blocks[i]);
	}
	memcpy(own->views, table->views, index->atlas->block_count * sizeof *own->views);
	memcpy(own->offsets, table->offsets,
		index->atlas->slot_first[index->atlas->block_count] * sizeof *own->offsets);
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
	columns_drop(index);
	atlas_drop(index);
	block_put(index, index, sizeof *index);
}
