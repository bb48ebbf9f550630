/* Escaping, in one place: text, values, addresses. */
#include "web/html.h"

#include <string.h>

#include "web/ui.h"

enum { ADDRESS_MAX = 32000 };

void html_init(struct html *html, struct arena *arena, size_t max)
{
	buf_init(&html->text, arena, max);
}

bool html_failed(const struct html *html)
{
	return html->text.failed;
}

struct str html_str(const struct html *html)
{
	return buf_str(&html->text);
}

struct html_safe html_safe_of(const struct html *html)
{
	return (struct html_safe){ buf_str(&html->text) };
}

void html_raw(struct html *html, const char *markup, size_t len)
{
	buf_add(&html->text, (struct str){ markup, len });
}

void html_put_safe(struct html *html, struct html_safe safe)
{
	buf_add(&html->text, safe.text);
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Valid UTF-8 without characters that do not show. */
static void add_escaped(struct buf *out, struct str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *escape = escape_of(text.ptr[i]);
		if (!escape)
			continue;
		buf_add(out, str_sub(text, from, i - from));
		buf_add_c(out, escape);
		from = i + 1;
	}
	buf_add(out, str_sub(text, from, text.len));
}

/* Every byte or character that may not be shown becomes one U+FFFD. */
void html_text(struct html *html, struct str text)
{
	while (text.len) {
		size_t valid = utf8_valid_prefix(text);
		struct str good = str_sub(text, 0, valid);
		while (good.len) {
			size_t at = text_hostile(good, "\n\t");
			add_escaped(&html->text, str_sub(good, 0, at));
			if (at == good.len)
				break;
			size_t next = at;
			utf8_next(good, &next);
			buf_add_c(&html->text, "\xEF\xBF\xBD");
			good = str_sub(good, next, good.len);
		}
		if (valid == text.len)
			break;
		buf_add_c(&html->text, "\xEF\xBF\xBD");
		text = str_sub(text, valid + 1, text.len);
	}
}

struct html_arg html_arg_str(struct str s)
{
	return (struct html_arg){ .kind = HTML_ARG_STR, .text = s };
}

struct html_arg html_arg_c(const char *s)
{
	return html_arg_str(str_of(s));
}

struct html_arg html_arg_int(long long n)
{
	return (struct html_arg){ .kind = HTML_ARG_INT, .number = n };
}

struct html_arg html_arg_unsigned(unsigned long long n)
{
	return html_arg_int(n > INT64_MAX ? INT64_MAX : (long long)n);
}

struct html_arg html_arg_safe(struct html_safe safe)
{
	return (struct html_arg){ .kind = HTML_ARG_SAFE, .text = safe.text };
}

void html_put(struct html *html, const struct ui *ui, enum html_in in, struct html_arg arg)
{
	if (arg.kind == HTML_ARG_INT)
		ui_number(&html->text, ui, arg.number);
	else if (arg.kind == HTML_ARG_SAFE && in == HTML_IN_TEXT)
		buf_add(&html->text, arg.text);
	else
		html_text(html, arg.text);
}

/* Inside a sentence a name must not turn its direction. */
static void put_apart(struct html *html, const struct ui *ui, enum html_in in, struct html_arg arg)
{
	if (arg.kind != HTML_ARG_STR) {
		html_put(html, ui, in, arg);
		return;
	}
	buf_add_c(&html->text, in == HTML_IN_TEXT ? "<bdi>" : "\xE2\x81\xA8");
	html_text(html, arg.text);
	buf_add_c(&html->text, in == HTML_IN_TEXT ? "</bdi>" : "\xE2\x81\xA9");
}

/* The elements of a translation, which the compiler has checked. */
static size_t tag_length(struct str text)
{
	static const char *const tags[] = { "<strong>", "</strong>", "<em>", "</em>", "<code>",
		"</code>", "<bdi>", "</bdi>", "<br>" };
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (str_starts(text, tags[i]))
			return strlen(tags[i]);
	return 0;
}

static void say(struct html *html, const struct ui *ui, struct str text, enum html_in in,
	const struct html_arg *args, size_t count)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], d = i + 1 < text.len ? text.ptr[i + 1] : 0;
		size_t tag = c == '<' && in == HTML_IN_TEXT ? tag_length(str_sub(text, i, 9)) : 0;
		bool hole = c == '%' && d >= '1' && d <= '9' && (size_t)(d - '1') < count;
		if (!tag && !hole)
			continue;
		add_escaped(&html->text, str_sub(text, from, i - from));
		if (tag)
			buf_add(&html->text, str_sub(text, i, tag));
		else
			put_apart(html, ui, in, args[d - '1']);
		from = i + (tag ? tag : 2);
		i = from - 1;
	}
	add_escaped(&html->text, str_sub(text, from, text.len));
}

void html_say(struct html *html, const struct ui *ui, unsigned key, enum html_in in,
	const struct html_arg *args, size_t count)
{
	say(html, ui, ui_word_at(ui, key), in, args, count);
}

void html_count(struct html *html, const struct ui *ui, unsigned key, enum html_in in, long long n,
	const struct html_arg *args, size_t count)
{
	say(html, ui, ui_plural_at(ui, key, n), in, args, count);
}

/* RFC 3986: all but the unreserved characters. */
static void add_percent(struct buf *out, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || (c && strchr("-._~", c));
		if (plain) {
			buf_add_char(out, (char)c);
		} else {
			char code[3] = { '%', digits[c >> 4], digits[c & 15] };
			buf_add(out, (struct str){ code, 3 });
		}
	}
}

/* Written as it stands in an attribute: & as &amp; only if HTML is wanted. */
static void add_digits(struct buf *out, long long number)
{
	unsigned long long left =
		number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
	char digits[24];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (number < 0)
		digits[--at] = '-';
	buf_add(out, (struct str){ digits + at, sizeof digits - at });
}

static void add_address(struct buf *out, const struct ui *ui, const char *pattern,
	const struct html_arg *args, size_t count, const char *and)
{
	struct str text = str_of(pattern);
	bool path = str_starts(text, "/"), query = false, language = false;
	for (size_t i = 0; i <= text.len; i++) {
		char c = i < text.len ? text.ptr[i] : 0, d = i + 1 < text.len ? text.ptr[i + 1] : 0;
		if ((c == '#' || !c) && path && !language && ui->keep_language) {
			buf_add_c(out, query ? and : "?");
			buf_add_c(out, "lang=");
			buf_add_c(out, ui->language->code);
			language = true;
		}
		if (!c)
			break;
		if (c == '%' && d >= '1' && d <= '9') {
			size_t n = (size_t)(d - '1');
			if (n < count && args[n].kind == HTML_ARG_INT)
				add_digits(out, args[n].number);
			else if (n < count)
				add_percent(out, args[n].text);
			i++;
		} else if (c == '&') {
			buf_add_c(out, and);
		} else {
			query |= c == '?';
			buf_add_char(out, c);
		}
	}
}

void html_url(struct html *html, const struct ui *ui, const char *pattern,
	const struct html_arg *args, size_t count)
{
	add_address(&html->text, ui, pattern, args, count, "&amp;");
}

struct html_link html_link_make(struct arena *arena, const struct ui *ui, const char *pattern,
	const struct html_arg *args, size_t count)
{
	struct buf out;
	buf_init(&out, arena, ADDRESS_MAX);
	add_address(&out, ui, pattern, args, count, "&");
	return (struct html_link){ out.failed ? STR_NONE : buf_str(&out) };
}

void html_link(struct html *html, struct html_link link)
{
	html_text(html, link.address);
}

bool html_url_ok(struct str address)
{
	if (!str_starts(address, "https://") && !str_starts(address, "http://"))
		return false;
	for (size_t i = 0; i < address.len; i++)
		if ((unsigned char)address.ptr[i] <= ' ')
			return false;
	return utf8_valid_prefix(address) == address.len && address.len > 8;
}

void html_external(struct html *html, const struct ui *ui, struct str address)
{
	(void)ui;
	html_text(html, html_url_ok(address) ? address : STR("#"));
}

struct html_link html_call(struct arena *arena, struct str number)
{
	struct buf to;
	size_t digits = 0;

	buf_init(&to, arena, 64);
	buf_add_c(&to, "tel:");
	for (size_t i = 0; i < number.len; i++) {
		char c = number.ptr[i];
		bool digit = c >= '0' && c <= '9';
		digits += digit;
		if (digit || (c == '+' && to.len == 4))
			buf_add_char(&to, c);
		else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.')
			return (struct html_link){ STR_NONE };
	}
	return (struct html_link){ digits > 1 && !to.failed ? buf_str(&to) : STR_NONE };
}

void html_asset(struct html *html, const struct ui *ui, const char *name)
{
	const struct ui_asset *asset = NULL;
	if (ui->language->rtl && strcmp(name, "app.css") == 0)
		asset = ui_asset_find("app.rtl.css");
	if (!asset)
		asset = ui_asset_find(name);
	html_text(html, asset ? str_of(asset->path) : STR("#"));
}

void html_form(struct html *html, const struct ui *ui, enum html_form_kind kind,
	const char *pattern, const struct html_arg *args, size_t count)
{
	static const char *const starts[] = { [HTML_FORM_GET] = "<form method=\"get\"",
		[HTML_FORM_POST] = "<form method=\"post\"",
		[HTML_FORM_FILES] = "<form method=\"post\" enctype=\"multipart/form-data\"" };

	buf_add_c(&html->text, starts[kind]);
	buf_add_c(&html->text, " accept-charset=\"utf-8\" novalidate action=\"");
	html_url(html, ui, pattern, args, count);
	buf_add_c(&html->text, "\">");
	if (kind == HTML_FORM_GET && ui->keep_language) {
		buf_add_c(&html->text, "<input type=\"hidden\" name=\"lang\" value=\"");
		html_text(html, str_of(ui->language->code));
		buf_add_c(&html->text, "\">");
	}
}

void html_date(struct html *html, const struct ui *ui, enum html_in in, int32_t date)
{
	bool known = date != DATE_NONE && in == HTML_IN_TEXT;
	if (known) {
		char iso[11];
		date_format(iso, date);
		buf_add_c(&html->text, "<time datetime=\"");
		buf_add_c(&html->text, iso);
		buf_add_c(&html->text, "\">");
	}
	ui_date(&html->text, ui, date);
	if (known)
		buf_add_c(&html->text, "</time>");
}

void html_number(struct html *html, const struct ui *ui, enum html_in in, long long number)
{
	(void)in;
	if (number < 0)
		html_text(html, ui_word(ui, WORD("not known")));
	else
		ui_number(&html->text, ui, number);
}

void html_plain(struct html *html, const struct ui *ui, long long number)
{
	(void)ui;
	add_digits(&html->text, number);
}
