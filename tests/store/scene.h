/* What the proofs of store/ share: a small workspace on the simulated disk, changes numbered so
 * that each can be asked for again, and the book of what was acknowledged. */
#ifndef ENTENTE_TESTS_STORE_SCENE_H
#define ENTENTE_TESTS_STORE_SCENE_H

#include "store/store.h"
#include "vfs_disk.h"

#define SCENE_CHANGES_MAX 64

struct scene {
	uint64_t seed;
	uint64_t base;                            /* entries before the first change */
	size_t asked;                             /* changes 0 to asked - 1 were asked for */
	uint64_t acknowledged[SCENE_CHANGES_MAX]; /* sequence by change; 0: none */
	struct str trouble;                       /* the first thing found wrong */
	struct arena arena;
};

/* A clock that stands still: nothing is probed, all is replayable. */
extern const struct clock scene_clock;

/* An empty store with a small workspace; the disk is kept (disk_keep()). */
void scene_found(uint64_t seed);
/* The kept disk brought back, nothing asked yet. */
void scene_start(struct scene *scene, uint64_t seed);
void scene_end(struct scene *scene);
enum status scene_open(struct store **out, enum store_mode mode);
enum status scene_open_with(struct store **out, enum store_mode mode, const struct clock *clock);
/* Change number N of the scene: always the same. Asks for it and notes the answer. */
enum status scene_ask(
	struct scene *scene, struct store *store, size_t number, struct store_receipt *receipt);
/* Opens the store again, asks again for all that was asked, and looks: nothing acknowledged is
 * lost, nothing is there twice, every hash holds. False after noting the trouble. */
bool scene_check(struct scene *scene);
bool scene_trouble(struct scene *scene, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "PROMISE id measured limit PASS" and the same as TAP. */
void promise(const char *id, const char *measured, const char *limit, bool holds);
void promise_count(const char *id, uint64_t bad, const char *of, uint64_t tries);
int promises_end(void); /* the plan; exit code */

#endif
