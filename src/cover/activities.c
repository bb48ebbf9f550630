/* cover_activities(): who does what, where, whoever may need it. Every commitment in force is
 * asked, place by place, which parties stand behind it there; the people it is for, and the
 * safeguards, which are about a person, play no part. What is listed is known: a party whose
 * presence is asked for and not known is left out, as is enforcement, which helps nobody (safeguard
 * S2). */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

struct survey {
	struct arena *arena;
	const struct cover_index *index;
	const struct world *world;
	const struct activity_filter *filter;
	struct scratch scratch;
	struct activity *items;
	size_t count, capacity;
	bool no_memory;
};

/* A question about PLACE that is nobody's: the host and the country stand, no nationality does. */
static void ask_at(struct ask *ask, struct survey *survey, uint32_t place)
{
	struct query query;

	cover_query_init(&query, survey->filter->date, survey->filter->viewer);
	query.place = place;
	query.phase = survey->filter->phase;
	query.service = 0;
	query.nats[0] = 0; /* the form wants one; taken out again below */
	query.nat_count = 1;
	ask_init(ask, survey->index, &query, &survey->scratch);
	ask->nats = ask->guarded = (struct set256){ { 0 } };
	ask->safeguards = ask->limits = false;
}

static void add(struct survey *survey, const struct row *row, uint32_t place, uint32_t provider,
	uint64_t services, const struct answer *answer)
{
	void *items = survey->items;
	struct activity *slot =
		arena_push(survey->arena, &items, &survey->count, &survey->capacity, sizeof *slot);

	survey->items = items;
	if (!slot) {
		survey->no_memory = true;
		return;
	}
	*slot = (struct activity){ .party = provider,
		.place = place,
		.services = services,
		.band = answer->band,
		.agreement = row->agreement,
		.commitment = row->commitment,
		.post_row = answer->post_row };
}

/* Equal treatment is no better than the original: ANSWER's band, bounded as for a person. */
static void bound_band(struct ask *ask, const struct row *row, struct answer *answer)
{
	enum band own;

	if (!row->commitment->as_own_nationals)
		return;
	ask_candidates(ask);
	own = limit_as_own(ask, answer->provider);
	if (own == BAND_NONE)
		own = BAND_MAY;
	if (answer->band > own)
		answer->band = own;
}

/* PROVIDER at the place of ASK: the services for which it is there, by the band that they reach. */
static void take_provider(
	struct survey *survey, struct ask *ask, const struct row *row, uint32_t provider)
{
	uint64_t wanted = row->commitment->services & survey->filter->services;
	uint64_t by_band[BANDS] = { 0 };
	struct answer answers[BANDS];

	if (survey->filter->party != NONE32 && survey->filter->party != provider)
		return;
	if (world_enforcement(survey->world, provider) ||
		provider_gate(ask, row, provider) != WHYNOT_ANSWERS)
		return;
	for (; wanted; wanted &= wanted - 1) {
		struct answer answer = { .provider = provider };

		ask->query.service = (uint8_t)__builtin_ctzll(wanted);
		ask->service = &world_services[ask->query.service];
		if (provider_here(ask, row, provider, &answer) != WHYNOT_ANSWERS)
			continue;
		bound_band(ask, row, &answer);
		by_band[answer.band] |= UINT64_C(1) << ask->query.service;
		answers[answer.band] = answer;
	}
	for (int band = BANDS - 1; band >= 0; band--) {
		if (by_band[band])
			add(survey, row, ask->query.place, provider, by_band[band], &answers[band]);
	}
}

/* Every State whose nationals the row may concern; at home it is no party abroad. */
static void take_states(struct survey *survey, struct ask *ask, const struct row *row)
{
	const struct commitment *commitment = row->commitment;

	for (uint16_t nat = 0; nat < survey->world->nats_count; nat++) {
		uint32_t state = survey->world->nats[nat].state;
		bool named = false;

		if (state == NONE32 || state == ask->host || match_excepted(ask, commitment, nat))
			continue;
		for (size_t i = 0; i < commitment->nats_count && !named; i++)
			named = match_nat_item(ask, &commitment->nats[i], nat);
		if (named)
			take_provider(survey, ask, row, state);
	}
}

static void take_place(struct survey *survey, const struct row *row, uint32_t place)
{
	const struct commitment *commitment = row->commitment;
	struct provider_walk walk;
	uint32_t provider;
	struct ask ask;
	uint16_t nat;

	ask_at(&ask, survey, place);
	if (!places_contain(&ask, &commitment->where, place, NULL))
		return;
	if (commitment->provider.kind == PROVIDER_STATE_OF_NATIONALITY) {
		take_states(survey, &ask, row);
		return;
	}
	/* Whose State of residence it is depends on the person: nobody stands behind it yet. */
	if (commitment->provider.kind == PROVIDER_STATE_OF_RESIDENCE)
		return;
	provider_walk_init(&walk, &ask, row);
	while (provider_walk_next(&walk, &ask, row, &provider, &nat))
		take_provider(survey, &ask, row, provider);
}

/* The filter's place, as wide as it is; a place below a country is also reached by what holds in
 * the whole country. */
static bool wanted(const struct survey *survey, uint32_t place)
{
	uint32_t asked = survey->filter->place;

	return asked == NONE32 || world_lies_in(survey->world, place, asked) ||
	       world_lies_in(survey->world, asked, place);
}

/* ITEM's places: countries where it is wider than one, else the place itself. */
static void take_item(struct survey *survey, const struct row *row, const struct place_item *item,
	bool territories)
{
	const struct world *world = survey->world;
	struct place_scope scope = { .given = true,
		.in = (struct place_item *)(uintptr_t)item,
		.in_count = 1,
		.territories_in = territories };
	uint32_t begins = item->kind == PLACE_ITEM_PLACE ? item->index : 0;
	bool part = item->kind == PLACE_ITEM_PLACE && world->places[begins].country != NONE32;

	if (part) {
		if (wanted(survey, begins))
			take_place(survey, row, begins);
		return;
	}
	if (item->kind == PLACE_ITEM_ZONE) {
		for (size_t i = 0; i < world->zone_rows_count; i++) {
			const struct membership *member = &world->zone_rows[i];

			if (member->set == item->index && wanted(survey, member->member) &&
				world->places[member->member].country != NONE32 &&
				date_within(survey->filter->date, member->from, member->until))
				take_place(survey, row, member->member);
		}
		return;
	}
	for (uint32_t p = begins; p <= world->places[begins].last; p++) {
		struct ask ask;

		if (world->places[p].kind != PLACE_COUNTRY || !wanted(survey, p))
			continue;
		ask_at(&ask, survey, p);
		if (places_contain(&ask, &scope, p, NULL))
			take_place(survey, row, p);
	}
}

static void take_row(struct survey *survey, const struct row *row)
{
	const struct place_item everywhere = { PLACE_ITEM_PLACE, 0 };
	const struct commitment *commitment = row->commitment;
	const struct place_scope *where = &commitment->where;

	if (!(commitment->services & survey->filter->services) ||
		!(commitment->phases & (unsigned)survey->filter->phase) ||
		!date_within(survey->filter->date, commitment->from, commitment->until))
		return;
	for (size_t i = 0; i < where->in_count; i++)
		take_item(survey, row, &where->in[i], where->territories_in);
	if (where->in_count == 0)
		take_item(survey, row, &everywhere, false);
}

/* By place (in the order of the gazetteer), party, agreement, commitment, band. */
static int compare(const void *a, const void *b, void *context)
{
	const struct activity *x = a, *y = b;
	const struct party *parties = ((const struct world *)context)->parties;
	int by = (x->place > y->place) - (x->place < y->place);

	if (!by)
		by = str_cmp(parties[x->party].id, parties[y->party].id);
	if (!by)
		by = str_cmp(x->agreement->id, y->agreement->id);
	if (!by)
		by = str_cmp(x->commitment->id, y->commitment->id);
	if (!by)
		by = (x->commitment->schedule_row > y->commitment->schedule_row) -
		     (x->commitment->schedule_row < y->commitment->schedule_row);
	return by ? by : (int)y->band - (int)x->band;
}

/* Two items of one `where` may name the same place: it is listed once. */
static size_t drop_doubles(struct activity *items, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct activity *last = kept ? &items[kept - 1] : NULL;

		if (last && last->place == items[i].place && last->party == items[i].party &&
			last->commitment == items[i].commitment && last->band == items[i].band)
			continue;
		items[kept++] = items[i];
	}
	return kept;
}

enum status cover_activities(struct activity **out, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct activity_filter *filter)
{
	struct walk walk = { .index = index };
	struct survey survey = {
		.arena = arena, .index = index, .world = index->world, .filter = filter
	};
	union {
		const struct world *in;
		void *out;
	} world = { .in = index->world };

	assert(out && count && arena && filter->date != DATE_NONE);
	*out = NULL;
	*count = 0;
	scratch_init(&survey.scratch, arena);
	while (walk_next(&walk)) {
		const struct agreement *agreement = walk.rows->agreement;

		if (accord_in_force(agreement, filter->date) != FORCE_YES ||
			!cover_visible(index, agreement, filter->viewer, filter->date))
			continue;
		for (uint32_t i = 0; i < walk.rows->count; i++)
			take_row(&survey, &walk.rows->rows[i]);
	}
	if (survey.no_memory || survey.scratch.no_memory)
		return STATUS_NO_MEMORY;
	if (survey.count > 1)
		qsort_r(survey.items, survey.count, sizeof *survey.items, compare, world.out);
	*out = survey.items;
	*count = drop_doubles(survey.items, survey.count);
	return STATUS_OK;
}
