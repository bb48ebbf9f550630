/* "Safeguards": what is removed, withheld or held, whatever an agreement says. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

static bool has(const struct ref *ref, enum status_word word)
{
	return ref->q.statuses >> word & 1;
}

static bool is_nat_of_person(const struct ref *ref, uint16_t nat)
{
	for (size_t i = 0; i < ref->q.nat_count; i++)
		if (ref->q.nats[i] == nat)
			return true;
	return false;
}

/* guarded States: "`fears` for anyone; with refugee, asylum-seeker or fears-authorities also every
 * nationality of the person". */
static bool is_guarded(const struct ref *ref, uint16_t nat)
{
	bool protected_ = has(ref, PERSON_REFUGEE) || has(ref, PERSON_ASYLUM_SEEKER) ||
			  has(ref, PERSON_FEARS_AUTHORITIES);
	for (size_t i = 0; i < ref->q.fear_count; i++)
		if (ref->q.fears[i] == nat)
			return true;
	return protected_ && is_nat_of_person(ref, nat);
}

static bool any_guarded(const struct ref *ref)
{
	for (uint16_t nat = 0; nat < ref->world->nats_count; nat++)
		if (is_guarded(ref, nat))
			return true;
	return false;
}

/* "Acts for N: …; a row whose `via` contains N". */
static bool row_acts_for(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair, uint16_t nat)
{
	return ref_acts_for(ref->world, row->provider, nat) ||
	       (pair->via != NONE32 && ref_acts_for(ref->world, pair->via, nat));
}

static bool row_acts_for_person(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	for (size_t i = 0; i < ref->q.nat_count; i++)
		if (row_acts_for(ref, row, pair, ref->q.nats[i]))
			return true;
	return false;
}

/* --- tells ---------------------------------------------------------------------------------- */

static bool party_acts_for(const struct ref *ref, uint32_t party, uint16_t nat)
{
	return party != NONE32 && ref_acts_for(ref->world, party, nat);
}

/* "names someone who acts for N (state-of-nationality: each nationality; host-state: the host; …)".
 */
static bool actor_acts_for(const struct ref *ref, const struct actor *actor, uint16_t nat)
{
	const struct world *world = ref->world;
	switch (actor->kind) {
	case ACTOR_STATE_OF_NATIONALITY:
		for (size_t i = 0; i < ref->q.nat_count; i++) {
			uint32_t state = ref_state_of(world, ref->q.nats[i]);
			/* unknown-state: XXX, TIB: there is one, and it would be told. */
			if (state == NONE32 && ref->q.nats[i] == nat &&
				!str_is(world->nats[nat].code, "XXA"))
				return true;
			if (party_acts_for(ref, state, nat))
				return true;
		}
		return false;
	case ACTOR_HOST_STATE:
		return party_acts_for(ref, ref->host, nat);
	case ACTOR_STATE_OF_RESIDENCE:
		return party_acts_for(ref, ref_state_of(world, ref->q.residence), nat);
	case ACTOR_PARTY:
		return party_acts_for(ref, actor->party, nat);
	case ACTOR_NONE:
	case ACTOR_PROVIDER:
	case ACTOR_CRISIS: /* "crisis and provider tell nobody by themselves" */
		break;
	}
	return false;
}

/* share-from-covers: "it is that party or stands above it by `parent`". */
static bool is_or_under(const struct ref *ref, uint32_t provider, uint32_t party)
{
	return party != NONE32 && ref_under(ref->world, provider, party);
}

/* A share's `from` covers the provider of the row: who gives for a State or an organization are its
 * units too. */
static bool covers(const struct ref *ref, const struct actor *from, uint32_t provider)
{
	const struct world *world = ref->world;
	switch (from->kind) {
	case ACTOR_PROVIDER:
		return true;
	case ACTOR_PARTY:
		return is_or_under(ref, provider, from->party);
	case ACTOR_HOST_STATE:
		return is_or_under(ref, provider, ref->host);
	case ACTOR_STATE_OF_RESIDENCE:
		return is_or_under(ref, provider, ref_state_of(world, ref->q.residence));
	case ACTOR_STATE_OF_NATIONALITY:
		for (size_t i = 0; i < ref->q.nat_count; i++)
			if (is_or_under(ref, provider, ref_state_of(world, ref->q.nats[i])))
				return true;
		return false;
	case ACTOR_NONE:
	case ACTOR_CRISIS:
		break;
	}
	return false;
}

static bool share_tells(
	const struct ref *ref, const struct ref_row *row, const struct share *share, uint16_t nat)
{
	/* "A share with one of the person's statuses in except-status does not tell." */
	if (ref->q.statuses & share->except_status)
		return false;
	return date_within(ref->q.date, DATE_NONE, share->until) &&
	       covers(ref, &share->from, row->provider) && actor_acts_for(ref, &share->to, nat);
}

static bool tells(const struct ref *ref, const struct ref_row *row, uint16_t nat)
{
	static const struct actor state_of_nationality = { .kind = ACTOR_STATE_OF_NATIONALITY };
	const struct commitment *commitment = row->commitment;
	for (size_t i = 0; i < commitment->steps_count; i++)
		if (actor_acts_for(ref, &commitment->steps[i].by, nat) ||
			actor_acts_for(ref, &commitment->steps[i].whom, nat))
			return true;
	for (size_t i = 0; i < row->agreement->shares_count; i++)
		if (share_tells(ref, row, &row->agreement->shares[i], nat))
			return true;
	/* "a cost rule bills the State of nationality: beneficiary-state, per-capita" */
	for (size_t i = 0; i < commitment->costs_count; i++) {
		enum cost_rule rule = commitment->costs[i].rule;
		if ((rule == COST_BENEFICIARY_STATE || rule == COST_PER_CAPITA) &&
			actor_acts_for(ref, &state_of_nationality, nat))
			return true;
	}
	return false;
}

/* --- S1, S2 --------------------------------------------------------------------------------- */

/* no-papers: "XXA, XXX or TIB, without `fears`: rows of consular.* whose
 * provider is a State, a State's agency or a post". */
static bool no_papers(const struct ref *ref, const struct ref_row *row)
{
	enum party_kind kind = ref->world->parties[row->provider].kind;
	bool of_state = kind == PARTY_STATE || kind == PARTY_AGENCY || kind == PARTY_POST;
	if (ref->q.fear_count || !of_state ||
		world_services[ref->q.service].domain != DOMAIN_CONSULAR)
		return false;
	for (size_t i = 0; i < ref->q.nat_count; i++) {
		struct str code = ref->world->nats[ref->q.nats[i]].code;
		if (str_is(code, "XXA") || str_is(code, "XXX") || str_is(code, "TIB"))
			return true;
	}
	return false;
}

static bool origin_removes(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	for (uint16_t nat = 0; nat < ref->world->nats_count; nat++)
		if (is_guarded(ref, nat) &&
			(row_acts_for(ref, row, pair, nat) || tells(ref, row, nat)))
			return true;
	return no_papers(ref, row);
}

/* enforcement: "the nearest agency of the chain of `parent`, the party included, without flag
 * `service` (S2), whoever asks". */
bool ref_enforcement(const struct ref *ref, uint32_t party)
{
	while (party != NONE32 && ref->world->parties[party].kind != PARTY_AGENCY)
		party = ref->world->parties[party].parent;
	return party != NONE32 && !ref->world->parties[party].service;
}

static bool actor_is_enforcement(const struct ref *ref, const struct actor *actor)
{
	return actor->kind == ACTOR_PARTY && ref_enforcement(ref, actor->party);
}

/* "… receives no case data, does not learn that a case exists": a step or share that tells it. */
static bool tells_enforcement(const struct ref *ref, const struct ref_row *row)
{
	for (size_t i = 0; i < row->commitment->steps_count; i++)
		if (actor_is_enforcement(ref, &row->commitment->steps[i].by) ||
			actor_is_enforcement(ref, &row->commitment->steps[i].whom))
			return true;
	for (size_t i = 0; i < row->agreement->shares_count; i++) {
		const struct share *share = &row->agreement->shares[i];
		if (!(ref->q.statuses & share->except_status) &&
			date_within(ref->q.date, DATE_NONE, share->until) &&
			covers(ref, &share->from, row->provider) &&
			actor_is_enforcement(ref, &share->to))
			return true;
	}
	return false;
}

/* --- S4 ------------------------------------------------------------------------------------- */

static bool home_is_unsafe(const struct ref *ref)
{
	for (size_t i = 0; i < ref->q.nat_count; i++)
		if (is_guarded(ref, ref->q.nats[i]))
			return true;
	return false;
}

/* country-of-G: "its own nationality or its country's is in G". in-country-stays: what lies in the
 * country where the person already is does not lead there. */
static bool place_is_unsafe(const struct ref *ref, uint32_t place)
{
	const struct place *places = ref->world->places;
	uint32_t country = places[place].country;
	if (country == NONE32 || country == ref->country)
		return false;
	uint16_t own = places[place].nat, around = places[country].nat;
	return (own != NAT_NONE && is_guarded(ref, own)) ||
	       (around != NAT_NONE && is_guarded(ref, around));
}

/* safe-way: "A zone or group is unsafe if all its members on the date are." */
static bool zone_is_unsafe(const struct ref *ref, uint32_t zone)
{
	bool any = false;
	for (size_t i = 0; i < ref->world->zone_rows_count; i++) {
		const struct membership *row = &ref->world->zone_rows[i];
		if (row->set != zone || !date_within(ref->q.date, row->from, row->until))
			continue;
		if (!place_is_unsafe(ref, row->member))
			return false;
		any = true;
	}
	return any;
}

static bool group_is_unsafe(const struct ref *ref, uint32_t group)
{
	bool any = false;
	for (uint32_t party = 0; party < ref->world->parties_count; party++) {
		uint16_t nat = ref->world->parties[party].nat;
		if (nat == NAT_NONE || ref->world->nats[nat].place == NONE32 ||
			!ref_in_group(ref->world, group, party, ref->q.date))
			continue;
		if (!place_is_unsafe(ref, ref->world->nats[nat].place))
			return false;
		any = true;
	}
	return any;
}

/* unsafe destinations: "`home` ...; a place item that lies wholly in a country of G ... Larger
 * items and third, in-country stay." */
static bool item_is_unsafe(const struct ref *ref, const struct place_item *item)
{
	switch (item->kind) {
	case PLACE_ITEM_HOME:
		return home_is_unsafe(ref);
	case PLACE_ITEM_PLACE:
		return place_is_unsafe(ref, item->index);
	case PLACE_ITEM_GROUP:
		return group_is_unsafe(ref, item->index);
	case PLACE_ITEM_ZONE:
		return zone_is_unsafe(ref, item->index);
	case PLACE_ITEM_THIRD:
	case PLACE_ITEM_IN_COUNTRY:
		break;
	}
	return false;
}

static bool is_movement(uint8_t service)
{
	return world_services[service].domain == DOMAIN_MOVEMENT ||
	       str_is(str_of(world_services[service].code), "recovery.return");
}

/* safe-way. Nothing is left of the row's destinations: none is safe, or none that is safe leads
 * where the person asks to go. */
static bool nothing_left(const struct ref *ref, const struct place_scope *to, uint64_t safe)
{
	enum default_destination means = world_services[ref->q.service].destination;
	if (ref->q.to != NONE32 && place_is_unsafe(ref, ref->q.to))
		return true;
	if (!to->given)
		return means == DESTINATION_HOME && home_is_unsafe(ref);
	for (size_t i = 0; i < to->in_count; i++)
		if (safe >> i & 1 &&
			(ref->q.to == NONE32 || ref_leads_to(ref, to, &to->in[i], ref->q.to)))
			return false;
	return true;
}

/* S4: only the unsafe ones go; "nothing left: removed"; informed-choice: "offered, marked". */
static bool destination_removes(
	const struct ref *ref, const struct ref_row *row, struct ref_guard *guard)
{
	const struct place_scope *to = &row->commitment->to;
	uint64_t all = 0, safe = 0;
	if (world_services[ref->q.service].destination == DESTINATION_NOT_ASKED)
		return false;
	for (size_t i = 0; to->given && i < to->in_count; i++) {
		all |= UINT64_C(1) << i;
		if (!item_is_unsafe(ref, &to->in[i]))
			safe |= UINT64_C(1) << i;
	}
	guard->to_items = all;
	if (!is_movement(ref->q.service) || !any_guarded(ref))
		return false;
	bool none_left = nothing_left(ref, to, safe);
	if (!none_left && safe == all)
		return false;
	if (ref->q.informed_choice) {
		guard->marks |= MARK_INFORMED_CHOICE;
		return false;
	}
	guard->to_items = safe;
	return none_left;
}

/* --- S5, S7 --------------------------------------------------------------------------------- */

/* no-contact: "A row of consular.notification by the host without a person-consent step stays and
 * is marked notified-anyway." */
static bool contact_removes(const struct ref *ref, const struct ref_row *row,
	const struct ref_pair *pair, struct ref_guard *guard)
{
	if (!has(ref, PERSON_NO_CONTACT))
		return false;
	bool consent = false;
	for (size_t i = 0; i < row->commitment->steps_count; i++)
		consent = consent || row->commitment->steps[i].what == STEP_PERSON_CONSENT;
	bool notification =
		str_is(str_of(world_services[ref->q.service].code), "consular.notification");
	if (notification && row->provider == ref->host && !consent) {
		guard->marks |= MARK_NOTIFIED_ANYWAY;
		return false;
	}
	return row_acts_for_person(ref, row, pair);
}

/* held: "rows that act for any nationality of the person (`via` included) while …". */
static unsigned held_behind(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	unsigned held = 0;
	if (!row_acts_for_person(ref, row, pair))
		return 0;
	if (has(ref, PERSON_TRAFFICKED) && !ref->q.screened)
		held |= HELD_SCREEN;
	if (has(ref, PERSON_UNACCOMPANIED_CHILD) && !ref->q.best_interests)
		held |= HELD_BEST_INTERESTS;
	return held;
}

/* order of safeguards: "S2, S1, S4, S5, then S7". */
struct ref_guard ref_guard(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	struct ref_guard guard = { 0 };
	guard.removed = ref_enforcement(ref, row->provider) || tells_enforcement(ref, row) ||
			origin_removes(ref, row, pair) || destination_removes(ref, row, &guard) ||
			contact_removes(ref, row, pair, &guard);
	guard.held = held_behind(ref, row, pair);
	assert(!(guard.marks & ~(unsigned)(MARK_INFORMED_CHOICE | MARK_NOTIFIED_ANYWAY)));
	return guard;
}
