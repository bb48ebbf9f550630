/* The lane: which rows a question can be answered from without reading their agreements.
 *
 * Most rows fail one of four comparisons: the day, the phase, the nationality, the place. A key of
 * 8 bytes holds them, and a vector compares eight at once (lane_*.c). Of the rest, a row that needs
 * nothing that matters to this question is its own answer; every other one goes through the judge.
 * What matters follows from the question: someone without statuses and fears, of one nationality
 * that is not the host's, is judged only where a row itself asks for more. */
#include <assert.h>
#include "cover/internal.h"

const struct lane *lane_of(enum cover_lane kind)
{
	bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
		    __builtin_cpu_supports("avx512vl");

	assert((unsigned)kind < COVER_LANES);
	if (wide && (kind == LANE_BEST || kind == LANE_AVX512))
		return &lane_avx512;
	if (__builtin_cpu_supports("avx2") && kind != LANE_SCALAR && kind != LANE_OFF)
		return &lane_avx2;
	return kind == LANE_OFF ? &lane_none : &lane_scalar;
}

enum cover_lane cover_lane_of(const struct cover_index *index)
{
	assert(index);
	return index->lane->kind;
}

/* The sets that hold one of the person's nationalities; many are worked out in ARENA. */
static const uint64_t *sets_of(
	struct arena *arena, const struct set_table *table, const struct query *query)
{
	uint32_t words = table->capacity / 64;
	uint64_t *all;

	if (query->nat_count == 1)
		return table->bits + (size_t)query->nats[0] * words;
	all = ARENA_ARRAY(arena, words, uint64_t);
	for (size_t i = 0; all && i < query->nat_count; i++) {
		for (uint32_t w = 0; w < words; w++)
			all[w] |= table->bits[(size_t)query->nats[i] * words + w];
	}
	return all;
}

#define KEPT_FROM_STATE                                                                            \
	(PERSON_BIT(PERSON_NO_CONTACT) | PERSON_BIT(PERSON_TRAFFICKED) |                           \
		PERSON_BIT(PERSON_UNACCOMPANIED_CHILD))

/* Which needs matter, and whether the judge must see every row, whoever asks. */
static void weigh(struct lane_ask *ask, const struct cover_index *index, const struct query *query)
{
	bool moves = world_services[query->service].destination != DESTINATION_NOT_ASKED;
	bool guarded = query->fear_count > 0 || (query->statuses & PROTECTED_STATUSES);
	uint16_t day = row_day(query->date);
	unsigned needs = NEED_JUDGE;

	needs |= query->viewer != VIEWER_ALL ? NEED_VIEWER : 0u;
	needs |= query->statuses ? NEED_STATUS : 0u;
	needs |= guarded || (query->statuses & KEPT_FROM_STATE) ? NEED_ORIGIN : 0u;
	needs |= moves ? NEED_TO : 0u;
	ask->needs = (uint8_t)needs;
	ask->judge_all = index->lane->kind == LANE_OFF || index->atlas->deep || day == 0 ||
			 day == DAY_MAX || (moves && (guarded || query->to != NONE32));
	ask->query = (struct lane_query){ .from_max = day,
		.until_min = day,
		.phase = (uint8_t)query->phase,
		.set_words = (index->table->count + 63) / 64 };
	if (day == 0 || day == DAY_MAX) { /* outside the index's days: left to the judge */
		ask->query.from_max = DAY_MAX;
		ask->query.until_min = 0;
	}
}

bool lane_ready(struct lane_ask *ask, struct arena *arena, const struct cover_index *index,
	const struct query *query)
{
	bool consular = world_services[query->service].domain == DOMAIN_CONSULAR;
	uint16_t nat = query->nats[0];

	weigh(ask, index, query);
	if (nat == index->stateless)
		ask->needs |= NEED_STATUS; /* implied */
	ask->judge_all |= query->nat_count != 1 ||
			  (consular && (index->world->nats[nat].place == NONE32 ||
					       index->atlas->spots[query->place].nat == nat));
	ask->query.sets = sets_of(arena, index->table, query);
	return ask->query.sets != NULL;
}

void lane_ready_all(
	struct lane_ask *ask, const struct cover_index *index, const struct query *query)
{
	weigh(ask, index, query);
	ask->query.sets = index->table->bits + (size_t)SETS_ALL * (index->table->capacity / 64);
}
