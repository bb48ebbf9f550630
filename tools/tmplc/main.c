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

enum { FILES_MAX = 400, FAULTS_MAX = 200, FILE_MAX_BYTES = 1 << 20 };

/* How many forms of a plural a language has; what is not listed has two. */
static const struct {
	const char *code;
	unsigned forms;
} plurals[] = { { "ar", 6 }, { "ru", 3 }, { "id", 1 }, { "zh", 1 }, { "fa", 2 } };

static unsigned plural_forms(struct str code)
{
	for (size_t i = 0; i < sizeof plurals / sizeof plurals[0]; i++)
		if (str_is(code, plurals[i].code))
			return plurals[i].forms;
	return 2;
}

static bool read_file(struct arena *arena, const char *path, struct str *out)
{
	FILE *file = fopen(path, "rb");
	char *text = arena_get_raw(arena, FILE_MAX_BYTES);
	if (!file || !text)
		return false;
	size_t n = fread(text, 1, FILE_MAX_BYTES, file);
	bool ok = !ferror(file) && n < FILE_MAX_BYTES;
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

static struct str base_name(const char *path, const char *ending)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash ? slash + 1 : path);
	return str_sub(name, 0, name.len - strlen(ending));
}

static void write_header(struct buf *out, const struct template *all, size_t count)
{
	buf_add_c(out, "/* Made by tools/tmplc. */\n#ifndef ENTENTE_WEB_TEMPLATES_H\n"
		       "#define ENTENTE_WEB_TEMPLATES_H\n\n#include \"web/html.h\"\n"
		       "#include \"web/ui.h\"\n\n");
	for (size_t i = 0; i < count; i++) {
		struct str rest = all[i].params, word;
		bool is_struct = false;
		while (str_next_word(&rest, " *,", &word)) {
			if (is_struct && !str_is(word, "str"))
				buf_add_format(out, "struct " STR_FMT ";\n", STR_ARG(word));
			is_struct = str_is(word, "struct");
		}
	}
	for (size_t i = 0; i < count; i++)
		for (int part = 0; part < (all[i].has_content ? 2 : 1); part++)
			buf_add_format(out,
				"void tmpl_" STR_FMT
				"%s(struct html *out, const struct ui *ui%s" STR_FMT ");\n",
				STR_ARG(all[i].name),
				!all[i].has_content ? ""
				: part              ? "_after"
						    : "_before",
				all[i].params.len ? ", " : "", STR_ARG(all[i].params));
	buf_add_c(out, "\n#endif\n");
}

static void write_source(struct buf *out, const struct template *all, size_t count)
{
	buf_add_c(out, "/* Made by tools/tmplc. */\n#include \"web/templates.h\"\n");
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < all[i].use_count; j++)
			buf_add_format(out, "#include \"" STR_FMT "\"\n", STR_ARG(all[i].uses[j]));
	for (size_t i = 0; i < count; i++)
		for (int part = 0; part < (all[i].has_content ? 2 : 1); part++) {
			buf_add_format(out,
				"\nvoid tmpl_" STR_FMT
				"%s(struct html *out, const struct ui *ui%s" STR_FMT
				")\n{\n\t(void)ui;\n" STR_FMT,
				STR_ARG(all[i].name),
				!all[i].has_content ? ""
				: part              ? "_after"
						    : "_before",
				all[i].params.len ? ", " : "", STR_ARG(all[i].params),
				STR_ARG(all[i].names));
			buf_add(out, buf_str(part ? &all[i].after : &all[i].body));
			buf_add_c(out, "}\n");
		}
}

struct run {
	struct arena arena;
	struct diags diags;
	struct words words;
	struct template *templates;
	size_t count;
};

/* Long because it is the order of the whole. */
static bool compile(struct run *run, char **files, int count)
{
	for (int i = 0; i < count; i++) {
		struct str name = str_of(files[i]), text;
		if (!str_ends(name, ".html"))
			continue;
		if (!read_file(&run->arena, files[i], &text)) {
			diags_add(&run->diags, name, (struct pos){ 0, 0 }, STR_NONE,
				"cannot be read");
			return false;
		}
		struct template *template = &run->templates[run->count++];
		*template = (struct template){
			.name = base_name(files[i], ".html"), .file = name, .text = text
		};
		buf_init(&template->body, &run->arena, 4 << 20);
		buf_init(&template->after, &run->arena, 4 << 20);
		for (size_t at = 0; at + 9 <= text.len; at++)
			template->has_content |= !memcmp(text.ptr + at, "{content}", 9);
	}
	for (size_t i = 0; i < run->count; i++) {
		struct parser *parser = arena_get(&run->arena, sizeof *parser);
		if (!parser)
			return false;
		parser->template = &run->templates[i];
		parser->arena = &run->arena;
		parser->diags = &run->diags;
		parser->words = &run->words;
		parser->all = run->templates;
		parser->all_count = run->count;
		buf_init(&parser->still, &run->arena, FILE_MAX_BYTES);
		template_compile(parser);
	}
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < count; i++) {
			struct str name = str_of(files[i]), text;
			bool po = str_ends(name, ".po");
			if (str_ends(name, ".html") || po != (pass == 1))
				continue;
			if (!read_file(&run->arena, files[i], &text)) {
				diags_add(&run->diags, name, (struct pos){ 0, 0 }, STR_NONE,
					"cannot be read");
				continue;
			}
			bool part = str_ends(name, ".part.po");
			struct str code = base_name(files[i], part ? ".part.po" : ".po");
			struct language_file language = { .code = code,
				.file = name,
				.whole = !part,
				.plurals = plural_forms(code) };
			if (po)
				words_read_po(&run->words, &language, text);
			else if (str_ends(name, ".txt"))
				words_scan_terms(&run->words, name, text);
			else
				words_scan_c(&run->words, name, text);
		}
	words_check(&run->words);
	return true;
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
	struct run run = { .count = 0 };
	arena_init(&run.arena, &allocator_system, (size_t)1 << 30);
	diags_init(&run.diags, &run.arena, FAULTS_MAX);
	words_init(&run.words, &run.arena, &run.diags);
	run.templates = arena_get_array(&run.arena, (size_t)argc, sizeof *run.templates);
	struct buf header, source, words, pot_text, faults;
	buf_init(&header, &run.arena, 4 << 20);
	buf_init(&source, &run.arena, 16 << 20);
	buf_init(&words, &run.arena, 64 << 20);
	buf_init(&pot_text, &run.arena, 16 << 20);
	buf_init(&faults, &run.arena, 4 << 20);
	bool ok = run.templates && compile(&run, argv + first, argc - first);
	if (ok && pot) {
		words_write_pot(&pot_text, &run.words);
		ok = write_file(&run.arena, "", pot, &pot_text);
	}
	if (!ok || diags_any(&run.diags)) {
		diags_print(&faults, &run.diags);
		fwrite(buf_str(&faults).ptr, 1, faults.len, stderr);
		arena_free(&run.arena);
		return 1;
	}
	write_header(&header, run.templates, run.count);
	write_source(&source, run.templates, run.count);
	words_write_c(&words, &run.words);
	ok = write_file(&run.arena, argv[1], "templates.h", &header) &&
	     write_file(&run.arena, argv[1], "templates.c", &source) &&
	     write_file(&run.arena, argv[1], "words.c", &words);
	if (!ok)
		fprintf(stderr, "tmplc: cannot write to %s\n", argv[1]);
	arena_free(&run.arena);
	return ok ? 0 : 1;
}
