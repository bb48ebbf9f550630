/* The world that the project ships (data/): it loads, and its golden figures and presences hold.
 * Skipped where it is not there. */
#include "scene.h"

#include <stdio.h>

#define FOLDER STR("data")

static void open_data(struct scene *scene)
{
	scene_open(scene);
	enum status status =
		world_load(&scene->world, &scene->arena, &file_system_disk, FOLDER, &scene->diags);
	if (status != STATUS_OK && scene->diags.count == 1 &&
		str_starts(scene->diags.items[0].message, "no such folder")) {
		scene_close(scene);
		skip();
	}
	if (status != STATUS_OK)
		fail_msg("not loaded: %s", scene_told(scene));
}

static void test_data_loads_within_its_time(void **state)
{
	(void)state;
	struct scene scene;
	uint64_t start = clock_system.monotonic_ns(clock_system.context);
	open_data(&scene);
	double ms = (double)(clock_system.monotonic_ns(clock_system.context) - start) / 1e6;
	printf("# figure load: %zu posts, %zu rows of people, %zu places in %.1f ms\n",
		scene.world->posts_count, scene.world->people_count, scene.world->places_count, ms);
	assert_true(scene.world->posts_count > 9000);
	assert_true(scene.world->places_count > 5000);
	assert_true(ms < 10000); /* sanitizers, a busy machine; built for speed it is under 150 */
	scene_close(&scene);
}

static void test_data_people_of_2020(void **state)
{
	(void)state;
	struct scene scene;
	struct people_count count;
	open_data(&scene);
	assert_int_equal(world_people(&count, &scene.arena, scene.world, scene_date("2022-06-01")),
		STATUS_OK);
	assert_int_equal(count.stock_year, 2020);
	assert_int_equal(count.refugee_year, 2020);
	assert_int_equal(count.people, 267940954);
	/* With the Channel Islands' people British, as places.csv gives it: 77,691 more than
	 * without. */
	assert_int_equal(count.own_state, 5690480);
	assert_int_equal(count.protected_, 23904232);
	assert_int_equal(count.beyond_stock, 942540);
	uint16_t american = world_nat(scene.world, STR("USA"));
	bool found = false;
	for (size_t i = 0; i < count.cells_count; i++) {
		const struct people_cell *cell = &count.cells[i];
		if (cell->nat == american && cell->place == scene_place(&scene, "USA"))
			found = cell->own_state; /* Puerto Ricans are no foreigners */
	}
	assert_true(found);
	scene_close(&scene);
}

static void test_data_golden_presences(void **state)
{
	static const struct {
		const char *party, *place, *date;
		unsigned level;
		bool t;
		const char *from; /* a part of the id of the post that makes it T */
	} golden[] = {
		{ "DEU", "SYR", "2022-06-01", LEVEL_RESIDENT, false, NULL },
		{ "USA", "YEM", "2022-06-01", LEVEL_RESIDENT, false, NULL },
		{ "FRA", "AFG", "2022-06-01", LEVEL_RESIDENT, false, NULL },
		{ "FRA", "SDN", "2022-06-01", LEVEL_RESIDENT, true, "FRA@SDN" },
		{ "FRA", "SDN", "2026-11-23", LEVEL_RESIDENT, false, NULL },
		{ "NPL", "LBN", "2022-06-01", LEVEL_ACCREDITED, true, "NPL@EGY" },
		{ "NPL", "LBN", "2022-06-01", LEVEL_RESIDENT | LEVEL_HONORARY, false, NULL },
	};
	(void)state;
	struct scene scene;
	open_data(&scene);
	for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
		struct presence presence = world_presence(scene.world,
			scene_party(&scene, golden[i].party), scene_place(&scene, golden[i].place),
			golden[i].level, SERVICE_NONE, scene_date(golden[i].date));
		if ((presence.truth == TRUTH_T) != golden[i].t)
			fail_msg("%s in %s on %s: %d", golden[i].party, golden[i].place,
				golden[i].date, presence.truth);
		if (golden[i].t)
			assert_true(str_starts(
				scene.world->posts[presence.post_row].id, golden[i].from));
	}
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data_loads_within_its_time),
		cmocka_unit_test(test_data_people_of_2020),
		cmocka_unit_test(test_data_golden_presences),
	};
	return cmocka_run_group_tests_name("world-data", tests, NULL, NULL);
}
