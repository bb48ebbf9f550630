/* The rules of coverage once more, as slow and as obvious as can be: one function a sentence, each
 * citing it ("Resolving", "Facts", ... are headings of the model; names in bold are decisions of
 * docs/semantics.md).
 *
 * Works on the rows of a world and its agreements by linear scans alone: no index, no cache, no bit
 * trick, and none of the functions that compute presence, membership, people or force. It shares
 * with the engine nothing but the types of the contracts and the numbers behind ids, so that
 * agreement of the two on random worlds means something. */
#ifndef ENTENTE_TESTS_REFERENCE_H
#define ENTENTE_TESTS_REFERENCE_H

#include "cover/cover.h"

/* Every function allocates in ARENA and fails with STATUS_NO_MEMORY only; queries must be valid as
 * for cover_who(). */
enum status reference_who(struct answers *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct query *query);

/* What cover_cell() says. */
enum status reference_cell(struct cell_band *out, struct arena *arena, const struct world *world,
	const struct accords *accords, uint16_t nat, enum people_group group, uint32_t country,
	uint8_t service, int32_t date, uint32_t viewer);

/* What world_people() says. */
enum status reference_people(
	struct people_count *out, struct arena *arena, const struct world *world, int32_t date);

/* What cover_gaps() says; counts the people by itself. */
enum status reference_gaps(struct gaps *out, struct arena *arena, const struct world *world,
	const struct accords *accords, uint8_t service, const struct gap_filter *filter);

/* What cover_bound() says of GAPS, which reference_gaps() made with the same FILTER. */
enum status reference_bound(struct gaps *gaps, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct gap_filter *filter);

/* What cover_diff() says of one service, in sums. */
struct reference_side {
	const struct world *world;
	const struct accords *accords;
	struct gap_filter filter;
	bool empty;
};
struct reference_diff {
	int64_t gain, lose, surer, less_sure, only_old, only_new;
	size_t moves;
	/* First answers that differ: cells and their people, and the same at places below
	 * countries. */
	size_t first_cells, part_cells;
	int64_t first_people, part_people;
};
enum status reference_diff(struct reference_diff *out, struct arena *arena,
	const struct reference_side *old, const struct reference_side *new, uint8_t service);
uint64_t reference_diff_services(const struct accords *old, const struct accords *new);

/* What cover_grid() says of the cell of keys ROW and COL; PARTIES (of the world's parties, all
 * false) gets those that answer. */
enum status reference_grid_cell(struct grid_cell *out, bool *parties, struct arena *arena,
	const struct world *world, const struct accords *accords, const struct grid_asked *asked,
	uint32_t row, uint32_t col);
/* What cover_overlaps() says, in any order of findings; for the viewers VIEWER_ALL and
 * VIEWER_PUBLIC, and at most 12 promises on one kind of strength. */
enum status reference_overlaps(struct overlaps *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct overlap_filter *filter);

/* What world_presence() says, but for the rows behind an answer that is not T. */
struct presence reference_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date);

/* What cover_advise_greedy() picks, by looking at every candidate in every round. PICKS has room
 * for K, BANDS for the cells; gives how many. */
size_t reference_greedy(
	struct advise_pick *picks, uint8_t *bands, const struct advise_problem *problem, size_t k);
/* The most that any K candidates in any order gain from BANDS on; at most 64 cells. */
int64_t reference_greatest(const struct advise_problem *problem, const uint8_t *bands, size_t k);

/* What cover_advise() says, but for `bound` and `evaluations`, and with `lifted` and `like` left
 * out: every candidate's draft is read as a document, put in force among the others, and every cell
 * is judged anew. FILTER.place must be given: it is slow. */
enum status reference_advise(struct advices *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct advice_filter *filter, size_t k,
	struct diags *diags);

/* What cover_unknowns() says, but for `levels` and `on_record`: every party in every country is
 * tried. */
enum status reference_unknowns(struct unknowns *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct unknown_filter *filter);

/* What cover_ready() says of `parts` and `asked`. */
void reference_ready(struct readiness *out, const struct world *world,
	const struct accords *accords, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date);

/* What cover_contradictions() says, in any order and without a witness. */
enum status reference_contradictions(struct contradiction **out, size_t *count, struct arena *arena,
	const struct world *world, const struct accords *accords);

#endif
