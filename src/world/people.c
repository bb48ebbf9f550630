/* Who is counted (model, "Who is counted"; docs/semantics.md): the stock of one year, refugees and
 * asylum-seekers within it, the rest beyond it. Nobody counts twice, so neither may a row. */
#include "world/facts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A group is any word; but a slip of a known one would silently lose its people. */
static bool read_group(struct loader *loader, const struct cell *cell, enum people_group *group)
{
	const size_t words = sizeof world_people_group_words / sizeof world_people_group_words[0];
	for (size_t i = 0; i < words; i++) {
		if (str_eq(cell->text, world_people_group_words[i])) {
			*group = (enum people_group)i;
			return true;
		}
	}
	*group = GROUP_OTHER;
	if (!text_nearest(cell->text, world_people_group_words + 1, words - 1).ptr)
		return true;
	world__unknown(loader, cell, "group", "group", cell->text, world_people_group_words + 1,
		words - 1);
	return false;
}

/* A country, a special code, or nothing: all origins together. */
static bool read_origin(struct loader *loader, const struct cell *cell, struct people_row *row)
{
	const struct world *world = &loader->world;
	uint32_t nat;
	row->origin = NONE32;
	row->nat = NAT_NONE;
	if (cell->text.len == 0)
		return true;
	row->origin = symbols_get(&world->place_ids, cell->text);
	if (row->origin == SYMBOL_NONE) {
		nat = symbols_get(&world->nat_ids, cell->text);
		if (nat == SYMBOL_NONE && !loader->places_torn)
			world__unknown(loader, cell, "origin", "country", cell->text,
				world->index->place_ids, world->places_count);
		row->nat = (uint16_t)nat;
		return nat != SYMBOL_NONE || loader->places_torn;
	}
	const struct place *place = &world->places[row->origin];
	row->nat = place->nat;
	if (place->kind != PLACE_COUNTRY)
		world__fault(loader, cell->pos, "origin", "'" STR_FMT "' is no country",
			STR_ARG(cell->text));
	else if (place->nat == NAT_NONE)
		world__fault(loader, cell->pos, "origin",
			"the people of '" STR_FMT "' have no nationality", STR_ARG(cell->text));
	return place->kind == PLACE_COUNTRY && place->nat != NAT_NONE;
}

bool world__row_people(struct loader *loader, const struct cell *cells, void *item)
{
	struct people_row *row = item;
	const struct cell *low = &cells[PEOPLE_LOW], *high = &cells[PEOPLE_HIGH];
	if (!loader->people_pos)
		loader->people_pos = ARENA_ARRAY(loader->arena, loader->rows_max, struct pos);
	if (!loader->people_pos) {
		loader->no_memory = true;
		return false;
	}
	loader->people_pos[loader->world.people_count] = cells[PEOPLE_ORIGIN].pos;
	*row = (struct people_row){
		.place = cells[PEOPLE_PLACE].index,
		.year = (int16_t)cells[PEOPLE_YEAR].number,
		.people = cells[PEOPLE_PEOPLE].number,
		.low = low->number,
		.high = high->number,
		.method = cells[PEOPLE_METHOD].text,
		.source = cells[PEOPLE_SOURCE].index,
	};
	if (low->number > row->people || (high->number >= 0 && high->number < row->people)) {
		world__fault(loader, cells[PEOPLE_PEOPLE].pos, "people",
			"'%lld' is outside low and high", (long long)row->people);
		return false;
	}
	return read_group(loader, &cells[PEOPLE_GROUP], &row->group) &&
	       read_origin(loader, &cells[PEOPLE_ORIGIN], row);
}

static uint32_t origin_key(const struct world *world, const struct people_row *row)
{
	return row->origin != NONE32 ? row->origin : (uint32_t)world->places_count + row->nat;
}

enum status world__done_people(struct loader *loader)
{
	struct world *world = &loader->world;
	struct world_index *index = world->index;
	index->people = ARENA_ARRAY(loader->arena, world->people_count + 1, struct keyed);
	if (!index->people)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->nat == NAT_NONE || row->place == NONE32 || row->group >= GROUP_LABOUR)
			continue; /* told before, or not a part of the count */
		index->people[index->people_count++] =
			(struct keyed){ world__people_key(row->group, row->year, row->place,
						origin_key(world, row)),
				i };
	}
	world__keyed_sort(index->people, index->people_count);
	for (size_t i = 1; i < index->people_count; i++) {
		if (index->people[i].key != index->people[i - 1].key)
			continue;
		uint32_t row = index->people[i].row;
		world__fault(loader, loader->people_pos[row], "origin",
			"duplicate row: line %u has the same origin, place, group and year",
			loader->people_pos[index->people[i - 1].row].line);
	}
	return loader->diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

/* The rows of a group's latest year up to YEAR, in order of place and origin. */
struct span {
	const struct keyed *at, *end;
	int16_t year; /* 0: none */
};

static struct span latest(const struct world *world, enum people_group group, int32_t year)
{
	const struct world_index *index = world->index;
	size_t end = world__keyed_find(
		index->people, index->people_count, world__people_key(group, year + 1, 0, 0));
	size_t first = world__keyed_find(
		index->people, index->people_count, world__people_key(group, 0, 0, 0));
	if (first == end)
		return (struct span){ NULL, NULL, 0 };
	int16_t found = world->people[index->people[end - 1].row].year;
	first = world__keyed_find(
		index->people, index->people_count, world__people_key(group, found, 0, 0));
	assert(first < end);
	return (struct span){ index->people + first, index->people + end, found };
}

#define PAIR_BITS UINT64_C(0xffffffffff) /* place and origin of a key */
#define PAIR_END UINT64_MAX

static uint64_t next_pair(const struct span *span)
{
	return span->at == span->end ? PAIR_END : span->at->key & PAIR_BITS;
}

/* The people of PAIR, 0 where the span has none; passes over them. */
static int64_t take(const struct world *world, struct span *span, uint64_t pair)
{
	if (next_pair(span) != pair)
		return 0;
	return world->people[span->at++->row].people;
}

/* What the three spans say of one origin in one country. */
struct portion {
	uint32_t place;
	uint16_t nat;
	bool own_state;
	int64_t within[3], beyond[3]; /* by enum people_group: stock, refugee, asylum-seeker */
};

struct walk {
	const struct world *world;
	struct span stock, refugees, asylum_seekers;
};

static struct walk walk_start(const struct world *world, int32_t date)
{
	struct walk walk = { .world = world };
	walk.stock = latest(world, GROUP_STOCK, date_civil(date).year);
	if (walk.stock.year) {
		walk.refugees = latest(world, GROUP_REFUGEE, walk.stock.year);
		walk.asylum_seekers = latest(world, GROUP_ASYLUM_SEEKER, walk.stock.year);
	}
	return walk;
}

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static bool walk_next(struct walk *walk, struct portion *portion)
{
	const struct world *world = walk->world;
	uint64_t pair = next_pair(&walk->stock);
	if (next_pair(&walk->refugees) < pair)
		pair = next_pair(&walk->refugees);
	if (next_pair(&walk->asylum_seekers) < pair)
		pair = next_pair(&walk->asylum_seekers);
	if (pair == PAIR_END)
		return false;
	uint32_t origin = (uint32_t)(pair & WORLD_KEY_20);
	memset(portion, 0, sizeof *portion);
	portion->place = (uint32_t)(pair >> 20);
	portion->nat = origin < world->places_count ? world->places[origin].nat
						    : (uint16_t)(origin - world->places_count);
	portion->own_state = portion->nat == world->places[portion->place].nat;
	int64_t stock = take(world, &walk->stock, pair);
	int64_t refugees = take(world, &walk->refugees, pair);
	int64_t asylum_seekers = take(world, &walk->asylum_seekers, pair);
	int64_t left = portion->own_state ? 0 : stock; /* no room: no foreigners by the record */
	portion->within[GROUP_REFUGEE] = min64(refugees, left);
	left -= portion->within[GROUP_REFUGEE];
	portion->within[GROUP_ASYLUM_SEEKER] = min64(asylum_seekers, left);
	left -= portion->within[GROUP_ASYLUM_SEEKER];
	portion->within[GROUP_STOCK] = portion->own_state ? stock : left;
	portion->beyond[GROUP_REFUGEE] = refugees - portion->within[GROUP_REFUGEE];
	portion->beyond[GROUP_ASYLUM_SEEKER] =
		asylum_seekers - portion->within[GROUP_ASYLUM_SEEKER];
	return true;
}

/* How many cells there may be: each row gives one at most. */
static size_t walk_size(const struct walk *walk)
{
	return (size_t)(walk->stock.end - walk->stock.at) +
	       (size_t)(walk->refugees.end - walk->refugees.at) +
	       (size_t)(walk->asylum_seekers.end - walk->asylum_seekers.at);
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_cell(const void *a, const void *b)
{
	const struct people_cell *x = a, *y = b;
	int order = ORDER(x->place, y->place);
	if (order == 0)
		order = ORDER(
			x->nat, y->nat); /* nationalities are numbered in order of their codes */
	return order ? order : ORDER(x->group, y->group);
}

/* Sorts, and makes one cell of those of one nationality, country and group. */
static size_t join_cells(struct people_cell *cells, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(cells, count, sizeof *cells, by_cell);
	for (size_t i = 0; i < count; i++) {
		if (kept && by_cell(&cells[kept - 1], &cells[i]) == 0)
			cells[kept - 1].people += cells[i].people;
		else
			cells[kept++] = cells[i];
	}
	return kept;
}

static void add_cells(struct people_cell *cells, size_t *count, const struct portion *portion,
	const int64_t people[3], bool own_state)
{
	for (int group = GROUP_STOCK; group <= GROUP_ASYLUM_SEEKER; group++)
		if (people[group] > 0)
			cells[(*count)++] = (struct people_cell){ portion->place, portion->nat,
				(enum people_group)group, people[group], own_state };
}

enum status world_people(
	struct people_count *out, struct arena *arena, const struct world *world, int32_t date)
{
	struct portion portion;
	assert(out && arena && world && date != DATE_NONE);
	struct walk walk = walk_start(world, date);
	*out = (struct people_count){ .stock_year = walk.stock.year,
		.refugee_year = walk.refugees.year,
		.asylum_year = walk.asylum_seekers.year };
	out->cells = ARENA_ARRAY(arena, walk_size(&walk) + 1, struct people_cell);
	out->beyond = ARENA_ARRAY(arena, walk_size(&walk) + 1, struct people_cell);
	if (!out->cells || !out->beyond)
		return STATUS_NO_MEMORY;
	while (walk_next(&walk, &portion)) {
		int64_t protected =
			portion.within[GROUP_REFUGEE] + portion.within[GROUP_ASYLUM_SEEKER];
		out->people += portion.within[GROUP_STOCK] + protected;
		out->protected_ += protected;
		out->own_state += portion.own_state ? portion.within[GROUP_STOCK] : 0;
		out->beyond_stock +=
			portion.beyond[GROUP_REFUGEE] + portion.beyond[GROUP_ASYLUM_SEEKER];
		add_cells(
			out->cells, &out->cells_count, &portion, portion.within, portion.own_state);
		add_cells(out->beyond, &out->beyond_count, &portion, portion.beyond, false);
	}
	out->cells_count = join_cells(out->cells, out->cells_count);
	out->beyond_count = join_cells(out->beyond, out->beyond_count);
	assert(out->own_state + out->protected_ <= out->people);
	return STATUS_OK;
}
