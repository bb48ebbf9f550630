/* Advice, what to find out, readiness: engine beside reference on one random world, with and
 * without a place (advice-place), fact by fact (unknown-alone), also of one commitment
 * (ready-commitment). */
#include "soak.h"
#include <inttypes.h>
#include "reference.h"

static int32_t draw_date(struct random *random)
{
	return date_add_months(
		date_of((struct civil){ 2014, 1, 1 }), (int32_t)(6 * random_below(random, 20)));
}

static uint32_t draw_country(struct random *random, const struct world *world)
{
	for (;;) {
		uint32_t place = random_below(random, (uint32_t)world->places_count);
		if (world->places[place].kind == PLACE_COUNTRY)
			return place;
	}
}

static uint64_t draw_services(struct random *random)
{
	uint64_t services = 0;
	for (uint32_t n = 1 + random_below(random, 2); n > 0; n--) {
		uint32_t at = random_below(random, (uint32_t)soak_services.count);
		services |= UINT64_C(1) << world_service_find(str_of(soak_services.items[at]));
	}
	return services;
}

static uint32_t draw_viewer(struct random *random)
{
	return random_chance(random, 15) ? VIEWER_PUBLIC : VIEWER_ALL;
}

/* --- Advice --------------------------------------------------------------------------------- */

static const char *compare_advices(const struct advices *a, const struct advices *b)
{
#define SAME(field)                                                                                \
	if (a->field != b->field)                                                                  \
	return #field
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		SAME(candidates[kind]);
	SAME(items_count);
	SAME(total);
	for (size_t i = 0; i < a->items_count; i++) {
		SAME(items[i].kind);
		SAME(items[i].party);
		SAME(items[i].nat);
		SAME(items[i].group);
		SAME(items[i].place);
		SAME(items[i].service);
		SAME(items[i].gain);
		SAME(items[i].people);
		SAME(items[i].lifts);
		SAME(items[i].uncertain);
		SAME(items[i].unweighted);
		for (int from = 0; from < BANDS; from++)
			for (int to = 0; to < BANDS; to++)
				SAME(items[i].moved[from][to]);
	}
	return b->bound < b->total ? "bound" : NULL;
}

static void print_advices(struct buf *out, struct arena *arena, const struct world *world,
	const struct advices *advices)
{
	for (int kind = 0; kind < ADVICE_KINDS; kind++)
		buf_add_format(out, " %zu " STR_FMT, advices->candidates[kind],
			STR_ARG(cover_advice_kind_words[kind]));
	buf_add_format(out, ", total %" PRId64 "\n", advices->total);
	for (size_t i = 0; i < advices->items_count; i++) {
		const struct advice *item = &advices->items[i];
		buf_add_format(out,
			"  " STR_FMT " gain %" PRId64 " people %" PRId64 " lifts %" PRId64
			" uncertain %" PRId64 "\n",
			STR_ARG(cover_advice_id(arena, world, item)), item->gain, item->people,
			item->lifts, item->uncertain);
	}
}

/* Mostly what the forms are about, mostly one kind alone: the widest kinds would else win little.
 */
static void draw_advice(struct advice_filter *out, struct random *random, const struct world *world)
{
	static const char *const consular[] = { "consular.travel-document",
		"consular.detention-visit", "consular.death", "consular.welfare" };
	*out = (struct advice_filter){ .place = draw_country(random, world),
		.date = draw_date(random),
		.services = draw_services(random),
		.viewer = draw_viewer(random) };
	if (random_chance(random, 70))
		out->kinds = 1u << random_below(random, ADVICE_KINDS);
	if (random_chance(random, 60))
		out->services |= UINT64_C(1)
				 << world_service_find(str_of(consular[random_below(random, 4)]));
	if (random_chance(random, 30)) /* a region, or all; not in each country then */
		out->place = world->places[out->place].parent;
	if (world->places[out->place].kind != PLACE_COUNTRY)
		out->kinds = out->kinds ? out->kinds : (unsigned)14;
}

static const char *check_advise(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct tally *tally)
{
	struct advice_filter filter;
	struct advices theirs, mine;
	struct people_count count;
	struct diags diags;
	diags_init(&diags, arena, 20);
	draw_advice(&filter, random, world);
	if (world_people(&count, arena, world, filter.date) != STATUS_OK ||
		cover_advise(&theirs, arena, index, &count, &filter, 6) != STATUS_OK)
		return "no memory";
	enum status status = reference_advise(&mine, arena, world, accords, &filter, 6, &diags);
	if (status != STATUS_OK) {
		diags_print(text, &diags);
		return "a draft was refused";
	}
	for (size_t i = 0; i < mine.items_count; i++)
		tally->advised[mine.items[i].kind]++;
	const char *difference = compare_advices(&mine, &theirs);
	if (!difference)
		return NULL;
	char date[11];
	date_format(date, filter.date);
	buf_add_format(text, "advise in " STR_FMT " on %s, services %" PRIx64 "\nreference:",
		STR_ARG(world->places[filter.place].id), date, filter.services);
	print_advices(text, arena, world, &mine);
	buf_add_c(text, "engine:");
	print_advices(text, arena, world, &theirs);
	return difference;
}

/* --- Unknowns ------------------------------------------------------------------------------- */

static const char *compare_unknowns(const struct unknowns *a, const struct unknowns *b)
{
	SAME(unsure);
	SAME(decided);
	SAME(items_count);
	for (size_t i = 0; i < a->items_count; i++) {
		SAME(items[i].kind);
		SAME(items[i].party);
		SAME(items[i].nat);
		SAME(items[i].country);
		SAME(items[i].services);
		SAME(items[i].people);
		SAME(items[i].answers);
		SAME(items[i].better);
		SAME(items[i].worse);
	}
	return NULL;
}

static void print_unknowns(
	struct buf *out, const struct world *world, const struct unknowns *unknowns)
{
	buf_add_format(out, " unsure %" PRId64 " decided %" PRId64 "\n", unknowns->unsure,
		unknowns->decided);
	for (size_t i = 0; i < unknowns->items_count; i++) {
		const struct unknown_fact *fact = &unknowns->items[i];
		struct str who = fact->kind == UNKNOWN_PRESENCE ? world->parties[fact->party].id
								: world->nats[fact->nat].code;
		buf_add_format(out,
			"  %s " STR_FMT " in " STR_FMT " people %" PRId64 " answers %" PRId64
			" better %" PRId64 " worse %" PRId64 "\n",
			fact->kind == UNKNOWN_PRESENCE ? "presence" : "residence", STR_ARG(who),
			STR_ARG(world->places[fact->country].id), fact->people, fact->answers,
			fact->better, fact->worse);
	}
}

static const char *check_unknowns(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct tally *tally)
{
	struct unknown_filter filter = { .place = draw_country(random, world),
		.date = draw_date(random),
		.services = draw_services(random),
		.viewer = draw_viewer(random) };
	struct unknowns theirs, mine;
	struct people_count count;
	if (world_people(&count, arena, world, filter.date) != STATUS_OK ||
		cover_unknowns(&theirs, arena, index, &count, &filter) != STATUS_OK ||
		reference_unknowns(&mine, arena, world, accords, &filter) != STATUS_OK)
		return "no memory";
	for (size_t i = 0; i < mine.items_count; i++)
		tally->unknown_facts[mine.items[i].kind]++;
	const char *difference = compare_unknowns(&mine, &theirs);
	if (!difference)
		return NULL;
	char date[11];
	date_format(date, filter.date);
	buf_add_format(text, "unknowns in " STR_FMT " on %s, services %" PRIx64 "\nreference:",
		STR_ARG(world->places[filter.place].id), date, filter.services);
	print_unknowns(text, world, &mine);
	buf_add_c(text, "engine:");
	print_unknowns(text, world, &theirs);
	return difference;
}

/* --- Readiness ------------------------------------------------------------------------------ */

#define THINGS 24

/* Channels, links, strengths and assets, which the generated files do not have. */
struct means {
	struct world world;
	struct accords accords;
	struct channel channels[THINGS];
	struct link_row links[THINGS];
	struct strength_row strengths[THINGS];
	struct asset assets[4];
	struct str asset_ids[4];
};

static int32_t draw_test(struct random *random, int32_t date)
{
	return random_chance(random, 25) ? DATE_NONE
					 : date + 30 - (int32_t)random_below(random, 200);
}

static uint32_t draw_party(struct random *random, const struct world *world)
{
	return random_below(random, (uint32_t)world->parties_count);
}

static void draw_facts(
	struct means *means, struct arena *arena, struct random *random, int32_t date)
{
	struct world *world = &means->world;
	for (size_t i = 0; i < THINGS; i++) {
		means->channels[i] = (struct channel){ .party = draw_party(random, world),
			.tested = draw_test(random, date) };
		means->links[i] = (struct link_row){ .from_party = draw_party(random, world) };
		means->links[i].to_party = draw_party(random, world);
		means->links[i].tested_out = draw_test(random, date);
		means->links[i].tested_back = draw_test(random, date);
		means->strengths[i] = (struct strength_row){ .party = draw_party(random, world),
			.unit = random_chance(random, 80) ? STR("persons") : STR("beds") };
		means->strengths[i].service = world_service_find(str_of(
			soak_services.items[random_below(random, (uint32_t)soak_services.count)]));
		means->strengths[i].quantity = random_below(random, 60);
	}
	for (size_t i = 0; i < 4; i++) {
		means->assets[i] = (struct asset){ .id = str_format(arena, "thing%zu", i),
			.party = draw_party(random, world),
			.quantity = random_below(random, 80),
			.unit = random_chance(random, 80) ? STR("persons") : STR("beds") };
		means->asset_ids[i] = str_format(arena, STR_FMT ":" STR_FMT,
			STR_ARG(world->parties[means->assets[i].party].id),
			STR_ARG(means->assets[i].id));
	}
	world->channels = means->channels;
	world->links = means->links;
	world->channels_count = random_below(random, THINGS);
	world->links_count = random_below(random, THINGS);
	world->strengths = means->strengths;
	world->strengths_count = random_below(random, THINGS);
	world->assets = means->assets;
	world->assets_count = 3; /* the fourth is named and is not on record */
}

/* Some commitments are backed by an asset, and some agreements say how often channels are tested.
 */
static bool draw_documents(struct means *means, struct arena *arena, struct random *random,
	const struct accords *accords)
{
	means->accords = *accords;
	means->accords.items = ARENA_ARRAY(arena, accords->items_count + 1, struct agreement);
	for (size_t i = 0; means->accords.items && i < accords->items_count; i++) {
		struct agreement *agreement = &means->accords.items[i];
		*agreement = accords->items[i];
		agreement->commitments =
			ARENA_ARRAY(arena, agreement->commitments_count + 1, struct commitment);
		for (size_t j = 0; agreement->commitments && j < agreement->commitments_count;
			j++) {
			struct commitment *commitment = &agreement->commitments[j];
			*commitment = accords->items[i].commitments[j];
			if (!random_chance(random, 40))
				continue;
			commitment->assets = &means->asset_ids[random_below(random, 4)];
			commitment->assets_count = 1;
		}
		if (random_chance(random, 50)) {
			struct node *tree = node_new(arena, NODE_MAP, STR("")),
				    *review = node_new(arena, NODE_MAP, STR("")),
				    *every = node_new(arena, NODE_STRING,
					    random_chance(random, 50) ? STR("1mo") : STR("45d"));
			if (!tree || !review || !every)
				return false;
			node_put(arena, review, STR("channels-tested-every"), every);
			node_put(arena, tree, STR("review"), review);
			agreement->tree = tree;
		}
	}
	return means->accords.items != NULL;
}

static const char *compare_ready(struct buf *text, const struct means *means,
	const struct cover_index *index, struct arena *arena, const struct agreement *agreement,
	const struct commitment *commitment, int32_t date, struct tally *tally)
{
	struct readiness mine, theirs;
	reference_ready(&mine, &means->world, &means->accords, agreement, commitment, date);
	if (cover_ready(&theirs, arena, index, agreement, commitment, date, VIEWER_ALL) !=
		STATUS_OK)
		return "no memory";
	for (int part = 0; part < READY_PARTS; part++) {
		if (mine.asked[part])
			tally->ready[part][mine.parts[part]]++;
		if (mine.parts[part] == theirs.parts[part] &&
			mine.asked[part] == theirs.asked[part])
			continue;
		buf_add_format(text, STR_FMT " " STR_FMT " " STR_FMT ": reference %d, engine %d\n",
			STR_ARG(agreement->id),
			STR_ARG(commitment ? commitment->id : STR("as a whole")),
			STR_ARG(cover_ready_words[part]), mine.parts[part], theirs.parts[part]);
		return "readiness";
	}
	return mine.all == theirs.all && mine.ends == theirs.ends ? NULL : "readiness as a whole";
}

static const char *check_ready(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, struct random *random, struct tally *tally)
{
	struct means *means = ARENA_NEW(arena, struct means);
	struct cover_index *index;
	int32_t date = draw_date(random);
	const char *difference = NULL;
	if (!means)
		return "no memory";
	means->world = *world;
	draw_facts(means, arena, random, date);
	if (!draw_documents(means, arena, random, accords) ||
		cover_compile(&index, arena, &means->world, &means->accords) != STATUS_OK)
		return "no memory";
	for (size_t i = 0; i < means->accords.items_count && !difference; i++) {
		const struct agreement *agreement = &means->accords.items[i];
		if (agreement->is_template)
			continue;
		difference = compare_ready(text, means, index, arena, agreement, NULL, date, tally);
		for (size_t j = 0; j < agreement->commitments_count && !difference; j++)
			difference = compare_ready(text, means, index, arena, agreement,
				&agreement->commitments[j], date, tally);
	}
	return difference;
}

const char *soak_analyses(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct tally *tally)
{
	const char *difference = check_ready(text, arena, world, accords, random, tally);
	if (!difference)
		difference = soak_contradictions(text, arena, world, accords, random, tally);
	for (int i = 0; i < 3 && !difference; i++) {
		difference = check_unknowns(text, arena, world, accords, index, random, tally);
		if (!difference)
			difference =
				check_advise(text, arena, world, accords, index, random, tally);
	}
	return difference;
}
