/* Agreements: any bytes as YAML through the check, with a world and without; whatever passes the
 * form keeps its meaning under fmt, and fmt writes what it would write again. */
#include "fuzz.h"

#include "accord/accord.h"

static const char *const world_files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: w\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,s,,,2022-01-01\n" },
	{ "w/places.csv",
		"place,parent,kind,name,lat,lon,nationality,source\n"
		"world,,world,World,,,,s\nm49:002,world,region,Africa,,,,s\n"
		"AAA,m49:002,country,Aland,1,2,AAA,s\nBBB,m49:002,country,Beland,3,4,BBB,s\n" },
	{ "w/parties.csv",
		"party,kind,name,parent,country,languages,flags,source\n"
		"AAA,state,Aland,,AAA,,,s\nBBB,state,Beland,,BBB,,,s\nrelief,io,Relief,,,,,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\nclub,AAA,,,s\n" },
	{ "w/agreements/a.annex.csv",
		"where,provider,nationality,present\nBBB,AAA,any,resident\nAAA,BBB,AAA,\n" },
};

static void must(enum status status)
{
	assert(status == STATUS_OK);
}

/* Reads the input as the document of a small workspace; what is typed can be shown. */
static void read_document(struct arena *arena, struct str input)
{
	struct memory_files files;
	struct agreement agreement;
	struct world *world;
	struct diags diags;
	struct buf prose;
	memory_files_init(&files, arena);
	diags_init(&diags, arena, 50);
	for (size_t i = 0; i < sizeof world_files / sizeof world_files[0]; i++)
		must(memory_files_put(
			&files, str_of(world_files[i][0]), str_of(world_files[i][1])));
	must(memory_files_put(&files, STR("w/agreements/a.yaml"), input));
	struct file_system system = memory_files_system(&files);
	must(world_load(&world, arena, &system, STR("w"), &diags));
	for (int with = 0; with < 2; with++) {
		const struct world *known = with ? world : NULL;
		diags_init(&diags, arena, 50);
		enum status status = accord_read(
			&agreement, arena, known, &system, STR("w/agreements/a.yaml"), &diags);
		assert(status == STATUS_OK || status == STATUS_REFUSED);
		assert(diags_any(&diags) == (status == STATUS_REFUSED));
		if (status != STATUS_OK)
			continue;
		buf_init(&prose, arena, (size_t)64 << 20);
		for (int lang = 0; lang < LANGS; lang++)
			must(accord_show(&prose, arena, &agreement, known, (enum lang)lang, 40));
		accord_in_force(&agreement, 19000);
	}
}

static void check_form(struct arena *arena, struct str input)
{
	struct diags diags;
	struct buf once, twice, before, after, json;
	diags_init(&diags, arena, 50);
	buf_init(&once, arena, (size_t)16 << 20);
	buf_init(&twice, arena, (size_t)16 << 20);
	buf_init(&before, arena, (size_t)16 << 20);
	buf_init(&after, arena, (size_t)16 << 20);
	buf_init(&json, arena, (size_t)16 << 20);
	enum status status = accord_format(&once, arena, STR("a.yaml"), input, &diags);
	fuzz_check_told(&diags, input, status);
	if (status != STATUS_OK)
		return;
	must(accord_format(&twice, arena, STR("a.yaml"), buf_str(&once), &diags));
	assert(str_eq(buf_str(&once), buf_str(&twice)));
	must(accord_canonical(&before, arena, STR("a.yaml"), input, &diags));
	must(accord_canonical(&after, arena, STR("a.yaml"), buf_str(&once), &diags));
	assert(str_eq(buf_str(&before), buf_str(&after)));
	must(accord_canonical(&json, arena, STR("a.json"), buf_str(&before), &diags));
	assert(str_eq(buf_str(&before), buf_str(&json)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct str input = { (const char *)data, size };
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	check_form(&arena, input);
	read_document(&arena, input);
	arena_free(&arena);
	return 0;
}
