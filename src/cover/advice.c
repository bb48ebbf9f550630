/* cover_advise(): which agreements to sign next. How things stand is counted once, candidates are
 * listed and tried (advice_list.c, advice_judge.c), the greedy kernel picks among them (greedy.c),
 * and each pick is told with its figures. */
#include <assert.h>
#include <string.h>
#include "cover/advice.h"

/* ---- how things stand ---- */

static enum status stand(struct advising *advising)
{
	const struct people_count *count = advising->count;
	const struct world *world = advising->index->world;
	size_t cells = count->cells_count;
	struct gap_filter filter = { .place = advising->filter->place,
		.nat = NAT_NONE,
		.group = -1,
		.date = advising->filter->date,
		.viewer = advising->filter->viewer };
	uint32_t country = NONE32, row;
	int risk = -1;

	advising->bands = arena_get_array(advising->arena, world_service_count, cells + 1);
	advising->not_known = arena_get_array(advising->arena, world_service_count, cells + 1);
	advising->weights = ARENA_ARRAY(advising->arena, cells + 1, int64_t);
	advising->no_risk = ARENA_ARRAY(advising->arena, cells + 1, bool);
	if (!advising->bands || !advising->not_known || !advising->weights || !advising->no_risk)
		return STATUS_NO_MEMORY;
	memset(advising->bands, BAND_WILL, world_service_count * cells);
	for (size_t i = 0; i < cells; i++) {
		if (count->cells[i].place != country) {
			country = count->cells[i].place;
			risk = cover_risk_tenths(world, country, &row);
		}
		advising->no_risk[i] = risk < 0;
		advising->weights[i] = count->cells[i].people * (risk < 0 ? ADVICE_NO_RISK : risk);
	}
	for (unsigned s = 0; s < world_service_count; s++) {
		struct gaps gaps;
		size_t at = 0;

		if (!(advising->services >> s & 1u))
			continue;
		if (cover_gaps(&gaps, advising->arena, advising->index, count, (uint8_t)s,
			    &filter) != STATUS_OK)
			return STATUS_NO_MEMORY;
		for (size_t i = 0; i < gaps.cells_count; i++) { /* a subsequence, same order */
			const struct people_cell *cell = &gaps.cells[i].cell;

			while (count->cells[at].place != cell->place ||
				count->cells[at].nat != cell->nat ||
				count->cells[at].group != cell->group)
				at++;
			assert(at < cells);
			advising->bands[s * cells + at] = (uint8_t)gaps.cells[i].band.band;
			advising->not_known[s * cells + at] = gaps.cells[i].band.not_known;
		}
	}
	return STATUS_OK;
}

/* ---- picking ---- */

struct picking {
	const struct advising *advising;
	struct candidate *candidates; /* of all kinds, in order */
	struct advise_problem problem;
	struct advise_picks picks;
};

static enum status pick(
	struct picking *out, struct advices *advices, const struct listing *listing, size_t k)
{
	const struct advising *advising = listing->advising;
	size_t cells = advising->count->cells_count, at = 0, count = 0;
	int64_t *weights = ARENA_ARRAY(advising->arena, world_service_count * cells + 1, int64_t);
	struct advise_run *runs =
		ARENA_ARRAY(advising->arena, listing->edges.count + 1, struct advise_run);
	struct advise_candidate *candidates;

	for (int kind = 0; kind < ADVICE_KINDS; kind++) {
		advices->candidates[kind] = listing->kinds[kind].count;
		count += listing->kinds[kind].count;
	}
	candidates = ARENA_ARRAY(advising->arena, count + 1, struct advise_candidate);
	out->candidates = ARENA_ARRAY(advising->arena, count + 1, struct candidate);
	if (!weights || !runs || !candidates || !out->candidates)
		return STATUS_NO_MEMORY;
	for (size_t s = 0; s < world_service_count; s++)
		memcpy(weights + s * cells, advising->weights, cells * sizeof *weights);
	for (size_t i = 0; i < listing->edges.count; i++) {
		const struct edge *edge = &listing->edges.items[i];

		runs[i] = (struct advise_run){ (uint32_t)(edge->service * cells + edge->cell), 1,
			edge->band };
	}
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		for (size_t i = 0; i < listing->kinds[kind].count; i++) {
			out->candidates[at] = listing->kinds[kind].items[i];
			candidates[at] = out->candidates[at].runs;
			at++;
		}
	out->advising = advising;
	out->problem = (struct advise_problem){ .cell_count = world_service_count * cells,
		.candidate_count = count,
		.run_count = listing->edges.count,
		.weights = weights,
		.bands = advising->bands,
		.candidates = candidates,
		.runs = runs };
	return cover_advise_greedy(&out->picks, advising->arena, &out->problem, k);
}

/* Other helpers of the same people in the same country whose agreement would gain just as much. */
static size_t count_others(const struct picking *picking, size_t number, const uint8_t *bands)
{
	const struct advise_pick *pick = &picking->picks.items[number];
	const struct candidate *chosen = &picking->candidates[pick->candidate];
	size_t others = 0;

	if (chosen->kind != ADVICE_AT_HOST && chosen->kind != ADVICE_WORLD_WIDE)
		return 0;
	for (uint32_t c = 0; c < picking->problem.candidate_count; c++) {
		const struct candidate *other = &picking->candidates[c];

		others += c != pick->candidate && other->kind == chosen->kind &&
			  other->nat == chosen->nat && other->place == chosen->place &&
			  cover_advise_gain(&picking->problem, bands, c) == pick->gain;
	}
	return others;
}

/* The figures of one pick, with BANDS as they stand before it; SEEN: the last pick that lifted a
 * cell, plus one. */
static enum status tell(struct advice *out, const struct picking *picking, size_t number,
	const struct listing *listing, uint8_t *bands, uint32_t *seen)
{
	const struct advising *advising = picking->advising;
	const struct candidate *candidate =
		&picking->candidates[picking->picks.items[number].candidate];
	size_t cells = advising->count->cells_count;

	*out = (struct advice){ .kind = candidate->kind,
		.party = candidate->party,
		.group = candidate->group,
		.place = candidate->place,
		.nat = candidate->nat,
		.service = candidate->service,
		.like = candidate->like,
		.like_count = candidate->like_count };
	out->gain = picking->picks.items[number].gain;
	out->others = count_others(picking, number, bands);
	out->lifted = ARENA_ARRAY(advising->arena, candidate->runs.count, struct advice_lift);
	if (!out->lifted)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < candidate->runs.count; i++) {
		const struct edge *edge = &listing->edges.items[candidate->runs.first + i];
		size_t at = edge->service * cells + edge->cell;
		const struct people_cell *cell = &advising->count->cells[edge->cell];

		if (bands[at] >= edge->band)
			continue;
		out->lifted[out->lifted_count++] = (struct advice_lift){ .cell = edge->cell,
			.service = edge->service,
			.from = (enum band)bands[at],
			.to = (enum band)edge->band,
			.uncertain = edge->uncertain,
			.from_not_known = bands[at] == BAND_NONE && advising->not_known[at] };
		out->lifts += cell->people;
		out->moved[bands[at]][edge->band] += cell->people;
		out->uncertain += edge->uncertain ? cell->people : 0;
		if (seen[edge->cell] != number + 1)
			out->people += cell->people;
		seen[edge->cell] = (uint32_t)number + 1;
		if (advising->no_risk[edge->cell])
			out->unweighted += cell->people;
		bands[at] = edge->band;
	}
	return STATUS_OK;
}

enum status cover_advise(struct advices *out, struct arena *arena, const struct cover_index *index,
	const struct people_count *count, const struct advice_filter *filter, size_t k)
{
	struct advising advising = { .index = index,
		.count = count,
		.filter = filter,
		.services = filter->services ? filter->services
					     : ~UINT64_C(0) >> (64 - world_service_count),
		.arena = arena };
	struct listing listing = { .advising = &advising };
	struct picking picking = { 0 };
	uint32_t *seen = ARENA_ARRAY(arena, count->cells_count + 1, uint32_t);
	enum status status;

	assert(filter->date != DATE_NONE);
	*out = (struct advices){ 0 };
	status = seen ? stand(&advising) : STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = advice_list(&listing);
	if (status == STATUS_OK)
		status = pick(&picking, out, &listing, k);
	if (status != STATUS_OK)
		return status;
	out->items = ARENA_ARRAY(arena, picking.picks.count, struct advice);
	if (!out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < picking.picks.count && status == STATUS_OK; i++)
		status = tell(&out->items[i], &picking, i, &listing, advising.bands, seen);
	out->items_count = picking.picks.count;
	out->total = picking.picks.total;
	out->bound = picking.picks.bound;
	out->evaluations = picking.picks.evaluations;
	return status;
}
