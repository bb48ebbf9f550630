/* "Resolving", step 5 and the list of answers: every row of every agreement, one after the other.
 */
#include <assert.h>
#include "reference.h"
#include "rules.h"

struct found {
	struct answer *items;
	size_t count, capacity;
};
struct awaited {
	struct expected *items;
	size_t count, capacity;
};

/* --- Step 5 --------------------------------------------------------------------------------- */

static int less_first(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* "held last, certainty, band, role, depth of the matching place, size of the matching nationality
 * set" */
static int compare_pairs(const struct answer *a, const struct answer *b)
{
	int order = less_first(a->held != 0, b->held != 0);
	if (!order)
		order = less_first(b->certainty, a->certainty);
	if (!order)
		order = less_first(b->band, a->band);
	if (!order)
		order = less_first(a->commitment->role, b->commitment->role);
	if (!order)
		order = less_first(b->depth, a->depth);
	if (!order)
		order = less_first(a->size, b->size);
	return order;
}

/* "… strength in table order, lead time in hours (absent last), agreement, commitment, provider ids
 * bytewise" */
static int compare_rows(const struct world *world, const struct answer *a, const struct answer *b)
{
	int order = compare_pairs(a, b);
	if (!order)
		order = less_first(a->agreement->strength, b->agreement->strength);
	if (!order)
		order = less_first(a->lead_time_hours < 0, b->lead_time_hours < 0);
	if (!order)
		order = less_first(a->lead_time_hours, b->lead_time_hours);
	if (!order)
		order = str_cmp(a->agreement->id, b->agreement->id);
	if (!order)
		order = str_cmp(a->commitment->id, b->commitment->id);
	if (!order)
		order = str_cmp(world->parties[a->provider].id, world->parties[b->provider].id);
	/* expand-universe: "then number of the schedule's row" */
	if (!order)
		order = less_first(a->commitment->schedule_row, b->commitment->schedule_row);
	return order;
}

/* row: "shown by its best surviving pair in the order of step 5, then: without `via` before with,
 * then `via` bytewise". */
static bool better_pair(const struct world *world, const struct answer *a, const struct answer *b)
{
	int order = compare_pairs(a, b);
	if (!order)
		order = less_first(a->via != NONE32, b->via != NONE32);
	if (!order && a->via != NONE32)
		order = str_cmp(world->parties[a->via].id, world->parties[b->via].id);
	return order < 0;
}

static void sort(const struct world *world, struct found *found)
{
	for (size_t i = 1; i < found->count; i++)
		for (size_t j = i;
			j > 0 && compare_rows(world, &found->items[j - 1], &found->items[j]) > 0;
			j--) {
			struct answer swap = found->items[j];
			found->items[j] = found->items[j - 1];
			found->items[j - 1] = swap;
		}
}

/* --- One row -------------------------------------------------------------------------------- */

/* marks: host-may-not-admit, stale, unconfirmed. */
static unsigned marks_of(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair)
{
	unsigned marks = pair->stale ? MARK_STALE : 0;
	bool confirmed = false;
	for (size_t i = 0; i < ref->q.nat_count; i++)
		if (world_services[ref->q.service].domain == DOMAIN_CONSULAR &&
			ref->host_nat != NAT_NONE && ref->q.nats[i] == ref->host_nat &&
			row->provider != ref->host)
			marks |= MARK_HOST_MAY_NOT_ADMIT;
	ref_is_party(ref, row->agreement, row->provider, &confirmed);
	return confirmed ? marks : marks | MARK_UNCONFIRMED;
}

/* "`limit: as-own-nationals`: the row's band is at most …; if there is none on record, `may` with
 * the mark as-own-unknown". */
static enum band band_of(const struct ref *ref, const struct ref_row *row,
	const struct presence *presence, unsigned *marks)
{
	enum band band = ref_plain_band(row, presence);
	if (!row->commitment->as_own_nationals)
		return band;
	enum band most = ref_own_band(ref, row->provider);
	if (most == BAND_NONE) {
		*marks |= MARK_AS_OWN_UNKNOWN;
		most = BAND_MAY;
	}
	return band < most ? band : most;
}

static struct answer answer_of(const struct ref *ref, const struct ref_row *row,
	const struct presence *presence, const struct ref_pair *pair, const struct ref_guard *guard)
{
	const struct commitment *commitment = row->commitment;
	enum default_destination means = world_services[ref->q.service].destination;
	struct answer answer = { .certainty = pair->certainty,
		.agreement = row->agreement,
		.commitment = commitment,
		.provider = row->provider,
		.via = pair->via,
		.nat = pair->nat,
		.nat_item = pair->item,
		.post_row = presence->post_row,
		.office_row = presence->office_row,
		.lead_time_hours = -1,
		.held = guard->held,
		.to_items = guard->to_items };
	answer.marks = guard->marks | marks_of(ref, row, pair);
	answer.band = band_of(ref, row, presence, &answer.marks);
	answer.size = ref_size(ref, row, pair);
	ref_where(ref, commitment, ref->q.place, &answer.depth);
	if (commitment->lead_time.count)
		answer.lead_time_hours = duration_hours(commitment->lead_time);
	answer.to_default = commitment->to.given ? DESTINATION_NOT_ASKED : means;
	return answer;
}

enum outcome { NO_ROW, REMOVED, ANSWERS };

/* Each pair is judged alone, safeguards included. */
static enum outcome judge(const struct ref *ref, const struct ref_row *row, struct answer *best)
{
	enum outcome outcome = NO_ROW;
	struct presence presence;
	if (!ref_row_in_scope(ref, row, &presence))
		return NO_ROW;
	for (size_t n = 0; n < ref->q.nat_count; n++) {
		for (uint32_t i = 0; i < row->commitment->nats_count; i++) {
			struct ref_pair pair;
			if (!ref_pair_matches(ref, row, ref->q.nats[n], i, &pair))
				continue;
			struct ref_guard guard = ref_guard(ref, row, &pair);
			if (guard.removed) {
				outcome = outcome == NO_ROW ? REMOVED : outcome;
				continue;
			}
			struct answer answer = answer_of(ref, row, &presence, &pair, &guard);
			if (outcome != ANSWERS || better_pair(ref->world, &answer, best))
				*best = answer;
			outcome = ANSWERS;
		}
	}
	return outcome;
}

/* --- All rows ------------------------------------------------------------------------------- */

struct collector {
	struct arena *arena;
	struct found found;
	struct awaited awaited;
	uint32_t withheld;
	bool no_memory;
};

static void take_expected(struct collector *to, const struct ref_row *row, int32_t ended)
{
	struct awaited *list = &to->awaited;
	struct expected *item = arena_push(
		to->arena, (void **)&list->items, &list->count, &list->capacity, sizeof *item);
	if (item)
		*item = (struct expected){ row->agreement, row->commitment, row->provider, ended };
	else
		to->no_memory = true;
}

static void take_row(struct collector *to, const struct ref *ref, const struct ref_row *row,
	enum accord_force force, int32_t ended)
{
	struct answer answer;
	enum outcome outcome = judge(ref, row, &answer);
	if (outcome == ANSWERS && force == FORCE_EXPECTED) {
		take_expected(to, row, ended);
	} else if (outcome == ANSWERS) {
		struct found *list = &to->found;
		struct answer *item = arena_push(to->arena, (void **)&list->items, &list->count,
			&list->capacity, sizeof *item);
		if (item)
			*item = answer;
		else
			to->no_memory = true;
	} else if (outcome == REMOVED && force == FORCE_YES) {
		to->withheld++;
	}
}

static void take_agreement(
	struct collector *to, const struct ref *ref, const struct agreement *agreement)
{
	int32_t ended = DATE_NONE;
	enum accord_force force = ref_force(agreement, ref->q.date, &ended);
	if (force == FORCE_NO || !ref_visible(ref, agreement))
		return;
	for (size_t i = 0; i < agreement->commitments_count; i++) {
		const struct commitment *commitment = &agreement->commitments[i];
		if (!(commitment->services >> ref->q.service & 1))
			continue;
		for (uint32_t party = 0; party < ref->world->parties_count; party++) {
			struct ref_row row = { agreement, commitment, party, NAT_NONE };
			if (ref_provides(ref, commitment, party, &row.only))
				take_row(to, ref, &row, force, ended);
		}
	}
}

/* "order: agreement, commitment, provider, schedule row" */
static int compare_expected(
	const struct world *world, const struct expected *a, const struct expected *b)
{
	int order = str_cmp(a->agreement->id, b->agreement->id);
	if (!order)
		order = str_cmp(a->commitment->id, b->commitment->id);
	if (!order)
		order = str_cmp(world->parties[a->provider].id, world->parties[b->provider].id);
	if (!order)
		order = less_first(a->commitment->schedule_row, b->commitment->schedule_row);
	return order;
}

static void sort_expected(const struct world *world, struct awaited *list)
{
	for (size_t i = 1; i < list->count; i++)
		for (size_t j = i;
			j > 0 && compare_expected(world, &list->items[j - 1], &list->items[j]) > 0;
			j--) {
			struct expected swap = list->items[j];
			list->items[j] = list->items[j - 1];
			list->items[j - 1] = swap;
		}
}

enum status reference_who(struct answers *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct query *query)
{
	struct ref ref = ref_begin(world, accords, query);
	struct collector to = { .arena = arena };
	*out = (struct answers){ 0 };
	for (size_t i = 0; i < accords->items_count; i++)
		take_agreement(&to, &ref, &accords->items[i]);
	if (to.no_memory)
		return STATUS_NO_MEMORY;
	sort(world, &to.found);
	sort_expected(world, &to.awaited);
	out->items = to.found.items;
	out->items_count = to.found.count;
	out->expected = to.awaited.items;
	out->expected_count = to.awaited.count;
	/* "`withheld` counts what S1, S2, S4 and S5 removed, for a viewer of the whole workspace;
	 * it is 0 for others." */
	out->withheld = query->viewer == VIEWER_ALL ? to.withheld : 0;
	/* "proven if reading every U in favour of each row on its own still gives none, else
	 * not_known": here of one person's question. */
	out->not_known = out->items_count == 0 && ref_any_in_favour(ref);
	for (size_t i = 0; i < out->items_count; i++)
		out->host_notified_anyway |= (out->items[i].marks & MARK_NOTIFIED_ANYWAY) != 0;
	return STATUS_OK;
}
