/* What the judge of presence (presence.c) shares with the columns of presence (column.c). Private
 * to world/. */
#ifndef ENTENTE_WORLD_PRESENCE_H
#define ENTENTE_WORLD_PRESENCE_H

#include "world/internal.h"

/* As world_presence() is asked, with the posts of the pair. */
struct presence_question {
	const struct world *world;
	uint32_t party, country, place;
	uint8_t service;
	int32_t date;
	const struct pair_post *posts; /* of the pair, with those that only name the country */
	size_t post_count;
};
/* Presence at LEVEL alone, with what it rests on. O(facts of the pair). */
struct presence world__judge_level(const struct presence_question *question, unsigned level);

/* The rows of ITEMS under KEY. */
const struct keyed *world__keyed_range(
	const struct keyed *items, size_t count, uint64_t key, size_t *found);
const struct keyed *world__offices_of(const struct presence_question *question, size_t *count);
/* False for the kinds of office that give no level (model, "Presence"). */
bool world__gives_office(const struct office_row *office);

#endif
