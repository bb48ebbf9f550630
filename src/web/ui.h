/* What every page knows of its reader: language, direction, and where the page is. */
#ifndef ENTENTE_WEB_UI_H
#define ENTENTE_WEB_UI_H

#include "base/base.h"

struct ui_language {
	const char *code;
	const char *name; /* in itself */
	bool rtl;
	bool whole;       /* all pages, not only help and the card */
	bool unconfirmed; /* no native reader has confirmed it yet */
};
/* All of them, those of all pages first. */
const struct ui_language *ui_languages(size_t *count);
/* NULL if there is none. */
const struct ui_language *ui_language_find(struct str code);
/* The best of an Accept-Language header (RFC 9110 12.5.4) for a page; HELP: a page that all
 * languages have. English when none fits. Never fails, whatever the header holds. */
const struct ui_language *ui_language_accepted(struct str header, bool help);

struct ui {
	const struct ui_language *language;
	bool keep_language; /* the reader chose it by ?lang=: links carry it on */
	struct str path;    /* of this page, decoded, without query */
	struct str query;   /* of this page, as sent, without lang; empty after POST */
	int32_t today;
};
void ui_init(struct ui *ui, const struct ui_language *language);
bool ui_is(const struct ui *ui, const char *code);

/* A word from C. WORD("…") marks it for translation; what is not in the tables comes back as it
 * is. O(log n). */
#define WORD(text) ("" text "")
struct str ui_word(const struct ui *ui, const char *english);
struct str ui_word_str(const struct ui *ui, struct str english);
struct str ui_word_at(const struct ui *ui, unsigned key);
struct str ui_plural_at(const struct ui *ui, unsigned key, long long n);
/* Which form N takes, as gettext's rules for the language have it. */
unsigned ui_plural_form(const char *code, long long n);
/* "24 November 2026" in the reader's language; "not known" for DATE_NONE. */
void ui_date(struct buf *out, const struct ui *ui, int32_t date);
void ui_number(struct buf *out, const struct ui *ui, long long number);

/* The tables that tools/tmplc makes. */
struct ui_word_text {
	struct str one, many;
};
struct ui_words_language {
	const char *code; /* NULL ends the list */
	unsigned plurals;
	const struct str *forms; /* [word][plurals]; ptr NULL: not translated */
};
struct ui_words {
	unsigned count;
	const struct ui_word_text *texts;
	const unsigned *order; /* by text */
	struct ui_words_language languages[32];
};
extern const struct ui_words ui_words_all;

/* Files served beside the pages: made at build time, immutable, named by their hash. */
struct ui_asset {
	const char *name; /* "app.css" */
	const char *path; /* "/assets/app.0123456789abcdef.css" */
	const char *type;
	const unsigned char *plain, *gzip;
	size_t plain_len, gzip_len;
};
const struct ui_asset *ui_assets(size_t *count);
/* By name; NULL if there is none. */
const struct ui_asset *ui_asset_find(const char *name);

#endif
