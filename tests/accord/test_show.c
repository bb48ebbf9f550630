/* show: the prose of the small pact, word for word, and widths that hold for any text. */
#include "support.h"

#include <stdio.h>

#include "accord/internal.h"

static struct str show(struct desk *desk, const struct agreement *agreement,
	const struct world *world, const char *lang, int width)
{
	struct buf out;
	buf_init(&out, &desk->bench.arena, (size_t)4 << 20);
	assert_int_equal(
		accord_show(&out, &desk->bench.arena, agreement, world, str_of(lang), width),
		STATUS_OK);
	return buf_str(&out);
}

static void read_pact(struct desk *desk, struct agreement *out)
{
	desk_put(desk, "pact.yaml", str_of(desk_pact));
	desk_put(desk, "pact.annex.csv", str_of(desk_annex));
	assert_int_equal(desk_read(desk, out, "pact.yaml"), STATUS_OK);
}

static void test_prose(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	struct str golden;
	desk_open(&desk);
	read_pact(&desk, &pact);
	struct str text = show(&desk, &pact, desk.world, "en", 80);
	assert_int_equal(file_system_disk.read(NULL, &golden, &desk.bench.arena,
				 STR("tests/accord/fixture/pact.txt"), 1 << 20),
		STATUS_OK);
	if (!str_eq(text, golden)) {
		fprintf(stderr, STR_FMT, STR_ARG(text));
		fail_msg("the prose differs from tests/accord/fixture/pact.txt");
	}
	desk_close(&desk);
}

static bool holds(struct str text, const char *what)
{
	return strstr(text.ptr, what) != NULL;
}

static void test_duties(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	struct str text = show(&desk, &pact, desk.world, "fr", 10000);
	assert_true(str_starts(text, "Le pacte\n"));
	assert_true(holds(text, "The person's own State, where it has a resident post or an "
				"honorary post, may give "));
	assert_true(holds(text, "The parish promises to give shelter, to people of any "
				"nationality, if child or injured; in the zone valley;"));
	assert_true(holds(text, "Each member of the group club that has a resident post there is "
				"obliged to give "));
	assert_true(holds(text, "5000.00 EUR") && holds(text, "120000 JPY per person"));
	/* without a world ids stay */
	text = show(&desk, &pact, NULL, "en", 10000);
	assert_true(holds(text, "\n   parish promises to give"));
	desk_close(&desk);
}

static void test_widths(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	for (int width = 20; width < 130; width += 7) {
		struct str rest = show(&desk, &pact, desk.world, "en", width), line;
		while (rest.len) {
			const char *end = memchr(rest.ptr, '\n', rest.len);
			assert_non_null(end);
			line = str_sub(rest, 0, (size_t)(end - rest.ptr));
			rest = str_sub(rest, line.len + 1, rest.len);
			struct str words = str_trim(line), word;
			bool many = str_next_word(&words, " ", &word) &&
				    str_next_word(&words, " ", &word);
			if (many && accord_columns(line) > (size_t)width)
				fail_msg("wider than %d: %.*s", width, (int)line.len, line.ptr);
		}
	}
	desk_close(&desk);
}

static void test_columns(void **state)
{
	(void)state;
	assert_int_equal(accord_columns(STR("abc")), 3);
	assert_int_equal(accord_columns(STR("e\xcc\x81")), 1);
	assert_int_equal(accord_columns(STR("漢字")), 4);
	assert_int_equal(accord_columns(STR("\xd9\x83\xd9\x8e")), 1); /* kaf with fatha */
	assert_int_equal(accord_columns(STR("⟨x⟩")), 3);
}

/* Every agreement of the data reads as prose. */
static void test_data(void **state)
{
	(void)state;
	struct desk desk;
	struct world *world;
	struct accords accords;
	desk_open(&desk);
	assert_int_equal(world_load(&world, &desk.bench.arena, &file_system_disk, STR("data"),
				 &desk.bench.diags),
		STATUS_OK);
	assert_int_equal(accord_load(&accords, &desk.bench.arena, world, &file_system_disk,
				 STR("data"), &desk.bench.diags),
		STATUS_OK);
	for (size_t i = 0; i < accords.items_count; i++) {
		struct str text = show(&desk, &accords.items[i], world, "en", 80);
		assert_true(holds(text, accords.items[i].id.ptr) && text.len > 300);
		assert_int_equal(utf8_valid_prefix(text), text.len);
	}
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prose),
		cmocka_unit_test(test_duties),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
