/* cover_advise(): which agreements to sign next. Candidates are listed, each is taken into the
 * world and judged (advice_judge.c), and the greedy kernel picks among them (greedy.c). */
#include "cover/advice.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- risk ---- */

int cover_risk_tenths(const struct world *world, uint32_t country, uint32_t *row)
{
	int tenths = -1, year = -1;

	*row = NONE32;
	for (size_t i = 0; i < world->risks_count; i++) {
		const struct risk_row *risk = &world->risks[i];
		size_t at = 0;
		int value = 0;

		if (risk->place != country || !str_is(risk->hazard, "inform") || risk->year <= year)
			continue;
		while (at < risk->value.len && risk->value.ptr[at] >= '0' &&
			risk->value.ptr[at] <= '9' && value <= 10)
			value = value * 10 + (risk->value.ptr[at++] - '0');
		if (at == 0 || value > 10)
			continue;
		value *= 10;
		if (at + 1 < risk->value.len && risk->value.ptr[at] == '.' &&
			risk->value.ptr[at + 1] >= '0' && risk->value.ptr[at + 1] <= '9')
			value += risk->value.ptr[at + 1] - '0';
		if (value > 100)
			continue;
		tenths = value;
		year = risk->year;
		*row = (uint32_t)i;
	}
	return tenths;
}

/* ---- who can be asked ---- */

bool advice_organization(const struct world *world, uint32_t party)
{
	enum party_kind kind = world->parties[party].kind;

	return kind != PARTY_STATE && kind != PARTY_AGENCY && kind != PARTY_POST;
}

/* The region right under the world in which a party's country lies. */
static uint32_t continent(const struct world *world, uint32_t party)
{
	uint32_t place = world->parties[party].country;

	while (place != NONE32 && world->places[place].parent != NONE32 &&
		world->places[world->places[place].parent].parent != NONE32)
		place = world->places[place].parent;
	return place;
}

bool advice_regional(const struct world *world, uint32_t group, int32_t date)
{
	uint32_t continents[2] = { NONE32, NONE32 };
	uint32_t first = NONE32;
	bool two = false;

	for (size_t i = 0; i < world->group_rows_count; i++) {
		const struct membership *member = &world->group_rows[i];
		uint32_t where;

		if (member->set != group || !date_within(date, member->from, member->until))
			continue;
		if (world->parties[member->member].nat == NAT_NONE)
			return false;
		where = continent(world, member->member);
		if (where == NONE32)
			return false;
		if (continents[0] != where && continents[1] != where) {
			if (continents[1] != NONE32)
				return false;
			continents[continents[0] != NONE32] = where;
		}
		two = two || (first != NONE32 && first != member->member);
		first = member->member;
	}
	return two;
}

static bool same_nats(
	const struct nat_item *a, size_t a_count, const struct nat_item *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].kind != b[i].kind || a[i].nat != b[i].nat || a[i].group != b[i].group ||
			a[i].party != b[i].party)
			return false;
	return true;
}

static bool same_places(const struct place_scope *a, const struct place_scope *b)
{
	if (a->given != b->given || a->in_count != b->in_count ||
		a->except_count != b->except_count || a->territories_in != b->territories_in)
		return false;
	for (size_t i = 0; i < a->in_count; i++)
		if (a->in[i].kind != b->in[i].kind || a->in[i].index != b->in[i].index)
			return false;
	for (size_t i = 0; i < a->except_count; i++)
		if (a->except[i].kind != b->except[i].kind ||
			a->except[i].index != b->except[i].index)
			return false;
	return true;
}

/* Two commitments are for the same people, on the way to the same places. */
static bool alike(const struct commitment *a, const struct commitment *b)
{
	if (!a || !b)
		return a == b;
	return same_nats(a->nats, a->nats_count, b->nats, b->nats_count) &&
	       same_nats(a->except_nats, a->except_nats_count, b->except_nats,
		       b->except_nats_count) &&
	       a->status == b->status && a->except_status == b->except_status &&
	       same_places(&a->to, &b->to);
}

struct known {
	struct standby *items;
	size_t count, capacity;
};

static enum status know(struct known *known, const struct advising *advising, unsigned service,
	const struct commitment *like)
{
	void *items = known->items;
	struct standby *slot;

	if (!(advising->services >> service & 1u) ||
		world_services[service].domain == DOMAIN_CONSULAR)
		return STATUS_OK;
	for (size_t i = 0; i < known->count; i++)
		if (known->items[i].service == service && alike(known->items[i].like, like))
			return STATUS_OK;
	slot = arena_push(advising->arena, &items, &known->count, &known->capacity, sizeof *slot);
	known->items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct standby){ (uint8_t)service, like };
	return STATUS_OK;
}

static enum status know_commitments(struct known *known, const struct advising *advising,
	const struct agreement *agreement, uint32_t party, unsigned service)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < agreement->commitments_count && status == STATUS_OK; i++) {
		const struct commitment *commitment = &agreement->commitments[i];

		if (commitment->provider.kind == PROVIDER_PARTY &&
			commitment->provider.party == party &&
			(commitment->services >> service & 1u))
			status = know(known, advising, service, commitment);
	}
	return status;
}

enum status advice_standbys(
	struct standby **out, size_t *count, const struct advising *advising, uint32_t party)
{
	const struct cover_index *index = advising->index;
	const struct world *world = index->world;
	struct known known = { 0 };
	enum status status = STATUS_OK;

	for (unsigned s = 0; s < world_service_count && status == STATUS_OK; s++) {
		struct walk walk = { .index = index };

		while (status == STATUS_OK && walk_next(&walk)) {
			const struct agreement *agreement = walk.rows->agreement;

			if (cover_visible(index, agreement, advising->filter->viewer,
				    advising->filter->date))
				status = know_commitments(&known, advising, agreement, party, s);
		}
		for (size_t i = 0; i < world->strengths_count && status == STATUS_OK; i++)
			if (world->strengths[i].party == party && world->strengths[i].service == s)
				status = know(&known, advising, s, NULL);
	}
	*out = known.items;
	*count = known.count;
	return status;
}

/* ---- how things stand ---- */

static enum status stand(struct advising *advising)
{
	const struct people_count *count = advising->count;
	const struct world *world = advising->index->world;
	size_t cells = count->cells_count;
	struct gap_filter filter = { .place = advising->filter->place,
		.nat = NAT_NONE,
		.group = -1,
		.date = advising->filter->date,
		.viewer = advising->filter->viewer };
	uint32_t country = NONE32, row;
	int risk = -1;

	advising->bands = arena_get_array(advising->arena, world_service_count, cells + 1);
	advising->not_known = arena_get_array(advising->arena, world_service_count, cells + 1);
	advising->weights = ARENA_ARRAY(advising->arena, cells + 1, int64_t);
	advising->no_risk = ARENA_ARRAY(advising->arena, cells + 1, bool);
	if (!advising->bands || !advising->not_known || !advising->weights || !advising->no_risk)
		return STATUS_NO_MEMORY;
	memset(advising->bands, BAND_WILL, world_service_count * cells);
	for (size_t i = 0; i < cells; i++) {
		if (count->cells[i].place != country) {
			country = count->cells[i].place;
			risk = cover_risk_tenths(world, country, &row);
		}
		advising->no_risk[i] = risk < 0;
		advising->weights[i] = count->cells[i].people * (risk < 0 ? ADVICE_NO_RISK : risk);
	}
	for (unsigned s = 0; s < world_service_count; s++) {
		struct gaps gaps;
		size_t at = 0;

		if (!(advising->services >> s & 1u))
			continue;
		if (cover_gaps(&gaps, advising->arena, advising->index, count, (uint8_t)s,
			    &filter) != STATUS_OK)
			return STATUS_NO_MEMORY;
		for (size_t i = 0; i < gaps.cells_count; i++) { /* a subsequence, same order */
			const struct people_cell *cell = &gaps.cells[i].cell;

			while (count->cells[at].place != cell->place ||
				count->cells[at].nat != cell->nat ||
				count->cells[at].group != cell->group)
				at++;
			assert(at < cells);
			advising->bands[s * cells + at] = (uint8_t)gaps.cells[i].band.band;
			advising->not_known[s * cells + at] = gaps.cells[i].band.not_known;
		}
	}
	return STATUS_OK;
}

/* ---- candidates ---- */

struct candidate {
	struct advice advice; /* who, for whom, where; no figures */
	struct advise_candidate runs;
};
struct listing {
	struct advising *advising;
	struct edges edges; /* of all candidates */
	struct {
		struct candidate *items;
		size_t count, capacity;
	} kinds[ADVICE_KINDS];
};

static bool wanted(const struct listing *listing, enum advice_kind kind)
{
	unsigned kinds = listing->advising->filter->kinds;

	return kinds == 0 || (kinds >> kind & 1u);
}

static struct advice blank(enum advice_kind kind)
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
	*slot = (struct candidate){ advice, { (uint32_t)first, (uint32_t)(end - first) } };
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
	struct advice advice = blank(ADVICE_WORLD_WIDE);
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
	struct advice advice = blank(ADVICE_WORLD_WIDE);
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
	struct advice advice = blank(ADVICE_GROUP);
	size_t first = listing->edges.count;
	enum status status;

	advice.group = group;
	status = judge(listing, &advice, NULL, 0);
	return status == STATUS_OK ? add(listing, advice, first, listing->edges.count) : status;
}

/* The known ways of SERVICE. */
static enum status add_likes(
	struct advice *advice, struct arena *arena, const struct standby *standbys, size_t count)
{
	advice->like_count = 0;
	advice->like = ARENA_ARRAY(arena, count, const struct commitment *);
	for (size_t i = 0; advice->like && i < count; i++)
		if (standbys[i].service == advice->service)
			advice->like[advice->like_count++] = standbys[i].like;
	return advice->like ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status list_organization(struct listing *listing, uint32_t party)
{
	struct advice advice = blank(ADVICE_ORGANIZATION);
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
		status = add_likes(&advice, listing->advising->arena, standbys, count);
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
					    world_presence(world, p, c, LEVEL_RESIDENT,
						    SERVICE_NONE, advising->filter->date)
							    .truth == TRUTH_T;
	}
	if (out)
		qsort(out, world->parties_count, sizeof *out, by_network);
	return out;
}

static enum status list_all(struct listing *listing)
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

/* ---- picking ---- */

struct picking {
	const struct advising *advising;
	struct candidate *candidates; /* of all kinds, in order */
	struct advise_problem problem;
	struct advise_picks picks;
};

static enum status pick(
	struct picking *out, struct advices *advices, const struct listing *listing, size_t k)
{
	const struct advising *advising = listing->advising;
	size_t cells = advising->count->cells_count, at = 0, count = 0;
	int64_t *weights = ARENA_ARRAY(advising->arena, world_service_count * cells + 1, int64_t);
	struct advise_run *runs =
		ARENA_ARRAY(advising->arena, listing->edges.count + 1, struct advise_run);
	struct advise_candidate *candidates;

	for (int kind = 0; kind < ADVICE_KINDS; kind++) {
		advices->candidates[kind] = listing->kinds[kind].count;
		count += listing->kinds[kind].count;
	}
	candidates = ARENA_ARRAY(advising->arena, count + 1, struct advise_candidate);
	out->candidates = ARENA_ARRAY(advising->arena, count + 1, struct candidate);
	if (!weights || !runs || !candidates || !out->candidates)
		return STATUS_NO_MEMORY;
	for (size_t s = 0; s < world_service_count; s++)
		memcpy(weights + s * cells, advising->weights, cells * sizeof *weights);
	for (size_t i = 0; i < listing->edges.count; i++) {
		const struct edge *edge = &listing->edges.items[i];

		runs[i] = (struct advise_run){ (uint32_t)(edge->service * cells + edge->cell), 1,
			edge->band };
	}
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		for (size_t i = 0; i < listing->kinds[kind].count; i++) {
			out->candidates[at] = listing->kinds[kind].items[i];
			candidates[at] = out->candidates[at].runs;
			at++;
		}
	out->advising = advising;
	out->problem = (struct advise_problem){ .cell_count = world_service_count * cells,
		.candidate_count = count,
		.run_count = listing->edges.count,
		.weights = weights,
		.bands = advising->bands,
		.candidates = candidates,
		.runs = runs };
	return cover_advise_greedy(&out->picks, advising->arena, &out->problem, k);
}

/* Other helpers of the same people in the same country whose agreement would gain just as much. */
static size_t count_others(const struct picking *picking, size_t number, const uint8_t *bands)
{
	const struct advise_pick *pick = &picking->picks.items[number];
	const struct advice *chosen = &picking->candidates[pick->candidate].advice;
	size_t others = 0;

	if (chosen->kind != ADVICE_AT_HOST && chosen->kind != ADVICE_WORLD_WIDE)
		return 0;
	for (uint32_t c = 0; c < picking->problem.candidate_count; c++) {
		const struct advice *other = &picking->candidates[c].advice;

		others += c != pick->candidate && other->kind == chosen->kind &&
			  other->nat == chosen->nat && other->place == chosen->place &&
			  cover_advise_gain(&picking->problem, bands, c) == pick->gain;
	}
	return others;
}

/* The figures of one pick, with BANDS as they stand before it; SEEN: the last pick that lifted a
 * cell, plus one. */
static enum status tell(struct advice *out, const struct picking *picking, size_t number,
	const struct listing *listing, uint8_t *bands, uint32_t *seen)
{
	const struct advising *advising = picking->advising;
	const struct candidate *candidate =
		&picking->candidates[picking->picks.items[number].candidate];
	size_t cells = advising->count->cells_count;

	*out = candidate->advice;
	out->gain = picking->picks.items[number].gain;
	out->others = count_others(picking, number, bands);
	out->lifted = ARENA_ARRAY(advising->arena, candidate->runs.count, struct advice_lift);
	if (!out->lifted)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < candidate->runs.count; i++) {
		const struct edge *edge = &listing->edges.items[candidate->runs.first + i];
		size_t at = edge->service * cells + edge->cell;
		const struct people_cell *cell = &advising->count->cells[edge->cell];

		if (bands[at] >= edge->band)
			continue;
		out->lifted[out->lifted_count++] = (struct advice_lift){ .cell = edge->cell,
			.service = edge->service,
			.from = (enum band)bands[at],
			.to = (enum band)edge->band,
			.uncertain = edge->uncertain,
			.from_not_known = bands[at] == BAND_NONE && advising->not_known[at] };
		out->lifts += cell->people;
		out->moved[bands[at]][edge->band] += cell->people;
		out->uncertain += edge->uncertain ? cell->people : 0;
		if (seen[edge->cell] != number + 1)
			out->people += cell->people;
		seen[edge->cell] = (uint32_t)number + 1;
		if (advising->no_risk[edge->cell])
			out->unweighted += cell->people;
		bands[at] = edge->band;
	}
	return STATUS_OK;
}

enum status cover_advise(struct advices *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct advice_filter *filter, size_t k)
{
	struct advising advising = { .index = index,
		.count = count,
		.filter = filter,
		.services = filter->services ? filter->services
					     : ~UINT64_C(0) >> (64 - world_service_count),
		.arena = arena };
	struct listing listing = { .advising = &advising };
	struct picking picking = { 0 };
	uint32_t *seen = ARENA_ARRAY(arena, count->cells_count + 1, uint32_t);
	enum status status;

	assert(filter->date != DATE_NONE);
	*out = (struct advices){ 0 };
	status = seen ? stand(&advising) : STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = list_all(&listing);
	if (status == STATUS_OK)
		status = pick(&picking, out, &listing, k);
	if (status != STATUS_OK)
		return status;
	out->items = ARENA_ARRAY(arena, picking.picks.count, struct advice);
	if (!out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < picking.picks.count && status == STATUS_OK; i++)
		status = tell(&out->items[i], &picking, i, &listing, advising.bands, seen);
	out->items_count = picking.picks.count;
	out->total = picking.picks.total;
	out->bound = picking.picks.bound;
	out->evaluations = picking.picks.evaluations;
	return status;
}
