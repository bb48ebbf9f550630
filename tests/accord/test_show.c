/* show: the prose of three small documents in each language, word for word, and what tells the
 * duties apart. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "accord/prose.h"

static struct str show(struct desk *desk, const struct agreement *agreement,
	const struct world *world, enum lang lang, int width)
{
	struct buf out;
	buf_init(&out, &desk->bench.arena, (size_t)4 << 20);
	assert_int_equal(
		accord_show(&out, &desk->bench.arena, agreement, world, lang, width), STATUS_OK);
	return buf_str(&out);
}

static void read_pact(struct desk *desk, struct agreement *out)
{
	desk_put(desk, "pact.yaml", str_of(desk_pact));
	desk_put(desk, "pact.annex.csv", str_of(desk_annex));
	assert_int_equal(desk_read(desk, out, "pact.yaml"), STATUS_OK);
}

/* Three documents in four languages, word for word: a pact of nearly every field, a template with
 * blanks, and an agreement whose texts exist in several languages. What the prose is may be written
 * anew with SHOW_WRITE=1 in the environment; then read the difference as a native would. */
static void test_prose(void **state)
{
	static const char *const names[] = { "pact", "template", "refuge" };
	(void)state;
	struct desk desk;
	struct agreement agreement;
	struct str input, golden;
	size_t faults = 0;
	desk_open(&desk);
	read_pact(&desk, &agreement);
	for (size_t i = 0; i < sizeof names / sizeof names[0] * LANGS; i++) {
		const char *name = names[i / LANGS], *lang = accord_lang_tags[i % LANGS].ptr;
		struct str path;
		if (i >= LANGS && i % LANGS == 0) {
			path = str_format(&desk.bench.arena, "tests/accord/fixture/%s.yaml", name);
			assert_int_equal(file_system_disk.read(
						 NULL, &input, &desk.bench.arena, path, 1 << 20),
				STATUS_OK);
			path = str_format(&desk.bench.arena, "%s.yaml", name);
			desk_put(&desk, path.ptr, input);
			if (desk_read(&desk, &agreement, path.ptr) != STATUS_OK)
				fail_msg("%s", bench_told(&desk.bench).ptr);
		}
		struct str text = show(&desk, &agreement, desk.world, (enum lang)(i % LANGS), 80);
		path = str_format(&desk.bench.arena, "tests/accord/fixture/%s.%s.txt", name, lang);
		if (getenv("SHOW_WRITE")) {
			FILE *file = fopen(path.ptr, "wb");
			assert_non_null(file);
			fwrite(text.ptr, 1, text.len, file);
			assert_int_equal(fclose(file), 0);
		}
		assert_int_equal(
			file_system_disk.read(NULL, &golden, &desk.bench.arena, path, 1 << 20),
			STATUS_OK);
		if (!str_eq(text, golden)) {
			fprintf(stderr, STR_FMT "\ndiffers from %s\n", STR_ARG(text), path.ptr);
			faults++;
		}
	}
	assert_int_equal(faults, 0);
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
	struct str text = show(&desk, &pact, desk.world, LANG_EN, 10000);
	assert_true(holds(text, "The person's own State, where it has a resident post or an "
				"honorary post, may give "));
	assert_true(holds(text, "The parish promises to give shelter, to people of any "
				"nationality, if a child or injured; in the zone valley;"));
	assert_true(holds(text, "Each member of the group club that has a resident post there is "
				"obliged to give "));
	assert_true(holds(text, "5,000.00\u00a0EUR") && holds(text, "120,000\u00a0JPY per person"));
	text = show(&desk, &pact, desk.world, LANG_FR, 10000);
	assert_true(str_starts(text, "Le pacte\n"));
	assert_true(
		holds(text, "Prestataire\u00a0: l'État de la personne, là où il a un poste "
			    "résident ou un poste honoraire. Peut fournir, sans y être obligé"));
	assert_true(holds(text, "S'engage à fournir\u00a0: hébergement."));
	assert_true(holds(text, "Est tenu de fournir\u00a0: évacuation."));
	assert_true(holds(text, "5\u00a0000,00\u00a0EUR"));
	/* without a world ids stay */
	text = show(&desk, &pact, NULL, LANG_EN, 10000);
	assert_true(holds(text, "\n   parish promises to give"));
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prose),
		cmocka_unit_test(test_duties),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
