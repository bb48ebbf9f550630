/* `export`: a state of the database as the files of a workspace, byte for byte. */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* FOLDER is made, or is empty. */
static enum cli_exit make_folder(struct cli *cli, struct str folder)
{
	if (mkdir(folder.ptr, 0777) == 0)
		return CLI_ANSWERED;
	if (errno != EEXIST || !cli_is_folder(folder))
		return cli_fault(cli, "", "the folder '" STR_FMT "' cannot be made: %s",
			STR_ARG(folder), strerror(errno));
	DIR *list = opendir(folder.ptr);
	const struct dirent *entry = NULL;
	while (list && (entry = readdir(list)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			break;
	bool empty = list && !entry;
	if (list)
		closedir(list);
	return empty ? CLI_ANSWERED
		     : cli_fault(cli, "",
			       "the folder '" STR_FMT
			       "' is not empty, and nothing is overwritten; name another",
			       STR_ARG(folder));
}

static enum cli_exit write_file(
	struct cli *cli, const struct file_system *disk, struct str folder, struct str name)
{
	struct str content,
		from = str_format(
			&cli->arena, STR_FMT "/" STR_FMT, STR_ARG(cli->folder), STR_ARG(name)),
		to = str_format(&cli->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
	const char *slash = memchr(name.ptr, '/', name.len);

	if (!from.ptr || !to.ptr)
		return cli_failed(cli, "out of memory");
	if (slash) {
		struct str sub = str_format(&cli->arena, STR_FMT "/%.*s", STR_ARG(folder),
			(int)(slash - name.ptr), name.ptr);
		if (!sub.ptr || (mkdir(sub.ptr, 0777) != 0 && errno != EEXIST))
			return cli_failed(cli, "a folder cannot be made");
	}
	enum status status =
		cli->files->read(cli->files->context, &content, &cli->arena, from, STORE_FILE_MAX);
	if (status == STATUS_OK)
		status = disk->write(disk->context, to, content);
	return cli_status(cli, status, "writing files");
}

enum cli_exit cmd_export(struct cli *cli)
{
	const struct file_system *disk = cli->files;
	struct str name = cli_workspace_name(cli), file;
	uint64_t sequence;
	size_t count;

	if (cli->operand_count != 1)
		return cli_fault(cli, "", "export takes one FOLDER");
	if (!cli_is_database(cli, name, &file, &sequence))
		return cli_fault(cli, "-w", "'" STR_FMT "' is no database; name one as sqlite:FILE",
			STR_ARG(name));
	enum cli_exit code = cli_open_view(cli, file, sequence);
	if (code == CLI_ANSWERED)
		code = make_folder(cli, cli->operands[0]);
	if (code != CLI_ANSWERED)
		return code;
	const struct store_view *view = cli->views[cli->view_count - 1];
	const struct str *names = store_view_names(view, &count);
	for (size_t i = 0; i < count && code == CLI_ANSWERED; i++) {
		cli_progress(cli, "writing files", i, count);
		code = write_file(cli, disk, cli->operands[0], names[i]);
	}
	if (code == CLI_ANSWERED)
		buf_add_format(&cli->out, "%zu files of state %llu\n", count,
			(unsigned long long)store_view_sequence(view));
	return code;
}
