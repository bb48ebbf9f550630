/* The list of agreements that the public may see, and the same as CSV. */
#include "web/page_agreements.h"

#include "web/templates.h"

#define COLUMNS 5

struct filter {
	struct str kind, strength, state, party_text;
	uint32_t party; /* NONE32: any */
	struct fault_view faults[4];
	size_t fault_count;
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

static bool is_word(struct str word, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(words[i], word))
			return true;
	return word.len == 0;
}

static void add_fault(struct filter *filter, const char *field, struct str text)
{
	filter->faults[filter->fault_count++] = (struct fault_view){ { str_of(field) }, text };
}

static void read_filter(struct filter *filter, struct request *request, const struct ui *ui)
{
	struct str no_word = ui_word(ui, WORD("Choose one of the list."));

	*filter = (struct filter){ .kind = request_parameter(request, "kind"),
		.strength = request_parameter(request, "strength"),
		.state = request_parameter(request, "state"),
		.party_text = request_parameter(request, "party"),
		.party = NONE32 };
	if (!is_word(filter->kind, accord_kind_words, AGREEMENT_KINDS))
		add_fault(filter, "#kind", no_word);
	if (!is_word(filter->strength, accord_strength_words, STRENGTHS))
		add_fault(filter, "#strength", no_word);
	if (!is_word(filter->state, accord_state_words, AGREEMENT_STATES) &&
		!str_is(filter->state, "template"))
		add_fault(filter, "#state", no_word);
	if (filter->party_text.len) {
		filter->party = page_find_party(request->snapshot->world, filter->party_text);
		if (filter->party == NONE32)
			add_fault(filter, "#party",
				ui_word(ui, WORD("No party on record has this code or name.")));
	}
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
	view->kind = (struct field_view){ .id = STR("kind"),
		.name = STR("kind"),
		.label = ui_word(ui, WORD("Kind")),
		.options = page_options(
			arena, ui, "kind", filter->kind, accord_kind_words, AGREEMENT_KINDS, kinds),
		.option_count = AGREEMENT_KINDS + 1 };
	view->strength = (struct field_view){ .id = STR("strength"),
		.name = STR("strength"),
		.label = ui_word(ui, WORD("Strength")),
		.options = page_options(arena, ui, "strength", filter->strength,
			accord_strength_words, STRENGTHS, strengths),
		.option_count = STRENGTHS + 1 };
	view->state = (struct field_view){ .id = STR("state"),
		.name = STR("state"),
		.label = ui_word(ui, WORD("State today")),
		.options = page_options(
			arena, ui, "state", filter->state, words, AGREEMENT_STATES + 1, states),
		.option_count = AGREEMENT_STATES + 2 };
	view->party = (struct field_view){ .id = STR("party"),
		.name = STR("party"),
		.label = ui_word(ui, WORD("Party")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya; members of groups "
					 "count as well.")),
		.value = filter->party_text };
	struct field_view *fields[] = { &view->kind, &view->strength, &view->state, &view->party };
	for (size_t i = 0; i < 4; i++) {
		if (!fields[i]->options && fields[i] != &view->party)
			fields[i]->option_count = 0;
		for (size_t j = 0; j < filter->fault_count; j++)
			if (str_eq(str_sub(filter->faults[j].field.address, 1, 64), fields[i]->id))
				fields[i]->fault = filter->faults[j].text;
	}
}

enum status answer_agreements_page(struct request *request)
{
	struct arena *arena = &request->arena;
	const struct accords *accords = &request->snapshot->accords;
	struct cell_view *cells =
		ARENA_ARRAY(arena, (accords->items_count + 1) * COLUMNS, struct cell_view);
	struct agreements_view view = { 0 };
	struct filter filter;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	if (!cells)
		return STATUS_NO_MEMORY;
	read_filter(&filter, request, &ui);
	fill_fields(&view, &filter, request, &ui);
	for (size_t i = 0; i < accords->items_count; i++) {
		if (!is_shown(request, i))
			continue;
		view.all++;
		if (!filter.fault_count && passes(&filter, request, &accords->items[i]))
			fill_row(&cells[(size_t)view.shown++ * COLUMNS], request, &ui,
				&accords->items[i]);
	}
	const struct column_view columns[COLUMNS] = { { ui_word(&ui, WORD("Agreement")), false },
		{ view.kind.label, false }, { view.strength.label, false },
		{ view.state.label, false }, { ui_word(&ui, WORD("In force from")), false } };
	view.faults = filter.faults;
	view.fault_count = filter.fault_count;
	view.table = (struct table_view){ .id = STR("agreements"),
		.caption = ui_word(&ui, WORD("Agreements on record")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = (size_t)view.shown,
		.csv = filter.fault_count ? (struct html_link){ STR_NONE }
					  : page_csv(arena, &ui, "/agreements.csv"),
		.empty = ui_word(&ui, WORD("No agreement on record is like this. One may exist "
					   "all the same.")) };
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Agreements")),
		.section = STR("agreements"),
		.languages = ui_languages_view(arena, &ui, false),
		.has_faults = filter.fault_count > 0 };
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_agreements(&html, &ui, &view);
	return page_send(request, &html, filter.fault_count ? 422 : 200);
}

static void csv_date(struct buf *out, int32_t day)
{
	char text[11] = "";

	if (day != DATE_NONE)
		date_format(text, day);
	csv_add_field(out, str_of(text), false);
}

static void csv_row(struct buf *out, const struct agreement *agreement, int32_t date)
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
	csv_date(out, agreement->from);
	csv_date(out, agreement->until);
	csv_add_field(out, agreement->source.title.ptr ? agreement->source.title : STR(""), false);
	csv_add_field(out, agreement->source.url.ptr ? agreement->source.url : STR(""), false);
	csv_add_field(out, accord_basis_words[agreement->source.basis], false);
	sha256_hex(hash, &agreement->hash);
	buf_add_format(out, ",sha256:%s\r\n", hash);
}

enum status answer_agreements_csv(struct request *request)
{
	const struct accords *accords = &request->snapshot->accords;
	struct filter filter;
	struct buf out;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	read_filter(&filter, request, &ui);
	if (filter.fault_count) {
		for (size_t i = 0; i < filter.fault_count; i++)
			diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 },
				str_sub(filter.faults[i].field.address, 1, 64), STR_FMT,
				STR_ARG(filter.faults[i].text));
		request_problem(request, 422, WORD("The list cannot be given as asked."),
			WORD("Correct what is named and ask again."));
		return STATUS_OK;
	}
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	buf_add_c(&out, "agreement,title,kind,strength,state,from,until,source,url,basis,hash\r\n");
	for (size_t i = 0; i < accords->items_count; i++)
		if (is_shown(request, i) && passes(&filter, request, &accords->items[i]))
			csv_row(&out, &accords->items[i], request->today);
	request->type = "text/csv; charset=utf-8";
	request->answer = buf_str(&out);
	return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
