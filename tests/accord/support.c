/* A small world, a full document: see support.h. */
#include "support.h"

static const char *const world_files[][2] = {
	{ "w/workspace.yaml", "format: 1\nname: Small\nas_of: 2022-01-01\n" },
	{ "w/sources.csv", "source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n" },
	{ "w/places.csv", "place,parent,kind,name,lat,lon,nationality,source\n"
			  "world,,world,World,,,,s\n"
			  "m49:002,world,region,Africa,,,,s\n"
			  "AAA,m49:002,country,Aland,1,2,AAA,s\n"
			  "BBB,m49:002,country,Beland,3,4,BBB,s\n"
			  "CCC,m49:002,country,Celand,3,4,CCC,s\n"
			  "TTT,m49:002,country,Territory,3,4,AAA,s\n"
			  "BBB-town,BBB,locality,Town,3,4,,s\n" },
	{ "w/parties.csv", "party,kind,name,parent,country,languages,flags,source\n"
			   "AAA,state,Aland,,AAA,,,s\n"
			   "BBB,state,Beland,,BBB,,,s\n"
			   "CCC,state,Celand,,CCC,,,s\n"
			   "relief,io,Relief,,,,,s\n"
			   "parish,civil-society,The parish,,BBB,,,s\n" },
	{ "w/groups.csv",
		"group,party,from,until,source\nclub,AAA,,,s\nclub,BBB,,,s\nclub,CCC,,,s\n" },
	{ "w/zones.csv", "zone,place,from,until,source\nvalley,BBB-town,,,s\n" },
	{ "w/assets.csv", "asset,party,place,kind,quantity,unit,source\nbeds,parish,BBB-town,bed,"
			  "40,beds,s\n" },
	{ "w/names.csv", "id,lang,name\nAAA,fr,Alande\nAAA,es,Alandia\nAAA,ar,ألاند\n"
			 "TTT,ar,الإقليم\ngroup:club,fr,Club\ngroup:club,es,Club\n"
			 "group:club,ar,النادي\nvalley,fr,Vallée\nvalley,es,Valle\n"
			 "valley,ar,الوادي\nrelief,fr,Secours\nrelief,ar,الإغاثة\n" },
};

const char desk_pact[] =
	"# A pact of everything.\n"
	"format: 1\n"
	"agreement: pact\n"
	"title: { en: \"The pact\", fr: \"Le pacte\" }\n"
	"text: { en: \"What is settled before the crisis.\" }\n"
	"kind: standby-service\n"
	"strength: mou\n"
	"source: { title: \"The pact\", url: \"http://example.org/pact\", basis: text }\n"
	"state: [ { is: signed, from: 2019-06-01 }, { is: in-force, from: 2020-01-01 } ]\n"
	"visibility: [ AAA, relief ]\n"
	"parties:\n"
	"  - { party: \"group:club\", role: member, confirmed: 2021-01-01 }\n"
	"  - party: relief  # the organization\n"
	"    from: 2020-01-01\n"
	"    until: 2030-12-31\n"
	"    except: [ { commitment: beds, as: provider, from: 2021-01-01, until: 2021-12-31 } ]\n"
	"in-force: { from: 2020-01-01, until: 2022-12-31, renews: 12mo,\n"
	"            renewed: [ { on: 2022-11-01, until: 2023-12-31 }, { on: 2023-11-01, until: "
	"2024-12-31 } ], notice: 90d }\n"
	"binds-host: false\n"
	"activates: { on: [ request ], by: [ host-state, \"relief:duty-officer\" ], "
	"confirm-within: 6h, escalate-to: AAA }\n"
	"schedules: [ annex ]\n"
	"commitments:\n"
	"  - id: own\n"
	"    clause: Article 5\n"
	"    title: { en: \"Own nationals\" }\n"
	"    duty: may\n"
	"    provider: { state-of-nationality: [ resident, honorary ] }\n"
	"    for: { nationality: any, unrepresented: [ accredited ] }\n"
	"    where: { in: [ world ], except: [ \"group:club\" ], territories: in }\n"
	"    services: [ consular.welfare, consular.legal ]\n"
	"    except-services: consular.legal\n"
	"    phases: [ before, during ]\n"
	"  # above the beds\n"
	"  - id: beds\n"
	"    clause: \"2\"\n"
	"    title: Forty beds\n"
	"    duty: will\n"
	"    provider: parish\n"
	"    for: { nationality: [ any ], status: [ child, injured ] }\n"
	"    where: { in: [ \"zone:valley\" ] }\n"
	"    services: [ relief.shelter ]\n"
	"    from: 2020-02-01\n"
	"    until: 2024-01-31\n"
	"    role: lead\n"
	"    capacity: { quantity: 40, unit: persons, per: day }\n"
	"    lead-time: 4h\n"
	"    assets: [ \"parish:beds\" ]\n"
	"    cost: { rule: provider-bears, note: \"gladly\" }\n"
	"  - id: home\n"
	"    clause: Article 7\n"
	"    duty: shall\n"
	"    provider: { member-of: club, present: [ resident ] }\n"
	"    for: { nationality: [ \"group:club\", TTT ], except-nationality: [ BBB ], "
	"except-status: [ refugee ], residence: [ AAA ] }\n"
	"    where: { in: [ BBB ] }\n"
	"    to: home\n"
	"    services: [ movement.evacuation ]\n"
	"    steps: [ { do: consult, by: provider, whom: state-of-nationality, within: 3wd, "
	"unless: extreme-urgency } ]\n"
	"    cost:\n"
	"      - { rule: estimate, cap: 500000, currency: EUR, unit-cost: { amount-minor: 120000, "
	"currency: JPY, per: person },\n"
	"          advance: 30, fund: club-fund, grants-first: true, undertaking: no, "
	"claim-within: 6mo, pay-within: 12mo }\n"
	"      - { rule: employer }\n"
	"  - id: annex\n"
	"    clause: Annex\n"
	"    duty: shall\n"
	"    limit: as-own-nationals\n"
	"    schedule: annex\n"
	"    services: [ consular.welfare ]\n"
	"share:\n"
	"  - { from: provider, to: state-of-nationality, purpose: protection, fields: [ name, "
	"location ], basis: consent,\n"
	"      until: 2025-01-01, retention: 90d, onward: no, except-status: [ refugee ] }\n"
	"articles:\n"
	"  - { id: \"12\", title: { en: \"Liability\" }, source: { title: \"A summary\", basis: "
	"excerpt }, text: \"None.\" }\n"
	"review: { exercise-every: 12mo, channels-tested-every: 90d, report-every: 6mo }\n"
	"cases:\n"
	"  - { given: 2022-06-01, who: { nationality: CCC, place: BBB-town, service: "
	"relief.shelter, status: child }, expect: { party: parish, rank: 1, marks: [] } }\n"
	"  - { given: 2022-06-01, who: { nationality: [ AAA, CCC ], place: BBB, service: "
	"relief.food, screened: yes }, expect: nobody }\n"
	"# The end.\n";

const char desk_annex[] = "where,provider,nationality,present,from,until,services\n"
			  "BBB-town,AAA,CCC served-by:CCC,honorary,2020-05-01,2021-05-01,\n"
			  "AAA,BBB,CCC,,,,consular.legal consular.death\n";

void desk_open(struct desk *desk)
{
	bench_open(&desk->bench);
	memory_files_init(&desk->files, &desk->bench.arena);
	for (size_t i = 0; i < sizeof world_files / sizeof world_files[0]; i++)
		assert_int_equal(memory_files_put(&desk->files, str_of(world_files[i][0]),
					 str_of(world_files[i][1])),
			STATUS_OK);
	desk->system = memory_files_system(&desk->files);
	enum status status = world_load(
		&desk->world, &desk->bench.arena, &desk->system, STR("w"), &desk->bench.diags);
	if (status != STATUS_OK)
		fail_msg("%s", bench_told(&desk->bench).ptr);
}

void desk_close(struct desk *desk)
{
	bench_close(&desk->bench);
}

void desk_put(struct desk *desk, const char *name, struct str content)
{
	struct str path = str_format(&desk->bench.arena, "w/agreements/%s", name);
	assert_int_equal(memory_files_put(&desk->files, path, content), STATUS_OK);
}

void desk_clear(struct desk *desk)
{
	diags_init(&desk->bench.diags, &desk->bench.arena, 100);
}

enum status desk_read(struct desk *desk, struct agreement *out, const char *name)
{
	struct str path = str_format(&desk->bench.arena, "w/agreements/%s", name);
	return accord_read(
		out, &desk->bench.arena, desk->world, &desk->system, path, &desk->bench.diags);
}

struct str desk_edit(struct desk *desk, const char *text, const char *find, const char *with)
{
	const char *at = strstr(text, find);
	if (!at || strstr(at + 1, find))
		fail_msg("not once in the document: %s", find);
	size_t before = (size_t)(at - text);
	return str_format(
		&desk->bench.arena, "%.*s%s%s", (int)before, text, with, at + strlen(find));
}

enum status desk_format(struct desk *desk, struct str *out, const char *file, struct str input)
{
	struct buf buf;
	buf_init(&buf, &desk->bench.arena, (size_t)16 << 20);
	enum status status =
		accord_format(&buf, &desk->bench.arena, str_of(file), input, &desk->bench.diags);
	*out = buf_str(&buf);
	return status;
}

enum status desk_canonical(struct desk *desk, struct str *out, const char *file, struct str input)
{
	struct buf buf;
	buf_init(&buf, &desk->bench.arena, (size_t)16 << 20);
	enum status status =
		accord_canonical(&buf, &desk->bench.arena, str_of(file), input, &desk->bench.diags);
	*out = buf_str(&buf);
	return status;
}
