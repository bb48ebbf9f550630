/* Writes what is generated from the table of fields, for committing:
 *   accord_schema schema >schema/agreement.schema.json
 *   accord_schema guide    the tables of docs/accord.md
 *   accord_schema practice-schema >schema/practice.schema.json
 *   accord_schema practice-guide    the table of docs/practices.md */
#include <stdio.h>
#include <string.h>

#include "accord/accord.h"

static const struct {
	const char *name;
	enum status (*write)(struct buf *out);
} outputs[] = {
	{ "schema", accord_schema },
	{ "guide", accord_guide },
	{ "practice-schema", practice_schema },
	{ "practice-guide", practice_guide },
};

int main(int argc, char **argv)
{
	struct arena arena;
	struct buf out;
	size_t i = 0, count = sizeof outputs / sizeof outputs[0];
	while (argc == 2 && i < count && strcmp(argv[1], outputs[i].name) != 0)
		i++;
	if (argc != 2 || i == count) {
		fputs("usage: accord_schema schema|guide|practice-schema|practice-guide\n", stderr);
		return 2;
	}
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	buf_init(&out, &arena, (size_t)16 << 20);
	enum status status = outputs[i].write(&out);
	struct str text = buf_str(&out);
	bool written = status == STATUS_OK && fwrite(text.ptr, 1, text.len, stdout) == text.len &&
		       fflush(stdout) == 0;
	arena_free(&arena);
	return written ? 0 : 3;
}
