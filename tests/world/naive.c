/* See naive.h. Each function restates one sentence, which stands above it. */
#include "naive.h"

static uint32_t country_of(const struct world *world, uint32_t place)
{
	while (place != NONE32 && world->places[place].kind != PLACE_COUNTRY)
		place = world->places[place].parent;
	return place;
}

/* resident (embassy, high-commission, consulate-general, consulate, nunciature, interests-section,
 * de-facto), honorary. */
static bool is_resident(const struct post_row *row)
{
	return row->kind != POST_HONORARY && row->kind != POST_OTHER;
}

/* Whether ROW gives LEVEL in COUNTRY; accredited: a resident post elsewhere names this country. */
static bool gives(
	const struct world *world, const struct post_row *row, uint32_t country, unsigned level)
{
	bool here = country_of(world, row->place) == country;
	if (level == LEVEL_RESIDENT)
		return here && is_resident(row);
	if (level == LEVEL_HONORARY)
		return here && row->kind == POST_HONORARY;
	if (level != LEVEL_ACCREDITED || here || !is_resident(row))
		return false;
	for (size_t i = 0; i < row->accredited_count; i++)
		if (row->accredited_to[i] == country)
			return true;
	return false;
}

/* A fact speaks for dates at most so many months from its as_of, either way. */
static bool fresh(const struct world *world, uint32_t country, int32_t as_of, int32_t date)
{
	int32_t months = world->places[country].fresh_months;
	return date_add_months(as_of, -months) <= date && date <= date_add_months(as_of, months);
}

/* A closing, suspension or absence is valid from its `from`; without one, from as_of minus the
 * freshness months. */
static int32_t start_of(const struct world *world, uint32_t country, int32_t from, int32_t as_of)
{
	return from == DATE_NONE ? date_add_months(as_of, -world->places[country].fresh_months)
				 : from;
}

static bool in_force(const struct world *world, const struct post_row *row, int32_t date)
{
	int32_t from = row->from;
	if (row->state != FACT_OPEN)
		from = start_of(world, country_of(world, row->place), row->from, row->as_of);
	return (from == DATE_NONE || from <= date) &&
	       (row->until == DATE_NONE || date <= row->until);
}

/* A post is judged by its row in force on the date with the latest `from`; one none of whose rows
 * is in force is U. A row in force of another level than the one asked counts as F for it while it
 * is fresh. */
static enum truth judge(const struct world *world, uint32_t post, uint32_t country, unsigned level,
	uint8_t service, int32_t date, bool *stale)
{
	const struct post_row *row = NULL;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *other = &world->posts[i];
		if (other->post == post && in_force(world, other, date) &&
			(!row || other->from >= row->from))
			row = other;
	}
	if (!row)
		return TRUTH_U;
	if (row->state != FACT_OPEN)
		return TRUTH_F;
	if (row->services && service != SERVICE_NONE && !(row->services & UINT64_C(1) << service))
		return TRUTH_F;
	bool given = gives(world, row, country, level);
	if (fresh(world, country_of(world, row->place), row->as_of, date))
		return given ? TRUTH_T : TRUTH_F;
	*stale = *stale || given;
	return TRUTH_U;
}

static bool is_office(
	const struct world *world, const struct office_row *row, uint32_t party, uint32_t country)
{
	return row->party == party && country_of(world, row->place) == country &&
	       !str_is(row->kind, "liaison") && !str_is(row->kind, "other");
}

/* A row of absent.csv stops speaking at the first date on which a later dated open post of the same
 * pair and level begins. */
static bool superseded(const struct world *world, uint32_t party, uint32_t country, unsigned level,
	int32_t start, int32_t date)
{
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *row = &world->posts[i];
		int32_t begin = row->from == DATE_NONE ? row->as_of : row->from;
		if (row->sending == party && row->state == FACT_OPEN &&
			gives(world, row, country, level) && begin > start && begin <= date)
			return true;
	}
	for (size_t i = 0; i < world->offices_count; i++) {
		const struct office_row *row = &world->offices[i];
		int32_t begin = row->from == DATE_NONE ? row->as_of : row->from;
		if (level == LEVEL_OFFICE && is_office(world, row, party, country) &&
			begin > start && begin <= date)
			return true;
	}
	return false;
}

static bool absent(
	const struct world *world, uint32_t party, uint32_t country, unsigned level, int32_t date)
{
	for (size_t i = 0; i < world->absents_count; i++) {
		const struct absent_row *row = &world->absents[i];
		int32_t start = start_of(world, country, row->from, row->as_of);
		if (row->sending == party && row->receiving == country && (row->levels & level) &&
			start <= date && (row->until == DATE_NONE || date <= row->until) &&
			!superseded(world, party, country, level, start, date))
			return true;
	}
	return false;
}

/* A row of complete.csv speaks from its as_of minus the freshness months onward. */
static bool complete(
	const struct world *world, uint32_t party, uint32_t country, unsigned level, int32_t date)
{
	for (size_t i = 0; i < world->completes_count; i++) {
		const struct complete_row *row = &world->completes[i];
		uint32_t state = row->side == COMPLETE_SENDING ? party : country;
		if (row->state == state && (row->levels & level) &&
			date >= date_add_months(row->as_of, -world->places[country].fresh_months))
			return true;
	}
	return false;
}

static struct naive at_level(const struct world *world, uint32_t party, uint32_t country,
	unsigned level, uint8_t service, int32_t date)
{
	struct naive found = { 0 };
	size_t on_record = 0, known_false = 0;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *row = &world->posts[i];
		if (row->sending != party || !gives(world, row, country, level))
			continue;
		enum truth truth =
			judge(world, row->post, country, level, service, date, &found.stale);
		on_record++;
		known_false += truth == TRUTH_F;
		found.level = truth == TRUTH_T ? level : found.level;
	}
	for (size_t i = 0; level == LEVEL_OFFICE && i < world->offices_count; i++) {
		const struct office_row *row = &world->offices[i];
		if (!is_office(world, row, party, country))
			continue;
		on_record++;
		if (!date_within(date, row->from, row->until))
			continue;
		if (fresh(world, country, row->as_of, date))
			found.level = level;
		else
			found.stale = true;
	}
	if (found.level)
		found.truth = TRUTH_T;
	else if (absent(world, party, country, level, date) ||
		 (!on_record && complete(world, party, country, level, date)) ||
		 (on_record && known_false == on_record))
		found.truth = TRUTH_F;
	else
		found.truth = TRUTH_U;
	found.stale = found.stale && found.truth == TRUTH_U;
	return found;
}

struct naive naive_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date)
{
	struct naive all = { .truth = TRUTH_F };
	uint32_t country = country_of(world, place);
	if (country == NONE32)
		return (struct naive){ .truth = TRUTH_U };
	for (unsigned bit = 0; bit < 4; bit++) {
		if (!(levels >> bit & 1u))
			continue;
		struct naive one = at_level(world, party, country, 1u << bit, service, date);
		if (one.truth == TRUTH_T && all.truth != TRUTH_T)
			all.level = 1u << bit;
		all.truth = one.truth > all.truth ? one.truth : all.truth;
		all.stale = all.stale || one.stale;
	}
	all.stale = all.stale && all.truth == TRUTH_U;
	return all;
}

/* --- Who is counted -------------------------------------------------------------------------- */

static int latest_year(const struct world *world, enum people_group group, int year)
{
	int latest = 0;
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->group == group && row->nat != NAT_NONE && row->year <= year &&
			row->year > latest)
			latest = row->year;
	}
	return latest;
}

static int64_t figure(
	const struct world *world, const struct people_row *pair, enum people_group group, int year)
{
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->group == group && row->year == year && row->place == pair->place &&
			row->origin == pair->origin && row->nat == pair->nat)
			return row->people;
	}
	return 0;
}

/* Whether row I is the first of its origin and country among those of the three groups' years. */
static bool is_first(const struct world *world, size_t i, const int years[3])
{
	const struct people_row *row = &world->people[i];
	for (size_t k = 0; k <= i; k++) {
		const struct people_row *other = &world->people[k];
		if (other->group <= GROUP_ASYLUM_SEEKER && other->year == years[other->group] &&
			other->nat == row->nat && other->origin == row->origin &&
			other->place == row->place)
			return k == i;
	}
	return false;
}

struct naive_people naive_people(const struct world *world, int32_t date, uint32_t country,
	uint16_t nat, enum people_group group)
{
	struct naive_people sum = { 0 };
	int years[3];
	years[GROUP_STOCK] = latest_year(world, GROUP_STOCK, date_civil(date).year);
	years[GROUP_REFUGEE] = latest_year(world, GROUP_REFUGEE, years[GROUP_STOCK]);
	years[GROUP_ASYLUM_SEEKER] = latest_year(world, GROUP_ASYLUM_SEEKER, years[GROUP_STOCK]);
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->nat == NAT_NONE || !is_first(world, i, years))
			continue;
		int64_t stock = figure(world, row, GROUP_STOCK, years[GROUP_STOCK]);
		int64_t refugees = figure(world, row, GROUP_REFUGEE, years[GROUP_REFUGEE]);
		int64_t seekers =
			figure(world, row, GROUP_ASYLUM_SEEKER, years[GROUP_ASYLUM_SEEKER]);
		bool own = row->nat == world->places[row->place].nat;
		int64_t inside = own ? 0 : refugees < stock ? refugees : stock;
		int64_t seekers_inside = own                        ? 0
					 : seekers < stock - inside ? seekers
								    : stock - inside;
		sum.people += stock;
		sum.own_state += own ? stock : 0;
		sum.protected_ += inside + seekers_inside;
		sum.beyond_stock += refugees + seekers - inside - seekers_inside;
		if (row->place != country || row->nat != nat)
			continue;
		sum.cell += group == GROUP_REFUGEE         ? inside
			    : group == GROUP_ASYLUM_SEEKER ? seekers_inside
							   : stock - inside - seekers_inside;
	}
	return sum;
}
