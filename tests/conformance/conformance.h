/* Other people's vectors against this project: what the suites share.
 *
 * A suite goes through its vectors and says of each whether we agree. Where we do not, and mean
 * it, DEVIATIONS.md has a row with the reason: the vector then passes because it deviates, and
 * fails should it ever agree, so that the list stays true. */
#ifndef ENTENTE_TESTS_CONFORMANCE_H
#define ENTENTE_TESTS_CONFORMANCE_H

#include "base/base.h"

struct deviation {
	struct str vector;
	bool seen;
};

struct suite {
	const char *name;
	struct str vectors;  /* folder of all vectors */
	struct arena *arena; /* for what lives as long as the suite */
	struct deviation *deviations;
	size_t deviation_count;
	unsigned count, failed;
};

/* One vector's outcome, as a line of TAP. VECTOR with the suite's name and a slash before it is
 * what DEVIATIONS.md lists. */
void suite_tell(struct suite *suite, struct str vector, bool agrees, const char *why);
void suite_skip(struct suite *suite, struct str vector, const char *why);

/* A file below the vectors. False, and told as a failure, if it cannot be read. */
bool suite_read(struct suite *suite, struct arena *arena, const char *folder, struct str name,
	struct str *content);
/* The names in a folder below the vectors; 0 if there are none. */
size_t suite_list(struct suite *suite, const char *folder, struct str **names);
/* conform_run() with everything in ARENA; the output is "" unless STATUS_OK is returned. */
enum status suite_run(
	struct arena *arena, const char *function, struct str input, struct str *output);

void suite_json(struct suite *suite);
void suite_jcs(struct suite *suite);
void suite_csv(struct suite *suite);
void suite_yaml(struct suite *suite);
void suite_nfc(struct suite *suite);

#endif
