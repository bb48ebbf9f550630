/* A request's words: target, parameters, and what is sent back, always with the same headers. */
#include "web/coding.h"
#include "web/page_fault.h"

#include <string.h>

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

bool request_decode(struct request *request, struct str *out, struct str in, enum decode_part part)
{
	struct buf to;

	buf_init(&to, &request->arena, in.len + 1);
	for (size_t i = 0; i < in.len; i++) {
		int c = (unsigned char)in.ptr[i];
		if (c == '%') {
			int high = i + 2 < in.len ? hex(in.ptr[i + 1]) : -1;
			int low = i + 2 < in.len ? hex(in.ptr[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = high * 16 + low;
			i += 2;
		} else if (c == '+' && part != DECODE_PATH) {
			c = ' ';
		}
		bool line = part == DECODE_FORM && (c == '\n' || c == '\r' || c == '\t');
		if ((c < 0x20 && !line) || c == 0x7f)
			return false;
		if (c != '\r')
			buf_add_char(&to, (char)c);
	}
	*out = buf_str(&to);
	return !to.failed && utf8_valid_prefix(*out) == out->len;
}

bool request_read_target(struct request *request)
{
	struct str path = request->target;
	const char *query = memchr(path.ptr, '?', path.len);

	if (path.len == 0 || path.ptr[0] != '/' || path.len > WEB_TARGET_MAX)
		return false;
	if (query)
		path.len = (size_t)(query - path.ptr);
	return request_decode(request, &request->path, path, DECODE_PATH);
}

static bool allowed(const struct route *route, struct str name)
{
	struct str rest = str_of(route->parameters), word;

	while (str_next_word(&rest, " ", &word))
		if (str_eq(word, name))
			return true;
	return false;
}

static bool fault(struct request *request, struct str path, const char *what)
{
	diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, path, "%s", what);
	return false;
}

static bool read_parameter(struct request *request, struct str pair)
{
	const char *equal = memchr(pair.ptr, '=', pair.len);
	struct parameter *to = &request->parameters[request->parameter_count];
	size_t name = equal ? (size_t)(equal - pair.ptr) : pair.len;
	struct str value = equal ? str_sub(pair, name + 1, pair.len) : STR("");

	if (request->parameter_count == WEB_PARAMETERS_MAX)
		return fault(request, STR(""), "too many parameters");
	if (!request_decode(request, &to->name, str_sub(pair, 0, name), DECODE_QUERY) ||
		!request_decode(request, &to->value, value, DECODE_QUERY))
		return fault(request, STR(""), "a parameter is not well written");
	if (!allowed(request->route, to->name)) {
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, to->name,
			"no parameter of this address; allowed: %s",
			*request->route->parameters ? request->route->parameters : "none");
		return false;
	}
	if (request_parameter(request, to->name.ptr).ptr)
		return fault(request, to->name, "given twice");
	request->parameter_count++;
	return true;
}

bool request_read_parameters(struct request *request)
{
	const char *query = memchr(request->target.ptr, '?', request->target.len);
	struct str rest, pair;
	bool good = true;

	if (!query)
		return true;
	rest = str_sub(
		request->target, (size_t)(query - request->target.ptr) + 1, request->target.len);
	while (str_next_word(&rest, "&", &pair))
		good = read_parameter(request, pair) && good;
	return good;
}

struct str request_parameter(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->parameter_count; i++)
		if (str_is(request->parameters[i].name, name))
			return request->parameters[i].value;
	return STR_NONE;
}

static const char *title(unsigned status)
{
	static const struct {
		unsigned status;
		const char *title;
	} titles[] = { { 400, WORD("The request is not well formed") },
		{ 403, WORD("Not allowed") }, { 404, WORD("Nothing is here") },
		{ 405, WORD("Not by this method") }, { 413, WORD("Too large") },
		{ 415, WORD("Not this kind of content") }, { 422, WORD("The question is faulty") },
		{ 503, WORD("Busy") } };

	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (titles[i].status == status)
			return titles[i].title;
	return WORD("The server failed");
}

void request_problem(struct request *request, unsigned status, const char *detail, const char *next)
{
	struct buf out;

	if (page_fault_wanted(request) && page_fault(request, status, title(status), detail, next))
		return;
	buf_init(&out, &request->arena, (size_t)1 << 20);
	buf_add_c(&out, "{\"type\":\"about:blank\",\"title\":");
	json_add_string(&out, str_of(title(status)));
	buf_add_format(&out, ",\"status\":%u,\"detail\":", status);
	json_add_string(&out, str_of(detail));
	buf_add_c(&out, ",\"next\":");
	json_add_string(&out, str_of(next));
	buf_add_c(&out, ",\"errors\":[");
	for (size_t i = 0; i < request->diags.count; i++) {
		buf_add_c(&out, i ? ",{\"path\":" : "{\"path\":");
		json_add_string(&out, request->diags.items[i].path);
		buf_add_c(&out, ",\"message\":");
		json_add_string(&out, request->diags.items[i].message);
		buf_add_char(&out, '}');
	}
	buf_add_char(&out, ']');
	if (request->near.len) {
		buf_add_c(&out, ",\"nearest\":");
		json_add_string(&out, request->near);
	}
	buf_add_c(&out, "}\n");
	request->status = status;
	request->type = "application/problem+json";
	request->answer = buf_str(&out);
}

enum status request_json(struct request *request, const struct buf *out)
{
	request->type = "application/json";
	request->answer = buf_str(out);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static const char *const headers[][2] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; "
				     "script-src 'self'; form-action 'self'; "
				     "frame-ancestors 'none'; base-uri 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "X-Frame-Options", "DENY" },
};

/* What of the question's head the answer depends on; NULL: nothing. */
static const char *vary(const struct request *request, enum route_cache cache)
{
	bool coding = request->negotiated || cache == CACHE_FOREVER;

	if (request->status >= 400)
		return coding ? "Accept, Accept-Encoding, Accept-Language"
			      : "Accept, Accept-Language";
	if (cache == CACHE_CHECK)
		return coding ? "Accept-Encoding, Accept-Language" : "Accept-Language";
	return coding ? "Accept-Encoding" : NULL;
}

enum MHD_Result request_send(struct request *request)
{
	struct MHD_Response *response;
	enum MHD_Result result;
	enum route_cache cache;
	static const char *const caches[] = { "no-store", "no-cache",
		"public, max-age=31536000, immutable" };

	coding_apply(request);
	cache = request->status == 200 || request->status == 304 ? request->route->cache
								 : CACHE_NEVER;
	/* The bytes are the request's, or a kept answer's that it holds, until it is completed. */
	response = MHD_create_response_from_buffer(request->answer.len,
		(void *)(uintptr_t)request->answer.ptr, MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
		MHD_add_response_header(response, headers[i][0], headers[i][1]);
	if (request->server->config->tls_cert.ptr)
		MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
	MHD_add_response_header(response, "Content-Type", request->type);
	MHD_add_response_header(response, "Cache-Control", caches[cache]);
	if (request->gzipped)
		MHD_add_response_header(response, "Content-Encoding", "gzip");
	if (vary(request, cache))
		MHD_add_response_header(response, "Vary", vary(request, cache));
	if (request->tag[0])
		MHD_add_response_header(response, "ETag", request->tag);
	if (request->status == 405)
		MHD_add_response_header(response, "Allow", buf_str(&request->allowed).ptr);
	if (request->status == 503)
		MHD_add_response_header(response, "Retry-After", "5");
	if (request->too_large || request->status == 400)
		MHD_add_response_header(response, "Connection", "close");
	result = MHD_queue_response(request->connection, request->status, response);
	request->sent = request->answer.len;
	MHD_destroy_response(response);
	return result;
}
