/* What an item of advice comes to: by country, by service, and the facts it rests on there. */
#include "cover/cover.h"

#include <stdlib.h>
#include <string.h>

static int by_place_nat(const void *a, const void *b, void *context)
{
	const struct people_cell *cells = context;
	const struct advice_lift *one = a, *two = b;
	const struct people_cell *x = &cells[one->cell], *y = &cells[two->cell];

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->nat != y->nat)
		return x->nat < y->nat ? -1 : 1;
	return one->service < two->service ? -1 : one->service > two->service;
}

static int by_lifts(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct advice_place *one = a, *two = b;

	if (one->lifts != two->lifts)
		return one->lifts > two->lifts ? -1 : 1;
	return str_cmp(world->places[one->place].id, world->places[two->place].id);
}

struct advice_place *cover_advice_places(struct arena *arena, const struct world *world,
	const struct people_count *people, const struct advice *advice, size_t *count)
{
	const struct people_cell *cells = people->cells;
	struct advice_lift *lifts =
		ARENA_ARRAY(arena, advice->lifted_count + 1, struct advice_lift);
	struct advice_place *places =
		ARENA_ARRAY(arena, advice->lifted_count + 1, struct advice_place);
	int64_t of_nat = 0;

	*count = 0;
	if (!lifts || !places)
		return NULL;
	memcpy(lifts, advice->lifted, advice->lifted_count * sizeof(*lifts));
	qsort_r(lifts, advice->lifted_count, sizeof(*lifts), by_place_nat, people->cells);
	for (size_t i = 0; i < advice->lifted_count; i++) {
		const struct people_cell *cell = &cells[lifts[i].cell];
		struct advice_place *at = *count ? &places[*count - 1] : NULL;

		if (!at || at->place != cell->place) {
			at = &places[(*count)++];
			*at = (struct advice_place){
				.place = cell->place, .nat = cell->nat, .service = lifts[i].service
			};
			of_nat = 0;
		} else if (cells[lifts[i - 1].cell].nat != cell->nat) {
			of_nat = 0;
		}
		of_nat += cell->people;
		at->lifts += cell->people;
		at->uncertain += lifts[i].uncertain ? cell->people : 0;
		if (of_nat > at->nat_lifts) {
			at->nat_lifts = of_nat;
			at->nat = cell->nat;
		}
	}
	qsort_r(places, *count, sizeof(*places), by_lifts, (void *)(uintptr_t)world);
	return places;
}

int64_t cover_advice_of_service(
	const struct people_count *count, const struct advice *advice, uint8_t service)
{
	int64_t people = 0;

	for (size_t i = 0; i < advice->lifted_count; i++)
		if (advice->lifted[i].service == service)
			people += count->cells[advice->lifted[i].cell].people;
	return people;
}

struct presence cover_advice_provider(const struct world *world, const struct advice *advice,
	const struct advice_place *place, int32_t date, uint32_t *party)
{
	unsigned levels =
		advice->kind == ADVICE_ORGANIZATION ? LEVEL_OFFICE : (unsigned)LEVEL_RESIDENT;
	struct presence presence = { .truth = TRUTH_F,
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };

	*party = advice->party;
	if (advice->kind != ADVICE_GROUP)
		return world_presence(
			world, advice->party, place->place, levels, place->service, date);
	for (size_t i = 0; i < world->group_rows_count && presence.truth != TRUTH_T; i++) {
		const struct membership *member = &world->group_rows[i];

		if (member->set != advice->group ||
			!date_within(date, member->from, member->until) ||
			world->parties[member->member].nat == place->nat)
			continue;
		presence = world_presence(
			world, member->member, place->place, levels, place->service, date);
		*party = member->member;
	}
	return presence;
}

uint32_t cover_advice_absent(
	const struct world *world, const struct advice *advice, const struct advice_place *place)
{
	return advice->kind == ADVICE_ORGANIZATION ? NONE32 : world->nats[place->nat].state;
}
