/* What the pages of places are given, and the tables of a country. */
#ifndef ENTENTE_WEB_PAGE_PLACE_H
#define ENTENTE_WEB_PAGE_PLACE_H

#include "web/page_subject.h"

#define PLACE_TABLES 11
#define PLACE_CRUMBS_MAX 6
struct place_view {
	struct page_view page;
	struct str name, code, service;
	struct map_view map;
	struct summary_row summary[6];
	size_t summary_count;
	struct section_view sections[PLACE_TABLES];
};
struct places_view {
	struct page_view page;
	struct field_view search;
	bool asked; /* places that are called so, not all countries */
	struct table_view places;
	struct str near_name; /* where none is; empty: none near either */
	struct html_link near;
};
/* The field that finds a place by its name; its form is GET /places. */
struct field_view page_places_field(const struct ui *ui, struct str value);
struct str page_place_kind(const struct ui *ui, enum place_kind kind);

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

/* place_sectors.c */
enum status place_sectors(struct table_view *view, struct part *part);
enum status place_links(struct table_view *view, struct part *part);

/* page_area.c: the page of a place that is no country, and its tables. */
extern const struct subject place_area;
enum status place_area_page(struct buf *out, struct part *part);

/* page_place.c: the list of places and those that part->place lies in, but for the world; their
 * number. */
size_t place_crumbs(struct crumb out[PLACE_CRUMBS_MAX], struct part *part);

#endif
