/* What bad input gets: each kind of fault with the exact words that are told, and never a world. */
#include "scene.h"

struct fault_case {
	const char *name, *file, *content, *told;
};

#define PLACES "place,parent,kind,name,lat,lon,nationality,source\nworld,,world,World,,,,\n"
#define PARTIES "party,kind,name,parent,country,languages,flags,source\nAAA,state,A,,,,,\n"
#define GROUPS "group,party,from,until,source\n"
#define ZONES "zone,place,from,until,source\n"
#define LOW_HEAD "origin,place,group,year,people,low,high,source\n"

static const struct fault_case cases[] = {
	/* columns */
	{ "unknown_column", "groups.csv", "group,party,form,until,source\n",
		"w/groups.csv:1:13: unknown column 'form'; did you mean 'from'?\n" },
	{ "missing_column", "groups.csv", "group,from,source\n",
		"w/groups.csv:1:1: party: missing column\n" },
	{ "column_twice", "groups.csv", "group,party,source,party\n",
		"w/groups.csv:1:20: party: the column stands twice\n" },
	{ "empty_file", "groups.csv", "", "w/groups.csv:1:1: empty file; a header is needed\n" },
	{ "ragged_row", "groups.csv", GROUPS "g,AAA,,s\n",
		"w/groups.csv:2:1: 4 fields; the header has 5\n" },
	{ "not_utf8", "sources.csv", "source,title\ns,caf\xe9\nundated,x\n",
		"w/sources.csv:2:6: the byte 0xe9 is not UTF-8\n" },
	/* cells */
	{ "empty_where_a_value_is_needed", "groups.csv", GROUPS "g,,,,s\n",
		"w/groups.csv:2:3: party: empty; a value is needed\n" },
	/* source-needed */
	{ "a_fact_without_source", "groups.csv", GROUPS "g,AAA,,,\n",
		"w/groups.csv:2:9: source: empty; a value is needed\n" },
	{ "bad_date", "groups.csv", GROUPS "g,AAA,2020-02-30,,s\n",
		"w/groups.csv:2:7: from: '2020-02-30' is no date (YYYY-MM-DD)\n" },
	{ "range_backwards", "groups.csv", GROUPS "g,AAA,2020-02-02,2020-02-01,s\n",
		"w/groups.csv:2:18: until: '2020-02-01' is before from '2020-02-02'\n" },
	{ "range_backwards_of_a_post", "posts.csv",
		POSTS_HEAD "p,AAA,BBB,,embassy,,,2020-02-02,2019-02-02,open,,s\n",
		"w/posts.csv:2:33: until: '2019-02-02' is before from '2020-02-02'\n" },
	{ "unknown_source", "groups.csv", GROUPS "g,AAA,,,undate\n",
		"w/groups.csv:2:9: source: unknown source 'undate'; did you mean 'undated'?\n" },
	{ "unknown_party", "groups.csv", GROUPS "g,relif,,,s\n",
		"w/groups.csv:2:3: party: unknown party 'relif'; did you mean 'relief'?\n" },
	{ "groups_do_not_nest", "groups.csv", GROUPS "g,group:h,,,s\n",
		"w/groups.csv:2:3: party: 'group:h' is a group; a party is needed (groups do not "
		"nest)\n" },
	{ "unknown_place", "zones.csv", ZONES "z,BBB-tonw,,,s\n",
		"w/zones.csv:2:3: place: unknown place 'BBB-tonw'; did you mean 'BBB-town'?\n" },
	{ "unknown_service", "strengths.csv",
		"party,place,service,quantity,unit,per,source\nAAA,BBB,consular.wellfare,1,persons,"
		"day,s\n",
		"w/strengths.csv:2:9: service: unknown service 'consular.wellfare'; did you mean "
		"'consular.welfare'?\n" },
	{ "unknown_service_in_a_list", "posts.csv",
		POSTS_HEAD "p,AAA,BBB,,embassy,,consular.death consular.deth,,,open,,s\n",
		"w/posts.csv:2:21: services: unknown service 'consular.deth'; did you mean "
		"'consular.death'?\n" },
	{ "unknown_kind", "posts.csv", POSTS_HEAD "p,AAA,BBB,,embasy,,,,,open,,s\n",
		"w/posts.csv:2:12: kind: unknown word 'embasy'; did you mean 'embassy'?\n" },
	{ "unknown_state_lists_what_is_allowed", "posts.csv",
		POSTS_HEAD "p,AAA,BBB,,embassy,,,,,on fire,,s\n",
		"w/posts.csv:2:24: state: unknown word 'on fire'; allowed: open, closed, "
		"suspended\n" },
	{ "unknown_level", "absent.csv", ABSENT_HEAD "AAA,BBB,resident honrary,,,,s\n",
		"w/absent.csv:2:9: level: unknown level 'honrary'; did you mean 'honorary'?\n" },
	{ "receiving_is_no_country", "posts.csv",
		POSTS_HEAD "p,AAA,BBB-town,,embassy,,,,,open,,s\n",
		"w/posts.csv:2:7: receiving: 'BBB-town' is no country\n" },
	{ "accredited_to_no_country", "posts.csv",
		POSTS_HEAD "p,AAA,BBB,,embassy,CCC m49:002,,,,open,,s\n",
		"w/posts.csv:2:20: accredited_to: 'm49:002' is no country\n" },
	{ "office_above_countries", "offices.csv", OFFICES_HEAD "relief,m49:002,office,,,,s\n",
		"w/offices.csv:2:8: place: 'm49:002' is no place in a country\n" },
	{ "complete_of_an_unknown_state", "complete.csv", COMPLETE_HEAD "l,sending,AAB,,,s\n",
		"w/complete.csv:2:11: state: unknown party 'AAB'; did you mean 'AAA'?\n" },
	{ "complete_of_an_unknown_country", "complete.csv", COMPLETE_HEAD "l,receiving,BBC,,,s\n",
		"w/complete.csv:2:13: state: unknown place 'BBC'; did you mean 'BBB'?\n" },
	{ "id_with_a_space", "posts.csv", POSTS_HEAD "p q,AAA,BBB,,embassy,,,,,open,,s\n",
		"w/posts.csv:2:1: post: 'p q' is no id: it must have no spaces, commas, quotes or "
		"control "
		"characters\n" },
	{ "latitude_out_of_range", "places.csv", PLACES "AAA,world,country,A,91,0,AAA,\n",
		"w/places.csv:3:21: lat: '91' is no latitude from -90 to 90\n" },
	{ "latitude_alone", "places.csv", PLACES "AAA,world,country,A,9,,AAA,\n",
		"w/places.csv:3:21: lat: a latitude needs a longitude, and the other way round\n" },
	{ "months_out_of_range", "freshness.csv", "risk_class,months\nhigh,0\n",
		"w/freshness.csv:2:6: months: '0' is no whole number from 1 to 1200\n" },
	{ "unknown_risk_class", "risk.csv",
		"place,hazard,value,class,year,source\nAAA,inform,8,verry-high,2020,s\n",
		"w/risk.csv:2:14: class: unknown risk class (not in freshness.csv) 'verry-high'; "
		"did you mean "
		"'very-high'?\n" },
	/* ids */
	{ "duplicate_source", "sources.csv", "source,title\ns,A\ns,B\nundated,x\n",
		"w/sources.csv:3:1: source: duplicate id 's'\n" },
	{ "duplicate_place", "places.csv",
		PLACES "AAA,world,country,A,,,AAA,\nAAA,world,country,A,,,AAA,\n",
		"w/places.csv:4:1: place: duplicate id 'AAA'\n" },
	{ "duplicate_party", "parties.csv", PARTIES "AAA,state,A,,,,,\n",
		"w/parties.csv:3:1: party: duplicate id 'AAA'\n" },
	{ "duplicate_post_of_another_pair", "posts.csv",
		POSTS_HEAD
		"p,AAA,BBB,,embassy,,,,,open,,s\np,AAA,CCC,,embassy,,,2020-01-01,,open,,s\n",
		"w/posts.csv:3:1: post: duplicate id 'p': in line 2 it is a post of 'AAA' in "
		"'BBB'\n" },
	/* post-key */
	{ "duplicate_period_of_a_post", "posts.csv",
		POSTS_HEAD "p,AAA,BBB,,embassy,,,2020-01-01,,open,,s\n"
			   "q,AAA,BBB,,embassy,,,,,open,,s\n"
			   "p,AAA,BBB,,embassy,,,2020-01-01,,closed,,s\n",
		"w/posts.csv:4:1: post: duplicate id 'p': line 2 has the same from\n" },
	{ "duplicate_asset", "assets.csv",
		"asset,party,place,kind,quantity,unit,source\nbus,AAA,BBB,bus,1,,s\nAAA:bus,AAA,"
		"BBB,bus,2,,s\n"
		"bus,BBB,BBB,bus,1,,s\n",
		"w/assets.csv:3:1: asset: duplicate id 'bus' of one party\n" },
	/* people-rows */
	{ "duplicate_people", "people.csv",
		PEOPLE_HEAD "AAA,BBB,,2020,5,,,,s\nCCC,BBB,,2020,5,,,,s\nAAA,BBB,,2020,6,,,,s\n",
		"w/people.csv:4:1: origin: duplicate row: line 2 has the same origin, place, group "
		"and year\n" },
	{ "duplicate_risk_class", "freshness.csv", "risk_class,months\nhigh,5\nhigh,6\n",
		"w/freshness.csv:3:1: risk_class: duplicate id 'high'\n" },
	/* trees */
	{ "unknown_parent", "places.csv",
		PLACES "m49:002,world,region,R,,,,\nAAA,m49:020,country,A,,,AAA,\n",
		"w/places.csv:4:5: parent: unknown place 'm49:020'; did you mean 'm49:002'?\n" },
	{ "cycle_of_places", "places.csv",
		PLACES
		"AAA,world,country,A,,,AAA,\nA-1,A-3,subdivision,1,,,,\nA-2,A-1,subdivision,2,,,,\n"
		"A-3,A-2,subdivision,3,,,,\n",
		"w/places.csv:4:5: parent: a cycle of parents: A-1 > A-3 > A-2 > A-1\n" },
	{ "a_place_its_own_parent", "places.csv",
		PLACES "AAA,world,country,A,,,AAA,\nA-1,A-1,subdivision,1,,,,\n",
		"w/places.csv:4:5: parent: a cycle of parents: A-1 > A-1\n" },
	{ "cycle_of_parties", "parties.csv", PARTIES "a,io,A,b,,,,\nb,io,B,a,,,,\nc,io,C,a,,,,\n",
		"w/parties.csv:3:8: parent: a cycle of parents: a > b > a\n" },
	{ "unknown_parent_of_a_party", "parties.csv", PARTIES "unit,agency,U,AAB,,,,\n",
		"w/parties.csv:3:15: parent: unknown party 'AAB'; did you mean 'AAA'?\n" },
	/* places-tree, with the cycles above */
	{ "no_parent", "places.csv", PLACES "AAA,,country,A,,,AAA,\n",
		"w/places.csv:3:5: parent: empty; only a place of kind world has no parent\n" },
	{ "second_world", "places.csv", PLACES "earth,,world,Earth,,,,\n",
		"w/places.csv:3:1: place: a second world beside 'world'\n" },
	{ "no_world", "places.csv", "place,parent,kind,name\n",
		"w/places.csv:1:1: kind: a place of kind world is needed\n" },
	{ "country_in_a_country", "places.csv",
		PLACES "AAA,world,country,A,,,AAA,\nBBB,AAA,country,B,,,BBB,\n",
		"w/places.csv:4:5: parent: 'AAA' is of a kind that cannot hold this place\n" },
	/* nationality-known */
	{ "unknown_nationality", "places.csv", PLACES "AAA,world,country,A,,,AAB,\n",
		"w/places.csv:3:23: nationality: unknown nationality 'AAB'; did you mean "
		"'AAA'?\n" },
	{ "nationality_of_a_region", "places.csv",
		PLACES "m49:002,world,region,R,,,AAA,\nAAA,m49:002,country,A,,,AAA,\n",
		"w/places.csv:3:26: nationality: only a country or a place in one has a "
		"nationality\n" },
	{ "nationality_in_small_letters", "places.csv", PLACES "AAA,world,country,A,,,aaa,\n",
		"w/places.csv:3:23: nationality: 'aaa' is no nationality (three capital "
		"letters)\n" },
	{ "unknown_flag", "parties.csv", PARTIES "air,private-sector,A,,,,servce,\n",
		"w/parties.csv:3:25: flags: unknown flag 'servce'; did you mean 'service'?\n" },
	{ "controlled_by_nobody", "parties.csv",
		PARTIES "air,private-sector,A,,,,state-controlled:AAB,\n",
		"w/parties.csv:3:25: flags: unknown party 'AAB'; did you mean 'AAA'?\n" },
	{ "controlled_by_no_state", "parties.csv",
		PARTIES "air,private-sector,A,,,,state-controlled:air,\n",
		"w/parties.csv:3:25: flags: 'air' is no State\n" },
	/* people */
	{ "negative_people", "people.csv", PEOPLE_HEAD "AAA,BBB,,2020,-5,,,,s\n",
		"w/people.csv:2:15: people: '-5' is no whole number from 0 to 1000000000000\n" },
	{ "slip_of_a_group", "people.csv", PEOPLE_HEAD "AAA,BBB,refugees,2020,5,,,,s\n",
		"w/people.csv:2:9: group: unknown group 'refugees'; did you mean 'refugee'?\n" },
	{ "unknown_origin", "people.csv", PEOPLE_HEAD "AAB,BBB,,2020,5,,,,s\n",
		"w/people.csv:2:1: origin: unknown country 'AAB'; did you mean 'AAA'?\n" },
	{ "origin_is_no_country", "people.csv", PEOPLE_HEAD "BBB-town,BBB,,2020,5,,,,s\n",
		"w/people.csv:2:1: origin: 'BBB-town' is no country\n" },
	{ "people_outside_their_range", "people.csv", LOW_HEAD "AAA,BBB,,2020,5,6,8,s\n",
		"w/people.csv:2:15: people: '5' is outside low and high\n" },
	/* ways */
	{ "way_of_no_known_kind", "ways.csv",
		"kind,place,name,code,town,leads_to,size,source\n"
		"airprt,BBB,B,,,,,s\n",
		"w/ways.csv:2:1: kind: unknown word 'airprt'; did you mean 'airport'?\n" },
	{ "border_to_nowhere", "ways.csv",
		"kind,place,name,code,town,leads_to,size,source\n"
		"border,BBB,,,,,,s\n",
		"w/ways.csv:2:1: leads_to: a border leads to a country\n" },
	{ "port_without_a_name", "ways.csv",
		"kind,place,name,code,town,leads_to,size,source\n"
		"port,BBB,,,,,large,s\n",
		"w/ways.csv:2:1: name: an airport or port has a name\n" },
	{ "unknown_name", "names.csv", "id,lang,name\nBBC,fr,B\n",
		"w/names.csv:2:1: id: unknown place, party, post, group or zone 'BBC'; did you "
		"mean 'BBB'?\n" },
	{ "second_name", "names.csv", "id,lang,name\nBBB,fr,B\nBBB,es,B\nBBB,fr,C\n",
		"w/names.csv:4:5: lang: 'BBB' has a name in 'fr' already\n" },
	/* outlines: shape-once, shape-wkt */
	{ "shape_of_no_known_form", "shapes.csv", SHAPES_HEAD "BBB,,land,world,POLIGON ((1 1)),s\n",
		"w/shapes.csv:2:17: shape: found 'POLIGON ((1 ' at character 1, where POLYGON, "
		"MULTIPOLYGON, LINESTRING or MULTILINESTRING should stand\n" },
	{ "shape_beyond_the_pole", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 91, 2 2, 3 1, 1 91))\",s\n",
		"w/shapes.csv:2:17: shape: found '91, 2 2, 3 1' at character 13, where a latitude "
		"from -90 to 90 should stand\n" },
	{ "shape_with_heights", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 1 5, 2 2 5))\",s\n",
		"w/shapes.csv:2:17: shape: found '5, 2 2 5))' at character 15, where ',' or ')' "
		"should stand\n" },
	{ "shape_with_text_after_it", "shapes.csv",
		SHAPES_HEAD "BBB,,disputed,world,\"LINESTRING (1 1, 2 2) x\",s\n",
		"w/shapes.csv:2:21: shape: found 'x' at character 23, where the end should "
		"stand\n" },
	{ "ring_not_closed", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 1, 2 2, 3 1, 1 2))\",s\n",
		"w/shapes.csv:2:17: shape: a ring that does not end where it begins\n" },
	{ "ring_of_three", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 1, 2 2, 1 1))\",s\n",
		"w/shapes.csv:2:17: shape: a ring of fewer than four points\n" },
	{ "land_as_a_line", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"LINESTRING (1 1, 2 2)\",s\n",
		"w/shapes.csv:2:17: shape: land is a POLYGON or MULTIPOLYGON\n" },
	{ "land_beside_another", "shapes.csv",
		SHAPES_HEAD "BBB,AAA,land,world,\"POLYGON ((1 1, 2 2, 3 1, 1 1))\",s\n",
		"w/shapes.csv:2:5: beside: only a disputed border has another side\n" },
	{ "second_outline", "shapes.csv",
		SHAPES_HEAD "BBB,,land,world,\"POLYGON ((1 1, 2 2, 3 1, 1 1))\",s\n"
			    "BBB,,land,region,\"POLYGON ((1 1, 2 2, 3 1, 1 1))\",s\n"
			    "BBB,,land,world,\"POLYGON ((1 1, 2 2, 3 1, 1 1))\",s\n",
		"w/shapes.csv:4:1: place: 'BBB' has land at this scale already\n" },
	/* the workspace itself */
	{ "unknown_file", "post.csv", "post\n",
		"w: unknown file 'post.csv'; did you mean 'posts.csv'?\n" },
	{ "unknown_field", "workspace.yaml", "format: 1\nname: W\nas_of: 2020-01-01\nnmae: X\n",
		"w/workspace.yaml:4:1: unknown field 'nmae'; did you mean 'name'?\n" },
	{ "missing_field", "workspace.yaml", "format: 1\nname: W\n",
		"w/workspace.yaml:1:1: as_of: missing field\n" },
	{ "unknown_format", "workspace.yaml", "format: 2\nname: W\nas_of: 2020-01-01\n",
		"w/workspace.yaml:1:9: format: unknown format '2'; allowed: 1\n" },
	{ "bad_date_of_record", "workspace.yaml", "format: 1\nname: W\nas_of: today\n",
		"w/workspace.yaml:3:8: as_of: 'today' is no date (YYYY-MM-DD)\n" },
	{ "a_list_where_a_text_is_needed", "workspace.yaml",
		"format: 1\nname: [W]\nas_of: 2020-01-01\n",
		"w/workspace.yaml:2:7: name: a text is needed\n" },
	{ "no_map", "workspace.yaml", "hello\n",
		"w/workspace.yaml:1:1: the fields format, name and as_of are needed\n" },
};
#define CASES (sizeof cases / sizeof cases[0])

static void run_case(void **state)
{
	const struct fault_case *fault = *state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, fault->file, fault->content);
	/* Files that name what a replaced one no longer has are in the way of the one fault. */
	if (strcmp(fault->file, "places.csv") == 0) {
		scene_put(&scene, "parties.csv", PARTIES);
		scene_put(&scene, "risk.csv", "place,hazard,source\n");
	}
	if (strcmp(fault->file, "places.csv") == 0 || strcmp(fault->file, "sources.csv") == 0)
		scene_put(&scene, "sources.csv",
			strcmp(fault->file, "sources.csv") == 0 ? fault->content
								: "source,title\n");
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_null(scene.world);
	assert_string_equal(scene_told(&scene), fault->told);
	scene_close(&scene);
}

static void test_all_faults_of_all_files_in_one_run(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "workspace.yaml", "format: 3\nname: W\nas_of: 2020-01-01\n");
	scene_put(&scene, "groups.csv", GROUPS "g,AAB,2020-13-01,,s\ng,AAC,,,t\n");
	scene_put(&scene, "posts.csv", POSTS_HEAD "p,AAA,BBX,,embassy,,,,,open,,s\n");
	scene_put(&scene, "people.csv", PEOPLE_HEAD "AAA,BBB,,20 20,5,,,,s\n");
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_string_equal(scene_told(&scene),
		"w/groups.csv:2:3: party: unknown party 'AAB'; did you mean 'AAA'?\n"
		"w/groups.csv:2:7: from: '2020-13-01' is no date (YYYY-MM-DD)\n"
		"w/groups.csv:3:3: party: unknown party 'AAC'; did you mean 'AAA'?\n"
		"w/groups.csv:3:9: source: unknown source 't'; allowed: s, undated\n"
		"w/people.csv:2:10: year: '20 20' is no whole number from 1 to 9999\n"
		"w/posts.csv:2:7: receiving: unknown place 'BBX'; did you mean 'BBB'?\n"
		"w/workspace.yaml:1:9: format: unknown format '3'; allowed: 1\n");
	scene_close(&scene);
}

static void test_a_torn_file_does_not_accuse_those_that_name_it(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "places.csv", "place,parent,kind,nam\n");
	scene_put(&scene, "posts.csv", POSTS_HEAD "p,AAA,BBB,BBB-town,embassy,CCC,,,,open,,s\n");
	scene_put(&scene, "people.csv", PEOPLE_HEAD "AAA,BBB,,2020,5,,,,s\n");
	scene_put(&scene, "offices.csv", OFFICES_HEAD "relief,BBB,office,,,,s\n");
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_string_equal(scene_told(&scene),
		"w/places.csv:1:1: name: missing column\n"
		"w/places.csv:1:19: unknown column 'nam'; did you mean 'name'?\n");
	scene_close(&scene);
}

static void test_faults_beyond_the_maximum_are_counted(void **state)
{
	(void)state;
	struct scene scene;
	struct buf rows;
	scene_open(&scene);
	buf_init(&rows, &scene.arena, (size_t)1 << 22);
	buf_add_c(&rows, GROUPS);
	for (int i = 0; i < 50000; i++)
		buf_add_format(&rows, "g,AAA-%d,,,s\n", i);
	scene_put(&scene, "groups.csv", buf_str(&rows).ptr);
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_int_equal(scene.diags.count, 100);
	assert_int_equal(scene.diags.dropped, 49900);
	scene_close(&scene);
}

static void told_of(
	const char *const paths[][2], size_t count, const char *folder, const char *told)
{
	struct scene scene;
	scene_open(&scene);
	memory_files_init(&scene.files, &scene.arena);
	scene.system = memory_files_system(&scene.files);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(
			memory_files_put(&scene.files, str_of(paths[i][0]), str_of(paths[i][1])),
			STATUS_OK);
	assert_int_equal(
		world_load(&scene.world, &scene.arena, &scene.system, str_of(folder), &scene.diags),
		STATUS_REFUSED);
	assert_string_equal(scene_told(&scene), told);
	scene_close(&scene);
}

static void test_a_folder_that_is_no_workspace_is_told_what_one_needs(void **state)
{
	static const char *const other[][2] = { { "w/README.md", "hello" } };
	static const char *const no_tables[][2] = { { "w/workspace.yaml",
		"format: 1\nname: W\nas_of: 2020-01-01\n" } };
	(void)state;
	told_of(NULL, 0, "w",
		"w: no such folder; a workspace is a folder with workspace.yaml, places.csv and "
		"parties.csv\n");
	told_of(other, 1, "w/",
		"w: no workspace.yaml in this folder; a workspace is a folder with workspace.yaml, "
		"places.csv and parties.csv\n");
	told_of(no_tables, 1, "w",
		"w/parties.csv: missing; a workspace needs workspace.yaml, places.csv and "
		"parties.csv\n"
		"w/places.csv: missing; a workspace needs workspace.yaml, places.csv and "
		"parties.csv\n");
}

static enum status list_nothing(
	void *context, struct str **names, size_t *count, struct arena *arena, struct str path)
{
	(void)context;
	(void)path;
	*names = ARENA_ARRAY(arena, 0, struct str);
	*count = 0;
	return STATUS_OK;
}

static void test_an_empty_folder_is_told_what_a_workspace_needs(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene.system.list = list_nothing;
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_string_equal(scene_told(&scene), "w: an empty folder; a workspace is a folder with "
						"workspace.yaml, places.csv and parties.csv\n");
	scene_close(&scene);
}

/* A file system whose files are larger than allowed, or cannot be read. */
static enum status read_status;
static struct file_system honest;
static enum status read_dishonest(
	void *context, struct str *out, struct arena *arena, struct str path, size_t max)
{
	(void)context;
	if (str_is(path, "w/posts.csv"))
		return read_status;
	return honest.read(honest.context, out, arena, path, max);
}

static void test_a_file_over_its_limit_and_one_that_cannot_be_read(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "posts.csv", POSTS_HEAD);
	honest = scene.system;
	scene.system.read = read_dishonest;
	read_status = STATUS_REFUSED;
	assert_int_equal(scene_load(&scene), STATUS_REFUSED);
	assert_string_equal(scene_told(&scene), "w/posts.csv: larger than 64 MiB\n");
	read_status = STATUS_IO;
	assert_int_equal(scene_load(&scene), STATUS_IO);
	scene_close(&scene);
}

#define MORE 6
int main(void)
{
	struct CMUnitTest tests[CASES + MORE] = {
		cmocka_unit_test(test_all_faults_of_all_files_in_one_run),
		cmocka_unit_test(test_a_torn_file_does_not_accuse_those_that_name_it),
		cmocka_unit_test(test_faults_beyond_the_maximum_are_counted),
		cmocka_unit_test(test_a_folder_that_is_no_workspace_is_told_what_one_needs),
		cmocka_unit_test(test_an_empty_folder_is_told_what_a_workspace_needs),
		cmocka_unit_test(test_a_file_over_its_limit_and_one_that_cannot_be_read),
	};
	for (size_t i = 0; i < CASES; i++)
		tests[MORE + i] = (struct CMUnitTest){ .name = cases[i].name,
			.test_func = run_case,
			.initial_state = (void *)&cases[i] };
	return cmocka_run_group_tests_name("world-faults", tests, NULL, NULL);
}
