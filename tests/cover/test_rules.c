/* test_rules FOLDER: every case of the folder by both hands, then the safeguards exhaustively.
 * Prints TAP. */
#include <stdio.h>
#include "rules.h"

static bool run_case(const struct rule_case *rule, const struct hand *hand, int number)
{
	struct arena arena;
	struct buf text;
	struct str rest, line;
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	buf_init(&text, &arena, 1 << 20);
	bool good = case_judge(rule, hand, &text);
	rest = buf_str(&text);
	while (str_next_word(&rest, "\n", &line))
		printf("# " STR_FMT "\n", STR_ARG(line));
	printf("%s %d - %s: " STR_FMT ": " STR_FMT "\n", good ? "ok" : "not ok", number, hand->name,
		STR_ARG(rule->file), STR_ARG(rule->name));
	arena_free(&arena);
	return good;
}

int main(int argc, char **argv)
{
	struct arena arena;
	struct case_list list;
	int failed = 0, number = 1;
	if (argc != 2) {
		fprintf(stderr, "usage: test_rules FOLDER\n");
		return 2;
	}
	arena_init(&arena, &allocator_system, (size_t)256 << 20);
	if (!cases_read(&list, &arena, str_of(argv[1]))) {
		printf("not ok 1 - the cases can be read\n");
		arena_free(&arena);
		return 1;
	}
	printf("1..%zu\n", list.count * HANDS + SAFEGUARD_TESTS);
	for (size_t i = 0; i < list.count; i++)
		for (int hand = 0; hand < HANDS; hand++)
			failed += !run_case(&list.items[i], &hands[hand], number++);
	safeguards_run(number, &failed);
	arena_free(&arena);
	return failed ? 1 : 0;
}
