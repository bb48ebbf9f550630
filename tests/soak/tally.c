/* What the run has met. A feature that never comes up proves nothing, so each has a least count. */
#include "soak.h"
#include <inttypes.h>
#include <stdio.h>

static void tally_answer(
	struct tally *tally, const struct query *query, const struct answer *answer)
{
	const struct commitment *commitment = answer->commitment;
	enum provider_kind kind = commitment->provider.kind;
	tally->via += answer->via != NONE32;
	tally->unknown += answer->certainty == TRUTH_U;
	tally->lowered += commitment->as_own_nationals && answer->band != BAND_REMOTE &&
			  (int)answer->band < BAND_MAY + (int)commitment->duty;
	tally->schedule += commitment->schedule >= 0;
	tally->pool += kind == PROVIDER_MEMBER_OF;
	tally->own_state += kind == PROVIDER_STATE_OF_NATIONALITY;
	tally->residence_state += kind == PROVIDER_STATE_OF_RESIDENCE;
	tally->host_state += kind == PROVIDER_HOST_STATE;
	tally->two_nats += query->nat_count > 1 && answer->nat != query->nats[0];
	tally->post += answer->post_row != NONE32;
	tally->office += answer->office_row != NONE32;
	tally->host_may_not_admit += (answer->marks & MARK_HOST_MAY_NOT_ADMIT) != 0;
	tally->informed_choice += (answer->marks & MARK_INFORMED_CHOICE) != 0;
	tally->notified_anyway += (answer->marks & MARK_NOTIFIED_ANYWAY) != 0;
	tally->as_own_unknown += (answer->marks & MARK_AS_OWN_UNKNOWN) != 0;
	tally->stale += (answer->marks & MARK_STALE) != 0;
	tally->unconfirmed += (answer->marks & MARK_UNCONFIRMED) != 0;
	tally->held_screen += (answer->held & HELD_SCREEN) != 0;
	tally->held_best_interests += (answer->held & HELD_BEST_INTERESTS) != 0;
	uint64_t all = commitment->to.in_count >= 64 ? UINT64_MAX
						     : (UINT64_C(1) << commitment->to.in_count) - 1;
	tally->to_left += answer->to_items != 0 && answer->to_items != all;
	tally->remote += answer->band == BAND_REMOTE;
	tally->may += answer->band == BAND_MAY;
	tally->shall += answer->band == BAND_SHALL;
	tally->will += answer->band == BAND_WILL;
}

void tally_answers(struct tally *tally, const struct query *query, const struct answers *answers)
{
	bool held = false;
	for (size_t i = 0; i < answers->items_count; i++) {
		tally_answer(tally, query, &answers->items[i]);
		held = held || answers->items[i].held;
	}
	tally->queries++;
	tally->answered += answers->items_count > 0;
	tally->several += answers->items_count > 1;
	tally->expected += answers->expected_count > 0;
	tally->withheld += answers->withheld > 0;
	tally->held += held;
	tally->viewer_party += query->viewer < VIEWER_PUBLIC && answers->items_count;
	tally->viewer_public += query->viewer == VIEWER_PUBLIC && answers->items_count;
}

void tally_gaps(struct tally *tally, const struct gaps *gaps)
{
	for (size_t i = 0; i < gaps->cells_count; i++) {
		const struct gap_cell *cell = &gaps->cells[i];
		enum band band = cell->band.band;
		tally->cells++;
		tally->cell_none_proven += band == BAND_NONE && !cell->band.not_known;
		tally->cell_not_known += band == BAND_NONE && cell->band.not_known;
		tally->cell_remote += band == BAND_REMOTE;
		tally->cell_may += band == BAND_MAY;
		tally->cell_shall += band == BAND_SHALL;
		tally->cell_will += band == BAND_WILL;
		tally->cell_bounded += cell->bounded && cell->bounded->bands[BAND_WILL] > 0 &&
				       cell->bounded->bands[BAND_WILL] < cell->cell.people;
		tally->cell_uncertain += cell->band.uncertain;
		tally->cell_in_part += cell->band.in_part;
		tally->cell_protected += cell->cell.group != GROUP_STOCK;
	}
	tally->own_people += (uint64_t)gaps->own_state;
	tally->beyond_people += (uint64_t)gaps->beyond_stock;
}

static size_t print_one(const char *name, uint64_t count, uint64_t of, uint64_t least)
{
	bool rare = count * 10000 < of * least || (count == 0 && least);
	printf("#   %-20s %10" PRIu64 "%s\n", name, count, rare ? "  TOO RARE" : "");
	return rare;
}

/* Each must be met in a run of some size. */
static size_t print_analyses(const struct tally *tally)
{
	size_t never = 0;
	printf("#   advised");
	for (int kind = 0; kind < ADVICE_KINDS; kind++) {
		printf(" " STR_FMT " %" PRIu64, STR_ARG(cover_advice_kind_words[kind]),
			tally->advised[kind]);
		never += tally->advised[kind] == 0;
	}
	printf("; presences not known %" PRIu64 ", residences %" PRIu64 "\n",
		tally->unknown_facts[UNKNOWN_PRESENCE], tally->unknown_facts[UNKNOWN_RESIDENCE]);
	never += tally->unknown_facts[UNKNOWN_PRESENCE] == 0;
	never += tally->unknown_facts[UNKNOWN_RESIDENCE] == 0;
	printf("#   ready F/U/T:");
	for (int part = 0; part < READY_PARTS; part++) {
		const uint64_t *of = tally->ready[part];
		printf(" " STR_FMT " %" PRIu64 "/%" PRIu64 "/%" PRIu64,
			STR_ARG(cover_ready_words[part]), of[TRUTH_F], of[TRUTH_U], of[TRUTH_T]);
		if (part == READY_EXERCISED || part == READY_HOST)
			never += of[TRUTH_U] == 0; /* not on record, for now */
		else
			never += of[TRUTH_F] == 0 || of[TRUTH_U] == 0 || of[TRUTH_T] == 0;
	}
	printf("\n#   contradictions");
	for (int kind = 0; kind < CONTRADICTIONS; kind++) {
		printf(" " STR_FMT " %" PRIu64, STR_ARG(cover_contradiction_words[kind]),
			tally->contradictions[kind]);
		never += tally->contradictions[kind] == 0;
	}
	printf("%s\n", never ? "  SOME NEVER MET" : "");
	return never;
}

size_t tally_print(const struct tally *tally)
{
	size_t rare = 0;
#define X(name, least) rare += print_one(#name, tally->name, tally->queries, least);
	SOAK_TALLY(X)
#undef X
#define X(name, least) rare += print_one(#name, tally->name, tally->cells, least);
	SOAK_TALLY_CELLS(X)
#undef X
	printf("#   agreements %" PRIu64 ", commitments %" PRIu64 ", own people %" PRIu64
	       ", people beyond the stock %" PRIu64 "\n",
		tally->agreements, tally->commitments, tally->own_people, tally->beyond_people);
	printf("#   first answers changed %" PRIu64 ", texts compared %" PRIu64
	       ", cells of matrices %" PRIu64 "\n",
		tally->changed_answers, tally->changed_fields, tally->grid_cells);
	static const char *const lists[] = { "leads", "unassigned", "assets", "strengths",
		"circles", "points" };
	printf("#   overlaps of %" PRIu64 " questions:\n", tally->overlaps[6]);
	for (size_t i = 0; i < 6; i++)
		rare += print_one(lists[i], tally->overlaps[i], tally->overlaps[6], i ? 10 : 4);
	printf("#   presence F %" PRIu64 ", U %" PRIu64 ", T %" PRIu64 "\n",
		tally->presences[TRUTH_F], tally->presences[TRUTH_U], tally->presences[TRUTH_T]);
	return rare + print_analyses(tally);
}
