/* `served-by:X`: a nationality is served through X where a row of another agreement, by X, without
 * `served-by` itself, passes steps 1 to 4 for the same question. One level deep by that rule, so
 * that chains end. */
#include <assert.h>
#include "cover/internal.h"

/* X's row, judged for the nationality of the pair; the person stays whole (pools, safeguards). */
static bool serves(struct ask *ask, const struct row *row, uint32_t server, struct answer *answer)
{
	struct view view;
	uint16_t nat;
	bool serving = false;

	if (!provider_is(ask, row, server, &nat) || !view_open(&view, ask, row, false))
		return false;
	if (view.force == FORCE_YES &&
		judge_provider(ask, &view, server, nat, answer) == WHYNOT_ANSWERS)
		serving = answer->held == 0;
	view_close(&view, ask);
	return serving;
}

enum truth served_by(
	struct ask *ask, const struct row *row, uint32_t server, uint16_t nat, bool *aged)
{
	const struct cover_index *index = ask->index;
	enum truth best = TRUTH_F;
	struct ask inner = *ask;

	assert(server < ask->world->parties_count && nat < ask->world->nats_count);
	*aged = false;
	if (ask->world->parties[server].nat == nat)
		return TRUTH_F; /* X's own are named by code */
	inner.only_nat = nat;
	inner.safeguards = true;
	inner.limits = false;
	inner.ranked = false;
	for (size_t i = 0; i < ask->candidate_count && best != TRUTH_T; i++) {
		const struct row *other = ask->candidates[i];
		struct answer answer;

		if (other->agreement == row->agreement || other->served_by ||
			!set256_has(&index->sets[other->nats], nat) ||
			!serves(&inner, other, server, &answer))
			continue;
		best = truth_or(best, answer.certainty);
		*aged |= answer.certainty == TRUTH_U && (answer.marks & MARK_STALE);
	}
	*aged &= best == TRUTH_U;
	return best;
}

uint32_t size_of_item(struct ask *ask, const struct row *row, uint32_t number)
{
	const struct commitment *commitment = row->commitment;
	const struct nat_item *item = &commitment->nats[number];
	struct set256 nats = { { 0 } };
	struct ask inner;
	bool aged;

	assert(number < commitment->nats_count);
	if (item->kind == NAT_ITEM_CODE)
		return 1; /* the pair exists: it is not excepted */
	if (item->kind == NAT_ITEM_GROUP)
		nats = *atlas_group(ask->index->atlas, item->group, ask->query.date);
	else if (item->kind == NAT_ITEM_ANY)
		nats = set256_below((unsigned)ask->world->nats_count);
	if (item->kind != NAT_ITEM_SERVED_BY && commitment->except_nats_count == 0)
		return set256_count(&nats);
	for (uint16_t nat = 0; nat < ask->world->nats_count; nat++) {
		if (match_excepted(ask, commitment, nat)) {
			set256_remove(&nats, nat);
		} else if (item->kind == NAT_ITEM_SERVED_BY) {
			ask_for_nat(&inner, ask, nat);
			if (served_by(&inner, row, item->party, nat, &aged) != TRUTH_F)
				set256_add(&nats, nat);
		}
	}
	return set256_count(&nats);
}
