/* Who is counted, sentence by sentence: each case is named after a sentence of the model or a
 * decision of docs/semantics.md. A case gives the rows of people.csv, the date, the totals, and the
 * cells as "COUNTRY NATIONALITY GROUP people" joined by commas; own State's are marked with '='. */
#include "scene.h"

struct people_case {
	const char *name, *rows, *date;
	int stock_year, refugee_year, asylum_year;
	int people, own_state, protected_, beyond_stock;
	const char *cells, *beyond;
};

#define COUNTED(n) .name = "test_counted_" n

static const struct people_case cases[] = {
	{ COUNTED("stock_by_origin_and_country"), "AAA,BBB,,2020,100,,,,s\nCCC,BBB,,2020,50,,,,s\n",
		"2022-06-01", 2020, 0, 0, 150, 0, 0, 0, "BBB AAA 100,BBB CCC 50", "" },
	{ COUNTED("latest_year_up_to_the_date"), "AAA,BBB,,2010,1,,,,s\nAAA,BBB,,2020,2,,,,s\n",
		"2019-12-31", 2010, 0, 0, 1, 0, 0, 0, "BBB AAA 1", "" },
	{ COUNTED("year_counts_from_1_january"), "AAA,BBB,,2010,1,,,,s\nAAA,BBB,,2020,2,,,,s\n",
		"2020-01-01", 2020, 0, 0, 2, 0, 0, 0, "BBB AAA 2", "" },
	{ COUNTED("no_year_before_the_first"),
		"AAA,BBB,,2010,1,,,,s\nAAA,BBB,refugee,2005,1,,,,s\n", "2009-12-31", 0, 0, 0, 0, 0,
		0, 0, "", "" },
	{ COUNTED("one_year_for_the_whole_world"), "AAA,BBB,,2010,1,,,,s\nCCC,BBB,,2020,2,,,,s\n",
		"2020-06-01", 2020, 0, 0, 2, 0, 0, 0, "BBB CCC 2", "" },
	{ COUNTED("territory_people_hold_the_nationality_of_places"),
		"TTT,BBB,,2020,5,,,,s\nAAA,BBB,,2020,7,,,,s\n", "2020-06-01", 2020, 0, 0, 12, 0, 0,
		0, "BBB AAA 12", "" },
	{ COUNTED("own_state_hosts_nationals_are_no_foreigners"),
		"TTT,AAA,,2020,5,,,,s\nBBB,AAA,,2020,7,,,,s\nAAA,TTT,,2020,9,,,,s\n", "2020-06-01",
		2020, 0, 0, 21, 14, 0, 0, "AAA AAA =5,AAA BBB 7,TTT AAA =9", "" },
	{ COUNTED("refugees_are_part_of_the_stock"),
		"AAA,BBB,,2020,100,,,,s\nAAA,BBB,refugee,2020,30,,,,s\n", "2020-06-01", 2020, 2020,
		0, 100, 0, 30, 0, "BBB AAA 70,BBB AAA refugee 30", "" },
	{ COUNTED("cap_refugees_first_then_asylum_seekers"),
		"AAA,BBB,,2020,100,,,,s\nAAA,BBB,asylum-seeker,2020,50,,,,s\nAAA,BBB,refugee,2020,"
		"70,,,,s\n",
		"2020-06-01", 2020, 2020, 2020, 100, 0, 100, 20,
		"BBB AAA refugee 70,BBB AAA asylum-seeker 30", "BBB AAA asylum-seeker 20" },
	{ COUNTED("cap_what_exceeds_the_stock_is_beyond"),
		"AAA,BBB,,2020,100,,,,s\nAAA,BBB,refugee,2020,130,,,,s\nCCC,BBB,refugee,2020,4,,,,"
		"s\n",
		"2020-06-01", 2020, 2020, 0, 100, 0, 100, 34, "BBB AAA refugee 100",
		"BBB AAA refugee 30,BBB CCC refugee 4" },
	{ COUNTED("cap_by_origin_before_origins_are_joined"),
		"AAA,BBB,,2020,10,,,,s\nTTT,BBB,,2020,90,,,,s\nAAA,BBB,refugee,2020,40,,,,s\n",
		"2020-06-01", 2020, 2020, 0, 100, 0, 10, 30, "BBB AAA 90,BBB AAA refugee 10",
		"BBB AAA refugee 30" },
	{ COUNTED("own_first_refugees_of_the_host_are_beyond"),
		"TTT,AAA,,2020,50,,,,s\nTTT,AAA,refugee,2020,5,,,,s\n", "2020-06-01", 2020, 2020, 0,
		50, 50, 0, 5, "AAA AAA =50", "AAA AAA refugee 5" },
	{ COUNTED("group_year_up_to_the_stock_year"),
		"AAA,BBB,,2020,100,,,,s\nAAA,BBB,refugee,2019,30,,,,s\nAAA,BBB,refugee,2021,60,,,,"
		"s\n"
		"AAA,BBB,asylum-seeker,2018,3,,,,s\n",
		"2022-06-01", 2020, 2019, 2018, 100, 0, 33, 0,
		"BBB AAA 67,BBB AAA refugee 30,BBB AAA asylum-seeker 3", "" },
	{ COUNTED("labour_is_never_added"),
		"AAA,BBB,,2020,100,,,,s\nAAA,BBB,labour,2020,900,800,950,survey,s\n"
		"AAA,BBB,labour,2020,1000,,,register,s\nAAA,BBB,stateless,2020,9,,,,s\nAAA,BBB,"
		"sailors,2020,9,,,,s\n",
		"2020-06-01", 2020, 0, 0, 100, 0, 0, 0, "BBB AAA 100", "" },
	{ COUNTED("all_origins_together_are_not_counted_twice"),
		"AAA,BBB,,2020,100,,,,s\n,BBB,,2020,100,,,,s\n", "2020-06-01", 2020, 0, 0, 100, 0,
		0, 0, "BBB AAA 100", "" },
	{ COUNTED("special_codes_are_nationalities"),
		"XXA,BBB,,2020,10,,,,s\nXXX,BBB,,2020,20,,,,s\nXXA,BBB,refugee,2020,4,,,,s\nTIB,"
		"CCC,,2020,3,,,,s\n",
		"2020-06-01", 2020, 2020, 0, 33, 0, 4, 0,
		"BBB XXA 6,BBB XXA refugee 4,BBB XXX 20,CCC TIB 3", "" },
	{ COUNTED("cells_of_nobody_are_none"),
		"AAA,BBB,,2020,0,,,,s\nAAA,CCC,,2020,5,,,,s\n"
		"AAA,CCC,refugee,2020,5,,,,s\n",
		"2020-06-01", 2020, 2020, 0, 5, 0, 5, 0, "CCC AAA refugee 5", "" },
	{ COUNTED("nothing_on_record"), "", "2020-06-01", 0, 0, 0, 0, 0, 0, 0, "", "" },
};
#define CASES (sizeof cases / sizeof cases[0])

static const char *shown(struct scene *scene, const struct people_cell *cells, size_t count)
{
	struct buf out;
	buf_init(&out, &scene->arena, 1 << 16);
	for (size_t i = 0; i < count; i++) {
		struct str group = world_people_group_words[cells[i].group];
		buf_add_format(&out, "%s" STR_FMT " " STR_FMT "%s" STR_FMT " %s%lld", i ? "," : "",
			STR_ARG(scene->world->places[cells[i].place].id),
			STR_ARG(scene->world->nats[cells[i].nat].code), group.len ? " " : "",
			STR_ARG(group), cells[i].own_state ? "=" : "", (long long)cells[i].people);
	}
	return out.len ? buf_str(&out).ptr : "";
}

static void run_case(void **state)
{
	const struct people_case *given = *state;
	struct scene scene;
	struct people_count count;
	scene_open(&scene);
	scene_put(&scene, "people.csv",
		str_format(&scene.arena, "%s%s", PEOPLE_HEAD, given->rows).ptr);
	scene_must_load(&scene);
	assert_int_equal(world_people(&count, &scene.arena, scene.world, scene_date(given->date)),
		STATUS_OK);
	assert_int_equal(count.stock_year, given->stock_year);
	assert_int_equal(count.refugee_year, given->refugee_year);
	assert_int_equal(count.asylum_year, given->asylum_year);
	assert_int_equal(count.people, given->people);
	assert_int_equal(count.own_state, given->own_state);
	assert_int_equal(count.protected_, given->protected_);
	assert_int_equal(count.beyond_stock, given->beyond_stock);
	assert_string_equal(shown(&scene, count.cells, count.cells_count), given->cells);
	assert_string_equal(shown(&scene, count.beyond, count.beyond_count), given->beyond);
	scene_close(&scene);
}

static void test_counted_figures_may_carry_low_and_high(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "people.csv",
		PEOPLE_HEAD "AAA,BBB,labour,2020,900,800,950,survey,s\nAAA,BBB,,2020,5,,,,s\n,BBB,,"
			    "2020,7,,,,s\n");
	scene_must_load(&scene);
	const struct people_row *rows = scene.world->people;
	assert_int_equal(rows[0].low, 800);
	assert_int_equal(rows[0].high, 950);
	assert_int_equal(rows[0].group, GROUP_LABOUR);
	assert_str(rows[0].method, "survey");
	assert_int_equal(rows[1].low, -1);
	assert_int_equal(rows[1].high, -1);
	assert_int_equal(rows[2].origin, NONE32);
	assert_int_equal(rows[2].nat, NAT_NONE);
	scene_close(&scene);
}

int main(void)
{
	struct CMUnitTest tests[CASES + 1] = {
		cmocka_unit_test(test_counted_figures_may_carry_low_and_high),
	};
	for (size_t i = 0; i < CASES; i++)
		tests[1 + i] = (struct CMUnitTest){ .name = cases[i].name,
			.test_func = run_case,
			.initial_state = (void *)&cases[i] };
	return cmocka_run_group_tests_name("world-people", tests, NULL, NULL);
}
