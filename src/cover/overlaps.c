/* cover_overlaps(): where several lead and one would do, and where much hangs on one.
 *
 * Cells come country by country, services inside them, so that a point of failure counts each
 * person once whatever the number of services lost. What does not depend on the nationality is
 * worked out once per country and service, as in gaps.c. */
#include <assert.h>
#include <string.h>
#include "cover/overlaps.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

const struct str cover_overlap_words[OVERLAP_KINDS] = { WORD("leads"), WORD("assets"),
	WORD("strengths"), WORD("circular"), WORD("single-points") };
const struct str cover_reliance_words[RELIANCES] = { WORD("served-by"), WORD("step"), WORD("asset"),
	WORD("fund") };
const struct str cover_point_words[POINT_KINDS] = { WORD("post"), WORD("party"),
	WORD("agreement") };

void *pile_push(struct hunt *hunt, struct pile *pile, size_t size)
{
	void *slot = arena_push(hunt->arena, &pile->items, &pile->count, &pile->capacity, size);

	if (!slot)
		hunt->no_memory = true;
	return slot;
}

/* ---- questions about one commitment ---- */

bool hunt_holds(const struct hunt *hunt, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date)
{
	return date_within(date, commitment->from, commitment->until) &&
	       accord_in_force(agreement, date) == FORCE_YES &&
	       cover_visible(hunt->index, agreement, hunt->filter->viewer, hunt->filter->date);
}

bool hunt_wants_place(const struct hunt *hunt, uint32_t place)
{
	const struct world *world = hunt->index->world;
	uint32_t asked = hunt->filter->place;

	return asked == NONE32 || world_lies_in(world, place, asked) ||
	       world_lies_in(world, asked, place);
}

bool hunt_in_scope(
	const struct hunt *hunt, const struct place_scope *scope, uint32_t place, int32_t date)
{
	struct ask ask = { .index = hunt->index, .world = hunt->index->world };

	ask.query.date = date;
	ask.country = hunt->index->world->places[place].country;
	return places_contain(&ask, scope, place, NULL);
}

/* ---- the walk ---- */

static bool wants_cell(const struct hunt *hunt, const struct people_cell *cell)
{
	const struct overlap_filter *filter = hunt->filter;
	const struct world *world = hunt->index->world;
	uint32_t place = filter->place;

	if (cell->own_state || (filter->nat != NAT_NONE && filter->nat != cell->nat))
		return false;
	if (place == NONE32)
		return true;
	if (world->places[place].country != NONE32)
		place = world->places[place].country;
	return world_lies_in(world, cell->place, place);
}

/* The question of CELL at PLACE, with what the country's cells share. */
static void ask_cell(struct hunt *hunt, struct ask *ask, struct memo *memo,
	const struct people_cell *cell, uint8_t service, uint32_t place)
{
	struct query query;

	cell_query(&query, hunt->index->world, cell, service, hunt->filter->date,
		hunt->filter->viewer);
	query.place = place;
	ask_init(ask, hunt->index, &query, &hunt->scratch);
	memo->force = hunt->force;
	memo->own_band = place == cell->place ? hunt->counters[service].own_band : NULL;
	ask->memo = memo;
}

static void ready_counter(struct hunt *hunt, struct counter *counter, struct ask *ask)
{
	ask_candidates(ask);
	counter->candidates = ask->candidates;
	counter->candidate_count = ask->candidate_count;
	if (hunt->filter->kinds & OVERLAP_LEADS)
		counter->parts = cell_parts(&counter->part_count, ask);
	counter->ready = true;
}

static void take_cell(struct hunt *hunt, const struct people_cell *cell, uint8_t service)
{
	struct counter *counter = &hunt->counters[service];
	struct memo memo = { 0 };
	struct ask ask;

	ask_cell(hunt, &ask, &memo, cell, service, cell->place);
	if (!counter->ready)
		ready_counter(hunt, counter, &ask);
	ask.candidates = counter->candidates;
	ask.candidate_count = counter->candidate_count;
	if (hunt->scratch.no_memory)
		return;
	if (hunt->filter->kinds & OVERLAP_POINTS)
		points_cell(hunt, &ask, cell);
	if (!(hunt->filter->kinds & OVERLAP_LEADS))
		return;
	leads_cell(hunt, &ask, cell, NULL);
	for (size_t i = 0; i < counter->part_count; i++) {
		const struct part *part = &counter->parts[i];

		if (!hunt_wants_place(hunt, part->place))
			continue;
		ask_cell(hunt, &ask, &memo, cell, service, part->place);
		ask.candidates = part->candidates;
		ask.candidate_count = part->candidate_count;
		leads_cell(hunt, &ask, cell, part);
	}
}

static void begin_country(struct hunt *hunt)
{
	for (unsigned s = 0; s < world_service_count; s++) {
		struct counter *counter = &hunt->counters[s];
		uint8_t *own_band = counter->own_band;

		if (own_band)
			memset(own_band, MEMO_UNKNOWN, hunt->index->world->parties_count);
		*counter = (struct counter){ .own_band = own_band };
	}
}

static void walk_cells(struct hunt *hunt)
{
	uint32_t country = NONE32;

	for (size_t i = 0; i < hunt->count->cells_count; i++) {
		const struct people_cell *cell = &hunt->count->cells[i];

		if (!wants_cell(hunt, cell))
			continue;
		if (cell->place != country)
			begin_country(hunt);
		country = cell->place;
		for (unsigned s = 0; s < world_service_count; s++) {
			if (hunt->filter->services >> s & 1u)
				take_cell(hunt, cell, (uint8_t)s);
			if (hunt->no_memory || hunt->scratch.no_memory)
				return;
		}
	}
}

static enum status hunt_init(struct hunt *hunt)
{
	const struct cover_index *index = hunt->index;
	enum status status = STATUS_OK;

	scratch_init(&hunt->scratch, hunt->arena);
	status = flat_make(&hunt->flat, hunt->arena, index);
	hunt->force = arena_get(hunt->arena, index->slot_count);
	if (status != STATUS_OK || !hunt->force)
		return STATUS_NO_MEMORY;
	memset(hunt->force, MEMO_UNKNOWN, index->slot_count);
	for (unsigned s = 0; s < world_service_count; s++) {
		if (!(hunt->filter->services >> s & 1u))
			continue;
		hunt->counters[s].own_band = arena_get(hunt->arena, index->world->parties_count);
		if (!hunt->counters[s].own_band)
			return STATUS_NO_MEMORY;
	}
	if (hunt->filter->kinds & OVERLAP_LEADS)
		status = leads_init(hunt);
	if (status == STATUS_OK && hunt->filter->kinds & OVERLAP_POINTS)
		status = points_init(hunt);
	return status;
}

enum status cover_overlaps(struct overlaps *out, struct arena *arena,
	const struct cover_index *index, const struct people_count *count,
	const struct overlap_filter *filter)
{
	struct hunt hunt = { .arena = arena, .index = index, .count = count, .filter = filter };
	enum status status;

	assert(out && index && count && filter->date != DATE_NONE);
	*out = (struct overlaps){ .date = filter->date, .stock_year = count->stock_year };
	status = hunt_init(&hunt);
	if (status == STATUS_OK && filter->kinds & (OVERLAP_LEADS | OVERLAP_POINTS))
		walk_cells(&hunt);
	if (status == STATUS_OK && filter->kinds & OVERLAP_LEADS)
		leads_finish(&hunt, out);
	if (status == STATUS_OK && filter->kinds & OVERLAP_POINTS)
		status = points_finish(&hunt, out);
	if (status == STATUS_OK && filter->kinds & (OVERLAP_ASSETS | OVERLAP_STRENGTHS))
		status = pledges_find(&hunt, out);
	if (status == STATUS_OK && filter->kinds & OVERLAP_CIRCULAR)
		status = circles_find(&hunt, out);
	if (hunt.no_memory || hunt.scratch.no_memory)
		status = STATUS_NO_MEMORY;
	if (status != STATUS_OK)
		*out = (struct overlaps){ 0 };
	return status;
}

bool cover_leads_alike(const struct lead_overlap *a, const struct lead_overlap *b)
{
	bool same = a->people == b->people && a->place == b->place && a->band == b->band &&
		    a->leads_count == b->leads_count && a->cells_count == b->cells_count &&
		    a->depth == b->depth && a->size == b->size;

	for (size_t i = 0; same && i < a->leads_count; i++)
		same = a->leads[i].commitment == b->leads[i].commitment &&
		       a->leads[i].provider == b->leads[i].provider;
	for (size_t i = 0; same && i < a->cells_count; i++)
		same = a->cells[i].nat == b->cells[i].nat && a->cells[i].group == b->cells[i].group;
	return same;
}
