/* Names as people type and read them: codes, names.csv in every language it has, and the names of
 * countries that ICU knows in the reader's language where names.csv has none. */
#include <assert.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include "help/internal.h"

#define NAME_MAX_UNITS 200
#define NEAR_MAX 512u

struct str help_date(struct arena *arena, size_t lang, int32_t date)
{
	static const UChar zone[] = { 'U', 'T', 'C', 0 };
	UChar units[NAME_MAX_UNITS];
	char bytes[NAME_MAX_UNITS * 3];
	UErrorCode error = U_ZERO_ERROR;
	UDateFormat *format;
	int32_t count, len = 0;

	if (date == DATE_NONE)
		return STR_NONE;
	/* figures as in the numbers to call beside it */
	format = udat_open(UDAT_NONE, UDAT_LONG,
		str_format(arena, "%s@calendar=gregorian;numbers=latn",
			lang ? help_tongues[lang].tag : "en_GB") /* the day first */
			.ptr,
		zone, -1, NULL, 0, &error);
	count = udat_format(format, (double)date * 86400e3, units, NAME_MAX_UNITS, NULL, &error);
	udat_close(format);
	u_strToUTF8(bytes, (int32_t)sizeof bytes, &len, units, count, &error);
	if (U_FAILURE(error)) {
		date_format(bytes, date);
		return str_copy(arena, str_of(bytes));
	}
	return str_copy(arena, (struct str){ bytes, (size_t)len });
}

struct str help_icu_name(struct arena *arena, const char *lang, const char *two)
{
	UChar units[NAME_MAX_UNITS];
	char locale[8] = "und_", bytes[NAME_MAX_UNITS * 3];
	UErrorCode error = U_ZERO_ERROR;
	int32_t count, len = 0;

	memcpy(locale + 4, two, 3);
	count = uloc_getDisplayCountry(locale, lang, units, NAME_MAX_UNITS, &error);
	if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING)
		return STR_NONE;
	u_strToUTF8(bytes, (int32_t)sizeof bytes, &len, units, count, &error);
	if (U_FAILURE(error))
		return STR_NONE;
	return str_copy(arena, (struct str){ bytes, (size_t)len });
}

const char *help_three_letters(const char *two)
{
	char locale[8] = "und_";

	memcpy(locale + 4, two, 3);
	return uloc_getISO3Country(locale);
}

/* Of the country with the three letters of CODE. */
static struct str icu_name(struct arena *arena, const char *lang, struct str code)
{
	for (const char *const *all = uloc_getISOCountries(); code.len == 3 && *all; all++)
		if (str_is(code, help_three_letters(*all)))
			return help_icu_name(arena, lang, *all);
	return STR_NONE;
}

struct str help_name(const struct world *world, struct arena *arena, size_t lang, struct str id,
	struct str otherwise)
{
	struct str tag = help_lang_tag(lang), name = STR_NONE;

	if (!str_is(tag, "en"))
		name = world_name(world, id, tag);
	if (!name.len && !str_is(tag, "en"))
		name = icu_name(arena, tag.ptr, id);
	if (!name.len)
		name = world_name(world, id, STR("en"));
	return name.len ? name : otherwise;
}

/* A candidate while a name is looked for. */
struct seek {
	struct str wanted; /* folded */
	uint32_t exact, close;
	size_t close_len;
	bool close_twice;
	struct str near[NEAR_MAX]; /* folded names that share the first letter */
	struct str near_text[NEAR_MAX];
	size_t near_count;
};

/* "syrian" and "syria": all of NAME but its last letter begins what is wanted, and four letters at
 * the least. */
static bool is_close(struct str wanted, struct str name)
{
	size_t stem = name.len > 4 ? name.len - 1 : name.len;

	return name.len >= 4 && wanted.len >= name.len && wanted.len <= name.len + 5 &&
	       memcmp(wanted.ptr, name.ptr, stem) == 0;
}

static enum status try_name(struct seek *seek, struct arena *arena, struct str name, uint32_t is)
{
	struct str folded;
	enum status status;

	if (!name.len || name.len > 200)
		return STATUS_OK;
	status = help_fold(&folded, arena, name);
	if (status != STATUS_OK || !folded.len)
		return status;
	if (str_eq(folded, seek->wanted) && seek->exact == NONE32)
		seek->exact = is;
	if (is_close(seek->wanted, folded)) {
		if (folded.len > seek->close_len) {
			seek->close = is;
			seek->close_len = folded.len;
			seek->close_twice = false;
		} else if (folded.len == seek->close_len && seek->close != is) {
			seek->close_twice = true;
		}
	}
	if (seek->near_count < NEAR_MAX && folded.ptr[0] == seek->wanted.ptr[0]) {
		seek->near[seek->near_count] = folded;
		seek->near_text[seek->near_count++] = name;
	}
	return STATUS_OK;
}

static enum status try_icu(
	struct seek *seek, struct arena *arena, const struct world *world, size_t lang)
{
	enum status status = STATUS_OK;

	for (const char *const *all = uloc_getISOCountries(); *all && status == STATUS_OK; all++) {
		uint32_t place = world_place(world, str_of(help_three_letters(*all)));
		if (place != NONE32)
			status = try_name(seek, arena,
				help_icu_name(arena, help_lang_tag(lang).ptr, *all), place);
	}
	return status;
}

/* The place that TEXT names, among countries alone or all; NONE32. */
static uint32_t seek_place(const struct world *world, struct arena *arena, size_t lang,
	struct str text, bool countries_only, bool nearly, struct str *near)
{
	struct seek *seek = ARENA_ARRAY(arena, 1, struct seek);
	enum status status;
	struct str word, code;

	*near = STR_NONE;
	if (!seek || text.len > 200 ||
		help_fold(&seek->wanted, arena, str_trim(text)) != STATUS_OK || !seek->wanted.len)
		return NONE32;
	seek->exact = seek->close = NONE32;
	status = help_called_code(&code, arena, text);
	if (status == STATUS_OK && code.len)
		seek->exact = world_place(world, code);
	for (uint32_t p = 0; p < world->places_count && status == STATUS_OK; p++) {
		const struct place *place = &world->places[p];
		if (place->country == NONE32 || (countries_only && place->kind != PLACE_COUNTRY))
			continue;
		if (str_same_letters(place->id, str_trim(text)))
			return p;
		status = try_name(seek, arena, place->name, p);
	}
	for (size_t i = 0; i < world->names_count && status == STATUS_OK; i++) {
		uint32_t p = world_place(world, world->names[i].id);
		if (p != NONE32 && world->places[p].country != NONE32 &&
			(!countries_only || world->places[p].kind == PLACE_COUNTRY))
			status = try_name(seek, arena, world->names[i].name, p);
	}
	if (status == STATUS_OK)
		status = try_icu(seek, arena, world, lang);
	if (status == STATUS_OK && seek->exact == NONE32 && !countries_only)
		seek->exact = help_city(world, arena, lang, seek->wanted);
	if (status != STATUS_OK || seek->exact != NONE32)
		return status == STATUS_OK ? seek->exact : NONE32;
	if (nearly && seek->close != NONE32 && !seek->close_twice)
		return seek->close;
	word = text_nearest(seek->wanted, seek->near, seek->near_count);
	for (size_t i = 0; i < seek->near_count; i++)
		if (word.ptr && seek->near[i].ptr == word.ptr)
			*near = seek->near_text[i];
	return NONE32;
}

uint32_t help_place(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str *near)
{
	uint32_t place = seek_place(world, arena, lang, text, true, false, near);

	return place != NONE32 ? place : seek_place(world, arena, lang, text, false, false, near);
}

uint16_t help_nat(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str *near)
{
	uint32_t place;

	for (uint16_t nat = 0; nat < world->nats_count; nat++)
		if (str_same_letters(world->nats[nat].code, str_trim(text))) {
			*near = STR_NONE;
			return nat;
		}
	place = seek_place(world, arena, lang, text, true, true, near);
	return place == NONE32 ? NAT_NONE : world->places[place].nat;
}

/* ---- does a text name a State ---- */

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The longer name of another country covers what stands at AT ("South Sudan" is not Sudan). */
static bool covered(const struct world *world, struct arena *arena, size_t lang, struct str text,
	size_t at, struct str name)
{
	for (uint16_t n = 0; n < world->nats_count; n++) {
		uint32_t place = world->nats[n].place;
		for (int round = 0; round < 2 && place != NONE32; round++) {
			struct str folded, other = world->places[place].name;
			if (round)
				other = help_name(
					world, arena, lang, world->nats[n].code, STR_NONE);
			if (!other.len || help_fold(&folded, arena, other) != STATUS_OK ||
				folded.len <= name.len)
				continue;
			for (size_t from = 0; from <= at && from + folded.len <= text.len; from++)
				if (from + folded.len >= at + name.len &&
					memcmp(text.ptr + from, folded.ptr, folded.len) == 0)
					return true;
		}
	}
	return false;
}

/* NAME, folded, begins at a word of TEXT, folded: "syria" in "syrian"; a code must be the whole
 * word. */
static bool says(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str name, bool whole)
{
	if (name.len < 2)
		return false;
	for (size_t at = 0; at + name.len <= text.len; at++) {
		if (memcmp(text.ptr + at, name.ptr, name.len) != 0)
			continue;
		if (at > 0 && letter(text.ptr[at - 1]) && (unsigned char)name.ptr[0] < 0x80)
			continue;
		if (whole && at + name.len < text.len && letter(text.ptr[at + name.len]))
			continue;
		if (!covered(world, arena, lang, text, at, name))
			return true;
	}
	return false;
}

/* TEXT, folded, calls the country CODE as people do. Short names must be whole words. */
static bool calls(const struct world *world, struct arena *arena, size_t lang, struct str text,
	struct str code)
{
	struct str name;

	for (size_t i = 0; i < help_called_count; i++) {
		if (help_called[i].common || !str_is(code, help_called[i].code))
			continue;
		if (help_fold(&name, arena, str_of(help_called[i].name)) != STATUS_OK ||
			says(world, arena, lang, text, name, name.len <= 4))
			return true;
	}
	return false;
}

bool help_names(const struct world *world, struct arena *arena, size_t lang,
	const struct set256 *guarded, struct str text)
{
	struct str folded, name;

	if (!text.len || set256_empty(guarded))
		return false;
	if (text.len > 4000 || help_fold(&folded, arena, text) != STATUS_OK)
		return true; /* what cannot be read is not shown */
	for (uint16_t nat = 0; nat < world->nats_count; nat++) {
		const struct nationality *of = &world->nats[nat];
		if (!set256_has(guarded, nat))
			continue;
		if (help_fold(&name, arena, of->code) != STATUS_OK ||
			says(world, arena, lang, folded, name, true) ||
			calls(world, arena, lang, folded, of->code))
			return true;
		if (of->place != NONE32 &&
			(help_fold(&name, arena, world->places[of->place].name) != STATUS_OK ||
				says(world, arena, lang, folded, name, false)))
			return true;
		if (of->state != NONE32 &&
			(help_fold(&name, arena, world->parties[of->state].name) != STATUS_OK ||
				says(world, arena, lang, folded, name, false)))
			return true;
		if (help_fold(&name, arena, help_name(world, arena, lang, of->code, STR_NONE)) !=
				STATUS_OK ||
			says(world, arena, lang, folded, name, false))
			return true;
	}
	return false;
}
