/* cover_gaps(): people per band for one service, over the cells of world_people().
 *
 * Cells come country by country. What does not depend on the nationality is worked out once per
 * country and shared by its cells (the candidates, the parts of the country, which agreements are
 * in force, what a provider's own nationals get); the rest is judged cell by cell, exactly as
 * cover_cell() does. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

struct work {
	struct gaps *out;
	const struct cover_index *index;
	const struct people_count *count;
	const struct gap_filter *filter;
	struct scratch scratch;
	struct memo memo;
};

static bool in_filter(const struct work *work, const struct people_cell *cell)
{
	const struct gap_filter *filter = work->filter;

	if (filter->nat != NAT_NONE && filter->nat != cell->nat)
		return false;
	if (filter->place == NONE32)
		return true;
	uint32_t country = work->index->world->places[filter->place].country;

	return world_lies_in(
		work->index->world, cell->place, country == NONE32 ? filter->place : country);
}

static bool in_group(const struct work *work, const struct people_cell *cell)
{
	return work->filter->group < 0 || work->filter->group == (int)cell->group;
}

static void add_people(struct gaps *out, const struct gap_cell *gap)
{
	int64_t people = gap->cell.people;

	out->bands[gap->band.band] += people;
	if (gap->band.band == BAND_NONE)
		*(gap->band.not_known ? &out->not_known : &out->none_proven) += people;
	if (gap->band.uncertain)
		out->uncertain += people;
	if (gap->band.in_part)
		out->in_part += people;
	if (gap->cell.group != GROUP_STOCK)
		out->protected_ += people;
}

/* The cells [from, end) are those of one country. */
static void judge_country(struct work *work, size_t from, size_t end)
{
	const struct world *world = work->index->world;
	const struct part *parts = NULL;
	size_t part_count = 0;
	struct ask shared = { 0 };
	bool ready = false;

	memset(work->memo.own_band, MEMO_UNKNOWN, world->parties_count);
	for (size_t i = from; i < end && !work->scratch.no_memory; i++) {
		const struct people_cell *cell = &work->count->cells[i];
		struct gap_cell *gap;
		struct query query;
		struct ask ask;

		if (!in_filter(work, cell) || !in_group(work, cell))
			continue;
		work->out->people += cell->people;
		if (cell->own_state) {
			work->out->own_state += cell->people;
			continue;
		}
		cell_query(&query, world, cell, work->out->service, work->out->date,
			work->filter->viewer);
		ask_init(&ask, work->index, &query, &work->scratch);
		ask.memo = &work->memo;
		if (!ready) {
			shared = ask;
			ask_candidates(&shared);
			parts = cell_parts(&part_count, &shared);
			ready = true;
			if (work->scratch.no_memory)
				return;
		}
		ask.candidates = shared.candidates;
		ask.candidate_count = shared.candidate_count;
		gap = &work->out->cells[work->out->cells_count++];
		gap->cell = *cell;
		cell_judge(&gap->band, &ask, parts, part_count);
		add_people(work->out, gap);
	}
}

static enum status work_init(struct work *work, struct arena *arena)
{
	const struct cover_index *index = work->index;

	scratch_init(&work->scratch, arena);
	work->out->cells = ARENA_ARRAY(arena, work->count->cells_count, struct gap_cell);
	work->memo.force = arena_get(arena, index->slot_count);
	work->memo.own_band = arena_get(arena, index->world->parties_count);
	if (!work->out->cells || !work->memo.force || !work->memo.own_band)
		return STATUS_NO_MEMORY;
	memset(work->memo.force, MEMO_UNKNOWN, index->slot_count);
	return STATUS_OK;
}

enum status cover_gaps(struct gaps *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, uint8_t service, const struct gap_filter *filter)
{
	struct work work = { .out = out, .index = index, .count = count, .filter = filter };
	enum status status;

	assert(service < world_service_count && filter->date != DATE_NONE);
	*out = (struct gaps){
		.service = service, .date = filter->date, .stock_year = count->stock_year
	};
	status = work_init(&work, arena);
	for (size_t from = 0, end; from < count->cells_count && status == STATUS_OK; from = end) {
		for (end = from; end < count->cells_count &&
				 count->cells[end].place == count->cells[from].place;
			end++)
			;
		judge_country(&work, from, end);
		if (work.scratch.no_memory)
			status = STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count->beyond_count; i++) {
		if (in_filter(&work, &count->beyond[i]))
			out->beyond_stock += count->beyond[i].people;
	}
	if (status != STATUS_OK)
		*out = (struct gaps){ 0 };
	assert(out->bands[BAND_NONE] == out->not_known + out->none_proven);
	return status;
}
