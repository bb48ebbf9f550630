/* Contradictions of one random world, engine beside reference. Drawn agreements contradict
 * themselves by chance in few ways, so many are bent first: dates that never meet, places and
 * people that are left out again, a second lead, a second payer. */
#include "soak.h"
#include "reference.h"

static const enum cost_rule rules[] = { COST_PROVIDER_BEARS, COST_BENEFICIARY_REPAYS,
	COST_CAPPED_FARE, COST_BENEFICIARY_STATE, COST_PER_CAPITA, COST_EMPLOYER, COST_POOL };

static void bend_one(
	struct commitment *commitment, struct random *random, const struct world *world)
{
	switch (random_below(random, 9)) {
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
				return; /* cannot be written as an exception */
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
	default:
		break;
	}
}

/* TO says what FROM says, by another or at another's cost; mostly. */
static void bend_pair(struct commitment *to, const struct commitment *from, struct arena *arena,
	struct random *random, const struct world *world)
{
	struct commitment old = *to;
	*to = *from;
	to->id = old.id;
	to->schedule_row = old.schedule_row;
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
	if (!cost || random_chance(random, 20))
		return;
	cost->rule = rules[random_below(random, sizeof rules / sizeof *rules)];
	to->costs = cost;
	to->costs_count = 1;
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
			if (random_chance(random, 25))
				bend_pair(&agreement->commitments[j],
					&agreement->commitments[random_below(random, (uint32_t)j)],
					arena, random, world);
		for (size_t j = 0; j < count; j++)
			if (random_chance(random, 20))
				bend_one(&agreement->commitments[j], random, world);
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

bool soak_judges(enum contradiction_kind kind)
{
	return kind != CONTRADICTION_GUARDED && kind != CONTRADICTION_STEP_NOBODY &&
	       kind != CONTRADICTION_OBLIGED_EXCLUDED;
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
		if (!soak_judges(one))
			continue;
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
