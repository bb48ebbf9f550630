/* A disk in memory, as a VFS of SQLite, on which everything that can go wrong does when it is told
 * to. What was written and not synced may be lost, in part, when the power is cut. */
#ifndef ENTENTE_TESTS_STORE_VFS_DISK_H
#define ENTENTE_TESTS_STORE_VFS_DISK_H

#include "base/base.h"

#define DISK_VFS "simulated-disk"

enum disk_fault {
	DISK_EIO,   /* the call fails */
	DISK_FULL,  /* a write finds no room; other calls are not touched */
	DISK_SHORT, /* a write stops half way, and fails */
	DISK_SYNC,  /* a sync fails and what was to be saved is gone; other calls are not touched */
	DISK_FAULTS
};

/* Registers the VFS; once a process. */
void disk_register(void);
/* An empty disk, whose chances come from SEED. */
void disk_format(uint64_t seed);
void disk_erase(void); /* frees it */
/* The whole disk as it is, synced, kept aside and brought back. */
void disk_keep(void);
void disk_bring_back(uint64_t seed);

/* I/O calls so far: reads, writes, syncs, truncations, openings, deletions. */
uint64_t disk_calls(void);
/* The power is cut at call number CALL (0: never): from then on every call fails. */
void disk_cut_at(uint64_t call);
bool disk_is_dead(void);
/* After a cut: what survived is chosen, sector by sector of SECTOR bytes, and the disk runs again.
 * No file may be open. */
void disk_revive(uint32_t sector);
/* Syncs say that they saved and do not: a control, which the tests must catch. */
void disk_lies(bool lies);
/* FAULT at call number CALL, if it is of its kind; STICKY: at every such call from then on. CALL 0:
 * none. */
void disk_fail(enum disk_fault fault, uint64_t call, bool sticky);
bool disk_failed(void); /* a fault has struck since disk_fail() */
unsigned disk_open_files(void);

#endif
