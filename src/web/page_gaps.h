/* What the page of gaps is given. */
#ifndef ENTENTE_WEB_PAGE_GAPS_H
#define ENTENTE_WEB_PAGE_GAPS_H

#include "web/page_docs.h"

struct gaps_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view service, place, nationality, below;
	bool answered; /* the question had no fault */
	struct str service_name, year_text;
	const struct summary_row *rows;
	size_t row_count;
	long long shown, all, people; /* cells shown, under the band, and their people */
	struct table_view table;
};

#endif
