/* SQLite behind the seam: WAL, synchronous=FULL, every statement prepared once a connection. */
#include "store/db.h"
#include "store/sqlite_version.h"

#include <assert.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

#define APPLICATION_ID 0x456e7465 /* "Ente": tells a store from other files of SQLite */
#define BUSY_WAIT_MS 5000
#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)

struct sqlite_db {
	struct db db;
	sqlite3 *handle;
	sqlite3_stmt *prepared[STATEMENTS];
	unsigned log_pages;            /* after the last commit */
	_Atomic uintptr_t shared_head; /* once found */
};

static struct sqlite_db *of(struct db *db)
{
	assert(db && db->engine == &db_sqlite);
	return (struct sqlite_db *)db;
}

static enum db_status meaning(int code)
{
	if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC ||
		code == SQLITE_IOERR_TRUNCATE)
		return DB_SYNC;
	if (code == SQLITE_IOERR_NOMEM)
		return DB_MEMORY;
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
		return DB_OK;
	case SQLITE_ROW:
		return DB_ROW;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_IOERR:
	case SQLITE_PROTOCOL:
		return DB_IO;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_BUSY;
	case SQLITE_NOMEM:
		return DB_MEMORY;
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return DB_CORRUPT;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY: /* also: its log cannot be made beside it */
		return DB_NOT_FOUND;
	default:
		return DB_OTHER;
	}
}

static enum db_status run_text(struct sqlite_db *self, const char *sql)
{
	int code = sqlite3_exec(self->handle, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? DB_OK : meaning(sqlite3_extended_errcode(self->handle));
}

static int note_pages(void *context, sqlite3 *handle, const char *name, int pages)
{
	struct sqlite_db *self = context;

	(void)handle;
	(void)name;
	self->log_pages = pages > 0 ? (unsigned)pages : 0;
	return SQLITE_OK;
}

/* A file that came from elsewhere must not run anything: no trusted functions in its schema, no
 * writing to it by tricks, sizes of cells checked. */
static enum db_status set_up(struct sqlite_db *self, bool write)
{
	enum db_status status;

	sqlite3_extended_result_codes(self->handle, 1);
	sqlite3_busy_timeout(self->handle, BUSY_WAIT_MS);
	sqlite3_db_config(self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_limit(self->handle, SQLITE_LIMIT_ATTACHED, 1); /* SQL_COPY needs one */
	status = run_text(self, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA "
				"foreign_keys=ON; PRAGMA cache_size=-16384");
	if (write)
		sqlite3_wal_hook(self->handle, note_pages, self);
	if (status == DB_OK && write)
		status = run_text(self, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
	return status;
}

static void sqlite_close(struct db *db)
{
	struct sqlite_db *self = of(db);

	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(self->prepared[i]);
	int code = sqlite3_close(self->handle);
	assert(code == SQLITE_OK);
	(void)code;
}

/* HANDLE as it was opened, with CODE: set up and given out, or closed. */
static enum db_status opened(struct db **out, struct sqlite_db *self, int code, bool write)
{
	enum db_status status = meaning(code);

	if (status == DB_OK)
		status = set_up(self, write);
	if (status != DB_OK) {
		sqlite3_close(self->handle);
		return status;
	}
	*out = &self->db;
	return DB_OK;
}

static enum db_status sqlite_open(struct db **out, struct arena *arena, const char *file,
	bool write, bool create, const char *vfs)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
		    (create ? SQLITE_OPEN_CREATE : 0);
	struct sqlite_db *self = ARENA_NEW(arena, struct sqlite_db);

	*out = NULL;
	if (!self)
		return DB_MEMORY;
	self->db.engine = &db_sqlite;
	return opened(out, self, sqlite3_open_v2(file, &self->handle, flags, vfs), write);
}

static enum db_status sqlite_open_memory(struct db **out, struct arena *arena)
{
	return sqlite_open(out, arena, ":memory:", true, true, NULL);
}

static enum db_status sqlite_image(struct str *out, struct arena *arena, struct db *db)
{
	sqlite3_int64 size = 0;
	unsigned char *bytes = sqlite3_serialize(of(db)->handle, "main", &size, 0);

	*out = bytes ? str_copy(arena, (struct str){ (const char *)bytes, (size_t)size })
		     : STR_NONE;
	sqlite3_free(bytes);
	return out->ptr ? DB_OK : DB_MEMORY;
}

/* SQLite only reads the bytes: it is told so. */
static enum db_status sqlite_open_image(struct db **out, struct arena *arena, struct str image)
{
	struct sqlite_db *self = ARENA_NEW(arena, struct sqlite_db);
	sqlite3_int64 size = (sqlite3_int64)image.len;

	*out = NULL;
	if (!self)
		return DB_MEMORY;
	self->db.engine = &db_sqlite;
	int code = sqlite3_open_v2(":memory:", &self->handle,
		SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_deserialize(self->handle, "main",
			(unsigned char *)(uintptr_t)image.ptr, size, size,
			SQLITE_DESERIALIZE_READONLY);
	return opened(out, self, code, false);
}

static int bind(sqlite3_stmt *statement, int number, const struct db_value *value)
{
	int size = (int)value->bytes.len;
	assert(value->bytes.len <= INT_MAX);
	switch (value->kind) {
	case DB_INT:
		return sqlite3_bind_int64(statement, number, value->number);
	case DB_TEXT:
		return sqlite3_bind_text(statement, number,
			value->bytes.ptr ? value->bytes.ptr : "", size, SQLITE_STATIC);
	case DB_BLOB:
		return size ? sqlite3_bind_blob(
				      statement, number, value->bytes.ptr, size, SQLITE_STATIC)
			    : sqlite3_bind_zeroblob(statement, number, 0);
	case DB_NULL:
		break;
	}
	return sqlite3_bind_null(statement, number);
}

static void sqlite_stop(struct db *db, enum statement statement)
{
	sqlite3_stmt *prepared = of(db)->prepared[statement];
	if (prepared) {
		sqlite3_reset(prepared);
		sqlite3_clear_bindings(prepared);
	}
}

static enum db_status sqlite_start(
	struct db *db, enum statement statement, const struct db_value *values, size_t count)
{
	struct sqlite_db *self = of(db);
	sqlite3_stmt **prepared = &self->prepared[statement];
	int code = SQLITE_OK;

	assert(statement < STATEMENTS);
	if (!*prepared)
		code = sqlite3_prepare_v3(self->handle, statements[statement], -1,
			SQLITE_PREPARE_PERSISTENT, prepared, NULL);
	if (code != SQLITE_OK)
		return meaning(code);
	assert(!sqlite3_stmt_busy(*prepared));
	assert((size_t)sqlite3_bind_parameter_count(*prepared) == count);
	for (size_t i = 0; i < count && code == SQLITE_OK; i++)
		code = bind(*prepared, (int)i + 1, &values[i]);
	if (code != SQLITE_OK)
		sqlite_stop(db, statement);
	return meaning(code);
}

static enum db_status sqlite_next(struct db *db, enum statement statement)
{
	int code = sqlite3_step(of(db)->prepared[statement]);
	if (code != SQLITE_ROW)
		sqlite_stop(db, statement);
	return meaning(code);
}

static int64_t sqlite_number(struct db *db, enum statement statement, int column)
{
	return sqlite3_column_int64(of(db)->prepared[statement], column);
}

static struct str sqlite_bytes(struct db *db, enum statement statement, int column)
{
	sqlite3_stmt *prepared = of(db)->prepared[statement];
	const void *bytes = sqlite3_column_blob(prepared, column);
	int size = sqlite3_column_bytes(prepared, column);

	if (!bytes)
		return sqlite3_column_type(prepared, column) == SQLITE_NULL ? STR_NONE : STR("");
	return (struct str){ bytes, (size_t)size };
}

static bool sqlite_is(struct db *db, enum statement statement, int column, int kind)
{
	static const int types[] = { [DB_INT] = SQLITE_INTEGER,
		[DB_TEXT] = SQLITE_TEXT,
		[DB_BLOB] = SQLITE_BLOB,
		[DB_NULL] = SQLITE_NULL };
	return sqlite3_column_type(of(db)->prepared[statement], column) == types[kind];
}

static bool sqlite_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(of(db)->handle);
}

/* Not left to SQLite, which would do it inside the commit and keep to itself that a disk would not
 * save. */
static enum db_status sqlite_tidy(struct db *db, unsigned pages)
{
	struct sqlite_db *self = of(db);

	if (self->log_pages < pages)
		return DB_OK;
	self->log_pages = 0;
	int code = sqlite3_wal_checkpoint_v2(
		self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	return code == SQLITE_BUSY ? DB_OK : meaning(code);
}

static enum db_status pragma_number(struct sqlite_db *self, const char *sql, int *number)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(self->handle, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*number = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return code == SQLITE_ROW ? DB_OK : meaning(code);
}

static enum db_status sqlite_schema(struct db *db, int *number)
{
	struct sqlite_db *self = of(db);
	int application = 0, tables = 0;
	enum db_status status = pragma_number(self, "PRAGMA application_id", &application);

	if (status == DB_OK)
		status = pragma_number(self, "PRAGMA user_version", number);
	if (status == DB_OK)
		status = pragma_number(self, "SELECT count(*) FROM sqlite_schema", &tables);
	if (status == DB_OK && application != APPLICATION_ID && (*number || tables || application))
		*number = -1;
	return status;
}

static enum db_status sqlite_migrate(struct db *db, const char *sql, int number)
{
	struct sqlite_db *self = of(db);
	char last[96];
	enum db_status status = run_text(self, "BEGIN IMMEDIATE");

	if (status != DB_OK)
		return status;
	sqlite3_snprintf(sizeof last, last,
		"PRAGMA application_id=" STRINGIFY(APPLICATION_ID) "; PRAGMA user_version=%d",
		number);
	status = run_text(self, sql);
	if (status == DB_OK)
		status = run_text(self, last);
	if (status == DB_OK)
		status = run_text(self, "COMMIT");
	if (status != DB_OK && sqlite_in_transaction(db))
		run_text(self, "ROLLBACK");
	return status;
}

static enum db_status sqlite_integrity(
	struct db *db, void (*tell)(void *context, struct str what), void *context)
{
	static const char *const checks[] = { "PRAGMA integrity_check(100)",
		"PRAGMA foreign_key_check" };
	for (size_t i = 0; i < 2; i++) {
		sqlite3_stmt *statement = NULL;
		int code = sqlite3_prepare_v2(of(db)->handle, checks[i], -1, &statement, NULL);
		while (code == SQLITE_OK || code == SQLITE_ROW) {
			code = sqlite3_step(statement);
			const char *text = code == SQLITE_ROW
						   ? (const char *)sqlite3_column_text(statement, 0)
						   : NULL;
			if (text && strcmp(text, "ok") != 0)
				tell(context, i ? STR("a row points to what is not there")
						: str_of(text));
		}
		sqlite3_finalize(statement);
		if (code != SQLITE_DONE)
			return meaning(code);
	}
	return DB_OK;
}

static bool sqlite_version_shared(struct db *db, uint64_t *version)
{
	const uint64_t *head = (const uint64_t *)atomic_load(&of(db)->shared_head);

	*version = head ? store__shared_version(head) : 0;
	return head != NULL;
}

/* What it says is of the connection alone; the first call also looks for what is shared. */
static uint64_t sqlite_version(struct db *db)
{
	struct sqlite_db *self = of(db);
	int number = -1;

	if (pragma_number(self, "PRAGMA data_version", &number) == DB_OK)
		atomic_store(&self->shared_head, (uintptr_t)store__shared_head(self->handle));
	return (uint64_t)number;
}

static const char *sqlite_why(struct db *db)
{
	return sqlite3_errmsg(of(db)->handle);
}

const struct db_engine db_sqlite = { sqlite_open, sqlite_close, sqlite_start, sqlite_next,
	sqlite_number, sqlite_bytes, sqlite_is, sqlite_stop, sqlite_in_transaction, sqlite_tidy,
	sqlite_schema, sqlite_migrate, sqlite_integrity, sqlite_version_shared, sqlite_version,
	sqlite_why, sqlite_open_memory, sqlite_image, sqlite_open_image };
