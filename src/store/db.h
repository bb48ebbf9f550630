/* Internal to store/: the seam between the store and a database engine. An engine is a row of
 * functions (sqlite.c); statements are numbers of the catalogue below (statements.c), whose text is
 * a common subset of SQL with parameters $1, $2, … in order. Nothing else is ever executed but the
 * migrations that are compiled in. */
#ifndef ENTENTE_STORE_DB_H
#define ENTENTE_STORE_DB_H

#include "store/store.h"

enum statement {
	SQL_BEGIN_READ,
	SQL_BEGIN_WRITE,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_SAVEPOINT,
	SQL_UNDO,
	SQL_RELEASE,
	SQL_HEAD,
	SQL_HEAD_SET,
	SQL_ENTRY_ADD,
	SQL_ENTRY_ROOT,
	SQL_ENTRIES,
	SQL_ENTRIES_UP_TO,
	SQL_ENTRIES_FIRST,
	SQL_RECEIPT,
	SQL_RECEIPT_ADD,
	SQL_RECEIPTS,
	SQL_VERSION,
	SQL_VERSION_ADD,
	SQL_VERSIONS,
	SQL_VERSIONS_OF,
	SQL_VERSIONS_LIKE,
	SQL_VERSIONS_SAME,
	SQL_DOCUMENT,
	SQL_DOCUMENT_OPEN,
	SQL_DOCUMENT_CLOSE,
	SQL_DOCUMENTS_NOW,
	SQL_DOCUMENTS_AT,
	SQL_DOCUMENTS_SINCE,
	SQL_DOCUMENTS_UNTIL,
	SQL_FACT_OPEN,
	SQL_FACT_CLOSE,
	SQL_FACTS_OF,
	SQL_FACTS_BY_KEY,
	SQL_FACT_FIRST,
	SQL_FACT_LAST,
	SQL_FACT_FILES,
	SQL_FACTS_AT,
	SQL_FACTS_SINCE,
	SQL_FACTS_UNTIL,
	SQL_FACTS_EVER,
	SQL_COPY,
	SQL_SEARCH_TEXTS,
	SQL_SEARCH_WORDS,
	SQL_SEARCH_STEMS,
	SQL_SEARCH_TEXT_ADD,
	SQL_SEARCH_WORDS_ADD,
	SQL_SEARCH_STEMS_ADD,
	SQL_SEARCH_WORD,
	SQL_SEARCH_STEM,
	STATEMENTS
};
extern const char *const statements[STATEMENTS];

#define STANDS INT64_MAX /* `until` of what stands today */

/* How a database ended. */
enum db_status {
	DB_OK,
	DB_ROW,
	DB_FULL, /* no room on the disk */
	DB_IO,   /* a read or write failed */
	DB_SYNC, /* the disk would not say that it saved */
	DB_BUSY, /* another process holds the file */
	DB_MEMORY,
	DB_CORRUPT,   /* not a database, or damaged */
	DB_NOT_FOUND, /* no such file, or it cannot be opened */
	DB_OTHER
};
struct db_value {
	enum { DB_INT, DB_TEXT, DB_BLOB, DB_NULL } kind;
	int64_t number;
	struct str bytes;
};
#define INT_VALUE(n) ((struct db_value){ DB_INT, (int64_t)(n), STR_NONE })
#define TEXT_VALUE(s) ((struct db_value){ DB_TEXT, 0, (s) })
#define BLOB_VALUE(s) ((struct db_value){ DB_BLOB, 0, (s) })
#define HASH_VALUE(h) BLOB_VALUE(((struct str){ (const char *)(h)->bytes, sizeof(h)->bytes }))
#define NULL_VALUE ((struct db_value){ DB_NULL, 0, STR_NONE })

/* One connection, used by one thread at a time. */
struct db {
	const struct db_engine *engine;
};
struct db_engine {
	/* FILE is made when CREATE, written to when WRITE. */
	enum db_status (*open)(struct db **out, struct arena *arena, const char *file, bool write,
		bool create, const char *vfs);
	void (*close)(struct db *db);
	/* Starts STATEMENT with VALUES; it is stepped by next() until it gives no DB_ROW, or is
	 * ended by stop(). One run of a statement at a time. */
	enum db_status (*start)(struct db *db, enum statement statement,
		const struct db_value *values, size_t count);
	enum db_status (*next)(struct db *db, enum statement statement);
	int64_t (*number)(struct db *db, enum statement statement, int column);
	/* A view that holds until the next step; ptr NULL for NULL. */
	struct str (*bytes)(struct db *db, enum statement statement, int column);
	bool (*is)(struct db *db, enum statement statement, int column, int kind);
	void (*stop)(struct db *db, enum statement statement);
	bool (*in_transaction)(struct db *db);
	/* Brings the log into the database if it has at least PAGES pages; others may read. */
	enum db_status (*tidy)(struct db *db, unsigned pages);
	/* The number of the schema that the file has: 0 for an empty file, -1 for what is no store
	 * of ours. */
	enum db_status (*schema)(struct db *db, int *number);
	/* Migration SQL and the new number of the schema, in one transaction. */
	enum db_status (*migrate)(struct db *db, const char *sql, int number);
	/* Faults of the file's own structure, one call of TELL each. */
	enum db_status (*integrity)(
		struct db *db, void (*tell)(void *context, struct str what), void *context);
	/* store_version(): without the connection, by any thread; false where that cannot be. */
	bool (*version_shared)(struct db *db, uint64_t *version);
	uint64_t (*version)(struct db *db);
	const char *(*why)(struct db *db); /* the engine's own words for the last failure */
	/* A database that is bytes: made in memory, kept by image() in an arena, and opened any
	 * number of times for reading upon these bytes, which must outlive the connections. */
	enum db_status (*open_memory)(struct db **out, struct arena *arena);
	enum db_status (*image)(struct str *out, struct arena *arena, struct db *db);
	enum db_status (*open_image)(struct db **out, struct arena *arena, struct str image);
};
extern const struct db_engine db_sqlite;

/* Runs STATEMENT to its end, rows left unread. */
enum db_status db_run(
	struct db *db, enum statement statement, const struct db_value *values, size_t count);
#define DB_RUN(db, statement, ...)                                                                 \
	db_run((db), (statement), (const struct db_value[]){ __VA_ARGS__ },                        \
		sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value))
#define DB_START(db, statement, ...)                                                               \
	(db)->engine->start((db), (statement), (const struct db_value[]){ __VA_ARGS__ },           \
		sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value))
#define DB_NEXT(db, statement) (db)->engine->next((db), (statement))
#define DB_NUMBER(db, statement, column) (db)->engine->number((db), (statement), (column))
#define DB_BYTES(db, statement, column) (db)->engine->bytes((db), (statement), (column))
#define DB_STOP(db, statement) (db)->engine->stop((db), (statement))
enum status db_to_status(enum db_status status); /* DB_OK, DB_ROW: STATUS_OK */

#endif
