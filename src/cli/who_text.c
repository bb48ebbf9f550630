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

static struct str person_words(struct cli *cli, const struct query *query)
{
	struct str code = cli->world->nats[query->nats[0]].code;

	if (query->nat_count > 1)
		return str_format(&cli->arena, "a person with the nationalities of " STR_FMT,
			STR_ARG(nat_list(cli, query->nats, query->nat_count)));
	if (str_is(code, "XXA"))
		return STR("a stateless person (XXA)");
	if (str_is(code, "XXX"))
		return STR("a person of unknown nationality (XXX)");
	return str_format(
		&cli->arena, "a national of " STR_FMT, STR_ARG(words_nat(cli, query->nats[0])));
}

static void heading(struct cli *cli, const struct query *query)
{
	const struct service *service = &world_services[query->service];
	struct str text = str_format(&cli->arena,
		"Who helps " STR_FMT " in " STR_FMT " with %s (%s), %s, on %s?",
		STR_ARG(person_words(cli, query)), STR_ARG(words_place(cli, query->place)),
		service->label_en, service->code, words_phase(query->phase),
		page_date(query->date).text);

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
			words_set(cli, query->statuses, accord_person_words, PERSON_STATUSES));
	if (query->residence != NAT_NONE)
		line(cli, "resides", words_nat(cli, query->residence));
	if (query->fear_count)
		line(cli, "fears", nat_list(cli, query->fears, query->fear_count));
	if (query->to != NONE32)
		line(cli, "to", words_place(cli, query->to));
	for (size_t i = 0; i < query->nat_count; i++)
		if (query->nats[i] == cli->world->places[query->place].nat)
			line(cli, "note",
				str_format(&cli->arena,
					"a national of " STR_FMT " is no foreigner there",
					STR_ARG(words_place(cli, query->place))));
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

static void channels(struct cli *cli, const struct query *query, const struct answer *answer)
{
	const struct world *world = cli->world;
	const struct channel *channel;
	struct reach reach;
	bool any = false;

	cover_reach(&reach, world, query, answer);
	while ((channel = cover_reach_next(&reach)) != NULL) {
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

static const char *words_unverified(enum basis basis)
{
	return basis == BASIS_REPORTED ? ", general knowledge, to be verified" : "";
}

static void where(struct cli *cli, const struct answer *answer)
{
	const struct world *world = cli->world;
	const struct commitment *commitment = answer->commitment;

	if (answer->post_row != NONE32) {
		const struct post_row *post = &world->posts[answer->post_row];
		line(cli, "at",
			str_format(&cli->arena,
				STR_FMT "%s" STR_FMT " in " STR_FMT " [" STR_FMT
					"], on record as of %s%s",
				STR_ARG(post->name), post->name.len ? ", " : "",
				STR_ARG(world_post_kind_words[post->kind]),
				STR_ARG(words_place(cli, post->place)), STR_ARG(post->id),
				page_date(post->as_of).text, words_unverified(post->basis)));
	} else if (answer->office_row != NONE32) {
		const struct office_row *office = &world->offices[answer->office_row];
		line(cli, "at",
			str_format(&cli->arena, "office in " STR_FMT ", on record as of %s%s",
				STR_ARG(words_place(cli, office->place)),
				page_date(office->as_of).text, words_unverified(office->basis)));
	} else if (commitment->schedule >= 0) {
		line(cli, "at",
			str_format(&cli->arena, "row %u of schedule " STR_FMT,
				commitment->schedule_row + 1,
				STR_ARG(answer->agreement->schedules[commitment->schedule].name)));
	}
	if (answer->via != NONE32)
		line(cli, "via",
			str_format(&cli->arena,
				STR_FMT ", which serves this person under another agreement",
				STR_ARG(words_party(cli, answer->via))));
}

static void clause(struct cli *cli, const struct answer *answer)
{
	const struct agreement *agreement = answer->agreement;
	const struct commitment *commitment = answer->commitment;
	const struct source_note *note =
		commitment->source.given ? &commitment->source : &agreement->source;
	struct str title = accord_text(&agreement->title, STR("en"));

	line(cli, "under",
		str_format(&cli->arena,
			STR_FMT ", " STR_FMT " (%s; basis: %s) [" STR_FMT "/" STR_FMT "]",
			STR_ARG(title), STR_ARG(commitment->clause),
			words_strength(agreement->strength),
			note->given ? accord_basis_words[note->basis].ptr : "not given",
			STR_ARG(agreement->id), STR_ARG(commitment->id)));
}

/* The clause and what it asks for: the same for every member of a pool. */
static void terms(struct cli *cli, const struct query *query, const struct answer *answer)
{
	clause(cli, answer);
	destinations(cli, query, answer);
	if (answer->lead_time_hours >= 0)
		line(cli, "takes", words_duration(&cli->arena, answer->commitment->lead_time));
	steps(cli, query, answer);
	costs(cli, answer);
	for (unsigned i = 0; i < MARK_COUNT; i++)
		if (answer->marks >> i & 1u)
			line(cli, "note", str_of(words_mark(i)));
}

/* An agreement that is only an example of the form has nobody behind it. */
static bool invented(const struct answer *answer)
{
	const struct source_note *note = answer->commitment->source.given
						 ? &answer->commitment->source
						 : &answer->agreement->source;

	return note->given && note->basis == DOC_BASIS_ILLUSTRATIVE;
}

static bool same_terms(const struct answer *a, const struct answer *b)
{
	return a->commitment == b->commitment && a->nat == b->nat && a->via == b->via &&
	       a->marks == b->marks && a->to_items == b->to_items && a->to_default == b->to_default;
}

/* One answer. FIRST: the rank of the answer that was printed with the same terms, or 0. */
static enum status block(struct cli *cli, const struct query *query, const struct answer *answer,
	size_t rank, size_t first, bool why)
{
	static const char *const roles[ROLES] = { "lead", "support", "fallback" };
	struct facts facts = { NULL, 0, 0 };
	enum status status = STATUS_OK;

	buf_add_format(
		&cli->out, "%-3zu" STR_FMT "\n", rank, STR_ARG(words_party(cli, answer->provider)));
	line(cli, "",
		str_format(&cli->arena, STR_FMT ", %s, as %s",
			STR_ARG(words_tint(cli, (int)answer->band,
				str_format(&cli->arena, "%s (" STR_FMT ")",
					words_band(answer->band),
					STR_ARG(cover_band_words[answer->band])))),
			answer->certainty == TRUTH_T ? "known (T)" : "not known for sure (U)",
			roles[answer->commitment->role]));
	if (invented(answer))
		line(cli, "EXAMPLE",
			STR("invented to show the form: nobody stands behind it, do not send "
			    "anybody there"));
	for (unsigned i = 0; i < 2; i++)
		if (answer->held >> i & 1u)
			line(cli, "HELD", str_of(words_held(i)));
	where(cli, answer);
	if (first)
		line(cli, "under",
			str_format(&cli->arena, "the same clause and on the same terms as %zu",
				first));
	else
		terms(cli, query, answer);
	channels(cli, query, answer);
	if (why)
		status = why_facts(&facts, cli, query, answer);
	for (size_t i = 0; i < facts.count; i++)
		line(cli, i ? "" : "why",
			str_format(&cli->arena, STR_FMT ": " STR_FMT, STR_ARG(facts.items[i].what),
				STR_ARG(facts.items[i].text)));
	buf_add_char(&cli->out, '\n');
	return status;
}

/* The rank of the earliest answer with the terms of answer AT, 0 if it is the first. */
static size_t first_with_terms(const struct answers *answers, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_terms(&answers->items[i], &answers->items[at]))
			return i + 1;
	return 0;
}

enum status who_text(
	struct cli *cli, const struct query *query, const struct answers *answers, bool why)
{
	enum status status = STATUS_OK;

	heading(cli, query);
	for (size_t i = 0; i < answers->items_count && status == STATUS_OK; i++)
		status = block(
			cli, query, &answers->items[i], i + 1, first_with_terms(answers, i), why);
	if (answers->items_count == 0 && status == STATUS_OK)
		status = who_nobody(cli, query, answers);
	who_closing(cli, query, answers);
	return status;
}
