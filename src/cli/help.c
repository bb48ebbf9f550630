/* `help`, --help and --version, printed from the table of commands so that nothing is described
 * twice. */
#include "cli/cli.h"

#include <string.h>

#ifndef ENTENTE_VERSION
#error "the build names the version"
#endif

static void list_commands(struct cli *cli)
{
	struct buf *out = &cli->out;

	buf_add_c(out, "usage: entente [-w WORKSPACE] COMMAND [options]\n\n");
	for (size_t i = 0; i < cli_command_count; i++)
		if (!cli_commands[i].hidden)
			page_wrap(out, str_format(&cli->arena, "  %s", cli_commands[i].name), 13,
				cli->width, str_of(cli_commands[i].summary));
	buf_add_char(out, '\n');
	page_wrap(out, STR("  -w DIR"), 13, cli->width,
		STR("the workspace, a folder; default: $ENTENTE_WORKSPACE, else ./entente.db, else "
		    "./data. It may also follow the command."));
	page_wrap(out, STR("  --version"), 13, cli->width, STR("the version of this program"));
	buf_add_char(out, '\n');
	page_wrap(out, STR("Exit:"), 6, cli->width,
		STR("0 answered, 1 a valid \"no\", 2 wrong usage or faulty input, 3 the system "
		    "failed. "
		    "'entente help COMMAND' shows its options."));
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
		struct str head = option->argument
					  ? str_format(&cli->arena, "  --%s %s", option->name,
						    option->argument)
					  : str_format(&cli->arena, "  --%s", option->name);
		if (page_width(head) > 26) {
			buf_add(out, head);
			buf_add_char(out, '\n');
			head = STR_NONE;
		}
		page_wrap(out, head, 28, cli->width, str_of(option->help));
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
		return cli_fault(cli, "", "help takes one command");
	if (str_is(cli->operands[0], "--version")) {
		buf_add_c(&cli->out, "entente " ENTENTE_VERSION "\n");
		return CLI_ANSWERED;
	}
	for (size_t i = 0; i < cli_command_count; i++) {
		if (str_is(cli->operands[0], cli_commands[i].name)) {
			describe(cli, &cli_commands[i]);
			return CLI_ANSWERED;
		}
		if (!cli_commands[i].hidden && count < 32)
			names[count++] = str_of(cli_commands[i].name);
	}
	if (utf8_valid_prefix(cli->operands[0]) != cli->operands[0].len)
		return cli_fault(cli, "", "a command that is not UTF-8");
	struct str hint = diags_suggest(&cli->diags, cli->operands[0], names, count);
	return cli_fault(cli, "", "unknown command '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(cli->operands[0], 0, 64)), STR_ARG(hint));
}
