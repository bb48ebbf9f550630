/* Answers that take seconds: made once for a snapshot, by a thread of their own, and kept until the
 * next. Whoever asks meanwhile sleeps without holding a thread, so that short answers go on.
 * Memory is bounded by WEB_KEPT_MAX and WEB_KEPT_COUNT: what nobody reads goes first, and
 * where all is in use the server says that it is busy. */
#include "web/coding.h"

#include <string.h>

#define WORK_MAX ((size_t)2 << 30)

struct kept {
	struct analysis asked;
	enum kept_state state;
	unsigned users; /* requests that send its bytes */
	struct arena arena;
	struct buf out;
	struct str packed;
	struct sha256 hash;
	struct request *waiting;
	struct kept *next; /* of the snapshot */
	struct kept *next_job;
	struct web_snapshot *snapshot;
};

static bool same(const struct analysis *a, const struct analysis *b)
{
	return a->make == b->make && a->services == b->services && a->place == b->place &&
	       a->item == b->item && a->nat == b->nat && a->phase == b->phase &&
	       a->date == b->date && a->limit == b->limit && a->language == b->language &&
	       a->keep_language == b->keep_language && a->keep_service == b->keep_service &&
	       a->below == b->below && a->table == b->table && a->page == b->page &&
	       a->csv == b->csv && a->analysis == b->analysis && a->kinds == b->kinds &&
	       a->component == b->component && a->holds == b->holds && a->rows == b->rows &&
	       a->cols == b->cols && a->phases == b->phases && a->group == b->group &&
	       a->states[0] == b->states[0] && a->states[1] == b->states[1] &&
	       sha256_same(&a->hash, &b->hash);
}

static void free_one(struct kept *kept)
{
	arena_free(&kept->arena);
	allocator_system.put(allocator_system.context, kept, sizeof *kept);
}

void kept_free(struct web_snapshot *snapshot)
{
	while (snapshot->kept) {
		struct kept *next = snapshot->kept->next;
		free_one(snapshot->kept);
		snapshot->kept = next;
	}
}

/* Drops answers that nobody reads, the oldest (last in the list) first, until there is room. */
static bool make_room(struct web_snapshot *snapshot)
{
	while (snapshot->kept_count >= WEB_KEPT_COUNT || snapshot->kept_bytes >= WEB_KEPT_MAX) {
		struct kept **oldest = NULL;
		for (struct kept **at = &snapshot->kept; *at; at = &(*at)->next)
			if ((*at)->state != KEPT_WAITS && (*at)->users == 0)
				oldest = at;
		if (!oldest)
			return false;
		struct kept *gone = *oldest;
		*oldest = gone->next;
		snapshot->kept_count--;
		snapshot->kept_bytes -= gone->out.len + gone->packed.len;
		free_one(gone);
	}
	return true;
}

static struct kept *add(struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct kept *kept;

	if (!make_room(snapshot))
		return NULL;
	kept = allocator_system.get(allocator_system.context, sizeof *kept);
	if (!kept)
		return NULL;
	*kept = (struct kept){ .asked = *asked, .state = KEPT_WAITS, .next = snapshot->kept };
	arena_init(&kept->arena, &allocator_system, 3 * WEB_ANSWER_MAX);
	buf_init(&kept->out, &kept->arena, WEB_ANSWER_MAX);
	snapshot->kept = kept;
	snapshot->kept_count++;
	return kept;
}

static bool enqueue(struct kept_queue *queue, struct kept *kept)
{
	bool taken;

	pthread_mutex_lock(&queue->lock);
	taken = !queue->stopping;
	if (taken) {
		if (queue->last)
			queue->last->next_job = kept;
		else
			queue->first = kept;
		queue->last = kept;
		pthread_cond_signal(&queue->filled);
	}
	pthread_mutex_unlock(&queue->lock);
	return taken;
}

static enum kept_state join(struct kept *kept, struct request *request)
{
	if (request && kept->state == KEPT_READY && !request->kept) {
		kept->users++;
		request->kept = kept;
		request->answer = buf_str(&kept->out);
		request->packed = kept->packed;
		request->prepared = true;
		request->hash = kept->hash;
	}
	if (request && kept->state == KEPT_WAITS) {
		request->next_waiting = kept->waiting;
		kept->waiting = request;
		MHD_suspend_connection(request->connection);
	}
	return kept->state;
}

enum kept_state kept_ask(struct kept_queue *queue, struct web_snapshot *snapshot,
	struct request *request, const struct analysis *asked)
{
	enum kept_state state = KEPT_BUSY;
	struct kept *kept;

	pthread_mutex_lock(&snapshot->lock);
	for (kept = snapshot->kept; kept && !same(&kept->asked, asked); kept = kept->next)
		;
	if (!kept) {
		kept = add(snapshot, asked);
		if (kept) {
			kept->snapshot = web_snapshot_retain(snapshot);
			if (!enqueue(queue, kept)) {
				kept->state = KEPT_FAILED;
				web_snapshot_release(kept->snapshot);
			}
		}
	}
	if (kept)
		state = join(kept, request);
	pthread_mutex_unlock(&snapshot->lock);
	return state;
}

/* The request no longer sends the bytes of KEPT. */
void kept_leave(struct request *request)
{
	if (!request->kept)
		return;
	pthread_mutex_lock(&request->snapshot->lock);
	request->kept->users--;
	pthread_mutex_unlock(&request->snapshot->lock);
	request->kept = NULL;
	request->prepared = false;
}

static void finish(struct kept *kept, enum kept_state state)
{
	struct web_snapshot *snapshot = kept->snapshot;
	struct request *waiting;

	pthread_mutex_lock(&snapshot->lock);
	kept->state = state;
	snapshot->kept_bytes += kept->out.len + kept->packed.len;
	waiting = kept->waiting;
	kept->waiting = NULL;
	while (waiting) {
		struct request *next = waiting->next_waiting;
		MHD_resume_connection(waiting->connection);
		waiting = next;
	}
	pthread_mutex_unlock(&snapshot->lock);
	web_snapshot_release(snapshot);
}

static struct kept *next_job(struct kept_queue *queue, bool *stopping)
{
	struct kept *job;

	pthread_mutex_lock(&queue->lock);
	while (!queue->first && !queue->stopping)
		pthread_cond_wait(&queue->filled, &queue->lock);
	job = queue->first;
	*stopping = queue->stopping;
	if (job) {
		queue->first = job->next_job;
		if (!queue->first)
			queue->last = NULL;
	}
	pthread_mutex_unlock(&queue->lock);
	return job;
}

/* Once for all who will ask, in SCRATCH first, so that no more is kept than there is. */
static void pack(struct kept *kept, struct arena *scratch)
{
	struct str packed;

	kept->hash = sha256_of(buf_str(&kept->out));
	if (coding_pack(&packed, scratch, buf_str(&kept->out), CODING_FOR_ALL))
		kept->packed = str_copy(&kept->arena, packed);
}

static void *work(void *context)
{
	struct kept_queue *queue = context;
	struct kept *job;
	bool stopping;

	while ((job = next_job(queue, &stopping)) != NULL) {
		enum status status = STATUS_REFUSED;
		struct arena arena;

		arena_init(&arena, &allocator_system, WORK_MAX);
		if (!stopping)
			status = job->asked.make(&job->out, &arena, job->snapshot, &job->asked);
		if (status == STATUS_OK && !job->out.failed)
			pack(job, &arena);
		arena_free(&arena);
		finish(job, status == STATUS_OK && !job->out.failed ? KEPT_READY : KEPT_FAILED);
	}
	return NULL;
}

enum status kept_start(struct kept_queue *queue)
{
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->filled, NULL);
	return pthread_create(&queue->thread, NULL, work, queue) ? STATUS_NO_MEMORY : STATUS_OK;
}

void kept_stop(struct kept_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->stopping = true;
	pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
	pthread_join(queue->thread, NULL);
	pthread_cond_destroy(&queue->filled);
	pthread_mutex_destroy(&queue->lock);
}
