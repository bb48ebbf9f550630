/* `duty-book` and `plan-for`: the documents of brief/ on a terminal, as JSON, and table by table as
 * CSV. The pages of the server print the same. */
#include "brief/brief.h"
#include "cli/cli.h"
#include "web/ui.h"

struct asked_brief {
	struct brief_asked question;
	struct ui ui;
	int format;
	struct str table; /* STR_NONE: all */
};

static struct str say(const void *context, const char *english)
{
	return ui_word(context, english);
}

/* Options that need no workspace. */
static bool read_options(struct cli *cli, struct asked_brief *asked)
{
	struct str lang = cli_value(cli, "lang");
	const struct ui_language *language = ui_language_find(lang.ptr ? lang : STR("en"));
	bool date = cli_date(cli, &asked->question.date);

	asked->format = cli_format(cli);
	asked->table = cli_value(cli, "table");
	if (!language || !language->whole) {
		cli_fault(cli, "--lang", "takes en, fr, es or ar");
		return false;
	}
	ui_init(&asked->ui, language);
	asked->question.voice =
		(struct brief_voice){ accord_lang(str_of(language->code)), say, &asked->ui };
	if (asked->format == CLI_CSV && !asked->table.ptr)
		cli_fault(cli, "--format", "csv is of one table: name it by --table");
	return date && asked->format >= 0 && !cli->diags.count;
}

static void print_fields(
	struct cli *cli, const struct asked_brief *asked, const struct brief_section *section)
{
	for (size_t i = 0; i < section->fields_count; i++) {
		const struct brief_field *field = &section->fields[i];
		struct str value =
			field->value.kind == BRIEF_BLANK
				? STR("____________")
				: brief_plain(&cli->arena, &asked->question.voice, &field->value);
		page_wrap(&cli->out, STR("  "), 4, cli->width,
			str_format(&cli->arena, STR_FMT ": " STR_FMT, STR_ARG(field->label),
				STR_ARG(value)));
	}
	for (size_t i = 0; i < section->checks_count; i++)
		page_wrap(&cli->out, STR("  [ ] "), 6, cli->width, section->checks[i]);
}

static struct str shown(
	struct cli *cli, const struct asked_brief *asked, const struct brief_cell *cell)
{
	if (cell->kind == BRIEF_BLANK)
		return STR("____");
	if (cell->kind == BRIEF_NUMBER)
		return str_copy(&cli->arena, str_of(page_number(cell->number).text));
	if (cell->kind == BRIEF_SOURCE)
		return str_format(&cli->arena, "[%lld]", (long long)cell->number);
	return brief_plain(&cli->arena, &asked->question.voice, cell);
}

static void print_table(
	struct cli *cli, const struct asked_brief *asked, const struct brief_table *from)
{
	struct str cells[TABLE_COLUMNS_MAX];
	struct table table;

	page_wrap(&cli->out, STR("  "), 2, cli->width,
		str_format(&cli->arena, STR_FMT " [" STR_FMT "]", STR_ARG(from->caption),
			STR_ARG(from->id)));
	table_init(&table, &cli->arena);
	for (size_t i = 0; i < from->columns_count; i++)
		table_column(&table, from->columns[i].name.ptr, from->columns[i].numeric,
			!from->columns[i].numeric);
	for (size_t row = 0; row < from->row_count; row++) {
		for (size_t i = 0; i < from->columns_count; i++)
			cells[i] = shown(cli, asked, &from->cells[row * from->columns_count + i]);
		table_row(&table, cells);
	}
	if (from->row_count)
		table_print(&cli->out, &table, 4, cli->width);
	else
		page_wrap(&cli->out, STR("    "), 4, cli->width, from->empty);
	buf_add_char(&cli->out, '\n');
}

static void print_brief(struct cli *cli, const struct asked_brief *asked, const struct brief *brief)
{
	page_wrap(&cli->out, STR_NONE, 0, cli->width, brief->title);
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "%s, %s", page_date(brief->date).text, brief->fingerprint));
	for (size_t i = 0; i < brief->sections_count; i++) {
		const struct brief_section *section = &brief->sections[i];
		buf_add_char(&cli->out, '\n');
		page_wrap(&cli->out, str_format(&cli->arena, "%zu. ", i + 1), 4, cli->width,
			section->heading);
		if (section->note.len)
			page_wrap(&cli->out, STR("  "), 2, cli->width, section->note);
		print_fields(cli, asked, section);
		buf_add_char(&cli->out, '\n');
		for (size_t j = 0; j < section->tables_count; j++)
			print_table(cli, asked, &section->tables[j]);
	}
}

static enum cli_exit print_one(
	struct cli *cli, const struct asked_brief *asked, const struct brief *brief)
{
	const struct brief_table *table = brief_table_find(brief, asked->table);
	struct buf ids;

	if (table && asked->format == CLI_CSV) {
		enum status status =
			brief_csv(&cli->out, &cli->arena, table, &asked->question.voice);
		return cli_status(cli, status, "writing the table");
	}
	if (table) {
		print_table(cli, asked, table);
		return CLI_ANSWERED;
	}
	buf_init(&ids, &cli->arena, 4000);
	for (size_t i = 0; i < brief->sections_count; i++)
		for (size_t j = 0; j < brief->sections[i].tables_count; j++) {
			buf_add_c(&ids, ids.len ? ", " : "");
			buf_add(&ids, brief->sections[i].tables[j].id);
		}
	return cli_fault(cli, "--table", "there are " STR_FMT, STR_ARG(buf_str(&ids)));
}

static enum cli_exit run(struct cli *cli, struct asked_brief *asked,
	enum status (*write)(
		struct brief *out, struct arena *arena, const struct brief_asked *asked))
{
	struct brief brief;
	enum status status;

	asked->question.index = cli->index;
	asked->question.accords = &cli->accords;
	status = write(&brief, &cli->arena, &asked->question);
	if (status != STATUS_OK)
		return cli_status(cli, status, "writing the document");
	if (asked->format == CLI_JSON) {
		status = brief_json(&cli->out, &brief);
		buf_add_char(&cli->out, '\n');
		return cli_status(cli, status, "writing the document");
	}
	if (asked->table.ptr)
		return print_one(cli, asked, &brief);
	print_brief(cli, asked, &brief);
	return CLI_ANSWERED;
}

/* One operand, and the workspace. */
static enum cli_exit begin(struct cli *cli, struct asked_brief *asked, const char *what)
{
	enum cli_exit code;

	*asked = (struct asked_brief){ 0 };
	if (cli->operand_count != 1)
		return cli_fault(cli, "", "one %s is asked for", what);
	if (!read_options(cli, asked))
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code == CLI_ANSWERED && !cli_viewer(cli, &asked->question.viewer))
		code = CLI_REFUSED;
	return code;
}

enum cli_exit cmd_duty_book(struct cli *cli)
{
	struct asked_brief asked;
	enum cli_exit code = begin(cli, &asked, "country");
	uint32_t place;

	if (code != CLI_ANSWERED)
		return code;
	place = world_place(cli->world, cli->operands[0]);
	if (place == NONE32 || cli->world->places[place].kind != PLACE_COUNTRY)
		return cli_fault(cli, "", "no country is called '" STR_FMT "'" STR_FMT,
			STR_ARG(str_sub(cli->operands[0], 0, 64)),
			STR_ARG(cli_near(cli, cli->operands[0], world_place_id_list(cli->world),
				cli->world->places_count, "matrix --rows place")));
	asked.question.subject = place;
	return run(cli, &asked, brief_duty_book);
}

enum cli_exit cmd_plan_for(struct cli *cli)
{
	struct asked_brief asked;
	enum cli_exit code = begin(cli, &asked, "post");
	struct str *ids;
	size_t post = 0;

	if (code != CLI_ANSWERED)
		return code;
	while (post < cli->world->posts_count &&
		!str_eq(cli->world->posts[post].id, cli->operands[0]))
		post++;
	if (post < cli->world->posts_count) {
		asked.question.subject = (uint32_t)post;
		return run(cli, &asked, brief_contingency_plan);
	}
	ids = ARENA_ARRAY(&cli->arena, cli->world->posts_count + 1, struct str);
	for (size_t i = 0; ids && i < cli->world->posts_count; i++)
		ids[i] = cli->world->posts[i].id;
	return cli_fault(cli, "", "no post is called '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(cli->operands[0], 0, 64)),
		STR_ARG(cli_near(cli, cli->operands[0], ids, cli->world->posts_count,
			"duty-book COUNTRY --table posts --format json")));
}
