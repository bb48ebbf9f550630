/* Counted strings: views that are compared, cut, copied and read as numbers without a NUL being
 * needed. */
#include "base/text.h"

#include <assert.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int str_cmp(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && (len == 0 || memcmp(s.ptr, prefix, len) == 0);
}

bool str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);
	return s.len >= len && memcmp(s.ptr + s.len - len, suffix, len) == 0;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_same_letters(struct str a, struct str b)
{
	bool same = a.len == b.len;
	for (size_t i = 0; same && i < a.len; i++)
		same = lower(a.ptr[i]) == lower(b.ptr[i]);
	return same;
}

struct str str_sub(struct str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (struct str){ s.ptr ? s.ptr + from : NULL, len };
}

struct str str_trim(struct str s)
{
	while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t')) {
		s.ptr++;
		s.len--;
	}
	while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

struct str str_copy(struct arena *arena, struct str s)
{
	assert(s.ptr || s.len == 0);
	if (s.len == 0)
		return (struct str){ "", 0 };
	char *copy = arena_get(arena, s.len + 1);
	if (!copy)
		return STR_NONE;
	memcpy(copy, s.ptr, s.len);
	return (struct str){ copy, s.len };
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	struct str result = STR_NONE;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		goto end_args;
	char *text = arena_get(arena, (size_t)len + 1);
	if (!text)
		goto end_args;
	vsnprintf(text, (size_t)len + 1, format, again);
	result = (struct str){ text, (size_t)len };
end_args:
	va_end(again);
	va_end(args);
	return result;
}

bool str_next_word(struct str *rest, const char *separators, struct str *word)
{
	assert(rest && separators && word);
	const char *end = rest->len ? rest->ptr + rest->len : rest->ptr;
	const char *p = rest->ptr;
	while (p < end && *p && strchr(separators, *p))
		p++;
	if (p == end) {
		*rest = (struct str){ end, 0 };
		return false;
	}
	const char *start = p;
	while (p < end && (*p == '\0' || !strchr(separators, *p)))
		p++;
	*word = (struct str){ start, (size_t)(p - start) };
	*rest = (struct str){ p, (size_t)(end - p) };
	return true;
}

bool str_to_int64(struct str s, int64_t *value)
{
	assert(value);
	bool negative = s.len && s.ptr[0] == '-';
	size_t i = negative;
	if (i == s.len)
		return false;
	int64_t number = 0;
	for (; i < s.len; i++) {
		int digit = s.ptr[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		/* Counted downwards, since the least value has no positive counterpart. */
		if (__builtin_mul_overflow(number, 10, &number) ||
			__builtin_sub_overflow(number, digit, &number))
			return false;
	}
	if (negative && number == 0)
		return false;
	if (!negative && __builtin_sub_overflow(0, number, &number))
		return false;
	*value = number;
	return true;
}

/* A decimal number taken apart. 768 significant digits settle the rounding of any double; one
 * more digit stands for all that follow, if any of them is not 0. */
#define DIGITS_MAX 770
struct decimal {
	bool negative;
	char digits[DIGITS_MAX];
	int count;
	int64_t exponent; /* of the point before the first digit */
};

/* Digits of S from *I on; false if there are none. Leading zeros only move the point. */
static bool decimal_digits(struct decimal *number, struct str s, size_t *i, bool before_point)
{
	size_t start = *i;
	for (; *i < s.len && s.ptr[*i] >= '0' && s.ptr[*i] <= '9'; (*i)++) {
		char digit = s.ptr[*i];
		bool leading = number->count == 0 && digit == '0';
		if (before_point && !leading)
			number->exponent++;
		else if (!before_point && leading)
			number->exponent--;
		if (leading)
			continue;
		if (number->count < DIGITS_MAX - 1)
			number->digits[number->count++] = digit;
		else if (digit != '0')
			number->digits[DIGITS_MAX - 2] = '1';
	}
	return *i > start;
}

static bool decimal_parse(struct decimal *number, struct str s)
{
	size_t i = 0;
	*number = (struct decimal){ .negative = s.len && s.ptr[0] == '-' };
	i = number->negative;
	if (!decimal_digits(number, s, &i, true))
		return false;
	if (i < s.len && s.ptr[i] == '.') {
		i++;
		if (!decimal_digits(number, s, &i, false))
			return false;
	}
	if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
		i++;
		bool down = i < s.len && s.ptr[i] == '-';
		if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
			i++;
		size_t start = i;
		int64_t exponent = 0;
		for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
			if (exponent < INT64_C(1000000000000))
				exponent = exponent * 10 + (s.ptr[i] - '0');
		if (i == start)
			return false;
		number->exponent += down ? -exponent : exponent;
	}
	return i == s.len;
}

bool str_to_double(struct str s, double *value)
{
	assert(value);
	struct decimal number;
	char text[DIGITS_MAX + 40];
	if (!decimal_parse(&number, s))
		return false;
	if (number.count == 0) {
		*value = number.negative ? -0.0 : 0.0;
		return true;
	}
	if (number.exponent > 400)
		return false;
	if (number.exponent < -400) {
		*value = number.negative ? -0.0 : 0.0;
		return true;
	}
	snprintf(text, sizeof text, "%s0.%.*se%d", number.negative ? "-" : "", number.count,
		number.digits, (int)number.exponent);
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (plain == (locale_t)0)
		return false;
	double result = strtod_l(text, NULL, plain);
	freelocale(plain);
	if (!isfinite(result))
		return false;
	*value = result;
	return true;
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.ptr[i]) * UINT64_C(1099511628211);
	return hash;
}
