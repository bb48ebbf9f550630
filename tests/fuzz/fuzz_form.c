/* What a browser or anyone else sends: the first line is a request's target, the rest the body of a
 * form. Whatever is decoded is text without control characters, and is had again by encoding and
 * decoding it; parameters are those of the route, none twice; what is refused is told. */
#include "fuzz.h"

#include <string.h>
#include "web/internal.h"

/* TEXT is what a page may be handed; LINES: it may have lines and tabs. */
static void check_text(struct str text, bool lines)
{
	assert(utf8_valid_prefix(text) == text.len);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		assert((c >= 0x20 && c != 0x7f) || (lines && (c == '\n' || c == '\t')));
	}
}

static void decode(struct request *request, struct str input, enum decode_part part)
{
	struct str once, twice;
	struct buf encoded;

	if (!request_decode(request, &once, input, part))
		return;
	assert(once.len <= input.len);
	check_text(once, part == DECODE_FORM);
	buf_init(&encoded, &request->arena, 3 * once.len + 1);
	for (size_t i = 0; i < once.len; i++)
		buf_add_format(&encoded, "%%%02X", (unsigned)(unsigned char)once.ptr[i]);
	assert(request_decode(request, &twice, buf_str(&encoded), part));
	assert(str_eq(once, twice));
}

static void read_form(struct request *request, struct str body)
{
	struct str rest = body, pair;
	struct form form;
	size_t pairs = 0;

	buf_add(&request->body, body);
	assert(!request->body.failed);
	while (str_next_word(&rest, "&", &pair))
		pairs++;
	bool good = form_read(&form, request);
	assert(form.fields_count <= FORM_FIELDS_MAX);
	if (!good)
		return;
	assert(form.fields_count == pairs);
	for (size_t i = 0; i < form.fields_count; i++) {
		check_text(form.fields[i].name, true);
		check_text(form.fields[i].value, true);
		assert(form_value(&form, form.fields[i].name.ptr).ptr);
	}
}

static bool among(struct str words, struct str name)
{
	struct str word;

	while (str_next_word(&words, " ", &word))
		if (str_eq(word, name))
			return true;
	return false;
}

static void read_target(struct request *request, size_t number)
{
	if (!request_read_target(request))
		return;
	assert(request->path.len > 0 && request->path.len <= WEB_TARGET_MAX);
	assert(request->path.ptr[0] == '/');
	check_text(request->path, false);
	request->route = &web_routes[number % web_route_count];
	bool good = request_read_parameters(request);
	fuzz_check_told(&request->diags, request->target, good ? STATUS_OK : STATUS_REFUSED);
	assert(request->parameter_count <= WEB_PARAMETERS_MAX);
	for (size_t i = 0; i < request->parameter_count; i++) {
		struct parameter *one = &request->parameters[i];
		check_text(one->value, false);
		assert(among(str_of(request->route->parameters), one->name));
		for (size_t k = 0; k < i; k++)
			assert(!str_eq(request->parameters[k].name, one->name));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size };
	const char *end = size ? memchr(data, '\n', size) : NULL;
	size_t first = end ? (size_t)(end - input.ptr) : size;
	struct str body = str_sub(input, first + 1, size);
	static struct request request;

	memset(&request, 0, sizeof request);
	arena_init(&request.arena, &allocator_system, WEB_REQUEST_MAX);
	diags_init(&request.diags, &request.arena, 50);
	buf_init(&request.body, &request.arena, size + 1);
	request.target = str_sub(input, 0, first);
	read_target(&request, body.len);
	for (int part = DECODE_PATH; part <= DECODE_FORM; part++)
		decode(&request, body, (enum decode_part)part);
	read_form(&request, body);
	arena_free(&request.arena);
	return 0;
}
