/* The rows of one service that begin at a place, as sets of nationalities that each add one to.
 *
 * A party is counted once however many of its rows meet at a place. Places come in preorder, so the
 * rows of a party along the present chain of places are a stack: whatever lies above a row's place
 * is that row's ancestor. Each link of the stack holds all that the party covers down to it, and a
 * new row adds only what is not covered yet. */
#include <assert.h>
#include "cover/matrix.h"

/* The link of PROVIDER that holds at PLACE, NULL for none. Those of subtrees left behind go. */
static struct matrix_link *link_above(struct matrix_walk *walk, uint32_t provider, uint32_t place)
{
	uint32_t serial = walk->top[provider];

	while (serial >= walk->base && walk->links[serial - walk->base].last < place)
		serial = walk->links[serial - walk->base].prev;
	walk->top[provider] = serial;
	return serial >= walk->base ? &walk->links[serial - walk->base] : NULL;
}

static void add_row(
	struct matrix_walk *walk, uint32_t provider, const struct set256 *nats, uint32_t place)
{
	struct matrix_link *above = link_above(walk, provider, place);
	struct set256 fresh = above ? set256_minus(*nats, above->covered) : *nats;
	struct matrix_link *link = &walk->links[walk->next - walk->base];

	if (set256_empty(&fresh))
		return;
	assert(walk->next - walk->base < walk->capacity);
	link->covered = above ? set256_or(*nats, above->covered) : *nats;
	link->last = walk->index->world->places[place].last;
	link->prev = walk->top[provider];
	walk->top[provider] = walk->next++;
	walk->masks[walk->mask_count++] = fresh;
}

/* Some exception of ROW may begin inside a country; groups and whole countries do not. */
static bool excepts_inside(const struct world *world, const struct row *row)
{
	const struct place_scope *where = &row->commitment->where;
	bool inside = false;

	for (size_t i = 0; i < where->except_count; i++) {
		const struct place_item *item = &where->except[i];

		if (item->kind == PLACE_ITEM_PLACE)
			inside |= world->places[item->index].country != NONE32 &&
				  world->places[item->index].country != item->index;
		else
			inside |= item->kind != PLACE_ITEM_GROUP;
	}
	return inside;
}

/* Of the entries at PLACE, which begin at FROM with the keys RUN, those that MASK names behind
 * FIRST. */
static void add_entries(struct matrix_walk *walk, const struct entry_block *block, uint32_t from,
	struct key_run run, uint32_t first, uint64_t mask, uint32_t place,
	struct matrix_level *level)
{
	const struct cover_index *index = walk->index;

	for (; mask; mask &= mask - 1) {
		uint32_t at = first + (uint32_t)__builtin_ctzll(mask);
		const struct set256 *nats = &index->sets[run_sets(run)[at]];
		uint8_t needs = run_needs(run)[at];

		if (walk->judge_all || needs & walk->needs) {
			level->judged = set256_or(level->judged, *nats);
			level->excepts |=
				excepts_inside(index->world, block_rows(block)[from + at]);
			continue;
		}
		add_row(walk, block_providers(block)[from + at], nats, place);
		/* The one status that a nationality alone implies. */
		if (needs & NEED_STATUS && index->stateless != NAT_NONE &&
			set256_has(nats, index->stateless))
			set256_add(&level->judged, index->stateless);
	}
}

/* Consular services: a nationality of the host, or of no country, is judged by more than its rows.
 */
static void add_consular(struct matrix_walk *walk, uint16_t host, struct matrix_level *level)
{
	level->judged = set256_or(level->judged, walk->placeless);
	if (host != NAT_NONE)
		set256_add(&level->judged, host);
}

void matrix_enter(struct matrix_walk *walk, uint32_t place)
{
	const struct spot *spot = &walk->index->atlas->spots[place];
	const struct service_table *table = walk->index->services[walk->service];
	const struct entry_block *block = table ? table->blocks[spot->block] : NULL;
	struct matrix_level *level = &walk->levels[spot->depth];

	*level = (struct matrix_level){ .at = NONE32, .waits = true };
	if (spot->parent != NONE32) {
		const struct matrix_level *above =
			&walk->levels[walk->index->atlas->spots[spot->parent].depth];

		level->judged = above->judged;
		level->excepts = above->excepts;
		level->masks = above->masks;
		level->waits = spot->nat != walk->index->atlas->spots[spot->parent].nat;
	}
	walk->mask_count = 0;
	if (block && spot->local < block->span) {
		uint32_t from = block->offsets[spot->local];
		struct key_run run = block_run(block, from, block->offsets[spot->local + 1]);

		for (uint32_t first = 0; first < run.count; first += 64) {
			uint32_t count = run.count - first < 64 ? run.count - first : 64;
			uint64_t mask = walk->index->lane->filter(run, first, count, &walk->keys);

			level->waits |= mask != 0;
			add_entries(walk, block, from, run, first, mask, place, level);
		}
	}
	if (walk->consular)
		add_consular(walk, spot->nat, level);
	level->masks += (uint32_t)walk->mask_count;
}
