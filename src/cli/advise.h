/* Between the files of `advise`: the question and its answer. */
#ifndef ENTENTE_CLI_ADVISE_H
#define ENTENTE_CLI_ADVISE_H

#include "cli/cli.h"

struct advise_asked {
	struct advice_filter filter;
	size_t k;
	int format;
	bool why;
	struct people_count count;
	struct advices advices;
};
/* "France for Comoros, wherever it has a post". */
struct str advise_title(struct cli *cli, const struct advice *advice);

enum status advise_page(struct cli *cli, const struct advise_asked *asked);
enum status advise_csv(struct cli *cli, const struct advise_asked *asked);

#endif
