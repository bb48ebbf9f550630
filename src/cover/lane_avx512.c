/* The lane with AVX-512: 32 keys at once; up to 512 sets are looked up in one register. */
#include <assert.h>
#include "cover/internal.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl")))
#define SETS_NEAR 8 /* words of one register */
#define KEYS 32

/* A question, made ready. */
struct wide {
	__m512i from_max, until_min, near;
	__m256i phase;
	const uint64_t *sets; /* NULL: all are near */
};

WIDE static inline struct wide widen(const struct lane_query *query)
{
	struct wide wide = { _mm512_set1_epi16((int16_t)query->from_max),
		_mm512_set1_epi16((int16_t)query->until_min), _mm512_setzero_si512(),
		_mm256_set1_epi8((char)query->phase), query->sets };

	if (query->set_words <= SETS_NEAR) {
		wide.near = _mm512_maskz_loadu_epi64(
			(__mmask8)((1u << query->set_words) - 1), query->sets);
		wide.sets = NULL;
	}
	return wide;
}

/* Keys from AT that agree on day and phase. */
WIDE static inline __mmask32 agree32(struct key_run run, uint32_t at, const struct wide *wide)
{
	__m512i from = _mm512_loadu_si512((const void *)(run.from + at));
	__m512i until = _mm512_loadu_si512((const void *)(run_until(run) + at));
	__m256i phases = _mm256_loadu_si256((const void *)(run_phases(run) + at));
	__mmask32 begun = _mm512_cmple_epu16_mask(from, wide->from_max);
	__mmask32 lasts = _mm512_mask_cmpge_epu16_mask(begun, until, wide->until_min);

	return _mm256_mask_test_epi8_mask(lasts, phases, wide->phase);
}

/* Of AGREE, those whose set's bit is among the 512 that are near; 16 bits are looked up at a time.
 */
WIDE static inline __mmask32 holds32(
	struct key_run run, uint32_t at, __mmask32 agree, const struct wide *wide)
{
	__m512i set = _mm512_loadu_si512((const void *)(run_sets(run) + at));
	__m512i word = _mm512_permutexvar_epi16(_mm512_srli_epi16(set, 4), wide->near);
	__m512i bit = _mm512_sllv_epi16(
		_mm512_set1_epi16(1), _mm512_and_si512(set, _mm512_set1_epi16(15)));

	return _mm512_mask_test_epi16_mask(agree, word, bit);
}

WIDE static inline uint64_t filter_wide(
	struct key_run run, uint32_t first, uint32_t count, const struct wide *wide)
{
	uint64_t agree = 0, mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i += KEYS) {
		__mmask32 some = agree32(run, first + i, wide);

		if (!wide->sets)
			some = holds32(run, first + i, some, wide);
		agree |= (uint64_t)some << i;
	}
	if (count < 64)
		agree &= (UINT64_C(1) << count) - 1;
	if (!wide->sets)
		return agree;
	for (; agree; agree &= agree - 1) {
		unsigned i = (unsigned)__builtin_ctzll(agree);
		uint16_t set = run_sets(run)[first + i];

		mask |= (wide->sets[set / 64] >> (set % 64) & 1u) << i;
	}
	return mask;
}

WIDE static uint64_t filter_avx512(
	struct key_run run, uint32_t first, uint32_t count, const struct lane_query *query)
{
	struct wide wide = widen(query);

	return filter_wide(run, first, count, &wide);
}

WIDE static void filter_each_avx512(
	uint64_t *masks, const struct key_part *parts, size_t count, const struct lane_query *query)
{
	struct wide wide = widen(query);

	for (size_t i = 0; i < count; i++)
		masks[i] = filter_wide(parts[i].run, parts[i].first, parts[i].count, &wide);
}

const struct lane lane_avx512 = { LANE_AVX512, filter_each_avx512, filter_avx512 };
#else
const struct lane lane_avx512 = { LANE_SCALAR, NULL, NULL }; /* never chosen */
#endif
