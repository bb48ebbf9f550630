/* Circular reliance: A can keep its promise only if B keeps one, and B only if A does.
 *
 * A node is a commitment of one named provider (a pool: each member on the date) that relies on
 * somebody by name: through `served-by`, a step that another must take or agree to, another's
 * asset, a fund that is a party. It leads to every node of that party which can be asked for in
 * the same phase and place (through `served-by`: for the same service). Words that stand for
 * whoever it turns out to be (state-of-nationality …) name nobody: for one person they close no
 * circle. Nodes caught in one knot (strongly connected) are one finding, told by a shortest circle.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/overlaps.h"

struct leaning {
	uint32_t party;
	enum reliance by;
};
struct node_row { /* a row that relies on somebody */
	const struct row *row;
	struct leaning *needs;
	size_t need_count;
	uint64_t *places; /* bits: `where` on the date, in countries, as far as the filter asks */
};
struct knot_node {
	uint32_t row, provider; /* row: number in rows */
	bool gone;              /* in no circle, or told already */
};
struct knots {
	struct hunt *hunt;
	size_t words; /* of a set of places */
	struct pile rows, nodes;
	uint64_t *edges; /* node by node, bits */
	size_t edge_words;
	uint32_t *queue, *distance;
};

static struct node_row *row_of(const struct knots *knots, uint32_t node)
{
	const struct knot_node *nodes = knots->nodes.items;

	return (struct node_row *)knots->rows.items + nodes[node].row;
}

/* ---- what a commitment relies on ---- */

static void add_need(struct knots *knots, struct pile *needs, uint32_t party, enum reliance by)
{
	struct leaning *slot;

	if (party == NONE32)
		return;
	slot = pile_push(knots->hunt, needs, sizeof *slot);
	if (slot)
		*slot = (struct leaning){ party, by };
}

/* The act of another, or another's answer to it. */
static void add_step(struct knots *knots, struct pile *needs, const struct step *step)
{
	bool answered = step->what == STEP_REQUEST || step->what == STEP_CONSENT ||
			step->what == STEP_CONSULT;

	if (step->by.kind == ACTOR_PARTY)
		add_need(knots, needs, step->by.party, RELY_STEP);
	if (answered && step->whom.kind == ACTOR_PARTY)
		add_need(knots, needs, step->whom.party, RELY_STEP);
}

static uint32_t asset_party(const struct world *world, struct str asset)
{
	size_t colon = 0;

	while (colon < asset.len && asset.ptr[colon] != ':')
		colon++;
	return colon < asset.len ? world_party(world, str_sub(asset, 0, colon)) : NONE32;
}

static struct pile needs_of(struct knots *knots, const struct commitment *commitment)
{
	const struct world *world = knots->hunt->index->world;
	struct pile needs = { 0 };

	for (size_t i = 0; i < commitment->nats_count; i++) {
		if (commitment->nats[i].kind == NAT_ITEM_SERVED_BY)
			add_need(knots, &needs, commitment->nats[i].party, RELY_SERVED_BY);
	}
	for (size_t i = 0; i < commitment->steps_count; i++)
		add_step(knots, &needs, &commitment->steps[i]);
	for (size_t i = 0; i < commitment->assets_count; i++)
		add_need(knots, &needs, asset_party(world, commitment->assets[i]), RELY_ASSET);
	for (size_t i = 0; i < commitment->costs_count; i++) {
		if (commitment->costs[i].fund.len)
			add_need(knots, &needs, world_party(world, commitment->costs[i].fund),
				RELY_FUND);
	}
	return needs;
}

/* ---- nodes ---- */

static void add_node(struct knots *knots, const struct row *row, uint32_t provider)
{
	const struct world *world = knots->hunt->index->world;
	int32_t date = knots->hunt->filter->date;
	struct knot_node *slot;

	if (!match_is_party(world, row->agreement, provider, date) ||
		match_opted_out(world, row, provider, OPT_PROVIDER, date))
		return;
	slot = pile_push(knots->hunt, &knots->nodes, sizeof *slot);
	if (slot)
		*slot = (struct knot_node){ (uint32_t)knots->rows.count - 1, provider, false };
}

static int compare_providers(const void *a, const void *b, void *context)
{
	const struct party *parties = ((const struct world *)context)->parties;
	const struct knot_node *x = a, *y = b;

	return str_cmp(parties[x->provider].id, parties[y->provider].id);
}

static void add_providers(struct knots *knots, const struct row *row)
{
	const struct provider *form = &row->commitment->provider;
	const struct cover_index *index = knots->hunt->index;
	size_t first = knots->nodes.count;
	uint32_t last = NONE32;
	union {
		const struct world *in;
		void *out;
	} world = { .in = index->world };

	if (form->kind == PROVIDER_PARTY)
		add_node(knots, row, form->party);
	if (form->kind != PROVIDER_MEMBER_OF)
		return;
	for (size_t i = index->group_first[form->group]; i < index->group_first[form->group + 1];
		i++) {
		const struct membership *member = &index->world->group_rows[i];

		if (member->member == last ||
			!date_within(knots->hunt->filter->date, member->from, member->until))
			continue;
		last = member->member;
		add_node(knots, row, last);
	}
	if (knots->nodes.count > first + 1)
		qsort_r((struct knot_node *)knots->nodes.items + first, knots->nodes.count - first,
			sizeof(struct knot_node), compare_providers, world.out);
}

static void mark_places(struct knots *knots, struct node_row *out)
{
	const struct hunt *hunt = knots->hunt;
	const struct world *world = hunt->index->world;

	out->places = ARENA_ARRAY(hunt->arena, knots->words, uint64_t);
	if (!out->places) {
		knots->hunt->no_memory = true;
		return;
	}
	for (uint32_t p = 0; p < world->places_count; p++) {
		if (world->places[p].country != NONE32 && hunt_wants_place(hunt, p) &&
			hunt_in_scope(hunt, &out->row->commitment->where, p, hunt->filter->date))
			out->places[p / 64] |= UINT64_C(1) << p % 64;
	}
}

static void find_nodes(struct knots *knots)
{
	const struct hunt *hunt = knots->hunt;

	for (size_t i = 0; i < hunt->flat.row_count && !hunt->no_memory; i++) {
		const struct row *row = hunt->flat.rows[i];
		struct pile needs;
		struct node_row *slot;
		size_t before = knots->nodes.count;

		if (!(row->commitment->services & hunt->filter->services) ||
			(hunt->filter->nat != NAT_NONE &&
				!set256_has(&hunt->index->sets[row->nats], hunt->filter->nat)) ||
			!hunt_holds(hunt, row->agreement, row->commitment, hunt->filter->date))
			continue;
		needs = needs_of(knots, row->commitment);
		if (needs.count == 0)
			continue;
		slot = pile_push(knots->hunt, &knots->rows, sizeof *slot);
		if (!slot)
			return;
		*slot = (struct node_row){ row, needs.items, needs.count, NULL };
		add_providers(knots, row);
		if (knots->nodes.count == before)
			knots->rows.count--;
		else
			mark_places(knots, slot);
	}
}

/* ---- edges ---- */

static uint32_t meeting_place(
	const struct knots *knots, const struct node_row *a, const struct node_row *b)
{
	for (size_t w = 0; w < knots->words; w++) {
		uint64_t both = a->places[w] & b->places[w];

		if (both)
			return (uint32_t)(64 * w) + (uint32_t)__builtin_ctzll(both);
	}
	return NONE32;
}

/* The first place of the nodes of PATH, or of its first two where all have none. */
static uint32_t place_of_all(struct knots *knots, const uint32_t *path, uint32_t length)
{
	uint64_t *common = ARENA_ARRAY(knots->hunt->arena, knots->words, uint64_t);

	if (!common) {
		knots->hunt->no_memory = true;
		return NONE32;
	}
	memcpy(common, row_of(knots, path[0])->places, knots->words * sizeof *common);
	for (uint32_t i = 1; i < length; i++) {
		for (size_t w = 0; w < knots->words; w++)
			common[w] &= row_of(knots, path[i])->places[w];
	}
	for (size_t w = 0; w < knots->words; w++) {
		if (common[w])
			return (uint32_t)(64 * w) + (uint32_t)__builtin_ctzll(common[w]);
	}
	return meeting_place(knots, row_of(knots, path[0]), row_of(knots, path[1]));
}

/* By what A relies on B; RELIANCES: not at all. */
static enum reliance relies(const struct knots *knots, uint32_t a, uint32_t b)
{
	const struct knot_node *nodes = knots->nodes.items;
	const struct node_row *one = row_of(knots, a), *two = row_of(knots, b);
	const struct commitment *x = one->row->commitment, *y = two->row->commitment;
	enum reliance by = RELIANCES;

	if (nodes[a].provider == nodes[b].provider || !(x->phases & y->phases))
		return RELIANCES;
	for (size_t i = 0; i < one->need_count; i++) {
		const struct leaning *need = &one->needs[i];

		if (need->party != nodes[b].provider || need->by >= by ||
			(need->by == RELY_SERVED_BY && !(x->services & y->services)))
			continue;
		by = need->by;
	}
	return by != RELIANCES && meeting_place(knots, one, two) != NONE32 ? by : RELIANCES;
}

static bool has_edge(const struct knots *knots, uint32_t a, uint32_t b)
{
	return knots->edges[a * knots->edge_words + b / 64] >> b % 64 & 1u;
}

static bool find_edges(struct knots *knots)
{
	struct arena *arena = knots->hunt->arena;
	size_t n = knots->nodes.count;

	knots->edge_words = n / 64 + 1;
	knots->edges = ARENA_ARRAY(arena, n * knots->edge_words, uint64_t);
	knots->queue = ARENA_ARRAY(arena, n, uint32_t);
	knots->distance = ARENA_ARRAY(arena, 2 * n, uint32_t);
	if (!knots->edges || !knots->queue || !knots->distance) {
		knots->hunt->no_memory = true;
		return false;
	}
	for (uint32_t a = 0; a < n; a++) {
		for (uint32_t b = 0; b < n; b++) {
			if (a != b && relies(knots, a, b) != RELIANCES)
				knots->edges[a * knots->edge_words + b / 64] |= UINT64_C(1)
										<< b % 64;
		}
	}
	return true;
}

/* Nodes without a way in or out are in no circle: taken off until nothing changes. */
static void trim(struct knots *knots)
{
	struct knot_node *nodes = knots->nodes.items;
	size_t n = knots->nodes.count;
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t a = 0; a < n; a++) {
			bool in = false, out = false;

			for (uint32_t b = 0; b < n && !(in && out); b++) {
				in |= !nodes[b].gone && has_edge(knots, b, a);
				out |= !nodes[b].gone && has_edge(knots, a, b);
			}
			if (!nodes[a].gone && !(in && out))
				nodes[a].gone = changed = true;
		}
	}
}

/* ---- knots ---- */

/* Steps from START (BACK: to START) over the nodes that are left; NONE32: none. The distance of
 * START itself is that of a circle through it. */
static void measure(struct knots *knots, uint32_t start, bool back, uint32_t *distance)
{
	const struct knot_node *nodes = knots->nodes.items;
	size_t n = knots->nodes.count, head = 0, tail = 0;

	memset(distance, 0xff, n * sizeof *distance);
	for (uint32_t at = start;; at = knots->queue[head++]) {
		uint32_t steps = tail == 0 ? 0 : distance[at];

		for (uint32_t b = 0; b < n; b++) {
			if (nodes[b].gone || distance[b] != NONE32 ||
				!(back ? has_edge(knots, b, at) : has_edge(knots, at, b)))
				continue;
			distance[b] = steps + 1;
			if (b != start)
				knots->queue[tail++] = b;
		}
		if (head == tail)
			return;
	}
}

static struct circle_link link_of(const struct knots *knots, uint32_t a, uint32_t b)
{
	const struct knot_node *nodes = knots->nodes.items;
	const struct row *row = row_of(knots, a)->row;

	return (struct circle_link){ row->agreement, row->commitment, nodes[a].provider,
		nodes[b].provider, relies(knots, a, b) };
}

/* The circle of LENGTH through START whose nodes come first. */
static void tell_circle(
	struct knots *knots, struct pile *out, uint32_t start, uint32_t length, uint32_t size)
{
	uint32_t *to_start = knots->distance;
	struct circle *slot = pile_push(knots->hunt, out, sizeof *slot);
	uint32_t *path = ARENA_ARRAY(knots->hunt->arena, length, uint32_t);
	uint32_t at = start;

	if (!slot)
		return;
	slot->nodes = size;
	slot->links = ARENA_ARRAY(knots->hunt->arena, length, struct circle_link);
	if (!slot->links || !path) {
		knots->hunt->no_memory = true;
		return;
	}
	measure(knots, start, true, to_start);
	for (uint32_t left = length; left > 0; left--) {
		uint32_t next = left == 1 ? start : 0;

		while (left > 1 &&
			!(has_edge(knots, at, next) && to_start[next] == left - 1 && next != start))
			next++;
		assert(next < knots->nodes.count);
		path[length - left] = at;
		slot->links[slot->links_count++] = link_of(knots, at, next);
		at = next;
	}
	slot->place = place_of_all(knots, path, length);
}

/* The knot of FIRST: nodes that it reaches and that reach it. Told, and taken off. */
static void take_knot(struct knots *knots, struct pile *out, uint32_t first)
{
	struct knot_node *nodes = knots->nodes.items;
	size_t n = knots->nodes.count;
	uint32_t *forth = knots->distance, *back = knots->distance + n;
	uint32_t *members = ARENA_ARRAY(knots->hunt->arena, n, uint32_t);
	uint32_t count = 0, best = NONE32, start = first;

	if (!members) {
		knots->hunt->no_memory = true;
		return;
	}
	measure(knots, first, false, forth);
	measure(knots, first, true, back);
	if (forth[first] == NONE32) {
		nodes[first].gone = true;
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (forth[i] != NONE32 && back[i] != NONE32)
			members[count++] = i;
	}
	for (uint32_t i = 0; i < count; i++) {
		measure(knots, members[i], false, forth);
		if (forth[members[i]] < best) {
			best = forth[members[i]];
			start = members[i];
		}
	}
	tell_circle(knots, out, start, best, count);
	for (uint32_t i = 0; i < count; i++)
		nodes[members[i]].gone = true;
}

enum status circles_find(struct hunt *hunt, struct overlaps *out)
{
	struct knots knots = { .hunt = hunt, .words = hunt->index->world->places_count / 64 + 1 };
	struct pile circles = { 0 };

	find_nodes(&knots);
	if (!hunt->no_memory && knots.nodes.count > 1 && find_edges(&knots)) {
		trim(&knots);
		for (uint32_t i = 0; i < knots.nodes.count && !hunt->no_memory; i++) {
			if (!((struct knot_node *)knots.nodes.items)[i].gone)
				take_knot(&knots, &circles, i);
		}
	}
	out->circular = circles.items;
	out->circular_count = circles.count;
	return hunt->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
