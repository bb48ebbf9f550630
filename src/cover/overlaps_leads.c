/* Leads that meet: of one cell at one place, the certain leads of the same band and specificity
 * (depth of the matching place, size of the matching set). A named provider counts once whatever
 * the number of its clauses; a pool counts as one, unless only one member answers (then it is that
 * member) or its own agreement names somebody (then the named one stands for it).
 *
 * Cells of a country that see the same leads are one finding. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/overlaps.h"

/* One certain lead answer. */
struct found {
	struct answer answer;
	const struct row *row;
	bool pool;
	uint32_t members; /* of its pool that answer, 1 otherwise */
	bool dropped;     /* a pool for which somebody is named, or that stands already */
};

#define LEAD_SLOTS_FIRST 1024
struct lead_table {
	uint32_t *slots; /* number in leads or unassigned + 1; unassigned has the top bit */
	size_t slot_count, used;
	uint64_t *hashes;
};
#define UNASSIGNED_BIT (1u << 31)

enum status leads_init(struct hunt *hunt)
{
	size_t rows = hunt->index->row_count;
	struct lead_table *table = ARENA_NEW(hunt->arena, struct lead_table);

	hunt->sizes = ARENA_ARRAY(hunt->arena, rows, uint32_t);
	if (!table || !hunt->sizes)
		return STATUS_NO_MEMORY;
	memset(hunt->sizes, 0xff, rows * sizeof *hunt->sizes);
	table->slot_count = LEAD_SLOTS_FIRST;
	table->slots = ARENA_ARRAY(hunt->arena, table->slot_count, uint32_t);
	table->hashes = ARENA_ARRAY(hunt->arena, table->slot_count, uint64_t);
	hunt->lead_table = table;
	return table->slots && table->hashes ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- the certain leads of a question ---- */

/* The size of the set that matched: for most rows it is the same for every cell. */
static uint32_t size_of(struct hunt *hunt, struct ask *ask, const struct found *found)
{
	const struct row *row = found->row;
	uint32_t *kept = &hunt->sizes[flat_row(&hunt->flat, row)];
	uint32_t size;

	if (row->commitment->nats_count != 1 || row->served_by)
		return size_of_item(ask, row, found->answer.nat_item);
	if (*kept != NONE32)
		return *kept;
	size = size_of_item(ask, row, found->answer.nat_item);
	*kept = size;
	return size;
}

static void find_row(struct hunt *hunt, struct ask *ask, const struct row *row)
{
	bool pool = row->commitment->provider.kind == PROVIDER_MEMBER_OF;
	size_t first = hunt->found.count;
	struct row_walk walk;

	if (row->commitment->role != ROLE_LEAD || !row_walk_open(&walk, ask, row))
		return;
	/* Which of several items matched best is decided by their sizes too. */
	ask->ranked = row->commitment->nats_count > 1;
	while (row_walk_next(&walk, ask)) {
		struct answer answer;
		struct found *slot;

		if (!row_walk_answers(&walk, ask, &answer) || answer.held ||
			answer.certainty != TRUTH_T)
			continue;
		slot = pile_push(hunt, &hunt->found, sizeof *slot);
		if (!slot)
			break;
		*slot = (struct found){ .answer = answer, .row = row, .pool = pool, .members = 1 };
	}
	row_walk_close(&walk, ask);
	ask->ranked = false;
	struct found *all = hunt->found.items;
	for (size_t i = first; i < hunt->found.count && pool; i++)
		all[i].members = (uint32_t)(hunt->found.count - first);
}

/* Somebody is named by the agreement of a pool's row. */
static bool is_named(const struct found *all, size_t count, const struct found *pool)
{
	for (size_t i = 0; i < count; i++) {
		if (!all[i].pool && all[i].answer.agreement == pool->answer.agreement)
			return true;
	}
	return false;
}

static bool stands_as_pool(const struct found *found)
{
	return found->pool && found->members > 1;
}

static bool same_lead(const struct found *a, const struct found *b)
{
	if (stands_as_pool(a) || stands_as_pool(b))
		return stands_as_pool(a) && stands_as_pool(b) && a->row == b->row;
	return a->answer.provider == b->answer.provider;
}

static bool same_class(const struct found *a, const struct found *b)
{
	return a->answer.band == b->answer.band && a->answer.depth == b->answer.depth &&
	       a->answer.size == b->answer.size;
}

/* ---- findings ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15) ^ hash >> 29;
}

static bool same_leads(const struct lead_overlap *a, const struct lead_overlap *b)
{
	if (a->service != b->service || a->place != b->place || a->band != b->band ||
		a->depth != b->depth || a->size != b->size || a->leads_count != b->leads_count)
		return false;
	for (size_t i = 0; i < a->leads_count; i++) {
		if (a->leads[i].commitment != b->leads[i].commitment ||
			a->leads[i].provider != b->leads[i].provider ||
			a->leads[i].members != b->leads[i].members)
			return false;
	}
	return true;
}

static uint64_t hash_leads(const struct lead_overlap *finding)
{
	uint64_t hash = mix(finding->service, finding->place);

	hash = mix(hash,
		(uint64_t)finding->band << 48 | (uint64_t)finding->depth << 32 | finding->size);
	for (size_t i = 0; i < finding->leads_count; i++) {
		hash = mix(hash, (uintptr_t)finding->leads[i].commitment);
		hash = mix(hash, finding->leads[i].provider);
	}
	return hash;
}

static bool grow_table(struct hunt *hunt)
{
	struct lead_table *table = hunt->lead_table, old = *table;

	table->slot_count *= 2;
	table->slots = ARENA_ARRAY(hunt->arena, table->slot_count, uint32_t);
	table->hashes = ARENA_ARRAY(hunt->arena, table->slot_count, uint64_t);
	if (!table->slots || !table->hashes) {
		*table = old;
		hunt->no_memory = true;
		return false;
	}
	for (size_t i = 0; i < old.slot_count; i++) {
		size_t at = old.hashes[i] & (table->slot_count - 1);

		if (!old.slots[i])
			continue;
		while (table->slots[at])
			at = (at + 1) & (table->slot_count - 1);
		table->slots[at] = old.slots[i];
		table->hashes[at] = old.hashes[i];
	}
	return true;
}

/* A growing finding: its lists have room for the next power of two. */
static void add_cell(
	struct hunt *hunt, struct lead_overlap *finding, const struct people_cell *cell)
{
	size_t count = finding->cells_count;

	if ((count & (count - 1)) == 0) {
		struct people_cell *more = arena_grow(
			hunt->arena, finding->cells, count, count ? 2 * count : 1, sizeof *more);

		if (!more) {
			hunt->no_memory = true;
			return;
		}
		finding->cells = more;
	}
	finding->cells[finding->cells_count++] = *cell;
	finding->people += cell->people;
}

/* Adds CELL to the finding like DRAFT, which is made if there is none. */
static void add_finding(struct hunt *hunt, const struct lead_overlap *draft,
	const struct people_cell *cell, bool unassigned)
{
	struct lead_table *table = hunt->lead_table;
	struct pile *pile = unassigned ? &hunt->unassigned : &hunt->leads;
	uint64_t hash = hash_leads(draft) + unassigned;
	struct lead_overlap *slot;
	size_t at;

	if (2 * table->used >= table->slot_count && !grow_table(hunt))
		return;
	for (at = hash & (table->slot_count - 1); table->slots[at];
		at = (at + 1) & (table->slot_count - 1)) {
		uint32_t number = table->slots[at] & ~UNASSIGNED_BIT;

		slot = (struct lead_overlap *)pile->items + number - 1;
		if (table->hashes[at] == hash &&
			!!(table->slots[at] & UNASSIGNED_BIT) == unassigned &&
			same_leads(slot, draft)) {
			add_cell(hunt, slot, cell);
			return;
		}
	}
	slot = pile_push(hunt, pile, sizeof *slot);
	if (!slot)
		return;
	*slot = *draft;
	slot->leads = ARENA_ARRAY(hunt->arena, draft->leads_count, struct overlap_lead);
	if (!slot->leads) {
		hunt->no_memory = true;
		return;
	}
	memcpy(slot->leads, draft->leads, draft->leads_count * sizeof *slot->leads);
	table->slots[at] = (uint32_t)pile->count | (unassigned ? UNASSIGNED_BIT : 0);
	table->hashes[at] = hash;
	table->used++;
	add_cell(hunt, slot, cell);
}

static struct overlap_lead lead_of(const struct found *found)
{
	return (struct overlap_lead){ found->answer.agreement, found->answer.commitment,
		stands_as_pool(found) ? NONE32 : found->answer.provider, found->members };
}

static struct lead_overlap draft_of(
	const struct ask *ask, const struct found *found, const struct part *part)
{
	return (struct lead_overlap){ .service = ask->query.service,
		.place = ask->query.place,
		.part = part != NULL,
		.band = found->answer.band,
		.depth = found->answer.depth,
		.size = found->answer.size };
}

/* At a part only what is not so in the whole country is told. */
static bool concerns_part(const struct part *part, const struct row *row)
{
	for (size_t i = 0; part && i < part->partial_count; i++) {
		if (part->partial[i] == row)
			return true;
	}
	return part == NULL;
}

/* The class of all[FIRST]: its distinct leads, in the order of rows. */
static void compare_class(struct hunt *hunt, const struct ask *ask, size_t first,
	const struct people_cell *cell, const struct part *part)
{
	struct found *all = hunt->found.items;
	struct lead_overlap draft = draft_of(ask, &all[first], part);
	struct found **units;
	bool concerned = false;

	hunt->units.count = 0;
	for (size_t i = first; i < hunt->found.count; i++) {
		bool known = false;

		if (all[i].dropped || !same_class(&all[i], &all[first]))
			continue;
		units = hunt->units.items;
		for (size_t j = 0; j < hunt->units.count && !known; j++)
			known = same_lead(units[j], &all[i]);
		concerned |= concerns_part(part, all[i].row);
		if (known)
			continue;
		struct found **slot = pile_push(hunt, &hunt->units, sizeof(struct found *));

		if (!slot)
			return;
		*slot = &all[i];
	}
	if (hunt->units.count < 2 || !concerned)
		return;
	units = hunt->units.items;
	draft.leads = ARENA_ARRAY(hunt->arena, hunt->units.count, struct overlap_lead);
	if (!draft.leads) {
		hunt->no_memory = true;
		return;
	}
	for (size_t i = 0; i < hunt->units.count; i++)
		draft.leads[draft.leads_count++] = lead_of(units[i]);
	add_finding(hunt, &draft, cell, false);
}

/* Pools for which nobody is named are told, once per class; the others give way. */
static void judge_pools(struct hunt *hunt, const struct ask *ask, const struct people_cell *cell,
	const struct part *part)
{
	struct found *all = hunt->found.items;

	for (size_t i = 0; i < hunt->found.count; i++) {
		struct lead_overlap draft = draft_of(ask, &all[i], part);
		struct overlap_lead lead = lead_of(&all[i]);
		bool told = false;

		if (!stands_as_pool(&all[i]))
			continue;
		all[i].dropped = is_named(all, hunt->found.count, &all[i]);
		for (size_t j = 0; j < i && !told; j++)
			told = all[j].row == all[i].row && same_class(&all[j], &all[i]);
		if (all[i].dropped || told || !concerns_part(part, all[i].row))
			continue;
		draft.leads = &lead;
		draft.leads_count = 1;
		add_finding(hunt, &draft, cell, true);
	}
}

/* Rows in their order; providers in the order of their ids inside a pool's row. */
static int compare_found(const void *a, const void *b, void *context)
{
	const struct found *x = a, *y = b;
	const struct hunt *hunt = context;
	const struct party *parties = hunt->index->world->parties;

	if (x->row != y->row)
		return flat_row(&hunt->flat, x->row) < flat_row(&hunt->flat, y->row) ? -1 : 1;
	return str_cmp(parties[x->answer.provider].id, parties[y->answer.provider].id);
}

void leads_cell(
	struct hunt *hunt, struct ask *ask, const struct people_cell *cell, const struct part *part)
{
	struct found *all;

	hunt->found.count = 0;
	for (size_t i = 0; i < ask->candidate_count; i++)
		find_row(hunt, ask, ask->candidates[i]);
	if (hunt->found.count < 2 || hunt->no_memory || hunt->scratch.no_memory)
		return;
	all = hunt->found.items;
	for (size_t i = 0; i < hunt->found.count; i++)
		all[i].answer.size = size_of(hunt, ask, &all[i]);
	qsort_r(all, hunt->found.count, sizeof *all, compare_found, hunt);
	judge_pools(hunt, ask, cell, part);
	for (size_t i = 0; i < hunt->found.count && !hunt->no_memory; i++) {
		bool first = !all[i].dropped;

		for (size_t j = 0; j < i && first; j++)
			first = all[j].dropped || !same_class(&all[j], &all[i]);
		if (first)
			compare_class(hunt, ask, i, cell, part);
	}
}

/* ---- the order of findings ---- */

static int compare_lists(
	const struct world *world, const struct lead_overlap *a, const struct lead_overlap *b)
{
	for (size_t i = 0; i < a->leads_count && i < b->leads_count; i++) {
		const struct overlap_lead *x = &a->leads[i], *y = &b->leads[i];
		int by = str_cmp(x->agreement->id, y->agreement->id);

		if (!by)
			by = str_cmp(x->commitment->id, y->commitment->id);
		if (!by && x->provider != y->provider) {
			if (x->provider == NONE32 || y->provider == NONE32)
				return x->provider == NONE32 ? 1 : -1;
			by = str_cmp(
				world->parties[x->provider].id, world->parties[y->provider].id);
		}
		if (!by)
			by = (x->commitment->schedule_row > y->commitment->schedule_row) -
			     (x->commitment->schedule_row < y->commitment->schedule_row);
		if (!by)
			by = (x->members > y->members) - (x->members < y->members);
		if (by)
			return by;
	}
	return (a->leads_count > b->leads_count) - (a->leads_count < b->leads_count);
}

static int compare_findings(const void *a, const void *b, void *context)
{
	const struct lead_overlap *x = a, *y = b;
	const struct world *world = context;
	int by;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	if (x->service != y->service)
		return x->service < y->service ? -1 : 1;
	by = str_cmp(world->places[x->place].id, world->places[y->place].id);
	if (!by)
		by = (int)y->band - (int)x->band;
	if (!by)
		by = (int)y->depth - (int)x->depth;
	if (!by)
		by = (x->size > y->size) - (x->size < y->size);
	return by ? by : compare_lists(world, x, y);
}

void leads_finish(struct hunt *hunt, struct overlaps *out)
{
	union {
		const struct world *in;
		void *out;
	} world = { .in = hunt->index->world };

	out->leads = hunt->leads.items;
	out->leads_count = hunt->leads.count;
	out->unassigned = hunt->unassigned.items;
	out->unassigned_count = hunt->unassigned.count;
	if (out->leads_count > 1)
		qsort_r(out->leads, out->leads_count, sizeof *out->leads, compare_findings,
			world.out);
	if (out->unassigned_count > 1)
		qsort_r(out->unassigned, out->unassigned_count, sizeof *out->unassigned,
			compare_findings, world.out);
}
