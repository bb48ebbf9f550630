/* "Who is counted", row by row. */
#include "facts.h"
#include <assert.h>
#include "reference.h"

/* What one origin has in one country: stock, and how refugees and asylum-seekers share in it (cap:
 * by origin and country). */
struct pair {
	uint32_t origin, place;
	uint16_t nat;
	bool own; /* own-first: the nationality is the host's */
	int64_t stock, refugees, asylum;
};

struct sums {
	struct people_cell *items;
	size_t count, capacity;
};

/* "The stock counts people by origin and country": rows of all origins together are not of it.
 * "the latest year of its group up to the date (one year per group, global; year Y counts from 1
 * January)". */
static int16_t latest_year(
	const struct world *world, enum people_group group, int32_t date, int16_t last)
{
	int16_t year = 0;
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		int32_t begins = date_of((struct civil){ row->year, 1, 1 });
		if (row->group == group && row->nat != NAT_NONE && begins <= date &&
			row->year <= last && row->year > year)
			year = row->year;
	}
	return year;
}

static int64_t count_of(const struct world *world, const struct people_row *like,
	enum people_group group, int16_t year)
{
	int64_t people = 0;
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->group == group && row->year == year && row->origin == like->origin &&
			row->nat == like->nat && row->place == like->place)
			people += row->people;
	}
	return people;
}

static bool is_counted(const struct people_row *row, const struct people_count *years)
{
	return row->nat != NAT_NONE &&
	       ((row->group == GROUP_STOCK && row->year == years->stock_year) ||
		       (row->group == GROUP_REFUGEE && row->year == years->refugee_year) ||
		       (row->group == GROUP_ASYLUM_SEEKER && row->year == years->asylum_year));
}

/* Is row I the first that names its origin and country, among the rows that count? */
static bool is_first(const struct world *world, size_t i, const struct people_count *years)
{
	const struct people_row *row = &world->people[i];
	for (size_t j = 0; j < i; j++) {
		const struct people_row *other = &world->people[j];
		if (is_counted(other, years) && other->origin == row->origin &&
			other->nat == row->nat && other->place == row->place)
			return false;
	}
	return is_counted(row, years);
}

/* territory: origins with the same nationality in one country are one cell. */
static bool add(struct arena *arena, struct sums *sums, const struct pair *pair,
	enum people_group group, int64_t people, bool own_state)
{
	if (people <= 0)
		return true;
	for (size_t i = 0; i < sums->count; i++) {
		struct people_cell *cell = &sums->items[i];
		if (cell->place == pair->place && cell->nat == pair->nat && cell->group == group) {
			cell->people += people;
			return true;
		}
	}
	struct people_cell *cell = arena_push(
		arena, (void **)&sums->items, &sums->count, &sums->capacity, sizeof *cell);
	if (!cell)
		return false;
	*cell = (struct people_cell){ pair->place, pair->nat, group, people, own_state };
	return true;
}

/* Sorted by place, nationality code, group: exchange neighbours until nothing moves. */
static bool after(
	const struct world *world, const struct people_cell *a, const struct people_cell *b)
{
	if (a->place != b->place)
		return a->place > b->place;
	if (a->nat != b->nat)
		return str_cmp(world->nats[a->nat].code, world->nats[b->nat].code) > 0;
	return a->group > b->group;
}

static void sort(const struct world *world, struct sums *sums)
{
	for (size_t n = 0; n < sums->count; n++)
		for (size_t i = 1; i < sums->count; i++)
			if (after(world, &sums->items[i - 1], &sums->items[i])) {
				struct people_cell swap = sums->items[i];
				sums->items[i] = sums->items[i - 1];
				sums->items[i - 1] = swap;
			}
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* One origin in one country. own-first: of the host's own nationals nobody is protected; all of
 * them lie beyond. */
static bool count_pair(struct people_count *out, struct arena *arena, struct sums *cells,
	struct sums *beyond, const struct pair *pair)
{
	int64_t room = pair->own ? 0 : pair->stock;
	int64_t refugees = least(pair->refugees, room);
	int64_t asylum = least(pair->asylum, room - refugees);
	int64_t rest = pair->stock - refugees - asylum;
	out->people += pair->stock;
	out->own_state += pair->own ? pair->stock : 0;
	out->protected_ += refugees + asylum;
	out->beyond_stock += pair->refugees - refugees + pair->asylum - asylum;
	return add(arena, cells, pair, GROUP_STOCK, rest, pair->own) &&
	       add(arena, cells, pair, GROUP_REFUGEE, refugees, false) &&
	       add(arena, cells, pair, GROUP_ASYLUM_SEEKER, asylum, false) &&
	       add(arena, beyond, pair, GROUP_REFUGEE, pair->refugees - refugees, false) &&
	       add(arena, beyond, pair, GROUP_ASYLUM_SEEKER, pair->asylum - asylum, false);
}

enum status reference_people(
	struct people_count *out, struct arena *arena, const struct world *world, int32_t date)
{
	struct sums cells = { 0 }, beyond = { 0 };
	*out = (struct people_count){ 0 };
	out->stock_year = latest_year(world, GROUP_STOCK, date, INT16_MAX);
	if (!out->stock_year)
		return STATUS_OK;
	/* group-year: "the latest year up to the stock's year, each group by itself". */
	out->refugee_year = latest_year(world, GROUP_REFUGEE, date, out->stock_year);
	out->asylum_year = latest_year(world, GROUP_ASYLUM_SEEKER, date, out->stock_year);
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (!is_first(world, i, out))
			continue;
		struct pair pair = { row->origin, row->place, row->nat, .own = false };
		pair.own = row->nat == world->places[row->place].nat;
		pair.stock = count_of(world, row, GROUP_STOCK, out->stock_year);
		if (out->refugee_year)
			pair.refugees = count_of(world, row, GROUP_REFUGEE, out->refugee_year);
		if (out->asylum_year)
			pair.asylum = count_of(world, row, GROUP_ASYLUM_SEEKER, out->asylum_year);
		if (!count_pair(out, arena, &cells, &beyond, &pair))
			return STATUS_NO_MEMORY;
	}
	sort(world, &cells);
	sort(world, &beyond);
	out->cells = cells.items;
	out->cells_count = cells.count;
	out->beyond = beyond.items;
	out->beyond_count = beyond.count;
	return STATUS_OK;
}
