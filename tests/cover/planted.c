/* The worlds of planted.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "planted.h"

const char *const planted_services[HELPERS] = { "relief.food", "relief.water", "relief.shelter",
	"relief.items", "health.emergency", "health.primary", "movement.assembly",
	"support.logistics" };

/* --- Making worlds -------------------------------------------------------------------------- */

static const char *const fixed[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: Planted\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,retrieved\ns,A source,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,nationality\nworld,,world,World,\n"
			  "m49:002,world,region,R,\nAAA,m49:002,country,A,AAA\n"
			  "BBB,m49:002,country,B,BBB\nCCC,world,country,C,CCC\n"
			  "NNN,world,country,N,NNN\nBB-1,BBB,subdivision,B1,\n" },
	{ "w/people.csv", "origin,place,group,year,people,source\nAAA,BBB,,2020,100,s\n"
			  "BBB,AAA,,2020,50,s\nCCC,AAA,,2020,7,s\nCCC,BBB,,2020,20,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\ngone,AAA,,1999-12-31,s\nstates,AAA,,,s\n"
			  "states,BBB,,,s\nstates,CCC,,,s\n" },
};

void planted_put(struct scene *scene, const char *path, struct str text)
{
	assert_int_equal(
		memory_files_put(&scene->memory, str_copy(&scene->arena, str_of(path)), text),
		STATUS_OK);
}

static void put_parties(struct scene *scene)
{
	struct buf parties, assets, strengths;

	buf_init(&parties, &scene->arena, 1 << 14);
	buf_init(&assets, &scene->arena, 1 << 14);
	buf_init(&strengths, &scene->arena, 1 << 14);
	buf_add_c(&parties, "party,kind,name,parent,country\nAAA,state,A,,AAA\nBBB,state,B,,BBB\n"
			    "CCC,state,C,,CCC\naaa-police,agency,P,AAA,AAA\n");
	buf_add_c(&assets, "asset,party,place,kind,quantity,unit,source\n");
	buf_add_c(&strengths, "party,place,service,quantity,unit,per,source\n");
	for (int i = 0; i < HELPERS; i++) {
		scene->strength[i] = 10 + random_below(&scene->random, 50);
		buf_add_format(&parties, "io-%d,io,I,,\n", i);
		buf_add_format(&assets, "car,io-%d,,vehicle,%u,vehicles,s\n", i,
			1 + random_below(&scene->random, 5));
		buf_add_format(&strengths, "io-%d,BBB,%s,%d,persons,day,s\n", i,
			planted_services[i], (int)scene->strength[i]);
	}
	planted_put(scene, "w/parties.csv", buf_str(&parties));
	planted_put(scene, "w/assets.csv", buf_str(&assets));
	planted_put(scene, "w/strengths.csv", buf_str(&strengths));
}

/* A helper's own agreement: it consults the next one, so that there is a chain without a circle;
 * its car backs one clause before and another during a crisis, or one in each of two years. */
static void put_helper(struct scene *scene, int i)
{
	struct buf out;
	bool by_phase = random_chance(&scene->random, 50);

	buf_init(&out, &scene->arena, 1 << 14);
	buf_add_format(&out, HEAD(IN_FORCE EVERYBODY) "commitments:\n",
		str_format(&scene->arena, "helper-%d", i).ptr);
	for (int half = 0; half < 2; half++) {
		int64_t quantity = 1 + random_below(&scene->random, (uint32_t)scene->strength[i]);

		scene->pledged[i] = half || !by_phase ? quantity : scene->pledged[i];
		buf_add_format(&out,
			"  - id: c%d\n    clause: \"%d\"\n    duty: will\n    provider: io-%d\n"
			"    for: { nationality: [ any ] }\n    where: { in: [ %s ] }\n"
			"    services: [ %s ]\n    assets: [ \"io-%d:car\" ]\n"
			"    capacity: { quantity: %d, unit: persons, per: day }\n",
			half, half, i, random_chance(&scene->random, 50) ? "world" : "m49:002",
			planted_services[i], i, (int)quantity);
		if (i + 1 < HELPERS)
			buf_add_format(
				&out, "    steps: [ { do: consult, whom: io-%d } ]\n", i + 1);
		if (by_phase)
			buf_add_format(&out, "    phases: [ %s ]\n", half ? "during" : "before");
		else
			buf_add_c(
				&out, half ? "    from: 2022-01-01\n" : "    until: 2021-12-31\n");
	}
	planted_put(scene, str_format(&scene->arena, "w/agreements/helper-%d.yaml", i).ptr,
		buf_str(&out));
}

void planted_begin(struct scene *scene, uint64_t seed)
{
	*scene = (struct scene){ .random = random_seeded(seed) };
	arena_init(&scene->arena, &allocator_system, (size_t)64 << 20);
	memory_files_init(&scene->memory, &scene->arena);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		planted_put(scene, fixed[i][0], str_of(fixed[i][1]));
	put_parties(scene);
	for (int i = 0; i < HELPERS; i++)
		put_helper(scene, i);
}

/* One more agreement: HEAD lines but the first, and its commitments. */
void planted_plant(struct scene *scene, const char *head, const char *commitments)
{
	struct buf out;

	buf_init(&out, &scene->arena, 1 << 14);
	buf_add_format(&out, HEAD("%s") "commitments:\n%s", "plant", head, commitments);
	planted_put(scene, "w/agreements/plant.yaml", buf_str(&out));
}

void planted_load(struct scene *scene)
{
	struct file_system system = memory_files_system(&scene->memory);
	struct diags diags;
	enum status status;

	diags_init(&diags, &scene->arena, 20);
	status = world_load(&scene->world, &scene->arena, &system, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&scene->accords, &scene->arena, scene->world, &system, STR("w"), &diags);
	for (size_t i = 0; i < diags.count; i++)
		print_message(STR_FMT ":%u: " STR_FMT ": " STR_FMT "\n",
			STR_ARG(diags.items[i].file), diags.items[i].pos.line,
			STR_ARG(diags.items[i].path), STR_ARG(diags.items[i].message));
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(cover_compile(&scene->index, &scene->arena, scene->world, &scene->accords),
		STATUS_OK);
}

size_t planted_contradictions(struct scene *scene, struct contradiction **items)
{
	size_t count;

	assert_int_equal(
		cover_contradictions(items, &count, &scene->arena, scene->index), STATUS_OK);
	return count;
}
