/* JSON as it is stored, hashed and signed (RFC 8785), and the same tree laid out for people.
 *
 * Numbers are written as ECMAScript writes doubles: the fewest digits that read back as the
 * same value, the nearest such where there are several, plain between 1e-6 and 1e21, with an
 * exponent elsewhere. */
#include "base/doc.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 17     /* always enough for a double */
#define DIGITS_CERTAIN 15 /* a decimal this short survives the way through a normal double */
#define PLAIN_DIGITS 15   /* integers this long are written as they are */

/* None of the eight bytes of WORD needs an escape; where a borrow runs on to the next byte it may
 * be false for bytes that need none, never true for one that does. */
static inline bool is_plain(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';
	uint64_t control = (word - ones * 0x20) & ~word;
	return !((((quote - ones) & ~quote) | ((slash - ones) & ~slash) | control) & tops);
}

/* How many bytes of S stand as they are, at least; eight at a time, the last eight once more. */
static size_t plain_bytes(struct str s)
{
	uint64_t word;
	size_t i = 0;
	for (; i + sizeof word <= s.len; i += sizeof word) {
		memcpy(&word, s.ptr + i, sizeof word);
		if (!is_plain(word))
			return i;
	}
	if (i && i < s.len) {
		memcpy(&word, s.ptr + s.len - sizeof word, sizeof word);
		if (is_plain(word))
			return s.len;
	}
	return i;
}

/* Copies LEN bytes to TO; false: some of them may need an escape. Pieces of a word, of which the
 * last overlaps the one before. */
static inline bool copy_plain(char *to, const char *from, size_t len)
{
	uint64_t word;
	uint32_t half[2];
	bool plain = true;
	if (len >= sizeof word) {
		for (size_t i = 0; i < len - sizeof word; i += sizeof word) {
			memcpy(&word, from + i, sizeof word);
			memcpy(to + i, &word, sizeof word);
			plain &= is_plain(word);
		}
		memcpy(&word, from + len - sizeof word, sizeof word);
		memcpy(to + len - sizeof word, &word, sizeof word);
		return plain && is_plain(word);
	}
	if (len >= sizeof *half) {
		memcpy(&half[0], from, sizeof *half);
		memcpy(&half[1], from + len - sizeof *half, sizeof *half);
		memcpy(to, &half[0], sizeof *half);
		memcpy(to + len - sizeof *half, &half[1], sizeof *half);
		memcpy(&word, half, sizeof word);
		return is_plain(word);
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)from[i];
		to[i] = (char)c;
		plain &= c >= 0x20 && c != '"' && c != '\\';
	}
	return plain;
}

static void add_escaped(struct buf *out, struct str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t start = 0;
	buf_add_char(out, '"');
	for (size_t i = plain_bytes(s); i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		char text[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
		static const char short_names[] = "btn\0fr";
		size_t len = 6;
		if (c == '"' || c == '\\') {
			text[1] = (char)c;
			len = 2;
		} else if (c >= '\b' && c <= '\r' && short_names[c - '\b']) {
			text[1] = short_names[c - '\b'];
			len = 2;
		}
		buf_add(out, str_sub(s, start, i - start));
		buf_add(out, (struct str){ text, len });
		start = i + 1;
	}
	buf_add(out, str_sub(s, start, s.len));
	buf_add_char(out, '"');
}

void json_add_string(struct buf *out, struct str s)
{
	if (!buf_has_room(out, s.len + 2) || !copy_plain(out->ptr + out->len + 1, s.ptr, s.len)) {
		add_escaped(out, s);
		return;
	}
	char *to = out->ptr + out->len;
	to[0] = to[s.len + 1] = '"';
	to[s.len + 2] = '\0';
	out->len += s.len + 2;
}

void json_add_member(struct buf *out, const char *name, struct str s)
{
	buf_add_format(out, ",\"%s\":", name);
	if (s.ptr)
		json_add_string(out, s);
	else
		buf_add_c(out, "null");
}

/* A decimal: 0.DIGITS times ten to the POINT. */
struct shortest {
	char digits[DIGITS_MAX + 1];
	int count;
	int point;
};

static double value_of(const struct shortest *decimal)
{
	char text[DIGITS_MAX + 16];
	double value = 0;
	int len = snprintf(text, sizeof text, "0.%se%d", decimal->digits, decimal->point);
	/* False only above the largest double, where rounding up leads. */
	return str_to_double((struct str){ text, (size_t)len }, &value) ? value : INFINITY;
}

/* VALUE correctly rounded to COUNT digits. */
static struct shortest rounded(double value, int count)
{
	struct shortest decimal = { .count = count };
	char text[DIGITS_MAX + 16];
	snprintf(text, sizeof text, "%.*e", count - 1, value);
	decimal.digits[0] = text[0];
	if (count > 1)
		memcpy(decimal.digits + 1, text + 2, (size_t)count - 1);
	const char *exponent = strchr(text, 'e');
	assert(exponent);
	int64_t power = 0;
	bool down = exponent[1] == '-';
	bool read = str_to_int64(str_of(exponent + 2), &power);
	assert(read);
	decimal.point = (int)(down ? -power : power) + 1;
	return decimal;
}

/* The next larger decimal of as many digits. */
static void step_up(struct shortest *decimal)
{
	int i = decimal->count - 1;
	while (i >= 0 && decimal->digits[i] == '9')
		decimal->digits[i--] = '0';
	if (i >= 0) {
		decimal->digits[i]++;
		return;
	}
	decimal->digits[0] = '1';
	decimal->point++;
}

/* The shortest decimal that reads back as VALUE, which is finite and above 0. */
static struct shortest shortest_of(double value)
{
	int mantissa_bits;
	bool tiny = fpclassify(value) == FP_SUBNORMAL;
	bool power_of_two = frexp(value, &mantissa_bits) == 0.5;
	struct shortest decimal;
	for (int count = tiny ? 1 : DIGITS_CERTAIN; count <= DIGITS_MAX; count++) {
		decimal = rounded(value, count);
		if (value_of(&decimal) == value)
			break;
		/* The gap above a power of two is twice the one below, so the farther neighbour
		 * may be the only one that returns. */
		if (power_of_two && count > DIGITS_CERTAIN) {
			step_up(&decimal);
			if (value_of(&decimal) == value)
				break;
		}
	}
	while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0')
		decimal.digits[--decimal.count] = '\0';
	return decimal;
}

static void add_double(struct buf *out, double value)
{
	if (value == 0) {
		buf_add_char(out, '0');
		return;
	}
	if (value < 0)
		buf_add_char(out, '-');
	struct shortest decimal = shortest_of(fabs(value));
	int count = decimal.count, point = decimal.point;
	if (point > 21 || point < -5) {
		buf_add_char(out, decimal.digits[0]);
		if (count > 1)
			buf_add_format(out, ".%s", decimal.digits + 1);
		buf_add_format(out, "e%+d", point - 1);
	} else if (point <= 0) {
		buf_add_format(out, "0.%.*s%s", -point, "00000", decimal.digits);
	} else if (point >= count) {
		buf_add_format(
			out, "%s%.*s", decimal.digits, point - count, "00000000000000000000");
	} else {
		buf_add_format(out, "%.*s.%s", point, decimal.digits, decimal.digits + point);
	}
}

static bool is_plain_integer(struct str s)
{
	size_t first = s.len && s.ptr[0] == '-';
	if (s.len == first || s.len - first > PLAIN_DIGITS)
		return false;
	if (s.ptr[first] == '0' && s.len > 1)
		return false; /* -0 is written as 0 */
	for (size_t i = first; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return true;
}

static enum status add_number(struct buf *out, struct str text)
{
	double value;
	if (is_plain_integer(text)) {
		buf_add(out, text);
		return STATUS_OK;
	}
	if (!str_to_double(text, &value))
		return STATUS_REFUSED;
	add_double(out, value);
	return STATUS_OK;
}

/* The order of UTF-16 code units on UTF-8 bytes: as bytes, but U+E000 to U+FFFF (first byte EE,
 * EF) come after all surrogate pairs (first byte F0 to F4). */
static int compare_keys(const void *a, const void *b)
{
	struct str x = (*(const struct node *const *)a)->key,
		   y = (*(const struct node *const *)b)->key;
	size_t len = x.len < y.len ? x.len : y.len;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)x.ptr[i], d = (unsigned char)y.ptr[i];
		if (c == d)
			continue;
		int c_rank = c == 0xee || c == 0xef ? c + 0x10 : c;
		int d_rank = d == 0xee || d == 0xef ? d + 0x10 : d;
		return c_rank - d_rank;
	}
	return (x.len > y.len) - (x.len < y.len);
}

struct json_writer {
	struct buf *out;
	bool pretty;
};

static void new_line(const struct json_writer *writer, unsigned depth)
{
	if (!writer->pretty)
		return;
	buf_add_char(writer->out, '\n');
	for (unsigned i = 0; i < depth; i++)
		buf_add_c(writer->out, "  ");
}

static enum status add_node(
	const struct json_writer *writer, const struct node *node, unsigned depth);

/* Children in the order of the tree, or in that of their keys for the canonical form of a map. */
static enum status add_children(
	const struct json_writer *writer, const struct node *node, unsigned depth)
{
	bool map = node->kind == NODE_MAP, sort = map && !writer->pretty;
	const struct node **order = NULL;
	if (sort) {
		order = ARENA_ARRAY(writer->out->arena, node->count, const struct node *);
		if (!order)
			return STATUS_NO_MEMORY;
		size_t filled = 0;
		for (const struct node *child = node->first; child; child = child->next)
			order[filled++] = child;
		assert(filled == node->count);
		qsort(order, node->count, sizeof *order, compare_keys);
	}
	const struct node *child = node->first;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *entry = sort ? order[i] : child;
		child = child->next;
		if (i)
			buf_add_char(writer->out, ',');
		new_line(writer, depth + 1);
		if (map) {
			json_add_string(writer->out, entry->key);
			buf_add_c(writer->out, writer->pretty ? ": " : ":");
		}
		enum status status = add_node(writer, entry, depth + 1);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status add_node(
	const struct json_writer *writer, const struct node *node, unsigned depth)
{
	enum status status = STATUS_OK;
	switch (node->kind) {
	case NODE_NULL:
		buf_add_c(writer->out, "null");
		break;
	case NODE_BOOL:
		buf_add(writer->out, node->text);
		break;
	case NODE_NUMBER:
		status = add_number(writer->out, node->text);
		break;
	case NODE_STRING:
		json_add_string(writer->out, node->text);
		break;
	case NODE_LIST:
	case NODE_MAP:
		if (depth >= DOC_DEPTH_MAX)
			return STATUS_REFUSED;
		buf_add_char(writer->out, node->kind == NODE_MAP ? '{' : '[');
		status = add_children(writer, node, depth);
		if (node->count)
			new_line(writer, depth);
		buf_add_char(writer->out, node->kind == NODE_MAP ? '}' : ']');
		break;
	}
	return status;
}

static enum status write_all(struct buf *out, const struct node *node, bool pretty)
{
	assert(out && node);
	struct json_writer writer = { out, pretty };
	enum status status = add_node(&writer, node, 0);
	return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
}

enum status json_canonical(struct buf *out, const struct node *node)
{
	return write_all(out, node, false);
}

enum status json_pretty(struct buf *out, const struct node *node)
{
	return write_all(out, node, true);
}
