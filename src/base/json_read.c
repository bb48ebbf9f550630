/* JSON (RFC 8259), strict, in one pass over a copy of the input: strings are decoded in place,
 * since an escape is never shorter than what it stands for. Lists and maps are kept on the
 * builder's stack, so that depth costs no calls. */
#include "base/doc_build.h"
#include "base/scan.h"

#include <assert.h>
#include <string.h>

struct json_reader {
	char *p, *end;
	char *start;
	struct scan scan; /* over the untouched input */
	struct doc_builder builder;
};

static struct pos pos_at(struct json_reader *reader, const char *p)
{
	return scan_pos(&reader->scan, (size_t)(p - reader->start));
}

/* Tells that something else was expected at P. */
static bool unexpected(struct json_reader *reader, const char *p, const char *expected)
{
	struct pos pos = pos_at(reader, p);
	if (p == reader->end) {
		doc_build_refuse(&reader->builder, pos, "the file ends; expected %s", expected);
	} else if ((unsigned char)*p < 0x20) {
		doc_build_refuse(&reader->builder, pos, "control character 0x%02x; expected %s",
			(unsigned)*p, expected);
	} else {
		struct str rest = { p, (size_t)(reader->end - p) };
		size_t len = 0;
		utf8_next(rest, &len);
		doc_build_refuse(
			&reader->builder, pos, "found '%.*s'; expected %s", (int)len, p, expected);
	}
	return false;
}

static void skip_space(struct json_reader *reader)
{
	char *p = reader->p;
	while (p < reader->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	reader->p = p;
}

/* Four hex digits at P, or -1. */
static int32_t hex4(const char *p, const char *end)
{
	int32_t value = 0;
	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = p[i] >= '0' && p[i] <= '9'   ? p[i] - '0'
			    : p[i] >= 'a' && p[i] <= 'f' ? p[i] - 'a' + 10
			    : p[i] >= 'A' && p[i] <= 'F' ? p[i] - 'A' + 10
							 : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

static char *put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*out++ = (char)(0xe0 | c >> 12);
		} else {
			*out++ = (char)(0xf0 | c >> 18);
			*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*out++ = (char)(0x80 | (c & 0x3f));
	return out;
}

/* The escape at *P (a backslash) decoded to *OUT; both advance. */
static bool read_escape(struct json_reader *reader, char **p, char **out)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *at = *p;
	if (reader->end - at < 2)
		return unexpected(reader, reader->end, "an escape");
	const char *name = at[1] ? strchr(names, at[1]) : NULL;
	if (name) {
		*(*out)++ = values[name - names];
		*p += 2;
		return true;
	}
	if (at[1] != 'u')
		return unexpected(reader, at + 1, "one of \" \\ / b f n r t u after a backslash");
	int32_t c = hex4(at + 2, reader->end);
	if (c < 0)
		return unexpected(reader, at + 1, "'u' and four hexadecimal digits");
	*p += 6;
	if (c >= 0xd800 && c <= 0xdbff) {
		bool pair = reader->end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u';
		int32_t low = pair ? hex4(*p + 2, reader->end) : -1;
		if (low < 0xdc00 || low > 0xdfff)
			return unexpected(reader, at + 1, "a pair of surrogates, not a single one");
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		*p += 6;
	} else if (c >= 0xdc00 && c <= 0xdfff) {
		return unexpected(reader, at + 1, "a pair of surrogates, not a single one");
	}
	*out = put_utf8(*out, (uint32_t)c);
	return true;
}

/* The string at reader->p (its opening quote), decoded in place and ended by a NUL where its
 * closing quote was. */
static bool read_string(struct json_reader *reader, struct str *text)
{
	char *p = reader->p + 1, *out = p, *start = p;
	assert(*reader->p == '"');
	for (;;) {
		char *run = p;
		while (p < reader->end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
			p++;
		if (out != run)
			memmove(out, run, (size_t)(p - run));
		out += p - run;
		if (p == reader->end)
			return unexpected(reader, p, "'\"' at the end of a string");
		if (*p == '"')
			break;
		if (*p != '\\')
			return unexpected(reader, p, "an escape for it inside a string");
		if (!read_escape(reader, &p, &out))
			return false;
	}
	*out = '\0';
	*text = (struct str){ start, (size_t)(out - start) };
	reader->p = p + 1;
	return true;
}

static bool digits(struct json_reader *reader)
{
	char *p = reader->p;
	while (p < reader->end && *p >= '0' && *p <= '9')
		p++;
	if (p == reader->p)
		return unexpected(reader, p, "a digit");
	reader->p = p;
	return true;
}

static bool read_number(struct json_reader *reader, struct str *text)
{
	char *start = reader->p;
	if (*reader->p == '-')
		reader->p++;
	if (reader->p < reader->end && *reader->p == '0')
		reader->p++; /* nothing but a point or an exponent may follow */
	else if (!digits(reader))
		return false;
	if (reader->p < reader->end && *reader->p == '.') {
		reader->p++;
		if (!digits(reader))
			return false;
	}
	if (reader->p < reader->end && (*reader->p == 'e' || *reader->p == 'E')) {
		reader->p++;
		if (reader->p < reader->end && (*reader->p == '+' || *reader->p == '-'))
			reader->p++;
		if (!digits(reader))
			return false;
	}
	*text = (struct str){ start, (size_t)(reader->p - start) };
	return true;
}

static bool read_word(struct json_reader *reader, struct pos pos)
{
	static const struct {
		const char *word;
		enum node_kind kind;
	} words[] = { { "true", NODE_BOOL }, { "false", NODE_BOOL }, { "null", NODE_NULL } };
	struct str rest = { reader->p, (size_t)(reader->end - reader->p) };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_starts(rest, words[i].word))
			continue;
		struct str text = str_of(words[i].word);
		reader->p += text.len;
		doc_build_scalar(&reader->builder, words[i].kind,
			words[i].kind == NODE_NULL ? STR("") : text, pos);
		return true;
	}
	return unexpected(reader, reader->p, "a value");
}

/* A scalar, or the opening of a list or map; *OPENED tells which. */
static bool read_value(struct json_reader *reader, bool *opened)
{
	struct str text;
	*opened = false;
	if (reader->p == reader->end)
		return unexpected(reader, reader->p, "a value");
	struct pos pos = pos_at(reader, reader->p);
	char c = *reader->p;
	if (c == '{' || c == '[') {
		reader->p++;
		*opened = true;
		return doc_build_open(&reader->builder, c == '{' ? NODE_MAP : NODE_LIST, pos);
	}
	if (c == '"') {
		if (!read_string(reader, &text))
			return false;
		doc_build_scalar(&reader->builder, NODE_STRING, text, pos);
		return true;
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		if (!read_number(reader, &text))
			return false;
		doc_build_scalar(&reader->builder, NODE_NUMBER, text, pos);
		return true;
	}
	return read_word(reader, pos);
}

/* '"key" :' of the open map. */
static bool read_key(struct json_reader *reader)
{
	struct str key;
	skip_space(reader);
	if (reader->p == reader->end || *reader->p != '"')
		return unexpected(reader, reader->p, "a key in quotes");
	struct pos pos = pos_at(reader, reader->p);
	if (!read_string(reader, &key))
		return false;
	doc_build_key(&reader->builder, key, pos);
	skip_space(reader);
	if (reader->p == reader->end || *reader->p != ':')
		return unexpected(reader, reader->p, "':'");
	reader->p++;
	return true;
}

/* What follows a value: closes lists and maps as long as they end here. True with a comma
 * passed if another entry follows, or with nothing open at the end. */
static bool read_ends(struct json_reader *reader, bool just_opened)
{
	struct doc_builder *builder = &reader->builder;
	while (builder->depth > 0) {
		bool map = builder->frames[builder->depth - 1].node->kind == NODE_MAP;
		skip_space(reader);
		char c = reader->p < reader->end ? *reader->p : '\0';
		if (c == (map ? '}' : ']')) {
			reader->p++;
			doc_build_close(builder);
			just_opened = false;
			continue;
		}
		if (just_opened)
			return true;
		if (c != ',')
			return unexpected(reader, reader->p, map ? "',' or '}'" : "',' or ']'");
		reader->p++;
		return true;
	}
	return true;
}

static bool read_document(struct json_reader *reader)
{
	struct doc_builder *builder = &reader->builder;
	do {
		bool opened;
		if (builder->depth > 0 &&
			builder->frames[builder->depth - 1].node->kind == NODE_MAP &&
			!read_key(reader))
			return false;
		skip_space(reader);
		if (!read_value(reader, &opened) || builder->no_memory)
			return false;
		if (!read_ends(reader, opened))
			return false;
	} while (builder->depth > 0);
	skip_space(reader);
	if (reader->p < reader->end)
		return unexpected(reader, reader->p, "nothing after the value");
	return true;
}

enum status json_read(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags)
{
	struct json_reader reader; /* the builder's is large, and made below */
	assert(out && arena && diags);
	assert(input.ptr || input.len == 0);
	*out = NULL;
	doc_build_start(&reader.builder, arena, file, diags);
	if (!doc_build_check_input(&reader.builder, input))
		return doc_build_end(&reader.builder, out);
	char *copy = arena_get(arena, input.len + 1);
	if (!copy) {
		reader.builder.no_memory = true;
		return doc_build_end(&reader.builder, out);
	}
	if (input.len)
		memcpy(copy, input.ptr, input.len);
	reader.start = reader.p = copy;
	reader.end = copy + input.len;
	scan_start(&reader.scan, input);
	if (str_starts(input, "\xef\xbb\xbf"))
		doc_build_refuse(&reader.builder, (struct pos){ 1, 1 },
			"a byte order mark; JSON begins with its value");
	else
		read_document(&reader);
	return doc_build_end(&reader.builder, out);
}
