/* Decisions of docs/semantics.md about advice, unknowns and readiness, each by its name, on a world
 * small enough to be judged by eye. The rest is the matter of tests/soak and tests/cli/advise.py.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "cover/advice.h"

#define HEAD(id)                                                                                   \
	"format: 1\nagreement: " id "\ntitle: A\nkind: framework\nstrength: treaty\n"              \
	"source: { title: Made for tests, basis: illustrative }\n"                                 \
	"state: [ { is: in-force, from: 2000-01-01 } ]\nvisibility: public\n"                      \
	"in-force: { from: 2000-01-01 }\n"

static const char *const files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: Advice\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,nationality,source\n"
			  "world,,world,World,,s\nm49:002,world,region,Africa,,s\n"
			  "m49:142,world,region,Asia,,s\nm49:150,world,region,Europe,,s\n"
			  "AAA,m49:002,country,A,AAA,s\nBBB,m49:002,country,B,BBB,s\n"
			  "CCC,m49:142,country,C,CCC,s\nDDD,m49:150,country,D,DDD,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,flags,source\n"
			   "AAA,state,A,,AAA,,s\nBBB,state,B,,BBB,,s\nCCC,state,C,,CCC,,s\n"
			   "DDD,state,D,,DDD,,s\nrelief,io,R,,,,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\nall,AAA,,,s\nall,BBB,,,s\nall,CCC,,,s\n"
			  "all,DDD,,,s\nnear,AAA,,,s\nnear,CCC,,,s\nonce,AAA,,,s\n"
			  "once,BBB,,2010-01-01,s\nmixed,AAA,,,s\nmixed,relief,,,s\n" },
	{ "w/posts.csv",
		"post,sending,receiving,place,kind,accredited_to,services,district,name,lat,"
		"lon,from,until,state,basis,as_of,source\n"
		"AAA@BBB,AAA,BBB,BBB,embassy,,,,,,,,,open,sourced,2022-01-01,s\n" },
	{ "w/absent.csv", "sending,receiving,level,from,until,basis,as_of,source\n"
			  "DDD,BBB,,,,sourced,2022-01-01,s\n" },
	{ "w/people.csv", "origin,place,group,year,people,low,high,method,source\n"
			  "CCC,BBB,,2020,50,,,,s\nCCC,BBB,refugee,2020,20,,,,s\n"
			  "DDD,BBB,,2020,7,,,,s\n" },
	{ "w/risk.csv", "place,hazard,value,class,year,source\nBBB,inform,7.5,,2020,s\n"
			"BBB,inform,6.1,,2022,s\nBBB,exposure,9.9,,2023,s\n" },
	{ "w/agreements/own.yaml",
		HEAD("own") "parties: [ { party: \"group:all\" } ]\ncommitments:\n"
			    "  - { id: own, clause: \"1\", title: Own, duty: may, provider: { "
			    "state-of-nationality: [ resident ] }, for: { nationality: [ any ] }, "
			    "where: { in: [ world ] }, services: [ consular.welfare, "
			    "consular.death ] }\n" },
	{ "w/agreements/lean.yaml",
		HEAD("lean") "parties: [ { party: relief } ]\ncommitments:\n"
			     "  - { id: lean, clause: \"1\", title: Lean, duty: will, provider: "
			     "relief, for: { nationality: [ \"served-by:AAA\" ] }, where: { in: [ "
			     "world ] }, services: [ consular.death ] }\n" },
};

struct scene {
	struct arena arena;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	struct people_count count;
	int32_t date;
};

static int set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct memory_files memory;
	struct file_system system;
	struct diags diags;

	assert_non_null(scene);
	arena_init(&scene->arena, &allocator_system, (size_t)64 << 20);
	memory_files_init(&memory, &scene->arena);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_int_equal(
			memory_files_put(&memory, str_of(files[i][0]), str_of(files[i][1])),
			STATUS_OK);
	system = memory_files_system(&memory);
	diags_init(&diags, &scene->arena, 20);
	enum status status = world_load(&scene->world, &scene->arena, &system, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&scene->accords, &scene->arena, scene->world, &system, STR("w"), &diags);
	for (size_t i = 0; i < diags.count; i++)
		print_message(STR_FMT ":%u: " STR_FMT "\n", STR_ARG(diags.items[i].file),
			diags.items[i].pos.line, STR_ARG(diags.items[i].message));
	assert_int_equal(status, STATUS_OK);
	assert_true(date_parse(STR("2022-06-01"), &scene->date));
	assert_int_equal(cover_compile(&scene->index, &scene->arena, scene->world, &scene->accords),
		STATUS_OK);
	assert_int_equal(
		world_people(&scene->count, &scene->arena, scene->world, scene->date), STATUS_OK);
	*state = scene;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *scene = *state;

	arena_free(&scene->arena);
	free(scene);
	return 0;
}

static struct advices advise(struct scene *scene, const char *service, unsigned kinds)
{
	struct advice_filter filter = { .services = UINT64_C(1)
						    << world_service_find(str_of(service)),
		.kinds = kinds,
		.place = NONE32,
		.date = scene->date,
		.viewer = VIEWER_ALL };
	struct advices advices;

	assert_int_equal(
		cover_advise(&advices, &scene->arena, scene->index, &scene->count, &filter, 5),
		STATUS_OK);
	return advices;
}

static void test_advice_gain(void **state)
{
	struct scene *scene = *state;
	uint32_t row;

	/* the latest year's, of this index alone; none on record */
	assert_int_equal(
		cover_risk_tenths(scene->world, world_place(scene->world, STR("BBB")), &row), 61);
	assert_int_equal(scene->world->risks[row].year, 2022);
	assert_int_equal(
		cover_risk_tenths(scene->world, world_place(scene->world, STR("AAA")), &row), -1);
	assert_int_equal(row, NONE32);

	/* 30 of the stock: the 20 refugees among them are kept from what their State would hear of
	 */
	struct advices advices = advise(scene, "consular.welfare", 1u << ADVICE_AT_HOST);
	assert_int_equal(advices.items_count, 2);
	assert_int_equal(advices.items[0].nat, world_nat(scene->world, STR("CCC")));
	assert_int_equal(advices.items[0].gain, 30 * 61);
	assert_int_equal(advices.items[0].moved[BAND_NONE][BAND_MAY], 30);
	assert_int_equal(advices.items[0].uncertain, 30); /* nobody knows whether C has a post */
	assert_int_equal(advices.items[1].gain, 7 * 61);
	assert_int_equal(advices.items[1].uncertain, 0); /* D is known to have none */
	assert_int_equal(advices.total, advices.bound);
}

static void test_advice_leaning(void **state)
{
	struct scene *scene = *state;
	/* once A represents C, relief has promised them more than A owes */
	struct advices advices = advise(scene, "consular.death", 1u << ADVICE_WORLD_WIDE);

	assert_int_equal(advices.items_count, 2);
	assert_int_equal(advices.items[0].moved[BAND_NONE][BAND_WILL], 30);
	assert_int_equal(advices.items[0].lifted_count, 1);
	assert_int_equal(advices.items[1].moved[BAND_NONE][BAND_WILL], 7);
}

static void test_advice_candidates(void **state)
{
	struct scene *scene = *state;
	struct advices advices = advise(scene, "consular.welfare", 0);

	assert_int_equal(advices.candidates[ADVICE_AT_HOST], 2);
	assert_int_equal(advices.candidates[ADVICE_WORLD_WIDE], 2);
	assert_int_equal(advices.candidates[ADVICE_GROUP], 1); /* near */
	assert_int_equal(advices.candidates[ADVICE_ORGANIZATION], 0);
	/* among equals the narrower comes first; no other helper would do as much */
	assert_int_equal(advices.items[0].kind, ADVICE_AT_HOST);
	assert_int_equal(advices.items[0].others, 0);
}

static void test_advice_known_services(void **state)
{
	struct scene *scene = *state;

	/* relief gives consular.death by an agreement; consular work is States' */
	assert_int_equal(advise(scene, "consular.death", 1u << ADVICE_ORGANIZATION).items_count, 0);
	assert_true(advice_organization(scene->world, world_party(scene->world, STR("relief"))));
	assert_false(advice_organization(scene->world, world_party(scene->world, STR("AAA"))));
}

static void test_regional_group(void **state)
{
	struct scene *scene = *state;
	const struct world *world = scene->world;

	assert_true(advice_regional(world, world_group(world, STR("near")), scene->date));
	assert_false(advice_regional(world, world_group(world, STR("all")), scene->date));
	assert_false(advice_regional(world, world_group(world, STR("mixed")), scene->date));
	assert_false(advice_regional(world, world_group(world, STR("once")), scene->date));
	int32_t then;
	assert_true(date_parse(STR("2009-01-01"), &then));
	assert_true(advice_regional(world, world_group(world, STR("once")), then));
}

static void test_advice_standby(void **state)
{
	struct scene *scene = *state;
	struct advice advice = { .kind = ADVICE_ORGANIZATION,
		.party = world_party(scene->world, STR("relief")),
		.nat = NAT_NONE,
		.group = NONE32,
		.place = NONE32,
		.service = world_service_find(STR("relief.food")) };
	const struct commitment *anybody[] = { NULL };
	struct buf draft;

	advice.like = anybody;
	advice.like_count = 1;
	buf_init(&draft, &scene->arena, 1 << 16);
	cover_advice_draft(&draft, &scene->arena, scene->world, &advice, scene->date);
	assert_non_null(strstr(buf_str(&draft).ptr, "duty: shall"));
	assert_non_null(strstr(buf_str(&draft).ptr, "# capacity: "));
	assert_non_null(strstr(buf_str(&draft).ptr, "is: draft"));
	assert_null(strstr(buf_str(&draft).ptr, "duty: will"));
}

static void test_unknown_fact(void **state)
{
	struct scene *scene = *state;
	struct unknown_filter filter = { .services = UINT64_C(1)
						     << world_service_find(STR("consular.welfare")),
		.place = NONE32,
		.date = scene->date,
		.viewer = VIEWER_ALL };
	struct unknowns unknowns;

	assert_int_equal(
		cover_unknowns(&unknowns, &scene->arena, scene->index, &scene->count, &filter),
		STATUS_OK);
	/* whether C is there decides for its 30; D is known to be absent, refugees are guarded */
	assert_int_equal(unknowns.unsure, 30);
	assert_int_equal(unknowns.decided, 30);
	assert_int_equal(unknowns.items_count, 1);
	assert_int_equal(unknowns.items[0].party, world_party(scene->world, STR("CCC")));
	assert_int_equal(unknowns.items[0].levels, LEVEL_RESIDENT);
	assert_int_equal(unknowns.items[0].better, 30);
	assert_int_equal(unknowns.items[0].worse, 0);
	assert_false(unknowns.items[0].on_record);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_advice_gain),
		cmocka_unit_test(test_advice_leaning), cmocka_unit_test(test_advice_candidates),
		cmocka_unit_test(test_advice_known_services), cmocka_unit_test(test_regional_group),
		cmocka_unit_test(test_advice_standby), cmocka_unit_test(test_unknown_fact) };
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
