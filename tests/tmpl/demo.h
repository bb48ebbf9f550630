/* Every component, filled, for the tests and for looking at. */
#ifndef ENTENTE_TESTS_TMPL_DEMO_H
#define ENTENTE_TESTS_TMPL_DEMO_H

#include "web/ui.h"
#include "web/view.h"

struct demo_view {
	struct page_view page;
	struct str payload, url;
	struct table_view table, none;
	struct summary_row rows[3];
	struct tab_view tabs[2];
	struct pages_view pages;
	struct fault_view faults[2];
	struct field_view field, area, choice, radios, boxes;
	struct html_link link;
	int count;
};
void tmpl_demo(struct html *out, const struct ui *ui, const struct demo_view *v);

#endif
