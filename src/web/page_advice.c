/* The page of advice: which agreements to sign next. For each the people it would lift, from which
 * band to which, where, on which facts, and its draft as a document. */
#include "web/page_analysis.h"
#include "web/page_docs.h"

#define ITEMS 10
#define PLACES_SHOWN 5

enum { LIST_PROPOSALS, LIST_MOVED, LIST_PLACES, LIST_LIFTS, LISTS };
static const char *const table_names[LISTS] = { "proposals", "moved", "places", "lifts" };
static const char *const kind_names[ADVICE_KINDS] = { WORD("one State for another, in one country"),
	WORD("one State for another, everywhere"), WORD("members of a group for each other"),
	WORD("an organization's service") };

struct advising_page {
	struct part *part;
	const struct analysis *asked;
	struct advices advices;
};

static struct str title_text(const struct part *part, const struct advice *advice)
{
	struct str args[3];

	switch (advice->kind) {
	case ADVICE_AT_HOST:
		args[0] = part_party(part, advice->party);
		args[1] = part_nat(part, advice->nat);
		args[2] = part_place(part, advice->place);
		return analysis_say(part, WORD("%1 represents %2 in %3"), args, 3);
	case ADVICE_WORLD_WIDE:
		args[0] = part_party(part, advice->party);
		args[1] = part_nat(part, advice->nat);
		return analysis_say(part,
			WORD("%1 represents %2 wherever it has a post and the other has none"),
			args, 2);
	case ADVICE_GROUP:
		args[0] = page_group(&part->ui, part->world, advice->group);
		return analysis_say(part,
			WORD("The members of the group “%1” represent each other where they have "
			     "no post"),
			args, 1);
	default:
		args[0] = part_party(part, advice->party);
		args[1] = part_service(part, advice->service);
		return analysis_say(
			part, WORD("%1 stands by wherever it has an office: %2"), args, 2);
	}
}

static struct html_link draft_link(const struct part *part, const struct advice *advice)
{
	return page_link_to(part->arena, &part->ui, "/advice/%1.yaml",
		cover_advice_id(part->arena, part->world, advice));
}

/* ---- tables ---- */

static void open_table(struct part_table *table, struct part *part, struct table_view *view,
	const char *id, const char *caption, const struct part_column *columns, size_t count)
{
	part_table_open(table, part, view, id, part_word(part, caption), columns, count);
	view->empty = part_word(part, WORD("No such agreement would lift anybody."));
}

static enum status fill_proposals(struct table_view *view, const struct advising_page *page)
{
	static const struct part_column columns[] = { { WORD("Agreement to sign"), false },
		{ WORD("No."), true }, { WORD("Kind"), false }, { WORD("People"), true },
		{ WORD("Lifts"), true }, { WORD("Of these not sure"), true },
		{ WORD("Gain"), true } };
	struct part *part = page->part;
	struct part_table table;

	open_table(&table, part, view, table_names[LIST_PROPOSALS],
		WORD("Which agreements to sign next"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < page->advices.items_count; i++) {
		const struct advice *advice = &page->advices.items[i];

		part_link(&table, "#agreement-%1", str_format(part->arena, "%zu", i + 1),
			title_text(part, advice));
		part_number(&table, (long long)i + 1);
		part_text(&table, part_word(part, kind_names[advice->kind]));
		part_number(&table, advice->people);
		part_number(&table, advice->lifts);
		part_number(&table, advice->uncertain);
		part_number(&table, advice->gain / 100);
	}
	return part_table_close(&table);
}

static const struct part_column moved_columns[] = { { WORD("From"), false }, { WORD("To"), false },
	{ WORD("No."), true }, { WORD("People, once for each service"), true } };

/* Those with nobody are told apart: not known, and known to have nobody. */
static void add_moved(struct part_table *table, const struct advising_page *page, size_t number)
{
	const struct advice *advice = &page->advices.items[number];

	for (int from = 0; from < BANDS; from++)
		for (int to = 0; to < BANDS; to++) {
			int64_t people[2] = { 0 };

			for (size_t i = 0; i < advice->lifted_count; i++) {
				const struct advice_lift *lift = &advice->lifted[i];

				if (lift->from == (enum band)from && lift->to == (enum band)to)
					people[lift->from_not_known] +=
						page->part->count.cells[lift->cell].people;
			}
			for (int unknown = 0; unknown < 2; unknown++) {
				if (!people[unknown])
					continue;
				part_band(table, analysis_band((enum band)from, unknown), STR(""));
				part_band(table, analysis_band((enum band)to, false), STR(""));
				part_number(table, (long long)number + 1);
				part_number(table, people[unknown]);
			}
		}
}

static const struct part_column place_columns[] = { { WORD("Country"), false },
	{ WORD("No."), true }, { WORD("Lifts"), true }, { WORD("Most of them"), false },
	{ WORD("INFORM risk, from 0 to 10"), false }, { WORD("The helper"), false },
	{ WORD("Source"), false }, { WORD("The State of nationality"), false } };

static void helper_cells(struct part_table *table, const struct presence *here)
{
	struct part *part = table->part;
	const struct world *world = part->world;
	uint32_t source = NONE32;
	struct str args[2], text;

	if (here->post_row != NONE32) {
		args[0] = world->posts[here->post_row].id;
		args[1] = analysis_day(part, world->posts[here->post_row].as_of);
		text = analysis_say(part, WORD("post %1 as of %2"), args, 2);
		source = world->posts[here->post_row].source;
	} else if (here->office_row != NONE32) {
		args[0] = part_place(part, world->offices[here->office_row].place);
		args[1] = analysis_day(part, world->offices[here->office_row].as_of);
		text = analysis_say(part, WORD("office in %1 as of %2"), args, 2);
		source = world->offices[here->office_row].source;
	} else {
		text = part_word(part, WORD("by the schedule of another agreement"));
	}
	part_text(table, text);
	part_source_cell(table, source);
}

static void absent_cell(
	struct part_table *table, const struct advice *advice, const struct advice_place *place)
{
	struct part *part = table->part;
	uint32_t absent = cover_advice_absent(part->world, advice, place);
	struct presence own;
	struct str args[1];

	if (absent == NONE32) {
		part_text(table, part_word(part, WORD("not asked for")));
		return;
	}
	own = world_presence(
		part->world, absent, place->place, LEVEL_RESIDENT, place->service, part->date);
	args[0] = part_party(part, absent);
	part_text(table,
		analysis_say(part,
			own.truth == TRUTH_F
				? WORD("it is on record that there is no post of %1")
				: WORD("no post of %1 is known there, nor that there is none"),
			args, 1));
}

static void risk_cell(struct part_table *table, uint32_t place)
{
	struct part *part = table->part;
	uint32_t row;
	int tenths = cover_risk_tenths(part->world, place, &row);

	if (tenths < 0) {
		part_text(table, STR_NONE);
		return;
	}
	part_text(table, str_format(part->arena, "%d.%d (%d)", tenths / 10, tenths % 10,
				 part->world->risks[row].year));
	part_source(part, part->world->risks[row].source);
}

/* At most MAX countries, most lifts first. */
static enum status add_places(
	struct part_table *table, const struct advising_page *page, size_t number, size_t max)
{
	const struct advice *advice = &page->advices.items[number];
	struct part *part = page->part;
	size_t count;
	struct advice_place *places =
		cover_advice_places(part->arena, part->world, &part->count, advice, &count);

	for (size_t i = 0; places && i < count && i < max; i++) {
		const struct str most[] = { part_figure(part, places[i].nat_lifts),
			part_nat(part, places[i].nat) };
		struct presence here;
		uint32_t provider;

		here = cover_advice_provider(
			part->world, advice, &places[i], part->date, &provider);
		part_link(table, "/places/%1", part->world->places[places[i].place].id,
			part_place(part, places[i].place));
		part_number(table, (long long)number + 1);
		part_number(table, places[i].lifts);
		part_text(table, analysis_say(part, WORD("%1 from %2"), most, 2));
		risk_cell(table, places[i].place);
		helper_cells(table, &here);
		absent_cell(table, advice, &places[i]);
	}
	part->cut = part->cut || count > max;
	return places ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status fill_all(struct table_view *view, const struct advising_page *page, bool places)
{
	enum status status = STATUS_OK;
	struct part_table table;

	if (places)
		open_table(&table, page->part, view, table_names[LIST_PLACES],
			WORD("Where, and on which facts"), place_columns,
			sizeof place_columns / sizeof place_columns[0]);
	else
		open_table(&table, page->part, view, table_names[LIST_MOVED],
			WORD("From which band to which"), moved_columns,
			sizeof moved_columns / sizeof moved_columns[0]);
	for (size_t i = 0; i < page->advices.items_count && status == STATUS_OK; i++)
		if (places)
			status = add_places(&table, page, i, SIZE_MAX);
		else
			add_moved(&table, page, i);
	return status == STATUS_OK ? part_table_close(&table) : status;
}

/* Every group of people that is lifted. */
static enum status fill_lifts(struct table_view *view, const struct advising_page *page)
{
	static const struct part_column columns[] = { { WORD("Country"), false },
		{ WORD("No."), true }, { WORD("Nationality"), false }, { WORD("Service"), false },
		{ WORD("From"), false }, { WORD("To"), false }, { WORD("Sure"), false },
		{ WORD("People"), true } };
	struct part *part = page->part;
	struct part_table table;

	open_table(&table, part, view, table_names[LIST_LIFTS], WORD("Who is lifted"), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < page->advices.items_count; i++)
		for (size_t j = 0; j < page->advices.items[i].lifted_count; j++) {
			const struct advice_lift *lift = &page->advices.items[i].lifted[j];
			const struct people_cell *cell = &part->count.cells[lift->cell];

			part_text(&table, part_place(part, cell->place));
			part_number(&table, (long long)i + 1);
			part_text(&table, part_nat(part, cell->nat));
			part_text(&table, part_service(part, lift->service));
			part_band(&table, analysis_band(lift->from, lift->from_not_known), STR(""));
			part_band(&table, analysis_band(lift->to, false), STR(""));
			part_text(
				&table, lift->uncertain ? STR_NONE : part_word(part, WORD("yes")));
			part_number(&table, cell->people);
		}
	return part_table_close(&table);
}

/* ---- one agreement ---- */

static void add_row(
	struct analysis_item *item, const struct part *part, const char *key, struct cell_view cell)
{
	item->rows[item->row_count++] = (struct summary_row){ part_word(part, key), cell };
}

static struct str services_text(const struct part *part, const struct advice *advice)
{
	struct buf text;

	buf_init(&text, part->arena, 16000);
	for (uint8_t i = 0; i < world_service_count; i++) {
		int64_t people = cover_advice_of_service(&part->count, advice, i);
		const struct str args[] = { part_service(part, i), part_figure(part, people) };

		if (!people)
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, analysis_say(part, WORD("%1: %2"), args, 2));
	}
	return buf_str(&text);
}

static enum status fill_item(
	struct analysis_item *item, const struct advising_page *page, size_t number)
{
	const struct advice *advice = &page->advices.items[number];
	struct part *part = page->part;
	struct part_table table;
	enum status status;

	item->id = str_format(part->arena, "agreement-%zu", number + 1);
	item->title = str_format(
		part->arena, "%zu. " STR_FMT, number + 1, STR_ARG(title_text(part, advice)));
	add_row(item, part, WORD("People lifted"), page_number(advice->people));
	add_row(item, part, WORD("Services"), page_text(services_text(part, advice)));
	add_row(item, part, WORD("Gain"), page_number(advice->gain / 100));
	if (advice->uncertain)
		add_row(item, part,
			WORD("Lifts that rest on an absence or a residence that is not known"),
			page_number(advice->uncertain));
	if (advice->unweighted)
		add_row(item, part,
			WORD("Lifts in countries without a risk on record, counted without weight"),
			page_number(advice->unweighted));
	if (advice->others)
		add_row(item, part, WORD("Other States that would lift as many in its place"),
			page_number((long long)advice->others));
	item->draft = draft_link(part, advice);
	open_table(&table, part, &item->moved, str_format(part->arena, "moved-%zu", number + 1).ptr,
		WORD("From which band to which"), moved_columns,
		sizeof moved_columns / sizeof moved_columns[0]);
	add_moved(&table, page, number);
	status = part_table_close(&table);
	open_table(&table, part, &item->places,
		str_format(part->arena, "places-%zu", number + 1).ptr,
		WORD("Where, and on which facts"), place_columns,
		sizeof place_columns / sizeof place_columns[0]);
	if (status == STATUS_OK)
		status = add_places(&table, page, number, PLACES_SHOWN);
	/* each table of the page by its own name */
	item->moved.caption =
		str_format(part->arena, "%zu. " STR_FMT, number + 1, STR_ARG(item->moved.caption));
	item->places.caption =
		str_format(part->arena, "%zu. " STR_FMT, number + 1, STR_ARG(item->places.caption));
	item->moved.csv = page_csv(part->arena, &part->ui, "/advice/moved.csv");
	item->places.csv = page_csv(part->arena, &part->ui, "/advice/places.csv");
	return status == STATUS_OK ? part_table_close(&table) : status;
}

/* ---- the page ---- */

static void sum_up(struct analysis_view *view, const struct advising_page *page)
{
	const struct advices *advices = &page->advices;
	struct part *part = page->part;
	const struct str counts[] = { part_figure(
					      part, (long long)advices->candidates[ADVICE_AT_HOST]),
		part_figure(part, (long long)advices->candidates[ADVICE_WORLD_WIDE]),
		part_figure(part, (long long)advices->candidates[ADVICE_GROUP]),
		part_figure(part, (long long)advices->candidates[ADVICE_ORGANIZATION]) };
	const struct str sums[] = { part_figure(part, advices->total / 100),
		part_figure(part, (long long)advices->items_count),
		part_figure(part, (advices->bound + 99) / 100) };

	view->said[view->said_count++] = analysis_counted(part);
	view->said[view->said_count++] = analysis_say(part,
		WORD("Agreements that would lift somebody: %1 of one State for another in one "
		     "country, %2 wherever there is a post, %3 of groups, %4 of organizations. A "
		     "gain is people, for each service, times the INFORM risk by ten, after the "
		     "agreements before."),
		counts, 4);
	view->said[view->said_count++] = analysis_say(part,
		WORD("Together they gain %1; no %2 of these agreements can gain more than %3."),
		sums, 3);
}

static enum status fill_page(struct analysis_view *view, const struct advising_page *page)
{
	struct part *part = page->part;
	struct analysis_item *items =
		ARENA_ARRAY(part->arena, page->advices.items_count + 1, struct analysis_item);
	enum status status =
		items ? fill_proposals(&view->tables[LIST_PROPOSALS], page) : STATUS_NO_MEMORY;

	for (size_t i = 0; i < page->advices.items_count && status == STATUS_OK; i++)
		status = fill_item(&items[i], page, i);
	view->items = items;
	view->item_count = status == STATUS_OK ? page->advices.items_count : 0;
	sum_up(view, page);
	view->next = page_link(part->arena, &part->ui, "/agreements");
	view->next_name = part_word(part, WORD("Agreements on record"));
	return status;
}

static enum status fill(struct analysis_view *view, struct part *part, const struct analysis *asked)
{
	struct advising_page page = { .part = part, .asked = asked };
	const struct advice_filter filter = { .services = asked->services,
		.kinds = asked->kinds,
		.place = asked->place,
		.date = part->date,
		.viewer = VIEWER_PUBLIC };
	enum status status = cover_advise(
		&page.advices, part->arena, part->snapshot->index, &part->count, &filter, ITEMS);

	if (status != STATUS_OK)
		return status;
	switch (asked->limit) {
	case 0:
		return fill_page(view, &page);
	case LIST_PROPOSALS + 1:
		return fill_proposals(&view->tables[LIST_PROPOSALS], &page);
	case LIST_LIFTS + 1:
		return fill_lifts(&view->tables[LIST_LIFTS], &page);
	default:
		return fill_all(
			&view->tables[asked->limit - 1], &page, asked->limit == LIST_PLACES + 1);
	}
}

const struct analysis_page page_advice = { .path = "/advice",
	.title = WORD("Advice"),
	.intro = WORD("Which agreements to sign next: the ten that would lift the most people to a "
		      "better band, weighed by risk. Each is judged by what its draft would do; "
		      "nobody has agreed to any of them."),
	.filters = 1u << FILTER_SERVICE | 1u << FILTER_PLACE | 1u << FILTER_KIND,
	.kinds = cover_advice_kind_words,
	.kind_names = kind_names,
	.kind_count = ADVICE_KINDS,
	.tables = table_names,
	.table_count = LISTS,
	.fill = fill };
