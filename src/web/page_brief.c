/* Documents to be printed, and each of their tables as CSV. What they say is written by brief/;
 * here it becomes a page. */
#include "web/page_brief.h"
#include "web/page_docs.h"
#include "web/page_prose.h"
#include "web/templates.h"

#include <string.h>

static struct str say(const void *context, const char *english)
{
	return ui_word(context, english);
}

/* A page in the making: the addresses of the document and of its tables. */
struct sheet {
	struct part *part;
	const char *csv; /* pattern: subject, table */
	struct str subject;
	bool failed;
};

static struct html_link link_to(struct sheet *sheet, const char *pattern, struct str id)
{
	struct html_arg arg = html_arg(id);

	return html_link_make(sheet->part->arena, &sheet->part->ui, pattern, &arg, 1);
}

static struct brief_cell_view cell_of(struct sheet *sheet, const struct brief_cell *cell)
{
	static const char *const pages[BRIEF_KINDS] = { [BRIEF_PLACE] = "/places/%1",
		[BRIEF_PARTY] = "/parties/%1",
		[BRIEF_POST] = "/posts/%1",
		[BRIEF_AGREEMENT] = "/agreements/%1" };
	static const enum band_view shows[BANDS] = { SHOW_NONE, SHOW_REMOTE, SHOW_MAY, SHOW_SHALL,
		SHOW_WILL };
	static const enum cell_kind kinds[BRIEF_KINDS] = { [BRIEF_NONE] = CELL_NONE,
		[BRIEF_NUMBER] = CELL_NUMBER,
		[BRIEF_DATE] = CELL_DATE,
		[BRIEF_BAND] = CELL_BAND,
		[BRIEF_PLACE] = CELL_LINK,
		[BRIEF_PARTY] = CELL_LINK,
		[BRIEF_POST] = CELL_LINK,
		[BRIEF_AGREEMENT] = CELL_LINK,
		[BRIEF_SOURCE] = CELL_LINK };
	struct brief_cell_view view = { .cell = { .kind = kinds[cell->kind],
						.text = cell->text,
						.number = cell->number,
						.date = cell->date } };

	view.fill = cell->kind == BRIEF_BLANK;
	view.cell.band =
		cell->band == BAND_NONE && cell->not_known ? SHOW_NOT_KNOWN : shows[cell->band];
	if (pages[cell->kind])
		view.cell.link = link_to(sheet, pages[cell->kind], cell->id);
	if (cell->kind == BRIEF_SOURCE) {
		view.cell.link.address = STR("#sources");
		view.cell.text = str_format(sheet->part->arena, "[%lld]", (long long)cell->number);
	}
	if (cell->kind == BRIEF_TEXT)
		sheet->failed =
			page_prose_line(&view.prose, sheet->part->arena, cell->text) != STATUS_OK ||
			sheet->failed;
	return view;
}

static struct brief_table_view table_of(struct sheet *sheet, const struct brief_table *table)
{
	size_t columns = table->columns_count, count = table->row_count + table->blanks;
	struct arena *arena = sheet->part->arena;
	struct brief_cell_view *cells =
		ARENA_ARRAY(arena, count * columns + 1, struct brief_cell_view);
	struct brief_row_view *rows = ARENA_ARRAY(arena, count + 1, struct brief_row_view);
	struct html_arg args[2] = { html_arg(sheet->subject), html_arg(table->id) };

	sheet->failed = sheet->failed || !cells || !rows;
	for (size_t i = 0; cells && rows && i < count * columns; i++) {
		cells[i] = i < table->row_count * columns
				   ? cell_of(sheet, &table->cells[i])
				   : (struct brief_cell_view){ .fill = true };
		cells[i].numeric = table->columns[i % columns].numeric;
		rows[i / columns].cells = &cells[i - i % columns];
	}
	return (struct brief_table_view){ .id = table->id,
		.caption = table->caption,
		.empty = table->row_count ? STR_NONE : table->empty,
		.columns = table->columns,
		.column_count = columns,
		.rows = rows,
		.row_count = count,
		.stack = str_is(table->id, "clauses"),
		.csv = html_link_make(arena, &sheet->part->ui, sheet->csv, args, 2) };
}

static struct brief_section_view section_of(
	struct sheet *sheet, const struct brief_section *section, int number)
{
	struct arena *arena = sheet->part->arena;
	struct brief_field_view *fields =
		ARENA_ARRAY(arena, section->fields_count + 1, struct brief_field_view);
	struct brief_table_view *tables =
		ARENA_ARRAY(arena, section->tables_count + 1, struct brief_table_view);

	sheet->failed = sheet->failed || !fields || !tables;
	for (size_t i = 0; fields && i < section->fields_count; i++)
		fields[i] = (struct brief_field_view){ section->fields[i].label,
			cell_of(sheet, &section->fields[i].value) };
	for (size_t i = 0; tables && i < section->tables_count; i++)
		tables[i] = table_of(sheet, &section->tables[i]);
	return (struct brief_section_view){ .number = number,
		.id = section->id,
		.heading = section->heading,
		.note = section->note.len ? section->note : STR(""),
		.link = { str_format(arena, "#" STR_FMT "-section", STR_ARG(section->id)) },
		.new_page = section->new_page,
		.fields = fields,
		.field_count = section->fields_count,
		.checks = section->checks,
		.check_count = section->checks_count,
		.tables = tables,
		.table_count = section->tables_count };
}

/* What another device reads from the paper: which document, of which day, and what it said. */
static enum status make_code(
	struct brief_view *view, struct arena *arena, const struct brief *brief)
{
	char day[11];

	date_format(day, brief->date);
	return web_qr(&view->code, arena,
		str_format(arena, "ENTENTE %s " STR_FMT " %s %s", brief->name,
			STR_ARG(brief->subject_id), day, brief->fingerprint));
}

static enum status put_page(
	struct buf *out, struct sheet *sheet, struct brief_view *view, const struct brief *brief)
{
	struct part *part = sheet->part;
	struct brief_section_view *sections =
		ARENA_ARRAY(part->arena, brief->sections_count + 1, struct brief_section_view);
	struct crumb crumbs[2] = { { part_word(part, WORD("Places")),
					   html_link_make(
						   part->arena, &part->ui, "/places", NULL, 0) },
		{ view->back_name, view->back } };
	struct html html;

	for (size_t i = 0; sections && i < brief->sections_count; i++)
		sections[i] = section_of(sheet, &brief->sections[i], (int)i + 1);
	if (!sections || sheet->failed || make_code(view, part->arena, brief) != STATUS_OK)
		return STATUS_NO_MEMORY;
	view->sections = sections;
	view->section_count = brief->sections_count;
	view->title = brief->title;
	view->date = brief->date;
	view->fingerprint = str_of(brief->fingerprint);
	view->short_print = str_sub(view->fingerprint, 0, 12);
	view->page = (struct page_view){ .title = brief->title,
		.section = STR("places"),
		.crumbs = crumbs,
		.crumb_count = 2,
		.languages = ui_languages_view(part->arena, &part->ui, false) };
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_brief(&html, &part->ui, view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

struct document {
	const char *name, *above, *csv, *back;
	enum status (*write)(
		struct brief *out, struct arena *arena, const struct brief_asked *asked);
	const char *const *tables;
	const char *command;
};
static const struct document duty_book = { "duty-book", "/places/", "/places/%1/duty-book/%2.csv",
	"/places/%1", brief_duty_book, brief_book_tables, "duty-book" };
static const struct document plan = { "contingency-plan", "/posts/",
	"/posts/%1/contingency-plan/%2.csv", "/posts/%1", brief_contingency_plan, brief_plan_tables,
	"plan-for" };

/* asked->limit: 0 the page, else the number of the table in the document's list, plus 1. */
static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, const struct document *document, uint32_t subject)
{
	struct brief_asked question = { .index = snapshot->index,
		.accords = &snapshot->accords,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC,
		.subject = subject };
	struct str id = document == &duty_book ? snapshot->world->places[subject].id
					       : snapshot->world->posts[subject].id;
	struct brief_view view = { .command = str_format(arena, "entente %s " STR_FMT,
					   document->command, STR_ARG(id)) };
	struct part part;
	struct sheet sheet = { .part = &part, .csv = document->csv, .subject = id };
	const struct brief_table *table;
	struct brief brief;
	enum status status = part_open(&part, arena, snapshot, asked,
		str_format(
			arena, "%s" STR_FMT "/%s", document->above, STR_ARG(id), document->name));

	if (status != STATUS_OK)
		return status;
	question.voice = (struct brief_voice){ page_lang(&part.ui), say, &part.ui };
	status = document->write(&brief, arena, &question);
	if (status != STATUS_OK)
		return status;
	view.back = link_to(&sheet, document->back, id);
	view.back_name = document == &duty_book ? part_place(&part, subject) : id;
	if (!asked->limit)
		return put_page(out, &sheet, &view, &brief);
	table = brief_table_find(&brief, str_of(document->tables[asked->limit - 1]));
	return table ? brief_csv(out, arena, table, &question.voice) : STATUS_NOT_FOUND;
}

static enum status make_book(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, &duty_book, asked->place);
}

static enum status make_plan(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, &plan, asked->item);
}

/* REST: "" or "/TABLE.csv". *TABLE: 0 or its number plus 1; false: no such table. */
static bool find_table(size_t *table, struct str rest, const char *const *names, size_t count)
{
	*table = 0;
	if (!rest.len)
		return true;
	if (!str_starts(rest, "/") || !str_ends(rest, ".csv"))
		return false;
	rest = str_sub(rest, 1, rest.len - 1 - strlen(".csv"));
	while (*table < count && !str_is(rest, names[*table]))
		++*table;
	return (*table)++ < count;
}

static enum status answer(struct request *request, struct analysis *asked, struct str rest,
	const char *name, const char *const *tables, size_t count)
{
	rest = str_sub(rest, strlen(name), rest.len);
	if (!find_table(&asked->limit, rest, tables, count)) {
		request_problem(request, 404, WORD("This document has no such table."),
			WORD("The page of the document names its tables."));
		return STATUS_OK;
	}
	return part_language(request, asked)
		       ? part_answer(request, asked, asked->limit ? PART_CSV : PART_HTML)
		       : STATUS_OK;
}

enum status answer_duty_book(struct request *request, uint32_t place, struct str rest)
{
	struct analysis asked = analysis_default(request->today);

	asked.place = place;
	asked.make = make_book;
	return answer(
		request, &asked, rest, duty_book.name, brief_book_tables, brief_book_table_count);
}

enum status answer_contingency_plan(struct request *request, uint32_t post, struct str rest)
{
	struct analysis asked = analysis_default(request->today);

	asked.item = post;
	asked.make = make_plan;
	return answer(request, &asked, rest, plan.name, brief_plan_tables, brief_plan_table_count);
}
