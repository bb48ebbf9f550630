/* Who asks after a change was committed is answered from it, by construction: the store's version
 * is compared before each answer, which costs a read of shared memory. Where it differs the
 * connection sleeps, without a thread, until the keeper has looked at the store and published what
 * it found; then it is answered, whatever that was. */
#include "web/internal.h"

#include <signal.h>

/* True: REQUEST sleeps until the keeper's next look. */
static bool wait_for_look(struct web_server *server, struct request *request)
{
	bool waits;

	pthread_mutex_lock(&server->fresh_lock);
	waits = !server->keeper_gone;
	if (waits) {
		request->fresh = true;
		request->next_waiting = server->fresh_waiting;
		server->fresh_waiting = request;
		MHD_suspend_connection(request->connection);
		pthread_kill(server->keeper, WEB_LOOK_SIGNAL);
	}
	pthread_mutex_unlock(&server->fresh_lock);
	return waits;
}

bool web_fresh(struct request *request)
{
	struct web_server *server = request->server;
	struct store *store = server->config->store;

	if (request->snapshot)
		return true;
	if (store && !request->fresh && store_version(store) != atomic_load(&server->version) &&
		wait_for_look(server, request))
		return false;
	request->snapshot = web_door_take(&server->door);
	return true;
}

static struct request *take_waiting(struct web_server *server)
{
	struct request *waiting;

	pthread_mutex_lock(&server->fresh_lock);
	waiting = server->fresh_waiting;
	server->fresh_waiting = NULL;
	pthread_mutex_unlock(&server->fresh_lock);
	return waiting;
}

/* A request may go as soon as its connection is resumed. */
static void wake(struct request *waiting)
{
	while (waiting) {
		struct request *next = waiting->next_waiting;
		MHD_resume_connection(waiting->connection);
		waiting = next;
	}
}

void web_fresh_look(struct web_server *server, bool anew)
{
	struct store *store = server->config->store;
	/* They came before the version is read, so that what it stands for is new enough. */
	struct request *waiting = take_waiting(server);
	uint64_t version = store ? store_version(store) : 0, head = server->seen;
	bool moved = version != atomic_load(&server->version);

	if (moved && store_head(store, &head, NULL) != STATUS_OK)
		moved = false; /* looked at again at the next turn */
	if (!store && anew)
		head++;
	if (anew || head != server->seen) {
		server->seen = head;
		web_reload(server, head);
	}
	if (moved)
		atomic_store(&server->version, version);
	wake(waiting);
}

void web_fresh_stop(struct web_server *server)
{
	pthread_mutex_lock(&server->fresh_lock);
	server->keeper_gone = true;
	pthread_mutex_unlock(&server->fresh_lock);
	wake(take_waiting(server));
}
