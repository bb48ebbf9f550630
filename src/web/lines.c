/* The connections and their deadlines. libmicrohttpd cuts who is silent; who sends a byte now and
 * then, or takes one, is cut here: a request has to arrive whole, and an answer to be taken, within
 * a time. The socket is shut down, and libmicrohttpd finds it closed. */
#include "web/internal.h"

#include <sys/socket.h>

#define REQUEST_MAX_NS UINT64_C(30000000000) /* from the connection or the answer before */
#define ANSWER_MAX_NS UINT64_C(300000000000) /* from the request's last byte */

struct line {
	struct line *next, **link;
	int socket;
	_Atomic uint64_t until_ns;
};

static uint64_t now_ns(const struct web_server *server)
{
	const struct clock *clock = server->config->clock;

	return clock->monotonic_ns(clock->context);
}

static void open_line(
	struct web_server *server, struct MHD_Connection *connection, struct line **to)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct line *line = allocator_system.get(allocator_system.context, sizeof *line);

	*to = line;
	if (!line)
		return; /* requests on it are refused for want of memory */
	line->socket = info->connect_fd;
	atomic_init(&line->until_ns, now_ns(server) + REQUEST_MAX_NS);
	pthread_mutex_lock(&server->lines_lock);
	line->next = server->lines;
	line->link = &server->lines;
	if (line->next)
		line->next->link = &line->next;
	server->lines = line;
	pthread_mutex_unlock(&server->lines_lock);
}

void web_line_notify(void *context, struct MHD_Connection *connection, void **of,
	enum MHD_ConnectionNotificationCode what)
{
	struct web_server *server = context;
	struct line *line = *of;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		open_line(server, connection, (struct line **)of);
	} else if (line) {
		/* Before the socket is closed, so that its number is nobody else's yet. */
		pthread_mutex_lock(&server->lines_lock);
		*line->link = line->next;
		if (line->next)
			line->next->link = line->link;
		pthread_mutex_unlock(&server->lines_lock);
		allocator_system.put(allocator_system.context, line, sizeof *line);
		*of = NULL;
	}
}

static struct line *line_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
		->socket_context;
}

bool web_line_known(struct MHD_Connection *connection)
{
	return line_of(connection) != NULL;
}

void web_line_arrived(struct MHD_Connection *connection, uint64_t at_ns)
{
	struct line *line = line_of(connection);

	if (line)
		atomic_store_explicit(&line->until_ns, at_ns + ANSWER_MAX_NS, memory_order_relaxed);
}

void web_line_answered(struct MHD_Connection *connection, uint64_t at_ns)
{
	struct line *line = line_of(connection);

	if (line)
		atomic_store_explicit(
			&line->until_ns, at_ns + REQUEST_MAX_NS, memory_order_relaxed);
}

void web_lines_cut(struct web_server *server)
{
	uint64_t now = now_ns(server);

	pthread_mutex_lock(&server->lines_lock);
	for (struct line *line = server->lines; line; line = line->next)
		if (atomic_load_explicit(&line->until_ns, memory_order_relaxed) < now) {
			shutdown(line->socket, SHUT_RDWR);
			atomic_fetch_add(&server->lines_cut, 1);
		}
	pthread_mutex_unlock(&server->lines_lock);
}
