/* soak_matrix --seed S --worlds W: cover_matrix() against one question a cell.
 *
 * On random worlds, dates, phases and viewers, over random axes, in a random number of parts: every
 * cell in a country is the number of different providers that cover_who() names, and some of them,
 * drawn at random, are asked of the reference too; every path (plain C, AVX2, AVX-512, judge only)
 * writes the same. Then a place where more parties answer than a byte holds. Prints TAP. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "reference.h"
#include "soak.h"

#define ARENA_MAX ((size_t)256 << 20)
#define REFERENCE_CELLS 200

struct subject {
	struct world *world;
	struct accords accords;
	struct random random;
	struct matrix_axes axes;
	uint8_t services[WORLD_SERVICES_MAX];
	uint16_t nats[256];
	uint32_t places[SCENE_PLACES * 4];
	uint64_t judged, cells, above_one;
};

static bool load(struct subject *subject, struct arena *arena, const struct file_system *files)
{
	struct diags diags;
	struct buf text;

	diags_init(&diags, arena, 20);
	if (world_load(&subject->world, arena, files, STR("w"), &diags) == STATUS_OK &&
		accord_load(&subject->accords, arena, subject->world, files, STR("w"), &diags) ==
			STATUS_OK)
		return true;
	buf_init(&text, arena, 1 << 16);
	diags_print(&text, &diags);
	printf("# " STR_FMT "\n", STR_ARG(buf_str(&text)));
	return false;
}

/* Random axes: each thing with a chance of two in three; nationalities in any order. */
static void draw_axes(struct subject *subject)
{
	const struct world *world = subject->world;
	struct random *random = &subject->random;
	struct query query;

	soak_query(&query, random, world, &subject->accords);
	subject->axes = (struct matrix_axes){ .services = subject->services,
		.nats = subject->nats,
		.places = subject->places,
		.phase = query.phase,
		.date = query.date,
		.viewer = query.viewer };
	for (uint8_t s = 0; s < world_service_count; s++) {
		if (random_chance(random, 66))
			subject->services[subject->axes.service_count++] = s;
	}
	for (size_t n = world->nats_count; n-- > 0;) {
		if (random_chance(random, 66))
			subject->nats[subject->axes.nat_count++] = (uint16_t)n;
	}
	assert(world->places_count <= sizeof subject->places / sizeof subject->places[0]);
	for (uint32_t p = 0; p < world->places_count; p++) {
		if (random_chance(random, 66))
			subject->places[subject->axes.place_count++] = p;
	}
}

static struct query query_of(const struct subject *subject, size_t cell)
{
	const struct matrix_axes *axes = &subject->axes;
	struct query query;

	cover_query_init(&query, axes->date, axes->viewer);
	query.place = axes->places[cell % axes->place_count];
	query.nats[0] = axes->nats[cell / axes->place_count % axes->nat_count];
	query.nat_count = 1;
	query.service = axes->services[cell / axes->place_count / axes->nat_count];
	query.phase = axes->phase;
	return query;
}

static uint16_t providers_of(const struct answers *answers)
{
	uint16_t count = 0;

	for (size_t i = 0; i < answers->items_count; i++) {
		bool seen = false;

		for (size_t j = 0; j < i && !seen; j++)
			seen = answers->items[j].provider == answers->items[i].provider;
		count = (uint16_t)(count + !seen);
	}
	return count;
}

static bool differs(const struct subject *subject, size_t cell, uint16_t matrix, uint16_t who)
{
	struct query query = query_of(subject, cell);
	const struct world *world = subject->world;

	printf("# place " STR_FMT ", nationality " STR_FMT ", %s, phase %d, day %d: matrix %u, "
	       "question %u\n",
		STR_ARG(world->places[query.place].id), STR_ARG(world->nats[query.nats[0]].code),
		world_services[query.service].code, (int)query.phase, (int)query.date, matrix, who);
	return false;
}

/* Every cell against a question of its own. */
static bool check_cells(struct subject *subject, struct arena *arena,
	const struct cover_index *index, const uint16_t *cells)
{
	const struct matrix_axes *axes = &subject->axes;
	size_t count = axes->service_count * axes->nat_count * axes->place_count;
	uint32_t asked = 0;

	for (size_t i = 0; i < count; i++) {
		struct query query = query_of(subject, i);
		struct answers answers;
		uint16_t found;

		if (subject->world->places[query.place].country == NONE32)
			continue;
		if (cover_who(&answers, arena, index, &query) != STATUS_OK)
			return false;
		found = providers_of(&answers);
		if (found != cells[i])
			return differs(subject, i, cells[i], found);
		subject->cells++;
		subject->above_one += found > 1;
		if (found == 0 ? asked % 8 : asked >= REFERENCE_CELLS)
			continue;
		if (asked++ >= REFERENCE_CELLS)
			continue;
		if (reference_who(&answers, arena, subject->world, &subject->accords, &query) !=
			STATUS_OK)
			return false;
		found = providers_of(&answers);
		if (found != cells[i])
			return differs(subject, i, cells[i], found);
	}
	return true;
}

static bool check_paths(struct subject *subject, struct arena *arena)
{
	const struct matrix_axes *axes = &subject->axes;
	size_t count = axes->service_count * axes->nat_count * axes->place_count;
	uint16_t *first = NULL;

	for (int kind = LANE_BEST; kind < COVER_LANES; kind++) {
		struct cover_options options = { .allocator = &allocator_system,
			.lane = (enum cover_lane)kind };
		uint16_t *cells = ARENA_ARRAY(arena, count, uint16_t);
		unsigned parts = 1 + random_below(&subject->random, 3);
		struct cover_index *index;
		bool good = true;

		if (!cells || cover_compile_with(&index, &options, subject->world,
				      &subject->accords) != STATUS_OK)
			return false;
		memset(cells, 0xa5, count * sizeof *cells);
		for (unsigned part = 0; part < parts && good; part++)
			good = cover_matrix(cells, arena, index, axes, part, parts) == STATUS_OK;
		if (good && !first)
			good = check_cells(subject, arena, index, cells);
		for (size_t i = 0; first && i < count && good; i++) {
			/* Above countries the judge is not asked: with judge only, nothing counts.
			 */
			if (kind == LANE_OFF &&
				subject->world->places[axes->places[i % axes->place_count]]
						.country == NONE32)
				continue;
			if (first[i] != cells[i])
				good = differs(subject, i, cells[i], first[i]);
		}
		cover_release(index);
		if (!good)
			return false;
		first = first ? first : cells;
	}
	return true;
}

/* ---- plain agreements, which documents drawn at random seldom are ---- */

#define PLAIN_AGREEMENTS 60
#define PLAIN_ROWS 5
#define PLAIN_PROVIDERS 6
static const char *const plain_services[] = { "consular.welfare", "relief.food",
	"movement.transport" };

static void plain_row(struct commitment *commitment, struct subject *subject, struct arena *arena)
{
	const struct world *world = subject->world;
	struct random *random = &subject->random;
	uint32_t form = random_below(random, 3);

	*commitment = (struct commitment){ .duty = DUTY_MAY,
		.nats_count = 1,
		.resident_since = DATE_NONE,
		.phases = 1 + random_below(random, 7),
		.from = DATE_NONE,
		.until = DATE_NONE,
		.schedule = -1 };
	commitment->services =
		UINT64_C(1) << world_service_find(str_of(plain_services[random_below(random, 3)]));
	commitment->except_status = random_chance(random, 20) ? PERSON_BIT(PERSON_STATELESS) : 0;
	commitment->nats = ARENA_NEW(arena, struct nat_item);
	commitment->where.in = ARENA_NEW(arena, struct place_item);
	assert(commitment->nats && commitment->where.in);
	if (form == 1 && world->groups_count > 0)
		commitment->nats[0] = (struct nat_item){ .kind = NAT_ITEM_GROUP,
			.group = random_below(random, (uint32_t)world->groups_count) };
	else if (form == 2)
		commitment->nats[0].nat =
			(uint16_t)random_below(random, (uint32_t)world->nats_count);
	else
		commitment->nats[0].kind = NAT_ITEM_ANY;
	commitment->where.given = true;
	commitment->where.in_count = 1;
	commitment->where.in[0].index = random_below(random, (uint32_t)world->places_count);
}

/* Few providers, so that a chain of places holds several rows of one. */
static void plain_agreement(
	struct agreement *agreement, struct subject *subject, struct arena *arena, size_t number)
{
	struct random *random = &subject->random;
	int32_t from = subject->axes.date - (int32_t)random_below(random, 1000);
	uint32_t provider;

	provider = (uint32_t)subject->world->parties_count - 1 -
		   random_below(random, PLAIN_PROVIDERS) % (uint32_t)subject->world->parties_count;
	*agreement = (struct agreement){ .id = str_format(arena, "plain-%03zu", number),
		.from = from,
		.until = random_chance(random, 80) ? DATE_NONE : from + 500,
		.states = ARENA_NEW(arena, struct state_entry),
		.states_count = 1,
		.parties = ARENA_NEW(arena, struct party_entry),
		.parties_count = 1,
		.commitments = ARENA_ARRAY(arena, PLAIN_ROWS, struct commitment),
		.commitments_count = PLAIN_ROWS };
	assert(agreement->id.ptr && agreement->states && agreement->parties &&
		agreement->commitments);
	agreement->states[0] = (struct state_entry){ STATE_IN_FORCE, from };
	agreement->parties[0] = (struct party_entry){
		.index = provider, .from = DATE_NONE, .until = DATE_NONE, .confirmed = DATE_NONE
	};
	for (size_t i = 0; i < PLAIN_ROWS; i++) {
		plain_row(&agreement->commitments[i], subject, arena);
		agreement->commitments[i].id = str_format(arena, "c%zu", i);
		agreement->commitments[i].provider.party = provider;
	}
}

/* The world's agreements, and plain ones beside them or (one world in two) in their place. */
static bool add_plain(struct subject *subject, struct arena *arena, bool alone)
{
	size_t had = alone ? 0 : subject->accords.items_count;
	struct agreement *items = ARENA_ARRAY(arena, had + PLAIN_AGREEMENTS, struct agreement);

	if (!items)
		return false;
	for (size_t i = 0; i < had; i++)
		items[i] = subject->accords.items[i];
	for (size_t i = 0; i < PLAIN_AGREEMENTS; i++)
		plain_agreement(&items[had + i], subject, arena, i);
	subject->accords.items = items;
	subject->accords.items_count = had + PLAIN_AGREEMENTS;
	subject->axes.service_count = 0;
	for (uint8_t i = 0; i < 3; i++)
		subject->services[subject->axes.service_count++] =
			world_service_find(str_of(plain_services[i]));
	return true;
}

static bool check_world(struct subject *subject, uint64_t seed, uint32_t number)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct file_system files;
	struct arena arena;
	bool good;

	arena_init(&arena, &allocator_system, ARENA_MAX);
	soak_generate(scene, &arena, seed, number);
	files = memory_files_system(&scene->files);
	subject->random = random_seeded(seed ^ (uint64_t)number << 32);
	good = scene && load(subject, &arena, &files);
	if (good)
		draw_axes(subject);
	good = good && check_paths(subject, &arena);
	good = good && add_plain(subject, &arena, number % 2) && check_paths(subject, &arena);
	arena_free(&arena);
	free(scene);
	if (!good)
		printf("# DIFFERENCE; replay: soak_matrix --seed %" PRIu64 " --world %u\n", seed,
			number);
	return good;
}

/* matrix-above-countries: the world has those bound everywhere; below, the others come to them. */
static bool check_figures(
	const struct subject *subject, struct arena *arena, const uint16_t *wanted)
{
	struct cover_index *index;
	uint16_t cells[3];

	return cover_compile(&index, arena, subject->world, &subject->accords) == STATUS_OK &&
	       cover_matrix(cells, arena, index, &subject->axes, 0, 1) == STATUS_OK &&
	       memcmp(cells, wanted, sizeof cells) == 0;
}

/* 300 parties at one place, and 280 more above it. */
static bool check_many(struct subject *subject)
{
	struct memory_files files;
	struct file_system system;
	struct arena arena;
	struct buf parties, agreement;
	bool good;

	arena_init(&arena, &allocator_system, ARENA_MAX);
	memory_files_init(&files, &arena);
	buf_init(&parties, &arena, 1 << 20);
	buf_init(&agreement, &arena, 1 << 20);
	buf_add_c(&parties, "party,kind,name,parent,country,flags,source\nAAA,state,A,,AAA,,s\n");
	buf_add_c(&agreement,
		"format: 1\nagreement: many\ntitle: A\nkind: framework\nstrength: pledge\n"
		"source: { title: Made for tests, basis: illustrative }\n"
		"state: [ { is: in-force, from: 2000-01-01 } ]\nvisibility: public\n"
		"in-force: { from: 2000-01-01 }\nparties:\n");
	for (int i = 0; i < 580; i++) {
		buf_add_format(&parties, "x%d,io,X,,,,s\n", i);
		buf_add_format(&agreement, "  - { party: x%d }\n", i);
	}
	buf_add_c(&agreement, "commitments:\n");
	for (int i = 0; i < 580; i++)
		buf_add_format(&agreement,
			"  - { id: c%d, clause: \"1\", title: C, duty: may, provider: { party: x%d "
			"}, for: { nationality: [ any ] }, where: { in: [ %s ] }, services: [ "
			"relief.food ] }\n",
			i, i, i < 300 ? "AA-1" : "world");
	memory_files_put(
		&files, STR("w/workspace.yaml"), STR("format: 1\nname: Many\nas_of: 2022-01-01\n"));
	memory_files_put(&files, STR("w/sources.csv"),
		STR("source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n"));
	memory_files_put(&files, STR("w/places.csv"),
		STR("place,parent,kind,name,nationality,source\nworld,,world,World,,s\n"
		    "AAA,world,country,A,AAA,s\nAA-1,AAA,subdivision,B,,s\n"));
	memory_files_put(&files, STR("w/parties.csv"), buf_str(&parties));
	memory_files_put(&files, STR("w/agreements/many.yaml"), buf_str(&agreement));
	system = memory_files_system(&files);
	subject->random = random_seeded(1);
	good = load(subject, &arena, &system);
	if (good) {
		subject->nats[0] = world_nat(subject->world, STR("AAA"));
		subject->services[0] = world_service_find(STR("relief.food"));
		for (uint32_t p = 0; p < 3; p++)
			subject->places[p] = p;
		subject->axes = (struct matrix_axes){ subject->services, 1, subject->nats, 1,
			subject->places, 3, PHASE_DURING, 18000, VIEWER_ALL };
		good = check_paths(subject, &arena) &&
		       check_figures(subject, &arena, (const uint16_t[]){ 280, 280, 580 });
	}
	arena_free(&arena);
	return good;
}

static uint64_t number_after(int argc, char **argv, const char *name, uint64_t value)
{
	int64_t number;

	for (int i = 1; i + 1 < argc; i++) {
		if (!strcmp(argv[i], name) && str_to_int64(str_of(argv[i + 1]), &number))
			value = (uint64_t)number;
	}
	return value;
}

int main(int argc, char **argv)
{
	uint64_t seed = number_after(argc, argv, "--seed", 7);
	uint64_t worlds = number_after(argc, argv, "--worlds", 100);
	uint64_t only = number_after(argc, argv, "--world", UINT64_MAX);
	struct subject *subject = calloc(1, sizeof *subject);
	bool good = subject != NULL, many;

	printf("1..3\n");
	for (uint32_t i = 0; i < worlds && good; i++) {
		if (only == UINT64_MAX || only == i)
			good = check_world(subject, seed, i);
	}
	printf("%s 1 - matrix-cell: every cell is the answer to its question (%" PRIu64 " cells)\n",
		good ? "ok" : "not ok", subject ? subject->cells : 0);
	/* A run in which nobody, or never two, would answer shows little. */
	many = only != UINT64_MAX || (subject && subject->above_one * 1000 > subject->cells);
	printf("%s 2 - cells with two parties and more were met (%" PRIu64 ")\n",
		many ? "ok" : "not ok", subject ? subject->above_one : 0);
	many = many && good && check_many(subject);
	printf("%s 3 - matrix-above-countries: more parties than a byte holds\n",
		many ? "ok" : "not ok");
	free(subject);
	return good && many ? 0 : 1;
}
