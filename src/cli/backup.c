/* `backup`: a copy of the database, while others write to it. */
#include "cli/cli.h"

enum cli_exit cmd_backup(struct cli *cli)
{
	struct store *store = NULL;
	uint64_t sequence = 0;

	if (cli->operand_count != 1)
		return cli_fault(cli, "", "backup takes one FILE");
	enum cli_exit code = cli_open_store(cli, &store, STORE_READ);
	if (code != CLI_ANSWERED)
		return code;
	cli_progress(cli, "copying the database", 0, CLI_PROGRESS_LONG);
	enum status status = store_backup(store, cli->operands[0], &sequence);
	store_close(store);
	if (status == STATUS_REFUSED)
		return cli_fault(cli, "",
			"there is a file '" STR_FMT "', and nothing is overwritten; name another",
			STR_ARG(cli->operands[0]));
	if (status == STATUS_OK)
		buf_add_format(&cli->out, "state %llu is in '" STR_FMT "'\n",
			(unsigned long long)sequence, STR_ARG(cli->operands[0]));
	return cli_status(cli, status, "copying the database");
}
