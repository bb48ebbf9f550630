/* What the files of `practices` share. */
#ifndef ENTENTE_CLI_PRACTICES_H
#define ENTENTE_CLI_PRACTICES_H

#include "cli/cli.h"

/* practices.c: the words of the bits in SET, SEPARATOR between them. */
struct str practice_words(struct cli *cli, unsigned set, const struct str *words, unsigned count,
	const char *separator);

/* practice_page.c: one practice, whole; documents for machines. */
void practice_page(struct cli *cli, const struct practice *practice);
void practices_json(struct cli *cli, const struct practice *const *items, size_t count);
void practices_csv(struct cli *cli, const struct practice *const *items, size_t count);

#endif
