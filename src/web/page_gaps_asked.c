/* What a page of gaps is asked, the analysis behind it, and the same whole as CSV, in the columns
 * of the command. */
#include "web/page_gaps.h"

#include <stdlib.h>

const enum band page_gaps_choices[GAPS_CHOICES] = { BAND_REMOTE, BAND_MAY, BAND_SHALL, BAND_WILL };

static void add_fault(struct gaps_question *question, const char *field, struct str text)
{
	question->faults[question->fault_count++] = (struct fault_view){ { str_of(field) }, text };
}

/* The travel document is the service that is shown when none is asked for: no migrant gets away
 * without it. */
static void read_service(struct gaps_question *question, const struct ui *ui)
{
	uint8_t service = world_service_find(
		question->service.len ? question->service : STR("consular.travel-document"));

	if (service == SERVICE_NONE)
		add_fault(question, "#service", ui_word(ui, WORD("Choose one of the list.")));
	else
		question->asked.services = UINT64_C(1) << service;
}

void page_gaps_read(struct gaps_question *question, struct request *request, const struct ui *ui)
{
	const struct world *world = request->snapshot->world;
	struct arena *arena = &request->arena;
	struct str near;
	bool found;

	*question = (struct gaps_question){ .asked = analysis_default(request->today),
		.service = request_parameter(request, "service"),
		.place = request_parameter(request, "place"),
		.nationality = request_parameter(request, "nationality"),
		.below = request_parameter(request, "below") };
	struct analysis *asked = &question->asked;
	asked->below = BAND_REMOTE;
	read_service(question, ui);
	if (question->place.len) {
		asked->place = page_find_place(&near, arena, ui, world, question->place);
		if (asked->place == NONE32)
			add_fault(question, "#place",
				page_none(arena, ui,
					WORD("No place on record has this code or name."), near));
	}
	if (question->nationality.len) {
		asked->nat = page_find_nationality(&near, arena, ui, world, question->nationality);
		if (asked->nat == NAT_NONE)
			add_fault(question, "#nationality",
				page_none(arena, ui,
					WORD("No nationality on record has this code or name."),
					near));
	}
	found = question->below.len == 0;
	for (size_t i = 0; i < GAPS_CHOICES; i++)
		if (str_eq(question->below, cover_band_words[page_gaps_choices[i]])) {
			asked->below = page_gaps_choices[i];
			found = true;
		}
	if (!found)
		add_fault(question, "#below", ui_word(ui, WORD("Choose one of the list.")));
}

uint8_t page_gaps_service(const struct analysis *asked)
{
	uint8_t service = 0;

	while (service + 1u < world_service_count && !(asked->services >> service & 1u))
		service++;
	return service;
}

enum status page_gaps_find(struct gaps *gaps, struct people_count *count, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct gap_filter filter = { .place = asked->place,
		.nat = asked->nat,
		.group = -1,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC,
		.phase = asked->phase };
	enum status status = world_people(count, arena, snapshot->world, asked->date);

	if (status == STATUS_OK)
		status = cover_gaps(
			gaps, arena, snapshot->index, count, page_gaps_service(asked), &filter);
	if (status == STATUS_OK)
		status = cover_bound(gaps, arena, snapshot->index, count, &filter);
	return status;
}

const struct gap_cell **page_gaps_sorted(struct arena *arena, const struct web_snapshot *snapshot,
	const struct gaps *gaps, enum band below, size_t *count)
{
	const struct gap_cell **cells =
		ARENA_ARRAY(arena, gaps->cells_count + 1, const struct gap_cell *);

	*count = 0;
	for (size_t i = 0; cells && i < gaps->cells_count; i++)
		if (cover_gap_below(&gaps->cells[i], below))
			cells[(*count)++] = &gaps->cells[i];
	if (cells)
		qsort_r(cells, *count, sizeof *cells, cover_gap_order, snapshot->world);
	return cells;
}

static void csv_cell(struct buf *out, const struct world *world, const struct gaps *gaps,
	const struct gap_cell *cell)
{
	struct band_split split = { 0 };
	char day[11];

	date_format(day, gaps->date);
	csv_add_field(out, str_of(world_services[gaps->service].code), true);
	csv_add_field(out, str_of(day), false);
	csv_add_field(out, world->places[cell->cell.place].id, false);
	csv_add_field(out, world->nats[cell->cell.nat].code, false);
	csv_add_field(out, world_people_group_words[cell->cell.group], false);
	buf_add_format(out, ",%lld,", (long long)cell->cell.people);
	if (cell->band.band != BAND_NONE)
		buf_add(out, cover_band_words[cell->band.band]);
	else
		buf_add_c(out, cell->band.not_known ? "not_known" : "none_proven");
	cover_split_add(&split, cell);
	buf_add_format(out, ",%s,%s,%lld,%lld,%lld,%lld,%lld,%lld\r\n",
		cell->band.uncertain ? "true" : "false", cell->band.in_part ? "true" : "false",
		(long long)split.bands[BAND_WILL], (long long)split.bands[BAND_SHALL],
		(long long)split.bands[BAND_MAY], (long long)split.bands[BAND_REMOTE],
		(long long)split.not_known, (long long)split.none_proven);
}

static enum status make_csv(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct people_count count;
	struct gaps gaps;
	const struct gap_cell **list;
	size_t found;
	enum status status = page_gaps_find(&gaps, &count, arena, snapshot, asked);

	if (status != STATUS_OK)
		return status;
	list = page_gaps_sorted(arena, snapshot, &gaps, asked->below, &found);
	buf_add_c(out, "service,date,place,nationality,group,people,band,uncertain,in_part,"
		       "bounded_will,bounded_shall,bounded_may,bounded_remote,bounded_not_known,"
		       "bounded_none_proven\r\n");
	for (size_t i = 0; list && i < found; i++)
		csv_cell(out, snapshot->world, &gaps, list[i]);
	return list ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status answer_gaps_csv(struct request *request)
{
	struct gaps_question question;
	enum status status;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	page_gaps_read(&question, request, &ui);
	for (size_t i = 0; i < question.fault_count; i++)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 },
			str_sub(question.faults[i].field.address, 1, 64), STR_FMT,
			STR_ARG(question.faults[i].text));
	if (question.fault_count) {
		request_problem(request, 422, WORD("The question cannot be answered as it stands."),
			WORD("Correct what is named and ask again."));
		return STATUS_OK;
	}
	question.asked.make = make_csv;
	status = page_keep(request, &ui, &question.asked);
	if (request->status == 0)
		request->type = "text/csv; charset=utf-8";
	return status;
}
