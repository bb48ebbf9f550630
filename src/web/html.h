/* HTML as it is written: a buffer with a maximum, and the only ways to put something into it.
 *
 * Pages do not call these: templates do (src/web/README), and the compiler of templates chooses the
 * function by the surroundings. C of a page may make links (html_link_make) and, where it draws
 * markup itself (maps, charts), take what one safe buffer holds into another (html_safe_of).
 *
 * Whatever comes from outside is escaped for text and for quoted attributes alike. Bytes that are
 * not UTF-8, control characters and overrides of direction become U+FFFD. Failure is sticky: the
 * caller looks at html_failed() once, at the end. */
#ifndef ENTENTE_WEB_HTML_H
#define ENTENTE_WEB_HTML_H

#include "base/base.h"

struct ui;

struct html {
	struct buf text;
};
/* Markup that is safe already: made by templates or a writer that escapes. Never from input. */
struct html_safe {
	struct str text;
};
/* An address that is encoded already. */
struct html_link {
	struct str address;
};

void html_init(struct html *html, struct arena *arena, size_t max);
bool html_failed(const struct html *html);
struct str html_str(const struct html *html);
struct html_safe html_safe_of(const struct html *html);

/* Literal markup. Only for generated code and writers of SVG. */
void html_raw(struct html *html, const char *markup, size_t len);
void html_text(struct html *html, struct str text); /* escaped */
void html_put_safe(struct html *html, struct html_safe safe);

/* Where a hole stands. */
enum html_in {
	HTML_IN_TEXT, /* names are set apart by <bdi>  */
	HTML_IN_VALUE /* an attribute, <title>, <option>: by U+2068 and U+2069 */
};

/* What a hole may hold. */
struct html_arg {
	enum { HTML_ARG_STR, HTML_ARG_INT, HTML_ARG_SAFE } kind;
	struct str text;
	long long number;
};
struct html_arg html_arg_str(struct str s);
struct html_arg html_arg_c(const char *s);
struct html_arg html_arg_int(long long n);
struct html_arg html_arg_unsigned(unsigned long long n);
struct html_arg html_arg_safe(struct html_safe safe);
/* No other type compiles: a pointer, a double or a struct is not shown by accident. */
/* clang-format off */
#define html_arg(x) _Generic((x), \
	struct str: html_arg_str, char *: html_arg_c, const char *: html_arg_c, \
	struct html_safe: html_arg_safe, \
	bool: html_arg_int, signed char: html_arg_int, unsigned char: html_arg_int, \
	short: html_arg_int, unsigned short: html_arg_int, int: html_arg_int, \
	unsigned: html_arg_int, long: html_arg_int, long long: html_arg_int, \
	unsigned long: html_arg_unsigned, unsigned long long: html_arg_unsigned)(x)
/* clang-format on */
/* Safe markup goes into text only; into a value it does as text, escaped. */
void html_put(struct html *html, const struct ui *ui, enum html_in in, struct html_arg arg);
#define HTML_PUT(html, ui, x) html_put((html), (ui), HTML_IN_TEXT, html_arg(x))
#define HTML_PUT_PLAIN(html, ui, x) html_put((html), (ui), HTML_IN_VALUE, html_arg(x))

/* Word KEY of the table in the reader's language; %1 to %9 are the arguments. */
void html_say(struct html *html, const struct ui *ui, unsigned key, enum html_in in,
	const struct html_arg *args, size_t count);
/* The same in the form that N takes in that language. */
void html_count(struct html *html, const struct ui *ui, unsigned key, enum html_in in, long long n,
	const struct html_arg *args, size_t count);

/* An address: PATTERN with arguments percent-encoded; a path of this server keeps the language. */
void html_url(struct html *html, const struct ui *ui, const char *pattern,
	const struct html_arg *args, size_t count);
void html_link(struct html *html, struct html_link link);
/* The same made in C; PATTERN is a literal. The address is empty for want of memory. */
struct html_link html_link_make(struct arena *arena, const struct ui *ui, const char *pattern,
	const struct html_arg *args, size_t count);
/* An address from outside: written only if it is https: or http:, else "#". */
void html_external(struct html *html, const struct ui *ui, struct str address);
bool html_url_ok(struct str address);
/* "tel:" and what can be dialled of NUMBER; no address: it is no telephone number. */
struct html_link html_call(struct arena *arena, struct str number);
/* The path of a file that is served beside the pages; of style sheets the one for the direction. */
void html_asset(struct html *html, const struct ui *ui, const char *name);
/* The start tag of a form; a form by GET carries the language in a hidden field, one of FILES is
 * posted as multipart/form-data. */
enum html_form_kind { HTML_FORM_GET, HTML_FORM_POST, HTML_FORM_FILES };
void html_form(struct html *html, const struct ui *ui, enum html_form_kind kind,
	const char *pattern, const struct html_arg *args, size_t count);

/* "24 November 2026", in text within <time>; "not known" for DATE_NONE. */
void html_date(struct html *html, const struct ui *ui, enum html_in in, int32_t date);
/* In groups of three; "not known" for what is below zero: nothing we count is. */
void html_number(struct html *html, const struct ui *ui, enum html_in in, long long number);
/* Digits alone: years, codes. */
void html_plain(struct html *html, const struct ui *ui, long long number);

#endif
