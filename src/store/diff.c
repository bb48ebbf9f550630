/* Which rows of a table stay when it is written anew: a row that is there before and after, in the
 * same order among those that stay, is not touched, so that its history is that of the fact and not
 * that of the file. */
#include "store/internal.h"

#include <assert.h>

/* Rows with equal text, chained in order. */
struct chains {
	struct symbols heads; /* text to the first of its rows */
	uint32_t *next;       /* the row after it; SYMBOL_NONE: the last */
	uint32_t *at;         /* by first row: the next that nobody continues yet */
};

static enum status chain_rows(
	struct chains *out, struct arena *arena, const struct str *rows, size_t count)
{
	symbols_init(&out->heads, arena);
	out->next = ARENA_ARRAY(arena, count + 1, uint32_t);
	out->at = ARENA_ARRAY(arena, count + 1, uint32_t);
	if (!out->next || !out->at)
		return STATUS_NO_MEMORY;
	for (size_t i = count; i-- > 0;)
		out->next[i] = SYMBOL_NONE;
	/* AT serves first as the last row of each chain. */
	for (size_t i = 0; i < count; i++) {
		uint32_t first;
		if (symbols_put(&out->heads, rows[i], (uint32_t)i, &first) != STATUS_OK)
			return STATUS_NO_MEMORY;
		if (first != SYMBOL_NONE)
			out->next[out->at[first]] = (uint32_t)i;
		out->at[first == SYMBOL_NONE ? i : first] = (uint32_t)i;
	}
	for (size_t i = 0; i < count; i++)
		out->at[i] = (uint32_t)i;
	return STATUS_OK;
}

/* The old row that NEW may continue: each is given away once, in order. */
static uint32_t take(struct chains *chains, struct str row)
{
	uint32_t first = symbols_get(&chains->heads, row);
	uint32_t taken = first == SYMBOL_NONE ? SYMBOL_NONE : chains->at[first];

	if (taken != SYMBOL_NONE)
		chains->at[first] = chains->next[taken];
	return taken;
}

/* Of the pairs in KEPT only a longest run of rising old rows is left (patience sorting). */
static enum status keep_rising(size_t *kept, struct arena *arena, size_t count)
{
	size_t *piles = ARENA_ARRAY(arena, count + 1, size_t); /* the new row on top of each */
	size_t *below = ARENA_ARRAY(arena, count + 1, size_t);
	size_t height = 0;

	if (!piles || !below)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		size_t low = 0, high = height;
		if (kept[i] == SIZE_MAX)
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (kept[piles[middle]] < kept[i])
				low = middle + 1;
			else
				high = middle;
		}
		below[i] = low ? piles[low - 1] : SIZE_MAX;
		piles[low] = i;
		height += low == height;
	}
	size_t next = height ? piles[height - 1] : SIZE_MAX;
	for (size_t i = count; i-- > 0;) {
		if (i == next)
			next = below[i];
		else
			kept[i] = SIZE_MAX;
	}
	return STATUS_OK;
}

enum status store__diff(size_t *kept, struct arena *arena, const struct str *old, size_t old_count,
	const struct str *new, size_t new_count)
{
	struct chains chains;
	size_t prefix = 0, suffix = 0, least = old_count < new_count ? old_count : new_count;

	assert(kept || new_count == 0);
	while (prefix < least && str_eq(old[prefix], new[prefix])) {
		kept[prefix] = prefix;
		prefix++;
	}
	while (suffix < least - prefix &&
		str_eq(old[old_count - 1 - suffix], new[new_count - 1 - suffix])) {
		suffix++;
		kept[new_count - suffix] = old_count - suffix;
	}
	size_t middle = new_count - prefix - suffix;
	if (chain_rows(&chains, arena, old + prefix, old_count - prefix - suffix) != STATUS_OK)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < middle; i++) {
		uint32_t taken = take(&chains, new[prefix + i]);
		kept[prefix + i] = taken == SYMBOL_NONE ? SIZE_MAX : prefix + taken;
	}
	return middle ? keep_rising(kept + prefix, arena, middle) : STATUS_OK;
}
