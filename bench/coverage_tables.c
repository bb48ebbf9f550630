/* The tables that the peers load. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/coverage_world.h"

#define TABLE_MAX ((size_t)1 << 30)

static bool write_table(const struct buf *content, const char *dir, const char *name)
{
	char path[4096];
	FILE *file;
	bool written;

	if (content->failed ||
		snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path) {
		errno = content->failed ? ENOMEM : ENAMETOOLONG;
		return false;
	}
	file = fopen(path, "w");
	if (!file)
		return false;
	written = fwrite(content->ptr, 1, content->len, file) == content->len;
	return (fclose(file) == 0) && written;
}

static void fill_codes(struct buf *out, const struct coverage_world *world)
{
	for (unsigned n = 0; n < COVERAGE_NATS; n++) {
		for (unsigned c = 0; c < COVERAGE_CODES; c++) {
			if (coverage_code_has(world, c, n))
				buf_add_format(out, "%u,%u\n", n, c);
		}
	}
}

/* For how many nationalities a code stands; `any` also for the three that are no country's. */
static void fill_sizes(struct buf *out, const struct coverage_world *world)
{
	for (unsigned c = 0; c < COVERAGE_CODES; c++) {
		unsigned size = c == COVERAGE_CODES - 1 ? 3 : 0;

		for (unsigned n = 0; n < COVERAGE_NATS; n++)
			size += coverage_code_has(world, c, n);
		buf_add_format(out, "%u,%u\n", c, size);
	}
}

static void fill_places(struct buf *out, const struct coverage_world *world)
{
	for (int p = 0; p < COVERAGE_PLACES; p++)
		buf_add_format(out, "%d,%d,%d\n", p, world->parent[p], world->level[p]);
}

static void fill_ancestors(struct buf *out, const struct coverage_world *world)
{
	for (int p = 0; p < COVERAGE_PLACES; p++) {
		for (int a = p; a >= 0; a = world->parent[a])
			buf_add_format(out, "%d,%d\n", p, a);
	}
}

static void fill_scope(struct buf *out, const struct coverage_world *world)
{
	for (size_t i = 0; i < world->row_count; i++) {
		const struct coverage_row *row = &world->rows[i];

		buf_add_format(out, "%zu,%u,%d,%d,%d,%d,%d,%d,%d,%d\n", i, row->agreement,
			row->provider, row->code, row->place, row->service, row->phases, row->from,
			row->until, row->rank);
	}
}

bool coverage_tables(const struct coverage_world *world, const char *dir, char sha256[static 65])
{
	static void (*const fills[])(struct buf *, const struct coverage_world *) = { fill_codes,
		fill_sizes, fill_places, fill_ancestors, fill_scope };
	static const char *const names[] = { "natcode.csv", "code.csv", "place.csv", "anc.csv",
		"scope.csv" };
	bool written = true;

	for (size_t i = 0; i < sizeof names / sizeof names[0] && written; i++) {
		struct arena arena;
		struct buf out;
		struct sha256 hash;

		arena_init(&arena, &allocator_system, 4 * TABLE_MAX);
		buf_init(&out, &arena, TABLE_MAX);
		fills[i](&out, world);
		written = write_table(&out, dir, names[i]);
		if (written) {
			hash = sha256_of((struct str){ out.ptr, out.len });
			sha256_hex(sha256, &hash);
		}
		arena_free(&arena);
	}
	return written;
}
