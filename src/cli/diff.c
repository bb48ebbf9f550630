/* `diff`: what differs between two versions of agreements or of whole workspaces: the text, field
 * by field, and what is answered: whose band changes, and who answers first. */
#include "cli/diff.h"

#include <stdlib.h>

#define ROWS 20 /* of a table, when --limit does not say */

/* ---- the text ---- */

static enum status push_document(struct text_diff *out, struct cli *cli,
	const struct agreement *old, const struct agreement *new)
{
	void *documents = out->documents;
	struct document_change change = { .old = old, .new = new };
	struct document_change *slot;

	if (old && new) {
		enum status status = accord_diff(
			&change.changes, &cli->arena, old, new, cli->files, &cli->diags);
		if (status != STATUS_OK || change.changes.items_count == 0)
			return status;
	}
	slot = arena_push(&cli->arena, &documents, &out->document_count, &out->document_capacity,
		sizeof *slot);
	out->documents = documents;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = change;
	return STATUS_OK;
}

static enum status diff_documents(struct text_diff *out, struct cli *cli, const struct sides *sides)
{
	const struct accords *old = &sides->old.documents, *new = &sides->new.documents;
	enum status status = STATUS_OK;
	size_t i = 0, j = 0;

	if (!sides->old.is_workspace && old->items_count == 1 && new->items_count == 1)
		return push_document(out, cli, &old->items[0], &new->items[0]);
	while ((i < old->items_count || j < new->items_count) && status == STATUS_OK) {
		int by = i == old->items_count   ? 1
			 : j == new->items_count ? -1
						 : str_cmp(old->items[i].id, new->items[j].id);
		status = push_document(
			out, cli, by <= 0 ? &old->items[i] : NULL, by >= 0 ? &new->items[j] : NULL);
		i += by <= 0;
		j += by >= 0;
	}
	return status;
}

/* ---- files of facts ---- */

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The lines of a file, sorted; an absent file has none. */
static enum status lines_of(
	struct str **lines, size_t *count, struct cli *cli, struct str folder, struct str name)
{
	struct str path =
		str_format(&cli->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
	struct str content = STR_NONE, rest, line;
	enum status status =
		cli->files->read(cli->files->context, &content, &cli->arena, path, WORLD_FILE_MAX);

	*count = 0;
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	for (rest = content; str_next_word(&rest, "\r\n", &line);)
		(*count)++;
	*lines = ARENA_ARRAY(&cli->arena, *count + 1, struct str);
	if (!*lines)
		return STATUS_NO_MEMORY;
	*count = 0;
	for (rest = content; str_next_word(&rest, "\r\n", &line);)
		(*lines)[(*count)++] = line;
	qsort(*lines, *count, sizeof **lines, by_text);
	return STATUS_OK;
}

static bool push_line(struct file_change *change, struct cli *cli, bool added, struct str text)
{
	void *lines = change->lines;
	struct file_line *line = arena_push(
		&cli->arena, &lines, &change->line_count, &change->line_capacity, sizeof *line);

	change->lines = lines;
	if (line)
		*line = (struct file_line){ added, text };
	return line != NULL;
}

static enum status diff_file(
	struct text_diff *out, struct cli *cli, const struct sides *sides, struct str name)
{
	struct file_change change = { .name = name };
	struct file_change *slot;
	struct str *old, *new;
	size_t old_count, new_count, i = 0, j = 0;
	void *files = out->files;
	enum status status = lines_of(&old, &old_count, cli, sides->old.folder, name);

	if (status == STATUS_OK)
		status = lines_of(&new, &new_count, cli, sides->new.folder, name);
	if (status != STATUS_OK)
		return status;
	while (i < old_count || j < new_count) {
		int by = i == old_count ? 1 : j == new_count ? -1 : str_cmp(old[i], new[j]);
		change.removed += by < 0;
		change.added += by > 0;
		if (by && !push_line(&change, cli, by > 0, by < 0 ? old[i] : new[j]))
			return STATUS_NO_MEMORY;
		i += by <= 0;
		j += by >= 0;
	}
	if (change.added + change.removed == 0)
		return STATUS_OK;
	slot = arena_push(&cli->arena, &files, &out->file_count, &out->file_capacity, sizeof *slot);
	out->files = files;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = change;
	return STATUS_OK;
}

static enum status diff_files(struct text_diff *out, struct cli *cli, const struct sides *sides)
{
	struct str *old, *new;
	size_t old_count, new_count, i = 0, j = 0;
	enum status status = cli->files->list(
		cli->files->context, &old, &old_count, &cli->arena, sides->old.folder);

	if (status == STATUS_OK)
		status = cli->files->list(
			cli->files->context, &new, &new_count, &cli->arena, sides->new.folder);
	while (status == STATUS_OK && (i < old_count || j < new_count)) {
		int by = i == old_count ? 1 : j == new_count ? -1 : str_cmp(old[i], new[j]);
		struct str name = by <= 0 ? old[i] : new[j];
		/* Some channels are for parties alone, so that who is given a viewer is told of
		 * none. */
		if (str_is(name, "channels.csv") && sides->new.viewer != VIEWER_ALL)
			;
		else if (str_ends(name, ".csv") || str_is(name, "workspace.yaml"))
			status = diff_file(out, cli, sides, name);
		i += by <= 0;
		j += by >= 0;
	}
	return status;
}

enum status diff_text(struct text_diff *out, struct cli *cli, const struct sides *sides)
{
	enum status status;

	*out = (struct text_diff){ 0 };
	status = diff_documents(out, cli, sides);
	if (status == STATUS_OK && sides->old.is_workspace)
		status = diff_files(out, cli, sides);
	return status;
}

size_t diff_text_count(const struct text_diff *text)
{
	size_t count = text->file_count;

	for (size_t i = 0; i < text->document_count; i++) {
		const struct document_change *document = &text->documents[i];
		count += document->old && document->new ? document->changes.items_count : 1;
	}
	return count;
}

/* ---- what is asked ---- */

/* The same filter in the numbers of OLD's world. */
static void map_filter(const struct cli *cli, const struct sides *sides, struct asked_diff *asked)
{
	const struct world *world = sides->old.world;
	struct gap_filter *old = &asked->old.filter;
	const struct gap_filter *new = &asked->new.filter;

	*old = *new;
	old->viewer = sides->old.viewer;
	if (world == cli->world)
		return;
	if (new->place != NONE32) {
		old->place = world_place(world, cli->world->places[new->place].id);
		asked->old.empty |= old->place == NONE32;
	}
	if (new->nat != NAT_NONE) {
		old->nat = world_nat(world, cli->world->nats[new->nat].code);
		asked->old.empty |= old->nat == NAT_NONE;
	}
}

static bool read_filter(struct cli *cli, const struct sides *sides, struct asked_diff *asked)
{
	bool good = cli_services(cli, &asked->services);

	asked->new.filter = (struct gap_filter){ .place = NONE32, .nat = NAT_NONE, .group = -1 };
	asked->new.filter.date = asked->date;
	good = cli_place(cli, &asked->new.filter.place) && good;
	asked->new.filter.viewer = sides->new.viewer;
	if (good)
		map_filter(cli, sides, asked);
	return good;
}

/* Facts that differ may change any service; agreements only those that they name. */
static uint64_t services_concerned(const struct sides *sides, const struct text_diff *text)
{
	return text->file_count ? ~UINT64_C(0)
				: cover_diff_services(&sides->old.all, &sides->new.all);
}

static enum cli_exit compare(struct cli *cli, struct sides *sides, struct asked_diff *asked,
	const struct text_diff *text, struct cover_diff *behaviour)
{
	enum cli_exit code = sides_compile(sides, cli);
	enum status status;

	if (code != CLI_ANSWERED)
		return code;
	if (!read_filter(cli, sides, asked))
		return CLI_REFUSED;
	asked->services &= services_concerned(sides, text);
	asked->old.accords = &sides->old.all;
	asked->new.accords = &sides->new.all;
	asked->old.index = sides->old.index;
	asked->new.index = sides->new.index;
	asked->old.count = &asked->counts[0];
	asked->new.count = &asked->counts[1];
	cli_progress(cli, "comparing the answers", 0, CLI_PROGRESS_LONG);
	status = world_people(&asked->counts[0], &cli->arena, sides->old.world, asked->date);
	if (status == STATUS_OK)
		status =
			world_people(&asked->counts[1], &cli->arena, sides->new.world, asked->date);
	if (status == STATUS_OK)
		status = cover_diff(
			behaviour, &cli->arena, &asked->old, &asked->new, asked->services);
	return cli_status(cli, status, "comparing");
}

static enum cli_exit print(struct cli *cli, const struct asked_diff *asked,
	const struct sides *sides, const struct text_diff *text, const struct cover_diff *behaviour)
{
	bool differ = diff_text_count(text) ||
		      (behaviour && (behaviour->moves_count || behaviour->firsts_count));
	enum status status = STATUS_OK;

	if (asked->format == CLI_JSON)
		status = diff_print_json(cli, asked, sides, text, behaviour);
	else if (asked->format == CLI_CSV)
		diff_print_csv(cli, asked, behaviour);
	else
		diff_print(cli, asked, sides, text, behaviour);
	if (status != STATUS_OK)
		return cli_status(cli, status, "printing");
	return differ ? CLI_NO : CLI_ANSWERED; /* the question is: are they the same? */
}

enum cli_exit cmd_diff(struct cli *cli)
{
	struct asked_diff asked = { 0 };
	struct cover_diff behaviour;
	struct text_diff text;
	struct sides sides;
	enum cli_exit code;
	enum status status;
	bool good;

	if (cli->operand_count != 2)
		return cli_fault(cli, "", "diff needs two versions, OLD and NEW");
	asked.format = cli_format(cli);
	asked.text_only = cli_given(cli, "text");
	good = asked.format >= 0;
	good = cli_limit(cli, "limit", asked.format == CLI_TABLE ? ROWS : SIZE_MAX, &asked.limit) &&
	       good;
	good = cli_date(cli, &asked.date) && good;
	if (asked.text_only && asked.format == CLI_CSV) {
		cli_fault(cli, "--format",
			"CSV holds the people whose band changes; not with --text");
		good = false;
	}
	if (!good)
		return CLI_REFUSED;
	code = sides_read(&sides, cli, asked.text_only, asked.date);
	if (code != CLI_ANSWERED)
		return code;
	status = diff_text(&text, cli, &sides);
	if (status != STATUS_OK)
		return cli_status(cli, status, "comparing the texts");
	if (!asked.text_only)
		code = compare(cli, &sides, &asked, &text, &behaviour);
	if (code != CLI_ANSWERED)
		return code;
	return print(cli, &asked, &sides, &text, asked.text_only ? NULL : &behaviour);
}
