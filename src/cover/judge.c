/* The conditions in sequence, once for every use. A row is opened (what does not depend on the
 * provider), then each of its providers is judged by its pairs; the first condition that fails
 * names the reason. Answers, bands, nested questions and reasons differ only in what they do with
 * the verdict. */
#include <assert.h>
#include "cover/internal.h"

bool view_open(struct view *view, struct ask *ask, const struct row *row, bool keep)
{
	*view = (struct view){ .row = row,
		.residence = TRUTH_T,
		.pairs_nat = NAT_NONE,
		.pairs_first = ask->scratch->pair_count };
	view->gate = match_gate(ask, view);
	if (view->gate != WHYNOT_ANSWERS && !keep)
		return false;
	view->scope = match_scope(ask, view);
	return view->scope == WHYNOT_ANSWERS || keep;
}

void view_close(struct view *view, struct ask *ask)
{
	assert(ask->scratch->pair_count >= view->pairs_first);
	ask->scratch->pair_count = view->pairs_first;
}

/* The pairs for NAT (or all): kept while providers ask for the same. */
static void ready_pairs(struct ask *ask, struct view *view, uint16_t nat)
{
	if (view->pairs_ready && view->pairs_nat == nat)
		return;
	view_close(view, ask);
	match_pairs(ask, view, nat);
}

/* `limit: as-own-nationals`, after everything else: the dearest question comes last. */
static void bound_band(struct ask *ask, const struct row *row, struct answer *answer)
{
	enum band own, cap;

	if (!row->commitment->as_own_nationals || !ask->limits || ask->reading == READING_IN_FAVOUR)
		return;
	own = limit_as_own(ask, answer->provider);
	cap = own == BAND_NONE ? BAND_MAY : own;
	if (own == BAND_NONE)
		answer->marks |= MARK_AS_OWN_UNKNOWN;
	if (answer->band > cap)
		answer->band = cap;
}

static void mark_answer(const struct ask *ask, const struct row *row, struct answer *answer)
{
	if (ask->service->domain == DOMAIN_CONSULAR && ask->host_nat != NAT_NONE &&
		set256_has(&ask->nats, ask->host_nat) && answer->provider != ask->host)
		answer->marks |= MARK_HOST_MAY_NOT_ADMIT;
	if (!match_confirmed(ask->world, row->agreement, answer->provider, ask->query.date))
		answer->marks |= MARK_UNCONFIRMED;
}

/* One pair: its answer on top of BASE, unless a safeguard removes it. */
static enum why_not judge_pair(struct ask *ask, const struct view *view, size_t number,
	const struct answer *base, struct answer *answer)
{
	const struct pair pair = ask->scratch->pairs[view->pairs_first + number];

	*answer = *base;
	answer->nat = pair.nat;
	answer->nat_item = pair.item;
	answer->via = pair.via;
	answer->certainty = truth_and(view->residence, pair.certainty);
	if (answer->certainty == TRUTH_U && pair.aged && view->residence == TRUTH_T)
		answer->marks |= MARK_STALE;
	if (ask->safeguards) {
		enum why_not why =
			safeguards_apply(ask, view->row, base->provider, pair.via, answer);

		if (why != WHYNOT_ANSWERS)
			return why;
	}
	if (ask->ranked)
		answer->size = size_of_item(ask, view->row, pair.item);
	return WHYNOT_ANSWERS;
}

enum why_not judge_provider(
	struct ask *ask, struct view *view, uint32_t provider, uint16_t nat, struct answer *answer)
{
	const struct row *row = view->row;
	const struct commitment *commitment = row->commitment;
	struct answer base = { .agreement = row->agreement,
		.commitment = commitment,
		.provider = provider,
		.depth = view->depth,
		.lead_time_hours = -1 };
	enum why_not why = view->gate, farthest = WHYNOT_ANSWERS;
	bool found = false;

	assert(provider < ask->world->parties_count);
	if (why == WHYNOT_ANSWERS)
		why = provider_gate(ask, row, provider);
	if (why == WHYNOT_ANSWERS)
		why = view->scope;
	if (why != WHYNOT_ANSWERS)
		return why;
	ready_pairs(ask, view, nat);
	if (view->pairs_count == 0)
		return view->pairs_why;
	why = provider_here(ask, row, provider, &base);
	if (why != WHYNOT_ANSWERS)
		return why;
	if (commitment->lead_time.count > 0)
		base.lead_time_hours = duration_hours(commitment->lead_time);

	for (size_t i = 0; i < view->pairs_count; i++) {
		struct answer next;

		why = judge_pair(ask, view, i, &base, &next);
		if (why > farthest)
			farthest = why;
		if (why != WHYNOT_ANSWERS)
			continue;
		if (!found || order_pairs(ask->world, &next, answer) < 0)
			*answer = next;
		found = true;
	}
	if (!found)
		return farthest;
	bound_band(ask, row, answer);
	if (ask->ranked)
		mark_answer(ask, row, answer);
	return WHYNOT_ANSWERS;
}

bool row_walk_open(struct row_walk *walk, struct ask *ask, const struct row *row)
{
	if (!ask_may_concern(ask, row) || !view_open(&walk->view, ask, row, false))
		return false;
	if (walk->view.force != FORCE_YES) {
		view_close(&walk->view, ask);
		return false;
	}
	provider_walk_init(&walk->providers, ask, row);
	return true;
}

bool row_walk_next(struct row_walk *walk, const struct ask *ask)
{
	return provider_walk_next(
		&walk->providers, ask, walk->view.row, &walk->provider, &walk->nat);
}

bool row_walk_answers(struct row_walk *walk, struct ask *ask, struct answer *answer)
{
	return judge_provider(ask, &walk->view, walk->provider, walk->nat, answer) ==
	       WHYNOT_ANSWERS;
}

void row_walk_close(struct row_walk *walk, struct ask *ask)
{
	view_close(&walk->view, ask);
}
