/* Step 4: the safeguards, constants of the code, below every agreement. S1 origin, S2 enforcement,
 * S4 destination, S5 no contact, S7 held; S3 concerns case data and S6 is refused when an agreement
 * is checked. No document, role or flag switches them off; `informed-choice` lifts S4 alone, and
 * says so in a mark. */
#include <assert.h>
#include "cover/internal.h"

struct set256 safeguards_guarded(const struct query *query)
{
	struct set256 guarded = { { 0 } };

	for (size_t i = 0; i < query->fear_count; i++)
		set256_add(&guarded, query->fears[i]);
	for (size_t i = 0; i < query->nat_count && query->statuses & PROTECTED_STATUSES; i++)
		set256_add(&guarded, query->nats[i]);
	return guarded;
}

/* PARTY acts for the State of any nationality of NATS. */
static bool acts_for_any(const struct world *world, uint32_t party, struct set256 nats)
{
	if (party == NONE32)
		return false;
	for (unsigned w = 0; w < 4; w++) {
		for (uint64_t bits = nats.words[w]; bits; bits &= bits - 1) {
			if (world_acts_for(world, party,
				    (uint16_t)(w * 64 + (unsigned)__builtin_ctzll(bits))))
				return true;
		}
	}
	return false;
}

/* ---- S1: what a row would tell ---- */

/* The State of one of the person's nationalities is among the guarded ones, or acts for one. */
static bool own_state_guarded(const struct ask *ask)
{
	for (size_t i = 0; i < ask->query.nat_count; i++) {
		uint16_t nat = ask->query.nats[i];
		uint32_t state = ask->world->nats[nat].state;

		/* A State that is not known exists all the same: asked for, it would be told. */
		if (state == NONE32 && nat != ask->index->stateless &&
			set256_has(&ask->guarded, nat))
			return true;
		if (acts_for_any(ask->world, state, ask->guarded))
			return true;
	}
	return false;
}

static uint32_t residence_state(const struct ask *ask)
{
	return ask->query.residence == NAT_NONE ? NONE32
						: ask->world->nats[ask->query.residence].state;
}

/* Would ACTOR, told of the person, be one to keep away from? */
static bool actor_guarded(const struct ask *ask, const struct actor *actor)
{
	switch (actor->kind) {
	case ACTOR_STATE_OF_NATIONALITY:
		return own_state_guarded(ask);
	case ACTOR_HOST_STATE:
		return acts_for_any(ask->world, ask->host, ask->guarded);
	case ACTOR_STATE_OF_RESIDENCE:
		return acts_for_any(ask->world, residence_state(ask), ask->guarded);
	case ACTOR_PARTY:
		return acts_for_any(ask->world, actor->party, ask->guarded);
	case ACTOR_NONE:
	case ACTOR_PROVIDER: /* judged as the provider itself */
	case ACTOR_CRISIS:
		return false;
	}
	return false;
}

/* A share's `from` covers PROVIDER: is it, or stands above it. */
static bool share_from_covers(const struct ask *ask, const struct actor *from, uint32_t provider)
{
	const struct world *world = ask->world;

	switch (from->kind) {
	case ACTOR_PROVIDER:
		return true;
	case ACTOR_STATE_OF_NATIONALITY:
		for (size_t i = 0; i < ask->query.nat_count; i++) {
			uint32_t state = world->nats[ask->query.nats[i]].state;

			if (state != NONE32 && world_party_under(world, provider, state))
				return true;
		}
		return false;
	case ACTOR_HOST_STATE:
		return ask->host != NONE32 && world_party_under(world, provider, ask->host);
	case ACTOR_STATE_OF_RESIDENCE:
		return residence_state(ask) != NONE32 &&
		       world_party_under(world, provider, residence_state(ask));
	case ACTOR_PARTY:
		return world_party_under(world, provider, from->party);
	case ACTOR_NONE:
	case ACTOR_CRISIS:
		return false;
	}
	return false;
}

/* SHARE is in force, is PROVIDER's, and is about a person of these statuses. */
static bool share_speaks(const struct ask *ask, const struct share *share, uint32_t provider)
{
	return !(share->except_status & ask->query.statuses) &&
	       date_within(ask->query.date, DATE_NONE, share->until) &&
	       share_from_covers(ask, &share->from, provider);
}

/* A step, cost or share of ROW would tell a guarded State of the person. */
static bool tells_guarded(const struct ask *ask, const struct row *row, uint32_t provider)
{
	const struct commitment *commitment = row->commitment;
	const struct agreement *agreement = row->agreement;

	for (size_t i = 0; i < commitment->steps_count; i++) {
		if (actor_guarded(ask, &commitment->steps[i].by) ||
			actor_guarded(ask, &commitment->steps[i].whom))
			return true;
	}
	for (size_t i = 0; i < commitment->costs_count; i++) {
		enum cost_rule rule = commitment->costs[i].rule;

		if ((rule == COST_BENEFICIARY_STATE || rule == COST_PER_CAPITA) &&
			own_state_guarded(ask))
			return true;
	}
	for (size_t i = 0; i < agreement->shares_count; i++) {
		const struct share *share = &agreement->shares[i];

		if (share_speaks(ask, share, provider) && actor_guarded(ask, &share->to))
			return true;
	}
	return false;
}

/* ---- S2: who must not learn of a case ---- */

static bool actor_enforces(const struct ask *ask, const struct actor *actor)
{
	return actor->kind == ACTOR_PARTY && world_enforcement(ask->world, actor->party);
}

static bool tells_enforcement(const struct ask *ask, const struct row *row, uint32_t provider)
{
	const struct commitment *commitment = row->commitment;
	const struct agreement *agreement = row->agreement;

	for (size_t i = 0; i < commitment->steps_count; i++) {
		if (actor_enforces(ask, &commitment->steps[i].by) ||
			actor_enforces(ask, &commitment->steps[i].whom))
			return true;
	}
	for (size_t i = 0; i < agreement->shares_count; i++) {
		const struct share *share = &agreement->shares[i];

		if (share_speaks(ask, share, provider) && actor_enforces(ask, &share->to))
			return true;
	}
	return false;
}

/* A stateless or unspecified person who has not said whom to fear: no State's consular service at
 * all. */
static bool no_papers(const struct ask *ask, uint32_t provider)
{
	enum party_kind kind = ask->world->parties[provider].kind;
	bool none = false;

	if (ask->service->domain != DOMAIN_CONSULAR || ask->query.fear_count > 0)
		return false;
	for (size_t i = 0; i < ask->query.nat_count; i++)
		none |= ask->world->nats[ask->query.nats[i]].place == NONE32;
	return none && (kind == PARTY_STATE || kind == PARTY_AGENCY || kind == PARTY_POST);
}

/* ---- S4: destinations ---- */

/* PLACE lies in a country of a guarded State, and going there leaves the country where the person
 * is. */
static bool place_unsafe(const struct ask *ask, uint32_t place)
{
	const struct place *at = &ask->world->places[place];
	uint16_t country_nat;

	if (at->country == NONE32 || at->country == ask->country)
		return false;
	country_nat = ask->world->places[at->country].nat;
	return (at->nat != NAT_NONE && set256_has(&ask->guarded, at->nat)) ||
	       (country_nat != NAT_NONE && set256_has(&ask->guarded, country_nat));
}

static bool zone_unsafe(const struct ask *ask, uint32_t zone)
{
	const struct cover_index *index = ask->index;
	bool any = false;

	for (size_t i = index->zone_first[zone]; i < index->zone_first[zone + 1]; i++) {
		const struct membership *member = &ask->world->zone_rows[index->zone_members[i]];

		if (!date_within(ask->query.date, member->from, member->until))
			continue;
		if (!place_unsafe(ask, member->member))
			return false;
		any = true;
	}
	return any;
}

static bool group_unsafe(const struct ask *ask, uint32_t group)
{
	const struct cover_index *index = ask->index;
	bool any = false;

	for (size_t i = index->group_first[group]; i < index->group_first[group + 1]; i++) {
		const struct membership *member = &ask->world->group_rows[i];
		uint32_t country;

		if (!date_within(ask->query.date, member->from, member->until))
			continue;
		country = places_of_state(ask->world, member->member);
		if (country == NONE32)
			continue;
		if (!place_unsafe(ask, country))
			return false;
		any = true;
	}
	return any;
}

static bool home_unsafe(const struct ask *ask)
{
	struct set256 both = set256_and(ask->nats, ask->guarded);

	return !set256_empty(&both);
}

static bool item_unsafe(const struct ask *ask, const struct place_item *item)
{
	switch (item->kind) {
	case PLACE_ITEM_HOME:
		return home_unsafe(ask);
	case PLACE_ITEM_PLACE:
		return place_unsafe(ask, item->index);
	case PLACE_ITEM_ZONE:
		return zone_unsafe(ask, item->index);
	case PLACE_ITEM_GROUP:
		return group_unsafe(ask, item->index);
	case PLACE_ITEM_THIRD:
	case PLACE_ITEM_IN_COUNTRY:
		return false;
	}
	return false;
}

/* Some item of `to` that is safe still leads to the query's destination. Sets the items that stay.
 */
static bool safe_way_stays(
	const struct ask *ask, const struct place_scope *to, bool *any_unsafe, uint64_t *safe)
{
	bool stays = false;
	uint16_t depth;

	for (size_t i = 0; i < to->in_count; i++) {
		if (item_unsafe(ask, &to->in[i])) {
			*any_unsafe = true;
			continue;
		}
		if (i < 64)
			*safe |= UINT64_C(1) << i;
		stays |= ask->query.to == NONE32 ||
			 places_item_contains(
				 ask, &to->in[i], ask->query.to, to->territories_in, &depth);
	}
	return stays || to->in_count == 0;
}

static enum why_not judge_destination(
	const struct ask *ask, const struct commitment *commitment, struct answer *answer)
{
	const struct place_scope *to = &commitment->to;
	uint64_t all = to->in_count >= 64 ? UINT64_MAX : (UINT64_C(1) << to->in_count) - 1,
		 safe = 0;
	bool stays, any_unsafe = false;

	answer->to_items = 0;
	answer->to_default = DESTINATION_NOT_ASKED;
	if (ask->service->destination == DESTINATION_NOT_ASKED)
		return WHYNOT_ANSWERS;
	if (to->given)
		answer->to_items = all;
	else
		answer->to_default = ask->service->destination;
	if (set256_empty(&ask->guarded))
		return WHYNOT_ANSWERS;

	if (to->given) {
		stays = safe_way_stays(ask, to, &any_unsafe, &safe);
	} else {
		any_unsafe = ask->service->destination == DESTINATION_HOME && home_unsafe(ask);
		stays = !any_unsafe;
	}
	if (ask->query.to != NONE32 && place_unsafe(ask, ask->query.to)) {
		any_unsafe = true;
		stays = false;
	}
	if (any_unsafe && ask->query.informed_choice) {
		answer->marks |= MARK_INFORMED_CHOICE;
		return WHYNOT_ANSWERS;
	}
	if (any_unsafe)
		answer->to_items = safe;
	return stays ? WHYNOT_ANSWERS : WHYNOT_S4;
}

/* ---- S5, S7, and all in order ---- */

/* The host's duty to notify the State of nationality whatever the person wants: not removed, but
 * said. */
static bool notified_anyway(const struct ask *ask, const struct row *row, uint32_t provider)
{
	const struct commitment *commitment = row->commitment;

	if (provider != ask->host || !str_is(str_of(ask->service->code), "consular.notification"))
		return false;
	for (size_t i = 0; i < commitment->steps_count; i++) {
		if (commitment->steps[i].what == STEP_PERSON_CONSENT)
			return false;
	}
	return true;
}

static unsigned held_steps(const struct ask *ask)
{
	unsigned held = 0;

	if (ask->query.statuses & PERSON_BIT(PERSON_TRAFFICKED) && !ask->query.screened)
		held |= HELD_SCREEN;
	if (ask->query.statuses & PERSON_BIT(PERSON_UNACCOMPANIED_CHILD) &&
		!ask->query.best_interests)
		held |= HELD_BEST_INTERESTS;
	return held;
}

bool safeguards_removed(enum why_not why)
{
	return why == WHYNOT_S1 || why == WHYNOT_S2 || why == WHYNOT_S4 || why == WHYNOT_S5;
}

enum why_not safeguards_apply(const struct ask *ask, const struct row *row, uint32_t provider,
	uint32_t via, struct answer *answer)
{
	unsigned statuses = ask->query.statuses;
	enum why_not why;

	if (world_enforcement(ask->world, provider) || tells_enforcement(ask, row, provider))
		return WHYNOT_S2;
	if (!set256_empty(&ask->guarded) && (acts_for_any(ask->world, provider, ask->guarded) ||
						    acts_for_any(ask->world, via, ask->guarded) ||
						    tells_guarded(ask, row, provider)))
		return WHYNOT_S1;
	if (no_papers(ask, provider))
		return WHYNOT_S1;
	why = judge_destination(ask, row->commitment, answer);
	if (why != WHYNOT_ANSWERS)
		return why;
	if (statuses & PERSON_BIT(PERSON_NO_CONTACT)) {
		if (notified_anyway(ask, row, provider))
			answer->marks |= MARK_NOTIFIED_ANYWAY;
		else if (acts_for_any(ask->world, provider, ask->nats) ||
			 acts_for_any(ask->world, via, ask->nats))
			return WHYNOT_S5;
	}
	answer->held = held_steps(ask);
	if (answer->held && !acts_for_any(ask->world, provider, ask->nats) &&
		!acts_for_any(ask->world, via, ask->nats))
		answer->held = 0;
	return WHYNOT_ANSWERS;
}
