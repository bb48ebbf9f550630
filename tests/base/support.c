/* The shared parts of the tests that are too long for a header. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t support_seed(void)
{
	const char *given = getenv("SEED");
	int64_t number = 0;
	uint64_t seed = random_system_seed() >> 1;
	if (given && str_to_int64(str_of(given), &number))
		seed = (uint64_t)number;
	printf("# seed %llu (SEED=... replays it)\n", (unsigned long long)seed);
	return seed;
}

struct str support_text(struct arena *arena, struct random *random, uint32_t max)
{
	static const uint32_t nasty[] = { '"', ',', '\n', '\r', '\\', ' ', '\t', '/', 0x7f, 0xe9,
		0x301, 0x2028, 0xfeff, 0xd7ff, 0xe000, 0xffff, 0x1f600, 0x10ffff, ':', '#', '-',
		'\'', '<', 0x5d0, 0x8 };
	struct buf buf;
	buf_init(&buf, arena, (size_t)max * 4);
	uint32_t count = random_below(random, max + 1);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t kind = random_below(random, 4), c;
		if (kind == 0)
			c = nasty[random_below(random, sizeof nasty / sizeof *nasty)];
		else if (kind == 1)
			c = 0x80 + random_below(random, 0xd700);
		else
			c = 'a' + random_below(random, 26);
		buf_add_utf8(&buf, c);
	}
	assert_false(buf.failed);
	return buf_str(&buf);
}

static void *counting_get(void *context, size_t size)
{
	struct counting *counting = context;
	counting->asked++;
	if (counting->fail_at &&
		(counting->asked == counting->fail_at ||
			(counting->thereafter && counting->asked > counting->fail_at)))
		return NULL;
	void *memory = malloc(size);
	counting->live += memory != NULL;
	counting->live_bytes += memory ? size : 0;
	return memory;
}

static void counting_put(void *context, void *memory, size_t size)
{
	struct counting *counting = context;
	counting->live -= memory != NULL;
	counting->live_bytes -= memory ? size : 0;
	free(memory);
}

struct allocator counting_allocator(struct counting *counting)
{
	return (struct allocator){ counting_get, counting_put, counting };
}
