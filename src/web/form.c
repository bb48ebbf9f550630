/* A form as browsers send it: application/x-www-form-urlencoded, or multipart/form-data, which
 * libmicrohttpd takes apart. Names may come several times (boxes that are ticked); lines end in LF,
 * whatever the browser sends; the bytes of a file stay as they are. */
#include "web/internal.h"

#define PARTS_BUFFER 4096 /* the library's, for heads of parts */

/* ---- multipart/form-data ---- */

struct parts {
	struct request *request;
	struct form *form;
	struct buf value; /* of the last field: it comes in pieces */
	bool good;
};

/* Text of a field as a page may be handed it; false: control characters, not UTF-8. */
static bool clean(struct request *request, struct str *value)
{
	struct buf to;

	buf_init(&to, &request->arena, value->len + 1);
	for (size_t i = 0; i < value->len; i++) {
		unsigned char c = (unsigned char)value->ptr[i];
		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
			return false;
		if (c != '\r')
			buf_add_char(&to, (char)c);
	}
	*value = buf_str(&to);
	return !to.failed && utf8_valid_prefix(*value) == value->len;
}

static void end_part(struct parts *parts)
{
	struct form *form = parts->form;
	size_t last = form->fields_count - 1;

	if (form->fields_count == 0)
		return;
	form->fields[last].value = buf_str(&parts->value);
	parts->good = parts->good && !parts->value.failed &&
		      (form->is_file[last] || clean(parts->request, &form->fields[last].value));
}

static enum MHD_Result take_part(void *context, enum MHD_ValueKind kind, const char *key,
	const char *file, const char *type, const char *coding, const char *data, uint64_t offset,
	size_t size)
{
	struct parts *parts = context;
	struct form *form = parts->form;

	(void)kind;
	(void)type;
	(void)coding;
	if (offset == 0) {
		end_part(parts);
		if (!key || form->fields_count == FORM_FIELDS_MAX)
			parts->good = false;
		if (!parts->good)
			return MHD_NO;
		struct parameter *to = &form->fields[form->fields_count];
		to->name = str_copy(&parts->request->arena, str_of(key));
		form->is_file[form->fields_count++] = file != NULL;
		buf_init(&parts->value, &parts->request->arena, parts->request->route->body_max);
		parts->good = clean(parts->request, &to->name);
	}
	buf_add(&parts->value, (struct str){ data, size });
	return parts->good ? MHD_YES : MHD_NO;
}

static bool read_parts(struct form *out, struct request *request)
{
	struct parts parts = { .request = request, .form = out, .good = true };
	struct MHD_PostProcessor *library =
		MHD_create_post_processor(request->connection, PARTS_BUFFER, take_part, &parts);

	if (!library) /* no boundary */
		return false;
	bool whole = MHD_post_process(library, request->body.ptr, request->body.len) == MHD_YES;
	whole = MHD_destroy_post_processor(library) == MHD_YES && whole;
	end_part(&parts);
	return whole && parts.good;
}

/* ---- application/x-www-form-urlencoded ---- */

bool form_read(struct form *out, struct request *request)
{
	struct str rest = buf_str(&request->body), pair;

	out->fields_count = 0;
	if (request->files)
		return read_parts(out, request);
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
		out->is_file[out->fields_count++] = false;
	}
	return true;
}

struct str form_value(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->fields_count; i++)
		if (!form->is_file[i] && str_is(form->fields[i].name, name))
			return form->fields[i].value;
	return STR_NONE;
}

/* A browser whose reader chose no file sends one without a name, of no bytes. */
struct str form_file(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->fields_count; i++)
		if (form->is_file[i] && form->fields[i].value.len &&
			str_is(form->fields[i].name, name))
			return form->fields[i].value;
	return STR_NONE;
}
