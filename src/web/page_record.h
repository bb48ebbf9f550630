/* What the pages of one party and of one post are given. */
#ifndef ENTENTE_WEB_PAGE_RECORD_H
#define ENTENTE_WEB_PAGE_RECORD_H

#include "web/page_parts.h"

#define RECORD_TABLES 3

struct record_view {
	struct page_view page;
	struct str name, note;
	struct summary_row summary[6];
	size_t summary_count;
	struct table_view tables[RECORD_TABLES];
	size_t table_count;
	struct html_link next; /* the country that it is about; no address: none */
	struct str next_name;
	struct html_link plan; /* the contingency plan of a post; no address: none */
};

#endif
