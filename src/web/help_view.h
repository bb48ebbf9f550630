/* page_help.c's answer, made of help/'s by help_view.c. */
#ifndef ENTENTE_WEB_HELP_VIEW_H
#define ENTENTE_WEB_HELP_VIEW_H

#include "web/ask_help.h"
#include "web/page_help.h"

enum status help_view_fill(struct help_view *view, struct arena *arena,
	const struct help_input *input, const struct help_answers *answers);
/* The language of a page of find help; NULL: the problem has been set. */
const struct ui_language *help_page_language(struct request *request, struct ui *ui);

#endif
