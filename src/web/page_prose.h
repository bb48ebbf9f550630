/* An agreement's prose as markup. */
#ifndef ENTENTE_WEB_PAGE_PROSE_H
#define ENTENTE_WEB_PAGE_PROSE_H

#include "web/page_docs.h"

/* What `show` says, after its title: parts under headings, commitments, lists, paragraphs. */
enum status page_prose(struct html_safe *out, struct arena *arena,
	const struct agreement *agreement, const struct world *world, enum lang lang);

/* TEXT as accord/ says it, with what it isolates in <bdi>. */
enum status page_prose_line(struct html_safe *out, struct arena *arena, struct str text);

#endif
