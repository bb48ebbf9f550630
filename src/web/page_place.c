/* The page of a country, its map, and each of its tables whole and as CSV. */
#include "web/page_place.h"
#include "web/page_brief.h"
#include "web/templates.h"

#include <string.h>

/* In the order of the page. */
static const struct subject_table tables[PLACE_TABLES] = {
	{ "people", WORD("People"),
		WORD("Who is counted as a refugee or asylum-seeker is not counted again among "
		     "others."),
		place_people },
	{ "matrix", WORD("Who leads for whom"),
		WORD("For people of a nationality who are neither refugees nor asylum-seekers, "
		     "during a crisis. The page has eight needs; the CSV has all, with agreement "
		     "and "
		     "clause."),
		place_matrix },
	{ "sectors", WORD("Sectors and phases"),
		WORD("The sectors of IOM's Migration Crisis Operational Framework. A cell has the "
		     "best duty among its people, how many parties act, and the share of people "
		     "whom somebody helps."),
		place_sectors },
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
	{ "links", WORD("Links"),
		WORD("A link is a pair of channels between a post and an agency of the host, "
		     "tested out and back before it is needed."),
		place_links },
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

static const struct subject subject = { "/places/%1", "/places/%1/%2", "/places/%1/%2?page=%3",
	"/places/%1/%2.csv", "places", tables, PLACE_TABLES };

static enum status make_map(struct place_view *view, struct part *part)
{
	struct html_arg code = html_arg(part->world->places[part->place].id);
	struct part_cover *covers;
	size_t count;
	enum status status = part_covers(&covers, &count, part, part->service);

	view->service = part_service(part, part->service);
	return status != STATUS_OK ? status
				   : part_map_view(&view->map, part,
					     html_link_make(part->arena, &part->ui,
						     "/places/%1/map.svg", &code, 1),
					     covers, count);
}

static enum status open_place(struct part *part, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct str id = snapshot->world->places[asked->place].id;
	enum status status = part_open(
		part, arena, snapshot, asked, str_format(arena, "/places/" STR_FMT, STR_ARG(id)));

	part->service = world_service_find(STR(DEFAULT_SERVICE));
	return status;
}

size_t place_crumbs(struct crumb out[PLACE_CRUMBS_MAX], struct part *part)
{
	const struct world *world = part->world;
	size_t depth = 0, count = 1;
	uint32_t above[PLACE_CRUMBS_MAX];

	out[0] = (struct crumb){ part_word(part, WORD("Places")),
		html_link_make(part->arena, &part->ui, "/places", NULL, 0) };
	for (uint32_t at = world->places[part->place].parent;
		at != NONE32 && world->places[at].parent != NONE32 && depth < PLACE_CRUMBS_MAX - 1;
		at = world->places[at].parent)
		above[depth++] = at;
	while (depth) {
		struct html_arg id = html_arg(world->places[above[--depth]].id);
		out[count++] = (struct crumb){ part_place(part, above[depth]),
			html_link_make(part->arena, &part->ui, "/places/%1", &id, 1) };
	}
	return count;
}

static const struct subject *subject_of(const struct world *world, uint32_t place)
{
	return world->places[place].kind == PLACE_COUNTRY ? &subject : &place_area;
}

static enum status make_page(struct buf *out, struct part *part)
{
	struct str id = part->world->places[part->place].id;
	struct place_view view = { .page = { .section = str_of(subject.section) } };
	struct crumb crumbs[PLACE_CRUMBS_MAX];
	struct html html;
	enum status status = make_map(&view, part);

	if (status == STATUS_OK)
		status = subject_sections(view.sections, part, &subject, id);
	if (status != STATUS_OK)
		return status;
	summarise(&view, part);
	view.name = part_place(part, part->place);
	view.code = id;
	part_frame(&view.page, part, view.name, crumbs, place_crumbs(crumbs, part));
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_place(&html, &part->ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make_place(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	enum status status = open_place(&part, arena, snapshot, asked);

	const struct subject *of = subject_of(part.world, part.place);

	if (status != STATUS_OK)
		return status;
	if (asked->table)
		return subject_list(out, &part, of, asked, part.world->places[part.place].id,
			part_place(&part, part.place));
	return of == &subject ? make_page(out, &part) : place_area_page(out, &part);
}

static enum status make_picture(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	enum status status = open_place(&part, arena, snapshot, asked);

	return status == STATUS_OK ? part_map(out, &part, part.place) : status;
}

enum status answer_place_page(struct request *request)
{
	const struct world *world = request->snapshot->world;
	struct analysis asked = analysis_default(request->today);
	struct str rest = str_sub(request->path, strlen("/places/"), request->path.len);
	const char *slash = memchr(rest.ptr, '/', rest.len);
	struct str code = slash ? str_sub(rest, 0, (size_t)(slash - rest.ptr)) : rest;
	struct str name = slash ? str_sub(rest, code.len + 1, rest.len) : STR("");
	bool picture = str_is(name, "map.svg");

	asked.place = world_place(world, code);
	if (asked.place == NONE32) {
		request_nearest(request, NEAR_PLACE, code);
		request_problem(request, 404, WORD("No place has this code."),
			WORD("/places lists all countries with their codes."));
		return STATUS_OK;
	}
	if (world->places[asked.place].kind == PLACE_COUNTRY && str_starts(name, "duty-book"))
		return answer_duty_book(request, asked.place, name);
	if ((slash && !name.len) ||
		!(picture ? world->places[asked.place].kind == PLACE_COUNTRY &&
					!request_parameter(request, "page").ptr
			  : subject_read(&asked, request, name, subject_of(world, asked.place)))) {
		request_problem(request, 404, WORD("This place has no such table or page."),
			WORD("The page of the place names its tables."));
		return STATUS_OK;
	}
	asked.make = picture ? make_picture : make_place;
	if (!part_language(request, &asked))
		return STATUS_OK;
	return part_answer(request, &asked, picture ? PART_SVG : subject_type(&asked));
}
