/* Prose in four languages, shared by the files that write it.
 *
 * A phrase is a row of the table in phrases.c: one pattern per language with numbered slots, so
 * that each language keeps its own order of words. Where a language bends what stands in a slot
 * (articles, cases, gender), its pattern says the matter by a label and a colon. Words of documents
 * are rows of terms.c, counted nouns with their plural forms rows of units.c.
 *
 * What comes from outside (ids, names, texts) passes accord_raw() or accord_text_of(), which put it
 * into isolates (UAX 9) where its direction differs from the language's. */
#ifndef ENTENTE_ACCORD_PROSE_H
#define ENTENTE_ACCORD_PROSE_H

#include "accord/internal.h"

#define PHRASE_SLOTS 6

struct writer {
	struct arena *arena;       /* phrases are made here */
	const struct world *world; /* NULL: ids stay */
	enum lang lang;
	bool failed; /* want of memory: what was to be said is empty */
};

extern const char *const accord_phrases[PHRASES][LANGS];

/* Sets of terms beside those of accord_words: slugs that documents are free to choose (roles,
 * purposes, events, fields of a case), clauses without a number, languages, months. */
enum term_set { WORDS_SLUG = WORD_SETS, WORDS_CLAUSE, WORDS_LANGUAGE, WORDS_MONTH };
/* A word of a document as it stands in a sentence. */
struct term {
	int set; /* an enum word_set_id or an enum term_set */
	const char *word;
	const char *text[LANGS];
};
extern const struct term accord_terms[];
extern const size_t accord_term_count;

/* A noun that is counted: English, French and Spanish have two forms, Arabic five: one, two (both
 * without the number), few, many, other. */
struct counted {
	const char *word; /* of WORDS_UNIT, or a unit of durations: h, d, wd, mo */
	const char *en[2], *fr[2], *es[2], *ar[5];
};
extern const struct counted accord_counted[];
extern const size_t accord_counted_count;

/* The pattern of PHRASE with SLOTS put in. */
struct str accord_phrase(struct writer *writer, enum phrase phrase, const struct str *slots);
#define SAY(writer, name, ...)                                                                     \
	accord_phrase(writer, PHRASE_##name, (const struct str[PHRASE_SLOTS]){ __VA_ARGS__ })
#define SAY_PLAIN(writer, name) accord_phrase(writer, PHRASE_##name, NULL)

/* Joins COUNT items as the language does. */
enum join { JOIN_AND, JOIN_OR, JOIN_COMMA, JOIN_SEMICOLON, JOIN_THEN };
struct str accord_join(struct writer *writer, const struct str *items, size_t count, enum join by);

/* Text from outside in the flow of the language; isolated where it must be. */
struct str accord_raw(struct writer *writer, struct str text);
/* A text per language (or plain: English): in the writer's language, else English, else the first;
 * then its language is said before it. */
struct str accord_text_of(struct writer *writer, const struct node *node);
/* The term of WORD, else the word itself as it came. */
struct str accord_term(struct writer *writer, int set, struct str word);

struct str accord_name_party(struct writer *writer, struct str id); /* or group:X */
struct str accord_name_group(struct writer *writer, struct str id); /* without prefix */
struct str accord_name_place(struct writer *writer, struct str id); /* any destination */
struct str accord_name_actor(struct writer *writer, struct str actor);
struct str accord_name_service(struct writer *writer, struct str code);
struct str accord_date_of(struct writer *writer, struct str date);
struct str accord_range_of(struct writer *writer, struct str from, struct str until);
struct str accord_count_of(struct writer *writer, struct str number, struct str unit);
struct str accord_duration_of(struct writer *writer, struct str duration);
struct str accord_money_of(struct writer *writer, struct str minor, struct str currency);
struct str accord_clause_of(struct writer *writer, struct str clause);

/* The values of LIST, each said by ONE. */
struct str accord_list_of(struct writer *writer, const struct node *list, enum join by,
	struct str (*one)(struct writer *, struct str));
/* The field NAME of MAP said by its row in the table of fields: its value by its type, in its
 * phrase. STR_NONE if the map does not have it. */
struct str accord_say_field(struct writer *writer, enum shape shape, const struct node *map,
	const char *name, enum join by);

struct str accord_say_provider(struct writer *writer, const struct node *provider);
struct str accord_say_nationality(struct writer *writer, struct str item); /* code, group:X, … */
struct str accord_say_nationalities(struct writer *writer, const struct node *list);
struct str accord_say_beneficiaries(struct writer *writer, const struct node *map);
struct str accord_say_where(struct writer *writer, const struct node *map);
struct str accord_say_to(struct writer *writer, const struct node *to);
struct str accord_say_step(struct writer *writer, const struct node *step);
struct str accord_say_cost(struct writer *writer, const struct node *cost);

/* How lines are laid: FIRST blanks before the first, REST before the others, at most WIDTH display
 * columns. Right to left, each line begins with a mark of its direction (U+200F). */
struct layout_of_lines {
	size_t first, rest, width;
	bool right_to_left;
};
/* Prints TEXT as lines. Words longer than a line stand alone; a new line in TEXT starts a line. An
 * isolate that a line's end cuts is closed there and opened again on the next line. */
void accord_paragraph(struct buf *out, struct str text, struct layout_of_lines lines);
bool accord_right_to_left(struct str text); /* by its first strong letter */

#endif
