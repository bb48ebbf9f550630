/* One question made ready: everything that follows from the query alone is worked out once (implied
 * statuses, host, States to keep away from), and the rows that can matter are found by service and
 * place.
 *
 * Rows stand in blocks per service and country under the places that their `where` names, so that
 * the candidates of a place are the entries of its chain of parents: one stretch a place, whatever
 * the number of agreements that do not concern it. Nested questions (served-by, equal
 * treatment) are about the same service and place and share them. */
#include <assert.h>
#include <stdlib.h>
#include "cover/internal.h"

void scratch_init(struct scratch *scratch, struct arena *arena)
{
	assert(scratch && arena);
	*scratch = (struct scratch){ .arena = arena };
}

static unsigned implied_statuses(const struct ask *ask)
{
	unsigned statuses = ask->query.statuses;

	if (statuses & PERSON_BIT(PERSON_UNACCOMPANIED_CHILD))
		statuses |= PERSON_BIT(PERSON_CHILD);
	if (ask->index->stateless != NAT_NONE && set256_has(&ask->nats, ask->index->stateless))
		statuses |= PERSON_BIT(PERSON_STATELESS);
	return statuses;
}

void ask_init(struct ask *ask, const struct cover_index *index, const struct query *query,
	struct scratch *scratch)
{
	const struct world *world = index->world;

	assert(query->nat_count >= 1 && query->nat_count <= QUERY_NATS_MAX);
	assert(query->fear_count <= QUERY_FEARS_MAX);
	assert(query->place < world->places_count && query->service < world_service_count);
	assert(world->places[query->place].country != NONE32);

	*ask = (struct ask){
		.index = index,
		.world = world,
		.query = *query,
		.scratch = scratch,
		.service = &world_services[query->service],
		.safeguards = true,
		.limits = true,
		.given = query->statuses,
		.only_nat = NAT_NONE,
		.apart = NAT_NONE,
		.country = world->places[query->place].country,
		.host_nat = world->places[query->place].nat,
		.host = NONE32,
		.without = NONE32,
	};
	for (size_t i = 0; i < query->nat_count; i++) {
		assert(query->nats[i] < world->nats_count);
		set256_add(&ask->nats, query->nats[i]);
	}
	if (ask->host_nat != NAT_NONE)
		ask->host = world->nats[ask->host_nat].state;
	ask->query.statuses = implied_statuses(ask);
	ask->guarded = safeguards_guarded(&ask->query);
}

/* By address: any order will do, as long as equal ones meet. */
static int compare_rows(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t) * (const struct row *const *)a;
	uintptr_t y = (uintptr_t) * (const struct row *const *)b;

	return x < y ? -1 : x > y;
}

size_t ask_unique(const struct row **rows, size_t count)
{
	size_t kept = 0;

	if (count < 2)
		return count;
	qsort(rows, count, sizeof *rows, compare_rows);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || rows[kept - 1] != rows[i])
			rows[kept++] = rows[i];
	}
	return kept;
}

void ask_candidates(struct ask *ask)
{
	const struct cover_index *index = ask->index;
	size_t found = 0, filled = 0;
	bool nested = false;
	const struct row **rows;
	struct span span;

	ask->candidates = NULL;
	ask->candidate_count = 0;
	span_init(&span, index, ask->query.service, ask->query.place);
	while (span_next(&span))
		found += span.end - span.from;
	rows = ARENA_ARRAY(ask->scratch->arena, found, const struct row *);
	if (!rows) {
		ask->scratch->no_memory = true;
		return;
	}
	span_init(&span, index, ask->query.service, ask->query.place);
	while (span_next(&span)) {
		struct key_run run = block_run(span.block, span.from, span.end);

		for (uint32_t i = 0; i < run.count; i++) {
			nested |= (run_needs(run)[i] & NEED_NESTED) != 0;
			rows[filled++] = block_rows(span.block)[span.from + i];
		}
	}
	assert(filled == found);
	ask->candidates = rows;
	ask->candidate_count = nested ? ask_unique(rows, found) : found;
}

/* INNER asks the same rows at the same place. */
static void share_candidates(struct ask *inner, const struct ask *outer)
{
	assert(inner->query.place == outer->query.place &&
		inner->query.service == outer->query.service);
	inner->candidates = outer->candidates;
	inner->candidate_count = outer->candidate_count;
	inner->memo = outer->memo;
	inner->reading = outer->reading;
	inner->bare = outer->bare;
	inner->apart = outer->apart;
	inner->without = outer->without;
	inner->assume = outer->assume;
	inner->wonder = outer->wonder;
}

void ask_for_nat(struct ask *inner, const struct ask *outer, uint16_t nat)
{
	struct query query = outer->query;

	query.nats[0] = nat;
	query.territories[0] = NONE32;
	query.nat_count = 1;
	query.statuses = outer->given;
	ask_init(inner, outer->index, &query, outer->scratch);
	share_candidates(inner, outer);
	inner->safeguards = outer->safeguards;
	inner->limits = false;
}

void ask_as_own(struct ask *inner, const struct ask *outer, uint16_t nat)
{
	struct query query = outer->query;

	query.nats[0] = nat;
	query.territories[0] = NONE32;
	query.nat_count = 1;
	query.statuses = 0;
	query.residence = NAT_NONE;
	query.resident_since = DATE_NONE;
	query.fear_count = 0;
	query.informed_choice = query.screened = query.best_interests = false;
	ask_init(inner, outer->index, &query, outer->scratch);
	share_candidates(inner, outer);
	inner->safeguards = false;
	inner->limits = false;
}

bool ask_may_concern(const struct ask *ask, const struct row *row)
{
	struct set256 both = set256_and(ask->nats, ask->index->sets[row->nats]);

	return !set256_empty(&both);
}
