/* The gazetteer: rows in any order become a tree, numbered in preorder with children by id, so that
 * "lies in" is two comparisons; and the nationalities of its people, sorted by code and inherited
 * downwards. */
#include "world/tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const special_nats[] = { "TIB", "XXA", "XXX" };
#define SPECIAL_NATS (sizeof special_nats / sizeof special_nats[0])
#define NATS_MAX 255

bool world__row_source(struct loader *loader, const struct cell *cells, void *item)
{
	struct source *source = item;
	uint32_t existing;
	uint32_t number = (uint32_t)loader->world.sources_count;
	*source = (struct source){
		.id = cells[SOURCES_SOURCE].text,
		.title = cells[SOURCES_TITLE].text,
		.url = cells[SOURCES_URL].text,
		.licence = cells[SOURCES_LICENCE].text,
		.retrieved = cells[SOURCES_RETRIEVED].date,
	};
	if (symbols_put(&loader->world.source_ids, source->id, number, &existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE)
		world__fault(loader, cells[SOURCES_SOURCE].pos, "source",
			"duplicate id '" STR_FMT "'", STR_ARG(source->id));
	return existing == SYMBOL_NONE;
}

enum status world__done_sources(struct loader *loader)
{
	struct world *world = &loader->world;
	loader->source_id_list = ARENA_ARRAY(loader->arena, world->sources_count + 1, struct str);
	if (!loader->source_id_list)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->sources_count; i++)
		loader->source_id_list[i] = world->sources[i].id;
	return STATUS_OK;
}

bool world__row_place(struct loader *loader, const struct cell *cells, void *item)
{
	struct raw_place *raw = item;
	uint32_t existing;
	const struct cell *lat = &cells[PLACES_LAT], *lon = &cells[PLACES_LON];
	if (loader->raw_places_count >= WORLD_PLACES_MAX) {
		world__fault(loader, cells[PLACES_PLACE].pos, "place", "more than %u places",
			WORLD_PLACES_MAX);
		return false;
	}
	if ((lat->text.len > 0) != (lon->text.len > 0)) /* told, but the place is there */
		world__fault(loader, lat->pos, "lat",
			"a latitude needs a longitude, and the other way round");
	raw->place = (struct place){
		.id = cells[PLACES_PLACE].text,
		.name = cells[PLACES_NAME].text,
		.kind = (enum place_kind)cells[PLACES_KIND].index,
		.nat = NAT_NONE,
		.has_point = lat->text.len > 0,
		.lat = lat->text.len ? lat->real : 0,
		.lon = lon->text.len ? lon->real : 0,
		.source = cells[PLACES_SOURCE].index,
	};
	raw->parent = cells[PLACES_PARENT].text;
	raw->nationality = cells[PLACES_NATIONALITY].text;
	raw->pos = cells[PLACES_PLACE].pos;
	raw->parent_pos = cells[PLACES_PARENT].pos;
	raw->nationality_pos = cells[PLACES_NATIONALITY].pos;
	if (symbols_put(&loader->raw_place_ids, raw->place.id, (uint32_t)loader->raw_places_count,
		    &existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE)
		world__fault(loader, raw->pos, "place", "duplicate id '" STR_FMT "'",
			STR_ARG(raw->place.id));
	return existing == SYMBOL_NONE;
}

/* Whether a place of kind CHILD may lie directly in one of kind PARENT. */
static bool may_lie_in(enum place_kind child, enum place_kind parent)
{
	switch (child) {
	case PLACE_WORLD:
		return false;
	case PLACE_REGION:
	case PLACE_COUNTRY:
		return parent == PLACE_WORLD || parent == PLACE_REGION;
	case PLACE_SUBDIVISION:
		return parent == PLACE_COUNTRY || parent == PLACE_SUBDIVISION;
	case PLACE_LOCALITY:
		return parent >= PLACE_COUNTRY;
	}
	return false;
}

static void find_parent(struct loader *loader, struct raw_place *raw, const struct str *ids)
{
	struct cell at = { .pos = raw->parent_pos };
	raw->up = NONE32;
	if (raw->parent.len == 0) {
		if (raw->place.kind != PLACE_WORLD)
			world__fault(loader, raw->parent_pos.line ? raw->parent_pos : raw->pos,
				"parent", "empty; only a place of kind world has no parent");
		return;
	}
	uint32_t up = symbols_get(&loader->raw_place_ids, raw->parent);
	if (up == SYMBOL_NONE) {
		if (!loader->places_torn)
			world__unknown(loader, &at, "parent", "place", raw->parent, ids,
				loader->raw_places_count);
	} else if (!may_lie_in(raw->place.kind, loader->raw_places[up].place.kind)) {
		world__fault(loader, raw->parent_pos, "parent",
			"'" STR_FMT "' is of a kind that cannot hold this place",
			STR_ARG(raw->parent));
	} else {
		raw->up = up;
	}
}

/* Parents of all raw places, cycles cut. IDS as the raw places stand. */
static enum status find_parents(struct loader *loader, struct str *ids)
{
	size_t count = loader->raw_places_count;
	struct raw_place *raws = loader->raw_places;
	uint32_t *up = ARENA_ARRAY(loader->arena, count + 1, uint32_t);
	struct pos *positions = ARENA_ARRAY(loader->arena, count + 1, struct pos);
	const struct raw_place *world = NULL;
	if (!up || !positions)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		ids[i] = raws[i].place.id;
	for (size_t i = 0; i < count; i++) {
		find_parent(loader, &raws[i], ids);
		up[i] = raws[i].up;
		positions[i] = raws[i].parent_pos;
		if (raws[i].place.kind != PLACE_WORLD || raws[i].parent.len)
			continue;
		if (world)
			world__fault(loader, raws[i].pos, "place",
				"a second world beside '" STR_FMT "'", STR_ARG(world->place.id));
		else
			world = &raws[i];
	}
	if (!world && !loader->places_torn)
		world__fault(
			loader, (struct pos){ 1, 1 }, "kind", "a place of kind world is needed");
	struct chains chains = { .up = up, .ids = ids, .positions = positions, .count = count };
	enum status status = world__cut_cycles(loader, &chains);
	for (size_t i = 0; i < count; i++)
		raws[i].up = up[i];
	return status;
}

static int by_id(const void *a, const void *b, void *context)
{
	const struct raw_place *raws = context;
	return str_cmp(raws[*(const uint32_t *)a].place.id, raws[*(const uint32_t *)b].place.id);
}

/* Hangs every raw place under its parent, children in order of ids; gives the first root. */
static enum status hang(struct loader *loader, uint32_t *root)
{
	size_t count = loader->raw_places_count;
	struct raw_place *raws = loader->raw_places;
	uint32_t *order = ARENA_ARRAY(loader->arena, count + 1, uint32_t);
	if (!order)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		order[i] = i;
		raws[i].first_child = raws[i].next = NONE32;
	}
	qsort_r(order, count, sizeof *order, by_id, raws);
	*root = NONE32;
	for (size_t i = count; i-- > 0;) {
		struct raw_place *raw = &raws[order[i]];
		uint32_t *first = raw->up == NONE32 ? root : &raws[raw->up].first_child;
		raw->next = *first;
		*first = order[i];
	}
	return STATUS_OK;
}

/* Puts raw place R at the end of the places, under UP. */
static enum status number_one(struct loader *loader, uint32_t r, uint32_t up)
{
	struct world *world = &loader->world;
	uint32_t number = (uint32_t)world->places_count++;
	struct place *place = &world->places[number];
	const struct raw_place *raw = &loader->raw_places[r];
	*place = raw->place;
	place->parent = up;
	place->last = number;
	place->country = NONE32;
	if (place->kind == PLACE_COUNTRY)
		place->country = number;
	else if (up != NONE32)
		place->country = world->places[up].country;
	place->depth = up == NONE32 ? 0 : (uint16_t)(world->places[up].depth + 1);
	if (place->depth > WORLD_DEPTH_MAX)
		world__fault(loader, raw->parent_pos, "parent", "deeper than %d places",
			WORLD_DEPTH_MAX);
	if (raw->nationality.len)
		place->nat = (uint16_t)symbols_get(&world->nat_ids, raw->nationality);
	else if (up != NONE32)
		place->nat = world->places[up].nat;
	world->index->place_ids[number] = place->id;
	return symbols_put(&world->place_ids, place->id, number, NULL);
}

/* Preorder without recursion: down to the first child, else along to the next, else up until there
 * is one. */
static enum status number_all(struct loader *loader, uint32_t root)
{
	struct world *world = &loader->world;
	struct raw_place *raws = loader->raw_places;
	uint32_t up = NONE32; /* the numbered place under which R hangs */
	for (uint32_t r = root; r != NONE32;) {
		uint32_t number = (uint32_t)world->places_count;
		if (number_one(loader, r, up) != STATUS_OK)
			return STATUS_NO_MEMORY;
		if (raws[r].first_child != NONE32) {
			up = number;
			r = raws[r].first_child;
			continue;
		}
		while (r != NONE32 && raws[r].next == NONE32) {
			r = raws[r].up;
			if (up != NONE32) {
				world->places[up].last = (uint32_t)world->places_count - 1;
				up = world->places[up].parent;
			}
		}
		if (r != NONE32)
			r = raws[r].next;
	}
	assert(world->places_count == loader->raw_places_count);
	return STATUS_OK;
}

static int by_code(const void *a, const void *b)
{
	return str_cmp(
		((const struct nationality *)a)->code, ((const struct nationality *)b)->code);
}

/* Adds CODE to the nationalities unless it is one. */
static enum status add_nat(struct loader *loader, struct str code, struct pos pos)
{
	struct world *world = &loader->world;
	uint32_t existing;
	if (world->nats_count >= NATS_MAX && symbols_get(&world->nat_ids, code) == SYMBOL_NONE) {
		world__fault(loader, pos, "nationality", "more than %d nationalities", NATS_MAX);
		return STATUS_OK;
	}
	if (symbols_put(&world->nat_ids, code, 0, &existing) != STATUS_OK)
		return STATUS_NO_MEMORY;
	if (existing == SYMBOL_NONE)
		world->nats[world->nats_count++] = (struct nationality){ code, NONE32, NONE32 };
	return STATUS_OK;
}

static void check_nationality(
	struct loader *loader, const struct raw_place *raw, const struct str *ids)
{
	struct cell at = { .pos = raw->nationality_pos };
	uint32_t country = symbols_get(&loader->raw_place_ids, raw->nationality);
	if (raw->place.kind < PLACE_COUNTRY)
		world__fault(loader, at.pos, "nationality",
			"only a country or a place in one has a nationality");
	for (size_t i = 0; i < SPECIAL_NATS; i++)
		if (str_is(raw->nationality, special_nats[i]))
			return;
	if (loader->places_torn ||
		(country != SYMBOL_NONE && loader->raw_places[country].place.kind == PLACE_COUNTRY))
		return;
	world__unknown(loader, &at, "nationality", "nationality", raw->nationality, ids,
		loader->raw_places_count);
}

static enum status collect_nats(struct loader *loader, const struct str *ids)
{
	struct world *world = &loader->world;
	enum status status = STATUS_OK;
	world->nats = ARENA_ARRAY(loader->arena, NATS_MAX, struct nationality);
	world->index->nat_ids = ARENA_ARRAY(loader->arena, NATS_MAX, struct str);
	if (!world->nats || !world->index->nat_ids)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < SPECIAL_NATS && status == STATUS_OK; i++)
		status = add_nat(loader, str_of(special_nats[i]), (struct pos){ 0 });
	for (size_t i = 0; i < loader->raw_places_count && status == STATUS_OK; i++) {
		const struct raw_place *raw = &loader->raw_places[i];
		if (raw->nationality.len == 0)
			continue;
		check_nationality(loader, raw, ids);
		status = add_nat(loader, raw->nationality, raw->nationality_pos);
	}
	qsort(world->nats, world->nats_count, sizeof *world->nats, by_code);
	symbols_init(&world->nat_ids, loader->arena);
	for (uint32_t i = 0; i < world->nats_count && status == STATUS_OK; i++) {
		world->index->nat_ids[i] = world->nats[i].code;
		status = symbols_put(&world->nat_ids, world->nats[i].code, i, NULL);
	}
	return status;
}

enum status world__done_places(struct loader *loader)
{
	struct world *world = &loader->world;
	size_t count = loader->raw_places_count;
	uint32_t root;
	struct str *ids = ARENA_ARRAY(loader->arena, count + 1, struct str);
	world->places = ARENA_ARRAY(loader->arena, count + 1, struct place);
	world->index->place_ids = ARENA_ARRAY(loader->arena, count + 1, struct str);
	if (!ids || !world->places || !world->index->place_ids)
		return STATUS_NO_MEMORY;
	enum status status = find_parents(loader, ids);
	if (status == STATUS_OK)
		status = collect_nats(loader, ids);
	if (status == STATUS_OK)
		status = hang(loader, &root);
	if (status == STATUS_OK)
		status = number_all(loader, root);
	if (status != STATUS_OK)
		return status;
	for (uint32_t i = 0; i < world->nats_count; i++) {
		uint32_t place = symbols_get(&world->place_ids, world->nats[i].code);
		if (place != SYMBOL_NONE && world->places[place].kind == PLACE_COUNTRY)
			world->nats[i].place = place;
	}
	return loader->diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
