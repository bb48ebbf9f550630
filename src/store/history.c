/* What the journal and the versions say of the past: read by pages, never by answers. */
#include "store/internal.h"

#include <assert.h>

#define AT_PREFIX "{\"at\":\""
#define AT_LEN 20 /* 2022-11-16T09:30:00Z */

/* The time that a journal's entry begins with; STR_NONE if it does not. */
static struct str time_of(struct arena *arena, struct str body)
{
	size_t prefix = sizeof AT_PREFIX - 1;

	if (!str_starts(body, AT_PREFIX) || body.len < prefix + AT_LEN)
		return STR_NONE;
	return str_copy(arena, str_sub(body, prefix, AT_LEN));
}

static bool copy_hash(struct sha256 *out, struct str bytes)
{
	if (bytes.len != sizeof out->bytes)
		return false;
	for (size_t i = 0; i < sizeof out->bytes; i++)
		out->bytes[i] = (unsigned char)bytes.ptr[i];
	return true;
}

static enum db_status read_version(
	struct store_version *out, struct arena *arena, struct db *db, enum statement sql)
{
	int64_t until = DB_NUMBER(db, sql, 2);

	*out = (struct store_version){ .name = str_copy(arena, DB_BYTES(db, sql, 0)),
		.since = (uint64_t)DB_NUMBER(db, sql, 1),
		.until = until == STANDS ? STORE_NEWEST : (uint64_t)until,
		.bytes = str_copy(arena, DB_BYTES(db, sql, 5)),
		.at = time_of(arena, DB_BYTES(db, sql, 6)) };
	out->has_canonical = copy_hash(&out->canonical, DB_BYTES(db, sql, 4));
	if (!copy_hash(&out->hash, DB_BYTES(db, sql, 3)))
		return DB_CORRUPT;
	return out->name.ptr && out->bytes.ptr ? DB_OK : DB_MEMORY;
}

static enum status read_versions(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, enum statement sql, struct db_value key, size_t max)
{
	struct reading reading;
	size_t capacity = 0;
	enum db_status status;
	enum status opened;

	*out = NULL;
	*count = 0;
	opened = store__reading(&reading, store);
	if (opened != STATUS_OK)
		return opened;
	status = DB_START(reading.db, sql, key, INT_VALUE(max));
	while (status == DB_OK) {
		status = DB_NEXT(reading.db, sql);
		if (status != DB_ROW)
			break;
		void *items = *out;
		struct store_version *to = arena_push(arena, &items, count, &capacity, sizeof *to);
		*out = items;
		status = to ? read_version(to, arena, reading.db, sql) : DB_MEMORY;
		if (status != DB_OK)
			DB_STOP(reading.db, sql);
	}
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return db_to_status(status);
}

enum status store_versions(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, struct str name, size_t max)
{
	assert(out && count && store);
	return read_versions(out, count, arena, store, SQL_VERSIONS_OF, TEXT_VALUE(name), max);
}

enum status store_versions_like(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, const struct sha256 *canonical, size_t max)
{
	assert(out && count && store && canonical);
	return read_versions(
		out, count, arena, store, SQL_VERSIONS_LIKE, HASH_VALUE(canonical), max);
}

enum status store_versions_same(struct store_version **out, size_t *count, struct arena *arena,
	const struct store *store, const struct sha256 *hash, size_t max)
{
	assert(out && count && store && hash);
	return read_versions(out, count, arena, store, SQL_VERSIONS_SAME, HASH_VALUE(hash), max);
}

enum status store_facts_ever(
	struct str *out, struct arena *arena, const struct store *store, struct str name)
{
	struct reading reading;
	struct buf rows;
	enum db_status step;
	enum status status;

	assert(out && store);
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	buf_init(&rows, arena, STORE_VIEW_MAX);
	step = DB_START(reading.db, SQL_FACTS_EVER, TEXT_VALUE(name));
	while (step == DB_OK && (step = DB_NEXT(reading.db, SQL_FACTS_EVER)) == DB_ROW) {
		buf_add(&rows, DB_BYTES(reading.db, SQL_FACTS_EVER, 0));
		step = DB_OK;
	}
	*out = buf_str(&rows);
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return rows.failed ? STATUS_NO_MEMORY : db_to_status(step);
}

/* ---- the journal ---- */

static enum status copy_entry(
	struct store_entry *out, struct arena *arena, const struct entry *entry)
{
	*out = (struct store_entry){ .sequence = entry->sequence,
		.at = str_copy(arena, entry->at),
		.documents =
			ARENA_ARRAY(arena, entry->documents_count + 1, struct store_entry_document),
		.facts = ARENA_ARRAY(arena, entry->facts_count + 1, struct store_entry_facts) };
	if (!out->at.ptr || !out->documents || !out->facts)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < entry->documents_count; i++) {
		const struct entry_document *from = &entry->documents[i];
		out->documents[out->documents_count++] =
			(struct store_entry_document){ str_copy(arena, from->name), from->removed,
				from->has_canonical, from->canonical };
	}
	for (size_t i = 0; i < entry->facts_count; i++)
		out->facts[out->facts_count++] =
			(struct store_entry_facts){ str_copy(arena, entry->facts[i].file),
				entry->facts[i].opened, entry->facts[i].closed };
	return STATUS_OK;
}

static enum status read_entry(
	struct store_entry *out, struct arena *arena, struct arena *scratch, struct db *db)
{
	struct entry entry;
	enum status status = store__entry_read(&entry, scratch, DB_BYTES(db, SQL_ENTRIES_UP_TO, 1));

	if (status == STATUS_OK)
		status = copy_entry(out, arena, &entry);
	if (status == STATUS_OK && !copy_hash(&out->root, DB_BYTES(db, SQL_ENTRIES_UP_TO, 2)))
		status = STATUS_REFUSED;
	return status == STATUS_REFUSED ? STATUS_IO : status;
}

enum status store_journal(struct store_entry **out, size_t *count, struct arena *arena,
	const struct store *store, uint64_t last, size_t max)
{
	struct reading reading;
	size_t capacity = 0;
	enum db_status step = DB_OK;
	enum status status;

	assert(out && count && store);
	*out = NULL;
	*count = 0;
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	step = DB_START(reading.db, SQL_ENTRIES_UP_TO,
		INT_VALUE(last > (uint64_t)INT64_MAX ? INT64_MAX : (int64_t)last), INT_VALUE(max));
	while (step == DB_OK && status == STATUS_OK) {
		struct arena scratch;
		if ((step = DB_NEXT(reading.db, SQL_ENTRIES_UP_TO)) != DB_ROW)
			break;
		step = DB_OK;
		void *items = *out;
		struct store_entry *to = arena_push(arena, &items, count, &capacity, sizeof *to);
		*out = items;
		arena_init(&scratch, store->arena.allocator, STORE_VIEW_MAX);
		status = to ? read_entry(to, arena, &scratch, reading.db) : STATUS_NO_MEMORY;
		arena_free(&scratch);
		if (status != STATUS_OK)
			DB_STOP(reading.db, SQL_ENTRIES_UP_TO);
	}
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return status == STATUS_OK ? db_to_status(step) : status;
}
