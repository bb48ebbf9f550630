/* What stands in braces: words, holes, conditions, loops and other templates. Expressions are C
 * with most of C taken away: fields, indices, comparisons and a handful of functions. */
#include <ctype.h>
#include <string.h>
#include "hole.h"

enum { ARGS_MAX = 9 };

static void line_mark(struct hole *hole)
{
	buf_add_format(hole->parser->code, "#line %u \"" STR_FMT "\"\n", hole->pos.line,
		STR_ARG(hole->parser->template->file));
}

static struct buf *code(struct hole *hole)
{
	flush_still(hole->parser);
	line_mark(hole);
	return hole->parser->code;
}

static void add_c_string(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '"' || c == '\\' || c == '?')
			buf_add_char(out, '\\');
		if (c >= 0x80)
			buf_add_format(out, "\\%03o", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

/* In text, where a name is set apart by <bdi>, or where no element can stand. */
static const char *surroundings(const struct parser *parser)
{
	const struct place *place = &parser->place;
	bool plain = place->where == IN_VALUE ||
		     (place->depth && place->stack[place->depth - 1].element->flags & E_RCDATA);
	return plain ? "HTML_IN_VALUE" : "HTML_IN_TEXT";
}

/* A hole that writes something: only where that can be escaped. */
static bool may_write(struct hole *hole, bool address)
{
	struct place *place = &hole->parser->place;
	if (place->where == IN_VALUE) {
		place->holes++;
		if (place->attr.kind == A_URL && !address) {
			fault(hole, "an address takes {url …}, {external …} or {asset …}");
			return false;
		}
		if (place->attr.kind != A_URL && address && strcmp(place->attr.name, "content")) {
			fault(hole, "an address stands in href, src or action");
			return false;
		}
		return true;
	}
	if (place->where != IN_TEXT) {
		fault(hole, "no hole in the name of an element or attribute, nor without quotes");
		return false;
	}
	if (address) {
		fault(hole, "an address stands in href, src or action");
		return false;
	}
	if (!place->depth)
		return true;
	const struct element *open = place->stack[place->depth - 1].element;
	if (!strcmp(open->name, "script")) {
		fault(hole, "nothing can be escaped safely in a script");
		return false;
	}
	if (open->flags & E_TABLE && place->stack[place->depth - 1].pos.line)
		fault(hole, "no text directly in this element");
	return hole->ok;
}

/* ", a, b" as an array of arguments; their number. FIRST goes before them. */
static size_t read_args(struct hole *hole, struct buf *out, struct str first)
{
	size_t count = 0;
	if (first.len) {
		buf_add_format(out, "html_arg(" STR_FMT ")", STR_ARG(first));
		count++;
	}
	skip_space(hole);
	while (hole->ok && hole->rest.len) {
		next_is(hole, ',');
		struct str expr = read_expr(hole);
		if (count == ARGS_MAX)
			fault(hole, "at most nine arguments");
		buf_add_format(out, "%shtml_arg(" STR_FMT ")", count ? ", " : "", STR_ARG(expr));
		count++;
		skip_space(hole);
	}
	return count;
}

/* The highest placeholder of a key must be the number of arguments, none left out. */
static void check_placeholders(struct hole *hole, struct str key, size_t count, size_t spared)
{
	for (size_t i = 1; i <= ARGS_MAX; i++) {
		bool found = false;
		for (size_t j = 0; j + 1 < key.len && !found; j++)
			found = key.ptr[j] == '%' && key.ptr[j + 1] == (char)('0' + i);
		if (found && i > count)
			fault(hole, "a placeholder has no argument");
		if (!found && i <= count && i > spared)
			fault(hole, "an argument has no placeholder");
	}
}

static void write_args(struct buf *out, const struct buf *args, size_t count)
{
	if (count)
		buf_add_format(out, "(const struct html_arg[]){ " STR_FMT " }, %zu);\n",
			STR_ARG(buf_str(args)), count);
	else
		buf_add_c(out, "NULL, 0);\n");
}

static void say(struct hole *hole, bool counted)
{
	struct buf args;
	buf_init(&args, hole->parser->arena, 8000);
	struct str number = STR_NONE, many = STR_NONE;
	if (!may_write(hole, false))
		return;
	if (counted) {
		number = read_expr(hole);
		if (!next_is(hole, ','))
			fault(hole, "{n count, \"%1 post\", \"%1 posts\"}");
	}
	struct str one = read_string(hole);
	if (counted) {
		next_is(hole, ',');
		many = read_string(hole);
	}
	size_t count = read_args(hole, &args, number);
	check_placeholders(hole, counted ? many : one, count, 0);
	if (counted)
		check_placeholders(hole, one, count, 1);
	const char *in = surroundings(hole->parser);
	if (!strcmp(in, "HTML_IN_VALUE"))
		for (size_t i = 0; i < one.len; i++)
			if (words_tag(str_sub(one, i, one.len)))
				fault(hole, "no element can stand here");
	if (!hole->ok)
		return;
	uint32_t key =
		words_key(hole->parser->words, one, many, hole->parser->template->file, hole->pos);
	struct buf *out = code(hole);
	if (counted)
		buf_add_format(out, "\thtml_count(out, ui, %u, %s, (long long)(" STR_FMT "), ", key,
			in, STR_ARG(number));
	else
		buf_add_format(out, "\thtml_say(out, ui, %u, %s, ", key, in);
	write_args(out, &args, count);
}

static void not_translated(struct hole *hole)
{
	if (!may_write(hole, false))
		return;
	struct str text = read_string(hole);
	struct buf *out = code(hole);
	buf_add_c(out, "\tHTML_PUT_PLAIN(out, ui, ");
	add_c_string(out, text);
	buf_add_c(out, ");\n");
}

static void url(struct hole *hole)
{
	struct buf args;
	buf_init(&args, hole->parser->arena, 8000);
	if (!may_write(hole, true))
		return;
	skip_space(hole);
	if (hole->rest.len && hole->rest.ptr[0] != '"') {
		struct str expr = read_expr(hole);
		buf_add_format(code(hole), "\thtml_link(out, " STR_FMT ");\n", STR_ARG(expr));
		return;
	}
	struct str pattern = read_string(hole);
	static const char *const starts[] = { "/", "mailto:", "tel:", "sms:" };
	bool known = false;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		known |= str_starts(pattern, starts[i]);
	if (!known || str_starts(pattern, "//"))
		fault(hole, "an address begins with /, mailto:, tel: or sms:");
	for (size_t i = 0; i < pattern.len; i++)
		if (!isalnum((unsigned char)pattern.ptr[i]) &&
			!strchr("/-._?=&%#:+@", pattern.ptr[i]))
			fault(hole, "a character that an address would have to encode");
	size_t count = read_args(hole, &args, STR_NONE);
	check_placeholders(hole, pattern, count, 0);
	struct buf *out = code(hole);
	buf_add_c(out, "\thtml_url(out, ui, ");
	add_c_string(out, pattern);
	buf_add_c(out, ", ");
	write_args(out, &args, count);
}

/* {date x}, {number x}, {plain x}, {external x}: one expression, one function. */
static void formatted(struct hole *hole, const char *function, bool address, bool surrounded)
{
	if (!may_write(hole, address))
		return;
	struct str expr = read_expr(hole);
	buf_add_format(code(hole), "\t%s(out, ui, %s%s" STR_FMT ");\n", function,
		surrounded ? surroundings(hole->parser) : "", surrounded ? ", " : "",
		STR_ARG(expr));
}

static void asset(struct hole *hole)
{
	if (!may_write(hole, true))
		return;
	struct str name = read_string(hole);
	struct buf *out = code(hole);
	buf_add_c(out, "\thtml_asset(out, ui, ");
	add_c_string(out, name);
	buf_add_c(out, ");\n");
}

static struct block *push(struct hole *hole, enum block_kind kind)
{
	struct parser *parser = hole->parser;
	if (parser->block_count == BLOCKS_DEEP) {
		fault(hole, "blocks lie too deep");
		parser->broken = true;
		return NULL;
	}
	if (parser->place.where != IN_TEXT && parser->place.where != IN_TAG &&
		parser->place.where != IN_VALUE) {
		fault(hole, "no block inside a name");
		return NULL;
	}
	if (parser->place.where == IN_VALUE && parser->place.attr.kind == A_URL) {
		fault(hole, "an address is one {url …}: put the condition around the element");
		return NULL;
	}
	if (parser->place.where != IN_TEXT && kind > BLOCK_FOR) {
		fault(hole, "this block stands in text only");
		return NULL;
	}
	struct block *block = &parser->blocks[parser->block_count++];
	*block = (struct block){
		.kind = kind, .pos = hole->pos, .start = parser->place, .h1_start = parser->h1
	};
	return block;
}

static void if_begin(struct hole *hole)
{
	struct str expr = read_expr(hole);
	if (hole->ok && push(hole, BLOCK_IF))
		buf_add_format(code(hole), "\tif (" STR_FMT ") {\n", STR_ARG(expr));
}

static bool same_place(const struct place *a, const struct place *b)
{
	if (a->where != b->where || a->depth != b->depth || a->tag != b->tag)
		return false;
	for (size_t i = 0; i < a->depth; i++)
		if (a->stack[i].element != b->stack[i].element)
			return false;
	return true;
}

static void compare_places(struct hole *hole, struct block *block)
{
	struct place *now = &hole->parser->place;
	for (size_t i = 0; i < block->start.depth && i < now->depth; i++) {
		block->start.stack[i].has_caption |= now->stack[i].has_caption;
		block->start.stack[i].has_legend |= now->stack[i].has_legend;
	}
	block->start.holes = now->holes;
	block->start.literal = now->literal;
	/* What <tag> is being opened matters only inside it. */
	if (now->where == IN_TEXT)
		block->start.tag = now->tag;
	if (!same_place(now, &block->start)) {
		fault(hole, "the block does not end where it began: it opens or closes an element, "
			    "a tag or a quote");
		hole->parser->broken = true;
	}
}

static void if_else(struct hole *hole)
{
	struct parser *parser = hole->parser;
	struct block *block = parser->block_count ? &parser->blocks[parser->block_count - 1] : NULL;
	struct str word = read_word(hole), expr = STR_NONE;
	if (!block || block->kind != BLOCK_IF || block->has_else) {
		fault(hole, "{else} without {if}");
		return;
	}
	if (str_is(word, "if"))
		expr = read_expr(hole);
	else
		block->has_else = true;
	compare_places(hole, block);
	if (parser->h1 > block->h1_most)
		block->h1_most = parser->h1;
	parser->h1 = block->h1_start;
	parser->place = block->start;
	struct buf *out = code(hole);
	if (expr.len)
		buf_add_format(out, "\t} else if (" STR_FMT ") {\n", STR_ARG(expr));
	else
		buf_add_c(out, "\t} else {\n");
}

static void for_begin(struct hole *hole)
{
	struct str name = read_word(hole), in = read_word(hole);
	if (!name.len || !str_is(in, "in")) {
		fault(hole, "{for i in 0..n} or {for row in v->rows, v->row_count}");
		return;
	}
	struct str from = read_expr(hole);
	bool range = hole->rest.len > 2 && hole->rest.ptr[0] == '.';
	if (hole->rest.len)
		hole->rest = str_sub(hole->rest, range ? 2 : 1, hole->rest.len);
	struct str to = read_expr(hole);
	if (!hole->ok || !push(hole, BLOCK_FOR))
		return;
	struct buf *out = code(hole);
	if (range) {
		buf_add_format(out,
			"\tfor (size_t " STR_FMT " = (size_t)(" STR_FMT "); " STR_FMT
			" < (size_t)(" STR_FMT "); " STR_FMT "++) {\n",
			STR_ARG(name), STR_ARG(from), STR_ARG(name), STR_ARG(to), STR_ARG(name));
		return;
	}
	buf_add_format(out,
		"\tfor (size_t " STR_FMT "_index = 0; " STR_FMT "_index < (size_t)(" STR_FMT
		"); " STR_FMT "_index++) {\n",
		STR_ARG(name), STR_ARG(name), STR_ARG(to), STR_ARG(name));
	buf_add_format(out,
		"\t__typeof__(&(" STR_FMT ")[0]) " STR_FMT " = &(" STR_FMT ")[" STR_FMT
		"_index];\n",
		STR_ARG(from), STR_ARG(name), STR_ARG(from), STR_ARG(name));
}

/* NAME(a, b): the name and ", a, b". A word in a call is t "…". */
static struct str read_call(struct hole *hole, struct str *args, bool content)
{
	struct parser *parser = hole->parser;
	struct str name = read_word(hole);
	const struct template *found = NULL;
	for (size_t i = 0; i < parser->all_count; i++)
		if (str_eq(parser->all[i].name, name))
			found = &parser->all[i];
	if (!found)
		fault(hole, "no template of this name");
	else if (content != found->has_content)
		fault(hole, content ? "this template has no {content}: {include …}"
				    : "this template has {content}: {wrap …} … {end}");
	if (!next_is(hole, '('))
		fault(hole, "a template is called with (…)");
	skip_space(hole);
	if (hole->rest.len && hole->rest.ptr[hole->rest.len - 1] == ')')
		hole->rest.len--;
	else
		fault(hole, "a call ends in ')'");
	struct buf text;
	buf_init(&text, parser->arena, 8000);
	skip_space(hole);
	while (hole->ok && hole->rest.len) {
		struct hole peek = *hole;
		skip_space(&peek);
		if (str_starts(peek.rest, "t \"")) {
			read_word(hole);
			struct str word = read_string(hole);
			check_placeholders(hole, word, 0, 0);
			buf_add_format(&text, ", ui_word_at(ui, %u)",
				words_key(parser->words, word, STR_NONE, parser->template->file,
					hole->pos));
		} else {
			struct str expr = read_expr(hole);
			buf_add_format(&text, ", " STR_FMT, STR_ARG(expr));
		}
		skip_space(hole);
		if (hole->rest.len && !next_is(hole, ','))
			fault(hole, "a comma is missing");
	}
	*args = buf_str(&text);
	return name;
}

static void include(struct hole *hole)
{
	struct parser *parser = hole->parser;
	struct str args, name = read_call(hole, &args, false);
	if (parser->place.where != IN_TEXT)
		fault(hole, "a template is included in text only");
	if (hole->ok)
		buf_add_format(code(hole), "\ttmpl_" STR_FMT "(out, ui" STR_FMT ");\n",
			STR_ARG(name), STR_ARG(args));
}

static void wrap_begin(struct hole *hole)
{
	struct str args, name = read_call(hole, &args, true);
	struct block *block = hole->ok ? push(hole, BLOCK_WRAP) : NULL;
	if (!block)
		return;
	if (str_is(name, "layout"))
		hole->parser->template->page = true;
	block->wrap = name;
	block->args = args;
	buf_add_format(code(hole), "\ttmpl_" STR_FMT "_before(out, ui" STR_FMT ");\n",
		STR_ARG(name), STR_ARG(args));
}

static void form_begin(struct hole *hole)
{
	struct str method = read_word(hole);
	static const char *const methods[] = { "GET", "POST", "FILES" };
	size_t kind = 0;
	while (kind < 3 && !str_is(method, methods[kind]))
		kind++;
	if (kind == 3)
		fault(hole, "{form POST \"/…\"}, {form FILES \"/…\"} or {form GET \"/…\"}");
	struct buf args;
	buf_init(&args, hole->parser->arena, 8000);
	struct str pattern = read_string(hole);
	if (!str_starts(pattern, "/") || str_starts(pattern, "//"))
		fault(hole, "a form is sent to a path of this server");
	size_t count = read_args(hole, &args, STR_NONE);
	check_placeholders(hole, pattern, count, 0);
	if (!hole->ok || !push(hole, BLOCK_FORM))
		return;
	struct buf *out = code(hole);
	buf_add_format(out, "\thtml_form(out, ui, HTML_FORM_%s, ", methods[kind]);
	add_c_string(out, pattern);
	buf_add_c(out, ", ");
	write_args(out, &args, count);
}

static void block_end(struct hole *hole)
{
	struct parser *parser = hole->parser;
	if (!parser->block_count) {
		fault(hole, "{end} ends nothing");
		return;
	}
	struct block *block = &parser->blocks[parser->block_count - 1];
	if (parser->place.where == IN_ATTR)
		attribute_end_bare(parser);
	compare_places(hole, block);
	parser->place = block->start;
	if (parser->h1 < block->h1_most)
		parser->h1 = block->h1_most;
	parser->block_count--;
	struct buf *out = code(hole);
	if (block->kind == BLOCK_WRAP)
		buf_add_format(out, "\ttmpl_" STR_FMT "_after(out, ui" STR_FMT ");\n",
			STR_ARG(block->wrap), STR_ARG(block->args));
	else if (block->kind == BLOCK_FORM)
		buf_add_c(out, "\thtml_raw(out, \"</form>\", 7);\n");
	else
		buf_add_c(out, "\t}\n");
}

static void content(struct hole *hole)
{
	struct parser *parser = hole->parser;
	if (parser->block_count || parser->place.where != IN_TEXT || parser->code->max == 0 ||
		parser->code == &parser->template->after) {
		fault(hole, "{content} stands once, in text, outside {if} and {for}");
		return;
	}
	flush_still(parser);
	parser->code = &parser->template->after;
}

static void params(struct hole *hole)
{
	struct template *template = hole->parser->template;
	if (template->has_params || template->body.len)
		fault(hole, "{params …} stands once, before all else");
	template->has_params = true;
	skip_space(hole);
	template->params = hole->rest;
	struct buf names;
	buf_init(&names, hole->parser->arena, 1000);
	struct str rest = hole->rest;
	while (rest.len) {
		size_t n = 0;
		while (n < rest.len && rest.ptr[n] != ',')
			n++;
		size_t end = n;
		while (end && rest.ptr[end - 1] == ' ')
			end--;
		size_t start = end;
		while (start && word_char(rest.ptr[start - 1]))
			start--;
		if (start == end || start == 0)
			fault(hole, "{params const struct x_view *v, int n}");
		buf_add_format(&names, "\t(void)" STR_FMT ";\n",
			STR_ARG(str_sub(rest, start, end - start)));
		rest = str_sub(rest, n + 1, rest.len);
	}
	for (size_t i = 0; i < hole->rest.len; i++)
		if (!word_char(hole->rest.ptr[i]) && !strchr(" *,", hole->rest.ptr[i]))
			fault(hole, "a parameter is a type and a name");
	template->names = buf_str(&names);
}

static void use(struct hole *hole)
{
	struct template *template = hole->parser->template;
	struct str path = read_string(hole);
	size_t max = sizeof template->uses / sizeof template->uses[0];
	if (template->use_count == max || !str_ends(path, ".h") || str_starts(path, "/"))
		fault(hole, "{use \"web/page_x.h\"}, at most eight");
	else
		template->uses[template->use_count++] = path;
}

static void nothing_left(struct hole *hole)
{
	skip_space(hole);
	if (hole->rest.len)
		fault(hole, "more than this directive takes");
}

/* The directives are rows. NONE: an expression to be written. */
enum verb {
	V_T,
	V_N,
	V_NOTR,
	V_URL,
	V_EXTERNAL,
	V_ASSET,
	V_DATE,
	V_NUMBER,
	V_PLAIN,
	V_IF,
	V_ELSE,
	V_END,
	V_FOR,
	V_INCLUDE,
	V_WRAP,
	V_FORM,
	V_CONTENT,
	V_PARAMS,
	V_USE,
	V_NONE
};
static const char *const verbs[V_NONE] = { "t", "n", "notr", "url", "external", "asset", "date",
	"number", "plain", "if", "else", "end", "for", "include", "wrap", "form", "content",
	"params", "use" };

static void put(struct hole *hole)
{
	if (!may_write(hole, false))
		return;
	struct str expr = read_expr(hole);
	bool value = !strcmp(surroundings(hole->parser), "HTML_IN_VALUE");
	buf_add_format(code(hole), "\t%s(out, ui, " STR_FMT ");\n",
		value ? "HTML_PUT_PLAIN" : "HTML_PUT", STR_ARG(expr));
}

static void run(struct hole *hole, enum verb verb)
{
	switch (verb) {
	case V_T:
		say(hole, false);
		break;
	case V_N:
		say(hole, true);
		break;
	case V_NOTR:
		not_translated(hole);
		break;
	case V_URL:
		url(hole);
		break;
	case V_EXTERNAL:
		formatted(hole, "html_external", true, false);
		break;
	case V_ASSET:
		asset(hole);
		break;
	case V_DATE:
		formatted(hole, "html_date", false, true);
		break;
	case V_NUMBER:
		formatted(hole, "html_number", false, true);
		break;
	case V_PLAIN:
		formatted(hole, "html_plain", false, false);
		break;
	case V_IF:
		if_begin(hole);
		break;
	case V_ELSE:
		if_else(hole);
		break;
	case V_END:
		block_end(hole);
		break;
	case V_FOR:
		for_begin(hole);
		break;
	case V_INCLUDE:
		include(hole);
		break;
	case V_WRAP:
		wrap_begin(hole);
		break;
	case V_FORM:
		form_begin(hole);
		break;
	case V_CONTENT:
		content(hole);
		break;
	case V_PARAMS:
		params(hole);
		return;
	case V_USE:
		use(hole);
		break;
	case V_NONE:
		put(hole);
		break;
	}
	if (hole->ok)
		nothing_left(hole);
}

static void comment(struct parser *parser)
{
	struct str text = parser->template->text;
	struct pos pos = parser->pos;
	while (parser->at + 1 < text.len &&
		!(text.ptr[parser->at] == '#' && text.ptr[parser->at + 1] == '}'))
		step(parser);
	if (parser->at + 1 >= text.len) {
		refuse(parser, pos, "the comment has no #}");
		parser->broken = true;
		return;
	}
	step(parser);
	step(parser);
}

void directive_compile(struct parser *parser)
{
	struct str text = parser->template->text;
	struct hole hole = { .parser = parser, .pos = parser->pos, .ok = true };
	if (parser->at + 1 < text.len && text.ptr[parser->at + 1] == '#') {
		step(parser);
		step(parser);
		comment(parser);
		return;
	}
	step(parser);
	size_t start = parser->at;
	bool quoted = false;
	while (parser->at < text.len && (quoted || text.ptr[parser->at] != '}')) {
		char c = text.ptr[parser->at];
		if (c == '{' && !quoted)
			break;
		if (c == '\\' && quoted && parser->at + 1 < text.len)
			step(parser);
		else if (c == '"')
			quoted = !quoted;
		step(parser);
	}
	if (parser->at >= text.len || text.ptr[parser->at] != '}') {
		refuse(parser, hole.pos, "the brace is not closed");
		parser->broken = true;
		return;
	}
	hole.rest = str_sub(text, start, parser->at - start);
	step(parser);
	if (parser->place.where == IN_ATTR)
		attribute_end_bare(parser);
	struct hole peek = hole;
	struct str word = read_word(&peek);
	enum verb verb = 0;
	while (verb < V_NONE && !str_is(word, verbs[verb]))
		verb++;
	/* A field may be called as a verb is: {t->x} is an expression. */
	char after = peek.rest.len ? peek.rest.ptr[0] : ' ';
	if (verb != V_NONE && (after == '-' || after == '.' || after == '['))
		verb = V_NONE;
	if (verb != V_NONE)
		hole.rest = peek.rest;
	run(&hole, verb);
}
