/* The second half of cover_compile(): rows that are made become blocks, one a service and country.
 *
 * Entries are counted by batch while rows are made (compile.c), so that every batch knows where
 * its own begin: batches lay them out side by side, in the order in which rows come, and blocks are
 * then filled side by side. */
#include <assert.h>
#include <string.h>
#include "cover/compile.h"

#define STRETCH_ENTRIES 16384 /* a job of blocks */

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

/* The blocks of one service, still empty: all fronts before any back, so that they lie together.
 * TASKS are the service's. */
static enum status make_fronts(struct cover_index *index, struct task *tasks, size_t count)
{
	uint32_t block_count = index->atlas->block_count;
	size_t service = tasks->cell / block_count;
	struct service_table *table = index->services[service] = block_service(index);

	if (!table)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		struct task *task = &tasks[i];

		task->block = block_front(index, task->tally.count, task->tally.span);
		if (!task->block)
			return STATUS_NO_MEMORY;
		block_set(table, (uint32_t)(task->cell % block_count), task->block);
	}
	for (size_t i = 0; i < count; i++) {
		if (!block_back(index, tasks[i].block))
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

static enum status rooms_for_blocks(struct compiler *compiler)
{
	uint32_t block_count = compiler->index->atlas->block_count;
	struct task *tasks = compiler->tasks;
	enum status status = STATUS_OK;

	for (size_t from = 0, end; from < compiler->task_count && status == STATUS_OK; from = end) {
		size_t service = tasks[from].cell / block_count;

		for (end = from;
			end < compiler->task_count && tasks[end].cell / block_count == service;
			end++)
			;
		status = make_fronts(compiler->index, tasks + from, end - from);
	}
	return status;
}

/* The entries of BLOCK, sorted by place by counting; rows keep their order. */
static void fill_block(struct entry_block *block, const struct pending *pending)
{
	const struct row **rows = block_rows(block);

	for (uint32_t i = 0; i < block->count; i++) {
		__builtin_prefetch(pending[i].row); /* which lies anywhere */
		block->offsets[pending[i].local + 1]++;
	}
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

/* Third job: the blocks of a stretch. */
static void fill_blocks(void *work, size_t number)
{
	const struct compiler *compiler = work;

	for (size_t i = compiler->stretches[number]; i < compiler->stretches[number + 1]; i++) {
		const struct task *task = &compiler->tasks[i];

		fill_block(task->block, compiler->pending + task->first);
		block_show(compiler->index,
			compiler->index->services[task->cell / compiler->index->atlas->block_count],
			(uint32_t)(task->cell % compiler->index->atlas->block_count));
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

enum status compile_blocks(struct compiler *compiler)
{
	enum status status = find_tasks(compiler);

	if (status == STATUS_OK)
		status = find_stretches(compiler);
	if (status == STATUS_OK)
		status = rooms_for_blocks(compiler);
	if (status != STATUS_OK)
		return status;
	compile_run(compiler, compiler->batch_count, place_rows);
	compile_run(compiler, compiler->stretch_count, fill_blocks);
	return STATUS_OK;
}
