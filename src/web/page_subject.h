/* A subject is what a page tells by tables: a country, a party, the world. The page has the first
 * rows of each; a table's own page has the rest, part by part; its CSV has all. One function makes
 * a table for the three. */
#ifndef ENTENTE_WEB_PAGE_SUBJECT_H
#define ENTENTE_WEB_PAGE_SUBJECT_H

#include "web/page_parts.h"

#define SUBJECT_FIRST 10 /* rows of a table on the subject's page */
#define SUBJECT_ROWS 100 /* ... and on a page of the table's own */
#define SUBJECT_PAGES_MAX 9999

struct subject_table {
	const char *name;    /* the anchor, the page and, with ".csv", the file */
	const char *heading; /* WORD("…") */
	const char *note;    /* WORD("…") or NULL */
	/* Begins each row by part_row(). part->csv asks for the CSV file. */
	enum status (*make)(struct table_view *view, struct part *part);
};
/* Patterns of addresses: %1 is the subject's id, %2 the table's name, %3 the number of its page. */
struct subject {
	const char *page, *table, *more, *csv;
	const char *section; /* of the navigation */
	const struct subject_table *tables;
	size_t table_count;
};

struct section_view {
	struct html_link link; /* to it, on this page */
	struct str heading, note;
	struct table_view table;
};
struct list_view {
	struct page_view page;
	struct str name, heading, note;
	struct html_link up;
	struct table_view table;
	struct pages_view pages;
};

/* NAME: "", "TABLE" or "TABLE.csv"; with ?page= of REQUEST into ASKED. False: there is no such
 * table or page. */
bool subject_read(struct analysis *asked, const struct request *request, struct str name,
	const struct subject *subject);
/* ?page= of REQUEST, 1 where it is not given; 0: no such page. */
size_t subject_page(const struct request *request);
/* The type of the answer that ASKED asks for. */
const char *subject_type(const struct analysis *asked);
/* The first rows of each table, for the subject's page. */
enum status subject_sections(
	struct section_view *out, struct part *part, const struct subject *subject, struct str id);
/* One table, as a page of its own or as CSV. NAME is the subject's; part->ui.path with the table's
 * name behind it and part->ui.query are the address of the page. */
enum status subject_list(struct buf *out, struct part *part, const struct subject *subject,
	const struct analysis *asked, struct str id, struct str name);

#endif
