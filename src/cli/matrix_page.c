/* The matrix on a page: as many columns side by side as fit, then the next ones below. */
#include <assert.h>
#include <inttypes.h>
#include "cli/gaps.h"
#include "cli/matrix.h"

#define NAMES 3      /* parties other than States that a cell names */
#define ROOMY_COLS 4 /* up to so many columns parties are named */

/* "45 States, ICRC, IOM, +2": States counted, others named. */
static struct str party_words(struct cli *cli, const struct grid *grid, size_t row, size_t col)
{
	const struct world *world = cli->world;
	size_t states = 0, others = 0;
	uint32_t state = NONE32;
	struct buf out;

	buf_init(&out, &cli->arena, 4096);
	for (uint32_t party = 0; party < world->parties_count; party++) {
		if (!cover_grid_has(grid, row, col, party))
			continue;
		if (world->parties[party].kind == PARTY_STATE) {
			states++;
			state = party;
		}
	}
	if (states == 1)
		buf_add(&out, world->parties[state].id);
	else if (states)
		buf_add_format(&out, "%zu States", states);
	for (uint32_t party = 0; party < world->parties_count; party++) {
		if (!cover_grid_has(grid, row, col, party) ||
			world->parties[party].kind == PARTY_STATE)
			continue;
		if (others++ < NAMES)
			buf_add_format(&out, "%s" STR_FMT, out.len ? ", " : "",
				STR_ARG(world->parties[party].id));
	}
	if (others > NAMES)
		buf_add_format(&out, ", +%zu", others - NAMES);
	return buf_str(&out);
}

static enum band best_of(const struct grid_cell *cell)
{
	for (int band = BAND_WILL; band > BAND_NONE; band--)
		if (cell->split.bands[band])
			return (enum band)band;
	return BAND_NONE;
}

static struct str cell_words(
	struct cli *cli, const struct grid *grid, size_t row, size_t col, bool roomy)
{
	const struct grid_cell *cell = &grid->cells[row * grid->cols_count + col];
	enum band best = best_of(cell);
	int64_t helped = cell->people - cell->split.bands[BAND_NONE];
	const char *unsure = cell->uncertain == helped ? "?" : "";
	const char *rest = cell->split.not_known ? "~" : "";

	if (cell->people == 0)
		return STR("-");
	if (best == BAND_NONE && cell->in_part)
		return cell->split.not_known ? STR("~ in part") : STR("in part");
	if (best == BAND_NONE)
		return cell->split.not_known ? STR("~") : STR_NONE;
	if (!roomy)
		return str_format(&cli->arena, "%" PRIu32 " " STR_FMT "%s %s%s", cell->parties,
			STR_ARG(cover_band_words[best]), unsure,
			page_percent(helped, cell->people).text, rest);
	return str_format(&cli->arena, STR_FMT ": %s%s %s\u00a0%%%s",
		STR_ARG(party_words(cli, grid, row, col)), words_band(best), unsure,
		page_percent(helped, cell->people).text, rest);
}

/* Columns [from, end) of the first ROWS rows. */
static enum status make_table(struct table *table, struct cli *cli, const struct grid *grid,
	size_t rows, size_t from, size_t end, bool roomy)
{
	table_init(table, &cli->arena);
	table_column(table, cover_grid_axes[grid->asked.rows], false, true);
	for (size_t col = from; col < end; col++) {
		struct str title =
			cover_grid_code(&cli->arena, cli->world, grid->asked.cols, grid->cols[col]);
		struct str copy = str_copy(&cli->arena, title);
		if (!copy.ptr)
			return STATUS_NO_MEMORY;
		table_column(table, copy.ptr, false, roomy);
	}
	for (size_t row = 0; row < rows; row++) {
		struct str cells[TABLE_COLUMNS_MAX];
		cells[0] = matrix_name(cli, grid->asked.rows, grid->rows[row]);
		for (size_t col = from; col < end; col++)
			cells[1 + col - from] = cell_words(cli, grid, row, col, roomy);
		table_row(table, cells);
	}
	return STATUS_OK;
}

static void print_heading(struct cli *cli, const struct grid *grid)
{
	const struct gap_filter *filter = &grid->asked.filter;
	struct buf text;
	size_t services = (size_t)__builtin_popcountll(grid->asked.services);

	buf_init(&text, &cli->arena, 4096);
	buf_add_format(&text, "Who is bound to help, by %s and %s, on %s",
		cover_grid_axes[grid->asked.rows], cover_grid_axes[grid->asked.cols],
		page_date(filter->date).text);
	if (filter->place != NONE32)
		buf_add_format(&text, ", in " STR_FMT, STR_ARG(words_place(cli, filter->place)));
	if (filter->nat != NAT_NONE)
		buf_add_format(&text, ", people of " STR_FMT, STR_ARG(words_nat(cli, filter->nat)));
	if (filter->group >= 0)
		buf_add_format(&text, ", %s only",
			filter->group == GROUP_STOCK
				? "the stock"
				: words_group((enum people_group)filter->group));
	if (services < world_service_count)
		for (uint8_t i = 0; i < world_service_count; i++)
			if (grid->asked.services >> i & 1u)
				buf_add_format(&text, ", %s", world_services[i].code);
	for (unsigned i = 0; i < 3; i++)
		if (grid->asked.phases == 1u << i)
			buf_add_format(
				&text, ", " STR_FMT " a crisis", STR_ARG(accord_phase_words[i]));
	page_wrap(&cli->out, STR_NONE, 0, cli->width, buf_str(&text));
	buf_add_char(&cli->out, '\n');
}

static void print_legend(struct cli *cli, bool roomy)
{
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		roomy ? STR("  A cell: the parties that answer one of its questions, the best band "
			    "among its people, the share of its people whom somebody helps.")
		      : STR("  A cell: how many parties answer one of its questions, the best band "
			    "among its people, the % of its people whom somebody helps."));
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		STR("  Empty: nobody, proven. ~: nobody, as far as is known (after a share: for "
		    "some "
		    "of the others). ?: not known for sure. -: no people counted. in part: only in "
		    "a "
		    "part of the country. --why ROW,COL shows what stands behind a cell."));
}

enum status matrix_print(struct cli *cli, const struct asked_matrix *asked, const struct grid *grid)
{
	size_t rows = cover_grid_kept(grid->asked.rows, grid->rows_count, asked->limit);
	size_t cols = cover_grid_kept(grid->asked.cols, grid->cols_count, asked->limit);
	bool roomy = cols <= ROOMY_COLS;
	enum status status = STATUS_OK;

	print_heading(cli, grid);
	for (size_t from = 0, end; from < cols && status == STATUS_OK; from = end) {
		struct table table;
		end = from + TABLE_COLUMNS_MAX - 1 < cols ? from + TABLE_COLUMNS_MAX - 1 : cols;
		status = make_table(&table, cli, grid, rows, from, end, roomy);
		while (status == STATUS_OK && end > from + 1 &&
			table_fit(&table, 2, cli->width) > 1)
			status = make_table(&table, cli, grid, rows, from, --end, roomy);
		if (status == STATUS_OK && rows)
			table_print(&cli->out, &table, 2, cli->width);
		buf_add_char(&cli->out, '\n');
	}
	if (rows < grid->rows_count || cols < grid->cols_count)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			str_format(&cli->arena,
				"  %zu of %zu rows, %zu of %zu columns, most people first; --limit "
				"shows more, --format csv all.",
				rows, grid->rows_count, cols, grid->cols_count));
	print_legend(cli, roomy);
	gaps_print_record(cli, grid->asked.filter.date);
	buf_add_char(&cli->out, '\n');
	gaps_print_sources(cli, &asked->count);
	return status;
}
