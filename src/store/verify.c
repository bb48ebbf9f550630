/* Verification: every hash is computed anew from what is stored, in one walk along the journal. The
 * walk holds each entry against the rows that bear its number; five ordered lists are read side by
 * side, so memory does not grow with the store. */
#include "store/internal.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ARENA_MAX ((size_t)1 << 30)

/* A list ordered by sequence, one row read ahead. */
struct list {
	enum statement statement;
	bool more;
};
struct auditing {
	struct db *db;
	struct store *store;
	struct diags *diags;
	struct store_audit *audit;
	const struct sha256 *wanted;
	struct arena arena; /* of an entry */
	struct tree tree;
	enum db_status failed;
	struct list opened, closed, added, removed, receipts;
};

static void fault(struct auditing *auditing, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void fault(struct auditing *auditing, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	auditing->audit->faults++;
	diags_add(
		auditing->diags, auditing->store->path, (struct pos){ 0, 0 }, STR_NONE, "%s", text);
}

/* ---- ordered lists ---- */

static void step(struct auditing *auditing, struct list *list)
{
	enum db_status status = DB_NEXT(auditing->db, list->statement);

	list->more = status == DB_ROW;
	if (status != DB_ROW && status != DB_OK)
		auditing->failed = status;
}

static void begin(struct auditing *auditing, struct list *list, enum statement statement)
{
	list->statement = statement;
	auditing->failed = auditing->db->engine->start(auditing->db, statement, NULL, 0);
	if (auditing->failed == DB_OK)
		step(auditing, list);
}

static int64_t number_at(struct auditing *auditing, const struct list *list, int column)
{
	return DB_NUMBER(auditing->db, list->statement, column);
}

static struct str text_at(struct auditing *auditing, const struct list *list, int column)
{
	return DB_BYTES(auditing->db, list->statement, column);
}

static bool same_hash(struct str bytes, const struct sha256 *hash)
{
	return bytes.len == sizeof hash->bytes &&
	       memcmp(bytes.ptr, hash->bytes, sizeof hash->bytes) == 0;
}

static bool is_at(struct auditing *auditing, const struct list *list, int64_t sequence)
{
	return list->more && auditing->failed == DB_OK && number_at(auditing, list, 0) == sequence;
}

/* ---- facts ---- */

/* Rows of LIST that bear SEQUENCE and file NAME, hashed. */
static struct sha256 hash_rows(struct auditing *auditing, struct list *list, int64_t sequence,
	struct str name, uint64_t *count)
{
	struct rows_hash hash;
	bool opened = list == &auditing->opened;

	store__hash_start(&hash);
	while (is_at(auditing, list, sequence) && str_eq(text_at(auditing, list, 1), name)) {
		struct fact_change row = { .rank = number_at(auditing, list, 2) };
		if (opened) {
			row.key = text_at(auditing, list, 3);
			row.cells = text_at(auditing, list, 4);
			if (number_at(auditing, list, 5) <= sequence)
				fault(auditing,
					"entry %lld: a row of " STR_FMT " ends before it begins",
					(long long)sequence, STR_ARG(name));
			store__hash_opened(&hash, &row);
			auditing->audit->facts++;
		} else {
			row.since = number_at(auditing, list, 3);
			store__hash_closed(&hash, &row);
		}
		step(auditing, list);
	}
	*count = hash.count;
	return store__hash_end(&hash);
}

static void compare_rows(struct auditing *auditing, struct list *list, int64_t sequence,
	const struct entry_facts *facts, const char *what)
{
	bool opened = list == &auditing->opened;
	uint64_t count, expected = opened ? facts->opened : facts->closed;
	struct sha256 hash = hash_rows(auditing, list, sequence, facts->file, &count);

	if (count != expected)
		fault(auditing, "entry %lld: %llu rows of " STR_FMT " %s, the journal says %llu",
			(long long)sequence, (unsigned long long)count, STR_ARG(facts->file), what,
			(unsigned long long)expected);
	else if (memcmp(hash.bytes, opened ? facts->opened_hash.bytes : facts->closed_hash.bytes,
			 sizeof hash.bytes) != 0)
		fault(auditing,
			"entry %lld: the rows of " STR_FMT
			" that it %s are not those of the journal",
			(long long)sequence, STR_ARG(facts->file), opened ? "wrote" : "ended");
}

/* Rows of LIST with numbers up to SEQUENCE that no entry speaks of: those of files below NAME, or
 * all where NAME is STR_NONE. */
static void pass_strays(struct auditing *auditing, struct list *list, int64_t sequence,
	struct str name, const char *what)
{
	uint64_t count = 0;
	struct str first = STR_NONE;
	int64_t at = sequence;

	while (list->more && auditing->failed == DB_OK &&
		(number_at(auditing, list, 0) < sequence ||
			(number_at(auditing, list, 0) == sequence &&
				(!name.ptr || str_cmp(text_at(auditing, list, 1), name) < 0)))) {
		if (count++ == 0) {
			at = number_at(auditing, list, 0);
			first = str_copy(&auditing->arena, text_at(auditing, list, 1));
		}
		step(auditing, list);
	}
	if (count)
		fault(auditing,
			"%llu %s of which no entry speaks, the first of " STR_FMT " at %lld",
			(unsigned long long)count, what, STR_ARG(first), (long long)at);
}

static void check_facts(struct auditing *auditing, const struct entry *entry)
{
	int64_t sequence = (int64_t)entry->sequence;

	for (size_t i = 0; i < entry->facts_count; i++) {
		const struct entry_facts *facts = &entry->facts[i];
		pass_strays(auditing, &auditing->opened, sequence, facts->file, "rows of facts");
		compare_rows(auditing, &auditing->opened, sequence, facts, "begin here");
		pass_strays(auditing, &auditing->closed, sequence, facts->file,
			"ends of rows of facts");
		compare_rows(auditing, &auditing->closed, sequence, facts, "end here");
	}
	pass_strays(auditing, &auditing->opened, sequence, STR_NONE, "rows of facts");
	pass_strays(auditing, &auditing->closed, sequence, STR_NONE, "ends of rows of facts");
}

/* ---- documents ---- */

static void check_added(
	struct auditing *auditing, int64_t sequence, const struct entry_document *document)
{
	struct list *list = &auditing->added;

	pass_strays(auditing, list, sequence, document->name, "documents");
	if (!is_at(auditing, list, sequence) ||
		!str_eq(text_at(auditing, list, 1), document->name)) {
		fault(auditing, "entry %lld: document " STR_FMT " is missing", (long long)sequence,
			STR_ARG(document->name));
		return;
	}
	struct str canonical = text_at(auditing, list, 3);
	if (!same_hash(text_at(auditing, list, 2), &document->hash))
		fault(auditing, "entry %lld: document " STR_FMT " is not that of the journal",
			(long long)sequence, STR_ARG(document->name));
	else if (!text_at(auditing, list, 4).ptr)
		fault(auditing, "entry %lld: the version of " STR_FMT " is missing",
			(long long)sequence, STR_ARG(document->name));
	else if (document->has_canonical ? !same_hash(canonical, &document->canonical)
					 : canonical.ptr != NULL)
		fault(auditing,
			"entry %lld: the canonical name of " STR_FMT " is not that of the journal",
			(long long)sequence, STR_ARG(document->name));
	auditing->audit->documents++;
	step(auditing, list);
}

/* The journal says that NAME was removed, or replaced if it stood (REPLACED). */
static void check_removed(
	struct auditing *auditing, int64_t sequence, struct str name, bool replaced, bool *stood)
{
	struct list *list = &auditing->removed;

	pass_strays(auditing, list, sequence, name, "ends of documents");
	*stood = is_at(auditing, list, sequence) && str_eq(text_at(auditing, list, 1), name);
	if (*stood)
		step(auditing, list);
	else if (!replaced)
		fault(auditing, "entry %lld: document " STR_FMT " does not end here",
			(long long)sequence, STR_ARG(name));
}

static void check_documents(struct auditing *auditing, const struct entry *entry)
{
	int64_t sequence = (int64_t)entry->sequence;
	bool stood;

	for (size_t i = 0; i < entry->documents_count; i++) {
		const struct entry_document *document = &entry->documents[i];
		check_removed(auditing, sequence, document->name, !document->removed, &stood);
		if (!document->removed)
			check_added(auditing, sequence, document);
	}
	pass_strays(auditing, &auditing->added, sequence, STR_NONE, "documents");
	pass_strays(auditing, &auditing->removed, sequence, STR_NONE, "ends of documents");
}

/* Every version is what its name says, and its canonical form too. */
static void check_versions(struct auditing *auditing)
{
	struct list list = { .more = false };

	for (begin(auditing, &list, SQL_VERSIONS); list.more && auditing->failed == DB_OK;
		step(auditing, &list)) {
		struct str bytes = text_at(auditing, &list, 1);
		struct sha256 hash = sha256_of(bytes);
		char hex[65];
		sha256_hex(hex, &hash);
		if (!same_hash(text_at(auditing, &list, 0), &hash))
			fault(auditing, "a version was altered: its bytes are sha256:%s", hex);
		if (number_at(auditing, &list, 3) == 0)
			fault(auditing, "version sha256:%s belongs to no document", hex);
		auditing->audit->versions++;
	}
}

/* ---- receipts ---- */

static void check_receipt(struct auditing *auditing, const struct entry *entry)
{
	struct list *list = &auditing->receipts;
	int64_t sequence = (int64_t)entry->sequence;

	pass_strays(auditing, list, sequence, entry->has_key ? STR("") : STR_NONE, "receipts");
	if (!entry->has_key)
		return;
	if (!is_at(auditing, list, sequence)) {
		fault(auditing, "entry %lld: its receipt is missing", (long long)sequence);
		return;
	}
	struct sha256 key = sha256_of(text_at(auditing, list, 1));
	if (memcmp(key.bytes, entry->key.bytes, sizeof key.bytes) != 0 ||
		!same_hash(text_at(auditing, list, 2), &entry->change))
		fault(auditing, "entry %lld: its receipt is not that of the journal",
			(long long)sequence);
	auditing->audit->receipts++;
	step(auditing, list);
	pass_strays(auditing, list, sequence, STR_NONE, "receipts");
}

/* ---- the journal ---- */

static void check_entry(struct auditing *auditing, int64_t sequence, struct str body)
{
	struct entry entry;
	enum status status = store__entry_read(&entry, &auditing->arena, body);

	if (status == STATUS_NO_MEMORY)
		auditing->failed = DB_MEMORY;
	if (status == STATUS_REFUSED)
		fault(auditing, "entry %lld: it cannot be read", (long long)sequence);
	if (status != STATUS_OK)
		return;
	if (entry.sequence != (uint64_t)sequence) {
		fault(auditing, "entry %lld: it says of itself that it is %llu",
			(long long)sequence, (unsigned long long)entry.sequence);
		return;
	}
	check_facts(auditing, &entry);
	check_documents(auditing, &entry);
	check_receipt(auditing, &entry);
}

static void note_wanted(struct auditing *auditing, const struct sha256 *root)
{
	if (auditing->wanted &&
		memcmp(root->bytes, auditing->wanted->bytes, sizeof root->bytes) == 0)
		auditing->audit->root_at = auditing->tree.size;
}

static void check_entries(struct auditing *auditing)
{
	struct list list = { .more = false };
	int64_t expected = 1;

	for (begin(auditing, &list, SQL_ENTRIES); list.more && auditing->failed == DB_OK;
		step(auditing, &list), expected++) {
		int64_t sequence = number_at(auditing, &list, 0);
		if (sequence > expected)
			fault(auditing, "entry %lld is missing", (long long)expected);
		expected = sequence;
		arena_reset(&auditing->arena);
		struct str body = text_at(auditing, &list, 1);
		store__tree_add(&auditing->tree, body);
		struct sha256 root = store__tree_root(&auditing->tree);
		if (!same_hash(text_at(auditing, &list, 2), &root))
			fault(auditing,
				"entry %lld: it, or one before it, was altered: the root is not "
				"that of the journal",
				(long long)sequence);
		note_wanted(auditing, &root);
		auditing->audit->entries++;
		check_entry(auditing, sequence, body);
	}
}

static void check_head(struct auditing *auditing)
{
	struct tree head;
	struct sha256 root, computed = store__tree_root(&auditing->tree);
	enum db_status status = store__read_head(&head, &root, auditing->db);
	size_t size = store__tree_peaks(auditing->tree.size) * sizeof head.peaks[0];

	auditing->audit->root = computed;
	if (status == DB_CORRUPT)
		fault(auditing, "the journal's head cannot be read");
	else if (status != DB_OK)
		auditing->failed = status;
	else if (head.size != auditing->tree.size)
		fault(auditing, "the journal has %llu entries, its head says %llu",
			(unsigned long long)auditing->tree.size, (unsigned long long)head.size);
	else if (memcmp(root.bytes, computed.bytes, sizeof root.bytes) != 0 ||
		 memcmp(head.peaks, auditing->tree.peaks, size) != 0)
		fault(auditing, "the journal's head is not that of its entries");
}

static void tell_integrity(void *context, struct str what)
{
	fault(context, "the file's structure: " STR_FMT, STR_ARG(what));
}

static void check_rest(struct auditing *auditing)
{
	struct list *lists[] = { &auditing->opened, &auditing->closed, &auditing->added,
		&auditing->removed, &auditing->receipts };
	static const char *const what[] = { "rows of facts", "ends of rows of facts", "documents",
		"ends of documents", "receipts" };

	arena_reset(&auditing->arena);
	for (size_t i = 0; i < 5; i++)
		pass_strays(auditing, lists[i], STANDS, STR_NONE, what[i]);
	if (auditing->wanted && !auditing->audit->root_at &&
		memcmp(sha256_of(STR_NONE).bytes, auditing->wanted->bytes, 32) != 0)
		fault(auditing,
			"the root asked for is that of no state of this journal: entries noted "
			"then were altered or taken away");
}

static void audit(struct auditing *auditing)
{
	const struct {
		struct list *list;
		enum statement statement;
	} lists[] = { { &auditing->opened, SQL_FACTS_SINCE },
		{ &auditing->closed, SQL_FACTS_UNTIL }, { &auditing->added, SQL_DOCUMENTS_SINCE },
		{ &auditing->removed, SQL_DOCUMENTS_UNTIL },
		{ &auditing->receipts, SQL_RECEIPTS } };

	auditing->failed = auditing->db->engine->integrity(auditing->db, tell_integrity, auditing);
	if (auditing->failed == DB_OK)
		auditing->failed = db_run(auditing->db, SQL_BEGIN_READ, NULL, 0);
	for (size_t i = 0; i < 5 && auditing->failed == DB_OK; i++)
		begin(auditing, lists[i].list, lists[i].statement);
	if (auditing->failed == DB_OK)
		check_entries(auditing);
	if (auditing->failed == DB_OK)
		check_rest(auditing);
	if (auditing->failed == DB_OK)
		check_head(auditing);
	if (auditing->failed == DB_OK)
		check_versions(auditing);
	if (auditing->failed == DB_CORRUPT) {
		fault(auditing, "the file is damaged: it cannot be read to its end");
		auditing->failed = DB_OK;
	}
	for (size_t i = 0; i < STATEMENTS; i++)
		auditing->db->engine->stop(auditing->db, (enum statement)i);
	if (auditing->db->engine->in_transaction(auditing->db))
		db_run(auditing->db, SQL_COMMIT, NULL, 0);
}

enum status store_verify(struct store_audit *out, struct store *store, const struct sha256 *wanted,
	struct diags *diags)
{
	struct reading reading;
	enum status status;

	assert(out && store && diags);
	*out = (struct store_audit){ 0 };
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	struct auditing *auditing = ARENA_NEW(&reading.arena, struct auditing);
	status = STATUS_NO_MEMORY;
	if (auditing) {
		*auditing = (struct auditing){ .db = reading.db,
			.store = store,
			.diags = diags,
			.audit = out,
			.wanted = wanted };
		arena_init(&auditing->arena, store->arena.allocator, ARENA_MAX);
		audit(auditing);
		status = db_to_status(auditing->failed);
		arena_free(&auditing->arena);
	}
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return status;
}
