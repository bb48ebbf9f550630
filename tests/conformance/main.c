/* Runs one suite of vectors and prints TAP: conformance SUITE VECTORS DEVIATIONS. The
 * environment's ENTENTE_VECTORS takes the place of VECTORS; without the vectors the suite is
 * skipped. */
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *folder; /* FOLDER must be there for the suite to be run */
	void (*run)(struct suite *suite);
} suites[] = {
	{ "json", "json/parsing", suite_json },
	{ "jcs", "json/jcs", suite_jcs },
	{ "csv", "csv/csvs", suite_csv },
	{ "yaml", "yaml", suite_yaml },
	{ "nfc", "unicode", suite_nfc },
};

static struct deviation *find_deviation(struct suite *suite, struct str vector)
{
	struct str name = str_format(suite->arena, "%s/" STR_FMT, suite->name, STR_ARG(vector));
	for (size_t i = 0; i < suite->deviation_count; i++)
		if (str_eq(suite->deviations[i].vector, name))
			return &suite->deviations[i];
	return NULL;
}

void suite_tell(struct suite *suite, struct str vector, bool agrees, const char *why)
{
	struct deviation *deviation = find_deviation(suite, vector);
	bool good = agrees == !deviation;
	suite->count++;
	suite->failed += !good;
	printf("%s %u - %s/" STR_FMT "%s\n", good ? "ok" : "not ok", suite->count, suite->name,
		STR_ARG(vector), deviation ? ", which deviates as listed" : "");
	if (!good)
		printf("# %s\n", deviation ? "listed in DEVIATIONS.md, but agrees" : why);
	if (deviation)
		deviation->seen = true;
}

void suite_skip(struct suite *suite, struct str vector, const char *why)
{
	suite->count++;
	printf("ok %u - %s/" STR_FMT " # skip %s\n", suite->count, suite->name, STR_ARG(vector),
		why);
}

static struct str path_of(
	struct suite *suite, struct arena *arena, const char *folder, struct str name)
{
	return str_format(arena, STR_FMT "/%s%s" STR_FMT, STR_ARG(suite->vectors), folder,
		name.len ? "/" : "", STR_ARG(name));
}

bool suite_read(struct suite *suite, struct arena *arena, const char *folder, struct str name,
	struct str *content)
{
	struct str path = path_of(suite, arena, folder, name);
	enum status status = file_system_disk.read(NULL, content, arena, path, (size_t)64 << 20);
	if (status == STATUS_OK)
		return true;
	suite_tell(suite, name, false, "cannot be read");
	return false;
}

size_t suite_list(struct suite *suite, const char *folder, struct str **names)
{
	size_t count = 0;
	struct str path = path_of(suite, suite->arena, folder, STR(""));
	enum status status = file_system_disk.list(NULL, names, &count, suite->arena, path);
	return status == STATUS_OK ? count : 0;
}

enum status suite_run(
	struct arena *arena, const char *function, struct str input, struct str *output)
{
	struct diags diags;
	struct buf out;
	diags_init(&diags, arena, 100);
	buf_init(&out, arena, (size_t)64 << 20);
	enum status status = conform_run(&out, str_of(function), input, arena, &diags);
	*output = status == STATUS_OK ? buf_str(&out) : STR("");
	return status;
}

/* The vectors of this suite that stand in the first column of a table of DEVIATIONS.md, between
 * backticks. */
static void read_deviations(struct suite *suite, struct str text)
{
	struct str line, prefix = str_format(suite->arena, "| `%s/", suite->name);
	void *items = NULL;
	size_t capacity = 0;
	while (str_next_word(&text, "\n", &line)) {
		if (!str_starts(line, prefix.ptr))
			continue;
		struct str rest = str_sub(line, 3, line.len);
		const char *end = memchr(rest.ptr, '`', rest.len);
		if (!end)
			continue;
		struct deviation *deviation = arena_push(suite->arena, &items,
			&suite->deviation_count, &capacity, sizeof *deviation);
		if (!deviation)
			abort();
		deviation->vector = str_sub(rest, 0, (size_t)(end - rest.ptr));
	}
	suite->deviations = items;
}

static void run(struct suite *suite, const char *folder, void (*function)(struct suite *suite))
{
	struct str *names, path = path_of(suite, suite->arena, folder, STR(""));
	size_t count;
	if (file_system_disk.list(NULL, &names, &count, suite->arena, path) != STATUS_OK) {
		suite_skip(suite, STR("all"),
			"no vectors here; ENTENTE_VECTORS may name their folder");
		return;
	}
	function(suite);
	for (size_t i = 0; i < suite->deviation_count; i++) {
		if (suite->deviations[i].seen)
			continue;
		suite->count++;
		suite->failed++;
		printf("not ok %u - " STR_FMT
		       "\n# listed in DEVIATIONS.md, but there is no such vector\n",
			suite->count, STR_ARG(suite->deviations[i].vector));
	}
}

int main(int argc, char **argv)
{
	struct arena arena;
	struct suite suite = { .arena = &arena };
	struct str text;
	bool known = false;
	if (argc != 4) {
		fprintf(stderr, "usage: conformance SUITE VECTORS DEVIATIONS\n");
		return 2;
	}
	const char *elsewhere = getenv("ENTENTE_VECTORS");
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	suite.name = argv[1];
	suite.vectors = str_of(elsewhere && *elsewhere ? elsewhere : argv[2]);
	if (file_system_disk.read(NULL, &text, &arena, str_of(argv[3]), (size_t)1 << 20)) {
		fprintf(stderr, "cannot read %s\n", argv[3]);
		return 2;
	}
	read_deviations(&suite, text);
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
		if (strcmp(suites[i].name, suite.name) != 0)
			continue;
		known = true;
		run(&suite, suites[i].folder, suites[i].run);
	}
	printf("1..%u\n", suite.count);
	arena_free(&arena);
	return !known ? 2 : suite.failed != 0;
}
