/* iCalendar (RFC 5545): days on which something falls due, as a calendar that programs subscribe
 * to. Lines end in CRLF and are folded at 75 bytes, never inside a character. */
#ifndef ENTENTE_WIRE_ICS_H
#define ENTENTE_WIRE_ICS_H

#include "base/base.h"

struct ics_event {
	struct str uid; /* the same for the same thing, whenever the calendar is made */
	int32_t on;     /* the whole day */
	struct str summary, description, url, category; /* STR_NONE: left out, but for the first */
};
/* NAME is shown by programs; MADE is the day of which the calendar is. */
void ics_begin(struct buf *out, struct str name, struct str language);
void ics_event(struct buf *out, const struct ics_event *event, int32_t made);
void ics_end(struct buf *out);

#endif
