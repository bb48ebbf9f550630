/* A QR code as one path. */
#include "wire/svg_draw.h"

#include <assert.h>

#define QUIET 4 /* light modules on each side, ISO/IEC 18004 */
#define DRAWN 232

static void box(struct buf *out, int64_t size)
{
	buf_add(out, STR(" viewBox=\"0 0 "));
	svg__int(out, size);
	buf_add(out, STR(" "));
	svg__int(out, size);
	buf_add(out, STR("\""));
}

/* One stroke of RUN dark modules that touch. */
static void stroke(struct buf *out, int x, int y, int run)
{
	buf_add(out, STR("M"));
	svg__int(out, x);
	buf_add(out, STR(" "));
	svg__int(out, y);
	buf_add(out, STR("h"));
	svg__int(out, run);
	buf_add(out, STR("v1h-"));
	svg__int(out, run);
	buf_add(out, STR("z"));
}

void svg_code(struct buf *out, const unsigned char *modules, int width, struct str label)
{
	int64_t size = width + 2 * QUIET;

	assert(out && modules && width > 0);
	buf_add(out, STR("<svg xmlns=\"http://www.w3.org/2000/svg\""));
	svg__attr_int(out, "width", DRAWN);
	svg__attr_int(out, "height", DRAWN);
	box(out, size);
	buf_add(out, STR(" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\""));
	svg__text(out, label, SVG_ALL);
	buf_add(out, STR("\"><path fill=\"#fff\" d=\"M0 0h"));
	svg__int(out, size);
	buf_add(out, STR("v"));
	svg__int(out, size);
	buf_add(out, STR("H0z\"/><path fill=\"#000\" d=\""));
	for (int y = 0; y < width; y++)
		for (int x = 0, run; x < width; x += run ? run : 1) {
			for (run = 0; x + run < width && modules[y * width + x + run] & 1; run++)
				;
			if (run)
				stroke(out, x + QUIET, y + QUIET, run);
		}
	buf_add(out, STR("\"/></svg>"));
}
