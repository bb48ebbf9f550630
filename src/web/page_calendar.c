/* Dates that fall due: ends, renewals, notices, tests, reports, and facts that grow too old; as a
 * page, as CSV and as a calendar to subscribe to. All three are made from one list. */
#include "web/page_calendar.h"

#include "web/page_agreements.h"
#include "web/page_filter.h"
#include "web/templates.h"
#include "wire/ics.h"

#define ANY ((size_t)-1) /* agreement */

static const char *const kinds[DUE_KINDS] = { [DUE_END] = WORD("Its term ends"),
	[DUE_RENEWAL] = WORD("Its term ends unless its renewal is confirmed"),
	[DUE_NOTICE] = WORD("Last day to give notice"),
	[DUE_CLAUSE_END] = WORD("A clause ends"),
	[DUE_EXERCISE] = WORD("An exercise is due"),
	[DUE_REPORT] = WORD("A report is due"),
	[DUE_CHANNELS] = WORD("A test of channels is due"),
	[DUE_STALE] = WORD("Last day on which the post counts as known") };
static const char *const codes[DUE_KINDS] = { [DUE_END] = "end",
	[DUE_RENEWAL] = "renewal",
	[DUE_NOTICE] = "notice",
	[DUE_CLAUSE_END] = "clause",
	[DUE_EXERCISE] = "exercise",
	[DUE_REPORT] = "report",
	[DUE_CHANNELS] = "channels",
	[DUE_STALE] = "fact" };

/* ---- what is asked ---- */

struct filter {
	struct str agreement, place, party;
	struct filter_faults faults;
};

/* Into ASKED: place, item (the party), limit (the agreement). */
static void read_filter(
	struct filter *filter, struct analysis *asked, struct request *request, const struct ui *ui)
{
	const struct web_snapshot *snapshot = request->snapshot;
	const struct world *world = snapshot->world;
	const struct agreement *agreement;

	*filter = (struct filter){ .agreement = request_parameter(request, "agreement"),
		.place = request_parameter(request, "place"),
		.party = request_parameter(request, "party") };
	*asked = analysis_default(request->today);
	asked->place = asked->item = NONE32;
	asked->limit = ANY;
	if (filter->agreement.len) {
		agreement = accord_find(&snapshot->accords, filter->agreement);
		if (agreement &&
			cover_visible(snapshot->index, agreement, VIEWER_PUBLIC, request->today))
			asked->limit = (size_t)(agreement - snapshot->accords.items);
		else
			filter_fault(&filter->faults, "#agreement",
				ui_word(ui, WORD("No agreement that is open to everyone has this "
						 "name.")));
	}
	if (filter->place.len) {
		struct str near;
		asked->place = page_find_place(&near, &request->arena, ui, world, filter->place);
		if (asked->place != NONE32 && world->places[asked->place].country != NONE32)
			asked->place = world->places[asked->place].country;
		if (asked->place == NONE32)
			filter_fault(&filter->faults, "#place",
				page_none(&request->arena, ui,
					WORD("No place on record has this code or name."), near));
	}
	if (filter->party.len) {
		asked->item = page_find_party(world, filter->party);
		if (asked->item == NONE32)
			filter_fault(&filter->faults, "#party",
				ui_word(ui, WORD("No party on record has this code or name.")));
	}
}

static enum status find_due(struct due **out, size_t *count, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct due_filter filter = { .place = asked->place,
		.party = asked->item,
		.agreement = asked->limit == ANY ? NULL : &snapshot->accords.items[asked->limit],
		.date = asked->date,
		.viewer = VIEWER_PUBLIC };

	return cover_due(out, count, arena, snapshot->index, &snapshot->accords, &filter);
}

static struct str title_of(const struct part *part, const struct due *due)
{
	const struct post_row *post;

	if (due->agreement)
		return accord_text(&due->agreement->title, str_of(part->ui.language->code));
	post = &part->world->posts[due->post_row];
	return str_format(part->arena, STR_FMT ", " STR_FMT " (" STR_FMT ")",
		STR_ARG(part_party(part, post->sending)), STR_ARG(part_place(part, post->place)),
		STR_ARG(part_post_kind(part, post->kind)));
}

/* ---- the table ---- */

static void add_post(struct part_table *table, const struct due *due)
{
	const struct post_row *post = &table->part->world->posts[due->post_row];

	part_link(table, "/posts/%1", post->id, title_of(table->part, due));
	part_source(table->part, post->source);
}

static enum status fill_table(
	struct table_view *view, struct part *part, const struct due *dues, size_t count)
{
	static const struct part_column columns[] = { { WORD("Date"), false },
		{ WORD("What falls due"), false }, { WORD("Agreement or post"), false },
		{ WORD("Clause"), false }, { WORD("Late"), false } };
	struct part_table table;

	part_table_open(&table, part, view, "calendar",
		part_word(part, WORD("Dates that fall due")), columns, 5);
	for (size_t i = 0; i < count; i++) {
		const struct due *due = &dues[i];
		part_date(&table, due->on);
		part_text(&table, part_word(part, kinds[due->kind]));
		if (due->agreement)
			part_link(
				&table, "/agreements/%1", due->agreement->id, title_of(part, due));
		else
			add_post(&table, due);
		part_text(&table, due->commitment ? accord_text(&due->commitment->title,
							    str_of(part->ui.language->code))
						  : STR("-"));
		part_text(&table, due->on < part->date ? part_word(part, WORD("late")) : STR("-"));
	}
	view->empty = part_word(part, WORD("No date that falls due is on record."));
	return part_table_close(&table);
}

static enum status open_part(struct part *part, struct due **dues, size_t *count,
	struct arena *arena, const struct web_snapshot *snapshot, const struct analysis *asked)
{
	enum status status = part_open(part, arena, snapshot, asked, STR("/calendar"));

	return status == STATUS_OK ? find_due(dues, count, arena, snapshot, asked) : status;
}

static enum status make_csv(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct table_view table;
	struct part part;
	struct due *dues;
	size_t count;
	enum status status = open_part(&part, &dues, &count, arena, snapshot, asked);

	if (status == STATUS_OK)
		status = fill_table(&table, &part, dues, count);
	return status == STATUS_OK ? part_csv(out, &table) : status;
}

/* ---- the calendar ---- */

static enum status make_ics(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct part part;
	struct due *dues;
	size_t count;
	enum status status = open_part(&part, &dues, &count, arena, snapshot, asked);

	if (status != STATUS_OK)
		return status;
	ics_begin(
		out, part_word(&part, WORD("Dates that fall due")), str_of(part.ui.language->code));
	for (size_t i = 0; i < count; i++) {
		const struct due *due = &dues[i];
		const struct commitment *clause = due->commitment;
		const struct post_row *post =
			due->agreement ? NULL : &part.world->posts[due->post_row];
		struct str what = part_word(&part, kinds[due->kind]);
		struct ics_event event = { .on = due->on, .category = what };
		char from[11] = "";
		if (post && post->from != DATE_NONE)
			date_format(from, post->from);
		event.uid =
			post ? str_format(arena, "%s." STR_FMT ".%s@entente", codes[due->kind],
				       STR_ARG(post->id), from)
			     : str_format(arena, "%s." STR_FMT "%s" STR_FMT "@entente",
				       codes[due->kind], STR_ARG(due->agreement->id),
				       clause ? "." : "", STR_ARG(clause ? clause->id : STR("")));
		event.summary = str_format(
			arena, STR_FMT ": " STR_FMT, STR_ARG(what), STR_ARG(title_of(&part, due)));
		event.description =
			post ? str_format(arena, "/posts/" STR_FMT, STR_ARG(post->id))
			     : str_format(arena, "/agreements/" STR_FMT "%s" STR_FMT,
				       STR_ARG(due->agreement->id), clause ? "\n" : "",
				       STR_ARG(clause ? accord_text(&clause->title,
								str_of(part.ui.language->code))
						      : STR("")));
		ics_event(out, &event, asked->date);
	}
	ics_end(out);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the page ---- */

static struct field_view field(
	const struct ui *ui, const char *id, const char *label, const char *hint, struct str value)
{
	return (struct field_view){ .id = str_of(id),
		.name = str_of(id),
		.label = ui_word(ui, label),
		.hint = ui_word(ui, hint),
		.value = value };
}

enum status answer_calendar_page(struct request *request)
{
	struct arena *arena = &request->arena;
	struct calendar_view view = { 0 };
	struct analysis asked;
	struct filter filter;
	struct due *dues = NULL;
	size_t count = 0;
	struct part part;
	struct html html;
	struct ui ui;
	enum status status;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	read_filter(&filter, &asked, request, &ui);
	asked.language = ui.language;
	status = filter.faults.count
			 ? part_open(&part, arena, request->snapshot, &asked, ui.path)
			 : open_part(&part, &dues, &count, arena, request->snapshot, &asked);
	part.ui = ui;
	if (status == STATUS_OK)
		status = fill_table(&view.table, &part, dues, count);
	if (status != STATUS_OK)
		return status;
	view.agreement = field(&ui, "agreement", WORD("Agreement"),
		WORD("Its name in the address of its page."), filter.agreement);
	view.place = field(&ui, "place", WORD("Country"),
		WORD("A code or name, such as KEN or Kenya."), filter.place);
	view.party = field(&ui, "party", WORD("Party"),
		WORD("A code or name, such as KEN or Kenya."), filter.party);
	struct field_view *fields[] = { &view.agreement, &view.place, &view.party };
	filter_mark(&filter.faults, fields, 3);
	view.faults = filter.faults.items;
	view.fault_count = filter.faults.count;
	view.narrowed = asked.place != NONE32 || asked.item != NONE32;
	if (!filter.faults.count) {
		view.table.csv = page_csv(arena, &ui, "/calendar.csv");
		view.ics = page_csv(arena, &ui, "/calendar.ics");
	}
	view.page = (struct page_view){ .title = ui_word(&ui, WORD("Calendar")),
		.section = STR("agreements"),
		.sources = part.sources,
		.source_count = part.source_count,
		.languages = ui_languages_view(arena, &ui, false),
		.has_faults = filter.faults.count > 0 };
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_calendar(&html, &ui, &view);
	return page_send(request, &html, filter.faults.count ? 422 : 200);
}

static enum status answer_file(struct request *request, const char *type,
	enum status (*make)(struct buf *out, struct arena *arena,
		const struct web_snapshot *snapshot, const struct analysis *asked))
{
	struct analysis asked;
	struct filter filter;
	enum status status;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	read_filter(&filter, &asked, request, &ui);
	if (filter_refused(request, &filter.faults))
		return STATUS_OK;
	asked.make = make;
	status = page_keep(request, &ui, &asked);
	if (request->status == 0)
		request->type = type;
	return status;
}

enum status answer_calendar_csv(struct request *request)
{
	return answer_file(request, "text/csv; charset=utf-8", make_csv);
}

enum status answer_calendar_ics(struct request *request)
{
	return answer_file(request, "text/calendar; charset=utf-8; method=PUBLISH", make_ics);
}
