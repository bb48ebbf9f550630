/* "unknowns ranks such facts by the people whose answer they decide": every party that is in any
 * question is tried in the cell's country, at each level at which its presence is not known, and so
 * is the residence of the cell's people. */
#include "reference.h"
#include "rules.h"

struct answer_of {
	struct arena *arena;
	const struct world *world;
	const struct accords *accords;
	const struct people_cell *cell;
	uint8_t service;
	const struct unknown_filter *filter;
};

static struct cell_band ask(const struct answer_of *of, const struct accords *accords)
{
	struct cell_band band = { .band = BAND_NONE };
	ref_cell_band(&band, of->arena, of->world, accords, of->cell, of->service, of->filter->date,
		of->filter->viewer);
	return band;
}

static bool same(const struct cell_band *a, const struct cell_band *b)
{
	return a->band == b->band && a->uncertain == b->uncertain && a->not_known == b->not_known;
}

static void note(const struct cell_band *now, const struct cell_band *then, bool if_true,
	bool *decides, bool *moves)
{

	*decides = *decides || !same(now, then);
	*moves = *moves || (if_true ? then->band > now->band : then->band < now->band);
}

/* Residence taken as known: the condition is gone, or the commitment is. */
static bool lives_anywhere(const struct answer_of *of)
{
	return of->cell->group == GROUP_STOCK || of->world->places[of->cell->place].nat == NAT_NONE;
}

static bool residence_open(const struct commitment *commitment, const struct answer_of *of)
{
	return (commitment->residences_count && lives_anywhere(of)) ||
	       commitment->resident_since != DATE_NONE;
}

static struct accords suppose_residence(const struct answer_of *of, bool agrees, bool *any)
{
	struct accords out = *of->accords;
	out.items = ARENA_ARRAY(of->arena, out.items_count + 1, struct agreement);
	for (size_t i = 0; out.items && i < out.items_count; i++) {
		out.items[i] = of->accords->items[i];
		size_t count = out.items[i].commitments_count;
		struct commitment *commitments =
			ARENA_ARRAY(of->arena, count + 1, struct commitment);
		for (size_t j = 0; commitments && j < count; j++) {
			commitments[j] = of->accords->items[i].commitments[j];
			if (!residence_open(&commitments[j], of))
				continue;
			*any = true;
			if (!agrees) {
				commitments[j].services = 0;
				continue;
			}
			if (lives_anywhere(of))
				commitments[j].residences_count = 0;
			commitments[j].resident_since = DATE_NONE;
		}
		out.items[i].commitments = commitments;
	}
	return out;
}

struct tally {
	struct unknown_fact *items;
	size_t count, capacity;
};

/* Adds what FACT does for one cell and service. NEW_CELL: the cell has not been counted for it. */
static void add(struct tally *tally, struct arena *arena, const struct unknown_fact *fact,
	const struct people_cell *cell, uint8_t service, bool better, bool worse,
	const struct people_cell **last)
{
	size_t at = 0;
	while (at < tally->count &&
		(tally->items[at].kind != fact->kind || tally->items[at].party != fact->party ||
			tally->items[at].nat != fact->nat ||
			tally->items[at].country != fact->country))
		at++;
	if (at == tally->count) {
		void *items = tally->items;
		struct unknown_fact *slot =
			arena_push(arena, &items, &tally->count, &tally->capacity, sizeof *slot);
		tally->items = items;
		*slot = *fact;
	}
	struct unknown_fact *slot = &tally->items[at];
	slot->services |= UINT64_C(1) << service;
	slot->answers += cell->people;
	slot->better += better ? cell->people : 0;
	slot->worse += worse ? cell->people : 0;
	if (last[at] != cell)
		slot->people += cell->people;
	last[at] = cell;
}

static bool try_party(const struct answer_of *of, const struct cell_band *now, uint32_t party,
	bool *better, bool *worse)
{
	unsigned unknown = 0;
	bool decides = false;
	for (unsigned level = LEVEL_RESIDENT; level <= LEVEL_OFFICE; level *= 2) {
		if (reference_presence(
			    of->world, party, of->cell->place, level, of->service, of->filter->date)
				.truth != TRUTH_U)
			continue;
		unknown |= level;
		ref_supposed = (struct ref_supposed){ party, of->cell->place, level, TRUTH_T };
		struct cell_band then = ask(of, of->accords);
		note(now, &then, true, &decides, better);
	}
	ref_supposed = (struct ref_supposed){ party, of->cell->place, unknown, TRUTH_F };
	struct cell_band then = ask(of, of->accords);
	note(now, &then, false, &decides, worse);
	ref_supposed = (struct ref_supposed){ 0 };
	return decides;
}

static bool wonder(struct tally *tally, const struct answer_of *of, const struct cell_band *now,
	const struct people_cell **last)
{
	bool decided = false, any = false;
	for (uint32_t party = 0; party < of->world->parties_count; party++) {
		const struct party *who = &of->world->parties[party];
		bool better = false, worse = false;
		/* "No State keeps posts in its own country" */
		if (who->country == of->cell->place && who->nat != NAT_NONE)
			continue;
		if (!try_party(of, now, party, &better, &worse))
			continue;
		struct unknown_fact fact = { .kind = UNKNOWN_PRESENCE,
			.party = party,
			.nat = NAT_NONE,
			.country = of->cell->place };
		add(tally, of->arena, &fact, of->cell, of->service, better, worse, last);
		decided = true;
	}
	struct accords agrees = suppose_residence(of, true, &any),
		       not = suppose_residence(of, false, &any);
	if (!any)
		return decided;
	struct cell_band yes = ask(of, &agrees), no = ask(of, &not );
	bool decides = false, better = false, worse = false;
	note(now, &yes, true, &decides, &better);
	note(now, &no, false, &decides, &worse);
	if (!decides)
		return decided;
	struct unknown_fact fact = { .kind = UNKNOWN_RESIDENCE,
		.party = NONE32,
		.nat = of->cell->nat,
		.country = of->cell->place };
	add(tally, of->arena, &fact, of->cell, of->service, better, worse, last);
	return true;
}

/* "most people first, then answers", then kind, place, party or nationality. */
static int compare(
	const struct world *world, const struct unknown_fact *a, const struct unknown_fact *b)
{
	if (a->people != b->people)
		return a->people > b->people ? -1 : 1;
	if (a->answers != b->answers)
		return a->answers > b->answers ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int order = str_cmp(world->places[a->country].id, world->places[b->country].id);
	if (order == 0 && a->kind == UNKNOWN_PRESENCE)
		order = str_cmp(world->parties[a->party].id, world->parties[b->party].id);
	if (order == 0 && a->kind == UNKNOWN_RESIDENCE)
		order = str_cmp(world->nats[a->nat].code, world->nats[b->nat].code);
	return order;
}

static void sort(struct tally *tally, const struct world *world)
{
	for (size_t i = 1; i < tally->count; i++)
		for (size_t j = i;
			j > 0 && compare(world, &tally->items[j], &tally->items[j - 1]) < 0; j--) {
			struct unknown_fact swap = tally->items[j];
			tally->items[j] = tally->items[j - 1];
			tally->items[j - 1] = swap;
		}
}

enum status reference_unknowns(struct unknowns *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct unknown_filter *filter)
{
	struct people_count counted;
	struct tally tally = { 0 };
	enum status status = reference_people(&counted, arena, world, filter->date);
	const struct people_cell **last = ARENA_ARRAY(arena,
		(world->parties_count + world->nats_count) * world->places_count + 1,
		const struct people_cell *);
	*out = (struct unknowns){ 0 };
	if (status != STATUS_OK || !last)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < counted.cells_count; i++) {
		const struct people_cell *cell = &counted.cells[i];
		bool here = filter->place == NONE32 ||
			    ref_lies_in(world, cell->place, filter->place) ||
			    world->places[filter->place].country == cell->place;
		for (unsigned s = 0; !cell->own_state && here && s < world_service_count; s++) {
			struct answer_of of = { arena, world, accords, cell, (uint8_t)s, filter };
			if (filter->services && !(filter->services >> s & 1u))
				continue;
			struct cell_band now = ask(&of, accords);
			if (!now.uncertain && !now.not_known)
				continue;
			out->unsure += cell->people;
			if (wonder(&tally, &of, &now, last))
				out->decided += cell->people;
		}
	}
	sort(&tally, world);
	out->items = tally.items;
	out->items_count = tally.count;
	return STATUS_OK;
}
