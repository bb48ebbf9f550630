/* Sums of people by band and how a page shows them, for `gaps` and `world`: every figure with the
 * year and the source of the people behind it. */
#include "cli/gaps.h"

#include <assert.h>
#include <stdlib.h>

#define LABOUR_ROWS 5 /* shown beside the stock of one country */

void gap_sums_add(struct gap_sums *sums, const struct gap_cell *cell)
{
	sums->people += cell->cell.people;
	sums->bands[cell->band.band] += cell->cell.people;
	if (cell->band.band == BAND_NONE && cell->band.not_known)
		sums->not_known += cell->cell.people;
	else if (cell->band.band == BAND_NONE)
		sums->none_proven += cell->cell.people;
	cover_split_add(&sums->bounded, cell);
}

int64_t gap_sums_below(const struct gap_sums *sums, enum band below)
{
	int64_t people = 0;

	for (unsigned band = 0; band < (unsigned)below && band < BANDS; band++)
		people += sums->bands[band];
	return people;
}

uint32_t gaps_source(struct cli *cli, enum people_group group, int16_t year)
{
	const struct world *world = cli->world;
	int64_t *sums = ARENA_ARRAY(&cli->arena, world->sources_count, int64_t);
	uint32_t best = NONE32;

	for (size_t i = 0; sums && i < world->people_count; i++)
		if (world->people[i].group == group && world->people[i].year == year &&
			world->people[i].source != NONE32)
			sums[world->people[i].source] += world->people[i].people;
	for (uint32_t source = 0; sums && source < world->sources_count; source++)
		if (sums[source] > 0 && (best == NONE32 || sums[source] > sums[best]))
			best = source;
	return best;
}

struct str gaps_source_text(struct cli *cli, enum people_group group, int16_t year)
{
	uint32_t source = gaps_source(cli, group, year);

	if (source == NONE32)
		return STR("no figures on record");
	return str_format(&cli->arena, STR_FMT " (retrieved %s)",
		STR_ARG(words_source(cli, source)),
		page_date(cli->world->sources[source].retrieved).text);
}

/* A group without a year has no figures up to the date: not known, never none. */
static struct str protected_source(struct cli *cli, const struct people_count *count)
{
	struct arena *arena = &cli->arena;
	int16_t refugees = count->refugee_year, asylum = count->asylum_year;
	struct str source = refugees ? gaps_source_text(cli, GROUP_REFUGEE, refugees)
			    : asylum ? gaps_source_text(cli, GROUP_ASYLUM_SEEKER, asylum)
				     : STR_NONE;

	if (refugees && asylum)
		return str_format(arena, "refugees of %d and asylum-seekers of %d: " STR_FMT,
			refugees, asylum, STR_ARG(source));
	if (refugees)
		return str_format(arena,
			"refugees of %d: " STR_FMT "; asylum-seekers: no figures on record up to "
			"this date",
			refugees, STR_ARG(source));
	if (asylum)
		return str_format(arena,
			"asylum-seekers of %d: " STR_FMT "; refugees: no figures on record up to "
			"this date",
			asylum, STR_ARG(source));
	return STR("not known: no figures on record up to this date");
}

void gaps_print_sources(struct cli *cli, const struct people_count *count)
{
	struct buf *out = &cli->out;

	if (count->stock_year == 0) {
		page_wrap(out, STR("  People"), 12, cli->width,
			STR("not known: no figures on record up to this date, so every number "
			    "here is empty, not zero"));
		return;
	}
	page_wrap(out, STR("  People"), 12, cli->width,
		str_format(&cli->arena,
			"by origin (most are born there) and country, stock of %d: " STR_FMT,
			count->stock_year,
			STR_ARG(gaps_source_text(cli, GROUP_STOCK, count->stock_year))));
	page_wrap(out, STR("  Protected"), 12, cli->width, protected_source(cli, count));
}

/* A figure with its share; the note goes to a line of its own where the page is narrow. */
static void total(struct cli *cli, const char *label, int64_t people, int64_t of, const char *note)
{
	struct buf *out = &cli->out;

	page_label(out, str_of(label), 35, of ? 12 + 8 : 12, cli->width);
	page_pad(out, str_of(page_number(people).text), 12, true);
	if (of)
		page_pad(out, str_of(page_share(people, of).text), 8, true);
	if (note[0] && 2 + 35 + 12 + 8 + 2 + page_width(str_of(note)) <= cli->width)
		buf_add_format(out, "  %s", note);
	else if (note[0])
		buf_add_format(out, "\n      (%s)", note);
	buf_add_char(out, '\n');
}

/* The bands once more where no promise reaches more people than its capacity. */
static void bounded_totals(struct cli *cli, const struct band_split *split, int64_t foreigners)
{
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		STR("  Where no promise reaches more people than its capacity at one time (a "
		    "promise "
		    "without one in persons counts as owed):"));
	total(cli, "  promised, within capacity", split->bands[BAND_WILL], foreigners, "");
	total(cli, "  owed (shall)", split->bands[BAND_SHALL], foreigners, "");
	total(cli, "  allowed (may)", split->bands[BAND_MAY], foreigners, "may decline");
	total(cli, "  from abroad (remote)", split->bands[BAND_REMOTE], foreigners, "");
	total(cli, "  nobody, as far as is known", split->not_known, foreigners, "not a no");
	total(cli, "  nobody, proven", split->none_proven, foreigners, "");
}

void gaps_print_totals(struct cli *cli, const struct gaps *gaps)
{
	int64_t foreigners = gaps->people - gaps->own_state;

	total(cli, "people counted", gaps->people, 0, "");
	total(cli, "nationals of their host (no gap)", gaps->own_state, 0, "");
	total(cli, "foreigners", foreigners, 0, "");
	total(cli, "  promised (will)", gaps->bands[BAND_WILL], foreigners, "");
	total(cli, "  owed (shall)", gaps->bands[BAND_SHALL], foreigners, "");
	total(cli, "  allowed (may)", gaps->bands[BAND_MAY], foreigners, "may decline");
	total(cli, "  from abroad (remote)", gaps->bands[BAND_REMOTE], foreigners, "");
	total(cli, "  nobody, as far as is known", gaps->not_known, foreigners, "not a no");
	total(cli, "  nobody, proven", gaps->none_proven, foreigners, "");
	total(cli, "among them: band not known for sure", gaps->uncertain, foreigners, "");
	total(cli, "among them: protected people", gaps->protected_, foreigners, "");
	total(cli, "more help in part of the country", gaps->in_part, foreigners,
		"whatever its capacity");
	total(cli, "protected beyond the stock, apart", gaps->beyond_stock, 0, "");
	if (gaps->is_bounded && gaps->bands[BAND_WILL])
		bounded_totals(cli, &gaps->bounded, foreigners);
}

void gaps_print_record(struct cli *cli, int32_t date)
{
	if (cli_given(cli, "date") && date <= cli->world->as_of)
		return;
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  The date of record is %s: facts that have aged since then speak no "
			"longer and count as not known ('entente world' says how many).",
			page_date(cli->world->as_of).text));
}

static int by_pair(const void *a, const void *b)
{
	const struct people_row *one = *(const struct people_row *const *)a;
	const struct people_row *two = *(const struct people_row *const *)b;

	if (one->place != two->place)
		return one->place < two->place ? -1 : 1;
	if (one->origin != two->origin)
		return one->origin < two->origin ? -1 : 1;
	if (one->year != two->year)
		return one->year > two->year ? -1 : 1; /* the latest first */
	return one < two ? -1 : one > two;
}

static int by_people(const void *a, const void *b)
{
	const struct people_row *one = *(const struct people_row *const *)a;
	const struct people_row *two = *(const struct people_row *const *)b;

	if (one->people != two->people)
		return one->people > two->people ? -1 : 1;
	return by_pair(a, b);
}

const struct people_row **gaps_labour(
	struct cli *cli, uint32_t country, uint16_t nat, int32_t date, size_t *count)
{
	const struct world *world = cli->world;
	const struct people_row **rows =
		ARENA_ARRAY(&cli->arena, world->people_count + 1, const struct people_row *);
	int32_t year = date_civil(date).year;
	size_t found = 0;

	*count = 0;
	for (size_t i = 0; rows && i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->group == GROUP_LABOUR && row->origin != NONE32 && row->year <= year &&
			(country == NONE32 || row->place == country) &&
			(nat == NAT_NONE || row->nat == nat))
			rows[found++] = row;
	}
	if (!rows)
		return NULL;
	qsort(rows, found, sizeof(*rows), by_pair);
	for (size_t i = 0; i < found; i++)
		if (i == 0 || rows[i]->place != rows[*count - 1]->place ||
			rows[i]->origin != rows[*count - 1]->origin)
			rows[(*count)++] = rows[i];
	qsort(rows, *count, sizeof(*rows), by_people);
	return rows;
}

void gaps_print_labour(struct cli *cli, const struct gap_filter *filter)
{
	uint32_t place =
		filter->place == NONE32 ? NONE32 : cli->world->places[filter->place].country;
	const struct people_row **rows;
	size_t count;

	if (place == NONE32 || (filter->group >= 0 && filter->group != GROUP_STOCK))
		return;
	rows = gaps_labour(cli, place, filter->nat, filter->date, &count);
	for (size_t i = 0; rows && i < count && i < LABOUR_ROWS; i++) {
		const struct people_row *row = rows[i];
		struct str range = STR_NONE;
		if (row->low >= 0 && row->high >= 0)
			range = str_format(&cli->arena, " (%s..%s)", page_number(row->low).text,
				page_number(row->high).text);
		page_wrap(&cli->out, i ? STR_NONE : STR("  Labour"), 12, cli->width,
			str_format(&cli->arena, "%s" STR_FMT " from " STR_FMT ", %d: " STR_FMT,
				page_number(row->people).text, STR_ARG(range),
				STR_ARG(words_place(cli, row->origin)), row->year,
				STR_ARG(words_source(cli, row->source))));
	}
	if (rows && count > 0)
		page_wrap(&cli->out, STR_NONE, 12, cli->width,
			str_format(&cli->arena,
				"            labour figures of %s origin%s on record; never added "
				"to the stock: the same people may stand in both",
				page_number((int64_t)count).text, count == 1 ? "" : "s"));
}

struct str gaps_band_code(const struct gap_cell *cell)
{
	if (cell->band.band != BAND_NONE)
		return cover_band_words[cell->band.band];
	return cell->band.not_known ? STR("not_known") : STR("none_proven");
}

const struct gap_cell **gaps_sorted(
	struct cli *cli, const struct gaps *gaps, enum band below, size_t *count)
{
	const struct gap_cell **cells =
		ARENA_ARRAY(&cli->arena, gaps->cells_count, const struct gap_cell *);

	*count = 0;
	for (size_t i = 0; cells && i < gaps->cells_count; i++)
		if (cover_gap_below(&gaps->cells[i], below))
			cells[(*count)++] = &gaps->cells[i];
	if (cells)
		qsort_r(cells, *count, sizeof(*cells), cover_gap_order, cli->world);
	return cells;
}

/* "promised (will) to 40 of them, then nobody, proven". */
static struct str bounded_words(struct cli *cli, const struct gap_cell *cell, const char *sure)
{
	const struct band_split *split = cell->bounded;
	const char *next = split->not_known ? "nobody, as far as is known" : "nobody, proven";

	for (int band = BAND_REMOTE; band < BAND_WILL; band++)
		if (split->bands[band])
			next = words_band((enum band)band);
	if (split->bands[BAND_WILL] == 0)
		return str_format(
			&cli->arena, "promised (will)%s, without room for them: %s", sure, next);
	return str_format(&cli->arena, "promised (will) to %s of them%s, then %s",
		page_number(split->bands[BAND_WILL]).text, sure, next);
}

static struct str band_words(struct cli *cli, const struct gap_cell *cell)
{
	const char *sure = cell->band.uncertain ? ", not known for sure" : "";

	if (cell->bounded && cell->bounded->bands[BAND_WILL] < cell->cell.people)
		return bounded_words(cli, cell, sure);

	if (cell->band.band == BAND_NONE && cell->band.not_known)
		return words_tint(cli, TINT_UNKNOWN, STR("nobody, as far as is known"));
	if (cell->band.band == BAND_NONE)
		return words_tint(cli, BAND_NONE, STR("nobody, proven"));
	return words_tint(cli, (int)cell->band.band,
		str_format(&cli->arena, "%s (" STR_FMT ")%s", words_band(cell->band.band),
			STR_ARG(cover_band_words[cell->band.band]), sure));
}

void gaps_print_cells(struct cli *cli, const struct gap_cell **cells, size_t count, bool bands)
{
	struct table table;

	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "of", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "group", false, false);
	if (bands)
		table_column(&table, "who helps", false, true);
	for (size_t i = 0; i < count; i++) {
		const struct people_cell *cell = &cells[i]->cell;
		struct str row[5] = { str_format(&cli->arena, "%s", page_number(cell->people).text),
			words_nat(cli, cell->nat), words_place(cli, cell->place),
			str_of(words_group(cell->group)),
			bands ? band_words(cli, cells[i]) : STR_NONE };
		table_row(&table, row);
	}
	table_print(&cli->out, &table, 2, cli->width);
}
