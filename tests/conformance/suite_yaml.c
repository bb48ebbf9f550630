/* YAML: the test suite's own files, which are YAML themselves and are read by our reader,
 * against the events that we are handed. */
#include "conformance.h"

#include <stdio.h>

/* The suite writes what cannot be seen as visible characters. */
static struct str undo_marks(struct arena *arena, struct str s)
{
	struct buf out;
	buf_init(&out, arena, s.len + 16);
	for (size_t i = 0; i < s.len;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);
		switch (c) {
		case 0x2423: /* a space */
			buf_add_char(&out, ' ');
			break;
		case 0x2014: /* dashes before the mark of a tab show its width */
		case 0x21b5: /* a line feed follows */
			break;
		case 0xbb:
			buf_add_char(&out, '\t');
			break;
		case 0x2190:
			buf_add_char(&out, '\r');
			break;
		case 0x21d4:
			buf_add_utf8(&out, 0xfeff);
			break;
		case 0x220e: /* no line feed at the end of the file */
			return buf_str(&out);
		default:
			buf_add(&out, str_sub(s, start, i - start));
		}
	}
	return buf_str(&out);
}

/* The expected events, without the indentation that shows their nesting. */
static struct str flatten(struct arena *arena, struct str tree)
{
	struct buf out;
	struct str line;
	buf_init(&out, arena, tree.len + 16);
	while (str_next_word(&tree, "\n", &line)) {
		while (line.len && line.ptr[0] == ' ')
			line = str_sub(line, 1, line.len);
		buf_add(&out, line);
		buf_add_char(&out, '\n');
	}
	return undo_marks(arena, buf_str(&out));
}

/* FIELD of CASE, or as it was in the cases before. */
static void inherit(const struct node *test_case, const char *field, struct str *value)
{
	const struct node *node = node_get(test_case, field);
	if (node)
		*value = node->text;
}

static void run_case(struct suite *suite, struct arena *arena, struct str name, struct str yaml,
	struct str tree, bool fails)
{
	struct str events, ignored;
	struct str input = undo_marks(arena, yaml);
	enum status status = suite_run(arena, "yaml-events", input, &events);
	enum status narrow = suite_run(arena, "yaml", input, &ignored);
	/* What is no YAML must not pass the narrower reader either. */
	bool narrower = status == STATUS_OK || narrow != STATUS_OK;
	if (fails)
		suite_tell(suite, name, status == STATUS_REFUSED && narrower, "accepted");
	else
		suite_tell(suite, name,
			status == STATUS_OK && str_eq(events, flatten(arena, tree)) && narrower,
			status == STATUS_OK ? "other events" : "refused");
}

static void run_file(struct suite *suite, struct arena *arena, struct str stem, struct str text)
{
	struct node *cases;
	struct diags diags;
	struct str yaml = STR_NONE, tree = STR_NONE, skip = STR_NONE;
	diags_init(&diags, arena, 10);
	if (yaml_read(&cases, arena, stem, text, &diags) != STATUS_OK || cases->kind != NODE_LIST) {
		suite_tell(suite, stem, false, "the file of the suite cannot be read");
		return;
	}
	unsigned index = 0;
	for (const struct node *test_case = cases->first; test_case; test_case = test_case->next) {
		struct str name = cases->count == 1
					  ? stem
					  : str_format(arena, STR_FMT ":%u", STR_ARG(stem), index);
		index++;
		inherit(test_case, "yaml", &yaml);
		inherit(test_case, "tree", &tree);
		inherit(test_case, "skip", &skip);
		if (skip.len)
			suite_skip(suite, name, "the suite itself leaves it out");
		else
			run_case(suite, arena, name, yaml, tree,
				node_get(test_case, "fail") != NULL);
	}
}

void suite_yaml(struct suite *suite)
{
	struct str *names;
	size_t count = suite_list(suite, "yaml", &names);
	for (size_t i = 0; i < count; i++) {
		struct arena arena;
		struct str text;
		arena_init(&arena, &allocator_system, (size_t)1 << 28);
		if (suite_read(suite, &arena, "yaml", names[i], &text))
			run_file(suite, &arena, str_sub(names[i], 0, names[i].len - 5), text);
		arena_free(&arena);
	}
}
