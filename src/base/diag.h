/* Diagnostics: all faults of all inputs of one run, each with file, line, column, path, what
 * was found and what is allowed.
 *
 * Printed form, a contract for editors and scripts:
 *   eu.yaml:14:24: commitments[0].services[1]: unknown service 'consular.wellfare'; did you mean
 *   'consular.welfare'?
 * all on one line. A message is cut at 1,000 bytes; control characters are printed as \u001b. */
#ifndef ENTENTE_BASE_DIAG_H
#define ENTENTE_BASE_DIAG_H

#include "base/text.h"

struct pos {
	uint32_t line, column; /* from 1; column counts code points; 0,0: unknown */
};

struct diag {
	struct str file; /* as the user named it */
	struct pos pos;
	struct str path;    /* of the field; empty for the whole file */
	struct str message; /* one sentence without a full stop; suggestion included */
};

struct diags {
	struct arena *arena; /* owns the texts */
	struct diag *items;
	size_t count, capacity;
	size_t max; /* later ones are counted, not kept */
	size_t dropped;
	bool no_memory; /* a diagnostic was lost for want of memory: the run has failed all the same
			 */
};

void diags_init(struct diags *diags, struct arena *arena, size_t max);
/* Adds one; texts are copied. Never fails visibly: see no_memory and dropped. */
void diags_add(struct diags *diags, struct str file, struct pos pos, struct str path,
	const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds what FROM gathered as if it had been told here. FROM's texts must outlive DIAGS. */
void diags_append(struct diags *diags, const struct diags *from);
bool diags_any(const struct diags *diags); /* count, dropped or no_memory */
/* "FILE:LINE:COLUMN: PATH: MESSAGE\n" for each, sorted by file, line, column; parts that are
 * unknown are left out. Then a line each for what was dropped, or lost for want of memory. */
void diags_print(struct buf *out, struct diags *diags);

/* "; did you mean 'X'?" for the nearest of WORDS, "; allowed: a, b, c" when there are at most
 * 12, else "" - in the diags' arena. */
struct str diags_suggest(
	struct diags *diags, struct str word, const struct str *words, size_t count);

#endif
