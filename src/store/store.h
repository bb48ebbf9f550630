/* The public face of store/: a workspace in a database, with the history of all its states.
 *
 * A store holds facts as dated rows, documents as immutable versions under their SHA-256, and a
 * journal: one entry a change, in an RFC 6962 tree, written in the transaction of the change. The
 * sequence number of the newest entry names a state; 0 is the empty store. What is read is read
 * through a view: one state, whole, as a read-only struct file_system, so that every reader of a
 * folder reads a database too. docs/store.md says the rest.
 *
 * Threads: a store may be used by any number of threads; writes queue for one writer, which commits
 * them in groups. A view is immutable and belongs to whoever opened it. */
#ifndef ENTENTE_STORE_STORE_H
#define ENTENTE_STORE_STORE_H

#include "accord/accord.h"

#define STORE_KEY_MAX 200                /* bytes of an idempotency key */
#define STORE_NAME_MAX 255               /* bytes of a file's name */
#define STORE_FILE_MAX WORLD_FILE_MAX    /* bytes of a file */
#define STORE_VIEW_MAX ((size_t)1 << 30) /* bytes of a whole state */

struct store;

enum store_mode {
	STORE_READ,  /* the database must be there, and is not changed */
	STORE_WRITE, /* must be there; an older schema is brought up to date */
	STORE_CREATE /* must not be there */
};
struct store_config {
	struct str path; /* of the database file, as a person named it */
	enum store_mode mode;
	const struct clock *clock; /* dates the journal's entries; not needed for STORE_READ */
	unsigned log_pages;        /* of the log, after which it is brought into the database; 0:
				      1,000 */
	const char *vfs;           /* of SQLite, for tests of its faults; NULL: the system's */
};

/* Opens a database. STATUS_REFUSED after a diagnostic: not a store, of a newer schema, there
 * already; STATUS_NOT_FOUND: no such file; STATUS_IO after a diagnostic; STATUS_NO_MEMORY. */
enum status store_open(struct store **out, const struct store_config *config, struct diags *diags);
/* Waits for the writes that are under way. NULL does nothing. */
void store_close(struct store *store);
struct str store_path(const struct store *store); /* as it was opened; NUL after it */
/* PATH, an existing file, begins as SQLite's files do. Reads 16 bytes. */
bool store_is_database(const char *path);

/* ---- reading ---- */

/* The newest state's number and its root: one row is read, so also what another process wrote is
 * seen. ROOT may be NULL. STATUS_IO, STATUS_NO_MEMORY. */
enum status store_head(struct store *store, uint64_t *sequence, struct sha256 *root);

/* A number that another one follows whenever a change was committed, by whatever process, before
 * the call: equal numbers mean that nothing has been. It says nothing of what, and may change
 * without reason. Any number of threads; a read of shared memory where the engine has such, else a
 * statement. */
uint64_t store_version(struct store *store);

struct store_view;
/* State number SEQUENCE (STORE_NEWEST: the newest) read at once in one transaction. Its files are
 * called ROOT/NAME; what does not lie under ROOT is asked of ELSEWHERE, if not NULL, which must
 * outlive the view. STATUS_NOT_FOUND: there is no such state. Linear in the state; the real world
 * takes some 60 ms. */
#define STORE_NEWEST UINT64_MAX
enum status store_view_open(struct store_view **out, struct store *store, uint64_t sequence,
	struct str root, const struct file_system *elsewhere);
uint64_t store_view_sequence(const struct store_view *view);
/* Read-only: a write under ROOT is STATUS_REFUSED. Lives as long as the view; may be read by
 * several threads at once. */
const struct file_system *store_view_files(const struct store_view *view);
/* Names of all files, sorted bytewise: `people.csv`, `agreements/eu.yaml`. */
const struct str *store_view_names(const struct store_view *view, size_t *count);
void store_view_close(struct store_view *view); /* NULL does nothing */

/* ---- history ---- */

/* A version of a document while it stood. */
struct store_version {
	struct str name;       /* agreements/eu.yaml */
	uint64_t since, until; /* states: up to and without UNTIL; STORE_NEWEST: it stands today */
	struct sha256 hash;    /* of its bytes */
	bool has_canonical;    /* an agreement: */
	struct sha256 canonical; /* of its canonical JSON */
	struct str bytes, at;    /* AT: when it came, 2022-11-16T09:30:00Z */
};
/* The versions of the document called NAME, the newest MAX of them, newest first; none: *COUNT 0.
 * A document that was taken away and came back has the same version twice. STATUS_IO,
 * STATUS_NO_MEMORY. */
enum status store_versions(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, struct str name, size_t max);
/* The same of all documents whose canonical JSON has this hash, oldest first. Linear in the
 * versions stored. */
enum status store_versions_like(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, const struct sha256 *canonical, size_t max);
/* The same of all documents whose bytes have this hash. Logarithmic. */
enum status store_versions_same(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, const struct sha256 *hash, size_t max);
/* Every row that file of facts NAME ever had, each once for every time it came, headers too, as
 * they are written, one after the other. STATUS_IO, STATUS_NO_MEMORY. */
enum status store_facts_ever(
	struct str *out, struct arena *arena, const struct store *store, struct str name);

/* An entry of the journal: which documents and facts it changed. */
struct store_entry_document {
	struct str name;
	bool removed, has_canonical;
	struct sha256 canonical;
};
struct store_entry_facts {
	struct str file;
	uint64_t opened, closed; /* rows */
};
struct store_entry {
	uint64_t sequence;
	struct str at;      /* 2022-11-16T09:30:00Z */
	struct sha256 root; /* of the journal up to it */
	struct store_entry_document *documents;
	size_t documents_count;
	struct store_entry_facts *facts;
	size_t facts_count;
};
/* Entries up to and with LAST (STORE_NEWEST: the newest), the newest MAX of them, newest first.
 * STATUS_IO also for one that cannot be read; STATUS_NO_MEMORY. */
enum status store_journal(struct store_entry **out, size_t *count, struct arena *arena,
	const struct store *store, uint64_t last, size_t max);

/* ---- writing ---- */

enum store_edit_kind {
	STORE_PUT,         /* file NAME is CONTENT from now on */
	STORE_REMOVE,      /* there is no file NAME any more */
	STORE_FACT_PUT,    /* CONTENT, one row of CSV, replaces the row of NAME with its key, or is
			      added at the end; store_key_columns() says what the key is */
	STORE_FACT_REMOVE, /* the row of NAME whose key is that of CONTENT, one row of CSV */
};
struct store_edit {
	enum store_edit_kind kind;
	struct str name, content;
};
struct store_change {
	const struct store_edit *edits; /* in this order; all or none */
	size_t count;
	struct str what; /* for the journal: words for people, no names of persons */
	struct str key;  /* idempotency key; empty: none */
	bool whole;      /* files that no STORE_PUT names are removed */
	bool expecting;  /* refused unless EXPECTED is the newest sequence */
	uint64_t expected;
};
enum store_refusal {
	STORE_TAKEN,
	STORE_KEY_REUSED, /* the key stands for another change */
	STORE_MOVED,      /* the state is not the expected one */
	STORE_UNFIT, /* an edit does not fit: no such file or row, a broken table, a bad name */
	STORE_NO_WRITING, /* opened for reading, disk full, or stopped: store_state() */
};
struct store_receipt {
	enum store_refusal refusal;
	uint64_t sequence;  /* the entry that holds the change */
	struct sha256 root; /* of the journal up to it */
	bool repeated;      /* an earlier call with this key did it */
	bool idle;          /* nothing differed: no entry was made (never with a key) */
	const char *why;    /* of a refusal or failure, in words; NULL when taken */
};
/* Makes CHANGE durable, or nothing of it. Returns when the disk has it. The same key with the same
 * change gives the same receipt and does nothing more. STATUS_REFUSED: receipt->refusal says why.
 * STATUS_IO: not acknowledged; whether it is saved is known only to a later call with the same key.
 * STATUS_NO_MEMORY: nothing happened. */
enum status store_apply(
	struct store *store, const struct store_change *change, struct store_receipt *receipt);

enum store_state {
	STORE_WRITES,
	STORE_READS, /* opened for reading */
	STORE_FULL,  /* the disk is full: nothing is taken until there is room, which is tried every
			second and at every call */
	STORE_STOPPED, /* the disk would not say that it saved: nothing more is taken until the
			  store is opened again */
};
enum store_state store_state(const struct store *store);

/* The columns that make the key of a row of fact file NAME, separated by spaces; STR_NONE: all. */
struct str store_key_columns(struct str name);

/* ---- a folder ---- */

struct store_tally {
	size_t files;
	uint64_t bytes;
};
/* The workspace in FOLDER, checked as `check` reads it, becomes the store's state in one change;
 * its faults go to DIAGS. Taken are the .csv, .yaml, .json and .md files in it, in agreements/ and
 * in practices/. STATUS_REFUSED also with a refusal in RECEIPT. */
enum status store_import(struct store *store, const struct file_system *files, struct str folder,
	struct store_receipt *receipt, struct store_tally *tally, struct diags *diags);

/* ---- keeping ---- */

/* A copy of the newest state with all history in the new file PATH, complete or not there, while
 * others write; *SEQUENCE is the state copied. STATUS_REFUSED: PATH is there. STATUS_IO,
 * STATUS_NO_MEMORY. */
enum status store_backup(struct store *store, struct str path, uint64_t *sequence);
#define STORE_PACKED ".zst" /* a PATH that ends so is packed by zstd */
/* PATH begins as zstd's files do. Reads 4 bytes. */
bool store_is_packed(const char *path);
/* The packed copy FROM as a database in the new file TO. STATUS_REFUSED: it is damaged, or TO is
 * there; STATUS_NOT_FOUND, STATUS_IO, STATUS_NO_MEMORY. TO is whole or not there. */
enum status store_unpack(struct arena *arena, struct str from, struct str to);

/* What a verification has counted, and found wrong (in DIAGS, one line each). */
struct store_audit {
	uint64_t entries, documents, versions, facts, receipts;
	struct sha256 root;
	uint64_t root_at; /* where the WANTED root was found: that many entries */
	uint64_t faults;
};
/* Recomputes every hash from what is stored, needs nothing but the file. WANTED (may be NULL) is a
 * root noted earlier, which must be the journal's at some length. Faults go to DIAGS under the
 * store's path. STATUS_OK when it could be done, whatever it found. Linear in the store. */
enum status store_verify(struct store_audit *audit, struct store *store,
	const struct sha256 *wanted, struct diags *diags);

#endif
