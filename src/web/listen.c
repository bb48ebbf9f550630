/* The socket to listen on: TCP on loopback, elsewhere only with TLS, or a Unix socket. */
#include "web/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define REFUSED (-1)
#define FAILED (-2)
#define BACKLOG 1024
#define THREADS_MAX 64u

static int fault(struct diags *diags, int code, struct str name, const char *what)
{
	diags_add(diags, STR("entente"), (struct pos){ 0, 0 }, STR("--listen"), "'" STR_FMT "': %s",
		STR_ARG(name), what);
	return code;
}

/* Why the system refused to listen at NAME, and what to do. */
static int refused(struct diags *diags, struct str name, int failed)
{
	switch (failed) {
	case EADDRINUSE:
		return fault(diags, REFUSED, name,
			"another program listens there; choose another address, or port 0 for any "
			"that is free");
	case EADDRNOTAVAIL:
		return fault(diags, REFUSED, name, "this machine has no such address");
	case EACCES:
		return fault(diags, REFUSED, name,
			"this user may not listen there; ports from 1024 on are for all");
	default:
		return fault(diags, FAILED, name, strerror(failed));
	}
}

static int finish(
	struct diags *diags, struct str name, const struct sockaddr *address, socklen_t size)
{
	int yes = 1, fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return fault(diags, FAILED, name, strerror(errno));
	if (address->sa_family != AF_UNIX)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(fd, address, size) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int failed = errno;
	close(fd);
	return refused(diags, name, failed);
}

/* NAME is well formed. A socket file left over by a server that is gone is taken away; another kind
 * of file is not. */
static int unix_socket(struct str name, struct diags *diags)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct str path = str_sub(name, 5, name.len);
	struct stat info;
	int probe, found = -1;

	memcpy(address.sun_path, path.ptr, path.len);
	if (stat(address.sun_path, &info) == 0 && S_ISSOCK(info.st_mode)) {
		probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (probe >= 0) {
			found = connect(probe, (struct sockaddr *)&address, sizeof address);
			close(probe);
		}
		if (found == 0)
			return fault(diags, REFUSED, name, "another server listens there");
		unlink(address.sun_path);
	}
	return finish(diags, name, (struct sockaddr *)&address, sizeof address);
}

/* The address that NAME writes, of IPv4 or IPv6. */
struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} at;
	socklen_t size;
	bool loopback;
};

static const char *read_address(struct address *out, struct str name)
{
	char host[64] = "";
	size_t colon = name.len, from = 0;
	int64_t port = 0;

	*out = (struct address){ 0 };
	while (colon > 0 && name.ptr[colon - 1] != ':')
		colon--;
	if (colon == 0 || colon > sizeof host ||
		!str_to_int64(str_sub(name, colon, name.len), &port) || port < 0 || port > 65535)
		return "an address is written 127.0.0.1:8080, [::1]:8080 or unix:PATH";
	size_t end = colon - 1;
	bool bracket = end > 1 && name.ptr[0] == '[' && name.ptr[end - 1] == ']';
	from = bracket ? 1 : 0;
	end -= bracket ? 1 : 0;
	memcpy(host, name.ptr + from, end - from);
	if (strcmp(host, "localhost") == 0)
		memcpy(host, "127.0.0.1", sizeof "127.0.0.1");
	if (!bracket && inet_pton(AF_INET, host, &out->at.four.sin_addr) == 1) {
		out->at.four.sin_family = AF_INET;
		out->at.four.sin_port = htons((uint16_t)port);
		out->loopback = ntohl(out->at.four.sin_addr.s_addr) >> 24 == 127;
		out->size = sizeof out->at.four;
		return NULL;
	}
	if (bracket && inet_pton(AF_INET6, host, &out->at.six.sin6_addr) == 1) {
		out->at.six.sin6_family = AF_INET6;
		out->at.six.sin6_port = htons((uint16_t)port);
		out->loopback = IN6_IS_ADDR_LOOPBACK(&out->at.six.sin6_addr);
		out->size = sizeof out->at.six;
		return NULL;
	}
	return "the host is no address of IPv4 or [IPv6]";
}

const char *web_address_fault(struct str name)
{
	struct address address;

	if (!str_starts(name, "unix:"))
		return read_address(&address, name);
	return name.len > 5 && name.len - 5 < sizeof((struct sockaddr_un *)0)->sun_path
		       ? NULL
		       : "a path of 1 to 107 bytes is asked for";
}

unsigned web_threads(struct str name)
{
	unsigned number = 0;

	for (size_t i = 0; i < name.len && number <= THREADS_MAX; i++) {
		if (name.ptr[i] < '0' || name.ptr[i] > '9')
			return 0;
		number = number * 10 + (unsigned)(name.ptr[i] - '0');
	}
	return number <= THREADS_MAX ? number : 0;
}

const char *web_threads_fault(struct str name)
{
	bool well = str_eq(name, STR("auto")) || web_threads(name);

	return well ? NULL : "auto or 1 to 64 is asked for";
}

int web_socket(struct str name, bool tls, struct diags *diags)
{
	const char *why = web_address_fault(name);
	struct address address;

	if (why)
		return fault(diags, REFUSED, name, why);
	if (str_starts(name, "unix:"))
		return unix_socket(name, diags);
	read_address(&address, name);
	if (!address.loopback && !tls)
		return fault(diags, REFUSED, name,
			"without TLS the server listens on this machine alone (127.0.0.1, [::1] or "
			"unix:PATH); give --tls-cert and --tls-key, or put a proxy before it");
	return finish(diags, name, &address.at.any, address.size);
}
