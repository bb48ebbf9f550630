/* Agreements in order of id, on shelves: found by two binary searches, changed by copying one
 * shelf. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

enum status shelf_reserve(struct cover_index *index, size_t count)
{
	assert(!index->shelves && count < NONE32);
	index->shelves = block_get(index, count * sizeof *index->shelves);
	if (!index->shelves)
		return STATUS_NO_MEMORY;
	index->shelf_capacity = (uint32_t)count;
	return STATUS_OK;
}

static struct shelf *shelf_make(struct cover_index *index)
{
	struct shelf *shelf = block_get(index, sizeof *shelf);

	if (shelf) {
		memset(shelf, 0, sizeof *shelf);
		shelf->refs = 1;
	}
	return shelf;
}

static void count_in(struct cover_index *index, const struct agreement_rows *rows)
{
	index->agreement_count++;
	index->row_count += rows->count;
}

enum status shelf_append(struct cover_index *index, struct agreement_rows *rows)
{
	struct shelf *shelf = index->shelf_count ? index->shelves[index->shelf_count - 1] : NULL;

	if (!shelf || shelf->count == SHELF_FILL) {
		assert(index->shelf_count < index->shelf_capacity);
		shelf = shelf_make(index);
		if (!shelf) {
			block_drop_rows(index, rows);
			return STATUS_NO_MEMORY;
		}
		index->shelves[index->shelf_count++] = shelf;
	}
	shelf->items[shelf->count++] = rows;
	count_in(index, rows);
	return STATUS_OK;
}

enum status shelf_share(struct cover_index *index, const struct cover_index *from, size_t more)
{
	enum status status = shelf_reserve(index, from->shelf_count + more);

	for (uint32_t i = 0; i < from->shelf_count && status == STATUS_OK; i++) {
		atomic_fetch_add_explicit(&from->shelves[i]->refs, 1, memory_order_relaxed);
		index->shelves[index->shelf_count++] = from->shelves[i];
	}
	index->agreement_count = from->agreement_count;
	index->row_count = from->row_count;
	return status;
}

/* ---- where an id stands ---- */

static int compare_at(const struct shelf *shelf, uint32_t at, struct str id)
{
	return str_cmp(shelf->items[at]->agreement->id, id);
}

/* The last shelf that begins at or before ID, else the first. */
static uint32_t shelf_of(const struct cover_index *index, struct str id)
{
	uint32_t low = 0, high = index->shelf_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_at(index->shelves[middle], 0, id) <= 0)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The first place of SHELF that is not before ID. */
static uint32_t place_of(const struct shelf *shelf, struct str id)
{
	uint32_t low = 0, high = shelf->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_at(shelf, middle, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct agreement_rows *shelf_find(const struct cover_index *index, struct str id)
{
	const struct shelf *shelf;
	uint32_t at;

	if (index->shelf_count == 0)
		return NULL;
	shelf = index->shelves[shelf_of(index, id)];
	at = place_of(shelf, id);
	return at < shelf->count && compare_at(shelf, at, id) == 0 ? shelf->items[at] : NULL;
}

/* ---- changes ---- */

/* The shelf NUMBER, the index's own from now on. */
static struct shelf *shelf_own(struct cover_index *index, uint32_t number)
{
	struct shelf *old = index->shelves[number], *own;

	if (atomic_load_explicit(&old->refs, memory_order_acquire) == 1)
		return old;
	own = shelf_make(index);
	if (!own)
		return NULL;
	own->count = old->count;
	for (uint32_t i = 0; i < old->count; i++) {
		own->items[i] = old->items[i];
		block_keep_rows(own->items[i]);
	}
	index->shelves[number] = own;
	block_drop_shelf(index, old);
	return own;
}

/* The upper half of the full shelf NUMBER moves to a new one behind it. */
static enum status shelf_split(struct cover_index *index, uint32_t number)
{
	struct shelf *full = shelf_own(index, number), *upper;
	uint32_t half = SHELF_MAX / 2;

	assert(index->shelf_count < index->shelf_capacity);
	if (!full)
		return STATUS_NO_MEMORY;
	upper = shelf_make(index);
	if (!upper)
		return STATUS_NO_MEMORY;
	upper->count = full->count - half;
	memcpy(upper->items, full->items + half, upper->count * sizeof *upper->items);
	full->count = half;
	memmove(index->shelves + number + 2, index->shelves + number + 1,
		(index->shelf_count - number - 1) * sizeof *index->shelves);
	index->shelves[number + 1] = upper;
	index->shelf_count++;
	return STATUS_OK;
}

enum status shelf_insert(struct cover_index *index, struct agreement_rows *rows)
{
	struct str id = rows->agreement->id;
	struct shelf *shelf;
	uint32_t number, at;

	if (index->shelf_count == 0)
		return shelf_append(index, rows);
	number = shelf_of(index, id);
	if (index->shelves[number]->count == SHELF_MAX) {
		if (shelf_split(index, number) != STATUS_OK) {
			block_drop_rows(index, rows);
			return STATUS_NO_MEMORY;
		}
		number = shelf_of(index, id);
	}
	shelf = shelf_own(index, number);
	if (!shelf) {
		block_drop_rows(index, rows);
		return STATUS_NO_MEMORY;
	}
	at = place_of(shelf, id);
	memmove(shelf->items + at + 1, shelf->items + at,
		(shelf->count - at) * sizeof *shelf->items);
	shelf->items[at] = rows;
	shelf->count++;
	count_in(index, rows);
	return STATUS_OK;
}

enum status shelf_remove(struct cover_index *index, struct str id)
{
	uint32_t number = shelf_of(index, id), at;
	struct shelf *shelf = shelf_own(index, number);

	if (!shelf)
		return STATUS_NO_MEMORY;
	at = place_of(shelf, id);
	assert(at < shelf->count && compare_at(shelf, at, id) == 0);
	index->agreement_count--;
	index->row_count -= shelf->items[at]->count;
	block_drop_rows(index, shelf->items[at]);
	shelf->count--;
	memmove(shelf->items + at, shelf->items + at + 1,
		(shelf->count - at) * sizeof *shelf->items);
	if (shelf->count == 0) {
		block_drop_shelf(index, shelf);
		index->shelf_count--;
		memmove(index->shelves + number, index->shelves + number + 1,
			(index->shelf_count - number) * sizeof *index->shelves);
	}
	return STATUS_OK;
}

/* ---- agreements in order of id ---- */

bool walk_next(struct walk *walk)
{
	const struct cover_index *index = walk->index;

	while (walk->shelf < index->shelf_count) {
		const struct shelf *shelf = index->shelves[walk->shelf];

		if (walk->at < shelf->count) {
			walk->rows = shelf->items[walk->at++];
			return true;
		}
		walk->shelf++;
		walk->at = 0;
	}
	return false;
}

void index_number(struct agreement_rows *rows, uint32_t slot)
{
	rows->slot = slot;
	for (uint32_t i = 0; i < rows->count; i++)
		rows->rows[i].slot = slot;
}
