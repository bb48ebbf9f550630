/* Random facts: sources, posts with their periods, absences, complete lists, offices, freshness,
 * risk, people. */
#include "soak.h"

static void add_rest(struct scene *scene, struct buf *out)
{
	/* as_of: the row's, or its source's, or the workspace's */
	struct str as_of = soak_date(scene, 15);
	const char *source = soak_chance(scene, 70) ? "src-a" : "src-b";
	const char *basis = soak_chance(scene, 20) ? "reported" : "";
	buf_add_format(out, ",%s,%s,%s\n", as_of.ptr, source, basis);
}

static struct str nothing_or(struct scene *scene, uint32_t percent, struct str text)
{
	return soak_chance(scene, percent) ? text : STR("");
}

static void generate_sources(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 4096);
	buf_add_c(&out, "format: 1\nname: Soak\nas_of: 2020-01-01\n");
	soak_put(scene, STR("w/workspace.yaml"), &out);
	buf_init(&out, scene->arena, 4096);
	buf_add_format(&out, "source,title,retrieved\nsrc-a,First,%s\nsrc-b,Second,\n",
		soak_date(scene, 0).ptr);
	soak_put(scene, STR("w/sources.csv"), &out);
}

static void generate_freshness(struct scene *scene)
{
	static const char *const classes[] = { "Very High", "High", "Medium", "Low", "" };
	struct buf out;
	buf_init(&out, scene->arena, 4096);
	buf_add_c(&out, "risk_class,months\nVery High,12\nHigh,36\nMedium,60\nLow,84\n");
	buf_add_c(&out, soak_chance(scene, 50) ? "none,24\n" : "");
	soak_put(scene, STR("w/freshness.csv"), &out);
	buf_init(&out, scene->arena, 1 << 14);
	buf_add_c(&out, "place,hazard,value,class,year,source\n");
	for (size_t i = 0; i < scene->country_count; i++) {
		struct str country = scene->countries[i];
		if (soak_chance(scene, 20))
			continue;
		buf_add_format(&out, "%s,inform,5.0,%s,2019,src-a\n", country.ptr,
			classes[soak_below(scene, 4)]);
		if (soak_chance(scene, 30))
			buf_add_format(&out, "%s,inform,6.0,%s,2021,src-a\n", country.ptr,
				classes[soak_below(scene, 4)]);
	}
	soak_put(scene, STR("w/risk.csv"), &out);
}

/* --- Posts ---------------------------------------------------------------------------------- */

struct post {
	struct str id, sending, receiving, place;
	const char *kind;
	struct str accredited, services;
};

static void add_period(struct scene *scene, struct buf *out, const struct post *post,
	struct str from, struct str until, const char *state)
{
	buf_add_format(out, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s", post->id.ptr, post->sending.ptr,
		post->receiving.ptr, post->place.ptr, post->kind, post->accredited.ptr,
		post->services.ptr, from.ptr, until.ptr, state);
	add_rest(scene, out);
}

/* A place of the country, mostly the country itself. */
static struct str place_in(struct scene *scene, size_t country)
{
	for (int tries = 0; tries < 4 && soak_chance(scene, 60); tries++) {
		size_t i = soak_below(scene, scene->place_count);
		if (scene->place_country[i] == country)
			return scene->places[i];
	}
	return scene->countries[country];
}

static struct str other_countries(struct scene *scene, size_t country)
{
	struct buf out;
	buf_init(&out, scene->arena, 256);
	for (size_t i = 0; i < scene->country_count; i++)
		if (i != country && soak_chance(scene, 25)) {
			buf_add_c(&out, out.len ? " " : "");
			buf_add(&out, scene->countries[i]);
		}
	return buf_str(&out);
}

static const char *const post_kinds[] = { "embassy", "embassy", "consulate", "honorary", "honorary",
	"de-facto", "other" };
#define POST_KINDS_DRAWN (sizeof post_kinds / sizeof *post_kinds)

/* One to three periods whose first days differ; the first is often open. */
static void add_post(struct scene *scene, struct buf *out, struct post *post)
{
	static const char *const states[] = { "open", "open", "closed", "suspended" };
	struct str first = soak_date(scene, 50);
	struct str until = soak_chance(scene, 25) ? soak_date(scene, 0) : STR("");
	if (until.len && str_cmp(until, first) < 0)
		until = STR("");
	add_period(scene, out, post, first, until,
		soak_chance(scene, 85) ? "open" : states[soak_below(scene, 4)]);
	struct str last = first;
	for (int more = 0; more < 2 && soak_chance(scene, 35); more++) {
		struct str next = soak_date(scene, 0);
		if (str_cmp(next, last) <= 0)
			continue;
		last = next;
		if (soak_chance(scene, 15))
			post->kind = post_kinds[soak_below(scene, POST_KINDS_DRAWN)];
		if (soak_chance(scene, 15))
			post->accredited = STR("");
		add_period(scene, out, post, next, STR(""), states[soak_below(scene, 4)]);
	}
}

static void generate_posts(struct scene *scene)
{
	struct buf out;
	unsigned number = 0;
	buf_init(&out, scene->arena, 1 << 18);
	buf_add_c(&out, "post,sending,receiving,place,kind,accredited_to,services,from,until,state,"
			"as_of,source,basis\n");
	for (size_t s = 0; s < scene->state_count; s++)
		for (size_t c = 0; c < scene->country_count; c++) {
			if (str_eq(scene->states[s], scene->countries[c]))
				continue;
			for (int more = 0; more < 2 && soak_chance(scene, 60); more++) {
				struct post post = { .accredited = STR(""),
					.services = STR(""),
					.sending = scene->states[s],
					.receiving = scene->countries[c] };
				post.id = str_format(scene->arena, "post-%u", number++);
				post.place = place_in(scene, c);
				post.kind = post_kinds[soak_below(scene, POST_KINDS_DRAWN)];
				if (soak_chance(scene, 40))
					post.accredited = other_countries(scene, c);
				if (soak_chance(scene, 20))
					post.services = soak_some(scene, soak_services, 6, " ");
				add_post(scene, &out, &post);
			}
		}
	soak_put(scene, STR("w/posts.csv"), &out);
}

/* --- Absences, complete lists, offices ------------------------------------------------------ */

static void generate_absences(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "sending,receiving,level,from,until,as_of,source,basis\n");
	for (size_t p = 0; p < scene->party_count; p++)
		for (size_t c = 0; c < scene->country_count; c++) {
			bool state = p < scene->state_count;
			if (!soak_chance(scene, state ? 15 : 4))
				continue;
			struct str from = soak_date(scene, 40), until = soak_date(scene, 80);
			if (from.len && str_cmp(until, from) < 0)
				until = STR("");
			struct str level =
				state ? soak_some(scene, soak_levels, 2, " ") : STR("office");
			buf_add_format(&out, "%s,%s,%s,%s,%s", scene->parties[p].ptr,
				scene->countries[c].ptr, level.ptr, from.ptr, until.ptr);
			add_rest(scene, &out);
		}
	soak_put(scene, STR("w/absent.csv"), &out);
	buf_init(&out, scene->arena, 1 << 14);
	buf_add_c(&out, "list,side,state,level,as_of,source,basis\n");
	for (size_t i = 0; i < scene->state_count; i++)
		if (soak_chance(scene, 15)) {
			struct str level =
				nothing_or(scene, 60, soak_some(scene, soak_levels, 2, " "));
			buf_add_format(
				&out, "posts,sending,%s,%s", scene->states[i].ptr, level.ptr);
			add_rest(scene, &out);
		}
	for (size_t i = 0; i < scene->country_count; i++)
		if (soak_chance(scene, 15)) {
			struct str level =
				nothing_or(scene, 60, soak_some(scene, soak_levels, 2, " "));
			buf_add_format(
				&out, "posts,receiving,%s,%s", scene->countries[i].ptr, level.ptr);
			add_rest(scene, &out);
		}
	soak_put(scene, STR("w/complete.csv"), &out);
}

static void generate_offices(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "party,place,kind,from,until,as_of,source,basis\n");
	for (size_t p = scene->state_count; p < scene->party_count; p++)
		for (size_t c = 0; c < scene->country_count; c++) {
			for (int more = 0; more < 2 && soak_chance(scene, 30); more++) {
				struct str from = soak_date(scene, 50),
					   until = soak_date(scene, 70);
				if (from.len && str_cmp(until, from) < 0)
					until = STR("");
				const char *kind = soak_chance(scene, 80) ? "branch" : "liaison";
				struct str place = place_in(scene, c);
				buf_add_format(&out, "%s,%s,%s,%s,%s", scene->parties[p].ptr,
					place.ptr, kind, from.ptr, until.ptr);
				add_rest(scene, &out);
			}
		}
	soak_put(scene, STR("w/offices.csv"), &out);
}

/* --- People --------------------------------------------------------------------------------- */

static void add_people(struct scene *scene, struct buf *out, struct str origin, size_t country,
	const char *group, const int *years, uint32_t percent)
{
	for (; *years; years++) {
		if (!soak_chance(scene, percent))
			continue;
		uint32_t people = soak_below(scene, 100);
		people *= soak_below(scene, 12);
		buf_add_format(out, "%s,%s,%s,%d,%u,src-a\n", origin.ptr,
			scene->countries[country].ptr, group, *years, people);
	}
}

static void generate_people(struct scene *scene)
{
	static const int stock[] = { 2014, 2018, 0 }, cases[] = { 2013, 2016, 2019, 0 },
			 asylum[] = { 2015, 2018, 0 };
	struct buf out;
	buf_init(&out, scene->arena, 1 << 18);
	buf_add_c(&out, "origin,place,group,year,people,source\n");
	for (size_t c = 0; c < scene->country_count; c++) {
		for (size_t o = 0; o < scene->country_count; o++) {
			struct str origin = scene->countries[o];
			if (o == c || scene->country_nats[o].len == 0)
				continue;
			add_people(scene, &out, origin, c, "", stock, 40);
			add_people(scene, &out, origin, c, "refugee", cases, 15);
			add_people(scene, &out, origin, c, "asylum-seeker", asylum, 15);
			add_people(scene, &out, origin, c, "labour", stock, 5);
		}
		add_people(scene, &out, STR("XXA"), c, "", stock, 20);
		add_people(scene, &out, STR("XXA"), c, "refugee", cases, 20);
		add_people(scene, &out, STR(""), c, "", stock, 10);
	}
	soak_put(scene, STR("w/people.csv"), &out);
}

/* --- Means ---------------------------------------------------------------------------------- */

/* Every third party has buses, so that documents know whose to name; some have beds besides. */
static void generate_means(struct scene *scene)
{
	struct buf out;
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "asset,party,place,kind,quantity,unit,source\n");
	for (size_t p = 0; p < scene->party_count; p += 3) {
		uint32_t quantity = 1 + soak_below(scene, 80);
		struct str place = soak_pick(scene, scene->places, scene->place_count);
		buf_add_format(&out, "bus,%s,%s,vehicle,%u,%s,src-a\n", scene->parties[p].ptr,
			soak_chance(scene, 60) ? place.ptr : "", quantity,
			soak_chance(scene, 50) ? "persons" : "vehicles");
	}
	soak_put(scene, STR("w/assets.csv"), &out);
	buf_init(&out, scene->arena, 1 << 16);
	buf_add_c(&out, "party,place,service,quantity,unit,per,source\n");
	for (size_t p = 0; p < scene->party_count; p++)
		for (size_t s = 0; s < soak_services.count; s++)
			for (int more = 0; more < 3 && soak_chance(scene, 40); more++) {
				struct str place =
					soak_pick(scene, scene->places, scene->place_count);
				uint32_t quantity = soak_below(scene, 30);
				buf_add_format(&out, "%s,%s,%s,%u,persons,day,src-a\n",
					scene->parties[p].ptr, place.ptr, soak_services.items[s],
					quantity);
			}
	soak_put(scene, STR("w/strengths.csv"), &out);
}

void soak_generate_facts(struct scene *scene)
{
	generate_sources(scene);
	generate_freshness(scene);
	generate_posts(scene);
	generate_absences(scene);
	generate_offices(scene);
	generate_people(scene);
	generate_means(scene);
}
