/* cover_compile(): a world and its agreements become an index, once.
 *
 * The index is symbolic. A row is a commitment as written; nothing dated is decided here, and no
 * pool is expanded. What is worked out: which nationalities can match at all (interned sets, for
 * quick refusal), and under which places of which service a row stands, so that a question meets
 * only the rows along its own chain of places. A zone or a group stands under every place that it
 * ever had; the exact question is asked on its date. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

struct compiler {
	struct cover_index *index;
	struct arena *arena;
	const struct world *world;
	uint32_t *set_slots;   /* open addressing: number of a set + 1, 0 empty */
	size_t set_slot_count; /* a power of two */
	size_t set_capacity;
	bool counting; /* first pass: entries are counted, not written */
};

/* ---- lookups of the world ---- */

/* group_rows are sorted by set: the first row of each. */
static enum status index_groups(struct compiler *compiler)
{
	const struct world *world = compiler->world;
	size_t *first = ARENA_ARRAY(compiler->arena, world->groups_count + 1, size_t);

	if (!first)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->group_rows_count; i++) {
		assert(world->group_rows[i].set < world->groups_count);
		assert(i == 0 || world->group_rows[i - 1].set <= world->group_rows[i].set);
		first[world->group_rows[i].set + 1]++;
	}
	for (size_t g = 0; g < world->groups_count; g++)
		first[g + 1] += first[g];
	compiler->index->group_first = first;
	return STATUS_OK;
}

static enum status index_zones(struct compiler *compiler)
{
	const struct world *world = compiler->world;
	size_t *first = ARENA_ARRAY(compiler->arena, world->zones_count + 2, size_t);
	uint32_t *members = ARENA_ARRAY(compiler->arena, world->zone_rows_count, uint32_t);

	if (!first || !members)
		return STATUS_NO_MEMORY;
	/* Counting sort; shifted by one, so that filling moves each start into place. */
	for (size_t i = 0; i < world->zone_rows_count; i++) {
		assert(world->zone_rows[i].set < world->zones_count);
		first[world->zone_rows[i].set + 2]++;
	}
	for (size_t z = 0; z < world->zones_count; z++)
		first[z + 2] += first[z + 1];
	for (size_t i = 0; i < world->zone_rows_count; i++)
		members[first[world->zone_rows[i].set + 1]++] = (uint32_t)i;
	compiler->index->zone_first = first;
	compiler->index->zone_members = members;
	return STATUS_OK;
}

static enum status index_places(struct compiler *compiler)
{
	const struct world *world = compiler->world;
	struct cover_index *index = compiler->index;
	size_t strays = 0;

	index->country_nat = ARENA_ARRAY(compiler->arena, world->places_count, uint16_t);
	for (size_t p = 0; p < world->places_count; p++) {
		uint32_t country = world->places[p].country;

		strays += country != NONE32 && world->places[p].nat != world->places[country].nat;
	}
	index->strays = ARENA_ARRAY(compiler->arena, strays, uint32_t);
	if (!index->country_nat || !index->strays)
		return STATUS_NO_MEMORY;
	for (uint32_t p = 0; p < world->places_count; p++) {
		uint32_t country = world->places[p].country;

		index->country_nat[p] = NAT_NONE;
		if (country != NONE32 && world->places[p].nat != world->places[country].nat)
			index->strays[index->stray_count++] = p;
	}
	for (uint16_t n = 0; n < world->nats_count; n++) {
		if (world->nats[n].place != NONE32)
			index->country_nat[world->nats[n].place] = n;
	}
	index->stateless = world_nat(world, STR("XXA"));
	return STATUS_OK;
}

/* ---- interned sets ---- */

static uint64_t hash_set(const struct set256 *set)
{
	return str_hash((struct str){ (const char *)set->words, sizeof set->words });
}

static enum status intern(struct compiler *compiler, const struct set256 *set, uint32_t *number)
{
	struct cover_index *index = compiler->index;
	size_t at = hash_set(set) & (compiler->set_slot_count - 1);
	void *items = index->sets;

	for (; compiler->set_slots[at]; at = (at + 1) & (compiler->set_slot_count - 1)) {
		struct set256 less = index->sets[compiler->set_slots[at] - 1];
		struct set256 here = set256_minus(less, *set), there = set256_minus(*set, less);

		*number = compiler->set_slots[at] - 1;
		if (set256_empty(&here) && set256_empty(&there))
			return STATUS_OK;
	}
	struct set256 *slot = arena_push(
		compiler->arena, &items, &index->set_count, &compiler->set_capacity, sizeof *slot);
	index->sets = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = *set;
	*number = (uint32_t)index->set_count - 1;
	compiler->set_slots[at] = (uint32_t)index->set_count;
	return STATUS_OK;
}

static void add_item_nats(
	const struct compiler *compiler, const struct nat_item *item, struct set256 *nats)
{
	const struct world *world = compiler->world;
	const size_t *first = compiler->index->group_first;

	switch (item->kind) {
	case NAT_ITEM_CODE:
		set256_add(nats, item->nat);
		break;
	case NAT_ITEM_GROUP:
		for (size_t i = first[item->group]; i < first[item->group + 1]; i++) {
			uint16_t nat = world->parties[world->group_rows[i].member].nat;

			if (nat != NAT_NONE)
				set256_add(nats, nat);
		}
		break;
	case NAT_ITEM_ANY:
	case NAT_ITEM_SERVED_BY:
		for (unsigned nat = 0; nat < world->nats_count; nat++)
			set256_add(nats, nat);
		break;
	}
}

/* Every nationality that may match on some date. */
static enum status compile_nats(struct compiler *compiler, struct row *row)
{
	const struct commitment *commitment = row->commitment;
	struct set256 nats = { { 0 } };

	for (size_t i = 0; i < commitment->nats_count; i++) {
		add_item_nats(compiler, &commitment->nats[i], &nats);
		row->served_by |= commitment->nats[i].kind == NAT_ITEM_SERVED_BY;
	}
	for (size_t i = 0; i < commitment->except_nats_count; i++) {
		if (commitment->except_nats[i].kind == NAT_ITEM_CODE)
			set256_remove(&nats, commitment->except_nats[i].nat);
	}
	return intern(compiler, &nats, &row->nats);
}

/* ---- buckets ---- */

static void enter(struct compiler *compiler, uint32_t row, uint32_t place)
{
	uint64_t services = compiler->index->rows[row].commitment->services;

	if (place == NONE32)
		return;
	for (; services; services &= services - 1) {
		struct bucket *bucket = &compiler->index->services[__builtin_ctzll(services)];

		if (!compiler->counting) {
			assert(bucket->filled < bucket->count);
			bucket->entries[bucket->filled++] = (struct place_entry){ place, row };
		} else {
			bucket->count++;
		}
	}
}

/* Every place at which GROUP's members' territory begins. */
static void enter_territories(struct compiler *compiler, uint32_t row, uint16_t nat)
{
	const struct world *world = compiler->world;

	for (uint32_t p = 0; p < world->places_count; p++) {
		uint32_t parent = world->places[p].parent;

		if (world->places[p].nat == nat &&
			(parent == NONE32 || world->places[parent].nat != nat))
			enter(compiler, row, p);
	}
}

static void enter_item(
	struct compiler *compiler, uint32_t row, const struct place_item *item, bool territories)
{
	const struct cover_index *index = compiler->index;
	const struct world *world = compiler->world;

	if (item->kind == PLACE_ITEM_PLACE) {
		enter(compiler, row, item->index);
	} else if (item->kind == PLACE_ITEM_ZONE) {
		for (size_t i = index->zone_first[item->index];
			i < index->zone_first[item->index + 1]; i++)
			enter(compiler, row, world->zone_rows[index->zone_members[i]].member);
	} else if (item->kind == PLACE_ITEM_GROUP) {
		for (size_t i = index->group_first[item->index];
			i < index->group_first[item->index + 1]; i++) {
			uint32_t member = world->group_rows[i].member;

			enter(compiler, row, places_of_state(world, member));
			if (territories && world->parties[member].nat != NAT_NONE)
				enter_territories(compiler, row, world->parties[member].nat);
		}
	}
}

static void enter_rows(struct compiler *compiler, bool counting)
{
	const struct cover_index *index = compiler->index;

	compiler->counting = counting;
	for (uint32_t i = 0; i < index->row_count; i++) {
		const struct place_scope *where = &index->rows[i].commitment->where;

		for (size_t j = 0; j < where->in_count; j++)
			enter_item(compiler, i, &where->in[j], where->territories_in);
		if (where->in_count == 0)
			enter(compiler, i, 0); /* the world is the first place of the preorder */
	}
}

static int compare_entries(const void *a, const void *b)
{
	const struct place_entry *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static enum status fill_buckets(struct compiler *compiler)
{
	struct cover_index *index = compiler->index;

	enter_rows(compiler, true);
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		struct bucket *bucket = &index->services[s];

		bucket->entries = ARENA_ARRAY(compiler->arena, bucket->count, struct place_entry);
		if (!bucket->entries)
			return STATUS_NO_MEMORY;
	}
	enter_rows(compiler, false);
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		struct bucket *bucket = &index->services[s];
		size_t kept = 0;

		assert(bucket->filled == bucket->count);
		if (bucket->count > 1)
			qsort(bucket->entries, bucket->count, sizeof *bucket->entries,
				compare_entries);
		for (size_t i = 0; i < bucket->count; i++) {
			if (kept == 0 || compare_entries(&bucket->entries[kept - 1],
						 &bucket->entries[i]) != 0)
				bucket->entries[kept++] = bucket->entries[i];
		}
		bucket->count = kept;
	}
	return STATUS_OK;
}

/* ---- rows ---- */

static int compare_commitments(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int by = str_cmp(x->agreement->id, y->agreement->id);

	if (!by)
		by = str_cmp(x->commitment->id, y->commitment->id);
	if (!by)
		by = (x->commitment->schedule_row > y->commitment->schedule_row) -
		     (x->commitment->schedule_row < y->commitment->schedule_row);
	return by;
}

static enum status compile_rows(struct compiler *compiler, const struct accords *accords)
{
	struct cover_index *index = compiler->index;
	enum status status = STATUS_OK;
	size_t count = 0;

	for (size_t i = 0; i < accords->items_count; i++)
		count += accords->items[i].is_template ? 0 : accords->items[i].commitments_count;
	index->rows = ARENA_ARRAY(compiler->arena, count, struct row);
	compiler->set_slot_count = 64;
	while (compiler->set_slot_count < 2 * count)
		compiler->set_slot_count *= 2;
	compiler->set_slots = ARENA_ARRAY(compiler->arena, compiler->set_slot_count, uint32_t);
	if (!index->rows || !compiler->set_slots)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < accords->items_count; i++) {
		const struct agreement *agreement = &accords->items[i];

		for (size_t j = 0; j < agreement->commitments_count && !agreement->is_template; j++)
			index->rows[index->row_count++] =
				(struct row){ agreement, &agreement->commitments[j], 0, false };
	}
	assert(index->row_count == count && count < NONE32);
	if (count > 1)
		qsort(index->rows, count, sizeof *index->rows, compare_commitments);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = compile_nats(compiler, &index->rows[i]);
	return status;
}

enum status cover_compile(struct cover_index **out, struct arena *arena, const struct world *world,
	const struct accords *accords)
{
	struct compiler compiler = { .arena = arena, .world = world };
	enum status status;

	assert(out && arena && world && accords && world->nats_count <= 256);
	*out = NULL;
	compiler.index = ARENA_NEW(arena, struct cover_index);
	if (!compiler.index)
		return STATUS_NO_MEMORY;
	compiler.index->world = world;
	compiler.index->accords = accords;
	status = index_groups(&compiler);
	if (status == STATUS_OK)
		status = index_zones(&compiler);
	if (status == STATUS_OK)
		status = index_places(&compiler);
	if (status == STATUS_OK)
		status = compile_rows(&compiler, accords);
	if (status == STATUS_OK)
		status = fill_buckets(&compiler);
	if (status == STATUS_OK)
		*out = compiler.index;
	return status;
}

const struct world *cover_world(const struct cover_index *index)
{
	assert(index);
	return index->world;
}
