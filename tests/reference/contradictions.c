/* "A closed list": docs/semantics.md, "Contradictions", sentence by sentence; what hangs on
 * persons, steps and safeguards stands in contradictions_persons.c. Every day on which anything
 * written anywhere begins or ends is tried, and on each of them every place and every nationality.
 */
#include "contradictions.h"

static void add_day(struct court *court, int32_t day)
{
	if (day == DATE_NONE)
		return;
	for (size_t i = 0; i < court->day_count; i++)
		if (court->days[i] == day)
			return;
	int32_t *slot =
		look_push(&court->look, (void **)&court->days, &court->day_count, sizeof day);
	if (slot)
		*slot = day;
}

static void add_span(struct court *court, int32_t from, int32_t until)
{
	add_day(court, from);
	add_day(court, until == DATE_NONE ? DATE_NONE : until + 1);
}

static void add_agreement_days(struct court *court, const struct agreement *agreement)
{
	add_span(court, agreement->from, agreement->until);
	for (size_t i = 0; i < agreement->states_count; i++)
		add_day(court, agreement->states[i].from);
	for (size_t i = 0; i < agreement->renewed_count; i++)
		add_span(court, agreement->renewed[i].on, agreement->renewed[i].until);
	for (size_t i = 0; i < agreement->commitments_count; i++)
		add_span(court, agreement->commitments[i].from, agreement->commitments[i].until);
	for (size_t i = 0; i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		add_span(court, entry->from, entry->until);
		for (size_t j = 0; j < entry->except_count; j++)
			add_span(court, entry->except[j].from, entry->except[j].until);
	}
}

static void add_all_days(struct court *court)
{
	const struct world *world = court->look.world;
	for (size_t i = 0; i < world->group_rows_count; i++)
		add_span(court, world->group_rows[i].from, world->group_rows[i].until);
	for (size_t i = 0; i < world->zone_rows_count; i++)
		add_span(court, world->zone_rows[i].from, world->zone_rows[i].until);
	for (size_t i = 0; i < court->look.accords->items_count; i++)
		add_agreement_days(court, &court->look.accords->items[i]);
}

void court_tell(struct court *court, enum contradiction_kind kind, const struct claim *claim,
	const struct claim *other)
{
	struct contradiction *slot =
		look_push(&court->look, (void **)&court->items, &court->count, sizeof *slot);
	if (slot)
		*slot = (struct contradiction){ .kind = kind,
			.agreement = claim->agreement,
			.commitment = claim->commitment,
			.other_agreement = other ? other->agreement : NULL,
			.other = other ? other->commitment : NULL };
}

/* --- What holds on a day -------------------------------------------------------------------- */

static struct ref ref_of(const struct court *court, int32_t day)
{
	struct ref ref = { .world = court->look.world, .accords = court->look.accords };
	ref.q.date = day;
	ref.q.viewer = VIEWER_ALL;
	return ref;
}

/* "a renewal still awaited counts as held" */
bool court_holds(const struct claim *claim, int32_t day)
{
	int32_t ended;
	return ref_force(claim->agreement, day, &ended) != FORCE_NO &&
	       date_within(day, claim->commitment->from, claim->commitment->until);
}

bool court_place(const struct court *court, const struct claim *claim, uint32_t place, int32_t day)
{
	return court->look.world->places[place].country != NONE32 &&
	       look_where(&court->look, claim->commitment, place, day);
}

static bool some_place(const struct court *court, const struct claim *claim, int32_t day)
{
	for (uint32_t place = 0; place < court->look.world->places_count; place++)
		if (court_place(court, claim, place, day))
			return true;
	return false;
}

static bool names_nat(
	const struct world *world, const struct nat_item *item, uint16_t nat, int32_t day)
{
	switch (item->kind) {
	case NAT_ITEM_CODE:
		return item->nat == nat;
	case NAT_ITEM_GROUP:
		return ref_nat_in_group(world, item->group, nat, day);
	case NAT_ITEM_SERVED_BY: /* X serves others than its own people by it */
		return world->parties[item->party].nat != nat;
	default:
		return true;
	}
}

bool court_names(const struct court *court, const struct claim *claim, uint16_t nat, int32_t day)
{
	for (size_t i = 0; i < claim->commitment->nats_count; i++)
		if (names_nat(court->look.world, &claim->commitment->nats[i], nat, day))
			return true;
	return false;
}

bool court_for(const struct court *court, const struct claim *claim, uint16_t nat, int32_t day)
{
	const struct commitment *commitment = claim->commitment;
	for (size_t i = 0; i < commitment->except_nats_count; i++)
		if (names_nat(court->look.world, &commitment->except_nats[i], nat, day))
			return false;
	return court_names(court, claim, nat, day);
}

static bool some_nat(
	const struct court *court, const struct claim *claim, int32_t day, bool with_state)
{
	for (uint16_t nat = 0; nat < court->look.world->nats_count; nat++)
		if (court_for(court, claim, nat, day) &&
			(!with_state || ref_state_of(court->look.world, nat) != NONE32))
			return true;
	return false;
}

/* --- One commitment ------------------------------------------------------------------------- */

/* "each status that would do is left out again, by itself or by what it implies" */
static bool no_status(const struct commitment *commitment)
{
	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		unsigned person = PERSON_BIT(s);
		if (s == PERSON_UNACCOMPANIED_CHILD)
			person |= PERSON_BIT(PERSON_CHILD);
		if ((person & commitment->status) && !(person & commitment->except_status))
			return false;
	}
	return commitment->status != 0;
}

/* A place by name is there; `except`, groups and zones may leave nothing. */
static bool place_may_fail(const struct place_scope *where)
{
	bool may = where->except_count > 0;
	for (size_t i = 0; i < where->in_count; i++)
		may |= where->in[i].kind != PLACE_ITEM_PLACE;
	return may;
}

static bool some_provider(const struct court *court, const struct claim *claim, int32_t day)
{
	const struct provider *provider = &claim->commitment->provider;
	if (provider->kind == PROVIDER_STATE_OF_NATIONALITY)
		return some_nat(court, claim, day, true);
	if (provider->kind != PROVIDER_MEMBER_OF)
		return true;
	for (uint32_t party = 0; party < court->look.world->parties_count; party++)
		if (ref_in_group(court->look.world, provider->group, party, day))
			return true;
	return false;
}

static bool bound(const struct court *court, const struct claim *claim, int32_t day)
{
	const struct commitment *commitment = claim->commitment;
	struct ref ref = ref_of(court, day);
	struct ref_row row = { claim->agreement, commitment, commitment->provider.party, NAT_NONE };
	return ref_is_party(&ref, claim->agreement, row.provider, NULL) &&
	       !ref_opted_out(&ref, &row, row.provider, true);
}

static void judge(struct court *court, const struct claim *claim)
{
	const struct commitment *commitment = claim->commitment;
	bool duty = commitment->duty != DUTY_MAY && commitment->provider.kind == PROVIDER_PARTY;
	bool day = false, place = !place_may_fail(&commitment->where), nat = false,
	     provider = false, is_bound = !duty;
	if (commitment->services == 0)
		court_tell(court, CONTRADICTION_NO_SERVICE, claim, NULL);
	size_t before = court->count;
	for (size_t i = 0; i < court->day_count; i++) {
		int32_t today = court->days[i];
		if (!court_holds(claim, today))
			continue;
		day = true;
		place = place || some_place(court, claim, today);
		nat = nat || some_nat(court, claim, today, false);
		provider = provider || some_provider(court, claim, today);
		is_bound = is_bound || bound(court, claim, today);
	}
	if (!day)
		court_tell(court, CONTRADICTION_NO_DAY, claim, NULL);
	if (day && !place)
		court_tell(court, CONTRADICTION_NO_PLACE, claim, NULL);
	if (day && (!nat || no_status(commitment)))
		court_tell(court, CONTRADICTION_NO_ONE, claim, NULL);
	if (day && !provider)
		court_tell(court, CONTRADICTION_NO_PROVIDER, claim, NULL);
	if (day && !is_bound)
		court_tell(court, CONTRADICTION_NOT_BOUND, claim, NULL);
	if (day && court_guarded(court, claim))
		court_tell(court, CONTRADICTION_GUARDED, claim, NULL);
	/* "told where nothing else is wrong with the commitment by itself" */
	if (day && court->count == before && court_step_nobody(court, claim))
		court_tell(court, CONTRADICTION_STEP_NOBODY, claim, NULL);
}

/* --- Two commitments ------------------------------------------------------------------------ */

static bool same_nat(const struct nat_item *a, const struct nat_item *b)
{
	return a->kind == b->kind && (a->kind != NAT_ITEM_CODE || a->nat == b->nat) &&
	       (a->kind != NAT_ITEM_GROUP || a->group == b->group) &&
	       (a->kind != NAT_ITEM_SERVED_BY || a->party == b->party);
}

/* Each of A stands among B. */
static bool nats_in(const struct nat_item *a, size_t count, const struct nat_item *b, size_t others)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t j = 0; j < others; j++)
			found |= same_nat(&a[i], &b[j]);
		if (!found)
			return false;
	}
	return true;
}

static bool places_in(
	const struct place_item *a, size_t count, const struct place_item *b, size_t others)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t j = 0; j < others; j++)
			found |= a[i].kind == b[j].kind &&
				 (a[i].kind > PLACE_ITEM_ZONE || a[i].index == b[j].index);
		if (!found)
			return false;
	}
	return true;
}

#define NATS_ALIKE(list)                                                                           \
	(nats_in(a->list, a->list##_count, b->list, b->list##_count) &&                            \
		nats_in(b->list, b->list##_count, a->list, a->list##_count))
#define PLACES_ALIKE(list)                                                                         \
	(places_in(a->list, a->list##_count, b->list, b->list##_count) &&                          \
		places_in(b->list, b->list##_count, a->list, a->list##_count))

bool court_same_places(const struct place_scope *a, const struct place_scope *b)
{
	return a->given == b->given && a->territories_in == b->territories_in && PLACES_ALIKE(in) &&
	       PLACES_ALIKE(except);
}

/* "for the same people, places and destinations" */
static bool same_scope(const struct commitment *a, const struct commitment *b)
{
	return NATS_ALIKE(nats) && NATS_ALIKE(except_nats) && NATS_ALIKE(residences) &&
	       a->status == b->status && a->except_status == b->except_status &&
	       a->unrepresented == b->unrepresented && a->resident_since == b->resident_since &&
	       court_same_places(&a->where, &b->where) && court_same_places(&a->to, &b->to);
}

/* "a common service, phase and day"; on it a place and a nationality that both mean. */
static bool meet(const struct court *court, const struct claim *a, const struct claim *b)
{
	if (!(a->commitment->services & b->commitment->services) ||
		!(a->commitment->phases & b->commitment->phases))
		return false;
	for (size_t i = 0; i < court->day_count; i++) {
		int32_t day = court->days[i];
		if (court_holds(a, day) && court_holds(b, day) && some_place(court, a, day) &&
			some_nat(court, a, day, false))
			return true; /* the scopes are the same */
	}
	return false;
}

/* "A role that is not written says nothing" */
static bool role_written(const struct claim *claim)
{
	const struct node *list = node_get(claim->agreement->tree, "commitments");
	for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
		const struct node *id = node_get(item, "id");
		if (id && str_eq(id->text, claim->commitment->id))
			return node_get(item, "role") != NULL;
	}
	return false;
}

static bool two_leads(const struct court *court, const struct claim *a, const struct claim *b)
{
	const struct commitment *one = a->commitment, *two = b->commitment;
	return one->role == ROLE_LEAD && two->role == ROLE_LEAD && role_written(a) &&
	       role_written(b) && one->duty == two->duty && one->provider.kind == PROVIDER_PARTY &&
	       two->provider.kind == PROVIDER_PARTY && one->provider.party != two->provider.party &&
	       same_scope(one, two) && meet(court, a, b);
}

/* "provider; person: beneficiary-repays, capped-fare; State: beneficiary-state, per-capita,
 * estimate; employer; pool; else shared" */
static int bearer(enum cost_rule rule)
{
	switch (rule) {
	case COST_PROVIDER_BEARS:
		return 1;
	case COST_BENEFICIARY_REPAYS:
	case COST_CAPPED_FARE:
		return 2;
	case COST_BENEFICIARY_STATE:
	case COST_PER_CAPITA:
	case COST_ESTIMATE:
		return 3;
	case COST_EMPLOYER:
		return 4;
	case COST_POOL:
		return 5;
	default:
		return 6;
	}
}

bool court_same_provider(const struct provider *a, const struct provider *b)
{
	return a->kind == b->kind && (a->kind != PROVIDER_PARTY || a->party == b->party) &&
	       (a->kind != PROVIDER_MEMBER_OF || a->group == b->group);
}

bool court_same_steps(const struct commitment *a, const struct commitment *b)
{
	for (size_t i = 0; i < a->steps_count && i < b->steps_count; i++)
		if (a->steps[i].what != b->steps[i].what)
			return false;
	return a->steps_count == b->steps_count;
}

static bool two_payers(const struct court *court, const struct claim *a, const struct claim *b)
{
	const struct commitment *one = a->commitment, *two = b->commitment;
	return one->costs_count && two->costs_count &&
	       bearer(one->costs[0].rule) != bearer(two->costs[0].rule) &&
	       one->services == two->services && one->duty == two->duty && one->role == two->role &&
	       court_same_provider(&one->provider, &two->provider) && same_scope(one, two) &&
	       court_same_steps(one, two) && one->as_own_nationals == two->as_own_nationals &&
	       meet(court, a, b);
}

/* --- The whole ------------------------------------------------------------------------------ */

static bool ever_in_force(const struct agreement *agreement)
{
	for (size_t i = 0; i < agreement->states_count; i++)
		if (agreement->states[i].is == STATE_IN_FORCE)
			return !agreement->is_template;
	return false;
}

static bool terminated(const struct agreement *agreement, int32_t day)
{
	const struct state_entry *now = NULL;
	for (size_t i = 0; i < agreement->states_count; i++)
		if (agreement->states[i].from <= day &&
			(!now || agreement->states[i].from >= now->from))
			now = &agreement->states[i];
	return now && now->is == STATE_TERMINATED;
}

static void judge_agreement(struct court *court, const struct agreement *agreement)
{
	for (size_t i = 0; i < agreement->renewed_count; i++)
		if (terminated(agreement, agreement->renewed[i].on))
			court_tell(court, CONTRADICTION_RENEWED_ENDED,
				&(struct claim){ agreement, NULL }, NULL);
	for (size_t i = 0; i < agreement->commitments_count; i++) {
		struct claim one = { agreement, &agreement->commitments[i] };
		judge(court, &one);
		for (size_t j = 0; j < agreement->commitments_count; j++) {
			struct claim two = { agreement, &agreement->commitments[j] };
			/* Each pair once; the rows of a schedule are one clause. */
			if (str_eq(one.commitment->id, two.commitment->id) ||
				look_order(agreement, one.commitment, agreement, two.commitment) >
					0)
				continue;
			if (two_leads(court, &one, &two))
				court_tell(court, CONTRADICTION_TWO_LEADS, &one, &two);
			if (two_payers(court, &one, &two))
				court_tell(court, CONTRADICTION_TWO_PAYERS, &one, &two);
		}
	}
}

enum status reference_contradictions(struct contradiction **out, size_t *count, struct arena *arena,
	const struct world *world, const struct accords *accords)
{
	struct overlap_filter filter = { .place = NONE32, .viewer = VIEWER_ALL };
	struct court court = {
		.look = { .arena = arena, .world = world, .accords = accords, .filter = &filter }
	};
	add_all_days(&court);
	for (size_t i = 0; i < accords->items_count; i++) {
		if (!ever_in_force(&accords->items[i]))
			continue;
		judge_agreement(&court, &accords->items[i]);
		for (size_t j = 0; j < accords->items_count; j++)
			if (ever_in_force(&accords->items[j]))
				court_excluded(&court, &accords->items[i], &accords->items[j]);
	}
	*out = court.items;
	*count = court.count;
	return court.look.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
