/* What the pages of places are given, and the tables of a country. */
#ifndef ENTENTE_WEB_PAGE_PLACE_H
#define ENTENTE_WEB_PAGE_PLACE_H

#include "web/page_parts.h"

#define PLACE_TABLES 9
#define PLACE_ROWS 25 /* of people and nationalities on the page; all are in the CSV */

struct place_section {
	struct html_link link; /* to it, on this page */
	struct str heading, note;
	struct table_view table;
};
struct place_view {
	struct page_view page;
	struct str name, code, service;
	struct html_safe map, key;
	struct summary_row summary[6];
	size_t summary_count;
	struct place_section sections[PLACE_TABLES];
};
struct places_view {
	struct page_view page;
	struct table_view places;
};

/* place_facts.c: what is on record. Each makes its table for part->place. */
enum status place_people(struct table_view *view, struct part *part);
enum status place_posts(struct table_view *view, struct part *part);
enum status place_numbers(struct table_view *view, struct part *part);
enum status place_risk(struct table_view *view, struct part *part);
enum status place_practices(struct table_view *view, struct part *part);
/* Cells of part->place, most people first; own_state ones are left out. */
enum status place_cells(struct people_cell **out, size_t *count, struct part *part);

/* place_cover.c: what follows from it. */
enum status place_services(struct table_view *view, struct part *part);
enum status place_matrix(struct table_view *view, struct part *part);
enum status place_agreements(struct table_view *view, struct part *part);
enum status place_readiness(struct table_view *view, struct part *part);

#endif
