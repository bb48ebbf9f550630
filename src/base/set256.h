/* Sets of at most 256 small numbers, as four words: nationalities, organizations of a country.
 * All operations O(1). */
#ifndef ENTENTE_BASE_SET256_H
#define ENTENTE_BASE_SET256_H

#include <stdbool.h>
#include <stdint.h>

struct set256 {
	uint64_t words[4];
};

static inline void set256_add(struct set256 *set, unsigned i)
{
	set->words[(i & 255u) >> 6] |= UINT64_C(1) << (i & 63u);
}
static inline void set256_remove(struct set256 *set, unsigned i)
{
	set->words[(i & 255u) >> 6] &= ~(UINT64_C(1) << (i & 63u));
}
static inline bool set256_has(const struct set256 *set, unsigned i)
{
	return set->words[(i & 255u) >> 6] >> (i & 63u) & 1u;
}
static inline struct set256 set256_and(struct set256 a, struct set256 b)
{
	return (struct set256){ { a.words[0] & b.words[0], a.words[1] & b.words[1],
		a.words[2] & b.words[2], a.words[3] & b.words[3] } };
}
static inline struct set256 set256_or(struct set256 a, struct set256 b)
{
	return (struct set256){ { a.words[0] | b.words[0], a.words[1] | b.words[1],
		a.words[2] | b.words[2], a.words[3] | b.words[3] } };
}
static inline struct set256 set256_minus(struct set256 a, struct set256 b)
{
	return (struct set256){ { a.words[0] & ~b.words[0], a.words[1] & ~b.words[1],
		a.words[2] & ~b.words[2], a.words[3] & ~b.words[3] } };
}
static inline bool set256_empty(const struct set256 *set)
{
	return !(set->words[0] | set->words[1] | set->words[2] | set->words[3]);
}
/* All numbers below COUNT, at most 256. */
static inline struct set256 set256_below(unsigned count)
{
	struct set256 set = { { 0 } };
	for (unsigned w = 0; w < 4 && count > 64 * w; w++)
		set.words[w] =
			count - 64 * w >= 64 ? UINT64_MAX : (UINT64_C(1) << (count - 64 * w)) - 1;
	return set;
}
static inline unsigned set256_count(const struct set256 *set)
{
	int count = 0;
	for (int i = 0; i < 4; i++)
		count += __builtin_popcountll(set->words[i]);
	return (unsigned)count;
}

#endif
