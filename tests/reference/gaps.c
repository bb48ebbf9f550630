/* "Band of a cell" and "Gaps": each cell asked as one person of it would ask. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

/* cell: "its nationality; status refugee or asylum-seeker with residence in the host for the
 * protected; …". */
struct query ref_query_of_cell(const struct world *world, uint16_t nat, enum people_group group,
	uint32_t place, uint8_t service, int32_t date, uint32_t viewer)
{
	struct query query = { .nats = { nat },
		.nat_count = 1,
		.residence = NAT_NONE,
		.place = place,
		.service = service,
		.phase = PHASE_DURING,
		.date = date,
		.to = NONE32,
		.viewer = viewer,
		.resident_since = DATE_NONE };
	if (group == GROUP_REFUGEE)
		query.statuses = PERSON_BIT(PERSON_REFUGEE);
	if (group == GROUP_ASYLUM_SEEKER)
		query.statuses = PERSON_BIT(PERSON_ASYLUM_SEEKER);
	if (query.statuses)
		query.residence = world->places[place].nat;
	return query;
}

/* proven: would any row be there, "presence U read as T and unrepresented, served-by and residence
 * U read as T, each row by itself"? */
bool ref_row_in_favour(const struct ref *ref, const struct ref_row *row)
{
	struct presence presence;
	if (!ref_row_in_scope(ref, row, &presence))
		return false;
	for (size_t n = 0; n < ref->q.nat_count; n++)
		for (uint32_t i = 0; i < row->commitment->nats_count; i++) {
			struct ref_pair pair;
			if (!ref_pair_matches(ref, row, ref->q.nats[n], i, &pair))
				continue;
			/* a held row is an answer of who, and no group of gaps has any */
			if (!ref_guard(ref, row, &pair).removed)
				return true;
		}
	return false;
}

bool ref_any_in_favour(struct ref ref)
{
	int32_t ended;
	ref.favour = true;
	for (size_t i = 0; i < ref.accords->items_count; i++) {
		const struct agreement *agreement = &ref.accords->items[i];
		if (ref_force(agreement, ref.q.date, &ended) != FORCE_YES ||
			!ref_visible(&ref, agreement))
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++)
			for (uint32_t party = 0; party < ref.world->parties_count; party++) {
				struct ref_row row = { agreement, &agreement->commitments[j], party,
					NAT_NONE };
				if (ref_provides(&ref, row.commitment, party, &row.only) &&
					ref_row_in_favour(&ref, &row))
					return true;
			}
	}
	return false;
}

/* in_part: "a row that covers only a part of the country (some place in it, below the country) …
 * with a better band". */
static enum status better_in_part(
	bool *better, struct arena *arena, const struct ref *ref, enum band band)
{
	const struct world *world = ref->world;
	for (uint32_t place = 0; place < world->places_count && !*better; place++) {
		if (place == ref->country || !ref_lies_in(world, place, ref->country))
			continue;
		struct query query = ref->q;
		struct answers answers;
		query.place = place;
		enum status status = reference_who(&answers, arena, world, ref->accords, &query);
		if (status != STATUS_OK)
			return status;
		for (size_t i = 0; i < answers.items_count; i++) {
			const struct answer *answer = &answers.items[i];
			uint16_t depth;
			bool whole = ref_where(ref, answer->commitment, ref->country, &depth);
			if (!answer->held && !whole && answer->band > band)
				*better = true;
		}
	}
	return STATUS_OK;
}

static enum status plain_band(struct cell_band *out, struct arena *arena, const struct ref *ref,
	const struct query *query)
{
	struct answers answers;
	*out = (struct cell_band){ .band = BAND_NONE };
	enum status status = reference_who(&answers, arena, ref->world, ref->accords, query);
	if (status != STATUS_OK)
		return status;
	/* "the highest among its rows that are not held; people whose band rests only on U rows are
	 * also counted as uncertain" */
	for (size_t i = 0; i < answers.items_count; i++) {
		const struct answer *answer = &answers.items[i];
		if (answer->held || answer->band < out->band)
			continue;
		bool certain = answer->certainty == TRUTH_T;
		out->uncertain = answer->band > out->band ? !certain : out->uncertain && !certain;
		out->band = answer->band;
	}
	if (out->band == BAND_NONE)
		out->not_known = ref_any_in_favour(*ref);
	return STATUS_OK;
}

enum status ref_cell_band(struct cell_band *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct people_cell *cell, uint8_t service,
	int32_t date, uint32_t viewer)
{
	struct query query = ref_query_of_cell(
		world, cell->nat, cell->group, cell->place, service, date, viewer);
	struct ref ref = ref_begin(world, accords, &query);
	return plain_band(out, arena, &ref, &query);
}

static enum status cell_in_phase(enum phase phase, struct cell_band *out, struct arena *arena,
	const struct world *world, const struct accords *accords, uint16_t nat,
	enum people_group group, uint32_t country, uint8_t service, int32_t date, uint32_t viewer)
{
	assert(world->places[country].kind == PLACE_COUNTRY);
	struct query query = ref_query_of_cell(world, nat, group, country, service, date, viewer);
	query.phase = phase;
	struct ref ref = ref_begin(world, accords, &query);
	enum status status = plain_band(out, arena, &ref, &query);
	return status == STATUS_OK ? better_in_part(&out->in_part, arena, &ref, out->band) : status;
}

enum status reference_cell(struct cell_band *out, struct arena *arena, const struct world *world,
	const struct accords *accords, uint16_t nat, enum people_group group, uint32_t country,
	uint8_t service, int32_t date, uint32_t viewer)
{
	return cell_in_phase(PHASE_DURING, out, arena, world, accords, nat, group, country, service,
		date, viewer);
}

/* --- Gaps ----------------------------------------------------------------------------------- */

static bool wanted(
	const struct world *world, const struct gap_filter *filter, const struct people_cell *cell)
{
	/* "cells in countries that lie in it, or its own country" */
	bool place = filter->place == NONE32 || ref_lies_in(world, cell->place, filter->place) ||
		     world->places[filter->place].country == cell->place;
	return place && (filter->nat == NAT_NONE || filter->nat == cell->nat);
}

static void count(struct gaps *out, const struct gap_cell *cell)
{
	int64_t people = cell->cell.people;
	out->bands[cell->band.band] += people;
	if (cell->band.band == BAND_NONE && cell->band.not_known)
		out->not_known += people;
	if (cell->band.band == BAND_NONE && !cell->band.not_known)
		out->none_proven += people;
	out->uncertain += cell->band.uncertain ? people : 0;
	out->in_part += cell->band.in_part ? people : 0;
	out->protected_ += cell->cell.group != GROUP_STOCK ? people : 0;
}

enum status reference_gaps(struct gaps *out, struct arena *arena, const struct world *world,
	const struct accords *accords, uint8_t service, const struct gap_filter *filter)
{
	struct people_count counted;
	enum status status = reference_people(&counted, arena, world, filter->date);
	if (status != STATUS_OK)
		return status;
	*out = (struct gaps){
		.service = service, .date = filter->date, .stock_year = counted.stock_year
	};
	out->cells = ARENA_ARRAY(arena, counted.cells_count, struct gap_cell);
	if (!out->cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < counted.cells_count; i++) {
		const struct people_cell *cell = &counted.cells[i];
		if (!wanted(world, filter, cell) ||
			(filter->group >= 0 && filter->group != (int)cell->group))
			continue;
		out->people += cell->people;
		if (cell->own_state) {
			out->own_state += cell->people;
			continue;
		}
		struct gap_cell *gap = &out->cells[out->cells_count++];
		gap->cell = *cell;
		status = cell_in_phase(filter->phase ? filter->phase : PHASE_DURING, &gap->band,
			arena, world, accords, cell->nat, cell->group, cell->place, service,
			filter->date, filter->viewer);
		if (status != STATUS_OK)
			return status;
		count(out, gap);
	}
	/* "beyond_stock is of the filter's place and nationality too" */
	for (size_t i = 0; i < counted.beyond_count; i++)
		if (wanted(world, filter, &counted.beyond[i]))
			out->beyond_stock += counted.beyond[i].people;
	return STATUS_OK;
}
