/* What the files of help/ share: the tables made from words/ and phrases/. */
#ifndef ENTENTE_HELP_INTERNAL_H
#define ENTENTE_HELP_INTERNAL_H

#include "help/help.h"

struct help_phrase {
	uint8_t need;
	const char *pattern; /* folded; see phrases/README */
};
struct help_tongue {
	const char *tag;
	const char *const *words; /* HELP_WORD_COUNT, then NEED_COUNT */
	const struct help_phrase *phrases;
	size_t phrase_count;
};
extern const struct help_tongue help_tongues[];

/* Statuses that keep a person from the States of their nationalities. */
#define HELP_AFRAID                                                                                \
	(PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER) |                           \
		PERSON_BIT(PERSON_FEARS_AUTHORITIES))

/* TEXT names a State of GUARDED, in LANG, in English or by its code. */
bool help_names(const struct world *world, struct arena *arena, size_t lang,
	const struct set256 *guarded, struct str text);

#endif
