/* Faults as pages (page_fault.c). */
#ifndef ENTENTE_WEB_PAGE_FAULT_H
#define ENTENTE_WEB_PAGE_FAULT_H

#include "web/page_docs.h"

/* The reader of REQUEST likes a page at least as well as a problem document, and says so; addresses
 * of programs (/api/) have no pages. */
bool page_fault_wanted(const struct request *request);
/* REQUEST is answered with STATUS and a page of these words, which are translated. False: memory
 * lacks. */
bool page_fault(struct request *request, unsigned status, const char *title, const char *detail,
	const char *next);
/* Into VIEW what request_nearest() found. */
void page_near(struct missing_view *view, struct request *request, const struct ui *ui);

#endif
