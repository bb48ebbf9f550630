/* `matrix`: how many parties answer, how far they are bound and whom nobody helps, by two axes of
 * nationality, place, service, phase, sector. */
#include "cli/matrix.h"
#include "cli/gaps.h"

#include <inttypes.h>

#define KEYS 20 /* nationalities or places of a table, when --limit does not say */

const char *const matrix_axes[GRID_AXES] = { "nationality", "place", "service", "phase", "sector" };

static struct str phase_word(uint32_t phase)
{
	for (unsigned i = 0; i < 3; i++)
		if (phase == 1u << i)
			return accord_phase_words[i];
	return STR_NONE;
}

struct str matrix_code(struct cli *cli, enum grid_axis axis, uint32_t key)
{
	switch (axis) {
	case GRID_NATIONALITY:
		return cli->world->nats[key].code;
	case GRID_PLACE:
		return cli->world->places[key].id;
	case GRID_SERVICE:
		return str_of(world_services[key].code);
	case GRID_PHASE:
		return phase_word(key);
	default:
		return str_format(&cli->arena, "%" PRIu32, key);
	}
}

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
		return matrix_code(cli, axis, key);
	}
}

/* ---- options ---- */

static bool read_axes(struct cli *cli, struct grid_asked *grid)
{
	int rows = cli_choice(cli, "rows", matrix_axes, GRID_AXES, GRID_AXES);
	int cols = cli_choice(cli, "cols", matrix_axes, GRID_AXES, GRID_AXES);

	if (rows < 0 || cols < 0)
		return false;
	if (rows == GRID_AXES) /* sectors against phases, as far as the other axis lets them */
		rows = cols == GRID_SECTOR ? GRID_PHASE : GRID_SECTOR;
	if (cols == GRID_AXES)
		cols = rows == GRID_PHASE ? GRID_SECTOR : GRID_PHASE;
	grid->rows = (enum grid_axis)rows;
	grid->cols = (enum grid_axis)cols;
	if (rows != cols)
		return true;
	cli_fault(cli, "--cols", "rows and columns are both %s", matrix_axes[rows]);
	return false;
}

static bool read_phases(struct cli *cli, struct grid_asked *grid)
{
	static const char *const words[] = { "before", "during", "after" };
	bool axis = grid->rows == GRID_PHASE || grid->cols == GRID_PHASE;
	int phase = cli_choice(cli, "phase", words, 3, 3);

	if (phase < 0)
		return false;
	grid->phases = phase < 3 ? 1u << phase
		       : axis    ? PHASE_BEFORE | PHASE_DURING | PHASE_AFTER
				 : PHASE_DURING;
	return true;
}

/* Where no axis tells services apart, everything that anybody gives would fall into one cell. */
static bool needs_service(struct cli *cli, const struct grid_asked *grid)
{
	enum grid_axis axes[2] = { grid->rows, grid->cols };

	for (int i = 0; i < 2; i++)
		if (axes[i] == GRID_SERVICE || axes[i] == GRID_SECTOR)
			return false;
	if (cli_given(cli, "service"))
		return false;
	cli_fault(
		cli, "--service", "a service is asked for where neither axis is service or sector");
	return true;
}

static bool read_words(struct cli *cli, struct asked_matrix *asked)
{
	struct grid_asked *grid = &asked->grid;
	bool good = read_axes(cli, grid);

	if (good)
		good = !needs_service(cli, grid);
	good = filter_group(cli, &grid->filter.group) && good;
	good = cli_date(cli, &grid->filter.date) && good;
	asked->format = cli_format(cli);
	good = asked->format >= 0 && good;
	good = cli_limit(
		       cli, "limit", asked->format == CLI_TABLE ? KEYS : SIZE_MAX, &asked->limit) &&
	       good;
	return read_phases(cli, grid) && good;
}

/* Nationalities and places beyond the limit are left out, most people first. */
static size_t kept(const struct asked_matrix *asked, enum grid_axis axis, size_t count)
{
	bool many = axis == GRID_NATIONALITY || axis == GRID_PLACE;

	return many && count > asked->limit ? asked->limit : count;
}

/* ---- machines ---- */

static void add_parties(struct cli *cli, const struct grid *grid, size_t row, size_t col, bool json)
{
	bool first = true;

	for (uint32_t party = 0; party < cli->world->parties_count; party++) {
		if (!cover_grid_has(grid, row, col, party))
			continue;
		if (!first)
			buf_add_char(&cli->out, json ? ',' : ' ');
		first = false;
		if (json)
			json_add_string(&cli->out, cli->world->parties[party].id);
		else
			buf_add(&cli->out, cli->world->parties[party].id);
	}
}

static void print_csv(struct cli *cli, const struct asked_matrix *asked, const struct grid *grid)
{
	struct buf *out = &cli->out;

	buf_add_format(out,
		"%s,%s,date,people,will,shall,may,remote,not_known,none_proven,uncertain,in_part,"
		"party_count,parties\r\n",
		matrix_axes[grid->asked.rows], matrix_axes[grid->asked.cols]);
	for (size_t row = 0; row < kept(asked, grid->asked.rows, grid->rows_count); row++)
		for (size_t col = 0; col < kept(asked, grid->asked.cols, grid->cols_count); col++) {
			const struct grid_cell *cell = &grid->cells[row * grid->cols_count + col];
			const int64_t figures[] = { cell->people, cell->split.bands[BAND_WILL],
				cell->split.bands[BAND_SHALL], cell->split.bands[BAND_MAY],
				cell->split.bands[BAND_REMOTE], cell->split.not_known,
				cell->split.none_proven, cell->uncertain, cell->in_part };
			csv_add_field(
				out, matrix_code(cli, grid->asked.rows, grid->rows[row]), true);
			csv_add_field(
				out, matrix_code(cli, grid->asked.cols, grid->cols[col]), false);
			csv_add_field(out, str_of(page_date(grid->asked.filter.date).text), false);
			for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
				buf_add_format(out, ",%" PRId64, figures[i]);
			buf_add_format(out, ",%" PRIu32 ",", cell->parties);
			add_parties(cli, grid, row, col, false);
			buf_add_c(out, "\r\n");
		}
}

static void json_cell(struct cli *cli, const struct grid *grid, size_t row, size_t col)
{
	const struct grid_cell *cell = &grid->cells[row * grid->cols_count + col];
	struct buf *out = &cli->out;

	buf_add_c(out, "{\"row\":");
	json_add_string(out, matrix_code(cli, grid->asked.rows, grid->rows[row]));
	buf_add_c(out, ",\"col\":");
	json_add_string(out, matrix_code(cli, grid->asked.cols, grid->cols[col]));
	buf_add_format(out, ",\"people\":%" PRId64 ",\"bands\":", cell->people);
	cover_split_json(out, &cell->split);
	buf_add_format(out,
		",\"uncertain\":%" PRId64 ",\"in_part\":%" PRId64 ",\"party_count\":%" PRIu32
		",\"parties\":[",
		cell->uncertain, cell->in_part, cell->parties);
	add_parties(cli, grid, row, col, true);
	buf_add_c(out, "]}");
}

static void print_json(struct cli *cli, const struct asked_matrix *asked, const struct grid *grid)
{
	struct buf *out = &cli->out;
	bool first = true;

	buf_add_format(out, "{\"rows\":\"%s\",\"cols\":\"%s\",\"date\":\"%s\",\"stock_year\":",
		matrix_axes[grid->asked.rows], matrix_axes[grid->asked.cols],
		page_date(grid->asked.filter.date).text);
	if (grid->stock_year)
		buf_add_format(out, "%d", grid->stock_year);
	else
		buf_add_c(out, "null");
	buf_add_c(out, ",\"cells\":[");
	for (size_t row = 0; row < kept(asked, grid->asked.rows, grid->rows_count); row++)
		for (size_t col = 0; col < kept(asked, grid->asked.cols, grid->cols_count); col++) {
			if (!first)
				buf_add_char(out, ',');
			first = false;
			json_cell(cli, grid, row, col);
		}
	buf_add_c(out, "]}\n");
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
	else if (asked.format == CLI_JSON)
		print_json(cli, &asked, &grid);
	else
		status = matrix_print(cli, &asked, &grid);
	return cli_status(cli, status, "printing");
}
