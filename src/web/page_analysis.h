/* What the pages of analyses share: overlaps, unknowns, readiness, advice. Each is a row: its
 * address, its words, the filters it takes, its tables, and the function that fills them. */
#ifndef ENTENTE_WEB_PAGE_ANALYSIS_H
#define ENTENTE_WEB_PAGE_ANALYSIS_H

#include "web/page_parts.h"

#define ANALYSIS_TABLES 8
#define ANALYSIS_TABS (1 + ANALYSIS_PAGES)
#define ANALYSIS_ROWS 20 /* of a table on a page; its CSV has all */

enum analysis_which {
	ANALYSIS_OVERLAPS,
	ANALYSIS_UNKNOWNS,
	ANALYSIS_READINESS,
	ANALYSIS_ADVICE,
	ANALYSIS_PAGES
};

/* Filters, as bits of a row; their order is that of the form. */
enum analysis_filter {
	FILTER_SERVICE,
	FILTER_PLACE,
	FILTER_NATIONALITY,
	FILTER_KIND,
	FILTER_AGREEMENT,
	FILTER_COMPONENT,
	FILTER_HOLDS,
	ANALYSIS_FILTERS
};
#define HOLDS_ANY 0 /* of FILTER_HOLDS; else the truth plus one */

#define ITEM_ROWS 9
struct analysis_item { /* an agreement to sign */
	struct str id, title;
	struct summary_row rows[ITEM_ROWS];
	size_t row_count;
	struct table_view moved, places;
	struct html_link draft;
};

struct analysis_view {
	enum analysis_which which;
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct tab_view tabs[ANALYSIS_TABS];
	size_t tab_count;
	struct str intro;
	struct field_view fields[ANALYSIS_FILTERS];
	size_t field_count;
	struct str said[3]; /* what was counted, of when; then the answer in short */
	size_t said_count;
	struct table_view tables[ANALYSIS_TABLES]; /* those without columns are not shown */
	bool cut;                                  /* a table has more rows in its CSV */
	const struct analysis_item *items;         /* of advice */
	size_t item_count;
	struct html_link next; /* a next step; no address: none */
	struct str next_name;
};

struct analysis_page {
	const char *path;        /* "/overlaps" */
	const char *title;       /* WORD("…") */
	const char *intro;       /* WORD("…") */
	unsigned filters;        /* bits */
	const struct str *kinds; /* words of FILTER_KIND */
	const char *const *kind_names;
	size_t kind_count;
	const char *const *tables; /* their names: /overlaps/NAME.csv */
	size_t table_count;
	/* With asked->table only that one need be filled, whole (part->csv). */
	enum status (*fill)(
		struct analysis_view *view, struct part *part, const struct analysis *asked);
};
extern const struct analysis_page page_overlaps, page_unknowns, page_readiness, page_advice;

/* The tabs of all analyses, for the page at PATH. */
void analysis_tabs(
	struct tab_view *tabs, struct arena *arena, const struct ui *ui, const char *path);
/* Sentence ENGLISH in the reader's language with ARGS in the place of %1 to %9. */
struct str analysis_say(
	const struct part *part, const char *english, const struct str *args, size_t count);
/* A row more may be added: all for CSV, the first ANALYSIS_ROWS for a page. */
bool analysis_room(const struct part_table *table);
/* ENTRIES of a table are told in its caption. */
struct str analysis_caption(const struct part *part, const char *english, size_t entries);
/* "1,376,345 Burkina Faso, 12 Mali (refugees)" */
struct str analysis_cells(
	const struct part *part, const struct people_cell *cells, size_t count, bool place);
/* "vienna-consular-relations, Article 5 (treaty, general knowledge)" */
void analysis_clause(struct buf *out, const struct part *part, const struct agreement *agreement,
	const struct commitment *commitment);
enum band_view analysis_band(enum band band, bool not_known);
/* "People are counted as in 2024; duties and facts are those of 30 November 2026." */
struct str analysis_counted(const struct part *part);
struct str analysis_day(const struct part *part, int32_t date);
struct str analysis_phase(const struct part *part, enum phase phase);

#endif
