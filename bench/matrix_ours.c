/* cover_matrix() by threads: each takes its part of the services. */
#include <pthread.h>
#include <stdlib.h>
#include "bench/bench.h"
#include "bench/matrix_ours.h"

enum { THREADS_MAX = 64 };
#define ARENA_MAX_BYTES ((size_t)1 << 30)

struct job {
	pthread_t thread;
	uint16_t *cells;
	const struct cover_index *index;
	const struct matrix_axes *axes;
	unsigned part, parts;
	enum status status;
};

static void *run_job(void *context)
{
	struct job *job = context;
	struct arena arena;

	arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
	job->status =
		cover_matrix(job->cells, &arena, job->index, job->axes, job->part, job->parts);
	arena_free(&arena);
	return NULL;
}

double matrix_ours(uint16_t *cells, const struct coverage_built *built,
	const struct cover_index *index, int day, unsigned threads)
{
	static uint32_t places[COVERAGE_PLACES];
	struct matrix_axes axes = { built->service_of, COVERAGE_SERVICES, built->nat_of,
		COVERAGE_NATS, places, COVERAGE_PLACES, PHASE_DURING, coverage_date(day),
		VIEWER_ALL };
	struct job jobs[THREADS_MAX];
	double start = bench_now();

	for (uint32_t p = 0; p < COVERAGE_PLACES; p++)
		places[p] = p;
	for (unsigned i = 0; i < threads; i++) {
		jobs[i] = (struct job){
			.cells = cells, .index = index, .axes = &axes, .part = i, .parts = threads
		};
		if (i > 0 && pthread_create(&jobs[i].thread, NULL, run_job, &jobs[i]) != 0)
			bench_fail("no thread");
	}
	run_job(&jobs[0]);
	for (unsigned i = 0; i < threads; i++) {
		if (i > 0)
			pthread_join(jobs[i].thread, NULL);
		if (jobs[i].status != STATUS_OK)
			bench_fail("cover_matrix: no memory");
	}
	return bench_now() - start;
}

void matrix_reorder(uint16_t *out, const uint16_t *cells, const struct coverage_built *built)
{
	for (size_t i = 0; i < COVERAGE_CELLS; i += COVERAGE_PLACES) {
		for (size_t p = 0; p < COVERAGE_PLACES; p++)
			out[i + p] = cells[i + built->place_of[p]];
	}
}
