/* What the two halves of making an index share: rows (compile.c) and blocks
 * (compile_blocks.c). */
#ifndef ENTENTE_COVER_COMPILE_H
#define ENTENTE_COVER_COMPILE_H

#include "cover/internal.h"

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
	struct entry_block *block;
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

/* Calls JOB with the compiler and every number below COUNT, as struct jobs does. */
void compile_run(struct compiler *compiler, size_t count, void (*job)(void *work, size_t number));
/* The blocks of all services, when the rows of all batches are made. */
enum status compile_blocks(struct compiler *compiler);

#endif
