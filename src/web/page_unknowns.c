/* The page of unknowns: facts that are not known, by the people whose answer they decide, what is
 * on record of each, and where one might look. */
#include "web/page_analysis.h"

static const char *const table_names[] = { "facts" };

static struct str question_text(const struct part *part, const struct unknown_fact *fact)
{
	const struct str args[] = { fact->kind == UNKNOWN_RESIDENCE ? part_nat(part, fact->nat)
								    : part_party(part, fact->party),
		part_place(part, fact->country) };

	return analysis_say(part,
		fact->kind == UNKNOWN_RESIDENCE
			? WORD("Where do people of %1 in %2 live lawfully, and since when?")
			: WORD("Is %1 present in %2?"),
		args, 2);
}

static struct str look_text(const struct part *part, const struct unknown_fact *fact)
{
	static const char *const words[LOOKS] = { WORD("register of residence of the host"),
		WORD("list of missions of the sending State, consular list of the host"),
		WORD("consular list of the host"),
		WORD("list of missions of the sending State, for its accreditations"),
		WORD("the organization's list of offices") };

	return part_word(part, words[cover_unknown_look(fact)]);
}

/* What is on record, and its source. */
static void record_cells(struct part_table *table, const struct unknown_fact *fact)
{
	struct part *part = table->part;
	const struct world *world = part->world;
	struct presence presence;
	struct str args[2];

	if (cover_unknown_as_of(world, fact, part->date) == DATE_NONE) {
		part_text(table, part_word(part, WORD("nothing is on record")));
		part_source_cell(table, NONE32);
		return;
	}
	presence = cover_unknown_record(world, fact, part->date);
	args[1] = analysis_day(part, cover_unknown_as_of(world, fact, part->date));
	if (presence.post_row != NONE32) {
		args[0] = world->posts[presence.post_row].id;
		part_text(table, analysis_say(part, WORD("post %1 as of %2"), args, 2));
		part_source_cell(table, world->posts[presence.post_row].source);
		return;
	}
	args[0] = part_place(part, world->offices[presence.office_row].place);
	part_text(table, analysis_say(part, WORD("office in %1 as of %2"), args, 2));
	part_source_cell(table, world->offices[presence.office_row].source);
}

static enum status fill_facts(
	struct table_view *view, struct part *part, const struct unknowns *unknowns)
{
	static const struct part_column columns[] = { { WORD("Find out"), false },
		{ WORD("People"), true }, { WORD("Rise if so"), true },
		{ WORD("Fall if not"), true }, { WORD("Services"), false },
		{ WORD("Where to look"), false }, { WORD("On record"), false },
		{ WORD("Source"), false } };
	struct part_table table;

	part_table_open(&table, part, view, table_names[0],
		analysis_caption(part, WORD("What to find out first"), unknowns->items_count),
		columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < unknowns->items_count && analysis_room(&table); i++) {
		const struct unknown_fact *fact = &unknowns->items[i];

		part_link(&table, "/places/%1", part->world->places[fact->country].id,
			question_text(part, fact));
		part_number(&table, fact->people);
		part_number(&table, fact->better);
		part_number(&table, fact->worse);
		part_text(&table, part_service_names(part, fact->services));
		part_text(&table, look_text(part, fact));
		record_cells(&table, fact);
	}
	view->empty = part_word(part, WORD("Nothing that is not known decides for anybody here."));
	return part_table_close(&table);
}

static enum status fill(struct analysis_view *view, struct part *part, const struct analysis *asked)
{
	struct unknown_filter filter = { .services = asked->services,
		.place = asked->place,
		.date = part->date,
		.viewer = VIEWER_PUBLIC };
	struct unknowns unknowns;
	enum status status = cover_unknowns(
		&unknowns, part->arena, part->snapshot->index, &part->count, &filter);

	if (status == STATUS_OK)
		status = fill_facts(&view->tables[0], part, &unknowns);
	if (status != STATUS_OK)
		return status;
	const struct str args[] = { part_figure(part, unknowns.unsure),
		part_figure(part, unknowns.decided) };
	view->said[view->said_count++] = analysis_counted(part);
	view->said[view->said_count++] = analysis_say(part,
		WORD("For %1 people, once for each service, the answer is not sure; for %2 of them "
		     "one fact alone decides."),
		args, 2);
	view->next = html_link_make(part->arena, &part->ui, "/readiness", NULL, 0);
	view->next_name = part_word(part, WORD("Whether the agreements would hold"));
	return STATUS_OK;
}

const struct analysis_page page_unknowns = { .path = "/unknowns",
	.title = WORD("Not known"),
	.intro = WORD("Facts that nobody has told us, by the people whose help hangs on them: find "
		      "these out first. Each row leads to the country; the last columns say what "
		      "is on record and where to look."),
	.filters = 1u << FILTER_SERVICE | 1u << FILTER_PLACE,
	.tables = table_names,
	.table_count = 1,
	.fill = fill };
