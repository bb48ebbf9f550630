/* Configuration files that are their own manual: lines `key: value`, one table of keys for reading
 * and for printing.
 *
 * A value stands as it is to the end of its line, without quotes and without a comment behind it; a
 * line that begins with # says nothing. Reading tells all faults at once, each where it stands. */
#ifndef ENTENTE_BASE_CONFIG_H
#define ENTENTE_BASE_CONFIG_H

#include "base/diag.h"

#define CONFIG_MAX ((size_t)64 << 10) /* bytes of a file */
#define CONFIG_KEYS_MAX 32

struct config_key {
	const char *name, *argument; /* "listen", "ADDRESS" */
	const char *help;
	const char *otherwise;                  /* the default; NULL: none */
	const char *(*fault)(struct str value); /* what is allowed instead; NULL: VALUE is good */
};
struct config_value {
	struct str text; /* STR_NONE: not given */
	struct pos pos;  /* of the value */
};

/* Why TEXT cannot be the value of KEY in a file, or NULL. */
const char *config_fault(const struct config_key *key, struct str text);
/* VALUES has one for each of COUNT keys; their texts are copies in ARENA. STATUS_REFUSED: faults of
 * INPUT in DIAGS under FILE. O(input * keys). */
enum status config_read(struct config_value *values, struct arena *arena,
	const struct config_key *keys, size_t count, struct str file, struct str input,
	struct diags *diags);
/* The file that says VALUES: what a file is, then each key with its meaning and its default; a key
 * that has neither value nor default stands behind #. HEAD is lines without #. */
void config_write(struct buf *out, struct str head, const struct config_key *keys, size_t count,
	const struct config_value *values);

#endif
