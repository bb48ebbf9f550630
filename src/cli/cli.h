/* What the commands share: the table they stand in, the run they are given, the workspace they
 * read, the page they print on.
 *
 * A command is a row of `cli_commands` (main.c) and a function in a file of its own. It reads its
 * options from the run, collects its output in cli->out and returns an exit code; main.c prints the
 * output, or the faults, once. Nothing reaches standard output before it is known to be true,
 * except the lines of a batch. */
#ifndef ENTENTE_CLI_CLI_H
#define ENTENTE_CLI_CLI_H

#include <stdio.h>
#include "cover/cover.h"
#include "store/store.h"

/* Exit codes: a contract with scripts. */
enum cli_exit {
	CLI_ANSWERED = 0,
	CLI_NO = 1,      /* a valid "no": nobody, faults found by check */
	CLI_REFUSED = 2, /* wrong usage or faulty input */
	CLI_FAILED = 3,  /* the system failed: memory, files, output */
};

struct cli_option {
	const char *name;     /* without dashes */
	const char *argument; /* as help shows it; NULL: a flag */
	const char *help;
	const char *otherwise; /* the default, told behind HELP; NULL: none, or HELP says it */
	/* Of options that may stand in a configuration file too: as in struct config_key. */
	const char *(*fault)(struct str value);
};
#define CLI_OPTIONS_MAX 32
#define CLI_OUTPUT_MAX ((size_t)512 << 20)

/* What a command is for: help lists them under these heads. */
enum cli_group {
	CLI_ASK,   /* who helps, whom nobody does */
	CLI_JUDGE, /* would it hold, what to do next */
	CLI_WRITE, /* agreements and practices */
	CLI_KEEP,  /* the database of a workspace */
	CLI_HELP,
	CLI_GROUPS,
	CLI_HIDDEN = CLI_GROUPS,
};

#define CLI_VIEWS_MAX 4
struct cli;
struct cli_command {
	const char *name, *operands, *summary;
	const struct cli_option *options; /* ends with a NULL name; may be NULL */
	const char *details;              /* paragraphs for help */
	const char *examples;             /* lines for help */
	enum cli_exit (*run)(struct cli *cli);
	enum cli_group group;
};
extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;

struct cli {
	const struct cli_command *command;
	struct str values[CLI_OPTIONS_MAX];
	bool given[CLI_OPTIONS_MAX];
	struct str *operands;
	size_t operand_count;
	struct str workspace;  /* of -w; STR_NONE when not given */
	struct str color_when; /* of --color; STR_NONE when not given */
	struct arena arena;    /* of the run */
	struct buf out;
	struct diags diags;
	struct str failure; /* why the system failed, for CLI_FAILED */
	const struct file_system *files;
	const struct clock *clock;
	int width;          /* columns of the page */
	bool color;         /* asked for, and not refused by NO_COLOR */
	bool progress;      /* standard error is a terminal */
	bool progress_told; /* a line of it stands there */
	uint64_t started_ns;
	/* Filled by cli_open(). */
	struct str folder;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	struct store_view *views[CLI_VIEWS_MAX]; /* of databases; `files` reads through them */
	size_t view_count;
};

/* options.c */
/* Reads everything after the program's name: global options, the command, its options and operands.
 * All faults go to cli->diags. */
enum status cli_parse(struct cli *cli, int argc, char **argv);
bool cli_given(const struct cli *cli, const char *option);
/* The default of its row, or STR_NONE, if not given. */
struct str cli_value(const struct cli *cli, const char *option);
struct str cli_option_help(struct arena *arena, const struct cli_option *option); /* HELP, whole */
/* Tells a fault of usage about an option ("--date") or, with "", of the whole; gives CLI_REFUSED.
 */
enum cli_exit cli_fault(struct cli *cli, const char *about, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The index of option's value among COUNT words, `otherwise` if not given, -1 and a fault if it is
 * none of them. */
int cli_choice(
	struct cli *cli, const char *option, const char *const *words, int count, int otherwise);
bool cli_limit(struct cli *cli, const char *option, size_t otherwise, size_t *limit);
bool cli_date(struct cli *cli, int32_t *date); /* --date, else today */
bool cli_viewer(
	struct cli *cli, uint32_t *viewer); /* --as, else the whole workspace; after cli_open() */
enum cli_format { CLI_TABLE, CLI_JSON, CLI_CSV };
int cli_format(struct cli *cli);                      /* --format; -1 and a fault */
bool cli_hxl(struct cli *cli, int format, bool *hxl); /* --hxl, a fault unless FORMAT is CSV */

/* workspace.c */
enum cli_depth { CLI_WORLD, CLI_ACCORDS, CLI_INDEX };
/* Finds the workspace: cli->folder and cli->files, nothing read yet. */
enum cli_exit cli_find(struct cli *cli);
/* Finds the workspace and reads it that far. On CLI_REFUSED the faults are in cli->diags, on
 * CLI_FAILED cli->failure is set. */
enum cli_exit cli_open(struct cli *cli, enum cli_depth depth);
/* False when no workspace was named and none lies in ./data: then FILEs are checked by their form
 * alone. */
bool cli_has_workspace(const struct cli *cli);
/* database.c */
/* NAME is a database, as `sqlite:FILE`, `FILE` or either with `@SEQUENCE` after it; FILE (with a
 * NUL after it) and the state asked for, STORE_NEWEST without one. */
bool cli_is_database(struct cli *cli, struct str name, struct str *file, uint64_t *sequence);
/* The state of a database becomes the workspace: cli->folder is FILE, cli->files reads it. */
enum cli_exit cli_open_view(struct cli *cli, struct str file, uint64_t sequence);
/* The database of -w ($ENTENTE_WORKSPACE, ./entente.db) opened for keeping it. */
enum cli_exit cli_open_store(struct cli *cli, struct store **store, enum store_mode mode);
/* A status of the store about FILE in words. */
enum cli_exit cli_store_status(
	struct cli *cli, enum status status, struct str file, const char *doing);
/* "sha256:…" */
struct str cli_hash(struct cli *cli, const struct sha256 *hash);

/* workspace.c */
struct str cli_workspace_name(const struct cli *cli); /* of -w, $ENTENTE_WORKSPACE, the default */
bool cli_is_folder(struct str path);                  /* PATH ends in a NUL, as operands do */
/* Why the file PATH of an operand was not read: none there or a folder (a fault of usage), or else
 * as cli_status(). */
enum cli_exit cli_unread(struct cli *cli, struct str path, enum status status);
enum cli_exit cli_failed(struct cli *cli, const char *what); /* sets cli->failure */
enum cli_exit cli_status(struct cli *cli, enum status status, const char *doing);
/* A line on standard error, when it is a terminal and the run has taken over a second, or at once
 * if what begins now may take over a second and tells nothing before its end; overwritten by the
 * next. */
#define CLI_PROGRESS_LONG SIZE_MAX
void cli_progress(struct cli *cli, const char *doing, size_t done, size_t of);
void cli_progress_end(struct cli *cli);

/* filter.c: --group (enum people_group; -1: all). False after a fault. */
bool filter_group(struct cli *cli, int *group);

/* page.c: text that fits the page */
int page_width(struct str text); /* columns it takes */
/* FIRST, then words of TEXT wrapped at WIDTH; later lines are indented by INDENT spaces. Ends the
 * line. */
void page_wrap(struct buf *out, struct str first, int indent, int width, struct str text);
void page_pad(struct buf *out, struct str text, int width, bool right);
/* LABEL in WANT columns, fewer where a page of WIDTH leaves fewer beside the REST columns of
 * figures that follow; a label that is longer has its line to itself. */
void page_label(struct buf *out, struct str label, int want, int rest, int width);
void page_repeat(struct buf *out, char c, int count);
struct number {
	char text[32];
};
struct number page_number(int64_t n); /* 5,612,789 */
/* "38.4"; "<0.1" for what is there but smaller, ">99.9" for what is not quite all. */
struct number page_percent(int64_t part, int64_t whole);
struct number page_share(int64_t part, int64_t whole); /* ... with " %" */
struct number page_date(int32_t date);                 /* "" for none */

#define TABLE_COLUMNS_MAX 12
struct table {
	struct arena *arena;
	struct {
		const char *title;
		bool right, flexible;
	} columns[TABLE_COLUMNS_MAX];
	size_t column_count;
	struct str *cells; /* column_count of them a row */
	size_t rows, capacity;
};
void table_init(struct table *table, struct arena *arena);
void table_column(struct table *table, const char *title, bool right, bool flexible);
/* One row; CELLS has column_count texts, which must outlive the table. */
void table_row(struct table *table, const struct str *cells);
/* Prints with INDENT. On a narrow page flexible columns wrap between words; where that is not
 * enough a row takes several lines: its first column, if flexible, has one to itself. */
void table_print(struct buf *out, const struct table *table, int indent, int width);
/* The lines over which table_print() folds a row: 1 when all columns stand side by side. */
int table_fit(const struct table *table, int indent, int width);

/* words.c: codes in words for people */
const char *words_band(enum band band); /* "promised", "owed", "allowed", "from abroad", "nobody" */
const char *words_strength(enum strength strength);
const char *words_step(enum step_do what);
const char *words_cost(enum cost_rule rule);
const char *words_mark(unsigned bit);
const char *words_held(unsigned bit);
const char *words_phase(enum phase phase);
const char *words_group(enum people_group group); /* "", "refugees from", … as a noun */
/* TEXT in the colour of BAND where colours were asked for (--color), word by word, so that a line
 * may break between them; the words themselves always say as much. */
enum tint { TINT_UNKNOWN = BANDS, TINTS };
struct str words_tint(struct cli *cli, int tint, struct str text);
struct str words_nat(const struct cli *cli, uint16_t nat); /* "Malta (MLT)" */
struct str words_party(const struct cli *cli, uint32_t party);
/* The words of the bits in SET, ", " between them. */
struct str words_set(struct cli *cli, unsigned set, const struct str *words, unsigned count);
struct str words_place(const struct cli *cli, uint32_t place);
struct str words_source(
	const struct cli *cli, uint32_t source); /* title, else id; "no source" for NONE32 */
struct str words_money(struct arena *arena, int64_t minor, struct str currency);
struct str words_duration(struct arena *arena, struct duration duration);

/* who_text.c, who_end.c, why.c, batch.c: parts of `who` */
enum status who_text(
	struct cli *cli, const struct query *query, const struct answers *answers, bool why);
enum status who_nobody(struct cli *cli, const struct query *query, const struct answers *answers);
void who_closing(struct cli *cli, const struct query *query, const struct answers *answers);
void who_csv(struct cli *cli, const struct query *query, const struct answers *answers, bool hxl);
struct fact {
	struct str what, text;
}; /* what: clause, party, presence, unrepresented, via … */
struct facts {
	struct fact *items;
	size_t count, capacity;
};
enum status why_facts(
	struct facts *out, struct cli *cli, const struct query *query, const struct answer *answer);
extern const char *const whynot_codes[WHYNOTS];
enum cli_exit who_batch(struct cli *cli, const struct query *base, struct str path);
/* Facts not on record that could change a "nobody": one sentence each. */
enum status who_unknown(struct facts *out, struct cli *cli, const struct query *query);

/* asked.c: options that several analyses share. After cli_open(): the bits of --service S[,S], all
 * without it; --place of any size, NONE32 without it; one --nationality, NAT_NONE without it. */
bool cli_services(struct cli *cli, uint64_t *services);
bool cli_place(struct cli *cli, uint32_t *place);
bool cli_nat(struct cli *cli, uint16_t *nat);
/* Opens the index and reads the services, the place and the viewer. */
enum cli_exit cli_open_asked(
	struct cli *cli, uint64_t *services, uint32_t *place, uint32_t *viewer);
/* Before it. */
bool cli_number(
	struct cli *cli, const char *option, size_t otherwise, size_t *number); /* 1 and up */
/* What a message says after an id that is none of IDS: the nearest, else those that contain it,
 * else that COMMAND lists them. */
struct str cli_near(
	struct cli *cli, struct str id, const struct str *ids, size_t count, const char *command);
enum cli_exit cli_no_operands(struct cli *cli); /* CLI_ANSWERED, or the fault */
/* why.c: what PRESENCE rests on, in words. */
struct str why_presence(struct cli *cli, const struct presence *presence);

enum cli_exit cmd_advise(struct cli *cli);
enum cli_exit cmd_unknowns(struct cli *cli);
enum cli_exit cmd_ready(struct cli *cli);
enum cli_exit cmd_check(struct cli *cli);
enum cli_exit cmd_fmt(struct cli *cli);
enum cli_exit cmd_show(struct cli *cli);
enum cli_exit cmd_who(struct cli *cli);
enum cli_exit cmd_gaps(struct cli *cli);
enum cli_exit cmd_practices(struct cli *cli);
enum cli_exit cmd_overlaps(struct cli *cli);
enum cli_exit cmd_world(struct cli *cli);
enum cli_exit cmd_diff(struct cli *cli);
enum cli_exit cmd_matrix(struct cli *cli);
enum cli_exit cmd_three_w(struct cli *cli);
enum cli_exit cmd_manual(struct cli *cli);
enum cli_exit cmd_complete(struct cli *cli);
enum cli_exit cmd_test(struct cli *cli);
enum cli_exit cmd_help(struct cli *cli);
enum cli_exit cmd_plan_for(struct cli *cli);
enum cli_exit cmd_duty_book(struct cli *cli);
enum cli_exit cmd_find_help(struct cli *cli);
enum cli_exit cmd_init(struct cli *cli);
enum cli_exit cmd_import(struct cli *cli);
enum cli_exit cmd_export(struct cli *cli);
enum cli_exit cmd_backup(struct cli *cli);
enum cli_exit cmd_restore(struct cli *cli);
enum cli_exit cmd_serve(struct cli *cli);
enum cli_exit cmd_verify(struct cli *cli);

#endif
