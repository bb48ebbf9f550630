/* The lane with AVX2: sixteen keys at once for day and phase; the few that pass are looked up in
 * the set one by one. */
#include <assert.h>
#include "cover/internal.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))
#define KEYS 16

/* Bits of the sixteen keys from AT that agree on day and phase. A saturated difference is zero
 * where a bound holds. */
WIDE static inline unsigned agree16(
	struct key_run run, uint32_t at, __m256i from_max, __m256i until_min, __m128i phase)
{
	__m256i from = _mm256_loadu_si256((const void *)(run.from + at));
	__m256i until = _mm256_loadu_si256((const void *)(run_until(run) + at));
	__m128i phases = _mm_loadu_si128((const void *)(run_phases(run) + at));
	__m256i wrong = _mm256_or_si256(
		_mm256_subs_epu16(from, from_max), _mm256_subs_epu16(until_min, until));
	__m256i right = _mm256_cmpeq_epi16(wrong, _mm256_setzero_si256());
	__m128i days =
		_mm_packs_epi16(_mm256_castsi256_si128(right), _mm256_extracti128_si256(right, 1));
	__m128i none = _mm_cmpeq_epi8(_mm_and_si128(phases, phase), _mm_setzero_si128());

	return (unsigned)_mm_movemask_epi8(_mm_andnot_si128(none, days));
}

WIDE static uint64_t filter_avx2(
	struct key_run run, uint32_t first, uint32_t count, const struct lane_query *query)
{
	__m256i from_max = _mm256_set1_epi16((int16_t)query->from_max);
	__m256i until_min = _mm256_set1_epi16((int16_t)query->until_min);
	__m128i phase = _mm_set1_epi8((char)query->phase);
	uint64_t agree = 0, mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i += KEYS)
		agree |= (uint64_t)agree16(run, first + i, from_max, until_min, phase) << i;
	if (count < 64)
		agree &= (UINT64_C(1) << count) - 1;
	for (; agree; agree &= agree - 1) {
		unsigned i = (unsigned)__builtin_ctzll(agree);
		uint16_t set = run_sets(run)[first + i];

		mask |= (query->sets[set / 64] >> (set % 64) & 1u) << i;
	}
	return mask;
}

WIDE static bool find_avx2(uint32_t *out, struct key_part *parts, size_t count,
	const struct lane_query *query, uint8_t needs)
{
	return lane_find_by(out, parts, count, query, needs, filter_avx2);
}

const struct lane lane_avx2 = { LANE_AVX2, find_avx2, filter_avx2 };
#else
const struct lane lane_avx2 = { LANE_SCALAR, NULL, NULL }; /* never chosen */
#endif
