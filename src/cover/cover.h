/* The public face of cover/: who helps this person here and now, under which clause; for how many
 * people nobody does.
 *
 * cover_compile() turns a world and its agreements into an index, once; the index is immutable and
 * may be read by many threads. Questions carry their date and their viewer. Semantics: the model,
 * "Resolving", "Safeguards", "Analysis"; open points in docs/semantics.md. The slow reference of
 * the same rules stands in tests/reference/ and must agree byte for byte. */
#ifndef ENTENTE_COVER_COVER_H
#define ENTENTE_COVER_COVER_H

#include <stdatomic.h>
#include "accord/accord.h"

enum band { BAND_NONE, BAND_REMOTE, BAND_MAY, BAND_SHALL, BAND_WILL, BANDS };
extern const struct str cover_band_words[BANDS]; /* none remote may shall will */

#define QUERY_NATS_MAX 8
#define QUERY_FEARS_MAX 8
#define VIEWER_ALL NONE32 /* the whole workspace */
#define VIEWER_PUBLIC (NONE32 - 1)

struct query {
	uint16_t nats[QUERY_NATS_MAX]; /* nationalities, distinct, at least one */
	size_t nat_count;
	uint32_t territories[QUERY_NATS_MAX]; /* place of the territory by whose code nats[i] was
						 given, else NONE32; only to be said in output */
	uint16_t residence; /* nationality of the State of residence, NAT_NONE: not known */
	uint16_t fears[QUERY_FEARS_MAX];
	size_t fear_count;
	unsigned statuses; /* PERSON_BIT set; implied ones are added by the functions */
	uint32_t place;    /* in a country */
	uint8_t service;
	enum phase phase;
	int32_t date;
	uint32_t to;            /* destination place in a country, NONE32: not known */
	uint32_t viewer;        /* party, VIEWER_ALL or VIEWER_PUBLIC */
	int32_t resident_since; /* DATE_NONE: not known */
	bool informed_choice, screened, best_interests;
};

enum mark {
	MARK_HOST_MAY_NOT_ADMIT = 1,
	MARK_INFORMED_CHOICE = 2,
	MARK_NOTIFIED_ANYWAY = 4,
	MARK_AS_OWN_UNKNOWN = 8,
	MARK_STALE = 16,
	MARK_UNCONFIRMED = 32
};
#define MARK_COUNT 6
extern const struct str cover_mark_words[MARK_COUNT];
enum held { HELD_SCREEN = 1, HELD_BEST_INTERESTS = 2 };
extern const struct str cover_held_words[2]; /* screen, best-interests */

struct answer {
	enum band band;
	enum truth certainty; /* T or U */
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider;   /* party */
	uint32_t via;        /* party X of served-by, or NONE32 */
	uint16_t nat;        /* the person's nationality that matched */
	uint32_t nat_item;   /* the item of for.nationality that matched */
	uint32_t post_row;   /* the post that gives presence (world->posts), NONE32 */
	uint32_t office_row; /* or the office */
	uint16_t depth;
	uint32_t size;
	int32_t lead_time_hours; /* -1: not given */
	unsigned marks, held;
	/* `to` of a service with destinations: bit i: item i of commitment->to.in stays; with no
	 * `to` written: to_default tells. */
	uint64_t to_items;
	/* DESTINATION_NOT_ASKED when `to` is written or the service has none. */
	enum default_destination to_default;
};
struct expected {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider;
	int32_t ended;
};
struct answers {
	ACCORD_LIST(struct answer, items); /* in order of rank */
	/* In order of agreement, commitment, provider, schedule row. */
	ACCORD_LIST(struct expected, expected);
	uint32_t withheld; /* 0 for viewers other than VIEWER_ALL */
	/* No answer, but a row would be there if every fact not known spoke for it: not a proven
	 * nobody. */
	bool not_known;
	bool host_notified_anyway; /* no-contact: some answer is marked so */
};

/* Queries from words: one table of fields serves the command line, batches, agreements' cases and
 * later the API. */
void cover_query_init(struct query *query, int32_t date, uint32_t viewer);
/* The names of the fields: nationality place service residence fears status phase to date as
 * resident-since informed-choice screened best-interests. */
extern const struct str cover_query_fields[];
extern const size_t cover_query_field_count;
/* Sets the field NAME from VALUE (lists separated by commas or spaces; flags take "", "true",
 * "false", "1", "0"). A fault is told with FILE, POS and PATH. */
enum status cover_query_set(struct query *query, const struct world *world, struct str name,
	struct str value, struct diags *diags, struct str file, struct pos pos, struct str path);

struct cover_index;
/* WORLD and ACCORDS must outlive the index. Linear in commitments. The index lives in ARENA and
 * goes with it. */
enum status cover_compile(struct cover_index **out, struct arena *arena, const struct world *world,
	const struct accords *accords);

/* The path by which rows are compared: all give the same answers, to the last bit. */
enum cover_lane { LANE_BEST, LANE_OFF, LANE_SCALAR, LANE_AVX2, LANE_AVX512, COVER_LANES };
struct cover_options {
	const struct allocator *allocator; /* of the index's blocks; thread-safe if readers are */
	const struct allocator *scratch;   /* of what is freed before the end; NULL: the same */
	enum cover_lane lane;              /* one that the machine has not: the best that it has */
};
/* An index of its own memory, for snapshots: one reference, given back by cover_release(). */
enum status cover_compile_with(struct cover_index **out, const struct cover_options *options,
	const struct world *world, const struct accords *accords);
/* The path in use. */
enum cover_lane cover_lane_of(const struct cover_index *index);
/* References of a snapshot; thread-safe. The last one gives back what no other snapshot holds. */
struct cover_index *cover_retain(const struct cover_index *index);
void cover_release(const struct cover_index *index);

/* A change makes the next snapshot and leaves the one it starts from as it is: both are valid, both
 * are to be released, and blocks that the change does not touch are shared. */
struct cover_change {
	const struct agreement *const *added; /* each takes the place of one of the same id */
	size_t added_count;
	const struct str *removed; /* ids; none of them added too */
	size_t removed_count;
	/* NULL: as before. Else facts as they are now: places, parties, nationalities, groups and
	 * zones must be those of before, number by number. */
	const struct world *world;
	const uint32_t *facts_at; /* countries whose facts changed with WORLD */
	size_t facts_at_count;
};
/* Answers about SERVICE (SERVICE_NONE: all) in countries that lie in PLACE may differ from before;
 * all others are the same. */
struct cover_touch {
	uint8_t service;
	uint32_t place; /* a country or a place above */
};
struct cover_touched {
	ACCORD_LIST(struct cover_touch, items);
	size_t bytes; /* written for the new snapshot */
};
/* Linear in the rows of what changes and in the blocks where they stand, not in the index. TOUCHED
 * (may be NULL) in ARENA. STATUS_NOT_FOUND: an id to be removed is not there; STATUS_NO_MEMORY.
 * Nothing is made then. */
enum status cover_change(struct cover_index **out, struct cover_touched *touched,
	struct arena *arena, const struct cover_index *index, const struct cover_change *change);

/* Ranked answers, in ARENA. The query must be valid (cover_query_fault() says NULL). */
enum status cover_who(struct answers *out, struct arena *arena, const struct cover_index *index,
	const struct query *query);
/* NULL, or what is wrong with a query, in words (no nationality, place above a country, service out
 * of range …). */
const char *cover_query_fault(const struct world *world, const struct query *query);

/* The first condition that keeps each row of PARTY as provider from answering (rows that answer are
 * told as such), for --why-not. */
enum why_not {
	WHYNOT_ANSWERS,
	WHYNOT_NOT_VISIBLE,
	WHYNOT_NOT_IN_FORCE,
	WHYNOT_EXPECTED,
	WHYNOT_COMMITMENT_DATES,
	WHYNOT_NOT_PARTY,
	WHYNOT_HOST_NOT_PARTY,
	WHYNOT_OPTED_OUT,
	WHYNOT_SERVICE,
	WHYNOT_PHASE,
	WHYNOT_PLACE,
	WHYNOT_TO,
	WHYNOT_STATUS,
	WHYNOT_RESIDENCE,
	WHYNOT_NATIONALITY,
	WHYNOT_REPRESENTED,
	WHYNOT_SERVED_BY,
	WHYNOT_POOL,
	WHYNOT_ABSENT,
	WHYNOT_PRESENCE_UNKNOWN,
	WHYNOT_S1,
	WHYNOT_S2,
	WHYNOT_S4,
	WHYNOT_S5,
	WHYNOT_HELD,
	WHYNOT_NOT_PROVIDER,
	WHYNOTS
};
extern const struct str cover_whynot_words[WHYNOTS]; /* a sentence each, for people */
struct why_not_row {
	const struct agreement *agreement;
	const struct commitment *commitment;
	enum why_not reason;
};
/* Rows of commitments that name the service, in order of agreement, commitment. Commitments whose
 * provider can never be PARTY are left out. Safeguard reasons only for VIEWER_ALL. */
enum status cover_why_not(struct why_not_row **rows, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct query *query, uint32_t party);

/* The band of one cell (docs/semantics.md, "Gaps"). */
struct cell_band {
	enum band band;
	bool uncertain; /* band rests only on rows of certainty U */
	bool not_known; /* BAND_NONE that is not proven */
	bool in_part;
};
enum status cover_cell(struct cell_band *out, struct arena *arena, const struct cover_index *index,
	uint16_t nat, enum people_group group, uint32_t country, uint8_t service, int32_t date,
	uint32_t viewer);

struct gap_filter {
	uint32_t place; /* cells in countries that lie in it, or its own country; NONE32: all */
	uint16_t nat;   /* NAT_NONE: all */
	int group;      /* enum people_group; -1: all */
	int32_t date;
	uint32_t viewer;
	enum phase phase; /* 0: during */
};
/* People by band; the last two are the two ways of having none: bands[BAND_NONE] is their sum. */
struct band_split {
	int64_t bands[BANDS], not_known, none_proven;
};
struct gap_cell {
	struct people_cell cell;
	struct cell_band band;
	const struct band_split *bounded; /* cover_bound(): of a cell whose band is will; else
					     NULL: all its people have `band` */
};
struct gaps {
	uint8_t service;
	int32_t date;
	int16_t stock_year;
	int64_t people, own_state, bands[BANDS], not_known,
		none_proven; /* bands[BAND_NONE] = not_known + none_proven */
	int64_t uncertain, protected_, beyond_stock, in_part;
	ACCORD_LIST(
		struct gap_cell, cells); /* cells but own_state ones, in order of people_count */
	bool is_bounded;                 /* by cover_bound() */
	struct band_split bounded;
};
/* people = own_state + bands. beyond_stock is of the filter's place and nationality too. COUNT is
 * world_people() of the same date. */
enum status cover_gaps(struct gaps *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, uint8_t service, const struct gap_filter *filter);
/* Bounds GAPS, which cover_gaps() made of the same index, COUNT and FILTER: no promise reaches more
 * people than its capacity (docs/semantics.md, "capacity"). Capacity is spread over all cells of
 * the world, whatever the filter shows of them. Costs nothing where nothing is promised. */
enum status cover_bound(struct gaps *gaps, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct gap_filter *filter);
/* CELL's people by their bands, bounded where they have been, added to SPLIT. */
void cover_split_add(struct band_split *split, const struct gap_cell *cell);
/* Some of CELL's people are under BELOW. */
bool cover_gap_below(const struct gap_cell *cell, enum band below);

/* People and parties by two axes (grid.c). A person stands once in each cell that one of their
 * questions falls into, by the best band of those questions (docs/semantics.md, "grid"). */
enum grid_axis {
	GRID_NATIONALITY,
	GRID_PLACE, /* countries */
	GRID_SERVICE,
	GRID_PHASE,
	GRID_SECTOR,
	GRID_AXES
};
struct grid_asked {
	enum grid_axis rows, cols;
	struct gap_filter filter; /* its phase is not read */
	uint64_t services;        /* bits */
	unsigned phases;          /* enum phase bits */
};
struct grid_cell {
	int64_t people;
	struct band_split split; /* plain bands */
	int64_t uncertain;       /* their best band rests only on what is not known for sure */
	int64_t in_part;  /* one of their questions has a better answer in a part of the country */
	uint32_t parties; /* that answer one of the questions, each once, held rows left out */
};
struct grid {
	struct grid_asked asked;
	int16_t stock_year;
	/* Keys of the axes: a nationality, a place, a service, a bit of enum phase, a sector (0:
	 * outside MCOF). Nationalities and places by people, most first, then code; others in
	 * their own order. */
	ACCORD_LIST(uint32_t, rows);
	ACCORD_LIST(uint32_t, cols);
	struct grid_cell *cells; /* row by row */
	uint64_t *parties;       /* a set of parties a cell, set_words words each */
	size_t set_words;
};
/* COUNT is world_people() of the filter's date. ROWS and COLS differ. */
enum status cover_grid(struct grid *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct grid_asked *asked);
bool cover_grid_has(const struct grid *grid, size_t row, size_t col, uint32_t party);

/* What two versions answer differently (diff.c). Each side has its own world: cells meet by the
 * codes of place, nationality and group, answers by the ids of agreement, commitment and party. */
struct diff_side {
	const struct cover_index *index;
	const struct accords *accords;    /* those of the index */
	const struct people_count *count; /* world_people() of the filter's date */
	struct gap_filter filter;         /* in the numbers of this side's world */
	bool empty;                       /* the filter names what this side does not know */
};
/* An agreement of both sides says the same: document and schedules. */
bool cover_diff_same(const struct agreement *old, const struct agreement *new);
/* Services that some agreement which differs names. */
uint64_t cover_diff_services(const struct accords *old, const struct accords *new);

struct diff_service {
	uint8_t service;
	struct gaps old, new; /* bounded */
	/* People of NEW's cells that both sides have: in a better band than before, in a worse one,
	 * in the same but surer or less sure. */
	int64_t gain, lose, surer, less_sure;
	int64_t only_old, only_new; /* people of cells that the other side does not count */
};
enum diff_kind { DIFF_LOSE, DIFF_GAIN, DIFF_LESS_SURE, DIFF_SURER, DIFF_KINDS };
/* A cell of both sides whose band or certainty differs. */
struct diff_move {
	uint8_t service;
	enum diff_kind kind;
	struct gap_cell old, new;
};
/* Whoever answers first: cells with the same commitments before and after are told together, by the
 * one with most people. */
struct diff_first {
	uint8_t service;
	uint32_t place; /* of NEW's world, below a country: people anywhere in it may be there;
			   NONE32: the cells themselves */
	uint32_t cells;
	int64_t people;                    /* of these cells, by NEW's count */
	struct people_cell example;        /* of NEW's world */
	bool not_known_old, not_known_new; /* nobody answers, but that is not proven */
	bool has_old, has_new;             /* someone answers */
	struct answer old, new;            /* first answers of the example that are not held */
};
struct cover_diff {
	ACCORD_LIST(struct diff_service, services); /* those asked for */
	ACCORD_LIST(
		struct diff_move, moves); /* by people, then service, place, nationality, group */
	ACCORD_LIST(struct diff_first, firsts); /* by people, then service, place, commitments */
};
/* SERVICES: bits. Both sides are of the same date and phase. */
enum status cover_diff(struct cover_diff *out, struct arena *arena, const struct diff_side *old,
	const struct diff_side *new, uint64_t services);

/* Who does what, where: one row a commitment, provider, place and band. A place is a country where
 * the commitment is wider than one, else the place that it names. */
struct activity {
	uint32_t party, place;
	uint64_t services; /* for which the party is there, at this band */
	enum band band;    /* as in an answer */
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t post_row; /* the post that gives presence, or NONE32 */
};
struct activity_filter {
	uint32_t place;    /* in it, or around it; NONE32: all */
	uint32_t party;    /* NONE32: all */
	uint64_t services; /* bits */
	enum phase phase;
	int32_t date;
	uint32_t viewer;
};
/* Rows in order of place, party, agreement, commitment. Only what is known (semantics:
 * activities). O(commitments * countries * providers). */
enum status cover_activities(struct activity **out, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct activity_filter *filter);
/* Kept bands: those of all cells of a count, for every service, on one date, for one viewer. A
 * snapshot like an index: immutable, counted, thread-safe to read; a change judges again only the
 * countries that it touched and shares the rest. */
struct cover_bands;
/* COUNT (world_people() of DATE) must outlive the bands and what is made from them; the index is
 * retained. Memory is the index's allocator's. */
enum status cover_bands_make(struct cover_bands **out, const struct cover_index *index,
	const struct people_count *count, int32_t date, uint32_t viewer);
/* BANDS as they are with INDEX, which a change made from theirs and TOUCHED tells of. The same as
 * cover_bands_make() of INDEX. */
enum status cover_bands_change(struct cover_bands **out, const struct cover_bands *bands,
	const struct cover_index *index, const struct cover_touched *touched);
struct cover_bands *cover_bands_retain(const struct cover_bands *bands);
void cover_bands_release(const struct cover_bands *bands);
/* The index that the bands are of; theirs, not the caller's. */
const struct cover_index *cover_bands_index(const struct cover_bands *bands);
/* Bytes written for this snapshot. */
size_t cover_bands_bytes(const struct cover_bands *bands);
/* As cover_gaps() without a filter, : the totals alone (beyond_stock 0); the cells too,
 * in ARENA. */
void cover_bands_totals(struct gaps *out, const struct cover_bands *bands, uint8_t service);
enum status cover_bands_gaps(
	struct gaps *out, struct arena *arena, const struct cover_bands *bands, uint8_t service);
/* The gap list: cells whose band is under BELOW, most people first (cover_gap_order()), the first
 * LIMIT of them. O(cells passed). The number written. */
size_t cover_bands_list(struct gap_cell *out, size_t limit, const struct cover_bands *bands,
	uint8_t service, enum band below);

/* Where one writer leaves the current snapshot (bands with their index) and any number of readers
 * take it: readers take no lock and never wait for the writer. */
struct cover_door {
	_Atomic uintptr_t bands;
	_Atomic unsigned turns, inside[2];
};
void cover_door_init(struct cover_door *door);
/* A reference of the caller's own, to be released; NULL before the first put. */
const struct cover_bands *cover_door_take(struct cover_door *door);
/* The reference passes to the door, which gives back the one before. One writer at a time; NULL
 * empties the door. */
void cover_door_put(struct cover_door *door, const struct cover_bands *bands);

/* The documents of design/3-interfaces.md as canonical-order JSON on one line, for command line,
 * batch and API. */
enum status cover_who_json(struct buf *out, const struct cover_index *index,
	const struct query *query, const struct answers *answers);
/* For qsort_r over pointers to gap cells, CONTEXT the world: by people, most first, then by the
 * codes of place, nationality and group. */
int cover_gap_order(const void *a, const void *b, void *context);
enum status cover_gaps_json(struct buf *out, const struct cover_index *index,
	const struct gaps *gaps, enum band below, size_t limit);
/* {"will":N,"shall":N,"may":N,"remote":N,"not_known":N,"none_proven":N} */
void cover_split_json(struct buf *out, const struct band_split *split);
/* May CHANNEL stand in ANSWER: it is the provider's, near the place or its post, and visible to the
 * viewer (public; or to the whole workspace, its own party, the parties of the agreement). */
bool cover_channel_shown(const struct world *world, const struct query *query,
	const struct answer *answer, const struct channel *channel);
/* VIEWER may see AGREEMENT on DATE (docs/semantics.md, "visibility"). */
bool cover_visible(const struct cover_index *index, const struct agreement *agreement,
	uint32_t viewer, int32_t date);
const struct world *cover_world(const struct cover_index *index);

/* An agreement's own cases, judged against the index. Each failure is a diagnostic at the case. */
enum status cover_cases(struct arena *arena, const struct cover_index *index, struct diags *diags);

/* ---- overlaps: several where one would do, one where several should be ---- */

enum overlap_kind {
	OVERLAP_LEADS = 1,
	OVERLAP_ASSETS = 2,
	OVERLAP_STRENGTHS = 4,
	OVERLAP_CIRCULAR = 8,
	OVERLAP_POINTS = 16
};
#define OVERLAP_KINDS 5
extern const struct str cover_overlap_words[OVERLAP_KINDS]; /* leads assets strengths circular
							       single-points; bit i */
struct overlap_filter {
	unsigned kinds;
	uint64_t services;
	uint32_t place; /* cells as in struct gap_filter; NONE32: all */
	uint16_t nat;   /* NAT_NONE: all */
	int32_t date;
	uint32_t viewer;
};
struct overlap_lead {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider; /* NONE32: a pool in which nobody is named */
	uint32_t members;  /* of the pool that answer; 1 for a named provider */
};
/* Leads of one band and specificity at one place, for cells that see the same ones. With a single
 * lead: a pool that nobody is named in. */
struct lead_overlap {
	uint8_t service;
	uint32_t place;
	bool part; /* a place inside the country; people are those of the country */
	enum band band;
	uint16_t depth;
	uint32_t size;
	ACCORD_LIST(struct overlap_lead, leads); /* by agreement, commitment, schedule row */
	ACCORD_LIST(struct people_cell, cells);
	int64_t people;
};
/* One commitment's claim on an asset or a strength. */
struct pledge {
	const struct agreement *agreement;
	const struct commitment *commitment;
	int64_t quantity;
};
struct asset_overlap {
	uint32_t asset; /* world->assets */
	int32_t date;   /* the first, from the filter's on, on which it is promised twice */
	enum phase phase;
	int64_t has, pledged;
	ACCORD_LIST(struct pledge, pledges);
};
struct strength_overlap {
	uint32_t party;
	uint8_t service;
	struct str unit, per;
	int32_t date;
	enum phase phase;
	int64_t has, pledged;
	ACCORD_LIST(struct pledge, pledges);
	ACCORD_LIST(uint32_t, strengths); /* world->strengths that they can draw on */
};
enum reliance { RELY_SERVED_BY, RELY_STEP, RELY_ASSET, RELY_FUND, RELIANCES };
extern const struct str cover_reliance_words[RELIANCES]; /* served-by step asset fund */
struct circle_link {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider;  /* who promises */
	uint32_t relies_on; /* the provider of the next link */
	enum reliance by;
};
struct circle {
	ACCORD_LIST(
		struct circle_link, links); /* a shortest circle; the last relies on the first */
	uint32_t place;                     /* one at which the first two links meet */
	uint32_t nodes;                     /* commitments of providers caught in the same knot */
};
enum point_kind { POINT_POST, POINT_PARTY, POINT_AGREEMENT, POINT_KINDS };
extern const struct str cover_point_words[POINT_KINDS]; /* post party agreement */
struct point_loss {
	uint8_t service;
	enum band from, to;
	bool not_known; /* to is BAND_NONE and not proven */
	int64_t people;
	struct people_cell most; /* the largest cell among them */
};
struct single_point {
	enum point_kind kind;
	uint32_t index; /* a row of world->posts (the post's first), a party, or the place of an
			   agreement among those of the index, by id */
	const struct agreement *agreement; /* or NULL */
	int64_t people; /* who lose a band of some service; nobody counts twice */
	ACCORD_LIST(struct point_loss, losses); /* most people first */
};
struct overlaps {
	int32_t date;
	int16_t stock_year;
	ACCORD_LIST(struct lead_overlap, leads);
	ACCORD_LIST(struct lead_overlap, unassigned);
	ACCORD_LIST(struct asset_overlap, assets);
	ACCORD_LIST(struct strength_overlap, strengths);
	ACCORD_LIST(struct circle, circular);
	ACCORD_LIST(struct single_point, points);
};
/* docs/semantics.md, "Overlaps". Each list: most people (or most beyond what there is) first, then
 * by ids. Leads and points: cells times services, and for points only what rests on one post, party
 * or agreement alone is judged again. COUNT is world_people() of the same date. */
enum status cover_overlaps(struct overlaps *out, struct arena *arena,
	const struct cover_index *index, const struct people_count *count,
	const struct overlap_filter *filter);
/* One object on one line; at most LIMIT items of each list, of points LIMIT of each kind. */
enum status cover_overlaps_json(struct buf *out, const struct cover_index *index,
	const struct overlaps *overlaps, const struct overlap_filter *filter, size_t limit);

/* ---- contradictions: what no reading of an agreement can satisfy ---- */

/* The closed list; docs/semantics.md, "Contradictions", says each exactly. */
enum contradiction_kind {
	CONTRADICTION_NO_DAY,           /* holds on no day */
	CONTRADICTION_NO_PLACE,         /* `except` leaves nothing of `where` */
	CONTRADICTION_NO_ONE,           /* for.* leaves nobody */
	CONTRADICTION_NO_SERVICE,       /* a schedule's row without a service */
	CONTRADICTION_NO_PROVIDER,      /* a pool or word that stands for nobody */
	CONTRADICTION_NOT_BOUND,        /* a duty of one who is no party, or has opted out */
	CONTRADICTION_GUARDED,          /* the safeguards remove it whoever asks */
	CONTRADICTION_STEP_NOBODY,      /* a step by or towards nobody */
	CONTRADICTION_OBLIGED_EXCLUDED, /* one clause obliges, the other leaves out */
	CONTRADICTION_TWO_LEADS,        /* two are written as the lead for the same */
	CONTRADICTION_TWO_PAYERS,       /* two bear the cost of the same */
	CONTRADICTION_RENEWED_ENDED,    /* renewed on a day on which it had ended */
	CONTRADICTIONS
};
extern const struct str cover_contradiction_words[CONTRADICTIONS];
struct contradiction {
	enum contradiction_kind kind;
	const struct agreement *agreement;
	const struct commitment *commitment;     /* NULL: of the agreement as a whole */
	const struct agreement *other_agreement; /* of a pair; else NULL */
	const struct commitment *other;
	/* The witness, as far as the kind has one: for a pair a person, place, service and date for
	 * which both hold. */
	uint16_t nat;      /* NAT_NONE */
	unsigned statuses; /* of the person */
	uint32_t place;    /* NONE32 */
	uint8_t service;   /* SERVICE_NONE */
	int32_t date;      /* DATE_NONE */
	uint32_t party;    /* the one who is not bound, is enforcement …; NONE32 */
};
/* All of the index's agreements, in order of agreement, commitment, schedule row, kind, other.
 * Templates and agreements that never were in force are left alone. Pairs of commitments with the
 * same provider are compared; a place is sought among all places. */
enum status cover_contradictions(struct contradiction **out, size_t *count, struct arena *arena,
	const struct cover_index *index);
/* Tells those of agreement ID (of all: STR_NONE) as faults, at the commitment. */
enum status cover_contradictions_tell(
	struct diags *diags, struct arena *arena, const struct cover_index *index, struct str id);
/* ---- Advice ---- */

/* Which candidates lift the most weight (greedy.c): the kernel, generic. A cell has a weight
 * (people times whatever they are weighed by; at least 0, all together within int64) and a band. A
 * candidate raises runs of neighbouring cells to a band each; no cell stands in two runs of one
 * candidate. Candidates may share runs. */
struct advise_run {
	uint32_t first, count; /* cells */
	uint8_t band;
};
struct advise_candidate {
	uint32_t first, count; /* runs */
};
struct advise_problem {
	size_t cell_count, candidate_count, run_count;
	const int64_t *weights;
	const uint8_t *bands; /* enum band of each cell; not changed */
	const struct advise_candidate *candidates;
	const struct advise_run *runs;
};
struct advise_pick {
	uint32_t candidate;
	int64_t gain; /* what it adds after the picks before it */
};
struct advise_picks {
	struct advise_pick *items; /* in order of picking; gains never rise */
	size_t count;              /* K, or fewer: nothing else lifts anybody */
	int64_t total;             /* sum of the gains */
	int64_t bound;             /* no K candidates, in any order, reach more */
	uint64_t evaluations;      /* of a candidate's worth */
	uint8_t *bands;            /* of the cells, after the picks */
};
/* What CANDIDATE is worth when the cells stand at BANDS: the weight of its cells below what it
 * raises them to. */
int64_t cover_advise_gain(
	const struct advise_problem *problem, const uint8_t *bands, uint32_t candidate);
/* The picks of naive greedy: the greatest gain each time, the first of equals, until K or no gain.
 * Typically O(cells + runs + K log candidates) and a few candidates looked at again per pick. */
enum status cover_advise_greedy(struct advise_picks *out, struct arena *arena,
	const struct advise_problem *problem, size_t k);

/* What to sign next (advice.c). A candidate is an agreement as its draft is written
 * (cover_advice_draft()); what it would do is judged by the engine on the cells of world_people(),
 * never worked out by a formula. Decisions: docs/semantics.md, "Advice". */
enum advice_kind {
	ADVICE_AT_HOST,      /* State P represents N in one country */
	ADVICE_WORLD_WIDE,   /* ... wherever P is present and N is not */
	ADVICE_GROUP,        /* the members of a regional group represent each other */
	ADVICE_ORGANIZATION, /* an organization gives a service that it is known for wherever it
				has an office */
	ADVICE_KINDS
};
extern const struct str cover_advice_kind_words[ADVICE_KINDS];
struct advice_lift {   /* the people of a cell, for a service */
	uint32_t cell; /* in people_count->cells */
	uint8_t service;
	enum band from, to;
	bool uncertain;      /* the new band would rest on something not known alone */
	bool from_not_known; /* from none that is not proven */
};
struct advice {
	enum advice_kind kind;
	uint32_t party;  /* P, or the organization; NONE32 for groups */
	uint16_t nat;    /* N; NAT_NONE for groups and organizations */
	uint32_t group;  /* ... of ADVICE_GROUP */
	uint32_t place;  /* the country of ADVICE_AT_HOST, else NONE32 */
	uint8_t service; /* of ADVICE_ORGANIZATION, else SERVICE_NONE */
	int64_t gain;    /* people x INFORM risk in tenths, over services, after the items before */
	int64_t people;  /* lifted in one service or more */
	int64_t lifts;   /* people lifted, once for each service */
	int64_t uncertain;  /* ... of the lifts: rest on something not known */
	int64_t unweighted; /* ... of the lifts: in countries without a risk on record */
	size_t others;      /* State for State: other helpers who would gain just as much then */
	int64_t moved[BANDS][BANDS];
	/* ADVICE_ORGANIZATION: the commitments on record by which it gives the service; the draft
	 * is for the same people. NULL in the list: anybody (a strength on record). */
	ACCORD_LIST(const struct commitment *, like);
	ACCORD_LIST(struct advice_lift, lifted); /* by country, service, nationality */
};
struct advice_filter {
	uint64_t services; /* bits; 0: all */
	unsigned kinds;    /* bits; 0: all */
	uint32_t place;    /* people in countries that lie in it; NONE32: all */
	int32_t date;
	uint32_t viewer;
};
struct advices {
	ACCORD_LIST(struct advice, items);
	size_t candidates[ADVICE_KINDS]; /* that would lift somebody */
	int64_t total, bound;            /* of the gains; no so many candidates reach more */
	uint64_t evaluations;
};
/* The K best, one after the other. COUNT is world_people() of the same date. */
enum status cover_advise(struct advices *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct advice_filter *filter, size_t k);
/* INFORM risk of a country in tenths, latest year; its row of world->risks in *ROW (NONE32). -1:
 * not on record. */
int cover_risk_tenths(const struct world *world, uint32_t country, uint32_t *row);
#define ADVICE_NO_RISK 10 /* tenths: where no risk is on record the weight is left out, 1 */
/* The id of the draft, and the draft: a document in state draft, YAML in the house form, with
 * comments for those who negotiate it. */
struct str cover_advice_id(
	struct arena *arena, const struct world *world, const struct advice *advice);
void cover_advice_draft(struct buf *out, struct arena *arena, const struct world *world,
	const struct advice *advice, int32_t date);

/* ---- What to find out ---- */

/* Facts not known, by the people whose answer they decide (unknowns.c; docs/semantics.md,
 * "Unknowns"): cells whose band is uncertain, or none and not proven, that would change if this
 * fact alone were known. */
enum unknown_kind {
	UNKNOWN_PRESENCE, /* is PARTY in COUNTRY */
	UNKNOWN_RESIDENCE /* where do the people of NAT in COUNTRY live lawfully, since when */
};
struct unknown_fact {
	enum unknown_kind kind;
	uint32_t party;   /* of UNKNOWN_PRESENCE, else NONE32 */
	uint16_t nat;     /* of UNKNOWN_RESIDENCE, else NAT_NONE */
	uint32_t country; /* place */
	unsigned levels;  /* at which it is not known and asked for */
	bool on_record; /* something is on record, but it has aged or does not speak for the date */
	uint64_t services; /* for which it decides */
	int64_t people;    /* whose answer it decides, for one service or more */
	int64_t answers;   /* the same, once for each service */
	int64_t better;    /* answers whose band would rise if the fact turned out true */
	int64_t worse;     /* answers whose band would fall if it turned out false */
};
struct unknown_filter {
	uint64_t services; /* bits; 0: all */
	uint32_t place;    /* people in countries that lie in it; NONE32: all */
	int32_t date;
	uint32_t viewer;
};
struct unknowns {
	ACCORD_LIST(
		struct unknown_fact, items); /* most people first, then answers, then by codes */
	int64_t unsure;  /* people, once for each service, whose answer is not sure */
	int64_t decided; /* ... for whom one fact alone decides */
};
/* COUNT is world_people() of the same date. */
enum status cover_unknowns(struct unknowns *out, struct arena *arena,
	const struct cover_index *index, const struct people_count *count,
	const struct unknown_filter *filter);

/* ---- Would it hold? ---- */

/* Components of readiness, each T, F or not known; never only a score (ready.c;
 * docs/semantics.md, "Readiness"). */
enum ready_part {
	READY_IN_FORCE,  /* in force on the date; U: expected, no renewal confirmed */
	READY_TERM,      /* does not end within READY_TERM_DAYS; U: it would have to be renewed */
	READY_CHANNELS,  /* every provider has a channel tested in time */
	READY_LINKS,     /* the links between its parties are tested in time, out and back */
	READY_EXERCISED, /* not on record yet: U */
	READY_CAPACITY,  /* what is promised has a size, and that is confirmed */
	READY_ASSETS,    /* what backs it is not pledged for more than there is */
	READY_HOST,      /* the host has been told where it must be; not on record: U */
	READY_PARTS
};
#define READY_TERM_DAYS 90
#define READY_TEST_DAYS 90 /* between tests, where the agreement does not say */
extern const struct str cover_ready_words[READY_PARTS]; /* in-force term channels … */
struct readiness {
	const struct agreement *agreement;
	const struct commitment *commitment; /* NULL: of the agreement as a whole */
	enum truth parts[READY_PARTS];
	bool asked[READY_PARTS]; /* false: nothing in it asks for this; the part is T */
	enum truth all;          /* the least of the parts */
	int32_t ends;            /* last day of its confirmed term, DATE_NONE: open */
	struct duration tested_every, exercise_every; /* count 0: the agreement does not say */
	size_t providers, tested, old, silent; /* providers by their latest test: in time, too long
						  ago, none on record */
	int32_t last_test;                     /* the latest on record; DATE_NONE */
	size_t links, links_tested;
	size_t promises, unsized, confirmed; /* commitments that promise with means; without a
						capacity; confirmed */
	struct str asset;                    /* the first that is pledged for too much or without a
						size, "party:asset"; STR_NONE */
	int64_t asset_has, asset_pledged;    /* of that one */
	size_t host_steps;                   /* commitments with a step that tells the host */
};
/* One AGREEMENT, or its COMMITMENT alone. */
enum status cover_ready(struct readiness *out, struct arena *arena, const struct cover_index *index,
	const struct agreement *agreement, const struct commitment *commitment, int32_t date,
	uint32_t viewer);

#endif
