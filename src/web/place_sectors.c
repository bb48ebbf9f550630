/* A country by the fifteen sectors of IOM's Migration Crisis Operational Framework and the phases
 * of a crisis, and the links between posts and agencies of the host that are tested both ways. */
#include "web/page_place.h"

#define PHASES 3

/* As world_sectors; here so that they are translated. */
static const char *const sector_words[WORLD_SECTORS] = { WORD("outside the sectors"),
	WORD("sites and tracking of displacement"), WORD("shelter and household goods"),
	WORD("transport"), WORD("health"), WORD("psychosocial support"),
	WORD("return and reintegration"), WORD("stable communities"),
	WORD("disaster risk and resilience"), WORD("land and property"),
	WORD("trafficking and people at risk"), WORD("humane border management"),
	WORD("emergency consular assistance"), WORD("diaspora and its people"),
	WORD("migration policy and law"), WORD("humanitarian communication") };
#define BEFORE WORD("Before a crisis")
#define DURING WORD("During a crisis")
#define AFTER WORD("After a crisis")
static const char *const phase_words[PHASES] = { BEFORE, DURING, AFTER };

static enum status find_grid(struct grid *out, struct part *part)
{
	const struct grid_asked asked = { .rows = GRID_SECTOR,
		.cols = GRID_PHASE,
		.filter = { .place = part->place,
			.nat = NAT_NONE,
			.group = -1,
			.date = part->date,
			.viewer = VIEWER_PUBLIC,
			.phase = PHASE_DURING },
		.services = UINT64_MAX >> (64 - world_service_count),
		.phases = PHASE_BEFORE | PHASE_DURING | PHASE_AFTER };

	return cover_grid(out, part->arena, part->snapshot->index, &part->count, &asked);
}

static struct str sector_name(const struct part *part, uint32_t sector)
{
	struct str word = part_word(part, sector_words[sector]);

	return sector ? str_format(part->arena, "%u " STR_FMT, sector, STR_ARG(word)) : word;
}

static enum band_view shown_band(const struct grid_cell *cell)
{
	return cell->split.bands[BAND_WILL]     ? SHOW_WILL
	       : cell->split.bands[BAND_SHALL]  ? SHOW_SHALL
	       : cell->split.bands[BAND_MAY]    ? SHOW_MAY
	       : cell->split.bands[BAND_REMOTE] ? SHOW_REMOTE
	       : cell->split.not_known          ? SHOW_NOT_KNOWN
						: SHOW_NONE;
}

/* "2; 79 %", not parted: parties, and the share of people whom somebody helps, never rounded up. */
static struct str cell_text(const struct part *part, const struct grid_cell *cell)
{
	int64_t helped = cell->people - cell->split.not_known - cell->split.none_proven;

	return helped > 0
		       ? str_format(part->arena, "%u; %s%d\u00a0%%", cell->parties,
				 helped * 100 < cell->people ? "< " : "",
				 helped * 100 < cell->people ? 1
							     : (int)(helped * 100 / cell->people))
		       : STR("");
}

static struct str party_ids(const struct part *part, const struct grid *grid, size_t r, size_t c)
{
	struct buf text;

	buf_init(&text, part->arena, 64000);
	for (uint32_t party = 0; party < part->world->parties_count; party++) {
		if (!cover_grid_has(grid, r, c, party))
			continue;
		buf_add_c(&text, text.len ? " " : "");
		buf_add(&text, part->world->parties[party].id);
	}
	return text.len ? buf_str(&text) : STR("-");
}

/* A row a cell, for a sheet. */
static enum status sectors_csv(struct table_view *view, struct part *part, const struct grid *grid)
{
	static const struct part_column columns[] = { { WORD("Sector"), false },
		{ WORD("Number"), true }, { WORD("Phase"), false }, { WORD("People"), true },
		{ WORD("will"), true }, { WORD("shall"), true }, { WORD("may"), true },
		{ WORD("remote"), true }, { WORD("not known"), true }, { WORD("nobody"), true },
		{ WORD("Parties"), false } };
	struct part_table table;

	part_table_open(&table, part, view, "sectors", STR(""), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t r = 0; r < grid->rows_count; r++)
		for (size_t c = 0; c < grid->cols_count; c++) {
			const struct grid_cell *cell = &grid->cells[r * grid->cols_count + c];
			part_text(&table, part_word(part, sector_words[grid->rows[r]]));
			part_number(&table, grid->rows[r]);
			part_text(
				&table, part_word(part, phase_words[__builtin_ctz(grid->cols[c])]));
			part_number(&table, cell->people);
			part_split_cells(&table, &cell->split);
			part_text(&table, party_ids(part, grid, r, c));
		}
	return part_table_close(&table);
}

enum status place_sectors(struct table_view *view, struct part *part)
{
	static const struct part_column columns[PHASES + 1] = { { WORD("Sector"), false },
		{ BEFORE, false }, { DURING, false }, { AFTER, false } };
	struct part_table table;
	struct grid grid;
	enum status status = find_grid(&grid, part);

	if (status != STATUS_OK || part->csv)
		return status == STATUS_OK ? sectors_csv(view, part, &grid) : status;
	part_table_open(&table, part, view, "sectors",
		part_word(part, WORD("Who acts, by sector and phase of a crisis")), columns,
		PHASES + 1);
	for (size_t r = 0; r < grid.rows_count; r++) {
		if (!part_row(&table))
			continue;
		part_text(&table, sector_name(part, grid.rows[r]));
		for (size_t c = 0; c < grid.cols_count; c++) {
			const struct grid_cell *cell = &grid.cells[r * grid.cols_count + c];
			if (cell->people)
				part_band(&table, shown_band(cell), cell_text(part, cell));
			else
				part_text(&table, STR_NONE);
		}
	}
	return part_table_close(&table);
}

/* Of links a post and an agency have, those at PLACE or beneath it. */
enum status place_links(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("From"), false },
		{ WORD("To"), false }, { WORD("Where"), false }, { WORD("Purpose"), false },
		{ WORD("Tested out"), false }, { WORD("Tested back"), false },
		{ WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "links",
		part_word(part, WORD("Links between posts and agencies of the host")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < world->links_count; i++) {
		const struct link_row *row = &world->links[i];
		if (row->place == NONE32 || !world_lies_in(world, row->place, part->place) ||
			!part_row(&table))
			continue;
		part_link(&table, "/parties/%1", world->parties[row->from_party].id,
			part_party(part, row->from_party));
		part_link(&table, "/parties/%1", world->parties[row->to_party].id,
			part_party(part, row->to_party));
		part_text(&table, part_place(part, row->place));
		part_text(&table, row->purpose);
		part_date(&table, row->tested_out);
		part_date(&table, row->tested_back);
		part_source_cell(&table, row->source);
	}
	return part_table_close(&table);
}
