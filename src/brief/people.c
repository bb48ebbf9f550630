/* Who is here, how they were counted, and how sure the figure is. */
#include "brief/internal.h"

#include <stdlib.h>

/* By the larger of the two counts. */
static int by_people(const void *a, const void *b)
{
	const struct people_of *x = a, *y = b;

	int64_t more = x->people > x->labour ? x->people : x->labour,
		than = y->people > y->labour ? y->people : y->labour;

	if (more != than)
		return more < than ? 1 : -1;
	return (int)x->nat - (int)y->nat;
}

/* Surveys and registers of migrant workers, shown beside the stock and never added to it: of each
 * nationality the latest year. */
static bool latest(const struct pen *pen, const struct people_row *row)
{
	for (size_t i = 0; i < pen->world->people_count; i++) {
		const struct people_row *other = &pen->world->people[i];
		if (other->place == row->place && other->group == row->group &&
			other->nat == row->nat && other->year > row->year)
			return false;
	}
	return true;
}

enum status people_list(struct people_of **out, size_t *count, struct pen *pen)
{
	const struct world *world = pen->world;
	struct people_of *all = ARENA_ARRAY(pen->arena, world->nats_count + 1, struct people_of);
	uint16_t own = world->places[pen->place].nat;

	*out = ARENA_ARRAY(pen->arena, pen->world->nats_count + 1, struct people_of);
	*count = 0;
	if (!all || !*out)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < pen->count.cells_count; i++) {
		const struct people_cell *cell = &pen->count.cells[i];
		if (cell->place == pen->place && !cell->own_state)
			all[cell->nat].people += cell->people;
	}
	for (size_t i = 0; i < world->people_count; i++) {
		const struct people_row *row = &world->people[i];
		if (row->place == pen->place && row->group == GROUP_LABOUR &&
			row->nat != NAT_NONE && row->nat != own && latest(pen, row))
			all[row->nat].labour = row->people;
	}
	for (size_t i = 0; i < world->nats_count; i++) {
		all[i].nat = (uint16_t)i;
		if (all[i].people || all[i].labour)
			(*out)[(*count)++] = all[i];
	}
	qsort(*out, *count, sizeof **out, by_people);
	return STATUS_OK;
}

static int16_t year_of(const struct pen *pen, enum people_group group)
{
	return group == GROUP_REFUGEE         ? pen->count.refugee_year
	       : group == GROUP_ASYLUM_SEEKER ? pen->count.asylum_year
					      : pen->count.stock_year;
}

/* The row behind a figure: of its nationality and group the largest. */
static const struct people_row *row_of(const struct pen *pen, const struct people_cell *cell)
{
	const struct people_row *best = NULL;

	for (size_t i = 0; i < pen->world->people_count; i++) {
		const struct people_row *row = &pen->world->people[i];
		if (row->place == pen->place && row->nat == cell->nat &&
			row->group == cell->group && row->year == year_of(pen, cell->group) &&
			(!best || best->people < row->people))
			best = row;
	}
	return best;
}

static struct brief_cell group_cell(const struct pen *pen, enum people_group group)
{
	return cell_word(pen, group == GROUP_REFUGEE         ? BRIEF_WORD("refugees")
			      : group == GROUP_ASYLUM_SEEKER ? BRIEF_WORD("asylum-seekers")
							     : BRIEF_WORD("others"));
}

static void people_row(struct pen *pen, const struct people_cell *cell)
{
	const struct people_row *row = row_of(pen, cell);

	pen_cell(pen, cell_nat(pen, cell->nat));
	pen_cell(pen, group_cell(pen, cell->group));
	pen_cell(pen, cell_number(cell->people));
	pen_cell(pen, cell_number(row ? row->low : -1));
	pen_cell(pen, cell_number(row ? row->high : -1));
	pen_cell(pen, cell_year(pen, year_of(pen, cell->group)));
	pen_cell(pen, cell_source(pen, row ? row->source : NONE32));
}

void table_people(struct pen *pen, uint16_t only)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Nationality"), false },
		{ BRIEF_WORD("Counted as"), false }, { BRIEF_WORD("People"), true },
		{ BRIEF_WORD("Low"), true }, { BRIEF_WORD("High"), true },
		{ BRIEF_WORD("Year"), true }, { BRIEF_WORD("Source"), false } };
	struct people_of *list;
	size_t count;

	pen_table(pen, "people", BRIEF_WORD("People from abroad by nationality"), HEADS(heads));
	if (people_list(&list, &count, pen) != STATUS_OK) {
		pen->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < pen->count.cells_count; j++) {
			const struct people_cell *cell = &pen->count.cells[j];
			if (cell->place == pen->place && cell->nat == list[i].nat &&
				!cell->own_state && (only == NAT_NONE || only == cell->nat))
				people_row(pen, cell);
		}
	pen_table_end(pen, only == NAT_NONE ? 0 : 2, NULL);
}

static struct brief_cell method_cell(const struct pen *pen, struct str method)
{
	static const struct {
		const char *code, *word;
	} words[] = { { "registration", BRIEF_WORD("a register") },
		{ "survey", BRIEF_WORD("a survey") }, { "estimate", BRIEF_WORD("an estimate") },
		{ "embassy", BRIEF_WORD("the embassy") },
		{ "employer", BRIEF_WORD("the employer") } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(method, words[i].code))
			return cell_word(pen, words[i].word);
	return cell_text(method);
}

void table_labour(struct pen *pen, uint16_t only)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Nationality"), false },
		{ BRIEF_WORD("People"), true }, { BRIEF_WORD("Low"), true },
		{ BRIEF_WORD("High"), true }, { BRIEF_WORD("Year"), true },
		{ BRIEF_WORD("Counted by"), false }, { BRIEF_WORD("Source"), false } };

	pen_table(pen, "labour", BRIEF_WORD("Migrant workers by surveys and registers"),
		HEADS(heads));
	for (size_t i = 0; i < pen->world->people_count; i++) {
		const struct people_row *row = &pen->world->people[i];
		if (row->place != pen->place || row->group != GROUP_LABOUR ||
			(only != NAT_NONE && only != row->nat) || !latest(pen, row))
			continue;
		pen_cell(pen, row->nat == NAT_NONE ? cell_word(pen, BRIEF_WORD("all together"))
						   : cell_nat(pen, row->nat));
		pen_cell(pen, cell_number(row->people));
		pen_cell(pen, cell_number(row->low));
		pen_cell(pen, cell_number(row->high));
		pen_cell(pen, cell_year(pen, row->year));
		pen_cell(pen, method_cell(pen, row->method));
		pen_cell(pen, cell_source(pen, row->source));
	}
	pen_table_end(pen, 0, NULL);
}
