/* What the layout and the shared components of templates are given. Pages fill these. */
#ifndef ENTENTE_WEB_VIEW_H
#define ENTENTE_WEB_VIEW_H

#include "store/search.h"
#include "web/html.h"

struct crumb {
	struct str name; /* in the reader's language */
	struct html_link link;
};
struct source_view {
	struct str name; /* "UN DESA, International Migrant Stock 2024" */
	struct str url;  /* shown as a link if it is http(s) */
	int32_t as_of;   /* DATE_NONE: not known */
};
/* A fault of a form: a link to the field that has it. */
struct fault_view {
	struct html_link field; /* "#" and its id */
	struct str text;
};

/* Every page has one; {wrap layout(&v->page)} … {end}. */
struct page_view {
	struct str
		title; /* of the window, in the reader's language, without the name of the site */
	struct str section; /* of the navigation: "world", "places", "agreements", "gaps",
			       "practices", "help" or "" */
	const struct crumb *crumbs;
	size_t crumb_count;
	const struct source_view *sources;
	size_t source_count;
	bool quick_exit;                           /* the page can be left at once */
	bool bare;                                 /* no navigation: the card, what is printed */
	bool help;                                 /* the language switch offers all seventeen */
	const struct ui_languages_view *languages; /* NULL: none offered (the answer to a POST) */
	bool has_faults;                           /* the title says "Error:" */
};
struct language_link {
	const struct ui_language *language;
	struct html_link link;
	bool here;
};
struct ui_languages_view {
	const struct language_link *items;
	size_t count;
};
/* The links to this page in other languages. NULL for want of memory: none are offered. */
const struct ui_languages_view *ui_languages_view(
	struct arena *arena, const struct ui *ui, bool help);

/* What a table cell or a list row can show. */
enum band_view { SHOW_WILL, SHOW_SHALL, SHOW_MAY, SHOW_REMOTE, SHOW_NOT_KNOWN, SHOW_NONE };
enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER,
	CELL_DATE,
	CELL_BAND,
	CELL_LINK,
	CELL_PIECES,
	CELL_REACH,
	CELL_NONE
};
struct cell_view {
	enum cell_kind kind;
	struct str text;
	long long number; /* below zero: not known */
	int32_t date;
	enum band_view band;
	struct html_link link; /* of CELL_REACH: to call it; no address: it is none to call */
	const struct search_piece *pieces; /* `text`, with words marked in it */
	size_t piece_count;
};
struct column_view {
	struct str name;
	bool numeric;
};
/* The first cell of a row is its heading. */
struct table_view {
	struct str id, caption;
	const struct column_view *columns;
	size_t column_count;
	const struct cell_view *cells; /* row by row */
	size_t row_count, total;       /* rows here, and in all */
	struct html_link more; /* to all of them, where not all are here; no address: none */
	struct html_link csv;  /* no address: none */
	struct str empty;      /* said when there are no rows */
};
/* Where a row of the table begins among its cells. */
static inline size_t row_start(const struct table_view *v, size_t row)
{
	return row * v->column_count;
}
struct summary_row {
	struct str key;
	struct cell_view value;
};
struct tab_view {
	struct str name;
	struct html_link link;
	bool here;
};
struct pages_view {
	struct html_link previous, next; /* no address: none */
	long long first, last, total;    /* items shown; total below zero: not known */
};
/* A field of a form. */
struct option_view {
	struct str id; /* of the field: unique on the page */
	struct str value, text, hint;
	bool chosen;
};
struct field_view {
	struct str id, name, label, hint, fault, value;
	struct str type;         /* of an input: "text", "search", "tel", "date" */
	struct str autocomplete; /* "off" unless said */
	const struct option_view *options;
	size_t option_count;
};

#endif
