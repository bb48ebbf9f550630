/* Guideline 7 in our own words: what it asks, point by point, and which clause of a template, which
 * agreements and practices of this record carry each point out. The points are those of the
 * guideline and of its practice on service and evacuation agreements; what stands under them is
 * looked up in the workspace, and nothing stands there that it does not have. */
#include "web/page_guideline.h"

#include "web/page_agreements.h"
#include "web/templates.h"

#define GUIDELINE 7
#define REFS_MAX 24
#define PARTS 4
#define READ_ON ((struct civil){ 2026, 11, 23 }) /* when the Initiative's pages were read */

/* A clause: the list of the document that holds it, and its id there. */
struct clause {
	const char *list, *id;
};
struct point {
	const char *text;     /* marked as a word */
	const char *template; /* its file's name; NULL: none */
	struct clause clauses[2];
	int kind; /* of agreements on record that do this; -1: not asked */
};

static const struct point asked[] = {
	{ WORD("Agree beforehand who does what, for whom, where, at whose cost and over which "
	       "channel: once the crisis is there, no time is left to bargain."),
		NULL, { { 0 } }, -1 },
	{ WORD("Let each partner do what it does best, and no two the same; find out whom nobody "
	       "would reach."),
		NULL, { { 0 } }, -1 },
	{ WORD("Bring in all who count: States of origin, host and transit States, international "
	       "organizations, employers and companies, civil society, and authorities down to "
	       "the municipality."),
		NULL, { { 0 } }, -1 },
	{ WORD("Plan with migrants and their associations, not only for them."), NULL, { { 0 } },
		-1 },
	{ WORD("Reach every migrant, whatever their papers; refer refugees, asylum-seekers and "
	       "stateless persons to those whose mandate protects them."),
		NULL, { { 0 } }, -1 },
	{ WORD("Try it out together, measure it, and mend what did not hold."), NULL, { { 0 } },
		-1 },
};

#define SERVICE "state-io-service"
#define EVACUATION "state-io-evacuation"
static const struct point service_points[] = {
	{ WORD("Getting people out of danger: transport and a place to stay"), SERVICE,
		{ { "commitments", "transport-accommodation" } }, -1 },
	{ WORD("Finding out who somebody is, and papers for the journey"), SERVICE,
		{ { "commitments", "identity" } }, -1 },
	{ WORD("Means used in common to watch the situation and to pass messages"), SERVICE,
		{ { "commitments", "means" } }, -1 },
	{ WORD("Tracing relatives"), SERVICE, { { "commitments", "tracing" } }, -1 },
	{ WORD("Sending people who know the work"), SERVICE, { { "commitments", "experts" } }, -1 },
	{ WORD("Bringing relief: food, shelter, medicine, cash"), SERVICE,
		{ { "commitments", "relief" } }, -1 },
	{ WORD("Care in hospitals and health centres"), SERVICE, { { "commitments", "health" } },
		-1 },
};
static const struct point evacuation_points[] = {
	{ WORD("The part of each partner, from watching for danger to the care after arrival"),
		EVACUATION, { { "articles", "roles" }, { "commitments", "monitoring" } }, -1 },
	{ WORD("By what signs, by whom and how it is decided to stay, to move or to leave"),
		EVACUATION, { { "articles", "decision" }, { "articles", "triggers" } }, -1 },
	{ WORD("How identity is verified, and who issues a laissez-passer"), EVACUATION,
		{ { "commitments", "identity" } }, -1 },
	{ WORD("How costs are shared"), EVACUATION, { { "articles", "cost-formula" } }, -1 },
	{ WORD("Over which channels migrants are told"), EVACUATION,
		{ { "commitments", "messages" } }, -1 },
	{ WORD("Who reports what, to whom and how often"), EVACUATION,
		{ { "articles", "reporting" } }, -1 },
	{ WORD("What is done for children alone, victims of trafficking and people with "
	       "disabilities"),
		EVACUATION, { { "commitments", "vulnerable" } }, -1 },
	{ WORD("Training and exercises that partners hold together"), EVACUATION,
		{ { "commitments", "training" } }, -1 },
	{ WORD("How the work is followed and judged afterwards"), EVACUATION,
		{ { "commitments", "evaluation" } }, -1 },
};
static const struct point arrangements[] = {
	{ WORD("A State, an international organization and partners move people to safety"),
		EVACUATION, { { 0 } }, KIND_EVACUATION },
	{ WORD("States help each other’s nationals where only one of them has a post"),
		"consular-reciprocity", { { 0 } }, KIND_CONSULAR_REPRESENTATION },
	{ WORD("Posts in one place act as a group: one intake, duty by turns, visits in common"),
		"consular-group", { { 0 } }, -1 },
	{ WORD("Authorities on both sides of a border warn, receive and rescue together"),
		"cross-border-cooperation", { { 0 } }, KIND_CROSS_BORDER },
	{ WORD("A post, companies, schools and charities share information and means"),
		"country-council", { { 0 } }, KIND_INFORMATION_SHARING },
	{ WORD("Vehicles, beds and kits are held ready under contract"), "standby-service",
		{ { 0 } }, KIND_STANDBY_SERVICE },
	{ WORD("Small grants reach community organizations within days"), "micro-grant-line",
		{ { 0 } }, KIND_FUNDING },
};
static const struct {
	const char *id, *title, *lead;
	bool numbered;
	const struct point *points;
	size_t count;
} parts[PARTS] = {
	{ "asks", WORD("What it asks"), NULL, false, asked, sizeof asked / sizeof asked[0] },
	{ "services", WORD("What an agreement on services may cover"),
		WORD("Between a State and an organization that can help where the State cannot."),
		false, service_points, sizeof service_points / sizeof service_points[0] },
	{ "evacuation", WORD("Nine things to settle before people are relocated or evacuated"),
		NULL, true, evacuation_points,
		sizeof evacuation_points / sizeof evacuation_points[0] },
	{ "arrangements", WORD("Who can agree with whom"),
		WORD("With the template to start from, what is in force on record, and practices "
		     "that show how it was done."),
		false, arrangements, sizeof arrangements / sizeof arrangements[0] },
};

/* ---- what this record has for a point ---- */

struct making {
	struct request *request;
	const struct ui *ui;
	struct arena *arena;
};

static struct str clause_title(
	const struct agreement *agreement, const struct clause *clause, const struct ui *ui)
{
	const struct node *list = node_get(agreement->tree, clause->list);
	const struct node *item = list ? list->first : NULL;

	for (; item; item = item->next) {
		const struct node *id = node_get(item, "id"), *title = node_get(item, "title");
		if (!id || !title || !str_is(id->text, clause->id))
			continue;
		const struct node *said =
			title->kind == NODE_MAP ? node_get(title, ui->language->code) : title;
		if (!said)
			said = node_get(title, "en");
		return said ? said->text : STR("");
	}
	return STR("");
}

static const struct agreement *find_shown(const struct making *making, const char *name)
{
	const struct web_snapshot *snapshot = making->request->snapshot;
	const struct agreement *agreement = accord_find(&snapshot->accords, str_of(name));

	return agreement && cover_visible(snapshot->index, agreement, VIEWER_PUBLIC,
				    making->request->today)
		       ? agreement
		       : NULL;
}

static bool add_template(
	struct guideline_ref *ref, const struct making *making, const char *template)
{
	const struct agreement *agreement = find_shown(making, template);

	if (agreement)
		*ref = (struct guideline_ref){ ui_word(making->ui, WORD("Template")),
			page_said(making->ui, &agreement->title), STR(""),
			page_link_to(making->arena, making->ui, "/agreements/%1",
				accord_name(agreement)) };
	return agreement != NULL;
}

/* The clauses of its part's template that settle a point. */
static size_t add_clauses(
	struct guideline_ref *refs, const struct making *making, const struct point *point)
{
	const struct agreement *agreement = find_shown(making, point->template);
	size_t count = 0;

	for (size_t i = 0; agreement && i < 2 && point->clauses[i].list; i++) {
		struct str title = clause_title(agreement, &point->clauses[i], making->ui);
		if (title.len)
			refs[count++] = (struct guideline_ref){ ui_word(making->ui, WORD("Clause")),
				title, STR(""),
				page_link_to(making->arena, making->ui, "/agreements/%1",
					accord_name(agreement)) };
	}
	return count;
}

/* As many as the list behind the link shows. */
static size_t add_kind(
	struct guideline_ref *refs, const struct making *making, const struct point *point)
{
	const struct web_snapshot *snapshot = making->request->snapshot;
	long long count = 0;
	struct buf figure;

	for (size_t i = 0; i < snapshot->accords.items_count; i++) {
		const struct agreement *agreement = &snapshot->accords.items[i];
		enum agreement_state state;
		count += !agreement->is_template && (int)agreement->kind == point->kind &&
			 page_agreement_state(&state, agreement, making->request->today) &&
			 state == STATE_IN_FORCE &&
			 cover_visible(
				 snapshot->index, agreement, VIEWER_PUBLIC, making->request->today);
	}
	if (count == 0)
		return 0;
	buf_init(&figure, making->arena, 64);
	ui_number(&figure, making->ui, count);
	refs[0] = (struct guideline_ref){ ui_word(making->ui, WORD("In force on record")),
		accord_kind_term((enum agreement_kind)point->kind, page_lang(making->ui)),
		buf_str(&figure),
		page_link_to(making->arena, making->ui, "/agreements?state=in-force&kind=%1",
			accord_kind_words[point->kind]) };
	return 1;
}

static bool serves(const struct practice *practice)
{
	return practice->guidelines >> (GUIDELINE - 1) & 1u;
}

static size_t add_practices(
	struct guideline_ref *refs, size_t max, const struct making *making, const char *template)
{
	const struct practices *practices = &making->request->snapshot->practices;
	size_t count = 0;

	for (size_t i = 0; i < practices->items_count && count < max; i++) {
		const struct practice *practice = &practices->items[i];
		bool carries = false;
		for (size_t j = 0; j < practice->implemented_by_count; j++)
			carries |= str_is(practice->implemented_by[j], template);
		if (carries && serves(practice))
			refs[count++] =
				(struct guideline_ref){ ui_word(making->ui, WORD("Practices")),
					page_said(making->ui, &practice->title), STR(""),
					page_link_to(making->arena, making->ui, "/practices/%1",
						practice->id) };
	}
	return count;
}

static bool fill_item(
	struct guideline_item *item, const struct making *making, const struct point *point)
{
	struct guideline_ref *refs = ARENA_ARRAY(making->arena, REFS_MAX, struct guideline_ref);
	size_t count = 0;

	if (!refs)
		return false;
	if (point->template && point->clauses[0].list)
		count = add_clauses(refs, making, point);
	else if (point->template)
		count = add_template(refs, making, point->template);
	if (point->kind >= 0)
		count += add_kind(refs + count, making, point);
	if (point->template && !point->clauses[0].list)
		count += add_practices(refs + count, REFS_MAX - count, making, point->template);
	/* What goes on under the same label is set beside it. */
	for (size_t i = count; i-- > 1;)
		if (str_eq(refs[i].label, refs[i - 1].label))
			refs[i].label = STR("");
	*item = (struct guideline_item){ ui_word(making->ui, point->text), refs, count };
	return true;
}

static bool fill_parts(struct guideline_part *out, const struct making *making)
{
	for (size_t i = 0; i < PARTS; i++) {
		struct guideline_item *items =
			ARENA_ARRAY(making->arena, parts[i].count, struct guideline_item);
		for (size_t j = 0; items && j < parts[i].count; j++)
			if (!fill_item(&items[j], making, &parts[i].points[j]))
				return false;
		if (!items)
			return false;
		out[i] = (struct guideline_part){ .id = str_of(parts[i].id),
			.title = ui_word(making->ui, parts[i].title),
			.lead = parts[i].lead ? ui_word(making->ui, parts[i].lead) : STR(""),
			.numbered = parts[i].numbered,
			.items = items,
			.item_count = parts[i].count };
		if (parts[i].points[0].clauses[0].list)
			add_template(&out[i].template, making, parts[i].points[0].template);
	}
	return true;
}

/* ---- the practices, whole ---- */

static enum status fill_practice(struct guideline_practice *out, const struct making *making,
	const struct practice *practice)
{
	struct summary_row *rows = ARENA_ARRAY(making->arena, PRACTICE_ROWS, struct summary_row);
	struct practice_link *links = ARENA_ARRAY(
		making->arena, practice->implemented_by_count + 1, struct practice_link);

	if (!rows || !links)
		return STATUS_NO_MEMORY;
	*out = (struct guideline_practice){ .practice = practice,
		.title = page_said(making->ui, &practice->title),
		.title_foreign = !page_says(making->ui, &practice->title),
		.rows = rows,
		.row_count = practice_rows(rows, making->request, making->ui, practice),
		.agreements = links,
		.agreement_count =
			practice_agreements(links, making->request, making->ui, practice) };
	return page_markdown(&out->body, making->arena, practice->description);
}

static enum status fill_practices(struct guideline_view *view, const struct making *making)
{
	const struct practices *practices = &making->request->snapshot->practices;
	struct guideline_practice *items =
		ARENA_ARRAY(making->arena, practices->items_count + 1, struct guideline_practice);
	enum status status = items ? STATUS_OK : STATUS_NO_MEMORY;

	for (size_t i = 0; i < practices->items_count && status == STATUS_OK; i++)
		if (serves(&practices->items[i]))
			status = fill_practice(
				&items[view->practice_count++], making, &practices->items[i]);
	view->practices = items;
	return status;
}

static bool read_print(enum guideline_print *print, struct request *request)
{
	static const char *const words[] = { "", "guideline", "with-practices" };
	struct str value = request_parameter(request, "print");

	for (int i = 0; i < 3; i++)
		if (str_is(value.ptr ? value : STR(""), words[i])) {
			*print = (enum guideline_print)i;
			return true;
		}
	request_problem(request, 422, WORD("There is no such print of the guideline."),
		WORD("print is guideline or with-practices."));
	return false;
}

enum status answer_guideline_page(struct request *request)
{
	struct guideline_part made[PARTS];
	struct ui ui;
	const struct making making = { request, &ui, &request->arena };
	struct guideline_view view = { .parts = made, .part_count = PARTS };
	enum status status = STATUS_OK;
	struct html html;

	if (!page_ui(&ui, request) || !read_print(&view.print, request))
		return STATUS_OK;
	if (!str_is(request->path, "/guidelines/7"))
		return page_missing(request, &ui,
			ui_word(&ui, WORD("Only Guideline 7, on agreements, is shown here.")),
			ui_word(&ui, WORD("Guideline 7: agree before the crisis")),
			page_link(&request->arena, &ui, "/guidelines/7"));
	const struct source_view sources[] = {
		{ ui_word(&ui, WORD("MICIC Initiative: Guideline 7 and its practices in the "
				    "field")),
			STR("https://micicinitiative.iom.int/"), date_of(READ_ON) },
		{ ui_word(&ui, WORD("IOM: MICIC Guidelines in Action, number 7")),
			STR("https://publications.iom.int/es/books/micic-guidelines-action-g-07"),
			date_of(READ_ON) }
	};
	const struct crumb crumbs[] = { { ui_word(&ui, WORD("Practices")),
						page_link(&request->arena, &ui, "/practices") },
		{ ui_word(&ui, WORD("Guideline 7")),
			page_link(&request->arena, &ui, "/guidelines/7") } };
	view.foreign = !ui_is(&ui, "en");
	view.page = (struct page_view){ .title = ui_word(
						&ui, WORD("Guideline 7: agree before the crisis")),
		.section = STR("practices"),
		.crumbs = crumbs,
		.crumb_count = view.print ? 2 : 1,
		.sources = sources,
		.source_count = 2,
		.bare = view.print != GUIDELINE_SCREEN,
		.languages = ui_languages_view(&request->arena, &ui, false) };
	if (!fill_parts(made, &making))
		return STATUS_NO_MEMORY;
	if (view.print == GUIDELINE_WITH_PRACTICES)
		status = fill_practices(&view, &making);
	else if (view.print == GUIDELINE_SCREEN)
		status = practice_table(&view.table, request, &ui, GUIDELINE);
	if (status != STATUS_OK)
		return status;
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_guideline(&html, &ui, &view);
	return page_send(request, &html, 200);
}
