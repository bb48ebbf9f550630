/* cover_who(), cover_who_many(): the rows along the place's chain go through the lane; those that
 * it may answer are answered from the row alone, the others are judged; all are ranked together. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
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

/* Pointers in the order in which they are met; most questions need no more than are near. */
#define FOUND_NEAR 16
struct found {
	struct arena *arena;
	const void **items;
	size_t count, capacity;
	const void *near[FOUND_NEAR];
};

static void found_init(struct found *found, struct arena *arena)
{
	found->arena = arena;
	found->items = found->near;
	found->count = 0;
	found->capacity = FOUND_NEAR;
}

static bool found_grow(struct found *found)
{
	const void **more = arena_grow(found->arena, found->items, found->count,
		2 * found->capacity, sizeof *found->items);

	if (!more)
		return false;
	found->items = more;
	found->capacity *= 2;
	return true;
}

/* Room for COUNT more. */
static inline bool found_room(struct found *found, size_t count)
{
	while (found->capacity - found->count < count) {
		if (!found_grow(found))
			return false;
	}
	return true;
}

#define PARTS_NEAR 8 /* most chains need fewer */

/* One question on its way. */
struct search {
	const struct cover_index *index;
	const struct query *query;
	struct lane_ask lane;
	enum default_destination to_default;
	struct found entries; /* struct entry: they answer by themselves */
	struct found waiting; /* struct row: for the judge */
	bool nested;          /* some waiting row may be there twice */
	const struct service_table *table;
	/* The keys along the chain, which were sent for: of places in the country, then above. */
	uint32_t block, key_count;
	size_t part_count, below; /* BELOW of the parts lie in the country, of block BLOCK */
	struct key_part *parts, near[PARTS_NEAR];
};

/* What was found, when nothing of it needs the judge: the first BELOW of the COUNT NUMBERS in the
 * country. Four at a time, which may reach beyond the last: there are seldom more, and how many
 * cannot be guessed. */
static bool take_entries(struct search *search, uint32_t *numbers, uint32_t below, uint32_t count)
{
	const struct block_view *views = search->table->views;
	const struct entry *country = views[search->block].entries, *above = views[0].entries;
	struct found *found = &search->entries;

	if (!found_room(found, count + 3))
		return false;
	memset(&numbers[count], 0, 3 * sizeof *numbers);
	for (uint32_t i = 0; i < count; i += 4) {
		for (uint32_t k = i; k < i + 4; k++) {
			const struct entry *entry = (k < below ? country : above) + numbers[k];

			found->items[k] = entry;
			__builtin_prefetch(entry);
		}
	}
	found->count = count;
	return true;
}

/* The same when something may need it. */
static bool take_rows(
	struct search *search, const uint32_t *numbers, uint32_t below, uint32_t count)
{
	struct entry_block *const *blocks = search->table->blocks;
	struct found *entries = &search->entries, *rows = &search->waiting;

	if (!found_room(entries, count) || !found_room(rows, count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const struct entry_block *block = blocks[i < below ? search->block : 0];
		const struct entry *entry = &block->entries[numbers[i]];

		if (search->lane.judge_all || entry->needs & search->lane.needs) {
			search->nested |= (entry->needs & NEED_NESTED) != 0;
			rows->items[rows->count++] = block_rows(block)[numbers[i]];
		} else {
			entries->items[entries->count++] = entry;
		}
	}
	return true;
}

/* Memory is waited for in steps, each of which needs what the one before brought: where the keys
 * along the chain are; the keys; the entries. Each step sends for the next one's. */
#define LINE 64

static inline void send_for_offsets(const struct cover_index *index, const struct query *query)
{
	const struct service_table *table = index->services[query->service];
	const struct spot *spot = &index->atlas->spots[query->place];

	if (!table)
		return;
	__builtin_prefetch(&table->views[spot->block]);
	__builtin_prefetch(&table->offsets[spot->slot]);
	__builtin_prefetch(&table->offsets[spot->slot - spot->local]); /* the country's */
}

static inline void send_for_part(const struct key_part *part)
{
	const char *keys = (const char *)part->run.from;
	const char *end = keys + part->run.count * (size_t)KEY_BYTES;

	/* Most runs fill no more; what lies behind a shorter one does no harm. */
	__builtin_prefetch(keys);
	__builtin_prefetch(keys + LINE);
	__builtin_prefetch(keys + 2 * LINE);
	__builtin_prefetch(end - 1);
	for (keys += 3 * LINE; keys < end; keys += LINE)
		__builtin_prefetch(keys);
}

/* The keys at SPOT, where the service's own offsets do not reach that far. */
static void wide_part(
	struct key_part *part, const struct service_table *table, const struct spot *spot)
{
	const struct entry_block *block = table->blocks[spot->block];

	part->first = part->run.count = 0;
	if (!block || spot->local >= block->span)
		return;
	part->first = block->offsets[spot->local];
	part->run.count = block->offsets[spot->local + 1] - part->first;
}

/* False: no memory. */
static bool send_for_keys(struct search *search, struct arena *arena)
{
	const struct service_table *table = search->table;
	const struct spot *spots = search->index->atlas->spots;
	const struct spot *spot = &spots[search->query->place];

	search->block = spot->block;
	if (spot->depth >= PARTS_NEAR)
		search->parts =
			arena_get_raw(arena, (spot->depth + (size_t)1) * sizeof *search->parts);
	if (!search->parts)
		return false;
	for (uint32_t place = search->query->place; place != NONE32; place = spot->parent) {
		struct key_part *part = &search->parts[search->part_count++];

		spot = &spots[place];
		part->first = table->offsets[spot->slot];
		part->run.count = table->offsets[spot->slot + 1] - part->first;
		if (table->wide)
			wide_part(part, table, spot);
		part->run.from = table->views[spot->block].keys +
				 (size_t)part->first * (KEY_BYTES / sizeof(uint16_t));
		search->key_count += part->run.count;
		/* The keys above countries are every question's, and near already. */
		search->below += spot->block != 0;
		if (spot->block && part->run.count)
			send_for_part(part);
	}
	return true;
}

#define NUMBERS_NEAR 256

static enum status search_entries(struct search *search, struct arena *arena)
{
	uint32_t near[NUMBERS_NEAR + FIND_SPARE], *numbers = near, below, count;
	bool judged, room;

	if (search->part_count == 0)
		return STATUS_OK;
	if (search->key_count > NUMBERS_NEAR)
		numbers = arena_get_raw(arena, (search->key_count + FIND_SPARE) * sizeof *numbers);
	if (!numbers)
		return STATUS_NO_MEMORY;
	judged = search->index->lane->find(numbers, search->parts, search->part_count,
		&search->lane.query, search->lane.needs);
	below = search->parts[search->below - 1].found;
	count = search->parts[search->part_count - 1].found;
	if (judged || search->lane.judge_all)
		room = take_rows(search, numbers, below, count);
	else
		room = take_entries(search, numbers, below, count);
	return room ? STATUS_OK : STATUS_NO_MEMORY;
}

/* The waiting rows, each once, through the judge. */
static enum status judge_waiting(struct search *search, struct collection *to)
{
	size_t count = search->waiting.count;
	const struct row **rows = ARENA_ARRAY(to->arena, count, const struct row *);
	enum status status = STATUS_OK;
	struct scratch scratch;
	struct ask ask;

	if (!rows)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		rows[i] = search->waiting.items[i];
	if (search->nested)
		count = ask_unique(rows, count);
	scratch_init(&scratch, to->arena);
	ask_init(&ask, search->index, search->query, &scratch);
	ask.ranked = true;
	ask_candidates(&ask);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = collect_row(to, &ask, rows[i]);
	/* What the lane refuses no fact could favour. */
	if (status == STATUS_OK && to->out->items_count == 0 && search->entries.count == 0)
		to->out->not_known = cell_favoured_among(&ask, rows, count);
	return scratch.no_memory ? STATUS_NO_MEMORY : status;
}

/* ---- order ---- */

/* An answer on its way into its place: an entry's, or one of the judge's. */
struct hit {
	uint64_t rank;
	const struct entry *entry;   /* NULL: the judge's */
	const struct answer *answer; /* of the judge */
};
#define HITS_NEAR (2 * FOUND_NEAR)
#define HITS_FEW 12

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

/* ORDER: the numbers of at most HITS_NEAR hits, by insertion. */
static void sort_near(
	struct search *search, const struct hit *hits, size_t count, uint8_t order[HITS_NEAR])
{
	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		for (; at > 0 && compare_hits(&hits[order[at - 1]], &hits[i], search) > 0; at--)
			order[at] = order[at - 1];
		order[at] = (uint8_t)i;
	}
}

/* The lane's answers alone, COUNT of them and few, in their order by ranks, each counted against
 * each. COUNT is known where this is compiled: how many answers come no machine can guess, so it is
 * asked for once. False: some ranks are equal. */
#define ANSWERS_FEW 8
static inline __attribute__((always_inline)) bool answer_few(
	struct answer *items, const struct search *search, unsigned count)
{
	const struct entry *const *entries = (const void *)search->entries.items;
	unsigned before[ANSWERS_FEW] = { 0 };
	uint64_t ranks[ANSWERS_FEW];
	bool equal = false;

#pragma GCC unroll 8
	for (unsigned i = 0; i < count; i++)
		ranks[i] = entries[i]->rank;
#pragma GCC unroll 8
	for (unsigned i = 1; i < count; i++) {
#pragma GCC unroll 8
		for (unsigned j = 0; j < i; j++) {
			bool first = ranks[i] < ranks[j];

			equal |= ranks[i] == ranks[j];
			before[j] += first;
			before[i] += !first;
		}
	}
	if (equal)
		return false;
#pragma GCC unroll 8
	for (unsigned i = 0; i < count; i++)
		lane_answer(&items[before[i]], search, entries[i]);
	return true;
}

static bool answer_by_rank(struct answer *items, const struct search *search)
{
	switch (search->entries.count) {
	case 1:
		return answer_few(items, search, 1);
	case 2:
		return answer_few(items, search, 2);
	case 3:
		return answer_few(items, search, 3);
	case 4:
		return answer_few(items, search, 4);
	case 5:
		return answer_few(items, search, 5);
	case 6:
		return answer_few(items, search, 6);
	case 7:
		return answer_few(items, search, 7);
	case 8:
		return answer_few(items, search, 8);
	default:
		return false;
	}
}

static void gather_hits(struct hit *hits, const struct search *search, const struct answers *judged)
{
	for (size_t i = 0; i < search->entries.count; i++) {
		const struct entry *entry = search->entries.items[i];

		*hits++ = (struct hit){ .rank = entry->rank, .entry = entry };
	}
	for (size_t i = 0; i < judged->items_count; i++)
		*hits++ = (struct hit){ .rank = order_rank_of(&judged->items[i]),
			.answer = &judged->items[i] };
}

/* The lane's answers and the judge's, in one order. */
static enum status merge_answers(struct search *search, struct collection *to)
{
	struct answers *out = to->out;
	size_t count = search->entries.count + out->items_count;
	struct hit near[HITS_NEAR], *hits = near;
	struct answer *items;
	uint8_t order[HITS_NEAR];

	if (search->entries.count == 0) {
		order_sort(search->index->world, out->items, out->items_count);
		return STATUS_OK;
	}
	items = arena_get_raw(to->arena, count * sizeof *items);
	if (count > HITS_NEAR)
		hits = arena_get_raw(to->arena, count * sizeof *hits);
	if (!items || !hits)
		return STATUS_NO_MEMORY;
	if (out->items_count == 0 && answer_by_rank(items, search)) {
		out->items = items;
		out->items_count = count;
		return STATUS_OK;
	}
	gather_hits(hits, search, out);
	if (count > HITS_NEAR)
		qsort_r(hits, count, sizeof *hits, compare_hits, search);
	else
		sort_near(search, hits, count, order);
	for (size_t i = 0; i < count; i++)
		answer_of(&items[i], search, &hits[count <= HITS_NEAR ? order[i] : i]);
	out->items = items;
	out->items_count = count;
	return STATUS_OK;
}

/* ---- the steps of a question ---- */

static enum status search_open(struct search *search, struct arena *arena,
	const struct cover_index *index, const struct query *query)
{
	search->index = index;
	search->query = query;
	search->nested = false;
	search->to_default = world_services[query->service].destination;
	found_init(&search->entries, arena);
	found_init(&search->waiting, arena);
	if (!lane_ready(&search->lane, arena, index, query))
		return STATUS_NO_MEMORY;
	search->table = index->services[query->service];
	search->part_count = search->below = 0;
	search->key_count = 0;
	search->parts = search->near;
	if (!search->table)
		return STATUS_OK;
	return send_for_keys(search, arena) ? STATUS_OK : STATUS_NO_MEMORY;
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

enum status cover_who(struct answers *out, struct arena *arena, const struct cover_index *index,
	const struct query *query)
{
	struct search search;
	enum status status;

	assert_valid(index, query);
	*out = (struct answers){ 0 };
	send_for_offsets(index, query);
	status = search_open(&search, arena, index, query);
	if (status == STATUS_OK)
		status = search_entries(&search, arena);
	if (status == STATUS_OK)
		status = search_close(&search, out, arena);
	if (status != STATUS_OK)
		*out = (struct answers){ 0 };
	return status;
}

/* Questions between one step and the next of each: what was sent for is there by then, and not yet
 * crowded out of the nearest memory. */
#define AHEAD 4
#define UNDER_WAY 16 /* more than two steps' */

enum status cover_who_many(struct answers *out, struct arena *arena,
	const struct cover_index *index, const struct query *queries, size_t count)
{
	struct search searches[UNDER_WAY];
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count + 3 * AHEAD && status == STATUS_OK; i++) {
		size_t open = i - AHEAD, entries = i - 2 * AHEAD, close = i - 3 * AHEAD;

		/* A number below 0 has wrapped round, and is no question's. */
		if (i < count) {
			assert_valid(index, &queries[i]);
			send_for_offsets(index, &queries[i]);
			out[i] = (struct answers){ 0 };
		}
		if (open < count)
			status = search_open(
				&searches[open % UNDER_WAY], arena, index, &queries[open]);
		if (entries < count && status == STATUS_OK)
			status = search_entries(&searches[entries % UNDER_WAY], arena);
		if (close < count && status == STATUS_OK)
			status = search_close(&searches[close % UNDER_WAY], &out[close], arena);
	}
	for (size_t i = 0; i < count && status != STATUS_OK; i++)
		out[i] = (struct answers){ 0 };
	return status;
}
