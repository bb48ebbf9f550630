/* Finds the workspace that a command works on and reads it: facts, agreements, index. One broken
 * file anywhere and nothing is answered from the rest, because an answer that leaves out an
 * agreement is a wrong answer. */
#include "cli/cli.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#define PROGRESS_AFTER_NS UINT64_C(1000000000)

enum cli_exit cli_failed(struct cli *cli, const char *what)
{
	cli->failure = str_of(what);
	return CLI_FAILED;
}

enum cli_exit cli_status(struct cli *cli, enum status status, const char *doing)
{
	switch (status) {
	case STATUS_OK:
		return CLI_ANSWERED;
	case STATUS_REFUSED:
		return CLI_REFUSED;
	case STATUS_NOT_FOUND:
		cli_fault(cli, "", "%s: not found", doing);
		return CLI_REFUSED;
	case STATUS_NO_MEMORY:
		cli->failure = str_format(&cli->arena, "%s: out of memory", doing);
		break;
	case STATUS_IO:
		cli->failure = str_format(&cli->arena, "%s: the file system refused", doing);
		break;
	}
	if (!cli->failure.ptr)
		cli->failure = STR("out of memory");
	return CLI_FAILED;
}

void cli_progress(struct cli *cli, const char *doing, size_t done, size_t of)
{
	uint64_t now;

	if (!cli->progress)
		return;
	now = cli->clock->monotonic_ns(cli->clock->context);
	if (now - cli->started_ns < PROGRESS_AFTER_NS && of != CLI_PROGRESS_LONG)
		return;
	cli->progress_told = true;
	if (of == CLI_PROGRESS_LONG)
		of = 0;
	if (of)
		fprintf(stderr, "\r\033[K%s: %zu of %zu", doing, done, of);
	else
		fprintf(stderr, "\r\033[K%s", doing);
	fflush(stderr);
}

void cli_progress_end(struct cli *cli)
{
	if (cli->progress_told)
		fprintf(stderr, "\r\033[K");
}

static bool exists(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0;
}

bool cli_is_folder(struct str path)
{
	struct stat info;

	return stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The name under which the user asked, in order: -w, $ENTENTE_WORKSPACE, ./entente.db, ./data. */
struct str cli_workspace_name(const struct cli *cli)
{
	const char *environment = getenv("ENTENTE_WORKSPACE");

	if (cli->workspace.ptr)
		return cli->workspace;
	if (environment && *environment)
		return str_of(environment);
	return exists("./entente.db") ? STR("./entente.db") : STR("./data");
}

bool cli_has_workspace(const struct cli *cli)
{
	const char *environment = getenv("ENTENTE_WORKSPACE");

	return cli->workspace.ptr || (environment && *environment) || exists("./entente.db") ||
	       exists("./data/workspace.yaml");
}

enum cli_exit cli_find(struct cli *cli)
{
	struct str name = cli_workspace_name(cli), file;
	uint64_t sequence;

	if (utf8_valid_prefix(name) != name.len)
		return cli_fault(cli, "-w", "a name that is not UTF-8");
	if (str_starts(name, "postgres:") || str_starts(name, "postgresql:"))
		return cli_fault(cli, "-w",
			"'" STR_FMT "' names a database of PostgreSQL; this version reads folders "
			"and sqlite:FILE",
			STR_ARG(name));
	if (cli_is_database(cli, name, &file, &sequence))
		return cli_open_view(cli, file, sequence);
	cli->folder = str_copy(&cli->arena, name);
	if (!cli->folder.ptr)
		return cli_failed(cli, "out of memory");
	while (cli->folder.len > 1 && cli->folder.ptr[cli->folder.len - 1] == '/')
		cli->folder.len--;
	if (!exists(name.ptr)) {
		if (cli->workspace.ptr || getenv("ENTENTE_WORKSPACE"))
			return cli_fault(
				cli, "-w", "there is no workspace '" STR_FMT "'", STR_ARG(name));
		return cli_fault(cli, "",
			"there is no workspace here: no folder ./data; name one with -w FOLDER or "
			"$ENTENTE_WORKSPACE");
	}
	if (!cli_is_folder(name) && store_is_packed(name.ptr))
		return cli_fault(cli, "-w",
			"'" STR_FMT "' is a packed backup: 'entente restore " STR_FMT
			" -w sqlite:FILE' makes a database of it",
			STR_ARG(name), STR_ARG(name));
	if (!cli_is_folder(name))
		return cli_fault(cli, "-w",
			"'" STR_FMT "' is a file, but no database of this program", STR_ARG(name));
	if (!exists(str_format(&cli->arena, STR_FMT "/workspace.yaml", STR_ARG(cli->folder)).ptr))
		return cli_fault(cli, "-w",
			"'" STR_FMT "' is no workspace: it has no workspace.yaml", STR_ARG(name));
	return CLI_ANSWERED;
}

/* The facts are faulty: the agreements cannot be held against them, but what is wrong with their
 * form is told in the same run. */
static void check_forms(struct cli *cli)
{
	struct str *names;
	size_t count;
	struct str folder = str_format(&cli->arena, STR_FMT "/agreements", STR_ARG(cli->folder));

	if (!folder.ptr || cli->files->list(cli->files->context, &names, &count, &cli->arena,
				   folder) != STATUS_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct agreement agreement;
		struct str path = str_format(
			&cli->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(names[i]));
		bool document = str_ends(names[i], ".yaml") || str_ends(names[i], ".json");
		if (document && path.ptr &&
			accord_read(&agreement, &cli->arena, NULL, cli->files, path, &cli->diags) ==
				STATUS_NO_MEMORY)
			return;
	}
}

enum cli_exit cli_open(struct cli *cli, enum cli_depth depth)
{
	enum cli_exit found = cli_find(cli);
	enum status status;

	assert(cli->world == NULL);
	if (found != CLI_ANSWERED)
		return found;
	cli_progress(cli, "reading the facts", 0, 0);
	status = world_load(&cli->world, &cli->arena, cli->files, cli->folder, &cli->diags);
	if (status == STATUS_REFUSED && depth != CLI_WORLD)
		check_forms(cli);
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading the workspace");
	if (depth == CLI_WORLD)
		return CLI_ANSWERED;
	cli_progress(cli, "reading the agreements", 0, 0);
	status = accord_load_with(&cli->accords, &cli->arena, cli->world, cli->files, &jobs_threads,
		cli->folder, &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading the agreements");
	if (depth == CLI_ACCORDS)
		return CLI_ANSWERED;
	cli_progress(cli, "building the index", 0, 0);
	status = cover_compile_jobs(
		&cli->index, &cli->arena, cli->world, &cli->accords, &jobs_threads);
	return cli_status(cli, status, "building the index");
}

enum cli_exit cli_unread(struct cli *cli, struct str path, enum status status)
{
	if (status == STATUS_NOT_FOUND)
		return cli_fault(cli, "", "there is no file '" STR_FMT "'", STR_ARG(path));
	if (status == STATUS_IO && cli_is_folder(path))
		return cli_fault(
			cli, "", "'" STR_FMT "' is a folder; name the files in it", STR_ARG(path));
	return cli_status(cli, status, "reading");
}
