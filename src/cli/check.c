/* `check`: faults of agreements and of whole workspaces, all of them in one run. Faults go to
 * standard output here, because they are what was asked for; the exit code says whether there were
 * any. */
#include "cli/cli.h"

#include <assert.h>

static enum cli_exit print_found(struct cli *cli)
{
	if (!diags_any(&cli->diags))
		return CLI_ANSWERED;
	diags_print(&cli->out, &cli->diags);
	if (cli->diags.dropped)
		buf_add_format(&cli->out, "%zu more faults\n", cli->diags.dropped);
	if (cli->diags.no_memory)
		return cli_failed(cli, "out of memory");
	diags_init(&cli->diags, &cli->arena, 0);
	return CLI_NO;
}

/* Faults are told, not counted as refusal: `check` goes on to what else there is. Where the
 * agreements could not be read, links to them are not judged. */
static enum cli_exit check_practices(struct cli *cli, bool linked, size_t *count)
{
	struct practices practices;
	enum status status = practice_load(&practices, &cli->arena, cli->world,
		linked ? &cli->accords : NULL, cli->files, cli->folder, &cli->diags);

	*count = practices.items_count;
	if (status != STATUS_OK && status != STATUS_REFUSED)
		return cli_status(cli, status, "reading practices");
	return CLI_ANSWERED;
}

/* The workspace is faulty: what is wrong with its practices is told in the same run. */
static enum cli_exit check_faulty(struct cli *cli)
{
	size_t practices;
	enum cli_exit code = check_practices(cli, false, &practices);

	return code == CLI_ANSWERED ? print_found(cli) : code;
}

static enum cli_exit check_workspace(struct cli *cli)
{
	enum cli_exit code = cli_open(cli, CLI_INDEX);
	bool opened = code == CLI_ANSWERED;
	enum status status;
	size_t practices = 0;

	if (cli->folder.ptr && code == CLI_REFUSED && cli->world == NULL && !cli->diags.count)
		return code;
	if (!opened)
		return code == CLI_REFUSED && cli->folder.ptr && cli->diags.count &&
				       !str_is(cli->diags.items[0].file, "entente")
			       ? check_faulty(cli)
			       : code;
	code = check_practices(cli, true, &practices);
	if (code != CLI_ANSWERED)
		return code;
	cli_progress(cli, "judging the agreements' own cases", 0, 0);
	status = cover_cases(&cli->arena, cli->index, &cli->diags);
	if (status != STATUS_OK && status != STATUS_REFUSED)
		return cli_status(cli, status, "judging cases");
	status = cover_contradictions_tell(&cli->diags, &cli->arena, cli->index, STR_NONE);
	if (status != STATUS_OK && status != STATUS_REFUSED)
		return cli_status(cli, status, "looking for contradictions");
	if (diags_any(&cli->diags))
		return print_found(cli);
	size_t cases = 0, commitments = 0;
	for (size_t i = 0; i < cli->accords.items_count; i++) {
		cases += cli->accords.items[i].cases_count;
		commitments += cli->accords.items[i].commitments_count;
	}
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"%s places, %s parties, %s periods of posts, %s figures of people; %zu "
			"agreements with %s commitments; %zu cases hold; %zu practices; no fault",
			page_number((int64_t)cli->world->places_count).text,
			page_number((int64_t)cli->world->parties_count).text,
			page_number((int64_t)cli->world->posts_count).text,
			page_number((int64_t)cli->world->people_count).text,
			cli->accords.items_count, page_number((int64_t)commitments).text, cases,
			practices));
	return CLI_ANSWERED;
}

/* The agreements of the workspace with AGREEMENT in its place; the others without their cases,
 * which are not what was asked about. */
static enum status with_agreement(
	struct accords *out, struct cli *cli, const struct agreement *agreement)
{
	size_t count = cli->accords.items_count, at = 0;

	out->items_count = 0;
	out->items = ARENA_ARRAY(&cli->arena, count + 1, struct agreement);
	if (!out->items)
		return STATUS_NO_MEMORY;
	while (at < count && str_cmp(cli->accords.items[at].id, agreement->id) < 0)
		out->items[out->items_count++] = cli->accords.items[at++];
	out->items[out->items_count++] = *agreement;
	if (at < count && str_eq(cli->accords.items[at].id, agreement->id))
		at++;
	while (at < count)
		out->items[out->items_count++] = cli->accords.items[at++];
	for (size_t i = 0; i < out->items_count; i++)
		if (!str_eq(out->items[i].id, agreement->id))
			out->items[i].cases_count = 0;
	return STATUS_OK;
}

enum around { AROUND_NONE, AROUND_FAULTY, AROUND_SOUND }; /* the workspace */

/* Tells the faults of one file. In a faulty workspace its cases are not judged: what they rest on
 * is not known to be right. */
static enum cli_exit check_file(struct cli *cli, struct str path, enum around around)
{
	struct agreement agreement;
	struct practice practice;
	struct accords accords;
	struct cover_index *index;
	enum status status;

	if (str_ends(path, ".md")) {
		status = practice_read(&practice, &cli->arena, cli->world,
			around == AROUND_SOUND ? &cli->accords : NULL, cli->files, path,
			&cli->diags);
		if (status == STATUS_NOT_FOUND) /* told already */
			return CLI_REFUSED;
		return status == STATUS_REFUSED ? CLI_ANSWERED : cli_status(cli, status, "reading");
	}
	status = accord_read(&agreement, &cli->arena, cli->world, cli->files, path, &cli->diags);

	if (status == STATUS_NOT_FOUND) /* told already, with its name */
		return CLI_REFUSED;
	if (status == STATUS_REFUSED)
		return CLI_ANSWERED;
	if (status != STATUS_OK)
		return cli_unread(cli, path, status);
	if (around != AROUND_SOUND || agreement.is_template)
		return CLI_ANSWERED;
	status = with_agreement(&accords, cli, &agreement);
	if (status == STATUS_OK)
		status = cover_compile_jobs(&index, &cli->arena, cli->world,
			&accords, &jobs_threads);
	if (status == STATUS_OK)
		status = cover_cases(&cli->arena, index, &cli->diags);
	if (status == STATUS_OK || status == STATUS_REFUSED)
		status = cover_contradictions_tell(
			&cli->diags, &cli->arena, index, agreement.id);
	return status == STATUS_REFUSED ? CLI_ANSWERED : cli_status(cli, status, "judging cases");
}

/* Reads the workspace around the files. Its own faults go to *ASIDE: they are told only where the
 * files have none. */
static enum cli_exit open_around(struct cli *cli, enum around *around, struct diags *aside)
{
	size_t max = cli->diags.max;
	enum cli_exit code;

	*around = AROUND_NONE;
	if (!cli_has_workspace(cli))
		return CLI_ANSWERED;
	code = cli_open(cli, CLI_ACCORDS);
	*around = code == CLI_ANSWERED ? AROUND_SOUND : AROUND_FAULTY;
	if (code != CLI_REFUSED || !cli->diags.count || str_is(cli->diags.items[0].file, "entente"))
		return code;
	*aside = cli->diags;
	diags_init(&cli->diags, &cli->arena, max);
	return CLI_ANSWERED;
}

enum cli_exit cmd_check(struct cli *cli)
{
	enum around around;
	struct diags aside;
	enum cli_exit code;

	if (cli->operand_count == 0)
		return check_workspace(cli);
	code = open_around(cli, &around, &aside);
	if (code != CLI_ANSWERED)
		return code;
	for (size_t i = 0; i < cli->operand_count; i++) {
		enum cli_exit one;
		if (utf8_valid_prefix(cli->operands[i]) != cli->operands[i].len)
			one = cli_fault(cli, "", "a file name that is not UTF-8");
		else
			one = check_file(cli, cli->operands[i], around);
		code = one > code ? one : code;
	}
	if (code != CLI_ANSWERED)
		return code;
	if (around == AROUND_NONE)
		fprintf(stderr, "entente: no workspace here: only the form of these files was "
				"checked, no code in them\n");
	if (around == AROUND_FAULTY) {
		fprintf(stderr, "entente: the workspace around these files has faults ('entente "
				"check' tells them): cases in the files were not judged\n");
		if (!diags_any(&cli->diags))
			cli->diags = aside;
	}
	return print_found(cli);
}
