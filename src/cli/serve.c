/* `serve`: the workspace over HTTP, for anyone to read. */
#include "cli/cli.h"

#include "web/web.h"

#define PEM_MAX ((size_t)1 << 20)

static void tell(struct str line)
{
	fprintf(stderr, STR_FMT "\n", STR_ARG(line));
}

static enum cli_exit read_pem(struct cli *cli, const char *option, struct str *out)
{
	struct str path = cli_value(cli, option);
	enum status status;

	*out = STR_NONE;
	if (!path.ptr)
		return CLI_ANSWERED;
	status = file_system_disk.read(NULL, out, &cli->arena, path, PEM_MAX);
	return status == STATUS_OK ? CLI_ANSWERED : cli_unread(cli, path, status);
}

enum cli_exit cmd_serve(struct cli *cli)
{
	struct web_config config = { .files = &file_system_disk,
		.clock = cli->clock,
		.listen =
			cli_given(cli, "listen") ? cli_value(cli, "listen") : STR("127.0.0.1:8080"),
		.version = ENTENTE_VERSION,
		.tell = tell };
	enum cli_exit code = cli_no_operands(cli);
	struct str file;
	uint64_t sequence;

	if (cli_given(cli, "tls-cert") != cli_given(cli, "tls-key"))
		code = cli_fault(cli, "--tls-cert", "certificate and key are given together");
	if (code == CLI_ANSWERED)
		code = read_pem(cli, "tls-cert", &config.tls_cert);
	if (code == CLI_ANSWERED)
		code = read_pem(cli, "tls-key", &config.tls_key);
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
