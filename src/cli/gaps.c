/* `gaps`: for how many people, and for whom, nobody does: totals first, then the cells or their
 * sums. */
#include "cli/gaps.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include "wire/wire.h"

#define TABLE_ROWS 20 /* of a table, when --limit does not say */

enum by { BY_CELL, BY_PLACE, BY_NATIONALITY, BY_SERVICE };

struct asked_gaps {
	struct gap_filter filter;
	uint64_t services;
	size_t service_count;
	enum by by;
	enum band below;
	size_t limit;
	int format;
	bool hxl; /* a row of hashtags under the header of a CSV */
	struct people_count count;
	bool several; /* JSON is an array */
};

static bool read_services(struct cli *cli, struct asked_gaps *asked)
{
	if (!cli_services(cli, &asked->services))
		return false;
	asked->service_count = (size_t)__builtin_popcountll(asked->services);
	asked->several = !cli_given(cli, "service") || asked->service_count > 1;
	return true;
}

static bool read_words(struct cli *cli, struct asked_gaps *asked)
{
	static const char *const bys[] = { "cell", "place", "nationality", "service" };
	static const char *const bands[] = { "none", "remote", "may", "shall", "will", "all" };
	bool group = filter_group(cli, &asked->filter.group);
	int by = cli_choice(cli, "by", bys, 4, BY_CELL);
	int below = cli_choice(cli, "below", bands, 6, BAND_REMOTE);

	asked->format = cli_format(cli);
	if (below == 0)
		cli_fault(cli, "--below", "nothing is under 'none'");
	if (!cli_hxl(cli, asked->format, &asked->hxl) || !group || by < 0 || below <= 0 ||
		asked->format < 0)
		return false;
	asked->by = (enum by)by;
	asked->below = (enum band)below;
	return cli_limit(
		cli, "limit", asked->format == CLI_TABLE ? TABLE_ROWS : SIZE_MAX, &asked->limit);
}

/* Sums of the cells by place or nationality, under the number of the place or nationality. */
struct sum {
	uint32_t key;
	struct gap_sums sums;
};
struct sorted_sums {
	const struct world *world;
	enum by by;
	enum band below;
};

static struct str sum_code(const struct world *world, enum by by, uint32_t key)
{
	return by == BY_PLACE ? world->places[key].id : world->nats[key].code;
}

static int compare_sums(const void *a, const void *b, void *context)
{
	const struct sorted_sums *sorted = context;
	const struct sum *one = a, *two = b;
	int64_t under_one = gap_sums_below(&one->sums, sorted->below),
		under_two = gap_sums_below(&two->sums, sorted->below);

	if (under_one != under_two)
		return under_one > under_two ? -1 : 1;
	return str_cmp(sum_code(sorted->world, sorted->by, one->key),
		sum_code(sorted->world, sorted->by, two->key));
}

static struct sum *sum_cells(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps, size_t *count)
{
	size_t keys = asked->by == BY_PLACE ? cli->world->places_count : cli->world->nats_count;
	struct sum *sums = ARENA_ARRAY(&cli->arena, keys, struct sum);
	struct sorted_sums sorted = { cli->world, asked->by, asked->below };

	*count = 0;
	if (!sums)
		return NULL;
	for (size_t i = 0; i < gaps->cells_count; i++) {
		const struct people_cell *cell = &gaps->cells[i].cell;
		gap_sums_add(&sums[asked->by == BY_PLACE ? cell->place : cell->nat].sums,
			&gaps->cells[i]);
	}
	for (uint32_t key = 0; key < keys; key++)
		if (sums[key].sums.people) {
			struct gap_sums kept = sums[key].sums;
			sums[*count] = (struct sum){ key, kept };
			(*count)++;
		}
	qsort_r(sums, *count, sizeof(*sums), compare_sums, &sorted);
	return sums;
}

static void add_sums_json(struct buf *out, const struct gap_sums *sums)
{
	buf_add_format(out,
		",\"people\":%" PRId64 ",\"bands\":{\"will\":%" PRId64 ",\"shall\":%" PRId64
		",\"may\":%" PRId64 ",\"remote\":%" PRId64,
		sums->people, sums->bands[BAND_WILL], sums->bands[BAND_SHALL],
		sums->bands[BAND_MAY], sums->bands[BAND_REMOTE]);
	buf_add_format(out, ",\"not_known\":%" PRId64 ",\"none_proven\":%" PRId64 "}",
		sums->not_known, sums->none_proven);
	buf_add_c(out, ",\"bounded\":");
	cover_split_json(out, &sums->bounded);
	buf_add_char(out, '}');
}

static enum status print_json(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps)
{
	struct buf *out = &cli->out;
	const char *name = asked->by == BY_PLACE ? "place" : "nationality";
	enum status status = cover_gaps_json(
		out, cli->index, gaps, asked->below, asked->by == BY_CELL ? asked->limit : 0);
	struct sum *sums;
	size_t count;

	if (status != STATUS_OK || asked->by == BY_CELL || asked->by == BY_SERVICE)
		return status;
	sums = sum_cells(cli, asked, gaps, &count);
	if (!sums)
		return STATUS_NO_MEMORY;
	out->len--; /* the closing brace */
	buf_add_format(out, ",\"by\":\"%s\",\"sums\":[", name);
	for (size_t i = 0; i < count && i < asked->limit; i++) {
		buf_add_format(out, "%s{\"%s\":", i ? "," : "", name);
		json_add_string(out, sum_code(cli->world, asked->by, sums[i].key));
		add_sums_json(out, &sums[i].sums);
	}
	buf_add_c(out, "]}");
	return STATUS_OK;
}

static void csv_number(struct buf *out, int64_t n)
{
	buf_add_format(out, ",%" PRId64, n);
}

static void csv_split(struct buf *out, const struct band_split *split)
{
	csv_number(out, split->bands[BAND_WILL]);
	csv_number(out, split->bands[BAND_SHALL]);
	csv_number(out, split->bands[BAND_MAY]);
	csv_number(out, split->bands[BAND_REMOTE]);
	csv_number(out, split->not_known);
	csv_number(out, split->none_proven);
	buf_add_c(out, "\r\n");
}

static void csv_sums(struct buf *out, const struct gap_sums *sums)
{
	csv_number(out, sums->people);
	csv_number(out, sums->bands[BAND_WILL]);
	csv_number(out, sums->bands[BAND_SHALL]);
	csv_number(out, sums->bands[BAND_MAY]);
	csv_number(out, sums->bands[BAND_REMOTE]);
	csv_number(out, sums->not_known);
	csv_number(out, sums->none_proven);
	csv_split(out, &sums->bounded);
}

/* Columns of the cells; with --by, of the sums under the key that they go by. */
static const struct wire_column cell_columns[] = {
	{ "service", "#service+code" },
	{ "date", "#date" },
	{ "place", "#country+code+v_iso3" },
	{ "nationality", "#country+code+nationality+v_iso3" },
	{ "group", "#beneficiary+type" },
	{ "people", "#affected" },
	{ "band", "#status+code" },
	{ "uncertain", "#status+uncertain" },
	{ "in_part", "#status+in_part" },
	{ "bounded_will", "#affected+bounded+will" },
	{ "bounded_shall", "#affected+bounded+shall" },
	{ "bounded_may", "#affected+bounded+may" },
	{ "bounded_remote", "#affected+bounded+remote" },
	{ "bounded_not_known", "#affected+bounded+not_known" },
	{ "bounded_none_proven", "#affected+bounded+none_proven" },
};
static const struct wire_column sum_columns[] = {
	{ "people", "#affected" },
	{ "will", "#affected+will" },
	{ "shall", "#affected+shall" },
	{ "may", "#affected+may" },
	{ "remote", "#affected+remote" },
	{ "not_known", "#affected+not_known" },
	{ "none_proven", "#affected+none_proven" },
	{ "bounded_will", "#affected+bounded+will" },
	{ "bounded_shall", "#affected+bounded+shall" },
	{ "bounded_may", "#affected+bounded+may" },
	{ "bounded_remote", "#affected+bounded+remote" },
	{ "bounded_not_known", "#affected+bounded+not_known" },
	{ "bounded_none_proven", "#affected+bounded+none_proven" },
};
#define CELL_COLUMNS (sizeof(cell_columns) / sizeof(cell_columns[0]))
#define SUM_COLUMNS (sizeof(sum_columns) / sizeof(sum_columns[0]))

static void csv_header(struct cli *cli, const struct asked_gaps *asked)
{
	/* The key's column in cell_columns; 0: no key beside the service. */
	static const size_t keys[] = { [BY_PLACE] = 2, [BY_NATIONALITY] = 3 };
	struct wire_column columns[3 + SUM_COLUMNS] = { cell_columns[0], cell_columns[1] };
	size_t count = 2;

	if (asked->by == BY_CELL) {
		wire_header(&cli->out, cell_columns, CELL_COLUMNS, asked->hxl);
		return;
	}
	if (asked->by == BY_PLACE || asked->by == BY_NATIONALITY)
		columns[count++] = cell_columns[keys[asked->by]];
	for (size_t i = 0; i < SUM_COLUMNS; i++)
		columns[count++] = sum_columns[i];
	wire_header(&cli->out, columns, count, asked->hxl);
}

static enum status print_csv_cells(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps)
{
	struct buf *out = &cli->out;
	size_t count;
	const struct gap_cell **cells = gaps_sorted(cli, gaps, asked->below, &count);

	for (size_t i = 0; cells && i < count && i < asked->limit; i++) {
		const struct people_cell *cell = &cells[i]->cell;
		csv_add_field(out, str_of(world_services[gaps->service].code), true);
		csv_add_field(out, str_of(page_date(gaps->date).text), false);
		csv_add_field(out, cli->world->places[cell->place].id, false);
		csv_add_field(out, cli->world->nats[cell->nat].code, false);
		csv_add_field(out, world_people_group_words[cell->group], false);
		csv_number(out, cell->people);
		csv_add_field(out, gaps_band_code(cells[i]), false);
		struct band_split split = { 0 };
		cover_split_add(&split, cells[i]);
		buf_add_format(out, ",%s,%s", cells[i]->band.uncertain ? "true" : "false",
			cells[i]->band.in_part ? "true" : "false");
		csv_split(out, &split);
	}
	return cells ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status print_csv_sums(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps)
{
	struct buf *out = &cli->out;
	struct str service = str_of(world_services[gaps->service].code);
	struct gap_sums all = { 0 };
	struct sum *sums;
	size_t count;

	if (asked->by == BY_SERVICE) {
		for (size_t i = 0; i < gaps->cells_count; i++)
			gap_sums_add(&all, &gaps->cells[i]);
		csv_add_field(out, service, true);
		csv_add_field(out, str_of(page_date(gaps->date).text), false);
		csv_sums(out, &all);
		return STATUS_OK;
	}
	sums = sum_cells(cli, asked, gaps, &count);
	for (size_t i = 0; sums && i < count && i < asked->limit; i++) {
		csv_add_field(out, service, true);
		csv_add_field(out, str_of(page_date(gaps->date).text), false);
		csv_add_field(out, sum_code(cli->world, asked->by, sums[i].key), false);
		csv_sums(out, &sums[i].sums);
	}
	return sums ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Sums as a table: people by band, or where that is too wide for the page (SHARES) bands in per
 * cent. Without PEOPLE the column of all people is left out: it says the same in every row. */
struct sums_table {
	struct table table;
	bool shares, people;
};

static void sums_columns(struct sums_table *to, const char *key)
{
	static const char *const words[2][6] = {
		{ "promised", "owed", "allowed", "abroad", "not known", "nobody" },
		{ "will", "shall", "may", "remote", "not known", "nobody" },
	};

	table_init(&to->table, to->table.arena);
	table_column(&to->table, key, false, true);
	if (to->people)
		table_column(&to->table, "people", true, false);
	for (size_t i = 0; i < 6; i++)
		table_column(&to->table, words[to->shares][i], true, false);
}

static void sums_row(
	struct cli *cli, struct sums_table *to, struct str key, const struct gap_sums *sums)
{
	const int64_t figures[7] = { sums->people, sums->bands[BAND_WILL], sums->bands[BAND_SHALL],
		sums->bands[BAND_MAY], sums->bands[BAND_REMOTE], sums->not_known,
		sums->none_proven };
	struct str row[8] = { key };
	size_t count = 1;

	for (size_t i = to->people ? 0 : 1; i < 7; i++) {
		struct number number = to->shares && i ? page_percent(figures[i], sums->people)
						       : page_number(figures[i]);
		row[count++] = figures[i] ? str_format(&cli->arena, "%s", number.text) : STR("-");
	}
	table_row(&to->table, row);
}

/* The rows under KEYS: with people where the page has room for them, else with shares. */
static void print_sums(struct cli *cli, const char *title, const struct str *keys,
	const struct sum *sums, size_t count, bool people)
{
	struct sums_table to = { .people = people };
	int lines;

	for (int shares = 0; shares < 2; shares++) {
		to.shares = shares > 0;
		to.table.arena = &cli->arena;
		sums_columns(&to, title);
		for (size_t i = 0; i < count; i++)
			sums_row(cli, &to, keys[i], &sums[i].sums);
		lines = table_fit(&to.table, 2, cli->width);
		if (lines == 1 || (!people && lines == 2))
			break;
	}
	table_print(&cli->out, &to.table, 2, cli->width);
	if (to.shares)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			STR("  Bands in % of the foreigners; a wider page or --format csv gives "
			    "the people."));
}

/* The filters in words: ", in X, people of Y, refugees only". */
static void add_filters(struct cli *cli, struct buf *text, const struct gap_filter *filter)
{
	if (filter->place != NONE32)
		buf_add_format(text, ", in " STR_FMT, STR_ARG(words_place(cli, filter->place)));
	if (filter->nat != NAT_NONE)
		buf_add_format(text, ", people of " STR_FMT, STR_ARG(words_nat(cli, filter->nat)));
	if (filter->group == GROUP_STOCK)
		buf_add_c(text, ", the stock only");
	else if (filter->group >= 0)
		buf_add_format(text, ", %s only", words_group((enum people_group)filter->group));
}

static void heading(struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	buf_add_format(&text,
		"How far somebody is bound to help, and whom nobody does: %s (%s), on %s",
		world_services[gaps->service].label_en, world_services[gaps->service].code,
		page_date(gaps->date).text);
	add_filters(cli, &text, &asked->filter);
	page_wrap(&cli->out, STR_NONE, 0, cli->width, buf_str(&text));
	buf_add_char(&cli->out, '\n');
}

static void cut_note(struct cli *cli, size_t shown, size_t count)
{
	if (shown < count)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			str_format(&cli->arena,
				"  %zu of %s rows; --limit shows more, --format csv all.", shown,
				page_number((int64_t)count).text));
}

static void print_sources(struct cli *cli, const struct asked_gaps *asked)
{
	buf_add_char(&cli->out, '\n');
	gaps_print_sources(cli, &asked->count);
	gaps_print_labour(cli, &asked->filter);
}

static enum status print_table(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps)
{
	size_t count = 0, shown;

	heading(cli, asked, gaps);
	gaps_print_totals(cli, gaps);
	gaps_print_record(cli, gaps->date);
	buf_add_char(&cli->out, '\n');
	if (asked->by == BY_CELL) {
		const struct gap_cell **cells = gaps_sorted(cli, gaps, asked->below, &count);
		if (!cells)
			return STATUS_NO_MEMORY;
		shown = count < asked->limit ? count : asked->limit;
		if (shown)
			gaps_print_cells(cli, cells, shown, true);
	} else {
		struct sum *sums = sum_cells(cli, asked, gaps, &count);
		struct str *keys = ARENA_ARRAY(&cli->arena, count + 1, struct str);
		if (!sums || !keys)
			return STATUS_NO_MEMORY;
		shown = count < asked->limit ? count : asked->limit;
		for (size_t i = 0; i < shown; i++)
			keys[i] = asked->by == BY_PLACE ? words_place(cli, sums[i].key)
							: words_nat(cli, (uint16_t)sums[i].key);
		print_sums(cli, asked->by == BY_PLACE ? "in" : "of", keys, sums, shown, true);
	}
	cut_note(cli, shown, count);
	print_sources(cli, asked);
	return STATUS_OK;
}

/* All services asked for, one a row. */
static void print_matrix(struct cli *cli, const struct asked_gaps *asked, const struct str *keys,
	const struct sum *sums, size_t count)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	buf_add_format(&text, "People by service and by how far somebody is bound, on %s",
		page_date(asked->filter.date).text);
	add_filters(cli, &text, &asked->filter);
	buf_add_format(&text, ": %s foreigners", page_number(count ? sums[0].sums.people : 0).text);
	page_wrap(&cli->out, STR_NONE, 0, cli->width, buf_str(&text));
	buf_add_char(&cli->out, '\n');
	print_sums(cli, "service", keys, sums, count, false);
	gaps_print_record(cli, asked->filter.date);
	print_sources(cli, asked);
}

static enum status print_one(
	struct cli *cli, const struct asked_gaps *asked, const struct gaps *gaps, struct sum *row)
{
	if (asked->format == CLI_JSON)
		return print_json(cli, asked, gaps);
	if (asked->format == CLI_CSV)
		return asked->by == BY_CELL ? print_csv_cells(cli, asked, gaps)
					    : print_csv_sums(cli, asked, gaps);
	if (!asked->several && asked->by != BY_SERVICE)
		return print_table(cli, asked, gaps);
	for (size_t i = 0; i < gaps->cells_count; i++)
		gap_sums_add(&row->sums, &gaps->cells[i]);
	return STATUS_OK;
}

static enum status print_all(struct cli *cli, struct asked_gaps *asked)
{
	struct sum rows[WORLD_SERVICES_MAX] = { 0 };
	struct str keys[WORLD_SERVICES_MAX];
	bool many = asked->several || asked->by == BY_SERVICE,
	     array = asked->format == CLI_JSON && many;
	enum status status;
	size_t done = 0;

	status = world_people(&asked->count, &cli->arena, cli->world, asked->filter.date);
	if (asked->format == CLI_CSV)
		csv_header(cli, asked);
	if (array)
		buf_add_char(&cli->out, '[');
	for (unsigned service = 0; service < world_service_count && status == STATUS_OK;
		service++) {
		struct gaps gaps;
		if (!(asked->services >> service & 1u))
			continue;
		cli_progress(cli, "counting services", done, asked->service_count);
		status = cover_gaps(&gaps, &cli->arena, cli->index, &asked->count, (uint8_t)service,
			&asked->filter);
		if (status == STATUS_OK)
			status = cover_bound(
				&gaps, &cli->arena, cli->index, &asked->count, &asked->filter);
		if (array && done)
			buf_add_char(&cli->out, ',');
		keys[done] = str_of(world_services[service].code);
		if (status == STATUS_OK)
			status = print_one(cli, asked, &gaps, &rows[done]);
		done++;
	}
	if (asked->format == CLI_JSON)
		buf_add_c(&cli->out, array ? "]\n" : "\n");
	if (asked->format == CLI_TABLE && many && status == STATUS_OK)
		print_matrix(cli, asked, keys, rows, done);
	return status;
}

enum cli_exit cmd_gaps(struct cli *cli)
{
	struct asked_gaps asked = {
		.filter = { .place = NONE32, .nat = NAT_NONE, .group = -1, .viewer = VIEWER_ALL }
	};
	bool good;
	enum cli_exit code;

	code = cli_no_operands(cli);
	if (code != CLI_ANSWERED)
		return code;
	good = read_words(cli, &asked);
	good = cli_date(cli, &asked.filter.date) && good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	good = read_services(cli, &asked);
	good = cli_place(cli, &asked.filter.place) && good;
	good = cli_nat(cli, &asked.filter.nat) && good;
	good = cli_viewer(cli, &asked.filter.viewer) && good;
	if (!good)
		return CLI_REFUSED;
	return cli_status(cli, print_all(cli, &asked), "counting");
}
