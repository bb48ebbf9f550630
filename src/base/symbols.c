/* A table from strings to small numbers: open addressing, linear probing, at most two thirds
 * full. The hash reads eight bytes at a time, since codes and ids of 3 to 30 bytes are looked
 * up millions of times while a world is loaded. */
#include "base/text.h"

#include <assert.h>
#include <string.h>

struct symbol_slot {
	struct str key; /* ptr NULL: free */
	uint32_t hash;
	uint32_t value;
};

#define CAPACITY_MIN 16u

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_of(struct str s)
{
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = (uint64_t)s.len ^ UINT64_C(0xa0761d6478bd642f);
	size_t i = 0;
	uint64_t word;
	for (; s.len - i >= sizeof word; i += sizeof word) {
		memcpy(&word, s.ptr + i, sizeof word);
		hash = mix(hash ^ word, factor);
	}
	word = 0;
	if (s.len - i)
		memcpy(&word, s.ptr + i, s.len - i);
	hash = mix(hash ^ word, factor);
	return (uint32_t)(hash ^ hash >> 32);
}

void symbols_init(struct symbols *symbols, struct arena *arena)
{
	assert(symbols && arena);
	*symbols = (struct symbols){ .arena = arena };
}

/* The slot that holds KEY, or the free one where it would go. */
static struct symbol_slot *find(const struct symbols *symbols, struct str key, uint32_t hash)
{
	uint32_t mask = symbols->capacity - 1;
	for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
		struct symbol_slot *slot = &symbols->slots[i];
		if (!slot->key.ptr || (slot->hash == hash && str_eq(slot->key, key)))
			return slot;
	}
}

static bool grow(struct symbols *symbols)
{
	if (symbols->capacity > UINT32_MAX / 2)
		return false;
	struct symbols grown = *symbols;
	grown.capacity = symbols->capacity ? symbols->capacity * 2 : CAPACITY_MIN;
	grown.slots = ARENA_ARRAY(symbols->arena, grown.capacity, struct symbol_slot);
	if (!grown.slots)
		return false;
	for (uint32_t i = 0; i < symbols->capacity; i++) {
		const struct symbol_slot *slot = &symbols->slots[i];
		if (slot->key.ptr)
			*find(&grown, slot->key, slot->hash) = *slot;
	}
	*symbols = grown;
	return true;
}

enum status symbols_put(struct symbols *symbols, struct str key, uint32_t value, uint32_t *existing)
{
	assert(symbols && symbols->arena);
	assert(value != SYMBOL_NONE);
	if (symbols->count >= symbols->capacity / 3 * 2 && !grow(symbols))
		return STATUS_NO_MEMORY;
	if (!key.ptr)
		key = STR("");
	uint32_t hash = hash_of(key);
	struct symbol_slot *slot = find(symbols, key, hash);
	if (existing)
		*existing = slot->key.ptr ? slot->value : SYMBOL_NONE;
	if (!slot->key.ptr) {
		*slot = (struct symbol_slot){ .key = key, .hash = hash, .value = value };
		symbols->count++;
	}
	return STATUS_OK;
}

uint32_t symbols_get(const struct symbols *symbols, struct str key)
{
	assert(symbols);
	if (symbols->count == 0)
		return SYMBOL_NONE;
	const struct symbol_slot *slot = find(symbols, key, hash_of(key));
	return slot->key.ptr ? slot->value : SYMBOL_NONE;
}
