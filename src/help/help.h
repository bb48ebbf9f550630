/* The public face of help/: a person says in their own words what they need, and reads who can
 * help, how to reach them and what these cannot do.
 *
 * Pure like cover/: no I/O, no clock; all that comes from outside is an argument. Nothing that the
 * person wrote is kept anywhere but in the arena of the call. Decisions: docs/semantics.md, "Find
 * help". What may be shown is decided twice: cover/ removes rows by its safeguards, and help/ then
 * leaves out every text that still names a State which the person must be kept from. */
#ifndef ENTENTE_HELP_HELP_H
#define ENTENTE_HELP_HELP_H

#include "cover/cover.h"
#include "help/words.h"

/* Seventeen languages, English first; number of one by its tag ("sw"), HELP_LANG_NONE. */
#define HELP_LANG_NONE SIZE_MAX
extern const size_t help_tongue_count;
size_t help_lang(struct str tag);
struct str help_lang_tag(size_t lang);
bool help_lang_rtl(size_t lang);
/* English and nothing else has been confirmed by native readers. */
bool help_lang_confirmed(size_t lang);

/* A word of the page, and a need as the list to choose from shows it. */
struct str help_word(size_t lang, enum help_word word);
struct str help_need_text(size_t lang, enum help_need need);
/* The name of a service; in English where LANG has none, and then *ENGLISH. */
struct str help_service_name(bool *english, size_t lang, uint8_t service);
extern const struct str help_need_codes[NEED_COUNT];
/* The word with %1 and %2 filled in, in ARENA. */
struct str help_say(
	struct arena *arena, size_t lang, enum help_word word, struct str first, struct str second);

#define HELP_SERVICES_MAX 3
/* What a need means to the engine. */
struct help_meaning {
	uint8_t services[HELP_SERVICES_MAX]; /* SERVICE_NONE after the last */
	unsigned statuses;                   /* PERSON_BIT set */
	bool hazard;                         /* says what happened; asks for nothing by itself */
};
struct help_meaning help_meaning(enum help_need need);

#define HELP_WORDS_MAX 2000 /* bytes of a person's words that are read */

struct help_heard { /* one need, and the words that it was understood from */
	enum help_need need;
	struct str words;        /* as the person wrote them */
	struct str wrong, right; /* a slip that was read as a word; empty: none */
};
struct help_hearing {
	ACCORD_LIST(struct help_heard, items); /* each need once, in order of the text */
	ACCORD_LIST(struct str, unknown); /* parts of sentences from which nothing was understood */
	bool cut;                         /* longer than HELP_WORDS_MAX: the rest was not read */
};
/* Understands TEXT (any bytes) in language LANG; what holds nothing known in LANG is read as
 * English. STATUS_NO_MEMORY. O(tokens * phrases). */
enum status help_hear(struct help_hearing *out, struct arena *arena, size_t lang, struct str text);

/* Letters made alike: case, accents, marks that many leave out, letters that are typed one for the
 * other (Arabic, Persian, Urdu, Amharic). Valid UTF-8; bytes that are none are dropped. */
enum status help_fold(struct str *out, struct arena *arena, struct str text);

/* A country or place, or a nationality, from its code or its name in any language on record or in
 * LANG; NONE32 or NAT_NONE when there is none, *NEAR is then the nearest name or empty. "Syrian"
 * is read as "Syria" where one name alone fits. */
uint32_t help_place(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str *near);
uint16_t help_nat(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str *near);
/* Places that TEXT may mean, the best first, MAX at most: those called so, then those whose name
 * begins so, then those with a word that does; countries first, then provinces, then towns. A name
 * counts in every language on record, in the seventeen and in the country's own; a city also by the
 * name that ICU has for it in LANG, a country by its code. STATUS_NO_MEMORY. */
enum status help_places(uint32_t *found, size_t *count, size_t max, const struct world *world,
	struct arena *arena, size_t lang, struct str text);
/* ORDER: the numbers of NAMES as a reader of the language TAG ("es") looks them up; equal names
 * keep theirs. STATUS_NO_MEMORY. O(n log n). */
enum status help_in_order(
	size_t *order, struct arena *arena, const char *tag, const struct str *names, size_t count);
/* The name of a country or party for a reader of LANG. */
struct str help_name(const struct world *world, struct arena *arena, size_t lang, struct str id,
	struct str otherwise);

/* "31 December 2025", as a reader of LANG writes it, in the Gregorian calendar; DATE_NONE: empty.
 */
struct str help_date(struct arena *arena, size_t lang, int32_t date);

struct help_ask {
	struct query base; /* who and where; service and statuses of needs are added */
	bool needs[NEED_COUNT];
	size_t lang;
};

struct help_channel {
	struct str kind, address, hours, languages;
	int32_t tested; /* DATE_NONE: not tested, and so it is said */
	struct str source;
};
struct help_answer {
	const struct answer *answer;
	struct str party, at; /* names; `at` empty: not known */
	int32_t at_as_of;     /* of the post or office; DATE_NONE */
	ACCORD_LIST(struct help_channel, channels);
	bool address_hidden;
	bool invented;
	ACCORD_LIST(enum help_word, first); /* steps, each once */
	ACCORD_LIST(enum help_word, costs); /* empty: not known */
	ACCORD_LIST(struct str, cannot);
	struct str under, source; /* agreement's title with clause, and source; may be empty */
};
struct help_service {
	enum help_need need;
	uint8_t service;
	ACCORD_LIST(struct help_answer, items); /* in the engine's order */
	bool not_known;                         /* nobody, but not a proven nobody */
	bool held; /* some wait behind a first step and are not shown */
	bool told_anyway;
};
struct help_number {
	struct str kind, address, source;
	int32_t tested;
};
/* Who has an office in the country, where no number or nobody's address can be given. */
struct help_office {
	struct str party, at, source; /* names; where it stands */
	int32_t as_of;
};
#define HELP_OFFICES_MAX 4
struct help_answers {
	ACCORD_LIST(struct help_service, services);
	ACCORD_LIST(struct help_number, numbers); /* of the country; no police for the afraid */
	ACCORD_LIST(struct help_office, offices); /* only where something is lacking */
	unsigned statuses;                        /* with those that the needs said */
};
/* STATUS_NO_MEMORY; the base query must be valid but for its service. */
enum status help_answer(struct help_answers *out, struct arena *arena,
	const struct cover_index *index, const struct help_ask *ask);

#define HELP_CARD_LINES 10
/* The pocket card: at most HELP_CARD_LINES lines of a word or a letter and a number, like any list
 * of numbers; nothing says what it is. Also what its QR holds. */
enum status help_card(struct buf *out, const struct help_answers *answers, size_t lang);
/* Whether ASK, with what its needs say, keeps the person from a State. */
bool help_afraid(const struct help_ask *ask);
/* Empties HEARING of the person's words and keeps the needs: they may name whom the person fears,
 * in any form. */
void help_forget(struct help_hearing *hearing);
/* The whole answer as plain text, and as JSON. */
enum status help_text(struct buf *out, struct arena *arena, const struct cover_index *index,
	const struct help_ask *ask, const struct help_answers *answers);
enum status help_json(struct buf *out, const struct cover_index *index, const struct help_ask *ask,
	const struct help_hearing *hearing, const struct help_answers *answers);

#endif
