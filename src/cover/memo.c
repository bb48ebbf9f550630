/* What holds for every nationality at one place and date, asked once: who belongs to a group, and
 * whether a State is present. A pool's members are asked for every nationality of the country, and
 * each time the answer is the same. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

static void learn_group(const struct ask *ask, uint32_t group)
{
	const struct cover_index *index = ask->index;
	struct memo *memo = ask->memo;

	for (size_t i = index->group_first[group]; i < index->group_first[group + 1]; i++) {
		const struct membership *member = &ask->world->group_rows[i];
		uint16_t nat = ask->world->parties[member->member].nat;

		if (nat != NAT_NONE && date_within(ask->query.date, member->from, member->until))
			set256_add(&memo->groups[group], nat);
	}
	memo->groups_known[group] = true;
}

bool ask_group_has(const struct ask *ask, uint32_t group, uint32_t party)
{
	uint16_t nat = ask->world->parties[party].nat;

	if (!ask->memo || !ask->memo->groups || nat == NAT_NONE)
		return world_group_has(ask->world, group, party, ask->query.date);
	if (!ask->memo->groups_known[group])
		learn_group(ask, group);
	return set256_has(&ask->memo->groups[group], nat);
}

static void learn_parties(const struct ask *ask, const struct row *row)
{
	const struct agreement *agreement = row->agreement;
	struct memo *memo = ask->memo;
	struct set256 *nats = &memo->parties[row->slot];

	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];

		if (!date_within(ask->query.date, entry->from, entry->until))
			continue;
		if (entry->is_group) {
			if (!memo->groups_known[entry->index])
				learn_group(ask, entry->index);
			*nats = set256_or(*nats, memo->groups[entry->index]);
		} else if (ask->world->parties[entry->index].nat != NAT_NONE) {
			set256_add(nats, ask->world->parties[entry->index].nat);
		}
	}
	memo->parties_known[row->slot] = true;
}

bool ask_is_party(const struct ask *ask, const struct row *row, uint32_t party)
{
	uint16_t nat = ask->world->parties[party].nat;
	const struct memo *memo = ask->memo;

	if (!memo || !memo->parties || nat == NAT_NONE)
		return match_is_party(ask->world, row->agreement, party, ask->query.date);
	if (!memo->parties_known[row->slot])
		learn_parties(ask, row);
	return set256_has(&memo->parties[row->slot], nat);
}

struct presence ask_presence(const struct ask *ask, uint32_t party, unsigned levels)
{
	const struct query *query = &ask->query;
	uint16_t nat = ask->world->parties[party].nat;
	struct memo *memo = ask->memo;
	struct kept_presence *kept;

	if (!memo || !memo->presence || nat == NAT_NONE || memo->place != query->place)
		return world_presence(
			ask->world, party, query->place, levels, query->service, query->date);
	assert(levels <= LEVELS_ALL);
	kept = &memo->presence[nat * (LEVELS_ALL + 1) + levels];
	if (kept->stamp != memo->stamp) {
		kept->presence = world_presence(
			ask->world, party, query->place, levels, query->service, query->date);
		kept->stamp = memo->stamp;
	}
	return kept->presence;
}

bool memo_ready(
	struct memo *memo, struct arena *arena, const struct cover_index *index, uint32_t place)
{
	const struct world *world = index->world;

	if (!memo->force) {
		memo->force = arena_get(arena, index->slot_count);
		memo->own_band = arena_get(arena, world->parties_count);
		memo->groups = ARENA_ARRAY(arena, world->groups_count, struct set256);
		memo->groups_known = ARENA_ARRAY(arena, world->groups_count, bool);
		memo->parties = ARENA_ARRAY(arena, index->slot_count, struct set256);
		memo->parties_known = ARENA_ARRAY(arena, index->slot_count, bool);
		memo->presence = ARENA_ARRAY(
			arena, world->nats_count * (LEVELS_ALL + 1), struct kept_presence);
		if (!memo->force || !memo->own_band || !memo->groups || !memo->groups_known ||
			!memo->parties || !memo->parties_known || !memo->presence)
			return false;
		memset(memo->force, MEMO_UNKNOWN, index->slot_count);
		memo->own_used = true;
	}
	if (memo->own_used)
		memset(memo->own_band, MEMO_UNKNOWN, world->parties_count);
	memo->own_used = false;
	memo->place = place;
	memo->stamp++;
	return true;
}
