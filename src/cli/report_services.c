/* The world report's matrix: every service in one row, shares of the foreigners by band; a wide
 * page shows the people too. */
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define WIDE 110 /* columns from which people stand beside shares */

static const char *const domains[DOMAINS] = { "information", "consular", "identity", "relief",
	"health", "protection", "movement", "support", "recovery" };

static struct str cell(struct cli *cli, int64_t people, int64_t of, bool wide)
{
	if (people == 0)
		return STR("-");
	if (!wide)
		return str_format(&cli->arena, "%s", page_share(people, of).text);
	return str_format(
		&cli->arena, "%s %s", page_number(people).text, page_share(people, of).text);
}

void report_services(struct report *report)
{
	static const char *const columns[] = { "promised", "owed", "allowed", "abroad", "not known",
		"nobody" };
	struct cli *cli = report->cli;
	bool wide = cli->width >= WIDE;
	struct table table;
	int domain = -1;

	report_title(report, wide ? "By service: people, and share of the foreigners"
				  : "By service: share of the foreigners");
	table_init(&table, &cli->arena);
	table_column(&table, "service", false, true);
	if (!wide)
		table_column(&table, "somebody", true, false);
	for (size_t i = 0; i < 6; i++)
		table_column(&table, columns[i], true, false);
	for (size_t s = 0; s < world_service_count; s++) {
		const struct gaps *gaps = &report->services[s];
		int64_t of = gaps->people - gaps->own_state;
		const int64_t figures[6] = { gaps->bands[BAND_WILL], gaps->bands[BAND_SHALL],
			gaps->bands[BAND_MAY], gaps->bands[BAND_REMOTE], gaps->not_known,
			gaps->none_proven };
		const char *dot = strchr(world_services[s].code, '.');
		struct str row[8] = { STR_NONE };
		size_t at = 0;
		if ((int)world_services[s].domain != domain) {
			struct str title[8] = { str_of(domains[world_services[s].domain]) };
			table_row(&table, title);
			domain = (int)world_services[s].domain;
		}
		row[at++] = str_format(
			&cli->arena, "\xC2\xA0%s", dot ? dot + 1 : world_services[s].code);
		if (!wide)
			row[at++] = str_format(&cli->arena, "%s",
				page_number(of - gaps->not_known - gaps->none_proven).text);
		for (size_t i = 0; i < 6; i++)
			row[at++] = cell(cli, figures[i], of, wide);
		table_row(&table, row);
	}
	table_print(&cli->out, &table, 2, cli->width);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		STR("  Not known: a fact that is missing could change the answer. Nobody: proven "
		    "so on what is on record."));
}
