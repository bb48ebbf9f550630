/* The lane with AVX-512: eight keys at once; up to 512 sets are looked up in one register. */
#include <assert.h>
#include "cover/internal.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl")))
#define SETS_NEAR 8 /* words of one register */

struct wide {
	__m512i from, until, phase, near;
};

/* Keys that agree on day and phase: see lane_avx2.c. */
WIDE static inline __mmask8 agree8(__m512i key, const struct wide *wide)
{
	__m512i late = _mm512_subs_epu16(key, wide->from);
	__m512i early = _mm512_subs_epu16(wide->until, key);
	__m512i wrong = _mm512_or_si512(
		_mm512_or_si512(late, early), _mm512_andnot_si512(key, wide->phase));

	return _mm512_testn_epi64_mask(wrong, wrong);
}

/* Of KEY's sets, those whose bit is set; 32 bits are looked up at a time. */
WIDE static inline __mmask8 holds8(
	__m512i key, __mmask8 agree, const struct wide *wide, const struct lane_query *query)
{
	__m512i set = _mm512_and_si512(_mm512_srli_epi64(key, 32), _mm512_set1_epi64(0xffff));
	__m512i at = _mm512_srli_epi64(set, 5);
	__m512i bit = _mm512_sllv_epi64(
		_mm512_set1_epi64(1), _mm512_and_si512(set, _mm512_set1_epi64(31)));
	__m512i word;

	if (query->set_words <= SETS_NEAR)
		word = _mm512_permutexvar_epi32(at, wide->near);
	else
		word = _mm512_cvtepu32_epi64(_mm512_mask_i64gather_epi32(
			_mm256_setzero_si256(), agree, at, (const void *)query->sets, 4));
	return _mm512_mask_test_epi64_mask(agree, word, bit);
}

WIDE static uint64_t filter_avx512(
	const struct entry_key *keys, uint32_t count, const struct lane_query *query)
{
	struct wide wide = {
		_mm512_set1_epi64((int64_t)(UINT64_C(0xffffffffffff0000) | query->from_max)),
		_mm512_set1_epi64((int64_t)query->until_min << 16),
		_mm512_set1_epi64((int64_t)((uint64_t)query->phase << 48)),
		_mm512_setzero_si512(),
	};
	uint64_t mask = 0;

	assert(count <= 64);
	if (query->set_words <= SETS_NEAR)
		wide.near = _mm512_maskz_loadu_epi64(
			(__mmask8)((1u << query->set_words) - 1), query->sets);
	for (uint32_t i = 0; i < count; i += 8) {
		__m512i key = _mm512_loadu_si512((const void *)(keys + i));
		__mmask8 agree = agree8(key, &wide);

		mask |= (uint64_t)holds8(key, agree, &wide, query) << i;
	}
	return count < 64 ? mask & ((UINT64_C(1) << count) - 1) : mask;
}

const struct lane lane_avx512 = { LANE_AVX512, filter_avx512 };
#else
const struct lane lane_avx512 = { LANE_SCALAR, NULL }; /* never chosen */
#endif
