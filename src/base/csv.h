/* CSV (RFC 4180): fields may be quoted, a quote inside is doubled, lines end in CRLF or LF, a
 * BOM is skipped. Refused: a quote in the middle of a bare field, text after a closing quote,
 * an unclosed quote, bytes that are not UTF-8, NUL, a row with another number of fields than
 * the header. An empty last line is no row.
 *
 * The reader walks row by row and allocates nothing for bare fields; field views point into the
 * input, or into the arena where doubled quotes had to be undone. Linear in the input. */
#ifndef ENTENTE_BASE_CSV_H
#define ENTENTE_BASE_CSV_H

#include "base/diag.h"

#define CSV_FIELDS_MAX 128

struct csv_reader {
	struct str file; /* name for diagnostics */
	struct str input;
	size_t offset;
	uint32_t line;      /* line on which the current row starts */
	uint32_t next_line; /* ... and the row after it */
	struct arena *arena;
	struct diags *diags;
	size_t header_count; /* fields every later row must have; 0 before the header */
	size_t count;        /* fields of the current row */
	struct str fields[CSV_FIELDS_MAX];
	struct pos positions[CSV_FIELDS_MAX];
	bool failed; /* a fault was told; later rows are still read where that is possible */
};

void csv_open(struct csv_reader *reader, struct arena *arena, struct str file, struct str input,
	struct diags *diags);
/* The next row into reader->fields; false at the end. A faulty row is told and skipped
 * (reader->failed); after a faulty header there are no rows. False as well when memory is not
 * to be had: DIAGS says so (no_memory). */
bool csv_next(struct csv_reader *reader);
/* Writes one field, quoted where it must be to be read back; an empty first field is quoted
 * too, as it might be all of its row. */
void csv_add_field(struct buf *out, struct str field, bool first);

#endif
