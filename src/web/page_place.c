/* The page of a country, and each of its tables as CSV. */
#include "web/page_place.h"
#include "web/page_brief.h"
#include "web/templates.h"

#include <string.h>

/* In the order of the page. The name is the anchor and, with ".csv", the file. */
static const struct {
	const char *name, *heading, *note;
	enum status (*make)(struct table_view *view, struct part *part);
} tables[PLACE_TABLES] = {
	{ "people", WORD("People"),
		WORD("The page has the 25 largest groups; the CSV has all. Who is counted as a "
		     "refugee or asylum-seeker is not counted again among others."),
		place_people },
	{ "matrix", WORD("Who leads for whom"),
		WORD("For people of a nationality who are neither refugees nor asylum-seekers, "
		     "during a crisis. The page has the 25 largest nationalities and eight needs; "
		     "the CSV has all, with agreement and clause."),
		place_matrix },
	{ "services", WORD("Services"),
		WORD("How many people somebody is bound to help, by the best duty there is on this "
		     "day. What is not on record is not known, never nobody."),
		place_services },
	{ "numbers", WORD("Numbers to call"),
		WORD("A number without a day of testing has not been tried by anyone who told "
		     "us."),
		place_numbers },
	{ "posts", WORD("Posts"),
		WORD("A post on record is sure only for a time, shorter where risk is greater. "
		     "After that it is not known whether it is still there."),
		place_posts },
	{ "agreements", WORD("Agreements"),
		WORD("In force today and open to the public: those under which somebody is known "
		     "to act here, and those that this State is party to."),
		place_agreements },
	{ "readiness", WORD("Would it hold"),
		WORD("Each part by what is on record: yes, no or not known."), place_readiness },
	{ "risk", WORD("Risk"), NULL, place_risk },
	{ "practices", WORD("Practices"), NULL, place_practices },
};

#define DEFAULT_SERVICE "consular.travel-document"

static void add_summary(
	struct place_view *view, struct part *part, const char *key, struct cell_view value)
{
	view->summary[view->summary_count++] = (struct summary_row){ part_word(part, key), value };
}

static struct cell_view number_cell(long long number)
{
	return (struct cell_view){ .kind = CELL_NUMBER, .number = number };
}

static void summarise(struct place_view *view, struct part *part)
{
	const struct place *place = &part->world->places[part->place];
	int64_t abroad = 0, own = 0, refugees = 0;
	uint32_t row;
	int risk = cover_risk_tenths(part->world, part->place, &row);
	struct cell_view text = { .kind = CELL_TEXT };

	for (size_t i = 0; i < part->count.cells_count; i++) {
		const struct people_cell *cell = &part->count.cells[i];
		if (cell->place != part->place)
			continue;
		*(cell->own_state ? &own : &abroad) += cell->people;
		refugees += cell->group != GROUP_STOCK ? cell->people : 0;
	}
	text.text = place->id;
	add_summary(view, part, WORD("Code"), text);
	text.text = str_format(part->arena, "%d", part->count.stock_year);
	add_summary(view, part, WORD("People from abroad"), number_cell(abroad ? abroad : -1));
	add_summary(view, part, WORD("Refugees and asylum-seekers among them"),
		number_cell(abroad ? refugees : -1));
	add_summary(view, part, WORD("Counted too: people with the nationality of this State"),
		number_cell(abroad || own ? own : -1));
	if (part->count.stock_year)
		add_summary(view, part, WORD("Year of the count"), text);
	text.text = STR_NONE;
	if (risk >= 0) {
		text.text = str_format(part->arena, "%d.%d (%d)", risk / 10, risk % 10,
			part->world->risks[row].year);
		part_source(part, part->world->risks[row].source);
	} else {
		text.kind = CELL_NONE;
	}
	add_summary(view, part, WORD("INFORM risk, from 0 to 10"), text);
}

static enum status make_map(struct place_view *view, struct part *part)
{
	uint8_t service = world_service_find(STR(DEFAULT_SERVICE));
	struct part_cover *covers;
	struct part_map map;
	size_t count;
	enum status status = part_covers(&covers, &count, part, service);

	if (status == STATUS_OK)
		status = part_map(&map, part, service, part->place, covers, count);
	if (status != STATUS_OK)
		return status;
	view->map = map.picture;
	view->key = map.key;
	view->service = part_service(part, service);
	return STATUS_OK;
}

static enum status make_sections(struct place_view *view, struct part *part)
{
	const struct place *place = &part->world->places[part->place];
	struct html_arg args[2] = { html_arg(place->id) };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < PLACE_TABLES && status == STATUS_OK; i++) {
		struct place_section *section = &view->sections[i];
		status = tables[i].make(&section->table, part);
		section->heading = part_word(part, tables[i].heading);
		section->note = tables[i].note ? part_word(part, tables[i].note) : STR("");
		section->link.address = str_format(part->arena, "#%s", tables[i].name);
		args[1] = html_arg(str_of(tables[i].name));
		section->table.csv =
			html_link_make(part->arena, &part->ui, "/places/%1/%2.csv", args, 2);
	}
	return status;
}

static enum status make_place(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct place *place = &snapshot->world->places[asked->place];
	struct place_view view = { .page = { .section = STR("places") } };
	struct crumb crumb;
	struct part part;
	struct html html;
	enum status status = part_open(&part, arena, snapshot, asked,
		str_format(arena, "/places/" STR_FMT, STR_ARG(place->id)));

	if (status == STATUS_OK)
		status = make_map(&view, &part);
	if (status == STATUS_OK)
		status = make_sections(&view, &part);
	if (status != STATUS_OK)
		return status;
	summarise(&view, &part);
	view.name = part_place(&part, part.place);
	view.code = place->id;
	crumb = (struct crumb){ part_word(&part, WORD("Places")),
		html_link_make(arena, &part.ui, "/places", NULL, 0) };
	view.page.title = view.name;
	view.page.crumbs = &crumb;
	view.page.crumb_count = 1;
	view.page.sources = part.sources;
	view.page.source_count = part.source_count;
	view.page.languages = ui_languages_view(arena, &part.ui, false);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_place(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* asked->limit: which table. */
static enum status make_table(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct table_view view;
	struct part part;
	enum status status = part_open(&part, arena, snapshot, asked, STR("/places"));

	part.csv = true;
	if (status == STATUS_OK)
		status = tables[asked->limit].make(&view, &part);
	return status == STATUS_OK ? part_csv(out, &view) : status;
}

static bool find_table(struct str name, size_t *table)
{
	if (!str_ends(name, ".csv"))
		return false;
	name.len -= strlen(".csv");
	for (*table = 0; *table < PLACE_TABLES; ++*table)
		if (str_is(name, tables[*table].name))
			return true;
	return false;
}

enum status answer_place_page(struct request *request)
{
	const struct world *world = request->snapshot->world;
	struct analysis asked = analysis_default(request->today);
	struct str rest = str_sub(request->path, strlen("/places/"), request->path.len), code;
	const char *slash = memchr(rest.ptr, '/', rest.len);
	size_t table = 0;

	code = slash ? str_sub(rest, 0, (size_t)(slash - rest.ptr)) : rest;
	asked.place = world_place(world, code);
	if (asked.place == NONE32 || world->places[asked.place].kind != PLACE_COUNTRY) {
		request_problem(request, 404, "No country has this code.",
			"/places lists all countries with their codes.");
		return STATUS_OK;
	}
	if (slash && str_starts(str_sub(rest, code.len + 1, rest.len), "duty-book"))
		return answer_duty_book(
			request, asked.place, str_sub(rest, code.len + 1, rest.len));
	if (slash && !find_table(str_sub(rest, code.len + 1, rest.len), &table)) {
		request_problem(request, 404, "This country has no such table.",
			"The page of the country names its tables.");
		return STATUS_OK;
	}
	asked.make = slash ? make_table : make_place;
	asked.limit = table;
	if (!part_language(request, &asked))
		return STATUS_OK;
	return part_answer(request, &asked, slash != NULL);
}
