/* What the pages of one version and of what differs between two share. */
#ifndef ENTENTE_WEB_PAGE_VERSION_H
#define ENTENTE_WEB_PAGE_VERSION_H

#include "web/page_versions.h"

/* An agreement as it was in a state. */
struct version_read {
	struct store_view *view; /* to be closed, whatever came of it; NULL of a folder */
	const struct file_system *files;
	struct agreement agreement;
	bool plain; /* it names what is not on record today: ids are not resolved */
};
/* ROOT is what its folder is called; ELSEWHERE as in store_view_open(). */
enum status version_read(struct version_read *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct agreement *today, uint64_t state,
	struct str root, const struct file_system *elsewhere);
struct str version_path(struct arena *arena, const struct agreement *agreement,
	const struct sha256 *hash, const char *tail);
/* PATTERN has the agreement as %1, HASH as %2, OTHER (may be NULL) as %3. */
struct html_link version_link(struct arena *arena, const struct ui *ui,
	const struct agreement *agreement, const struct sha256 *hash, const struct sha256 *other,
	const char *pattern);

/* page_changes.c: what makes the page of changes or one of its tables as CSV. */
typedef enum status changes_maker(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked);
changes_maker *changes_make(enum version_page page);

#endif
