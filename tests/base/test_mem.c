/* Arenas: zeroed, aligned, apart from each other, bounded, and given back to the last byte. */
#include "support.h"

static void test_pieces_are_zeroed_aligned_and_apart(void **state)
{
	struct counting counting = { 0 };
	struct allocator allocator = counting_allocator(&counting);
	struct arena arena;
	struct random random = random_seeded(support_seed());
	enum { PIECES = 3000 };
	static struct {
		unsigned char *ptr;
		size_t size;
	} pieces[PIECES];
	(void)state;
	arena_init(&arena, &allocator, (size_t)1 << 30);
	for (size_t i = 0; i < PIECES; i++) {
		size_t size = random_chance(&random, 1) ? random_below(&random, 3 << 20)
							: random_below(&random, 200);
		pieces[i].ptr = arena_get(&arena, size);
		pieces[i].size = size;
		assert_non_null(pieces[i].ptr);
		assert_int_equal((uintptr_t)pieces[i].ptr % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(pieces[i].ptr[k], 0);
		memset(pieces[i].ptr, (int)(i % 255) + 1, size);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t k = 0; k < pieces[i].size; k++)
			assert_int_equal(pieces[i].ptr[k], i % 255 + 1);
	assert_int_equal(arena.used, counting.live_bytes);
	arena_free(&arena);
	assert_int_equal(counting.live, 0);
	assert_int_equal(counting.live_bytes, 0);
	arena_free(&arena);
}

static void test_nothing_is_a_piece_too(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	void *a = arena_get(&bench.arena, 0), *b = arena_get(&bench.arena, 0);
	assert_non_null(a);
	assert_non_null(b);
	assert_ptr_not_equal(a, b);
	bench_close(&bench);
	struct arena zeroed = { 0 };
	arena_free(&zeroed);
}

static void test_maximum_holds(void **state)
{
	struct counting counting = { 0 };
	struct allocator allocator = counting_allocator(&counting);
	(void)state;
	for (size_t max = 0; max < 20000; max += 777) {
		struct arena arena;
		size_t got = 0;
		arena_init(&arena, &allocator, max);
		while (arena_get(&arena, 100))
			got += 100;
		assert_true(arena.used <= max && counting.live_bytes <= max);
		assert_true(max < 300 || got >= max / 2);
		assert_null(arena_get(&arena, SIZE_MAX));
		assert_null(arena_get(&arena, SIZE_MAX - 8));
		assert_null(arena_get_array(&arena, SIZE_MAX / 2, 3));
		arena_free(&arena);
		assert_int_equal(counting.live_bytes, 0);
	}
}

static void test_grow_keeps_and_zeroes(void **state)
{
	struct bench bench;
	uint32_t first[3] = { 1, 2, 3 };
	(void)state;
	bench_open(&bench);
	const uint32_t *grown = arena_grow(&bench.arena, first, 3, 6, sizeof *first);
	const uint32_t expected[6] = { 1, 2, 3 };
	assert_memory_equal(grown, expected, sizeof expected);
	assert_non_null(arena_grow(&bench.arena, NULL, 0, 4, 8));
	assert_null(arena_grow(&bench.arena, first, 3, SIZE_MAX / 2, sizeof *first));
	bench_close(&bench);
}

static void test_push_counts_and_survives_failure(void **state)
{
	struct counting counting = { 0 };
	struct allocator allocator = counting_allocator(&counting);
	struct arena arena;
	void *items = NULL;
	size_t count = 0, capacity = 0;
	(void)state;
	arena_init(&arena, &allocator, 1 << 20);
	for (;;) {
		size_t before = count;
		uint64_t *item = arena_push(&arena, &items, &count, &capacity, sizeof *item);
		if (!item) {
			assert_int_equal(count, before);
			break;
		}
		assert_int_equal(count, before + 1);
		assert_int_equal(*item, 0);
		*item = before;
	}
	assert_true(count > 10000);
	count--;
	uint64_t *again = arena_push(&arena, &items, &count, &capacity, sizeof *again);
	assert_int_equal(*again, 0);
	*again = count - 1;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(((uint64_t *)items)[i], i);
	arena_free(&arena);
	assert_int_equal(counting.live, 0);
}

static void test_failing_allocator_leaves_arena_usable(void **state)
{
	struct counting counting = { .fail_at = 2 };
	struct allocator allocator = counting_allocator(&counting);
	struct arena arena;
	(void)state;
	arena_init(&arena, &allocator, 1 << 24);
	char *first = arena_get(&arena, 10);
	assert_non_null(first);
	first[9] = 'x';
	assert_null(arena_get(&arena, 1 << 20));
	assert_non_null(arena_get(&arena, 1 << 20));
	assert_int_equal(first[9], 'x');
	arena_free(&arena);
	assert_int_equal(counting.live, 0);
}

/* A reset arena is empty and keeps one block: what fits it asks for no other. */
static void test_reset_keeps_the_largest_block(void **state)
{
	(void)state;
	struct bench bench;
	bench_open(&bench);
	for (int i = 0; i < 100; i++)
		assert_non_null(arena_get(&bench.arena, 5000));
	arena_reset(&bench.arena);
	size_t used = bench.arena.used;
	assert_true(used > 5000);
	for (int round = 0; round < 50; round++) {
		char *piece = arena_get(&bench.arena, 5000);
		assert_non_null(piece);
		for (size_t i = 0; i < 5000; i++)
			assert_int_equal(piece[i], 0); /* zeroed again, whatever was there */
		memset(piece, 7, 5000);
		char *raw = arena_get_raw(&bench.arena, 100);
		assert_non_null(raw);
		memset(raw, 7, 100);
		arena_reset(&bench.arena);
	}
	assert_int_equal(bench.arena.used, used);
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(test_nothing_is_a_piece_too),
		cmocka_unit_test(test_maximum_holds),
		cmocka_unit_test(test_grow_keeps_and_zeroes),
		cmocka_unit_test(test_push_counts_and_survives_failure),
		cmocka_unit_test(test_failing_allocator_leaves_arena_usable),
		cmocka_unit_test(test_reset_keeps_the_largest_block),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
