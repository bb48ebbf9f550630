/* Search in the lists of practices and agreements (page_search.c): the indexes of a snapshot, and
 * what `q` of a request finds in one. */
#ifndef ENTENTE_WEB_PAGE_SEARCH_H
#define ENTENTE_WEB_PAGE_SEARCH_H

#include "store/search.h"
#include "web/page_docs.h"

/* Of the items of a list those that `q` finds, the best first; without `q` all, in their order. */
struct found {
	bool asked;
	bool too_many; /* words: nothing was searched */
	struct str words;
	size_t count; /* of items */
	struct search_hits hits;
};
/* ALL: items of the list. STATUS_NO_MEMORY, STATUS_IO. */
enum status page_found(
	struct found *out, struct request *request, const struct search_index *index, size_t all);
/* The number in the list of what was found at AT. */
static inline size_t found_item(const struct found *found, size_t at)
{
	return found->asked ? found->hits.items[at].item : at;
}
/* Where the words stand, as text (empty without `q`) and, only with it, as a cell. */
struct str found_text(struct arena *arena, const struct found *found, size_t at);
struct cell_view found_cell(struct arena *arena, const struct found *found, size_t at);

struct field_view found_field(const struct found *found, const struct ui *ui);
/* What is wrong with `q`, if too_many. */
struct str found_fault(const struct ui *ui);

#endif
