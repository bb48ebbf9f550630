/* The page of overlaps: several leads where one would do, pools in which nobody is named, what is
 * promised beyond what there is, promises that wait for each other, and what hangs on one post,
 * party or agreement. Each row says on which clauses and facts it rests. */
#include "web/page_docs.h"
#include "web/page_analysis.h"

#include <stdlib.h>

#define CELLS_SHOWN 3 /* groups of people of a row */

enum overlaps_table {
	LIST_LEADS,
	LIST_UNASSIGNED,
	LIST_ASSETS,
	LIST_STRENGTHS,
	LIST_CIRCULAR,
	LIST_POSTS,
	LIST_PARTIES,
	LIST_AGREEMENTS
};
#define TABLES 8

static const char *const table_names[TABLES] = { "leads", "unassigned", "assets", "strengths",
	"circular", "posts", "parties", "agreements" };
static const unsigned table_kinds[TABLES] = { OVERLAP_LEADS, OVERLAP_LEADS, OVERLAP_ASSETS,
	OVERLAP_STRENGTHS, OVERLAP_CIRCULAR, OVERLAP_POINTS, OVERLAP_POINTS, OVERLAP_POINTS };
static const char *const kind_names[OVERLAP_KINDS] = { WORD("several leads, and pools"),
	WORD("assets promised twice"), WORD("promised beyond strengths"),
	WORD("promises that wait for each other"), WORD("what hangs on one") };

struct finding {
	struct part *part;
	const struct analysis *asked;
	const struct overlaps *overlaps;
};

/* ---- leads ---- */

static struct str lead_name(struct part *part, const struct overlap_lead *lead)
{
	struct str args[2];

	if (lead->provider != NONE32)
		return part_party(part, lead->provider);
	args[0] = part_figure(part, lead->members);
	args[1] = page_group(&part->ui, part->world, lead->commitment->provider.group);
	return analysis_say(part, WORD("one of %1 of the group “%2”"), args, 2);
}

static void lead_cells(struct part_table *table, const struct lead_overlap *leads)
{
	struct part *part = table->part;
	struct buf names, clauses;

	buf_init(&names, part->arena, 1 << 16);
	buf_init(&clauses, part->arena, 1 << 18);
	for (size_t i = 0; i < leads->leads_count; i++) {
		const struct overlap_lead *lead = &leads->leads[i];

		buf_add_c(&names, i ? "; " : "");
		buf_add(&names, lead_name(part, lead));
		buf_add_c(&clauses, i ? "; " : "");
		analysis_clause(&clauses, part, lead->agreement, lead->commitment);
	}
	part_band(table, analysis_band(leads->band, false), STR(""));
	part_text(table, buf_str(&names));
	part_text(
		table, analysis_cells(part, leads->cells,
			       leads->cells_count < CELLS_SHOWN ? leads->cells_count : CELLS_SHOWN,
			       false));
	part_text(table, buf_str(&clauses));
}

/* Findings that differ by the service alone are one row. */
static enum status fill_leads(struct table_view *view, const struct finding *finding, bool pools)
{
	static const struct part_column columns[] = { { WORD("Place"), false },
		{ WORD("People"), true }, { WORD("Services"), false }, { WORD("Band"), false },
		{ WORD("Who leads"), false }, { WORD("Most of them"), false },
		{ WORD("Rests on"), false } };
	const struct overlaps *overlaps = finding->overlaps;
	const struct lead_overlap *items = pools ? overlaps->unassigned : overlaps->leads;
	size_t count = pools ? overlaps->unassigned_count : overlaps->leads_count;
	struct part *part = finding->part;
	bool *told = ARENA_ARRAY(part->arena, count + 1, bool);
	struct part_table table;

	part_table_open(&table, part, view, table_names[pools ? LIST_UNASSIGNED : LIST_LEADS],
		analysis_caption(part,
			pools ? WORD("Pools in which nobody is named")
			      : WORD("Several certain leads for the same people"),
			count),
		columns, sizeof columns / sizeof columns[0]);
	if (!told)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count && analysis_room(&table); i++) {
		uint64_t services = 0;

		if (told[i])
			continue;
		for (size_t j = i; j < count && items[j].people == items[i].people; j++)
			if (!told[j] && cover_leads_alike(&items[i], &items[j])) {
				told[j] = true;
				services |= UINT64_C(1) << items[j].service;
			}
		part_link(&table, "/places/%1",
			part->world->places[part->world->places[items[i].place].country].id,
			part_place(part, items[i].place));
		part_number(&table, items[i].people);
		part_text(&table, part_service_names(part, services));
		lead_cells(&table, &items[i]);
	}
	view->empty = part_word(part, WORD("None is found in what is on record."));
	return part_table_close(&table);
}

/* ---- assets and strengths ---- */

static struct str pledges_text(struct part *part, const struct pledge *pledges, size_t count)
{
	struct buf text;

	buf_init(&text, part->arena, 1 << 18);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, part_figure(part, pledges[i].quantity));
		buf_add_c(&text, ": ");
		analysis_clause(&text, part, pledges[i].agreement, pledges[i].commitment);
	}
	return buf_str(&text);
}

static enum status fill_assets(struct table_view *view, const struct finding *finding)
{
	static const struct part_column columns[] = { { WORD("Asset"), false },
		{ WORD("Owner"), false }, { WORD("On record"), true }, { WORD("Promised"), true },
		{ WORD("First on"), false }, { WORD("Phase"), false }, { WORD("Rests on"), false },
		{ WORD("Source"), false } };
	const struct overlaps *overlaps = finding->overlaps;
	struct part *part = finding->part;
	struct part_table table;

	part_table_open(&table, part, view, table_names[LIST_ASSETS],
		analysis_caption(
			part, WORD("Assets promised more than once"), overlaps->assets_count),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < overlaps->assets_count && analysis_room(&table); i++) {
		const struct asset_overlap *asset = &overlaps->assets[i];
		const struct asset *fact = &part->world->assets[asset->asset];

		part_text(&table, fact->id);
		part_link(&table, "/parties/%1", part->world->parties[fact->party].id,
			part_party(part, fact->party));
		part_number(&table, asset->has);
		part_number(&table, asset->pledged);
		part_date(&table, asset->date);
		part_text(&table, analysis_phase(part, asset->phase));
		part_text(&table, pledges_text(part, asset->pledges, asset->pledges_count));
		part_source_cell(&table, fact->source);
	}
	view->empty = part->world->assets_count
			      ? part_word(part, WORD("None is found in what is on record."))
			      : part_word(part, WORD("No assets are on record: it is not known."));
	return part_table_close(&table);
}

static enum status fill_strengths(struct table_view *view, const struct finding *finding)
{
	static const struct part_column columns[] = { { WORD("Party"), false },
		{ WORD("Service"), false }, { WORD("Unit"), false }, { WORD("On record"), true },
		{ WORD("Promised"), true }, { WORD("First on"), false }, { WORD("Phase"), false },
		{ WORD("Rests on"), false }, { WORD("Source"), false } };
	const struct overlaps *overlaps = finding->overlaps;
	struct part *part = finding->part;
	struct part_table table;

	part_table_open(&table, part, view, table_names[LIST_STRENGTHS],
		analysis_caption(
			part, WORD("Promised beyond strengths"), overlaps->strengths_count),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < overlaps->strengths_count && analysis_room(&table); i++) {
		const struct strength_overlap *row = &overlaps->strengths[i];

		part_link(&table, "/parties/%1", part->world->parties[row->party].id,
			part_party(part, row->party));
		part_text(&table, part_service(part, row->service));
		part_text(&table, str_format(part->arena, STR_FMT "%s" STR_FMT, STR_ARG(row->unit),
					  row->per.len ? " / " : "", STR_ARG(row->per)));
		part_number(&table, row->has);
		part_number(&table, row->pledged);
		part_date(&table, row->date);
		part_text(&table, analysis_phase(part, row->phase));
		part_text(&table, pledges_text(part, row->pledges, row->pledges_count));
		part_source_cell(&table, row->strengths_count
						 ? part->world->strengths[row->strengths[0]].source
						 : NONE32);
	}
	view->empty = part->world->strengths_count
			      ? part_word(part, WORD("None is found in what is on record."))
			      : part_word(part, WORD("No strengths are on record: it is not "
						     "known."));
	return part_table_close(&table);
}

/* ---- circles ---- */

static struct str circle_text(struct part *part, const struct circle *circle)
{
	static const char *const patterns[RELIANCES] = { WORD("%1 serves those whom %2 serves"),
		WORD("%1 waits for a step of %2"), WORD("%1 uses an asset of %2"),
		WORD("%1 is paid from a fund of %2") };
	struct buf text;

	buf_init(&text, part->arena, 1 << 16);
	for (size_t i = 0; i < circle->links_count; i++) {
		const struct circle_link *link = &circle->links[i];
		const struct str args[] = { part_party(part, link->provider),
			part_party(part, link->relies_on) };

		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, analysis_say(part, patterns[link->by], args, 2));
	}
	return buf_str(&text);
}

static enum status fill_circles(struct table_view *view, const struct finding *finding)
{
	static const struct part_column columns[] = { { WORD("Who waits for whom"), false },
		{ WORD("As in"), false }, { WORD("Promises in the knot"), true },
		{ WORD("Rests on"), false } };
	const struct overlaps *overlaps = finding->overlaps;
	struct part *part = finding->part;
	struct part_table table;

	part_table_open(&table, part, view, table_names[LIST_CIRCULAR],
		analysis_caption(
			part, WORD("Promises that wait for each other"), overlaps->circular_count),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < overlaps->circular_count && analysis_room(&table); i++) {
		const struct circle *circle = &overlaps->circular[i];
		struct buf clauses;

		buf_init(&clauses, part->arena, 1 << 18);
		for (size_t j = 0; j < circle->links_count; j++) {
			buf_add_c(&clauses, j ? "; " : "");
			analysis_clause(&clauses, part, circle->links[j].agreement,
				circle->links[j].commitment);
		}
		part_text(&table, circle_text(part, circle));
		part_text(&table, part_place(part, circle->place));
		part_number(&table, circle->nodes);
		part_text(&table, buf_str(&clauses));
	}
	view->empty = part_word(part, WORD("None is found in what is on record."));
	return part_table_close(&table);
}

/* ---- single points ---- */

static void point_cell(struct part_table *table, const struct single_point *point)
{
	struct part *part = table->part;
	const struct world *world = part->world;
	const struct post_row *post;

	if (point->kind == POINT_AGREEMENT) {
		part_link(table, "/agreements/%1", point->agreement->id,
			accord_text(&point->agreement->title, str_of(part->ui.language->code)));
		return;
	}
	if (point->kind == POINT_PARTY) {
		part_link(table, "/parties/%1", world->parties[point->index].id,
			part_party(part, point->index));
		return;
	}
	post = &world->posts[point->index];
	part_link(table, "/posts/%1", post->id,
		str_format(part->arena, STR_FMT " – " STR_FMT,
			STR_ARG(part_party(part, post->sending)),
			STR_ARG(part_place(part, post->place))));
}

/* What the largest cell of a loss rests on today: its answers of the band that would be lost. */
static enum status loss_rests(
	struct str *out, const struct finding *finding, const struct point_loss *loss)
{
	struct part *part = finding->part;
	struct answers answers;
	struct query query;
	enum status status;
	struct buf text;

	cover_query_init(&query, part->date, VIEWER_PUBLIC);
	query.nats[0] = loss->most.nat;
	query.nat_count = 1;
	query.place = loss->most.place;
	query.service = loss->service;
	if (loss->most.group != GROUP_STOCK) {
		query.statuses = PERSON_BIT(
			loss->most.group == GROUP_REFUGEE ? PERSON_REFUGEE : PERSON_ASYLUM_SEEKER);
		query.residence = part->world->places[loss->most.place].nat;
	}
	buf_init(&text, part->arena, 1 << 18);
	status = cover_who(&answers, part->arena, part->snapshot->index, &query);
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count; i++) {
		const struct answer *answer = &answers.items[i];

		if (answer->held || answer->band != loss->from)
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		analysis_clause(&text, part, answer->agreement, answer->commitment);
		if (answer->post_row == NONE32)
			continue;
		const struct post_row *post = &part->world->posts[answer->post_row];
		const struct str args[] = { post->id, analysis_day(part, post->as_of) };
		buf_add_c(&text, "; ");
		buf_add(&text, analysis_say(part, WORD("post %1 as of %2"), args, 2));
		part_source(part, post->source);
	}
	*out = buf_str(&text);
	return status;
}

static bool losses_alike(const struct point_loss *a, const struct point_loss *b)
{
	return a->people == b->people && a->from == b->from && a->to == b->to &&
	       a->not_known == b->not_known && a->most.place == b->most.place &&
	       a->most.nat == b->most.nat && a->most.group == b->most.group;
}

/* A row for losses of POINT that differ by the service alone. */
static enum status point_rows(
	struct part_table *table, const struct finding *finding, const struct single_point *point)
{
	struct part *part = finding->part;
	enum status status = STATUS_OK;

	for (size_t i = 0;
		i < point->losses_count && status == STATUS_OK && analysis_room(table);) {
		const struct point_loss *loss = &point->losses[i];
		uint64_t services = 0;
		struct str rests;

		for (; i < point->losses_count && losses_alike(loss, &point->losses[i]); i++)
			services |= UINT64_C(1) << point->losses[i].service;
		status = loss_rests(&rests, finding, loss);
		point_cell(table, point);
		part_number(table, loss->people);
		part_text(table, part_service_names(part, services));
		part_band(table, analysis_band(loss->from, false), STR(""));
		part_band(table, analysis_band(loss->to, loss->not_known), STR(""));
		part_text(table, analysis_cells(part, &loss->most, 1, true));
		part_text(table, status == STATUS_OK ? rests : STR_NONE);
	}
	return status;
}

static enum status fill_points(
	struct table_view *view, const struct finding *finding, enum point_kind kind)
{
	static const struct part_column columns[] = { { WORD("What"), false },
		{ WORD("People"), true }, { WORD("Services"), false }, { WORD("Before"), false },
		{ WORD("After"), false }, { WORD("Most of them"), false },
		{ WORD("Rests today on"), false } };
	static const char *const captions[POINT_KINDS] = { WORD("If this post closes"),
		WORD("If this party leaves every agreement"), WORD("If this agreement ends") };
	const struct overlaps *overlaps = finding->overlaps;
	enum status status = STATUS_OK;
	struct part *part = finding->part;
	struct part_table table;
	size_t count = 0;

	for (size_t i = 0; i < overlaps->points_count; i++)
		count += overlaps->points[i].kind == kind;
	part_table_open(&table, part, view, table_names[LIST_POSTS + kind],
		analysis_caption(part, captions[kind], count), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < overlaps->points_count && status == STATUS_OK; i++)
		if (overlaps->points[i].kind == kind)
			status = point_rows(&table, finding, &overlaps->points[i]);
	view->empty = part_word(part, WORD("None is found in what is on record."));
	return status == STATUS_OK ? part_table_close(&table) : status;
}

/* ---- the page ---- */

static enum status fill_table(
	struct table_view *view, const struct finding *finding, enum overlaps_table table)
{
	switch (table) {
	case LIST_LEADS:
	case LIST_UNASSIGNED:
		return fill_leads(view, finding, table == LIST_UNASSIGNED);
	case LIST_ASSETS:
		return fill_assets(view, finding);
	case LIST_STRENGTHS:
		return fill_strengths(view, finding);
	case LIST_CIRCULAR:
		return fill_circles(view, finding);
	default:
		return fill_points(view, finding, (enum point_kind)(table - LIST_POSTS));
	}
}

static enum status fill(struct analysis_view *view, struct part *part, const struct analysis *asked)
{
	struct overlap_filter filter = { .kinds = asked->limit   ? table_kinds[asked->limit - 1]
						  : asked->kinds ? asked->kinds
								 : (1u << OVERLAP_KINDS) - 1,
		.services = asked->services,
		.place = asked->place,
		.nat = asked->nat,
		.date = part->date,
		.viewer = VIEWER_PUBLIC };
	struct overlaps overlaps;
	struct finding finding = { part, asked, &overlaps };
	enum status status = cover_overlaps(
		&overlaps, part->arena, part->snapshot->index, &part->count, &filter);

	for (int i = 0; i < TABLES && status == STATUS_OK; i++)
		if (asked->limit ? asked->limit == (size_t)i + 1
				 : (filter.kinds & table_kinds[i]) != 0)
			status = fill_table(&view->tables[i], &finding, (enum overlaps_table)i);
	if (status != STATUS_OK)
		return status;
	view->said[view->said_count++] = analysis_counted(part);
	view->next = html_link_make(part->arena, &part->ui, "/unknowns", NULL, 0);
	view->next_name = part_word(part, WORD("What to find out first"));
	return STATUS_OK;
}

const struct analysis_page page_overlaps = { .path = "/overlaps",
	.title = WORD("Overlaps"),
	.intro = WORD("Where several are bound to lead for the same people, what is promised more "
		      "than once, and who would lose help if one post, party or agreement were "
		      "gone."),
	.filters = 1u << FILTER_SERVICE | 1u << FILTER_PLACE | 1u << FILTER_NATIONALITY |
		   1u << FILTER_KIND,
	.kinds = cover_overlap_words,
	.kind_names = kind_names,
	.kind_count = OVERLAP_KINDS,
	.tables = table_names,
	.table_count = TABLES,
	.fill = fill };
