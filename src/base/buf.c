/* A growing buffer with a maximum. Failure is sticky, so that writers stay readable and the
 * reader of the result checks once. */
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define FIRST_BYTES 64
#define INT_DIGITS_MAX 20 /* of INT64_MIN, its sign included */

void buf_init(struct buf *buf, struct arena *arena, size_t max)
{
	assert(buf && arena);
	*buf = (struct buf){ .arena = arena, .max = max };
}

/* Room for MORE bytes and a NUL. */
static bool buf_reserve(struct buf *buf, size_t more)
{
	if (buf->failed)
		return false;
	if (more > buf->max - buf->len) {
		buf->failed = true;
		return false;
	}
	size_t need = buf->len + more + 1;
	if (need <= buf->capacity)
		return true;
	size_t wanted = buf->capacity < FIRST_BYTES ? FIRST_BYTES : buf->capacity * 2;
	if (wanted < need)
		wanted = need;
	if (wanted - 1 > buf->max)
		wanted = buf->max + 1;
	assert(wanted >= need);
	char *grown = arena_get_raw(buf->arena, wanted);
	if (!grown) {
		buf->failed = true;
		return false;
	}
	if (buf->len)
		memcpy(grown, buf->ptr, buf->len);
	buf->ptr = grown;
	buf->capacity = wanted;
	return true;
}

void buf_add_growing(struct buf *buf, struct str s)
{
	assert(buf);
	if (s.len == 0 || !buf_reserve(buf, s.len))
		return;
	memcpy(buf->ptr + buf->len, s.ptr, s.len);
	buf->len += s.len;
	buf->ptr[buf->len] = '\0';
}

void buf_add_format(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	assert(buf);
	va_start(args, format);
	va_copy(again, args);
	size_t room = buf->capacity - buf->len;
	int len =
		buf->failed ? 0 : vsnprintf(room ? buf->ptr + buf->len : NULL, room, format, args);
	if (len < 0)
		buf->failed = true;
	if (buf->failed)
		goto end_args;
	if ((size_t)len < room && (size_t)len <= buf->max - buf->len) {
		buf->len += (size_t)len;
	} else if (buf_reserve(buf, (size_t)len)) {
		vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	} else if (buf->ptr) {
		buf->ptr[buf->len] = '\0'; /* what did not fit may have begun here */
	}
end_args:
	va_end(again);
	va_end(args);
}

void buf_add_int(struct buf *buf, int64_t n)
{
	char digits[INT_DIGITS_MAX];
	size_t at = sizeof digits;
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (n < 0)
		digits[--at] = '-';
	buf_add(buf, (struct str){ digits + at, sizeof digits - at });
}

void buf_add_utf8(struct buf *buf, uint32_t code_point)
{
	char bytes[4];
	size_t len;
	assert(code_point <= 0x10ffff && (code_point < 0xd800 || code_point > 0xdfff));
	if (code_point < 0x80) {
		bytes[0] = (char)code_point;
		len = 1;
	} else if (code_point < 0x800) {
		bytes[0] = (char)(0xc0 | code_point >> 6);
		bytes[1] = (char)(0x80 | (code_point & 0x3f));
		len = 2;
	} else if (code_point < 0x10000) {
		bytes[0] = (char)(0xe0 | code_point >> 12);
		bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (code_point & 0x3f));
		len = 3;
	} else {
		bytes[0] = (char)(0xf0 | code_point >> 18);
		bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
		bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
		bytes[3] = (char)(0x80 | (code_point & 0x3f));
		len = 4;
	}
	buf_add(buf, (struct str){ bytes, len });
}

struct str buf_str(const struct buf *buf)
{
	assert(buf);
	return (struct str){ buf->ptr ? buf->ptr : "", buf->len };
}
