/* Parts of documents as parts of sentences, written from the canonical tree: names instead of ids,
 * words instead of codes. Ids become names where a world knows them and stay as they are where it
 * does not (blanks of templates among them). */
#include "accord/prose.h"

#include <assert.h>
#include <string.h>

static struct str name_in(struct writer *writer, struct str id, struct str otherwise)
{
	struct str name = writer->world
				  ? world_name(writer->world, id, accord_lang_tags[writer->lang])
				  : STR_NONE;
	return accord_raw(writer, name.len ? name : otherwise.len ? otherwise : id);
}

struct str accord_name_group(struct writer *writer, struct str id)
{
	struct str prefixed = str_format(writer->arena, "group:" STR_FMT, STR_ARG(id));
	writer->failed = writer->failed || !prefixed.ptr;
	return prefixed.ptr ? name_in(writer, prefixed, id) : STR_NONE;
}

struct str accord_name_party(struct writer *writer, struct str id)
{
	if (str_starts(id, "group:"))
		return SAY(writer, GROUP, accord_name_group(writer, str_sub(id, 6, id.len)));
	uint32_t party = writer->world ? world_party(writer->world, id) : NONE32;
	return party == NONE32 ? accord_raw(writer, id)
			       : name_in(writer, id, writer->world->parties[party].name);
}

struct str accord_name_actor(struct writer *writer, struct str actor)
{
	if (accord_word(WORDS_ACTOR, actor) >= 0)
		return accord_term(writer, WORDS_ACTOR, actor);
	const char *colon = actor.len ? memchr(actor.ptr, ':', actor.len) : NULL;
	if (!colon)
		return accord_name_party(writer, actor);
	size_t at = (size_t)(colon - actor.ptr);
	return SAY(writer, OFFICE, accord_name_party(writer, str_sub(actor, 0, at)),
		accord_term(writer, WORDS_SLUG, str_sub(actor, at + 1, actor.len)));
}

struct str accord_name_place(struct writer *writer, struct str id)
{
	if (accord_word(WORDS_DESTINATION, id) >= 0)
		return accord_term(writer, WORDS_DESTINATION, id);
	if (str_starts(id, "group:"))
		return SAY(
			writer, GROUP_COUNTRIES, accord_name_group(writer, str_sub(id, 6, id.len)));
	if (str_starts(id, "zone:"))
		return SAY(writer, ZONE, name_in(writer, id, str_sub(id, 5, id.len)));
	uint32_t place = writer->world ? world_place(writer->world, id) : NONE32;
	return place == NONE32 ? accord_raw(writer, id)
			       : name_in(writer, id, writer->world->places[place].name);
}

/* A State, a group of States, or a territory, whose people hold its State's nationality. */
static struct str name_of_nationality(struct writer *writer, struct str code)
{
	if (str_starts(code, "group:"))
		return accord_name_party(writer, code);
	uint32_t party = writer->world ? world_party(writer->world, code) : NONE32;
	return party != NONE32 ? accord_name_party(writer, code) : accord_name_place(writer, code);
}

/* A capital that is followed by a small letter, as the label's first: "Shelter", "Évacuation", not
 * "EMAC". Letters of Latin-1 are enough for the labels there are. */
static bool has_capital(struct str label, size_t *letter)
{
	const unsigned char *p = (const unsigned char *)label.ptr;
	*letter = 0;
	if (label.len > 1 && p[0] >= 'A' && p[0] <= 'Z')
		return p[1] >= 'a' && (p[1] <= 'z' || p[1] >= 0xc3);
	*letter = 1;
	return label.len > 2 && p[0] == 0xc3 && p[1] >= 0x80 && p[1] <= 0x9e && p[2] >= 'a';
}

/* The label as it stands inside a sentence. */
struct str accord_name_service(struct writer *writer, struct str code)
{
	uint8_t number = world_service_find(code);
	if (number == SERVICE_NONE)
		return accord_raw(writer, code);
	const struct service *service = &world_services[number];
	const char *labels[LANGS] = { service->label_en, service->label_fr, service->label_es,
		service->label_ar };
	struct str label = str_of(labels[writer->lang]);
	size_t letter;
	if (!has_capital(label, &letter))
		return accord_raw(writer, label);
	struct str lowered = str_copy(writer->arena, label);
	writer->failed = writer->failed || !lowered.ptr;
	if (lowered.ptr) /* 0x20 lies between capital and small, in ASCII and in Latin-1 */
		((char *)lowered.ptr)[letter] = (char)(lowered.ptr[letter] + 0x20);
	return lowered;
}

/* The values of LIST: each by ONE, or, with ONE NULL, as terms of SET. */
static struct str list_of(struct writer *writer, const struct node *list, enum join by,
	struct str (*one)(struct writer *, struct str), int set)
{
	size_t count = 0;
	for (const struct node *item = many_first(list); item; item = many_next(list, item))
		count++;
	struct str *items = ARENA_ARRAY(writer->arena, count + 1, struct str);
	if (!items) {
		writer->failed = true;
		return STR_NONE;
	}
	count = 0;
	for (const struct node *item = many_first(list); item; item = many_next(list, item))
		items[count++] =
			one ? one(writer, item->text) : accord_term(writer, set, item->text);
	return accord_join(writer, items, count, by);
}

struct str accord_list_of(struct writer *writer, const struct node *list, enum join by,
	struct str (*one)(struct writer *, struct str))
{
	return list_of(writer, list, by, one, 0);
}

static struct str value_of(
	struct writer *writer, const struct field *field, const struct node *value, enum join by)
{
	switch (field->type) {
	case TYPE_WORD:
		return list_of(writer, value, by, NULL, (int)(field->words - accord_words));
	case TYPE_SLUG:
		return list_of(writer, value, by, NULL, WORDS_SLUG);
	case TYPE_DATE:
		return accord_date_of(writer, value->text);
	case TYPE_DURATION:
		return accord_duration_of(writer, value->text);
	case TYPE_ACTOR:
		return accord_list_of(writer, value, by, accord_name_actor);
	case TYPE_SERVICE:
		return accord_list_of(writer, value, by, accord_name_service);
	case TYPE_NATIONALITIES:
		return accord_list_of(writer, value, by, name_of_nationality);
	case TYPE_TEXTS:
		return accord_text_of(writer, value);
	default:
		return accord_list_of(writer, value, by, accord_raw);
	}
}

struct str accord_say_field(struct writer *writer, enum shape shape, const struct node *map,
	const char *name, enum join by)
{
	const struct field *field = accord_field(shape, str_of(name));
	const struct node *value = node_get(map, name);
	assert(field && field->phrase != PHRASE_NULL);
	if (!value)
		return STR_NONE;
	struct str slots[PHRASE_SLOTS] = { value_of(writer, field, value, by) };
	return accord_phrase(writer, field->phrase, slots);
}

static struct str say_levels(struct writer *writer, const struct node *list)
{
	return list_of(writer, list, JOIN_OR, NULL, WORDS_LEVEL);
}

struct str accord_say_provider(struct writer *writer, const struct node *provider)
{
	if (provider->kind != NODE_MAP)
		return accord_name_party(writer, provider->text);
	const struct node *own = node_get(provider, "state-of-nationality"),
			  *residence = node_get(provider, "state-of-residence"),
			  *group = node_get(provider, "member-of"),
			  *party = node_get(provider, "party"),
			  *present = node_get(provider, "present");
	if (own)
		return SAY(writer, OWN_STATE, say_levels(writer, own));
	if (residence)
		return SAY(writer, RESIDENCE_STATE, say_levels(writer, residence));
	if (!group && !party)
		return SAY_PLAIN(writer, HOST_STATE);
	struct str name = group ? accord_name_group(writer, group->text)
				: accord_name_party(writer, party->text);
	if (!present)
		return group ? SAY(writer, EACH_MEMBER, name) : name;
	struct str levels = say_levels(writer, present);
	return group ? SAY(writer, EACH_MEMBER_PRESENT, name, levels)
		     : SAY(writer, PARTY_PRESENT, name, levels);
}

static bool is_code(struct str item)
{
	/* XXA, XXX: of no country, or of one that is not known (ICAO 9303) */
	return !str_is(item, "any") && !str_is(item, "XXA") && !str_is(item, "XXX") &&
	       !str_starts(item, "group:") && !str_starts(item, "served-by:");
}

static struct str say_beneficiary(struct writer *writer, struct str item)
{
	if (str_is(item, "any"))
		return SAY_PLAIN(writer, ANYONE);
	if (str_is(item, "XXA"))
		return SAY_PLAIN(writer, STATELESS);
	if (str_is(item, "XXX"))
		return SAY_PLAIN(writer, NO_NATIONALITY);
	if (str_starts(item, "group:"))
		return SAY(writer, GROUP_NATIONALS,
			accord_name_group(writer, str_sub(item, 6, item.len)));
	return SAY(writer, SERVED_BY, accord_name_party(writer, str_sub(item, 10, item.len)));
}

struct str accord_say_nationality(struct writer *writer, struct str item)
{
	return is_code(item) ? SAY(writer, NATIONALS_ONE, name_of_nationality(writer, item))
			     : say_beneficiary(writer, item);
}

/* Codes that follow one another are said together: "nationals of Austria and Switzerland". */
struct str accord_say_nationalities(struct writer *writer, const struct node *list)
{
	size_t most = list && list->kind == NODE_LIST ? list->count : 1, count = 0, codes;
	struct str *items = ARENA_ARRAY(writer->arena, 2 * most, struct str);
	if (!items) {
		writer->failed = true;
		return STR_NONE;
	}
	struct str *run = items + most;
	for (const struct node *item = many_first(list); item;) {
		if (!is_code(item->text)) {
			items[count++] = say_beneficiary(writer, item->text);
			item = many_next(list, item);
			continue;
		}
		for (codes = 0; item && is_code(item->text); item = many_next(list, item))
			run[codes++] = name_of_nationality(writer, item->text);
		struct str names = accord_join(writer, run, codes, JOIN_AND);
		items[count++] = codes > 1 ? SAY(writer, NATIONALS, names)
					   : SAY(writer, NATIONALS_ONE, names);
	}
	return accord_join(writer, items, count, JOIN_AND);
}

static void add(struct writer *writer, struct buf *out, struct str text)
{
	buf_add(out, text);
	writer->failed = writer->failed || out->failed;
}

struct str accord_say_beneficiaries(struct writer *writer, const struct node *map)
{
	static const struct {
		const char *field;
		enum join by;
	} parts[] = { { "status", JOIN_OR }, { "except-status", JOIN_OR }, { "residence", JOIN_OR },
		{ "resident-since", JOIN_OR }, { "unrepresented", JOIN_OR } };
	const struct node *nationality = node_get(map, "nationality"),
			  *except = node_get(map, "except-nationality");
	struct buf out;
	buf_init(&out, writer->arena, (size_t)1 << 20);
	add(writer, &out,
		nationality ? accord_say_nationalities(writer, nationality)
			    : SAY_PLAIN(writer, WHOM_BY_SCHEDULE));
	if (except)
		add(writer, &out, SAY(writer, BUT_NOT, accord_say_nationalities(writer, except)));
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		add(writer, &out,
			accord_say_field(writer, SHAPE_FOR, map, parts[i].field, parts[i].by));
	return buf_str(&out);
}

static struct str say_scope(
	struct writer *writer, const struct node *map, enum join by, enum phrase phrase)
{
	const struct node *except = node_get(map, "except");
	bool in = str_is(accord_read_str(map, "territories"), "in");
	struct buf out;
	buf_init(&out, writer->arena, (size_t)1 << 20);
	if (phrase == PHRASE_ANYWHERE && except) {
		add(writer, &out,
			SAY(writer, ANYWHERE_BUT,
				accord_list_of(writer, except, JOIN_AND, accord_name_place)));
		add(writer, &out, in ? SAY_PLAIN(writer, THEIR_TERRITORIES) : STR_NONE);
		return buf_str(&out);
	}
	struct str slots[PHRASE_SLOTS] = { accord_list_of(
		writer, node_get(map, "in"), by, accord_name_place) };
	add(writer, &out, accord_phrase(writer, phrase, slots));
	if (except)
		add(writer, &out,
			SAY(writer, BUT_NOT,
				accord_list_of(writer, except, JOIN_OR, accord_name_place)));
	add(writer, &out,
		in && phrase != PHRASE_ANYWHERE ? SAY_PLAIN(writer, GROUP_TERRITORIES) : STR_NONE);
	return buf_str(&out);
}

struct str accord_say_where(struct writer *writer, const struct node *map)
{
	const struct node *in = node_get(map, "in");
	bool world = in && in->count == 1 && str_is(in->first->text, "world");
	return say_scope(writer, map, JOIN_AND, world ? PHRASE_ANYWHERE : PHRASE_IN);
}

struct str accord_say_to(struct writer *writer, const struct node *to)
{
	if (to->kind == NODE_MAP)
		return say_scope(writer, to, JOIN_OR, PHRASE_NULL);
	return accord_list_of(writer, to, JOIN_OR, accord_name_place);
}

struct str accord_say_step(struct writer *writer, const struct node *step)
{
	static const struct {
		enum phrase what, whom;
	} phrases[STEPS] = {
		[STEP_REQUEST] = { PHRASE_STEP_REQUEST, PHRASE_STEP_TO },
		[STEP_CONSENT] = { PHRASE_STEP_CONSENT, PHRASE_STEP_TO },
		[STEP_NOTIFY] = { PHRASE_STEP_NOTIFY, PHRASE_STEP_TO },
		[STEP_CONSULT] = { PHRASE_STEP_CONSULT, PHRASE_STEP_WITH },
		[STEP_REPLY] = { PHRASE_STEP_REPLY, PHRASE_STEP_TO },
		[STEP_DECLARE] = { PHRASE_STEP_DECLARE, PHRASE_STEP_ON },
		[STEP_SCREEN] = { PHRASE_STEP_SCREEN, PHRASE_STEP_WITH },
		[STEP_VERIFY_IDENTITY] = { PHRASE_STEP_VERIFY, PHRASE_STEP_WITH },
		[STEP_PERSON_CONSENT] = { PHRASE_STEP_PERSON_CONSENT, PHRASE_STEP_TOWARDS },
		[STEP_INFORMED_CHOICE] = { PHRASE_STEP_CHOICE, PHRASE_STEP_WITH },
		[STEP_BEST_INTERESTS] = { PHRASE_STEP_BEST_INTERESTS, PHRASE_STEP_WITH },
		[STEP_SIGN_UNDERTAKING] = { PHRASE_STEP_UNDERTAKING, PHRASE_STEP_TOWARDS },
		[STEP_ISSUE] = { PHRASE_STEP_ISSUE, PHRASE_STEP_TO },
	};
	struct str what = accord_read_str(step, "do"), by = accord_read_str(step, "by"),
		   whom = accord_read_str(step, "whom");
	int word = accord_word(WORDS_STEP, what);
	bool own_act = word == STEP_PERSON_CONSENT || word == STEP_SIGN_UNDERTAKING;
	struct buf out;
	buf_init(&out, writer->arena, (size_t)1 << 20);
	add(writer, &out,
		word >= 0 ? accord_phrase(writer, phrases[word].what, NULL)
			  : accord_raw(writer, what));
	if (by.len && own_act)
		add(writer, &out, SAY(writer, STEP_SEEN_BY, accord_name_actor(writer, by)));
	else if (by.len)
		add(writer, &out, SAY(writer, STEP_BY, accord_name_actor(writer, by)));
	if (whom.len) {
		struct str slots[PHRASE_SLOTS] = { accord_name_actor(writer, whom) };
		add(writer, &out,
			accord_phrase(
				writer, word >= 0 ? phrases[word].whom : PHRASE_STEP_TO, slots));
	}
	add(writer, &out, accord_say_field(writer, SHAPE_STEP, step, "within", JOIN_AND));
	if (node_get(step, "unless"))
		add(writer, &out, SAY_PLAIN(writer, STEP_UNLESS));
	return buf_str(&out);
}

static void add_cost_details(struct writer *writer, struct buf *out, const struct node *cost)
{
	static const char *const fields[] = { "advance", "fund", "claim-within", "pay-within",
		"note" };
	const struct node *unit = node_get(cost, "unit-cost");
	if (accord_read_boolean(cost, "grants-first"))
		add(writer, out, SAY_PLAIN(writer, GRANTS_FIRST));
	if (node_get(cost, "undertaking"))
		add(writer, out,
			accord_read_boolean(cost, "undertaking")
				? SAY_PLAIN(writer, UNDERTAKING)
				: SAY_PLAIN(writer, NO_UNDERTAKING));
	if (unit) {
		struct str per = accord_read_str(unit, "per");
		add(writer, out,
			SAY(writer, UNIT_COST,
				accord_money_of(writer, accord_read_str(unit, "amount-minor"),
					accord_read_str(unit, "currency")),
				accord_term(writer, WORDS_COST_PER, per.len ? per : STR("unit"))));
	}
	if (node_get(cost, "cap"))
		add(writer, out,
			SAY(writer, CAP,
				accord_money_of(writer, accord_read_str(cost, "cap"),
					accord_read_str(cost, "currency"))));
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		add(writer, out, accord_say_field(writer, SHAPE_COST, cost, fields[i], JOIN_AND));
}

struct str accord_say_cost(struct writer *writer, const struct node *cost)
{
	static const enum phrase phrases[COST_RULES] = {
		[COST_PROVIDER_BEARS] = PHRASE_COST_PROVIDER_BEARS,
		[COST_BENEFICIARY_REPAYS] = PHRASE_COST_BENEFICIARY_REPAYS,
		[COST_BENEFICIARY_STATE] = PHRASE_COST_BENEFICIARY_STATE,
		[COST_PER_CAPITA] = PHRASE_COST_PER_CAPITA,
		[COST_CAPPED_FARE] = PHRASE_COST_CAPPED_FARE,
		[COST_COFINANCED] = PHRASE_COST_COFINANCED,
		[COST_ESTIMATE] = PHRASE_COST_ESTIMATE,
		[COST_POOL] = PHRASE_COST_POOL,
		[COST_SHARES] = PHRASE_COST_SHARES,
		[COST_EQUAL] = PHRASE_COST_EQUAL,
		[COST_SCALE] = PHRASE_COST_SCALE,
		[COST_LUMP_SUM] = PHRASE_COST_LUMP_SUM,
		[COST_EMPLOYER] = PHRASE_COST_EMPLOYER,
	};
	struct str rule = accord_read_str(cost, "rule");
	int word = accord_word(WORDS_COST, rule);
	struct buf out;
	buf_init(&out, writer->arena, (size_t)1 << 20);
	add(writer, &out,
		word >= 0 ? accord_phrase(writer, phrases[word], NULL) : accord_raw(writer, rule));
	add_cost_details(writer, &out, cost);
	return buf_str(&out);
}
