/* Presence as columns: for one country, who is there at which level, as sets of States that hold
 * from a day until the next.
 *
 * What a State's presence is changes on few days only: those on which a fact of the pair begins,
 * ends, or is too old to speak. The judge (presence.c) is asked on each of them; what it tells is
 * a list of changes, which sorted by day gives the sets one after the other. */
#include "world/presence.h"

#include <assert.h>
#include <stdlib.h>

/* From a day on, something is different. */
struct presence_change {
	int32_t from;
	uint16_t nat;
	uint8_t level; /* number */
	uint8_t truth;
};
struct builder {
	const struct world *world;
	struct arena *arena;
	uint32_t country;
	struct set256 seen; /* States with a fact of the pair, or a list that speaks of it */
	const struct present_pair *pairs[256]; /* of the State of a nationality; NULL: none */
	struct presence_change *changes;
	size_t change_count, change_capacity;
	int32_t *days; /* of the pair at hand */
	size_t day_count, day_capacity;
	unsigned absent; /* levels of which an absence of the pair is on record */
	bool no_memory;
};

static void add_day(struct builder *builder, int32_t date)
{
	void *items = builder->days;
	int32_t *slot = arena_push(
		builder->arena, &items, &builder->day_count, &builder->day_capacity, sizeof *slot);

	builder->days = items;
	if (slot)
		*slot = date;
	else
		builder->no_memory = true;
}

/* FROM to UNTIL, either of which may be open. */
static void add_period(struct builder *builder, int32_t from, int32_t until)
{
	if (from != DATE_NONE)
		add_day(builder, from);
	if (until != DATE_NONE)
		add_day(builder, until + 1);
}

static void add_change(struct builder *builder, struct presence_change change)
{
	void *items = builder->changes;
	struct presence_change *slot = arena_push(builder->arena, &items, &builder->change_count,
		&builder->change_capacity, sizeof *slot);

	builder->changes = items;
	if (slot)
		*slot = change;
	else
		builder->no_memory = true;
}

/* ---- the days of one pair ---- */

/* Days of the pair's posts; the levels that they give. */
static unsigned post_days(
	struct builder *builder, const struct presence_question *question, bool *limited)
{
	const struct world *world = builder->world;
	unsigned levels = 0;

	for (size_t i = 0; i < question->post_count; i++) {
		const struct pair_post *post = &question->posts[i];

		levels |= post->levels;
		for (uint32_t r = post->first; r < post->first + post->count; r++) {
			const struct post_row *row = &world->posts[r];
			const struct post_dates *dates = &world->index->post_dates[r];

			add_period(builder, dates->start, row->until);
			add_period(builder, dates->fresh_from, dates->fresh_until);
			if (builder->absent) /* ended by a post that opens */
				add_day(builder, row->from != DATE_NONE ? row->from : row->as_of);
			*limited |= row->services != 0;
		}
	}
	return levels;
}

static unsigned office_days(struct builder *builder, const struct presence_question *question)
{
	const struct world *world = builder->world;
	size_t count;
	const struct keyed *offices = world__offices_of(question, &count);

	for (size_t i = 0; i < count; i++) {
		const struct office_row *office = &world->offices[offices[i].row];
		const struct post_dates *dates = &world->index->office_dates[offices[i].row];

		add_period(builder, office->from, office->until);
		add_period(builder, dates->fresh_from, dates->fresh_until);
		if (builder->absent)
			add_day(builder, office->as_of);
	}
	return count ? LEVEL_OFFICE : 0;
}

static unsigned absent_days(struct builder *builder, const struct presence_question *question)
{
	const struct world *world = builder->world;
	int32_t months = world->places[builder->country].fresh_months;
	unsigned levels = 0;
	size_t count;
	const struct keyed *absents = world__keyed_range(world->index->absents,
		world->absents_count, world__pair(question->party, builder->country), &count);

	for (size_t i = 0; i < count; i++) {
		const struct absent_row *absent = &world->absents[absents[i].row];

		add_period(builder, world__speaks_from(absent->from, absent->as_of, months),
			absent->until);
		levels |= absent->levels;
	}
	return levels;
}

/* Days of the complete lists of SIDE. */
static unsigned complete_days(struct builder *builder, enum complete_side side, uint32_t state)
{
	const struct world *world = builder->world;
	int32_t months = world->places[builder->country].fresh_months;
	unsigned levels = 0;
	size_t count;
	const struct keyed *completes = world__keyed_range(
		world->index->completes, world->completes_count, world__side(side, state), &count);

	for (size_t i = 0; i < count; i++) {
		const struct complete_row *complete = &world->completes[completes[i].row];

		add_day(builder, world__add_months(complete->as_of, -months));
		levels |= complete->levels;
	}
	return levels;
}

static int compare_days(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void sort_days(struct builder *builder)
{
	size_t kept = 0;

	if (builder->day_count > 1)
		qsort(builder->days, builder->day_count, sizeof *builder->days, compare_days);
	for (size_t i = 0; i < builder->day_count; i++) {
		if (kept == 0 || builder->days[kept - 1] != builder->days[i])
			builder->days[kept++] = builder->days[i];
	}
	builder->day_count = kept;
}

/* ---- what the pair's days bring ---- */

/* Asks on the eve of all days and on each of them; what differs from the day before is told. */
static void judge_days(
	struct builder *builder, struct presence_question *question, uint16_t nat, unsigned levels)
{
	for (uint8_t number = 0; number < LEVEL_COUNT; number++) {
		enum truth before = TRUTH_U;

		for (size_t i = 0; i <= builder->day_count && levels >> number & 1u; i++) {
			int32_t from = i ? builder->days[i - 1] : INT32_MIN;

			question->date = i ? from : builder->days[0] - 1;
			enum truth truth = world__judge_level(question, 1u << number).truth;

			if (truth != before)
				add_change(builder, (struct presence_change){
							    from, nat, number, (uint8_t)truth });
			before = truth;
		}
	}
}

static void add_state(struct builder *builder, uint16_t nat, struct set256 *limited)
{
	const struct present_pair *pair = builder->pairs[nat];
	struct presence_question question = { .world = builder->world,
		.party = builder->world->nats[nat].state,
		.country = builder->country,
		.place = builder->country,
		.service = SERVICE_NONE };
	unsigned levels;
	bool some = false;

	builder->day_count = 0;
	if (pair) {
		question.posts = builder->world->index->pairs + pair->first;
		question.post_count = pair->count;
	}
	builder->absent = absent_days(builder, &question);
	levels = builder->absent | post_days(builder, &question, &some) |
		 office_days(builder, &question) |
		 complete_days(builder, COMPLETE_SENDING, question.party) |
		 complete_days(builder, COMPLETE_RECEIVING, builder->country);
	if (some)
		set256_add(limited, nat);
	if (builder->no_memory || builder->day_count == 0)
		return;
	sort_days(builder);
	judge_days(builder, &question, nat, levels);
}

/* ---- whom anything is on record of ---- */

static void see(struct builder *builder, uint32_t party, const struct present_pair *pair)
{
	uint16_t nat = builder->world->parties[party].nat;

	if (nat == NAT_NONE)
		return;
	set256_add(&builder->seen, nat);
	if (pair)
		builder->pairs[nat] = pair;
}

static void see_pairs(struct builder *builder)
{
	const struct world_index *index = builder->world->index;
	uint64_t first = (uint64_t)builder->country << 32;
	size_t low = 0, high = index->present_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->present[middle].key < first)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < index->present_count && index->present[low].key >> 32 == builder->country;
		low++)
		see(builder, (uint32_t)index->present[low].key, &index->present[low]);
}

/* A complete list tells of pairs of which nothing else is on record. */
static void see_lists(struct builder *builder)
{
	const struct world *world = builder->world;

	for (size_t i = 0; i < world->completes_count; i++) {
		const struct complete_row *complete = &world->completes[i];

		if (complete->side == COMPLETE_SENDING)
			see(builder, complete->state, NULL);
		else if (complete->state == builder->country)
			builder->seen = set256_below((unsigned)world->nats_count);
	}
}

/* ---- changes become days ---- */

static int compare_changes(const void *a, const void *b)
{
	const struct presence_change *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static enum status lay_out(struct presence_column *out, struct builder *builder)
{
	const struct presence_change *changes = builder->changes;
	struct presence_day day = { .from = INT32_MIN };

	if (builder->change_count == 0 && set256_empty(&out->limited))
		return STATUS_OK;
	if (builder->change_count > 1)
		qsort(builder->changes, builder->change_count, sizeof *changes, compare_changes);
	out->count = 1;
	for (size_t i = 0; i < builder->change_count; i++)
		out->count += i == 0 ? changes[i].from != INT32_MIN
				     : changes[i].from != changes[i - 1].from;
	out->days = ARENA_ARRAY(builder->arena, out->count, struct presence_day);
	if (!out->days)
		return STATUS_NO_MEMORY;
	out->count = 0;
	for (size_t i = 0; i < builder->change_count; i++) {
		const struct presence_change *change = &changes[i];

		if (change->from != day.from) {
			out->days[out->count++] = day;
			day.from = change->from;
		}
		set256_remove(&day.present[change->level], change->nat);
		set256_remove(&day.known[change->level], change->nat);
		if (change->truth == TRUTH_T)
			set256_add(&day.present[change->level], change->nat);
		if (change->truth != TRUTH_U)
			set256_add(&day.known[change->level], change->nat);
	}
	out->days[out->count++] = day;
	return STATUS_OK;
}

enum status world_presence_column(struct presence_column *out, struct arena *arena,
	const struct world *world, uint32_t country)
{
	struct builder builder = { .world = world, .arena = arena, .country = country };

	assert(out && world && country < world->places_count);
	assert(world->places[country].country == country);
	*out = (struct presence_column){ 0 };
	see_pairs(&builder);
	see_lists(&builder);
	for (uint16_t nat = 0; nat < world->nats_count && !builder.no_memory; nat++) {
		if (set256_has(&builder.seen, nat) && world->nats[nat].state != NONE32)
			add_state(&builder, nat, &out->limited);
	}
	return builder.no_memory ? STATUS_NO_MEMORY : lay_out(out, &builder);
}
