/* CSV: the rows that are read, written and read again are the same rows, and reading them again
 * finds no fault. */
#include "fuzz.h"

/* All rows of INPUT, written anew; *ROWS gets their number. */
static struct str rewrite(struct arena *arena, struct diags *diags, struct str input, size_t *rows)
{
	struct csv_reader reader;
	struct buf out;
	buf_init(&out, arena, (size_t)64 << 20);
	csv_open(&reader, arena, STR("fuzz"), input, diags);
	*rows = 0;
	uint32_t line = 0;
	while (csv_next(&reader)) {
		assert(reader.count == reader.header_count);
		assert(reader.count > 0 && reader.count <= CSV_FIELDS_MAX);
		assert(reader.line > line && reader.offset <= input.len);
		line = reader.line;
		for (size_t i = 0; i < reader.count; i++) {
			struct str field = reader.fields[i];
			assert(utf8_valid_prefix(field) == field.len);
			assert(reader.positions[i].line >= reader.line);
			assert(reader.positions[i].column > 0);
			csv_add_field(&out, field, i == 0);
		}
		buf_add_char(&out, '\n');
		(*rows)++;
	}
	assert(!out.failed);
	assert(reader.failed == diags_any(diags));
	return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct diags diags, none;
	struct str input = { (const char *)data, size };
	size_t rows, rows_again;
	arena_init(&arena, &allocator_system, (size_t)512 << 20);
	diags_init(&diags, &arena, 50);
	diags_init(&none, &arena, 50);
	struct str once = rewrite(&arena, &diags, input, &rows);
	fuzz_check_told(&diags, input, diags_any(&diags) ? STATUS_REFUSED : STATUS_OK);
	struct str twice = rewrite(&arena, &none, once, &rows_again);
	assert(!diags_any(&none));
	assert(rows == rows_again && str_eq(once, twice));
	arena_free(&arena);
	return 0;
}
