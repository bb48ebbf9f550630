/* Between the files of the pages of analyses: what is asked (page_analysis_asked.c). */
#ifndef ENTENTE_WEB_PAGE_ANALYSIS_ASKED_H
#define ENTENTE_WEB_PAGE_ANALYSIS_ASKED_H

#include "web/page_analysis.h"
#include "web/page_docs.h"

extern const char *const analysis_filter_names[ANALYSIS_FILTERS];
extern const char *const analysis_component_names[READY_PARTS]; /* page_readiness.c */

struct analysis_question {
	struct arena *arena;
	struct analysis asked;
	struct str sent[ANALYSIS_FILTERS];
	struct fault_view faults[ANALYSIS_FILTERS];
	size_t fault_count;
};
/* What REQUEST asks of PAGE, and its faults in the reader's language. */
void analysis_read(struct analysis_question *question, struct request *request,
	const struct analysis_page *page, const struct ui *ui);
/* The form of PAGE, filled with VALUES. */
void analysis_fields(struct analysis_view *view, struct arena *arena, const struct ui *ui,
	const struct web_snapshot *snapshot, const struct analysis_page *page,
	const struct str *values);
void analysis_show_faults(struct analysis_view *view, const struct analysis_question *question);
/* The filters of what is asked as words: the same for all ways of asking it. */
void analysis_values(
	struct str *values, const struct web_snapshot *snapshot, const struct analysis *asked);
struct str analysis_query(
	struct arena *arena, const struct analysis_page *page, const struct str *values);

#endif
