/* The page of a place that is no country: a region of the world, a province, a town. It says what
 * is on record there and leads up to its country and down to what lies in it. */
#include "web/page_place.h"
#include "web/page_record.h"
#include "web/templates.h"

struct str page_place_kind(const struct ui *ui, enum place_kind kind)
{
	static const char *const words[] = { WORD("world"), WORD("region"), WORD("country"),
		WORD("province or state"), WORD("town") };

	return ui_word(ui, words[kind]);
}

static enum status area_within(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Place"), false },
		{ WORD("Code"), false }, { WORD("Kind"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "within", part_word(part, WORD("What lies in it")),
		columns, sizeof columns / sizeof columns[0]);
	view->empty = part_word(part, WORD("No smaller place in it is on record."));
	for (uint32_t i = 0; i < world->places_count; i++) {
		const struct place *place = &world->places[i];
		if (place->parent != part->place || !part_row(&table))
			continue;
		part_link(&table, "/places/%1", place->id, part_place(part, i));
		part_text(&table, place->id);
		part_text(&table, page_place_kind(&part->ui, place->kind));
	}
	return part_table_close(&table);
}

static enum status area_posts(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Sending State"), false },
		{ WORD("Kind"), false }, { WORD("Where it stands"), false },
		{ WORD("State of the post"), false }, { WORD("Basis"), false },
		{ WORD("As of"), false }, { WORD("Today"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "posts", part_word(part, WORD("Posts that stand here")),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (!world_lies_in(world, post->place, part->place) ||
			!date_within(part->date, post->from, post->until) || !part_row(&table))
			continue;
		part_link(&table, "/parties/%1", world->parties[post->sending].id,
			part_party(part, post->sending));
		part_link(&table, "/posts/%1", post->id, part_post_kind(part, post->kind));
		part_text(&table, part_place(part, post->place));
		part_post_sure(&table, post, world->places[post->place].country);
	}
	return part_table_close(&table);
}

static const struct subject_table tables[] = {
	{ "within", WORD("Places"), NULL, area_within },
	{ "posts", WORD("Posts"),
		WORD("A post on record is sure only for a time, shorter where risk is greater. "
		     "After that it is not known whether it is still there."),
		area_posts },
	{ "numbers", WORD("Numbers to call"),
		WORD("A number without a day of testing has not been tried by anyone who told "
		     "us."),
		place_numbers },
	{ "practices", WORD("Practices"), NULL, place_practices },
};
_Static_assert(sizeof tables / sizeof tables[0] <= RECORD_TABLES, "room on the page");
const struct subject place_area = { "/places/%1", "/places/%1/%2", "/places/%1/%2?page=%3",
	"/places/%1/%2.csv", "places", tables, sizeof tables / sizeof tables[0] };

static void add(struct record_view *view, const struct part *part, const char *key, struct str text)
{
	view->summary[view->summary_count++] = (struct summary_row){ part_word(part, key),
		{ .kind = text.len ? CELL_TEXT : CELL_NONE, .text = text } };
}

enum status place_area_page(struct buf *out, struct part *part)
{
	const struct place *place = &part->world->places[part->place];
	struct record_view view = { .page = { .section = STR("places") },
		.name = part_place(part, part->place),
		.section_count = place_area.table_count };
	struct crumb crumbs[PLACE_CRUMBS_MAX];
	struct html_arg country;
	struct html html;
	enum status status = subject_sections(view.sections, part, &place_area, place->id);

	if (status != STATUS_OK)
		return status;
	add(&view, part, WORD("Code"), place->id);
	add(&view, part, WORD("Kind"), page_place_kind(&part->ui, place->kind));
	if (place->parent != NONE32)
		add(&view, part, WORD("Lies in"), part_place(part, place->parent));
	if (place->country != NONE32) {
		country = html_arg(part->world->places[place->country].id);
		view.next = html_link_make(part->arena, &part->ui, "/places/%1", &country, 1);
		view.next_name = part_place(part, place->country);
	}
	view.note = part_word(part, WORD("People, agreements and readiness are on record by "
					 "country."));
	part_source(part, place->source);
	part_frame(&view.page, part, view.name, crumbs, place_crumbs(crumbs, part));
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_record(&html, &part->ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}
