/* The parties that answer: the dear half of a matrix, apart so that a faster kernel can stand in
 * its place. A provider that is in a cell's set already is not judged again. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

static void take_row(uint64_t *set, struct ask *ask, const struct row *row)
{
	struct row_walk walk;

	if (!row_walk_open(&walk, ask, row))
		return;
	while (row_walk_next(&walk, ask)) {
		struct answer answer;
		uint64_t *word = &set[walk.provider / 64], bit = UINT64_C(1)
								 << (walk.provider % 64);

		if (!(*word & bit) && row_walk_answers(&walk, ask, &answer) && !answer.held)
			*word |= bit;
	}
	row_walk_close(&walk, ask);
}

enum status grid_parties(const struct cover_index *index, struct arena *arena,
	const struct people_cell *const *cells, uint64_t *const *sets, size_t count,
	uint8_t service, const struct gap_filter *filter)
{
	struct scratch scratch;
	struct ask shared = { 0 };
	struct memo memo = { .force = arena_get(arena, index->slot_count + 1) };

	if (!memo.force)
		return STATUS_NO_MEMORY;
	memset(memo.force, MEMO_UNKNOWN, index->slot_count);
	scratch_init(&scratch, arena);
	for (size_t i = 0; i < count && !scratch.no_memory; i++) {
		struct query query;
		struct ask ask;

		assert(cells[i]->place == cells[0]->place);
		cell_query(&query, index->world, cells[i], service, filter->date, filter->viewer);
		query.phase = filter->phase;
		ask_init(&ask, index, &query, &scratch);
		ask.limits = false; /* who answers, not how far */
		ask.memo = &memo;
		ask.bare = true;
		if (i == 0) {
			shared = ask;
			ask_candidates(&shared);
		}
		ask.candidates = shared.candidates;
		ask.candidate_count = shared.candidate_count;
		for (size_t k = 0; k < ask.candidate_count && !scratch.no_memory; k++)
			take_row(sets[i], &ask, ask.candidates[k]);
	}
	return scratch.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
