/* Presence as a question asks it: by the sets of its country's column on its day. world_presence()
 * is asked for what sets do not hold: parties that are no States, posts that give certain services
 * only, and the fact behind an answer, where the answer is to name it. */
#include <assert.h>
#include "cover/internal.h"

/* ---- the country's sets on the day ---- */

static const struct presence_day nothing;

/* Looked up once for as many questions of a request as have the same country and day. */
static const struct here *here(const struct ask *ask)
{
	struct here *here = &ask->scratch->here;

	if (here->table != ask->index->columns || here->country != ask->country ||
		here->date != ask->query.date) {
		uint32_t block = ask->index->atlas->spots[ask->country].block;
		const struct column *column = ask->index->columns->columns[block];

		*here = (struct here){ .table = ask->index->columns,
			.country = ask->country,
			.date = ask->query.date,
			.day = column ? column_day(column, ask->query.date) : &nothing };
		if (column)
			here->limited = column->limited;
	}
	return here;
}

/* The day's sets speak of NAT's State. */
static bool speaks(const struct ask *ask, const struct here *here, uint16_t nat)
{
	return nat != NAT_NONE && !set256_has(&here->limited, nat) && nat != ask->apart;
}

/* At any of LEVELS: those who are there; those who are known not to be. */
static struct set256 present_at(const struct presence_day *day, unsigned levels)
{
	struct set256 set = { { 0 } };

	for (unsigned n = 0; n < LEVEL_COUNT; n++)
		if (levels >> n & 1u)
			set = set256_or(set, day->present[n]);
	return set;
}

static struct set256 absent_at(const struct presence_day *day, unsigned levels)
{
	struct set256 set = set256_below(256);

	for (unsigned n = 0; n < LEVEL_COUNT; n++)
		if (levels >> n & 1u)
			set = set256_and(set, set256_minus(day->known[n], day->present[n]));
	return set;
}

static struct presence bare(enum truth truth, unsigned level)
{
	return (struct presence){ .truth = truth,
		.level = truth == TRUTH_T ? level : 0,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
}

static struct presence facts(const struct ask *ask, uint32_t party, unsigned levels)
{
	return world_presence(
		ask->world, party, ask->query.place, levels, ask->query.service, ask->query.date);
}

/* As on record: the truth and the level; facts where no set had to be asked. */
static struct presence recorded(const struct ask *ask, uint32_t party, unsigned levels)
{
	const struct here *sets = here(ask);
	uint16_t nat = ask->world->parties[party].nat;
	bool known = true;

	assert(levels && levels <= LEVELS_ALL);
	if (!speaks(ask, sets, nat))
		return facts(ask, party, levels);
	for (unsigned n = 0; n < LEVEL_COUNT; n++) {
		if (!(levels >> n & 1u))
			continue;
		if (set256_has(&sets->day->present[n], nat))
			return bare(TRUTH_T, 1u << n);
		known &= set256_has(&sets->day->known[n], nat);
	}
	return bare(known ? TRUTH_F : TRUTH_U, 0);
}

/* ---- what if, and what is not known ---- */

/* The levels among LEVELS at which it is not known whether PARTY is there. */
static unsigned unknown_levels(const struct ask *ask, uint32_t party, unsigned levels)
{
	unsigned unknown = 0;

	for (unsigned level = LEVEL_RESIDENT; level <= LEVEL_OFFICE; level <<= 1)
		if ((levels & level) && recorded(ask, party, level).truth == TRUTH_U)
			unknown |= level;
	return unknown;
}

static void wonder_at(struct wonder *wonder, uint32_t party, unsigned levels)
{
	for (size_t i = 0; i < wonder->count; i++)
		if (wonder->items[i].party == party) {
			wonder->items[i].levels |= levels;
			return;
		}
	if (wonder->count == WONDER_MAX)
		return;
	wonder->items[wonder->count].party = party;
	wonder->items[wonder->count++].levels = levels;
}

/* PRESENCE, which is what is on record, under what is assumed. */
static struct presence assumed(
	const struct ask *ask, uint32_t party, unsigned levels, struct presence presence)
{
	const struct assume *assume = ask->assume;
	unsigned unknown = unknown_levels(ask, party, levels & assume->levels);

	if (!unknown)
		return presence;
	if (assume->truth == TRUTH_F && (levels & ~unknown)) /* what is left speaks */
		return recorded(ask, party, levels & ~unknown);
	unknown &= ~unknown + 1u;
	if (presence.truth == TRUTH_T && presence.level < unknown)
		return presence;
	return bare(assume->truth, unknown);
}

/* Something is assumed about PARTY in the country. */
static bool concerns(const struct assume *assume, const struct ask *ask, uint32_t party)
{
	return assume && !assume->residence && assume->party == party &&
	       assume->country == ask->country;
}

struct presence ask_presence(const struct ask *ask, uint32_t party, unsigned levels)
{
	struct presence presence = recorded(ask, party, levels);
	unsigned unknown;

	if (ask->wonder) { /* also where it is there: a nearer post may not be known */
		unknown = unknown_levels(ask, party, levels);
		if (unknown)
			wonder_at(ask->wonder, party, unknown);
	}
	if (concerns(ask->assume, ask, party) && (levels & ask->assume->levels))
		return assumed(ask, party, levels, presence);
	return presence;
}

struct presence ask_presence_facts(
	const struct ask *ask, uint32_t party, unsigned levels, struct presence presence)
{
	bool named = presence.post_row != NONE32 || presence.office_row != NONE32;

	/* Nobody asks for the facts of what is assumed. */
	return named || ask->bare || ask->assume ? presence : facts(ask, party, levels);
}

/* ---- pools ---- */

struct set256 ask_pool(const struct ask *ask, const struct row *row)
{
	const struct provider *form = &row->commitment->provider;
	struct set256 pool = *atlas_group(ask->index->atlas, form->group, ask->query.date),
		      possible;
	const struct here *sets;

	if (ask->memo && ask->memo->parties)
		pool = set256_and(pool, ask_party_nats(ask, row));
	/* Whoever wonders wants to be told of every fact that is met. */
	if (!form->levels || row->commitment->schedule >= 0 || ask->wonder)
		return pool;
	sets = here(ask);
	possible = ask->reading == READING_IN_FAVOUR
			   ? set256_minus(set256_below(256), absent_at(sets->day, form->levels))
			   : present_at(sets->day, form->levels);
	possible = set256_or(possible, sets->limited);
	if (ask->apart != NAT_NONE)
		set256_add(&possible, ask->apart);
	if (ask->assume && concerns(ask->assume, ask, ask->assume->party) &&
		ask->world->parties[ask->assume->party].nat != NAT_NONE)
		set256_add(&possible, ask->world->parties[ask->assume->party].nat);
	return set256_and(pool, possible);
}

enum truth index_presence(const struct cover_index *index, uint32_t party, uint32_t country,
	unsigned levels, int32_t date)
{
	uint16_t nat = index->world->parties[party].nat;
	const struct column *column = index->columns->columns[index->atlas->spots[country].block];
	const struct presence_day *day = column ? column_day(column, date) : &nothing;
	struct set256 present = present_at(day, levels), absent = absent_at(day, levels);

	if (nat == NAT_NONE)
		return world_presence(index->world, party, country, levels, SERVICE_NONE, date)
			.truth;
	return set256_has(&present, nat) ? TRUTH_T : set256_has(&absent, nat) ? TRUTH_F : TRUTH_U;
}
