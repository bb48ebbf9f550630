/* cover_compile(): a world and its agreements become an index, once.
 *
 * The index is symbolic. A row is a commitment as written; nothing dated is decided here, and no
 * pool is expanded. What is worked out: which nationalities can match at all (interned sets), what
 * of a row holds on every date (row.c), and under which places of which service it stands, so that
 * a question meets only the rows along its own chain of places. A zone or a group stands under
 * every place that it ever had; the exact question is asked on its date. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

struct compiler {
	struct cover_index *index;
	struct arena *scratch; /* freed when the index is made */
	const struct agreement **order;
	uint32_t *places; /* of all rows, one after the other: count, places */
	size_t places_count, places_capacity;
	uint32_t *counts;        /* per service and block: its entries */
	struct pending *pending; /* sorted by service and block, then as the rows come */
};
/* An entry on its way into its block. */
struct pending {
	const struct row *row;
	uint32_t local;
};

/* ---- rows, agreement by agreement ---- */

static int compare_agreements(const void *a, const void *b)
{
	const struct agreement *const *x = a, *const *y = b;
	int by = str_cmp((*x)->id, (*y)->id);

	return by ? by : (*x > *y) - (*x < *y);
}

static enum status compile_agreements(struct compiler *compiler, const struct accords *accords)
{
	struct cover_index *index = compiler->index;
	size_t count = accords->items_count;
	enum status status = shelf_reserve(index, count / SHELF_FILL + 1);

	compiler->order = ARENA_ARRAY(compiler->scratch, count, const struct agreement *);
	if (!compiler->order)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		compiler->order[i] = &accords->items[i];
	if (count > 1)
		qsort(compiler->order, count, sizeof *compiler->order, compare_agreements);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct agreement_rows *rows;

		status = row_compile(index, compiler->order[i], &rows);
		if (status != STATUS_OK)
			break;
		index_number(rows, index->slot_count++);
		status = shelf_append(index, rows);
	}
	return status;
}

/* ---- entries ---- */

static enum status keep_place(struct compiler *compiler, uint32_t value)
{
	void *items = compiler->places;
	uint32_t *slot = arena_push(compiler->scratch, &items, &compiler->places_count,
		&compiler->places_capacity, sizeof *slot);

	compiler->places = items;
	if (!slot)
		return STATUS_NO_MEMORY;
	*slot = value;
	return STATUS_OK;
}

static void count_entries(struct compiler *compiler, const struct row *row, uint32_t place)
{
	const struct atlas *atlas = compiler->index->atlas;
	uint64_t services = row->commitment->services;

	for (; services; services &= services - 1) {
		size_t service = (size_t)__builtin_ctzll(services);

		compiler->counts[service * atlas->block_count + atlas->spots[place].block]++;
	}
}

/* First pass: the places of every row, kept; the entries of every block, counted. */
static enum status count_rows(struct compiler *compiler)
{
	struct cover_index *index = compiler->index;
	struct place_list list = { 0 };
	enum status status = STATUS_OK;

	for (struct walk walk = { .index = index }; status == STATUS_OK && walk_next(&walk);) {
		for (uint32_t i = 0; i < walk.rows->count && status == STATUS_OK; i++) {
			struct row *row = &walk.rows->rows[i];

			status = row_places(&list, compiler->scratch, index, row->commitment);
			if (status == STATUS_OK)
				status = keep_place(compiler, (uint32_t)list.count);
			row_note_nested(row, index, &list);
			for (size_t j = 0; j < list.count && status == STATUS_OK; j++) {
				count_entries(compiler, row, list.items[j]);
				status = keep_place(compiler, list.items[j]);
			}
		}
	}
	return status;
}

/* Second pass: every entry to its block's stretch of `pending`. STARTS moves to the stretches'
 * ends. */
static void place_rows(struct compiler *compiler, size_t *starts)
{
	struct cover_index *index = compiler->index;
	const struct atlas *atlas = index->atlas;
	size_t at = 0;

	for (struct walk walk = { .index = index }; walk_next(&walk);) {
		for (uint32_t i = 0; i < walk.rows->count; i++) {
			const struct row *row = &walk.rows->rows[i];
			uint32_t count = compiler->places[at++];

			for (size_t end = at + count; at < end; at++) {
				const struct spot *spot = &atlas->spots[compiler->places[at]];
				uint64_t services = row->commitment->services;

				for (; services; services &= services - 1) {
					size_t service = (size_t)__builtin_ctzll(services);
					size_t *start =
						&starts[service * atlas->block_count + spot->block];

					compiler->pending[(*start)++] =
						(struct pending){ row, spot->local };
				}
			}
		}
	}
	assert(at == compiler->places_count);
}

static struct entry_block *make_front(
	struct cover_index *index, const struct pending *pending, uint32_t count)
{
	uint32_t span = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (pending[i].local >= span)
			span = pending[i].local + 1;
	}
	return block_front(index, count, span);
}

/* The entries of BLOCK, sorted by place by counting; rows keep their order. */
static void fill_block(struct entry_block *block, const struct pending *pending)
{
	const struct row **rows = block_rows(block);

	for (uint32_t i = 0; i < block->count; i++)
		block->offsets[pending[i].local + 1]++;
	for (uint32_t local = 0; local < block->span; local++)
		block->offsets[local + 1] += block->offsets[local];
	/* Filling moves each start to its end, which is the next one's start: moved back after. */
	for (uint32_t i = 0; i < block->count; i++)
		rows[block->offsets[pending[i].local]++] = pending[i].row;
	memmove(block->offsets + 1, block->offsets, block->span * sizeof *block->offsets);
	block->offsets[0] = 0;
	for (uint32_t local = 0; local < block->span; local++)
		block_fill(block, local);
}

/* The blocks of service S: all fronts before any back, so that they lie together. *PENDING moves to
 * the next service's. */
static enum status make_service(struct compiler *compiler, size_t s, const struct pending **pending)
{
	struct cover_index *index = compiler->index;
	uint32_t block_count = index->atlas->block_count;
	const uint32_t *counts = compiler->counts + s * block_count;
	const struct pending *at = *pending;
	struct service_table *table = NULL;

	for (uint32_t b = 0; b < block_count; at += counts[b++]) {
		if (!counts[b])
			continue;
		if (!table)
			table = index->services[s] = block_service(index);
		if (!table)
			return STATUS_NO_MEMORY;
		table->blocks[b] = make_front(index, at, counts[b]);
		if (!table->blocks[b])
			return STATUS_NO_MEMORY;
		table->entry_count += counts[b];
	}
	for (uint32_t b = 0; table && b < block_count; *pending += counts[b++]) {
		if (!counts[b])
			continue;
		if (!block_back(index, table->blocks[b]))
			return STATUS_NO_MEMORY;
		fill_block(table->blocks[b], *pending);
	}
	return STATUS_OK;
}

static enum status make_blocks(struct compiler *compiler)
{
	const struct pending *pending = compiler->pending;
	enum status status = STATUS_OK;

	for (size_t s = 0; s < WORLD_SERVICES_MAX && status == STATUS_OK; s++)
		status = make_service(compiler, s, &pending);
	return status;
}

static enum status compile_entries(struct compiler *compiler)
{
	size_t cells = WORLD_SERVICES_MAX * (size_t)compiler->index->atlas->block_count;
	enum status status;
	size_t *starts, total = 0;

	compiler->counts = ARENA_ARRAY(compiler->scratch, cells, uint32_t);
	starts = ARENA_ARRAY(compiler->scratch, cells, size_t);
	if (!compiler->counts || !starts)
		return STATUS_NO_MEMORY;
	status = count_rows(compiler);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < cells; i++) {
		starts[i] = total;
		total += compiler->counts[i];
	}
	compiler->pending = arena_get_raw(compiler->scratch, total * sizeof *compiler->pending);
	if (!compiler->pending || total >= NONE32)
		return STATUS_NO_MEMORY;
	place_rows(compiler, starts);
	return make_blocks(compiler);
}

/* ---- the whole ---- */

static uint32_t set_capacity(const struct accords *accords)
{
	uint32_t capacity = 64;
	size_t rows = 0;

	for (size_t i = 0; i < accords->items_count; i++)
		rows += accords->items[i].commitments_count;
	while (capacity < rows / 4 && capacity < 1024)
		capacity *= 2;
	return capacity;
}

enum status cover_compile_with(struct cover_index **out, const struct cover_options *options,
	const struct world *world, const struct accords *accords)
{
	const struct allocator *allocator = options->allocator;
	struct compiler compiler = { 0 };
	struct cover_index *index;
	struct arena scratch;
	enum status status;

	assert(out && allocator && world && accords && world->nats_count <= 256);
	*out = NULL;
	index = allocator->get(allocator->context, sizeof *index);
	if (!index)
		return STATUS_NO_MEMORY;
	*index = (struct cover_index){ .refs = 1, .allocator = *allocator, .world = world };
	index->lane = lane_of(options->lane);
	arena_init(&scratch, options->scratch ? options->scratch : allocator, SIZE_MAX / 2);
	compiler.index = index;
	compiler.scratch = &scratch;
	status = atlas_make(index);
	if (status == STATUS_OK)
		status = sets_make(index, set_capacity(accords));
	if (status == STATUS_OK)
		status = compile_agreements(&compiler, accords);
	if (status == STATUS_OK)
		status = compile_entries(&compiler);
	arena_free(&scratch);
	if (status == STATUS_OK)
		*out = index;
	else
		cover_release(index);
	return status;
}

/* An arena as an allocator: nothing goes back before the arena does. */
static void *arena_allocator_get(void *context, size_t size)
{
	return arena_get_raw(context, size); /* like malloc: whoever asks fills it */
}

static void arena_allocator_put(void *context, void *memory, size_t size)
{
	(void)context;
	(void)memory;
	(void)size;
}

enum status cover_compile(struct cover_index **out, struct arena *arena, const struct world *world,
	const struct accords *accords)
{
	struct allocator allocator = { arena_allocator_get, arena_allocator_put, arena };
	struct cover_options options = { .allocator = &allocator, .scratch = arena->allocator };

	assert(out && arena);
	return cover_compile_with(out, &options, world, accords);
}

const struct world *cover_world(const struct cover_index *index)
{
	assert(index);
	return index->world;
}
