/* "These answers change; these people lose band": every cell of both versions asked in both, pair
 * by pair, and the places below countries that a commitment which differs names. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

static bool same_document(const struct agreement *a, const struct agreement *b)
{
	bool same = str_eq(a->id, b->id) && a->schedules_count == b->schedules_count;
	for (size_t i = 0; i < sizeof a->hash.bytes; i++)
		same = same && a->hash.bytes[i] == b->hash.bytes[i];
	for (size_t k = 0; same && k < a->schedules_count; k++)
		for (size_t i = 0; i < sizeof a->hash.bytes; i++)
			same = same &&
			       a->schedules[k].hash.bytes[i] == b->schedules[k].hash.bytes[i];
	return same;
}

static bool differs(const struct agreement *agreement, const struct accords *other)
{
	for (size_t i = 0; i < other->items_count; i++)
		if (same_document(agreement, &other->items[i]))
			return false;
	return true;
}

/* A commitment of an agreement of SIDE that OTHER lacks names the place called ID for SERVICE,
 * itself or as a zone's member. */
static bool names_place(const struct reference_side *side, const struct reference_side *other,
	struct str id, uint8_t service)
{
	const struct world *world = side->world;
	for (size_t i = 0; i < side->accords->items_count; i++) {
		const struct agreement *agreement = &side->accords->items[i];
		if (!differs(agreement, other->accords))
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++) {
			const struct commitment *commitment = &agreement->commitments[j];
			if (!(commitment->services >> service & 1))
				continue;
			for (size_t k = 0; k < commitment->where.in_count; k++) {
				const struct place_item *item = &commitment->where.in[k];
				if (item->kind == PLACE_ITEM_PLACE &&
					str_eq(world->places[item->index].id, id))
					return true;
				for (size_t m = 0;
					item->kind == PLACE_ITEM_ZONE && m < world->zone_rows_count;
					m++)
					if (world->zone_rows[m].set == item->index &&
						str_eq(world->places[world->zone_rows[m].member].id,
							id))
						return true;
			}
		}
	}
	return false;
}

static enum status first_of(bool *found, struct answer *answer, struct arena *arena,
	const struct reference_side *side, const struct people_cell *cell, uint32_t place,
	uint8_t service)
{
	struct answers answers;
	struct query query = ref_query_of_cell(side->world, cell->nat, cell->group, cell->place,
		service, side->filter.date, side->filter.viewer);
	if (side->filter.phase)
		query.phase = side->filter.phase;
	query.place = place;
	*found = false;
	enum status status = reference_who(&answers, arena, side->world, side->accords, &query);
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count; i++)
		if (!answers.items[i].held) {
			*found = true;
			*answer = answers.items[i];
			break;
		}
	return status;
}

static uint32_t place_called(const struct world *world, struct str id)
{
	for (uint32_t i = 0; i < world->places_count; i++)
		if (str_eq(world->places[i].id, id))
			return i;
	return NONE32;
}

static bool same_cell(const struct world *a, const struct people_cell *x, const struct world *b,
	const struct people_cell *y)
{
	return str_eq(a->places[x->place].id, b->places[y->place].id) &&
	       str_eq(a->nats[x->nat].code, b->nats[y->nat].code) && x->group == y->group;
}

static void take_band(
	struct reference_diff *out, const struct gap_cell *old, const struct gap_cell *new)
{
	bool old_sure = old->band.band == BAND_NONE ? !old->band.not_known : !old->band.uncertain;
	bool new_sure = new->band.band == BAND_NONE ? !new->band.not_known : !new->band.uncertain;
	int64_t people = new->cell.people;
	if (new->band.band > old->band.band)
		out->gain += people;
	else if (new->band.band < old->band.band)
		out->lose += people;
	else if (new_sure && !old_sure)
		out->surer += people;
	else if (!new_sure && old_sure)
		out->less_sure += people;
	else
		return;
	out->moves++;
}

/* One cell at one place of both worlds; a place that OLD lacks is nobody's there. */
static enum status take_first(struct reference_diff *out, struct arena *arena,
	const struct reference_side *old, const struct reference_side *new,
	const struct people_cell *old_cell, const struct people_cell *new_cell, uint32_t place,
	uint8_t service)
{
	struct answer a, b;
	bool has_a = false, has_b = false;
	uint32_t old_place = place_called(old->world, new->world->places[place].id);
	enum status status = first_of(&has_b, &b, arena, new, new_cell, place, service);
	if (status == STATUS_OK && old_place != NONE32)
		status = first_of(&has_a, &a, arena, old, old_cell, old_place, service);
	if (status != STATUS_OK || (!has_a && !has_b))
		return status;
	if (has_a && has_b && str_eq(a.agreement->id, b.agreement->id) &&
		str_eq(a.commitment->id, b.commitment->id) && a.band == b.band &&
		a.certainty == b.certainty &&
		str_eq(old->world->parties[a.provider].id, new->world->parties[b.provider].id))
		return STATUS_OK;
	bool below = place != new_cell->place;
	*(below ? &out->part_cells : &out->first_cells) += 1;
	*(below ? &out->part_people : &out->first_people) += new_cell->people;
	return STATUS_OK;
}

static enum status take_cell(struct reference_diff *out, struct arena *arena,
	const struct reference_side *old, const struct reference_side *new,
	const struct gap_cell *old_gap, const struct gap_cell *new_gap, uint8_t service)
{
	const struct world *world = new->world;
	take_band(out, old_gap, new_gap);
	enum status status = take_first(
		out, arena, old, new, &old_gap->cell, &new_gap->cell, new_gap->cell.place, service);
	for (uint32_t place = 0; place < world->places_count && status == STATUS_OK; place++) {
		struct str id = world->places[place].id;
		if (place == new_gap->cell.place ||
			world->places[place].country != new_gap->cell.place)
			continue;
		if (names_place(new, old, id, service) || names_place(old, new, id, service))
			status = take_first(out, arena, old, new, &old_gap->cell, &new_gap->cell,
				place, service);
	}
	return status;
}

enum status reference_diff(struct reference_diff *out, struct arena *arena,
	const struct reference_side *old, const struct reference_side *new, uint8_t service)
{
	struct gaps olds = { 0 }, news;
	enum status status = STATUS_OK;
	*out = (struct reference_diff){ 0 };
	if (!old->empty)
		status = reference_gaps(
			&olds, arena, old->world, old->accords, service, &old->filter);
	if (status == STATUS_OK)
		status = reference_gaps(
			&news, arena, new->world, new->accords, service, &new->filter);
	for (size_t i = 0; status == STATUS_OK && i < olds.cells_count; i++)
		out->only_old += olds.cells[i].cell.people;
	for (size_t j = 0; status == STATUS_OK && j < news.cells_count; j++) {
		const struct gap_cell *new_gap = &news.cells[j];
		bool met = false;
		for (size_t i = 0; status == STATUS_OK && i < olds.cells_count; i++) {
			const struct gap_cell *old_gap = &olds.cells[i];
			if (!same_cell(old->world, &old_gap->cell, new->world, &new_gap->cell))
				continue;
			met = true;
			out->only_old -= old_gap->cell.people;
			status = take_cell(out, arena, old, new, old_gap, new_gap, service);
		}
		if (!met)
			out->only_new += new_gap->cell.people;
	}
	return status;
}

uint64_t reference_diff_services(const struct accords *old, const struct accords *new)
{
	uint64_t services = 0;
	for (int side = 0; side < 2; side++) {
		const struct accords *one = side ? new : old, *other = side ? old : new;
		for (size_t i = 0; i < one->items_count; i++)
			for (size_t j = 0; j < one->items[i].commitments_count; j++)
				if (differs(&one->items[i], other))
					services |= one->items[i].commitments[j].services;
	}
	return services;
}
