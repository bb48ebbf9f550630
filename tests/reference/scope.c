/* "Resolving", steps 1 to 3: what must hold for a row whichever of the person's nationalities
 * matches it. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

struct ref ref_begin(
	const struct world *world, const struct accords *accords, const struct query *query)
{
	struct ref ref = { .world = world, .accords = accords, .asked = *query, .q = *query };
	ref.country = world->places[query->place].country;
	ref.host_nat = world->places[query->place].nat;
	ref.host = ref_state_of(world, ref.host_nat);
	/* "unaccompanied-child gives child, XXA gives stateless". */
	if (query->statuses & PERSON_BIT(PERSON_UNACCOMPANIED_CHILD))
		ref.q.statuses |= PERSON_BIT(PERSON_CHILD);
	for (size_t i = 0; i < query->nat_count; i++)
		if (str_is(world->nats[query->nats[i]].code, "XXA"))
			ref.q.statuses |= PERSON_BIT(PERSON_STATELESS);
	assert(ref.country != NONE32 && query->nat_count > 0);
	return ref;
}

/* --- Step 1 --------------------------------------------------------------------------------- */

static bool state_is_in_force(const struct agreement *agreement, int32_t date)
{
	const struct state_entry *now = NULL;
	for (size_t i = 0; i < agreement->states_count; i++) {
		const struct state_entry *entry = &agreement->states[i];
		if ((entry->from == DATE_NONE || entry->from <= date) &&
			(!now || entry->from >= now->from))
			now = entry;
	}
	return now && now->is == STATE_IN_FORCE;
}

/* "The agreement's `state` and `in-force` both hold on the date; templates never count; a renewal
 * not confirmed is listed under expected". */
enum accord_force ref_force(const struct agreement *agreement, int32_t date, int32_t *ended)
{
	if (agreement->is_template || !state_is_in_force(agreement, date))
		return FORCE_NO;
	if (agreement->from != DATE_NONE && date < agreement->from)
		return FORCE_NO;
	int32_t end = agreement->until;
	for (size_t i = 0; i < agreement->renewed_count; i++) {
		const struct renewal *renewal = &agreement->renewed[i];
		bool confirmed = renewal->on == DATE_NONE || renewal->on <= date;
		if (confirmed && end != DATE_NONE && renewal->until > end)
			end = renewal->until;
	}
	if (end == DATE_NONE || date <= end)
		return FORCE_YES;
	*ended = end;
	return agreement->renews.count ? FORCE_EXPECTED : FORCE_NO;
}

static bool names(const struct ref *ref, const struct party_entry *entry, uint32_t party)
{
	if (!date_within(ref->q.date, entry->from, entry->until))
		return false;
	return entry->is_group ? ref_in_group(ref->world, entry->index, party, ref->q.date)
			       : entry->index == party;
}

/* party-on-date: "named by `parties`, directly or as member of a named group on that date, within
 * that entry's from..until". */
bool ref_is_party(
	const struct ref *ref, const struct agreement *agreement, uint32_t party, bool *confirmed)
{
	bool found = false;
	for (size_t i = 0; i < agreement->parties_count; i++) {
		if (!names(ref, &agreement->parties[i], party))
			continue;
		found = true;
		if (confirmed && agreement->parties[i].confirmed != DATE_NONE)
			*confirmed = true;
	}
	return found;
}

/* opt-outs: an entry that names the party or a group of it, for this commitment, side and date. */
bool ref_opted_out(
	const struct ref *ref, const struct ref_row *row, uint32_t party, bool as_provider)
{
	const struct agreement *agreement = row->agreement;
	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		for (size_t j = 0; names(ref, entry, party) && j < entry->except_count; j++) {
			const struct opt_out *except = &entry->except[j];
			bool side = as_provider ? except->provider : except->beneficiary;
			bool about = except->commitment.len == 0 ||
				     str_eq(except->commitment, row->commitment->id);
			if (side && about && date_within(ref->q.date, except->from, except->until))
				return true;
		}
	}
	return false;
}

/* visibility. */
bool ref_visible(const struct ref *ref, const struct agreement *agreement)
{
	uint32_t viewer = ref->q.viewer;
	if (viewer == VIEWER_ALL || agreement->visibility == AGREEMENT_PUBLIC)
		return true;
	if (viewer == VIEWER_PUBLIC)
		return false;
	for (uint32_t p = viewer; p != NONE32; p = ref->world->parties[p].parent) {
		if (agreement->visibility == AGREEMENT_PARTIES &&
			ref_is_party(ref, agreement, p, NULL))
			return true;
		for (size_t i = 0;
			agreement->visibility == AGREEMENT_NAMED && i < agreement->visible_to_count;
			i++)
			if (agreement->visible_to[i] == p)
				return true;
	}
	return false;
}

/* --- Providers ------------------------------------------------------------------------------ */

static bool is_own_state(const struct ref *ref, uint32_t party)
{
	for (size_t i = 0; i < ref->q.nat_count; i++)
		if (ref_state_of(ref->world, ref->q.nats[i]) == party)
			return true;
	return false;
}

bool ref_provides(
	const struct ref *ref, const struct commitment *commitment, uint32_t party, uint16_t *only)
{
	const struct provider *provider = &commitment->provider;
	*only = NAT_NONE;
	switch (provider->kind) {
	case PROVIDER_PARTY:
		return provider->party == party;
	case PROVIDER_STATE_OF_NATIONALITY:
		for (size_t i = 0; i < ref->q.nat_count; i++)
			if (ref_state_of(ref->world, ref->q.nats[i]) == party)
				*only = ref->q.nats[i];
		return *only != NAT_NONE;
	case PROVIDER_STATE_OF_RESIDENCE: /* "without a residence there is no row" */
		return ref_state_of(ref->world, ref->q.residence) == party;
	case PROVIDER_MEMBER_OF: /* "A pool is never one of the person's own States nor the host."
				  */
		return ref_in_group(ref->world, provider->group, party, ref->q.date) &&
		       !is_own_state(ref, party) && party != ref->host;
	case PROVIDER_HOST_STATE:
		return party == ref->host;
	}
	return false;
}

/* --- Places --------------------------------------------------------------------------------- */

/* where-group: "each member State's country; territories: in adds places whose nationality is that
 * member's". */
static bool group_contains(
	const struct ref *ref, uint32_t group, bool territories, uint32_t place, uint16_t *depth)
{
	const struct world *world = ref->world;
	bool found = false;
	for (uint32_t party = 0; party < world->parties_count; party++) {
		uint16_t nat = world->parties[party].nat;
		if (nat == NAT_NONE || !ref_in_group(world, group, party, ref->q.date))
			continue;
		uint32_t country = world->nats[nat].place;
		bool inside = country != NONE32 && ref_lies_in(world, place, country);
		bool theirs = territories && world->places[place].nat == nat;
		if (!inside && !theirs)
			continue;
		/* depth: "`group:G` the depth of the member country"; of the deepest of two */
		uint32_t counts = country != NONE32 ? country : world->places[place].country;
		uint16_t here = world->places[counts].depth;
		*depth = found && *depth > here ? *depth : here;
		found = true;
	}
	return found;
}

bool ref_item_contains(const struct ref *ref, const struct place_scope *scope,
	const struct place_item *item, uint32_t place, uint16_t *depth)
{
	const struct world *world = ref->world;
	switch (item->kind) {
	case PLACE_ITEM_PLACE:
		*depth = world->places[item->index].depth;
		return ref_lies_in(world, place, item->index);
	case PLACE_ITEM_GROUP:
		return group_contains(ref, item->index, scope->territories_in, place, depth);
	case PLACE_ITEM_ZONE: /* "a zone counts as its member" */
		return ref_in_zone(world, item->index, place, ref->q.date, depth);
	case PLACE_ITEM_HOME:
	case PLACE_ITEM_THIRD:
	case PLACE_ITEM_IN_COUNTRY:
		break;
	}
	return false;
}

static bool excepted(const struct ref *ref, const struct place_scope *scope, uint32_t place)
{
	uint16_t depth;
	for (size_t i = 0; i < scope->except_count; i++)
		if (ref_item_contains(ref, scope, &scope->except[i], place, &depth))
			return true;
	return false;
}

/* depth: "The deepest item of where.in that contains the place". */
bool ref_where(
	const struct ref *ref, const struct commitment *commitment, uint32_t place, uint16_t *depth)
{
	const struct place_scope *where = &commitment->where;
	bool found = where->in_count == 0;
	*depth = 0;
	for (size_t i = 0; i < where->in_count; i++) {
		uint16_t here = 0;
		if (!ref_item_contains(ref, where, &where->in[i], place, &here))
			continue;
		found = true;
		*depth = here > *depth ? here : *depth;
	}
	return found && !excepted(ref, where, place);
}

/* to-words: a destination D is home, in-country or third. */
static bool word_contains(const struct ref *ref, enum place_item_kind word, uint32_t to)
{
	const struct place *place = &ref->world->places[to];
	bool home = false, in_country = place->country == ref->country;
	for (size_t i = 0; i < ref->q.nat_count; i++)
		home = home || (place->nat != NAT_NONE && ref->q.nats[i] == place->nat);
	switch (word) {
	case PLACE_ITEM_HOME:
		return home;
	case PLACE_ITEM_IN_COUNTRY:
		return in_country;
	case PLACE_ITEM_THIRD:
		return !home && !in_country;
	case PLACE_ITEM_PLACE:
	case PLACE_ITEM_GROUP:
	case PLACE_ITEM_ZONE:
		break;
	}
	return false;
}

bool ref_leads_to(const struct ref *ref, const struct place_scope *scope,
	const struct place_item *item, uint32_t to)
{
	uint16_t depth;
	return word_contains(ref, item->kind, to) ||
	       ref_item_contains(ref, scope, item, to, &depth);
}

/* "a row without it means home for evacuation and return, in-country for other movement; a query
 * without it matches any". */
static bool to_matches(const struct ref *ref, const struct commitment *commitment)
{
	enum default_destination means = world_services[ref->q.service].destination;
	uint32_t to = ref->q.to;
	if (means == DESTINATION_NOT_ASKED || to == NONE32)
		return true;
	const struct place_scope *scope = &commitment->to;
	if (!scope->given)
		return word_contains(ref,
			means == DESTINATION_HOME ? PLACE_ITEM_HOME : PLACE_ITEM_IN_COUNTRY, to);
	bool found = scope->in_count == 0;
	for (size_t i = 0; i < scope->in_count; i++)
		found = found || ref_leads_to(ref, scope, &scope->in[i], to);
	return found && !excepted(ref, scope, to);
}

/* --- All of it ------------------------------------------------------------------------------ */

/* "`status` any of, `except-status` none of". */
static bool status_matches(const struct ref *ref, const struct commitment *commitment)
{
	unsigned statuses = ref->q.statuses;
	return (!commitment->status || statuses & commitment->status) &&
	       !(statuses & commitment->except_status);
}

/* "Provider's presence, where asked for, must be T"; "A schedule's row attests presence at its
 * place for that row alone". */
static bool present(const struct ref *ref, const struct ref_row *row, struct presence *presence)
{
	unsigned levels = row->commitment->provider.levels;
	*presence = (struct presence){ .truth = TRUTH_T, .post_row = NONE32, .office_row = NONE32 };
	if (!levels)
		return true;
	if (row->commitment->schedule >= 0) {
		presence->level = levels & -levels;
		return true;
	}
	*presence = reference_presence(
		ref->world, row->provider, ref->q.place, levels, ref->q.service, ref->q.date);
	if (presence->truth == TRUTH_U && ref->favour)
		return true;
	return presence->truth == TRUTH_T;
}

bool ref_row_in_scope(const struct ref *ref, const struct ref_row *row, struct presence *presence)
{
	const struct commitment *commitment = row->commitment;
	const struct query *q = &ref->q;
	uint16_t depth;
	if (!(commitment->services >> q->service & 1) || !(commitment->phases & (unsigned)q->phase))
		return false;
	/* "The commitment is inside its own dates." */
	if (!date_within(q->date, commitment->from, commitment->until))
		return false;
	if (!status_matches(ref, commitment) || !to_matches(ref, commitment) ||
		!ref_where(ref, commitment, q->place, &depth))
		return false;
	/* "The provider … is a party on that date; the host must be one only if binds-host". */
	if (!ref_is_party(ref, row->agreement, row->provider, NULL))
		return false;
	if (row->agreement->binds_host &&
		(ref->host == NONE32 || !ref_is_party(ref, row->agreement, ref->host, NULL)))
		return false;
	if (ref_opted_out(ref, row, row->provider, true))
		return false;
	return present(ref, row, presence);
}
