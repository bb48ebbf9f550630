/* What a candidate would do: its agreement is taken into the index as a change would be, and every
 * cell that stands lower than the agreement could bring it is judged again by the rows that
 * it adds and by those that lean on its providers (`served-by`). All other rows say what they said.
 */
#include <assert.h>
#include <string.h>
#include "cover/advice.h"

struct trial {
	const struct advising *advising;
	const struct agreement *agreement; /* as it stands among the others */
	struct cover_index *index;
	struct scratch scratch;
	struct memo memo;
	uint64_t services; /* that the agreement names and that are asked about */
	enum band most;    /* that may come of it */
	bool leaned_upon;  /* some row serves people through its providers */
	uint16_t only_nat; /* the agreement is for these alone; NAT_NONE: for more */
	struct edges *out;
	struct arena *arena; /* of the edges */
};

static bool leans(const struct trial *trial, const struct row *row)
{
	for (size_t i = 0; i < row->commitment->nats_count; i++) {
		const struct nat_item *item = &row->commitment->nats[i];

		if (item->kind == NAT_ITEM_SERVED_BY &&
			match_is_party(trial->index->world, trial->agreement, item->party,
				trial->advising->filter->date))
			return true;
	}
	return false;
}

/* ROW may say something else than before. Where somebody leans on the agreement, what a State's own
 * people get may rise, and with it what is bound by that. */
static bool concerned(const struct trial *trial, const struct row *row)
{
	return row->agreement == trial->agreement || leans(trial, row) ||
	       (trial->leaned_upon && row->commitment->as_own_nationals);
}

/* The State of those for whom alone the agreement is may provide ROW for somebody else. */
static bool may_be_theirs(const struct trial *trial, const struct row *row)
{
	const struct cover_index *index = trial->index;
	const struct party *parties = index->world->parties;
	const struct provider *form = &row->commitment->provider;

	if (form->kind == PROVIDER_PARTY)
		return parties[form->party].nat == trial->only_nat;
	if (form->kind == PROVIDER_MEMBER_OF) { /* on whatever date */
		for (size_t i = index->group_first[form->group];
			i < index->group_first[form->group + 1]; i++)
			if (parties[index->world->group_rows[i].member].nat == trial->only_nat)
				return true;
		return false;
	}
	return form->kind != PROVIDER_STATE_OF_NATIONALITY; /* else it is theirs alone */
}

/* The nationalities for whom ROW, which is concerned, may say something else than before. An
 * agreement for one nationality changes what is judged of that one: its own rows and those that
 * lean on it ask whom its provider serves, and what a State's own people get asks about that
 * State's nationality, but bounds what the State does for anybody. */
static struct set256 reached(const struct trial *trial, const struct row *row)
{
	struct set256 nats = trial->index->sets[row->nats], only = { { 0 } };

	if (trial->only_nat == NAT_NONE ||
		(row->commitment->as_own_nationals && may_be_theirs(trial, row)))
		return nats;
	set256_add(&only, trial->only_nat);
	return set256_and(nats, only);
}

/* The best of ROWS for ASK, if it is above BAND. */
static void judge_row(
	struct edge *best, const struct trial *trial, struct ask *ask, const struct row *row)
{
	struct row_walk walk;

	if (!row_walk_open(&walk, ask, row))
		return;
	while (row_walk_next(&walk, ask)) {
		struct answer answer;

		/* No State needs an agreement with itself. */
		if (row->agreement == trial->agreement &&
			trial->index->world->parties[walk.provider].nat == ask->query.nats[0])
			continue;
		if (!row_walk_answers(&walk, ask, &answer) || answer.held ||
			answer.band < best->band)
			continue;
		best->uncertain = answer.certainty != TRUTH_T &&
				  (answer.band > best->band || best->uncertain);
		best->band = (uint8_t)answer.band;
	}
	row_walk_close(&walk, ask);
}

static bool push(struct trial *trial, const struct edge *edge)
{
	void *items = trial->out->items;
	struct edge *slot = arena_push(
		trial->arena, &items, &trial->out->count, &trial->out->capacity, sizeof *slot);

	trial->out->items = items;
	if (!slot)
		return false;
	*slot = *edge;
	return true;
}

/* Rows of interest at a place, for one service. */
struct interest {
	struct ask shared;
	const struct row **rows;
	size_t count;
	struct set256 nats; /* that one of the rows may be for: most cells need no question */
};

static bool look_for(struct interest *out, struct trial *trial, const struct query *query)
{
	*out = (struct interest){ .rows = NULL };
	ask_init(&out->shared, trial->index, query, &trial->scratch);
	ask_candidates(&out->shared);
	out->rows = ARENA_ARRAY(
		trial->scratch.arena, out->shared.candidate_count + 1, const struct row *);
	if (trial->scratch.no_memory || !out->rows)
		return false;
	for (size_t i = 0; i < out->shared.candidate_count; i++) {
		const struct row *row = out->shared.candidates[i];

		if (!concerned(trial, row))
			continue;
		out->rows[out->count++] = row;
		out->nats = set256_or(out->nats, reached(trial, row));
	}
	return true;
}

/* The cells [from, end) of one country, for one service. */
static enum status judge_cells(struct trial *trial, size_t from, size_t end, uint8_t service)
{
	const struct advising *advising = trial->advising;
	const uint8_t *bands = advising->bands + (size_t)service * advising->count->cells_count;
	struct interest interest;
	bool ready = false;

	memset(trial->memo.own_band, MEMO_UNKNOWN, trial->index->world->parties_count);
	for (size_t i = from; i < end; i++) {
		struct edge best = { .cell = (uint32_t)i, .service = service, .band = BAND_NONE };
		struct query query;
		struct ask ask;

		if (bands[i] >= trial->most)
			continue;
		if (ready && !set256_has(&interest.nats, advising->count->cells[i].nat))
			continue;
		cell_query(&query, trial->index->world, &advising->count->cells[i], service,
			advising->filter->date, advising->filter->viewer);
		if (!ready && !look_for(&interest, trial, &query))
			return STATUS_NO_MEMORY;
		ready = true;
		if (interest.count == 0)
			return STATUS_OK;
		if (!set256_has(&interest.nats, advising->count->cells[i].nat))
			continue;
		ask_init(&ask, trial->index, &query, &trial->scratch);
		ask.memo = &trial->memo;
		ask.bare = true;
		ask.candidates = interest.shared.candidates;
		ask.candidate_count = interest.shared.candidate_count;
		for (size_t r = 0; r < interest.count; r++)
			judge_row(&best, trial, &ask, interest.rows[r]);
		if (trial->scratch.no_memory || (best.band > bands[i] && !push(trial, &best)))
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

/* The agreement's own provider is there, or somebody might lean on it: else nothing can come of it
 * in this country. */
static bool worth_a_look(const struct trial *trial, uint32_t country)
{
	const struct provider *form = &trial->agreement->commitments[0].provider;

	return form->kind != PROVIDER_PARTY ||
	       index_presence(trial->index, form->party, country, form->levels,
		       trial->advising->filter->date) == TRUTH_T;
}

static enum status judge_countries(struct trial *trial)
{
	const struct people_count *count = trial->advising->count;
	enum status status = STATUS_OK;

	for (size_t from = 0, end; from < count->cells_count && status == STATUS_OK; from = end) {
		uint32_t country = count->cells[from].place;

		for (end = from; end < count->cells_count && count->cells[end].place == country;
			end++)
			;
		if (!worth_a_look(trial, country))
			continue;
		for (unsigned s = 0; s < world_service_count && status == STATUS_OK; s++)
			if (trial->services >> s & 1u)
				status = judge_cells(trial, from, end, (uint8_t)s);
	}
	return status;
}

static void look_over(struct trial *trial, const struct agreement *agreement)
{
	const struct commitment *first = &agreement->commitments[0];
	struct walk walk = { .index = trial->index };

	trial->only_nat = NAT_NONE;
	if (agreement->commitments_count == 1 && first->nats_count == 1 &&
		first->nats[0].kind == NAT_ITEM_CODE)
		trial->only_nat = first->nats[0].nat;
	for (size_t i = 0; i < agreement->commitments_count; i++) {
		assert(agreement->commitments[i].duty == DUTY_SHALL);
		trial->services |= agreement->commitments[i].services;
	}
	trial->services &= trial->advising->services;
	while (walk_next(&walk)) {
		for (uint32_t i = 0; i < walk.rows->count; i++)
			trial->leaned_upon |= leans(trial, &walk.rows->rows[i]);
	}
	/* Rows that lean on it may be promised more firmly than it is. */
	trial->most = trial->leaned_upon ? BAND_WILL : BAND_SHALL;
}

enum status advice_judge(
	struct edges *out, const struct advising *advising, const struct agreement *agreement)
{
	const struct cover_index *index = advising->index;
	struct trial trial = { .advising = advising, .out = out, .arena = advising->arena };
	struct arena arena;
	struct cover_change change = { .added = &agreement,
		.added_count = 1,
		.allocator = advising->arena->allocator };
	enum status status;

	arena_init(&arena, advising->arena->allocator, advising->arena->max);
	status = cover_change(&trial.index, NULL, &arena, index, &change);
	if (status != STATUS_OK) {
		arena_free(&arena);
		return status;
	}
	trial.memo.force = arena_get(&arena, trial.index->slot_count);
	trial.memo.own_band = arena_get(&arena, index->world->parties_count);
	if (!trial.memo.force || !trial.memo.own_band)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK) {
		memset(trial.memo.force, MEMO_UNKNOWN, trial.index->slot_count);
		scratch_init(&trial.scratch, &arena);
		trial.agreement = agreement;
		look_over(&trial, agreement);
		status = judge_countries(&trial);
	}
	cover_release(trial.index);
	arena_free(&arena);
	return status;
}
