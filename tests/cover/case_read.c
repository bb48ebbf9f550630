/* Reads cases from text: facts are appended to the common world's files, agreements get the fields
 * that they leave out. */
#include "rules.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define CASE_FILE_MAX ((size_t)1 << 20)
#define FILE_NAME_MAX 64

/* Files being written: those of base.case, then of the file's head, then of the case. */
struct pages {
	struct {
		struct str name;
		struct buf text;
	} items[FILE_NAME_MAX];
	size_t count;
};

struct reader {
	struct arena *arena;
	struct case_list *out;
	struct pages base, head;
	struct str file;
	struct pages *pages; /* where facts go now */
	struct pages own;    /* of the case in hand */
	struct rule_case *rule;
	uint32_t line;
	bool failed;
};

static bool fault(struct reader *reader, const char *what)
{
	printf("# " STR_FMT ":%u: %s\n", STR_ARG(reader->file), reader->line, what);
	reader->failed = true;
	return false;
}

static struct buf *page(struct reader *reader, struct pages *pages, struct str name)
{
	for (size_t i = 0; i < pages->count; i++)
		if (str_eq(pages->items[i].name, name))
			return &pages->items[i].text;
	assert(pages->count < FILE_NAME_MAX);
	pages->items[pages->count].name = name;
	buf_init(&pages->items[pages->count].text, reader->arena, CASE_FILE_MAX);
	return &pages->items[pages->count++].text;
}

/* A copy that may be written to without changing the first. */
static void copy_pages(struct reader *reader, struct pages *to, const struct pages *from)
{
	to->count = 0;
	for (size_t i = 0; i < from->count; i++)
		buf_add(page(reader, to, from->items[i].name), buf_str(&from->items[i].text));
}

/* --- Agreements ----------------------------------------------------------------------------- */

static const char *const agreement_defaults[] = {
	"format: 1",
	"title: An agreement",
	"kind: framework",
	"strength: treaty",
	"source: { title: Made for a test, basis: illustrative }",
	"state: [ { is: in-force, from: 2000-01-01 } ]",
	"visibility: public",
	"parties: [ { party: \"group:everyone\", confirmed: 2020-01-01 } ]",
};
static const char *const promise_defaults[] = { "clause: \"1\"", "duty: may", "provider: io",
	"for: { nationality: [ any ] }", "where: { in: [ world ] }",
	"services: [ consular.welfare ]" };
#define LENGTH(list) (sizeof(list) / sizeof *(list))

/* The key of LINE stands in TEXT, at its start or after BEFORE. */
static bool has_key(struct str text, const char *line, char before)
{
	size_t key = strcspn(line, ":") + 1;
	for (size_t i = 0; i + key <= text.len; i++)
		if ((i == 0 || text.ptr[i - 1] == before) && memcmp(text.ptr + i, line, key) == 0)
			return true;
	return false;
}

/* "promise ID: fields" becomes a commitment; what it leaves out is filled in. */
static void add_promise(struct buf *out, struct str line)
{
	struct str id = line, fields = STR("");
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == ':') {
			id = str_trim(str_sub(line, 0, i));
			fields = str_trim(str_sub(line, i + 1, line.len));
			break;
		}
	buf_add_format(out, "  - { id: " STR_FMT, STR_ARG(id));
	if (fields.len)
		buf_add_format(out, ", " STR_FMT, STR_ARG(fields));
	for (size_t i = 0; i < LENGTH(promise_defaults); i++)
		if (!has_key(fields, promise_defaults[i], ' '))
			buf_add_format(out, ", %s", promise_defaults[i]);
	buf_add_c(out, " }\n");
}

static void add_agreement(struct reader *reader, struct str id, struct str block)
{
	struct str name = str_format(reader->arena, "agreements/" STR_FMT ".yaml", STR_ARG(id));
	struct buf *out = page(reader, reader->pages, name);
	struct str rest = block, line;
	bool commitments = false;
	out->len = 0;
	buf_add_format(out, "agreement: " STR_FMT "\n", STR_ARG(id));
	for (size_t i = 0; i < LENGTH(agreement_defaults); i++)
		if (!has_key(block, agreement_defaults[i], '\n'))
			buf_add_format(out, "%s\n", agreement_defaults[i]);
	while (str_next_word(&rest, "\n", &line)) {
		if (!str_starts(line, "promise ")) {
			buf_add_format(out, STR_FMT "\n", STR_ARG(line));
			continue;
		}
		if (!commitments)
			buf_add_c(out, "commitments:\n");
		commitments = true;
		add_promise(out, str_sub(line, 8, line.len));
	}
}

/* --- Lines ---------------------------------------------------------------------------------- */

/* The lines below, indented by two, without the indent. */
static struct str take_block(struct reader *reader, struct str *rest)
{
	struct buf block;
	buf_init(&block, reader->arena, CASE_FILE_MAX);
	while (rest->len >= 2 && rest->ptr[0] == ' ' && rest->ptr[1] == ' ') {
		const char *end = memchr(rest->ptr, '\n', rest->len);
		size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
		buf_add(&block, str_sub(*rest, 2, len - 2));
		buf_add_c(&block, "\n");
		*rest = str_sub(*rest, len + (end != NULL), rest->len);
		reader->line++;
	}
	return buf_str(&block);
}

static bool end_case(struct reader *reader)
{
	struct rule_case *rule = reader->rule;
	if (!rule)
		return true;
	memory_files_init(&rule->files, reader->arena);
	for (size_t i = 0; i < reader->own.count; i++) {
		struct str path =
			str_format(reader->arena, "w/" STR_FMT, STR_ARG(reader->own.items[i].name));
		if (reader->own.items[i].text.failed ||
			memory_files_put(&rule->files, path, buf_str(&reader->own.items[i].text)) !=
				STATUS_OK)
			return fault(reader, "no memory");
	}
	if (rule->count == 0)
		return fault(reader, "a case without a question");
	reader->rule = NULL;
	return true;
}

static bool begin_case(struct reader *reader, struct str name)
{
	struct case_list *out = reader->out;
	if (!end_case(reader))
		return false;
	reader->rule = arena_push(reader->arena, (void **)&out->items, &out->count, &out->capacity,
		sizeof *out->items);
	if (!reader->rule)
		return fault(reader, "no memory");
	*reader->rule = (struct rule_case){ .file = reader->file, .name = name };
	copy_pages(reader, &reader->own, &reader->head);
	reader->pages = &reader->own;
	return true;
}

static bool add_line(struct reader *reader, struct str word, struct str rest)
{
	struct rule_case *rule = reader->rule;
	if (!rule)
		return fault(reader, "a question outside a case");
	struct case_line *line = arena_push(
		reader->arena, (void **)&rule->lines, &rule->count, &rule->capacity, sizeof *line);
	if (!line)
		return fault(reader, "no memory");
	*line = (struct case_line){ word, str_trim(rest), reader->line };
	return true;
}

static bool read_line(struct reader *reader, struct str line, struct str *rest)
{
	struct str tail = line, word;
	if (line.len == 0 || line.ptr[0] == '#' || !str_next_word(&tail, " ", &word))
		return true;
	tail = str_trim(tail);
	if (str_is(word, "case"))
		return begin_case(reader, tail);
	if (str_is(word, "file")) {
		buf_add(page(reader, reader->pages, tail), take_block(reader, rest));
		return true;
	}
	if (str_is(word, "agreement")) {
		add_agreement(reader, tail, take_block(reader, rest));
		return true;
	}
	return add_line(reader, word, tail);
}

static bool read_text(struct reader *reader, struct str text)
{
	struct str rest = text;
	reader->line = 0;
	while (rest.len) {
		const char *end = memchr(rest.ptr, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
		struct str line = str_sub(rest, 0, len);
		rest = str_sub(rest, len + (end != NULL), rest.len);
		reader->line++;
		if (!read_line(reader, line, &rest))
			return false;
	}
	return end_case(reader);
}

static bool read_file(struct reader *reader, struct str folder, struct str name)
{
	struct str text, path = str_format(reader->arena, STR_FMT "/" STR_FMT, STR_ARG(folder),
				 STR_ARG(name));
	reader->file = name;
	reader->line = 0;
	if (file_system_disk.read(file_system_disk.context, &text, reader->arena, path,
		    CASE_FILE_MAX) != STATUS_OK)
		return fault(reader, "cannot be read");
	return read_text(reader, text);
}

bool cases_read(struct case_list *out, struct arena *arena, struct str folder)
{
	struct reader *reader = ARENA_NEW(arena, struct reader);
	struct str *names;
	size_t count;
	*out = (struct case_list){ 0 };
	if (!reader)
		return false;
	*reader = (struct reader){ .arena = arena, .out = out, .file = folder };
	reader->pages = &reader->base;
	if (!read_file(reader, folder, STR("base.case")))
		return false;
	if (file_system_disk.list(file_system_disk.context, &names, &count, arena, folder) !=
		STATUS_OK)
		return fault(reader, "no such folder");
	for (size_t i = 0; i < count; i++) {
		bool is_case =
			names[i].len > 5 && str_is(str_sub(names[i], names[i].len - 5, 5), ".case");
		if (!is_case || str_is(names[i], "base.case"))
			continue;
		copy_pages(reader, &reader->head, &reader->base);
		reader->pages = &reader->head;
		if (!read_file(reader, folder, names[i]))
			return false;
	}
	return !reader->failed;
}
