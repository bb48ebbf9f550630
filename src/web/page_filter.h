/* What lists that are narrowed by a form share: faults at their fields, selects, and how a list is
 * given as CSV or refused. */
#ifndef ENTENTE_WEB_PAGE_FILTER_H
#define ENTENTE_WEB_PAGE_FILTER_H

#include "web/page_docs.h"

#define FILTER_FAULTS_MAX 6

struct filter_faults {
	struct fault_view items[FILTER_FAULTS_MAX];
	size_t count;
};
/* FIELD is "#" and the field's id; what goes beyond FILTER_FAULTS_MAX is not told. */
void filter_fault(struct filter_faults *faults, const char *field, struct str text);
/* VALUE is empty or one of WORDS; else FIELD has a fault. */
bool filter_is_word(struct filter_faults *faults, const struct ui *ui, const char *field,
	struct str value, const struct str *words, size_t count);
/* The country called TEXT, by code or name; NONE32 and a fault of FIELD: none is. */
uint32_t filter_country(struct filter_faults *faults, struct request *request, const struct ui *ui,
	const char *field, struct str text);
/* A select of "any" and COUNT words with their names; without options for want of memory. */
struct field_view filter_select(struct arena *arena, const struct ui *ui, const char *id,
	struct str label, struct str chosen, const struct str *words, size_t count,
	const struct str *names);
/* Each fault beside its field. */
void filter_mark(
	const struct filter_faults *faults, struct field_view *const *fields, size_t count);
/* There are faults: the request for the CSV is answered with them (422). */
bool filter_refused(struct request *request, const struct filter_faults *faults);
/* OUT is the answer. */
enum status filter_send_csv(struct request *request, const struct buf *out);
void filter_csv_date(struct buf *out, int32_t day); /* a field of its own; empty: not known */

#endif
