/* The agreement that a draft's id names, without trying what it would do: the draft says the same
 * whatever was asked. */
#include "cover/advice.h"

#include <string.h>

enum status advice_likes(
	struct advice *advice, struct arena *arena, const struct standby *standbys, size_t count)
{
	advice->like_count = 0;
	advice->like = ARENA_ARRAY(arena, count, const struct commitment *);
	for (size_t i = 0; advice->like && i < count; i++)
		if (standbys[i].service == advice->service)
			advice->like[advice->like_count++] = standbys[i].like;
	return advice->like ? STATUS_OK : STATUS_NO_MEMORY;
}

struct naming {
	struct arena *arena;
	const struct cover_index *index;
	const struct advice_filter *filter;
	struct str id;
};

static bool is_called(const struct naming *naming, const struct advice *advice)
{
	return str_eq(naming->id, cover_advice_id(naming->arena, naming->index->world, advice));
}

/* The id goes on after that of ADVICE, which lacks something. */
static bool begins(const struct naming *naming, const struct advice *advice)
{
	struct str id = cover_advice_id(naming->arena, naming->index->world, advice);

	return id.len < naming->id.len && str_eq(str_sub(naming->id, 0, id.len), id) &&
	       naming->id.ptr[id.len] == '-';
}

static bool find_group(struct advice *out, const struct naming *naming)
{
	const struct world *world = naming->index->world;

	*out = advice_blank(ADVICE_GROUP);
	for (out->group = 0; out->group < world->groups_count; out->group++)
		if (is_called(naming, out) &&
			advice_regional(world, out->group, naming->filter->date))
			return true;
	return false;
}

/* PARTY for nationality NAT: wherever it has a post, or in one country. */
static bool find_host(struct advice *out, const struct naming *naming)
{
	const struct world *world = naming->index->world;

	out->kind = ADVICE_WORLD_WIDE;
	out->place = NONE32;
	if (is_called(naming, out))
		return true;
	if (!begins(naming, out))
		return false;
	out->kind = ADVICE_AT_HOST;
	for (out->place = 0; out->place < world->places_count; out->place++)
		if (world->places[out->place].kind == PLACE_COUNTRY && is_called(naming, out))
			return true;
	return false;
}

static bool find_state(struct advice *out, const struct naming *naming)
{
	const struct world *world = naming->index->world;

	for (uint32_t party = 0; party < world->parties_count; party++) {
		*out = advice_blank(ADVICE_WORLD_WIDE);
		out->party = party;
		if (world->parties[party].nat == NAT_NONE || !begins(naming, out))
			continue;
		for (uint16_t nat = 0; nat < world->nats_count; nat++) {
			out->nat = nat;
			if (world->nats[nat].state != NONE32 && world->nats[nat].state != party &&
				find_host(out, naming))
				return true;
		}
	}
	return false;
}

static enum status find_organization(struct advice *out, const struct naming *naming)
{
	const struct world *world = naming->index->world;
	const struct advising advising = { .index = naming->index,
		.filter = naming->filter,
		.services = ~UINT64_C(0) >> (64 - world_service_count),
		.arena = naming->arena };
	enum status status;
	struct standby *standbys;
	size_t count;

	for (uint32_t party = 0; party < world->parties_count; party++) {
		*out = advice_blank(ADVICE_ORGANIZATION);
		out->party = party;
		if (!advice_organization(world, party) || !begins(naming, out))
			continue;
		status = advice_standbys(&standbys, &count, &advising, party);
		for (size_t i = 0; i < count && status == STATUS_OK; i++) {
			out->service = standbys[i].service;
			if (is_called(naming, out))
				return advice_likes(out, naming->arena, standbys, count);
		}
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_NOT_FOUND;
}

enum status cover_advice_named(struct advice *out, struct arena *arena,
	const struct cover_index *index, struct str id, const struct advice_filter *filter)
{
	const struct naming naming = { arena, index, filter, id };

	if (find_group(out, &naming) || find_state(out, &naming))
		return STATUS_OK;
	return find_organization(out, &naming);
}
