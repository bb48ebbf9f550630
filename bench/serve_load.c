/* Starts servers, loads them with wrk and reads what it prints. */
#include "bench/serve_load.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/bench.h"

#define START_TRIES 1000
#define PAUSE_US 10000
#define CPU_FIELD 14 /* of /proc/PID/stat, after the name, which is field 2 */
#define RATE_MARK "Requests/sec:"

static void pin(int processor)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((size_t)processor, &set);
	if (sched_setaffinity(0, sizeof set, &set) != 0)
		bench_fail("processor %d cannot be had alone", processor);
}

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int free_port(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
		getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		bench_fail("no port");
	close(fd);
	return ntohs(address.sin_port);
}

static int dial(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void wait_for(const struct served *server)
{
	for (int i = 0; i < START_TRIES; i++) {
		int fd = dial(server->port);
		if (fd >= 0) {
			close(fd);
			return;
		}
		usleep(PAUSE_US);
	}
	bench_fail("a server does not answer");
}

struct body {
	const char *bytes;
	size_t count;
};

/* Queued in the second call: after the first the library would close the connection. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *size, void **of)
{
	static char seen;
	const struct body *body = context;
	struct MHD_Response *response;
	enum MHD_Result result;

	(void)url;
	(void)method;
	(void)version;
	(void)data;
	if (!*of || *size) {
		*of = &seen;
		*size = 0;
		return MHD_YES;
	}
	*of = NULL;
	response = MHD_create_response_from_buffer(
		body->count, (void *)(uintptr_t)body->bytes, MHD_RESPMEM_PERSISTENT);
	result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

static pid_t child(int processor)
{
	pid_t process = fork();

	if (process < 0)
		bench_fail("no process");
	if (process == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pin(processor);
	}
	return process;
}

struct served serve_bare(int processor, size_t bytes)
{
	struct served server = { .port = free_port() };

	server.process = child(processor);
	if (server.process == 0) {
		char *text = malloc(bytes);
		struct body body = { text, bytes };

		if (!text)
			_exit(1);
		memset(text, 'x', bytes);
		if (!MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)server.port, NULL,
			    NULL, answer, &body, MHD_OPTION_END))
			_exit(1);
		for (;;)
			pause();
	}
	wait_for(&server);
	return server;
}

struct served serve_ours(int processor, const char *program, const char *folder)
{
	struct served server = { .port = free_port() };
	char listen[32];

	snprintf(listen, sizeof listen, "127.0.0.1:%d", server.port);
	server.process = child(processor);
	if (server.process == 0) {
		/* Its lines are written, to nowhere. */
		int nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDERR_FILENO);
		execl(program, program, "-w", folder, "serve", "--listen", listen, "--threads", "1",
			(char *)NULL);
		_exit(1);
	}
	wait_for(&server);
	return server;
}

void serve_end(const struct served *server)
{
	kill(server->process, SIGKILL);
	waitpid(server->process, NULL, 0);
}

size_t serve_ask(const struct served *server, struct str body, char *out, size_t max)
{
	char head[256];
	size_t len = 0;
	ssize_t got;
	int fd = dial(server->port);
	int size = snprintf(head, sizeof head,
		"POST /api/v1/who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		"Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
		body.len);

	if (fd < 0 || write(fd, head, (size_t)size) != size ||
		write(fd, body.ptr, body.len) != (ssize_t)body.len)
		bench_fail("the server does not take a question");
	while (len < max - 1 && (got = read(fd, out + len, max - 1 - len)) > 0)
		len += (size_t)got;
	close(fd);
	out[len] = '\0';
	return len;
}

/* User and system time of PROCESS, in seconds. */
static double cpu_of(pid_t process)
{
	char path[64], text[1024] = "";
	unsigned long user = 0, system = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
	file = fopen(path, "r");
	if (!file || !fgets(text, sizeof text, file))
		bench_fail("%s cannot be read", path);
	fclose(file);
	char *rest = strrchr(text, ')');
	for (int field = 2; rest && field < CPU_FIELD; field++)
		rest = strchr(rest + 1, ' ');
	if (!rest)
		bench_fail("%s: not as expected", path);
	user = strtoul(rest, &rest, 10);
	system = strtoul(rest, &rest, 10);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* "1.23ms", "456.00us", "1.20s" as seconds. */
static double seconds_of(const char *text)
{
	char *unit;
	double number = strtod(text, &unit);

	return strncmp(unit, "us", 2) == 0   ? number * 1e-6
	       : strncmp(unit, "ms", 2) == 0 ? number * 1e-3
					     : number;
}

struct load serve_load(int processor, const struct served *server, const char *script)
{
	char command[1024], line[256];
	struct load load = { 0, 0, 0 };
	double before = cpu_of(server->process), requests = 0;
	FILE *pipe;

	snprintf(command, sizeof command,
		"taskset -c %d wrk -t1 -c%d -d%ds --latency -s '%s' http://127.0.0.1:%d/api/v1/who",
		processor, SERVE_CONNECTIONS, SERVE_SECONDS, script, server->port);
	pipe = popen(command, "r");
	if (!pipe)
		bench_fail("wrk cannot be started");
	while (fgets(line, sizeof line, pipe)) {
		const char *p99 = strstr(line, "99%"), *rate = strstr(line, RATE_MARK);
		if (p99)
			load.p99 = seconds_of(p99 + strlen("99%"));
		if (rate)
			load.rate = strtod(rate + strlen(RATE_MARK), NULL);
		if (strstr(line, "requests in"))
			requests = strtod(line, NULL);
		if (strstr(line, "Non-2xx") || strstr(line, "Socket errors"))
			bench_fail("answers that are none: %s", line);
	}
	if (pclose(pipe) != 0 || load.rate <= 0 || load.p99 <= 0 || requests <= 0)
		bench_fail("wrk did not say what it measured");
	load.cpu = (cpu_of(server->process) - before) / requests;
	return load;
}
