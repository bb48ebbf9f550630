/* cover_who(), cover_who_many(): the rows along the place's chain go through the lane; those that
 * it may answer are answered from the row alone, the others are judged; all are ranked together. */
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

/* ---- what the lane finds ---- */

/* An entry that answers by itself, an answer of the judge, or a row that waits for the judge. */
struct hit {
	uint64_t rank;
	const struct entry *entry; /* of the lane; NULL: of the judge */
	union {
		const struct answer *answer; /* judged */
		const struct row *row;       /* waiting */
	};
};
#define HITS_NEAR 24
struct hits {
	struct arena *arena;
	struct hit *items;
	size_t count, capacity;
	struct hit near[HITS_NEAR]; /* most questions need no more */
};

static void hits_init(struct hits *hits, struct arena *arena)
{
	hits->arena = arena;
	hits->items = hits->near;
	hits->count = 0;
	hits->capacity = HITS_NEAR;
}

static bool hits_grow(struct hits *hits)
{
	struct hit *more =
		arena_grow(hits->arena, hits->items, hits->count, 2 * hits->capacity, sizeof *more);

	if (!more)
		return false;
	hits->items = more;
	hits->capacity *= 2;
	return true;
}

/* Room for one more, to be filled in place: a hit that is copied right after it was written makes
 * the processor wait. */
static inline struct hit *hits_next(struct hits *hits)
{
	if (hits->count == hits->capacity && !hits_grow(hits))
		return NULL;
	return &hits->items[hits->count++];
}

/* A stretch of a block's entries. */
struct stretch {
	const struct entry_block *block;
	uint32_t from, end;
};
#define STRETCHES_NEAR 8 /* most chains are shorter */

/* One question on its way. */
struct search {
	const struct cover_index *index;
	const struct query *query;
	struct lane_ask lane;
	enum default_destination to_default;
	struct hits answering, waiting;
	bool nested; /* some waiting row may be there twice */
	/* Where on the chain it is, and the stretches whose keys were sent for. */
	struct span span;
	bool more;
	size_t near_count;
	struct stretch near[STRETCHES_NEAR];
};

/* Those keys of RUN that MASK names behind FIRST; the run is STRETCH's. */
static bool search_keys(struct search *search, const struct stretch *stretch, struct key_run run,
	uint32_t first, uint64_t mask)
{
	const struct entry_block *block = stretch->block;

	for (; mask; mask &= mask - 1) {
		uint32_t key = first + (uint32_t)__builtin_ctzll(mask), at = stretch->from + key;
		uint8_t needs = run_needs(run)[key];
		struct hit *hit;

		if (search->lane.judge_all || needs & search->lane.needs) {
			search->nested |= (needs & NEED_NESTED) != 0;
			hit = hits_next(&search->waiting);
			if (!hit)
				return false;
			hit->row = block_rows(block)[at];
			continue;
		}
		hit = hits_next(&search->answering);
		if (!hit)
			return false;
		hit->entry = &block->entries[at];
		__builtin_prefetch(hit->entry);
	}
	return true;
}

static bool search_stretch(struct search *search, const struct stretch *stretch)
{
	struct key_run run = block_run(stretch->block, stretch->from, stretch->end);
	const struct lane *lane = search->index->lane;
	bool room = true;

	for (uint32_t first = 0; first < run.count && room; first += 64) {
		uint32_t count = run.count - first < 64 ? run.count - first : 64;
		uint64_t mask = lane->filter(run, first, count, &search->lane.query);

		if (mask)
			room = search_keys(search, stretch, run, first, mask);
	}
	return room;
}

/* Memory is waited for in steps, each of which needs what the one before brought: the head of the
 * country's block, with its offsets; the keys; the entries. Each step sends for the next one's, and
 * several questions take each step together, so that their waits run side by side. */
#define LINE 64
#define KEYS_A_LINE 8
#define KEYS_SENT_FOR 64

static inline void send_for_block(const struct cover_index *index, const struct query *query)
{
	const struct service_table *table = index->services[query->service];
	const struct spot *spot = &index->atlas->spots[query->place];
	const struct entry_block *block = table ? table->blocks[spot->block] : NULL;

	if (block) {
		__builtin_prefetch(block);
		__builtin_prefetch((const char *)block + LINE);
		__builtin_prefetch(&block->offsets[spot->local]);
	}
}

/* The next stretches of the chain, as many as there is room for. */
static void send_for_keys(struct search *search)
{
	struct span *span = &search->span;

	search->near_count = 0;
	while (search->near_count < STRETCHES_NEAR && (search->more = span_next(span))) {
		uint32_t sent = span->end - span->from < KEYS_SENT_FOR ? span->end
								       : span->from + KEYS_SENT_FOR;

		search->near[search->near_count++] =
			(struct stretch){ span->block, span->from, span->end };
		for (uint32_t i = span->from; i < sent; i += KEYS_A_LINE)
			__builtin_prefetch(block_run(span->block, i, span->end).from);
	}
}

static enum status search_entries(struct search *search)
{
	for (;;) {
		for (size_t i = 0; i < search->near_count; i++) {
			if (!search_stretch(search, &search->near[i]))
				return STATUS_NO_MEMORY;
		}
		if (!search->more)
			return STATUS_OK;
		send_for_keys(search);
	}
}

/* The waiting rows, each once, through the judge. */
static enum status judge_waiting(struct search *search, struct collection *to)
{
	struct hits *waiting = &search->waiting;
	const struct row **rows = ARENA_ARRAY(to->arena, waiting->count, const struct row *);
	enum status status = STATUS_OK;
	size_t count = waiting->count;
	struct scratch scratch;
	struct ask ask;

	if (!rows)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		rows[i] = waiting->items[i].row;
	if (search->nested)
		count = ask_unique(rows, count);
	scratch_init(&scratch, to->arena);
	ask_init(&ask, search->index, search->query, &scratch);
	ask.ranked = true;
	ask_candidates(&ask);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = collect_row(to, &ask, rows[i]);
	/* What the lane refuses no fact could favour. */
	if (status == STATUS_OK && to->out->items_count == 0 && search->answering.count == 0)
		to->out->not_known = cell_favoured_among(&ask, rows, count);
	return scratch.no_memory ? STATUS_NO_MEMORY : status;
}

/* ---- order ---- */

/* The answer of ENTRY, which needs no judge. */
static inline void lane_answer(
	struct answer *answer, const struct search *search, const struct entry *entry)
{
	*answer = (struct answer){ .certainty = TRUTH_T,
		.agreement = entry->agreement,
		.commitment = entry->commitment,
		.provider = entry->provider,
		.via = NONE32,
		.nat = search->query->nats[0],
		.post_row = NONE32,
		.office_row = NONE32,
		.marks = entry->needs & ROW_CONFIRMED ? 0 : MARK_UNCONFIRMED,
		.to_default = search->to_default };
	order_unrank(answer, entry->rank);
}

static inline void answer_of(
	struct answer *answer, const struct search *search, const struct hit *hit)
{
	if (hit->entry)
		lane_answer(answer, search, hit->entry);
	else
		*answer = *hit->answer;
}

static int compare_hits(const void *a, const void *b, void *context)
{
	const struct search *search = context;
	const struct hit *x = a, *y = b;
	struct answer first, second;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	answer_of(&first, search, x);
	answer_of(&second, search, y);
	return order_answers(search->index->world, &first, &second);
}

/* Few answers are the rule: by insertion, ranks and numbers only. ORDER: numbers of hits. */
#define ORDER_NEAR HITS_NEAR

static void sort_near(struct search *search, uint8_t order[ORDER_NEAR])
{
	const struct hit *items = search->answering.items;
	uint64_t ranks[ORDER_NEAR];

	for (size_t i = 0; i < search->answering.count; i++) {
		uint64_t rank = items[i].rank;
		size_t at = i;

		for (; at > 0; at--) {
			if (ranks[at - 1] < rank ||
				(ranks[at - 1] == rank && compare_hits(&items[order[at - 1]],
								  &items[i], search) <= 0))
				break;
			ranks[at] = ranks[at - 1];
			order[at] = order[at - 1];
		}
		ranks[at] = rank;
		order[at] = (uint8_t)i;
	}
}

static enum status write_answers(struct search *search, struct collection *to)
{
	struct hits *hits = &search->answering;
	bool few = hits->count <= ORDER_NEAR;
	struct answer *items = arena_get_raw(to->arena, hits->count * sizeof *items);
	uint8_t order[ORDER_NEAR];

	if (!items)
		return STATUS_NO_MEMORY;
	if (few)
		sort_near(search, order);
	else
		qsort_r(hits->items, hits->count, sizeof *hits->items, compare_hits, search);
	for (size_t i = 0; i < hits->count; i++)
		answer_of(&items[i], search, &hits->items[few ? order[i] : i]);
	to->out->items = items;
	to->out->items_count = hits->count;
	return STATUS_OK;
}

/* The lane's answers and the judge's, in one order. */
static enum status merge_answers(struct search *search, struct collection *to)
{
	struct hits *hits = &search->answering;
	const struct answers *out = to->out;

	if (hits->count == 0) {
		order_sort(search->index->world, out->items, out->items_count);
		return STATUS_OK;
	}
	for (size_t i = 0; i < hits->count; i++)
		hits->items[i].rank = hits->items[i].entry->rank;
	for (size_t i = 0; i < out->items_count; i++) {
		struct hit *hit = hits_next(hits);

		if (!hit)
			return STATUS_NO_MEMORY;
		hit->rank = order_rank_of(&out->items[i]);
		hit->entry = NULL;
		hit->answer = &out->items[i];
	}
	return write_answers(search, to);
}

/* ---- the steps of a question ---- */

static enum status search_open(struct search *search, struct arena *arena,
	const struct cover_index *index, const struct query *query)
{
	search->index = index;
	search->query = query;
	search->nested = false;
	search->to_default = world_services[query->service].destination;
	hits_init(&search->answering, arena);
	hits_init(&search->waiting, arena);
	if (!lane_ready(&search->lane, arena, index, query))
		return STATUS_NO_MEMORY;
	span_init(&search->span, index, query->service, query->place);
	send_for_keys(search);
	return STATUS_OK;
}

static enum status search_close(struct search *search, struct answers *out, struct arena *arena)
{
	struct collection to = { .arena = arena, .out = out };
	union {
		const struct world *in;
		void *out;
	} world = { .in = search->index->world };
	enum status status = STATUS_OK;

	if (search->waiting.count)
		status = judge_waiting(search, &to);
	if (status == STATUS_OK)
		status = merge_answers(search, &to);
	if (status == STATUS_OK && out->expected_count > 1)
		qsort_r(out->expected, out->expected_count, sizeof *out->expected, compare_expected,
			world.out);
	return status;
}

/* The whole of cover_query_fault() would read more memory than the answer does. */
static inline void assert_valid(const struct cover_index *index, const struct query *query)
{
	assert(query->nat_count >= 1 && query->nats[0] < index->world->nats_count);
	assert(query->service < world_service_count && query->date != DATE_NONE);
	assert(query->place < index->world->places_count);
	assert(index->atlas->spots[query->place].block > 0);
}

static inline void send_for_blocks(
	const struct cover_index *index, const struct query *queries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_valid(index, &queries[i]);
		send_for_block(index, &queries[i]);
	}
}

/* COUNT questions whose blocks were sent for, a step of all before the next step of any. */
static inline enum status who_together(struct answers *out, struct arena *arena,
	const struct cover_index *index, const struct query *queries, size_t count,
	struct search *searches)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count; i++)
		out[i] = (struct answers){ 0 };
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = search_open(&searches[i], arena, index, &queries[i]);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = search_entries(&searches[i]);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = search_close(&searches[i], &out[i], arena);
	return status;
}

enum status cover_who(struct answers *out, struct arena *arena, const struct cover_index *index,
	const struct query *query)
{
	struct search search;
	enum status status;

	send_for_blocks(index, query, 1);
	status = who_together(out, arena, index, query, 1, &search);
	if (status != STATUS_OK)
		*out = (struct answers){ 0 };
	return status;
}

/* More would crowd each other out of the nearest memory. */
#define TOGETHER 16

static size_t together(size_t count)
{
	return count < TOGETHER ? count : TOGETHER;
}

enum status cover_who_many(struct answers *out, struct arena *arena,
	const struct cover_index *index, const struct query *queries, size_t count)
{
	struct search searches[TOGETHER];
	enum status status = STATUS_OK;
	size_t some = together(count), next;

	send_for_blocks(index, queries, some);
	for (size_t done = 0; done < count && status == STATUS_OK; done += some, some = next) {
		next = together(count - done - some);
		send_for_blocks(index, queries + done + some, next);
		status = who_together(out + done, arena, index, queries + done, some, searches);
	}
	for (size_t i = 0; i < count && status != STATUS_OK; i++)
		out[i] = (struct answers){ 0 };
	return status;
}
