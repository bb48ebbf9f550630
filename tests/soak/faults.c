/* Deliberate faults, small and plausible, put between the engine and the comparison: each must be
 * seen, or the soak proves nothing. */
#include "soak.h"

const char *const fault_words[FAULTS] = {
	[FAULT_NONE] = "none",
	[FAULT_CERTAINTY] = "an unknown is told as certain",
	[FAULT_ORDER] = "two answers of different depth stand in the wrong order",
	[FAULT_OPT_OUTS] = "opt-outs are ignored",
	[FAULT_STATUS] = "excluded statuses are ignored",
	[FAULT_WITHHELD] = "withheld is one too low",
	[FAULT_DATE] = "the last day of a validity counts as past",
	[FAULT_FEARS] = "feared States are forgotten",
	[FAULT_EXPECTED] = "expected rows are not told",
	[FAULT_PHASE] = "the phase is ignored",
	[FAULT_MARKS] = "a mark is lost",
	[FAULT_SECOND_NATIONALITY] = "only the first nationality counts",
	[FAULT_CAPACITY] = "a promise reaches one more than its capacity",
};

void fault_before(enum fault fault, struct query *query)
{
	if (fault == FAULT_DATE)
		query->date++;
	if (fault == FAULT_FEARS)
		query->fear_count = 0;
	if (fault == FAULT_PHASE)
		query->phase = PHASE_DURING;
	if (fault == FAULT_SECOND_NATIONALITY)
		query->nat_count = 1;
}

/* The engine gets a copy of the agreements in which something is missing; the reference keeps the
 * originals. */
void fault_accords(enum fault fault, struct accords *accords)
{
	for (size_t i = 0; i < accords->items_count; i++) {
		struct agreement *agreement = &accords->items[i];
		for (size_t j = 0; fault == FAULT_OPT_OUTS && j < agreement->parties_count; j++)
			agreement->parties[j].except_count = 0;
		for (size_t j = 0; fault == FAULT_STATUS && j < agreement->commitments_count; j++)
			agreement->commitments[j].except_status = 0;
		for (size_t j = 0; fault == FAULT_CAPACITY && j < agreement->commitments_count; j++)
			agreement->commitments[j].capacity.quantity++;
	}
}

void fault_after(enum fault fault, struct answers *answers)
{
	for (size_t i = 0; i < answers->items_count; i++) {
		struct answer *answer = &answers->items[i];
		if (fault == FAULT_CERTAINTY)
			answer->certainty = TRUTH_T;
		if (fault == FAULT_MARKS)
			answer->marks &= ~(unsigned)MARK_AS_OWN_UNKNOWN;
		if (fault == FAULT_ORDER && i > 0 && answer[-1].depth != answer->depth &&
			answer[-1].band == answer->band) {
			struct answer swap = answer[-1];
			answer[-1] = *answer;
			*answer = swap;
			return;
		}
	}
	if (fault == FAULT_WITHHELD && answers->withheld)
		answers->withheld--;
	if (fault == FAULT_EXPECTED)
		answers->expected_count = 0;
}
