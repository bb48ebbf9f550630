/* The world report's labour migration: what surveys and registers say beside the stock, which
 * counts people by birth and misses or distorts contract labour. Shown beside the stock, never
 * added to it (model, "Who is counted"): the same people may stand in both. */
#include "cli/report.h"

#define ROWS_SHOWN 12

/* What the stock of the report's year says of the same pair. */
static struct str in_stock(const struct report *report, const struct people_row *row)
{
	const struct world *world = report->cli->world;

	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *other = &world->people[i];
		if (other->group == GROUP_STOCK && other->year == report->count.stock_year &&
			other->place == row->place && other->origin == row->origin)
			return str_format(
				&report->cli->arena, "%s", page_number(other->people).text);
	}
	return STR("not in it");
}

static struct str range(const struct report *report, const struct people_row *row)
{
	if (row->low < 0 || row->high < 0)
		return STR("not given");
	return str_format(&report->cli->arena, "%s to %s", page_number(row->low).text,
		page_number(row->high).text);
}

enum status report_labour(struct report *report)
{
	struct cli *cli = report->cli;
	size_t count;
	const struct people_row **rows = gaps_labour(cli, NONE32, NAT_NONE, report->date, &count);
	struct table table;
	uint32_t notes[ROWS_SHOWN];
	size_t notes_count = 0, shown = count < ROWS_SHOWN ? count : ROWS_SHOWN;

	if (!rows)
		return STATUS_NO_MEMORY;
	if (count == 0)
		return STATUS_OK;
	report_title(report,
		"People by survey or register, labour migration above all, beside the stock");
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "range", false, true);
	table_column(&table, "of", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "stock", true, false);
	table_column(&table, "year", false, false);
	for (size_t i = 0; i < shown; i++) {
		size_t note = 0;
		while (note < notes_count && notes[note] != rows[i]->source)
			note++;
		if (note == notes_count)
			notes[notes_count++] = rows[i]->source;
		struct str row[6] = { str_format(
					      &cli->arena, "%s", page_number(rows[i]->people).text),
			range(report, rows[i]), words_place(cli, rows[i]->origin),
			words_place(cli, rows[i]->place), in_stock(report, rows[i]),
			str_format(&cli->arena, "%d [%zu]", rows[i]->year, note + 1) };
		table_row(&table, row);
	}
	table_print(&cli->out, &table, 2, cli->width);
	for (size_t i = 0; i < notes_count; i++)
		page_wrap(&cli->out, str_format(&cli->arena, "  [%zu]", i + 1), 7, cli->width,
			words_source(cli, notes[i]));
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  The latest figures of %s pairs are on record. They are never added to "
			"the stock: the same people may stand in both.",
			page_number((int64_t)count).text));
	return STATUS_OK;
}
