/* Every allocation of loading and asking fails once: no crash, no leak, STATUS_NO_MEMORY. An arena
 * takes blocks from the allocator, so failing each request of the allocator is not enough: the
 * arena's maximum is moved byte by byte through all that loading asks for. */
#include "scene.h"

#include <stdlib.h>

static const char *const more_files[][2] = {
	{ "groups.csv", "group,party,from,until,source\npact,AAA,,,s\npact,BBB,2010-01-01,,s\n" },
	{ "zones.csv", "zone,place,source\ndelta,BBB-town,s\n" },
	{ "freshness.csv", "risk_class,months\nhigh,36\n" },
	{ "posts.csv", POSTS_HEAD "p,AAA,BBB,BBB-town,embassy,CCC DDD,consular.legal,,,open,,s\n"
				  "p,AAA,BBB,BBB-town,embassy,,,2021-01-01,,closed,,s\n"
				  "q,BBB,AAA,,\"consulate\",,,,,open,,s\n" },
	{ "absent.csv", ABSENT_HEAD "CCC,BBB,resident,,,,s\n" },
	{ "offices.csv", OFFICES_HEAD "relief,BBB,\"an \"\"office\"\"\",,,,s\n" },
	{ "complete.csv", COMPLETE_HEAD "l,sending,DDD,,,s\n" },
	{ "people.csv", PEOPLE_HEAD
		"TTT,BBB,,2020,10,,,,s\nAAA,BBB,,2020,5,,,,s\nAAA,BBB,refugee,2020,7,,,,s\n" },
	{ "strengths.csv", "party,place,service,source\nrelief,BBB,relief.food,s\n" },
	{ "assets.csv", "asset,party,quantity,source\nbus,relief,3,s\n" },
	{ "channels.csv", "party,kind,address,source\nAAA,phone,1,s\n" },
	{ "links.csv", "from_party,to_party,source\nAAA,BBB,s\n" },
	{ "names.csv", "id,lang,name\nAAA,fr,A\n" },
	{ "shapes.csv", SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 1, 2 2, 3 1, 1 1))\",s\n" },
};

struct counted {
	size_t asked, fail_at, live;
};

static void *counted_get(void *context, size_t size)
{
	struct counted *counted = context;
	if (++counted->asked == counted->fail_at)
		return NULL;
	void *memory = malloc(size);
	counted->live += memory != NULL;
	return memory;
}

static void counted_put(void *context, void *memory, size_t size)
{
	struct counted *counted = context;
	(void)size;
	counted->live -= memory != NULL;
	free(memory);
}

static void open_full(struct scene *scene, const char *broken)
{
	scene_open(scene);
	for (size_t i = 0; i < sizeof more_files / sizeof more_files[0]; i++)
		scene_put(scene, more_files[i][0], more_files[i][1]);
	if (broken)
		scene_put(scene, "groups.csv", broken);
}

/* Loads and asks in ARENA. */
static enum status load_and_ask(struct scene *scene, struct arena *arena)
{
	struct world *world = NULL;
	struct people_count count;
	struct diags diags;
	diags_init(&diags, arena, 10);
	enum status status = world_load(&world, arena, &scene->system, STR("w"), &diags);
	assert_int_equal(world != NULL, status == STATUS_OK);
	if (status != STATUS_OK)
		return status;
	struct presence presence = world_presence(world, world_party(world, STR("AAA")),
		world_place(world, STR("BBB")), LEVELS_ALL, SERVICE_NONE, scene_date("2021-01-01"));
	assert_int_equal(presence.truth, TRUTH_U);
	status = world_people(&count, arena, world, scene_date("2021-01-01"));
	if (status == STATUS_OK)
		assert_int_equal(count.people, 15);
	return status;
}

static void fail_each_request(const char *broken, enum status at_last)
{
	struct scene scene;
	enum status status = STATUS_NO_MEMORY;
	open_full(&scene, broken);
	for (size_t i = 1; status == STATUS_NO_MEMORY; i++) {
		struct counted counted = { .fail_at = i };
		struct allocator allocator = { counted_get, counted_put, &counted };
		struct arena arena;
		arena_init(&arena, &allocator, (size_t)1 << 30);
		status = load_and_ask(&scene, &arena);
		assert_int_equal(status == STATUS_NO_MEMORY, counted.asked >= i);
		arena_free(&arena);
		assert_int_equal(counted.live, 0);
	}
	assert_int_equal(status, at_last);
	scene_close(&scene);
}

static void fail_each_byte(const char *broken, enum status at_last)
{
	struct scene scene;
	enum status status = STATUS_NO_MEMORY;
	size_t max = 0;
	open_full(&scene, broken);
	for (; status == STATUS_NO_MEMORY; max += sizeof(max_align_t)) {
		struct arena arena;
		arena_init(&arena, &allocator_system, max);
		status = load_and_ask(&scene, &arena);
		arena_free(&arena);
		assert_true(max < (size_t)1 << 24);
	}
	assert_int_equal(status, at_last);
	assert_true(max > 4096); /* or nothing was tried */
	scene_close(&scene);
}

static const char *const faulty =
	"group,party,from,until,source\npact,AAB,,,s\npact,BBB,2010-13-01,,t\n";

static void test_each_request_of_the_allocator_fails_once(void **state)
{
	(void)state;
	fail_each_request(NULL, STATUS_OK);
	fail_each_request(faulty, STATUS_REFUSED);
}

static void test_each_allocation_in_the_arena_fails_once(void **state)
{
	(void)state;
	fail_each_byte(NULL, STATUS_OK);
	fail_each_byte(faulty, STATUS_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_request_of_the_allocator_fails_once),
		cmocka_unit_test(test_each_allocation_in_the_arena_fails_once),
	};
	return cmocka_run_group_tests_name("world-memory", tests, NULL, NULL);
}
