/* Chains of parents, of places and of parties alike. Private to world/. */
#ifndef ENTENTE_WORLD_TREE_H
#define ENTENTE_WORLD_TREE_H

#include "world/internal.h"

struct chains {
	uint32_t *up; /* the parent of each, or NONE32 */
	const struct str *ids;
	const struct pos *positions; /* where the parent is written */
	size_t count;
};

/* Tells every cycle once, at the row where a walk in the order of the file meets it, and cuts it
 * there. Linear. */
enum status world__cut_cycles(struct loader *loader, struct chains *chains);

#endif
