/* What is on record of a country: people, posts, numbers to call, risk, practices. */
#include "web/page_place.h"

#include <stdlib.h>

static int by_people(const void *a, const void *b)
{
	const struct people_cell *x = a, *y = b;

	if (x->people != y->people)
		return x->people < y->people ? 1 : -1;
	if (x->nat != y->nat)
		return x->nat < y->nat ? -1 : 1;
	return (int)x->group - (int)y->group;
}

enum status place_cells(struct people_cell **out, size_t *count, struct part *part)
{
	size_t capacity = 0;

	*out = NULL;
	*count = 0;
	for (size_t i = 0; i < part->count.cells_count; i++) {
		const struct people_cell *cell = &part->count.cells[i];
		struct people_cell *next;
		if (cell->place != part->place || cell->own_state)
			continue;
		next = arena_push(part->arena, (void **)out, count, &capacity, sizeof *next);
		if (!next)
			return STATUS_NO_MEMORY;
		*next = *cell;
	}
	if (*count)
		qsort(*out, *count, sizeof **out, by_people);
	return STATUS_OK;
}

static int16_t year_of(const struct part *part, enum people_group group)
{
	return group == GROUP_REFUGEE         ? part->count.refugee_year
	       : group == GROUP_ASYLUM_SEEKER ? part->count.asylum_year
					      : part->count.stock_year;
}

/* The row behind each figure: of each nationality and group the largest. */
static const struct people_row **rows_of(struct part *part)
{
	const struct people_row **rows = (const struct people_row **)ARENA_ARRAY(
		part->arena, part->world->nats_count * 3, const struct people_row *);

	for (size_t i = 0; rows && i < part->world->people_count; i++) {
		const struct people_row *row = &part->world->people[i];
		const struct people_row **at;
		if (row->place != part->place || row->nat == NAT_NONE ||
			row->group > GROUP_ASYLUM_SEEKER || row->year != year_of(part, row->group))
			continue;
		at = &rows[row->nat * 3u + row->group];
		if (!*at || (*at)->people < row->people)
			*at = row;
	}
	return rows;
}

enum status place_people(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Nationality"), false },
		{ WORD("People"), true }, { WORD("Counted as"), false }, { WORD("Year"), true },
		{ WORD("Code"), false }, { WORD("Source"), false } };
	const struct people_row **rows = rows_of(part);
	struct people_cell *cells;
	struct part_table table;
	size_t count;
	enum status status = place_cells(&cells, &count, part);

	if (!rows || status != STATUS_OK)
		return STATUS_NO_MEMORY;
	part_table_open(&table, part, view, "people",
		part_word(part, WORD("People from abroad by nationality")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count; i++) {
		const struct people_row *row = rows[cells[i].nat * 3u + cells[i].group];
		if (!part_row(&table))
			continue;
		part_text(&table, part_nat(part, cells[i].nat));
		part_number(&table, cells[i].people);
		part_text(&table, part_people_group(part, cells[i].group));
		part_text(&table, str_format(part->arena, "%d", year_of(part, cells[i].group)));
		part_text(&table, part->world->nats[cells[i].nat].code);
		part_source_cell(&table, row ? row->source : NONE32);
	}
	return part_table_close(&table);
}

static bool accredited(const struct post_row *post, uint32_t country)
{
	for (size_t i = 0; i < post->accredited_count; i++)
		if (post->accredited_to[i] == country)
			return true;
	return false;
}

static void add_post(struct part_table *table, const struct post_row *post, bool here)
{
	struct part *part = table->part;

	if (!part_row(table))
		return;
	part_link(table, "/parties/%1", part->world->parties[post->sending].id,
		part_party(part, post->sending));
	part_link(table, "/posts/%1", post->id, part_post_kind(part, post->kind));
	part_text(table, part_place(part, post->place));
	part_text(table,
		part_word(part, here ? WORD("in the country") : WORD("accredited from abroad")));
	part_post_sure(table, post, part->place);
}

/* Those in the country first. */
enum status place_posts(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Sending State"), false },
		{ WORD("Kind"), false }, { WORD("Where it stands"), false },
		{ WORD("For this country"), false }, { WORD("State of the post"), false },
		{ WORD("Basis"), false }, { WORD("As of"), false }, { WORD("Today"), false },
		{ WORD("Source"), false } };
	struct part_table table;

	part_table_open(&table, part, view, "posts",
		part_word(part, WORD("Posts for this country")), columns,
		sizeof columns / sizeof columns[0]);
	for (int here = 1; here >= 0; here--) {
		for (size_t i = 0; i < part->world->posts_count; i++) {
			const struct post_row *post = &part->world->posts[i];
			bool stands = part->world->places[post->place].country == part->place;
			if (stands == (here == 1) && (here || accredited(post, part->place)) &&
				date_within(part->date, post->from, post->until))
				add_post(&table, post, here);
		}
	}
	return part_table_close(&table);
}

static bool emergency(const struct channel *channel)
{
	return str_is(channel->kind, "police") || str_is(channel->kind, "ambulance") ||
	       str_is(channel->kind, "fire");
}

/* Emergency numbers first; what only parties may see is not here. */
enum status place_numbers(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Whose"), false },
		{ WORD("Number or address"), false }, { WORD("Kind"), false },
		{ WORD("Where"), false }, { WORD("Hours"), false }, { WORD("Tested"), false },
		{ WORD("Retrieved"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "numbers",
		part_word(part, WORD("Emergency numbers and other ways to reach somebody here")),
		columns, sizeof columns / sizeof columns[0]);
	for (int first = 1; first >= 0; first--) {
		for (size_t i = 0; i < world->channels_count; i++) {
			const struct channel *row = &world->channels[i];
			if (row->place == NONE32 || emergency(row) != (first == 1) ||
				row->visibility != VISIBILITY_PUBLIC ||
				!world_lies_in(world, row->place, part->place) || !part_row(&table))
				continue;
			part_text(&table, part_party(part, row->party));
			part_reach(&table, row);
			part_text(&table, part_channel(part, row->kind));
			part_text(&table, part_place(part, row->place));
			part_text(&table, row->hours);
			part_date(&table, row->tested);
			part_date(&table, row->source == NONE32
						  ? DATE_NONE
						  : world->sources[row->source].retrieved);
			part_source_cell(&table, row->source);
		}
	}
	return part_table_close(&table);
}

static struct str hazard_word(const struct part *part, struct str hazard)
{
	static const struct {
		const char *code, *word;
	} words[] = { { "inform", WORD("INFORM risk, all together") },
		{ "exposure", WORD("hazard and exposure") }, { "natural", WORD("natural hazards") },
		{ "human", WORD("human hazards") }, { "earthquake", WORD("earthquake") },
		{ "flood", WORD("river flood") }, { "tsunami", WORD("tsunami") },
		{ "cyclone", WORD("cyclone") }, { "coastal-flood", WORD("coastal flood") },
		{ "drought", WORD("drought") }, { "epidemic", WORD("epidemic") },
		{ "conflict", WORD("conflict") },
		{ "conflict-projected", WORD("conflict, as projected") },
		{ "vulnerability", WORD("vulnerability") },
		{ "coping", WORD("lack of coping capacity") } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(hazard, words[i].code))
			return part_word(part, words[i].word);
	return hazard;
}

static struct str class_word(const struct part *part, struct str code)
{
	static const struct {
		const char *code, *word;
	} words[] = { { "very-low", WORD("very low") }, { "low", WORD("low") },
		{ "medium", WORD("medium") }, { "high", WORD("high") },
		{ "very-high", WORD("very high") } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(code, words[i].code))
			return part_word(part, words[i].word);
	return code;
}

enum status place_risk(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Hazard"), false },
		{ WORD("From 0 to 10"), true }, { WORD("Class"), false }, { WORD("Year"), true },
		{ WORD("Source"), false } };
	struct part_table table;

	part_table_open(&table, part, view, "risk", part_word(part, WORD("Risk of this country")),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < part->world->risks_count; i++) {
		const struct risk_row *row = &part->world->risks[i];
		if (row->place != part->place || !part_row(&table))
			continue;
		part_text(&table, hazard_word(part, row->hazard));
		part_text(&table, row->value);
		part_text(&table, row->risk_class.len ? class_word(part, row->risk_class)
						      : part_word(part, WORD("not classed")));
		part_text(&table, str_format(part->arena, "%d", row->year));
		part_source_cell(&table, row->source);
	}
	return part_table_close(&table);
}

/* The place by which PRACTICE is of this country: itself, or a region around it; NONE32: not. What
 * is for the whole world says nothing of one country. */
static uint32_t practice_place(const struct part *part, const struct practice *practice)
{
	for (size_t i = 0; i < practice->countries_count; i++) {
		uint32_t place = practice->countries[i];
		if (place != NONE32 && place != 0 && world_lies_in(part->world, part->place, place))
			return place;
	}
	return NONE32;
}

enum status place_practices(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Practice"), false },
		{ WORD("Type"), false }, { WORD("Of"), false }, { WORD("As of"), false },
		{ WORD("Source"), false } };
	const struct practices *practices = &part->snapshot->practices;
	struct part_table table;

	part_table_open(&table, part, view, "practices",
		part_word(part, WORD("Practices of this country and its region")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < practices->items_count; i++) {
		const struct practice *row = &practices->items[i];
		uint32_t place = practice_place(part, row);
		if (place == NONE32 || !part_row(&table))
			continue;
		part_link(&table, "/practices/%1", row->id,
			accord_text(&row->title, str_of(part->ui.language->code)));
		part_text(&table, row->type);
		part_text(&table, part_place(part, place));
		part_date(&table, row->as_of);
		part_text(&table, row->sources_count ? row->sources[0].title : STR_NONE);
	}
	return part_table_close(&table);
}
