/* What the map of the world and the map of a region share. */
#ifndef ENTENTE_WIRE_SVG_MAP_H
#define ENTENTE_WIRE_SVG_MAP_H

#include "wire/svg_draw.h"

#define SVG_RADIANS 0.017453292519943295

struct svg_land { /* a country */
	uint32_t place;
	const struct shape_row *world, *region; /* NULL: none at that scale */
	struct str path;                        /* on the world's map; empty: a point, ... */
	int x, y;                               /* ... here, */
	bool point;                             /* ... if it has one */
};
struct svg_map {
	const struct world *world;
	struct svg_land *lands; /* in order of places */
	size_t land_count;
	struct str dashed; /* path of the borders that are not agreed */
	int height;
};
struct svg_xy {
	double x, y;
};

/* A path in whole units, relative, so that it is short. */
struct svg_pen {
	struct buf *out;
	long x, y;
	char last; /* the letter in force */
};
void svg__move(struct svg_pen *pen, struct svg_xy to);
void svg__line(struct svg_pen *pen, struct svg_xy to);

/* Each land's mark, or NULL; *USED gets the fills as bits. NULL: no memory. */
const struct svg_mark **svg__marks(struct arena *scratch, const struct svg_map *map,
	const struct svg_mark *marks, size_t count, uint32_t *used);
struct str svg__name(
	const struct svg_map *map, const struct svg_land *land, const struct svg_mark *mark);
/* <a href="/places/CODE"><path d="PATH"> or, where PATH is empty, a point at X, Y; its title. */
void svg__land(struct buf *out, const struct svg_map *map, const struct svg_head *head,
	const struct svg_land *land, const struct svg_mark *mark, struct str path,
	struct svg_xy at);
/* PATH as a line of LOOK. */
void svg__line_of(struct buf *out, const char *look, struct str path);
/* The ground, and the group of all that is drawn on it: to be closed. */
void svg__sea(struct buf *out, int64_t width, int64_t height);
void svg__dashed(struct buf *out, struct str path);

#endif
