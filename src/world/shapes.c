/* Outlines of places and borders that are not agreed, as well-known text (WKT): what any GIS
 * exports to a column of CSV, so that whoever must show other boundaries can put in their own. */
#include "world/internal.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	struct str word;
	int deepest;
	bool area;
} forms[] = {
	{ { "POLYGON", 7 }, 2, true },
	{ { "MULTIPOLYGON", 12 }, 3, true },
	{ { "LINESTRING", 10 }, 1, false },
	{ { "MULTILINESTRING", 15 }, 2, false },
};

static enum shape_step fault(struct shape_walk *walk, const char *wanted)
{
	walk->wanted = wanted;
	return SHAPE_FAULT;
}

static char look(struct shape_walk *walk)
{
	while (walk->at < walk->text.len && walk->text.ptr[walk->at] == ' ')
		walk->at++;
	return walk->at < walk->text.len ? walk->text.ptr[walk->at] : '\0';
}

static bool begin(struct shape_walk *walk)
{
	look(walk);
	size_t from = walk->at, len = 0;
	while (from + len < walk->text.len && walk->text.ptr[from + len] >= 'A' &&
		walk->text.ptr[from + len] <= 'Z')
		len++;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (!str_eq(str_sub(walk->text, from, len), forms[i].word))
			continue;
		walk->at = from + len;
		walk->deepest = forms[i].deepest;
		walk->area = forms[i].area;
		return true;
	}
	return false;
}

/* A decimal of at most 18 digits: exact as a whole number, then one division. */
static bool decimal(struct shape_walk *walk, double max, double *out)
{
	int64_t whole = 0, scale = 1;
	int digits = 0;
	bool minus = look(walk) == '-', point = false;
	size_t at = walk->at + (minus ? 1 : 0);
	for (; at < walk->text.len; at++) {
		char c = walk->text.ptr[at];
		if (c == '.' && !point && digits > 0) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		if (++digits > 18)
			return false;
		whole = whole * 10 + (c - '0');
		scale *= point ? 10 : 1;
	}
	double value = (double)whole / (double)scale;
	if (digits == 0 || value > max || walk->text.ptr[at - 1] == '.')
		return false;
	walk->at = at;
	*out = minus ? -value : value;
	return true;
}

static enum shape_step point(struct shape_walk *walk, enum shape_step step)
{
	if (!decimal(walk, 180, &walk->lon))
		return fault(walk, "a longitude from -180 to 180");
	if (!decimal(walk, 90, &walk->lat))
		return fault(walk, "a latitude from -90 to 90");
	char c = look(walk);
	if (c != ',' && c != ')')
		return fault(walk, "',' or ')'");
	return step;
}

enum shape_step world_shape_next(struct shape_walk *walk)
{
	if (walk->deepest == 0) {
		if (!begin(walk))
			return fault(walk, "POLYGON, MULTIPOLYGON, LINESTRING or MULTILINESTRING");
	} else if (walk->depth == walk->deepest && look(walk) == ',') {
		walk->at++;
		return point(walk, SHAPE_POINT);
	}
	/* between two lines: brackets close, a comma, brackets open */
	for (bool listed = walk->depth == 0;;) {
		char c = look(walk);
		if (c == ')' && !listed) {
			walk->depth--;
			walk->at++;
			if (walk->depth > 0)
				continue;
			return look(walk) == '\0' ? SHAPE_END : fault(walk, "the end");
		}
		if (c == ',' && !listed) {
			listed = true;
			walk->at++;
			continue;
		}
		if (c != '(' || !listed)
			return fault(walk, listed ? "'('" : "',' or ')'");
		walk->at++;
		if (++walk->depth == walk->deepest)
			return point(walk, SHAPE_START);
	}
}

struct outline { /* of the line being walked */
	double lon, lat;
	size_t points;
};

static const char *line_fault(
	const struct shape_walk *walk, const struct outline *line, double lon, double lat)
{
	if (!walk->area)
		return line->points < 2 ? "a line of fewer than two points" : NULL;
	if (line->points < 4)
		return "a ring of fewer than four points";
	return lon != line->lon || lat != line->lat ? "a ring that does not end where it begins"
						    : NULL;
}

static bool told(struct loader *loader, const struct cell *cell, const char *what)
{
	world__fault(loader, cell->pos, "shape", "%s", what);
	return false;
}

static bool whole(struct loader *loader, const struct cell *cell, enum shape_kind kind)
{
	struct shape_walk walk = { .text = cell->text };
	struct outline line = { 0 };
	double lon = 0, lat = 0;
	for (;;) {
		enum shape_step step = world_shape_next(&walk);
		if (step == SHAPE_FAULT) {
			world__fault(loader, cell->pos, "shape",
				"found '" STR_FMT "' at character %zu, where %s should stand",
				STR_ARG(str_sub(walk.text, walk.at, 12)), walk.at + 1, walk.wanted);
			return false;
		}
		if (line.points && step != SHAPE_POINT) {
			const char *what = line_fault(&walk, &line, lon, lat);
			if (what)
				return told(loader, cell, what);
		}
		if (step == SHAPE_END)
			break;
		if (step == SHAPE_START)
			line = (struct outline){ walk.lon, walk.lat, 0 };
		line.points++;
		lon = walk.lon;
		lat = walk.lat;
	}
	if (walk.area != (kind == SHAPE_LAND))
		return told(loader, cell,
			walk.area ? "a border is a LINESTRING or MULTILINESTRING"
				  : "land is a POLYGON or MULTIPOLYGON");
	return true;
}

/* A place has one outline a scale. */
static bool is_first(struct loader *loader, const struct cell *cells)
{
	uint32_t existing;
	struct str key = str_format(
		loader->arena, "%u %u", cells[SHAPES_SCALE].index, cells[SHAPES_PLACE].index);
	if (!key.ptr || symbols_put(&loader->shape_ids, key, 0, &existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing == SYMBOL_NONE)
		return true;
	world__fault(loader, cells[SHAPES_PLACE].pos, "place",
		"'" STR_FMT "' has land at this scale already", STR_ARG(cells[SHAPES_PLACE].text));
	return false;
}

bool world__row_shape(struct loader *loader, const struct cell *cells, void *item)
{
	struct shape_row *row = item;
	enum shape_kind kind = (enum shape_kind)cells[SHAPES_KIND].index;
	if (!whole(loader, &cells[SHAPES_SHAPE], kind))
		return false;
	if (kind == SHAPE_LAND && cells[SHAPES_BESIDE].text.len) {
		world__fault(loader, cells[SHAPES_BESIDE].pos, "beside",
			"only a disputed border has another side");
		return false;
	}
	*row = (struct shape_row){
		.place = cells[SHAPES_PLACE].index,
		.beside = cells[SHAPES_BESIDE].index,
		.kind = kind,
		.scale = (enum shape_scale)cells[SHAPES_SCALE].index,
		.shape = cells[SHAPES_SHAPE].text,
		.source = cells[SHAPES_SOURCE].index,
	};
	return kind != SHAPE_LAND || is_first(loader, cells);
}

static int by_scale(const void *one, const void *other)
{
	const struct shape_row *a = one, *b = other;
	if (a->scale != b->scale)
		return a->scale < b->scale ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return a->shape.ptr < b->shape.ptr ? -1 : a->shape.ptr > b->shape.ptr;
}

enum status world__done_shapes(struct loader *loader)
{
	if (loader->world.shapes_count)
		qsort(loader->world.shapes, loader->world.shapes_count, sizeof(struct shape_row),
			by_scale);
	return STATUS_OK;
}
