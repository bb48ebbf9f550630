/* What the files of cover/ share: the compiled index, one question made ready to be judged, and the
 * conditions in their order.
 *
 * The steps of the model and the files that hold them: 1 and 2 match.c and places.c (with served.c
 * for `served-by`), providers and their presence provider.c, 3 provider.c (pools) and limit.c
 * (equal treatment), 4 safeguards.c, 5 order.c. judge.c puts them in sequence, once, for every use:
 * answers (who.c), reasons (why_not.c), bands (cell.c, gaps.c), and the nested questions of
 * served.c and limit.c. A use differs by the fields of struct ask alone. */
#ifndef ENTENTE_COVER_INTERNAL_H
#define ENTENTE_COVER_INTERNAL_H

#include "cover/index.h"

/* ---- one question (ask.c) ---- */

enum reading {
	READING_AS_RECORDED,
	READING_IN_FAVOUR /* every U read as T: what is none even so is proven */
};

/* A nationality of the person and an item of for.nationality that names it: judged alone. */
struct pair {
	uint16_t nat;
	uint32_t item, via;
	enum truth certainty;
	bool aged; /* every reason for U is a fact that has aged */
};

/* The sets of a country's column on a day (presence.c). */
struct here {
	const struct column_table *table; /* NULL: not looked up yet */
	uint32_t country;
	int32_t date;
	const struct presence_day *day;
	struct set256 limited;
};

/* Growing room of one request, shared by a question and those nested in it: pairs are a stack. */
struct scratch {
	struct arena *arena;
	struct pair *pairs;
	size_t pair_count, pair_capacity;
	struct here here;
	bool no_memory; /* sticky: what was found is not to be used */
};

/* What holds for every nationality at one place and date; made by whoever asks for many of them.
 * NULL: looked up each time. */
struct memo {
	uint8_t *force;    /* per slot of an agreement: enum accord_force (no: also not visible) */
	uint8_t *own_band; /* per party: limit.c's result; NULL: not kept */
	bool own_used;     /* some of own_band is known */
	/* Per slot: the nationalities of the States that are parties on the date, where known. */
	struct set256 *parties;
	bool *parties_known;
};
#define MEMO_UNKNOWN UINT8_MAX

/* What if? A fact that is not known, taken as known: PARTY is in COUNTRY at LEVELS (T), or nowhere
 * there (F, LEVELS are all); or where the person's residence is not known, that it agrees or not.
 */
struct assume {
	bool residence;
	uint32_t party, country;
	unsigned levels;
	enum truth truth;
};
/* The facts not known that a question met: presences in its country, and residence. */
#define WONDER_MAX 512
struct wonder {
	struct {
		uint32_t party;
		unsigned levels; /* that are not known */
	} items[WONDER_MAX];
	size_t count;
	bool residence;
};

struct ask {
	const struct cover_index *index;
	const struct world *world;
	struct query query; /* implied statuses added */
	const struct service *service;
	enum reading reading;
	bool safeguards;   /* step 4 is asked for */
	bool limits;       /* equal treatment is asked for: bands matter */
	bool ranked;       /* sizes and all marks are asked for */
	unsigned given;    /* the statuses of the query as given */
	uint16_t only_nat; /* pairs of this nationality only; NAT_NONE: of all */
	uint16_t host_nat;
	uint32_t host; /* the State of the place's nationality, or NONE32 */
	uint32_t country;
	struct set256 nats;    /* of the person */
	struct set256 guarded; /* safeguards: the States to keep away from */
	const struct row *const
		*candidates; /* rows that name the service at the place or above it, each once */
	size_t candidate_count;
	struct scratch *scratch;
	struct memo *memo;
	bool bare;        /* no answer is to name its facts, nor to bear marks of their age */
	uint16_t apart;   /* the world holds other facts of its State than the columns; NAT_NONE */
	uint32_t without; /* as if this party had left every agreement; NONE32: nobody */
	const struct assume *assume; /* NULL: as recorded */
	struct wonder *wonder;       /* NULL: nobody wants to know */
};

void scratch_init(struct scratch *scratch, struct arena *arena);
/* Everything that follows from QUERY alone; no candidates yet. */
void ask_init(struct ask *ask, const struct cover_index *index, const struct query *query,
	struct scratch *scratch);
/* The candidates of the question's service and place, into the scratch. O(depth + found), with a
 * sort where a row stands under a place and a part of it. */
void ask_candidates(struct ask *ask);
/* Drops doubles; the order is lost. The number that stays. */
size_t ask_unique(const struct row **rows, size_t count);
/* ROW's nationalities hold one of the person's: a quick look before the full judgement. */
bool ask_may_concern(const struct ask *ask, const struct row *row);
/* OUTER asked for other nationalities alone: everything else stays as it is, statuses and fears
 * too. */
void ask_for_nat(struct ask *inner, const struct ask *outer, uint16_t nat);
/* What a provider's own nationals would ask: no status, residence, fear or flag. */
void ask_as_own(struct ask *inner, const struct ask *outer, uint16_t nat);

/* Ready for the questions about the next place; what holds at every place is kept. False: no
 * memory. */
bool memo_ready(struct memo *memo, struct arena *arena, const struct cover_index *index);
/* The States that are parties of ROW's agreement on the question's date (only where the memo keeps
 * them); world_group_has() and match_is_party() by sets. */
struct set256 ask_party_nats(const struct ask *ask, const struct row *row);
bool ask_group_has(const struct ask *ask, uint32_t group, uint32_t party);
bool ask_is_party(const struct ask *ask, const struct row *row, uint32_t party);

/* ---- presence (presence.c) ---- */

/* PARTY's presence at the question's place, service and date, under what is assumed; tells what is
 * not known to whoever wonders. The only door of the judge to presence. What it rests on may be
 * missing: ask_presence_facts() adds it, unless the question is bare. */
struct presence ask_presence(const struct ask *ask, uint32_t party, unsigned levels);
struct presence ask_presence_facts(
	const struct ask *ask, uint32_t party, unsigned levels, struct presence presence);
/* The States of ROW's pool that provider_gate() and provider_here() need be asked about: all others
 * are not there, or not known to be and the reading does not favour them. */
struct set256 ask_pool(const struct ask *ask, const struct row *row);
/* PARTY's presence in COUNTRY for any service. O(log days). */
enum truth index_presence(const struct cover_index *index, uint32_t party, uint32_t country,
	unsigned levels, int32_t date);

/* ---- judging (judge.c) ---- */

/* One row in the light of one question: what does not depend on the provider. */
struct view {
	const struct row *row;
	enum why_not gate;  /* visible, in force (or expected), the commitment's dates: 0 if so */
	enum why_not scope; /* phase, place, to, status, residence: 0 if so */
	enum accord_force force;
	uint16_t depth;
	enum truth residence;
	enum why_not pairs_why;          /* why there are no pairs */
	size_t pairs_first, pairs_count; /* in the scratch */
	uint16_t pairs_nat; /* the pairs stand for this provider's nationality; NAT_NONE: for all */
	bool pairs_ready;
};

/* Opens ROW. False when no provider can answer: the view needs no closing then, unless KEEP
 * (why-not) asks for it all the same. */
bool view_open(struct view *view, struct ask *ask, const struct row *row, bool keep);
void view_close(struct view *view, struct ask *ask);
/* Judges one provider, paired with NAT only unless that is NAT_NONE. 0 (WHYNOT_ANSWERS): ANSWER
 * holds the row by its best pair, held or not; else the condition that the pair which came farthest
 * failed. */
enum why_not judge_provider(
	struct ask *ask, struct view *view, uint32_t provider, uint16_t nat, struct answer *answer);

/* ---- steps 1 and 2 (match.c, places.c, served.c) ---- */

bool match_visible(const struct ask *ask, const struct agreement *agreement);
bool match_is_party(
	const struct world *world, const struct agreement *agreement, uint32_t party, int32_t date);
bool match_confirmed(
	const struct world *world, const struct agreement *agreement, uint32_t party, int32_t date);
enum opt_side { OPT_PROVIDER, OPT_BENEFICIARY };
bool match_opted_out(const struct world *world, const struct row *row, uint32_t party,
	enum opt_side side, int32_t date);
enum why_not match_gate(const struct ask *ask, struct view *view);
enum why_not match_scope(const struct ask *ask, struct view *view);
bool match_nat_item(
	const struct ask *ask, const struct nat_item *item, uint16_t nat); /* code, group, any */
bool match_excepted(const struct ask *ask, const struct commitment *commitment, uint16_t nat);
/* Pushes the pairs of VIEW's row (for NAT alone unless NAT_NONE) on the scratch. */
void match_pairs(struct ask *ask, struct view *view, uint16_t nat);

/* PLACE is in SCOPE's `in` and not in its `except`; *DEPTH (may be NULL) gets that of the deepest
 * item. An absent scope is the world. */
bool places_contain(
	const struct ask *ask, const struct place_scope *scope, uint32_t place, uint16_t *depth);
bool places_item_contains(const struct ask *ask, const struct place_item *item, uint32_t place,
	bool territories, uint16_t *depth);
/* The destination of the query agrees with the row's `to` (or its default). */
bool places_to_matches(const struct ask *ask, const struct commitment *commitment);
bool places_word_matches(const struct ask *ask, enum place_item_kind word, uint32_t destination);
/* The country of a State, NONE32 when it has none in the gazetteer. */
uint32_t places_of_state(const struct world *world, uint32_t party);

/* served-by:X for NAT. *AGED as in struct pair. */
enum truth served_by(
	struct ask *ask, const struct row *row, uint32_t server, uint16_t nat, bool *aged);
/* The number of nationalities that the item stands for (order.c's "size"). */
uint32_t size_of_item(struct ask *ask, const struct row *row, uint32_t item);

/* ---- providers and step 3 (provider.c, limit.c) ---- */

/* Walks the providers of a row. */
struct provider_walk {
	size_t at, end;
	struct set256 states; /* of a pool, yet to come */
	uint32_t last;
};
void provider_walk_init(struct provider_walk *walk, const struct ask *ask, const struct row *row);
bool provider_walk_next(struct provider_walk *walk, const struct ask *ask, const struct row *row,
	uint32_t *provider, uint16_t *nat);
/* PARTY is a provider of ROW for this question, whatever else fails; *NAT: for judge_provider(). */
bool provider_is(const struct ask *ask, const struct row *row, uint32_t party, uint16_t *nat);
/* PARTY can be a provider of ROW for somebody on some date. */
bool provider_can_be(const struct ask *ask, const struct row *row, uint32_t party);
/* A party, the host a party if it must, not opted out. */
enum why_not provider_gate(const struct ask *ask, const struct row *row, uint32_t provider);
/* Not the person's own State nor the host (pools); present. Fills band, post_row, office_row. */
enum why_not provider_here(
	const struct ask *ask, const struct row *row, uint32_t provider, struct answer *answer);
/* The band that PROVIDER's own nationals get; BAND_NONE: nothing on record. */
enum band limit_as_own(struct ask *ask, uint32_t provider);

/* ---- a row, provider by provider (judge.c) ---- */

/* A row in force and its providers one by one, for uses that want answers and no reasons: open, and
 * while there is a next one judge it or pass it over, close. */
struct row_walk {
	struct view view;
	struct provider_walk providers;
	uint32_t provider; /* at hand */
	uint16_t nat;      /* as in judge_provider() */
};
/* False: nobody can answer by ROW, and nothing is to be closed. */
bool row_walk_open(struct row_walk *walk, struct ask *ask, const struct row *row);
bool row_walk_next(struct row_walk *walk, const struct ask *ask);
/* The provider at hand answers, held or not. */
bool row_walk_answers(struct row_walk *walk, struct ask *ask, struct answer *answer);
void row_walk_close(struct row_walk *walk, struct ask *ask);

/* ---- step 4 (safeguards.c) ---- */

/* Statuses that guard against every State of the person's nationalities. */
#define PROTECTED_STATUSES                                                                         \
	(PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER) |                           \
		PERSON_BIT(PERSON_FEARS_AUTHORITIES))
/* The States to keep away from (semantics: guarded States). */
struct set256 safeguards_guarded(const struct query *query);
/* What S2, S1, S4, S5 remove and S7 holds, for one provider and via. 0: it stays; ANSWER's
 * to_items, to_default, marks, held are set. */
enum why_not safeguards_apply(const struct ask *ask, const struct row *row, uint32_t provider,
	uint32_t via, struct answer *answer);
bool safeguards_removed(enum why_not why); /* S1, S2, S4, S5 */

/* What a commitment of this duty gives at best. */
static inline enum band band_of_duty(enum duty duty)
{
	return duty == DUTY_WILL ? BAND_WILL : duty == DUTY_SHALL ? BAND_SHALL : BAND_MAY;
}

/* ---- step 5 (order.c) ---- */

/* What decides before names do, as one number: less comes first. Depths beyond RANK_DEPTH_MAX do
 * not fit (atlas.deep). */
#define RANK_DEPTH_MAX 4095
uint64_t order_rank(bool held, enum truth certainty, enum band band, enum role role, uint16_t depth,
	uint32_t size, enum strength strength, int32_t lead_time_hours);
uint64_t order_rank_of(const struct answer *answer);
/* Band, depth, size and lead time out of a rank. */
static inline void order_unrank(struct answer *answer, uint64_t rank)
{
	uint32_t lead = (uint32_t)rank;

	answer->lead_time_hours = lead == UINT32_MAX ? -1 : (int32_t)lead;
	answer->size = (uint32_t)(rank >> 35) & 511u;
	answer->depth = (uint16_t)(RANK_DEPTH_MAX - ((rank >> 44) & RANK_DEPTH_MAX));
	answer->band = (enum band)(BAND_WILL - (int)(rank >> 58 & 7u));
}
/* <0 when A comes before B; 0 only for the same row. */
int order_answers(const struct world *world, const struct answer *a, const struct answer *b);
/* The same within one row: pairs. */
int order_pairs(const struct world *world, const struct answer *a, const struct answer *b);
void order_sort(const struct world *world, struct answer *items, size_t count);

/* ---- cells (cell.c) ---- */

/* A place below a country where a row that does not cover the country may answer. */
struct part {
	uint32_t place;
	const struct row *const *candidates; /* as in struct ask, of this place */
	size_t candidate_count;
	const struct row *const *partial; /* those that do not cover the country */
	size_t partial_count;
};

/* Some candidate row would be there if every U spoke for it, each row by itself. */
bool cell_favoured(struct ask *ask);
/* The same of ROWS alone. */
bool cell_favoured_among(struct ask *ask, const struct row *const *rows, size_t count);
/* The band of ASK's question, by its candidates and the parts of its country. */
void cell_judge(struct cell_band *out, struct ask *ask, const struct part *parts, size_t count);
/* OUT->band is what the lane gives, for certain, PART_BAND what it gives inside the country: the
 * band with ROWS and the parts on top. ASK's candidates must be there for nested questions. */
void cell_judge_more(struct cell_band *out, struct ask *ask, const struct row *const *rows,
	size_t count, const struct part *parts, size_t part_count, enum band part_band);
/* The highest band of ASK's candidates that is not held. */
enum band cell_band(struct ask *ask);
/* The parts of ASK's country: places where rows of the service begin, or where the host changes. In
 * the scratch's arena; scratch.no_memory when that fails. */
const struct part *cell_parts(size_t *count, struct ask *ask);
/* What COMMITMENT takes of ASSET, which backs it: its capacity, if that is in the asset's own unit;
 * else the whole (overlaps_pledges.c; semantics: double-pledge). */
int64_t pledges_taken(const struct commitment *commitment, const struct asset *asset);
/* Quantities are what people wrote: a sum that does not fit stays at the largest. */
void pledges_add(int64_t *sum, int64_t quantity);
/* AGREEMENT is in ACCORDS, to the letter, its schedules too (diff_scope.c). */
bool diff_stands_in(const struct accords *accords, const struct agreement *agreement);
/* Who answers one question each of COUNT cells of one country, held rows left out, into their sets
 * of parties (SETS[i]; may be shared). The seam of the matrix: whoever knows these sets faster may
 * stand here (grid_parties.c). */
enum status grid_parties(const struct cover_index *index, struct arena *arena,
	const struct people_cell *const *cells, uint64_t *const *sets, size_t count,
	uint8_t service, const struct gap_filter *filter);
/* The query of a cell (semantics: cell). */
void cell_query(struct query *query, const struct world *world, const struct people_cell *cell,
	uint8_t service, int32_t date, uint32_t viewer);

/* ---- countries (country.c) ---- */

/* What the cells of many countries are judged with, one country after the other. MEMO begins
 * empty. */
struct country_work {
	const struct cover_index *index;
	uint8_t service;
	int32_t date;
	uint32_t viewer;
	enum phase phase; /* 0: during */
	struct scratch *scratch;
	struct memo memo;
};
/* Adds a judged cell to the totals (people and own_state are the caller's). */
void gaps_add(struct gaps *out, const struct gap_cell *gap);
/* The bands of CELLS, which lie in one country and are not own_state. Of no use when the scratch
 * has run out of memory. */
void country_bands(struct country_work *work, struct gap_cell *cells, size_t count);

#endif
