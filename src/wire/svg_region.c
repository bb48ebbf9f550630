/* A country and its neighbours: cut out of the world's outlines around its middle. */
#include "wire/svg_map.h"

#include <math.h>

#define WIDTH 720
#define HEIGHT 540
#define MARGIN 8    /* outlines are cut this far outside, so that the cut is not seen */
#define AROUND 1.4  /* the view shows this many times the country */
#define LEAST 0.03  /* half the width of the smallest view, radians: 190 km */
#define ALONE 0.07  /* ... and of a country without an outline */
#define COARSE 0.40 /* a view at least this wide takes the world's outlines */
#define NEAR 0.5    /* parts within so many times the size of the main one belong to the view */
#define FAR (-0.3)  /* cosine beyond which the projection tears: never in view */
#define LETTER 11   /* mean width of a letter of a label */
#define PATH_MAX_BYTES ((size_t)8 << 20)

struct view {
	double lon0, sin0, cos0;   /* the middle of the projection */
	double west, south, scale; /* of the window in the plane; units a radian */
	bool coarse;
};

/* Snyder 24-2, 24-3, 24-4 on the unit sphere; y goes up. False: too far. */
static bool project(const struct view *view, double lon, double lat, struct svg_xy *out)
{
	double turn = (lon - view->lon0) * SVG_RADIANS, s = sin(lat * SVG_RADIANS),
	       c = cos(lat * SVG_RADIANS);
	double near = view->sin0 * s + view->cos0 * c * cos(turn);
	if (near < FAR)
		return false;
	double k = sqrt(2 / (1 + near));
	*out = (struct svg_xy){ k * c * sin(turn),
		k * (view->cos0 * s - view->sin0 * c * cos(turn)) };
	return true;
}

static struct svg_xy in_window(const struct view *view, struct svg_xy at)
{
	return (struct svg_xy){ (at.x - view->west) * view->scale,
		HEIGHT - (at.y - view->south) * view->scale };
}

struct box {
	double west, south, east, north;
};
#define BOX_EMPTY ((struct box){ 1e9, 1e9, -1e9, -1e9 })

static void box_add(struct box *box, double x, double y)
{
	box->west = fmin(box->west, x);
	box->south = fmin(box->south, y);
	box->east = fmax(box->east, x);
	box->north = fmax(box->north, y);
}

static void aim(struct view *view, double lon, double lat)
{
	view->lon0 = lon;
	view->sin0 = sin(lat * SVG_RADIANS);
	view->cos0 = cos(lat * SVG_RADIANS);
}

/* Twice the area of a ring, roughly: to tell the main part. */
struct part {
	double size, x, y, z; /* the sum of its points on the sphere */
	double lon, lat;      /* the last point */
};

static void part_add(struct part *part, double lon, double lat)
{
	double c = cos(lat * SVG_RADIANS);
	part->size += (part->lon * lat - lon * part->lat) * c;
	part->x += c * cos(lon * SVG_RADIANS);
	part->y += c * sin(lon * SVG_RADIANS);
	part->z += sin(lat * SVG_RADIANS);
	part->lon = lon;
	part->lat = lat;
}

/* Aims at the middle of the largest ring of ROW; returns its number. */
static size_t aim_at_main(struct view *view, const struct shape_row *row)
{
	struct shape_walk walk = { .text = row->shape };
	struct part part = { 0 }, best = { 0 };
	size_t ring = 0, main_ring = 0;
	for (;;) {
		enum shape_step step = world_shape_next(&walk);
		if (step != SHAPE_POINT && ring > 0 && fabs(part.size) > fabs(best.size)) {
			best = part;
			main_ring = ring;
		}
		if (step == SHAPE_START) {
			part = (struct part){ .lon = walk.lon, .lat = walk.lat };
			ring++;
		}
		if (step == SHAPE_END || step == SHAPE_FAULT)
			break;
		part_add(&part, walk.lon, walk.lat);
	}
	aim(view, atan2(best.y, best.x) / SVG_RADIANS,
		atan2(best.z, hypot(best.x, best.y)) / SVG_RADIANS);
	return main_ring;
}

/* The box of the main ring and of the others near it. */
static struct box parts_box(const struct view *view, const struct shape_row *row, size_t main_ring)
{
	struct box whole = BOX_EMPTY, ring_box = BOX_EMPTY;
	for (int pass = 0; pass < 2; pass++) {
		struct shape_walk walk = { .text = row->shape };
		struct box start = whole;
		double reach = NEAR * hypot(start.east - start.west, start.north - start.south);
		for (size_t ring = 0;;) {
			enum shape_step step = world_shape_next(&walk);
			bool near = pass == 1 && ring_box.west < start.east + reach &&
				    ring_box.east > start.west - reach &&
				    ring_box.south < start.north + reach &&
				    ring_box.north > start.south - reach;
			if (step != SHAPE_POINT && ring > 0 && (near || ring == main_ring)) {
				box_add(&whole, ring_box.west, ring_box.south);
				box_add(&whole, ring_box.east, ring_box.north);
			}
			if (step == SHAPE_START) {
				ring++;
				ring_box = BOX_EMPTY;
			}
			if (step == SHAPE_END || step == SHAPE_FAULT)
				break;
			struct svg_xy at;
			if (project(view, walk.lon, walk.lat, &at))
				box_add(&ring_box, at.x, at.y);
		}
	}
	return whole;
}

/* The window over LAND; false where nobody knows where it lies. */
static bool window(struct view *view, const struct svg_map *map, const struct svg_land *land)
{
	const struct place *place = &map->world->places[land->place];
	const struct shape_row *row = land->region ? land->region : land->world;
	struct box box = { -ALONE, -ALONE, ALONE, ALONE };
	if (row)
		box = parts_box(view, row, aim_at_main(view, row));
	else if (place->has_point)
		aim(view, place->lon, place->lat);
	else
		return false;
	double half = fmax((box.east - box.west) / 2, (box.north - box.south) / 2 * WIDTH / HEIGHT);
	half = fmax(row ? half * AROUND : half, LEAST);
	view->scale = WIDTH / (2 * half);
	view->west = (box.west + box.east) / 2 - half;
	view->south = (box.south + box.north) / 2 - half * HEIGHT / WIDTH;
	view->coarse = half > COARSE;
	return true;
}

/* Sutherland and Hodgman: the part of a ring on the inner side of one edge of the window. */
static double inside(struct svg_xy at, int edge)
{
	switch (edge) {
	case 0:
		return at.x + MARGIN;
	case 1:
		return WIDTH + MARGIN - at.x;
	case 2:
		return at.y + MARGIN;
	default:
		return HEIGHT + MARGIN - at.y;
	}
}

static size_t cut(struct svg_xy *to, const struct svg_xy *from, size_t count, int edge)
{
	size_t made = 0;
	for (size_t i = 0; i < count; i++) {
		struct svg_xy a = from[i ? i - 1 : count - 1], b = from[i];
		double da = inside(a, edge), db = inside(b, edge);
		if ((da < 0) != (db < 0)) {
			double t = da / (da - db);
			to[made++] =
				(struct svg_xy){ a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t };
		}
		if (db >= 0)
			to[made++] = b;
	}
	return made;
}

struct cutter {
	struct view view;
	struct svg_xy *one, *other; /* room for a ring, before and after */
	size_t count;
	bool torn;
	struct box box; /* of what is seen of the land being drawn */
};

static void close_ring(struct buf *out, struct cutter *cutter, bool area)
{
	size_t count = cutter->count;
	struct svg_xy *from = cutter->one, *to = cutter->other;
	cutter->count = 0;
	if (cutter->torn || count < 2)
		return;
	for (int edge = 0; area && edge < 4; edge++) {
		count = cut(to, from, count, edge);
		struct svg_xy *swap = from;
		from = to;
		to = swap;
	}
	if (area && count < 3)
		return;
	struct svg_pen pen = { .out = out };
	svg__move(&pen, from[0]);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			svg__line(&pen, from[i]);
		box_add(&cutter->box, from[i].x, from[i].y);
	}
	if (area)
		buf_add_char(out, 'z');
}

/* What is seen of ROW, as a path; empty where nothing is. */
static enum status seen(
	struct str *out, struct arena *scratch, struct cutter *cutter, const struct shape_row *row)
{
	struct shape_walk walk = { .text = row->shape };
	struct buf buf;
	/* Each edge of the window adds at most half as many points again; a point takes four bytes
	 * of text at least. */
	size_t room = 6 * (row->shape.len / 4 + 4);
	buf_init(&buf, scratch, PATH_MAX_BYTES);
	cutter->one = ARENA_ARRAY(scratch, room, struct svg_xy);
	cutter->other = ARENA_ARRAY(scratch, room, struct svg_xy);
	if (!cutter->one || !cutter->other)
		return STATUS_NO_MEMORY;
	cutter->box = BOX_EMPTY;
	cutter->count = 0;
	for (;;) {
		enum shape_step step = world_shape_next(&walk);
		struct svg_xy at;
		if (step != SHAPE_POINT)
			close_ring(&buf, cutter, walk.area);
		if (step == SHAPE_END || step == SHAPE_FAULT)
			break;
		if (step == SHAPE_START)
			cutter->torn = false;
		if (project(&cutter->view, walk.lon, walk.lat, &at))
			cutter->one[cutter->count++] = in_window(&cutter->view, at);
		else
			cutter->torn = true;
	}
	*out = buf_str(&buf);
	return buf.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

struct piece { /* a country in the window */
	struct str path;
	struct svg_xy at; /* its point */
	bool shown, has_point, roomy;
};

static bool in_sight(struct svg_xy at, double margin)
{
	return at.x >= margin && at.x <= WIDTH - margin && at.y >= margin &&
	       at.y <= HEIGHT - margin;
}

static enum status cut_all(struct piece *pieces, struct arena *scratch, const struct svg_map *map,
	struct cutter *cutter)
{
	for (size_t i = 0; i < map->land_count; i++) {
		const struct svg_land *land = &map->lands[i];
		const struct place *place = &map->world->places[land->place];
		const struct shape_row *row = cutter->view.coarse ? land->world : land->region;
		struct piece *piece = &pieces[i];
		struct svg_xy at;
		if (place->has_point && project(&cutter->view, place->lon, place->lat, &at)) {
			piece->at = in_window(&cutter->view, at);
			piece->has_point = in_sight(piece->at, 4);
		}
		if (!row && !cutter->view.coarse)
			row = land->world;
		if (row) {
			enum status status = seen(&piece->path, scratch, cutter, row);
			if (status != STATUS_OK)
				return status;
			size_t letters = text_columns(place->name);
			piece->roomy = cutter->box.east - cutter->box.west >
				       (double)(letters * LETTER) / 2;
		}
		piece->shown = piece->path.len || (!row && piece->has_point);
	}
	return STATUS_OK;
}

static void label(struct buf *out, struct svg_xy at, struct str name, bool here)
{
	buf_add(out, STR("<text"));
	if (here)
		svg__look(out, "here");
	svg__attr_int(out, "x", lround(at.x));
	svg__attr_int(out, "y", lround(at.y));
	buf_add_char(out, '>');
	svg__text(out, name, 24);
	buf_add(out, STR("</text>\n"));
}

/* Names where there is room: the country's own first, none over another. */
static void labels(struct buf *out, const struct svg_map *map, const struct piece *pieces,
	const struct svg_mark **of, size_t here)
{
	struct box taken[32];
	size_t count = 0;
	buf_add(out, STR("<g"));
	svg__look(out, "labels");
	buf_add(out, STR(">\n"));
	for (size_t k = 0; k <= map->land_count && count < 32; k++) {
		size_t i = k == 0 ? here : k - 1;
		const struct piece *piece = &pieces[i];
		if ((k > 0 && (i == here || !piece->roomy)) || !piece->shown || !piece->has_point)
			continue;
		struct str name = svg__name(map, &map->lands[i], of[i]);
		size_t letters = text_columns(name);
		double half = (double)(letters < 24 ? letters : 24) * LETTER / 2;
		struct svg_xy at = { piece->at.x, piece->at.y - (piece->path.len ? 0 : 10) };
		struct box box = { at.x - half, at.y - 18, at.x + half, at.y + 6 };
		bool free =
			box.west >= 0 && box.east <= WIDTH && box.south >= 0 && box.north <= HEIGHT;
		for (size_t t = 0; t < count && free; t++)
			free = box.west > taken[t].east || box.east < taken[t].west ||
			       box.south > taken[t].north || box.north < taken[t].south;
		if (!free)
			continue;
		taken[count++] = box;
		label(out, at, name, k == 0);
	}
	buf_add(out, STR("</g>"));
}

static enum status borders(
	struct buf *out, struct arena *scratch, const struct svg_map *map, struct cutter *cutter)
{
	for (size_t i = 0; i < map->world->shapes_count; i++) {
		const struct shape_row *row = &map->world->shapes[i];
		struct str path;
		if (row->kind != SHAPE_DISPUTED ||
			row->scale != (cutter->view.coarse ? SHAPE_WORLD : SHAPE_REGION))
			continue;
		enum status status = seen(&path, scratch, cutter, row);
		if (status != STATUS_OK)
			return status;
		bool in_view = cutter->box.west < WIDTH && cutter->box.east > 0 &&
			       cutter->box.south < HEIGHT && cutter->box.north > 0;
		if (in_view)
			svg__dashed(out, path);
	}
	return STATUS_OK;
}

static void spots_on(
	struct buf *out, const struct view *view, const struct svg_spot *spots, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct svg_xy at;
		if (!project(view, spots[i].lon, spots[i].lat, &at))
			continue;
		at = in_window(view, at);
		if (!in_sight(at, 0))
			continue;
		buf_add(out, STR("<circle r=\"6\""));
		svg__look(out, "spot");
		svg__attr_int(out, "cx", lround(at.x));
		svg__attr_int(out, "cy", lround(at.y));
		buf_add_char(out, '>');
		svg__title(out, spots[i].title);
		buf_add(out, STR("</circle>\n"));
	}
}

static void draw(struct buf *out, const struct svg_map *map, const struct svg_head *head,
	const struct piece *pieces, const struct svg_mark **of, size_t here)
{
	for (int points = 0; points < 2; points++) {
		for (size_t i = 0; i < map->land_count; i++) {
			const struct piece *piece = &pieces[i];
			if (!piece->shown || (piece->path.len == 0) != (points == 1))
				continue;
			buf_add(out, STR("<g"));
			svg__fill(out, head, of[i] ? of[i]->fill : FILL_NO_DATA);
			buf_add(out, STR(">"));
			svg__land(out, map, head, &map->lands[i], of[i], piece->path, piece->at);
			buf_add(out, STR("</g>\n"));
		}
		if (points == 0 && pieces[here].path.len)
			svg__line_of(out, "outline", pieces[here].path);
	}
}

enum status svg_map_region(struct buf *out, struct arena *scratch, const struct svg_map *map,
	const struct svg_head *in_page, uint32_t place, const struct svg_mark *marks, size_t count,
	const struct svg_spot *spots, size_t spot_count)
{
	struct svg_head own = *in_page;
	const struct svg_head *head = &own;
	uint32_t country =
		place < map->world->places_count ? map->world->places[place].country : NONE32;
	size_t here = 0;
	while (here < map->land_count && map->lands[here].place != country)
		here++;
	struct cutter cutter = { 0 };
	if (here == map->land_count || !window(&cutter.view, map, &map->lands[here]))
		return STATUS_NOT_FOUND;
	uint32_t used;
	const struct svg_mark **of = svg__marks(scratch, map, marks, count, &used);
	struct piece *pieces = ARENA_ARRAY(scratch, map->land_count + 1, struct piece);
	if (!of || !pieces)
		return STATUS_NO_MEMORY;
	enum status status = cut_all(pieces, scratch, map, &cutter);
	if (status != STATUS_OK)
		return status;
	used = 0;
	for (size_t i = 0; i < map->land_count; i++)
		if (pieces[i].shown)
			used |= 1u << (of[i] ? of[i]->fill : FILL_NO_DATA);
	own.alone = true;
	svg__open(out, head, "map", "group", WIDTH, HEIGHT, used, 2);
	svg__sea(out, WIDTH, HEIGHT);
	draw(out, map, head, pieces, of, here);
	status = borders(out, scratch, map, &cutter);
	buf_add(out, STR("</g>"));
	labels(out, map, pieces, of, here);
	spots_on(out, &cutter.view, spots, spot_count);
	svg__close(out);
	return status != STATUS_OK ? status : out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
