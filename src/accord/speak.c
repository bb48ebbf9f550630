/* The machinery of prose: patterns filled, lists joined, numbers and dates as the language writes
 * them, and what comes from outside put into isolates where its direction differs. */
#include "accord/prose.h"

#include <assert.h>
#include <string.h>

#define FSI "\xe2\x81\xa8" /* U+2068, isolates what follows by its own direction */
#define PDI "\xe2\x81\xa9" /* U+2069, ends it */
#define NO_BREAK "\xc2\xa0"

const struct str accord_lang_tags[LANGS] = { { "en", 2 }, { "fr", 2 }, { "es", 2 }, { "ar", 2 } };

enum lang accord_lang(struct str tag)
{
	for (size_t i = 0; i < LANGS; i++)
		if (str_eq(accord_lang_tags[i], tag))
			return (enum lang)i;
	return LANGS;
}

static struct str made(struct writer *writer, const struct buf *buf)
{
	writer->failed = writer->failed || buf->failed;
	return buf->failed ? STR_NONE : buf_str(buf);
}

static struct buf room(const struct writer *writer)
{
	struct buf buf;
	buf_init(&buf, writer->arena, (size_t)1 << 20);
	return buf;
}

struct str accord_phrase(struct writer *writer, enum phrase phrase, const struct str *slots)
{
	assert(writer && phrase < PHRASES && writer->lang < LANGS);
	struct str pattern = str_of(accord_phrases[phrase][writer->lang]);
	struct buf out = room(writer);
	for (size_t i = 0, plain = 0; i <= pattern.len; i++) {
		if (i < pattern.len && pattern.ptr[i] != '{')
			continue;
		buf_add(&out, str_sub(pattern, plain, i - plain));
		if (i == pattern.len)
			break;
		size_t slot = (size_t)(pattern.ptr[i + 1] - '0');
		assert(slots && slot < PHRASE_SLOTS && pattern.ptr[i + 2] == '}');
		buf_add(&out, slots[slot]);
		i += 2;
		plain = i + 1;
	}
	return made(writer, &out);
}

/* Spanish says e before the sound i, u before the sound o. */
static bool begins_with(struct str text, const char *letters)
{
	size_t at = 0;
	if (!text.len)
		return false;
	if ((text.ptr[0] == 'h' || text.ptr[0] == 'H') && text.len > 1)
		at = 1;
	bool found = strchr(letters, text.ptr[at]) != NULL;
	/* hielo, hiato: no i but a y is heard */
	bool glide = at == 1 && text.len > 2 && strchr("aeo", text.ptr[2]);
	return found && !glide;
}

static enum phrase last_join(const struct writer *writer, struct str next, bool two, enum join by)
{
	if (by == JOIN_AND && writer->lang == LANG_ES && begins_with(next, "iI"))
		return PHRASE_AND_BEFORE_I;
	if (by == JOIN_OR && writer->lang == LANG_ES && begins_with(next, "oO"))
		return PHRASE_OR_BEFORE_O;
	if (by == JOIN_AND)
		return two ? PHRASE_AND_TWO : PHRASE_AND_LAST;
	return two ? PHRASE_OR_TWO : PHRASE_OR_LAST;
}

struct str accord_join(struct writer *writer, const struct str *items, size_t count, enum join by)
{
	static const enum phrase between[] = {
		[JOIN_AND] = PHRASE_AND_MORE,
		[JOIN_OR] = PHRASE_OR_MORE,
		[JOIN_COMMA] = PHRASE_COMMA,
		[JOIN_SEMICOLON] = PHRASE_SEMICOLON,
		[JOIN_THEN] = PHRASE_THEN,
	};
	struct buf out = room(writer);
	for (size_t i = 0; i < count; i++) {
		bool last = i + 1 == count && by <= JOIN_OR;
		enum phrase phrase =
			last ? last_join(writer, items[i], count == 2, by) : between[by];
		/* What stands between two items is what their pattern says with both empty. */
		if (i > 0)
			buf_add(&out, accord_phrase(writer, phrase,
					      (const struct str[PHRASE_SLOTS]){ { 0 } }));
		buf_add(&out, items[i]);
	}
	return made(writer, &out);
}

static bool is_right_to_left(uint32_t c)
{
	return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
	       (c >= 0xfe70 && c <= 0xfefe) || (c >= 0x10800 && c <= 0x10fff) ||
	       (c >= 0x1e800 && c <= 0x1efff);
}

static bool is_left_to_right(uint32_t c)
{
	bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	bool mark = c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) ||
		    (c >= 0x3000 && c <= 0x3004);
	return ascii || (c >= 0xc0 && !mark && !is_right_to_left(c));
}

bool accord_right_to_left(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);
		if (is_right_to_left(c))
			return true;
		if (is_left_to_right(c))
			return false;
	}
	return false;
}

/* TEXT holds something whose direction is not the language's; in Arabic digits too, as codes and
 * clauses mix them with marks ("5(2)"). */
static bool needs_isolation(const struct writer *writer, struct str text)
{
	bool arabic = writer->lang == LANG_AR;
	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);
		if (arabic ? is_left_to_right(c) || (c >= '0' && c <= '9') : is_right_to_left(c))
			return true;
	}
	return false;
}

struct str accord_raw(struct writer *writer, struct str text)
{
	if (!needs_isolation(writer, text))
		return text;
	struct buf out = room(writer);
	buf_add_c(&out, FSI);
	buf_add(&out, text);
	buf_add_c(&out, PDI);
	return made(writer, &out);
}

struct str accord_text_of(struct writer *writer, const struct node *node)
{
	struct str lang = STR("en");
	if (!node)
		return STR_NONE;
	if (node->kind == NODE_MAP) {
		const struct node *found = node_get(node, accord_lang_tags[writer->lang].ptr);
		if (!found)
			found = node_get(node, "en");
		if (!found)
			found = node->first;
		if (!found)
			return STR_NONE;
		node = found;
		lang = found->key;
	}
	struct str text = accord_raw(writer, node->text);
	if (!node->text.len || str_eq(lang, accord_lang_tags[writer->lang]))
		return text;
	return SAY(writer, IN_LANGUAGE, accord_term(writer, WORDS_LANGUAGE, lang), text);
}

struct str accord_term(struct writer *writer, int set, struct str word)
{
	for (size_t i = 0; i < accord_term_count; i++)
		if (accord_terms[i].set == set && str_is(word, accord_terms[i].word))
			return str_of(accord_terms[i].text[writer->lang]);
	return accord_raw(writer, word);
}

static struct str number_of(struct writer *writer, int number, const char *after)
{
	struct str text = str_format(writer->arena, "%d%s", number, after);
	writer->failed = writer->failed || !text.ptr;
	return text;
}

struct str accord_date_of(struct writer *writer, struct str text)
{
	int32_t date;
	if (!date_parse(text, &date))
		return accord_raw(writer, text);
	struct civil civil = date_civil(date);
	bool first = civil.day == 1 && writer->lang == LANG_FR;
	return SAY(writer, DATE, number_of(writer, civil.day, first ? "er" : ""),
		accord_term(writer, WORDS_MONTH, number_of(writer, civil.month, "")),
		number_of(writer, civil.year, ""));
}

struct str accord_range_of(struct writer *writer, struct str from, struct str until)
{
	if (from.len && until.len)
		return SAY(
			writer, RANGE, accord_date_of(writer, from), accord_date_of(writer, until));
	if (from.len)
		return SAY(writer, FROM, accord_date_of(writer, from));
	return until.len ? SAY(writer, UNTIL, accord_date_of(writer, until)) : STR_NONE;
}

/* How each language writes numbers: what stands between thousands, from how many digits on, and
 * before the fraction. Digits are 0 to 9 in all four. */
static const struct {
	const char *group, *point;
	size_t least;
} numbers[LANGS] = {
	[LANG_EN] = { ",", ".", 4 },
	[LANG_FR] = { NO_BREAK, ",", 4 },
	[LANG_ES] = { NO_BREAK, ",", 5 },
	[LANG_AR] = { ",", ".", 4 },
};

static void add_digits(struct buf *out, enum lang lang, struct str digits)
{
	for (size_t i = 0; i < digits.len; i++) {
		size_t left = digits.len - i;
		if (i > 0 && left % 3 == 0 && digits.len >= numbers[lang].least)
			buf_add_c(out, numbers[lang].group);
		buf_add_char(out, digits.ptr[i]);
	}
}

enum { AR_ONE, AR_TWO, AR_FEW, AR_MANY, AR_OTHER };

static int arabic_form(int64_t n)
{
	int64_t rest = n % 100;
	if (n == 1)
		return AR_ONE;
	if (n == 2)
		return AR_TWO;
	if (rest >= 3 && rest <= 10)
		return AR_FEW;
	return rest >= 11 ? AR_MANY : AR_OTHER;
}

/* NUMBER of UNIT; a blank of a template in either stays as it is. */
struct str accord_count_of(struct writer *writer, struct str number, struct str unit)
{
	const struct counted *counted = NULL;
	int64_t n = 0;
	bool whole = accord_integer(number, &n), arabic = writer->lang == LANG_AR;
	for (size_t i = 0; i < accord_counted_count && !counted; i++)
		if (str_is(unit, accord_counted[i].word))
			counted = &accord_counted[i];
	struct buf digits = room(writer);
	if (whole)
		add_digits(&digits, writer->lang, number);
	struct str shown = whole ? made(writer, &digits) : accord_raw(writer, number);
	if (!counted)
		return SAY(writer, COUNT, shown, accord_raw(writer, unit));
	int form = arabic  ? (whole ? arabic_form(n) : AR_OTHER)
		   : whole ? (writer->lang == LANG_FR ? n > 1 : n != 1)
			   : 1;
	const char *const *forms[LANGS] = { counted->en, counted->fr, counted->es, counted->ar };
	struct str noun = str_of(forms[writer->lang][form]);
	if (arabic && (form == AR_ONE || form == AR_TWO))
		return noun;
	return SAY(writer, COUNT, shown, noun);
}

struct str accord_duration_of(struct writer *writer, struct str text)
{
	static const struct str units[] = { { "h", 1 }, { "d", 1 }, { "wd", 2 }, { "mo", 2 } };
	struct duration duration;
	if (!duration_parse(text, &duration))
		return accord_raw(writer, text);
	return accord_count_of(writer, number_of(writer, duration.count, ""), units[duration.unit]);
}

/* Digits after the point, by ISO 4217. */
static size_t minor_digits(struct str currency)
{
	static const char none[] =
		"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
	if (currency.len != 3 || !currency.ptr)
		return 2;
	if (memmem(none, sizeof none - 1, currency.ptr, 3))
		return 0;
	return memmem(three, sizeof three - 1, currency.ptr, 3) ? 3 : 2;
}

struct str accord_money_of(struct writer *writer, struct str minor, struct str currency)
{
	static const int64_t scales[] = { 1, 10, 100, 1000 };
	int64_t amount;
	size_t digits = minor_digits(currency);
	struct buf out = room(writer);
	if (!accord_integer(minor, &amount)) {
		buf_add(&out, minor);
	} else {
		add_digits(&out, writer->lang,
			str_format(writer->arena, "%lld", (long long)(amount / scales[digits])));
		if (digits) {
			buf_add_c(&out, numbers[writer->lang].point);
			buf_add_format(
				&out, "%0*lld", (int)digits, (long long)(amount % scales[digits]));
		}
	}
	buf_add_c(&out, NO_BREAK);
	buf_add(&out, currency);
	return accord_raw(writer, made(writer, &out));
}

/* "5", "36(1)(b)", "(c)", "IX". */
static bool is_provision(struct str word)
{
	bool roman = word.len > 0;
	for (size_t i = 0; i < word.len; i++)
		roman = roman && strchr("IVXLC", word.ptr[i]);
	return roman ||
	       (word.len && (word.ptr[0] == '(' || (word.ptr[0] >= '0' && word.ptr[0] <= '9')));
}

/* "Article 5" and "Articles 5(1), 7 and 36" are said in the language if nothing but numbers, commas
 * and "and" follows; a number alone is a clause; anything else is a citation and stays. */
struct str accord_clause_of(struct writer *writer, struct str clause)
{
	struct str items[16], rest, word;
	size_t count = 0;
	bool many = str_starts(clause, "Articles "), one = str_starts(clause, "Article "),
	     due = true; /* a provision comes next */
	if (clause.len && clause.ptr[0] >= '0' && clause.ptr[0] <= '9')
		return SAY(writer, CLAUSE, accord_raw(writer, clause));
	if (!many && !one)
		return accord_term(writer, WORDS_CLAUSE, clause);
	rest = str_sub(clause, many ? 9 : 8, clause.len);
	while (str_next_word(&rest, " ", &word)) {
		bool conjunction = str_is(word, "and"), comma = str_ends(word, ",");
		if (comma)
			word.len--;
		if (conjunction == due || (!conjunction && !is_provision(word)) || count == 16)
			return accord_raw(writer, clause);
		if (!conjunction)
			items[count++] = accord_raw(writer, word);
		due = conjunction || comma;
	}
	if (due)
		return accord_raw(writer, clause);
	struct str list = accord_join(writer, items, count, JOIN_AND);
	return many ? SAY(writer, ARTICLES, list) : SAY(writer, ARTICLE, list);
}
