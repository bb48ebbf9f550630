/* "Overlaps": what several lists of findings share, and the leads. Every person of every cell asks
 * for itself; the answers are laid side by side. */
#include "overlaps.h"
#include <string.h>

void *look_push(struct look *look, void **items, size_t *count, size_t size)
{
	char *grown = arena_grow(look->arena, *items, *count, *count + 1, size);
	if (!grown) {
		look->no_memory = true;
		return NULL;
	}
	*items = grown;
	return grown + size * (*count)++;
}

bool look_wants_cell(const struct look *look, const struct people_cell *cell)
{
	uint32_t place = look->filter->place;
	bool there = place == NONE32 || ref_lies_in(look->world, cell->place, place) ||
		     look->world->places[place].country == cell->place;
	return !cell->own_state && there &&
	       (look->filter->nat == NAT_NONE || look->filter->nat == cell->nat);
}

bool look_wants_place(const struct look *look, uint32_t place)
{
	uint32_t asked = look->filter->place;
	return asked == NONE32 || ref_lies_in(look->world, place, asked) ||
	       ref_lies_in(look->world, asked, place);
}

struct query look_query(
	const struct look *look, const struct people_cell *cell, uint8_t service, uint32_t place)
{
	struct query query = { .nats = { cell->nat },
		.nat_count = 1,
		.residence = NAT_NONE,
		.place = place,
		.service = service,
		.phase = PHASE_DURING,
		.date = look->filter->date,
		.to = NONE32,
		.viewer = look->filter->viewer,
		.resident_since = DATE_NONE };
	if (cell->group != GROUP_STOCK) {
		query.statuses = PERSON_BIT(
			cell->group == GROUP_REFUGEE ? PERSON_REFUGEE : PERSON_ASYLUM_SEEKER);
		query.residence = look->world->places[cell->place].nat;
	}
	return query;
}

static struct ref ref_on(const struct look *look, int32_t date)
{
	struct ref ref = { .world = look->world, .accords = look->accords };
	ref.q.date = ref.asked.date = date;
	ref.q.viewer = ref.asked.viewer = look->filter->viewer;
	return ref;
}

bool look_holds(const struct look *look, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date)
{
	struct ref ref = ref_on(look, look->filter->date);
	int32_t ended;
	return ref_force(agreement, date, &ended) == FORCE_YES && ref_visible(&ref, agreement) &&
	       (commitment->from == DATE_NONE || commitment->from <= date) &&
	       (commitment->until == DATE_NONE || date <= commitment->until);
}

bool look_where(
	const struct look *look, const struct commitment *commitment, uint32_t place, int32_t date)
{
	struct ref ref = ref_on(look, date);
	uint16_t depth;
	ref.country = look->world->places[place].country;
	return ref_where(&ref, commitment, place, &depth);
}

int look_order(const struct agreement *a, const struct commitment *x, const struct agreement *b,
	const struct commitment *y)
{
	int order = str_cmp(a->id, b->id);
	if (!order)
		order = str_cmp(x->id, y->id);
	if (!order)
		order = (x->schedule_row > y->schedule_row) - (x->schedule_row < y->schedule_row);
	return order;
}

/* --- Leads ---------------------------------------------------------------------------------- */

/* A lead that is certain and not held. */
struct certain {
	const struct answer *answer;
	bool pool;        /* several members answer: nobody in particular */
	uint32_t members; /* of the pool that answer */
	bool named;       /* a pool whose agreement names somebody here */
};

static bool leads(const struct answer *answer)
{
	return !answer->held && answer->certainty == TRUTH_T &&
	       answer->commitment->role == ROLE_LEAD;
}

static bool of_pool(const struct answer *answer)
{
	return answer->commitment->provider.kind == PROVIDER_MEMBER_OF;
}

static int compare_certain(const struct look *look, const struct answer *a, const struct answer *b)
{
	int order = look_order(a->agreement, a->commitment, b->agreement, b->commitment);
	return order ? order
		     : str_cmp(look->world->parties[a->provider].id,
			       look->world->parties[b->provider].id);
}

/* The certain leads in the order of agreement, commitment, row, provider. */
static size_t certain_leads(
	struct look *look, const struct answers *answers, struct certain *certain)
{
	size_t count = 0;
	for (size_t i = 0; i < answers->items_count; i++)
		if (leads(&answers->items[i]))
			certain[count++].answer = &answers->items[i];
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && compare_certain(look, certain[j - 1].answer,
						    certain[j].answer) > 0;
			j--) {
			struct certain swap = certain[j];
			certain[j] = certain[j - 1];
			certain[j - 1] = swap;
		}
	for (size_t i = 0; i < count; i++) {
		certain[i].members = 0;
		certain[i].named = false;
		for (size_t j = 0; j < count; j++) {
			bool same = certain[j].answer->commitment == certain[i].answer->commitment;
			certain[i].members += !of_pool(certain[i].answer) ? i == j : same;
			certain[i].named |=
				!of_pool(certain[j].answer) &&
				certain[j].answer->agreement == certain[i].answer->agreement;
		}
		certain[i].pool = of_pool(certain[i].answer) && certain[i].members > 1;
	}
	return count;
}

/* "the same band and specificity" */
static bool alike(const struct answer *a, const struct answer *b)
{
	return a->band == b->band && a->depth == b->depth && a->size == b->size;
}

static struct overlap_lead as_lead(const struct certain *certain)
{
	return (struct overlap_lead){ certain->answer->agreement, certain->answer->commitment,
		certain->pool ? NONE32 : certain->answer->provider, certain->members };
}

static bool same_finding(const struct lead_overlap *a, const struct lead_overlap *b)
{
	bool same = a->service == b->service && a->place == b->place && a->band == b->band &&
		    a->depth == b->depth && a->size == b->size && a->leads_count == b->leads_count;
	for (size_t i = 0; same && i < a->leads_count; i++)
		same = a->leads[i].commitment == b->leads[i].commitment &&
		       a->leads[i].provider == b->leads[i].provider &&
		       a->leads[i].members == b->leads[i].members;
	return same;
}

/* "Cells of a country that see the same leads are one finding." */
static void add_finding(struct look *look, struct lead_overlap **items, size_t *count,
	const struct lead_overlap *finding, const struct people_cell *cell)
{
	struct lead_overlap *into = NULL;
	for (size_t i = 0; i < *count; i++)
		if (same_finding(&(*items)[i], finding))
			into = &(*items)[i];
	if (!into) {
		into = look_push(look, (void **)items, count, sizeof *into);
		if (!into)
			return;
		*into = *finding;
	}
	struct people_cell *slot =
		look_push(look, (void **)&into->cells, &into->cells_count, sizeof *slot);
	if (slot)
		*slot = *cell;
	into->people += cell->people;
}

/* Does the clause hold for the whole country of the cell? */
static bool whole_country(const struct look *look, const struct commitment *commitment,
	const struct people_cell *cell)
{
	return look_where(look, commitment, cell->place, look->filter->date);
}

/* The class of FIRST among the certain leads: who leads in it. */
static void take_class(struct look *look, struct overlaps *out, const struct certain *certain,
	size_t count, size_t first, struct lead_overlap finding, const struct people_cell *cell)
{
	bool concerned = !finding.part;
	for (size_t i = 0; i < count; i++) {
		struct overlap_lead lead = as_lead(&certain[i]), *slot;
		bool known = false;
		if (!alike(certain[i].answer, certain[first].answer) ||
			(certain[i].pool && certain[i].named))
			continue;
		concerned |= !whole_country(look, lead.commitment, cell);
		for (size_t j = 0; j < finding.leads_count; j++)
			known |= lead.provider != NONE32
					 ? finding.leads[j].provider == lead.provider
					 : finding.leads[j].provider == NONE32 &&
						   finding.leads[j].commitment == lead.commitment;
		if (known)
			continue;
		slot = look_push(look, (void **)&finding.leads, &finding.leads_count, sizeof *slot);
		if (slot)
			*slot = lead;
	}
	if (finding.leads_count > 1 && concerned)
		add_finding(look, &out->leads, &out->leads_count, &finding, cell);
}

static struct lead_overlap finding_of(
	const struct query *query, const struct answer *answer, bool part)
{
	return (struct lead_overlap){ .service = query->service,
		.place = query->place,
		.part = part,
		.band = answer->band,
		.depth = answer->depth,
		.size = answer->size };
}

static void look_at(struct look *look, struct overlaps *out, const struct people_cell *cell,
	uint8_t service, uint32_t place)
{
	struct query query = look_query(look, cell, service, place);
	bool part = place != cell->place;
	struct answers answers;
	if (reference_who(&answers, look->arena, look->world, look->accords, &query) != STATUS_OK) {
		look->no_memory = true;
		return;
	}
	struct certain *certain = ARENA_ARRAY(look->arena, answers.items_count + 1, struct certain);
	if (!certain) {
		look->no_memory = true;
		return;
	}
	size_t count = certain_leads(look, &answers, certain);
	for (size_t i = 0; i < count; i++) {
		bool seen = false, seen_pool = false;
		for (size_t j = 0; j < i; j++) {
			bool same = alike(certain[j].answer, certain[i].answer);
			bool gone = certain[j].pool && certain[j].named;
			seen |= same && !gone;
			seen_pool |= same &&
				     certain[j].answer->commitment == certain[i].answer->commitment;
		}
		struct lead_overlap finding = finding_of(&query, certain[i].answer, part);
		bool gone = certain[i].pool && certain[i].named;
		if (!seen && !gone)
			take_class(look, out, certain, count, i, finding, cell);
		if (!certain[i].pool || gone || seen_pool ||
			(part && whole_country(look, certain[i].answer->commitment, cell)))
			continue;
		struct overlap_lead *lead = look_push(
			look, (void **)&finding.leads, &finding.leads_count, sizeof *lead);
		if (!lead)
			return;
		*lead = as_lead(&certain[i]);
		add_finding(look, &out->unassigned, &out->unassigned_count, &finding, cell);
	}
}

/* in-part-places: "the places inside the country that some row of the service names and where the
 * host changes". */
static bool place_named(const struct look *look, uint8_t service, uint32_t place)
{
	const struct world *world = look->world;
	if (world->places[place].nat != world->places[world->places[place].country].nat)
		return true;
	for (size_t i = 0; i < look->accords->items_count; i++) {
		const struct agreement *agreement = &look->accords->items[i];
		for (size_t j = 0; j < agreement->commitments_count; j++) {
			const struct commitment *commitment = &agreement->commitments[j];
			if (!(commitment->services >> service & 1))
				continue;
			for (size_t k = 0; k < commitment->where.in_count; k++) {
				const struct place_item *item = &commitment->where.in[k];
				if (item->kind == PLACE_ITEM_PLACE && item->index == place)
					return true;
				for (size_t z = 0; z < world->zone_rows_count; z++)
					if (item->kind == PLACE_ITEM_ZONE &&
						world->zone_rows[z].set == item->index &&
						world->zone_rows[z].member == place)
						return true;
			}
		}
	}
	return false;
}

void look_leads(struct look *look, struct overlaps *out)
{
	const struct world *world = look->world;
	for (size_t i = 0; i < look->people.cells_count; i++) {
		const struct people_cell *cell = &look->people.cells[i];
		for (uint8_t service = 0; service < world_service_count; service++) {
			if (!look_wants_cell(look, cell) ||
				!(look->filter->services >> service & 1))
				continue;
			look_at(look, out, cell, service, cell->place);
			for (uint32_t place = 0; place < world->places_count; place++)
				if (place != cell->place &&
					ref_lies_in(world, place, cell->place) &&
					look_wants_place(look, place) &&
					place_named(look, service, place))
					look_at(look, out, cell, service, place);
		}
	}
}

enum status reference_overlaps(struct overlaps *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct overlap_filter *filter)
{
	struct look look = { .arena = arena, .world = world, .accords = accords, .filter = filter };
	*out = (struct overlaps){ .date = filter->date };
	if (reference_people(&look.people, arena, world, filter->date) != STATUS_OK)
		return STATUS_NO_MEMORY;
	out->stock_year = look.people.stock_year;
	if (filter->kinds & OVERLAP_LEADS)
		look_leads(&look, out);
	if (filter->kinds & OVERLAP_ASSETS)
		look_assets(&look, out);
	if (filter->kinds & OVERLAP_STRENGTHS)
		look_strengths(&look, out);
	if (filter->kinds & OVERLAP_CIRCULAR)
		look_circles(&look, out);
	if (filter->kinds & OVERLAP_POINTS)
		look_points(&look, out);
	return look.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
