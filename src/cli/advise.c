/* `advise`: which agreements to sign next; with --draft each is written as a document. */
#include "cli/advise.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS 10

/* ---- sums ---- */

static int by_place_nat(const void *a, const void *b, void *context)
{
	const struct people_cell *cells = context;
	const struct advice_lift *one = a, *two = b;
	const struct people_cell *x = &cells[one->cell], *y = &cells[two->cell];

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->nat != y->nat)
		return x->nat < y->nat ? -1 : 1;
	return one->service < two->service ? -1 : one->service > two->service;
}

static int by_lifts(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct advise_place *one = a, *two = b;

	if (one->lifts != two->lifts)
		return one->lifts > two->lifts ? -1 : 1;
	return str_cmp(world->places[one->place].id, world->places[two->place].id);
}

struct advise_place *advise_places(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, size_t *count)
{
	const struct people_cell *cells = asked->count.cells;
	struct advice_lift *lifts =
		ARENA_ARRAY(&cli->arena, advice->lifted_count + 1, struct advice_lift);
	struct advise_place *places =
		ARENA_ARRAY(&cli->arena, advice->lifted_count + 1, struct advise_place);
	int64_t of_nat = 0;

	*count = 0;
	if (!lifts || !places)
		return NULL;
	memcpy(lifts, advice->lifted, advice->lifted_count * sizeof(*lifts));
	qsort_r(lifts, advice->lifted_count, sizeof(*lifts), by_place_nat, asked->count.cells);
	for (size_t i = 0; i < advice->lifted_count; i++) {
		const struct people_cell *cell = &cells[lifts[i].cell];
		struct advise_place *at = *count ? &places[*count - 1] : NULL;

		if (!at || at->place != cell->place) {
			at = &places[(*count)++];
			*at = (struct advise_place){
				.place = cell->place, .nat = cell->nat, .service = lifts[i].service
			};
			of_nat = 0;
		} else if (cells[lifts[i - 1].cell].nat != cell->nat) {
			of_nat = 0;
		}
		of_nat += cell->people;
		at->lifts += cell->people;
		at->uncertain += lifts[i].uncertain ? cell->people : 0;
		if (of_nat > at->nat_lifts) {
			at->nat_lifts = of_nat;
			at->nat = cell->nat;
		}
	}
	qsort_r(places, *count, sizeof(*places), by_lifts, cli->world);
	return places;
}

int64_t advise_of_service(
	const struct advise_asked *asked, const struct advice *advice, uint8_t service)
{
	int64_t people = 0;

	for (size_t i = 0; i < advice->lifted_count; i++)
		if (advice->lifted[i].service == service)
			people += asked->count.cells[advice->lifted[i].cell].people;
	return people;
}

struct presence advise_provider(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, const struct advise_place *place, uint32_t *party)
{
	const struct world *world = cli->world;
	unsigned levels =
		advice->kind == ADVICE_ORGANIZATION ? LEVEL_OFFICE : (unsigned)LEVEL_RESIDENT;
	struct presence presence = { .truth = TRUTH_F,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };

	*party = advice->party;
	if (advice->kind != ADVICE_GROUP)
		return world_presence(world, advice->party, place->place, levels, place->service,
			asked->filter.date);
	for (size_t i = 0; i < world->group_rows_count && presence.truth != TRUTH_T; i++) {
		const struct membership *member = &world->group_rows[i];

		if (member->set != advice->group ||
			!date_within(asked->filter.date, member->from, member->until) ||
			world->parties[member->member].nat == place->nat)
			continue;
		presence = world_presence(world, member->member, place->place, levels,
			place->service, asked->filter.date);
		*party = member->member;
	}
	return presence;
}

uint32_t advise_absent(
	struct cli *cli, const struct advice *advice, const struct advise_place *place)
{
	return advice->kind == ADVICE_ORGANIZATION ? NONE32 : cli->world->nats[place->nat].state;
}

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
	switch (asked->format) {
	case CLI_JSON:
		return advise_json(cli, asked);
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
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	good = cli_services(cli, &asked.filter.services);
	good = cli_place(cli, &asked.filter.place) && good;
	good = cli_viewer(cli, &asked.filter.viewer) && good;
	if (!good)
		return CLI_REFUSED;
	status = compute(cli, &asked);
	if (status != STATUS_OK)
		return cli_status(cli, status, "advising");
	code = cli_given(cli, "draft") ? write_drafts(cli, &asked) : CLI_ANSWERED;
	if (code != CLI_ANSWERED)
		return code;
	code = cli_status(cli, print(cli, &asked), "printing");
	return code == CLI_ANSWERED && asked.advices.items_count == 0 ? CLI_NO : code;
}
