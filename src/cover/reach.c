/* By which channels whoever answers is reached: those near the person, or the post that answers,
 * that the viewer may see. */
#include "cover/cover.h"

static bool is_party_of(
	const struct world *world, const struct agreement *agreement, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		if (!date_within(date, entry->from, entry->until))
			continue;
		if (entry->is_group ? world_group_has(world, entry->index, party, date)
				    : entry->index == party)
			return true;
	}
	return false;
}

/* A channel that is not public is shown to the whole workspace, to its own party and to the other
 * parties of the agreement that answers. */
static bool channel_visible(const struct world *world, const struct query *query,
	const struct answer *answer, const struct channel *channel)
{
	if (channel->visibility == VISIBILITY_PUBLIC || query->viewer == VIEWER_ALL)
		return true;
	if (query->viewer == VIEWER_PUBLIC)
		return false;
	return world_party_under(world, query->viewer, channel->party) ||
	       is_party_of(world, answer->agreement, query->viewer, query->date);
}

/* In the country of the query or of the post that gives the presence, or for an area that holds it.
 */
static bool channel_near(const struct world *world, const struct query *query,
	const struct answer *answer, const struct channel *channel)
{
	uint32_t country = world->places[query->place].country;

	if (channel->place == NONE32 || world_lies_in(world, channel->place, country) ||
		world_lies_in(world, query->place, channel->place))
		return true;
	if (answer->post_row == NONE32)
		return false;
	const struct post_row *post = &world->posts[answer->post_row];
	return world_lies_in(world, channel->place, post->receiving) ||
	       world_lies_in(world, post->place, channel->place);
}

bool cover_channel_shown(const struct world *world, const struct query *query,
	const struct answer *answer, const struct channel *channel)
{
	/* The country's emergency numbers stand under its State; they reach no office that answers,
	 * and nobody is sent to the police for a passport. */
	return channel->party == answer->provider && !channel->emergency &&
	       channel_near(world, query, answer, channel) &&
	       channel_visible(world, query, answer, channel);
}

void cover_reach(struct reach *reach, const struct world *world, const struct query *query,
	const struct answer *answer)
{
	uint32_t places[CHANNEL_PLACES_MAX] = { query->place, NONE32, NONE32 };

	reach->query = query;
	reach->answer = answer;
	if (answer->post_row != NONE32) {
		places[1] = world->posts[answer->post_row].receiving;
		places[2] = world->posts[answer->post_row].place;
	}
	world_channels_near(&reach->walk, world, answer->provider, places, CHANNEL_PLACES_MAX);
}

const struct channel *cover_reach_next(struct reach *reach)
{
	const struct channel *channel;

	while ((channel = world_channels_next(&reach->walk)) != NULL)
		if (cover_channel_shown(reach->walk.world, reach->query, reach->answer, channel))
			break;
	return channel;
}
