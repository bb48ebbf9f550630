/* Runs a fuzz target on files, so that each corpus is a test of its own without libFuzzer:
 * DRIVER FOLDER|FILE... prints TAP. A property that does not hold ends the program, and the
 * last line names the file. */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

/* The input is copied to memory of exactly its size, so that a read beyond its end is seen. */
static bool run_file(struct str path, unsigned number)
{
	struct arena arena, exact;
	struct str content;
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	arena_init(&exact, &allocator_system, (size_t)64 << 20);
	bool good =
		file_system_disk.read(NULL, &content, &arena, path, (size_t)16 << 20) == STATUS_OK;
	unsigned char *copy = good ? arena_get(&exact, content.len) : NULL;
	printf("# " STR_FMT "\n", STR_ARG(path));
	fflush(stdout);
	if (copy) {
		memcpy(copy, content.ptr, content.len);
		LLVMFuzzerTestOneInput(copy, content.len);
	}
	printf("%s %u - " STR_FMT "\n", copy ? "ok" : "not ok", number, STR_ARG(path));
	arena_free(&exact);
	arena_free(&arena);
	return copy != NULL;
}

int main(int argc, char **argv)
{
	struct arena arena;
	bool good = argc > 1;
	unsigned count = 0;
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	for (int i = 1; i < argc; i++) {
		struct str *names, path = str_of(argv[i]);
		size_t names_count = 0;
		if (file_system_disk.list(NULL, &names, &names_count, &arena, path) != STATUS_OK) {
			good &= run_file(path, ++count);
			continue;
		}
		good &= names_count > 0;
		for (size_t k = 0; k < names_count; k++)
			good &= run_file(str_format(&arena, STR_FMT "/" STR_FMT, STR_ARG(path),
						 STR_ARG(names[k])),
				++count);
	}
	printf("1..%u\n", count);
	arena_free(&arena);
	return good ? 0 : 1;
}
