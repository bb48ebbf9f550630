/* What the pages of documents to be printed are given: the duty book of a country, the contingency
 * plan of a post. */
#ifndef ENTENTE_WEB_PAGE_BRIEF_H
#define ENTENTE_WEB_PAGE_BRIEF_H

#include "brief/brief.h"
#include "web/page_parts.h"

struct brief_cell_view {
	struct cell_view cell;
	struct html_safe prose; /* a clause in words; else empty */
	bool fill;              /* to be filled by hand */
	bool numeric;
};
struct brief_row_view {
	const struct brief_cell_view *cells;
};
struct brief_table_view {
	struct str id, caption, empty;
	const struct brief_column *columns;
	size_t column_count;
	const struct brief_row_view *rows; /* blank ones last */
	size_t row_count;
	bool stack; /* on a narrow screen cells stand under each other */
	struct html_link csv;
};
struct brief_field_view {
	struct str label;
	struct brief_cell_view value;
};
struct brief_section_view {
	int number; /* from 1 */
	struct str id, heading, note;
	struct html_link link; /* to it, on this page */
	bool new_page;
	const struct brief_field_view *fields;
	size_t field_count;
	const struct str *checks;
	size_t check_count;
	const struct brief_table_view *tables;
	size_t table_count;
};
struct brief_view {
	struct page_view page;
	struct str title, fingerprint, command;
	struct str short_print; /* of the fingerprint, for the head of every page */
	int32_t date;
	struct html_safe code; /* QR */
	struct html_link back; /* to the place or the post */
	struct str back_name;
	const struct brief_section_view *sections;
	size_t section_count;
};

/* REST: what follows the place's or post's own address: "duty-book" or "duty-book/TABLE.csv". */
enum status answer_duty_book(struct request *request, uint32_t place, struct str rest);
enum status answer_contingency_plan(struct request *request, uint32_t post, struct str rest);

#endif
