/* Random valid queries: people with any nationality, status, fear and choice, anywhere, seen by
 * anyone. Persons of two nationalities hold pair-ties, places of two members two-members. */
#include "soak.h"
#include <assert.h>
#include <stdio.h>

static uint16_t random_nat(struct random *random, const struct world *world)
{
	return (uint16_t)random_below(random, (uint32_t)world->nats_count);
}

static void draw_nats(struct query *query, struct random *random, const struct world *world)
{
	size_t wanted = random_chance(random, 75) ? 1 : 2 + random_below(random, 2);
	if (wanted > world->nats_count)
		wanted = world->nats_count;
	query->nat_count = 0;
	while (query->nat_count < wanted) {
		uint16_t nat = random_nat(random, world);
		/* special codes more rarely than States */
		if (world->nats[nat].place == NONE32 && random_chance(random, 60))
			continue;
		bool again = false;
		for (size_t i = 0; i < query->nat_count; i++)
			again = again || query->nats[i] == nat;
		if (again)
			continue;
		query->territories[query->nat_count] = NONE32;
		query->nats[query->nat_count++] = nat;
	}
}

static uint32_t draw_place(struct random *random, const struct world *world)
{
	for (;;) {
		uint32_t place = random_below(random, (uint32_t)world->places_count);
		if (world->places[place].country != NONE32)
			return place;
	}
}

static int32_t draw_date(struct random *random)
{
	int32_t date = date_of((struct civil){ 2014, 1, 1 });
	date = date_add_months(date, (int32_t)(3 * random_below(random, 40)));
	if (random_chance(random, 30))
		date += random_chance(random, 50) ? 1 : -1;
	return date;
}

static void draw_person(struct query *query, struct random *random, const struct world *world)
{
	if (random_chance(random, 45))
		query->statuses = 1u << random_below(random, PERSON_STATUSES);
	if (random_chance(random, 15))
		query->statuses |= 1u << random_below(random, PERSON_STATUSES);
	if (random_chance(random, 6))
		query->statuses |= PERSON_BIT(PERSON_NO_CONTACT);
	if (random_chance(random, 30))
		query->residence = random_nat(random, world);
	while (random_chance(random, 15) && query->fear_count < 2) {
		uint16_t nat = random_nat(random, world);
		if (query->fear_count == 0 || query->fears[0] != nat)
			query->fears[query->fear_count++] = nat;
	}
	int32_t since = draw_date(random);
	if (random_chance(random, 15) && since <= query->date)
		query->resident_since = since;
	query->informed_choice = random_chance(random, 15);
	query->screened = random_chance(random, 30);
	query->best_interests = random_chance(random, 30);
}

/* A service that some commitment names, or any of the list. */
static uint8_t draw_service(struct random *random, const struct accords *accords)
{
	const struct agreement *agreement =
		&accords->items[random_below(random, (uint32_t)accords->items_count)];
	/* Templates have no commitments, nor has an agreement of articles alone. */
	for (size_t i = 0; agreement->commitments_count == 0 && i < accords->items_count; i++)
		agreement = &accords->items[i];
	const struct commitment *commitment = &agreement->commitments[random_below(
		random, (uint32_t)agreement->commitments_count)];
	uint8_t first = (uint8_t)random_below(random, (uint32_t)world_service_count);
	for (uint8_t i = 0; i < world_service_count && random_chance(random, 99); i++) {
		uint8_t service = (uint8_t)((first + i) % world_service_count);
		if (commitment->services >> service & 1)
			return service;
	}
	const char *any = soak_services.items[random_below(random, (uint32_t)soak_services.count)];
	return world_service_find(str_of(any));
}

void soak_query(struct query *query, struct random *random, const struct world *world,
	const struct accords *accords)
{
	cover_query_init(query, draw_date(random), VIEWER_ALL);
	draw_nats(query, random, world);
	draw_person(query, random, world);
	query->place = draw_place(random, world);
	query->service = draw_service(random, accords);
	query->phase = random_chance(random, 70) ? PHASE_DURING
						 : (enum phase)(1u << random_below(random, 3));
	query->to = random_chance(random, 30) ? draw_place(random, world) : NONE32;
	if (random_chance(random, 20))
		query->viewer = random_below(random, (uint32_t)world->parties_count);
	else if (random_chance(random, 8))
		query->viewer = VIEWER_PUBLIC;
	assert(query->service != SERVICE_NONE);
	const char *fault = cover_query_fault(world, query);
	if (fault)
		fprintf(stderr, "# a query that should be valid: %s\n", fault);
	assert(!fault);
}

static void add_nat(struct buf *out, const struct world *world, uint16_t nat)
{
	buf_add_c(out, " ");
	buf_add(out, nat == NAT_NONE ? STR("-") : world->nats[nat].code);
}

void soak_query_words(struct buf *out, const struct world *world, const struct query *query)
{
	char date[11];
	date_format(date, query->date);
	buf_add_c(out, "nationality");
	for (size_t i = 0; i < query->nat_count; i++)
		add_nat(out, world, query->nats[i]);
	buf_add_format(out, ", place " STR_FMT ", service %s, phase %u, date %s",
		STR_ARG(world->places[query->place].id), world_services[query->service].code,
		(unsigned)query->phase, date);
	if (query->residence != NAT_NONE) {
		buf_add_c(out, ", residence");
		add_nat(out, world, query->residence);
	}
	if (query->fear_count)
		buf_add_c(out, ", fears");
	for (size_t i = 0; i < query->fear_count; i++)
		add_nat(out, world, query->fears[i]);
	for (unsigned i = 0; i < PERSON_STATUSES; i++)
		if (query->statuses >> i & 1)
			buf_add_format(out, ", " STR_FMT, STR_ARG(accord_person_words[i]));
	if (query->to != NONE32)
		buf_add_format(out, ", to " STR_FMT, STR_ARG(world->places[query->to].id));
	if (query->resident_since != DATE_NONE) {
		date_format(date, query->resident_since);
		buf_add_format(out, ", resident since %s", date);
	}
	if (query->viewer == VIEWER_PUBLIC)
		buf_add_c(out, ", as public");
	else if (query->viewer != VIEWER_ALL)
		buf_add_format(out, ", as " STR_FMT, STR_ARG(world->parties[query->viewer].id));
	buf_add_c(out, query->informed_choice ? ", informed choice" : "");
	buf_add_c(out, query->screened ? ", screened" : "");
	buf_add_c(out, query->best_interests ? ", best interests" : "");
	buf_add_c(out, "\n");
}
