/* What pages about places share: who reads and in what language, names, tables that are a page's
 * and a CSV file's alike, sources, and the two maps. */
#ifndef ENTENTE_WEB_PAGE_PARTS_H
#define ENTENTE_WEB_PAGE_PARTS_H

#include "web/internal.h"
#include "web/view.h"
#include "wire/svg.h"

#define PART_SOURCES_MAX 60

/* A page while it is made. */
struct part {
	struct arena *arena;
	const struct web_snapshot *snapshot;
	const struct world *world;
	struct ui ui;
	uint32_t place; /* a country, or NONE32 */
	uint32_t item;  /* the party or post that the page is about */
	uint8_t service;
	int32_t date;
	bool csv;                 /* every row is asked for */
	bool cut;                 /* some row was left out */
	size_t row_from, row_max; /* which rows of a table are asked for; from the start: all */
	struct people_count count;
	struct source_view sources[PART_SOURCES_MAX];
	size_t source_count;
};
/* The reader, the day and who is counted. PATH is the page's own. */
enum status part_open(struct part *part, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, struct str path);
/* The footer names SOURCE, once. */
void part_source(struct part *part, uint32_t source);
/* What stands around a page: its title, the way to it (COUNT crumbs, which must live as long as the
 * page), its sources so far, its languages. Ask for it when all sources are named. */
void part_frame(struct page_view *page, const struct part *part, struct str title,
	const struct crumb *crumbs, size_t count);

/* Names in the reader's language, as far as names.csv has them. */
struct str part_place(const struct part *part, uint32_t place);
struct str part_party(const struct part *part, uint32_t party);
struct str part_nat(const struct part *part, uint16_t nat);
struct str part_service(const struct part *part, uint8_t service);
/* "Food; Water" */
struct str part_service_names(const struct part *part, uint64_t services);
struct str part_word(const struct part *part, const char *english);
/* Refugees, asylum-seekers or others. */
struct str part_people_group(const struct part *part, enum people_group group);
struct str part_post_kind(const struct part *part, enum post_kind kind);
struct str part_channel(const struct part *part, struct str kind);
/* "12,345" in the reader's figures. */
struct str part_figure(const struct part *part, long long number);

/* ---- tables, row by row ---- */
struct part_table {
	struct part *part;
	struct table_view *view;
	struct cell_view *cells;
	size_t count, capacity;
	size_t rows; /* begun, asked for or not */
	bool failed;
};
struct part_column {
	const char *name; /* WORD("…") */
	bool numeric;
};
void part_table_open(struct part_table *table, struct part *part, struct table_view *view,
	const char *id, struct str caption, const struct part_column *columns, size_t count);
/* A row begins. False: it is not asked for, and gets no cells. */
bool part_row(struct part_table *table);
void part_text(struct part_table *table, struct str text); /* empty: not known */
void part_number(struct part_table *table, long long number);
void part_date(struct part_table *table, int32_t date);
void part_band(struct part_table *table, enum band_view band, struct str text);
void part_link(struct part_table *table, const char *pattern, struct str id, struct str text);
/* A number or an address: one that can be called or opened does so when it is touched. */
void part_reach(struct part_table *table, const struct channel *channel);
void part_source_cell(struct part_table *table, uint32_t source);
/* Five cells: state, basis, as of, whether it still counts in COUNTRY, source. */
void part_post_sure(struct part_table *table, const struct post_row *post, uint32_t country);
enum status part_table_close(struct part_table *table);
/* The table as CSV: dates as in ISO 8601, figures as digits. */
enum status part_csv(struct buf *out, const struct table_view *table);

/* ---- the two maps (page_map.c) ---- */
/* People from abroad in one country, by how far somebody is bound to help them. */
struct part_cover {
	uint32_t place;
	int64_t people;
	struct band_split split;
};
/* Every country with people from abroad, in order of the gazetteer. */
enum status part_covers(struct part_cover **out, size_t *count, struct part *part, uint8_t service);
/* Percent, rounded down but never to 0 or up to 100 what is not; -1: nobody to ask for. */
int part_share(const struct part_cover *cover);
/* The people of FILTER by band, no promise reaching more than its capacity. */
enum status part_split(struct band_split *out, struct part *part, uint8_t service,
	const struct gap_filter *filter);
/* One row a service: FILTER's people by band; most people without help first. */
enum status part_services(
	struct table_view *view, struct part *part, const struct gap_filter *filter);
/* Six cells: will shall may remote, not known, nobody. */
void part_split_cells(struct part_table *table, const struct band_split *split);
/* For part->service: a file of its own, so that the page is short and read before its picture, and
 * in which each country is a link. PLACE: a region's map around it; NONE32: the world. */
enum status part_map(struct buf *out, struct part *part, uint32_t place);
/* What stands of it on the page that shows it: how it is named, and what its colours mean. */
struct map_view {
	struct html_link file;
	struct str alt;
	struct html_safe key;
};
enum status part_map_view(struct map_view *out, struct part *part, struct html_link file,
	const struct part_cover *covers, size_t count);

/* ---- requests ---- */
/* Reads ?lang= or Accept-Language; false: answered already. */
bool part_language(struct request *request, struct analysis *asked);
/* Waits for the kept answer. */
enum status part_answer(struct request *request, const struct analysis *asked, const char *type);
#define PART_HTML "text/html; charset=utf-8"
#define PART_CSV "text/csv; charset=utf-8"
#define PART_SVG "image/svg+xml"

#endif
