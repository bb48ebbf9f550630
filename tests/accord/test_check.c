/* Every fault that a document can have, with its message and its place. A row changes the faultless
 * document in one spot; what is then told must be exactly what the row says, no less and no more.
 */
#include "support.h"

#include <stdio.h>

#define FILE "w/agreements/pact.yaml:"
#define ANNEX "w/agreements/pact.annex.csv:"

struct row {
	const char *find, *with, *told;
};

static const struct row rows[] = {
	/* fields */
	{ "kind: standby-service", "kindd: standby-service",
		FILE "2:1: missing field 'kind'\n" FILE
		     "6:1: kindd: unknown field 'kindd'; did you mean 'kind'?\n" },
	{ "    duty: may\n", "", FILE "23:5: commitments[0]: missing field 'duty'\n" },
	{ "review: { exercise-every", "review: { exercised-every",
		FILE "73:11: review.exercised-every: unknown field 'exercised-every'; did you mean "
		     "'exercise-every'?\n" },
	{ "    duty: may", "    duty: may\n    duty: may",
		FILE "27:5: commitments[0].duty: the key 'duty' stands here a second time\n" },
	{ "format: 1", "format: 2", FILE "2:9: format: unknown format '2'; allowed: 1\n" },
	/* words, services, units */
	{ "services: [ consular.welfare, consular.legal ]",
		"services: [ consular.legal, consular.wellfare ]",
		FILE "30:33: commitments[0].services[1]: unknown service 'consular.wellfare'; did "
		     "you mean 'consular.welfare'?\n" },
	{ "duty: will", "duty: must",
		FILE
		"37:11: commitments[1].duty: unknown duty 'must'; allowed: may, shall, will\n" },
	{ "status: [ child, injured ]", "status: [ child, injurd ]",
		FILE "39:51: commitments[1].for.status[1]: unknown status 'injurd'; did you mean "
		     "'injured'?\n" },
	{ "unit: persons", "unit: person",
		FILE "45:37: commitments[1].capacity.unit: unknown unit 'person'; did you mean "
		     "'persons'?\n" },
	{ "quantity: 40, unit: persons,", "quantity: 40,",
		FILE "45:15: commitments[1].capacity: missing field 'unit'\n" },
	{ "rule: employer", "rule: emploier",
		FILE "61:17: commitments[2].cost[1].rule: unknown cost rule 'emploier'; did you "
		     "mean 'employer'?\n" },
	{ "currency: EUR", "currency: EUX",
		FILE
		"59:50: commitments[2].cost[0].currency: 'EUX' is not a currency of ISO 4217\n" },
	{ "phases: [ before, during ]", "phases: [ before, during, before ]",
		FILE "32:31: commitments[0].phases[2]: 'before' stands here twice\n" },
	/* types */
	{ "from: 2020-02-01", "from: 2020-02-30",
		FILE "42:11: commitments[1].from: '2020-02-30' is not a date, YYYY-MM-DD\n" },
	{ "lead-time: 4h", "lead-time: 4w",
		FILE "46:16: commitments[1].lead-time: '4w' is not a duration such as 24h, 3wd, "
		     "30d or 12mo\n" },
	{ "quantity: 40", "quantity: 4e1",
		FILE "45:27: commitments[1].capacity.quantity: '4e1' is not a whole number\n" },
	{ "binds-host: false", "binds-host: maybe",
		FILE "19:13: binds-host: 'maybe' is not true or false\n" },
	{ "capacity: { quantity: 40, unit: persons, per: day }", "capacity: forty",
		FILE "45:15: commitments[1].capacity: fields are asked for ({ name: value }), not "
		     "one value\n" },
	{ "duty: will", "duty: [ will ]",
		FILE "37:11: commitments[1].duty: one value is asked for, not a list\n" },
	{ "duty: will", "duty: { will: 1 }",
		FILE "37:11: commitments[1].duty: one value is asked for, not fields\n" },
	{ "duty: will", "duty: \"\"", FILE "37:11: commitments[1].duty: empty value\n" },
	{ "id: own\n", "id: Own_1\n",
		FILE "23:9: commitments[0].id: 'Own_1' is not lower-case letters, digits and "
		     "hyphens\n" },
	{ "title: Forty beds", "title: { english: \"Forty beds\" }",
		FILE "36:14: commitments[1].title.english: 'english' is no language tag such as en "
		     "or pt-br\n" },
	{ "title: Forty beds", "title: \"Forty\\x07beds\"",
		FILE "36:12: commitments[1].title: control character in the text\n" },
	{ "title: Forty beds", "title: \"\xe2\x9f\xa8n\xe2\x9f\xa9 beds\"",
		FILE "36:12: commitments[1].title: blank '\xe2\x9f\xa8n\xe2\x9f\xa9 beds' outside "
		     "a template\n" },
	/* references */
	{ "provider: parish\n", "provider: parisch\n",
		FILE "38:15: commitments[1].provider: unknown party 'parisch'; did you mean "
		     "'parish'?\n" },
	{ "in: [ \"zone:valley\" ]", "in: [ \"zone:vally\" ]",
		FILE "40:20: commitments[1].where.in[0]: unknown zone 'vally'; did you mean "
		     "'valley'?\n" },
	{ "where: { in: [ BBB ] }", "where: { in: [ BBB-twon ] }",
		FILE "54:20: commitments[2].where.in[0]: unknown place 'BBB-twon'; did you mean "
		     "'BBB-town'?\n" },
	{ "\"group:club\", TTT", "\"group:clubb\", TTT",
		FILE "53:27: commitments[2].for.nationality[0]: unknown group 'clubb'; did you "
		     "mean 'club'?\n" },
	{ "\"group:club\", TTT", "\"group:club\", TTX",
		FILE "53:41: commitments[2].for.nationality[1]: unknown nationality 'TTX'; "
		     "allowed: AAA, BBB, CCC, TIB, XXA, XXX\n" },
	{ "member-of: club", "member-of: clubs",
		FILE "52:28: commitments[2].provider.member-of: unknown group 'clubs'; did you "
		     "mean 'club'?\n" },
	{ "\"parish:beds\"", "\"parish:bed\"",
		FILE "47:15: commitments[1].assets[0]: unknown asset 'parish:bed'\n" },
	{ "\"parish:beds\"", "parish",
		FILE "47:15: commitments[1].assets[0]: 'parish' is not party:asset\n" },
	{ "\"relief:duty-officer\"", "\"relif:duty-officer\"",
		FILE "20:49: activates.by[1]: unknown party 'relif'; did you mean 'relief'?\n" },
	{ "party: \"group:club\"", "party: \"group:klub\"",
		FILE "12:14: parties[0].party: unknown group 'klub'; did you mean 'club'?\n" },
	{ "visibility: [ AAA, relief ]", "visibility: publik",
		FILE "10:13: visibility: unknown visibility 'publik'; did you mean 'public'?\n" },
	{ "visibility: [ AAA, relief ]", "visibility: releif",
		FILE "10:13: visibility: unknown party 'releif'; did you mean 'relief'?\n" },
	{ "place: BBB-town, service", "place: BBB/town, service",
		FILE "75:58: cases[0].who.place: 'BBB/town' is no id: letters, digits and - . _ @ "
		     "only\n" },
	{ "commitment: beds, as", "commitment: bed, as",
		FILE "16:29: parties[1].except[0].commitment: unknown commitment 'bed'\n" },
	{ "    schedule: annex\n", "    schedule: anex\n",
		FILE "66:15: commitments[3].schedule: unknown schedule 'anex'; did you mean "
		     "'annex'?\n" },
	{ "schedules: [ annex ]", "schedules: [ annex, notes ]",
		FILE
		"21:21: schedules[1]: no file 'w/agreements/pact.notes.csv' for this schedule\n" },
	{ "schedules: [ annex ]", "schedules: [ annex, annex ]",
		FILE "21:21: schedules[1]: 'annex' stands here twice\n" },
	/* between fields */
	{ "    provider: parish\n", "", FILE "34:5: commitments[1]: missing field 'provider'\n" },
	/* provider-one */
	{ "provider: { member-of: club, present: [ resident ] }",
		"provider: { present: [ resident ] }",
		FILE "52:15: commitments[2].provider: no provider; name one of party, "
		     "state-of-nationality, state-of-residence, member-of, "
		     "host-state\n" },
	{ "{ state-of-nationality: [ resident, honorary ] }", "{ host-state: true, party: AAA }",
		FILE "27:15: commitments[0].provider: two providers; name one of party, "
		     "state-of-nationality, state-of-residence, member-of, "
		     "host-state\n" },
	{ "for: { nationality: any, unrepresented: [ accredited ] }",
		"for: { nationality: [], unrepresented: [ accredited ] }",
		FILE "28:25: commitments[0].for.nationality: empty list: name at least one, or "
		     "leave the field out\n" },
	{ "for: { nationality: any, unrepresented: [ accredited ] }",
		"for: { unrepresented: [ accredited ] }",
		FILE "23:5: commitments[0]: missing field 'for.nationality'\n" },
	{ "until: 2024-01-31", "until: 2019-01-31",
		FILE "43:12: commitments[1].until: range backwards: until 2019-01-31 is before "
		     "from 2020-02-01\n" },
	{ "until: 2030-12-31", "until: 2019-12-31",
		FILE "15:12: parties[1].until: range backwards: until 2019-12-31 is before from "
		     "2020-01-01\n" },
	{ "  - id: home\n", "  - id: beds\n",
		FILE
		"49:9: commitments[2].id: duplicate commitment id 'beds'; first on line 34\n" },
	{ "  - { id: \"12\", title", "  - { id: \"12\" }\n  - { id: \"12\", title",
		FILE "73:11: articles[1].id: duplicate article id '12'; first on line 72\n" },
	{ "is: signed, from: 2019-06-01", "is: signed, from: 2020-01-01",
		FILE "9:66: state[1].from: '2020-01-01' is not later than the entry before it\n" },
	/* renewal-known */
	{ "{ on: 2022-11-01, until: 2023-12-31 }", "{ on: 2022-11-01, until: 2022-12-31 }",
		FILE "18:49: in-force.renewed[0].until: a renewal until 2022-12-31 does not reach "
		     "beyond 2022-12-31\n" },
	{ "{ on: 2023-11-01, until: 2024-12-31 }", "{ on: 2022-11-01, until: 2024-12-31 }",
		FILE "18:69: in-force.renewed[1].on: '2022-11-01' is not later than the entry "
		     "before it\n" },
	/* to-form */
	{ "    services: [ relief.shelter ]\n", "    services: [ relief.shelter ]\n    to: home\n",
		FILE "42:9: commitments[1].to: none of its services has a destination\n" },
	{ "except-services: consular.legal",
		"except-services: [ consular.legal, consular.welfare ]",
		FILE "31:22: commitments[0].except-services: nothing is left of its services\n" },
	{ "cap: 500000, currency: EUR,", "cap: 500000,",
		FILE "59:32: commitments[2].cost[0].cap: an amount without its currency\n" },
	{ "advance: 30", "advance: 130",
		FILE "60:20: commitments[2].cost[0].advance: '130' is more than 100 per cent\n" },
	{ "expect: nobody", "expect: nobody, expect-not: { rank: 1 }",
		FILE "76:5: cases[1]: either `expect` or `expect-not`, not both\n" },
	{ ", expect: nobody", "", FILE "76:5: cases[1]: missing field 'expect' or 'expect-not'\n" },
	/* YAML */
	{ "duty: will", "duty: &d will",
		FILE "37:11: commitments[1].duty: an anchor '&d'; write the content where it is "
		     "needed\n" },
	{ "duty: will", "duty: !!str will",
		FILE "37:11: commitments[1].duty: a tag 'tag:yaml.org,2002:str'; every value is a "
		     "string here\n" },
};

/* "S6 in check": what goes by need leaves nobody out by immigration status, and refugees and
 * asylum-seekers only where the way leads home. */
static const struct row s6_rows[] = {
	{ "status: [ child, injured ]", "except-status: [ child, irregular ]",
		FILE "39:58: commitments[1].for.except-status[1]: 'irregular' may not be left out "
		     "of relief.shelter, which goes by need "
		     "(safeguard S6)\n" },
	{ "except-status: [ refugee ], residence", "except-status: [ visitor ], residence",
		FILE "53:94: commitments[2].for.except-status[0]: 'visitor' may not be left out of "
		     "movement.evacuation, which goes by need "
		     "(safeguard S6)\n" },
	{ "    to: home\n", "    to: [ home, third ]\n",
		FILE "53:94: commitments[2].for.except-status[0]: 'refugee' may not be left out of "
		     "movement.evacuation, which goes by need "
		     "(safeguard S6); only where `to` is home\n" },
	{ "    to: home\n", "", "" },
	{ "    to: home\n", "    to: { in: [ home ] }\n", "" },
	{ "services: [ movement.evacuation ]", "services: [ movement.evacuation, relief.food ]",
		"" },
	{ "    to: home\n    services: [ movement.evacuation ]",
		"    services: [ movement.evacuation, relief.food ]",
		FILE "53:94: commitments[2].for.except-status[0]: 'refugee' may not be left out of "
		     "relief.food, which goes by need "
		     "(safeguard S6); only where `to` is home\n" },
	{ "    to: home\n    services: [ movement.evacuation ]",
		"    services: [ movement.transport ]", "" },
	{ "except-status: [ refugee ], residence", "except-status: [ trafficked ], residence", "" },
};

static bool check_row(struct desk *desk, const struct row *row, size_t number)
{
	struct agreement agreement;
	desk_clear(desk);
	desk_put(desk, "pact.yaml", desk_edit(desk, desk_pact, row->find, row->with));
	enum status status = desk_read(desk, &agreement, "pact.yaml");
	struct str told = bench_told(&desk->bench);
	if (!str_is(told, row->told)) {
		printf("# row %zu\n# asked %s# told  " STR_FMT, number, row->told, STR_ARG(told));
		return false;
	}
	return status == (row->told[0] ? STATUS_REFUSED : STATUS_OK);
}

static void check_rows(const struct row *first, size_t count)
{
	struct desk desk;
	size_t good = 0;
	desk_open(&desk);
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	for (size_t i = 0; i < count; i++)
		good += check_row(&desk, &first[i], i);
	desk_close(&desk);
	assert_int_equal(good, count);
}

static void test_faults(void **state)
{
	(void)state;
	check_rows(rows, sizeof rows / sizeof rows[0]);
}

static void test_s6_in_check(void **state)
{
	(void)state;
	check_rows(s6_rows, sizeof s6_rows / sizeof s6_rows[0]);
}

static const struct row annex_rows[] = {
	{ "BBB-town,AAA", "BBB-twon,AAA",
		ANNEX "2:1: annex[0].where: unknown place 'BBB-twon'; did you mean 'BBB-town'?\n" },
	{ "CCC served-by:CCC", "CCC served-by:CCD",
		ANNEX "2:18: annex[0].nationality[1]: unknown party 'CCD'; did you mean 'CCC'?\n" },
	{ ",honorary,", ",honorar,",
		ANNEX
		"2:32: annex[0].present[0]: unknown level 'honorar'; did you mean 'honorary'?\n" },
	{ "2020-05-01,2021-05-01", "2021-05-01,2020-05-01",
		ANNEX
		"2:1: annex[0]: range backwards: until 2020-05-01 is before from 2021-05-01\n" },
	{ "2020-05-01", "May 2020",
		ANNEX "2:41: annex[0].from: 'May 2020' is not a date, YYYY-MM-DD\n" },
	{ "consular.death", "consular.deth",
		ANNEX "3:31: annex[1].services[1]: unknown service 'consular.deth'; did you mean "
		      "'consular.death'?\n" },
	{ "AAA,BBB,CCC", "AAA,,CCC",
		ANNEX "3:1: annex[1]: neither this row nor commitment 'annex' gives 'provider'\n" },
	{ "AAA,BBB,CCC", "AAA,BBB,",
		ANNEX "3:1: annex[1]: neither this row nor commitment 'annex' gives "
		      "'for.nationality'\n" },
	{ "AAA,BBB,CCC", ",BBB,CCC",
		ANNEX "3:1: annex[1]: missing place in column 'where'\n" ANNEX
		      "3:1: annex[1]: neither this row nor commitment 'annex' gives 'where'\n" },
	{ "where,provider", "were,provider",
		ANNEX "1:1: annex: unknown column 'were'; did you mean 'where'?\n" },
	{ "where,provider", "provider,where",
		ANNEX "2:1: annex[0].provider: unknown party 'BBB-town'; allowed: AAA, BBB, CCC, "
		      "relief, parish\n" },
	{ "from,until", "from,from", ANNEX "1:41: annex: column 'from' stands here twice\n" },
	{ ",2021-05-01,", ",2021-05-01", ANNEX "2:1: 6 fields; the header has 7\n" },
};

/* S6 with schedules: what a row gives is judged with what its commitment leaves out. */
static void test_s6_with_schedules(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement agreement;
	desk_open(&desk);
	desk_put(&desk, "pact.yaml",
		desk_edit(&desk, desk_pact, "    schedule: annex\n",
			"    schedule: annex\n    for: { nationality: [ any ], except-status: [ "
			"irregular ] }\n"));
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	assert_int_equal(desk_read(&desk, &agreement, "pact.yaml"), STATUS_OK);
	desk_put(&desk, "pact.annex.csv",
		desk_edit(&desk, desk_annex, "consular.death", "relief.shelter"));
	assert_int_equal(desk_read(&desk, &agreement, "pact.yaml"), STATUS_REFUSED);
	assert_non_null(strstr(
		bench_told(&desk.bench).ptr, "'irregular' may not be left out of relief.shelter"));
	desk_close(&desk);
}

static void test_schedule_faults(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement agreement;
	desk_open(&desk);
	size_t good = 0;
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	for (size_t i = 0; i < sizeof annex_rows / sizeof annex_rows[0]; i++) {
		const struct row *row = &annex_rows[i];
		desk_clear(&desk);
		desk_put(&desk, "pact.annex.csv",
			desk_edit(&desk, desk_annex, row->find, row->with));
		assert_int_equal(desk_read(&desk, &agreement, "pact.yaml"), STATUS_REFUSED);
		struct str told = bench_told(&desk.bench);
		if (str_is(told, row->told))
			good++;
		else
			printf("# row %zu\n# asked %s# told  " STR_FMT, i, row->told,
				STR_ARG(told));
	}
	desk_close(&desk);
	assert_int_equal(good, sizeof annex_rows / sizeof annex_rows[0]);
}

/* All faults of a document and its schedule in one run. */
static void test_all_at_once(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement agreement;
	desk_open(&desk);
	struct str text = desk_edit(&desk, desk_pact, "duty: may", "duty: mai");
	text = desk_edit(&desk, text.ptr, "provider: parish", "provider: parisch");
	text = desk_edit(&desk, text.ptr, "kind: standby", "kin: standby");
	desk_put(&desk, "pact.yaml", text);
	desk_put(&desk, "pact.annex.csv", desk_edit(&desk, desk_annex, "AAA,BBB", "AAA,BBX"));
	assert_int_equal(desk_read(&desk, &agreement, "pact.yaml"), STATUS_REFUSED);
	struct str told = bench_told(&desk.bench);
	static const char wanted[] = ANNEX
		"3:5: annex[1].provider: unknown party 'BBX'; did you mean 'BBB'?\n" FILE
		"2:1: missing field 'kind'\n" FILE
		"6:1: kin: unknown field 'kin'; did you mean 'kind'?\n" FILE
		"26:11: commitments[0].duty: unknown duty 'mai'; did you mean 'may'?\n" FILE
		"38:15: commitments[1].provider: unknown party 'parisch'; did you mean 'parish'?\n";
	if (!str_is(told, wanted)) {
		printf("# told " STR_FMT, STR_ARG(told));
		fail();
	}
	desk_close(&desk);
}

static void refuse_bytes(struct desk *desk, const char *name, struct str content, const char *told)
{
	struct agreement agreement;
	desk_clear(desk);
	desk_put(desk, name, content);
	assert_int_equal(desk_read(desk, &agreement, name), STATUS_REFUSED);
	struct str found = bench_told(&desk->bench);
	if (!str_starts(found, told)) {
		printf("# asked %s\n# told  " STR_FMT, told, STR_ARG(found));
		fail();
	}
}

static void test_limits(void **state)
{
	(void)state;
	struct desk desk;
	desk_open(&desk);
	struct buf big;
	buf_init(&big, &desk.bench.arena, (size_t)4 << 20);
	while (big.len <= (1 << 20))
		buf_add_c(&big, "# a long remark that fills the file\n");
	refuse_bytes(&desk, "big.yaml", buf_str(&big),
		"w/agreements/big.yaml: file of more than 1048576 bytes\n");
	refuse_bytes(&desk, "bytes.yaml", STR("format: \xff\n"), "w/agreements/bytes.yaml:1:9: ");
	refuse_bytes(&desk, "list.yaml", STR("- a\n"),
		"w/agreements/list.yaml:1:1: an agreement is asked for: fields, one a line\n");
	refuse_bytes(&desk, "empty.yaml", STR(""), "w/agreements/empty.yaml:1:1: ");
	refuse_bytes(&desk, "null.json", STR("{\"format\":null}"),
		"w/agreements/null.json:1:1: missing field 'agreement'\n");
	struct buf many;
	buf_init(&many, &desk.bench.arena, (size_t)4 << 20);
	buf_add_c(&many, "commitments:\n");
	for (int i = 0; i < 2001; i++)
		buf_add_format(&many, "  - { id: c%d }\n", i);
	refuse_bytes(&desk, "many.yaml", buf_str(&many),
		"w/agreements/many.yaml:1:1: missing field 'agreement'\n");
	assert_non_null(strstr(bench_told(&desk.bench).ptr,
		"many.yaml:2:3: commitments: 2001 items; at most 2000 are allowed\n"));
	struct buf text;
	buf_init(&text, &desk.bench.arena, (size_t)4 << 20);
	buf_add_c(&text, "text: ");
	for (int i = 0; i < 65537; i++)
		buf_add_c(&text, "x");
	refuse_bytes(&desk, "text.yaml", buf_str(&text),
		"w/agreements/text.yaml:1:1: missing field 'agreement'\n");
	assert_non_null(strstr(bench_told(&desk.bench).ptr,
		"text.yaml:1:7: text: text of 65537 bytes; at most 65536 are allowed\n"));
	struct buf ways;
	buf_init(&ways, &desk.bench.arena, (size_t)4 << 20);
	buf_add_c(&ways, "commitments:\n  - to: [ home");
	for (int i = 0; i < 64; i++)
		buf_add_format(&ways, ", AA-%d", i);
	buf_add_c(&ways, " ]\n");
	refuse_bytes(&desk, "ways.yaml", buf_str(&ways),
		"w/agreements/ways.yaml:1:1: missing field 'agreement'\n");
	assert_non_null(strstr(bench_told(&desk.bench).ptr,
		"ways.yaml:2:9: commitments[0].to: 65 items; at most 64 are allowed\n"));
	struct agreement agreement;
	desk_clear(&desk);
	assert_int_equal(desk_read(&desk, &agreement, "none.yaml"), STATUS_NOT_FOUND);
	assert_true(str_is(bench_told(&desk.bench), "w/agreements/none.yaml: no such file\n"));
	desk_close(&desk);
}

static void test_rows_limit(void **state)
{
	(void)state;
	struct desk desk;
	struct agreement agreement;
	struct buf rows_text;
	desk_open(&desk);
	buf_init(&rows_text, &desk.bench.arena, (size_t)16 << 20);
	buf_add_c(&rows_text, "where,provider,nationality\n");
	for (int i = 0; i < 200001; i++)
		buf_add_c(&rows_text, "AAA,BBB,CCC\n");
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	desk_put(&desk, "pact.annex.csv", buf_str(&rows_text));
	assert_int_equal(desk_read(&desk, &agreement, "pact.yaml"), STATUS_REFUSED);
	assert_true(
		str_is(bench_told(&desk.bench), ANNEX "200002:1: annex: more than 200000 rows\n"));
	desk_close(&desk);
}

/* Across the files of a workspace. */
static void test_workspace(void **state)
{
	(void)state;
	struct desk desk;
	struct accords accords;
	desk_open(&desk);
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	desk_put(&desk, "README", STR("not an agreement"));
	assert_int_equal(accord_load(&accords, &desk.bench.arena, desk.world, &desk.system,
				 STR("w"), &desk.bench.diags),
		STATUS_OK);
	assert_int_equal(accords.items_count, 1);
	assert_false(diags_any(&desk.bench.diags));
	desk_put(&desk, "pact.json",
		STR("{\"format\":1,\"agreement\":\"pact\",\"title\":\"t\",\"kind\":\"framework\","
		    "\"strength\":\"law\","
		    "\"state\":{\"is\":\"draft\",\"from\":\"2020-01-01\"},\"visibility\":"
		    "\"public\","
		    "\"parties\":{\"party\":\"AAA\"}}"));
	desk_put(&desk, "other.yaml",
		STR("format: 1\nagreement: another\ntitle: t\nkind: framework\nstrength: law\n"
		    "state: { is: draft, from: 2020-01-01 }\nvisibility: public\nparties: { party: "
		    "AAA }\n"));
	desk_put(&desk, "broken.yaml", STR("format: [\n"));
	assert_int_equal(accord_load(&accords, &desk.bench.arena, desk.world, &desk.system,
				 STR("w"), &desk.bench.diags),
		STATUS_REFUSED);
	assert_int_equal(accords.items_count, 0);
	const char *told = bench_told(&desk.bench).ptr;
	assert_non_null(strstr(told, "w/agreements/broken.yaml:"));
	assert_non_null(strstr(told, "w/agreements/other.yaml:2:12: agreement: id 'another' does "
				     "not match the file's name; call the "
				     "file another.yaml\n"));
	assert_non_null(strstr(told,
		"w/agreements/pact.yaml:3:12: agreement: duplicate agreement id 'pact'; also in "
		"w/agreements/pact.json\n"));
	desk_close(&desk);
}

static void test_stray_schedule(void **state)
{
	(void)state;
	struct desk desk;
	struct accords accords;
	desk_open(&desk);
	assert_int_equal(accord_load(&accords, &desk.bench.arena, desk.world, &desk.system,
				 STR("w"), &desk.bench.diags),
		STATUS_OK);
	assert_int_equal(accords.items_count, 0);
	desk_put(&desk, "pact.yaml", str_of(desk_pact));
	desk_put(&desk, "pact.annex.csv", str_of(desk_annex));
	desk_put(&desk, "pact.anex.csv", str_of(desk_annex));
	assert_int_equal(accord_load(&accords, &desk.bench.arena, desk.world, &desk.system,
				 STR("w"), &desk.bench.diags),
		STATUS_REFUSED);
	assert_true(str_is(bench_told(&desk.bench),
		"w/agreements/pact.anex.csv: no agreement names this schedule\n"));
	desk_close(&desk);
}

static void test_template(void **state)
{
	(void)state;
	static const char text[] =
		"format: 1\nagreement: \"\xe2\x9f\xa8s\xe2\x9f\xa9-pact\"\ntitle: t\nkind: "
		"framework\nstrength: mou\n"
		"template: true\nvisibility: parties\nparties: [ { party: NOBODY }, { party: "
		"\"\xe2\x9f\xa8s\xe2\x9f\xa9\" } ]\n"
		"in-force: { from: \"\xe2\x9f\xa8"
		"date\xe2\x9f\xa9\" }\n";
	struct desk desk;
	struct agreement agreement;
	desk_open(&desk);
	desk_put(&desk, "form.yaml", str_of(text));
	if (desk_read(&desk, &agreement, "form.yaml") != STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	assert_true(agreement.is_template);
	assert_int_equal(agreement.commitments_count, 0);
	assert_int_equal(accord_in_force(&agreement, 19000), FORCE_NO);
	desk_put(&desk, "form.yaml", desk_edit(&desk, text, "kind: framework", "kind: framewrk"));
	assert_int_equal(desk_read(&desk, &agreement, "form.yaml"), STATUS_REFUSED);
	desk_close(&desk);
}

/* The worked examples of the design are faultless in form. */
static void test_examples(void **state)
{
	(void)state;
	struct desk desk;
	struct str *names;
	size_t count = 0, seen = 0;
	desk_open(&desk);
	enum status listed = file_system_disk.list(
		NULL, &names, &count, &desk.bench.arena, STR("../shared/design/examples"));
	for (size_t i = 0; listed == STATUS_OK && i < count; i++) {
		struct str path = str_format(
			&desk.bench.arena, "../shared/design/examples/" STR_FMT, STR_ARG(names[i]));
		struct agreement agreement;
		if (!str_is(str_sub(names[i], names[i].len - 5, 5), ".yaml"))
			continue;
		seen++;
		if (accord_read(&agreement, &desk.bench.arena, NULL, &file_system_disk, path,
			    &desk.bench.diags) != STATUS_OK)
			fail_msg("%s", bench_told(&desk.bench).ptr);
	}
	desk_close(&desk);
	if (listed != STATUS_OK)
		skip();
	assert_int_equal(seen, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_s6_in_check),
		cmocka_unit_test(test_s6_with_schedules),
		cmocka_unit_test(test_schedule_faults),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_rows_limit),
		cmocka_unit_test(test_workspace),
		cmocka_unit_test(test_stray_schedule),
		cmocka_unit_test(test_template),
		cmocka_unit_test(test_examples),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
