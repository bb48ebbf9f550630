/* Matrices: the engine's whole, the reference's cell by cell. */
#include "soak.h"
#include <string.h>
#include "reference.h"

/* Questions fall into cells by the keys of both axes: every key of people and questions must be on
 * its axis, or people would be lost. */
static const char *compare_cell(struct arena *arena, const struct world *world,
	const struct accords *accords, const struct grid *grid, size_t row, size_t col,
	uint64_t *cells)
{
	const struct grid_cell *theirs = &grid->cells[row * grid->cols_count + col];
	struct grid_cell mine;
	bool *parties = ARENA_ARRAY(arena, world->parties_count + 1, bool);
	if (!parties || reference_grid_cell(&mine, parties, arena, world, accords, &grid->asked,
				grid->rows[row], grid->cols[col]) != STATUS_OK)
		return "no memory";
	*cells += mine.people > 0;
	if (memcmp(&mine.split, &theirs->split, sizeof mine.split) != 0 ||
		mine.people != theirs->people)
		return "people of a cell of a matrix";
	if (mine.uncertain != theirs->uncertain || mine.in_part != theirs->in_part)
		return "certainty of a cell of a matrix";
	if (mine.parties != theirs->parties)
		return "number of parties of a cell of a matrix";
	for (uint32_t party = 0; party < world->parties_count; party++)
		if (parties[party] != cover_grid_has(grid, row, col, party))
			return "parties of a cell of a matrix";
	return NULL;
}

const char *grids_differ(struct arena *arena, struct random *random, const struct world *world,
	const struct accords *accords, const struct cover_index *index,
	const struct gap_filter *filter, uint64_t *cells)
{
	struct grid_asked asked = { .filter = *filter, .phases = PHASE_DURING };
	struct people_count count;
	struct grid grid;
	const char *difference = NULL;
	asked.rows = (enum grid_axis)random_below(random, GRID_AXES);
	asked.cols = (enum grid_axis)(
		(asked.rows + 1 + random_below(random, GRID_AXES - 1)) % GRID_AXES);
	asked.filter.phase = 0;
	if (random_chance(random, 50))
		asked.phases = 1 + random_below(random, 7);
	for (int i = 0; i < 3; i++) {
		const char *name =
			soak_services.items[random_below(random, (uint32_t)soak_services.count)];
		asked.services |= UINT64_C(1) << world_service_find(str_of(name));
	}
	if (world_people(&count, arena, world, filter->date) != STATUS_OK ||
		cover_grid(&grid, arena, index, &count, &asked) != STATUS_OK)
		return "no memory";
	int64_t people = 0;
	for (size_t i = 0; i < grid.rows_count * grid.cols_count; i++)
		people += grid.cells[i].people;
	for (int i = 0; i < 2 && grid.rows_count && grid.cols_count && !difference; i++) {
		size_t row = random_below(random, (uint32_t)grid.rows_count);
		size_t col = random_below(random, (uint32_t)grid.cols_count);
		difference = compare_cell(arena, world, accords, &grid, row, col, cells);
	}
	/* Nobody is lost: where axes are of people alone, the cells hold each person once. */
	if (!difference && asked.rows <= GRID_PLACE && asked.cols <= GRID_PLACE) {
		struct gaps gaps;
		if (cover_gaps(&gaps, arena, index, &count, 0, &asked.filter) != STATUS_OK)
			return "no memory";
		if (people != gaps.people - gaps.own_state)
			return "people of a whole matrix";
	}
	return difference;
}
