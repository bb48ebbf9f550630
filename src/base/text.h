/* Text: counted strings, a growing buffer with a maximum, UTF-8, NFC, and the nearest word.
 *
 * A struct str is a view; it owns nothing and need not end in NUL. Strings made in an arena
 * (str_copy, buf_str) do end in NUL, which is not counted. */
#ifndef ENTENTE_BASE_TEXT_H
#define ENTENTE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/mem.h"
#include "base/status.h"

struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

/* A view of a C string; NULL gives STR_NONE. In line, as the two below: the length of a literal is
 * then known to the compiler. */
static inline struct str str_of(const char *c_string)
{
	return c_string ? (struct str){ c_string, strlen(c_string) } : STR_NONE;
}
static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_is(struct str a, const char *c_string)
{
	return str_eq(a, str_of(c_string));
}
/* The same without a call for texts of at most 16 bytes: for cells that are compared by the
 * million. */
static inline bool str_eq_short(struct str a, struct str b)
{
	uint64_t x[2] = { 0 }, y[2] = { 0 };
	if (a.len != b.len)
		return false;
	if (a.len > 16)
		return memcmp(a.ptr, b.ptr, a.len) == 0;
	/* Both ends, which overlap or meet in the middle. */
	if (a.len >= 8) {
		memcpy(&x[0], a.ptr, 8), memcpy(&x[1], a.ptr + a.len - 8, 8);
		memcpy(&y[0], b.ptr, 8), memcpy(&y[1], b.ptr + b.len - 8, 8);
	} else if (a.len >= 4) {
		memcpy(&x[0], a.ptr, 4), memcpy(&x[1], a.ptr + a.len - 4, 4);
		memcpy(&y[0], b.ptr, 4), memcpy(&y[1], b.ptr + b.len - 4, 4);
	} else if (a.len >= 2) {
		memcpy(&x[0], a.ptr, 2), memcpy(&x[1], a.ptr + a.len - 2, 2);
		memcpy(&y[0], b.ptr, 2), memcpy(&y[1], b.ptr + b.len - 2, 2);
	} else if (a.len) {
		return a.ptr[0] == b.ptr[0];
	}
	return x[0] == y[0] && x[1] == y[1];
}
int str_cmp(struct str a, struct str b); /* bytewise, shorter first on a tie; <0, 0, >0 */
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Equal but for the case of the letters A to Z. */
bool str_same_letters(struct str a, struct str b);
struct str str_sub(struct str s, size_t from, size_t len); /* clamped */
struct str str_trim(struct str s); /* without spaces and tabs at both ends */
/* A copy in ARENA, NUL after it; ptr is NULL on failure (also for an empty input: then ptr is
 * "" on success). */
struct str str_copy(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The next word of *REST separated by any of SEPARATORS (runs of them count once); false when
 * there is none. */
bool str_next_word(struct str *rest, const char *separators, struct str *word);
/* A whole string as a decimal integer, checked for overflow; false if it is anything else. "-0"
 * and "+1" are refused. */
bool str_to_int64(struct str s, int64_t *value);
/* A whole string as JSON writes numbers, leading zeros allowed; correctly rounded, whatever the
 * locale. False for anything else, and where the value is too large for a double. */
bool str_to_double(struct str s, double *value);
uint64_t str_hash(struct str s); /* FNV-1a, 64 bit */

/* A growing buffer. Every buffer has its own maximum; once it is met or memory fails, the
 * buffer stays as it was and `failed` stays true: writers need not check each call, the reader
 * checks once. */
struct buf {
	struct arena *arena;
	char *ptr;
	size_t len, capacity, max;
	bool failed;
};
void buf_init(struct buf *buf, struct arena *arena, size_t max);
/* MORE bytes and a NUL fit without growing; what is asked most, in line. */
static inline bool buf_has_room(const struct buf *buf, size_t more)
{
	return !buf->failed && more < buf->capacity - buf->len;
}
void buf_add_growing(struct buf *buf, struct str s); /* what buf_add() does where room lacks */
/* In line: what is added most are literals, whose length is then known to the compiler. */
static inline void buf_add(struct buf *buf, struct str s)
{
	if (!buf_has_room(buf, s.len)) {
		buf_add_growing(buf, s);
	} else if (s.len) {
		memcpy(buf->ptr + buf->len, s.ptr, s.len);
		buf->len += s.len;
		buf->ptr[buf->len] = '\0';
	}
}
static inline void buf_add_c(struct buf *buf, const char *c_string)
{
	buf_add(buf, str_of(c_string));
}
static inline void buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, (struct str){ &c, 1 });
}
void buf_add_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_int(struct buf *buf, int64_t n); /* in decimal digits */
void buf_add_utf8(struct buf *buf, uint32_t code_point);
struct str buf_str(const struct buf *buf); /* view; NUL-terminated in memory */

/* Length in bytes of the valid UTF-8 prefix of S: equal to s.len when all of it is valid.
 * Refuses overlong forms, surrogates and code points above U+10FFFF. */
size_t utf8_valid_prefix(struct str s);
size_t utf8_length(struct str s); /* code points in valid UTF-8 */
/* The code point at *OFFSET of valid UTF-8; advances *OFFSET. */
uint32_t utf8_next(struct str s, size_t *offset);
/* Offset of the first character of S, valid UTF-8, that has no place in text shown to people:
 * control characters but those of ALLOWED, separators that break lines unseen (U+2028, U+2029),
 * overrides and isolates of direction (U+202A to U+202E, U+2066 to U+2069) and U+FEFF. s.len if
 * there is none. */
size_t text_hostile(struct str s, const char *allowed);
/* Columns of a terminal that valid UTF-8 takes: wide letters two, marks that combine and marks and
 * isolates of direction none. */
size_t text_columns(struct str s);
size_t text_columns_of(uint32_t code_point);
/* S is valid UTF-8. Nothing is allocated; a run of more than 256 UTF-16 units that depend on each
 * other counts as not normalized, and so does all but ASCII where ICU gets no memory to start. */
bool text_is_nfc(struct str s);
/* S itself when it is in NFC already, else its normal form in ARENA. STATUS_NO_MEMORY. */
enum status text_to_nfc(struct str *out, struct arena *arena, struct str s);

/* The word of WORDS nearest to WORD by Damerau-Levenshtein distance, if it is near enough to be
 * a likely slip (distance at most a third of the longer length, at least 1); else STR_NONE.
 * Ties: the first. O(n * len^2). */
struct str text_nearest(struct str word, const struct str *words, size_t count);

/* A table from strings to small numbers; keys are views that must outlive it. */
struct symbols {
	struct arena *arena;
	struct symbol_slot *slots;
	uint32_t count, capacity;
};
#define SYMBOL_NONE UINT32_MAX /* no value that may be put */
void symbols_init(struct symbols *symbols, struct arena *arena);
/* Binds KEY to VALUE unless bound; *EXISTING (may be NULL) gets the earlier value or
 * SYMBOL_NONE. */
enum status symbols_put(
	struct symbols *symbols, struct str key, uint32_t value, uint32_t *existing);
/* SYMBOL_NONE if absent. Expected O(1). */
uint32_t symbols_get(const struct symbols *symbols, struct str key);

#endif
