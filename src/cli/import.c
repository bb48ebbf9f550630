/* `import`: the workspace in a folder becomes the newest state of a database. */
#include "cli/cli.h"
#include "cli/keep.h"

enum cli_exit keep_import(struct cli *cli, struct store *store, struct str folder)
{
	struct store_receipt receipt;
	struct store_tally tally;

	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	folder = str_copy(&cli->arena, folder);
	if (!folder.ptr)
		return cli_failed(cli, "out of memory");
	if (!cli_is_folder(folder))
		return cli_fault(cli, "", "'" STR_FMT "' is no folder", STR_ARG(folder));
	cli_progress(cli, "reading and writing the workspace", 0, CLI_PROGRESS_LONG);
	enum status status = store_import(store, cli->files, folder, &receipt, &tally, &cli->diags);
	if (status != STATUS_OK && receipt.why) {
		if (status == STATUS_REFUSED)
			return cli_fault(cli, "", "%s", receipt.why);
		return cli_failed(cli, receipt.why);
	}
	if (status != STATUS_OK)
		return cli_status(cli, status, "importing");
	buf_add_format(&cli->out, "%zu files, %s bytes; %s %llu\n%s\n", tally.files,
		page_number((int64_t)tally.bytes).text,
		receipt.idle ? "nothing differs from state" : "now state",
		(unsigned long long)receipt.sequence, cli_hash(cli, &receipt.root).ptr);
	return CLI_ANSWERED;
}

enum cli_exit cmd_import(struct cli *cli)
{
	struct store *store = NULL;

	if (cli->operand_count != 1)
		return cli_fault(cli, "", "import takes one FOLDER");
	enum cli_exit code = cli_open_store(cli, &store, STORE_WRITE);
	if (code == CLI_ANSWERED)
		code = keep_import(cli, store, cli->operands[0]);
	store_close(store);
	return code;
}
