/* The files of a workspace and their columns, in the order in which they are read: what a file
 * refers to stands above it.
 *
 * A column is added here and to the enumeration of its file in internal.h; a file is a row of
 * world_files[] below. */
#include "world/internal.h"

#define WORDS(list) .words = (list), .word_count = sizeof(list) / sizeof(list)[0]
#define WORD(text)                                                                                 \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

static const struct str place_kinds[] = { WORD("world"), WORD("region"), WORD("country"),
	WORD("subdivision"), WORD("locality") };
static const struct str states[] = { WORD("open"), WORD("closed"), WORD("suspended") };
static const struct str bases[] = { WORD("sourced"), WORD("reported") };
static const struct str sides[] = { WORD("sending"), WORD("receiving") };
static const struct str shape_kinds[] = { WORD("land"), WORD("disputed") };
static const struct str shape_scales[] = { WORD("world"), WORD("region") };
static const struct str way_kinds[] = { WORD("airport"), WORD("port"), WORD("border") };
static const struct str way_sizes[] = { WORD("large"), WORD("medium"), WORD("small") };
static const struct str visibilities[] = { WORD("public"), WORD("parties") };

/* Every row of facts names its source, and may say how well it is known and when. */
#define FACT_ROWS(P)                                                                               \
	[P##_SOURCE] = { "source", CELL_SOURCE, true },                                            \
	[P##_BASIS] = { "basis", CELL_WORD, false, WORDS(bases) },                                 \
	[P##_AS_OF] = { "as_of", CELL_DATE, false }

static const struct column sources[SOURCES_COLUMNS] = {
	[SOURCES_SOURCE] = { "source", CELL_ID, true },
	[SOURCES_TITLE] = { "title", CELL_TEXT, true },
	[SOURCES_URL] = { "url", CELL_TEXT, false },
	[SOURCES_LICENCE] = { "licence", CELL_TEXT, false },
	[SOURCES_RETRIEVED] = { "retrieved", CELL_DATE, false },
};
static const struct column places[PLACES_COLUMNS] = {
	[PLACES_PLACE] = { "place", CELL_ID, true },
	[PLACES_PARENT] = { "parent", CELL_TEXT, false },
	[PLACES_KIND] = { "kind", CELL_WORD, true, WORDS(place_kinds) },
	[PLACES_NAME] = { "name", CELL_TEXT, true },
	[PLACES_LAT] = { "lat", CELL_LATITUDE, false },
	[PLACES_LON] = { "lon", CELL_LONGITUDE, false },
	[PLACES_NATIONALITY] = { "nationality", CELL_NATIONALITY, false },
	[PLACES_SOURCE] = { "source", CELL_SOURCE, false },
};
static const struct column parties[PARTIES_COLUMNS] = {
	[PARTIES_PARTY] = { "party", CELL_ID, true },
	[PARTIES_KIND] = { "kind", CELL_WORD, true, WORDS(world_party_kind_words) },
	[PARTIES_NAME] = { "name", CELL_TEXT, true },
	[PARTIES_PARENT] = { "parent", CELL_TEXT, false },
	[PARTIES_COUNTRY] = { "country", CELL_COUNTRY, false },
	[PARTIES_LANGUAGES] = { "languages", CELL_TEXT, false },
	[PARTIES_FLAGS] = { "flags", CELL_TEXT, false },
	[PARTIES_SOURCE] = { "source", CELL_SOURCE, false },
};
static const struct column zones[SET_COLUMNS] = {
	[SET_SET] = { "zone", CELL_ID, true },
	[SET_MEMBER] = { "place", CELL_PLACE, true },
	[SET_FROM] = { "from", CELL_DATE, false },
	[SET_UNTIL] = { "until", CELL_DATE, false },
	FACT_ROWS(SET),
};
static const struct column groups[SET_COLUMNS] = {
	[SET_SET] = { "group", CELL_ID, true },
	[SET_MEMBER] = { "party", CELL_PARTY, true },
	[SET_FROM] = { "from", CELL_DATE, false },
	[SET_UNTIL] = { "until", CELL_DATE, false },
	FACT_ROWS(SET),
};
static const struct column posts[POSTS_COLUMNS] = {
	[POSTS_POST] = { "post", CELL_ID, true },
	[POSTS_SENDING] = { "sending", CELL_PARTY, true },
	[POSTS_RECEIVING] = { "receiving", CELL_COUNTRY, true },
	[POSTS_PLACE] = { "place", CELL_IN_COUNTRY, false },
	[POSTS_KIND] = { "kind", CELL_WORD, true, WORDS(world_post_kind_words) },
	[POSTS_ACCREDITED_TO] = { "accredited_to", CELL_COUNTRIES, false },
	[POSTS_SERVICES] = { "services", CELL_SERVICES, false },
	[POSTS_DISTRICT] = { "district", CELL_TEXT, false },
	[POSTS_NAME] = { "name", CELL_TEXT, false },
	[POSTS_LAT] = { "lat", CELL_LATITUDE, false },
	[POSTS_LON] = { "lon", CELL_LONGITUDE, false },
	[POSTS_FROM] = { "from", CELL_DATE, false },
	[POSTS_UNTIL] = { "until", CELL_DATE, false },
	[POSTS_STATE] = { "state", CELL_WORD, true, WORDS(states) },
	FACT_ROWS(POSTS),
};
static const struct column absent[ABSENT_COLUMNS] = {
	[ABSENT_SENDING] = { "sending", CELL_PARTY, true },
	[ABSENT_RECEIVING] = { "receiving", CELL_COUNTRY, true },
	[ABSENT_LEVEL] = { "level", CELL_LEVELS, false },
	[ABSENT_FROM] = { "from", CELL_DATE, false },
	[ABSENT_UNTIL] = { "until", CELL_DATE, false },
	FACT_ROWS(ABSENT),
};
static const struct column offices[OFFICES_COLUMNS] = {
	[OFFICES_PARTY] = { "party", CELL_PARTY, true },
	[OFFICES_PLACE] = { "place", CELL_IN_COUNTRY, true },
	[OFFICES_KIND] = { "kind", CELL_TEXT, false },
	[OFFICES_FROM] = { "from", CELL_DATE, false },
	[OFFICES_UNTIL] = { "until", CELL_DATE, false },
	FACT_ROWS(OFFICES),
};
static const struct column complete[COMPLETE_COLUMNS] = {
	[COMPLETE_LIST] = { "list", CELL_TEXT, true },
	[COMPLETE_SIDE] = { "side", CELL_WORD, true, WORDS(sides) },
	[COMPLETE_STATE] = { "state", CELL_TEXT, true },
	[COMPLETE_LEVEL] = { "level", CELL_LEVELS, false },
	FACT_ROWS(COMPLETE),
};
static const struct column freshness[FRESHNESS_COLUMNS] = {
	[FRESHNESS_CLASS] = { "risk_class", CELL_TEXT, true },
	[FRESHNESS_MONTHS] = { "months", CELL_MONTHS, true },
};
static const struct column people[PEOPLE_COLUMNS] = {
	[PEOPLE_ORIGIN] = { "origin", CELL_TEXT, false },
	[PEOPLE_PLACE] = { "place", CELL_COUNTRY, true },
	[PEOPLE_GROUP] = { "group", CELL_TEXT, false },
	[PEOPLE_YEAR] = { "year", CELL_YEAR, true },
	[PEOPLE_PEOPLE] = { "people", CELL_COUNT, true },
	[PEOPLE_LOW] = { "low", CELL_COUNT, false },
	[PEOPLE_HIGH] = { "high", CELL_COUNT, false },
	[PEOPLE_METHOD] = { "method", CELL_TEXT, false },
	FACT_ROWS(PEOPLE),
};
static const struct column strengths[STRENGTHS_COLUMNS] = {
	[STRENGTHS_PARTY] = { "party", CELL_PARTY, true },
	[STRENGTHS_PLACE] = { "place", CELL_PLACE, true },
	[STRENGTHS_SERVICE] = { "service", CELL_SERVICE, true },
	[STRENGTHS_QUANTITY] = { "quantity", CELL_COUNT, false },
	[STRENGTHS_UNIT] = { "unit", CELL_WORD, false, WORDS(world_unit_words) },
	[STRENGTHS_PER] = { "per", CELL_WORD, false, WORDS(world_per_words) },
	FACT_ROWS(STRENGTHS),
};
static const struct column assets[ASSETS_COLUMNS] = {
	[ASSETS_ASSET] = { "asset", CELL_ID, true },
	[ASSETS_PARTY] = { "party", CELL_PARTY, true },
	[ASSETS_PLACE] = { "place", CELL_PLACE, false },
	[ASSETS_KIND] = { "kind", CELL_TEXT, false },
	[ASSETS_QUANTITY] = { "quantity", CELL_COUNT, true },
	[ASSETS_UNIT] = { "unit", CELL_WORD, false, WORDS(world_unit_words) },
	FACT_ROWS(ASSETS),
};
static const struct column channels[CHANNELS_COLUMNS] = {
	[CHANNELS_PARTY] = { "party", CELL_PARTY, true },
	[CHANNELS_PLACE] = { "place", CELL_PLACE, false },
	[CHANNELS_KIND] = { "kind", CELL_TEXT, true },
	[CHANNELS_ADDRESS] = { "address", CELL_TEXT, true },
	[CHANNELS_LANGUAGES] = { "languages", CELL_TEXT, false },
	[CHANNELS_HOURS] = { "hours", CELL_TEXT, false },
	[CHANNELS_TESTED] = { "tested", CELL_DATE, false },
	[CHANNELS_VISIBILITY] = { "visibility", CELL_WORD, false, WORDS(visibilities) },
	FACT_ROWS(CHANNELS),
};
static const struct column links[LINKS_COLUMNS] = {
	[LINKS_FROM_PARTY] = { "from_party", CELL_PARTY, true },
	[LINKS_TO_PARTY] = { "to_party", CELL_PARTY, true },
	[LINKS_PLACE] = { "place", CELL_PLACE, false },
	[LINKS_PURPOSE] = { "purpose", CELL_TEXT, false },
	[LINKS_TESTED_OUT] = { "tested_out", CELL_DATE, false },
	[LINKS_TESTED_BACK] = { "tested_back", CELL_DATE, false },
	FACT_ROWS(LINKS),
};
static const struct column ways[WAYS_COLUMNS] = {
	[WAYS_KIND] = { "kind", CELL_WORD, true, WORDS(way_kinds) },
	[WAYS_PLACE] = { "place", CELL_COUNTRY, true },
	[WAYS_NAME] = { "name", CELL_TEXT, false },
	[WAYS_CODE] = { "code", CELL_TEXT, false },
	[WAYS_TOWN] = { "town", CELL_TEXT, false },
	[WAYS_LEADS_TO] = { "leads_to", CELL_COUNTRY, false },
	[WAYS_SIZE] = { "size", CELL_WORD, false, WORDS(way_sizes) },
	FACT_ROWS(WAYS),
};
static const struct column risk[RISK_COLUMNS] = {
	[RISK_PLACE] = { "place", CELL_PLACE, true },
	[RISK_HAZARD] = { "hazard", CELL_TEXT, true },
	[RISK_VALUE] = { "value", CELL_TEXT, false },
	[RISK_CLASS] = { "class", CELL_TEXT, false },
	[RISK_YEAR] = { "year", CELL_YEAR, false },
	FACT_ROWS(RISK),
};
static const struct column names[NAMES_COLUMNS] = {
	[NAMES_ID] = { "id", CELL_TEXT, true },
	[NAMES_LANG] = { "lang", CELL_TEXT, true },
	[NAMES_NAME] = { "name", CELL_TEXT, true },
};
static const struct column shapes[SHAPES_COLUMNS] = {
	[SHAPES_PLACE] = { "place", CELL_PLACE, true },
	[SHAPES_BESIDE] = { "beside", CELL_PLACE, false },
	[SHAPES_KIND] = { "kind", CELL_WORD, true, WORDS(shape_kinds) },
	[SHAPES_SCALE] = { "scale", CELL_WORD, true, WORDS(shape_scales) },
	[SHAPES_SHAPE] = { "shape", CELL_TEXT, true },
	FACT_ROWS(SHAPES),
};

/* Where the rows of a file go: the array and its length in struct loader. */
#define INTO(array)                                                                                \
	offsetof(struct loader, array), offsetof(struct loader, array##_count),                    \
		sizeof *((struct loader *)0)->array
#define COLUMNS(list) (list), sizeof(list) / sizeof(list)[0]
#define MUST true
#define MAY false

const struct file_spec world_files[] = {
	{ "sources.csv", MAY, COLUMNS(sources), INTO(world.sources), world__row_source,
		world__done_sources },
	{ "places.csv", MUST, COLUMNS(places), INTO(raw_places), world__row_place,
		world__done_places },
	{ "parties.csv", MUST, COLUMNS(parties), INTO(world.parties), world__row_party,
		world__done_parties },
	{ "zones.csv", MAY, COLUMNS(zones), INTO(world.zone_rows), world__row_zone,
		world__done_zones },
	{ "groups.csv", MAY, COLUMNS(groups), INTO(world.group_rows), world__row_group,
		world__done_groups },
	{ "freshness.csv", MAY, COLUMNS(freshness), INTO(freshness), world__row_freshness, NULL },
	{ "risk.csv", MAY, COLUMNS(risk), INTO(world.risks), world__row_risk, world__done_risk },
	{ "posts.csv", MAY, COLUMNS(posts), INTO(raw_posts), world__row_post, world__done_posts },
	{ "absent.csv", MAY, COLUMNS(absent), INTO(world.absents), world__row_absent, NULL },
	{ "offices.csv", MAY, COLUMNS(offices), INTO(world.offices), world__row_office, NULL },
	{ "complete.csv", MAY, COLUMNS(complete), INTO(world.completes), world__row_complete,
		NULL },
	{ "people.csv", MAY, COLUMNS(people), INTO(world.people), world__row_people,
		world__done_people },
	{ "strengths.csv", MAY, COLUMNS(strengths), INTO(world.strengths), world__row_strength,
		NULL },
	{ "assets.csv", MAY, COLUMNS(assets), INTO(world.assets), world__row_asset, NULL },
	{ "channels.csv", MAY, COLUMNS(channels), INTO(world.channels), world__row_channel, NULL },
	{ "links.csv", MAY, COLUMNS(links), INTO(world.links), world__row_link, NULL },
	{ "ways.csv", MAY, COLUMNS(ways), INTO(world.ways), world__row_way, NULL },
	{ "names.csv", MAY, COLUMNS(names), INTO(world.names), world__row_name, world__done_names },
	{ "shapes.csv", MAY, COLUMNS(shapes), INTO(world.shapes), world__row_shape,
		world__done_shapes },
};
const size_t world_file_count = sizeof world_files / sizeof world_files[0];
