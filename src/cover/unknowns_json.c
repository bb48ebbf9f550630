/* Unknowns as JSON (schema/unknowns.schema.json), keys in a fixed order, for the command line and
 * the API; and what is on record of each, and where one might look. */
#include "cover/cover.h"

#include <inttypes.h>

#define WORD(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

const struct str cover_look_words[LOOKS] = {
	[LOOK_RESIDENCE] = WORD("register of residence of the host"),
	[LOOK_MISSIONS] = WORD("list of missions of the sending State, consular list of the host"),
	[LOOK_CONSULAR_LIST] = WORD("consular list of the host"),
	[LOOK_ACCREDITATIONS] =
		WORD("list of missions of the sending State, for its accreditations"),
	[LOOK_OFFICES] = WORD("the organization's list of offices"),
};

enum unknown_look cover_unknown_look(const struct unknown_fact *fact)
{
	if (fact->kind == UNKNOWN_RESIDENCE)
		return LOOK_RESIDENCE;
	if (fact->levels & LEVEL_RESIDENT)
		return LOOK_MISSIONS;
	if (fact->levels & LEVEL_HONORARY)
		return LOOK_CONSULAR_LIST;
	return fact->levels & LEVEL_ACCREDITED ? LOOK_ACCREDITATIONS : LOOK_OFFICES;
}

struct presence cover_unknown_record(
	const struct world *world, const struct unknown_fact *fact, int32_t date)
{
	return world_presence(world, fact->party, fact->country, fact->levels, SERVICE_NONE, date);
}

int32_t cover_unknown_as_of(
	const struct world *world, const struct unknown_fact *fact, int32_t date)
{
	struct presence presence;

	if (fact->kind == UNKNOWN_RESIDENCE || !fact->on_record)
		return DATE_NONE;
	presence = cover_unknown_record(world, fact, date);
	return presence.post_row != NONE32 ? world->posts[presence.post_row].as_of
					   : world->offices[presence.office_row].as_of;
}

static void add_levels(struct buf *out, unsigned levels)
{
	bool first = true;

	buf_add_char(out, '[');
	for (unsigned i = 0; i < 4; i++) {
		if (!(levels >> i & 1u))
			continue;
		buf_add_c(out, first ? "" : ",");
		json_add_string(out, world_level_words[i]);
		first = false;
	}
	buf_add_char(out, ']');
}

static void add_item(struct buf *out, const struct world *world, const struct unknown_fact *fact,
	size_t rank, int32_t date)
{
	int32_t as_of = cover_unknown_as_of(world, fact, date);
	bool first = true;
	char day[11];

	date_format(day, as_of);
	buf_add_format(out, "{\"rank\":%zu,\"fact\":\"%s\"", rank,
		fact->kind == UNKNOWN_PRESENCE ? "presence" : "residence");
	json_add_member(
		out, "party", fact->party == NONE32 ? STR_NONE : world->parties[fact->party].id);
	json_add_member(
		out, "nationality", fact->nat == NAT_NONE ? STR_NONE : world->nats[fact->nat].code);
	json_add_member(out, "place", world->places[fact->country].id);
	buf_add_c(out, ",\"levels\":");
	add_levels(out, fact->levels);
	buf_add_format(out,
		",\"people\":%" PRId64 ",\"answers\":%" PRId64 ",\"better\":%" PRId64
		",\"worse\":%" PRId64 ",\"services\":[",
		fact->people, fact->answers, fact->better, fact->worse);
	for (unsigned s = 0; s < world_service_count; s++)
		if (fact->services >> s & 1u) {
			buf_add_format(out, "%s\"%s\"", first ? "" : ",", world_services[s].code);
			first = false;
		}
	buf_add_char(out, ']');
	json_add_member(out, "on_record", as_of == DATE_NONE ? STR_NONE : str_of(day));
	json_add_member(out, "look", cover_look_words[cover_unknown_look(fact)]);
	buf_add_char(out, '}');
}

void cover_unknowns_json(struct buf *out, const struct world *world,
	const struct unknowns *unknowns, const struct unknown_filter *filter, size_t limit)
{
	char day[11];

	date_format(day, filter->date);
	buf_add_format(out,
		"{\"date\":\"%s\",\"unsure\":%" PRId64 ",\"decided\":%" PRId64
		",\"facts\":%zu,\"items\":[",
		day, unknowns->unsure, unknowns->decided, unknowns->items_count);
	for (size_t i = 0; i < unknowns->items_count && i < limit; i++) {
		buf_add_c(out, i ? "," : "");
		add_item(out, world, &unknowns->items[i], i + 1, filter->date);
	}
	buf_add_c(out, "]}");
}
