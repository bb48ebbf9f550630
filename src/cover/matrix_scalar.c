/* The matrix's inner loops in plain C, and what the vector paths must equal. */
#include <assert.h>
#include "cover/matrix.h"

static void sum_scalar(struct matrix_vector *out, const struct matrix_vector *in,
	const struct set256 *masks, size_t count)
{
	*out = *in;
	for (size_t i = 0; i < count; i++) {
		for (unsigned w = 0; w < 4; w++) {
			for (uint64_t bits = masks[i].words[w]; bits; bits &= bits - 1)
				out->counts[w * 64 + (unsigned)__builtin_ctzll(bits)]++;
		}
	}
}

static void turn_scalar(uint8_t *columns, size_t stride, const struct matrix_vector *block)
{
	assert(stride % MATRIX_BLOCK == 0);
	for (size_t n = 0; n < MATRIX_NATS; n++) {
		for (size_t i = 0; i < MATRIX_BLOCK; i++)
			columns[n * stride + i] = block[i].counts[n];
	}
}

static void widen_scalar(uint16_t *out, const uint8_t *in, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = in[i];
}

const struct matrix_lane matrix_scalar = { sum_scalar, turn_scalar, widen_scalar };
