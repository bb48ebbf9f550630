/* Verification finds every alteration: rows altered, deleted, added, moved, cut off, behind the
 * store's back, of every table and column. Then a whole older journal, which only a root noted
 * earlier tells.
 *
 *   proof_verify --alterations N --seed S */
#include "scene.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each changes one thing of a random row (?1 is a random number); no row changed is no
 * alteration. */
static const char *const alterations[] = {
#define PICK(table)                                                                                \
	"(SELECT rowid FROM " table                                                                \
	" ORDER BY rowid LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM " table "))"
#define FACT                                                                                       \
	"(file, rank, since) = (SELECT file, rank, since FROM fact ORDER BY file, rank, since "    \
	"LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM fact))"
#define DOCUMENT                                                                                   \
	"(name, since) = (SELECT name, since FROM document ORDER BY name, since LIMIT 1 OFFSET "   \
	"?1 "                                                                                      \
	"% (SELECT count(*) FROM document))"
#define RECEIPT                                                                                    \
	"key = (SELECT key FROM receipt ORDER BY key LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM "   \
	"receipt))"
#define LETTER(column)                                                                             \
	column " = substr(" column ", 1, ?1 / 100 % length(" column ")) || '~' || substr(" column  \
	       ", ?1 / 100 % length(" column ") + 2)"
#define HASH(column) column " = CAST(substr(" column ", 1, 31) || x'07' AS BLOB)"
	/* alter */
	"UPDATE entry SET " LETTER("body") " WHERE sequence = " PICK("entry"),
	"UPDATE entry SET " HASH("root") " WHERE sequence = " PICK("entry"),
	"UPDATE fact SET " LETTER("cells") " WHERE " FACT,
	"UPDATE fact SET key = key || 'x' WHERE " FACT,
	"UPDATE fact SET rank = rank + 1 WHERE " FACT,
	"UPDATE fact SET since = since + 1000 WHERE " FACT,
	"UPDATE fact SET since = since - 1 WHERE " FACT,
	"UPDATE fact SET until = until - 1 WHERE " FACT,
	"UPDATE fact SET until = 9223372036854775807 WHERE until < 9223372036854775807",
	"UPDATE fact SET file = 'posts.csv' WHERE " FACT,
	"UPDATE version SET bytes = CAST(bytes || 'x' AS BLOB) WHERE rowid = " PICK("version"),
	"UPDATE version SET " HASH("hash") " WHERE rowid = " PICK("version"),
	"UPDATE version SET canonical = hash WHERE rowid = " PICK("version"),
	"UPDATE document SET name = name || 'x' WHERE " DOCUMENT,
	"UPDATE document SET since = since + 1 WHERE " DOCUMENT,
	"UPDATE document SET until = until - 1 WHERE " DOCUMENT,
	"UPDATE document SET hash = (SELECT hash FROM version v WHERE v.hash <> document.hash "
	"LIMIT 1) WHERE " DOCUMENT,
	"UPDATE receipt SET key = key || 'x' WHERE " RECEIPT,
	"UPDATE receipt SET sequence = sequence - 1 WHERE " RECEIPT,
	"UPDATE receipt SET " HASH("change") " WHERE " RECEIPT,
	"UPDATE head SET size = size + 1",
	"UPDATE head SET size = size - 1",
	"UPDATE head SET " HASH("root"),
	"UPDATE head SET " HASH("peaks"),
	/* delete */
	"DELETE FROM entry WHERE sequence = " PICK("entry"),
	"DELETE FROM fact WHERE " FACT,
	"DELETE FROM version WHERE rowid = " PICK("version"),
	"DELETE FROM document WHERE " DOCUMENT,
	"DELETE FROM receipt WHERE " RECEIPT,
	"DELETE FROM head",
	/* insert */
	"INSERT INTO entry SELECT max(sequence) + 1, body, root FROM entry",
	"INSERT INTO entry SELECT 0, body, root FROM entry LIMIT 1",
	"INSERT INTO fact SELECT file, rank + 7, since, until, key, cells FROM fact WHERE " FACT,
	"INSERT INTO fact SELECT file, rank + 7, since + 1000, until, key, cells FROM fact "
	"WHERE " FACT,
	"INSERT INTO version SELECT x'00', x'01', NULL",
	"INSERT INTO document SELECT name || 'x', since, until, hash FROM document WHERE " DOCUMENT,
	"INSERT INTO document SELECT 'README.md', since + 1000, until, hash FROM document "
	"WHERE " DOCUMENT,
	"INSERT INTO receipt SELECT key || 'x', change, sequence FROM receipt WHERE " RECEIPT,
	/* reorder: two entries, two rows, two documents change places */
	"UPDATE entry SET body = (SELECT body FROM entry e WHERE e.sequence = CASE entry.sequence "
	"WHEN 1 + ?1 % 9 THEN 10 ELSE 1 + ?1 % 9 END) WHERE sequence IN (1 + ?1 % 9, 10)",
	"UPDATE entry SET sequence = -sequence WHERE sequence = " PICK("entry"),
	"UPDATE fact SET cells = (SELECT f.cells FROM fact f WHERE f.file = fact.file AND f.cells "
	"<> "
	"fact.cells LIMIT 1) WHERE " FACT
	" AND file IN (SELECT file FROM fact GROUP BY file HAVING "
	"count(DISTINCT cells) > 1)",
	/* truncate: the newest entry with all that bears its number, the head left as it is */
	"DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry)",
};
enum { ALTERATIONS = sizeof alterations / sizeof alterations[0] };

static bool run(const char *sql, uint64_t number, bool *changed)
{
	sqlite3 *handle;
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_open_v2("x.db", &handle, SQLITE_OPEN_READWRITE, DISK_VFS);

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
	if (code != SQLITE_OK)
		printf("# %s: %s\n", sql, sqlite3_errmsg(handle));
	if (code == SQLITE_OK && sqlite3_bind_parameter_count(statement))
		sqlite3_bind_int64(statement, 1, (sqlite3_int64)(number >> 8));
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	*changed = code == SQLITE_DONE && sqlite3_changes(handle) > 0;
	sqlite3_finalize(statement);
	sqlite3_close(handle);
	return code == SQLITE_DONE || code == SQLITE_CONSTRAINT;
}

/* Faults found, -1 when it could not be looked at all. */
static int64_t faults(const struct sha256 *wanted, struct sha256 *root)
{
	struct store_audit audit = { 0 };
	struct store *store;
	struct arena arena;
	struct diags diags;
	int64_t found = -1;

	if (scene_open(&store, STORE_READ) != STATUS_OK)
		return -1;
	arena_init(&arena, &allocator_system, 1 << 22);
	diags_init(&diags, &arena, 10);
	if (store_verify(&audit, store, wanted, &diags) == STATUS_OK)
		found = (int64_t)audit.faults;
	if (root)
		*root = audit.root;
	if (found > 0 && diags.count == 0)
		found = 0; /* a fault that is not told is not found */
	store_close(store);
	arena_free(&arena);
	return found;
}

static bool grow(uint64_t seed, size_t from, size_t changes)
{
	struct scene scene;
	struct store_receipt receipt;
	struct store *store;
	bool good = true;

	scene_start(&scene, seed);
	scene.seed = 3;
	good = scene_open(&store, STORE_WRITE) == STATUS_OK;
	for (size_t i = from; good && i < from + changes; i++)
		good = scene_ask(&scene, store, i, &receipt) == STATUS_OK;
	store_close(good ? store : NULL);
	disk_keep();
	scene_end(&scene);
	return good;
}

int main(int argc, char **argv)
{
	uint64_t wanted = 2000, seed = 13, tried = 0, missed = 0, broken = 0;
	static uint64_t by_kind[ALTERATIONS];
	struct sha256 root, newer;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--alterations") == 0)
			wanted = strtoull(argv[i + 1], NULL, 10);
		if (strcmp(argv[i], "--seed") == 0)
			seed = strtoull(argv[i + 1], NULL, 10);
	}
	printf("# seed %llu\n", (unsigned long long)seed);
	disk_register();
	scene_found(seed);
	bool good = grow(seed, 0, 20);
	promise("store-verify-finds-nothing-unaltered",
		good && faults(NULL, &root) == 0 ? "0" : "some", "0",
		good && faults(NULL, &root) == 0);
	struct random random = random_seeded(seed);
	for (uint64_t i = 0; tried < wanted && i < 4 * wanted; i++) {
		uint64_t number = random_next(&random) >> 1;
		size_t kind = number % ALTERATIONS;
		bool changed;
		disk_bring_back(number);
		if (!run(alterations[kind], number, &changed))
			broken++;
		if (!changed)
			continue;
		tried++;
		by_kind[kind]++;
		/* What cannot even be opened is found out too. */
		if (faults(NULL, NULL) == 0) {
			if (missed++ < 5)
				printf("# missed: %s with %llu\n", alterations[kind],
					(unsigned long long)(number >> 8));
		}
	}
	for (size_t i = 0; i < ALTERATIONS; i++)
		if (!by_kind[i]) {
			printf("# never an alteration: %s\n", alterations[i]);
			broken++;
		}
	promise_count("store-verify-finds-alterations", missed, "alterations", tried);
	promise_count("store-verify-every-kind", broken, "kinds", ALTERATIONS);
	/* A journal without its last entries is whole in itself; the newer root tells. */
	disk_bring_back(seed);
	good = faults(&root, NULL) == 0 && grow(seed, 20, 5) && faults(&root, &newer) == 0;
	scene_found(seed);
	good = good && grow(seed, 0, 20) && faults(&newer, NULL) == 1 && faults(&root, NULL) == 0;
	promise("store-verify-root-tells-a-cut-journal", good ? "told" : "not-told", "told", good);
	disk_format(0);
	return promises_end();
}
