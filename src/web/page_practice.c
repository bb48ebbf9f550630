/* One practice: what it says, on what it rests, and which agreements make it executable. */
#include "web/page_practices.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "web/templates.h"

static const char *const stakeholders[PRACTICE_STAKEHOLDERS] = { WORD("Host State"),
	WORD("State of Origin"), WORD("State of Transit"), WORD("International Organizations"),
	WORD("Private Sector"), WORD("Civil Society") };

enum status page_markdown(struct html_safe *out, struct arena *arena, struct str text)
{
	cmark_node *document = cmark_parse_document(text.ptr, text.len, CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *walk = document ? cmark_iter_new(document) : NULL;
	char *markup = NULL;
	struct html html;

	if (!walk) {
		cmark_node_free(document);
		return STATUS_NO_MEMORY;
	}
	/* The page has h1 and h2 of its own. */
	while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);
		int level = cmark_node_get_type(node) == CMARK_NODE_HEADING
				    ? cmark_node_get_heading_level(node)
				    : 0;
		if (level && cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER)
			cmark_node_set_heading_level(node, level > 4 ? 6 : level + 2);
	}
	cmark_iter_free(walk);
	markup = cmark_render_html(document, CMARK_OPT_SAFE);
	cmark_node_free(document);
	html_init(&html, arena, WEB_ANSWER_MAX);
	if (markup)
		html_raw(&html, markup, strlen(markup));
	free(markup);
	*out = html_safe_of(&html);
	return markup && !html_failed(&html) ? STATUS_OK : STATUS_NO_MEMORY;
}

size_t practice_rows(struct summary_row *rows, struct request *request, const struct ui *ui,
	const struct practice *practice)
{
	struct arena *arena = &request->arena;
	struct buf guidelines;
	size_t n = 0;

	buf_init(&guidelines, arena, 1024);
	for (unsigned i = 0; i < PRACTICE_GUIDELINES; i++)
		if (practice->guidelines >> i & 1u)
			buf_add_format(&guidelines, "%s%u",
				!guidelines.len     ? ""
				: ui->language->rtl ? "، "
						    : ", ",
				i + 1);
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Type of practice")),
		page_text(practice_type(ui, practice)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Country")),
		page_text(practice_places(arena, ui, request->snapshot->world, practice)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Stakeholder")),
		page_text(practice->stakeholder) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Acting as")),
		page_text(practice_join(
			arena, ui, practice->stakeholders, stakeholders, PRACTICE_STAKEHOLDERS)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Type of crisis")),
		page_text(practice_join(
			arena, ui, practice->crises, practice_crisis_names, PRACTICE_CRISES)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Phase of the crisis")),
		page_text(practice_join(
			arena, ui, practice->phases, practice_phase_names, PRACTICE_PHASES)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("MICIC guidelines")),
		page_text(guidelines.len ? buf_str(&guidelines) : STR_NONE) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("As of")), page_date(practice->as_of) };
	return n;
}

size_t practice_agreements(struct practice_link *links, struct request *request,
	const struct ui *ui, const struct practice *practice)
{
	const struct web_snapshot *snapshot = request->snapshot;
	size_t count = 0;

	for (size_t i = 0; i < practice->implemented_by_count; i++) {
		const struct agreement *agreement =
			accord_find(&snapshot->accords, practice->implemented_by[i]);
		if (agreement &&
			cover_visible(snapshot->index, agreement, VIEWER_PUBLIC, request->today))
			links[count++] = (struct practice_link){ page_said(ui, &agreement->title),
				page_link_to(&request->arena, ui, "/agreements/%1",
					practice->implemented_by[i]) };
	}
	return count;
}

static enum status show(
	struct request *request, const struct ui *ui, const struct practice *practice)
{
	struct arena *arena = &request->arena;
	struct summary_row rows[PRACTICE_ROWS];
	struct practice_link *links =
		ARENA_ARRAY(arena, practice->implemented_by_count + 1, struct practice_link);
	struct source_view *sources =
		ARENA_ARRAY(arena, practice->sources_count + 1, struct source_view);
	const struct crumb crumbs[] = { { ui_word(ui, WORD("Practices")),
		page_link(arena, ui, "/practices") } };
	struct html html;
	enum status status;

	if (!links || !sources)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < practice->sources_count; i++)
		sources[i] = (struct source_view){ practice->sources[i].title,
			practice->sources[i].url, practice->as_of };
	struct practice_view view = { .page = { .title = page_said(ui, &practice->title),
					      .section = STR("practices"),
					      .crumbs = crumbs,
					      .crumb_count = 1,
					      .sources = sources,
					      .source_count = practice->sources_count,
					      .languages = ui_languages_view(arena, ui, false) },
		.title = page_said(ui, &practice->title),
		.foreign = !ui_is(ui, "en"),
		.title_foreign = !page_says(ui, &practice->title),
		.rows = rows,
		.row_count = practice_rows(rows, request, ui, practice),
		.agreements = links,
		.agreement_count = practice_agreements(links, request, ui, practice),
		.uncertain = practice->uncertain,
		.uncertain_count = practice->uncertain_count,
		.links = practice->links,
		.link_count = practice->links_count };
	status = page_markdown(&view.body, arena, practice->description);
	if (status != STATUS_OK)
		return status;
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_practice(&html, ui, &view);
	return page_send(request, &html, 200);
}

enum status answer_practice_page(struct request *request)
{
	const struct practices *practices = &request->snapshot->practices;
	struct str name = str_sub(request->path, sizeof("/practices/") - 1, request->path.len);
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	for (size_t i = 0; i < practices->items_count; i++)
		if (str_eq(practices->items[i].id, name))
			return show(request, &ui, &practices->items[i]);
	request_nearest(request, NEAR_PRACTICE, name);
	return page_missing(request, &ui,
		ui_word(&ui, WORD("No practice on record has this name.")),
		ui_word(&ui, WORD("All practices")), page_link(&request->arena, &ui, "/practices"));
}
