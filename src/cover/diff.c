/* cover_diff(): which answers change from one version of the world to another, and whose.
 *
 * Both versions are asked the same: bands of all cells by cover_gaps(), and who answers first. The
 * two may be different worlds with other numbers, so everything meets by its codes. Where an
 * agreement that differs names places below a country, the first answer is compared there too. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

struct diffing {
	struct arena *arena;
	const struct diff_side *old, *new;
	struct cover_diff *out;
	size_t move_capacity, first_capacity;
	uint32_t *places, *places_back; /* OLD's number of NEW's place and the reverse, NONE32 */
	uint16_t *nats;                 /* OLD's number of NEW's nationality, NAT_NONE */
	/* Places below a country that a commitment which differs names for the service: NEW's. */
	uint32_t *parts;
	size_t part_count;
};

/* ---- places below countries ---- */

static void add_part(struct diffing *work, uint32_t place)
{
	const struct world *world = work->new->index->world;

	if (place == NONE32 || world->places[place].kind <= PLACE_COUNTRY ||
		world->places[place].country == NONE32)
		return;
	for (size_t i = 0; i < work->part_count; i++) {
		if (work->parts[i] == place)
			return;
	}
	work->parts[work->part_count++] = place;
}

/* The places that COMMITMENT of INDEX names, as NEW's numbers. BACK: INDEX is OLD's. */
static void add_places(struct diffing *work, const struct cover_index *index,
	const struct commitment *commitment, bool back)
{
	for (size_t i = 0; i < commitment->where.in_count; i++) {
		const struct place_item *item = &commitment->where.in[i];
		size_t from = 0, end = 0;

		if (item->kind == PLACE_ITEM_PLACE)
			add_part(work, back ? work->places_back[item->index] : item->index);
		if (item->kind == PLACE_ITEM_ZONE) {
			from = index->zone_first[item->index];
			end = index->zone_first[item->index + 1];
		}
		for (size_t k = from; k < end; k++) {
			uint32_t place = index->world->zone_rows[index->zone_members[k]].member;

			add_part(work, back ? work->places_back[place] : place);
		}
	}
}

static void add_parts_of(struct diffing *work, const struct diff_side *side,
	const struct accords *other, uint8_t service, bool back)
{
	for (size_t i = 0; i < side->accords->items_count; i++) {
		const struct agreement *agreement = &side->accords->items[i];

		if (diff_stands_in(other, agreement))
			continue;
		for (size_t k = 0; k < agreement->commitments_count; k++) {
			if (agreement->commitments[k].services >> service & 1u)
				add_places(work, side->index, &agreement->commitments[k], back);
		}
	}
}

static int by_place(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void find_parts(struct diffing *work, uint8_t service)
{
	work->part_count = 0;
	add_parts_of(work, work->new, work->old->accords, service, false);
	add_parts_of(work, work->old, work->new->accords, service, true);
	if (work->part_count > 1)
		qsort(work->parts, work->part_count, sizeof *work->parts, by_place);
}

/* ---- bands ---- */

static bool is_sure(const struct cell_band *band)
{
	return band->band == BAND_NONE ? !band->not_known : !band->uncertain;
}

static enum status move(struct diffing *work, struct diff_service *service,
	const struct gap_cell *old, const struct gap_cell *new)
{
	int64_t people = new->cell.people;
	bool sure[2] = { is_sure(&old->band), is_sure(&new->band) };
	struct diff_move *slot;
	enum diff_kind kind;
	void *moves = work->out->moves;

	if (old->band.band == new->band.band && sure[0] == sure[1])
		return STATUS_OK;
	if (new->band.band != old->band.band)
		kind = new->band.band > old->band.band ? DIFF_GAIN : DIFF_LOSE;
	else
		kind = sure[1] ? DIFF_SURER : DIFF_LESS_SURE;
	*(kind == DIFF_GAIN          ? &service->gain
		: kind == DIFF_LOSE  ? &service->lose
		: kind == DIFF_SURER ? &service->surer
				     : &service->less_sure) += people;
	slot = arena_push(
		work->arena, &moves, &work->out->moves_count, &work->move_capacity, sizeof *slot);
	work->out->moves = moves;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct diff_move){ service->service, kind, *old, *new };
	return STATUS_OK;
}

/* ---- who answers first ---- */

/* The first answer that is not held, to the question of CELL (at PLACE unless NONE32); FOUND false:
 * nobody, and NOT_KNOWN tells whether that is proven. */
static enum status first_answer(bool *found, bool *not_known, struct answer *out,
	const struct arena *arena, const struct cover_index *index, const struct people_cell *cell,
	uint32_t place, uint8_t service, const struct gap_filter *filter)
{
	struct arena own;
	struct answers answers;
	struct query query;
	enum status status;

	*found = *not_known = false;
	arena_init(&own, arena->allocator, arena->max);
	cell_query(&query, index->world, cell, service, filter->date, filter->viewer);
	if (filter->phase)
		query.phase = filter->phase;
	if (place != NONE32)
		query.place = place;
	status = cover_who(&answers, &own, index, &query);
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count && !*found; i++) {
		*found = !answers.items[i].held;
		*out = answers.items[i];
	}
	*not_known = status == STATUS_OK && answers.not_known;
	arena_free(&own);
	return status;
}

static bool same_clause(const struct answer *a, const struct answer *b)
{
	return str_eq(a->agreement->id, b->agreement->id) &&
	       str_eq(a->commitment->id, b->commitment->id);
}

static bool same_answer(const struct diffing *work, const struct answer *a, const struct answer *b)
{
	return same_clause(a, b) && a->band == b->band && a->certainty == b->certainty &&
	       str_eq(work->old->index->world->parties[a->provider].id,
		       work->new->index->world->parties[b->provider].id);
}

/* The entry that tells of the same change, or a new one. */
static struct diff_first *entry_of(struct diffing *work, const struct diff_first *found)
{
	void *firsts = work->out->firsts;
	struct diff_first *slot;

	for (size_t i = work->out->firsts_count; i > 0; i--) {
		struct diff_first *entry = &work->out->firsts[i - 1];

		if (entry->service == found->service && entry->place == found->place &&
			entry->has_old == found->has_old && entry->has_new == found->has_new &&
			(!found->has_old || same_clause(&entry->old, &found->old)) &&
			(!found->has_new || same_clause(&entry->new, &found->new)))
			return entry;
	}
	slot = arena_push(work->arena, &firsts, &work->out->firsts_count, &work->first_capacity,
		sizeof *slot);
	work->out->firsts = firsts;
	if (slot)
		*slot = *found;
	return slot;
}

/* PLACE: NEW's, below the country; NONE32: the country. */
static enum status compare_first(struct diffing *work, uint8_t service,
	const struct people_cell *old, const struct people_cell *new, uint32_t place)
{
	struct diff_first found = { .service = service, .place = place, .example = *new };
	uint32_t old_place = place == NONE32 ? NONE32 : work->places[place];
	struct diff_first *entry;
	enum status status = first_answer(&found.has_new, &found.not_known_new, &found.new,
		work->arena, work->new->index, new, place, service, &work->new->filter);

	found.not_known_old = true; /* a place that OLD does not know */
	if (status == STATUS_OK && (place == NONE32 || old_place != NONE32))
		status = first_answer(&found.has_old, &found.not_known_old, &found.old, work->arena,
			work->old->index, old, old_place, service, &work->old->filter);
	if (status != STATUS_OK || (!found.has_old && !found.has_new) ||
		(found.has_old && found.has_new && same_answer(work, &found.old, &found.new)))
		return status;
	entry = entry_of(work, &found);
	if (!entry)
		return STATUS_NO_MEMORY;
	if (entry->cells && new->people > entry->example.people) {
		found.cells = entry->cells;
		found.people = entry->people;
		*entry = found;
	}
	entry->cells++;
	entry->people += new->people;
	return STATUS_OK;
}

/* ---- cells of both ---- */

static uint16_t old_nat(const struct diffing *work, uint16_t nat)
{
	return nat == NAT_NONE ? NAT_NONE : work->nats[nat];
}

/* A table from (place, nationality, group) to cells of OLD: an open one per country would do, but
 * cells of a country are neighbours, so each country's first cell is enough. */
static const struct gap_cell *find_cell(const struct diffing *work, const struct gaps *gaps,
	const uint32_t *first, const struct people_cell *cell)
{
	uint32_t place = work->places[cell->place];
	uint16_t nat = old_nat(work, cell->nat);

	if (place == NONE32 || nat == NAT_NONE)
		return NULL;
	for (size_t i = first[place]; i < gaps->cells_count && gaps->cells[i].cell.place == place;
		i++) {
		if (gaps->cells[i].cell.nat == nat && gaps->cells[i].cell.group == cell->group)
			return &gaps->cells[i];
	}
	return NULL;
}

static enum status compare_cell(struct diffing *work, struct diff_service *service,
	const struct gap_cell *old, const struct gap_cell *new)
{
	const struct world *world = work->new->index->world;
	enum status status = move(work, service, old, new);

	if (status == STATUS_OK)
		status = compare_first(work, service->service, &old->cell, &new->cell, NONE32);
	for (size_t i = 0; i < work->part_count && status == STATUS_OK; i++) {
		if (world->places[work->parts[i]].country == new->cell.place)
			status = compare_first(
				work, service->service, &old->cell, &new->cell, work->parts[i]);
	}
	return status;
}

static enum status compare_cells(struct diffing *work, struct diff_service *service)
{
	size_t places = work->old->index->world->places_count;
	uint32_t *first = ARENA_ARRAY(work->arena, places + 1, uint32_t);
	int64_t met = 0, all = 0;
	enum status status = STATUS_OK;

	if (!first)
		return STATUS_NO_MEMORY;
	memset(first, 0xff, (places + 1) * sizeof *first);
	for (size_t i = service->old.cells_count; i > 0; i--) {
		first[service->old.cells[i - 1].cell.place] = (uint32_t)(i - 1);
		all += service->old.cells[i - 1].cell.people;
	}
	for (size_t i = 0; i < service->new.cells_count &&status == STATUS_OK; i++) {
		const struct gap_cell *new = &service->new.cells[i];
		const struct gap_cell *old = find_cell(work, &service->old, first, &new->cell);

		if (!old) {
			service->only_new += new->cell.people;
			continue;
		}
		met += old->cell.people;
		status = compare_cell(work, service, old, new);
	}
	service->only_old = all - met;
	return status;
}

/* ---- order ---- */

static int by_people(int64_t a, int64_t b)
{
	return a != b ? (a > b ? -1 : 1) : 0;
}

static int compare_codes(
	const struct world *world, const struct people_cell *a, const struct people_cell *b)
{
	int by = str_cmp(world->places[a->place].id, world->places[b->place].id);

	if (!by)
		by = str_cmp(world->nats[a->nat].code, world->nats[b->nat].code);
	return by ? by : (int)a->group - (int)b->group;
}

static int compare_moves(const void *a, const void *b, void *world)
{
	const struct diff_move *x = a, *y = b;
	int by = by_people(x->new.cell.people, y->new.cell.people);

	if (!by)
		by = (int)x->service - (int)y->service;
	return by ? by : compare_codes(world, &x->new.cell, &y->new.cell);
}

static int compare_clauses(bool has_a, const struct answer *a, bool has_b, const struct answer *b)
{
	int by = (int)has_a - (int)has_b;

	if (!by && has_a)
		by = str_cmp(a->agreement->id, b->agreement->id);
	if (!by && has_a)
		by = str_cmp(a->commitment->id, b->commitment->id);
	return by;
}

static int compare_firsts(const void *a, const void *b, void *context)
{
	const struct diff_first *x = a, *y = b;
	int by = by_people(x->people, y->people);

	(void)context;
	if (!by)
		by = (int)x->service - (int)y->service;
	if (!by)
		by = (x->place > y->place) - (x->place < y->place);
	if (!by)
		by = compare_clauses(x->has_old, &x->old, y->has_old, &y->old);
	return by ? by : compare_clauses(x->has_new, &x->new, y->has_new, &y->new);
}

/* ---- the whole ---- */

static enum status map_codes(struct diffing *work)
{
	const struct world *old = work->old->index->world, *new = work->new->index->world;

	work->places = ARENA_ARRAY(work->arena, new->places_count + 1, uint32_t);
	work->places_back = ARENA_ARRAY(work->arena, old->places_count + 1, uint32_t);
	work->parts = ARENA_ARRAY(work->arena, new->places_count + 1, uint32_t);
	work->nats = ARENA_ARRAY(work->arena, new->nats_count + 1, uint16_t);
	if (!work->places || !work->places_back || !work->parts || !work->nats)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < old->places_count; i++)
		work->places_back[i] = NONE32;
	for (uint32_t i = 0; i < new->places_count; i++) {
		work->places[i] = world_place(old, new->places[i].id);
		if (work->places[i] != NONE32)
			work->places_back[work->places[i]] = i;
	}
	for (size_t i = 0; i < new->nats_count; i++)
		work->nats[i] = world_nat(old, new->nats[i].code);
	return STATUS_OK;
}

static enum status gaps_of(
	struct gaps *out, struct arena *arena, const struct diff_side *side, uint8_t service)
{
	enum status status;

	*out = (struct gaps){ .service = service, .date = side->filter.date };
	if (side->empty)
		return STATUS_OK;
	status = cover_gaps(out, arena, side->index, side->count, service, &side->filter);
	return status == STATUS_OK
		       ? cover_bound(out, arena, side->index, side->count, &side->filter)
		       : status;
}

enum status cover_diff(struct cover_diff *out, struct arena *arena, const struct diff_side *old,
	const struct diff_side *new, uint64_t services)
{
	struct diffing work = { .arena = arena, .old = old, .new = new, .out = out };
	const void *world = new->index->world;
	enum status status;

	assert(old->filter.date == new->filter.date && old->filter.phase == new->filter.phase);
	*out = (struct cover_diff){ 0 };
	out->services = ARENA_ARRAY(arena, WORLD_SERVICES_MAX, struct diff_service);
	status = out->services ? map_codes(&work) : STATUS_NO_MEMORY;
	for (uint8_t i = 0; i < world_service_count && status == STATUS_OK; i++) {
		struct diff_service *service = &out->services[out->services_count];

		if (!(services >> i & 1u))
			continue;
		out->services_count++;
		service->service = i;
		find_parts(&work, i);
		status = gaps_of(&service->old, arena, old, i);
		if (status == STATUS_OK)
			status = gaps_of(&service->new, arena, new, i);
		if (status == STATUS_OK)
			status = compare_cells(&work, service);
	}
	if (status != STATUS_OK)
		return status;
	if (out->moves_count > 1)
		qsort_r(out->moves, out->moves_count, sizeof *out->moves, compare_moves,
			(void *)(uintptr_t)world);
	if (out->firsts_count > 1)
		qsort_r(out->firsts, out->firsts_count, sizeof *out->firsts, compare_firsts, NULL);
	return STATUS_OK;
}
