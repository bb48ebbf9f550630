/* HTTP by libmicrohttpd: a pool of threads that wait with epoll. A request is made when its target
 * has been read, and answered at the call after its head, since an answer queued at the first call
 * would close the connection. What could be read in two ways is refused, and the connection
 * closed. */
#include "web/internal.h"

#include <sched.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define CONNECTIONS_MAX 20000u
#define USUAL_THREADS_MAX 16
#define HEAD_MAX ((size_t)12 << 10)
#define SILENCE_MAX_S 15u
#define REQUEST_FAULTS_MAX 20
#define LINE_MAX_BYTES 256 /* a method of a row, its pattern, three numbers */
#define SPARE_MAX ((size_t)128 << 10) /* memory that a spare request keeps */

/* A request, all zeros but for its memory: one that has ended, or a new one. */
static struct request *take(struct web_server *server)
{
	struct request *request = NULL;

	pthread_mutex_lock(&server->spares_lock);
	if (server->spare_count)
		request = server->spares[--server->spare_count];
	pthread_mutex_unlock(&server->spares_lock);
	if (request) {
		struct arena arena = request->arena;
		memset(request, 0, sizeof *request);
		request->arena = arena;
		return request;
	}
	request = allocator_system.get(allocator_system.context, sizeof *request);
	if (!request)
		return NULL;
	memset(request, 0, sizeof *request);
	arena_init(&request->arena, &allocator_system, WEB_REQUEST_MAX);
	return request;
}

static void discard(struct request *request)
{
	arena_free(&request->arena);
	allocator_system.put(allocator_system.context, request, sizeof *request);
}

/* What a request said is overwritten by the next, or given back; large memory is given back. */
static void give_back(struct web_server *server, struct request *request)
{
	bool small = request->arena.used <= SPARE_MAX, kept = false;

	if (small) {
		arena_reset(&request->arena);
		pthread_mutex_lock(&server->spares_lock);
		kept = server->spare_count < WEB_SPARES;
		if (kept)
			server->spares[server->spare_count++] = request;
		pthread_mutex_unlock(&server->spares_lock);
	}
	if (!kept)
		discard(request);
}

static void *begin(void *context, const char *target, struct MHD_Connection *connection)
{
	struct web_server *server = context;
	const struct clock *clock = server->config->clock;
	struct request *request = web_line_known(connection) ? take(server) : NULL;

	if (!request)
		return NULL;
	request->server = server;
	request->connection = connection;
	request->target = str_copy(&request->arena, str_of(target));
	diags_init(&request->diags, &request->arena, REQUEST_FAULTS_MAX);
	buf_init(&request->allowed, &request->arena, 64);
	request->today = clock->today(clock->context);
	request->started_ns = clock->monotonic_ns(clock->context);
	atomic_fetch_add(&server->under_way, 1);
	return request;
}

/* One line: method, the row's pattern, status, bytes, microseconds. Never the target: a path or a
 * query may say something about a person. */
static void tell(struct request *request, uint64_t took_ns)
{
	struct buf line;

	buf_init(&line, &request->arena, LINE_MAX_BYTES);
	buf_add(&line, request->route ? request->method : STR("-"));
	buf_add_char(&line, ' ');
	buf_add_c(&line, request->route ? request->route->pattern : "-");
	buf_add_char(&line, ' ');
	buf_add_int(&line, request->status);
	buf_add_char(&line, ' ');
	buf_add_int(&line, (int64_t)request->sent);
	buf_add_char(&line, ' ');
	buf_add_int(&line, (int64_t)(took_ns / 1000));
	buf_add_c(&line, " us");
	web_log_line(&request->server->log, line.failed ? STR("- - no memory") : buf_str(&line));
}

static void end(void *context, struct MHD_Connection *connection, void **of,
	enum MHD_RequestTerminationCode why)
{
	struct web_server *server = context;
	struct request *request = *of;
	const struct clock *clock = server->config->clock;

	(void)why;
	if (!request)
		return;
	if (request->begun) {
		uint64_t now = clock->monotonic_ns(clock->context);
		uint64_t took = now - request->started_ns;
		web_line_answered(connection, now);
		size_t row =
			request->route ? (size_t)(request->route - web_routes) : WEB_ROUTES_MAX;
		atomic_fetch_add(&server->counts[row][request->status / 100 % 6], 1);
		atomic_fetch_add(&server->time_ns[row], took);
		tell(request, took);
	}
	kept_leave(request);
	web_snapshot_release(request->snapshot);
	atomic_fetch_sub(&server->under_way, 1);
	give_back(server, request);
	*of = NULL;
}

struct seen {
	unsigned lengths, codings, hosts;
};

static enum MHD_Result see(
	void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct seen *seen = context;

	(void)kind;
	(void)value;
	seen->lengths += strcasecmp(name, "Content-Length") == 0;
	seen->codings += strcasecmp(name, "Transfer-Encoding") == 0;
	seen->hosts += strcasecmp(name, "Host") == 0;
	return MHD_YES;
}

static const char *header(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

/* The length of the body could be read in two ways, or Host says two things. */
static bool ambiguous(struct request *request)
{
	struct seen seen = { 0, 0, 0 };

	MHD_get_connection_values(request->connection, MHD_HEADER_KIND, see, &seen);
	return seen.lengths > 1 || seen.codings > 1 || (seen.lengths && seen.codings) ||
	       seen.hosts > 1;
}

/* TYPE, which may be NULL, is WANTED, whatever parameters follow. */
static bool type_is(const char *type, const char *wanted)
{
	size_t length = strlen(wanted);

	return type && strncasecmp(type, wanted, length) == 0 &&
	       (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

static void check_sender(struct request *request)
{
	const char *site = header(request, "Sec-Fetch-Site");
	const char *type = header(request, "Content-Type");
	const char *wanted = web_body_type(request->route);

	request->files = strcmp(wanted, WEB_FORM) == 0 && type_is(type, WEB_FILES);
	if (request->route->cross == CROSS_SAME && site && strcmp(site, "same-origin") != 0 &&
		strcmp(site, "none") != 0)
		request_problem(request, 403, WORD("Another site's page sent this."),
			WORD("Send it from this site, or from a program."));
	else if (request->route->body_max && !request->files && !type_is(type, wanted))
		request_problem(request, 415, WORD("The body is not of this address's type."),
			strcmp(wanted, "application/json") == 0
				? WORD("Send Content-Type: application/json.")
				: WORD("Send the form of the page."));
}

/* What the head alone decides. */
static void judge_head(struct request *request, const char *method)
{
	const char *length = header(request, "Content-Length");
	int64_t bytes = 0;

	request->method = str_copy(&request->arena, str_of(method));
	if (!request->target.ptr) {
		request_problem(
			request, 503, WORD("No memory for this request."), WORD("Try again."));
		return;
	}
	if (ambiguous(request) || (length && !str_to_int64(str_of(length), &bytes))) {
		request->too_large = true;
		request_problem(request, 400, WORD("The head can be read in two ways."),
			WORD("Send one Host, and one Content-Length or Transfer-Encoding."));
		return;
	}
	if (!request_read_target(request)) {
		request_problem(request, 400, WORD("The address is not well written."),
			WORD("Escape it as RFC 3986 says; at most 2,048 bytes."));
		return;
	}
	request->route = web_route(request->method, request->path, &request->allowed);
	buf_init(&request->body, &request->arena, request->route ? request->route->body_max : 0);
	request->too_large = bytes > (request->route ? (int64_t)request->route->body_max : 0);
	if (!request->route && request->allowed.len)
		request_problem(request, 405, WORD("This address is not asked in this way."),
			WORD("The header Allow names the methods."));
	else if (!request->route)
		request_problem(request, 404, WORD("No page has this address."),
			WORD("Begin at the first page. Programs find all addresses in "
			     "/openapi.yaml."));
	else if (request->too_large)
		request_problem(request, 413, WORD("The body is too large."), WORD("Send less."));
	else if (!request_read_parameters(request))
		request_problem(request, 400, WORD("Parameters are faulty."),
			WORD("Correct what is named and ask again."));
	else
		check_sender(request);
}

static enum MHD_Result answer(struct request *request)
{
	enum status status;

	if (!web_fresh(request))
		return MHD_YES;
	request->type = "application/json";
	status = request->route->answer(request);
	if (status != STATUS_OK) {
		kept_leave(request);
		request_problem(request, status == STATUS_NO_MEMORY ? 503 : 500,
			WORD("The answer could not be made."), WORD("Ask for less, or try again."));
	} else if (request->status == 0 && request->answer.ptr) {
		request->status = 200;
	}
	/* Nothing yet: the connection sleeps until a kept answer is there. */
	return request->status ? request_send(request) : MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *size, void **of)
{
	struct request *request = *of;

	(void)context;
	(void)url;
	(void)version;
	if (!request)
		return MHD_NO;
	if (!request->begun) {
		request->begun = true;
		judge_head(request, method);
		return request->too_large ? request_send(request) : MHD_YES;
	}
	if (*size) {
		if (!request->status)
			buf_add(&request->body, (struct str){ data, *size });
		*size = 0;
		return MHD_YES;
	}
	web_line_arrived(connection, request->started_ns);
	if (!request->status && request->body.failed)
		request_problem(request, 413, WORD("The body is too large."), WORD("Send less."));
	return request->status ? request_send(request) : answer(request);
}

/* libmicrohttpd's own decoding is not used: request.c reads the target. */
static size_t leave(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

/* What the library says of clients may quote them; nothing of it is written. */
static void quiet(void *context, const char *format, va_list values)
{
	(void)context;
	(void)format;
	(void)values;
}

/* Processors that this process may use: a service may have fewer than there are. */
static unsigned usual_threads(void)
{
	cpu_set_t mine;
	int count = sched_getaffinity(0, sizeof mine, &mine) == 0 ? CPU_COUNT(&mine) : 0;

	return count < 2 ? 2 : count > USUAL_THREADS_MAX ? USUAL_THREADS_MAX : (unsigned)count;
}

enum status web_listen(struct web_server *server, struct diags *diags)
{
	const struct web_config *config = server->config;
	bool tls = config->tls_cert.ptr != NULL;
	int socket = web_socket(config->listen, tls, diags);
	struct MHD_OptionItem secure[] = { { MHD_OPTION_HTTPS_MEM_CERT, 0,
						   (void *)(uintptr_t)config->tls_cert.ptr },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)config->tls_key.ptr },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
			(void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL } };

	if (socket < 0)
		return socket == -1 ? STATUS_REFUSED : STATUS_IO;
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
						  MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : 0),
		0, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL,
		MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_THREAD_POOL_SIZE,
		config->threads ? config->threads : usual_threads(), MHD_OPTION_CONNECTION_LIMIT,
		CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MAX,
		MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_MAX_S, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_URI_LOG_CALLBACK, begin, server, MHD_OPTION_NOTIFY_COMPLETED, end,
		server, MHD_OPTION_NOTIFY_CONNECTION, web_line_notify, server,
		MHD_OPTION_UNESCAPE_CALLBACK, leave, NULL, MHD_OPTION_ARRAY,
		tls ? secure : &secure[3], MHD_OPTION_END);
	if (server->daemon)
		return STATUS_OK;
	close(socket);
	diags_add(diags, STR("entente"), (struct pos){ 0, 0 }, STR("--listen"),
		"the server cannot start%s", tls ? "; are certificate and key a pair in PEM?" : "");
	return STATUS_IO;
}

/* No new connections; answers under way have ten seconds. */
void web_stop(struct web_server *server)
{
	MHD_socket socket = MHD_quiesce_daemon(server->daemon);

	web_fresh_stop(server);
	for (int i = 0; i < 1000 && atomic_load(&server->under_way) > 0; i++)
		usleep(10000);
	kept_stop(&server->queue);
	MHD_stop_daemon(server->daemon);
	if (socket != MHD_INVALID_SOCKET)
		close(socket);
	while (server->spare_count)
		discard(server->spares[--server->spare_count]);
}
