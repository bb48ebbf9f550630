/* Which agreements of two versions differ, and which services that concerns: nothing else can
 * answer otherwise, since one service never asks about another. */
#include <string.h>
#include "cover/internal.h"

bool cover_diff_same(const struct agreement *old, const struct agreement *new)
{
	if (memcmp(&old->hash, &new->hash, sizeof old->hash) != 0 ||
		old->schedules_count != new->schedules_count)
		return false;
	for (size_t i = 0; i < old->schedules_count; i++) {
		if (memcmp(&old->schedules[i].hash, &new->schedules[i].hash,
			    sizeof old->schedules[i].hash) != 0)
			return false;
	}
	return true;
}

/* AGREEMENT is in ACCORDS, to the letter. */
bool diff_stands_in(const struct accords *accords, const struct agreement *agreement)
{
	for (size_t i = 0; i < accords->items_count; i++) {
		if (str_eq(accords->items[i].id, agreement->id))
			return cover_diff_same(&accords->items[i], agreement);
	}
	return false;
}

static uint64_t services_not_in(const struct accords *accords, const struct accords *other)
{
	uint64_t services = 0;

	for (size_t i = 0; i < accords->items_count; i++) {
		const struct agreement *agreement = &accords->items[i];

		if (diff_stands_in(other, agreement))
			continue;
		for (size_t j = 0; j < agreement->commitments_count; j++)
			services |= agreement->commitments[j].services;
	}
	return services;
}

uint64_t cover_diff_services(const struct accords *old, const struct accords *new)
{
	return services_not_in(old, new) | services_not_in(new, old);
}
