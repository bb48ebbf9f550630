/* cover_change(): the next snapshot from the last and what changed.
 *
 * Agreements that come or go touch their own rows, the shelf on which they stand, and the blocks of
 * the services and countries that they name; these are written anew, everything else is shared.
 * Of facts an index holds presence alone, a column a country: a post that closes is one bit of it,
 * and that column is made anew. The full rebuild is the oracle of every step (tests/soak). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

/* An entry that comes (ROW) or goes (NULL) at a place of a block. */
struct edit {
	uint32_t service, block, local;
	const struct row *row;
};
struct changer {
	struct cover_index *index;
	const struct cover_index *from;
	const struct cover_change *change;
	struct arena arena; /* freed at the end */
	struct edit *edits;
	size_t edit_count, edit_capacity;
	const struct agreement **gone; /* by address: whose entries go */
	size_t gone_count;
	struct place_list places;
};

/* ---- what comes and goes ---- */

static enum status add_edits(struct changer *changer, const struct row *row, bool comes)
{
	const struct atlas *atlas = changer->index->atlas;
	uint64_t services = row->commitment->services;

	for (; services; services &= services - 1) {
		for (size_t i = 0; i < changer->places.count; i++) {
			const struct spot *spot = &atlas->spots[changer->places.items[i]];
			void *items = changer->edits;
			struct edit *slot = arena_push(&changer->arena, &items,
				&changer->edit_count, &changer->edit_capacity, sizeof *slot);

			changer->edits = items;
			if (!slot)
				return STATUS_NO_MEMORY;
			*slot = (struct edit){ (uint32_t)__builtin_ctzll(services), spot->block,
				spot->local, comes ? row : NULL };
		}
	}
	return STATUS_OK;
}

static enum status edit_rows(struct changer *changer, struct agreement_rows *rows, bool comes)
{
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < rows->count && status == STATUS_OK; i++) {
		struct row *row = &rows->rows[i];

		status = row_places(
			&changer->places, &changer->arena, changer->index, row->commitment);
		if (status != STATUS_OK)
			break;
		if (comes)
			row_note_nested(row, changer->index, &changer->places);
		status = add_edits(changer, row, comes);
	}
	return status;
}

static enum status free_slot(struct cover_index *index, uint32_t slot)
{
	assert(index->free_count < index->free_capacity);
	index->free_slots[index->free_count++] = slot;
	return STATUS_OK;
}

static uint32_t take_slot(struct cover_index *index)
{
	return index->free_count ? index->free_slots[--index->free_count] : index->slot_count++;
}

/* The agreement ID leaves, if it is there. */
static enum status leave(struct changer *changer, struct str id, bool *was_there)
{
	struct agreement_rows *rows = shelf_find(changer->index, id);
	enum status status;

	*was_there = rows != NULL;
	if (!rows)
		return STATUS_OK;
	changer->gone[changer->gone_count++] = rows->agreement;
	status = edit_rows(changer, rows, false);
	if (status != STATUS_OK)
		return status;
	free_slot(changer->index, rows->slot);
	return shelf_remove(changer->index, id);
}

static enum status come(struct changer *changer, const struct agreement *agreement)
{
	struct agreement_rows *rows;
	enum status status = row_compile(changer->index, agreement, &rows);

	if (status != STATUS_OK)
		return status;
	index_number(rows, take_slot(changer->index));
	status = edit_rows(changer, rows, true);
	if (status != STATUS_OK) {
		block_drop_rows(changer->index, rows);
		return status;
	}
	return shelf_insert(changer->index, rows);
}

static enum status edit_agreements(struct changer *changer)
{
	const struct cover_change *change = changer->change;
	enum status status = STATUS_OK;
	bool there;

	changer->gone = ARENA_ARRAY(&changer->arena, change->removed_count + change->added_count,
		const struct agreement *);
	if (!changer->gone)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < change->removed_count && status == STATUS_OK; i++) {
		status = leave(changer, change->removed[i], &there);
		if (status == STATUS_OK && !there)
			status = STATUS_NOT_FOUND;
	}
	for (size_t i = 0; i < change->added_count && status == STATUS_OK; i++) {
		status = leave(changer, change->added[i]->id, &there);
		if (status == STATUS_OK)
			status = come(changer, change->added[i]);
	}
	return status;
}

/* ---- blocks ---- */

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	if (x->service != y->service)
		return x->service < y->service ? -1 : 1;
	if (x->block != y->block)
		return x->block < y->block ? -1 : 1;
	if (x->local != y->local)
		return x->local < y->local ? -1 : 1;
	return ((uintptr_t)x->row > (uintptr_t)y->row) - ((uintptr_t)x->row < (uintptr_t)y->row);
}

static int compare_gone(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t) * (const struct agreement *const *)a;
	uintptr_t y = (uintptr_t) * (const struct agreement *const *)b;

	return x < y ? -1 : x > y;
}

static bool stays(const struct changer *changer, const struct entry *entry)
{
	return changer->gone_count == 0 ||
	       !bsearch(&entry->agreement, changer->gone, changer->gone_count,
		       sizeof *changer->gone, compare_gone);
}

/* How many entries of OLD's place LOCAL stay. */
static uint32_t count_staying(
	const struct changer *changer, const struct entry_block *old, uint32_t local)
{
	uint32_t staying = 0;

	for (uint32_t i = old->offsets[local]; i < old->offsets[local + 1]; i++)
		staying += stays(changer, &old->entries[i]);
	return staying;
}

/* What becomes of a block: a list of places with entries, from OLD and EDITS, both sorted by
 * place. Where nothing is edited the old entries stay as they are. */
struct editing {
	struct changer *changer;
	const struct entry_block *old; /* may be NULL */
	const struct edit *edits;
	size_t count, at;
};
/* Entries at place LOCAL afterwards. EDITED: the edits of this place, whose number is returned. */
static size_t edits_at(struct editing *editing, uint32_t local, uint32_t *entries)
{
	const struct entry_block *old = editing->old;
	size_t from = editing->at;
	bool had = old && local < old->span;

	for (; editing->at < editing->count && editing->edits[editing->at].local == local;
		editing->at++)
		;
	*entries = 0;
	if (had)
		*entries = editing->at > from ? count_staying(editing->changer, old, local)
					      : old->offsets[local + 1] - old->offsets[local];
	for (size_t i = from; i < editing->at; i++)
		*entries += editing->edits[i].row != NULL;
	return editing->at - from;
}

/* The size of the block afterwards. */
static uint32_t count_after(struct editing *editing, uint32_t *span)
{
	uint32_t total = 0, places = editing->old ? editing->old->span : 0, entries;

	*span = 0;
	if (editing->count && editing->edits[editing->count - 1].local >= places)
		places = editing->edits[editing->count - 1].local + 1;
	editing->at = 0;
	for (uint32_t local = 0; local < places; local++) {
		edits_at(editing, local, &entries);
		total += entries;
		if (entries)
			*span = local + 1;
	}
	return total;
}

/* Place LOCAL of BLOCK from what stays of OLD's and from COUNT EDITS. */
static void edit_place(struct entry_block *block, const struct editing *editing, uint32_t local,
	const struct edit *edits, size_t count)
{
	const struct entry_block *old = editing->old;
	const struct row **rows = block_rows(block) + block->offsets[local];

	if (count == 0 && old && local < old->span) {
		block_copy(block, old, local);
		return;
	}
	for (uint32_t i = old && local < old->span ? old->offsets[local] : 0;
		old && local < old->span && i < old->offsets[local + 1]; i++) {
		if (stays(editing->changer, &old->entries[i]))
			*rows++ = block_rows(old)[i];
	}
	for (size_t i = 0; i < count; i++) {
		if (edits[i].row)
			*rows++ = edits[i].row;
	}
	assert(rows == block_rows(block) + block->offsets[local + 1]);
	block_fill(block, local);
}

/* The block after EDITING; NULL in *OUT when nothing is left. */
static enum status edit_block(struct entry_block **out, struct editing *editing)
{
	struct cover_index *index = editing->changer->index;
	uint32_t span, total = count_after(editing, &span), entries;
	struct entry_block *block;

	*out = NULL;
	if (!total)
		return STATUS_OK;
	block = block_front(index, total, span);
	if (!block || !block_back(index, block)) {
		block_drop_entries(index, block);
		return STATUS_NO_MEMORY;
	}
	editing->at = 0;
	for (uint32_t local = 0; local < span; local++) {
		const struct edit *edits = editing->edits + editing->at;
		size_t count = edits_at(editing, local, &entries);

		block->offsets[local + 1] = block->offsets[local] + entries;
		edit_place(block, editing, local, edits, count);
	}
	assert(block->offsets[span] == total);
	*out = block;
	return STATUS_OK;
}

/* The block that EDITS are about. */
static enum status edit_one(struct changer *changer, const struct edit *edits, size_t count)
{
	struct cover_index *index = changer->index;
	struct service_table *table = block_own_service(index, index->services[edits->service]);
	struct editing editing = { changer, NULL, edits, count, 0 };
	struct entry_block *old, *block;
	enum status status;

	if (!table)
		return STATUS_NO_MEMORY;
	index->services[edits->service] = table;
	old = table->blocks[edits->block];
	editing.old = old;
	status = edit_block(&block, &editing);
	if (status != STATUS_OK)
		return status;
	block_set(table, edits->block, block);
	block_show(index, table, edits->block);
	block_drop_entries(index, old);
	if (table->entry_count == 0) {
		index->services[edits->service] = NULL;
		block_drop_service(index, table);
	}
	return STATUS_OK;
}

static enum status edit_blocks(struct changer *changer)
{
	const struct edit *edits = changer->edits;
	enum status status = STATUS_OK;

	if (changer->edit_count > 1)
		qsort(changer->edits, changer->edit_count, sizeof *edits, compare_edits);
	if (changer->gone_count > 1)
		qsort(changer->gone, changer->gone_count, sizeof *changer->gone, compare_gone);
	for (size_t from = 0, end; from < changer->edit_count && status == STATUS_OK; from = end) {
		for (end = from;
			end < changer->edit_count && edits[end].service == edits[from].service &&
			edits[end].block == edits[from].block;
			end++)
			;
		status = edit_one(changer, edits + from, end - from);
	}
	return status;
}

/* ---- what was touched ---- */

static enum status tell(struct cover_touched *touched, struct arena *arena, size_t *capacity,
	uint8_t service, uint32_t place)
{
	void *items = touched->items;
	struct cover_touch *slot;

	if (touched->items_count) {
		const struct cover_touch *last = &touched->items[touched->items_count - 1];

		if (last->service == service && last->place == place)
			return STATUS_OK;
	}
	slot = arena_push(arena, &items, &touched->items_count, capacity, sizeof *slot);
	touched->items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct cover_touch){ service, place };
	return STATUS_OK;
}

/* Edits are sorted: equal places are neighbours. */
static enum status tell_touched(
	struct cover_touched *touched, struct arena *arena, const struct changer *changer)
{
	const struct cover_change *change = changer->change;
	const struct atlas *atlas = changer->index->atlas;
	enum status status = STATUS_OK;
	size_t capacity = 0;

	*touched = (struct cover_touched){ .bytes = changer->index->written };
	for (size_t i = 0; i < change->facts_at_count && status == STATUS_OK; i++)
		status = tell(touched, arena, &capacity, SERVICE_NONE, change->facts_at[i]);
	for (size_t i = 0; i < changer->edit_count && status == STATUS_OK; i++) {
		const struct edit *edit = &changer->edits[i];

		status = tell(touched, arena, &capacity, (uint8_t)edit->service,
			edit->block ? atlas->block_first[edit->block] : atlas->above[edit->local]);
	}
	if (status != STATUS_OK)
		*touched = (struct cover_touched){ 0 };
	return status;
}

/* ---- the whole ---- */

/* An index that shares everything with FROM. */
static enum status share_all(struct changer *changer)
{
	const struct cover_index *from = changer->from;
	const struct cover_change *change = changer->change;
	struct cover_index *index = changer->index;
	size_t more = change->added_count;

	index->refs = 1;
	index->written = sizeof *index;
	index->world = change->world ? change->world : from->world;
	index->lane = from->lane;
	index->slot_count = from->slot_count;
	atlas_share(index, from);
	columns_share(index, from);
	sets_share(index, from);
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		index->services[s] = from->services[s];
		block_keep_service(index->services[s]);
	}
	index->free_capacity = from->free_count + (uint32_t)(change->removed_count + more);
	index->free_slots = block_get(index, index->free_capacity * sizeof(uint32_t) + 1);
	if (!index->free_slots)
		return STATUS_NO_MEMORY;
	index->free_count = from->free_count;
	if (from->free_count)
		memcpy(index->free_slots, from->free_slots, from->free_count * sizeof(uint32_t));
	return shelf_share(index, from, more + 1);
}

static bool same_numbers(const struct world *a, const struct world *b)
{
	return a->places_count == b->places_count && a->parties_count == b->parties_count &&
	       a->nats_count == b->nats_count && a->groups_count == b->groups_count &&
	       a->group_rows_count == b->group_rows_count && a->zones_count == b->zones_count &&
	       a->zone_rows_count == b->zone_rows_count;
}

enum status cover_change(struct cover_index **out, struct cover_touched *touched,
	struct arena *arena, const struct cover_index *index, const struct cover_change *change)
{
	struct changer changer = { .from = index, .change = change };
	const struct allocator *allocator =
		change->allocator ? change->allocator : &index->allocator;
	enum status status;

	assert(out && index && change);
	assert(!change->world || same_numbers(index->world, change->world));
	*out = NULL;
	changer.index = allocator->get(allocator->context, sizeof *index);
	if (!changer.index)
		return STATUS_NO_MEMORY;
	*changer.index = (struct cover_index){ .allocator = *allocator };
	arena_init(&changer.arena, arena->allocator, SIZE_MAX / 2);
	status = share_all(&changer);
	if (status == STATUS_OK && change->facts_at_count)
		status = columns_change(
			changer.index, &changer.arena, change->facts_at, change->facts_at_count);
	if (status == STATUS_OK)
		status = edit_agreements(&changer);
	if (status == STATUS_OK)
		status = edit_blocks(&changer);
	if (status == STATUS_OK && touched)
		status = tell_touched(touched, arena, &changer);
	arena_free(&changer.arena);
	if (status == STATUS_OK)
		*out = changer.index;
	else
		cover_release(changer.index);
	return status;
}
