/* Between the files of the reference: one question in hand, and what a row says to it. */
#ifndef ENTENTE_TESTS_REFERENCE_RULES_H
#define ENTENTE_TESTS_REFERENCE_RULES_H

#include "cover/cover.h"
#include "facts.h"

struct ref {
	const struct world *world;
	const struct accords *accords;
	struct query asked; /* as it was asked */
	struct query q;     /* "Implied statuses are added first" */
	uint32_t country;   /* of the place */
	uint16_t host_nat;  /* "The host is the State of the place's nationality." */
	uint32_t host;      /* party or NONE32 */
	bool favour;        /* "reading every U in favour of each row on its own" */
};
struct ref ref_begin(
	const struct world *world, const struct accords *accords, const struct query *query);

/* row: one commitment for one provider. */
struct ref_row {
	const struct agreement *agreement;
	const struct commitment *commitment;
	uint32_t provider;
	uint16_t
		only; /* state-of-nationality: "paired with that nationality only"; else NAT_NONE */
};

/* Steps 1 to 3 (rules_scope.c). */
enum accord_force ref_force(const struct agreement *agreement, int32_t date, int32_t *ended);
bool ref_visible(const struct ref *ref, const struct agreement *agreement);
/* party-on-date. *CONFIRMED (may be NULL): an entry that names it bears `confirmed`. */
bool ref_is_party(
	const struct ref *ref, const struct agreement *agreement, uint32_t party, bool *confirmed);
/* opt-outs, as provider or as beneficiary. */
bool ref_opted_out(
	const struct ref *ref, const struct ref_row *row, uint32_t party, bool as_provider);
/* provider-forms: PARTY is a provider of COMMITMENT here. */
bool ref_provides(
	const struct ref *ref, const struct commitment *commitment, uint32_t party, uint16_t *only);
/* Everything that steps 1 to 3 ask of a row whichever nationality matches, but force and
 * visibility; PRESENCE: what it rests on. */
bool ref_row_in_scope(const struct ref *ref, const struct ref_row *row, struct presence *presence);
/* ... and its place alone. */
bool ref_where(const struct ref *ref, const struct commitment *commitment, uint32_t place,
	uint16_t *depth);
/* An item of `where` or `to` that is a place, group or zone contains PLACE. */
bool ref_item_contains(const struct ref *ref, const struct place_scope *scope,
	const struct place_item *item, uint32_t place, uint16_t *depth);

/* An item of `to` leads to the destination TO. */
bool ref_leads_to(const struct ref *ref, const struct place_scope *scope,
	const struct place_item *item, uint32_t to);

/* One pair of (nationality of the person, item of for.nationality). */
struct ref_pair {
	uint16_t nat;
	uint32_t item;
	enum truth certainty;
	bool stale;   /* U only because a fact on record has aged */
	uint32_t via; /* NONE32, or X */
};
/* The pair matches (step 2); what it is like goes to PAIR. */
bool ref_pair_matches(const struct ref *ref, const struct ref_row *row, uint16_t nat, uint32_t item,
	struct ref_pair *pair);
uint32_t ref_size(const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair);
/* served-by: X serves the person by another agreement than NOT_THIS: F, U or T. */
enum truth ref_served(const struct ref *ref, const struct agreement *not_this, uint32_t x,
	uint16_t nat, bool *stale);
/* The duty, or `remote`. */
enum band ref_plain_band(const struct ref_row *row, const struct presence *presence);
/* limit: the highest that P's own nationals get; BAND_NONE: none on record. */
enum band ref_own_band(const struct ref *ref, uint32_t provider);

/* Step 4 (safeguards.c). */
struct ref_guard {
	bool removed;      /* by S2, S1, S4 or S5 */
	unsigned held;     /* S7 */
	unsigned marks;    /* informed-choice, notified-anyway */
	uint64_t to_items; /* unsafe destinations: what stays */
};
/* enforcement: PARTY is, whoever asks. */
bool ref_enforcement(const struct ref *ref, uint32_t party);
struct ref_guard ref_guard(
	const struct ref *ref, const struct ref_row *row, const struct ref_pair *pair);

/* ROW would answer if every U spoke for it; REF in favour. */
bool ref_row_in_favour(const struct ref *ref, const struct ref_row *row);
/* cell: the question that one person of it would ask. */
struct query ref_query_of_cell(const struct world *world, uint16_t nat, enum people_group group,
	uint32_t place, uint8_t service, int32_t date, uint32_t viewer);
/* The plain band of a cell and what it rests on; in_part is left out (gaps.c). */
enum status ref_cell_band(struct cell_band *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct people_cell *cell, uint8_t service,
	int32_t date, uint32_t viewer);

/* Some row would answer if every U spoke for it, each row on its own. */
bool ref_any_in_favour(struct ref ref);

#endif
