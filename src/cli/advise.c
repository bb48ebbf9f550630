/* `advise`: which agreements to sign next; with --draft each is written as a document. */
#include "cli/advise.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS 10

/* ---- drafts ---- */

static struct str draft_path(struct cli *cli, const struct advice *advice)
{
	return str_format(&cli->arena, STR_FMT "/" STR_FMT ".yaml",
		STR_ARG(cli_value(cli, "draft")),
		STR_ARG(cover_advice_id(&cli->arena, cli->world, advice)));
}

static enum cli_exit write_draft(
	struct cli *cli, const struct advise_asked *asked, const struct advice *advice)
{
	struct str path = draft_path(cli, advice);
	enum status status;
	struct buf text, formatted;

	buf_init(&text, &cli->arena, (size_t)1 << 20);
	buf_init(&formatted, &cli->arena, (size_t)1 << 20);
	cover_advice_draft(&text, &cli->arena, cli->world, advice, asked->filter.date);
	if (text.failed)
		return cli_failed(cli, "out of memory while drafting");
	status = accord_format(&formatted, &cli->arena, path, buf_str(&text), &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "drafting");
	status = cli->files->write(cli->files->context, path, buf_str(&formatted));
	if (status != STATUS_OK)
		return cli_failed(cli,
			str_format(&cli->arena, STR_FMT " cannot be written; is the folder there?",
				STR_ARG(path))
				.ptr);
	return CLI_ANSWERED;
}

/* All or none: a file that is there already stops the rest. */
static enum cli_exit write_drafts(struct cli *cli, const struct advise_asked *asked)
{
	enum cli_exit code = CLI_ANSWERED;
	struct str old;

	for (size_t i = 0; i < asked->advices.items_count; i++) {
		struct str path = draft_path(cli, &asked->advices.items[i]);

		if (cli->files->read(cli->files->context, &old, &cli->arena, path,
			    WORLD_FILE_MAX) != STATUS_NOT_FOUND)
			code = cli_fault(cli, "--draft",
				STR_FMT " is there already; drafts overwrite nothing",
				STR_ARG(path));
	}
	for (size_t i = 0; i < asked->advices.items_count && code == CLI_ANSWERED; i++)
		code = write_draft(cli, asked, &asked->advices.items[i]);
	return code;
}

/* ---- the command ---- */

static bool read_kinds(struct cli *cli, unsigned *kinds)
{
	struct str rest = cli_value(cli, "kind"), word;
	bool good = true;

	*kinds = 0;
	while (rest.ptr && str_next_word(&rest, ", ", &word)) {
		unsigned kind = 0;

		while (kind < ADVICE_KINDS && !str_eq(word, cover_advice_kind_words[kind]))
			kind++;
		if (kind == ADVICE_KINDS) {
			struct str shown = str_sub(word, 0, utf8_valid_prefix(word));

			cli_fault(cli, "--kind", "unknown kind '" STR_FMT "'" STR_FMT,
				STR_ARG(shown),
				STR_ARG(diags_suggest(&cli->diags, str_sub(shown, 0, 64),
					cover_advice_kind_words, ADVICE_KINDS)));
			good = false;
			continue;
		}
		*kinds |= 1u << kind;
	}
	return good;
}

static enum status compute(struct cli *cli, struct advise_asked *asked)
{
	enum status status =
		world_people(&asked->count, &cli->arena, cli->world, asked->filter.date);

	cli_progress(cli, "judging candidates", 0, CLI_PROGRESS_LONG);
	if (status == STATUS_OK)
		status = cover_advise(&asked->advices, &cli->arena, cli->index, &asked->count,
			&asked->filter, asked->k);
	return status;
}

static enum status print(struct cli *cli, const struct advise_asked *asked)
{
	enum status status;

	switch (asked->format) {
	case CLI_JSON:
		status = cover_advice_json(&cli->out, &cli->arena, cli->world, &asked->count,
			&asked->advices, &asked->filter);
		buf_add_char(&cli->out, '\n');
		return status;
	case CLI_CSV:
		return advise_csv(cli, asked);
	default:
		return advise_page(cli, asked);
	}
}

enum cli_exit cmd_advise(struct cli *cli)
{
	struct advise_asked asked = { .filter = { .place = NONE32, .viewer = VIEWER_ALL } };
	enum cli_exit code = cli_no_operands(cli);
	enum status status;
	bool good;

	if (code != CLI_ANSWERED)
		return code;
	asked.why = cli_given(cli, "why");
	asked.format = cli_format(cli);
	good = cli_number(cli, "n", ITEMS, &asked.k) && asked.format >= 0;
	if (cli_given(cli, "draft") && cli_value(cli, "draft").len == 0) {
		cli_fault(cli, "--draft", "a folder is asked for; . is this one");
		good = false;
	}
	good = cli_date(cli, &asked.filter.date) && good;
	good = read_kinds(cli, &asked.filter.kinds) && good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open_asked(
		cli, &asked.filter.services, &asked.filter.place, &asked.filter.viewer);
	if (code != CLI_ANSWERED)
		return code;
	status = compute(cli, &asked);
	if (status != STATUS_OK)
		return cli_status(cli, status, "advising");
	code = cli_given(cli, "draft") ? write_drafts(cli, &asked) : CLI_ANSWERED;
	if (code != CLI_ANSWERED)
		return code;
	code = cli_status(cli, print(cli, &asked), "printing");
	return code == CLI_ANSWERED && asked.advices.items_count == 0 ? CLI_NO : code;
}
