/* The lane with AVX-512: 32 keys at once; up to 512 sets are looked up in one register. */
#include <assert.h>
#include "cover/internal.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,bmi2,popcnt")))
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

/* Of the first COUNT keys from AT, those that agree on day and phase. */
WIDE static inline __mmask32 agree32(
	struct key_run run, uint32_t at, uint32_t count, const struct wide *wide)
{
	__m512i from = _mm512_loadu_si512((const void *)(run.from + at));
	__m512i until = _mm512_loadu_si512((const void *)(run_until(run) + at));
	__m256i phases = _mm256_loadu_si256((const void *)(run_phases(run) + at));
	__mmask32 all = _bzhi_u32(UINT32_MAX, count < KEYS ? count : KEYS);
	__mmask32 begun = _mm512_mask_cmple_epu16_mask(all, from, wide->from_max);
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

/* The same where there are more sets, one key after the other. */
WIDE static inline __mmask32 looked_up32(
	struct key_run run, uint32_t at, __mmask32 agree, const struct wide *wide)
{
	__mmask32 mask = 0;

	for (; agree; agree &= agree - 1) {
		unsigned i = (unsigned)__builtin_ctz(agree);
		uint16_t set = run_sets(run)[at + i];

		mask |= (__mmask32)(wide->sets[set / 64] >> (set % 64) & 1u) << i;
	}
	return mask;
}

WIDE static uint64_t filter_avx512(
	struct key_run run, uint32_t first, uint32_t count, const struct lane_query *query)
{
	struct wide wide = widen(query);
	uint64_t mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i += KEYS) {
		__mmask32 agree = agree32(run, first + i, count - i, &wide);

		agree = wide.sets ? looked_up32(run, first + i, agree, &wide)
				  : holds32(run, first + i, agree, &wide);
		mask |= (uint64_t)agree << i;
	}
	return mask;
}

/* The numbers that agree are moved together without a branch: how many do so no machine can guess.
 * NEAR is known where this is compiled. */
WIDE static inline __attribute__((always_inline)) bool find_parts(uint32_t *out,
	struct key_part *parts, size_t count, const struct wide *wide, uint8_t needs, bool near)
{
	const __m512i step =
		_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	__m256i needed = _mm256_setzero_si256();
	uint32_t *end = out;

	for (struct key_part *part = parts; part < parts + count; part++) {
		struct key_run run = part->run;
		__m512i number = _mm512_add_epi32(_mm512_set1_epi32((int)part->first), step);

		for (uint32_t at = 0; at < run.count; at += KEYS) {
			__mmask32 agree = agree32(run, at, run.count - at, wide);

			agree = near ? holds32(run, at, agree, wide)
				     : looked_up32(run, at, agree, wide);
			needed = _mm256_or_si256(
				needed, _mm256_maskz_loadu_epi8(agree, run_needs(run) + at));
			_mm512_storeu_si512(
				end, _mm512_maskz_compress_epi32((__mmask16)agree, number));
			end += __builtin_popcount(agree & UINT16_MAX);
			number = _mm512_add_epi32(number, _mm512_set1_epi32(KEYS / 2));
			_mm512_storeu_si512(
				end, _mm512_maskz_compress_epi32((__mmask16)(agree >> 16), number));
			end += __builtin_popcount(agree >> 16);
			number = _mm512_add_epi32(number, _mm512_set1_epi32(KEYS / 2));
		}
		part->found = (uint32_t)(end - out);
	}
	return !_mm256_testz_si256(needed, _mm256_set1_epi8((char)needs));
}

WIDE static bool find_avx512(uint32_t *out, struct key_part *parts, size_t count,
	const struct lane_query *query, uint8_t needs)
{
	struct wide wide = widen(query);

	return wide.sets ? find_parts(out, parts, count, &wide, needs, false)
			 : find_parts(out, parts, count, &wide, needs, true);
}

const struct lane lane_avx512 = { LANE_AVX512, find_avx512, filter_avx512 };
#else
const struct lane lane_avx512 = { LANE_SCALAR, NULL, NULL }; /* never chosen */
#endif
