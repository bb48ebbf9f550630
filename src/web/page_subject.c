/* Pages made of tables: the first rows of each on the subject's page, all on pages of its own. */
#include "web/page_subject.h"

#include <string.h>

#include "web/templates.h"

size_t subject_page(const struct request *request)
{
	struct str text = request_parameter(request, "page");
	size_t page = 0;

	if (!text.ptr)
		return 1;
	if (!text.len || text.len > 4) /* SUBJECT_PAGES_MAX */
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return 0;
		page = page * 10 + (size_t)(text.ptr[i] - '0');
	}
	return page;
}

bool subject_read(struct analysis *asked, const struct request *request, struct str name,
	const struct subject *subject)
{
	asked->csv = str_ends(name, ".csv");
	if (asked->csv)
		name.len -= strlen(".csv");
	asked->table = 0;
	for (size_t i = 0; i < subject->table_count; i++)
		if (str_is(name, subject->tables[i].name))
			asked->table = i + 1;
	asked->page = subject_page(request);
	if (request_parameter(request, "page").ptr && (!asked->table || asked->csv))
		return false;
	return asked->page && (asked->table || (!name.len && !asked->csv));
}

const char *subject_type(const struct analysis *asked)
{
	return asked->csv ? PART_CSV : PART_HTML;
}

static struct html_link link_to(struct part *part, const char *pattern, struct str id,
	const struct subject_table *table, size_t page)
{
	struct html_arg args[3] = { html_arg(id), html_arg(table ? table->name : ""),
		html_arg(page) };

	return html_link_make(part->arena, &part->ui, pattern, args, 3);
}

enum status subject_sections(
	struct section_view *out, struct part *part, const struct subject *subject, struct str id)
{
	enum status status = STATUS_OK;

	part->row_max = SUBJECT_FIRST;
	for (size_t i = 0; i < subject->table_count && status == STATUS_OK; i++) {
		const struct subject_table *table = &subject->tables[i];
		struct table_view *view = &out[i].table;
		status = table->make(view, part);
		out[i].heading = part_word(part, table->heading);
		out[i].note = table->note ? part_word(part, table->note) : STR("");
		out[i].link.address = str_format(part->arena, "#%s", table->name);
		view->csv = link_to(part, subject->csv, id, table, 0);
		if (view->total > view->row_count)
			view->more = link_to(part, subject->table, id, table, 0);
	}
	return status;
}

/* The part of the table that ASKED has; of a table that ends before it, the last. */
static enum status make_rows(
	struct list_view *view, struct part *part, const struct subject_table *table, size_t *page)
{
	size_t sources = part->source_count;
	enum status status = STATUS_OK;

	for (int again = 0; again < 2 && status == STATUS_OK; again++) {
		part->source_count = sources;
		part->row_max = SUBJECT_ROWS;
		part->row_from = (*page - 1) * SUBJECT_ROWS;
		status = table->make(&view->table, part);
		if (view->table.row_count || !view->table.total)
			break;
		*page = (view->table.total + SUBJECT_ROWS - 1) / SUBJECT_ROWS;
	}
	return status;
}

enum status subject_list(struct buf *out, struct part *part, const struct subject *subject,
	const struct analysis *asked, struct str id, struct str name)
{
	const struct subject_table *table = &subject->tables[asked->table - 1];
	struct list_view view = { .page = { .section = str_of(subject->section) }, .name = name };
	size_t page = asked->page;
	struct crumb crumb;
	struct html html;
	enum status status;

	part->csv = asked->csv;
	if (part->csv) {
		status = table->make(&view.table, part);
		return status == STATUS_OK ? part_csv(out, &view.table) : status;
	}
	status = make_rows(&view, part, table, &page);
	if (status != STATUS_OK)
		return status;
	view.heading = part_word(part, table->heading);
	view.note = table->note ? part_word(part, table->note) : STR("");
	view.table.csv = link_to(part, subject->csv, id, table, 0);
	view.up = link_to(part, subject->page, id, NULL, 0);
	view.pages = (struct pages_view){ .first = (long long)part->row_from + 1,
		.last = (long long)(part->row_from + view.table.row_count),
		.total = (long long)view.table.total };
	if (page > 1)
		view.pages.previous = link_to(part, subject->more, id, table, page - 1);
	if (page * SUBJECT_ROWS < view.table.total)
		view.pages.next = link_to(part, subject->more, id, table, page + 1);
	crumb = (struct crumb){ name, view.up };
	part->ui.path = str_format(part->arena, STR_FMT "/%s", STR_ARG(part->ui.path), table->name);
	if (page > 1)
		part->ui.query = str_format(part->arena, STR_FMT "%spage=%zu",
			STR_ARG(part->ui.query), part->ui.query.len ? "&" : "", page);
	part_frame(&view.page, part,
		str_format(part->arena, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(view.heading)),
		&crumb, 1);
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_list(&html, &part->ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}
