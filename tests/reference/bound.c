/* "In gaps a `will` row reaches at most its capacity": one row after the other, each handing out
 * its room person by person's share, by plain arithmetic. */
#include <assert.h>
#include "reference.h"
#include "rules.h"

struct left {
	struct answers answers; /* to the query of the cell */
	struct query query;
	int64_t people; /* whom no promise has reached yet */
	int64_t will;
};

/* capacity: "persons, and beds, places, seats, one person's each". */
static int64_t room(const struct answer *answer)
{
	struct str unit = answer->commitment->capacity.unit;
	bool persons = str_is(unit, "persons") || str_is(unit, "beds") || str_is(unit, "places") ||
		       str_is(unit, "seats");
	if (answer->band != BAND_WILL || answer->held || !persons)
		return 0;
	return answer->commitment->capacity.quantity;
}

/* "in order of agreement, commitment, provider", then schedule row. */
static int order(const struct world *world, const struct answer *a, const struct answer *b)
{
	int by = str_cmp(a->agreement->id, b->agreement->id);
	if (!by)
		by = str_cmp(a->commitment->id, b->commitment->id);
	if (!by)
		by = str_cmp(world->parties[a->provider].id, world->parties[b->provider].id);
	if (!by && a->commitment->schedule_row != b->commitment->schedule_row)
		by = a->commitment->schedule_row < b->commitment->schedule_row ? -1 : 1;
	return by;
}

/* The first row after LAST (NULL: of all) that has room. */
static const struct answer *next_row(const struct world *world, const struct left *cells,
	size_t count, const struct answer *last)
{
	const struct answer *first = NULL;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < cells[i].answers.items_count; j++) {
			const struct answer *answer = &cells[i].answers.items[j];
			if (!room(answer) || (last && order(world, answer, last) <= 0))
				continue;
			if (!first || order(world, answer, first) < 0)
				first = answer;
		}
	return first;
}

static bool promises(const struct world *world, const struct left *cell, const struct answer *row)
{
	for (size_t j = 0; j < cell->answers.items_count; j++)
		if (room(&cell->answers.items[j]) &&
			order(world, &cell->answers.items[j], row) == 0)
			return true;
	return false;
}

/* "spread over its cells by people (largest remainder)" */
static void hand_out(
	const struct world *world, struct left *cells, size_t count, const struct answer *row)
{
	int64_t total = 0, rest = room(row);
	int64_t before[512];
	bool rounded_up[512] = { false };
	assert(count <= 512);
	for (size_t i = 0; i < count; i++) {
		before[i] = promises(world, &cells[i], row) ? cells[i].people : 0;
		total += before[i];
	}
	if (rest > total)
		rest = total;
	int64_t whole = rest;
	for (size_t i = 0; i < count && total; i++) {
		int64_t part = before[i] * whole / total;
		cells[i].people -= part;
		cells[i].will += part;
		rest -= part;
	}
	for (; rest > 0; rest--) {
		size_t most = count;
		for (size_t i = 0; i < count; i++)
			if (before[i] && !rounded_up[i] &&
				(most == count ||
					before[i] * whole % total > before[most] * whole % total))
				most = i;
		assert(most < count);
		rounded_up[most] = true;
		cells[most].people--;
		cells[most].will++;
	}
}

/* Would a row other than the promises with room be there if every U spoke for it? */
static bool favoured(
	const struct world *world, const struct accords *accords, const struct left *cell)
{
	struct ref ref = ref_begin(world, accords, &cell->query);
	int32_t ended;
	ref.favour = true;
	for (size_t i = 0; i < accords->items_count; i++) {
		const struct agreement *agreement = &accords->items[i];
		if (ref_force(agreement, ref.q.date, &ended) != FORCE_YES ||
			!ref_visible(&ref, agreement))
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++)
			for (uint32_t party = 0; party < world->parties_count; party++) {
				struct ref_row row = { agreement, &agreement->commitments[j], party,
					NAT_NONE };
				bool promised = false;
				for (size_t k = 0; k < cell->answers.items_count; k++) {
					const struct answer *answer = &cell->answers.items[k];
					promised = promised ||
						   (room(answer) && answer->provider == party &&
							   answer->commitment == row.commitment);
				}
				if (!promised &&
					ref_provides(&ref, row.commitment, party, &row.only) &&
					ref_row_in_favour(&ref, &row))
					return true;
			}
	}
	return false;
}

static void split_cell(struct band_split *split, const struct world *world,
	const struct accords *accords, const struct left *cell)
{
	enum band next = BAND_NONE;
	for (size_t j = 0; j < cell->answers.items_count; j++) {
		const struct answer *answer = &cell->answers.items[j];
		enum band band = answer->band == BAND_WILL ? BAND_SHALL : answer->band;
		if (!answer->held && !room(answer) && band > next)
			next = band;
	}
	split->bands[BAND_WILL] += cell->will;
	split->bands[next] += cell->people;
	if (next == BAND_NONE && favoured(world, accords, cell))
		split->not_known += cell->people;
	else if (next == BAND_NONE)
		split->none_proven += cell->people;
}

enum status reference_bound(struct gaps *gaps, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct gap_filter *filter)
{
	struct gap_filter everyone = *filter;
	struct gaps all;
	everyone.place = NONE32;
	everyone.nat = NAT_NONE;
	everyone.group = -1;
	enum status status = reference_gaps(&all, arena, world, accords, gaps->service, &everyone);
	if (status != STATUS_OK)
		return status;
	struct left *cells = ARENA_ARRAY(arena, all.cells_count + 1, struct left);
	struct band_split *splits = ARENA_ARRAY(arena, all.cells_count + 1, struct band_split);
	if (!cells || !splits)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < all.cells_count; i++) {
		const struct people_cell *cell = &all.cells[i].cell;
		cells[i].query = ref_query_of_cell(world, cell->nat, cell->group, cell->place,
			gaps->service, filter->date, filter->viewer);
		if (filter->phase)
			cells[i].query.phase = filter->phase;
		cells[i].people = cell->people;
		status = reference_who(&cells[i].answers, arena, world, accords, &cells[i].query);
		if (status != STATUS_OK)
			return status;
	}
	for (const struct answer *row = next_row(world, cells, all.cells_count, NULL); row;
		row = next_row(world, cells, all.cells_count, row))
		hand_out(world, cells, all.cells_count, row);
	for (size_t i = 0; i < all.cells_count; i++)
		for (size_t j = 0; j < gaps->cells_count; j++) {
			struct gap_cell *gap = &gaps->cells[j];
			if (gap->cell.place != all.cells[i].cell.place ||
				gap->cell.nat != all.cells[i].cell.nat ||
				gap->cell.group != all.cells[i].cell.group)
				continue;
			split_cell(&splits[i], world, accords, &cells[i]);
			for (int band = 0; band < BANDS; band++)
				gaps->bounded.bands[band] += splits[i].bands[band];
			gaps->bounded.not_known += splits[i].not_known;
			gaps->bounded.none_proven += splits[i].none_proven;
			if (gap->band.band == BAND_WILL)
				gap->bounded = &splits[i];
		}
	gaps->is_bounded = true;
	return STATUS_OK;
}
