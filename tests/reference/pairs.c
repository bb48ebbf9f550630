/* "Resolving", step 2 for one nationality and one item of for.nationality; the size of that item;
 * the limit of step 3. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

static bool is_consular(uint8_t service)
{
	return world_services[service].domain == DOMAIN_CONSULAR;
}

/* A list of codes and groups names NAT. */
static bool listed(const struct ref *ref, const struct nat_item *items, size_t count, uint16_t nat)
{
	for (size_t i = 0; i < count; i++) {
		const struct nat_item *item = &items[i];
		if ((item->kind == NAT_ITEM_CODE && item->nat == nat) ||
			item->kind == NAT_ITEM_ANY ||
			(item->kind == NAT_ITEM_GROUP &&
				ref_nat_in_group(ref->world, item->group, nat, ref->q.date)))
			return true;
	}
	return false;
}

/* "nationality (one of them; a nationality of the host never counts for `for: any` of
 * `consular.*`)". */
static enum truth item_matches(const struct ref *ref, const struct ref_row *row, uint16_t nat,
	const struct nat_item *item, struct ref_pair *pair)
{
	switch (item->kind) {
	case NAT_ITEM_CODE:
		return item->nat == nat ? TRUTH_T : TRUTH_F;
	case NAT_ITEM_GROUP:
		return ref_nat_in_group(ref->world, item->group, nat, ref->q.date) ? TRUTH_T
										   : TRUTH_F;
	case NAT_ITEM_ANY: /* host-for-any */
		return is_consular(ref->q.service) && nat == ref->host_nat ? TRUTH_F : TRUTH_T;
	case NAT_ITEM_SERVED_BY:
		pair->via = item->party;
		return ref_served(ref, row->agreement, item->party, nat, &pair->stale);
	}
	return TRUTH_F;
}

/* residence-unknown. */
static enum truth residence_matches(const struct ref *ref, const struct commitment *commitment)
{
	enum truth list = TRUTH_T, since = TRUTH_T;
	if (commitment->residences_count && ref->q.residence == NAT_NONE)
		list = TRUTH_U;
	else if (commitment->residences_count)
		list = listed(ref, commitment->residences, commitment->residences_count,
			       ref->q.residence)
			       ? TRUTH_T
			       : TRUTH_F;
	if (commitment->resident_since != DATE_NONE && ref->q.resident_since == DATE_NONE)
		since = TRUTH_U;
	else if (commitment->resident_since != DATE_NONE)
		since = ref->q.resident_since <= commitment->resident_since ? TRUTH_T : TRUTH_F;
	return truth_and(list, since);
}

/* unrepresented: "judged for the pair's nationality, its State, the place and the service". */
static enum truth unrepresented(
	const struct ref *ref, const struct commitment *commitment, uint16_t nat, bool *stale)
{
	uint32_t state = ref_state_of(ref->world, nat);
	if (!commitment->unrepresented || state == NONE32)
		return TRUTH_T;
	struct presence presence = reference_presence(ref->world, state, ref->q.place,
		commitment->unrepresented, ref->q.service, ref->q.date);
	*stale = presence.stale;
	return truth_not(presence.truth);
}

bool ref_pair_matches(const struct ref *ref, const struct ref_row *row, uint16_t nat, uint32_t item,
	struct ref_pair *pair)
{
	const struct commitment *commitment = row->commitment;
	bool aged = false;
	*pair = (struct ref_pair){ .nat = nat, .item = item, .via = NONE32 };
	if (row->only != NAT_NONE && row->only != nat)
		return false;
	uint32_t state = ref_state_of(ref->world, nat);
	if (state != NONE32 && ref_opted_out(ref, row, state, false))
		return false;
	/* except-nationality: "undone when the same nationality is listed". */
	if (listed(ref, commitment->except_nats, commitment->except_nats_count, nat))
		return false;
	enum truth residence = residence_matches(ref, commitment);
	enum truth alone = unrepresented(ref, commitment, nat, &aged);
	if (residence == TRUTH_F || alone == TRUTH_F)
		return false;
	enum truth named = item_matches(ref, row, nat, &commitment->nats[item], pair);
	if (named == TRUTH_F)
		return false;
	/* certainty: "AND over the pair's U conditions". stale: "U only because a fact on record
	 * has aged". */
	pair->certainty = truth_and(named, truth_and(residence, alone));
	pair->stale = pair->certainty == TRUTH_U && residence == TRUTH_T &&
		      (alone == TRUTH_T || aged) && (named == TRUTH_T || pair->stale);
	return true;
}

/* --- served-by ------------------------------------------------------------------------------ */

static bool has_served_by(const struct commitment *commitment)
{
	for (size_t i = 0; i < commitment->nats_count; i++)
		if (commitment->nats[i].kind == NAT_ITEM_SERVED_BY)
			return true;
	return false;
}

/* The best pair of a row with this nationality that passes steps 2 to 4 and is not held: each pair
 * is judged alone, so that X must serve the very nationality that the outer item is asked about,
 * for this person as she is. */
static enum truth row_serves(
	const struct ref *ref, const struct ref_row *row, uint16_t nat, bool *stale)
{
	enum truth best = TRUTH_F;
	struct presence presence;
	if (!ref_row_in_scope(ref, row, &presence))
		return TRUTH_F;
	for (uint32_t i = 0; i < row->commitment->nats_count; i++) {
		struct ref_pair pair;
		if (!ref_pair_matches(ref, row, nat, i, &pair))
			continue;
		struct ref_guard guard = ref_guard(ref, row, &pair);
		if (guard.removed || guard.held)
			continue;
		best = truth_or(best, pair.certainty);
		*stale = *stale || pair.stale;
	}
	return best;
}

/* served-by: "the best row of another agreement with provider X whose commitment has no served-by
 * item". */
enum truth ref_served(const struct ref *ref, const struct agreement *not_this, uint32_t x,
	uint16_t nat, bool *stale)
{
	enum truth best = TRUTH_F;
	int32_t ended;
	*stale = false;
	/* "The person's nationality must not be X's own." */
	if (ref->world->parties[x].nat == nat)
		return TRUTH_F;
	for (size_t i = 0; i < ref->accords->items_count; i++) {
		const struct agreement *agreement = &ref->accords->items[i];
		if (agreement == not_this || !ref_visible(ref, agreement) ||
			ref_force(agreement, ref->q.date, &ended) != FORCE_YES)
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++) {
			struct ref_row row = { agreement, &agreement->commitments[j], x, NAT_NONE };
			if (!has_served_by(row.commitment) &&
				ref_provides(ref, row.commitment, x, &row.only))
				best = truth_or(best, row_serves(ref, &row, nat, stale));
		}
	}
	return best;
}

/* --- Size and limit ------------------------------------------------------------------------- */

/* size: "how many nationalities the matching item stands for … each less those of
 * except-nationality". */
uint32_t ref_size(const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	const struct commitment *commitment = row->commitment;
	const struct nat_item *item = &commitment->nats[pair->item];
	uint32_t size = 0;
	for (uint16_t nat = 0; nat < ref->world->nats_count; nat++) {
		bool in = item->kind == NAT_ITEM_ANY ||
			  (item->kind == NAT_ITEM_CODE && item->nat == nat) ||
			  (item->kind == NAT_ITEM_GROUP &&
				  ref_nat_in_group(ref->world, item->group, nat, ref->q.date));
		if (item->kind == NAT_ITEM_SERVED_BY) {
			/* "the number of nationalities for which it holds with the rest of the
			 * query as it is" */
			struct query other = ref->asked;
			bool stale;
			other.nats[0] = nat;
			other.nat_count = 1;
			struct ref theirs = ref_begin(ref->world, ref->accords, &other);
			in = ref_served(&theirs, row->agreement, item->party, nat, &stale) !=
			     TRUTH_F;
		}
		/* "each less those of except-nationality" */
		if (in && listed(ref, commitment->except_nats, commitment->except_nats_count, nat))
			in = false;
		size += in;
	}
	return size;
}

enum band ref_plain_band(const struct ref_row *row, const struct presence *presence)
{
	if (row->commitment->provider.levels && presence->level == LEVEL_ACCREDITED)
		return BAND_REMOTE;
	switch (row->commitment->duty) {
	case DUTY_MAY:
		return BAND_MAY;
	case DUTY_SHALL:
		return BAND_SHALL;
	case DUTY_WILL:
		return BAND_WILL;
	case DUTIES:
		break;
	}
	return BAND_NONE;
}

static enum band own_band_of_row(const struct ref *ref, const struct ref_row *row)
{
	struct presence presence;
	struct ref_pair pair;
	if (!ref_row_in_scope(ref, row, &presence))
		return BAND_NONE;
	for (uint32_t i = 0; i < row->commitment->nats_count; i++)
		if (ref_pair_matches(ref, row, ref->q.nats[0], i, &pair))
			return ref_plain_band(row, &presence);
	return BAND_NONE;
}

/* limit: "rows without `limit` whose provider is the State P itself for the query {nationality P,
 * …} by steps 1-3". */
enum band ref_own_band(const struct ref *ref, uint32_t provider)
{
	const struct party *party = &ref->world->parties[provider];
	if (party->kind != PARTY_STATE || party->nat == NAT_NONE)
		return BAND_NONE;
	struct query own = { .nats = { party->nat },
		.nat_count = 1,
		.residence = NAT_NONE,
		.place = ref->q.place,
		.service = ref->q.service,
		.phase = ref->q.phase,
		.date = ref->q.date,
		.to = ref->q.to,
		.viewer = ref->q.viewer,
		.resident_since = DATE_NONE };
	struct ref its = ref_begin(ref->world, ref->accords, &own);
	enum band best = BAND_NONE;
	int32_t ended;
	for (size_t i = 0; i < ref->accords->items_count; i++) {
		const struct agreement *agreement = &ref->accords->items[i];
		if (!ref_visible(&its, agreement) ||
			ref_force(agreement, own.date, &ended) != FORCE_YES)
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++) {
			struct ref_row row = { agreement, &agreement->commitments[j], provider,
				NAT_NONE };
			if (row.commitment->as_own_nationals ||
				!ref_provides(&its, row.commitment, provider, &row.only))
				continue;
			enum band band = own_band_of_row(&its, &row);
			best = band > best ? band : best;
		}
	}
	return best;
}
