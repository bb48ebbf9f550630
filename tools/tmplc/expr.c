/* What a directive is made of: words, texts in quotes, and expressions, which are C with most of C
 * taken away. */
#include <ctype.h>
#include <string.h>
#include "hole.h"

/* The functions an expression may call. */
static const char *const callable[] = { "str_is", "str_eq", "html_url_ok", "ui_is", "row_start",
	"page_exists" };
enum { CALLABLE = sizeof(callable) / sizeof(callable[0]) };

void fault(struct hole *hole, const char *what)
{
	if (hole->ok)
		refuse(hole->parser, hole->pos, "%s", what);
	hole->ok = false;
}

void skip_space(struct hole *hole)
{
	while (hole->rest.len && strchr(" \n\t", hole->rest.ptr[0]))
		hole->rest = str_sub(hole->rest, 1, hole->rest.len);
}

bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

struct str read_word(struct hole *hole)
{
	skip_space(hole);
	size_t n = 0;
	while (n < hole->rest.len && word_char(hole->rest.ptr[n]))
		n++;
	struct str word = str_sub(hole->rest, 0, n);
	hole->rest = str_sub(hole->rest, n, hole->rest.len);
	return word;
}

bool next_is(struct hole *hole, char c)
{
	skip_space(hole);
	if (!hole->rest.len || hole->rest.ptr[0] != c)
		return false;
	hole->rest = str_sub(hole->rest, 1, hole->rest.len);
	return true;
}

/* A string in quotes; \" and \\ are undone. */
struct str read_string(struct hole *hole)
{
	struct buf text;
	buf_init(&text, hole->parser->arena, 4000);
	if (!next_is(hole, '"')) {
		fault(hole, "a text in quotes is missing here");
		return STR_NONE;
	}
	size_t i = 0;
	while (i < hole->rest.len && hole->rest.ptr[i] != '"') {
		char c = hole->rest.ptr[i++];
		if (c == '\\' && i < hole->rest.len) {
			c = hole->rest.ptr[i++];
			if (c != '"' && c != '\\')
				fault(hole, "only \\\" and \\\\ stand for something in a text");
		}
		if (c == '\n')
			fault(hole, "a text stands on one line");
		buf_add_char(&text, c);
	}
	if (i == hole->rest.len)
		fault(hole, "the text has no closing quote");
	hole->rest = str_sub(hole->rest, i + 1, hole->rest.len);
	return buf_str(&text);
}

static size_t string_length(struct str s)
{
	size_t i = 1;
	while (i < s.len && s.ptr[i] != '"')
		i += s.ptr[i] == '\\' ? 2 : 1;
	return i < s.len ? i + 1 : s.len;
}

static void check_call(struct hole *hole, struct str word)
{
	for (size_t i = 0; i < CALLABLE; i++)
		if (str_is(word, callable[i]))
			return;
	if (hole->ok)
		refuse(hole->parser, hole->pos,
			"no function " STR_FMT "() in templates: compute it in the page's C",
			STR_ARG(word));
	hole->ok = false;
}

/* The next expression, up to a comma, to ".." or to the end. */
struct str read_expr(struct hole *hole)
{
	skip_space(hole);
	struct str s = hole->rest, word = STR_NONE;
	size_t i = 0;
	int deep = 0;
	for (; i < s.len && hole->ok; i++) {
		char c = s.ptr[i], d = i + 1 < s.len ? s.ptr[i + 1] : 0;
		if (word_char(c)) {
			size_t n = i;
			while (n < s.len && word_char(s.ptr[n]))
				n++;
			word = str_sub(s, i, n - i);
			i = n - 1;
			continue;
		}
		if (!deep && (c == ',' || (c == '.' && d == '.')))
			break;
		if (c == '(' && word.len)
			check_call(hole, word);
		if (c != ' ')
			word = STR_NONE;
		deep += (c == '(' || c == '[') - (c == ')' || c == ']');
		bool pair = (c == '=' && d == '=') || (c == '!' && d == '=') ||
			    (c == '<' && d == '=') || (c == '>' && d == '=') ||
			    (c == '-' && d == '>') || (c == '&' && d == '&') ||
			    (c == '|' && d == '|');
		if (pair) {
			i++;
		} else if (c == '"') {
			if (!deep)
				fault(hole, "a text here would not be translated: {t \"…\"}");
			i += string_length(str_sub(s, i, s.len)) - 1;
		} else if ((c == '+' && d == '+') || (c == '-' && d == '-')) {
			fault(hole, "an expression changes nothing");
		} else if (c == '=') {
			fault(hole, "an expression assigns nothing; == compares");
		} else if (!strchr(" .()[]!<>+-&,", c) || deep < 0) {
			fault(hole,
				"more C than an expression may have: compute it in the page's C");
		}
	}
	if (deep)
		fault(hole, "brackets do not match");
	struct str expr = str_sub(s, 0, i);
	while (expr.len && expr.ptr[expr.len - 1] == ' ')
		expr.len--;
	if (!expr.len)
		fault(hole, "an expression is missing here");
	hole->rest = str_sub(s, i, s.len);
	return expr;
}
