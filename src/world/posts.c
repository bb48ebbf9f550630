/* Facts of presence as written: posts with their periods, known absences, complete lists, offices.
 * What they say on a date is told by presence.c. */
#include "world/facts.h"

#include <stdlib.h>

#define LEVELS_OF_POSTS (LEVEL_RESIDENT | LEVEL_HONORARY | LEVEL_ACCREDITED)

/* All periods of a post have one sending party and one receiving country. */
static bool same_pair(struct loader *loader, const struct cell *cells)
{
	uint32_t number = (uint32_t)loader->raw_posts_count, first;
	const struct world *world = &loader->world;
	if (symbols_put(&loader->post_ids, cells[POSTS_POST].text, number, &first) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (first == SYMBOL_NONE || loader->parties_torn || loader->places_torn)
		return true;
	const struct post_row *row = &loader->raw_posts[first].row;
	if (row->sending == cells[POSTS_SENDING].index &&
		row->receiving == cells[POSTS_RECEIVING].index)
		return true;
	world__fault(loader, cells[POSTS_POST].pos, "post",
		"duplicate id '" STR_FMT "': in line %u it is a post of '" STR_FMT "' in '" STR_FMT
		"'",
		STR_ARG(row->id), loader->raw_posts[first].pos.line,
		STR_ARG(world->parties[row->sending].id),
		STR_ARG(world->places[row->receiving].id));
	return false;
}

/* The countries that a cell names, without the one where the post stands anyhow. */
static bool copy_accredited(struct loader *loader, const struct cell *cell, struct post_row *row)
{
	if (cell->list_count == 0)
		return true;
	row->accredited_to = ARENA_ARRAY(loader->arena, cell->list_count, uint32_t);
	if (!row->accredited_to) {
		loader->no_memory = true;
		return false;
	}
	for (uint32_t i = 0; i < cell->list_count; i++)
		if (cell->list[i] != row->receiving)
			row->accredited_to[row->accredited_count++] = cell->list[i];
	return true;
}

bool world__row_post(struct loader *loader, const struct cell *cells, void *item)
{
	struct raw_post *raw = item;
	const struct cell *lat = &cells[POSTS_LAT], *lon = &cells[POSTS_LON];
	if ((lat->text.len > 0) != (lon->text.len > 0)) {
		world__fault(loader, lat->pos, "lat",
			"a latitude needs a longitude, and the other way round");
		return false;
	}
	if (!world__range_good(loader, &cells[POSTS_FROM], &cells[POSTS_UNTIL]) ||
		!same_pair(loader, cells))
		return false;
	raw->pos = cells[POSTS_POST].pos;
	raw->order = (uint32_t)loader->raw_posts_count;
	raw->row = (struct post_row){
		.id = cells[POSTS_POST].text,
		.sending = cells[POSTS_SENDING].index,
		.receiving = cells[POSTS_RECEIVING].index,
		.place = cells[POSTS_PLACE].text.len ? cells[POSTS_PLACE].index
						     : cells[POSTS_RECEIVING].index,
		.kind = (enum post_kind)cells[POSTS_KIND].index,
		.services = cells[POSTS_SERVICES].bits,
		.district = cells[POSTS_DISTRICT].text,
		.name = cells[POSTS_NAME].text,
		.from = cells[POSTS_FROM].date,
		.until = cells[POSTS_UNTIL].date,
		.as_of = world__as_of(loader, &cells[POSTS_SOURCE], &cells[POSTS_AS_OF]),
		.state = (enum fact_state)cells[POSTS_STATE].index,
		.basis = (enum basis)cells[POSTS_BASIS].index,
		.source = cells[POSTS_SOURCE].index,
	};
	return copy_accredited(loader, &cells[POSTS_ACCREDITED_TO], &raw->row);
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_post(const void *a, const void *b)
{
	const struct raw_post *x = a, *y = b;
	int order = ORDER(x->row.sending, y->row.sending);
	if (order == 0)
		order = ORDER(x->row.receiving, y->row.receiving);
	if (order == 0)
		order = str_cmp(x->row.id, y->row.id);
	if (order == 0)
		order = ORDER(x->row.from, y->row.from);
	if (order == 0)
		order = ORDER(x->row.as_of, y->row.as_of);
	return order ? order : ORDER(x->order, y->order);
}

enum status world__done_posts(struct loader *loader)
{
	struct world *world = &loader->world;
	size_t count = loader->raw_posts_count;
	struct raw_post *raws = loader->raw_posts;
	world->posts = ARENA_ARRAY(loader->arena, count + 1, struct post_row);
	if (!world->posts)
		return STATUS_NO_MEMORY;
	if (count)
		qsort(raws, count, sizeof *raws, by_post);
	for (size_t i = 0; i < count; i++) {
		bool same = i > 0 && str_eq(raws[i].row.id, raws[i - 1].row.id);
		if (same && raws[i].row.from == raws[i - 1].row.from)
			world__fault(loader, raws[i].pos, "post",
				"duplicate id '" STR_FMT "': line %u has the same from",
				STR_ARG(raws[i].row.id), raws[i - 1].pos.line);
		if (!same)
			world->post_count++;
		world->posts[i] = raws[i].row;
		world->posts[i].post = world->post_count - 1;
	}
	world->posts_count = count;
	return loader->diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

bool world__row_absent(struct loader *loader, const struct cell *cells, void *item)
{
	struct absent_row *row = item;
	if (!world__range_good(loader, &cells[ABSENT_FROM], &cells[ABSENT_UNTIL]))
		return false;
	*row = (struct absent_row){
		.sending = cells[ABSENT_SENDING].index,
		.receiving = cells[ABSENT_RECEIVING].index,
		.levels =
			cells[ABSENT_LEVEL].bits ? (unsigned)cells[ABSENT_LEVEL].bits : LEVELS_ALL,
		.from = cells[ABSENT_FROM].date,
		.until = cells[ABSENT_UNTIL].date,
		.as_of = world__as_of(loader, &cells[ABSENT_SOURCE], &cells[ABSENT_AS_OF]),
		.basis = (enum basis)cells[ABSENT_BASIS].index,
		.source = cells[ABSENT_SOURCE].index,
	};
	return true;
}

bool world__row_office(struct loader *loader, const struct cell *cells, void *item)
{
	struct office_row *row = item;
	uint32_t place = cells[OFFICES_PLACE].index;
	if (!world__range_good(loader, &cells[OFFICES_FROM], &cells[OFFICES_UNTIL]))
		return false;
	*row = (struct office_row){
		.party = cells[OFFICES_PARTY].index,
		.place = place,
		.country = place == NONE32 ? NONE32 : loader->world.places[place].country,
		.kind = cells[OFFICES_KIND].text,
		.from = cells[OFFICES_FROM].date,
		.until = cells[OFFICES_UNTIL].date,
		.as_of = world__as_of(loader, &cells[OFFICES_SOURCE], &cells[OFFICES_AS_OF]),
		.basis = (enum basis)cells[OFFICES_BASIS].index,
		.source = cells[OFFICES_SOURCE].index,
	};
	return true;
}

bool world__row_complete(struct loader *loader, const struct cell *cells, void *item)
{
	struct complete_row *row = item;
	const struct cell *state = &cells[COMPLETE_STATE];
	static const struct column party = { "state", CELL_PARTY, true, NULL, 0 };
	static const struct column country = { "state", CELL_COUNTRY, true, NULL, 0 };
	enum complete_side side = (enum complete_side)cells[COMPLETE_SIDE].index;
	struct cell found = { .text = state->text, .pos = state->pos };
	if (!world__cell(loader, side == COMPLETE_SENDING ? &party : &country, &found))
		return false;
	*row = (struct complete_row){
		.list = cells[COMPLETE_LIST].text,
		.side = side,
		.state = found.index,
		.levels = cells[COMPLETE_LEVEL].bits ? (unsigned)cells[COMPLETE_LEVEL].bits
						     : LEVELS_OF_POSTS,
		.as_of = world__as_of(loader, &cells[COMPLETE_SOURCE], &cells[COMPLETE_AS_OF]),
		.source = cells[COMPLETE_SOURCE].index,
	};
	return true;
}
