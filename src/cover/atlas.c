/* What an index takes from the world's places, groups and zones: lookups that no agreement changes,
 * made once and shared by all snapshots of the same places. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

/* group_rows are sorted by set: the first row of each, whether any is dated, who ever belonged. */
static enum status atlas_groups(struct atlas *atlas, const struct world *world)
{
	atlas->group_first = ARENA_ARRAY(&atlas->arena, world->groups_count + 1, size_t);
	atlas->group_dated = ARENA_ARRAY(&atlas->arena, world->groups_count, bool);
	atlas->group_mixed = ARENA_ARRAY(&atlas->arena, world->groups_count, bool);
	atlas->group_nats = ARENA_ARRAY(&atlas->arena, world->groups_count, struct set256);
	if (!atlas->group_first || !atlas->group_dated || !atlas->group_mixed || !atlas->group_nats)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->group_rows_count; i++) {
		const struct membership *row = &world->group_rows[i];
		uint16_t nat = world->parties[row->member].nat;

		assert(row->set < world->groups_count);
		assert(i == 0 || world->group_rows[i - 1].set <= row->set);
		atlas->group_first[row->set + 1]++;
		atlas->group_dated[row->set] |= row->from != DATE_NONE || row->until != DATE_NONE;
		if (nat != NAT_NONE)
			set256_add(&atlas->group_nats[row->set], nat);
		else
			atlas->group_mixed[row->set] = true;
	}
	for (size_t g = 0; g < world->groups_count; g++)
		atlas->group_first[g + 1] += atlas->group_first[g];
	return STATUS_OK;
}

static int compare_days(const void *a, const void *b)
{
	const struct group_day *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* The days on which GROUP changes, sorted, none twice; how many. ROOM: one a date, and one. */
static uint32_t group_changes(
	struct group_day *room, const struct atlas *atlas, const struct world *world, size_t group)
{
	uint32_t count = 0, kept = 1;

	room[count++].from = DATE_NONE;
	for (size_t i = atlas->group_first[group]; i < atlas->group_first[group + 1]; i++) {
		const struct membership *row = &world->group_rows[i];

		if (row->from != DATE_NONE)
			room[count++].from = row->from;
		if (row->until != DATE_NONE && row->until < INT32_MAX)
			room[count++].from = row->until + 1;
	}
	qsort(room, count, sizeof *room, compare_days);
	for (uint32_t i = 1; i < count; i++) {
		if (room[i].from != room[kept - 1].from)
			room[kept++].from = room[i].from;
	}
	return kept;
}

static void group_day_fill(
	struct group_day *day, const struct atlas *atlas, const struct world *world, size_t group)
{
	int32_t date = day->from == DATE_NONE ? DATE_NONE + 1 : day->from;

	day->nats = (struct set256){ { 0 } };
	for (size_t i = atlas->group_first[group]; i < atlas->group_first[group + 1]; i++) {
		const struct membership *row = &world->group_rows[i];
		uint16_t nat = world->parties[row->member].nat;

		if (nat != NAT_NONE && date_within(date, row->from, row->until))
			set256_add(&day->nats, nat);
	}
}

static enum status atlas_group_days(struct atlas *atlas, const struct world *world)
{
	size_t most = world->groups_count;
	uint32_t count = 0;

	for (size_t i = 0; i < world->group_rows_count; i++)
		most += (size_t)(world->group_rows[i].from != DATE_NONE) +
			(world->group_rows[i].until != DATE_NONE);
	atlas->group_days_first = ARENA_ARRAY(&atlas->arena, world->groups_count + 1, uint32_t);
	atlas->group_days = ARENA_ARRAY(&atlas->arena, most, struct group_day);
	if (!atlas->group_days_first || !atlas->group_days)
		return STATUS_NO_MEMORY;
	for (size_t g = 0; g < world->groups_count; g++) {
		struct group_day *days = atlas->group_days + count;
		uint32_t own = group_changes(days, atlas, world, g);

		for (uint32_t i = 0; i < own; i++)
			group_day_fill(&days[i], atlas, world, g);
		count += own;
		atlas->group_days_first[g + 1] = count;
	}
	return STATUS_OK;
}

const struct set256 *atlas_group(const struct atlas *atlas, uint32_t group, int32_t date)
{
	const struct group_day *days = atlas->group_days;
	uint32_t low = atlas->group_days_first[group], high = atlas->group_days_first[group + 1];

	assert(low < high && date != DATE_NONE);
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (days[middle].from <= date)
			low = middle;
		else
			high = middle;
	}
	return &days[low].nats;
}

static enum status atlas_zones(struct atlas *atlas, const struct world *world)
{
	size_t *first = ARENA_ARRAY(&atlas->arena, world->zones_count + 2, size_t);
	uint32_t *members = ARENA_ARRAY(&atlas->arena, world->zone_rows_count, uint32_t);

	if (!first || !members)
		return STATUS_NO_MEMORY;
	/* Counting sort; shifted by one, so that filling moves each start into place. */
	for (size_t i = 0; i < world->zone_rows_count; i++) {
		assert(world->zone_rows[i].set < world->zones_count);
		first[world->zone_rows[i].set + 2]++;
	}
	for (size_t z = 0; z < world->zones_count; z++)
		first[z + 2] += first[z + 1];
	for (size_t i = 0; i < world->zone_rows_count; i++)
		members[first[world->zone_rows[i].set + 1]++] = (uint32_t)i;
	atlas->zone_first = first;
	atlas->zone_members = members;
	return STATUS_OK;
}

/* The blocks of places: one a country, block 0 for what lies above. */
static enum status atlas_spots(struct atlas *atlas, const struct world *world)
{
	size_t countries = 0, above = 0;

	for (size_t p = 0; p < world->places_count; p++) {
		countries += world->places[p].country == p;
		above += world->places[p].country == NONE32;
	}
	atlas->spots = ARENA_ARRAY(&atlas->arena, world->places_count, struct spot);
	atlas->block_first = ARENA_ARRAY(&atlas->arena, countries + 1, uint32_t);
	atlas->above = ARENA_ARRAY(&atlas->arena, above, uint32_t);
	if (!atlas->spots || !atlas->block_first || !atlas->above)
		return STATUS_NO_MEMORY;
	atlas->block_count = 1;
	for (uint32_t p = 0; p < world->places_count; p++) {
		const struct place *place = &world->places[p];
		struct spot *spot = &atlas->spots[p];

		*spot = (struct spot){
			.parent = place->parent, .depth = place->depth, .nat = place->nat
		};
		atlas->deep |= place->depth > RANK_DEPTH_MAX;
		if (place->country == NONE32) {
			spot->local = (uint32_t)atlas->above_count;
			atlas->above[atlas->above_count++] = p;
			continue;
		}
		if (place->country == p)
			atlas->block_first[atlas->block_count++] = p;
		/* Preorder: the country just begun is this place's. */
		spot->block = atlas->block_count - 1;
		spot->local = p - place->country;
		assert(atlas->block_first[spot->block] == place->country);
	}
	return STATUS_OK;
}

/* Every block has a slot a place, and one more. */
static enum status atlas_slots(struct atlas *atlas, const struct world *world)
{
	atlas->slot_first = ARENA_ARRAY(&atlas->arena, atlas->block_count + 1, uint32_t);
	if (!atlas->slot_first)
		return STATUS_NO_MEMORY;
	for (size_t p = 0; p < world->places_count; p++)
		atlas->slot_first[atlas->spots[p].block + 1]++;
	for (uint32_t b = 0; b < atlas->block_count; b++)
		atlas->slot_first[b + 1] += atlas->slot_first[b] + 1;
	for (size_t p = 0; p < world->places_count; p++)
		atlas->spots[p].slot =
			atlas->slot_first[atlas->spots[p].block] + atlas->spots[p].local;
	return STATUS_OK;
}

static enum status atlas_places(struct atlas *atlas, const struct world *world)
{
	size_t strays = 0;

	atlas->country_nat = ARENA_ARRAY(&atlas->arena, world->places_count, uint16_t);
	for (size_t p = 0; p < world->places_count; p++) {
		uint32_t country = world->places[p].country;

		strays += country != NONE32 && world->places[p].nat != world->places[country].nat;
	}
	atlas->strays = ARENA_ARRAY(&atlas->arena, strays, uint32_t);
	if (!atlas->country_nat || !atlas->strays)
		return STATUS_NO_MEMORY;
	for (uint32_t p = 0; p < world->places_count; p++) {
		uint32_t country = world->places[p].country;

		atlas->country_nat[p] = NAT_NONE;
		if (country != NONE32 && world->places[p].nat != world->places[country].nat)
			atlas->strays[atlas->stray_count++] = p;
	}
	for (uint16_t n = 0; n < world->nats_count; n++) {
		if (world->nats[n].place != NONE32)
			atlas->country_nat[world->nats[n].place] = n;
	}
	atlas->stateless = world_nat(world, STR("XXA"));
	return STATUS_OK;
}

/* The index's own names for what the atlas holds. */
static void show(struct cover_index *index)
{
	const struct atlas *atlas = index->atlas;

	index->group_first = atlas->group_first;
	index->zone_first = atlas->zone_first;
	index->zone_members = atlas->zone_members;
	index->country_nat = atlas->country_nat;
	index->strays = atlas->strays;
	index->stray_count = atlas->stray_count;
	index->stateless = atlas->stateless;
}

enum status atlas_make(struct cover_index *index)
{
	struct atlas *atlas = block_get(index, sizeof *atlas);
	enum status status;

	if (!atlas)
		return STATUS_NO_MEMORY;
	*atlas = (struct atlas){ .refs = 1, .allocator = index->allocator };
	arena_init(&atlas->arena, &atlas->allocator, SIZE_MAX / 2);
	index->atlas = atlas;
	status = atlas_groups(atlas, index->world);
	if (status == STATUS_OK)
		status = atlas_group_days(atlas, index->world);
	if (status == STATUS_OK)
		status = atlas_zones(atlas, index->world);
	if (status == STATUS_OK)
		status = atlas_spots(atlas, index->world);
	if (status == STATUS_OK)
		status = atlas_slots(atlas, index->world);
	if (status == STATUS_OK)
		status = atlas_places(atlas, index->world);
	show(index);
	return status;
}

void atlas_share(struct cover_index *index, const struct cover_index *from)
{
	atomic_fetch_add_explicit(&from->atlas->refs, 1, memory_order_relaxed);
	index->atlas = from->atlas;
	show(index);
}

void atlas_drop(struct cover_index *index)
{
	struct atlas *atlas = index->atlas;

	if (!atlas || atomic_fetch_sub_explicit(&atlas->refs, 1, memory_order_acq_rel) != 1)
		return;
	arena_free(&atlas->arena);
	block_put(index, atlas, sizeof *atlas);
}
