/* What the page of the world is given. */
#ifndef ENTENTE_WEB_PAGE_WORLD_H
#define ENTENTE_WEB_PAGE_WORLD_H

#include "web/page_place.h"
#include "web/page_subject.h"

#define WORLD_TABLES 2

struct world_view {
	struct page_view page;
	struct field_view search;
	struct str counted, own_text; /* people, in the reader's figures */
	struct str year_text;         /* of the stock */
	struct str day_text;          /* for which it is answered */
	struct map_view map;
	struct field_view service; /* the one that the map shows */
	struct str service_text;
	struct section_view sections[WORLD_TABLES];
};

#endif
