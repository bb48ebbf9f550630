/* SHA-256 by libsodium: names documents and links journal entries. */
#include "base/doc.h"

#include <assert.h>
#include <sodium/crypto_hash_sha256.h>

_Static_assert(sizeof(struct sha256) == crypto_hash_sha256_BYTES, "one hash");

struct sha256 sha256_of(struct str bytes)
{
	struct sha256 hash;
	const unsigned char *start = (const unsigned char *)(bytes.ptr ? bytes.ptr : "");
	crypto_hash_sha256(hash.bytes, start, bytes.len);
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
