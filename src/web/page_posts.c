/* The list of posts by who sends them, where they stand and their kind, page by page, and the same
 * as CSV: embassies and consulates on record for today, with what each rests on. */
#include "web/page_filter.h"
#include "web/page_record.h"
#include "web/templates.h"

struct filter {
	struct str sending_text, host_text, kind, state;
	uint32_t sending, host; /* NONE32: any */
	struct filter_faults faults;
};

static const struct str states[] = { { "open", sizeof("open") - 1 },
	{ "closed", sizeof("closed") - 1 }, { "suspended", sizeof("suspended") - 1 } };
static const char *const state_names[] = { WORD("open"), WORD("closed"), WORD("suspended") };
#define STATES (sizeof states / sizeof states[0])

static void read_filter(struct filter *filter, struct request *request, const struct ui *ui)
{
	const struct world *world = request->snapshot->world;

	*filter = (struct filter){ .sending_text = request_parameter(request, "sending"),
		.host_text = request_parameter(request, "host"),
		.kind = request_parameter(request, "kind"),
		.state = request_parameter(request, "state"),
		.sending = NONE32,
		.host = NONE32 };
	filter_is_word(
		&filter->faults, ui, "#kind", filter->kind, world_post_kind_words, POST_KINDS);
	filter_is_word(&filter->faults, ui, "#state", filter->state, states, STATES);
	if (filter->sending_text.len) {
		struct str near = STR_NONE;
		uint32_t place = NONE32;
		filter->sending = page_find_party(world, filter->sending_text);
		if (filter->sending == NONE32)
			place = page_find_place(
				&near, &request->arena, ui, world, filter->sending_text);
		if (place != NONE32)
			filter->sending = world_party(world, world->places[place].id);
		if (filter->sending == NONE32)
			filter_fault(&filter->faults, "#sending",
				page_none(&request->arena, ui,
					WORD("No State has this code or name."), near));
	}
	if (filter->host_text.len)
		filter->host =
			filter_country(&filter->faults, request, ui, "#host", filter->host_text);
}

static bool passes(const struct filter *filter, const struct world *world,
	const struct post_row *post, int32_t today)
{
	return date_within(today, post->from, post->until) &&
	       (filter->sending == NONE32 || post->sending == filter->sending) &&
	       (filter->host == NONE32 || world->places[post->place].country == filter->host) &&
	       (!filter->kind.len || str_eq(filter->kind, world_post_kind_words[post->kind])) &&
	       (!filter->state.len || str_eq(filter->state, states[post->state]));
}

static void fill_fields(struct posts_view *view, const struct filter *filter,
	struct request *request, const struct ui *ui, const struct part *part)
{
	struct str kinds[POST_KINDS], names[STATES];
	struct field_view *fields[] = { &view->sending, &view->host, &view->kind, &view->state };

	for (int i = 0; i < POST_KINDS; i++)
		kinds[i] = part_post_kind(part, (enum post_kind)i);
	for (size_t i = 0; i < STATES; i++)
		names[i] = ui_word(ui, state_names[i]);
	view->kind = filter_select(&request->arena, ui, "kind", ui_word(ui, WORD("Kind")),
		filter->kind, world_post_kind_words, POST_KINDS, kinds);
	view->state = filter_select(&request->arena, ui, "state",
		ui_word(ui, WORD("State of the post")), filter->state, states, STATES, names);
	view->sending = (struct field_view){ .id = STR("sending"),
		.name = STR("sending"),
		.label = ui_word(ui, WORD("Sending State")),
		.hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya.")),
		.value = filter->sending_text };
	view->host = (struct field_view){ .id = STR("host"),
		.name = STR("host"),
		.label = ui_word(ui, WORD("Country where it stands")),
		.value = filter->host_text };
	filter_mark(&filter->faults, fields, sizeof fields / sizeof fields[0]);
}

static enum status find(struct table_view *table, struct part *part, const struct filter *filter)
{
	static const struct part_column columns[] = { { WORD("Post"), false },
		{ WORD("Kind"), false }, { WORD("Sending State"), false },
		{ WORD("Country"), false }, { WORD("Where it stands"), false },
		{ WORD("State of the post"), false }, { WORD("Basis"), false },
		{ WORD("As of"), false }, { WORD("Today"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table rows;

	part_table_open(&rows, part, table, "posts", part_word(part, WORD("Posts on record")),
		columns, sizeof columns / sizeof columns[0]);
	table->empty = part_word(
		part, WORD("No post on record is like this. One may exist all the same."));
	for (size_t i = 0; !filter->faults.count && i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		uint32_t country = world->places[post->place].country;
		if (!passes(filter, world, post, part->date) || !part_row(&rows))
			continue;
		part_link(&rows, "/posts/%1", post->id, post->id);
		part_text(&rows, part_post_kind(part, post->kind));
		part_link(&rows, "/parties/%1", world->parties[post->sending].id,
			part_party(part, post->sending));
		part_link(
			&rows, "/places/%1", world->places[country].id, part_place(part, country));
		part_text(&rows, part_place(part, post->place));
		part_post_sure(&rows, post, country);
	}
	return part_table_close(&rows);
}

static struct html_link page_at(
	struct request *request, const struct ui *ui, const struct filter *filter, size_t page)
{
	const struct str texts[] = { filter->sending_text, filter->host_text, filter->kind,
		filter->state };
	struct html_arg args[5];

	for (size_t i = 0; i < 4; i++)
		args[i] = html_arg(texts[i].len ? texts[i] : STR(""));
	args[4] = html_arg(page);
	return html_link_make(
		&request->arena, ui, "/posts?sending=%1&host=%2&kind=%3&state=%4&page=%5", args, 5);
}

/* The rows of one page; of a list that ends before it, the last. */
static enum status cut(struct posts_view *view, struct part *part, struct request *request,
	const struct filter *filter, size_t page)
{
	struct table_view *table = &view->table;
	enum status status;
	size_t last;

	part->row_max = SUBJECT_ROWS;
	part->row_from = (page - 1) * SUBJECT_ROWS;
	status = find(table, part, filter);
	last = table->total ? (table->total - 1) / SUBJECT_ROWS + 1 : 1;
	if (status == STATUS_OK && page > last) {
		page = last;
		part->row_from = (page - 1) * SUBJECT_ROWS;
		status = find(table, part, filter);
	}
	view->pages =
		(struct pages_view){ .first = table->total ? (long long)part->row_from + 1 : 0,
			.last = (long long)(part->row_from + table->row_count),
			.total = (long long)table->total };
	if (page > 1)
		view->pages.previous = page_at(request, &part->ui, filter, page - 1);
	if (page < last)
		view->pages.next = page_at(request, &part->ui, filter, page + 1);
	return status;
}

/* PART for REQUEST, by LANGUAGE. */
static enum status open_part(
	struct part *part, struct request *request, const struct ui_language *language, bool keep)
{
	struct analysis asked = analysis_default(request->today);

	asked.place = asked.item = NONE32;
	asked.language = language;
	asked.keep_language = keep;
	return part_open(part, &request->arena, request->snapshot, &asked, request->path);
}

enum status answer_posts_page(struct request *request)
{
	struct posts_view view = { .fault_count = 0 };
	struct filter filter;
	struct part part;
	struct html html;
	struct ui ui;
	size_t page;
	enum status status;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	page = subject_page(request);
	if (!page) {
		request_problem(request, 404, WORD("The list has no such page."),
			WORD("/posts is its first page."));
		return STATUS_OK;
	}
	read_filter(&filter, request, &ui);
	status = open_part(&part, request, ui.language, ui.keep_language);
	if (status != STATUS_OK)
		return status;
	part.ui.query = ui.query;
	fill_fields(&view, &filter, request, &ui, &part);
	status = cut(&view, &part, request, &filter, page);
	if (status != STATUS_OK)
		return status;
	if (!filter.faults.count)
		view.table.csv = page_csv(&request->arena, &ui, "/posts.csv");
	view.faults = filter.faults.items;
	view.fault_count = filter.faults.count;
	part_frame(&view.page, &part, ui_word(&ui, WORD("Posts")), NULL, 0);
	view.page.section = STR("places");
	view.page.has_faults = filter.faults.count > 0;
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_posts(&html, &ui, &view);
	return page_send(request, &html, filter.faults.count ? 422 : 200);
}

enum status answer_posts_csv(struct request *request)
{
	struct filter filter;
	struct table_view table;
	struct part part;
	struct buf out;
	enum status status = open_part(&part, request, ui_language_find(STR("en")), false);

	if (status != STATUS_OK)
		return status;
	read_filter(&filter, request, &part.ui);
	if (filter_refused(request, &filter.faults))
		return STATUS_OK;
	part.csv = true;
	status = find(&table, &part, &filter);
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	if (status == STATUS_OK)
		status = part_csv(&out, &table);
	return status == STATUS_OK ? filter_send_csv(request, &out) : status;
}
