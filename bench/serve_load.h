/* The processes of bench_serve: two servers on one processor, a load generator on another. */
#ifndef ENTENTE_BENCH_SERVE_LOAD_H
#define ENTENTE_BENCH_SERVE_LOAD_H

#include <sys/types.h>
#include "base/base.h"

#define SERVE_CONNECTIONS 64
#define SERVE_SECONDS 3

struct served {
	pid_t process;
	int port;
};
/* The bare library: takes the body, answers BYTES bytes from one thread that waits with epoll. */
struct served serve_bare(int processor, size_t bytes);
/* `entente serve` of FOLDER, pinned to PROCESSOR. PROGRAM is the path of the command. */
struct served serve_ours(int processor, const char *program, const char *folder);
void serve_end(const struct served *server);

/* The answer to POST /api/v1/who with BODY, head and all, into OUT; the length. */
size_t serve_ask(const struct served *server, struct str body, char *out, size_t max);

/* One run of wrk on PROCESSOR with SCRIPT: requests a second, seconds of the 99th percentile, and
 * processor time of SERVER for one request. Answers other than 200 end the program. */
struct load {
	double rate, p99, cpu;
};
struct load serve_load(int processor, const struct served *server, const char *script);

#endif
