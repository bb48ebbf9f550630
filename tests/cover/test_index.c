/* The index as snapshots: the lane's paths, changes and what they share, kept bands, readers while
 * a writer publishes. What an answer must be is the matter of tests/soak. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../fault/small_world.h"
#include "cover/internal.h"

struct scene {
	struct arena arena;
	struct memory_files memory;
	struct world *world;
	struct accords accords;
};

static int set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct file_system files;
	struct diags diags;

	assert_non_null(scene);
	arena_init(&scene->arena, &allocator_system, (size_t)64 << 20);
	memory_files_init(&scene->memory, &scene->arena);
	assert_int_equal(small_world(&scene->memory), STATUS_OK);
	files = memory_files_system(&scene->memory);
	diags_init(&diags, &scene->arena, 20);
	assert_int_equal(
		world_load(&scene->world, &scene->arena, &files, STR("w"), &diags), STATUS_OK);
	assert_int_equal(
		accord_load(&scene->accords, &scene->arena, scene->world, &files, STR("w"), &diags),
		STATUS_OK);
	*state = scene;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *scene = *state;

	arena_free(&scene->arena);
	free(scene);
	return 0;
}

/* ---- the lane ---- */

/* Every path of the lane on random keys, at every count and with sets in and beyond a register. */
static void paths_are_equal_to_the_last_bit(void **state)
{
	static const struct lane *const paths[] = { &lane_scalar, &lane_avx2, &lane_avx512 };
	struct random random = random_seeded(20221);
	uint16_t keys[(64 + KEYS_SPARE) * KEY_BYTES / sizeof(uint16_t)];
	uint64_t sets[64];
	size_t agreeing = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint32_t words = 1 + random_below(&random, round % 2 ? 8 : 64);
		uint32_t count = 1 + random_below(&random, 64);
		struct lane_query query = { .phase = (uint8_t)(1u << random_below(&random, 3)),
			.sets = sets,
			.set_words = words };

		query.from_max = (uint16_t)random_below(&random, 65536);
		query.until_min = random_chance(&random, 80) ? query.from_max : 0;
		for (size_t i = 0; i < 64; i++)
			sets[i] = random_next(&random);
		/* A stretch that begins inside a run of 64 at most; noise behind it. */
		uint32_t total = count + random_below(&random, 65 - count);
		uint32_t first = random_below(&random, total - count + 1);
		struct key_run run = { keys, total };

		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			keys[i] = (uint16_t)random_next(&random);
		for (uint32_t i = 0; i < total; i++) {
			if (random_chance(&random, 30))
				keys[i] = query.from_max;
			if (random_chance(&random, 30))
				keys[total + i] = query.from_max;
			keys[2 * total + i] = (uint16_t)random_below(&random, words * 64);
		}
		uint64_t wanted = lane_scalar.filter(run, first, count, &query);

		agreeing += (size_t)__builtin_popcountll(wanted);
		for (size_t p = 0; p < 3; p++) {
			/* A path that the machine lacks is never chosen, nor asked here. */
			if (lane_of(paths[p]->kind) == paths[p])
				assert_true(paths[p]->filter(run, first, count, &query) == wanted);
		}
	}
	assert_true(agreeing > 10000);
}

#define FOUND_PARTS 6
#define FOUND_KEYS 150

/* Keys of a place, many of which agree with QUERY; noise behind them. */
static struct key_run random_run(
	struct random *random, uint16_t *keys, uint32_t count, const struct lane_query *query)
{
	for (size_t i = 0; i < (count + KEYS_SPARE) * KEY_BYTES / sizeof *keys; i++)
		keys[i] = (uint16_t)random_next(random);
	for (uint32_t i = 0; i < count; i++) {
		if (random_chance(random, 70))
			keys[i] = query->from_max;
		if (random_chance(random, 70))
			keys[count + i] = query->until_min;
		keys[2 * count + i] = (uint16_t)random_below(random, query->set_words * 64);
	}
	return (struct key_run){ keys, count };
}

/* What find() names, in order, are the keys of all parts for which filter() has a bit. */
static void found_are_those_that_the_filter_passes(void **state)
{
	static const struct lane *const paths[] = { &lane_scalar, &lane_avx2, &lane_avx512 };
	static uint16_t keys[FOUND_PARTS][(FOUND_KEYS + KEYS_SPARE) * KEY_BYTES / sizeof(uint16_t)];
	struct random random = random_seeded(20266);
	size_t all = 0;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		uint32_t wanted[FOUND_PARTS * FOUND_KEYS],
			found[FOUND_PARTS * FOUND_KEYS + FIND_SPARE];
		uint32_t ends[FOUND_PARTS], count = 0;
		struct key_part parts[FOUND_PARTS];
		size_t part_count = random_below(&random, FOUND_PARTS + 1);
		uint64_t sets[64];
		struct lane_query query = { .phase = (uint8_t)(1u << random_below(&random, 3)),
			.sets = sets,
			.set_words = 1 + random_below(&random, round % 2 ? 8 : 64) };

		query.from_max = (uint16_t)random_below(&random, 65536);
		query.until_min = query.from_max;
		for (size_t i = 0; i < 64; i++)
			sets[i] = random_next(&random) & random_next(&random);
		for (size_t p = 0; p < part_count; p++) {
			uint32_t keys_of = random_below(&random, p % 2 ? FOUND_KEYS + 1 : 40);

			parts[p] = (struct key_part){ random_run(&random, keys[p], keys_of, &query),
				.first = random_below(&random, 1u << 30) };
			for (uint32_t k = 0; k < keys_of; k++) {
				if (lane_scalar.filter(parts[p].run, k, 1, &query))
					wanted[count++] = parts[p].first + k;
			}
			ends[p] = count;
		}
		all += count;
		for (size_t i = 0; i < 3; i++) {
			if (lane_of(paths[i]->kind) != paths[i])
				continue;
			for (size_t p = 0; p < part_count; p++)
				parts[p].found = UINT32_MAX;
			paths[i]->find(found, parts, part_count, &query, 0);
			for (size_t p = 0; p < part_count; p++)
				assert_int_equal(parts[p].found, ends[p]);
			assert_memory_equal(found, wanted, count * sizeof *wanted);
			/* Some need is there exactly if one of those found has it. */
			for (unsigned need = 1; need < 256; need <<= 1) {
				bool some = false;

				for (size_t p = 0; p < part_count; p++) {
					for (uint32_t k = p ? ends[p - 1] : 0; k < ends[p]; k++)
						some |= (run_needs(parts[p].run)[wanted[k] -
										 parts[p].first] &
								need) != 0;
				}
				assert_true(paths[i]->find(found, parts, part_count, &query,
						    (uint8_t)need) == some);
			}
		}
	}
	assert_true(all > 10000);
}

/* ---- change ---- */

static struct cover_index *own_index(struct scene *scene, enum cover_lane lane)
{
	struct cover_options options = { .allocator = &allocator_system, .lane = lane };
	struct cover_index *index;

	assert_int_equal(
		cover_compile_with(&index, &options, scene->world, &scene->accords), STATUS_OK);
	return index;
}

static bool touches(const struct cover_touched *touched, uint8_t service, uint32_t where)
{
	for (size_t i = 0; i < touched->items_count; i++) {
		if (touched->items[i].service == service && touched->items[i].place == where)
			return true;
	}
	return false;
}

static void a_change_touches_what_it_names_and_shares_the_rest(void **state)
{
	struct scene *scene = *state;
	struct cover_index *before = own_index(scene, LANE_BEST), *after;
	struct str bread = STR("bread");
	struct cover_change change = { .removed = &bread, .removed_count = 1 };
	uint8_t food = world_service_find(STR("relief.food"));
	uint8_t welfare = world_service_find(STR("consular.welfare"));
	struct cover_touched touched;

	assert_int_equal(cover_change(&after, &touched, &scene->arena, before, &change), STATUS_OK);
	assert_true(touches(&touched, food, world_place(scene->world, STR("BBB"))));
	assert_int_equal(touched.items_count, 1);
	assert_int_equal(after->agreement_count, before->agreement_count - 1);
	assert_int_equal(after->row_count, before->row_count - 1);
	assert_null(after->services[food]); /* nothing is left of it */
	assert_non_null(before->services[food]);
	/* What stands at the world was not touched: the same block. */
	assert_ptr_equal(after->services[welfare]->blocks[0], before->services[welfare]->blocks[0]);
	assert_ptr_equal(after->atlas, before->atlas);
	assert_ptr_equal(after->table, before->table);
	cover_release(before);
	assert_non_null(shelf_find(after, STR("own")));
	assert_null(shelf_find(after, bread));
	cover_release(after);
}

/* ---- presence ---- */

/* The same world, with the one post closed. */
static struct world *post_closed(struct scene *scene)
{
	struct file_system files = memory_files_system(&scene->memory);
	struct world *world;
	struct diags diags;

	diags_init(&diags, &scene->arena, 20);
	assert_int_equal(
		memory_files_put(&scene->memory, STR("w/posts.csv"),
			STR("post,sending,receiving,place,kind,accredited_to,services,district,"
			    "name,lat,lon,from,until,state,basis,as_of,source\n"
			    "AAA@BBB-town,AAA,BBB,BBB-town,embassy,CCC,,,,,,,,closed,"
			    "sourced,2022-01-01,s\n")),
		STATUS_OK);
	assert_int_equal(world_load(&world, &scene->arena, &files, STR("w"), &diags), STATUS_OK);
	return world;
}

static struct column *column_at(
	const struct cover_index *index, const struct world *world, const char *place)
{
	return index->columns
		->columns[index->atlas->spots[world_place(world, str_of(place))].block];
}

/* How many bits of the two days differ. */
static unsigned bits_between(const struct presence_day *a, const struct presence_day *b)
{
	unsigned bits = 0;

	for (unsigned n = 0; n < LEVEL_COUNT; n++) {
		struct set256 here = set256_or(set256_minus(a->present[n], b->present[n]),
			set256_minus(b->present[n], a->present[n]));
		struct set256 known = set256_or(set256_minus(a->known[n], b->known[n]),
			set256_minus(b->known[n], a->known[n]));

		bits += set256_count(&here) + set256_count(&known);
	}
	return bits;
}

static void a_post_that_closes_is_one_bit_of_one_column(void **state)
{
	struct scene *scene = *state;
	struct cover_index *before = own_index(scene, LANE_BEST), *after;
	uint32_t there = world_place(scene->world, STR("BBB"));
	struct cover_change change = {
		.world = post_closed(scene), .facts_at = &there, .facts_at_count = 1
	};
	uint32_t aaa = world_party(scene->world, STR("AAA"));
	const struct presence_day *was, *is;
	int32_t day = scene->world->as_of;

	assert_int_equal(cover_change(&after, NULL, &scene->arena, before, &change), STATUS_OK);
	was = column_day(column_at(before, scene->world, "BBB"), day);
	is = column_day(column_at(after, scene->world, "BBB"), day);
	assert_int_equal(bits_between(was, is), 1);
	assert_int_equal(index_presence(before, aaa, there, LEVEL_RESIDENT, day), TRUTH_T);
	assert_int_equal(index_presence(after, aaa, there, LEVEL_RESIDENT, day), TRUTH_F);
	/* Others' columns are the same, not copies. */
	assert_non_null(column_at(before, scene->world, "CCC"));
	assert_ptr_equal(
		column_at(after, scene->world, "CCC"), column_at(before, scene->world, "CCC"));
	assert_null(column_at(after, scene->world, "AAA")); /* nothing is on record there */
	assert_int_equal(
		index_presence(after, aaa, world_place(scene->world, STR("AAA")), LEVELS_ALL, day),
		TRUTH_U);
	cover_release(before);
	assert_int_equal(index_presence(after, aaa, there, LEVEL_RESIDENT, day), TRUTH_F);
	cover_release(after);
}

static void without_facts_a_change_shares_all_columns(void **state)
{
	struct scene *scene = *state;
	struct cover_index *before = own_index(scene, LANE_BEST), *after;
	struct str bread = STR("bread");
	struct cover_change change = { .removed = &bread, .removed_count = 1 };

	assert_int_equal(cover_change(&after, NULL, &scene->arena, before, &change), STATUS_OK);
	assert_ptr_equal(after->columns, before->columns);
	cover_release(before);
	cover_release(after);
}

/* A server has its snapshot in an arena: whoever tries a change pays, and gets all of it back. */
static void *counted_get(void *context, size_t size)
{
	*(size_t *)context += size;
	return allocator_system.get(NULL, size);
}

static void counted_put(void *context, void *memory, size_t size)
{
	*(size_t *)context -= memory ? size : 0;
	allocator_system.put(NULL, memory, size);
}

static void a_trial_takes_nothing_from_the_arena_it_starts_from(void **state)
{
	struct scene *scene = *state;
	size_t taken = 0, all;
	const struct allocator counted = { counted_get, counted_put, &taken };
	const struct agreement *added = &scene->accords.items[0];
	struct str bread = STR("bread");
	const struct cover_change changes[] = {
		{ .removed = &bread, .removed_count = 1, .allocator = &counted },
		{ .added = &added, .added_count = 1, .allocator = &counted },
	};
	struct cover_index *before, *after;
	struct arena home, work;
	char *previous, *next;

	arena_init(&home, &allocator_system, (size_t)64 << 20);
	arena_init(&work, &allocator_system, (size_t)64 << 20);
	assert_int_equal(cover_compile(&before, &home, scene->world, &scene->accords), STATUS_OK);
	previous = arena_get_raw(&home, 1);
	next = arena_get_raw(&home, 1);
	all = home.used;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(cover_change(&after, NULL, &work, before, &changes[i]), STATUS_OK);
		assert_true(taken > 0);
		assert_true((shelf_find(after, bread) == NULL) == (i == 0));
		cover_release(after);
		assert_int_equal(taken, 0);
		assert_non_null(shelf_find(before, bread));
	}
	/* The next piece lies right behind the last. */
	assert_int_equal((char *)arena_get_raw(&home, 1) - next, next - previous);
	assert_int_equal(home.used, all);
	arena_free(&work);
	arena_free(&home);
}

static void what_is_not_there_cannot_be_removed(void **state)
{
	struct scene *scene = *state;
	struct cover_index *before = own_index(scene, LANE_SCALAR), *after;
	struct str ids[] = { STR("bread"), STR("nowhere") };
	struct cover_change change = { .removed = ids, .removed_count = 2 };

	assert_int_equal(
		cover_change(&after, NULL, &scene->arena, before, &change), STATUS_NOT_FOUND);
	assert_null(after);
	assert_non_null(shelf_find(before, ids[0])); /* as it was */
	assert_int_equal(cover_lane_of(before), LANE_SCALAR);
	cover_release(before);
}

/* Many agreements: shelves fill, split and empty, and every one is found again. */
static void shelves_split_and_empty(void **state)
{
	struct scene *scene = *state;
	const struct cover_index *index = own_index(scene, LANE_BEST);
	size_t few = index->agreement_count;
	struct agreement *many = ARENA_ARRAY(&scene->arena, 700, struct agreement);

	for (size_t i = 0; i < 700; i++) {
		const struct agreement *added = &many[i];
		struct cover_change change = { .added = &added, .added_count = 1 };
		struct cover_index *next;

		many[i] = scene->accords.items[i % 2];
		many[i].id = str_format(&scene->arena, "n%03zu", i * 37 % 700);
		assert_int_equal(
			cover_change(&next, NULL, &scene->arena, index, &change), STATUS_OK);
		cover_release(index);
		index = next;
	}
	assert_int_equal(index->agreement_count, few + 700);
	assert_true(index->shelf_count > 3);
	for (size_t i = 0; i < 700; i++)
		assert_ptr_equal(shelf_find(index, many[i].id)->agreement, &many[i]);
	for (size_t i = 0; i < 700; i++) {
		struct cover_change change = { .removed = &many[i].id, .removed_count = 1 };
		struct cover_index *next;

		assert_int_equal(
			cover_change(&next, NULL, &scene->arena, index, &change), STATUS_OK);
		cover_release(index);
		index = next;
	}
	assert_int_equal(index->agreement_count, few);
	assert_int_equal(index->slot_count, few + 700);
	assert_int_equal(index->free_count, 700); /* to be used again */
	cover_release(index);
}

/* How many answer AAA's question for relief items at PLACE. */
static size_t relief_answers(
	const struct cover_index *index, struct scene *scene, const char *place)
{
	struct query query;
	struct answers answers;

	cover_query_init(&query, 18993, VIEWER_ALL); /* 2022-01-01 */
	query.nats[0] = world_nat(scene->world, STR("AAA"));
	query.nat_count = 1;
	query.service = world_service_find(STR("relief.items"));
	query.place = world_place(scene->world, str_of(place));
	assert_int_equal(cover_who(&answers, &scene->arena, index, &query), STATUS_OK);
	return answers.items_count;
}

/* More entries in one country than the offsets of a service can say. */
static void a_country_may_have_more_entries_than_16_bits_count(void **state)
{
	enum { COPIES = 33000 };
	struct scene *scene = *state;
	struct cover_index *few = own_index(scene, LANE_BEST), *index;
	struct accords accords = { .items = ARENA_ARRAY(&scene->arena, COPIES, struct agreement) };
	uint8_t service = world_service_find(STR("relief.items"));
	const struct agreement *buses = shelf_find(few, STR("buses"))->agreement;
	struct str last = STR("n32999");
	struct cover_change change = { .removed = &last, .removed_count = 1 };

	assert_int_equal(relief_answers(few, scene, "BBB-town"), 2);
	assert_false(few->services[service]->wide);
	for (; accords.items_count < COPIES; accords.items_count++) {
		struct agreement *copy = &accords.items[accords.items_count];

		*copy = *buses;
		copy->id = str_format(&scene->arena, "n%05zu", accords.items_count);
	}
	cover_release(few);
	assert_int_equal(cover_compile_with(&few, &(struct cover_options){ &allocator_system },
				 scene->world, &accords),
		STATUS_OK);
	assert_true(few->services[service]->wide);
	assert_int_equal(relief_answers(few, scene, "BBB-town"), 2 * COPIES);
	assert_int_equal(relief_answers(few, scene, "CCC"), 0);
	assert_int_equal(cover_change(&index, NULL, &scene->arena, few, &change), STATUS_OK);
	assert_int_equal(relief_answers(index, scene, "BB-1"), 2 * (COPIES - 1));
	cover_release(few);
	cover_release(index);
}

/* A chain of more places than a question has room for at first. */
static void a_place_may_lie_deep(void **state)
{
	struct scene *scene = *state;
	struct file_system files = memory_files_system(&scene->memory);
	struct str places = STR("");
	struct diags diags;
	struct cover_index *index;

	assert_int_equal(
		files.read(files.context, &places, &scene->arena, STR("w/places.csv"), SIZE_MAX),
		STATUS_OK);
	for (int i = 0; i < 12; i++)
		places = str_format(&scene->arena, STR_FMT "deep-%d,%s%d,locality,Deep,,,,s\n",
			STR_ARG(places), i, i ? "deep-" : "BB-", i ? i - 1 : 1);
	assert_int_equal(memory_files_put(&scene->memory, STR("w/places.csv"), places), STATUS_OK);
	diags_init(&diags, &scene->arena, 20);
	assert_int_equal(
		world_load(&scene->world, &scene->arena, &files, STR("w"), &diags), STATUS_OK);
	assert_int_equal(
		accord_load(&scene->accords, &scene->arena, scene->world, &files, STR("w"), &diags),
		STATUS_OK);
	index = own_index(scene, LANE_BEST);
	assert_int_equal(relief_answers(index, scene, "deep-11"), 2);
	assert_int_equal(relief_answers(index, scene, "CCC"), 0);
	cover_release(index);
}

/* Who belongs to a group, by the index and by the facts, on every day around which it changes. */
static void groups_are_known_by_day(void **state)
{
	struct scene *scene = *state;
	struct cover_index *index = own_index(scene, LANE_BEST);
	const struct world *world = scene->world;
	int32_t begins = date_of((struct civil){ 1991, 1, 1 });
	const int32_t dates[] = { DATE_NONE + 1, begins - 1, begins, begins + 1, 18993, INT32_MAX };
	size_t members = 0, strangers = 0;

	assert_true(world->groups_count > 0);
	for (uint32_t g = 0; g < world->groups_count; g++) {
		for (uint32_t p = 0; p < world->parties_count; p++) {
			uint16_t nat = world->parties[p].nat;

			for (size_t d = 0; nat != NAT_NONE && d < sizeof dates / sizeof *dates;
				d++) {
				bool has = world_group_has(world, g, p, dates[d]);

				assert_int_equal(
					set256_has(atlas_group(index->atlas, g, dates[d]), nat),
					has);
				members += has;
				strangers += !has;
			}
		}
	}
	assert_true(members > 0 && strangers > 0);
	cover_release(index);
}

/* ---- readers and a writer ---- */

struct current {
	struct cover_door door;
	_Atomic bool over;
	const struct query *query;
	uint8_t service;
	_Atomic size_t seen[2]; /* answers met: none, one */
	_Atomic size_t wrong;
};

static void check_snapshot(
	struct current *current, const struct cover_bands *bands, struct arena *arena)
{
	const struct cover_index *index = cover_bands_index(bands);
	struct answers first = { 0 }, second = { 0 };
	struct gaps totals;
	bool whole;

	arena_reset(arena);
	whole = cover_who(&first, arena, index, current->query) == STATUS_OK;
	cover_bands_totals(&totals, bands, current->service);
	whole &= cover_who(&second, arena, index, current->query) == STATUS_OK;
	/* One snapshot, one truth: bread is there, for the bands as for the answers. */
	whole &= first.items_count == second.items_count && first.items_count <= 1;
	whole &= (first.items_count == 1) == (totals.bands[BAND_WILL] > 0);
	if (whole)
		current->seen[first.items_count]++;
	else
		current->wrong++;
}

static void *read_snapshots(void *context)
{
	struct current *current = context;
	struct arena arena;

	arena_init(&arena, &allocator_system, (size_t)16 << 20);
	while (!current->over) {
		const struct cover_bands *bands = cover_door_take(&current->door);
		for (int i = 0; i < 8; i++)
			check_snapshot(current, bands, &arena);
		cover_bands_release(bands);
	}
	arena_free(&arena);
	return NULL;
}

static void publish(struct current *current, struct scene *scene, bool add)
{
	const struct agreement *bread = &scene->accords.items[0];
	struct cover_change change = { .added = add ? &bread : NULL,
		.added_count = add,
		.removed = add ? NULL : &bread->id,
		.removed_count = !add };
	const struct cover_bands *before = cover_door_take(&current->door);
	struct cover_touched touched;
	struct cover_index *index;
	struct cover_bands *bands;
	struct arena arena;

	arena_init(&arena, &allocator_system, (size_t)16 << 20);
	assert_int_equal(cover_change(&index, &touched, &arena, cover_bands_index(before), &change),
		STATUS_OK);
	assert_int_equal(cover_bands_change(&bands, before, index, &touched), STATUS_OK);
	cover_door_put(&current->door, bands);
	cover_bands_release(before);
	cover_release(index);
	arena_free(&arena);
}

static void readers_see_whole_snapshots(void **state)
{
	struct scene *scene = *state;
	struct current current = { .over = false };
	struct people_count count;
	struct cover_index *index = own_index(scene, LANE_BEST);
	struct cover_bands *bands;
	struct query query;
	pthread_t readers[3];

	cover_door_init(&current.door);
	assert_null(cover_door_take(&current.door));
	assert_int_equal(
		world_people(&count, &scene->arena, scene->world, scene->world->as_of), STATUS_OK);
	assert_int_equal(cover_bands_make(&bands, index, &count, scene->world->as_of, VIEWER_ALL),
		STATUS_OK);
	cover_release(index);
	cover_door_put(&current.door, bands);
	cover_query_init(&query, scene->world->as_of, VIEWER_ALL);
	query.nats[0] = world_nat(scene->world, STR("CCC"));
	query.nat_count = 1;
	query.place = world_place(scene->world, STR("BBB"));
	query.service = current.service = world_service_find(STR("relief.food"));
	current.query = &query;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&readers[i], NULL, read_snapshots, &current), 0);
	for (int i = 0; i < 2000 || (!current.wrong && (!current.seen[0] || !current.seen[1])); i++)
		publish(&current, scene, i % 2);
	current.over = true;
	for (size_t i = 0; i < 3; i++)
		pthread_join(readers[i], NULL);
	assert_int_equal(current.wrong, 0);
	cover_door_put(&current.door, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(paths_are_equal_to_the_last_bit),
		TEST(found_are_those_that_the_filter_passes),
		TEST(a_change_touches_what_it_names_and_shares_the_rest),
		TEST(a_post_that_closes_is_one_bit_of_one_column),
		TEST(without_facts_a_change_shares_all_columns),
		TEST(a_trial_takes_nothing_from_the_arena_it_starts_from),
		TEST(what_is_not_there_cannot_be_removed),
		TEST(shelves_split_and_empty),
		TEST(a_country_may_have_more_entries_than_16_bits_count),
		TEST(a_place_may_lie_deep),
		TEST(groups_are_known_by_day),
		TEST(readers_see_whole_snapshots),
	};
	return cmocka_run_group_tests_name("cover-index", tests, NULL, NULL);
}
