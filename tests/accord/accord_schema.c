/* Writes what is generated from the table of fields, for committing:
 *   accord_schema schema >schema/agreement.schema.json
 *   accord_schema guide    the tables of docs/accord.md */
#include <stdio.h>
#include <string.h>

#include "accord/accord.h"

int main(int argc, char **argv)
{
	struct arena arena;
	struct buf out;
	bool schema = argc == 2 && strcmp(argv[1], "schema") == 0,
	     guide = argc == 2 && strcmp(argv[1], "guide") == 0;
	if (!schema && !guide) {
		fputs("usage: accord_schema schema|guide\n", stderr);
		return 2;
	}
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	buf_init(&out, &arena, (size_t)16 << 20);
	enum status status = schema ? accord_schema(&out) : accord_guide(&out);
	struct str text = buf_str(&out);
	bool written = status == STATUS_OK && fwrite(text.ptr, 1, text.len, stdout) == text.len &&
		       fflush(stdout) == 0;
	arena_free(&arena);
	return written ? 0 : 3;
}
