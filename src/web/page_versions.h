/* Versions of an agreement: what is on record of its past, and the pages that show it. */
#ifndef ENTENTE_WEB_PAGE_VERSIONS_H
#define ENTENTE_WEB_PAGE_VERSIONS_H

#include "web/page_agreements.h"

#define VERSIONS_MAX 500

/* States of the workspace in which the document said the same. */
struct version {
	uint64_t since, until; /* up to and without UNTIL; STORE_NEWEST: it stands today */
	int32_t on;            /* the day on which it came; DATE_NONE: a folder does not say */
	struct str name;       /* of its file in the workspace */
	struct sha256 hash;    /* of its canonical JSON */
};
struct versions {
	struct version *items; /* newest first */
	size_t count;
	bool database; /* else a folder, which has but one */
};
/* Those of AGREEMENT that the public may see (docs/semantics.md, "version-hidden"). */
enum status versions_of(struct versions *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct agreement *agreement);
/* By the 64 digits of its hash, the newest of them; NULL: none. */
const struct version *versions_find(const struct versions *versions, struct str hex);
/* The name of its file in the workspace: agreements/eu.yaml. */
struct str versions_file(const struct web_snapshot *snapshot, const struct agreement *agreement);
/* The agreement of today in file NAME of the workspace; NULL: none. */
const struct agreement *versions_agreement(const struct web_snapshot *snapshot, struct str name);
/* What BYTES, a document called NAME, says of itself: open to everyone. */
bool version_is_public(struct arena *arena, struct str name, struct str bytes);

struct versions_view {
	struct page_view page;
	struct str title;
	bool database;
	struct html_link agreement;
	struct table_view table;
};
struct version_view {
	struct page_view page;
	struct str title, hash;
	bool foreign, plain; /* the title is not in LANG; ids stand for names of that time */
	struct str title_lang;
	bool database, stands;
	long long state;
	int32_t on;
	struct html_link agreement, all, changes; /* no address: nothing went before */
	const struct summary_row *rows;
	size_t row_count;
	struct html_safe prose;
	struct table_view parties;
};
struct changes_view {
	struct page_view page;
	struct str title;
	bool foreign;
	struct html_link old, new, all;
	int32_t old_on, new_on;
	long long old_since, new_since; /* states of the record: two may be of one day */
	struct str name, hash; /* of the agreement and of the version, in the form's address */
	struct field_view against;
	const struct str *lines;
	size_t line_count, lines_more;
	bool answers; /* both could be asked */
	struct str year_text;
	struct table_view services, moves;
	long long moves_more;
};

/* The answers to /agreements/ID/versions and what stands under it; TAIL is what follows ID/. */
enum status answer_versions(struct request *request, const struct ui *ui,
	const struct agreement *agreement, struct str tail);
/* page_version.c: the page of one, and of what differs from the one that stood since state OTHER,
 * by CSV: one of the tables of it. */
enum version_page { VERSION_WORDS, VERSION_CHANGES, VERSION_MOVES_CSV, VERSION_SERVICES_CSV };
enum status page_version(struct request *request, const struct ui *ui, uint32_t item,
	const struct version *version, const struct version *other, enum version_page page);

#endif
