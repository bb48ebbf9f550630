/* The matrix's inner loops with AVX2: see matrix_avx512.c; half a register at a time, and the bits
 * of a set are spread to bytes by hand. */
#include <assert.h>
#include "cover/matrix.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))

/* All ones in byte I where bit I is set. */
WIDE static inline __m256i spread(uint32_t bits)
{
	const __m256i byte = _mm256_setr_epi64x(0, INT64_C(0x0101010101010101),
		INT64_C(0x0202020202020202), INT64_C(0x0303030303030303));
	const __m256i bit = _mm256_set1_epi64x((int64_t)UINT64_C(0x8040201008040201));
	__m256i all = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), byte);

	return _mm256_cmpeq_epi8(_mm256_and_si256(all, bit), bit);
}

WIDE static void sum_avx2(struct matrix_vector *out, const struct matrix_vector *in,
	const struct set256 *masks, size_t count)
{
	for (unsigned k = 0; k < MATRIX_NATS / 32; k++) {
		__m256i sum = _mm256_load_si256((const void *)(in->counts + 32 * k));

		for (size_t i = 0; i < count; i++) {
			uint32_t bits = (uint32_t)(masks[i].words[k / 2] >> (k % 2 * 32));

			sum = _mm256_sub_epi8(sum, spread(bits));
		}
		_mm256_store_si256((void *)(out->counts + 32 * k), sum);
	}
}

WIDE static inline void turn16(__m256i to[16], const __m256i from[16])
{
	__m256i a[16], b[16];

	for (unsigned i = 0; i < 8; i++) {
		a[2 * i] = _mm256_unpacklo_epi8(from[i], from[i + 8]);
		a[2 * i + 1] = _mm256_unpackhi_epi8(from[i], from[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		b[2 * i] = _mm256_unpacklo_epi8(a[i], a[i + 8]);
		b[2 * i + 1] = _mm256_unpackhi_epi8(a[i], a[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		a[2 * i] = _mm256_unpacklo_epi8(b[i], b[i + 8]);
		a[2 * i + 1] = _mm256_unpackhi_epi8(b[i], b[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		to[2 * i] = _mm256_unpacklo_epi8(a[i], a[i + 8]);
		to[2 * i + 1] = _mm256_unpackhi_epi8(a[i], a[i + 8]);
	}
}

WIDE static void turn_avx2(uint8_t *columns, size_t stride, const struct matrix_vector *block)
{
	assert(stride % MATRIX_BLOCK == 0);
	for (size_t n = 0; n < MATRIX_NATS; n += 32) {
		for (size_t i = 0; i < MATRIX_BLOCK; i += 16) {
			__m256i rows[16], turned[16];
			uint8_t *to = columns + n * stride + i;

			for (size_t k = 0; k < 16; k++)
				rows[k] =
					_mm256_load_si256((const void *)(block[i + k].counts + n));
			turn16(turned, rows);
			for (size_t k = 0; k < 16; k++) {
				_mm_store_si128((void *)(to + k * stride),
					_mm256_castsi256_si128(turned[k]));
				_mm_store_si128((void *)(to + (k + 16) * stride),
					_mm256_extracti128_si256(turned[k], 1));
			}
		}
	}
}

WIDE static void widen_avx2(uint16_t *out, const uint8_t *in, size_t count)
{
	size_t i = 0;

	for (; i < count && (uintptr_t)(out + i) % 32; i++)
		out[i] = in[i];
	for (; i + 16 <= count; i += 16)
		_mm256_stream_si256((void *)(out + i),
			_mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)(in + i))));
	for (; i < count; i++)
		out[i] = in[i];
	_mm_sfence();
}

const struct matrix_lane matrix_avx2 = { sum_avx2, turn_avx2, widen_avx2 };
#else
const struct matrix_lane matrix_avx2 = { NULL, NULL, NULL }; /* never chosen */
#endif
