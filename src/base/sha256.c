/* SHA-256 by nettle, which uses the processor's own instructions where there are any: names
 * documents and their schedules. */
#include "base/doc.h"

#include <assert.h>
#include <nettle/sha2.h>

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
