/* What prose owes to every document in every language: lines that fit, isolates that balance on
 * each line, no letter of another script outside them, and tables without holes. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "accord/prose.h"

static const int widths[] = { 20, 40, 80, 120 };

static bool is_ascii_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_arabic(uint32_t c)
{
	return c >= 0x0600 && c <= 0x06ff;
}

/* A line of prose in LANG: NULL if it is as it should be, else what is wrong. */
static const char *wrong_with(struct str line, enum lang lang, size_t width)
{
	int depth = 0;
	bool foreign = false;
	for (size_t i = 0; i < line.len;) {
		uint32_t c = utf8_next(line, &i);
		depth += c >= 0x2066 && c <= 0x2068;
		depth -= c == 0x2069;
		if (depth < 0)
			return "an isolate ends that did not begin";
		foreign = foreign ||
			  (depth == 0 && (lang == LANG_AR ? is_ascii_letter(c) : is_arabic(c)));
	}
	if (depth)
		return "an isolate does not end";
	if (foreign)
		return "letters of another direction outside isolates";
	if (lang == LANG_AR && !str_starts(line, "\xe2\x80\x8f"))
		return "no mark of direction at its head";
	struct str words = line, word;
	if (lang == LANG_AR)
		words = str_sub(line, 3, line.len);
	bool many = str_next_word(&words, " ", &word) && str_next_word(&words, " ", &word);
	return many && text_columns(line) > width ? "too wide" : NULL;
}

static void check_lines(struct str text, enum lang lang, int width)
{
	assert_int_equal(utf8_valid_prefix(text), text.len);
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		assert_non_null(end);
		struct str line = str_sub(text, 0, (size_t)(end - text.ptr));
		text = str_sub(text, line.len + 1, text.len);
		const char *wrong = line.len ? wrong_with(line, lang, (size_t)width) : NULL;
		if (wrong)
			fail_msg("%s at width %d: %s: %.*s", accord_lang_tags[lang].ptr, width,
				wrong, (int)line.len, line.ptr);
	}
}

/* TEXT without what lines add: blanks, ends of lines, marks of direction. */
static struct str without_lines(struct arena *arena, struct str text)
{
	struct buf out;
	buf_init(&out, arena, (size_t)16 << 20);
	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);
		if (c != ' ' && c != '\n' && c != 0x200f && !(c >= 0x2066 && c <= 0x2069))
			buf_add_utf8(&out, c);
	}
	assert_false(out.failed);
	return buf_str(&out);
}

/* In every language, at every width: lines as they should be, and the same words. */
static void show_everywhere(const struct agreement *agreement, const struct world *world)
{
	for (int lang = 0; lang < LANGS; lang++) {
		struct arena arena;
		struct str first = STR_NONE;
		arena_init(&arena, &allocator_system, (size_t)256 << 20);
		for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
			struct buf out;
			buf_init(&out, &arena, (size_t)16 << 20);
			assert_int_equal(accord_show(&out, &arena, agreement, world,
						 (enum lang)lang, widths[i]),
				STATUS_OK);
			check_lines(buf_str(&out), (enum lang)lang, widths[i]);
			struct str words = without_lines(&arena, buf_str(&out));
			if (i == 0)
				first = words;
			assert_true(str_eq(words, first));
		}
		arena_free(&arena);
	}
}

/* Every agreement of the data reads as prose in every language. */
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
	assert_true(accords.items_count > 20);
	for (size_t i = 0; i < accords.items_count; i++)
		show_everywhere(&accords.items[i], world);
	desk_close(&desk);
}

/* Random documents, with a world and without. */
static void test_random(void **state)
{
	(void)state;
	struct desk desk;
	uint64_t seed = support_seed();
	for (int i = 0; i < 150; i++) {
		struct random random = random_seeded(seed + (uint64_t)i);
		struct node *tree;
		desk_open(&desk);
		struct str input = desk_random(&desk.bench.arena, &random);
		assert_int_equal(accord_parse(&tree, &desk.bench.arena, STR("a.yaml"), input,
					 &desk.bench.diags),
			STATUS_OK);
		struct agreement agreement = { .tree = tree,
			.is_template = accord_is_template(tree) };
		show_everywhere(&agreement, desk.world);
		show_everywhere(&agreement, NULL);
		desk_close(&desk);
	}
}

/* The slots of a pattern, as bits; fails on any other brace. */
static unsigned slots_of(const char *pattern)
{
	unsigned slots = 0;
	for (const char *p = pattern; *p; p++) {
		assert_true(*p != '}');
		if (*p != '{')
			continue;
		assert_true(p[1] >= '0' && p[1] < '0' + PHRASE_SLOTS && p[2] == '}');
		assert_true(!(slots & 1u << (p[1] - '0'))); /* each once */
		slots |= 1u << (p[1] - '0');
		p += 2;
	}
	return slots;
}

static void check_text(const char *text, enum lang lang, const char *of)
{
	struct str s = str_of(text);
	bool letters = false;
	if (!text)
		fail_msg("no text of %s in %s", of, accord_lang_tags[lang].ptr);
	assert_int_equal(utf8_valid_prefix(s), s.len);
	assert_true(text_is_nfc(s));
	assert_int_equal(text_hostile(s, ""), s.len);
	for (size_t i = 0; i < s.len;) {
		uint32_t c = utf8_next(s, &i);
		letters = letters || (lang == LANG_AR ? is_ascii_letter(c) : is_arabic(c));
	}
	if (letters)
		fail_msg("letters of another language in %s of %s: %s", of,
			accord_lang_tags[lang].ptr, text);
}

static void test_phrases(void **state)
{
	(void)state;
	for (int phrase = 0; phrase < PHRASES; phrase++) {
		char name[32];
		snprintf(name, sizeof name, "phrase %d", phrase);
		for (int lang = 0; lang < LANGS; lang++) {
			const char *pattern = accord_phrases[phrase][lang];
			check_text(pattern, (enum lang)lang, name);
			if (slots_of(pattern) != slots_of(accord_phrases[phrase][LANG_EN]))
				fail_msg("%s: other slots than in English", pattern);
		}
	}
	/* What joins stands between its slots. */
	for (int phrase = PHRASE_AND_TWO; phrase <= PHRASE_THEN; phrase++)
		for (int lang = 0; lang < LANGS; lang++) {
			struct str pattern = str_of(accord_phrases[phrase][lang]);
			assert_true(str_starts(pattern, "{0}") && str_ends(pattern, "{1}"));
		}
	/* A field's phrase has one slot, for its value. */
	for (size_t i = 0; i < accord_field_count; i++)
		if (accord_fields[i].phrase != PHRASE_NULL)
			assert_int_equal(
				slots_of(accord_phrases[accord_fields[i].phrase][LANG_EN]), 1);
}

static size_t terms_of(int set, struct str word)
{
	size_t count = 0;
	for (size_t i = 0; i < accord_term_count; i++)
		count += accord_terms[i].set == set && str_is(word, accord_terms[i].word);
	return count;
}

static void test_terms(void **state)
{
	static const enum word_set_id sets[] = { WORDS_KIND, WORDS_STRENGTH, WORDS_STATE,
		WORDS_DUTY, WORDS_ROLE, WORDS_BASIS, WORDS_PHASE, WORDS_STATUS, WORDS_LEVEL,
		WORDS_SIDE, WORDS_SHARE_BASIS, WORDS_ACTOR, WORDS_DESTINATION, WORDS_PER,
		WORDS_COST_PER };
	(void)state;
	for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
		for (size_t j = 0; j < accord_words[sets[i]].count; j++) {
			struct str word = accord_words[sets[i]].words[j];
			if (terms_of((int)sets[i], word) != 1)
				fail_msg("not one term of '%s'", word.ptr);
		}
	for (size_t i = 0; i < accord_term_count; i++) {
		assert_int_equal(terms_of(accord_terms[i].set, str_of(accord_terms[i].word)), 1);
		for (int lang = 0; lang < LANGS; lang++)
			check_text(
				accord_terms[i].text[lang], (enum lang)lang, accord_terms[i].word);
	}
	for (size_t i = 0; i < accord_words[WORDS_UNIT].count; i++) {
		size_t found = 0;
		for (size_t j = 0; j < accord_counted_count; j++)
			found += str_is(accord_words[WORDS_UNIT].words[i], accord_counted[j].word);
		if (found != 1)
			fail_msg("not one row of the unit '%s'",
				accord_words[WORDS_UNIT].words[i].ptr);
	}
	for (size_t i = 0; i < accord_counted_count; i++) {
		for (int form = 0; form < 2; form++) {
			check_text(accord_counted[i].en[form], LANG_EN, accord_counted[i].word);
			check_text(accord_counted[i].fr[form], LANG_FR, accord_counted[i].word);
			check_text(accord_counted[i].es[form], LANG_ES, accord_counted[i].word);
		}
		for (int form = 0; form < 5; form++)
			check_text(accord_counted[i].ar[form], LANG_AR, accord_counted[i].word);
	}
}

/* docs/semantics.md, counted. */
static void test_counted(void **state)
{
	static const struct {
		enum lang lang;
		const char *number, *unit, *said;
	} rows[] = {
		{ LANG_EN, "0", "d", "0 days" },
		{ LANG_EN, "1", "d", "1 day" },
		{ LANG_EN, "1200", "d", "1,200 days" },
		{ LANG_FR, "0", "h", "0\u00a0heure" },
		{ LANG_FR, "1", "h", "1\u00a0heure" },
		{ LANG_FR, "2", "h", "2\u00a0heures" },
		{ LANG_FR, "1200", "h", "1\u00a0200\u00a0heures" },
		{ LANG_ES, "1", "wd", "1\u00a0día hábil" },
		{ LANG_ES, "0", "mo", "0\u00a0meses" },
		{ LANG_ES, "1200", "h", "1200\u00a0horas" },
		{ LANG_ES, "12000", "h", "12\u00a0000\u00a0horas" },
		{ LANG_AR, "0", "d", "0\u00a0يوم" },
		{ LANG_AR, "1", "d", "يوم واحد" },
		{ LANG_AR, "2", "d", "يومين" },
		{ LANG_AR, "3", "d", "3\u00a0أيام" },
		{ LANG_AR, "10", "d", "10\u00a0أيام" },
		{ LANG_AR, "11", "d", "11\u00a0يومًا" },
		{ LANG_AR, "99", "d", "99\u00a0يومًا" },
		{ LANG_AR, "100", "d", "100\u00a0يوم" },
		{ LANG_AR, "102", "d", "102\u00a0يوم" },
		{ LANG_AR, "103", "d", "103\u00a0أيام" },
		{ LANG_AR, "111", "d", "111\u00a0يومًا" },
	};
	(void)state;
	struct bench bench;
	bench_open(&bench);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct writer writer = { .arena = &bench.arena, .lang = rows[i].lang };
		assert_string_equal(
			accord_count_of(&writer, str_of(rows[i].number), str_of(rows[i].unit)).ptr,
			rows[i].said);
		assert_false(writer.failed);
	}
	bench_close(&bench);
}

static void test_joined(void **state)
{
	static const struct {
		enum lang lang;
		enum join by;
		const char *items[3], *said;
	} rows[] = {
		{ LANG_EN, JOIN_AND, { "a" }, "a" },
		{ LANG_EN, JOIN_AND, { "a", "b" }, "a and b" },
		{ LANG_EN, JOIN_OR, { "a", "b", "c" }, "a, b or c" },
		{ LANG_FR, JOIN_AND, { "a", "b", "c" }, "a, b et c" },
		{ LANG_ES, JOIN_AND, { "Austria", "Suiza" }, "Austria y Suiza" },
		{ LANG_ES, JOIN_AND, { "Suiza", "Italia" }, "Suiza e Italia" },
		{ LANG_ES, JOIN_AND, { "agua", "hielo" }, "agua y hielo" },
		{ LANG_ES, JOIN_AND, { "padre", "hijos" }, "padre e hijos" },
		{ LANG_ES, JOIN_OR, { "siete", "ocho" }, "siete u ocho" },
		{ LANG_ES, JOIN_OR, { "Italia", "Omán", "Suiza" }, "Italia, Omán o Suiza" },
		{ LANG_AR, JOIN_AND, { "أ", "ب" }, "أ وب" },
		{ LANG_AR, JOIN_AND, { "أ", "ب", "ج" }, "أ، وب، وج" },
		{ LANG_AR, JOIN_OR, { "أ", "ب", "ج" }, "أ، ب أو ج" },
		{ LANG_FR, JOIN_THEN, { "a", "b" }, "a\u00a0; puis b" },
	};
	(void)state;
	struct bench bench;
	bench_open(&bench);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct writer writer = { .arena = &bench.arena, .lang = rows[i].lang };
		struct str items[3];
		size_t count = 0;
		for (; count < 3 && rows[i].items[count]; count++)
			items[count] = str_of(rows[i].items[count]);
		assert_string_equal(
			accord_join(&writer, items, count, rows[i].by).ptr, rows[i].said);
	}
	bench_close(&bench);
}

/* docs/semantics.md, isolates. */
static void test_isolates(void **state)
{
	(void)state;
	struct bench bench;
	struct buf out;
	bench_open(&bench);
	struct writer ar = { .arena = &bench.arena, .lang = LANG_AR },
		      fr = { .arena = &bench.arena, .lang = LANG_FR };
	assert_string_equal(accord_raw(&ar, STR("SDN")).ptr, "\xe2\x81\xa8SDN\xe2\x81\xa9");
	assert_string_equal(accord_raw(&ar, STR("5(2)")).ptr, "\xe2\x81\xa8"
							      "5(2)\xe2\x81\xa9");
	assert_string_equal(accord_raw(&ar, STR("السودان")).ptr, "السودان");
	assert_string_equal(accord_raw(&fr, STR("Soudan")).ptr, "Soudan");
	assert_string_equal(accord_raw(&fr, STR("السودان")).ptr, "\xe2\x81\xa8السودان\xe2\x81\xa9");
	/* A cut isolate is closed and opened again, in the direction that it had. */
	buf_init(&out, &bench.arena, 1 << 12);
	accord_paragraph(&out, accord_raw(&ar, STR("one two السودان")),
		(struct layout_of_lines){ 0, 2, 8, true });
	assert_string_equal(buf_str(&out).ptr, "\xe2\x80\x8f\xe2\x81\xa8one two\xe2\x81\xa9\n"
					       "\xe2\x80\x8f  \xe2\x81\xa6السودان\xe2\x81\xa9\n");
	bench_close(&bench);
}

/* docs/semantics.md, provisions. */
static void test_provisions(void **state)
{
	static const char *const rows[][2] = {
		{ "Article 5", "article 5" },
		{ "Article X", "article X" },
		{ "Article 8(1) and (2)", "article 8(1) et (2)" },
		{ "Articles 2, 6 and 9", "articles 2, 6 et 9" },
		{ "7", "clause 7" },
		{ "practice", "pratique" },
		{ "Article 28 and Schedule", "Article 28 and Schedule" },
		{ "Article 5 and", "Article 5 and" },
		{ "Article ", "Article " },
		{ "Article and 5", "Article and 5" },
		{ "Statute 8 and 10", "Statute 8 and 10" },
	};
	(void)state;
	struct bench bench;
	bench_open(&bench);
	struct writer writer = { .arena = &bench.arena, .lang = LANG_FR };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str said = accord_clause_of(&writer, str_of(rows[i][0]));
		if (!str_is(said, rows[i][1]))
			fail_msg("%s: " STR_FMT, rows[i][0], STR_ARG(said));
	}
	bench_close(&bench);
}

static void must_say(struct str said, const char *wanted)
{
	if (!str_is(said, wanted))
		fail_msg("'" STR_FMT "' where '%s' should be", STR_ARG(said), wanted);
}

/* docs/semantics.md, digits. */
static void test_digits(void **state)
{
	static const char *const said[LANGS] = { "1,234,567.89\u00a0EUR",
		"1\u00a0234\u00a0567,89\u00a0EUR", "1\u00a0234\u00a0567,89\u00a0EUR",
		"\u20681,234,567.89\u00a0EUR\u2069" };
	(void)state;
	struct bench bench;
	bench_open(&bench);
	for (int lang = 0; lang < LANGS; lang++) {
		struct writer writer = { .arena = &bench.arena, .lang = (enum lang)lang };
		must_say(accord_money_of(&writer, STR("123456789"), STR("EUR")), said[lang]);
	}
	bench_close(&bench);
}

/* docs/semantics.md, dates. */
static void test_dates(void **state)
{
	static const char *const said[LANGS] = { "1 January 2020", "1er\u00a0janvier 2020",
		"1\u00a0de enero de 2020", "1\u00a0كانون الثاني/يناير 2020" };
	(void)state;
	struct bench bench;
	bench_open(&bench);
	for (int lang = 0; lang < LANGS; lang++) {
		struct writer writer = { .arena = &bench.arena, .lang = (enum lang)lang };
		must_say(accord_date_of(&writer, STR("2020-01-01")), said[lang]);
	}
	bench_close(&bench);
}

/* docs/semantics.md, no-country. */
static void test_no_country(void **state)
{
	(void)state;
	struct bench bench;
	bench_open(&bench);
	struct writer writer = { .arena = &bench.arena, .lang = LANG_EN };
	must_say(accord_say_nationality(&writer, STR("XXA")), "stateless people");
	must_say(accord_say_nationality(&writer, STR("XXX")),
		"people whose nationality is not known");
	must_say(accord_say_nationality(&writer, STR("CHE")), "nationals of CHE");
	bench_close(&bench);
}

/* docs/semantics.md, text-language: the reader's, else English, else the first; a plain text is
 * English. */
static void test_text_language(void **state)
{
	static const struct {
		const char *text;
		enum lang lang;
		const char *said;
	} rows[] = {
		{ "{ en: House, fr: Maison }", LANG_FR, "Maison" },
		{ "{ fr: Maison, en: House }", LANG_ES, "[en inglés] House" },
		{ "{ de: Haus, fr: Maison }", LANG_ES, "[en alemán] Haus" },
		{ "{ sw: Nyumba }", LANG_FR, "[en sw] Nyumba" },
		{ "House", LANG_EN, "House" },
		{ "House", LANG_FR, "[en anglais] House" },
		{ "House", LANG_AR, "[بالإنكليزية] \u2068House\u2069" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bench bench;
		struct node *tree;
		bench_open(&bench);
		struct str input = str_format(&bench.arena, "title: %s\n", rows[i].text);
		assert_int_equal(
			accord_parse(&tree, &bench.arena, STR("a.yaml"), input, &bench.diags),
			STATUS_OK);
		struct writer writer = { .arena = &bench.arena, .lang = rows[i].lang };
		must_say(accord_text_of(&writer, node_get(tree, "title")), rows[i].said);
		bench_close(&bench);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_counted),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_isolates),
		cmocka_unit_test(test_provisions),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_no_country),
		cmocka_unit_test(test_text_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
