/* `matrix --why ROW,COL`: the clauses that answer the questions of one cell, and its people by the
 * best of them. */
#include <inttypes.h>
#include <stdlib.h>
#include "cli/gaps.h"
#include "cli/matrix.h"

#define ROWS 20

/* A commitment that answers, and for whom. */
struct clause {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint64_t *parties;
	enum band best;
	int64_t people; /* to whom it answers some question of the cell, each cell once */
	size_t last;    /* cell of people counted last, plus one */
};
/* A cell of people whose questions fall into it. */
struct folk {
	const struct people_cell *cell;
	enum band best;
	bool certain, not_known;
};
struct whys {
	struct clause *items;
	size_t count, capacity;
	struct folk *folk; /* with room for every cell of people */
	size_t folk_count;
};

static int by_people(const void *a, const void *b)
{
	const struct clause *x = a, *y = b;
	int by;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	by = str_cmp(x->agreement->id, y->agreement->id);
	return by ? by : str_cmp(x->commitment->id, y->commitment->id);
}

static size_t find_key(
	struct cli *cli, enum grid_axis axis, const uint32_t *keys, size_t count, struct str word)
{
	struct str *codes = ARENA_ARRAY(&cli->arena, count + 1, struct str);
	struct str hint;

	for (size_t i = 0; codes && i < count; i++) {
		codes[i] = cover_grid_code(&cli->arena, cli->world, axis, keys[i]);
		if (str_eq(codes[i], word))
			return i;
	}
	if (utf8_valid_prefix(word) != word.len) {
		cli_fault(cli, "--why", "bytes that are not UTF-8");
		return count;
	}
	hint = codes ? diags_suggest(&cli->diags, str_sub(word, 0, 64), codes, count) : STR_NONE;
	cli_fault(cli, "--why", "no %s '" STR_FMT "' in this matrix" STR_FMT, cover_grid_axes[axis],
		STR_ARG(str_sub(word, 0, 64)), STR_ARG(hint));
	return count;
}

/* The question of CELL, SERVICE, PHASE falls into the grid's cell of keys ROW and COL. */
static bool falls_into(enum grid_axis axis, uint32_t key, const struct people_cell *cell,
	uint8_t service, unsigned phase)
{
	switch (axis) {
	case GRID_NATIONALITY:
		return cell->nat == key;
	case GRID_PLACE:
		return cell->place == key;
	case GRID_SERVICE:
		return service == key;
	case GRID_PHASE:
		return phase == key;
	default:
		return (uint32_t)world_services[service].mcof_sector == key;
	}
}

static enum status take_answer(struct whys *out, struct cli *cli, const struct answer *answer,
	int64_t people, size_t number)
{
	struct clause *clause = NULL;
	void *items = out->items;

	for (size_t i = 0; i < out->count && !clause; i++)
		if (out->items[i].agreement == answer->agreement &&
			str_eq(out->items[i].commitment->id, answer->commitment->id))
			clause = &out->items[i];
	if (!clause) {
		clause = arena_push(
			&cli->arena, &items, &out->count, &out->capacity, sizeof *clause);
		out->items = items;
		if (!clause)
			return STATUS_NO_MEMORY;
		*clause = (struct clause){ .agreement = answer->agreement,
			.commitment = answer->commitment,
			.parties = arena_get_array(
				&cli->arena, cli->world->parties_count / 64 + 1, 8) };
		if (!clause->parties)
			return STATUS_NO_MEMORY;
	}
	clause->parties[answer->provider / 64] |= UINT64_C(1) << (answer->provider % 64);
	if (answer->band > clause->best)
		clause->best = answer->band;
	if (clause->last != number + 1)
		clause->people += people;
	clause->last = number + 1;
	return STATUS_OK;
}

static struct folk *folk_of(struct whys *out, const struct people_cell *cell)
{
	if (out->folk_count == 0 || out->folk[out->folk_count - 1].cell != cell)
		out->folk[out->folk_count++] = (struct folk){ .cell = cell };
	return &out->folk[out->folk_count - 1];
}

static void take_band(struct folk *folk, const struct answer *answer)
{
	if (answer->band > folk->best)
		folk->certain = false;
	if (answer->band < folk->best)
		return;
	folk->best = answer->band;
	folk->certain |= answer->certainty == TRUTH_T;
}

static enum status ask(struct whys *out, struct cli *cli, const struct asked_matrix *asked,
	const struct people_cell *cell, size_t number, uint8_t service, enum phase phase)
{
	const struct gap_filter *filter = &asked->grid.filter;
	struct folk *folk = folk_of(out, cell);
	struct answers answers;
	struct query query;
	struct arena own;
	enum status status;

	cover_query_init(&query, filter->date, filter->viewer);
	query.nats[0] = cell->nat;
	query.nat_count = 1;
	query.place = cell->place;
	query.service = service;
	query.phase = phase;
	if (cell->group != GROUP_STOCK) {
		query.statuses = PERSON_BIT(
			cell->group == GROUP_REFUGEE ? PERSON_REFUGEE : PERSON_ASYLUM_SEEKER);
		query.residence = cli->world->places[cell->place].nat;
	}
	arena_init(&own, cli->arena.allocator, cli->arena.max);
	status = cover_who(&answers, &own, cli->index, &query);
	folk->not_known |= status == STATUS_OK && answers.not_known;
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count; i++) {
		if (answers.items[i].held)
			continue;
		take_band(folk, &answers.items[i]);
		status = take_answer(out, cli, &answers.items[i], cell->people, number);
	}
	arena_free(&own);
	return status;
}

static enum status collect(struct whys *out, struct cli *cli, const struct asked_matrix *asked,
	uint32_t row, uint32_t col)
{
	const struct grid_asked *grid = &asked->grid;
	enum status status;
	struct gaps people;

	status = cover_gaps(&people, &cli->arena, cli->index, &asked->count, 0, &grid->filter);
	if (status != STATUS_OK)
		return status;
	out->folk = ARENA_ARRAY(&cli->arena, people.cells_count + 1, struct folk);
	if (!out->folk)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; status == STATUS_OK && i < people.cells_count; i++)
		for (uint8_t service = 0; service < world_service_count; service++)
			for (unsigned p = 0; p < 3 && status == STATUS_OK; p++) {
				const struct people_cell *cell = &people.cells[i].cell;
				unsigned phase = 1u << p;
				if ((grid->services >> service & 1u) && (grid->phases & phase) &&
					falls_into(grid->rows, row, cell, service, phase) &&
					falls_into(grid->cols, col, cell, service, phase))
					status = ask(out, cli, asked, cell, i, service,
						(enum phase)phase);
			}
	return status;
}

static void print_people(struct cli *cli, const struct grid_cell *cell)
{
	const struct {
		const char *words;
		int64_t people;
	} rows[] = { { "people counted", cell->people },
		{ "promised (will)", cell->split.bands[BAND_WILL] },
		{ "owed (shall)", cell->split.bands[BAND_SHALL] },
		{ "allowed (may)", cell->split.bands[BAND_MAY] },
		{ "from abroad (remote)", cell->split.bands[BAND_REMOTE] },
		{ "nobody, as far as is known", cell->split.not_known },
		{ "nobody, proven", cell->split.none_proven },
		{ "among them: not known for sure", cell->uncertain },
		{ "more help in a part of the country", cell->in_part } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (i && rows[i].people == 0)
			continue;
		buf_add_c(&cli->out, "  ");
		page_pad(&cli->out, str_of(rows[i].words), 36, false);
		page_pad(&cli->out, str_of(page_number(rows[i].people).text), 12, true);
		if (i)
			page_pad(&cli->out, str_of(page_share(rows[i].people, cell->people).text),
				9, true);
		buf_add_char(&cli->out, '\n');
	}
}

static void print_clauses(struct cli *cli, struct whys *whys)
{
	struct table table;

	if (whys->count == 0) {
		buf_add_c(&cli->out, "\n  No clause answers here.\n");
		return;
	}
	qsort(whys->items, whys->count, sizeof *whys->items, by_people);
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "parties", true, false);
	table_column(&table, "bound", false, false);
	table_column(&table, "agreement, clause", false, true);
	for (size_t i = 0; i < whys->count && i < ROWS; i++) {
		const struct clause *clause = &whys->items[i];
		uint32_t parties = 0, last = 0;
		for (uint32_t party = 0; party < cli->world->parties_count; party++)
			if (clause->parties[party / 64] >> (party % 64) & 1u) {
				parties++;
				last = party;
			}
		struct str row[4] = { str_format(
					      &cli->arena, "%s", page_number(clause->people).text),
			parties == 1 ? cli->world->parties[last].id
				     : str_format(&cli->arena, "%" PRIu32, parties),
			cover_band_words[clause->best],
			str_format(&cli->arena, STR_FMT ", " STR_FMT " (" STR_FMT ")",
				STR_ARG(clause->agreement->id), STR_ARG(clause->commitment->id),
				STR_ARG(clause->commitment->clause)) };
		table_row(&table, row);
	}
	buf_add_char(&cli->out, '\n');
	table_print(&cli->out, &table, 2, cli->width);
	if (whys->count > ROWS)
		buf_add_format(&cli->out, "  %d of %zu clauses.\n", ROWS, whys->count);
}

static int by_folk(const void *a, const void *b, void *world)
{
	const struct world *names = world;
	const struct people_cell *x = ((const struct folk *)a)->cell,
				 *y = ((const struct folk *)b)->cell;
	int by;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	by = str_cmp(names->places[x->place].id, names->places[y->place].id);
	if (!by)
		by = str_cmp(names->nats[x->nat].code, names->nats[y->nat].code);
	return by ? by : (int)x->group - (int)y->group;
}

/* Whom the cell counts, most first, and the best that they get. */
static void print_folk(struct cli *cli, struct whys *whys)
{
	struct table table;

	if (whys->folk_count == 0)
		return;
	qsort_r(whys->folk, whys->folk_count, sizeof *whys->folk, by_folk, cli->world);
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "of", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "group", false, false);
	table_column(&table, "best", false, true);
	for (size_t i = 0; i < whys->folk_count && i < ROWS; i++) {
		const struct folk *folk = &whys->folk[i];
		const char *none =
			folk->not_known ? "nobody, as far as is known" : "nobody, proven";
		struct str row[5] = { str_format(&cli->arena, "%s",
					      page_number(folk->cell->people).text),
			words_nat(cli, folk->cell->nat), words_place(cli, folk->cell->place),
			str_of(words_group(folk->cell->group)),
			str_format(&cli->arena, "%s%s", folk->best ? words_band(folk->best) : none,
				folk->best && !folk->certain ? ", not known for sure" : "") };
		table_row(&table, row);
	}
	buf_add_char(&cli->out, '\n');
	table_print(&cli->out, &table, 2, cli->width);
	if (whys->folk_count > ROWS)
		buf_add_format(&cli->out, "  %d of %zu cells of people.\n", ROWS, whys->folk_count);
}

enum cli_exit matrix_why(struct cli *cli, const struct asked_matrix *asked, const struct grid *grid)
{
	struct str rest = cli_value(cli, "why"), row_word = STR_NONE, col_word = STR_NONE;
	struct whys whys = { 0 };
	size_t row, col;
	enum status status;

	str_next_word(&rest, ",", &row_word);
	str_next_word(&rest, ",", &col_word);
	if (!col_word.ptr)
		return cli_fault(cli, "--why", "a row and a column are asked for, as 12,during");
	row = find_key(cli, grid->asked.rows, grid->rows, grid->rows_count, row_word);
	col = find_key(cli, grid->asked.cols, grid->cols, grid->cols_count, col_word);
	if (row == grid->rows_count || col == grid->cols_count)
		return CLI_REFUSED;
	if (asked->format != CLI_TABLE)
		return cli_fault(cli, "--why", "is for people; JSON and CSV name a cell's parties");
	status = collect(&whys, cli, asked, grid->rows[row], grid->cols[col]);
	if (status != STATUS_OK)
		return cli_status(cli, status, "asking");
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "%s " STR_FMT ", %s " STR_FMT ", on %s",
			cover_grid_axes[grid->asked.rows],
			STR_ARG(matrix_name(cli, grid->asked.rows, grid->rows[row])),
			cover_grid_axes[grid->asked.cols],
			STR_ARG(matrix_name(cli, grid->asked.cols, grid->cols[col])),
			page_date(grid->asked.filter.date).text));
	buf_add_char(&cli->out, '\n');
	print_people(cli, &grid->cells[row * grid->cols_count + col]);
	print_clauses(cli, &whys);
	print_folk(cli, &whys);
	buf_add_char(&cli->out, '\n');
	gaps_print_sources(cli, &asked->count);
	return CLI_ANSWERED;
}
