/* Who can be advised to sign what: organizations and what they are known to give, regional groups;
 * and the risk by which people are weighed. */
#include <assert.h>
#include <string.h>
#include "cover/advice.h"

/* ---- risk ---- */

int cover_risk_tenths(const struct world *world, uint32_t country, uint32_t *row)
{
	int tenths = -1, year = -1;

	*row = NONE32;
	for (size_t i = 0; i < world->risks_count; i++) {
		const struct risk_row *risk = &world->risks[i];
		size_t at = 0;
		int value = 0;

		if (risk->place != country || !str_is(risk->hazard, "inform") || risk->year <= year)
			continue;
		while (at < risk->value.len && risk->value.ptr[at] >= '0' &&
			risk->value.ptr[at] <= '9' && value <= 10)
			value = value * 10 + (risk->value.ptr[at++] - '0');
		if (at == 0 || value > 10)
			continue;
		value *= 10;
		if (at + 1 < risk->value.len && risk->value.ptr[at] == '.' &&
			risk->value.ptr[at + 1] >= '0' && risk->value.ptr[at + 1] <= '9')
			value += risk->value.ptr[at + 1] - '0';
		if (value > 100)
			continue;
		tenths = value;
		year = risk->year;
		*row = (uint32_t)i;
	}
	return tenths;
}

/* ---- who can be asked ---- */

bool advice_organization(const struct world *world, uint32_t party)
{
	enum party_kind kind = world->parties[party].kind;

	return kind != PARTY_STATE && kind != PARTY_AGENCY && kind != PARTY_POST;
}

/* The region right under the world in which a party's country lies. */
static uint32_t continent(const struct world *world, uint32_t party)
{
	uint32_t place = world->parties[party].country;

	while (place != NONE32 && world->places[place].parent != NONE32 &&
		world->places[world->places[place].parent].parent != NONE32)
		place = world->places[place].parent;
	return place;
}

bool advice_regional(const struct world *world, uint32_t group, int32_t date)
{
	uint32_t continents[2] = { NONE32, NONE32 };
	uint32_t first = NONE32;
	bool two = false;

	for (size_t i = 0; i < world->group_rows_count; i++) {
		const struct membership *member = &world->group_rows[i];
		uint32_t where;

		if (member->set != group || !date_within(date, member->from, member->until))
			continue;
		if (world->parties[member->member].nat == NAT_NONE)
			return false;
		where = continent(world, member->member);
		if (where == NONE32)
			return false;
		if (continents[0] != where && continents[1] != where) {
			if (continents[1] != NONE32)
				return false;
			continents[continents[0] != NONE32] = where;
		}
		two = two || (first != NONE32 && first != member->member);
		first = member->member;
	}
	return two;
}

static bool same_nats(
	const struct nat_item *a, size_t a_count, const struct nat_item *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].kind != b[i].kind || a[i].nat != b[i].nat || a[i].group != b[i].group ||
			a[i].party != b[i].party)
			return false;
	return true;
}

static bool same_places(const struct place_scope *a, const struct place_scope *b)
{
	if (a->given != b->given || a->in_count != b->in_count ||
		a->except_count != b->except_count || a->territories_in != b->territories_in)
		return false;
	for (size_t i = 0; i < a->in_count; i++)
		if (a->in[i].kind != b->in[i].kind || a->in[i].index != b->in[i].index)
			return false;
	for (size_t i = 0; i < a->except_count; i++)
		if (a->except[i].kind != b->except[i].kind ||
			a->except[i].index != b->except[i].index)
			return false;
	return true;
}

/* Two commitments are for the same people, on the way to the same places. */
static bool alike(const struct commitment *a, const struct commitment *b)
{
	if (!a || !b)
		return a == b;
	return same_nats(a->nats, a->nats_count, b->nats, b->nats_count) &&
	       same_nats(a->except_nats, a->except_nats_count, b->except_nats,
		       b->except_nats_count) &&
	       a->status == b->status && a->except_status == b->except_status &&
	       same_places(&a->to, &b->to);
}

struct known {
	struct standby *items;
	size_t count, capacity;
};

static enum status know(struct known *known, const struct advising *advising, unsigned service,
	const struct commitment *like)
{
	void *items = known->items;
	struct standby *slot;

	if (!(advising->services >> service & 1u) ||
		world_services[service].domain == DOMAIN_CONSULAR)
		return STATUS_OK;
	for (size_t i = 0; i < known->count; i++)
		if (known->items[i].service == service && alike(known->items[i].like, like))
			return STATUS_OK;
	slot = arena_push(advising->arena, &items, &known->count, &known->capacity, sizeof *slot);
	known->items = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = (struct standby){ (uint8_t)service, like };
	return STATUS_OK;
}

static enum status know_commitments(struct known *known, const struct advising *advising,
	const struct agreement *agreement, uint32_t party, unsigned service)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < agreement->commitments_count && status == STATUS_OK; i++) {
		const struct commitment *commitment = &agreement->commitments[i];

		if (commitment->provider.kind == PROVIDER_PARTY &&
			commitment->provider.party == party &&
			(commitment->services >> service & 1u))
			status = know(known, advising, service, commitment);
	}
	return status;
}

enum status advice_standbys(
	struct standby **out, size_t *count, const struct advising *advising, uint32_t party)
{
	const struct cover_index *index = advising->index;
	const struct world *world = index->world;
	struct known known = { 0 };
	enum status status = STATUS_OK;

	for (unsigned s = 0; s < world_service_count && status == STATUS_OK; s++) {
		struct walk walk = { .index = index };

		while (status == STATUS_OK && walk_next(&walk)) {
			const struct agreement *agreement = walk.rows->agreement;

			if (cover_visible(index, agreement, advising->filter->viewer,
				    advising->filter->date))
				status = know_commitments(&known, advising, agreement, party, s);
		}
		for (size_t i = 0; i < world->strengths_count && status == STATUS_OK; i++)
			if (world->strengths[i].party == party && world->strengths[i].service == s)
				status = know(&known, advising, s, NULL);
	}
	*out = known.items;
	*count = known.count;
	return status;
}
