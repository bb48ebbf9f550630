/* The typed form: what stands in the document stands there, a schedule's row is a commitment of its
 * own, and in-force is judged by the day. */
#include "support.h"

#include <stdio.h>

static void read_pact(struct desk *desk, struct agreement *out)
{
	desk_put(desk, "pact.yaml", str_of(desk_pact));
	desk_put(desk, "pact.annex.csv", str_of(desk_annex));
	if (desk_read(desk, out, "pact.yaml") != STATUS_OK)
		fail_msg("%s", bench_told(&desk->bench).ptr);
}

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static uint64_t service(const char *code)
{
	uint8_t found = world_service_find(str_of(code));
	assert_int_not_equal(found, SERVICE_NONE);
	return UINT64_C(1) << found;
}

static void test_head(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	assert_str(pact.id, "pact");
	assert_str(pact.file, "w/agreements/pact.yaml");
	assert_int_equal(pact.kind, KIND_STANDBY_SERVICE);
	assert_int_equal(pact.strength, STRENGTH_MOU);
	assert_str(accord_text(&pact.title, STR("fr")), "Le pacte");
	assert_str(accord_text(&pact.title, STR("ar")), "The pact");
	assert_true(pact.source.given && pact.source.basis == DOC_BASIS_TEXT);
	assert_int_equal(pact.states_count, 2);
	assert_int_equal(pact.states[1].is, STATE_IN_FORCE);
	assert_int_equal(pact.visibility, AGREEMENT_NAMED);
	assert_int_equal(pact.visible_to_count, 2);
	assert_int_equal(pact.visible_to[1], world_party(desk.world, STR("relief")));
	assert_int_equal(pact.parties_count, 2);
	assert_true(pact.parties[0].is_group &&
		    pact.parties[0].index == world_group(desk.world, STR("club")));
	assert_int_equal(pact.parties[0].confirmed, day("2021-01-01"));
	assert_int_equal(pact.parties[1].until, day("2030-12-31"));
	assert_int_equal(pact.parties[1].except_count, 1);
	assert_str(pact.parties[1].except[0].commitment, "beds");
	assert_true(pact.parties[1].except[0].provider && !pact.parties[1].except[0].beneficiary);
	assert_int_equal(pact.renews.count, 12);
	assert_int_equal(pact.renewed_count, 2);
	assert_false(pact.binds_host || pact.is_template);
	assert_int_equal(pact.shares_count, 1);
	assert_int_equal(pact.shares[0].to.kind, ACTOR_STATE_OF_NATIONALITY);
	assert_int_equal(pact.shares[0].except_status, PERSON_BIT(PERSON_REFUGEE));
	assert_true(pact.shares[0].fields_count == 2 && !pact.shares[0].onward);
	assert_int_equal(pact.articles_count, 1);
	assert_str(accord_text(&pact.articles[0].text, STR("en")), "None.");
	assert_true(pact.articles[0].source.given && !pact.articles[0].source.url.len);
	assert_str(pact.articles[0].source.title, "A summary");
	assert_int_equal(pact.articles[0].source.basis, DOC_BASIS_EXCERPT);
	desk_close(&desk);
}

/* An article that names no source stays without one; the agreement's is not copied to it. */
static void test_article_sources(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	desk_put(&desk, "pact.yaml",
		desk_edit(&desk, desk_pact, "source: { title: \"A summary\", basis: excerpt }, ",
			""));
	assert_int_equal(desk_read(&desk, &pact, "pact.yaml"), STATUS_OK);
	assert_int_equal(pact.articles_count, 1);
	assert_false(pact.articles[0].source.given);
	assert_true(pact.source.given);
	struct sha256 without = pact.hash;
	desk_put(&desk, "pact.yaml",
		desk_edit(&desk, desk_pact, "title: \"A summary\", basis: excerpt",
			"title: Seen, url: \"http://example.org/12\", basis: general-knowledge"));
	assert_int_equal(desk_read(&desk, &pact, "pact.yaml"), STATUS_OK);
	assert_str(pact.articles[0].source.url, "http://example.org/12");
	assert_int_equal(pact.articles[0].source.basis, DOC_BASIS_GENERAL_KNOWLEDGE);
	assert_memory_not_equal(&pact.hash, &without, sizeof without);
	desk_close(&desk);
}

static void test_commitments(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	assert_int_equal(pact.commitments_count, 5);
	const struct commitment *own = &pact.commitments[0], *beds = &pact.commitments[1],
				*home = &pact.commitments[2];
	assert_int_equal(own->duty, DUTY_MAY);
	assert_int_equal(own->provider.kind, PROVIDER_STATE_OF_NATIONALITY);
	assert_int_equal(own->provider.levels, LEVEL_RESIDENT | LEVEL_HONORARY);
	assert_int_equal(own->nats[0].kind, NAT_ITEM_ANY);
	assert_int_equal(own->unrepresented, LEVEL_ACCREDITED);
	assert_true(own->where.territories_in && own->where.except[0].kind == PLACE_ITEM_GROUP);
	assert_int_equal(own->services, service("consular.welfare"));
	assert_int_equal(own->phases, PHASE_BEFORE | PHASE_DURING);
	assert_true(own->from == DATE_NONE && own->schedule == -1 && !own->to.given);
	assert_int_equal(beds->provider.party, world_party(desk.world, STR("parish")));
	assert_int_equal(beds->phases, PHASE_BEFORE | PHASE_DURING | PHASE_AFTER);
	assert_int_equal(beds->status, PERSON_BIT(PERSON_CHILD) | PERSON_BIT(PERSON_INJURED));
	assert_int_equal(beds->where.in[0].kind, PLACE_ITEM_ZONE);
	assert_int_equal(beds->capacity.quantity, 40);
	assert_int_equal(duration_hours(beds->lead_time), 4);
	assert_str(beds->assets[0], "parish:beds");
	assert_str(accord_text(&beds->title, STR("en")), "Forty beds");
	assert_int_equal(beds->until, day("2024-01-31"));
	assert_int_equal(home->provider.kind, PROVIDER_MEMBER_OF);
	assert_int_equal(home->nats_count, 2);
	/* a territory's code means the nationality of its people */
	assert_int_equal(home->nats[1].nat, world_nat(desk.world, STR("AAA")));
	assert_int_equal(home->except_nats_count, 1);
	assert_int_equal(home->residences_count, 1);
	assert_true(
		home->to.given && home->to.in_count == 1 && home->to.in[0].kind == PLACE_ITEM_HOME);
	assert_int_equal(home->steps[0].what, STEP_CONSULT);
	assert_true(
		home->steps[0].unless_extreme_urgency && home->steps[0].by.kind == ACTOR_PROVIDER);
	assert_int_equal(home->costs_count, 2);
	assert_true(home->costs[0].has_cap && home->costs[0].cap_minor == 500000 &&
		    home->costs[0].advance_percent == 30);
	assert_true(home->costs[0].grants_first && !home->costs[0].undertaking);
	assert_int_equal(home->costs[1].advance_percent, -1);
	assert_int_equal(home->pos.line, 49);
	desk_close(&desk);
}

static void test_schedule(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	const struct commitment *first = &pact.commitments[3], *second = &pact.commitments[4];
	assert_true(pact.schedules_count == 1 && pact.schedules[0].rows == 2);
	struct sha256 hash = sha256_of(str_of(desk_annex));
	assert_memory_equal(&hash, &pact.schedules[0].hash, sizeof hash);
	assert_true(first->schedule == 0 && first->schedule_row == 0 && second->schedule_row == 1);
	assert_true(first->as_own_nationals && second->as_own_nationals);
	assert_str(first->id, "annex");
	assert_true(first->where.in_count == 1 &&
		    first->where.in[0].index == world_place(desk.world, STR("BBB-town")));
	assert_int_equal(first->provider.party, world_party(desk.world, STR("AAA")));
	assert_int_equal(first->provider.levels, LEVEL_HONORARY);
	assert_int_equal(first->nats_count, 2);
	assert_int_equal(first->nats[1].kind, NAT_ITEM_SERVED_BY);
	assert_int_equal(first->until, day("2021-05-01"));
	assert_int_equal(first->services, service("consular.welfare"));
	assert_int_equal(second->services, service("consular.legal") | service("consular.death"));
	assert_int_equal(second->provider.levels, 0);
	assert_true(second->from == DATE_NONE && second->pos.line == 3);
	desk_close(&desk);
}

/* Columns that say how ready a promise is: each row its own, else the commitment's. */
static void test_schedule_phases(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	desk_put(&desk, "pact.annex.csv",
		STR("where,provider,nationality,services,phases,lead-time\n"
		    "BBB,AAA,CCC,consular.legal,before after,36h\n"
		    "BBB,AAA,CCC,consular.legal,,\n"
		    "BBB,AAA,CCC,consular.legal,during,2d\n"));
	if (desk_read(&desk, &pact, "pact.yaml") != STATUS_OK)
		fail_msg(STR_FMT, STR_ARG(bench_told(&desk.bench)));
	const struct commitment *rows = &pact.commitments[3];
	assert_int_equal(pact.schedules[0].rows, 3);
	assert_int_equal(rows[0].phases, PHASE_BEFORE | PHASE_AFTER);
	assert_true(rows[0].lead_time.count == 36 && rows[0].lead_time.unit == DURATION_HOURS);
	assert_int_equal(rows[1].phases, PHASE_BEFORE | PHASE_DURING | PHASE_AFTER);
	assert_int_equal(rows[1].lead_time.count, 0);
	assert_int_equal(rows[2].phases, PHASE_DURING);
	assert_int_equal(duration_hours(rows[2].lead_time), 48);
	desk_put(&desk, "pact.annex.csv",
		STR("where,provider,nationality,services,phases,lead-time\n"
		    "BBB,AAA,CCC,consular.legal,durin,36\n"
		    "BBB,AAA,CCC,consular.legal,durin,2d\n"));
	assert_int_equal(desk_read(&desk, &pact, "pact.yaml"), STATUS_REFUSED);
	/* A text at fault is told wherever it stands. */
	assert_non_null(strstr(bench_told(&desk.bench).ptr, "annex.csv:2:28: annex[0].phases[0]"));
	assert_non_null(strstr(bench_told(&desk.bench).ptr, "annex.csv:3:28: annex[1].phases[0]"));
	assert_non_null(strstr(bench_told(&desk.bench).ptr, "did you mean 'during'?"));
	assert_non_null(strstr(bench_told(&desk.bench).ptr, "'36' is not a duration"));
	desk_close(&desk);
}

static void test_cases(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	assert_int_equal(pact.cases_count, 2);
	const struct accord_case *one = &pact.cases[0];
	assert_int_equal(one->given, day("2022-06-01"));
	assert_int_equal(node_get(one->who, "nationality")->kind, NODE_LIST);
	assert_int_equal(node_get(one->who, "status")->kind, NODE_LIST);
	assert_int_equal(node_get(one->expect, "rank")->kind, NODE_NUMBER);
	assert_int_equal(node_get(one->expect, "marks")->count, 0);
	assert_false(one->negated || one->nobody);
	assert_true(pact.cases[1].nobody);
	assert_int_equal(node_get(pact.cases[1].who, "screened")->kind, NODE_BOOL);
	desk_close(&desk);
}

/* The same agreement as JSON: the same hash, the same commitments. */
static void test_json(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact, json;
	struct str bytes;
	desk_open(&desk);
	read_pact(&desk, &pact);
	assert_int_equal(desk_canonical(&desk, &bytes, "pact.yaml", str_of(desk_pact)), STATUS_OK);
	struct sha256 hash = sha256_of(bytes);
	assert_memory_equal(&hash, &pact.hash, sizeof hash);
	desk_put(&desk, "pact.json", bytes);
	if (desk_read(&desk, &json, "pact.json") != STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	assert_memory_equal(&json.hash, &pact.hash, sizeof hash);
	assert_int_equal(json.commitments_count, pact.commitments_count);
	desk_close(&desk);
}

/* Without a world ids stay unknown and everything else is read. */
static void test_no_world(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	desk.world = NULL;
	read_pact(&desk, &pact);
	assert_int_equal(pact.commitments_count, 5);
	assert_int_equal(pact.commitments[1].provider.party, NONE32);
	assert_int_equal(pact.commitments[2].nats[1].nat, NAT_NONE);
	desk_close(&desk);
}

static void test_in_force(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		enum accord_force force;
	} rows[] = {
		{ "2019-12-31", FORCE_NO },
		{ "2020-01-01", FORCE_YES }, /* state and in-force begin */
		{ "2022-12-31", FORCE_YES },
		{ "2023-01-01", FORCE_YES }, /* renewed in 2022-11 */
		{ "2023-12-31", FORCE_YES },
		{ "2024-12-31", FORCE_YES }, /* renewed again */
		{ "2025-01-01", FORCE_EXPECTED },
		{ "2029-01-01", FORCE_EXPECTED },
	};
	struct desk desk;
	struct agreement pact;
	desk_open(&desk);
	read_pact(&desk, &pact);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(accord_in_force(&pact, day(rows[i].date)), rows[i].force);
	/* a renewal counts from the day on which it was confirmed */
	pact.renewed[0].on = day("2023-02-01");
	pact.renewed[1].on = day("2023-11-01");
	assert_int_equal(accord_in_force(&pact, day("2023-01-15")), FORCE_EXPECTED);
	assert_int_equal(accord_in_force(&pact, day("2023-02-01")), FORCE_YES);
	pact.renews.count = 0;
	assert_int_equal(accord_in_force(&pact, day("2025-01-01")), FORCE_NO);
	pact.until = DATE_NONE;
	assert_int_equal(accord_in_force(&pact, day("2025-01-01")), FORCE_YES);
	pact.states[1].is = STATE_SUSPENDED;
	assert_int_equal(accord_in_force(&pact, day("2021-01-01")), FORCE_NO);
	desk_close(&desk);
}

/* Every agreement of the data with its world. */
static void test_data(void **state)
{
	(void)state;
	struct desk desk;
	struct world *world;
	struct accords accords;
	desk_open(&desk);
	if (world_load(&world, &desk.bench.arena, &file_system_disk, STR("data"),
		    &desk.bench.diags) != STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	if (accord_load(&accords, &desk.bench.arena, world, &file_system_disk, STR("data"),
		    &desk.bench.diags) != STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	size_t commitments = 0;
	for (size_t i = 0; i < accords.items_count; i++)
		commitments += accords.items[i].commitments_count;
	printf("# figure %zu agreements, %zu commitments\n", accords.items_count, commitments);
	assert_true(accords.items_count >= 20);
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_article_sources),
		cmocka_unit_test(test_commitments),
		cmocka_unit_test(test_schedule),
		cmocka_unit_test(test_schedule_phases),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_no_world),
		cmocka_unit_test(test_in_force),
		cmocka_unit_test(test_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
