/* What the pages of one party and of one post are given. */
#ifndef ENTENTE_WEB_PAGE_RECORD_H
#define ENTENTE_WEB_PAGE_RECORD_H

#include "web/page_subject.h"

#define RECORD_TABLES 4

struct record_view {
	struct page_view page;
	struct str name, note;
	struct summary_row summary[8];
	size_t summary_count;
	struct section_view sections[RECORD_TABLES];
	size_t section_count;
	struct html_link next; /* the country that it is about; no address: none */
	struct str next_name;
	struct html_link plan; /* the contingency plan of a post; no address: none */
};

struct parties_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view kind, country, name;
	struct table_view table;
	struct pages_view pages;
};
struct posts_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view sending, host, kind, state;
	struct table_view table;
	struct pages_view pages;
};
/* page_parties.c: WORD("…") by enum party_kind. */
extern const char *const party_kind_names[PARTY_KINDS];

#endif
