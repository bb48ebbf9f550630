/* fmt and the canonical form: what is written is what would be written again, comments stay,
 * meaning stays, and YAML and JSON say the same. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static void must_format(struct desk *desk, struct str *out, const char *file, struct str input)
{
	if (desk_format(desk, out, file, input) != STATUS_OK)
		fail_msg("%s\n%s", bench_told(&desk->bench).ptr, input.ptr);
}

static void must_canonical(struct desk *desk, struct str *out, const char *file, struct str input)
{
	if (desk_canonical(desk, out, file, input) != STATUS_OK)
		fail_msg("%s\n%s", bench_told(&desk->bench).ptr, input.ptr);
}

/* All of it: the messages of cmocka are cut. */
static void tell(const char *what, struct str text)
{
	fprintf(stderr, "--- %s\n" STR_FMT "\n", what, STR_ARG(text));
}

static size_t count_of(struct str text, const char *what)
{
	size_t count = 0, len = strlen(what);
	for (size_t i = 0; i + len <= text.len; i++)
		count += memcmp(text.ptr + i, what, len) == 0;
	return count;
}

/* The properties that fmt owes to every document. */
static void check_properties(struct desk *desk, struct str input)
{
	struct str once, twice, before, after, json, back;
	must_format(desk, &once, "a.yaml", input);
	must_format(desk, &twice, "a.yaml", once);
	if (!str_eq(once, twice)) {
		tell("input", input);
		tell("once", once);
		tell("twice", twice);
		fail_msg("fmt is not idempotent");
	}
	must_canonical(desk, &before, "a.yaml", input);
	must_canonical(desk, &after, "a.yaml", once);
	if (!str_eq(before, after)) {
		tell("input", input);
		tell("fmt", once);
		tell("before", before);
		tell("after", after);
		fail_msg("fmt changed the meaning");
	}
	must_canonical(desk, &json, "a.json", before);
	assert_true(str_eq(before, json));
	must_format(desk, &json, "a.json", before);
	must_format(desk, &back, "a.json", json);
	assert_true(str_eq(json, back));
	must_canonical(desk, &back, "a.json", json);
	assert_true(str_eq(before, back));
}

static void test_pact(void **state)
{
	(void)state;
	struct desk desk;
	desk_open(&desk);
	check_properties(&desk, str_of(desk_pact));
	desk_close(&desk);
}

static void test_house_form(void **state)
{
	(void)state;
	static const char input[] = "# head\n"
				    "title: The pact of \"all\"   # beside\n"
				    "\n"
				    "agreement: pact\n"
				    "format: 1\n"
				    "parties: # who\n"
				    "- party: NO      # not a boolean\n"
				    "- {party: 'group:club', role: member}\n"
				    "visibility: public\n"
				    "# above kind\n"
				    "kind: framework\n"
				    "strength: law\n"
				    "state:\n"
				    "  is: in-force\n"
				    "  from: 2020-01-01\n"
				    "activates:\n"
				    "  on:\n"
				    "  - request\n"
				    "  # the second\n"
				    "  - alert\n"
				    "text:\n"
				    "  en: >-\n"
				    "    one # not a comment, and so much more of it that a line "
				    "of one hundred and twenty columns cannot hold all of it\n"
				    "    two\n"
				    "# tail\n";
	static const char wanted[] =
		"# head\n"
		"format: 1\n"
		"agreement: pact\n"
		"title: \"The pact of \\\"all\\\"\"  # beside\n"
		"text:\n"
		"  en: \"one # not a comment, and so much more of it that a line of one hundred "
		"and twenty columns cannot hold all of it\n"
		"    two\"\n"
		"# above kind\n"
		"kind: framework\n"
		"strength: law\n"
		"state: { is: in-force, from: 2020-01-01 }\n"
		"visibility: public\n"
		"parties:  # who\n"
		"  - party: \"NO\"  # not a boolean\n"
		"  - { party: \"group:club\", role: member }\n"
		"activates:\n"
		"  on:\n"
		"    - request\n"
		"    # the second\n"
		"    - alert\n"
		"# tail\n";
	struct desk desk;
	struct str once;
	desk_open(&desk);
	must_format(&desk, &once, "a.yaml", str_of(input));
	if (!str_is(once, wanted))
		fail_msg("%s", once.ptr);
	desk_close(&desk);
}

static void test_canonical(void **state)
{
	(void)state;
	static const char input[] =
		"format: 1\nagreement: pact\ntitle: E\xcc\x81t\xc3\xa9\nkind: framework\nstrength: "
		"law\n"
		"state: { is: in-force, from: 2020-01-01 }\nvisibility: AAA\nbinds-host: no\n"
		"parties: { party: AAA, except: { commitment: a } }\n"
		"commitments: { id: a, clause: 1, duty: will, to: home, capacity: { quantity: 40, "
		"unit: persons } }\n";
	static const char wanted[] =
		"{\"agreement\":\"pact\",\"binds-host\":false,\"commitments\":[{\"capacity\":{"
		"\"quantity\":40,\"unit\":\"persons\"},"
		"\"clause\":\"1\",\"duty\":\"will\",\"id\":\"a\",\"to\":[\"home\"]}],\"format\":1,"
		"\"kind\":\"framework\","
		"\"parties\":[{\"except\":[{\"commitment\":\"a\"}],\"party\":\"AAA\"}],"
		"\"state\":[{\"from\":\"2020-01-01\",\"is\":\"in-force\"}],\"strength\":\"law\","
		"\"title\":\"\xc3\x89t\xc3\xa9\","
		"\"visibility\":[\"AAA\"]}";
	struct desk desk;
	struct str bytes;
	desk_open(&desk);
	must_canonical(&desk, &bytes, "a.yaml", str_of(input));
	if (!str_is(bytes, wanted))
		fail_msg("%s", bytes.ptr);
	desk_close(&desk);
}

static void test_random(void **state)
{
	(void)state;
	uint64_t seed = support_seed();
	const char *given = getenv("ACCORD_DOCUMENTS");
	int64_t documents = 400;
	if (given)
		str_to_int64(str_of(given), &documents);
	size_t comments = 0, kept = 0;
	for (int64_t i = 0; i < documents; i++) {
		struct random random = random_seeded(seed + (uint64_t)i);
		struct desk desk;
		struct str once, input;
		bench_open(&desk.bench);
		input = desk_random(&desk.bench.arena, &random);
		check_properties(&desk, input);
		must_format(&desk, &once, "a.yaml", input);
		comments += count_of(input, "# remark\n");
		kept += count_of(once, "# remark\n");
		bench_close(&desk.bench);
	}
	printf("# figure %lld random documents, %zu of %zu comments kept\n", (long long)documents,
		kept, comments);
	assert_true(kept >= comments);
}

/* Every agreement of a folder, by the same properties. */
static void check_folder(const char *folder)
{
	struct desk desk;
	struct str *names;
	size_t count = 0, seen = 0;
	desk_open(&desk);
	if (file_system_disk.list(NULL, &names, &count, &desk.bench.arena, str_of(folder)) !=
		STATUS_OK) {
		desk_close(&desk);
		skip();
	}
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(
				   &desk.bench.arena, "%s/" STR_FMT, folder, STR_ARG(names[i])),
			   input;
		if (names[i].len < 5 || !str_is(str_sub(names[i], names[i].len - 5, 5), ".yaml"))
			continue;
		assert_int_equal(
			file_system_disk.read(NULL, &input, &desk.bench.arena, path, 1 << 20),
			STATUS_OK);
		check_properties(&desk, input);
		seen++;
	}
	printf("# figure %zu agreements of %s\n", seen, folder);
	desk_close(&desk);
	assert_true(seen > 0);
}

static void test_data(void **state)
{
	(void)state;
	check_folder("data/agreements");
}

static void test_examples(void **state)
{
	(void)state;
	check_folder("../shared/design/examples");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pact),
		cmocka_unit_test(test_house_form),
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_examples),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
