/* The public face of cover/: who helps this person here and now, under which clause; for how many
 * people nobody does.
 *
 * cover_compile() turns a world and its agreements into an index, once; the index is immutable and
 * may be read by many threads. Questions carry their date and their viewer. Semantics: the model,
 * "Resolving", "Safeguards", "Analysis"; open points in docs/semantics.md. The slow reference of
 * the same rules stands in tests/reference/ and must agree byte for byte. */
#ifndef ENTENTE_COVER_COVER_H
#define ENTENTE_COVER_COVER_H

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
/* WORLD and ACCORDS must outlive the index. Linear in commitments. */
enum status cover_compile(struct cover_index **out, struct arena *arena, const struct world *world,
	const struct accords *accords);

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

#endif
