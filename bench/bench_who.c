/* bench_who: who helps this person here and now, ranked, in one thread: cover_who(), one question
 * after the other (who), and cover_who_many() as the command line asks many (who-batch), against
 * SQLite in process and PostgreSQL by a socket, each with prepared statements.
 *
 * Both bear the goal. One after the other, each question waits for memory three times, which
 * neighbours on the machine make longer; in a batch the waits overlap.
 *
 * Questions are drawn from the generator's seed: nationality, service and a place in a country,
 * all equally often. Ten thousand of them are answered by each peer and compared, rank by rank.
 * The day changes from round to round. */
#include <stdio.h>
#include <stdlib.h>
#include "bench/peer.h"

enum {
	ROUNDS = 5,
	SAMPLE = 10000,
	/* A round of ours takes about as long as one of SQLite's, so that each begins with as much
	 * or as little of its data near. */
	OURS_A_ROUND = 25000 * COVER_WHO_MANY,
	LATENCIES = 400000,
	SQLITE_A_ROUND = 20000,
	POSTGRES_A_ROUND = 10000,
	ROWS_MAX = 1024,
	BUCKETS = 12
};
static const double goal = 75, never_under = 40, p99_goal = 2e-6;
#define ARENA_MAX_BYTES ((size_t)64 << 20)

struct run {
	struct bench_options options;
	struct coverage_world *world;
	struct coverage_built *built;
	struct cover_index *index;
	struct random random;
	struct arena arena; /* of one answer */
	uint64_t answers, histogram[BUCKETS];
};

static struct who_query draw(struct random *random)
{
	struct who_query query;

	query.nat = (uint16_t)random_below(random, COVERAGE_NATS);
	query.service = (uint8_t)random_below(random, COVERAGE_SERVICES);
	query.place = (uint16_t)(1 + random_below(random, COVERAGE_PLACES - 1));
	return query;
}

static struct query query_of(const struct run *run, const struct who_query *who, int day)
{
	struct query query;

	cover_query_init(&query, coverage_date(day), VIEWER_ALL);
	query.nats[0] = run->built->nat_of[who->nat];
	query.nat_count = 1;
	query.service = run->built->service_of[who->service];
	query.place = run->built->place_of[who->place];
	return query;
}

static size_t ask_ours(struct run *run, const struct query *query, struct answers *answers)
{
	arena_reset(&run->arena);
	if (cover_who(answers, &run->arena, run->index, query) != STATUS_OK)
		bench_fail("cover_who: no memory");
	return answers->items_count;
}

/* The row of the generator that ANSWER rests on. */
static uint32_t row_of(const struct run *run, const struct answer *answer)
{
	return (uint32_t)((answer->agreement - run->built->accords.items) * COVERAGE_PER_AGREEMENT +
			  (answer->commitment - answer->agreement->commitments));
}

static void compare(struct run *run, struct peer *peer, int day)
{
	struct random random = random_seeded(run->options.seed + (uint64_t)day);

	for (int i = 0; i < SAMPLE; i++) {
		struct who_query who = draw(&random);
		struct query query = query_of(run, &who, day);
		uint32_t rows[ROWS_MAX];
		struct answers answers;
		size_t count = peer->who(peer, &who, day, rows, ROWS_MAX);
		bool same = ask_ours(run, &query, &answers) == count;

		for (size_t k = 0; same && k < count && k < ROWS_MAX; k++)
			same = rows[k] == row_of(run, &answers.items[k]);
		if (!same)
			bench_fail(
				"%s: another answer: nationality %d, service %d, place %d, day %d "
				"(%zu and %zu answers)",
				peer->name, who.nat, who.service, who.place, day,
				answers.items_count, count);
	}
	bench_note(
		"%s: %d questions of day %d answered alike, rank by rank", peer->name, SAMPLE, day);
}

static void note_answers(struct run *run, size_t count)
{
	run->answers += count;
	run->histogram[count < BUCKETS ? count : BUCKETS - 1]++;
}

static void ask_many(struct run *run, const struct query *queries, struct answers *answers)
{
	arena_reset(&run->arena);
	if (cover_who_many(answers, &run->arena, run->index, queries, COVER_WHO_MANY) != STATUS_OK)
		bench_fail("cover_who_many: no memory");
	for (size_t i = 0; i < COVER_WHO_MANY; i++)
		note_answers(run, answers[i].items_count);
}

/* Seconds for the questions of a batch, as many as the command line reads before it asks: one by
 * one, or together. */
static double time_batch(struct run *run, const struct query *queries, bool together)
{
	struct answers answers[COVER_WHO_MANY];
	double start = bench_now();

	if (together)
		ask_many(run, queries, answers);
	for (int i = 0; i < COVER_WHO_MANY && !together; i++)
		note_answers(run, ask_ours(run, &queries[i], answers));
	return bench_now() - start;
}

/* Seconds a question; drawing them is not counted. */
static double time_ours(struct run *run, int day, bool together)
{
	struct query queries[COVER_WHO_MANY];
	double seconds = 0;

	for (int asked = 0; asked < OURS_A_ROUND; asked += COVER_WHO_MANY) {
		for (int i = 0; i < COVER_WHO_MANY; i++) {
			struct who_query who = draw(&run->random);

			queries[i] = query_of(run, &who, day);
		}
		seconds += time_batch(run, queries, together);
	}
	return seconds / OURS_A_ROUND;
}

static double time_peer(struct run *run, struct peer *peer, int day, int count)
{
	uint32_t rows[ROWS_MAX];
	double start = bench_now();

	for (int i = 0; i < count; i++) {
		struct who_query who = draw(&run->random);

		peer->who(peer, &who, day, rows, ROWS_MAX);
	}
	return (bench_now() - start) / count;
}

/* GOALS: the peer is one to be measured by. */
static void run_peer(struct run *run, struct peer *peer, int count, bool goals)
{
	struct bench_runs ours = { 0 }, many = { 0 }, theirs = { 0 };

	compare(run, peer, COVERAGE_DAY);
	compare(run, peer, COVERAGE_DAY / 2);
	for (int i = 0; i < ROUNDS; i++) {
		bench_add(&ours, time_ours(run, COVERAGE_DAY + i, false));
		bench_add(&many, time_ours(run, COVERAGE_DAY + i, true));
		bench_add(&theirs, time_peer(run, peer, COVERAGE_DAY + i, count));
	}
	bench_line("who", &ours, peer->name, &theirs, goals ? goal : 0);
	bench_line("who-batch", &many, peer->name, &theirs, goals ? goal : 0);
	bench_note("questions a second and thread: ours %.0f, in a batch %.0f, %s %.0f",
		1 / bench_median(&ours), 1 / bench_median(&many), peer->name,
		1 / bench_median(&theirs));
	if (goals && bench_median(&theirs) / bench_median(&ours) < never_under)
		bench_note("under %g: more than missed", never_under);
	peer->close(peer);
}

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Each question by itself; the clock's own time is taken off. */
static void print_latency(struct run *run)
{
	double *times = calloc(LATENCIES, sizeof *times), clock = 1;
	char a[32], b[32], c[32], d[32];

	if (!times)
		bench_fail("no memory");
	for (int i = 0; i < 1000; i++) {
		double start = bench_now(), took = bench_now() - start;

		clock = took < clock ? took : clock;
	}
	for (int i = 0; i < LATENCIES; i++) {
		struct who_query who = draw(&run->random);
		struct query query = query_of(run, &who, COVERAGE_DAY + 30);
		struct answers answers;
		double start = bench_now();

		ask_ours(run, &query, &answers);
		times[i] = bench_now() - start - clock;
	}
	qsort(times, LATENCIES, sizeof *times, compare_times);
	bench_note("one by one: p50 %s, p90 %s, p99 %s, most %s",
		bench_time(a, times[LATENCIES / 2]), bench_time(b, times[LATENCIES / 10 * 9]),
		bench_time(c, times[LATENCIES / 100 * 99]), bench_time(d, times[LATENCIES - 1]));
	printf("BENCH who-p99 ours=%s goal=2us %s\n", bench_time(c, times[LATENCIES / 100 * 99]),
		times[LATENCIES / 100 * 99] < p99_goal ? "met" : "missed");
	free(times);
}

static void print_histogram(const struct run *run)
{
	uint64_t all = 0;

	for (int i = 0; i < BUCKETS; i++)
		all += run->histogram[i];
	printf("  answers a question: %.2f; share of questions by answers:",
		(double)run->answers / (double)all);
	for (int i = 0; i < BUCKETS; i++)
		printf(" %d%s: %.1f%%", i, i == BUCKETS - 1 ? "+" : "",
			100.0 * (double)run->histogram[i] / (double)all);
	printf("\n");
}

int main(int argc, char **argv)
{
	struct run run = { 0 };
	char hash[65], time[32];
	double start;

	bench_open(&run.options, argc, argv);
	run.random = random_seeded(run.options.seed);
	arena_init(&run.arena, &allocator_system, ARENA_MAX_BYTES);
	run.world = coverage_make(run.options.seed, run.options.agreements);
	if (!run.world || !coverage_tables(run.world, run.options.dir, hash))
		bench_fail("the tables were not written");
	run.built = coverage_build(run.world);
	start = bench_now();
	if (!run.built || cover_compile(&run.index, &run.built->arena, run.built->world,
				  &run.built->accords) != STATUS_OK)
		bench_fail("no memory for the index");
	bench_note("seed %lu, %zu commitments; index built in %s", (unsigned long)run.options.seed,
		run.world->row_count, bench_time(time, bench_now() - start));
	run_peer(&run, peer_sqlite(run.options.dir), SQLITE_A_ROUND, true);
	run_peer(&run, peer_postgres(run.options.dir), POSTGRES_A_ROUND, false);
	print_latency(&run);
	print_histogram(&run);
	arena_free(&run.arena);
	coverage_built_free(run.built);
	coverage_free(run.world);
	bench_close(&run.options);
	return 0;
}
