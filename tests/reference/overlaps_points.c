/* "single points of failure (if this post closes, N people lose band)": each post is closed, each
 * party taken out of every agreement, each agreement ended, and everybody asks again. */
#include "overlaps.h"
#include <string.h>

static enum band best_band(struct look *look, const struct world *world,
	const struct accords *accords, const struct query *query)
{
	struct answers answers;
	enum band best = BAND_NONE;
	if (reference_who(&answers, look->arena, world, accords, query) != STATUS_OK) {
		look->no_memory = true;
		return BAND_NONE;
	}
	for (size_t i = 0; i < answers.items_count; i++)
		if (!answers.items[i].held && answers.items[i].band > best)
			best = answers.items[i].band;
	return best;
}

/* The world with every period of POST closed. */
static bool close_post(struct look *look, struct world *out, uint32_t post)
{
	*out = *look->world;
	out->posts = ARENA_ARRAY(look->arena, out->posts_count, struct post_row);
	if (!out->posts)
		return false;
	memcpy(out->posts, look->world->posts, out->posts_count * sizeof *out->posts);
	for (size_t i = 0; i < out->posts_count; i++)
		if (out->posts[i].post == post)
			out->posts[i].state = FACT_CLOSED;
	return true;
}

static int32_t later(int32_t a, int32_t b)
{
	return a == DATE_NONE || (b != DATE_NONE && b > a) ? b : a;
}

static int32_t earlier(int32_t a, int32_t b)
{
	return a == DATE_NONE || (b != DATE_NONE && b < a) ? b : a;
}

static bool add_entry(
	struct look *look, struct agreement *agreement, struct party_entry entry, uint32_t without)
{
	if (!entry.is_group && entry.index == without)
		return true;
	struct party_entry *slot = look_push(
		look, (void **)&agreement->parties, &agreement->parties_count, sizeof *slot);
	if (slot)
		*slot = entry;
	return slot != NULL;
}

/* The agreements without PARTY: groups are written out, so that one member can be missing. (Asked
 * for viewers whose sight does not depend on being a party.) */
static bool leave_all(struct look *look, struct accords *out, uint32_t party)
{
	const struct world *world = look->world;
	out->items = ARENA_ARRAY(look->arena, out->items_count, struct agreement);
	for (size_t i = 0; out->items && i < out->items_count; i++) {
		const struct agreement *was = &look->accords->items[i];
		out->items[i] = *was;
		out->items[i].parties = NULL;
		out->items[i].parties_count = 0;
		for (size_t j = 0; j < was->parties_count; j++) {
			struct party_entry entry = was->parties[j];
			if (!entry.is_group && !add_entry(look, &out->items[i], entry, party))
				return false;
			for (size_t m = 0; entry.is_group && m < world->group_rows_count; m++) {
				const struct membership *row = &world->group_rows[m];
				struct party_entry one = entry;
				if (row->set != entry.index)
					continue;
				one.is_group = false;
				one.index = row->member;
				one.from = later(entry.from, row->from);
				one.until = earlier(entry.until, row->until);
				if (!add_entry(look, &out->items[i], one, party))
					return false;
			}
		}
	}
	return out->items != NULL;
}

static bool end_agreement(struct look *look, struct accords *out, uint32_t number)
{
	out->items = ARENA_ARRAY(look->arena, out->items_count, struct agreement);
	if (!out->items)
		return false;
	memcpy(out->items, look->accords->items, out->items_count * sizeof *out->items);
	out->items[number].states_count = 0;
	return true;
}

static void add_loss(struct look *look, struct single_point *point, const struct people_cell *cell,
	uint8_t service, enum band from, enum band to, bool not_known)
{
	struct point_loss *loss = NULL;
	for (size_t i = 0; i < point->losses_count; i++)
		if (point->losses[i].service == service && point->losses[i].from == from &&
			point->losses[i].to == to && point->losses[i].not_known == not_known)
			loss = &point->losses[i];
	if (!loss) {
		loss = look_push(look, (void **)&point->losses, &point->losses_count, sizeof *loss);
		if (!loss)
			return;
		*loss = (struct point_loss){
			.service = service, .from = from, .to = to, .not_known = not_known
		};
	}
	loss->people += cell->people;
	if (cell->people > loss->most.people)
		loss->most = *cell;
}

/* Everybody asks in the world without the point. */
static void try_point(struct look *look, struct overlaps *out, struct single_point point,
	const struct world *world, const struct accords *accords)
{
	for (size_t i = 0; i < look->people.cells_count; i++) {
		const struct people_cell *cell = &look->people.cells[i];
		bool loses = false;
		for (uint8_t s = 0; s < world_service_count && look_wants_cell(look, cell); s++) {
			if (!(look->filter->services >> s & 1))
				continue;
			struct query query = look_query(look, cell, s, cell->place);
			enum band before = best_band(look, look->world, look->accords, &query);
			if (before == BAND_NONE)
				continue;
			enum band after = best_band(look, world, accords, &query);
			if (after >= before)
				continue;
			loses = true;
			struct ref ref = ref_begin(world, accords, &query);
			add_loss(look, &point, cell, s, before, after,
				after == BAND_NONE && ref_any_in_favour(ref));
		}
		point.people += loses ? cell->people : 0;
	}
	if (!point.losses_count)
		return;
	struct single_point *slot =
		look_push(look, (void **)&out->points, &out->points_count, sizeof *slot);
	if (slot)
		*slot = point;
}

void look_points(struct look *look, struct overlaps *out)
{
	for (uint32_t i = 0; i < look->world->posts_count; i++) {
		struct single_point point = { .kind = POINT_POST, .index = i };
		struct world closed;
		if (i > 0 && look->world->posts[i].post == look->world->posts[i - 1].post)
			continue;
		if (close_post(look, &closed, look->world->posts[i].post))
			try_point(look, out, point, &closed, look->accords);
	}
	for (uint32_t i = 0; i < look->world->parties_count; i++) {
		struct single_point point = { .kind = POINT_PARTY, .index = i };
		struct accords accords = *look->accords;
		if (leave_all(look, &accords, i))
			try_point(look, out, point, look->world, &accords);
	}
	for (uint32_t i = 0; i < look->accords->items_count; i++) {
		struct single_point point = {
			.kind = POINT_AGREEMENT, .index = i, .agreement = &look->accords->items[i]
		};
		struct accords accords = *look->accords;
		if (end_agreement(look, &accords, i))
			try_point(look, out, point, look->world, &accords);
	}
}
