/* The database of a workspace: how it is named, and its state as files for every command that reads
 * a folder. */
#include "cli/cli.h"

#include <sys/stat.h>

#define SCHEME "sqlite:"

static bool exists(struct str path)
{
	struct stat info;

	return stat(path.ptr, &info) == 0;
}

/* FILE@SEQUENCE, unless there is a file of that whole name. */
static void cut_sequence(struct cli *cli, struct str *file, uint64_t *sequence)
{
	size_t at = file->len;
	int64_t number;

	*sequence = STORE_NEWEST;
	while (at > 0 && file->ptr[at - 1] != '@')
		at--;
	if (at < 2 || exists(*file) || !str_to_int64(str_sub(*file, at, file->len), &number) ||
		number < 0)
		return;
	*file = str_copy(&cli->arena, str_sub(*file, 0, at - 1));
	*sequence = (uint64_t)number;
}

bool cli_is_database(struct cli *cli, struct str name, struct str *file, uint64_t *sequence)
{
	bool named = str_starts(name, SCHEME);

	*file = str_copy(&cli->arena, named ? str_sub(name, sizeof SCHEME - 1, name.len) : name);
	if (!file->ptr)
		return false;
	cut_sequence(cli, file, sequence);
	return file->ptr && (named || store_is_database(file->ptr));
}

struct str cli_hash(struct cli *cli, const struct sha256 *hash)
{
	char hex[65];

	sha256_hex(hex, hash);
	return str_format(&cli->arena, "sha256:%s", hex);
}

enum cli_exit cli_store_status(
	struct cli *cli, enum status status, struct str file, const char *doing)
{
	if (status == STATUS_NOT_FOUND)
		return cli_fault(cli, "-w",
			"there is no database '" STR_FMT
			"'; 'entente init FOLDER -w sqlite:" STR_FMT "' makes one",
			STR_ARG(file), STR_ARG(file));
	return cli_status(cli, status, doing);
}

enum cli_exit cli_open_view(struct cli *cli, struct str file, uint64_t sequence)
{
	struct store_config config = { .path = file, .mode = STORE_READ };
	struct store_view *view = NULL;
	struct store *store;
	enum status status = store_open(&store, &config, &cli->diags);

	if (status != STATUS_OK)
		return cli_store_status(cli, status, file, "opening the database");
	if (cli->view_count == CLI_VIEWS_MAX)
		status = STATUS_NO_MEMORY;
	else
		status = store_view_open(&view, store, sequence, file, cli->files);
	store_close(store);
	if (status == STATUS_NOT_FOUND)
		return cli_fault(cli, "-w", "the journal of '" STR_FMT "' does not reach to %llu",
			STR_ARG(file), (unsigned long long)sequence);
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading the database");
	cli->views[cli->view_count++] = view;
	size_t names;
	store_view_names(view, &names);
	if (names == 0)
		return cli_fault(cli, "-w",
			"the database '" STR_FMT "' is empty; 'entente import FOLDER' fills it",
			STR_ARG(file));
	cli->files = store_view_files(view);
	cli->folder = file;
	return CLI_ANSWERED;
}

enum cli_exit cli_open_store(struct cli *cli, struct store **store, enum store_mode mode)
{
	struct str name = cli_workspace_name(cli), file;
	uint64_t sequence;
	bool database = cli_is_database(cli, name, &file, &sequence);

	if (!cli->workspace.ptr && !database && str_is(name, "./data")) {
		database = true; /* the default, where nothing else is named */
		file = STR("./entente.db");
	}
	if (mode == STORE_CREATE && !str_starts(name, "postgres"))
		database = true;
	if (!file.ptr)
		return cli_failed(cli, "out of memory");
	if (!database || cli_is_folder(file))
		return cli_fault(cli, "-w", "'" STR_FMT "' is no database; name one as sqlite:FILE",
			STR_ARG(name));
	if (sequence != STORE_NEWEST)
		return cli_fault(cli, "-w", "an earlier state can be read, not written to");
	struct store_config config = { .path = file, .mode = mode, .clock = cli->clock };
	enum status status = store_open(store, &config, &cli->diags);
	return cli_store_status(cli, status, file, "opening the database");
}
