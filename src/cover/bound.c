/* cover_bound(): people per band where no promise reaches more people than it has room for
 * (docs/semantics.md, "capacity").
 *
 * Rows of band `will` take turns in the order of agreement, commitment, provider, schedule row.
 * Each takes people of the cells where it promises, in proportion to those whom no earlier row
 * reached (largest remainder, ties to the earlier cell), up to its capacity. Whoever is left falls
 * to the best band of the cell's other rows. Only cells whose plain band is `will` can change. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

/* Row ANSWER promises to the people of a cell, by its number among the promised ones. */
struct claim {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider, cell;
};

/* A cell whose plain band is `will`. */
struct promised {
	const struct gap_cell *gap;
	int64_t left;   /* not reached yet */
	enum band next; /* of those whom no promise reaches */
	bool not_known; /* next is none, but not proven */
};

struct bounding {
	const struct cover_index *index;
	const struct gaps *gaps; /* of all cells */
	const struct gap_filter *filter;
	struct promised *cells;
	size_t cell_count;
	struct arena *arena;
	struct claim *claims;
	size_t claim_count, claim_capacity;
};

/* The persons that a capacity is for; 0 when it does not say so. A bed, a seat, a place is one
 * person's; of families, vehicles or kits nobody knows how many people they hold. */
static int64_t persons_of(const struct capacity *capacity)
{
	static const char *const units[] = { "persons", "beds", "places", "seats" };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_is(capacity->unit, units[i]))
			return capacity->quantity;
	}
	return 0;
}

static bool is_bounded(const struct answer *answer)
{
	return answer->band == BAND_WILL && persons_of(&answer->commitment->capacity) > 0;
}

void cover_split_add(struct band_split *split, const struct gap_cell *cell)
{
	int64_t people = cell->cell.people;

	for (int band = 0; cell->bounded && band < BANDS; band++)
		split->bands[band] += cell->bounded->bands[band];
	if (cell->bounded) {
		split->not_known += cell->bounded->not_known;
		split->none_proven += cell->bounded->none_proven;
		return;
	}
	split->bands[cell->band.band] += people;
	if (cell->band.band == BAND_NONE)
		*(cell->band.not_known ? &split->not_known : &split->none_proven) += people;
}

bool cover_gap_below(const struct gap_cell *cell, enum band below)
{
	if (cell->band.band < below)
		return true;
	for (int band = 0; cell->bounded && band < (int)below && band < BANDS; band++) {
		if (cell->bounded->bands[band])
			return true;
	}
	return false;
}

/* ---- who promises to a cell, and what is there without promises ---- */

static bool claimed(const struct answers *answers, const struct row *row, uint32_t provider)
{
	for (size_t i = 0; i < answers->items_count; i++) {
		const struct answer *answer = &answers->items[i];

		if (answer->commitment == row->commitment && answer->provider == provider &&
			!answer->held && is_bounded(answer))
			return true;
	}
	return false;
}

/* Some row other than the promises would be there if every U spoke for it. */
static bool favoured_besides(const struct cover_index *index, const struct query *query,
	const struct answers *answers, struct scratch *scratch)
{
	struct ask ask;
	bool found = false;

	ask_init(&ask, index, query, scratch);
	ask_candidates(&ask);
	ask.reading = READING_IN_FAVOUR;
	ask.limits = false;
	for (size_t i = 0; i < ask.candidate_count && !found; i++) {
		const struct row *row = ask.candidates[i];
		struct row_walk walk;
		struct answer answer;

		if (!row_walk_open(&walk, &ask, row))
			continue;
		while (!found && row_walk_next(&walk, &ask))
			found = !claimed(answers, row, walk.provider) &&
				row_walk_answers(&walk, &ask, &answer) && !answer.held;
		row_walk_close(&walk, &ask);
	}
	return found;
}

static enum status take_answers(
	struct bounding *work, struct promised *cell, const struct answers *answers)
{
	for (size_t i = 0; i < answers->items_count; i++) {
		const struct answer *answer = &answers->items[i];
		enum band band = answer->band == BAND_WILL ? BAND_SHALL : answer->band;
		struct claim *claim;
		void *claims = work->claims;

		if (answer->held)
			continue;
		if (!is_bounded(answer)) {
			if (band > cell->next)
				cell->next = band;
			continue;
		}
		claim = arena_push(work->arena, &claims, &work->claim_count, &work->claim_capacity,
			sizeof *claim);
		work->claims = claims;
		if (!claim)
			return STATUS_NO_MEMORY;
		*claim = (struct claim){ answer->agreement, answer->commitment, answer->provider,
			(uint32_t)(cell - work->cells) };
	}
	return STATUS_OK;
}

static enum status ask_cell(struct bounding *work, struct promised *cell)
{
	struct arena arena;
	struct answers answers;
	struct scratch scratch;
	struct query query;
	enum status status;

	arena_init(&arena, work->arena->allocator, work->arena->max);
	cell_query(&query, work->index->world, &cell->gap->cell, work->gaps->service,
		work->gaps->date, work->filter->viewer);
	if (work->filter->phase)
		query.phase = work->filter->phase;
	status = cover_who(&answers, &arena, work->index, &query);
	if (status == STATUS_OK)
		status = take_answers(work, cell, &answers);
	if (status == STATUS_OK && cell->next == BAND_NONE) {
		scratch_init(&scratch, &arena);
		cell->not_known = favoured_besides(work->index, &query, &answers, &scratch);
		if (scratch.no_memory)
			status = STATUS_NO_MEMORY;
	}
	arena_free(&arena);
	return status;
}

/* ---- spreading ---- */

static int compare_rows(const struct world *world, const struct claim *x, const struct claim *y)
{
	int by = str_cmp(x->agreement->id, y->agreement->id);

	if (!by)
		by = str_cmp(x->commitment->id, y->commitment->id);
	if (!by)
		by = str_cmp(world->parties[x->provider].id, world->parties[y->provider].id);
	if (!by)
		by = (x->commitment->schedule_row > y->commitment->schedule_row) -
		     (x->commitment->schedule_row < y->commitment->schedule_row);
	return by;
}

static int by_row(const void *a, const void *b, void *world)
{
	const struct claim *x = a, *y = b;
	int by = compare_rows(world, x, y);

	return by ? by : (x->cell > y->cell) - (x->cell < y->cell);
}

/* What is left over after rounding down, for the largest remainder. */
struct portion {
	int64_t remainder;
	uint32_t cell;
};

static int by_remainder(const void *a, const void *b)
{
	const struct portion *x = a, *y = b;

	if (x->remainder != y->remainder)
		return x->remainder > y->remainder ? -1 : 1;
	return (x->cell > y->cell) - (x->cell < y->cell);
}

/* One row's turn: CLAIMS are its cells. SHARES has room for COUNT. People and capacities are far
 * below the square root of what 128 bits hold. */
static void spread(
	struct bounding *work, const struct claim *claims, size_t count, struct portion *shares)
{
	int64_t persons = persons_of(&claims->commitment->capacity), total = 0, given = 0;

	for (size_t i = 0; i < count; i++)
		total += work->cells[claims[i].cell].left;
	if (total <= persons) {
		for (size_t i = 0; i < count; i++)
			work->cells[claims[i].cell].left = 0;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct promised *cell = &work->cells[claims[i].cell];
		__extension__ unsigned __int128 part =
			(unsigned __int128)(uint64_t)cell->left * (uint64_t)persons;
		int64_t whole = (int64_t)(part / (uint64_t)total);

		shares[i] = (struct portion){ (int64_t)(part % (uint64_t)total), claims[i].cell };
		cell->left -= whole;
		given += whole;
	}
	qsort(shares, count, sizeof *shares, by_remainder);
	for (size_t i = 0; given < persons; i++, given++) {
		assert(i < count && work->cells[shares[i].cell].left > 0);
		work->cells[shares[i].cell].left--;
	}
}

static enum status spread_all(struct bounding *work)
{
	struct portion *shares = ARENA_ARRAY(work->arena, work->claim_count + 1, struct portion);

	if (!shares)
		return STATUS_NO_MEMORY;
	if (work->claim_count > 1)
		qsort_r(work->claims, work->claim_count, sizeof *work->claims, by_row,
			(void *)(uintptr_t)work->index->world);
	for (size_t from = 0, end; from < work->claim_count; from = end) {
		for (end = from + 1; end < work->claim_count &&
				     compare_rows(work->index->world, &work->claims[from],
					     &work->claims[end]) == 0;
			end++)
			;
		spread(work, &work->claims[from], end - from, shares);
	}
	return STATUS_OK;
}

/* ---- the whole ---- */

static void fill(struct band_split *split, const struct promised *cell)
{
	*split = (struct band_split){ 0 };
	split->bands[BAND_WILL] = cell->gap->cell.people - cell->left;
	split->bands[cell->next] += cell->left;
	if (cell->next == BAND_NONE)
		*(cell->not_known ? &split->not_known : &split->none_proven) = cell->left;
}

static bool same_cell(const struct gap_cell *a, const struct gap_cell *b)
{
	return a->cell.place == b->cell.place && a->cell.nat == b->cell.nat &&
	       a->cell.group == b->cell.group;
}

/* Both lists are in the order of the people's count, GAPS being a part of the whole. */
static enum status write_cells(struct gaps *gaps, const struct bounding *work)
{
	struct band_split *splits =
		ARENA_ARRAY(work->arena, work->cell_count + 1, struct band_split);
	size_t at = 0;

	if (!splits)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < gaps->cells_count; i++) {
		struct gap_cell *gap = &gaps->cells[i];

		if (gap->band.band == BAND_WILL) {
			while (at < work->cell_count && !same_cell(gap, work->cells[at].gap))
				at++;
			assert(at < work->cell_count);
			fill(&splits[at], &work->cells[at]);
			gap->bounded = &splits[at];
		}
		cover_split_add(&gaps->bounded, gap);
	}
	gaps->is_bounded = true;
	return STATUS_OK;
}

static enum status bound_all(struct bounding *work)
{
	enum status status = STATUS_OK;

	work->cells = ARENA_ARRAY(work->arena, work->gaps->cells_count + 1, struct promised);
	if (!work->cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < work->gaps->cells_count && status == STATUS_OK; i++) {
		struct promised *cell = &work->cells[work->cell_count];

		if (work->gaps->cells[i].band.band != BAND_WILL)
			continue;
		work->cell_count++;
		*cell = (struct promised){ .gap = &work->gaps->cells[i],
			.left = work->gaps->cells[i].cell.people };
		status = ask_cell(work, cell);
	}
	return status == STATUS_OK ? spread_all(work) : status;
}

enum status cover_bound(struct gaps *gaps, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct gap_filter *filter)
{
	struct gap_filter whole = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = filter->date,
		.viewer = filter->viewer,
		.phase = filter->phase };
	struct bounding work = { .index = index, .gaps = gaps, .filter = filter, .arena = arena };
	enum status status = STATUS_OK;
	struct gaps all;

	assert(gaps->date == filter->date && !gaps->is_bounded);
	if (gaps->bands[BAND_WILL] > 0 &&
		(filter->place != NONE32 || filter->nat != NAT_NONE || filter->group >= 0)) {
		status = cover_gaps(&all, arena, index, count, gaps->service, &whole);
		work.gaps = &all;
	}
	if (status == STATUS_OK && gaps->bands[BAND_WILL] > 0)
		status = bound_all(&work);
	return status == STATUS_OK ? write_cells(gaps, &work) : status;
}
