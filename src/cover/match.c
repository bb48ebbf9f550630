/* Steps 1 and 2 of resolving: is the agreement in force, visible, the commitment inside its dates,
 * does every scope dimension contain the query, and by which pairs of a nationality and an item. */
#include <assert.h>
#include "cover/internal.h"

/* ---- step 1: agreement and parties ---- */

static bool entry_names(
	const struct world *world, const struct party_entry *entry, uint32_t party, int32_t date)
{
	if (!date_within(date, entry->from, entry->until))
		return false;
	return entry->is_group ? world_group_has(world, entry->index, party, date)
			       : entry->index == party;
}

bool match_is_party(
	const struct world *world, const struct agreement *agreement, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < agreement->parties_count; i++) {
		if (entry_names(world, &agreement->parties[i], party, date))
			return true;
	}
	return false;
}

bool match_confirmed(
	const struct world *world, const struct agreement *agreement, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < agreement->parties_count; i++) {
		if (agreement->parties[i].confirmed != DATE_NONE &&
			entry_names(world, &agreement->parties[i], party, date))
			return true;
	}
	return false;
}

bool match_opted_out(const struct world *world, const struct row *row, uint32_t party,
	enum opt_side side, int32_t date)
{
	const struct agreement *agreement = row->agreement;

	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];

		if (entry->except_count == 0 || !entry_names(world, entry, party, date))
			continue;
		for (size_t j = 0; j < entry->except_count; j++) {
			const struct opt_out *out = &entry->except[j];

			if ((side == OPT_PROVIDER ? out->provider : out->beneficiary) &&
				date_within(date, out->from, out->until) &&
				(out->commitment.len == 0 ||
					str_eq(out->commitment, row->commitment->id)))
				return true;
		}
	}
	return false;
}

/* template-open: a form between parties that are blanks has nobody to be kept for. */
static bool is_open_form(const struct agreement *agreement)
{
	for (size_t i = 0; i < agreement->parties_count; i++)
		if (agreement->parties[i].index != NONE32)
			return false;
	return agreement->is_template && agreement->visibility == AGREEMENT_PARTIES;
}

bool cover_visible_in(
	const struct world *world, const struct agreement *agreement, uint32_t viewer, int32_t date)
{
	if (viewer == VIEWER_ALL || agreement->visibility == AGREEMENT_PUBLIC)
		return true;
	if (is_open_form(agreement))
		return true;
	if (viewer == VIEWER_PUBLIC)
		return false;
	for (uint32_t p = viewer; p != NONE32; p = world->parties[p].parent) {
		if (agreement->visibility == AGREEMENT_PARTIES &&
			match_is_party(world, agreement, p, date))
			return true;
		for (size_t i = 0; i < agreement->visible_to_count; i++) {
			if (agreement->visibility == AGREEMENT_NAMED &&
				agreement->visible_to[i] == p)
				return true;
		}
	}
	return false;
}

bool cover_visible(const struct cover_index *index, const struct agreement *agreement,
	uint32_t viewer, int32_t date)
{
	return cover_visible_in(index->world, agreement, viewer, date);
}

bool match_visible(const struct ask *ask, const struct agreement *agreement)
{
	return cover_visible(ask->index, agreement, ask->query.viewer, ask->query.date);
}

/* The force of VIEW's agreement, FORCE_NO also where it is not visible; from the memo where there
 * is one. */
static enum accord_force force_of(const struct ask *ask, const struct row *row)
{
	const struct agreement *agreement = row->agreement;
	size_t number = row->slot;
	enum accord_force force;

	if (ask->memo && ask->memo->force[number] != MEMO_UNKNOWN)
		return (enum accord_force)ask->memo->force[number];
	force = match_visible(ask, agreement) ? accord_in_force(agreement, ask->query.date)
					      : FORCE_NO;
	if (ask->memo)
		ask->memo->force[number] = (uint8_t)force;
	return force;
}

enum why_not match_gate(const struct ask *ask, struct view *view)
{
	const struct commitment *commitment = view->row->commitment;

	view->force = force_of(ask, view->row);
	if (view->force == FORCE_NO)
		return match_visible(ask, view->row->agreement) ? WHYNOT_NOT_IN_FORCE
								: WHYNOT_NOT_VISIBLE;
	if (!date_within(ask->query.date, commitment->from, commitment->until))
		return WHYNOT_COMMITMENT_DATES;
	return WHYNOT_ANSWERS;
}

/* ---- step 2: scope ---- */

/* Does the person's residence agree: T, U when it is not known, F. */
static enum truth residence_matches(const struct ask *ask, const struct commitment *commitment)
{
	enum truth unknown = ask->assume && ask->assume->residence ? ask->assume->truth
			     : ask->reading == READING_IN_FAVOUR   ? TRUTH_T
								   : TRUTH_U;
	enum truth lives = TRUTH_T;

	if (ask->wonder &&
		((commitment->residences_count > 0 && ask->query.residence == NAT_NONE) ||
			(commitment->resident_since != DATE_NONE &&
				ask->query.resident_since == DATE_NONE)))
		ask->wonder->residence = true;
	if (commitment->residences_count > 0 && ask->query.residence == NAT_NONE) {
		lives = unknown;
	} else if (commitment->residences_count > 0) {
		lives = TRUTH_F;
		for (size_t i = 0; i < commitment->residences_count && lives == TRUTH_F; i++) {
			if (match_nat_item(ask, &commitment->residences[i], ask->query.residence))
				lives = TRUTH_T;
		}
	}
	if (commitment->resident_since == DATE_NONE)
		return lives;
	if (ask->query.resident_since == DATE_NONE)
		return truth_and(lives, unknown);
	return ask->query.resident_since <= commitment->resident_since ? lives : TRUTH_F;
}

enum why_not match_scope(const struct ask *ask, struct view *view)
{
	const struct commitment *commitment = view->row->commitment;
	const struct query *query = &ask->query;

	if (!(commitment->services >> query->service & 1u))
		return WHYNOT_SERVICE;
	if (!(commitment->phases & (unsigned)query->phase))
		return WHYNOT_PHASE;
	if (!places_contain(ask, &commitment->where, query->place, &view->depth))
		return WHYNOT_PLACE;
	if (!places_to_matches(ask, commitment))
		return WHYNOT_TO;
	if (commitment->status && !(commitment->status & query->statuses))
		return WHYNOT_STATUS;
	if (commitment->except_status & query->statuses)
		return WHYNOT_STATUS;
	view->residence = residence_matches(ask, commitment);
	return view->residence == TRUTH_F ? WHYNOT_RESIDENCE : WHYNOT_ANSWERS;
}

/* ---- step 2: pairs ---- */

bool match_nat_item(const struct ask *ask, const struct nat_item *item, uint16_t nat)
{
	uint32_t state = ask->world->nats[nat].state;

	switch (item->kind) {
	case NAT_ITEM_CODE:
		return item->nat == nat;
	case NAT_ITEM_GROUP:
		return state != NONE32 && ask_group_has(ask, item->group, state);
	case NAT_ITEM_ANY:
		return true;
	case NAT_ITEM_SERVED_BY:
		return false;
	}
	return false;
}

bool match_excepted(const struct ask *ask, const struct commitment *commitment, uint16_t nat)
{
	for (size_t i = 0; i < commitment->except_nats_count; i++) {
		if (match_nat_item(ask, &commitment->except_nats[i], nat))
			return true;
	}
	return false;
}

/* NOT (presence of NAT's own State at the levels asked for); T when nothing is asked or there is no
 * State. */
static enum truth unrepresented(
	const struct ask *ask, const struct commitment *commitment, uint16_t nat, bool *aged)
{
	uint32_t state = ask->world->nats[nat].state;
	struct presence presence;

	*aged = false;
	if (!commitment->unrepresented || state == NONE32)
		return TRUTH_T;
	presence = ask_presence(ask, state, commitment->unrepresented);
	if (presence.truth == TRUTH_U)
		*aged = ask_presence_facts(ask, state, commitment->unrepresented, presence).stale;
	if (presence.truth == TRUTH_U && ask->reading == READING_IN_FAVOUR)
		return TRUTH_T;
	return truth_not(presence.truth);
}

static void push_pair(struct ask *ask, struct view *view, struct pair pair)
{
	struct scratch *scratch = ask->scratch;
	void *items = scratch->pairs;
	struct pair *slot = arena_push(scratch->arena, &items, &scratch->pair_count,
		&scratch->pair_capacity, sizeof *slot);

	scratch->pairs = items;
	if (!slot) {
		scratch->no_memory = true;
		return;
	}
	*slot = pair;
	view->pairs_count++;
}

/* NATIONALITY is the least telling reason; the others tell more the later they are judged. */
static void note_reason(struct view *view, enum why_not why)
{
	if (view->pairs_why == WHYNOT_NATIONALITY || why > view->pairs_why)
		view->pairs_why = why;
}

static void match_one_item(
	struct ask *ask, struct view *view, uint16_t nat, uint32_t number, struct pair pair)
{
	const struct nat_item *item = &view->row->commitment->nats[number];

	pair.item = number;
	if (item->kind == NAT_ITEM_SERVED_BY) {
		bool aged = false;
		enum truth served = served_by(ask, view->row, item->party, nat, &aged);

		if (served == TRUTH_F) {
			note_reason(view, WHYNOT_SERVED_BY);
			return;
		}
		pair.via = item->party;
		pair.aged = (pair.certainty == TRUTH_T || pair.aged) &&
			    (served == TRUTH_T || aged) &&
			    truth_and(pair.certainty, served) == TRUTH_U;
		pair.certainty = truth_and(pair.certainty, served);
		push_pair(ask, view, pair);
		return;
	}
	if (!match_nat_item(ask, item, nat))
		return;
	if (item->kind == NAT_ITEM_ANY && ask->service->domain == DOMAIN_CONSULAR &&
		nat == ask->host_nat)
		return;
	push_pair(ask, view, pair);
}

/* NAT's own State has taken its people out of the commitment. */
static bool beneficiary_out(const struct ask *ask, const struct row *row, uint16_t nat)
{
	uint32_t state = ask->world->nats[nat].state;

#ifdef COVER_FAULT
	state = NONE32; /* the deliberate fault that tests must find: nobody is ever taken out */
#endif
	return state != NONE32 && state != ask->without &&
	       match_opted_out(ask->world, row, state, OPT_BENEFICIARY, ask->query.date);
}

static void match_nat(struct ask *ask, struct view *view, uint16_t nat)
{
	const struct commitment *commitment = view->row->commitment;
	struct pair pair = { .nat = nat, .via = NONE32 };
	enum why_not why = WHYNOT_ANSWERS;

	if (!set256_has(&ask->index->sets[view->row->nats], nat) ||
		match_excepted(ask, commitment, nat))
		return;
	pair.certainty = unrepresented(ask, commitment, nat, &pair.aged);
	if (pair.certainty == TRUTH_F)
		why = WHYNOT_REPRESENTED;
	if (beneficiary_out(ask, view->row, nat))
		why = WHYNOT_OPTED_OUT;
	for (uint32_t i = 0; i < commitment->nats_count; i++) {
		if (why == WHYNOT_ANSWERS)
			match_one_item(ask, view, nat, i, pair);
		else if (commitment->nats[i].kind == NAT_ITEM_SERVED_BY ||
			 match_nat_item(ask, &commitment->nats[i], nat))
			note_reason(view, why); /* told only of a nationality that is named */
	}
}

void match_pairs(struct ask *ask, struct view *view, uint16_t nat)
{
	view->pairs_first = ask->scratch->pair_count;
	view->pairs_count = 0;
	view->pairs_why = WHYNOT_NATIONALITY;
	view->pairs_nat = nat;
	view->pairs_ready = true;
	for (size_t i = 0; i < ask->query.nat_count; i++) {
		uint16_t own = ask->query.nats[i];

		if ((nat == NAT_NONE || nat == own) &&
			(ask->only_nat == NAT_NONE || ask->only_nat == own))
			match_nat(ask, view, own);
	}
	/* Nested questions have popped theirs: this view's pairs are on top. */
	assert(ask->scratch->no_memory ||
		ask->scratch->pair_count == view->pairs_first + view->pairs_count);
}
