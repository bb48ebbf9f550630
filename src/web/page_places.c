/* All countries: people from abroad, posts and risk, each leading to its own page. */
#include "web/page_place.h"
#include "web/templates.h"

#define CSV 1

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

static enum status places_table(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Code"), false }, { WORD("People from abroad"), true },
		{ WORD("Year"), true }, { WORD("Posts on record as open"), true },
		{ WORD("INFORM risk, from 0 to 10"), true } };
	const struct world *world = part->world;
	struct tally *tallies = count_all(part);
	struct part_table table;

	if (!tallies)
		return STATUS_NO_MEMORY;
	part_table_open(&table, part, view, "places", part_word(part, WORD("Countries")), columns,
		sizeof columns / sizeof columns[0]);
	for (uint32_t i = 0; i < world->places_count; i++) {
		uint32_t row;
		int risk;
		if (world->places[i].kind != PLACE_COUNTRY)
			continue;
		risk = cover_risk_tenths(world, i, &row);
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
	view.places.csv = html_link_make(arena, &part.ui, "/places.csv", NULL, 0);
	part_frame(&view.page, &part, part_word(&part, WORD("Places")), NULL, 0);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_places(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status answer(struct request *request, size_t csv)
{
	struct analysis asked = analysis_default(request->today);

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
