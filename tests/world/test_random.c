/* Random facts: what the index answers against what plain scans say. A failure prints the seed of
 * its round. */
#include "naive.h"
#include "scene.h"

#include <stdio.h>

#define ROUNDS 400
#define ASKED 150

static const char *const states[] = { "AAA", "BBB", "CCC", "DDD", "EEE" };
static const char *const countries[] = { "AAA", "BBB", "CCC", "DDD", "EEE", "TTT" };
static const char *const places[] = { "AAA", "BBB", "BBB-town", "BBB-port", "CCC", "TTT", "" };
static const char *const kinds[] = { "embassy", "consulate", "honorary", "de-facto", "other" };
static const char *const services[] = { "", "", "", "consular.welfare",
	"consular.legal consular.death" };
static const char *const levels[] = { "", "resident", "honorary", "accredited", "office",
	"resident honorary" };
#define ONE_OF(random, list) (list)[random_below((random), sizeof(list) / sizeof(list)[0])]

#define YEARS 24

/* A day in one of COUNT years from year FIRST on, mostly the same of each year, so that bounds
 * meet. */
static int32_t some_year(struct random *random, uint32_t first, uint32_t count)
{
	int32_t months = (int32_t)(first + random_below(random, count)) * 12;
	int32_t day = date_add_months(scene_date("2008-01-31"), months);
	return random_chance(random, 70) ? day : day + 1 + (int32_t)random_below(random, 360);
}

static int32_t some_day(struct random *random)
{
	return some_year(random, 0, YEARS);
}

/* A day beside which the answer is likely to change: a bound of some fact, or the day before or
 * after. */
static int32_t some_bound(
	const struct world *world, struct random *random, const struct post_row *row)
{
	int32_t months = world->places[row->place].fresh_months;
	const int32_t bounds[] = { row->from, row->until, row->as_of,
		date_add_months(row->as_of, months), date_add_months(row->as_of, -months) };
	int32_t bound = ONE_OF(random, bounds);
	if (bound == DATE_NONE)
		return some_day(random);
	return bound + (int32_t)random_below(random, 3) - 1;
}

static void add_date(struct buf *out, struct random *random, uint32_t percent)
{
	char text[11] = "";
	if (random_chance(random, percent))
		date_format(text, some_day(random));
	buf_add_format(out, "%s,", text);
}

/* from,until, in order where both are given. */
static void add_range(struct buf *out, struct random *random)
{
	char from[11] = "", until[11] = "";
	int32_t a = some_day(random), b = some_day(random);
	if (random_chance(random, 60))
		date_format(from, a < b ? a : b);
	if (random_chance(random, 25))
		date_format(until, a < b ? b : a);
	buf_add_format(out, "%s,%s,", from, until);
}

static void add_posts(struct scene *scene, struct random *random)
{
	static const char *const words[] = { "open", "open", "open", "closed", "suspended" };
	struct buf out;
	uint32_t posts = random_below(random, 60);
	buf_init(&out, &scene->arena, 1 << 20);
	buf_add_c(&out, POSTS_HEAD);
	for (uint32_t post = 0; post < posts; post++) {
		const char *sending = ONE_OF(random, states),
			   *receiving = ONE_OF(random, countries);
		uint32_t kind = random_below(random, 5), periods = 1 + random_below(random, 3);
		for (uint32_t period = 0; period < periods; period++) {
			char from[11] = "", until[11] = "";
			int32_t day = scene_date("2010-01-01") + (int32_t)(period * 1500);
			if (period)
				date_format(from, day + (int32_t)random_below(random, 1400));
			if (random_chance(random, 25))
				date_format(
					until, day + 1400 + (int32_t)random_below(random, 2000));
			if (random_chance(random, 10))
				kind = random_below(random, 5);
			buf_add_format(&out, "p%u,%s,%s,%s,%s,%s%s%s,%s,%s,%s,%s,", post, sending,
				receiving, random_chance(random, 40) ? ONE_OF(random, places) : "",
				kinds[kind],
				random_chance(random, 30) ? ONE_OF(random, countries) : "", " ",
				random_chance(random, 30) ? ONE_OF(random, countries) : "",
				ONE_OF(random, services), from, until, ONE_OF(random, words));
			add_date(&out, random, 80);
			buf_add_c(&out, random_chance(random, 80) ? "s\n" : "undated\n");
		}
	}
	scene_put(scene, "posts.csv", buf_str(&out).ptr);
}

static void add_rest(struct scene *scene, struct random *random)
{
	static const char *const office_kinds[] = { "office", "", "liaison", "other" };
	struct buf out;
	buf_init(&out, &scene->arena, 1 << 20);
	buf_add_c(&out, ABSENT_HEAD);
	for (uint32_t i = random_below(random, 40); i > 0; i--) {
		buf_add_format(&out, "%s,%s,%s,",
			random_chance(random, 20) ? "relief" : ONE_OF(random, states),
			ONE_OF(random, countries), ONE_OF(random, levels));
		add_range(&out, random);
		add_date(&out, random, 80);
		buf_add_c(&out, "s\n");
	}
	scene_put(scene, "absent.csv", buf_str(&out).ptr);
	buf_init(&out, &scene->arena, 1 << 20);
	buf_add_c(&out, COMPLETE_HEAD);
	for (uint32_t i = random_below(random, 3); i > 0; i--) {
		bool sending = random_chance(random, 50);
		buf_add_format(&out, "l,%s,%s,%s,", sending ? "sending" : "receiving",
			sending ? ONE_OF(random, states) : ONE_OF(random, countries),
			ONE_OF(random, levels));
		add_date(&out, random, 80);
		buf_add_c(&out, "s\n");
	}
	scene_put(scene, "complete.csv", buf_str(&out).ptr);
	buf_init(&out, &scene->arena, 1 << 20);
	buf_add_c(&out, OFFICES_HEAD);
	for (uint32_t i = random_below(random, 12); i > 0; i--) {
		buf_add_format(&out, "%s,%s,%s,",
			random_chance(random, 70) ? "relief" : ONE_OF(random, states),
			random_chance(random, 70) ? ONE_OF(random, countries) : "BBB-town",
			ONE_OF(random, office_kinds));
		add_range(&out, random);
		add_date(&out, random, 80);
		buf_add_c(&out, "s\n");
	}
	scene_put(scene, "offices.csv", buf_str(&out).ptr);
}

/* What the column of PLACE's country says of PARTY on DATE: scans say the same, level by level; and
 * whoever it says nothing of for a service has a post that gives some only. */
static void compare_column(
	struct scene *scene, uint32_t party, uint32_t place, int32_t date, uint64_t seed)
{
	const struct world *world = scene->world;
	uint32_t country = world->places[place].country;
	uint16_t nat = world->parties[party].nat;
	struct presence_day nothing = { .from = DATE_NONE }, *day = &nothing;
	struct presence_column column;
	struct arena arena;
	if (country == NONE32 || nat == NAT_NONE)
		return;
	arena_init(&arena, &allocator_system, (size_t)8 << 20);
	assert_int_equal(world_presence_column(&column, &arena, world, country), STATUS_OK);
	for (size_t i = 0; i < column.count && column.days[i].from <= date; i++)
		day = &column.days[i];
	for (unsigned n = 0; n < LEVEL_COUNT; n++) {
		bool present = set256_has(&day->present[n], nat);
		bool known = set256_has(&day->known[n], nat);
		struct naive slow =
			naive_presence(world, party, country, 1u << n, SERVICE_NONE, date);
		if (present != (slow.truth == TRUTH_T) || known != (slow.truth != TRUTH_U))
			fail_msg("seed %llu: column of " STR_FMT ", " STR_FMT
				 " at level %u: present %d, known %d; scans say %d",
				(unsigned long long)seed, STR_ARG(world->places[country].id),
				STR_ARG(world->parties[party].id), n, present, known, slow.truth);
		for (uint8_t s = 0; s < world_service_count && !set256_has(&column.limited, nat);
			s += 7)
			assert_int_equal(
				naive_presence(world, party, country, 1u << n, s, date).truth,
				slow.truth);
	}
	arena_free(&arena);
}

static void compare_presence(struct scene *scene, struct random *random, uint64_t seed, int seen[3])
{
	static const char *const asked_for[] = { "consular.welfare", "consular.legal",
		"relief.food", "" };
	const struct world *world = scene->world;
	for (int i = 0; i < ASKED; i++) {
		uint32_t party = scene_party(
			scene, random_chance(random, 20) ? "relief" : ONE_OF(random, states));
		uint32_t place = random_chance(random, 5) ? 1 : 2 + random_below(random, 9);
		unsigned mask = 1 + random_below(random, 15);
		uint8_t service = world_service_find(str_of(ONE_OF(random, asked_for)));
		int32_t date = some_day(random);
		if (world->posts_count && random_chance(random, 60)) {
			const struct post_row *row =
				&world->posts[random_below(random, (uint32_t)world->posts_count)];
			party = row->sending;
			place = row->place;
			date = random_chance(random, 70) ? some_bound(world, random, row) : date;
		}
		struct presence fast = world_presence(world, party, place, mask, service, date);
		struct naive slow = naive_presence(world, party, place, mask, service, date);
		if (fast.truth != slow.truth || fast.level != slow.level ||
			fast.stale != slow.stale) {
			char text[11];
			date_format(text, date);
			fail_msg("seed %llu: " STR_FMT " in " STR_FMT
				 " levels %u service %u on %s: %d/%u/%d, "
				 "scans say %d/%u/%d",
				(unsigned long long)seed, STR_ARG(world->parties[party].id),
				STR_ARG(world->places[place].id), mask, service, text, fast.truth,
				fast.level, fast.stale, slow.truth, slow.level, slow.stale);
		}
		seen[fast.truth]++;
		compare_column(scene, party, place, date, seed);
		/* What is shown has the truth that is told. */
		if (fast.post_row != NONE32)
			assert_int_equal(world->posts[fast.post_row].sending, party);
		if (fast.truth == TRUTH_T)
			assert_true((fast.post_row != NONE32) != (fast.office_row != NONE32));
		if (fast.absent_row != NONE32 || fast.complete_row != NONE32)
			assert_int_equal(fast.truth, TRUTH_F);
	}
}

static void test_presence_equals_plain_scans(void **state)
{
	(void)state;
	uint64_t seed = scene_seed();
	int seen[3] = { 0 };
	for (uint64_t round = 0; round < ROUNDS; round++) {
		struct random random = random_seeded(seed + round);
		struct scene scene;
		scene_open(&scene);
		add_posts(&scene, &random);
		add_rest(&scene, &random);
		scene_must_load(&scene);
		compare_presence(&scene, &random, seed + round, seen);
		scene_close(&scene);
	}
	printf("# figure presence: %d F, %d U, %d T\n", seen[TRUTH_F], seen[TRUTH_U],
		seen[TRUTH_T]);
	assert_true(seen[TRUTH_F] > 1000 && seen[TRUTH_U] > 1000 && seen[TRUTH_T] > 1000);
}

static void add_people(struct scene *scene, struct random *random)
{
	static const char *const groups[] = { "", "refugee", "asylum-seeker", "stateless",
		"labour" };
	static const char *const origins[] = { "AAA", "BBB", "CCC", "TTT", "XXA", "XXX", "TIB" };
	struct buf out;
	buf_init(&out, &scene->arena, 1 << 20);
	buf_add_c(&out, PEOPLE_HEAD);
	for (size_t o = 0; o < 7; o++)
		for (size_t c = 0; c < 6; c++)
			for (uint32_t g = 0; g < 5; g++)
				for (int year = 2010; year < 2023;
					year += 1 + (int)random_below(random, 6))
					if (random_chance(random, 40))
						buf_add_format(&out, "%s,%s,%s,%d,%u,,,,s\n",
							origins[o], countries[c], groups[g], year,
							random_below(random, 100));
	scene_put(scene, "people.csv", buf_str(&out).ptr);
}

static void compare_people(struct scene *scene, int32_t date, uint64_t seed)
{
	struct people_count count;
	const struct world *world = scene->world;
	assert_int_equal(world_people(&count, &scene->arena, world, date), STATUS_OK);
	int64_t people = 0, own = 0, protected = 0, beyond = 0;
	struct naive_people slow = naive_people(world, date, 0, 0, GROUP_STOCK);
	for (size_t i = 0; i < count.cells_count; i++) {
		const struct people_cell *cell = &count.cells[i];
		struct naive_people one =
			naive_people(world, date, cell->place, cell->nat, cell->group);
		if (one.cell != cell->people)
			fail_msg("seed %llu: cell %zu has %lld people, scans say %lld",
				(unsigned long long)seed, i, (long long)cell->people,
				(long long)one.cell);
		people += cell->people;
		own += cell->own_state ? cell->people : 0;
		protected += cell->group == GROUP_STOCK ? 0 : cell->people;
	}
	for (size_t i = 0; i < count.beyond_count; i++)
		beyond += count.beyond[i].people;
	assert_int_equal(people, count.people);
	assert_int_equal(own, count.own_state);
	assert_int_equal(protected, count.protected_);
	assert_int_equal(beyond, count.beyond_stock);
	assert_int_equal(count.people, slow.people);
	assert_int_equal(count.own_state, slow.own_state);
	assert_int_equal(count.protected_, slow.protected_);
	assert_int_equal(count.beyond_stock, slow.beyond_stock);
}

static void test_people_equal_plain_scans(void **state)
{
	(void)state;
	uint64_t seed = scene_seed();
	for (uint64_t round = 0; round < 5; round++) {
		struct random random = random_seeded(seed + round);
		struct scene scene;
		scene_open(&scene);
		add_people(&scene, &random);
		scene_must_load(&scene);
		for (int year = 2009; year < 2025; year += 3)
			compare_people(&scene, date_of((struct civil){ year, 6, 1 }), seed + round);
		scene_close(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_presence_equals_plain_scans),
		cmocka_unit_test(test_people_equal_plain_scans),
	};
	return cmocka_run_group_tests_name("world-random", tests, NULL, NULL);
}
