/* Parts of sentences in English: who, whom, where, when, after which steps, at whose cost. Each
 * takes a part of the canonical tree; ids become names where a world knows them and stay as they
 * are where it does not (blanks of templates among them). */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

static void say(struct writer *writer, const char *text)
{
	buf_add_c(writer->out, text);
}

static struct str name_of(const struct writer *writer, struct str id, struct str otherwise)
{
	for (size_t i = 0; !str_is(writer->lang, "en") && i < writer->world->names_count; i++) {
		const struct name_row *row = &writer->world->names[i];
		if (str_eq(row->id, id) && str_eq(row->lang, writer->lang))
			return row->name;
	}
	return otherwise.len ? otherwise : id;
}

void accord_say_party(struct writer *writer, struct str id)
{
	if (str_starts(id, "group:")) {
		say(writer, "the group ");
		buf_add(writer->out, str_sub(id, 6, id.len));
		return;
	}
	uint32_t party = writer->world ? world_party(writer->world, id) : NONE32;
	buf_add(writer->out,
		party == NONE32 ? id : name_of(writer, id, writer->world->parties[party].name));
}

void accord_say_actor(struct writer *writer, struct str actor)
{
	static const char *const phrases[] = { "the provider", "the State of nationality",
		"the host State", "the State of residence", "the crisis" };
	int word = accord_word(WORDS_ACTOR, actor);
	if (word >= 0) {
		say(writer, phrases[word]);
		return;
	}
	const char *colon = actor.len ? memchr(actor.ptr, ':', actor.len) : NULL;
	if (!colon) {
		accord_say_party(writer, actor);
		return;
	}
	size_t at = (size_t)(colon - actor.ptr);
	accord_say_party(writer, str_sub(actor, 0, at));
	say(writer, " (");
	buf_add(writer->out, str_sub(actor, at + 1, actor.len));
	say(writer, ")");
}

void accord_say_place(struct writer *writer, struct str id)
{
	static const char *const destinations[] = { "the person's own country", "a third country",
		"another place in the country" };
	int word = accord_word(WORDS_DESTINATION, id);
	if (word >= 0) {
		say(writer, destinations[word]);
	} else if (str_starts(id, "group:")) {
		say(writer, "the countries of the group ");
		buf_add(writer->out, str_sub(id, 6, id.len));
	} else if (str_starts(id, "zone:")) {
		say(writer, "the zone ");
		buf_add(writer->out, str_sub(id, 5, id.len));
	} else {
		uint32_t place = writer->world ? world_place(writer->world, id) : NONE32;
		buf_add(writer->out,
			place == NONE32 ? id
					: name_of(writer, id, writer->world->places[place].name));
	}
}

void accord_say_date(struct writer *writer, struct str text)
{
	static const char *const months[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };
	int32_t date;
	if (!date_parse(text, &date)) {
		buf_add(writer->out, text);
		return;
	}
	struct civil civil = date_civil(date);
	buf_add_format(writer->out, "%d %s %d", civil.day, months[civil.month - 1], civil.year);
}

void accord_say_duration(struct writer *writer, struct str text)
{
	static const char *const units[] = { "hour", "day", "working day", "month" };
	struct duration duration;
	if (!duration_parse(text, &duration)) {
		buf_add(writer->out, text);
		return;
	}
	buf_add_format(writer->out, "%d %s%s", duration.count, units[duration.unit],
		duration.count == 1 ? "" : "s");
}

/* Digits after the point, by ISO 4217. */
static int minor_digits(struct str currency)
{
	static const char none[] =
		"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
	if (currency.len != 3 || !currency.ptr)
		return 2;
	if (memmem(none, sizeof none - 1, currency.ptr, 3))
		return 0;
	return memmem(three, sizeof three - 1, currency.ptr, 3) ? 3 : 2;
}

void accord_say_money(struct writer *writer, struct str minor, struct str currency)
{
	static const int64_t scales[] = { 1, 10, 100, 1000 };
	int64_t amount;
	int digits = minor_digits(currency);
	if (!accord_integer(minor, &amount))
		buf_add(writer->out, minor);
	else if (digits == 0)
		buf_add_format(writer->out, "%lld", (long long)amount);
	else
		buf_add_format(writer->out, "%lld.%0*lld", (long long)(amount / scales[digits]),
			digits, (long long)(amount % scales[digits]));
	say(writer, " ");
	buf_add(writer->out, currency);
}

/* "a, b and c", each said by SAY. */
static void say_list(struct writer *writer, const struct node *list, const char *last,
	void (*say_one)(struct writer *, struct str))
{
	bool first = true;
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		const struct node *next = many_next(list, item);
		if (!first)
			say(writer, next ? ", " : last);
		say_one(writer, item->text);
		first = false;
	}
}

static void say_word(struct writer *writer, struct str word)
{
	buf_add(writer->out, word);
}

void accord_say_words(struct writer *writer, const struct node *list, const char *last)
{
	say_list(writer, list, last, say_word);
}

static void say_level(struct writer *writer, struct str level)
{
	static const char *const phrases[] = { "a resident post", "an honorary post",
		"a post accredited from elsewhere", "an office" };
	int word = accord_word(WORDS_LEVEL, level);
	if (word >= 0)
		say(writer, phrases[word]);
	else
		buf_add(writer->out, level);
}

void accord_say_levels(struct writer *writer, const struct node *list)
{
	say_list(writer, list, " or ", say_level);
}

/* The label as it stands inside a sentence: "Shelter" becomes "shelter", an abbreviation stays. */
void accord_say_service(struct writer *writer, struct str code)
{
	uint8_t service = world_service_find(code);
	if (service == SERVICE_NONE) {
		buf_add(writer->out, code);
		return;
	}
	struct str label = str_of(world_services[service].label_en);
	bool word = label.len > 1 && label.ptr[0] >= 'A' && label.ptr[0] <= 'Z' &&
		    label.ptr[1] >= 'a' && label.ptr[1] <= 'z';
	if (word)
		buf_add_char(writer->out, (char)(label.ptr[0] - 'A' + 'a'));
	buf_add(writer->out, str_sub(label, word ? 1 : 0, label.len));
}

void accord_say_services(struct writer *writer, const struct node *list)
{
	say_list(writer, list, " and ", accord_say_service);
}

static void say_present(
	struct writer *writer, const struct node *levels, const char *before, const char *after)
{
	if (!levels)
		return;
	say(writer, before);
	accord_say_levels(writer, levels);
	say(writer, after);
}

void accord_say_provider(struct writer *writer, const struct node *provider)
{
	if (provider->kind != NODE_MAP) {
		accord_say_party(writer, provider->text);
		return;
	}
	const struct node *own = node_get(provider, "state-of-nationality"),
			  *residence = node_get(provider, "state-of-residence");
	const struct node *group = node_get(provider, "member-of"),
			  *party = node_get(provider, "party");
	const struct node *present = node_get(provider, "present");
	if (own) {
		say_present(writer, own, "the person's own State, where it has ", ",");
	} else if (residence) {
		say_present(writer, residence, "the State of residence, where it has ", ",");
	} else if (group) {
		say(writer, "each member of the group ");
		buf_add(writer->out, group->text);
		say_present(writer, present, " that has ", " there");
	} else if (party) {
		accord_say_party(writer, party->text);
		say_present(writer, present, ", where it has ", ",");
	} else {
		say(writer, "the host State");
	}
}

static void say_beneficiary(struct writer *writer, struct str item)
{
	if (str_is(item, "any")) {
		say(writer, "people of any nationality");
	} else if (str_starts(item, "group:")) {
		say(writer, "nationals of members of the group ");
		buf_add(writer->out, str_sub(item, 6, item.len));
	} else if (str_starts(item, "served-by:")) {
		say(writer, "those whom ");
		accord_say_party(writer, str_sub(item, 10, item.len));
		say(writer, " serves");
	} else {
		say(writer, "nationals of ");
		uint32_t party = writer->world ? world_party(writer->world, item) : NONE32;
		if (party != NONE32)
			accord_say_party(writer, item);
		else
			accord_say_place(writer, item);
	}
}

void accord_say_nationalities(struct writer *writer, const struct node *list)
{
	say_list(writer, list, " and ", say_beneficiary);
}

void accord_say_beneficiaries(struct writer *writer, const struct node *map)
{
	static const struct {
		const char *field, *before;
		void (*one)(struct writer *, struct str);
		const char *last;
	} parts[] = {
		{ "except-nationality", ", but not ", say_beneficiary, " or " },
		{ "status", ", if ", say_word, " or " },
		{ "except-status", ", but not if ", say_word, " or " },
		{ "residence", ", if they live in the State of ", accord_say_party, " or " },
	};
	const struct node *nationality = node_get(map, "nationality"),
			  *unrepresented = node_get(map, "unrepresented");
	const struct node *since = node_get(map, "resident-since");
	if (nationality)
		accord_say_nationalities(writer, nationality);
	else
		say(writer, "those whom the schedule names");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		const struct node *list = node_get(map, parts[i].field);
		if (!list)
			continue;
		say(writer, parts[i].before);
		say_list(writer, list, parts[i].last, parts[i].one);
	}
	if (since) {
		say(writer, ", if they lived there on ");
		accord_say_date(writer, since->text);
	}
	if (unrepresented) {
		say(writer, ", whose own State does not have ");
		accord_say_levels(writer, unrepresented);
		say(writer, " there");
	}
}

static void say_scope(struct writer *writer, const struct node *map)
{
	const struct node *except = node_get(map, "except");
	say_list(writer, node_get(map, "in"), " and ", accord_say_place);
	if (except) {
		say(writer, ", but not ");
		say_list(writer, except, " or ", accord_say_place);
	}
	if (str_is(accord_read_str(map, "territories"), "in"))
		say(writer, ", a group's territories included");
}

void accord_say_where(struct writer *writer, const struct node *map)
{
	const struct node *in = node_get(map, "in");
	if (in && in->count == 1 && str_is(in->first->text, "world")) {
		say(writer, "anywhere in the world");
		const struct node *except = node_get(map, "except");
		if (!except)
			return;
		say(writer, " but in ");
		say_list(writer, except, " and ", accord_say_place);
		if (str_is(accord_read_str(map, "territories"), "in"))
			say(writer, ", their territories included");
		return;
	}
	say(writer, "in ");
	say_scope(writer, map);
}

void accord_say_to(struct writer *writer, const struct node *to)
{
	say(writer, "to ");
	if (to->kind == NODE_MAP)
		say_scope(writer, to);
	else
		say_list(writer, to, " or ", accord_say_place);
}

void accord_say_step(struct writer *writer, const struct node *step)
{
	static const struct {
		const char *phrase, *whom;
	} phrases[STEPS] = {
		[STEP_REQUEST] = { "a request is made", " to " },
		[STEP_CONSENT] = { "consent is given", " to " },
		[STEP_NOTIFY] = { "notice is given", " to " },
		[STEP_CONSULT] = { "consultation is held", " with " },
		[STEP_REPLY] = { "a reply is given", " to " },
		[STEP_DECLARE] = { "a declaration is made", " on " },
		[STEP_SCREEN] = { "the person is screened", " with " },
		[STEP_VERIFY_IDENTITY] = { "identity is verified", " with " },
		[STEP_PERSON_CONSENT] = { "the person consents", " towards " },
		[STEP_INFORMED_CHOICE] = { "the person's informed choice is recorded", " with " },
		[STEP_BEST_INTERESTS] = { "the child's best interests are determined", " with " },
		[STEP_SIGN_UNDERTAKING] = { "the person signs an undertaking", " towards " },
		[STEP_ISSUE] = { "the document is issued", " to " },
	};
	struct str what = accord_read_str(step, "do"), by = accord_read_str(step, "by"),
		   whom = accord_read_str(step, "whom");
	int word = accord_word(WORDS_STEP, what);
	if (word >= 0)
		say(writer, phrases[word].phrase);
	else
		buf_add(writer->out, what);
	if (by.len) {
		say(writer, word == STEP_PERSON_CONSENT || word == STEP_SIGN_UNDERTAKING
				    ? ", seen to by "
				    : " by ");
		accord_say_actor(writer, by);
	}
	if (whom.len) {
		say(writer, word >= 0 ? phrases[word].whom : " to ");
		accord_say_actor(writer, whom);
	}
	if (node_get(step, "within")) {
		say(writer, " within ");
		accord_say_duration(writer, accord_read_str(step, "within"));
	}
	if (node_get(step, "unless"))
		say(writer, ", unless it is extremely urgent");
}

static void say_cost_details(struct writer *writer, const struct node *cost)
{
	const struct node *unit = node_get(cost, "unit-cost"),
			  *undertaking = node_get(cost, "undertaking");
	if (accord_read_boolean(cost, "grants-first"))
		say(writer, ", after grants are taken off");
	if (undertaking)
		say(writer, accord_read_boolean(cost, "undertaking")
				    ? ", on a signed undertaking"
				    : ", without a signed undertaking");
	if (unit) {
		say(writer, ", ");
		accord_say_money(writer, accord_read_str(unit, "amount-minor"),
			accord_read_str(unit, "currency"));
		say(writer, " per ");
		struct str per = accord_read_str(unit, "per");
		buf_add(writer->out, per.len ? per : STR("unit"));
	}
	if (node_get(cost, "cap")) {
		say(writer, ", at most ");
		accord_say_money(
			writer, accord_read_str(cost, "cap"), accord_read_str(cost, "currency"));
	}
	if (node_get(cost, "advance")) {
		say(writer, ", ");
		buf_add(writer->out, accord_read_str(cost, "advance"));
		say(writer, " per cent ahead");
	}
	if (node_get(cost, "fund")) {
		say(writer, ", from ");
		buf_add(writer->out, accord_read_str(cost, "fund"));
	}
	if (node_get(cost, "claim-within")) {
		say(writer, ", claimed within ");
		accord_say_duration(writer, accord_read_str(cost, "claim-within"));
	}
	if (node_get(cost, "pay-within")) {
		say(writer, ", paid within ");
		accord_say_duration(writer, accord_read_str(cost, "pay-within"));
	}
}

void accord_say_cost(struct writer *writer, const struct node *cost)
{
	static const char *const phrases[COST_RULES] = {
		[COST_PROVIDER_BEARS] = "the provider bears it",
		[COST_BENEFICIARY_REPAYS] = "the person repays it",
		[COST_BENEFICIARY_STATE] = "the person's State pays what it really cost",
		[COST_PER_CAPITA] = "it is shared by the number of people helped",
		[COST_CAPPED_FARE] =
			"the fare before the crisis, or the real share where that is lower",
		[COST_COFINANCED] = "it is cofinanced",
		[COST_ESTIMATE] = "what it really cost, up to a signed estimate",
		[COST_POOL] = "a fund advances it",
		[COST_SHARES] = "it is borne in agreed shares",
		[COST_EQUAL] = "it is borne in equal parts",
		[COST_SCALE] = "it is borne by an agreed scale",
		[COST_LUMP_SUM] = "a lump sum is paid",
		[COST_EMPLOYER] = "the employer pays",
	};
	struct str rule = accord_read_str(cost, "rule");
	const struct node *note = node_get(cost, "note");
	int word = accord_word(WORDS_COST, rule);
	if (word >= 0)
		say(writer, phrases[word]);
	else
		buf_add(writer->out, rule);
	say_cost_details(writer, cost);
	if (!note)
		return;
	const struct node *text = note->kind != NODE_MAP ? note
				  : node_get(note, "en") ? node_get(note, "en")
							 : note->first;
	if (!text)
		return;
	say(writer, " (");
	buf_add(writer->out, text->text);
	say(writer, ")");
}
