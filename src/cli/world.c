/* `world`: the page an analyst would print. The date of record, who is counted, how far somebody is
 * bound to help them and through which agreements, every service, the largest gaps, what to find
 * out first, what is stale today, the sources, and how long it took. */
#include "cli/report.h"

#include <assert.h>

#define LEAD "consular.travel-document"
#define GAPS_SHOWN 20

void report_query(const struct report *report, const struct people_cell *cell, uint8_t service,
	struct query *query)
{
	cover_query_init(query, report->date, report->viewer);
	query->nats[0] = cell->nat;
	query->nat_count = 1;
	query->place = cell->place;
	query->service = service;
	if (cell->group == GROUP_STOCK)
		return;
	query->statuses = cell->group == GROUP_REFUGEE ? PERSON_BIT(PERSON_REFUGEE)
						       : PERSON_BIT(PERSON_ASYLUM_SEEKER);
	query->residence = report->cli->world->places[cell->place].nat;
}

void report_title(struct report *report, const char *title)
{
	struct buf *out = &report->cli->out;

	buf_add_char(out, '\n');
	page_wrap(out, STR_NONE, 0, report->cli->width, str_of(title));
	page_repeat(out, '-',
		page_width(str_of(title)) < report->cli->width ? page_width(str_of(title))
							       : report->cli->width);
	buf_add_char(out, '\n');
}

static enum status count_services(struct report *report)
{
	struct cli *cli = report->cli;
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = report->date,
		.viewer = report->viewer };
	enum status status = world_people(&report->count, &cli->arena, cli->world, report->date);

	report->services = ARENA_ARRAY(&cli->arena, world_service_count, struct gaps);
	if (!report->services)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world_service_count && status == STATUS_OK; i++) {
		cli_progress(cli, "counting services", i, world_service_count);
		status = cover_gaps(&report->services[i], &cli->arena, cli->index, &report->count,
			(uint8_t)i, &filter);
	}
	return status;
}

static void opening(struct report *report)
{
	struct cli *cli = report->cli;
	size_t in_force = 0, commitments = 0;

	for (size_t i = 0; i < cli->accords.items_count; i++)
		if (cover_visible(
			    cli->index, &cli->accords.items[i], report->viewer, report->date) &&
			accord_in_force(&cli->accords.items[i], report->date) == FORCE_YES) {
			in_force++;
			commitments += cli->accords.items[i].commitments_count;
		}
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"Who helps foreigners, and whom nobody does: " STR_FMT ", %s%s",
			STR_ARG(cli->world->name), page_date(report->date).text,
			report->date == cli->world->as_of ? " (the date of record)" : ""));
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"%zu agreements in force with %s commitments; %s posts, %s offices of "
			"organizations on record",
			in_force, page_number((int64_t)commitments).text,
			page_number((int64_t)cli->world->post_count).text,
			page_number((int64_t)cli->world->offices_count).text));
}

static void people_row(struct report *report, const char *label, int64_t people, const char *note)
{
	struct buf *out = &report->cli->out;

	page_label(out, str_of(label), 38, 13, report->cli->width);
	page_pad(out, str_of(page_number(people).text), 13, true);
	if (note[0] && report->cli->width >= 76)
		buf_add_format(out, "  %s", note);
	buf_add_char(out, '\n');
}

static void people(struct report *report)
{
	const struct people_count *count = &report->count;

	report_title(report, "People counted");
	people_row(report, "people outside their origin", count->people, "");
	people_row(report, "  nationals of their host", count->own_state, "no foreigners there");
	people_row(report, "  foreigners", count->people - count->own_state, "");
	people_row(report, "    of them refugees, asylum-seekers", count->protected_, "");
	people_row(report, "protected beyond the stock", count->beyond_stock, "counted apart");
	gaps_print_sources(report->cli, count);
}

/* The first GAPS_SHOWN cells without any answer that are (not) proven. */
static enum status largest(struct report *report, bool not_known, const char *title)
{
	struct cli *cli = report->cli;
	const struct gaps *gaps = &report->services[report->lead];
	size_t count, kept = 0;
	const struct gap_cell **cells = gaps_sorted(cli, gaps, BAND_REMOTE, &count);

	if (!cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		if (cells[i]->band.not_known == not_known)
			cells[kept++] = cells[i];
	report_title(report, str_format(&cli->arena, "%s: %s", title, LEAD).ptr);
	if (kept)
		gaps_print_cells(cli, cells, kept < GAPS_SHOWN ? kept : GAPS_SHOWN, false);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena, "  %s cells in all, %s people.",
			page_number((int64_t)kept).text,
			page_number(not_known ? gaps->not_known : gaps->none_proven).text));
	return STATUS_OK;
}

/* The facts' sources that carry the most rows of posts. */
static void sources(struct report *report)
{
	struct cli *cli = report->cli;
	const struct world *world = cli->world;
	size_t *rows = ARENA_ARRAY(&cli->arena, world->sources_count + 1, size_t);

	report_title(report, "Sources");
	gaps_print_sources(cli, &report->count);
	for (size_t i = 0; rows && i < world->posts_count; i++)
		if (world->posts[i].source != NONE32)
			rows[world->posts[i].source]++;
	for (int shown = 0; rows && shown < 5; shown++) {
		size_t best = 0;
		for (size_t s = 1; s < world->sources_count; s++)
			best = rows[s] > rows[best] ? s : best;
		if (world->sources_count == 0 || rows[best] == 0)
			break;
		page_wrap(&cli->out, shown ? STR_NONE : STR("  Posts"), 12, cli->width,
			str_format(&cli->arena, "%s periods: " STR_FMT " (retrieved %s)",
				page_number((int64_t)rows[best]).text,
				STR_ARG(words_source(cli, (uint32_t)best)),
				page_date(world->sources[best].retrieved).text));
		rows[best] = 0;
	}
	page_wrap(&cli->out, STR("  Clauses"), 12, cli->width,
		STR("each agreement names its text and basis: entente show ID, entente who --why"));
}

static enum status build(struct report *report)
{
	enum status status = count_services(report);

	if (status != STATUS_OK)
		return status;
	opening(report);
	people(report);
	status = report_labour(report);
	if (status == STATUS_OK)
		status = report_bands(report);
	if (status != STATUS_OK)
		return status;
	report_services(report);
	status = largest(report, true, "The largest gaps that are not proven");
	if (status == STATUS_OK)
		status = largest(report, false, "The largest gaps, proven");
	cli_progress(report->cli, "ranking what is not known", 0, 0);
	if (status == STATUS_OK)
		status = report_unknown(report);
	if (status == STATUS_OK)
		status = report_stale(report);
	sources(report);
	return status;
}

enum cli_exit cmd_world(struct cli *cli)
{
	struct report report = { .cli = cli,
		.today = cli->clock->today(cli->clock->context),
		.lead = world_service_find(STR(LEAD)) };
	enum cli_exit code;
	enum status status;

	assert(report.lead != SERVICE_NONE);
	code = cli_no_operands(cli);
	if (code != CLI_ANSWERED)
		return code;
	if (!cli_date(cli, &report.date))
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	if (!cli_given(cli, "date"))
		report.date = cli->world->as_of;
	if (!cli_viewer(cli, &report.viewer))
		return CLI_REFUSED;
	status = build(&report);
	if (status != STATUS_OK)
		return cli_status(cli, status, "the report");
	buf_add_char(&cli->out, '\n');
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "Computed in %.2f s from the workspace '" STR_FMT "'.",
			(double)(cli->clock->monotonic_ns(cli->clock->context) - cli->started_ns) /
				1e9,
			STR_ARG(cli->folder)));
	return CLI_ANSWERED;
}
