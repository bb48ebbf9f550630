/* Cells, and the names that stand in them: in the reader's language as far as names.csv and the
 * tables of services have them. */
#include "brief/internal.h"

struct brief_cell cell_blank(void)
{
	return (struct brief_cell){ .kind = BRIEF_BLANK };
}

struct brief_cell cell_text(struct str text)
{
	return (struct brief_cell){ .kind = text.len ? BRIEF_TEXT : BRIEF_NONE, .text = text };
}

struct brief_cell cell_word(const struct pen *pen, const char *english)
{
	return cell_text(pen_word(pen, english));
}

struct brief_cell cell_number(int64_t number)
{
	return (struct brief_cell){ .kind = number < 0 ? BRIEF_NONE : BRIEF_NUMBER,
		.number = number };
}

/* Not a figure: it has no thousands. */
struct brief_cell cell_year(const struct pen *pen, int year)
{
	return cell_text(year ? str_format(pen->arena, "%d", year) : STR_NONE);
}

struct brief_cell cell_date(int32_t date)
{
	return (struct brief_cell){ .kind = date == DATE_NONE ? BRIEF_NONE : BRIEF_DATE,
		.date = date };
}

static struct str named(const struct pen *pen, struct str id, struct str name)
{
	struct str own = world_name(pen->world, id, accord_lang_tags[pen->asked->voice.lang]);

	return own.len ? own : name.len ? name : id;
}

struct str name_place(const struct pen *pen, uint32_t place)
{
	return named(pen, pen->world->places[place].id, pen->world->places[place].name);
}

struct str name_party(const struct pen *pen, uint32_t party)
{
	return named(pen, pen->world->parties[party].id, pen->world->parties[party].name);
}

struct str name_nat(const struct pen *pen, uint16_t nat)
{
	const struct nationality *row = &pen->world->nats[nat];

	return row->place != NONE32 ? name_place(pen, row->place) : named(pen, row->code, STR_NONE);
}

struct str name_service(const struct pen *pen, uint8_t service)
{
	const struct service *row = &world_services[service];
	const char *const labels[LANGS] = { row->label_en, row->label_fr, row->label_es,
		row->label_ar };

	return str_of(labels[pen->asked->voice.lang]);
}

struct str name_services(const struct pen *pen, uint64_t services)
{
	struct buf text;

	buf_init(&text, pen->arena, 16000);
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!(services >> i & 1u))
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, name_service(pen, i));
	}
	return text.len ? buf_str(&text) : STR_NONE;
}

struct str name_channel(const struct pen *pen, struct str kind)
{
	static const char *const words[] = { BRIEF_WORD("police"), BRIEF_WORD("ambulance"),
		BRIEF_WORD("fire"), BRIEF_WORD("phone"), BRIEF_WORD("web") };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(kind, words[i]))
			return pen_word(pen, words[i]);
	return kind;
}

struct str name_post_kind(const struct pen *pen, enum post_kind kind)
{
	static const char *const words[POST_KINDS] = { BRIEF_WORD("embassy"),
		BRIEF_WORD("high commission"), BRIEF_WORD("consulate general"),
		BRIEF_WORD("consulate"), BRIEF_WORD("honorary consulate"), BRIEF_WORD("nunciature"),
		BRIEF_WORD("interests section"), BRIEF_WORD("de facto mission"),
		BRIEF_WORD("other post") };

	return pen_word(pen, words[kind]);
}

static struct brief_cell linked(enum brief_kind kind, struct str id, struct str text)
{
	return (struct brief_cell){ .kind = kind, .id = id, .text = text };
}

struct brief_cell cell_place(const struct pen *pen, uint32_t place)
{
	struct brief_cell cell = cell_text(name_place(pen, place));

	if (pen->world->places[place].kind == PLACE_COUNTRY)
		cell = linked(BRIEF_PLACE, pen->world->places[place].id, cell.text);
	return cell;
}

/* With its code, by which the tables name it where there is little room. */
struct brief_cell cell_party(const struct pen *pen, uint32_t party)
{
	struct str id = pen->world->parties[party].id;

	return linked(BRIEF_PARTY, id,
		str_format(pen->arena, STR_FMT " (" STR_FMT ")", STR_ARG(name_party(pen, party)),
			STR_ARG(id)));
}

struct brief_cell cell_nat(const struct pen *pen, uint16_t nat)
{
	return cell_text(str_format(pen->arena, STR_FMT " (" STR_FMT ")",
		STR_ARG(name_nat(pen, nat)), STR_ARG(pen->world->nats[nat].code)));
}

struct brief_cell cell_post(const struct pen *pen, const struct post_row *post)
{
	return linked(BRIEF_POST, post->id,
		str_format(pen->arena, STR_FMT ", " STR_FMT,
			STR_ARG(name_post_kind(pen, post->kind)),
			STR_ARG(name_place(pen, post->place))));
}

struct brief_cell cell_agreement(const struct pen *pen, const struct agreement *agreement)
{
	return linked(BRIEF_AGREEMENT, agreement->id,
		accord_text(&agreement->title, accord_lang_tags[pen->asked->voice.lang]));
}

struct brief_cell cell_source(struct pen *pen, uint32_t source)
{
	struct brief *brief = pen->brief;
	size_t at = 0;
	uint32_t *next;

	if (source == NONE32)
		return (struct brief_cell){ .kind = BRIEF_NONE };
	while (at < brief->sources_count && brief->sources[at] != source)
		at++;
	if (at == brief->sources_count) {
		next = arena_push(pen->arena, (void **)&brief->sources, &brief->sources_count,
			&pen->source_capacity, sizeof *next);
		pen->failed = pen->failed || !next;
		if (next)
			*next = source;
	}
	return (struct brief_cell){ .kind = BRIEF_SOURCE,
		.text = pen->world->sources[source].title,
		.id = pen->world->sources[source].id,
		.number = (int64_t)at + 1 };
}

/* As an answer shows a channel: what is public to all, the rest to its own party and to whoever
 * reads the whole workspace. */
bool pen_may_see(const struct pen *pen, const struct channel *channel)
{
	uint32_t viewer = pen->asked->viewer;

	return channel->visibility == VISIBILITY_PUBLIC || viewer == VIEWER_ALL ||
	       (viewer < pen->world->parties_count && channel->party == viewer);
}
