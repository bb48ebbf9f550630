/* Outlines as well-known text: any bytes are walked to an end or to a fault inside them, and the
 * loader of a workspace takes a shape only if it can be walked. */
#include "fuzz.h"

#include <math.h>
#include "world/world.h"

static const char *const world_files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: w\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,s,,,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,lat,lon,nationality,source\n"
			  "world,,world,World,,,,s\nAAA,world,country,Aland,1,2,AAA,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,languages,flags,source\n" },
};

/* Whether TEXT is whole; each step takes at least a byte. */
static bool walks(struct str text, bool *area)
{
	struct shape_walk walk = { .text = text };
	size_t steps = 0;
	bool begun = false;

	for (;;) {
		enum shape_step step = world_shape_next(&walk);
		assert(steps++ <= text.len && walk.at <= text.len);
		if (step == SHAPE_FAULT) {
			assert(walk.wanted && *walk.wanted);
			return false;
		}
		if (step == SHAPE_END)
			break;
		assert(step == SHAPE_START || begun);
		assert(fabs(walk.lon) <= 180 && fabs(walk.lat) <= 90);
		begun = true;
	}
	assert(begun);
	*area = walk.area;
	return true;
}

static bool loads(struct str text, const char *kind)
{
	struct memory_files files;
	struct world *world;
	struct diags diags;
	struct arena arena;
	struct buf csv;
	enum status status = STATUS_OK;

	arena_init(&arena, &allocator_system, (size_t)1 << 28);
	memory_files_init(&files, &arena);
	diags_init(&diags, &arena, 50);
	buf_init(&csv, &arena, 2 * text.len + 200);
	buf_add_format(&csv, "place,beside,kind,scale,shape,source\nAAA,,%s,world,\"", kind);
	for (size_t i = 0; i < text.len; i++) {
		buf_add_char(&csv, text.ptr[i]);
		if (text.ptr[i] == '"')
			buf_add_char(&csv, '"');
	}
	buf_add_c(&csv, "\",s\n");
	for (size_t i = 0; i < sizeof world_files / sizeof world_files[0]; i++)
		status = status != STATUS_OK ? status
					     : memory_files_put(&files, str_of(world_files[i][0]),
						       str_of(world_files[i][1]));
	assert(status == STATUS_OK && !csv.failed);
	assert(memory_files_put(&files, STR("w/shapes.csv"), buf_str(&csv)) == STATUS_OK);
	struct file_system system = memory_files_system(&files);
	status = world_load(&world, &arena, &system, STR("w"), &diags);
	fuzz_check_told(&diags, buf_str(&csv), status);
	assert(status != STATUS_OK || world->shapes_count == 1);
	arena_free(&arena);
	return status == STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	bool area = false, whole = walks(text, &area);

	for (int land = 0; land < 2; land++)
		if (loads(text, land ? "land" : "disputed"))
			assert(whole && area == (land == 1));
	return 0;
}
