/* What went wrong, as a page, for readers whose browser asks for pages: what it was, in their
 * language, and where to go on. Programs get a problem document (request.c). */
#include "web/coding.h"
#include "web/page_docs.h"
#include "web/page_fault.h"
#include "web/templates.h"

#include <string.h>

static bool is_help(const struct request *request)
{
	return str_is(request->path, "/help") || str_starts(request->path, "/help/");
}

bool page_fault_wanted(const struct request *request)
{
	const char *accept =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Accept");
	int json = coding_weight(accept, "application/json", 0);
	int html = coding_weight(accept, "text/html", 0);

	return !str_starts(request->path, "/api/") && html > 0 &&
	       html >= coding_weight(accept, "application/problem+json", json);
}

/* The language of the address if there is such, else what the browser would like: a fault is told
 * in some language whatever is wrong with the question. */
static void set_ui(struct ui *ui, struct request *request)
{
	bool help = is_help(request);
	struct str lang = request_parameter(request, "lang");
	const char *accepted = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Language");
	const struct ui_language *chosen = lang.ptr ? ui_language_find(lang) : NULL;

	if (chosen && !chosen->whole && !help)
		chosen = NULL;
	ui_init(ui, chosen ? chosen : ui_language_accepted(str_of(accepted ? accepted : ""), help));
	ui->keep_language = chosen != NULL;
	ui->path = request->path.len ? request->path : STR("/");
	ui->today = request->today;
}

bool page_fault(struct request *request, unsigned status, const char *title, const char *detail,
	const char *next)
{
	struct ui ui;
	struct html html;

	set_ui(&ui, request);
	struct missing_view view = { .page = { .title = ui_word(&ui, title),
					     .section = is_help(request) ? STR("help") : STR(""),
					     .quick_exit = is_help(request),
					     .has_faults = true },
		.title = ui_word(&ui, title),
		.what = ui_word(&ui, detail),
		.next = ui_word(&ui, next),
		.faults = request->diags.items,
		.fault_count = request->diags.count };
	page_near(&view, request, &ui);
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_missing(&html, &ui, &view);
	return page_send(request, &html, status) == STATUS_OK;
}

void page_near(struct missing_view *view, struct request *request, const struct ui *ui)
{
	if (!request->near.len)
		return;
	view->near_name = request->near;
	view->near = page_link_to(&request->arena, ui, request->near_pattern, request->near);
}
