/* The forms of advised agreements as the engine judges them; advice_draft.c writes the same as
 * YAML. A test puts drafts in force and counts again, so that the two cannot drift apart.
 *
 * State for State: article 8 of the Vienna Convention lets a State act for a third one after notice
 * to the host; what is owed is bound by what the helper's own nationals get. An organization's
 * standby is owed (shall); it becomes a promise (will) only when the parties have filled in a
 * capacity and a lead time, which nobody can do for them. */
#include <assert.h>
#include "cover/advice.h"

const struct str cover_advice_kind_words[ADVICE_KINDS] = { { "at-host", 7 }, { "world-wide", 10 },
	{ "group", 5 }, { "organization", 12 } };

const char *const advice_consular[ADVICE_CONSULAR] = { "consular.travel-document",
	"consular.detention-visit", "consular.death", "consular.welfare" };

uint64_t advice_consular_services(void)
{
	uint64_t services = 0;

	for (size_t i = 0; i < ADVICE_CONSULAR; i++) {
		uint8_t service = world_service_find(str_of(advice_consular[i]));

		assert(service != SERVICE_NONE);
		services |= UINT64_C(1) << service;
	}
	return services;
}

bool advice_keeps(enum step_do what)
{
	return what == STEP_SCREEN || what == STEP_PERSON_CONSENT || what == STEP_INFORMED_CHOICE ||
	       what == STEP_BEST_INTERESTS;
}

bool advice_has_destination(uint64_t services)
{
	for (unsigned s = 0; s < world_service_count; s++)
		if ((services >> s & 1u) && world_services[s].destination != DESTINATION_NOT_ASKED)
			return true;
	return false;
}

unsigned advice_left_out(const struct commitment *like, uint64_t services)
{
	unsigned out = like->except_status;

	for (unsigned s = 0; s < world_service_count && !advice_has_destination(services); s++)
		if ((services >> s & 1u) && world_services[s].need_first)
			out &= ~(PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER));
	return out;
}

/* For the same people, under the same care, on the way to the same places as LIKE. */
static bool take_after(struct commitment *out, struct arena *arena, const struct commitment *like)
{
	struct step *steps = ARENA_ARRAY(arena, like->steps_count + 1, struct step);

	if (!steps)
		return false;
	out->nats = like->nats;
	out->nats_count = like->nats_count;
	out->except_nats = like->except_nats;
	out->except_nats_count = like->except_nats_count;
	out->status = like->status;
	out->except_status = advice_left_out(like, out->services);
	if (advice_has_destination(out->services))
		out->to = like->to;
	for (size_t i = 0; i < like->steps_count; i++)
		if (advice_keeps(like->steps[i].what))
			steps[out->steps_count++] = (struct step){ .what = like->steps[i].what,
				.by = { .party = NONE32 },
				.whom = { .party = NONE32 } };
	out->steps = steps;
	return true;
}

static bool commit(struct commitment *out, struct arena *arena, const struct advice *advice,
	const struct world *world)
{
	struct nat_item *nats = ARENA_NEW(arena, struct nat_item);
	struct place_item *where = ARENA_NEW(arena, struct place_item);
	struct step *steps = ARENA_ARRAY(arena, 2, struct step);
	struct cost *costs = ARENA_NEW(arena, struct cost);
	bool group = advice->kind == ADVICE_GROUP, office = advice->kind == ADVICE_ORGANIZATION;

	if (!nats || !where || !steps || !costs)
		return false;
	*nats = (struct nat_item){ .kind = group                     ? NAT_ITEM_GROUP
					   : advice->nat == NAT_NONE ? NAT_ITEM_ANY
								     : NAT_ITEM_CODE,
		.nat = advice->nat,
		.group = advice->group,
		.party = NONE32 };
	where->kind = PLACE_ITEM_PLACE;
	where->index = advice->place != NONE32 ? advice->place : 0; /* the world is place 0 */
	assert(world->places[0].kind == PLACE_WORLD);
	steps[0] = (struct step){ .what = group ? STEP_VERIFY_IDENTITY : STEP_NOTIFY,
		.by = { .kind = ACTOR_PROVIDER, .party = NONE32 },
		.whom = { .kind = group ? ACTOR_NONE : ACTOR_HOST_STATE, .party = NONE32 } };
	steps[1] = (struct step){ .what = STEP_CONSULT,
		.by = { .kind = ACTOR_PROVIDER, .party = NONE32 },
		.whom = { .kind = ACTOR_STATE_OF_NATIONALITY, .party = NONE32 } };
	*costs = (struct cost){ .rule = office ? COST_PROVIDER_BEARS : COST_BENEFICIARY_STATE,
		.advance_percent = -1 };
	*out = (struct commitment){ .id = office ? STR("standby") : STR("represented"),
		.clause = STR("1"),
		.duty = DUTY_SHALL,
		.provider = { .kind = group ? PROVIDER_MEMBER_OF : PROVIDER_PARTY,
			.party = group ? NONE32 : advice->party,
			.group = advice->group,
			.levels = office ? LEVEL_OFFICE : LEVEL_RESIDENT },
		.nats = nats,
		.nats_count = 1,
		.unrepresented = office ? 0 : LEVEL_RESIDENT,
		.resident_since = DATE_NONE,
		.where = { .given = true, .in = where, .in_count = 1 },
		.services = advice_consular_services(),
		.phases = PHASE_BEFORE | PHASE_DURING | PHASE_AFTER,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.as_own_nationals = !office,
		.steps = office ? NULL : steps,
		.steps_count = office ? 0 : 2,
		.costs = costs,
		.costs_count = 1,
		.schedule = -1 };
	return true;
}

bool advice_agreement(struct agreement *out, struct arena *arena, const struct advice *advice,
	const struct standby *standbys, size_t count, const struct world *world)
{
	bool office = advice->kind == ADVICE_ORGANIZATION, group = advice->kind == ADVICE_GROUP;
	size_t made = office ? count : 1;
	struct state_entry *state = ARENA_NEW(arena, struct state_entry);
	struct party_entry *party = ARENA_NEW(arena, struct party_entry);
	struct commitment *commitments = ARENA_ARRAY(arena, made, struct commitment);

	if (!state || !party || !commitments)
		return false;
	*state = (struct state_entry){ STATE_IN_FORCE, DATE_NONE };
	*party = (struct party_entry){ .is_group = group,
		.index = group ? advice->group : advice->party,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.confirmed = DATE_NONE };
	for (size_t i = 0; i < made; i++) {
		if (!commit(&commitments[i], arena, advice, world))
			return false;
		if (!office)
			continue;
		commitments[i].services = UINT64_C(1) << standbys[i].service;
		if (standbys[i].like && !take_after(&commitments[i], arena, standbys[i].like))
			return false;
	}
	*out = (struct agreement){ .id = cover_advice_id(arena, world, advice),
		.kind = office ? KIND_STANDBY_SERVICE : KIND_CONSULAR_REPRESENTATION,
		.strength = office ? STRENGTH_MOU : STRENGTH_NOTES,
		.states = state,
		.states_count = 1,
		.visibility = AGREEMENT_PUBLIC,
		.parties = party,
		.parties_count = 1,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.commitments = commitments,
		.commitments_count = made };
	return out->id.ptr != NULL;
}
