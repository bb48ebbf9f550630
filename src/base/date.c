/* The calendar. A day number makes ranges, ages and sorting plain integer work; civil dates
 * exist at the edges only. */
#include "base/date.h"

#include <assert.h>

#define DAYS_PER_ERA 146097 /* 400 years */
#define EPOCH_DAYS 719468   /* from 0000-03-01 to 1970-01-01 */
#define YEAR_MAX 9999

static bool is_leap(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t month_days(int32_t year, int32_t month)
{
	static const int32_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	assert(month >= 1 && month <= 12);
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int32_t date_of(struct civil civil)
{
	assert(civil.year >= 1 && civil.year <= YEAR_MAX);
	assert(civil.month >= 1 && civil.month <= 12);
	assert(civil.day >= 1 && civil.day <= month_days(civil.year, civil.month));
	/* Years that begin in March put the leap day last, and month lengths from March on
	 * follow (153 m + 2) / 5. */
	int32_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
	int32_t era = year / 400;
	int32_t year_of_era = year % 400;
	int32_t month = (civil.month + 9) % 12;
	int32_t day_of_year = (153 * month + 2) / 5 + civil.day - 1;
	int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - EPOCH_DAYS;
}

struct civil date_civil(int32_t date)
{
	assert(date != DATE_NONE);
	int64_t days = (int64_t)date + EPOCH_DAYS;
	assert(days >= 306 &&
		days < (int64_t)DAYS_PER_ERA * 25); /* from 0001-01-01 to 9999-12-31 */
	int32_t era = (int32_t)(days / DAYS_PER_ERA);
	int32_t day_of_era = (int32_t)(days % DAYS_PER_ERA);
	int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				      day_of_era / (DAYS_PER_ERA - 1)) /
			      365;
	int32_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int32_t month = (5 * day_of_year + 2) / 153;
	struct civil civil = {
		.year = era * 400 + year_of_era + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = day_of_year - (153 * month + 2) / 5 + 1,
	};
	assert(civil.day >= 1 && civil.day <= 31);
	return civil;
}

/* COUNT digits of S at FROM as a number, -1 if one is none. */
static int32_t digits_at(struct str s, size_t from, size_t count)
{
	int32_t number = 0;
	for (size_t i = from; i < from + count; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		number = number * 10 + (s.ptr[i] - '0');
	}
	return number;
}

bool date_parse(struct str s, int32_t *date)
{
	assert(date);
	if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-')
		return false;
	struct civil civil = { digits_at(s, 0, 4), digits_at(s, 5, 2), digits_at(s, 8, 2) };
	if (civil.year < 1 || civil.month < 1 || civil.month > 12)
		return false;
	if (civil.day < 1 || civil.day > month_days(civil.year, civil.month))
		return false;
	*date = date_of(civil);
	return true;
}

static void add_digits(char *out, int number, int count)
{
	for (; count > 0; number /= 10)
		out[--count] = (char)('0' + number % 10);
}

void date_format(char out[static 11], int32_t date)
{
	out[0] = '\0';
	if (date == DATE_NONE)
		return;
	struct civil civil = date_civil(date);
	assert(civil.year >= 0 && civil.year <= 9999);
	add_digits(out, civil.year, 4);
	add_digits(out + 5, civil.month, 2);
	add_digits(out + 8, civil.day, 2);
	out[4] = out[7] = '-';
	out[10] = '\0';
}

int32_t date_add_months(int32_t date, int32_t months)
{
	if (date == DATE_NONE)
		return DATE_NONE;
	struct civil civil = date_civil(date);
	int64_t month = (int64_t)civil.year * 12 + (civil.month - 1) + months;
	if (month < 12)
		return date_of((struct civil){ 1, 1, 1 });
	if (month >= (int64_t)(YEAR_MAX + 1) * 12)
		return date_of((struct civil){ YEAR_MAX, 12, 31 });
	civil.year = (int32_t)(month / 12);
	civil.month = (int32_t)(month % 12) + 1;
	int32_t last = month_days(civil.year, civil.month);
	if (civil.day > last)
		civil.day = last;
	return date_of(civil);
}

int date_weekday(int32_t date)
{
	assert(date != DATE_NONE);
	int64_t weekday = ((int64_t)date + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(weekday < 0 ? weekday + 7 : weekday);
}

bool date_within(int32_t date, int32_t from, int32_t until)
{
	assert(date != DATE_NONE);
	return (from == DATE_NONE || from <= date) && (until == DATE_NONE || date <= until);
}

bool duration_parse(struct str s, struct duration *duration)
{
	static const struct {
		const char *suffix;
		enum duration_unit unit;
	} units[] = { { "h", DURATION_HOURS }, { "d", DURATION_DAYS },
		{ "wd", DURATION_WORKING_DAYS }, { "mo", DURATION_MONTHS } };
	assert(duration);
	size_t digits = 0;
	int32_t count = 0;
	for (; digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9'; digits++) {
		if (digits == 4)
			return false;
		count = count * 10 + (s.ptr[digits] - '0');
	}
	if (digits == 0 || s.ptr[0] == '0')
		return false;
	struct str suffix = str_sub(s, digits, s.len);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_is(suffix, units[i].suffix)) {
			*duration = (struct duration){ count, units[i].unit };
			return true;
		}
	}
	return false;
}

int32_t duration_hours(struct duration duration)
{
	assert(duration.count >= 0 && duration.count <= 9999);
	switch (duration.unit) {
	case DURATION_HOURS:
		return duration.count;
	case DURATION_DAYS:
	case DURATION_WORKING_DAYS:
		return duration.count * 24;
	case DURATION_MONTHS:
		return duration.count * 720;
	}
	return 0;
}

int32_t date_add_working_days(
	int32_t date, int32_t n, unsigned weekend, const int32_t *holidays, size_t holiday_count)
{
	assert(date != DATE_NONE && n >= 0);
	assert((weekend & 0x7fu) != 0x7fu);
	assert(holidays || holiday_count == 0);
	size_t next = 0; /* first holiday that may still come */
	while (n > 0) {
		date++;
		while (next < holiday_count && holidays[next] < date)
			next++;
		bool holiday = next < holiday_count && holidays[next] == date;
		if (!holiday && !(weekend >> date_weekday(date) & 1u))
			n--;
	}
	return date;
}
