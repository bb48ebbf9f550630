/* Find help: the form, and its answer. Nothing of what a person says is in an address, a cookie, a
 * file or the log; the answer is not stored by browsers or between. What stands below the answer
 * of who is afraid has none of their words and no nationality. */
#include "web/ask_help.h"
#include "web/help_view.h"
#include "web/templates.h"

/* CHOSEN: a field of the form, before what the address says; STR_NONE: none. */
static const struct ui_language *choose_language(
	struct request *request, struct ui *ui, struct str chosen)
{
	struct str lang = chosen.ptr ? chosen : request_parameter(request, "lang");
	const char *accepted = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Language");
	const struct ui_language *language =
		lang.ptr ? ui_language_find(lang)
			 : ui_language_accepted(str_of(accepted ? accepted : ""), true);

	if (!language || help_lang(str_of(language->code)) == HELP_LANG_NONE) {
		request_problem(request, 404, WORD("There is no page in this language."),
			"/help is in seventeen languages; it lists them.");
		return NULL;
	}
	ui_init(ui, language);
	ui->keep_language = lang.ptr != NULL;
	ui->path = STR("/help");
	ui->today = request->today;
	return language;
}

const struct ui_language *help_page_language(struct request *request, struct ui *ui)
{
	return choose_language(request, ui, STR_NONE);
}

static const struct str *word_table(struct arena *arena, size_t lang)
{
	struct str *words = ARENA_ARRAY(arena, HELP_WORD_COUNT, struct str);

	for (size_t i = 0; words && i < HELP_WORD_COUNT; i++)
		words[i] = help_word(lang, (enum help_word)i);
	return words;
}

/* The form as it was sent, but for what must not come back. */
static enum status fill_form(
	struct help_form_view *form, struct arena *arena, const struct help_input *input)
{
	struct option_view *needs = ARENA_ARRAY(arena, NEED_COUNT, struct option_view);
	unsigned statuses = input->ask.base.statuses;

	form->word = word_table(arena, input->ask.lang);
	if (!needs || !form->word)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < NEED_COUNT; i++)
		needs[i] = (struct option_view){ .id = str_format(arena, "need-" STR_FMT,
							 STR_ARG(help_need_codes[i])),
			.value = help_need_codes[i],
			.text = help_need_text(input->ask.lang, (enum help_need)i),
			.chosen = input->ask.needs[i] };
	form->needs = needs;
	form->need_count = NEED_COUNT;
	form->fears = statuses & PERSON_BIT(PERSON_FEARS_AUTHORITIES);
	form->no_contact = statuses & PERSON_BIT(PERSON_NO_CONTACT);
	form->place = input->place;
	if (!help_afraid(&input->ask)) {
		form->nationality = input->nationality;
		form->words = input->words;
	}
	return STATUS_OK;
}

static struct str fault_text(
	struct arena *arena, const struct help_input *input, const struct help_fault *fault)
{
	size_t lang = input->ask.lang;
	bool place = str_is(str_of(fault->field), "place");
	bool named = fault->given.len && (place || !help_afraid(&input->ask));
	struct str text, next = STR_NONE;

	if (!named)
		return help_word(lang, place ? HELP_ASK_PLACE
				       : str_is(str_of(fault->field), "words")
					       ? HELP_ASK_WORDS
					       : HELP_ASK_NATIONALITY);
	text = help_say(arena, lang, HELP_UNKNOWN, fault->given, STR_NONE);
	if (fault->near.len && !help_afraid(&input->ask))
		next = help_say(arena, lang, HELP_NEAR, fault->near, STR_NONE);
	else if (!str_is(str_of(fault->field), "nationality"))
		next = help_word(lang, place ? HELP_ASK_PLACE : HELP_ASK_LIST);
	return next.len ? str_format(arena, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(next))
			: text;
}

static enum status fill_faults(
	struct help_view *view, struct arena *arena, const struct help_input *input)
{
	struct help_fault_line *lines = ARENA_ARRAY(arena, HELP_FAULTS_MAX, struct help_fault_line);

	if (!lines)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < input->fault_count; i++) {
		const struct help_fault *fault = &input->faults[i];
		struct str field = str_of(fault->field), text = fault_text(arena, input, fault);
		struct str *to = str_is(field, "place")   ? &view->form.place_fault
				 : str_is(field, "words") ? &view->form.words_fault
							  : &view->form.nationality_fault;
		if (!to->len)
			*to = text;
		lines[view->fault_count++] =
			(struct help_fault_line){ { str_format(arena, "#%s", fault->field) },
				text };
	}
	view->faults = lines;
	view->page.has_faults = false; /* its word is not in all languages */
	return STATUS_OK;
}

static enum status show(struct request *request, const struct ui *ui, struct help_view *view,
	const struct help_input *input)
{
	struct html html;
	size_t lang = input->ask.lang;
	enum status status = fill_form(&view->form, &request->arena, input);

	view->page.title = help_word(lang, HELP_TITLE);
	view->page.section = STR("help");
	view->page.bare = true;
	view->unconfirmed = !help_lang_confirmed(lang);
	/* The other pages are in fewer languages. */
	view->home = ui->language->whole ? html_link_make(&request->arena, ui, "/", NULL, 0)
					 : (struct html_link){ STR("/") };
	if (status == STATUS_OK)
		status = fill_faults(view, &request->arena, input);
	if (status != STATUS_OK)
		return status;
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_help(&html, ui, view);
	request->type = "text/html; charset=utf-8";
	request->answer = html_str(&html);
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status answer_help_form(struct request *request)
{
	struct ui ui;
	struct help_input input;
	struct help_view view = { .answered = false };

	if (!help_page_language(request, &ui))
		return STATUS_OK;
	help_input_init(&input, request, help_lang(str_of(ui.language->code)));
	view.languages = ui_languages_view(&request->arena, &ui, true);
	return show(request, &ui, &view, &input);
}

static void read_fields(struct help_input *input, const struct form *form)
{
	input->place = form_value(form, "place");
	input->nationality = form_value(form, "nationality");
	input->words = form_value(form, "words");
	if (form_value(form, "fears").ptr)
		input->ask.base.statuses |= PERSON_BIT(PERSON_FEARS_AUTHORITIES);
	if (form_value(form, "no-contact").ptr)
		input->ask.base.statuses |= PERSON_BIT(PERSON_NO_CONTACT);
	for (size_t i = 0; i < form->fields_count; i++)
		if (str_is(form->fields[i].name, "need"))
			help_input_need(input, form->fields[i].value);
}

enum status answer_help(struct request *request)
{
	struct ui ui;
	struct form form;
	struct help_input input;
	struct help_answers answers;
	struct help_view view = { .answered = true };
	enum status status;

	if (!form_read(&form, request)) {
		request_problem(request, 400, WORD("The form is not well formed."),
			WORD("Open /help and send its form."));
		return STATUS_OK;
	}
	if (!choose_language(request, &ui, form_value(&form, "lang")))
		return STATUS_OK;
	help_input_init(&input, request, help_lang(str_of(ui.language->code)));
	read_fields(&input, &form);
	status = help_input_read(&input, request);
	if (status == STATUS_OK && input.fault_count) {
		view.answered = false;
		request->status = 422;
	} else if (status == STATUS_OK) {
		status = help_answer(
			&answers, &request->arena, request->snapshot->index, &input.ask);
		if (status == STATUS_OK)
			status = help_view_fill(&view, &request->arena, &input, &answers);
		/* Of who is afraid nothing comes back that a form could send again. */
		view.switches = !help_afraid(&input.ask);
	}
	view.languages = ui_languages_view(&request->arena, &ui, true);
	return status == STATUS_OK ? show(request, &ui, &view, &input) : status;
}
