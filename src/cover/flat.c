/* The rows of an index as one list, in order of agreement, commitment id, schedule row, for
 * analyses that look at all of them. The index itself numbers nothing across agreements; these
 * numbers are those of one analysis. */
#include <assert.h>
#include "cover/internal.h"

enum status flat_make(struct flat *out, struct arena *arena, const struct cover_index *index)
{
	struct walk walk = { .index = index };

	*out = (struct flat){ .rows = ARENA_ARRAY(arena, index->row_count, const struct row *),
		.agreements =
			ARENA_ARRAY(arena, index->agreement_count, const struct agreement_rows *),
		.first = ARENA_ARRAY(arena, index->slot_count, size_t),
		.order = ARENA_ARRAY(arena, index->slot_count, uint32_t) };
	if (!out->rows || !out->agreements || !out->first || !out->order)
		return STATUS_NO_MEMORY;
	while (walk_next(&walk)) {
		const struct agreement_rows *rows = walk.rows;

		assert(rows->slot < index->slot_count);
		out->first[rows->slot] = out->row_count;
		out->order[rows->slot] = (uint32_t)out->agreement_count;
		out->agreements[out->agreement_count++] = rows;
		for (uint32_t i = 0; i < rows->count; i++)
			out->rows[out->row_count++] = &rows->rows[i];
	}
	assert(out->row_count == index->row_count);
	return STATUS_OK;
}

uint32_t flat_agreement(const struct flat *flat, const struct row *row)
{
	return flat->order[row->slot];
}

size_t flat_row(const struct flat *flat, const struct row *row)
{
	const struct agreement_rows *rows = flat->agreements[flat->order[row->slot]];

	assert(row >= rows->rows && row < rows->rows + rows->count);
	return flat->first[row->slot] + (size_t)(row - rows->rows);
}
