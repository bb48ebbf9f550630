/* Letters made alike, so that a sentence typed in haste on any keyboard meets the phrases of the
 * table. tools/help-words.py folds the phrases by the same rules; a test compares the two. */
#include <assert.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include "help/internal.h"

struct span {
	uint32_t first, last, to; /* to 0: dropped; else first becomes to, and so on */
};
static const struct span spans[] = { { 0xAD, 0xAD, 0 }, { 0x300, 0x36F, 0 }, { 0x610, 0x61A, 0 },
	{ 0x629, 0x629, 0x647 }, { 0x640, 0x640, 0 }, { 0x649, 0x649, 0x64A }, { 0x64B, 0x65F, 0 },
	{ 0x670, 0x670, 0 }, { 0x6A9, 0x6A9, 0x643 }, { 0x6BE, 0x6BE, 0x647 },
	{ 0x6C1, 0x6C1, 0x647 }, { 0x6C3, 0x6C3, 0x647 }, { 0x6CC, 0x6CC, 0x64A },
	{ 0x6D5, 0x6D5, 0x647 }, { 0x6D6, 0x6ED, 0 }, { 0x93C, 0x93C, 0 }, { 0x9BC, 0x9BC, 0 },
	{ 0x1210, 0x1217, 0x1200 }, { 0x1220, 0x1227, 0x1230 }, { 0x1280, 0x1287, 0x1200 },
	{ 0x12D0, 0x12D6, 0x12A0 }, { 0x1340, 0x1346, 0x1338 }, { 0x200B, 0x200F, 0 },
	{ 0x2060, 0x2060, 0 }, { 0xFE00, 0xFE0F, 0 }, { 0xFEFF, 0xFEFF, 0 } };

/* C as it counts: 0 when it does not. */
static uint32_t alike(uint32_t c)
{
	for (size_t i = 0; i < sizeof spans / sizeof spans[0] && c >= spans[i].first; i++)
		if (c <= spans[i].last)
			return spans[i].to ? spans[i].to + (c - spans[i].first) : 0;
	return c;
}

/* Text of ASCII alone only loses its capitals. */
static bool fold_ascii(struct str *out, struct arena *arena, struct str text)
{
	char *bytes;

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	bytes = arena_get(arena, text.len + 1);
	if (!bytes)
		return false;
	for (size_t i = 0; i < text.len; i++)
		bytes[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] + 32)
								    : text.ptr[i];
	bytes[text.len] = '\0';
	*out = (struct str){ bytes, text.len };
	return true;
}

enum status help_fold(struct str *out, struct arena *arena, struct str text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&error);
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
	int32_t max = (int32_t)text.len * 18 + 1, count = 0, len = 0;
	UChar *a, *b;
	struct str bytes;
	struct buf buf;

	assert(out && arena && text.len < (1u << 20));
	if (fold_ascii(out, arena, text))
		return STATUS_OK;
	a = ARENA_ARRAY(arena, (size_t)max, UChar);
	b = ARENA_ARRAY(arena, (size_t)max, UChar);
	bytes.ptr = arena_get(arena, (size_t)max * 3);
	if (!a || !b || !bytes.ptr || U_FAILURE(error))
		return STATUS_NO_MEMORY;
	u_strFromUTF8WithSub(a, max, &count, text.ptr, (int32_t)text.len, ' ', NULL, &error);
	count = unorm2_normalize(casefold, a, count, b, max, &error);
	count = unorm2_normalize(nfd, b, U_SUCCESS(error) ? count : 0, a, max, &error);
	u_strToUTF8((char *)bytes.ptr, max * 3, &len, a, U_SUCCESS(error) ? count : 0, &error);
	if (U_FAILURE(error))
		return STATUS_NO_MEMORY;
	bytes.len = (size_t)len;
	buf_init(&buf, arena, (size_t)max * 3 + 1);
	for (size_t at = 0; at < bytes.len;) {
		uint32_t same = alike(utf8_next(bytes, &at));
		if (same)
			buf_add_utf8(&buf, same);
	}
	if (buf.failed)
		return STATUS_NO_MEMORY;
	*out = buf.len ? buf_str(&buf) : STR("");
	return STATUS_OK;
}
