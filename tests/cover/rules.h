/* Cases of the rules as text: a small world, agreements, questions, and what must come out of them.
 * Anyone can add one; the manner is told in rules/README. Each case is judged by two hands, the
 * reference and the engine. */
#ifndef ENTENTE_TESTS_COVER_RULES_H
#define ENTENTE_TESTS_COVER_RULES_H

#include "cover/cover.h"

/* Who answers. */
struct hand {
	const char *name;
	enum status (*who)(struct answers *out, struct arena *arena, const struct world *world,
		const struct accords *accords, const struct query *query);
	enum status (*cell)(struct cell_band *out, struct arena *arena, const struct world *world,
		const struct accords *accords, uint16_t nat, enum people_group group,
		uint32_t country, uint8_t service, int32_t date, uint32_t viewer);
	enum status (*gaps)(struct gaps *out, struct arena *arena, const struct world *world,
		const struct accords *accords, uint8_t service, const struct gap_filter *filter);
};
#define HANDS 2
extern const struct hand hands[HANDS];

/* One line of a case after its facts: its word, what follows, and where it stands. */
struct case_line {
	struct str word, rest;
	uint32_t number;
};
struct rule_case {
	struct str file, name;
	struct memory_files files; /* the world, under "w" */
	struct case_line *lines;
	size_t count, capacity;
};

/* Reads the cases of a folder's *.case files; base.case says what is common to all. False: told on
 * standard output. */
struct case_list {
	struct rule_case *items;
	size_t count, capacity;
};
bool cases_read(struct case_list *out, struct arena *arena, struct str folder);

/* Judges one case by one hand; false: what differs is in TEXT. */
bool case_judge(const struct rule_case *rule, const struct hand *hand, struct buf *text);

/* The safeguards over every kind of provider, relation, status and domain of services; prints TAP
 * lines from NUMBER on. */
int safeguards_run(int number, int *failed);
#define SAFEGUARD_TESTS (PARTY_KINDS * HANDS)

#endif
