/* The small workspace itself: see scene.h. */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const base_files[][2] = {
	{ "workspace.yaml", "format: 1\nname: Small\nas_of: 2020-06-15\n" },
	{ "sources.csv", "source,title,url,licence,retrieved\n"
			 "s,A list,,,2020-06-15\n"
			 "undated,A list without a date,,,\n" },
	{ "places.csv", "place,parent,kind,name,lat,lon,nationality,source\n"
			"world,,world,World,,,,s\n"
			"m49:002,world,region,Africa,,,,s\n"
			"AAA,m49:002,country,Aland,1.5,2.5,AAA,s\n"
			"BBB,m49:002,country,Beland,,,BBB,s\n"
			"CCC,m49:002,country,Celand,,,CCC,s\n"
			"DDD,m49:002,country,Deland,,,DDD,s\n"
			"EEE,m49:002,country,Eland,,,EEE,s\n"
			"TTT,m49:002,country,Territory of Aland,,,AAA,s\n"
			"BB-1,BBB,subdivision,First of Beland,,,,s\n"
			"BBB-town,BB-1,locality,Betown,,,,s\n"
			"BBB-port,BBB,locality,Beport,,,,s\n" },
	{ "parties.csv", "party,kind,name,parent,country,languages,flags,source\n"
			 "AAA,state,Aland,,AAA,aaa,,s\n"
			 "BBB,state,Beland,,BBB,,,s\n"
			 "CCC,state,Celand,,CCC,,,s\n"
			 "DDD,state,Deland,,DDD,,,s\n"
			 "EEE,state,Eland,,EEE,,,s\n"
			 "relief,io,Relief,,,,,s\n"
			 "AAA-police,agency,Police of Aland,AAA,AAA,,,s\n"
			 "AAA-unit,agency,Unit of the police,AAA-police,AAA,,service,s\n"
			 "AAA-air,private-sector,Air Aland,,AAA,,state-controlled:AAA,s\n"
			 "AAA-air-ground,private-sector,Ground crews,AAA-air,AAA,,,s\n" },
	{ "risk.csv", "place,hazard,value,class,year,source\n"
		      "AAA,inform,8,very-high,2020,s\n"
		      "BBB,inform,6,high,2020,s\n"
		      "CCC,inform,4,medium,2020,s\n"
		      "DDD,inform,2,low,2020,s\n" },
};

void scene_put(struct scene *scene, const char *name, const char *content)
{
	struct str path = str_format(&scene->arena, "w/%s", name);
	assert_int_equal(memory_files_put(&scene->files, path, str_of(content)), STATUS_OK);
}

void scene_open(struct scene *scene)
{
	*scene = (struct scene){ 0 };
	arena_init(&scene->arena, &allocator_system, (size_t)1 << 30);
	diags_init(&scene->diags, &scene->arena, 100);
	memory_files_init(&scene->files, &scene->arena);
	scene->system = memory_files_system(&scene->files);
	for (size_t i = 0; i < sizeof base_files / sizeof base_files[0]; i++)
		scene_put(scene, base_files[i][0], base_files[i][1]);
}

void scene_close(struct scene *scene)
{
	arena_free(&scene->arena);
}

enum status scene_load(struct scene *scene)
{
	return world_load(&scene->world, &scene->arena, &scene->system, STR("w"), &scene->diags);
}

const char *scene_told(struct scene *scene)
{
	struct buf out;
	buf_init(&out, &scene->arena, (size_t)1 << 20);
	diags_print(&out, &scene->diags);
	assert_false(out.failed);
	return out.len ? buf_str(&out).ptr : "";
}

void scene_must_load(struct scene *scene)
{
	enum status status = scene_load(scene);
	if (status != STATUS_OK || diags_any(&scene->diags))
		fail_msg("not loaded: %s", scene_told(scene));
	assert_non_null(scene->world);
}

int32_t scene_date(const char *text)
{
	int32_t date = DATE_NONE;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

uint32_t scene_place(const struct scene *scene, const char *id)
{
	uint32_t place = world_place(scene->world, str_of(id));
	assert_int_not_equal(place, NONE32);
	return place;
}

uint32_t scene_party(const struct scene *scene, const char *id)
{
	uint32_t party = world_party(scene->world, str_of(id));
	assert_int_not_equal(party, NONE32);
	return party;
}

uint64_t scene_seed(void)
{
	const char *given = getenv("SEED");
	int64_t number = 0;
	uint64_t seed = random_system_seed() >> 1;
	if (given && str_to_int64(str_of(given), &number))
		seed = (uint64_t)number;
	printf("# seed %llu (SEED=... replays it)\n", (unsigned long long)seed);
	return seed;
}
