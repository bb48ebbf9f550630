/* Edits: what each does to rows and documents, inside the transaction of its change. Every row that
 * is opened or closed is noted, for the journal's entry. */
#include "store/internal.h"

#include <assert.h>
#include <string.h>

#define RANK_STEP ((int64_t)1 << 20)

static enum status unfit(struct applying *applying, const char *why)
{
	applying->why = why;
	return STATUS_REFUSED;
}

static enum status done(struct applying *applying, enum db_status status)
{
	applying->failed = status;
	return db_to_status(status);
}

static struct str keep(struct applying *applying, struct str text)
{
	return str_copy(applying->arena, text);
}

static enum status open_row(struct applying *applying, const struct fact_change *row)
{
	void *items = applying->opened;
	struct fact_change *slot = arena_push(applying->arena, &items, &applying->opened_count,
		&applying->opened_capacity, sizeof *slot);

	if (!slot)
		return STATUS_NO_MEMORY;
	applying->opened = items;
	*slot = *row;
	slot->since = applying->sequence;
	return done(applying, DB_RUN(applying->db, SQL_FACT_OPEN, TEXT_VALUE(row->file),
				      INT_VALUE(row->rank), INT_VALUE(applying->sequence),
				      TEXT_VALUE(row->key), TEXT_VALUE(row->cells)));
}

static enum status close_row(struct applying *applying, const struct fact_change *row)
{
	void *items = applying->closed;
	if (row->since == applying->sequence)
		return unfit(applying, "one change writes a row twice");
	struct fact_change *slot = arena_push(applying->arena, &items, &applying->closed_count,
		&applying->closed_capacity, sizeof *slot);
	if (!slot)
		return STATUS_NO_MEMORY;
	applying->closed = items;
	*slot = *row;
	return done(applying,
		DB_RUN(applying->db, SQL_FACT_CLOSE, INT_VALUE(applying->sequence),
			TEXT_VALUE(row->file), INT_VALUE(row->rank), INT_VALUE(row->since)));
}

/* ---- a whole table ---- */

struct old_rows {
	struct fact_change *items;
	struct str *cells;
	size_t count;
};

static enum status read_rows(struct old_rows *out, struct applying *applying, struct str file)
{
	void *items = NULL;
	size_t capacity = 0;
	enum db_status status = DB_START(applying->db, SQL_FACTS_OF, TEXT_VALUE(file));

	*out = (struct old_rows){ 0 };
	while (status == DB_OK || status == DB_ROW) {
		status = DB_NEXT(applying->db, SQL_FACTS_OF);
		if (status != DB_ROW)
			break;
		struct fact_change *row =
			arena_push(applying->arena, &items, &out->count, &capacity, sizeof *row);
		struct str cells = keep(applying, DB_BYTES(applying->db, SQL_FACTS_OF, 2));
		if (!row || !cells.ptr) {
			DB_STOP(applying->db, SQL_FACTS_OF);
			return STATUS_NO_MEMORY;
		}
		*row = (struct fact_change){ file, DB_NUMBER(applying->db, SQL_FACTS_OF, 0),
			DB_NUMBER(applying->db, SQL_FACTS_OF, 1), STR_NONE, cells };
	}
	if (status != DB_OK)
		return done(applying, status);
	out->items = items;
	out->cells = ARENA_ARRAY(applying->arena, out->count + 1, struct str);
	for (size_t i = 0; out->cells && i < out->count; i++)
		out->cells[i] = out->items[i].cells;
	return out->cells ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status close_all(struct applying *applying, const struct old_rows *old)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < old->count && status == STATUS_OK; i++)
		status = close_row(applying, &old->items[i]);
	return status;
}

/* Ranks for the rows of NEW: those that stay have theirs, the others lie evenly between them. False
 * where there is no room left. */
static bool rank_rows(int64_t *ranks, const struct old_rows *old, const size_t *kept, size_t count)
{
	int64_t before = 0;

	for (size_t i = 0; i < count;) {
		size_t end = i;
		if (kept[i] != SIZE_MAX) {
			before = ranks[i] = old->items[kept[i]].rank;
			i++;
			continue;
		}
		while (end < count && kept[end] == SIZE_MAX)
			end++;
		int64_t step = RANK_STEP;
		if (end < count)
			step = (old->items[kept[end]].rank - before) / (int64_t)(end - i + 1);
		if (step < 1 || before > INT64_MAX - step * (int64_t)(end - i + 1))
			return false;
		for (; i < end; i++)
			before = ranks[i] = before + step;
	}
	return true;
}

static enum status match_rows(size_t *kept, int64_t *ranks, struct arena *arena,
	const struct old_rows *old, const struct fact_rows *new)
{
	struct str *cells = ARENA_ARRAY(arena, new->count + 1, struct str);

	if (!cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < new->count; i++)
		cells[i] = new->items[i].cells;
	if (store__diff(kept, arena, old->cells, old->count, cells, new->count) != STATUS_OK)
		return STATUS_NO_MEMORY;
	if (rank_rows(ranks, old, kept, new->count))
		return STATUS_OK;
	for (size_t i = 0; i < new->count; i++)
		kept[i] = SIZE_MAX;
	rank_rows(ranks, old, kept, new->count);
	return STATUS_OK;
}

static enum status put_table(struct applying *applying, const struct store_edit *edit)
{
	struct fact_rows new;
	struct old_rows old;
	enum status status = store__facts_split(&new, applying->arena, edit->name, edit->content);

	if (status == STATUS_REFUSED)
		return unfit(applying, "a file of facts that is no CSV");
	if (status == STATUS_OK)
		status = read_rows(&old, applying, edit->name);
	if (status != STATUS_OK)
		return status;
	size_t *kept = ARENA_ARRAY(applying->arena, new.count + 1, size_t);
	int64_t *ranks = ARENA_ARRAY(applying->arena, new.count + 1, int64_t);
	bool *stays = ARENA_ARRAY(applying->arena, old.count + 1, bool);
	if (!kept || !ranks || !stays)
		return STATUS_NO_MEMORY;
	status = match_rows(kept, ranks, applying->arena, &old, &new);
	for (size_t i = 0; i < new.count &&status == STATUS_OK; i++)
		if (kept[i] != SIZE_MAX)
			stays[kept[i]] = true;
	for (size_t i = 0; i < old.count && status == STATUS_OK; i++)
		if (!stays[i])
			status = close_row(applying, &old.items[i]);
	for (size_t i = 0; i < new.count &&status == STATUS_OK; i++) {
		struct fact_change row = { edit->name, ranks[i], 0, new.items[i].key,
			new.items[i].cells };
		if (kept[i] == SIZE_MAX)
			status = open_row(applying, &row);
	}
	return status;
}

/* ---- one row ---- */

/* The first (or last) row of FILE that stands; STATUS_NOT_FOUND. */
static enum status end_row(
	struct fact_change *out, struct applying *applying, struct str file, enum statement which)
{
	enum db_status status = DB_START(applying->db, which, TEXT_VALUE(file));

	if (status == DB_OK)
		status = DB_NEXT(applying->db, which);
	if (status == DB_OK)
		return STATUS_NOT_FOUND;
	if (status != DB_ROW)
		return done(applying, status);
	*out = (struct fact_change){ file, DB_NUMBER(applying->db, which, 0),
		DB_NUMBER(applying->db, which, 1), STR(""),
		keep(applying, DB_BYTES(applying->db, which, 2)) };
	if (which == SQL_FACT_LAST)
		out->key = keep(applying, DB_BYTES(applying->db, which, 3));
	DB_STOP(applying->db, which);
	return out->cells.ptr && out->key.ptr ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status row_by_key(
	struct fact_change *out, struct applying *applying, struct str file, struct str key)
{
	struct db *db = applying->db;
	enum db_status status = DB_START(db, SQL_FACTS_BY_KEY, TEXT_VALUE(file), TEXT_VALUE(key));

	if (status == DB_OK)
		status = DB_NEXT(db, SQL_FACTS_BY_KEY);
	if (status == DB_OK)
		return STATUS_NOT_FOUND;
	if (status != DB_ROW)
		return done(applying, status);
	*out = (struct fact_change){ file, DB_NUMBER(db, SQL_FACTS_BY_KEY, 0),
		DB_NUMBER(db, SQL_FACTS_BY_KEY, 1), key,
		keep(applying, DB_BYTES(db, SQL_FACTS_BY_KEY, 2)) };
	status = DB_NEXT(db, SQL_FACTS_BY_KEY);
	DB_STOP(db, SQL_FACTS_BY_KEY);
	if (status == DB_ROW)
		return unfit(applying, "several rows have this key; write the whole file");
	if (status != DB_OK)
		return done(applying, status);
	return out->cells.ptr ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ROW after the last one, which is given an end of line if it has none. */
static enum status append_row(
	struct applying *applying, struct str file, const struct fact_row *row)
{
	struct fact_change last;
	enum status status = end_row(&last, applying, file, SQL_FACT_LAST);

	if (status != STATUS_OK)
		return status;
	if (last.rank > INT64_MAX - RANK_STEP)
		return unfit(applying, "no room after the last row; write the whole file");
	if (!str_ends(last.cells, "\n")) {
		status = close_row(applying, &last);
		last.cells = str_format(applying->arena, STR_FMT "%s", STR_ARG(last.cells),
			str_ends(row->cells, "\r\n") ? "\r\n" : "\n");
		if (status == STATUS_OK && !last.cells.ptr)
			status = STATUS_NO_MEMORY;
		if (status == STATUS_OK)
			status = open_row(applying, &last);
		if (status != STATUS_OK)
			return status;
	}
	struct fact_change new = { file, last.rank + RANK_STEP, 0, row->key, row->cells };
	return open_row(applying, &new);
}

static enum status edit_row(struct applying *applying, const struct store_edit *edit)
{
	struct fact_change header, old;
	struct fact_row row;

	if (!store__is_facts(edit->name))
		return unfit(applying, "not a file of facts");
	enum status status = end_row(&header, applying, edit->name, SQL_FACT_FIRST);
	if (status == STATUS_NOT_FOUND)
		return unfit(applying, "there is no such file of facts");
	if (status == STATUS_OK)
		status = store__fact_row(
			&row, applying->arena, edit->name, header.cells, edit->content);
	if (status == STATUS_REFUSED)
		return unfit(applying, "not one row of this file");
	if (status != STATUS_OK)
		return status;
	status = row_by_key(&old, applying, edit->name, row.key);
	if (status == STATUS_NOT_FOUND && edit->kind == STORE_FACT_REMOVE)
		return unfit(applying, "there is no row with this key");
	if (status == STATUS_NOT_FOUND)
		return append_row(applying, edit->name, &row);
	if (status != STATUS_OK)
		return status;
	if (edit->kind == STORE_FACT_PUT && str_eq(old.cells, row.cells))
		return STATUS_OK;
	status = close_row(applying, &old);
	struct fact_change new = { edit->name, old.rank, 0, row.key, row.cells };
	if (status == STATUS_OK && edit->kind == STORE_FACT_PUT)
		status = open_row(applying, &new);
	return status;
}

/* ---- documents ---- */

enum status store__canonical(
	struct sha256 *hash, bool *has, struct arena *arena, struct str name, struct str content)
{
	struct diags diags;
	struct buf bytes;

	*has = str_starts(name, "agreements/") &&
	       (str_ends(name, ".yaml") || str_ends(name, ".json"));
	if (!*has)
		return STATUS_OK;
	diags_init(&diags, arena, 1);
	buf_init(&bytes, arena, DOC_SIZE_MAX);
	enum status status = accord_canonical(&bytes, arena, name, content, &diags);
	if (status == STATUS_OK && bytes.failed)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		*hash = sha256_of(buf_str(&bytes));
	return status;
}

/* The hash under which NAME stands; STATUS_NOT_FOUND. */
static enum status document_now(
	struct sha256 *hash, int64_t *since, struct applying *applying, struct str name)
{
	enum db_status status = DB_START(applying->db, SQL_DOCUMENT, TEXT_VALUE(name));

	if (status == DB_OK)
		status = DB_NEXT(applying->db, SQL_DOCUMENT);
	if (status == DB_OK)
		return STATUS_NOT_FOUND;
	if (status != DB_ROW)
		return done(applying, status);
	struct str bytes = DB_BYTES(applying->db, SQL_DOCUMENT, 1);
	*since = DB_NUMBER(applying->db, SQL_DOCUMENT, 0);
	*hash = (struct sha256){ 0 };
	if (bytes.len == sizeof hash->bytes)
		memcpy(hash->bytes, bytes.ptr, bytes.len);
	DB_STOP(applying->db, SQL_DOCUMENT);
	return STATUS_OK;
}

static enum status note_document(struct applying *applying, const struct entry_document *document)
{
	void *items = applying->documents;
	struct entry_document *slot = arena_push(applying->arena, &items,
		&applying->documents_count, &applying->documents_capacity, sizeof *slot);

	if (!slot)
		return STATUS_NO_MEMORY;
	applying->documents = items;
	*slot = *document;
	return STATUS_OK;
}

static enum status add_version(
	struct applying *applying, const struct entry_document *document, struct str content)
{
	enum db_status status = DB_START(applying->db, SQL_VERSION, HASH_VALUE(&document->hash));

	if (status == DB_OK)
		status = DB_NEXT(applying->db, SQL_VERSION);
	DB_STOP(applying->db, SQL_VERSION);
	if (status == DB_ROW)
		return STATUS_OK;
	if (status == DB_OK)
		status = DB_RUN(applying->db, SQL_VERSION_ADD, HASH_VALUE(&document->hash),
			BLOB_VALUE(content),
			document->has_canonical ? HASH_VALUE(&document->canonical) : NULL_VALUE);
	return done(applying, status);
}

/* Puts CONTENT, or with NULL removes what is there. */
static enum status put_document(
	struct applying *applying, struct str name, const struct str *content)
{
	struct entry_document document = { .name = name, .removed = content == NULL };
	struct sha256 old = { 0 };
	int64_t since = 0;
	enum status status = document_now(&old, &since, applying, name);
	bool stands = status == STATUS_OK;

	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	if (!content && !stands)
		return unfit(applying, "there is no such file");
	if (content)
		document.hash = sha256_of(*content);
	if (content && stands && memcmp(old.bytes, document.hash.bytes, sizeof old.bytes) == 0)
		return STATUS_OK;
	if (stands && since == applying->sequence)
		return unfit(applying, "one change writes a file twice");
	status = content ? store__canonical(&document.canonical, &document.has_canonical,
				   applying->arena, name, *content)
			 : STATUS_OK;
	if (status == STATUS_REFUSED)
		return unfit(applying, "an agreement that cannot be read");
	if (status == STATUS_OK)
		status = note_document(applying, &document);
	if (status == STATUS_OK && stands)
		status = done(applying, DB_RUN(applying->db, SQL_DOCUMENT_CLOSE,
						INT_VALUE(applying->sequence), TEXT_VALUE(name)));
	if (status == STATUS_OK && content)
		status = add_version(applying, &document, *content);
	if (status == STATUS_OK && content)
		status = done(applying,
			DB_RUN(applying->db, SQL_DOCUMENT_OPEN, TEXT_VALUE(name),
				INT_VALUE(applying->sequence), HASH_VALUE(&document.hash)));
	return status;
}

/* ---- all of them ---- */

static enum status remove_table(struct applying *applying, struct str name)
{
	struct old_rows old;
	enum status status = read_rows(&old, applying, name);

	if (status == STATUS_OK && old.count == 0)
		return unfit(applying, "there is no such file");
	return status == STATUS_OK ? close_all(applying, &old) : status;
}

enum status store__edit(struct applying *applying, const struct store_edit *edit)
{
	if (!store__name_fits(edit->name))
		return unfit(applying, "a name that no file of a workspace has");
	if (edit->content.len > STORE_FILE_MAX)
		return unfit(applying, "a file that is too large");
	switch (edit->kind) {
	case STORE_PUT:
		return store__is_facts(edit->name)
			       ? put_table(applying, edit)
			       : put_document(applying, edit->name, &edit->content);
	case STORE_REMOVE:
		return store__is_facts(edit->name) ? remove_table(applying, edit->name)
						   : put_document(applying, edit->name, NULL);
	case STORE_FACT_PUT:
	case STORE_FACT_REMOVE:
		return edit_row(applying, edit);
	}
	return unfit(applying, "an unknown edit");
}

static bool is_put(const struct store_change *change, struct str name)
{
	for (size_t i = 0; i < change->count; i++)
		if (change->edits[i].kind == STORE_PUT && str_eq(change->edits[i].name, name))
			return true;
	return false;
}

/* Names of what stands by LIST. */
static enum status names_now(
	struct str **out, size_t *count, struct applying *applying, enum statement list)
{
	void *items = NULL;
	size_t capacity = 0;
	enum db_status status = applying->db->engine->start(applying->db, list, NULL, 0);

	*count = 0;
	while (status == DB_OK || status == DB_ROW) {
		status = DB_NEXT(applying->db, list);
		if (status != DB_ROW)
			break;
		struct str *slot =
			arena_push(applying->arena, &items, count, &capacity, sizeof *slot);
		struct str name = keep(applying, DB_BYTES(applying->db, list, 0));
		if (!slot || !name.ptr) {
			DB_STOP(applying->db, list);
			return STATUS_NO_MEMORY;
		}
		*slot = name;
	}
	*out = items;
	return done(applying, status);
}

enum status store__keep_only(struct applying *applying, const struct store_change *change)
{
	static const enum statement lists[] = { SQL_FACT_FILES, SQL_DOCUMENTS_NOW };

	for (size_t list = 0; list < 2; list++) {
		struct str *names;
		size_t count;
		enum status status = names_now(&names, &count, applying, lists[list]);
		for (size_t i = 0; i < count && status == STATUS_OK; i++) {
			struct store_edit edit = { STORE_REMOVE, names[i], STR_NONE };
			if (!is_put(change, names[i]))
				status = store__edit(applying, &edit);
		}
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
