/* Ids to numbers, and the relations that need no date: lies in, is under, acts for. */
#include "world/internal.h"

#include <assert.h>

uint32_t world_place(const struct world *world, struct str id)
{
	return symbols_get(&world->place_ids, id);
}

uint32_t world_party(const struct world *world, struct str id)
{
	return symbols_get(&world->party_ids, id);
}

uint32_t world_group(const struct world *world, struct str id)
{
	return symbols_get(&world->group_ids, id);
}

uint32_t world_zone(const struct world *world, struct str id)
{
	return symbols_get(&world->zone_ids, id);
}

uint16_t world_nat(const struct world *world, struct str code)
{
	uint32_t nat = symbols_get(&world->nat_ids, code);
	return nat == SYMBOL_NONE ? NAT_NONE : (uint16_t)nat;
}

static struct str find_name(const struct world *world, struct str id, struct str lang)
{
	size_t low = 0, high = world->names_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct name_row *row = &world->names[middle];
		int order = str_cmp(row->id, id);
		order = order ? order : str_cmp(row->lang, lang);
		if (order == 0)
			return row->name;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return STR_NONE;
}

struct str world_name(const struct world *world, struct str id, struct str lang)
{
	assert(world);
	struct str name = find_name(world, id, lang);
	if (!name.ptr && str_starts(id, "group:"))
		return find_name(world, str_sub(id, 6, id.len), lang);
	if (!name.ptr && str_starts(id, "zone:"))
		return find_name(world, str_sub(id, 5, id.len), lang);
	return name;
}

_Static_assert(SYMBOL_NONE == NONE32, "what a table does not hold is none");

const struct str *world_place_id_list(const struct world *world)
{
	return world->index->place_ids;
}

const struct str *world_party_id_list(const struct world *world)
{
	return world->index->party_ids;
}

const struct str *world_nat_id_list(const struct world *world)
{
	return world->index->nat_ids;
}

bool world_party_under(const struct world *world, uint32_t party, uint32_t ancestor)
{
	assert(world && party < world->parties_count);
	for (; party != NONE32; party = world->parties[party].parent)
		if (party == ancestor)
			return true;
	return false;
}

bool world_acts_for(const struct world *world, uint32_t party, uint16_t nat)
{
	assert(world && party < world->parties_count && nat < world->nats_count);
	uint32_t state = world->nats[nat].state;
	if (state == NONE32)
		return false;
	for (; party != NONE32; party = world->parties[party].parent) {
		const struct party *at = &world->parties[party];
		if (party == state)
			return true;
		for (size_t i = 0; i < at->state_controlled_count; i++)
			if (at->state_controlled[i] == state)
				return true;
	}
	return false;
}

bool world_enforcement(const struct world *world, uint32_t party)
{
	assert(world);
	while (party != NONE32 && world->parties[party].kind != PARTY_AGENCY)
		party = world->parties[party].parent;
	return party != NONE32 && !world->parties[party].service;
}
