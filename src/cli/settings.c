/* The configuration file of a command, from and to the command's own table of options. */
#include "cli/settings.h"

#include <limits.h>

const char *settings_path_fault(struct str value)
{
	return value.len < PATH_MAX ? NULL : "a path has at most 4,095 bytes";
}

static bool is_workspace(const struct config_key *key)
{
	return str_is(str_of(key->name), "workspace"); /* the same as -w, of every command */
}

static void collect(struct settings *out, const struct cli_option *options)
{
	out->count = 0;
	for (size_t i = 0; options && options[i].name; i++) {
		if (!options[i].fault)
			continue;
		out->options[out->count] = i;
		out->keys[out->count++] = (struct config_key){ options[i].name, options[i].argument,
			options[i].help, options[i].otherwise, options[i].fault };
	}
}

static enum cli_exit read_file(struct settings *out, struct cli *cli)
{
	struct str content;
	enum status status;

	out->file = cli_value(cli, "config");
	status = file_system_disk.read(NULL, &content, &cli->arena, out->file, CONFIG_MAX);
	if (status == STATUS_REFUSED)
		return cli_fault(cli, "--config",
			"'" STR_FMT "' is too large; a configuration file has at most %zu bytes",
			STR_ARG(out->file), CONFIG_MAX);
	if (status != STATUS_OK)
		return cli_unread(cli, out->file, status);
	return cli_status(cli,
		config_read(out->values, &cli->arena, out->keys, out->count, out->file, content,
			&cli->diags),
		"reading the configuration file");
}

/* What the command line says of key I goes before the file and must be fit for one. */
static enum cli_exit take(struct settings *settings, struct cli *cli, size_t i)
{
	const struct config_key *key = &settings->keys[i];
	size_t option = settings->options[i];
	struct str *to = is_workspace(key) ? &cli->workspace : &cli->values[option];
	bool given = is_workspace(key) ? cli->workspace.ptr != NULL : cli->given[option];
	struct config_value *value = &settings->values[i];

	if (!given) {
		if (value->text.ptr) {
			*to = value->text;
			cli->given[option] = true;
		}
		return CLI_ANSWERED;
	}
	*value = (struct config_value){ *to, { 0, 0 } };
	const char *fault = config_fault(key, *to);
	return fault ? cli_fault(cli, str_format(&cli->arena, "--%s", key->name).ptr, "%s", fault)
		     : CLI_ANSWERED;
}

enum cli_exit settings_read(struct settings *out, struct cli *cli)
{
	enum cli_exit code = CLI_ANSWERED;

	*out = (struct settings){ 0 };
	collect(out, cli->command->options);
	if (cli_given(cli, "config"))
		code = read_file(out, cli);
	if (code == CLI_FAILED)
		return code;
	for (size_t i = 0; i < out->count; i++) {
		enum cli_exit one = take(out, cli, i);
		code = code == CLI_ANSWERED ? one : code;
	}
	return code;
}

void settings_print(struct cli *cli, const struct settings *settings)
{
	struct str head = str_format(&cli->arena,
		"Configuration of 'entente %s': entente %s --config FILE\n"
		"A line is 'key: value'; the value goes to the end of the line as it stands, "
		"without quotes. A line that begins with # says nothing. The command line goes "
		"before this file, this file before the defaults. Paths start at the folder where "
		"the program is started.\n"
		"Print what would be in force: entente %s --print-config --config FILE\n",
		cli->command->name, cli->command->name, cli->command->name);

	config_write(&cli->out, head, settings->keys, settings->count, settings->values);
}

void settings_locate(struct cli *cli, const struct settings *settings)
{
	for (size_t i = 0; i < cli->diags.count; i++) {
		struct diag *diag = &cli->diags.items[i];
		for (size_t k = 0; k < settings->count && str_is(diag->file, "entente"); k++) {
			const struct config_key *key = &settings->keys[k];
			struct str name = str_of(key->name);
			bool about =
				is_workspace(key)
					? str_is(diag->path, "-w")
					: str_starts(diag->path, "--") &&
						  str_eq(str_sub(diag->path, 2, diag->path.len),
							  name);
			if (!about || settings->values[k].pos.line == 0)
				continue;
			diag->file = settings->file;
			diag->pos = settings->values[k].pos;
			diag->path = name;
		}
	}
}
