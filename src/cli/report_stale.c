/* What the world report says about today: which presences that were known on its date are no
 * longer, because the facts have aged, and how many people that touches. A stale fact makes an
 * answer "not known", never "no". */
#include "cli/report.h"

#include <assert.h>
#include <stdlib.h>

struct pairs {
	size_t known, still, closed;
};

static void judge_pair(struct pairs *pairs, const struct report *report, uint32_t party,
	uint32_t country, unsigned levels)
{
	const struct world *world = report->cli->world;
	/* A page for a later day is still measured against the record. */
	int32_t from = report->date < world->as_of ? report->date : world->as_of;
	struct presence then = world_presence(world, party, country, levels, SERVICE_NONE, from),
			now;

	if (then.truth != TRUTH_T)
		return;
	now = world_presence(world, party, country, levels, SERVICE_NONE, report->today);
	pairs->known++;
	pairs->still += now.truth == TRUTH_T;
	pairs->closed += now.truth == TRUTH_F;
}

/* Rows of posts are sorted by sending and receiving, so that a pair's rows are neighbours. */
static struct pairs judge_posts(const struct report *report)
{
	const struct world *world = report->cli->world;
	struct pairs pairs = { 0, 0, 0 };

	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (i && post[-1].sending == post->sending && post[-1].receiving == post->receiving)
			continue;
		judge_pair(&pairs, report, post->sending, post->receiving, LEVEL_RESIDENT);
	}
	return pairs;
}

static int by_pair(const void *a, const void *b)
{
	const uint64_t *one = a, *two = b;

	return *one < *two ? -1 : *one > *two;
}

static enum status judge_offices(struct pairs *out, const struct report *report)
{
	const struct world *world = report->cli->world;
	uint64_t *pairs = ARENA_ARRAY(&report->cli->arena, world->offices_count + 1, uint64_t);

	*out = (struct pairs){ 0, 0, 0 };
	if (!pairs)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->offices_count; i++)
		pairs[i] = (uint64_t)world->offices[i].party << 32 | world->offices[i].country;
	qsort(pairs, world->offices_count, sizeof(*pairs), by_pair);
	for (size_t i = 0; i < world->offices_count; i++)
		if (i == 0 || pairs[i] != pairs[i - 1])
			judge_pair(out, report, (uint32_t)(pairs[i] >> 32), (uint32_t)pairs[i],
				LEVEL_OFFICE);
	return STATUS_OK;
}

static void pairs_line(struct report *report, const char *what, const struct pairs *pairs)
{
	struct cli *cli = report->cli;
	size_t stale = pairs->known - pairs->still - pairs->closed;

	page_wrap(&cli->out, STR_NONE, 4, cli->width,
		str_format(&cli->arena,
			"  %s: %s known on the date of record; today %s are known, %s closed, "
			"%s no longer speak (%s).",
			what, page_number((int64_t)pairs->known).text,
			page_number((int64_t)pairs->still).text,
			page_number((int64_t)pairs->closed).text, page_number((int64_t)stale).text,
			page_share((int64_t)stale, (int64_t)pairs->known).text));
}

static enum status today_bands(struct report *report)
{
	struct cli *cli = report->cli;
	const struct gaps *then = &report->services[report->lead];
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = report->today,
		.viewer = report->viewer };
	struct people_count count;
	struct gaps now;
	enum status status = world_people(&count, &cli->arena, cli->world, report->today);

	if (status == STATUS_OK)
		status = cover_gaps(&now, &cli->arena, cli->index, &count, report->lead, &filter);
	if (status != STATUS_OK)
		return status;
	int64_t foreigners = now.people - now.own_state;
	page_wrap(&cli->out, STR_NONE, 4, cli->width,
		str_format(&cli->arena,
			"  Asked today, %s: nobody as far as is known for %s of the foreigners (%s "
			"people; %s on the date of the report), not known for sure for %s more "
			"people.",
			world_services[report->lead].code,
			page_share(now.not_known, foreigners).text, page_number(now.not_known).text,
			page_number(then->not_known).text, page_number(now.uncertain).text));
	return STATUS_OK;
}

static void how_long(struct report *report)
{
	const struct world *world = report->cli->world;
	struct cli *cli = report->cli;
	int32_t shortest = 0, longest = 0;

	for (size_t i = 0; i < world->places_count; i++) {
		int32_t months = world->places[i].fresh_months;
		if (world->places[i].kind != PLACE_COUNTRY || months == 0)
			continue;
		shortest = shortest == 0 || months < shortest ? months : shortest;
		longest = months > longest ? months : longest;
	}
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  A fact about a country speaks %d to %d months from its date, by the "
			"country's risk class; a closing speaks until it is lifted.",
			shortest, longest));
}

enum status report_stale(struct report *report)
{
	struct pairs posts = judge_posts(report), offices;
	enum status status = judge_offices(&offices, report);

	if (status != STATUS_OK)
		return status;
	report_title(report, str_format(&report->cli->arena, "What is stale today, %s",
				     page_date(report->today).text)
				     .ptr);
	pairs_line(report, "Pairs of a State and a country with a resident post", &posts);
	pairs_line(report, "Pairs of an organization and a country with an office", &offices);
	status = today_bands(report);
	how_long(report);
	return status;
}
