/* A QR code as a picture: drawn here, nothing is asked of anybody else. */
#include <qrencode.h>

#include "web/internal.h"
#include "web/html.h"

#define QR_QUIET 4 /* modules of white around, as the standard asks */

/* A square of SVG; dark modules of a row that touch are one stroke. */
static void draw_code(struct html *html, const QRcode *code, struct str text)
{
	int size = code->width + 2 * QR_QUIET;
	struct buf *out = &html->text;

	buf_add_format(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"232\" height=\"232\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"",
		size, size);
	html_text(html, text);
	buf_add_format(out, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
		size, size);
	for (int y = 0; y < code->width; y++)
		for (int x = 0, run; x < code->width; x += run ? run : 1) {
			for (run = 0;
				x + run < code->width && code->data[y * code->width + x + run] & 1;
				run++)
				;
			if (run)
				buf_add_format(out, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET,
					run, run);
		}
	buf_add_c(out, "\"/></svg>");
}

enum status web_qr(struct html_safe *out, struct arena *arena, struct str text)
{
	struct html html;
	QRcode *code =
		QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);

	if (!code)
		return STATUS_NO_MEMORY;
	html_init(&html, arena, (size_t)1 << 20);
	draw_code(&html, code, text);
	QRcode_free(code);
	*out = html_safe_of(&html);
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}
