/* The compiled index: what a snapshot is made of. Shared by the files of cover/ only.
 *
 * Rows live in one block an agreement; entries in one block a service and country (block 0: the
 * places above countries). Blocks are immutable and counted; a snapshot is tables of pointers to
 * them, so that a change copies the blocks it touches and shares the rest. Nothing numbers rows
 * across agreements: inserting one renumbers nothing. */
#ifndef ENTENTE_COVER_INDEX_H
#define ENTENTE_COVER_INDEX_H

#include "cover/cover.h"

/* What a row needs beyond the lane's few comparisons (row.c decides; lane.c weighs them against the
 * question). A row that needs nothing that matters is answered without its agreement being read. */
enum need {
	NEED_JUDGE = 1,     /* always: pools, presence, groups with dates, several places … */
	NEED_VIEWER = 2,    /* not public */
	NEED_STATUS = 4,    /* some status is excepted */
	NEED_ORIGIN = 8,    /* the provider acts for a State, or some State may be told */
	NEED_TO = 16,       /* `to` is written */
	NEED_ANY = 32,      /* `for: any`, which consular services do not give the host's own */
	NEED_NESTED = 64,   /* stands under a place and a part of it: met twice on a chain */
	ROW_CONFIRMED = 128 /* no need: the provider's entry bears `confirmed` */
};

/* One commitment as written, and what the lane answers from. */
struct row {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint64_t rank;     /* order.c: the key of its answers when the lane gives them */
	uint32_t nats;     /* interned set: those that may match on some date */
	uint32_t slot;     /* of its agreement, below index->slot_count */
	uint32_t provider; /* the one party that can provide it; NONE32 for the other forms */
	int32_t lead_time_hours;
	uint16_t depth, size; /* of the place, of the nationalities (lane) */
	uint16_t from, until; /* days of the index; hull of the dates on which it may answer */
	uint8_t needs;        /* enum need */
	uint8_t phases, band;
	bool served_by; /* some item of for.nationality is served-by */
};

/* The rows of one agreement, sorted by commitment id, schedule row. */
struct agreement_rows {
	_Atomic uint32_t refs;
	uint32_t count, slot;
	size_t bytes;
	const struct agreement *agreement;
	struct row *rows;
};

/* Agreements in order of id, in shelves of at most SHELF_MAX. */
#define SHELF_MAX 256
#define SHELF_FILL 192 /* at first, so that a change seldom splits one */
struct shelf {
	_Atomic uint32_t refs;
	uint32_t count;
	struct agreement_rows *items[SHELF_MAX];
};

/* What the lane compares: the keys of the COUNT entries at one place, 8 bytes each, in five columns
 * one after the other, so that a vector compares 32 neighbours at once and yet a place's keys lie
 * together. Days count from DAY_EPOCH; 0 and DAY_MAX stand for all before and after, so that a
 * question inside 1..DAY_MAX-1 is compared exactly. */
#define DAY_EPOCH (-14610) /* 1930-01-01 */
#define DAY_MAX UINT16_MAX
struct key_run {
	const uint16_t *from; /* then until, then set: an interned set of nationalities */
	uint32_t count;
};
#define KEY_BYTES 8
#define KEY_BAND_SHIFT 4
#define KEYS_SPARE 8 /* keys' room, readable behind the last: vectors may run over the end */

static inline const uint16_t *run_until(struct key_run run)
{
	return run.from + run.count;
}
static inline const uint16_t *run_sets(struct key_run run)
{
	return run.from + 2 * (size_t)run.count;
}
/* enum phase; from bit KEY_BAND_SHIFT: enum band. */
static inline const uint8_t *run_phases(struct key_run run)
{
	return (const uint8_t *)(run.from + 3 * (size_t)run.count);
}
static inline const uint8_t *run_needs(struct key_run run)
{
	return run_phases(run) + run.count;
}

/* What the lane answers with, half a line of the cache and never across two: everything else
 * follows from the rank, so that neither row nor agreement is read. */
struct entry {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint64_t rank;     /* as in the row */
	uint32_t provider; /* as in the row */
	uint8_t needs;     /* as in the key */
};
/* Entries of one service under the places of one country, sorted by place. Place number L of the
 * block has entries offsets[L] up to offsets[L + 1]; places from SPAN on have none.
 *
 * Two pieces of memory. The front, head, offsets and keys, is read by every question in the
 * country; fronts are small and lie next to each other, so that few pages hold all of them. What
 * few entries need is the back: the entries, then the rows, then the providers. */
struct entry_block {
	_Atomic uint32_t refs;
	uint32_t count, span;
	uint16_t front_skip, back_skip; /* bytes left free where memory began inside a line */
	struct entry *entries;          /* NULL: no back yet */
	uint32_t offsets[];             /* span + 1; then the keys, a run a place */
};
static inline size_t block_keys_at(const struct entry_block *block)
{
	return (sizeof *block + (block->span + (size_t)1) * sizeof(uint32_t) + KEY_BYTES - 1) /
	       KEY_BYTES * KEY_BYTES;
}
/* The keys of the entries FROM up to END, which are those of one place. */
static inline struct key_run block_run(const struct entry_block *block, uint32_t from, uint32_t end)
{
	const char *keys = (const char *)block + block_keys_at(block) + (size_t)from * KEY_BYTES;

	return (struct key_run){ (const void *)keys, end - from };
}
static inline const struct row **block_rows(const struct entry_block *block)
{
	return (void *)(block->entries + block->count);
}
/* As in the rows: for whoever asks for nothing else. */
static inline uint32_t *block_providers(const struct entry_block *block)
{
	return (void *)((char *)(block->entries + block->count) +
			block->count * sizeof(struct row *));
}
/* Where a block's keys and entries lie. */
struct block_view {
	const uint16_t *keys;
	const struct entry *entries;
};
/* The blocks of a service. Beside them stands what a question asks of them first, so that it need
 * not wait for a block's head to know where its keys are: block_show() copies it. */
struct service_table {
	_Atomic uint32_t refs;
	uint32_t entry_count;
	struct block_view *views; /* as many as blocks */
	uint16_t *offsets;        /* by slot; up to the next slot's */
	bool wide; /* some block once had more entries than offsets can say: they are in blocks */
	struct entry_block *blocks[]; /* atlas.block_count; NULL: no entries */
};

/* A place, as the chain of a question needs it. */
struct spot {
	uint32_t parent, block, local; /* number of its block, and inside it */
	uint32_t slot;                 /* in a service's offsets; every block ends with one more */
	uint16_t depth, nat;
};
/* Who belongs to a group, of the States, from a day until the next one's; the first begins before
 * all dates. */
struct group_day {
	int32_t from;
	struct set256 nats;
};
/* What follows from the world's places, groups and zones alone. */
struct atlas {
	_Atomic uint32_t refs;
	struct allocator allocator; /* the arena's: outlives the index that made it */
	struct arena arena;
	struct spot *spots;    /* per place */
	uint32_t *block_first; /* per block: its first place (block 0: the world) */
	uint32_t block_count;  /* countries + 1 */
	uint32_t *slot_first;  /* per block: the slot of its place 0; at the end: all slots */
	uint32_t *above;       /* places above countries, ascending: block 0 by local number */
	size_t above_count;
	size_t *group_first;        /* group g: rows group_first[g] up to group_first[g + 1] */
	bool *group_dated;          /* some membership has a date */
	bool *group_mixed;          /* some member is no State */
	struct set256 *group_nats;  /* of all members ever */
	uint32_t *group_days_first; /* group g: group_days of this number up to the next one's */
	struct group_day *group_days;
	size_t *zone_first;     /* zone z: the same, in zone_members */
	uint32_t *zone_members; /* indices in world->zone_rows */
	uint16_t *country_nat;  /* per place: the nationality with this country's code, NAT_NONE */
	uint32_t *strays;       /* places below a country with another nationality, ascending */
	size_t stray_count;
	uint16_t stateless; /* XXA */
	bool deep;          /* some depth exceeds what a rank key holds */
};

/* Interned sets of nationalities, no two equal; set 0 holds all, and stands for those beyond
 * SETS_MAX. Bit S of row N of BITS: set S holds nationality N; row SETS_ALL has every bit. */
#define SETS_MAX 65536
#define SETS_ALL 256
struct set_table {
	_Atomic uint32_t refs;
	uint32_t count, capacity; /* capacity: a multiple of 64 */
	size_t bytes;
	struct set256 *sets;
	uint64_t *bits;  /* (SETS_ALL + 1) rows of capacity / 64 words */
	uint32_t *slots; /* open addressing over 2 * capacity: number + 1, 0 empty */
};

/* Presence in a country (columns.c): days as world_presence_column() gives them, at least one. */
struct column {
	_Atomic uint32_t refs;
	uint32_t count;
	struct set256 limited;
	struct presence_day days[];
};
/* By number of the country's block; NULL: nothing is on record there. */
struct column_table {
	_Atomic uint32_t refs;
	struct column *columns[];
};

struct cover_index {
	_Atomic uint32_t refs;
	struct allocator allocator;
	size_t written; /* bytes got for this snapshot */
	const struct world *world;
	struct atlas *atlas;
	struct set_table *table;
	struct column_table *columns;
	const struct lane *lane;
	size_t agreement_count, row_count; /* templates have no rows */
	struct shelf **shelves;
	uint32_t shelf_count, shelf_capacity;
	uint32_t slot_count; /* numbers of agreements: each below it, none twice */
	uint32_t *free_slots, free_count, free_capacity;
	struct service_table *services[WORLD_SERVICES_MAX]; /* NULL: no entries */
	/* As in the atlas and the table. */
	const size_t *group_first, *zone_first;
	const uint32_t *zone_members;
	const uint16_t *country_nat;
	const uint32_t *strays;
	size_t stray_count;
	uint16_t stateless;
	const struct set256 *sets;
	size_t set_count;
};

/* ---- blocks (block.c): memory of an index; NULL or false when it is not to be had ---- */

void *block_get(struct cover_index *index, size_t size); /* not zeroed */
void block_put(struct cover_index *index, void *memory, size_t size);
/* A block's front, offsets zeroed, and then its back. */
struct entry_block *block_front(struct cover_index *index, uint32_t count, uint32_t span);
bool block_back(struct cover_index *index, struct entry_block *block);
struct agreement_rows *block_agreement(struct cover_index *index, uint32_t count);
/* The same in two steps, so that the memory is first touched by whoever fills it: so many bytes got
 * with block_get(), then made a block. */
size_t block_agreement_bytes(uint32_t count);
struct agreement_rows *block_agreement_at(void *room, uint32_t count);
struct service_table *block_service(struct cover_index *index);
void block_keep_entries(struct entry_block *block); /* NULL: nothing */
void block_keep_rows(struct agreement_rows *rows);
void block_drop_entries(struct cover_index *index, struct entry_block *block);
void block_drop_rows(struct cover_index *index, struct agreement_rows *rows);
void block_drop_service(struct cover_index *index, struct service_table *table);
void block_drop_shelf(struct cover_index *index, struct shelf *shelf);
/* The entries of place LOCAL become what block_rows() says of them. */
void block_fill(struct entry_block *block, uint32_t local);
/* The same, as they are in OLD, which has as many there. */
void block_copy(struct entry_block *block, const struct entry_block *old, uint32_t local);

/* BLOCK, or none, stands at NUMBER from now on. Its count is known; references are the caller's. */
void block_set(struct service_table *table, uint32_t number, struct entry_block *block);
/* TABLE's views and offsets of block NUMBER become those of the block that stands there. O(places
 * of the block). */
void block_show(const struct cover_index *index, struct service_table *table, uint32_t number);

void block_keep_service(struct service_table *table);
/* TABLE for INDEX to write on: itself, or a copy where others share it. NULL: no memory. */
struct service_table *block_own_service(struct cover_index *index, struct service_table *table);

/* ---- shelf.c: agreements in order of id ---- */

enum status shelf_reserve(struct cover_index *index, size_t count); /* room for COUNT shelves */
enum status shelf_append(struct cover_index *index, struct agreement_rows *rows);
/* The rows of the agreement ID, or NULL. O(log agreements). */
struct agreement_rows *shelf_find(const struct cover_index *index, struct str id);
/* Shelves that other snapshots share are copied first; shelf_reserve() has made room for one more.
 * ROWS pass to the index, or leave it. */
enum status shelf_insert(struct cover_index *index, struct agreement_rows *rows);
enum status shelf_remove(struct cover_index *index, struct str id);
enum status shelf_share(struct cover_index *index, const struct cover_index *from, size_t more);

/* ---- atlas.c ---- */

enum status atlas_make(struct cover_index *index);
void atlas_share(struct cover_index *index, const struct cover_index *from);
void atlas_drop(struct cover_index *index);
/* The States that belong to GROUP on DATE. O(log days on which it changes). */
const struct set256 *atlas_group(const struct atlas *atlas, uint32_t group, int32_t date);

/* ---- columns.c: presence by country ---- */

/* ARENA is emptied on the way. */
enum status columns_make(struct cover_index *index, struct arena *arena);
void columns_share(struct cover_index *index, const struct cover_index *from);
/* The columns of COUNTRIES become what the index's world says; the others stay shared. */
enum status columns_change(
	struct cover_index *index, struct arena *arena, const uint32_t *countries, size_t count);
void columns_drop(struct cover_index *index);
/* The day of COLUMN that holds on DATE. O(log days). */
const struct presence_day *column_day(const struct column *column, int32_t date);

/* ---- sets.c ---- */

enum status sets_make(struct cover_index *index, uint32_t capacity);
/* The number of SET, added where it is new. The table must be the index's own (not shared). */
enum status sets_intern(struct cover_index *index, const struct set256 *set, uint32_t *number);
/* Is SET there already? */
bool sets_find(const struct set_table *table, const struct set256 *set, uint32_t *number);
/* Different sets in the order in which they came, while many rows are made side by side: numbers of
 * their own, which the index's table replaces in the end. {.arena} first. */
struct set_list {
	struct arena *arena;
	struct set256 *sets;
	size_t count, capacity;
	uint32_t *slots; /* open addressing over a power of two: number + 1, 0 empty */
	size_t slot_count;
};
enum status set_list_put(struct set_list *list, const struct set256 *set, uint32_t *number);
void sets_share(struct cover_index *index, const struct cover_index *from);
void sets_drop(struct cover_index *index);

/* ---- row.c: one agreement's rows ---- */

/* In a block of the index's, sets in its table. */
enum status row_compile(
	struct cover_index *index, const struct agreement *agreement, struct agreement_rows **out);
/* What follows from an agreement and a provider, kept while the rows of one agreement are made. */
struct row_memo {
	struct row_party {
		uint32_t agreement; /* whose; 0: none yet */
		uint32_t needs;
	} * parties;        /* one a party of the world, zeroed at first */
	uint32_t agreement; /* goes up by one an agreement */
};
/* From FROM to UNTIL lie all dates on which an agreement is in force or expected; EXACT: on all of
 * them it is in force. */
struct hull {
	int32_t from, until;
	bool exact;
};
/* What making rows needs, of one job's own: {.index, .sets.arena, .memo.parties} first. */
struct row_work {
	const struct cover_index *index; /* read only */
	struct set_list sets;
	struct row_memo memo;
	struct hull hull;
};
/* How many rows AGREEMENT has: none if it is a template. */
uint32_t row_count(const struct agreement *agreement);
/* ROWS, as block_agreement_at() left it, are AGREEMENT's from now on; then each is filled. Rows
 * bear the numbers of WORK's sets until row_settle(). */
void row_begin(
	struct row_work *work, struct agreement_rows *rows, const struct agreement *agreement);
enum status row_fill(struct row_work *work, struct row *row);
/* ROW's set is SET, NUMBER of the index's table. */
static inline void row_settle(struct row *row, const struct set256 *set, uint32_t number)
{
	row->nats = number;
	if (number == 0 && set256_count(set) < 256) /* one set too many: 0 stands for it */
		row->needs |= NEED_JUDGE;
}
/* The places under which ROW's commitment stands, ascending, no doubles; in ARENA, growing. */
struct place_list {
	uint32_t *items;
	size_t count, capacity;
};
void row_note_nested(
	struct row *row, const struct cover_index *index, const struct place_list *places);
enum status row_places(struct place_list *out, struct arena *arena, const struct cover_index *index,
	const struct commitment *commitment);
uint16_t row_day(int32_t date);

/* Agreements in order of id, with their rows. {.index} first; false at the end. */
struct walk {
	const struct cover_index *index;
	uint32_t shelf, at;
	struct agreement_rows *rows;
};
bool walk_next(struct walk *walk);
/* The rows as one list, for analyses of all (flat.c). */
struct flat {
	const struct row **rows;
	size_t row_count;
	const struct agreement_rows **agreements; /* in order of id, templates left out */
	size_t agreement_count;
	size_t *first;   /* per slot: number of its first row */
	uint32_t *order; /* per slot: number of its agreement */
};
/* O(rows). */
enum status flat_make(struct flat *out, struct arena *arena, const struct cover_index *index);
size_t flat_row(const struct flat *flat, const struct row *row);
uint32_t flat_agreement(const struct flat *flat, const struct row *row);
/* Gives ROWS its slot. */
void index_number(struct agreement_rows *rows, uint32_t slot);

/* ---- lane.c: the few comparisons that most rows fail ---- */

/* What a question asks of every key. SETS: bit S tells that set S holds one of the person's
 * nationalities. */
struct lane_query {
	uint16_t from_max, until_min; /* the day; outside the index's days: everything */
	uint8_t phase;
	const uint64_t *sets;
	uint32_t set_words;
};
/* The keys of one place; FIRST: the number of its first entry among the block's; FOUND: how many
 * were found up to its end. */
struct key_part {
	struct key_run run;
	uint32_t first, found;
};
#define FIND_SPARE 32 /* numbers that find() may write behind the last */
/* One path: plain C or vectors, equal to the last bit. */
struct lane {
	enum cover_lane kind;
	/* OUT: the numbers of the keys of PARTS that agree, in their order. There is room for as
	 * many as there are keys, and FIND_SPARE, of which nothing is said. Has one of those that
	 * agree one of NEEDS? */
	bool (*find)(uint32_t *out, struct key_part *parts, size_t count,
		const struct lane_query *query, uint8_t needs);
	/* Bit I: key FIRST + I of RUN agrees. COUNT at most 64. */
	uint64_t (*filter)(
		struct key_run run, uint32_t first, uint32_t count, const struct lane_query *query);
};
/* find() by a path's filter, 64 keys at a time. */
static inline __attribute__((always_inline)) bool lane_find_by(uint32_t *out,
	struct key_part *parts, size_t count, const struct lane_query *query, uint8_t needs,
	uint64_t (*filter)(struct key_run, uint32_t, uint32_t, const struct lane_query *))
{
	uint32_t found = 0;
	uint8_t needed = 0;

	for (struct key_part *part = parts; part < parts + count; part++) {
		for (uint32_t at = 0; at < part->run.count; at += 64) {
			uint32_t left = part->run.count - at;
			uint64_t mask = filter(part->run, at, left < 64 ? left : 64, query);

			for (; mask; mask &= mask - 1) {
				uint32_t key = at + (uint32_t)__builtin_ctzll(mask);

				needed |= run_needs(part->run)[key];
				out[found++] = part->first + key;
			}
		}
		part->found = found;
	}
	return needed & needs;
}
extern const struct lane lane_none, lane_scalar, lane_avx2, lane_avx512;
/* The path KIND, or the best that the machine has. */
const struct lane *lane_of(enum cover_lane kind);

/* A question as the lane sees it. */
struct lane_ask {
	struct lane_query query;
	uint8_t needs;  /* those that matter */
	bool judge_all; /* nothing can be answered in the lane */
};
/* False: no memory. */
bool lane_ready(struct lane_ask *ask, struct arena *arena, const struct cover_index *index,
	const struct query *query);
/* For whoever asks for all nationalities together: the sets hold whatever they hold. Persons of
 * whom a nationality tells more are the caller's matter (country.c). */
void lane_ready_all(
	struct lane_ask *ask, const struct cover_index *index, const struct query *query);

/* The entries along a place's chain, as at most one stretch a place. {.index, .service, .place},
 * then span_next(). */
struct span {
	const struct service_table *table;
	const struct spot *spots;
	uint32_t place;
	const struct entry_block *block;
	uint32_t from, end; /* entries of BLOCK */
};
static inline void span_init(
	struct span *span, const struct cover_index *index, uint8_t service, uint32_t place)
{
	*span = (struct span){ .table = index->services[service],
		.spots = index->atlas->spots,
		.place = index->services[service] ? place : NONE32 };
}
static inline bool span_next(struct span *span)
{
	while (span->place != NONE32) {
		const struct spot *spot = &span->spots[span->place];
		const struct entry_block *block = span->table->blocks[spot->block];

		span->place = spot->parent;
		if (!block || spot->local >= block->span)
			continue;
		span->block = block;
		span->from = block->offsets[spot->local];
		span->end = block->offsets[spot->local + 1];
		if (span->from < span->end)
			return true;
	}
	return false;
}

#endif
