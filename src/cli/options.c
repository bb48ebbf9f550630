/* The command line's words. getopt_long does the walking; the tables of main.c say what exists.
 * Every fault is named, not only the first, and an option that does not exist is answered with the
 * nearest that does. */
#include "cli/cli.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

#define CODE_FIRST 256 /* getopt's code of the first option of a command; below: short options */
#define CODE_HELP 1
#define CODE_VERSION 2
#define CODE_COLOR 3

enum cli_exit cli_fault(struct cli *cli, const char *about, const char *format, ...)
{
	char text[1024];
	struct str message;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	message = str_of(text);
	message.len = utf8_valid_prefix(
		message); /* a long text may have been cut in the middle of a character */
	diags_add(&cli->diags, STR("entente"), (struct pos){ 0, 0 }, str_of(about), STR_FMT,
		STR_ARG(message));
	return CLI_REFUSED;
}

static void unknown_option(struct cli *cli, const char *word)
{
	struct str names[CLI_OPTIONS_MAX + 4];
	size_t count = 0;
	const struct cli_option *options = cli->command ? cli->command->options : NULL;
	struct str asked = str_of(word);

	names[count++] = STR("--help");
	names[count++] = STR("--version");
	names[count++] = STR("--workspace");
	names[count++] = STR("--color");
	for (size_t i = 0; options && options[i].name; i++)
		names[count++] = str_format(&cli->arena, "--%s", options[i].name);
	for (size_t i = 0; i < asked.len; i++)
		if (asked.ptr[i] == '=')
			asked.len = i;
	if (utf8_valid_prefix(asked) != asked.len) {
		cli_fault(cli, "", "an option that is not UTF-8");
		return;
	}
	struct str hint = text_nearest(asked, names, count);
	if (hint.len)
		cli_fault(cli, "", "unknown option '" STR_FMT "'; did you mean '" STR_FMT "'?",
			STR_ARG(asked), STR_ARG(hint));
	else
		cli_fault(cli, "", "unknown option '" STR_FMT "'", STR_ARG(asked));
}

static void take_workspace(struct cli *cli, const char *value)
{
	if (cli->workspace.ptr)
		cli_fault(cli, "-w", "given more than once");
	cli->workspace = str_of(value);
	if (cli->workspace.len == 0)
		cli_fault(cli, "-w", "names no workspace");
}

/* Walks ARGV with the options of the command (none yet: the global ones before it). Returns false
 * when help or the version was asked for. */
static void walk(struct cli *cli, int argc, char **argv, bool *help, bool *version)
{
	struct option longs[CLI_OPTIONS_MAX + 5] = { { "help", no_argument, NULL, CODE_HELP },
		{ "version", no_argument, NULL, CODE_VERSION },
		{ "workspace", required_argument, NULL, 'w' },
		{ "color", required_argument, NULL, CODE_COLOR } };
	const struct cli_option *options = cli->command ? cli->command->options : NULL;
	char shorts[8 + 2 * CLI_OPTIONS_MAX] = "+:w:h";
	size_t count = 0, letters = strlen(shorts);
	int code;

	for (; options && options[count].name; count++) {
		if (options[count].name[1] == '\0') { /* a name of one letter stands as -n too */
			shorts[letters++] = options[count].name[0];
			if (options[count].argument)
				shorts[letters++] = ':';
		}
		longs[4 + count] = (struct option){ options[count].name,
			options[count].argument ? required_argument : no_argument, NULL,
			strcmp(options[count].name, "workspace") == 0 ? 'w' /* it is -w */
								      : CODE_FIRST + (int)count };
	}
	assert(count <= CLI_OPTIONS_MAX);
	opterr = 0;
	optind = 0;
	while ((code = getopt_long(argc, argv, shorts + (cli->command != NULL), longs, NULL)) !=
		-1) {
		for (size_t i = 0; i < count && code > 0 && code < 256; i++)
			if (options[i].name[0] == code && options[i].name[1] == '\0')
				code = CODE_FIRST + (int)i;
		if (code == 'w') {
			take_workspace(cli, optarg);
		} else if (code == CODE_HELP || code == 'h') {
			*help = true;
		} else if (code == CODE_COLOR) {
			cli->color_when = str_of(optarg);
		} else if (code == CODE_VERSION) {
			*version = true;
		} else if (code == ':') {
			cli_fault(cli, "", "option '%s' needs a value", argv[optind - 1]);
		} else if (code >= CODE_FIRST) {
			size_t i = (size_t)(code - CODE_FIRST);
			if (cli->given[i])
				cli_fault(cli, str_format(&cli->arena, "--%s", options[i].name).ptr,
					"given more than once");
			cli->given[i] = true;
			cli->values[i] = optarg ? str_of(optarg) : STR("");
		} else if (optopt > 0 && optopt < 256 && argv[optind - 1][1] != '-') {
			cli_fault(cli, "", "unknown option '-%c'",
				optopt >= 0x20 && optopt < 0x7F ? optopt : '?');
		} else if (optopt >= CODE_FIRST || optopt == CODE_HELP || optopt == CODE_VERSION) {
			cli_fault(cli, "", "option '%.*s' takes no value",
				(int)strcspn(argv[optind - 1], "="), argv[optind - 1]);
		} else {
			unknown_option(cli, argv[optind - 1]);
		}
	}
}

static const struct cli_command *find_command(const char *name)
{
	for (size_t i = 0; i < cli_command_count; i++)
		if (strcmp(cli_commands[i].name, name) == 0)
			return &cli_commands[i];
	return NULL;
}

static void unknown_command(struct cli *cli, const char *name)
{
	struct str names[32];
	size_t count = 0;
	struct str hint;

	for (size_t i = 0; i < cli_command_count && count < 32; i++)
		if (cli_commands[i].group != CLI_HIDDEN)
			names[count++] = str_of(cli_commands[i].name);
	if (utf8_valid_prefix(str_of(name)) != strlen(name)) {
		cli_fault(cli, "", "a command that is not UTF-8");
		return;
	}
	hint = text_nearest(str_of(name), names, count);
	if (hint.len)
		cli_fault(cli, "", "unknown command '%.64s'; did you mean '" STR_FMT "'?", name,
			STR_ARG(hint));
	else
		cli_fault(cli, "", "unknown command '%.64s'; 'entente help' lists them", name);
}

static enum status take_operands(struct cli *cli, int argc, char **argv)
{
	cli->operands = ARENA_ARRAY(&cli->arena, (size_t)argc + 1, struct str);
	if (!cli->operands)
		return STATUS_NO_MEMORY;
	for (int i = optind; i < argc; i++)
		cli->operands[cli->operand_count++] = str_of(argv[i]);
	return STATUS_OK;
}

enum status cli_parse(struct cli *cli, int argc, char **argv)
{
	bool help = false, version = false;
	int first;
	enum status status;

	assert(cli != NULL && argv != NULL);
	if (argc < 1)
		return STATUS_REFUSED;
	walk(cli, argc, argv, &help, &version);
	first = optind;
	if (first < argc && !help && !version) {
		cli->command = find_command(argv[first]);
		if (!cli->command) {
			unknown_command(cli, argv[first]);
			return STATUS_REFUSED;
		}
		walk(cli, argc - first, argv + first, &help, &version);
		status = take_operands(cli, argc - first, argv + first);
		if (status != STATUS_OK)
			return status;
	}
	if (diags_any(&cli->diags))
		return STATUS_REFUSED;
	if (help || version || !cli->command) {
		struct str topic = cli->command ? str_of(cli->command->name) : STR_NONE;
		cli->operands = ARENA_ARRAY(&cli->arena, 1, struct str);
		if (!cli->operands)
			return STATUS_NO_MEMORY;
		cli->operands[0] = version && !help ? STR("--version") : topic;
		cli->operand_count = cli->operands[0].len ? 1 : 0;
		cli->command = find_command("help");
	}
	return STATUS_OK;
}

static int option_index(const struct cli *cli, const char *option)
{
	for (int i = 0; cli->command->options && cli->command->options[i].name; i++)
		if (strcmp(cli->command->options[i].name, option) == 0)
			return i;
	return -1;
}

bool cli_given(const struct cli *cli, const char *option)
{
	int i = option_index(cli, option);

	assert(i >= 0);
	return cli->given[i];
}

struct str cli_value(const struct cli *cli, const char *option)
{
	int i = option_index(cli, option);

	assert(i >= 0);
	return cli->given[i] ? cli->values[i] : str_of(cli->command->options[i].otherwise);
}

struct str cli_option_help(struct arena *arena, const struct cli_option *option)
{
	return option->otherwise
		       ? str_format(arena, "%s; default: %s", option->help, option->otherwise)
		       : str_of(option->help);
}

int cli_choice(
	struct cli *cli, const char *option, const char *const *words, int count, int otherwise)
{
	struct str names[32];
	struct str value = cli_value(cli, option);

	assert(count <= 32);
	if (!value.ptr)
		return otherwise;
	for (int i = 0; i < count; i++) {
		names[i] = str_of(words[i]);
		if (str_eq(value, names[i]))
			return i;
	}
	struct str about = str_format(&cli->arena, "--%s", option);
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, about.ptr, "bytes that are not UTF-8");
		return -1;
	}
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64), names, (size_t)count);
	cli_fault(cli, about.ptr, "unknown word '%.*s'" STR_FMT,
		(int)(value.len < 64 ? value.len : 64), value.ptr, STR_ARG(hint));
	return -1;
}

bool cli_limit(struct cli *cli, const char *option, size_t otherwise, size_t *limit)
{
	struct str value = cli_value(cli, option);
	int64_t n;

	*limit = otherwise;
	if (!value.ptr)
		return true;
	if (!str_to_int64(value, &n) || n < 0) {
		cli_fault(cli, str_format(&cli->arena, "--%s", option).ptr,
			"a number of rows is asked for, 0 or more");
		return false;
	}
	*limit = (size_t)n;
	return true;
}

bool cli_date(struct cli *cli, int32_t *date)
{
	struct str value = cli_value(cli, "date");

	if (!value.ptr) {
		*date = cli->clock->today(cli->clock->context);
		return true;
	}
	if (date_parse(value, date))
		return true;
	cli_fault(cli, "--date", "this is no date; a date is written YYYY-MM-DD, as 2022-06-01");
	return false;
}

bool cli_viewer(struct cli *cli, uint32_t *viewer)
{
	struct str value = cli_value(cli, "as");
	struct query query;

	*viewer = VIEWER_ALL;
	if (!value.ptr)
		return true;
	cover_query_init(&query, 0, VIEWER_ALL);
	if (cover_query_set(&query, cli->world, STR("as"), value, &cli->diags, STR("entente"),
		    (struct pos){ 0, 0 }, STR("--as")) != STATUS_OK)
		return false;
	*viewer = query.viewer;
	return true;
}

int cli_format(struct cli *cli)
{
	static const char *const words[] = { "table", "json", "csv" };

	return cli_choice(cli, "format", words, 3, CLI_TABLE);
}

bool cli_hxl(struct cli *cli, int format, bool *hxl)
{
	*hxl = cli_given(cli, "hxl");
	if (!*hxl || format == CLI_CSV)
		return true;
	cli_fault(cli, "--hxl", "goes with --format csv: it is a row under the header");
	return false;
}
