/* What the files of accord/ share: the table of fields, the checker, names of ids, the canonical
 * tree.
 *
 * The path of a document: read (base) -> check against the table (check.c) and the rules between
 * fields (rules.c), its schedules beside it (schedule.c) -> canonical tree (canonical.c) -> typed
 * form (read.c, commitment.c). Faults are told where they are found and never stop the checks that
 * follow; only a faultless document is typed. */
#ifndef ENTENTE_ACCORD_INTERNAL_H
#define ENTENTE_ACCORD_INTERNAL_H

#include "accord/accord.h"
#include "accord/phrases.h"

#define ACCORD_FILE_MAX ((size_t)1 << 20)
#define ACCORD_TEXT_MAX ((size_t)64 << 10)
#define ACCORD_COMMITMENTS_MAX 2000u
/* A schedule is data: a register of promises comes by the hundred thousand rows. */
#define ACCORD_SCHEDULE_MAX ((size_t)32 << 20)
#define ACCORD_ROWS_MAX 200000u
#define ACCORD_LIST_MAX 1024u       /* values of one list of words */
#define ACCORD_DESTINATIONS_MAX 64u /* of `to`: an answer keeps one bit for each */
#define ACCORD_OUTPUT_MAX ((size_t)16 << 20)
#define ACCORD_INTEGER_MAX INT64_C(9007199254740991) /* exact in any reader of JSON */

/* Kinds of maps in a document. */
enum shape {
	SHAPE_NONE,
	SHAPE_AGREEMENT,
	SHAPE_SOURCE,
	SHAPE_STATE,
	SHAPE_PARTY,
	SHAPE_OPT_OUT,
	SHAPE_IN_FORCE,
	SHAPE_RENEWAL,
	SHAPE_ACTIVATES,
	SHAPE_COMMITMENT,
	SHAPE_PROVIDER,
	SHAPE_FOR,
	SHAPE_WHERE,
	SHAPE_TO,
	SHAPE_CAPACITY,
	SHAPE_STEP,
	SHAPE_COST,
	SHAPE_UNIT_COST,
	SHAPE_SHARE,
	SHAPE_ARTICLE,
	SHAPE_REVIEW,
	SHAPE_CASE,
	SHAPE_WHO,
	SHAPE_EXPECT,
	SHAPE_PRACTICE, /* from here on: not of agreements but of practices */
	SHAPES
};

/* Kinds of single values. */
enum field_type {
	TYPE_MAP,     /* none: only the map of the field's shape */
	TYPE_TEXT,    /* free text */
	TYPE_TEXTS,   /* free text, or a map of texts by language */
	TYPE_SLUG,    /* lower-case letters, digits, inner hyphens */
	TYPE_LABEL,   /* letters, digits, inner hyphens and dots */
	TYPE_WORD,    /* one of the field's words */
	TYPE_INTEGER, /* 0 and above */
	TYPE_BOOLEAN,
	TYPE_DATE,
	TYPE_DURATION,
	TYPE_CURRENCY,
	TYPE_SERVICE,
	TYPE_PARTY,
	TYPE_MEMBER,        /* a party or group:X */
	TYPE_GROUP,         /* a group without prefix */
	TYPE_NATIONALITY,   /* a code */
	TYPE_NATIONALITIES, /* a code or group:X */
	TYPE_BENEFICIARY,   /* a code, group:X, any, served-by:X */
	TYPE_PLACE,         /* a place of the gazetteer */
	TYPE_AREA,          /* a place, group:X, zone:X */
	TYPE_DESTINATION,   /* an area, or home, third, in-country */
	TYPE_ACTOR,         /* provider, state-of-nationality, …, a party, party:office */
	TYPE_ASSET,         /* party:asset */
	TYPE_VIEWER,        /* a party, or public */
	TYPES
};

struct word_set {
	const char *noun; /* "unknown NOUN 'x'" */
	const struct str *words;
	size_t count;
};

enum field_flag {
	FIELD_MANY = 1, /* one value or a list; canonically a list */
	FIELD_REQUIRED = 2,
	FIELD_UNLESS_TEMPLATE = 4, /* required, but not of a template */
	FIELD_EMPTY = 8,           /* the list may be empty */
	FIELD_BLOCK = 16,          /* fmt: never on one line */
	FIELD_LONE_WORDS =
		32, /* one of `words` stands alone; anything else is a list of the type */
};

/* A field: one row. A map as value is read by `shape` (SHAPE_NONE: refused), anything else by
 * `type`. */
struct field {
	enum shape parent;
	const char *name;
	enum field_type type;
	unsigned flags;
	enum shape shape;
	const struct word_set *words;
	enum phrase phrase; /* says the value in prose; PHRASE_NULL: a sentence of its own does, or
			       nothing */
	const char *help_en, *help_fr, *help_es, *help_ar;
};

extern const struct field
	accord_fields[]; /* fields of one shape are neighbours, in the order of fmt */
extern const size_t accord_field_count;
extern const struct field practice_fields[]; /* those of practices: practice_fields.c */
extern const size_t practice_field_count;
extern const char *const accord_shape_names[SHAPES];

/* The first row of SHAPE; *COUNT rows follow one another. */
const struct field *accord_shape_fields(enum shape shape, size_t *count);
const struct field *accord_field(enum shape shape, struct str name); /* NULL if there is none */

/* Sets of words that are not enumerations of accord.h. */
enum word_set_id {
	WORDS_KIND,
	WORDS_STRENGTH,
	WORDS_STATE,
	WORDS_DUTY,
	WORDS_ROLE,
	WORDS_BASIS,
	WORDS_PHASE,
	WORDS_STATUS,
	WORDS_STEP,
	WORDS_COST,
	WORDS_LEVEL,
	WORDS_VISIBILITY,
	WORDS_SIDE,
	WORDS_LIMIT,
	WORDS_UNLESS,
	WORDS_TERRITORIES,
	WORDS_SHARE_BASIS,
	WORDS_UNIT,
	WORDS_PER,
	WORDS_COST_PER,
	WORDS_ACTOR,
	WORDS_DESTINATION,
	WORDS_NOBODY,
	WORDS_BAND,
	WORDS_CERTAINTY,
	WORDS_MARK,
	WORDS_HELD,
	WORDS_COLUMN,
	WORDS_PRACTICE_STAKEHOLDER,
	WORDS_PRACTICE_CRISIS,
	WORDS_PRACTICE_PHASE,
	WORDS_GUIDELINE,
	WORD_SETS
};
extern const struct word_set accord_words[WORD_SETS];
/* The number of WORD in the set, or -1. */
int accord_word(enum word_set_id set, struct str word);
bool accord_currency_known(struct str code); /* ISO 4217, in use */
bool accord_has_blank(struct str text);      /* holds ⟨…⟩ */
bool accord_is_language(struct str tag);     /* "en", "pt-br" */
bool accord_is_slug(struct str s);
bool accord_is_label(struct str s);
bool accord_boolean(struct str s, bool *value); /* true, false, yes, no */
bool accord_integer(struct str s, int64_t *value);

/* Where a value stands: "commitments[0].services[1]". Lives on the stack of the walk. */
struct path {
	const struct path *up;
	struct str name; /* ptr NULL: an item of a list */
	size_t index;
};

struct checker {
	struct str file;
	const struct world *world; /* NULL: ids are not resolved */
	struct diags *diags;
	bool is_template;
	size_t faults; /* of this document */
	struct arena
		*scratch; /* of schedules as text, dropped once the document is typed; NULL: kept
			   */
};

void accord_fault(struct checker *checker, struct pos pos, const struct path *path,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* "unknown NOUN 'WORD'" with the nearest of WORDS. */
void accord_fault_unknown(struct checker *checker, struct pos pos, const struct path *path,
	const char *noun, struct str word, const struct str *words, size_t count);
/* Checks a document's tree against the table: fields, words, types, ids. */
void accord_check_form(struct checker *checker, const struct node *tree);
/* Checks one map, the fields of a practice for one, against SHAPE. */
void accord_check_shape(struct checker *checker, enum shape shape, const struct node *map);
/* One value of a type, as found at POS; used for documents and for the cells of schedules. */
void accord_check_value(struct checker *checker, const struct field *field, struct str text,
	struct pos pos, const struct path *path);

/* One id of a type from TYPE_PARTY on; without a world only its form. */
void accord_check_id(struct checker *checker, enum field_type type, struct str text, struct pos pos,
	const struct path *path);

/* Values one by one, whether one or many were written: for (n = many_first(v); n; n = many_next(v,
 * n)). */
static inline const struct node *many_first(const struct node *value)
{
	return value && value->kind == NODE_LIST ? value->first : value;
}
static inline const struct node *many_next(const struct node *value, const struct node *item)
{
	return value->kind == NODE_LIST ? item->next : NULL;
}

/* Ids to numbers, with WORLD NULL everything is NONE; true if it is known. */
uint16_t accord_nat(const struct world *world,
	struct str code); /* also a territory's code: its people's nationality */
bool accord_nat_item(const struct world *world, struct str text, struct nat_item *item);
bool accord_area(const struct world *world, struct str text, struct place_item *item);
bool accord_destination(const struct world *world, struct str text, struct place_item *item);
bool accord_actor(const struct world *world, struct str text, struct actor *actor);
bool accord_asset(const struct world *world, struct str text);

/* The columns of a schedule; schedule.c says what their cells hold. */
enum schedule_column {
	COLUMN_WHERE,
	COLUMN_PROVIDER,
	COLUMN_NATIONALITY,
	COLUMN_PRESENT,
	COLUMN_FROM,
	COLUMN_UNTIL,
	COLUMN_SERVICES,
	COLUMN_PHASES,
	COLUMN_LEAD_TIME,
	SCHEDULE_COLUMNS
};
/* A text that stands in cells of one column, checked once and typed once (commitment.c). */
struct schedule_cell {
	struct str text;
	bool good;
	struct place_item where;
	uint32_t party;
	int32_t date;
	uint64_t bits; /* levels, services, phases */
	struct nat_item *nats;
	size_t nats_count;
	struct duration duration;
};
struct schedule_cells {
	struct symbols numbers; /* text -> number */
	struct schedule_cell *items;
	size_t count, capacity;
	size_t faulty; /* of them */
	size_t empty;  /* rows whose cell is empty, or that lack the column */
	/* The last cell in order: neighbouring rows mostly repeat themselves. */
	struct str last;
	uint32_t last_number;
};
/* A schedule as read: rows in order of the file. */
struct schedule_row {
	struct pos pos;
	uint32_t cells[SCHEDULE_COLUMNS]; /* numbers among the column's; NONE32: empty */
};
struct schedule_table {
	struct str name, file;
	struct sha256 hash;
	struct schedule_row *rows;
	size_t count, capacity;
	struct schedule_cells cells[SCHEDULE_COLUMNS];
	bool found;
};
/* A cell as written; NULL: empty. */
static inline struct schedule_cell *accord_cell(const struct schedule_table *table,
	const struct schedule_row *row, enum schedule_column column)
{
	return row->cells[column] == NONE32 ? NULL
					    : &table->cells[column].items[row->cells[column]];
}
struct schedule_set {
	struct schedule_table *items;
	size_t count;
};
/* Reads the schedules that TREE names from FILES, beside PATH. Faults are told; STATUS_NO_MEMORY or
 * STATUS_IO else. */
enum status accord_read_schedules(struct schedule_set *out, struct checker *checker,
	struct arena *arena, const struct file_system *files, struct str path,
	const struct node *tree);
const struct schedule_table *accord_find_schedule(const struct schedule_set *set, struct str name);

/* Services that VALUE names (NULL: none), as bits; unknown ones are left out. */
uint64_t accord_service_bits(const struct node *value);
/* Rules between fields: duplicates, order, what needs what, safeguard S6. SCHEDULES may be NULL
 * (not read). */
void accord_check_rules(
	struct checker *checker, const struct node *tree, const struct schedule_set *schedules);

/* A practice's page, taken apart. */
struct practice_page {
	struct str fields;      /* from the first fence to the second, without it */
	struct str description; /* after it, trimmed */
	uint32_t line;          /* of the description's first line */
};
/* False, told, when the fields have no beginning or no end. The description is checked too. */
bool practice_split(struct checker *checker, struct practice_page *out, struct str text);
/* The fields; *TYPE gets the type of practice as the vocabulary writes it. ACCORDS NULL: links are
 * not judged. */
void practice_check(struct checker *checker, const struct node *tree, const struct accords *accords,
	struct arena *arena, struct str *type);

/* The tree in canonical form; TREE must have passed accord_check_form(). */
enum status accord_canonical_tree(struct node **out, struct arena *arena, const struct node *tree);
/* Reads INPUT as YAML, or as JSON when FILE ends in .json; its form is not checked yet. */
enum status accord_parse(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags);
bool accord_is_json(struct str file);
bool accord_is_template(const struct node *tree);

/* Typed reading of a canonical tree. */
struct reader {
	struct arena *arena;
	const struct world *world;
	const struct schedule_set *schedules;
	bool failed; /* want of memory */
};
struct texts accord_read_texts(struct reader *reader, const struct node *node);
struct actor accord_read_actor(const struct reader *reader, const struct node *node);
struct source_note accord_read_source(const struct node *node);
int32_t accord_read_date(const struct node *map, const char *name); /* DATE_NONE when not given */
struct duration accord_read_duration(const struct node *map, const char *name);
struct str accord_read_str(const struct node *map, const char *name);
bool accord_read_boolean(const struct node *map, const char *name);
unsigned accord_read_bits(const struct node *map, const char *name, enum word_set_id set);
void accord_read_commitments(
	struct reader *reader, struct agreement *agreement, const struct node *tree);

/* An entry of a map or an item of a list, with the comments that go with it, for fmt. */
struct comment {
	struct str text; /* from # to the end of the line, without blanks there */
	struct comment *next;
};
struct comment_run {
	struct comment *first, *last;
};
struct entry {
	const struct node *node;
	struct entry *first, *next; /* children, in order of the file */
	struct comment_run above;   /* on lines of their own before it */
	struct str beside;          /* at the end of its line; ptr NULL: none */
	bool commented;             /* something below it has a comment */
	size_t start;               /* byte offset in the file */
	unsigned depth;             /* flow brackets around it */
};
struct layout {
	struct entry *root;
	struct comment_run head, tail; /* before and after everything */
};
/* The entries of TREE, read from the YAML text INPUT, each with its comments. */
enum status accord_read_layout(
	struct layout *out, struct arena *arena, struct str input, const struct node *tree);

#endif
