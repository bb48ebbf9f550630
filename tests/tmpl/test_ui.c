/* The reader's language, dates, numbers, plurals, and what addresses keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/html.h"
#include "web/ui.h"
#include "web/view.h"

static struct arena arena;

static struct ui ui_in(const char *code)
{
	struct ui ui;
	ui_init(&ui, ui_language_find(str_of(code)));
	return ui;
}

static const char *accepted(const char *header, bool help)
{
	return ui_language_accepted(str_of(header), help)->code;
}

static void test_accept_language(void **state)
{
	(void)state;
	assert_string_equal(accepted("", false), "en");
	assert_string_equal(accepted("fr-CA,fr;q=0.8,en;q=0.5", false), "fr");
	assert_string_equal(accepted("de, es;q=0.4, ar;q=0.9", false), "ar");
	assert_string_equal(accepted("fr;q=0, es;q=0.1", false), "es");
	/* Pages other than help have four languages. */
	assert_string_equal(accepted("am, fr;q=0.1", false), "fr");
	assert_string_equal(accepted("am, fr;q=0.1", true), "am");
	assert_string_equal(accepted("fil-PH", true), "tl");
	/* Whatever a header holds. */
	assert_string_equal(accepted(";;;,,,q=;q=9,fr;q=2,es;q=x", false), "en");
	assert_string_equal(accepted("*", false), "en");
	assert_string_equal(accepted("FR", false), "fr");
}

static void test_plurals(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		long long n;
		unsigned form;
	} cases[] = { { "en", 0, 1 }, { "en", 1, 0 }, { "fr", 0, 0 }, { "fr", 2, 1 },
		{ "ar", 0, 0 }, { "ar", 1, 1 }, { "ar", 2, 2 }, { "ar", 7, 3 }, { "ar", 11, 4 },
		{ "ar", 100, 5 }, { "ar", 103, 3 }, { "ru", 21, 0 }, { "ru", 3, 1 },
		{ "ru", 12, 2 }, { "zh", 5, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(ui_plural_form(cases[i].code, cases[i].n), cases[i].form);
}

static const char *date(const char *code, int32_t day)
{
	struct buf out;
	struct ui ui = ui_in(code);
	buf_init(&out, &arena, 200);
	ui_date(&out, &ui, day);
	return buf_str(&out).ptr;
}

static void test_dates(void **state)
{
	(void)state;
	int32_t day = date_of((struct civil){ 2026, 11, 24 });
	int32_t first = date_of((struct civil){ 2026, 3, 1 });
	assert_string_equal(date("en", day), "24 November 2026");
	assert_string_equal(date("fr", first), "1er mars 2026");
	assert_string_equal(date("es", first), "1 de marzo de 2026");
	assert_string_equal(date("ar", day), "24 نوفمبر 2026");
	assert_string_equal(date("am", day), "2026-11-24");
	/* A date that is not on record is said to be so. */
	assert_string_equal(date("en", DATE_NONE), "not known");
	assert_string_equal(date("fr", DATE_NONE), "non connu");
}

static const char *number(long long n, bool known_only)
{
	struct html out;
	struct ui ui = ui_in("es");
	html_init(&out, &arena, 200);
	if (known_only)
		html_number(&out, &ui, HTML_IN_TEXT, n);
	else
		ui_number(&out.text, &ui, n);
	return html_str(&out).ptr;
}

static void test_numbers(void **state)
{
	(void)state;
	assert_string_equal(number(0, true), "0");
	assert_string_equal(number(9999, true), "9999");
	assert_string_equal(number(12345, true), "12\u202f345");
	assert_string_equal(number(1234567, true), "1\u202f234\u202f567");
	assert_string_equal(number(-1, true), "no se conoce");
	assert_string_equal(number(INT64_MIN, false),
		"\u22129\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808");
}

static void test_words(void **state)
{
	(void)state;
	struct ui ui = ui_in("fr");
	assert_true(str_is(ui_word(&ui, "World"), "Monde"));
	assert_true(str_is(ui_word(&ui, "no such word"), "no such word"));
	/* A language without this word says it in English. */
	ui = ui_in("am");
	assert_true(str_is(ui_word(&ui, "World"), "World"));
}

static const char *address(const char *pattern, struct str argument, bool keep)
{
	struct ui ui = ui_in("ar");
	ui.keep_language = keep;
	struct html_arg arg = html_arg(argument);
	return html_link_make(&arena, &ui, pattern, &arg, 1).address.ptr;
}

static void test_addresses(void **state)
{
	(void)state;
	assert_string_equal(address("/places/%1", STR("LB"), false), "/places/LB");
	assert_string_equal(address("/places/%1", STR("LB"), true), "/places/LB?lang=ar");
	assert_string_equal(address("/a?x=%1#top", STR("1&2#"), true), "/a?x=1%262%23&lang=ar#top");
	assert_string_equal(address("/a/%1", STR("../b?c"), false), "/a/..%2Fb%3Fc");
	assert_string_equal(address("tel:%1", STR("+961 1"), true), "tel:%2B961%201");
	assert_false(html_url_ok(STR("javascript:alert(1)")));
	assert_false(html_url_ok(STR("https://a b")));
	assert_false(html_url_ok(STR("https://")));
	assert_true(html_url_ok(STR("https://example.org/")));
	struct ui ui = ui_in("en");
	ui.path = STR("/places/\"><script>");
	ui.query = STR("at=2026-11-24");
	const struct ui_languages_view *view = ui_languages_view(&arena, &ui, false);
	assert_int_equal(view->count, 4);
	assert_string_equal(view->items[1].link.address.ptr,
		"/places/%22%3E%3Cscript%3E?at=2026-11-24&lang=fr");
	assert_true(view->items[0].here && !view->items[1].here);
	assert_int_equal(ui_languages_view(&arena, &ui, true)->count, 17);
}

/* A page that does not fit fails as a whole: half a page is never sent. */
static void test_full_buffer(void **state)
{
	(void)state;
	struct html out;
	html_init(&out, &arena, 10);
	html_text(&out, STR("<<<"));
	assert_true(html_failed(&out));
}

static int start(void **state)
{
	(void)state;
	arena_init(&arena, &allocator_system, 1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_accept_language),
		cmocka_unit_test(test_plurals), cmocka_unit_test(test_dates),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_words),
		cmocka_unit_test(test_addresses), cmocka_unit_test(test_full_buffer) };
	return cmocka_run_group_tests(tests, start, end);
}
