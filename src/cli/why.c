/* What an answer rests on: the clause, who is bound by it since when, the fact that gives presence,
 * the fact that says a State is not represented. Each with its source and its date, because a
 * figure or a fact that cannot name them is not shown. */
#include "cli/cli.h"

#include <assert.h>

static enum status add_fact(struct facts *facts, struct cli *cli, const char *what, struct str text)
{
	struct fact *fact = arena_push(&cli->arena, (void **)&facts->items, &facts->count,
		&facts->capacity, sizeof(*fact));

	if (!fact || !text.ptr)
		return STATUS_NO_MEMORY;
	*fact = (struct fact){ str_of(what), text };
	return STATUS_OK;
}

static const char *state_word(enum fact_state state)
{
	return state == FACT_OPEN ? "open" : state == FACT_CLOSED ? "closed" : "suspended";
}

static struct str validity(struct cli *cli, int32_t from, int32_t until)
{
	if (from == DATE_NONE && until == DATE_NONE)
		return STR("");
	if (until == DATE_NONE)
		return str_format(&cli->arena, " since %s", page_date(from).text);
	if (from == DATE_NONE)
		return str_format(&cli->arena, " until %s", page_date(until).text);
	return str_format(
		&cli->arena, " from %s until %s", page_date(from).text, page_date(until).text);
}

/* "sourced, as of 2022-11-16: Title of the source". */
static struct str standing(struct cli *cli, enum basis basis, int32_t as_of, uint32_t source)
{
	return str_format(&cli->arena, "%s, as of %s: " STR_FMT,
		basis == BASIS_SOURCED ? "sourced" : "reported, to be verified",
		page_date(as_of).text, STR_ARG(words_source(cli, source)));
}

/* "; speaks for dates from 2021-11-16 to 2023-11-16": freshness holds either way. */
static struct str speaks(struct cli *cli, int32_t as_of, uint32_t country)
{
	int32_t months = cli->world->places[country].fresh_months;

	return str_format(&cli->arena, "; speaks for dates from %s to %s",
		page_date(date_add_months(as_of, -months)).text,
		page_date(date_add_months(as_of, months)).text);
}

static struct str post_text(struct cli *cli, const struct post_row *post)
{
	bool open = post->state == FACT_OPEN;

	return str_format(&cli->arena,
		STR_FMT "%s" STR_FMT " in " STR_FMT " (" STR_FMT "), %s" STR_FMT
			"; " STR_FMT STR_FMT,
		STR_ARG(post->name), post->name.len ? ", " : "",
		STR_ARG(world_post_kind_words[post->kind]), STR_ARG(words_place(cli, post->place)),
		STR_ARG(post->id), state_word(post->state),
		STR_ARG(validity(cli, post->from, post->until)),
		STR_ARG(standing(cli, post->basis, post->as_of, post->source)),
		STR_ARG(open ? speaks(cli, post->as_of, post->receiving) : STR("")));
}

static struct str office_text(struct cli *cli, const struct office_row *office)
{
	return str_format(&cli->arena, "office in " STR_FMT STR_FMT "; " STR_FMT STR_FMT,
		STR_ARG(words_place(cli, office->place)),
		STR_ARG(validity(cli, office->from, office->until)),
		STR_ARG(standing(cli, office->basis, office->as_of, office->source)),
		STR_ARG(speaks(cli, office->as_of, office->country)));
}

/* What PRESENCE rests on, in words. */
struct str why_presence(struct cli *cli, const struct presence *presence)
{
	const struct world *world = cli->world;

	if (presence->absent_row != NONE32 && presence->truth == TRUTH_F) {
		const struct absent_row *absent = &world->absents[presence->absent_row];
		return str_format(&cli->arena, "absence on record" STR_FMT "; " STR_FMT,
			STR_ARG(validity(cli, absent->from, absent->until)),
			STR_ARG(standing(cli, absent->basis, absent->as_of, absent->source)));
	}
	if (presence->complete_row != NONE32 && presence->truth == TRUTH_F) {
		const struct complete_row *complete = &world->completes[presence->complete_row];
		return str_format(&cli->arena,
			"the record of " STR_FMT
			" is complete and names no post there; as of %s: " STR_FMT,
			STR_ARG(complete->list), page_date(complete->as_of).text,
			STR_ARG(words_source(cli, complete->source)));
	}
	if (presence->post_row != NONE32)
		return post_text(cli, &world->posts[presence->post_row]);
	if (presence->office_row != NONE32)
		return office_text(cli, &world->offices[presence->office_row]);
	return STR("nothing is on record");
}

static const char *truth_words(enum truth truth)
{
	return truth == TRUTH_T ? "yes" : truth == TRUTH_F ? "no" : "not known";
}

static struct str level_words(struct cli *cli, unsigned levels)
{
	struct buf text;

	buf_init(&text, &cli->arena, 256);
	for (unsigned i = 0; i < 4; i++)
		if (levels >> i & 1u) {
			if (text.len)
				buf_add_c(&text, " or ");
			buf_add(&text, world_level_words[i]);
		}
	return buf_str(&text);
}

static enum status clause_fact(struct facts *out, struct cli *cli, const struct answer *answer)
{
	const struct agreement *agreement = answer->agreement;
	const struct commitment *commitment = answer->commitment;
	const struct source_note *source =
		commitment->source.given ? &commitment->source : &agreement->source;
	struct str text = accord_text(&commitment->text, STR("en")),
		   title = accord_text(&agreement->title, STR("en"));
	const char *basis = source->given ? accord_basis_words[source->basis].ptr : "not given";

	if (text.len == 0)
		text = accord_text(&commitment->title, STR("en"));
	return add_fact(out, cli, "clause",
		str_format(&cli->arena,
			STR_FMT ", " STR_FMT ": " STR_FMT
				" (in force since %s; basis %s; source: " STR_FMT "%s" STR_FMT ")",
			STR_ARG(title), STR_ARG(commitment->clause), STR_ARG(text),
			agreement->from == DATE_NONE ? "an unknown date"
						     : page_date(agreement->from).text,
			basis, STR_ARG(source->title.len ? source->title : STR("not given")),
			source->url.len ? ", " : "", STR_ARG(source->url)));
}

/* Through which entry of `parties` PARTY is bound. */
static enum status bound_fact(
	struct facts *out, struct cli *cli, const struct query *query, const struct answer *answer)
{
	const struct world *world = cli->world;

	for (size_t i = 0; i < answer->agreement->parties_count; i++) {
		const struct party_entry *entry = &answer->agreement->parties[i];
		if (!date_within(query->date, entry->from, entry->until))
			continue;
		if (!entry->is_group && entry->index == answer->provider)
			return add_fact(out, cli, "party",
				str_format(&cli->arena,
					STR_FMT " is named as a party" STR_FMT "; %s",
					STR_ARG(words_party(cli, answer->provider)),
					STR_ARG(validity(cli, entry->from, entry->until)),
					entry->confirmed == DATE_NONE ? "not confirmed by the party"
								      : "confirmed by the party"));
		for (size_t row = 0; entry->is_group && row < world->group_rows_count; row++) {
			const struct membership *membership = &world->group_rows[row];
			if (membership->set != entry->index ||
				membership->member != answer->provider ||
				!date_within(query->date, membership->from, membership->until))
				continue;
			return add_fact(out, cli, "party",
				str_format(&cli->arena,
					STR_FMT " is bound as a member of group:" STR_FMT STR_FMT
						"; source: " STR_FMT,
					STR_ARG(words_party(cli, answer->provider)),
					STR_ARG(world->groups[membership->set]),
					STR_ARG(validity(cli, membership->from, membership->until)),
					STR_ARG(words_source(cli, membership->source))));
		}
	}
	return STATUS_OK;
}

static enum status presence_fact(struct facts *out, struct cli *cli, const struct answer *answer)
{
	const struct commitment *commitment = answer->commitment;

	if (answer->post_row != NONE32)
		return add_fact(
			out, cli, "presence", post_text(cli, &cli->world->posts[answer->post_row]));
	if (answer->office_row != NONE32)
		return add_fact(out, cli, "presence",
			office_text(cli, &cli->world->offices[answer->office_row]));
	if (commitment->schedule >= 0)
		return add_fact(out, cli, "presence",
			str_format(&cli->arena,
				"attested by row %u of the agreement's schedule '" STR_FMT "'",
				commitment->schedule_row + 1,
				STR_ARG(answer->agreement->schedules[commitment->schedule].name)));
	return STATUS_OK;
}

static enum status unrepresented_fact(
	struct facts *out, struct cli *cli, const struct query *query, const struct answer *answer)
{
	unsigned levels = answer->commitment->unrepresented;
	uint32_t state = cli->world->nats[answer->nat].state;
	struct presence presence;

	if (levels == 0)
		return STATUS_OK;
	if (state == NONE32)
		return add_fact(out, cli, "unrepresented",
			str_format(&cli->arena, STR_FMT ": no State stands behind it",
				STR_ARG(words_nat(cli, answer->nat))));
	presence = world_presence(
		cli->world, state, query->place, levels, query->service, query->date);
	return add_fact(out, cli, "unrepresented",
		str_format(&cli->arena,
			"presence of " STR_FMT " (" STR_FMT ") in the country: %s; " STR_FMT,
			STR_ARG(words_party(cli, state)), STR_ARG(level_words(cli, levels)),
			truth_words(presence.truth), STR_ARG(why_presence(cli, &presence))));
}

/* The row of X by which `served-by:X` holds is itself among the answers to this question. */
static enum status via_fact(
	struct facts *out, struct cli *cli, const struct query *query, const struct answer *answer)
{
	struct answers answers;
	enum status status;

	if (answer->via == NONE32)
		return STATUS_OK;
	status = cover_who(&answers, &cli->arena, cli->index, query);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < answers.items_count; i++) {
		const struct answer *other = &answers.items[i];
		if (other->provider != answer->via || other->via != NONE32 || other->held)
			continue;
		return add_fact(out, cli, "via",
			str_format(&cli->arena,
				STR_FMT " serves this person under " STR_FMT ", " STR_FMT
					", and so this clause reaches the person",
				STR_ARG(words_party(cli, answer->via)),
				STR_ARG(other->agreement->id), STR_ARG(other->commitment->clause)));
	}
	return add_fact(out, cli, "via",
		str_format(
			&cli->arena, "served by " STR_FMT, STR_ARG(words_party(cli, answer->via))));
}

static enum status limit_fact(struct facts *out, struct cli *cli, const struct answer *answer)
{
	if (!answer->commitment->as_own_nationals)
		return STATUS_OK;
	return add_fact(out, cli, "limit",
		str_format(&cli->arena,
			"no better than what " STR_FMT
			" gives its own nationals there: the clause says %s, the answer %s",
			STR_ARG(words_party(cli, answer->provider)),
			accord_duty_words[answer->commitment->duty].ptr,
			cover_band_words[answer->band].ptr));
}

enum status why_facts(
	struct facts *out, struct cli *cli, const struct query *query, const struct answer *answer)
{
	enum status status;

	assert(answer->agreement != NULL && answer->commitment != NULL);
	status = clause_fact(out, cli, answer);
	if (status == STATUS_OK)
		status = bound_fact(out, cli, query, answer);
	if (status == STATUS_OK)
		status = presence_fact(out, cli, answer);
	if (status == STATUS_OK)
		status = unrepresented_fact(out, cli, query, answer);
	if (status == STATUS_OK)
		status = via_fact(out, cli, query, answer);
	if (status == STATUS_OK)
		status = limit_fact(out, cli, answer);
	if (status == STATUS_OK && answer->commitment->residences_count &&
		query->residence == NAT_NONE)
		status = add_fact(out, cli, "residence",
			STR("not given: whether the clause reaches the person depends on it"));
	if (status == STATUS_OK && answer->commitment->resident_since != DATE_NONE &&
		query->resident_since == DATE_NONE)
		status = add_fact(out, cli, "resident-since",
			STR("not given: whether the clause reaches the person depends on it"));
	return status;
}

/* Parties that could answer for the service, each once. */
static bool *candidates(struct cli *cli, const struct query *query)
{
	const struct world *world = cli->world;
	bool *can = ARENA_ARRAY(&cli->arena, world->parties_count + 1, bool);

	for (size_t n = 0; can && n < query->nat_count; n++)
		if (world->nats[query->nats[n]].state != NONE32)
			can[world->nats[query->nats[n]].state] = true;
	for (size_t a = 0; can && a < cli->accords.items_count; a++)
		for (size_t c = 0; c < cli->accords.items[a].commitments_count; c++) {
			const struct commitment *commitment = &cli->accords.items[a].commitments[c];
			if (!(commitment->services >> query->service & 1u))
				continue;
			if (commitment->provider.kind == PROVIDER_PARTY)
				can[commitment->provider.party] = true;
			for (size_t row = 0; commitment->provider.kind == PROVIDER_MEMBER_OF &&
					     row < world->group_rows_count;
				row++)
				if (world->group_rows[row].set == commitment->provider.group)
					can[world->group_rows[row].member] = true;
		}
	return can;
}

/* A party that the person is to be kept from is nobody to ask about, nor to ask. */
static bool guarded(const struct world *world, const struct query *query, uint32_t party)
{
	unsigned flight = PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER) |
			  PERSON_BIT(PERSON_FEARS_AUTHORITIES) | PERSON_BIT(PERSON_NO_CONTACT);

	for (size_t i = 0; i < query->fear_count; i++)
		if (world_acts_for(world, party, query->fears[i]))
			return true;
	for (size_t i = 0; (query->statuses & flight) && i < query->nat_count; i++)
		if (world_acts_for(world, party, query->nats[i]))
			return true;
	return world_enforcement(world, party);
}

/* How soon a missing fact is worth finding out: the own State first, then what was once known. */
enum { URGENT_OWN, URGENT_AGED, URGENT_REST, URGENCIES };

static int urgency(
	struct cli *cli, const struct query *query, uint32_t party, const struct presence *presence)
{
	for (size_t i = 0; i < query->nat_count; i++)
		if (cli->world->nats[query->nats[i]].state == party)
			return URGENT_OWN;
	return presence->post_row != NONE32 || presence->office_row != NONE32 ? URGENT_AGED
									      : URGENT_REST;
}

/* The levels that PARTY's rows wait for, of those that are not known; *AGREEMENT: of the first. */
static enum status levels_waited_for(unsigned *levels, const struct agreement **agreement,
	struct cli *cli, const struct query *query, uint32_t party)
{
	struct why_not_row *rows;
	size_t count;
	enum status status = cover_why_not(&rows, &count, &cli->arena, cli->index, query, party);
	unsigned asked = 0;

	*levels = 0;
	*agreement = NULL;
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].reason != WHYNOT_PRESENCE_UNKNOWN)
			continue;
		asked |= rows[i].commitment->provider.levels;
		if (!*agreement)
			*agreement = rows[i].agreement;
	}
	for (unsigned i = 0; i < 4; i++)
		if ((asked >> i & 1u) && world_presence(cli->world, party, query->place, 1u << i,
						 query->service, query->date)
							 .truth == TRUTH_U)
			*levels |= 1u << i;
	return STATUS_OK;
}

/* "; web https://… (never tested)": where to ask whoever was last known to be there. */
static struct str channel_words(
	struct cli *cli, const struct query *query, const struct answer *answer)
{
	const struct channel *channel;
	struct reach reach;

	cover_reach(&reach, cli->world, query, answer);
	channel = cover_reach_next(&reach);
	if (!channel)
		return STR("");
	return str_format(&cli->arena, "; " STR_FMT " " STR_FMT " (%s%s)", STR_ARG(channel->kind),
		STR_ARG(channel->address),
		channel->tested == DATE_NONE ? "never tested" : "last tested ",
		page_date(channel->tested).text);
}

/* The last word on record about a presence that is not known now. */
static struct str last_words(struct cli *cli, const struct presence *presence)
{
	const struct world *world = cli->world;

	if (presence->post_row != NONE32) {
		const struct post_row *post = &world->posts[presence->post_row];
		return str_format(&cli->arena,
			STR_FMT " in " STR_FMT "%s%s" STR_FMT ", last on record %s (" STR_FMT ")",
			STR_ARG(world_post_kind_words[post->kind]),
			STR_ARG(words_place(cli, post->place)),
			post->state == FACT_OPEN ? "" : ", ",
			post->state == FACT_OPEN ? "" : state_word(post->state),
			STR_ARG(validity(cli, post->from, post->until)),
			page_date(post->as_of).text, STR_ARG(words_source(cli, post->source)));
	}
	const struct office_row *office = &world->offices[presence->office_row];
	return str_format(&cli->arena,
		"office in " STR_FMT STR_FMT ", last on record %s (" STR_FMT ")",
		STR_ARG(words_place(cli, office->place)),
		STR_ARG(validity(cli, office->from, office->until)), page_date(office->as_of).text,
		STR_ARG(words_source(cli, office->source)));
}

/* The fact whether PARTY is present, if the answer waits for it: what was last known of it, of
 * all the levels that any clause asks for, the nearest first. */
static enum status missing_presence(
	struct facts *lists, struct cli *cli, const struct query *query, uint32_t party)
{
	struct answer last = { .provider = party, .post_row = NONE32, .office_row = NONE32 };
	struct presence presence = { .post_row = NONE32, .office_row = NONE32 };
	unsigned levels, level = 0;
	enum status status = levels_waited_for(&levels, &last.agreement, cli, query, party);
	struct str text;

	if (status != STATUS_OK || !levels)
		return status;
	for (unsigned i = 0; i < 4 && !level; i++) {
		if (!(levels >> i & 1u))
			continue;
		presence = world_presence(
			cli->world, party, query->place, 1u << i, query->service, query->date);
		if (presence.post_row != NONE32 || presence.office_row != NONE32)
			level = 1u << i;
	}
	last.post_row = presence.post_row;
	last.office_row = presence.office_row;
	if (!level)
		text = str_format(&cli->arena,
			"whether " STR_FMT " is present (" STR_FMT "): nothing is on record",
			STR_ARG(words_party(cli, party)), STR_ARG(level_words(cli, levels)));
	else
		text = str_format(&cli->arena, "whether " STR_FMT " is still %s: " STR_FMT STR_FMT,
			STR_ARG(words_party(cli, party)),
			level == LEVEL_ACCREDITED ? "accredited from abroad" : "present",
			STR_ARG(last_words(cli, &presence)),
			STR_ARG(channel_words(cli, query, &last)));
	return add_fact(&lists[urgency(cli, query, party, &presence)], cli, "presence", text);
}

enum status who_unknown(struct facts *out, struct cli *cli, const struct query *query)
{
	struct facts lists[URGENCIES] = { { NULL, 0, 0 } };
	bool *can = candidates(cli, query);
	enum status status = can ? STATUS_OK : STATUS_NO_MEMORY;

	for (uint32_t party = 0; party < cli->world->parties_count && status == STATUS_OK; party++)
		if (can[party] && !guarded(cli->world, query, party))
			status = missing_presence(lists, cli, query, party);
	for (size_t list = 0; list < URGENCIES; list++)
		for (size_t i = 0; i < lists[list].count && status == STATUS_OK; i++)
			status = add_fact(out, cli, "presence", lists[list].items[i].text);
	return status;
}
