/* Options that may also stand in a configuration file: those rows of a command's table that have a
 * `fault`. The command line goes before the file, the file before the defaults. */
#ifndef ENTENTE_CLI_SETTINGS_H
#define ENTENTE_CLI_SETTINGS_H

#include "cli/cli.h"

struct settings {
	struct str file; /* of --config; STR_NONE without it */
	size_t count;
	struct config_key keys[CLI_OPTIONS_MAX];
	size_t options[CLI_OPTIONS_MAX];             /* the row of each key */
	struct config_value values[CLI_OPTIONS_MAX]; /* in force; pos.line is 0 without the file */
};

/* Reads the file of --config, if any, into cli->given, cli->values and cli->workspace wherever the
 * command line says nothing. All its faults are told, also of what the command line overrides. */
enum cli_exit settings_read(struct settings *out, struct cli *cli);
/* The configuration file that says what is in force. */
void settings_print(struct cli *cli, const struct settings *settings);
/* Faults told about an option whose value came from the file are told of its line. */
void settings_locate(struct cli *cli, const struct settings *settings);
const char *settings_path_fault(struct str value);

#endif
