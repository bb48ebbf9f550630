/* Interned sets of nationalities: equal sets are kept once, under a number of 16 bits, and beside
 * them the same bits turned round (which sets hold this nationality), so that a question tests a
 * row by one bit. A table is immutable once its snapshot is out; a change that brings a new set
 * copies it. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

static size_t table_bytes(uint32_t capacity)
{
	return sizeof(struct set_table) + capacity * sizeof(struct set256) +
	       (SETS_ALL + 1) * (capacity / 8) + 2 * capacity * sizeof(uint32_t);
}

/* An empty table in one piece of memory. */
static struct set_table *table_make(struct cover_index *index, uint32_t capacity)
{
	char *memory = block_get(index, table_bytes(capacity));
	struct set_table *table = (void *)memory;

	assert(capacity % 64 == 0 && (capacity & (capacity - 1)) == 0);
	if (!memory)
		return NULL;
	memset(memory, 0, table_bytes(capacity));
	table->refs = 1;
	table->capacity = capacity;
	table->bytes = table_bytes(capacity);
	table->sets = (void *)(memory + sizeof *table);
	table->bits = (void *)(table->sets + capacity);
	table->slots = (void *)(table->bits + (SETS_ALL + 1) * (capacity / 64));
	/* Set 63 of the last row and all others: every bit. */
	memset(table->bits + SETS_ALL * (capacity / 64), 0xff, capacity / 8);
	return table;
}

static bool same_set(const struct set256 *a, const struct set256 *b)
{
	return memcmp(a->words, b->words, sizeof a->words) == 0;
}

/* Where SET is or would be. */
static uint32_t slot_of(const struct set_table *table, const struct set256 *set)
{
	uint32_t mask = 2 * table->capacity - 1;
	uint32_t at =
		(uint32_t)str_hash((struct str){ (const char *)set->words, sizeof set->words }) &
		mask;

	while (table->slots[at] && !same_set(&table->sets[table->slots[at] - 1], set))
		at = (at + 1) & mask;
	return at;
}

bool sets_find(const struct set_table *table, const struct set256 *set, uint32_t *number)
{
	uint32_t found = table->slots[slot_of(table, set)];

	*number = found ? found - 1 : 0;
	return found != 0;
}

static void add(struct set_table *table, const struct set256 *set)
{
	uint32_t words = table->capacity / 64, number = table->count++;

	assert(number < table->capacity);
	table->slots[slot_of(table, set)] = number + 1;
	table->sets[number] = *set;
	for (unsigned w = 0; w < 4; w++) {
		for (uint64_t rest = set->words[w]; rest; rest &= rest - 1) {
			unsigned nat = w * 64 + (unsigned)__builtin_ctzll(rest);

			table->bits[nat * words + number / 64] |= UINT64_C(1) << (number % 64);
		}
	}
}

/* INDEX gets a table of its own with room for CAPACITY, holding what OLD holds. */
static enum status table_copy(
	struct cover_index *index, const struct set_table *old, uint32_t capacity)
{
	struct set_table *table = table_make(index, capacity);

	if (!table)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; old && i < old->count; i++)
		add(table, &old->sets[i]);
	index->table = table;
	index->sets = table->sets;
	index->set_count = table->count;
	return STATUS_OK;
}

enum status sets_make(struct cover_index *index, uint32_t capacity)
{
	static const struct set256 all = { { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX } };
	enum status status = table_copy(index, NULL, capacity);

	if (status == STATUS_OK) {
		add(index->table, &all);
		index->set_count = index->table->count;
	}
	return status;
}

enum status sets_intern(struct cover_index *index, const struct set256 *set, uint32_t *number)
{
	struct set_table *old = index->table;
	uint32_t capacity = old->capacity;

	if (sets_find(old, set, number))
		return STATUS_OK;
	if (old->count == SETS_MAX)
		return STATUS_OK; /* number 0: all; the row says that it is to be judged */
	/* Shared with another snapshot, or full. */
	if (atomic_load_explicit(&old->refs, memory_order_acquire) > 1 || old->count == capacity) {
		if (old->count == capacity)
			capacity *= 2;
		if (table_copy(index, old, capacity) != STATUS_OK)
			return STATUS_NO_MEMORY;
		if (atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) == 1)
			block_put(index, old, old->bytes);
	}
	*number = index->table->count;
	add(index->table, set);
	index->set_count = index->table->count;
	return STATUS_OK;
}

/* ---- sets that wait for their numbers ---- */

#define LIST_SLOTS_MIN 256

static size_t list_slot(const struct set_list *list, const struct set256 *set)
{
	uint64_t hash = set->words[0];

	for (unsigned w = 1; w < 4; w++) {
		hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= set->words[w];
	}
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (hash ^ hash >> 32) & (list->slot_count - 1);
	while (list->slots[at] && !same_set(&list->sets[list->slots[at] - 1], set))
		at = (at + 1) & (list->slot_count - 1);
	return at;
}

/* At most half of the slots are taken. */
static bool list_room(struct set_list *list)
{
	if (2 * (list->count + 1) <= list->slot_count)
		return true;
	list->slot_count = list->slot_count ? 2 * list->slot_count : LIST_SLOTS_MIN;
	list->slots = ARENA_ARRAY(list->arena, list->slot_count, uint32_t);
	for (size_t i = 0; list->slots && i < list->count; i++)
		list->slots[list_slot(list, &list->sets[i])] = (uint32_t)i + 1;
	return list->slots != NULL;
}

enum status set_list_put(struct set_list *list, const struct set256 *set, uint32_t *number)
{
	void *items = list->sets;
	struct set256 *own;
	size_t at;

	if (!list_room(list))
		return STATUS_NO_MEMORY;
	at = list_slot(list, set);
	if (!list->slots[at]) {
		own = arena_push(list->arena, &items, &list->count, &list->capacity, sizeof *own);
		list->sets = items;
		if (!own)
			return STATUS_NO_MEMORY;
		*own = *set;
		list->slots[at] = (uint32_t)list->count;
	}
	*number = list->slots[at] - 1;
	return STATUS_OK;
}

void sets_share(struct cover_index *index, const struct cover_index *from)
{
	atomic_fetch_add_explicit(&from->table->refs, 1, memory_order_relaxed);
	index->table = from->table;
	index->sets = from->sets;
	index->set_count = from->set_count;
}

void sets_drop(struct cover_index *index)
{
	struct set_table *table = index->table;

	if (table && atomic_fetch_sub_explicit(&table->refs, 1, memory_order_acq_rel) == 1)
		block_put(index, table, table->bytes);
}
