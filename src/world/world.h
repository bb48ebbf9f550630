/* The public face of world/: the facts of a workspace, read once, then immutable.
 *
 * Rows stay as they were written, with ids resolved to numbers; what they mean on a date (presence,
 * membership, people) is computed by the functions below, exactly as the model says ("Facts", "Who
 * is counted"). Nothing here reads a clock: every question carries its date.
 *
 * Numbers: a place is its index in a preorder of the gazetteer, so that "P lies in A" is A <= P <=
 * places[A].last; a nationality ("nat") is a number below world->nat_count <= 255 (fits a struct
 * set256); a party, group, zone or post is its index. NONE32 stands for none.
 *
 * Ownership: everything lives in the arena given to world_load(); a world is never changed after
 * it. Thread-safe to read. */
#ifndef ENTENTE_WORLD_WORLD_H
#define ENTENTE_WORLD_WORLD_H

#include <assert.h>
#include "base/base.h"
#include "world/services.h"

#define NONE32 UINT32_MAX
#define NAT_NONE UINT16_MAX

/* Kleene's strong three-valued logic, in the model's order F < U < T: AND is the least, OR the
 * greatest. */
enum truth { TRUTH_F = 0, TRUTH_U = 1, TRUTH_T = 2 };
static inline enum truth truth_and(enum truth a, enum truth b)
{
	return a < b ? a : b;
}
static inline enum truth truth_or(enum truth a, enum truth b)
{
	return a > b ? a : b;
}
static inline enum truth truth_not(enum truth a)
{
	return (enum truth)(2 - (int)a);
}

/* Levels of presence, as bits of a mask. */
enum level { LEVEL_RESIDENT = 1, LEVEL_HONORARY = 2, LEVEL_ACCREDITED = 4, LEVEL_OFFICE = 8 };
#define LEVELS_ALL 15u

enum place_kind { PLACE_WORLD, PLACE_REGION, PLACE_COUNTRY, PLACE_SUBDIVISION, PLACE_LOCALITY };
struct place {
	struct str id, name;
	uint32_t parent;  /* NONE32 for the world */
	uint32_t last;    /* the last place of its subtree in preorder; itself for a leaf */
	uint32_t country; /* the country it lies in, itself for a country; NONE32 above */
	uint16_t depth;   /* 0 for the world */
	uint16_t nat;     /* nationality of its people, inherited from its country where not given;
			     NAT_NONE above countries or where nobody has one */
	enum place_kind kind;
	bool has_point;
	double lat, lon; /* degrees, WGS 84 */
	uint32_t source;
	int32_t fresh_months; /* freshness of facts about this country (freshness.csv by its INFORM
				 class); 0 above countries */
};

enum party_kind {
	PARTY_STATE,
	PARTY_AGENCY,
	PARTY_POST,
	PARTY_IO,
	PARTY_CIVIL_SOCIETY,
	PARTY_MIGRANT_ASSOCIATION,
	PARTY_PRIVATE_SECTOR,
	PARTY_LOCAL_AUTHORITY,
	PARTY_FUNDER,
	PARTY_KINDS
};
struct party {
	struct str id, name, languages;
	enum party_kind kind;
	uint32_t parent;  /* party, or NONE32; no cycles */
	uint32_t country; /* place, or NONE32 */
	uint16_t nat; /* PARTY_STATE whose id is a nationality: that nationality; else NAT_NONE */
	uint32_t *state_controlled; /* parties (States) named by flags state-controlled:N */
	size_t state_controlled_count;
	bool service; /* an agency whose State has declared it a service (safeguard S2) */
	uint32_t source;
};

struct membership { /* of a party in a group, or of a place in a zone */
	uint32_t member, set;
	int32_t from, until;
	uint32_t source;
};

enum post_kind {
	POST_EMBASSY,
	POST_HIGH_COMMISSION,
	POST_CONSULATE_GENERAL,
	POST_CONSULATE,
	POST_HONORARY,
	POST_NUNCIATURE,
	POST_INTERESTS_SECTION,
	POST_DE_FACTO,
	POST_OTHER,
	POST_KINDS
};
enum fact_state { FACT_OPEN, FACT_CLOSED, FACT_SUSPENDED };
enum basis { BASIS_SOURCED, BASIS_REPORTED };
struct post_row { /* one period of one post; rows of one post are neighbours, in order of `from`
		     (open first) then as_of */
	struct str id;
	uint32_t post;      /* number of the post: equal for its periods */
	uint32_t sending;   /* party */
	uint32_t receiving; /* country */
	uint32_t place;     /* where it stands, in a country; `receiving` where the file says none.
			       Presence goes by this place's country */
	enum post_kind kind;
	uint32_t *accredited_to; /* countries other than the receiving one */
	size_t accredited_count;
	uint64_t services; /* 0: all */
	struct str district, name;
	int32_t from, until, as_of; /* as_of is always set: the row's, else its source's
				       `retrieved`, else the workspace's as_of */
	enum fact_state state;
	enum basis basis;
	uint32_t source;
};

struct absent_row { /* known absence of a party's presence at LEVELS (mask) in a country */
	uint32_t sending, receiving;
	unsigned levels;            /* empty in the file: all */
	int32_t from, until, as_of; /* as_of as for posts */
	enum basis basis;
	uint32_t source;
};
struct office_row { /* presence of an organization (level `office`) */
	uint32_t party, place, country;
	struct str kind;
	int32_t from, until, as_of;
	enum basis basis;
	uint32_t source;
};
enum complete_side { COMPLETE_SENDING, COMPLETE_RECEIVING };
struct complete_row { /* the record of a State's posts is complete: silence is absence */
	struct str list;
	enum complete_side side;
	uint32_t state;  /* SENDING: a party; RECEIVING: a country (place) */
	unsigned levels; /* empty in the file: resident, honorary, accredited; a list of posts says
			    nothing of offices */
	int32_t as_of;
	uint32_t source;
};

enum people_group {
	GROUP_STOCK,
	GROUP_REFUGEE,
	GROUP_ASYLUM_SEEKER,
	GROUP_STATELESS,
	GROUP_LABOUR,
	GROUP_OTHER
};
struct people_row {
	uint32_t origin; /* country (place), or NONE32 for a special code or for all origins
			    together */
	uint16_t nat;    /* nationality of its people; NAT_NONE when all origins together */
	uint32_t place;  /* country */
	enum people_group group;
	int16_t year;
	int64_t people, low, high; /* low, high: -1 when not given */
	struct str method;
	uint32_t source;
};

struct strength_row {
	uint32_t party, place;
	uint8_t service;
	int64_t quantity;
	struct str unit, per;
	uint32_t source;
};
struct asset {
	struct str id;
	uint32_t party, place;
	struct str kind;
	int64_t quantity;
	struct str unit;
	uint32_t source;
}; /* id: as in the file, without the party */
enum visibility { VISIBILITY_PUBLIC, VISIBILITY_PARTIES };
struct channel {
	uint32_t party, place;
	struct str kind, address, languages, hours;
	int32_t tested;
	enum visibility visibility;
	uint32_t source;
	bool emergency; /* the country's number for police, fire and the like: no office */
};
struct link_row {
	uint32_t from_party, to_party, place;
	struct str purpose;
	int32_t tested_out, tested_back;
	uint32_t source;
};
/* A way out of a country: where planes, ships and roads leave. That it is on record says that it
 * exists, not that it is open. */
enum way_kind { WAY_AIRPORT, WAY_PORT, WAY_BORDER, WAY_KINDS };
enum way_size { WAY_LARGE, WAY_MEDIUM, WAY_SMALL };
struct way_row {
	uint32_t place;    /* a country */
	uint32_t leads_to; /* a country, of a border; NONE32 */
	enum way_kind kind;
	enum way_size size;
	struct str name, code; /* code: IATA, UN/LOCODE; may be empty */
	struct str town;       /* nearby; may be empty */
	uint32_t source;
};
struct risk_row {
	uint32_t place;
	struct str hazard, value, risk_class;
	int16_t year;
	uint32_t source;
};
struct name_row {
	struct str id, lang, name;
};
enum shape_kind {
	SHAPE_LAND,    /* the outline of a place */
	SHAPE_DISPUTED /* a border that is not agreed or not settled */
};
enum shape_scale {
	SHAPE_WORLD, /* coarse, for a map of all */
	SHAPE_REGION /* finer, for a cut-out */
};
struct shape_row {
	uint32_t place;
	uint32_t beside; /* SHAPE_DISPUTED: the place on the other side; NONE32 within one */
	enum shape_kind kind;
	enum shape_scale scale;
	struct str shape; /* WKT, checked: world_shape_next() reads it */
	uint32_t source;
};
struct source {
	struct str id, title, url, licence;
	int32_t retrieved;
};

struct nationality {
	struct str code;
	uint32_t place; /* the country with this code, or NONE32 (XXA, XXX, TIB) */
	uint32_t state; /* the party (State) with this code, or NONE32 */
};

#define WORLD_ARRAY(type, name)                                                                    \
	type *name;                                                                                \
	size_t name##_count
struct world {
	struct arena *arena;
	struct str folder, name;
	int32_t as_of; /* the date of record */
	WORLD_ARRAY(struct source, sources);
	WORLD_ARRAY(struct place, places);
	WORLD_ARRAY(struct nationality, nats);
	WORLD_ARRAY(struct party, parties);
	WORLD_ARRAY(struct str, groups);            /* ids */
	WORLD_ARRAY(struct membership, group_rows); /* member: party; sorted by set, member, from */
	WORLD_ARRAY(struct str, zones);
	WORLD_ARRAY(struct membership, zone_rows); /* member: place */
	WORLD_ARRAY(struct post_row, posts); /* rows; sorted by sending, receiving, post, from */
	uint32_t post_count;
	WORLD_ARRAY(struct absent_row, absents);
	WORLD_ARRAY(struct office_row, offices);
	WORLD_ARRAY(struct complete_row, completes);
	WORLD_ARRAY(struct people_row, people);
	WORLD_ARRAY(struct strength_row, strengths);
	WORLD_ARRAY(struct asset, assets);
	WORLD_ARRAY(struct channel, channels);
	WORLD_ARRAY(struct link_row, links);
	WORLD_ARRAY(struct way_row, ways);
	WORLD_ARRAY(struct risk_row, risks);
	WORLD_ARRAY(struct name_row, names);   /* sorted by id, lang */
	WORLD_ARRAY(struct shape_row, shapes); /* sorted by scale, kind, place; order of the file */
	struct symbols place_ids, party_ids, group_ids, zone_ids, source_ids,
		nat_ids;           /* id -> index; group_ids and zone_ids without prefix */
	struct world_index *index; /* lookups private to world/ */
};

/* Reads the folder FOLDER through FILES. All faults of all files go to DIAGS (STATUS_REFUSED; *OUT
 * is NULL then). Agreements are read by accord_load(), not here. Files have limits (WORLD_FILE_MAX
 * bytes, WORLD_ROWS_MAX rows). Linear in the input. */
#define WORLD_FILE_MAX ((size_t)64 << 20)
#define WORLD_ROWS_MAX 4000000u
enum status world_load(struct world **out, struct arena *arena, const struct file_system *files,
	struct str folder, struct diags *diags);

/* Ids to numbers; NONE32 / NAT_NONE when there is none. Nationality codes only (not territories').
 * Special codes XXA, XXX, TIB always exist. */
uint32_t world_place(const struct world *world, struct str id);
uint32_t world_party(const struct world *world, struct str id);
uint32_t world_group(const struct world *world, struct str id); /* without "group:" */
uint32_t world_zone(const struct world *world, struct str id);  /* without "zone:" */
uint16_t world_nat(const struct world *world, struct str code);
/* The name that names.csv gives ID (a group's or zone's with its prefix or without) in LANG;
 * STR_NONE if it gives none. O(log n). */
struct str world_name(const struct world *world, struct str id, struct str lang);
/* All ids of a kind, as views for suggestions (index order). */
const struct str *world_place_id_list(const struct world *world);
const struct str *world_party_id_list(const struct world *world);
const struct str *world_nat_id_list(const struct world *world);

/* Also when equal; O(1). */
static inline bool world_lies_in(const struct world *world, uint32_t place, uint32_t ancestor)
{
	assert(world && place < world->places_count && ancestor < world->places_count);
	return ancestor <= place && place <= world->places[ancestor].last;
}
bool world_group_has(
	const struct world *world, uint32_t group, uint32_t party, int32_t date); /* O(log n) */
bool world_zone_has(const struct world *world, uint32_t zone, uint32_t place,
	int32_t date); /* PLACE lies in a member */
/* The chain of `parent` from PARTY, PARTY included, reaches ANCESTOR. */
bool world_party_under(const struct world *world, uint32_t party, uint32_t ancestor);
/* PARTY acts for the State of NAT: it is that State, its chain of `parent` reaches it, or it or one
 * of that chain is flagged state-controlled by it (safeguards; `via` is the caller's business). */
bool world_acts_for(const struct world *world, uint32_t party, uint16_t nat);

/* PARTY is enforcement (safeguard S2): the nearest agency of its chain of `parent`, PARTY included,
 * has not been declared a service by its State. */
bool world_enforcement(const struct world *world, uint32_t party);

/* The channels of PARTY itself that have no place, one above countries, or one in the country of
 * one of PLACES (NONE32 among them: passed over): all that may lie in, or hold, one of them. One a
 * call, in the order of their file; NULL after the last. O(log channels of the party) to
 * begin, O(1) for each. */
#define CHANNEL_PLACES_MAX 3
struct keyed;
struct channel_walk {
	const struct world *world;
	const struct keyed *at[CHANNEL_PLACES_MAX + 1], *end[CHANNEL_PLACES_MAX + 1];
	size_t count;
};
void world_channels_near(struct channel_walk *walk, const struct world *world, uint32_t party,
	const uint32_t *places, size_t count);
const struct channel *world_channels_next(struct channel_walk *walk);

/* What a presence rests on, for answers, marks and `--why`. */
struct presence {
	enum truth truth;
	unsigned level;    /* the level found T: the first of resident, honorary, accredited, office
			      among those asked that is T; 0 if none */
	uint32_t post_row; /* index in world->posts of the row that makes it T, or of the one that
			      makes it U or F; NONE32 */
	uint32_t office_row;               /* ... or of the office */
	uint32_t absent_row, complete_row; /* what says F; NONE32 */
	bool stale; /* U because a fact on record is beyond its freshness (and would be T within it)
		     */
};
/* Presence(PARTY, country, any of LEVELS) on DATE for SERVICE (SERVICE_NONE: any), as the model and
 * docs/semantics.md define it. PLACE may be anything in a country; above countries the answer is U.
 * The facts shown are those of the first level asked that has the answer's truth; among equals a
 * post in the same place comes first, then the order of rows. O(posts of the pair). */
struct presence world_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date);

/* Presence in one country as sets of States, by nationality: one of PRESENT and KNOWN a level, T is
 * present and known, F known alone, U neither. */
#define LEVEL_COUNT 4 /* number 0: resident … 3: office */
struct presence_day {
	int32_t from; /* until the next one's; the first begins before all dates */
	struct set256 present[LEVEL_COUNT], known[LEVEL_COUNT];
};
struct presence_column {
	struct presence_day *days; /* ascending */
	size_t count;              /* 0: all is U, for every service */
	/* States of which some post here gives certain services only: what holds for a service is
	 * world_presence()'s to say, the days tell of SERVICE_NONE. */
	struct set256 limited;
};
/* The column of COUNTRY, in ARENA: for every State, level and date the truth that world_presence()
 * tells of that level alone. STATUS_NO_MEMORY. O(facts about the country, sorted). */
enum status world_presence_column(struct presence_column *out, struct arena *arena,
	const struct world *world, uint32_t country);

/* Is a fact with this validity and as_of T on DATE, given its country's freshness in months?
 * TRUTH_T or TRUTH_U. */
enum truth world_fresh(int32_t date, int32_t from, int32_t until, int32_t as_of, int32_t months);

/* Who is counted on DATE (model, "Who is counted"). One cell per (country, nationality, group) with
 * people > 0; the group's people are part of the stock: a stock cell holds what is left after its
 * refugees and asylum-seekers. */
struct people_cell {
	uint32_t place;          /* country */
	uint16_t nat;            /* nationality of these people */
	enum people_group group; /* GROUP_STOCK, GROUP_REFUGEE, GROUP_ASYLUM_SEEKER */
	int64_t people;
	bool own_state; /* the nationality is the host's: no foreigners there; group is GROUP_STOCK
			 */
};
struct people_count {
	int16_t stock_year, refugee_year, asylum_year; /* 0: no such year up to the date */
	int64_t people;                                /* the whole stock, own_state included */
	int64_t own_state;
	int64_t protected_;                      /* refugees and asylum-seekers within the stock */
	int64_t beyond_stock;                    /* ... beyond it */
	WORLD_ARRAY(struct people_cell, cells);  /* sorted by place, nationality code, group */
	WORLD_ARRAY(struct people_cell, beyond); /* refugees and asylum-seekers beyond the stock,
						    same order; sums to beyond_stock */
};
enum status world_people(
	struct people_count *out, struct arena *arena, const struct world *world, int32_t date);

/* Reads the well-known text of a shape (POLYGON, MULTIPOLYGON, LINESTRING, MULTILINESTRING; two
 * coordinates, longitude first, in degrees) point by point, nothing allocated. Set `text` to begin.
 * A ring's last point repeats its first. After SHAPE_FAULT `at` is the offset of what is no WKT of
 * this kind and `wanted` says what should stand there; the shapes of a world have no fault. Linear.
 */
enum shape_step { SHAPE_END, SHAPE_START, SHAPE_POINT, SHAPE_FAULT }; /* START: of a ring or line */
struct shape_walk {
	struct str text;
	size_t at;
	int depth, deepest; /* of brackets; private */
	bool area;          /* once begun: rings of areas, else lines */
	double lon, lat;    /* of the point */
	const char *wanted;
};
enum shape_step world_shape_next(struct shape_walk *walk);

/* Words of enumerations, for reading, printing and suggestions; index = value. */
extern const struct str world_level_words[4]; /* resident honorary accredited office, bit i */
extern const struct str world_party_kind_words[PARTY_KINDS];
extern const struct str world_unit_words[28], world_per_words[9]; /* of capacities */
extern const struct str world_post_kind_words[POST_KINDS];
extern const struct str world_people_group_words[5]; /* "" refugee asylum-seeker stateless labour */
unsigned world_post_levels(enum post_kind kind);     /* the level a post of this kind gives in the
							country where it stands, 0 for none */

#endif
