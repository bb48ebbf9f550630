/* The page of readiness: would the agreements hold? A row for each and a column for each component;
 * and for one agreement what every figure rests on, commitment by commitment. */
#include "web/page_analysis_asked.h"

enum { LIST_AGREEMENTS, LIST_WHY, LISTS };
static const char *const table_names[LISTS] = { "agreements", "why" };

const char *const analysis_component_names[READY_PARTS] = { WORD("In force"), WORD("Term"),
	WORD("Channels tested"), WORD("Links tested"), WORD("Exercised"),
	WORD("Capacity confirmed"), WORD("Assets not pledged twice"), WORD("Host told") };

static struct str figure(const struct part *part, size_t number)
{
	return part_figure(part, (long long)number);
}

/* ---- what a component rests on ---- */

static struct str duration_text(const struct part *part, struct duration duration)
{
	static const char *const units[] = { [DURATION_HOURS] = WORD("%1 hours"),
		[DURATION_DAYS] = WORD("%1 days"),
		[DURATION_WORKING_DAYS] = WORD("%1 working days"),
		[DURATION_MONTHS] = WORD("%1 months") };
	const struct str args[] = { part_figure(part, duration.count) };

	return analysis_say(part, units[duration.unit], args, 1);
}

static struct str term_text(const struct part *part, const struct readiness *ready)
{
	const struct str args[] = { analysis_day(part, ready->ends) };

	if (ready->ends == DATE_NONE)
		return part_word(part, WORD("no end is agreed"));
	return analysis_say(part,
		ready->agreement->renews.count > 0
			? WORD("ends on %1; to be renewed, not confirmed beyond")
			: WORD("ends on %1"),
		args, 1);
}

static struct str channels_text(const struct part *part, const struct readiness *ready)
{
	struct duration every = ready->tested_every.count
					? ready->tested_every
					: (struct duration){ READY_TEST_DAYS, DURATION_DAYS };
	const struct str args[] = { figure(part, ready->providers), figure(part, ready->tested),
		duration_text(part, every), figure(part, ready->old), figure(part, ready->silent) };

	return analysis_say(part,
		ready->tested_every.count
			? WORD("of %1 that may have to help, %2 have a channel tested within %3, "
			       "%4 only longer ago; of %5 no test is on record")
			: WORD("of %1 that may have to help, %2 have a channel tested within %3 "
			       "(the agreement does not say how often), %4 only longer ago; of %5 "
			       "no test is on record"),
		args, 5);
}

static struct str capacity_text(const struct part *part, const struct readiness *ready)
{
	const struct str args[] = { figure(part, ready->promises), figure(part, ready->unsized),
		figure(part, ready->confirmed) };

	return analysis_say(part,
		WORD("commitments that promise with means: %1; without a capacity: %2; confirmed: "
		     "%3"),
		args, 3);
}

static struct str assets_text(const struct part *part, const struct readiness *ready)
{
	const struct str args[] = { ready->asset, part_figure(part, ready->asset_has),
		part_figure(part, ready->asset_pledged) };

	if (ready->parts[READY_ASSETS] == TRUTH_U)
		return analysis_say(part, WORD("%1 is not on record"), args, 1);
	return ready->asset.ptr
		       ? analysis_say(part, WORD("%1: %2 on record, %3 promised in all"), args, 3)
		       : part_word(part, WORD("nothing that backs it is promised for more than "
					      "there is"));
}

static struct str exercised_text(const struct part *part, const struct readiness *ready)
{
	const struct str args[] = { duration_text(part, ready->exercise_every) };

	return ready->exercise_every.count
		       ? analysis_say(part, WORD("no exercise is on record; one is due every %1"),
				 args, 1)
		       : part_word(part, WORD("no exercise is on record, nor does the agreement "
					      "ask for one"));
}

static struct str why_text(const struct part *part, const struct readiness *ready, int component)
{
	struct str args[2];

	switch ((enum ready_part)component) {
	case READY_IN_FORCE:
		return part_word(
			part, ready->parts[component] == TRUTH_U
				      ? WORD("its term has ended; it is expected to be renewed")
				      : WORD("by its states, its dates and its renewals"));
	case READY_TERM:
		return term_text(part, ready);
	case READY_CHANNELS:
		return channels_text(part, ready);
	case READY_LINKS:
		args[0] = figure(part, ready->links_tested);
		args[1] = figure(part, ready->links);
		return ready->links
			       ? analysis_say(part, WORD("%1 of %2 tested in time, out and back"),
					 args, 2)
			       : part_word(part, WORD("no link between its parties is on record"));
	case READY_EXERCISED:
		return exercised_text(part, ready);
	case READY_CAPACITY:
		return capacity_text(part, ready);
	case READY_ASSETS:
		return assets_text(part, ready);
	default:
		args[0] = figure(part, ready->host_steps);
		return analysis_say(part,
			WORD("commitments that need the host State told or asked: %1; whether it "
			     "was, and whether it objects, is not on record"),
			args, 1);
	}
}

/* ---- tables ---- */

static struct str holds_text(const struct part *part, enum truth truth)
{
	return truth == TRUTH_U ? STR_NONE
				: part_word(part, truth == TRUTH_T ? WORD("yes") : WORD("no"));
}

static void truth_cell(struct part_table *table, const struct readiness *ready, int component)
{
	part_text(table, ready->asked[component] ? holds_text(table->part, ready->parts[component])
						 : part_word(table->part, WORD("not asked for")));
}

static bool wanted(const struct readiness *ready, const struct analysis *asked)
{
	enum truth truth = asked->component ? ready->parts[asked->component - 1] : ready->all;
	static const enum truth holds[] = { TRUTH_F, TRUTH_U, TRUTH_T };

	if (asked->component && !ready->asked[asked->component - 1])
		return asked->holds == 0;
	return asked->holds == 0 || holds[asked->holds - 1] == truth;
}

struct judging {
	struct part *part;
	const struct analysis *asked;
	const struct agreement **list;
	size_t count;
};

static enum status judge(struct readiness *ready, const struct judging *judging,
	const struct agreement *agreement, const struct commitment *commitment)
{
	struct part *part = judging->part;

	return cover_ready(ready, part->arena, part->snapshot->index, agreement, commitment,
		part->date, VIEWER_PUBLIC);
}

static void agreement_cells(struct part_table *table, const struct readiness *ready)
{
	struct part *part = table->part;

	part_link(table, "/readiness?agreement=%1", ready->agreement->id,
		accord_text(&ready->agreement->title, str_of(part->ui.language->code)));
	part_text(table, ready->agreement->id);
	part_text(table, holds_text(part, ready->all));
	if (ready->ends == DATE_NONE)
		part_text(table, part_word(part, WORD("no end is agreed")));
	else
		part_date(table, ready->ends);
	for (int i = 0; i < READY_PARTS; i++)
		truth_cell(table, ready, i);
}

/* All agreements stand on the page: what is left out of such a list would be taken for ready. */
static enum status fill_agreements(struct table_view *view, const struct judging *judging)
{
	static const struct part_column columns[] = { { WORD("Agreement"), false },
		{ WORD("Id"), false }, { WORD("All together"), false }, { WORD("Ends"), false },
		{ WORD("In force"), false }, { WORD("Term"), false },
		{ WORD("Channels tested"), false }, { WORD("Links tested"), false },
		{ WORD("Exercised"), false }, { WORD("Capacity confirmed"), false },
		{ WORD("Assets not pledged twice"), false }, { WORD("Host told"), false } };
	enum status status = STATUS_OK;
	struct part_table table;
	size_t shown = 0;

	part_table_open(&table, judging->part, view, table_names[LIST_AGREEMENTS], STR(""), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < judging->count && status == STATUS_OK; i++) {
		struct readiness ready;

		status = judge(&ready, judging, judging->list[i], NULL);
		if (status != STATUS_OK || !wanted(&ready, judging->asked))
			continue;
		agreement_cells(&table, &ready);
		shown++;
	}
	view->caption = analysis_caption(judging->part, WORD("Agreements by component"), shown);
	view->empty = part_word(judging->part, WORD("No agreement on record is like this."));
	return status == STATUS_OK ? part_table_close(&table) : status;
}

static void why_rows(struct part_table *table, const struct readiness *ready)
{
	struct part *part = table->part;

	for (int i = 0; i < READY_PARTS; i++) {
		if (!ready->asked[i])
			continue;
		part_text(table, ready->commitment ? ready->commitment->id
						   : part_word(part, WORD("the whole agreement")));
		part_text(table, ready->agreement->id);
		part_text(table, part_word(part, analysis_component_names[i]));
		part_text(table, holds_text(part, ready->parts[i]));
		part_text(table, why_text(part, ready, i));
	}
}

static enum status fill_why(struct table_view *view, const struct judging *judging)
{
	static const struct part_column columns[] = { { WORD("Commitment"), false },
		{ WORD("Agreement"), false }, { WORD("Component"), false },
		{ WORD("Does it hold"), false }, { WORD("Rests on"), false } };
	enum status status = STATUS_OK;
	struct part_table table;

	part_table_open(&table, judging->part, view, table_names[LIST_WHY],
		part_word(judging->part, WORD("What each component rests on")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < judging->count && status == STATUS_OK; i++) {
		const struct agreement *agreement = judging->list[i];
		struct readiness ready;

		status = judge(&ready, judging, agreement, NULL);
		if (status != STATUS_OK || !wanted(&ready, judging->asked))
			continue;
		why_rows(&table, &ready);
		for (size_t c = 0; c < agreement->commitments_count && status == STATUS_OK; c++) {
			if (cover_ready_repeats(agreement, c))
				continue;
			status = judge(&ready, judging, agreement, &agreement->commitments[c]);
			why_rows(&table, &ready);
		}
	}
	return status == STATUS_OK ? part_table_close(&table) : status;
}

/* ---- the page ---- */

static enum status fill(struct analysis_view *view, struct part *part, const struct analysis *asked)
{
	struct judging judging = { .part = part, .asked = asked };
	const struct agreement *one =
		asked->item == NONE32 ? NULL : &part->snapshot->accords.items[asked->item];
	const struct str day[] = { analysis_day(part, part->date) };
	enum status status = STATUS_OK;

	judging.list = cover_ready_agreements(part->arena, part->snapshot->index,
		&part->snapshot->accords, VIEWER_PUBLIC, part->date, &judging.count);
	if (!judging.list)
		return STATUS_NO_MEMORY;
	if (one) {
		judging.list[0] = one;
		judging.count = 1;
	}
	part->source_count = 0; /* nobody is counted here */
	if (asked->limit == 0 || asked->limit == LIST_AGREEMENTS + 1)
		status = fill_agreements(&view->tables[LIST_AGREEMENTS], &judging);
	if (status == STATUS_OK && (asked->limit ? asked->limit == LIST_WHY + 1 : one != NULL))
		status = fill_why(&view->tables[LIST_WHY], &judging);
	view->said[view->said_count++] = analysis_say(part,
		WORD("As on record for %1: terms, tests, confirmations and promises. Not known is "
		     "never yes. Each agreement leads to what its figures rest on."),
		day, 1);
	view->next = one ? page_link_to(part->arena, &part->ui, "/agreements/%1", one->id)
			 : page_link(part->arena, &part->ui, "/advice");
	view->next_name = part_word(part,
		one ? WORD("This agreement in words") : WORD("Which agreements to sign next"));
	return status;
}

const struct analysis_page page_readiness = { .path = "/readiness",
	.title = WORD("Readiness"),
	.intro = WORD("Would the agreements hold in a crisis? In force, term, tested channels and "
		      "links, exercised, capacity confirmed, assets not promised twice, host State "
		      "told."),
	.filters = 1u << FILTER_AGREEMENT | 1u << FILTER_COMPONENT | 1u << FILTER_HOLDS,
	.tables = table_names,
	.table_count = LISTS,
	.fill = fill };
