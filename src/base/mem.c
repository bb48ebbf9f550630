/* Arenas: memory that is freed as a whole.
 *
 * Almost all memory of a run lives exactly as long as one load, one request or one computation,
 * so single frees would only be a chance to get them wrong. Blocks double up to a megabyte, and of
 * a large arena they are a fourth: a small request costs one page, a world a hundred allocations,
 * and the machine's tables of pages stay short. Under AddressSanitizer every piece is followed by a
 * poisoned gap, so that overruns are seen although the allocator knows only the blocks. */
#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define MEM_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEM_ASAN 1
#endif
#endif
#ifndef MEM_ASAN
#define MEM_ASAN 0
#endif

#if MEM_ASAN
#include <sanitizer/asan_interface.h>
#define MEM_GAP 16 /* bytes kept poisoned behind each piece */
#define POISON(memory, size) __asan_poison_memory_region((memory), (size))
#define UNPOISON(memory, size) __asan_unpoison_memory_region((memory), (size))
#else
#define MEM_GAP 0
#define POISON(memory, size) ((void)(memory), (void)(size))
#define UNPOISON(memory, size) ((void)(memory), (void)(size))
#endif

#define ALIGNMENT sizeof(max_align_t)
#define BLOCK_MIN ((size_t)4096)
#define BLOCK_MAX ((size_t)1 << 20)
#define LARGE_PAGE ((size_t)2 << 20)
#define LARGE_BLOCK_MAX ((size_t)32 << 20)

struct arena_block {
	struct arena_block *next;
	size_t size; /* as asked for, header included */
	size_t used; /* header included; a multiple of ALIGNMENT */
};

#define HEADER ((sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

/* Much memory comes from the system itself, in whole large pages from the start: who reads here
 * and there in it waits as often for the address as for the bytes, and new memory comes page by
 * page. malloc would give back parts of large pages, which are small ones from then on. Large pages
 * are a wish only: where the system has none, all stays as it was. */
static bool is_large(size_t size)
{
	return !MEM_ASAN && size >= LARGE_PAGE && size <= SIZE_MAX / 2;
}

static size_t in_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

static void *get_large(size_t size)
{
	size_t whole = in_pages(size), before;
	int kept = errno; /* a wish is nobody's error */
	char *memory = mmap(NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	before = (LARGE_PAGE - (uintptr_t)memory % LARGE_PAGE) % LARGE_PAGE;
	if (before)
		(void)munmap(memory, before);
	memory += before;
	(void)munmap(memory + whole, LARGE_PAGE - before);
#ifdef MADV_HUGEPAGE
	(void)madvise(memory, whole, MADV_HUGEPAGE);
#endif
	errno = kept;
	return memory;
}

static void *system_get(void *context, size_t size)
{
	(void)context;
	return is_large(size) ? get_large(size) : malloc(size);
}

static void system_put(void *context, void *memory, size_t size)
{
	(void)context;
	if (!is_large(size))
		free(memory);
	else if (memory)
		(void)munmap(memory, in_pages(size));
}

const struct allocator allocator_system = { system_get, system_put, NULL };

void arena_init(struct arena *arena, const struct allocator *allocator, size_t max)
{
	assert(arena);
	assert(allocator && allocator->get && allocator->put);
	*arena = (struct arena){ .allocator = allocator, .max = max };
}

void arena_free(struct arena *arena)
{
	assert(arena);
	struct arena_block *block = arena->blocks;
	while (block) {
		struct arena_block *next = block->next;
		UNPOISON(block, block->size);
		arena->allocator->put(arena->allocator->context, block, block->size);
		block = next;
	}
	arena->blocks = NULL;
	arena->used = 0;
}

bool arena_adopt(struct arena *to, struct arena *from)
{
	assert(to && from && to != from);
	assert(to->allocator->get == from->allocator->get &&
		to->allocator->context == from->allocator->context);
	if (from->used > to->max - to->used)
		return false;
	struct arena_block **last = &from->blocks;
	while (*last)
		last = &(*last)->next;
	/* Behind the block that is being filled. */
	struct arena_block **open = to->blocks ? &to->blocks->next : &to->blocks;
	*last = *open;
	*open = from->blocks;
	to->used += from->used;
	from->blocks = NULL;
	from->used = 0;
	return true;
}

/* How large the next block of an arena that has taken USED bytes should be. */
static size_t block_size(size_t used)
{
	size_t large = used / 4 / LARGE_PAGE * LARGE_PAGE;

	if (large)
		return large < LARGE_BLOCK_MAX ? large : LARGE_BLOCK_MAX;
	if (used > BLOCK_MAX)
		return BLOCK_MAX;
	return used < BLOCK_MIN ? BLOCK_MIN : used;
}

/* A block with room for NEED bytes after its header; NULL on failure. */
static struct arena_block *add_block(struct arena *arena, size_t need)
{
	size_t least = HEADER + need;
	size_t left = arena->max - arena->used;
	/* A large piece gets its own and leaves the open block in front. */
	bool alone = arena->blocks && need > BLOCK_MAX / 2;
	size_t size = alone ? least : block_size(arena->used);
	if (size > left)
		size = left;
	if (size < least)
		size = least;
	if (size > left)
		return NULL;
	struct arena_block *block = arena->allocator->get(arena->allocator->context, size);
	if (!block)
		return NULL;
	*block = (struct arena_block){ .next = arena->blocks, .size = size, .used = HEADER };
	POISON((char *)block + HEADER, size - HEADER);
	arena->used += size;
	if (alone) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		arena->blocks = block;
	}
	assert(arena->used <= arena->max);
	return block;
}

void *arena_get_raw(struct arena *arena, size_t size)
{
	assert(arena && arena->allocator);
	if (size > SIZE_MAX / 2)
		return NULL;
	size_t need = ((size ? size : 1) + MEM_GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct arena_block *block = arena->blocks;
	if (!block || block->size - block->used < need) {
		block = add_block(arena, need);
		if (!block)
			return NULL;
	}
	char *memory = (char *)block + block->used;
	block->used += need;
	assert(block->used <= block->size);
	UNPOISON(memory, size);
	return memory;
}

void *arena_get(struct arena *arena, size_t size)
{
	void *memory = arena_get_raw(arena, size);
	return memory ? memset(memory, 0, size) : NULL;
}

void arena_reset(struct arena *arena)
{
	assert(arena);
	struct arena_block *kept = arena->blocks;
	if (!kept)
		return;
	for (struct arena_block *block = kept->next; block; block = block->next)
		if (block->size > kept->size)
			kept = block;
	struct arena_block *block = arena->blocks;
	while (block) {
		struct arena_block *next = block->next;
		if (block != kept) {
			UNPOISON(block, block->size);
			arena->allocator->put(arena->allocator->context, block, block->size);
		}
		block = next;
	}
	kept->next = NULL;
	kept->used = HEADER;
	POISON((char *)kept + HEADER, kept->size - HEADER);
	arena->blocks = kept;
	arena->used = kept->size;
}

void *arena_get_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	return arena_get(arena, bytes);
}

void *arena_grow(
	struct arena *arena, const void *old, size_t old_count, size_t new_count, size_t size)
{
	assert(old_count <= new_count);
	assert(old || old_count == 0);
	void *memory = arena_get_array(arena, new_count, size);
	if (memory && old_count)
		memcpy(memory, old, old_count * size);
	return memory;
}

void *arena_push(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size)
{
	assert(items && count && capacity && size);
	assert(*count <= *capacity);
	if (*count == *capacity) {
		size_t more = *capacity ? *capacity : 8;
		size_t wanted;
		if (__builtin_add_overflow(*capacity, more, &wanted))
			return NULL;
		void *grown = arena_grow(arena, *items, *count, wanted, size);
		if (!grown)
			return NULL;
		*items = grown;
		*capacity = wanted;
	}
	char *item = (char *)*items + *count * size;
	memset(item, 0, size);
	(*count)++;
	return item;
}
