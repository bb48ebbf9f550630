/* diff: what is told of two documents, field by field, and how each change reads. Random documents
 * are compared by tests/soak. */
#include "support.h"

#include <string.h>

/* The changes from the pact to the pact with FIND replaced by WITH, one a line, in NEW_ANNEX where
 * that is not NULL. */
static struct str told_with(
	struct desk *desk, const char *find, const char *with, const char *new_annex, bool turned)
{
	struct agreement old, new;
	struct changes changes;
	struct buf out;
	desk_open(desk);
	buf_init(&out, &desk->bench.arena, 1 << 16);
	desk_put(desk, "pact.yaml", str_of(desk_pact));
	desk_put(desk, "pact.annex.csv", str_of(desk_annex));
	assert_int_equal(memory_files_put(&desk->files, STR("w/next/pact.yaml"),
				 find ? desk_edit(desk, desk_pact, find, with) : str_of(desk_pact)),
		STATUS_OK);
	assert_int_equal(memory_files_put(&desk->files, STR("w/next/pact.annex.csv"),
				 str_of(new_annex ? new_annex : desk_annex)),
		STATUS_OK);
	assert_int_equal(desk_read(desk, &old, "pact.yaml"), STATUS_OK);
	if (accord_read(&new, &desk->bench.arena, desk->world, &desk->system,
		    STR("w/next/pact.yaml"), &desk->bench.diags) != STATUS_OK)
		fail_msg("%s", bench_told(&desk->bench).ptr);
	assert_int_equal(accord_diff(&changes, &desk->bench.arena, turned ? &new : &old,
				 turned ? &old : &new, &desk->system, &desk->bench.diags),
		STATUS_OK);
	for (size_t i = 0; i < changes.items_count; i++) {
		accord_say_change(&out, &changes.items[i]);
		buf_add_char(&out, '\n');
	}
	return buf_str(&out);
}

static void expect(
	const char *find, const char *with, const char *annex, const char *wanted, bool turned)
{
	struct desk desk;
	struct str told = told_with(&desk, find, with, annex, turned);
	if (!str_is(told, wanted))
		fail_msg("told:\n%swanted:\n%s", told.ptr ? told.ptr : "", wanted);
	desk_close(&desk);
}

static void test_nothing(void **state)
{
	(void)state;
	expect(NULL, NULL, NULL, "", false);
	/* diff-text: "notation, comments and the order of fields count for nothing" */
	expect("# A pact of everything.\n", "", NULL, "", false);
	expect("quantity: 40, unit: persons, per: day", "per: day, unit: persons, quantity: 40",
		NULL, "", false);
	expect("services: [ consular.welfare, consular.legal ]",
		"services: [ consular.legal, consular.welfare ]", NULL, "", false);
}

static void test_fields(void **state)
{
	(void)state;
	expect("quantity: 40", "quantity: 60", NULL,
		"Commitment beds, capacity, quantity: was 40; is 60\n", false);
	expect("quantity: 40", "quantity: 60", NULL,
		"Commitment beds, capacity, quantity: was 60; is 40\n", true);
	expect("    lead-time: 4h\n", "", NULL, "Commitment beds, lead-time: gone: 4h\n", false);
	expect("    lead-time: 4h\n", "", NULL, "Commitment beds, lead-time: new: 4h\n", true);
	expect("[ child, injured ]", "[ older, child ]", NULL,
		"Commitment beds, for, status: gone: injured\n"
		"Commitment beds, for, status: new: older\n",
		false);
	expect("strength: mou", "strength: treaty", NULL, "strength: was mou; is treaty\n", false);
}

static void test_matched_by_name(void **state)
{
	(void)state;
	expect("until: 2030-12-31\n", "until: 2031-12-31\n", NULL,
		"Party relief, until: was 2030-12-31; is 2031-12-31\n", false);
	/* in order: what is equal at both ends stands aside */
	expect("[ { is: signed, from: 2019-06-01 }, { is: in-force",
		"[ { is: proposed, from: 2019-01-01 }, { is: signed, from: 2019-06-01 }, { is: "
		"in-force",
		NULL, "state 0: new: is proposed, from 2019-01-01\n", false);
}

static void test_schedules(void **state)
{
	(void)state;
	expect(NULL, NULL,
		"where,provider,nationality,present,from,until,services\n"
		"AAA,BBB,CCC,,,2022-01-01,consular.legal consular.death\n"
		"BBB-town,AAA,CCC served-by:CCC,honorary,2020-05-01,2021-05-01,\n",
		"Schedule annex, row AAA, BBB, CCC, until: new: 2022-01-01\n", false);
	expect(NULL, NULL,
		"where,provider,nationality,present,from,until,services\n"
		"AAA,BBB,CCC,,,,consular.legal consular.death\n",
		"Schedule annex, row BBB-town, AAA, CCC served-by:CCC: gone: where BBB-town, "
		"provider "
		"AAA, nationality CCC served-by:CCC, present honorary, from 2020-05-01, until "
		"2021-05-01\n",
		false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_matched_by_name),
		cmocka_unit_test(test_schedules),
	};
	return cmocka_run_group_tests_name("accord-diff", tests, NULL, NULL);
}
