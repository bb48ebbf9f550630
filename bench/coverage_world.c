/* The generator's rows. Every draw stands in a statement of its own: which comes first is part of
 * the distribution. */
#include <stdlib.h>
#include "bench/coverage_world.h"

enum {
	COUNTRY_FIRST = 1,
	SUBDIVISION_FIRST = COUNTRY_FIRST + COVERAGE_NATS,
	MUNICIPALITY_FIRST = SUBDIVISION_FIRST + COVERAGE_SUBDIVISIONS,
	DAYS_MAX = 3650,
	TRIES = 20
};

static unsigned draw(struct random *random, unsigned low, unsigned high)
{
	return low + (unsigned)(random_next(random) % (high - low + 1));
}

static void make_groups(struct coverage_world *world, struct random *random)
{
	for (size_t g = 0; g < COVERAGE_GROUPS; g++) {
		unsigned draws = draw(random, 6, 55);

		for (unsigned i = 0; i < draws; i++)
			world->member[g][draw(random, 0, COVERAGE_NATS - 1)] = true;
	}
}

static void make_places(struct coverage_world *world, struct random *random)
{
	world->parent[0] = -1;
	for (size_t p = COUNTRY_FIRST; p < SUBDIVISION_FIRST; p++) {
		world->parent[p] = 0;
		world->level[p] = 1;
	}
	for (size_t p = SUBDIVISION_FIRST; p < MUNICIPALITY_FIRST; p++) {
		world->parent[p] = COUNTRY_FIRST + (int32_t)draw(random, 0, COVERAGE_NATS - 1);
		world->level[p] = 2;
	}
	for (size_t p = MUNICIPALITY_FIRST; p < COVERAGE_PLACES; p++) {
		world->parent[p] = (int32_t)draw(random, SUBDIVISION_FIRST, MUNICIPALITY_FIRST - 1);
		world->level[p] = 3;
	}
}

/* A place of the agreement's country, if a few draws meet one. */
static unsigned draw_place(
	const struct coverage_world *world, struct random *random, unsigned country)
{
	unsigned kind = draw(random, 0, 999), place, tries = 0;

	if (kind < 3)
		return 0;
	if (kind < 200)
		return country;
	if (kind < 500) {
		do {
			place = draw(random, SUBDIVISION_FIRST, MUNICIPALITY_FIRST - 1);
		} while (world->parent[place] != (int32_t)country && ++tries < TRIES);
		return place;
	}
	do {
		place = draw(random, MUNICIPALITY_FIRST, COVERAGE_PLACES - 1);
	} while (world->parent[world->parent[place]] != (int32_t)country && ++tries < TRIES);
	return place;
}

static void make_agreement(struct coverage_world *world, struct random *random, uint32_t number)
{
	struct coverage_row row = { .agreement = number };
	unsigned kind, code, country;

	row.provider = (uint16_t)draw(random, 0, COVERAGE_PROVIDERS - 1);
	row.from = (uint16_t)draw(random, 0, DAYS_MAX);
	row.until = (uint16_t)(row.from + draw(random, 365, DAYS_MAX));
	kind = draw(random, 0, 99);
	code = kind < 62   ? draw(random, 0, COVERAGE_NATS - 1)
	       : kind < 92 ? COVERAGE_NATS + draw(random, 0, COVERAGE_GROUPS - 1)
			   : COVERAGE_CODES - 1;
	country = COUNTRY_FIRST + draw(random, 0, COVERAGE_NATS - 1);
	for (unsigned i = 0; i < COVERAGE_PER_AGREEMENT; i++) {
		unsigned own;

		row.place = (uint16_t)draw_place(world, random, country);
		own = draw(random, 0, 9);
		row.code = (uint16_t)(own < 8 ? code : draw(random, 0, COVERAGE_NATS - 1));
		row.rank = (uint8_t)draw(random, 1, 100);
		row.phases = (uint8_t)draw(random, 1, 15);
		row.service = (uint8_t)draw(random, 0, COVERAGE_SERVICES - 1);
		world->rows[world->row_count++] = row;
	}
}

struct coverage_world *coverage_make(uint64_t seed, uint32_t agreements)
{
	struct coverage_world *world = calloc(1, sizeof *world);
	struct random random = random_seeded(seed);

	if (!world)
		return NULL;
	world->seed = seed;
	world->agreements = agreements;
	world->rows = calloc((size_t)agreements * COVERAGE_PER_AGREEMENT, sizeof *world->rows);
	if (!world->rows) {
		free(world);
		return NULL;
	}
	make_groups(world, &random);
	make_places(world, &random);
	for (uint32_t a = 0; a < agreements; a++)
		make_agreement(world, &random, a);
	return world;
}

void coverage_free(struct coverage_world *world)
{
	if (world)
		free(world->rows);
	free(world);
}

bool coverage_code_has(const struct coverage_world *world, unsigned code, unsigned nat)
{
	if (code < COVERAGE_NATS)
		return code == nat;
	return code == COVERAGE_CODES - 1 || world->member[code - COVERAGE_NATS][nat];
}
