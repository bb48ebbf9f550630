/* The matrix's inner loops with AVX-512: a set is four masks of 64 lanes; 16 places are turned at
 * once, by four rounds of interleaving; 64 bytes leave past the caches. */
#include <assert.h>
#include "cover/matrix.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl")))

WIDE static void sum_avx512(struct matrix_vector *out, const struct matrix_vector *in,
	const struct set256 *masks, size_t count)
{
	__m512i a = _mm512_load_si512(in->counts), b = _mm512_load_si512(in->counts + 64);
	__m512i c = _mm512_load_si512(in->counts + 128), d = _mm512_load_si512(in->counts + 192);
	const __m512i all = _mm512_set1_epi8(-1); /* taken away: one more */

	for (size_t i = 0; i < count; i++) {
		const uint64_t *words = masks[i].words;

		a = _mm512_mask_sub_epi8(a, words[0], a, all);
		b = _mm512_mask_sub_epi8(b, words[1], b, all);
		c = _mm512_mask_sub_epi8(c, words[2], c, all);
		d = _mm512_mask_sub_epi8(d, words[3], d, all);
	}
	_mm512_store_si512(out->counts, a);
	_mm512_store_si512(out->counts + 64, b);
	_mm512_store_si512(out->counts + 128, c);
	_mm512_store_si512(out->counts + 192, d);
}

/* 16 rows of 64 bytes: in each quarter of a register, row and column change places. The unpackings
 * of bytes, pairs, fours and eights each move one bit of the row's number into the column's; TO
 * holds the result in the order of columns. */
WIDE static inline void turn16(__m512i to[16], const __m512i from[16])
{
	__m512i a[16], b[16];

	for (unsigned i = 0; i < 8; i++) {
		a[2 * i] = _mm512_unpacklo_epi8(from[i], from[i + 8]);
		a[2 * i + 1] = _mm512_unpackhi_epi8(from[i], from[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		b[2 * i] = _mm512_unpacklo_epi8(a[i], a[i + 8]);
		b[2 * i + 1] = _mm512_unpackhi_epi8(a[i], a[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		a[2 * i] = _mm512_unpacklo_epi8(b[i], b[i + 8]);
		a[2 * i + 1] = _mm512_unpackhi_epi8(b[i], b[i + 8]);
	}
	for (unsigned i = 0; i < 8; i++) {
		to[2 * i] = _mm512_unpacklo_epi8(a[i], a[i + 8]);
		to[2 * i + 1] = _mm512_unpackhi_epi8(a[i], a[i + 8]);
	}
}

WIDE static void turn_avx512(uint8_t *columns, size_t stride, const struct matrix_vector *block)
{
	assert(stride % MATRIX_BLOCK == 0);
	for (size_t n = 0; n < MATRIX_NATS; n += 64) {
		for (size_t i = 0; i < MATRIX_BLOCK; i += 16) {
			__m512i rows[16], turned[16];
			uint8_t *to = columns + n * stride + i;

			for (size_t k = 0; k < 16; k++)
				rows[k] = _mm512_load_si512(block[i + k].counts + n);
			turn16(turned, rows);
			for (size_t k = 0; k < 16; k++) {
				__m512i column = turned[k];

				_mm_store_si128(
					(void *)(to + k * stride), _mm512_castsi512_si128(column));
				_mm_store_si128((void *)(to + (k + 16) * stride),
					_mm512_extracti32x4_epi32(column, 1));
				_mm_store_si128((void *)(to + (k + 32) * stride),
					_mm512_extracti32x4_epi32(column, 2));
				_mm_store_si128((void *)(to + (k + 48) * stride),
					_mm512_extracti32x4_epi32(column, 3));
			}
		}
	}
}

WIDE static void widen_avx512(uint16_t *out, const uint8_t *in, size_t count)
{
	size_t i = 0;

	for (; i < count && (uintptr_t)(out + i) % 64; i++)
		out[i] = in[i];
	for (; i + 32 <= count; i += 32)
		_mm512_stream_si512((void *)(out + i),
			_mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)(in + i))));
	for (; i < count; i++)
		out[i] = in[i];
	_mm_sfence();
}

const struct matrix_lane matrix_avx512 = { sum_avx512, turn_avx512, widen_avx512 };
#else
const struct matrix_lane matrix_avx512 = { NULL, NULL, NULL }; /* never chosen */
#endif
