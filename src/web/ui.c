/* Languages, their plurals, dates and numbers, and the look-up of words. */
#include "web/ui.h"

#include <string.h>

#include "web/ui_months.h"

/* Unconfirmed ones say so on the page until a native reader has gone through them. */
static const struct ui_language languages[] = {
	{ "en", "English", false, true, false },
	{ "fr", "Français", false, true, false },
	{ "es", "Español", false, true, false },
	{ "ar", "العربية", true, true, false },
	{ "am", "አማርኛ", false, false, true },
	{ "bn", "বাংলা", false, false, true },
	{ "hi", "हिन्दी", false, false, true },
	{ "id", "Bahasa Indonesia", false, false, true },
	{ "ne", "नेपाली", false, false, true },
	{ "si", "සිංහල", false, false, true },
	{ "sw", "Kiswahili", false, false, true },
	{ "tl", "Tagalog", false, false, true },
	{ "ur", "اردو", true, false, true },
	{ "fa", "فارسی", true, false, true },
	{ "pt", "Português", false, false, true },
	{ "ru", "Русский", false, false, true },
	{ "zh", "中文", false, false, true },
};
enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]) };

const struct ui_language *ui_languages(size_t *count)
{
	*count = LANGUAGES;
	return languages;
}

const struct ui_language *ui_language_find(struct str code)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (str_same_letters(code, str_of(languages[i].code)))
			return &languages[i];
	return NULL;
}

/* "q=0.8" in thousandths; 1000 when there is none, 0 when it cannot be read. */
static int quality(struct str parameters)
{
	for (size_t i = 0; i + 1 < parameters.len; i++) {
		if ((parameters.ptr[i] != 'q' && parameters.ptr[i] != 'Q') ||
			parameters.ptr[i + 1] != '=')
			continue;
		double value;
		struct str number = str_trim(str_sub(parameters, i + 2, parameters.len));
		if (!str_to_double(number, &value) || value < 0 || value > 1)
			return 0;
		return (int)(value * 1000);
	}
	return 1000;
}

const struct ui_language *ui_language_accepted(struct str header, bool help)
{
	const struct ui_language *best = &languages[0];
	int most = 0;
	struct str item;
	header = str_sub(header, 0, 1000);
	while (str_next_word(&header, ",", &item)) {
		item = str_trim(item);
		size_t end = 0;
		while (end < item.len && item.ptr[end] != ';' && item.ptr[end] != '-')
			end++;
		struct str code = str_trim(str_sub(item, 0, end));
		if (str_is(code, "fil"))
			code = STR("tl");
		const struct ui_language *language = ui_language_find(code);
		int q = quality(str_sub(item, end, item.len));
		if (language && (help || language->whole) && q > most) {
			best = language;
			most = q;
		}
	}
	return best;
}

void ui_init(struct ui *ui, const struct ui_language *language)
{
	*ui = (struct ui){ .language = language, .path = STR("/"), .today = DATE_NONE };
}

bool ui_is(const struct ui *ui, const char *code)
{
	return strcmp(ui->language->code, code) == 0;
}

static const struct ui_words_language *table_of(const struct ui *ui)
{
	const struct ui_words_language *table = ui_words_all.languages;
	while (table->code && strcmp(table->code, ui->language->code) != 0)
		table++;
	return table->code ? table : NULL;
}

struct str ui_word_at(const struct ui *ui, unsigned key)
{
	const struct ui_words_language *table = table_of(ui);
	struct str text = table ? table->forms[(size_t)key * table->plurals] : STR_NONE;
	return text.ptr ? text : ui_words_all.texts[key].one;
}

unsigned ui_plural_form(const char *code, long long n)
{
	if (strcmp(code, "ar") == 0)
		return n == 0                          ? 0
		       : n == 1                        ? 1
		       : n == 2                        ? 2
		       : n % 100 >= 3 && n % 100 <= 10 ? 3
		       : n % 100 >= 11                 ? 4
						       : 5;
	if (strcmp(code, "ru") == 0)
		return n % 10 == 1 && n % 100 != 11                                   ? 0
		       : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1
										      : 2;
	if (strcmp(code, "id") == 0 || strcmp(code, "zh") == 0)
		return 0;
	/* Languages in which nought is singular as well. */
	static const char *const from_two[] = { "fr", "pt", "am", "bn", "hi", "fa", "si", "tl" };
	for (size_t i = 0; i < sizeof from_two / sizeof from_two[0]; i++)
		if (strcmp(code, from_two[i]) == 0)
			return n > 1;
	return n != 1;
}

struct str ui_plural_at(const struct ui *ui, unsigned key, long long n)
{
	const struct ui_words_language *table = table_of(ui);
	if (table) {
		unsigned form = ui_plural_form(ui->language->code, n);
		struct str text = table->forms[(size_t)key * table->plurals +
					       (form < table->plurals ? form : 0)];
		if (text.ptr)
			return text;
	}
	const struct ui_word_text *text = &ui_words_all.texts[key];
	return n == 1 || !text->many.len ? text->one : text->many;
}

struct str ui_word_str(const struct ui *ui, struct str english)
{
	unsigned low = 0, high = ui_words_all.count;
	while (low < high) {
		unsigned middle = (low + high) / 2, key = ui_words_all.order[middle];
		int order = str_cmp(english, ui_words_all.texts[key].one);
		if (order == 0)
			return ui_word_at(ui, key);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return english;
}

struct str ui_word(const struct ui *ui, const char *english)
{
	return ui_word_str(ui, str_of(english));
}

void ui_date(struct buf *out, const struct ui *ui, int32_t date)
{
	if (date == DATE_NONE) {
		buf_add(out, ui_word(ui, WORD("not known")));
		return;
	}
	struct civil civil = date_civil(date);
	for (size_t i = 0; i < sizeof ui_months / sizeof ui_months[0]; i++)
		if (ui_is(ui, ui_months[i].code)) {
			buf_add_format(out, "%d%s %s %d", civil.day,
				ui_is(ui, "fr") && civil.day == 1 ? "er"
				: ui_is(ui, "es")                 ? " de"
								  : "",
				ui_months[i].names[civil.month - 1], civil.year);
			return;
		}
	char iso[11];
	date_format(iso, date);
	buf_add_c(out, iso);
}

/* Groups are parted by a thin space that does not break, so that no reader takes it for a decimal
 * sign; four digits stand together. */
void ui_number(struct buf *out, const struct ui *ui, long long number)
{
	(void)ui;
	char digits[24];
	size_t n = 0;
	unsigned long long rest =
		number < 0 ? 0ull - (unsigned long long)number : (unsigned long long)number;
	do
		digits[n++] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		buf_add_c(out, "\xE2\x88\x92");
	for (size_t i = n; i--;) {
		buf_add_char(out, digits[i]);
		if (i && i % 3 == 0 && n > 4)
			buf_add_c(out, "\xE2\x80\xAF");
	}
}

const struct ui_asset *ui_asset_find(const char *name)
{
	size_t count;
	const struct ui_asset *all = ui_assets(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}
