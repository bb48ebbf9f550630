/* What the page of verification is given. */
#ifndef ENTENTE_WEB_PAGE_VERIFY_H
#define ENTENTE_WEB_PAGE_VERIFY_H

#include "web/page_versions.h"

/* A version on record with the hash of the document that was sent. */
struct verify_found {
	struct str title, id;
	struct html_link agreement, version; /* no address: there is no such page */
	bool stands;
	long long since; /* state of the journal; -1: a folder */
	int32_t on;      /* the day on which it came */
	int32_t from;    /* in force by its own words; DATE_NONE: it does not say */
	struct str state;
};
struct verify_view {
	struct page_view page;
	struct field_view document;
	bool asked;      /* a document was sent */
	struct str hash; /* of it; empty: it has faults */
	const struct str *faults;
	size_t fault_count;
	const struct verify_found *found;
	size_t found_count;
	bool database;
	long long size; /* entries of the journal */
	struct str root;
};

#endif
