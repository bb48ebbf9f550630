/* Internal to base/: where an offset of the input is, in lines and columns.
 *
 * Readers ask for positions in rising order, so the count goes on from the last answer and all
 * of them together cost one walk over the input, however long a line is. */
#ifndef ENTENTE_BASE_SCAN_H
#define ENTENTE_BASE_SCAN_H

#include "base/diag.h"

struct scan {
	struct str input;
	size_t offset;  /* counted so far */
	struct pos pos; /* of that offset */
};

static inline void scan_start(struct scan *scan, struct str input)
{
	*scan = (struct scan){ .input = input, .pos = { 1, 1 } };
}

/* The position of OFFSET, which must not be before the last one asked for. */
static inline struct pos scan_pos(struct scan *scan, size_t offset)
{
	const char *bytes = scan->input.ptr;
	for (size_t i = scan->offset; i < offset; i++) {
		if (bytes[i] == '\n') {
			scan->pos.line++;
			scan->pos.column = 1;
		} else {
			scan->pos.column += ((unsigned char)bytes[i] & 0xc0) != 0x80;
		}
	}
	scan->offset = offset > scan->offset ? offset : scan->offset;
	return scan->pos;
}

#endif
