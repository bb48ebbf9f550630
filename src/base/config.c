/* Reading and printing of configuration files: line by line, so that a faulty line hides no other.
 */
#include "base/config.h"

#include <assert.h>

#define LINE_WIDTH 100
#define SHOWN_MAX 64 /* bytes of what was found that a message repeats */

static struct str shown(struct str text)
{
	text = str_sub(text, 0, SHOWN_MAX);
	return str_sub(text, 0, utf8_valid_prefix(text));
}

static bool comment_inside(struct str text)
{
	for (size_t i = 1; i < text.len; i++)
		if (text.ptr[i] == '#' && (text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '\t'))
			return true;
	return false;
}

const char *config_fault(const struct config_key *key, struct str text)
{
	assert(key);
	if (text.len == 0)
		return "a value is missing; a line that is to say nothing begins with #";
	if (utf8_valid_prefix(text) != text.len || text_hostile(text, "") != text.len)
		return "a value is printable text in UTF-8";
	if (text.ptr[0] == '"' || text.ptr[0] == '\'')
		return "a value stands without quotes";
	if (str_trim(text).len != text.len)
		return "a value has no blanks at its ends";
	if (comment_inside(text) || text.ptr[0] == '#')
		return "a comment has a line of its own";
	return key->fault ? key->fault(text) : NULL;
}

struct reader {
	struct config_value *values;
	const struct config_key *keys;
	size_t count;
	struct arena *arena;
	struct str file;
	struct diags *diags;
};

static struct pos place(struct str line, size_t offset, uint32_t number)
{
	return (struct pos){ number, (uint32_t)utf8_length(str_sub(line, 0, offset)) + 1 };
}

static void unknown_key(const struct reader *to, struct str key, struct pos pos)
{
	struct str names[CONFIG_KEYS_MAX];

	for (size_t i = 0; i < to->count; i++)
		names[i] = str_of(to->keys[i].name);
	key = shown(key);
	struct str hint = diags_suggest(to->diags, key, names, to->count);
	diags_add(to->diags, to->file, pos, STR(""), "unknown key '" STR_FMT "'" STR_FMT,
		STR_ARG(key), STR_ARG(hint));
}

static enum status take(
	const struct reader *to, struct str key, struct str text, struct pos at, struct pos pos)
{
	size_t i = 0;

	while (i < to->count && !str_is(key, to->keys[i].name))
		i++;
	if (i == to->count) {
		unknown_key(to, key, at);
		return STATUS_OK;
	}
	const char *fault = config_fault(&to->keys[i], text);
	if (to->values[i].pos.line)
		diags_add(to->diags, to->file, at, key, "given twice; it stands on line %u already",
			to->values[i].pos.line);
	else
		to->values[i] = (struct config_value){ str_copy(to->arena, text), pos };
	if (fault && text.len)
		diags_add(to->diags, to->file, pos, key, "'" STR_FMT "': %s", STR_ARG(shown(text)),
			fault);
	else if (fault)
		diags_add(to->diags, to->file, pos, key, "%s", fault);
	return to->values[i].text.ptr ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status read_line(const struct reader *to, struct str line, uint32_t number)
{
	struct str rest = str_trim(line), key;
	size_t valid = utf8_valid_prefix(line), from = 0, colon = 0;

	if (valid == line.len)
		valid = text_hostile(line, "\t");
	if (valid != line.len) {
		diags_add(to->diags, to->file, place(line, valid, number), STR(""),
			"a byte or character that is no printable text in UTF-8");
		return STATUS_OK;
	}
	if (rest.len == 0 || rest.ptr[0] == '#')
		return STATUS_OK;
	from = (size_t)(rest.ptr - line.ptr);
	while (colon < rest.len && rest.ptr[colon] != ':')
		colon++;
	key = str_trim(str_sub(rest, 0, colon));
	if (colon == rest.len || key.len == 0 || memchr(key.ptr, ' ', key.len)) {
		diags_add(to->diags, to->file, place(line, from, number), STR(""),
			"'" STR_FMT "' is neither 'key: value' nor a comment, which begins with #",
			STR_ARG(shown(rest)));
		return STATUS_OK;
	}
	struct str text = str_trim(str_sub(rest, colon + 1, rest.len));
	size_t value = text.len ? (size_t)(text.ptr - line.ptr) : from + colon + 1;
	return take(to, key, text, place(line, from, number), place(line, value, number));
}

enum status config_read(struct config_value *values, struct arena *arena,
	const struct config_key *keys, size_t count, struct str file, struct str input,
	struct diags *diags)
{
	struct reader to = { values, keys, count, arena, file, diags };
	size_t faults = diags->count + diags->dropped;
	enum status status = STATUS_OK;

	assert(values && arena && keys && count <= CONFIG_KEYS_MAX);
	for (size_t i = 0; i < count; i++)
		values[i] = (struct config_value){ STR_NONE, { 0, 0 } };
	if (input.len > CONFIG_MAX) {
		diags_add(diags, file, (struct pos){ 0, 0 }, STR(""),
			"too large; a configuration file has at most %zu bytes", CONFIG_MAX);
		return STATUS_REFUSED;
	}
	for (uint32_t number = 1; input.len && status == STATUS_OK; number++) {
		const char *end = memchr(input.ptr, '\n', input.len);
		size_t len = end ? (size_t)(end - input.ptr) : input.len, cut = len;
		if (cut && input.ptr[cut - 1] == '\r')
			cut--;
		status = read_line(&to, str_sub(input, 0, cut), number);
		input = str_sub(input, len + 1, input.len);
	}
	if (status == STATUS_OK && diags->no_memory)
		status = STATUS_NO_MEMORY;
	return status == STATUS_OK && diags->count + diags->dropped > faults ? STATUS_REFUSED
									     : status;
}

/* TEXT as comments, wrapped between words; INDENT blanks before each. */
static void comment(struct buf *out, int indent, struct str text)
{
	struct str word;
	size_t column = 0;

	while (str_next_word(&text, " ", &word)) {
		if (column && column + 1 + word.len > LINE_WIDTH) {
			buf_add_char(out, '\n');
			column = 0;
		}
		if (column == 0) {
			buf_add_format(out, "#%*s", indent, "");
			column = 1 + (size_t)indent;
		} else {
			buf_add_char(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += word.len;
	}
	buf_add_char(out, '\n');
}

void config_write(struct buf *out, struct str head, const struct config_key *keys, size_t count,
	const struct config_value *values)
{
	struct str line;

	while (str_next_word(&head, "\n", &line))
		comment(out, 1, line);
	for (size_t i = 0; i < count; i++) {
		const struct config_key *key = &keys[i];
		buf_add_format(out, "\n# %s: %s\n", key->name, key->argument);
		comment(out, 3, str_of(key->help));
		buf_add_format(out, "#   Default: %s\n", key->otherwise ? key->otherwise : "none");
		if (values[i].text.ptr)
			buf_add_format(
				out, "%s: " STR_FMT "\n", key->name, STR_ARG(values[i].text));
		else if (key->otherwise)
			buf_add_format(out, "%s: %s\n", key->name, key->otherwise);
		else
			buf_add_format(out, "#%s: %s\n", key->name, key->argument);
	}
}
