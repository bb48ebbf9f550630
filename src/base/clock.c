/* The system's clock, and one that stands still for tests. */
#include "base/seam.h"

#include <assert.h>
#include <time.h>

#define SECONDS_PER_DAY 86400
#define NS_PER_SECOND UINT64_C(1000000000)
#define FIXED_STEP_NS UINT64_C(1000000)

static int32_t system_today(void *context)
{
	struct timespec now;
	(void)context;
	int failed = clock_gettime(CLOCK_REALTIME, &now);
	assert(failed == 0);
	int64_t days = now.tv_sec / SECONDS_PER_DAY;
	assert(days >= 0 && days < INT32_MAX);
	return (int32_t)days;
}

static uint64_t system_monotonic_ns(void *context)
{
	struct timespec now;
	(void)context;
	int failed = clock_gettime(CLOCK_MONOTONIC, &now);
	assert(failed == 0);
	return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

static int64_t system_seconds(void *context)
{
	struct timespec now;
	(void)context;
	int failed = clock_gettime(CLOCK_REALTIME, &now);
	assert(failed == 0);
	return now.tv_sec;
}

const struct clock clock_system = { system_today, system_monotonic_ns, NULL, system_seconds };

static int32_t fixed_today(void *context)
{
	const struct fixed_clock *state = context;
	return state->today;
}

static uint64_t fixed_monotonic_ns(void *context)
{
	struct fixed_clock *state = context;
	uint64_t now = state->monotonic_ns;
	state->monotonic_ns += FIXED_STEP_NS;
	return now;
}

static int64_t fixed_seconds(void *context)
{
	const struct fixed_clock *state = context;
	return (int64_t)state->today * SECONDS_PER_DAY;
}

struct clock clock_fixed(struct fixed_clock *state)
{
	assert(state);
	return (struct clock){ fixed_today, fixed_monotonic_ns, state, fixed_seconds };
}
