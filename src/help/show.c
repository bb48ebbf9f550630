/* The answer as plain text, which any page or message can carry, and the pocket card. Every number
 * says whether and when it was tested; what is not on record is said to be not known. */
#include <assert.h>
#include "help/internal.h"

struct page {
	struct buf *out;
	struct arena *arena;
	size_t lang;
};

static void line(const struct page *page, const char *indent, struct str text)
{
	buf_add_c(page->out, indent);
	buf_add(page->out, text);
	buf_add_char(page->out, '\n');
}

static void say(const struct page *page, const char *indent, enum help_word word)
{
	line(page, indent, help_word(page->lang, word));
}

static struct str tested_text(const struct page *page, int32_t tested)
{
	return tested == DATE_NONE ? help_word(page->lang, HELP_NOT_TESTED)
				   : help_say(page->arena, page->lang, HELP_TESTED,
					     help_date(page->arena, page->lang, tested), STR_NONE);
}

static enum help_word band_word(enum band band)
{
	switch (band) {
	case BAND_WILL:
		return HELP_WILL;
	case BAND_SHALL:
		return HELP_SHALL;
	case BAND_REMOTE:
		return HELP_REMOTE;
	case BAND_MAY:
	case BAND_NONE:
	case BANDS:
		break;
	}
	return HELP_MAY;
}

static void reach(const struct page *page, const struct help_answer *answer)
{
	say(page, "   ", HELP_REACH);
	for (size_t i = 0; i < answer->channels_count; i++) {
		const struct help_channel *channel = &answer->channels[i];
		line(page, "   - ",
			str_format(page->arena, STR_FMT "%s" STR_FMT "%s" STR_FMT " (" STR_FMT ")",
				STR_ARG(channel->address), channel->hours.len ? ", " : "",
				STR_ARG(channel->hours), channel->languages.len ? ", " : "",
				STR_ARG(channel->languages),
				STR_ARG(tested_text(page, channel->tested))));
	}
	if (!answer->channels_count && !answer->address_hidden)
		say(page, "   - ", HELP_NO_CHANNEL);
	if (answer->address_hidden)
		say(page, "   - ", HELP_NO_ADDRESS);
}

static void words(
	const struct page *page, enum help_word title, const enum help_word *list, size_t count)
{
	say(page, "   ", title);
	for (size_t i = 0; i < count; i++)
		say(page, "   - ", list[i]);
}

static void helper(const struct page *page, const struct help_answer *answer)
{
	line(page, "* ",
		answer->at.len ? str_format(page->arena, STR_FMT " (" STR_FMT ")",
					 STR_ARG(answer->party), STR_ARG(answer->at))
			       : answer->party);
	say(page, "   ", band_word(answer->answer->band));
	if (answer->answer->certainty != TRUTH_T)
		say(page, "   ", HELP_UNSURE);
	if (answer->invented)
		say(page, "   ", HELP_EXAMPLE);
	reach(page, answer);
	if (answer->costs_count) {
		words(page, HELP_COST, answer->costs, answer->costs_count);
	} else {
		say(page, "   ", HELP_COST);
		say(page, "   - ", HELP_COST_UNKNOWN);
	}
	if (answer->first_count)
		words(page, HELP_FIRST, answer->first, answer->first_count);
	if (answer->cannot_count) {
		say(page, "   ", HELP_CANNOT);
		for (size_t i = 0; i < answer->cannot_count; i++)
			line(page, "   - ", answer->cannot[i]);
	}
	if (answer->under.len)
		line(page, "   ", answer->under);
	if (answer->source.len)
		line(page, "   ",
			help_say(page->arena, page->lang, HELP_SOURCE, answer->source, STR_NONE));
	if (answer->at_as_of != DATE_NONE)
		line(page, "   ",
			help_say(page->arena, page->lang, HELP_AS_OF,
				help_date(page->arena, page->lang, answer->at_as_of), STR_NONE));
}

static enum help_word number_word(struct str kind)
{
	if (str_is(kind, "ambulance"))
		return HELP_AMBULANCE;
	if (str_is(kind, "fire"))
		return HELP_FIRE;
	return str_is(kind, "police") ? HELP_POLICE : HELP_ANY_EMERGENCY;
}

/* The need, and beside it the service: one need asks for several. */
static struct str title(const struct page *page, const struct help_service *service)
{
	bool english;
	struct str need = help_need_text(page->lang, service->need),
		   name = help_service_name(&english, page->lang, service->service);

	return str_format(page->arena, STR_FMT ": " STR_FMT, STR_ARG(need), STR_ARG(name));
}

static void service(const struct page *page, const struct help_service *service)
{
	line(page, "== ", title(page, service));
	if (service->told_anyway)
		say(page, "", HELP_TOLD_ANYWAY);
	for (size_t i = 0; i < service->items_count; i++)
		helper(page, &service->items[i]);
	if (!service->items_count && (service->not_known || !service->held))
		say(page, "", service->not_known ? HELP_NOT_KNOWN : HELP_NOBODY);
	if (service->held)
		say(page, "", HELP_HELD);
	if (service->items_count > 1) {
		say(page, "", HELP_IF_NOBODY);
		line(page, "- ",
			help_say(page->arena, page->lang, HELP_TRY_NEXT, service->items[1].party,
				STR_NONE));
	}
	buf_add_char(page->out, '\n');
}

/* What is left where no number, or nobody's address, can be given. */
static void offices(const struct page *page, const struct help_answers *answers)
{
	if (answers->offices_count)
		say(page, "", HELP_OFFICES_HERE);
	for (size_t i = 0; i < answers->offices_count; i++) {
		const struct help_office *office = &answers->offices[i];
		line(page, "- ",
			str_format(page->arena, STR_FMT "%s" STR_FMT " (" STR_FMT ")",
				STR_ARG(office->party), office->at.len ? ", " : "",
				STR_ARG(office->at),
				STR_ARG(help_say(page->arena, page->lang, HELP_AS_OF,
					help_date(page->arena, page->lang, office->as_of),
					STR_NONE))));
	}
}

enum status help_text(struct buf *out, struct arena *arena, const struct cover_index *index,
	const struct help_ask *ask, const struct help_answers *answers)
{
	struct page page = { out, arena, ask->lang };

	assert(out && index && answers);
	if (!help_lang_confirmed(ask->lang))
		say(&page, "", HELP_NOT_CONFIRMED);
	say(&page, "", HELP_YOU_DECIDE);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < answers->services_count; i++)
		service(&page, &answers->services[i]);
	say(&page, "", answers->numbers_count ? HELP_EMERGENCY : HELP_NO_EMERGENCY);
	for (size_t i = 0; i < answers->numbers_count; i++) {
		const struct help_number *number = &answers->numbers[i];
		line(&page, "- ",
			str_format(arena, STR_FMT ": " STR_FMT " (" STR_FMT ")%s" STR_FMT,
				STR_ARG(help_word(ask->lang, number_word(number->kind))),
				STR_ARG(number->address),
				STR_ARG(tested_text(&page, number->tested)),
				number->source.len ? " " : "",
				STR_ARG(number->source.len ? help_say(arena, ask->lang, HELP_SOURCE,
								     number->source, STR_NONE)
							   : STR_NONE)));
	}
	offices(&page, answers);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the card ---- */

static bool card_has(struct str card, struct str number)
{
	struct str row, rest = card;

	while (str_next_word(&rest, "\n", &row))
		if (row.len > number.len && row.ptr[row.len - number.len - 1] == ' ' &&
			str_eq(str_sub(row, row.len - number.len, number.len), number))
			return true;
	return false;
}

/* A number under the first letter of whose it is: a list of numbers like any other. */
static void card_number(struct buf *out, size_t start, size_t *lines, struct str name,
	bool whole_name, struct str number)
{
	size_t first = 0;
	struct str so_far = { out->ptr ? out->ptr + start : "", out->len - start };

	if (*lines == HELP_CARD_LINES || !name.len || !number.len || card_has(so_far, number))
		return;
	utf8_next(name, &first);
	buf_add(out, whole_name ? name : str_sub(name, 0, first));
	buf_add_char(out, ' ');
	buf_add(out, number);
	buf_add_char(out, '\n');
	(*lines)++;
}

/* One number for several kinds of emergency is the number for any. */
static enum help_word shared_word(const struct help_answers *answers, size_t at)
{
	for (size_t i = 0; i < answers->numbers_count; i++)
		if (i != at && str_eq(answers->numbers[i].address, answers->numbers[at].address))
			return HELP_ANY_EMERGENCY;
	return number_word(answers->numbers[at].kind);
}

enum status help_card(struct buf *out, const struct help_answers *answers, size_t lang)
{
	size_t lines = 0, start = out->len;

	for (size_t i = 0; i < answers->numbers_count && lines < HELP_CARD_LINES / 2; i++)
		card_number(out, start, &lines, help_word(lang, shared_word(answers, i)), true,
			answers->numbers[i].address);
	for (size_t s = 0; s < answers->services_count; s++)
		for (size_t a = 0; a < answers->services[s].items_count; a++) {
			const struct help_answer *answer = &answers->services[s].items[a];
			for (size_t c = 0; c < answer->channels_count; c++)
				if (str_is(answer->channels[c].kind, "phone"))
					card_number(out, start, &lines, answer->party, false,
						answer->channels[c].address);
		}
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
