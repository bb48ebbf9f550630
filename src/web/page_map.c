/* The maps of people from abroad for whom no help is on record: what they show is in the words of
 * docs/semantics.md, "Maps". */
#include "web/page_parts.h"

#define MAP_MAX ((size_t)2 << 20)
#define STEPS 5

enum status part_covers(struct part_cover **out, size_t *count, struct part *part, uint8_t service)
{
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = part->date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };
	struct gaps gaps;
	size_t capacity = 0;
	enum status status = cover_gaps(
		&gaps, part->arena, part->snapshot->index, &part->count, service, &filter);

	*out = NULL;
	*count = 0;
	if (status == STATUS_OK)
		status = cover_bound(
			&gaps, part->arena, part->snapshot->index, &part->count, &filter);
	for (size_t i = 0; status == STATUS_OK && i < gaps.cells_count; i++) {
		const struct gap_cell *cell = &gaps.cells[i];
		if (!*count || (*out)[*count - 1].place != cell->cell.place) {
			struct part_cover *next = arena_push(
				part->arena, (void **)out, count, &capacity, sizeof *next);
			if (!next)
				return STATUS_NO_MEMORY;
			*next = (struct part_cover){ .place = cell->cell.place };
		}
		(*out)[*count - 1].people += cell->cell.people;
		cover_split_add(&(*out)[*count - 1].split, cell);
	}
	return status;
}

enum status part_split(
	struct band_split *out, struct part *part, uint8_t service, const struct gap_filter *filter)
{
	struct gaps gaps;
	enum status status = cover_gaps(
		&gaps, part->arena, part->snapshot->index, &part->count, service, filter);

	*out = (struct band_split){ { 0 }, 0, 0 };
	if (status == STATUS_OK)
		status = cover_bound(
			&gaps, part->arena, part->snapshot->index, &part->count, filter);
	for (size_t i = 0; status == STATUS_OK && i < gaps.cells_count; i++)
		cover_split_add(out, &gaps.cells[i]);
	return status;
}

void part_split_cells(struct part_table *table, const struct band_split *split)
{
	part_number(table, split->bands[BAND_WILL]);
	part_number(table, split->bands[BAND_SHALL]);
	part_number(table, split->bands[BAND_MAY]);
	part_number(table, split->bands[BAND_REMOTE]);
	part_number(table, split->not_known);
	part_number(table, split->none_proven);
}

/* Numbers of the services, those first for whose need most people have nobody; else as they come.
 */
static void sort_services(uint8_t *order, const struct band_split *splits)
{
	for (uint8_t i = 0; i < world_service_count; i++) {
		int64_t none = splits[i].not_known + splits[i].none_proven;
		uint8_t at = i;
		for (; at &&
			splits[order[at - 1]].not_known + splits[order[at - 1]].none_proven < none;
			at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

enum status part_services(
	struct table_view *view, struct part *part, const struct gap_filter *filter)
{
	static const struct part_column columns[] = { { WORD("Service"), false },
		{ WORD("will"), true }, { WORD("shall"), true }, { WORD("may"), true },
		{ WORD("remote"), true }, { WORD("not known"), true }, { WORD("nobody"), true } };
	struct band_split splits[64];
	uint8_t order[64];
	enum status status = STATUS_OK;
	struct part_table table;

	for (uint8_t i = 0; i < world_service_count && status == STATUS_OK; i++)
		status = part_split(&splits[i], part, i, filter);
	if (status != STATUS_OK)
		return status;
	sort_services(order, splits);
	part_table_open(&table, part, view, "services",
		part_word(part, WORD("People by service and by how far somebody is bound")),
		columns, sizeof columns / sizeof columns[0]);
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!part_row(&table))
			continue;
		part_text(&table, part_service(part, order[i]));
		part_split_cells(&table, &splits[order[i]]);
	}
	return part_table_close(&table);
}

int part_share(const struct part_cover *cover)
{
	int64_t none = cover->split.not_known + cover->split.none_proven;

	if (cover->people <= 0)
		return -1;
	return none > 0 && none * 100 < cover->people ? 1 : (int)(none * 100 / cover->people);
}

static enum svg_fill fill_of(const struct part_cover *cover)
{
	int share = part_share(cover);
	int step = share / 20;

	return share < 0 ? FILL_NO_DATA
			 : (enum svg_fill)(FILL_STEP_1 + (step < STEPS ? step : STEPS - 1));
}

/* "Sudan: 87 %; people from abroad 1,379,147" */
static struct str title_of(struct part *part, const struct part_cover *cover, struct str name)
{
	struct buf text;

	buf_init(&text, part->arena, 2000);
	buf_add(&text, name);
	if (part_share(cover) >= 0)
		buf_add_format(&text, ": %d %%", part_share(cover));
	buf_add_c(&text, "; ");
	buf_add(&text, part_word(part, WORD("people from abroad")));
	buf_add_c(&text, " ");
	ui_number(&text, &part->ui, cover->people);
	return buf_str(&text);
}

static struct html_safe safe_of(struct part *part, const struct buf *svg)
{
	struct html html;

	html_init(&html, part->arena, MAP_MAX);
	html_raw(&html, buf_str(svg).ptr, svg->len); /* the writer of SVG escapes */
	return html_safe_of(&html);
}

static enum status draw_key(
	struct map_view *out, struct part *part, const struct part_cover *covers, size_t count)
{
	static const char *const shares[STEPS] = { "0–19 %", "20–39 %", "40–59 %", "60–79 %",
		"80–100 %" };
	struct svg_head head = { .id = STR("map-key"), .rtl = part->ui.language->rtl };
	struct svg_key_entry entries[STEPS + 1];
	struct buf svg;

	for (size_t step = 0; step < STEPS; step++) {
		long long countries = 0;
		for (size_t i = 0; i < count; i++)
			countries += fill_of(&covers[i]) == (enum svg_fill)(FILL_STEP_1 + step);
		entries[step] = (struct svg_key_entry){ (enum svg_fill)(FILL_STEP_1 + step),
			str_of(shares[step]), part_figure(part, countries) };
	}
	entries[STEPS] = (struct svg_key_entry){ FILL_NO_DATA,
		part_word(part, WORD("Nobody from abroad is on record")), STR("") };
	head.title = part_word(part, WORD("Share of people from abroad without help on record, and "
					  "number of countries"));
	head.desc = STR("");
	buf_init(&svg, part->arena, MAP_MAX);
	svg_key(&svg, &head, entries, STEPS + 1);
	out->key = safe_of(part, &svg);
	return svg.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Posts by where they stand, one spot each town. */
static enum status find_spots(
	struct svg_spot **out, size_t *count, struct part *part, uint32_t country)
{
	const struct world *world = part->world;
	uint32_t *posts = ARENA_ARRAY(part->arena, world->places_count, uint32_t);
	size_t capacity = 0;

	*out = NULL;
	*count = 0;
	if (!posts)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (world->places[post->place].country == country && post->state == FACT_OPEN &&
			date_within(part->date, post->from, post->until))
			posts[post->place]++;
	}
	for (uint32_t i = country; i <= world->places[country].last; i++) {
		struct svg_spot *spot;
		if (!posts[i] || !world->places[i].has_point || i == country)
			continue;
		spot = arena_push(part->arena, (void **)out, count, &capacity, sizeof *spot);
		if (!spot)
			return STATUS_NO_MEMORY;
		*spot = (struct svg_spot){ world->places[i].lat, world->places[i].lon,
			str_format(part->arena, STR_FMT ": %u " STR_FMT,
				STR_ARG(part_place(part, i)), posts[i],
				STR_ARG(part_word(part, WORD("posts")))) };
	}
	return STATUS_OK;
}

static enum status draw(struct buf *svg, struct part *part, const struct svg_head *head,
	uint32_t place, const struct svg_mark *marks, size_t count)
{
	struct svg_spot *spots = NULL;
	size_t spot_count = 0;
	enum status status;

	if (place == NONE32)
		return svg_map_world(svg, part->arena, part->snapshot->map, head, marks, count);
	status = find_spots(&spots, &spot_count, part, place);
	if (status == STATUS_OK)
		status = svg_map_region(svg, part->arena, part->snapshot->map, head, place, marks,
			count, spots, spot_count);
	return status;
}

static struct str map_title(const struct part *part)
{
	return str_format(part->arena, STR_FMT ": " STR_FMT,
		STR_ARG(part_word(part, WORD("People from abroad without help on record"))),
		STR_ARG(part_service(part, part->service)));
}

enum status part_map(struct buf *out, struct part *part, uint32_t place)
{
	struct svg_head head = { .id = STR("map"),
		.title = map_title(part),
		.desc = part_word(part, WORD("The same figures stand in a table beside the map of "
					     "the world.")),
		.rtl = part->ui.language->rtl };
	struct part_cover *covers;
	struct svg_mark *marks;
	size_t count;
	enum status status = part_covers(&covers, &count, part, part->service);

	if (status != STATUS_OK)
		return status;
	marks = ARENA_ARRAY(part->arena, count + 1, struct svg_mark);
	if (!marks)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		struct str name = part_place(part, covers[i].place);
		marks[i] = (struct svg_mark){ covers[i].place, fill_of(&covers[i]), name,
			title_of(part, &covers[i], name) };
	}
	if (part->ui.keep_language)
		head.suffix = str_format(part->arena, "?lang=%s", part->ui.language->code);
	status = draw(out, part, &head, place, marks, count);
	return out->failed ? STATUS_NO_MEMORY : status;
}

enum status part_map_view(struct map_view *out, struct part *part, struct html_link file,
	const struct part_cover *covers, size_t count)
{
	*out = (struct map_view){ .file = file, .alt = map_title(part) };
	for (size_t i = 0; i < part->world->shapes_count && i < 1; i++)
		part_source(part, part->world->shapes[i].source);
	return draw_key(out, part, covers, count);
}
