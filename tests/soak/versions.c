/* Two versions of a world, or of an agreement, compared by the engine and by the reference. */
#include "soak.h"
#include <assert.h>
#include <stdio.h>
#include "reference.h"

/* ---- behaviour ---- */

/* The same filter for a world whose numbers differ. */
static void map_filter(struct gap_filter *out, bool *empty, const struct gap_filter *filter,
	const struct world *from, const struct world *to)
{
	*out = *filter;
	*empty = false;
	if (filter->place != NONE32)
		out->place = world_place(to, from->places[filter->place].id);
	if (filter->nat != NAT_NONE)
		out->nat = world_nat(to, from->nats[filter->nat].code);
	*empty = (filter->place != NONE32 && out->place == NONE32) ||
		 (filter->nat != NAT_NONE && out->nat == NAT_NONE);
}

static const char *compare_service(struct arena *arena, const struct cover_diff *engine,
	const struct reference_side *old, const struct reference_side *new, uint64_t *changed)
{
	const struct diff_service *mine = &engine->services[0];
	struct reference_diff theirs;
	size_t first_cells = 0, part_cells = 0;
	int64_t first_people = 0, part_people = 0;
	if (reference_diff(&theirs, arena, old, new, mine->service) != STATUS_OK)
		return "no memory";
	for (size_t i = 0; i < engine->firsts_count; i++) {
		const struct diff_first *first = &engine->firsts[i];
		bool below = first->place != NONE32;
		*(below ? &part_cells : &first_cells) += first->cells;
		*(below ? &part_people : &first_people) += first->people;
	}
	*changed += theirs.first_cells + theirs.part_cells;
	if (mine->gain != theirs.gain || mine->lose != theirs.lose)
		return "people who gain or lose band";
	if (mine->surer != theirs.surer || mine->less_sure != theirs.less_sure)
		return "people whose band is surer or less sure";
	if (mine->only_old != theirs.only_old || mine->only_new != theirs.only_new)
		return "people of one version alone";
	if (engine->moves_count != theirs.moves)
		return "cells whose band changes";
	if (first_cells != theirs.first_cells || first_people != theirs.first_people)
		return "first answers";
	return part_cells != theirs.part_cells || part_people != theirs.part_people
		       ? "first answers below countries"
		       : NULL;
}

const char *versions_differ(struct arena *arena, struct random *random, const struct version *old,
	const struct version *new, const struct gap_filter *filter, uint64_t *changed)
{
	struct people_count counts[2];
	struct diff_side old_side = {
		.index = old->index, .accords = old->accords, .count = &counts[0]
	};
	struct diff_side new_side = {
		.index = new->index, .accords = new->accords, .count = &counts[1], .filter = *filter
	};
	struct cover_diff diff;
	uint64_t services = cover_diff_services(old->accords, new->accords);
	if (services != reference_diff_services(old->accords, new->accords))
		return "services concerned";
	map_filter(&old_side.filter, &old_side.empty, filter, new->world, old->world);
	struct reference_side olds = { old->world, old->accords, old_side.filter, old_side.empty };
	struct reference_side news = { new->world, new->accords, *filter, false };
	if (old->world == new->world) { /* no other service may change */
		uint8_t other = (uint8_t)random_below(random, (uint32_t)world_service_count);
		if (world_people(&counts[0], arena, old->world, filter->date) != STATUS_OK)
			return "no memory";
		counts[1] = counts[0];
		if (!(services >> other & 1) && (cover_diff(&diff, arena, &old_side, &new_side,
							 UINT64_C(1) << other) != STATUS_OK ||
							diff.moves_count || diff.firsts_count))
			return "a service that no difference names";
	}
	uint8_t first = (uint8_t)random_below(random, (uint32_t)world_service_count);
	for (uint8_t i = 0; i < world_service_count; i++) {
		uint8_t service = (uint8_t)((first + i) % world_service_count);
		if (!(services >> service & 1))
			continue;
		if (world_people(&counts[0], arena, old->world, filter->date) != STATUS_OK ||
			world_people(&counts[1], arena, new->world, filter->date) != STATUS_OK ||
			cover_diff(&diff, arena, &old_side, &new_side, UINT64_C(1) << service) !=
				STATUS_OK)
			return "no memory";
		return compare_service(arena, &diff, &olds, &news, changed);
	}
	return NULL;
}

/* ---- text ---- */

/* A document as lines "path value"; lists of maps without names stand whole. */
struct leaves {
	struct arena *arena;
	struct str *items;
	struct str *paths;
	size_t count, capacity, path_capacity, path_count;
};

static struct str json_of(struct arena *arena, const struct node *node)
{
	struct buf out;
	buf_init(&out, arena, 1 << 20);
	return json_canonical(&out, node) == STATUS_OK ? buf_str(&out) : STR_NONE;
}

static void put_leaf(struct leaves *leaves, struct str path, struct str value)
{
	struct str *item = arena_push(leaves->arena, (void **)&leaves->items, &leaves->count,
		&leaves->capacity, sizeof *item);
	struct str *at = arena_push(leaves->arena, (void **)&leaves->paths, &leaves->path_count,
		&leaves->path_capacity, sizeof *at);
	assert(item && at);
	*item = value;
	*at = path;
}

static void flatten(struct leaves *leaves, struct str path, const struct node *node)
{
	struct arena *arena = leaves->arena;
	bool named = node->kind == NODE_LIST, words = node->kind == NODE_LIST;
	for (const struct node *item = node->first; item; item = item->next) {
		named = named && item->kind == NODE_MAP &&
			(node_get(item, "id") || node_get(item, "party"));
		words = words && item->kind != NODE_MAP && item->kind != NODE_LIST;
	}
	if (node->kind == NODE_MAP) {
		for (const struct node *item = node->first; item; item = item->next)
			flatten(leaves,
				path.len ? str_format(arena, STR_FMT "." STR_FMT, STR_ARG(path),
						   STR_ARG(item->key))
					 : item->key,
				item);
		if (!node->first)
			put_leaf(leaves, path, STR("{}"));
	} else if (words && node->first) {
		for (const struct node *item = node->first; item; item = item->next)
			put_leaf(leaves, path, json_of(arena, item));
	} else if (named && node->first) {
		for (const struct node *item = node->first; item; item = item->next) {
			const struct node *name = node_get(item, "id");
			name = name ? name : node_get(item, "party");
			flatten(leaves,
				str_format(arena, STR_FMT "[" STR_FMT "]", STR_ARG(path),
					STR_ARG(name->text)),
				item);
		}
	} else {
		put_leaf(leaves, path, json_of(arena, node));
	}
}

static bool has_leaf(const struct leaves *leaves, struct str path, struct str value)
{
	for (size_t i = 0; i < leaves->count; i++)
		if (str_eq(leaves->paths[i], path) && str_eq(leaves->items[i], value))
			return true;
	return false;
}

/* One path is the other or lies below it. */
static bool along(struct str a, struct str b)
{
	struct str less = a.len < b.len ? a : b, more = a.len < b.len ? b : a;
	return str_eq(less, str_sub(more, 0, less.len)) &&
	       (more.len == less.len || more.ptr[less.len] == '.' || more.ptr[less.len] == '[');
}

static bool told(const struct changes *changes, struct str path)
{
	for (size_t i = 0; i < changes->items_count; i++)
		if (along(changes->items[i].path, path))
			return true;
	return false;
}

/* Every leaf that one side lacks is told of, and everything told of has such a leaf. */
const char *versions_text(struct arena *arena, const struct agreement *old,
	const struct agreement *new, const struct file_system *files)
{
	struct leaves leaves[2] = { { .arena = arena }, { .arena = arena } };
	struct changes changes;
	struct diags diags;
	struct str canonical[2], contents[2];
	const struct agreement *sides[2] = { old, new };
	diags_init(&diags, arena, 10);
	if (accord_diff(&changes, arena, old, new, files, &diags) != STATUS_OK)
		return "texts cannot be compared";
	for (int i = 0; i < 2; i++) {
		struct node *tree;
		struct buf out;
		buf_init(&out, arena, 1 << 20);
		if (files->read(files->context, &contents[i], arena, sides[i]->file, 1 << 20) !=
				STATUS_OK ||
			accord_canonical(&out, arena, sides[i]->file, contents[i], &diags) !=
				STATUS_OK)
			return "a document cannot be read again";
		canonical[i] = str_copy(arena, buf_str(&out));
		if (json_read(&tree, arena, STR("x"), canonical[i], &diags) != STATUS_OK)
			return "canonical bytes cannot be read";
		flatten(&leaves[i], STR_NONE, tree);
	}
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < leaves[i].count; k++)
			if (!has_leaf(&leaves[1 - i], leaves[i].paths[k], leaves[i].items[k]) &&
				!told(&changes, leaves[i].paths[k]))
				return "a field that differs is not told";
	for (size_t c = 0; c < changes.items_count; c++) {
		bool there = str_starts(changes.items[c].path, "schedules[");
		for (int i = 0; i < 2 && !there; i++)
			for (size_t k = 0; k < leaves[i].count && !there; k++)
				there = along(leaves[i].paths[k], changes.items[c].path) &&
					!has_leaf(&leaves[1 - i], leaves[i].paths[k],
						leaves[i].items[k]);
		if (!there)
			return "a field is told of that is the same";
	}
	return NULL;
}
