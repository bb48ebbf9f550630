/* The manual page and the completion of words, both from the table of commands, so that neither can
 * say anything that the program does not do.
 *
 * `manual` prints the page entente(1) in the mdoc macros; the build writes it to entente.1.
 * `complete -- WORDS…` prints what may stand in place of the last word, one a line; the shell's
 * script (tools/entente.bash) asks it on every press of the tab key. */
#include "cli/cli.h"

#include <string.h>

/* ---- the manual page ---- */

#define MANUAL_DATE "November 25, 2026" /* of the last change of its own words */

/* Text as mdoc wants it: no macro at the start of a line, no escapes, hyphens as typed, characters
 * beyond ASCII by their numbers. */
static void roff_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		bool starts = i == 0 || text.ptr[i - 1] == '\n';
		uint32_t c = utf8_next(text, &i);

		if (starts && (c == '.' || c == '\''))
			buf_add_c(out, "\\&");
		if (c == '\\')
			buf_add_c(out, "\\e");
		else if (c == '-')
			buf_add_c(out, "\\-");
		else if (c == '\n')
			buf_add_c(out, "\n.Pp\n");
		else if (c > 0x7e)
			buf_add_format(out, "\\[u%04X]", c);
		else
			buf_add_char(out, (char)c);
	}
}

static void roff(struct buf *out, struct str text)
{
	roff_text(out, text);
	buf_add_char(out, '\n');
}

/* Paragraphs are parted by an empty line in the table. */
static void roff_details(struct buf *out, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);

		roff(out, (struct str){ text, len });
		if (end)
			buf_add_c(out, ".Pp\n");
		text += len + (end ? 2 : 0);
	}
}

static void roff_options(struct buf *out, const struct cli_option *options)
{
	if (!options || !options[0].name)
		return;
	buf_add_c(out, ".Bl -tag -width indent\n");
	for (; options->name; options++) {
		buf_add_c(out, ".It Fl \\-");
		roff_text(out, str_of(options->name));
		buf_add_c(out, options->argument ? " Ar " : "");
		roff_text(out, str_of(options->argument ? options->argument : ""));
		buf_add_char(out, '\n');
		roff(out, cli_option_help(out->arena, options));
	}
	buf_add_c(out, ".El\n");
}

static void roff_command(struct buf *out, const struct cli_command *command)
{
	struct str rest = str_of(command->examples), line;

	buf_add_format(out, ".Ss entente %s%s", command->name, command->operands[0] ? " " : "");
	roff(out, str_of(command->operands));
	roff(out, str_of(command->summary));
	buf_add_c(out, ".Pp\n");
	roff_details(out, command->details);
	roff_options(out, command->options);
	if (!rest.len)
		return;
	buf_add_c(out, ".Bd -literal -offset indent\n");
	while (str_next_word(&rest, "\n", &line)) {
		roff(out, line);
	}
	buf_add_c(out, ".Ed\n");
}

enum cli_exit cmd_manual(struct cli *cli)
{
	struct buf *out = &cli->out;

	buf_add_c(out, ".Dd " MANUAL_DATE "\n.Dt ENTENTE 1\n.Os Entente " ENTENTE_VERSION
		       "\n.Sh NAME\n.Nm entente\n"
		       ".Nd who helps this person, here, now, under which clause\n"
		       ".Sh SYNOPSIS\n.Nm\n.Op Fl w Ar WORKSPACE\n.Ar COMMAND\n.Op Ar options\n"
		       ".Sh DESCRIPTION\n");
	roff(out,
		STR("Agreements on who helps foreigners in a crisis, as structured documents that "
		    "answer questions: who helps a person, for how many people nobody does, what "
		    "to agree on next."));
	buf_add_c(out, ".Bl -tag -width indent\n.It Fl w Ar DIR\n");
	roff(out, STR("The workspace, a folder. It may also follow the command. Without it: "
		      "$ENTENTE_WORKSPACE, else ./entente.db, else ./data."));
	buf_add_c(out, ".It Fl \\-color Ar WHEN\n");
	roff(out, STR("always, auto (on a terminal) or never (the default)."));
	buf_add_c(out, ".It Fl \\-version\n");
	roff(out, STR("The version of this program."));
	buf_add_c(out, ".El\n.Sh COMMANDS\n");
	for (size_t i = 0; i < cli_command_count; i++) {
		if (cli_commands[i].group != CLI_HIDDEN)
			roff_command(out, &cli_commands[i]);
	}
	buf_add_c(out, ".Sh ENVIRONMENT\n.Bl -tag -width indent\n.It Ev ENTENTE_WORKSPACE\n"
		       "The workspace where none is named.\n.It Ev NO_COLOR\n"
		       "If set and not empty, no colours with\n.Fl \\-color Ar auto .\n"
		       ".It Ev COLUMNS\nThe width of the page.\n.El\n"
		       ".Sh EXIT STATUS\n.Bl -tag -width indent\n.It 0\nAnswered.\n.It 1\n"
		       "A valid no: nobody, or faults found by check.\n.It 2\n"
		       "Wrong usage or faulty input.\n.It 3\nThe system failed.\n.El\n");
	return CLI_ANSWERED;
}

/* ---- completion ---- */

struct completer {
	struct cli *cli;
	struct str prefix; /* of the item at hand */
	struct str before; /* items of the list already written, with their comma */
};

static void offer(struct completer *to, struct str word)
{
	if (!str_eq(str_sub(word, 0, to->prefix.len), to->prefix) || word.len < to->prefix.len)
		return;
	buf_add(&to->cli->out, to->before);
	buf_add(&to->cli->out, word);
	buf_add_char(&to->cli->out, '\n');
}

static void offer_all(struct completer *to, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		offer(to, words[i]);
}

enum words_of {
	WORDS_NATIONALITIES,
	WORDS_PLACES,
	WORDS_PARTIES,
	WORDS_VIEWERS,
	WORDS_SERVICES,
	WORDS_STATUSES,
	WORDS_PHASES,
	WORDS_GROUPS,
	WORDS_AGREEMENTS
};
/* What an option takes where its argument does not list the words itself. */
static const struct {
	const char *option;
	enum words_of words;
} takes[] = {
	{ "nationality", WORDS_NATIONALITIES },
	{ "residence", WORDS_NATIONALITIES },
	{ "fears", WORDS_NATIONALITIES },
	{ "place", WORDS_PLACES },
	{ "to", WORDS_PLACES },
	{ "party", WORDS_PARTIES },
	{ "why-not", WORDS_PARTIES },
	{ "as", WORDS_VIEWERS },
	{ "service", WORDS_SERVICES },
	{ "status", WORDS_STATUSES },
	{ "phase", WORDS_PHASES },
	{ "group", WORDS_GROUPS },
};

static bool open_for(struct completer *to, enum cli_depth depth)
{
	/* A workspace that cannot be read completes nothing and says nothing. */
	bool good = cli_open(to->cli, depth) == CLI_ANSWERED;

	to->cli->diags.count = 0;
	return good;
}

static void offer_words(struct completer *to, enum words_of words)
{
	const struct str groups[] = { STR("stock"), STR("refugee"), STR("asylum-seeker") };
	const struct world *world;

	if (words == WORDS_SERVICES)
		offer_all(to, world_service_codes(), world_service_count);
	else if (words == WORDS_STATUSES)
		offer_all(to, accord_person_words, PERSON_STATUSES);
	else if (words == WORDS_PHASES)
		offer_all(to, accord_phase_words, 3);
	else if (words == WORDS_GROUPS)
		offer_all(to, groups, 3);
	else if (open_for(to, words == WORDS_AGREEMENTS ? CLI_ACCORDS : CLI_WORLD)) {
		world = to->cli->world;
		if (words == WORDS_NATIONALITIES)
			offer_all(to, world_nat_id_list(world), world->nats_count);
		if (words == WORDS_PLACES)
			offer_all(to, world_place_id_list(world), world->places_count);
		if (words == WORDS_VIEWERS)
			offer(to, STR("public"));
		if (words == WORDS_PARTIES || words == WORDS_VIEWERS)
			offer_all(to, world_party_id_list(world), world->parties_count);
		for (size_t i = 0; words == WORDS_AGREEMENTS && i < to->cli->accords.items_count;
			i++)
			offer(to, to->cli->accords.items[i].id);
	}
}

static void offer_values(struct completer *to, const struct cli_option *option)
{
	struct str rest = str_of(option->argument), word;
	struct str typed = to->prefix;
	bool list = strchr(option->argument, ',') != NULL;

	for (size_t i = typed.len; list && i > 0 && !to->before.len; i--) {
		if (typed.ptr[i - 1] == ',') {
			to->before = str_sub(typed, 0, i);
			to->prefix = str_sub(typed, i, typed.len - i);
		}
	}
	for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
		if (strcmp(takes[i].option, option->name) == 0) {
			offer_words(to, takes[i].words);
			return;
		}
	}
	while (strchr(option->argument, '|') && str_next_word(&rest, "|", &word))
		offer(to, word);
}

static const struct cli_option *option_named(const struct cli_command *command, struct str word)
{
	const struct cli_option *option = command ? command->options : NULL;

	if (word.len < 3 || word.ptr[0] != '-' || word.ptr[1] != '-')
		return NULL;
	for (; option && option->name; option++) {
		if (str_eq(str_of(option->name), str_sub(word, 2, word.len - 2)))
			return option->argument ? option : NULL;
	}
	return NULL;
}

static void offer_options(struct completer *to, const struct cli_command *command)
{
	const struct cli_option *option = command ? command->options : NULL;

	for (; option && option->name; option++)
		offer(to, str_format(&to->cli->arena, "--%s", option->name));
	offer(to, STR("--help"));
	offer(to, STR("--color"));
	if (!command)
		offer(to, STR("--version"));
}

static void offer_operands(struct completer *to, const struct cli_command *command)
{
	if (strstr(command->operands, "COMMAND")) {
		for (size_t i = 0; i < cli_command_count; i++)
			if (cli_commands[i].group != CLI_HIDDEN)
				offer(to, str_of(cli_commands[i].name));
	}
	if (strstr(command->operands, "ID") || strstr(command->operands, "AGREEMENT"))
		offer_words(to, WORDS_AGREEMENTS);
}

enum cli_exit cmd_complete(struct cli *cli)
{
	struct completer to = { .cli = cli };
	const struct cli_command *command = NULL;
	const struct cli_option *option = NULL;
	size_t last = cli->operand_count;

	if (last == 0)
		return cli_fault(cli, "", "complete takes the words typed so far, behind --");
	last--;
	for (size_t i = 0; i < last; i++) {
		struct str word = cli->operands[i];

		if (str_is(word, "-w") || str_is(word, "--workspace")) {
			if (++i < last)
				cli->workspace = cli->operands[i];
			continue;
		}
		for (size_t j = 0; !command && j < cli_command_count; j++)
			if (str_eq(word, str_of(cli_commands[j].name)))
				command = &cli_commands[j];
	}
	to.prefix = cli->operands[last];
	if (last > 0)
		option = option_named(command, cli->operands[last - 1]);
	if (last > 0 && str_is(cli->operands[last - 1], "--color")) {
		const struct str when[] = { STR("always"), STR("auto"), STR("never") };
		offer_all(&to, when, 3);
	} else if (option) {
		offer_values(&to, option);
	} else if (to.prefix.len && to.prefix.ptr[0] == '-') {
		offer_options(&to, command);
	} else if (command) {
		offer_operands(&to, command);
	} else {
		for (size_t i = 0; i < cli_command_count; i++)
			if (cli_commands[i].group != CLI_HIDDEN)
				offer(&to, str_of(cli_commands[i].name));
	}
	return CLI_ANSWERED;
}
