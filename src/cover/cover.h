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
};
struct gap_cell {
	struct people_cell cell;
	struct cell_band band;
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
};
/* people = own_state + bands. beyond_stock is of the filter's place and nationality too. COUNT is
 * world_people() of the same date. */
enum status cover_gaps(struct gaps *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, uint8_t service, const struct gap_filter *filter);

/* The documents of design/3-interfaces.md as canonical-order JSON on one line, for command line,
 * batch and API. */
enum status cover_who_json(struct buf *out, const struct cover_index *index,
	const struct query *query, const struct answers *answers);
/* For qsort_r over pointers to gap cells, CONTEXT the world: by people, most first, then by the
 * codes of place, nationality and group. */
int cover_gap_order(const void *a, const void *b, void *context);
enum status cover_gaps_json(struct buf *out, const struct cover_index *index,
	const struct gaps *gaps, enum band below, size_t limit);
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
	uint32_t index; /* a row of world->posts (the post's first), a party, an agreement */
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

#endif
