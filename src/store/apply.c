/* A change inside a transaction: receipt, edits, the journal's entry. */
#include "store/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void hash_number(struct sha256_ctx *state, uint64_t number)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(number >> (56 - 8 * i));
	sha256_update(state, sizeof bytes, bytes);
}

/* With its length, so that no two lists of texts are one. */
static void hash_text(struct sha256_ctx *state, struct str text)
{
	hash_number(state, text.len);
	if (text.len)
		sha256_update(state, text.len, (const uint8_t *)text.ptr);
}

void store__hash_start(struct rows_hash *hash)
{
	sha256_init(&hash->state);
	hash->count = 0;
}

void store__hash_opened(struct rows_hash *hash, const struct fact_change *row)
{
	hash_number(&hash->state, (uint64_t)row->rank);
	hash_text(&hash->state, row->key);
	hash_text(&hash->state, row->cells);
	hash->count++;
}

void store__hash_closed(struct rows_hash *hash, const struct fact_change *row)
{
	hash_number(&hash->state, (uint64_t)row->rank);
	hash_number(&hash->state, (uint64_t)row->since);
	hash->count++;
}

struct sha256 store__hash_end(struct rows_hash *hash)
{
	struct sha256 out;

	sha256_digest(&hash->state, sizeof out.bytes, out.bytes);
	return out;
}

struct sha256 store__change_hash(const struct store_change *change)
{
	struct sha256_ctx state;
	struct sha256 out;

	sha256_init(&state);
	hash_number(&state, change->whole);
	hash_text(&state, change->what);
	for (size_t i = 0; i < change->count; i++) {
		hash_number(&state, (uint64_t)change->edits[i].kind);
		hash_text(&state, change->edits[i].name);
		hash_text(&state, change->edits[i].content);
	}
	sha256_digest(&state, sizeof out.bytes, out.bytes);
	return out;
}

static bool get_hash(struct sha256 *out, struct str bytes)
{
	if (bytes.len != sizeof out->bytes)
		return false;
	memcpy(out->bytes, bytes.ptr, bytes.len);
	return true;
}

enum db_status store__read_head(struct tree *out, struct sha256 *root, struct db *db)
{
	enum db_status status = db->engine->start(db, SQL_HEAD, NULL, 0);

	memset(out, 0, sizeof *out);
	if (status == DB_OK)
		status = DB_NEXT(db, SQL_HEAD);
	if (status != DB_ROW)
		return status == DB_OK ? DB_CORRUPT : status;
	struct str peaks = DB_BYTES(db, SQL_HEAD, 2);
	out->size = (uint64_t)DB_NUMBER(db, SQL_HEAD, 0);
	bool fits = get_hash(root, DB_BYTES(db, SQL_HEAD, 1)) && out->size < INT64_MAX &&
		    peaks.len == store__tree_peaks(out->size) * sizeof out->peaks[0];
	if (fits && peaks.len)
		memcpy(out->peaks, peaks.ptr, peaks.len);
	DB_STOP(db, SQL_HEAD);
	return fits ? DB_OK : DB_CORRUPT;
}

/* ---- the entry ---- */

static int by_row(const void *a, const void *b)
{
	const struct fact_change *x = a, *y = b;
	int order = str_cmp(x->file, y->file);

	if (order)
		return order;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->since < y->since ? -1 : x->since > y->since;
}

static int by_name(const void *a, const void *b)
{
	const struct entry_document *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static void sort_rows(struct fact_change *rows, size_t count)
{
	if (count > 1)
		qsort(rows, count, sizeof *rows, by_row);
}

/* What was opened and closed, by file; both lists are sorted. */
static void list_facts(struct entry *entry, const struct applying *applying)
{
	size_t o = 0, c = 0;

	while (o < applying->opened_count || c < applying->closed_count) {
		struct entry_facts *facts = &entry->facts[entry->facts_count++];
		struct rows_hash opened, closed;
		bool first = c == applying->closed_count ||
			     (o < applying->opened_count && str_cmp(applying->opened[o].file,
								    applying->closed[c].file) <= 0);
		facts->file = first ? applying->opened[o].file : applying->closed[c].file;
		store__hash_start(&opened);
		store__hash_start(&closed);
		for (; o < applying->opened_count && str_eq(applying->opened[o].file, facts->file);
			o++)
			store__hash_opened(&opened, &applying->opened[o]);
		for (; c < applying->closed_count && str_eq(applying->closed[c].file, facts->file);
			c++)
			store__hash_closed(&closed, &applying->closed[c]);
		facts->opened = opened.count;
		facts->closed = closed.count;
		facts->opened_hash = store__hash_end(&opened);
		facts->closed_hash = store__hash_end(&closed);
	}
}

static size_t count_files(const struct fact_change *rows, size_t count)
{
	size_t files = 0;

	for (size_t i = 0; i < count; i++)
		files += i == 0 || !str_eq(rows[i].file, rows[i - 1].file);
	return files;
}

static struct str moment(struct arena *arena, int64_t seconds)
{
	struct civil day = date_civil((int32_t)(seconds / 86400));
	int second = (int)(seconds % 86400);

	return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)day.year, (int)day.month,
		(int)day.day, second / 3600, second / 60 % 60, second % 60);
}

static enum status add_entry(struct store_receipt *receipt, struct applying *applying,
	struct tree *tree, const struct store_change *change, const struct sha256 *hash,
	int64_t seconds)
{
	struct buf body;
	struct entry entry = { .sequence = (uint64_t)applying->sequence,
		.what = change->what,
		.change = *hash,
		.documents = applying->documents,
		.documents_count = applying->documents_count };

	sort_rows(applying->opened, applying->opened_count);
	sort_rows(applying->closed, applying->closed_count);
	if (entry.documents_count > 1)
		qsort(entry.documents, entry.documents_count, sizeof *entry.documents, by_name);
	entry.at = moment(applying->arena, seconds);
	entry.has_key = change->key.len != 0;
	entry.key = sha256_of(change->key);
	entry.facts = ARENA_ARRAY(applying->arena,
		count_files(applying->opened, applying->opened_count) +
			count_files(applying->closed, applying->closed_count) + 1,
		struct entry_facts);
	if (!entry.at.ptr || !entry.facts)
		return STATUS_NO_MEMORY;
	list_facts(&entry, applying);
	buf_init(&body, applying->arena, DOC_SIZE_MAX);
	store__entry_write(&body, &entry);
	if (body.failed)
		return STATUS_NO_MEMORY;
	store__tree_add(tree, buf_str(&body));
	receipt->sequence = entry.sequence;
	receipt->root = store__tree_root(tree);
	applying->failed = DB_RUN(applying->db, SQL_ENTRY_ADD, INT_VALUE(entry.sequence),
		TEXT_VALUE(buf_str(&body)), HASH_VALUE(&receipt->root));
	if (applying->failed == DB_OK && entry.has_key)
		applying->failed = DB_RUN(applying->db, SQL_RECEIPT_ADD, TEXT_VALUE(change->key),
			HASH_VALUE(hash), INT_VALUE(entry.sequence));
	return db_to_status(applying->failed);
}

/* ---- receipts ---- */

static enum status refuse(
	struct store_receipt *receipt, enum store_refusal refusal, const char *why)
{
	receipt->refusal = refusal;
	receipt->why = why;
	return STATUS_REFUSED;
}

static enum db_status root_of(struct sha256 *out, struct db *db, int64_t sequence)
{
	enum db_status status = DB_START(db, SQL_ENTRY_ROOT, INT_VALUE(sequence));

	if (status == DB_OK)
		status = DB_NEXT(db, SQL_ENTRY_ROOT);
	if (status != DB_ROW)
		return status == DB_OK ? DB_CORRUPT : status;
	bool fits = get_hash(out, DB_BYTES(db, SQL_ENTRY_ROOT, 0));
	DB_STOP(db, SQL_ENTRY_ROOT);
	return fits ? DB_OK : DB_CORRUPT;
}

/* STATUS_NOT_FOUND: the key is new. */
static enum status find_receipt(struct store_receipt *receipt, enum db_status *failed,
	struct db *db, const struct store_change *change, const struct sha256 *hash)
{
	struct sha256 earlier;

	if (change->key.len == 0)
		return STATUS_NOT_FOUND;
	*failed = DB_START(db, SQL_RECEIPT, TEXT_VALUE(change->key));
	if (*failed == DB_OK)
		*failed = DB_NEXT(db, SQL_RECEIPT);
	if (*failed == DB_OK)
		return STATUS_NOT_FOUND;
	if (*failed != DB_ROW)
		return db_to_status(*failed);
	bool same = get_hash(&earlier, DB_BYTES(db, SQL_RECEIPT, 0)) &&
		    memcmp(earlier.bytes, hash->bytes, sizeof earlier.bytes) == 0;
	int64_t sequence = DB_NUMBER(db, SQL_RECEIPT, 1);
	DB_STOP(db, SQL_RECEIPT);
	*failed = DB_OK;
	if (!same)
		return refuse(receipt, STORE_KEY_REUSED,
			"this key was used for another change; a new change needs a new key");
	*failed = root_of(&receipt->root, db, sequence);
	receipt->sequence = (uint64_t)sequence;
	receipt->repeated = true;
	return db_to_status(*failed);
}

enum status store__apply(struct store_receipt *receipt, enum db_status *failed, struct db *db,
	struct arena *arena, struct tree *tree, const struct store_change *change, int64_t seconds)
{
	struct sha256 hash = store__change_hash(change);
	struct applying applying = { .db = db, .arena = arena };
	struct tree next = *tree;
	enum status status = find_receipt(receipt, failed, db, change, &hash);

	if (status != STATUS_NOT_FOUND)
		return status;
	if (change->expecting && change->expected != tree->size)
		return refuse(
			receipt, STORE_MOVED, "somebody else changed the workspace meanwhile");
	applying.sequence = (int64_t)tree->size + 1;
	status = STATUS_OK;
	for (size_t i = 0; i < change->count && status == STATUS_OK; i++)
		status = store__edit(&applying, &change->edits[i]);
	if (status == STATUS_OK && change->whole)
		status = store__keep_only(&applying, change);
	bool idle = !applying.opened_count && !applying.closed_count && !applying.documents_count;
	if (status == STATUS_OK && idle && change->key.len == 0) {
		receipt->idle = true;
		receipt->sequence = tree->size;
		receipt->root = store__tree_root(tree);
	} else if (status == STATUS_OK) {
		status = add_entry(receipt, &applying, &next, change, &hash, seconds);
	}
	*failed = applying.failed;
	if (status == STATUS_REFUSED)
		return refuse(receipt, STORE_UNFIT, applying.why);
	if (status == STATUS_NOT_FOUND) /* a row that was there a moment ago is not */
		status = STATUS_IO;
	if (status == STATUS_OK)
		*tree = next;
	return status;
}
