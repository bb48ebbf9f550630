/* One internal function on a piece of input, so that other people's test suites can be run
 * against it: by `entente test NAME` and by the conformance tests. */
#ifndef ENTENTE_BASE_CONFORM_H
#define ENTENTE_BASE_CONFORM_H

#include "base/diag.h"

struct conform {
	const char *name;
	const char *help; /* what is read and what is printed */
	enum status (*run)(
		struct buf *out, struct str input, struct arena *arena, struct diags *diags);
};

/* All of them, in the order in which they are listed; *COUNT gets their number. */
const struct conform *conform_all(size_t *count);
/* The function NAME on INPUT. STATUS_NOT_FOUND if there is none of that name, STATUS_REFUSED
 * with diagnostics (of the file "-") if the input is at fault. */
enum status conform_run(struct buf *out, struct str name, struct str input, struct arena *arena,
	struct diags *diags);

#endif
