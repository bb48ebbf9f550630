/* The list of agreements that the public may see, and the same as CSV. */
#include "web/page_agreements.h"

#include "web/page_filter.h"
#include "web/page_search.h"
#include "web/templates.h"

#define COLUMNS 5 /* and, after a search, where the words are */

struct filter {
	struct found found;
	struct str kind, strength, state, party_text;
	uint32_t party; /* NONE32: any */
	struct filter_faults faults;
};

bool page_agreement_state(
	enum agreement_state *state, const struct agreement *agreement, int32_t date)
{
	bool found = false;

	for (size_t i = 0; i < agreement->states_count; i++)
		if (agreement->states[i].from == DATE_NONE || agreement->states[i].from <= date) {
			*state = agreement->states[i].is;
			found = true;
		}
	return found;
}

struct str page_agreement_state_text(
	const struct agreement *agreement, const struct ui *ui, int32_t date)
{
	enum agreement_state state;

	if (agreement->is_template)
		return ui_word(ui, WORD("template"));
	return page_agreement_state(&state, agreement, date)
		       ? accord_state_term(state, page_lang(ui))
		       : STR_NONE;
}

static bool is_member(const struct world *world, uint32_t group, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < world->group_rows_count; i++) {
		const struct membership *row = &world->group_rows[i];
		if (row->set == group && row->member == party &&
			(row->from == DATE_NONE || row->from <= date) &&
			(row->until == DATE_NONE || row->until >= date))
			return true;
	}
	return false;
}

static bool has_party(
	const struct agreement *agreement, const struct world *world, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		if (entry->index == NONE32)
			continue;
		if (entry->is_group ? is_member(world, entry->index, party, date)
				    : entry->index == party)
			return true;
	}
	return false;
}

static enum status read_filter(struct filter *filter, struct request *request, const struct ui *ui)
{
	*filter = (struct filter){ .kind = request_parameter(request, "kind"),
		.strength = request_parameter(request, "strength"),
		.state = request_parameter(request, "state"),
		.party_text = request_parameter(request, "party"),
		.party = NONE32 };
	struct filter_faults *faults = &filter->faults;
	enum status status = page_found(&filter->found, request, request->snapshot->agreement_words,
		request->snapshot->accords.items_count);
	if (filter->found.too_many)
		filter_fault(faults, "#q", found_fault(ui));
	filter_is_word(faults, ui, "#kind", filter->kind, accord_kind_words, AGREEMENT_KINDS);
	filter_is_word(faults, ui, "#strength", filter->strength, accord_strength_words, STRENGTHS);
	if (!str_is(filter->state, "template"))
		filter_is_word(
			faults, ui, "#state", filter->state, accord_state_words, AGREEMENT_STATES);
	if (filter->party_text.len) {
		filter->party = page_find_party(request->snapshot->world, filter->party_text);
		if (filter->party == NONE32)
			filter_fault(faults, "#party",
				ui_word(ui, WORD("No party on record has this code or name.")));
	}
	return status;
}

static bool passes(const struct filter *filter, const struct request *request,
	const struct agreement *agreement)
{
	enum agreement_state state;
	bool known = page_agreement_state(&state, agreement, request->today);

	if (filter->kind.len && !str_eq(filter->kind, accord_kind_words[agreement->kind]))
		return false;
	if (filter->strength.len &&
		!str_eq(filter->strength, accord_strength_words[agreement->strength]))
		return false;
	if (str_is(filter->state, "template")) {
		if (!agreement->is_template)
			return false;
	} else if (filter->state.len &&
		   (agreement->is_template || !known ||
			   !str_eq(filter->state, accord_state_words[state]))) {
		return false;
	}
	return filter->party == NONE32 ||
	       has_party(agreement, request->snapshot->world, filter->party, request->today);
}

static bool is_shown(const struct request *request, size_t item)
{
	return cover_visible(request->snapshot->index, &request->snapshot->accords.items[item],
		VIEWER_PUBLIC, request->today);
}

static void fill_row(struct cell_view *row, struct request *request, const struct ui *ui,
	const struct agreement *agreement)
{
	enum lang lang = page_lang(ui);

	row[0] = page_cell_link(accord_text(&agreement->title, accord_lang_tags[lang]),
		page_link_to(&request->arena, ui, "/agreements/%1", accord_name(agreement)));
	row[1] = page_text(accord_kind_term(agreement->kind, lang));
	row[2] = page_text(accord_strength_term(agreement->strength, lang));
	row[3] = page_text(page_agreement_state_text(agreement, ui, request->today));
	row[4] = page_date(agreement->from);
}

static void fill_fields(struct agreements_view *view, struct filter *filter,
	struct request *request, const struct ui *ui)
{
	struct arena *arena = &request->arena;
	enum lang lang = page_lang(ui);
	struct str kinds[AGREEMENT_KINDS], strengths[STRENGTHS];
	struct str states[AGREEMENT_STATES + 1], words[AGREEMENT_STATES + 1];

	for (unsigned i = 0; i < AGREEMENT_KINDS; i++)
		kinds[i] = accord_kind_term((enum agreement_kind)i, lang);
	for (unsigned i = 0; i < STRENGTHS; i++)
		strengths[i] = accord_strength_term((enum strength)i, lang);
	for (unsigned i = 0; i < AGREEMENT_STATES; i++) {
		words[i] = accord_state_words[i];
		states[i] = accord_state_term((enum agreement_state)i, lang);
	}
	words[AGREEMENT_STATES] = STR("template");
	states[AGREEMENT_STATES] = ui_word(ui, WORD("template"));
	view->words = found_field(&filter->found, ui);
	view->kind = filter_select(arena, ui, "kind", ui_word(ui, WORD("Kind")), filter->kind,
		accord_kind_words, AGREEMENT_KINDS, kinds);
	view->strength = filter_select(arena, ui, "strength", ui_word(ui, WORD("Strength")),
		filter->strength, accord_strength_words, STRENGTHS, strengths);
	view->state = filter_select(arena, ui, "state", ui_word(ui, WORD("State today")),
		filter->state, words, AGREEMENT_STATES + 1, states);
	view->party = (struct field_view){ .id = STR("party"),
		.name = STR("party"),
		.label = ui_word(ui, WORD("Party")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya; members of groups "
					 "count as well.")),
		.value = filter->party_text };
	struct field_view *fields[] = { &view->words, &view->kind, &view->strength, &view->state,
		&view->party };
	filter_mark(&filter->faults, fields, sizeof fields / sizeof fields[0]);
}

enum status answer_agreements_page(struct request *request)
{
	struct arena *arena = &request->arena;
	const struct accords *accords = &request->snapshot->accords;
	struct cell_view *cells =
		ARENA_ARRAY(arena, (accords->items_count + 1) * (COLUMNS + 1), struct cell_view);
	struct agreements_view view = { 0 };
	struct filter filter;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	enum status status = read_filter(&filter, request, &ui);
	if (!cells || status != STATUS_OK)
		return cells ? status : STATUS_NO_MEMORY;
	fill_fields(&view, &filter, request, &ui);
	for (size_t i = 0; i < accords->items_count; i++)
		view.all += is_shown(request, i);
	size_t width = COLUMNS + filter.found.asked;
	for (size_t at = 0; at < filter.found.count && !filter.faults.count; at++) {
		size_t i = found_item(&filter.found, at);
		struct cell_view *row = &cells[(size_t)view.shown * width];
		if (!is_shown(request, i) || !passes(&filter, request, &accords->items[i]))
			continue;
		view.shown++;
		fill_row(row, request, &ui, &accords->items[i]);
		if (filter.found.asked)
			row[COLUMNS] = found_cell(arena, &filter.found, at);
	}
	view.some = filter.found.hits.some && view.shown;
	const struct column_view columns[COLUMNS + 1] = { { ui_word(&ui, WORD("Agreement")),
								  false },
		{ view.kind.label, false }, { view.strength.label, false },
		{ view.state.label, false }, { ui_word(&ui, WORD("In force from")), false },
		{ ui_word(&ui, WORD("Where the words are")), false } };
	view.faults = filter.faults.items;
	view.fault_count = filter.faults.count;
	view.table = (struct table_view){ .id = STR("agreements"),
		.caption = ui_word(&ui, WORD("Agreements on record")),
		.columns = columns,
		.column_count = width,
		.cells = cells,
		.row_count = (size_t)view.shown,
		.csv = filter.faults.count ? (struct html_link){ STR_NONE }
					   : page_csv(arena, &ui, "/agreements.csv"),
		.empty = ui_word(&ui, WORD("No agreement on record is like this. One may exist "
					   "all the same.")) };
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Agreements")),
		.section = STR("agreements"),
		.languages = ui_languages_view(arena, &ui, false),
		.has_faults = filter.faults.count > 0 };
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_agreements(&html, &ui, &view);
	return page_send(request, &html, filter.faults.count ? 422 : 200);
}

static void csv_row(
	struct buf *out, const struct agreement *agreement, int32_t date, struct str found)
{
	enum agreement_state state;
	char hash[65];
	bool known = !agreement->is_template && page_agreement_state(&state, agreement, date);

	csv_add_field(out, accord_name(agreement), true);
	csv_add_field(out, accord_text(&agreement->title, STR("en")), false);
	csv_add_field(out, accord_kind_words[agreement->kind], false);
	csv_add_field(out, accord_strength_words[agreement->strength], false);
	csv_add_field(out,
		agreement->is_template ? STR("template")
		: known                ? accord_state_words[state]
				       : STR(""),
		false);
	filter_csv_date(out, agreement->from);
	filter_csv_date(out, agreement->until);
	csv_add_field(out, agreement->source.title.ptr ? agreement->source.title : STR(""), false);
	csv_add_field(out, agreement->source.url.ptr ? agreement->source.url : STR(""), false);
	csv_add_field(out, accord_basis_words[agreement->source.basis], false);
	sha256_hex(hash, &agreement->hash);
	buf_add_format(out, ",sha256:%s", hash);
	csv_add_field(out, found, false);
	buf_add_c(out, "\r\n");
}

enum status answer_agreements_csv(struct request *request)
{
	const struct accords *accords = &request->snapshot->accords;
	struct filter filter;
	struct buf out;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	enum status status = read_filter(&filter, request, &ui);
	if (status != STATUS_OK)
		return status;
	if (filter_refused(request, &filter.faults))
		return STATUS_OK;
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	buf_add_c(&out, "agreement,title,kind,strength,state,from,until,source,url,basis,hash,"
			"found\r\n");
	for (size_t at = 0; at < filter.found.count; at++) {
		size_t i = found_item(&filter.found, at);
		if (is_shown(request, i) && passes(&filter, request, &accords->items[i]))
			csv_row(&out, &accords->items[i], request->today,
				found_text(&request->arena, &filter.found, at));
	}
	return filter_send_csv(request, &out);
}
