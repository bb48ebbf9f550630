/* How many columns of a terminal a character takes, by Unicode's own tables (ICU): marks that
 * combine and characters of format none, East Asian wide and fullwidth ones two, all others one. */
#include "base/text.h"

#include <unicode/uchar.h>

size_t text_columns_of(uint32_t code_point)
{
	UChar32 c = (UChar32)code_point;
	int width;

	if (code_point < 0x300) /* nearly all text */
		return 1;
	switch (u_charType(c)) {
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
	case U_FORMAT_CHAR:
		return 0;
	default:
		break;
	}
	if (c >= 0x1160 && c <= 0x11FF) /* vowels and finals of Hangul join the letter before */
		return 0;
	width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t text_columns(struct str text)
{
	size_t offset = 0;
	size_t width = 0;

	while (offset < text.len)
		width += text_columns_of(utf8_next(text, &offset));
	return width;
}
