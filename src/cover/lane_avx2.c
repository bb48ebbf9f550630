/* The lane with AVX2: four keys at once for day and phase; the few that pass are looked up in the
 * set one by one. */
#include <assert.h>
#include "cover/internal.h"

#ifdef __x86_64__
#include <immintrin.h>

/* Bits of the four keys at KEYS that agree on day and phase. A saturated difference is zero where a
 * bound holds; the other parts of a key are compared with what always holds. */
__attribute__((target("avx2"))) static unsigned agree4(
	const struct entry_key *keys, __m256i from, __m256i until, __m256i phase)
{
	__m256i key = _mm256_loadu_si256((const void *)keys);
	__m256i late = _mm256_subs_epu16(key, from), early = _mm256_subs_epu16(until, key);
	__m256i wrong =
		_mm256_or_si256(_mm256_or_si256(late, early), _mm256_andnot_si256(key, phase));
	__m256i right = _mm256_cmpeq_epi64(wrong, _mm256_setzero_si256());

	return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(right));
}

__attribute__((target("avx2"))) static uint64_t filter_avx2(
	const struct entry_key *keys, uint32_t count, const struct lane_query *query)
{
	__m256i from =
		_mm256_set1_epi64x((int64_t)(UINT64_C(0xffffffffffff0000) | query->from_max));
	__m256i until = _mm256_set1_epi64x((int64_t)query->until_min << 16);
	__m256i phase = _mm256_set1_epi64x((int64_t)((uint64_t)query->phase << 48));
	uint64_t agree = 0, mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i += 4)
		agree |= (uint64_t)agree4(keys + i, from, until, phase) << i;
	if (count < 64)
		agree &= (UINT64_C(1) << count) - 1;
	for (; agree; agree &= agree - 1) {
		unsigned i = (unsigned)__builtin_ctzll(agree);
		uint16_t set = keys[i].set;

		mask |= (query->sets[set / 64] >> (set % 64) & 1u) << i;
	}
	return mask;
}

const struct lane lane_avx2 = { LANE_AVX2, filter_avx2 };
#else
const struct lane lane_avx2 = { LANE_SCALAR, NULL }; /* never chosen */
#endif
