/* What the pages of practices are given. */
#ifndef ENTENTE_WEB_PAGE_PRACTICES_H
#define ENTENTE_WEB_PAGE_PRACTICES_H

#include "web/page_docs.h"

struct practices_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view words, country, type, phase, crisis, guideline;
	/* Of those shown, which do not say the phase, or the crisis, that was asked for. */
	long long shown, all, not_said;
	bool some; /* none has all the words: those that have some are shown */
	struct table_view table;
};
struct practice_link {
	struct str name;
	struct html_link link;
};
struct practice_view {
	struct page_view page;
	struct str title;
	bool foreign;  /* the reader's language is not English */
	bool title_foreign; /* the title is not in it */
	const struct summary_row *rows;
	size_t row_count;
	struct html_safe body;
	const struct practice_link *agreements;
	size_t agreement_count;
	const struct str *uncertain;
	size_t uncertain_count;
	const struct str *links;
	size_t link_count;
};

/* In order of their bits. */
extern const char *const practice_phase_names[PRACTICE_PHASES],
	*const practice_crisis_names[PRACTICE_CRISES];
/* The words of SET, and the places of a practice, in the reader's language; STR_NONE: not said. */
struct str practice_join(struct arena *arena, const struct ui *ui, unsigned set,
	const char *const *words, unsigned count);
struct str practice_places(struct arena *arena, const struct ui *ui, const struct world *world,
	const struct practice *practice);
/* Its type in the reader's language; one that the repository does not know: as written. */
struct str practice_type(const struct ui *ui, const struct practice *practice);
/* Markdown as markup: HTML in it and dangerous links are dropped, headings stand under the page's
 * own. */
enum status page_markdown(struct html_safe *out, struct arena *arena, struct str text);
/* What a practice says of itself, field by field; their number, at most PRACTICE_ROWS. */
#define PRACTICE_ROWS 8
size_t practice_rows(struct summary_row *rows, struct request *request, const struct ui *ui,
	const struct practice *practice);
/* Those of its agreements that the public may see; LINKS has room for all. */
size_t practice_agreements(struct practice_link *links, struct request *request,
	const struct ui *ui, const struct practice *practice);
/* The practices that serve GUIDELINE, as the list shows them. */
enum status practice_table(
	struct table_view *out, struct request *request, const struct ui *ui, unsigned guideline);

#endif
