/* The analyses: what cover/ makes of its answers when many are taken together. Part of the public
 * face: cover.h includes it, nobody else does. */
#ifndef ENTENTE_COVER_ANALYSES_H
#define ENTENTE_COVER_ANALYSES_H

#ifndef ENTENTE_COVER_COVER_H
#error "include cover/cover.h"
#endif

/* ---- two axes, two versions ---- */

/* People and parties by two axes (grid.c). A person stands once in each cell that one of their
 * questions falls into, by the best band of those questions (docs/semantics.md, "grid").
 * The command `matrix` prints it. cover_matrix() counts other things and cannot stand in: it counts
 * held answers too, for plain persons alone, and a sum over questions needs to know which parties
 * they are, not how many. */
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
/* The same finding but for the service: people, place, band, leads and what they rest on. */
bool cover_leads_alike(const struct lead_overlap *a, const struct lead_overlap *b);
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

/* ---- advice: what to sign next ---- */

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
	int64_t bound;             /* no K candidates, in any order, reach more; INT64_MAX: at
				      least that */
	uint64_t evaluations;      /* of a candidate's worth */
	uint8_t *bands;            /* of the cells, after the picks */
};
/* What CANDIDATE is worth when the cells stand at BANDS: the weight of its cells below what it
 * raises them to. */
int64_t cover_advise_gain(
	const struct advise_problem *problem, const uint8_t *bands, uint32_t candidate);
/* The picks of naive greedy: the greatest gain each time, the first of equals, until K or no gain.
 * Typically O(cells + runs + K log candidates) and a few candidates looked at again per pick; takes
 * 5 bytes a cell, 16 a candidate. One pass reads all cells, one all runs and 4 bytes for each cell
 * of a short run; where weights have more than 29 bits the first figures are upper bounds, and more
 * candidates are looked at again. */
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
	struct str asset;                    /* the first that is pledged for too much or is not
						on record, "party:asset"; STR_NONE */
	int64_t asset_has, asset_pledged;    /* of that one */
	size_t host_steps;                   /* commitments with a step that tells the host */
};
/* One AGREEMENT, or its COMMITMENT alone. */
enum status cover_ready(struct readiness *out, struct arena *arena, const struct cover_index *index,
	const struct agreement *agreement, const struct commitment *commitment, int32_t date,
	uint32_t viewer);

/* ---- dates that fall due (due.c) ---- */

enum due_kind {
	DUE_END,        /* the last day of its term */
	DUE_RENEWAL,    /* the same, where it renews: to be confirmed by then */
	DUE_NOTICE,     /* the last day to give notice before the term ends */
	DUE_CLAUSE_END, /* the last day of a commitment that ends before the agreement */
	DUE_EXERCISE,
	DUE_REPORT,
	DUE_CHANNELS, /* channels are to be tested */
	DUE_STALE,    /* the last day on which a fact counts as known */
	DUE_KINDS
};
struct due {
	enum due_kind kind;
	int32_t on;                          /* before the date asked: late */
	const struct agreement *agreement;   /* NULL of a fact */
	const struct commitment *commitment; /* of DUE_CLAUSE_END */
	uint32_t post_row;                   /* of DUE_STALE: world->posts; else NONE32 */
};
struct due_filter {
	uint32_t place, party;             /* NONE32: all; facts are told only with one of them */
	const struct agreement *agreement; /* NULL: all */
	int32_t date;
	uint32_t viewer;
};
/* By day, then kind, agreement, clause (docs/semantics.md, "due-dates"). ACCORDS are those of the
 * index. */
enum status cover_due(struct due **out, size_t *count, struct arena *arena,
	const struct cover_index *index, const struct accords *accords,
	const struct due_filter *filter);

#endif
