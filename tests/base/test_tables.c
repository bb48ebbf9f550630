/* Symbols against a linear search, sets against plain flags. */
#include "support.h"

static void test_symbols_like_a_list(void **state)
{
	enum { KEYS = 3000 };
	struct bench bench;
	struct symbols symbols;
	struct random random = random_seeded(support_seed());
	struct {
		struct str key;
		uint32_t value;
	} * list;
	size_t count = 0;
	(void)state;
	bench_open(&bench);
	list = arena_get_array(&bench.arena, KEYS, sizeof *list);
	symbols_init(&symbols, &bench.arena);
	assert_int_equal(symbols_get(&symbols, STR("x")), SYMBOL_NONE);
	for (uint32_t i = 0; i < KEYS; i++) {
		struct str key = support_text(&bench.arena, &random, 3);
		uint32_t existing = 1, known = SYMBOL_NONE;
		for (size_t k = 0; k < count && known == SYMBOL_NONE; k++)
			if (str_eq(list[k].key, key))
				known = list[k].value;
		assert_int_equal(symbols_get(&symbols, key), known);
		assert_int_equal(symbols_put(&symbols, key, i, &existing), STATUS_OK);
		assert_int_equal(existing, known);
		if (known == SYMBOL_NONE) {
			list[count].key = key;
			list[count++].value = i;
		}
	}
	assert_int_equal(symbols.count, count);
	for (size_t k = 0; k < count; k++)
		assert_int_equal(symbols_get(&symbols, list[k].key), list[k].value);
	bench_close(&bench);
}

/* So many that some share all 32 bits of their hash. */
static void test_symbols_many(void **state)
{
	enum { KEYS = 300000 };
	struct bench bench;
	struct symbols symbols;
	(void)state;
	bench_open(&bench);
	symbols_init(&symbols, &bench.arena);
	struct str *keys = ARENA_ARRAY(&bench.arena, KEYS, struct str);
	for (uint32_t i = 0; i < KEYS; i++) {
		uint32_t existing = 0;
		keys[i] = str_format(&bench.arena, "%u", i);
		assert_int_equal(symbols_put(&symbols, keys[i], i, &existing), STATUS_OK);
		assert_int_equal(existing, SYMBOL_NONE);
	}
	for (uint32_t i = 0; i < KEYS; i++)
		assert_int_equal(symbols_get(&symbols, keys[i]), i);
	bench_close(&bench);
}

static void test_symbols_empty_key_and_no_memory(void **state)
{
	struct bench bench;
	struct arena none;
	struct symbols symbols;
	(void)state;
	bench_open(&bench);
	symbols_init(&symbols, &bench.arena);
	assert_int_equal(symbols_put(&symbols, STR_NONE, 7, NULL), STATUS_OK);
	assert_int_equal(symbols_get(&symbols, STR("")), 7);
	assert_int_equal(symbols_get(&symbols, (struct str){ "\0", 1 }), SYMBOL_NONE);
	arena_init(&none, &allocator_system, 0);
	symbols_init(&symbols, &none);
	assert_int_equal(symbols_put(&symbols, STR("a"), 1, NULL), STATUS_NO_MEMORY);
	assert_int_equal(symbols_get(&symbols, STR("a")), SYMBOL_NONE);
	bench_close(&bench);
}

static struct set256 random_set(struct random *random, bool flags[256])
{
	struct set256 set = { { 0 } };
	for (unsigned i = 0; i < 256; i++)
		flags[i] = false;
	uint32_t changes = random_below(random, 300);
	for (uint32_t k = 0; k < changes; k++) {
		unsigned i = random_below(random, 256);
		bool add = random_chance(random, 70);
		flags[i] = add;
		if (add)
			set256_add(&set, i);
		else
			set256_remove(&set, i);
	}
	return set;
}

static void test_sets_like_flags(void **state)
{
	struct random random = random_seeded(support_seed());
	(void)state;
	for (int round = 0; round < 2000; round++) {
		bool a[256], b[256];
		struct set256 x = random_set(&random, a), y = random_set(&random, b);
		struct set256 both = set256_and(x, y), any = set256_or(x, y);
		struct set256 less = set256_minus(x, y);
		unsigned count = 0;
		for (unsigned i = 0; i < 256; i++) {
			count += a[i];
			assert_int_equal(set256_has(&x, i), a[i]);
			assert_int_equal(set256_has(&both, i), a[i] && b[i]);
			assert_int_equal(set256_has(&any, i), a[i] || b[i]);
			assert_int_equal(set256_has(&less, i), a[i] && !b[i]);
		}
		assert_int_equal(set256_count(&x), count);
		assert_int_equal(set256_empty(&x), count == 0);
	}
}

static void test_sets_below(void **state)
{
	(void)state;
	for (unsigned count = 0; count <= 256; count++) {
		struct set256 set = set256_below(count);
		assert_int_equal(set256_count(&set), count);
		for (unsigned i = 0; i < 256; i++)
			assert_int_equal(set256_has(&set, i), i < count);
	}
}

/* Keys that differ in one byte, wherever it is, are different; of every length. */
static void test_short_texts(void **state)
{
	char a[40], b[40];
	struct bench bench;
	struct symbols symbols;
	uint32_t existing, number = 0;
	(void)state;
	bench_open(&bench);
	symbols_init(&symbols, &bench.arena);
	memset(a, 'x', sizeof a);
	for (size_t length = 0; length <= sizeof a; length++) {
		struct str whole = str_copy(&bench.arena, (struct str){ a, length });
		assert_int_equal(symbols_put(&symbols, whole, number++, &existing), STATUS_OK);
		assert_int_equal(existing, SYMBOL_NONE);
		memcpy(b, a, sizeof b);
		assert_true(str_eq_short((struct str){ b, length }, whole));
		assert_true(length == 0 || !str_eq_short((struct str){ b, length - 1 }, whole));
		for (size_t i = 0; i < length; i++) {
			b[i] = 'y';
			struct str other = str_copy(&bench.arena, (struct str){ b, length });
			assert_false(str_eq_short(other, whole));
			assert_int_equal(symbols_get(&symbols, other), SYMBOL_NONE);
			assert_int_equal(
				symbols_put(&symbols, other, number, &existing), STATUS_OK);
			assert_int_equal(existing, SYMBOL_NONE);
			assert_int_equal(symbols_get(&symbols, other), number++);
			b[i] = 'x';
		}
	}
	assert_int_equal(symbols.count, number);
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbols_like_a_list),
		cmocka_unit_test(test_symbols_many),
		cmocka_unit_test(test_symbols_empty_key_and_no_memory),
		cmocka_unit_test(test_sets_like_flags),
		cmocka_unit_test(test_sets_below),
		cmocka_unit_test(test_short_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
