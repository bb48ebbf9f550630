/* `unknowns`: what to find out first. Each fact with the people whose answer it decides, for which
 * services, what is on record, and where one might look. */
#include "cli/cli.h"

#include <assert.h>
#include <inttypes.h>

#define ITEMS 20

struct asked_unknowns {
	struct unknown_filter filter;
	size_t n;
	int format;
	bool why;
	struct people_count count;
	struct unknowns unknowns;
};

static struct str question(struct cli *cli, const struct unknown_fact *fact)
{
	if (fact->kind == UNKNOWN_RESIDENCE)
		return str_format(&cli->arena,
			"where do " STR_FMT " in " STR_FMT " live, since when",
			STR_ARG(words_nat(cli, fact->nat)),
			STR_ARG(words_place(cli, fact->country)));
	return str_format(&cli->arena, "is " STR_FMT " present in " STR_FMT,
		STR_ARG(words_party(cli, fact->party)), STR_ARG(words_place(cli, fact->country)));
}

static struct str last_word(
	struct cli *cli, const struct asked_unknowns *asked, const struct unknown_fact *fact)
{
	int32_t as_of = cover_unknown_as_of(cli->world, fact, asked->filter.date);

	return as_of == DATE_NONE ? STR("never")
				  : str_format(&cli->arena, "as of %s", page_date(as_of).text);
}

static struct str services(struct cli *cli, uint64_t set, const char *separator)
{
	struct buf text;

	buf_init(&text, &cli->arena, 8192);
	for (unsigned s = 0; s < world_service_count; s++)
		if (set >> s & 1u)
			buf_add_format(
				&text, "%s%s", text.len ? separator : "", world_services[s].code);
	return buf_str(&text);
}

static void explain(
	struct cli *cli, const struct asked_unknowns *asked, const struct unknown_fact *fact)
{
	struct str indent = STR("      ");

	page_wrap(&cli->out, indent, 6, cli->width,
		str_format(&cli->arena,
			"Find out: " STR_FMT
			"? If so, %s answers rise to a better band; if not, %s fall. "
			"Services: " STR_FMT ".",
			STR_ARG(question(cli, fact)), page_number(fact->better).text,
			page_number(fact->worse).text,
			STR_ARG(services(cli, fact->services, ", "))));
	if (fact->kind == UNKNOWN_PRESENCE) {
		struct presence presence =
			cover_unknown_record(cli->world, fact, asked->filter.date);
		page_wrap(&cli->out, indent, 6, cli->width,
			str_format(&cli->arena, "On record: " STR_FMT ".",
				STR_ARG(why_presence(cli, &presence))));
	}
	page_wrap(&cli->out, indent, 6, cli->width,
		str_format(&cli->arena, "Look at: " STR_FMT ".",
			STR_ARG(cover_look_words[cover_unknown_look(fact)])));
}

static void print_table(struct cli *cli, const struct asked_unknowns *asked)
{
	const struct unknowns *unknowns = &asked->unknowns;
	struct table table;

	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"What to find out first: facts not known, by the people whose answer they "
			"decide, on %s",
			page_date(asked->filter.date).text));
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"%s answers (people, for each service) are not sure; for %s of them one "
			"fact alone decides.",
			page_number(unknowns->unsure).text, page_number(unknowns->decided).text));
	buf_add_char(&cli->out, '\n');
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "services", true, false);
	table_column(&table, "find out", false, true);
	table_column(&table, "on record", false, true);
	table_column(&table, "where to look", false, true);
	for (size_t i = 0; i < unknowns->items_count && i < asked->n; i++) {
		const struct unknown_fact *fact = &unknowns->items[i];
		struct str row[5] = { str_format(&cli->arena, "%s", page_number(fact->people).text),
			str_format(&cli->arena, "%d", __builtin_popcountll(fact->services)),
			question(cli, fact), last_word(cli, asked, fact),
			cover_look_words[cover_unknown_look(fact)] };
		if (asked->why) {
			page_wrap(&cli->out, str_format(&cli->arena, "%3zu.  ", i + 1), 6,
				cli->width,
				str_format(
					&cli->arena, "%s people", page_number(fact->people).text));
			explain(cli, asked, fact);
		}
		table_row(&table, row);
	}
	if (!asked->why && unknowns->items_count)
		table_print(&cli->out, &table, 2, cli->width);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena, "  %s such facts in all.",
			page_number((int64_t)unknowns->items_count).text));
}

static void print_json(struct cli *cli, const struct asked_unknowns *asked)
{
	cover_unknowns_json(&cli->out, cli->world, &asked->unknowns, &asked->filter, asked->n);
	buf_add_char(&cli->out, '\n');
}

static void print_csv(struct cli *cli, const struct asked_unknowns *asked)
{
	const struct world *world = cli->world;
	struct buf *out = &cli->out;

	buf_add_c(out, "rank,fact,party,nationality,place,people,answers,better,worse,services,"
		       "on_record,look\r\n");
	for (size_t i = 0; i < asked->unknowns.items_count && i < asked->n; i++) {
		const struct unknown_fact *fact = &asked->unknowns.items[i];
		buf_add_format(out, "%zu", i + 1);
		csv_add_field(out,
			fact->kind == UNKNOWN_PRESENCE ? STR("presence") : STR("residence"), false);
		csv_add_field(out, fact->party == NONE32 ? STR("") : world->parties[fact->party].id,
			false);
		csv_add_field(
			out, fact->nat == NAT_NONE ? STR("") : world->nats[fact->nat].code, false);
		csv_add_field(out, world->places[fact->country].id, false);
		buf_add_format(out, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64, fact->people,
			fact->answers, fact->better, fact->worse);
		csv_add_field(out, services(cli, fact->services, " "), false);
		csv_add_field(out, last_word(cli, asked, fact), false);
		csv_add_field(out, cover_look_words[cover_unknown_look(fact)], false);
		buf_add_c(out, "\r\n");
	}
}

enum cli_exit cmd_unknowns(struct cli *cli)
{
	struct asked_unknowns asked = { .filter = { .place = NONE32, .viewer = VIEWER_ALL } };
	enum cli_exit code = cli_no_operands(cli);
	enum status status;
	bool good;

	if (code != CLI_ANSWERED)
		return code;
	asked.why = cli_given(cli, "why");
	asked.format = cli_format(cli);
	good = cli_number(cli, "n", asked.format == CLI_TABLE ? ITEMS : 100000, &asked.n) &&
	       asked.format >= 0;
	good = cli_date(cli, &asked.filter.date) && good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open_asked(
		cli, &asked.filter.services, &asked.filter.place, &asked.filter.viewer);
	if (code != CLI_ANSWERED)
		return code;
	cli_progress(cli, "turning each fact that is not known", 0, CLI_PROGRESS_LONG);
	status = world_people(&asked.count, &cli->arena, cli->world, asked.filter.date);
	if (status == STATUS_OK)
		status = cover_unknowns(
			&asked.unknowns, &cli->arena, cli->index, &asked.count, &asked.filter);
	if (status != STATUS_OK)
		return cli_status(cli, status, "looking for what is not known");
	if (asked.format == CLI_JSON)
		print_json(cli, &asked);
	else if (asked.format == CLI_CSV)
		print_csv(cli, &asked);
	else
		print_table(cli, &asked);
	return CLI_ANSWERED;
}
