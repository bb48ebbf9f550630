/* SHA-256 by nettle, which uses the processor's own instructions where there are any: names
 * documents and their schedules. */
#include "base/doc.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <string.h>

_Static_assert(sizeof(struct sha256) == SHA256_DIGEST_SIZE, "one hash");

struct sha256 sha256_of(struct str bytes)
{
	struct sha256 hash;
	struct sha256_ctx state;
	sha256_init(&state);
	if (bytes.len)
		sha256_update(&state, bytes.len, (const uint8_t *)bytes.ptr);
	sha256_digest(&state, sizeof hash.bytes, hash.bytes);
	return hash;
}

void sha256_hex(char out[static 65], const struct sha256 *hash)
{
	static const char digits[] = "0123456789abcdef";
	assert(hash);
	for (size_t i = 0; i < sizeof hash->bytes; i++) {
		out[2 * i] = digits[hash->bytes[i] >> 4];
		out[2 * i + 1] = digits[hash->bytes[i] & 15];
	}
	out[64] = '\0';
}

bool sha256_same(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sha256_read(struct sha256 *out, struct str text)
{
	if (str_starts(text, "sha256:"))
		text = str_sub(text, sizeof("sha256:") - 1, text.len);
	if (text.len != 2 * sizeof out->bytes)
		return false;
	for (size_t i = 0; i < sizeof out->bytes; i++) {
		int high = digit(text.ptr[2 * i]), low = digit(text.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out->bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}
