/* Single points of failure: if this post closes, this party leaves every agreement, or this
 * agreement ends, how many people lose a band of which service.
 *
 * Judging every cell once for each of thousands of posts would be hopeless. But a cell can only
 * lose if every row of its best band is lost or lowered, and what one such row rests on is a short
 * list: its agreement, its provider, the post that gives presence; with `served-by` what X rests
 * on, with `limit` what the provider's own nationals get. The points that stand in the lists of
 * all best rows are tried, by judging the cell again without them; mostly there are none. Closing
 * never weakens another row: presence elsewhere stays, `unrepresented` only grows. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/overlaps.h"

/* The points on which a row, or all rows of a band, may rest: numbers, per kind. */
struct tries {
	struct pile kinds[POINT_KINDS];
};

struct growing {
	struct single_point point;
	struct pile losses;
	uint32_t last_cell; /* the last cell counted in `people` */
};
struct point_table {
	struct cover_index shut_index; /* the same index over a world in which posts can be shut */
	struct world shut;
	struct post_row *posts;
	uint32_t *first_row;          /* of each post */
	uint32_t *slots[POINT_KINDS]; /* number in `points` + 1 */
	struct pile points;
	struct tries kept, next; /* of the cell at hand: of all best rows, of the one judged */
};

enum status points_init(struct hunt *hunt)
{
	const struct world *world = hunt->index->world;
	struct point_table *table = ARENA_NEW(hunt->arena, struct point_table);
	size_t counts[POINT_KINDS] = { world->post_count, world->parties_count,
		hunt->index->slot_count };

	hunt->points = table;
	if (!table)
		return STATUS_NO_MEMORY;
	for (int kind = 0; kind < POINT_KINDS; kind++) {
		table->slots[kind] = ARENA_ARRAY(hunt->arena, counts[kind], uint32_t);
		if (!table->slots[kind])
			return STATUS_NO_MEMORY;
	}
	table->posts = ARENA_ARRAY(hunt->arena, world->posts_count, struct post_row);
	table->first_row = ARENA_ARRAY(hunt->arena, world->post_count, uint32_t);
	if (!table->posts || !table->first_row)
		return STATUS_NO_MEMORY;
	if (world->posts_count)
		memcpy(table->posts, world->posts, world->posts_count * sizeof *table->posts);
	for (size_t i = world->posts_count; i-- > 0;)
		table->first_row[world->posts[i].post] = (uint32_t)i;
	table->shut = *world;
	table->shut.posts = table->posts;
	table->shut_index = *hunt->index;
	table->shut_index.world = &table->shut;
	return STATUS_OK;
}

/* ---- what one row rests on ---- */

static void add_try(struct hunt *hunt, enum point_kind kind, uint32_t item)
{
	struct pile *pile = &hunt->points->next.kinds[kind];
	const uint32_t *items = pile->items;
	uint32_t *slot;

	for (size_t i = 0; i < pile->count; i++) {
		if (items[i] == item)
			return;
	}
	slot = pile_push(hunt, pile, sizeof *slot);
	if (slot)
		*slot = item;
}

/* Every post of PARTY that can count in the country. */
static void add_posts_of(struct hunt *hunt, const struct ask *ask, uint32_t party)
{
	const struct world *world = ask->world;

	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		bool there = world->places[post->place].country == ask->country;

		if (post->sending != party)
			continue;
		for (size_t j = 0; j < post->accredited_count && !there; j++)
			there = post->accredited_to[j] == ask->country;
		if (there)
			add_try(hunt, POINT_POST, post->post);
	}
}

/* What PARTY's own rows for this question may rest on. */
static void add_rows_of(struct hunt *hunt, const struct ask *ask, uint32_t party)
{
	add_posts_of(hunt, ask, party);
	add_try(hunt, POINT_PARTY, party);
	if (ask->host != NONE32)
		add_try(hunt, POINT_PARTY, ask->host);
	for (size_t i = 0; i < ask->candidate_count; i++) {
		const struct row *row = ask->candidates[i];

		if (provider_can_be(ask, row, party))
			add_try(hunt, POINT_AGREEMENT, row->slot);
	}
}

/* ANSWER is ROW's. */
static void rests_on(struct hunt *hunt, const struct ask *ask, const struct row *row,
	const struct answer *answer)
{

	for (int kind = 0; kind < POINT_KINDS; kind++)
		hunt->points->next.kinds[kind].count = 0;
	add_try(hunt, POINT_AGREEMENT, row->slot);
	add_try(hunt, POINT_PARTY, answer->provider);
	if (row->agreement->binds_host && ask->host != NONE32)
		add_try(hunt, POINT_PARTY, ask->host);
	if (answer->post_row != NONE32)
		add_try(hunt, POINT_POST, ask->world->posts[answer->post_row].post);
	if (answer->via != NONE32)
		add_rows_of(hunt, ask, answer->via);
	if (answer->commitment->as_own_nationals)
		add_rows_of(hunt, ask, answer->provider);
}

/* ---- the rows of the best band ---- */

/* What is kept becomes what it has in common with the row judged. */
static void keep_common(struct point_table *table)
{
	for (int kind = 0; kind < POINT_KINDS; kind++) {
		struct pile *kept = &table->kept.kinds[kind], *next = &table->next.kinds[kind];
		uint32_t *items = kept->items;
		size_t count = 0;

		for (size_t i = 0; i < kept->count; i++) {
			bool common = false;

			for (size_t j = 0; j < next->count && !common; j++)
				common = ((uint32_t *)next->items)[j] == items[i];
			if (common)
				items[count++] = items[i];
		}
		kept->count = count;
	}
}

/* The best rows so far have nothing in common: no point can take this band away. */
static bool none_left(const struct point_table *table)
{
	for (int kind = 0; kind < POINT_KINDS; kind++) {
		if (table->kept.kinds[kind].count)
			return false;
	}
	return true;
}

static enum band most_of(const struct row *row)
{
	return row->commitment->duty == DUTY_WILL    ? BAND_WILL
	       : row->commitment->duty == DUTY_SHALL ? BAND_SHALL
						     : BAND_MAY;
}

static void take_answer(struct hunt *hunt, enum band *best, const struct ask *ask,
	const struct row *row, const struct answer *answer)
{
	struct point_table *table = hunt->points;

	if (answer->held || answer->band < *best || (answer->band == *best && none_left(table)))
		return;
	rests_on(hunt, ask, row, answer);
	if (answer->band == *best) {
		keep_common(table);
		return;
	}
	struct tries old = table->kept;
	table->kept = table->next;
	table->next = old;
	*best = answer->band;
}

/* The best band; on what all its rows rest is kept. */
static enum band find_best(struct hunt *hunt, struct ask *ask)
{
	enum band best = BAND_NONE;

	for (size_t i = 0; i < ask->candidate_count; i++) {
		const struct row *row = ask->candidates[i];
		struct row_walk walk;

		if (most_of(row) < best || (most_of(row) == best && none_left(hunt->points)) ||
			!row_walk_open(&walk, ask, row))
			continue;
		while (row_walk_next(&walk, ask)) {
			struct answer answer;

			if (row_walk_answers(&walk, ask, &answer))
				take_answer(hunt, &best, ask, row, &answer);
		}
		row_walk_close(&walk, ask);
	}
	return best;
}

/* ---- without it ---- */

/* What is left to a cell: its band, and where that is none, whether it is not proven. */
struct left {
	enum band band;
	bool not_known;
};

static void set_states(struct hunt *hunt, uint32_t post, bool shut)
{
	struct point_table *table = hunt->points;
	const struct world *world = hunt->index->world;

	for (size_t i = table->first_row[post];
		i < world->posts_count && world->posts[i].post == post; i++)
		table->posts[i].state = shut ? FACT_CLOSED : world->posts[i].state;
}

static struct left judge(struct ask *ask)
{
	struct left left = { .band = cell_band(ask) };

	left.not_known = left.band == BAND_NONE && cell_favoured(ask);
	return left;
}

/* What ASK's cell is left with without one point. */
static struct left band_without(
	struct hunt *hunt, const struct ask *ask, enum point_kind kind, uint32_t item)
{
	struct memo memo = { .force = hunt->force };
	struct ask there = *ask;
	struct left band;

	there.memo = &memo;
	there.bare = true;
	if (kind == POINT_PARTY) {
		there.without = item;
		return judge(&there);
	}
	if (kind == POINT_POST) {
		set_states(hunt, item, true);
		there.index = &hunt->points->shut_index;
		there.world = &hunt->points->shut;
		there.apart =
			there.world
				->parties[there.world->posts[hunt->points->first_row[item]].sending]
				.nat;
		band = judge(&there);
		set_states(hunt, item, false);
		return band;
	}
	uint8_t force = hunt->force[item];
	hunt->force[item] = FORCE_NO;
	band = judge(&there);
	hunt->force[item] = force;
	return band;
}

static struct growing *point_of(struct hunt *hunt, enum point_kind kind, uint32_t item)
{
	struct point_table *table = hunt->points;
	struct growing *slot;

	if (table->slots[kind][item])
		return (struct growing *)table->points.items + table->slots[kind][item] - 1;
	slot = pile_push(hunt, &table->points, sizeof *slot);
	if (!slot)
		return NULL;
	slot->point.kind = kind;
	slot->point.index = kind == POINT_POST ? table->first_row[item] : item;
	if (kind == POINT_AGREEMENT) {
		const struct flat *flat = &hunt->flat;

		slot->point.index = flat->order[item];
		slot->point.agreement = flat->agreements[flat->order[item]]->agreement;
	}
	slot->last_cell = NONE32;
	table->slots[kind][item] = (uint32_t)table->points.count;
	return slot;
}

static void add_loss(struct hunt *hunt, struct growing *point, const struct people_cell *cell,
	uint8_t service, enum band from, struct left to)
{
	uint32_t number = (uint32_t)(cell - hunt->count->cells);
	struct point_loss *losses = point->losses.items, *loss = NULL;

	for (size_t i = point->losses.count; i-- > 0 && !loss;) {
		if (losses[i].service == service && losses[i].from == from &&
			losses[i].to == to.band && losses[i].not_known == to.not_known)
			loss = &losses[i];
	}
	if (!loss) {
		loss = pile_push(hunt, &point->losses, sizeof *loss);
		if (!loss)
			return;
		*loss = (struct point_loss){
			.service = service, .from = from, .to = to.band, .not_known = to.not_known
		};
	}
	loss->people += cell->people;
	if (cell->people > loss->most.people)
		loss->most = *cell;
	if (point->last_cell != number)
		point->point.people += cell->people;
	point->last_cell = number;
}

void points_cell(struct hunt *hunt, struct ask *ask, const struct people_cell *cell)
{
	enum band best = find_best(hunt, ask);

	for (int kind = 0; kind < POINT_KINDS && best != BAND_NONE; kind++) {
		const struct pile *kept = &hunt->points->kept.kinds[kind];
		const uint32_t *items = kept->items;

		for (size_t i = 0; i < kept->count; i++) {
			struct left left = band_without(hunt, ask, (enum point_kind)kind, items[i]);
			struct growing *point;

			if (left.band >= best)
				continue;
			point = point_of(hunt, (enum point_kind)kind, items[i]);
			if (!point)
				return;
			add_loss(hunt, point, cell, ask->query.service, best, left);
		}
	}
}

/* ---- the order of findings ---- */

static int compare_losses(const void *a, const void *b)
{
	const struct point_loss *x = a, *y = b;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	if (x->service != y->service)
		return x->service < y->service ? -1 : 1;
	if (x->from != y->from)
		return (int)y->from - (int)x->from;
	return x->to != y->to ? (int)y->to - (int)x->to : (int)x->not_known - (int)y->not_known;
}

static struct str id_of(const struct cover_index *index, const struct single_point *point)
{
	if (point->kind == POINT_POST)
		return index->world->posts[point->index].id;
	return point->kind == POINT_PARTY ? index->world->parties[point->index].id
					  : point->agreement->id;
}

static int compare_points(const void *a, const void *b, void *context)
{
	const struct single_point *x = a, *y = b;

	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return str_cmp(id_of(context, x), id_of(context, y));
}

enum status points_finish(struct hunt *hunt, struct overlaps *out)
{
	union {
		const struct cover_index *in;
		void *out;
	} index = { .in = hunt->index };
	struct growing *all = hunt->points->points.items;
	size_t count = hunt->points->points.count;

	out->points = ARENA_ARRAY(hunt->arena, count, struct single_point);
	if (!out->points)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		struct single_point *point = &out->points[out->points_count++];

		*point = all[i].point;
		point->losses = all[i].losses.items;
		point->losses_count = all[i].losses.count;
		if (point->losses_count > 1)
			qsort(point->losses, point->losses_count, sizeof *point->losses,
				compare_losses);
	}
	if (count > 1)
		qsort_r(out->points, count, sizeof *out->points, compare_points, index.out);
	return STATUS_OK;
}
