/* Writing SVG: escaping, numbers, patterns, the head of a picture. */
#include "wire/svg_draw.h"

#include <string.h>

/* What a fill looks like: its colour, that of tools/assets/map.scss, and ink drawn on it in a
 * square of SIZE. Solid ones have no ink. */
static const struct {
	const char *name, *colour;
	int size;
	const char *ink;
} fills[SVG_FILLS] = {
	[FILL_WILL] = { "will", "#08306b", 8, NULL },
	[FILL_SHALL] = { "shall", "#6aaed6", 6, "M0 1h6M0 4h6" },
	[FILL_MAY] = { "may", "#d6e6f4", 6, "M-1 1l2-2M0 6l6-6M5 7l2-2" },
	[FILL_REMOTE] = { "remote", "#fee08b", 6, "M1 1h2v2h-2zM4 4h2v2h-2z" },
	[FILL_NOT_KNOWN] = { "not-known", "#fff", 8, "M4 1v6M1 4h6" },
	[FILL_NONE] = { "none", "#d9622b", 5, "M0 0l5 5M0 5l5-5" },
	[FILL_OWN] = { "own", "#c7d8c2", 8, "M2 0v8" },
	[FILL_NO_DATA] = { "no-data", "#dcdfe2", 8, NULL },
	[FILL_STEP_1] = { "step-1", "#fff5eb", 8, NULL },
	[FILL_STEP_2] = { "step-2", "#fdd0a2", 8, "M1 1h2v2h-2z" },
	[FILL_STEP_3] = { "step-3", "#fd9243", 6, "M1 1h2v2h-2zM4 4h2v2h-2z" },
	[FILL_STEP_4] = { "step-4", "#e0650f", 6, "M0 2h6M0 5h6M2 0v6" },
	[FILL_STEP_5] = { "step-5", "#7f2704", 8, NULL },
};

const char *svg_fill_name(enum svg_fill fill)
{
	return fills[fill].name;
}

enum svg_fill svg_fill_of(enum band band)
{
	static const enum svg_fill of[BANDS] = { [BAND_NONE] = FILL_NONE,
		[BAND_REMOTE] = FILL_REMOTE,
		[BAND_MAY] = FILL_MAY,
		[BAND_SHALL] = FILL_SHALL,
		[BAND_WILL] = FILL_WILL };
	return of[band];
}

static bool harmless(uint32_t c)
{
	return c == '\t' || c == '\n' ||
	       (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) &&
		       !(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) &&
		       c != 0xfeff && c != 0xfffe && c != 0xffff);
}

static void put(struct buf *out, uint32_t c)
{
	switch (c) {
	case '&':
		buf_add(out, STR("&amp;"));
		break;
	case '<':
		buf_add(out, STR("&lt;"));
		break;
	case '>':
		buf_add(out, STR("&gt;"));
		break;
	case '"':
		buf_add(out, STR("&quot;"));
		break;
	case '\'':
		buf_add(out, STR("&#39;"));
		break;
	default:
		buf_add_utf8(out, harmless(c) ? c : 0xfffd);
	}
}

/* The next character; U+FFFD for a byte that is none. */
static uint32_t next_of(struct str text, size_t *at)
{
	if ((unsigned char)text.ptr[*at] < 0x80)
		return (unsigned char)text.ptr[(*at)++];
	struct str rest = str_sub(text, *at, 4);
	size_t from = 0;
	if (utf8_valid_prefix(rest) == 0) {
		(*at)++;
		return 0xfffd;
	}
	uint32_t c = utf8_next(rest, &from);
	*at += from;
	return c;
}

void svg__text(struct buf *out, struct str text, size_t columns)
{
	size_t at = 0, used = 0, width = 0;
	if (columns != SVG_ALL) {
		for (size_t i = 0; i < text.len;)
			width += text_columns_of(next_of(text, &i));
	}
	while (at < text.len) {
		uint32_t c = next_of(text, &at);
		size_t wide = columns == SVG_ALL ? 0 : text_columns_of(c);
		if (width > columns && used + wide > columns - 1) {
			buf_add(out, STR("\u2026"));
			return;
		}
		used += wide;
		put(out, c);
	}
}

void svg__int(struct buf *out, int64_t number)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (number < 0)
		digits[--at] = '-';
	buf_add(out, (struct str){ digits + at, sizeof digits - at });
}

static void encoded(struct buf *out, struct str text, const char *allowed)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			(c && strchr(allowed, c))) {
			buf_add_char(out, (char)c);
			continue;
		}
		buf_add_char(out, '%');
		buf_add_char(out, hex[c >> 4]);
		buf_add_char(out, hex[c & 15]);
	}
}

void svg__segment(struct buf *out, struct str part)
{
	encoded(out, part, "-._~:@");
}

bool svg__is_path(struct str path)
{
	return str_starts(path, "/") && !str_starts(path, "//") && !str_starts(path, "/\\");
}

void svg__path(struct buf *out, struct str path)
{
	encoded(out, path, "-._~/?=:@%");
}

void svg__attr_int(struct buf *out, const char *name, int64_t value)
{
	buf_add_char(out, ' ');
	buf_add_c(out, name);
	buf_add(out, STR("=\""));
	svg__int(out, value);
	buf_add_char(out, '"');
}

void svg__title(struct buf *out, struct str title)
{
	buf_add(out, STR("<title>"));
	svg__text(out, title, SVG_ALL);
	buf_add(out, STR("</title>"));
}

/* What a file that takes no sheet says instead of a class. */
static const struct {
	const char *name, *attributes;
} looks[] = {
	{ "ink", "fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"1.2\"" },
	{ "ink-solid", "stroke=\"none\" fill=\"#0b0c0c\"" },
	{ "gap", "fill=\"none\" stroke=\"#fff\" stroke-width=\"2\"" },
	{ "dashed", "fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"1.2\" "
		    "stroke-dasharray=\"4 3\"" },
	{ "outline", "fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"2.4\"" },
	{ "spot", "fill=\"#0b0c0c\" stroke=\"#fff\" stroke-width=\"2\"" },
	{ "labels", "fill=\"#0b0c0c\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\" "
		    "font-size=\"20\" font-family=\"system-ui,'Noto Sans','Noto Sans "
		    "Arabic',sans-serif\" text-anchor=\"middle\" pointer-events=\"none\"" },
	{ "here", "font-weight=\"bold\" font-size=\"24\"" },
	{ "lines", "stroke=\"#3d4852\" stroke-width=\".7\" stroke-linejoin=\"round\"" },
};

void svg__look(struct buf *out, const char *name)
{
	size_t i = 0;

	while (strcmp(looks[i].name, name) != 0)
		i++; /* a name that is none does not end: names are ours */
	buf_add_char(out, ' ');
	buf_add_c(out, looks[i].attributes);
}

static void colour(struct buf *out, const struct svg_head *head, enum svg_fill fill)
{
	buf_add_c(out, head->alone ? " fill=\"" : " class=\"svg-");
	buf_add_c(out, head->alone ? fills[fill].colour : fills[fill].name);
	buf_add_char(out, '"');
}

void svg__fill(struct buf *out, const struct svg_head *head, enum svg_fill fill)
{
	if (!fills[fill].ink) {
		colour(out, head, fill);
		return;
	}
	buf_add(out, STR(" fill=\"url(#"));
	svg__text(out, head->id, SVG_ALL);
	buf_add_char(out, '-');
	buf_add_c(out, fills[fill].name);
	buf_add(out, STR(")\""));
}

static void pattern(struct buf *out, const struct svg_head *head, enum svg_fill fill, int scale)
{
	int size = fills[fill].size;
	buf_add(out, STR("<pattern id=\""));
	svg__text(out, head->id, SVG_ALL);
	buf_add_char(out, '-');
	buf_add_c(out, fills[fill].name);
	buf_add(out, STR("\" patternUnits=\"userSpaceOnUse\""));
	svg__attr_int(out, "width", size);
	svg__attr_int(out, "height", size);
	if (scale != 1) {
		buf_add(out, STR(" patternTransform=\"scale("));
		svg__int(out, scale);
		buf_add(out, STR(")\""));
	}
	buf_add(out, STR("><rect"));
	colour(out, head, fill);
	svg__attr_int(out, "width", size);
	svg__attr_int(out, "height", size);
	buf_add(out, STR("/><path"));
	if (head->alone) {
		svg__look(out, strchr(fills[fill].ink, 'z') ? "ink-solid" : "ink");
	} else {
		buf_add(out, STR(" class=\"svg-ink svg-ink-"));
		buf_add_c(out, fills[fill].name);
		buf_add_char(out, '"');
	}
	buf_add(out, STR(" d=\""));
	buf_add_c(out, fills[fill].ink);
	buf_add(out, STR("\"/></pattern>"));
}

void svg__open(struct buf *out, const struct svg_head *head, const char *kind, const char *role,
	int64_t width, int64_t height, uint32_t used, int scale)
{
	buf_add(out, STR("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"svg svg-"));
	buf_add_c(out, kind);
	buf_add(out, STR("\" role=\""));
	buf_add_c(out, role);
	buf_add(out, STR("\" viewBox=\"0 0 "));
	svg__int(out, width);
	buf_add_char(out, ' ');
	svg__int(out, height);
	buf_add_char(out, '"');
	if (head->rtl)
		buf_add(out, STR(" direction=\"rtl\""));
	buf_add(out, STR(" aria-labelledby=\""));
	svg__text(out, head->id, SVG_ALL);
	buf_add(out, STR("-title "));
	svg__text(out, head->id, SVG_ALL);
	buf_add(out, STR("-desc\"><title id=\""));
	svg__text(out, head->id, SVG_ALL);
	buf_add(out, STR("-title\">"));
	svg__text(out, head->title, SVG_ALL);
	buf_add(out, STR("</title><desc id=\""));
	svg__text(out, head->id, SVG_ALL);
	buf_add(out, STR("-desc\">"));
	svg__text(out, head->desc, SVG_ALL);
	buf_add(out, STR("</desc>"));
	if (!used)
		return;
	buf_add(out, STR("<defs>"));
	for (int fill = 0; fill < SVG_FILLS; fill++)
		if ((used >> fill & 1) && fills[fill].ink)
			pattern(out, head, (enum svg_fill)fill, scale);
	buf_add(out, STR("</defs>"));
}

void svg__close(struct buf *out)
{
	buf_add(out, STR("</svg>\n"));
}
