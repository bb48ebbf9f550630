/* `who`: reads the question from the options, asks, and prints the answers in one of three forms.
 */
#include "cli/cli.h"

#include <assert.h>

const char *const whynot_codes[WHYNOTS] = {
	"answers",
	"not-visible",
	"not-in-force",
	"expected",
	"commitment-dates",
	"not-party",
	"host-not-party",
	"opted-out",
	"service",
	"phase",
	"place",
	"to",
	"status",
	"residence",
	"nationality",
	"represented",
	"served-by",
	"pool",
	"absent",
	"presence-unknown",
	"s1-origin",
	"s2-enforcement",
	"s4-destination",
	"s5-no-contact",
	"s7-held",
	"not-provider",
};

/* The fields that were given as options; every fault is told. */
static enum cli_exit read_fields(struct cli *cli, struct query *query)
{
	const struct cli_option *options = cli->command->options;
	enum cli_exit code = CLI_ANSWERED;

	for (size_t i = 0; options[i].name; i++) {
		bool field = false;
		struct str path;
		for (size_t f = 0; f < cover_query_field_count; f++)
			field = field || str_is(cover_query_fields[f], options[i].name);
		if (!field || !cli->given[i])
			continue;
		path = str_format(&cli->arena, "--%s", options[i].name);
		if (options[i].argument && cli->values[i].len == 0)
			code = cli_fault(cli, path.ptr, "no value is given");
		else if (cover_query_set(query, cli->world, str_of(options[i].name), cli->values[i],
				 &cli->diags, STR("entente"), (struct pos){ 0, 0 },
				 path) != STATUS_OK)
			code = CLI_REFUSED;
	}
	return code;
}

static enum cli_exit missing_fields(struct cli *cli)
{
	static const char *const needed[] = { "nationality", "place", "service" };
	enum cli_exit code = CLI_ANSWERED;

	for (size_t i = 0; i < 3; i++)
		if (!cli_given(cli, needed[i]))
			code = cli_fault(cli, str_format(&cli->arena, "--%s", needed[i]).ptr,
				"who needs this option (or --batch)");
	return code;
}

/* The party of --why-not, or NONE32 with a fault told. */
static uint32_t why_not_party(struct cli *cli)
{
	struct str id = cli_value(cli, "why-not");
	struct query query;

	cover_query_init(&query, 0, VIEWER_ALL);
	if (cover_query_set(&query, cli->world, STR("as"), id, &cli->diags, STR("entente"),
		    (struct pos){ 0, 0 }, STR("--why-not")) != STATUS_OK)
		return NONE32;
	if (query.viewer >= cli->world->parties_count) {
		cli_fault(cli, "--why-not", "a party is asked for");
		return NONE32;
	}
	return query.viewer;
}

static enum status print_why_not_text(
	struct cli *cli, const struct why_not_row *rows, size_t count, uint32_t party)
{
	struct buf *out = &cli->out;

	buf_add_char(out, '\n');
	page_wrap(out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "Why not " STR_FMT "?", STR_ARG(words_party(cli, party))));
	if (count == 0)
		page_wrap(out, STR_NONE, 2, cli->width,
			STR("  No commitment on record names this service with this party as a "
			    "possible provider."));
	for (size_t i = 0; i < count; i++) {
		const struct commitment *commitment = rows[i].commitment;
		page_wrap(out, STR("  -"), 4, cli->width,
			str_format(&cli->arena, STR_FMT ", " STR_FMT " (" STR_FMT "): " STR_FMT,
				STR_ARG(rows[i].agreement->id), STR_ARG(commitment->id),
				STR_ARG(commitment->clause),
				STR_ARG(cover_whynot_words[rows[i].reason])));
	}
	return STATUS_OK;
}

static void add_why_not_json(
	struct cli *cli, const struct why_not_row *rows, size_t count, uint32_t party)
{
	struct buf *out = &cli->out;

	buf_add_c(out, ",\"why_not\":{\"party\":");
	json_add_string(out, cli->world->parties[party].id);
	buf_add_c(out, ",\"rows\":[");
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? ",{\"agreement\":" : "{\"agreement\":");
		json_add_string(out, rows[i].agreement->id);
		buf_add_c(out, ",\"commitment\":");
		json_add_string(out, rows[i].commitment->id);
		buf_add_c(out, ",\"reason\":");
		json_add_string(out, str_of(whynot_codes[rows[i].reason]));
		buf_add_c(out, ",\"text\":");
		json_add_string(out, cover_whynot_words[rows[i].reason]);
		buf_add_char(out, '}');
	}
	buf_add_c(out, "]}");
}

static enum status add_why_json(
	struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct buf *out = &cli->out;

	buf_add_c(out, ",\"why\":[");
	for (size_t i = 0; i < answers->items_count; i++) {
		struct facts facts = { NULL, 0, 0 };
		enum status status = why_facts(&facts, cli, query, &answers->items[i]);
		if (status != STATUS_OK)
			return status;
		buf_add_format(out, "%s{\"rank\":%zu,\"facts\":[", i ? "," : "", i + 1);
		for (size_t f = 0; f < facts.count; f++) {
			buf_add_c(out, f ? ",{\"what\":" : "{\"what\":");
			json_add_string(out, facts.items[f].what);
			buf_add_c(out, ",\"text\":");
			json_add_string(out, facts.items[f].text);
			buf_add_char(out, '}');
		}
		buf_add_c(out, "]}");
	}
	buf_add_char(out, ']');
	return STATUS_OK;
}

static enum cli_exit print_json(
	struct cli *cli, const struct query *query, const struct answers *answers, uint32_t whynot)
{
	struct buf *out = &cli->out;
	enum status status = cover_who_json(out, cli->index, query, answers);
	struct why_not_row *rows;
	size_t count;

	if (status == STATUS_OK && out->len > 0)
		out->len--; /* the closing brace: more members follow */
	if (status == STATUS_OK && cli_given(cli, "why"))
		status = add_why_json(cli, query, answers);
	if (status == STATUS_OK && whynot != NONE32) {
		status = cover_why_not(&rows, &count, &cli->arena, cli->index, query, whynot);
		if (status == STATUS_OK)
			add_why_not_json(cli, rows, count, whynot);
	}
	buf_add_c(out, "}\n");
	return cli_status(cli, status, "printing");
}

static enum cli_exit print_answers(struct cli *cli, const struct query *query,
	const struct answers *answers, int format, uint32_t whynot)
{
	enum status status;
	struct why_not_row *rows;
	size_t count;

	if (format == CLI_JSON)
		return print_json(cli, query, answers, whynot);
	if (format == CLI_CSV) {
		who_csv(cli, query, answers, cli_given(cli, "hxl"));
		return CLI_ANSWERED;
	}
	status = who_text(cli, query, answers, cli_given(cli, "why"));
	if (status == STATUS_OK && whynot != NONE32) {
		status = cover_why_not(&rows, &count, &cli->arena, cli->index, query, whynot);
		if (status == STATUS_OK)
			status = print_why_not_text(cli, rows, count, whynot);
	}
	return cli_status(cli, status, "printing");
}

static enum cli_exit ask(struct cli *cli, const struct query *query, int format)
{
	uint32_t whynot = NONE32;
	const char *fault = cover_query_fault(cli->world, query);
	struct answers answers;
	enum status status;
	enum cli_exit code;

	if (fault)
		return cli_fault(cli, "", "%s", fault);
	if (cli_given(cli, "why-not")) {
		whynot = why_not_party(cli);
		if (whynot == NONE32)
			return CLI_REFUSED;
	}
	status = cover_who(&answers, &cli->arena, cli->index, query);
	if (status != STATUS_OK)
		return cli_status(cli, status, "answering");
	code = print_answers(cli, query, &answers, format, whynot);
	if (code != CLI_ANSWERED)
		return code;
	return answers.items_count ? CLI_ANSWERED : CLI_NO;
}

enum cli_exit cmd_who(struct cli *cli)
{
	bool batch = cli_given(cli, "batch"), hxl;
	int format = cli_format(cli);
	struct query query;
	enum cli_exit code = CLI_ANSWERED;

	if (format < 0 || !cli_hxl(cli, format, &hxl))
		code = CLI_REFUSED;
	if (cli->operand_count)
		code = cli_no_operands(cli);
	if (batch && (cli_given(cli, "why") || cli_given(cli, "why-not") || format == CLI_CSV))
		code = cli_fault(cli, "--batch",
			"prints JSON lines; --why, --why-not and --format csv do not go with it");
	if (!batch && missing_fields(cli) != CLI_ANSWERED)
		code = CLI_REFUSED;
	if (code != CLI_ANSWERED)
		return code;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	cover_query_init(&query, cli->clock->today(cli->clock->context), VIEWER_ALL);
	code = read_fields(cli, &query);
	if (code != CLI_ANSWERED)
		return code;
	return batch ? who_batch(cli, &query, cli_value(cli, "batch")) : ask(cli, &query, format);
}
