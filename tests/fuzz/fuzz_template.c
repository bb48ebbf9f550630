/* The compiler of templates: any bytes as a template, a source with words and a translation, parted
 * by lines of ---8<---. They are refused with a reason, or become C that holds what they said and
 * nothing that could end a string, and the same the second time. */
#include "fuzz.h"

#include <string.h>
#include "../../tools/tmplc/tmplc.h"

#define CUT "---8<---\n"

static const struct tmplc_input beside[] = {
	{ { "row.html", 8 }, { "{# A row. #}\n{params struct str text}\n<p>{text}</p>\n", 49 } },
	{ { "frame.html", 10 }, { "{# A frame. #}\n{params struct str "
				  "title}\n<main><h1>{title}</h1>{content}</main>\n",
					79 } },
};

/* What is written is text of C: whole, UTF-8, no byte in it that C would not carry. */
static void check_written(const struct buf *out)
{
	struct str text = buf_str(out);

	assert(!out->failed && utf8_valid_prefix(text) == text.len);
	for (size_t i = 0; i < text.len; i++)
		assert((unsigned char)text.ptr[i] >= 0x20 || text.ptr[i] == '\n' ||
			text.ptr[i] == '\t');
}

static void check_told(struct diags *diags)
{
	struct buf out;

	buf_init(&out, diags->arena, (size_t)8 << 20);
	diags_print(&out, diags);
	struct str text = buf_str(&out);
	assert(!out.failed && utf8_valid_prefix(text) == text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "page.html", "page.c", "fr.po" };
	struct str rest = { (const char *)data, size };
	struct tmplc_input inputs[5] = { beside[0], beside[1] };
	struct tmplc_output once, again;
	struct diags diags;
	struct arena arena;
	size_t count = 2;

	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	for (size_t i = 0; i < 3; i++) {
		const char *cut = rest.len ? memmem(rest.ptr, rest.len, CUT, strlen(CUT)) : NULL;
		size_t len = cut && i < 2 ? (size_t)(cut - rest.ptr) : rest.len;
		inputs[count++] = (struct tmplc_input){ str_of(names[i]), str_sub(rest, 0, len) };
		if (!cut)
			break;
		rest = str_sub(rest, len + strlen(CUT), rest.len);
	}
	diags_init(&diags, &arena, 50);
	if (tmplc_run(&once, &arena, &diags, inputs, count)) {
		assert(!diags_any(&diags));
		check_written(&once.header);
		check_written(&once.source);
		check_written(&once.words);
		check_written(&once.pot);
		assert(tmplc_run(&again, &arena, &diags, inputs, count));
		assert(str_eq(buf_str(&once.source), buf_str(&again.source)));
		assert(str_eq(buf_str(&once.words), buf_str(&again.words)));
	} else {
		assert(diags_any(&diags));
		check_told(&diags);
	}
	arena_free(&arena);
	return 0;
}
