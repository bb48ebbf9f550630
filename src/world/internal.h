/* What the files of world/ share: the table of files and columns, the loader's state, the index
 * behind the questions.
 *
 * A file of a workspace is one row of world_files[] (files.c): its columns, where its rows go and
 * who reads a row. table.c reads every file by that table: it checks the header, turns each cell
 * into a value by its kind, tells faults, and hands whole rows to the reader. */
#ifndef ENTENTE_WORLD_INTERNAL_H
#define ENTENTE_WORLD_INTERNAL_H

#include "world/world.h"

#define WORLD_PLACES_MAX (1u << 18) /* places and special codes fit 20 bits of a key of people */
#define WORLD_DEPTH_MAX 64
#define WORLD_COUNT_MAX INT64_C(1000000000000) /* of one row: WORLD_ROWS_MAX of them still sum */
#define WORLD_MONTHS_MAX 1200
#define WORLD_ID_MAX 200 /* bytes */

/* What a cell holds. Empty cells give NONE32, -1, DATE_NONE or no bits; a column that is `needed`
 * has none. */
enum cell_kind {
	CELL_TEXT,
	CELL_ID, /* a name others refer to: no spaces, commas, quotes or control characters */
	CELL_DATE,
	CELL_YEAR,
	CELL_COUNT, /* 0 to WORLD_COUNT_MAX */
	CELL_MONTHS,
	CELL_LATITUDE,
	CELL_LONGITUDE,
	CELL_NATIONALITY, /* the shape only: three capital letters */
	CELL_WORD,        /* one of the column's words: its index */
	CELL_SOURCE,
	CELL_PLACE,
	CELL_COUNTRY,    /* a place of kind country */
	CELL_IN_COUNTRY, /* a country or a place in one */
	CELL_COUNTRIES,  /* a list of countries */
	CELL_PARTY,
	CELL_SERVICE,
	CELL_SERVICES, /* a list: bits */
	CELL_LEVELS,   /* a list: bits */
};

struct column {
	const char *name;
	enum cell_kind kind;
	bool needed;
	const struct str *words; /* CELL_WORD */
	size_t word_count;
};

struct cell {
	struct str text;
	struct pos pos;
	union {
		uint32_t index;
		int32_t date;
		int64_t number;
		double real;
		uint64_t bits;
	};
	uint32_t *list; /* CELL_COUNTRIES */
	uint32_t list_count;
	bool known; /* the value below stands for this text: the row above may have had the same */
	bool good;
};

struct loader;
struct file_spec {
	const char *name;
	bool needed;
	const struct column *columns;
	size_t column_count;
	size_t items, count; /* offsets in struct loader of the array and its length; ... */
	size_t size;         /* ... and the size of one item */
	/* Fills *ITEM (zeroed) from a row whose cells are all good; false: told or no_memory, the
	 * row is dropped. */
	bool (*row)(struct loader *loader, const struct cell *cells, void *item);
	/* After the last row, also of an absent file; NULL: nothing to do. */
	enum status (*done)(struct loader *loader);
};
extern const struct file_spec world_files[];
extern const size_t world_file_count;

/* The order of columns in files.c; the file's own order is free. */
enum {
	SOURCES_SOURCE,
	SOURCES_TITLE,
	SOURCES_URL,
	SOURCES_LICENCE,
	SOURCES_RETRIEVED,
	SOURCES_COLUMNS
};
enum {
	PLACES_PLACE,
	PLACES_PARENT,
	PLACES_KIND,
	PLACES_NAME,
	PLACES_LAT,
	PLACES_LON,
	PLACES_NATIONALITY,
	PLACES_SOURCE,
	PLACES_COLUMNS
};
enum { NAMES_ID, NAMES_LANG, NAMES_NAME, NAMES_COLUMNS };
/* Facts that are no presence may carry a basis and a date of their own: checked, and shown by
 * nothing yet. */
#define FACT_COLUMNS(P) P##_SOURCE, P##_BASIS, P##_AS_OF, P##_COLUMNS
enum { SET_SET, SET_MEMBER, SET_FROM, SET_UNTIL, FACT_COLUMNS(SET) }; /* zones, groups */
enum {
	PARTIES_PARTY,
	PARTIES_KIND,
	PARTIES_NAME,
	PARTIES_PARENT,
	PARTIES_COUNTRY,
	PARTIES_LANGUAGES,
	PARTIES_FLAGS,
	PARTIES_SOURCE,
	PARTIES_COLUMNS
};
enum {
	POSTS_POST,
	POSTS_SENDING,
	POSTS_RECEIVING,
	POSTS_PLACE,
	POSTS_KIND,
	POSTS_ACCREDITED_TO,
	POSTS_SERVICES,
	POSTS_DISTRICT,
	POSTS_NAME,
	POSTS_LAT,
	POSTS_LON,
	POSTS_FROM,
	POSTS_UNTIL,
	POSTS_STATE,
	FACT_COLUMNS(POSTS)
};
enum {
	ABSENT_SENDING,
	ABSENT_RECEIVING,
	ABSENT_LEVEL,
	ABSENT_FROM,
	ABSENT_UNTIL,
	FACT_COLUMNS(ABSENT)
};
enum {
	OFFICES_PARTY,
	OFFICES_PLACE,
	OFFICES_KIND,
	OFFICES_FROM,
	OFFICES_UNTIL,
	FACT_COLUMNS(OFFICES)
};
enum { COMPLETE_LIST, COMPLETE_SIDE, COMPLETE_STATE, COMPLETE_LEVEL, FACT_COLUMNS(COMPLETE) };
enum { FRESHNESS_CLASS, FRESHNESS_MONTHS, FRESHNESS_COLUMNS };
enum {
	PEOPLE_ORIGIN,
	PEOPLE_PLACE,
	PEOPLE_GROUP,
	PEOPLE_YEAR,
	PEOPLE_PEOPLE,
	PEOPLE_LOW,
	PEOPLE_HIGH,
	PEOPLE_METHOD,
	FACT_COLUMNS(PEOPLE)
};
enum {
	STRENGTHS_PARTY,
	STRENGTHS_PLACE,
	STRENGTHS_SERVICE,
	STRENGTHS_QUANTITY,
	STRENGTHS_UNIT,
	STRENGTHS_PER,
	FACT_COLUMNS(STRENGTHS)
};
enum {
	ASSETS_ASSET,
	ASSETS_PARTY,
	ASSETS_PLACE,
	ASSETS_KIND,
	ASSETS_QUANTITY,
	ASSETS_UNIT,
	FACT_COLUMNS(ASSETS)
};
enum {
	CHANNELS_PARTY,
	CHANNELS_PLACE,
	CHANNELS_KIND,
	CHANNELS_ADDRESS,
	CHANNELS_LANGUAGES,
	CHANNELS_HOURS,
	CHANNELS_TESTED,
	CHANNELS_VISIBILITY,
	FACT_COLUMNS(CHANNELS)
};
enum {
	LINKS_FROM_PARTY,
	LINKS_TO_PARTY,
	LINKS_PLACE,
	LINKS_PURPOSE,
	LINKS_TESTED_OUT,
	LINKS_TESTED_BACK,
	FACT_COLUMNS(LINKS)
};
enum {
	WAYS_KIND,
	WAYS_PLACE,
	WAYS_NAME,
	WAYS_CODE,
	WAYS_TOWN,
	WAYS_LEADS_TO,
	WAYS_SIZE,
	FACT_COLUMNS(WAYS)
};
enum { RISK_PLACE, RISK_HAZARD, RISK_VALUE, RISK_CLASS, RISK_YEAR, FACT_COLUMNS(RISK) };
enum { SHAPES_PLACE, SHAPES_BESIDE, SHAPES_KIND, SHAPES_SCALE, SHAPES_SHAPE, FACT_COLUMNS(SHAPES) };
#define WORLD_COLUMNS_MAX 32

/* Rows that refer to rows below them, kept as written until the last one is read. */
struct raw_place {
	struct place place;
	struct str parent, nationality;
	struct pos pos, parent_pos, nationality_pos;
	uint32_t up; /* the parent among raw places */
	uint32_t first_child, next;
};
struct raw_party {
	struct str parent, flags;
	struct pos pos, parent_pos, flags_pos;
};
struct raw_post {
	struct post_row row;
	struct pos pos;
	uint32_t order; /* in the file */
};
struct freshness {
	struct str risk_class;
	int32_t months;
	struct pos pos;
};
struct keyed { /* a row under a 64 bit key; arrays of these are sorted by both */
	uint64_t key;
	uint32_t row;
};

struct loader {
	struct world world; /* copied to the arena once all is well */
	struct arena *arena;
	const struct file_system *files;
	struct diags *diags;
	struct str path; /* of the file being read, for diagnostics */
	struct str input;
	const struct file_spec *spec;
	bool no_memory;
	/* A file that could not be read whole: names it may have had are not told as unknown. */
	bool sources_torn, places_torn, parties_torn;
	uint32_t rows_max; /* of the file being read: its lines */
	WORLD_ARRAY(struct raw_place, raw_places);
	WORLD_ARRAY(struct raw_party, raw_parties); /* beside world.parties */
	WORLD_ARRAY(struct raw_post, raw_posts);
	WORLD_ARRAY(struct freshness, freshness);
	WORLD_ARRAY(struct pos, people_pos); /* beside world.people */
	WORLD_ARRAY(struct pos, risk_pos);   /* beside world.risks */
	struct symbols raw_place_ids, post_ids, asset_ids, freshness_ids, name_ids, shape_ids;
	size_t set_capacity; /* of the array of groups or zones */
	struct str *source_id_list;
};

/* Tells a fault of the file being read at POS, under PATH. */
void world__fault(struct loader *loader, struct pos pos, const char *path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* "; did you mean 'X'?" or "; allowed: …", or "" once the diagnostics are full or where WORD is no
 * id by its length: looking for the nearest word costs time. */
struct str world__suggest(
	struct loader *loader, struct str word, const struct str *words, size_t count);
/* "unknown WHAT 'TEXT'" with a suggestion. */
void world__unknown(struct loader *loader, const struct cell *cell, const char *path,
	const char *what, struct str text, const struct str *words, size_t count);

/* workspace.yaml and the folder itself (workspace.c). */
enum status world__workspace(struct loader *loader);
/* Reads the file of SPEC, if it is there (table.c). */
enum status world__table(struct loader *loader, const struct file_spec *spec);
/* Reads one cell of COLUMN whose text is set; false: told (cells.c). */
bool world__cell(struct loader *loader, const struct column *column, struct cell *cell);

/* The readers of rows: places.c, parties.c, sets.c, posts.c, people.c, things.c. */
bool world__row_source(struct loader *loader, const struct cell *cells, void *item);
bool world__row_place(struct loader *loader, const struct cell *cells, void *item);
bool world__row_name(struct loader *loader, const struct cell *cells, void *item);
bool world__row_zone(struct loader *loader, const struct cell *cells, void *item);
bool world__row_group(struct loader *loader, const struct cell *cells, void *item);
bool world__row_party(struct loader *loader, const struct cell *cells, void *item);
bool world__row_post(struct loader *loader, const struct cell *cells, void *item);
bool world__row_absent(struct loader *loader, const struct cell *cells, void *item);
bool world__row_office(struct loader *loader, const struct cell *cells, void *item);
bool world__row_complete(struct loader *loader, const struct cell *cells, void *item);
bool world__row_freshness(struct loader *loader, const struct cell *cells, void *item);
bool world__row_people(struct loader *loader, const struct cell *cells, void *item);
bool world__row_strength(struct loader *loader, const struct cell *cells, void *item);
bool world__row_asset(struct loader *loader, const struct cell *cells, void *item);
bool world__row_channel(struct loader *loader, const struct cell *cells, void *item);
bool world__row_link(struct loader *loader, const struct cell *cells, void *item);
bool world__row_shape(struct loader *loader, const struct cell *cells, void *item);
bool world__row_way(struct loader *loader, const struct cell *cells, void *item);
bool world__row_risk(struct loader *loader, const struct cell *cells, void *item);
enum status world__done_sources(struct loader *loader);
enum status world__done_places(struct loader *loader);
enum status world__done_parties(struct loader *loader);
enum status world__done_zones(struct loader *loader);
enum status world__done_groups(struct loader *loader);
enum status world__done_risk(struct loader *loader);
enum status world__done_posts(struct loader *loader);
enum status world__done_names(struct loader *loader);
enum status world__done_shapes(struct loader *loader);
enum status world__done_people(struct loader *loader);

/* One post as seen from one country: all its periods, and the levels that any of them gives there.
 */
struct pair_post {
	uint64_t key;          /* world__pair(sending, country) */
	uint32_t first, count; /* rows of world->posts */
	unsigned levels;
};
struct post_dates {    /* of a row of posts, by its country's freshness */
	int32_t start; /* DATE_NONE: open */
	int32_t fresh_from, fresh_until;
};
/* Of whom any fact of a pair is on record in a country: country by country, each once. */
struct present_pair {
	uint64_t key;          /* world__pair() with the country first */
	uint32_t first, count; /* the pair's own in world_index.pairs */
};
struct world_index {
	struct str *place_ids, *party_ids, *nat_ids;
	struct pair_post *pairs; /* sorted by key, first */
	size_t pair_count;
	struct post_dates *post_dates;
	struct post_dates *office_dates; /* of a row of offices; start: its `from` */
	struct keyed *absents, *offices; /* by pair */
	struct keyed *completes;         /* by world__side() */
	struct keyed *channels;          /* by pair of party and country, NONE32: none */
	uint32_t *channels_from;         /* of a party: its first there; one more at the end */
	struct present_pair *present;    /* sorted by key */
	size_t present_count;
	struct keyed *people; /* rows of origins, by world__people_key(); no totals, no labour */
	size_t people_count;
};

static inline uint64_t world__pair(uint32_t party, uint32_t country)
{
	return (uint64_t)party << 32 | country;
}
static inline uint64_t world__side(enum complete_side side, uint32_t state)
{
	return (uint64_t)side << 32 | state;
}
/* Group 4 bits, year 14, place 20, origin 20: a special code counts as an origin behind the places.
 */
static inline uint64_t world__people_key(
	enum people_group group, int year, uint32_t place, uint32_t origin)
{
	return (uint64_t)group << 54 | (uint64_t)(unsigned)year << 40 | (uint64_t)place << 20 |
	       origin;
}
#define WORLD_KEY_20 0xfffffu

void world__keyed_sort(struct keyed *items, size_t count);
enum status world__index_channels(struct arena *arena, const struct world *world);
/* The first of ITEMS whose key is at least KEY. */
size_t world__keyed_find(const struct keyed *items, size_t count, uint64_t key);
/* The months' arithmetic of date.h, kept inside the years 1 to 9999. */
int32_t world__add_months(int32_t date, int32_t months);
/* The level that ROW gives in COUNTRY, 0 for none. */
unsigned world__row_level(const struct world *world, const struct post_row *row, uint32_t country);
/* The date from which a closing, suspension or absence speaks (docs/semantics.md, validity-start).
 */
int32_t world__speaks_from(int32_t from, int32_t as_of, int32_t months);
enum status world__index(struct loader *loader);

#endif
