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

/* ICU's name in LANG of the country with the two letters TWO; empty: none. */
struct str help_icu_name(struct arena *arena, const char *lang, const char *two);
/* ISO 3166-1 alpha-3 of alpha-2; empty: none. Points into ICU's data. */
const char *help_three_letters(const char *two);
/* The place that FOLDED (by help_fold) names as a city in LANG, where ICU calls a time zone by it;
 * the country, if the world has no such locality; NONE32. Some ten milliseconds: ask it last. */
uint32_t help_city(const struct world *world, struct arena *arena, size_t lang, struct str folded);
/* What people call a country, or themselves: "the Emirates", "DRC" (called.c). CODE: the
 * country's. COMMON: an ordinary word too, so that a text may hold it and mean nothing by it. */
struct help_called {
	const char *name, *code;
	bool common;
};
extern const struct help_called help_called[];
extern const size_t help_called_count;
/* The country that TEXT is such a name of, whatever its letters' size and its dots; empty: none. */
enum status help_called_code(struct str *code, struct arena *arena, struct str text);
/* TEXT names a State of GUARDED, in LANG, in English or by its code. */
bool help_names(const struct world *world, struct arena *arena, size_t lang,
	const struct set256 *guarded, struct str text);

#endif
