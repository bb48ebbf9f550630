/* The answer of find help as its page shows it: what help_text() says, in the same order. */
#include "web/help_view.h"

struct making {
	struct arena *arena;
	size_t lang;
	bool failed;
};

/* Room for COUNT; want of memory is told once, at the end. */
static void *room(struct making *making, size_t count, size_t size)
{
	void *items = arena_get_array(making->arena, count ? count : 1, size);

	making->failed = making->failed || !items;
	return items;
}
#define ROOM(making, count, type) ((type *)room((making), (count), sizeof(type)))

static struct str dated(struct making *making, enum help_word word, int32_t date)
{
	return help_say(making->arena, making->lang, word,
		help_date(making->arena, making->lang, date), STR_NONE);
}

static struct str sourced(struct making *making, struct str source)
{
	return source.len ? help_say(making->arena, making->lang, HELP_SOURCE, source, STR_NONE)
			  : STR_NONE;
}

static struct help_channel_view channel(struct making *making, struct str kind, struct str address,
	int32_t tested, struct str source)
{
	bool number = !str_is(kind, "web") && !str_is(kind, "email") && !str_is(kind, "address");

	return (struct help_channel_view){ .address = address,
		.call = number ? html_call(making->arena, address) : (struct html_link){ STR_NONE },
		.tested = tested == DATE_NONE ? help_word(making->lang, HELP_NOT_TESTED)
					      : dated(making, HELP_TESTED, tested),
		.source = sourced(making, source) };
}

/* The sources of several, each once, after them: names come first on a small screen. */
static struct str sources_of(struct making *making, const struct help_office *offices, size_t count)
{
	struct buf text;

	buf_init(&text, making->arena, 4000);
	for (size_t i = 0; i < count; i++) {
		bool again = !offices[i].source.len;
		for (size_t k = 0; k < i; k++)
			again |= str_eq(offices[k].source, offices[i].source);
		if (again)
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, offices[i].source);
	}
	making->failed = making->failed || text.failed;
	return sourced(making, buf_str(&text));
}

/* What all of them say of themselves is said once: on a small screen it would hide the numbers. */
static struct help_channels_view listed(struct help_channel_view *items, size_t count)
{
	struct help_channels_view view = { .items = items, .count = items ? count : 0 };
	bool same = view.count > 1;

	for (size_t i = 1; i < view.count; i++)
		same &= str_eq(items[i].tested, items[0].tested) &&
			str_eq(items[i].source, items[0].source);
	if (!same)
		return view;
	view.tested = items[0].tested;
	view.source = items[0].source;
	for (size_t i = 0; i < view.count; i++)
		items[i].tested = items[i].source = STR_NONE;
	return view;
}

static enum help_word band_word(enum band band)
{
	return band == BAND_WILL     ? HELP_WILL
	       : band == BAND_SHALL  ? HELP_SHALL
	       : band == BAND_REMOTE ? HELP_REMOTE
				     : HELP_MAY;
}

static struct help_list_view words(
	struct making *making, enum help_word title, const enum help_word *list, size_t count)
{
	struct str *items = ROOM(making, count, struct str);

	for (size_t i = 0; items && i < count; i++)
		items[i] = help_word(making->lang, list[i]);
	return (struct help_list_view){ help_word(making->lang, title), items, items ? count : 0 };
}

static void fill_helper(
	struct help_helper_view *to, struct making *making, const struct help_answer *answer)
{
	static const enum help_word cost_unknown = HELP_COST_UNKNOWN;
	struct help_channel_view *channels =
		ROOM(making, answer->channels_count, struct help_channel_view);

	*to = (struct help_helper_view){ .name = answer->party,
		.at = answer->at,
		.band = help_word(making->lang, band_word(answer->answer->band)),
		.unsure = answer->answer->certainty != TRUTH_T,
		.invented = answer->invented,
		.hidden = answer->address_hidden,
		.under = answer->under,
		.source = sourced(making, answer->source),
		.as_of = answer->at_as_of == DATE_NONE
				 ? STR_NONE
				 : dated(making, HELP_AS_OF, answer->at_as_of) };
	for (size_t i = 0; channels && i < answer->channels_count; i++) {
		const struct help_channel *from = &answer->channels[i];
		channels[i] =
			channel(making, from->kind, from->address, from->tested, from->source);
		channels[i].more = str_format(making->arena, STR_FMT "%s" STR_FMT,
			STR_ARG(from->hours), from->hours.len && from->languages.len ? ", " : "",
			STR_ARG(from->languages));
	}
	to->channels = listed(channels, answer->channels_count);
	to->lists[0] = words(making, HELP_FIRST, answer->first, answer->first_count);
	to->lists[1] = answer->costs_count
			       ? words(making, HELP_COST, answer->costs, answer->costs_count)
			       : words(making, HELP_COST, &cost_unknown, 1);
	to->lists[2] = (struct help_list_view){ help_word(making->lang, HELP_CANNOT),
		answer->cannot, answer->cannot_count };
}

static void fill_service(
	struct help_service_view *to, struct making *making, const struct help_service *service)
{
	struct str *notes = ROOM(making, 3, struct str);
	struct help_helper_view *helpers =
		ROOM(making, service->items_count, struct help_helper_view);

	*to = (struct help_service_view){ .need = help_need_text(making->lang, service->need),
		.notes = notes,
		.helpers = helpers };
	to->name = help_service_name(&to->in_english, making->lang, service->service);
	if (!notes || !helpers)
		return;
	if (service->told_anyway)
		notes[to->note_count++] = help_word(making->lang, HELP_TOLD_ANYWAY);
	if (!service->items_count && (service->not_known || !service->held))
		notes[to->note_count++] =
			help_word(making->lang, service->not_known ? HELP_NOT_KNOWN : HELP_NOBODY);
	if (service->held)
		notes[to->note_count++] = help_word(making->lang, HELP_HELD);
	for (; to->helper_count < service->items_count; to->helper_count++)
		fill_helper(&helpers[to->helper_count], making, &service->items[to->helper_count]);
	if (service->items_count > 1)
		to->next = help_say(making->arena, making->lang, HELP_TRY_NEXT,
			service->items[1].party, STR_NONE);
}

static void fill_hearing(
	struct help_view *view, struct making *making, const struct help_hearing *hearing)
{
	struct help_heard_view *heard = ROOM(making, hearing->items_count, struct help_heard_view);
	struct str *unknown = ROOM(making, hearing->unknown_count, struct str);

	for (size_t i = 0; heard && i < hearing->items_count; i++) {
		const struct help_heard *item = &hearing->items[i];
		heard[i] = (struct help_heard_view){ help_need_text(making->lang, item->need),
			item->words,
			item->wrong.len ? help_say(making->arena, making->lang, HELP_SLIP,
						  item->wrong, item->right)
					: STR_NONE };
	}
	for (size_t i = 0; unknown && i < hearing->unknown_count; i++)
		unknown[i] = help_say(
			making->arena, making->lang, HELP_UNKNOWN, hearing->unknown[i], STR_NONE);
	view->heard = heard;
	view->heard_count = heard ? hearing->items_count : 0;
	view->unknown = unknown;
	view->unknown_count = unknown ? hearing->unknown_count : 0;
}

static enum help_word number_word(struct str kind)
{
	return str_is(kind, "ambulance") ? HELP_AMBULANCE
	       : str_is(kind, "fire")    ? HELP_FIRE
	       : str_is(kind, "police")  ? HELP_POLICE
					 : HELP_ANY_EMERGENCY;
}

static void fill_offices(
	struct help_view *view, struct making *making, const struct help_answers *answers)
{
	struct help_channel_view *offices =
		ROOM(making, answers->offices_count, struct help_channel_view);

	for (size_t i = 0; offices && i < answers->offices_count; i++) {
		const struct help_office *from = &answers->offices[i];
		offices[i] = (struct help_channel_view){ .name = from->party,
			.address = from->at,
			.tested = dated(making, HELP_AS_OF, from->as_of) };
	}
	view->offices = (struct help_channels_view){ .items = offices,
		.count = offices ? answers->offices_count : 0,
		.source = sources_of(making, answers->offices, answers->offices_count) };
}

enum status help_view_fill(struct help_view *view, struct arena *arena,
	const struct help_input *input, const struct help_answers *answers)
{
	struct making making = { arena, input->ask.lang, false };
	struct help_service_view *services =
		ROOM(&making, answers->services_count, struct help_service_view);
	struct help_channel_view *numbers =
		ROOM(&making, answers->numbers_count, struct help_channel_view);
	struct buf card;

	if (!services || !numbers)
		return STATUS_NO_MEMORY;
	fill_hearing(view, &making, &input->hearing);
	for (size_t i = 0; i < answers->services_count; i++)
		fill_service(&services[i], &making, &answers->services[i]);
	for (size_t i = 0; i < answers->numbers_count; i++) {
		const struct help_number *from = &answers->numbers[i];
		numbers[i] =
			channel(&making, from->kind, from->address, from->tested, from->source);
		numbers[i].name = help_word(making.lang, number_word(from->kind));
	}
	fill_offices(view, &making, answers);
	view->services = services;
	view->service_count = answers->services_count;
	view->numbers = listed(numbers, answers->numbers_count);
	buf_init(&card, arena, 4096);
	if (help_card(&card, answers, making.lang) != STATUS_OK || making.failed)
		return STATUS_NO_MEMORY;
	view->card = buf_str(&card);
	return STATUS_OK;
}
