/* Seeded worlds for the tests of overlaps and contradictions: eight helpers with a service, a car
 * and a strength of their own each, chained by consultation, in which there is nothing to find; and
 * room for one agreement more, in which something is planted. */
#ifndef ENTENTE_TESTS_COVER_PLANTED_H
#define ENTENTE_TESTS_COVER_PLANTED_H

#include "cover/cover.h"

#define HELPERS 8 /* io-0 … io-7 */
extern const char *const planted_services[HELPERS];

struct scene {
	struct arena arena;
	struct random random;
	struct memory_files memory;
	struct world *world;
	struct accords accords;
	struct cover_index *index;
	int64_t strength[HELPERS], pledged[HELPERS];
};

#define HEAD(extra)                                                                                \
	"format: 1\nagreement: %s\ntitle: A\nkind: framework\nstrength: mou\n"                     \
	"source: { title: Made for tests, basis: illustrative }\nvisibility: public\n" extra
#define IN_FORCE "state: [ { is: in-force, from: 2000-01-01 } ]\n"
#define EVERYBODY                                                                                  \
	"parties: [ { party: \"group:states\" }, { party: aaa-police }, { party: io-0 }, { "       \
	"party: "                                                                                  \
	"io-1 }, { party: io-2 }, { party: io-3 }, { party: io-4 }, { party: io-5 }, { party: "    \
	"io-6 }, { party: io-7 } ]\n"

void planted_begin(struct scene *scene, uint64_t seed);
/* Puts a file of the workspace. */
void planted_put(struct scene *scene, const char *path, struct str text);
/* One more agreement: HEAD lines but the first, and its commitments. */
void planted_plant(struct scene *scene, const char *head, const char *commitments);
/* Reads and compiles; faults are printed and fail the test. */
void planted_load(struct scene *scene);
size_t planted_contradictions(struct scene *scene, struct contradiction **items);

#endif
