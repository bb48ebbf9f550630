/* One cell of a matrix: every question that falls into it, asked one by one. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

static bool falls_into(enum grid_axis axis, uint32_t key, const struct people_cell *cell,
	uint8_t service, enum phase phase)
{
	return axis == GRID_NATIONALITY ? key == cell->nat
	       : axis == GRID_PLACE     ? key == cell->place
	       : axis == GRID_SERVICE   ? key == service
	       : axis == GRID_PHASE     ? key == (uint32_t)phase
					: key == (uint32_t)world_services[service].mcof_sector;
}

/* What one person of a cell gets at best of the questions so far. */
struct person {
	bool asked, certain, not_known, in_part;
	enum band band;
	int64_t people;
};

static void better(struct person *person, const struct cell_band *band)
{
	if (band->band > person->band)
		person->certain = false;
	if (band->band >= person->band) {
		person->band = band->band;
		person->certain = person->certain || !band->uncertain;
	}
	person->not_known = person->not_known || band->not_known;
	person->in_part = person->in_part || band->in_part;
	person->asked = true;
}

static enum status add_parties(bool *parties, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct people_cell *cell, uint8_t service,
	const struct gap_filter *filter)
{
	struct answers answers;
	struct query query = ref_query_of_cell(
		world, cell->nat, cell->group, cell->place, service, filter->date, filter->viewer);
	query.phase = filter->phase;
	enum status status = reference_who(&answers, arena, world, accords, &query);
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count; i++)
		if (!answers.items[i].held)
			parties[answers.items[i].provider] = true;
	return status;
}

static void sum(struct grid_cell *out, const struct person *persons, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct person *person = &persons[i];
		if (!person->asked)
			continue;
		out->people += person->people;
		out->split.bands[person->band] += person->people;
		if (person->band == BAND_NONE && person->not_known)
			out->split.not_known += person->people;
		if (person->band == BAND_NONE && !person->not_known)
			out->split.none_proven += person->people;
		if (person->band != BAND_NONE && !person->certain)
			out->uncertain += person->people;
		if (person->in_part)
			out->in_part += person->people;
	}
}

enum status reference_grid_cell(struct grid_cell *out, bool *parties, struct arena *arena,
	const struct world *world, const struct accords *accords, const struct grid_asked *asked,
	uint32_t row, uint32_t col)
{
	enum phase phases[] = { PHASE_BEFORE, PHASE_DURING, PHASE_AFTER };
	struct person *persons = NULL;
	struct gaps gaps = { 0 };
	enum status status = STATUS_OK;
	*out = (struct grid_cell){ 0 };
	for (uint8_t service = 0; service < world_service_count; service++)
		for (int p = 0; p < 3 && status == STATUS_OK; p++) {
			struct gap_filter filter = asked->filter;
			if (!(asked->services >> service & 1) || !(asked->phases & phases[p]))
				continue;
			filter.phase = phases[p];
			status = reference_gaps(&gaps, arena, world, accords, service, &filter);
			if (status == STATUS_OK && !persons)
				persons = ARENA_ARRAY(arena, gaps.cells_count + 1, struct person);
			if (status == STATUS_OK && !persons)
				status = STATUS_NO_MEMORY;
			for (size_t i = 0; status == STATUS_OK && i < gaps.cells_count; i++) {
				const struct gap_cell *cell = &gaps.cells[i];
				if (!falls_into(
					    asked->rows, row, &cell->cell, service, phases[p]) ||
					!falls_into(
						asked->cols, col, &cell->cell, service, phases[p]))
					continue;
				persons[i].people = cell->cell.people;
				better(&persons[i], &cell->band);
				status = add_parties(parties, arena, world, accords, &cell->cell,
					service, &filter);
			}
		}
	if (status == STATUS_OK && persons)
		sum(out, persons, gaps.cells_count);
	for (uint32_t party = 0; party < world->parties_count; party++)
		out->parties += parties[party];
	return status;
}
