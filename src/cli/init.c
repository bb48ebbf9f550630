/* `init`: a new database, with the workspace of a folder in it. */
#include "cli/cli.h"
#include "cli/keep.h"

#include <unistd.h>

/* What a failed import leaves is no workspace: the file was made here and goes again. */
static void take_back(struct cli *cli, struct str file)
{
	static const char *const endings[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < 3; i++) {
		struct str path = str_format(&cli->arena, STR_FMT "%s", STR_ARG(file), endings[i]);
		if (path.ptr)
			unlink(path.ptr);
	}
}

enum cli_exit cmd_init(struct cli *cli)
{
	struct store *store = NULL;
	struct str file;

	if (cli->operand_count > 1)
		return cli_fault(cli, "", "init takes one FOLDER, or none");
	enum cli_exit code = cli_open_store(cli, &store, STORE_CREATE);
	if (code != CLI_ANSWERED)
		return code;
	file = store_path(store);
	if (cli->operand_count)
		code = keep_import(cli, store, cli->operands[0]);
	else
		buf_add_format(&cli->out,
			"an empty database '" STR_FMT "'; 'entente import FOLDER' fills it\n",
			STR_ARG(file));
	file = str_copy(&cli->arena, file);
	store_close(store);
	if (code != CLI_ANSWERED)
		take_back(cli, file);
	return code;
}
