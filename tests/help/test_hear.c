/* help-hear: a person's sentence, and the needs that must be heard in it, exactly: for each
 * language a file of sentences that were written before its phrases were tuned. Prints TAP. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "help/internal.h"

#define TEXT_MAX 65536
static int tests, faults;

static void told(bool good, const char *lang, const char *what, const char *got)
{
	tests++;
	faults += !good;
	printf("%sok %d - %s: %s%s%s\n", good ? "" : "not ", tests, lang, what,
		good ? "" : " # heard: ", good ? "" : got);
}

static bool has_word(struct str list, struct str word)
{
	struct str one;

	while (str_next_word(&list, " ", &one))
		if (str_eq(one, word))
			return true;
	return false;
}

static void sentence(size_t lang, struct str text, struct str wanted, const char *shown)
{
	struct arena arena;
	struct help_hearing hearing;
	struct buf got;
	bool good = true;
	size_t count = 0;
	struct str word, rest = wanted;

	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	buf_init(&got, &arena, 4096);
	assert(help_hear(&hearing, &arena, lang, text) == STATUS_OK);
	for (size_t i = 0; i < hearing.items_count; i++) {
		struct str code = help_need_codes[hearing.items[i].need];
		good &= has_word(wanted, code);
		buf_add(&got, code);
		buf_add_format(&got, " (" STR_FMT ") ", STR_ARG(hearing.items[i].words));
		assert(hearing.items[i].words.len > 0);
	}
	while (str_next_word(&rest, " ", &word))
		count += !str_is(word, "-");
	good &= count == hearing.items_count;
	/* What brings no need is told as not understood. */
	good &= count > 0 || hearing.unknown_count > 0;
	buf_add_c(&got, "");
	told(good, help_lang_tag(lang).ptr, shown, got.len ? buf_str(&got).ptr : "nothing");
	arena_free(&arena);
}

static void file(size_t lang, const char *folder)
{
	char path[512], line[2048];
	FILE *in;
	int count = 0;

	snprintf(path, sizeof path, "%s/%s.txt", folder, help_lang_tag(lang).ptr);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof line, in)) {
		char *arrow = strstr(line, " => ");
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || !arrow)
			continue;
		*arrow = '\0';
		sentence(lang, str_of(line), str_of(arrow + 4), line);
		count++;
	}
	if (in)
		fclose(in);
	told(count >= 30, help_lang_tag(lang).ptr, "at least thirty sentences", "fewer");
}

/* The tables were folded by the generator; the program folds alike. */
static void folds(size_t lang)
{
	bool good = true;
	struct str shown = STR("");
	static char first[256];

	for (size_t i = 0; i < help_tongues[lang].phrase_count; i++) {
		struct arena arena;
		struct str folded, pattern = str_of(help_tongues[lang].phrases[i].pattern);
		arena_init(&arena, &allocator_system, (size_t)1 << 20);
		assert(help_fold(&folded, &arena, pattern) == STATUS_OK);
		if (good && !str_eq(folded, pattern)) {
			good = false;
			snprintf(first, sizeof first, STR_FMT, STR_ARG(pattern));
			shown = str_of(first);
		}
		arena_free(&arena);
	}
	told(good, help_lang_tag(lang).ptr, "phrases are folded as text is", shown.ptr);
}

static void words(size_t lang)
{
	bool good = true;

	for (unsigned w = 0; w < HELP_WORD_COUNT; w++)
		good &= help_word(lang, (enum help_word)w).len > 0;
	for (unsigned n = 0; n < NEED_COUNT; n++)
		good &= help_need_text(lang, (enum help_need)n).len > 0;
	if (lang)
		good &= !str_eq(help_word(lang, HELP_MAY), help_word(0, HELP_MAY)) &&
			!str_eq(help_word(lang, HELP_SHALL), help_word(lang, HELP_MAY)) &&
			!str_eq(help_word(lang, HELP_WILL), help_word(lang, HELP_SHALL));
	told(good, help_lang_tag(lang).ptr, "every word, may, shall and will told apart", "not");
}

int main(int argc, char **argv)
{
	assert(argc == 2);
	for (size_t lang = 0; lang < help_tongue_count; lang++) {
		file(lang, argv[1]);
		folds(lang);
		words(lang);
	}
	printf("1..%d\n", tests);
	return faults > 0;
}
