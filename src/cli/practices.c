/* `practices`: the library of what others have done, and which agreement or template makes it
 * executable. A filter keeps what says so; what does not say is counted apart, never taken for a
 * no. */
#include "cli/practices.h"

#include <stdlib.h>

struct str practice_words(struct cli *cli, unsigned set, const struct str *words, unsigned count,
	const char *separator)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (unsigned i = 0; i < count; i++) {
		if (!(set >> i & 1))
			continue;
		buf_add_c(&text, text.len ? separator : "");
		buf_add(&text, words[i]);
	}
	return text.len ? buf_str(&text) : STR("");
}

/* Codes of a few; of many only their number, which fits a column. */
static struct str countries_of(struct cli *cli, const struct practice *practice)
{
	struct buf text;

	if (practice->countries_count > 5)
		return str_format(&cli->arena, "%zu countries", practice->countries_count);
	buf_init(&text, &cli->arena, 4096);
	for (size_t i = 0; i < practice->countries_count; i++) {
		buf_add_c(&text, i ? " " : "");
		buf_add(&text, cli->world->places[practice->countries[i]].id);
	}
	return buf_str(&text);
}

static struct str links_of(struct cli *cli, const struct practice *practice)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (size_t i = 0; i < practice->implemented_by_count; i++) {
		buf_add_c(&text, i ? " " : "");
		buf_add(&text, practice->implemented_by[i]);
	}
	return text.len ? buf_str(&text) : STR("-");
}

static int by_text(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return str_cmp(*x, *y);
}

/* The types of what is listed, each with its number: the words that --type takes. */
static void print_types(struct cli *cli, const struct practice *const *items, size_t count)
{
	struct str *types = ARENA_ARRAY(&cli->arena, count, struct str);
	struct buf text;

	buf_init(&text, &cli->arena, CLI_OUTPUT_MAX);
	for (size_t i = 0; types && i < count; i++)
		types[i] = items[i]->type;
	if (types)
		qsort(types, count, sizeof *types, by_text);
	for (size_t i = 0, same; types && i < count; i += same) {
		for (same = 1; i + same < count && str_eq(types[i], types[i + same]);)
			same++;
		buf_add_c(&text, text.len ? "; " : "");
		buf_add(&text, types[i]);
		buf_add_format(&text, " (%zu)", same);
	}
	page_wrap(&cli->out, STR("\nTypes: "), 7, cli->width, buf_str(&text));
}

static void print_list(struct cli *cli, const struct practice *const *items, size_t count,
	size_t of, size_t not_said)
{
	struct table table;

	table_init(&table, &cli->arena);
	table_column(&table, "practice", false, false);
	table_column(&table, "title", false, true);
	table_column(&table, "where", false, true);
	table_column(&table, "implemented by", false, true);
	for (size_t i = 0; i < count; i++) {
		const struct str cells[] = { items[i]->id, accord_text(&items[i]->title, STR("en")),
			countries_of(cli, items[i]), links_of(cli, items[i]) };
		table_row(&table, cells);
	}
	if (count)
		table_print(&cli->out, &table, 0, cli->width);
	if (count)
		print_types(cli, items, count);
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "%zu of %zu practices", count, of));
	if (not_said)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"%zu more fit but do not say for which crisis or phase: not known, "
				"not a no",
				not_said));
}

static enum cli_exit one_page(struct cli *cli, const struct practices *practices, int format)
{
	struct str id = cli->operands[0];
	struct str *ids = ARENA_ARRAY(&cli->arena, practices->items_count, struct str);

	if (!ids)
		return cli_failed(cli, "out of memory");
	if (utf8_valid_prefix(id) != id.len)
		return cli_fault(cli, "", "bytes that are not UTF-8");
	for (size_t i = 0; i < practices->items_count; i++) {
		const struct practice *practice = &practices->items[i];
		ids[i] = practice->id;
		if (!str_eq(id, practice->id))
			continue;
		if (format == CLI_JSON)
			practices_json(cli, &practice, 1);
		else if (format == CLI_CSV)
			practices_csv(cli, &practice, 1);
		else
			practice_page(cli, practice);
		return CLI_ANSWERED;
	}
	struct str hint = cli_near(cli, id, ids, practices->items_count, "practices");
	return cli_fault(cli, "", "no practice '" STR_FMT "' in the workspace" STR_FMT,
		STR_ARG(str_sub(id, 0, 64)), STR_ARG(hint));
}

enum cli_exit cmd_practices(struct cli *cli)
{
	struct practices practices;
	struct practice_filter filter;
	int format = cli_format(cli);
	enum cli_exit code;
	enum status status;
	size_t count = 0, not_said = 0;

	if (cli->operand_count > 1)
		return cli_fault(cli, "", "practices takes one ID, or none");
	code = cli_open(cli, CLI_ACCORDS);
	if (code != CLI_ANSWERED)
		return code;
	status = practice_load(&practices, &cli->arena, cli->world, &cli->accords, cli->files,
		cli->folder, &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading practices");
	if (!practice_filter_read(cli, &practices, &filter) || format < 0)
		return CLI_REFUSED;
	if (cli->operand_count)
		return one_page(cli, &practices, format);
	const struct practice **items =
		ARENA_ARRAY(&cli->arena, practices.items_count, const struct practice *);
	if (!items)
		return cli_failed(cli, "out of memory");
	for (size_t i = 0; i < practices.items_count; i++) {
		enum practice_match match = practice_matches(cli, &practices.items[i], &filter);
		if (match == MATCH_YES)
			items[count++] = &practices.items[i];
		not_said += match == MATCH_NOT_SAID;
	}
	if (format == CLI_JSON)
		practices_json(cli, items, count);
	else if (format == CLI_CSV)
		practices_csv(cli, items, count);
	else
		print_list(cli, items, count, practices.items_count, not_said);
	return count ? CLI_ANSWERED : CLI_NO;
}
