/* Overlaps and contradictions in worlds made to contain them, and not in worlds made not to: each
 * seed gives a clean world, in which nothing may be found, and its copies with one thing planted,
 * in which just that must be found. Near misses of every contradiction (the carve-out, the awaited
 * renewal, the special case) belong to the clean side. What the analyses mean is held by tests/soak
 * against the reference; the tests here bear the names of docs/semantics.md. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "cover/cover.h"

#define SEEDS 60
#define HELPERS 8 /* io-0 … io-7, each with a service, a car and a strength of its own */

static const char *const services[HELPERS] = { "relief.food", "relief.water", "relief.shelter",
	"relief.items", "health.emergency", "health.primary", "movement.assembly",
	"support.logistics" };

struct scene {
	struct arena arena;
	struct random random;
	struct memory_files memory;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	int64_t strength[HELPERS], pledged[HELPERS];
};

/* --- Making worlds -------------------------------------------------------------------------- */

static const char *const fixed[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: Planted\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,retrieved\ns,A source,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,nationality\nworld,,world,World,\n"
			  "m49:002,world,region,R,\nAAA,m49:002,country,A,AAA\n"
			  "BBB,m49:002,country,B,BBB\nCCC,world,country,C,CCC\n"
			  "NNN,world,country,N,NNN\nBB-1,BBB,subdivision,B1,\n" },
	{ "w/people.csv", "origin,place,group,year,people,source\nAAA,BBB,,2020,100,s\n"
			  "BBB,AAA,,2020,50,s\nCCC,AAA,,2020,7,s\nCCC,BBB,,2020,20,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\ngone,AAA,,1999-12-31,s\nstates,AAA,,,s\n"
			  "states,BBB,,,s\nstates,CCC,,,s\n" },
};

static void put(struct scene *scene, const char *path, struct str text)
{
	assert_int_equal(
		memory_files_put(&scene->memory, str_copy(&scene->arena, str_of(path)), text),
		STATUS_OK);
}

static void put_parties(struct scene *scene)
{
	struct buf parties, assets, strengths;

	buf_init(&parties, &scene->arena, 1 << 14);
	buf_init(&assets, &scene->arena, 1 << 14);
	buf_init(&strengths, &scene->arena, 1 << 14);
	buf_add_c(&parties, "party,kind,name,parent,country\nAAA,state,A,,AAA\nBBB,state,B,,BBB\n"
			    "CCC,state,C,,CCC\naaa-police,agency,P,AAA,AAA\n");
	buf_add_c(&assets, "asset,party,place,kind,quantity,unit,source\n");
	buf_add_c(&strengths, "party,place,service,quantity,unit,per,source\n");
	for (int i = 0; i < HELPERS; i++) {
		scene->strength[i] = 10 + random_below(&scene->random, 50);
		buf_add_format(&parties, "io-%d,io,I,,\n", i);
		buf_add_format(&assets, "car,io-%d,,vehicle,%u,vehicles,s\n", i,
			1 + random_below(&scene->random, 5));
		buf_add_format(&strengths, "io-%d,BBB,%s,%d,persons,day,s\n", i, services[i],
			(int)scene->strength[i]);
	}
	put(scene, "w/parties.csv", buf_str(&parties));
	put(scene, "w/assets.csv", buf_str(&assets));
	put(scene, "w/strengths.csv", buf_str(&strengths));
}

#define HEAD(extra)                                                                                \
	"format: 1\nagreement: %s\ntitle: A\nkind: framework\nstrength: mou\n"                     \
	"source: { title: Made for tests, basis: illustrative }\nvisibility: public\n" extra
#define IN_FORCE "state: [ { is: in-force, from: 2000-01-01 } ]\n"
#define EVERYBODY                                                                                  \
	"parties: [ { party: \"group:states\" }, { party: aaa-police }, { party: io-0 }, { "       \
	"party: "                                                                                  \
	"io-1 }, { party: io-2 }, { party: io-3 }, { party: io-4 }, { party: io-5 }, { party: "    \
	"io-6 }, { party: io-7 } ]\n"

/* A helper's own agreement: it consults the next one, so that there is a chain without a circle;
 * its car backs one clause before and another during a crisis, or one in each of two years. */
static void put_helper(struct scene *scene, int i)
{
	struct buf out;
	bool by_phase = random_chance(&scene->random, 50);

	buf_init(&out, &scene->arena, 1 << 14);
	buf_add_format(&out, HEAD(IN_FORCE EVERYBODY) "commitments:\n",
		str_format(&scene->arena, "helper-%d", i).ptr);
	for (int half = 0; half < 2; half++) {
		int64_t quantity = 1 + random_below(&scene->random, (uint32_t)scene->strength[i]);

		scene->pledged[i] = half || !by_phase ? quantity : scene->pledged[i];
		buf_add_format(&out,
			"  - id: c%d\n    clause: \"%d\"\n    duty: will\n    provider: io-%d\n"
			"    for: { nationality: [ any ] }\n    where: { in: [ %s ] }\n"
			"    services: [ %s ]\n    assets: [ \"io-%d:car\" ]\n"
			"    capacity: { quantity: %d, unit: persons, per: day }\n",
			half, half, i, random_chance(&scene->random, 50) ? "world" : "m49:002",
			services[i], i, (int)quantity);
		if (i + 1 < HELPERS)
			buf_add_format(
				&out, "    steps: [ { do: consult, whom: io-%d } ]\n", i + 1);
		if (by_phase)
			buf_add_format(&out, "    phases: [ %s ]\n", half ? "during" : "before");
		else
			buf_add_c(
				&out, half ? "    from: 2022-01-01\n" : "    until: 2021-12-31\n");
	}
	put(scene, str_format(&scene->arena, "w/agreements/helper-%d.yaml", i).ptr, buf_str(&out));
}

static void begin(struct scene *scene, uint64_t seed)
{
	*scene = (struct scene){ .random = random_seeded(seed) };
	arena_init(&scene->arena, &allocator_system, (size_t)64 << 20);
	memory_files_init(&scene->memory, &scene->arena);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		put(scene, fixed[i][0], str_of(fixed[i][1]));
	put_parties(scene);
	for (int i = 0; i < HELPERS; i++)
		put_helper(scene, i);
}

/* One more agreement: HEAD lines but the first, and its commitments. */
static void plant(struct scene *scene, const char *head, const char *commitments)
{
	struct buf out;

	buf_init(&out, &scene->arena, 1 << 14);
	buf_add_format(&out, HEAD("%s") "commitments:\n%s", "plant", head, commitments);
	put(scene, "w/agreements/plant.yaml", buf_str(&out));
}

static void load(struct scene *scene)
{
	struct file_system system = memory_files_system(&scene->memory);
	struct diags diags;
	enum status status;

	diags_init(&diags, &scene->arena, 20);
	status = world_load(&scene->world, &scene->arena, &system, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&scene->accords, &scene->arena, scene->world, &system, STR("w"), &diags);
	for (size_t i = 0; i < diags.count; i++)
		print_message(STR_FMT ":%u: " STR_FMT ": " STR_FMT "\n",
			STR_ARG(diags.items[i].file), diags.items[i].pos.line,
			STR_ARG(diags.items[i].path), STR_ARG(diags.items[i].message));
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(cover_compile(&scene->index, &scene->arena, scene->world, &scene->accords),
		STATUS_OK);
}

static struct overlaps overlaps_of(struct scene *scene, unsigned kinds)
{
	struct overlap_filter filter = { .kinds = kinds,
		.services = UINT64_MAX >> (64 - world_service_count),
		.place = NONE32,
		.nat = NAT_NONE,
		.viewer = VIEWER_ALL };
	struct people_count count;
	struct overlaps out;

	assert_true(date_parse(STR("2022-06-01"), &filter.date));
	assert_int_equal(world_people(&count, &scene->arena, scene->world, filter.date), STATUS_OK);
	assert_int_equal(
		cover_overlaps(&out, &scene->arena, scene->index, &count, &filter), STATUS_OK);
	return out;
}

static size_t contradictions_of(struct scene *scene, struct contradiction **items)
{
	size_t count;

	assert_int_equal(
		cover_contradictions(items, &count, &scene->arena, scene->index), STATUS_OK);
	return count;
}

/* --- Clean worlds --------------------------------------------------------------------------- */

#define ALL_BUT_POINTS (OVERLAP_LEADS | OVERLAP_ASSETS | OVERLAP_STRENGTHS | OVERLAP_CIRCULAR)

static void assert_clean(struct scene *scene)
{
	struct overlaps found = overlaps_of(scene, ALL_BUT_POINTS);
	struct contradiction *items;

	assert_int_equal(found.leads_count, 0);
	assert_int_equal(found.unassigned_count, 0);
	assert_int_equal(found.assets_count, 0);
	assert_int_equal(found.strengths_count, 0);
	assert_int_equal(found.circular_count, 0);
	assert_int_equal(contradictions_of(scene, &items), 0);
}

static void nothing_in_clean_worlds(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct scene scene;

		begin(&scene, seed);
		load(&scene);
		assert_clean(&scene);
		arena_free(&scene.arena);
	}
}

/* --- Planted overlaps ----------------------------------------------------------------------- */

/* double-pledge: a second promise on the same car in the same phase and time. */
static void double_pledge(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct scene scene;
		begin(&scene, seed);
		int whose = (int)random_below(&scene.random, HELPERS);

		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: may, provider: AAA, for: { "
				"nationality: [ any ] }, where: { in: [ CCC ] }, services: [ "
				"movement.transport ], assets: [ \"io-%d:car\" ], phases: [ "
				"during ] }\n",
				whose)
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);
		const struct asset *asset;

		assert_int_equal(found.assets_count, 1);
		asset = &scene.world->assets[found.assets[0].asset];
		assert_int_equal(asset->party,
			world_party(scene.world, str_format(&scene.arena, "io-%d", whose)));
		assert_int_equal(found.assets[0].pledged, 2 * asset->quantity);
		assert_int_equal(found.assets[0].pledges_count, 2);
		assert_int_equal(
			found.strengths_count + found.circular_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* beyond-strength: promised to the last, then one person more. */
static void beyond_strength(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2 * SEEDS; seed++) {
		struct scene scene;
		bool beyond = seed % 2;

		begin(&scene, seed / 2 + 1);
		int whose = (int)random_below(&scene.random, HELPERS);
		int64_t left = scene.strength[whose] - scene.pledged[whose] + beyond;

		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: will, role: support, provider: "
				"io-%d, for: { nationality: [ any ] }, where: { in: [ BB-1 ] }, "
				"services: [ %s ], phases: [ during ], from: 2022-01-01, %s }\n",
				whose, services[whose],
				left ? str_format(&scene.arena,
					       "capacity: { quantity: %d, unit: persons, per: day "
					       "}",
					       (int)left)
						.ptr
				     : "lead-time: 1d")
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.strengths_count, beyond);
		if (beyond) {
			assert_int_equal(found.strengths[0].has, scene.strength[whose]);
			assert_int_equal(found.strengths[0].pledged, scene.strength[whose] + 1);
		}
		assert_int_equal(found.assets_count + found.circular_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* circular-reliance: the chain of helpers is closed from B back to A. */
static void circular_reliance(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		static const char *const ways[] = {
			"steps: [ { do: request, by: io-%d } ]",
			"steps: [ { do: consent, whom: io-%d } ]",
			"cost: { rule: pool, fund: io-%d }",
		};
		struct scene scene;

		begin(&scene, seed);
		int a = (int)random_below(&scene.random, HELPERS - 1);
		int b = a + 1 + (int)random_below(&scene.random, (uint32_t)(HELPERS - a - 1));
		const char *way = ways[seed % 3];
		char by[64];

		/* the name stands in for the number */
		size_t cut = (size_t)(strchr(way, '%') - way);
		memcpy(by, way, cut);
		by[cut] = (char)('0' + a);
		memcpy(by + cut + 1, way + cut + 2, strlen(way + cut + 2) + 1);
		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: may, provider: io-%d, for: { "
				"nationality: [ any ] }, where: { in: [ AAA ] }, services: [ "
				"movement.transport ], phases: [ before, during ], %s }\n",
				b, by)
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.circular_count, 1);
		assert_int_equal(found.circular[0].links_count, b - a + 1);
		assert_int_equal(found.circular[0].place, world_place(scene.world, STR("AAA")));
		for (size_t i = 0; i < found.circular[0].links_count; i++) {
			const struct circle_link *link = &found.circular[0].links[i];
			size_t next = (i + 1) % found.circular[0].links_count;

			assert_int_equal(link->relies_on, found.circular[0].links[next].provider);
		}
		assert_int_equal(found.assets_count + found.strengths_count + found.leads_count, 0);
		arena_free(&scene.arena);
	}
}

/* leads: a second lead of the same band and specificity; as support it is none. */
static void second_lead(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2 * SEEDS; seed++) {
		struct scene scene;
		bool lead = seed % 2;

		begin(&scene, seed / 2 + 1);
		int whose = (int)random_below(&scene.random, HELPERS);

		/* both where a helper's clause may stand; the planted one names its own depth */
		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: will, role: %s, provider: AAA, "
				"for: { nationality: [ any ] }, where: { in: [ world ] }, "
				"services: [ %s ], phases: [ during ] }\n"
				"  - { id: y, clause: \"2\", duty: will, role: %s, provider: AAA, "
				"for: { nationality: [ any ] }, where: { in: [ \"m49:002\" ], "
				"except: [ CCC ] }, services: [ %s ], phases: [ during ] }\n",
				lead ? "lead" : "support", services[whose],
				lead ? "lead" : "fallback", services[whose])
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.leads_count > 0, lead);
		for (size_t i = 0; i < found.leads_count; i++) {
			assert_int_equal(found.leads[i].leads_count, 2);
			assert_true(found.leads[i].people > 0);
			assert_string_equal(
				world_services[found.leads[i].service].code, services[whose]);
		}
		arena_free(&scene.arena);
	}
}

/* pool-unassigned: several members, nobody named; then one is named by the same agreement. */
static void pool_unassigned(void **state)
{
	(void)state;
	for (int named = 0; named < 2; named++) {
		struct scene scene;

		begin(&scene, 1);
		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: shall, provider: { member-of: "
				"states }, for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
				"services: [ consular.welfare ], phases: [ during ] }\n%s",
				named ? "  - { id: y, clause: \"2\", duty: may, provider: io-1, "
					"for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
					"services: [ consular.welfare ], phases: [ during ] }\n"
				      : "")
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		/* For the people of BBB and CCC in AAA only one State is left: it is as good as
		 * named. */
		assert_int_equal(found.unassigned_count, 0);
		assert_int_equal(found.leads_count, 0);
		arena_free(&scene.arena);
	}
	for (int named = 0; named < 2; named++) {
		struct scene scene;

		begin(&scene, 1);
		put(&scene, "w/groups.csv",
			STR("group,party,from,until,source\nstates,AAA,,,s\n"
			    "states,BBB,,,s\nstates,CCC,,,s\nstates,io-6,,,s\n"
			    "gone,AAA,,1999-12-31,s\n"));
		plant(&scene, IN_FORCE EVERYBODY,
			str_format(&scene.arena,
				"  - { id: x, clause: \"1\", duty: shall, provider: { member-of: "
				"states }, for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
				"services: [ consular.welfare ], phases: [ during ] }\n%s",
				named ? "  - { id: y, clause: \"2\", duty: may, provider: io-1, "
					"for: { nationality: [ any ] }, where: { in: [ AAA ] }, "
					"services: [ consular.welfare ], phases: [ during ] }\n"
				      : "")
				.ptr);
		load(&scene);
		struct overlaps found = overlaps_of(&scene, ALL_BUT_POINTS);

		assert_int_equal(found.unassigned_count, !named);
		if (!named) {
			assert_int_equal(found.unassigned[0].people, 57);
			assert_int_equal(found.unassigned[0].leads[0].members, 2);
			assert_int_equal(found.unassigned[0].leads[0].provider, NONE32);
		}
		arena_free(&scene.arena);
	}
}

/* single-points: the helper, its agreement; with a second of the same band none of them. */
static void single_points(void **state)
{
	(void)state;
	for (int second = 0; second < 2; second++) {
		struct scene scene;
		size_t helper = 0, ends = 0;

		begin(&scene, 3);
		if (second)
			plant(&scene, IN_FORCE EVERYBODY,
				"  - { id: x, clause: \"1\", duty: will, provider: AAA, for: { "
				"nationality: [ any ] }, where: { in: [ world ] }, services: [ "
				"relief.food ], phases: [ during ] }\n");
		load(&scene);
		struct overlaps found = overlaps_of(&scene, OVERLAP_POINTS);

		for (size_t i = 0; i < found.points_count; i++) {
			const struct single_point *point = &found.points[i];
			struct str id = point->kind == POINT_PARTY
						? scene.world->parties[point->index].id
						: scene.accords.items[point->index].id;

			assert_int_not_equal(point->kind, POINT_POST);
			helper += str_is(id, "io-0");
			ends += str_is(id, "helper-0");
			if (!str_is(id, "io-0"))
				continue;
			assert_int_equal(point->people, 177);
			assert_int_equal(point->losses[0].from, BAND_WILL);
			assert_int_equal(point->losses[0].to, BAND_NONE);
		}
		assert_int_equal(helper, !second);
		assert_int_equal(ends, !second);
		arena_free(&scene.arena);
	}
}

/* --- Planted contradictions ----------------------------------------------------------------- */

#define FOR_ANY "for: { nationality: [ any ] }, "
#define WORLD "where: { in: [ world ] }, "
#define WELFARE "services: [ consular.welfare ] }\n"
#define CLAUSE(id, rest) "  - { id: " id ", clause: \"1\", " rest
#define SHALL "duty: shall, provider: AAA, "
#define USUAL IN_FORCE EVERYBODY
#define NONE CONTRADICTIONS /* a near miss */

static const struct contradiction_case {
	const char *name;
	enum contradiction_kind kind;
	const char *head, *commitments, *annex;
} contradiction_cases[] = {
	{ "no-day", CONTRADICTION_NO_DAY,
		USUAL "in-force: { from: 2020-01-01, until: 2020-12-31 }\n",
		CLAUSE("x", SHALL "from: 2021-01-01, " FOR_ANY WORLD WELFARE), NULL },
	{ "no-day: a renewal is awaited", NONE,
		USUAL "in-force: { from: 2020-01-01, until: 2020-12-31, renews: 12mo }\n",
		CLAUSE("x", SHALL "from: 2021-01-01, " FOR_ANY WORLD WELFARE), NULL },
	{ "no-day: not in force yet", NONE,
		"state: [ { is: signed, from: 2020-01-01 } ]\n" EVERYBODY,
		CLAUSE("x", SHALL "until: 1999-01-01, " FOR_ANY WORLD WELFARE), NULL },
	{ "no-place", CONTRADICTION_NO_PLACE, USUAL,
		CLAUSE("x",
			SHALL FOR_ANY "where: { in: [ BB-1 ], except: [ \"m49:002\" ] }, " WELFARE),
		NULL },
	{ "no-place: a part is left", NONE, USUAL,
		CLAUSE("x", SHALL FOR_ANY "where: { in: [ BBB ], except: [ BB-1 ] }, " WELFARE),
		NULL },
	{ "no-place: a group without members", CONTRADICTION_NO_PLACE, USUAL,
		CLAUSE("x", SHALL FOR_ANY "where: { in: [ \"group:gone\" ] }, " WELFARE), NULL },
	{ "no-one", CONTRADICTION_NO_ONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ AAA ], except-nationality: [ "
				  "\"group:states\" ] }, " WORLD WELFARE),
		NULL },
	{ "no-one: somebody is left", NONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ AAA, NNN ], except-nationality: [ "
				  "\"group:states\" ] }, " WORLD WELFARE),
		NULL },
	{ "no-one: an implied status is left out", CONTRADICTION_NO_ONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ any ], status: [ unaccompanied-child ], "
				  "except-status: [ child ] }, " WORLD WELFARE),
		NULL },
	{ "no-one: other children are left", NONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ any ], status: [ child ], "
				  "except-status: [ unaccompanied-child ] }, " WORLD WELFARE),
		NULL },
	{ "no-service", CONTRADICTION_NO_SERVICE, USUAL "schedules: [ annex ]\n",
		CLAUSE("x", SHALL "schedule: annex, except-services: [ consular.death ], " FOR_ANY
				  "services: [ consular.welfare, consular.death ] }\n"),
		"where,services\nAAA,consular.death\nBBB,consular.welfare\n" },
	{ "no-provider", CONTRADICTION_NO_PROVIDER, USUAL,
		CLAUSE("x", "duty: may, provider: { member-of: gone }, " FOR_ANY WORLD WELFARE),
		NULL },
	{ "no-provider: stateless people have no State", CONTRADICTION_NO_PROVIDER, USUAL,
		CLAUSE("x", "duty: may, provider: { state-of-nationality: [ resident ] }, for: { "
			    "nationality: [ XXA ] }, " WORLD WELFARE),
		NULL },
	{ "not-bound: no party", CONTRADICTION_NOT_BOUND, IN_FORCE "parties: [ { party: BBB } ]\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
	{ "not-bound: a party since 2021", NONE,
		IN_FORCE "parties: [ { party: BBB }, { party: AAA, from: 2021-01-01 } ]\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
	{ "not-bound: opted out", CONTRADICTION_NOT_BOUND,
		IN_FORCE "parties: [ { party: AAA, except: [ { commitment: x, as: provider } ] } "
			 "]\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
	{ "not-bound: opted out for a time", NONE,
		IN_FORCE "parties: [ { party: AAA, except: [ { commitment: x, as: provider, "
			 "until: 2021-12-31 } ] } ]\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
	{ "guarded: enforcement", CONTRADICTION_GUARDED, USUAL,
		CLAUSE("x", "duty: shall, provider: aaa-police, " FOR_ANY WORLD WELFARE), NULL },
	{ "guarded: the State that they fled is told", CONTRADICTION_GUARDED, USUAL,
		CLAUSE("x", SHALL "steps: [ { do: notify, whom: state-of-nationality } ], for: { "
				  "nationality: [ any ], status: [ refugee ] }, " WORLD WELFARE),
		NULL },
	{ "guarded: others besides refugees", NONE, USUAL,
		CLAUSE("x",
			SHALL "steps: [ { do: notify, whom: state-of-nationality } ], for: { "
			      "nationality: [ any ], status: [ refugee, child ] }, " WORLD WELFARE),
		NULL },
	{ "step-nobody", CONTRADICTION_STEP_NOBODY, USUAL,
		CLAUSE("x", SHALL "steps: [ { do: notify, whom: state-of-nationality } ], for: { "
				  "nationality: [ XXA ] }, " WORLD WELFARE),
		NULL },
	{ "step-nobody: the host has no State", CONTRADICTION_STEP_NOBODY, USUAL,
		CLAUSE("x", SHALL "steps: [ { do: consent, by: host-state } ], " FOR_ANY
				  "where: { in: [ NNN ] }, " WELFARE),
		NULL },
	{ "step-nobody: some have one", NONE, USUAL,
		CLAUSE("x", SHALL "steps: [ { do: notify, whom: state-of-nationality } ], for: { "
				  "nationality: [ XXA, BBB ] }, " WORLD WELFARE),
		NULL },
	{ "obliged-excluded: a nationality", CONTRADICTION_OBLIGED_EXCLUDED, USUAL,
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE) CLAUSE("y",
			SHALL "for: { nationality: [ any ], except-nationality: [ CCC ] }, " WORLD
				WELFARE),
		NULL },
	{ "obliged-excluded: a status", CONTRADICTION_OBLIGED_EXCLUDED, USUAL,
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE) CLAUSE("y",
			SHALL "for: { nationality: [ BBB ], except-status: [ detained ] }, " WORLD
				WELFARE),
		NULL },
	{ "obliged-excluded: the other half", NONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ CCC ] }, " WORLD WELFARE) CLAUSE("y",
			SHALL "for: { nationality: [ any ], except-nationality: [ CCC ] }, " WORLD
				WELFARE),
		NULL },
	{ "obliged-excluded: its own half of a status", NONE, USUAL,
		CLAUSE("x",
			SHALL "for: { nationality: [ any ], status: [ detained ] }, " WORLD WELFARE)
			CLAUSE("y", SHALL "for: { nationality: [ any ], except-status: [ detained "
					  "] }, " WORLD WELFARE),
		NULL },
	{ "obliged-excluded: elsewhere", NONE, USUAL,
		CLAUSE("x", SHALL FOR_ANY "where: { in: [ AAA ] }, " WELFARE) CLAUSE("y",
			SHALL "for: { nationality: [ any ], except-nationality: [ CCC ] }, where: "
			      "{ in: [ BBB ] }, " WELFARE),
		NULL },
	{ "obliged-excluded: what is only allowed", NONE, USUAL,
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE)
			CLAUSE("y", "duty: may, provider: AAA, for: { nationality: [ any ], "
				    "except-nationality: [ CCC ] }, " WORLD WELFARE),
		NULL },
	{ "two-leads", CONTRADICTION_TWO_LEADS, USUAL,
		CLAUSE("x", SHALL "role: lead, " FOR_ANY WORLD WELFARE) CLAUSE(
			"y", "duty: shall, provider: BBB, role: lead, " FOR_ANY WORLD WELFARE),
		NULL },
	{ "two-leads: one supports", NONE, USUAL,
		CLAUSE("x", SHALL "role: lead, " FOR_ANY WORLD WELFARE) CLAUSE(
			"y", "duty: shall, provider: BBB, role: support, " FOR_ANY WORLD WELFARE),
		NULL },
	{ "two-leads: each for a place of its own", NONE, USUAL,
		CLAUSE("x", SHALL "role: lead, " FOR_ANY WORLD WELFARE)
			CLAUSE("y", "duty: shall, provider: BBB, role: lead, " FOR_ANY
				    "where: { in: [ CCC ] }, " WELFARE),
		NULL },
	{ "two-payers", CONTRADICTION_TWO_PAYERS, USUAL,
		CLAUSE("x", SHALL "cost: { rule: provider-bears }, " FOR_ANY WORLD WELFARE) CLAUSE(
			"y", SHALL "cost: { rule: beneficiary-repays }, " FOR_ANY WORLD WELFARE),
		NULL },
	{ "two-payers: a special case", NONE, USUAL,
		CLAUSE("x", SHALL "cost: { rule: provider-bears }, " FOR_ANY WORLD WELFARE) CLAUSE(
			"y", SHALL "cost: { rule: beneficiary-repays }, for: { nationality: [ any "
				   "], status: [ seafarer ] }, " WORLD WELFARE),
		NULL },
	{ "two-payers: one after the other", NONE, USUAL,
		CLAUSE("x", SHALL
			"until: 2021-12-31, cost: { rule: provider-bears }, " FOR_ANY WORLD WELFARE)
			CLAUSE("y", SHALL
				"from: 2022-01-01, cost: { rule: beneficiary-repays }, " FOR_ANY
					WORLD WELFARE),
		NULL },
	{ "renewed-ended", CONTRADICTION_RENEWED_ENDED,
		"state: [ { is: in-force, from: 2000-01-01 }, { is: terminated, from: 2021-01-01 } "
		"]\n" EVERYBODY "in-force: { from: 2000-01-01, until: 2020-12-31, renewed: [ { on: "
		"2021-06-01, until: 2022-12-31 } ] }\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
	{ "renewed-ended: renewed in time", NONE,
		"state: [ { is: in-force, from: 2000-01-01 }, { is: terminated, from: 2021-01-01 } "
		"]\n" EVERYBODY "in-force: { from: 2000-01-01, until: 2019-12-31, renewed: [ { on: "
		"2019-06-01, until: 2022-12-31 } ] }\n",
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE), NULL },
};

static void judge_case(const struct contradiction_case *planted, uint64_t seed)
{
	struct contradiction *items;
	struct scene scene;
	struct diags diags;
	size_t count;

	begin(&scene, seed);
	plant(&scene, planted->head, planted->commitments);
	if (planted->annex)
		put(&scene, "w/agreements/plant.annex.csv", str_of(planted->annex));
	load(&scene);
	count = contradictions_of(&scene, &items);
	if (count != (planted->kind != NONE) || (count && items[0].kind != planted->kind))
		print_message("%s, seed %d: %zu found\n", planted->name, (int)seed, count);
	assert_int_equal(count, planted->kind != NONE);
	diags_init(&diags, &scene.arena, 20);
	assert_int_equal(cover_contradictions_tell(&diags, &scene.arena, scene.index, STR("plant")),
		count ? STATUS_REFUSED : STATUS_OK);
	assert_int_equal(diags.count, count);
	if (count) {
		assert_int_equal(items[0].kind, planted->kind);
		assert_string_equal(items[0].agreement->id.ptr ? "plant" : "", "plant");
		assert_true(diags.items[0].pos.line > 0 || !items[0].commitment);
	}
	for (size_t i = 0; i < count; i++) {
		/* a pair has a whole witness */
		assert_true(
			!items[i].other ||
			(items[i].nat != NAT_NONE && items[i].place != NONE32 &&
				items[i].service != SERVICE_NONE && items[i].date != DATE_NONE));
	}
	arena_free(&scene.arena);
}

static void contradictions_are_found_and_only_they(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contradiction_cases / sizeof *contradiction_cases; i++) {
		for (uint64_t seed = 1; seed <= 3; seed++)
			judge_case(&contradiction_cases[i], seed);
	}
}

/* same-parties: two agreements of the same parties are read together, others are not. */
static void obliged_excluded_across_agreements(void **state)
{
	static const char *const others[] = { "parties: [ { party: BBB }, { party: AAA } ]\n",
		"parties: [ { party: AAA }, { party: CCC } ]\n" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct contradiction *items;
		struct scene scene;
		struct buf out;

		begin(&scene, 1);
		plant(&scene, IN_FORCE "parties: [ { party: AAA }, { party: BBB } ]\n",
			CLAUSE("x", SHALL FOR_ANY WORLD WELFARE));
		buf_init(&out, &scene.arena, 1 << 14);
		buf_add_format(&out, HEAD(IN_FORCE "%s") "commitments:\n%s", "second", others[i],
			CLAUSE("y", SHALL "for: { nationality: [ any ], except-nationality: [ CCC "
					  "] }, " WORLD WELFARE));
		put(&scene, "w/agreements/second.yaml", buf_str(&out));
		load(&scene);
		assert_int_equal(contradictions_of(&scene, &items), i == 0);
		if (i == 0)
			assert_int_equal(items[0].nat, world_nat(scene.world, STR("CCC")));
		arena_free(&scene.arena);
	}
}

static void every_kind_has_its_word(void **state)
{
	bool tried[CONTRADICTIONS] = { false };

	(void)state;
	for (size_t i = 0; i < sizeof contradiction_cases / sizeof *contradiction_cases; i++) {
		if (contradiction_cases[i].kind != NONE)
			tried[contradiction_cases[i].kind] = true;
	}
	for (size_t i = 0; i < CONTRADICTIONS; i++) {
		assert_true(cover_contradiction_words[i].len > 0);
		assert_true(tried[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_in_clean_worlds),
		cmocka_unit_test(double_pledge),
		cmocka_unit_test(beyond_strength),
		cmocka_unit_test(circular_reliance),
		cmocka_unit_test(second_lead),
		cmocka_unit_test(pool_unassigned),
		cmocka_unit_test(single_points),
		cmocka_unit_test(contradictions_are_found_and_only_they),
		cmocka_unit_test(obliged_excluded_across_agreements),
		cmocka_unit_test(every_kind_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
