/* What pages about places share. A table is made once, by one function, for the page and for its
 * CSV, so that the two cannot differ. */
#include "web/page_parts.h"

#include <stdio.h>

enum status part_open(struct part *part, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, struct str path)
{
	*part = (struct part){ .arena = arena,
		.snapshot = snapshot,
		.world = snapshot->world,
		.place = asked->place,
		.item = asked->item,
		.row_max = SIZE_MAX,
		.date = asked->date };
	ui_init(&part->ui, asked->language);
	part->ui.keep_language = asked->keep_language;
	part->ui.path = path;
	part->ui.today = asked->date;
	return world_people(&part->count, arena, part->world, asked->date);
}

void part_source(struct part *part, uint32_t source)
{
	const struct source *row;

	if (source == NONE32)
		return;
	row = &part->world->sources[source];
	for (size_t i = 0; i < part->source_count; i++)
		if (part->sources[i].name.ptr == row->title.ptr)
			return;
	if (part->source_count < PART_SOURCES_MAX)
		part->sources[part->source_count++] =
			(struct source_view){ row->title, row->url, row->retrieved };
}

static struct str named(const struct part *part, struct str id, struct str name)
{
	struct str own = world_name(part->world, id, str_of(part->ui.language->code));

	return own.len ? own : name.len ? name : id;
}

struct str part_place(const struct part *part, uint32_t place)
{
	const struct place *row = &part->world->places[place];

	return named(part, row->id, row->name);
}

struct str part_party(const struct part *part, uint32_t party)
{
	const struct party *row = &part->world->parties[party];

	return named(part, row->id, row->name);
}

struct str part_nat(const struct part *part, uint16_t nat)
{
	const struct nationality *row;

	if (nat == NAT_NONE)
		return STR_NONE;
	row = &part->world->nats[nat];
	return row->place != NONE32 ? part_place(part, row->place)
				    : named(part, row->code, row->code);
}

struct str part_service(const struct part *part, uint8_t service)
{
	const struct service *row = &world_services[service];

	return str_of(ui_is(&part->ui, "fr")   ? row->label_fr
		      : ui_is(&part->ui, "es") ? row->label_es
		      : ui_is(&part->ui, "ar") ? row->label_ar
					       : row->label_en);
}

struct str part_service_names(const struct part *part, uint64_t services)
{
	struct buf text;

	buf_init(&text, part->arena, 16000);
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!(services >> i & 1u))
			continue;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, part_service(part, i));
	}
	return buf_str(&text);
}

struct str part_word(const struct part *part, const char *english)
{
	return ui_word(&part->ui, english);
}

struct str part_people_group(const struct part *part, enum people_group group)
{
	return part_word(part, group == GROUP_REFUGEE         ? WORD("refugees")
			       : group == GROUP_ASYLUM_SEEKER ? WORD("asylum-seekers")
							      : WORD("others"));
}

struct str part_post_kind(const struct part *part, enum post_kind kind)
{
	static const char *const words[POST_KINDS] = { WORD("embassy"), WORD("high commission"),
		WORD("consulate general"), WORD("consulate"), WORD("honorary consulate"),
		WORD("nunciature"), WORD("interests section"), WORD("de facto mission"),
		WORD("other post") };

	return part_word(part, words[kind]);
}

struct str part_channel(const struct part *part, struct str kind)
{
	static const char *const words[] = { WORD("police"), WORD("ambulance"), WORD("fire"),
		WORD("phone"), WORD("web") };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(kind, words[i]))
			return part_word(part, words[i]);
	return kind;
}

/* Of a fact: its state, what it rests on, its day, and whether it still counts on this one. */
void part_post_sure(struct part_table *table, const struct post_row *post, uint32_t country)
{
	const struct part *part = table->part;
	bool fresh = world_fresh(part->date, post->from, post->until, post->as_of,
			     part->world->places[country].fresh_months) == TRUTH_T;

	part_text(table, part_word(part, post->state == FACT_OPEN     ? WORD("open")
					 : post->state == FACT_CLOSED ? WORD("closed")
								      : WORD("suspended")));
	part_text(table,
		part_word(part, post->basis == BASIS_SOURCED ? WORD("sourced") : WORD("reported")));
	part_date(table, post->as_of);
	part_text(table,
		part_word(part, fresh ? WORD("on record") : WORD("too old: not known today")));
	part_source_cell(table, post->source);
}

struct str part_figure(const struct part *part, long long number)
{
	struct buf text;

	buf_init(&text, part->arena, 64);
	ui_number(&text, &part->ui, number);
	return buf_str(&text);
}

void part_table_open(struct part_table *table, struct part *part, struct table_view *view,
	const char *id, struct str caption, const struct part_column *columns, size_t count)
{
	struct column_view *named_columns = ARENA_ARRAY(part->arena, count, struct column_view);

	*table = (struct part_table){ .part = part, .view = view, .failed = !named_columns };
	for (size_t i = 0; named_columns && i < count; i++)
		named_columns[i] = (struct column_view){ part_word(part, columns[i].name),
			columns[i].numeric };
	*view = (struct table_view){ .id = str_of(id),
		.caption = caption,
		.columns = named_columns,
		.column_count = count,
		.empty = part_word(part, WORD("Nothing is on record: it is not known.")) };
}

static struct cell_view *add_cell(struct part_table *table, enum cell_kind kind)
{
	static struct cell_view spare; /* never read: its table has failed */
	struct cell_view *cell = arena_push(table->part->arena, (void **)&table->cells,
		&table->count, &table->capacity, sizeof *cell);

	if (!cell) {
		table->failed = true;
		return &spare;
	}
	*cell = (struct cell_view){ .kind = kind };
	return cell;
}

bool part_row(struct part_table *table)
{
	size_t row = table->rows++;

	return row >= table->part->row_from && row - table->part->row_from < table->part->row_max;
}

void part_text(struct part_table *table, struct str text)
{
	add_cell(table, text.len ? CELL_TEXT : CELL_NONE)->text = text;
}

void part_number(struct part_table *table, long long number)
{
	add_cell(table, CELL_NUMBER)->number = number;
}

void part_date(struct part_table *table, int32_t date)
{
	add_cell(table, date == DATE_NONE ? CELL_NONE : CELL_DATE)->date = date;
}

void part_band(struct part_table *table, enum band_view band, struct str text)
{
	struct cell_view *cell = add_cell(table, CELL_BAND);

	cell->band = band;
	cell->text = text;
}

void part_link(struct part_table *table, const char *pattern, struct str id, struct str text)
{
	struct html_arg arg = html_arg(id);
	struct cell_view *cell = add_cell(table, CELL_LINK);

	cell->text = text;
	cell->link = html_link_make(table->part->arena, &table->part->ui, pattern, &arg, 1);
}

void part_reach(struct part_table *table, const struct channel *channel)
{
	struct cell_view *cell = add_cell(table, channel->address.len ? CELL_REACH : CELL_NONE);
	bool number = !str_is(channel->kind, "web") && !str_is(channel->kind, "email") &&
		      !str_is(channel->kind, "address");

	cell->text = channel->address;
	if (number)
		cell->link = html_call(table->part->arena, channel->address);
}

void part_source_cell(struct part_table *table, uint32_t source)
{
	part_source(table->part, source);
	part_text(table, source == NONE32 ? STR_NONE : table->part->world->sources[source].title);
}

enum status part_table_close(struct part_table *table)
{
	table->view->cells = table->cells;
	table->view->row_count = table->count / table->view->column_count;
	table->view->total = table->rows ? table->rows : table->view->row_count;
	return table->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static struct str csv_cell(char digits[24], const struct cell_view *cell)
{
	static const char *const bands[] = { "will", "shall", "may", "remote", "not known",
		"nobody" };

	switch (cell->kind) {
	case CELL_TEXT:
	case CELL_LINK:
	case CELL_PIECES:
	case CELL_REACH:
		return cell->text;
	case CELL_BAND:
		return str_of(bands[cell->band]);
	case CELL_DATE:
		date_format(digits, cell->date);
		return str_of(digits);
	case CELL_NUMBER:
		if (cell->number >= 0) {
			snprintf(digits, 24, "%lld", cell->number);
			return str_of(digits);
		}
		break;
	case CELL_NONE:
		break;
	}
	return STR("not known");
}

void part_frame(struct page_view *page, const struct part *part, struct str title,
	const struct crumb *crumbs, size_t count)
{
	page->title = title;
	page->crumbs = crumbs;
	page->crumb_count = count;
	page->sources = part->sources;
	page->source_count = part->source_count;
	page->languages = ui_languages_view(part->arena, &part->ui, false);
}

/* What stands beside a band on the page is a column of its own in the table that it comes from. */
enum status part_csv(struct buf *out, const struct table_view *table)
{
	char digits[24];

	for (size_t i = 0; i < table->column_count; i++) {
		csv_add_field(out, table->columns[i].name, i == 0);
	}
	buf_add_c(out, "\r\n");
	for (size_t i = 0; i < table->row_count * table->column_count; i++) {
		size_t column = i % table->column_count;
		csv_add_field(out, csv_cell(digits, &table->cells[i]), column == 0);
		if (column + 1 == table->column_count)
			buf_add_c(out, "\r\n");
	}
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

bool part_language(struct request *request, struct analysis *asked)
{
	struct str lang = request_parameter(request, "lang");
	const char *accepted = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Language");

	asked->language = lang.ptr ? ui_language_find(lang)
				   : ui_language_accepted(str_of(accepted ? accepted : ""), false);
	asked->keep_language = lang.ptr != NULL;
	if (asked->language && asked->language->whole)
		return true;
	request_problem(request, 404, WORD("There is no page in this language."),
		WORD("Pages are in en, fr, es and ar."));
	return false;
}

enum status part_answer(struct request *request, const struct analysis *asked, const char *type)
{
	request->type = type;
	switch (kept_ask(&request->server->queue, request->snapshot, request, asked)) {
	case KEPT_FAILED:
		return STATUS_NO_MEMORY;
	case KEPT_BUSY:
		request_problem(request, 503, WORD("Too many long answers are being made."),
			WORD("Try again in a few seconds."));
		break;
	case KEPT_WAITS:
	case KEPT_READY:
		break;
	}
	return STATUS_OK;
}
