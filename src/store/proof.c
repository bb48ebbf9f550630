/* Proofs of inclusion: made in one pass over the journal, checked without it. */
#include "store/proof.h"

#include "store/internal.h"

#include <assert.h>

/* ---- making ---- */

/* Leaves FROM up to and without TO: the subtree whose root is an item of the path. */
struct span {
	uint64_t from, to;
};

/* The subtrees beside the way from leaf INDEX up to the root of a tree of SIZE leaves, from the
 * leaf up (RFC 6962, 2.1.1: PATH). */
static unsigned spans_of(struct span spans[static STORE_PATH_MAX], uint64_t index, uint64_t size)
{
	struct span down[STORE_PATH_MAX], at = { 0, size };
	unsigned count = 0;

	assert(index < size && size <= (uint64_t)INT64_MAX);
	while (at.to - at.from > 1) {
		uint64_t half = 1;
		while (half < at.to - at.from - half)
			half *= 2;
		uint64_t middle = at.from + half;
		if (index < middle) {
			down[count++] = (struct span){ middle, at.to };
			at.to = middle;
		} else {
			down[count++] = (struct span){ at.from, middle };
			at.from = middle;
		}
	}
	for (unsigned i = 0; i < count; i++)
		spans[i] = down[count - 1 - i];
	return count;
}

struct proving {
	struct store_proof *proof;
	struct arena *arena;
	struct span spans[STORE_PATH_MAX];
	struct tree tree; /* over the leaves of the span that is being read */
};

static enum status take(struct proving *proving, uint64_t leaf, struct str body)
{
	struct store_proof *proof = proving->proof;
	struct tree alone = { 0 };
	unsigned at = 0;

	if (leaf == proof->index) {
		proof->entry = str_copy(proving->arena, body);
		store__tree_add(&alone, body);
		proof->leaf = store__tree_root(&alone);
		return proof->entry.ptr ? STATUS_OK : STATUS_NO_MEMORY;
	}
	while (leaf < proving->spans[at].from || leaf >= proving->spans[at].to)
		at++;
	assert(at < proof->path_count);
	if (leaf == proving->spans[at].from)
		proving->tree.size = 0;
	store__tree_add(&proving->tree, body);
	if (leaf + 1 == proving->spans[at].to)
		proof->path[at] = store__tree_root(&proving->tree);
	return STATUS_OK;
}

static enum status prove(struct proving *proving, struct db *db)
{
	struct store_proof *proof = proving->proof;
	struct tree head;
	enum db_status step = store__read_head(&head, &proof->root, db);
	enum status status = STATUS_OK;
	uint64_t leaf = 0;

	if (step != DB_OK)
		return db_to_status(step);
	if (proof->index >= head.size)
		return STATUS_NOT_FOUND;
	proof->size = head.size;
	proof->path_count = spans_of(proving->spans, proof->index, proof->size);
	step = DB_START(db, SQL_ENTRIES_FIRST, INT_VALUE(proof->size));
	while (step == DB_OK && status == STATUS_OK) {
		step = DB_NEXT(db, SQL_ENTRIES_FIRST);
		if (step != DB_ROW)
			break;
		step = DB_OK;
		if (DB_NUMBER(db, SQL_ENTRIES_FIRST, 0) != (int64_t)leaf + 1)
			status = STATUS_IO; /* one is missing */
		else
			status = take(proving, leaf++, DB_BYTES(db, SQL_ENTRIES_FIRST, 1));
		if (status != STATUS_OK)
			DB_STOP(db, SQL_ENTRIES_FIRST);
	}
	if (status == STATUS_OK)
		status = db_to_status(step);
	if (status == STATUS_OK && (leaf != proof->size || !store__path_holds(proof)))
		status = STATUS_IO;
	return status;
}

enum status store_prove(
	struct store_proof *out, struct arena *arena, const struct store *store, uint64_t sequence)
{
	struct proving *proving = ARENA_NEW(arena, struct proving);
	struct reading reading;
	enum status status;

	assert(out && store && sequence > 0);
	if (!proving)
		return STATUS_NO_MEMORY;
	*proving = (struct proving){ .proof = out, .arena = arena };
	out->index = sequence - 1;
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	status = prove(proving, reading.db);
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return status;
}

/* ---- checking ---- */

/* RFC 9162, 2.1.3.2, which is RFC 6962's path read from the leaf up. */
bool store__path_holds(const struct store_proof *proof)
{
	struct sha256 hash = proof->leaf;
	uint64_t at = proof->index, last = proof->size - 1;

	if (proof->size == 0 || proof->index >= proof->size)
		return false;
	for (unsigned i = 0; i < proof->path_count; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			hash = store__tree_node(&proof->path[i], &hash);
			while (!(at & 1) && at) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			hash = store__tree_node(&hash, &proof->path[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && sha256_same(&hash, &proof->root);
}

static bool names_it(const struct entry *entry, const struct store_proof *proof)
{
	for (size_t i = 0; i < entry->documents_count; i++) {
		const struct entry_document *document = &entry->documents[i];
		if (!document->removed && str_eq(document->name, proof->name) &&
			sha256_same(&document->hash, &proof->hash) &&
			document->has_canonical == proof->has_canonical &&
			(!document->has_canonical ||
				sha256_same(&document->canonical, &proof->canonical)))
			return true;
	}
	return false;
}

enum store_proof_fault store_proof_check(const struct store_proof *proof, struct arena *arena)
{
	struct tree alone = { 0 };
	struct sha256 leaf;
	struct entry entry;

	if (!store__path_holds(proof))
		return STORE_PROOF_PATH;
	if (!proof->entry.ptr)
		return STORE_PROOF_HOLDS;
	store__tree_add(&alone, proof->entry);
	leaf = store__tree_root(&alone);
	if (!sha256_same(&leaf, &proof->leaf) ||
		store__entry_read(&entry, arena, proof->entry) != STATUS_OK ||
		entry.sequence != proof->index + 1)
		return STORE_PROOF_ENTRY;
	return names_it(&entry, proof) ? STORE_PROOF_HOLDS : STORE_PROOF_DOCUMENT;
}

struct str store_proof_time(const struct store_proof *proof, struct arena *arena)
{
	struct entry entry;

	if (!proof->entry.ptr || store__entry_read(&entry, arena, proof->entry) != STATUS_OK)
		return STR_NONE;
	return entry.at;
}
