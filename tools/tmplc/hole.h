/* What stands between the braces of one directive, as it is read. A fault is told once. */
#ifndef ENTENTE_TOOLS_TMPLC_HOLE_H
#define ENTENTE_TOOLS_TMPLC_HOLE_H

#include "tmplc.h"

struct hole {
	struct parser *parser;
	struct pos pos;
	struct str rest; /* not yet read */
	bool ok;
};

void fault(struct hole *hole, const char *what);
void skip_space(struct hole *hole);
bool word_char(char c); /* of a name in C */
struct str read_word(struct hole *hole);
bool next_is(struct hole *hole, char c); /* and if so passes it */
/* A text in quotes; \" and \\ are undone. */
struct str read_string(struct hole *hole);
/* The next expression, up to a comma, to ".." or to the end: fields, indices, comparisons and a few
 * functions. */
struct str read_expr(struct hole *hole);

#endif
