/* Presence(party, country, levels) on a date: the model's "Facts" and docs/semantics.md, decision
 * by decision.
 *
 * A level is judged in this order: T by a post or office; else F by an absence, by a complete list,
 * or because every post on record is F; else U. Levels are then joined by OR. Nothing here looks
 * further than the facts of the pair. */
#include "world/presence.h"

#include <assert.h>

/* What one fact says, and what decides between facts that say the same. */
struct verdict {
	enum truth truth;
	bool stale;
	uint32_t row; /* of posts or offices */
	bool near;    /* stands in the place asked for */
};

static const struct verdict no_verdict = { .truth = TRUTH_F, .row = NONE32 };

/* Whether A is to be shown rather than B. */
static bool better(const struct verdict *a, const struct verdict *b)
{
	if (b->row == NONE32)
		return true;
	if (a->truth != b->truth)
		return a->truth > b->truth;
	if (a->stale != b->stale)
		return a->stale;
	if (a->near != b->near)
		return a->near;
	return a->row < b->row;
}

/* latest-row: rows of a post stand in order of `from`, open first, so the last one that is in force
 * is the one. */
static uint32_t row_in_force(const struct world *world, const struct pair_post *post, int32_t date)
{
	uint32_t found = NONE32;
	for (uint32_t i = post->first; i < post->first + post->count; i++)
		if (date_within(date, world->index->post_dates[i].start, world->posts[i].until))
			found = i;
	return found;
}

static struct verdict judge_post(
	const struct presence_question *question, const struct pair_post *post, unsigned level)
{
	const struct world *world = question->world;
	uint32_t i = row_in_force(world, post, question->date);
	struct verdict verdict = { .truth = TRUTH_U, .row = i };
	if (i == NONE32) {
		verdict.row = post->first + post->count - 1;
	} else {
		const struct post_row *row = &world->posts[i];
		const struct post_dates *dates = &world->index->post_dates[i];
		bool gives = world__row_level(world, row, question->country) == level;
		bool limited = row->services != 0 && question->service != SERVICE_NONE &&
			       !(row->services >> question->service & 1u);
		bool fresh = date_within(question->date, dates->fresh_from, dates->fresh_until);
		if (row->state != FACT_OPEN || limited)
			verdict.truth = TRUTH_F;
		else if (fresh)
			verdict.truth = gives ? TRUTH_T : TRUTH_F;
		else
			verdict.stale = gives;
	}
	verdict.near = world->posts[verdict.row].place == question->place;
	return verdict;
}

bool world__gives_office(const struct office_row *office)
{
	return !str_is(office->kind, "liaison") && !str_is(office->kind, "other");
}

static struct verdict judge_office(const struct presence_question *question, uint32_t i)
{
	const struct office_row *office = &question->world->offices[i];
	const struct post_dates *dates = &question->world->index->office_dates[i];
	struct verdict verdict = { .row = i, .near = office->place == question->place };
	bool valid = date_within(question->date, office->from, office->until);
	bool fresh = date_within(question->date, dates->fresh_from, dates->fresh_until);
	verdict.truth = valid && fresh ? TRUTH_T : TRUTH_U;
	verdict.stale = valid && !fresh;
	return verdict;
}

const struct keyed *world__keyed_range(
	const struct keyed *items, size_t count, uint64_t key, size_t *found)
{
	size_t first = world__keyed_find(items, count, key), end = first;
	while (end < count && items[end].key == key)
		end++;
	*found = end - first;
	return items + first;
}

const struct keyed *world__offices_of(const struct presence_question *question, size_t *count)
{
	const struct world *world = question->world;
	return world__keyed_range(world->index->offices, world->offices_count,
		world__pair(question->party, question->country), count);
}

/* The fact of LEVEL that speaks loudest, and whether there is any on record. */
static struct verdict judge_facts(
	const struct presence_question *question, unsigned level, bool *any)
{
	struct verdict best = no_verdict;
	size_t count;
	*any = false;
	if (level == LEVEL_OFFICE) {
		const struct keyed *offices = world__offices_of(question, &count);
		for (size_t i = 0; i < count; i++) {
			if (!world__gives_office(&question->world->offices[offices[i].row]))
				continue;
			struct verdict verdict = judge_office(question, offices[i].row);
			*any = true;
			if (better(&verdict, &best))
				best = verdict;
		}
		return best;
	}
	for (size_t i = 0; i < question->post_count; i++) {
		if (!(question->posts[i].levels & level))
			continue;
		struct verdict verdict = judge_post(question, &question->posts[i], level);
		*any = true;
		if (better(&verdict, &best))
			best = verdict;
	}
	return best;
}

/* Whether a fact that begins then ends an absence that began at START, by the question's date. */
static bool begins_after(
	const struct presence_question *question, int32_t start, int32_t from, int32_t as_of)
{
	int32_t begin = from != DATE_NONE ? from : as_of;
	return begin > start && begin <= question->date;
}

/* superseded-absence: a later dated open post (or office) of the pair and level has begun. */
static bool superseded(const struct presence_question *question, unsigned level, int32_t start)
{
	const struct world *world = question->world;
	size_t count;
	if (level == LEVEL_OFFICE) {
		const struct keyed *offices = world__offices_of(question, &count);
		for (size_t i = 0; i < count; i++) {
			const struct office_row *office = &world->offices[offices[i].row];
			if (world__gives_office(office) &&
				begins_after(question, start, office->from, office->as_of))
				return true;
		}
		return false;
	}
	for (size_t i = 0; i < question->post_count; i++) {
		const struct pair_post *post = &question->posts[i];
		for (uint32_t k = post->first; k < post->first + post->count; k++) {
			const struct post_row *row = &world->posts[k];
			if (row->state == FACT_OPEN &&
				world__row_level(world, row, question->country) == level &&
				begins_after(question, start, row->from, row->as_of))
				return true;
		}
	}
	return false;
}

static uint32_t find_absence(const struct presence_question *question, unsigned level)
{
	const struct world *world = question->world;
	int32_t months = world->places[question->country].fresh_months;
	size_t count;
	const struct keyed *absents = world__keyed_range(world->index->absents,
		world->absents_count, world__pair(question->party, question->country), &count);
	for (size_t i = 0; i < count; i++) {
		const struct absent_row *absent = &world->absents[absents[i].row];
		int32_t start = world__speaks_from(absent->from, absent->as_of, months);
		if ((absent->levels & level) && date_within(question->date, start, absent->until) &&
			!superseded(question, level, start))
			return absents[i].row;
	}
	return NONE32;
}

/* complete-silence: asked only where nothing of the pair and level is on record. */
static uint32_t find_complete(const struct presence_question *question, unsigned level)
{
	const struct world *world = question->world;
	int32_t months = world->places[question->country].fresh_months;
	const uint64_t keys[2] = { world__side(COMPLETE_SENDING, question->party),
		world__side(COMPLETE_RECEIVING, question->country) };
	for (size_t side = 0; side < 2; side++) {
		size_t count;
		const struct keyed *completes = world__keyed_range(
			world->index->completes, world->completes_count, keys[side], &count);
		for (size_t i = 0; i < count; i++) {
			const struct complete_row *complete = &world->completes[completes[i].row];
			if ((complete->levels & level) &&
				question->date >= world__add_months(complete->as_of, -months))
				return completes[i].row;
		}
	}
	return NONE32;
}

struct presence world__judge_level(const struct presence_question *question, unsigned level)
{
	struct presence presence = { .truth = TRUTH_U,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
	bool any;
	struct verdict best = judge_facts(question, level, &any);
	if (!(any && best.truth == TRUTH_T)) {
		presence.absent_row = find_absence(question, level);
		if (presence.absent_row == NONE32 && !any)
			presence.complete_row = find_complete(question, level);
		if (presence.absent_row != NONE32 || presence.complete_row != NONE32) {
			presence.truth = TRUTH_F;
			return presence;
		}
	}
	if (!any)
		return presence;
	presence.truth = best.truth;
	presence.level = best.truth == TRUTH_T ? level : 0;
	presence.stale = best.truth == TRUTH_U && best.stale;
	if (level == LEVEL_OFFICE)
		presence.office_row = best.row;
	else
		presence.post_row = best.row;
	return presence;
}

static void find_posts(struct presence_question *question)
{
	const struct world_index *index = question->world->index;
	uint64_t key = world__pair(question->party, question->country);
	size_t low = 0, high = index->pair_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (index->pairs[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < index->pair_count && index->pairs[high].key == key;)
		high++;
	question->posts = index->pairs + low;
	question->post_count = high - low;
}

struct presence world_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date)
{
	struct presence result = { .truth = TRUTH_U,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
	assert(world && party < world->parties_count && place < world->places_count);
	assert(date != DATE_NONE && levels && !(levels & ~LEVELS_ALL));
	struct presence_question question = { .world = world,
		.party = party,
		.place = place,
		.date = date,
		.country = world->places[place].country,
		.service = service };
	bool stale = false, first = true;
	if (question.country == NONE32)
		return result;
	find_posts(&question);
	for (unsigned level = LEVEL_RESIDENT; level <= LEVEL_OFFICE; level <<= 1) {
		if (!(levels & level))
			continue;
		struct presence presence = world__judge_level(&question, level);
		stale = stale || presence.stale;
		if (first || presence.truth > result.truth)
			result = presence;
		first = false;
		if (result.truth == TRUTH_T)
			break;
	}
	result.stale = result.truth == TRUTH_U && stale;
	return result;
}
