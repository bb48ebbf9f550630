/* Dated facts: what their rows share, and how long each speaks (docs/semantics.md, "Facts"). */
#include "world/facts.h"

#include <assert.h>

#define MONTHS_FIRST (1 * 12) /* January of year 1, counted from year 0 */
#define MONTHS_LAST (9999 * 12 + 11)

bool world__range_good(struct loader *loader, const struct cell *from, const struct cell *until)
{
	if (from->date == DATE_NONE || until->date == DATE_NONE || from->date <= until->date)
		return true;
	world__fault(loader, until->pos, "until", "'" STR_FMT "' is before from '" STR_FMT "'",
		STR_ARG(until->text), STR_ARG(from->text));
	return false;
}

int32_t world__as_of(
	const struct loader *loader, const struct cell *source, const struct cell *as_of)
{
	if (as_of->date != DATE_NONE)
		return as_of->date;
	if (source->index != NONE32 && loader->world.sources[source->index].retrieved != DATE_NONE)
		return loader->world.sources[source->index].retrieved;
	return loader->world.as_of;
}

int32_t world__add_months(int32_t date, int32_t months)
{
	struct civil civil = date_civil(date);
	int32_t sum = civil.year * 12 + civil.month - 1 + months;
	if (sum < MONTHS_FIRST)
		return date_of((struct civil){ 1, 1, 1 });
	if (sum > MONTHS_LAST)
		return date_of((struct civil){ 9999, 12, 31 });
	return date_add_months(date, months);
}

int32_t world__speaks_from(int32_t from, int32_t as_of, int32_t months)
{
	return from != DATE_NONE ? from : world__add_months(as_of, -months);
}

enum truth world_fresh(int32_t date, int32_t from, int32_t until, int32_t as_of, int32_t months)
{
	assert(date != DATE_NONE && as_of != DATE_NONE && months >= 0);
	bool speaks = date_within(date, from, until) &&
		      date_within(date, world__add_months(as_of, -months),
			      world__add_months(as_of, months));
	return speaks ? TRUTH_T : TRUTH_U;
}
