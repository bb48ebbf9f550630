/* `ready`: would the agreements hold? A row for each, a column for each component; --why says what
 * every figure rests on, commitment by commitment. */
#include "cli/cli.h"

#include <assert.h>
#include <inttypes.h>

struct asked_ready {
	int32_t date;
	uint32_t viewer;
	int format;
	bool why;
	const struct agreement **agreements;
	size_t count;
};

static const char *mark(const struct readiness *ready, int part)
{
	if (!ready->asked[part])
		return "-";
	return ready->parts[part] == TRUTH_T ? "yes" : ready->parts[part] == TRUTH_F ? "no" : "?";
}

static const char *truth_word(enum truth truth)
{
	return truth == TRUTH_T ? "yes" : truth == TRUTH_F ? "no" : "?";
}

static const char *letter(const struct readiness *ready, int part)
{
	return ready->asked[part] ? cover_truth_letter(ready->parts[part]) : "";
}

static struct str ends_text(struct cli *cli, const struct readiness *ready, int32_t date)
{
	if (ready->ends == DATE_NONE)
		return STR("open");
	if (ready->ends < date)
		return STR("ended");
	return str_format(&cli->arena, "%d d", ready->ends - date);
}

/* ---- in words ---- */

static struct str term_words(struct cli *cli, const struct readiness *ready)
{
	const struct agreement *agreement = ready->agreement;

	if (ready->ends == DATE_NONE)
		return STR("no end is agreed");
	return str_format(&cli->arena, "ends on %s%s", page_date(ready->ends).text,
		agreement->renews.count > 0 ? "; to be renewed, not confirmed beyond" : "");
}

static struct str channel_words(struct cli *cli, const struct readiness *ready)
{
	struct duration every = ready->tested_every.count
					? ready->tested_every
					: (struct duration){ READY_TEST_DAYS, DURATION_DAYS };

	return str_format(&cli->arena,
		"of %zu that may have to help, %zu have a channel tested within " STR_FMT
		"%s, %zu only longer ago, of %zu no test is on record%s%s",
		ready->providers, ready->tested, STR_ARG(words_duration(&cli->arena, every)),
		ready->tested_every.count ? "" : " (the agreement does not say how often)",
		ready->old, ready->silent,
		ready->last_test != DATE_NONE ? "; the latest test " : "",
		page_date(ready->last_test).text);
}

static struct str part_words(struct cli *cli, const struct readiness *ready, int part)
{
	struct arena *arena = &cli->arena;

	switch ((enum ready_part)part) {
	case READY_IN_FORCE:
		return ready->parts[part] == TRUTH_U
			       ? STR("its term has ended; it is expected to be renewed")
			       : STR("by its states, its dates and its renewals");
	case READY_TERM:
		return term_words(cli, ready);
	case READY_CHANNELS:
		return channel_words(cli, ready);
	case READY_LINKS:
		return ready->links ? str_format(arena, "%zu of %zu tested in time, out and back",
					      ready->links_tested, ready->links)
				    : STR("no link between its parties is on record");
	case READY_EXERCISED:
		return ready->exercise_every.count
			       ? str_format(arena,
					 "no exercise is on record; one is due every " STR_FMT,
					 STR_ARG(words_duration(arena, ready->exercise_every)))
			       : STR("no exercise is on record, nor does the agreement ask for "
				     "one");
	case READY_CAPACITY:
		return str_format(arena,
			"commitments that promise with means: %zu; without a capacity: %zu; "
			"confirmed: %zu",
			ready->promises, ready->unsized, ready->confirmed);
	case READY_ASSETS:
		if (ready->parts[READY_ASSETS] == TRUTH_U)
			return str_format(
				arena, STR_FMT " is not on record", STR_ARG(ready->asset));
		return ready->asset.ptr
			       ? str_format(arena,
					 STR_FMT ": %" PRId64 " on record, %" PRId64
						 " pledged in all",
					 STR_ARG(ready->asset), ready->asset_has,
					 ready->asset_pledged)
			       : STR("nothing that backs it is pledged for more than there is");
	default:
		return str_format(arena,
			"%zu commitments need the host told or asked; whether it was, and whether "
			"it "
			"objects, is not on record",
			ready->host_steps);
	}
}

static void explain(struct cli *cli, const struct readiness *ready, int indent)
{
	for (int part = 0; part < READY_PARTS; part++) {
		if (!ready->asked[part])
			continue;
		page_wrap(&cli->out, str_format(&cli->arena, "%*s", indent, ""), indent + 2,
			cli->width,
			str_format(&cli->arena, STR_FMT ": %s; " STR_FMT,
				STR_ARG(cover_ready_words[part]), mark(ready, part),
				STR_ARG(part_words(cli, ready, part))));
	}
}

/* ---- the forms of output ---- */

static enum status judge(struct cli *cli, const struct asked_ready *asked, size_t number,
	const struct commitment *commitment, struct readiness *ready)
{
	return cover_ready(ready, &cli->arena, cli->index, asked->agreements[number], commitment,
		asked->date, asked->viewer);
}

static enum status print_why(struct cli *cli, const struct asked_ready *asked)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < asked->count && status == STATUS_OK; i++) {
		const struct agreement *agreement = asked->agreements[i];
		struct readiness ready;

		status = judge(cli, asked, i, NULL, &ready);
		buf_add_format(&cli->out, "%s" STR_FMT ": %s\n", i ? "\n" : "",
			STR_ARG(agreement->id), truth_word(ready.all));
		explain(cli, &ready, 2);
		for (size_t c = 0; c < agreement->commitments_count && status == STATUS_OK; c++) {
			if (cover_ready_repeats(agreement, c))
				continue;
			status = judge(cli, asked, i, &agreement->commitments[c], &ready);
			buf_add_format(&cli->out, "  " STR_FMT ": %s\n",
				STR_ARG(agreement->commitments[c].id), truth_word(ready.all));
			explain(cli, &ready, 4);
		}
	}
	return status;
}

static enum status print_table(struct cli *cli, const struct asked_ready *asked)
{
	static const char *const titles[READY_PARTS] = { "in force", "term", "channels", "links",
		"exercised", "capacity", "assets", "host" };
	enum status status = STATUS_OK;
	struct table table;

	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "Would they hold? Agreements by component, on %s",
			page_date(asked->date).text));
	buf_add_char(&cli->out, '\n');
	table_init(&table, &cli->arena);
	table_column(&table, "agreement", false, true);
	table_column(&table, "ends", false, false);
	for (int part = 0; part < READY_PARTS; part++)
		table_column(&table, titles[part], false, false);
	for (size_t i = 0; i < asked->count && status == STATUS_OK; i++) {
		struct str row[READY_PARTS + 2];
		struct readiness ready;

		status = judge(cli, asked, i, NULL, &ready);
		row[0] = asked->agreements[i]->id;
		row[1] = ends_text(cli, &ready, asked->date);
		for (int part = 0; part < READY_PARTS; part++)
			row[part + 2] = str_of(mark(&ready, part));
		table_row(&table, row);
	}
	if (asked->count)
		table_print(&cli->out, &table, 2, cli->width);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		STR("  yes, no, ? not known, - not asked for. term: does not end within 90 days; "
		    "channels: every party that may have to help has one that was tested in time; "
		    "host: told where a step asks for it. --why says what each rests on."));
	return status;
}

static enum status print_json(struct cli *cli, const struct asked_ready *asked)
{
	enum status status = cover_ready_json(&cli->out, &cli->arena, cli->index, asked->agreements,
		asked->count, asked->date, asked->viewer);

	buf_add_char(&cli->out, '\n');
	return status;
}

static enum status print_csv(struct cli *cli, const struct asked_ready *asked)
{
	struct buf *out = &cli->out;
	enum status status = STATUS_OK;

	buf_add_c(out, "agreement,date,ready");
	for (int part = 0; part < READY_PARTS; part++)
		buf_add_format(out, ",%s", cover_ready_words[part].ptr);
	buf_add_c(out, ",ends,providers,tested,old,silent\r\n");
	for (size_t i = 0; i < asked->count && status == STATUS_OK; i++) {
		struct readiness ready;

		status = judge(cli, asked, i, NULL, &ready);
		csv_add_field(out, asked->agreements[i]->id, true);
		csv_add_field(out, str_of(page_date(asked->date).text), false);
		csv_add_field(out, str_of(cover_truth_letter(ready.all)), false);
		for (int part = 0; part < READY_PARTS; part++)
			csv_add_field(out, str_of(letter(&ready, part)), false);
		csv_add_field(out, str_of(page_date(ready.ends).text), false);
		buf_add_format(out, ",%zu,%zu,%zu,%zu\r\n", ready.providers, ready.tested,
			ready.old, ready.silent);
	}
	return status;
}

/* ---- the command ---- */

/* The agreements named, or all that the viewer sees. */
static bool choose(struct cli *cli, struct asked_ready *asked)
{
	size_t seen;
	const struct agreement **all = cover_ready_agreements(
		&cli->arena, cli->index, &cli->accords, asked->viewer, asked->date, &seen);
	struct str *ids = all ? ARENA_ARRAY(&cli->arena, seen + 1, struct str) : NULL;
	bool good = true;

	asked->agreements = all ? (const struct agreement **)ARENA_ARRAY(
					  &cli->arena, seen + 1, const struct agreement *)
				: NULL;
	if (!ids || !asked->agreements) {
		cli_failed(cli, "out of memory");
		return false;
	}
	for (size_t i = 0; i < seen; i++) {
		bool named = cli->operand_count == 0;

		ids[i] = all[i]->id;
		for (size_t o = 0; o < cli->operand_count; o++)
			named = named || str_eq(cli->operands[o], ids[i]);
		if (named)
			asked->agreements[asked->count++] = all[i];
	}
	for (size_t o = 0; o < cli->operand_count; o++) {
		struct str id = cli->operands[o], hint;
		bool found = false;

		for (size_t i = 0; i < seen; i++)
			found = found || str_eq(ids[i], id);
		if (found)
			continue;
		id = str_sub(id, 0, utf8_valid_prefix(id));
		hint = cli_near(cli, id, ids, seen, "ready");
		cli_fault(
			cli, "", "no agreement '" STR_FMT "'" STR_FMT, STR_ARG(id), STR_ARG(hint));
		good = false;
	}
	return good;
}

enum cli_exit cmd_ready(struct cli *cli)
{
	struct asked_ready asked = { .viewer = VIEWER_ALL };
	enum cli_exit code;
	enum status status;
	bool good;

	asked.why = cli_given(cli, "why");
	asked.format = cli_format(cli);
	good = asked.format >= 0;
	good = cli_date(cli, &asked.date) && good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	if (!cli_viewer(cli, &asked.viewer) || !choose(cli, &asked))
		return cli->failure.ptr ? CLI_FAILED : CLI_REFUSED;
	if (asked.format == CLI_JSON)
		status = print_json(cli, &asked);
	else if (asked.format == CLI_CSV)
		status = print_csv(cli, &asked);
	else
		status = asked.why ? print_why(cli, &asked) : print_table(cli, &asked);
	return cli_status(cli, status, "judging readiness");
}
