/* `practices`: the library of what others have done, and which agreement or template makes it
 * executable. A filter keeps what says so; what does not say is counted apart, never taken for a
 * no. */
#include "cli/practices.h"

#include <stdlib.h>

struct asked {
	uint32_t country; /* NONE32: not asked */
	struct str type;
	int stakeholder, crisis, phase, guideline; /* -1: not asked */
};

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

/* Whether one of the two places contains the other. The world contains all, and so it is there only
 * for those who ask for it. */
static bool places_touch(const struct world *world, uint32_t asked, uint32_t said)
{
	const struct place *a = &world->places[asked], *b = &world->places[said];

	if (a->kind == PLACE_WORLD || b->kind == PLACE_WORLD)
		return asked == said;
	return (said >= asked && said <= a->last) || (asked >= said && asked <= b->last);
}

static bool in_country(const struct cli *cli, const struct practice *practice, uint32_t country)
{
	for (size_t i = 0; i < practice->countries_count; i++)
		if (places_touch(cli->world, country, practice->countries[i]))
			return true;
	return false;
}

enum match { MATCH_NO, MATCH_NOT_SAID, MATCH_YES };

static enum match match_bit(unsigned set, int bit)
{
	if (bit < 0)
		return MATCH_YES;
	return !set ? MATCH_NOT_SAID : set >> bit & 1 ? MATCH_YES : MATCH_NO;
}

static enum match matches(
	const struct cli *cli, const struct practice *practice, const struct asked *asked)
{
	enum match crisis = match_bit(practice->crises, asked->crisis),
		   phase = match_bit(practice->phases, asked->phase);

	if (asked->country != NONE32 && !in_country(cli, practice, asked->country))
		return MATCH_NO;
	if (asked->type.ptr && !str_eq(asked->type, practice->type))
		return MATCH_NO;
	if (match_bit(practice->guidelines, asked->guideline) != MATCH_YES ||
		match_bit(practice->stakeholders, asked->stakeholder) != MATCH_YES)
		return MATCH_NO;
	return crisis < phase ? crisis : phase;
}

/* --type, in any letter case, as one of the types that the library knows. */
static bool read_type(struct cli *cli, const struct practices *practices, struct str *type)
{
	struct str value = cli_value(cli, "type");
	struct str *types = ARENA_ARRAY(&cli->arena, practices->items_count, struct str);
	size_t count = 0;

	if (!value.ptr || !types)
		return true;
	for (size_t i = 0; i < practices->items_count; i++) {
		bool seen = false;
		for (size_t j = 0; j < count; j++)
			seen = seen || str_eq(types[j], practices->items[i].type);
		if (!seen)
			types[count++] = practices->items[i].type;
		if (str_same_letters(value, practices->items[i].type)) {
			*type = practices->items[i].type;
			return true;
		}
	}
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--type", "bytes that are not UTF-8");
		return false;
	}
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64), types, count);
	cli_fault(cli, "--type", "no practice is of type '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
	return false;
}

static bool read_country(struct cli *cli, uint32_t *country)
{
	struct str value = cli_value(cli, "country");

	*country = NONE32;
	if (!value.ptr)
		return true;
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--country", "bytes that are not UTF-8");
		return false;
	}
	*country = world_place(cli->world, value);
	if (*country != NONE32 && cli->world->places[*country].country != NONE32)
		*country = cli->world->places[*country].country;
	if (*country != NONE32)
		return true;
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64),
		world_place_id_list(cli->world), cli->world->places_count);
	cli_fault(cli, "--country", "unknown place '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
	return false;
}

static bool read_asked(struct cli *cli, const struct practices *practices, struct asked *asked)
{
	static const char *const phases[] = { "before", "during", "after" };
	static const char *const crises[] = { "conflict", "natural-disaster" };
	static const char *const stakeholders[] = { "host-state", "state-of-origin",
		"state-of-transit", "international-organizations", "private-sector",
		"civil-society" };
	static const char *const guidelines[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
		"11", "12", "13", "14", "15" };
	size_t known = cli->diags.count;

	asked->type = STR_NONE;
	asked->phase = cli_choice(cli, "phase", phases, 3, -1);
	asked->crisis = cli_choice(cli, "crisis", crises, 2, -1);
	asked->stakeholder = cli_choice(cli, "stakeholder", stakeholders, 6, -1);
	asked->guideline = cli_choice(cli, "guideline", guidelines, PRACTICE_GUIDELINES, -1);
	return read_country(cli, &asked->country) & read_type(cli, practices, &asked->type) &
	       (cli->diags.count == known);
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
		const struct str cells[] = { items[i]->id, items[i]->title,
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
	struct str hint =
		diags_suggest(&cli->diags, str_sub(id, 0, 64), ids, practices->items_count);
	return cli_fault(cli, "", "no practice '" STR_FMT "' in the workspace" STR_FMT,
		STR_ARG(str_sub(id, 0, 64)), STR_ARG(hint));
}

enum cli_exit cmd_practices(struct cli *cli)
{
	struct practices practices;
	struct asked asked;
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
	if (!read_asked(cli, &practices, &asked) || format < 0)
		return CLI_REFUSED;
	if (cli->operand_count)
		return one_page(cli, &practices, format);
	const struct practice **items =
		ARENA_ARRAY(&cli->arena, practices.items_count, const struct practice *);
	if (!items)
		return cli_failed(cli, "out of memory");
	for (size_t i = 0; i < practices.items_count; i++) {
		enum match match = matches(cli, &practices.items[i], &asked);
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
