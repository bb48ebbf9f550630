/* Dates as day numbers, durations, working days. The proleptic Gregorian calendar; no time
 * zones: a date is the date of the place. Day 0 is 1970-01-01. Conversion by the
 * days-from-civil formula over 400-year eras (146,097 days). */
#ifndef ENTENTE_BASE_DATE_H
#define ENTENTE_BASE_DATE_H

#include "base/text.h"

#define DATE_NONE INT32_MIN /* not given: open */

struct civil {
	int32_t year;  /* 1..9999 */
	int32_t month; /* 1..12 */
	int32_t day;   /* 1..31 */
};

int32_t date_of(struct civil civil); /* a valid civil date */
struct civil date_civil(int32_t date);
/* YYYY-MM-DD, years 0001 to 9999; anything else false. */
bool date_parse(struct str s, int32_t *date);
void date_format(char out[static 11], int32_t date); /* "" for DATE_NONE */
/* MONTHS (may be negative) later; a day past the month's end clamps to it (31 January + 1 = 28
 * or 29 February). Held within years 1 to 9999; DATE_NONE stays what it is. */
int32_t date_add_months(int32_t date, int32_t months);
/* 0 Monday … 6 Sunday. */
int date_weekday(int32_t date);
/* From <= DATE <= UNTIL, either side open when DATE_NONE. */
bool date_within(int32_t date, int32_t from, int32_t until);

enum duration_unit { DURATION_HOURS, DURATION_DAYS, DURATION_WORKING_DAYS, DURATION_MONTHS };
struct duration {
	int32_t count; /* 0: not given */
	enum duration_unit unit;
};
/* "24h", "5d", "3wd", "12mo": 1 to 9999. */
bool duration_parse(struct str s, struct duration *duration);
/* Hours for ranking: a day and a working day 24, a month 720. */
int32_t duration_hours(struct duration duration);
/* The last day of a deadline of N working days that starts on DATE (the day itself does not
 * count). WEEKEND has bit i set for weekday i; HOLIDAYS is sorted. At least one weekday must be
 * free of WEEKEND. */
#define WEEKEND_SATURDAY_SUNDAY 0x60u
#define WEEKEND_FRIDAY_SATURDAY 0x30u
int32_t date_add_working_days(
	int32_t date, int32_t n, unsigned weekend, const int32_t *holidays, size_t holiday_count);

#endif
