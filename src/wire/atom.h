/* Atom (RFC 4287): what changed when, for programs that look from time to time. */
#ifndef ENTENTE_WIRE_ATOM_H
#define ENTENTE_WIRE_ATOM_H

#include "base/base.h"

struct atom_feed {
	struct str id, title, updated, language; /* UPDATED: 2022-11-16T09:30:00Z */
	struct str self, page;                   /* addresses of the feed and of its page */
};
struct atom_link {
	struct str name, address; /* no address: a text */
};
struct atom_entry {
	struct str id, title, updated;
	struct str page;
	const struct atom_link *lines; /* what the entry says, line by line */
	size_t line_count;
};
void atom_begin(struct buf *out, const struct atom_feed *feed);
void atom_entry(struct buf *out, const struct atom_entry *entry);
void atom_end(struct buf *out);
/* A urn:uuid (RFC 9562, version 8) made of the first 16 bytes of HASH: the same for the same
 * hash. */
struct str atom_id(struct arena *arena, const struct sha256 *hash);

#endif
