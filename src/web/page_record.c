/* The page of a party, /parties/ID, and of a post, /posts/ID; each of their tables as CSV. */
#include "web/page_record.h"
#include "web/templates.h"

#include <string.h>

static const char *const party_tables[] = { "posts", "acts", "numbers" };
static const char *const post_tables[] = { "periods", "numbers" };

/* ---- tables ---- */

#define PAGE_ROWS 100

/* The page has the first rows; the CSV has all. */
static bool may_add(const struct part_table *table)
{
	return table->part->csv || table->count < PAGE_ROWS * table->view->column_count;
}

static enum status party_posts(struct table_view *view, struct part *part, uint32_t party)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Kind"), false }, { WORD("Where it stands"), false },
		{ WORD("State of the post"), false }, { WORD("Basis"), false },
		{ WORD("As of"), false }, { WORD("Today"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "posts", part_word(part, WORD("Its posts")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < world->posts_count && may_add(&table); i++) {
		const struct post_row *post = &world->posts[i];
		if (post->sending != party || !date_within(part->date, post->from, post->until))
			continue;
		part_link(&table, "/places/%1", world->places[post->receiving].id,
			part_place(part, post->receiving));
		part_link(&table, "/posts/%1", post->id, part_post_kind(part, post->kind));
		part_text(&table, part_place(part, post->place));
		part_post_sure(&table, post, world->places[post->place].country);
	}
	return part_table_close(&table);
}

static struct str service_names(struct part *part, uint64_t services)
{
	struct buf text;

	buf_init(&text, part->arena, 16000);
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!(services >> i & 1u))
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, part_service(part, i));
	}
	return buf_str(&text);
}

/* Rows of activities differ in their commitment too; here they are told by place, band and
 * agreement, neighbours as they come. */
static enum status party_acts(struct table_view *view, struct part *part, uint32_t party)
{
	static const struct part_column columns[] = { { WORD("Where"), false },
		{ WORD("Band"), false }, { WORD("Services"), false },
		{ WORD("Agreement"), false } };
	static const enum band_view shows[BANDS] = { SHOW_NONE, SHOW_REMOTE, SHOW_MAY, SHOW_SHALL,
		SHOW_WILL };
	struct activity_filter filter = { .place = NONE32,
		.party = party,
		.services = UINT64_MAX >> (64 - world_service_count),
		.phase = PHASE_DURING,
		.date = part->date,
		.viewer = VIEWER_PUBLIC };
	struct activity *rows;
	struct part_table table;
	size_t count;
	enum status status =
		cover_activities(&rows, &count, part->arena, part->snapshot->index, &filter);

	if (status != STATUS_OK)
		return status;
	part_table_open(&table, part, view, "acts",
		part_word(part, WORD("What it is known to do, and how far it is bound")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count && may_add(&table);) {
		const struct activity *first = &rows[i];
		uint64_t services = 0;
		for (; i < count && rows[i].place == first->place && rows[i].band == first->band &&
			rows[i].agreement == first->agreement;
			i++)
			services |= rows[i].services;
		part_text(&table, part_place(part, first->place));
		part_band(&table, shows[first->band], STR(""));
		part_text(&table, service_names(part, services));
		part_link(&table, "/agreements/%1", first->agreement->id,
			accord_text(&first->agreement->title, str_of(part->ui.language->code)));
	}
	return part_table_close(&table);
}

/* PLACE: only there and beneath; NONE32: anywhere. */
static enum status numbers(
	struct table_view *view, struct part *part, uint32_t party, uint32_t place)
{
	static const struct part_column columns[] = { { WORD("Kind"), false },
		{ WORD("Number or address"), false }, { WORD("Where"), false },
		{ WORD("Hours"), false }, { WORD("Tested"), false }, { WORD("Source"), false } };
	struct part_table table;

	part_table_open(&table, part, view, "numbers",
		part_word(part, WORD("Numbers and addresses")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < part->world->channels_count; i++) {
		const struct channel *row = &part->world->channels[i];
		if (row->party != party || row->visibility != VISIBILITY_PUBLIC ||
			(place != NONE32 && (row->place == NONE32 || !world_lies_in(part->world,
									     row->place, place))))
			continue;
		part_text(&table, part_channel(part, row->kind));
		part_text(&table, row->address);
		part_text(&table, row->place == NONE32 ? STR_NONE : part_place(part, row->place));
		part_text(&table, row->hours);
		part_date(&table, row->tested);
		part_source_cell(&table, row->source);
	}
	return part_table_close(&table);
}

static enum status post_periods(
	struct table_view *view, struct part *part, const struct post_row *first)
{
	static const struct part_column columns[] = { { WORD("From"), false },
		{ WORD("Until"), false }, { WORD("Kind"), false },
		{ WORD("State of the post"), false }, { WORD("Basis"), false },
		{ WORD("As of"), false }, { WORD("Today"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "periods", part_word(part, WORD("Its periods")),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (post->post != first->post)
			continue;
		part_date(&table, post->from);
		part_date(&table, post->until);
		part_text(&table, part_post_kind(part, post->kind));
		part_post_sure(&table, post, world->places[post->place].country);
	}
	return part_table_close(&table);
}

/* ---- pages ---- */

static struct cell_view text_cell(struct str text)
{
	return (struct cell_view){ .kind = text.len ? CELL_TEXT : CELL_NONE, .text = text };
}

static void add_summary(
	struct record_view *view, struct part *part, const char *key, struct cell_view value)
{
	view->summary[view->summary_count++] = (struct summary_row){ part_word(part, key), value };
}

static void lead_to(struct record_view *view, struct part *part, uint32_t country)
{
	struct html_arg arg;

	if (country == NONE32)
		return;
	arg = html_arg(part->world->places[country].id);
	view->next = html_link_make(part->arena, &part->ui, "/places/%1", &arg, 1);
	view->next_name = part_place(part, country);
}

static enum status fill_party(struct record_view *view, struct part *part, uint32_t number)
{
	static const char *const kinds[PARTY_KINDS] = { WORD("State"), WORD("agency"), WORD("post"),
		WORD("international organization"), WORD("civil society"),
		WORD("association of migrants"), WORD("company"), WORD("local authority"),
		WORD("funder") };
	const struct party *party = &part->world->parties[number];
	enum status status = party_posts(&view->tables[0], part, number);

	if (status == STATUS_OK)
		status = party_acts(&view->tables[1], part, number);
	if (status == STATUS_OK)
		status = numbers(&view->tables[2], part, number, NONE32);
	view->table_count = 3;
	view->name = part_party(part, number);
	add_summary(view, part, WORD("Code"), text_cell(party->id));
	add_summary(view, part, WORD("Kind"), text_cell(part_word(part, kinds[party->kind])));
	if (party->parent != NONE32)
		add_summary(
			view, part, WORD("Part of"), text_cell(part_party(part, party->parent)));
	part_source(part, party->source);
	lead_to(view, part, party->country);
	view->note = part_word(part, WORD("Only what is known and open to the public: what is not "
					  "here is not known. A table has at most 100 rows here "
					  "and all in its CSV."));
	return status;
}

static struct str accredited_names(struct part *part, const struct post_row *post)
{
	struct buf text;

	buf_init(&text, part->arena, 16000);
	for (size_t i = 0; i < post->accredited_count; i++) {
		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, part_place(part, post->accredited_to[i]));
	}
	return post->accredited_count ? buf_str(&text) : STR_NONE;
}

static struct cell_view party_cell(struct part *part, uint32_t party)
{
	struct html_arg arg = html_arg(part->world->parties[party].id);

	return (struct cell_view){ .kind = CELL_LINK,
		.text = part_party(part, party),
		.link = html_link_make(part->arena, &part->ui, "/parties/%1", &arg, 1) };
}

static enum status fill_post(struct record_view *view, struct part *part, uint32_t number)
{
	const struct post_row *post = &part->world->posts[number];
	enum status status = post_periods(&view->tables[0], part, post);

	if (status == STATUS_OK)
		status = numbers(&view->tables[1], part, post->sending, post->place);
	view->table_count = 2;
	view->name = str_format(part->arena, STR_FMT " – " STR_FMT,
		STR_ARG(part_party(part, post->sending)), STR_ARG(part_place(part, post->place)));
	if (post->name.len)
		add_summary(view, part, WORD("Name"), text_cell(post->name));
	add_summary(view, part, WORD("Code"), text_cell(post->id));
	add_summary(view, part, WORD("Sending State"), party_cell(part, post->sending));
	add_summary(view, part, WORD("Where it stands"), text_cell(part_place(part, post->place)));
	add_summary(view, part, WORD("Accredited to, besides"),
		text_cell(accredited_names(part, post)));
	add_summary(view, part, WORD("Services"),
		text_cell(post->services ? service_names(part, post->services)
					 : part_word(part, WORD("no limit on record"))));
	lead_to(view, part, post->receiving);
	view->note = part_word(part, WORD("A post on record is sure only for a time, shorter where "
					  "risk is greater. After that it is not known whether it "
					  "is still there."));
	return status;
}

/* asked->limit: 0 the page, else the table's number plus 1. */
static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, bool post)
{
	struct record_view view = { .page = { .section = STR("places") } };
	struct crumb crumb;
	struct part part;
	struct html html;
	struct str id = post ? snapshot->world->posts[asked->item].id
			     : snapshot->world->parties[asked->item].id;
	struct html_arg args[2] = { html_arg(id) };
	enum status status = part_open(&part, arena, snapshot, asked,
		str_format(arena, "/%s/" STR_FMT, post ? "posts" : "parties", STR_ARG(id)));

	part.csv = asked->limit != 0;
	if (status == STATUS_OK)
		status = post ? fill_post(&view, &part, asked->item)
			      : fill_party(&view, &part, asked->item);
	if (status != STATUS_OK)
		return status;
	if (asked->limit)
		return part_csv(out, &view.tables[asked->limit - 1]);
	for (size_t i = 0; i < view.table_count; i++) {
		args[1] = html_arg(str_of(post ? post_tables[i] : party_tables[i]));
		view.tables[i].csv = html_link_make(
			arena, &part.ui, post ? "/posts/%1/%2.csv" : "/parties/%1/%2.csv", args, 2);
	}
	crumb = (struct crumb){ part_word(&part, WORD("Places")),
		html_link_make(arena, &part.ui, "/places", NULL, 0) };
	view.page.title = view.name;
	view.page.crumbs = &crumb;
	view.page.crumb_count = 1;
	view.page.sources = part.sources;
	view.page.source_count = part.source_count;
	view.page.languages = ui_languages_view(arena, &part.ui, false);
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_record(&html, &part.ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make_party(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, false);
}
static enum status make_post(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, true);
}

/* REST: "ID" or "ID/TABLE.csv". The table's number plus 1, 0 for the page; false: no such table. */
static bool split(struct str *rest, size_t *table, const char *const *names, size_t count)
{
	const char *slash = memchr(rest->ptr, '/', rest->len);
	struct str name;

	*table = 0;
	if (!slash)
		return true;
	name = str_sub(*rest, (size_t)(slash - rest->ptr) + 1, rest->len);
	rest->len = (size_t)(slash - rest->ptr);
	if (!str_ends(name, ".csv"))
		return false;
	name.len -= strlen(".csv");
	for (size_t i = 0; i < count; i++)
		if (str_is(name, names[i]))
			*table = i + 1;
	return *table != 0;
}

static uint32_t find_post(const struct world *world, struct str id)
{
	for (uint32_t i = 0; i < world->posts_count; i++)
		if (str_eq(world->posts[i].id, id))
			return i;
	return NONE32;
}

enum status answer_party_page(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str rest = str_sub(request->path, strlen("/parties/"), request->path.len);
	bool good = split(
		&rest, &asked.limit, party_tables, sizeof party_tables / sizeof party_tables[0]);

	asked.make = make_party;
	asked.item = world_party(request->snapshot->world, rest);
	if (!good || asked.item == NONE32) {
		request_problem(request, 404, "No party has this id, or it has no such table.",
			"/api/v1/parties lists all parties.");
		return STATUS_OK;
	}
	return part_language(request, &asked) ? part_answer(request, &asked, asked.limit != 0)
					      : STATUS_OK;
}

enum status answer_post_page(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str rest = str_sub(request->path, strlen("/posts/"), request->path.len);
	bool good =
		split(&rest, &asked.limit, post_tables, sizeof post_tables / sizeof post_tables[0]);

	asked.make = make_post;
	asked.item = find_post(request->snapshot->world, rest);
	if (!good || asked.item == NONE32) {
		request_problem(request, 404, "No post has this id, or it has no such table.",
			"/api/v1/posts lists all posts.");
		return STATUS_OK;
	}
	return part_language(request, &asked) ? part_answer(request, &asked, asked.limit != 0)
					      : STATUS_OK;
}
