/* How somebody is reached: the numbers of the post, and whom it calls, in order. */
#include "brief/internal.h"

static void reach_row(struct pen *pen, const struct channel *row)
{
	pen_cell(pen, cell_text(name_channel(pen, row->kind)));
	pen_cell(pen, cell_text(row->address));
	pen_cell(pen, row->place == NONE32 ? cell_text(STR_NONE) : cell_place(pen, row->place));
	pen_cell(pen, cell_date(row->tested));
	pen_cell(pen, cell_source(pen, row->source));
}

static bool in_country(const struct pen *pen, const struct channel *row, uint32_t country)
{
	return row->place != NONE32 && country != NONE32 &&
	       pen->world->places[row->place].country == country;
}

void table_reach(struct pen *pen, const char *id, const char *caption, uint32_t party)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Kind"), false },
		{ BRIEF_WORD("Number or address"), false }, { BRIEF_WORD("Where"), false },
		{ BRIEF_WORD("Tested"), false }, { BRIEF_WORD("Source"), false } };

	pen_table(pen, id, caption, HEADS(heads));
	for (size_t i = 0; i < pen->world->channels_count; i++) {
		const struct channel *row = &pen->world->channels[i];
		if (row->party == party && in_country(pen, row, pen->place) &&
			pen_may_see(pen, row))
			reach_row(pen, row);
	}
	pen_table_end(pen, 2, NULL);
}

static bool has_office(const struct pen *pen, uint32_t party)
{
	for (size_t i = 0; i < pen->world->offices_count; i++)
		if (pen->world->offices[i].party == party &&
			pen->world->offices[i].country == pen->place &&
			date_within(pen->asked->date, pen->world->offices[i].from,
				pen->world->offices[i].until))
			return true;
	return false;
}

/* First the post itself, then its capital, then the organizations here. */
static int rung(const struct pen *pen, const struct channel *row)
{
	if (row->party == pen->sender && in_country(pen, row, pen->place))
		return 0;
	if (row->party == pen->sender &&
		in_country(pen, row, pen->world->parties[pen->sender].country))
		return 1;
	return in_country(pen, row, pen->place) && has_office(pen, row->party) ? 2 : 3;
}

void table_tree(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Who"), false },
		{ BRIEF_WORD("Kind"), false }, { BRIEF_WORD("Number or address"), false },
		{ BRIEF_WORD("Where"), false }, { BRIEF_WORD("Tested"), false },
		{ BRIEF_WORD("Source"), false } };

	pen_table(pen, "tree", BRIEF_WORD("The post and those who help"), HEADS(heads));
	for (int step = 0; step < 3; step++)
		for (size_t i = 0; i < pen->world->channels_count; i++) {
			const struct channel *row = &pen->world->channels[i];
			if (rung(pen, row) != step || !pen_may_see(pen, row))
				continue;
			pen_cell(pen, cell_party(pen, row->party));
			reach_row(pen, row);
		}
	pen_table_end(pen, 6, NULL);
}
