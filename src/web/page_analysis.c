/* The pages of analyses: one way to read a question, make the page or one of its tables, and show
 * faults. What an analysis says is in the file of its row. Each is made once for a state and a
 * question, beside the readers (kept.c): they may take seconds. */
#include "web/page_analysis_asked.h"
#include "web/templates.h"

#include <string.h>

static const struct analysis_page *const pages[ANALYSIS_PAGES] = { &page_overlaps, &page_unknowns,
	&page_readiness, &page_advice };

/* ---- words ---- */

struct str analysis_say(
	const struct part *part, const char *english, const struct str *args, size_t count)
{
	struct str text = part_word(part, english);
	struct buf out;

	buf_init(&out, part->arena, (size_t)1 << 20);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], d = i + 1 < text.len ? text.ptr[i + 1] : 0;

		if (c != '%' || d < '1' || (size_t)(d - '1') >= count) {
			buf_add_char(&out, c);
			continue;
		}
		buf_add(&out, args[d - '1']);
		i++;
	}
	return out.failed ? STR_NONE : buf_str(&out);
}

struct str analysis_caption(const struct part *part, const char *english, size_t entries)
{
	const struct str args[] = { part_word(part, english),
		part_figure(part, (long long)entries) };

	return analysis_say(part, WORD("%1: %2"), args, 2);
}

struct str analysis_cells(
	const struct part *part, const struct people_cell *cells, size_t count, bool place)
{
	static const char *const patterns[2][3] = { { WORD("%1 from %2"),
							    WORD("%1 refugees from %2"),
							    WORD("%1 asylum-seekers from %2") },
		{ WORD("%1 from %2 in %3"), WORD("%1 refugees from %2 in %3"),
			WORD("%1 asylum-seekers from %2 in %3") } };
	struct buf text;

	buf_init(&text, part->arena, 16000);
	for (size_t i = 0; i < count; i++) {
		const struct people_cell *cell = &cells[i];
		const struct str args[] = { part_figure(part, cell->people),
			part_nat(part, cell->nat), part_place(part, cell->place) };
		int group = cell->group == GROUP_REFUGEE         ? 1
			    : cell->group == GROUP_ASYLUM_SEEKER ? 2
								 : 0;

		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, analysis_say(part, patterns[place][group], args, 3));
	}
	return buf_str(&text);
}

void analysis_clause(struct buf *out, const struct part *part, const struct agreement *agreement,
	const struct commitment *commitment)
{
	enum lang lang = page_lang(&part->ui);
	enum doc_basis basis =
		commitment->source.given ? commitment->source.basis : agreement->source.basis;

	buf_add_format(out, STR_FMT ", " STR_FMT " (" STR_FMT ", " STR_FMT ")",
		STR_ARG(agreement->id), STR_ARG(commitment->clause),
		STR_ARG(accord_strength_term(agreement->strength, lang)),
		STR_ARG(accord_basis_term(basis, lang)));
}

enum band_view analysis_band(enum band band, bool not_known)
{
	static const enum band_view shows[BANDS] = { SHOW_NONE, SHOW_REMOTE, SHOW_MAY, SHOW_SHALL,
		SHOW_WILL };

	return band == BAND_NONE && not_known ? SHOW_NOT_KNOWN : shows[band];
}

struct str analysis_day(const struct part *part, int32_t date)
{
	struct buf text;

	buf_init(&text, part->arena, 256);
	ui_date(&text, &part->ui, date);
	return buf_str(&text);
}

struct str analysis_phase(const struct part *part, enum phase phase)
{
	return part_word(part, phase == PHASE_BEFORE   ? WORD("before a crisis")
			       : phase == PHASE_DURING ? WORD("in a crisis")
						       : WORD("after a crisis"));
}

struct str analysis_counted(const struct part *part)
{
	const struct str args[] = { part->count.stock_year
					    ? str_format(part->arena, "%d", part->count.stock_year)
					    : part_word(part, WORD("not known")),
		analysis_day(part, part->date) };

	return analysis_say(part,
		WORD("People are counted as in %1; duties and facts are those of %2."), args, 2);
}

/* ---- tables ---- */

bool analysis_room(const struct part_table *table)
{
	bool room = table->part->csv || table->count < ANALYSIS_ROWS * table->view->column_count;

	if (!room)
		table->part->cut = true;
	return room;
}

/* ---- the page ---- */

void analysis_tabs(
	struct tab_view *tabs, struct arena *arena, const struct ui *ui, const char *path)
{
	tabs[0] = (struct tab_view){ ui_word(ui, WORD("Gaps")), page_link(arena, ui, "/gaps"),
		str_is(STR("/gaps"), path) };
	for (int i = 0; i < ANALYSIS_PAGES; i++)
		tabs[i + 1] = (struct tab_view){ ui_word(ui, pages[i]->title),
			page_link(arena, ui, pages[i]->path),
			str_is(str_of(path), pages[i]->path) };
}

static void frame(struct analysis_view *view, struct arena *arena, const struct ui *ui,
	const struct web_snapshot *snapshot, const struct analysis_page *page,
	const struct str *values)
{
	for (int i = 0; i < ANALYSIS_PAGES; i++)
		if (pages[i] == page)
			view->which = (enum analysis_which)i;
	view->page.title = ui_word(ui, page->title);
	view->page.section = STR("gaps");
	view->page.languages = ui_languages_view(arena, ui, false);
	view->intro = ui_word(ui, page->intro);
	analysis_tabs(view->tabs, arena, ui, page->path);
	view->tab_count = ANALYSIS_TABS;
	analysis_fields(view, arena, ui, snapshot, page, values);
}

static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked)
{
	const struct analysis_page *page = asked->analysis;
	struct analysis_view view = { 0 };
	struct str values[ANALYSIS_FILTERS] = { STR_NONE };
	struct part part;
	struct html html;
	enum status status = part_open(&part, arena, snapshot, asked, str_of(page->path));

	if (status != STATUS_OK)
		return status;
	part.csv = asked->limit != 0;
	part.source_count =
		page_people_sources(part.sources, PART_SOURCES_MAX, part.world, &part.count);
	analysis_values(values, snapshot, asked);
	part.ui.query = analysis_query(arena, page, values);
	status = page->fill(&view, &part, asked);
	if (status != STATUS_OK)
		return status;
	if (part.csv)
		return part_csv(out, &view.tables[asked->limit - 1]);
	for (size_t i = 0; i < page->table_count; i++)
		view.tables[i].csv = page_csv(arena, &part.ui,
			str_format(arena, "%s/%s.csv", page->path, page->tables[i]).ptr);
	frame(&view, arena, &part.ui, snapshot, page, values);
	view.cut = part.cut;
	view.page.sources = part.sources;
	view.page.source_count = part.source_count;
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_analysis(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- requests ---- */

/* The row whose page or table PATH is; *TABLE: the table's number plus one, 0 for the page. NULL:
 * none. */
static const struct analysis_page *find(struct str path, size_t *table)
{
	for (int i = 0; i < ANALYSIS_PAGES; i++) {
		struct str rest;

		*table = 0;
		if (str_is(path, pages[i]->path))
			return pages[i];
		if (!str_starts(path, pages[i]->path) || path.ptr[strlen(pages[i]->path)] != '/')
			continue;
		rest = str_sub(path, strlen(pages[i]->path) + 1, path.len);
		for (size_t t = 0; t < pages[i]->table_count; t++)
			if (str_ends(rest, ".csv") &&
				str_is(str_sub(rest, 0, rest.len - strlen(".csv")),
					pages[i]->tables[t]))
				*table = t + 1;
		return *table ? pages[i] : NULL;
	}
	return NULL;
}

/* Faults of a table, for a program. */
static enum status refuse(struct request *request, const struct analysis_question *question)
{
	for (size_t i = 0; i < question->fault_count; i++)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 },
			str_sub(question->faults[i].field.address, 1, 64), STR_FMT,
			STR_ARG(question->faults[i].text));
	request_problem(request, 422, "The question cannot be answered as it stands.",
		"Correct what `errors` names and ask again.");
	return STATUS_OK;
}

static enum status show_faults(
	struct request *request, const struct ui *ui, const struct analysis_question *question)
{
	struct analysis_view view = { 0 };
	struct html html;

	frame(&view, &request->arena, ui, request->snapshot, question->asked.analysis,
		question->sent);
	analysis_show_faults(&view, question);
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_analysis(&html, ui, &view);
	return page_send(request, &html, 422);
}

/* A draft as a document. Quick: nothing is judged. */
static enum status draft(struct request *request, struct str id)
{
	struct advice_filter filter = {
		.place = NONE32, .date = request->today, .viewer = VIEWER_PUBLIC
	};
	struct arena *arena = &request->arena;
	struct buf text, formatted;
	struct advice advice;
	enum status status =
		cover_advice_named(&advice, arena, request->snapshot->index, id, &filter);

	if (status == STATUS_NOT_FOUND) {
		request_problem(request, 404, "No agreement that could be advised has this id.",
			"The page of advice leads to the drafts.");
		return STATUS_OK;
	}
	if (status != STATUS_OK)
		return status;
	buf_init(&text, arena, (size_t)1 << 20);
	buf_init(&formatted, arena, (size_t)1 << 20);
	cover_advice_draft(&text, arena, request->snapshot->world, &advice, request->today);
	if (text.failed)
		return STATUS_NO_MEMORY;
	status = accord_format(&formatted, arena, id, buf_str(&text), &request->diags);
	request->type = "text/yaml; charset=utf-8";
	request->answer = buf_str(&formatted);
	return status;
}

enum status answer_advice_draft(struct request *request)
{
	struct str id = str_sub(request->path, strlen("/advice/"), request->path.len);

	if (!str_ends(id, ".yaml"))
		return answer_analysis(request);
	id.len -= strlen(".yaml");
	return draft(request, id);
}

enum status answer_analysis(struct request *request)
{
	struct analysis_question question;
	const struct analysis_page *page;
	enum status status;
	struct ui ui;
	size_t table;

	page = find(request->path, &table);
	if (!page) {
		request_problem(request, 404, "This analysis has no such table.",
			"The page of the analysis leads to its tables.");
		return STATUS_OK;
	}
	if (!page_ui(&ui, request))
		return STATUS_OK;
	analysis_read(&question, request, page, &ui);
	if (question.fault_count)
		return table ? refuse(request, &question) : show_faults(request, &ui, &question);
	question.asked.make = make;
	question.asked.limit = table;
	status = page_keep(request, &ui, &question.asked);
	if (table && request->status == 0)
		request->type = "text/csv; charset=utf-8";
	return status;
}
