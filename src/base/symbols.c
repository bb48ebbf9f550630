/* A table from strings to small numbers: open addressing, linear probing, at most two thirds
 * full. Codes and ids of 3 to 16 bytes are looked up millions of times while a world is loaded:
 * a slot holds the first and the last eight bytes of its key, so that such keys are compared
 * without the text being read. */
#include "base/text.h"

#include <assert.h>
#include <string.h>

struct symbol_slot {
	const char *ptr; /* NULL: free */
	uint64_t head, tail;
	uint32_t len, value;
};

#define CAPACITY_MIN 16u
#define KEY_MAX UINT32_MAX

/* A key, its ends and its hash. */
struct probe {
	struct str key;
	uint64_t head, tail, hash;
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t load(const char *bytes)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
	return word;
}

static uint64_t load_half(const char *bytes)
{
	uint32_t word;
	memcpy(&word, bytes, sizeof word);
	return word;
}

static struct probe probe_of(struct str key)
{
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	struct probe probe = { .key = key };
	const unsigned char *bytes = (const unsigned char *)key.ptr;
	uint64_t hash = (uint64_t)key.len ^ UINT64_C(0xa0761d6478bd642f);
	if (key.len >= 8) {
		probe.head = load(key.ptr);
		probe.tail = load(key.ptr + key.len - 8);
		for (size_t i = 8; i + 8 < key.len; i += 8)
			hash = mix(hash ^ load(key.ptr + i), factor);
	} else if (key.len >= 4) {
		probe.head = load_half(key.ptr) | load_half(key.ptr + key.len - 4) << 32;
	} else if (key.len) {
		probe.head = (uint64_t)bytes[0] | (uint64_t)bytes[key.len / 2] << 8 |
			     (uint64_t)bytes[key.len - 1] << 16;
	}
	hash = mix(hash ^ probe.head, factor);
	hash = mix(hash ^ probe.tail, factor);
	probe.hash = hash ^ hash >> 32;
	return probe;
}

static bool holds(const struct symbol_slot *slot, const struct probe *probe)
{
	return slot->head == probe->head && slot->tail == probe->tail &&
	       slot->len == probe->key.len &&
	       (slot->len <= 16 || memcmp(slot->ptr, probe->key.ptr, slot->len) == 0);
}

void symbols_init(struct symbols *symbols, struct arena *arena)
{
	assert(symbols && arena);
	*symbols = (struct symbols){ .arena = arena };
}

/* The slot that holds the key, or the free one where it would go. */
static struct symbol_slot *find(const struct symbols *symbols, const struct probe *probe)
{
	uint32_t mask = symbols->capacity - 1;
	for (uint32_t i = (uint32_t)probe->hash & mask;; i = (i + 1) & mask) {
		struct symbol_slot *slot = &symbols->slots[i];
		if (!slot->ptr || holds(slot, probe))
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
		struct probe probe = probe_of((struct str){ slot->ptr, slot->len });
		if (slot->ptr)
			*find(&grown, &probe) = *slot;
	}
	*symbols = grown;
	return true;
}

enum status symbols_put(struct symbols *symbols, struct str key, uint32_t value, uint32_t *existing)
{
	assert(symbols && symbols->arena);
	assert(value != SYMBOL_NONE);
	if (key.len > KEY_MAX || (symbols->count >= symbols->capacity / 3 * 2 && !grow(symbols)))
		return STATUS_NO_MEMORY;
	if (!key.ptr)
		key = STR("");
	struct probe probe = probe_of(key);
	struct symbol_slot *slot = find(symbols, &probe);
	if (existing)
		*existing = slot->ptr ? slot->value : SYMBOL_NONE;
	if (!slot->ptr) {
		*slot = (struct symbol_slot){ key.ptr, probe.head, probe.tail, (uint32_t)key.len,
			value };
		symbols->count++;
	}
	return STATUS_OK;
}

uint32_t symbols_get(const struct symbols *symbols, struct str key)
{
	assert(symbols);
	if (symbols->count == 0)
		return SYMBOL_NONE;
	struct probe probe = probe_of(key);
	const struct symbol_slot *slot = find(symbols, &probe);
	return slot->ptr ? slot->value : SYMBOL_NONE;
}
