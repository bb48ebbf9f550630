/* The world report's matrix: every service in a row. A narrow page shows the shares of the
 * foreigners by band and how many million people have somebody; a wide one the people themselves.
 * Services that no agreement on record gives to anybody are named under it, not tabled. */
#include "cli/report.h"

#include <string.h>

#define WIDE 110  /* columns from which the people stand in the table */
#define NARROW 76 /* columns under which the people and the band from abroad give way */
#define BAND_COLUMNS 6
#define REMOTE_COLUMN 3

static const char *const band_columns[BAND_COLUMNS] = { "will", "shall", "may", "remote",
	"not known", "nobody" };

static const char *leaf(const struct service *service)
{
	const char *dot = strchr(service->code, '.');

	return dot ? dot + 1 : service->code;
}

static int64_t foreigners(const struct gaps *gaps)
{
	return gaps->people - gaps->own_state;
}

/* The people for whom a service has somebody, in any band. */
static int64_t reached(const struct gaps *gaps)
{
	return foreigners(gaps) - gaps->not_known - gaps->none_proven;
}

static struct str figure(struct cli *cli, int64_t people, int64_t of, bool wide)
{
	if (people == 0)
		return STR("-");
	return str_format(
		&cli->arena, "%s", wide ? page_number(people).text : page_percent(people, of).text);
}

static struct str millions(struct cli *cli, int64_t people)
{
	if (people < 50000)
		return people ? STR("<0.1") : STR("-");
	return str_format(&cli->arena, "%.1f", (double)people / 1e6);
}

static void service_row(struct report *report, struct table *table, size_t service)
{
	bool wide = report->cli->width >= WIDE, narrow = report->cli->width < NARROW;
	const struct gaps *gaps = &report->services[service];
	struct cli *cli = report->cli;
	const int64_t figures[BAND_COLUMNS] = { gaps->bands[BAND_WILL], gaps->bands[BAND_SHALL],
		gaps->bands[BAND_MAY], gaps->bands[BAND_REMOTE], gaps->not_known,
		gaps->none_proven };
	struct str row[2 + BAND_COLUMNS];
	size_t count = 1;

	row[0] = str_format(&cli->arena, "\xC2\xA0%s", leaf(&world_services[service]));
	if (!narrow)
		row[count++] = wide ? str_format(&cli->arena, "%s %%",
					      page_percent(reached(gaps), foreigners(gaps)).text)
				    : millions(cli, reached(gaps));
	for (size_t i = 0; i < BAND_COLUMNS; i++)
		if (!narrow || i != REMOTE_COLUMN)
			row[count++] = figure(cli, figures[i], foreigners(gaps), wide);
	table_row(table, row);
}

static void nobody_at_all(struct report *report)
{
	struct cli *cli = report->cli;
	struct buf text;
	size_t count = 0;

	buf_init(&text, &cli->arena, 8192);
	for (size_t s = 0; s < world_service_count; s++) {
		const struct gaps *gaps = &report->services[s];
		if (reached(gaps) || gaps->not_known)
			continue;
		buf_add_format(&text, "%s%s", count++ ? ", " : "", world_services[s].code);
	}
	if (count)
		page_wrap(&cli->out, STR("  "), 2, cli->width,
			str_format(&cli->arena,
				"No agreement on record gives these %zu of the %zu services to "
				"anybody: " STR_FMT ".",
				count, world_service_count, STR_ARG(buf_str(&text))));
}

void report_services(struct report *report)
{
	static const char *const domains[DOMAINS] = { "information", "consular", "identity",
		"relief", "health", "protection", "movement", "support", "recovery" };
	struct cli *cli = report->cli;
	bool wide = cli->width >= WIDE, narrow = cli->width < NARROW;
	struct table table;
	int domain = -1;

	report_title(
		report, wide ? "By service: people, by how far somebody is bound"
			     : "By service: share of the foreigners in %, by how far somebody is "
			       "bound");
	table_init(&table, &cli->arena);
	table_column(&table, "service", false, true);
	if (!narrow)
		table_column(&table, wide ? "somebody" : "million", true, false);
	for (size_t i = 0; i < BAND_COLUMNS; i++)
		if (!narrow || i != REMOTE_COLUMN)
			table_column(&table, band_columns[i], true, false);
	for (size_t s = 0; s < world_service_count; s++) {
		if (!reached(&report->services[s]) && !report->services[s].not_known)
			continue;
		if ((int)world_services[s].domain != domain) {
			domain = (int)world_services[s].domain;
			struct str title[2 + BAND_COLUMNS] = { str_of(domains[domain]) };
			table_row(&table, title);
		}
		service_row(report, &table, s);
	}
	table_print(&cli->out, &table, 0, cli->width);
	nobody_at_all(report);
	if (narrow)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			STR("  Left out on this narrow page: the share from abroad (remote)."));
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		STR("  Not known: a fact that is missing could change the answer. Nobody: proven "
		    "so "
		    "on what is on record."));
}
