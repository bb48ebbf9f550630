/* Practices: any bytes as a page, with a world and without; what is refused is told inside the
 * file, what is read keeps what it promises. */
#include "fuzz.h"

#include "accord/accord.h"

static const char *const world_files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: w\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,s,,,2022-01-01\n" },
	{ "w/places.csv",
		"place,parent,kind,name,lat,lon,nationality,source\n"
		"world,,world,World,,,,s\nm49:002,world,region,Africa,,,,s\n"
		"AAA,m49:002,country,Aland,1,2,AAA,s\nBBB,m49:002,country,Beland,3,4,BBB,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,languages,flags,source\n"
			   "AAA,state,Aland,,AAA,,,s\nBBB,state,Beland,,BBB,,,s\n" },
};

static void must(enum status status)
{
	assert(status == STATUS_OK);
}

static void check_practice(const struct practice *practice, struct str input, bool with_world)
{
	assert(practice->id.len && practice->title.count && practice->type.len);
	assert(practice->description.len && practice->description.len <= input.len);
	assert(practice->countries_count && practice->sources_count && practice->guidelines);
	assert(practice->guidelines < 1u << PRACTICE_GUIDELINES);
	assert(practice->as_of != DATE_NONE);
	assert(utf8_valid_prefix(practice->type) == practice->type.len);
	for (size_t i = 0; i < practice->countries_count; i++)
		assert((practice->countries[i] != NONE32) == with_world);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size };
	struct memory_files files;
	struct accords none = { NULL, 0 };
	struct practice practice;
	struct world *world;
	struct diags diags;
	struct arena arena;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	memory_files_init(&files, &arena);
	diags_init(&diags, &arena, 50);
	for (size_t i = 0; i < sizeof world_files / sizeof world_files[0]; i++)
		must(memory_files_put(
			&files, str_of(world_files[i][0]), str_of(world_files[i][1])));
	must(memory_files_put(&files, STR("w/practices/a.md"), input));
	struct file_system system = memory_files_system(&files);
	must(world_load(&world, &arena, &system, STR("w"), &diags));
	for (int with = 0; with < 2; with++) {
		diags_init(&diags, &arena, 50);
		enum status status = practice_read(&practice, &arena, with ? world : NULL,
			with ? &none : NULL, &system, STR("w/practices/a.md"), &diags);
		fuzz_check_told(&diags, input, status);
		if (status == STATUS_OK)
			check_practice(&practice, input, with);
	}
	arena_free(&arena);
	return 0;
}
