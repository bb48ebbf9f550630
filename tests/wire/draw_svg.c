/* Draws what tests/wire/svg.py looks at: `draw_svg FOLDER WHAT`, WHAT being world, region CODE,
 * bars, stacked, grid, key (any of them with "rtl" behind it), hostile, or bench. */
#include "wire/wire.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct world *world;
static struct arena arena;

static uint32_t country(uint32_t i)
{
	for (uint32_t p = 0; p < world->places_count; p++)
		if (world->places[p].kind == PLACE_COUNTRY && i-- == 0)
			return p;
	return NONE32;
}

static void bars(struct buf *out, const struct svg_head *head, bool share)
{
	const struct svg_part parts[] = { { FILL_WILL, 120, STR("will: 120") },
		{ FILL_SHALL, 300, STR("shall: 300") }, { FILL_MAY, 500, STR("may: 500") },
		{ FILL_REMOTE, 1, STR("remote: 1") },
		{ FILL_NOT_KNOWN, 400, STR("not known: 400") },
		{ FILL_NONE, 200, STR("none proven: 200") } };
	const struct svg_bar list[] = { { STR("Sudan"), STR("1,521"), STR("/places/SDN"), parts,
						6 },
		{ STR("Lao People's Democratic Republic, all of its provinces"), STR("120"),
			STR_NONE, parts, 1 },
		{ STR("Tuvalu"), STR("not known"), STR_NONE, NULL, 0 } };
	svg_bars(out, head, list, 3, share);
}

static void grid(struct buf *out, const struct svg_head *head)
{
	const struct str rows[] = { STR("Ethiopia"), STR("Bangladesh"),
		STR("Syrian Arab Republic") };
	const struct str columns[] = { STR("Information"), STR("Consular help"), STR("Movement") };
	struct svg_cell cells[9];
	for (int i = 0; i < 9; i++)
		cells[i] = (struct svg_cell){ (enum svg_fill)(i % FILL_OWN), STR("a cell") };
	svg_grid(out, head, rows, 3, columns, 3, cells);
}

static void key(struct buf *out, const struct svg_head *head)
{
	struct svg_key_entry entries[SVG_FILLS];
	for (int i = 0; i < SVG_FILLS; i++)
		entries[i] = (struct svg_key_entry){ (enum svg_fill)i,
			str_of(svg_fill_name((enum svg_fill)i)), STR("12") };
	svg_key(out, head, entries, SVG_FILLS);
}

/* What must never leave a text: markup, quotes, broken bytes, controls, turned directions. */
#define HOSTILE "\"'><script>alert(1)</script>&amp;\x01\xff\xe2\x80\xaex]]>--"

static void hostile(struct buf *out)
{
	const struct svg_head head = { STR("h\"><x"), STR(HOSTILE), STR(HOSTILE), STR(HOSTILE),
		false };
	const struct svg_part part = { FILL_MAY, 1, STR(HOSTILE) };
	const struct svg_bar list[] = { { STR(HOSTILE), STR(HOSTILE), STR("/x\"><script>"), &part,
						1 },
		{ STR("a"), STR("b"), STR("javascript:alert(1)"), &part, 1 },
		{ STR("a"), STR("b"), STR("//elsewhere"), &part, 1 } };
	svg_bars(out, &head, list, 3, false);
}

static int bench(const struct svg_map *map, const struct svg_head *head,
	const struct svg_mark *marks, size_t count)
{
	double best = 1e9;
	size_t len = 0;
	for (int i = 0; i < 200; i++) {
		struct arena scratch;
		struct buf out;
		struct timespec a, b;
		arena_init(&scratch, &allocator_system, (size_t)64 << 20);
		clock_gettime(CLOCK_MONOTONIC, &a);
		buf_init(&out, &scratch, (size_t)8 << 20);
		if (svg_map_world(&out, &scratch, map, head, marks, count) != STATUS_OK)
			return 3;
		clock_gettime(CLOCK_MONOTONIC, &b);
		double us =
			(double)(b.tv_sec - a.tv_sec) * 1e6 + (double)(b.tv_nsec - a.tv_nsec) / 1e3;
		best = us < best ? us : best;
		len = out.len;
		arena_free(&scratch);
	}
	printf("BENCH svg-world ours=%.0fus bytes=%zu goal=1000us\n", best, len);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	struct diags diags;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	diags_init(&diags, &arena, 20);
	if (world_load(&world, &arena, &file_system_disk, str_of(argv[1]), &diags) != STATUS_OK)
		return 3;
	struct svg_map *map;
	if (svg_map_new(&map, &arena, world) != STATUS_OK)
		return 3;
	struct svg_mark marks[SVG_FILLS * 16] = { 0 };
	size_t count = 0;
	for (; count < SVG_FILLS * 16 && country((uint32_t)count) != NONE32; count++)
		marks[count] = (struct svg_mark){ country((uint32_t)count),
			(enum svg_fill)(count % SVG_FILLS), STR_NONE, STR_NONE };
	struct svg_head head = { STR("pic"), STR("A picture"), STR("In words"), STR("?lang=en"),
		strcmp(argv[argc - 1], "rtl") == 0 };
	struct buf out;
	enum status status = STATUS_OK;
	buf_init(&out, &arena, (size_t)8 << 20);
	const char *what = argv[2];
	if (!strcmp(what, "bench"))
		return bench(map, &head, marks, count);
	if (!strcmp(what, "world"))
		status = svg_map_world(&out, &arena, map, &head, marks, count);
	else if (!strcmp(what, "region") && argc > 3)
		status = svg_map_region(&out, &arena, map, &head,
			world_place(world, str_of(argv[3])), marks, count, NULL, 0);
	else if (!strcmp(what, "bars") || !strcmp(what, "stacked"))
		bars(&out, &head, what[0] == 's');
	else if (!strcmp(what, "grid"))
		grid(&out, &head);
	else if (!strcmp(what, "key"))
		key(&out, &head);
	else if (!strcmp(what, "hostile"))
		hostile(&out);
	if (status != STATUS_OK || out.failed)
		return 1;
	fwrite(out.ptr, 1, out.len, stdout);
	arena_free(&arena);
	return 0;
}
