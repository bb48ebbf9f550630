/* `serve`: the workspace over HTTP, for anyone to read. */
#include "cli/settings.h"

#include "web/web.h"

#define PEM_MAX ((size_t)1 << 20)

static void tell(struct str line)
{
	fprintf(stderr, STR_FMT "\n", STR_ARG(line));
}

static enum cli_exit read_pem(struct cli *cli, const char *option, struct str *out)
{
	const char *about = str_format(&cli->arena, "--%s", option).ptr;
	struct str path = cli_value(cli, option);
	enum status status;

	*out = STR_NONE;
	if (!path.ptr)
		return CLI_ANSWERED;
	status = file_system_disk.read(NULL, out, &cli->arena, path, PEM_MAX);
	if (status == STATUS_OK || status == STATUS_NO_MEMORY)
		return cli_status(cli, status, "reading");
	return cli_fault(cli, about, "'" STR_FMT "': %s", STR_ARG(path),
		status == STATUS_NOT_FOUND ? "there is no such file"
		: status == STATUS_REFUSED ? "too large for a certificate or key in PEM"
					   : "it cannot be read as a file");
}

static enum cli_exit read_pair(struct cli *cli, struct web_config *config)
{
	bool cert = cli_given(cli, "tls-cert"), key = cli_given(cli, "tls-key");

	if (cert != key)
		return cli_fault(cli, cert ? "--tls-cert" : "--tls-key",
			"certificate and key are given together; --%s is missing",
			cert ? "tls-key" : "tls-cert");
	enum cli_exit first = read_pem(cli, "tls-cert", &config->tls_cert);
	enum cli_exit second = read_pem(cli, "tls-key", &config->tls_key);
	return first == CLI_ANSWERED ? second : first;
}

static enum cli_exit serve(struct cli *cli)
{
	struct web_config config = { .files = &file_system_disk,
		.clock = cli->clock,
		.listen = cli_value(cli, "listen"),
		.threads = web_threads(cli_value(cli, "threads")),
		.version = ENTENTE_VERSION,
		.tell = tell };
	enum cli_exit code = read_pair(cli, &config);
	struct str file;
	uint64_t sequence;

	if (code != CLI_ANSWERED)
		return code;
	if (cli_is_database(cli, cli_workspace_name(cli), &file, &sequence)) {
		struct store_config store = { .path = file, .mode = STORE_READ };
		enum status status = store_open(&config.store, &store, &cli->diags);
		if (sequence != STORE_NEWEST)
			code = cli_fault(cli, "-w", "the newest state is served; leave out @");
		if (status != STATUS_OK)
			code = cli_store_status(cli, status, file, "opening the database");
		config.folder = file;
	} else {
		code = cli_find(cli);
		config.folder = cli->folder;
	}
	if (code == CLI_ANSWERED)
		code = cli_status(cli, web_serve(&config, &cli->diags), "serving");
	store_close(config.store);
	return code;
}

enum cli_exit cmd_serve(struct cli *cli)
{
	enum cli_exit code = cli_no_operands(cli);
	struct settings settings;

	if (code == CLI_ANSWERED)
		code = settings_read(&settings, cli);
	if (code != CLI_ANSWERED)
		return code;
	if (cli_given(cli, "print-config")) {
		settings_print(cli, &settings);
		return CLI_ANSWERED;
	}
	code = serve(cli);
	settings_locate(cli, &settings);
	return code;
}
