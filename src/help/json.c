/* The answer for machines and for whoever writes a page of their own: codes beside the words. */
#include <assert.h>
#include "help/internal.h"

static void key(struct buf *out, const char *name, bool first)
{
	buf_add_format(out, "%s\"%s\":", first ? "" : ",", name);
}

static void text(struct buf *out, const char *name, struct str value)
{
	key(out, name, false);
	json_add_string(out, value.ptr ? value : STR(""));
}

static void date(struct buf *out, const char *name, int32_t value)
{
	char digits[11];

	key(out, name, false);
	date_format(digits, value);
	if (value == DATE_NONE)
		buf_add_c(out, "null");
	else
		json_add_string(out, str_of(digits));
}

static void flag(struct buf *out, const char *name, bool value)
{
	key(out, name, false);
	buf_add_c(out, value ? "true" : "false");
}

static void word_list(
	struct buf *out, const char *name, size_t lang, const enum help_word *list, size_t count)
{
	key(out, name, false);
	buf_add_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, help_word(lang, list[i]));
	}
	buf_add_char(out, ']');
}

static void channels(struct buf *out, const struct help_answer *answer)
{
	key(out, "channels", false);
	buf_add_char(out, '[');
	for (size_t i = 0; i < answer->channels_count; i++) {
		const struct help_channel *channel = &answer->channels[i];
		buf_add_c(out, i ? ",{" : "{");
		key(out, "kind", true);
		json_add_string(out, channel->kind);
		text(out, "address", channel->address);
		text(out, "hours", channel->hours);
		text(out, "languages", channel->languages);
		date(out, "tested", channel->tested);
		text(out, "source", channel->source);
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

static void helper(
	struct buf *out, const struct world *world, size_t lang, const struct help_answer *answer)
{
	const struct answer *of = answer->answer;

	buf_add_char(out, '{');
	key(out, "party", true);
	json_add_string(out, world->parties[of->provider].id);
	text(out, "name", answer->party);
	text(out, "at", answer->at);
	date(out, "as_of", answer->at_as_of);
	text(out, "band", cover_band_words[of->band]);
	text(out, "certainty", of->certainty == TRUTH_T ? STR("T") : STR("U"));
	flag(out, "example", answer->invented);
	channels(out, answer);
	flag(out, "address_hidden", answer->address_hidden);
	word_list(out, "cost", lang, answer->costs, answer->costs_count);
	word_list(out, "first", lang, answer->first, answer->first_count);
	key(out, "cannot", false);
	buf_add_char(out, '[');
	for (size_t i = 0; i < answer->cannot_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, answer->cannot[i]);
	}
	buf_add_char(out, ']');
	text(out, "under", answer->under);
	text(out, "source", answer->source);
	buf_add_char(out, '}');
}

static void heard(struct buf *out, size_t lang, const struct help_hearing *hearing)
{
	buf_add_c(out, "\"understood\":[");
	for (size_t i = 0; i < hearing->items_count; i++) {
		const struct help_heard *item = &hearing->items[i];
		buf_add_c(out, i ? ",{" : "{");
		key(out, "need", true);
		json_add_string(out, help_need_codes[item->need]);
		text(out, "text", help_need_text(lang, item->need));
		text(out, "words", item->words);
		if (item->wrong.len) {
			text(out, "wrong", item->wrong);
			text(out, "right", item->right);
		}
		buf_add_char(out, '}');
	}
	buf_add_c(out, "],\"not_understood\":[");
	for (size_t i = 0; i < hearing->unknown_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, hearing->unknown[i]);
	}
	buf_add_char(out, ']');
	flag(out, "cut", hearing->cut);
}

static void numbers(struct buf *out, const struct help_answers *answers)
{
	key(out, "emergency", false);
	buf_add_char(out, '[');
	for (size_t i = 0; i < answers->numbers_count; i++) {
		buf_add_c(out, i ? ",{" : "{");
		key(out, "kind", true);
		json_add_string(out, answers->numbers[i].kind);
		text(out, "number", answers->numbers[i].address);
		date(out, "tested", answers->numbers[i].tested);
		text(out, "source", answers->numbers[i].source);
		buf_add_char(out, '}');
	}
	buf_add_c(out, "],\"offices\":[");
	for (size_t i = 0; i < answers->offices_count; i++) {
		buf_add_c(out, i ? ",{" : "{");
		key(out, "party", true);
		json_add_string(out, answers->offices[i].party);
		text(out, "at", answers->offices[i].at);
		date(out, "as_of", answers->offices[i].as_of);
		text(out, "source", answers->offices[i].source);
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

enum status help_json(struct buf *out, const struct cover_index *index, const struct help_ask *ask,
	const struct help_hearing *hearing, const struct help_answers *answers)
{
	const struct world *world = cover_world(index);
	struct buf card;

	assert(out && hearing && answers);
	buf_add_char(out, '{');
	key(out, "lang", true);
	json_add_string(out, help_lang_tag(ask->lang));
	flag(out, "confirmed", help_lang_confirmed(ask->lang));
	text(out, "place", world->places[ask->base.place].id);
	date(out, "date", ask->base.date);
	buf_add_char(out, ',');
	heard(out, ask->lang, hearing);
	key(out, "needs", false);
	buf_add_char(out, '[');
	for (size_t s = 0; s < answers->services_count; s++) {
		const struct help_service *service = &answers->services[s];
		buf_add_c(out, s ? ",{" : "{");
		key(out, "need", true);
		json_add_string(out, help_need_codes[service->need]);
		text(out, "service", str_of(world_services[service->service].code));
		flag(out, "not_known", service->not_known);
		flag(out, "held", service->held);
		flag(out, "told_anyway", service->told_anyway);
		key(out, "answers", false);
		buf_add_char(out, '[');
		for (size_t i = 0; i < service->items_count; i++) {
			buf_add_c(out, i ? "," : "");
			helper(out, world, ask->lang, &service->items[i]);
		}
		buf_add_c(out, "]}");
	}
	buf_add_char(out, ']');
	numbers(out, answers);
	buf_init(&card, out->arena, 4096);
	if (help_card(&card, answers, ask->lang) != STATUS_OK)
		return STATUS_NO_MEMORY;
	text(out, "card", buf_str(&card));
	buf_add_c(out, "}\n");
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
