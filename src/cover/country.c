/* The bands of all cells of one country for one service at once.
 *
 * A row that needs no judge gives the same band to every nationality of its set: such rows are
 * added set by set, 256 nationalities in four words. Only the rows that need the judge are judged
 * cell by cell, on top of what the sets gave; a cell whose person is special to the lane
 * (stateless, or of the host or of no country at a consular service) is judged whole, as
 * cover_cell() does. Rows at places inside the country give what is found there, `in_part`. */
#include <assert.h>
#include "cover/internal.h"

/* Cells that ask alike: the stock, or refugees and asylum-seekers. */
struct kind {
	struct lane_ask lane;
	struct set256 best[BANDS], part[BANDS]; /* nationalities by the band that the lane gives */
	const struct row **waiting;             /* for the judge, at the country or above */
	size_t waiting_count, waiting_capacity;
	bool nested; /* some row waits twice */
	bool parts;  /* some row that waits may answer inside the country alone */
};
enum { KIND_STOCK, KIND_PROTECTED, KINDS };

struct country {
	struct country_work *work;
	struct query query; /* of the cell at hand */
	struct kind kinds[KINDS];
	const struct row *const *candidates; /* of all, for nested questions; found when needed */
	size_t candidate_count;
	const struct part *parts, *judged_parts; /* all, and those with rows that wait */
	size_t part_count, judged_part_count;
	bool candidates_ready, parts_ready, judged_ready;
};

static void wait_for_judge(struct country *country, struct kind *kind, const struct row *row)
{
	struct scratch *scratch = country->work->scratch;
	void *items = kind->waiting;
	const struct row **slot = arena_push(scratch->arena, &items, &kind->waiting_count,
		&kind->waiting_capacity, sizeof *slot);

	kind->waiting = items;
	kind->nested |= (row->needs & NEED_NESTED) != 0;
	if (slot)
		*slot = row;
	else
		scratch->no_memory = true;
}

/* Key AT of RUN, which is ROW's, agrees on day and phase. INSIDE: it stands below the country. */
static void take_entry(struct country *country, struct key_run run, uint32_t at,
	const struct row *const *row, bool inside)
{
	unsigned band = run_phases(run)[at] >> KEY_BAND_SHIFT;
	uint8_t needs = run_needs(run)[at];
	struct set256 nats = country->work->index->sets[run_sets(run)[at]];

	for (size_t k = 0; k < KINDS; k++) {
		struct kind *kind = &country->kinds[k];
		struct set256 *sets = inside ? kind->part : kind->best;

		if (!kind->lane.judge_all && !(needs & kind->lane.needs))
			sets[band] = set256_or(sets[band], nats);
		else if (inside)
			kind->parts = true;
		else
			wait_for_judge(country, kind, *row);
	}
}

static void take_entries(struct country *country, const struct entry_block *block, uint32_t from,
	uint32_t end, bool inside)
{
	const struct lane *lane = country->work->index->lane;
	const struct row *const *rows = block_rows(block) + from;
	struct key_run run = block_run(block, from, end);

	for (uint32_t first = 0; first < run.count; first += 64) {
		uint32_t count = run.count - first < 64 ? run.count - first : 64;
		uint64_t mask =
			lane->filter(run, first, count, &country->kinds[KIND_STOCK].lane.query);

		for (; mask; mask &= mask - 1) {
			uint32_t at = first + (uint32_t)__builtin_ctzll(mask);

			take_entry(country, run, at, &rows[at], inside);
		}
	}
}

/* A place inside the country has another host: what consular services give there hangs on it. */
static bool host_changes(const struct cover_index *index, uint32_t place)
{
	uint32_t last = index->world->places[place].last;

	for (size_t i = 0; i < index->stray_count && index->strays[i] <= last; i++) {
		if (index->strays[i] > place)
			return true;
	}
	return false;
}

static void take_rows(struct country *country, uint32_t place)
{
	const struct country_work *work = country->work;
	const struct cover_index *index = work->index;
	const struct service_table *table = index->services[work->service];
	const struct entry_block *block;
	struct span span;

	for (size_t k = 0; k < KINDS; k++) {
		struct kind *kind = &country->kinds[k];

		country->query.statuses = k == KIND_STOCK ? 0 : PERSON_BIT(PERSON_REFUGEE);
		lane_ready_all(&kind->lane, index, &country->query);
		if (world_services[work->service].domain == DOMAIN_CONSULAR &&
			host_changes(index, place))
			kind->lane.judge_all = true;
	}
	span_init(&span, index, work->service, place);
	while (span_next(&span))
		take_entries(country, span.block, span.from, span.end, false);
	block = table ? table->blocks[index->atlas->spots[place].block] : NULL;
	for (uint32_t local = 1; block && local < block->span; local++)
		take_entries(
			country, block, block->offsets[local], block->offsets[local + 1], true);
	for (size_t k = 0; k < KINDS; k++) {
		struct kind *kind = &country->kinds[k];

		/* An exception with territories may spare a place of another host. */
		kind->parts |= kind->waiting_count > 0 && host_changes(index, place);
		if (kind->nested)
			kind->waiting_count = ask_unique(kind->waiting, kind->waiting_count);
	}
}

/* ---- what the judge needs, made for the first who asks ---- */

/* Rows that no person of the country could be answered by on the date leave: not in force, or the
 * place is not theirs. */
static void drop_rows(struct kind *kind, const struct ask *ask)
{
	size_t kept = 0;

	for (size_t i = 0; i < kind->waiting_count; i++) {
		struct view view = { .row = kind->waiting[i] };

		if (match_gate(ask, &view) == WHYNOT_ANSWERS && view.force == FORCE_YES &&
			places_contain(ask, &view.row->commitment->where, ask->query.place, NULL))
			kind->waiting[kept++] = kind->waiting[i];
	}
	kind->waiting_count = kept;
}

static void ready_candidates(struct country *country, struct ask *ask)
{
	if (!country->candidates_ready) {
		if (!memo_ready(&country->work->memo, ask->scratch->arena, ask->index)) {
			ask->scratch->no_memory = true;
			return;
		}
		ask_candidates(ask);
		country->candidates = ask->candidates;
		country->candidate_count = ask->candidate_count;
		country->candidates_ready = true;
		for (size_t k = 0; k < KINDS && !ask->scratch->no_memory; k++)
			drop_rows(&country->kinds[k], ask);
	}
	ask->candidates = country->candidates;
	ask->candidate_count = country->candidate_count;
}

static void ready_parts(struct country *country, struct ask *ask)
{
	if (country->parts_ready)
		return;
	country->parts = cell_parts(&country->part_count, ask);
	country->parts_ready = true;
}

/* The parts, each with its rows that wait for the judge in either kind. */
static void ready_judged_parts(struct country *country, struct ask *ask)
{
	const struct lane_ask *lane = &country->kinds[KIND_PROTECTED].lane;
	struct scratch *scratch = ask->scratch;
	struct part *judged;
	size_t kept = 0;

	ready_parts(country, ask);
	if (country->judged_ready || scratch->no_memory)
		return;
	judged = ARENA_ARRAY(scratch->arena, country->part_count, struct part);
	for (size_t i = 0; judged && i < country->part_count; i++) {
		const struct part *part = &country->parts[i];
		const struct row **rows =
			ARENA_ARRAY(scratch->arena, part->partial_count, const struct row *);

		if (!rows) {
			judged = NULL;
			break;
		}
		judged[kept] = *part;
		judged[kept].partial = rows;
		judged[kept].partial_count = 0;
		for (size_t j = 0; j < part->partial_count; j++) {
			if (lane->judge_all || part->partial[j]->needs & lane->needs)
				rows[judged[kept].partial_count++] = part->partial[j];
		}
		kept += judged[kept].partial_count > 0;
	}
	scratch->no_memory |= !judged;
	country->judged_parts = judged;
	country->judged_part_count = judged ? kept : 0;
	country->judged_ready = true;
}

/* ---- one cell ---- */

/* The lane knows this person only by the nationality's set; not so where a consular service asks
 * whether the person has a State, or whether it is the host, nor where a status is implied. */
static bool special(const struct country *country, uint16_t nat)
{
	const struct cover_index *index = country->work->index;

	if (nat == index->stateless)
		return true;
	return world_services[country->work->service].domain == DOMAIN_CONSULAR &&
	       (index->world->nats[nat].place == NONE32 ||
		       index->atlas->spots[country->query.place].nat == nat);
}

static enum band band_in(const struct set256 sets[BANDS], uint16_t nat)
{
	for (enum band band = BAND_WILL; band > BAND_REMOTE; band--) {
		if (set256_has(&sets[band], nat))
			return band;
	}
	return BAND_NONE;
}

/* Some row that waits names the nationality. */
static bool concerns(const struct country *country, const struct kind *kind, uint16_t nat)
{
	const struct set256 *sets = country->work->index->sets;

	for (size_t i = 0; i < kind->waiting_count; i++) {
		if (set256_has(&sets[kind->waiting[i]->nats], nat))
			return true;
	}
	return false;
}

static void country_query(struct country *country, const struct people_cell *cell)
{
	const struct country_work *work = country->work;

	cell_query(
		&country->query, work->index->world, cell, work->service, work->date, work->viewer);
	if (work->phase)
		country->query.phase = work->phase;
}

static void judge_whole(struct country *country, struct ask *ask, struct gap_cell *gap)
{
	ready_candidates(country, ask);
	ready_parts(country, ask);
	if (!ask->scratch->no_memory)
		cell_judge(&gap->band, ask, country->parts, country->part_count);
}

static void judge_gap(struct country *country, struct gap_cell *gap)
{
	struct country_work *work = country->work;
	const struct kind *kind =
		&country->kinds[gap->cell.group == GROUP_STOCK ? KIND_STOCK : KIND_PROTECTED];
	bool whole = special(country, gap->cell.nat);
	enum band band = whole ? BAND_NONE : band_in(kind->best, gap->cell.nat);
	struct ask ask;

	gap->band = (struct cell_band){ .band = band };
	gap->band.in_part = !whole && band_in(kind->part, gap->cell.nat) > band;
	if (!whole && !kind->parts && !concerns(country, kind, gap->cell.nat))
		return;
	country_query(country, &gap->cell);
	ask_init(&ask, work->index, &country->query, work->scratch);
	ask.memo = &work->memo;
	ask.bare = true;
	if (whole) {
		judge_whole(country, &ask, gap);
		return;
	}
	ready_candidates(country, &ask);
	if (kind->parts)
		ready_judged_parts(country, &ask);
	if (!work->scratch->no_memory)
		cell_judge_more(&gap->band, &ask, kind->waiting, kind->waiting_count,
			country->judged_parts, kind->parts ? country->judged_part_count : 0,
			band_in(kind->part, gap->cell.nat));
}

void country_bands(struct country_work *work, struct gap_cell *cells, size_t count)
{
	struct country country = { .work = work };

	if (!count)
		return;
	country_query(&country, &cells[0].cell);
	take_rows(&country, cells[0].cell.place);
	for (size_t i = 0; i < count && !work->scratch->no_memory; i++) {
		assert(cells[i].cell.place == cells[0].cell.place && !cells[i].cell.own_state);
		judge_gap(&country, &cells[i]);
	}
}
