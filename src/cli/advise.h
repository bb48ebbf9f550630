/* Between the files of `advise`: sums of an item by country and by service. */
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
struct advise_place {
	uint32_t place;
	int64_t lifts;
	int64_t uncertain; /* of the lifts */
	uint16_t nat;      /* whose most people there are lifted */
	int64_t nat_lifts;
	uint8_t service; /* of the first lift there */
};
/* The countries of ADVICE, most lifts first, then by code. NULL: no memory. */
struct advise_place *advise_places(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, size_t *count);
int64_t advise_of_service(
	const struct advise_asked *asked, const struct advice *advice, uint8_t service);
/* "France for Comoros, wherever it has a post". */
struct str advise_title(struct cli *cli, const struct advice *advice);
/* The provider's presence in PLACE, for groups of the first member that is there. */
struct presence advise_provider(struct cli *cli, const struct advise_asked *asked,
	const struct advice *advice, const struct advise_place *place, uint32_t *party);
/* The State whose absence counts: of the nationality lifted there; NONE32 for organizations. */
uint32_t advise_absent(
	struct cli *cli, const struct advice *advice, const struct advise_place *place);

enum status advise_page(struct cli *cli, const struct advise_asked *asked);
enum status advise_json(struct cli *cli, const struct advise_asked *asked);
enum status advise_csv(struct cli *cli, const struct advise_asked *asked);

#endif
