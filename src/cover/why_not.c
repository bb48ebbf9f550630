/* cover_why_not(): for each row that PARTY could provide, the first condition that keeps it from
 * answering. The same judgement as for answers; only here the reason is what is wanted.
 *
 * What a viewer may not see is left out, not explained: neither agreements hidden from it, nor that
 * a safeguard removed something. */
#include <assert.h>
#include "cover/internal.h"

static enum why_not reason_of(struct ask *ask, const struct row *row, uint32_t party)
{
	struct answer answer;
	enum why_not why;
	struct view view;
	uint16_t nat;

	view_open(&view, ask, row, true);
	if (view.gate == WHYNOT_NOT_VISIBLE || view.gate == WHYNOT_NOT_IN_FORCE)
		why = view.gate;
	else if (view.force == FORCE_EXPECTED)
		why = WHYNOT_EXPECTED;
	else if (!provider_is(ask, row, party, &nat))
		why = view.gate != WHYNOT_ANSWERS ? view.gate : WHYNOT_NOT_PROVIDER;
	else
		why = judge_provider(ask, &view, party, nat, &answer);
	if (why == WHYNOT_ANSWERS && answer.held)
		why = WHYNOT_HELD;
	view_close(&view, ask);
	return why;
}

static bool may_be_told(const struct ask *ask, enum why_not why)
{
	if (why == WHYNOT_NOT_VISIBLE)
		return false;
	return ask->query.viewer == VIEWER_ALL || !safeguards_removed(why);
}

enum status cover_why_not(struct why_not_row **rows, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct query *query, uint32_t party)
{
	size_t capacity = 0;
	void *items = NULL;
	struct scratch scratch;
	struct ask ask;

	assert(cover_query_fault(index->world, query) == NULL);
	assert(party < index->world->parties_count);
	*rows = NULL;
	*count = 0;
	scratch_init(&scratch, arena);
	ask_init(&ask, index, query, &scratch);
	ask_candidates(&ask);
	for (size_t i = 0; i < index->row_count && !scratch.no_memory; i++) {
		const struct row *row = &index->rows[i];
		struct why_not_row *slot;
		enum why_not why;

		if (!(row->commitment->services >> query->service & 1u) ||
			!provider_can_be(&ask, row, party))
			continue;
		why = reason_of(&ask, row, party);
		if (!may_be_told(&ask, why))
			continue;
		slot = arena_push(arena, &items, count, &capacity, sizeof *slot);
		if (!slot)
			scratch.no_memory = true;
		else
			*slot = (struct why_not_row){ row->agreement, row->commitment, why };
	}
	if (scratch.no_memory)
		*count = 0;
	*rows = scratch.no_memory ? NULL : items;
	return scratch.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
