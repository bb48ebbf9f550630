/* Presence once more, from the model alone: straight scans over all rows, no index, nothing shared
 * with presence.c. */
#ifndef ENTENTE_TESTS_WORLD_NAIVE_H
#define ENTENTE_TESTS_WORLD_NAIVE_H

#include "world/world.h"

struct naive {
	enum truth truth;
	unsigned level; /* the first level asked that is T; 0 */
	bool stale;
};
struct naive naive_presence(const struct world *world, uint32_t party, uint32_t place,
	unsigned levels, uint8_t service, int32_t date);

/* Who is counted, by scans: the four totals and, for one country, nationality and group, the people
 * of the cell. */
struct naive_people {
	int64_t people, own_state, protected_, beyond_stock, cell;
};
struct naive_people naive_people(const struct world *world, int32_t date, uint32_t country,
	uint16_t nat, enum people_group group);

#endif
