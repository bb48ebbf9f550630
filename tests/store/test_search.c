/* Search against an obvious one: words of ASCII letters, told apart by hand. Whatever is typed is
 * data (search-plain), and marks are what a text cannot hold itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <cmocka.h>
#include "store/search.h"

#define TEXTS 60
#define WORDS 12

static struct arena arena;
static uint64_t seed;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct search_hits find(const struct search_index *index, struct str words)
{
	struct search_hits hits;

	assert_int_equal(search_find(&hits, &arena, index, words), STATUS_OK);
	return hits;
}

static const struct search_text library[] = {
	{ STR("Evacuation by sea"), STR("IOM · Japan · Japon · اليابان"),
		STR("Ships took migrants from a port. <b>NEAR</b> the port was a \"safe\" "
		    "place.") },
	{ STR("Telephone trees"), STR("Croix-Rouge · Côte d'Ivoire"),
		STR("Each ring is called in turn; the migrant association helps. Évacuation.") },
	{ STR("وثائق السفر"), STR("المفوضية"), STR("إصدار وَثِيقَةِ سفر للعالقين") },
	{ STR(""), STR(""), STR("") },
};
#define LIBRARY (sizeof library / sizeof library[0])

static void words_are_found(void **state)
{
	static const struct {
		const char *words;
		unsigned hits; /* bits of texts */
		bool some;
	} rows[] = {
		{ "evacuation", 3, false },
		{ "EVACUATION sea", 1, false },
		{ "évac", 3, false },
		{ "e\u0301vacuation", 3, false },
		{ "cote ivoire", 2, false },
		{ "migrants tel", 2, false },
		{ "sea tel", 3, true },
		{ "migrant tel", 2, false },
		{ "port sea", 1, false },
		{ "Japon", 1, false },
		{ "اليابان", 1, false },
		{ "وثيقة", 4, false },
		{ "وَثِيقَةِ", 4, false },
		{ "السفـــر", 4, false },
		{ "zebra", 0, false },
		{ "telephone associations", 2, false },
		{ "vessel", 0, false },
		{ "telephones ring", 2, false },
		{ "place ship", 1, false },
		{ "zebra sea", 1, true },
		{ "", 0, false },
		{ "   ", 0, false },
		/* what is not a word */
		{ "*", 0, false },
		{ "\"", 0, false },
		{ "\"\"\"", 0, false },
		{ "(", 0, false },
		{ "evacuation ***", 3, false },
		{ "*** evacuation", 3, false },
		/* nothing of the engine's own language */
		{ "NEAR", 1, false },
		{ "NEAR(port safe)", 1, true },
		{ "evacuation OR ships", 3, true },
		{ "evacuation NOT sea", 3, true },
		{ "title:evacuation", 0, false },
		{ "{title about}:sea", 0, false },
		{ "\"safe\" \"place\"", 1, false },
		{ "\"safe place\"", 1, false },
		{ "^evacuation", 3, false },
		{ "evacuation + sea", 1, false },
		{ "-evacuation", 3, false },
		{ "words", 0, false },
		{ "rank", 0, false },
		{ "'; DROP TABLE words; --", 0, false },
	};
	struct search_index *index;
	int wrong = 0;

	(void)state;
	assert_int_equal(search_build(&index, &arena, library, LIBRARY), STATUS_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct search_hits hits = find(index, str_of(rows[i].words));
		unsigned got = 0;
		for (size_t j = 0; j < hits.count; j++)
			got |= 1u << hits.items[j].item;
		if (got != rows[i].hits || hits.some != rows[i].some) {
			print_message("# %s: %x some=%d\n", rows[i].words, got, hits.some);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static struct str marked(const struct search_hit *hit)
{
	struct buf out;

	buf_init(&out, &arena, 10000);
	for (size_t i = 0; i < hit->pieces_count; i++) {
		buf_add_c(&out, hit->pieces[i].marked ? "[" : "");
		buf_add(&out, hit->pieces[i].text);
		buf_add_c(&out, hit->pieces[i].marked ? "]" : "");
	}
	return buf_str(&out);
}

static void excerpts_are_marked(void **state)
{
	static const struct search_text texts[] = {
		{ STR("One \x02two\x03"), STR("three"),
			STR("four \x03 \x02"
			    "five\x03 six") },
		{ STR("seven"), STR("eight"), STR("nine ten") },
	};
	static const char *const rows[][2] = { { "five", "four    [five]  six" },
		{ "three", "[three]" }, { "seven", "nine ten" }, { "eight seven", "[eight]" },
		{ "te", "nine [ten]" }, { "six four", "[four]    five  [six]" } };
	struct search_index *index;

	(void)state;
	assert_int_equal(search_build(&index, &arena, texts, 2), STATUS_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct search_hits hits = find(index, str_of(rows[i][0]));
		assert_int_equal(hits.count, 1);
		assert_string_equal(marked(&hits.items[0]).ptr, rows[i][1]);
	}
}

static void hostile_words_are_data(void **state)
{
	static const char bytes[] = "\"'*():^{}-+,.;|&<>~!@#$%`\\/[]= \t\n\r\x01\x02\x03\x7f"
				    "NEARORANDNOT\xff\xfe\xc0\x80\xed\xa0\x80\xd9\x8b";
	struct search_index *index;
	struct random random;
	char words[2048];

	(void)state;
	random = random_seeded(seed);
	assert_int_equal(search_build(&index, &arena, library, LIBRARY), STATUS_OK);
	for (int round = 0; round < 3000; round++) {
		size_t len = random_below(&random, round % 100 ? 40 : sizeof words);
		struct search_hits hits;
		for (size_t i = 0; i < len; i++)
			words[i] = bytes[random_below(&random, sizeof bytes)]; /* NUL too */
		enum status status = search_find(&hits, &arena, index, (struct str){ words, len });
		assert_true(status == STATUS_OK || status == STATUS_REFUSED);
	}
	struct search_hits hits = find(index, (struct str){ "sea\0vacuation", 13 });
	assert_int_equal(hits.count, 1); /* NUL parts words; one is in no text */
	assert_true(hits.some);
	memset(words, 'a', 2000);
	assert_int_equal(find(index, (struct str){ words, 2000 }).count, 0);
	memset(words, '"', 2000);
	assert_int_equal(find(index, (struct str){ words, 2000 }).count, 0);
	for (size_t i = 0; i < 2000; i++)
		words[i] = i % 2 ? ' ' : 'e';
	struct str many = { words, 2 * SEARCH_WORDS_MAX };
	assert_int_equal(search_find(&hits, &arena, index, many), STATUS_OK);
	many.len++;
	assert_int_equal(search_find(&hits, &arena, index, many), STATUS_REFUSED);
	many.len = 2000;
	assert_int_equal(search_find(&hits, &arena, index, many), STATUS_REFUSED);
}

/* ---- against an obvious search ---- */

/* Whether TEXT, words between single blanks, has WORD; PREFIX: or one that begins so. */
static bool has(struct str text, struct str word, bool prefix)
{
	struct str rest = text, next;

	while (str_next_word(&rest, " ", &next))
		if (str_eq(prefix ? str_sub(next, 0, word.len) : next, word))
			return true;
	return false;
}

static bool any_has(const struct search_text *text, struct str word, bool prefix)
{
	return has(text->title, word, prefix) || has(text->about, word, prefix) ||
	       has(text->body, word, prefix);
}

/* Some of few words of few letters, so that many are alike. */
static struct str random_text(struct random *random, size_t most)
{
	struct buf out;
	size_t count = random_below(random, most + 1);

	buf_init(&out, &arena, 10000);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(&out, ' ');
		for (size_t letters = 1 + random_below(random, 3); letters > 0; letters--)
			buf_add_char(&out, (char)('a' + random_below(random, 3)));
	}
	return out.len ? buf_str(&out) : STR("");
}

static void same_as_an_obvious_search(void **state)
{
	struct search_text texts[TEXTS];
	struct random random;

	(void)state;
	random = random_seeded(seed + 1);
	for (int world = 0; world < 10; world++) {
		struct search_index *index;
		for (size_t i = 0; i < TEXTS; i++)
			texts[i] = (struct search_text){ random_text(&random, 2),
				random_text(&random, 3), random_text(&random, WORDS) };
		assert_int_equal(search_build(&index, &arena, texts, TEXTS), STATUS_OK);
		for (int query = 0; query < 100; query++) {
			struct str words = random_text(&random, 4), rest, word;
			struct search_hits hits = find(index, words);
			bool all[TEXTS], some[TEXTS], full = false, got[TEXTS] = { false };
			for (size_t i = 0; i < TEXTS; i++) {
				all[i] = words.len > 0;
				some[i] = false;
				rest = words;
				while (str_next_word(&rest, " ", &word)) {
					bool in = any_has(&texts[i], word, rest.len == 0);
					all[i] = all[i] && in;
					some[i] = some[i] || in;
				}
				full = full || all[i];
			}
			for (size_t i = 0; i < hits.count; i++) {
				assert_false(got[hits.items[i].item]); /* each once */
				got[hits.items[i].item] = true;
			}
			for (size_t i = 0; i < TEXTS; i++)
				assert_int_equal(got[i], full ? all[i] : some[i]);
			assert_int_equal(hits.some, !full && hits.count > 0);
		}
	}
}

static void *search_often(void *context)
{
	struct arena mine;
	bool good = true;

	arena_init(&mine, &allocator_system, (size_t)1 << 28);
	for (int i = 0; i < 300; i++) {
		struct search_hits hits;
		good = good && search_find(&hits, &mine, context, STR("evac")) == STATUS_OK &&
		       hits.count == 2;
	}
	arena_free(&mine);
	return good ? context : NULL;
}

static void threads_search_at_once(void **state)
{
	struct search_index *index;
	pthread_t threads[4];

	(void)state;
	assert_int_equal(search_build(&index, &arena, library, LIBRARY), STATUS_OK);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, search_often, index), 0);
	for (size_t i = 0; i < 4; i++) {
		void *result;
		pthread_join(threads[i], &result);
		assert_non_null(result);
	}
}

/* Every allocation that comes from the arena fails once; nothing leaks, nothing is half done. */
static void memory_may_be_wanting(void **state)
{
	(void)state;
	for (size_t max = 64; max < (size_t)1 << 18; max += max / 3 + 40) {
		struct search_index *index;
		struct search_hits hits;
		struct arena small;
		arena_init(&small, &allocator_system, max);
		enum status status = search_build(&index, &small, library, LIBRARY);
		assert_true(status == STATUS_NO_MEMORY || (status == STATUS_OK && index));
		if (status == STATUS_OK) {
			status = search_find(&hits, &small, index, STR("evac sea"));
			assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
		}
		arena_free(&small);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(words_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(excerpts_are_marked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hostile_words_are_data, set_up, tear_down),
		cmocka_unit_test_setup_teardown(same_as_an_obvious_search, set_up, tear_down),
		cmocka_unit_test_setup_teardown(threads_search_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(memory_may_be_wanting, set_up, tear_down),
	};
	const char *text = getenv("SEED");

	seed = text ? strtoull(text, NULL, 10) : random_system_seed();
	printf("# seed %llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
