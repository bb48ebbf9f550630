/* The places under which a commitment stands: those that its `where` names. A group stands under
 * the country of every member that it ever had (and, where asked for, where their territories
 * begin), a zone under its members; what holds on the date is asked when answering. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

static enum status add_place(struct place_list *list, struct arena *arena, uint32_t place)
{
	void *items = list->items;
	uint32_t *slot;

	if (place == NONE32)
		return STATUS_OK;
	slot = arena_push(arena, &items, &list->count, &list->capacity, sizeof *slot);
	list->items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = place;
	return STATUS_OK;
}

/* Every place at which the territory of NAT's State begins. */
static enum status add_territories(
	struct place_list *list, struct arena *arena, const struct cover_index *index, uint16_t nat)
{
	const struct world *world = index->world;
	enum status status = STATUS_OK;

	for (uint32_t p = 0; p < world->places_count && status == STATUS_OK; p++) {
		uint32_t parent = index->atlas->spots[p].parent;

		if (index->atlas->spots[p].nat == nat &&
			(parent == NONE32 || index->atlas->spots[parent].nat != nat))
			status = add_place(list, arena, p);
	}
	return status;
}

static enum status add_item(struct place_list *list, struct arena *arena,
	const struct cover_index *index, const struct place_item *item, bool territories)
{
	const struct world *world = index->world;
	enum status status = STATUS_OK;

	if (item->kind == PLACE_ITEM_PLACE)
		return add_place(list, arena, item->index);
	if (item->kind == PLACE_ITEM_ZONE) {
		for (size_t i = index->zone_first[item->index];
			i < index->zone_first[item->index + 1] && status == STATUS_OK; i++)
			status = add_place(
				list, arena, world->zone_rows[index->zone_members[i]].member);
		return status;
	}
	if (item->kind != PLACE_ITEM_GROUP)
		return STATUS_OK;
	for (size_t i = index->group_first[item->index];
		i < index->group_first[item->index + 1] && status == STATUS_OK; i++) {
		uint32_t member = world->group_rows[i].member;

		status = add_place(list, arena, places_of_state(world, member));
		if (status == STATUS_OK && territories && world->parties[member].nat != NAT_NONE)
			status = add_territories(list, arena, index, world->parties[member].nat);
	}
	return status;
}

static int compare_places(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

enum status row_places(struct place_list *out, struct arena *arena, const struct cover_index *index,
	const struct commitment *commitment)
{
	const struct place_scope *where = &commitment->where;
	enum status status = STATUS_OK;
	size_t kept = 0;

	out->count = 0;
	for (size_t i = 0; i < where->in_count && status == STATUS_OK; i++)
		status = add_item(out, arena, index, &where->in[i], where->territories_in);
	if (where->in_count == 0) /* the world is the first place of the preorder */
		status = add_place(out, arena, 0);
	if (status != STATUS_OK || out->count < 2)
		return status;
	qsort(out->items, out->count, sizeof *out->items, compare_places);
	for (size_t i = 0; i < out->count; i++) {
		if (kept == 0 || out->items[kept - 1] != out->items[i])
			out->items[kept++] = out->items[i];
	}
	out->count = kept;
	return STATUS_OK;
}

/* Sorted by preorder, a part follows its place at once or after its other parts: neighbours tell.
 */
void row_note_nested(
	struct row *row, const struct cover_index *index, const struct place_list *places)
{
	for (size_t i = 1; i < places->count; i++) {
		if (world_lies_in(index->world, places->items[i], places->items[i - 1]))
			row->needs |= NEED_NESTED;
	}
}
