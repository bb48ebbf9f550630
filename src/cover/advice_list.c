/* The candidates, each tried (advice_judge.c): State for State in one country and in all, regional
 * groups, organizations' services. Those that would lift nobody are left out. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/advice.h"

static bool wanted(const struct listing *listing, enum advice_kind kind)
{
	unsigned kinds = listing->advising->filter->kinds;

	return kinds == 0 || (kinds >> kind & 1u);
}

struct advice advice_blank(enum advice_kind kind)
{
	return (struct advice){ .kind = kind,
		.party = NONE32,
		.nat = NAT_NONE,
		.group = NONE32,
		.place = NONE32,
		.service = SERVICE_NONE };
}

static enum status add(struct listing *listing, struct advice advice, size_t first, size_t end)
{
	void *items = listing->kinds[advice.kind].items;
	struct candidate *slot;

	if (first == end || !wanted(listing, advice.kind))
		return STATUS_OK;
	slot = arena_push(listing->advising->arena, &items, &listing->kinds[advice.kind].count,
		&listing->kinds[advice.kind].capacity, sizeof *slot);
	listing->kinds[advice.kind].items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct candidate){ .kind = advice.kind,
		.party = advice.party,
		.group = advice.group,
		.place = advice.place,
		.nat = advice.nat,
		.service = advice.service,
		.like = advice.like,
		.like_count = advice.like_count,
		.runs = { (uint32_t)first, (uint32_t)(end - first) } };
	return STATUS_OK;
}

/* What the advice's agreement does, at the end of the edges. */
static enum status judge(struct listing *listing, const struct advice *advice,
	const struct standby *standbys, size_t count)
{
	struct agreement agreement;

	if (!advice_agreement(&agreement, listing->advising->arena, advice, standbys, count,
		    listing->advising->index->world))
		return STATUS_NO_MEMORY;
	return advice_judge(&listing->edges, listing->advising, &agreement);
}

/* The edges from FIRST on, in order of KEY (below KEYS), otherwise as they are. */
static enum status sort_edges(struct listing *listing, size_t first, size_t keys,
	uint32_t (*key)(const struct listing *, const struct edge *))
{
	struct arena arena;
	size_t count = listing->edges.count - first;
	struct edge *from = listing->edges.items + first, *sorted;
	size_t *ends;

	if (count == 0)
		return STATUS_OK;
	arena_init(&arena, listing->advising->arena->allocator, listing->advising->arena->max);
	sorted = ARENA_ARRAY(&arena, count, struct edge);
	ends = ARENA_ARRAY(&arena, keys + 1, size_t);
	if (sorted && ends) {
		for (size_t i = 0; i < count; i++)
			ends[key(listing, &from[i]) + 1]++;
		for (size_t k = 0; k < keys; k++)
			ends[k + 1] += ends[k];
		for (size_t i = 0; i < count; i++)
			sorted[ends[key(listing, &from[i])]++] = from[i];
		memcpy(from, sorted, count * sizeof *from);
	}
	arena_free(&arena);
	return sorted && ends ? STATUS_OK : STATUS_NO_MEMORY;
}

static uint32_t nat_key(const struct listing *listing, const struct edge *edge)
{
	return listing->advising->count->cells[edge->cell].nat;
}

static uint32_t service_key(const struct listing *listing, const struct edge *edge)
{
	(void)listing;
	return edge->service;
}

/* ADVICE in all countries, and in each, by its edges [first, end), which are in order of country.
 */
static enum status add_both(struct listing *listing, struct advice advice, size_t first, size_t end)
{
	const struct people_cell *cells = listing->advising->count->cells;
	enum status status;

	advice.kind = ADVICE_WORLD_WIDE;
	advice.place = NONE32;
	status = add(listing, advice, first, end);
	advice.kind = ADVICE_AT_HOST;
	for (size_t next = first; first < end && status == STATUS_OK; first = next) {
		const struct edge *edges = listing->edges.items;

		advice.place = cells[edges[first].cell].place;
		while (next < end && cells[edges[next].cell].place == advice.place)
			next++;
		status = add(listing, advice, first, next);
	}
	return status;
}

/* Some agreement serves people through PARTY. */
static bool leaned_upon(const struct cover_index *index, uint32_t party)
{
	struct walk walk = { .index = index };

	while (walk_next(&walk))
		for (uint32_t i = 0; i < walk.rows->count; i++) {
			const struct commitment *commitment = walk.rows->rows[i].commitment;

			for (size_t n = 0; n < commitment->nats_count; n++)
				if (commitment->nats[n].kind == NAT_ITEM_SERVED_BY &&
					commitment->nats[n].party == party)
					return true;
		}
	return false;
}

/* One State for all others, each in a trial of its own: through rows that lean on the helper, help
 * for one nationality may reach others. */
static enum status list_apart(struct listing *listing, uint32_t party)
{
	const struct world *world = listing->advising->index->world;
	struct advice advice = advice_blank(ADVICE_WORLD_WIDE);
	enum status status = STATUS_OK;

	advice.party = party;
	for (uint16_t nat = 0; nat < world->nats_count && status == STATUS_OK; nat++) {
		size_t first = listing->edges.count;

		if (world->nats[nat].state == NONE32 || world->nats[nat].state == party)
			continue;
		advice.nat = nat;
		status = judge(listing, &advice, NULL, 0);
		if (status == STATUS_OK)
			status = add_both(listing, advice, first, listing->edges.count);
	}
	return status;
}

/* One State for all others, each by itself, in each country and in all. */
static enum status list_state(struct listing *listing, uint32_t party)
{
	const struct world *world = listing->advising->index->world;
	const struct people_cell *cells = listing->advising->count->cells;
	struct advice advice = advice_blank(ADVICE_WORLD_WIDE);
	size_t first = listing->edges.count, end;
	enum status status;

	if (leaned_upon(listing->advising->index, party))
		return list_apart(listing, party);
	advice.party = party;
	status = judge(listing, &advice, NULL, 0);
	if (status == STATUS_OK)
		status = sort_edges(listing, first, world->nats_count, nat_key);
	for (; first < listing->edges.count && status == STATUS_OK; first = end) {
		uint16_t nat = cells[listing->edges.items[first].cell].nat;

		for (end = first; end < listing->edges.count &&
				  cells[listing->edges.items[end].cell].nat == nat;
			end++)
			;
		if (world->nats[nat].state == NONE32)
			continue;
		advice.nat = nat;
		status = add_both(listing, advice, first, end);
	}
	return status;
}

static enum status list_group(struct listing *listing, uint32_t group)
{
	struct advice advice = advice_blank(ADVICE_GROUP);
	size_t first = listing->edges.count;
	enum status status;

	advice.group = group;
	status = judge(listing, &advice, NULL, 0);
	return status == STATUS_OK ? add(listing, advice, first, listing->edges.count) : status;
}

static enum status list_organization(struct listing *listing, uint32_t party)
{
	struct advice advice = advice_blank(ADVICE_ORGANIZATION);
	size_t first = listing->edges.count, end, count;
	struct standby *standbys;
	enum status status = advice_standbys(&standbys, &count, listing->advising, party);

	if (status != STATUS_OK || count == 0)
		return status;
	advice.party = party;
	status = judge(listing, &advice, standbys, count);
	if (status == STATUS_OK)
		status = sort_edges(listing, first, world_service_count, service_key);
	for (; first < listing->edges.count && status == STATUS_OK; first = end) {
		advice.service = listing->edges.items[first].service;
		for (end = first; end < listing->edges.count &&
				  listing->edges.items[end].service == advice.service;
			end++)
			;
		status = advice_likes(&advice, listing->advising->arena, standbys, count);
		if (status == STATUS_OK)
			status = add(listing, advice, first, end);
	}
	return status;
}

/* Parties by the number of countries where they have a resident post, most first, then as numbered:
 * among helpers who would do as much, one with a wide network is likelier to be able to. */
struct network {
	uint32_t party, countries;
};

static int by_network(const void *a, const void *b)
{
	const struct network *one = a, *two = b;

	if (one->countries != two->countries)
		return one->countries > two->countries ? -1 : 1;
	return one->party < two->party ? -1 : one->party > two->party;
}

static struct network *networks(const struct advising *advising)
{
	const struct world *world = advising->index->world;
	struct network *out =
		ARENA_ARRAY(advising->arena, world->parties_count + 1, struct network);

	for (uint32_t p = 0; out && p < world->parties_count; p++) {
		out[p].party = p;
		for (uint32_t c = 0; c < world->places_count; c++)
			out[p].countries += world->parties[p].nat != NAT_NONE &&
					    world->places[c].kind == PLACE_COUNTRY &&
					    index_presence(advising->index, p, c, LEVEL_RESIDENT,
						    advising->filter->date) == TRUTH_T;
	}
	if (out)
		qsort(out, world->parties_count, sizeof *out, by_network);
	return out;
}

enum status advice_list(struct listing *listing)
{
	const struct world *world = listing->advising->index->world;
	const struct network *network = networks(listing->advising);
	bool states = wanted(listing, ADVICE_AT_HOST) || wanted(listing, ADVICE_WORLD_WIDE);
	bool consular = listing->advising->services & advice_consular_services();
	enum status status = STATUS_OK;

	if (!network)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < world->parties_count && status == STATUS_OK; i++)
		if (world->parties[network[i].party].nat != NAT_NONE && states && consular)
			status = list_state(listing, network[i].party);
	for (uint32_t p = 0; p < world->parties_count && status == STATUS_OK; p++)
		if (advice_organization(world, p) && wanted(listing, ADVICE_ORGANIZATION))
			status = list_organization(listing, p);
	for (uint32_t g = 0; g < world->groups_count && status == STATUS_OK; g++)
		if (consular && wanted(listing, ADVICE_GROUP) &&
			advice_regional(world, g, listing->advising->filter->date))
			status = list_group(listing, g);
	return status;
}
