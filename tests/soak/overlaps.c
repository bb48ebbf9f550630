/* cover_overlaps() against its reference: findings of each list are looked up in the other, so that
 * order is judged by itself. */
#include <inttypes.h>
#include "reference.h"
#include "soak.h"

/* --- One finding against another ------------------------------------------------------------ */

static bool same_cells(const struct lead_overlap *a, const struct lead_overlap *b)
{
	bool same = a->cells_count == b->cells_count && a->people == b->people;
	for (size_t i = 0; same && i < a->cells_count; i++)
		same = a->cells[i].nat == b->cells[i].nat &&
		       a->cells[i].group == b->cells[i].group &&
		       a->cells[i].people == b->cells[i].people;
	return same;
}

static bool same_leads(const void *x, const void *y)
{
	const struct lead_overlap *a = x, *b = y;
	bool same = a->service == b->service && a->place == b->place && a->part == b->part &&
		    a->band == b->band && a->depth == b->depth && a->size == b->size &&
		    a->leads_count == b->leads_count && same_cells(a, b);
	for (size_t i = 0; same && i < a->leads_count; i++)
		same = a->leads[i].agreement == b->leads[i].agreement &&
		       a->leads[i].commitment == b->leads[i].commitment &&
		       a->leads[i].provider == b->leads[i].provider &&
		       a->leads[i].members == b->leads[i].members;
	return same;
}

static bool same_pledges(
	const struct pledge *a, size_t a_count, const struct pledge *b, size_t b_count)
{
	bool same = a_count == b_count;
	for (size_t i = 0; same && i < a_count; i++)
		same = a[i].commitment == b[i].commitment && a[i].quantity == b[i].quantity;
	return same;
}

static bool same_asset(const void *x, const void *y)
{
	const struct asset_overlap *a = x, *b = y;
	return a->asset == b->asset && a->date == b->date && a->phase == b->phase &&
	       a->has == b->has && a->pledged == b->pledged &&
	       same_pledges(a->pledges, a->pledges_count, b->pledges, b->pledges_count);
}

static bool same_strength(const void *x, const void *y)
{
	const struct strength_overlap *a = x, *b = y;
	bool same = a->party == b->party && a->service == b->service && a->date == b->date &&
		    a->phase == b->phase && a->has == b->has && a->pledged == b->pledged &&
		    a->strengths_count == b->strengths_count &&
		    same_pledges(a->pledges, a->pledges_count, b->pledges, b->pledges_count);
	for (size_t i = 0; same && i < a->strengths_count; i++)
		same = a->strengths[i] == b->strengths[i];
	return same;
}

static bool same_circle(const void *x, const void *y)
{
	const struct circle *a = x, *b = y;
	bool same =
		a->links_count == b->links_count && a->place == b->place && a->nodes == b->nodes;
	for (size_t i = 0; same && i < a->links_count; i++)
		same = a->links[i].commitment == b->links[i].commitment &&
		       a->links[i].provider == b->links[i].provider &&
		       a->links[i].relies_on == b->links[i].relies_on &&
		       a->links[i].by == b->links[i].by;
	return same;
}

static bool same_point(const void *x, const void *y)
{
	const struct single_point *a = x, *b = y;
	bool same = a->kind == b->kind && a->index == b->index && a->people == b->people &&
		    a->losses_count == b->losses_count;
	for (size_t i = 0; same && i < a->losses_count; i++) {
		bool found = false;
		for (size_t j = 0; j < b->losses_count && !found; j++)
			found = a->losses[i].service == b->losses[j].service &&
				a->losses[i].from == b->losses[j].from &&
				a->losses[i].to == b->losses[j].to &&
				a->losses[i].not_known == b->losses[j].not_known &&
				a->losses[i].people == b->losses[j].people &&
				a->losses[i].most.people == b->losses[j].most.people;
		same = found;
	}
	return same;
}

/* --- Lists ---------------------------------------------------------------------------------- */

struct side {
	const char *items;
	size_t count;
};

static bool same_list(
	struct side a, struct side b, size_t size, bool (*same)(const void *, const void *))
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++) {
		bool found = false;
		for (size_t j = 0; j < b.count && !found; j++)
			found = same(a.items + i * size, b.items + j * size);
		if (!found)
			return false;
	}
	return true;
}

#define SIDE(overlaps, list)                                                                       \
	(struct side)                                                                              \
	{                                                                                          \
		(const char *)(overlaps)->list, (overlaps)->list##_count                           \
	}
#define SAME(list, same) same_list(SIDE(mine, list), SIDE(theirs, list), sizeof *mine->list, same)

static const char *compare(const struct overlaps *mine, const struct overlaps *theirs)
{
	if (mine->date != theirs->date || mine->stock_year != theirs->stock_year)
		return "overlaps: date or year";
	if (!SAME(leads, same_leads))
		return "overlaps: leads";
	if (!SAME(unassigned, same_leads))
		return "overlaps: pools";
	if (!SAME(assets, same_asset))
		return "overlaps: assets";
	if (!SAME(strengths, same_strength))
		return "overlaps: strengths";
	if (!SAME(circular, same_circle))
		return "overlaps: circles";
	if (!SAME(points, same_point))
		return "overlaps: points";
	for (size_t i = 1; i < theirs->leads_count; i++)
		if (theirs->leads[i - 1].people < theirs->leads[i].people)
			return "overlaps: order of leads";
	for (size_t i = 1; i < theirs->points_count; i++)
		if (theirs->points[i - 1].people < theirs->points[i].people)
			return "overlaps: order of points";
	return NULL;
}

/* --- In words ------------------------------------------------------------------------------- */

static void print_points(
	struct buf *out, const struct world *world, const struct overlaps *overlaps)
{
	for (size_t i = 0; i < overlaps->points_count; i++) {
		const struct single_point *point = &overlaps->points[i];
		struct str id = point->kind == POINT_POST    ? world->posts[point->index].id
				: point->kind == POINT_PARTY ? world->parties[point->index].id
							     : point->agreement->id;
		buf_add_format(out, "  point " STR_FMT ": %" PRId64, STR_ARG(id), point->people);
		for (size_t j = 0; j < point->losses_count; j++)
			buf_add_format(out, ", %" PRId64 " %s %d->%d", point->losses[j].people,
				world_services[point->losses[j].service].code,
				(int)point->losses[j].from, (int)point->losses[j].to);
		buf_add_c(out, "\n");
	}
}

static void print_leads(struct buf *out, const struct world *world, const char *what,
	const struct lead_overlap *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct lead_overlap *leads = &items[i];
		buf_add_format(out,
			"  %s " STR_FMT " %s band %d depth %u size %u people %" PRId64 ":", what,
			STR_ARG(world->places[leads->place].id),
			world_services[leads->service].code, (int)leads->band, leads->depth,
			leads->size, leads->people);
		for (size_t j = 0; j < leads->leads_count; j++) {
			const struct overlap_lead *lead = &leads->leads[j];
			buf_add_format(out, " " STR_FMT "/" STR_FMT " by " STR_FMT " (%u)",
				STR_ARG(lead->agreement->id), STR_ARG(lead->commitment->id),
				STR_ARG(lead->provider == NONE32
						? STR("pool")
						: world->parties[lead->provider].id),
				lead->members);
		}
		buf_add_c(out, "\n");
	}
}

static void print_pledges(struct buf *out, const struct pledge *pledges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_format(out, " " STR_FMT "/" STR_FMT "=%" PRId64,
			STR_ARG(pledges[i].agreement->id), STR_ARG(pledges[i].commitment->id),
			pledges[i].quantity);
	buf_add_c(out, "\n");
}

static void print_overlaps(struct buf *out, const struct world *world,
	const struct overlaps *overlaps)
{
	print_leads(out, world, "leads", overlaps->leads, overlaps->leads_count);
	print_leads(out, world, "pool", overlaps->unassigned, overlaps->unassigned_count);
	for (size_t i = 0; i < overlaps->assets_count; i++) {
		const struct asset_overlap *asset = &overlaps->assets[i];
		buf_add_format(out, "  asset %u day %d phase %d:", asset->asset, asset->date,
			(int)asset->phase);
		print_pledges(out, asset->pledges, asset->pledges_count);
	}
	for (size_t i = 0; i < overlaps->strengths_count; i++) {
		const struct strength_overlap *strength = &overlaps->strengths[i];
		buf_add_format(out, "  strength " STR_FMT " %s day %d phase %d has %" PRId64 ":",
			STR_ARG(world->parties[strength->party].id),
			world_services[strength->service].code, strength->date,
			(int)strength->phase, strength->has);
		print_pledges(out, strength->pledges, strength->pledges_count);
	}
	for (size_t i = 0; i < overlaps->circular_count; i++) {
		const struct circle *circle = &overlaps->circular[i];
		buf_add_format(out, "  circle in a knot of %u:", circle->nodes);
		for (size_t j = 0; j < circle->links_count; j++)
			buf_add_format(out, " " STR_FMT " (" STR_FMT "/" STR_FMT ") " STR_FMT,
				STR_ARG(world->parties[circle->links[j].provider].id),
				STR_ARG(circle->links[j].agreement->id),
				STR_ARG(circle->links[j].commitment->id),
				STR_ARG(cover_reliance_words[circle->links[j].by]));
		buf_add_c(out, "\n");
	}
	print_points(out, world, overlaps);
}

/* --- The question --------------------------------------------------------------------------- */

/* One of three: points of few cells (for the reference asks for everybody once more per post, party
 * and agreement), leads of many, what needs no people. */
static void draw(struct overlap_filter *filter, struct random *random, const struct world *world)
{
	static const unsigned kinds[] = { OVERLAP_POINTS, OVERLAP_LEADS,
		OVERLAP_ASSETS | OVERLAP_STRENGTHS | OVERLAP_CIRCULAR };
	int32_t date = date_of((struct civil){ 2014, 1, 1 });
	*filter = (struct overlap_filter){ .place = NONE32, .nat = NAT_NONE };
	filter->kinds = kinds[random_below(random, 3)];
	filter->date = date_add_months(date, (int32_t)(6 * random_below(random, 20)));
	filter->viewer = random_chance(random, 20) ? VIEWER_PUBLIC : VIEWER_ALL;
	for (uint32_t n = filter->kinds == OVERLAP_LEADS ? 4 : 8; n > 0; n--) {
		const char *name =
			soak_services.items[random_below(random, (uint32_t)soak_services.count)];
		filter->services |= UINT64_C(1) << world_service_find(str_of(name));
	}
	if (filter->kinds == kinds[2] && random_chance(random, 60))
		filter->services = UINT64_MAX >> (64 - world_service_count);
	if (filter->kinds == OVERLAP_POINTS || random_chance(random, 30))
		filter->place = random_below(random, (uint32_t)world->places_count);
	while (filter->kinds == OVERLAP_POINTS && world->places[filter->place].country == NONE32)
		filter->place = random_below(random, (uint32_t)world->places_count);
	if (random_chance(random, 20))
		filter->nat = (uint16_t)random_below(random, (uint32_t)world->nats_count);
}

const char *soak_overlaps(struct tally *tally, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct buf *text)
{
	struct overlap_filter filter;
	struct people_count count;
	struct overlaps mine, theirs;
	char date[11];
	draw(&filter, random, world);
	date_format(date, filter.date);
	if (world_people(&count, arena, world, filter.date) != STATUS_OK ||
		cover_overlaps(&theirs, arena, index, &count, &filter) != STATUS_OK ||
		reference_overlaps(&mine, arena, world, accords, &filter) != STATUS_OK)
		return "overlaps: no memory";
	const char *difference = compare(&mine, &theirs);
	tally->overlaps[0] += mine.leads_count;
	tally->overlaps[1] += mine.unassigned_count;
	tally->overlaps[2] += mine.assets_count;
	tally->overlaps[3] += mine.strengths_count;
	tally->overlaps[4] += mine.circular_count;
	tally->overlaps[5] += mine.points_count;
	tally->overlaps[6]++;
	if (!difference)
		return NULL;
	buf_add_format(text, "overlaps on %s, place %u, kinds %u\nreference:\n", date, filter.place,
		filter.kinds);
	print_overlaps(text, world, &mine);
	buf_add_c(text, "engine:\n");
	print_overlaps(text, world, &theirs);
	return difference;
}
