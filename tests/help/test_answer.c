/* help-safeguards: who fears a State is never shown its name, in any word of answer or card; and
 * what an answer may not say. On the real world in data/. Prints TAP. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "help/internal.h"

static int tests, faults;
static char example[512];

static void told(bool good, const char *what)
{
	tests++;
	faults += !good;
	printf("%sok %d - %s%s%s\n", good ? "" : "not ", tests, what,
		good || !example[0] ? "" : " # ", good ? "" : example);
	example[0] = '\0';
}

struct real {
	struct arena arena;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
};

static void load(struct real *real, const char *folder)
{
	struct diags diags;
	struct str path = str_of(folder);

	arena_init(&real->arena, &allocator_system, (size_t)2 << 30);
	diags_init(&diags, &real->arena, 50);
	const struct file_system *files = &file_system_disk;
	assert(world_load(&real->world, &real->arena, files, path, &diags) == STATUS_OK);
	assert(accord_load(&real->accords, &real->arena, real->world, files, path, &diags) ==
		STATUS_OK);
	assert(cover_compile(&real->index, &real->arena, real->world, &real->accords) == STATUS_OK);
}

static struct help_ask question(
	const struct real *real, const char *place, uint16_t nat, unsigned statuses, size_t lang)
{
	struct help_ask ask = { .lang = lang };

	cover_query_init(&ask.base, date_of((struct civil){ 2024, 6, 1 }), VIEWER_PUBLIC);
	ask.base.place = world_place(real->world, str_of(place));
	ask.base.nats[0] = nat;
	ask.base.territories[0] = NONE32;
	ask.base.nat_count = 1;
	ask.base.statuses = statuses;
	assert(ask.base.place != NONE32);
	return ask;
}

/* Everything that a page, a card or a program would show. */
static struct str shown(struct arena *arena, const struct real *real, const struct help_ask *ask,
	struct help_answers *answers)
{
	struct help_hearing hearing = { .items = NULL };
	struct buf out;

	assert(help_answer(answers, arena, real->index, ask) == STATUS_OK);
	buf_init(&out, arena, (size_t)16 << 20);
	assert(help_text(&out, arena, real->index, ask, answers) == STATUS_OK);
	assert(help_card(&out, answers, ask->lang) == STATUS_OK);
	assert(help_json(&out, real->index, ask, &hearing, answers) == STATUS_OK);
	return buf_str(&out);
}

static bool same_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* NAME begins at a word of TEXT where no longer name of a country covers it; bytes alone. */
static bool stands(const struct world *world, struct str text, struct str name, bool whole)
{
	const char *at = text.ptr, *end = text.ptr + text.len;

	while (name.len > 1 && (at = memmem(at, (size_t)(end - at), name.ptr, name.len))) {
		bool covered = (at > text.ptr && same_word(at[-1])) ||
			       (whole && at + name.len < end && same_word(at[name.len]));
		for (size_t p = 0; p < world->places_count && !covered; p++) {
			struct str other = world->places[p].name;
			const char *hit = other.len > name.len
						  ? memmem(other.ptr, other.len, name.ptr, name.len)
						  : NULL;
			size_t before = hit ? (size_t)(hit - other.ptr) : 0;
			covered = world->places[p].kind == PLACE_COUNTRY && hit &&
				  at >= text.ptr + before && at - before + other.len <= end &&
				  memcmp(at - before, other.ptr, other.len) == 0;
		}
		if (!covered) {
			size_t from = at - text.ptr > 60 ? 60 : (size_t)(at - text.ptr);
			snprintf(example, sizeof example, "%.*s: %.*s", (int)name.len, name.ptr,
				(int)from + 20 < end - at ? (int)from + 20 : (int)from, at - from);
			for (char *c = example; *c; c++)
				*c = *c == '\n' ? ' ' : *c;
			return true;
		}
		at += name.len;
	}
	return false;
}

static bool names(const struct real *real, uint16_t nat, struct str text)
{
	const struct nationality *of = &real->world->nats[nat];

	return stands(real->world, text, of->code, true) ||
	       (of->place != NONE32 &&
		       stands(real->world, text, real->world->places[of->place].name, false)) ||
	       (of->state != NONE32 &&
		       stands(real->world, text, real->world->parties[of->state].name, false)) ||
	       stands(real->world, text, world_name(real->world, of->code, STR("ar")), false);
}

static bool one(const struct real *real, const char *place, uint16_t nat, unsigned statuses,
	bool fears, size_t lang)
{
	struct help_ask ask = question(real, place, nat, statuses, lang);
	struct help_answers answers;
	struct arena arena;
	bool good;

	if (real->world->places[ask.base.place].nat == nat)
		return true; /* at home: the place itself is named */
	if (fears) {
		ask.base.fears[0] = nat;
		ask.base.fear_count = 1;
	}
	for (unsigned n = 0; n < NEED_COUNT; n++)
		ask.needs[n] = n != NEED_REFUGEE && n != NEED_ASYLUM && n != NEED_FEARS_STATE;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	good = !names(real, nat, shown(&arena, real, &ask, &answers));
	for (size_t i = 0; i < answers.numbers_count; i++)
		good &= !str_is(answers.numbers[i].kind, "police");
	for (size_t s = 0; s < answers.services_count; s++)
		for (size_t i = 0; i < answers.services[s].items_count; i++)
			good &= !world_acts_for(
				real->world, answers.services[s].items[i].answer->provider, nat);
	arena_free(&arena);
	return good;
}

static void fears(const struct real *real)
{
	static const unsigned statuses[] = { PERSON_BIT(PERSON_REFUGEE),
		PERSON_BIT(PERSON_ASYLUM_SEEKER), PERSON_BIT(PERSON_FEARS_AUTHORITIES), 0 };
	static const char *const hosts[] = { "LBN", "KEN", "NER", "DEU", "MEX", "MYS" };
	size_t en = help_lang(STR("en")), ar = help_lang(STR("ar"));
	char name[128];

	for (size_t s = 0; s < 4; s++) {
		bool good = true;
		for (uint16_t nat = 0; nat < real->world->nats_count; nat++)
			for (size_t h = 0; h < 6 && good; h++)
				if ((nat + h) % 6 == 0 || (nat + h) % 12 == 1)
					good = one(real, hosts[h], nat, statuses[s], s == 3,
						(nat + h) % 6 ? ar : en);
		snprintf(name, sizeof name,
			"help-not-named: every nationality, status %zu: the feared State is "
			"never named",
			s);
		told(good, name);
	}
}

/* The wall has something to hold back: without fear the State is named. */
static void without_fear(const struct real *real)
{
	struct help_ask ask = question(real, "LBN", world_nat(real->world, STR("PHL")), 0, 0);
	struct help_answers answers;
	struct arena arena;
	struct str text;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	ask.needs[NEED_PASSPORT_LOST] = true;
	text = shown(&arena, real, &ask, &answers);
	told(names(real, ask.base.nats[0], text), "without fear one's own State answers");
	example[0] = '\0';
	told(memmem(text.ptr, text.len, "not tested", 10) != NULL,
		"help-untested: what was not tested says so");
	arena_free(&arena);
}

static bool helpers_once(const struct help_answers *answers)
{
	for (size_t s = 0; s < answers->services_count; s++)
		for (size_t i = 0; i < answers->services[s].items_count; i++)
			for (size_t j = 0; j < i; j++)
				if (answers->services[s].items[i].answer->provider ==
					answers->services[s].items[j].answer->provider)
					return false;
	return true;
}

/* A sign of trafficking: the own State's help waits, and is said to wait. */
static void signs(const struct real *real)
{
	struct help_ask ask = question(real, "LBN", world_nat(real->world, STR("PHL")), 0, 0);
	struct help_answers answers;
	struct arena arena;
	bool held = false, own = false, enforcement = false;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	ask.needs[NEED_PASSPORT_HELD] = true;
	shown(&arena, real, &ask, &answers);
	for (size_t s = 0; s < answers.services_count; s++) {
		held |= answers.services[s].held;
		for (size_t i = 0; i < answers.services[s].items_count; i++) {
			uint32_t party = answers.services[s].items[i].answer->provider;
			own |= world_acts_for(real->world, party, ask.base.nats[0]);
			enforcement |= world_enforcement(real->world, party);
		}
	}
	told(helpers_once(&answers), "help-once: no helper stands twice for a service");
	told(held && !own && !enforcement, "help-signs: a kept passport waits for a screening");
	arena_free(&arena);
}

/* Whoever shelters people is shown by country alone; what costs are not on record is not known. */
static void careful(const struct real *real)
{
	static const char *const hosts[] = { "LBN", "KEN", "ITA", "USA-mcallen", "NER" };
	bool hidden = true, costs = true, some = false, unknown = false;
	struct arena arena;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	for (size_t h = 0; h < 5; h++) {
		struct help_ask ask =
			question(real, hosts[h], world_nat(real->world, STR("HND")), 0, 0);
		struct help_answers answers;
		struct str text;
		ask.needs[NEED_FORCED] = ask.needs[NEED_VIOLENCE] = ask.needs[NEED_SHELTER] = true;
		text = shown(&arena, real, &ask, &answers);
		for (size_t s = 0; s < answers.services_count; s++)
			for (size_t i = 0; i < answers.services[s].items_count; i++) {
				const struct help_answer *item = &answers.services[s].items[i];
				uint32_t party = item->answer->provider;
				enum party_kind kind = real->world->parties[party].kind;
				bool careful_one =
					answers.services[s].need != NEED_VIOLENCE || s == 0;
				for (size_t c = 0; c < item->channels_count; c++)
					hidden &= !str_is(item->channels[c].kind, "address");
				if (careful_one && kind != PARTY_STATE && item->at.len)
					for (uint32_t p = 0; p < real->world->places_count; p++)
						if (real->world->places[p].kind == PLACE_LOCALITY)
							hidden &= !str_eq(item->at,
								real->world->places[p].name);
				some |= item->address_hidden;
				unknown |= item->costs_count == 0;
			}
		costs &= !unknown || memmem(text.ptr, text.len, "Not known. Ask", 14) != NULL;
	}
	told(hidden && some, "help-no-address: no town and no address of who shelters people");
	told(costs && unknown, "help-cost: no cost on record is not known");
	arena_free(&arena);
}

/* PARTY is among those named with an office in HOST to who asks for NEED. */
static bool offices_of(const struct real *real, const char *host, const char *nat,
	enum help_need need, const char *id)
{
	struct help_ask ask = question(real, host, world_nat(real->world, str_of(nat)), 0, 0);
	struct help_answers answers;
	struct arena arena;
	struct str name = STR_NONE;
	bool found = false;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	ask.needs[need] = true;
	shown(&arena, real, &ask, &answers);
	for (size_t i = 0; i < real->world->parties_count; i++)
		if (str_is(real->world->parties[i].id, id))
			name = real->world->parties[i].name;
	for (size_t o = 0; o < answers.offices_count; o++)
		found |= str_eq(answers.offices[o].party, name);
	arena_free(&arena);
	return found;
}

/* PARTY is among those who help with NEED in HOST. */
static bool answers_of(const struct real *real, const char *host, const char *nat,
	enum help_need need, const char *id)
{
	struct help_ask ask = question(real, host, world_nat(real->world, str_of(nat)), 0, 0);
	struct help_answers answers;
	struct arena arena;
	bool found = false;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	ask.needs[need] = true;
	shown(&arena, real, &ask, &answers);
	for (size_t s = 0; s < answers.services_count; s++)
		for (size_t i = 0; i < answers.services[s].items_count; i++)
			found |= str_is(
				real->world->parties[answers.services[s].items[i].answer->provider]
					.id,
				id);
	arena_free(&arena);
	return found;
}

/* Numbers, but nobody named who can be reached: who has an office is said. Where somebody can be
 * reached, the answer is not lengthened. */
static void dead_end(const struct real *real)
{
	struct help_ask ask = question(real, "SDN", world_nat(real->world, STR("NPL")), 0, 0);
	struct help_answers answers;
	struct arena arena;
	bool reached = false, hidden = false;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	ask.needs[NEED_PASSPORT_HELD] = true;
	shown(&arena, real, &ask, &answers);
	for (size_t s = 0; s < answers.services_count; s++)
		for (size_t i = 0; i < answers.services[s].items_count; i++) {
			reached |= answers.services[s].items[i].channels_count > 0;
			for (size_t o = 0; o < answers.offices_count; o++)
				hidden |= answers.services[s].items[i].address_hidden &&
					  str_eq(answers.offices[o].party,
						  answers.services[s].items[i].party);
		}
	told(answers.numbers_count && !reached && answers.offices_count && !hidden,
		"help-dead-end: who has an office here, but for whose place is kept back");
	told(offices_of(real, "LBN", "SYR", NEED_FEARS_STATE, "unhcr"),
		"help-dead-end: of many organizations those come first that the answer names");
	told(!offices_of(real, "PSE", "PHL", NEED_FEARS_STATE, "unrwa") &&
			offices_of(real, "LBN", "PSE", NEED_LAWYER, "unrwa"),
		"help-dead-end: an organization for one nationality is named to that one alone");
	told(answers_of(real, "ARE", "IND", NEED_WAGES, "IND"),
		"a wage that is not paid: the own post may help with legal matters");
	ask = question(real, "ECU", world_nat(real->world, STR("VEN")), 0, 0);
	ask.needs[NEED_MISSING] = true;
	shown(&arena, real, &ask, &answers);
	told(answers.services_count == 1 && answers.services[0].items[0].channels_count &&
			!answers.offices_count,
		"help-dead-end: the National Society has a page: nothing is added");
	arena_free(&arena);
}

static void card(const struct real *real)
{
	struct help_ask ask = question(real, "DEU", world_nat(real->world, STR("PHL")), 0, 0);
	struct help_answers answers;
	struct arena arena;
	struct buf out;
	struct str line, rest;
	size_t lines = 0;
	bool good = true;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	for (unsigned n = 0; n < NEED_COUNT; n++)
		ask.needs[n] = true;
	assert(help_answer(&answers, &arena, real->index, &ask) == STATUS_OK);
	buf_init(&out, &arena, 1 << 16);
	assert(help_card(&out, &answers, 0) == STATUS_OK);
	rest = buf_str(&out);
	while (str_next_word(&rest, "\n", &line)) {
		const char *digit = memchr(line.ptr, ' ', line.len);
		good &= digit != NULL && line.len < 60;
		lines++;
	}
	told(good && lines > 0 && lines <= HELP_CARD_LINES,
		"help-card: at most ten lines, each a word or letter and a number");
	arena_free(&arena);
}

static void named(const struct real *real)
{
	struct arena arena;
	struct str near;
	const struct world *world = real->world;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
#define NAT(lang, text, code)                                                                      \
	told(help_nat(world, &arena, help_lang(STR(lang)), STR(text), &near) ==                    \
			world_nat(world, STR(code)),                                               \
		"help-names: " text)
	NAT("en", "Syrian", "SYR");
	NAT("en", "Filipina", "PHL");
	NAT("en", "Ethiopian", "ETH");
	NAT("en", "Peruvian", "PER");
	NAT("en", "nigeria", "NGA");
	NAT("en", "NIGER", "NER");
	NAT("am", "ኢትዮጵያ", "ETH");
	NAT("hi", "नेपाल", "NPL");
	NAT("zh", "菲律宾", "PHL");
	NAT("ar", "سوريا", "SYR");
	NAT("sw", "kenya", "KEN");
	told(help_nat(world, &arena, 0, STR("Persian"), &near) == NAT_NONE,
		"help-names: Persian is not Peru");
	told(help_place(world, &arena, 0, STR("LEBANON"), &near) == world_place(world, STR("LBN")),
		"help-names: a country");
	told(help_place(world, &arena, 0, STR("Khartoum"), &near) != NONE32, "help-names: a town");
	told(help_place(world, &arena, 0, STR("Lebanom"), &near) == NONE32 &&
			str_is(near, "Lebanon"),
		"help-names: a slip is not guessed, the nearest name is told");
	told(help_place(world, &arena, 0, STR(""), &near) == NONE32, "help-names: nothing");
#define CITY(lang, text, id)                                                                       \
	told(help_place(world, &arena, help_lang(STR(lang)), STR(text), &near) ==                  \
			world_place(world, STR(id)),                                               \
		"help-cities: " text)
	CITY("ar", "بيروت", "LBN-beirut");
	CITY("ar", "الخرطوم", "SDN-khartoum");
	CITY("am", "ቤሩት", "LBN-beirut");
	CITY("zh", "贝鲁特", "LBN-beirut");
	CITY("fr", "beyrouth", "LBN-beirut");
#undef CITY
	told(help_place(world, &arena, help_lang(STR("ar")), STR("بيروتت"), &near) == NONE32,
		"help-cities: no city is guessed");
	arena_free(&arena);
}

/* What people call a country where no record does. */
static void called(const struct real *real)
{
	static const struct {
		const char *lang, *text, *code;
	} rows[] = { { "en", "UK", "GBR" }, { "en", "u.k.", "GBR" }, { "en", "U.S.", "USA" },
		{ "en", "UAE", "ARE" }, { "en", "DRC", "COD" }, { "fr", "RDC", "COD" },
		{ "es", "EE.UU.", "USA" }, { "es", "EEUU", "USA" }, { "ar", "الإمارات", "ARE" },
		{ "ar", "امارات", "ARE" }, { "ar", "بريطانيا", "GBR" }, { "ar", "أمريكا", "USA" },
		{ "hi", "सऊदी", "SAU" }, { "bn", "আমেরিকা", "USA" }, { "ru", "США", "USA" },
		{ "sw", "Uarabuni", "SAU" }, { "en", "Ujae", NULL } };
	const struct world *world = real->world;
	struct set256 guarded = { { 0 } };
	size_t unknown = 0;
	struct arena arena;
	struct str near;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint32_t place = rows[i].code ? world_place(world, str_of(rows[i].code)) : NONE32;
		uint32_t found = help_place(world, &arena, help_lang(str_of(rows[i].lang)),
			str_of(rows[i].text), &near);
		char name[80];

		snprintf(name, sizeof name, "help-called: %s%s", rows[i].text,
			rows[i].code ? "" : " is none of these");
		told(rows[i].code ? found == place
				  : found == NONE32 || world->places[found].kind != PLACE_COUNTRY,
			name);
	}
	for (size_t i = 0; i < help_called_count; i++)
		unknown += world_place(world, str_of(help_called[i].code)) == NONE32;
	told(unknown == 0, "help-called: every name is a country's");
	set256_add(&guarded, world_nat(world, STR("ARE")));
	told(help_names(world, &arena, 0, &guarded, STR("Ask at the UAE mission")) &&
			help_names(world, &arena, 0, &guarded, STR("the Emirati consul")) &&
			!help_names(world, &arena, 0, &guarded, STR("Ask the museum")),
		"help-called: a State that is feared is known by these names too");
	set256_add(&guarded, world_nat(world, STR("USA")));
	told(!help_names(world, &arena, 0, &guarded, STR("Call us")) &&
			help_names(world, &arena, 0, &guarded, STR("American Red Cross")),
		"help-called: an ordinary word names no State");
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	static struct real real;

	assert(argc == 2);
	load(&real, argv[1]);
	without_fear(&real);
	signs(&real);
	careful(&real);
	dead_end(&real);
	card(&real);
	named(&real);
	called(&real);
	fears(&real);
	printf("1..%d\n", tests);
	arena_free(&real.arena);
	return faults > 0;
}
