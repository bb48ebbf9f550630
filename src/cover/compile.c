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
#include <string.h>
#include "cover/internal.h"

#define BATCH_ROWS 32768      /* a job of rows; an agreement is not divided */
#define STRETCH_ENTRIES 16384 /* a job of blocks */

/* The entries of one service and block: how many, and one more than their last place. */
struct tally {
	uint32_t count, span;
};
/* Agreements in order of id that one job makes into rows. */
struct batch {
	size_t from, until; /* of compiler.order */
	struct arena arena; /* freed when the index is made */
	struct row_work rows;
	uint32_t *numbers; /* of the rows' sets, in the index's table */
	uint32_t *places;  /* of all rows, one after the other: count, places */
	size_t places_count, places_capacity;
	struct tally *tallies; /* per service and block: what this batch brings */
	uint32_t *starts;      /* ... and where it begins among the pending */
	enum status status;
};
/* An entry on its way into its block. */
struct pending {
	const struct row *row;
	uint32_t local;
};
/* A block to be made: a service and block that has entries. */
struct task {
	size_t cell;
	uint32_t first; /* of its pending */
	struct tally tally;
	void *room;
};
struct compiler {
	struct cover_index *index;
	const struct jobs *jobs; /* NULL: one after the other */
	struct arena *scratch;   /* freed when the index is made */
	const struct agreement **order;
	struct agreement_rows **rows; /* per agreement, in that order; rooms at first */
	size_t count;                 /* of agreements */
	struct batch *batches;
	size_t batch_count, cell_count; /* cells: service times blocks, plus block */
	struct task *tasks;
	size_t task_count;
	size_t *stretches; /* the first task of each job, and the end */
	size_t stretch_count;
	struct pending *pending; /* in order of cells, then as the rows come */
	size_t pending_count;
};

static void run(struct compiler *compiler, size_t count, void (*job)(void *work, size_t number))
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
		size_t bytes = block_rows_bytes(row_count(compiler->order[i]));

		compiler->rows[i] = block_get(index, bytes);
		if (compiler->rows[i])
			continue;
		while (i-- > 0)
			block_put(index, compiler->rows[i],
				block_rows_bytes(row_count(compiler->order[i])));
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

		compiler->rows[i] = block_rows_at(compiler->rows[i], count);
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
	run(compiler, compiler->batch_count, make_rows);
	status = shelve(compiler);
	for (size_t i = 0; i < compiler->batch_count && status == STATUS_OK; i++)
		status = compiler->batches[i].status;
	return status == STATUS_OK ? number_sets(compiler) : status;
}

/* ---- entries ---- */

/* Tallies of all batches together: a task a block that has entries, and where the entries of each
 * batch begin. */
static enum status find_tasks(struct compiler *compiler)
{
	size_t capacity = 0, total = 0;

	for (size_t cell = 0; cell < compiler->cell_count; cell++) {
		struct tally sum = { 0 };
		void *items = compiler->tasks;
		struct task *task;

		for (size_t i = 0; i < compiler->batch_count; i++) {
			struct batch *batch = &compiler->batches[i];
			const struct tally *tally = &batch->tallies[cell];

			batch->starts[cell] = (uint32_t)total + sum.count;
			sum.count += tally->count;
			sum.span = tally->span > sum.span ? tally->span : sum.span;
		}
		if (!sum.count)
			continue;
		task = arena_push(
			compiler->scratch, &items, &compiler->task_count, &capacity, sizeof *task);
		compiler->tasks = items;
		if (!task)
			return STATUS_NO_MEMORY;
		*task = (struct task){ cell, (uint32_t)total, sum, NULL };
		total += sum.count;
		if (total >= NONE32)
			return STATUS_NO_MEMORY;
	}
	compiler->pending_count = total;
	compiler->pending = arena_get_raw(compiler->scratch, total * sizeof *compiler->pending);
	return compiler->pending ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Second job: every entry of a batch to its block's stretch of `pending`; its rows get the numbers
 * of their sets. */
static void place_rows(void *work, size_t number)
{
	const struct compiler *compiler = work;
	const struct atlas *atlas = compiler->index->atlas;
	struct batch *batch = &compiler->batches[number];
	size_t at = 0;

	for (size_t i = batch->from; i < batch->until; i++) {
		for (uint32_t j = 0; j < compiler->rows[i]->count; j++) {
			struct row *row = &compiler->rows[i]->rows[j];
			uint32_t set = row->nats, count = batch->places[at++];

			row_settle(row, &batch->rows.sets.sets[set], batch->numbers[set]);
			for (size_t end = at + count; at < end; at++) {
				const struct spot *spot = &atlas->spots[batch->places[at]];
				uint64_t services = row->commitment->services;

				for (; services; services &= services - 1) {
					size_t service = (size_t)__builtin_ctzll(services);
					uint32_t *start =
						&batch->starts[service * atlas->block_count +
							       spot->block];

					compiler->pending[(*start)++] =
						(struct pending){ row, spot->local };
				}
			}
		}
	}
	assert(at == batch->places_count);
}

/* Room for every block, all or none; their tables. */
static enum status rooms_for_blocks(struct compiler *compiler)
{
	struct cover_index *index = compiler->index;

	for (size_t i = 0; i < compiler->task_count; i++) {
		struct task *task = &compiler->tasks[i];
		size_t service = task->cell / index->atlas->block_count;

		if (!index->services[service])
			index->services[service] = block_service(index);
		if (index->services[service])
			task->room = block_get(
				index, block_entries_bytes(task->tally.count, task->tally.span));
		if (task->room) {
			index->services[service]->entry_count += task->tally.count;
			continue;
		}
		while (i-- > 0) {
			task = &compiler->tasks[i];
			block_put(index, task->room,
				block_entries_bytes(task->tally.count, task->tally.span));
		}
		return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

/* Rows come from anywhere in memory: asked for ahead. */
#define ROWS_AHEAD 12

/* One block from its entries, sorted by place by counting; rows keep their order. */
static struct entry_block *make_block(const struct task *task, const struct pending *pending)
{
	uint32_t count = task->tally.count, span = task->tally.span;
	struct entry_block *block = block_entries_at(task->room, count, span);

	for (uint32_t i = 0; i < count; i++)
		block->offsets[pending[i].local + 1]++;
	for (uint32_t local = 0; local < span; local++)
		block->offsets[local + 1] += block->offsets[local];
	/* Filling moves each start to its end, which is the next one's start: moved back after. */
	for (uint32_t i = 0; i < count; i++) {
		if (i + ROWS_AHEAD < count)
			__builtin_prefetch(pending[i + ROWS_AHEAD].row);
		block_enter(block, block->offsets[pending[i].local]++, pending[i].row);
	}
	memmove(block->offsets + 1, block->offsets, span * sizeof *block->offsets);
	block->offsets[0] = 0;
	return block;
}

/* Third job: the blocks of a stretch. */
static void make_blocks(void *work, size_t number)
{
	const struct compiler *compiler = work;
	uint32_t block_count = compiler->index->atlas->block_count;

	for (size_t i = compiler->stretches[number]; i < compiler->stretches[number + 1]; i++) {
		const struct task *task = &compiler->tasks[i];
		struct service_table *table = compiler->index->services[task->cell / block_count];

		table->blocks[task->cell % block_count] =
			make_block(task, compiler->pending + task->first);
	}
}

/* Tasks divided into stretches of about STRETCH_ENTRIES. */
static enum status find_stretches(struct compiler *compiler)
{
	size_t most = compiler->pending_count / STRETCH_ENTRIES + 1, begun = 0;

	compiler->stretches = ARENA_ARRAY(compiler->scratch, most + 1, size_t);
	if (!compiler->stretches)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < compiler->task_count; i++) {
		const struct task *task = &compiler->tasks[i];
		size_t end = (size_t)task->first + task->tally.count;

		if (end - begun < STRETCH_ENTRIES)
			continue;
		compiler->stretches[++compiler->stretch_count] = i + 1;
		begun = end;
	}
	if (begun < compiler->pending_count)
		compiler->stretches[++compiler->stretch_count] = compiler->task_count;
	assert(compiler->stretch_count <= most);
	return STATUS_OK;
}

static enum status compile_entries(struct compiler *compiler)
{
	enum status status = find_tasks(compiler);

	if (status == STATUS_OK)
		status = find_stretches(compiler);
	if (status == STATUS_OK)
		status = rooms_for_blocks(compiler);
	if (status != STATUS_OK)
		return status;
	run(compiler, compiler->batch_count, place_rows);
	run(compiler, compiler->stretch_count, make_blocks);
	return STATUS_OK;
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
		status = compile_entries(compiler);
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
