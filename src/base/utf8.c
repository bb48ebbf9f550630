/* UTF-8, checked once where bytes come in and trusted afterwards. Most of what is read is
 * ASCII, so eight such bytes are passed at a time. */
#include "base/text.h"

#include <assert.h>
#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

static bool continues(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Length of the valid sequence of two or more bytes at P, 0 if there is none. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		return left >= 2 && continues(p[1]) ? 2 : 0;
	if (p[0] >= 0xe0 && p[0] <= 0xef) {
		if (left < 3 || !continues(p[1]) || !continues(p[2]))
			return 0;
		bool overlong = p[0] == 0xe0 && p[1] < 0xa0;
		bool surrogate = p[0] == 0xed && p[1] >= 0xa0;
		return overlong || surrogate ? 0 : 3;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		if (left < 4 || !continues(p[1]) || !continues(p[2]) || !continues(p[3]))
			return 0;
		bool overlong = p[0] == 0xf0 && p[1] < 0x90;
		bool beyond = p[0] == 0xf4 && p[1] >= 0x90;
		return overlong || beyond ? 0 : 4;
	}
	return 0;
}

size_t utf8_valid_prefix(struct str s)
{
	const unsigned char *bytes = (const unsigned char *)s.ptr;
	size_t i = 0;
	while (i < s.len) {
		uint64_t word;
		while (s.len - i >= sizeof word) {
			memcpy(&word, bytes + i, sizeof word);
			if (word & HIGH_BITS)
				break;
			i += sizeof word;
		}
		while (i < s.len && bytes[i] < 0x80)
			i++;
		while (i < s.len && bytes[i] >= 0x80) {
			size_t len = sequence_length(bytes + i, s.len - i);
			if (len == 0)
				return i;
			i += len;
		}
	}
	return i;
}

size_t utf8_length(struct str s)
{
	size_t continuations = 0, i = 0;
	for (; s.len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, s.ptr + i, sizeof word);
		/* Bit 7 set and bit 6 clear, for eight bytes at once. */
		continuations += (size_t)__builtin_popcountll(word & ~(word << 1) & HIGH_BITS);
	}
	for (; i < s.len; i++)
		continuations += continues((unsigned char)s.ptr[i]);
	return s.len - continuations;
}

uint32_t utf8_next(struct str s, size_t *offset)
{
	assert(offset && *offset < s.len);
	const unsigned char *p = (const unsigned char *)s.ptr + *offset;
	size_t left = s.len - *offset;
	if (p[0] < 0x80 || left < 2) {
		*offset += 1;
		return p[0];
	}
	if (p[0] < 0xe0 || left < 3) {
		*offset += 2;
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	}
	if (p[0] < 0xf0 || left < 4) {
		*offset += 3;
		return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
	}
	*offset += 4;
	return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

/* Only bytes below 0x20, 0x7f and the leads 0xc2, 0xe2, 0xef begin such a character: all others are
 * passed over without decoding. */
static bool may_be_hostile(unsigned char c)
{
	return c < 0x20 || c == 0x7f || c == 0xc2 || c == 0xe2 || c == 0xef;
}

size_t text_hostile(struct str s, const char *allowed)
{
	assert(allowed);
	for (size_t i = 0; i < s.len;) {
		unsigned char byte = (unsigned char)s.ptr[i];
		if (!may_be_hostile(byte)) {
			i++;
			continue;
		}
		size_t at = i;
		uint32_t c = utf8_next(s, &i);
		bool control =
			(c < 0x20 && !(c && strchr(allowed, (int)c))) || (c >= 0x7f && c < 0xa0);
		if (control || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
			(c >= 0x2066 && c <= 0x2069) || c == 0xfeff)
			return at;
	}
	return s.len;
}
