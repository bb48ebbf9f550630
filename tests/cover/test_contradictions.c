/* Contradictions in worlds made to contain one of each kind, and not in worlds made not to: the
 * near misses (the carve-out, the awaited renewal, the special case) stand beside them. The cases
 * bear the names of docs/semantics.md. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "planted.h"

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
	{ "obliged-excluded: who is alone is a child", CONTRADICTION_OBLIGED_EXCLUDED, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ any ], status: [ unaccompanied-child, "
				  "student ] }, " WORLD WELFARE) CLAUSE("y", SHALL
			"for: { nationality: [ any ], except-status: [ child ] }, " WORLD WELFARE),
		NULL },
	{ "obliged-excluded: children, but not those alone", CONTRADICTION_OBLIGED_EXCLUDED, USUAL,
		CLAUSE("x",
			SHALL "for: { nationality: [ any ], status: [ child ] }, " WORLD WELFARE)
			CLAUSE("y", SHALL
				"for: { nationality: [ any ], except-status: [ unaccompanied-child "
				"] }, " WORLD WELFARE),
		NULL },
	{ "obliged-excluded: only children alone, who are children", NONE, USUAL,
		CLAUSE("x", SHALL "for: { nationality: [ any ], status: [ unaccompanied-child ] "
				  "}, " WORLD WELFARE) CLAUSE("y", SHALL
			"for: { nationality: [ any ], except-status: [ child ] }, " WORLD WELFARE),
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
	{ "two-payers: an advance after an undertaking is another act", NONE, USUAL,
		CLAUSE("x", SHALL "cost: { rule: provider-bears }, " FOR_ANY WORLD WELFARE)
			CLAUSE("y", SHALL "steps: [ { do: sign-undertaking } ], cost: { rule: "
					  "beneficiary-repays }, " FOR_ANY WORLD WELFARE),
		NULL },
	{ "obliged-excluded: after other steps it is another act", NONE, USUAL,
		CLAUSE("x", SHALL FOR_ANY WORLD WELFARE) CLAUSE("y",
			SHALL "steps: [ { do: person-consent } ], for: { nationality: [ any ], "
			      "except-nationality: [ CCC ] }, " WORLD WELFARE),
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

	planted_begin(&scene, seed);
	planted_plant(&scene, planted->head, planted->commitments);
	if (planted->annex)
		planted_put(&scene, "w/agreements/plant.annex.csv", str_of(planted->annex));
	planted_load(&scene);
	count = planted_contradictions(&scene, &items);
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

		planted_begin(&scene, 1);
		planted_plant(&scene, IN_FORCE "parties: [ { party: AAA }, { party: BBB } ]\n",
			CLAUSE("x", SHALL FOR_ANY WORLD WELFARE));
		buf_init(&out, &scene.arena, 1 << 14);
		buf_add_format(&out, HEAD(IN_FORCE "%s") "commitments:\n%s", "second", others[i],
			CLAUSE("y", SHALL "for: { nationality: [ any ], except-nationality: [ CCC "
					  "] }, " WORLD WELFARE));
		planted_put(&scene, "w/agreements/second.yaml", buf_str(&out));
		planted_load(&scene);
		assert_int_equal(planted_contradictions(&scene, &items), i == 0);
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
		cmocka_unit_test(contradictions_are_found_and_only_they),
		cmocka_unit_test(obliged_excluded_across_agreements),
		cmocka_unit_test(every_kind_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
