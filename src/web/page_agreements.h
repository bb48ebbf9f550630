/* What the pages of agreements are given. */
#ifndef ENTENTE_WEB_PAGE_AGREEMENTS_H
#define ENTENTE_WEB_PAGE_AGREEMENTS_H

#include "web/page_docs.h"

struct agreements_view {
	struct page_view page;
	const struct fault_view *faults;
	size_t fault_count;
	struct field_view words, kind, strength, state, party;
	long long shown, all;
	bool some; /* none has all the words: those that have some are shown */
	struct table_view table;
};

struct agreement_view {
	struct page_view page;
	struct str title;
	bool is_template, foreign; /* not in force by itself; the title is not in LANG */
	struct str title_lang;
	const struct summary_row *rows;
	size_t row_count;
	struct str name, hash;
	struct html_link versions;
	struct html_link adds; /* no address: a template adds nothing */
	struct html_safe prose;
	struct table_view parties;
};

struct adds_view {
	struct page_view page;
	struct str title;
	struct html_link agreement;
	long long lifted; /* people in a better band, over all services */
	struct str year_text;
	struct table_view services;
};

/* Its state on DATE; false: none is on record for that date. */
bool page_agreement_state(
	enum agreement_state *state, const struct agreement *agreement, int32_t date);
struct str page_agreement_state_text(
	const struct agreement *agreement, const struct ui *ui, int32_t date);
/* Kind, strength and state on DATE; their number, at most AGREEMENT_ROWS. */
#define AGREEMENT_ROWS 4
size_t agreement_rows(struct summary_row *rows, const struct ui *ui,
	const struct agreement *agreement, int32_t date);
/* Who is party, from when until when, and who has confirmed. */
enum status agreement_parties(struct table_view *table, struct arena *arena, const struct ui *ui,
	const struct world *world, const struct agreement *agreement);
/* The language in which its title is shown to a reader of LANG. */
struct str agreement_title_language(const struct agreement *agreement, struct str lang);
/* The page of what an agreement adds, once for a state, a day and a language. */
enum status page_adds(struct request *request, const struct ui *ui, uint32_t item);

#endif
