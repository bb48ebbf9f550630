/* A form as browsers send it: application/x-www-form-urlencoded. Names may come several times
 * (boxes that are ticked); lines end in LF, whatever the browser sends. */
#include "web/internal.h"

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* False for a broken escape, a control character or what is not UTF-8. */
static bool decode(struct request *request, struct str *out, struct str in)
{
	struct buf to;

	buf_init(&to, &request->arena, FORM_VALUE_MAX);
	for (size_t i = 0; i < in.len; i++) {
		int c = (unsigned char)in.ptr[i];
		if (c == '%') {
			int high = i + 2 < in.len ? hex(in.ptr[i + 1]) : -1;
			int low = i + 2 < in.len ? hex(in.ptr[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = high * 16 + low;
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
			return false;
		if (c != '\r')
			buf_add_char(&to, (char)c);
	}
	*out = buf_str(&to);
	return !to.failed && utf8_valid_prefix(*out) == out->len;
}

bool form_read(struct form *out, struct request *request)
{
	struct str rest = buf_str(&request->body), pair;

	out->fields_count = 0;
	while (str_next_word(&rest, "&", &pair)) {
		struct parameter *to = &out->fields[out->fields_count];
		size_t equal = 0;
		while (equal < pair.len && pair.ptr[equal] != '=')
			equal++;
		if (out->fields_count == FORM_FIELDS_MAX ||
			!decode(request, &to->name, str_sub(pair, 0, equal)) ||
			!decode(request, &to->value, str_sub(pair, equal + 1, pair.len)))
			return false;
		out->fields_count++;
	}
	return true;
}

struct str form_value(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->fields_count; i++)
		if (str_is(form->fields[i].name, name))
			return form->fields[i].value;
	return STR_NONE;
}
