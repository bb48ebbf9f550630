/* `matrix`: how many parties answer, how far they are bound and whom nobody helps, by two axes of
 * nationality, place, service, phase, sector. */
#include "cli/matrix.h"
#include "cli/gaps.h"

#include <inttypes.h>

#define KEYS 20 /* nationalities or places of a table, when --limit does not say */

struct str matrix_name(struct cli *cli, enum grid_axis axis, uint32_t key)
{
	switch (axis) {
	case GRID_NATIONALITY:
		return words_nat(cli, (uint16_t)key);
	case GRID_PLACE:
		return words_place(cli, key);
	case GRID_SECTOR:
		return key ? str_format(&cli->arena, "%" PRIu32 " %s", key, world_sectors[key])
			   : str_of(world_sectors[0]);
	default:
		return cover_grid_code(&cli->arena, cli->world, axis, key);
	}
}

/* ---- options ---- */

/* PHASE: a number of a word, 3 for none. */
static bool read_axes(struct cli *cli, struct grid_asked *grid, int phase)
{
	int rows = cli_choice(cli, "rows", cover_grid_axes, GRID_AXES, GRID_AXES);
	int cols = cli_choice(cli, "cols", cover_grid_axes, GRID_AXES, GRID_AXES);

	if (rows < 0 || cols < 0)
		return false;
	if (cover_grid_complete(grid, rows, cols, phase < 3 ? 1u << phase : 0))
		return true;
	cli_fault(cli, "--cols", "rows and columns are both %s", cover_grid_axes[rows]);
	return false;
}

static bool needs_service(struct cli *cli, const struct grid_asked *grid)
{
	if (!cover_grid_needs_service(grid) || cli_given(cli, "service"))
		return false;
	cli_fault(
		cli, "--service", "a service is asked for where neither axis is service or sector");
	return true;
}

static bool read_words(struct cli *cli, struct asked_matrix *asked)
{
	static const char *const words[] = { "before", "during", "after" };
	struct grid_asked *grid = &asked->grid;
	int phase = cli_choice(cli, "phase", words, 3, 3);
	bool good = read_axes(cli, grid, phase < 0 ? 3 : phase);

	if (good)
		good = !needs_service(cli, grid);
	good = filter_group(cli, &grid->filter.group) && good;
	good = cli_date(cli, &grid->filter.date) && good;
	asked->format = cli_format(cli);
	good = asked->format >= 0 && good;
	good = cli_limit(
		       cli, "limit", asked->format == CLI_TABLE ? KEYS : SIZE_MAX, &asked->limit) &&
	       good;
	return good && phase >= 0;
}

/* ---- machines ---- */

static void add_parties(struct cli *cli, const struct grid *grid, size_t row, size_t col)
{
	bool first = true;

	for (uint32_t party = 0; party < cli->world->parties_count; party++) {
		if (!cover_grid_has(grid, row, col, party))
			continue;
		buf_add_c(&cli->out, first ? "" : " ");
		first = false;
		buf_add(&cli->out, cli->world->parties[party].id);
	}
}

static void print_csv(struct cli *cli, const struct asked_matrix *asked, const struct grid *grid)
{
	struct buf *out = &cli->out;
	size_t rows = cover_grid_kept(grid->asked.rows, grid->rows_count, asked->limit);
	size_t cols = cover_grid_kept(grid->asked.cols, grid->cols_count, asked->limit);

	buf_add_format(out,
		"%s,%s,date,people,will,shall,may,remote,not_known,none_proven,uncertain,in_part,"
		"party_count,parties\r\n",
		cover_grid_axes[grid->asked.rows], cover_grid_axes[grid->asked.cols]);
	for (size_t row = 0; row < rows; row++)
		for (size_t col = 0; col < cols; col++) {
			const struct grid_cell *cell = &grid->cells[row * grid->cols_count + col];
			const int64_t figures[] = { cell->people, cell->split.bands[BAND_WILL],
				cell->split.bands[BAND_SHALL], cell->split.bands[BAND_MAY],
				cell->split.bands[BAND_REMOTE], cell->split.not_known,
				cell->split.none_proven, cell->uncertain, cell->in_part };
			csv_add_field(out,
				cover_grid_code(
					&cli->arena, cli->world, grid->asked.rows, grid->rows[row]),
				true);
			csv_add_field(out,
				cover_grid_code(
					&cli->arena, cli->world, grid->asked.cols, grid->cols[col]),
				false);
			csv_add_field(out, str_of(page_date(grid->asked.filter.date).text), false);
			for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
				buf_add_format(out, ",%" PRId64, figures[i]);
			buf_add_format(out, ",%" PRIu32 ",", cell->parties);
			add_parties(cli, grid, row, col);
			buf_add_c(out, "\r\n");
		}
}

enum cli_exit cmd_matrix(struct cli *cli)
{
	struct asked_matrix asked = { .grid = { .filter = { .place = NONE32,
							.nat = NAT_NONE,
							.group = -1,
							.viewer = VIEWER_ALL } } };
	struct grid_asked *ask = &asked.grid;
	enum cli_exit code;
	enum status status;
	struct grid grid;
	bool good;

	code = cli_no_operands(cli);
	if (code != CLI_ANSWERED)
		return code;
	if (!read_words(cli, &asked))
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	good = cli_services(cli, &ask->services);
	good = cli_place(cli, &ask->filter.place) && good;
	good = cli_nat(cli, &ask->filter.nat) && good;
	good = cli_viewer(cli, &ask->filter.viewer) && good;
	if (!good)
		return CLI_REFUSED;
	cli_progress(cli, "filling the matrix", 0, CLI_PROGRESS_LONG);
	status = world_people(&asked.count, &cli->arena, cli->world, ask->filter.date);
	if (status == STATUS_OK)
		status = cover_grid(&grid, &cli->arena, cli->index, &asked.count, ask);
	if (status != STATUS_OK)
		return cli_status(cli, status, "filling the matrix");
	if (cli_given(cli, "why"))
		return matrix_why(cli, &asked, &grid);
	grid.asked = *ask;
	if (asked.format == CLI_CSV)
		print_csv(cli, &asked, &grid);
	else if (asked.format == CLI_JSON) {
		cover_grid_json(&cli->out, &cli->arena, cli->world, &grid, asked.limit);
		buf_add_char(&cli->out, '\n');
	} else
		status = matrix_print(cli, &asked, &grid);
	return cli_status(cli, status, "printing");
}
