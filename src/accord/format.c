/* fmt: the house form of a document as YAML. Fields in the order of the table; short lists and maps
 * on one line; lines of at most 120 columns where words allow it; comments stay with their entries.
 * What it writes, it would write again. */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

#define COLUMNS_MAX 120u
#define PASSES_MAX 16
#define PLAIN_MAX 60u /* free text up to this length may go without quotes */

struct emitter {
	struct buf *out;
	struct arena *arena;
	bool failed;
};

static void emit_map(struct emitter *emitter, const struct entry *map, const struct field *field,
	enum shape shape, size_t indent, bool dash);

static bool is_scalar(const struct node *node)
{
	return node->kind != NODE_LIST && node->kind != NODE_MAP;
}

/* Words that readers of YAML elsewhere take for something other than text. */
static bool is_loaded_word(struct str s)
{
	static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false",
		"null" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (s.len == strlen(words[i]) && strncasecmp(s.ptr, words[i], s.len) == 0)
			return true;
	return false;
}

static bool is_plain(const struct field *field, struct str s, bool flow)
{
	bool number = field->type == TYPE_INTEGER || field->type == TYPE_DATE ||
		      field->type == TYPE_DURATION;
	if (field->type == TYPE_TEXTS || (field->type == TYPE_TEXT && (flow || s.len > PLAIN_MAX)))
		return false;
	if (s.len == 0 || s.ptr[s.len - 1] == ' ' ||
		(field->type != TYPE_BOOLEAN && is_loaded_word(s)))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'),
		     digit = c >= '0' && c <= '9';
		bool inner =
			i > 0 && (strchr("-._/()'", c) != NULL ||
					 (c == ' ' && s.ptr[i - 1] != ' ') || (c == ',' && !flow));
		if (c == 0 || !(letter || inner || (digit && (i > 0 || number))))
			return false;
	}
	return true;
}

static bool is_printable(uint32_t c)
{
	return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029) ||
	       (c >= 0xe000 && c < 0xfffe && c != 0xfeff) || c >= 0x10000;
}

static void add_quoted_char(struct buf *out, uint32_t c)
{
	if (c == '"' || c == '\\')
		buf_add_format(out, "\\%c", (char)c);
	else if (c == '\n')
		buf_add_c(out, "\\n");
	else if (is_printable(c))
		buf_add_utf8(out, c);
	else
		buf_add_format(out, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
}

static struct str nfc(struct emitter *emitter, struct str text)
{
	struct str result;
	if (text_to_nfc(&result, emitter->arena, text) == STATUS_OK)
		return result;
	emitter->failed = true;
	return STR("");
}

static void add_scalar(struct emitter *emitter, struct buf *out, const struct field *field,
	const struct node *node, bool flow)
{
	struct str text = nfc(emitter, node->text);
	if (is_plain(field, text, flow)) {
		buf_add(out, text);
		return;
	}
	buf_add_c(out, "\"");
	for (size_t i = 0; i < text.len;)
		add_quoted_char(out, utf8_next(text, &i));
	buf_add_c(out, "\"");
}

static const struct entry *find_entry(const struct entry *map, const char *name)
{
	for (const struct entry *child = map->first; child; child = child->next)
		if (str_is(child->node->key, name))
			return child;
	return NULL;
}

static void add_flow(struct emitter *emitter, struct buf *out, const struct entry *entry,
	const struct field *field);

static void add_flow_map(struct emitter *emitter, struct buf *out, const struct entry *map,
	const struct field *field)
{
	size_t count = 0, written = 0;
	const struct field *fields =
		field->type == TYPE_TEXTS ? NULL : accord_shape_fields(field->shape, &count);
	for (const struct entry *child = fields ? NULL : map->first; child; child = child->next) {
		buf_add_c(out, written++ ? ", " : "{ ");
		buf_add(out, child->node->key);
		buf_add_c(out, ": ");
		add_scalar(emitter, out, field, child->node, true);
	}
	for (size_t i = 0; i < count; i++) {
		const struct entry *child = find_entry(map, fields[i].name);
		if (!child)
			continue;
		buf_add_c(out, written++ ? ", " : "{ ");
		buf_add_c(out, fields[i].name);
		buf_add_c(out, ": ");
		add_flow(emitter, out, child, &fields[i]);
	}
	buf_add_c(out, written ? " }" : "{}");
}

static void add_flow(struct emitter *emitter, struct buf *out, const struct entry *entry,
	const struct field *field)
{
	if (entry->node->kind == NODE_MAP) {
		add_flow_map(emitter, out, entry, field);
	} else if (entry->node->kind == NODE_LIST) {
		size_t written = 0;
		for (const struct entry *child = entry->first; child; child = child->next) {
			buf_add_c(out, written++ ? ", " : "[ ");
			add_flow(emitter, out, child, field);
		}
		buf_add_c(out, written ? " ]" : "[]");
	} else {
		add_scalar(emitter, out, field, entry->node, true);
	}
}

static void add_spaces(struct buf *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_c(out, " ");
}

static void emit_comments(struct emitter *emitter, const struct comment_run *run, size_t indent)
{
	for (const struct comment *comment = run->first; comment; comment = comment->next) {
		add_spaces(emitter->out, indent);
		buf_add(emitter->out, comment->text);
		buf_add_c(emitter->out, "\n");
	}
}

static void emit_above(struct emitter *emitter, struct str comment, size_t indent)
{
	if (!comment.ptr)
		return;
	add_spaces(emitter->out, indent);
	buf_add(emitter->out, comment);
	buf_add_c(emitter->out, "\n");
}

/* The line LINE of ENTRY with the comment beside it, or above it where there is no room. COLUMN:
 * where comments above stand. */
static void emit_line(
	struct emitter *emitter, const struct entry *entry, struct str line, size_t column)
{
	struct str beside = entry->beside;
	bool fits = beside.ptr && utf8_length(line) + 2 + utf8_length(beside) <= COLUMNS_MAX;
	if (beside.ptr && !fits)
		emit_above(emitter, beside, column);
	buf_add(emitter->out, line);
	if (fits) {
		buf_add_c(emitter->out, "  ");
		buf_add(emitter->out, beside);
	}
	buf_add_c(emitter->out, "\n");
}

/* Length in columns of the word at I with its escapes, up to the next blank or new line. */
static size_t word_columns(struct str text, size_t i)
{
	size_t columns = 0;
	while (i < text.len && text.ptr[i] != ' ' && text.ptr[i] != '\n') {
		uint32_t c = utf8_next(text, &i);
		columns += c == '"' || c == '\\' ? 2 : is_printable(c) ? 1 : 6;
	}
	return columns;
}

/* Quoted text over several lines: a single blank may become a line break, which reads back as a
 * blank; a new line is written \n and followed by an escaped break. */
static void add_wrapped(struct buf *out, struct str text, size_t column, size_t indent)
{
	buf_add_c(out, "\"");
	column++;
	for (size_t i = 0; i < text.len;) {
		bool lone = text.ptr[i] == ' ' && i > 0 && i + 1 < text.len &&
			    text.ptr[i - 1] != ' ' && text.ptr[i - 1] != '\n' &&
			    text.ptr[i + 1] != ' ' && text.ptr[i + 1] != '\n';
		bool line = text.ptr[i] == '\n' && i + 1 < text.len && text.ptr[i + 1] != '\n';
		if (lone && column + 2 + word_columns(text, i + 1) > COLUMNS_MAX) {
			i++;
			buf_add_c(out, "\n");
			add_spaces(out, column = indent);
			continue;
		}
		uint32_t c = utf8_next(text, &i);
		add_quoted_char(out, c);
		column += is_printable(c) && c != '"' && c != '\\' ? 1 : 2;
		if (line) {
			buf_add_c(out, "\\\n");
			add_spaces(out, column = indent);
			if (text.ptr[i] == ' ')
				buf_add_c(out, "\\");
		}
	}
	buf_add_c(out, "\"");
}

/* A list of words over several lines, aligned behind its bracket. */
static void add_wrapped_list(struct emitter *emitter, struct buf *out, const struct entry *list,
	const struct field *field, size_t column)
{
	size_t start = column + 2, at = start;
	buf_add_c(out, "[ ");
	for (const struct entry *child = list->first; child; child = child->next) {
		struct buf word;
		buf_init(&word, emitter->arena, ACCORD_OUTPUT_MAX);
		add_scalar(emitter, &word, field, child->node, true);
		emitter->failed = emitter->failed || word.failed;
		size_t len = utf8_length(buf_str(&word)) + (child->next ? 1 : 2);
		if (child != list->first && at + 1 + len > COLUMNS_MAX) {
			buf_add_c(out, "\n");
			add_spaces(out, at = start);
		} else if (child != list->first) {
			buf_add_c(out, " ");
			at++;
		}
		buf_add(out, buf_str(&word));
		buf_add_c(out, child->next ? "," : " ]");
		at += len;
	}
}

static bool all_scalars(const struct entry *list)
{
	for (const struct entry *child = list->first; child; child = child->next)
		if (!is_scalar(child->node))
			return false;
	return list->first != NULL;
}

/* The one-line form behind PREFIX, or ptr NULL when it must not or does not fit. */
static struct str one_line(struct emitter *emitter, const struct entry *entry,
	const struct field *field, struct str prefix)
{
	struct buf line;
	const struct node *node = entry->node;
	bool block = field->flags & FIELD_BLOCK && node->kind == NODE_LIST;
	bool commitment = field->shape == SHAPE_COMMITMENT && node->kind == NODE_MAP;
	if (entry->commented || ((block || commitment) && node->count > 0))
		return STR_NONE;
	buf_init(&line, emitter->arena, ACCORD_OUTPUT_MAX);
	buf_add(&line, prefix);
	if (is_scalar(node))
		add_scalar(emitter, &line, field, node, false);
	else
		add_flow(emitter, &line, entry, field);
	emitter->failed = emitter->failed || line.failed;
	return utf8_length(buf_str(&line)) <= COLUMNS_MAX ? buf_str(&line) : STR_NONE;
}

/* What is longer than a line and has no lines of its own: text, and lists of words. */
static void emit_wrapped(struct emitter *emitter, const struct entry *entry,
	const struct field *field, struct str prefix, size_t column, size_t indent)
{
	struct buf text;
	buf_init(&text, emitter->arena, ACCORD_OUTPUT_MAX);
	buf_add(&text, prefix);
	if (entry->node->kind == NODE_LIST)
		add_wrapped_list(emitter, &text, entry, field, utf8_length(prefix));
	else
		add_wrapped(&text, nfc(emitter, entry->node->text), utf8_length(prefix), indent);
	emitter->failed = emitter->failed || text.failed;
	emit_above(emitter, entry->beside, column);
	buf_add(emitter->out, buf_str(&text));
	buf_add_c(emitter->out, "\n");
}

static void emit_items(
	struct emitter *emitter, const struct entry *list, const struct field *field, size_t indent)
{
	struct str prefix = str_format(emitter->arena, "%*s- ", (int)indent, "");
	if (!prefix.ptr) {
		emitter->failed = true;
		return;
	}
	for (const struct entry *item = list->first; item; item = item->next) {
		emit_comments(emitter, &item->above, indent);
		struct str line = one_line(emitter, item, field, prefix);
		if (line.ptr) {
			emit_line(emitter, item, line, indent);
		} else if (is_scalar(item->node)) {
			emit_wrapped(emitter, item, field, prefix, indent, indent + 2);
		} else {
			emit_above(emitter, item->beside, indent);
			emit_map(emitter, item, field, field->shape, indent + 2, true);
		}
	}
}

/* One entry of a map at INDENT; DASH: it is the first of a list's item, whose dash stands before
 * it. */
static void emit_entry(struct emitter *emitter, const struct entry *entry,
	const struct field *field, size_t indent, bool dash)
{
	const struct node *node = entry->node;
	size_t column = dash ? indent - 2 : indent;
	struct str key = str_format(emitter->arena, "%*s%s" STR_FMT ":", (int)column, "",
		dash ? "- " : "", STR_ARG(node->key));
	struct str prefix = str_format(emitter->arena, STR_FMT " ", STR_ARG(key));
	if (!key.ptr || !prefix.ptr) {
		emitter->failed = true;
		return;
	}
	emit_comments(emitter, &entry->above, column);
	struct str line = one_line(emitter, entry, field, prefix);
	if (line.ptr) {
		emit_line(emitter, entry, line, column);
	} else if (is_scalar(node) ||
		   (node->kind == NODE_LIST && !entry->commented && all_scalars(entry))) {
		emit_wrapped(emitter, entry, field, prefix, column, indent + 2);
	} else {
		emit_line(emitter, entry, key, column);
		if (node->kind == NODE_LIST)
			emit_items(emitter, entry, field, indent + 2);
		else
			emit_map(emitter, entry, field, field->shape, indent + 2, false);
	}
}

/* FIELD: the field whose value MAP is, or NULL for the document; texts by language have no shape.
 */
static void emit_map(struct emitter *emitter, const struct entry *map, const struct field *field,
	enum shape shape, size_t indent, bool dash)
{
	if (field && field->type == TYPE_TEXTS) {
		for (const struct entry *child = map->first; child;
			child = child->next, dash = false)
			emit_entry(emitter, child, field, indent, dash);
		return;
	}
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	for (size_t i = 0; i < count; i++) {
		const struct entry *child = find_entry(map, fields[i].name);
		if (!child)
			continue;
		emit_entry(emitter, child, &fields[i], indent, dash);
		dash = false;
	}
}

static enum status format_json(struct buf *out, struct arena *arena, const struct node *tree)
{
	struct node *canonical;
	enum status status = accord_canonical_tree(&canonical, arena, tree);
	if (status == STATUS_OK)
		status = json_pretty(out, canonical);
	buf_add_c(out, "\n");
	return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
}

/* One pass: TREE, read from the YAML text INPUT, in house form. */
static enum status format_once(
	struct str *out, struct arena *arena, struct str input, const struct node *tree)
{
	struct buf text;
	struct layout layout;
	enum status status = accord_read_layout(&layout, arena, input, tree);
	if (status != STATUS_OK)
		return status;
	buf_init(&text, arena, ACCORD_OUTPUT_MAX);
	struct emitter emitter = { .out = &text, .arena = arena };
	emit_comments(&emitter, &layout.head, 0);
	emit_map(&emitter, layout.root, NULL, SHAPE_AGREEMENT, 0, false);
	emit_comments(&emitter, &layout.tail, 0);
	*out = buf_str(&text);
	return emitter.failed || text.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* A comment without room beside its line moves above it, and what it leaves may then fit on one
 * line: the form is read and written again until nothing moves. Each pass moves comments up only,
 * so that few are needed. */
static enum status format_yaml(struct buf *out, struct arena *arena, struct str file,
	struct str input, struct node *tree, struct diags *diags)
{
	struct str text;
	for (int pass = 0; pass < PASSES_MAX; pass++) {
		enum status status = format_once(&text, arena, input, tree);
		if (status != STATUS_OK)
			return status;
		if (str_eq(text, input) || text.len > ACCORD_FILE_MAX)
			break;
		input = text;
		status = accord_parse(&tree, arena, file, input, diags);
		assert(status != STATUS_REFUSED); /* it is our own writing */
		if (status != STATUS_OK)
			return status;
	}
	buf_add(out, text);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status accord_format(struct buf *out, struct arena *arena, struct str file, struct str input,
	struct diags *diags)
{
	struct node *tree;
	assert(out && arena && diags);
	enum status status = accord_parse(&tree, arena, file, input, diags);
	if (status != STATUS_OK)
		return status;
	struct checker checker = { .file = file, .diags = diags };
	accord_check_form(&checker, tree);
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (checker.faults)
		return STATUS_REFUSED;
	if (accord_is_json(file))
		return format_json(out, arena, tree);
	return format_yaml(out, arena, file, input, tree, diags);
}
