/* What the calendar of dates that fall due is given. */
#ifndef ENTENTE_WEB_PAGE_CALENDAR_H
#define ENTENTE_WEB_PAGE_CALENDAR_H

#include "web/page_parts.h"

struct calendar_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view agreement, place, party;
	bool narrowed; /* to a place or a party: facts are told too */
	struct html_link ics;
	struct table_view table;
};

#endif
