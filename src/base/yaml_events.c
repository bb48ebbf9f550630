/* YAML's events in the notation of the YAML test suite. It shows that what is handed on from
 * libyaml is what the suite expects of a YAML reader, before yaml.c narrows it down. */
#include "base/doc.h"

#include <assert.h>
#include <yaml.h>

#define DEPTH_MAX 1000 /* libyaml's work grows with the square of the depth */

static void add_escaped(struct buf *out, struct str s)
{
	static const struct {
		char byte;
		const char *text;
	} escapes[] = { { '\\', "\\\\" }, { '\n', "\\n" }, { '\t', "\\t" }, { '\r', "\\r" },
		{ '\b', "\\b" }, { '\0', "\\0" } };
	for (size_t i = 0; i < s.len; i++) {
		size_t k = 0, count = sizeof escapes / sizeof *escapes;
		while (k < count && escapes[k].byte != s.ptr[i])
			k++;
		if (k < count)
			buf_add_c(out, escapes[k].text);
		else
			buf_add_char(out, s.ptr[i]);
	}
}

static void add_properties(struct buf *out, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor) {
		buf_add_c(out, " &");
		buf_add_c(out, (const char *)anchor);
	}
	if (tag) {
		buf_add_c(out, " <");
		buf_add_c(out, (const char *)tag);
		buf_add_c(out, ">");
	}
}

static void add_scalar(struct buf *out, const yaml_event_t *event)
{
	const char *mark = " :";
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		mark = " '";
		break;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		mark = " \"";
		break;
	case YAML_LITERAL_SCALAR_STYLE:
		mark = " |";
		break;
	case YAML_FOLDED_SCALAR_STYLE:
		mark = " >";
		break;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	buf_add_c(out, "=VAL");
	add_properties(out, event->data.scalar.anchor, event->data.scalar.tag);
	buf_add_c(out, mark);
	add_escaped(out,
		(struct str){ (const char *)event->data.scalar.value, event->data.scalar.length });
	buf_add_c(out, "\n");
}

static void add_event(struct buf *out, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_NO_EVENT:
		break;
	case YAML_STREAM_START_EVENT:
		buf_add_c(out, "+STR\n");
		break;
	case YAML_STREAM_END_EVENT:
		buf_add_c(out, "-STR\n");
		break;
	case YAML_DOCUMENT_START_EVENT:
		buf_add_c(out, event->data.document_start.implicit ? "+DOC\n" : "+DOC ---\n");
		break;
	case YAML_DOCUMENT_END_EVENT:
		buf_add_c(out, event->data.document_end.implicit ? "-DOC\n" : "-DOC ...\n");
		break;
	case YAML_MAPPING_START_EVENT:
		buf_add_c(out, "+MAP");
		if (event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
			buf_add_c(out, " {}");
		add_properties(
			out, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		buf_add_c(out, "\n");
		break;
	case YAML_MAPPING_END_EVENT:
		buf_add_c(out, "-MAP\n");
		break;
	case YAML_SEQUENCE_START_EVENT:
		buf_add_c(out, "+SEQ");
		if (event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
			buf_add_c(out, " []");
		add_properties(
			out, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		buf_add_c(out, "\n");
		break;
	case YAML_SEQUENCE_END_EVENT:
		buf_add_c(out, "-SEQ\n");
		break;
	case YAML_SCALAR_EVENT:
		add_scalar(out, event);
		break;
	case YAML_ALIAS_EVENT:
		buf_add_format(out, "=ALI *%s\n", (const char *)event->data.alias.anchor);
		break;
	}
}

static int depth_change(const yaml_event_t *event)
{
	bool opens =
		event->type == YAML_MAPPING_START_EVENT || event->type == YAML_SEQUENCE_START_EVENT;
	bool closes =
		event->type == YAML_MAPPING_END_EVENT || event->type == YAML_SEQUENCE_END_EVENT;
	return opens - closes;
}

/* Why PARSER stopped. */
static enum status refuse(const yaml_parser_t *parser, struct str file, struct diags *diags)
{
	if (parser->error == YAML_MEMORY_ERROR)
		return STATUS_NO_MEMORY;
	diags_add(diags, file,
		(struct pos){ (uint32_t)parser->problem_mark.line + 1,
			(uint32_t)parser->problem_mark.column + 1 },
		STR_NONE, "not YAML: %s", parser->problem ? parser->problem : "unreadable");
	return STATUS_REFUSED;
}

enum status yaml_events(struct buf *out, struct str file, struct str input, struct diags *diags)
{
	yaml_parser_t parser;
	enum status status = STATUS_OK;
	int depth = 0;
	bool more = true;
	assert(out && diags);
	if (!yaml_parser_initialize(&parser))
		return STATUS_NO_MEMORY;
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&parser, (const unsigned char *)(input.ptr ? input.ptr : ""), input.len);
	while (more && status == STATUS_OK) {
		yaml_event_t event;
		if (!yaml_parser_parse(&parser, &event)) {
			status = refuse(&parser, file, diags);
			break;
		}
		add_event(out, &event);
		depth += depth_change(&event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (depth > DEPTH_MAX) {
			diags_add(diags, file, (struct pos){ 0, 0 }, STR_NONE,
				"more than %d levels of lists and maps", DEPTH_MAX);
			status = STATUS_REFUSED;
		}
	}
	yaml_parser_delete(&parser);
	return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
}
