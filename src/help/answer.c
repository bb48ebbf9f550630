/* What the engine answers, in the terms of the person who asked. For each need its services in
 * turn; who, how to reach them, what it costs, what comes first, what they cannot do. What is not
 * on record is left empty here and said to be not known wherever it is shown.
 *
 * After the engine's safeguards comes one more wall: every text that still names a State which the
 * person must be kept from is left out, and a helper whose own name is of it. */
#include <assert.h>
#include "help/internal.h"

#define SHOWN_MAX 6u /* helpers of one service */
#define CHANNELS_MAX 6u

struct work {
	struct arena *arena;
	const struct cover_index *index;
	const struct world *world;
	const struct help_ask *ask;
	struct query query;
	struct set256 guarded;
};

static struct set256 guarded_of(const struct query *query)
{
	struct set256 guarded = { { 0 } };

	for (size_t i = 0; i < query->fear_count; i++)
		set256_add(&guarded, query->fears[i]);
	for (size_t i = 0; i < query->nat_count && query->statuses & HELP_AFRAID; i++)
		set256_add(&guarded, query->nats[i]);
	return guarded;
}

static bool named(const struct work *work, struct str text)
{
	return help_names(work->world, work->arena, work->ask->lang, &work->guarded, text);
}

/* TEXT, or nothing where it names whom the person is kept from. */
static struct str allowed(const struct work *work, struct str text)
{
	return named(work, text) ? STR_NONE : text;
}

/* Whoever shelters people from others is not found by an address. */
static bool sheltering(const struct work *work, const struct answer *answer)
{
	enum party_kind kind = work->world->parties[answer->provider].kind;
	struct str code = str_of(world_services[work->query.service].code);
	bool hidden = str_starts(code, "protection.trafficking-") ||
		      str_is(code, "protection.gender-violence") ||
		      str_is(code, "protection.child") || str_is(code, "relief.shelter");

	return hidden && kind != PARTY_STATE && kind != PARTY_POST;
}

static enum status find_channels(
	struct help_answer *out, const struct work *work, const struct answer *answer)
{
	const struct world *world = work->world;
	bool hide = sheltering(work, answer);

	out->channels = ARENA_ARRAY(work->arena, CHANNELS_MAX, struct help_channel);
	if (!out->channels)
		return STATUS_NO_MEMORY;
	/* Numbers before pages: who is in need calls. */
	for (int round = 0; round < 2; round++) {
		const struct channel *channel;
		struct reach reach;
		cover_reach(&reach, world, &work->query, answer);
		while ((channel = cover_reach_next(&reach)) != NULL) {
			bool phone = !str_is(channel->kind, "web");
			if (phone != (round == 0) || channel->visibility != VISIBILITY_PUBLIC)
				continue;
			if (str_is(channel->kind, "address") && hide) {
				out->address_hidden = true;
				continue;
			}
			if (out->channels_count == CHANNELS_MAX || named(work, channel->address))
				continue;
			out->channels[out->channels_count++] = (struct help_channel){ channel->kind,
				channel->address, channel->hours, channel->languages,
				channel->tested,
				channel->source == NONE32
					? STR_NONE
					: allowed(work, world->sources[channel->source].title) };
		}
	}
	return STATUS_OK;
}

/* Where the post or office stands: of who shelters people only the country. */
static void find_place(
	struct help_answer *out, const struct work *work, const struct answer *answer)
{
	const struct world *world = work->world;
	uint32_t place = NONE32;

	out->at_as_of = DATE_NONE;
	if (answer->post_row != NONE32) {
		place = world->posts[answer->post_row].place;
		out->at_as_of = world->posts[answer->post_row].as_of;
	} else if (answer->office_row != NONE32) {
		place = world->offices[answer->office_row].place;
		out->at_as_of = world->offices[answer->office_row].as_of;
	}
	if (place == NONE32)
		return;
	if (sheltering(work, answer) && place != world->places[place].country) {
		place = world->places[place].country;
		out->address_hidden = true;
	}
	out->at = allowed(work, help_name(world, work->arena, work->ask->lang,
					world->places[place].id, world->places[place].name));
}

static enum help_word cost_word(enum cost_rule rule)
{
	switch (rule) {
	case COST_PROVIDER_BEARS:
		return HELP_COST_NOTHING;
	case COST_BENEFICIARY_REPAYS:
		return HELP_COST_REPAY;
	case COST_BENEFICIARY_STATE:
	case COST_PER_CAPITA:
		return HELP_COST_STATE;
	case COST_CAPPED_FARE:
		return HELP_COST_FARE;
	case COST_EMPLOYER:
		return HELP_COST_EMPLOYER;
	case COST_COFINANCED:
	case COST_ESTIMATE:
	case COST_POOL:
	case COST_SHARES:
	case COST_EQUAL:
	case COST_SCALE:
	case COST_LUMP_SUM:
	case COST_RULES:
		break;
	}
	return HELP_COST_OTHERS;
}

static void add_word(enum help_word *list, size_t *count, enum help_word word)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == word)
			return;
	list[(*count)++] = word;
}

static enum status find_terms(
	struct help_answer *out, const struct work *work, const struct answer *answer)
{
	const struct commitment *commitment = answer->commitment;

	out->first = ARENA_ARRAY(work->arena, commitment->steps_count + 1, enum help_word);
	out->costs = ARENA_ARRAY(work->arena, commitment->costs_count + 1, enum help_word);
	if (!out->first || !out->costs)
		return STATUS_NO_MEMORY;
	/* The words of the steps stand in the order of enum step_do. */
	static_assert(HELP_STEP_ISSUE - HELP_STEP_REQUEST == STEP_ISSUE, "a word for each step");
	for (size_t i = 0; i < commitment->steps_count; i++)
		add_word(out->first, &out->first_count,
			(enum help_word)(HELP_STEP_REQUEST + commitment->steps[i].what));
	for (size_t i = 0; i < commitment->costs_count; i++)
		add_word(out->costs, &out->costs_count, cost_word(commitment->costs[i].rule));
	return STATUS_OK;
}

static enum status find_limits(
	struct help_answer *out, const struct work *work, const struct answer *answer)
{
	const struct service *service = &world_services[work->query.service];
	const struct capacity *room = &answer->commitment->capacity;
	size_t lang = work->ask->lang;

	out->cannot = ARENA_ARRAY(work->arena, 6, struct str);
	if (!out->cannot)
		return STATUS_NO_MEMORY;
	if (service->domain == DOMAIN_CONSULAR) {
		out->cannot[out->cannot_count++] =
			help_word(lang, str_is(str_of(service->code), "consular.detention-visit")
						? HELP_CANNOT_PRISON
						: HELP_CANNOT_PERMIT);
	}
	if (answer->commitment->as_own_nationals)
		out->cannot[out->cannot_count++] = help_word(lang, HELP_CANNOT_BETTER);
	if (answer->marks & MARK_HOST_MAY_NOT_ADMIT)
		out->cannot[out->cannot_count++] = help_word(lang, HELP_CANNOT_HOST);
	if (room->quantity > 0 &&
		(str_is(room->unit, "persons") || str_is(room->unit, "beds") ||
			str_is(room->unit, "places") || str_is(room->unit, "seats")))
		out->cannot[out->cannot_count++] = help_say(work->arena, lang, HELP_CANNOT_ROOM,
			str_format(work->arena, "%lld", (long long)room->quantity), STR_NONE);
	return STATUS_OK;
}

static void find_clause(
	struct help_answer *out, const struct work *work, const struct answer *answer)
{
	const struct agreement *agreement = answer->agreement;
	const struct source_note *note =
		answer->commitment->source.given ? &answer->commitment->source : &agreement->source;
	struct str title = accord_text(&agreement->title, help_lang_tag(work->ask->lang));

	out->under = allowed(work, str_format(work->arena, STR_FMT "%s" STR_FMT, STR_ARG(title),
					   answer->commitment->clause.len ? ", " : "",
					   STR_ARG(answer->commitment->clause)));
	if (note->given)
		out->source = allowed(work, note->title);
	out->invented = note->given && note->basis == DOC_BASIS_ILLUSTRATIVE;
}

/* One answer of the engine; *KEPT false: a helper that is not shown. */
static enum status one(
	struct help_answer *out, bool *kept, const struct work *work, const struct answer *answer)
{
	const struct party *party = &work->world->parties[answer->provider];
	enum status status;

	*out = (struct help_answer){ .answer = answer };
	out->party = help_name(work->world, work->arena, work->ask->lang, party->id, party->name);
	/* A State is known by its number, which the engine has judged. */
	*kept = !answer->held &&
		(party->kind == PARTY_STATE ? !set256_has(&work->guarded, party->nat)
					    : !named(work, out->party));
	if (!*kept)
		return STATUS_OK;
	find_place(out, work, answer);
	find_clause(out, work, answer);
	status = find_channels(out, work, answer);
	if (status == STATUS_OK)
		status = find_terms(out, work, answer);
	return status == STATUS_OK ? find_limits(out, work, answer) : status;
}

static bool shown_already(const struct help_service *service, const struct answer *answer)
{
	for (size_t i = 0; i < service->items_count; i++)
		if (service->items[i].answer->provider == answer->provider)
			return true;
	return false;
}

static enum status service_answers(
	struct help_service *out, struct work *work, enum help_need need, uint8_t service)
{
	struct answers answers;
	enum status status;
	bool left_out = false;

	*out = (struct help_service){ .need = need, .service = service };
	work->query.service = service;
	status = cover_who(&answers, work->arena, work->index, &work->query);
	if (status != STATUS_OK)
		return status;
	out->items = ARENA_ARRAY(work->arena, SHOWN_MAX, struct help_answer);
	if (!out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < answers.items_count && status == STATUS_OK; i++) {
		const struct answer *answer = &answers.items[i];
		bool kept;
		out->held |= answer->held != 0;
		/* Each helper once, by the row that ranks first. */
		if (answer->held || out->items_count == SHOWN_MAX || shown_already(out, answer))
			continue;
		status = one(&out->items[out->items_count], &kept, work, answer);
		out->items_count += kept;
		left_out |= !kept;
	}
	out->not_known = out->items_count == 0 && (answers.not_known || left_out);
	out->told_anyway = answers.host_notified_anyway;
	return status;
}

static enum status find_numbers(struct help_answers *out, const struct work *work)
{
	static const char *const kinds[] = { "emergency", "general", "ambulance", "fire",
		"police" };
	const struct world *world = work->world;
	bool afraid = work->query.fear_count || work->query.statuses & HELP_AFRAID ||
		      work->query.statuses & PERSON_BIT(PERSON_IRREGULAR);
	uint32_t country = world->places[work->query.place].country;

	out->numbers = ARENA_ARRAY(work->arena, HELP_CARD_LINES, struct help_number);
	if (!out->numbers)
		return STATUS_NO_MEMORY;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] - afraid; k++)
		for (size_t i = 0; i < world->channels_count; i++) {
			const struct channel *channel = &world->channels[i];
			if (channel->place != country || !str_is(channel->kind, kinds[k]) ||
				channel->visibility != VISIBILITY_PUBLIC ||
				out->numbers_count == HELP_CARD_LINES)
				continue;
			out->numbers[out->numbers_count++] = (struct help_number){ channel->kind,
				channel->address,
				channel->source == NONE32
					? STR_NONE
					: allowed(work, world->sources[channel->source].title),
				channel->tested };
		}
	return STATUS_OK;
}

/* Who is looked for first: the country's Red Cross or Red Crescent Society, an organization that
 * the answers name, any other. */
enum turn { TURN_SOCIETY, TURN_NAMED, TURN_OTHER, TURNS };

static bool answers_name(const struct help_answers *answers, uint32_t party)
{
	for (size_t i = 0; i < answers->services_count; i++)
		for (size_t h = 0; h < answers->services[i].items_count; h++)
			if (answers->services[i].items[h].answer->provider == party)
				return true;
	return false;
}

static bool is_for(const struct commitment *commitment, const struct query *query)
{
	for (size_t i = 0; i < commitment->nats_count; i++) {
		const struct nat_item *item = &commitment->nats[i];
		if (item->kind != NAT_ITEM_CODE)
			return true;
		for (size_t n = 0; n < query->nat_count; n++)
			if (query->nats[n] == item->nat)
				return true;
	}
	return false;
}

/* All that PARTY is known to do here is for people of nationalities that are not this person's. */
static bool is_for_others(
	const struct work *work, const struct activity *acts, size_t count, uint32_t party)
{
	bool some = false;

	for (size_t i = 0; i < count; i++) {
		if (acts[i].party != party)
			continue;
		if (is_for(acts[i].commitment, &work->query))
			return false;
		some = true;
	}
	return some;
}

/* In this turn; each once. */
static bool has_office(const struct work *work, const struct office_row *row, uint32_t country,
	enum turn turn, const struct help_answers *so_far)
{
	const struct party *party = &work->world->parties[row->party];
	bool known = world_fresh(work->query.date, row->from, row->until, row->as_of,
			     work->world->places[country].fresh_months) == TRUTH_T;

	for (size_t i = 0; i < so_far->offices_count; i++)
		known &= !str_eq(
			so_far->offices[i].party, help_name(work->world, work->arena,
							  work->ask->lang, party->id, party->name));
	return known && row->country == country &&
	       (turn == TURN_SOCIETY
			       ? party->kind == PARTY_CIVIL_SOCIETY && party->country == country
			       : party->kind == PARTY_IO &&
					 (turn == TURN_OTHER || answers_name(so_far, row->party)));
}

/* Its place is kept from this answer (help-no-address): it is not told here either. */
static bool is_hidden(const struct help_answers *answers, struct str name)
{
	for (size_t i = 0; i < answers->services_count; i++)
		for (size_t h = 0; h < answers->services[i].items_count; h++)
			if (answers->services[i].items[h].address_hidden &&
				str_eq(answers->services[i].items[h].party, name))
				return true;
	return false;
}

static enum status find_offices(struct help_answers *out, const struct work *work)
{
	const struct world *world = work->world;
	uint32_t country = world->places[work->query.place].country;
	struct activity_filter filter = { .place = country,
		.party = NONE32,
		.services = UINT64_MAX >> (64 - world_service_count),
		.phase = work->query.phase,
		.date = work->query.date,
		.viewer = work->query.viewer };
	struct activity *acts;
	size_t count;
	enum status status = cover_activities(&acts, &count, work->arena, work->index, &filter);

	if (status != STATUS_OK)
		return status;
	out->offices = ARENA_ARRAY(work->arena, HELP_OFFICES_MAX, struct help_office);
	if (!out->offices)
		return STATUS_NO_MEMORY;
	for (int turn = 0; turn < TURNS; turn++)
		for (size_t i = 0; i < world->offices_count; i++) {
			const struct office_row *row = &world->offices[i];
			const struct place *at = &world->places[row->place];
			const struct party *party = &world->parties[row->party];
			struct str name;
			if (out->offices_count == HELP_OFFICES_MAX ||
				!has_office(work, row, country, (enum turn)turn, out) ||
				is_for_others(work, acts, count, row->party))
				continue;
			name = help_name(
				world, work->arena, work->ask->lang, party->id, party->name);
			if (named(work, name) || is_hidden(out, name))
				continue;
			out->offices[out->offices_count++] = (struct help_office){ name,
				allowed(work, help_name(world, work->arena, work->ask->lang, at->id,
						      at->name)),
				row->source == NONE32
					? STR_NONE
					: allowed(work, world->sources[row->source].title),
				row->as_of };
		}
	return STATUS_OK;
}

/* Somebody who is named can be called, written to or found; who cannot is a dead end. */
static bool anybody_reached(const struct help_answers *answers)
{
	for (size_t i = 0; i < answers->services_count; i++)
		for (size_t h = 0; h < answers->services[i].items_count; h++)
			if (answers->services[i].items[h].channels_count)
				return true;
	return false;
}

enum status help_answer(struct help_answers *out, struct arena *arena,
	const struct cover_index *index, const struct help_ask *ask)
{
	struct work work = { .arena = arena,
		.index = index,
		.world = cover_world(index),
		.ask = ask,
		.query = ask->base };
	enum status status = STATUS_OK;

	assert(out && ask->lang < help_tongue_count);
	for (unsigned n = 0; n < NEED_COUNT; n++)
		if (ask->needs[n])
			work.query.statuses |= help_meaning((enum help_need)n).statuses;
	work.guarded = guarded_of(&work.query);
	*out = (struct help_answers){ .statuses = work.query.statuses,
		.services = ARENA_ARRAY(
			arena, (size_t)NEED_COUNT * HELP_SERVICES_MAX, struct help_service) };
	if (!out->services)
		return STATUS_NO_MEMORY;
	for (unsigned n = 0; n < NEED_COUNT && status == STATUS_OK; n++) {
		struct help_meaning meaning = help_meaning((enum help_need)n);
		for (size_t s = 0; ask->needs[n] && s < HELP_SERVICES_MAX; s++) {
			bool again = meaning.services[s] == SERVICE_NONE;
			for (size_t i = 0; i < out->services_count; i++)
				again |= out->services[i].service == meaning.services[s];
			if (again || status != STATUS_OK)
				continue;
			status = service_answers(&out->services[out->services_count++], &work,
				(enum help_need)n, meaning.services[s]);
		}
	}
	if (status == STATUS_OK)
		status = find_numbers(out, &work);
	return status == STATUS_OK && (!out->numbers_count || !anybody_reached(out))
		       ? find_offices(out, &work)
		       : status;
}
