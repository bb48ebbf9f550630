/* Writes Atom. Content is XHTML, so that it needs no escaping twice. */
#include "wire/atom.h"

/* What XML 1.0 cannot hold becomes U+FFFD. */
static void add_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '&')
			buf_add_c(out, "&amp;");
		else if (c == '<')
			buf_add_c(out, "&lt;");
		else if (c == '>')
			buf_add_c(out, "&gt;");
		else if (c == '"')
			buf_add_c(out, "&quot;");
		else if ((unsigned char)c < 0x20 && c != '\t' && c != '\n')
			buf_add_c(out, "\xef\xbf\xbd");
		else
			buf_add_char(out, c);
	}
}

static void add_element(struct buf *out, const char *name, struct str text)
{
	buf_add_format(out, "<%s>", name);
	add_text(out, text);
	buf_add_format(out, "</%s>\n", name);
}

static void add_link(struct buf *out, const char *rel, const char *type, struct str address)
{
	buf_add_format(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	add_text(out, address);
	buf_add_c(out, "\"/>\n");
}

void atom_begin(struct buf *out, const struct atom_feed *feed)
{
	buf_add_c(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	add_text(out, feed->language);
	buf_add_c(out, "\">\n");
	add_element(out, "id", feed->id);
	add_element(out, "title", feed->title);
	add_element(out, "updated", feed->updated);
	buf_add_c(out, "<author><name>Entente</name></author>\n");
	add_link(out, "self", "application/atom+xml", feed->self);
	add_link(out, "alternate", "text/html", feed->page);
}

void atom_entry(struct buf *out, const struct atom_entry *entry)
{
	buf_add_c(out, "<entry>\n");
	add_element(out, "id", entry->id);
	add_element(out, "title", entry->title);
	add_element(out, "updated", entry->updated);
	add_link(out, "alternate", "text/html", entry->page);
	buf_add_c(
		out, "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><ul>\n");
	for (size_t i = 0; i < entry->line_count; i++) {
		const struct atom_link *line = &entry->lines[i];
		buf_add_c(out, "<li>");
		if (line->address.len) {
			buf_add_c(out, "<a href=\"");
			add_text(out, line->address);
			buf_add_c(out, "\">");
		}
		add_text(out, line->name);
		buf_add_c(out, line->address.len ? "</a></li>\n" : "</li>\n");
	}
	buf_add_c(out, "</ul></div></content>\n</entry>\n");
}

void atom_end(struct buf *out)
{
	buf_add_c(out, "</feed>\n");
}

struct str atom_id(struct arena *arena, const struct sha256 *hash)
{
	static const char digits[] = "0123456789abcdef";
	struct buf out;

	buf_init(&out, arena, 64);
	buf_add_c(&out, "urn:uuid:");
	for (size_t i = 0; i < 16; i++) {
		unsigned byte = hash->bytes[i];
		if (i == 4 || i == 6 || i == 8 || i == 10)
			buf_add_char(&out, '-');
		if (i == 6)
			byte = 0x80u | (byte & 0x0fu);
		if (i == 8)
			byte = 0x80u | (byte & 0x3fu);
		buf_add_char(&out, digits[byte >> 4]);
		buf_add_char(&out, digits[byte & 15u]);
	}
	return buf_str(&out);
}
