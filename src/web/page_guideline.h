/* What the page of Guideline 7 is given, on the screen and made for print. */
#ifndef ENTENTE_WEB_PAGE_GUIDELINE_H
#define ENTENTE_WEB_PAGE_GUIDELINE_H

#include "web/page_practices.h"

/* What of this record carries an item out: a clause of a template, a practice, a list. */
struct guideline_ref {
	struct str label; /* "Template"; empty: that of the one before */
	struct str name, note;
	struct html_link link;
};
struct guideline_item {
	struct str text;
	const struct guideline_ref *refs;
	size_t ref_count;
};
struct guideline_part {
	struct str id, title, lead;
	bool numbered;
	const struct guideline_item *items;
	size_t item_count;
	struct guideline_ref template; /* whose clauses stand under the items; no address: none */
};
struct guideline_practice {
	const struct practice *practice;
	struct str title;
	bool title_foreign; /* its title is not in the reader's language */
	const struct summary_row *rows;
	size_t row_count;
	const struct practice_link *agreements;
	size_t agreement_count;
	struct html_safe body;
};
enum guideline_print { GUIDELINE_SCREEN, GUIDELINE_ALONE, GUIDELINE_WITH_PRACTICES };
struct guideline_view {
	struct page_view page;
	enum guideline_print print;
	bool foreign; /* practices are on record in English, the reader's language is another */
	const struct guideline_part *parts;
	size_t part_count;
	struct table_view table;                    /* of the practices, on the screen */
	const struct guideline_practice *practices; /* whole, in print */
	size_t practice_count;
};

#endif
