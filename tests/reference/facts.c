/* Plain questions about rows: places, groups, parties, and presence ("Facts"). */
#include "facts.h"
#include <assert.h>
#include "reference.h"

bool ref_lies_in(const struct world *world, uint32_t place, uint32_t ancestor)
{
	for (uint32_t p = place; p != NONE32; p = world->places[p].parent)
		if (p == ancestor)
			return true;
	return false;
}

bool ref_in_zone(
	const struct world *world, uint32_t zone, uint32_t place, int32_t date, uint16_t *depth)
{
	bool found = false;
	for (size_t i = 0; i < world->zone_rows_count; i++) {
		const struct membership *row = &world->zone_rows[i];
		if (row->set != zone || !date_within(date, row->from, row->until) ||
			!ref_lies_in(world, place, row->member))
			continue;
		uint16_t found_depth = world->places[row->member].depth;
		if (depth && (!found || found_depth > *depth))
			*depth = found_depth;
		found = true;
	}
	return found;
}

bool ref_in_group(const struct world *world, uint32_t group, uint32_t party, int32_t date)
{
	for (size_t i = 0; i < world->group_rows_count; i++) {
		const struct membership *row = &world->group_rows[i];
		if (row->set == group && row->member == party &&
			date_within(date, row->from, row->until))
			return true;
	}
	return false;
}

bool ref_nat_in_group(const struct world *world, uint32_t group, uint16_t nat, int32_t date)
{
	uint32_t state = ref_state_of(world, nat);
	return state != NONE32 && ref_in_group(world, group, state, date);
}

uint32_t ref_state_of(const struct world *world, uint16_t nat)
{
	return nat == NAT_NONE ? NONE32 : world->nats[nat].state;
}

bool ref_under(const struct world *world, uint32_t party, uint32_t ancestor)
{
	for (uint32_t p = party; p != NONE32; p = world->parties[p].parent)
		if (p == ancestor)
			return true;
	return false;
}

bool ref_acts_for(const struct world *world, uint32_t party, uint16_t nat)
{
	uint32_t state = ref_state_of(world, nat);
	if (state == NONE32)
		return false;
	for (uint32_t p = party; p != NONE32; p = world->parties[p].parent) {
		if (p == state)
			return true;
		for (size_t i = 0; i < world->parties[p].state_controlled_count; i++)
			if (world->parties[p].state_controlled[i] == state)
				return true;
	}
	return false;
}

/* --- Presence ------------------------------------------------------------------------------- */

struct asked {
	const struct world *world;
	uint32_t party, place, country;
	uint8_t service;
	int32_t date;
};

static int32_t months_of(const struct world *world, uint32_t place)
{
	return world->places[world->places[place].country].fresh_months;
}

/* "The embassy … de-facto are resident, honorary is honorary; liaison and other give none." */
static unsigned level_of(enum post_kind kind)
{
	switch (kind) {
	case POST_EMBASSY:
	case POST_HIGH_COMMISSION:
	case POST_CONSULATE_GENERAL:
	case POST_CONSULATE:
	case POST_NUNCIATURE:
	case POST_INTERESTS_SECTION:
	case POST_DE_FACTO:
		return LEVEL_RESIDENT;
	case POST_HONORARY:
		return LEVEL_HONORARY;
	case POST_OTHER:
	case POST_KINDS:
		break;
	}
	return 0;
}

/* ROW is about the pair at LEVEL. "Presence is per country"; "accredited (a resident post elsewhere
 * names this country)". */
static bool row_is_about(const struct asked *asked, const struct post_row *row, unsigned level)
{
	if (row->sending != asked->party)
		return false;
	uint32_t stands_in = asked->world->places[row->place].country;
	if (level == LEVEL_RESIDENT || level == LEVEL_HONORARY)
		return stands_in == asked->country && level_of(row->kind) == level;
	if (level != LEVEL_ACCREDITED || level_of(row->kind) != LEVEL_RESIDENT ||
		stands_in == asked->country)
		return false;
	for (size_t i = 0; i < row->accredited_count; i++)
		if (row->accredited_to[i] == asked->country)
			return true;
	return false;
}

/* validity-start: an opening speaks inside from..until; a closing or suspension without `from` from
 * as_of minus the months. */
static bool row_in_force(const struct asked *asked, const struct post_row *row)
{
	int32_t from = row->from;
	if (row->state != FACT_OPEN && from == DATE_NONE)
		from = date_add_months(row->as_of, -months_of(asked->world, row->place));
	return date_within(asked->date, from, row->until);
}

/* "a fact speaks for dates at most so many months from its as_of, either way; bounds inclusive". */
static bool fresh(int32_t date, int32_t as_of, int32_t months)
{
	return date >= date_add_months(as_of, -months) && date <= date_add_months(as_of, months);
}

/* latest-row: the row of POST in force on the date with the latest `from`; ties: later as_of, then
 * later in the file. */
static const struct post_row *latest_row(const struct asked *asked, uint32_t post)
{
	const struct post_row *latest = NULL;
	for (size_t i = 0; i < asked->world->posts_count; i++) {
		const struct post_row *row = &asked->world->posts[i];
		if (row->post != post || !row_in_force(asked, row))
			continue;
		bool later = !latest || row->from > latest->from ||
			     (row->from == latest->from && row->as_of >= latest->as_of);
		if (later)
			latest = row;
	}
	return latest;
}

/* One post on the date, for a level that one of its periods gives. presence-per-service: a post
 * that limits its services counts as F for the others. A fresh row of another kind says that the
 * post of this level is no more; an aged one says nothing. */
static enum truth judge_post(const struct asked *asked, uint32_t post, unsigned level,
	const struct post_row **judged, bool *stale)
{
	const struct post_row *row = latest_row(asked, post);
	*judged = row;
	if (!row)
		return TRUTH_U;
	if (row->state != FACT_OPEN)
		return TRUTH_F;
	if (asked->service != SERVICE_NONE && row->services &&
		!(row->services >> asked->service & 1))
		return TRUTH_F;
	bool gives = row_is_about(asked, row, level);
	if (fresh(asked->date, row->as_of, months_of(asked->world, row->place)))
		return gives ? TRUTH_T : TRUTH_F;
	*stale = *stale || gives;
	return TRUTH_U;
}

/* "liaison and other give none". */
static bool gives_office(const struct asked *asked, const struct office_row *row)
{
	return row->party == asked->party &&
	       asked->world->places[row->place].country == asked->country &&
	       !str_is(row->kind, "liaison") && !str_is(row->kind, "other");
}

/* superseded-absence: a later dated opening of the pair and level ends what an absence says. */
static bool superseded(const struct asked *asked, int32_t start, unsigned level)
{
	const struct world *world = asked->world;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *row = &world->posts[i];
		int32_t begins = row->from == DATE_NONE ? row->as_of : row->from;
		if (row_is_about(asked, row, level) && row->state == FACT_OPEN && begins > start &&
			begins <= asked->date)
			return true;
	}
	for (size_t i = 0; level == LEVEL_OFFICE && i < world->offices_count; i++) {
		const struct office_row *row = &world->offices[i];
		int32_t begins = row->from == DATE_NONE ? row->as_of : row->from;
		if (gives_office(asked, row) && begins > start && begins <= asked->date)
			return true;
	}
	return false;
}

/* absent.csv says F. validity-start: from its `from`, else from as_of minus the months; it does not
 * age forward. */
static bool said_absent(const struct asked *asked, unsigned level)
{
	for (size_t i = 0; i < asked->world->absents_count; i++) {
		const struct absent_row *row = &asked->world->absents[i];
		if (row->sending != asked->party || row->receiving != asked->country ||
			!(row->levels & level))
			continue;
		int32_t start = row->from;
		if (start == DATE_NONE)
			start = date_add_months(
				row->as_of, -months_of(asked->world, asked->country));
		if (date_within(asked->date, start, row->until) && !superseded(asked, start, level))
			return true;
	}
	return false;
}

/* complete-silence: the record is complete, and nothing of the pair and level stands in it. */
static bool said_complete(const struct asked *asked, unsigned level)
{
	const struct world *world = asked->world;
	for (size_t i = 0; i < world->posts_count; i++)
		if (row_is_about(asked, &world->posts[i], level))
			return false;
	for (size_t i = 0; level == LEVEL_OFFICE && i < world->offices_count; i++)
		if (gives_office(asked, &world->offices[i]))
			return false;
	for (size_t i = 0; i < world->completes_count; i++) {
		const struct complete_row *row = &world->completes[i];
		bool of_pair = row->side == COMPLETE_SENDING ? row->state == asked->party
							     : row->state == asked->country;
		int32_t months = months_of(world, asked->country);
		if (of_pair && row->levels & level &&
			asked->date >= date_add_months(row->as_of, -months))
			return true;
	}
	return false;
}

/* Posts of one level: OR over them; *ALL_F when there are some and every one is F. */
static enum truth posts_say(
	const struct asked *asked, unsigned level, struct presence *found, bool *all_f)
{
	const struct world *world = asked->world;
	enum truth best = TRUTH_F;
	bool any = false;
	*all_f = true;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *judged, *row = &world->posts[i];
		if (!row_is_about(asked, row, level))
			continue;
		enum truth truth = judge_post(asked, row->post, level, &judged, &found->stale);
		any = true;
		*all_f = *all_f && truth == TRUTH_F;
		if (truth == TRUTH_T) {
			uint32_t at = (uint32_t)(judged - world->posts);
			bool here = judged->place == asked->place;
			if (found->post_row == NONE32 ||
				(here && world->posts[found->post_row].place != asked->place))
				found->post_row = at;
		}
		best = truth_or(best, truth);
	}
	*all_f = *all_f && any;
	return best;
}

/* office-levels: "any party has `office` by offices.csv". */
static enum truth offices_say(const struct asked *asked, struct presence *found)
{
	const struct world *world = asked->world;
	enum truth best = TRUTH_F;
	for (size_t i = 0; i < world->offices_count; i++) {
		const struct office_row *row = &world->offices[i];
		if (!gives_office(asked, row))
			continue;
		best = truth_or(best, TRUTH_U);
		if (!date_within(asked->date, row->from, row->until))
			continue;
		if (!fresh(asked->date, row->as_of, months_of(world, row->place))) {
			found->stale = true;
			continue;
		}
		bool here = row->place == asked->place;
		if (found->office_row == NONE32 ||
			(here && world->offices[found->office_row].place != asked->place))
			found->office_row = (uint32_t)i;
		best = TRUTH_T;
	}
	return best;
}

/* "if none is T: F when absent.csv or complete.csv says so …, or when every post on record is F;
 * else U". */
static struct presence at_level(const struct asked *asked, unsigned level)
{
	struct presence found = { .post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
	bool all_f = false;
	enum truth truth = level == LEVEL_OFFICE ? offices_say(asked, &found)
						 : posts_say(asked, level, &found, &all_f);
	if (truth == TRUTH_T) {
		found.level = level;
		found.truth = TRUTH_T;
	} else if (said_absent(asked, level) || said_complete(asked, level) || all_f) {
		found.truth = TRUTH_F;
	} else {
		found.truth = TRUTH_U;
	}
	if (found.truth != TRUTH_U)
		found.stale = false;
	return found;
}

struct ref_supposed ref_supposed;

struct presence reference_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date)
{
	assert(world->places[place].country != NONE32);
	struct asked asked = { world, party, place, world->places[place].country, service, date };
	struct presence best = { .truth = TRUTH_F,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
	for (unsigned level = LEVEL_RESIDENT; level <= LEVEL_OFFICE; level *= 2) {
		if (!(levels & level))
			continue;
		struct presence here = at_level(&asked, level);
		/* "taken as known": for reference_unknowns() alone */
		if (here.truth == TRUTH_U && ref_supposed.levels & level &&
			ref_supposed.party == party && ref_supposed.country == asked.country)
			here = (struct presence){ .truth = ref_supposed.truth,
				.level = ref_supposed.truth == TRUTH_T ? level : 0,
				.post_row = NONE32,
				.office_row = NONE32,
				.absent_row = NONE32,
				.complete_row = NONE32 };
		if (here.truth > best.truth) {
			bool stale = best.stale || here.stale;
			best = here;
			best.stale = stale;
		} else if (here.truth == best.truth) {
			best.stale = best.stale || here.stale;
		}
	}
	if (best.truth != TRUTH_U)
		best.stale = false;
	return best;
}
