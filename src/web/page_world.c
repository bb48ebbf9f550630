/* The page of the world, and the files beside the pages. A page is made like any long answer: once
 * for a state, a day and a language. */
#include "web/page_parts.h"
#include "web/page_world.h"
#include "web/templates.h"

#define CSV_SERVICES 1
#define CSV_COUNTRIES 2

static enum status services_table(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Service"), false },
		{ WORD("will"), true }, { WORD("shall"), true }, { WORD("may"), true },
		{ WORD("remote"), true }, { WORD("not known"), true }, { WORD("nobody"), true } };
	struct gap_filter filter = { .place = part->place,
		.nat = NAT_NONE,
		.group = -1,
		.date = part->date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };
	enum status status = STATUS_OK;
	struct part_table table;

	part_table_open(&table, part, view, "services",
		part_word(part, WORD("People by service and by how far somebody is bound")),
		columns, sizeof columns / sizeof columns[0]);
	for (unsigned i = 0; i < world_service_count && status == STATUS_OK; i++) {
		struct band_split split;
		status = part_split(&split, part, (uint8_t)i, &filter);
		part_text(&table, part_service(part, (uint8_t)i));
		part_split_cells(&table, &split);
	}
	return status == STATUS_OK ? part_table_close(&table) : status;
}

static enum status countries_table(struct table_view *view, struct part *part,
	const struct part_cover *covers, size_t count, uint8_t service)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Code"), false }, { WORD("People from abroad"), true },
		{ WORD("will"), true }, { WORD("shall"), true }, { WORD("may"), true },
		{ WORD("remote"), true }, { WORD("not known"), true }, { WORD("nobody"), true },
		{ WORD("Without help on record, in percent"), true } };
	struct part_table table;

	part_table_open(&table, part, view, "countries",
		str_format(part->arena, STR_FMT ": " STR_FMT,
			STR_ARG(part_word(part, WORD("Countries by how far somebody is bound"))),
			STR_ARG(part_service(part, service))),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count; i++) {
		struct str id = part->world->places[covers[i].place].id;
		part_link(&table, "/places/%1", id, part_place(part, covers[i].place));
		part_text(&table, id);
		part_number(&table, covers[i].people);
		part_split_cells(&table, &covers[i].split);
		part_number(&table, part_share(&covers[i]));
	}
	return part_table_close(&table);
}

static void name_sources(struct part *part)
{
	for (size_t i = 0; i < part->world->people_count; i++) {
		const struct people_row *row = &part->world->people[i];
		if ((row->group == GROUP_STOCK && row->year == part->count.stock_year) ||
			(row->group == GROUP_REFUGEE && row->year == part->count.refugee_year) ||
			(row->group == GROUP_ASYLUM_SEEKER && row->year == part->count.asylum_year))
			part_source(part, row->source);
	}
}

static enum status make_tables(struct world_view *view, struct part *part, uint8_t service)
{
	struct part_cover *covers;
	struct part_map map;
	size_t count;
	enum status status = part_covers(&covers, &count, part, service);
	struct html_arg code = html_arg(str_of(world_services[service].code));

	if (status == STATUS_OK)
		status = part_map(&map, part, service, NONE32, covers, count);
	if (status == STATUS_OK)
		status = services_table(&view->services, part);
	if (status == STATUS_OK)
		status = countries_table(&view->countries, part, covers, count, service);
	if (status != STATUS_OK)
		return status;
	view->map = map.picture;
	view->key = map.key;
	view->services.csv = html_link_make(part->arena, &part->ui, "/world/services.csv", NULL, 0);
	view->countries.csv =
		html_link_make(part->arena, &part->ui, "/world/countries.csv?service=%1", &code, 1);
	return STATUS_OK;
}

static struct field_view choice(struct part *part, uint8_t service)
{
	struct option_view *options =
		ARENA_ARRAY(part->arena, world_service_count, struct option_view);

	for (uint8_t i = 0; options && i < world_service_count; i++)
		options[i] = (struct option_view){ .value = str_of(world_services[i].code),
			.text = part_service(part, i),
			.chosen = i == service };
	return (struct field_view){ .id = STR("service"),
		.name = STR("service"),
		.label = part_word(part, WORD("Service")),
		.options = options,
		.option_count = options ? world_service_count : 0 };
}

static struct str day(struct arena *arena, const struct ui *ui, int32_t date)
{
	struct buf text;

	buf_init(&text, arena, 64);
	ui_date(&text, ui, date);
	return buf_str(&text);
}

static enum status make_world(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	struct html html;
	uint8_t service = 0;
	struct world_view view = { .page = { .section = STR("world") } };
	enum status status = part_open(&part, arena, snapshot, asked, STR("/"));

	while (!(asked->services >> service & 1u))
		service++;
	if (asked->keep_service)
		part.ui.query = str_format(arena, "service=%s", world_services[service].code);
	if (status == STATUS_OK)
		status = make_tables(&view, &part, service);
	if (status != STATUS_OK)
		return status;
	if (asked->limit == CSV_SERVICES || asked->limit == CSV_COUNTRIES)
		return part_csv(
			out, asked->limit == CSV_SERVICES ? &view.services : &view.countries);
	name_sources(&part);
	view.page.title = part_word(&part, WORD("The world"));
	view.page.sources = part.sources;
	view.page.source_count = part.source_count;
	view.page.languages = ui_languages_view(arena, &part.ui, false);
	view.counted = part_figure(&part, part.count.people - part.count.own_state);
	view.own_text = part_figure(&part, part.count.own_state);
	view.day_text = day(arena, &part.ui, asked->date);
	view.year_text = str_format(arena, "%d", part.count.stock_year);
	view.service = choice(&part, service);
	view.service_text = part_service(&part, service);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_world(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Asked for without a service: the document without which nobody leaves. */
static bool read_service(struct request *request, struct analysis *asked)
{
	struct str code = request_parameter(request, "service");
	uint8_t service = world_service_find(code.ptr ? code : STR("consular.travel-document"));

	asked->keep_service = code.ptr != NULL;
	if (service == SERVICE_NONE) {
		request_problem(request, 422, WORD("No service has this code."),
			WORD("The page / has a list of all services to choose from."));
		return false;
	}
	asked->services = UINT64_C(1) << service;
	return true;
}

static enum status answer(struct request *request, size_t csv)
{
	struct analysis asked = analysis_default(request->today);

	asked.make = make_world;
	asked.limit = csv;
	if (!part_language(request, &asked) || !read_service(request, &asked))
		return STATUS_OK;
	return part_answer(request, &asked, csv != 0);
}

enum status answer_world(struct request *request)
{
	return answer(request, 0);
}
enum status answer_world_services(struct request *request)
{
	return answer(request, CSV_SERVICES);
}
enum status answer_world_countries(struct request *request)
{
	return answer(request, CSV_COUNTRIES);
}

enum status answer_asset(struct request *request)
{
	size_t count;
	const struct ui_asset *assets = ui_assets(&count);

	for (size_t i = 0; i < count; i++) {
		if (!str_is(request->path, assets[i].path))
			continue;
		request->type = assets[i].type;
		request->answer =
			(struct str){ (const char *)assets[i].plain, assets[i].plain_len };
		request->packed = (struct str){ (const char *)assets[i].gzip, assets[i].gzip_len };
		request->prepared = true;
		return STATUS_OK;
	}
	request_problem(
		request, 404, WORD("No file has this address."), WORD("A page names its files."));
	return STATUS_OK;
}
