/* Step 5: the order of answers. First difference decides: held last, certainty, band, role, depth
 * of the matching place, size of the matching set, strength, lead time (absent last), agreement,
 * commitment, provider, schedule row. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

static int order_number(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* What a place, a band or a size decides, before names do. */
static int order_merit(const struct answer *a, const struct answer *b)
{
	int64_t lead_a = a->lead_time_hours < 0 ? INT64_MAX : a->lead_time_hours;
	int64_t lead_b = b->lead_time_hours < 0 ? INT64_MAX : b->lead_time_hours;
	int by = order_number(a->held != 0, b->held != 0);

	if (!by)
		by = order_number(b->certainty, a->certainty);
	if (!by)
		by = order_number(b->band, a->band);
	if (!by)
		by = order_number(a->commitment->role, b->commitment->role);
	if (!by)
		by = order_number(b->depth, a->depth);
	if (!by)
		by = order_number(a->size, b->size);
	if (!by)
		by = order_number(a->agreement->strength, b->agreement->strength);
	return by ? by : order_number(lead_a, lead_b);
}

uint64_t order_rank(bool held, enum truth certainty, enum band band, enum role role, uint16_t depth,
	uint32_t size, enum strength strength, int32_t lead_time_hours)
{
	uint64_t rank = held;

	assert(depth <= RANK_DEPTH_MAX && size < 512 && (unsigned)strength < 8);
	rank = rank << 1 | (certainty != TRUTH_T);
	rank = rank << 3 | (uint64_t)(BAND_WILL - band);
	rank = rank << 2 | (uint64_t)role;
	rank = rank << 12 | (uint64_t)(RANK_DEPTH_MAX - depth);
	rank = rank << 9 | size;
	rank = rank << 3 | (uint64_t)strength;
	return rank << 32 | (lead_time_hours < 0 ? UINT32_MAX : (uint32_t)lead_time_hours);
}

uint64_t order_rank_of(const struct answer *answer)
{
	return order_rank(answer->held != 0, answer->certainty, answer->band,
		answer->commitment->role, answer->depth, answer->size, answer->agreement->strength,
		answer->lead_time_hours);
}

int order_answers(const struct world *world, const struct answer *a, const struct answer *b)
{
	int by = order_merit(a, b);

	if (!by)
		by = str_cmp(a->agreement->id, b->agreement->id);
	if (!by)
		by = str_cmp(a->commitment->id, b->commitment->id);
	if (!by)
		by = str_cmp(world->parties[a->provider].id, world->parties[b->provider].id);
	return by ? by : order_number(a->commitment->schedule_row, b->commitment->schedule_row);
}

int order_pairs(const struct world *world, const struct answer *a, const struct answer *b)
{
	int by = order_merit(a, b);

	assert(a->commitment == b->commitment && a->provider == b->provider);
	if (!by)
		by = order_number(a->via != NONE32, b->via != NONE32);
	if (!by && a->via != NONE32)
		by = str_cmp(world->parties[a->via].id, world->parties[b->via].id);
	return by;
}

static int compare_answers(const void *a, const void *b, void *world)
{
	return order_answers(world, a, b);
}

void order_sort(const struct world *world, struct answer *items, size_t count)
{
	union {
		const struct world *in;
		void *out;
	} context = { .in = world };

	if (count > 1)
		qsort_r(items, count, sizeof *items, compare_answers, context.out);
}
