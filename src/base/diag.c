/* Diagnostics: gathered while reading, printed at the end. What is quoted in them comes from
 * outside, so a message is cut to a length one can read, and control characters are made
 * visible when it is printed: a file must not be able to write to the terminal of whoever
 * checks it. */
#include "base/diag.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define MESSAGE_MAX 1000 /* bytes */
#define ALLOWED_MAX 12   /* words that are listed in full */

void diags_init(struct diags *diags, struct arena *arena, size_t max)
{
	assert(diags && arena);
	*diags = (struct diags){ .arena = arena, .max = max };
}

__attribute__((format(printf, 2, 0))) static struct str format_message(
	char buffer[static MESSAGE_MAX + 8], const char *format, va_list args)
{
	int len = vsnprintf(buffer, MESSAGE_MAX, format, args);
	if (len < 0)
		return STR("(no message)");
	if (len < MESSAGE_MAX)
		return (struct str){ buffer, (size_t)len };
	/* Cut before the sequence that may have been torn, and say so. */
	size_t cut = MESSAGE_MAX - 1;
	while (cut > 0 && ((unsigned char)buffer[cut - 1] & 0xc0) == 0x80)
		cut--;
	if (cut > 0 && (unsigned char)buffer[cut - 1] >= 0xc0)
		cut--;
	len = snprintf(buffer + cut, 8, "…");
	return (struct str){ buffer, cut + (size_t)len };
}

void diags_add(struct diags *diags, struct str file, struct pos pos, struct str path,
	const char *format, ...)
{
	char buffer[MESSAGE_MAX + 8];
	va_list args;
	assert(diags && diags->arena && format);
	if (diags->count >= diags->max) {
		diags->dropped++;
		return;
	}
	va_start(args, format);
	struct str message = format_message(buffer, format, args);
	va_end(args);
	struct diag diag = {
		.file = str_copy(diags->arena, file),
		.pos = pos,
		.path = str_copy(diags->arena, path),
		.message = str_copy(diags->arena, message),
	};
	void *items = diags->items;
	struct diag *slot = NULL;
	if (diag.file.ptr && diag.path.ptr && diag.message.ptr)
		slot = arena_push(
			diags->arena, &items, &diags->count, &diags->capacity, sizeof *slot);
	if (!slot) {
		diags->no_memory = true;
		return;
	}
	diags->items = items;
	*slot = diag;
}

void diags_append(struct diags *diags, const struct diags *from)
{
	assert(diags && from && diags != from);
	for (size_t i = 0; i < from->count; i++) {
		void *items = diags->items;
		struct diag *slot;
		if (diags->count >= diags->max) {
			diags->dropped++;
			continue;
		}
		slot = arena_push(
			diags->arena, &items, &diags->count, &diags->capacity, sizeof *slot);
		if (!slot) {
			diags->no_memory = true;
			break;
		}
		diags->items = items;
		*slot = from->items[i];
	}
	diags->dropped += from->dropped;
	diags->no_memory = diags->no_memory || from->no_memory;
}

bool diags_any(const struct diags *diags)
{
	assert(diags);
	return diags->count || diags->dropped || diags->no_memory;
}

static int compare(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;
	int order = str_cmp(x->file, y->file);
	if (order == 0)
		order = (x->pos.line > y->pos.line) - (x->pos.line < y->pos.line);
	if (order == 0)
		order = (x->pos.column > y->pos.column) - (x->pos.column < y->pos.column);
	if (order == 0)
		order = str_cmp(x->path, y->path);
	return order ? order : str_cmp(x->message, y->message);
}

/* Whether a code point could move the cursor, break the line or turn the reading direction. */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void add_visible(struct buf *out, struct str s)
{
	size_t valid = 0, i = 0, start = 0;
	for (;;) {
		if (i == valid) {
			buf_add(out, str_sub(s, start, i - start));
			for (; i < s.len && utf8_valid_prefix(str_sub(s, i, s.len)) == 0; i++)
				buf_add_format(out, "\\x%02x", (unsigned char)s.ptr[i]);
			if (i == s.len)
				return;
			start = i;
			valid = i + utf8_valid_prefix(str_sub(s, i, s.len));
		}
		size_t before = i;
		uint32_t c = utf8_next(s, &i);
		if (is_control(c)) {
			buf_add(out, str_sub(s, start, before - start));
			buf_add_format(out, "\\u%04x", c);
			start = i;
		}
	}
}

void diags_print(struct buf *out, struct diags *diags)
{
	assert(out && diags);
	if (diags->count > 1)
		qsort(diags->items, diags->count, sizeof *diags->items, compare);
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];
		if (diag->file.len) {
			add_visible(out, diag->file);
			buf_add_c(out, ":");
			if (diag->pos.line)
				buf_add_format(out, "%u:", diag->pos.line);
			if (diag->pos.line && diag->pos.column)
				buf_add_format(out, "%u:", diag->pos.column);
			buf_add_c(out, " ");
		}
		if (diag->path.len) {
			add_visible(out, diag->path);
			buf_add_c(out, ": ");
		}
		add_visible(out, diag->message);
		buf_add_c(out, "\n");
	}
	if (diags->dropped)
		buf_add_format(out, "%zu more not shown\n", diags->dropped);
	if (diags->no_memory)
		buf_add_c(out, "memory ran out: not all faults are shown\n");
}

struct str diags_suggest(
	struct diags *diags, struct str word, const struct str *words, size_t count)
{
	assert(diags && (words || count == 0));
	struct str nearest = text_nearest(word, words, count);
	struct str result = STR("");
	if (nearest.ptr) {
		result =
			str_format(diags->arena, "; did you mean '" STR_FMT "'?", STR_ARG(nearest));
	} else if (count > 0 && count <= ALLOWED_MAX) {
		struct buf list;
		buf_init(&list, diags->arena, MESSAGE_MAX);
		for (size_t i = 0; i < count; i++) {
			buf_add_c(&list, i ? ", " : "; allowed: ");
			buf_add(&list, words[i]);
		}
		result = list.failed ? STR_NONE : buf_str(&list);
	}
	return result.ptr ? result : STR("");
}
