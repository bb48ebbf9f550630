/* The world report's last question: which facts not known decide the answer of the most people, for
 * the service looked at? The same figures as `unknowns`. */
#include "cli/report.h"

#define FACTS_SHOWN 12

static struct str last_word(const struct report *report, const struct unknown_fact *fact)
{
	struct cli *cli = report->cli;
	struct presence presence = world_presence(
		cli->world, fact->party, fact->country, LEVELS_ALL, report->lead, report->date);

	if (presence.post_row != NONE32) {
		const struct post_row *post = &cli->world->posts[presence.post_row];
		return str_format(&cli->arena, STR_FMT ", as of %s", STR_ARG(post->id),
			page_date(post->as_of).text);
	}
	if (presence.office_row != NONE32)
		return str_format(&cli->arena, "an office, as of %s",
			page_date(cli->world->offices[presence.office_row].as_of).text);
	return STR("nothing");
}

enum status report_unknown(struct report *report)
{
	struct cli *cli = report->cli;
	struct unknown_filter filter = { .services = UINT64_C(1) << report->lead,
		.place = NONE32,
		.date = report->date,
		.viewer = report->viewer };
	struct unknowns unknowns;
	enum status status =
		cover_unknowns(&unknowns, &cli->arena, cli->index, &report->count, &filter);
	size_t shown = 0;
	struct table table;

	if (status != STATUS_OK)
		return status;
	report_title(
		report, str_format(&cli->arena,
				"Find out first: presences that decide for the most people, %s",
				world_services[report->lead].code)
				.ptr);
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "is this party present", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "on record", false, true);
	for (size_t i = 0; i < unknowns.items_count && shown < FACTS_SHOWN; i++) {
		const struct unknown_fact *fact = &unknowns.items[i];
		if (fact->kind != UNKNOWN_PRESENCE)
			continue;
		struct str row[4] = { str_format(&cli->arena, "%s", page_number(fact->people).text),
			words_party(cli, fact->party), words_place(cli, fact->country),
			last_word(report, fact) };
		table_row(&table, row);
		shown++;
	}
	if (shown)
		table_print(&cli->out, &table, 2, cli->width);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  %s such facts; counted are people whose answer is not sure and would "
			"change if this one fact were known. More: entente unknowns.",
			page_number((int64_t)unknowns.items_count).text));
	return STATUS_OK;
}
