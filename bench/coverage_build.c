/* The synthetic world as the engine meets it: a workspace that world_load() reads, and agreements.
 *
 * A nationality is a country's; a group is one of States; a provider is an organization, so that
 * nothing but the agreement binds it. Ranks become hours of lead time. The generator's fourth phase
 * counts as `after`, and its services are the first thirty that are not consular: their figures are
 * those of the plain tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/coverage_world.h"

#define BUILD_MAX ((size_t)16 << 30)
#define FILE_MAX_BYTES ((size_t)1 << 30)
enum { EPOCH_YEAR = 2020 };

int32_t coverage_date(int day)
{
	return date_of((struct civil){ EPOCH_YEAR, 1, 1 }) + day;
}

/* Country N's code: AAA, AAB … */
void coverage_country_code(char code[static 4], unsigned n)
{
	code[0] = 'A';
	code[1] = (char)('A' + n / 26);
	code[2] = (char)('A' + n % 26);
	code[3] = '\0';
}

void coverage_place_id(char id[static 16], unsigned place)
{
	if (place == 0)
		memcpy(id, "world", sizeof "world");
	else if (place <= COVERAGE_NATS)
		coverage_country_code(id, place - 1);
	else
		snprintf(id, 16, "p%04u", place);
}

void coverage_services(uint8_t services[static COVERAGE_SERVICES])
{
	for (uint8_t s = 0, found = 0; found < COVERAGE_SERVICES; s++) {
		if (world_services[s].domain != DOMAIN_CONSULAR)
			services[found++] = s;
	}
}

unsigned coverage_phases(const struct coverage_row *row)
{
	return (row->phases & 7u) | (row->phases & 8u) >> 1;
}

/* ---- the workspace ---- */

static void fill_places(struct buf *out, const struct coverage_world *world)
{
	static const char *const kinds[] = { "world", "country", "subdivision", "locality" };
	char id[16], parent[16];

	buf_add_c(out, "place,parent,kind,name,lat,lon,nationality,source\n");
	for (unsigned p = 0; p < COVERAGE_PLACES; p++) {
		coverage_place_id(id, p);
		parent[0] = '\0';
		if (world->parent[p] >= 0)
			coverage_place_id(parent, (unsigned)world->parent[p]);
		buf_add_format(out, "%s,%s,%s,Place %u,,,%s,bench\n", id, parent,
			kinds[world->level[p]], p, world->level[p] == 1 ? id : "");
	}
}

static void fill_parties(struct buf *out, const struct coverage_world *world)
{
	char code[4];

	(void)world;
	buf_add_c(out, "party,kind,name,parent,country,languages,flags,source\n");
	for (unsigned n = 0; n < COVERAGE_NATS; n++) {
		coverage_country_code(code, n);
		buf_add_format(out, "%s,state,State %u,,%s,,,bench\n", code, n, code);
	}
	for (unsigned p = 0; p < COVERAGE_PROVIDERS; p++)
		buf_add_format(out, "x%05u,civil-society,Organization %u,,,,,bench\n", p, p);
}

static void fill_groups(struct buf *out, const struct coverage_world *world)
{
	char code[4];

	buf_add_c(out, "group,party,from,until,source\n");
	for (unsigned g = 0; g < COVERAGE_GROUPS; g++) {
		for (unsigned n = 0; n < COVERAGE_NATS; n++) {
			coverage_country_code(code, n);
			if (world->member[g][n])
				buf_add_format(out, "g%02u,%s,,,bench\n", g, code);
		}
	}
	for (unsigned p = 0; p < COVERAGE_PROVIDERS; p++)
		buf_add_format(out, "providers,x%05u,,,bench\n", p);
}

static void fill_workspace(struct buf *out, const struct coverage_world *world)
{
	(void)world;
	buf_add_c(out, "format: 1\nname: Bench\nas_of: 2026-11-23\n");
}

static void fill_sources(struct buf *out, const struct coverage_world *world)
{
	(void)world;
	buf_add_c(out, "source,title,url,licence,retrieved\n"
		       "bench,The synthetic world of the benches,,,2026-11-23\n");
}

/* Foreigners in half of all pairs of country and nationality, from a stream of its own. */
static void fill_people(struct buf *out, const struct coverage_world *world)
{
	struct random random = random_seeded(world->seed + 1);
	char place[4], origin[4];

	buf_add_c(out, "origin,place,group,year,people,low,high,method,source\n");
	for (unsigned c = 0; c < COVERAGE_NATS; c++) {
		for (unsigned n = 0; n < COVERAGE_NATS; n++) {
			uint32_t people = 1 + random_below(&random, 100000);

			if (n == c || random_chance(&random, 50))
				continue;
			coverage_country_code(place, c);
			coverage_country_code(origin, n);
			buf_add_format(out, "%s,%s,,2020,%u,,,,bench\n", origin, place, people);
		}
	}
}

static bool put_one(const struct coverage_world *world, coverage_put *put, void *context,
	const char *name, void (*fill)(struct buf *, const struct coverage_world *))
{
	struct arena arena;
	struct buf out;
	bool done;

	arena_init(&arena, &allocator_system, 4 * FILE_MAX_BYTES);
	buf_init(&out, &arena, FILE_MAX_BYTES);
	fill(&out, world);
	done = !out.failed && put(context, name, buf_str(&out));
	arena_free(&arena);
	return done;
}

bool coverage_workspace(const struct coverage_world *world, coverage_put *put, void *context)
{
	static const struct {
		const char *name;
		void (*fill)(struct buf *, const struct coverage_world *);
	} files[] = { { "workspace.yaml", fill_workspace }, { "sources.csv", fill_sources },
		{ "places.csv", fill_places }, { "parties.csv", fill_parties },
		{ "groups.csv", fill_groups } };
	bool done = true;

	for (size_t i = 0; i < sizeof files / sizeof files[0] && done; i++)
		done = put_one(world, put, context, files[i].name, files[i].fill);
	return done;
}

/* ---- agreements ---- */

static const struct str commitment_ids[COVERAGE_PER_AGREEMENT] = { { "c0", 2 }, { "c1", 2 },
	{ "c2", 2 }, { "c3", 2 }, { "c4", 2 }, { "c5", 2 }, { "c6", 2 }, { "c7", 2 }, { "c8", 2 },
	{ "c9", 2 } };

static struct nat_item nat_item_of(const struct coverage_built *built, unsigned code)
{
	char name[8];

	if (code < COVERAGE_NATS)
		return (struct nat_item){ .kind = NAT_ITEM_CODE, .nat = built->nat_of[code] };
	if (code == COVERAGE_CODES - 1)
		return (struct nat_item){ .kind = NAT_ITEM_ANY };
	snprintf(name, sizeof name, "g%02u", code - COVERAGE_NATS);
	return (struct nat_item){ .kind = NAT_ITEM_GROUP,
		.group = world_group(built->world, str_of(name)) };
}

static uint32_t provider_party(const struct coverage_built *built, unsigned provider)
{
	char name[8];

	snprintf(name, sizeof name, "x%05u", provider);
	return world_party(built->world, str_of(name));
}

/* What many agreements share: items by code, the party of each provider. */
struct parts {
	struct nat_item *items;
	struct place_item *places;
	uint32_t *parties;
};

static bool make_parts(struct parts *parts, struct coverage_built *built)
{
	parts->items = ARENA_ARRAY(&built->arena, COVERAGE_CODES, struct nat_item);
	parts->places = ARENA_ARRAY(&built->arena, COVERAGE_PLACES, struct place_item);
	parts->parties = ARENA_ARRAY(&built->arena, COVERAGE_PROVIDERS, uint32_t);
	if (!parts->items || !parts->places || !parts->parties)
		return false;
	for (unsigned c = 0; c < COVERAGE_CODES; c++)
		parts->items[c] = nat_item_of(built, c);
	for (unsigned p = 0; p < COVERAGE_PLACES; p++)
		parts->places[p] = (struct place_item){ PLACE_ITEM_PLACE, built->place_of[p] };
	for (unsigned p = 0; p < COVERAGE_PROVIDERS; p++)
		parts->parties[p] = provider_party(built, p);
	return true;
}

static void fill_commitment(struct commitment *commitment, const struct coverage_built *built,
	const struct parts *parts, const struct coverage_row *row)
{
	*commitment = (struct commitment){ .duty = DUTY_WILL,
		.provider = { .kind = PROVIDER_PARTY, .party = parts->parties[row->provider] },
		.nats = &parts->items[row->code],
		.nats_count = 1,
		.resident_since = DATE_NONE,
		.services = UINT64_C(1) << built->service_of[row->service],
		.phases = coverage_phases(row),
		.from = DATE_NONE,
		.until = DATE_NONE,
		.lead_time = { row->rank, DURATION_HOURS },
		.schedule = -1 };
	commitment->where = (struct place_scope){
		.given = true, .in = &parts->places[row->place], .in_count = 1
	};
}

static bool fill_agreement(struct agreement *agreement, struct coverage_built *built,
	const struct parts *parts, const struct coverage_row *rows)
{
	int32_t from = coverage_date(rows[0].from);

	*agreement = (struct agreement){ .kind = KIND_STANDBY_SERVICE,
		.strength = STRENGTH_CONTRACT,
		.from = from,
		.until = coverage_date(rows[0].until),
		.states_count = 1,
		.parties_count = 1,
		.commitments_count = COVERAGE_PER_AGREEMENT };
	agreement->id = str_format(&built->arena, "a%06u", rows[0].agreement);
	agreement->states = ARENA_NEW(&built->arena, struct state_entry);
	agreement->parties = ARENA_NEW(&built->arena, struct party_entry);
	agreement->commitments =
		ARENA_ARRAY(&built->arena, COVERAGE_PER_AGREEMENT, struct commitment);
	if (!agreement->id.ptr || !agreement->states || !agreement->parties ||
		!agreement->commitments)
		return false;
	agreement->states[0] = (struct state_entry){ STATE_IN_FORCE, from };
	agreement->parties[0] = (struct party_entry){ .index = parts->parties[rows[0].provider],
		.from = DATE_NONE,
		.until = DATE_NONE,
		.confirmed = from };
	for (size_t i = 0; i < COVERAGE_PER_AGREEMENT; i++) {
		fill_commitment(&agreement->commitments[i], built, parts, &rows[i]);
		agreement->commitments[i].id = commitment_ids[i];
	}
	return true;
}

/* ---- the whole ---- */

static bool put_memory(void *context, const char *name, struct str content)
{
	struct memory_files *files = context;
	struct str path = str_format(files->arena, "w/%s", name);

	return path.ptr && memory_files_put(files, path, content) == STATUS_OK;
}

bool coverage_find(struct coverage_built *built)
{
	char id[16];

	for (unsigned p = 0; p < COVERAGE_PLACES; p++) {
		coverage_place_id(id, p);
		built->place_of[p] = world_place(built->world, str_of(id));
		if (built->place_of[p] >= COVERAGE_PLACES)
			return false;
		built->number_of[built->place_of[p]] = p;
	}
	for (unsigned n = 0; n < COVERAGE_NATS; n++) {
		coverage_country_code(id, n);
		built->nat_of[n] = world_nat(built->world, str_of(id));
		if (built->nat_of[n] == NAT_NONE)
			return false;
	}
	coverage_services(built->service_of);
	return true;
}

static bool build_agreements(struct coverage_built *built, const struct coverage_world *world)
{
	struct accords *accords = &built->accords;
	struct parts parts;
	bool made = make_parts(&parts, built);

	accords->items = ARENA_ARRAY(&built->arena, world->agreements, struct agreement);
	if (!accords->items || !made)
		return false;
	for (; made && accords->items_count < world->agreements; accords->items_count++)
		made = fill_agreement(&accords->items[accords->items_count], built, &parts,
			&world->rows[accords->items_count * COVERAGE_PER_AGREEMENT]);
	return made;
}

struct coverage_built *coverage_build(const struct coverage_world *world)
{
	struct coverage_built *built = calloc(1, sizeof *built);
	struct memory_files files;
	struct file_system system;
	struct diags diags;
	bool made;

	if (!built)
		return NULL;
	arena_init(&built->arena, &allocator_system, BUILD_MAX);
	diags_init(&diags, &built->arena, 20);
	memory_files_init(&files, &built->arena);
	system = memory_files_system(&files);
	made = coverage_workspace(world, put_memory, &files) &&
	       put_one(world, put_memory, &files, "people.csv", fill_people) &&
	       world_load(&built->world, &built->arena, &system, STR("w"), &diags) == STATUS_OK &&
	       built->world->places_count == COVERAGE_PLACES && coverage_find(built) &&
	       build_agreements(built, world);
	if (!made) {
		coverage_built_free(built);
		return NULL;
	}
	return built;
}

void coverage_built_free(struct coverage_built *built)
{
	if (built)
		arena_free(&built->arena);
	free(built);
}
