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
