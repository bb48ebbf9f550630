/* Who belongs to a group and who is a party of an agreement on a date, as sets of nationalities,
 * each worked out once for whoever asks for many nationalities at one place. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

/* The member States of GROUP on DATE. */
static struct set256 members_on(const struct cover_index *index, uint32_t group, int32_t date)
{
	struct set256 nats = { { 0 } };

	for (size_t i = index->group_first[group]; i < index->group_first[group + 1]; i++) {
		const struct membership *member = &index->world->group_rows[i];
		uint16_t nat = index->world->parties[member->member].nat;

		if (nat != NAT_NONE && date_within(date, member->from, member->until))
			set256_add(&nats, nat);
	}
	return nats;
}

struct set256 ask_group_nats(const struct ask *ask, uint32_t group)
{
	struct memo *memo = ask->memo;

	if (!ask->index->atlas->group_dated[group])
		return ask->index->atlas->group_nats[group];
	if (!memo || !memo->groups)
		return members_on(ask->index, group, ask->query.date);
	if (!memo->groups_known[group]) {
		memo->groups[group] = members_on(ask->index, group, ask->query.date);
		memo->groups_known[group] = true;
	}
	return memo->groups[group];
}

bool ask_group_has(const struct ask *ask, uint32_t group, uint32_t party)
{
	uint16_t nat = ask->world->parties[party].nat;
	const struct memo *memo = ask->memo;
	struct set256 nats;

	if (nat == NAT_NONE || (ask->index->atlas->group_dated[group] && (!memo || !memo->groups)))
		return world_group_has(ask->world, group, party, ask->query.date);
	nats = ask_group_nats(ask, group);
	return set256_has(&nats, nat);
}

struct set256 ask_party_nats(const struct ask *ask, const struct row *row)
{
	const struct agreement *agreement = row->agreement;
	struct memo *memo = ask->memo;
	struct set256 *nats = &memo->parties[row->slot];

	assert(memo->parties);
	for (size_t i = 0; i < agreement->parties_count && !memo->parties_known[row->slot]; i++) {
		const struct party_entry *entry = &agreement->parties[i];

		if (!date_within(ask->query.date, entry->from, entry->until))
			continue;
		if (entry->is_group)
			*nats = set256_or(*nats, ask_group_nats(ask, entry->index));
		else if (ask->world->parties[entry->index].nat != NAT_NONE)
			set256_add(nats, ask->world->parties[entry->index].nat);
	}
	memo->parties_known[row->slot] = true;
	return *nats;
}

bool ask_is_party(const struct ask *ask, const struct row *row, uint32_t party)
{
	uint16_t nat = ask->world->parties[party].nat;
	struct set256 nats;

	if (!ask->memo || !ask->memo->parties || nat == NAT_NONE)
		return match_is_party(ask->world, row->agreement, party, ask->query.date);
	nats = ask_party_nats(ask, row);
	return set256_has(&nats, nat);
}

bool memo_ready(struct memo *memo, struct arena *arena, const struct cover_index *index)
{
	const struct world *world = index->world;

	if (!memo->force) {
		memo->force = arena_get(arena, index->slot_count);
		memo->own_band = arena_get(arena, world->parties_count);
		memo->groups = ARENA_ARRAY(arena, world->groups_count, struct set256);
		memo->groups_known = ARENA_ARRAY(arena, world->groups_count, bool);
		memo->parties = ARENA_ARRAY(arena, index->slot_count, struct set256);
		memo->parties_known = ARENA_ARRAY(arena, index->slot_count, bool);
		if (!memo->force || !memo->own_band || !memo->groups || !memo->groups_known ||
			!memo->parties || !memo->parties_known)
			return false;
		memset(memo->force, MEMO_UNKNOWN, index->slot_count);
		memo->own_used = true;
	}
	if (memo->own_used)
		memset(memo->own_band, MEMO_UNKNOWN, world->parties_count);
	memo->own_used = false;
	return true;
}
