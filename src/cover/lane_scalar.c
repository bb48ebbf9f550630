/* The lane in plain C, and what the vector paths must equal. */
#include <assert.h>
#include "cover/internal.h"

static uint64_t filter_scalar(
	const struct entry_key *keys, uint32_t count, const struct lane_query *query)
{
	uint64_t mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i++) {
		const struct entry_key *key = &keys[i];
		uint64_t holds = query->sets[key->set / 64] >> (key->set % 64) & 1u;
		bool agrees = key->from <= query->from_max && key->until >= query->until_min &&
			      (key->phases & query->phase);

		mask |= (holds & (uint64_t)agrees) << i;
	}
	return mask;
}

const struct lane lane_scalar = { LANE_SCALAR, filter_scalar };
/* The same comparisons; that nothing is answered from them is weighed in lane.c. */
const struct lane lane_none = { LANE_OFF, filter_scalar };
