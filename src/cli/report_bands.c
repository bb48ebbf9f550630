/* The world report's bands: how many people, and through which agreements; protected people apart.
 * An agreement is counted with the people whose best row, by the order of answers, is one of its
 * clauses. */
#include "cli/report.h"

#include <assert.h>
#include <stdlib.h>

#define AGREEMENTS_SHOWN 4
#define BAR 24

/* The agreement of the first answer of the cell's band that is not held. */
static enum status best_agreement(const struct report *report, const struct gap_cell *cell,
	struct arena *arena, size_t *agreement)
{
	const struct accords *accords = &report->cli->accords;
	struct answers answers;
	struct query query;
	enum status status;

	*agreement = SIZE_MAX;
	report_query(report, &cell->cell, report->lead, &query);
	status = cover_who(&answers, arena, report->cli->index, &query);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < answers.items_count; i++)
		if (!answers.items[i].held && answers.items[i].band == cell->band.band) {
			*agreement = (size_t)(answers.items[i].agreement - accords->items);
			assert(*agreement < accords->items_count);
			break;
		}
	return STATUS_OK;
}

struct through {
	size_t agreement;
	int64_t people;
};

static int compare_through(const void *a, const void *b)
{
	const struct through *one = a, *two = b;

	if (one->people != two->people)
		return one->people > two->people ? -1 : 1;
	return one->agreement < two->agreement ? -1 : one->agreement > two->agreement;
}

/* People by band and agreement: through[band * agreements + agreement]. */
static enum status sum_through(const struct report *report, struct through *through)
{
	const struct gaps *gaps = &report->services[report->lead];
	size_t agreements = report->cli->accords.items_count;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < BANDS * agreements; i++)
		through[i].agreement = i % agreements;
	for (size_t i = 0; i < gaps->cells_count && status == STATUS_OK; i++) {
		const struct gap_cell *cell = &gaps->cells[i];
		struct arena arena;
		size_t agreement;
		if (cell->band.band == BAND_NONE)
			continue;
		arena_init(&arena, &allocator_system, (size_t)256 << 20);
		status = best_agreement(report, cell, &arena, &agreement);
		arena_free(&arena);
		if (status == STATUS_OK && agreement != SIZE_MAX)
			through[cell->band.band * agreements + agreement].people +=
				cell->cell.people;
	}
	for (size_t band = 0; band < BANDS; band++)
		qsort(through + band * agreements, agreements, sizeof(*through), compare_through);
	return status;
}

static void band_line(
	struct report *report, const char *label, int64_t people, const struct through *through)
{
	struct cli *cli = report->cli;
	const struct gaps *gaps = &report->services[report->lead];
	int64_t foreigners = gaps->people - gaps->own_state;
	int bar = foreigners ? (int)((people * BAR + foreigners / 2) / foreigners) : 0;

	page_label(&cli->out, str_of(label), 28, 12 + 9, cli->width);
	page_pad(&cli->out, str_of(page_number(people).text), 12, true);
	page_pad(&cli->out, str_of(page_share(people, foreigners).text), 9, true);
	if (bar && cli->width >= 52 + BAR) {
		buf_add_c(&cli->out, "  ");
		page_repeat(&cli->out, '#', bar);
	}
	buf_add_char(&cli->out, '\n');
	int64_t others = people;
	for (size_t i = 0; through && i < AGREEMENTS_SHOWN && i < cli->accords.items_count &&
			   through[i].people;
		i++) {
		others -= through[i].people;
		page_wrap(&cli->out, STR("      through"), 14, cli->width,
			str_format(&cli->arena, STR_FMT ": %s",
				STR_ARG(cli->accords.items[through[i].agreement].id),
				page_number(through[i].people).text));
	}
	if (through && others > 0)
		page_wrap(&cli->out, STR("      through"), 14, cli->width,
			str_format(&cli->arena, "others: %s", page_number(others).text));
}

static void protected_line(struct report *report, struct table *table, uint8_t service)
{
	struct cli *cli = report->cli;
	const struct gaps *gaps = &report->services[service];
	struct gap_sums sums = { 0 };

	for (size_t i = 0; i < gaps->cells_count; i++)
		if (gaps->cells[i].cell.group != GROUP_STOCK)
			gap_sums_add(&sums, &gaps->cells[i]);
	const int64_t figures[6] = { sums.bands[BAND_WILL], sums.bands[BAND_SHALL],
		sums.bands[BAND_MAY], sums.bands[BAND_REMOTE], sums.not_known, sums.none_proven };
	struct str row[7] = { str_of(world_services[service].code) };
	for (size_t i = 0; i < 6; i++)
		row[i + 1] = figures[i] ? str_format(&cli->arena, "%s",
						  page_percent(figures[i], sums.people).text)
					: STR("-");
	table_row(table, row);
}

static void protected_people(struct report *report)
{
	static const char *const services[] = { "consular.travel-document", "protection.refugee",
		"protection.asylum", "movement.evacuation", "relief.shelter" };
	static const char *const columns[] = { "will", "shall", "may", "remote", "not known",
		"nobody" };
	struct cli *cli = report->cli;
	const struct gaps *gaps = &report->services[report->lead];
	struct table table;

	report_title(report, "Protected people, apart");
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  %s refugees and asylum-seekers are part of the stock; no State that "
			"they fled is ever an answer for them. %s more are on record beyond the "
			"stock.",
			page_number(gaps->protected_).text, page_number(gaps->beyond_stock).text));
	table_init(&table, &cli->arena);
	table_column(&table, "share of them, %", false, true);
	for (size_t i = 0; i < 6; i++)
		table_column(&table, columns[i], true, false);
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		uint8_t service = world_service_find(str_of(services[i]));
		if (service != SERVICE_NONE)
			protected_line(report, &table, service);
	}
	buf_add_char(&cli->out, '\n');
	table_print(&cli->out, &table, 2, cli->width);
}

enum status report_bands(struct report *report)
{
	struct cli *cli = report->cli;
	const struct gaps *gaps = &report->services[report->lead];
	size_t agreements = cli->accords.items_count;
	struct through *through =
		ARENA_ARRAY(&cli->arena, BANDS * (agreements + 1), struct through);
	enum status status;

	if (!through)
		return STATUS_NO_MEMORY;
	status = agreements ? sum_through(report, through) : STATUS_OK;
	if (status != STATUS_OK)
		return status;
	report_title(report, str_format(&cli->arena, "How far somebody is bound: %s",
				     world_services[report->lead].code)
				     .ptr);
	band_line(report, "promised, with means (will)", gaps->bands[BAND_WILL],
		through + BAND_WILL * agreements);
	band_line(
		report, "owed (shall)", gaps->bands[BAND_SHALL], through + BAND_SHALL * agreements);
	band_line(report, "allowed (may)", gaps->bands[BAND_MAY], through + BAND_MAY * agreements);
	band_line(report, "from abroad (remote)", gaps->bands[BAND_REMOTE],
		through + BAND_REMOTE * agreements);
	band_line(report, "nobody, as far as is known", gaps->not_known, NULL);
	band_line(report, "nobody, proven", gaps->none_proven, NULL);
	page_wrap(&cli->out, STR_NONE, 2, cli->width,
		str_format(&cli->arena,
			"  For %s people the band rests on facts that are not known for sure; for "
			"%s more help exists in a part of their country.",
			page_number(gaps->uncertain).text, page_number(gaps->in_part).text));
	protected_people(report);
	return STATUS_OK;
}
