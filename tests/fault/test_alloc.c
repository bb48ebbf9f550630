/* Every allocation fails once while a small world is loaded and asked: no crash, no leak, a clear
 * status.
 *
 * Two seams: the arenas' allocator (ours), and malloc, realloc, calloc and strdup underneath
 * libyaml, wrapped by the linker. Run k lets allocation k fail and all others succeed, for every k
 * until a run needs no more than k allocations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "cover/cover.h"
#include "small_world.h"

struct counting {
	size_t asked, fail_at; /* fail_at 0: never */
	size_t live;           /* blocks not given back */
};

static void *counting_get(void *context, size_t size)
{
	struct counting *counting = context;
	if (++counting->asked == counting->fail_at)
		return NULL;
	void *memory = malloc(size);
	counting->live += memory != NULL;
	return memory;
}

static void counting_put(void *context, void *memory, size_t size)
{
	struct counting *counting = context;
	(void)size;
	counting->live -= (size_t)(memory != NULL);
	free(memory);
}

#define RUN_MAX ((size_t)64 << 20)
#define STEP                                                                                       \
	((size_t)64) /* an arena's piece takes at least 32 bytes: hardly one is passed over        \
		      */

/* The wrapped allocator of libyaml; armed only while a run is under way, so that cmocka and libc
 * are left alone. */
static struct counting below;
static bool below_armed;

void *__real_malloc(size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_calloc(size_t count, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_calloc(size_t count, size_t size);
char *__wrap_strdup(const char *text);

static bool below_fails(void)
{
	return below_armed && ++below.asked == below.fail_at;
}

void *__wrap_malloc(size_t size)
{
	return below_fails() ? NULL : __real_malloc(size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return below_fails() ? NULL : __real_realloc(memory, size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return below_fails() ? NULL : __real_calloc(count, size);
}

char *__wrap_strdup(const char *text)
{
	return below_fails() ? NULL : __real_strdup(text);
}

/* Capacity, a matrix, two versions: the second has no agreements. */
static enum status ask_more(struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index,
	const struct people_count *count)
{
	struct gap_filter filter = { NONE32, NAT_NONE, -1, world->as_of, VIEWER_ALL, 0 };
	uint8_t food = world_service_find(STR("relief.food"));
	const struct accords none = { NULL, 0 };
	struct cover_index *empty;
	struct cover_diff diff;
	struct grid grid;
	struct gaps gaps;
	enum status status = cover_gaps(&gaps, arena, index, count, food, &filter);
	if (!status)
		status = cover_bound(&gaps, arena, index, count, &filter);
	if (status)
		return status;
	assert_true(gaps.is_bounded);
	struct grid_asked asked = { .rows = GRID_NATIONALITY,
		.cols = GRID_SECTOR,
		.filter = filter,
		.services = UINT64_C(1) << food,
		.phases = PHASE_DURING };
	status = cover_grid(&grid, arena, index, count, &asked);
	if (!status)
		status = cover_compile(&empty, arena, world, &none);
	if (status)
		return status;
	struct diff_side sides[2] = { { index, accords, count, filter, false },
		{ empty, &none, count, filter, false } };
	status = cover_diff(&diff, arena, &sides[0], &sides[1], UINT64_C(1) << food);
	if (status)
		return status;
	assert_true(diff.moves_count > 0);
	struct changes changes;
	return accord_diff_trees(&changes, arena, accords->items[0].tree, accords->items[1].tree);
}

/* A change and its bands on top of INDEX: nothing is left behind, whichever allocation fails. */
static enum status change(struct arena *arena, const struct cover_index *index,
	const struct accords *accords, const struct people_count *count, int32_t date)
{
	struct agreement later = accords->items[0];
	const struct agreement *added[] = { &later };
	struct cover_change change = { .added = added,
		.added_count = 1,
		.removed = &accords->items[1].id,
		.removed_count = 1 };
	struct cover_touched touched;
	struct cover_index *next = NULL;
	struct cover_bands *bands = NULL, *next_bands = NULL;
	struct gaps gaps;
	later.from = date;
	enum status status = cover_bands_make(&bands, index, count, date, VIEWER_ALL);
	if (!status)
		status = cover_change(&next, &touched, arena, index, &change);
	if (!status)
		status = cover_bands_change(&next_bands, bands, next, &touched);
	if (!status) {
		assert_true(touched.items_count > 0 && touched.bytes > 0);
		status = cover_bands_gaps(&gaps, arena, next_bands, 0);
	}
	cover_bands_release(next_bands);
	cover_bands_release(bands);
	cover_release(next);
	return status;
}

static enum status change_all(struct arena *arena, const struct world *world,
	const struct accords *accords, const struct people_count *count)
{
	struct cover_options options = { .allocator = arena->allocator };
	struct cover_index *index;
	enum status status = cover_compile_with(&index, &options, world, accords);
	if (status)
		return status;
	status = change(arena, index, accords, count, world->as_of);
	cover_release(index);
	return status;
}

static enum status ask_overlaps(
	struct arena *arena, const struct cover_index *index, const struct people_count *count)
{
	struct overlap_filter filter = { .kinds = (1u << OVERLAP_KINDS) - 1,
		.services = UINT64_MAX >> (64 - world_service_count),
		.place = NONE32,
		.nat = NAT_NONE,
		.date = cover_world(index)->as_of,
		.viewer = VIEWER_ALL };
	struct overlaps overlaps;
	struct buf out;
	enum status status = cover_overlaps(&overlaps, arena, index, count, &filter);
	if (status)
		return status;
	assert_true(overlaps.points_count > 0);
	assert_true(overlaps.assets_count == 1 && overlaps.circular_count == 1);
	buf_init(&out, arena, 1 << 20);
	return cover_overlaps_json(&out, index, &overlaps, &filter, 10);
}

static enum status analyse(struct arena *arena, const struct cover_index *index,
	const struct accords *accords, const struct people_count *count, int32_t date)
{
	uint64_t services = UINT64_C(1) << world_service_find(STR("consular.welfare")) |
			    UINT64_C(1) << world_service_find(STR("relief.food"));
	struct advice_filter advice = {
		.services = services, .place = NONE32, .date = date, .viewer = VIEWER_ALL
	};
	struct advices advices;
	enum status status = cover_advise(&advices, arena, index, count, &advice, 3);
	if (status)
		return status;
	assert_int_equal(
		advices.items_count, 1); /* bread for the refugees too is promised already */
	struct buf draft;
	buf_init(&draft, arena, 1 << 16);
	cover_advice_draft(&draft, arena, cover_world(index), &advices.items[0], date);
	struct unknown_filter filter = {
		.services = services, .place = NONE32, .date = date, .viewer = VIEWER_ALL
	};
	struct unknowns unknowns;
	status = cover_unknowns(&unknowns, arena, index, count, &filter);
	struct readiness ready;
	for (size_t i = 0; i < accords->items_count && !status; i++)
		status = cover_ready(
			&ready, arena, index, &accords->items[i], NULL, date, VIEWER_ALL);
	return status ? status : draft.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* The whole matrix of the small world. */
static enum status matrix(struct arena *arena, const struct cover_index *index)
{
	const struct world *world = cover_world(index);
	uint8_t *services = ARENA_ARRAY(arena, world_service_count, uint8_t);
	uint16_t *nats = ARENA_ARRAY(arena, world->nats_count, uint16_t), *cells;
	uint32_t *places = ARENA_ARRAY(arena, world->places_count, uint32_t);
	cells = ARENA_ARRAY(
		arena, world_service_count * world->nats_count * world->places_count, uint16_t);
	if (!services || !nats || !places || !cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world_service_count; i++)
		services[i] = (uint8_t)i;
	for (size_t i = 0; i < world->nats_count; i++)
		nats[i] = (uint16_t)i;
	for (size_t i = 0; i < world->places_count; i++)
		places[i] = (uint32_t)i;
	struct matrix_axes axes = { services, world_service_count, nats, world->nats_count, places,
		world->places_count, PHASE_DURING, world->as_of, VIEWER_ALL };
	return cover_matrix(cells, arena, index, &axes, 0, 1);
}

static enum status ask(
	struct arena *arena, const struct world *world, const struct accords *accords)
{
	struct cover_index *index;
	enum status status = cover_compile(&index, arena, world, accords);
	if (status)
		return status;
	struct query query;
	cover_query_init(&query, world->as_of, VIEWER_ALL);
	struct diags diags;
	diags_init(&diags, arena, 10);
	static const char *const fields[][2] = { { "nationality", "CCC" }, { "place", "BBB-town" },
		{ "service", "consular.welfare" } };
	for (size_t i = 0; i < 3; i++) {
		status = cover_query_set(&query, world, str_of(fields[i][0]), str_of(fields[i][1]),
			&diags, STR("query"), (struct pos){ 0, 0 }, STR_NONE);
		if (status)
			return status;
	}
	struct answers answers;
	status = cover_who(&answers, arena, index, &query);
	if (status)
		return status;
	assert_int_equal(answers.items_count, 1);
	status = matrix(arena, index);
	if (status)
		return status;
	struct buf out;
	buf_init(&out, arena, 1 << 20);
	status = cover_who_json(&out, index, &query, &answers);
	if (status)
		return status;
	struct cover_pieces *pieces;
	struct buf told;
	buf_init(&told, arena, 1 << 20);
	status = cover_pieces_make(&pieces, arena, world, accords);
	if (!status)
		status = cover_who_told(&told, index, pieces, &query, &answers);
	if (status)
		return status;
	assert_string_equal(told.ptr, out.ptr);
	struct people_count count;
	status = world_people(&count, arena, world, world->as_of);
	if (status)
		return status;
	struct gaps gaps;
	struct gap_filter filter = { NONE32, NAT_NONE, -1, world->as_of, VIEWER_ALL };
	status = cover_gaps(&gaps, arena, index, &count, query.service, &filter);
	if (status)
		return status;
	assert_int_equal(gaps.people, 150);
	status = change_all(arena, world, accords, &count);
	if (status)
		return status;
	status = cover_gaps_json(&out, index, &gaps, BAND_REMOTE, 10);
	if (!status)
		status = ask_more(arena, world, accords, index, &count);
	if (!status)
		status = ask_overlaps(arena, index, &count);
	if (!status)
		status = analyse(arena, index, accords, &count, world->as_of);
	if (!status)
		status = cover_cases(arena, index, &diags);
	return status ? status : cover_contradictions_tell(&diags, arena, index, STR_NONE);
}

/* One whole run: load, compile, ask. COUNTING is what its arena is made of, MAX how much it may
 * hold. */
static enum status run(struct counting *counting, const struct file_system *files, size_t max)
{
	struct allocator allocator = { counting_get, counting_put, counting };
	struct arena arena;
	arena_init(&arena, &allocator, max);
	struct diags diags;
	diags_init(&diags, &arena, 100);
	struct world *world;
	struct accords accords;
	enum status status = world_load(&world, &arena, files, STR("w"), &diags);
	if (!status)
		status = accord_load(&accords, &arena, world, files, STR("w"), &diags);
	if (!status)
		status = ask(&arena, world, &accords);
	assert_true(status != STATUS_REFUSED ||
		    diags.no_memory); /* want of memory is never blamed on the input */
	arena_free(&arena);
	return status;
}

static void fail_each(struct counting *arena_counting, struct counting *failing)
{
	struct arena store;
	arena_init(&store, &allocator_system, (size_t)16 << 20);
	struct memory_files files;
	memory_files_init(&files, &store);
	assert_int_equal(small_world(&files), STATUS_OK);
	struct file_system system = memory_files_system(&files);
	size_t k;
	for (k = 1;; k++) {
		*arena_counting = (struct counting){ 0 };
		below = (struct counting){ 0 };
		failing->fail_at = k;
		below_armed = failing == &below;
		enum status status = run(arena_counting, &system, RUN_MAX);
		below_armed = false;
		assert_int_equal(arena_counting->live, 0);
		if (failing->asked < k) {
			assert_int_equal(status, STATUS_OK);
			break;
		}
		if (status != STATUS_NO_MEMORY)
			print_message("# allocation %zu failed, status %d\n", k, (int)status);
		assert_int_equal(status, STATUS_NO_MEMORY);
	}
	print_message("# figure: %zu allocations failed once each\n", k - 1);
	assert_true(k > 2);
	arena_free(&store);
}

static void test_every_arena_allocation_fails_once(void **state)
{
	(void)state;
	struct counting counting;
	fail_each(&counting, &counting);
}

/* An arena asks its allocator for blocks, not pieces: a maximum that grows in small steps makes the
 * pieces fail in turn. */
static void test_every_piece_of_an_arena_fails(void **state)
{
	(void)state;
	struct arena store;
	arena_init(&store, &allocator_system, (size_t)16 << 20);
	struct memory_files files;
	memory_files_init(&files, &store);
	assert_int_equal(small_world(&files), STATUS_OK);
	struct file_system system = memory_files_system(&files);
	size_t runs = 0;
	enum status status = STATUS_NO_MEMORY;
	for (size_t max = 0; status != STATUS_OK; max += STEP, runs++) {
		struct counting counting = { 0 };
		status = run(&counting, &system, max);
		assert_int_equal(counting.live, 0);
		assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
	}
	print_message("# figure: %zu maxima met, %zu bytes needed\n", runs, runs * STEP);
	assert_true(runs > 1000);
	arena_free(&store);
}

static void test_every_library_allocation_fails_once(void **state)
{
	(void)state;
	struct counting counting;
	fail_each(&counting, &below);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_arena_allocation_fails_once),
		cmocka_unit_test(test_every_piece_of_an_arena_fails),
		cmocka_unit_test(test_every_library_allocation_fails_once),
	};
	return cmocka_run_group_tests_name("fault-alloc", tests, NULL, NULL);
}
