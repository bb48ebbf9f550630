/* Proofs of inclusion: that the journal, by its root, has the entry that brought a version of a
 * document. Whoever notes a root may check such a proof with nothing but it: no database, no
 * server. RFC 6962, 2.1.1 (audit paths); the tree is that of merkle.c. */
#ifndef ENTENTE_STORE_PROOF_H
#define ENTENTE_STORE_PROOF_H

#include "store/store.h"

#define STORE_PATH_MAX 64
#define STORE_PROOF_MAX DOC_SIZE_MAX /* bytes of one as JSON */

struct store_proof {
	struct str name;         /* agreements/eu.yaml */
	struct sha256 hash;      /* of its bytes */
	bool has_canonical;      /* an agreement: */
	struct sha256 canonical; /* of its canonical JSON */
	uint64_t index,
		size; /* of the leaf, from 0: one less than the entry's number; of the tree */
	struct sha256 leaf, root;
	struct sha256 path[STORE_PATH_MAX]; /* from the leaf up */
	unsigned path_count;
	struct str entry; /* the leaf's bytes, canonical JSON; STR_NONE: not shown */
};

/* The place of entry SEQUENCE, from 1, in the journal as it stands: leaf, path, root, entry; the
 * document's fields are the caller's, OUT is set for the rest. One read of the journal: linear in
 * it. STATUS_NOT_FOUND: no such entry. STATUS_IO, also for a journal that does not fit its own
 * root; STATUS_NO_MEMORY. */
enum status store_prove(
	struct store_proof *out, struct arena *arena, const struct store *store, uint64_t sequence);

/* What a proof says that is not so; the first in this order. */
enum store_proof_fault {
	STORE_PROOF_HOLDS,
	STORE_PROOF_PATH,     /* leaf and path do not give the root */
	STORE_PROOF_ENTRY,    /* the entry is not the leaf, or is no entry of a journal */
	STORE_PROOF_DOCUMENT, /* the entry does not name the document with these hashes */
};
/* Computes every hash anew. An entry that is not shown is not judged. */
enum store_proof_fault store_proof_check(const struct store_proof *proof, struct arena *arena);
/* When the entry that is shown was made, 2022-11-16T09:30:00Z; STR_NONE: it does not say. */
struct str store_proof_time(const struct store_proof *proof, struct arena *arena);

/* As JSON on several lines, the entry as a string: its bytes are what is hashed. Ends in a line
 * feed. schema/proof.schema.json. */
void store_proof_write(struct buf *out, const struct store_proof *proof);
/* STATUS_REFUSED after diagnostics under FILE: not such JSON. Nothing is computed. */
enum status store_proof_read(struct store_proof *out, struct arena *arena, struct str file,
	struct str bytes, struct diags *diags);

#endif
