/* The page of a party, /parties/ID, and of a post, /posts/ID; each of their tables whole and as
 * CSV. */
#include "web/page_record.h"
#include "web/page_brief.h"
#include "web/templates.h"

#include <string.h>

/* ---- tables ---- */

static enum status party_posts(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("Kind"), false }, { WORD("Where it stands"), false },
		{ WORD("State of the post"), false }, { WORD("Basis"), false },
		{ WORD("As of"), false }, { WORD("Today"), false }, { WORD("Source"), false } };
	const struct world *world = part->world;
	struct part_table table;

	part_table_open(&table, part, view, "posts", part_word(part, WORD("Its posts")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *post = &world->posts[i];
		if (post->sending != part->item ||
			!date_within(part->date, post->from, post->until) || !part_row(&table))
			continue;
		part_link(&table, "/places/%1", world->places[post->receiving].id,
			part_place(part, post->receiving));
		part_link(&table, "/posts/%1", post->id, part_post_kind(part, post->kind));
		part_text(&table, part_place(part, post->place));
		part_post_sure(&table, post, world->places[post->place].country);
	}
	return part_table_close(&table);
}

/* Rows of activities differ in their commitment too; here they are told by place, band and
 * agreement, neighbours as they come. */
static enum status party_acts(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Where"), false },
		{ WORD("Band"), false }, { WORD("Services"), false },
		{ WORD("Agreement"), false } };
	static const enum band_view shows[BANDS] = { SHOW_NONE, SHOW_REMOTE, SHOW_MAY, SHOW_SHALL,
		SHOW_WILL };
	struct activity_filter filter = { .place = NONE32,
		.party = part->item,
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
	for (size_t i = 0; i < count;) {
		const struct activity *first = &rows[i];
		uint64_t services = 0;
		for (; i < count && rows[i].place == first->place && rows[i].band == first->band &&
			rows[i].agreement == first->agreement;
			i++)
			services |= rows[i].services;
		if (!part_row(&table))
			continue;
		part_text(&table, part_place(part, first->place));
		part_band(&table, shows[first->band], STR(""));
		part_text(&table, part_service_names(part, services));
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
									     row->place, place))) ||
			!part_row(&table))
			continue;
		part_text(&table, part_channel(part, row->kind));
		part_reach(&table, row);
		part_text(&table, row->place == NONE32 ? STR_NONE : part_place(part, row->place));
		part_text(&table, row->hours);
		part_date(&table, row->tested);
		part_source_cell(&table, row->source);
	}
	return part_table_close(&table);
}

static enum status party_numbers(struct table_view *view, struct part *part)
{
	return numbers(view, part, part->item, NONE32);
}

static enum status post_numbers(struct table_view *view, struct part *part)
{
	const struct post_row *post = &part->world->posts[part->item];

	return numbers(view, part, post->sending, post->place);
}

static enum status post_periods(struct table_view *view, struct part *part)
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
		if (post->post != world->posts[part->item].post || !part_row(&table))
			continue;
		part_date(&table, post->from);
		part_date(&table, post->until);
		part_text(&table, part_post_kind(part, post->kind));
		part_post_sure(&table, post, world->places[post->place].country);
	}
	return part_table_close(&table);
}

/* ---- pages ---- */

static const struct subject_table party_tables[] = {
	{ "posts", WORD("Posts"),
		WORD("A post on record is sure only for a time, shorter where risk is greater. "
		     "After that it is not known whether it is still there."),
		party_posts },
	{ "acts", WORD("What it does"), NULL, party_acts },
	{ "numbers", WORD("Numbers to call"),
		WORD("A number without a day of testing has not been tried by anyone who told "
		     "us."),
		party_numbers },
};
static const struct subject_table post_tables[] = {
	{ "periods", WORD("Periods"),
		WORD("A post on record is sure only for a time, shorter where risk is greater. "
		     "After that it is not known whether it is still there."),
		post_periods },
	{ "numbers", WORD("Numbers to call"),
		WORD("A number without a day of testing has not been tried by anyone who told "
		     "us."),
		post_numbers },
};
static const struct subject parties = { "/parties/%1", "/parties/%1/%2", "/parties/%1/%2?page=%3",
	"/parties/%1/%2.csv", "places", party_tables,
	sizeof party_tables / sizeof party_tables[0] };
static const struct subject posts = { "/posts/%1", "/posts/%1/%2", "/posts/%1/%2?page=%3",
	"/posts/%1/%2.csv", "places", post_tables, sizeof post_tables / sizeof post_tables[0] };

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

static void fill_party(struct record_view *view, struct part *part)
{
	const struct party *party = &part->world->parties[part->item];

	add_summary(view, part, WORD("Code"), text_cell(party->id));
	add_summary(view, part, WORD("Kind"),
		text_cell(part_word(part, party_kind_names[party->kind])));
	if (party->parent != NONE32)
		add_summary(
			view, part, WORD("Part of"), text_cell(part_party(part, party->parent)));
	part_source(part, party->source);
	lead_to(view, part, party->country);
	view->note = part_word(part, WORD("Only what is known and open to the public: what is not "
					  "here is not known."));
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

static void fill_post(struct record_view *view, struct part *part)
{
	const struct post_row *post = &part->world->posts[part->item];
	struct html_arg arg = html_arg(post->id);

	if (post->name.len)
		add_summary(view, part, WORD("Name"), text_cell(post->name));
	add_summary(view, part, WORD("Code"), text_cell(post->id));
	add_summary(view, part, WORD("Sending State"), party_cell(part, post->sending));
	add_summary(view, part, WORD("Where it stands"), text_cell(part_place(part, post->place)));
	add_summary(view, part, WORD("Accredited to, besides"),
		text_cell(accredited_names(part, post)));
	add_summary(view, part, WORD("Services"),
		text_cell(post->services ? part_service_names(part, post->services)
					 : part_word(part, WORD("no limit on record"))));
	lead_to(view, part, post->receiving);
	view->plan = html_link_make(part->arena, &part->ui, "/posts/%1/contingency-plan", &arg, 1);
	view->note = STR("");
}

static bool is_post(const struct subject *subject)
{
	return subject == &posts;
}

static struct str name_of(const struct part *part, const struct subject *subject)
{
	const struct post_row *post = &part->world->posts[is_post(subject) ? part->item : 0];

	return !is_post(subject) ? part_party(part, part->item)
				 : str_format(part->arena, STR_FMT " – " STR_FMT,
					   STR_ARG(part_party(part, post->sending)),
					   STR_ARG(part_place(part, post->place)));
}

static enum status make_page(
	struct buf *out, struct part *part, const struct subject *subject, struct str id)
{
	struct record_view view = { .page = { .section = str_of(subject->section) },
		.name = name_of(part, subject),
		.section_count = subject->table_count };
	struct crumb crumb = { part_word(part, WORD("Parties")),
		html_link_make(part->arena, &part->ui, "/parties", NULL, 0) };
	struct html html;
	enum status status = subject_sections(view.sections, part, subject, id);

	if (status != STATUS_OK)
		return status;
	if (is_post(subject))
		fill_post(&view, part);
	else
		fill_party(&view, part);
	part_frame(&view.page, part, view.name, &crumb, 1);
	html_init(&html, part->arena, WEB_ANSWER_MAX);
	tmpl_record(&html, &part->ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, const struct subject *subject)
{
	struct part part;
	struct str id = is_post(subject) ? snapshot->world->posts[asked->item].id
					 : snapshot->world->parties[asked->item].id;
	enum status status = part_open(&part, arena, snapshot, asked,
		str_format(arena, "/%s/" STR_FMT, is_post(subject) ? "posts" : "parties",
			STR_ARG(id)));

	if (status != STATUS_OK)
		return status;
	return asked->table ? subject_list(out, &part, subject, asked, id, name_of(&part, subject))
			    : make_page(out, &part, subject, id);
}

static enum status make_party(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, &parties);
}
static enum status make_post(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, &posts);
}

static uint32_t find_post(const struct world *world, struct str id)
{
	for (uint32_t i = 0; i < world->posts_count; i++)
		if (str_eq(world->posts[i].id, id))
			return i;
	return NONE32;
}

/* The path behind PREFIX: "ID", "ID/TABLE" or "ID/TABLE.csv". False: there is no such table. */
static bool read_path(struct analysis *asked, struct str *id, const struct request *request,
	const char *prefix, const struct subject *subject)
{
	struct str rest = str_sub(request->path, strlen(prefix), request->path.len);
	const char *slash = memchr(rest.ptr, '/', rest.len);

	*id = slash ? str_sub(rest, 0, (size_t)(slash - rest.ptr)) : rest;
	return subject_read(asked, request, slash ? str_sub(rest, id->len + 1, rest.len) : STR(""),
		       subject) &&
	       (!slash || asked->table);
}

static enum status answer(struct request *request, struct analysis *asked, const char *next)
{
	if (asked->item == NONE32)
		request_problem(request, 404,
			WORD("Nothing has this id, or it has no such table or page."), next);
	else if (part_language(request, asked))
		return part_answer(request, asked, subject_type(asked));
	return STATUS_OK;
}

enum status answer_party_page(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str id;
	bool good = read_path(&asked, &id, request, "/parties/", &parties);

	asked.make = make_party;
	asked.item = world_party(request->snapshot->world, id);
	if (asked.item == NONE32)
		request_nearest(request, NEAR_PARTY, id);
	if (!good)
		asked.item = NONE32;
	return answer(request, &asked, WORD("/parties lists all parties."));
}

enum status answer_post_page(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str rest = str_sub(request->path, strlen("/posts/"), request->path.len), id;
	const char *slash = memchr(rest.ptr, '/', rest.len);
	struct str under =
		slash ? str_sub(rest, (size_t)(slash - rest.ptr) + 1, rest.len) : STR_NONE;
	uint32_t post = slash ? find_post(request->snapshot->world,
					str_sub(rest, 0, (size_t)(slash - rest.ptr)))
			      : NONE32;
	bool good = read_path(&asked, &id, request, "/posts/", &posts);

	if (post != NONE32 && str_starts(under, "contingency-plan"))
		return answer_contingency_plan(request, post, under);
	asked.make = make_post;
	asked.item = find_post(request->snapshot->world, id);
	if (asked.item == NONE32)
		request_nearest(request, NEAR_POST, id);
	if (!good)
		asked.item = NONE32;
	return answer(request, &asked, WORD("/posts lists all posts."));
}
