/* A change between two documents as a sentence. */
#include "accord/internal.h"

#include <string.h>

static bool is_value(const struct node *node)
{
	return node->kind != NODE_LIST && node->kind != NODE_MAP;
}

/* A value on one line: lists by commas, fields as "name value". */
static void add_value(struct buf *out, const struct node *node)
{
	if (is_value(node)) {
		buf_add(out, node->text);
		return;
	}
	for (const struct node *item = node->first; item; item = item->next) {
		if (item != node->first)
			buf_add_c(out, ", ");
		if (node->kind == NODE_MAP)
			buf_add_format(out, STR_FMT " ", STR_ARG(item->key));
		if (!is_value(item) && item->count > 1)
			buf_add_char(out, '(');
		add_value(out, item);
		if (!is_value(item) && item->count > 1)
			buf_add_char(out, ')');
	}
}

/* "commitments[c].capacity.quantity" -> "Commitment c, capacity, quantity". */
static void add_subject(struct buf *out, struct str path)
{
	static const struct {
		const char *name, *word;
	} words[] = { { "commitments[", "Commitment " }, { "articles[", "Article " },
		{ "parties[", "Party " }, { "schedules[", "Schedule " } };
	size_t at = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words && at == 0; i++)
		if (str_starts(path, words[i].name)) {
			at = strlen(words[i].name);
			buf_add_c(out, words[i].word);
		}
	for (; at < path.len; at++) {
		char c = path.ptr[at];
		if (c == '.' && at > 0 && path.ptr[at - 1] == ']')
			continue; /* the bracket has said it */
		if (c == '.' || (c == ']' && at + 1 < path.len))
			buf_add_c(out, ", ");
		else if (c == '[' && at > 0 && path.ptr[at - 1] == ']')
			buf_add_c(out, "row ");
		else if (c == '[')
			buf_add_c(out, " ");
		else if (c != ']')
			buf_add_char(out, c);
	}
}

void accord_say_change(struct buf *out, const struct change *change)
{
	const struct node *node = change->kind == CHANGE_REMOVED ? change->old : change->new;
	add_subject(out, change->path);
	if (change->kind == CHANGE_CHANGED) {
		buf_add_c(out, ": was ");
		add_value(out, change->old);
		buf_add_c(out, "; is ");
		add_value(out, change->new);
		return;
	}
	buf_add_c(out, change->kind == CHANGE_ADDED ? ": new: " : ": gone: ");
	add_value(out, node);
}
