/* What `who` says at the end: that nobody answers and what is not known about that, what is
 * expected, what was withheld; and the answers as CSV. */
#include "cli/cli.h"

#include "wire/wire.h"

#include <assert.h>

/* Whoever is kept from authorities is not sent to the police. */
static bool kept_from_police(const struct query *query)
{
	return query->fear_count ||
	       (query->statuses & (PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER) |
					  PERSON_BIT(PERSON_FEARS_AUTHORITIES)));
}

/* Numbers that anyone may call in the country, when nobody answers by agreement. */
static void emergency_numbers(struct cli *cli, const struct query *query)
{
	static const char *const kinds[] = { "emergency", "general", "police", "ambulance",
		"fire" };
	const struct world *world = cli->world;
	uint32_t country = world->places[query->place].country, source = NONE32;
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (size_t i = 0; i < world->channels_count; i++) {
			const struct channel *channel = &world->channels[i];
			if (channel->place != country || !str_is(channel->kind, kinds[k]) ||
				channel->visibility != VISIBILITY_PUBLIC ||
				(str_is(channel->kind, "police") && kept_from_police(query)))
				continue;
			buf_add_format(&text, "%s%s " STR_FMT "%s", text.len ? ", " : "", kinds[k],
				STR_ARG(channel->address),
				channel->tested == DATE_NONE ? " (never tested)" : "");
			source = channel->source;
		}
	if (text.len)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Emergency numbers of the country: " STR_FMT "; source: " STR_FMT
				".",
				STR_ARG(buf_str(&text)), STR_ARG(words_source(cli, source))));
}

/* Marks the places strictly inside COUNTRY that COMMITMENT's `where` names. */
static void mark_parts(bool *parts, const struct world *world, const struct commitment *commitment,
	uint32_t country)
{
	uint32_t last = world->places[country].last;

	for (size_t i = 0; i < commitment->where.in_count; i++) {
		const struct place_item *item = &commitment->where.in[i];
		if (item->kind == PLACE_ITEM_PLACE && item->index > country && item->index <= last)
			parts[item->index] = true;
		for (size_t z = 0; item->kind == PLACE_ITEM_ZONE && z < world->zone_rows_count;
			z++) {
			const struct membership *row = &world->zone_rows[z];
			if (row->set == item->index && row->member > country && row->member <= last)
				parts[row->member] = true;
		}
	}
}

#define PARTS_SHOWN 5

/* Nobody answers for the whole country; in a part of it somebody may. */
static enum status answered_parts(struct cli *cli, const struct query *query)
{
	const struct world *world = cli->world;
	bool *parts;
	size_t found = 0;
	struct buf text;

	if (world->places[query->place].kind != PLACE_COUNTRY)
		return STATUS_OK;
	parts = ARENA_ARRAY(&cli->arena, world->places_count, bool);
	if (!parts)
		return STATUS_NO_MEMORY;
	for (size_t a = 0; a < cli->accords.items_count; a++)
		for (size_t c = 0; c < cli->accords.items[a].commitments_count; c++) {
			const struct commitment *commitment = &cli->accords.items[a].commitments[c];
			if (commitment->services >> query->service & 1u)
				mark_parts(parts, world, commitment, query->place);
		}
	buf_init(&text, &cli->arena, 4096);
	for (uint32_t place = 0; place < world->places_count; place++) {
		struct query there = *query;
		struct answers answers;
		enum status status;
		if (!parts[place])
			continue;
		there.place = place;
		status = cover_who(&answers, &cli->arena, cli->index, &there);
		if (status != STATUS_OK)
			return status;
		if (answers.items_count && found++ < PARTS_SHOWN)
			buf_add_format(&text, "%s" STR_FMT ": ask again with --place " STR_FMT,
				text.len ? "; " : "", STR_ARG(words_place(cli, place)),
				STR_ARG(world->places[place].id));
	}
	if (found > PARTS_SHOWN)
		buf_add_format(&text, "; and %zu more", found - PARTS_SHOWN);
	if (found)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena, "In part of the country: " STR_FMT ".",
				STR_ARG(buf_str(&text))));
	return STATUS_OK;
}

#define OTHERS_SHOWN 4

/* Services of the same domain, then of protection, that somebody gives this same person here. */
static enum status other_services(struct cli *cli, const struct query *query)
{
	enum service_domain asked = world_services[query->service].domain;
	struct buf text;
	size_t found = 0;

	buf_init(&text, &cli->arena, 1024);
	for (size_t round = 0; round < 2 && found < OTHERS_SHOWN; round++) {
		enum service_domain domain = round ? DOMAIN_PROTECTION : asked;
		if (round && asked == DOMAIN_PROTECTION)
			break;
		for (size_t s = 0; s < world_service_count && found < OTHERS_SHOWN; s++) {
			struct query other = *query;
			struct answers answers;
			enum status status;
			if (world_services[s].domain != domain || s == query->service)
				continue;
			other.service = (uint8_t)s;
			status = cover_who(&answers, &cli->arena, cli->index, &other);
			if (status != STATUS_OK)
				return status;
			if (!answers.items_count)
				continue;
			found++;
			buf_add_format(&text, "%s%s (" STR_FMT ")", text.len ? ", " : "",
				world_services[s].code,
				STR_ARG(cli->world->parties[answers.items[0].provider].id));
		}
	}
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		found ? str_format(&cli->arena, "For this person these are answered: " STR_FMT ".",
				STR_ARG(buf_str(&text)))
		      : str_format(&cli->arena,
				"For this person nothing else of the same domain is answered "
				"here%s.",
				asked == DOMAIN_PROTECTION ? "" : ", and no protection.* either"));
	return STATUS_OK;
}

/* status-hint: statuses that were not said, each of which alone would bring an answer here. Rules
 * that ask for a status are silent without it, and who asks in a hurry forgets to say it. */
static enum status other_statuses(struct cli *cli, const struct query *query)
{
	struct buf text;

	buf_init(&text, &cli->arena, 1024);
	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		struct query other = *query;
		struct answers answers;
		enum status status;
		if (query->statuses & PERSON_BIT(s))
			continue;
		other.statuses |= PERSON_BIT(s);
		status = cover_who(&answers, &cli->arena, cli->index, &other);
		if (status != STATUS_OK)
			return status;
		if (answers.items_count)
			buf_add_format(&text, "%s" STR_FMT, text.len ? ", " : "",
				STR_ARG(accord_person_words[s]));
	}
	if (text.len)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Somebody would answer a person who is: " STR_FMT
				". If this one is, ask again with --status.",
				STR_ARG(buf_str(&text))));
	return STATUS_OK;
}

#define UNKNOWN_SHOWN 8

enum status who_nobody(struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct facts unknown = { NULL, 0, 0 };
	enum status status = answers->not_known ? who_unknown(&unknown, cli, query) : STATUS_OK;

	if (status != STATUS_OK)
		return status;
	if (!answers->not_known) {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("Nobody. On what is on record no agreement in force gives this here to "
			    "this person, and no missing fact would change that."));
	} else if (unknown.count == 0) {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("Nobody is known to. That is not a proven no: facts that are not known "
			    "on this date could change it."));
	} else {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Nobody is known to. That is not a proven no: %zu fact%s not known "
				"on this date could change it. Find out:",
				unknown.count, unknown.count == 1 ? "" : "s"));
		for (size_t i = 0; i < unknown.count && i < UNKNOWN_SHOWN; i++)
			page_wrap(&cli->out, STR("  -"), 4, cli->width, unknown.items[i].text);
		if (unknown.count > UNKNOWN_SHOWN)
			page_wrap(&cli->out, STR("  -"), 4, cli->width,
				str_format(&cli->arena, "and %zu more",
					unknown.count - UNKNOWN_SHOWN));
	}
	status = answered_parts(cli, query);
	if (status != STATUS_OK)
		return status;
	status = other_statuses(cli, query);
	if (status != STATUS_OK)
		return status;
	emergency_numbers(cli, query);
	status = other_services(cli, query);
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		STR("Next: --why-not PARTY tells what keeps each clause of a party from "
		    "answering."));
	return status;
}

/* A protected person whose nationality names no country, and who has not said whom to fear. */
static bool guards_nobody(const struct cli *cli, const struct query *query)
{
	unsigned flight = PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER) |
			  PERSON_BIT(PERSON_FEARS_AUTHORITIES);

	if (!(query->statuses & flight) || query->fear_count)
		return false;
	for (size_t i = 0; i < query->nat_count; i++)
		if (cli->world->nats[query->nats[i]].place != NONE32)
			return false;
	return true;
}

void who_closing(struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct buf *out = &cli->out;

	for (size_t i = 0; i < answers->expected_count; i++) {
		const struct expected *expected = &answers->expected[i];
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Expected, not in force: " STR_FMT " under " STR_FMT ", " STR_FMT
				"; its term ended on %s and no renewal is confirmed.",
				STR_ARG(words_party(cli, expected->provider)),
				STR_ARG(expected->agreement->id),
				STR_ARG(expected->commitment->clause),
				page_date(expected->ended).text));
	}
	if (answers->withheld)
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"%u row%s withheld by the safeguards: they would reach a State or "
				"an authority that this person is kept from.",
				answers->withheld, answers->withheld == 1 ? " was" : "s were"));
	if (guards_nobody(cli, query))
		page_wrap(out, STR_NONE, 0, cli->width,
			STR("No State to keep away from is named: for this person the safeguards "
			    "of "
			    "origin and destination guard against nobody. Next: ask, and add "
			    "--fears."));
	if (query->statuses & PERSON_BIT(PERSON_NO_CONTACT))
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"The person refuses contact with the own State; that choice can be "
				"taken back at any time.%s",
				answers->host_notified_anyway ? " By treaty the host must notify "
								"the consulate all the same."
							      : ""));
}

static void csv_words(struct cli *cli, unsigned set, const struct str *words, unsigned count)
{
	csv_add_field(&cli->out, words_set(cli, set, words, count), false);
}

static const struct wire_column csv_columns[] = {
	{ "rank", "#meta+rank" },
	{ "band", "#status+code" },
	{ "certainty", "#status+certainty" },
	{ "role", "#org+role" },
	{ "party", "#org+code" },
	{ "post", "#loc+post+code" },
	{ "via", "#org+via+code" },
	{ "agreement", "#activity+agreement+code" },
	{ "commitment", "#activity+commitment+code" },
	{ "clause", "#description+clause" },
	{ "strength", "#activity+agreement+type" },
	{ "lead_time_hours", "#indicator+lead_time+hours+num" },
	{ "marks", "#meta+mark+list" },
	{ "held", "#operations+held+list" },
	{ "date", "#date" },
};

void who_csv(struct cli *cli, const struct query *query, const struct answers *answers, bool hxl)
{
	struct buf *out = &cli->out;
	const struct world *world = cli->world;

	wire_header(out, csv_columns, sizeof(csv_columns) / sizeof(csv_columns[0]), hxl);
	for (size_t i = 0; i < answers->items_count; i++) {
		const struct answer *answer = &answers->items[i];
		buf_add_format(out, "%zu", i + 1);
		csv_add_field(out, cover_band_words[answer->band], false);
		csv_add_field(out, answer->certainty == TRUTH_T ? STR("T") : STR("U"), false);
		csv_add_field(out, accord_role_words[answer->commitment->role], false);
		csv_add_field(out, world->parties[answer->provider].id, false);
		csv_add_field(out,
			answer->post_row == NONE32 ? STR("") : world->posts[answer->post_row].id,
			false);
		csv_add_field(out, answer->via == NONE32 ? STR("") : world->parties[answer->via].id,
			false);
		csv_add_field(out, answer->agreement->id, false);
		csv_add_field(out, answer->commitment->id, false);
		csv_add_field(out, answer->commitment->clause, false);
		csv_add_field(out, accord_strength_words[answer->agreement->strength], false);
		csv_add_field(out,
			answer->lead_time_hours < 0
				? STR("")
				: str_format(&cli->arena, "%d", answer->lead_time_hours),
			false);
		csv_words(cli, answer->marks, cover_mark_words, MARK_COUNT);
		csv_words(cli, answer->held, cover_held_words, 2);
		csv_add_field(out, str_of(page_date(query->date).text), false);
		buf_add_c(out, "\r\n");
	}
}
