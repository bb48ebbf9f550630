/* What was probably meant where nothing is: the nearest id of its kind, of those that everyone may
 * see. A kind of thing is a row. */
#include "web/internal.h"

struct near_kind_row {
	const char *pattern; /* of its address */
	/* The id of number I, below COUNT; STR_NONE: it is not offered. */
	struct str (*id)(const struct request *request, size_t i);
	size_t (*count)(const struct web_snapshot *snapshot);
};

static size_t count_places(const struct web_snapshot *snapshot)
{
	return snapshot->world->places_count;
}
static struct str id_of_place(const struct request *request, size_t i)
{
	const struct place *place = &request->snapshot->world->places[i];

	return place->kind == PLACE_COUNTRY ? place->id : STR_NONE;
}

static size_t count_parties(const struct web_snapshot *snapshot)
{
	return snapshot->world->parties_count;
}
static struct str id_of_party(const struct request *request, size_t i)
{
	return request->snapshot->world->parties[i].id;
}

static size_t count_posts(const struct web_snapshot *snapshot)
{
	return snapshot->world->posts_count;
}
/* Periods of one post are neighbours. */
static struct str id_of_post(const struct request *request, size_t i)
{
	const struct post_row *rows = request->snapshot->world->posts;

	return i && rows[i - 1].post == rows[i].post ? STR_NONE : rows[i].id;
}

static size_t count_agreements(const struct web_snapshot *snapshot)
{
	return snapshot->accords.items_count;
}
static struct str id_of_agreement(const struct request *request, size_t i)
{
	const struct web_snapshot *snapshot = request->snapshot;
	const struct agreement *agreement = &snapshot->accords.items[i];

	return cover_visible(snapshot->index, agreement, VIEWER_PUBLIC, request->today)
		       ? accord_name(agreement)
		       : STR_NONE;
}

static size_t count_practices(const struct web_snapshot *snapshot)
{
	return snapshot->practices.items_count;
}
static struct str id_of_practice(const struct request *request, size_t i)
{
	return request->snapshot->practices.items[i].id;
}

static const struct near_kind_row kinds[NEAR_KINDS] = {
	[NEAR_PLACE] = { "/places/%1", id_of_place, count_places },
	[NEAR_PARTY] = { "/parties/%1", id_of_party, count_parties },
	[NEAR_POST] = { "/posts/%1", id_of_post, count_posts },
	[NEAR_AGREEMENT] = { "/agreements/%1", id_of_agreement, count_agreements },
	[NEAR_PRACTICE] = { "/practices/%1", id_of_practice, count_practices },
};

void request_nearest(struct request *request, enum near_kind kind, struct str asked)
{
	const struct near_kind_row *row = &kinds[kind];
	size_t all = row->count(request->snapshot), count = 0;
	struct str *ids = ARENA_ARRAY(&request->arena, all + 1, struct str);

	request->near = STR_NONE;
	request->near_pattern = row->pattern;
	for (size_t i = 0; ids && i < all; i++) {
		ids[count] = row->id(request, i);
		if (ids[count].len && str_same_letters(ids[count], asked) && !request->near.len)
			request->near = ids[count];
		count += ids[count].len > 0;
	}
	if (!request->near.len)
		request->near = text_nearest(asked, ids, count);
}
