/* Normalization form C, by ICU. Two texts that look alike must be the same bytes before they
 * are hashed, signed or compared.
 *
 * ICU works on UTF-16. Text that is in NFC already, nearly all, is recognised code point by
 * code point from ICU's tables without a copy; only where the tables say "maybe" is a short run
 * converted. */
#include "base/text.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define RUN_MAX                                                                                    \
	256 /* UTF-16 units between two normalization boundaries that text_is_nfc() looks at */

static bool ascii_only(struct str s)
{
	unsigned char seen = 0;
	for (size_t i = 0; i < s.len; i++)
		seen |= (unsigned char)s.ptr[i];
	return seen < 0x80;
}

/* Whether S, from one boundary to the next, is its own normal form; false too where it is too
 * long to tell. */
static bool run_is_nfc(const UNormalizer2 *nfc, struct str s)
{
	UChar units[RUN_MAX];
	int32_t count = 0;
	UErrorCode error = U_ZERO_ERROR;
	if (s.len > 4 * RUN_MAX)
		return false;
	u_strFromUTF8(units, RUN_MAX, &count, s.ptr, (int32_t)s.len, &error);
	if (U_FAILURE(error) || count > RUN_MAX)
		return false;
	UBool normalized = unorm2_isNormalized(nfc, units, count, &error);
	return U_SUCCESS(error) && normalized;
}

bool text_is_nfc(struct str s)
{
	if (ascii_only(s))
		return true;
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	if (U_FAILURE(error))
		return false;
	size_t boundary = 0; /* start of the current run */
	bool doubtful = false;
	uint8_t last_class = 0;
	for (size_t i = 0; i < s.len;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);
		uint8_t class = c < 0x300 ? 0 : u_getCombiningClass((UChar32)c);
		if (class && class < last_class)
			return false;
		last_class = class;
		if (c < 0x300 || unorm2_hasBoundaryBefore(nfc, (UChar32)c)) {
			if (doubtful && !run_is_nfc(nfc, str_sub(s, boundary, start - boundary)))
				return false;
			boundary = start;
			doubtful = false;
		}
		if (c < 0x300)
			continue;
		int32_t quick = u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK);
		if (quick == UNORM_NO)
			return false;
		doubtful |= quick == UNORM_MAYBE;
	}
	return !doubtful || run_is_nfc(nfc, str_sub(s, boundary, s.len - boundary));
}

static enum status status_of(UErrorCode error)
{
	return error == U_MEMORY_ALLOCATION_ERROR ? STATUS_NO_MEMORY : STATUS_REFUSED;
}

enum status text_to_nfc(struct str *out, struct arena *arena, struct str s)
{
	assert(out && arena);
	if (text_is_nfc(s)) {
		*out = s;
		return STATUS_OK;
	}
	if (s.len > INT32_MAX / 16)
		return STATUS_REFUSED;
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	if (U_FAILURE(error))
		return status_of(error);
	/* NFC grows UTF-16 at most threefold, and UTF-8 is at most three bytes a unit. */
	int32_t unit_max = (int32_t)s.len, result_max = 3 * unit_max + 1, unit_count = 0;
	UChar *units = ARENA_ARRAY(arena, (size_t)unit_max + 1, UChar);
	UChar *result = ARENA_ARRAY(arena, (size_t)result_max, UChar);
	if (!units || !result)
		return STATUS_NO_MEMORY;
	u_strFromUTF8(units, unit_max + 1, &unit_count, s.ptr, (int32_t)s.len, &error);
	int32_t result_count = unorm2_normalize(nfc, units, unit_count, result, result_max, &error);
	if (U_FAILURE(error))
		return status_of(error);
	char *bytes = arena_get(arena, (size_t)result_count * 3 + 1);
	if (!bytes)
		return STATUS_NO_MEMORY;
	int32_t len = 0;
	u_strToUTF8(bytes, result_count * 3 + 1, &len, result, result_count, &error);
	if (U_FAILURE(error))
		return status_of(error);
	*out = (struct str){ bytes, (size_t)len };
	return STATUS_OK;
}
