/* What the files of `practices` share. */
#ifndef ENTENTE_CLI_PRACTICES_H
#define ENTENTE_CLI_PRACTICES_H

#include "cli/cli.h"

/* practices.c: the words of the bits in SET, SEPARATOR between them. */
struct str practice_words(struct cli *cli, unsigned set, const struct str *words, unsigned count,
	const char *separator);

/* practice_filter.c */
struct practice_filter {
	uint32_t country;                          /* NONE32: not asked */
	struct str type, agreement;                /* ptr NULL: not asked */
	int stakeholder, crisis, phase, guideline; /* -1: not asked */
};
enum practice_match { MATCH_NO, MATCH_NOT_SAID, MATCH_YES };
/* The options; false, all faults told. After cli_open(). */
bool practice_filter_read(
	struct cli *cli, const struct practices *practices, struct practice_filter *asked);
enum practice_match practice_matches(const struct cli *cli, const struct practice *practice,
	const struct practice_filter *asked);

/* practice_page.c: one practice, whole; documents for machines. */
void practice_page(struct cli *cli, const struct practice *practice);
void practices_json(struct cli *cli, const struct practice *const *items, size_t count);
void practices_csv(struct cli *cli, const struct practice *const *items, size_t count);

#endif
