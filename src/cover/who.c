/* cover_who(): every row that the candidates give, judged, counted or ranked. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

struct collection {
	struct arena *arena;
	struct answers *out;
	size_t answer_capacity, expected_capacity;
};

static enum status collect_answer(struct collection *to, const struct answer *answer)
{
	void *items = to->out->items;
	struct answer *slot = arena_push(
		to->arena, &items, &to->out->items_count, &to->answer_capacity, sizeof *slot);

	to->out->items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = *answer;
	to->out->host_notified_anyway |= (answer->marks & MARK_NOTIFIED_ANYWAY) != 0;
	return STATUS_OK;
}

/* The last day of the period that was confirmed by the date. */
static int32_t confirmed_end(const struct agreement *agreement, int32_t date)
{
	int32_t ended = agreement->until;

	for (size_t i = 0; i < agreement->renewed_count; i++) {
		const struct renewal *renewal = &agreement->renewed[i];

		if (renewal->on <= date && renewal->until > ended)
			ended = renewal->until;
	}
	return ended;
}

static enum status collect_expected(
	struct collection *to, const struct answer *answer, int32_t date)
{
	void *items = to->out->expected;
	struct expected *slot = arena_push(
		to->arena, &items, &to->out->expected_count, &to->expected_capacity, sizeof *slot);

	to->out->expected = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct expected){ .agreement = answer->agreement,
		.commitment = answer->commitment,
		.provider = answer->provider,
		.ended = confirmed_end(answer->agreement, date) };
	return STATUS_OK;
}

static enum status collect_row(struct collection *to, struct ask *ask, const struct row *row)
{
	enum status status = STATUS_OK;
	struct provider_walk walk;
	struct view view;
	uint32_t provider;
	uint16_t nat;

	if (!view_open(&view, ask, row, false))
		return STATUS_OK;
	provider_walk_init(&walk, ask, row);
	while (status == STATUS_OK && provider_walk_next(&walk, ask, row, &provider, &nat)) {
		struct answer answer;
		enum why_not why = judge_provider(ask, &view, provider, nat, &answer);

		if (view.force == FORCE_YES && safeguards_removed(why))
			to->out->withheld += ask->query.viewer == VIEWER_ALL;
		if (why != WHYNOT_ANSWERS)
			continue;
		status = view.force == FORCE_YES ? collect_answer(to, &answer)
						 : collect_expected(to, &answer, ask->query.date);
	}
	view_close(&view, ask);
	return status;
}

static int compare_expected(const void *a, const void *b, void *world)
{
	const struct expected *x = a, *y = b;
	const struct party *parties = ((const struct world *)world)->parties;
	int by = str_cmp(x->agreement->id, y->agreement->id);

	if (!by)
		by = str_cmp(x->commitment->id, y->commitment->id);
	if (!by)
		by = str_cmp(parties[x->provider].id, parties[y->provider].id);
	if (!by)
		by = (x->commitment->schedule_row > y->commitment->schedule_row) -
		     (x->commitment->schedule_row < y->commitment->schedule_row);
	return by;
}

enum status cover_who(struct answers *out, struct arena *arena, const struct cover_index *index,
	const struct query *query)
{
	struct collection to = { .arena = arena, .out = out };
	union {
		const struct world *in;
		void *out;
	} world = { .in = index->world };
	enum status status = STATUS_OK;
	struct scratch scratch;
	struct ask ask;

	assert(cover_query_fault(index->world, query) == NULL);
	*out = (struct answers){ 0 };
	scratch_init(&scratch, arena);
	ask_init(&ask, index, query, &scratch);
	ask.ranked = true;
	ask_candidates(&ask);
	for (size_t i = 0; i < ask.candidate_count && status == STATUS_OK; i++) {
		const struct row *row = &index->rows[ask.candidates[i]];

		if (ask_may_concern(&ask, row))
			status = collect_row(&to, &ask, row);
	}
	if (status == STATUS_OK && out->items_count == 0)
		out->not_known = cell_favoured(&ask);
	if (scratch.no_memory)
		status = STATUS_NO_MEMORY;
	if (status != STATUS_OK) {
		*out = (struct answers){ 0 };
		return status;
	}
	order_sort(index->world, out->items, out->items_count);
	if (out->expected_count > 1)
		qsort_r(out->expected, out->expected_count, sizeof *out->expected, compare_expected,
			world.out);
	return STATUS_OK;
}
