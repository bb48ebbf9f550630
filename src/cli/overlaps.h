/* What the files of `overlaps` share: the question asked, and its findings on the page. */
#ifndef ENTENTE_CLI_OVERLAPS_H
#define ENTENTE_CLI_OVERLAPS_H

#include "cli/cli.h"

struct asked_overlaps {
	struct overlap_filter filter;
	size_t limit; /* of each list */
	bool why;
	int format;
	struct people_count count;
};

/* The page: every kind asked for under a heading of its own, "none" where there is none.
 * STATUS_NO_MEMORY. */
enum status overlaps_page(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps);
/* One table for all kinds; empty cells where a column says nothing of a kind. */
void overlaps_csv(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps);
/* The id of a point: of its post, party or agreement. */
struct str overlaps_point_id(const struct cli *cli, const struct single_point *point);
/* "CHE" or "group:eu". */
struct str overlaps_lead_code(struct cli *cli, const struct overlap_lead *lead);

#endif
