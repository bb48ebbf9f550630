/* "Readiness: components T/F/U, never only a score: in force, days to expiry, channels and links
 * tested, exercised, capacity confirmed, assets not double-pledged, host notified and not
 * objecting." Details: docs/semantics.md, "Readiness". */
#include "reference.h"
#include "rules.h"
#include <stdio.h>

static int32_t after(int32_t date, struct duration duration)
{
	if (duration.unit == DURATION_MONTHS)
		return date_add_months(date, duration.count);
	if (duration.unit == DURATION_HOURS)
		return date + (duration.count + 23) / 24;
	return date + duration.count;
}

/* "within review.channels-tested-every, else 90 days" */
static enum truth test_speaks(const struct agreement *agreement, int32_t tested, int32_t date)
{
	struct duration every = { 90, DURATION_DAYS }, said;
	const struct node *review = node_get(agreement->tree, "review");
	const struct node *node = review ? node_get(review, "channels-tested-every") : NULL;
	if (node && duration_parse(node->text, &said))
		every = said;
	if (tested == DATE_NONE || tested > date)
		return TRUTH_U;
	return after(tested, every) >= date ? TRUTH_T : TRUTH_F;
}

static bool provides(const struct ref *ref, const struct agreement *agreement,
	const struct commitment *commitment, uint32_t party)
{
	switch (commitment->provider.kind) {
	case PROVIDER_PARTY:
		return commitment->provider.party == party;
	case PROVIDER_MEMBER_OF:
		return ref_in_group(ref->world, commitment->provider.group, party, ref->q.date) &&
		       ref_is_party(ref, agreement, party, NULL);
	default:
		return ref->world->parties[party].nat != NAT_NONE &&
		       ref_is_party(ref, agreement, party, NULL);
	}
}

static bool any_provides(const struct ref *ref, const struct agreement *agreement,
	const struct commitment *only, uint32_t party)
{
	for (size_t i = 0; i < agreement->commitments_count; i++)
		if ((!only || only == &agreement->commitments[i]) &&
			provides(ref, agreement, &agreement->commitments[i], party))
			return true;
	return false;
}

static enum truth channel(const struct ref *ref, const struct agreement *agreement, uint32_t party)
{
	enum truth best = TRUTH_U;
	bool old = false;
	for (size_t i = 0; i < ref->world->channels_count; i++) {
		const struct channel *row = &ref->world->channels[i];
		if (row->party != party)
			continue;
		enum truth says = test_speaks(agreement, row->tested, ref->q.date);
		old = old || says == TRUTH_F;
		best = says == TRUTH_T ? TRUTH_T : best;
	}
	return best == TRUTH_T ? TRUTH_T : old ? TRUTH_F : TRUTH_U;
}

static void channels(struct readiness *out, const struct ref *ref,
	const struct agreement *agreement, const struct commitment *only)
{
	for (uint32_t party = 0; party < ref->world->parties_count; party++) {
		if (!any_provides(ref, agreement, only, party))
			continue;
		enum truth says = channel(ref, agreement, party);
		out->asked[READY_CHANNELS] = true;
		out->parts[READY_CHANNELS] = truth_and(out->parts[READY_CHANNELS], says);
	}
}

/* Under some party of the agreement; *PROVIDER: under one that may have to help. */
static bool stands_under(const struct ref *ref, const struct agreement *agreement,
	const struct commitment *only, uint32_t who, bool *provider)
{
	bool under = false;
	for (uint32_t party = 0; party < ref->world->parties_count; party++) {
		if (!ref_is_party(ref, agreement, party, NULL) ||
			!ref_under(ref->world, who, party))
			continue;
		under = true;
		*provider = *provider || any_provides(ref, agreement, only, party);
	}
	return under;
}

static void links(struct readiness *out, const struct ref *ref, const struct agreement *agreement,
	const struct commitment *only)
{
	enum truth all = TRUTH_T;
	bool any = false;
	for (size_t i = 0; i < ref->world->links_count; i++) {
		const struct link_row *link = &ref->world->links[i];
		bool provider = false;
		bool from = stands_under(ref, agreement, only, link->from_party, &provider);
		bool to = stands_under(ref, agreement, only, link->to_party, &provider);
		if (!from || !to || !provider)
			continue;
		any = true;
		all = truth_and(all, test_speaks(agreement, link->tested_out, ref->q.date));
		all = truth_and(all, test_speaks(agreement, link->tested_back, ref->q.date));
	}
	out->asked[READY_LINKS] = true;
	out->parts[READY_LINKS] = any ? all : TRUTH_U;
}

static enum truth sized(const struct ref *ref, const struct agreement *agreement,
	const struct commitment *commitment)
{
	bool confirmed = false, enough = false, less = false;
	if (commitment->capacity.quantity == 0)
		return TRUTH_F;
	if (commitment->provider.kind != PROVIDER_PARTY)
		return TRUTH_U;
	ref_is_party(ref, agreement, commitment->provider.party, &confirmed);
	for (size_t i = 0; i < ref->world->strengths_count; i++) {
		const struct strength_row *row = &ref->world->strengths[i];
		if (row->party != commitment->provider.party || row->service == SERVICE_NONE ||
			!(commitment->services >> row->service & 1u) ||
			!str_eq(row->unit, commitment->capacity.unit))
			continue;
		enough = enough || row->quantity >= commitment->capacity.quantity;
		less = true;
	}
	return confirmed || enough ? TRUTH_T : less ? TRUTH_F : TRUTH_U;
}

static bool names(const struct commitment *commitment, struct str id)
{
	for (size_t i = 0; i < commitment->assets_count; i++)
		if (str_eq(commitment->assets[i], id))
			return true;
	return false;
}

static enum truth asset(const struct ref *ref, const struct agreement *agreement,
	const struct commitment *commitment, struct str id)
{
	const struct asset *found = NULL;
	int64_t sum = 0;
	size_t pledges = 0;
	int32_t ended;
	for (size_t i = 0; i < ref->world->assets_count; i++) {
		const struct asset *row = &ref->world->assets[i];
		char name[256];
		struct str party = ref->world->parties[row->party].id;
		snprintf(name, sizeof name, STR_FMT ":" STR_FMT, STR_ARG(party), STR_ARG(row->id));
		if (str_is(id, name))
			found = row;
	}
	if (!found)
		return TRUTH_U;
	for (size_t a = 0; a < ref->accords->items_count; a++) {
		const struct agreement *other = &ref->accords->items[a];
		if (other != agreement && ref_force(other, ref->q.date, &ended) != FORCE_YES)
			continue;
		for (size_t i = 0; i < other->commitments_count; i++) {
			const struct commitment *pledge = &other->commitments[i];
			if (!names(pledge, id) || !(pledge->phases & commitment->phases) ||
				!date_within(ref->q.date, pledge->from, pledge->until))
				continue;
			pledges++;
			/* "its capacity, if that is in the asset's own unit; else the whole" */
			bool own_unit = pledge->capacity.quantity > 0 && found->unit.len &&
					str_eq(pledge->capacity.unit, found->unit);
			sum += own_unit ? pledge->capacity.quantity : found->quantity;
		}
	}
	return pledges < 2 || sum <= found->quantity ? TRUTH_T : TRUTH_F;
}

static void one(struct readiness *out, const struct ref *ref, const struct agreement *agreement,
	const struct commitment *commitment)
{
	if (commitment->duty == DUTY_WILL) {
		out->asked[READY_CAPACITY] = true;
		out->parts[READY_CAPACITY] =
			truth_and(out->parts[READY_CAPACITY], sized(ref, agreement, commitment));
	}
	for (size_t i = 0; i < commitment->assets_count; i++) {
		out->asked[READY_ASSETS] = true;
		out->parts[READY_ASSETS] = truth_and(out->parts[READY_ASSETS],
			asset(ref, agreement, commitment, commitment->assets[i]));
	}
	for (size_t i = 0; i < commitment->steps_count; i++) {
		const struct step *step = &commitment->steps[i];
		bool host =
			step->whom.kind == ACTOR_HOST_STATE || step->by.kind == ACTOR_HOST_STATE;
		if (host && (step->what == STEP_NOTIFY || step->what == STEP_CONSENT ||
				    step->what == STEP_REQUEST || step->what == STEP_CONSULT)) {
			out->asked[READY_HOST] = true;
			out->parts[READY_HOST] = TRUTH_U;
		}
	}
}

static void force(struct readiness *out, const struct agreement *agreement,
	const struct commitment *only, int32_t date)
{
	int32_t ended, end = agreement->until;
	enum accord_force is = ref_force(agreement, date, &ended);
	for (size_t i = 0; i < agreement->renewed_count; i++)
		if (end != DATE_NONE && agreement->renewed[i].on <= date &&
			agreement->renewed[i].until > end)
			end = agreement->renewed[i].until;
	if (only && only->until != DATE_NONE && (end == DATE_NONE || only->until < end))
		end = only->until;
	out->ends = end;
	out->asked[READY_IN_FORCE] = out->asked[READY_TERM] = out->asked[READY_EXERCISED] = true;
	out->parts[READY_IN_FORCE] = is == FORCE_YES        ? TRUTH_T
				     : is == FORCE_EXPECTED ? TRUTH_U
							    : TRUTH_F;
	if (only && !date_within(date, only->from, only->until))
		out->parts[READY_IN_FORCE] = TRUTH_F;
	if (end != DATE_NONE && end <= date + 90)
		out->parts[READY_TERM] = agreement->renews.count ? TRUTH_U : TRUTH_F;
	out->parts[READY_EXERCISED] = TRUTH_U; /* "not on record" */
}

void reference_ready(struct readiness *out, const struct world *world,
	const struct accords *accords, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date)
{
	struct ref ref = { .world = world, .accords = accords };
	ref.q.date = date;
	ref.q.viewer = VIEWER_ALL;
	*out = (struct readiness){ .agreement = agreement, .commitment = commitment };
	for (int part = 0; part < READY_PARTS; part++)
		out->parts[part] = TRUTH_T;
	force(out, agreement, commitment, date);
	channels(out, &ref, agreement, commitment);
	links(out, &ref, agreement, commitment);
	for (size_t i = 0; i < agreement->commitments_count; i++)
		if (!commitment || commitment == &agreement->commitments[i])
			one(out, &ref, agreement, &agreement->commitments[i]);
	out->all = TRUTH_T;
	for (int part = 0; part < READY_PARTS; part++)
		out->all = truth_and(out->all, out->parts[part]);
}
