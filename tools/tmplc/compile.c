/* The order of the whole: templates, then the words of sources, then translations; and the C that
 * comes of it. */
#include "tmplc.h"

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

static struct str base_name(struct str path, const char *ending)
{
	const char *slash = path.len ? memrchr(path.ptr, '/', path.len) : NULL;
	struct str name = slash ? str_sub(path, (size_t)(slash - path.ptr) + 1, path.len) : path;

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
	struct arena *arena;
	struct diags *diags;
	struct words words;
	struct template *templates;
	size_t count;
};

static void take_template(struct run *run, const struct tmplc_input *input)
{
	struct template *template = &run->templates[run->count++];
	struct str text = input->text;

	*template = (struct template){
		.name = base_name(input->name, ".html"), .file = input->name, .text = text
	};
	buf_init(&template->body, run->arena, 4 << 20);
	buf_init(&template->after, run->arena, 4 << 20);
	for (size_t at = 0; at + 9 <= text.len; at++)
		template->has_content |= !memcmp(text.ptr + at, "{content}", 9);
}

static bool compile_templates(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		struct parser *parser = arena_get(run->arena, sizeof *parser);
		if (!parser)
			return false;
		parser->template = &run->templates[i];
		parser->arena = run->arena;
		parser->diags = run->diags;
		parser->words = &run->words;
		parser->all = run->templates;
		parser->all_count = run->count;
		buf_init(&parser->still, run->arena, TMPLC_FILE_MAX);
		template_compile(parser);
	}
	return true;
}

static void take_words(struct run *run, const struct tmplc_input *input)
{
	bool part = str_ends(input->name, ".part.po");

	if (str_ends(input->name, ".po")) {
		struct str code = base_name(input->name, part ? ".part.po" : ".po");
		struct language_file language = { .code = code,
			.file = input->name,
			.whole = !part,
			.plurals = plural_forms(code) };
		words_read_po(&run->words, &language, input->text);
	} else if (str_ends(input->name, ".txt")) {
		words_scan_terms(&run->words, input->name, input->text);
	} else {
		words_scan_c(&run->words, input->name, input->text);
	}
}

bool tmplc_run(struct tmplc_output *out, struct arena *arena, struct diags *diags,
	const struct tmplc_input *inputs, size_t count)
{
	struct run run = { .arena = arena, .diags = diags };

	words_init(&run.words, arena, diags);
	run.templates = arena_get_array(arena, count + 1, sizeof *run.templates);
	if (!run.templates)
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_ends(inputs[i].name, ".html"))
			take_template(&run, &inputs[i]);
	if (!compile_templates(&run))
		return false;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++)
			if (!str_ends(inputs[i].name, ".html") &&
				str_ends(inputs[i].name, ".po") == (pass == 1))
				take_words(&run, &inputs[i]);
	words_check(&run.words);
	buf_init(&out->header, arena, 4 << 20);
	buf_init(&out->source, arena, 16 << 20);
	buf_init(&out->words, arena, 64 << 20);
	buf_init(&out->pot, arena, 16 << 20);
	words_write_pot(&out->pot, &run.words);
	if (diags_any(diags))
		return false;
	write_header(&out->header, run.templates, run.count);
	write_source(&out->source, run.templates, run.count);
	words_write_c(&out->words, &run.words);
	return true;
}
