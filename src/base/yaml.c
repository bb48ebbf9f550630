/* YAML by libyaml's events, reduced to what an agreement needs: maps, lists and strings. What
 * YAML offers beyond that either hides meaning from whoever reads the file (anchors, merge
 * keys) or guesses types (`NO`), and is refused or not done. */
#include "base/doc_build.h"
#include "base/scan.h"

#include <assert.h>
#include <yaml.h>

struct yaml_reader {
	yaml_parser_t parser;
	struct doc_builder builder;
	struct str input;
	unsigned documents;
};

static struct pos pos_of(yaml_mark_t mark)
{
	if (mark.line >= UINT32_MAX - 1 || mark.column >= UINT32_MAX - 1)
		return (struct pos){ 0, 0 };
	return (struct pos){ (uint32_t)mark.line + 1, (uint32_t)mark.column + 1 };
}

/* Whether there is a tab at MARK: the commonest slip, and libyaml's words for it do not say so. */
static bool tab_at(struct str input, yaml_mark_t mark)
{
	size_t i = 0;
	for (size_t line = 0; line < mark.line && i < input.len; i++)
		line += input.ptr[i] == '\n';
	for (size_t column = 0; column < mark.column && i < input.len; column++)
		utf8_next(input, &i);
	return i < input.len && input.ptr[i] == '\t';
}

/* Tells why libyaml stopped. */
static void refuse_syntax(
	struct doc_builder *builder, const yaml_parser_t *parser, struct str input)
{
	if (parser->error == YAML_MEMORY_ERROR) {
		builder->no_memory = true;
		return;
	}
	const char *problem = parser->problem ? parser->problem : "cannot be read";
	if (parser->error == YAML_READER_ERROR) {
		/* Only control characters are left, as UTF-8 has been checked. */
		struct scan scan;
		scan_start(&scan, input);
		size_t offset = parser->problem_offset < input.len ? parser->problem_offset : 0;
		doc_build_refuse(builder, scan_pos(&scan, offset), "not YAML: %s (0x%02x)", problem,
			(unsigned)parser->problem_value);
		return;
	}
	struct pos pos = pos_of(parser->problem_mark);
	if (tab_at(input, parser->problem_mark))
		doc_build_refuse(builder, pos, "not YAML: a tab; indent with spaces");
	else if (parser->context)
		doc_build_refuse(builder, pos, "not YAML: %s (%s from line %zu)", problem,
			parser->context, parser->context_mark.line + 1);
	else
		doc_build_refuse(builder, pos, "not YAML: %s", problem);
}

static void refuse_decoration(struct doc_builder *builder, struct pos pos,
	const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		doc_build_refuse(builder, pos,
			"an anchor '&%.60s'; write the content where it is "
			"needed",
			(const char *)anchor);
	if (tag)
		doc_build_refuse(builder, pos, "a tag '%.60s'; every value is a string here",
			(const char *)tag);
}

/* Whether the next node is the key of an entry. */
static bool key_expected(const struct doc_builder *builder)
{
	return builder->depth > 0 && builder->frames[builder->depth - 1].node->kind == NODE_MAP &&
	       !builder->have_key;
}

static void read_scalar(struct yaml_reader *reader, const yaml_event_t *event)
{
	struct doc_builder *builder = &reader->builder;
	struct pos pos = pos_of(event->start_mark);
	struct str value = { (const char *)event->data.scalar.value, event->data.scalar.length };
	refuse_decoration(builder, pos, event->data.scalar.anchor, event->data.scalar.tag);
	struct str text = str_copy(builder->arena, value);
	if (!text.ptr) {
		builder->no_memory = true;
		return;
	}
	if (!key_expected(builder)) {
		doc_build_scalar(builder, NODE_STRING, text, pos);
		return;
	}
	doc_build_key(builder, text, pos);
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && str_is(text, "<<"))
		doc_build_refuse(builder, pos,
			"a merge key '<<'; write the entries where they are "
			"needed");
}

/* False when reading cannot go on. */
static bool read_open(struct yaml_reader *reader, const yaml_event_t *event)
{
	struct doc_builder *builder = &reader->builder;
	struct pos pos = pos_of(event->start_mark);
	if (event->type == YAML_MAPPING_START_EVENT)
		refuse_decoration(builder, pos, event->data.mapping_start.anchor,
			event->data.mapping_start.tag);
	else
		refuse_decoration(builder, pos, event->data.sequence_start.anchor,
			event->data.sequence_start.tag);
	if (key_expected(builder)) {
		doc_build_refuse(builder, pos, "a list or map as a key; keys are strings");
		return false;
	}
	return doc_build_open(
		builder, event->type == YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_LIST, pos);
}

/* Takes one event; false when it was the last or reading cannot go on. */
static bool read_event(struct yaml_reader *reader, const yaml_event_t *event)
{
	struct doc_builder *builder = &reader->builder;
	struct pos pos = pos_of(event->start_mark);
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (reader->documents++) {
			doc_build_refuse(builder, pos, "a second document; one file holds one");
			return false;
		}
		return true;
	case YAML_SCALAR_EVENT:
		read_scalar(reader, event);
		return !builder->no_memory;
	case YAML_ALIAS_EVENT:
		doc_build_refuse(builder, pos,
			"an alias '*%.60s'; write the content where it is "
			"needed",
			(const char *)event->data.alias.anchor);
		/* Something must stand there, so that the rest is still read and checked. */
		if (key_expected(builder))
			doc_build_key(builder, STR(""), pos);
		else
			doc_build_scalar(builder, NODE_STRING, STR(""), pos);
		return true;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return read_open(reader, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		doc_build_close(builder);
		return true;
	case YAML_STREAM_END_EVENT:
		return false;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return true;
	}
	return true;
}

static void read_events(struct yaml_reader *reader)
{
	bool more = true;
	while (more && !reader->builder.no_memory) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event)) {
			refuse_syntax(&reader->builder, &reader->parser, reader->input);
			return;
		}
		more = read_event(reader, &event);
		yaml_event_delete(&event);
	}
	if (reader->documents == 0 && !reader->builder.no_memory)
		doc_build_refuse(&reader->builder, (struct pos){ 1, 1 },
			"the file is empty; expected a document");
}

enum status yaml_read(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags)
{
	struct yaml_reader reader = { .input = input };
	assert(out && arena && diags);
	assert(input.ptr || input.len == 0);
	*out = NULL;
	doc_build_start(&reader.builder, arena, file, diags);
	if (!doc_build_check_input(&reader.builder, input))
		return doc_build_end(&reader.builder, out);
	if (!yaml_parser_initialize(&reader.parser)) {
		reader.builder.no_memory = true;
		return doc_build_end(&reader.builder, out);
	}
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)(input.ptr ? input.ptr : ""), input.len);
	read_events(&reader);
	yaml_parser_delete(&reader.parser);
	return doc_build_end(&reader.builder, out);
}
