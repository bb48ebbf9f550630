/* Groups of parties and zones of places: dated memberships, sorted so that a question is a binary
 * search. */
#include "world/internal.h"
#include "world/facts.h"

#include <assert.h>
#include <stdlib.h>

/* A set's own array of names. */
struct sets {
	struct str **ids;
	size_t *count;
	struct symbols *symbols;
};

static bool read_membership(struct loader *loader, const struct cell *cells, struct membership *row,
	struct sets sets, const char *prefix)
{
	struct str id = cells[SET_SET].text;
	if (str_starts(id, prefix))
		id = str_sub(id, str_of(prefix).len, id.len);
	if (!world__range_good(loader, &cells[SET_FROM], &cells[SET_UNTIL]))
		return false;
	uint32_t set = symbols_get(sets.symbols, id);
	if (set == SYMBOL_NONE) {
		void *items = *sets.ids;
		set = (uint32_t)*sets.count;
		struct str *slot = arena_push(
			loader->arena, &items, sets.count, &loader->set_capacity, sizeof *slot);
		if (!slot || symbols_put(sets.symbols, id, set, NULL) != STATUS_OK) {
			loader->no_memory = true;
			return false;
		}
		*sets.ids = items;
		*slot = id;
	}
	*row = (struct membership){
		.member = cells[SET_MEMBER].index,
		.set = set,
		.from = cells[SET_FROM].date,
		.until = cells[SET_UNTIL].date,
		.source = cells[SET_SOURCE].index,
	};
	return true;
}

bool world__row_zone(struct loader *loader, const struct cell *cells, void *item)
{
	struct world *world = &loader->world;
	struct sets zones = { &world->zones, &world->zones_count, &world->zone_ids };
	return read_membership(loader, cells, item, zones, "zone:");
}

bool world__row_group(struct loader *loader, const struct cell *cells, void *item)
{
	struct world *world = &loader->world;
	struct sets groups = { &world->groups, &world->groups_count, &world->group_ids };
	return read_membership(loader, cells, item, groups, "group:");
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_set(const void *a, const void *b)
{
	const struct membership *x = a, *y = b;
	int order = ORDER(x->set, y->set);
	if (order == 0)
		order = ORDER(x->member, y->member);
	if (order == 0)
		order = ORDER(x->from, y->from);
	if (order == 0)
		order = ORDER(x->until, y->until);
	return order ? order : ORDER(x->source, y->source);
}

enum status world__done_zones(struct loader *loader)
{
	struct world *world = &loader->world;
	if (world->zone_rows_count)
		qsort(world->zone_rows, world->zone_rows_count, sizeof *world->zone_rows, by_set);
	loader->set_capacity = 0; /* the groups' array is the next */
	return STATUS_OK;
}

enum status world__done_groups(struct loader *loader)
{
	struct world *world = &loader->world;
	if (world->group_rows_count)
		qsort(world->group_rows, world->group_rows_count, sizeof *world->group_rows,
			by_set);
	return STATUS_OK;
}

/* Whether MEMBER is in SET on DATE. */
static bool has(
	const struct membership *rows, size_t count, uint32_t set, uint32_t member, int32_t date)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		bool before = rows[middle].set < set ||
			      (rows[middle].set == set && rows[middle].member < member);
		if (before)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && rows[low].set == set && rows[low].member == member; low++)
		if (date_within(date, rows[low].from, rows[low].until))
			return true;
	return false;
}

bool world_group_has(const struct world *world, uint32_t group, uint32_t party, int32_t date)
{
	assert(world && date != DATE_NONE);
	return has(world->group_rows, world->group_rows_count, group, party, date);
}

bool world_zone_has(const struct world *world, uint32_t zone, uint32_t place, int32_t date)
{
	assert(world && date != DATE_NONE);
	for (; place != NONE32; place = world->places[place].parent)
		if (has(world->zone_rows, world->zone_rows_count, zone, place, date))
			return true;
	return false;
}
