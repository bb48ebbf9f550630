/* Verification as a page: is a document, or a hash, a version on record, where does the journal
 * have it, and how is the record verified without this server. */
#include "web/page_verify.h"

#include "web/templates.h"

/* One of the three is given; which, and what is wrong with it, into ASKED and VIEW. */
static bool read_fields(struct verify_asked *asked, struct verify_view *view, const struct ui *ui,
	struct form *form)
{
	struct str file = form_file(form, "file"), pasted = form_value(form, "document"),
		   hash = str_trim(form_value(form, "hash"));
	int given = (file.len > 0) + (str_trim(pasted).len > 0) + (hash.len > 0);

	if (given == 0)
		view->document.fault =
			ui_word(ui, WORD("Choose a file, paste the document, or give its hash."));
	else if (given > 1)
		view->document.fault = ui_word(
			ui, WORD("Give one of the three: the file, its text, or its hash."));
	else if (hash.len && !sha256_read(&asked->wanted, hash))
		view->hash_field.fault =
			ui_word(ui, WORD("A hash is sha256: and 64 digits 0-9 a-f."));
	else
		asked->document = file.len ? file : hash.len ? STR_NONE : pasted;
	view->hash_field.value = hash;
	return !view->document.fault.len && !view->hash_field.fault.len;
}

static void add_fields(struct verify_view *view, const struct ui *ui)
{
	view->file = (struct field_view){ .id = STR("file"),
		.name = STR("file"),
		.label = ui_word(ui, WORD("The file, at most 1 MiB")) };
	view->document = (struct field_view){ .id = STR("document"),
		.name = STR("document"),
		.label = ui_word(ui, WORD("Or its text, as YAML or JSON")) };
	view->hash_field = (struct field_view){ .id = STR("hash"),
		.name = STR("hash"),
		.type = STR("text"),
		.label = ui_word(ui, WORD("Or its hash (sha256:…)")) };
}

static enum status answer(struct request *request, const struct ui *ui, struct form *form)
{
	struct verify_view view = { .asked = false };
	struct verify_asked asked = { .document = STR_NONE };
	enum status status = verify_head(&view, request);
	struct html html;
	bool good = true;

	add_fields(&view, ui);
	if (form)
		good = read_fields(&asked, &view, ui, form);
	if (form && good && status == STATUS_OK)
		status = verify_find(&view, request, ui, &asked);
	if (status != STATUS_OK)
		return status;
	good = good && !view.fault_count;
	view.page = (struct page_view){ .title = ui_word(ui, WORD("Verify a document")),
		.section = STR("agreements"),
		.has_faults = !good,
		.languages = form ? NULL : ui_languages_view(&request->arena, ui, false) };
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_verify(&html, ui, &view);
	return page_send(request, &html, good ? 200 : 422);
}

enum status answer_verify_page(struct request *request)
{
	struct ui ui;

	return page_ui(&ui, request) ? answer(request, &ui, NULL) : STATUS_OK;
}

enum status answer_verify(struct request *request)
{
	struct form form = { .fields_count = 0 };
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	if (!form_read(&form, request)) {
		request_problem(request, 422, WORD("The form is not well formed."),
			WORD("Send the form of the page: file, document or hash; texts in UTF-8."));
		return STATUS_OK;
	}
	return answer(request, &ui, &form);
}
