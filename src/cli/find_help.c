/* `find-help`: what the help page does, on a terminal. The words may be given, or needs by their
 * codes; the viewer is the public. */
#include <assert.h>
#include <string.h>

#include "cli/cli.h"
#include "help/help.h"

#define TEXT_MAX ((size_t)1 << 24)

struct given {
	struct help_ask ask;
	struct help_hearing hearing;
};

static struct str nearly(struct cli *cli, struct str near)
{
	return near.len ? str_format(&cli->arena, "; did you mean '" STR_FMT "'?", STR_ARG(near))
			: STR("");
}

static enum cli_exit read_place(struct cli *cli, struct given *given)
{
	struct str near, word = cli_value(cli, "place");

	given->ask.base.place = help_place(cli->world, &cli->arena, given->ask.lang, word, &near);
	if (given->ask.base.place == NONE32)
		return cli_fault(cli, "--place", "no place '" STR_FMT "' is on record" STR_FMT,
			STR_ARG(word), STR_ARG(nearly(cli, near)));
	return CLI_ANSWERED;
}

/* Nationalities by code or name; without any: not known (XXX). */
static enum cli_exit read_nats(struct cli *cli, struct given *given)
{
	struct str rest = cli_value(cli, "nationality"), word, near;
	struct query *query = &given->ask.base;
	enum cli_exit code = CLI_ANSWERED;

	while (str_next_word(&rest, ",", &word)) {
		uint16_t nat = help_nat(cli->world, &cli->arena, given->ask.lang, word, &near);
		bool again = false;
		for (size_t i = 0; i < query->nat_count; i++)
			again |= query->nats[i] == nat;
		if (nat == NAT_NONE)
			code = cli_fault(cli, "--nationality",
				"no nationality '" STR_FMT "' is on record" STR_FMT, STR_ARG(word),
				STR_ARG(nearly(cli, near)));
		else if (!again && query->nat_count == QUERY_NATS_MAX)
			code = cli_fault(cli, "--nationality", "at most %d", QUERY_NATS_MAX);
		else if (!again) {
			query->territories[query->nat_count] = NONE32;
			query->nats[query->nat_count++] = nat;
		}
	}
	if (!query->nat_count) {
		query->territories[0] = NONE32;
		query->nats[query->nat_count++] = world_nat(cli->world, STR("XXX"));
	}
	return code;
}

static enum cli_exit read_needs(struct cli *cli, struct given *given)
{
	struct str rest = cli_value(cli, "need"), word;
	enum cli_exit code = CLI_ANSWERED;

	while (str_next_word(&rest, ", ", &word)) {
		size_t need = 0;
		while (need < NEED_COUNT && !str_eq(word, help_need_codes[need]))
			need++;
		if (need < NEED_COUNT)
			given->ask.needs[need] = true;
		else
			code = cli_fault(cli, "--need", "unknown need '" STR_FMT "'" STR_FMT,
				STR_ARG(word),
				STR_ARG(nearly(
					cli, text_nearest(word, help_need_codes, NEED_COUNT))));
	}
	for (size_t i = 0; i < given->hearing.items_count; i++)
		given->ask.needs[given->hearing.items[i].need] = true;
	if (cli_given(cli, "fears-own-state"))
		given->ask.base.statuses |= PERSON_BIT(PERSON_FEARS_AUTHORITIES);
	if (cli_given(cli, "no-contact"))
		given->ask.base.statuses |= PERSON_BIT(PERSON_NO_CONTACT);
	return code;
}

/* What was understood, so that it can be corrected; the list where nothing was. */
static void print_hearing(struct buf *out, struct cli *cli, const struct given *given)
{
	size_t lang = given->ask.lang;
	const struct help_hearing *hearing = &given->hearing;

	if (hearing->items_count)
		buf_add_format(out, STR_FMT "\n", STR_ARG(help_word(lang, HELP_UNDERSTOOD)));
	for (size_t i = 0; i < hearing->items_count; i++) {
		const struct help_heard *item = &hearing->items[i];
		buf_add_format(out, "+ " STR_FMT " [" STR_FMT "]%s" STR_FMT "\n",
			STR_ARG(help_need_text(lang, item->need)),
			STR_ARG(help_need_codes[item->need]), item->words.len ? ": " : "",
			STR_ARG(item->words));
		if (item->wrong.len)
			buf_add_format(out, "  " STR_FMT "\n",
				STR_ARG(help_say(
					&cli->arena, lang, HELP_SLIP, item->wrong, item->right)));
	}
	for (size_t i = 0; i < hearing->unknown_count; i++)
		buf_add_format(out, "? " STR_FMT "\n",
			STR_ARG(help_say(
				&cli->arena, lang, HELP_UNKNOWN, hearing->unknown[i], STR_NONE)));
	if (!hearing->items_count && !cli_given(cli, "need")) {
		buf_add_format(out, STR_FMT "\n", STR_ARG(help_word(lang, HELP_ASK_LIST)));
		for (size_t n = 0; n < NEED_COUNT; n++)
			buf_add_format(out, "  " STR_FMT " [" STR_FMT "]\n",
				STR_ARG(help_need_text(lang, (enum help_need)n)),
				STR_ARG(help_need_codes[n]));
	}
	buf_add_char(out, '\n');
}

/* TEXT on the page: what stands before a line's first word stands out when the line is wrapped. */
static void print_wrapped(struct cli *cli, struct str text)
{
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		struct str line;
		size_t mark = 0;

		for (end = at; end < text.len && text.ptr[end] != '\n'; end++)
			;
		line = str_sub(text, at, end - at);
		while (mark < line.len && strchr(" -*+?=", line.ptr[mark]))
			mark++;
		if (line.len)
			page_wrap(&cli->out, str_sub(line, 0, mark), (int)mark, cli->width,
				str_sub(line, mark, line.len));
		else
			buf_add_char(&cli->out, '\n');
	}
}

static enum cli_exit answer(struct cli *cli, struct given *given, int format)
{
	struct help_answers answers;
	const char *fault;
	enum status status;
	struct buf text;
	bool any = false;

	given->ask.base.service = 0;
	if (help_afraid(&given->ask))
		help_forget(&given->hearing);
	fault = cover_query_fault(cli->world, &given->ask.base);
	if (fault)
		return cli_fault(cli, "", "%s", fault);
	status = help_answer(&answers, &cli->arena, cli->index, &given->ask);
	if (status == STATUS_OK && cli_given(cli, "card")) {
		status = help_card(&cli->out, &answers, given->ask.lang);
	} else if (status == STATUS_OK && format == CLI_JSON) {
		status = help_json(&cli->out, cli->index, &given->ask, &given->hearing, &answers);
	} else if (status == STATUS_OK) {
		buf_init(&text, &cli->arena, TEXT_MAX);
		print_hearing(&text, cli, given);
		status = help_text(&text, &cli->arena, cli->index, &given->ask, &answers);
		print_wrapped(cli, buf_str(&text));
	}
	if (status != STATUS_OK)
		return cli_status(cli, status, "answering");
	for (size_t i = 0; i < answers.services_count; i++)
		any |= answers.services[i].items_count > 0;
	return any ? CLI_ANSWERED : CLI_NO;
}

enum cli_exit cmd_find_help(struct cli *cli)
{
	struct given given = { .ask = { .lang = 0 } };
	struct str tag = cli_value(cli, "lang");
	int format = cli_format(cli);
	enum cli_exit code = cli_no_operands(cli);
	int32_t date;

	if (format < 0)
		return CLI_REFUSED;
	if (format == CLI_CSV)
		code = cli_fault(cli, "--format", "find-help prints text or json");
	if (!cli_given(cli, "place"))
		code = cli_fault(cli, "--place", "find-help needs this option");
	if (!cli_given(cli, "words") && !cli_given(cli, "need"))
		code = cli_fault(cli, "", "find-help needs --words or --need");
	if (tag.len)
		given.ask.lang = help_lang(tag);
	if (given.ask.lang == HELP_LANG_NONE)
		code = cli_fault(cli, "--lang", "no words in language '" STR_FMT "'", STR_ARG(tag));
	if (!cli_date(cli, &date))
		code = CLI_REFUSED;
	if (code != CLI_ANSWERED)
		return code;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	cover_query_init(&given.ask.base, date, VIEWER_PUBLIC);
	if (help_hear(&given.hearing, &cli->arena, given.ask.lang, cli_value(cli, "words")) !=
		STATUS_OK)
		return cli_status(cli, STATUS_NO_MEMORY, "reading");
	if (read_place(cli, &given) != CLI_ANSWERED)
		code = CLI_REFUSED;
	if (read_nats(cli, &given) != CLI_ANSWERED)
		code = CLI_REFUSED;
	if (read_needs(cli, &given) != CLI_ANSWERED)
		code = CLI_REFUSED;
	return code == CLI_ANSWERED ? answer(cli, &given, format) : code;
}
