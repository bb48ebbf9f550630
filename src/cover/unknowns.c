/* cover_unknowns(): which facts not known decide the answer of the most people.
 *
 * Every cell is judged as it stands while the facts that were met and are not known are written
 * down; where the answer is not sure, it is judged again with each of them taken as true and as
 * false. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

/* A fact in the making. */
struct slot {
	struct unknown_fact fact;
	size_t last_cell; /* the last cell counted in `people`, plus one */
};
struct work {
	struct unknowns *out;
	const struct cover_index *index;
	const struct people_count *count;
	const struct unknown_filter *filter;
	uint64_t services;
	struct scratch scratch;
	struct memo memos[WORLD_SERVICES_MAX]; /* of one country */
	struct ask shared[WORLD_SERVICES_MAX]; /* candidates of one country */
	uint64_t ready;                        /* services of them that are made */
	uint32_t *by_party, *by_nat;           /* of one country: its slot, plus one */
	struct wonder wonder;
	struct slot *slots;
	size_t slot_count, slot_capacity;
};

static struct slot *slot_for(
	struct work *work, enum unknown_kind kind, uint32_t key, uint32_t country)
{
	uint32_t *at = kind == UNKNOWN_PRESENCE ? &work->by_party[key] : &work->by_nat[key];
	void *items = work->slots;
	struct slot *slot;

	if (*at)
		return &work->slots[*at - 1];
	slot = arena_push(
		work->scratch.arena, &items, &work->slot_count, &work->slot_capacity, sizeof *slot);
	work->slots = items;
	if (!slot) {
		work->scratch.no_memory = true;
		return NULL;
	}
	*at = (uint32_t)work->slot_count;
	slot->fact = (struct unknown_fact){ .kind = kind,
		.party = kind == UNKNOWN_PRESENCE ? key : NONE32,
		.nat = kind == UNKNOWN_PRESENCE ? NAT_NONE : (uint16_t)key,
		.country = country };
	return slot;
}

/* The cell's answer under ASSUME (NULL: as recorded), with what is met written down in WONDER
 * (NULL: not). What a State's own get is not kept here: it may change, and it is wondered about. */
static struct cell_band suppose(
	const struct ask *ask, const struct assume *assume, struct wonder *wonder)
{
	struct ask there = *ask;
	struct memo memo = { .force = ask->memo->force };
	struct cell_band band;

	there.assume = assume;
	there.wonder = wonder;
	there.memo = &memo;
	cell_judge(&band, &there, NULL, 0);
	return band;
}

static bool same(const struct cell_band *a, const struct cell_band *b)
{
	return a->band == b->band && a->uncertain == b->uncertain && a->not_known == b->not_known;
}

/* What knowing one fact would do to a cell's answer. */
struct effect {
	bool decides, better, worse;
};

static struct effect weigh(
	const struct ask *ask, const struct cell_band *now, const struct unknown_fact *fact)
{
	struct assume assume = { .residence = fact->kind == UNKNOWN_RESIDENCE,
		.party = fact->party,
		.country = fact->country,
		.truth = TRUTH_T };
	struct effect effect = { false, false, false };
	struct cell_band then;

	for (unsigned level = LEVEL_RESIDENT; level <= LEVEL_OFFICE; level <<= 1) {
		if (assume.residence ? level > LEVEL_RESIDENT : !(fact->levels & level))
			continue;
		assume.levels = level;
		then = suppose(ask, &assume, NULL);
		effect.decides |= !same(now, &then);
		effect.better |= then.band > now->band;
	}
	assume.levels = fact->levels;
	assume.truth = TRUTH_F;
	then = suppose(ask, &assume, NULL);
	effect.decides |= !same(now, &then);
	effect.worse = then.band < now->band;
	return effect;
}

/* One fact for one cell and service. True: it decides. */
static bool take(struct work *work, const struct ask *ask, const struct people_cell *cell,
	size_t number, const struct cell_band *now, const struct unknown_fact *fact)
{
	struct effect effect = weigh(ask, now, fact);
	struct slot *slot;

	if (!effect.decides)
		return false;
	slot = slot_for(work, fact->kind, fact->kind == UNKNOWN_PRESENCE ? fact->party : fact->nat,
		fact->country);
	if (!slot)
		return false;
	slot->fact.levels |= fact->levels;
	slot->fact.services |= UINT64_C(1) << ask->query.service;
	slot->fact.answers += cell->people;
	slot->fact.better += effect.better ? cell->people : 0;
	slot->fact.worse += effect.worse ? cell->people : 0;
	if (slot->last_cell != number + 1)
		slot->fact.people += cell->people;
	slot->last_cell = number + 1;
	return true;
}

static void judge(struct work *work, struct ask *ask, const struct people_cell *cell, size_t number)
{
	struct wonder *wonder = &work->wonder;
	struct cell_band now;
	bool decided = false;

	cell_judge(&now, ask, NULL, 0);
	if (!now.uncertain && !now.not_known)
		return;
	work->out->unsure += cell->people;
	wonder->count = 0;
	wonder->residence = false;
	suppose(ask, NULL, wonder);
	for (size_t i = 0; i < wonder->count && !work->scratch.no_memory; i++) {
		struct unknown_fact fact = { .kind = UNKNOWN_PRESENCE,
			.party = wonder->items[i].party,
			.nat = NAT_NONE,
			.country = ask->country,
			.levels = wonder->items[i].levels };

		/* No State keeps posts in its own country: nothing to find out. */
		if (work->index->world->parties[fact.party].country == ask->country &&
			work->index->world->parties[fact.party].nat != NAT_NONE)
			continue;
		decided |= take(work, ask, cell, number, &now, &fact);
	}
	if (wonder->residence) {
		struct unknown_fact fact = { .kind = UNKNOWN_RESIDENCE,
			.party = NONE32,
			.nat = cell->nat,
			.country = ask->country };

		decided |= take(work, ask, cell, number, &now, &fact);
	}
	work->out->decided += decided ? cell->people : 0;
}

static void judge_services(struct work *work, const struct people_cell *cell, size_t number)
{
	const struct world *world = work->index->world;

	for (unsigned s = 0; s < world_service_count && !work->scratch.no_memory; s++) {
		struct query query;
		struct ask ask;

		if (!(work->services >> s & 1u))
			continue;
		cell_query(
			&query, world, cell, (uint8_t)s, work->filter->date, work->filter->viewer);
		ask_init(&ask, work->index, &query, &work->scratch);
		ask.memo = &work->memos[s];
		ask.bare = true;
		if (!(work->ready >> s & 1u)) {
			work->shared[s] = ask;
			ask_candidates(&work->shared[s]);
			work->ready |= UINT64_C(1) << s;
		}
		ask.candidates = work->shared[s].candidates;
		ask.candidate_count = work->shared[s].candidate_count;
		if (ask.candidate_count > 0)
			judge(work, &ask, cell, number);
	}
}

static bool make_room(struct work *work)
{
	const struct world *world = work->index->world;
	struct arena *arena = work->scratch.arena;
	uint8_t *force = arena_get(arena, work->index->slot_count);

	work->by_party = ARENA_ARRAY(arena, world->parties_count, uint32_t);
	work->by_nat = ARENA_ARRAY(arena, world->nats_count, uint32_t);
	if (!force || !work->by_party || !work->by_nat)
		return false;
	memset(force, MEMO_UNKNOWN, work->index->slot_count);
	for (unsigned s = 0; s < world_service_count; s++) {
		work->memos[s].force = force;
		work->memos[s].own_band = arena_get(arena, world->parties_count);
		if (!work->memos[s].own_band)
			return false;
	}
	return true;
}

static void open_country(struct work *work)
{
	const struct world *world = work->index->world;

	work->ready = 0;
	memset(work->by_party, 0, world->parties_count * sizeof *work->by_party);
	memset(work->by_nat, 0, world->nats_count * sizeof *work->by_nat);
	for (unsigned s = 0; s < world_service_count; s++)
		memset(work->memos[s].own_band, MEMO_UNKNOWN, world->parties_count);
}

static int compare(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct unknown_fact *one = a, *two = b;
	int order;

	if (one->people != two->people)
		return one->people > two->people ? -1 : 1;
	if (one->answers != two->answers)
		return one->answers > two->answers ? -1 : 1;
	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	order = str_cmp(world->places[one->country].id, world->places[two->country].id);
	if (order)
		return order;
	return one->kind == UNKNOWN_PRESENCE
		       ? str_cmp(world->parties[one->party].id, world->parties[two->party].id)
		       : str_cmp(world->nats[one->nat].code, world->nats[two->nat].code);
}

static enum status close(struct work *work, struct arena *arena)
{
	const struct world *world = work->index->world;
	struct unknowns *out = work->out;

	out->items = ARENA_ARRAY(arena, work->slot_count, struct unknown_fact);
	if (!out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < work->slot_count; i++) {
		struct unknown_fact *fact = &out->items[out->items_count++];

		*fact = work->slots[i].fact;
		if (fact->kind != UNKNOWN_PRESENCE)
			continue;
		struct presence presence = world_presence(world, fact->party, fact->country,
			fact->levels, SERVICE_NONE, work->filter->date);
		fact->on_record = presence.post_row != NONE32 || presence.office_row != NONE32;
	}
	qsort_r(out->items, out->items_count, sizeof *out->items, compare,
		(void *)(uintptr_t)world);
	return STATUS_OK;
}

enum status cover_unknowns(struct unknowns *out, struct arena *arena,
	const struct cover_index *index, const struct people_count *count,
	const struct unknown_filter *filter)
{
	const struct world *world = index->world;
	struct work *work = ARENA_NEW(arena, struct work);
	uint32_t country = NONE32;

	assert(filter->date != DATE_NONE);
	*out = (struct unknowns){ 0 };
	if (!work)
		return STATUS_NO_MEMORY;
	*work = (struct work){ .out = out,
		.index = index,
		.count = count,
		.filter = filter,
		.services = filter->services ? filter->services
					     : ~UINT64_C(0) >> (64 - world_service_count) };
	scratch_init(&work->scratch, arena);
	if (!make_room(work))
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count->cells_count && !work->scratch.no_memory; i++) {
		const struct people_cell *cell = &count->cells[i];
		uint32_t within =
			filter->place == NONE32 || world->places[filter->place].country == NONE32
				? filter->place
				: world->places[filter->place].country;

		if (cell->own_state ||
			(within != NONE32 && !world_lies_in(world, cell->place, within)))
			continue;
		if (cell->place != country)
			open_country(work);
		country = cell->place;
		judge_services(work, cell, i);
	}
	return work->scratch.no_memory ? STATUS_NO_MEMORY : close(work, arena);
}
