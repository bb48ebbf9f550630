/* What the files of SVG share: the one writer of text, numbers, fills, heads. */
#ifndef ENTENTE_WIRE_SVG_DRAW_H
#define ENTENTE_WIRE_SVG_DRAW_H

#include "wire/svg.h"

/* TEXT escaped for content and attributes alike, at most COLUMNS of it ("…" for the rest). */
#define SVG_ALL SIZE_MAX
void svg__text(struct buf *out, struct str text, size_t columns);
void svg__int(struct buf *out, int64_t number);
/* PATH is one of this site: it begins with a single '/'. Anything else is no link. */
bool svg__is_path(struct str path);
/* ... and so it is written, percent-encoded where it must be. */
void svg__path(struct buf *out, struct str path);
/* One part of a path, whatever is in it. */
void svg__segment(struct buf *out, struct str part);
/* NAME="VALUE" with a space before it. */
void svg__attr_int(struct buf *out, const char *name, int64_t value);
void svg__title(struct buf *out, struct str title);
/* The attribute that fills a shape or group: class for a solid one, fill for a pattern. */
void svg__fill(struct buf *out, const struct svg_head *head, enum svg_fill fill);
/* The attributes of what is drawn in a file that takes no sheet: NAME is one of ours. */
void svg__look(struct buf *out, const char *name);
/* <svg …><title><desc>, the patterns of the fills in USED (bits), at SCALE times their size.
 * ROLE: "img", or "group" where there are links. */
void svg__open(struct buf *out, const struct svg_head *head, const char *kind, const char *role,
	int64_t width, int64_t height, uint32_t used, int scale);
void svg__close(struct buf *out);

#endif
