/* The public face of cover/: who helps this person here and now, under which clause; for how many
 * people nobody does.
 *
 * cover_compile() turns a world and its agreements into an index, once; the index is immutable and
 * may be read by many threads. Questions carry their date and their viewer. Semantics: the model,
 * "Resolving", "Safeguards", "Analysis"; open points in docs/semantics.md. The slow reference of
 * the same rules stands in tests/reference/ and must agree byte for byte. What is made of many
 * answers (overlaps, advice, differences …) stands in analyses.h, which this header includes. */
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
/* The same by JOBS (NULL: one after the other); the arena's allocator must bear several callers at
 * a time if they run several. */
enum status cover_compile_jobs(struct cover_index **out, struct arena *arena,
	const struct world *world, const struct accords *accords, const struct jobs *jobs);

/* The path by which rows are compared: all give the same answers, to the last bit. */
enum cover_lane { LANE_BEST, LANE_OFF, LANE_SCALAR, LANE_AVX2, LANE_AVX512, COVER_LANES };
struct cover_options {
	const struct allocator *allocator; /* of the index's blocks; thread-safe if readers are */
	const struct allocator *scratch;   /* of what is freed before the end; NULL: the same */
	enum cover_lane lane;              /* one that the machine has not: the best that it has */
	const struct jobs *jobs; /* NULL: one after the other; SCRATCH must bear several callers at
				    a time if they run several. The same index whoever runs them */
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
	/* Countries of which the facts of WORLD say something else. A post speaks of the country it
	 * stands in and of every one that any of its rows names, whichever row changed: one that
	 * is not known to be open leaves open what a closed one denies. */
	const uint32_t *facts_at;
	size_t facts_at_count;
	/* NULL: that of the snapshot it starts from, which must be one of cover_compile_with() (an
	 * arena gives nothing back, and is one thread's). Else where the next one takes what is its
	 * own: the snapshot it starts from is then released after it. */
	const struct allocator *allocator;
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
/* The answers of COUNT questions, OUT[i] to QUERIES[i], each as cover_who() gives it: whoever has
 * several at hand (COVER_WHO_MANY are plenty) waits once for the memory of many. A failure fails
 * all. */
#define COVER_WHO_MANY 64
enum status cover_who_many(struct answers *out, struct arena *arena,
	const struct cover_index *index, const struct query *queries, size_t count);
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
/* The matrix: how many different parties answer a plain person (no status, no flag, destination not
 * said) by rows in force, held or not, in every service, nationality and place. Of people and their
 * bands: cover_grid(). */
struct matrix_axes {
	const uint8_t *services;
	size_t service_count;
	const uint16_t *nats;
	size_t nat_count;
	const uint32_t *places; /* ascending, each once */
	size_t place_count;
	enum phase phase;
	int32_t date;
	uint32_t viewer;
};
/* OUT is [service][nationality][place] of the axes, in their order, each cell written once: the
 * number of different providers among the answers of cover_who(). Of a place above countries, where
 * nobody can be asked for, rows count that need no host, fact or safeguard to be judged. PART of
 * PARTS writes its services alone: a thread may have one each, with an arena each. O(entries of the
 * services + cells), and as many questions as there are cells that hang on facts or persons. */
enum status cover_matrix(uint16_t *out, struct arena *arena, const struct cover_index *index,
	const struct matrix_axes *axes, unsigned part, unsigned parts);

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
/* As cover_gaps() without a filter: the totals alone (beyond_stock 0); the cells too,
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
/* The same bytes faster, for whoever answers many questions: what no question changes of
 * commitments and channels is written once, into PIECES (NULL: none), by the same functions. They
 * refer to WORLD and ACCORDS, which the index must be made of; at most some 16 MB of text, what is
 * beyond is written for each answer. STATUS_NO_MEMORY. Linear in commitments and channels. */
struct cover_pieces;
enum status cover_pieces_make(struct cover_pieces **out, struct arena *arena,
	const struct world *world, const struct accords *accords);
enum status cover_who_told(struct buf *out, const struct cover_index *index,
	const struct cover_pieces *pieces, const struct query *query,
	const struct answers *answers);
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
/* All such channels of ANSWER, one a call, in the order of their file; NULL after the last. QUERY
 * and ANSWER must last as long. O(the provider's channels in these countries). */
struct reach {
	struct channel_walk walk;
	const struct query *query;
	const struct answer *answer;
};
void cover_reach(struct reach *reach, const struct world *world, const struct query *query,
	const struct answer *answer);
const struct channel *cover_reach_next(struct reach *reach);
/* VIEWER may see AGREEMENT on DATE (docs/semantics.md, "visibility"). */
bool cover_visible(const struct cover_index *index, const struct agreement *agreement,
	uint32_t viewer, int32_t date);
bool cover_visible_in(const struct world *world, const struct agreement *agreement, uint32_t viewer,
	int32_t date); /* the same, before there is an index */
const struct world *cover_world(const struct cover_index *index);

/* An agreement's own cases, judged against the index. Each failure is a diagnostic at the case. */
enum status cover_cases(struct arena *arena, const struct cover_index *index, struct diags *diags);

#include "cover/analyses.h"
#include "cover/told.h"

#endif
