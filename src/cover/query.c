/* Queries from words. One table of fields (name, setter) serves the command line, batches, the
 * agreements' own cases and later the API, so that a field means the same, and is refused in the
 * same words, wherever it is given.
 *
 * A value comes from outside and may be any bytes: it is checked before it is quoted, and what is
 * quoted is short and printable. */
#include "cover/cover.h"

#include <assert.h>
#include <string.h>

#define SEPARATORS ", \t"
#define QUOTE_MAX 48 /* bytes of a faulty value that a message repeats */

struct asked { /* one value for one field, and where to tell a fault */
	struct query *query;
	const struct world *world;
	struct str value;
	struct diags *diags;
	struct str file;
	struct pos pos;
	struct str path;
};

#define FAULT(asked, ...)                                                                          \
	(diags_add((asked)->diags, (asked)->file, (asked)->pos, (asked)->path, __VA_ARGS__),       \
		STATUS_REFUSED)

struct quoted {
	char text[QUOTE_MAX + 8];
};

/* VALUE as a message may repeat it: cut on a code point, control characters as '?'. VALUE is valid
 * UTF-8. */
static struct quoted quote(struct str value)
{
	struct quoted quoted;
	size_t len = value.len;
	bool cut = len > QUOTE_MAX;

	if (cut)
		for (len = QUOTE_MAX; len > 0 && ((unsigned char)value.ptr[len] & 0xC0u) == 0x80u;
			len--)
			;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		quoted.text[i] = c < 0x20 || c == 0x7F ? '?' : (char)c;
	}
	memcpy(quoted.text + len, cut ? "..." : "", cut ? 4 : 1);
	return quoted;
}

/* "; did you mean 'X'?": the code in upper case when that exists (the commonest slip), else the
 * nearest of WORDS. */
static struct str suggest(const struct asked *asked, struct str word, const struct symbols *ids,
	const struct str *words, size_t count)
{
	char upper[32];

	if (word.len > 0 && word.len <= sizeof(upper) && ids) {
		for (size_t i = 0; i < word.len; i++)
			upper[i] = word.ptr[i] >= 'a' && word.ptr[i] <= 'z'
					   ? (char)(word.ptr[i] - 'a' + 'A')
					   : word.ptr[i];
		struct str code = { upper, word.len };
		if (!str_eq(code, word) && symbols_get(ids, code) != SYMBOL_NONE)
			return str_format(asked->diags->arena, "; did you mean '" STR_FMT "'?",
				STR_ARG(code));
	}
	return word.len > 64 ? STR_NONE : diags_suggest(asked->diags, word, words, count);
}

static bool same_letters(struct str a, struct str b)
{
	if (a.len != b.len || a.len == 0)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		char x = a.ptr[i], y = b.ptr[i];
		x = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
		y = y >= 'A' && y <= 'Z' ? (char)(y - 'A' + 'a') : y;
		if (x != y)
			return false;
	}
	return true;
}

/* The country, or the place in one, whose name is nearest to NAME; NONE32: NAME looks like a code,
 * or none is near. */
static uint32_t nearest_name(const struct asked *asked, struct str name, bool countries)
{
	const struct world *world = asked->world;
	struct str *names, near;
	size_t count = 0;

	if (name.len <= 3 || name.len > 64 || memchr(name.ptr, '-', name.len))
		return NONE32;
	names = ARENA_ARRAY(asked->diags->arena, world->places_count, struct str);
	for (size_t i = 0; names && i < world->places_count; i++)
		if (world->places[i].country != NONE32 &&
			(world->places[i].kind == PLACE_COUNTRY) == countries)
			names[count++] = world->places[i].name;
	near = text_nearest(name, names, count);
	for (uint32_t i = 0; near.len && i < world->places_count; i++)
		if (world->places[i].country != NONE32 && str_eq(world->places[i].name, near) &&
			(world->places[i].kind == PLACE_COUNTRY) == countries)
			return i;
	return NONE32;
}

/* Somebody wrote a name where a code is asked for: "; did you mean 'SDN'?", countries first. */
static struct str suggest_by_name(const struct asked *asked, struct str name, bool countries_only)
{
	const struct world *world = asked->world;
	uint32_t found = NONE32;

	for (uint32_t i = 0; i < world->places_count; i++) {
		bool country = world->places[i].kind == PLACE_COUNTRY;
		if (!same_letters(world->places[i].name, name) || (countries_only && !country) ||
			world->places[i].country == NONE32)
			continue;
		if (found == NONE32 || country)
			found = i;
	}
	if (found == NONE32)
		found = nearest_name(asked, name, true);
	if (found == NONE32 && !countries_only)
		found = nearest_name(asked, name, false);
	if (found == NONE32)
		return STR_NONE;
	return str_format(asked->diags->arena, "; did you mean '" STR_FMT "'?",
		STR_ARG(world->places[found].id));
}

/* One code of a nationality or of a territory, whose people's nationality is meant; *TERRITORY says
 * which, else NONE32. */
static enum status read_nat(
	const struct asked *asked, struct str code, uint16_t *nat, uint32_t *territory)
{
	const struct world *world = asked->world;
	uint32_t place;

	*territory = NONE32;
	*nat = world_nat(world, code);
	if (*nat != NAT_NONE)
		return STATUS_OK;
	place = world_place(world, code);
	if (place != NONE32 && world->places[place].kind == PLACE_COUNTRY) {
		if (world->places[place].nat == NAT_NONE)
			return FAULT(asked,
				"nobody has the nationality of '%s': no State's nationality is on "
				"record for it",
				quote(code).text);
		*nat = world->places[place].nat;
		*territory = place;
		return STATUS_OK;
	}
	struct str hint = suggest_by_name(asked, code, true);
	if (!hint.len)
		hint = suggest(
			asked, code, &world->nat_ids, world_nat_id_list(world), world->nats_count);
	if (!hint.len)
		hint = STR("; a code of three letters is asked for, as DEU");
	return FAULT(asked, "unknown nationality '%s'" STR_FMT, quote(code).text, STR_ARG(hint));
}

static enum status set_nationality(const struct asked *asked)
{
	struct query *query = asked->query;
	struct str rest = asked->value, word;
	enum status status = STATUS_OK;

	query->nat_count = 0;
	while (str_next_word(&rest, SEPARATORS, &word)) {
		uint16_t nat;
		uint32_t territory;
		size_t i;
		if (read_nat(asked, word, &nat, &territory) != STATUS_OK) {
			status = STATUS_REFUSED;
			continue;
		}
		for (i = 0; i < query->nat_count && query->nats[i] != nat; i++)
			;
		if (i == QUERY_NATS_MAX)
			return FAULT(asked, "more than %d nationalities", QUERY_NATS_MAX);
		if (i < query->nat_count)
			continue;
		query->nats[i] = nat;
		query->territories[i] = territory;
		query->nat_count++;
	}
	if (status == STATUS_OK && query->nat_count == 0)
		return FAULT(asked, "no nationality is given");
	return status;
}

static enum status set_fears(const struct asked *asked)
{
	struct query *query = asked->query;
	struct str rest = asked->value, word;
	enum status status = STATUS_OK;

	query->fear_count = 0;
	while (str_next_word(&rest, SEPARATORS, &word)) {
		uint16_t nat;
		uint32_t territory;
		size_t i;
		if (read_nat(asked, word, &nat, &territory) != STATUS_OK) {
			status = STATUS_REFUSED;
			continue;
		}
		for (i = 0; i < query->fear_count && query->fears[i] != nat; i++)
			;
		if (i == QUERY_FEARS_MAX)
			return FAULT(asked, "more than %d feared States", QUERY_FEARS_MAX);
		if (i == query->fear_count)
			query->fears[query->fear_count++] = nat;
	}
	if (status == STATUS_OK && query->fear_count == 0)
		return FAULT(asked, "no State is given");
	return status;
}

static enum status set_residence(const struct asked *asked)
{
	uint32_t territory;
	uint16_t nat;
	enum status status = read_nat(asked, str_trim(asked->value), &nat, &territory);

	if (status == STATUS_OK)
		asked->query->residence = nat;
	return status;
}

static enum status set_status(const struct asked *asked)
{
	struct str rest = asked->value, word;
	enum status status = STATUS_OK;
	unsigned set = 0;

	while (str_next_word(&rest, SEPARATORS, &word)) {
		unsigned i;
		for (i = 0; i < PERSON_STATUSES && !str_eq(word, accord_person_words[i]); i++)
			;
		if (i < PERSON_STATUSES) {
			set |= PERSON_BIT(i);
			continue;
		}
		struct str hint = suggest(asked, word, NULL, accord_person_words, PERSON_STATUSES);
		if (!hint.len)
			hint = STR("; 'entente help statuses' lists them");
		status = FAULT(
			asked, "unknown status '%s'" STR_FMT, quote(word).text, STR_ARG(hint));
	}
	if (status == STATUS_OK && set == 0)
		return FAULT(asked, "no status is given");
	asked->query->statuses = set;
	return status;
}

/* A place that is a country or lies in one. */
static enum status read_place(const struct asked *asked, uint32_t *place)
{
	const struct world *world = asked->world;
	struct str id = str_trim(asked->value);

	*place = world_place(world, id);
	if (*place == NONE32) {
		struct str hint = suggest_by_name(asked, id, false);
		if (!hint.len)
			hint = suggest(asked, id, &world->place_ids, world_place_id_list(world),
				world->places_count);
		if (!hint.len)
			hint = STR("; a code is asked for, as LBN or GRC-crete");
		return FAULT(asked, "unknown place '%s'" STR_FMT, quote(id).text, STR_ARG(hint));
	}
	if (world->places[*place].country == NONE32)
		return FAULT(asked,
			"'%s' is larger than a country; give a country or a place in one",
			quote(id).text);
	return STATUS_OK;
}

static enum status set_place(const struct asked *asked)
{
	uint32_t place;
	enum status status = read_place(asked, &place);

	if (status == STATUS_OK)
		asked->query->place = place;
	return status;
}

static enum status set_to(const struct asked *asked)
{
	uint32_t place;
	enum status status = read_place(asked, &place);

	if (status == STATUS_OK)
		asked->query->to = place;
	return status;
}

/* Is WORD the leaf of the code ("shelter" in "relief.shelter")? */
static bool is_leaf(const struct service *service, struct str word)
{
	const char *dot = strchr(service->code, '.');

	return dot && same_letters(str_of(dot + 1), word);
}

/* Is WORD one of the words of the label ("passport" in "Passport or emergency travel document")?
 * Words of fewer than four letters say nothing. */
static bool in_label(const struct service *service, struct str word)
{
	struct str rest = str_of(service->label_en), part;

	while (word.len >= 4 && str_next_word(&rest, " ,-", &part))
		if (same_letters(part, word))
			return true;
	return false;
}

/* "; did you mean 'A', 'B'?" of the services that FITS, at most three; STR_NONE for none. */
static struct str suggest_fitting(const struct asked *asked, struct str word,
	bool (*fits)(const struct service *service, struct str word))
{
	struct buf text;
	size_t count = 0;

	buf_init(&text, asked->diags->arena, 512);
	for (size_t i = 0; i < world_service_count && count < 3; i++)
		if (fits(&world_services[i], word))
			buf_add_format(&text, "%s'%s'", count++ ? ", " : "; did you mean ",
				world_services[i].code);
	if (count == 0)
		return STR_NONE;
	buf_add_char(&text, '?');
	return text.failed ? STR_NONE : buf_str(&text);
}

/* The leaf alone, a slip of the pen, a word of the label; else where the codes are listed. */
static struct str suggest_service(const struct asked *asked, struct str word)
{
	struct str hint = suggest_fitting(asked, word, is_leaf);

	if (!hint.len)
		hint = suggest(asked, word, NULL, world_service_codes(), world_service_count);
	if (!hint.len)
		hint = suggest_fitting(asked, word, in_label);
	return hint.len ? hint : STR("; 'entente help services' lists them");
}

static enum status set_service(const struct asked *asked)
{
	struct str code = str_trim(asked->value);
	uint8_t service = world_service_find(code);

	if (service == SERVICE_NONE) {
		struct str hint = suggest_service(asked, code);
		return FAULT(
			asked, "unknown service '%s'" STR_FMT, quote(code).text, STR_ARG(hint));
	}
	asked->query->service = service;
	return STATUS_OK;
}

static enum status set_phase(const struct asked *asked)
{
	struct str word = str_trim(asked->value);

	for (unsigned i = 0; i < 3; i++)
		if (str_eq(word, accord_phase_words[i])) {
			asked->query->phase = (enum phase)(1u << i);
			return STATUS_OK;
		}
	struct str hint = suggest(asked, word, NULL, accord_phase_words, 3);
	return FAULT(asked, "unknown phase '%s'" STR_FMT, quote(word).text, STR_ARG(hint));
}

static enum status read_date(const struct asked *asked, int32_t *date)
{
	struct str word = str_trim(asked->value);

	if (!date_parse(word, date))
		return FAULT(asked, "'%s' is no date; a date is written YYYY-MM-DD, as 2022-06-01",
			quote(word).text);
	return STATUS_OK;
}

static enum status set_date(const struct asked *asked)
{
	return read_date(asked, &asked->query->date);
}

static enum status set_resident_since(const struct asked *asked)
{
	return read_date(asked, &asked->query->resident_since);
}

static enum status set_as(const struct asked *asked)
{
	struct str id = str_trim(asked->value);
	uint32_t party;

	if (str_is(id, "public")) {
		asked->query->viewer = VIEWER_PUBLIC;
		return STATUS_OK;
	}
	party = world_party(asked->world, id);
	if (party == NONE32) {
		struct str hint = suggest(asked, id, &asked->world->party_ids,
			world_party_id_list(asked->world), asked->world->parties_count);
		if (!hint.len)
			hint = STR("; a code is asked for, as DEU or unhcr");
		return FAULT(asked, "unknown party '%s'" STR_FMT, quote(id).text, STR_ARG(hint));
	}
	asked->query->viewer = party;
	return STATUS_OK;
}

static enum status read_flag(const struct asked *asked, bool *flag)
{
	struct str word = str_trim(asked->value);
	bool yes = word.len == 0 || str_is(word, "true") || str_is(word, "1");

	if (!yes && !str_is(word, "false") && !str_is(word, "0"))
		return FAULT(asked, "'%s' is neither true nor false", quote(word).text);
	*flag = yes;
	return STATUS_OK;
}

static enum status set_informed_choice(const struct asked *asked)
{
	return read_flag(asked, &asked->query->informed_choice);
}
static enum status set_screened(const struct asked *asked)
{
	return read_flag(asked, &asked->query->screened);
}
static enum status set_best_interests(const struct asked *asked)
{
	return read_flag(asked, &asked->query->best_interests);
}

/* The table: a field is a name and a function; the order is that of the names in help, in echoes
 * and in suggestions. */
#define FIELDS(F)                                                                                  \
	F("nationality", set_nationality)                                                          \
	F("place", set_place)                                                                      \
	F("service", set_service)                                                                  \
	F("residence", set_residence)                                                              \
	F("fears", set_fears)                                                                      \
	F("status", set_status)                                                                    \
	F("phase", set_phase)                                                                      \
	F("to", set_to) F("date", set_date) F("as", set_as)                                        \
		F("resident-since", set_resident_since) F("informed-choice", set_informed_choice)  \
			F("screened", set_screened) F("best-interests", set_best_interests)

#define FIELD_NAME(name, setter) { name, sizeof(name) - 1 },
#define FIELD_SETTER(name, setter) setter,
const struct str cover_query_fields[] = { FIELDS(FIELD_NAME) };
const size_t cover_query_field_count = sizeof(cover_query_fields) / sizeof(cover_query_fields[0]);
static enum status (*const setters[])(const struct asked *) = { FIELDS(FIELD_SETTER) };

void cover_query_init(struct query *query, int32_t date, uint32_t viewer)
{
	assert(query != NULL);
	*query = (struct query){ .residence = NAT_NONE,
		.place = NONE32,
		.service = SERVICE_NONE,
		.phase = PHASE_DURING,
		.date = date,
		.to = NONE32,
		.viewer = viewer,
		.resident_since = DATE_NONE };
	for (size_t i = 0; i < QUERY_NATS_MAX; i++) {
		query->nats[i] = NAT_NONE;
		query->territories[i] = NONE32;
	}
}

enum status cover_query_set(struct query *query, const struct world *world, struct str name,
	struct str value, struct diags *diags, struct str file, struct pos pos, struct str path)
{
	struct asked asked = { query, world, value, diags, file, pos, path };

	assert(query != NULL && world != NULL && diags != NULL);
	if (utf8_valid_prefix(name) != name.len || utf8_valid_prefix(value) != value.len)
		return FAULT(&asked, "bytes that are not UTF-8");
	for (size_t i = 0; i < cover_query_field_count; i++)
		if (str_eq(name, cover_query_fields[i]))
			return setters[i](&asked);
	struct str hint = suggest(&asked, name, NULL, cover_query_fields, cover_query_field_count);
	return FAULT(&asked, "unknown field '%s'" STR_FMT, quote(name).text, STR_ARG(hint));
}

static const char *people_fault(const struct world *world, const struct query *query)
{
	if (query->nat_count == 0)
		return "no nationality is given (XXA: stateless, XXX: not known)";
	if (query->nat_count > QUERY_NATS_MAX || query->fear_count > QUERY_FEARS_MAX)
		return "too many nationalities or feared States";
	for (size_t i = 0; i < query->nat_count; i++) {
		if (query->nats[i] >= world->nats_count)
			return "a nationality is out of range";
		for (size_t j = 0; j < i; j++)
			if (query->nats[i] == query->nats[j])
				return "a nationality is given twice";
	}
	for (size_t i = 0; i < query->fear_count; i++)
		if (query->fears[i] >= world->nats_count)
			return "a feared State is out of range";
	if (query->residence != NAT_NONE && query->residence >= world->nats_count)
		return "the State of residence is out of range";
	if (query->statuses >> PERSON_STATUSES)
		return "a status is out of range";
	return NULL;
}

const char *cover_query_fault(const struct world *world, const struct query *query)
{
	const char *fault;

	assert(world != NULL && query != NULL);
	fault = people_fault(world, query);
	if (fault)
		return fault;
	if (query->place == NONE32)
		return "no place is given";
	if (query->place >= world->places_count || world->places[query->place].country == NONE32)
		return "the place must be a country or lie in one";
	if (query->service == SERVICE_NONE)
		return "no service is given";
	if (query->service >= world_service_count)
		return "the service is out of range";
	if (query->phase != PHASE_BEFORE && query->phase != PHASE_DURING &&
		query->phase != PHASE_AFTER)
		return "the phase is none of before, during, after";
	if (query->date == DATE_NONE)
		return "no date is given";
	if (query->to != NONE32 &&
		(query->to >= world->places_count || world->places[query->to].country == NONE32))
		return "the destination must be a country or lie in one";
	if (query->viewer != VIEWER_ALL && query->viewer != VIEWER_PUBLIC &&
		query->viewer >= world->parties_count)
		return "the viewer is no party";
	if (query->resident_since != DATE_NONE && query->resident_since > query->date)
		return "resident-since lies after the date";
	return NULL;
}
