/* cover_grid(): people by band, and distinct parties, by two of nationality, place, service, phase,
 * sector.
 *
 * Every (cell of people, service, phase) is one question. Its bands come from cover_gaps(), so that
 * a matrix never says anything else than the gaps; a person's questions that fall into one cell of
 * the grid are merged by their best band. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

/* The best of a person's questions that share a slot: band, and what is known of it. */
struct merged {
	uint8_t asked, band, certain, not_known, in_part;
};

struct gridding {
	struct arena *arena;
	const struct cover_index *index;
	const struct people_count *count;
	const struct grid_asked *asked;
	struct grid *out;
	uint32_t *row_of, *col_of; /* number of a key on its axis, NONE32 */
	struct merged *merged;     /* a slot per cell of people and (row, col) of its questions */
	const struct gap_cell *cells;
	size_t cell_count, slots;
};

static const unsigned phases[3] = { PHASE_BEFORE, PHASE_DURING, PHASE_AFTER };

static bool is_of_question(enum grid_axis axis)
{
	return axis == GRID_SERVICE || axis == GRID_PHASE || axis == GRID_SECTOR;
}

static size_t key_room(const struct world *world)
{
	size_t room =
		world->places_count > world->nats_count ? world->places_count : world->nats_count;

	return room > WORLD_SERVICES_MAX ? room : WORLD_SERVICES_MAX;
}

static uint32_t key_of(
	enum grid_axis axis, const struct people_cell *cell, uint8_t service, unsigned phase)
{
	switch (axis) {
	case GRID_NATIONALITY:
		return cell->nat;
	case GRID_PLACE:
		return cell->place;
	case GRID_SERVICE:
		return service;
	case GRID_PHASE:
		return phase;
	default:
		return (uint32_t)world_services[service].mcof_sector;
	}
}

/* ---- axes ---- */

struct keyed {
	int64_t people;
	uint32_t key;
	struct str code;
};

static int by_people(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	return str_cmp(x->code, y->code);
}

/* Nationalities or countries that have people. */
static enum status list_people(
	struct gridding *work, enum grid_axis axis, uint32_t *keys, size_t *count)
{
	const struct world *world = work->index->world;
	size_t room = key_room(world);
	struct keyed *items = ARENA_ARRAY(work->arena, room, struct keyed);

	if (!items)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < room; i++)
		items[i] = (struct keyed){ .key = i, .code = STR("") };
	for (size_t i = 0; i < work->cell_count; i++) {
		struct keyed *item = &items[key_of(axis, &work->cells[i].cell, 0, 0)];

		item->people += work->cells[i].cell.people;
		item->code = axis == GRID_PLACE ? world->places[item->key].id
						: world->nats[item->key].code;
	}
	qsort(items, room, sizeof *items, by_people);
	for (*count = 0; *count < room && items[*count].people > 0; (*count)++)
		keys[*count] = items[*count].key;
	return STATUS_OK;
}

static void list_questions(
	const struct grid_asked *asked, enum grid_axis axis, uint32_t *keys, size_t *count)
{
	bool sectors[WORLD_SECTORS] = { false };

	*count = 0;
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!(asked->services >> i & 1u))
			continue;
		sectors[world_services[i].mcof_sector] = true;
		if (axis == GRID_SERVICE)
			keys[(*count)++] = i;
	}
	for (uint32_t i = 1; axis == GRID_SECTOR && i <= WORLD_SECTORS; i++) {
		if (sectors[i % WORLD_SECTORS]) /* what none of them holds comes last */
			keys[(*count)++] = i % WORLD_SECTORS;
	}
	for (size_t i = 0; axis == GRID_PHASE && i < 3; i++) {
		if (asked->phases & phases[i])
			keys[(*count)++] = phases[i];
	}
}

static enum status make_axis(struct gridding *work, enum grid_axis axis, uint32_t **keys,
	size_t *count, uint32_t **number_of)
{
	size_t room = key_room(work->index->world);
	enum status status = STATUS_OK;

	*keys = ARENA_ARRAY(work->arena, room, uint32_t);
	*number_of = ARENA_ARRAY(work->arena, room, uint32_t);
	if (!*keys || !*number_of)
		return STATUS_NO_MEMORY;
	if (is_of_question(axis))
		list_questions(work->asked, axis, *keys, count);
	else
		status = list_people(work, axis, *keys, count);
	memset(*number_of, 0xff, room * sizeof **number_of);
	for (size_t i = 0; i < *count && status == STATUS_OK; i++)
		(*number_of)[(*keys)[i]] = (uint32_t)i;
	return status;
}

static size_t row_of(const struct gridding *work, const struct people_cell *cell, uint8_t service,
	unsigned phase)
{
	return work->row_of[key_of(work->asked->rows, cell, service, phase)];
}

static size_t col_of(const struct gridding *work, const struct people_cell *cell, uint8_t service,
	unsigned phase)
{
	return work->col_of[key_of(work->asked->cols, cell, service, phase)];
}

/* ---- questions ---- */

/* The slot of a question: its part of row and column; what the person decides is left out. */
static size_t slot_of(const struct gridding *work, const struct people_cell *cell, uint8_t service,
	unsigned phase)
{
	size_t slot = 0;

	if (is_of_question(work->asked->rows))
		slot = row_of(work, cell, service, phase);
	if (is_of_question(work->asked->cols))
		slot = slot * work->out->cols_count + col_of(work, cell, service, phase);
	return slot;
}

static void merge(struct merged *into, const struct cell_band *band)
{
	bool certain = band->band != BAND_NONE && !band->uncertain;

	if (!into->asked || band->band > into->band) {
		into->band = (uint8_t)band->band;
		into->certain = certain;
	} else if (band->band == into->band) {
		into->certain |= certain;
	}
	into->asked = true;
	into->not_known |= band->not_known;
	into->in_part |= band->in_part;
}

/* The parties of one question of each cell, country by country. */
static enum status add_parties(struct gridding *work, uint8_t service, unsigned phase)
{
	struct gap_filter filter = work->asked->filter;
	struct grid *grid = work->out;
	const struct people_cell **cells =
		ARENA_ARRAY(work->arena, work->cell_count + 1, const struct people_cell *);
	uint64_t **sets = ARENA_ARRAY(work->arena, work->cell_count + 1, uint64_t *);
	enum status status = STATUS_OK;

	if (!cells || !sets)
		return STATUS_NO_MEMORY;
	filter.phase = (enum phase)phase;
	for (size_t i = 0; i < work->cell_count; i++) {
		const struct people_cell *cell = &work->cells[i].cell;
		size_t at = row_of(work, cell, service, phase) * grid->cols_count +
			    col_of(work, cell, service, phase);

		cells[i] = cell;
		sets[i] = &grid->parties[at * grid->set_words];
	}
	for (size_t from = 0, end; from < work->cell_count && status == STATUS_OK; from = end) {
		struct arena own;

		for (end = from; end < work->cell_count && cells[end]->place == cells[from]->place;
			end++)
			;
		arena_init(&own, work->arena->allocator, work->arena->max);
		status = grid_parties(
			work->index, &own, &cells[from], &sets[from], end - from, service, &filter);
		arena_free(&own);
	}
	return status;
}

static enum status ask_one(struct gridding *work, uint8_t service, unsigned phase)
{
	struct gap_filter filter = work->asked->filter;
	struct arena own;
	struct gaps gaps;
	enum status status;

	filter.phase = (enum phase)phase;
	arena_init(&own, work->arena->allocator, work->arena->max);
	status = cover_gaps(&gaps, &own, work->index, work->count, service, &filter);
	assert(status != STATUS_OK || gaps.cells_count == work->cell_count);
	for (size_t i = 0; status == STATUS_OK && i < gaps.cells_count; i++)
		merge(&work->merged[i * work->slots +
				    slot_of(work, &gaps.cells[i].cell, service, phase)],
			&gaps.cells[i].band);
	arena_free(&own);
	return status == STATUS_OK ? add_parties(work, service, phase) : status;
}

static enum status ask_all(struct gridding *work)
{
	enum status status = STATUS_OK;

	for (uint8_t service = 0; service < world_service_count; service++) {
		for (size_t i = 0; i < 3 && status == STATUS_OK; i++) {
			if ((work->asked->services >> service & 1u) &&
				(work->asked->phases & phases[i]))
				status = ask_one(work, service, phases[i]);
		}
	}
	return status;
}

/* ---- sums ---- */

static void add_merged(struct grid_cell *to, int64_t people, const struct merged *merged)
{
	to->people += people;
	to->split.bands[merged->band] += people;
	if (merged->band == BAND_NONE)
		*(merged->not_known ? &to->split.not_known : &to->split.none_proven) += people;
	else if (!merged->certain)
		to->uncertain += people;
	if (merged->in_part)
		to->in_part += people;
}

static void sum_cells(struct gridding *work)
{
	struct grid *grid = work->out;
	bool rows_asked = is_of_question(grid->asked.rows),
	     cols_asked = is_of_question(grid->asked.cols);

	for (size_t i = 0; i < work->cell_count * work->slots; i++) {
		const struct people_cell *cell = &work->cells[i / work->slots].cell;
		size_t slot = i % work->slots, row, col;

		if (!work->merged[i].asked)
			continue;
		col = cols_asked ? slot % grid->cols_count : col_of(work, cell, 0, 0);
		row = rows_asked ? (cols_asked ? slot / grid->cols_count : slot)
				 : row_of(work, cell, 0, 0);
		add_merged(
			&grid->cells[row * grid->cols_count + col], cell->people, &work->merged[i]);
	}
	for (size_t i = 0; i < grid->rows_count * grid->cols_count; i++) {
		for (size_t k = 0; k < grid->set_words; k++)
			grid->cells[i].parties += (uint32_t)__builtin_popcountll(
				grid->parties[i * grid->set_words + k]);
	}
}

static enum status make_room(struct gridding *work)
{
	struct grid *grid = work->out;
	size_t cells = grid->rows_count * grid->cols_count;

	work->slots = (is_of_question(grid->asked.rows) ? grid->rows_count : 1) *
		      (is_of_question(grid->asked.cols) ? grid->cols_count : 1);
	grid->set_words = work->index->world->parties_count / 64 + 1;
	grid->cells = ARENA_ARRAY(work->arena, cells + 1, struct grid_cell);
	grid->parties = arena_get_array(work->arena, (cells + 1) * grid->set_words, 8);
	work->merged = ARENA_ARRAY(work->arena, work->cell_count * work->slots + 1, struct merged);
	return grid->cells && grid->parties && work->merged ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status cover_grid(struct grid *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct grid_asked *asked)
{
	struct gridding work = {
		.arena = arena, .index = index, .count = count, .asked = asked, .out = out
	};
	struct gaps people;
	enum status status;

	assert(asked->rows != asked->cols);
	*out = (struct grid){ .asked = *asked, .stock_year = count->stock_year };
	/* The cells are the same for every service; only their people are read of these. */
	status = cover_gaps(&people, arena, index, count, 0, &asked->filter);
	if (status != STATUS_OK)
		return status;
	work.cells = people.cells;
	work.cell_count = people.cells_count;
	status = make_axis(&work, asked->rows, &out->rows, &out->rows_count, &work.row_of);
	if (status == STATUS_OK)
		status = make_axis(&work, asked->cols, &out->cols, &out->cols_count, &work.col_of);
	if (status == STATUS_OK)
		status = make_room(&work);
	if (status == STATUS_OK)
		status = ask_all(&work);
	if (status == STATUS_OK)
		sum_cells(&work);
	return status;
}

bool cover_grid_has(const struct grid *grid, size_t row, size_t col, uint32_t party)
{
	size_t at = row * grid->cols_count + col;

	return grid->parties[at * grid->set_words + party / 64] >> (party % 64) & 1u;
}
