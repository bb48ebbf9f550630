/* The lane in plain C, and what the vector paths must equal. */
#include <assert.h>
#include "cover/internal.h"

static uint64_t filter_scalar(
	struct key_run run, uint32_t first, uint32_t count, const struct lane_query *query)
{
	uint64_t mask = 0;

	assert(count <= 64);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = first + i;
		uint16_t set = run_sets(run)[at];
		uint64_t holds = query->sets[set / 64] >> (set % 64) & 1u;
		bool agrees = run.from[at] <= query->from_max &&
			      run_until(run)[at] >= query->until_min &&
			      (run_phases(run)[at] & query->phase);

		mask |= (holds & (uint64_t)agrees) << i;
	}
	return mask;
}

static bool find_scalar(uint32_t *out, struct key_part *parts, size_t count,
	const struct lane_query *query, uint8_t needs)
{
	return lane_find_by(out, parts, count, query, needs, filter_scalar);
}

const struct lane lane_scalar = { LANE_SCALAR, find_scalar, filter_scalar };
/* The same comparisons; that nothing is answered from them is weighed in lane.c. */
const struct lane lane_none = { LANE_OFF, find_scalar, filter_scalar };
