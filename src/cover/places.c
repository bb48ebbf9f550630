/* Places of a commitment: is the query's place inside `where`, its destination inside `to`, and by
 * how deep an item. A group stands for its member States' countries on the date (and, where asked,
 * for the places whose people hold their nationality); a zone for its members. Nothing is expanded:
 * a group is asked whether the State of the place's country belongs to it. */
#include <assert.h>
#include "cover/internal.h"

uint32_t places_of_state(const struct world *world, uint32_t party)
{
	uint16_t nat;

	assert(party < world->parties_count);
	nat = world->parties[party].nat;
	return nat == NAT_NONE ? NONE32 : world->nats[nat].place;
}

/* The member State of GROUP through which PLACE belongs to it: *DEPTH of its country. */
static bool group_contains(
	const struct ask *ask, uint32_t group, uint32_t place, bool territories, uint16_t *depth)
{
	const struct world *world = ask->world;
	const struct place *at = &world->places[place];
	uint16_t nats[2] = { NAT_NONE, NAT_NONE };
	bool found = false;

	if (at->country != NONE32)
		nats[0] = ask->index->country_nat[at->country];
	if (territories)
		nats[1] = at->nat;
	for (size_t i = 0; i < 2; i++) {
		uint32_t state = nats[i] == NAT_NONE ? NONE32 : world->nats[nats[i]].state;
		uint32_t country = state == NONE32 ? NONE32 : places_of_state(world, state);

		if (state == NONE32 || !ask_group_has(ask, group, state))
			continue;
		found = true;
		if (country != NONE32 && world->places[country].depth > *depth)
			*depth = world->places[country].depth;
	}
	return found;
}

static bool zone_contains(const struct ask *ask, uint32_t zone, uint32_t place, uint16_t *depth)
{
	const struct cover_index *index = ask->index;
	const struct world *world = ask->world;
	bool found = false;

	for (size_t i = index->zone_first[zone]; i < index->zone_first[zone + 1]; i++) {
		const struct membership *member = &world->zone_rows[index->zone_members[i]];

		if (!date_within(ask->query.date, member->from, member->until) ||
			!world_lies_in(world, place, member->member))
			continue;
		found = true;
		if (world->places[member->member].depth > *depth)
			*depth = world->places[member->member].depth;
	}
	return found;
}

bool places_item_contains(const struct ask *ask, const struct place_item *item, uint32_t place,
	bool territories, uint16_t *depth)
{
	*depth = 0;
	switch (item->kind) {
	case PLACE_ITEM_PLACE:
		*depth = ask->world->places[item->index].depth;
		return world_lies_in(ask->world, place, item->index);
	case PLACE_ITEM_GROUP:
		return group_contains(ask, item->index, place, territories, depth);
	case PLACE_ITEM_ZONE:
		return zone_contains(ask, item->index, place, depth);
	case PLACE_ITEM_HOME:
	case PLACE_ITEM_THIRD:
	case PLACE_ITEM_IN_COUNTRY:
		return places_word_matches(ask, item->kind, place);
	}
	return false;
}

bool places_word_matches(const struct ask *ask, enum place_item_kind word, uint32_t destination)
{
	const struct place *to = &ask->world->places[destination];
	bool home = to->nat != NAT_NONE && set256_has(&ask->nats, to->nat);
	bool in_country = to->country == ask->country;

	switch (word) {
	case PLACE_ITEM_HOME:
		return home;
	case PLACE_ITEM_IN_COUNTRY:
		return in_country;
	case PLACE_ITEM_THIRD:
		return !home && !in_country;
	default:
		return false;
	}
}

bool places_contain(
	const struct ask *ask, const struct place_scope *scope, uint32_t place, uint16_t *depth)
{
	uint16_t item_depth;
	bool found = scope->in_count == 0; /* nothing written: the world */

	if (depth)
		*depth = 0;
	for (size_t i = 0; i < scope->in_count; i++) {
		if (!places_item_contains(
			    ask, &scope->in[i], place, scope->territories_in, &item_depth))
			continue;
		found = true;
		if (!depth)
			break;
		if (item_depth > *depth)
			*depth = item_depth;
	}
	for (size_t i = 0; found && i < scope->except_count; i++) {
		if (places_item_contains(
			    ask, &scope->except[i], place, scope->territories_in, &item_depth))
			found = false;
	}
	return found;
}

bool places_to_matches(const struct ask *ask, const struct commitment *commitment)
{
	uint32_t to = ask->query.to;

	if (ask->service->destination == DESTINATION_NOT_ASKED || to == NONE32)
		return true;
	if (commitment->to.given)
		return places_contain(ask, &commitment->to, to, NULL);
	return places_word_matches(ask,
		ask->service->destination == DESTINATION_HOME ? PLACE_ITEM_HOME
							      : PLACE_ITEM_IN_COUNTRY,
		to);
}
