/* Follows the HTML of a template byte by byte, so that every hole is known by its surroundings, and
 * refuses what is not well formed, not accessible or not translated. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "tmplc.h"

void refuse(struct parser *parser, struct pos pos, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	char text[400];
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	diags_add(parser->diags, parser->template->file, pos, STR_NONE, "%s", text);
}

void step(struct parser *parser)
{
	unsigned char c = (unsigned char)parser->template->text.ptr[parser->at++];
	if (c == '\n') {
		parser->pos.line++;
		parser->pos.column = 1;
	} else if ((c & 0xc0) != 0x80) {
		parser->pos.column++;
	}
}

void flush_still(struct parser *parser)
{
	struct str s = buf_str(&parser->still);
	for (size_t from = 0; from < s.len; from += 4000) {
		struct str part = str_sub(s, from, 4000);
		buf_add_c(parser->code, "\thtml_raw(out, ");
		char open = '"';
		for (size_t i = 0; i < part.len; i++) {
			unsigned char c = (unsigned char)part.ptr[i];
			if (open)
				buf_add_char(parser->code, open);
			open = 0;
			if (c == '\n') {
				buf_add_c(parser->code, "\\n\"\n\t\t");
				open = '"';
			} else if (c == '"' || c == '\\') {
				buf_add_char(parser->code, '\\');
				buf_add_char(parser->code, (char)c);
			} else if (c < 0x20 || c >= 0x7f || c == '?') {
				buf_add_format(parser->code, "\\%03o", c);
			} else {
				buf_add_char(parser->code, (char)c);
			}
		}
		if (!open)
			buf_add_char(parser->code, '"');
		buf_add_format(parser->code, ", %zu);\n", part.len);
	}
	parser->still.len = 0;
}

static struct open_element *top(struct parser *parser)
{
	struct place *place = &parser->place;
	return place->depth ? &place->stack[place->depth - 1] : NULL;
}

static bool has(const struct parser *parser, const char *name)
{
	for (size_t i = 0; i < parser->tag_attr_count; i++)
		if (str_is(parser->tag_attrs[i], name))
			return true;
	return false;
}

static void add_id(struct seen_id *list, size_t *count, struct str text, struct pos pos)
{
	if (*count < IDS_MAX)
		list[(*count)++] = (struct seen_id){ text, pos };
}

/* What an opened element must have, for readers who do not see the page or read another way. */
static void check_opened(struct parser *parser)
{
	const struct element *element = parser->place.tag;
	static const struct {
		const char *element, *attribute, *why;
	} needs[] = { { "img", "alt", "what is it to someone who does not see it?" },
		{ "html", "lang", "screen readers choose their voice by it" },
		{ "html", "dir", "the direction of the script" },
		{ "th", "scope", "\"col\" or \"row\"" },
		{ "button", "type", "\"submit\" or \"button\"" },
		{ "a", "href", "a link leads somewhere" },
		{ "label", "for", "the id of its field" }, { "input", "type", "say it" },
		{ "script", "src", "no script in place" } };
	for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
		if (strcmp(element->name, needs[i].element) == 0 &&
			!has(parser, needs[i].attribute))
			refuse(parser, parser->tag_pos, "<%s> without %s: %s", element->name,
				needs[i].attribute, needs[i].why);
	if (strcmp(element->name, "form") == 0)
		refuse(parser, parser->tag_pos, "write {form …} … {end}: it keeps the language");
	if (!strcmp(element->name, "h1"))
		parser->h1++;
	bool hidden = str_is(parser->type, "hidden") || str_is(parser->type, "submit");
	if (element->flags & E_CONTROL && !hidden && !has(parser, "aria-label") &&
		!has(parser, "aria-labelledby")) {
		if (!parser->id.len)
			refuse(parser, parser->tag_pos, "<%s> without id: its label needs one",
				element->name);
		else
			add_id(parser->controls, &parser->control_count, parser->id,
				parser->tag_pos);
	}
}

static void open_element(struct parser *parser)
{
	const struct element *element = parser->place.tag;
	struct open_element *parent = top(parser);
	if (parent) {
		const char *outer = parent->element->name;
		if (parent->element->flags & E_RCDATA)
			refuse(parser, parser->tag_pos, "<%s> holds text only", outer);
		if (!strcmp(outer, "p") && element->flags & E_BLOCK)
			refuse(parser, parser->tag_pos, "<%s> cannot stand in a paragraph",
				element->name);
		if (!strcmp(element->name, "caption"))
			parent->has_caption = true;
		if (!strcmp(element->name, "legend"))
			parent->has_legend = true;
	}
	for (size_t i = 0; i < parser->place.depth; i++) {
		const char *outer = parser->place.stack[i].element->name;
		bool active = !strcmp(element->name, "a") || !strcmp(element->name, "button") ||
			      element->flags & E_CONTROL;
		if (active && (!strcmp(outer, "a") || !strcmp(outer, "button")))
			refuse(parser, parser->tag_pos, "<%s> inside <%s>", element->name, outer);
	}
	check_opened(parser);
	if (element->flags & E_VOID)
		return;
	if (parser->place.depth == ELEMENTS_DEEP) {
		refuse(parser, parser->tag_pos, "elements lie too deep");
		parser->broken = true;
		return;
	}
	parser->place.stack[parser->place.depth++] =
		(struct open_element){ .element = element, .pos = parser->tag_pos };
}

static void close_element(struct parser *parser)
{
	const struct element *element = parser->place.tag;
	struct open_element *open = top(parser);
	if (!open || open->element != element) {
		if (open)
			refuse(parser, parser->tag_pos, "</%s> while <%s> of line %u is open",
				element->name, open->element->name, open->pos.line);
		else
			refuse(parser, parser->tag_pos, "</%s> closes nothing", element->name);
		parser->broken = true;
		return;
	}
	if (!strcmp(element->name, "table") && !open->has_caption)
		refuse(parser, open->pos, "<table> without <caption>: what does it show?");
	if (!strcmp(element->name, "fieldset") && !open->has_legend)
		refuse(parser, open->pos, "<fieldset> without <legend>");
	parser->place.depth--;
}

static void end_tag(struct parser *parser)
{
	parser->place.where = IN_TEXT;
	if (!parser->place.tag)
		return;
	if (parser->closing)
		close_element(parser);
	else
		open_element(parser);
}

static bool name_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

static struct str read_name(struct parser *parser)
{
	struct str text = parser->template->text;
	size_t start = parser->at;
	while (parser->at < text.len && name_char(text.ptr[parser->at])) {
		buf_add_char(&parser->still, text.ptr[parser->at]);
		step(parser);
	}
	return str_sub(text, start, parser->at - start);
}

static void start_tag(struct parser *parser)
{
	struct str text = parser->template->text;
	struct str rest = str_sub(text, parser->at, text.len);
	parser->tag_pos = parser->pos;
	if (str_starts(rest, "<!--")) {
		refuse(parser, parser->pos, "a comment would be sent to readers: write {# … #}");
		parser->broken = true;
		return;
	}
	if (str_starts(rest, "<!doctype html>")) {
		if (parser->place.depth)
			refuse(parser, parser->pos, "<!doctype> stands first");
		for (size_t i = 0; i < sizeof "<!doctype html>" - 1; i++) {
			buf_add_char(&parser->still, text.ptr[parser->at]);
			step(parser);
		}
		return;
	}
	buf_add_char(&parser->still, '<');
	step(parser);
	parser->closing = parser->at < text.len && text.ptr[parser->at] == '/';
	if (parser->closing) {
		buf_add_char(&parser->still, '/');
		step(parser);
	}
	struct str name = read_name(parser);
	parser->place.tag = element_find(name);
	parser->place.where = IN_TAG;
	parser->tag_attr_count = 0;
	parser->id = parser->type = STR_NONE;
	if (str_is(name, "form")) {
		refuse(parser, parser->tag_pos, "write {form …} … {end}: it keeps the language");
		parser->broken = true;
	} else if (!name.len) {
		refuse(parser, parser->tag_pos,
			"'<' opens no element; write &lt; or a name in small letters");
		parser->broken = true;
	} else if (!parser->place.tag) {
		struct str near = element_nearest(parser->diags, name);
		refuse(parser, parser->tag_pos, "no element <" STR_FMT "> in templates" STR_FMT,
			STR_ARG(name), STR_ARG(near));
		parser->broken = true;
	}
}

static void start_attribute(struct parser *parser)
{
	struct pos pos = parser->pos;
	if (parser->closing) {
		refuse(parser, pos, "an end tag has no attributes");
		parser->broken = true;
		return;
	}
	struct str name = read_name(parser);
	const char *why = "";
	if (!name.len) {
		refuse(parser, pos, "'%c' begins no attribute",
			parser->template->text.ptr[parser->at]);
		parser->broken = true;
		return;
	}
	parser->place.attr = (struct attribute){ "", A_PLAIN };
	if (!attribute_find(&parser->place.attr, name, &why))
		refuse(parser, pos, STR_FMT ": %s", STR_ARG(name), why);
	/* Inside {if} the same name may stand in either branch. */
	for (size_t i = 0; i < parser->tag_attr_count && !parser->block_count; i++)
		if (str_eq(parser->tag_attrs[i], name))
			refuse(parser, pos, STR_FMT " stands twice", STR_ARG(name));
	if (parser->tag_attr_count < sizeof parser->tag_attrs / sizeof parser->tag_attrs[0])
		parser->tag_attrs[parser->tag_attr_count++] = name;
	parser->place.where = IN_ATTR;
}

void attribute_end_bare(struct parser *parser)
{
	if (parser->place.attr.kind != A_BOOL && *parser->place.attr.name)
		refuse(parser, parser->pos, "%s without a value", parser->place.attr.name);
	parser->place.where = IN_TAG;
}

/* "data:," is the icon that is none: without it browsers ask for /favicon.ico. */
static bool allowed_address(struct str value)
{
	return str_starts(value, "#") || str_starts(value, "https://") || str_is(value, "data:,");
}

static void end_value(struct parser *parser)
{
	struct place *place = &parser->place;
	struct str value = str_sub(
		parser->template->text, parser->value_start, parser->at - parser->value_start);
	const char *name = place->attr.name;
	if (place->attr.kind == A_URL) {
		if (place->holes > 1 || (place->holes && place->literal))
			refuse(parser, parser->pos, "%s: one {url …} is all of the address", name);
		else if (!place->holes && !allowed_address(value))
			refuse(parser, parser->pos,
				"%s: write {url \"/…\"}, \"#…\" or \"https://…\"", name);
	}
	if (!strcmp(name, "id")) {
		for (size_t i = 0; i < parser->id_count; i++)
			if (str_eq(parser->ids[i].text, value))
				refuse(parser, parser->pos, "id \"" STR_FMT "\" also on line %u",
					STR_ARG(value), parser->ids[i].pos.line);
		add_id(parser->ids, &parser->id_count, value, parser->pos);
		parser->id = value;
	} else if (!strcmp(name, "for")) {
		add_id(parser->labels, &parser->label_count, value, parser->pos);
	} else if (!strcmp(name, "type")) {
		parser->type = value;
	}
	place->where = IN_TAG;
}

static void value_char(struct parser *parser, char c)
{
	if (c == '"') {
		end_value(parser);
	} else if (c == '<' || c == '\n') {
		refuse(parser, parser->pos, "a value closes on its line: is a quote missing?");
		parser->broken = true;
		return;
	} else {
		bool letter = isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
		if (parser->place.attr.kind == A_WORDS && letter && parser->place.literal < 1000) {
			refuse(parser, parser->pos, "%s holds words: write {t \"…\"}",
				parser->place.attr.name);
			parser->place.literal = 1000;
		}
		parser->place.literal++;
	}
	buf_add_char(&parser->still, c);
	step(parser);
}

static void tag_char(struct parser *parser, char c)
{
	enum where where = parser->place.where;
	bool space = c == ' ' || c == '\n' || c == '\t';
	if (where == IN_EQUALS) {
		if (c != '"') {
			refuse(parser, parser->pos, "a value stands in double quotes");
			parser->broken = true;
			return;
		}
		parser->place.where = IN_VALUE;
		parser->place.literal = parser->place.holes = 0;
		buf_add_char(&parser->still, c);
		step(parser);
		parser->value_start = parser->at;
		return;
	}
	if (where == IN_ATTR) {
		if (c == '=') {
			parser->place.where = IN_EQUALS;
			buf_add_char(&parser->still, c);
			step(parser);
			return;
		}
		attribute_end_bare(parser);
	}
	if (c == '>') {
		buf_add_char(&parser->still, c);
		step(parser);
		end_tag(parser);
	} else if (space) {
		if (!parser->still.len || parser->still.ptr[parser->still.len - 1] != ' ')
			buf_add_char(&parser->still, ' ');
		step(parser);
	} else {
		start_attribute(parser);
	}
}

/* &nbsp; and a few others, which are no words. */
static bool entity(struct parser *parser)
{
	static const char *const known[] = { "&nbsp;", "&middot;", "&amp;", "&lt;", "&gt;",
		"&quot;", "&times;", "&ndash;", "&mdash;", "&hellip;" };
	struct str rest = str_sub(parser->template->text, parser->at, 10);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_starts(rest, known[i])) {
			buf_add_c(&parser->still, known[i]);
			for (size_t n = strlen(known[i]); n; n--)
				step(parser);
			return true;
		}
	refuse(parser, parser->pos, "'&' begins no known entity; write &amp;");
	step(parser);
	return false;
}

/* Words that no translator would see. */
static void refuse_words(struct parser *parser)
{
	struct str rest = str_sub(parser->template->text, parser->at, 40);
	size_t len = 0;
	while (len < rest.len && !strchr("<{\n", rest.ptr[len]))
		len++;
	refuse(parser, parser->pos, "words outside {t \"…\"}: \"" STR_FMT "\"",
		STR_ARG(str_sub(rest, 0, utf8_valid_prefix(str_sub(rest, 0, len)))));
	while (parser->at < parser->template->text.len &&
		!strchr("<{", parser->template->text.ptr[parser->at]))
		step(parser);
}

static void text_char(struct parser *parser, char c)
{
	struct open_element *open = top(parser);
	bool kept = open && (!strcmp(open->element->name, "pre") ||
				    !strcmp(open->element->name, "textarea"));
	if (c == '<') {
		start_tag(parser);
	} else if (c == '&') {
		entity(parser);
	} else if (!kept && (c == '\n' || c == ' ' || c == '\t')) {
		char last = parser->still.len ? parser->still.ptr[parser->still.len - 1] : 0;
		if (c == '\n' && (last == ' ' || last == '\n'))
			parser->still.ptr[parser->still.len - 1] = '\n';
		else if (last != ' ' && last != '\n')
			buf_add_char(&parser->still, c == '\n' ? '\n' : ' ');
		step(parser);
	} else if (isalpha((unsigned char)c) || (unsigned char)c >= 0x80) {
		refuse_words(parser);
	} else if (c == '}' || c == '>') {
		refuse(parser, parser->pos, "'%c' closes nothing", c);
		step(parser);
	} else {
		if (open && open->element->flags & E_TABLE)
			refuse(parser, parser->pos, "no text directly in <%s>",
				open->element->name);
		buf_add_char(&parser->still, c);
		step(parser);
	}
}

static void check_end(struct parser *parser)
{
	if (parser->broken)
		return;
	for (size_t i = 0; i < parser->block_count; i++)
		refuse(parser, parser->blocks[i].pos, "has no {end}");
	if (parser->place.where != IN_TEXT)
		refuse(parser, parser->pos, "the file ends inside a tag");
	for (size_t i = 0; i < parser->place.depth; i++)
		refuse(parser, parser->place.stack[i].pos, "<%s> is not closed",
			parser->place.stack[i].element->name);
	for (size_t i = 0; i < parser->control_count; i++) {
		bool found = false;
		for (size_t j = 0; j < parser->label_count && !found; j++)
			found = str_eq(parser->controls[i].text, parser->labels[j].text);
		if (!found)
			refuse(parser, parser->controls[i].pos,
				"no <label for=\"" STR_FMT "\"> in this template",
				STR_ARG(parser->controls[i].text));
	}
	if (parser->template->page && parser->h1 != 1)
		refuse(parser, (struct pos){ 1, 1 }, "a page has one <h1>, this has %u",
			parser->h1);
	else if (parser->h1 > 1)
		refuse(parser, (struct pos){ 1, 1 }, "a page has one <h1>, this has %u",
			parser->h1);
}

void template_compile(struct parser *parser)
{
	struct str text = parser->template->text;
	parser->pos = (struct pos){ 1, 1 };
	parser->code = &parser->template->body;
	size_t valid = utf8_valid_prefix(text);
	if (valid < text.len || text_hostile(text, "\n\t") < text.len) {
		refuse(parser, (struct pos){ 0, 0 },
			"bytes that are not UTF-8, or characters that do not show");
		return;
	}
	while (parser->at < text.len && !parser->broken) {
		char c = text.ptr[parser->at];
		if (c == '{')
			directive_compile(parser);
		else if (parser->place.where == IN_VALUE)
			value_char(parser, c);
		else if (parser->place.where != IN_TEXT)
			tag_char(parser, c);
		else
			text_char(parser, c);
	}
	flush_still(parser);
	check_end(parser);
}
