/* Opening a database: what it is, how old its schema is, and bringing it up to date. */
#include "store/internal.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOG_PAGES 1000
#define ARENA_MAX ((size_t)4 << 30)
#define SQLITE_MAGIC "SQLite format 3"

/* The connection that answers store_head(), one thread at a time. */
struct store_reader {
	pthread_mutex_t lock;
	struct db *db;
};

bool store_is_database(const char *path)
{
	char head[sizeof SQLITE_MAGIC];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = fd < 0 ? -1 : read(fd, head, sizeof head);

	if (fd >= 0)
		close(fd);
	return got == (ssize_t)sizeof head && memcmp(head, SQLITE_MAGIC, sizeof head) == 0;
}

static enum status fault(
	struct store *store, struct diags *diags, enum status status, const char *what)
{
	diags_add(diags, store->path, (struct pos){ 0, 0 }, STR_NONE, "%s", what);
	return status;
}

static enum status tell(struct store *store, struct diags *diags, enum db_status status)
{
	switch (status) {
	case DB_OK:
	case DB_ROW:
		return STATUS_OK;
	case DB_MEMORY:
		return STATUS_NO_MEMORY;
	case DB_NOT_FOUND:
		if (store->mode == STORE_CREATE)
			return fault(store, diags, STATUS_REFUSED,
				"it cannot be made there; is there such a folder?");
		if (store->vfs || access(store->path.ptr, R_OK) != 0)
			return STATUS_NOT_FOUND;
		return fault(store, diags, STATUS_IO,
			"it cannot be opened: beside a database lies its log, and the folder "
			"cannot be written; a backup can be read anywhere");
	case DB_CORRUPT:
		return fault(store, diags, STATUS_REFUSED,
			"not a database of this program, or a damaged one");
	case DB_FULL:
		return fault(store, diags, STATUS_IO, "the disk is full");
	case DB_BUSY:
		return fault(store, diags, STATUS_IO, "another program is writing to it");
	default:
		return fault(store, diags, STATUS_IO, "the file cannot be read or written");
	}
}

/* The number of the schema, brought up to this program's where MODE allows it. */
static enum status check_schema(struct store *store, struct db *db, struct diags *diags)
{
	int number = 0;
	enum db_status status = db->engine->schema(db, &number);

	if (status != DB_OK)
		return tell(store, diags, status);
	if (number < 0 || (number == 0 && store->mode != STORE_CREATE))
		return fault(
			store, diags, STATUS_REFUSED, "a database, but not one of this program");
	if (number > store_migration_count) {
		diags_add(diags, store->path, (struct pos){ 0, 0 }, STR_NONE,
			"written by a newer version: its schema is %d, this program knows up to "
			"%d; use the newer program",
			number, store_migration_count);
		return STATUS_REFUSED;
	}
	if (number && store->mode == STORE_CREATE)
		return fault(store, diags, STATUS_REFUSED, "there is a database already");
	if (number < store_migration_count && store->mode == STORE_READ) {
		diags_add(diags, store->path, (struct pos){ 0, 0 }, STR_NONE,
			"written by an older version: its schema is %d, not %d; any command that "
			"writes to it brings it up to date",
			number, store_migration_count);
		return STATUS_REFUSED;
	}
	for (; number < store_migration_count && status == DB_OK; number++)
		status = db->engine->migrate(db, store_migrations[number], number + 1);
	return tell(store, diags, status);
}

static enum db_status open_db(
	struct db **out, const struct store *store, struct arena *arena, bool write, bool create)
{
	return store->engine->open(out, arena, store->path.ptr, write, create, store->vfs);
}

enum status store__reading(struct reading *out, const struct store *store)
{
	enum db_status status;

	arena_init(&out->arena, store->arena.allocator, ARENA_MAX);
	status = open_db(&out->db, store, &out->arena, false, false);
	if (status == DB_OK)
		return STATUS_OK;
	out->db = NULL;
	arena_free(&out->arena);
	return status == DB_MEMORY ? STATUS_NO_MEMORY : STATUS_IO;
}

void store__reading_end(struct reading *reading)
{
	if (reading->db)
		reading->db->engine->close(reading->db);
	reading->db = NULL;
}

static enum status open_reader(struct store *store, struct db *db)
{
	store->reader = ARENA_NEW(&store->arena, struct store_reader);
	if (!store->reader)
		return STATUS_NO_MEMORY;
	if (pthread_mutex_init(&store->reader->lock, NULL) != 0) {
		store->reader = NULL;
		return STATUS_NO_MEMORY;
	}
	store->reader->db = db;
	return STATUS_OK;
}

/* Files that are not there must not be made by looking, nor be taken for empty databases. */
static enum status check_file(struct store *store, struct diags *diags)
{
	bool there = access(store->path.ptr, F_OK) == 0;

	if (store->vfs)
		return STATUS_OK;
	if (store->mode == STORE_CREATE && there)
		return fault(store, diags, STATUS_REFUSED,
			"there is a file already; name another, or 'import' into it");
	if (store->mode != STORE_CREATE && !there)
		return STATUS_NOT_FOUND;
	if (store->mode != STORE_CREATE && !store_is_database(store->path.ptr))
		return fault(store, diags, STATUS_REFUSED, "not a database");
	return STATUS_OK;
}

static enum status open_both(struct store *store, struct diags *diags)
{
	bool write = store->mode != STORE_READ;
	struct db *first = NULL, *reader = NULL;
	enum db_status opened =
		open_db(&first, store, &store->arena, write, store->mode == STORE_CREATE);
	enum status status = tell(store, diags, opened);

	if (status == STATUS_OK)
		status = check_schema(store, first, diags);
	if (status == STATUS_OK && write) {
		opened = open_db(&reader, store, &store->arena, false, false);
		status = tell(store, diags, opened);
	}
	if (status == STATUS_OK)
		status = open_reader(store, write ? reader : first);
	if (status == STATUS_OK && write)
		status = store__writer_start(store, first);
	if (status == STATUS_OK)
		return status;
	if (store->reader)
		pthread_mutex_destroy(&store->reader->lock);
	store->reader = NULL;
	if (reader)
		reader->engine->close(reader);
	if (first)
		first->engine->close(first);
	return status;
}

enum status store_open(struct store **out, const struct store_config *config, struct diags *diags)
{
	struct arena arena;
	enum status status;

	assert(out && config && diags);
	assert(config->mode == STORE_READ || config->clock);
	*out = NULL;
	arena_init(&arena, &allocator_system, ARENA_MAX);
	struct store *store = ARENA_NEW(&arena, struct store);
	if (!store)
		return STATUS_NO_MEMORY;
	store->arena = arena;
	store->engine = &db_sqlite;
	store->path = str_copy(&store->arena, config->path);
	store->vfs = config->vfs;
	store->log_pages = config->log_pages ? config->log_pages : LOG_PAGES;
	store->clock = config->clock;
	store->mode = config->mode;
	status = store->path.ptr ? check_file(store, diags) : STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = open_both(store, diags);
	if (status == STATUS_OK) {
		*out = store;
		return status;
	}
	arena = store->arena;
	arena_free(&arena);
	return status;
}

void store_close(struct store *store)
{
	struct arena arena;

	if (!store)
		return;
	/* The writer last: whoever closes last brings the log into the database. */
	store->reader->db->engine->close(store->reader->db);
	pthread_mutex_destroy(&store->reader->lock);
	store__writer_stop(store);
	arena = store->arena;
	arena_free(&arena);
}

struct str store_path(const struct store *store)
{
	return store->path;
}

enum status store_head(struct store *store, uint64_t *sequence, struct sha256 *root)
{
	struct tree tree;
	struct sha256 hash;

	assert(store && sequence);
	pthread_mutex_lock(&store->reader->lock);
	enum db_status status = store__read_head(&tree, &hash, store->reader->db);
	pthread_mutex_unlock(&store->reader->lock);
	if (status != DB_OK)
		return db_to_status(status);
	*sequence = tree.size;
	if (root)
		*root = hash;
	return STATUS_OK;
}

uint64_t store_version(struct store *store)
{
	struct store_reader *reader = store->reader;
	uint64_t version, shared;

	if (reader->db->engine->version_shared(reader->db, &shared))
		return shared;
	pthread_mutex_lock(&reader->lock);
	version = reader->db->engine->version(reader->db);
	pthread_mutex_unlock(&reader->lock);
	/* The first call has found what is shared, if there is such. */
	return reader->db->engine->version_shared(reader->db, &shared) ? shared : version;
}
