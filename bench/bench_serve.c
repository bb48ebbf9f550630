/* bench_serve: POST /api/v1/who on the real world against the bare HTTP library that answers 200
 * bytes, and beside it answering as many bytes as ours. All get the same requests: questions of
 * people with two nationalities that have five ranked answers, over connections that stay open.
 * Servers on one processor, wrk on the other, in turn. What is compared is requests a second and
 * the 99th percentile; the processor time of one request, which neighbours disturb less, is
 * printed. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "bench/bench.h"
#include "bench/coverage_world.h"
#include "bench/serve_load.h"
#include "cover/cover.h"

enum { QUESTIONS = 64, ANSWERS = 5, RUNS = 7, TRIES = 2000000, BARE_BYTES = 200 };
#define ARENA_MAX_BYTES ((size_t)2 << 30)
#define ANSWER_MAX ((size_t)1 << 20)
#define RATE_GOAL 0.9
#define P99_GOAL (1 / 1.2)

struct questions {
	char bodies[QUESTIONS][160];
	size_t count;
};

static uint64_t draw(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state >> 33;
}

static bool has_five(const struct cover_index *index, struct arena *arena, struct query *query)
{
	struct answers answers;

	arena_reset(arena);
	if (cover_who(&answers, arena, index, query) != STATUS_OK)
		bench_fail("no memory");
	return answers.items_count == ANSWERS;
}

/* Drawn by SEED until there are enough. */
static void choose(struct questions *out, const char *folder, uint64_t seed)
{
	struct arena arena, work;
	struct diags diags;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	int32_t today = clock_system.today(clock_system.context);

	arena_init(&arena, &allocator_system, ARENA_MAX_BYTES);
	arena_init(&work, &allocator_system, ARENA_MAX_BYTES);
	diags_init(&diags, &arena, 20);
	if (world_load(&world, &arena, &file_system_disk, str_of(folder), &diags) != STATUS_OK ||
		accord_load(&accords, &arena, world, &file_system_disk, str_of(folder), &diags) !=
			STATUS_OK ||
		cover_compile(&index, &arena, world, &accords) != STATUS_OK)
		bench_fail("%s: not a workspace that can be read", folder);
	out->count = 0;
	for (int i = 0; i < TRIES && out->count < QUESTIONS; i++) {
		struct query query;
		cover_query_init(&query, today, VIEWER_PUBLIC);
		query.nat_count = 2;
		query.nats[0] = (uint16_t)(draw(&seed) % world->nats_count);
		query.nats[1] = (uint16_t)(draw(&seed) % world->nats_count);
		query.place = (uint32_t)(draw(&seed) % world->places_count);
		query.service = (uint8_t)(draw(&seed) % world_service_count);
		if (query.nats[0] == query.nats[1] || cover_query_fault(world, &query) ||
			!has_five(index, &work, &query))
			continue;
		snprintf(out->bodies[out->count++], sizeof out->bodies[0],
			"{\"nationality\":[\"" STR_FMT "\",\"" STR_FMT "\"],\"place\":\"" STR_FMT
			"\",\"service\":\"%s\"}",
			STR_ARG(world->nats[query.nats[0]].code),
			STR_ARG(world->nats[query.nats[1]].code),
			STR_ARG(world->places[query.place].id), world_services[query.service].code);
	}
	arena_free(&work);
	arena_free(&arena);
	if (out->count < QUESTIONS)
		bench_fail("%s has only %zu questions with five answers", folder, out->count);
}

static void write_script(char path[static 300], const char *folder, const struct questions *asked)
{
	FILE *file;

	snprintf(path, 300, "%s/who.lua", folder);
	file = fopen(path, "w");
	if (!file)
		bench_fail("%s cannot be written", path);
	fprintf(file, "local asked, at = {}, 0\nfunction init(args)\n"
		      "  local head = {[\"Content-Type\"] = \"application/json\"}\n"
		      "  for i, body in ipairs({\n");
	for (size_t i = 0; i < asked->count; i++)
		fprintf(file, "    '%s',\n", asked->bodies[i]);
	fprintf(file, "  }) do asked[i] = wrk.format(\"POST\", nil, head, body) end\nend\n"
		      "function request()\n  at = at %% #asked + 1\n  return asked[at]\nend\n");
	if (fclose(file) != 0)
		bench_fail("%s cannot be written", path);
}

/* Five ranked answers each, in JSON; the mean length of head and body. */
static size_t check(const struct served *server, const struct questions *asked)
{
	char *text = malloc(ANSWER_MAX);
	size_t bytes = 0;

	if (!text)
		bench_fail("no memory");
	for (size_t i = 0; i < asked->count; i++) {
		bytes += serve_ask(server, str_of(asked->bodies[i]), text, ANSWER_MAX);
		if (strncmp(text, "HTTP/1.1 200", 12) != 0 || !strstr(text, "\"rank\":5") ||
			strstr(text, "\"rank\":6"))
			bench_fail("%s is answered %.300s", asked->bodies[i], text);
	}
	free(text);
	return bytes / asked->count;
}

static void find_program(char path[static 600])
{
	char self[500];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	if (len < 0)
		bench_fail("where is this program?");
	self[len] = '\0';
	snprintf(path, 600, "%s/../src/cli/entente", dirname(self));
	if (access(path, X_OK) != 0)
		bench_fail("%s is not built", path);
}

/* Of one server, run by run: seconds a request, of the 99th percentile, of processor. */
struct figures {
	struct bench_runs time, p99, cpu;
};

static void measure(
	struct figures *to, const struct served *server, const char *script, bool counts)
{
	struct load load = serve_load(1, server, script);

	if (!counts)
		return;
	bench_add(&to->time, 1 / load.rate);
	bench_add(&to->p99, load.p99);
	bench_add(&to->cpu, load.cpu);
}

static void report(const struct figures *ours, const struct figures *bare,
	const struct figures *sized, const char *folder, size_t bytes)
{
	char a[32], b[32], c[32];

	bench_line("serve", &ours->time, "libmicrohttpd", &bare->time, RATE_GOAL);
	bench_line("serve-p99", &ours->p99, "libmicrohttpd", &bare->p99, P99_GOAL);
	bench_line("serve-size", &ours->time, "libmicrohttpd-as-many-bytes", &sized->time, 0);
	bench_note("%d questions on %s, %zu bytes an answer with its head; %.0f, %.0f and %.0f "
		   "requests a second; processor time of one: %s, %s and %s",
		QUESTIONS, folder, bytes, 1 / bench_median(&ours->time),
		1 / bench_median(&bare->time), 1 / bench_median(&sized->time),
		bench_time(a, bench_median(&ours->cpu)), bench_time(b, bench_median(&bare->cpu)),
		bench_time(c, bench_median(&sized->cpu)));
}

int main(int argc, char **argv)
{
	struct bench_options options;
	struct questions *asked = malloc(sizeof *asked);
	struct figures ours = { .time.count = 0 }, bare = ours, sized = ours;
	char program[600], script[300];

	bench_open(&options, argc, argv);
	if (!asked)
		bench_fail("no memory");
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		bench_fail("two processors are needed, one for the servers, one for the load");
	find_program(program);
	choose(asked, options.data, options.seed);
	write_script(script, options.dir, asked);
	struct served mine = serve_ours(0, program, options.data);
	size_t bytes = check(&mine, asked);
	struct served peer = serve_bare(0, BARE_BYTES), large = serve_bare(0, bytes);
	for (int run = 0; run <= RUNS; run++) { /* the first warms up */
		measure(&bare, &peer, script, run > 0);
		measure(&ours, &mine, script, run > 0);
		measure(&sized, &large, script, run > 0);
	}
	serve_end(&mine);
	serve_end(&peer);
	serve_end(&large);
	report(&ours, &bare, &sized, options.data, bytes);
	bench_close(&options);
	free(asked);
	return 0;
}
