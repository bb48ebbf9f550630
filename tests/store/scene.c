/* unknown-outcome, full-or-stopped: what a caller may hear and what must be there afterwards.
 *
 * The small workspace of the proofs, its numbered changes, and what must hold of it whatever the
 * disk did. */
#include "scene.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)1 << 28)

static int32_t no_day(void *context)
{
	(void)context;
	return 20000;
}
static uint64_t no_time(void *context)
{
	(void)context;
	return 0;
}
/* Far ahead, so that a writer waiting to probe a full disk waits for ever. */
static int64_t far_ahead(void *context)
{
	(void)context;
	return INT64_C(9000000000);
}
const struct clock scene_clock = { no_day, no_time, NULL, far_ahead };

bool scene_trouble(struct scene *scene, const char *format, ...)
{
	char text[300];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (!scene->trouble.ptr)
		scene->trouble = str_copy(&scene->arena, str_of(text));
	return false;
}

enum status scene_open(struct store **out, enum store_mode mode)
{
	return scene_open_with(out, mode, &scene_clock);
}

enum status scene_open_with(struct store **out, enum store_mode mode, const struct clock *clock)
{
	struct arena arena;
	struct diags diags;
	struct store_config config = {
		.path = STR("x.db"), .mode = mode, .clock = clock, .log_pages = 12, .vfs = DISK_VFS
	};

	arena_init(&arena, &allocator_system, ARENA_MAX);
	diags_init(&diags, &arena, 10);
	enum status status = store_open(out, &config, &diags);
	arena_free(&arena);
	return status;
}

void scene_found(uint64_t seed)
{
	static const struct store_edit edits[] = {
		{ STORE_PUT, { "workspace.yaml", 14 },
			{ "format: 1\nname: Small\nas_of: 2022-01-01\n", 40 } },
		{ STORE_PUT, { "channels.csv", 12 },
			{ "party,place,kind,address,source\nDEU,,phone,+49,a\n", 49 } },
		{ STORE_PUT, { "places.csv", 10 }, { "place,kind,name\nworld,world,World\n", 34 } },
	};
	struct store_change change = {
		.edits = edits, .count = 3, .what = STR("founded"), .whole = true
	};
	struct store_receipt receipt;
	struct store *store;

	disk_format(seed);
	enum status status = scene_open(&store, STORE_CREATE);
	assert(status == STATUS_OK);
	status = store_apply(store, &change, &receipt);
	assert(status == STATUS_OK && receipt.sequence == 1);
	(void)status;
	store_close(store);
	disk_keep();
}

void scene_start(struct scene *scene, uint64_t seed)
{
	memset(scene, 0, sizeof *scene);
	scene->seed = seed;
	scene->base = 1;
	arena_init(&scene->arena, &allocator_system, ARENA_MAX);
	disk_bring_back(seed);
}

void scene_end(struct scene *scene)
{
	arena_free(&scene->arena);
}

static struct str random_text(struct arena *arena, struct random *random, size_t len)
{
	char *text = arena_get_raw(arena, len + 1);

	assert(text);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + random_below(random, 26));
	return (struct str){ text, len };
}

/* A table that is written anew now and then: its rows stay, go and come. */
static struct str table(struct arena *arena, struct random *random)
{
	struct buf out;

	buf_init(&out, arena, 1 << 20);
	buf_add_c(&out, "place,kind,name\nworld,world,World\n");
	for (uint32_t i = 0; i < 40; i++)
		if (random_chance(random, 70))
			buf_add_format(&out, "P%02u,country,Name %u\n", i, random_below(random, 3));
	return buf_str(&out);
}

enum status scene_ask(
	struct scene *scene, struct store *store, size_t number, struct store_receipt *receipt)
{
	struct random random = random_seeded(scene->seed * 1000 + number);
	struct arena arena;
	struct store_edit edits[3];
	size_t count = 0;

	assert(number < SCENE_CHANGES_MAX);
	arena_init(&arena, &allocator_system, ARENA_MAX);
	edits[count++] = (struct store_edit){ STORE_FACT_PUT, STR("channels.csv"),
		str_format(&arena, "DEU,,phone,+1-%zu,a", number) };
	if (random_chance(&random, 60))
		edits[count++] = (struct store_edit){ STORE_PUT,
			str_format(&arena, "practices/p%u.md", random_below(&random, 4)),
			random_text(&arena, &random, random_below(&random, 9000)) };
	if (random_chance(&random, 25))
		edits[count++] =
			(struct store_edit){ STORE_PUT, STR("places.csv"), table(&arena, &random) };
	struct store_change change = { .edits = edits,
		.count = count,
		.what = STR("a change"),
		.key = str_format(&arena, "key-%zu", number) };
	if (number >= scene->asked)
		scene->asked = number + 1;
	enum status status = store_apply(store, &change, receipt);
	arena_free(&arena);
	if (status != STATUS_OK)
		return status;
	uint64_t *known = &scene->acknowledged[number];
	if (*known && (*known != receipt->sequence || !receipt->repeated))
		scene_trouble(scene,
			"change %zu was acknowledged as entry %llu, and asked again it is %llu%s",
			number, (unsigned long long)*known, (unsigned long long)receipt->sequence,
			receipt->repeated ? "" : ", done anew");
	*known = receipt->sequence;
	return status;
}

static size_t occurrences(struct str in, const char *what)
{
	size_t count = 0, len = strlen(what);

	for (size_t i = 0; i + len <= in.len; i++)
		count += memcmp(in.ptr + i, what, len) == 0;
	return count;
}

static bool check_state(struct scene *scene, struct store *store)
{
	struct store_view *view;
	struct str channels;
	char row[64];

	if (store_view_open(&view, store, STORE_NEWEST, STR("w"), NULL) != STATUS_OK)
		return scene_trouble(scene, "the newest state cannot be read");
	const struct file_system *files = store_view_files(view);
	enum status status = files->read(
		files->context, &channels, &scene->arena, STR("w/channels.csv"), STORE_FILE_MAX);
	uint64_t entries = store_view_sequence(view);
	store_view_close(view);
	if (status != STATUS_OK)
		return scene_trouble(scene, "channels.csv is gone");
	if (entries != scene->base + scene->asked)
		return scene_trouble(scene, "%llu entries for %zu changes",
			(unsigned long long)entries, scene->asked);
	for (size_t i = 0; i < scene->asked; i++) {
		snprintf(row, sizeof row, ",+1-%zu,a\n", i);
		if (occurrences(channels, row) != 1)
			return scene_trouble(scene, "change %zu is there %zu times", i,
				occurrences(channels, row));
	}
	return true;
}

static bool check_hashes(struct scene *scene, struct store *store)
{
	struct store_audit audit;
	struct diags diags;

	diags_init(&diags, &scene->arena, 3);
	if (store_verify(&audit, store, NULL, &diags) != STATUS_OK)
		return scene_trouble(scene, "it cannot be verified");
	if (audit.faults)
		return scene_trouble(
			scene, STR_FMT, STR_ARG(str_sub(diags.items[0].message, 0, 200)));
	return true;
}

bool scene_check(struct scene *scene)
{
	struct store_receipt receipt;
	struct store *store;

	if (scene->trouble.ptr)
		return false;
	if (scene_open(&store, STORE_WRITE) != STATUS_OK)
		return scene_trouble(scene, "it does not open again");
	if (check_hashes(scene, store)) {
		for (size_t i = 0; i < scene->asked; i++)
			if (scene_ask(scene, store, i, &receipt) != STATUS_OK)
				scene_trouble(scene, "change %zu is not taken: %s", i,
					receipt.why ? receipt.why : "");
		if (!scene->trouble.ptr && check_state(scene, store))
			check_hashes(scene, store);
	}
	store_close(store);
	return !scene->trouble.ptr;
}

/* ---- promises ---- */

static int told, broken;

void promise(const char *id, const char *measured, const char *limit, bool holds)
{
	printf("PROMISE %s %s %s %s\n", id, measured, limit, holds ? "PASS" : "FAIL");
	printf("%s %d - %s\n", holds ? "ok" : "not ok", ++told, id);
	broken += !holds;
	fflush(stdout);
}

void promise_count(const char *id, uint64_t bad, const char *of, uint64_t tries)
{
	char measured[96], limit[96];

	snprintf(measured, sizeof measured, "%llu", (unsigned long long)bad);
	snprintf(limit, sizeof limit, "0/%llu-%s", (unsigned long long)tries, of);
	promise(id, measured, limit, bad == 0);
}

int promises_end(void)
{
	printf("1..%d\n", told);
	return broken ? 1 : 0;
}
