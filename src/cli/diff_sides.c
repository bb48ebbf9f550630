/* Reads the two operands of `diff` and makes two whole versions of them, so that what is compared
 * is always one world of agreements with another. */
#include "cli/diff.h"

#include <stdlib.h>
#include <string.h>

enum operand { OPERAND_ID, OPERAND_FILE, OPERAND_FOLDER, OPERAND_WORKSPACE };

static bool is_path(struct str operand)
{
	return memchr(operand.ptr, '/', operand.len) || memchr(operand.ptr, '.', operand.len);
}

static struct str without_slash(struct str path)
{
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	return path;
}

/* NAMES, COUNT: the files of a folder. */
static enum operand classify(struct cli *cli, struct str operand, struct str **names, size_t *count)
{
	struct str file;
	uint64_t sequence;

	if (!is_path(operand))
		return OPERAND_ID;
	if (cli_is_database(cli, operand, &file, &sequence))
		return OPERAND_WORKSPACE;
	if (cli->files->list(cli->files->context, names, count, &cli->arena,
		    str_copy(&cli->arena, without_slash(operand))) != STATUS_OK)
		return OPERAND_FILE;
	for (size_t i = 0; i < *count; i++)
		if (str_is((*names)[i], "workspace.yaml"))
			return OPERAND_WORKSPACE;
	return OPERAND_FOLDER;
}

static int by_id(const void *a, const void *b)
{
	const struct agreement *x = a, *y = b;

	return str_cmp(x->id, y->id);
}

/* ---- who looks ---- */

/* --as in the numbers of both worlds; after they are read. */
static bool read_viewer(struct cli *cli, struct sides *sides)
{
	uint32_t viewer = VIEWER_ALL;

	if (cli_given(cli, "as") && !cli->world) {
		cli_fault(cli, "--as", "a viewer is a party of a workspace, and none was found");
		return false;
	}
	if (cli->world && !cli_viewer(cli, &viewer))
		return false;
	sides->old.viewer = sides->new.viewer = viewer;
	if (viewer < VIEWER_PUBLIC && sides->old.world && sides->old.world != cli->world) {
		sides->old.viewer = world_party(sides->old.world, cli->world->parties[viewer].id);
		if (sides->old.viewer == NONE32) /* sees there what anyone sees */
			sides->old.viewer = VIEWER_PUBLIC;
	}
	return true;
}

static bool sees(const struct world *world, const struct side *side,
	const struct agreement *agreement, int32_t date)
{
	return !world || cover_visible_in(world, agreement, side->viewer, date);
}

/* Into a list of its own: what is given may be the list of the workspace. */
static enum cli_exit keep_seen(
	struct cli *cli, const struct side *side, struct accords *accords, int32_t date)
{
	struct accords seen = *accords;

	seen.items = ARENA_ARRAY(&cli->arena, accords->items_count + 1, struct agreement);
	seen.items_count = 0;
	if (!seen.items)
		return cli_failed(cli, "out of memory");
	for (size_t i = 0; i < accords->items_count; i++)
		if (sees(side->world, side, &accords->items[i], date))
			seen.items[seen.items_count++] = accords->items[i];
	*accords = seen;
	return CLI_ANSWERED;
}

/* ---- two workspaces ---- */

static enum cli_exit open_workspace(struct cli *cli, struct side *side)
{
	enum cli_exit code;

	cli->world = NULL;
	cli->index = NULL;
	cli->workspace = str_copy(&cli->arena, side->name);
	code = cli_open(cli, CLI_ACCORDS);
	side->is_workspace = true;
	side->folder = cli->folder;
	side->world = cli->world;
	side->all = side->documents = cli->accords;
	return code;
}

static enum cli_exit read_workspaces(struct sides *out, struct cli *cli)
{
	enum cli_exit codes[2];

	if (cli->workspace.ptr)
		return cli_fault(cli, "-w", "two workspaces are compared; -w is not asked for");
	codes[0] = open_workspace(cli, &out->old);
	codes[1] = open_workspace(cli, &out->new); /* the faults of both in one run */
	return codes[0] > codes[1] ? codes[0] : codes[1];
}

/* ---- documents ---- */

/* What the viewer does not see is not there, nor is it suggested. */
static enum cli_exit find_agreement(struct cli *cli, struct side *side, int32_t date)
{
	struct str *ids = ARENA_ARRAY(&cli->arena, cli->accords.items_count + 1, struct str);
	size_t seen = 0;
	struct str hint;

	for (size_t i = 0; ids && i < cli->accords.items_count; i++) {
		if (!sees(cli->world, side, &cli->accords.items[i], date))
			continue;
		ids[seen++] = cli->accords.items[i].id;
		if (!str_eq(cli->accords.items[i].id, side->name))
			continue;
		side->documents.items[side->documents.items_count++] = cli->accords.items[i];
		return CLI_ANSWERED;
	}
	hint = cli_near(cli, side->name, ids, seen, "ready");
	return cli_fault(cli, "",
		"no agreement '" STR_FMT "' in the workspace" STR_FMT
		"; a folder or file is written with a '/' or a '.'",
		STR_ARG(side->name), STR_ARG(hint));
}

static enum cli_exit read_file(struct cli *cli, struct side *side, struct str path)
{
	struct agreement *agreement = &side->documents.items[side->documents.items_count];
	enum status status =
		accord_read(agreement, &cli->arena, cli->world, cli->files, path, &cli->diags);

	if (status == STATUS_NOT_FOUND)
		return CLI_REFUSED; /* told by accord_read() */
	side->documents.items_count += status == STATUS_OK;
	return cli_status(cli, status, "reading");
}

static enum cli_exit read_documents(struct cli *cli, struct side *side, enum operand kind,
	const struct str *names, size_t count, int32_t date)
{
	enum cli_exit worst = CLI_ANSWERED;

	side->documents.items = ARENA_ARRAY(&cli->arena, count + 1, struct agreement);
	if (!side->documents.items)
		return cli_failed(cli, "out of memory");
	if (kind == OPERAND_ID)
		return find_agreement(cli, side, date);
	if (kind == OPERAND_FILE)
		return read_file(cli, side, side->name);
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(&cli->arena, STR_FMT "/" STR_FMT,
			STR_ARG(without_slash(side->name)), STR_ARG(names[i]));
		enum cli_exit code;
		if (!str_ends(names[i], ".yaml") && !str_ends(names[i], ".json"))
			continue;
		code = read_file(cli, side, path);
		worst = code > worst ? code : worst;
	}
	qsort(side->documents.items, side->documents.items_count, sizeof *side->documents.items,
		by_id);
	for (size_t i = 1; i < side->documents.items_count && worst == CLI_ANSWERED; i++)
		if (str_eq(side->documents.items[i - 1].id, side->documents.items[i].id))
			worst = cli_fault(cli, "", "two agreements '" STR_FMT "' in " STR_FMT,
				STR_ARG(side->documents.items[i].id), STR_ARG(side->name));
	return worst;
}

static bool has(const struct accords *accords, struct str id)
{
	for (size_t i = 0; i < accords->items_count; i++)
		if (str_eq(accords->items[i].id, id))
			return true;
	return false;
}

/* SIDE's documents, and of the workspace whatever neither side speaks of. */
static enum cli_exit make_version(struct cli *cli, const struct sides *sides, struct side *side)
{
	const struct accords *base = &cli->accords;
	struct accords *all = &side->all;

	side->world = cli->world;
	all->items = ARENA_ARRAY(
		&cli->arena, base->items_count + side->documents.items_count + 1, struct agreement);
	if (!all->items)
		return cli_failed(cli, "out of memory");
	for (size_t i = 0; i < base->items_count; i++)
		if (!has(&sides->old.documents, base->items[i].id) &&
			!has(&sides->new.documents, base->items[i].id))
			all->items[all->items_count++] = base->items[i];
	for (size_t i = 0; i < side->documents.items_count; i++)
		all->items[all->items_count++] = side->documents.items[i];
	qsort(all->items, all->items_count, sizeof *all->items, by_id);
	return CLI_ANSWERED;
}

/* Leaves out what the viewer does not see; a document named alone would leave nothing to compare.
 */
static enum cli_exit hide(struct cli *cli, struct side *side, enum operand kind, int32_t date)
{
	enum cli_exit code;

	if (side->viewer == VIEWER_ALL)
		return CLI_ANSWERED;
	code = keep_seen(cli, side, &side->documents, date);
	if (code == CLI_ANSWERED)
		code = keep_seen(cli, side, &side->all, date);
	if (code == CLI_ANSWERED && kind == OPERAND_FILE && side->documents.items_count == 0)
		code = cli_fault(cli, "--as", "this viewer does not see " STR_FMT,
			STR_ARG(str_sub(side->name, 0, utf8_valid_prefix(side->name))));
	return code;
}

enum cli_exit sides_read(struct sides *out, struct cli *cli, bool text_only, int32_t date)
{
	struct side *sides[2] = { &out->old, &out->new };
	struct str *names[2] = { NULL, NULL };
	size_t counts[2] = { 0, 0 };
	enum operand kinds[2];
	enum cli_exit code = CLI_ANSWERED, codes[2];

	*out = (struct sides){ 0 };
	for (int i = 0; i < 2; i++) {
		sides[i]->name = cli->operands[i];
		if (utf8_valid_prefix(sides[i]->name) != sides[i]->name.len)
			return cli_fault(cli, "", "bytes that are not UTF-8");
		kinds[i] = classify(cli, sides[i]->name, &names[i], &counts[i]);
	}
	if ((kinds[0] == OPERAND_WORKSPACE) != (kinds[1] == OPERAND_WORKSPACE))
		return cli_fault(cli, "",
			"a workspace is compared with a workspace, documents with documents");
	bool workspaces = kinds[0] == OPERAND_WORKSPACE;
	if (workspaces)
		code = read_workspaces(out, cli);
	else if (!text_only || kinds[0] == OPERAND_ID || kinds[1] == OPERAND_ID ||
		 cli_given(cli, "as") || cli_has_workspace(cli))
		code = cli_open(cli, CLI_ACCORDS);
	if (code == CLI_ANSWERED && !read_viewer(cli, out))
		code = CLI_REFUSED;
	if (code != CLI_ANSWERED)
		return code;
	for (int i = 0; i < 2; i++)
		codes[i] = workspaces ? CLI_ANSWERED
				      : read_documents(
						cli, sides[i], kinds[i], names[i], counts[i], date);
	code = codes[0] > codes[1] ? codes[0] : codes[1];
	for (int i = 0; i < 2 && code == CLI_ANSWERED && !workspaces; i++)
		code = make_version(cli, out, sides[i]);
	for (int i = 0; i < 2 && code == CLI_ANSWERED; i++)
		code = hide(cli, sides[i], kinds[i], date);
	return code;
}

enum cli_exit sides_compile(struct sides *sides, struct cli *cli)
{
	struct side *each[2] = { &sides->old, &sides->new };
	enum status status = STATUS_OK;

	for (int i = 0; i < 2 && status == STATUS_OK; i++)
		status = cover_compile_jobs(
			&each[i]->index, &cli->arena, each[i]->world, &each[i]->all, &jobs_threads);
	cli->index = sides->new.index;
	return cli_status(cli, status, "building the index");
}
