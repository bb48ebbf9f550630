/* The server's life: read, listen, reload on a signal or when the journal has grown, drain. */
#include "web/internal.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define LOOK_EVERY_NS 50000000L /* at the store */
#define CUT_EVERY 10u           /* turns */
#define FAULTS_MAX 100

static void tell(struct web_server *server, struct arena *arena, const char *what)
{
	struct web_snapshot *snapshot = web_door_take(&server->door);
	struct str listen = server->config->listen;
	bool local = listen.len > 5 && memcmp(listen.ptr, "unix:", 5) == 0;
	struct str line = str_format(arena, "%s: state %" PRIu64 ", %zu agreements, on %s" STR_FMT,
		what, snapshot->sequence, snapshot->accords.items_count,
		local                          ? ""
		: server->config->tls_cert.len ? "https://"
					       : "http://",
		STR_ARG(listen));

	web_snapshot_release(snapshot);
	if (line.ptr)
		web_log_now(&server->log, line);
}

/* What is asked for most and takes longest is made before anybody asks. */
static void warm(struct web_server *server)
{
	const struct clock *clock = server->config->clock;
	struct analysis asked = analysis_default(clock->today(clock->context));
	struct web_snapshot *snapshot = web_door_take(&server->door);

	kept_ask(&server->queue, snapshot, NULL, &asked);
	web_snapshot_release(snapshot);
}

/* A faulty workspace is told and the state before goes on being served. */
void web_reload(struct web_server *server, uint64_t sequence)
{
	struct web_snapshot *next;
	struct diags diags;
	struct arena arena;
	struct buf text;
	enum status status;

	arena_init(&arena, &allocator_system, WEB_REQUEST_MAX);
	diags_init(&diags, &arena, FAULTS_MAX);
	status = web_snapshot_read(&next, server->config, sequence, &diags);
	if (status == STATUS_OK) {
		server->reloads++;
		web_door_put(&server->door, next);
		tell(server, &arena, "reloaded");
		warm(server);
	} else {
		server->reload_faults++;
		buf_init(&text, &arena, (size_t)1 << 20);
		diags_print(&text, &diags);
		web_log_now(
			&server->log, STR("not reloaded; the state before goes on being served"));
		if (text.len)
			web_log_now(&server->log, buf_str(&text));
	}
	arena_free(&arena);
}

/* The keeper's loop: some twenty turns a second, or at once when somebody waits. */
static void run(struct web_server *server, const sigset_t *signals)
{
	const struct timespec wait = { 0, LOOK_EVERY_NS };

	for (unsigned turn = 1;; turn++) {
		int signal = sigtimedwait(signals, NULL, &wait);

		if (signal == SIGTERM || signal == SIGINT)
			return;
		web_fresh_look(server, signal == SIGHUP);
		web_log_flush(&server->log);
		if (turn % CUT_EVERY == 0)
			web_lines_cut(server);
	}
}

static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

enum status web_serve(const struct web_config *config, struct diags *diags)
{
	struct web_server *server = allocator_system.get(allocator_system.context, sizeof *server);
	struct web_snapshot *first;
	struct arena arena;
	sigset_t signals;
	enum status status;

	if (!server)
		return STATUS_NO_MEMORY;
	memset(server, 0, sizeof *server);
	server->config = config;
	server->keeper = pthread_self();
	pthread_mutex_init(&server->fresh_lock, NULL);
	pthread_mutex_init(&server->lines_lock, NULL);
	pthread_mutex_init(&server->spares_lock, NULL);
	web_log_open(&server->log, config->tell);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, WEB_LOOK_SIGNAL);
	pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before there are threads */
	signal(SIGPIPE, SIG_IGN);
	raise_limit();
	if (config->store) /* before it is read: what is committed meanwhile is seen as newer */
		atomic_store(&server->version, store_version(config->store));
	status = web_snapshot_read(&first, config, 1, diags);
	if (status == STATUS_OK) {
		server->seen = first->sequence;
		web_door_put(&server->door, first);
		status = kept_start(&server->queue);
		if (status == STATUS_OK) {
			status = web_listen(server, diags);
			if (status != STATUS_OK)
				kept_stop(&server->queue);
		}
	}
	if (status == STATUS_OK) {
		arena_init(&arena, &allocator_system, (size_t)1 << 20);
		tell(server, &arena, "ready");
		arena_free(&arena);
		warm(server);
		run(server, &signals);
		web_stop(server);
		web_log_now(&server->log, STR("stopped"));
	}
	web_door_put(&server->door, NULL);
	web_log_close(&server->log);
	pthread_mutex_destroy(&server->spares_lock);
	pthread_mutex_destroy(&server->lines_lock);
	pthread_mutex_destroy(&server->fresh_lock);
	allocator_system.put(allocator_system.context, server, sizeof *server);
	return status;
}
