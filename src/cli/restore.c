/* `restore`: the database of -w from a backup, which is verified before it is trusted. */
#include "cli/cli.h"
#include "cli/keep.h"

#include <unistd.h>

/* The file that -w names, which must not be there. */
static enum cli_exit target(struct cli *cli, struct str *file)
{
	struct str name = cli_workspace_name(cli);
	uint64_t sequence;

	if (!cli->workspace.ptr && str_is(name, "./data"))
		name = STR("./entente.db");
	cli_is_database(cli, name, file, &sequence);
	if (!file->ptr)
		return cli_failed(cli, "out of memory");
	if (access(file->ptr, F_OK) == 0)
		return cli_fault(cli, "-w",
			"there is a file '" STR_FMT
			"' already; move it away first, nothing is overwritten",
			STR_ARG(*file));
	return CLI_ANSWERED;
}

/* A packed backup, as a database beside FILE; BACKUP is that from then on. */
static enum cli_exit unpack(struct cli *cli, struct str *backup, struct str file)
{
	struct str packed = *backup, plain;
	enum status status;

	if (!store_is_packed(packed.ptr))
		return CLI_ANSWERED;
	plain = str_format(&cli->arena, STR_FMT ".%016llx.unpacked", STR_ARG(file),
		(unsigned long long)random_system_seed());
	if (!plain.ptr)
		return cli_failed(cli, "out of memory");
	cli_progress(cli, "unpacking the backup", 0, CLI_PROGRESS_LONG);
	status = store_unpack(&cli->arena, packed, plain);
	if (status == STATUS_REFUSED)
		return cli_fault(cli, "",
			"the backup is damaged or cut off: it cannot be unpacked to its end; "
			"nothing is restored");
	if (status == STATUS_OK)
		*backup = plain;
	return cli_status(cli, status, "unpacking the backup");
}

static enum cli_exit restore(struct cli *cli, struct str backup, struct str file);

enum cli_exit cmd_restore(struct cli *cli)
{
	struct str file, backup;

	if (cli->operand_count != 1)
		return cli_fault(cli, "", "restore takes one FILE");
	backup = cli->operands[0];
	enum cli_exit code = target(cli, &file);
	if (code == CLI_ANSWERED)
		code = unpack(cli, &backup, file);
	if (code == CLI_ANSWERED)
		code = restore(cli, backup, file);
	if (backup.ptr != cli->operands[0].ptr)
		unlink(backup.ptr);
	return code;
}

static enum cli_exit restore(struct cli *cli, struct str backup, struct str file)
{
	struct store_audit audit;
	struct store *store;
	uint64_t sequence = 0;
	enum cli_exit code;
	struct store_config config = { .path = backup, .mode = STORE_READ };
	enum status status = store_open(&store, &config, &cli->diags);
	if (status == STATUS_NOT_FOUND)
		return cli_fault(
			cli, "", "there is no file '" STR_FMT "'", STR_ARG(cli->operands[0]));
	if (status != STATUS_OK)
		return cli_status(cli, status, "opening the backup");
	code = keep_audit(cli, store, NULL, &audit, &cli->diags);
	if (code == CLI_ANSWERED && audit.faults)
		code = cli_fault(
			cli, "", "the backup is not as it was written; nothing is restored");
	if (code == CLI_ANSWERED)
		code = cli_status(
			cli, store_backup(store, file, &sequence), "restoring the database");
	store_close(store);
	if (code == CLI_ANSWERED)
		buf_add_format(&cli->out, "state %llu is in '" STR_FMT "'\n%s\n",
			(unsigned long long)sequence, STR_ARG(file),
			cli_hash(cli, &audit.root).ptr);
	return code;
}
