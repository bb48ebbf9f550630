/* Writes iCalendar: what RFC 5545 asks of text (3.3.11) and of lines (3.1). */
#include "wire/ics.h"

#define LINE_MAX 75 /* bytes, the end of line not counted */

/* NAME and VALUE as a line, folded. A character is never cut. */
static void add_line(struct buf *out, const char *name, struct str value)
{
	struct str line[] = { str_of(name), value };
	size_t at = 0;

	for (size_t part = 0; part < 2; part++)
		for (size_t i = 0; i < line[part].len;) {
			size_t len = 1;
			while (i + len < line[part].len &&
				((unsigned char)line[part].ptr[i + len] & 0xc0) == 0x80)
				len++;
			if (at + len > LINE_MAX) {
				buf_add_c(out, "\r\n ");
				at = 1;
			}
			buf_add(out, str_sub(line[part], i, len));
			at += len;
			i += len;
		}
	buf_add_c(out, "\r\n");
}

/* A text's own marks are escaped; control characters have no place in it. */
static struct str escaped(struct arena *arena, struct str text)
{
	struct buf out;

	buf_init(&out, arena, 2 * text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\n') {
			buf_add_c(&out, "\\n");
			continue;
		}
		if (c == '\\' || c == ';' || c == ',')
			buf_add_char(&out, '\\');
		if ((unsigned char)c >= 0x20 && c != 0x7f)
			buf_add_char(&out, c);
	}
	return buf_str(&out);
}

static void add_text(struct buf *out, const char *name, struct str text)
{
	if (text.len)
		add_line(out, name, escaped(out->arena, text));
}

static struct str day_text(struct arena *arena, int32_t day, const char *time)
{
	struct civil civil = date_civil(day);

	return str_format(arena, "%04d%02d%02d%s", civil.year, civil.month, civil.day, time);
}

void ics_begin(struct buf *out, struct str name, struct str language)
{
	buf_add_c(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		       "PRODID:-//Entente//Dates that fall due//EN\r\nCALSCALE:GREGORIAN\r\n"
		       "METHOD:PUBLISH\r\n");
	add_line(out, str_format(out->arena, "NAME;LANGUAGE=" STR_FMT ":", STR_ARG(language)).ptr,
		escaped(out->arena, name));
	add_text(out, "X-WR-CALNAME:", name);
	buf_add_c(out, "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n");
}

void ics_event(struct buf *out, const struct ics_event *event, int32_t made)
{
	buf_add_c(out, "BEGIN:VEVENT\r\n");
	add_text(out, "UID:", event->uid);
	add_line(out, "DTSTAMP:", day_text(out->arena, made, "T000000Z"));
	add_line(out, "DTSTART;VALUE=DATE:", day_text(out->arena, event->on, ""));
	add_line(out, "DTEND;VALUE=DATE:", day_text(out->arena, event->on + 1, ""));
	add_text(out, "SUMMARY:", event->summary);
	add_text(out, "DESCRIPTION:", event->description);
	if (event->url.len)
		add_line(out, "URL:", event->url);
	add_text(out, "CATEGORIES:", event->category);
	buf_add_c(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void ics_end(struct buf *out)
{
	buf_add_c(out, "END:VCALENDAR\r\n");
}
