/* Contradictions of one random world, engine beside reference. Drawn agreements contradict
 * themselves by chance in few ways, so many are bent first: dates that never meet, places and
 * people that are left out again, enforcement and States that nobody has in a step, a second lead,
 * a second payer, a clause that leaves out whom another takes. Each bend is often none: the other
 * half of a rule, people besides refugees, somebody who has a State. */
#include "soak.h"
#include "reference.h"

static const enum cost_rule rules[] = { COST_PROVIDER_BEARS, COST_BENEFICIARY_REPAYS,
	COST_CAPPED_FARE, COST_BENEFICIARY_STATE, COST_PER_CAPITA, COST_EMPLOYER, COST_POOL };

/* The first party that is enforcement, from a random one on; NONE32: none. */
static uint32_t enforcement(struct random *random, const struct world *world)
{
	uint32_t from = random_below(random, (uint32_t)world->parties_count);
	for (size_t i = 0; i < world->parties_count; i++) {
		uint32_t party = (uint32_t)((from + i) % world->parties_count);
		if (world->parties[party].kind == PARTY_AGENCY)
			return party; /* or a service: no contradiction then */
	}
	return NONE32;
}

/* Steps of its own, the last of them by or towards ACTOR. */
static bool add_step(struct commitment *commitment, struct arena *arena, struct random *random,
	struct actor actor)
{
	size_t count = commitment->steps_count;
	struct step *steps = ARENA_ARRAY(arena, count + 1, struct step);
	if (!steps)
		return false;
	for (size_t i = 0; i < count; i++)
		steps[i] = commitment->steps[i];
	steps[count] = (struct step){ 0 };
	if (random_chance(random, 50))
		steps[count].by = actor;
	else
		steps[count].whom = actor;
	commitment->steps = steps;
	commitment->steps_count = count + 1;
	return true;
}

/* Enforcement provides or hears of it, or the State that the people fled. */
static bool bend_guarded(struct commitment *commitment, struct arena *arena, struct random *random,
	const struct world *world)
{
	struct actor actor = { .kind = ACTOR_PARTY, .party = enforcement(random, world) };
	struct cost *cost = ARENA_NEW(arena, struct cost);
	if (!cost)
		return false;
	if (actor.party != NONE32 && random_chance(random, 50)) {
		if (random_chance(random, 50))
			return add_step(commitment, arena, random, actor);
		commitment->provider =
			(struct provider){ .kind = PROVIDER_PARTY, .party = actor.party };
		return true;
	}
	commitment->status = PERSON_BIT(PERSON_REFUGEE);
	if (random_chance(random, 50))
		commitment->status |= PERSON_BIT(random_below(random, PERSON_STATUSES));
	if (random_chance(random, 50))
		return add_step(commitment, arena, random,
			(struct actor){ .kind = ACTOR_STATE_OF_NATIONALITY });
	cost->rule = rules[random_below(random, sizeof rules / sizeof *rules)];
	commitment->costs = cost;
	commitment->costs_count = 1;
	return true;
}

/* For people of one nationality, or at one place, that may be without a State. */
static bool bend_step(struct commitment *commitment, struct arena *arena, struct random *random,
	const struct world *world)
{
	struct nat_item *item = ARENA_NEW(arena, struct nat_item);
	struct place_item *place = ARENA_NEW(arena, struct place_item);
	if (!item || !place)
		return false;
	*item = (struct nat_item){ .kind = NAT_ITEM_CODE,
		.nat = (uint16_t)random_below(random, (uint32_t)world->nats_count) };
	*place = (struct place_item){ PLACE_ITEM_PLACE,
		random_below(random, (uint32_t)world->places_count) };
	if (random_chance(random, 50)) {
		commitment->nats = item;
		commitment->nats_count = 1;
		return add_step(commitment, arena, random,
			(struct actor){ .kind = ACTOR_STATE_OF_NATIONALITY });
	}
	commitment->where = (struct place_scope){ .given = true, .in = place, .in_count = 1 };
	return add_step(commitment, arena, random, (struct actor){ .kind = ACTOR_HOST_STATE });
}

static bool bend_one(struct commitment *commitment, struct arena *arena, struct random *random,
	const struct world *world)
{
	switch (random_below(random, 11)) {
	case 0:
		commitment->from = date_of((struct civil){ 2031, 1, 1 });
		commitment->until = date_of((struct civil){ 2030, 1, 1 });
		break;
	case 1:
		commitment->services = 0;
		break;
	case 2:
		commitment->where.except = commitment->where.in;
		commitment->where.except_count = commitment->where.in_count;
		break;
	case 3:
		for (size_t i = 0; i < commitment->nats_count; i++)
			if (commitment->nats[i].kind == NAT_ITEM_SERVED_BY)
				return true; /* cannot be written as an exception */
		commitment->except_nats = commitment->nats;
		commitment->except_nats_count = commitment->nats_count;
		break;
	case 4:
		commitment->status = 1 + random_below(random, 1u << PERSON_STATUSES) / 2;
		commitment->except_status = commitment->status;
		if (random_chance(random, 50)) /* left out by what it implies */
			commitment->status = PERSON_BIT(PERSON_UNACCOMPANIED_CHILD),
			commitment->except_status = PERSON_BIT(PERSON_CHILD);
		break;
	case 5:
		commitment->provider = (struct provider){ .kind = PROVIDER_PARTY,
			.party = random_below(random, (uint32_t)world->parties_count) };
		commitment->duty = DUTY_SHALL;
		break;
	case 6:
		return bend_guarded(commitment, arena, random, world);
	case 7:
		return bend_step(commitment, arena, random, world);
	default:
		break;
	}
	return true;
}

/* TO leaves out some of those whom it takes, or takes some alone. */
static bool leave_out(struct commitment *to, struct arena *arena, struct random *random,
	const struct world *world)
{
	unsigned status = PERSON_BIT(random_below(random, PERSON_STATUSES));
	struct nat_item *item = ARENA_NEW(arena, struct nat_item);
	if (!item)
		return false;
	*item = (struct nat_item){ .kind = NAT_ITEM_CODE,
		.nat = (uint16_t)random_below(random, (uint32_t)world->nats_count) };
	if (random_chance(random, 30))
		status = PERSON_BIT(
			random_chance(random, 50) ? PERSON_CHILD : PERSON_UNACCOMPANIED_CHILD);
	if (random_chance(random, 30))
		to->status |= PERSON_BIT(random_below(random, PERSON_STATUSES));
	if (random_chance(random, 60)) {
		to->except_status |= status;
		return true;
	}
	to->except_nats = item;
	to->except_nats_count = 1;
	return true;
}

/* TO says what FROM says, by another or at another's cost; mostly. */
static bool bend_pair(struct commitment *to, const struct commitment *from, struct arena *arena,
	struct random *random, const struct world *world)
{
	struct commitment old = *to;
	*to = *from;
	to->id = old.id;
	to->schedule_row = old.schedule_row;
	if (random_chance(random, 30))
		return leave_out(to, arena, random, world);
	if (random_chance(random, 50))
		to->provider = (struct provider){ .kind = PROVIDER_PARTY,
			.party = random_below(random, (uint32_t)world->parties_count) };
	if (random_chance(random, 30))
		to->phases = old.phases;
	if (random_chance(random, 30))
		to->from = old.from, to->until = old.until;
	if (random_chance(random, 10))
		to->except_nats = old.except_nats, to->except_nats_count = old.except_nats_count;
	if (random_chance(random, 10))
		to->to = old.to;
	if (random_chance(random, 10))
		to->steps = old.steps, to->steps_count = old.steps_count;
	struct cost *cost = ARENA_NEW(arena, struct cost);
	if (!cost)
		return false;
	if (random_chance(random, 20))
		return true;
	cost->rule = rules[random_below(random, sizeof rules / sizeof *rules)];
	to->costs = cost;
	to->costs_count = 1;
	return true;
}

/* Every second agreement may be one between the parties of the agreement before, with a clause of
 * that one that leaves out some: two agreements may contradict each other. */
static bool bend_twin(struct agreement *agreement, const struct agreement *before,
	struct arena *arena, struct random *random, const struct world *world)
{
	struct commitment *to, old;
	if (!agreement->commitments_count || !before->commitments_count ||
		!random_chance(random, 30))
		return true;
	agreement->parties = before->parties;
	agreement->parties_count = before->parties_count;
	to = &agreement->commitments[random_below(random, (uint32_t)agreement->commitments_count)];
	old = *to;
	*to = before->commitments[random_below(random, (uint32_t)before->commitments_count)];
	to->id = old.id;
	to->schedule = old.schedule;
	to->schedule_row = old.schedule_row;
	if (to->duty == DUTY_MAY)
		to->duty = DUTY_SHALL;
	return leave_out(to, arena, random, world);
}

static bool bend(struct accords *out, struct arena *arena, struct random *random,
	const struct world *world, const struct accords *accords)
{
	*out = *accords;
	out->items = ARENA_ARRAY(arena, accords->items_count + 1, struct agreement);
	for (size_t i = 0; out->items && i < accords->items_count; i++) {
		struct agreement *agreement = &out->items[i];
		*agreement = accords->items[i];
		size_t count = agreement->commitments_count;
		if (random_chance(random, 30)) {
			struct renewal *renewal = ARENA_NEW(arena, struct renewal);
			if (!renewal)
				return false;
			renewal->on = date_of((struct civil){ 2015, 1, 1 }) +
				      (int32_t)random_below(random, 3000);
			renewal->until = renewal->on + 365;
			agreement->renewed = renewal;
			agreement->renewed_count = 1;
		}
		agreement->commitments = ARENA_ARRAY(arena, count + 1, struct commitment);
		if (!agreement->commitments)
			return false;
		for (size_t j = 0; j < count; j++)
			agreement->commitments[j] = accords->items[i].commitments[j];
		for (size_t j = 1; j < count; j++)
			if (random_chance(random, 25) &&
				!bend_pair(&agreement->commitments[j],
					&agreement->commitments[random_below(random, (uint32_t)j)],
					arena, random, world))
				return false;
		for (size_t j = 0; j < count; j++)
			if (random_chance(random, 20) &&
				!bend_one(&agreement->commitments[j], arena, random, world))
				return false;
		if (i > 0 && !bend_twin(agreement, &out->items[i - 1], arena, random, world))
			return false;
		agreement->states =
			ARENA_ARRAY(arena, agreement->states_count + 1, struct state_entry);
		if (!agreement->states)
			return false;
		for (size_t j = 0; j < agreement->states_count; j++) {
			agreement->states[j] = accords->items[i].states[j];
			if (j > 0 && random_chance(random, 50))
				agreement->states[j].is = STATE_TERMINATED;
		}
	}
	return out->items != NULL;
}

static size_t found_in(const struct contradiction *items, size_t count,
	enum contradiction_kind kind, const struct contradiction *like)
{
	size_t found = 0;
	for (size_t i = 0; i < count; i++)
		found += items[i].kind == kind &&
			 (!like || (items[i].agreement == like->agreement &&
					   items[i].commitment == like->commitment &&
					   items[i].other == like->other));
	return found;
}

static void print(struct buf *out, const char *who, const struct contradiction *items, size_t count)
{
	buf_add_format(out, "%s:\n", who);
	for (size_t i = 0; i < count; i++)
		buf_add_format(out, "  " STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT "\n",
			STR_ARG(cover_contradiction_words[items[i].kind]),
			STR_ARG(items[i].agreement->id),
			STR_ARG(items[i].commitment ? items[i].commitment->id : STR("")),
			STR_ARG(items[i].other ? items[i].other->id : STR("")));
}

const char *soak_contradictions(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, struct random *random, struct tally *tally)
{
	struct accords bent;
	struct cover_index *index;
	struct contradiction *mine, *theirs;
	size_t my_count, their_count;
	bool same = true;
	if (!bend(&bent, arena, random, world, accords) ||
		cover_compile(&index, arena, world, &bent) != STATUS_OK ||
		cover_contradictions(&theirs, &their_count, arena, index) != STATUS_OK ||
		reference_contradictions(&mine, &my_count, arena, world, &bent) != STATUS_OK)
		return "no memory";
	for (int kind = 0; kind < CONTRADICTIONS; kind++) {
		enum contradiction_kind one = (enum contradiction_kind)kind;
		size_t found = found_in(mine, my_count, one, NULL);
		tally->contradictions[kind] += found;
		same = same && found == found_in(theirs, their_count, one, NULL);
	}
	for (size_t i = 0; i < my_count && same; i++)
		same = found_in(mine, my_count, mine[i].kind, &mine[i]) ==
		       found_in(theirs, their_count, mine[i].kind, &mine[i]);
	if (same)
		return NULL;
	print(text, "reference", mine, my_count);
	print(text, "engine", theirs, their_count);
	return "contradictions";
}
