/* Find help for programs: an object with the fields of the page, answered as entente find-help
 * does with --format json. */
#include "web/ask_help.h"

static void tell(struct request *request, struct pos pos, struct str path, const char *what)
{
	diags_add(&request->diags, STR("body"), pos, path, "%s", what);
}

/* A text, or texts in a list joined by commas. */
static bool read_text(struct request *request, struct str *out, const struct node *field)
{
	struct buf text;

	*out = field->text;
	if (field->kind == NODE_STRING)
		return true;
	buf_init(&text, &request->arena, FORM_VALUE_MAX);
	for (const struct node *item = field->first; item; item = item->next) {
		if (item->kind != NODE_STRING)
			return false;
		if (text.len)
			buf_add_char(&text, ',');
		buf_add(&text, item->text);
	}
	*out = buf_str(&text);
	return field->kind == NODE_LIST;
}

static void read_needs(struct help_input *input, struct request *request, const struct node *field)
{
	if (field->kind != NODE_LIST)
		tell(request, field->pos, field->key, "a list of needs is asked for");
	for (const struct node *item = field->kind == NODE_LIST ? field->first : NULL; item;
		item = item->next)
		if (item->kind != NODE_STRING || !help_input_need(input, item->text)) {
			struct str near = diags_suggest(
				&request->diags, item->text, help_need_codes, NEED_COUNT);
			diags_add(&request->diags, STR("body"), item->pos, field->key,
				"no need has this code" STR_FMT, STR_ARG(near));
		}
}

static void read_field(struct help_input *input, struct request *request, const struct node *field)
{
	static const char *const flags[] = { "fears_own_state", "no_contact" };
	static const unsigned bits[] = { PERSON_BIT(PERSON_FEARS_AUTHORITIES),
		PERSON_BIT(PERSON_NO_CONTACT) };
	struct {
		const char *name;
		struct str *to;
	} texts[] = { { "place", &input->place }, { "nationality", &input->nationality },
		{ "words", &input->words } };
	struct str lang;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (str_is(field->key, texts[i].name)) {
			if (!read_text(request, texts[i].to, field))
				tell(request, field->pos, field->key,
					"text or a list of texts is asked for");
			return;
		}
	for (size_t i = 0; i < 2; i++)
		if (str_is(field->key, flags[i])) {
			if (field->kind != NODE_BOOL)
				tell(request, field->pos, field->key, "true or false is asked for");
			else if (str_is(field->text, "true"))
				input->ask.base.statuses |= bits[i];
			return;
		}
	if (str_is(field->key, "needs")) {
		read_needs(input, request, field);
	} else if (str_is(field->key, "lang")) {
		if (!read_text(request, &lang, field) || help_lang(lang) == HELP_LANG_NONE)
			tell(request, field->pos, field->key, "no language of find help");
		else
			input->ask.lang = help_lang(lang);
	} else {
		tell(request, field->pos, field->key,
			"no field of find help; there are lang, place, nationality, words, needs, "
			"fears_own_state, no_contact");
	}
}

/* Of who is afraid nothing is said back, not even the nearest name. */
static void tell_faults(struct help_input *input, struct request *request)
{
	bool afraid = help_afraid(&input->ask);

	for (size_t i = 0; i < input->fault_count; i++) {
		const struct help_fault *fault = &input->faults[i];
		bool near = fault->near.len && !afraid;
		if (str_is(str_of(fault->field), "words"))
			tell(request, (struct pos){ 0, 0 }, STR("words"),
				"say what is needed in `words` or choose `needs`");
		else
			diags_add(&request->diags, STR("body"), (struct pos){ 0, 0 },
				str_of(fault->field), "%s" STR_FMT "%s",
				near ? "not on record; did you mean '"
				     : "a country or a place in one, on record, is asked for",
				STR_ARG(near ? fault->near : STR("")), near ? "'?" : "");
	}
}

enum status answer_help_api(struct request *request)
{
	struct node *document;
	struct help_input input;
	struct help_answers answers;
	struct buf out;
	enum status status = json_read(
		&document, &request->arena, STR("body"), buf_str(&request->body), &request->diags);

	if (status == STATUS_NO_MEMORY)
		return status;
	help_input_init(&input, request, 0);
	if (status == STATUS_OK && document->kind != NODE_MAP)
		tell(request, (struct pos){ 0, 0 }, STR(""), "an object is asked for");
	for (const struct node *field =
			status == STATUS_OK && document->kind == NODE_MAP ? document->first : NULL;
		field; field = field->next)
		read_field(&input, request, field);
	if (!diags_any(&request->diags)) {
		status = help_input_read(&input, request);
		if (status != STATUS_OK)
			return status;
		tell_faults(&input, request);
	}
	if (diags_any(&request->diags)) {
		request_problem(request, 422, "The question cannot be answered as it stands.",
			"Correct what `errors` names and ask again.");
		return STATUS_OK;
	}
	status = help_answer(&answers, &request->arena, request->snapshot->index, &input.ask);
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	if (status == STATUS_OK)
		status = help_json(
			&out, request->snapshot->index, &input.ask, &input.hearing, &answers);
	return status == STATUS_OK ? request_json(request, &out) : status;
}
