/* tmplc: templates and words in, C out.
 *
 *   tmplc OUTDIR [--pot FILE] FILE…       writes OUTDIR/templates.c, templates.h and words.c
 *
 * FILE: NAME.html a template, NAME.c a source whose WORD("…") are translated, NAME.txt a list of
 * terms, LANG.po a translation (LANG.part.po: one that need not have every word). All faults of all
 * files are told at once. Names in faults and in #line are as given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tmplc.h"

enum { FILES_MAX = 400, FAULTS_MAX = 200 };

static bool read_file(struct arena *arena, const char *path, struct str *out)
{
	FILE *file = fopen(path, "rb");
	char *text = arena_get_raw(arena, TMPLC_FILE_MAX);
	if (!file || !text)
		return false;
	size_t n = fread(text, 1, TMPLC_FILE_MAX, file);
	bool ok = !ferror(file) && n < TMPLC_FILE_MAX;
	fclose(file);
	*out = str_copy(arena, (struct str){ text, n });
	return ok;
}

/* Only what changed is written anew: nothing is compiled twice for nothing. */
static bool write_file(
	struct arena *arena, const char *dir, const char *name, const struct buf *text)
{
	struct str path = str_format(arena, "%s%s%s", dir, *dir ? "/" : "", name);
	if (text->failed || !path.ptr)
		return false;
	FILE *file = fopen(path.ptr, "wb");
	if (!file)
		return false;
	struct str s = buf_str(text);
	bool ok = fwrite(s.ptr, 1, s.len, file) == s.len;
	return fclose(file) == 0 && ok;
}

/* False after a fault told. */
static bool read_files(struct tmplc_input *inputs, struct arena *arena, struct diags *diags,
	char **files, int count)
{
	bool ok = true;

	for (int i = 0; i < count; i++) {
		inputs[i].name = str_of(files[i]);
		if (read_file(arena, files[i], &inputs[i].text))
			continue;
		diags_add(diags, inputs[i].name, (struct pos){ 0, 0 }, STR_NONE, "cannot be read");
		ok = false;
	}
	return ok;
}

int main(int argc, char **argv)
{
	if (argc < 3 || argc > FILES_MAX) {
		fprintf(stderr, "usage: tmplc OUTDIR [--pot FILE] FILE...\n");
		return 2;
	}
	const char *pot = NULL;
	int first = 2;
	if (argc > 4 && !strcmp(argv[2], "--pot")) {
		pot = argv[3];
		first = 4;
	}
	static struct tmplc_input inputs[FILES_MAX];
	struct tmplc_output out = { 0 };
	struct arena arena;
	struct diags diags;
	struct buf faults;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	diags_init(&diags, &arena, FAULTS_MAX);
	buf_init(&faults, &arena, 4 << 20);
	bool ok = read_files(inputs, &arena, &diags, argv + first, argc - first);
	ok = tmplc_run(&out, &arena, &diags, inputs, (size_t)(argc - first)) && ok;
	if (pot && out.pot.len)
		ok = write_file(&arena, "", pot, &out.pot) && ok;
	if (!ok) {
		diags_print(&faults, &diags);
		fwrite(buf_str(&faults).ptr, 1, faults.len, stderr);
		arena_free(&arena);
		return 1;
	}
	ok = write_file(&arena, argv[1], "templates.h", &out.header) &&
	     write_file(&arena, argv[1], "templates.c", &out.source) &&
	     write_file(&arena, argv[1], "words.c", &out.words);
	if (!ok)
		fprintf(stderr, "tmplc: cannot write to %s\n", argv[1]);
	arena_free(&arena);
	return ok ? 0 : 1;
}
