/* The page of the world, its map and tables, and the files beside the pages. A page is made like
 * any long answer: once for a state, a day and a language. */
#include "web/page_world.h"

#include <string.h>

#include "web/templates.h"

static enum status services_table(struct table_view *view, struct part *part)
{
	const struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = part->date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };

	return part_services(view, part, &filter);
}

static int64_t without_help(const struct part_cover *cover)
{
	return cover->split.not_known + cover->split.none_proven;
}

/* Those where most people are without help first, else as they come. */
static void sort_covers(struct part_cover *covers, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct part_cover held = covers[i];
		size_t at = i;
		for (; at && without_help(&covers[at - 1]) < without_help(&held); at--)
			covers[at] = covers[at - 1];
		covers[at] = held;
	}
}

static enum status countries_table(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Code"), false }, { WORD("People from abroad"), true },
		{ WORD("will"), true }, { WORD("shall"), true }, { WORD("may"), true },
		{ WORD("remote"), true }, { WORD("not known"), true }, { WORD("nobody"), true },
		{ WORD("Without help on record, in percent"), true } };
	struct part_cover *covers;
	struct part_table table;
	size_t count;
	enum status status = part_covers(&covers, &count, part, part->service);

	if (status != STATUS_OK)
		return status;
	sort_covers(covers, count);
	part_table_open(&table, part, view, "countries",
		str_format(part->arena, STR_FMT ": " STR_FMT,
			STR_ARG(part_word(part, WORD("Countries by how far somebody is bound"))),
			STR_ARG(part_service(part, part->service))),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count; i++) {
		struct str id = part->world->places[covers[i].place].id;
		if (!part_row(&table))
			continue;
		part_link(&table, "/places/%1", id, part_place(part, covers[i].place));
		part_text(&table, id);
		part_number(&table, covers[i].people);
		part_split_cells(&table, &covers[i].split);
		part_number(&table, part_share(&covers[i]));
	}
	return part_table_close(&table);
}

static const struct subject_table tables[WORLD_TABLES] = {
	{ "services", WORD("By service"),
		WORD("A figure says for how many people from abroad somebody may, must or will "
		     "help, each counted once, at the best there is and no further than a promise "
		     "has room. What is not on record is not known, never nobody."),
		services_table },
	{ "countries", WORD("By country"), NULL, countries_table },
};
static const struct subject subject = { "/?service=%1", "/world/%2?service=%1",
	"/world/%2?service=%1&page=%3", "/world/%2.csv?service=%1", "world", tables, WORLD_TABLES };

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

static enum status make_map(struct world_view *view, struct part *part)
{
	struct html_arg code = html_arg(world_services[part->service].code);
	struct part_cover *covers;
	size_t count;
	enum status status = part_covers(&covers, &count, part, part->service);

	return status != STATUS_OK ? status
				   : part_map_view(&view->map, part,
					     html_link_make(part->arena, &part->ui,
						     "/world/map.svg?service=%1", &code, 1),
					     covers, count);
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

static enum status make_page(struct buf *out, struct part *part, struct str code)
{
	struct world_view view = { .page = { .section = str_of(subject.section) } };
	struct html html;
	enum status status = make_map(&view, part);

	if (status == STATUS_OK)
		status = subject_sections(view.sections, part, &subject, code);
	if (status != STATUS_OK)
		return status;
	name_sources(part);
	part_frame(&view.page, part, part_word(part, WORD("The world")), NULL, 0);
	view.counted = part_figure(part, part->count.people - part->count.own_state);
	view.own_text = part_figure(part, part->count.own_state);
	view.day_text = day(part->arena, &part->ui, part->date);
	view.year_text = str_format(part->arena, "%d", part->count.stock_year);
	view.search = page_places_field(&part->ui, STR(""));
	view.service = choice(part, part->service);
	view.service_text = part_service(part, part->service);
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_world(&html, &part->ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status open_world(struct part *part, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	enum status status =
		part_open(part, arena, snapshot, asked, asked->table ? STR("/world") : STR("/"));

	while (!(asked->services >> part->service & 1u))
		part->service++;
	if (asked->table || asked->keep_service)
		part->ui.query =
			str_format(arena, "service=%s", world_services[part->service].code);
	return status;
}

static enum status make_world(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	enum status status = open_world(&part, arena, snapshot, asked);
	struct str code = str_of(world_services[part.service].code);

	if (status != STATUS_OK)
		return status;
	return asked->table ? subject_list(out, &part, &subject, asked, code,
				      part_word(&part, WORD("The world")))
			    : make_page(out, &part, code);
}

static enum status make_picture(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	enum status status = open_world(&part, arena, snapshot, asked);

	return status == STATUS_OK ? part_map(out, &part, NONE32) : status;
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

enum status answer_world(struct request *request)
{
	struct analysis asked = analysis_default(request->today);

	asked.make = make_world;
	if (!part_language(request, &asked) || !read_service(request, &asked))
		return STATUS_OK;
	return part_answer(request, &asked, PART_HTML);
}

enum status answer_world_part(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str name = str_sub(request->path, strlen("/world/"), request->path.len);
	bool picture = str_is(name, "map.svg");

	asked.make = picture ? make_picture : make_world;
	if (picture ? request_parameter(request, "page").ptr != NULL
		    : !name.len || !subject_read(&asked, request, name, &subject)) {
		request_problem(request, 404, WORD("The world has no such table or page."),
			"The page / names its tables.");
		return STATUS_OK;
	}
	if (!part_language(request, &asked) || !read_service(request, &asked))
		return STATUS_OK;
	return part_answer(request, &asked, picture ? PART_SVG : subject_type(&asked));
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
