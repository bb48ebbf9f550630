/* The page of `advise`: each agreement with the people it would lift, from which band to which,
 * where, for what, and on which facts. */
#include "cli/advise.h"

#include <assert.h>
#include <inttypes.h>

#define PLACES_SHOWN 3
#define LABEL 15

struct str advise_title(struct cli *cli, const struct advice *advice)
{
	struct arena *arena = &cli->arena;

	switch (advice->kind) {
	case ADVICE_AT_HOST:
		return str_format(arena, STR_FMT " represents " STR_FMT " in " STR_FMT,
			STR_ARG(words_party(cli, advice->party)),
			STR_ARG(words_nat(cli, advice->nat)),
			STR_ARG(words_place(cli, advice->place)));
	case ADVICE_WORLD_WIDE:
		return str_format(arena,
			STR_FMT " represents " STR_FMT " wherever it has a post and the other "
				"has none",
			STR_ARG(words_party(cli, advice->party)),
			STR_ARG(words_nat(cli, advice->nat)));
	case ADVICE_GROUP:
		return str_format(arena,
			"the members of group:" STR_FMT
			" represent each other where they have no post",
			STR_ARG(cli->world->groups[advice->group]));
	default:
		return str_format(arena, STR_FMT " stands by with %s wherever it has an office",
			STR_ARG(words_party(cli, advice->party)),
			world_services[advice->service].code);
	}
}

static void line(struct cli *cli, const char *label, struct str text)
{
	struct str first = str_format(&cli->arena, "     %-*s", LABEL - 5, label);

	page_wrap(&cli->out, first, LABEL, cli->width, text);
}

static void bands_line(
	struct cli *cli, const struct advise_asked *asked, const struct advice *advice)
{
	struct buf text;
	int64_t not_known = 0;

	for (size_t i = 0; i < advice->lifted_count; i++)
		if (advice->lifted[i].from_not_known)
			not_known += asked->count.cells[advice->lifted[i].cell].people;
	buf_init(&text, &cli->arena, 4096);
	for (int from = 0; from < BANDS; from++)
		for (int to = 0; to < BANDS; to++)
			if (advice->moved[from][to])
				buf_add_format(&text, "%s%s from %s to %s", text.len ? "; " : "",
					page_number(advice->moved[from][to]).text,
					from == BAND_REMOTE ? "help from abroad"
							    : words_band((enum band)from),
					words_band((enum band)to));
	if (not_known)
		buf_add_format(&text, "; of those with nobody, for %s it is not known",
			page_number(not_known).text);
	line(cli, "lifts", buf_str(&text));
}

static void services_line(
	struct cli *cli, const struct advise_asked *asked, const struct advice *advice)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (unsigned s = 0; s < world_service_count; s++) {
		int64_t people = cover_advice_of_service(&asked->count, advice, (uint8_t)s);
		if (people)
			buf_add_format(&text, "%s%s %s", text.len ? ", " : "",
				world_services[s].code, page_number(people).text);
	}
	line(cli, "services", buf_str(&text));
}

static void uncertain_line(struct cli *cli, const struct advice *advice)
{
	if (advice->uncertain)
		line(cli, "not sure",
			str_format(&cli->arena,
				"%s of the lifts rest on an absence or a residence that is not "
				"known",
				page_share(advice->uncertain, advice->lifts).text));
	if (advice->unweighted)
		line(cli, "no risk",
			str_format(&cli->arena,
				"%s of the lifts are in countries without an INFORM risk on "
				"record: counted without weight",
				page_number(advice->unweighted).text));
}

static void others_line(struct cli *cli, const struct advice *advice)
{
	if (advice->others)
		line(cli, "others",
			str_format(&cli->arena, "%zu other %s would lift as many in its place",
				advice->others, advice->others == 1 ? "State" : "States"));
}

static struct str risk_text(struct cli *cli, uint32_t place)
{
	uint32_t row;
	int tenths = cover_risk_tenths(cli->world, place, &row);

	if (tenths < 0)
		return STR("no INFORM risk on record");
	return str_format(&cli->arena, "INFORM risk %d.%d", tenths / 10, tenths % 10);
}

/* In a few words: the post or office, and its date. */
static struct str here_text(struct cli *cli, const struct presence *presence)
{
	if (presence->post_row != NONE32) {
		const struct post_row *post = &cli->world->posts[presence->post_row];
		return str_format(&cli->arena, STR_FMT ", as of %s", STR_ARG(post->id),
			page_date(post->as_of).text);
	}
	if (presence->office_row != NONE32) {
		const struct office_row *office = &cli->world->offices[presence->office_row];
		return str_format(&cli->arena, "office in " STR_FMT ", as of %s",
			STR_ARG(words_place(cli, office->place)), page_date(office->as_of).text);
	}
	return STR("by the schedule of another agreement");
}

static void place_lines(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, const struct advice_place *place)
{
	uint32_t provider, absent = cover_advice_absent(cli->world, advice, place);
	struct presence here = cover_advice_provider(
				cli->world, advice, place, asked->filter.date, &provider),
			own;
	struct buf text;

	buf_init(&text, &cli->arena, 8192);
	buf_add_format(&text, STR_FMT ": %s", STR_ARG(words_place(cli, place->place)),
		page_number(place->lifts).text);
	if (advice->nat == NAT_NONE)
		buf_add_format(&text, ", most of them " STR_FMT " (%s)",
			STR_ARG(words_nat(cli, place->nat)), page_number(place->nat_lifts).text);
	buf_add_format(&text, "; " STR_FMT "; " STR_FMT, STR_ARG(risk_text(cli, place->place)),
		STR_ARG(here_text(cli, &here)));
	if (absent != NONE32) {
		own = world_presence(cli->world, absent, place->place, LEVEL_RESIDENT,
			place->service, asked->filter.date);
		buf_add_format(&text, "; no post of " STR_FMT " %s",
			STR_ARG(cli->world->parties[absent].id),
			own.truth == TRUTH_F ? "is there"
					     : "is known there, nor that there is none");
	}
	line(cli, "where", buf_str(&text));
	if (!asked->why)
		return;
	page_wrap(&cli->out, str_format(&cli->arena, "%*s- ", LABEL, ""), LABEL + 2, cli->width,
		str_format(&cli->arena, STR_FMT ": " STR_FMT, STR_ARG(words_party(cli, provider)),
			STR_ARG(why_presence(cli, &here))));
	if (absent != NONE32)
		page_wrap(&cli->out, str_format(&cli->arena, "%*s- ", LABEL, ""), LABEL + 2,
			cli->width,
			str_format(&cli->arena, STR_FMT ": " STR_FMT,
				STR_ARG(words_party(cli, absent)),
				STR_ARG(why_presence(cli, &own))));
}

static void risk_source(struct cli *cli)
{
	const struct world *world = cli->world;

	for (size_t i = 0; i < world->risks_count; i++)
		if (str_is(world->risks[i].hazard, "inform")) {
			page_wrap(&cli->out, STR_NONE, 0, cli->width,
				str_format(&cli->arena, "Risk of %d: " STR_FMT " (retrieved %s).",
					world->risks[i].year,
					STR_ARG(words_source(cli, world->risks[i].source)),
					page_date(world->sources[world->risks[i].source].retrieved)
						.text));
			return;
		}
}

static enum status item(struct cli *cli, const struct advise_asked *asked, size_t number)
{
	const struct advice *advice = &asked->advices.items[number];
	size_t count, shown;
	struct advice_place *places =
		cover_advice_places(&cli->arena, cli->world, &asked->count, advice, &count);

	if (!places)
		return STATUS_NO_MEMORY;
	page_wrap(&cli->out, str_format(&cli->arena, "%3zu. ", number + 1), 5, cli->width,
		str_format(&cli->arena, STR_FMT ".", STR_ARG(advise_title(cli, advice))));
	line(cli, "gain",
		str_format(&cli->arena, "%s; %s people, in %zu %s",
			page_number(advice->gain / 100).text, page_number(advice->people).text,
			count, count == 1 ? "country" : "countries"));
	bands_line(cli, asked, advice);
	services_line(cli, asked, advice);
	uncertain_line(cli, advice);
	others_line(cli, advice);
	shown = asked->why || count < PLACES_SHOWN ? count : PLACES_SHOWN;
	for (size_t i = 0; i < shown; i++)
		place_lines(cli, asked, advice, &places[i]);
	if (shown < count)
		line(cli, "",
			str_format(&cli->arena, "and %zu %s more (--why)", count - shown,
				count - shown == 1 ? "country" : "countries"));
	if (cli_given(cli, "draft"))
		line(cli, "draft",
			str_format(&cli->arena, STR_FMT "/" STR_FMT ".yaml",
				STR_ARG(cli_value(cli, "draft")),
				STR_ARG(cover_advice_id(&cli->arena, cli->world, advice))));
	return STATUS_OK;
}

enum status advise_page(struct cli *cli, const struct advise_asked *asked)
{
	const struct advices *advices = &asked->advices;
	enum status status = STATUS_OK;

	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"What to sign next: agreements that would lift the most people, on %s",
			page_date(asked->filter.date).text));
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"Candidates that would lift somebody: %s State for State in one country, "
			"%s wherever there is a post, %s groups, %s organizations' services. A "
			"gain "
			"is people, for each service, times the INFORM risk by ten, after the "
			"items "
			"before.",
			page_number((int64_t)advices->candidates[ADVICE_AT_HOST]).text,
			page_number((int64_t)advices->candidates[ADVICE_WORLD_WIDE]).text,
			page_number((int64_t)advices->candidates[ADVICE_GROUP]).text,
			page_number((int64_t)advices->candidates[ADVICE_ORGANIZATION]).text));
	for (size_t i = 0; i < advices->items_count && status == STATUS_OK; i++) {
		buf_add_char(&cli->out, '\n');
		status = item(cli, asked, i);
	}
	buf_add_char(&cli->out, '\n');
	if (advices->items_count == 0)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("No such agreement would lift anybody."));
	else
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Together %s; no %zu of these candidates reach more than %s (%s of "
				"that is reached).",
				page_number(advices->total / 100).text, asked->k,
				page_number((advices->bound + 99) / 100).text,
				page_share(advices->total, advices->bound).text));
	risk_source(cli);
	return status;
}
