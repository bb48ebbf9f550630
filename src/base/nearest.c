/* The word that was probably meant. A diagnostic that names it saves its reader a search
 * through the manual. */
#include "base/text.h"

#include <assert.h>

#define WORD_MAX 80 /* code points; longer words are not compared */

/* Code points of S into POINTS; their number, or 0 if there are none or more than WORD_MAX. */
static size_t code_points(uint32_t points[static WORD_MAX], struct str s)
{
	size_t count = 0, i = 0;
	if (s.len > 4 * WORD_MAX || utf8_valid_prefix(s) != s.len)
		return 0;
	while (i < s.len) {
		if (count == WORD_MAX)
			return 0;
		points[count++] = utf8_next(s, &i);
	}
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that lead from A to B, no part
 * edited twice. */
static size_t distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
	size_t rows[3]
		   [WORD_MAX + 1]; /* this row, the one before, and the one before that, in turn */
	assert(a_count <= WORD_MAX && b_count <= WORD_MAX);
	for (size_t j = 0; j <= b_count; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_count; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3],
		       *above_that = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b_count; j++) {
			size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], above_that[j - 2] + 1);
		}
	}
	return rows[a_count % 3][b_count];
}

struct str text_nearest(struct str word, const struct str *words, size_t count)
{
	uint32_t wanted[WORD_MAX], other[WORD_MAX];
	size_t wanted_count = code_points(wanted, word);
	size_t best = SIZE_MAX;
	struct str nearest = STR_NONE;
	assert(words || count == 0);
	if (wanted_count == 0)
		return STR_NONE;
	for (size_t i = 0; i < count; i++) {
		size_t other_count = code_points(other, words[i]);
		if (other_count == 0)
			continue;
		size_t longer = wanted_count > other_count ? wanted_count : other_count;
		size_t shorter = least(wanted_count, other_count);
		size_t limit = longer < 6 ? 1 : longer / 3;
		if (longer - shorter > limit || longer - shorter >= best)
			continue;
		size_t edits = distance(wanted, wanted_count, other, other_count);
		if (edits <= limit && edits < best && edits < longer) {
			best = edits;
			nearest = words[i];
		}
	}
	return nearest;
}
