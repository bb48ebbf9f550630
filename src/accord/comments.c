/* Finds the comments of a YAML file and the entries to which they belong. The reader of YAML gives
 * none, but it gives the position of every key and value; from these one pass over the text knows
 * what is quoted, what is a block of text, and how deep in brackets it is, which is all one needs
 * to know a # that starts a comment from one that does not.
 *
 * A comment on a line of its own belongs to the next entry; one at the end of a line to the last
 * entry before it. Neither looks into brackets that are closed, or not yet open, where the comment
 * stands. */
#include "accord/internal.h"

#include <assert.h>

#define FLOW_DEPTH_MAX 64u

/* A place where a key, a value or a bracket begins. */
struct mark {
	size_t offset;
	struct entry *entry; /* that starts here; NULL: only a value does */
	bool scalar;
};

struct scan {
	struct arena *arena;
	struct str input;
	size_t *lines; /* offset of each line's first byte */
	size_t line_count, line_capacity;
	struct mark *marks; /* in order of the file */
	size_t mark_count, mark_capacity, next_mark;
	struct entry *last[FLOW_DEPTH_MAX]; /* the last entry at each depth */
	struct layout *layout;
	struct pending {
		struct comment_run run;
		unsigned depth;
	} * pending;
	size_t pending_count, pending_capacity;
	unsigned depth;
	bool no_memory;
};

/* Bytes of the line break at I, 0 if there is none. The breaks of YAML 1.1. */
static size_t break_at(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.ptr + i;
	size_t left = s.len - i;
	if (left && p[0] == '\r')
		return left > 1 && p[1] == '\n' ? 2 : 1;
	if (left && p[0] == '\n')
		return 1;
	if (left > 1 && p[0] == 0xc2 && p[1] == 0x85)
		return 2;
	if (left > 2 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
		return 3;
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t start_of_text(struct str s)
{
	return str_starts(s, "\xef\xbb\xbf") ? 3 : 0;
}

static void add_line(struct scan *scan, size_t offset)
{
	void *lines = scan->lines;
	size_t *slot = arena_push(
		scan->arena, &lines, &scan->line_count, &scan->line_capacity, sizeof *slot);
	scan->lines = lines;
	if (slot)
		*slot = offset;
	else
		scan->no_memory = true;
}

static void find_lines(struct scan *scan)
{
	size_t i = start_of_text(scan->input);
	add_line(scan, i);
	while (i < scan->input.len && !scan->no_memory) {
		size_t len = break_at(scan->input, i);
		i += len ? len : 1;
		if (len)
			add_line(scan, i);
	}
}

static size_t offset_of(const struct scan *scan, struct pos pos)
{
	if (pos.line == 0 || pos.line > scan->line_count)
		return scan->input.len;
	size_t i = scan->lines[pos.line - 1];
	for (uint32_t column = 1; column < pos.column && i < scan->input.len; column++)
		utf8_next(scan->input, &i);
	return i;
}

static void add_mark(struct scan *scan, size_t offset, struct entry *entry, bool scalar)
{
	void *marks = scan->marks;
	struct mark *slot = arena_push(
		scan->arena, &marks, &scan->mark_count, &scan->mark_capacity, sizeof *slot);
	scan->marks = marks;
	if (slot)
		*slot = (struct mark){ offset, entry, scalar };
	else
		scan->no_memory = true;
}

static struct entry *make_entry(struct scan *scan, const struct node *node)
{
	struct entry *entry = ARENA_NEW(scan->arena, struct entry), *last = NULL;
	if (!entry) {
		scan->no_memory = true;
		return NULL;
	}
	bool scalar = node->kind != NODE_LIST && node->kind != NODE_MAP;
	size_t offset = offset_of(scan, node->pos);
	entry->node = node;
	entry->start = node->key.ptr ? offset_of(scan, node->key_pos) : offset;
	if (node->key.ptr)
		add_mark(scan, entry->start, entry, true);
	add_mark(scan, offset, node->key.ptr ? NULL : entry, scalar);
	for (const struct node *child = node->first; child && !scan->no_memory;
		child = child->next) {
		struct entry *below = make_entry(scan, child);
		if (last)
			last->next = below;
		else
			entry->first = below;
		last = below;
	}
	return entry;
}

static void append(struct comment_run *run, struct comment *comment)
{
	if (run->last)
		run->last->next = comment;
	else
		run->first = comment;
	run->last = comment;
}

static struct comment *make_comment(struct scan *scan, struct str text)
{
	struct comment *comment = ARENA_NEW(scan->arena, struct comment);
	if (comment)
		comment->text = text;
	else
		scan->no_memory = true;
	return comment;
}

static void hold(struct scan *scan, struct comment *comment)
{
	void *pending = scan->pending;
	struct pending *slot = arena_push(
		scan->arena, &pending, &scan->pending_count, &scan->pending_capacity, sizeof *slot);
	scan->pending = pending;
	if (!slot) {
		scan->no_memory = true;
		return;
	}
	*slot = (struct pending){ { comment, comment }, scan->depth };
}

/* Gives the comments that wait to ENTRY, as far as they stand outside its brackets. */
static void release(struct scan *scan, struct entry *entry)
{
	size_t kept = 0;
	for (size_t i = 0; i < scan->pending_count; i++) {
		if (scan->pending[i].depth >= entry->depth)
			append(&entry->above, scan->pending[i].run.first);
		else
			scan->pending[kept++] = scan->pending[i];
	}
	scan->pending_count = kept;
}

/* The last entry before here that is not inside brackets closed since. */
static struct entry *last_entry(const struct scan *scan)
{
	struct entry *found = NULL;
	for (unsigned i = 0; i <= scan->depth && i < FLOW_DEPTH_MAX; i++)
		if (scan->last[i] && (!found || scan->last[i]->start >= found->start))
			found = scan->last[i];
	return found;
}

static size_t read_comment(struct scan *scan, size_t i)
{
	struct str input = scan->input;
	size_t end = i, line = i;
	while (end < input.len && !break_at(input, end))
		end++;
	size_t next = end;
	while (end > i && is_blank(input.ptr[end - 1]))
		end--;
	while (line > start_of_text(input) && is_blank(input.ptr[line - 1]))
		line--;
	bool alone = line == start_of_text(input) || input.ptr[line - 1] == '\n' ||
		     input.ptr[line - 1] == '\r' || (unsigned char)input.ptr[line - 1] >= 0x80;
	struct comment *comment = make_comment(scan, str_sub(input, i, end - i));
	struct entry *entry = last_entry(scan);
	if (!comment)
		return next;
	if (alone || !entry)
		hold(scan, comment);
	else if (!entry->beside.ptr)
		entry->beside = comment->text;
	else
		append(&entry->above, comment);
	return next;
}

static size_t skip_quoted(struct str s, size_t i)
{
	char quote = s.ptr[i++];
	while (i < s.len) {
		if (quote == '"' && s.ptr[i] == '\\')
			i += 2;
		else if (s.ptr[i] != quote)
			i++;
		else if (quote == '\'' && i + 1 < s.len && s.ptr[i + 1] == '\'')
			i += 2;
		else
			return i + 1;
	}
	return s.len;
}

static size_t end_of_line(struct str s, size_t i)
{
	while (i < s.len && !break_at(s, i))
		i++;
	return i;
}

/* A block of text goes on while lines are blank or indented as far as its first one. Its own
 * indicator's line may end in a comment. */
static size_t skip_block_text(struct scan *scan, size_t i)
{
	struct str s = scan->input;
	size_t wanted = 0;
	bool known = false;
	while (i < s.len && !break_at(s, i) && s.ptr[i] != '#')
		i++;
	if (i < s.len && s.ptr[i] == '#')
		i = read_comment(scan, i);
	i = end_of_line(s, i);
	while (i < s.len) {
		size_t line = i + break_at(s, i), indent = 0;
		while (line + indent < s.len && s.ptr[line + indent] == ' ')
			indent++;
		size_t text = line + indent;
		bool blank = text >= s.len || break_at(s, text);
		if (!blank && !known) {
			wanted = indent;
			known = true;
		}
		bool passed = scan->next_mark < scan->mark_count &&
			      scan->marks[scan->next_mark].offset <= text;
		if (!blank && (indent < wanted || passed))
			return i;
		i = end_of_line(s, text);
	}
	return i;
}

static void begin_entry(struct scan *scan, struct entry *entry)
{
	entry->depth = scan->depth;
	release(scan, entry);
	if (entry->depth < FLOW_DEPTH_MAX)
		scan->last[entry->depth] = entry;
}

/* Takes what begins at I; returns where to go on. */
static size_t pass_mark(struct scan *scan, size_t i)
{
	struct str s = scan->input;
	bool scalar = false, value = false;
	while (scan->next_mark < scan->mark_count && scan->marks[scan->next_mark].offset == i) {
		const struct mark *mark = &scan->marks[scan->next_mark++];
		scalar = scalar || mark->scalar;
		value = value || (mark->scalar && !(mark->entry && mark->entry->node->key.ptr));
		if (mark->entry)
			begin_entry(scan, mark->entry);
	}
	if (i >= s.len)
		return i;
	if (scalar && (s.ptr[i] == '"' || s.ptr[i] == '\''))
		return skip_quoted(s, i);
	if (value && scan->depth == 0 && (s.ptr[i] == '|' || s.ptr[i] == '>'))
		return skip_block_text(scan, i);
	if (!scalar && (s.ptr[i] == '[' || s.ptr[i] == '{'))
		scan->depth++;
	return i + 1;
}

static void find_comments(struct scan *scan)
{
	struct str s = scan->input;
	size_t start = start_of_text(s);
	for (size_t i = start; i < s.len && !scan->no_memory;) {
		while (scan->next_mark < scan->mark_count &&
			scan->marks[scan->next_mark].offset < i) {
			struct entry *missed = scan->marks[scan->next_mark++].entry;
			if (missed)
				begin_entry(scan, missed);
		}
		if (scan->next_mark < scan->mark_count &&
			scan->marks[scan->next_mark].offset == i) {
			i = pass_mark(scan, i);
		} else if (s.ptr[i] == '#' &&
			   (i == start || is_blank(s.ptr[i - 1]) || s.ptr[i - 1] == '\n' ||
				   s.ptr[i - 1] == '\r' || (unsigned char)s.ptr[i - 1] >= 0x80)) {
			i = read_comment(scan, i);
		} else {
			if (scan->depth > 0 && (s.ptr[i] == ']' || s.ptr[i] == '}'))
				scan->depth--;
			i++;
		}
	}
}

static bool mark_commented(struct entry *entry)
{
	bool below = false;
	for (struct entry *child = entry->first; child; child = child->next)
		below = mark_commented(child) || child->above.first || child->beside.ptr || below;
	entry->commented = below;
	return below;
}

enum status accord_read_layout(
	struct layout *out, struct arena *arena, struct str input, const struct node *tree)
{
	assert(out && arena && tree && tree->kind == NODE_MAP);
	struct scan scan = { .arena = arena, .input = input, .layout = out };
	*out = (struct layout){ 0 };
	find_lines(&scan);
	if (!scan.no_memory)
		out->root = make_entry(&scan, tree);
	if (!scan.no_memory)
		find_comments(&scan);
	if (scan.no_memory)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < scan.pending_count; i++)
		append(&out->tail, scan.pending[i].run.first);
	/* What stands before everything is about the document, whichever field comes first. */
	out->head = out->root->above;
	out->root->above = (struct comment_run){ 0 };
	mark_commented(out->root);
	return STATUS_OK;
}
