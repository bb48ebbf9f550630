/* Equal treatment is no better than the original: `limit: as-own-nationals` bounds a row by what
 * the provider's own nationals, without status, get at that place for that service from their own
 * State, by rows without `limit`, after steps 1 to 3. The result does not depend on the person, so
 * those who ask for many nationalities share it. */
#include <assert.h>
#include "cover/internal.h"

static enum band own_band(struct ask *own, uint32_t provider)
{
	enum band best = BAND_NONE;

	for (size_t i = 0; i < own->candidate_count; i++) {
		const struct row *row = own->candidates[i];
		struct answer answer;
		struct view view;
		uint16_t nat;

		if (row->band <= best && !own->wonder)
			continue; /* at best what its duty says: no more than what is found */
		if (row->commitment->as_own_nationals ||
			!set256_has(&own->index->sets[row->nats], own->query.nats[0]) ||
			!provider_is(own, row, provider, &nat) ||
			!view_open(&view, own, row, false))
			continue;
		if (view.force == FORCE_YES &&
			judge_provider(own, &view, provider, nat, &answer) == WHYNOT_ANSWERS &&
			answer.band > best)
			best = answer.band;
		view_close(&view, own);
	}
	return best;
}

enum band limit_as_own(struct ask *ask, uint32_t provider)
{
	const struct party *party = &ask->world->parties[provider];
	struct memo *memo = ask->memo;
	enum band band = BAND_NONE;
	struct ask own;

	assert(provider < ask->world->parties_count);
	if (memo && memo->own_band && memo->own_band[provider] != MEMO_UNKNOWN)
		return (enum band)memo->own_band[provider];
	if (party->kind == PARTY_STATE && party->nat != NAT_NONE) {
		ask_as_own(&own, ask, party->nat);
		band = own_band(&own, provider);
	}
	if (memo && memo->own_band) {
		memo->own_band[provider] = (uint8_t)band;
		memo->own_used = true;
	}
	return band;
}
