/* Random numbers that can be replayed: SplitMix64 (Steele, Lea, Flood 2014), whose whole state
 * is one printed seed. */
#include "base/seam.h"

#include <assert.h>
#include <sys/random.h>
#include <time.h>

struct random random_seeded(uint64_t seed)
{
	return (struct random){ seed };
}

uint64_t random_next(struct random *random)
{
	assert(random);
	random->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = random->state;
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t random_below(struct random *random, uint32_t bound)
{
	assert(bound > 0);
	/* The upper half of a 32 x 32 bit product is uniform once the few low products that
	 * come up once too often are drawn again. */
	uint32_t excess = -bound % bound;
	for (;;) {
		uint64_t product = (random_next(random) >> 32) * bound;
		if ((uint32_t)product >= excess)
			return (uint32_t)(product >> 32);
	}
}

bool random_chance(struct random *random, uint32_t percent)
{
	return random_below(random, 100) < percent;
}

uint64_t random_system_seed(void)
{
	uint64_t seed;
	if (getrandom(&seed, sizeof seed, 0) == (ssize_t)sizeof seed)
		return seed;
	/* No entropy to be had: the time will do, as seeds are no secrets. */
	struct timespec now = { 0 };
	clock_gettime(CLOCK_REALTIME, &now);
	struct random random = random_seeded((uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec);
	return random_next(&random);
}
