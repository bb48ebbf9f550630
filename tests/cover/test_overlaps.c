/* Overlaps in worlds made to contain them, and not in worlds made not to: each seed gives a clean
 * world, in which nothing may be found, and its copies with one thing planted, in which just that
 * must be found. What the analyses mean is held by tests/soak against the reference; the tests here
 * bear the names of docs/semantics.md. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "planted.h"

#define SEEDS 60

static struct overlaps overlaps_of(struct scene *scene, unsigned kinds)
{
	struct overlap_filter filter = { .kinds = kinds,
		.services = UINT64_MAX >> (64 - world_service_count),
		.place = NONE32,
		.nat = NAT_NONE,
		.viewer = VIEWER_ALL };
	struct people_count count;
	struct overlaps out;

	assert_true(date_parse(STR("2022-06-01"), &filter.date));
	assert_int_equal(world_people(&count, &scene->arena, scene->world, filter.date), STATUS_OK);
	assert_int_equal(
		cover_overlaps(&out, &scene->arena, scene->index, &count, &filter), STATUS_OK);
	return out;
}

/* --- Clean worlds --------------------------------------------------------------------------- */

#define ALL_BUT_POINTS (OVERLAP_LEADS | OVERLAP_ASSETS | OVERLAP_STRENGTHS | OVERLAP_CIRCULAR)

static void assert_clean(struct scene *scene)
{
	struct overlaps found = overlaps_of(scene, ALL_BUT_POINTS);
	struct contradiction *items;

	assert_int_equal(found.leads_count, 0);
	assert_int_equal(found.unassigned_count, 0);
	assert_int_equal(found.assets_count, 0);
	assert_int_equal(found.strengths_count, 0);
	assert_int_equal(found.circular_count, 0);
	assert_int_equal(planted_contradictions(scene, &items), 0);
}

static void nothing_in_clean_worlds(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct scene scene;

		planted_begin(&scene, seed);
		planted_load(&scene);
		assert_clean(&scene);
		arena_free(&scene.arena);
	}
}

/* --- Planted overlaps ----------------------------------------------------------------------- */

/* double-pledge: a second promise on the same car in the same phase and time; ready-assets: neither
 * would hold. */
static void double_pledge(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct scene scene;
		planted_begin(&scene, seed);
		int whose = (int)random_below(&scene.random, HELPERS);

		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: may, provider: AAA, for: { "
				"nationality: [ any ] }, where: { in: [ CCC ] }, services: [ "
				"movement.transport ], assets: [ \"io-%d:car\" ], phases: [ "
				"during ] }\n",
				whose)
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);
		const struct asset *asset;

		assert_int_equal(found.assets_count, 1);
		asset = &scene.world->assets[found.assets[0].asset];
		assert_int_equal(asset->party,
			world_party(scene.world, str_format(&scene.arena, "io-%d", whose)));
		assert_int_equal(found.assets[0].pledged, 2 * asset->quantity);
		assert_int_equal(found.assets[0].pledges_count, 2);
		for (size_t i = 0; i < found.assets[0].pledges_count; i++) {
			const struct pledge *pledge = &found.assets[0].pledges[i];
			struct readiness ready;

			assert_int_equal(
				cover_ready(&ready, &scene.arena, scene.index, pledge->agreement,
					pledge->commitment, found.assets[0].date, VIEWER_ALL),
				STATUS_OK);
			assert_int_equal(ready.parts[READY_ASSETS], TRUTH_F);
		}
		assert_int_equal(
			found.strengths_count + found.circular_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* beyond-strength: promised to the last, then one person more. */
static void beyond_strength(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2 * SEEDS; seed++) {
		struct scene scene;
		bool beyond = seed % 2;

		planted_begin(&scene, seed / 2 + 1);
		int whose = (int)random_below(&scene.random, HELPERS);
		int64_t left = scene.strength[whose] - scene.pledged[whose] + beyond;

		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: will, role: support, provider: "
				"io-%d, for: { nationality: [ any ] }, where: { in: [ BB-1 ] }, "
				"services: [ %s ], phases: [ during ], from: 2022-01-01, %s }\n",
				whose, planted_services[whose],
				left ? str_format(&scene.arena,
					       "capacity: { quantity: %d, unit: persons, per: day "
					       "}",
					       (int)left)
						.ptr
				     : "lead-time: 1d")
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.strengths_count, beyond);
		if (beyond) {
			assert_int_equal(found.strengths[0].has, scene.strength[whose]);
			assert_int_equal(found.strengths[0].pledged, scene.strength[whose] + 1);
		}
		assert_int_equal(found.assets_count + found.circular_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* circular-reliance: the chain of helpers is closed from B back to A. */
static void circular_reliance(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		static const char *const ways[] = {
			"steps: [ { do: request, by: io-%d } ]",
			"steps: [ { do: consent, whom: io-%d } ]",
			"cost: { rule: pool, fund: io-%d }",
		};
		struct scene scene;

		planted_begin(&scene, seed);
		int a = (int)random_below(&scene.random, HELPERS - 1);
		int b = a + 1 + (int)random_below(&scene.random, (uint32_t)(HELPERS - a - 1));
		const char *way = ways[seed % 3];
		char by[64];

		/* the name stands in for the number */
		size_t cut = (size_t)(strchr(way, '%') - way);
		memcpy(by, way, cut);
		by[cut] = (char)('0' + a);
		memcpy(by + cut + 1, way + cut + 2, strlen(way + cut + 2) + 1);
		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: may, provider: io-%d, for: { "
				"nationality: [ any ] }, where: { in: [ AAA ] }, services: [ "
				"movement.transport ], phases: [ before, during ], %s }\n",
				b, by)
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.circular_count, 1);
		assert_int_equal(found.circular[0].links_count, b - a + 1);
		assert_int_equal(found.circular[0].place, world_place(scene.world, STR("AAA")));
		for (size_t i = 0; i < found.circular[0].links_count; i++) {
			const struct circle_link *link = &found.circular[0].links[i];
			size_t next = (i + 1) % found.circular[0].links_count;

			assert_int_equal(link->relies_on, found.circular[0].links[next].provider);
		}
		assert_int_equal(found.assets_count + found.strengths_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* lead-class: a second lead of the same band and specificity; as support it is none. */
static void lead_class(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2 * SEEDS; seed++) {
		struct scene scene;
		bool lead = seed % 2;

		planted_begin(&scene, seed / 2 + 1);
		int whose = (int)random_below(&scene.random, HELPERS);

		/* both where a helper's clause may stand; the planted one names its own depth */
		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: will, role: %s, provider: AAA, "
				"for: { nationality: [ any ] }, where: { in: [ world ] }, "
				"services: [ %s ], phases: [ during ] }\n"
				"  - { id: y, clause: \"2\", duty: will, role: %s, provider: AAA, "
				"for: { nationality: [ any ] }, where: { in: [ \"m49:002\" ], "
				"except: [ CCC ] }, services: [ %s ], phases: [ during ] }\n",
				lead ? "lead" : "support", planted_services[whose],
				lead ? "lead" : "fallback", planted_services[whose])
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.leads_count > 0, lead);
		for (size_t i = 0; i < found.leads_count; i++) {
			assert_int_equal(found.leads[i].leads_count, 2);
			assert_true(found.leads[i].people > 0);
			assert_string_equal(world_services[found.leads[i].service].code,
				planted_services[whose]);
		}
		arena_free(&scene.arena);
	}
}

/* pool-one: several members, nobody named; then one is named by the same agreement. */
static void pool_one(void **state)
{
	(void)state;
	for (int named = 0; named < 2; named++) {
		struct scene scene;

		planted_begin(&scene, 1);
		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: shall, provider: { member-of: "
				"states }, for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
				"services: [ consular.welfare ], phases: [ during ] }\n%s",
				named ? "  - { id: y, clause: \"2\", duty: may, provider: io-1, "
					"for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
					"services: [ consular.welfare ], phases: [ during ] }\n"
				      : "")
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		/* For the people of BBB and CCC in AAA only one State is left: it is as good as
		 * named. */
		assert_int_equal(found.unassigned_count, 0);
		assert_int_equal(found.leads_count, 0);
		arena_free(&scene.arena);
	}
	for (int named = 0; named < 2; named++) {
		struct scene scene;

		planted_begin(&scene, 1);
		planted_put(&scene, "w/groups.csv",
			STR("group,party,from,until,source\nstates,AAA,,,s\n"
			    "states,BBB,,,s\nstates,CCC,,,s\nstates,io-6,,,s\n"
			    "gone,AAA,,1999-12-31,s\n"));
		planted_plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: shall, provider: { member-of: "
				"states }, for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
				"services: [ consular.welfare ], phases: [ during ] }\n%s",
				named ? "  - { id: y, clause: \"2\", duty: may, provider: io-1, "
					"for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
					"services: [ consular.welfare ], phases: [ during ] }\n"
				      : "")
				.ptr);
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.unassigned_count, !named);
		if (!named) {
			assert_int_equal(found.unassigned[0].people, 57);
			assert_int_equal(found.unassigned[0].leads[0].members, 2);
			assert_int_equal(found.unassigned[0].leads[0].provider, NONE32);
		}
		arena_free(&scene.arena);
	}
}

/* single-point: the helper, its agreement; with a second of the same band none of them. */
static void single_point(void **state)
{
	(void)state;
	for (int second = 0; second < 2; second++) {
		struct scene scene;
		size_t helper = 0, ends = 0;

		planted_begin(&scene, 3);
		if (second)
			planted_plant(&scene, IN_FORCE EVERYBODY,
				"  - { id: x, clause: \"1\", duty: will, provider: AAA, for: { "
				"nationality: [ any ] }, where: { in: [ world ] }, services: [ "
				"relief.food ], phases: [ during ] }\n");
		planted_load(&scene);
		struct overlaps found = overlaps_of(&scene, OVERLAP_POINTS);

		for (size_t i = 0; i < found.points_count; i++) {
			const struct single_point *point = &found.points[i];
			struct str id = point->kind == POINT_PARTY
						? scene.world->parties[point->index].id
						: scene.accords.items[point->index].id;

			assert_int_not_equal(point->kind, POINT_POST);
			helper += str_is(id, "io-0");
			ends += str_is(id, "helper-0");
			if (!str_is(id, "io-0"))
				continue;
			assert_int_equal(point->people, 177);
			assert_int_equal(point->losses[0].from, BAND_WILL);
			assert_int_equal(point->losses[0].to, BAND_NONE);
		}
		assert_int_equal(helper, !second);
		assert_int_equal(ends, !second);
		arena_free(&scene.arena);
	}
}

/* lead-in-part: a second lead for a part of the country alone, told there with the people of the
 * country; the country itself has one. */
static void lead_in_part(void **state)
{
	struct scene scene;

	(void)state;
	planted_begin(&scene, 1);
	planted_plant(&scene, IN_FORCE EVERYBODY,
		"  - { id: x, clause: \"1\", duty: shall, provider: AAA, for: { nationality: [ any "
		"] "
		"}, where: { in: [ BBB ] }, services: [ consular.welfare ], phases: [ during ] }\n"
		"  - { id: y, clause: \"2\", duty: shall, provider: io-3, for: { nationality: [ "
		"any "
		"] }, where: { in: [ BB-1 ] }, services: [ consular.welfare ], phases: [ during ] "
		"}\n"
		"  - { id: z, clause: \"3\", duty: shall, provider: io-4, for: { nationality: [ "
		"any "
		"] }, where: { in: [ BB-1 ] }, services: [ consular.welfare ], phases: [ during ] "
		"}\n");
	planted_load(&scene);
	struct overlaps found = overlaps_of(&scene, OVERLAP_LEADS);

	/* AAA's clause matches by the country, a place less deep: another class */
	assert_int_equal(found.leads_count, 1);
	assert_true(found.leads[0].part);
	assert_int_equal(found.leads[0].place, world_place(scene.world, STR("BB-1")));
	assert_int_equal(found.leads[0].leads_count, 2);
	assert_int_equal(found.leads[0].people, 120);
	assert_int_equal(found.leads[0].cells_count, 2);
	arena_free(&scene.arena);
}

/* overlaps-filter: place and nationality choose cells, services what is asked. */
static void overlaps_filter(void **state)
{
	static const struct {
		const char *place, *nat;
		int64_t people;
	} cases[] = { { NULL, NULL, 177 }, { "BBB", NULL, 120 }, { "BB-1", NULL, 120 },
		{ "m49:002", "CCC", 27 }, { NULL, "BBB", 50 }, { "CCC", NULL, 0 } };
	struct scene scene;

	(void)state;
	planted_begin(&scene, 3);
	planted_load(&scene);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct overlap_filter filter = { .kinds = OVERLAP_POINTS,
			.services = UINT64_C(1) << world_service_find(STR("relief.food")),
			.place = cases[i].place ? world_place(scene.world, str_of(cases[i].place))
						: NONE32,
			.nat = cases[i].nat ? world_nat(scene.world, str_of(cases[i].nat))
					    : NAT_NONE,
			.viewer = VIEWER_ALL };
		struct people_count count;
		struct overlaps found;
		int64_t most = 0;

		assert_true(date_parse(STR("2022-06-01"), &filter.date));
		assert_int_equal(
			world_people(&count, &scene.arena, scene.world, filter.date), STATUS_OK);
		assert_int_equal(cover_overlaps(&found, &scene.arena, scene.index, &count, &filter),
			STATUS_OK);
		for (size_t j = 0; j < found.points_count; j++)
			most = found.points[j].people > most ? found.points[j].people : most;
		assert_int_equal(most, cases[i].people);
	}
	arena_free(&scene.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_in_clean_worlds),
		cmocka_unit_test(double_pledge),
		cmocka_unit_test(beyond_strength),
		cmocka_unit_test(circular_reliance),
		cmocka_unit_test(lead_class),
		cmocka_unit_test(pool_one),
		cmocka_unit_test(single_point),
		cmocka_unit_test(lead_in_part),
		cmocka_unit_test(overlaps_filter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
