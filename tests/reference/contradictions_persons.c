/* "Contradictions" once more: those that hang on persons, steps and safeguards. */
#include "contradictions.h"

/* --- guarded -------------------------------------------------------------------------------- */

static bool enforces(const struct court *court, const struct actor *actor)
{
	struct ref ref = { .world = court->look.world };
	return actor->kind == ACTOR_PARTY && ref_enforcement(&ref, actor->party);
}

/* "for protected people alone (refugee, asylum-seeker, fears-authorities)" */
static bool for_protected_alone(const struct commitment *commitment)
{
	for (unsigned s = 0; s < PERSON_STATUSES; s++)
		if ((commitment->status & PERSON_BIT(s)) && s != PERSON_REFUGEE &&
			s != PERSON_ASYLUM_SEEKER && s != PERSON_FEARS_AUTHORITIES)
			return false;
	return commitment->status != 0;
}

/* "a step or cost would tell their State (S1)"; tells: "a cost rule bills the State of nationality:
 * beneficiary-state, per-capita" */
static bool tells_their_state(const struct commitment *commitment)
{
	for (size_t i = 0; i < commitment->steps_count; i++)
		if (commitment->steps[i].by.kind == ACTOR_STATE_OF_NATIONALITY ||
			commitment->steps[i].whom.kind == ACTOR_STATE_OF_NATIONALITY)
			return true;
	for (size_t i = 0; i < commitment->costs_count; i++)
		if (commitment->costs[i].rule == COST_BENEFICIARY_STATE ||
			commitment->costs[i].rule == COST_PER_CAPITA)
			return true;
	return false;
}

bool court_guarded(const struct court *court, const struct claim *claim)
{
	const struct commitment *commitment = claim->commitment;
	struct ref ref = { .world = court->look.world };
	if (commitment->provider.kind == PROVIDER_PARTY &&
		ref_enforcement(&ref, commitment->provider.party))
		return true;
	for (size_t i = 0; i < commitment->steps_count; i++)
		if (enforces(court, &commitment->steps[i].by) ||
			enforces(court, &commitment->steps[i].whom))
			return true;
	return for_protected_alone(commitment) && tells_their_state(commitment);
}

/* --- step-nobody ---------------------------------------------------------------------------- */

static bool step_by_or_towards(const struct commitment *commitment, enum actor_kind kind)
{
	for (size_t i = 0; i < commitment->steps_count; i++)
		if (commitment->steps[i].by.kind == kind || commitment->steps[i].whom.kind == kind)
			return true;
	return false;
}

/* "nobody concerned has one" */
static bool somebody_has_a_state(const struct court *court, const struct claim *claim, int32_t day)
{
	for (uint16_t nat = 0; nat < court->look.world->nats_count; nat++)
		if (court_for(court, claim, nat, day) &&
			ref_state_of(court->look.world, nat) != NONE32)
			return true;
	return false;
}

/* "no place does" */
static bool some_place_has_a_state(
	const struct court *court, const struct claim *claim, int32_t day)
{
	const struct world *world = court->look.world;
	for (uint32_t place = 0; place < world->places_count; place++)
		if (court_place(court, claim, place, day) && world->places[place].nat != NAT_NONE &&
			ref_state_of(world, world->places[place].nat) != NONE32)
			return true;
	return false;
}

bool court_step_nobody(const struct court *court, const struct claim *claim)
{
	bool own = false, host = false;
	for (size_t i = 0; i < court->day_count; i++) {
		if (!court_holds(claim, court->days[i]))
			continue;
		own = own || somebody_has_a_state(court, claim, court->days[i]);
		host = host || some_place_has_a_state(court, claim, court->days[i]);
	}
	return (!own && step_by_or_towards(claim->commitment, ACTOR_STATE_OF_NATIONALITY)) ||
	       (!host && step_by_or_towards(claim->commitment, ACTOR_HOST_STATE));
}

/* --- obliged-excluded ----------------------------------------------------------------------- */

/* A person of status S, which may imply another. */
static unsigned person_of(unsigned s)
{
	return PERSON_BIT(s) | (s == PERSON_UNACCOMPANIED_CHILD ? PERSON_BIT(PERSON_CHILD) : 0u);
}

static bool takes(const struct commitment *commitment, unsigned person)
{
	return (!commitment->status || (commitment->status & person)) &&
	       !(commitment->except_status & person);
}

/* "for those alone whom the other leaves out": every status that it asks for. */
static bool is_other_half(const struct commitment *one, const struct commitment *other)
{
	for (unsigned s = 0; s < PERSON_STATUSES; s++)
		if ((one->status & PERSON_BIT(s)) && !(person_of(s) & other->except_status))
			return false;
	return one->status != 0;
}

/* "where the way leads home" and nowhere else */
static bool leads_home(const struct commitment *commitment, unsigned service)
{
	if (!commitment->to.given)
		return world_services[service].destination == DESTINATION_HOME;
	for (size_t i = 0; i < commitment->to.in_count; i++)
		if (commitment->to.in[i].kind != PLACE_ITEM_HOME)
			return false;
	return commitment->to.in_count > 0;
}

/* ONE obliges a person of some status whom OTHER leaves out, for a common service. */
static bool status_excluded(const struct commitment *one, const struct commitment *other)
{
	if (is_other_half(one, other))
		return false;
	for (unsigned service = 0; service < world_service_count; service++) {
		if (!(one->services & other->services & UINT64_C(1) << service))
			continue;
		for (unsigned s = 0; s < PERSON_STATUSES; s++) {
			bool fled = s == PERSON_REFUGEE || s == PERSON_ASYLUM_SEEKER;
			if (takes(one, person_of(s)) && (person_of(s) & other->except_status) &&
				!(fled && leads_home(one, service)))
				return true;
		}
	}
	return false;
}

static bool common_place(
	const struct court *court, const struct claim *a, const struct claim *b, int32_t day)
{
	for (uint32_t place = 0; place < court->look.world->places_count; place++)
		if (court_place(court, a, place, day) && court_place(court, b, place, day))
			return true;
	return false;
}

/* Whom both are for on the day; whom ONE is for, and OTHER but for its `except-nationality`. */
static bool common_nat(
	const struct court *court, const struct claim *a, const struct claim *b, int32_t day)
{
	for (uint16_t nat = 0; nat < court->look.world->nats_count; nat++)
		if (court_for(court, a, nat, day) && court_for(court, b, nat, day))
			return true;
	return false;
}

static bool nat_excluded(
	const struct court *court, const struct claim *one, const struct claim *other, int32_t day)
{
	for (uint16_t nat = 0; nat < court->look.world->nats_count; nat++)
		if (court_for(court, one, nat, day) && court_names(court, other, nat, day) &&
			!court_for(court, other, nat, day))
			return true;
	return false;
}

static bool excludes(const struct court *court, const struct claim *a, const struct claim *b)
{
	const struct commitment *one = a->commitment, *other = b->commitment;
	if (one->duty == DUTY_MAY || one->duty != other->duty || one->role != other->role ||
		!court_same_provider(&one->provider, &other->provider) ||
		!court_same_places(&one->to, &other->to) || !court_same_steps(one, other) ||
		one->as_own_nationals != other->as_own_nationals ||
		!(one->services & other->services) || !(one->phases & other->phases))
		return false;
	for (size_t i = 0; i < court->day_count; i++) {
		int32_t day = court->days[i];
		/* "is its other half": the two have people in common. */
		if (court_holds(a, day) && court_holds(b, day) && common_place(court, a, b, day) &&
			common_nat(court, a, b, day) &&
			(status_excluded(one, other) || nat_excluded(court, a, b, day)))
			return true;
	}
	return false;
}

/* "two with the same parties" */
static bool among(const struct agreement *a, const struct agreement *b)
{
	for (size_t i = 0; i < a->parties_count; i++) {
		bool found = false;
		for (size_t j = 0; j < b->parties_count; j++)
			found |= a->parties[i].is_group == b->parties[j].is_group &&
				 a->parties[i].index == b->parties[j].index;
		if (!found)
			return false;
	}
	return true;
}

void court_excluded(struct court *court, const struct agreement *a, const struct agreement *b)
{
	if (a != b && !(among(a, b) && among(b, a)))
		return;
	for (size_t i = 0; i < a->commitments_count; i++)
		for (size_t j = 0; j < b->commitments_count; j++) {
			struct claim one = { a, &a->commitments[i] },
				     two = { b, &b->commitments[j] };
			/* The rows of a schedule are one clause. */
			if (a == b && str_eq(one.commitment->id, two.commitment->id))
				continue;
			if (excludes(court, &one, &two))
				court_tell(court, CONTRADICTION_OBLIGED_EXCLUDED, &one, &two);
		}
}
