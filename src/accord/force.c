/* Small questions about an agreement: is it in force, what does a text say in a language. */
#include "accord/internal.h"

#include <assert.h>

struct str accord_text(const struct texts *texts, struct str lang)
{
	struct str english = STR_NONE;
	assert(texts);
	for (size_t i = 0; i < texts->count; i++) {
		if (str_eq(texts->items[i].lang, lang))
			return texts->items[i].text;
		if (str_is(texts->items[i].lang, "en"))
			english = texts->items[i].text;
	}
	if (english.ptr)
		return english;
	return texts->count ? texts->items[0].text : STR_NONE;
}

/* The state on DATE: the last entry that has begun. */
static bool is_in_force_state(const struct agreement *agreement, int32_t date)
{
	bool in_force = false;
	for (size_t i = 0; i < agreement->states_count; i++)
		if (agreement->states[i].from <= date)
			in_force = agreement->states[i].is == STATE_IN_FORCE;
	return in_force;
}

enum accord_force accord_in_force(const struct agreement *agreement, int32_t date)
{
	assert(agreement && date != DATE_NONE);
	int32_t until = agreement->until;
	if (agreement->is_template || !is_in_force_state(agreement, date))
		return FORCE_NO;
	if (agreement->from != DATE_NONE && date < agreement->from)
		return FORCE_NO;
	for (size_t i = 0; i < agreement->renewed_count && until != DATE_NONE; i++)
		if (agreement->renewed[i].on <= date && agreement->renewed[i].until > until)
			until = agreement->renewed[i].until;
	if (until == DATE_NONE || date <= until)
		return FORCE_YES;
	return agreement->renews.count > 0 ? FORCE_EXPECTED : FORCE_NO;
}
