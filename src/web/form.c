/* A form as browsers send it: application/x-www-form-urlencoded. Names may come several times
 * (boxes that are ticked); lines end in LF, whatever the browser sends. */
#include "web/internal.h"

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
			!request_decode(request, &to->name, str_sub(pair, 0, equal), DECODE_FORM) ||
			!request_decode(request, &to->value, str_sub(pair, equal + 1, pair.len),
				DECODE_FORM))
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
