/* Verification: what the page and the interface of programs share. */
#ifndef ENTENTE_WEB_PAGE_VERIFY_H
#define ENTENTE_WEB_PAGE_VERIFY_H

#include "store/proof.h"
#include "web/page_versions.h"

/* A version on record with the hash that was asked for. */
struct verify_found {
	struct str title, id, name;    /* ID of the agreement or practice of today, or STR_NONE */
	struct html_link now, version; /* no address: there is no such page */
	bool stands;
	bool exact;      /* the bytes are those on record; else they say the same */
	long long since; /* state of the journal; -1: a folder */
	int32_t on;      /* the day on which it came */
	int32_t from;    /* in force by its own words; DATE_NONE: it does not say */
	struct str state;
	struct store_proof proof; /* size 0: a folder */
	struct str leaf;          /* as text, and the path, from the leaf up */
	const struct str *path;
	struct html_link file; /* of the proof */
};
/* Of a document that is not on record: what it may have been. */
struct verify_near {
	struct str id, title; /* of an agreement on record; empty: none is near */
	struct html_link now;
	bool same_id;
	size_t count; /* fields that differ, of the same id */
	const struct str *lines;
	size_t line_count;
};
struct verify_view {
	struct page_view page;
	struct field_view document, hash_field;
	struct field_view file;
	bool asked, whole; /* something was sent: a document, not a hash alone */
	struct str hash;   /* of its canonical JSON, or the one asked for; empty: none */
	struct str bytes;  /* of its bytes; empty: a hash alone was sent */
	const struct str *faults;
	size_t fault_count;
	const struct verify_found *found;
	size_t found_count;
	struct verify_near near;
	bool database;
	long long size; /* entries of the journal */
	struct str root;
};

/* What is sent: DOCUMENT, or, where its ptr is NULL, WANTED. */
struct verify_asked {
	struct str document;
	struct sha256 wanted;
};
/* verify_find.c: DATABASE, SIZE and ROOT of VIEW. */
enum status verify_head(struct verify_view *view, struct request *request);
/* After it: ASKED to NEAR of VIEW. Faults of a document that is on record
 * neither by its bytes nor as an agreement are in FAULTS. */
enum status verify_find(struct verify_view *view, struct request *request, const struct ui *ui,
	const struct verify_asked *asked);
/* The versions that everyone may see with one of HASHES, of bytes or of canonical JSON, each
 * name's bytes once, as they first came; oldest first for each hash. */
enum status verify_versions(struct store_version **out, size_t *count, struct arena *arena,
	const struct web_snapshot *snapshot, const struct sha256 *hashes, size_t hash_count);
/* version-hidden: VERSION, a document, is open to everyone, and its newest one too; a schedule if
 * an agreement of today that always was open to everyone has it; a practice, and what the
 * workspace is called, always. */
enum status verify_open(bool *open, struct arena *arena, const struct web_snapshot *snapshot,
	const struct store_version *version);
/* VERSION, as what a proof is about. */
struct store_proof verify_about(const struct store_version *version);
/* "sha256:…" */
struct str verify_hex(struct arena *arena, const struct sha256 *hash);

#endif
