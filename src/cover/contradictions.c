/* Contradictions of one commitment: scopes that contain nobody, duties of the unbound, steps
 * towards nobody. Only what is so on every day is told: whatever may change is tried on the day it
 * does. */
#include "cover/contradictions.h"

#include <assert.h>
#include <stdlib.h>

void dispute_add(struct dispute *dispute, struct contradiction contradiction)
{
	void *items = dispute->items;
	struct contradiction *slot = arena_push(
		dispute->arena, &items, &dispute->count, &dispute->capacity, sizeof *slot);

	dispute->items = items;
	if (slot)
		*slot = contradiction;
	else
		dispute->no_memory = true;
}

struct contradiction dispute_of(const struct row *row, enum contradiction_kind kind)
{
	return (struct contradiction){ .kind = kind,
		.agreement = row->agreement,
		.commitment = row->commitment,
		.nat = NAT_NONE,
		.place = NONE32,
		.service = SERVICE_NONE,
		.date = DATE_NONE,
		.party = NONE32 };
}

/* ---- days ---- */

bool dispute_ever_in_force(const struct agreement *agreement)
{
	for (size_t i = 0; i < agreement->states_count; i++) {
		if (agreement->states[i].is == STATE_IN_FORCE)
			return !agreement->is_template;
	}
	return false;
}

bool dispute_holds(const struct row *row, int32_t date)
{
	return date_within(date, row->commitment->from, row->commitment->until) &&
	       accord_in_force(row->agreement, date) != FORCE_NO;
}

static void add_day(struct dispute *dispute, const struct row *row, int32_t day)
{
	void *items = dispute->days;
	int32_t *slot;

	if (day == DATE_NONE || !dispute_holds(row, day))
		return;
	for (size_t i = 0; i < dispute->day_count; i++) {
		if (dispute->days[i] == day)
			return;
	}
	slot = arena_push(
		dispute->arena, &items, &dispute->day_count, &dispute->day_capacity, sizeof *slot);
	dispute->days = items;
	if (slot)
		*slot = day;
	else
		dispute->no_memory = true;
}

/* A validity changes on its first day and on the day after its last. */
static void add_validity(
	struct dispute *dispute, const struct row *row, int32_t from, int32_t until)
{
	add_day(dispute, row, from);
	if (until != DATE_NONE)
		add_day(dispute, row, until + 1);
}

static void add_group(struct dispute *dispute, const struct row *row, uint32_t group)
{
	const struct cover_index *index = dispute->index;

	for (size_t i = index->group_first[group]; i < index->group_first[group + 1]; i++)
		add_validity(dispute, row, dispute->world->group_rows[i].from,
			dispute->world->group_rows[i].until);
}

static void add_scope(struct dispute *dispute, const struct row *row,
	const struct place_item *items, size_t count)
{
	const struct cover_index *index = dispute->index;

	for (size_t i = 0; i < count; i++) {
		uint32_t zone = items[i].index;

		if (items[i].kind == PLACE_ITEM_GROUP)
			add_group(dispute, row, items[i].index);
		for (size_t j = items[i].kind == PLACE_ITEM_ZONE ? index->zone_first[zone] : 1;
			items[i].kind == PLACE_ITEM_ZONE && j < index->zone_first[zone + 1]; j++) {
			const struct membership *member =
				&dispute->world->zone_rows[index->zone_members[j]];

			add_validity(dispute, row, member->from, member->until);
		}
	}
}

static void add_nats(
	struct dispute *dispute, const struct row *row, const struct nat_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (items[i].kind == NAT_ITEM_GROUP)
			add_group(dispute, row, items[i].group);
	}
}

static void add_parties(struct dispute *dispute, const struct row *row)
{
	for (size_t i = 0; i < row->agreement->parties_count; i++) {
		const struct party_entry *entry = &row->agreement->parties[i];

		add_validity(dispute, row, entry->from, entry->until);
		if (entry->is_group)
			add_group(dispute, row, entry->index);
		for (size_t j = 0; j < entry->except_count; j++)
			add_validity(dispute, row, entry->except[j].from, entry->except[j].until);
	}
}

static int compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

void dispute_days(struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	const struct agreement *agreement = row->agreement;

	dispute->day_count = 0;
	add_day(dispute, row, commitment->from);
	add_day(dispute, row, agreement->from);
	for (size_t i = 0; i < agreement->states_count; i++)
		add_day(dispute, row, agreement->states[i].from);
	for (size_t i = 0; i < agreement->renewed_count; i++)
		add_day(dispute, row, agreement->renewed[i].on);
	add_scope(dispute, row, commitment->where.in, commitment->where.in_count);
	add_scope(dispute, row, commitment->where.except, commitment->where.except_count);
	add_nats(dispute, row, commitment->nats, commitment->nats_count);
	add_nats(dispute, row, commitment->except_nats, commitment->except_nats_count);
	add_parties(dispute, row);
	if (commitment->provider.kind == PROVIDER_MEMBER_OF)
		add_group(dispute, row, commitment->provider.group);
	if (dispute->day_count > 1)
		qsort(dispute->days, dispute->day_count, sizeof *dispute->days, compare_days);
}

/* ---- places and people ---- */

static struct ask ask_on(const struct dispute *dispute, int32_t date)
{
	struct ask ask = { .index = dispute->index, .world = dispute->world };

	ask.query.date = date;
	return ask;
}

uint32_t dispute_place(
	const struct dispute *dispute, const struct place_scope *where, int32_t date, uint32_t from)
{
	struct ask ask = ask_on(dispute, date);

	for (uint32_t p = from; p < dispute->world->places_count; p++) {
		if (dispute->world->places[p].country != NONE32 &&
			places_contain(&ask, where, p, NULL))
			return p;
	}
	return NONE32;
}

bool dispute_names(const struct dispute *dispute, const struct commitment *commitment, uint16_t nat,
	int32_t date)
{
	struct ask ask = ask_on(dispute, date);

	for (size_t i = 0; i < commitment->nats_count; i++) {
		const struct nat_item *item = &commitment->nats[i];

		if (item->kind == NAT_ITEM_SERVED_BY
				? dispute->world->parties[item->party].nat != nat
				: match_nat_item(&ask, item, nat))
			return true;
	}
	return false;
}

bool dispute_excepts(const struct dispute *dispute, const struct commitment *commitment,
	uint16_t nat, int32_t date)
{
	struct ask ask = ask_on(dispute, date);

	return match_excepted(&ask, commitment, nat);
}

/* ---- scopes that contain nothing ---- */

static void judge_day(struct dispute *dispute, const struct row *row)
{
	struct contradiction found = dispute_of(row, CONTRADICTION_NO_DAY);

	found.date =
		row->commitment->from != DATE_NONE ? row->commitment->from : row->commitment->until;
	dispute_add(dispute, found);
}

static void judge_place(struct dispute *dispute, const struct row *row)
{
	const struct place_scope *where = &row->commitment->where;
	struct contradiction found = dispute_of(row, CONTRADICTION_NO_PLACE);
	bool plain = where->except_count == 0;

	/* Without `except`, a place that is named is there; groups and zones may be empty. */
	for (size_t i = 0; i < where->in_count; i++)
		plain = plain && where->in[i].kind == PLACE_ITEM_PLACE;
	for (size_t i = 0; i < dispute->day_count && !plain; i++)
		plain = dispute_place(dispute, where, dispute->days[i], 0) != NONE32;
	found.date = dispute->days[0];
	if (!plain)
		dispute_add(dispute, found);
}

unsigned dispute_implied(unsigned statuses)
{
	return statuses & PERSON_BIT(PERSON_UNACCOMPANIED_CHILD)
		       ? statuses | PERSON_BIT(PERSON_CHILD)
		       : statuses;
}

/* Every status that would do is left out again, by itself or by what it implies. */
static bool no_status(const struct commitment *commitment)
{
	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		unsigned bit = PERSON_BIT(s);

		if (commitment->status & dispute_implied(bit) &&
			!(commitment->except_status & dispute_implied(bit)))
			return false;
	}
	return commitment->status != 0;
}

static bool some_nat(const struct dispute *dispute, const struct commitment *commitment)
{
	for (size_t i = 0; i < dispute->day_count; i++) {
		for (uint16_t nat = 0; nat < dispute->world->nats_count; nat++) {
			if (dispute_names(dispute, commitment, nat, dispute->days[i]) &&
				!dispute_excepts(dispute, commitment, nat, dispute->days[i]))
				return true;
		}
	}
	return false;
}

static void judge_people(struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	struct contradiction found = dispute_of(row, CONTRADICTION_NO_ONE);

	found.date = dispute->days[0];
	if (no_status(commitment))
		found.statuses = commitment->status;
	else if (some_nat(dispute, commitment))
		return;
	dispute_add(dispute, found);
}

/* ---- providers ---- */

/* Somebody can be the provider on some day: a pool's member, a State that exists. */
static bool some_provider(const struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	const struct cover_index *index = dispute->index;
	uint32_t group = commitment->provider.group;

	if (commitment->provider.kind == PROVIDER_STATE_OF_NATIONALITY) {
		for (size_t d = 0; d < dispute->day_count; d++) {
			for (uint16_t nat = 0; nat < dispute->world->nats_count; nat++) {
				if (dispute->world->nats[nat].state != NONE32 &&
					dispute_names(dispute, commitment, nat, dispute->days[d]) &&
					!dispute_excepts(
						dispute, commitment, nat, dispute->days[d]))
					return true;
			}
		}
		return false;
	}
	if (commitment->provider.kind != PROVIDER_MEMBER_OF)
		return true;
	for (size_t i = index->group_first[group]; i < index->group_first[group + 1]; i++) {
		const struct membership *member = &dispute->world->group_rows[i];

		for (size_t d = 0; d < dispute->day_count; d++) {
			if (date_within(dispute->days[d], member->from, member->until))
				return true;
		}
	}
	return false;
}

static void judge_provider_exists(struct dispute *dispute, const struct row *row)
{
	struct contradiction found = dispute_of(row, CONTRADICTION_NO_PROVIDER);

	found.date = dispute->days[0];
	if (!some_provider(dispute, row))
		dispute_add(dispute, found);
}

static void judge_bound(struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	struct contradiction found = dispute_of(row, CONTRADICTION_NOT_BOUND);
	uint32_t party = commitment->provider.party;

	if (commitment->duty == DUTY_MAY || commitment->provider.kind != PROVIDER_PARTY)
		return;
	for (size_t i = 0; i < dispute->day_count; i++) {
		int32_t day = dispute->days[i];

		if (match_is_party(dispute->world, row->agreement, party, day) &&
			!match_opted_out(dispute->world, row, party, OPT_PROVIDER, day))
			return;
	}
	found.party = party;
	found.date = dispute->days[0];
	dispute_add(dispute, found);
}

/* ---- safeguards and steps ---- */

static bool enforces(const struct dispute *dispute, const struct actor *actor)
{
	return actor->kind == ACTOR_PARTY && world_enforcement(dispute->world, actor->party);
}

/* A step or cost would tell the State of nationality. */
static bool tells_own_state(const struct commitment *commitment)
{
	for (size_t i = 0; i < commitment->steps_count; i++) {
		if (commitment->steps[i].by.kind == ACTOR_STATE_OF_NATIONALITY ||
			commitment->steps[i].whom.kind == ACTOR_STATE_OF_NATIONALITY)
			return true;
	}
	for (size_t i = 0; i < commitment->costs_count; i++) {
		if (commitment->costs[i].rule == COST_BENEFICIARY_STATE ||
			commitment->costs[i].rule == COST_PER_CAPITA)
			return true;
	}
	return false;
}

static void judge_guarded(struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	struct contradiction found = dispute_of(row, CONTRADICTION_GUARDED);

	found.date = dispute->days[0];
	if (commitment->provider.kind == PROVIDER_PARTY &&
		world_enforcement(dispute->world, commitment->provider.party))
		found.party = commitment->provider.party;
	for (size_t i = 0; i < commitment->steps_count && found.party == NONE32; i++) {
		if (enforces(dispute, &commitment->steps[i].by))
			found.party = commitment->steps[i].by.party;
		else if (enforces(dispute, &commitment->steps[i].whom))
			found.party = commitment->steps[i].whom.party;
	}
	if (found.party == NONE32 && commitment->status &&
		!(commitment->status & ~PROTECTED_STATUSES) && tells_own_state(commitment))
		found.statuses = commitment->status;
	if (found.party != NONE32 || found.statuses)
		dispute_add(dispute, found);
}

/* On every day everybody whom ROW names is of a nationality without a State. */
static bool no_own_state(const struct dispute *dispute, const struct commitment *commitment)
{
	for (size_t d = 0; d < dispute->day_count; d++) {
		for (uint16_t nat = 0; nat < dispute->world->nats_count; nat++) {
			if (dispute->world->nats[nat].state != NONE32 &&
				dispute_names(dispute, commitment, nat, dispute->days[d]) &&
				!dispute_excepts(dispute, commitment, nat, dispute->days[d]))
				return false;
		}
	}
	return true;
}

static bool no_host_state(const struct dispute *dispute, const struct commitment *commitment)
{
	const struct world *world = dispute->world;

	for (size_t d = 0; d < dispute->day_count; d++) {
		uint32_t place = dispute_place(dispute, &commitment->where, dispute->days[d], 0);

		for (; place != NONE32; place = dispute_place(dispute, &commitment->where,
						dispute->days[d], place + 1)) {
			uint16_t nat = world->places[place].nat;

			if (nat != NAT_NONE && world->nats[nat].state != NONE32)
				return false;
		}
	}
	return true;
}

static void judge_steps(struct dispute *dispute, const struct row *row)
{
	const struct commitment *commitment = row->commitment;
	struct contradiction found = dispute_of(row, CONTRADICTION_STEP_NOBODY);
	bool own = false, host = false;

	for (size_t i = 0; i < commitment->steps_count; i++) {
		const struct step *step = &commitment->steps[i];

		own |= step->by.kind == ACTOR_STATE_OF_NATIONALITY ||
		       step->whom.kind == ACTOR_STATE_OF_NATIONALITY;
		host |= step->by.kind == ACTOR_HOST_STATE || step->whom.kind == ACTOR_HOST_STATE;
	}
	found.date = dispute->days[0];
	if ((own && no_own_state(dispute, commitment)) ||
		(host && no_host_state(dispute, commitment)))
		dispute_add(dispute, found);
}

/* ---- the whole ---- */

static void judge_row(struct dispute *dispute, const struct row *row)
{
	size_t before;

	if (!dispute_ever_in_force(row->agreement))
		return;
	if (row->commitment->services == 0)
		dispute_add(dispute, dispute_of(row, CONTRADICTION_NO_SERVICE));
	dispute_days(dispute, row);
	if (dispute->day_count == 0) {
		judge_day(dispute, row);
		return;
	}
	before = dispute->count;
	judge_place(dispute, row);
	judge_people(dispute, row);
	judge_provider_exists(dispute, row);
	judge_bound(dispute, row);
	judge_guarded(dispute, row);
	if (dispute->count == before) /* a scope without anybody needs no word on its steps */
		judge_steps(dispute, row);
}

/* `renewed` on a day on which the agreement had been terminated. */
static void judge_renewals(struct dispute *dispute, const struct agreement *agreement)
{
	for (size_t i = 0; i < agreement->renewed_count && dispute_ever_in_force(agreement); i++) {
		enum agreement_state state = STATE_IN_FORCE;

		for (size_t j = 0; j < agreement->states_count; j++) {
			if (agreement->states[j].from <= agreement->renewed[i].on)
				state = agreement->states[j].is;
		}
		if (state != STATE_TERMINATED)
			continue;
		dispute_add(dispute, (struct contradiction){ .kind = CONTRADICTION_RENEWED_ENDED,
					     .agreement = agreement,
					     .nat = NAT_NONE,
					     .place = NONE32,
					     .service = SERVICE_NONE,
					     .date = agreement->renewed[i].on,
					     .party = NONE32 });
	}
}

static int compare_rows(const struct commitment *a, const struct commitment *b)
{
	int by;

	if (!a || !b)
		return (a != NULL) - (b != NULL);
	by = str_cmp(a->id, b->id);
	return by ? by : (a->schedule_row > b->schedule_row) - (a->schedule_row < b->schedule_row);
}

static int compare_contradictions(const void *a, const void *b)
{
	const struct contradiction *x = a, *y = b;
	int by = str_cmp(x->agreement->id, y->agreement->id);

	if (!by)
		by = compare_rows(x->commitment, y->commitment);
	if (!by)
		by = (int)x->kind - (int)y->kind;
	if (!by && x->other_agreement && y->other_agreement)
		by = str_cmp(x->other_agreement->id, y->other_agreement->id);
	if (!by)
		by = compare_rows(x->other, y->other);
	return by ? by : (x->date > y->date) - (x->date < y->date);
}

enum status cover_contradictions(struct contradiction **out, size_t *count, struct arena *arena,
	const struct cover_index *index)
{
	struct dispute dispute = { .arena = arena, .index = index, .world = index->world };

	assert(out && count && arena && index);
	dispute.no_memory = flat_make(&dispute.flat, arena, index) != STATUS_OK;
	for (size_t i = 0; i < dispute.flat.agreement_count && !dispute.no_memory; i++)
		judge_renewals(&dispute, dispute.flat.agreements[i]->agreement);
	for (size_t i = 0; i < dispute.flat.row_count && !dispute.no_memory; i++)
		judge_row(&dispute, dispute.flat.rows[i]);
	if (!dispute.no_memory)
		dispute_pairs(&dispute);
	*out = dispute.no_memory ? NULL : dispute.items;
	*count = dispute.no_memory ? 0 : dispute.count;
	if (*count > 1)
		qsort(*out, *count, sizeof **out, compare_contradictions);
	return dispute.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
