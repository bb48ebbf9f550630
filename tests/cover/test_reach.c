/* Channels of an answer: those that are found by country are those of all channels, asked one by
 * one, that may stand in it, in the order of the file. Places and posts at random. */
#include "../world/scene.h"

#include <stdio.h>
#include "cover/cover.h"

enum { COUNTRIES = 8, TOWNS = 60, STATES = 5, CHANNELS = 600, WORLDS = 20, QUESTIONS = 2000 };

static const char *place_name(struct random *random, char text[static 16])
{
	unsigned which = random_below(random, 20);

	if (which == 0)
		return "";
	if (which == 1)
		return random_below(random, 2) ? "world" : "m49:002";
	if (which < 8)
		snprintf(text, 16, "C%02u", random_below(random, COUNTRIES));
	else
		snprintf(text, 16, "T%02u", random_below(random, TOWNS));
	return text;
}

static void put_rows(struct scene *scene, struct random *random)
{
	struct buf places, parties, channels, posts;
	char text[16];

	buf_init(&places, &scene->arena, 1 << 16);
	buf_init(&parties, &scene->arena, 1 << 16);
	buf_init(&channels, &scene->arena, 1 << 20);
	buf_init(&posts, &scene->arena, 1 << 20);
	buf_add_c(&places, "place,parent,kind,name,lat,lon,nationality,source\nworld,,world,World,"
			   ",,,s\nm49:002,world,region,Africa,,,,s\n");
	for (unsigned i = 0; i < COUNTRIES; i++)
		buf_add_format(&places, "C%02u,m49:002,country,Land %u,,,C%02u,s\n", i, i, i);
	for (unsigned i = 0; i < TOWNS; i++) {
		snprintf(text, sizeof text, "T%02u", i ? random_below(random, i) : 0);
		if (i == 0 || random_below(random, 2))
			snprintf(text, sizeof text, "C%02u", random_below(random, COUNTRIES));
		buf_add_format(&places, "T%02u,%s,subdivision,Town %u,,,,s\n", i, text, i);
	}
	buf_add_c(&parties, "party,kind,name,parent,country,languages,flags,source\n");
	buf_add_c(&posts, "post,sending,receiving,place,kind,from,until,state,as_of,source\n");
	for (unsigned i = 0; i < STATES; i++) {
		buf_add_format(&parties, "C%02u,state,Land %u,,C%02u,,,s\n", i, i, i);
		for (unsigned k = 0; k < TOWNS; k++)
			buf_add_format(&posts,
				"p%u-%u,C%02u,C%02u,T%02u,consulate,,,open,2020-01-01,s\n", i, k, i,
				random_below(random, COUNTRIES), k);
	}
	buf_add_c(&channels, "party,place,kind,address,languages,hours,tested,visibility,source\n");
	for (unsigned i = 0; i < CHANNELS; i++)
		buf_add_format(&channels, "C%02u,%s,%s,%u,,,,%s,s\n", random_below(random, STATES),
			place_name(random, text), random_below(random, 9) ? "phone" : "police", i,
			random_below(random, 3) ? "public" : "parties");
	scene_put(scene, "places.csv", buf_str(&places).ptr);
	scene_put(scene, "parties.csv", buf_str(&parties).ptr);
	scene_put(scene, "channels.csv", buf_str(&channels).ptr);
	scene_put(scene, "posts.csv", buf_str(&posts).ptr);
	scene_put(scene, "risk.csv", "place,hazard,value,class,year,source\n");
}

/* How many channels stand in ANSWER. */
static size_t compare(
	const struct world *world, const struct query *query, const struct answer *answer)
{
	struct reach reach;
	size_t found = 0;

	cover_reach(&reach, world, query, answer);
	for (size_t i = 0; i < world->channels_count; i++) {
		const struct channel *channel = &world->channels[i];

		if (!cover_channel_shown(world, query, answer, channel))
			continue;
		assert_ptr_equal(cover_reach_next(&reach), channel);
		found++;
	}
	assert_null(cover_reach_next(&reach));
	return found;
}

static void test_reach_finds_what_may_stand(void **state)
{
	struct random random;
	size_t found = 0;

	(void)state;
	random = random_seeded(20261201);
	for (int i = 0; i < WORLDS; i++) {
		struct agreement agreement = { 0 };
		struct scene scene;
		const struct world *world;

		scene_open(&scene);
		put_rows(&scene, &random);
		scene_must_load(&scene);
		world = scene.world;
		for (int k = 0; k < QUESTIONS; k++) {
			struct query query;
			struct answer answer = { .agreement = &agreement,
				.post_row = NONE32,
				.provider = random_below(&random, (unsigned)world->parties_count) };

			cover_query_init(&query, 19000,
				random_below(&random, 2) ? VIEWER_PUBLIC : VIEWER_ALL);
			query.place = random_below(&random, (unsigned)world->places_count);
			if (world->places[query.place].country == NONE32)
				continue;
			if (random_below(&random, 2))
				answer.post_row =
					random_below(&random, (unsigned)world->posts_count);
			found += compare(world, &query, &answer);
		}
		scene_close(&scene);
	}
	assert_true(found > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reach_finds_what_may_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
