/* A grid as JSON (schema/matrix.schema.json), keys in a fixed order, for the command line and the
 * API; and what is asked when something was not said. */
#include "cover/cover.h"

#include <inttypes.h>

const char *const cover_grid_axes[GRID_AXES] = { "nationality", "place", "service", "phase",
	"sector" };

struct str cover_grid_code(
	struct arena *arena, const struct world *world, enum grid_axis axis, uint32_t key)
{
	switch (axis) {
	case GRID_NATIONALITY:
		return world->nats[key].code;
	case GRID_PLACE:
		return world->places[key].id;
	case GRID_SERVICE:
		return str_of(world_services[key].code);
	case GRID_PHASE:
		return accord_phase_words[__builtin_ctz(key)];
	default:
		return str_format(arena, "%" PRIu32, key);
	}
}

bool cover_grid_complete(struct grid_asked *asked, int rows, int cols, unsigned phases)
{
	if (rows == GRID_AXES)
		rows = cols == GRID_SECTOR ? GRID_PHASE : GRID_SECTOR;
	if (cols == GRID_AXES)
		cols = rows == GRID_PHASE ? GRID_SECTOR : GRID_PHASE;
	asked->rows = (enum grid_axis)rows;
	asked->cols = (enum grid_axis)cols;
	asked->phases = phases ? phases
			: rows == GRID_PHASE || cols == GRID_PHASE
				? PHASE_BEFORE | PHASE_DURING | PHASE_AFTER
				: PHASE_DURING;
	return rows != cols;
}

bool cover_grid_needs_service(const struct grid_asked *asked)
{
	return asked->rows != GRID_SERVICE && asked->rows != GRID_SECTOR &&
	       asked->cols != GRID_SERVICE && asked->cols != GRID_SECTOR;
}

size_t cover_grid_kept(enum grid_axis axis, size_t count, size_t limit)
{
	bool many = axis == GRID_NATIONALITY || axis == GRID_PLACE;

	return many && count > limit ? limit : count;
}

static void add_cell(struct buf *out, struct arena *arena, const struct world *world,
	const struct grid *grid, size_t row, size_t col)
{
	const struct grid_cell *cell = &grid->cells[row * grid->cols_count + col];
	bool first = true;

	buf_add_c(out, "{\"row\":");
	json_add_string(out, cover_grid_code(arena, world, grid->asked.rows, grid->rows[row]));
	json_add_member(
		out, "col", cover_grid_code(arena, world, grid->asked.cols, grid->cols[col]));
	buf_add_format(out, ",\"people\":%" PRId64 ",\"bands\":", cell->people);
	cover_split_json(out, &cell->split);
	buf_add_format(out,
		",\"uncertain\":%" PRId64 ",\"in_part\":%" PRId64 ",\"party_count\":%" PRIu32
		",\"parties\":[",
		cell->uncertain, cell->in_part, cell->parties);
	for (uint32_t party = 0; party < world->parties_count; party++) {
		if (!cover_grid_has(grid, row, col, party))
			continue;
		buf_add_c(out, first ? "" : ",");
		json_add_string(out, world->parties[party].id);
		first = false;
	}
	buf_add_c(out, "]}");
}

void cover_grid_json(struct buf *out, struct arena *arena, const struct world *world,
	const struct grid *grid, size_t limit)
{
	size_t rows = cover_grid_kept(grid->asked.rows, grid->rows_count, limit);
	size_t cols = cover_grid_kept(grid->asked.cols, grid->cols_count, limit);
	char day[11];

	date_format(day, grid->asked.filter.date);
	buf_add_format(out, "{\"rows\":\"%s\",\"cols\":\"%s\",\"date\":\"%s\",\"stock_year\":",
		cover_grid_axes[grid->asked.rows], cover_grid_axes[grid->asked.cols], day);
	if (grid->stock_year)
		buf_add_format(out, "%d", grid->stock_year);
	else
		buf_add_c(out, "null");
	buf_add_c(out, ",\"cells\":[");
	for (size_t i = 0; i < rows * cols; i++) {
		buf_add_c(out, i ? "," : "");
		add_cell(out, arena, world, grid, i / cols, i % cols);
	}
	buf_add_c(out, "]}");
}
