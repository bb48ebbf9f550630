/* What the pages of documents, lists and gaps share (page_docs.c): language and address of the
 * request, names in the reader's language, and the page that says that something is not here. */
#ifndef ENTENTE_WEB_PAGE_DOCS_H
#define ENTENTE_WEB_PAGE_DOCS_H

#include "web/internal.h"
#include "web/view.h"

/* The language, path and query of REQUEST into UI, or from what a kept page is asked. False: there
 * is no page in the language asked for, and the request is answered. */
bool page_ui(struct ui *ui, struct request *request);
/* The query as it was sent, without lang, in ARENA. */
struct str page_query(struct arena *arena, struct str target);
enum lang page_lang(const struct ui *ui);
/* The page that was made, as the answer with STATUS. */
enum status page_send(struct request *request, const struct html *html, unsigned status);
/* The answer 404 as a page: WHAT is missing, and NEXT, a link with its words. */
enum status page_missing(struct request *request, const struct ui *ui, struct str what,
	struct str next, struct html_link link);

struct missing_view {
	struct page_view page;
	struct str title, what, next;
	struct html_link link; /* of NEXT; no address: NEXT is a sentence */
	const struct diag *faults;
	size_t fault_count;
	struct str near_name; /* empty: none */
	struct html_link near;
};

/* What is given per language, in the reader's or else in English. */
struct str page_said(const struct ui *ui, const struct texts *texts);
bool page_says(const struct ui *ui, const struct texts *texts); /* is it in the reader's? */
struct str page_place(const struct ui *ui, const struct world *world, uint32_t place);
struct str page_party(const struct ui *ui, const struct world *world, uint32_t party);
struct str page_group(const struct ui *ui, const struct world *world, uint32_t group);
struct str page_service(const struct ui *ui, uint8_t service);
/* A nationality by the country of its code; else the code. */
struct str page_nationality(const struct ui *ui, const struct world *world, uint16_t nat);
/* By code in any letter case, by the whole name in any language, or as people call it ("UK").
 * NONE32: none is, and *NEAR is the nearest name, or empty. */
uint32_t page_find_place(struct str *near, struct arena *arena, const struct ui *ui,
	const struct world *world, struct str value);
uint16_t page_find_nationality(struct str *near, struct arena *arena, const struct ui *ui,
	const struct world *world, struct str value); /* or NAT_NONE */
/* ENGLISH in the reader's language, and whether NEAR was meant, if that is not empty. */
struct str page_none(
	struct arena *arena, const struct ui *ui, const char *english, struct str near);
uint32_t page_find_party(const struct world *world, struct str value);

/* Options of a select: "any" first, then COUNT words with their names; ids are ID and a number. */
struct option_view *page_options(struct arena *arena, const struct ui *ui, const char *id,
	struct str chosen, const struct str *words, size_t count, const struct str *names);

/* The sources of the people counted, those of the stock's year, each once; their number. */
size_t page_people_sources(struct source_view *out, size_t max, const struct world *world,
	const struct people_count *count);
/* REQUEST is answered by the page that ASKED makes, once for a state and a language. */
enum status page_keep(struct request *request, const struct ui *ui, struct analysis *asked);

struct html_link page_link(struct arena *arena, const struct ui *ui, const char *pattern);
struct html_link page_link_to(
	struct arena *arena, const struct ui *ui, const char *pattern, struct str id);
/* An address with the query of this page. */
struct html_link page_csv(struct arena *arena, const struct ui *ui, const char *path);

static inline struct cell_view page_text(struct str text)
{
	return (struct cell_view){ .kind = text.len ? CELL_TEXT : CELL_NONE, .text = text };
}
static inline struct cell_view page_number(long long number)
{
	return (struct cell_view){ .kind = CELL_NUMBER, .number = number };
}
static inline struct cell_view page_date(int32_t date)
{
	return (struct cell_view){ .kind = date == DATE_NONE ? CELL_NONE : CELL_DATE,
		.date = date };
}
static inline struct cell_view page_cell_link(struct str text, struct html_link link)
{
	return (struct cell_view){ .kind = CELL_LINK, .text = text, .link = link };
}

#endif
