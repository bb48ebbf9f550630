/* The library of practices: the list, and the same as CSV. */
#include "web/page_practices.h"

#include "web/page_filter.h"
#include "web/page_search.h"
#include "web/templates.h"

#define COLUMNS 5 /* and, after a search, where the words are */

const char *const practice_phase_names[PRACTICE_PHASES] = { WORD("Crisis Preparedness"),
	WORD("Emergency Response"), WORD("Post-crisis") };
static const char *const phase_codes[PRACTICE_PHASES] = { "before", "during", "after" };
const char *const practice_crisis_names[PRACTICE_CRISES] = { WORD("Conflict"),
	WORD("Natural Disaster") };
static const char *const crisis_codes[PRACTICE_CRISES] = { "conflict", "natural-disaster" };

/* The thematic areas of the repository, one a guideline, in the order of their numbers. */
static const char *const areas[PRACTICE_GUIDELINES] = { WORD("Information on crises"),
	WORD("Information on migrants"), WORD("Migrants who can help themselves"),
	WORD("Migrants in systems of preparedness and response"), WORD("Contingency planning"),
	WORD("Communication before a crisis"), WORD("Coordination and agreements"),
	WORD("Building capacity"), WORD("Communication during a crisis"), WORD("Ways to safety"),
	WORD("Humanitarian assistance"), WORD("Referral"), WORD("Relocation and evacuation"),
	WORD("Migrants’ recovery"), WORD("Recovery of host communities") };

/* Types of practice, as the MICIC repository calls them. */
static const char *const types_known[] = { WORD("Agreements"), WORD("Assistance programs"),
	WORD("Awareness raising and communication tools"), WORD("Contingency plans"),
	WORD("Early warning systems"), WORD("Funds"), WORD("Government bodies"),
	WORD("Interagency groups"), WORD("International programs"), WORD("Tests and simulations"),
	WORD("Tools"), WORD("Training and capacity building") };

struct filter {
	struct found found;
	struct str country_text, type, phase_text, crisis_text, guideline_text;
	uint32_t country;   /* NONE32: any */
	int phase, crisis;  /* -1: any */
	unsigned guideline; /* 0: any */
	struct filter_faults faults;
};

struct str practice_type(const struct ui *ui, const struct practice *practice)
{
	for (size_t i = 0; i < sizeof types_known / sizeof *types_known; i++)
		if (str_is(practice->type, types_known[i]))
			return ui_word(ui, types_known[i]);
	return practice->type;
}

/* The types that occur, each once; room for all practices. */
static size_t find_types(struct str *types, const struct practices *practices)
{
	size_t found = 0;

	for (size_t i = 0; i < practices->items_count; i++) {
		bool seen = practices->items[i].type.len == 0;
		for (size_t j = 0; j < found && !seen; j++)
			seen = str_eq(types[j], practices->items[i].type);
		if (!seen)
			types[found++] = practices->items[i].type;
	}
	return found;
}

static bool read_country(
	struct str *near, struct filter *filter, struct request *request, const struct ui *ui)
{
	const struct world *world = request->snapshot->world;

	filter->country = page_find_place(near, &request->arena, ui, world, filter->country_text);
	if (filter->country != NONE32 && world->places[filter->country].country != NONE32)
		filter->country = world->places[filter->country].country;
	return filter->country != NONE32;
}

/* The bit that GIVEN names among CODES; -1: none was given, or another word, which is told. */
static int read_code(struct filter_faults *faults, const struct ui *ui, const char *field,
	struct str given, const char *const *codes, int count)
{
	for (int i = 0; i < count; i++)
		if (str_is(given, codes[i]))
			return i;
	if (given.len)
		filter_fault(faults, field, ui_word(ui, WORD("Choose one of the list.")));
	return -1;
}

static enum status read_filter(struct filter *filter, struct request *request, const struct ui *ui,
	const struct str *types, size_t type_count)
{
	struct filter_faults *faults = &filter->faults;
	int64_t number;

	*filter = (struct filter){ .country_text = request_parameter(request, "country"),
		.type = request_parameter(request, "type"),
		.phase_text = request_parameter(request, "phase"),
		.crisis_text = request_parameter(request, "crisis"),
		.guideline_text = request_parameter(request, "guideline"),
		.country = NONE32 };
	struct str near;
	enum status status = page_found(&filter->found, request, request->snapshot->practice_words,
		request->snapshot->practices.items_count);
	if (filter->found.too_many)
		filter_fault(faults, "#q", found_fault(ui));
	if (filter->country_text.len && !read_country(&near, filter, request, ui))
		filter_fault(&filter->faults, "#country",
			page_none(&request->arena, ui,
				WORD("No place on record has this code or name."), near));
	filter_is_word(&filter->faults, ui, "#type", filter->type, types, type_count);
	filter->phase =
		read_code(faults, ui, "#phase", filter->phase_text, phase_codes, PRACTICE_PHASES);
	filter->crisis = read_code(
		faults, ui, "#crisis", filter->crisis_text, crisis_codes, PRACTICE_CRISES);
	if (filter->guideline_text.len) {
		if (str_to_int64(filter->guideline_text, &number) && number >= 1 &&
			number <= PRACTICE_GUIDELINES)
			filter->guideline = (unsigned)number;
		else
			filter_fault(
				faults, "#guideline", ui_word(ui, WORD("Choose one of the list.")));
	}
	return status;
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

static bool says(unsigned set, int bit)
{
	return bit < 0 || !set || (set >> (unsigned)bit & 1u);
}

/* A practice that does not say its phase or its crisis is shown: that is no no. */
static bool passes(
	const struct filter *filter, const struct world *world, const struct practice *practice)
{
	if (filter->type.len && !str_eq(filter->type, practice->type))
		return false;
	if (filter->guideline && !(practice->guidelines >> (filter->guideline - 1) & 1u))
		return false;
	if (!says(practice->phases, filter->phase) || !says(practice->crises, filter->crisis))
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

	row[0] = page_cell_link(page_said(ui, &practice->title),
		page_link_to(arena, ui, "/practices/%1", practice->id));
	row[1] = page_text(practice_type(ui, practice));
	row[2] = page_text(practice_places(arena, ui, request->snapshot->world, practice));
	row[3] = page_text(
		practice_join(arena, ui, practice->phases, practice_phase_names, PRACTICE_PHASES));
	row[4] = page_date(practice->as_of);
}

static struct str *names_of_types(
	struct arena *arena, const struct ui *ui, const struct str *types, size_t count)
{
	struct str *names = ARENA_ARRAY(arena, count + 1, struct str);

	for (size_t i = 0; names && i < count; i++)
		names[i] = practice_type(ui, &(struct practice){ .type = types[i] });
	return names;
}

static void fill_fields(struct practices_view *view, const struct filter *filter,
	struct request *request, const struct ui *ui, const struct str *types, size_t type_count)
{
	struct arena *arena = &request->arena;
	struct str *type_names = names_of_types(arena, ui, types, type_count);
	struct str codes[PRACTICE_PHASES], names[PRACTICE_PHASES];
	struct str crises[PRACTICE_CRISES], crisis_names[PRACTICE_CRISES];
	struct str numbers[PRACTICE_GUIDELINES], titles[PRACTICE_GUIDELINES];

	for (size_t i = 0; i < PRACTICE_PHASES; i++) {
		codes[i] = str_of(phase_codes[i]);
		names[i] = ui_word(ui, practice_phase_names[i]);
	}
	for (size_t i = 0; i < PRACTICE_CRISES; i++) {
		crises[i] = str_of(crisis_codes[i]);
		crisis_names[i] = ui_word(ui, practice_crisis_names[i]);
	}
	for (size_t i = 0; i < PRACTICE_GUIDELINES; i++) {
		numbers[i] = str_format(arena, "%zu", i + 1);
		titles[i] =
			str_format(arena, "%zu. " STR_FMT, i + 1, STR_ARG(ui_word(ui, areas[i])));
	}
	view->words = found_field(&filter->found, ui);
	view->country = (struct field_view){ .id = STR("country"),
		.name = STR("country"),
		.label = ui_word(ui, WORD("Country")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya.")),
		.value = filter->country_text };
	view->type = filter_select(arena, ui, "type", ui_word(ui, WORD("Type of practice")),
		filter->type, types, type_names ? type_count : 0, type_names);
	view->phase = filter_select(arena, ui, "phase", ui_word(ui, WORD("Phase of the crisis")),
		filter->phase_text, codes, PRACTICE_PHASES, names);
	view->crisis = filter_select(arena, ui, "crisis", ui_word(ui, WORD("Type of crisis")),
		filter->crisis_text, crises, PRACTICE_CRISES, crisis_names);
	view->guideline =
		filter_select(arena, ui, "guideline", ui_word(ui, WORD("MICIC guideline")),
			filter->guideline_text, numbers, PRACTICE_GUIDELINES, titles);
	struct field_view *fields[] = { &view->words, &view->country, &view->type, &view->phase,
		&view->crisis, &view->guideline };
	filter_mark(&filter->faults, fields, sizeof fields / sizeof fields[0]);
}

/* The practices that pass FILTER; *NOT_SAID of them do not say the phase or crisis that
 * is asked for. */
static enum status fill_table(struct table_view *table, long long *not_said,
	const struct filter *filter, struct request *request, const struct ui *ui)
{
	struct arena *arena = &request->arena;
	const struct practices *practices = &request->snapshot->practices;
	struct cell_view *cells =
		ARENA_ARRAY(arena, (practices->items_count + 1) * (COLUMNS + 1), struct cell_view);
	struct column_view *columns = ARENA_ARRAY(arena, COLUMNS + 1, struct column_view);
	const struct found *found = &filter->found;

	if (!cells || !columns)
		return STATUS_NO_MEMORY;
	*table = (struct table_view){ .id = STR("practices"),
		.caption = ui_word(ui, WORD("Practices on record")),
		.columns = columns,
		.column_count = COLUMNS + found->asked,
		.cells = cells,
		.empty = ui_word(ui, WORD("No practice on record is like this.")) };
	columns[0].name = ui_word(ui, WORD("Practice"));
	columns[1].name = ui_word(ui, WORD("Type of practice"));
	columns[2].name = ui_word(ui, WORD("Country"));
	columns[3].name = ui_word(ui, WORD("Phase of the crisis"));
	columns[4].name = ui_word(ui, WORD("As of"));
	columns[COLUMNS].name = ui_word(ui, WORD("Where the words are"));
	for (size_t at = 0; at < found->count && !filter->faults.count; at++) {
		const struct practice *practice = &practices->items[found_item(found, at)];
		struct cell_view *row = &cells[table->row_count * table->column_count];
		if (!passes(filter, request->snapshot->world, practice))
			continue;
		table->row_count++;
		*not_said += (filter->phase >= 0 && !practice->phases) ||
			     (filter->crisis >= 0 && !practice->crises);
		fill_row(row, request, ui, practice);
		if (found->asked)
			row[COLUMNS] = found_cell(arena, found, at);
	}
	return STATUS_OK;
}

enum status practice_table(
	struct table_view *out, struct request *request, const struct ui *ui, unsigned guideline)
{
	const struct filter filter = { .found.count = request->snapshot->practices.items_count,
		.country = NONE32,
		.phase = -1,
		.crisis = -1,
		.guideline = guideline };
	struct str number = str_format(&request->arena, "%u", guideline);
	struct html_arg arg = html_arg(number);
	long long not_said = 0;
	enum status status = fill_table(out, &not_said, &filter, request, ui);
	struct ui plain = *ui; /* a CSV has no language */

	plain.keep_language = false;
	out->csv = html_link_make(&request->arena, &plain, "/practices.csv?guideline=%1", &arg, 1);
	return status;
}

/* The types that occur, for the list and for the CSV alike. */
static struct str *types_of(struct request *request, size_t *count)
{
	const struct practices *practices = &request->snapshot->practices;
	struct str *types = ARENA_ARRAY(&request->arena, practices->items_count + 1, struct str);

	*count = types ? find_types(types, practices) : 0;
	return types;
}

enum status answer_practices_page(struct request *request)
{
	struct arena *arena = &request->arena;
	struct practices_view view = { .all = (long long)request->snapshot->practices.items_count };
	size_t type_count;
	struct str *types = types_of(request, &type_count);
	struct filter filter;
	enum status status;
	struct html html;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	status = read_filter(&filter, request, &ui, types, type_count);
	if (!types || status != STATUS_OK)
		return types ? status : STATUS_NO_MEMORY;
	fill_fields(&view, &filter, request, &ui, types, type_count);
	status = fill_table(&view.table, &view.not_said, &filter, request, &ui);
	if (status != STATUS_OK)
		return status;
	view.shown = (long long)view.table.row_count;
	view.some = filter.found.hits.some && view.shown;
	view.faults = filter.faults.items;
	view.fault_count = filter.faults.count;
	if (!filter.faults.count)
		view.table.csv = page_csv(arena, &ui, "/practices.csv");
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Practices")),
		.section = STR("practices"),
		.languages = ui_languages_view(arena, &ui, false),
		.has_faults = filter.faults.count > 0 };
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_practices(&html, &ui, &view);
	return page_send(request, &html, filter.faults.count ? 422 : 200);
}

static void csv_row(struct buf *out, struct arena *arena, const struct ui *ui,
	const struct world *world, const struct practice *practice, struct str found)
{
	struct buf codes;

	buf_init(&codes, arena, (size_t)1 << 20);
	for (size_t i = 0; i < practice->countries_count; i++) {
		buf_add_c(&codes, i ? " " : "");
		buf_add(&codes, world->places[practice->countries[i]].id);
	}
	csv_add_field(out, practice->id, true);
	csv_add_field(out, accord_text(&practice->title, STR("en")), false);
	csv_add_field(out, practice->type, false);
	csv_add_field(out, codes.len ? buf_str(&codes) : STR(""), false);
	csv_add_field(out, practice->stakeholder, false);
	csv_add_field(out,
		practice_join(arena, ui, practice->phases, practice_phase_names, PRACTICE_PHASES),
		false);
	filter_csv_date(out, practice->as_of);
	csv_add_field(out, found, false);
	buf_add_c(out, "\r\n");
}

enum status answer_practices_csv(struct request *request)
{
	const struct practices *practices = &request->snapshot->practices;
	size_t type_count;
	struct str *types = types_of(request, &type_count);
	struct filter filter;
	struct buf out;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	enum status status = read_filter(&filter, request, &ui, types, type_count);
	if (!types || status != STATUS_OK)
		return types ? status : STATUS_NO_MEMORY;
	if (filter_refused(request, &filter.faults))
		return STATUS_OK;
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	buf_add_c(&out, "practice,title,type_of_practice,country,name_of_stakeholder,crisis_phase,"
			"as_of,found\r\n");
	for (size_t at = 0; at < filter.found.count; at++) {
		const struct practice *practice = &practices->items[found_item(&filter.found, at)];
		if (passes(&filter, request->snapshot->world, practice))
			csv_row(&out, &request->arena, &ui, request->snapshot->world, practice,
				found_text(&request->arena, &filter.found, at));
	}
	return filter_send_csv(request, &out);
}
