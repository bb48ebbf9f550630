/* HXL: hashtags under a header, so that a spreadsheet can be read by a machine that has never seen
 * its columns. */
#include <assert.h>
#include "wire/wire.h"

void wire_header(struct buf *out, const struct wire_column *columns, size_t count, bool hxl)
{
	assert(out && columns && count > 0);
	for (size_t i = 0; i < count; i++)
		csv_add_field(out, str_of(columns[i].name), i == 0);
	buf_add_c(out, "\r\n");
	for (size_t i = 0; hxl && i < count; i++)
		csv_add_field(out, str_of(columns[i].tag), i == 0);
	if (hxl)
		buf_add_c(out, "\r\n");
}
