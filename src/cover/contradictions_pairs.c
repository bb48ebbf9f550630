/* Contradictions of two commitments. A special rule beside a general one is none: two clauses
 * contradict each other only where neither is the special case of the other. */
#include "cover/contradictions.h"

#include <stdlib.h>

/* ---- equal parts ---- */

static bool same_nats(
	const struct nat_item *a, size_t a_count, const struct nat_item *b, size_t b_count)
{
	for (size_t i = 0; i < a_count; i++) {
		bool found = false;

		for (size_t j = 0; j < b_count && !found; j++)
			found = a[i].kind == b[j].kind &&
				(a[i].kind != NAT_ITEM_CODE || a[i].nat == b[j].nat) &&
				(a[i].kind != NAT_ITEM_GROUP || a[i].group == b[j].group) &&
				(a[i].kind != NAT_ITEM_SERVED_BY || a[i].party == b[j].party);
		if (!found)
			return false;
	}
	return a_count == b_count;
}

static bool same_items(
	const struct place_item *a, size_t a_count, const struct place_item *b, size_t b_count)
{
	for (size_t i = 0; i < a_count; i++) {
		bool found = false;

		for (size_t j = 0; j < b_count && !found; j++)
			found = a[i].kind == b[j].kind &&
				(a[i].kind > PLACE_ITEM_ZONE || a[i].index == b[j].index);
		if (!found)
			return false;
	}
	return a_count == b_count;
}

static bool same_place_scope(const struct place_scope *a, const struct place_scope *b)
{
	return a->given == b->given && a->territories_in == b->territories_in &&
	       same_items(a->in, a->in_count, b->in, b->in_count) &&
	       same_items(a->except, a->except_count, b->except, b->except_count);
}

static bool same_provider(const struct provider *a, const struct provider *b)
{
	return a->kind == b->kind && (a->kind != PROVIDER_PARTY || a->party == b->party) &&
	       (a->kind != PROVIDER_MEMBER_OF || a->group == b->group);
}

/* After the same steps: the same act. A service is a broad word; what must be done first tells a
 * visit from an advance of money. */
static bool same_act(const struct commitment *a, const struct commitment *b)
{
	for (size_t i = 0; i < a->steps_count && i < b->steps_count; i++) {
		if (a->steps[i].what != b->steps[i].what)
			return false;
	}
	return a->steps_count == b->steps_count && a->as_own_nationals == b->as_own_nationals;
}

/* For the same people, at the same places, to the same destinations. */
static bool same_scope(const struct commitment *a, const struct commitment *b)
{
	return same_nats(a->nats, a->nats_count, b->nats, b->nats_count) &&
	       same_nats(a->except_nats, a->except_nats_count, b->except_nats,
		       b->except_nats_count) &&
	       same_nats(a->residences, a->residences_count, b->residences, b->residences_count) &&
	       a->status == b->status && a->except_status == b->except_status &&
	       a->unrepresented == b->unrepresented && a->resident_since == b->resident_since &&
	       same_place_scope(&a->where, &b->where) && same_place_scope(&a->to, &b->to);
}

/* The parties named are the same, in any order. */
static bool same_parties(const struct agreement *a, const struct agreement *b)
{
	for (size_t i = 0; i < a->parties_count; i++) {
		bool found = false;

		for (size_t j = 0; j < b->parties_count && !found; j++)
			found = a->parties[i].is_group == b->parties[j].is_group &&
				a->parties[i].index == b->parties[j].index;
		if (!found)
			return false;
	}
	return a->parties_count == b->parties_count;
}

/* ---- a witness ---- */

static uint32_t common_place(
	const struct dispute *dispute, const struct row *a, const struct row *b, int32_t date)
{
	uint32_t place = 0;

	for (;; place++) {
		uint32_t other;

		place = dispute_place(dispute, &a->commitment->where, date, place);
		if (place == NONE32)
			return NONE32;
		other = dispute_place(dispute, &b->commitment->where, date, place);
		if (other == place || other == NONE32)
			return other;
		place = other - 1;
	}
}

/* The first nationality that both name and neither excepts (OUT: OTHER excepts). */
static uint16_t nat_of_both(const struct dispute *dispute, const struct commitment *one,
	const struct commitment *other, int32_t date, bool out)
{
	for (uint16_t nat = 0; nat < dispute->world->nats_count; nat++) {
		if (dispute_names(dispute, one, nat, date) &&
			!dispute_excepts(dispute, one, nat, date) &&
			dispute_names(dispute, other, nat, date) &&
			dispute_excepts(dispute, other, nat, date) == out)
			return nat;
	}
	return NAT_NONE;
}

/* On one of OF's days both hold, at a place and for a nationality; OUT: and B leaves out one that A
 * is for, which is the witness. */
static bool meet_on_days(struct dispute *dispute, struct contradiction *found, const struct row *a,
	const struct row *b, const struct row *of, bool out)
{
	dispute_days(dispute, of);
	for (size_t i = 0; i < dispute->day_count; i++) {
		int32_t day = dispute->days[i];

		if (!dispute_holds(of == a ? b : a, day))
			continue;
		found->date = day;
		found->place = common_place(dispute, a, b, day);
		if (found->place == NONE32)
			continue;
		found->nat = nat_of_both(dispute, a->commitment, b->commitment, day, false);
		if (found->nat != NAT_NONE && out)
			found->nat = nat_of_both(dispute, a->commitment, b->commitment, day, true);
		if (found->nat != NAT_NONE)
			return true;
	}
	return false;
}

/* Fills the witness but for its statuses; false: the two never meet. */
static bool meet(struct dispute *dispute, struct contradiction *found, const struct row *a,
	const struct row *b, bool out)
{
	uint64_t services = a->commitment->services & b->commitment->services;

	found->other_agreement = b->agreement;
	found->other = b->commitment;
	if (!services || !(a->commitment->phases & b->commitment->phases))
		return false;
	found->service = (uint8_t)__builtin_ctzll(services);
	return meet_on_days(dispute, found, a, b, a, out) ||
	       meet_on_days(dispute, found, a, b, b, out);
}

/* ---- obliged and excluded ---- */

/* SERVICE by COMMITMENT leads home and nowhere else. */
static bool leads_home(const struct commitment *commitment, uint8_t service)
{
	bool home = commitment->to.in_count > 0;

	if (!commitment->to.given)
		return world_services[service].destination == DESTINATION_HOME;
	for (size_t i = 0; i < commitment->to.in_count; i++)
		home = home && commitment->to.in[i].kind == PLACE_ITEM_HOME;
	return home;
}

/* Every status that ONE asks for is left out by OTHER, by itself or by what it implies. */
static bool other_half(const struct commitment *one, const struct commitment *other)
{
	unsigned left = one->status;

	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		if (dispute_implied(PERSON_BIT(s)) & other->except_status)
			left &= ~PERSON_BIT(s);
	}
	return one->status && !left;
}

/* The first status whose people ONE takes and OTHER leaves out of SERVICE. */
static unsigned status_left_out(
	const struct commitment *one, const struct commitment *other, uint8_t service)
{
	/* Nobody is led home to the State they fled (S4): both say the same there. */
	unsigned spared = leads_home(one, service)
				  ? PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER)
				  : 0;

	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		unsigned person = dispute_implied(PERSON_BIT(s));

		if ((!one->status || (one->status & person)) && !(one->except_status & person) &&
			(other->except_status & person) && !(spared & person))
			return PERSON_BIT(s);
	}
	return 0;
}

/* The first status that ONE takes and OTHER leaves out of a common service, as the witness. */
static void find_status(
	struct contradiction *found, const struct commitment *one, const struct commitment *other)
{
	uint64_t services = one->services & other->services;

	if (other_half(one, other))
		return;
	for (; services && !found->statuses; services &= services - 1) {
		uint8_t service = (uint8_t)__builtin_ctzll(services);

		found->statuses = status_left_out(one, other, service);
		if (found->statuses)
			found->service = service;
	}
}

static void judge_excluded(struct dispute *dispute, const struct row *a, const struct row *b)
{
	const struct commitment *one = a->commitment, *other = b->commitment;
	struct contradiction found = dispute_of(a, CONTRADICTION_OBLIGED_EXCLUDED), by_status;

	if (one->duty == DUTY_MAY || one->duty != other->duty || one->role != other->role ||
		!same_provider(&one->provider, &other->provider) ||
		!same_place_scope(&one->to, &other->to) || !same_act(one, other) ||
		(!other->except_status && !other->except_nats_count) ||
		(a->agreement != b->agreement && !same_parties(a->agreement, b->agreement)))
		return;
	/* A clause for those alone whom the other leaves out is its other half: the two must also
	 * have people in common. */
	by_status = found;
	find_status(&by_status, one, other);
	if (!meet(dispute, &found, a, b, !by_status.statuses))
		return;
	if (by_status.statuses) {
		found.statuses = by_status.statuses;
		found.service = by_status.service;
	}
	dispute_add(dispute, found);
}

/* ---- two leads, two payers ---- */

/* The agreement says of the commitment that it leads; what is left open says nothing. */
static bool role_written(const struct row *row)
{
	const struct node *list = node_get(row->agreement->tree, "commitments");

	for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
		const struct node *id = item->kind == NODE_MAP ? node_get(item, "id") : NULL;

		if (id && str_eq(id->text, row->commitment->id))
			return node_get(item, "role") != NULL;
	}
	return false;
}

static void judge_leads(struct dispute *dispute, const struct row *a, const struct row *b)
{
	const struct commitment *one = a->commitment, *other = b->commitment;
	struct contradiction found = dispute_of(a, CONTRADICTION_TWO_LEADS);

	if (one->role != ROLE_LEAD || other->role != ROLE_LEAD || one->duty != other->duty ||
		one->provider.kind != PROVIDER_PARTY || other->provider.kind != PROVIDER_PARTY ||
		one->provider.party == other->provider.party || !same_scope(one, other) ||
		!role_written(a) || !role_written(b) || !meet(dispute, &found, a, b, false))
		return;
	found.statuses = one->status & (~one->status + 1u);
	dispute_add(dispute, found);
}

/* Who bears a cost in the end; the funds that advance it do not. */
enum payer { PAYER_PROVIDER, PAYER_PERSON, PAYER_STATE, PAYER_EMPLOYER, PAYER_POOL, PAYER_SHARED };

static enum payer payer_of(enum cost_rule rule)
{
	switch (rule) {
	case COST_PROVIDER_BEARS:
		return PAYER_PROVIDER;
	case COST_BENEFICIARY_REPAYS:
	case COST_CAPPED_FARE:
		return PAYER_PERSON;
	case COST_BENEFICIARY_STATE:
	case COST_PER_CAPITA:
	case COST_ESTIMATE:
		return PAYER_STATE;
	case COST_EMPLOYER:
		return PAYER_EMPLOYER;
	case COST_POOL:
		return PAYER_POOL;
	default:
		return PAYER_SHARED;
	}
}

static void judge_payers(struct dispute *dispute, const struct row *a, const struct row *b)
{
	const struct commitment *one = a->commitment, *other = b->commitment;
	struct contradiction found = dispute_of(a, CONTRADICTION_TWO_PAYERS);

	if (!one->costs_count || !other->costs_count ||
		payer_of(one->costs[0].rule) == payer_of(other->costs[0].rule) ||
		one->services != other->services || one->duty != other->duty ||
		one->role != other->role || !same_provider(&one->provider, &other->provider) ||
		!same_scope(one, other) || !same_act(one, other) ||
		!meet(dispute, &found, a, b, false))
		return;
	found.statuses = one->status & (~one->status + 1u);
	dispute_add(dispute, found);
}

/* ---- all pairs ---- */

/* Rows of one clause (a schedule) are one rule for many places. */
static bool same_clause(const struct row *a, const struct row *b)
{
	return a->agreement == b->agreement && str_eq(a->commitment->id, b->commitment->id);
}

/* What rows of one provider have in common, as a number to sort by. */
static uint64_t provider_key(const struct row *row)
{
	const struct provider *provider = &row->commitment->provider;
	uint32_t who = provider->kind == PROVIDER_PARTY       ? provider->party
		       : provider->kind == PROVIDER_MEMBER_OF ? provider->group
							      : 0;

	return (uint64_t)provider->kind << 32 | who;
}

static int compare_by_provider(const void *a, const void *b, void *flat)
{
	const struct row *x = *(const struct row *const *)a, *y = *(const struct row *const *)b;
	uint64_t one = provider_key(x), two = provider_key(y);
	size_t first = flat_row(flat, x), second = flat_row(flat, y);

	if (one != two)
		return one < two ? -1 : 1;
	return first < second ? -1 : first > second;
}

/* Rows of the same provider: what one obliges and another leaves out, and who pays. */
static void compare_providers(struct dispute *dispute)
{
	const struct flat *flat = &dispute->flat;
	const struct row **rows = ARENA_ARRAY(dispute->arena, flat->row_count, const struct row *);
	size_t count = 0;

	if (!rows) {
		dispute->no_memory = true;
		return;
	}
	for (size_t i = 0; i < flat->row_count; i++) {
		if (dispute_ever_in_force(flat->rows[i]->agreement))
			rows[count++] = flat->rows[i];
	}
	if (count > 1)
		qsort_r(rows, count, sizeof *rows, compare_by_provider, &dispute->flat);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1;
			end < count && provider_key(rows[end]) == provider_key(rows[first]);)
			end++;
		for (size_t i = first; i < end; i++) {
			for (size_t j = first; j < end && !dispute->no_memory; j++) {
				if (i == j || same_clause(rows[i], rows[j]))
					continue;
				judge_excluded(dispute, rows[i], rows[j]);
				if (i < j && rows[i]->agreement == rows[j]->agreement)
					judge_payers(dispute, rows[i], rows[j]);
			}
		}
	}
}

void dispute_pairs(struct dispute *dispute)
{
	const struct flat *flat = &dispute->flat;

	compare_providers(dispute);
	for (size_t i = 0; i < flat->row_count; i++) {
		const struct row *a = flat->rows[i];

		for (size_t j = i + 1; j < flat->row_count && !dispute->no_memory &&
				       flat->rows[j]->agreement == a->agreement;
			j++) {
			if (dispute_ever_in_force(a->agreement) && !same_clause(a, flat->rows[j]))
				judge_leads(dispute, a, flat->rows[j]);
		}
	}
}
