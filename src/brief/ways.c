/* Ways out of a country: airports, ports and land borders on record, with room for what nobody but
 * somebody there can know: whether they are open, to whom and when. */
#include "brief/internal.h"

#define WAYS_SHOWN 12 /* of each kind, the largest: a sheet, not a gazetteer */
#define WAYS_BLANK 4

void fields_ways(struct pen *pen)
{
	static const char *const labels[WAY_KINDS] = { BRIEF_WORD("Airports with regular flights"),
		BRIEF_WORD("Ports that are not very small"),
		BRIEF_WORD("Countries across a land border") };
	int64_t counts[WAY_KINDS] = { 0 };

	for (size_t i = 0; i < pen->world->ways_count; i++)
		if (pen->world->ways[i].place == pen->place)
			counts[pen->world->ways[i].kind]++;
	for (unsigned kind = 0; kind < WAY_KINDS; kind++)
		pen_field(pen, labels[kind], cell_number(counts[kind] ? counts[kind] : -1));
}

static bool begins(struct str text, struct str with)
{
	return text.len >= with.len && str_eq(str_sub(text, 0, with.len), with);
}

/* "Khartoum International Airport (KRT), Khartoum"; of a border the country behind it. */
static struct str name_way(const struct pen *pen, const struct way_row *way)
{
	struct buf text;

	if (way->kind == WAY_BORDER)
		return str_format(pen->arena, STR_FMT " (" STR_FMT ")",
			STR_ARG(name_place(pen, way->leads_to)),
			STR_ARG(pen->world->places[way->leads_to].id));
	buf_init(&text, pen->arena, 2000);
	buf_add(&text, way->name);
	if (way->code.len)
		buf_add_format(&text, " (" STR_FMT ")", STR_ARG(way->code));
	if (way->town.len && !begins(way->name, way->town))
		buf_add_format(&text, ", " STR_FMT, STR_ARG(way->town));
	return buf_str(&text);
}

static void row(struct pen *pen, const struct way_row *way)
{
	static const char *const kinds[WAY_KINDS] = { BRIEF_WORD("airport"), BRIEF_WORD("port"),
		BRIEF_WORD("land border") };

	pen_cell(pen, cell_text(name_way(pen, way)));
	pen_cell(pen, cell_word(pen, kinds[way->kind]));
	for (int blank = 0; blank < 3; blank++)
		pen_cell(pen, cell_blank());
	pen_cell(pen, cell_source(pen, way->source));
}

void table_ways(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Way out"), false },
		{ BRIEF_WORD("Kind"), false },
		{ BRIEF_WORD("Open to whom, with which papers"), false },
		{ BRIEF_WORD("Hours"), false }, { BRIEF_WORD("Checked on"), false },
		{ BRIEF_WORD("Source"), false } };
	const struct world *world = pen->world;

	pen_table(pen, "ways", BRIEF_WORD("Airports, ports and land borders, the largest of each"),
		HEADS(heads));
	for (unsigned kind = 0; kind < WAY_KINDS; kind++) {
		size_t shown = 0;
		for (unsigned size = WAY_LARGE; size <= WAY_SMALL; size++)
			for (size_t i = 0; i < world->ways_count && shown < WAYS_SHOWN; i++) {
				const struct way_row *way = &world->ways[i];
				if (way->place != pen->place || way->kind != kind ||
					way->size != size)
					continue;
				row(pen, way);
				shown++;
			}
	}
	pen_table_end(pen, WAYS_BLANK, NULL);
}
