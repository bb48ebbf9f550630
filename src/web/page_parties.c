/* The list of parties by kind, country and the start of their name or code, page by page, and the
 * same as CSV. */
#include "web/page_filter.h"
#include "web/page_record.h"
#include "web/templates.h"

#define COLUMNS 5

const char *const party_kind_names[PARTY_KINDS] = { WORD("State"), WORD("agency"), WORD("post"),
	WORD("international organization"), WORD("civil society"), WORD("association of migrants"),
	WORD("company"), WORD("local authority"), WORD("funder") };

struct filter {
	struct str kind, country_text, name;
	uint32_t country; /* NONE32: any */
	struct filter_faults faults;
};

static void read_filter(struct filter *filter, struct request *request, const struct ui *ui)
{
	*filter = (struct filter){ .kind = request_parameter(request, "kind"),
		.country_text = request_parameter(request, "country"),
		.name = str_trim(request_parameter(request, "name")),
		.country = NONE32 };
	filter_is_word(
		&filter->faults, ui, "#kind", filter->kind, world_party_kind_words, PARTY_KINDS);
	if (filter->country_text.len)
		filter->country = filter_country(
			&filter->faults, request, ui, "#country", filter->country_text);
}

static bool begins(struct str text, struct str with)
{
	return text.len >= with.len && str_same_letters(str_sub(text, 0, with.len), with);
}

static bool passes(const struct filter *filter, const struct party *party, struct str name)
{
	return (!filter->kind.len || str_eq(filter->kind, world_party_kind_words[party->kind])) &&
	       (filter->country == NONE32 || party->country == filter->country) &&
	       (!filter->name.len || begins(name, filter->name) || begins(party->id, filter->name));
}

/* Posts on record that are open today, by the party that sends them. */
static long long *count_posts(struct request *request)
{
	const struct world *world = request->snapshot->world;
	long long *counts = ARENA_ARRAY(&request->arena, world->parties_count + 1, long long);

	for (size_t i = 0; counts && i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (post->state == FACT_OPEN &&
			date_within(request->today, post->from, post->until))
			counts[post->sending]++;
	}
	return counts;
}

static void fill_fields(struct parties_view *view, const struct filter *filter,
	struct request *request, const struct ui *ui)
{
	struct str names[PARTY_KINDS];
	struct field_view *fields[] = { &view->kind, &view->country, &view->name };

	for (unsigned i = 0; i < PARTY_KINDS; i++)
		names[i] = ui_word(ui, party_kind_names[i]);
	view->kind = filter_select(&request->arena, ui, "kind", ui_word(ui, WORD("Kind")),
		filter->kind, world_party_kind_words, PARTY_KINDS, names);
	view->country = (struct field_view){ .id = STR("country"),
		.name = STR("country"),
		.label = ui_word(ui, WORD("Country")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya.")),
		.value = filter->country_text };
	view->name = (struct field_view){ .id = STR("name"),
		.name = STR("name"),
		.label = ui_word(ui, WORD("Name or code begins with")),
		.value = filter->name };
	filter_mark(&filter->faults, fields, sizeof fields / sizeof fields[0]);
}

static void fill_row(struct cell_view *row, struct request *request, const struct ui *ui,
	uint32_t number, long long posts)
{
	const struct world *world = request->snapshot->world;
	const struct party *party = &world->parties[number];

	row[0] = page_cell_link(page_party(ui, world, number),
		page_link_to(&request->arena, ui, "/parties/%1", party->id));
	row[1] = page_text(party->id);
	row[2] = page_text(ui_word(ui, party_kind_names[party->kind]));
	row[3] = party->country == NONE32 ? page_text(STR("–"))
					  : page_cell_link(page_place(ui, world, party->country),
						    page_link_to(&request->arena, ui, "/places/%1",
							    world->places[party->country].id));
	/* only States have posts and countries of their own */
	row[4] = party->kind == PARTY_STATE ? page_number(posts ? posts : -1) : page_text(STR("–"));
}

/* All that pass, in order of the codes: States first, as the workspace has them. */
static enum status find(struct table_view *table, struct request *request, const struct ui *ui,
	const struct filter *filter)
{
	const struct world *world = request->snapshot->world;
	struct cell_view *cells = ARENA_ARRAY(
		&request->arena, (world->parties_count + 1) * COLUMNS, struct cell_view);
	struct column_view *columns = ARENA_ARRAY(&request->arena, COLUMNS, struct column_view);
	const long long *posts = count_posts(request);

	if (!cells || !columns || !posts)
		return STATUS_NO_MEMORY;
	columns[0] = (struct column_view){ ui_word(ui, WORD("Party")), false };
	columns[1] = (struct column_view){ ui_word(ui, WORD("Code")), false };
	columns[2] = (struct column_view){ ui_word(ui, WORD("Kind")), false };
	columns[3] = (struct column_view){ ui_word(ui, WORD("Country")), false };
	columns[4] = (struct column_view){ ui_word(ui, WORD("Posts on record as open")), true };
	*table = (struct table_view){ .id = STR("parties"),
		.caption = ui_word(ui, WORD("Parties on record")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.empty = ui_word(ui, WORD("No party on record is like this. One may exist all the "
					  "same.")) };
	for (uint32_t i = 0; !filter->faults.count && i < world->parties_count; i++)
		if (passes(filter, &world->parties[i], page_party(ui, world, i)))
			fill_row(&cells[table->row_count++ * COLUMNS], request, ui, i, posts[i]);
	table->total = table->row_count;
	return STATUS_OK;
}

static struct html_link page_at(
	struct request *request, const struct ui *ui, const struct filter *filter, size_t page)
{
	const struct html_arg args[] = { html_arg(filter->kind.len ? filter->kind : STR("")),
		html_arg(filter->country_text.len ? filter->country_text : STR("")),
		html_arg(filter->name.len ? filter->name : STR("")), html_arg(page) };

	return html_link_make(
		&request->arena, ui, "/parties?kind=%1&country=%2&name=%3&page=%4", args, 4);
}

/* The rows of one page; of a list that ends before it, the last. */
static void cut(struct parties_view *view, struct request *request, const struct ui *ui,
	const struct filter *filter, size_t page)
{
	struct table_view *table = &view->table;
	size_t last = table->total ? (table->total - 1) / SUBJECT_ROWS + 1 : 1, from;

	page = page > last ? last : page;
	from = (page - 1) * SUBJECT_ROWS;
	table->cells += from * COLUMNS;
	table->row_count = table->total - from < SUBJECT_ROWS ? table->total - from : SUBJECT_ROWS;
	view->pages = (struct pages_view){ .first = table->total ? (long long)from + 1 : 0,
		.last = (long long)(from + table->row_count),
		.total = (long long)table->total };
	if (page > 1)
		view->pages.previous = page_at(request, ui, filter, page - 1);
	if (page < last)
		view->pages.next = page_at(request, ui, filter, page + 1);
}

enum status answer_parties_page(struct request *request)
{
	struct parties_view view = { 0 };
	struct filter filter;
	struct html html;
	struct ui ui;
	size_t page;
	enum status status;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	page = subject_page(request);
	if (!page) {
		request_problem(
			request, 404, WORD("The list has no such page."),
			WORD("/parties is its first page."));
		return STATUS_OK;
	}
	read_filter(&filter, request, &ui);
	fill_fields(&view, &filter, request, &ui);
	status = find(&view.table, request, &ui, &filter);
	if (status != STATUS_OK)
		return status;
	if (!filter.faults.count)
		view.table.csv = page_csv(&request->arena, &ui, "/parties.csv");
	cut(&view, request, &ui, &filter, page);
	view.faults = filter.faults.items;
	view.fault_count = filter.faults.count;
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Parties")),
		.section = STR("places"),
		.languages = ui_languages_view(&request->arena, &ui, false),
		.has_faults = filter.faults.count > 0 };
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_parties(&html, &ui, &view);
	return page_send(request, &html, filter.faults.count ? 422 : 200);
}

enum status answer_parties_csv(struct request *request)
{
	struct filter filter;
	struct table_view table;
	struct buf out;
	struct ui ui;
	enum status status;

	ui_init(&ui, ui_language_find(STR("en")));
	read_filter(&filter, request, &ui);
	if (filter_refused(request, &filter.faults))
		return STATUS_OK;
	status = find(&table, request, &ui, &filter);
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	if (status == STATUS_OK)
		status = part_csv(&out, &table);
	return status == STATUS_OK ? filter_send_csv(request, &out) : status;
}
