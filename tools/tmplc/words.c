/* The words of all templates, and their translations: PO files, read strictly, because who
 * translates writes into every page. */
#include <stdlib.h>
#include <string.h>
#include "tmplc.h"

void words_init(struct words *words, struct arena *arena, struct diags *diags)
{
	*words = (struct words){ .arena = arena, .diags = diags };
	symbols_init(&words->index, arena);
}

size_t words_tag(struct str text)
{
	static const char *const tags[] = { "<strong>", "</strong>", "<em>", "</em>", "<code>",
		"</code>", "<bdi>", "</bdi>", "<br>" };
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (str_starts(text, tags[i]))
			return strlen(tags[i]);
	return 0;
}

static void check_text(
	struct words *words, struct str text, struct str file, struct pos pos, const char *what)
{
	const char *why = NULL;
	if (text_hostile(text, "") < text.len)
		why = "has a character that does not show";
	if (text.len != str_trim(text).len)
		why = "begins or ends with a space";
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], d = i + 1 < text.len ? text.ptr[i + 1] : 0;
		if (c == '%' && (d < '1' || d > '9') && d != ' ' && d != '%')
			why = "has a % that is no placeholder (%1 to %9; \"5 %\" has a space "
			      "before it)";
		if (c == '<' && !words_tag(str_sub(text, i, text.len)))
			why = "has a '<' that is none of <strong>, <em>, <code>, <bdi>, <br>";
	}
	if (why)
		diags_add(words->diags, file, pos, STR_NONE, "%s \"" STR_FMT "\" %s", what,
			STR_ARG(text), why);
}

/* How often PART stands in TEXT. */
static unsigned times(struct str text, struct str part)
{
	unsigned n = 0;
	for (size_t i = 0; i + part.len <= text.len; i++)
		n += memcmp(text.ptr + i, part.ptr, part.len) == 0;
	return n;
}

/* Both say the same placeholders and the same tags. SPARED: %1 may be left out ("one post"). */
static const char *differs(struct str key, struct str text, bool spared)
{
	for (char c = '1'; c <= '9'; c++) {
		char mark[2] = { '%', c };
		struct str part = { mark, 2 };
		bool mine = times(key, part) > 0, theirs = times(text, part) > 0;
		if (mine != theirs && !(spared && c == '1' && mine))
			return mine ? "lacks a placeholder" : "has a placeholder too many";
	}
	static const char *const tags[] = { "<strong>", "</strong>", "<em>", "</em>", "<code>",
		"</code>", "<bdi>", "</bdi>", "<br>" };
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (times(key, str_of(tags[i])) != times(text, str_of(tags[i])))
			return "has other tags";
	return NULL;
}

uint32_t words_key(
	struct words *words, struct str one, struct str many, struct str file, struct pos pos)
{
	uint32_t at = symbols_get(&words->index, one);
	if (at != SYMBOL_NONE) {
		struct word *word = &words->items[at];
		if (!str_eq(word->many, many) && many.len && word->many.len)
			diags_add(words->diags, file, pos, STR_NONE,
				"\"" STR_FMT "\" has another plural on line %u of " STR_FMT,
				STR_ARG(one), word->pos.line, STR_ARG(word->file));
		if (many.len)
			word->many = many;
		return at;
	}
	if (!one.len)
		diags_add(words->diags, file, pos, STR_NONE, "no words to say");
	check_text(words, one, file, pos, "the text");
	check_text(words, many, file, pos, "the text");
	if (words->count == words->capacity) {
		uint32_t capacity = words->capacity ? 2 * words->capacity : 256;
		words->items = arena_grow(words->arena, words->items, words->capacity, capacity,
			sizeof *words->items);
		if (!words->items) {
			words->diags->no_memory = true;
			words->count = words->capacity = 0;
			return 0;
		}
		words->capacity = capacity;
	}
	at = words->count++;
	words->items[at] = (struct word){ .one = one, .many = many, .file = file, .pos = pos };
	if (symbols_put(&words->index, one, at, NULL) != STATUS_OK)
		words->diags->no_memory = true;
	return at;
}

/* A C or PO string at *AT, which stands on its quote; false if it is none. */
static bool c_string(struct arena *arena, struct str text, size_t *at, struct buf *out)
{
	(void)arena;
	if (*at >= text.len || text.ptr[*at] != '"')
		return false;
	size_t i = *at + 1;
	while (i < text.len && text.ptr[i] != '"' && text.ptr[i] != '\n') {
		char c = text.ptr[i++];
		if (c == '\\' && i < text.len) {
			c = text.ptr[i++];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		buf_add_char(out, c);
	}
	if (i >= text.len || text.ptr[i] != '"')
		return false;
	*at = i + 1;
	return true;
}

void words_scan_c(struct words *words, struct str file, struct str text)
{
	struct pos pos = { 1, 1 };
	static const char mark[] = "WORD(\"";
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			pos.line++;
		struct str rest = str_sub(text, i, text.len);
		if (!str_starts(rest, mark))
			continue;
		struct buf out;
		buf_init(&out, words->arena, 4000);
		size_t at = i + sizeof mark - 2;
		bool ok = true;
		/* Adjacent strings are one, as C has it. */
		while (ok && at < text.len && text.ptr[at] == '"') {
			ok = c_string(words->arena, text, &at, &out);
			while (at < text.len && strchr(" \n\t", text.ptr[at]))
				at++;
		}
		if (!ok)
			diags_add(words->diags, file, pos, STR_NONE,
				"WORD(…) takes a text in quotes");
		else
			words_key(words, buf_str(&out), STR_NONE, file, pos);
	}
}

void words_scan_terms(struct words *words, struct str file, struct str text)
{
	struct pos pos = { 0, 1 };
	while (text.len) {
		size_t n = 0;
		while (n < text.len && text.ptr[n] != '\n')
			n++;
		struct str line = str_trim(str_sub(text, 0, n));
		pos.line++;
		if (line.len && line.ptr[0] != '#')
			words_key(words, line, STR_NONE, file, pos);
		text = str_sub(text, n + 1, text.len);
	}
}

/* One entry of a PO file. */
struct entry {
	struct buf key, many, forms[PLURALS_MAX];
	struct pos pos;
	struct buf *now; /* where a continued line goes */
	bool any;
};

static void entry_clear(struct words *words, struct entry *entry)
{
	*entry = (struct entry){ .now = NULL };
	buf_init(&entry->key, words->arena, 8000);
	buf_init(&entry->many, words->arena, 8000);
	for (int i = 0; i < PLURALS_MAX; i++)
		buf_init(&entry->forms[i], words->arena, 8000);
}

static void entry_keep(struct words *words, const struct language_file *language, size_t number,
	struct entry *entry)
{
	struct str key = buf_str(&entry->key);
	if (!entry->any || !key.len)
		return;
	uint32_t at = symbols_get(&words->index, key);
	/* Words that nothing says any more do no harm: the next writing of the file drops them. */
	if (at == SYMBOL_NONE)
		return;
	struct word *word = &words->items[at];
	unsigned count = word->many.len ? language->plurals : 1;
	if (word->forms[number][0].len) {
		diags_add(words->diags, language->file, entry->pos, STR_NONE,
			"\"" STR_FMT "\" stands twice", STR_ARG(key));
		return;
	}
	for (unsigned i = 0; i < count; i++) {
		struct str text = buf_str(&entry->forms[i]);
		/* Also told by words_check(), if the language must have all. */
		if (!text.len)
			return;
		check_text(words, text, language->file, entry->pos, "the translation");
		const char *why =
			differs(word->many.len ? word->many : key, text, word->many.len > 0);
		if (why)
			diags_add(words->diags, language->file, entry->pos, STR_NONE,
				"the translation of \"" STR_FMT "\" %s", STR_ARG(key), why);
	}
	for (unsigned i = 0; i < count; i++)
		word->forms[number][i] = buf_str(&entry->forms[i]);
}

/* msgid, msgid_plural, msgstr, msgstr[n] or a continued string. False: no line of a PO file. */
static bool po_line(struct words *words, struct entry *entry, struct str line, struct pos pos)
{
	size_t at = 0;
	while (at < line.len && line.ptr[at] != ' ' && line.ptr[at] != '"')
		at++;
	struct str word = str_sub(line, 0, at);
	while (at < line.len && line.ptr[at] == ' ')
		at++;
	if (str_is(word, "msgid")) {
		entry->now = &entry->key;
		entry->pos = pos;
		entry->any = true;
	} else if (str_is(word, "msgid_plural")) {
		entry->now = &entry->many;
	} else if (str_is(word, "msgstr")) {
		entry->now = &entry->forms[0];
	} else if (word.len == 9 && str_starts(word, "msgstr[") && word.ptr[8] == ']') {
		unsigned n = (unsigned)(word.ptr[7] - '0');
		if (n >= PLURALS_MAX)
			return false;
		entry->now = &entry->forms[n];
	} else if (word.len) {
		return false;
	}
	return entry->now && c_string(words->arena, line, &at, entry->now) && at == line.len;
}

void words_read_po(struct words *words, const struct language_file *language, struct str text)
{
	struct pos pos = { 0, 1 };
	struct entry entry;
	size_t number = words->language_count;
	if (number == LANGUAGES_MAX)
		return;
	words->languages[words->language_count++] = *language;
	if (utf8_valid_prefix(text) < text.len) {
		diags_add(words->diags, language->file, (struct pos){ 0, 0 }, STR_NONE,
			"bytes that are not UTF-8");
		return;
	}
	entry_clear(words, &entry);
	while (text.len) {
		size_t n = 0;
		while (n < text.len && text.ptr[n] != '\n')
			n++;
		struct str line = str_trim(str_sub(text, 0, n));
		text = str_sub(text, n + 1, text.len);
		pos.line++;
		if (line.len && line.ptr[0] == '#')
			continue;
		if (!line.len || (str_starts(line, "msgid ") && entry.any)) {
			entry_keep(words, language, number, &entry);
			entry_clear(words, &entry);
		}
		if (line.len && !po_line(words, &entry, line, pos))
			diags_add(words->diags, language->file, pos, STR_NONE,
				"no line of a PO file: msgid \"…\", msgid_plural, msgstr, "
				"msgstr[0] to [5]");
	}
	entry_keep(words, language, number, &entry);
}

void words_check(struct words *words)
{
	for (size_t l = 0; l < words->language_count; l++)
		for (uint32_t i = 0; i < words->count && words->languages[l].whole; i++) {
			struct word *word = &words->items[i];
			if (!word->forms[l][0].len)
				diags_add(words->diags, words->languages[l].file,
					(struct pos){ 0, 0 }, STR_NONE,
					"no translation of \"" STR_FMT "\" (" STR_FMT ":%u)",
					STR_ARG(word->one), STR_ARG(word->file), word->pos.line);
		}
}

static void c_text(struct buf *out, struct str s)
{
	buf_add_c(out, "STR(\"");
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '"' || c == '\\' || c == '?')
			buf_add_char(out, '\\');
		if (c >= 0x80)
			buf_add_format(out, "\\%03o", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_c(out, "\")");
}

static const struct words *sorting;
static int by_key(const void *a, const void *b)
{
	return str_cmp(
		sorting->items[*(const uint32_t *)a].one, sorting->items[*(const uint32_t *)b].one);
}

static uint32_t *sorted(const struct words *words)
{
	uint32_t *order = arena_get_array(words->arena, words->count + 1, sizeof *order);
	for (uint32_t i = 0; order && i < words->count; i++)
		order[i] = i;
	sorting = words;
	if (order)
		qsort(order, words->count, sizeof *order, by_key);
	return order;
}

void words_write_c(struct buf *out, const struct words *words)
{
	buf_add_c(out, "/* Made by tools/tmplc from the templates and src/web/words. */\n"
		       "#include \"web/ui.h\"\n\n");
	buf_add_c(out, "static const struct ui_word_text texts[] = {\n");
	for (uint32_t i = 0; i < words->count; i++) {
		buf_add_c(out, "\t{ ");
		c_text(out, words->items[i].one);
		buf_add_c(out, ", ");
		c_text(out, words->items[i].many);
		buf_add_c(out, " },\n");
	}
	buf_add_c(out, "\t{ STR_NONE, STR_NONE } };\n");
	for (size_t l = 0; l < words->language_count; l++) {
		struct str code = words->languages[l].code;
		buf_add_format(out, "static const struct str words_" STR_FMT "[][%u] = {\n",
			STR_ARG(code), words->languages[l].plurals);
		for (uint32_t i = 0; i < words->count; i++) {
			buf_add_c(out, "\t{ ");
			for (unsigned p = 0; p < words->languages[l].plurals; p++) {
				struct str text = words->items[i].forms[l][p];
				if (text.len) {
					c_text(out, text);
					buf_add_c(out, ", ");
				}
			}
			buf_add_c(
				out, words->items[i].forms[l][0].len ? "},\n" : "{ NULL, 0 } },\n");
		}
		buf_add_c(out, "\t{ { NULL, 0 } } };\n");
	}
	const uint32_t *order = sorted(words);
	buf_add_c(out, "static const unsigned order[] = { ");
	for (uint32_t i = 0; order && i < words->count; i++)
		buf_add_format(out, "%u,%s", order[i], i % 16 == 15 ? "\n\t" : " ");
	buf_add_c(out, "0 };\n\nconst struct ui_words ui_words_all = {\n");
	buf_add_format(out, "\t.count = %u, .texts = texts, .order = order,\n\t.languages = {\n",
		words->count);
	for (size_t l = 0; l < words->language_count; l++)
		buf_add_format(out, "\t\t{ \"" STR_FMT "\", %u, &words_" STR_FMT "[0][0] },\n",
			STR_ARG(words->languages[l].code), words->languages[l].plurals,
			STR_ARG(words->languages[l].code));
	buf_add_c(out, "\t\t{ NULL, 0, NULL } } };\n");
}

static void po_text(struct buf *out, const char *name, struct str s)
{
	buf_add_c(out, name);
	buf_add_c(out, " \"");
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, s.ptr[i]);
	}
	buf_add_c(out, "\"\n");
}

void words_write_pot(struct buf *out, const struct words *words)
{
	buf_add_c(out, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
	const uint32_t *order = sorted(words);
	for (uint32_t i = 0; order && i < words->count; i++) {
		const struct word *word = &words->items[order[i]];
		buf_add_format(out, "\n#: " STR_FMT ":%u\n", STR_ARG(word->file), word->pos.line);
		po_text(out, "msgid", word->one);
		if (word->many.len) {
			po_text(out, "msgid_plural", word->many);
			buf_add_c(out, "msgstr[0] \"\"\nmsgstr[1] \"\"\n");
		} else {
			buf_add_c(out, "msgstr \"\"\n");
		}
	}
}
