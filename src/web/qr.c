/* A QR code as a picture: drawn here, nothing is asked of anybody else. */
#include <qrencode.h>

#include "web/internal.h"
#include "web/html.h"

enum status web_qr(struct html_safe *out, struct arena *arena, struct str text)
{
	struct html html;
	struct buf svg;
	QRcode *code =
		QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);

	if (!code)
		return STATUS_NO_MEMORY;
	buf_init(&svg, arena, (size_t)1 << 20);
	svg_code(&svg, code->data, code->width, text);
	QRcode_free(code);
	html_init(&html, arena, (size_t)1 << 20);
	html_raw(&html, buf_str(&svg).ptr, svg.len); /* the writer of SVG escapes */
	*out = html_safe_of(&html);
	return svg.failed || html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}
