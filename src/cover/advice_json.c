/* Advice as JSON (schema/advise.schema.json), keys in a fixed order; for the command line and the
 * API. */
#include "cover/cover.h"

#include <inttypes.h>

struct telling {
	struct buf *out;
	struct arena *arena;
	const struct world *world;
	const struct people_count *count;
	int32_t date;
};

/* Tenths and hundredths as decimals in a string: there are no floats in our documents. */
static void gain(struct buf *out, const char *name, int64_t hundredths)
{
	buf_add_format(out, ",\"%s\":\"%" PRId64 ".%02d\"", name, hundredths / 100,
		(int)(hundredths % 100));
}

static void add_place(const struct telling *telling, const struct advice *advice,
	const struct advice_place *place)
{
	const struct world *world = telling->world;
	struct buf *out = telling->out;
	uint32_t row, provider, absent = cover_advice_absent(world, advice, place);
	int tenths = cover_risk_tenths(world, place->place, &row);
	struct presence here =
		cover_advice_provider(world, advice, place, telling->date, &provider);

	buf_add_c(out, "{\"place\":");
	json_add_string(out, world->places[place->place].id);
	buf_add_format(out, ",\"lifts\":%" PRId64 ",\"uncertain\":%" PRId64, place->lifts,
		place->uncertain);
	if (tenths < 0) {
		buf_add_c(out, ",\"risk\":null");
	} else {
		buf_add_format(out, ",\"risk\":\"%d.%d\",\"risk_year\":%d", tenths / 10,
			tenths % 10, world->risks[row].year);
		json_add_member(out, "risk_source", world->sources[world->risks[row].source].id);
	}
	json_add_member(out, "provider", world->parties[provider].id);
	json_add_member(
		out, "post", here.post_row == NONE32 ? STR_NONE : world->posts[here.post_row].id);
	json_add_member(out, "office",
		here.office_row == NONE32
			? STR_NONE
			: world->places[world->offices[here.office_row].place].id);
	if (absent != NONE32) {
		struct presence own = world_presence(
			world, absent, place->place, LEVEL_RESIDENT, place->service, telling->date);
		json_add_member(out, "nationality", world->nats[place->nat].code);
		json_add_member(out, "represented", str_of(cover_truth_letter(own.truth)));
	}
	buf_add_char(out, '}');
}

static enum status add_item(
	const struct telling *telling, const struct advice *advice, size_t number)
{
	const struct world *world = telling->world;
	struct buf *out = telling->out;
	size_t count, first = 0;
	struct advice_place *places =
		cover_advice_places(telling->arena, world, telling->count, advice, &count);

	if (!places)
		return STATUS_NO_MEMORY;
	buf_add_format(out, "{\"rank\":%zu", number + 1);
	json_add_member(out, "kind", cover_advice_kind_words[advice->kind]);
	json_add_member(out, "party",
		advice->party == NONE32 ? STR_NONE : world->parties[advice->party].id);
	json_add_member(
		out, "group", advice->group == NONE32 ? STR_NONE : world->groups[advice->group]);
	json_add_member(out, "nationality",
		advice->nat == NAT_NONE ? STR_NONE : world->nats[advice->nat].code);
	json_add_member(
		out, "place", advice->place == NONE32 ? STR_NONE : world->places[advice->place].id);
	json_add_member(out, "agreement", cover_advice_id(telling->arena, world, advice));
	gain(out, "gain", advice->gain);
	buf_add_format(out,
		",\"people\":%" PRId64 ",\"lifts\":%" PRId64 ",\"uncertain\":%" PRId64
		",\"unweighted\":%" PRId64 ",\"others\":%zu,\"moved\":[",
		advice->people, advice->lifts, advice->uncertain, advice->unweighted,
		advice->others);
	for (int from = 0; from < BANDS; from++)
		for (int to = 0; to < BANDS; to++)
			if (advice->moved[from][to])
				buf_add_format(out,
					"%s{\"from\":\"%s\",\"to\":\"%s\",\"people\":%" PRId64 "}",
					first++ ? "," : "", cover_band_words[from].ptr,
					cover_band_words[to].ptr, advice->moved[from][to]);
	buf_add_c(out, "],\"services\":[");
	first = 0;
	for (unsigned s = 0; s < world_service_count; s++) {
		int64_t people = cover_advice_of_service(telling->count, advice, (uint8_t)s);
		if (people)
			buf_add_format(out, "%s{\"service\":\"%s\",\"people\":%" PRId64 "}",
				first++ ? "," : "", world_services[s].code, people);
	}
	buf_add_c(out, "],\"places\":[");
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? "," : "");
		add_place(telling, advice, &places[i]);
	}
	buf_add_c(out, "]}");
	return STATUS_OK;
}

enum status cover_advice_json(struct buf *out, struct arena *arena, const struct world *world,
	const struct people_count *count, const struct advices *advices,
	const struct advice_filter *filter)
{
	const struct telling telling = { out, arena, world, count, filter->date };
	enum status status = STATUS_OK;
	char day[11];

	date_format(day, filter->date);
	buf_add_format(out, "{\"date\":\"%s\",\"candidates\":{", day);
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		buf_add_format(out, "%s\"%s\":%zu", kind ? "," : "",
			cover_advice_kind_words[kind].ptr, advices->candidates[kind]);
	buf_add_char(out, '}');
	gain(out, "total", advices->total);
	gain(out, "bound", advices->bound);
	buf_add_c(out, ",\"items\":[");
	for (size_t i = 0; i < advices->items_count && status == STATUS_OK; i++) {
		buf_add_c(out, i ? "," : "");
		status = add_item(&telling, &advices->items[i], i);
	}
	buf_add_c(out, "]}");
	return status;
}
