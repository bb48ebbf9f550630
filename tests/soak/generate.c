/* Random worlds: drawing words, and the places, parties and groups that everything else names. */
#include "soak.h"
#include <assert.h>

#define LIST(name, ...)                                                                            \
	static const char *const name##_items[] = { __VA_ARGS__ };                                 \
	const struct words soak_##name = { name##_items,                                           \
		sizeof name##_items / sizeof *name##_items }
/* Few values each, so that they meet often. */
LIST(services, "consular.welfare", "consular.travel-document", "consular.notification",
	"consular.registration", "identity.verification", "information.advice", "relief.shelter",
	"health.emergency", "protection.asylum", "movement.evacuation", "movement.transport",
	"movement.relocation", "recovery.return", "recovery.wages", "support.funding");
LIST(groups, "club", "lone", "league", "ring");
LIST(levels, "resident", "honorary", "accredited");
LIST(statuses, "national", "family-member", "migrant-worker", "domestic-worker", "seafarer",
	"student", "visitor", "irregular", "detained", "refugee", "asylum-seeker",
	"fears-authorities", "no-contact", "stateless", "trafficked", "unaccompanied-child",
	"child", "older", "disabled", "injured");
static const char *const codes[SCENE_COUNTRIES] = { "ALF", "BET", "GAM", "DEL", "EPS", "ZET", "ETA",
	"THE" };

uint32_t soak_below(struct scene *scene, size_t bound)
{
	assert(bound > 0 && bound <= UINT32_MAX);
	return random_below(&scene->random, (uint32_t)bound);
}

bool soak_chance(struct scene *scene, uint32_t percent)
{
	return random_chance(&scene->random, percent);
}

const char *soak_word(struct scene *scene, struct words words)
{
	return words.items[soak_below(scene, words.count)];
}

struct str soak_pick(struct scene *scene, const struct str *items, size_t count)
{
	return items[soak_below(scene, count)];
}

static struct str keep(struct scene *scene, struct str text)
{
	if (!text.ptr)
		scene->no_memory = true;
	return text.ptr ? text : STR("");
}

struct str soak_date(struct scene *scene, uint32_t open_percent)
{
	char text[11];
	if (soak_chance(scene, open_percent))
		return STR("");
	int32_t date = date_of((struct civil){ 2014, 1, 1 });
	date = date_add_months(date, (int32_t)(6 * soak_below(scene, 20)));
	if (soak_chance(scene, 20))
		date -= 1;
	date_format(text, date);
	return keep(scene, str_copy(scene->arena, str_of(text)));
}

struct str soak_some(struct scene *scene, struct words words, size_t max, const char *separator)
{
	struct buf out;
	uint64_t taken = 0;
	size_t count = 1 + soak_below(scene, max);
	assert(words.count <= 64);
	buf_init(&out, scene->arena, 4096);
	for (size_t i = 0; i < count; i++) {
		uint32_t word = soak_below(scene, words.count);
		if (taken >> word & 1)
			continue;
		if (taken)
			buf_add_c(&out, separator);
		taken |= UINT64_C(1) << word;
		buf_add_c(&out, words.items[word]);
	}
	return buf_str(&out);
}

void soak_put(struct scene *scene, struct str path, const struct buf *content)
{
	if (content->failed || memory_files_put(&scene->files, path, buf_str(content)) != STATUS_OK)
		scene->no_memory = true;
}

/* --- Places --------------------------------------------------------------------------------- */

static void add_place(struct scene *scene, struct buf *out, struct str id, struct str parent,
	const char *kind, size_t country)
{
	assert(scene->place_count < SCENE_PLACES);
	scene->places[scene->place_count] = id;
	scene->place_country[scene->place_count++] = country;
	buf_add_format(out, "%s,%s,%s,name,", id.ptr, parent.ptr, kind);
}

/* A territory has the people of another country; one in twenty has nobody's. */
static void add_country(struct scene *scene, struct buf *out, size_t i)
{
	struct str code = str_of(codes[i]), nat = code;
	if (i >= 2 && soak_chance(scene, 20))
		nat = scene->country_nats[soak_below(scene, i)];
	else if (i >= 2 && soak_chance(scene, 5))
		nat = STR("");
	scene->countries[i] = code;
	scene->country_nats[i] = nat;
	if (str_eq(nat, code))
		scene->nats[scene->nat_count++] = nat;
	static const char *const regions[] = { "m49:100", "m49:200", "m49:210", "world" };
	add_place(scene, out, code, str_of(regions[soak_below(scene, 4)]), "country", i);
	buf_add_format(out, "%s\n", nat.ptr);
}

static void add_below(struct scene *scene, struct buf *out, size_t country)
{
	for (uint32_t s = soak_below(scene, 3); s > 0; s--) {
		struct str code = scene->countries[country];
		struct str sub = keep(scene, str_format(scene->arena, "%s-S%u", code.ptr, s));
		add_place(scene, out, sub, code, "subdivision", country);
		if (soak_chance(scene, 8)) /* a part of the country with the people of another */
			buf_add(out, soak_pick(scene, scene->nats, scene->nat_count));
		buf_add_c(out, "\n");
		if (soak_chance(scene, 50))
			continue;
		struct str town = keep(scene, str_format(scene->arena, "%s-town%u", code.ptr, s));
		add_place(
			scene, out, town, soak_chance(scene, 50) ? sub : code, "locality", country);
		buf_add_c(out, "\n");
	}
}

static void generate_places(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "place,parent,kind,name,nationality\nworld,,world,World,\n"
			"m49:100,world,region,North,\nm49:200,world,region,South,\n"
			"m49:210,m49:200,region,Deep south,\n");
	scene->country_count = 3 + soak_below(scene, SCENE_COUNTRIES - 2);
	for (size_t i = 0; i < scene->country_count; i++)
		add_country(scene, &out, i);
	for (size_t i = 0; i < scene->country_count; i++)
		add_below(scene, &out, i);
	soak_put(scene, STR("w/places.csv"), &out);

	buf_init(&out, scene->arena, 1 << 14);
	buf_add_c(&out, "zone,place,from,until,source\n");
	for (uint32_t n = 1 + soak_below(scene, 4); n > 0; n--) {
		struct str place = soak_pick(scene, scene->places, scene->place_count);
		buf_add_format(&out, "river,%s,", place.ptr);
		if (soak_chance(scene, 70))
			buf_add_c(&out, ",,src-a\n");
		else
			buf_add_c(&out, soak_chance(scene, 50) ? "2018-01-01,,src-a\n"
							       : ",2018-12-31,src-b\n");
	}
	soak_put(scene, STR("w/zones.csv"), &out);
}

/* --- Parties and groups --------------------------------------------------------------------- */

static void add_party(struct scene *scene, struct buf *out, struct str id, const char *kind,
	struct str parent, struct str country, struct str flags)
{
	assert(scene->party_count < SCENE_PARTIES);
	scene->parties[scene->party_count++] = id;
	buf_add_format(
		out, "%s,%s,name,%s,%s,%s\n", id.ptr, kind, parent.ptr, country.ptr, flags.ptr);
}

static struct str lower(struct scene *scene, struct str code, const char *tail)
{
	struct str id = keep(scene, str_format(scene->arena, "%s%s", code.ptr, tail));
	char *bytes = arena_get(scene->arena, id.len + 1);
	if (!bytes) {
		scene->no_memory = true;
		return STR("");
	}
	for (size_t i = 0; i < id.len; i++)
		bytes[i] =
			(char)(id.ptr[i] >= 'A' && id.ptr[i] <= 'Z' ? id.ptr[i] + 32 : id.ptr[i]);
	return (struct str){ bytes, id.len };
}

/* Of a State: units that serve, units that enforce, units of units, a post. */
static void add_agents(struct scene *scene, struct buf *out, struct str state)
{
	struct str service = lower(scene, state, "-service"),
		   police = lower(scene, state, "-police");
	struct str none = STR("");
	if (soak_chance(scene, 35)) {
		add_party(scene, out, service, "agency", state, state, STR("service"));
		if (soak_chance(scene, 40))
			add_party(scene, out, lower(scene, state, "-desk"), "local-authority",
				service, none, none);
	}
	if (soak_chance(scene, 25))
		add_party(scene, out, police, "agency", state, state, none);
	if (soak_chance(scene, 15))
		add_party(scene, out, lower(scene, state, "-post"), "post", state, none, none);
}

static struct str control(struct scene *scene, uint32_t percent)
{
	if (!soak_chance(scene, percent))
		return STR("");
	struct str state = soak_pick(scene, scene->states, scene->state_count);
	return keep(scene, str_format(scene->arena, "state-controlled:%s", state.ptr));
}

static void generate_parties(struct scene *scene)
{
	static const char *const others[] = { "io", "civil-society", "migrant-association",
		"private-sector", "local-authority", "funder" };
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "party,kind,name,parent,country,flags\n");
	for (size_t i = 0; i < scene->nat_count; i++) {
		if (i >= 2 && soak_chance(scene, 10))
			continue; /* a nationality without a State */
		scene->states[scene->state_count++] = scene->nats[i];
		add_party(scene, &out, scene->nats[i], "state", STR(""), scene->nats[i], STR(""));
	}
	for (size_t i = 0; i < scene->state_count; i++)
		add_agents(scene, &out, scene->states[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (i > 1 && soak_chance(scene, 50))
			continue;
		struct str id = keep(scene, str_format(scene->arena, "%s-1", others[i]));
		add_party(scene, &out, id, others[i], STR(""), STR(""), control(scene, 20));
		if (soak_chance(scene, 30))
			add_party(scene, &out,
				keep(scene, str_format(scene->arena, "%s-1-branch", others[i])),
				others[i], id, STR(""), control(scene, 10));
	}
	soak_put(scene, STR("w/parties.csv"), &out);
}

static void generate_groups(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "group,party,from,until,source\n");
	for (size_t g = 0; g < soak_groups.count; g++) {
		const char *name = soak_groups.items[g];
		bool lone = str_is(
			str_of(name), "lone"); /* of one member: may lie wholly in a country */
		size_t first = lone ? soak_below(scene, scene->state_count) : g % 2;
		buf_add_format(&out, "%s,%s,,,src-a\n", name, scene->states[first].ptr);
		for (size_t i = 0; i < scene->party_count; i++) {
			struct str id = scene->parties[i];
			bool state = i < scene->state_count;
			if (lone || i == first || !soak_chance(scene, state ? 60 : 8))
				continue;
			/* ... one that left, joined late, or left and came back */
			if (soak_chance(scene, 60))
				buf_add_format(&out, "%s,%s,,,src-a\n", name, id.ptr);
			else
				buf_add_format(&out, "%s,%s,2017-01-01,,src-b\n", name, id.ptr);
			if (soak_chance(scene, 20))
				buf_add_format(
					&out, "league,%s,2010-01-01,2015-12-31,src-a\n", id.ptr);
		}
	}
	soak_put(scene, STR("w/groups.csv"), &out);
}

void soak_generate(struct scene *scene, struct arena *arena, uint64_t seed, uint32_t number)
{
	struct random mix = random_seeded(seed);
	*scene = (struct scene){ .arena = arena };
	scene->random = random_seeded(random_next(&mix) ^ (number * UINT64_C(0x9e3779b97f4a7c15)));
	memory_files_init(&scene->files, arena);
	generate_places(scene);
	generate_parties(scene);
	generate_groups(scene);
	soak_generate_facts(scene);
	soak_generate_documents(scene);
}
