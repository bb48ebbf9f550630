/* "one asset backing commitments that can be active together for more than it has; pledges above a
 * strength": every day from the one asked about to the last on which anything begins is tried, and
 * every set of promises. */
#include "overlaps.h"
#include <string.h>

struct days {
	int32_t *items;
	size_t count;
};

static void add_day(struct look *look, struct days *days, int32_t day)
{
	if (day == DATE_NONE || day < look->filter->date)
		return;
	int32_t *slot = look_push(look, (void **)&days->items, &days->count, sizeof day);
	if (slot)
		*slot = day;
}

static void add_members(
	struct look *look, struct days *days, const struct membership *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_day(look, days, rows[i].from);
		if (rows[i].until != DATE_NONE)
			add_day(look, days, rows[i].until + 1);
	}
}

/* Every day on which anything written anywhere begins or a member leaves, and the day asked about;
 * ascending. */
static struct days all_days(struct look *look)
{
	struct days days = { 0 };
	add_day(look, &days, look->filter->date);
	add_members(look, &days, look->world->group_rows, look->world->group_rows_count);
	add_members(look, &days, look->world->zone_rows, look->world->zone_rows_count);
	for (size_t i = 0; i < look->accords->items_count; i++) {
		const struct agreement *agreement = &look->accords->items[i];
		add_day(look, &days, agreement->from);
		for (size_t j = 0; j < agreement->states_count; j++)
			add_day(look, &days, agreement->states[j].from);
		for (size_t j = 0; j < agreement->renewed_count; j++)
			add_day(look, &days, agreement->renewed[j].on);
		for (size_t j = 0; j < agreement->commitments_count; j++)
			add_day(look, &days, agreement->commitments[j].from);
	}
	for (size_t i = 1; i < days.count; i++)
		for (size_t j = i; j > 0 && days.items[j - 1] > days.items[j]; j--) {
			int32_t swap = days.items[j];
			days.items[j] = days.items[j - 1];
			days.items[j - 1] = swap;
		}
	return days;
}

/* Pledges by agreement, commitment, row. */
static void sort_pledges(struct pledge *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i;
			j > 0 && look_order(items[j - 1].agreement, items[j - 1].commitment,
					 items[j].agreement, items[j].commitment) > 0;
			j--) {
			struct pledge swap = items[j];
			items[j] = items[j - 1];
			items[j - 1] = swap;
		}
}

static const enum phase phases[] = { PHASE_BEFORE, PHASE_DURING, PHASE_AFTER };

/* --- Assets --------------------------------------------------------------------------------- */

static bool names_asset(
	struct look *look, const struct commitment *commitment, const struct asset *asset)
{
	struct str name = str_format(look->arena, STR_FMT ":" STR_FMT,
		STR_ARG(look->world->parties[asset->party].id), STR_ARG(asset->id));
	for (size_t i = 0; i < commitment->assets_count; i++)
		if (str_eq(commitment->assets[i], name))
			return true;
	return false;
}

static bool double_pledge(struct look *look, struct asset_overlap *out, const struct asset *asset)
{
	out->pledges = NULL;
	out->pledges_count = 0;
	out->pledged = 0;
	for (size_t i = 0; i < look->accords->items_count; i++)
		for (size_t j = 0; j < look->accords->items[i].commitments_count; j++) {
			const struct agreement *agreement = &look->accords->items[i];
			const struct commitment *commitment = &agreement->commitments[j];
			if (!names_asset(look, commitment, asset) ||
				!(commitment->phases & (unsigned)out->phase) ||
				!look_holds(look, agreement, commitment, out->date))
				continue;
			bool own_unit = commitment->capacity.quantity > 0 && asset->unit.len &&
					str_eq(commitment->capacity.unit, asset->unit);
			int64_t takes = own_unit ? commitment->capacity.quantity : asset->quantity;
			struct pledge *slot = look_push(
				look, (void **)&out->pledges, &out->pledges_count, sizeof *slot);
			if (slot)
				*slot = (struct pledge){ agreement, commitment, takes };
			out->pledged += takes;
		}
	sort_pledges(out->pledges, out->pledges_count);
	return out->pledges_count >= 2 && out->pledged > out->has;
}

static bool backs_what_is_asked(struct look *look, const struct asset *asset)
{
	for (size_t i = 0; i < look->accords->items_count; i++)
		for (size_t j = 0; j < look->accords->items[i].commitments_count; j++) {
			const struct commitment *commitment =
				&look->accords->items[i].commitments[j];
			if (names_asset(look, commitment, asset) &&
				commitment->services & look->filter->services)
				return true;
		}
	return false;
}

void look_assets(struct look *look, struct overlaps *out)
{
	struct days days = all_days(look);
	for (uint32_t a = 0; a < look->world->assets_count; a++) {
		const struct asset *asset = &look->world->assets[a];
		struct asset_overlap finding = { .asset = a, .has = asset->quantity };
		bool found = !backs_what_is_asked(look, asset) ||
			     (asset->place != NONE32 && !look_wants_place(look, asset->place));
		for (size_t d = 0; d < days.count && !found; d++)
			for (size_t p = 0; p < 3 && !found; p++) {
				finding.date = days.items[d];
				finding.phase = phases[p];
				found = double_pledge(look, &finding, asset);
				if (!found)
					continue;
				struct asset_overlap *slot = look_push(look, (void **)&out->assets,
					&out->assets_count, sizeof *slot);
				if (slot)
					*slot = finding;
			}
	}
}

/* --- Strengths ------------------------------------------------------------------------------ */

#define SUBSETS_MAX 12 /* promises of one kind at a time: all their sets are tried */

static bool kind_of(const struct strength_row *a, const struct strength_row *b)
{
	return a->quantity > 0 && a->party == b->party && a->service == b->service &&
	       str_eq(a->unit, b->unit) && str_eq(a->per, b->per);
}

static bool draws_on(const struct look *look, const struct commitment *commitment,
	const struct strength_row *strength, int32_t date)
{
	for (uint32_t place = 0; place < look->world->places_count; place++)
		if (look->world->places[place].country != NONE32 &&
			ref_lies_in(look->world, place, strength->place) &&
			look_where(look, commitment, place, date))
			return true;
	return false;
}

struct bargain {
	struct pledge promises[SUBSETS_MAX];
	size_t promise_count;
	uint64_t meets[SUBSETS_MAX]; /* strengths of the kind, by number from 0 */
	uint32_t strengths[64];
	size_t strength_count;
};

/* What the promises of SET take beyond all they can draw on. */
static int64_t lack(const struct look *look, const struct bargain *bargain, unsigned set)
{
	int64_t sum = 0;
	uint64_t met = 0;
	for (size_t i = 0; i < bargain->promise_count; i++)
		if (set >> i & 1) {
			sum += bargain->promises[i].quantity;
			met |= bargain->meets[i];
		}
	for (size_t s = 0; s < bargain->strength_count; s++)
		if (met >> s & 1)
			sum -= look->world->strengths[bargain->strengths[s]].quantity;
	return sum;
}

/* The promises of the kind that hold; false when there are more than can be tried. */
static bool collect(struct look *look, struct bargain *bargain, const struct strength_row *kind,
	int32_t date, enum phase phase)
{
	bargain->promise_count = 0;
	for (size_t i = 0; i < look->accords->items_count; i++)
		for (size_t j = 0; j < look->accords->items[i].commitments_count; j++) {
			const struct agreement *agreement = &look->accords->items[i];
			const struct commitment *c = &agreement->commitments[j];
			uint64_t meets = 0;
			if (c->duty != DUTY_WILL || c->provider.kind != PROVIDER_PARTY ||
				c->provider.party != kind->party ||
				!(c->services >> kind->service & 1) || c->capacity.quantity == 0 ||
				!str_eq(c->capacity.unit, kind->unit) ||
				!str_eq(c->capacity.per, kind->per) ||
				!(c->phases & (unsigned)phase) ||
				!look_holds(look, agreement, c, date))
				continue;
			for (size_t s = 0; s < bargain->strength_count; s++)
				if (draws_on(look, c,
					    &look->world->strengths[bargain->strengths[s]], date))
					meets |= UINT64_C(1) << s;
			if (!meets)
				continue;
			if (bargain->promise_count == SUBSETS_MAX)
				return false;
			bargain->meets[bargain->promise_count] = meets;
			bargain->promises[bargain->promise_count++] =
				(struct pledge){ agreement, c, c->capacity.quantity };
		}
	return true;
}

/* "the least set of promises with the greatest lack" */
static unsigned worst_set(const struct look *look, const struct bargain *bargain)
{
	unsigned all = 1u << bargain->promise_count, worst = all - 1;
	int64_t most = 0;
	for (unsigned set = 0; set < all; set++)
		if (lack(look, bargain, set) > most)
			most = lack(look, bargain, set);
	for (unsigned set = 0; set < all; set++)
		if (lack(look, bargain, set) == most)
			worst &= set; /* sets with the greatest lack are closed under this */
	return most > 0 ? worst : 0;
}

static void tell(struct look *look, struct overlaps *out, const struct bargain *bargain,
	unsigned set, int32_t date, enum phase phase)
{
	const struct strength_row *kind = &look->world->strengths[bargain->strengths[0]];
	struct strength_overlap *to =
		look_push(look, (void **)&out->strengths, &out->strengths_count, sizeof *to);
	uint64_t met = 0;
	if (!to)
		return;
	*to = (struct strength_overlap){ .party = kind->party,
		.service = kind->service,
		.unit = kind->unit,
		.per = kind->per,
		.date = date,
		.phase = phase };
	for (size_t i = 0; i < bargain->promise_count; i++) {
		if (!(set >> i & 1))
			continue;
		struct pledge *slot =
			look_push(look, (void **)&to->pledges, &to->pledges_count, sizeof *slot);
		if (!slot)
			return;
		*slot = bargain->promises[i];
		to->pledged += slot->quantity;
		met |= bargain->meets[i];
	}
	sort_pledges(to->pledges, to->pledges_count);
	for (size_t s = 0; s < bargain->strength_count; s++) {
		if (!(met >> s & 1))
			continue;
		uint32_t *slot = look_push(
			look, (void **)&to->strengths, &to->strengths_count, sizeof *slot);
		if (!slot)
			return;
		*slot = bargain->strengths[s];
		to->has += look->world->strengths[*slot].quantity;
	}
}

static void look_kind(struct look *look, struct overlaps *out, uint32_t first)
{
	const struct strength_row *kind = &look->world->strengths[first];
	struct bargain bargain = { .promise_count = 0 };
	struct days days = all_days(look);
	bool wanted = false;
	for (uint32_t i = 0; i < look->world->strengths_count; i++)
		if (kind_of(&look->world->strengths[i], kind)) {
			wanted |= look_wants_place(look, look->world->strengths[i].place);
			bargain.strengths[bargain.strength_count++] = i;
		}
	for (size_t d = 0; d < days.count && wanted; d++)
		for (size_t p = 0; p < 3; p++) {
			if (!collect(look, &bargain, kind, days.items[d], phases[p])) {
				look->no_memory = true; /* the generator makes fewer */
				return;
			}
			unsigned set = worst_set(look, &bargain);
			if (!set)
				continue;
			tell(look, out, &bargain, set, days.items[d], phases[p]);
			return;
		}
}

void look_strengths(struct look *look, struct overlaps *out)
{
	for (uint32_t i = 0; i < look->world->strengths_count; i++) {
		const struct strength_row *strength = &look->world->strengths[i];
		bool first =
			strength->quantity > 0 && look->filter->services >> strength->service & 1;
		for (uint32_t j = 0; j < i; j++)
			first = first && !kind_of(&look->world->strengths[j], strength);
		if (first)
			look_kind(look, out, i);
	}
}
