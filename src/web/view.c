/* The links of a page to itself in other languages. */
#include "web/view.h"

#include "web/ui.h"

/* The path and query as the reader's browser sent them; only LANG changes. The path is this
 * server's own, decoded, so each byte but '/' is encoded again. */
static struct html_link same_page(struct arena *arena, const struct ui *ui, const char *code)
{
	struct buf out;
	buf_init(&out, arena, 8000);
	struct str path = ui->path;
	for (size_t from = 0; from < path.len;) {
		size_t n = from;
		while (n < path.len && path.ptr[n] != '/')
			n++;
		struct ui plain = *ui;
		plain.keep_language = false;
		struct html_arg part = html_arg(str_sub(path, from, n - from));
		buf_add(&out, html_link_make(arena, &plain, "%1", &part, 1).address);
		if (n < path.len)
			buf_add_char(&out, '/');
		from = n + 1;
	}
	buf_add_char(&out, '?');
	if (ui->query.len) {
		buf_add(&out, ui->query);
		buf_add_char(&out, '&');
	}
	buf_add_c(&out, "lang=");
	buf_add_c(&out, code);
	return (struct html_link){ out.failed ? STR("?") : buf_str(&out) };
}

const struct ui_languages_view *ui_languages_view(
	struct arena *arena, const struct ui *ui, bool help)
{
	size_t count;
	const struct ui_language *all = ui_languages(&count);
	struct ui_languages_view *view = ARENA_NEW(arena, struct ui_languages_view);
	struct language_link *items = ARENA_ARRAY(arena, count, struct language_link);
	if (!view || !items)
		return NULL;
	view->items = items;
	for (size_t i = 0; i < count; i++)
		if (help || all[i].whole)
			items[view->count++] = (struct language_link){ .language = &all[i],
				.link = same_page(arena, ui, all[i].code),
				.here = &all[i] == ui->language };
	return view;
}
