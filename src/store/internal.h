/* Internal to store/: what its files share. */
#ifndef ENTENTE_STORE_INTERNAL_H
#define ENTENTE_STORE_INTERNAL_H

#include <nettle/sha2.h>
#include "store/db.h"

/* ---- merkle.c: the journal's tree (RFC 6962, 2.1) ---- */

#define TREE_PEAKS 64
/* The roots of the perfect trees that a tree of SIZE leaves is made of, largest first: one for each
 * bit of SIZE that is set. Enough to add leaves and to give the root. */
struct tree {
	uint64_t size;
	struct sha256 peaks[TREE_PEAKS];
};
unsigned store__tree_peaks(uint64_t size);
void store__tree_add(struct tree *tree, struct str leaf); /* O(log size) */
struct sha256 store__tree_root(const struct tree *tree);
struct sha256 store__tree_node(const struct sha256 *left, const struct sha256 *right);

/* ---- entry.c: the body of a journal's entry ---- */

struct entry_document {
	struct str name;
	bool removed;
	struct sha256 hash;
	bool has_canonical;
	struct sha256 canonical;
};
struct entry_facts {
	struct str file;
	uint64_t opened, closed;
	struct sha256 opened_hash, closed_hash; /* struct rows_hash */
};
struct entry {
	uint64_t sequence;
	struct str at, what;  /* 2022-11-16T09:30:00Z */
	struct sha256 change; /* of the change that was asked for */
	bool has_key;
	struct sha256 key;                /* of the idempotency key */
	struct entry_document *documents; /* by name */
	size_t documents_count;
	struct entry_facts *facts; /* by file */
	size_t facts_count;
};
/* Canonical JSON (RFC 8785). */
void store__entry_write(struct buf *out, const struct entry *entry);
/* STATUS_REFUSED for anything that store__entry_write() does not write. */
enum status store__entry_read(struct entry *out, struct arena *arena, struct str body);

/* ---- proof.c ---- */

/* Leaf and path give the root. */
struct store_proof;
bool store__path_holds(const struct store_proof *proof);

/* ---- pack.c ---- */

/* File FROM, packed, in the new file TO, which is on the disk or not there. */
enum status store__pack(struct arena *arena, const char *from, const char *to);

/* ---- facts.c: rows of CSV ---- */

struct fact_row {
	struct str key;   /* cells of the key columns, U+001F between them; empty for the header */
	struct str cells; /* the row as it is written, its end of line included */
};
struct fact_rows {
	struct fact_row *items;
	size_t count;
};
/* All of CONTENT, in rows; their texts put together are CONTENT. STATUS_REFUSED: not CSV, or
 * empty. */
enum status store__facts_split(
	struct fact_rows *out, struct arena *arena, struct str name, struct str content);
/* ROW, one row without an end of line, for a table with HEADER; ended like HEADER. */
enum status store__fact_row(struct fact_row *out, struct arena *arena, struct str name,
	struct str header, struct str row);
bool store__is_facts(struct str name);  /* NAME holds facts: a .csv in the workspace itself */
bool store__name_fits(struct str name); /* NAME, agreements/NAME or practices/NAME */

/* ---- diff.c: which rows of a table stay ---- */

/* For each of NEW the index of the equal one of OLD that it continues, or SIZE_MAX: as long a
 * common subsequence as unique rows give. O(n log n). STATUS_NO_MEMORY. */
enum status store__diff(size_t *kept, struct arena *arena, const struct str *old, size_t old_count,
	const struct str *new, size_t new_count);

/* ---- apply.c: a change inside a transaction ---- */

/* Hash of the rows of one file that an entry opened or closed, in order of rank and since. */
struct rows_hash {
	struct sha256_ctx state;
	uint64_t count;
};
void store__hash_start(struct rows_hash *hash);
struct sha256 store__hash_end(struct rows_hash *hash);

struct fact_change { /* a row opened or closed */
	struct str file;
	int64_t rank, since;
	struct str key, cells;
};
struct applying {
	struct db *db;
	struct arena *arena;
	int64_t sequence; /* of the entry to be made */
	struct fact_change *opened, *closed;
	size_t opened_count, closed_count, opened_capacity, closed_capacity;
	struct entry_document *documents;
	size_t documents_count, documents_capacity;
	const char *why;       /* of STATUS_REFUSED */
	enum db_status failed; /* of STATUS_IO */
};
/* What is hashed of a row that an entry opened, or closed. */
void store__hash_opened(struct rows_hash *hash, const struct fact_change *row);
void store__hash_closed(struct rows_hash *hash, const struct fact_change *row);
/* One change into the journal at TREE, which goes on only if all went well. */
enum status store__apply(struct store_receipt *receipt, enum db_status *failed, struct db *db,
	struct arena *arena, struct tree *tree, const struct store_change *change, int64_t seconds);
struct sha256 store__change_hash(const struct store_change *change);
enum db_status store__read_head(struct tree *out, struct sha256 *root, struct db *db);

/* edits.c */
enum status store__edit(struct applying *applying, const struct store_edit *edit);
enum status store__keep_only(struct applying *applying, const struct store_change *change);
/* The canonical form's hash of agreement NAME; *HAS false for what is no agreement. */
enum status store__canonical(
	struct sha256 *hash, bool *has, struct arena *arena, struct str name, struct str content);

/* ---- migrations.c (made from schema/) ---- */

extern const char *const store_migrations[];
extern const int store_migration_count;

/* ---- store.c ---- */

struct store_writer;
struct store {
	struct arena arena;
	const struct db_engine *engine;
	struct str path;
	const char *vfs;
	unsigned log_pages;
	const struct clock *clock;
	enum store_mode mode;
	struct store_reader *reader; /* of store_head() */
	struct store_writer *writer; /* NULL for STORE_READ */
};
/* A connection for reading, with memory of its own, and what to give back. */
struct reading {
	struct arena arena;
	struct db *db;
};
enum status store__reading(struct reading *out, const struct store *store);
void store__reading_end(struct reading *reading);

/* writer.c */
enum status store__writer_start(struct store *store, struct db *db);
void store__writer_stop(struct store *store);

#endif
