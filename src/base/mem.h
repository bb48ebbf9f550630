/* Memory: a seam for the allocator, and arenas on top of it.
 *
 * One arena serves one request, load or computation and is freed at once; nothing in it is
 * freed alone. Every arena has a maximum, so that no input can take the machine. All functions
 * return NULL when memory is not to be had; callers turn that into STATUS_NO_MEMORY. The
 * allocator behind an arena is a parameter, so that tests can make the n-th allocation fail.
 *
 * Ownership: whoever calls arena_init() calls arena_free(). arena_free() of a zeroed or freed
 * arena does nothing. */
#ifndef ENTENTE_BASE_MEM_H
#define ENTENTE_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

struct allocator {
	void *(*get)(void *context, size_t size); /* malloc's contract */
	void (*put)(void *context, void *memory,
		size_t size); /* free's contract, with the size once asked for */
	void *context;
};

/* malloc and free; two megabytes and more come from the system itself. */
extern const struct allocator allocator_system;

struct arena_block;
struct arena {
	const struct allocator *allocator;
	struct arena_block *blocks; /* newest first */
	size_t used;                /* bytes taken from the allocator so far */
	size_t max;                 /* ... and how many it may take at most */
};

void arena_init(struct arena *arena, const struct allocator *allocator, size_t max);
void arena_free(struct arena *arena);

/* Takes over all memory of FROM, which is empty afterwards; what lies in it stays where it is. Both
 * have the same allocator. False when TO may not hold so much: nothing has happened. O(blocks of
 * FROM). */
bool arena_adopt(struct arena *to, struct arena *from);

/* Zeroed memory of SIZE bytes, aligned for any type; NULL on failure. SIZE 0 gives a valid
 * unique pointer. O(1) amortised. */
void *arena_get(struct arena *arena, size_t size);
/* The same, not zeroed: for what is filled at once. */
void *arena_get_raw(struct arena *arena, size_t size);
/* Everything in the arena is given up, its largest block kept for what comes next: a loop of many
 * short computations asks the allocator once. O(blocks). */
void arena_reset(struct arena *arena);
/* Zeroed array, with the multiplication checked. */
void *arena_get_array(struct arena *arena, size_t count, size_t size);
/* OLD (of OLD_COUNT elements, may be NULL) grown to NEW_COUNT; the new tail is zeroed. The old
 * memory stays until arena_free(). */
void *arena_grow(
	struct arena *arena, const void *old, size_t old_count, size_t new_count, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_get((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_get_array((arena), (count), sizeof(type)))

/* One more element at the end of an arena array {items, count, capacity}: COUNT goes up by one
 * and the new element, zeroed, is returned. Grows by doubling; NULL on failure, array unharmed. */
void *arena_push(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size);

#endif
