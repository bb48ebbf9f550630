/* The public face of accord/: agreement documents. Reads them, checks them against the one table of
 * fields and against a world, gives their canonical form and hash, prints them as prose.
 *
 * The typed form below holds a document as written, with ids resolved: nothing is expanded (a pool
 * stays a pool), except that every row of a schedule becomes a commitment of its own. Dates are day
 * numbers, DATE_NONE when open. Sets of statuses, services, phases and levels are bits.
 *
 * Ownership: everything lives in the arena given to accord_load(); immutable after it; thread-safe
 * to read. */
#ifndef ENTENTE_ACCORD_ACCORD_H
#define ENTENTE_ACCORD_ACCORD_H

#include "world/world.h"

enum agreement_kind {
	KIND_CONSULAR_REPRESENTATION,
	KIND_IDENTITY_VERIFICATION,
	KIND_SHARED_ASSETS,
	KIND_FAMILY_TRACING,
	KIND_DEPLOYMENT,
	KIND_EVACUATION,
	KIND_CROSS_BORDER,
	KIND_INFORMATION_SHARING,
	KIND_REFERRAL,
	KIND_STANDBY_SERVICE,
	KIND_FUNDING,
	KIND_FRAMEWORK,
	AGREEMENT_KINDS
};
enum strength {
	STRENGTH_LAW,
	STRENGTH_TREATY,
	STRENGTH_NOTES,
	STRENGTH_MOU,
	STRENGTH_CONTRACT,
	STRENGTH_CUSTOM,
	STRENGTH_PRACTICE,
	STRENGTH_PLEDGE,
	STRENGTHS
};
enum agreement_state {
	STATE_DRAFT,
	STATE_PROPOSED,
	STATE_SIGNED,
	STATE_IN_FORCE,
	STATE_SUSPENDED,
	STATE_TERMINATED,
	AGREEMENT_STATES
};
enum duty { DUTY_MAY, DUTY_SHALL, DUTY_WILL, DUTIES };
enum role { ROLE_LEAD, ROLE_SUPPORT, ROLE_FALLBACK, ROLES };
enum doc_basis {
	DOC_BASIS_TEXT,
	DOC_BASIS_EXCERPT,
	DOC_BASIS_GENERAL_KNOWLEDGE,
	DOC_BASIS_ILLUSTRATIVE,
	DOC_BASES
};
enum phase { PHASE_BEFORE = 1, PHASE_DURING = 2, PHASE_AFTER = 4 }; /* bits */

enum status_word { /* what rules ask about a person; bit (1u << word) in a set */
	PERSON_NATIONAL,
	PERSON_FAMILY_MEMBER,
	PERSON_MIGRANT_WORKER,
	PERSON_DOMESTIC_WORKER,
	PERSON_SEAFARER,
	PERSON_STUDENT,
	PERSON_VISITOR,
	PERSON_IRREGULAR,
	PERSON_DETAINED,
	PERSON_REFUGEE,
	PERSON_ASYLUM_SEEKER,
	PERSON_FEARS_AUTHORITIES,
	PERSON_NO_CONTACT,
	PERSON_STATELESS,
	PERSON_TRAFFICKED,
	PERSON_UNACCOMPANIED_CHILD,
	PERSON_CHILD,
	PERSON_OLDER,
	PERSON_DISABLED,
	PERSON_INJURED,
	PERSON_STATUSES
};
#define PERSON_BIT(word) (1u << (word))

enum step_do {
	STEP_REQUEST,
	STEP_CONSENT,
	STEP_NOTIFY,
	STEP_CONSULT,
	STEP_REPLY,
	STEP_DECLARE,
	STEP_SCREEN,
	STEP_VERIFY_IDENTITY,
	STEP_PERSON_CONSENT,
	STEP_INFORMED_CHOICE,
	STEP_BEST_INTERESTS,
	STEP_SIGN_UNDERTAKING,
	STEP_ISSUE,
	STEPS
};
enum cost_rule {
	COST_PROVIDER_BEARS,
	COST_BENEFICIARY_REPAYS,
	COST_BENEFICIARY_STATE,
	COST_PER_CAPITA,
	COST_CAPPED_FARE,
	COST_COFINANCED,
	COST_ESTIMATE,
	COST_POOL,
	COST_SHARES,
	COST_EQUAL,
	COST_SCALE,
	COST_LUMP_SUM,
	COST_EMPLOYER,
	COST_RULES
};

/* Words of the enumerations in their order; the same tables drive check, schema, prose and
 * suggestions. */
extern const struct str accord_kind_words[AGREEMENT_KINDS], accord_strength_words[STRENGTHS],
	accord_state_words[AGREEMENT_STATES], accord_duty_words[DUTIES], accord_role_words[ROLES],
	accord_basis_words[DOC_BASES], accord_phase_words[3], accord_person_words[PERSON_STATUSES],
	accord_step_words[STEPS], accord_cost_words[COST_RULES];

/* one language's text of a field given per language; a plain string is lang "en" */
struct lang_text {
	struct str lang, text;
};
struct texts {
	struct lang_text *items;
	size_t count;
};

/* A word for the people around a clause: steps' by and whom, share's from and to, activates.by,
 * escalate-to. */
enum actor_kind {
	ACTOR_NONE,
	ACTOR_PROVIDER,
	ACTOR_STATE_OF_NATIONALITY,
	ACTOR_HOST_STATE,
	ACTOR_STATE_OF_RESIDENCE,
	ACTOR_CRISIS,
	ACTOR_PARTY
};
struct actor {
	enum actor_kind kind;
	uint32_t party;
	struct str office;
};

/* An item of for.nationality, except-nationality, residence. A territory's code in a document means
 * its people's nationality. */
enum nat_item_kind { NAT_ITEM_CODE, NAT_ITEM_GROUP, NAT_ITEM_ANY, NAT_ITEM_SERVED_BY };
struct nat_item {
	enum nat_item_kind kind;
	uint16_t nat;
	uint32_t group, party;
};
#define ACCORD_LIST(type, name)                                                                    \
	type *name;                                                                                \
	size_t name##_count

/* An item of where / to. */
enum place_item_kind {
	PLACE_ITEM_PLACE,
	PLACE_ITEM_GROUP,
	PLACE_ITEM_ZONE,
	PLACE_ITEM_HOME,
	PLACE_ITEM_THIRD,
	PLACE_ITEM_IN_COUNTRY
};
/* place, group or zone; home, third, in-country only in `to` */
struct place_item {
	enum place_item_kind kind;
	uint32_t index;
};
struct place_scope {
	bool given;
	ACCORD_LIST(struct place_item, in);
	ACCORD_LIST(struct place_item, except);
	bool territories_in; /* a group stands for its members' territories too; default out */
};

enum provider_kind {
	PROVIDER_PARTY,
	PROVIDER_STATE_OF_NATIONALITY,
	PROVIDER_STATE_OF_RESIDENCE,
	PROVIDER_MEMBER_OF,
	PROVIDER_HOST_STATE
};
/* levels 0: presence not asked for */
struct provider {
	enum provider_kind kind;
	uint32_t party, group;
	unsigned levels;
};

struct step {
	enum step_do what;
	struct actor by, whom;
	struct duration within;
	bool unless_extreme_urgency;
};
struct cost {
	enum cost_rule rule;
	struct texts note;
	bool has_cap;
	int64_t cap_minor;
	struct str currency;
	bool has_unit_cost;
	int64_t unit_minor;
	struct str unit_currency, unit_per;
	int advance_percent; /* -1 not given */
	struct str fund;
	bool grants_first, undertaking;
	struct duration claim_within, pay_within;
};
struct capacity {
	int64_t quantity; /* 0: not given */
	struct str unit, per;
};
struct source_note {
	struct str title, url;
	enum doc_basis basis;
	bool given;
};

struct commitment {
	struct str id, clause;
	struct texts title, text;
	enum duty duty;
	enum role role; /* default lead */
	struct provider provider;
	ACCORD_LIST(struct nat_item, nats); /* for.nationality; empty never happens after check */
	ACCORD_LIST(struct nat_item, except_nats);
	unsigned status, except_status;           /* 0: any / none */
	unsigned unrepresented;                   /* levels, 0: not asked */
	ACCORD_LIST(struct nat_item, residences); /* empty: not asked */
	int32_t resident_since;                   /* DATE_NONE: not asked */
	struct place_scope where, to;
	uint64_t services; /* services minus except-services */
	unsigned phases;   /* all three when not given */
	int32_t from, until;
	struct capacity capacity;
	struct duration lead_time;
	ACCORD_LIST(struct str, assets); /* "party:asset" as written, checked against the world */
	bool as_own_nationals;
	ACCORD_LIST(struct step, steps);
	ACCORD_LIST(struct cost, costs);
	struct source_note source;
	/* A schedule's row: number from 0 in file order, its place (where has just this item), and
	 * presence attested there. */
	int32_t schedule; /* index in agreement->schedules, -1 for none */
	uint32_t schedule_row;
	struct pos pos; /* where it stands in its file (the schedule's file for a row) */
};

struct opt_out {
	struct str commitment; /* empty: all */
	bool provider, beneficiary;
	int32_t from, until;
};
struct party_entry {
	bool is_group;
	uint32_t index; /* group or party */
	struct str role;
	int32_t from, until, confirmed; /* confirmed DATE_NONE: not */
	ACCORD_LIST(struct opt_out, except);
};
struct state_entry {
	enum agreement_state is;
	int32_t from;
};
struct renewal {
	int32_t on, until;
};
struct share {
	struct actor from, to;
	struct str purpose;
	ACCORD_LIST(struct str, fields);
	struct str basis;
	int32_t until;
	struct duration retention;
	bool onward;
	unsigned except_status;
};
struct article {
	struct str id;
	struct texts title, text;
	struct source_note source; /* not given: the agreement's holds */
};
struct schedule {
	struct str name;
	struct sha256 hash;
	uint32_t rows;
};

/* One of an agreement's own examples, judged by cover_cases(): the query and what some answer must
 * (or must not) have. The nodes are in canonical form, whatever the notation of the file: fields
 * that may have one value or many (nationality, fears, status; via, to, marks, held) are always
 * lists, integers are NODE_NUMBER, booleans NODE_BOOL with the text "true" or "false". */
struct accord_case {
	int32_t given; /* date of the facts, and of the query where `who` has no `date` */
	const struct node *who;
	const struct node *expect; /* a map, or the word nobody */
	bool negated;              /* expect-not */
	bool nobody;
	struct pos pos;
};

enum agreement_visibility { AGREEMENT_PUBLIC, AGREEMENT_PARTIES, AGREEMENT_NAMED };
struct agreement {
	struct str id, file; /* file as the user named it */
	enum agreement_kind kind;
	enum strength strength;
	bool is_template; /* never compiled; its ids may hold ⟨…⟩ and are not resolved:
			     commitments_count is 0, tree holds all */
	ACCORD_LIST(struct state_entry, states); /* sorted by from */
	struct texts title, text;
	struct source_note source;
	enum agreement_visibility visibility;
	ACCORD_LIST(uint32_t, visible_to); /* parties, for AGREEMENT_NAMED */
	ACCORD_LIST(struct party_entry, parties);
	int32_t from, until; /* in-force */
	struct duration renews, notice;
	ACCORD_LIST(struct renewal, renewed); /* sorted by on */
	bool binds_host;
	ACCORD_LIST(struct commitment, commitments); /* in order of the file; a scheduled
							commitment's rows stand in its place */
	ACCORD_LIST(struct article, articles);
	ACCORD_LIST(struct share, shares);
	ACCORD_LIST(struct schedule, schedules);
	ACCORD_LIST(struct accord_case, cases);
	const struct node *tree; /* the document as read: one or many as written, scalars as text */
	struct sha256 hash;      /* of its canonical JSON */
};

struct accords {
	ACCORD_LIST(struct agreement, items); /* sorted by id */
};

/* Reads every agreements/ID.yaml and ID.json of the workspace FOLDER, with their schedules, and
 * checks them all; no such folder: no agreements. Across files: ids differ, a file is called after
 * its id (a template's id may be blanks; its file may be called anything), and every schedule is
 * named by an agreement. One fault anywhere: STATUS_REFUSED, nothing given. STATUS_NO_MEMORY,
 * STATUS_IO. */
enum status accord_load(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str folder, struct diags *diags);
/* The same, the documents read as JOBS of their own; NULL: one after the other. Agreements and
 * faults come in the same order whoever runs them. FILES and the arena's allocator must bear
 * several callers at a time if JOBS runs several; DIAGS must not outlive ARENA. */
enum status accord_load_with(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, const struct jobs *jobs, struct str folder,
	struct diags *diags);
/* Reads and checks one document (a file's path; schedules beside it). WORLD may be NULL: then ids
 * are not resolved (indexes are NONE) and only the form and the rules are checked. All faults of
 * the document and its schedules go to DIAGS in one run: STATUS_REFUSED. STATUS_NOT_FOUND (told
 * too), STATUS_NO_MEMORY, STATUS_IO. At most 1 MiB, 2,000 commitments, 64 kB of text
 * each; a schedule 32 MiB, 200,000 rows. */
enum status accord_read(struct agreement *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str path, struct diags *diags);

/* fmt: the document in the house form as YAML, comments and all, fields in the table's order, lines
 * of at most 120 columns where words allow it; idempotent; canonical bytes stay as they are. A FILE
 * that ends in .json comes out as JSON on several lines. Only the form must be right: references
 * and rules between fields are not judged. */
enum status accord_format(struct buf *out, struct arena *arena, struct str file, struct str input,
	struct diags *diags);
/* fmt --json: canonical bytes (the model, last section: one-or-many fields as lists, NFC, integers
 * and booleans as such, no defaults filled in). */
enum status accord_canonical(struct buf *out, struct arena *arena, struct str file,
	struct str input, struct diags *diags);
/* JSON Schema (draft 2020-12) of the document, from the table of fields. */
enum status accord_schema(struct buf *out);
/* The table of fields as Markdown, for docs/accord.md. */
enum status accord_guide(struct buf *out);
/* The languages of prose, and their tags in this order: "en", "fr", "es", "ar". */
enum lang { LANG_EN, LANG_FR, LANG_ES, LANG_AR, LANGS };
extern const struct str accord_lang_tags[LANGS];
enum lang accord_lang(struct str tag); /* LANGS if it is none of them */
/* What a kind, strength, state or basis is called in LANG (below LANGS). */
struct str accord_kind_term(enum agreement_kind kind, enum lang lang);
struct str accord_strength_term(enum strength strength, enum lang lang);
struct str accord_state_term(enum agreement_state state, enum lang lang);
struct str accord_basis_term(enum doc_basis basis, enum lang lang);
/* Prose for a reader in LANG (below LANGS): title, who promises what to whom, where, when, at whose
 * cost, after which steps, under which clause; then articles. Display columns at most WIDTH (at
 * least 20) unless a word is longer. Names from WORLD (NULL: ids), in LANG where names.csv has
 * them. A text that does not exist in LANG is shown in the language it has, which is said before
 * it. Arabic lines begin with U+200F; runs of the other direction stand in isolates (U+2068 or, on
 * the lines after the first, U+2066 or U+2067; to U+2069), balanced on each line. */
enum status accord_show(struct buf *out, struct arena *arena, const struct agreement *agreement,
	const struct world *world, enum lang lang, int width);

/* One commitment of AGREEMENT said in LANG, without lines: the clause, what is promised by whom to
 * whom with its limits; steps (what comes first, with deadlines) and cost without "First:" and
 * "Cost:", for a head names them. STR_NONE for what it does not say. STATUS_NOT_FOUND: it has no
 * commitment called COMMITMENT. */
struct accord_said {
	struct str clause, promise, steps, cost;
};
enum status accord_say_commitment(struct accord_said *out, struct arena *arena,
	const struct agreement *agreement, struct str commitment, const struct world *world,
	enum lang lang);

/* A practice of the library: a page practices/ID.md, fields as YAML between two lines ---, in the
 * words of the repository of the MICIC Initiative, and under them its description in Markdown. */
enum practice_stakeholder {
	STAKEHOLDER_HOST_STATE,
	STAKEHOLDER_STATE_OF_ORIGIN,
	STAKEHOLDER_STATE_OF_TRANSIT,
	STAKEHOLDER_INTERNATIONAL_ORGANIZATIONS,
	STAKEHOLDER_PRIVATE_SECTOR,
	STAKEHOLDER_CIVIL_SOCIETY,
	PRACTICE_STAKEHOLDERS
};
#define PRACTICE_CRISES 2      /* conflict, natural disaster */
#define PRACTICE_PHASES 3      /* in order of enum phase */
#define PRACTICE_GUIDELINES 15 /* guideline N is bit N - 1, its thematic area word N - 1 */
extern const struct str practice_stakeholder_words[PRACTICE_STAKEHOLDERS],
	practice_crisis_words[PRACTICE_CRISES], practice_phase_words[PRACTICE_PHASES],
	practice_area_words[PRACTICE_GUIDELINES];

struct practice {
	struct str id, file;
	struct texts title;
	struct str type;                  /* an open vocabulary; letter case made uniform */
	ACCORD_LIST(uint32_t, countries); /* places: countries, regions, the world; NONE32 without
					     a world */
	struct str stakeholder;
	unsigned stakeholders, crises, phases, guidelines; /* bits; 0: not said */
	ACCORD_LIST(struct str, links);
	ACCORD_LIST(struct str, implemented_by); /* names as accord_find() takes them */
	ACCORD_LIST(struct source_note, sources);
	ACCORD_LIST(struct str, uncertain); /* what no source seen so far confirms */
	int32_t as_of;                      /* when it was last held against its sources */
	struct str description;             /* Markdown */
};
struct practices {
	ACCORD_LIST(struct practice, items); /* sorted by id */
};
/* Reads and checks one practice. WORLD NULL: places are not resolved; ACCORDS NULL: links are not.
 * All faults in one run: STATUS_REFUSED. STATUS_NOT_FOUND (told too), STATUS_NO_MEMORY, STATUS_IO.
 */
enum status practice_read(struct practice *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct file_system *files, struct str path,
	struct diags *diags);
/* All practices/ID.md of the workspace FOLDER; no such folder: none. A page is called after its id.
 * One fault anywhere: STATUS_REFUSED, nothing given. */
enum status practice_load(struct practices *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct file_system *files, struct str folder,
	struct diags *diags);
/* JSON Schema of a practice's fields, and their table as Markdown for docs/practices.md. */
enum status practice_schema(struct buf *out);
enum status practice_guide(struct buf *out);

/* How an agreement is called: its id; a template whose id holds blanks, after its file. */
struct str accord_name(const struct agreement *agreement);
/* The agreement called NAME, or NULL. Linear. */
const struct agreement *accord_find(const struct accords *accords, struct str name);

/* What differs between two documents (diff.c). */
enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };
struct change {
	enum change_kind kind;
	struct str path;              /* "commitments[as-own].capacity.quantity" */
	const struct node *old, *new; /* canonical; NULL where there is none. Of a list of words:
					 the word, the path being the list's */
};
struct changes {
	ACCORD_LIST(struct change, items); /* in the order of OLD, then what only NEW has */
};
/* The fields that differ, of the documents and of their schedules, whose files are read again
 * beside those of OLD and NEW. STATUS_REFUSED and faults in DIAGS when a schedule has changed into
 * a faulty one since; STATUS_NO_MEMORY, STATUS_IO. Linear in fields but for positions in lists. */
enum status accord_diff(struct changes *out, struct arena *arena, const struct agreement *old,
	const struct agreement *new, const struct file_system *files, struct diags *diags);
/* The same of two canonical trees. */
enum status accord_diff_trees(
	struct changes *out, struct arena *arena, const struct node *old, const struct node *new);
/* One line without an end: "Commitment as-own, capacity, quantity: was 40; is 60". */
void accord_say_change(struct buf *out, const struct change *change);

/* The text in LANG, else English, else the first; STR_NONE if there is none. */
struct str accord_text(const struct texts *texts, struct str lang);
/* in-force and state on DATE (model, step 1). EXPECTED: it would be in force but for an unconfirmed
 * renewal. */
enum accord_force { FORCE_NO, FORCE_EXPECTED, FORCE_YES };
enum accord_force accord_in_force(const struct agreement *agreement, int32_t date);

#endif
