/* Every statement that the store ever runs. Parameters are $1, $2, … in the order of their first
 * appearance; the text is what SQLite and PostgreSQL read alike, but for the lines marked. */
#include "store/db.h"

#define NOW "9223372036854775807" /* STANDS */
/* A version with the time of its entry, which the entry's body begins with. */
#define VERSIONS_AS                                                                                \
	"SELECT d.name, d.since, d.until, d.hash, v.canonical, v.bytes, substr(e.body, 1, 40) "    \
	"FROM document d JOIN version v ON v.hash = d.hash JOIN entry e ON e.sequence = d.since"

/* Marks: MARK_FROM and MARK_TO of search.c. Weights: title, about, body. */
#define FOUND_IN(table)                                                                            \
	"SELECT rowid, snippet(" table ", 2, char(2), char(3), '…', 24), snippet(" table           \
	", 1, char(2), char(3), '…', 10) FROM " table " WHERE " table                              \
	" MATCH $1 ORDER BY bm25(" table ", 8.0, 4.0, 1.0), rowid"

const char *const statements[STATEMENTS] = {
	[SQL_BEGIN_READ] = "BEGIN",
	[SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE", /* PostgreSQL: BEGIN, then a lock on head */
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_SAVEPOINT] = "SAVEPOINT one",
	[SQL_UNDO] = "ROLLBACK TO one",
	[SQL_RELEASE] = "RELEASE one",
	[SQL_HEAD] = "SELECT size, root, peaks FROM head WHERE one = 1",
	[SQL_HEAD_SET] = "UPDATE head SET size = $1, root = $2, peaks = $3 WHERE one = 1",
	[SQL_ENTRY_ADD] = "INSERT INTO entry (sequence, body, root) VALUES ($1, $2, $3)",
	[SQL_ENTRY_ROOT] = "SELECT root FROM entry WHERE sequence = $1",
	[SQL_ENTRIES] = "SELECT sequence, body, root FROM entry ORDER BY sequence",
	[SQL_ENTRIES_UP_TO] = "SELECT sequence, body, root FROM entry WHERE sequence <= $1 ORDER "
			      "BY sequence DESC LIMIT $2",
	[SQL_ENTRIES_FIRST] =
		"SELECT sequence, body FROM entry WHERE sequence <= $1 ORDER BY sequence",
	[SQL_RECEIPT] = "SELECT change, sequence FROM receipt WHERE key = $1",
	[SQL_RECEIPT_ADD] = "INSERT INTO receipt (key, change, sequence) VALUES ($1, $2, $3)",
	[SQL_RECEIPTS] = "SELECT sequence, key, change FROM receipt ORDER BY sequence, key",
	[SQL_VERSION] = "SELECT 1 FROM version WHERE hash = $1",
	[SQL_VERSION_ADD] = "INSERT INTO version (hash, bytes, canonical) VALUES ($1, $2, $3)",
	[SQL_VERSIONS] = "SELECT v.hash, v.bytes, v.canonical, (SELECT count(*) FROM document d "
			 "WHERE d.hash = v.hash) FROM version v ORDER BY v.hash",
	[SQL_VERSIONS_OF] = VERSIONS_AS " WHERE d.name = $1 ORDER BY d.since DESC LIMIT $2",
	[SQL_VERSIONS_LIKE] = VERSIONS_AS " WHERE v.canonical = $1 ORDER BY d.since, d.name LIMIT "
					  "$2",
	[SQL_VERSIONS_SAME] =
		VERSIONS_AS " WHERE d.hash = $1 ORDER BY d.since, d.name LIMIT $2",
	[SQL_DOCUMENT] = "SELECT since, hash FROM document WHERE name = $1 AND until = " NOW,
	[SQL_DOCUMENT_OPEN] =
		"INSERT INTO document (name, since, until, hash) VALUES ($1, $2, " NOW ", $3)",
	[SQL_DOCUMENT_CLOSE] = "UPDATE document SET until = $1 WHERE name = $2 AND until = " NOW,
	[SQL_DOCUMENTS_NOW] = "SELECT name FROM document WHERE until = " NOW " ORDER BY name",
	[SQL_DOCUMENTS_AT] = "SELECT d.name, v.bytes FROM document d JOIN version v ON v.hash = "
			     "d.hash WHERE d.since <= $1 AND d.until > $1 ORDER BY d.name",
	[SQL_DOCUMENTS_SINCE] = "SELECT d.since, d.name, d.hash, v.canonical, v.hash FROM document "
				"d LEFT JOIN version v ON v.hash = d.hash ORDER BY d.since, d.name",
	[SQL_DOCUMENTS_UNTIL] = "SELECT until, name, since FROM document WHERE until <> " NOW
				" ORDER BY until, name",
	[SQL_FACT_OPEN] = "INSERT INTO fact (file, rank, since, until, key, cells) VALUES ($1, $2, "
			  "$3, " NOW ", $4, $5)",
	[SQL_FACT_CLOSE] =
		"UPDATE fact SET until = $1 WHERE file = $2 AND rank = $3 AND since = $4",
	[SQL_FACTS_OF] = "SELECT rank, since, cells FROM fact WHERE file = $1 AND until = " NOW
			 " ORDER BY rank",
	[SQL_FACTS_BY_KEY] = "SELECT rank, since, cells FROM fact WHERE file = $1 AND key = $2 AND "
			     "until = " NOW " ORDER BY rank",
	[SQL_FACT_FIRST] = "SELECT rank, since, cells FROM fact WHERE file = $1 AND until = " NOW
			   " ORDER BY rank LIMIT 1",
	[SQL_FACT_LAST] =
		"SELECT rank, since, cells, key FROM fact WHERE file = $1 AND until = " NOW
		" ORDER BY rank DESC LIMIT 1",
	[SQL_FACT_FILES] = "SELECT DISTINCT file FROM fact WHERE until = " NOW " ORDER BY file",
	[SQL_FACTS_AT] = "SELECT file, cells FROM fact WHERE since <= $1 AND until > $1 ORDER BY "
			 "file, rank, since",
	[SQL_FACTS_SINCE] = "SELECT since, file, rank, key, cells, until FROM fact ORDER BY since, "
			    "file, rank",
	[SQL_FACTS_UNTIL] = "SELECT until, file, rank, since FROM fact WHERE until <> " NOW
			    " ORDER BY until, file, rank, since",
	[SQL_FACTS_EVER] = "SELECT cells FROM fact WHERE file = $1 ORDER BY rank, since",
	[SQL_COPY] = "VACUUM INTO $1", /* PostgreSQL: pg_dump */
	/* The index of search.c, always SQLite's, in memory: words as they are written, and their
	 * English stems, upon the same texts. */
	[SQL_SEARCH_TEXTS] = "CREATE TABLE text (title, about, body)",
	[SQL_SEARCH_WORDS] = "CREATE VIRTUAL TABLE words USING fts5(title, about, body, content = "
			     "'text', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
	[SQL_SEARCH_STEMS] = "CREATE VIRTUAL TABLE stems USING fts5(title, about, body, content = "
			     "'text', tokenize = 'porter unicode61 remove_diacritics 2')",
	[SQL_SEARCH_TEXT_ADD] =
		"INSERT INTO text (rowid, title, about, body) VALUES ($1, $2, $3, $4)",
	[SQL_SEARCH_WORDS_ADD] = "INSERT INTO words (words) VALUES ('rebuild')",
	[SQL_SEARCH_STEMS_ADD] = "INSERT INTO stems (stems) VALUES ('rebuild')",
	[SQL_SEARCH_WORD] = FOUND_IN("words"),
	[SQL_SEARCH_STEM] = FOUND_IN("stems"),
};
