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

struct told {
	struct arena *arena;
	struct why_not_row **rows;
	size_t *count, capacity;
};

static void tell_row(struct told *told, struct ask *ask, const struct row *row, uint32_t party)
{
	void *items = *told->rows;
	struct why_not_row *slot;
	enum why_not why;

	if (!(row->commitment->services >> ask->query.service & 1u) ||
		!provider_can_be(ask, row, party))
		return;
	why = reason_of(ask, row, party);
	if (!may_be_told(ask, why))
		return;
	slot = arena_push(told->arena, &items, told->count, &told->capacity, sizeof *slot);
	*told->rows = items;
	if (!slot)
		ask->scratch->no_memory = true;
	else
		*slot = (struct why_not_row){ row->agreement, row->commitment, why };
}

enum status cover_why_not(struct why_not_row **rows, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct query *query, uint32_t party)
{
	struct told told = { .arena = arena, .rows = rows, .count = count };
	struct scratch scratch;
	struct ask ask;

	assert(cover_query_fault(index->world, query) == NULL);
	assert(party < index->world->parties_count);
	*rows = NULL;
	*count = 0;
	scratch_init(&scratch, arena);
	ask_init(&ask, index, query, &scratch);
	ask_candidates(&ask);
	for (struct walk walk = { .index = index }; !scratch.no_memory && walk_next(&walk);) {
		for (uint32_t i = 0; i < walk.rows->count && !scratch.no_memory; i++)
			tell_row(&told, &ask, &walk.rows->rows[i], party);
	}
	if (scratch.no_memory) {
		*count = 0;
		*rows = NULL;
	}
	return scratch.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
