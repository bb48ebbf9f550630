/* What the files of the world report share: the questions it asks once and the figures several
 * sections need. */
#ifndef ENTENTE_CLI_REPORT_H
#define ENTENTE_CLI_REPORT_H

#include "cli/gaps.h"

struct report {
	struct cli *cli;
	int32_t date, today;
	uint32_t viewer;
	struct people_count count;
	struct gaps *services; /* one a service */
	uint8_t lead;          /* the service looked at closely: consular.travel-document */
};

/* The query of a cell (docs/semantics.md, "cell"). */
void report_query(const struct report *report, const struct people_cell *cell, uint8_t service,
	struct query *query);
void report_title(struct report *report, const char *title);

/* report_bands.c */
enum status report_bands(struct report *report);
/* report_labour.c */
enum status report_labour(struct report *report);
/* report_services.c */
void report_services(struct report *report);
/* report_unknown.c */
enum status report_unknown(struct report *report);
/* report_stale.c */
enum status report_stale(struct report *report);

#endif
