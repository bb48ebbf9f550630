/* What readers of dated facts share. Private to world/. */
#ifndef ENTENTE_WORLD_FACTS_H
#define ENTENTE_WORLD_FACTS_H

#include "world/internal.h"

/* FROM is not after UNTIL; else told. */
bool world__range_good(struct loader *loader, const struct cell *from, const struct cell *until);
/* The row's own date, else when its source was retrieved, else the workspace's. */
int32_t world__as_of(
	const struct loader *loader, const struct cell *source, const struct cell *as_of);

#endif
