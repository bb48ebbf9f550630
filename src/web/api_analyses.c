/* Analyses of the world. They take up to seconds: each is made once for a state of the workspace
 * (kept.c). */
#include "web/internal.h"

#define LIMIT 20
#define LIMIT_MAX 1000

static enum status make_gaps(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct gap_filter filter = { .place = asked->place,
		.nat = asked->nat,
		.group = -1,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC,
		.phase = asked->phase };
	struct people_count count;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);
	bool first = true;

	buf_add_char(out, '[');
	for (unsigned i = 0; i < world_service_count && status == STATUS_OK; i++) {
		struct gaps gaps;
		if (!(asked->services >> i & 1u))
			continue;
		if (!first)
			buf_add_char(out, ',');
		first = false;
		status = cover_gaps(&gaps, arena, snapshot->index, &count, (uint8_t)i, &filter);
		if (status == STATUS_OK)
			status = cover_bound(&gaps, arena, snapshot->index, &count, &filter);
		if (status == STATUS_OK)
			status = cover_gaps_json(
				out, snapshot->index, &gaps, BAND_REMOTE, asked->limit);
	}
	buf_add_c(out, "]\n");
	return status;
}

static enum status make_overlaps(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct overlap_filter filter = { .kinds = (1u << OVERLAP_KINDS) - 1,
		.services = asked->services,
		.place = asked->place,
		.nat = asked->nat,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC };
	struct people_count count;
	struct overlaps overlaps;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (status == STATUS_OK)
		status = cover_overlaps(&overlaps, arena, snapshot->index, &count, &filter);
	if (status == STATUS_OK)
		status =
			cover_overlaps_json(out, snapshot->index, &overlaps, &filter, asked->limit);
	buf_add_char(out, '\n');
	return status;
}

static enum status make_presence(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct activity_filter filter = { .place = asked->place,
		.party = NONE32,
		.services = asked->services,
		.phase = asked->phase,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC };
	struct activity *activities;
	struct wire_presence *rows;
	size_t count;
	enum status status = cover_activities(&activities, &count, arena, snapshot->index, &filter);

	if (status == STATUS_OK)
		status = wire_presence_join(&rows, &count, arena, activities, count);
	if (status == STATUS_OK)
		status = wire_presence_csv(
			out, arena, snapshot->world, rows, count, asked->date, true);
	return status;
}

struct analysis analysis_default(int32_t date)
{
	return (struct analysis){ .make = make_gaps,
		.services = world_service_count == 64 ? UINT64_MAX
						      : (UINT64_C(1) << world_service_count) - 1,
		.place = NONE32,
		.nat = NAT_NONE,
		.phase = PHASE_DURING,
		.date = date,
		.limit = LIMIT };
}

/* Every value through cover_query_set(), so that a fault is told as everywhere, with the nearest
 * word; regions, which a question about a person cannot have, are looked up first. */
static void set(struct request *request, struct query *query, const char *name)
{
	struct str value = request_parameter(request, name);

	if (value.ptr)
		cover_query_set(query, request->snapshot->world, str_of(name), value,
			&request->diags, STR("query"), (struct pos){ 0, 0 }, str_of(name));
}

static void read_services(struct request *request, struct query *query, struct analysis *asked)
{
	struct str rest = request_parameter(request, "service"), word;

	if (!rest.ptr)
		return;
	asked->services = 0;
	while (str_next_word(&rest, ", ", &word))
		if (cover_query_set(query, request->snapshot->world, STR("service"), word,
			    &request->diags, STR("query"), (struct pos){ 0, 0 },
			    STR("service")) == STATUS_OK)
			asked->services |= UINT64_C(1) << query->service;
	if (!asked->services && !diags_any(&request->diags))
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("service"),
			"no service is named");
}

static void read_limit(struct request *request, struct analysis *asked)
{
	struct str value = request_parameter(request, "limit");
	int64_t number;

	if (!value.ptr)
		return;
	if (str_to_int64(value, &number) && number >= 0 && number <= LIMIT_MAX)
		asked->limit = (size_t)number;
	else
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("limit"),
			"a number from 0 to %d is asked for", LIMIT_MAX);
}

void api_read(struct request *request, struct analysis *asked)
{
	struct str place = request_parameter(request, "place");
	struct query query;

	cover_query_init(&query, request->today, VIEWER_PUBLIC);
	read_services(request, &query, asked);
	set(request, &query, "nationality");
	set(request, &query, "phase");
	set(request, &query, "date");
	if (place.ptr)
		asked->place = world_place(request->snapshot->world, place);
	if (place.ptr && asked->place == NONE32)
		set(request, &query, "place");
	read_limit(request, asked);
	if (query.nat_count > 1)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("nationality"),
			"one nationality is asked for");
	asked->nat = query.nat_count ? query.nats[0] : NAT_NONE;
	asked->phase = query.phase;
	asked->date = query.date;
}

enum status api_keep(struct request *request, const struct analysis *asked, const char *type)
{
	if (diags_any(&request->diags)) {
		request_problem(request, 422, "The question cannot be answered as it stands.",
			"Correct what `errors` names and ask again.");
		return STATUS_OK;
	}
	request->type = type;
	switch (kept_ask(&request->server->queue, request->snapshot, request, asked)) {
	case KEPT_FAILED:
		return STATUS_NO_MEMORY;
	case KEPT_BUSY:
		request_problem(request, 503, "Too many long answers are being made.",
			"Try again in a few seconds.");
		break;
	case KEPT_WAITS:
	case KEPT_READY:
		break;
	}
	return STATUS_OK;
}

static enum status analyse(struct request *request, const char *type,
	enum status (*make)(
		struct buf *, struct arena *, const struct web_snapshot *, const struct analysis *))
{
	struct analysis asked = analysis_default(request->today);

	asked.make = make;
	diags_init(&request->diags, &request->arena, request->diags.max);
	api_read(request, &asked);
	return api_keep(request, &asked, type);
}

enum status answer_gaps(struct request *request)
{
	return analyse(request, "application/json", make_gaps);
}
enum status answer_overlaps(struct request *request)
{
	return analyse(request, "application/json", make_overlaps);
}
enum status answer_presence_csv(struct request *request)
{
	return analyse(request, "text/csv; charset=utf-8", make_presence);
}
