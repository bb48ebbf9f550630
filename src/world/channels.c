/* How parties are reached, by where: a State has a hundred channels in the world, and who asks is
 * near a few of them. They stand under the country of their place: no country lies in another. */
#include "world/internal.h"

#include <assert.h>

/* NONE32 for no place and above countries. */
static uint32_t country_of(const struct world *world, uint32_t place)
{
	return place == NONE32 ? NONE32 : world->places[place].country;
}

enum status world__index_channels(struct arena *arena, const struct world *world)
{
	struct world_index *index = world->index;
	size_t count = world->channels_count;
	uint32_t at = 0;

	index->channels = ARENA_ARRAY(arena, count + 1, struct keyed);
	index->channels_from = ARENA_ARRAY(arena, world->parties_count + 1, uint32_t);
	if (!index->channels || !index->channels_from)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		const struct channel *channel = &world->channels[i];
		uint64_t key = world__pair(channel->party, country_of(world, channel->place));

		index->channels[i] = (struct keyed){ key, i };
	}
	world__keyed_sort(index->channels, count);
	for (uint32_t party = 0; party <= world->parties_count; party++) {
		while (at < count && index->channels[at].key >> 32 < party)
			at++;
		index->channels_from[party] = at;
	}
	return STATUS_OK;
}

/* The channels of PARTY under COUNTRY, unless the walk has them already. */
static void add_country(struct channel_walk *walk, uint32_t party, uint32_t country)
{
	const struct world_index *index = walk->world->index;
	const struct keyed *first = index->channels + index->channels_from[party];
	const struct keyed *end = index->channels + index->channels_from[party + 1];
	uint64_t key = world__pair(party, country);

	for (size_t i = 0; i < walk->count; i++)
		if (walk->at[i]->key == key)
			return;
	first += world__keyed_find(first, (size_t)(end - first), key);
	if (first == end || first->key != key)
		return;
	walk->at[walk->count] = first;
	while (first < end && first->key == key)
		first++;
	walk->end[walk->count++] = first;
}

void world_channels_near(struct channel_walk *walk, const struct world *world, uint32_t party,
	const uint32_t *places, size_t count)
{
	assert(walk && world && party < world->parties_count && count <= CHANNEL_PLACES_MAX);
	walk->world = world;
	walk->count = 0;
	if (world->index->channels_from[party] == world->index->channels_from[party + 1])
		return;
	add_country(walk, party, NONE32);
	for (size_t i = 0; i < count; i++)
		if (places[i] != NONE32)
			add_country(walk, party, country_of(world, places[i]));
}

const struct channel *world_channels_next(struct channel_walk *walk)
{
	size_t next = walk->count;

	for (size_t i = 0; i < walk->count; i++)
		if (walk->at[i] < walk->end[i] &&
			(next == walk->count || walk->at[i]->row < walk->at[next]->row))
			next = i;
	return next < walk->count ? &walk->world->channels[walk->at[next]++->row] : NULL;
}
