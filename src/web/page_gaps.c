/* The page of gaps: what is asked, the totals, and who is under a band. Made once for a state, a
 * day and a language, like any long answer. */
#include "web/page_gaps.h"

#include "web/templates.h"

#define COLUMNS 5
#define ROWS_SHOWN 100
#define TOTALS 8

static const char *const choice_names[GAPS_CHOICES] = { WORD("remote: nobody, as far as is known"),
	WORD("may: nobody on the spot"), WORD("shall: nobody who must"),
	WORD("will: nobody who has promised") };

static void fill_choices(struct gaps_view *view, struct arena *arena, const struct ui *ui,
	const struct analysis *asked)
{
	struct option_view *services = ARENA_ARRAY(arena, world_service_count, struct option_view);
	struct option_view *bands = ARENA_ARRAY(arena, GAPS_CHOICES, struct option_view);

	view->service = (struct field_view){ .id = STR("service"),
		.name = STR("service"),
		.label = ui_word(ui, WORD("Service")),
		.options = services,
		.option_count = services ? world_service_count : 0 };
	for (unsigned i = 0; services && i < world_service_count; i++)
		services[i] = (struct option_view){ .id = str_format(arena, "service-%u", i),
			.value = str_of(world_services[i].code),
			.text = page_service(ui, (uint8_t)i),
			.chosen = i == page_gaps_service(asked) };
	view->below = (struct field_view){ .id = STR("below"),
		.name = STR("below"),
		.label = ui_word(ui, WORD("List people whose best duty is below")),
		.options = bands,
		.option_count = bands ? GAPS_CHOICES : 0 };
	for (unsigned i = 0; bands && i < GAPS_CHOICES; i++)
		bands[i] = (struct option_view){ .id = str_format(arena, "below-%u", i),
			.value = cover_band_words[page_gaps_choices[i]],
			.text = ui_word(ui, choice_names[i]),
			.chosen = page_gaps_choices[i] == asked->below };
}

static void fill_fields(struct gaps_view *view, struct arena *arena, const struct ui *ui,
	const struct analysis *asked, struct str place, struct str nationality)
{
	struct str hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya."));

	fill_choices(view, arena, ui, asked);
	analysis_tabs(view->tabs, arena, ui, "/gaps");
	view->tab_count = ANALYSIS_TABS;
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
	const struct html_arg args[] = { html_arg(world_services[page_gaps_service(asked)].code),
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
	enum status status = page_gaps_find(&gaps, &count, arena, snapshot, asked);

	if (status != STATUS_OK)
		return status;
	list = page_gaps_sorted(arena, snapshot, &gaps, asked->below, &found);
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

static void show_faults(struct gaps_view *view, const struct gaps_question *question)
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
	struct gaps_question question;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	page_gaps_read(&question, request, &ui);
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
