/* cover_gaps(): people per band for one service, over the cells of world_people().
 *
 * Cells come country by country, and country.c judges a country's cells together. What does not
 * depend on the nationality is worked out once per country and shared (the candidates, the parts of
 * the country, which agreements are in force, what a provider's own nationals get). */
#include <assert.h>
#include "cover/internal.h"

struct work {
	struct gaps *out;
	const struct cover_index *index;
	const struct people_count *count;
	const struct gap_filter *filter;
	struct scratch scratch;
	struct country_work country;
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

void gaps_add(struct gaps *out, const struct gap_cell *gap)
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
	struct gap_cell *cells = work->out->cells + work->out->cells_count;
	size_t count = 0;

	for (size_t i = from; i < end; i++) {
		const struct people_cell *cell = &work->count->cells[i];

		if (!in_filter(work, cell) || !in_group(work, cell))
			continue;
		work->out->people += cell->people;
		if (cell->own_state)
			work->out->own_state += cell->people;
		else
			cells[count++].cell = *cell;
	}
	country_bands(&work->country, cells, count);
	work->out->cells_count += count;
	for (size_t i = 0; i < count; i++)
		gaps_add(work->out, &cells[i]);
}

static enum status work_init(struct work *work, struct arena *arena)
{
	scratch_init(&work->scratch, arena);
	work->country = (struct country_work){ .index = work->index,
		.service = work->out->service,
		.date = work->out->date,
		.viewer = work->filter->viewer,
		.scratch = &work->scratch };
	work->out->cells = ARENA_ARRAY(arena, work->count->cells_count, struct gap_cell);
	return work->out->cells ? STATUS_OK : STATUS_NO_MEMORY;
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
