/* What the page of gaps is given. */
#ifndef ENTENTE_WEB_PAGE_GAPS_H
#define ENTENTE_WEB_PAGE_GAPS_H

#include "web/page_analysis.h"
#include "web/page_docs.h"

struct gaps_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct tab_view tabs[ANALYSIS_TABS];
	size_t tab_count;
	struct field_view service, place, nationality, below;
	bool answered; /* the question had no fault */
	struct str service_name, year_text;
	const struct summary_row *rows;
	size_t row_count;
	long long shown, all, people; /* cells shown, under the band, and their people */
	struct table_view table;
};

/* ---- page_gaps_asked.c ---- */
#define GAPS_CHOICES 4
extern const enum band page_gaps_choices[GAPS_CHOICES]; /* bands to be under */

struct gaps_question {
	struct analysis asked;
	struct str service, place, nationality, below; /* as they were sent */
	struct fault_view faults[4];
	size_t fault_count;
};
/* What REQUEST asks, and its faults in the reader's language. */
void page_gaps_read(struct gaps_question *question, struct request *request, const struct ui *ui);
uint8_t page_gaps_service(const struct analysis *asked);
/* Bounded; COUNT is that of the day asked about. */
enum status page_gaps_find(struct gaps *gaps, struct people_count *count, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked);
/* The cells under the band, most people first; NULL for want of memory. */
const struct gap_cell **page_gaps_sorted(struct arena *arena, const struct web_snapshot *snapshot,
	const struct gaps *gaps, enum band below, size_t *count);

#endif
