/* `help`, --help and --version, printed from the table of commands so that nothing is described
 * twice. */
#include "cli/cli.h"

#include <string.h>

#ifndef ENTENTE_VERSION
#error "the build names the version"
#endif

/* What each status says of a person, in the order of the words; none is ever asked for by the
 * program, all are given by whoever asks. */
static const char *const status_glosses[PERSON_STATUSES] = {
	[PERSON_NATIONAL] = "holds the nationality of the State that would help",
	[PERSON_FAMILY_MEMBER] = "belongs to the family of such a national",
	[PERSON_MIGRANT_WORKER] = "works, or came to work, in a country not the person's own",
	[PERSON_DOMESTIC_WORKER] = "works in a private household",
	[PERSON_SEAFARER] = "works on board a ship",
	[PERSON_STUDENT] = "is there to study",
	[PERSON_VISITOR] = "is there for a short stay",
	[PERSON_IRREGULAR] = "has no valid leave to stay",
	[PERSON_DETAINED] = "is held by authorities",
	[PERSON_REFUGEE] = "is recognized as a refugee; the own State is kept away",
	[PERSON_ASYLUM_SEEKER] = "has asked for asylum, undecided yet; the own State is kept away",
	[PERSON_FEARS_AUTHORITIES] = "is afraid of the own State, whatever the papers say; it is "
				     "kept away",
	[PERSON_NO_CONTACT] = "refuses contact with the own consulate; may change that at any time",
	[PERSON_STATELESS] = "no State counts the person among its nationals (also: nationality "
			     "XXA)",
	[PERSON_TRAFFICKED] = "may have been trafficked; screened before the own State is reached",
	[PERSON_UNACCOMPANIED_CHILD] = "a child without parents or guardian there; best interests "
				       "come first",
	[PERSON_CHILD] = "is under 18",
	[PERSON_OLDER] = "needs care because of age",
	[PERSON_DISABLED] = "lives with a disability",
	[PERSON_INJURED] = "is hurt or ill",
};

/* A word and what it says beside it; under it where the word or the page leaves no room. */
static void entry(struct cli *cli, struct str word, int indent, struct str text)
{
	if (cli->width < indent + 24)
		indent = 6;
	if (page_width(word) > indent - 2) {
		buf_add(&cli->out, word);
		buf_add_char(&cli->out, '\n');
		word = STR_NONE;
	}
	page_wrap(&cli->out, word, indent, cli->width, text);
}

static void list_services(struct cli *cli)
{
	struct buf *out = &cli->out;
	int domain = -1;

	page_wrap(
		out, STR_NONE, 0, cli->width, STR("Services, as --service takes them, by domain:"));
	for (size_t i = 0; i < world_service_count; i++) {
		const struct service *service = &world_services[i];
		struct str code = str_format(&cli->arena, "  %s", service->code);
		if ((int)service->domain != domain) {
			domain = (int)service->domain;
			buf_add_format(
				out, "\n%.*s\n", (int)strcspn(service->code, "."), service->code);
		}
		entry(cli, code, 36, str_of(service->label_en));
	}
}

static void list_statuses(struct cli *cli)
{
	struct buf *out = &cli->out;

	page_wrap(out, STR_NONE, 0, cli->width,
		STR("Statuses of a person, as --status takes them, several with commas:"));
	buf_add_char(out, '\n');
	for (size_t i = 0; i < PERSON_STATUSES; i++) {
		struct str word =
			str_format(&cli->arena, "  " STR_FMT, STR_ARG(accord_person_words[i]));
		entry(cli, word, 24, str_of(status_glosses[i]));
	}
}

/* Lists of words that more than one command takes. */
static const struct topic {
	const char *name, *summary;
	void (*print)(struct cli *cli);
} topics[] = {
	{ "services", "the codes of all services, with their names", list_services },
	{ "statuses", "the words for what a person is", list_statuses },
};
#define TOPICS (sizeof(topics) / sizeof(topics[0]))

static const char *const group_heads[CLI_GROUPS] = {
	[CLI_ASK] = "who helps, and whom nobody does:",
	[CLI_JUDGE] = "would it hold, and what to do next:",
	[CLI_WRITE] = "agreements and practices:",
	[CLI_KEEP] = "the database of a workspace:",
	[CLI_HELP] = "help:",
};

static void list_commands(struct cli *cli)
{
	struct buf *out = &cli->out;

	page_wrap(
		out, STR("usage:"), 7, cli->width, STR("entente [-w WORKSPACE] COMMAND [options]"));
	buf_add_char(out, '\n');
	for (int group = 0; group < CLI_GROUPS; group++) {
		buf_add_c(out, group_heads[group]);
		buf_add_char(out, '\n');
		for (size_t i = 0; i < cli_command_count; i++)
			if ((int)cli_commands[i].group == group)
				page_wrap(out,
					str_format(&cli->arena, "  %s", cli_commands[i].name), 13,
					cli->width, str_of(cli_commands[i].summary));
		buf_add_char(out, '\n');
	}
	page_wrap(out, STR("  -w DIR"), 13, cli->width,
		STR("the workspace, a folder; default: $ENTENTE_WORKSPACE, else ./entente.db, else "
		    "./data. It may also follow the command."));
	page_wrap(out, STR("  --color W"), 13, cli->width,
		STR("colours: always, auto (on a terminal, unless NO_COLOR is set) or never (the "
		    "default)"));
	page_wrap(out, STR("  --version"), 13, cli->width, STR("the version of this program"));
	buf_add_char(out, '\n');
	page_wrap(out, STR("Exit:"), 6, cli->width,
		STR("0 answered, 1 a valid \"no\", 2 wrong usage or faulty input, 3 the system "
		    "failed. "
		    "'entente help COMMAND' shows its options."));
	buf_add_c(out, "\nlists of words:\n");
	for (size_t i = 0; i < TOPICS; i++) {
		struct str head = str_format(&cli->arena, "  entente help %s", topics[i].name);
		entry(cli, head, 26, str_of(topics[i].summary));
	}
}

static void paragraphs(struct cli *cli, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);
		page_wrap(&cli->out, STR_NONE, 0, cli->width, (struct str){ text, len });
		buf_add_char(&cli->out, '\n');
		text += len + (end ? 2 : 0);
	}
}

static void describe(struct cli *cli, const struct cli_command *command)
{
	struct buf *out = &cli->out;
	struct str rest = str_of(command->examples), line;

	buf_add_format(out, "usage: entente %s%s%s%s\n\n", command->name,
		command->options && command->options[0].name ? " [options]" : "",
		command->operands[0] ? " " : "", command->operands);
	page_wrap(out, STR_NONE, 0, cli->width, str_format(&cli->arena, "%s.", command->summary));
	buf_add_char(out, '\n');
	paragraphs(cli, command->details);
	for (const struct cli_option *option = command->options; option && option->name; option++) {
		const char *dashes = option->name[1] ? "--" : "-";
		struct str head = option->argument
					  ? str_format(&cli->arena, "  %s%s %s", dashes,
						    option->name, option->argument)
					  : str_format(&cli->arena, "  %s%s", dashes, option->name);
		entry(cli, head, 28, cli_option_help(&cli->arena, option));
	}
	if (rest.len)
		buf_add_c(out, "\nexamples:\n");
	while (str_next_word(&rest, "\n", &line)) {
		buf_add_c(out, "  ");
		buf_add(out, line);
		buf_add_char(out, '\n');
	}
}

enum cli_exit cmd_help(struct cli *cli)
{
	struct str names[32];
	size_t count = 0;

	if (cli->operand_count == 0) {
		list_commands(cli);
		return CLI_ANSWERED;
	}
	if (cli->operand_count > 1)
		return cli_fault(cli, "", "help takes one command or list of words");
	if (str_is(cli->operands[0], "--version")) {
		buf_add_c(&cli->out, "entente " ENTENTE_VERSION "\n");
		return CLI_ANSWERED;
	}
	for (size_t i = 0; i < TOPICS; i++) {
		if (str_is(cli->operands[0], topics[i].name)) {
			topics[i].print(cli);
			return CLI_ANSWERED;
		}
		names[count++] = str_of(topics[i].name);
	}
	for (size_t i = 0; i < cli_command_count; i++) {
		if (str_is(cli->operands[0], cli_commands[i].name)) {
			describe(cli, &cli_commands[i]);
			return CLI_ANSWERED;
		}
		if (cli_commands[i].group != CLI_HIDDEN && count < 32)
			names[count++] = str_of(cli_commands[i].name);
	}
	if (utf8_valid_prefix(cli->operands[0]) != cli->operands[0].len)
		return cli_fault(cli, "", "a command that is not UTF-8");
	struct str hint = diags_suggest(&cli->diags, cli->operands[0], names, count);
	if (!hint.len)
		hint = STR("; 'entente help' lists them");
	return cli_fault(cli, "", "unknown command '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(cli->operands[0], 0, 64)), STR_ARG(hint));
}
