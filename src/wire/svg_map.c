/* Maps: countries as areas with a fill, a title and a link each.
 *
 * The world is in the Equal Earth projection (B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth
 * map projection", IJGIS 33(3), 2019): areas keep their proportion, so that a large fill means many
 * square kilometres and not merely the north. A region is in Lambert's azimuthal equal-area
 * projection around its middle (J. P. Snyder, "Map Projections: A Working Manual", USGS 1395, 1987,
 * formulas 24-2 to 24-4), which knows no edge at 180 degrees. */
#include "wire/svg_map.h"

#include <math.h>

#define WORLD_WIDTH 800
#define WORLD_NORTH 84.0 /* what lies beyond has no people */
#define WORLD_SOUTH (-58.0)

static struct svg_xy equal_earth(double lon, double lat)
{
	const double a1 = 1.340264, a2 = -0.081106, a3 = 0.000893, a4 = 0.003796;
	double t = asin(sqrt(3) / 2 * sin(lat * SVG_RADIANS)), t2 = t * t, t6 = t2 * t2 * t2;
	double slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2);
	return (struct svg_xy){ 2 * sqrt(3) * lon * SVG_RADIANS * cos(t) / (3 * slope),
		-t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)) };
}

/* On the world's map, in its units. */
static struct svg_xy on_world(double lon, double lat)
{
	double scale = WORLD_WIDTH / (2 * equal_earth(180, 0).x);
	struct svg_xy at = equal_earth(lon, lat);
	return (struct svg_xy){ WORLD_WIDTH / 2.0 + at.x * scale,
		(at.y - equal_earth(0, WORLD_NORTH).y) * scale };
}

static void pen_number(struct svg_pen *pen, long number, bool first)
{
	if (!first && number >= 0)
		buf_add_char(pen->out, ' ');
	svg__int(pen->out, number);
}

void svg__move(struct svg_pen *pen, struct svg_xy to)
{
	pen->x = lround(to.x);
	pen->y = lround(to.y);
	buf_add_char(pen->out, 'M');
	pen_number(pen, pen->x, true);
	pen_number(pen, pen->y, false);
	pen->last = 'M';
}

void svg__line(struct svg_pen *pen, struct svg_xy to)
{
	long x = lround(to.x), y = lround(to.y), dx = x - pen->x, dy = y - pen->y;
	char letter = dy == 0 ? 'h' : dx == 0 ? 'v' : 'l';
	if (dx == 0 && dy == 0)
		return;
	bool first = pen->last != letter;
	if (first)
		buf_add_char(pen->out, letter);
	pen->last = letter;
	if (letter != 'v')
		pen_number(pen, dx, first);
	if (letter != 'h')
		pen_number(pen, dy, first && letter == 'v');
	pen->x = x;
	pen->y = y;
}

static void reach(struct svg_pen *pen, struct svg_xy at)
{
	if (pen->last)
		svg__line(pen, at);
	else
		svg__move(pen, at);
}

/* One ring or line, from its first point, where WALK stands; returns the step after it. A ring that
 * crosses 180 degrees goes on beyond the edge of the map; it is drawn SHIFT degrees to the east and
 * held back at the edge, and *OVER says on which side (-1, 1) there is more of it. Of what lies
 * beyond only where it leaves and where it comes back is drawn. */
static enum shape_step world_ring(struct buf *out, struct shape_walk *walk, double shift, int *over)
{
	struct svg_pen pen = { .out = out };
	struct svg_xy held = { 0, 0 };
	bool holding = false;
	double last = walk->lon, turn = shift;
	enum shape_step step = SHAPE_POINT;
	for (; step == SHAPE_POINT; step = world_shape_next(walk)) {
		turn += walk->lon - last > 180 ? -360 : walk->lon - last < -180 ? 360 : 0;
		last = walk->lon;
		double lon = walk->lon + turn;
		struct svg_xy at = on_world(fmax(-180, fmin(180, lon)), walk->lat);
		if (lon > 180 || lon < -180) {
			*over = lon > 180 ? 1 : -1;
			if (pen.last && !holding)
				svg__line(&pen, at);
			held = at;
			holding = true;
			continue;
		}
		if (holding)
			reach(&pen, held);
		holding = false;
		reach(&pen, at);
	}
	if (walk->area && pen.last)
		buf_add_char(out, 'z');
	return step;
}

/* The outline of ROW on the world's map. */
static void world_path(struct buf *out, const struct shape_row *row)
{
	struct shape_walk walk = { .text = row->shape };
	enum shape_step step = world_shape_next(&walk);
	while (step == SHAPE_START) {
		struct shape_walk again = walk;
		int over = 0, rest = 0;
		step = world_ring(out, &walk, 0, &over);
		if (over)
			world_ring(out, &again, -360.0 * over, &rest);
	}
}

static enum status add_lands(struct svg_map *map, struct arena *arena)
{
	const struct world *world = map->world;
	size_t count = 0;
	for (uint32_t i = 0; i < world->places_count; i++)
		count += world->places[i].kind == PLACE_COUNTRY;
	map->lands = ARENA_ARRAY(arena, count + 1, struct svg_land);
	uint32_t *of = ARENA_ARRAY(arena, world->places_count + 1, uint32_t);
	if (!map->lands || !of)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < world->places_count; i++) {
		const struct place *place = &world->places[i];
		if (place->kind != PLACE_COUNTRY)
			continue;
		struct svg_xy at = on_world(place->lon, place->lat);
		bool seen =
			place->has_point && place->lat >= WORLD_SOUTH && place->lat <= WORLD_NORTH;
		map->lands[map->land_count++] = (struct svg_land){ .place = i,
			.x = seen ? (int)lround(at.x) : 0,
			.y = seen ? (int)lround(at.y) : 0,
			.point = seen };
		of[i] = (uint32_t)map->land_count;
	}
	for (size_t i = 0; i < world->shapes_count; i++) {
		const struct shape_row *row = &world->shapes[i];
		if (row->kind != SHAPE_LAND || row->place == NONE32 || of[row->place] == 0)
			continue;
		struct svg_land *land = &map->lands[of[row->place] - 1];
		*(row->scale == SHAPE_WORLD ? &land->world : &land->region) = row;
	}
	return STATUS_OK;
}

#define PATHS_MAX ((size_t)64 << 20)

enum status svg_map_new(struct svg_map **out, struct arena *arena, const struct world *world)
{
	struct svg_map *map = ARENA_NEW(arena, struct svg_map);
	*out = NULL;
	if (!map)
		return STATUS_NO_MEMORY;
	map->world = world;
	map->height = (int)lround(on_world(0, WORLD_SOUTH).y);
	enum status status = add_lands(map, arena);
	if (status != STATUS_OK)
		return status;
	struct buf buf;
	for (size_t i = 0; i < map->land_count; i++) {
		if (!map->lands[i].world)
			continue;
		buf_init(&buf, arena, PATHS_MAX);
		world_path(&buf, map->lands[i].world);
		if (buf.failed)
			return STATUS_NO_MEMORY;
		map->lands[i].path = buf_str(&buf);
	}
	buf_init(&buf, arena, PATHS_MAX);
	for (size_t i = 0; i < world->shapes_count; i++)
		if (world->shapes[i].kind == SHAPE_DISPUTED &&
			world->shapes[i].scale == SHAPE_WORLD)
			world_path(&buf, &world->shapes[i]);
	if (buf.failed)
		return STATUS_NO_MEMORY;
	map->dashed = buf_str(&buf);
	*out = map;
	return STATUS_OK;
}

const struct svg_mark **svg__marks(struct arena *scratch, const struct svg_map *map,
	const struct svg_mark *marks, size_t count, uint32_t *used)
{
	const struct svg_mark **of_place =
		ARENA_ARRAY(scratch, map->world->places_count + 1, const struct svg_mark *);
	const struct svg_mark **of =
		ARENA_ARRAY(scratch, map->land_count + 1, const struct svg_mark *);
	if (!of_place || !of)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (marks[i].place < map->world->places_count)
			of_place[marks[i].place] = &marks[i];
	*used = 0;
	for (size_t i = 0; i < map->land_count; i++) {
		of[i] = of_place[map->lands[i].place];
		*used |= 1u << (of[i] ? of[i]->fill : FILL_NO_DATA);
	}
	return of;
}

struct str svg__name(
	const struct svg_map *map, const struct svg_land *land, const struct svg_mark *mark)
{
	return mark && mark->name.len ? mark->name : map->world->places[land->place].name;
}

void svg__land(struct buf *out, const struct svg_map *map, const struct svg_head *head,
	const struct svg_land *land, const struct svg_mark *mark, struct str path, struct svg_xy at)
{
	buf_add(out, STR("<a href=\"/places/"));
	svg__segment(out, map->world->places[land->place].id);
	svg__text(out, head->suffix, SVG_ALL);
	buf_add(out, STR("\">"));
	if (path.len) {
		buf_add(out, STR("<path d=\""));
		buf_add(out, path);
		buf_add(out, STR("\">"));
	} else {
		buf_add(out, STR("<circle r=\"2.5\""));
		svg__attr_int(out, "cx", lround(at.x));
		svg__attr_int(out, "cy", lround(at.y));
		buf_add_char(out, '>');
	}
	svg__title(out, mark && mark->title.len ? mark->title : svg__name(map, land, mark));
	buf_add_c(out, path.len ? "</path></a>\n" : "</circle></a>\n");
}

void svg__line_of(struct buf *out, const char *look, struct str path)
{
	buf_add(out, STR("<path"));
	svg__look(out, look);
	buf_add(out, STR(" d=\""));
	buf_add(out, path);
	buf_add(out, STR("\"/>\n"));
}

void svg__sea(struct buf *out, int64_t width, int64_t height)
{
	buf_add(out, STR("<rect fill=\"#eef3f7\""));
	svg__attr_int(out, "width", width);
	svg__attr_int(out, "height", height);
	buf_add(out, STR("/><g"));
	svg__look(out, "lines");
	buf_add(out, STR(">\n"));
}

void svg__dashed(struct buf *out, struct str path)
{
	if (!path.len)
		return;
	/* twice: what lies below must not show in the gaps of the dashes */
	static const char *const twice[] = { "gap", "dashed" };
	for (size_t i = 0; i < 2; i++)
		svg__line_of(out, twice[i], path);
}

enum status svg_map_world(struct buf *out, struct arena *scratch, const struct svg_map *map,
	const struct svg_head *in_page, const struct svg_mark *marks, size_t count)
{
	struct svg_head own = *in_page;
	const struct svg_head *head = &own;
	uint32_t used;
	const struct svg_mark **of = svg__marks(scratch, map, marks, count, &used);
	if (!of)
		return STATUS_NO_MEMORY;
	own.alone = true;
	svg__open(out, head, "map", "group", WORLD_WIDTH, map->height, used, 1);
	svg__sea(out, WORLD_WIDTH, map->height);
	/* areas first: points lie on top of them */
	for (int points = 0; points < 2; points++) {
		for (int fill = 0; fill < SVG_FILLS; fill++) {
			bool open = false;
			for (size_t i = 0; i < map->land_count; i++) {
				const struct svg_land *land = &map->lands[i];
				int has = of[i] ? (int)of[i]->fill : FILL_NO_DATA;
				bool point = !land->path.len;
				if (has != fill || point != (points == 1) ||
					(point && !land->point))
					continue;
				if (!open) {
					buf_add(out, STR("<g"));
					svg__fill(out, head, (enum svg_fill)fill);
					buf_add(out, STR(">\n"));
				}
				open = true;
				svg__land(out, map, head, land, of[i], land->path,
					(struct svg_xy){ land->x, land->y });
			}
			if (open)
				buf_add(out, STR("</g>\n"));
		}
		if (points == 0)
			svg__dashed(out, map->dashed);
	}
	buf_add(out, STR("</g>"));
	svg__close(out);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
