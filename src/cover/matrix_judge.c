/* Cells that the walk leaves to the judge: every row of the chain is asked as cover_who() would ask
 * it, and the parties that answer are counted. A place where no row begins and the host stays the
 * same has what its parent has. */
#include <assert.h>
#include "cover/matrix.h"

struct counting {
	uint32_t *seen; /* per party: the last cell that counted it */
	uint32_t cell;
	uint16_t found;
};

static void count_row(struct counting *counting, struct ask *ask, const struct row *row)
{
	struct row_walk walk;

	if (!row_walk_open(&walk, ask, row))
		return;
	while (row_walk_next(&walk, ask)) {
		struct answer answer;

		if (counting->seen[walk.provider] == counting->cell ||
			!row_walk_answers(&walk, ask, &answer))
			continue;
		counting->seen[walk.provider] = counting->cell;
		counting->found++;
	}
	row_walk_close(&walk, ask);
}

/* Number of distinct parties of one cell. */
static uint16_t count_cell(struct counting *counting, struct ask *ask)
{
	counting->cell++;
	counting->found = 0;
	for (size_t i = 0; i < ask->candidate_count; i++)
		count_row(counting, ask, ask->candidates[i]);
	return counting->found;
}

static enum status judge_cell(struct counting *counting, uint16_t *out, struct arena *arena,
	const struct cover_index *index, const struct matrix_axes *axes, uint8_t service,
	const struct matrix_cell *cell, struct memo *memo)
{
	const struct row *const *candidates = NULL;
	size_t candidate_count = 0;
	bool ready = false;

	for (size_t n = 0; n < axes->nat_count; n++) {
		uint16_t *count = &out[n * axes->place_count + cell->at];
		struct scratch scratch;
		struct query query;
		struct ask ask;

		if (!set256_has(&cell->judged, axes->nats[n]))
			continue;
		if (cell->like != NONE32) {
			*count = out[n * axes->place_count + cell->like];
			continue;
		}
		cover_query_init(&query, axes->date, axes->viewer);
		query.nats[0] = axes->nats[n];
		query.nat_count = 1;
		query.place = cell->place;
		query.service = service;
		query.phase = axes->phase;
		scratch_init(&scratch, arena);
		ask_init(&ask, index, &query, &scratch);
		ask.limits = false; /* who answers, not how well */
		ask.memo = memo;
		ask.bare = true;
		if (!ready)
			ask_candidates(&ask);
		if (!ready) {
			candidates = ask.candidates;
			candidate_count = ask.candidate_count;
			ready = true;
		}
		ask.candidates = candidates;
		ask.candidate_count = candidate_count;
		*count = count_cell(counting, &ask);
		if (scratch.no_memory)
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

enum status matrix_judge(uint16_t *out, struct arena *arena, const struct cover_index *index,
	const struct matrix_axes *axes, uint8_t service, const struct matrix_cell *cells,
	size_t count)
{
	struct counting counting = { 0 };
	enum status status = STATUS_OK;
	struct arena questions;
	struct memo memo = { 0 };

	counting.seen = ARENA_ARRAY(arena, index->world->parties_count, uint32_t);
	if (!counting.seen)
		return STATUS_NO_MEMORY;
	arena_init(&questions, arena->allocator, arena->max);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		if (cells[i].like == NONE32 && !memo_ready(&memo, arena, index))
			status = STATUS_NO_MEMORY;
		else
			status = judge_cell(
				&counting, out, &questions, index, axes, service, &cells[i], &memo);
		arena_reset(&questions);
	}
	arena_free(&questions);
	return status;
}
