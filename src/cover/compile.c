/* cover_compile(): a world and its agreements become an index, once.
 *
 * The index is symbolic. A row is a commitment as written; nothing dated is decided here, and no
 * pool is expanded. What is worked out: which nationalities can match at all (interned sets), what
 * of a row holds on every date (row.c), and under which places of which service it stands, so that
 * a question meets only the rows along its own chain of places. A zone or a group stands under
 * every place that it ever had; the exact question is asked on its date.
 *
 * Three jobs follow one another, each done for many batches side by side if the caller has jobs to
 * run them: rows are made of agreements, entries are laid out in order of their blocks, blocks are
 * made of entries. What jobs write is apart, and got beforehand by the caller's thread; what they
 * need for themselves is in an arena of each batch. What comes out does not depend on who ran
 * them. */
#include <assert.h>
#include <stdlib.h>
#include "cover/compile.h"

#define BATCH_ROWS 32768 /* a job of rows; an agreement is not divided */

void compile_run(struct compiler *compiler, size_t count, void (*job)(void *work, size_t number))
{
	if (compiler->jobs && count > 1)
		compiler->jobs->run(compiler->jobs->context, count, job, compiler);
	else
		for (size_t i = 0; i < count; i++)
			job(compiler, i);
}

/* ---- rows, agreement by agreement ---- */

static int compare_agreements(const void *a, const void *b)
{
	const struct agreement *const *x = a, *const *y = b;
	int by = str_cmp((*x)->id, (*y)->id);

	return by ? by : (*x > *y) - (*x < *y);
}

/* Room for the rows of every agreement, all or none. */
static enum status rooms_for_rows(struct compiler *compiler)
{
	struct cover_index *index = compiler->index;

	for (size_t i = 0; i < compiler->count; i++) {
		size_t bytes = block_agreement_bytes(row_count(compiler->order[i]));

		compiler->rows[i] = block_get(index, bytes);
		if (compiler->rows[i])
			continue;
		while (i-- > 0)
			block_put(index, compiler->rows[i],
				block_agreement_bytes(row_count(compiler->order[i])));
		return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

static enum status order_agreements(struct compiler *compiler, const struct accords *accords)
{
	size_t count = accords->items_count;

	compiler->count = count;
	compiler->order = ARENA_ARRAY(compiler->scratch, count, const struct agreement *);
	compiler->rows = ARENA_ARRAY(compiler->scratch, count, struct agreement_rows *);
	if (!compiler->order || !compiler->rows)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		compiler->order[i] = &accords->items[i];
	if (count > 1)
		qsort(compiler->order, count, sizeof *compiler->order, compare_agreements);
	return STATUS_OK;
}

/* The agreements divided among batches, about BATCH_ROWS each. */
static enum status divide(struct compiler *compiler)
{
	size_t capacity = 0, rows = BATCH_ROWS;
	const struct arena *scratch = compiler->scratch;

	for (size_t i = 0; i < compiler->count; i++) {
		void *items = compiler->batches;
		struct batch *batch;

		if (rows >= BATCH_ROWS) {
			batch = arena_push(compiler->scratch, &items, &compiler->batch_count,
				&capacity, sizeof *batch);
			compiler->batches = items;
			if (!batch)
				return STATUS_NO_MEMORY;
			batch->from = i;
			rows = 0;
		}
		rows += row_count(compiler->order[i]);
		compiler->batches[compiler->batch_count - 1].until = i + 1;
	}
	for (size_t i = 0; i < compiler->batch_count; i++)
		arena_init(&compiler->batches[i].arena, scratch->allocator, scratch->max);
	return STATUS_OK;
}

static bool keep_place(struct batch *batch, uint32_t value)
{
	void *items = batch->places;
	uint32_t *slot = arena_push(
		&batch->arena, &items, &batch->places_count, &batch->places_capacity, sizeof *slot);

	batch->places = items;
	if (slot)
		*slot = value;
	return slot != NULL;
}

static void count_entries(
	struct batch *batch, const struct atlas *atlas, const struct row *row, uint32_t place)
{
	const struct spot *spot = &atlas->spots[place];
	uint64_t services = row->commitment->services;

	for (; services; services &= services - 1) {
		size_t service = (size_t)__builtin_ctzll(services);
		struct tally *tally = &batch->tallies[service * atlas->block_count + spot->block];

		tally->count++;
		if (spot->local >= tally->span)
			tally->span = spot->local + 1;
	}
}

/* Every row filled, its places kept, the entries of every block counted. */
static enum status fill_rows(struct batch *batch, struct agreement_rows *rows, uint32_t slot)
{
	const struct cover_index *index = batch->rows.index;
	struct place_list list = { 0 };

	for (uint32_t i = 0; i < rows->count; i++) {
		struct row *row = &rows->rows[i];

		row->slot = slot;
		if (row_fill(&batch->rows, row) != STATUS_OK ||
			row_places(&list, &batch->arena, index, row->commitment) != STATUS_OK ||
			!keep_place(batch, (uint32_t)list.count))
			return STATUS_NO_MEMORY;
		row_note_nested(row, index, &list);
		for (size_t j = 0; j < list.count; j++) {
			count_entries(batch, index->atlas, row, list.items[j]);
			if (!keep_place(batch, list.items[j]))
				return STATUS_NO_MEMORY;
		}
	}
	return STATUS_OK;
}

/* First job: a batch's rows. Every block of rows is a block afterwards, whatever happened. */
static void make_rows(void *work, size_t number)
{
	const struct compiler *compiler = work;
	const struct cover_index *index = compiler->index;
	struct batch *batch = &compiler->batches[number];
	struct row_work *rows = &batch->rows;

	for (size_t i = batch->from; i < batch->until; i++) {
		uint32_t count = row_count(compiler->order[i]);

		compiler->rows[i] = block_agreement_at(compiler->rows[i], count);
		compiler->rows[i]->agreement = compiler->order[i];
		compiler->rows[i]->slot = (uint32_t)i;
	}
	batch->tallies = ARENA_ARRAY(&batch->arena, compiler->cell_count, struct tally);
	batch->starts = ARENA_ARRAY(&batch->arena, compiler->cell_count, uint32_t);
	*rows = (struct row_work){ .index = index, .sets.arena = &batch->arena };
	rows->memo.parties =
		ARENA_ARRAY(&batch->arena, index->world->parties_count, struct row_party);
	batch->status = batch->tallies && batch->starts && rows->memo.parties ? STATUS_OK
									      : STATUS_NO_MEMORY;
	for (size_t i = batch->from; i < batch->until && batch->status == STATUS_OK; i++) {
		row_begin(rows, compiler->rows[i], compiler->order[i]);
		batch->status = fill_rows(batch, compiler->rows[i], (uint32_t)i);
	}
}

/* Agreements onto the shelves; those that find no room are given back. */
static enum status shelve(struct compiler *compiler)
{
	struct cover_index *index = compiler->index;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < compiler->count; i++) {
		if (status == STATUS_OK)
			status = shelf_append(index, compiler->rows[i]);
		else
			block_drop_rows(index, compiler->rows[i]);
	}
	index->slot_count = (uint32_t)compiler->count;
	return status;
}

/* The sets of the batches get their numbers, in the order in which rows come. */
static enum status number_sets(struct compiler *compiler)
{
	for (size_t i = 0; i < compiler->batch_count; i++) {
		struct batch *batch = &compiler->batches[i];

		batch->numbers = ARENA_ARRAY(&batch->arena, batch->rows.sets.count, uint32_t);
		if (!batch->numbers)
			return STATUS_NO_MEMORY;
		for (size_t j = 0; j < batch->rows.sets.count; j++) {
			if (sets_intern(compiler->index, &batch->rows.sets.sets[j],
				    &batch->numbers[j]) != STATUS_OK)
				return STATUS_NO_MEMORY;
		}
	}
	return STATUS_OK;
}

static enum status compile_rows(struct compiler *compiler)
{
	enum status status = rooms_for_rows(compiler);

	if (status != STATUS_OK)
		return status;
	compile_run(compiler, compiler->batch_count, make_rows);
	status = shelve(compiler);
	for (size_t i = 0; i < compiler->batch_count && status == STATUS_OK; i++)
		status = compiler->batches[i].status;
	return status == STATUS_OK ? number_sets(compiler) : status;
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

static enum status compile(struct compiler *compiler, const struct accords *accords)
{
	struct cover_index *index = compiler->index;
	enum status status = atlas_make(index);

	if (status == STATUS_OK)
		status = columns_make(index, compiler->scratch);
	if (status == STATUS_OK)
		status = sets_make(index, set_capacity(accords));
	if (status == STATUS_OK)
		status = shelf_reserve(index, accords->items_count / SHELF_FILL + 1);
	if (status != STATUS_OK)
		return status;
	compiler->cell_count = WORLD_SERVICES_MAX * (size_t)index->atlas->block_count;
	status = order_agreements(compiler, accords);
	if (status == STATUS_OK)
		status = divide(compiler);
	if (status == STATUS_OK)
		status = compile_rows(compiler);
	if (status == STATUS_OK)
		status = compile_blocks(compiler);
	return status;
}

enum status cover_compile_with(struct cover_index **out, const struct cover_options *options,
	const struct world *world, const struct accords *accords)
{
	const struct allocator *allocator = options->allocator;
	struct compiler compiler = { .jobs = options->jobs };
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
	status = compile(&compiler, accords);
	for (size_t i = 0; i < compiler.batch_count; i++)
		if (compiler.batches[i].arena.allocator)
			arena_free(&compiler.batches[i].arena);
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

enum status cover_compile_jobs(struct cover_index **out, struct arena *arena,
	const struct world *world, const struct accords *accords, const struct jobs *jobs)
{
	struct allocator allocator = { arena_allocator_get, arena_allocator_put, arena };
	struct cover_options options = {
		.allocator = &allocator, .scratch = arena->allocator, .jobs = jobs
	};

	assert(out && arena);
	return cover_compile_with(out, &options, world, accords);
}

enum status cover_compile(struct cover_index **out, struct arena *arena, const struct world *world,
	const struct accords *accords)
{
	return cover_compile_jobs(out, arena, world, accords, NULL);
}

const struct world *cover_world(const struct cover_index *index)
{
	assert(index);
	return index->world;
}
