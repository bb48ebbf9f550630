/* Who belongs to a group and who is a party of an agreement on a question's date; parties as sets
 * of nationalities, each worked out once for whoever asks for many nationalities at one place. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

bool ask_group_has(const struct ask *ask, uint32_t group, uint32_t party)
{
	uint16_t nat = ask->world->parties[party].nat;

	if (nat == NAT_NONE)
		return world_group_has(ask->world, group, party, ask->query.date);
	return set256_has(atlas_group(ask->index->atlas, group, ask->query.date), nat);
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
			*nats = set256_or(*nats,
				*atlas_group(ask->index->atlas, entry->index, ask->query.date));
		else if (ask->world->parties[entry->index].nat != NAT_NONE)
			set256_add(nats, ask->world->parties[entry->index].nat);
	}
	memo->parties_known[row->slot] = true;
	return *nats;
}

static bool entry_names(const struct ask *ask, const struct party_entry *entry, uint32_t party)
{
	return date_within(ask->query.date, entry->from, entry->until) &&
	       (entry->is_group ? ask_group_has(ask, entry->index, party) : entry->index == party);
}

bool ask_is_party(const struct ask *ask, const struct row *row, uint32_t party)
{
	const struct agreement *agreement = row->agreement;
	uint16_t nat = ask->world->parties[party].nat;
	bool is = false;

	if (ask->memo && ask->memo->parties && nat != NAT_NONE) {
		struct set256 nats = ask_party_nats(ask, row);

		return set256_has(&nats, nat);
	}
	for (size_t i = 0; i < agreement->parties_count && !is; i++)
		is = entry_names(ask, &agreement->parties[i], party);
	return is;
}

bool memo_ready(struct memo *memo, struct arena *arena, const struct cover_index *index)
{
	const struct world *world = index->world;

	if (!memo->force) {
		memo->force = arena_get(arena, index->slot_count);
		memo->own_band = arena_get(arena, world->parties_count);
		memo->parties = ARENA_ARRAY(arena, index->slot_count, struct set256);
		memo->parties_known = ARENA_ARRAY(arena, index->slot_count, bool);
		if (!memo->force || !memo->own_band || !memo->parties || !memo->parties_known)
			return false;
		memset(memo->force, MEMO_UNKNOWN, index->slot_count);
		memo->own_used = true;
	}
	if (memo->own_used)
		memset(memo->own_band, MEMO_UNKNOWN, world->parties_count);
	memo->own_used = false;
	return true;
}
