/* The safeguards exhaustively: every kind of provider in every relation to the person's State,
 * every status, a service of every domain, three persons; held against one small predicate that
 * says what the model's table says and knows no engine. */
#include "rules.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum relation { IS, CHILD, GRANDCHILD, CONTROLLED, VIA, NONE, RELATIONS };
static const char *const relation_words[RELATIONS] = { "is", "child", "grandchild", "controlled",
	"via", "none" };
enum person { NATIONAL, STATELESS, FEARS_ANOTHER, PERSONS };

struct provider_case {
	enum party_kind kind;
	enum relation relation;
	bool service; /* an agency that its State declared a service */
	char id[64];
};
#define PROVIDERS_MAX (PARTY_KINDS * RELATIONS * 2)

/* One service of each domain, and all that the table names by name. */
static const char *const services[] = { "information.advice", "consular.welfare",
	"consular.notification", "identity.verification", "relief.shelter", "health.emergency",
	"protection.asylum", "movement.evacuation", "movement.transport", "support.funding",
	"recovery.return", "recovery.wages" };
#define SERVICES (sizeof services / sizeof *services)
#define SERVICE_LIST                                                                               \
	"information.advice, consular.welfare, consular.notification, identity.verification, "     \
	"relief.shelter, health.emergency, protection.asylum, movement.evacuation, "               \
	"movement.transport, support.funding, recovery.return, recovery.wages"

struct table {
	struct provider_case items[PROVIDERS_MAX];
	size_t count;
};

/* --- What must come out ---------------------------------------------------------------------- */

enum outcome { ANSWERS, HELD, REMOVED, NO_ROW };

static bool guards_origin(enum status_word status)
{
	return status == PERSON_REFUGEE || status == PERSON_ASYLUM_SEEKER ||
	       status == PERSON_FEARS_AUTHORITIES;
}

/* A provider by itself. ACTS: for AAA. */
static enum outcome judge_provider(enum person person, enum status_word status, const char *service,
	enum party_kind kind, bool acts, bool declared)
{
	bool consular = strncmp(service, "consular.", 9) == 0;
	bool leads_home = strcmp(service, "movement.evacuation") == 0 ||
			  strcmp(service, "recovery.return") == 0;
	if (kind == PARTY_AGENCY && !declared)
		return REMOVED; /* S2 */
	if (person == NATIONAL && guards_origin(status) && acts)
		return REMOVED; /* S1: acts for the nationality */
	if (person == FEARS_ANOTHER && acts)
		return REMOVED; /* S1: acts for the feared State */
	if (person == STATELESS && consular &&
		(kind == PARTY_STATE || kind == PARTY_AGENCY || kind == PARTY_POST))
		return REMOVED; /* S1: no papers, nothing said of fears */
	if (guards_origin(status) && leads_home)
		return REMOVED; /* S4: home is where they fled from */
	if (person == NATIONAL && status == PERSON_NO_CONTACT && acts)
		return REMOVED; /* S5 */
	if (person == NATIONAL && acts &&
		(status == PERSON_TRAFFICKED || status == PERSON_UNACCOMPANIED_CHILD))
		return HELD; /* S7 */
	return ANSWERS;
}

static enum outcome judge(enum person person, enum status_word status, const char *service,
	const struct provider_case *provider)
{
	if (provider->relation != VIA)
		return judge_provider(person, status, service, provider->kind,
			provider->relation != NONE, provider->service);
	/* who helps through aaa-desk helps only where aaa-desk itself does, not behind a first
	 * step; and acts for AAA by it */
	if (judge_provider(person, status, service, PARTY_AGENCY, true, true) != ANSWERS)
		return NO_ROW;
	return judge_provider(person, status, service, provider->kind, true, provider->service);
}

/* --- The world ------------------------------------------------------------------------------ */

static void put(struct memory_files *files, const char *path, const struct buf *text)
{
	enum status status = memory_files_put(files, str_of(path), buf_str(text));
	assert(status == STATUS_OK && !text->failed);
	(void)status;
}

static void add_provider(struct table *table, struct buf *parties, enum party_kind kind,
	enum relation relation, bool service)
{
	static const char *const parents[RELATIONS] = { "", "AAA", "aaa-desk", "", "", "" };
	if (relation == IS && kind != PARTY_STATE)
		return;
	struct provider_case *item = &table->items[table->count++];
	*item = (struct provider_case){ kind, relation, service, "AAA" };
	if (relation == IS)
		return;
	snprintf(item->id, sizeof item->id, "p-" STR_FMT "-%s%s",
		STR_ARG(world_party_kind_words[kind]), relation_words[relation],
		service ? "-service" : "");
	buf_add_format(parties, "%s," STR_FMT ",name,%s,%s%s%s\n", item->id,
		STR_ARG(world_party_kind_words[kind]), parents[relation],
		relation == CONTROLLED ? "state-controlled:AAA" : "",
		relation == CONTROLLED && service ? " " : "", service ? "service" : "");
}

static void write_facts(struct memory_files *files, struct arena *arena, struct table *table)
{
	struct buf text;
	buf_init(&text, arena, 1 << 20);
	buf_add_c(&text, "format: 1\nname: Safeguards\nas_of: 2022-01-01\n");
	put(files, "w/workspace.yaml", &text);
	buf_init(&text, arena, 1 << 20);
	buf_add_c(&text, "source,title\ns,A source\n");
	put(files, "w/sources.csv", &text);
	buf_init(&text, arena, 1 << 20);
	buf_add_c(&text,
		"place,parent,kind,name,nationality\nworld,,world,World,\n"
		"AAA,world,country,A,AAA\nBBB,world,country,B,BBB\nHHH,world,country,H,HHH\n");
	put(files, "w/places.csv", &text);
	buf_init(&text, arena, 1 << 20);
	buf_add_c(&text,
		"party,kind,name,parent,flags\nAAA,state,A,,\nBBB,state,B,,\nHHH,state,H,,\n"
		"aaa-desk,agency,Desk,AAA,service\n");
	for (int kind = 0; kind < PARTY_KINDS; kind++)
		for (int relation = 0; relation < RELATIONS; relation++) {
			add_provider(table, &text, (enum party_kind)kind, (enum relation)relation,
				false);
			if (kind == PARTY_AGENCY)
				add_provider(table, &text, (enum party_kind)kind,
					(enum relation)relation, true);
		}
	put(files, "w/parties.csv", &text);
}

static void begin_agreement(struct buf *text, struct arena *arena, const char *id)
{
	buf_init(text, arena, 1 << 20);
	buf_add_format(text,
		"format: 1\nagreement: %s\ntitle: A\nkind: framework\nstrength: treaty\n"
		"source: { title: Made for a test, basis: illustrative }\n"
		"state: [ { is: in-force, from: 2000-01-01 } ]\nvisibility: public\n",
		id);
}

static void add_commitment(struct buf *text, size_t number, const char *provider, const char *nats)
{
	buf_add_format(text,
		"  - { id: c%zu, clause: \"1\", duty: will, provider: %s, for: { nationality: [ %s "
		"] "
		"}, where: { in: [ world ] }, services: [ " SERVICE_LIST " ] }\n",
		number, provider, nats);
}

static void write_agreements(
	struct memory_files *files, struct arena *arena, const struct table *table)
{
	struct buf text;
	begin_agreement(&text, arena, "inner");
	buf_add_c(&text, "parties: [ { party: aaa-desk, confirmed: 2020-01-01 } ]\ncommitments:\n");
	add_commitment(&text, 0, "aaa-desk", "any");
	put(files, "w/agreements/inner.yaml", &text);
	begin_agreement(&text, arena, "outer");
	buf_add_c(&text, "parties:\n");
	for (size_t i = 0; i < table->count; i++)
		buf_add_format(
			&text, "  - { party: %s, confirmed: 2020-01-01 }\n", table->items[i].id);
	buf_add_c(&text, "commitments:\n");
	for (size_t i = 0; i < table->count; i++)
		add_commitment(&text, i, table->items[i].id,
			table->items[i].relation == VIA ? "\"served-by:aaa-desk\"" : "any");
	put(files, "w/agreements/outer.yaml", &text);
}

/* --- Asking --------------------------------------------------------------------------------- */

struct trial {
	const struct hand *hand;
	const struct world *world;
	const struct accords *accords;
	const struct table *table;
	size_t wrong[PARTY_KINDS], checked[PARTY_KINDS];
};

static const struct answer *find_answer(const struct answers *answers, struct str commitment)
{
	for (size_t i = 0; i < answers->items_count; i++)
		if (str_is(answers->items[i].agreement->id, "outer") &&
			str_eq(answers->items[i].commitment->id, commitment))
			return &answers->items[i];
	return NULL;
}

static void set_person(
	struct query *query, const struct world *world, enum person person, enum status_word status)
{
	static const char *const codes[PERSONS] = { "AAA", "XXA", "BBB" };
	cover_query_init(query, date_of((struct civil){ 2022, 6, 1 }), VIEWER_ALL);
	query->nats[0] = world_nat(world, str_of(codes[person]));
	query->territories[0] = NONE32;
	query->nat_count = 1;
	query->statuses = PERSON_BIT(status);
	query->place = world_place(world, STR("HHH"));
	if (person == FEARS_ANOTHER) {
		query->fears[0] = world_nat(world, STR("AAA"));
		query->fear_count = 1;
	}
}

static void check_answers(struct trial *trial, const struct answers *answers, enum person person,
	enum status_word status, const char *service)
{
	uint32_t removed = 0;
	for (size_t i = 0; i < trial->table->count; i++) {
		const struct provider_case *provider = &trial->table->items[i];
		char id[32];
		snprintf(id, sizeof id, "c%zu", i);
		enum outcome wanted = judge(person, status, service, provider);
		const struct answer *answer = find_answer(answers, str_of(id));
		bool good = wanted == ANSWERS ? answer && !answer->held
			    : wanted == HELD  ? answer && answer->held
					      : !answer;
		removed += wanted == REMOVED;
		trial->checked[provider->kind]++;
		if (good)
			continue;
		if (trial->wrong[provider->kind]++ == 0)
			printf("# %s: person %d, status " STR_FMT ", %s, %s: wanted %d\n",
				trial->hand->name, (int)person,
				STR_ARG(accord_person_words[status]), service, provider->id,
				(int)wanted);
	}
	removed += judge_provider(person, status, service, PARTY_AGENCY, true, true) == REMOVED;
	if (answers->withheld != removed) {
		trial->wrong[PARTY_STATE]++;
		printf("# %s: person %d, status " STR_FMT ", %s: withheld %u, not %u\n",
			trial->hand->name, (int)person, STR_ARG(accord_person_words[status]),
			service, removed, answers->withheld);
	}
}

static void run_trial(struct trial *trial)
{
	for (int person = 0; person < PERSONS; person++)
		for (int status = 0; status < PERSON_STATUSES; status++)
			for (size_t s = 0; s < SERVICES; s++) {
				struct arena arena;
				struct query query;
				struct answers answers;
				arena_init(&arena, &allocator_system, (size_t)64 << 20);
				set_person(&query, trial->world, (enum person)person,
					(enum status_word)status);
				query.service = world_service_find(str_of(services[s]));
				enum status done = trial->hand->who(
					&answers, &arena, trial->world, trial->accords, &query);
				assert(done == STATUS_OK);
				(void)done;
				check_answers(trial, &answers, (enum person)person,
					(enum status_word)status, services[s]);
				arena_free(&arena);
			}
}

static int print_trial(const struct trial *trial, int number, int *failed)
{
	for (int kind = 0; kind < PARTY_KINDS; kind++) {
		printf("%s %d - %s: safeguards hold for every " STR_FMT ", %zu combinations\n",
			trial->wrong[kind] ? "not ok" : "ok", number++, trial->hand->name,
			STR_ARG(world_party_kind_words[kind]), trial->checked[kind]);
		*failed += trial->wrong[kind] > 0;
	}
	return number;
}

int safeguards_run(int number, int *failed)
{
	struct arena arena;
	struct memory_files files;
	struct diags diags;
	struct world *world;
	struct accords accords;
	struct buf text;
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	struct table *table = ARENA_NEW(&arena, struct table);
	assert(table);
	memory_files_init(&files, &arena);
	diags_init(&diags, &arena, 20);
	buf_init(&text, &arena, 1 << 16);
	write_facts(&files, &arena, table);
	write_agreements(&files, &arena, table);
	struct file_system system = memory_files_system(&files);
	bool loaded = world_load(&world, &arena, &system, STR("w"), &diags) == STATUS_OK &&
		      accord_load(&accords, &arena, world, &system, STR("w"), &diags) == STATUS_OK;
	if (!loaded) {
		diags_print(&text, &diags);
		printf("# " STR_FMT, STR_ARG(buf_str(&text)));
	}
	for (int i = 0; i < HANDS; i++) {
		struct trial trial = { &hands[i], world, &accords, table, { 0 }, { 0 } };
		if (loaded)
			run_trial(&trial);
		else
			trial.wrong[0] = 1;
		number = print_trial(&trial, number, failed);
	}
	arena_free(&arena);
	return number;
}
