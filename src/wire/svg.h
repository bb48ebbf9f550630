/* Maps and charts as SVG: no script, no style, so that they hold under a strict policy of content.
 * Charts stand in a page; their colours are in its sheet of style (tools/assets/map.scss). Maps are
 * files of their own, which take no sheet: their colours are attributes, the same ones. What tells
 * fills apart without colour, the patterns, is in the picture.
 *
 * All text is escaped here, by one writer: whatever is given, what comes out is well-formed and
 * says no more than the text. Controls and bytes that are no UTF-8 become U+FFFD, as do overrides
 * and isolates of direction.
 *
 * A picture is for the eye; beside each stands the same as a table. Pictures scale with their
 * width, and are drawn to be read at 360 pixels. `rtl` mirrors charts and keys; maps keep east
 * where it is.
 *
 * Everything is written to a struct buf, whose `failed` says whether it found room. */
#ifndef ENTENTE_WIRE_SVG_H
#define ENTENTE_WIRE_SVG_H

#include "cover/cover.h"

/* What a shape is filled with. Each has a colour and a pattern of its own. */
enum svg_fill {
	FILL_WILL,
	FILL_SHALL,
	FILL_MAY,
	FILL_REMOTE,
	FILL_NOT_KNOWN, /* it is not known whether anyone helps */
	FILL_NONE,      /* on record is that nobody is proven to */
	FILL_OWN,       /* people in their own State */
	FILL_NO_DATA,   /* nothing on record to say */
	FILL_STEP_1,    /* five steps of a figure, light to dark: least to most */
	FILL_STEP_2,
	FILL_STEP_3,
	FILL_STEP_4,
	FILL_STEP_5,
	SVG_FILLS
};
/* Its name in classes: "svg-NAME". */
const char *svg_fill_name(enum svg_fill fill);
enum svg_fill svg_fill_of(enum band band);

struct svg_head {
	struct str id;     /* unique on the page: a letter, then letters, digits and '-' */
	struct str title;  /* what the picture shows */
	struct str desc;   /* ... in words, for who does not see it; names source and date */
	struct str suffix; /* after each link's path, as "?lang=ar"; may be empty */
	bool rtl;
	bool alone; /* set by the maps: colours as attributes */
};

/* What a map shows of one country; a country without a mark is FILL_NO_DATA under its own name. */
struct svg_mark {
	uint32_t place; /* a country */
	enum svg_fill fill;
	struct str name;  /* in the reader's language; empty: the place's */
	struct str title; /* all that is said of it; empty: the name */
};
/* A spot on a region's map: a post, a port. */
struct svg_spot {
	double lat, lon;
	struct str title;
};

/* The world's outlines, projected once; lives in ARENA as long as it, immutable, any number of
 * threads may write from it. Works without shapes too: every country is a point then. */
struct svg_map;
enum status svg_map_new(struct svg_map **out, struct arena *arena, const struct world *world);

/* All countries but ATA, once each, as links to "/places/CODE", grouped by fill; those without an
 * outline as points, those without a point left out. Equal Earth projection. Linear. */
enum status svg_map_world(struct buf *out, struct arena *scratch, const struct svg_map *map,
	const struct svg_head *head, const struct svg_mark *marks, size_t count);
/* PLACE (or the country it lies in) and its neighbours. Lambert's azimuthal equal-area projection
 * around it. STATUS_NOT_FOUND where it lies in no country or its country has neither outline nor
 * point. */
enum status svg_map_region(struct buf *out, struct arena *scratch, const struct svg_map *map,
	const struct svg_head *head, uint32_t place, const struct svg_mark *marks, size_t count,
	const struct svg_spot *spots, size_t spot_count);

struct svg_part {
	enum svg_fill fill;
	int64_t value;    /* >= 0 */
	struct str title; /* "may: 12,000 people" */
};
struct svg_bar {
	struct str label, text; /* the text at its end: the figure, or that it is not known */
	struct str path;        /* of a link, from "/"; empty: none */
	const struct svg_part *parts;
	size_t part_count; /* 0: not known; drawn as such, not as a bar of nothing */
};
/* Bars one below the other. SHARE: each bar is a whole, its parts shares of it; else all have one
 * measure. What is more than nothing is seen. */
void svg_bars(struct buf *out, const struct svg_head *head, const struct svg_bar *bars,
	size_t count, bool share);

struct svg_cell {
	enum svg_fill fill;
	struct str title;
};
/* CELLS row by row. Wider than a phone with more than 12 columns: it then scrolls in its box. */
void svg_grid(struct buf *out, const struct svg_head *head, const struct str *rows,
	size_t row_count, const struct str *columns, size_t column_count,
	const struct svg_cell *cells);

struct svg_key_entry {
	enum svg_fill fill;
	struct str label, text;
};
/* What each fill means, one a line, with its figure. */
void svg_key(struct buf *out, const struct svg_head *head, const struct svg_key_entry *entries,
	size_t count);

/* A QR code: MODULES row by row, WIDTH a side, dark where bit 0 is set, with the quiet zone that
 * readers want around it; LABEL says what it holds. Fills are attributes: it must be read without a
 * sheet of style. Linear in modules. */
void svg_code(struct buf *out, const unsigned char *modules, int width, struct str label);

#endif
