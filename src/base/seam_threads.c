/* Independent jobs on threads. The only place that starts threads; everything else is handed a
 * struct jobs and does not know whether its jobs overlap. */
#include "base/seam.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define THREADS_MAX 16

struct crew {
	void (*job)(void *work, size_t number);
	void *work;
	size_t count;
	atomic_size_t next;
};

/* Whoever is free takes the next number. */
static void *labour(void *context)
{
	struct crew *crew = context;
	for (;;) {
		size_t number = atomic_fetch_add_explicit(&crew->next, 1, memory_order_relaxed);
		if (number >= crew->count)
			return NULL;
		crew->job(crew->work, number);
	}
}

static void run(void *context, size_t count, void (*job)(void *work, size_t number), void *work)
{
	struct crew crew = { .job = job, .work = work, .count = count };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = processors < 1 ? 1 : (size_t)processors, started = 0;
	pthread_t threads[THREADS_MAX];
	(void)context;
	assert(job);
	if (wanted > THREADS_MAX)
		wanted = THREADS_MAX;
	if (wanted > count)
		wanted = count;
	while (started + 1 < wanted && pthread_create(&threads[started], NULL, labour, &crew) == 0)
		started++;
	labour(&crew);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

const struct jobs jobs_threads = { run, NULL };
