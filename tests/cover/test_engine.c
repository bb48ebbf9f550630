/* The engine's inner parts, each by itself: index, candidates, places, order, parts of a country,
 * shared work of gaps, the agreements' own cases, want of memory. What the rules mean is the matter
 * of test_rules.c and of tests/soak. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "cover/internal.h"

#define DATE "2022-06-01"
#define HEAD(id, strength)                                                                         \
	"format: 1\nagreement: " id "\ntitle: A\nkind: framework\nstrength: " strength "\n"        \
	"source: { title: Made for tests, basis: illustrative }\n"                                 \
	"state: [ { is: in-force, from: 2000-01-01 } ]\nvisibility: public\n"                      \
	"in-force: { from: 2000-01-01 }\nparties: [ { party: \"group:all\" } ]\n"

static const char *const files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: Engine\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,nationality,source\n"
			  "world,,world,World,,s\nm49:002,world,region,Africa,,s\n"
			  "AAA,m49:002,country,A,AAA,s\nBBB,m49:002,country,B,BBB,s\n"
			  "CCC,m49:002,country,C,CCC,s\nTTT,m49:002,country,T,AAA,s\n"
			  "BB-1,BBB,subdivision,One,,s\nBB-2,BBB,subdivision,Two,,s\n"
			  "BBB-town,BB-1,locality,Town,,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,flags,source\n"
			   "AAA,state,A,,AAA,,s\nBBB,state,B,,BBB,,s\nCCC,state,C,,CCC,,s\n"
			   "relief,io,R,,,,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\nall,AAA,,,s\nall,BBB,,,s\n"
			  "all,CCC,,2010-01-01,s\nall,CCC,2012-01-01,,s\nall,relief,,,s\n"
			  "late,AAA,2021-01-01,,s\nlate,CCC,1990-01-01,1991-01-01,s\n" },
	{ "w/zones.csv",
		"zone,place,from,until,source\nriver,BB-1,,,s\nriver,CCC,,2015-01-01,s\n" },
	{ "w/posts.csv",
		"post,sending,receiving,place,kind,accredited_to,services,district,name,lat,"
		"lon,from,until,state,basis,as_of,source\n"
		"AAA@BBB,AAA,BBB,BBB-town,embassy,CCC,,,,,,,,open,sourced,2022-01-01,s\n"
		"CCC@BBB,CCC,BBB,BBB-town,honorary,,,,,,,,,open,sourced,2022-01-01,s\n" },
	{ "w/people.csv",
		"origin,place,group,year,people,low,high,method,source\n"
		"AAA,BBB,,2020,100,,,,s\nCCC,BBB,,2020,50,,,,s\nTTT,BBB,,2020,7,,,,s\n"
		"CCC,BBB,refugee,2020,20,,,,s\nBBB,AAA,,2020,30,,,,s\nBBB,CCC,,2020,9,,,,s\n" },
	{ "w/agreements/own.yaml",
		HEAD("own",
			"treaty") "commitments:\n"
				  "  - { id: own, clause: \"1\", title: Own, duty: shall, "
				  "provider: { "
				  "state-of-nationality: [ resident, accredited ] }, for: { "
				  "nationality: [ any ] "
				  "}, where: { in: [ world ] }, services: [ consular.welfare ] }\n"
				  "  - { id: pool, clause: \"2\", title: Pool, duty: will, limit: "
				  "as-own-nationals, provider: { member-of: all, present: [ "
				  "resident ] }, for: { "
				  "nationality: [ any ], unrepresented: [ resident ] }, where: { "
				  "in: [ world ], "
				  "except: [ \"zone:river\" ] }, services: [ consular.welfare ] "
				  "}\n" },
	{ "w/agreements/local.yaml",
		HEAD("local", "pledge") "commitments:\n"
					"  - { id: town, clause: \"1\", title: Town, duty: will, "
					"provider: relief, "
					"for: { nationality: [ any ] }, where: { in: [ BBB-town, "
					"\"zone:river\" ] }, "
					"services: [ consular.welfare, relief.food ] }\n"
					"  - { id: all, clause: \"2\", title: All, duty: may, "
					"provider: relief, "
					"for: { nationality: [ any ] }, where: { in: [ "
					"\"group:late\" ], territories: "
					"in }, services: [ relief.food ] }\n"
					"cases:\n"
					"  - { given: " DATE
					", who: { nationality: CCC, place: BBB-town, service: "
					"relief.food }, expect: { party: relief, band: will, via: "
					"[ ], rank: 1 } }\n"
					"  - { given: " DATE
					", who: { nationality: CCC, place: BB-2, service: "
					"relief.food }, expect: nobody }\n"
					"  - { given: " DATE
					", who: { nationality: CCC, place: BBB-town, service: "
					"relief.food }, expect: { party: AAA } }\n"
					"  - { given: " DATE
					", who: { nationality: CCC, place: BBB-town, service: "
					"relief.food }, expect-not: { party: relief } }\n" },
};

struct scene {
	struct arena arena;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	struct scratch scratch;
};

static int set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct memory_files memory;
	struct file_system system;
	struct diags diags;

	assert_non_null(scene);
	arena_init(&scene->arena, &allocator_system, (size_t)64 << 20);
	memory_files_init(&memory, &scene->arena);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_int_equal(
			memory_files_put(&memory, str_of(files[i][0]), str_of(files[i][1])),
			STATUS_OK);
	system = memory_files_system(&memory);
	diags_init(&diags, &scene->arena, 20);
	enum status status = world_load(&scene->world, &scene->arena, &system, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&scene->accords, &scene->arena, scene->world, &system, STR("w"), &diags);
	for (size_t i = 0; i < diags.count; i++)
		print_message(STR_FMT ":%u: " STR_FMT "\n", STR_ARG(diags.items[i].file),
			diags.items[i].pos.line, STR_ARG(diags.items[i].message));
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(cover_compile(&scene->index, &scene->arena, scene->world, &scene->accords),
		STATUS_OK);
	scratch_init(&scene->scratch, &scene->arena);
	*state = scene;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *scene = *state;

	arena_free(&scene->arena);
	free(scene);
	return 0;
}

static int32_t day(const char *text)
{
	int32_t date;

	assert_true(date_parse(str_of(text), &date));
	return date;
}

static uint32_t place(const struct scene *scene, const char *id)
{
	uint32_t found = world_place(scene->world, str_of(id));

	assert_int_not_equal(found, NONE32);
	return found;
}

static struct query query_of(
	const struct scene *scene, const char *nat, const char *where, const char *service)
{
	struct query query;

	cover_query_init(&query, day(DATE), VIEWER_ALL);
	query.nats[0] = world_nat(scene->world, str_of(nat));
	query.nat_count = 1;
	query.place = place(scene, where);
	query.service = world_service_find(str_of(service));
	assert_null(cover_query_fault(scene->world, &query));
	return query;
}

static struct ask ask_of(
	struct scene *scene, const char *nat, const char *where, const char *service)
{
	struct query query = query_of(scene, nat, where, service);
	struct ask ask;

	ask_init(&ask, scene->index, &query, &scene->scratch);
	ask_candidates(&ask);
	assert_false(scene->scratch.no_memory);
	return ask;
}

static const struct row *row_of(const struct scene *scene, const char *commitment)
{
	for (struct walk walk = { .index = scene->index }; walk_next(&walk);) {
		for (uint32_t i = 0; i < walk.rows->count; i++) {
			if (str_is(walk.rows->rows[i].commitment->id, commitment))
				return &walk.rows->rows[i];
		}
	}
	fail_msg("no row %s", commitment);
	return NULL;
}

/* ---- the index ---- */

/* Every key says what its row says, in the place that the block says. */
static size_t check_block(const struct cover_index *index, const struct entry_block *block,
	size_t service, uint32_t b)
{
	assert_int_equal(block->offsets[0], 0);
	assert_int_equal(block->offsets[block->span], block->count);
	assert_true(block->offsets[block->span - 1] < block->count); /* no empty end */
	for (uint32_t local = 0; local < block->span; local++) {
		uint32_t place =
			b ? index->atlas->block_first[b] + local : index->atlas->above[local];

		assert_int_equal(index->atlas->spots[place].block, b);
		assert_int_equal(index->atlas->spots[place].local, local);
		uint32_t from = block->offsets[local];
		struct key_run run = block_run(block, from, block->offsets[local + 1]);

		for (uint32_t i = 0; i < run.count; i++) {
			const struct row *row = block_rows(block)[from + i];

			assert_true(row->commitment->services >> service & 1u);
			assert_int_equal(run.from[i], row->from);
			assert_int_equal(run_until(run)[i], row->until);
			assert_int_equal(run_sets(run)[i], row->nats);
			assert_int_equal(run_needs(run)[i], row->needs);
			assert_int_equal(
				run_phases(run)[i], row->phases | row->band << KEY_BAND_SHIFT);
			assert_int_equal(block_providers(block)[from + i], row->provider);
			assert_ptr_equal(block->entries[from + i].commitment, row->commitment);
		}
	}
	return block->count;
}

static void index_is_symbolic(void **state)
{
	const struct scene *scene = *state;
	const struct cover_index *index = scene->index;
	struct walk walk = { .index = index };

	assert_int_equal(index->row_count, 4); /* a pool of four is one row */
	assert_int_equal(index->set_count, 2); /* set 0, and four times `any`: one set */
	assert_true(walk_next(&walk));         /* in order of agreement, commitment */
	assert_ptr_equal(&walk.rows->rows[0], row_of(scene, "all"));
	assert_true(walk_next(&walk));
	assert_ptr_equal(&walk.rows->rows[1], row_of(scene, "pool"));
	assert_false(walk_next(&walk));
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		const struct service_table *table = index->services[s];
		size_t entries = 0;

		for (uint32_t b = 0; table && b < index->atlas->block_count; b++)
			entries +=
				table->blocks[b] ? check_block(index, table->blocks[b], s, b) : 0;
		assert_int_equal(entries, table ? table->entry_count : 0);
	}
}

static void candidates_are_those_along_the_chain(void **state)
{
	struct scene *scene = *state;
	struct ask town = ask_of(scene, "CCC", "BBB-town", "consular.welfare");
	struct ask other = ask_of(scene, "CCC", "BB-2", "consular.welfare");
	struct ask none = ask_of(scene, "CCC", "BB-2", "relief.water");

	assert_int_equal(town.candidate_count, 3); /* town: once, though two of its items hold it */
	assert_int_equal(other.candidate_count, 2);
	assert_int_equal(none.candidate_count, 0);
	for (size_t i = 1; i < town.candidate_count; i++)
		assert_ptr_not_equal(town.candidates[i - 1], town.candidates[i]);
}

/* A group that once had a member stands under its country too; the date is asked when answering. */
static void groups_stand_under_every_member_they_had(void **state)
{
	struct scene *scene = *state;
	const struct place_scope *where = &row_of(scene, "all")->commitment->where;
	struct ask ask = ask_of(scene, "BBB", "CCC", "relief.food");
	uint16_t depth;

	assert_int_equal(ask.candidate_count, 2); /* the zone's former member as well */
	assert_false(places_contain(&ask, where, place(scene, "CCC"), &depth));
	assert_true(places_contain(&ask, where, place(scene, "AAA"), &depth));
	assert_int_equal(depth, 2);
	assert_true(places_contain(&ask, where, place(scene, "TTT"), &depth)); /* territories: in */
	ask.query.date = day("1990-06-01");
	assert_true(places_contain(&ask, where, place(scene, "CCC"), &depth));
	assert_false(places_contain(&ask, where, place(scene, "AAA"), &depth));
}

static void depth_is_of_the_deepest_item(void **state)
{
	struct scene *scene = *state;
	const struct place_scope *town = &row_of(scene, "town")->commitment->where;
	const struct place_scope *pool = &row_of(scene, "pool")->commitment->where;
	struct ask ask = ask_of(scene, "CCC", "BBB-town", "consular.welfare");
	uint16_t depth;

	assert_true(places_contain(&ask, town, place(scene, "BBB-town"), &depth));
	assert_int_equal(depth, 4); /* the locality, not the zone's member above it */
	assert_true(places_contain(&ask, town, place(scene, "BB-1"), &depth));
	assert_int_equal(depth, 3);
	assert_false(places_contain(&ask, town, place(scene, "BBB"), &depth));
	assert_false(places_contain(&ask, pool, place(scene, "BBB-town"), &depth)); /* excepted */
	assert_true(places_contain(&ask, pool, place(scene, "BBB"), &depth));
	assert_int_equal(depth, 0);
}

/* ---- one question ---- */

static void statuses_are_implied(void **state)
{
	struct scene *scene = *state;
	struct query query = query_of(scene, "XXA", "BBB", "relief.food");
	struct ask ask, inner;

	query.statuses = PERSON_BIT(PERSON_UNACCOMPANIED_CHILD);
	ask_init(&ask, scene->index, &query, &scene->scratch);
	assert_true(ask.query.statuses & PERSON_BIT(PERSON_CHILD));
	assert_true(ask.query.statuses & PERSON_BIT(PERSON_STATELESS));
	/* Asked for another nationality, what followed from the first does not. */
	ask_for_nat(&inner, &ask, world_nat(scene->world, STR("AAA")));
	assert_false(inner.query.statuses & PERSON_BIT(PERSON_STATELESS));
	assert_true(inner.query.statuses & PERSON_BIT(PERSON_CHILD));
	ask_as_own(&inner, &ask, world_nat(scene->world, STR("AAA")));
	assert_int_equal(inner.query.statuses, 0);
	assert_false(inner.safeguards);
}

static void guarded_states_follow_from_status_and_fears(void **state)
{
	struct scene *scene = *state;
	struct query query = query_of(scene, "CCC", "BBB", "relief.food");
	uint16_t ccc = query.nats[0], aaa = world_nat(scene->world, STR("AAA"));
	struct set256 guarded = safeguards_guarded(&query);

	assert_true(set256_empty(&guarded));
	query.statuses = PERSON_BIT(PERSON_FEARS_AUTHORITIES);
	guarded = safeguards_guarded(&query);
	assert_true(set256_has(&guarded, ccc));
	query.statuses = 0;
	query.fears[query.fear_count++] = aaa;
	guarded = safeguards_guarded(&query);
	assert_true(set256_has(&guarded, aaa) && !set256_has(&guarded, ccc));
}

/* Walks ROW's pool: how many, each a member. Of COUNTING: each a party that is there. */
static int walk_pool(const struct ask *ask, const struct row *row, bool counting)
{
	struct provider_walk walk;
	uint32_t provider;
	uint16_t nat;
	int count = 0;

	provider_walk_init(&walk, ask, row);
	while (provider_walk_next(&walk, ask, row, &provider, &nat)) {
		assert_int_equal(nat, NAT_NONE);
		assert_true(provider_is(ask, row, provider, &nat));
		assert_true(provider_can_be(ask, row, provider));
		assert_true(!counting || ask->world->parties[provider].nat == NAT_NONE ||
			    ask_presence(ask, provider, row->commitment->provider.levels).truth ==
				    TRUTH_T);
		count++;
	}
	return count;
}

static void pool_members_count_once(void **state)
{
	struct scene *scene = *state;
	struct ask ask = ask_of(scene, "CCC", "BBB", "consular.welfare");
	const struct row *row = row_of(scene, "pool");
	struct wonder wonder = { .count = 0 };

	/* Who is not there is passed over by sets: of the four, two count. */
	assert_int_equal(walk_pool(&ask, row, true), 2);
	/* Whoever wonders is told of all; CCC has two periods. */
	ask.wonder = &wonder;
	assert_int_equal(walk_pool(&ask, row, false), 4);
}

/* The pool promises `will`; AAA's own get `shall` from AAA there: no more than that. */
static void limit_bounds_by_what_own_nationals_get(void **state)
{
	struct scene *scene = *state;
	struct ask ask = ask_of(scene, "CCC", "BBB", "consular.welfare");
	uint32_t aaa = world_party(scene->world, STR("AAA"));
	uint32_t relief = world_party(scene->world, STR("relief"));
	struct query query = query_of(scene, "CCC", "BBB", "consular.welfare");
	struct answers answers;

	assert_int_equal(limit_as_own(&ask, aaa), BAND_SHALL);
	assert_int_equal(limit_as_own(&ask, relief), BAND_NONE);
	assert_int_equal(cover_who(&answers, &scene->arena, scene->index, &query), STATUS_OK);
	assert_int_equal(answers.items_count, 1);
	assert_int_equal(answers.items[0].provider, aaa);
	assert_int_equal(answers.items[0].band, BAND_SHALL);
	assert_int_equal(answers.items[0].certainty, TRUTH_U); /* CCC resident there: not known */
}

/* ---- order ---- */

static void each_key_of_the_order_decides(void **state)
{
	const struct scene *scene = *state;
	const struct row *row = row_of(scene, "town");
	struct commitment lead = *row->commitment, fallback = lead, later = lead, second = lead;
	struct agreement law = *row->agreement, pledge = law, named = law;
	struct answer better[11], worse[11];

	fallback.role = ROLE_FALLBACK;
	later.id = STR("zzz");
	second.schedule_row = 1;
	law.strength = STRENGTH_LAW;
	pledge.strength = STRENGTH_PLEDGE;
	named.strength = STRENGTH_LAW;
	named.id = STR("zzz");
	for (size_t i = 0; i < 11; i++) {
		better[i] = (struct answer){ .band = BAND_SHALL,
			.certainty = TRUTH_T,
			.agreement = &law,
			.commitment = &lead,
			.depth = 3,
			.size = 4,
			.lead_time_hours = 24,
			.via = NONE32 };
		worse[i] = better[i];
	}
	worse[0].held = HELD_SCREEN;
	worse[1].certainty = TRUTH_U;
	worse[2].band = BAND_MAY;
	worse[3].commitment = &fallback;
	worse[4].depth = 2;
	worse[5].size = 5;
	worse[6].agreement = &pledge;
	worse[7].lead_time_hours = -1;
	worse[8].agreement = &named;
	worse[9].commitment = &later;
	worse[10].commitment = &second;
	for (size_t i = 0; i < 11; i++) {
		/* Whatever comes after a key does not matter: make all later keys better. */
		for (size_t later_key = i + 1; later_key < 11; later_key++) {
			struct answer mixed = worse[i], other = better[i];

			if (later_key == 4)
				mixed.depth = 9;
			else if (later_key == 5)
				mixed.size = 1;
			else if (later_key == 7)
				mixed.lead_time_hours = 1;
			assert_true(order_answers(scene->world, &other, &mixed) < 0);
		}
		assert_true(order_answers(scene->world, &better[i], &worse[i]) < 0);
		assert_true(order_answers(scene->world, &worse[i], &better[i]) > 0);
		assert_int_equal(order_answers(scene->world, &worse[i], &worse[i]), 0);
	}
}

static void pairs_prefer_no_via_then_its_name(void **state)
{
	const struct scene *scene = *state;
	const struct row *row = row_of(scene, "town");
	struct answer plain = { .agreement = row->agreement,
		.commitment = row->commitment,
		.certainty = TRUTH_T,
		.via = NONE32 };
	struct answer through_a = plain, through_b = plain;

	through_a.via = world_party(scene->world, STR("AAA"));
	through_b.via = world_party(scene->world, STR("BBB"));
	assert_true(order_pairs(scene->world, &plain, &through_a) < 0);
	assert_true(order_pairs(scene->world, &through_a, &through_b) < 0);
	assert_int_equal(order_pairs(scene->world, &through_a, &through_a), 0);
}

/* ---- cells ---- */

static void parts_are_where_rows_begin(void **state)
{
	struct scene *scene = *state;
	struct ask ask = ask_of(scene, "CCC", "BBB", "consular.welfare");
	struct ask elsewhere = ask_of(scene, "BBB", "AAA", "consular.welfare");
	const struct part *parts;
	size_t count;

	parts = cell_parts(&count, &ask);
	assert_non_null(parts);
	assert_int_equal(count, 2);
	assert_int_equal(parts[0].place, place(scene, "BB-1"));
	assert_int_equal(parts[1].place, place(scene, "BBB-town"));
	assert_int_equal(parts[1].partial_count, 1); /* `own` and `pool` cover the country */
	assert_int_equal(parts[1].candidate_count, 3);
	cell_parts(&count, &elsewhere);
	assert_int_equal(count, 0);
}

static const uint8_t *all_services(size_t *count)
{
	static uint8_t services[2];

	services[0] = world_service_find(STR("consular.welfare"));
	services[1] = world_service_find(STR("relief.food"));
	*count = 2;
	return services;
}

/* Sharing work over a country's cells changes nothing. */
static void gaps_are_their_cells(void **state)
{
	struct scene *scene = *state;
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = day(DATE),
		.viewer = VIEWER_ALL };
	struct people_count count;
	size_t service_count;
	const uint8_t *services = all_services(&service_count);
	struct gaps gaps;

	assert_int_equal(world_people(&count, &scene->arena, scene->world, filter.date), STATUS_OK);
	for (size_t s = 0; s < service_count; s++) {
		assert_int_equal(cover_gaps(&gaps, &scene->arena, scene->index, &count, services[s],
					 &filter),
			STATUS_OK);
		int64_t sum = gaps.own_state;

		assert_int_equal(gaps.people, count.people);
		for (size_t b = 0; b < BANDS; b++)
			sum += gaps.bands[b];
		assert_int_equal(sum, gaps.people);
		assert_true(gaps.cells_count > 0);
		for (size_t i = 0; i < gaps.cells_count; i++) {
			const struct gap_cell *gap = &gaps.cells[i];
			struct cell_band band;

			assert_int_equal(cover_cell(&band, &scene->arena, scene->index,
						 gap->cell.nat, gap->cell.group, gap->cell.place,
						 services[s], filter.date, VIEWER_ALL),
				STATUS_OK);
			assert_int_equal(band.band, gap->band.band);
			assert_int_equal(band.uncertain, gap->band.uncertain);
			assert_int_equal(band.not_known, gap->band.not_known);
			assert_int_equal(band.in_part, gap->band.in_part);
		}
	}
}

static void cells_tell_not_known_from_proven(void **state)
{
	struct scene *scene = *state;
	uint16_t aaa = world_nat(scene->world, STR("AAA"));
	uint16_t bbb = world_nat(scene->world, STR("BBB"));
	uint8_t welfare = world_service_find(STR("consular.welfare"));
	uint8_t food = world_service_find(STR("relief.food"));
	struct cell_band band;

	/* BBB has no post on record in AAA: not known. Nobody has promised food in CCC: proven. */
	assert_int_equal(cover_cell(&band, &scene->arena, scene->index, bbb, GROUP_STOCK,
				 place(scene, "AAA"), welfare, day(DATE), VIEWER_ALL),
		STATUS_OK);
	assert_true(band.band == BAND_NONE && band.not_known);
	assert_int_equal(cover_cell(&band, &scene->arena, scene->index, bbb, GROUP_STOCK,
				 place(scene, "CCC"), food, day(DATE), VIEWER_ALL),
		STATUS_OK);
	assert_true(band.band == BAND_NONE && !band.not_known && !band.in_part);
	/* In BBB food is promised in a part only. */
	assert_int_equal(cover_cell(&band, &scene->arena, scene->index, aaa, GROUP_STOCK,
				 place(scene, "BBB"), food, day(DATE), VIEWER_ALL),
		STATUS_OK);
	assert_true(band.band == BAND_NONE && band.in_part);
}

static void gaps_of_a_filter(void **state)
{
	struct scene *scene = *state;
	struct gap_filter filter = { .place = place(scene, "BBB-town"),
		.nat = NAT_NONE,
		.group = GROUP_REFUGEE,
		.date = day(DATE),
		.viewer = VIEWER_ALL };
	uint8_t welfare = world_service_find(STR("consular.welfare"));
	struct people_count count;
	struct gaps gaps;

	assert_int_equal(world_people(&count, &scene->arena, scene->world, filter.date), STATUS_OK);
	assert_int_equal(cover_gaps(&gaps, &scene->arena, scene->index, &count, welfare, &filter),
		STATUS_OK);
	assert_int_equal(gaps.people, 20);
	assert_int_equal(gaps.protected_, 20);
	assert_int_equal(gaps.cells_count, 1);
	filter.group = -1;
	filter.nat = world_nat(scene->world, STR("AAA"));
	assert_int_equal(cover_gaps(&gaps, &scene->arena, scene->index, &count, welfare, &filter),
		STATUS_OK);
	assert_int_equal(gaps.people, 107); /* the territory's people are AAA's */
	filter.place = place(scene, "CCC");
	assert_int_equal(cover_gaps(&gaps, &scene->arena, scene->index, &count, welfare, &filter),
		STATUS_OK);
	assert_int_equal(gaps.people, 0);
}

/* ---- reasons ---- */

static enum why_not reason(
	struct scene *scene, const struct query *query, const char *party, const char *commitment)
{
	struct why_not_row *rows;
	size_t count;

	assert_int_equal(cover_why_not(&rows, &count, &scene->arena, scene->index, query,
				 world_party(scene->world, str_of(party))),
		STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		if (str_is(rows[i].commitment->id, commitment))
			return rows[i].reason;
	}
	return WHYNOTS;
}

static void reasons_are_the_first_that_fails(void **state)
{
	struct scene *scene = *state;
	struct query query = query_of(scene, "CCC", "BBB", "consular.welfare");

	assert_int_equal(reason(scene, &query, "AAA", "pool"), WHYNOT_ANSWERS);
	assert_int_equal(reason(scene, &query, "AAA", "own"), WHYNOT_NOT_PROVIDER);
	assert_int_equal(reason(scene, &query, "CCC", "pool"), WHYNOT_POOL);
	assert_int_equal(reason(scene, &query, "BBB", "pool"), WHYNOT_POOL);
	assert_int_equal(reason(scene, &query, "relief", "pool"), WHYNOT_PRESENCE_UNKNOWN);
	assert_int_equal(reason(scene, &query, "relief", "town"), WHYNOT_PLACE);
	assert_int_equal(reason(scene, &query, "relief", "own"), WHYNOTS); /* can never be */
	assert_int_equal(reason(scene, &query, "CCC", "own"), WHYNOT_PRESENCE_UNKNOWN);
	query.nats[0] = world_nat(scene->world, STR("AAA"));
	assert_int_equal(reason(scene, &query, "relief", "pool"), WHYNOT_REPRESENTED);
	query.statuses = PERSON_BIT(PERSON_REFUGEE);
	assert_int_equal(reason(scene, &query, "AAA", "own"), WHYNOT_S1);
	query.viewer = VIEWER_PUBLIC; /* not told that a safeguard removed it */
	assert_int_equal(reason(scene, &query, "AAA", "own"), WHYNOTS);
	query.viewer = VIEWER_ALL;
	query.date = day("1999-01-01");
	assert_int_equal(reason(scene, &query, "AAA", "own"), WHYNOT_NOT_IN_FORCE);
}

/* ---- cases, memory, words ---- */

static void cases_fail_where_they_stand(void **state)
{
	struct scene *scene = *state;
	struct diags diags;

	diags_init(&diags, &scene->arena, 20);
	assert_int_equal(cover_cases(&scene->arena, scene->index, &diags), STATUS_REFUSED);
	assert_int_equal(diags.count, 2); /* the first two hold */
	assert_true(str_is(diags.items[0].path, "cases[2]"));
	assert_true(str_is(diags.items[1].path, "cases[3]"));
	assert_true(str_is(diags.items[0].file, "w/agreements/local.yaml"));
	assert_int_equal(diags.items[1].pos.line, diags.items[0].pos.line + 1);
}

struct failing {
	size_t left;
};

static void *failing_get(void *context, size_t size)
{
	struct failing *failing = context;

	if (failing->left == 0)
		return NULL;
	failing->left--;
	return malloc(size);
}

static void failing_put(void *context, void *memory, size_t size)
{
	(void)context;
	(void)size;
	free(memory);
}

/* Asks everything in an arena that gets GRANTED blocks and then no more. */
static enum status ask_all(struct scene *scene, struct arena *arena)
{
	struct query query = query_of(scene, "CCC", "BBB-town", "consular.welfare");
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = day(DATE),
		.viewer = VIEWER_ALL };
	uint32_t aaa = world_party(scene->world, STR("AAA"));
	struct cover_index *index;
	struct people_count count;
	struct why_not_row *rows;
	struct answers answers;
	struct gaps gaps;
	size_t row_count;
	enum status status = cover_compile(&index, arena, scene->world, &scene->accords);

	if (status == STATUS_OK)
		status = cover_who(&answers, arena, index, &query);
	if (status == STATUS_OK)
		status = cover_who_many(&answers, arena, index, &query, 1);
	if (status == STATUS_OK)
		status = cover_why_not(&rows, &row_count, arena, index, &query, aaa);
	if (status == STATUS_OK)
		status = world_people(&count, arena, scene->world, filter.date);
	if (status == STATUS_OK)
		status = cover_gaps(&gaps, arena, index, &count, query.service, &filter);
	return status;
}

/* The arena's maximum is met at every possible byte count, and its allocator fails at every call.
 */
static void every_want_of_memory_is_told(void **state)
{
	struct scene *scene = *state;
	enum status status = STATUS_NO_MEMORY;
	int told = 0;

	for (size_t granted = 0; status != STATUS_OK; granted++) {
		struct failing failing = { granted };
		struct allocator allocator = { failing_get, failing_put, &failing };
		struct arena arena;

		arena_init(&arena, &allocator, (size_t)64 << 20);
		status = ask_all(scene, &arena);
		assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
		told += status == STATUS_NO_MEMORY;
		arena_free(&arena);
	}
	assert_true(told > 0);
	status = STATUS_NO_MEMORY;
	for (size_t max = 0; status != STATUS_OK; max += 512) {
		struct arena arena;

		arena_init(&arena, &allocator_system, max);
		status = ask_all(scene, &arena);
		assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
		arena_free(&arena);
	}
}

static void every_value_has_its_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < WHYNOTS; i++)
		assert_true(cover_whynot_words[i].len > 0);
	for (size_t i = 0; i < BANDS; i++)
		assert_true(cover_band_words[i].len > 0);
	for (size_t i = 0; i < MARK_COUNT; i++)
		assert_true(cover_mark_words[i].len > 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(index_is_symbolic),
		TEST(candidates_are_those_along_the_chain),
		TEST(groups_stand_under_every_member_they_had),
		TEST(depth_is_of_the_deepest_item),
		TEST(statuses_are_implied),
		TEST(guarded_states_follow_from_status_and_fears),
		TEST(pool_members_count_once),
		TEST(limit_bounds_by_what_own_nationals_get),
		TEST(each_key_of_the_order_decides),
		TEST(pairs_prefer_no_via_then_its_name),
		TEST(parts_are_where_rows_begin),
		TEST(gaps_are_their_cells),
		TEST(cells_tell_not_known_from_proven),
		TEST(gaps_of_a_filter),
		TEST(reasons_are_the_first_that_fails),
		TEST(cases_fail_where_they_stand),
		TEST(every_want_of_memory_is_told),
		TEST(every_value_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
