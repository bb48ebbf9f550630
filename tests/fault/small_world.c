/* Two countries, a post, a treaty, a pledge in JSON and a schedule: see small_world.h. */
#include "small_world.h"

struct small_file {
	const char *path, *content;
};

static const struct small_file small_files[] = {
	{ "w/workspace.yaml", "format: 1\nname: Small\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,lat,lon,nationality,source\n"
			  "world,,world,World,,,,s\n"
			  "m49:002,world,region,Africa,,,,s\n"
			  "AAA,m49:002,country,Aland,1,2,AAA,s\n"
			  "BBB,m49:002,country,Beland,3,4,BBB,s\n"
			  "CCC,m49:002,country,Celand,3,4,CCC,s\n"
			  "BB-1,BBB,subdivision,First,,,,s\n"
			  "BBB-town,BB-1,locality,Town,3,4,,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,languages,flags,source\n"
			   "AAA,state,Aland,,AAA,,,s\n"
			   "BBB,state,Beland,,BBB,,,s\n"
			   "CCC,state,Celand,,CCC,,,s\n"
			   "relief,io,Relief,,,,,s\n" },
	{ "w/groups.csv", "group,party,from,until,source\nall,AAA,,,s\nall,BBB,,,s\nall,CCC,1991-"
			  "01-01,,s\n" },
	{ "w/posts.csv",
		"post,sending,receiving,place,kind,accredited_to,services,district,name,lat,lon,"
		"from,until,"
		"state,basis,as_of,source\n"
		"AAA@BBB-town,AAA,BBB,BBB-town,embassy,CCC,,,,,,,,open,sourced,2022-01-01,s\n" },
	{ "w/offices.csv", "party,place,kind,from,until,basis,as_of,source\nrelief,BBB-town,office,"
			   ",,sourced,2022-01-01,s\n" },
	{ "w/assets.csv",
		"asset,party,place,kind,quantity,unit,source\nbus,relief,BBB-town,vehicle,"
		"2,vehicles,s\n" },
	{ "w/strengths.csv",
		"party,place,service,quantity,unit,per,source\nrelief,BBB,relief.items,"
		"10,persons,day,s\n" },
	{ "w/people.csv",
		"origin,place,group,year,people,low,high,method,source\n"
		"AAA,BBB,,2020,100,,,,s\nCCC,BBB,,2020,50,,,,s\nCCC,BBB,refugee,2020,20,,,,s\n" },
	{ "w/agreements/own.yaml",
		"format: 1\nagreement: own\ntitle: { en: \"Own n\xc3\xa4tionals\" }\nkind: "
		"framework\nstrength: treaty\n"
		"state: [ { is: in-force, from: 1967-03-19 } ]\nvisibility: public\nparties:\n  - "
		"{ party: \"group:all\" }\n"
		"in-force: { from: 1967-03-19 }\nschedules: [ places ]\ncommitments:\n"
		"  - id: own\n    clause: Article 5\n    title: { en: \"Own\" }\n    duty: may\n"
		"    provider: { state-of-nationality: [ resident ] }\n    for: { nationality: [ "
		"any ] }\n"
		"    where: { in: [ world ] }\n    services: [ consular.welfare ]\n    phases: [ "
		"during ]\n    role: lead\n"
		"    cost: { rule: provider-bears }\n"
		"  - id: others\n    clause: Annex\n    title: { en: \"Others\" }\n    duty: "
		"shall\n    limit: as-own-nationals\n"
		"    schedule: places\n    services: [ consular.welfare ]\n    phases: [ during "
		"]\n    role: lead\n" },
	{ "w/agreements/own.places.csv", "where,provider,nationality,present,from,until\nBBB-town,"
					 "AAA,CCC,honorary,2010-01-01,\n" },
	{ "w/agreements/buses.yaml",
		"format: 1\nagreement: buses\ntitle: { en: \"Buses\" }\nkind: shared-assets\n"
		"strength: mou\nstate: [ { is: in-force, from: 2020-01-01 } ]\nvisibility: public\n"
		"parties: [ { party: relief }, { party: BBB } ]\ncommitments:\n"
		"  - id: go\n    clause: \"1\"\n    duty: will\n    provider: relief\n"
		"    for: { nationality: [ any ] }\n    where: { in: [ BBB ] }\n"
		"    services: [ relief.items ]\n    assets: [ \"relief:bus\" ]\n"
		"    steps: [ { do: consent, by: BBB } ]\n"
		"    capacity: { quantity: 20, unit: persons, per: day }\n"
		"  - id: lend\n    clause: \"2\"\n    duty: shall\n    provider: BBB\n"
		"    for: { nationality: [ any ] }\n    where: { in: [ BBB ] }\n"
		"    services: [ relief.items ]\n    assets: [ \"relief:bus\" ]\n" },
	{ "w/agreements/bread.json",
		"{\"format\":1,\"agreement\":\"bread\",\"title\":{\"en\":\"Bread\"},\"kind\":"
		"\"standby-service\",\"strength\":\"pledge\","
		"\"state\":[{\"is\":\"in-force\",\"from\":\"2020-01-01\"}],\"visibility\":"
		"\"public\","
		"\"parties\":[{\"party\":\"relief\"}],\"in-force\":{\"from\":\"2020-01-01\"},"
		"\"commitments\":[{\"id\":\"bread\","
		"\"clause\":\"1\",\"title\":{\"en\":\"Bread\"},\"duty\":\"will\",\"provider\":{"
		"\"party\":\"relief\",\"present\":[\"office\"]},"
		"\"for\":{\"nationality\":[\"any\"]},\"where\":{\"in\":[\"BBB\"]},\"services\":["
		"\"relief.food\"],"
		"\"phases\":[\"during\"],\"role\":\"lead\"}]}" },
};

enum status small_world(struct memory_files *files)
{
	for (size_t i = 0; i < sizeof small_files / sizeof small_files[0]; i++) {
		enum status status = memory_files_put(
			files, str_of(small_files[i].path), str_of(small_files[i].content));
		if (status)
			return status;
	}
	return STATUS_OK;
}
