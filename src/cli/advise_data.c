/* `advise` for machines: JSON (schema/advise.schema.json) and CSV, one writer each. */
#include "cli/advise.h"

#include <inttypes.h>

static const char *truth_letter(enum truth truth)
{
	return truth == TRUTH_T ? "T" : truth == TRUTH_F ? "F" : "U";
}

static void member(struct buf *out, const char *name, struct str value)
{
	buf_add_format(out, ",\"%s\":", name);
	if (value.ptr)
		json_add_string(out, value);
	else
		buf_add_c(out, "null");
}

/* Tenths and hundredths as decimals in a string: there are no floats in our documents. */
static void gain(struct buf *out, const char *name, int64_t hundredths)
{
	buf_add_format(out, ",\"%s\":\"%" PRId64 ".%02d\"", name, hundredths / 100,
		(int)(hundredths % 100));
}

static void add_place(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, const struct advise_place *place)
{
	const struct world *world = cli->world;
	struct buf *out = &cli->out;
	uint32_t row, provider, absent = advise_absent(cli, advice, place);
	int tenths = cover_risk_tenths(world, place->place, &row);
	struct presence here = advise_provider(cli, asked, advice, place, &provider);

	buf_add_c(out, "{\"place\":");
	json_add_string(out, world->places[place->place].id);
	buf_add_format(out, ",\"lifts\":%" PRId64 ",\"uncertain\":%" PRId64, place->lifts,
		place->uncertain);
	if (tenths < 0) {
		buf_add_c(out, ",\"risk\":null");
	} else {
		buf_add_format(out, ",\"risk\":\"%d.%d\",\"risk_year\":%d", tenths / 10,
			tenths % 10, world->risks[row].year);
		member(out, "risk_source", world->sources[world->risks[row].source].id);
	}
	member(out, "provider", world->parties[provider].id);
	member(out, "post", here.post_row == NONE32 ? STR_NONE : world->posts[here.post_row].id);
	member(out, "office",
		here.office_row == NONE32
			? STR_NONE
			: world->places[world->offices[here.office_row].place].id);
	if (absent != NONE32) {
		struct presence own = world_presence(world, absent, place->place, LEVEL_RESIDENT,
			place->service, asked->filter.date);
		member(out, "nationality", world->nats[place->nat].code);
		member(out, "represented", str_of(truth_letter(own.truth)));
	}
	buf_add_char(out, '}');
}

static enum status add_item(struct cli *cli, const struct advise_asked *asked, size_t number)
{
	const struct advice *advice = &asked->advices.items[number];
	const struct world *world = cli->world;
	struct buf *out = &cli->out;
	size_t count, first = 0;
	struct advise_place *places = advise_places(cli, asked, advice, &count);

	if (!places)
		return STATUS_NO_MEMORY;
	buf_add_format(out, "{\"rank\":%zu", number + 1);
	member(out, "kind", cover_advice_kind_words[advice->kind]);
	member(out, "party", advice->party == NONE32 ? STR_NONE : world->parties[advice->party].id);
	member(out, "group", advice->group == NONE32 ? STR_NONE : world->groups[advice->group]);
	member(out, "nationality",
		advice->nat == NAT_NONE ? STR_NONE : world->nats[advice->nat].code);
	member(out, "place", advice->place == NONE32 ? STR_NONE : world->places[advice->place].id);
	member(out, "agreement", cover_advice_id(&cli->arena, world, advice));
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
		int64_t people = advise_of_service(asked, advice, (uint8_t)s);
		if (people)
			buf_add_format(out, "%s{\"service\":\"%s\",\"people\":%" PRId64 "}",
				first++ ? "," : "", world_services[s].code, people);
	}
	buf_add_c(out, "],\"places\":[");
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? "," : "");
		add_place(cli, asked, advice, &places[i]);
	}
	buf_add_c(out, "]}");
	return STATUS_OK;
}

enum status advise_json(struct cli *cli, const struct advise_asked *asked)
{
	const struct advices *advices = &asked->advices;
	struct buf *out = &cli->out;
	enum status status = STATUS_OK;

	buf_add_format(
		out, "{\"date\":\"%s\",\"candidates\":{", page_date(asked->filter.date).text);
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		buf_add_format(out, "%s\"%s\":%zu", kind ? "," : "",
			cover_advice_kind_words[kind].ptr, advices->candidates[kind]);
	buf_add_char(out, '}');
	gain(out, "total", advices->total);
	gain(out, "bound", advices->bound);
	buf_add_c(out, ",\"items\":[");
	for (size_t i = 0; i < advices->items_count && status == STATUS_OK; i++) {
		buf_add_c(out, i ? "," : "");
		status = add_item(cli, asked, i);
	}
	buf_add_c(out, "]}\n");
	return status;
}

enum status advise_csv(struct cli *cli, const struct advise_asked *asked)
{
	const struct world *world = cli->world;
	struct buf *out = &cli->out;

	buf_add_c(out, "rank,kind,party,group,nationality,place,agreement,service,host,from,to,"
		       "certainty,people\r\n");
	for (size_t i = 0; i < asked->advices.items_count; i++) {
		const struct advice *advice = &asked->advices.items[i];
		struct str id = cover_advice_id(&cli->arena, world, advice);
		for (size_t j = 0; j < advice->lifted_count; j++) {
			const struct advice_lift *lift = &advice->lifted[j];
			const struct people_cell *cell = &asked->count.cells[lift->cell];
			buf_add_format(out, "%zu", i + 1);
			csv_add_field(out, cover_advice_kind_words[advice->kind], false);
			csv_add_field(out,
				advice->party == NONE32 ? STR("")
							: world->parties[advice->party].id,
				false);
			csv_add_field(out,
				advice->group == NONE32 ? STR("") : world->groups[advice->group],
				false);
			csv_add_field(out, world->nats[cell->nat].code, false);
			csv_add_field(out,
				advice->place == NONE32 ? STR("") : world->places[advice->place].id,
				false);
			csv_add_field(out, id, false);
			csv_add_field(out, str_of(world_services[lift->service].code), false);
			csv_add_field(out, world->places[cell->place].id, false);
			csv_add_field(out,
				lift->from_not_known ? STR("not_known")
						     : cover_band_words[lift->from],
				false);
			csv_add_field(out, cover_band_words[lift->to], false);
			csv_add_field(out, lift->uncertain ? STR("U") : STR("T"), false);
			buf_add_format(out, ",%" PRId64 "\r\n", cell->people);
		}
	}
	return STATUS_OK;
}
