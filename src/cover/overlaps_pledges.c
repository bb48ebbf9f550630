/* What is promised beyond what there is: an asset that backs several commitments which can be
 * active together, and promises of a party beyond its strengths.
 *
 * Both are asked on the filter's date and on every later day on which a promise may begin or its
 * places may change: what is claimed rises only there, so that the first day is found on which it
 * exceeds. Phases are asked one by one.
 *
 * Strengths and promises stand at places that may only partly agree, so a plain sum would be
 * unjust: a promise may be drawn from any strength whose place it meets. What cannot be drawn
 * however one deals is found by a maximum flow; the promises to blame are those that the flow
 * leaves short, and all that compete with them (the least set of promises with the greatest lack,
 * Hall's condition).
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/overlaps.h"

static const enum phase phases[] = { PHASE_BEFORE, PHASE_DURING, PHASE_AFTER };

/* ---- days ---- */

static void add_day(struct hunt *hunt, struct pile *days, int32_t day)
{
	const int32_t *items = days->items;
	int32_t *slot;

	if (day == DATE_NONE || day < hunt->filter->date)
		return;
	for (size_t i = 0; i < days->count; i++) {
		if (items[i] == day)
			return;
	}
	slot = pile_push(hunt, days, sizeof *slot);
	if (slot)
		*slot = day;
}

/* The days on which COMMITMENT may begin to hold. */
static void add_days(struct hunt *hunt, struct pile *days, const struct row *row)
{
	const struct agreement *agreement = row->agreement;

	add_day(hunt, days, agreement->from);
	add_day(hunt, days, row->commitment->from);
	for (size_t i = 0; i < agreement->states_count; i++)
		add_day(hunt, days, agreement->states[i].from);
	for (size_t i = 0; i < agreement->renewed_count; i++)
		add_day(hunt, days, agreement->renewed[i].on);
}

/* ... and those on which the places it names may change. */
static void add_place_days(
	struct hunt *hunt, struct pile *days, const struct place_item *items, size_t count)
{
	const struct world *world = hunt->index->world;

	for (size_t i = 0; i < count; i++) {
		bool group = items[i].kind == PLACE_ITEM_GROUP;
		const struct membership *rows = group ? world->group_rows : world->zone_rows;
		size_t row_count = group ? world->group_rows_count : world->zone_rows_count;

		for (size_t m = 0; m < row_count && items[i].kind != PLACE_ITEM_PLACE; m++) {
			if (rows[m].set != items[i].index)
				continue;
			add_day(hunt, days, rows[m].from);
			if (rows[m].until != DATE_NONE)
				add_day(hunt, days, rows[m].until + 1);
		}
	}
}

static int compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

void pledges_add(int64_t *sum, int64_t quantity)
{
	if (__builtin_add_overflow(*sum, quantity, sum))
		*sum = INT64_MAX;
}

/* ---- assets ---- */

static bool backed_by(
	const struct world *world, const struct commitment *commitment, const struct asset *asset)
{
	struct str party;

	if (asset->party == NONE32)
		return false;
	party = world->parties[asset->party].id;
	for (size_t i = 0; i < commitment->assets_count; i++) {
		struct str text = commitment->assets[i];

		if (text.len == party.len + 1 + asset->id.len &&
			str_eq(str_sub(text, 0, party.len), party) && text.ptr[party.len] == ':' &&
			str_eq(str_sub(text, party.len + 1, text.len), asset->id))
			return true;
	}
	return false;
}

int64_t pledges_taken(const struct commitment *commitment, const struct asset *asset)
{
	const struct capacity *capacity = &commitment->capacity;

	return capacity->quantity > 0 && asset->unit.len && str_eq(capacity->unit, asset->unit)
		       ? capacity->quantity
		       : asset->quantity;
}

static bool sum_asset(struct hunt *hunt, struct asset_overlap *out, const struct pile *backing)
{
	const struct asset *asset = &hunt->index->world->assets[out->asset];
	const struct row **rows = backing->items;

	out->pledges_count = 0;
	out->pledged = 0;
	for (size_t i = 0; i < backing->count; i++) {
		const struct row *row = rows[i];
		int64_t quantity = pledges_taken(row->commitment, asset);

		if (!(row->commitment->phases & (unsigned)out->phase) ||
			!hunt_holds(hunt, row->agreement, row->commitment, out->date))
			continue;
		out->pledges[out->pledges_count++] =
			(struct pledge){ row->agreement, row->commitment, quantity };
		pledges_add(&out->pledged, quantity);
	}
	return out->pledges_count > 1 && out->pledged > out->has;
}

static void judge_asset(struct hunt *hunt, struct pile *out, uint32_t number,
	const struct pile *backing, struct pile *days)
{
	const struct asset *asset = &hunt->index->world->assets[number];
	struct asset_overlap finding = { .asset = number, .has = asset->quantity }, *slot;

	finding.pledges = ARENA_ARRAY(hunt->arena, backing->count, struct pledge);
	if (!finding.pledges) {
		hunt->no_memory = true;
		return;
	}
	qsort(days->items, days->count, sizeof(int32_t), compare_days);
	for (size_t d = 0; d < days->count; d++) {
		for (size_t p = 0; p < 3; p++) {
			finding.date = ((int32_t *)days->items)[d];
			finding.phase = phases[p];
			if (!sum_asset(hunt, &finding, backing))
				continue;
			slot = pile_push(hunt, out, sizeof *slot);
			if (slot)
				*slot = finding;
			return;
		}
	}
}

static bool wants_services(const struct hunt *hunt, uint64_t services)
{
	return (services & hunt->filter->services) != 0;
}

static void find_assets(struct hunt *hunt, struct pile *out)
{
	const struct world *world = hunt->index->world;
	struct pile backing = { 0 }, days = { 0 };

	for (uint32_t i = 0; i < world->assets_count && !hunt->no_memory; i++) {
		bool wanted = false;

		if (world->assets[i].place != NONE32 &&
			!hunt_wants_place(hunt, world->assets[i].place))
			continue;
		backing.count = days.count = 0;
		add_day(hunt, &days, hunt->filter->date);
		for (size_t r = 0; r < hunt->flat.row_count; r++) {
			const struct row *row = hunt->flat.rows[r];

			if (!row->commitment->assets_count ||
				!backed_by(world, row->commitment, &world->assets[i]))
				continue;
			const struct row **slot = pile_push(hunt, &backing, sizeof *slot);

			if (!slot)
				return;
			*slot = row;
			add_days(hunt, &days, row);
			wanted |= wants_services(hunt, row->commitment->services);
		}
		if (wanted && backing.count > 1)
			judge_asset(hunt, out, i, &backing, &days);
	}
}

/* ---- strengths ---- */

/* A promise and the strengths of one party, service, unit and period: who can draw on what. */
struct deal {
	const struct row **rows;
	size_t row_count;
	uint32_t *strengths; /* world->strengths */
	size_t strength_count;
	bool *meets;    /* row by strength */
	int64_t *flow;  /* the same */
	int64_t *left;  /* of each row, not drawn yet */
	int64_t *stock; /* of each strength, not given yet */
	uint32_t *from; /* of each strength, when looking for a way: the row that reached it */
	bool *reached, *strength_reached;
	uint32_t *queue; /* of rows; behind it, for each row, the strength it was reached by */
};

/* Is there a place in both? The countries' own and the strength's place are tried. */
static bool scopes_meet(
	const struct hunt *hunt, const struct place_scope *where, uint32_t place, int32_t date)
{
	const struct world *world = hunt->index->world;

	for (uint32_t p = place; p <= world->places[place].last; p++) {
		if (world->places[p].country != NONE32 && hunt_in_scope(hunt, where, p, date))
			return true;
	}
	return false;
}

/* A strength with stock that a row with something left can reach, by the fewest detours; NONE32:
 * none. All rows and strengths that were reached are marked. */
static uint32_t find_way(struct deal *deal)
{
	uint32_t *back = deal->queue + deal->row_count; /* to each row: the strength it came by */
	size_t head = 0, tail = 0, width = deal->strength_count;

	memset(deal->reached, 0, deal->row_count * sizeof *deal->reached);
	memset(deal->strength_reached, 0, width * sizeof *deal->strength_reached);
	for (size_t r = 0; r < deal->row_count; r++) {
		deal->reached[r] = deal->left[r] > 0;
		if (deal->reached[r])
			deal->queue[tail++] = (uint32_t)r;
	}
	while (head < tail) {
		uint32_t r = deal->queue[head++];

		for (uint32_t s = 0; s < width; s++) {
			if (!deal->meets[r * width + s] || deal->strength_reached[s])
				continue;
			deal->strength_reached[s] = true;
			deal->from[s] = r;
			if (deal->stock[s] > 0)
				return s;
			/* those that draw on it may draw on another instead */
			for (uint32_t other = 0; other < deal->row_count; other++) {
				if (deal->reached[other] || deal->flow[other * width + s] == 0)
					continue;
				deal->reached[other] = true;
				back[other] = s;
				deal->queue[tail++] = other;
			}
		}
	}
	return NONE32;
}

/* Draws along the way that led to strength S, as much as each of its steps allows. */
static void draw_along(struct deal *deal, uint32_t s)
{
	const uint32_t *back = deal->queue + deal->row_count;
	size_t width = deal->strength_count;
	int64_t amount = deal->stock[s];
	uint32_t at = s, row;

	for (row = deal->from[at]; deal->left[row] == 0; row = deal->from[at]) {
		at = back[row];
		if (deal->flow[row * width + at] < amount)
			amount = deal->flow[row * width + at];
	}
	if (deal->left[row] < amount)
		amount = deal->left[row];
	deal->stock[s] -= amount;
	deal->left[row] -= amount;
	/* once more from the end: what each row draws moves on by one strength */
	for (at = s;;) {
		uint32_t by = deal->from[at];

		deal->flow[by * width + at] += amount;
		if (by == row)
			return;
		at = back[by];
		deal->flow[by * width + at] -= amount;
	}
}

static bool deal_room(struct hunt *hunt, struct deal *deal, size_t rows, size_t strengths)
{
	struct arena *arena = hunt->arena;

	deal->rows = ARENA_ARRAY(arena, rows, const struct row *);
	deal->meets = ARENA_ARRAY(arena, rows * strengths, bool);
	deal->flow = ARENA_ARRAY(arena, rows * strengths, int64_t);
	deal->left = ARENA_ARRAY(arena, rows, int64_t);
	deal->stock = ARENA_ARRAY(arena, strengths, int64_t);
	deal->from = ARENA_ARRAY(arena, strengths, uint32_t);
	deal->reached = ARENA_ARRAY(arena, rows, bool);
	deal->strength_reached = ARENA_ARRAY(arena, strengths, bool);
	deal->queue = ARENA_ARRAY(arena, 2 * rows, uint32_t);
	hunt->no_memory |= !deal->rows || !deal->meets || !deal->flow || !deal->left ||
			   !deal->stock || !deal->from || !deal->reached ||
			   !deal->strength_reached || !deal->queue;
	return !hunt->no_memory;
}

/* ROW is a promise of the kind that STRENGTH is about. */
static bool promises(const struct row *row, const struct strength_row *strength)
{
	const struct commitment *commitment = row->commitment;

	return commitment->duty == DUTY_WILL && commitment->provider.kind == PROVIDER_PARTY &&
	       commitment->provider.party == strength->party &&
	       commitment->services >> strength->service & 1u &&
	       commitment->capacity.quantity > 0 &&
	       str_eq(commitment->capacity.unit, strength->unit) &&
	       str_eq(commitment->capacity.per, strength->per);
}

static bool same_kind(const struct strength_row *a, const struct strength_row *b)
{
	return a->party == b->party && a->service == b->service && str_eq(a->unit, b->unit) &&
	       str_eq(a->per, b->per);
}

/* The promises of DAY and PHASE that meet a strength, dealt; true when some stay short. */
static bool deal_day(struct hunt *hunt, struct deal *deal, const struct pile *promised, int32_t day,
	enum phase phase)
{
	const struct world *world = hunt->index->world;
	const struct row **rows = promised->items;
	size_t width = deal->strength_count;

	deal->row_count = 0;
	for (size_t i = 0; i < promised->count; i++) {
		bool any = false;

		if (!(rows[i]->commitment->phases & (unsigned)phase) ||
			!hunt_holds(hunt, rows[i]->agreement, rows[i]->commitment, day))
			continue;
		for (size_t s = 0; s < width; s++) {
			bool meets = scopes_meet(hunt, &rows[i]->commitment->where,
				world->strengths[deal->strengths[s]].place, day);

			deal->meets[deal->row_count * width + s] = meets;
			deal->flow[deal->row_count * width + s] = 0;
			any |= meets;
		}
		if (!any)
			continue;
		deal->left[deal->row_count] = rows[i]->commitment->capacity.quantity;
		deal->rows[deal->row_count++] = rows[i];
	}
	for (size_t s = 0; s < width; s++)
		deal->stock[s] = world->strengths[deal->strengths[s]].quantity;
	for (uint32_t s = find_way(deal); s != NONE32; s = find_way(deal))
		draw_along(deal, s);
	for (size_t r = 0; r < deal->row_count; r++) {
		if (deal->left[r] > 0)
			return true;
	}
	return false;
}

static void tell_deal(
	struct hunt *hunt, struct pile *out, const struct deal *deal, int32_t day, enum phase phase)
{
	const struct strength_row *first = &hunt->index->world->strengths[deal->strengths[0]];
	struct strength_overlap *slot = pile_push(hunt, out, sizeof *slot);

	if (!slot)
		return;
	*slot = (struct strength_overlap){ .party = first->party,
		.service = first->service,
		.unit = first->unit,
		.per = first->per,
		.date = day,
		.phase = phase };
	slot->pledges = ARENA_ARRAY(hunt->arena, deal->row_count, struct pledge);
	slot->strengths = ARENA_ARRAY(hunt->arena, deal->strength_count, uint32_t);
	if (!slot->pledges || !slot->strengths) {
		hunt->no_memory = true;
		return;
	}
	for (size_t r = 0; r < deal->row_count; r++) {
		const struct row *row = deal->rows[r];
		int64_t quantity = row->commitment->capacity.quantity;

		if (!deal->reached[r])
			continue;
		slot->pledges[slot->pledges_count++] =
			(struct pledge){ row->agreement, row->commitment, quantity };
		pledges_add(&slot->pledged, quantity);
	}
	for (size_t s = 0; s < deal->strength_count; s++) {
		if (!deal->strength_reached[s])
			continue;
		slot->strengths[slot->strengths_count++] = deal->strengths[s];
		pledges_add(&slot->has, hunt->index->world->strengths[deal->strengths[s]].quantity);
	}
}

/* The strengths like number FIRST, and what is promised of them. */
static void judge_strengths(struct hunt *hunt, struct pile *out, uint32_t first)
{
	const struct world *world = hunt->index->world;
	struct pile promised = { 0 }, days = { 0 };
	struct deal deal = { 0 };
	bool wanted = false;

	deal.strengths = ARENA_ARRAY(hunt->arena, world->strengths_count, uint32_t);
	hunt->no_memory |= !deal.strengths;
	for (uint32_t i = first; i < world->strengths_count && !hunt->no_memory; i++) {
		if (!same_kind(&world->strengths[i], &world->strengths[first]) ||
			world->strengths[i].quantity == 0)
			continue;
		deal.strengths[deal.strength_count++] = i;
		wanted |= hunt_wants_place(hunt, world->strengths[i].place);
	}
	add_day(hunt, &days, hunt->filter->date);
	for (size_t r = 0; r < hunt->flat.row_count && !hunt->no_memory; r++) {
		const struct row *row = hunt->flat.rows[r];

		if (!promises(row, &world->strengths[first]))
			continue;
		const struct row **slot = pile_push(hunt, &promised, sizeof *slot);

		if (slot)
			*slot = row;
		add_days(hunt, &days, row);
		add_place_days(
			hunt, &days, row->commitment->where.in, row->commitment->where.in_count);
		add_place_days(hunt, &days, row->commitment->where.except,
			row->commitment->where.except_count);
	}
	if (hunt->no_memory || !wanted || promised.count == 0 ||
		!deal_room(hunt, &deal, promised.count, deal.strength_count))
		return;
	qsort(days.items, days.count, sizeof(int32_t), compare_days);
	for (size_t d = 0; d < days.count; d++) {
		for (size_t p = 0; p < 3; p++) {
			int32_t day = ((int32_t *)days.items)[d];

			if (!deal_day(hunt, &deal, &promised, day, phases[p]))
				continue;
			tell_deal(hunt, out, &deal, day, phases[p]);
			return;
		}
	}
}

static void find_strengths(struct hunt *hunt, struct pile *out)
{
	const struct world *world = hunt->index->world;

	for (uint32_t i = 0; i < world->strengths_count && !hunt->no_memory; i++) {
		bool first = world->strengths[i].quantity > 0 &&
			     hunt->filter->services >> world->strengths[i].service & 1u;

		for (uint32_t j = 0; j < i && first; j++)
			first = world->strengths[j].quantity == 0 ||
				!same_kind(&world->strengths[i], &world->strengths[j]);
		if (first)
			judge_strengths(hunt, out, i);
	}
}

/* ---- order ---- */

static int compare_excess(int64_t a, int64_t b)
{
	return a > b ? -1 : a < b;
}

static int compare_assets(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct asset_overlap *x = a, *y = b;
	const struct asset *one = &world->assets[x->asset], *two = &world->assets[y->asset];
	int by = compare_excess(x->pledged - x->has, y->pledged - y->has);

	if (!by)
		by = str_cmp(world->parties[one->party].id, world->parties[two->party].id);
	return by ? by : str_cmp(one->id, two->id);
}

static int compare_strengths(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct strength_overlap *x = a, *y = b;
	int by = compare_excess(x->pledged - x->has, y->pledged - y->has);

	if (!by)
		by = str_cmp(world->parties[x->party].id, world->parties[y->party].id);
	if (!by)
		by = (int)x->service - (int)y->service;
	if (!by)
		by = str_cmp(x->unit, y->unit);
	return by ? by : str_cmp(x->per, y->per);
}

enum status pledges_find(struct hunt *hunt, struct overlaps *out)
{
	union {
		const struct world *in;
		void *out;
	} world = { .in = hunt->index->world };
	struct pile assets = { 0 }, strengths = { 0 };

	if (hunt->filter->kinds & OVERLAP_ASSETS)
		find_assets(hunt, &assets);
	if (hunt->filter->kinds & OVERLAP_STRENGTHS)
		find_strengths(hunt, &strengths);
	if (hunt->no_memory)
		return STATUS_NO_MEMORY;
	out->assets = assets.items;
	out->assets_count = assets.count;
	out->strengths = strengths.items;
	out->strengths_count = strengths.count;
	if (assets.count > 1)
		qsort_r(assets.items, assets.count, sizeof(struct asset_overlap), compare_assets,
			world.out);
	if (strengths.count > 1)
		qsort_r(strengths.items, strengths.count, sizeof(struct strength_overlap),
			compare_strengths, world.out);
	return STATUS_OK;
}
