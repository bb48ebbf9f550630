/* One agreement's commitments become rows: what the lane may answer from, and what it must leave to
 * the judge.
 *
 * Only what holds on every date goes into a row. A row whose truth hangs on something dated, on a
 * fact, on the person or on a safeguard says so in `needs`, and is judged as the model says; to say
 * it too often costs time, to say it too seldom would be wrong. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

/* ---- dates ---- */

uint16_t row_day(int32_t date)
{
	int64_t day = (int64_t)date - DAY_EPOCH;

	return day < 0 ? 0 : day > DAY_MAX ? DAY_MAX : (uint16_t)day;
}

#define HULL_CHANGES_MAX 64 /* an agreement of more periods is judged on every date */

static void hull_begin(struct hull *hull, const struct agreement *agreement, int32_t date)
{
	if (date == DATE_NONE)
		date = DATE_NONE + 1;
	if (accord_in_force(agreement, date) == FORCE_NO)
		return;
	if (date < hull->from)
		hull->from = date;
	if (date > hull->until) /* the last beginning, for now */
		hull->until = date;
}

static void hull_end(struct hull *hull, const struct agreement *agreement, int32_t last,
	int32_t date, int32_t *end)
{
	if (date == DATE_NONE || date < hull->from)
		return;
	if (date > last && date - 1 < *end)
		*end = date - 1;
	if (date <= last && accord_in_force(agreement, date) != FORCE_YES)
		hull->exact = false;
}

/* Calls WITH for every date on which AGREEMENT's force may change. */
#define HULL_CHANGES(agreement, WITH)                                                              \
	do {                                                                                       \
		WITH(DATE_NONE);                                                                   \
		WITH((agreement)->from);                                                           \
		if ((agreement)->until != DATE_NONE)                                               \
			WITH((agreement)->until + 1);                                              \
		for (size_t i = 0; i < (agreement)->states_count; i++)                             \
			WITH((agreement)->states[i].from);                                         \
		for (size_t i = 0; i < (agreement)->renewed_count; i++) {                          \
			WITH((agreement)->renewed[i].on);                                          \
			if ((agreement)->renewed[i].until != DATE_NONE)                            \
				WITH((agreement)->renewed[i].until + 1);                           \
		}                                                                                  \
	} while (0)

static struct hull hull_of(const struct agreement *agreement)
{
	struct hull hull = { INT32_MAX, DATE_NONE, true };
	int32_t last, end = INT32_MAX;

	if (agreement->states_count + agreement->renewed_count > HULL_CHANGES_MAX)
		return (struct hull){ DATE_NONE, INT32_MAX, false };
#define BEGIN(date) hull_begin(&hull, agreement, (date))
	HULL_CHANGES(agreement, BEGIN);
#undef BEGIN
	if (hull.from > hull.until)
		return hull; /* never */
	/* Up to the day before the first change after the last beginning. */
	last = hull.until;
#define END(date) hull_end(&hull, agreement, last, (date), &end)
	HULL_CHANGES(agreement, END);
#undef END
	hull.until = end;
	return hull;
}

/* ---- what needs the judge ---- */

/* Is PROVIDER always a party, and is its entry confirmed; false where the date may matter. */
static bool party_plain(const struct cover_index *index, const struct agreement *agreement,
	uint32_t provider, bool *confirmed)
{
	bool named = false;

	*confirmed = false;
	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		bool names;

		if (entry->from != DATE_NONE || entry->until != DATE_NONE || entry->except_count ||
			(entry->is_group && index->atlas->group_dated[entry->index]))
			return false;
		names = entry->is_group
				? world_group_has(index->world, entry->index, provider, DAY_EPOCH)
				: entry->index == provider;
		named |= names;
		*confirmed |= names && entry->confirmed != DATE_NONE;
	}
	return named;
}

static bool tells_somebody(const struct actor *actor)
{
	return actor->kind == ACTOR_STATE_OF_NATIONALITY || actor->kind == ACTOR_HOST_STATE ||
	       actor->kind == ACTOR_STATE_OF_RESIDENCE || actor->kind == ACTOR_PARTY;
}

static bool tells_enforcement(const struct world *world, const struct actor *actor)
{
	return actor->kind == ACTOR_PARTY && world_enforcement(world, actor->party);
}

static unsigned actor_needs(const struct world *world, const struct actor *actor)
{
	return (tells_somebody(actor) ? NEED_ORIGIN : 0u) |
	       (tells_enforcement(world, actor) ? NEED_JUDGE : 0u);
}

/* What PROVIDER needs under AGREEMENT, whatever its clause. */
static unsigned provider_needs(
	const struct cover_index *index, const struct agreement *agreement, uint32_t provider)
{
	const struct world *world = index->world;
	unsigned needs = world_enforcement(world, provider) ? NEED_JUDGE : 0;
	bool confirmed;

	if (!party_plain(index, agreement, provider, &confirmed))
		needs |= NEED_JUDGE;
	needs |= confirmed ? ROW_CONFIRMED : 0u;
	for (uint32_t p = provider; p != NONE32; p = world->parties[p].parent) {
		if (world->parties[p].kind == PARTY_STATE || world->parties[p].nat != NAT_NONE ||
			world->parties[p].state_controlled_count)
			needs |= NEED_ORIGIN;
	}
	for (size_t i = 0; i < agreement->shares_count; i++)
		needs |= actor_needs(world, &agreement->shares[i].to);
	return needs;
}

/* The same, worked out once for all rows of the agreement. */
static unsigned provider_needs_once(const struct cover_index *index,
	const struct agreement *agreement, uint32_t provider, struct row_memo *memo)
{
	struct row_party *known;

	if (!memo)
		return provider_needs(index, agreement, provider);
	known = &memo->parties[provider];
	if (known->agreement != memo->agreement)
		*known = (struct row_party){ memo->agreement,
			provider_needs(index, agreement, provider) };
	return known->needs;
}

/* What the safeguards may ask of a clause. */
static unsigned clause_needs(const struct world *world, const struct commitment *commitment)
{
	unsigned needs = 0;

	for (size_t i = 0; i < commitment->steps_count; i++)
		needs |= actor_needs(world, &commitment->steps[i].by) |
			 actor_needs(world, &commitment->steps[i].whom);
	for (size_t i = 0; i < commitment->costs_count; i++) {
		if (commitment->costs[i].rule == COST_BENEFICIARY_STATE ||
			commitment->costs[i].rule == COST_PER_CAPITA)
			needs |= NEED_ORIGIN;
	}
	return needs;
}

/* One plain place, or the world; sets the depth. */
static bool place_plain(const struct cover_index *index, struct row *row)
{
	const struct place_scope *where = &row->commitment->where;

	if (where->except_count || where->in_count > 1 ||
		(where->in_count == 1 && where->in[0].kind != PLACE_ITEM_PLACE))
		return false;
	row->depth = where->in_count ? index->world->places[where->in[0].index].depth : 0;
	return true;
}

/* One item that means the same on every date; sets the size. */
static bool nats_plain(const struct cover_index *index, struct row *row)
{
	const struct commitment *commitment = row->commitment;
	const struct nat_item *item = commitment->nats;

	if (commitment->nats_count != 1 || commitment->except_nats_count)
		return false;
	switch (item->kind) {
	case NAT_ITEM_CODE:
		row->size = 1;
		return true;
	case NAT_ITEM_GROUP:
		row->size = (uint16_t)set256_count(&index->atlas->group_nats[item->group]);
		return !index->atlas->group_dated[item->group];
	case NAT_ITEM_ANY:
		row->size = (uint16_t)index->world->nats_count;
		return true;
	case NAT_ITEM_SERVED_BY:
		return false;
	}
	return false;
}

static bool person_plain(const struct commitment *commitment)
{
	return !commitment->status && !commitment->unrepresented && !commitment->residences_count &&
	       commitment->resident_since == DATE_NONE && !commitment->as_own_nationals;
}

static unsigned row_needs(
	const struct cover_index *index, struct row *row, bool exact, struct row_memo *memo)
{
	const struct commitment *commitment = row->commitment;
	const struct agreement *agreement = row->agreement;
	unsigned needs = 0;

	for (size_t i = 0; i < commitment->nats_count; i++)
		needs |= commitment->nats[i].kind == NAT_ITEM_ANY ? NEED_ANY : 0u;
	needs |= agreement->visibility == AGREEMENT_PUBLIC ? 0u : NEED_VIEWER;
	needs |= commitment->except_status ? NEED_STATUS : 0u;
	needs |= commitment->to.given ? NEED_TO : 0u;
	/* No shortcut between the terms: they fill in the row. */
	if (!exact || agreement->binds_host || row->provider == NONE32 ||
		commitment->provider.levels || !person_plain(commitment))
		needs |= NEED_JUDGE;
	if (!place_plain(index, row) || !nats_plain(index, row))
		needs |= NEED_JUDGE;
	if (row->provider != NONE32)
		needs |= provider_needs_once(index, agreement, row->provider, memo) |
			 clause_needs(index->world, commitment);
	return needs;
}

/* ---- nationalities ---- */

/* Every nationality that may match on some date. */
static struct set256 row_nats(const struct cover_index *index, const struct commitment *commitment)
{
	struct set256 nats = { { 0 } };

	for (size_t i = 0; i < commitment->nats_count; i++) {
		const struct nat_item *item = &commitment->nats[i];

		if (item->kind == NAT_ITEM_CODE)
			set256_add(&nats, item->nat);
		else if (item->kind == NAT_ITEM_GROUP)
			nats = set256_or(nats, index->atlas->group_nats[item->group]);
		else
			nats = set256_or(nats, set256_below((unsigned)index->world->nats_count));
	}
	for (size_t i = 0; i < commitment->except_nats_count; i++) {
		if (commitment->except_nats[i].kind == NAT_ITEM_CODE)
			set256_remove(&nats, commitment->except_nats[i].nat);
	}
	return nats;
}

/* ---- rows ---- */

/* All but the number of its set, which is *NATS. */
static void fill_row(struct row *row, const struct cover_index *index, const struct hull *hull,
	struct row_memo *memo, struct set256 *nats)
{
	const struct commitment *commitment = row->commitment;
	int32_t from = commitment->from > hull->from ? commitment->from : hull->from;
	int32_t until = commitment->until != DATE_NONE && commitment->until < hull->until
				? commitment->until
				: hull->until;

	*nats = row_nats(index, commitment);
	row->provider =
		commitment->provider.kind == PROVIDER_PARTY ? commitment->provider.party : NONE32;
	row->from = row_day(from);
	row->until = row_day(until);
	if (from > until) { /* never */
		row->from = DAY_MAX;
		row->until = 0;
	}
	row->phases = (uint8_t)commitment->phases;
	row->band = (uint8_t)band_of_duty(commitment->duty);
	row->lead_time_hours =
		commitment->lead_time.count > 0 ? duration_hours(commitment->lead_time) : -1;
	for (size_t i = 0; i < commitment->nats_count; i++)
		row->served_by |= commitment->nats[i].kind == NAT_ITEM_SERVED_BY;
	row->needs = (uint8_t)row_needs(index, row, hull->exact, memo);
	row->rank = index->atlas->deep ? 0
				       : order_rank(false, TRUTH_T, (enum band)row->band,
						 commitment->role, row->depth, row->size,
						 row->agreement->strength, row->lead_time_hours);
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	struct str id = x->commitment->id, other = y->commitment->id;
	/* The rows of a schedule bear one id, in one place. */
	int by = id.ptr == other.ptr && id.len == other.len ? 0 : str_cmp(id, other);

	if (!by)
		by = (x->commitment->schedule_row > y->commitment->schedule_row) -
		     (x->commitment->schedule_row < y->commitment->schedule_row);
	if (!by)
		by = (x->commitment > y->commitment) - (x->commitment < y->commitment);
	return by;
}

/* Schedules are long, and in order as they are. */
static bool rows_sorted(const struct row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (compare_rows(&rows[i - 1], &rows[i]) > 0)
			return false;
	}
	return true;
}

uint32_t row_count(const struct agreement *agreement)
{
	size_t count = agreement->is_template ? 0 : agreement->commitments_count;

	assert(count < NONE32);
	return (uint32_t)count;
}

/* Which commitment each row is. */
static void name_rows(struct agreement_rows *rows, const struct agreement *agreement)
{
	rows->agreement = agreement;
	for (size_t i = 0; i < rows->count; i++) {
		rows->rows[i].agreement = agreement;
		rows->rows[i].commitment = &agreement->commitments[i];
	}
	if (!rows_sorted(rows->rows, rows->count))
		qsort(rows->rows, rows->count, sizeof *rows->rows, compare_rows);
}

void row_begin(
	struct row_work *work, struct agreement_rows *rows, const struct agreement *agreement)
{
	name_rows(rows, agreement);
	work->memo.agreement++;
	if (rows->count)
		work->hull = hull_of(agreement);
}

enum status row_fill(struct row_work *work, struct row *row)
{
	struct set256 nats;

	fill_row(row, work->index, &work->hull, &work->memo, &nats);
	return set_list_put(&work->sets, &nats, &row->nats);
}

enum status row_compile(
	struct cover_index *index, const struct agreement *agreement, struct agreement_rows **out)
{
	struct agreement_rows *rows = block_agreement(index, row_count(agreement));
	struct hull hull = { 0 };

	*out = NULL;
	if (!rows)
		return STATUS_NO_MEMORY;
	name_rows(rows, agreement);
	if (rows->count)
		hull = hull_of(agreement);
	for (size_t i = 0; i < rows->count; i++) {
		struct set256 nats;
		uint32_t number;

		fill_row(&rows->rows[i], index, &hull, NULL, &nats);
		if (sets_intern(index, &nats, &number) != STATUS_OK) {
			block_drop_rows(index, rows);
			return STATUS_NO_MEMORY;
		}
		row_settle(&rows->rows[i], &nats, number);
	}
	*out = rows;
	return STATUS_OK;
}
