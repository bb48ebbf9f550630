/* Cities in the reader's language. names.csv has countries only; ICU has the name of the city by
 * which each time zone is called, most capitals among them, in all languages of find help. */
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include "help/internal.h"

#define UNITS_MAX 200

/* A clock that can be set to any zone and says its city. */
struct city_clock {
	UDateFormat *format;
	UCalendar *calendar;
};

static bool clock_open(struct city_clock *clock, const char *tag)
{
	static const UChar city[] = { 'V', 'V', 'V', 0 };
	UErrorCode error = U_ZERO_ERROR;

	*clock = (struct city_clock){
		udat_open(UDAT_PATTERN, UDAT_PATTERN, tag, NULL, 0, city, 3, &error), NULL
	};
	if (U_SUCCESS(error))
		clock->calendar = ucal_clone(udat_getCalendar(clock->format), &error);
	return U_SUCCESS(error);
}

static void clock_close(struct city_clock *clock)
{
	if (clock->calendar)
		ucal_close(clock->calendar);
	if (clock->format)
		udat_close(clock->format);
}

/* Empty: ICU has no name for it. */
static struct str city_of(
	const struct city_clock *clock, struct arena *arena, const UChar *zone, int32_t zone_len)
{
	UChar units[UNITS_MAX];
	char bytes[UNITS_MAX * 3];
	UErrorCode error = U_ZERO_ERROR;
	int32_t count, len = 0;

	ucal_setTimeZone(clock->calendar, zone, zone_len, &error);
	if (U_FAILURE(error))
		return STR_NONE;
	udat_setCalendar(clock->format, clock->calendar);
	count = udat_format(clock->format, 0, units, UNITS_MAX, NULL, &error);
	u_strToUTF8(bytes, (int32_t)sizeof bytes, &len, units, count, &error);
	return U_SUCCESS(error) ? str_copy(arena, (struct str){ bytes, (size_t)len }) : STR_NONE;
}

/* The locality of this English name in a country; the country where it has none. */
static uint32_t locality(const struct world *world, uint32_t country, struct str english)
{
	for (uint32_t p = 0; p < world->places_count; p++)
		if (world->places[p].country == country &&
			world->places[p].kind == PLACE_LOCALITY &&
			str_eq(world->places[p].name, english))
			return p;
	return country;
}

/* Of the country with the two letters REGION. */
static uint32_t find_in(const struct city_clock clocks[2], const struct world *world,
	struct arena *arena, struct str folded, const char *region, uint32_t country)
{
	UErrorCode error = U_ZERO_ERROR;
	UEnumeration *zones = ucal_openTimeZoneIDEnumeration(
		UCAL_ZONE_TYPE_CANONICAL_LOCATION, region, NULL, &error);
	uint32_t found = NONE32;
	const UChar *zone;
	int32_t len;

	while (U_SUCCESS(error) && found == NONE32 && (zone = uenum_unext(zones, &len, &error))) {
		struct str name, same = city_of(&clocks[1], arena, zone, len);
		if (same.len && help_fold(&name, arena, same) == STATUS_OK && str_eq(name, folded))
			found = locality(world, country, city_of(&clocks[0], arena, zone, len));
	}
	uenum_close(zones);
	return found;
}

uint32_t help_city(const struct world *world, struct arena *arena, size_t lang, struct str folded)
{
	struct city_clock clocks[2] = { 0 };
	uint32_t found = NONE32;

	if (clock_open(&clocks[0], "en") && clock_open(&clocks[1], help_lang_tag(lang).ptr))
		for (const char *const *two = uloc_getISOCountries(); *two && found == NONE32;
			two++) {
			uint32_t country = world_place(world, str_of(help_three_letters(*two)));
			if (country != NONE32)
				found = find_in(clocks, world, arena, folded, *two, country);
		}
	clock_close(&clocks[0]);
	clock_close(&clocks[1]);
	return found;
}
