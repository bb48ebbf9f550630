/* The public face of brief/: documents to be printed before the network is gone. The duty book of a
 * country says who helps whom there and how to reach them; the contingency plan of a post is IOM's
 * template for one, filled as far as the workspace knows.
 *
 * A document is sections of tables, fields and lists to tick off, in the reader's language. Pages,
 * the command line and JSON show this one structure, so that what is printed from one is what
 * another says. What is not on record is BRIEF_NONE or BRIEF_BLANK, never a guess. Semantics:
 * docs/semantics.md, "Duty book and plan".
 *
 * Pure: reads nothing but what it is given; thread-safe. All lives in the arena given. */
#ifndef ENTENTE_BRIEF_BRIEF_H
#define ENTENTE_BRIEF_BRIEF_H

#include "cover/cover.h"

/* Marks a word for translation; tools/tmplc finds it. */
#define BRIEF_WORD(text) ("" text "")

/* How the reader is spoken to. Names come from names.csv, clauses from accord/. */
struct brief_voice {
	enum lang lang;
	/* Our own words in the reader's language; NULL: English. */
	struct str (*word)(const void *context, const char *english);
	const void *context;
};
struct brief_asked {
	const struct cover_index *index;
	const struct accords *accords;
	int32_t date;
	uint32_t viewer;
	uint32_t subject; /* a country; of a plan, a row of world->posts */
	struct brief_voice voice;
};

enum brief_kind {
	BRIEF_NONE,  /* not known */
	BRIEF_BLANK, /* to be filled by hand */
	BRIEF_TEXT,
	BRIEF_NUMBER,
	BRIEF_DATE,
	BRIEF_BAND,
	/* things with a page of their own: `id` as in its address */
	BRIEF_PLACE,
	BRIEF_PARTY,
	BRIEF_POST,
	BRIEF_AGREEMENT,
	BRIEF_SOURCE, /* `number`: its place in the list of sources, from 1 */
	BRIEF_KINDS
};
struct brief_cell {
	enum brief_kind kind;
	struct str text; /* in the reader's language; of a band, who stands behind it */
	struct str id;
	int64_t number;
	int32_t date;
	enum band band;
	bool not_known; /* of BAND_NONE: not proven */
};
struct brief_column {
	struct str name;
	bool numeric;
};
struct brief_table {
	struct str id; /* unique in the document */
	struct str caption;
	struct str empty; /* said when there are no rows */
	ACCORD_LIST(struct brief_column, columns);
	struct brief_cell *cells; /* row by row */
	size_t row_count;
	size_t blanks; /* empty rows to be filled by hand, after the others */
};
struct brief_field {
	struct str label;
	struct brief_cell value;
};
struct brief_section {
	struct str id, heading;
	struct str note; /* STR_NONE: none */
	bool new_page;   /* begins one on paper */
	ACCORD_LIST(struct brief_field, fields);
	ACCORD_LIST(struct str, checks); /* to tick off */
	ACCORD_LIST(struct brief_table, tables);
};
struct brief {
	const char *name; /* "duty-book", "contingency-plan" */
	struct str title, subject_id;
	int32_t date;
	/* SHA-256 of what the document says, in hexadecimal: of its JSON in English without date
	 * and fingerprint. Equal on two days, or in two languages: nothing that it says changed. */
	char fingerprint[65];
	ACCORD_LIST(struct brief_section, sections);
	ACCORD_LIST(uint32_t, sources); /* world->sources, by the numbers of BRIEF_SOURCE */
};

/* The duty book of a country. Asks cover_who() for every nationality among its people and each of
 * BRIEF_NEEDS. STATUS_NO_MEMORY. */
enum status brief_duty_book(
	struct brief *out, struct arena *arena, const struct brief_asked *asked);
/* The consular contingency plan of a post for the country that it is accredited in. */
enum status brief_contingency_plan(
	struct brief *out, struct arena *arena, const struct brief_asked *asked);

/* The ids of the tables of each, in no order: what their addresses may name. */
extern const char *const brief_book_tables[], *const brief_plan_tables[];
extern const size_t brief_book_table_count, brief_plan_table_count;
/* The table called ID, or NULL. */
const struct brief_table *brief_table_find(const struct brief *brief, struct str id);
/* One object on one line. */
enum status brief_json(struct buf *out, const struct brief *brief);
/* A table alone (RFC 4180): dates as in ISO 8601, figures as digits, sources by their titles. */
enum status brief_csv(struct buf *out, struct arena *arena, const struct brief_table *table,
	const struct brief_voice *voice);
/* "may: DEU +11", "not known": a band in the reader's words. */
struct str brief_band(
	struct arena *arena, const struct brief_voice *voice, const struct brief_cell *cell);
/* Any cell as it stands in CSV; a blank is empty. */
struct str brief_plain(
	struct arena *arena, const struct brief_voice *voice, const struct brief_cell *cell);

/* What people need first; the columns of "who leads for whom". */
#define BRIEF_NEEDS 8
extern const char *const brief_needs[BRIEF_NEEDS];

#endif
