/* An agreement's prose as markup: the lines of accord_show(), so wide that each paragraph is one of
 * them, become headings, lists and paragraphs. What they isolate is isolated by <bdi>; all else is
 * escaped. */
#include "web/page_prose.h"

#include <string.h>

#define WIDE (1 << 24)               /* columns: no document has a paragraph as wide */
#define RIGHT_TO_LEFT "\xe2\x80\x8f" /* U+200F begins lines that run from right to left */

struct prose {
	struct html html;
	bool listed, entry; /* inside <ul>, inside its <li> */
	bool blank;         /* an empty line stands before this one */
	bool parts;         /* the parties have begun: before them stands text, not headings */
};

static void put(struct prose *prose, const char *markup)
{
	html_raw(&prose->html, markup, strlen(markup));
}

/* U+2066 to U+2068 open an isolate, U+2069 ends it. */
static void put_text(struct prose *prose, struct str text)
{
	size_t from = 0, open = 0;

	for (size_t i = 0; i + 2 < text.len; i++) {
		unsigned char last = (unsigned char)text.ptr[i + 2];
		if (memcmp(text.ptr + i, "\xe2\x81", 2) != 0 || last < 0xa6 || last > 0xa9)
			continue;
		html_text(&prose->html, str_sub(text, from, i - from));
		if (last != 0xa9) {
			put(prose, "<bdi>");
			open++;
		} else if (open) {
			put(prose, "</bdi>");
			open--;
		}
		from = i + 3;
		i += 2;
	}
	html_text(&prose->html, str_sub(text, from, text.len));
	while (open--)
		put(prose, "</bdi>");
}

static void element(struct prose *prose, const char *start, struct str text, const char *end)
{
	put(prose, start);
	put_text(prose, text);
	put(prose, end);
}

static void end_list(struct prose *prose)
{
	if (prose->entry)
		put(prose, "</li>\n");
	if (prose->listed)
		put(prose, "</ul>\n");
	prose->listed = prose->entry = false;
}

static void begin_entry(struct prose *prose, struct str text)
{
	if (prose->entry)
		put(prose, "</li>\n");
	if (!prose->listed)
		put(prose, "<ul class=\"govuk-list govuk-list--bullet\">\n");
	put(prose, "<li>");
	put_text(prose, text);
	prose->listed = prose->entry = true;
}

/* "12. A title": a commitment. */
static bool is_numbered(struct str text)
{
	size_t digits = 0;

	while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
		digits++;
	return digits && digits + 1 < text.len && text.ptr[digits] == '.' &&
	       text.ptr[digits + 1] == ' ';
}

static struct str unmarked(struct str line)
{
	return str_starts(line, RIGHT_TO_LEFT) ? str_sub(line, strlen(RIGHT_TO_LEFT), line.len)
					       : line;
}

/* REST: the lines after it. */
static void add_line(struct prose *prose, struct str line, struct str rest)
{
	size_t indent = 0;

	line = unmarked(line);
	if (prose->blank && str_starts(unmarked(rest), "- "))
		prose->parts = true;
	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	line = str_sub(line, indent, line.len);
	if (line.len == 0) {
		end_list(prose);
		prose->blank = true;
		return;
	}
	if (str_starts(line, "- ")) {
		begin_entry(prose, str_sub(line, 2, line.len));
	} else if (prose->entry && indent >= 2) {
		element(prose, "<br>", line, "");
	} else {
		end_list(prose);
		if (prose->parts && prose->blank && indent == 0 && is_numbered(line))
			element(prose, "<h3 class=\"govuk-heading-s\">", line, "</h3>\n");
		else if (prose->parts && prose->blank && indent == 0)
			element(prose, "<h2 class=\"govuk-heading-m\">", line, "</h2>\n");
		else
			element(prose, "<p class=\"govuk-body\">", line, "</p>\n");
	}
	prose->blank = false;
}

enum status page_prose(struct html_safe *out, struct arena *arena,
	const struct agreement *agreement, const struct world *world, enum lang lang)
{
	struct prose prose = { 0 };
	struct buf text;
	struct str rest, line;
	enum status status;

	html_init(&prose.html, arena, WEB_ANSWER_MAX);
	buf_init(&text, arena, WEB_ANSWER_MAX);
	status = accord_show(&text, arena, agreement, world, lang, WIDE);
	if (status != STATUS_OK || text.failed)
		return text.failed ? STATUS_NO_MEMORY : status;
	rest = buf_str(&text);
	for (bool title = true; rest.len; title = false) {
		const char *end = memchr(rest.ptr, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
		line = str_sub(rest, 0, len);
		rest = str_sub(rest, end ? len + 1 : len, rest.len);
		if (!title)
			add_line(&prose, line, rest);
	}
	end_list(&prose);
	*out = html_safe_of(&prose.html);
	return html_failed(&prose.html) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status page_prose_line(struct html_safe *out, struct arena *arena, struct str text)
{
	struct prose prose = { 0 };

	html_init(&prose.html, arena, (size_t)1 << 20);
	put_text(&prose, text);
	*out = html_safe_of(&prose.html);
	return html_failed(&prose.html) ? STATUS_NO_MEMORY : STATUS_OK;
}
