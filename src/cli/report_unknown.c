/* The world report's last question: which missing facts decide the answer of the most people?
 * Counted are presences, of the own State and of the organizations that an agreement names, that
 * keep a cell without any answer from having one; each such fact with the people of the cells it
 * decides. */
#include "cli/report.h"

#include <assert.h>
#include <stdlib.h>

#define FACTS_SHOWN 12

struct missing {
	uint32_t party, country;
	int64_t people;
};
struct missings {
	struct missing *items;
	size_t count, capacity;
};

/* Organizations named as provider of the leading service with a presence asked for. */
static uint32_t *named_providers(const struct report *report, size_t *count)
{
	struct cli *cli = report->cli;
	bool *seen = ARENA_ARRAY(&cli->arena, cli->world->parties_count + 1, bool);
	uint32_t *named = ARENA_ARRAY(&cli->arena, cli->world->parties_count + 1, uint32_t);

	*count = 0;
	for (size_t a = 0; seen && named && a < cli->accords.items_count; a++)
		for (size_t c = 0; c < cli->accords.items[a].commitments_count; c++) {
			const struct commitment *commitment = &cli->accords.items[a].commitments[c];
			uint32_t party = commitment->provider.party;
			if (!(commitment->services >> report->lead & 1u) ||
				commitment->provider.kind != PROVIDER_PARTY ||
				commitment->provider.levels == 0 || seen[party])
				continue;
			seen[party] = true;
			named[(*count)++] = party;
		}
	return seen && named ? named : NULL;
}

static enum status judge(struct missings *out, const struct report *report,
	const struct people_cell *cell, uint32_t party)
{
	struct cli *cli = report->cli;
	struct arena arena;
	struct query query;
	struct why_not_row *rows;
	size_t count = 0, i;
	enum status status;

	report_query(report, cell, report->lead, &query);
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	status = cover_why_not(&rows, &count, &arena, cli->index, &query, party);
	for (i = 0; status == STATUS_OK && i < count && rows[i].reason != WHYNOT_PRESENCE_UNKNOWN;
		i++)
		;
	bool decides = status == STATUS_OK && i < count;
	arena_free(&arena);
	if (!decides)
		return status;
	struct missing *missing = arena_push(
		&cli->arena, (void **)&out->items, &out->count, &out->capacity, sizeof(*missing));
	if (!missing)
		return STATUS_NO_MEMORY;
	*missing = (struct missing){ party, cell->place, cell->people };
	return STATUS_OK;
}

static int by_fact(const void *a, const void *b)
{
	const struct missing *one = a, *two = b;

	if (one->party != two->party)
		return one->party < two->party ? -1 : 1;
	return one->country < two->country ? -1 : one->country > two->country;
}

static int by_people(const void *a, const void *b)
{
	const struct missing *one = a, *two = b;

	if (one->people != two->people)
		return one->people > two->people ? -1 : 1;
	return by_fact(a, b);
}

/* One item a fact, the people of its cells together, most people first. */
static void rank(struct missings *missings)
{
	size_t kept = 0;

	if (missings->count == 0)
		return;
	qsort(missings->items, missings->count, sizeof(*missings->items), by_fact);
	for (size_t i = 1; i < missings->count; i++)
		if (by_fact(&missings->items[kept], &missings->items[i]) == 0)
			missings->items[kept].people += missings->items[i].people;
		else
			missings->items[++kept] = missings->items[i];
	missings->count = kept + 1;
	qsort(missings->items, missings->count, sizeof(*missings->items), by_people);
}

static enum status collect(struct missings *out, const struct report *report)
{
	const struct gaps *gaps = &report->services[report->lead];
	const struct world *world = report->cli->world;
	enum status status = STATUS_OK;
	size_t named_count;
	const uint32_t *named = named_providers(report, &named_count);

	if (!named)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < gaps->cells_count && status == STATUS_OK; i++) {
		const struct people_cell *cell = &gaps->cells[i].cell;
		uint32_t state = world->nats[cell->nat].state;
		if (gaps->cells[i].band.band != BAND_NONE || !gaps->cells[i].band.not_known)
			continue;
		if (state != NONE32 && cell->group == GROUP_STOCK)
			status = judge(out, report, cell, state);
		for (size_t n = 0; n < named_count && status == STATUS_OK; n++)
			if (named[n] != state)
				status = judge(out, report, cell, named[n]);
	}
	return status;
}

static struct str last_word(const struct report *report, const struct missing *missing)
{
	struct cli *cli = report->cli;
	struct presence presence = world_presence(cli->world, missing->party, missing->country,
		LEVELS_ALL, report->lead, report->date);

	if (presence.post_row != NONE32) {
		const struct post_row *post = &cli->world->posts[presence.post_row];
		return str_format(&cli->arena, STR_FMT ", as of %s", STR_ARG(post->id),
			page_date(post->as_of).text);
	}
	if (presence.office_row != NONE32)
		return str_format(&cli->arena, "an office, as of %s",
			page_date(cli->world->offices[presence.office_row].as_of).text);
	return STR("nothing");
}

enum status report_unknown(struct report *report)
{
	struct cli *cli = report->cli;
	struct missings missings = { NULL, 0, 0 };
	enum status status = collect(&missings, report);
	struct table table;

	if (status != STATUS_OK)
		return status;
	rank(&missings);
	report_title(
		report, str_format(&cli->arena,
				"Find out first: presences that decide for the most people, %s",
				world_services[report->lead].code)
				.ptr);
	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "is this party present", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "on record", false, true);
	for (size_t i = 0; i < missings.count && i < FACTS_SHOWN; i++) {
		const struct missing *missing = &missings.items[i];
		struct str row[4] = { str_format(
					      &cli->arena, "%s", page_number(missing->people).text),
			words_party(cli, missing->party), words_place(cli, missing->country),
			last_word(report, missing) };
		table_row(&table, row);
	}
	if (missings.count)
		table_print(&cli->out, &table, 2, cli->width);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  %s such facts; counted are the own State and organizations that an "
			"agreement names, for people without any answer.",
			page_number((int64_t)missings.count).text));
	return STATUS_OK;
}
