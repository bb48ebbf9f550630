/* The pen: a document in the making, section by section. Lists grow in the arena; the last section
 * and its last table are the open ones. */
#include "brief/internal.h"

#include <assert.h>

enum status pen_open(struct pen *pen, struct brief *out, struct arena *arena,
	const struct brief_asked *asked, uint32_t place)
{
	const struct world *world = cover_world(asked->index);

	*out = (struct brief){ .date = asked->date, .subject_id = world->places[place].id };
	*pen = (struct pen){ .arena = arena,
		.asked = asked,
		.world = world,
		.place = place,
		.host = world_party(world, world->places[place].id),
		.sender = NONE32,
		.brief = out };
	return world_people(&pen->count, arena, world, asked->date);
}

struct str pen_word(const struct pen *pen, const char *english)
{
	const struct brief_voice *voice = &pen->asked->voice;

	return voice->word ? voice->word(voice->context, english) : str_of(english);
}

static struct brief_section *open_section(struct pen *pen)
{
	static struct brief_section spare; /* never read: the document has failed */

	return pen->brief->sections_count ? &pen->brief->sections[pen->brief->sections_count - 1]
					  : &spare;
}

static struct brief_table *open_table(struct pen *pen)
{
	static struct brief_table spare;
	struct brief_section *section = open_section(pen);

	return section->tables_count ? &section->tables[section->tables_count - 1] : &spare;
}

void pen_section(struct pen *pen, const char *id, const char *heading, const char *note)
{
	struct brief_section *section = arena_push(pen->arena, (void **)&pen->brief->sections,
		&pen->brief->sections_count, &pen->section_capacity, sizeof *section);

	pen->field_capacity = pen->check_capacity = pen->table_capacity = 0;
	pen->failed = pen->failed || !section;
	if (section)
		*section = (struct brief_section){ .id = str_of(id),
			.heading = pen_word(pen, heading),
			.note = note ? pen_word(pen, note) : STR_NONE };
}

void pen_new_page(struct pen *pen)
{
	open_section(pen)->new_page = true;
}

void pen_field(struct pen *pen, const char *label, struct brief_cell value)
{
	struct brief_section *section = open_section(pen);
	struct brief_field *field =
		pen->failed ? NULL
			    : arena_push(pen->arena, (void **)&section->fields,
				      &section->fields_count, &pen->field_capacity, sizeof *field);

	pen->failed = pen->failed || !field;
	if (field)
		*field = (struct brief_field){ pen_word(pen, label), value };
}

void pen_check(struct pen *pen, const char *english)
{
	struct brief_section *section = open_section(pen);
	struct str *check =
		pen->failed ? NULL
			    : arena_push(pen->arena, (void **)&section->checks,
				      &section->checks_count, &pen->check_capacity, sizeof *check);

	pen->failed = pen->failed || !check;
	if (check)
		*check = pen_word(pen, english);
}

void pen_table(struct pen *pen, const char *id, const char *caption, const struct brief_head *heads,
	size_t count)
{
	struct brief_section *section = open_section(pen);
	struct brief_column *columns = ARENA_ARRAY(pen->arena, count, struct brief_column);
	struct brief_table *table =
		pen->failed ? NULL
			    : arena_push(pen->arena, (void **)&section->tables,
				      &section->tables_count, &pen->table_capacity, sizeof *table);

	pen->cell_count = pen->cell_capacity = 0;
	pen->failed = pen->failed || !table || !columns;
	if (pen->failed)
		return;
	for (size_t i = 0; i < count; i++)
		columns[i] =
			(struct brief_column){ pen_word(pen, heads[i].name), heads[i].numeric };
	*table = (struct brief_table){ .id = str_of(id),
		.caption = pen_word(pen, caption),
		.columns = columns,
		.columns_count = count };
}

void pen_cell(struct pen *pen, struct brief_cell cell)
{
	struct brief_table *table = open_table(pen);
	struct brief_cell *next =
		pen->failed ? NULL
			    : arena_push(pen->arena, (void **)&table->cells, &pen->cell_count,
				      &pen->cell_capacity, sizeof *next);

	pen->failed = pen->failed || !next;
	if (next)
		*next = cell;
}

size_t pen_rows(const struct pen *pen)
{
	const struct brief_section *sections = pen->brief->sections;
	const struct brief_table *table;

	if (pen->failed)
		return 0;
	table = &sections[pen->brief->sections_count - 1]
			 .tables[sections[pen->brief->sections_count - 1].tables_count - 1];
	return pen->cell_count / table->columns_count;
}

void pen_table_end(struct pen *pen, size_t blanks, const char *empty)
{
	struct brief_table *table = open_table(pen);

	if (pen->failed)
		return;
	assert(pen->cell_count % table->columns_count == 0);
	table->row_count = pen->cell_count / table->columns_count;
	table->blanks = blanks;
	table->empty =
		pen_word(pen, empty ? empty : BRIEF_WORD("Nothing is on record: it is not known."));
}

const struct brief_table *brief_table_find(const struct brief *brief, struct str id)
{
	for (size_t i = 0; i < brief->sections_count; i++)
		for (size_t j = 0; j < brief->sections[i].tables_count; j++)
			if (str_eq(brief->sections[i].tables[j].id, id))
				return &brief->sections[i].tables[j];
	return NULL;
}
