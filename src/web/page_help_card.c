/* The pocket card. It is sent back by the page of the answer, so that nothing is kept between the
 * two; only lines whose number is on record are shown, so that nobody can put numbers of their own
 * under this address. */
#include "web/help_view.h"
#include "web/templates.h"

/* The letter of a name or a word of the emergency numbers, then a public number of the record. */
static bool card_line(const struct world *world, size_t lang, struct str line)
{
	static const enum help_word words[] = { HELP_AMBULANCE, HELP_FIRE, HELP_POLICE,
		HELP_ANY_EMERGENCY };

	for (size_t i = 0; i < world->channels_count; i++) {
		const struct channel *channel = &world->channels[i];
		size_t length = channel->address.len, at = 0;
		struct str name;
		if (channel->visibility != VISIBILITY_PUBLIC || line.len < length + 2 ||
			line.ptr[line.len - length - 1] != ' ' ||
			!str_eq(str_sub(line, line.len - length, length), channel->address))
			continue;
		name = str_sub(line, 0, line.len - length - 1);
		utf8_next(name, &at);
		if (at == name.len)
			return true;
		for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
			if (str_eq(name, help_word(lang, words[w])))
				return true;
	}
	return false;
}

enum status answer_help_card(struct request *request)
{
	struct ui ui;
	struct form form;
	struct html html;
	struct str lines[HELP_CARD_LINES], line, rest = STR_NONE;
	struct help_card_view view = { .lines = lines };
	struct buf text;
	size_t lang;
	enum status status;

	if (!help_page_language(request, &ui))
		return STATUS_OK;
	lang = help_lang(str_of(ui.language->code));
	buf_init(&text, &request->arena, 2000);
	if (form_read(&form, request))
		rest = form_value(&form, "text");
	while (view.line_count < HELP_CARD_LINES && str_next_word(&rest, "\n", &line)) {
		if (!card_line(request->snapshot->world, lang, line))
			continue;
		lines[view.line_count++] = line;
		buf_add(&text, line);
		buf_add_char(&text, '\n');
	}
	if (!view.line_count) {
		request_problem(request, 422, WORD("A card holds numbers that are on record."),
			"Open /help and ask first; the answer has a button for the card.");
		return STATUS_OK;
	}
	view.page = (struct page_view){ .title = STR("Tel."), .bare = true };
	view.again = help_word(lang, HELP_AGAIN);
	status = text.failed ? STATUS_NO_MEMORY
			     : web_qr(&view.code, &request->arena, buf_str(&text));
	if (status != STATUS_OK)
		return status;
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_help_card(&html, &ui, &view);
	request->type = "text/html; charset=utf-8";
	request->answer = html_str(&html);
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}
