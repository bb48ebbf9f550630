/* Overlaps as JSON, keys in a fixed order; for the command line and the API. */
#include <inttypes.h>
#include "cover/internal.h"

static void add_key(struct buf *out, const char *key, struct str value)
{
	buf_add_format(out, "\"%s\":", key);
	json_add_string(out, value);
}

static struct str date_text(struct buf *out, int32_t date)
{
	char text[11];

	date_format(text, date);
	return str_copy(out->arena, str_of(text));
}

static struct str phase_word(enum phase phase)
{
	return accord_phase_words[__builtin_ctz((unsigned)phase)];
}

static void open_list(struct buf *out, const char *name, size_t count)
{
	buf_add_format(out, ",\"%s\":{\"count\":%zu,\"rows\":[", name, count);
}

static void add_clause(
	struct buf *out, const struct agreement *agreement, const struct commitment *commitment)
{
	add_key(out, "agreement", agreement->id);
	buf_add_c(out, ",");
	add_key(out, "commitment", commitment->id);
	buf_add_c(out, ",");
	add_key(out, "clause", commitment->clause);
	if (commitment->schedule >= 0)
		buf_add_format(out, ",\"schedule_row\":%u", commitment->schedule_row);
}

static void add_lead(struct buf *out, const struct world *world, const struct overlap_lead *lead)
{
	const struct provider *provider = &lead->commitment->provider;

	buf_add_c(out, "{");
	if (lead->provider != NONE32)
		add_key(out, "party", world->parties[lead->provider].id);
	else
		add_key(out, "pool",
			str_format(out->arena, "group:" STR_FMT,
				STR_ARG(world->groups[provider->group])));
	buf_add_format(out, ",\"members\":%u,", lead->members);
	add_clause(out, lead->agreement, lead->commitment);
	buf_add_c(out, "}");
}

static void add_leads(struct buf *out, const struct world *world, const struct lead_overlap *leads)
{
	buf_add_c(out, "{");
	add_key(out, "service", str_of(world_services[leads->service].code));
	buf_add_c(out, ",");
	add_key(out, "place", world->places[leads->place].id);
	buf_add_format(out, ",\"part\":%s,", leads->part ? "true" : "false");
	add_key(out, "band", cover_band_words[leads->band]);
	buf_add_format(out, ",\"depth\":%u,\"size\":%u,\"people\":%" PRId64 ",\"leads\":[",
		leads->depth, leads->size, leads->people);
	for (size_t i = 0; i < leads->leads_count; i++) {
		buf_add_c(out, i ? "," : "");
		add_lead(out, world, &leads->leads[i]);
	}
	buf_add_c(out, "],\"cells\":[");
	for (size_t i = 0; i < leads->cells_count; i++) {
		const struct people_cell *cell = &leads->cells[i];

		buf_add_c(out, i ? ",{" : "{");
		add_key(out, "nationality", world->nats[cell->nat].code);
		buf_add_c(out, ",");
		add_key(out, "group", world_people_group_words[cell->group]);
		buf_add_format(out, ",\"people\":%" PRId64 "}", cell->people);
	}
	buf_add_c(out, "]}");
}

static void add_pledges(struct buf *out, const struct pledge *pledges, size_t count)
{
	buf_add_c(out, ",\"pledges\":[");
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? ",{" : "{");
		add_clause(out, pledges[i].agreement, pledges[i].commitment);
		buf_add_format(out, ",\"quantity\":%" PRId64 "}", pledges[i].quantity);
	}
	buf_add_c(out, "]");
}

static void add_when(struct buf *out, int32_t date, enum phase phase, int64_t has, int64_t pledged)
{
	buf_add_c(out, ",");
	add_key(out, "date", date_text(out, date));
	buf_add_c(out, ",");
	add_key(out, "phase", phase_word(phase));
	buf_add_format(out, ",\"has\":%" PRId64 ",\"pledged\":%" PRId64, has, pledged);
}

static void add_source(struct buf *out, const struct world *world, uint32_t source)
{
	if (source == NONE32)
		buf_add_c(out, ",\"source\":null");
	else {
		buf_add_c(out, ",");
		add_key(out, "source", world->sources[source].id);
	}
}

static void add_asset(struct buf *out, const struct world *world, const struct asset_overlap *asset)
{
	const struct asset *fact = &world->assets[asset->asset];

	buf_add_c(out, "{");
	add_key(out, "asset",
		str_format(out->arena, STR_FMT ":" STR_FMT, STR_ARG(world->parties[fact->party].id),
			STR_ARG(fact->id)));
	buf_add_c(out, ",");
	add_key(out, "unit", fact->unit);
	add_when(out, asset->date, asset->phase, asset->has, asset->pledged);
	add_pledges(out, asset->pledges, asset->pledges_count);
	add_source(out, world, fact->source);
	buf_add_c(out, "}");
}

static void add_strength(
	struct buf *out, const struct world *world, const struct strength_overlap *strength)
{
	buf_add_c(out, "{");
	add_key(out, "party", world->parties[strength->party].id);
	buf_add_c(out, ",");
	add_key(out, "service", str_of(world_services[strength->service].code));
	buf_add_c(out, ",");
	add_key(out, "unit", strength->unit);
	buf_add_c(out, ",");
	add_key(out, "per", strength->per);
	add_when(out, strength->date, strength->phase, strength->has, strength->pledged);
	add_pledges(out, strength->pledges, strength->pledges_count);
	buf_add_c(out, ",\"strengths\":[");
	for (size_t i = 0; i < strength->strengths_count; i++) {
		const struct strength_row *row = &world->strengths[strength->strengths[i]];

		buf_add_c(out, i ? ",{" : "{");
		add_key(out, "place", world->places[row->place].id);
		buf_add_format(out, ",\"quantity\":%" PRId64, row->quantity);
		add_source(out, world, row->source);
		buf_add_c(out, "}");
	}
	buf_add_c(out, "]}");
}

static void add_circle(struct buf *out, const struct world *world, const struct circle *circle)
{
	buf_add_c(out, "{");
	add_key(out, "place", world->places[circle->place].id);
	buf_add_format(out, ",\"knot\":%u,\"links\":[", circle->nodes);
	for (size_t i = 0; i < circle->links_count; i++) {
		const struct circle_link *link = &circle->links[i];

		buf_add_c(out, i ? ",{" : "{");
		add_key(out, "party", world->parties[link->provider].id);
		buf_add_c(out, ",");
		add_key(out, "relies_on", world->parties[link->relies_on].id);
		buf_add_c(out, ",");
		add_key(out, "by", cover_reliance_words[link->by]);
		buf_add_c(out, ",");
		add_clause(out, link->agreement, link->commitment);
		buf_add_c(out, "}");
	}
	buf_add_c(out, "]}");
}

static void add_point(
	struct buf *out, const struct cover_index *index, const struct single_point *point)
{
	const struct world *world = index->world;
	struct str id = point->kind == POINT_POST    ? world->posts[point->index].id
			: point->kind == POINT_PARTY ? world->parties[point->index].id
						     : point->agreement->id;

	buf_add_c(out, "{");
	add_key(out, "kind", cover_point_words[point->kind]);
	buf_add_c(out, ",");
	add_key(out, "id", id);
	buf_add_format(out, ",\"people\":%" PRId64 ",\"losses\":[", point->people);
	for (size_t i = 0; i < point->losses_count; i++) {
		const struct point_loss *loss = &point->losses[i];

		buf_add_c(out, i ? ",{" : "{");
		add_key(out, "service", str_of(world_services[loss->service].code));
		buf_add_c(out, ",");
		add_key(out, "from", cover_band_words[loss->from]);
		buf_add_c(out, ",");
		add_key(out, "to",
			loss->to != BAND_NONE ? cover_band_words[loss->to]
			: loss->not_known     ? STR("not_known")
					      : STR("none_proven"));
		buf_add_format(out, ",\"people\":%" PRId64 ",\"most\":{\"people\":%" PRId64 ",",
			loss->people, loss->most.people);
		add_key(out, "nationality", world->nats[loss->most.nat].code);
		buf_add_c(out, ",");
		add_key(out, "group", world_people_group_words[loss->most.group]);
		buf_add_c(out, ",");
		add_key(out, "place", world->places[loss->most.place].id);
		buf_add_c(out, "}}");
	}
	buf_add_c(out, "]}");
}

/* Points are told by kind, each kind up to the limit. */
static void add_points(struct buf *out, const struct cover_index *index,
	const struct overlaps *overlaps, size_t limit)
{
	size_t told[POINT_KINDS] = { 0 };
	bool any = false;

	open_list(out, "single_points", overlaps->points_count);
	for (size_t i = 0; i < overlaps->points_count; i++) {
		if (told[overlaps->points[i].kind]++ >= limit)
			continue;
		buf_add_c(out, any ? "," : "");
		add_point(out, index, &overlaps->points[i]);
		any = true;
	}
	buf_add_c(out, "]}");
}

#define ADD_LIST(name, list, add, context)                                                         \
	do {                                                                                       \
		open_list(out, name, overlaps->list##_count);                                      \
		for (size_t i = 0; i < overlaps->list##_count && i < limit; i++) {                 \
			buf_add_c(out, i ? "," : "");                                              \
			add(out, context, &overlaps->list[i]);                                     \
		}                                                                                  \
		buf_add_c(out, "]}");                                                              \
	} while (0)

enum status cover_overlaps_json(struct buf *out, const struct cover_index *index,
	const struct overlaps *overlaps, const struct overlap_filter *filter, size_t limit)
{
	const struct world *world = index->world;

	buf_add_c(out, "{");
	add_key(out, "date", date_text(out, overlaps->date));
	if (overlaps->stock_year)
		buf_add_format(out, ",\"stock_year\":%d", overlaps->stock_year);
	else
		buf_add_c(out, ",\"stock_year\":null");
	if (filter->kinds & OVERLAP_LEADS) {
		ADD_LIST("leads", leads, add_leads, world);
		ADD_LIST("unassigned", unassigned, add_leads, world);
	}
	if (filter->kinds & OVERLAP_ASSETS)
		ADD_LIST("assets", assets, add_asset, world);
	if (filter->kinds & OVERLAP_STRENGTHS)
		ADD_LIST("strengths", strengths, add_strength, world);
	if (filter->kinds & OVERLAP_CIRCULAR)
		ADD_LIST("circular", circular, add_circle, world);
	if (filter->kinds & OVERLAP_POINTS)
		add_points(out, index, overlaps, limit);
	buf_add_c(out, "}");
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
