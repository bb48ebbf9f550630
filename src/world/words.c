/* The words of the enumerations: the same tables read files, print answers and suggest what was
 * meant. */
#include "world/world.h"

#include <assert.h>

/* A string constant as a view that may stand in a table. */
#define WORD(text)                                                                                 \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

const struct str world_level_words[4] = { WORD("resident"), WORD("honorary"), WORD("accredited"),
	WORD("office") };

const struct str world_party_kind_words[PARTY_KINDS] = {
	[PARTY_STATE] = WORD("state"),
	[PARTY_AGENCY] = WORD("agency"),
	[PARTY_POST] = WORD("post"),
	[PARTY_IO] = WORD("io"),
	[PARTY_CIVIL_SOCIETY] = WORD("civil-society"),
	[PARTY_MIGRANT_ASSOCIATION] = WORD("migrant-association"),
	[PARTY_PRIVATE_SECTOR] = WORD("private-sector"),
	[PARTY_LOCAL_AUTHORITY] = WORD("local-authority"),
	[PARTY_FUNDER] = WORD("funder"),
};

/* Closed, so that a pledge and the strength or asset behind it are always of one measure. */
const struct str world_unit_words[28] = { WORD("persons"), WORD("families"), WORD("households"),
	WORD("cases"), WORD("beds"), WORD("rooms"), WORD("places"), WORD("meals"), WORD("litres"),
	WORD("kilograms"), WORD("tonnes"), WORD("kits"), WORD("parcels"), WORD("tents"),
	WORD("vehicles"), WORD("buses"), WORD("seats"), WORD("flights"), WORD("aircraft"),
	WORD("ships"), WORD("boats"), WORD("teams"), WORD("staff"), WORD("documents"),
	WORD("calls"), WORD("visits"), WORD("hours"), WORD("days") };
const struct str world_per_words[9] = { WORD("hour"), WORD("day"), WORD("week"), WORD("month"),
	WORD("year"), WORD("trip"), WORD("flight"), WORD("voyage"), WORD("crisis") };

const struct str world_post_kind_words[POST_KINDS] = {
	[POST_EMBASSY] = WORD("embassy"),
	[POST_HIGH_COMMISSION] = WORD("high-commission"),
	[POST_CONSULATE_GENERAL] = WORD("consulate-general"),
	[POST_CONSULATE] = WORD("consulate"),
	[POST_HONORARY] = WORD("honorary"),
	[POST_NUNCIATURE] = WORD("nunciature"),
	[POST_INTERESTS_SECTION] = WORD("interests-section"),
	[POST_DE_FACTO] = WORD("de-facto"),
	[POST_OTHER] = WORD("other"),
};

const struct str world_people_group_words[5] = { WORD(""), WORD("refugee"), WORD("asylum-seeker"),
	WORD("stateless"), WORD("labour") };

unsigned world_post_levels(enum post_kind kind)
{
	assert(kind >= 0 && kind < POST_KINDS);
	if (kind == POST_OTHER)
		return 0;
	return kind == POST_HONORARY ? LEVEL_HONORARY : LEVEL_RESIDENT;
}
