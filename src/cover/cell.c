/* The band of one cell: nationality and status of a group, country, service. The highest band among
 * the rows that are not held; none is proven when reading every U in favour of each row on its own
 * still gives none. */
#include <assert.h>
#include "cover/internal.h"

void cell_query(struct query *query, const struct world *world, const struct people_cell *cell,
	uint8_t service, int32_t date, uint32_t viewer)
{
	cover_query_init(query, date, viewer);
	query->nats[0] = cell->nat;
	query->nat_count = 1;
	query->place = cell->place;
	query->service = service;
	if (cell->group == GROUP_REFUGEE)
		query->statuses = PERSON_BIT(PERSON_REFUGEE);
	else if (cell->group == GROUP_ASYLUM_SEEKER)
		query->statuses = PERSON_BIT(PERSON_ASYLUM_SEEKER);
	if (query->statuses) /* protected people live in the host */
		query->residence = world->places[cell->place].nat;
}

/* What is best so far. */
struct best {
	enum band band;
	bool certain;
};

static bool can_better(const struct best *best, const struct row *row)
{
	enum band most = row->commitment->duty == DUTY_WILL    ? BAND_WILL
			 : row->commitment->duty == DUTY_SHALL ? BAND_SHALL
							       : BAND_MAY;

	return most > best->band || (most == best->band && !best->certain);
}

static void take_row(struct best *best, struct ask *ask, const struct row *row)
{
	struct row_walk walk;

	if (!row_walk_open(&walk, ask, row))
		return;
	while (can_better(best, row) && row_walk_next(&walk, ask)) {
		struct answer answer;

		/* What a first step opens is not nobody. */
		if (!row_walk_answers(&walk, ask, &answer) ||
			(answer.held && ask->reading != READING_IN_FAVOUR))
			continue;
		if (answer.band > best->band)
			*best = (struct best){ answer.band, answer.certainty == TRUTH_T };
		else if (answer.band == best->band)
			best->certain |= answer.certainty == TRUTH_T;
	}
	row_walk_close(&walk, ask);
}

static struct best best_of(
	struct ask *ask, const struct row *const *rows, size_t count, struct best best)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = rows[i];

		if (can_better(&best, row))
			take_row(&best, ask, row);
	}
	return best;
}

bool cell_favoured(struct ask *ask)
{
	return cell_favoured_among(ask, ask->candidates, ask->candidate_count);
}

bool cell_favoured_among(struct ask *ask, const struct row *const *rows, size_t count)
{
	struct ask favour = *ask;
	struct best best = { BAND_NONE, false };

	favour.reading = READING_IN_FAVOUR;
	favour.limits = false;
	for (size_t i = 0; i < count && best.band == BAND_NONE; i++)
		take_row(&best, &favour, rows[i]);
	return best.band != BAND_NONE;
}

enum band cell_band(struct ask *ask)
{
	struct best none = { BAND_NONE, false };

	return best_of(ask, ask->candidates, ask->candidate_count, none).band;
}

/* A row that covers only a part of the country would give more than BAND there. */
static bool better_in_part(const struct ask *ask, enum band band, const struct part *part)
{
	struct best best = { band, true };
	struct query query = ask->query;
	struct memo memo;
	struct ask there;

	query.place = part->place;
	query.statuses = ask->given;
	ask_init(&there, ask->index, &query, ask->scratch);
	there.bare = ask->bare;
	there.candidates = part->candidates;
	there.candidate_count = part->candidate_count;
	if (ask->memo) { /* what is in force holds there too, what the provider's own get does not
			  */
		memo = (struct memo){ .force = ask->memo->force,
			.parties = ask->memo->parties,
			.parties_known = ask->memo->parties_known };
		there.memo = &memo;
	}
	return best_of(&there, part->partial, part->partial_count, best).band > band;
}

void cell_judge(struct cell_band *out, struct ask *ask, const struct part *parts, size_t count)
{
	struct best best = best_of(
		ask, ask->candidates, ask->candidate_count, (struct best){ BAND_NONE, false });

	*out = (struct cell_band){ .band = best.band };
	out->uncertain = best.band != BAND_NONE && !best.certain;
	out->not_known = best.band == BAND_NONE && cell_favoured(ask);
	for (size_t i = 0; i < count && !out->in_part; i++)
		out->in_part = better_in_part(ask, best.band, &parts[i]);
}

void cell_judge_more(struct cell_band *out, struct ask *ask, const struct row *const *rows,
	size_t count, const struct part *parts, size_t part_count, enum band part_band)
{
	struct best best = best_of(ask, rows, count, (struct best){ out->band, true });

	*out = (struct cell_band){ .band = best.band };
	out->uncertain = best.band != BAND_NONE && !best.certain;
	out->not_known = best.band == BAND_NONE && cell_favoured_among(ask, rows, count);
	out->in_part = part_band > best.band;
	for (size_t i = 0; i < part_count && !out->in_part; i++)
		out->in_part = better_in_part(ask, best.band, &parts[i]);
}

/* ---- parts of a country ---- */

/* The places strictly inside COUNTRY where entries of the service or strays stand, ascending, no
 * doubles. */
static size_t list_places(uint32_t *places, const struct ask *ask)
{
	const struct cover_index *index = ask->index;
	const struct service_table *table = index->services[ask->query.service];
	const struct spot *spot = &index->atlas->spots[ask->country];
	const struct entry_block *block = table ? table->blocks[spot->block] : NULL;
	uint32_t span = block ? block->span : 1;
	uint32_t last = ask->world->places[ask->country].last;
	size_t count = 0, stray = 0;

	while (stray < index->stray_count && index->strays[stray] <= ask->country)
		stray++;
	for (uint32_t place = ask->country + 1; place <= last; place++) {
		uint32_t local = place - ask->country;
		bool is_stray = stray < index->stray_count && index->strays[stray] == place;

		if (local >= span && (stray >= index->stray_count || index->strays[stray] > last))
			break;
		stray += is_stray;
		if (!is_stray &&
			(local >= span || block->offsets[local] == block->offsets[local + 1]))
			continue;
		if (places)
			places[count] = place;
		count++;
	}
	return count;
}

/* The candidates of PART that do not cover the country. */
static void list_partial(struct part *part, const struct ask *ask)
{
	const struct row **partial =
		ARENA_ARRAY(ask->scratch->arena, part->candidate_count, const struct row *);

	if (!partial) {
		ask->scratch->no_memory = true;
		return;
	}
	for (size_t i = 0; i < part->candidate_count; i++) {
		const struct row *row = part->candidates[i];

		if (!places_contain(ask, &row->commitment->where, ask->country, NULL))
			partial[part->partial_count++] = part->candidates[i];
	}
	part->partial = partial;
}

const struct part *cell_parts(size_t *count, struct ask *ask)
{
	struct arena *arena = ask->scratch->arena;
	size_t places_count = list_places(NULL, ask), kept = 0;
	uint32_t *places = ARENA_ARRAY(arena, places_count, uint32_t);
	struct part *parts = ARENA_ARRAY(arena, places_count, struct part);

	*count = 0;
	if (!places || !parts) {
		ask->scratch->no_memory = true;
		return NULL;
	}
	list_places(places, ask);
	for (size_t i = 0; i < places_count && !ask->scratch->no_memory; i++) {
		struct query query = ask->query;
		struct ask there;

		query.place = places[i];
		ask_init(&there, ask->index, &query, ask->scratch);
		ask_candidates(&there);
		parts[kept] = (struct part){ .place = places[i],
			.candidates = there.candidates,
			.candidate_count = there.candidate_count };
		list_partial(&parts[kept], ask);
		kept += parts[kept].partial_count > 0;
	}
	*count = ask->scratch->no_memory ? 0 : kept;
	return parts;
}

enum status cover_cell(struct cell_band *out, struct arena *arena, const struct cover_index *index,
	uint16_t nat, enum people_group group, uint32_t country, uint8_t service, int32_t date,
	uint32_t viewer)
{
	struct people_cell cell = { .place = country, .nat = nat, .group = group };
	const struct part *parts;
	struct scratch scratch;
	struct query query;
	struct ask ask;
	size_t count;

	assert(country < index->world->places_count);
	assert(index->world->places[country].kind == PLACE_COUNTRY);
	*out = (struct cell_band){ 0 };
	cell_query(&query, index->world, &cell, service, date, viewer);
	scratch_init(&scratch, arena);
	ask_init(&ask, index, &query, &scratch);
	ask.bare = true;
	ask_candidates(&ask);
	parts = cell_parts(&count, &ask);
	if (!scratch.no_memory)
		cell_judge(out, &ask, parts, count);
	return scratch.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
