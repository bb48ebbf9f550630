/* The gazetteer and its relations: numbering, nationality, lies in, zones, groups, under, acts for.
 */
#include "scene.h"

#include <stdio.h>

static void test_places_are_numbered_in_preorder_with_children_by_id(void **state)
{
	static const char *const order[] = { "world", "m49:002", "AAA", "BBB", "BB-1", "BBB-town",
		"BBB-port", "CCC", "DDD", "EEE", "TTT" };
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_must_load(&scene);
	const struct world *world = scene.world;
	assert_int_equal(world->places_count, sizeof order / sizeof order[0]);
	for (uint32_t i = 0; i < world->places_count; i++) {
		assert_str(world->places[i].id, order[i]);
		assert_str(world_place_id_list(world)[i], order[i]);
		assert_int_equal(world_place(world, str_of(order[i])), i);
	}
	uint32_t beland = scene_place(&scene, "BBB");
	assert_int_equal(world->places[beland].last, scene_place(&scene, "BBB-port"));
	assert_int_equal(world->places[0].last, world->places_count - 1);
	assert_int_equal(world->places[0].parent, NONE32);
	assert_int_equal(world->places[0].depth, 0);
	assert_int_equal(world->places[scene_place(&scene, "BBB-town")].depth, 4);
	assert_int_equal(world->places[scene_place(&scene, "BBB-town")].country, beland);
	assert_int_equal(world->places[beland].country, beland);
	assert_int_equal(world->places[1].country, NONE32);
	assert_true(world->places[scene_place(&scene, "AAA")].has_point);
	assert_true(world->places[scene_place(&scene, "AAA")].lon == 2.5);
	assert_false(world->places[beland].has_point);
	scene_close(&scene);
}

/* Any order of rows gives the same world, and "lies in" is the chain of parents. */
static void test_places_in_any_order_of_rows(void **state)
{
	(void)state;
	struct random random = random_seeded(scene_seed());
	for (int round = 0; round < 20; round++) {
		struct scene scene;
		struct buf out;
		uint32_t order[200], count = 0;
		scene_open(&scene);
		buf_init(&out, &scene.arena, 1 << 20);
		buf_add_c(&out, "kind,place,name,parent\n");
		for (uint32_t i = 0; i < 200; i++)
			order[i] = i;
		for (uint32_t i = 199; i > 0; i--) {
			uint32_t k = random_below(&random, i + 1), swap = order[i];
			order[i] = order[k];
			order[k] = swap;
		}
		for (; count < 200; count++) {
			uint32_t i = order[count];
			if (i == 0)
				buf_add_c(&out, "world,p0,P,\n");
			else if (i < 5)
				buf_add_format(&out, "country,p%u,P,p0\n", i);
			else
				buf_add_format(&out, "locality,p%u,P,p%u\n", i,
					i / 5 + 1 > i - 1 ? 1 : i / 5 + 1);
		}
		scene_put(&scene, "places.csv", buf_str(&out).ptr);
		scene_put(&scene, "parties.csv", "party,kind,name\n");
		scene_put(&scene, "risk.csv", "place,hazard,source\n");
		scene_must_load(&scene);
		const struct world *world = scene.world;
		for (uint32_t a = 0; a < 200; a++) {
			for (uint32_t b = 0; b < 200; b++) {
				uint32_t up = a;
				while (up != NONE32 && up != b)
					up = world->places[up].parent;
				assert_int_equal(world_lies_in(world, a, b), up == b);
			}
		}
		for (uint32_t a = 2; a < 200; a++)
			if (world->places[a].parent == world->places[a - 1].parent)
				assert_true(
					str_cmp(world->places[a - 1].id, world->places[a].id) < 0);
		scene_close(&scene);
	}
}

static void test_nationality_is_inherited_downwards(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_must_load(&scene);
	const struct world *world = scene.world;
	uint16_t aland = world_nat(world, STR("AAA")), beland = world_nat(world, STR("BBB"));
	assert_int_equal(world->places[scene_place(&scene, "TTT")].nat, aland);
	assert_int_equal(world->places[scene_place(&scene, "BBB-town")].nat, beland);
	assert_int_equal(world->places[0].nat, NAT_NONE);
	assert_int_equal(world_nat(world, STR("TTT")), NAT_NONE); /* a territory's code is none */
	assert_int_equal(world->nats[aland].place, scene_place(&scene, "AAA"));
	assert_int_equal(world->nats[aland].state, scene_party(&scene, "AAA"));
	assert_int_equal(world->parties[scene_party(&scene, "AAA")].nat, aland);
	assert_int_equal(world->parties[scene_party(&scene, "AAA-police")].nat, NAT_NONE);
	scene_close(&scene);
}

static void test_special_nationalities_always_exist_and_codes_are_sorted(void **state)
{
	static const char *const codes[] = { "AAA", "BBB", "CCC", "DDD", "EEE", "TIB", "XXA",
		"XXX" };
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_must_load(&scene);
	assert_int_equal(scene.world->nats_count, 8);
	for (uint32_t i = 0; i < 8; i++) {
		assert_str(scene.world->nats[i].code, codes[i]);
		assert_str(world_nat_id_list(scene.world)[i], codes[i]);
		assert_int_equal(scene.world->nats[i].place == NONE32, i >= 5);
		assert_int_equal(scene.world->nats[i].state == NONE32, i >= 5);
	}
	scene_close(&scene);
}

static void test_more_than_255_nationalities_are_refused(void **state)
{
	(void)state;
	for (int countries = 252; countries <= 253; countries++) {
		struct scene scene;
		struct buf out;
		scene_open(&scene);
		buf_init(&out, &scene.arena, 1 << 20);
		buf_add_c(&out, "place,parent,kind,name,nationality\nworld,,world,W,\n");
		for (int i = 0; i < countries; i++)
			buf_add_format(&out, "A%c%c,world,country,C,A%c%c\n", 'A' + i / 26,
				'A' + i % 26, 'A' + i / 26, 'A' + i % 26);
		scene_put(&scene, "places.csv", buf_str(&out).ptr);
		scene_put(&scene, "parties.csv", "party,kind,name\n");
		scene_put(&scene, "risk.csv", "place,hazard,source\n");
		if (countries == 252) {
			scene_must_load(&scene);
			assert_int_equal(scene.world->nats_count, 255);
		} else {
			assert_int_equal(scene_load(&scene), STATUS_REFUSED);
			assert_string_equal(scene_told(&scene),
				"w/places.csv:255:21: nationality: more than 255 nationalities\n");
		}
		scene_close(&scene);
	}
}

static void test_freshness_months_by_class_and_latest_year(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "freshness.csv", "risk_class,months\nhigh,30\nnone,7\nodd,3\n");
	scene_put(&scene, "risk.csv",
		"place,hazard,value,class,year,source\n"
		"AAA,inform,8,high,2021,s\nAAA,inform,8,odd,2019,s\n"
		"BBB,flood,8,odd,2021,s\nCCC,inform,1,odd,2020,s\n"
		"DDD,inform,8,very-high,2020,s\n");
	scene_must_load(&scene);
	const struct place *places = scene.world->places;
	assert_int_equal(places[scene_place(&scene, "AAA")].fresh_months, 30);
	assert_int_equal(places[scene_place(&scene, "BBB")].fresh_months, 7);
	assert_int_equal(places[scene_place(&scene, "BBB-town")].fresh_months, 7);
	assert_int_equal(places[scene_place(&scene, "CCC")].fresh_months, 3);
	assert_int_equal(places[scene_place(&scene, "DDD")].fresh_months, 12); /* the model's */
	assert_int_equal(places[0].fresh_months, 0);
	scene_close(&scene);
}

static void test_groups_and_zones_have_dated_members(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "groups.csv",
		"group,party,from,until,source\n"
		"pact,BBB,2010-01-01,2012-12-31,s\npact,AAA,,,s\n"
		"group:pact,BBB,2015-01-01,,s\nleague,CCC,,,s\n");
	scene_put(&scene, "zones.csv",
		"zone,place,from,until,source\n"
		"zone:delta,BB-1,2010-01-01,2012-12-31,s\ndelta,AAA,,,s\n");
	scene_must_load(&scene);
	const struct world *world = scene.world;
	uint32_t pact = world_group(world, STR("pact")), beland = scene_party(&scene, "BBB");
	static const struct {
		const char *date;
		bool in;
	} days[] = {
		{ "2009-12-31", false },
		{ "2010-01-01", true },
		{ "2012-12-31", true },
		{ "2013-01-01", false },
		{ "2015-01-01", true },
		{ "2049-01-01", true },
	};
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		assert_int_equal(
			world_group_has(world, pact, beland, scene_date(days[i].date)), days[i].in);
	assert_true(world_group_has(world, pact, scene_party(&scene, "AAA"), 0));
	assert_false(world_group_has(world, pact, scene_party(&scene, "CCC"), 0));
	assert_true(world_group_has(
		world, world_group(world, STR("league")), scene_party(&scene, "CCC"), 0));
	assert_int_equal(world_group(world, STR("delta")), NONE32);
	uint32_t delta = world_zone(world, STR("delta")), town = scene_place(&scene, "BBB-town");
	assert_true(world_zone_has(world, delta, town, scene_date("2011-01-01")));
	assert_false(world_zone_has(world, delta, town, scene_date("2013-01-01")));
	assert_false(world_zone_has(
		world, delta, scene_place(&scene, "BBB-port"), scene_date("2011-01-01")));
	assert_false(
		world_zone_has(world, delta, scene_place(&scene, "BBB"), scene_date("2011-01-01")));
	assert_true(world_zone_has(world, delta, scene_place(&scene, "AAA"), 0));
	scene_close(&scene);
}

static void test_acts_for_by_being_by_parents_and_by_control(void **state)
{
	static const struct {
		const char *party;
		bool aland;
	} parties[] = {
		{ "AAA", true },
		{ "AAA-police", true },
		{ "AAA-unit", true },
		{ "AAA-air", true },
		{ "AAA-air-ground", true },
		{ "BBB", false },
		{ "relief", false },
	};
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_must_load(&scene);
	const struct world *world = scene.world;
	uint32_t aland = scene_party(&scene, "AAA");
	for (size_t i = 0; i < sizeof parties / sizeof parties[0]; i++) {
		uint32_t party = scene_party(&scene, parties[i].party);
		assert_int_equal(world_acts_for(world, party, world_nat(world, STR("AAA"))),
			parties[i].aland);
		assert_false(world_acts_for(world, party, world_nat(world, STR("XXA"))));
	}
	assert_true(world_party_under(world, scene_party(&scene, "AAA-unit"), aland));
	assert_true(world_party_under(world, aland, aland));
	assert_false(world_party_under(world, aland, scene_party(&scene, "AAA-unit")));
	assert_false(world_party_under(world, scene_party(&scene, "AAA-air"), aland));
	assert_true(world->parties[scene_party(&scene, "AAA-unit")].service);
	assert_false(world->parties[scene_party(&scene, "AAA-police")].service);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places_are_numbered_in_preorder_with_children_by_id),
		cmocka_unit_test(test_places_in_any_order_of_rows),
		cmocka_unit_test(test_nationality_is_inherited_downwards),
		cmocka_unit_test(test_special_nationalities_always_exist_and_codes_are_sorted),
		cmocka_unit_test(test_more_than_255_nationalities_are_refused),
		cmocka_unit_test(test_freshness_months_by_class_and_latest_year),
		cmocka_unit_test(test_groups_and_zones_have_dated_members),
		cmocka_unit_test(test_acts_for_by_being_by_parents_and_by_control),
	};
	return cmocka_run_group_tests_name("world-places", tests, NULL, NULL);
}
