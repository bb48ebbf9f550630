/* What tells that a database has changed, without a statement: the head of the index of SQLite's
 * write-ahead log, which all its readers and writers share in memory. A commit of any process has
 * written it before it is done. Its form is documented (sqlite.org/walformat.html, 2.1) and kept:
 * programs of several versions use one index at the same time. */
#include "store/sqlite_version.h"

#include <string.h>

#define INDEX_REGION 32768
#define INDEX_VERSION 3007000u
#define HEAD_WORDS 6 /* 48 bytes: version, count of changes, size of the log, checksums, salts */

static bool logs_ahead(sqlite3 *handle)
{
	sqlite3_stmt *statement = NULL;
	bool ahead = false;

	if (sqlite3_prepare_v2(handle, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		ahead = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
	sqlite3_finalize(statement);
	return ahead;
}

const uint64_t *store__shared_head(sqlite3 *handle)
{
	sqlite3_file *file = NULL;
	void volatile *region = NULL;
	uint32_t version;

	if (!logs_ahead(handle) ||
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
		return NULL;
	if (!file || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap ||
		file->pMethods->xShmMap(file, 0, INDEX_REGION, 0, &region) != SQLITE_OK || !region)
		return NULL;
	version = *(const volatile uint32_t *)region;
	return version == INDEX_VERSION ? (const uint64_t *)(uintptr_t)region : NULL;
}

/* Read while it is being written it gives one number more, never the one before a commit that is
 * done. FNV-1a over words. */
uint64_t store__shared_version(const uint64_t *head)
{
	uint64_t version = UINT64_C(14695981039346656037);

	for (int i = 0; i < HEAD_WORDS; i++)
		version = (version ^ __atomic_load_n(&head[i], __ATOMIC_ACQUIRE)) *
			  UINT64_C(1099511628211);
	return version;
}
