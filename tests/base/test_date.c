/* The calendar against one that is counted day by day, as slowly and plainly as can be. */
#include "support.h"

#include <stdio.h>

static bool leap(int year)
{
	return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int days_in(int year, int month)
{
	if (month == 2)
		return leap(year) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Every day from 0001-01-01, a Monday, to 9999-12-31. */
static void test_every_day(void **state)
{
	int32_t number = -719162;
	int weekday = 0;
	char text[11], expected[32];
	(void)state;
	for (int year = 1; year <= 9999; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= days_in(year, month); day++) {
				struct civil civil = date_civil(number);
				assert_true(civil.year == year && civil.month == month &&
					    civil.day == day);
				assert_int_equal(date_of(civil), number);
				assert_int_equal(date_weekday(number), weekday);
				if (year % 97 == 1 || day > 27) {
					int32_t parsed = 0;
					snprintf(expected, sizeof expected, "%04d-%02d-%02d", year,
						month, day);
					date_format(text, number);
					assert_string_equal(text, expected);
					assert_true(date_parse(str_of(text), &parsed));
					assert_int_equal(parsed, number);
				}
				number++;
				weekday = (weekday + 1) % 7;
			}
		}
	}
	assert_int_equal(date_of((struct civil){ 1970, 1, 1 }), 0);
	date_format(text, DATE_NONE);
	assert_string_equal(text, "");
}

static void test_not_dates(void **state)
{
	static const char *const rows[] = { "", "2022", "2022-1-01", "2022-01-1", "2022-13-01",
		"2022-00-10", "2022-02-29", "1900-02-29", "2022-04-31", "2022-01-00", "0000-01-01",
		"2022/01/01", "2022-01-01 ", "-022-01-01", "20220101", "2022-0a-01", "+022-01-01",
		"2022-01-32" };
	int32_t date = 5;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_false(date_parse(str_of(rows[i]), &date));
	assert_int_equal(date, 5);
	assert_true(date_parse(STR("2000-02-29"), &date));
}

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static void test_months(void **state)
{
	static const struct {
		const char *from;
		int32_t months;
		const char *to;
	} rows[] = {
		{ "2021-01-31", 1, "2021-02-28" },
		{ "2020-01-31", 1, "2020-02-29" },
		{ "2020-02-29", 12, "2021-02-28" },
		{ "2020-02-29", 48, "2024-02-29" },
		{ "2022-12-15", 1, "2023-01-15" },
		{ "2022-01-15", -1, "2021-12-15" },
		{ "2022-03-31", -1, "2022-02-28" },
		{ "2022-06-01", 0, "2022-06-01" },
		{ "2022-06-01", -36, "2019-06-01" },
		{ "0001-01-01", -1, "0001-01-01" },
		{ "9999-12-31", 1, "9999-12-31" },
		{ "2022-01-01", INT32_MAX, "9999-12-31" },
		{ "2022-01-01", INT32_MIN, "0001-01-01" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
			date_add_months(day(rows[i].from), rows[i].months), day(rows[i].to));
	assert_int_equal(date_add_months(DATE_NONE, 3), DATE_NONE);
	/* A month at a time, the clamping apart, is what a calendar on the wall shows. */
	for (int32_t months = -500; months <= 500; months++) {
		struct civil civil = date_civil(date_add_months(day("2000-01-10"), months));
		assert_int_equal((civil.year - 2000) * 12 + civil.month - 1, months);
		assert_int_equal(civil.day, 10);
	}
}

static void test_within(void **state)
{
	(void)state;
	assert_true(date_within(10, 10, 10));
	assert_false(date_within(9, 10, 20));
	assert_false(date_within(21, 10, 20));
	assert_true(date_within(9, DATE_NONE, 20));
	assert_true(date_within(900, 10, DATE_NONE));
	assert_true(date_within(-5, DATE_NONE, DATE_NONE));
}

static void test_durations(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int32_t count;
		enum duration_unit unit;
		int32_t hours;
	} rows[] = {
		{ "24h", true, 24, DURATION_HOURS, 24 },
		{ "5d", true, 5, DURATION_DAYS, 120 },
		{ "3wd", true, 3, DURATION_WORKING_DAYS, 72 },
		{ "12mo", true, 12, DURATION_MONTHS, 8640 },
		{ "9999mo", true, 9999, DURATION_MONTHS, 7199280 },
		{ "0h", false, 0, 0, 0 },
		{ "05d", false, 0, 0, 0 },
		{ "10000h", false, 0, 0, 0 },
		{ "d", false, 0, 0, 0 },
		{ "5", false, 0, 0, 0 },
		{ "5 d", false, 0, 0, 0 },
		{ "5days", false, 0, 0, 0 },
		{ "-5d", false, 0, 0, 0 },
		{ "5D", false, 0, 0, 0 },
		{ "5m", false, 0, 0, 0 },
		{ "", false, 0, 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct duration duration = { 0 };
		assert_int_equal(duration_parse(str_of(rows[i].text), &duration), rows[i].good);
		assert_int_equal(duration.count, rows[i].count);
		assert_int_equal(duration.unit, rows[i].unit);
		assert_int_equal(duration_hours(duration), rows[i].hours);
	}
}

/* Days crossed off one by one on a list of all days, working or not. */
static void test_working_days(void **state)
{
	struct random random = random_seeded(support_seed());
	(void)state;
	for (int round = 0; round < 300; round++) {
		int32_t holidays[40], start = (int32_t)random_below(&random, 40000) - 20000;
		size_t count = 0;
		unsigned weekend = random_below(&random, 127);
		for (int32_t d = start - 5; d < start + 300 && count < 40; d++)
			if (random_chance(&random, 15))
				holidays[count++] = d;
		int32_t date = start, left = (int32_t)random_below(&random, 30), n = left;
		while (left > 0) {
			bool holiday = false;
			date++;
			for (size_t i = 0; i < count; i++)
				holiday |= holidays[i] == date;
			int weekday = (int)(((int64_t)date + 70003 * 7 + 3) % 7);
			if (!holiday && !(weekend & 1u << weekday))
				left--;
		}
		assert_int_equal(date_add_working_days(start, n, weekend, holidays, count), date);
	}
	/* Friday 2022-12-23 and three working days, Monday the 26th a holiday. */
	int32_t boxing = day("2022-12-26");
	assert_int_equal(
		date_add_working_days(day("2022-12-23"), 3, WEEKEND_SATURDAY_SUNDAY, &boxing, 1),
		day("2022-12-29"));
	assert_int_equal(
		date_add_working_days(day("2022-12-22"), 1, WEEKEND_FRIDAY_SATURDAY, NULL, 0),
		day("2022-12-25"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_not_dates),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_within),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_working_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
