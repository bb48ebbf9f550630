/* All countries in the order of the reader's alphabet: people from abroad, posts and risk, each
 * leading to its own page. With `q` the places that are called so, in whatever language. */
#include "help/help.h"
#include "web/page_filter.h"
#include "web/page_place.h"
#include "web/templates.h"

#define CSV 1
#define FOUND_MAX 50

struct tally {
	int64_t people;
	long long posts;
};

static struct tally *count_all(struct part *part)
{
	const struct world *world = part->world;
	struct tally *tallies = ARENA_ARRAY(part->arena, world->places_count, struct tally);

	if (!tallies)
		return NULL;
	for (size_t i = 0; i < part->count.cells_count; i++)
		if (!part->count.cells[i].own_state)
			tallies[part->count.cells[i].place].people += part->count.cells[i].people;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (post->state == FACT_OPEN && date_within(part->date, post->from, post->until))
			tallies[world->places[post->place].country].posts++;
	}
	return tallies;
}

static void name_sources(struct part *part)
{
	for (size_t i = 0; i < part->world->people_count; i++)
		if (part->world->people[i].group == GROUP_STOCK &&
			part->world->people[i].year == part->count.stock_year)
			part_source(part, part->world->people[i].source);
	for (size_t i = 0; i < part->world->posts_count; i++)
		part_source(part, part->world->posts[i].source);
}

/* The countries as the reader looks them up; their number. */
static enum status in_order(uint32_t **out, size_t *count, struct part *part)
{
	const struct world *world = part->world;
	size_t max = world->places_count + 1;
	uint32_t *countries = ARENA_ARRAY(part->arena, 2 * max, uint32_t);
	struct str *names = ARENA_ARRAY(part->arena, max, struct str);
	size_t *order = ARENA_ARRAY(part->arena, max, size_t);
	enum status status;

	*count = 0;
	if (!countries || !names || !order)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < world->places_count; i++)
		if (world->places[i].kind == PLACE_COUNTRY) {
			countries[*count] = i;
			names[(*count)++] = part_place(part, i);
		}
	status = help_in_order(order, part->arena, part->ui.language->code, names, *count);
	*out = countries + max;
	for (size_t i = 0; i < *count && status == STATUS_OK; i++)
		(*out)[i] = countries[order[i]];
	return status;
}

static enum status places_table(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Code"), false }, { WORD("People from abroad"), true },
		{ WORD("Year"), true }, { WORD("Posts on record as open"), true },
		{ WORD("INFORM risk, from 0 to 10"), true } };
	const struct world *world = part->world;
	struct tally *tallies = count_all(part);
	struct part_table table;
	uint32_t *countries;
	size_t count;
	enum status status = in_order(&countries, &count, part);

	if (status != STATUS_OK || !tallies)
		return STATUS_NO_MEMORY;
	part_table_open(&table, part, view, "places", part_word(part, WORD("Countries")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t at = 0; at < count; at++) {
		uint32_t i = countries[at], row;
		int risk = cover_risk_tenths(world, i, &row);
		part_link(&table, "/places/%1", world->places[i].id, part_place(part, i));
		part_text(&table, world->places[i].id);
		part_number(&table, tallies[i].people ? tallies[i].people : -1);
		part_text(&table, tallies[i].people
					  ? str_format(part->arena, "%d", part->count.stock_year)
					  : STR_NONE);
		part_number(&table, tallies[i].posts ? tallies[i].posts : -1);
		part_text(&table, risk < 0 ? STR_NONE
					   : str_format(part->arena, "%d.%d (%d)", risk / 10,
						     risk % 10, world->risks[row].year));
		if (risk >= 0)
			part_source(part, world->risks[row].source);
	}
	return part_table_close(&table);
}

static enum status make_places(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct places_view view = { .page = { .section = STR("places") } };
	struct part part;
	struct html html;
	enum status status = part_open(&part, arena, snapshot, asked, STR("/places"));

	if (status == STATUS_OK)
		status = places_table(&view.places, &part);
	if (status != STATUS_OK)
		return status;
	if (asked->limit == CSV)
		return part_csv(out, &view.places);
	name_sources(&part);
	view.search = page_places_field(&part.ui, STR(""));
	view.places.csv = html_link_make(arena, &part.ui, "/places.csv", NULL, 0);
	part_frame(&view.page, &part, part_word(&part, WORD("Places")), NULL, 0);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_places(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

struct field_view page_places_field(const struct ui *ui, struct str value)
{
	return (struct field_view){ .id = STR("q"),
		.name = STR("q"),
		.type = STR("search"),
		.label = ui_word(ui, WORD("Find a country, province or town")),
		.hint = ui_word(ui, WORD("By its name in any language, or its code; the beginning "
					 "is enough.")),
		.value = value };
}

static enum status found_table(struct table_view *view, struct request *request,
	const struct ui *ui, const uint32_t *found, size_t count)
{
	enum { COLUMNS = 4 };
	const struct world *world = request->snapshot->world;
	struct cell_view *cells =
		ARENA_ARRAY(&request->arena, (count + 1) * COLUMNS, struct cell_view);
	struct column_view *columns = ARENA_ARRAY(&request->arena, COLUMNS, struct column_view);

	if (!cells || !columns)
		return STATUS_NO_MEMORY;
	columns[0] = (struct column_view){ ui_word(ui, WORD("Place")), false };
	columns[1] = (struct column_view){ ui_word(ui, WORD("Code")), false };
	columns[2] = (struct column_view){ ui_word(ui, WORD("Kind")), false };
	columns[3] = (struct column_view){ ui_word(ui, WORD("In")), false };
	*view = (struct table_view){ .id = STR("places"),
		.caption = ui_word(ui, WORD("Places called so")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = count,
		.total = count,
		.empty = ui_word(ui, WORD("No place on record has a name that begins so.")) };
	for (size_t i = 0; i < count; i++, cells += COLUMNS) {
		const struct place *place = &world->places[found[i]];
		cells[0] = page_cell_link(page_place(ui, world, found[i]),
			page_link_to(&request->arena, ui, "/places/%1", place->id));
		cells[1] = page_text(place->id);
		cells[2] = page_text(page_place_kind(ui, place->kind));
		cells[3] = page_text(page_place(
			ui, world, place->kind == PLACE_COUNTRY ? place->parent : place->country));
	}
	return STATUS_OK;
}

/* The nearest name where nothing is called so: a slip of the keys. */
static void hint(
	struct places_view *view, struct request *request, const struct ui *ui, size_t lang)
{
	struct str near;
	uint32_t place;

	help_place(request->snapshot->world, &request->arena, lang, view->search.value, &near);
	place = near.len ? help_place(request->snapshot->world, &request->arena, lang, near, &near)
			 : NONE32;
	if (place == NONE32)
		return;
	view->near_name = page_place(ui, request->snapshot->world, place);
	view->near = page_link_to(
		&request->arena, ui, "/places/%1", request->snapshot->world->places[place].id);
}

static enum status answer_found(struct request *request, struct str words, size_t csv)
{
	struct places_view view = { .page = { .section = STR("places") }, .asked = true };
	uint32_t found[FOUND_MAX];
	size_t count, lang;
	struct html html;
	struct buf out;
	struct ui ui;
	enum status status;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	lang = help_lang(str_of(ui.language->code));
	status = help_places(
		found, &count, FOUND_MAX, request->snapshot->world, &request->arena, lang, words);
	if (status == STATUS_OK)
		status = found_table(&view.places, request, &ui, found, count);
	if (status != STATUS_OK)
		return status;
	view.search = page_places_field(&ui, words);
	if (csv) {
		buf_init(&out, &request->arena, WEB_ANSWER_MAX);
		status = part_csv(&out, &view.places);
		return status == STATUS_OK ? filter_send_csv(request, &out) : status;
	}
	if (!count)
		hint(&view, request, &ui, lang);
	view.places.csv = page_csv(&request->arena, &ui, "/places.csv");
	view.page.title = ui_word(&ui, WORD("Places"));
	view.page.languages = ui_languages_view(&request->arena, &ui, false);
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_places(&html, &ui, &view);
	return page_send(request, &html, 200);
}

static enum status answer(struct request *request, size_t csv)
{
	struct analysis asked = analysis_default(request->today);
	struct str words = str_trim(request_parameter(request, "q"));

	if (words.len)
		return answer_found(request, words, csv);
	asked.make = make_places;
	asked.limit = csv;
	return part_language(request, &asked)
		       ? part_answer(request, &asked, csv ? PART_CSV : PART_HTML)
		       : STATUS_OK;
}

enum status answer_places_page(struct request *request)
{
	return answer(request, 0);
}
enum status answer_places_csv(struct request *request)
{
	return answer(request, CSV);
}
