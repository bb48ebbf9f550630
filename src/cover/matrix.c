/* cover_matrix(): how many parties answer, for every service, nationality and place at once.
 *
 * The places of a service are walked in preorder; a place's counts are its parent's, and one more
 * for every nationality that a row there newly covers: a few vector additions of bytes, 256
 * nationalities abreast. Places stand in rows then, and the matrix wants them in columns: blocks of
 * 64 are turned while they are near, and each nationality's line leaves as one stream. Cells that
 * some row leaves to the judge are counted again by it.
 *
 * A byte holds 255 parties. A service where a chain of places has more rows than that is counted
 * in 16 bits, without haste. */
#include <assert.h>
#include <string.h>
#include "cover/matrix.h"

struct builder {
	const struct matrix_axes *axes;
	const struct matrix_lane *lane;
	struct matrix_walk walk;
	struct arena *arena;
	struct matrix_vector *vectors; /* per depth */
	uint16_t (*wide)[MATRIX_NATS]; /* the same in 16 bits, when needed */
	struct matrix_vector *block;
	uint8_t *columns;
	size_t stride;
	struct matrix_cell *cells;
	size_t cell_count;
	uint32_t depths;
};

static const struct matrix_lane *lane_for(enum cover_lane kind)
{
	if (kind == LANE_AVX512)
		return &matrix_avx512;
	return kind == LANE_AVX2 ? &matrix_avx2 : &matrix_scalar;
}

/* Vectors are aligned by hand: an arena aligns for plain types only. */
static void *get_aligned(struct arena *arena, size_t size)
{
	char *memory = arena_get_raw(arena, size + 64);

	return memory ? memory + (64 - (uintptr_t)memory % 64) % 64 : NULL;
}

static uint32_t most_entries(const struct cover_index *index, const struct matrix_axes *axes)
{
	uint32_t most = 0;

	for (size_t s = 0; s < axes->service_count; s++) {
		const struct service_table *table = index->services[axes->services[s]];

		if (table && table->entry_count > most)
			most = table->entry_count;
	}
	return most;
}

static void prepare_walk(struct matrix_walk *walk)
{
	const struct cover_index *index = walk->index;
	const struct matrix_axes *axes = walk->axes;
	uint16_t day = row_day(axes->date);

	walk->judge_all = index->lane->kind == LANE_OFF || day == 0 || day == DAY_MAX;
	walk->keys = (struct lane_query){ .from_max = walk->judge_all ? DAY_MAX : day,
		.until_min = walk->judge_all ? 0 : day,
		.phase = (uint8_t)axes->phase,
		.sets = index->table->bits + (size_t)SETS_ALL * (index->table->capacity / 64),
		.set_words = index->table->capacity / 64 };
	for (uint16_t n = 0; n < index->world->nats_count; n++) {
		if (index->world->nats[n].place == NONE32)
			set256_add(&walk->placeless, n);
	}
	walk->base = walk->next = 1;
}

static enum status prepare(struct builder *builder, struct arena *arena,
	const struct cover_index *index, const struct matrix_axes *axes)
{
	struct matrix_walk *walk = &builder->walk;

	builder->arena = arena;
	builder->axes = walk->axes = axes;
	walk->index = index;
	builder->lane = lane_for(index->lane->kind);
	for (size_t p = 0; p < index->world->places_count; p++) {
		if (index->world->places[p].depth >= builder->depths)
			builder->depths = index->world->places[p].depth + 1u;
	}
	builder->stride = (axes->place_count + MATRIX_BLOCK - 1) / MATRIX_BLOCK * MATRIX_BLOCK;
	walk->capacity = most_entries(index, axes);
	walk->top = ARENA_ARRAY(arena, index->world->parties_count, uint32_t);
	walk->links = arena_get_raw(arena, walk->capacity * sizeof *walk->links);
	walk->masks = arena_get_raw(arena, walk->capacity * sizeof *walk->masks);
	walk->levels = ARENA_ARRAY(arena, builder->depths, struct matrix_level);
	builder->cells = arena_get_raw(arena, axes->place_count * sizeof *builder->cells);
	builder->vectors = get_aligned(arena, builder->depths * sizeof *builder->vectors);
	builder->block = get_aligned(arena, MATRIX_BLOCK * sizeof *builder->block);
	builder->columns = get_aligned(arena, MATRIX_NATS * builder->stride);
	if (!walk->top || !walk->links || !walk->masks || !walk->levels || !builder->cells ||
		!builder->vectors || !builder->block || !builder->columns)
		return STATUS_NO_MEMORY;
	memset(builder->block, 0, MATRIX_BLOCK * sizeof *builder->block);
	prepare_walk(walk);
	return STATUS_OK;
}

/* ---- the sinks of a walk ---- */

/* False: a byte may not hold the counts. */
static bool take_narrow(struct builder *builder, uint32_t depth, uint32_t parent_depth)
{
	static const struct matrix_vector none = { { 0 } };
	const struct matrix_walk *walk = &builder->walk;
	const struct matrix_level *level = &walk->levels[depth];
	const struct matrix_vector *above =
		parent_depth == NONE32 ? &none : &builder->vectors[parent_depth];
	uint32_t at = level->at;

	if (level->masks > UINT8_MAX)
		return false;
	builder->lane->sum(&builder->vectors[depth], above, walk->masks, walk->mask_count);
	if (at == NONE32)
		return true;
	builder->block[at % MATRIX_BLOCK] = builder->vectors[depth];
	if (at % MATRIX_BLOCK == MATRIX_BLOCK - 1 || at + 1 == builder->axes->place_count)
		builder->lane->turn(builder->columns + at / MATRIX_BLOCK * MATRIX_BLOCK,
			builder->stride, builder->block);
	return true;
}

static void take_wide(struct builder *builder, uint16_t *out, uint32_t depth, uint32_t parent_depth)
{
	const struct matrix_walk *walk = &builder->walk;
	const struct matrix_axes *axes = builder->axes;
	uint16_t *counts = builder->wide[depth];
	uint32_t at = walk->levels[depth].at;

	if (parent_depth == NONE32)
		memset(counts, 0, sizeof builder->wide[depth]);
	else
		memcpy(counts, builder->wide[parent_depth], sizeof builder->wide[depth]);
	for (size_t i = 0; i < walk->mask_count; i++) {
		for (unsigned n = 0; n < MATRIX_NATS; n++)
			counts[n] = (uint16_t)(counts[n] + set256_has(&walk->masks[i], n));
	}
	for (size_t n = 0; n < axes->nat_count && at != NONE32; n++)
		out[n * axes->place_count + at] = counts[axes->nats[n]];
}

/* Cells to be judged here, or as at the parent. */
static void note_judged(struct builder *builder, uint32_t place, uint32_t parent_depth)
{
	const struct matrix_walk *walk = &builder->walk;
	const struct place *here = &walk->index->world->places[place];
	const struct matrix_level *level = &walk->levels[here->depth];
	struct matrix_cell *cell = &builder->cells[builder->cell_count];

	/* Above countries there is no host, and nobody can be asked for. */
	if (level->at == NONE32 || here->country == NONE32 || set256_empty(&level->judged))
		return;
	*cell = (struct matrix_cell){
		.place = place, .at = level->at, .like = NONE32, .judged = level->judged
	};
	if (!level->waits && !level->excepts && here->country != place)
		cell->like = walk->levels[parent_depth].at;
	builder->cell_count++;
}

/* ---- services ---- */

/* All places of one service, in 16 bits if WIDE; false: in 16 bits, please. */
static bool walk_places(struct builder *builder, uint16_t *out, bool wide)
{
	struct matrix_walk *walk = &builder->walk;
	const struct matrix_axes *axes = builder->axes;
	const struct place *places = walk->index->world->places;
	uint32_t at = 0, place = 0;

	walk->base = walk->next;
	builder->cell_count = 0;
	while (at < axes->place_count) {
		uint32_t parent = places[place].parent, depth = places[place].depth;
		uint32_t parent_depth = parent == NONE32 ? NONE32 : places[parent].depth;

		if (places[place].last < axes->places[at]) {
			place = places[place].last + 1; /* nothing chosen in there */
			continue;
		}
		matrix_enter(walk, place);
		if (axes->places[at] == place)
			walk->levels[depth].at = at++;
		if (wide)
			take_wide(builder, out, depth, parent_depth);
		else if (!take_narrow(builder, depth, parent_depth))
			return false;
		note_judged(builder, place, parent_depth);
		place++;
	}
	return true;
}

static enum status build_service(struct builder *builder, uint16_t *out, uint8_t service)
{
	const struct matrix_axes *axes = builder->axes;
	struct matrix_walk *walk = &builder->walk;
	unsigned needs = NEED_JUDGE | (axes->viewer != VIEWER_ALL ? NEED_VIEWER : 0u);

	/* NEED_TO: where no destination is said, every `to` agrees. */
	walk->service = service;
	walk->consular = world_services[service].domain == DOMAIN_CONSULAR;
	walk->needs = (uint8_t)needs;
	if (!walk_places(builder, out, false)) {
		if (!builder->wide)
			builder->wide = arena_get_raw(
				builder->arena, builder->depths * sizeof *builder->wide);
		if (!builder->wide)
			return STATUS_NO_MEMORY;
		walk_places(builder, out, true);
	} else {
		for (size_t n = 0; n < axes->nat_count; n++)
			builder->lane->widen(out + n * axes->place_count,
				builder->columns + axes->nats[n] * builder->stride,
				axes->place_count);
	}
	if (!builder->cell_count)
		return STATUS_OK;
	return matrix_judge(out, builder->arena, walk->index, axes, service, builder->cells,
		builder->cell_count);
}

enum status cover_matrix(uint16_t *out, struct arena *arena, const struct cover_index *index,
	const struct matrix_axes *axes, unsigned part, unsigned parts)
{
	struct builder builder = { 0 };
	enum status status;

	assert(out && arena && index && axes && part < parts);
	for (size_t i = 0; i < axes->place_count; i++)
		assert(axes->places[i] < index->world->places_count &&
			(i == 0 || axes->places[i - 1] < axes->places[i]));
	for (size_t i = 0; i < axes->nat_count; i++)
		assert(axes->nats[i] < index->world->nats_count);
	if (axes->place_count == 0)
		return STATUS_OK;
	status = prepare(&builder, arena, index, axes);
	for (size_t s = part; s < axes->service_count && status == STATUS_OK; s += parts)
		status = build_service(
			&builder, out + s * axes->nat_count * axes->place_count, axes->services[s]);
	return status;
}
