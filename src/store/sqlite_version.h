/* Internal to store/: the version of a SQLite database, read from memory that its users share. */
#ifndef ENTENTE_STORE_SQLITE_VERSION_H
#define ENTENTE_STORE_SQLITE_VERSION_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* The shared head for HANDLE, whose thread calls this after it has read something; it stays where
 * it is until HANDLE is closed. NULL: the database has no log of that kind, or its file system
 * cannot share memory. */
const uint64_t *store__shared_head(sqlite3 *handle);
uint64_t store__shared_version(const uint64_t *head); /* any thread */

#endif
