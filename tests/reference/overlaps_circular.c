/* "circular reliance": all promises of named providers in a row, who relies on whom in a table, the
 * table closed under "and so on", and circles as promises that reach each other. */
#include "overlaps.h"
#include <string.h>

struct promise {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider;
};

static int compare_promises(
	const struct look *look, const struct promise *a, const struct promise *b)
{
	int order = look_order(a->agreement, a->commitment, b->agreement, b->commitment);
	return order ? order
		     : str_cmp(look->world->parties[a->provider].id,
			       look->world->parties[b->provider].id);
}

/* PROMISE relies on PARTY by this means. */
static bool relies_by(
	const struct look *look, const struct promise *promise, uint32_t party, enum reliance by)
{
	const struct commitment *c = promise->commitment;
	struct str id = look->world->parties[party].id;
	for (size_t i = 0; i < c->nats_count && by == RELY_SERVED_BY; i++)
		if (c->nats[i].kind == NAT_ITEM_SERVED_BY && c->nats[i].party == party)
			return true;
	for (size_t i = 0; i < c->steps_count && by == RELY_STEP; i++) {
		const struct step *step = &c->steps[i];
		bool needs_answer = step->what == STEP_REQUEST || step->what == STEP_CONSENT ||
				    step->what == STEP_CONSULT;
		if (step->by.kind == ACTOR_PARTY && step->by.party == party)
			return true;
		if (needs_answer && step->whom.kind == ACTOR_PARTY && step->whom.party == party)
			return true;
	}
	for (size_t i = 0; i < c->assets_count && by == RELY_ASSET; i++)
		if (c->assets[i].len > id.len && c->assets[i].ptr[id.len] == ':' &&
			str_eq(str_sub(c->assets[i], 0, id.len), id))
			return true;
	for (size_t i = 0; i < c->costs_count && by == RELY_FUND; i++)
		if (str_eq(c->costs[i].fund, id))
			return true;
	return false;
}

static uint32_t meet(const struct look *look, const struct promise *a, const struct promise *b)
{
	int32_t date = look->filter->date;
	for (uint32_t place = 0; place < look->world->places_count; place++)
		if (look->world->places[place].country != NONE32 && look_wants_place(look, place) &&
			look_where(look, a->commitment, place, date) &&
			look_where(look, b->commitment, place, date))
			return place;
	return NONE32;
}

static enum reliance relies(
	const struct look *look, const struct promise *a, const struct promise *b)
{
	if (a->provider == b->provider || !(a->commitment->phases & b->commitment->phases) ||
		meet(look, a, b) == NONE32)
		return RELIANCES;
	for (int by = 0; by < RELIANCES; by++) {
		bool same_service = (a->commitment->services & b->commitment->services) != 0;
		if ((by != RELY_SERVED_BY || same_service) &&
			relies_by(look, a, b->provider, (enum reliance)by))
			return (enum reliance)by;
	}
	return RELIANCES;
}

/* PARTY gives COMMITMENT by name or as a member of its pool, and is bound to. */
static bool gives(const struct look *look, const struct promise *promise)
{
	struct ref ref = { .world = look->world, .accords = look->accords };
	struct ref_row row = { promise->agreement, promise->commitment, promise->provider,
		NAT_NONE };
	const struct provider *form = &promise->commitment->provider;
	ref.q.date = ref.asked.date = look->filter->date;
	bool named = form->kind == PROVIDER_PARTY && form->party == promise->provider;
	bool member = form->kind == PROVIDER_MEMBER_OF &&
		      ref_in_group(look->world, form->group, promise->provider, ref.q.date);
	return (named || member) &&
	       ref_is_party(&ref, promise->agreement, promise->provider, NULL) &&
	       !ref_opted_out(&ref, &row, promise->provider, true);
}

/* Some nationality of the filter may be served at all, whatever the date. */
static bool for_nat(const struct look *look, const struct commitment *commitment)
{
	uint16_t nat = look->filter->nat;
	bool named = nat == NAT_NONE;
	for (size_t i = 0; i < commitment->nats_count; i++) {
		const struct nat_item *item = &commitment->nats[i];
		named |= item->kind == NAT_ITEM_ANY || item->kind == NAT_ITEM_SERVED_BY ||
			 (item->kind == NAT_ITEM_CODE && item->nat == nat);
		for (size_t m = 0; m < look->world->group_rows_count; m++)
			named |= item->kind == NAT_ITEM_GROUP &&
				 look->world->group_rows[m].set == item->group &&
				 look->world->parties[look->world->group_rows[m].member].nat == nat;
	}
	for (size_t i = 0; i < commitment->except_nats_count && nat != NAT_NONE; i++)
		named &= commitment->except_nats[i].kind != NAT_ITEM_CODE ||
			 commitment->except_nats[i].nat != nat;
	return named;
}

static struct promise *all_promises(struct look *look, size_t *count)
{
	struct promise *items = NULL;
	*count = 0;
	for (size_t i = 0; i < look->accords->items_count; i++)
		for (size_t j = 0; j < look->accords->items[i].commitments_count; j++)
			for (uint32_t party = 0; party < look->world->parties_count; party++) {
				const struct agreement *agreement = &look->accords->items[i];
				struct promise promise = { agreement, &agreement->commitments[j],
					party };
				if (!(promise.commitment->services & look->filter->services) ||
					!for_nat(look, promise.commitment) ||
					!look_holds(look, agreement, promise.commitment,
						look->filter->date) ||
					!gives(look, &promise))
					continue;
				struct promise *slot =
					look_push(look, (void **)&items, count, sizeof *slot);
				if (!slot)
					return NULL;
				*slot = promise;
			}
	for (size_t i = 1; i < *count; i++)
		for (size_t j = i; j > 0 && compare_promises(look, &items[j - 1], &items[j]) > 0;
			j--) {
			struct promise swap = items[j];
			items[j] = items[j - 1];
			items[j - 1] = swap;
		}
	return items;
}

#define FAR 1000000u

/* Fewest steps from each promise to each, by trying each as a stop between; from one to itself: the
 * shortest circle. */
static uint32_t *all_distances(struct look *look, const struct promise *items, size_t n)
{
	uint32_t *d = ARENA_ARRAY(look->arena, n * n, uint32_t);
	if (!d)
		return NULL;
	for (size_t a = 0; a < n; a++)
		for (size_t b = 0; b < n; b++)
			d[a * n + b] = relies(look, &items[a], &items[b]) != RELIANCES ? 1 : FAR;
	for (size_t k = 0; k < n; k++)
		for (size_t a = 0; a < n; a++)
			for (size_t b = 0; b < n; b++)
				if (d[a * n + k] + d[k * n + b] < d[a * n + b])
					d[a * n + b] = d[a * n + k] + d[k * n + b];
	return d;
}

/* The circle told: of the shortest in the knot the one whose promises come first. */
static void tell(struct look *look, struct overlaps *out, const struct promise *items,
	const uint32_t *d, size_t n, size_t start, uint32_t knot)
{
	struct circle *to =
		look_push(look, (void **)&out->circular, &out->circular_count, sizeof *to);
	uint32_t left = d[start * n + start];
	size_t at = start;
	if (!to)
		return;
	*to = (struct circle){ .nodes = knot };
	for (; left > 0; left--) {
		size_t next = 0;
		while (relies(look, &items[at], &items[next]) == RELIANCES ||
			(left > 1 ? next == start || d[next * n + start] != left - 1
				  : next != start))
			next++;
		struct circle_link *link =
			look_push(look, (void **)&to->links, &to->links_count, sizeof *link);
		if (!link)
			return;
		*link = (struct circle_link){ items[at].agreement, items[at].commitment,
			items[at].provider, items[next].provider,
			relies(look, &items[at], &items[next]) };
		if (at == start)
			to->place = meet(look, &items[at], &items[next]);
		at = next;
	}
	/* a place of all links is told rather than one of the first two */
	for (uint32_t place = 0; place < look->world->places_count; place++) {
		bool all = look->world->places[place].country != NONE32 &&
			   look_wants_place(look, place);
		for (size_t i = 0; i < to->links_count && all; i++)
			all = look_where(look, to->links[i].commitment, place, look->filter->date);
		if (all) {
			to->place = place;
			return;
		}
	}
}

void look_circles(struct look *look, struct overlaps *out)
{
	size_t n;
	struct promise *items = all_promises(look, &n);
	uint32_t *d = items ? all_distances(look, items, n) : NULL;
	for (size_t a = 0; d && a < n; a++) {
		uint32_t knot = 0;
		size_t start = a;
		bool first = d[a * n + a] < FAR;
		for (size_t b = 0; b < n; b++) {
			bool together = d[a * n + b] < FAR && d[b * n + a] < FAR;
			knot += together;
			first &= !(together && b < a);
			if (together && d[b * n + b] < d[start * n + start])
				start = b;
		}
		if (first)
			tell(look, out, items, d, n, start, knot);
	}
}
