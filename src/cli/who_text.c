/* Answers for people to read, and as CSV. Each answer is a block: who, how far it binds and how
 * sure that is, where, under which clause, what must be done first, at whose cost, by which
 * channel, and what to know about it. "Allowed" is never worded as a promise, "not known" never as
 * "no". */
#include "cli/cli.h"

#include <assert.h>
#include <string.h>

#define LABEL 12 /* columns of the labels of a block */

static void line(struct cli *cli, const char *label, struct str text)
{
	struct str first = str_format(&cli->arena, "   %s", label);

	page_wrap(&cli->out, first, LABEL, cli->width, text);
}

static struct str nat_list(struct cli *cli, const uint16_t *nats, size_t count)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_c(&text, i + 1 == count ? " and " : ", ");
		buf_add(&text, words_nat(cli, nats[i]));
	}
	return buf_str(&text);
}

static struct str word_list(struct cli *cli, unsigned set, const struct str *words, unsigned count)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (unsigned i = 0; i < count; i++)
		if (set >> i & 1u) {
			if (text.len)
				buf_add_c(&text, ", ");
			buf_add(&text, words[i]);
		}
	return buf_str(&text);
}

static void heading(struct cli *cli, const struct query *query)
{
	const struct service *service = &world_services[query->service];
	struct str text = str_format(&cli->arena,
		"Who helps a person of " STR_FMT " in " STR_FMT " with %s (%s), %s, on %s?",
		STR_ARG(nat_list(cli, query->nats, query->nat_count)),
		STR_ARG(words_place(cli, query->place)), service->label_en, service->code,
		words_phase(query->phase), page_date(query->date).text);

	page_wrap(&cli->out, STR_NONE, 0, cli->width, text);
	for (size_t i = 0; i < query->nat_count; i++)
		if (query->territories[i] != NONE32)
			line(cli, "read as",
				str_format(&cli->arena,
					STR_FMT
					" stands for the nationality of its people: " STR_FMT,
					STR_ARG(words_place(cli, query->territories[i])),
					STR_ARG(words_nat(cli, query->nats[i]))));
	if (query->statuses)
		line(cli, "status",
			word_list(cli, query->statuses, accord_person_words, PERSON_STATUSES));
	if (query->residence != NAT_NONE)
		line(cli, "resides", words_nat(cli, query->residence));
	if (query->fear_count)
		line(cli, "fears", nat_list(cli, query->fears, query->fear_count));
	if (query->to != NONE32)
		line(cli, "to", words_place(cli, query->to));
	if (query->viewer != VIEWER_ALL)
		line(cli, "seen by",
			query->viewer == VIEWER_PUBLIC ? STR("the public")
						       : words_party(cli, query->viewer));
	buf_add_char(&cli->out, '\n');
}

static struct str actor_words(struct cli *cli, const struct query *query,
	const struct answer *answer, const struct actor *actor)
{
	const struct world *world = cli->world;
	uint16_t host = world->places[query->place].nat;

	switch (actor->kind) {
	case ACTOR_PROVIDER:
		return world->parties[answer->provider].id;
	case ACTOR_STATE_OF_NATIONALITY:
		return world->nats[answer->nat].code;
	case ACTOR_HOST_STATE:
		return host == NAT_NONE ? STR("the host State") : world->nats[host].code;
	case ACTOR_STATE_OF_RESIDENCE:
		return query->residence == NAT_NONE ? STR("the State of residence")
						    : world->nats[query->residence].code;
	case ACTOR_CRISIS:
		return STR("whoever leads the crisis");
	case ACTOR_PARTY:
		if (actor->office.len)
			return str_format(&cli->arena, STR_FMT ":" STR_FMT,
				STR_ARG(world->parties[actor->party].id), STR_ARG(actor->office));
		return world->parties[actor->party].id;
	case ACTOR_NONE:
		break;
	}
	return STR_NONE;
}

static void steps(struct cli *cli, const struct query *query, const struct answer *answer)
{
	for (size_t i = 0; i < answer->commitment->steps_count; i++) {
		const struct step *step = &answer->commitment->steps[i];
		struct str by = actor_words(cli, query, answer, &step->by),
			   whom = actor_words(cli, query, answer, &step->whom);
		struct buf text;
		buf_init(&text, &cli->arena, 4096);
		if (by.len)
			buf_add_format(&text, STR_FMT ": ", STR_ARG(by));
		buf_add_c(&text, words_step(step->what));
		if (whom.len)
			buf_add_format(&text, " " STR_FMT, STR_ARG(whom));
		if (step->within.count)
			buf_add_format(&text, ", within " STR_FMT,
				STR_ARG(words_duration(&cli->arena, step->within)));
		if (step->unless_extreme_urgency)
			buf_add_c(&text, ", unless the urgency is extreme");
		line(cli, i ? "then" : "first", buf_str(&text));
	}
}

static void costs(struct cli *cli, const struct answer *answer)
{
	for (size_t i = 0; i < answer->commitment->costs_count; i++) {
		const struct cost *cost = &answer->commitment->costs[i];
		struct str note = accord_text(&cost->note, STR("en"));
		struct buf text;
		buf_init(&text, &cli->arena, 4096);
		buf_add_c(&text, words_cost(cost->rule));
		if (cost->has_unit_cost)
			buf_add_format(&text, ", " STR_FMT "%s" STR_FMT,
				STR_ARG(words_money(
					&cli->arena, cost->unit_minor, cost->unit_currency)),
				cost->unit_per.len ? " per " : "", STR_ARG(cost->unit_per));
		if (cost->has_cap)
			buf_add_format(&text, ", at most " STR_FMT,
				STR_ARG(words_money(&cli->arena, cost->cap_minor, cost->currency)));
		if (cost->undertaking)
			buf_add_c(&text, ", after an undertaking");
		if (cost->advance_percent > 0)
			buf_add_format(&text, ", %d %% in advance", cost->advance_percent);
		if (cost->claim_within.count)
			buf_add_format(&text, ", claimed within " STR_FMT,
				STR_ARG(words_duration(&cli->arena, cost->claim_within)));
		if (cost->pay_within.count)
			buf_add_format(&text, ", paid within " STR_FMT,
				STR_ARG(words_duration(&cli->arena, cost->pay_within)));
		if (note.len)
			buf_add_format(&text, " (" STR_FMT ")", STR_ARG(note));
		line(cli, i ? "" : "cost", buf_str(&text));
	}
}

/* The channels as the JSON of the answer gives them: one rule for who may see what stands in cover.
 * Here: those that are public or seen by all. */
static bool channel_shown(const struct cli *cli, const struct query *query,
	const struct answer *answer, const struct channel *channel)
{
	const struct world *world = cli->world;
	uint32_t country = world->places[query->place].country;
	bool near = channel->place == NONE32 || world_lies_in(world, channel->place, country) ||
		    world_lies_in(world, query->place, channel->place);

	if (!near && answer->post_row != NONE32)
		near = world_lies_in(
			world, channel->place, world->posts[answer->post_row].receiving);
	return channel->party == answer->provider && near &&
	       (channel->visibility == VISIBILITY_PUBLIC || query->viewer == VIEWER_ALL);
}

static void channels(struct cli *cli, const struct query *query, const struct answer *answer)
{
	const struct world *world = cli->world;
	bool any = false;

	for (size_t i = 0; i < world->channels_count; i++) {
		const struct channel *channel = &world->channels[i];
		if (!channel_shown(cli, query, answer, channel))
			continue;
		line(cli, any ? "" : "reach",
			str_format(&cli->arena, STR_FMT " " STR_FMT "%s" STR_FMT ", %s%s",
				STR_ARG(channel->kind), STR_ARG(channel->address),
				channel->hours.len ? ", " : "", STR_ARG(channel->hours),
				channel->tested == DATE_NONE ? "never tested" : "last tested ",
				page_date(channel->tested).text));
		any = true;
	}
	if (!any)
		line(cli, "reach", STR("no channel on record"));
}

static void destinations(struct cli *cli, const struct query *query, const struct answer *answer)
{
	const struct world *world = cli->world;
	const struct place_scope *to = &answer->commitment->to;
	struct buf text;

	if (world_services[query->service].destination == DESTINATION_NOT_ASKED)
		return;
	buf_init(&text, &cli->arena, 4096);
	if (answer->to_default != DESTINATION_NOT_ASKED)
		buf_add_c(&text,
			answer->to_default == DESTINATION_HOME ? "home" : "within the country");
	for (size_t i = 0;
		answer->to_default == DESTINATION_NOT_ASKED && i < to->in_count && i < 64; i++) {
		const struct place_item *item = &to->in[i];
		if (!(answer->to_items >> i & 1u))
			continue;
		if (text.len)
			buf_add_c(&text, ", ");
		switch (item->kind) {
		case PLACE_ITEM_PLACE:
			buf_add(&text, words_place(cli, item->index));
			break;
		case PLACE_ITEM_GROUP:
			buf_add_format(
				&text, "group:" STR_FMT, STR_ARG(world->groups[item->index]));
			break;
		case PLACE_ITEM_ZONE:
			buf_add_format(&text, "zone:" STR_FMT, STR_ARG(world->zones[item->index]));
			break;
		case PLACE_ITEM_HOME:
			buf_add_c(&text, "home");
			break;
		case PLACE_ITEM_THIRD:
			buf_add_c(&text, "a third country");
			break;
		case PLACE_ITEM_IN_COUNTRY:
			buf_add_c(&text, "within the country");
			break;
		}
	}
	if (text.len)
		line(cli, "takes to", buf_str(&text));
}

static void where_and_clause(struct cli *cli, const struct answer *answer)
{
	const struct world *world = cli->world;
	const struct agreement *agreement = answer->agreement;
	const struct commitment *commitment = answer->commitment;
	const struct source_note *note =
		commitment->source.given ? &commitment->source : &agreement->source;
	struct str title = accord_text(&agreement->title, STR("en"));

	if (answer->post_row != NONE32) {
		const struct post_row *post = &world->posts[answer->post_row];
		line(cli, "at",
			str_format(&cli->arena,
				STR_FMT "%s" STR_FMT " in " STR_FMT " [" STR_FMT "]",
				STR_ARG(post->name), post->name.len ? ", " : "",
				STR_ARG(world_post_kind_words[post->kind]),
				STR_ARG(words_place(cli, post->place)), STR_ARG(post->id)));
	} else if (answer->office_row != NONE32) {
		line(cli, "at",
			str_format(&cli->arena, "office in " STR_FMT,
				STR_ARG(words_place(
					cli, world->offices[answer->office_row].place))));
	} else if (commitment->schedule >= 0) {
		line(cli, "at",
			str_format(&cli->arena, "row %u of schedule " STR_FMT,
				commitment->schedule_row + 1,
				STR_ARG(agreement->schedules[commitment->schedule].name)));
	}
	if (answer->via != NONE32)
		line(cli, "via",
			str_format(&cli->arena,
				STR_FMT ", which serves this person under another agreement",
				STR_ARG(words_party(cli, answer->via))));
	line(cli, "under",
		str_format(&cli->arena,
			STR_FMT ", " STR_FMT " (%s; basis: %s) [" STR_FMT "/" STR_FMT "]",
			STR_ARG(title), STR_ARG(commitment->clause),
			words_strength(agreement->strength),
			note->given ? accord_basis_words[note->basis].ptr : "not given",
			STR_ARG(agreement->id), STR_ARG(commitment->id)));
}

static enum status block(struct cli *cli, const struct query *query, const struct answer *answer,
	size_t rank, bool why)
{
	const struct commitment *commitment = answer->commitment;
	static const char *const roles[ROLES] = { "lead", "support", "fallback" };
	struct facts facts = { NULL, 0, 0 };
	enum status status = STATUS_OK;

	buf_add_format(
		&cli->out, "%-3zu" STR_FMT "\n", rank, STR_ARG(words_party(cli, answer->provider)));
	line(cli, "",
		str_format(&cli->arena, "%s (" STR_FMT "), %s, as %s", words_band(answer->band),
			STR_ARG(cover_band_words[answer->band]),
			answer->certainty == TRUTH_T ? "known (T)" : "not known for sure (U)",
			roles[commitment->role]));
	for (unsigned i = 0; i < 2; i++)
		if (answer->held >> i & 1u)
			line(cli, "HELD", str_of(words_held(i)));
	where_and_clause(cli, answer);
	destinations(cli, query, answer);
	if (answer->lead_time_hours >= 0)
		line(cli, "takes",
			str_format(&cli->arena, STR_FMT,
				STR_ARG(words_duration(&cli->arena, commitment->lead_time))));
	steps(cli, query, answer);
	costs(cli, answer);
	channels(cli, query, answer);
	for (unsigned i = 0; i < MARK_COUNT; i++)
		if (answer->marks >> i & 1u)
			line(cli, "note", str_of(words_mark(i)));
	if (why)
		status = why_facts(&facts, cli, query, answer);
	for (size_t i = 0; i < facts.count; i++)
		line(cli, i ? "" : "why",
			str_format(&cli->arena, STR_FMT ": " STR_FMT, STR_ARG(facts.items[i].what),
				STR_ARG(facts.items[i].text)));
	buf_add_char(&cli->out, '\n');
	return status;
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
				channel->visibility != VISIBILITY_PUBLIC)
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

#define UNKNOWN_SHOWN 8

static enum status nobody(struct cli *cli, const struct query *query)
{
	struct facts unknown = { NULL, 0, 0 };
	enum status status = who_unknown(&unknown, cli, query);

	if (status != STATUS_OK)
		return status;
	if (unknown.count == 0) {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("Nobody. On what is on record no agreement in force gives this here, "
			    "and no missing fact of presence would change that."));
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
	emergency_numbers(cli, query);
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		STR("Next: --why-not PARTY tells what keeps each clause of a party from answering; "
		    "another --service or --date may be answered."));
	return STATUS_OK;
}

static void closing(struct cli *cli, const struct query *query, const struct answers *answers)
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
	if (query->statuses & PERSON_BIT(PERSON_NO_CONTACT))
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"The person refuses contact with the own State; that choice can be "
				"taken back at any time.%s",
				answers->host_notified_anyway ? " By treaty the host must notify "
								"the consulate all the same."
							      : ""));
}

enum status who_text(
	struct cli *cli, const struct query *query, const struct answers *answers, bool why)
{
	enum status status = STATUS_OK;

	heading(cli, query);
	for (size_t i = 0; i < answers->items_count && status == STATUS_OK; i++)
		status = block(cli, query, &answers->items[i], i + 1, why);
	if (answers->items_count == 0 && status == STATUS_OK)
		status = nobody(cli, query);
	closing(cli, query, answers);
	return status;
}

static void csv_words(struct cli *cli, unsigned set, const struct str *words, unsigned count)
{
	csv_add_field(&cli->out, word_list(cli, set, words, count), false);
}

void who_csv(struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct buf *out = &cli->out;
	const struct world *world = cli->world;

	buf_add_c(out, "rank,band,certainty,role,party,post,via,agreement,commitment,clause,"
		       "strength,lead_time_hours,marks,held,date\r\n");
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
