/* Reading a workspace that is right: order of columns and rows, defaults, what each file's rows
 * become. */
#include "scene.h"

static void test_columns_may_stand_in_any_order_and_be_left_out(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "posts.csv",
		"\xef\xbb\xbfsource,state,receiving,kind,sending,post\r\n"
		"s,open,BBB,honorary,AAA,\"p\"\r\n");
	scene_must_load(&scene);
	const struct post_row *row = &scene.world->posts[0];
	assert_int_equal(scene.world->posts_count, 1);
	assert_str(row->id, "p");
	assert_int_equal(row->sending, scene_party(&scene, "AAA"));
	assert_int_equal(row->receiving, scene_place(&scene, "BBB"));
	assert_int_equal(row->place, row->receiving);
	assert_int_equal(row->kind, POST_HONORARY);
	assert_int_equal(row->state, FACT_OPEN);
	assert_int_equal(row->basis, BASIS_SOURCED);
	assert_int_equal(row->services, 0);
	assert_int_equal(row->from, DATE_NONE);
	assert_int_equal(row->until, DATE_NONE);
	assert_int_equal(row->as_of, scene_date("2020-06-15"));
	scene_close(&scene);
}

static void test_posts_are_sorted_and_their_periods_stand_together(void **state)
{
	static const struct {
		const char *id, *from;
		uint32_t post;
	} order[] = {
		{ "b", "", 0 },
		{ "b", "2011-01-01", 0 },
		{ "b", "2012-01-01", 0 },
		{ "a", "2010-01-01", 1 },
		{ "z", "", 2 },
		{ "c", "", 3 },
	};
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "posts.csv",
		POSTS_HEAD
		"c,BBB,AAA,,embassy,,,,,open,,s\nz,AAA,CCC,,embassy,BBB CCC DDD,,,,open,,s\n"
		"b,AAA,BBB,,embassy,,,2012-01-01,,open,,s\nb,AAA,BBB,,embassy,,,,,open,,s\n"
		"a,AAA,CCC,,embassy,,,2010-01-01,,open,,s\n"
		"b,AAA,BBB,,embassy,,,2011-01-01,,closed,,s\n");
	scene_must_load(&scene);
	const struct world *world = scene.world;
	assert_int_equal(world->posts_count, 6);
	assert_int_equal(world->post_count, 4);
	for (size_t i = 0; i < 6; i++) {
		char from[11];
		date_format(from, world->posts[i].from);
		assert_str(world->posts[i].id, order[i].id);
		assert_string_equal(from, order[i].from);
		assert_int_equal(world->posts[i].post, order[i].post);
	}
	const struct post_row *z = &world->posts[4];
	assert_int_equal(z->accredited_count, 2); /* its own country is no other */
	assert_int_equal(z->accredited_to[0], scene_place(&scene, "BBB"));
	assert_int_equal(z->accredited_to[1], scene_place(&scene, "DDD"));
	scene_close(&scene);
}

static void test_as_of_is_always_set(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "workspace.yaml", "format: 1\nname: Small\nas_of: 2019-01-01\n");
	scene_put(&scene, "posts.csv",
		POSTS_HEAD "a,AAA,BBB,,embassy,,,,,open,2018-01-01,s\n"
			   "b,AAA,BBB,,embassy,,,,,open,,s\n"
			   "c,AAA,BBB,,embassy,,,,,open,,undated\n");
	scene_put(&scene, "absent.csv",
		ABSENT_HEAD "AAA,BBB,honorary office,,,,undated\nAAA,CCC,,,,,s\n");
	scene_put(&scene, "offices.csv", OFFICES_HEAD "relief,BBB-town,office,,,,undated\n");
	scene_put(&scene, "complete.csv", COMPLETE_HEAD "l,receiving,BBB,,,undated\n");
	scene_must_load(&scene);
	const struct world *world = scene.world;
	assert_str(world->name, "Small");
	assert_int_equal(world->as_of, scene_date("2019-01-01"));
	assert_int_equal(world->posts[0].as_of, scene_date("2018-01-01"));
	assert_int_equal(world->posts[1].as_of, scene_date("2020-06-15"));
	assert_int_equal(world->posts[2].as_of, world->as_of);
	assert_int_equal(world->absents[0].as_of, world->as_of);
	assert_int_equal(world->absents[0].levels, LEVEL_HONORARY | LEVEL_OFFICE);
	assert_int_equal(world->absents[1].levels, LEVELS_ALL);
	assert_int_equal(world->offices[0].as_of, world->as_of);
	assert_int_equal(world->offices[0].country, scene_place(&scene, "BBB"));
	assert_int_equal(world->completes[0].as_of, world->as_of);
	assert_int_equal(world->completes[0].side, COMPLETE_RECEIVING);
	assert_int_equal(
		world->completes[0].levels, LEVEL_RESIDENT | LEVEL_HONORARY | LEVEL_ACCREDITED);
	scene_close(&scene);
}

static void test_every_other_file(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "strengths.csv",
		"party,place,service,quantity,unit,per,source,basis\n"
		"relief,BBB,relief.food,500,persons,day,s,reported\n"
		"relief,world,relief.water,,,,s,\n");
	scene_put(&scene, "assets.csv",
		"asset,party,place,kind,quantity,unit,source\n"
		"relief:bus,relief,BBB,bus,3,vehicles,s\ntent,relief,,tent,40,,s\n");
	scene_put(&scene, "channels.csv",
		"party,place,kind,address,languages,hours,tested,visibility,source\n"
		"AAA,BBB,phone,+1 23,aaa,24/7,2020-01-01,parties,s\nAAA,,web,x,,,,,s\n");
	scene_put(&scene, "links.csv",
		"from_party,to_party,place,purpose,tested_out,tested_back,source\n"
		"AAA,BBB,BBB,detention,2020-01-01,2020-01-02,s\n");
	scene_put(&scene, "names.csv",
		"id,lang,name\nrelief,fr,Secours\nBBB,fr,Bélande\nBBB,ar,بيلاند\n");
	scene_must_load(&scene);
	const struct world *world = scene.world;
	assert_int_equal(world->strengths_count, 2);
	assert_int_equal(world->strengths[0].quantity, 500);
	assert_int_equal(world->strengths[0].service, world_service_find(STR("relief.food")));
	assert_int_equal(world->strengths[1].quantity, 0);
	assert_str(world->assets[0].id, "bus");
	assert_int_equal(world->assets[0].quantity, 3);
	assert_str(world->assets[1].id, "tent");
	assert_int_equal(world->assets[1].place, NONE32);
	/* channel-visibility: what names none is public */
	assert_int_equal(world->channels[0].visibility, VISIBILITY_PARTIES);
	assert_int_equal(world->channels[0].tested, scene_date("2020-01-01"));
	assert_int_equal(world->channels[1].visibility, VISIBILITY_PUBLIC);
	assert_int_equal(world->links[0].tested_back, scene_date("2020-01-02"));
	assert_int_equal(world->links[0].to_party, scene_party(&scene, "BBB"));
	assert_str(world_name(world, STR("BBB"), STR("fr")), "Bélande");
	assert_str(world_name(world, STR("BBB"), STR("ar")), "بيلاند");
	assert_str(world_name(world, STR("relief"), STR("fr")), "Secours");
	assert_null(world_name(world, STR("relief"), STR("ar")).ptr);
	assert_null(world_name(world, STR("AAA"), STR("fr")).ptr);
	assert_null(world_name(world, STR("group:relief"), STR("es")).ptr);
	assert_int_equal(world->risks_count, 4);
	assert_str(world->risks[0].risk_class, "very-high");
	scene_close(&scene);
}

static void test_words_of_enumerations(void **state)
{
	static const unsigned levels[POST_KINDS] = {
		[POST_EMBASSY] = LEVEL_RESIDENT,
		[POST_HIGH_COMMISSION] = LEVEL_RESIDENT,
		[POST_CONSULATE_GENERAL] = LEVEL_RESIDENT,
		[POST_CONSULATE] = LEVEL_RESIDENT,
		[POST_HONORARY] = LEVEL_HONORARY,
		[POST_NUNCIATURE] = LEVEL_RESIDENT,
		[POST_INTERESTS_SECTION] = LEVEL_RESIDENT,
		[POST_DE_FACTO] = LEVEL_RESIDENT,
		[POST_OTHER] = 0,
	};
	(void)state;
	for (int kind = 0; kind < POST_KINDS; kind++) {
		assert_int_equal(world_post_levels((enum post_kind)kind), levels[kind]);
		assert_true(world_post_kind_words[kind].len > 0);
	}
	for (int kind = 0; kind < PARTY_KINDS; kind++)
		assert_true(world_party_kind_words[kind].len > 0);
	assert_str(world_level_words[0], "resident");
	assert_str(world_level_words[3], "office");
	assert_str(world_people_group_words[GROUP_ASYLUM_SEEKER], "asylum-seeker");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_may_stand_in_any_order_and_be_left_out),
		cmocka_unit_test(test_posts_are_sorted_and_their_periods_stand_together),
		cmocka_unit_test(test_as_of_is_always_set),
		cmocka_unit_test(test_every_other_file),
		cmocka_unit_test(test_words_of_enumerations),
	};
	return cmocka_run_group_tests_name("world-load", tests, NULL, NULL);
}
