/* The library of practices: the list, and the same as CSV. */
#include "web/page_practices.h"

#include "web/templates.h"

#define COLUMNS 5

const char *const practice_phase_names[PRACTICE_PHASES] = { WORD("Crisis Preparedness"),
	WORD("Emergency Response"), WORD("Post-crisis") };
static const char *const phase_codes[PRACTICE_PHASES] = { "before", "during", "after" };

struct filter {
	struct str country_text, type, phase_text;
	uint32_t country; /* NONE32: any */
	int phase;        /* -1: any */
	struct fault_view faults[3];
	size_t fault_count;
};

static bool is_type(const struct practices *practices, struct str type)
{
	for (size_t i = 0; i < practices->items_count; i++)
		if (str_eq(practices->items[i].type, type))
			return true;
	return false;
}

static void read_filter(struct filter *filter, struct request *request, const struct ui *ui)
{
	const struct world *world = request->snapshot->world;

	*filter = (struct filter){ .country_text = request_parameter(request, "country"),
		.type = request_parameter(request, "type"),
		.phase_text = request_parameter(request, "phase"),
		.country = NONE32,
		.phase = -1 };
	if (filter->country_text.len) {
		filter->country = page_find_place(world, filter->country_text);
		if (filter->country == NONE32)
			filter->faults[filter->fault_count++] = (struct fault_view){
				{ STR("#country") },
				ui_word(ui, WORD("No place on record has this code or name."))
			};
		else if (world->places[filter->country].country != NONE32)
			filter->country = world->places[filter->country].country;
	}
	if (filter->type.len && !is_type(&request->snapshot->practices, filter->type))
		filter->faults[filter->fault_count++] = (struct fault_view){ { STR("#type") },
			ui_word(ui, WORD("Choose one of the list.")) };
	for (int i = 0; i < PRACTICE_PHASES; i++)
		if (str_is(filter->phase_text, phase_codes[i]))
			filter->phase = i;
	if (filter->phase_text.len && filter->phase < 0)
		filter->faults[filter->fault_count++] = (struct fault_view){ { STR("#phase") },
			ui_word(ui, WORD("Choose one of the list.")) };
}

/* Whether one of the two contains the other; the world is there only for those who ask for it. */
static bool in_country(const struct practice *practice, const struct world *world, uint32_t asked)
{
	for (size_t i = 0; i < practice->countries_count; i++) {
		uint32_t said = practice->countries[i];
		if (said == asked)
			return true;
		if (world->places[said].kind != PLACE_WORLD &&
			world->places[asked].kind != PLACE_WORLD &&
			(world_lies_in(world, said, asked) || world_lies_in(world, asked, said)))
			return true;
	}
	return false;
}

/* A practice that does not say its phase is shown: that is no no. */
static bool passes(
	const struct filter *filter, const struct world *world, const struct practice *practice)
{
	if (filter->type.len && !str_eq(filter->type, practice->type))
		return false;
	if (filter->phase >= 0 && practice->phases &&
		!(practice->phases >> (unsigned)filter->phase & 1u))
		return false;
	return filter->country == NONE32 || in_country(practice, world, filter->country);
}

struct str practice_join(struct arena *arena, const struct ui *ui, unsigned set,
	const char *const *words, unsigned count)
{
	struct buf out;

	buf_init(&out, arena, 4096);
	for (unsigned i = 0; i < count; i++)
		if (set >> i & 1u) {
			buf_add_c(&out, !out.len ? "" : ui->language->rtl ? "، " : ", ");
			buf_add(&out, ui_word(ui, words[i]));
		}
	return out.len && !out.failed ? buf_str(&out) : STR_NONE;
}

struct str practice_places(struct arena *arena, const struct ui *ui, const struct world *world,
	const struct practice *practice)
{
	struct buf out;

	buf_init(&out, arena, (size_t)1 << 20);
	for (size_t i = 0; i < practice->countries_count; i++) {
		buf_add_c(&out, !i ? "" : ui->language->rtl ? "، " : ", ");
		buf_add(&out, page_place(ui, world, practice->countries[i]));
	}
	return out.len && !out.failed ? buf_str(&out) : STR_NONE;
}

static void fill_row(struct cell_view *row, struct request *request, const struct ui *ui,
	const struct practice *practice)
{
	struct arena *arena = &request->arena;

	row[0] = page_cell_link(
		practice->title, page_link_to(arena, ui, "/practices/%1", practice->id));
	row[1] = page_text(practice->type);
	row[2] = page_text(practice_places(arena, ui, request->snapshot->world, practice));
	row[3] = page_text(
		practice_join(arena, ui, practice->phases, practice_phase_names, PRACTICE_PHASES));
	row[4] = page_date(practice->as_of);
}

static const struct option_view *type_options(struct arena *arena, const struct ui *ui,
	const struct practices *practices, struct str chosen, size_t *count)
{
	struct str *types = ARENA_ARRAY(arena, practices->items_count + 1, struct str);
	size_t found = 0;

	*count = 0;
	for (size_t i = 0; types && i < practices->items_count; i++) {
		bool seen = practices->items[i].type.len == 0;
		for (size_t j = 0; j < found && !seen; j++)
			seen = str_eq(types[j], practices->items[i].type);
		if (!seen)
			types[found++] = practices->items[i].type;
	}
	if (!types)
		return NULL;
	const struct option_view *options =
		page_options(arena, ui, "type", chosen, types, found, types);
	*count = options ? found + 1 : 0;
	return options;
}

static void fill_fields(struct practices_view *view, const struct filter *filter,
	struct request *request, const struct ui *ui)
{
	struct str codes[PRACTICE_PHASES], names[PRACTICE_PHASES];

	for (size_t i = 0; i < PRACTICE_PHASES; i++) {
		codes[i] = str_of(phase_codes[i]);
		names[i] = ui_word(ui, practice_phase_names[i]);
	}
	view->country = (struct field_view){ .id = STR("country"),
		.name = STR("country"),
		.label = ui_word(ui, WORD("Country")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya.")),
		.value = filter->country_text };
	view->type = (struct field_view){ .id = STR("type"),
		.name = STR("type"),
		.label = ui_word(ui, WORD("Type of practice")) };
	view->type.options = type_options(&request->arena, ui, &request->snapshot->practices,
		filter->type, &view->type.option_count);
	view->phase = (struct field_view){ .id = STR("phase"),
		.name = STR("phase"),
		.label = ui_word(ui, WORD("Phase of the crisis")),
		.options = page_options(&request->arena, ui, "phase", filter->phase_text, codes,
			PRACTICE_PHASES, names),
		.option_count = PRACTICE_PHASES + 1 };
	if (!view->phase.options)
		view->phase.option_count = 0;
	struct field_view *fields[] = { &view->country, &view->type, &view->phase };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < filter->fault_count; j++)
			if (str_eq(str_sub(filter->faults[j].field.address, 1, 64), fields[i]->id))
				fields[i]->fault = filter->faults[j].text;
}

enum status answer_practices_page(struct request *request)
{
	struct arena *arena = &request->arena;
	const struct practices *practices = &request->snapshot->practices;
	struct cell_view *cells =
		ARENA_ARRAY(arena, (practices->items_count + 1) * COLUMNS, struct cell_view);
	struct practices_view view = { .all = (long long)practices->items_count };
	struct filter filter;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	if (!cells)
		return STATUS_NO_MEMORY;
	read_filter(&filter, request, &ui);
	fill_fields(&view, &filter, request, &ui);
	for (size_t i = 0; i < practices->items_count && !filter.fault_count; i++) {
		if (!passes(&filter, request->snapshot->world, &practices->items[i]))
			continue;
		view.not_said += filter.phase >= 0 && !practices->items[i].phases;
		fill_row(
			&cells[(size_t)view.shown++ * COLUMNS], request, &ui, &practices->items[i]);
	}
	const struct column_view columns[COLUMNS] = { { ui_word(&ui, WORD("Practice")), false },
		{ view.type.label, false }, { view.country.label, false },
		{ view.phase.label, false }, { ui_word(&ui, WORD("As of")), false } };
	view.faults = filter.faults;
	view.fault_count = filter.fault_count;
	view.table = (struct table_view){ .id = STR("practices"),
		.caption = ui_word(&ui, WORD("Practices on record")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = (size_t)view.shown,
		.csv = filter.fault_count ? (struct html_link){ STR_NONE }
					  : page_csv(arena, &ui, "/practices.csv"),
		.empty = ui_word(&ui, WORD("No practice on record is like this.")) };
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Practices")),
		.section = STR("practices"),
		.languages = ui_languages_view(arena, &ui, false),
		.has_faults = filter.fault_count > 0 };
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_practices(&html, &ui, &view);
	return page_send(request, &html, filter.fault_count ? 422 : 200);
}

static void csv_row(struct buf *out, struct arena *arena, const struct ui *ui,
	const struct world *world, const struct practice *practice)
{
	char day[11] = "";
	struct buf codes;

	buf_init(&codes, arena, (size_t)1 << 20);
	for (size_t i = 0; i < practice->countries_count; i++) {
		buf_add_c(&codes, i ? " " : "");
		buf_add(&codes, world->places[practice->countries[i]].id);
	}
	if (practice->as_of != DATE_NONE)
		date_format(day, practice->as_of);
	csv_add_field(out, practice->id, true);
	csv_add_field(out, practice->title, false);
	csv_add_field(out, practice->type, false);
	csv_add_field(out, codes.len ? buf_str(&codes) : STR(""), false);
	csv_add_field(out, practice->stakeholder, false);
	csv_add_field(out,
		practice_join(arena, ui, practice->phases, practice_phase_names, PRACTICE_PHASES),
		false);
	csv_add_field(out, str_of(day), false);
	buf_add_c(out, "\r\n");
}

enum status answer_practices_csv(struct request *request)
{
	const struct practices *practices = &request->snapshot->practices;
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
	buf_add_c(&out, "practice,title,type_of_practice,country,name_of_stakeholder,crisis_phase,"
			"as_of\r\n");
	for (size_t i = 0; i < practices->items_count; i++)
		if (passes(&filter, request->snapshot->world, &practices->items[i]))
			csv_row(&out, &request->arena, &ui, request->snapshot->world,
				&practices->items[i]);
	request->type = "text/csv; charset=utf-8";
	request->answer = buf_str(&out);
	return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
