/* The look-ups behind the questions, built once: posts by pair of sending party and country, other
 * facts by what they are asked by. */
#include "world/facts.h"

#include <assert.h>
#include <stdlib.h>

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = ORDER(x->key, y->key);
	return order ? order : ORDER(x->row, y->row);
}

void world__keyed_sort(struct keyed *items, size_t count)
{
	size_t i = 1;
	while (i < count && by_key(&items[i - 1], &items[i]) < 0)
		i++;
	if (i < count) /* files are mostly written in order */
		qsort(items, count, sizeof *items, by_key);
}

size_t world__keyed_find(const struct keyed *items, size_t count, uint64_t key)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (items[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

unsigned world__row_level(const struct world *world, const struct post_row *row, uint32_t country)
{
	unsigned level = world_post_levels(row->kind);
	if (world->places[row->place].country == country)
		return level;
	if (level != LEVEL_RESIDENT)
		return 0;
	for (size_t i = 0; i < row->accredited_count; i++)
		if (row->accredited_to[i] == country)
			return LEVEL_ACCREDITED;
	return 0;
}

static int by_pair(const void *a, const void *b)
{
	const struct pair_post *x = a, *y = b;
	int order = ORDER(x->key, y->key);
	return order ? order : ORDER(x->first, y->first);
}

/* Joins what the periods of one post give in one country. */
static size_t join_pairs(struct pair_post *pairs, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(pairs, count, sizeof *pairs, by_pair);
	for (size_t i = 0; i < count; i++) {
		if (kept && by_pair(&pairs[kept - 1], &pairs[i]) == 0)
			pairs[kept - 1].levels |= pairs[i].levels;
		else
			pairs[kept++] = pairs[i];
	}
	return kept;
}

static void add_pair(struct world_index *index, const struct world *world,
	const struct post_row *row, uint32_t country, uint32_t first, uint32_t rows)
{
	unsigned level = world__row_level(world, row, country);
	if (level)
		index->pairs[index->pair_count++] =
			(struct pair_post){ world__pair(row->sending, country), first, rows,
				level };
}

static enum status index_posts(struct arena *arena, const struct world *world)
{
	struct world_index *index = world->index;
	size_t most = world->posts_count;
	for (size_t i = 0; i < world->posts_count; i++)
		most += world->posts[i].accredited_count;
	index->pairs = ARENA_ARRAY(arena, most + 1, struct pair_post);
	index->post_dates = ARENA_ARRAY(arena, world->posts_count + 1, struct post_dates);
	if (!index->pairs || !index->post_dates)
		return STATUS_NO_MEMORY;
	for (uint32_t first = 0, end; first < world->posts_count; first = end) {
		for (end = first + 1; end < world->posts_count; end++)
			if (world->posts[end].post != world->posts[first].post)
				break;
		for (uint32_t i = first; i < end; i++) {
			const struct post_row *row = &world->posts[i];
			int32_t months = world->places[row->place].fresh_months;
			add_pair(index, world, row, world->places[row->place].country, first,
				end - first);
			for (size_t k = 0; k < row->accredited_count; k++)
				if (row->accredited_to[k] != world->places[row->place].country)
					add_pair(index, world, row, row->accredited_to[k], first,
						end - first);
			index->post_dates[i] = (struct post_dates){
				row->state == FACT_OPEN
					? row->from
					: world__speaks_from(row->from, row->as_of, months),
				world__add_months(row->as_of, -months),
				world__add_months(row->as_of, months)
			};
		}
	}
	assert(index->pair_count <= most);
	index->pair_count = join_pairs(index->pairs, index->pair_count);
	return STATUS_OK;
}

static int by_country(const void *a, const void *b)
{
	const struct present_pair *x = a, *y = b;
	int order = ORDER(x->key, y->key);
	return order ? order : ORDER(y->count, x->count);
}

static struct present_pair turned(uint64_t key, size_t first, size_t count)
{
	return (struct present_pair){ key << 32 | key >> 32, (uint32_t)first, (uint32_t)count };
}

/* The pairs of all facts the other way round: country by country. */
static enum status index_countries(struct arena *arena, const struct world *world)
{
	struct world_index *index = world->index;
	size_t most = index->pair_count + world->absents_count + world->offices_count, kept = 0;
	struct present_pair *pairs = ARENA_ARRAY(arena, most + 1, struct present_pair);
	if (!pairs)
		return STATUS_NO_MEMORY;
	index->present = pairs;
	for (size_t i = 0, end; i < index->pair_count; i = end) {
		for (end = i + 1; end < index->pair_count; end++)
			if (index->pairs[end].key != index->pairs[i].key)
				break;
		*pairs++ = turned(index->pairs[i].key, i, end - i);
	}
	for (size_t i = 0; i < world->absents_count; i++)
		*pairs++ = turned(index->absents[i].key, 0, 0);
	for (size_t i = 0; i < world->offices_count; i++)
		*pairs++ = turned(index->offices[i].key, 0, 0);
	most = (size_t)(pairs - index->present);
	pairs = index->present;
	if (most > 1)
		qsort(pairs, most, sizeof *pairs, by_country);
	for (size_t i = 0; i < most; i++)
		if (kept == 0 || pairs[kept - 1].key != pairs[i].key)
			pairs[kept++] = pairs[i];
	index->present_count = kept;
	return STATUS_OK;
}

/* When a fact that is as old as AS_OF is fresh. */
static struct post_dates fact_dates(int32_t start, int32_t as_of, int32_t months)
{
	return (struct post_dates){ start, world__add_months(as_of, -months),
		world__add_months(as_of, months) };
}

static enum status index_offices(struct arena *arena, const struct world *world)
{
	struct post_dates *dates = ARENA_ARRAY(arena, world->offices_count + 1, struct post_dates);
	if (!dates)
		return STATUS_NO_MEMORY;
	world->index->office_dates = dates;
	for (size_t i = 0; i < world->offices_count; i++)
		dates[i] = fact_dates(world->offices[i].from, world->offices[i].as_of,
			world->places[world->offices[i].country].fresh_months);
	return STATUS_OK;
}

enum status world__index(struct loader *loader)
{
	const struct world *world = &loader->world;
	struct world_index *index = world->index;
	index->absents = ARENA_ARRAY(loader->arena, world->absents_count + 1, struct keyed);
	index->offices = ARENA_ARRAY(loader->arena, world->offices_count + 1, struct keyed);
	index->completes = ARENA_ARRAY(loader->arena, world->completes_count + 1, struct keyed);
	if (!index->absents || !index->offices || !index->completes)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < world->absents_count; i++)
		index->absents[i] = (struct keyed){
			world__pair(world->absents[i].sending, world->absents[i].receiving), i
		};
	for (uint32_t i = 0; i < world->offices_count; i++)
		index->offices[i] = (struct keyed){
			world__pair(world->offices[i].party, world->offices[i].country), i
		};
	for (uint32_t i = 0; i < world->completes_count; i++)
		index->completes[i] = (struct keyed){
			world__side(world->completes[i].side, world->completes[i].state), i
		};
	world__keyed_sort(index->absents, world->absents_count);
	world__keyed_sort(index->offices, world->offices_count);
	world__keyed_sort(index->completes, world->completes_count);
	if (index_posts(loader->arena, world) != STATUS_OK ||
		world__index_channels(loader->arena, world) != STATUS_OK ||
		index_offices(loader->arena, world) != STATUS_OK)
		return STATUS_NO_MEMORY;
	return index_countries(loader->arena, world);
}
