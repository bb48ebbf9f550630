/* cover_due(): the dates on which somebody must act so that agreements and facts go on holding. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

struct finding {
	struct arena *arena;
	const struct world *world;
	const struct due_filter *filter;
	struct due *items;
	size_t count, capacity;
	bool no_memory;
};

static struct due *find(
	struct finding *work, enum due_kind kind, int32_t on, const struct agreement *agreement)
{
	static struct due spare; /* never read: memory was wanting */
	void *items = work->items;
	struct due *due =
		arena_push(work->arena, &items, &work->count, &work->capacity, sizeof *due);

	work->items = items;
	work->no_memory |= !due;
	if (!due)
		due = &spare;
	*due = (struct due){ kind, on, agreement, NULL, NONE32 };
	return due;
}

/* ---- terms ---- */

static void find_term(
	struct finding *work, const struct agreement *agreement, const struct readiness *ready)
{
	const struct duration *notice = &agreement->notice;
	int32_t date = work->filter->date, last = ready->ends;

	if (last == DATE_NONE)
		return;
	find(work, agreement->renews.count ? DUE_RENEWAL : DUE_END, last, agreement);
	/* A notice in working days hangs on a calendar that is not on record. */
	if (notice->count == 0 || notice->unit == DURATION_WORKING_DAYS)
		return;
	last = notice->unit == DURATION_MONTHS  ? date_add_months(last, -notice->count)
	       : notice->unit == DURATION_HOURS ? last - (notice->count + 23) / 24
						: last - notice->count;
	if (last >= date)
		find(work, DUE_NOTICE, last, agreement);
}

static void find_clauses(struct finding *work, const struct agreement *agreement, int32_t ends)
{
	for (size_t i = 0; i < agreement->commitments_count; i++) {
		const struct commitment *commitment = &agreement->commitments[i];
		if (commitment->until == DATE_NONE || commitment->until < work->filter->date ||
			(ends != DATE_NONE && commitment->until >= ends))
			continue;
		if (commitment->schedule >= 0 && commitment->schedule_row > 0)
			continue; /* told once for its schedule's clause */
		find(work, DUE_CLAUSE_END, commitment->until, agreement)->commitment = commitment;
	}
}

/* ---- review ---- */

/* The first day not before DATE that lies whole times EVERY after FROM. */
static int32_t next_time(int32_t from, struct duration every, int32_t date)
{
	int32_t step = every.unit == DURATION_HOURS ? (every.count + 23) / 24 : every.count;
	int32_t times;

	if (every.unit != DURATION_MONTHS) {
		times = date > from ? (date - from + step - 1) / step : 1;
		return from + (times < 1 ? 1 : times) * step;
	}
	times = date > from ? (date - from) / (31 * step) : 1;
	for (times = times < 1 ? 1 : times; date_add_months(from, times * step) < date;)
		times++;
	return date_add_months(from, times * step);
}

static struct duration review(const struct agreement *agreement, const char *name)
{
	const struct node *map = node_get(agreement->tree, "review");
	const struct node *every = map ? node_get(map, name) : NULL;
	struct duration duration;

	return every && duration_parse(every->text, &duration)
		       ? duration
		       : (struct duration){ 0, DURATION_DAYS };
}

static void find_reviews(
	struct finding *work, const struct agreement *agreement, const struct readiness *ready)
{
	struct duration report = review(agreement, "report-every");
	int32_t from = agreement->from, date = work->filter->date;

	if (from == DATE_NONE)
		return;
	if (ready->exercise_every.count)
		find(work, DUE_EXERCISE, next_time(from, ready->exercise_every, date), agreement);
	if (report.count)
		find(work, DUE_REPORT, next_time(from, report, date), agreement);
	/* After a test on record the next is known, and may be late. */
	if (ready->tested_every.count)
		find(work, DUE_CHANNELS,
			ready->last_test != DATE_NONE
				? next_time(ready->last_test, ready->tested_every,
					  ready->last_test + 1)
				: next_time(from, ready->tested_every, date),
			agreement);
}

/* ---- which agreements ---- */

static bool is_party_of(const struct finding *work, const struct agreement *agreement)
{
	uint32_t party = work->filter->party;

	return party != NONE32 && match_is_party(work->world, agreement, party, work->filter->date);
}

/* Those by which somebody is known to act at the place, or the party to act at all. */
static enum status mark_acting(bool *marks, struct arena *arena, const struct cover_index *index,
	const struct accords *accords, const struct due_filter *filter)
{
	const struct activity_filter asked = { .place = filter->place,
		.party = filter->party,
		.services = ~UINT64_C(0),
		.phase = PHASE_DURING,
		.date = filter->date,
		.viewer = filter->viewer };
	struct activity *rows;
	size_t count;
	enum status status = cover_activities(&rows, &count, arena, index, &asked);

	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		marks[rows[i].agreement - accords->items] = true;
	return status;
}

static enum status find_agreements(
	struct finding *work, const struct cover_index *index, const struct accords *accords)
{
	const struct due_filter *filter = work->filter;
	bool *marks = ARENA_ARRAY(work->arena, accords->items_count + 1, bool);
	bool narrowed = filter->place != NONE32 || filter->party != NONE32;
	enum status status = marks ? STATUS_OK : STATUS_NO_MEMORY;

	if (status == STATUS_OK && narrowed)
		status = mark_acting(marks, work->arena, index, accords, filter);
	for (size_t i = 0; i < accords->items_count && status == STATUS_OK; i++) {
		const struct agreement *agreement = &accords->items[i];
		enum accord_force force = accord_in_force(agreement, filter->date);
		struct readiness ready;
		if (force == FORCE_NO || (filter->agreement && filter->agreement != agreement) ||
			!cover_visible(index, agreement, filter->viewer, filter->date) ||
			(narrowed && !marks[i] && !is_party_of(work, agreement)))
			continue;
		status = cover_ready(
			&ready, work->arena, index, agreement, NULL, filter->date, filter->viewer);
		if (status != STATUS_OK)
			break;
		find_term(work, agreement, &ready);
		if (force == FORCE_YES) {
			find_clauses(work, agreement, ready.ends);
			find_reviews(work, agreement, &ready);
		}
	}
	return status;
}

/* ---- facts ---- */

static void find_stale(struct finding *work)
{
	const struct world *world = work->world;
	const struct due_filter *filter = work->filter;

	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		uint32_t country = world->places[post->place].country;
		int32_t months = country == NONE32 ? 0 : world->places[country].fresh_months;
		if (post->state != FACT_OPEN || months == 0 ||
			(filter->party != NONE32 && post->sending != filter->party) ||
			(filter->place != NONE32 && country != filter->place))
			continue;
		if (world_fresh(filter->date, post->from, post->until, post->as_of, months) ==
			TRUTH_T)
			find(work, DUE_STALE, date_add_months(post->as_of, months), NULL)
				->post_row = (uint32_t)i;
	}
}

static int by_day(const void *a, const void *b)
{
	const struct due *x = a, *y = b;

	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->agreement != y->agreement)
		return !x->agreement                 ? 1
		       : !y->agreement               ? -1
		       : x->agreement < y->agreement ? -1
						     : 1;
	if (x->post_row != y->post_row)
		return x->post_row < y->post_row ? -1 : 1;
	return x->commitment == y->commitment ? 0 : x->commitment < y->commitment ? -1 : 1;
}

enum status cover_due(struct due **out, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct accords *accords,
	const struct due_filter *filter)
{
	struct finding work = { .arena = arena, .world = index->world, .filter = filter };
	enum status status;

	assert(out && count && filter->date != DATE_NONE);
	status = find_agreements(&work, index, accords);
	if (status == STATUS_OK && (filter->place != NONE32 || filter->party != NONE32))
		find_stale(&work);
	if (status == STATUS_OK && work.no_memory)
		status = STATUS_NO_MEMORY;
	if (work.count > 1)
		qsort(work.items, work.count, sizeof *work.items, by_day);
	*out = work.items;
	*count = work.count;
	return status;
}
