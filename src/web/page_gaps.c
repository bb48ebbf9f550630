/* The page of gaps: what is asked, the totals, and who is under a band. Made once for a state, a
 * day and a language, like any long answer; whole as CSV, in the columns of the command. */
#include "web/page_gaps.h"

#include <stdlib.h>

#include "web/templates.h"

#define COLUMNS 5
#define ROWS_SHOWN 100
#define TOTALS 8
#define CHOICES 4 /* bands to be under */

static const enum band choices[CHOICES] = { BAND_REMOTE, BAND_MAY, BAND_SHALL, BAND_WILL };
static const char *const choice_names[CHOICES] = { WORD("remote: nobody, as far as is known"),
	WORD("may: nobody on the spot"), WORD("shall: nobody who must"),
	WORD("will: nobody who has promised") };

struct question {
	struct analysis asked;
	struct str service, place, nationality, below; /* as they were sent */
	struct fault_view faults[4];
	size_t fault_count;
};

static void add_fault(struct question *question, const char *field, struct str text)
{
	question->faults[question->fault_count++] = (struct fault_view){ { str_of(field) }, text };
}

static uint16_t find_nationality(const struct world *world, struct str value)
{
	uint16_t nat = world_nat(world, value);
	uint32_t place = nat == NAT_NONE ? page_find_place(world, value) : NONE32;

	for (size_t i = 0; place != NONE32 && nat == NAT_NONE && i < world->nats_count; i++)
		if (world->nats[i].place == place)
			nat = (uint16_t)i;
	return nat;
}

/* The travel document is the service that is shown when none is asked for: no migrant gets away
 * without it. */
static void read_service(struct question *question, const struct ui *ui)
{
	uint8_t service = world_service_find(
		question->service.len ? question->service : STR("consular.travel-document"));

	if (service == SERVICE_NONE)
		add_fault(question, "#service", ui_word(ui, WORD("Choose one of the list.")));
	else
		question->asked.services = UINT64_C(1) << service;
}

static void read_question(struct question *question, struct request *request, const struct ui *ui)
{
	const struct world *world = request->snapshot->world;
	bool found;

	*question = (struct question){ .asked = analysis_default(request->today),
		.service = request_parameter(request, "service"),
		.place = request_parameter(request, "place"),
		.nationality = request_parameter(request, "nationality"),
		.below = request_parameter(request, "below") };
	struct analysis *asked = &question->asked;
	asked->below = BAND_REMOTE;
	read_service(question, ui);
	if (question->place.len) {
		asked->place = page_find_place(world, question->place);
		if (asked->place == NONE32)
			add_fault(question, "#place",
				ui_word(ui, WORD("No place on record has this code or name.")));
	}
	if (question->nationality.len) {
		asked->nat = find_nationality(world, question->nationality);
		if (asked->nat == NAT_NONE)
			add_fault(question, "#nationality",
				ui_word(ui, WORD("No nationality on record has this code or "
						 "name.")));
	}
	found = question->below.len == 0;
	for (size_t i = 0; i < CHOICES; i++)
		if (str_eq(question->below, cover_band_words[choices[i]])) {
			asked->below = choices[i];
			found = true;
		}
	if (!found)
		add_fault(question, "#below", ui_word(ui, WORD("Choose one of the list.")));
}

static uint8_t service_of(const struct analysis *asked)
{
	uint8_t service = 0;

	while (service + 1u < world_service_count && !(asked->services >> service & 1u))
		service++;
	return service;
}

static void fill_choices(struct gaps_view *view, struct arena *arena, const struct ui *ui,
	const struct analysis *asked)
{
	struct option_view *services = ARENA_ARRAY(arena, world_service_count, struct option_view);
	struct option_view *bands = ARENA_ARRAY(arena, CHOICES, struct option_view);

	view->service = (struct field_view){ .id = STR("service"),
		.name = STR("service"),
		.label = ui_word(ui, WORD("Service")),
		.options = services,
		.option_count = services ? world_service_count : 0 };
	for (unsigned i = 0; services && i < world_service_count; i++)
		services[i] = (struct option_view){ .id = str_format(arena, "service-%u", i),
			.value = str_of(world_services[i].code),
			.text = page_service(ui, (uint8_t)i),
			.chosen = i == service_of(asked) };
	view->below = (struct field_view){ .id = STR("below"),
		.name = STR("below"),
		.label = ui_word(ui, WORD("List people whose best duty is below")),
		.options = bands,
		.option_count = bands ? CHOICES : 0 };
	for (unsigned i = 0; bands && i < CHOICES; i++)
		bands[i] = (struct option_view){ .id = str_format(arena, "below-%u", i),
			.value = cover_band_words[choices[i]],
			.text = ui_word(ui, choice_names[i]),
			.chosen = choices[i] == asked->below };
}

static void fill_fields(struct gaps_view *view, struct arena *arena, const struct ui *ui,
	const struct analysis *asked, struct str place, struct str nationality)
{
	struct str hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya."));

	fill_choices(view, arena, ui, asked);
	view->place = (struct field_view){ .id = STR("place"),
		.name = STR("place"),
		.label = ui_word(ui, WORD("Place")),
		.hint = hint,
		.value = place };
	view->nationality = (struct field_view){ .id = STR("nationality"),
		.name = STR("nationality"),
		.label = ui_word(ui, WORD("Nationality")),
		.hint = hint,
		.value = nationality };
	view->page = (struct page_view){ .title = ui_word(ui, WORD("Gaps")),
		.section = STR("gaps"),
		.languages = ui_languages_view(arena, ui, false) };
}

/* ---- the answer ---- */

static enum status find_gaps(struct gaps *gaps, struct people_count *count, struct arena *arena,
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
		status =
			cover_gaps(gaps, arena, snapshot->index, count, service_of(asked), &filter);
	if (status == STATUS_OK)
		status = cover_bound(gaps, arena, snapshot->index, count, &filter);
	return status;
}

/* The cells under the band, most people first; NULL for want of memory. */
static const struct gap_cell **sorted(struct arena *arena, const struct web_snapshot *snapshot,
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

static struct cell_view band_cell(const struct gap_cell *cell, const struct ui *ui)
{
	static const enum band_view shown[BANDS] = { [BAND_REMOTE] = SHOW_REMOTE,
		[BAND_MAY] = SHOW_MAY,
		[BAND_SHALL] = SHOW_SHALL,
		[BAND_WILL] = SHOW_WILL };
	struct str note = STR_NONE;

	if (cell->bounded && cell->bounded->bands[BAND_WILL] < cell->cell.people)
		note = ui_word(ui, WORD("without room for all of them"));
	else if (cell->band.uncertain)
		note = ui_word(ui, WORD("not known for sure"));
	return (struct cell_view){ .kind = CELL_BAND,
		.text = note,
		.band = cell->band.band != BAND_NONE ? shown[cell->band.band]
			: cell->band.not_known       ? SHOW_NOT_KNOWN
						     : SHOW_NONE };
}

static struct str group_name(const struct ui *ui, enum people_group group)
{
	return group == GROUP_REFUGEE         ? ui_word(ui, WORD("refugees"))
	       : group == GROUP_ASYLUM_SEEKER ? ui_word(ui, WORD("asylum-seekers"))
					      : ui_word(ui, WORD("migrants"));
}

static void fill_row(struct cell_view *row, const struct ui *ui, const struct world *world,
	const struct gap_cell *cell)
{
	row[0] = page_text(page_place(ui, world, cell->cell.place));
	row[1] = page_text(page_nationality(ui, world, cell->cell.nat));
	row[2] = page_text(group_name(ui, cell->cell.group));
	row[3] = page_number(cell->cell.people);
	row[4] = band_cell(cell, ui);
}

static void fill_totals(struct summary_row *rows, const struct ui *ui, const struct gaps *gaps)
{
	const struct {
		struct str name;
		int64_t people;
	} totals[TOTALS] = { { ui_word(ui, WORD("People counted")), gaps->people },
		{ ui_word(ui, WORD("Nationals of the State where they live")), gaps->own_state },
		{ ui_word(ui, WORD("will")), gaps->bands[BAND_WILL] },
		{ ui_word(ui, WORD("shall")), gaps->bands[BAND_SHALL] },
		{ ui_word(ui, WORD("may")), gaps->bands[BAND_MAY] },
		{ ui_word(ui, WORD("remote")), gaps->bands[BAND_REMOTE] },
		{ ui_word(ui, WORD("not known")), gaps->not_known },
		{ ui_word(ui, WORD("nobody")), gaps->none_proven } };

	/* No count up to the date: the figures are not known, not nought. */
	for (size_t i = 0; i < TOTALS; i++)
		rows[i] = (struct summary_row){ totals[i].name,
			page_number(gaps->stock_year ? totals[i].people : -1) };
}

static struct str query_of(
	struct arena *arena, const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct world *world = snapshot->world;
	struct ui plain;
	const struct html_arg args[] = { html_arg(world_services[service_of(asked)].code),
		html_arg(cover_band_words[asked->below]),
		html_arg(asked->place == NONE32 ? STR("") : world->places[asked->place].id),
		html_arg(asked->nat == NAT_NONE ? STR("") : world->nats[asked->nat].code) };

	ui_init(&plain, asked->language);
	return html_link_make(arena, &plain, "service=%1&below=%2&place=%3&nationality=%4", args, 4)
		.address;
}

static enum status make_page(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct world *world = snapshot->world;
	struct cell_view *cells = ARENA_ARRAY(arena, ROWS_SHOWN * COLUMNS, struct cell_view);
	struct summary_row totals[TOTALS];
	struct source_view sources[8];
	const struct gap_cell **list;
	struct gaps_view view = { .answered = true };
	struct people_count count;
	struct gaps gaps;
	struct html html;
	struct ui ui;
	size_t found;
	enum status status = find_gaps(&gaps, &count, arena, snapshot, asked);

	if (status != STATUS_OK)
		return status;
	list = sorted(arena, snapshot, &gaps, asked->below, &found);
	if (!list || !cells)
		return STATUS_NO_MEMORY;
	ui_init(&ui, asked->language);
	ui.keep_language = asked->keep_language;
	ui.path = STR("/gaps");
	ui.query = query_of(arena, snapshot, asked);
	ui.today = asked->date;
	fill_fields(&view, arena, &ui, asked,
		asked->place == NONE32 ? STR_NONE : world->places[asked->place].id,
		asked->nat == NAT_NONE ? STR_NONE : world->nats[asked->nat].code);
	view.service_name = page_service(&ui, gaps.service);
	view.year_text = gaps.stock_year ? str_format(arena, "%d", gaps.stock_year)
					 : ui_word(&ui, WORD("not known"));
	fill_totals(totals, &ui, &gaps);
	view.rows = totals;
	view.row_count = TOTALS;
	view.all = (long long)found;
	for (size_t i = 0; i < found; i++) {
		view.people += list[i]->cell.people;
		if (i < ROWS_SHOWN)
			fill_row(&cells[(size_t)view.shown++ * COLUMNS], &ui, world, list[i]);
	}
	const struct column_view columns[COLUMNS] = { { view.place.label, false },
		{ view.nationality.label, false }, { ui_word(&ui, WORD("Group")), false },
		{ ui_word(&ui, WORD("People")), true }, { ui_word(&ui, WORD("Band")), false } };
	view.table = (struct table_view){ .id = STR("cells"),
		.caption = ui_word(&ui, WORD("People under the band")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = (size_t)view.shown,
		.csv = page_csv(arena, &ui, "/gaps.csv"),
		.empty = ui_word(&ui, WORD("Nobody on record is under this band.")) };
	view.page.sources = sources;
	view.page.source_count = page_people_sources(sources, 8, world, &count);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_gaps(&html, &ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void show_faults(struct gaps_view *view, const struct question *question)
{
	struct field_view *fields[] = { &view->service, &view->place, &view->nationality,
		&view->below };

	view->faults = question->faults;
	view->fault_count = question->fault_count;
	view->page.has_faults = true;
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < question->fault_count; j++)
			if (str_eq(str_sub(question->faults[j].field.address, 1, 64),
				    fields[i]->id))
				fields[i]->fault = question->faults[j].text;
}

enum status answer_gaps_page(struct request *request)
{
	struct gaps_view view = { 0 };
	struct question question;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	read_question(&question, request, &ui);
	question.asked.make = make_page;
	if (!question.fault_count)
		return page_keep(request, &ui, &question.asked);
	fill_fields(
		&view, &request->arena, &ui, &question.asked, question.place, question.nationality);
	show_faults(&view, &question);
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_gaps(&html, &ui, &view);
	return page_send(request, &html, 422);
}

/* ---- CSV ---- */

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
	enum status status = find_gaps(&gaps, &count, arena, snapshot, asked);

	if (status != STATUS_OK)
		return status;
	list = sorted(arena, snapshot, &gaps, asked->below, &found);
	buf_add_c(out, "service,date,place,nationality,group,people,band,uncertain,in_part,"
		       "bounded_will,bounded_shall,bounded_may,bounded_remote,bounded_not_known,"
		       "bounded_none_proven\r\n");
	for (size_t i = 0; list && i < found; i++)
		csv_cell(out, snapshot->world, &gaps, list[i]);
	return list ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status answer_gaps_csv(struct request *request)
{
	struct question question;
	enum status status;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	read_question(&question, request, &ui);
	for (size_t i = 0; i < question.fault_count; i++)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 },
			str_sub(question.faults[i].field.address, 1, 64), STR_FMT,
			STR_ARG(question.faults[i].text));
	if (question.fault_count) {
		request_problem(request, 422, "The question cannot be answered as it stands.",
			"Correct what `errors` names and ask again.");
		return STATUS_OK;
	}
	question.asked.make = make_csv;
	status = page_keep(request, &ui, &question.asked);
	if (request->status == 0)
		request->type = "text/csv; charset=utf-8";
	return status;
}
