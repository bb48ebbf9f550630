/* How `diff` tells what it found: the text in sentences, then what changes for whom, most people
 * first, and who answers first, each with a question that shows it. */
#include <inttypes.h>
#include "cli/diff.h"
#include "cli/gaps.h"

/* ---- words ---- */

static struct str band_words(struct cli *cli, const struct gap_cell *cell)
{
	if (cell->band.band == BAND_NONE)
		return cell->band.not_known ? STR("nobody, as far as is known")
					    : STR("nobody, proven");
	return str_format(&cli->arena, "%s (" STR_FMT ")%s", words_band(cell->band.band),
		STR_ARG(cover_band_words[cell->band.band]),
		cell->band.uncertain ? ", not known for sure" : "");
}

/* The question that shows the change, as one would type it. */
struct str diff_query(struct cli *cli, const struct asked_diff *asked,
	const struct people_cell *cell, uint32_t place, uint8_t service)
{
	const struct world *world = cli->world;
	uint16_t host = world->places[cell->place].nat;
	struct buf out;

	buf_init(&out, &cli->arena, 4096);
	buf_add_format(&out,
		"entente who --nationality " STR_FMT " --place " STR_FMT " --service %s --date %s",
		STR_ARG(world->nats[cell->nat].code),
		STR_ARG(world->places[place == NONE32 ? cell->place : place].id),
		world_services[service].code, page_date(asked->date).text);
	if (cell->group != GROUP_STOCK)
		buf_add_format(
			&out, " --status " STR_FMT, STR_ARG(world_people_group_words[cell->group]));
	if (cell->group != GROUP_STOCK && host != NAT_NONE)
		buf_add_format(&out, " --residence " STR_FMT, STR_ARG(world->nats[host].code));
	if (cli_given(cli, "as"))
		buf_add_format(&out, " --as " STR_FMT, STR_ARG(cli_value(cli, "as")));
	return buf_str(&out);
}

static struct str answer_words(struct cli *cli, const struct world *world, bool has, bool not_known,
	const struct answer *answer)
{
	if (!has)
		return not_known ? STR("nobody, as far as is known") : STR("nobody, proven");
	return str_format(&cli->arena, STR_FMT " by " STR_FMT ", " STR_FMT " (%s%s)",
		STR_ARG(world->parties[answer->provider].name), STR_ARG(answer->agreement->id),
		STR_ARG(answer->commitment->id), words_band(answer->band),
		answer->certainty == TRUTH_T ? "" : ", not known for sure");
}

/* ---- the text ---- */

static void cut_note(struct cli *cli, size_t shown, size_t count)
{
	if (shown < count)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			str_format(&cli->arena,
				"  %zu of %s; --limit shows more, --format json all.", shown,
				page_number((int64_t)count).text));
}

static void print_document(struct cli *cli, const struct document_change *document)
{
	struct buf *out = &cli->out, line;
	const struct agreement *one = document->new ? document->new : document->old;
	struct str title = accord_text(&one->title, STR("en"));

	page_wrap(out, STR_NONE, 2, cli->width,
		str_format(&cli->arena, "  " STR_FMT ": " STR_FMT "%s", STR_ARG(one->id),
			STR_ARG(title),
			document->old && document->new ? ""
			: document->new                ? " (only in the new version)"
						       : " (only in the old version)"));
	for (size_t i = 0; i < document->changes.items_count; i++) {
		buf_init(&line, &cli->arena, CLI_OUTPUT_MAX);
		buf_add_c(&line, "    ");
		accord_say_change(&line, &document->changes.items[i]);
		buf_add_char(&line, '.');
		page_wrap(out, STR_NONE, 6, cli->width, buf_str(&line));
	}
}

/* A row of a file for reading: what it says, empty cells left out. */
static struct str line_words(struct cli *cli, struct str line)
{
	struct str cell;
	struct buf out;

	buf_init(&out, &cli->arena, CLI_OUTPUT_MAX);
	while (str_next_word(&line, ",", &cell))
		buf_add_format(&out, "%s" STR_FMT, out.len ? ", " : "", STR_ARG(cell));
	return buf_str(&out);
}

static void print_file(struct cli *cli, const struct file_change *file, size_t limit)
{
	page_wrap(&cli->out, STR_NONE, 6, cli->width,
		str_format(&cli->arena, "  " STR_FMT ": %zu line%s new, %zu gone.",
			STR_ARG(file->name), file->added, file->added == 1 ? "" : "s",
			file->removed));
	for (size_t i = 0; i < file->line_count && i < limit; i++)
		page_wrap(&cli->out, STR_NONE, 8, cli->width,
			str_format(&cli->arena, "      %s: " STR_FMT,
				file->lines[i].added ? "new" : "gone",
				STR_ARG(line_words(cli, file->lines[i].text))));
	cut_note(cli, file->line_count < limit ? file->line_count : limit, file->line_count);
}

static void print_text(struct cli *cli, const struct text_diff *text, size_t limit)
{
	struct buf *out = &cli->out;
	size_t count = diff_text_count(text);

	if (count == 0) {
		buf_add_c(out, "The text is the same.\n");
		return;
	}
	buf_add_format(
		out, "What is written differs in %zu place%s\n", count, count == 1 ? "" : "s");
	for (size_t i = 0; i < text->document_count; i++)
		print_document(cli, &text->documents[i]);
	for (size_t i = 0; i < text->file_count; i++)
		print_file(cli, &text->files[i], limit);
}

/* ---- bands ---- */

static void print_services(struct cli *cli, const struct cover_diff *behaviour)
{
	static const char *const titles[] = { "better", "worse", "surer", "less sure",
		"newly counted", "no longer" };
	struct table table;

	table_init(&table, &cli->arena);
	table_column(&table, "service", false, true);
	for (size_t i = 0; i < 6; i++)
		table_column(&table, titles[i], true, false);
	for (size_t i = 0; i < behaviour->services_count; i++) {
		const struct diff_service *service = &behaviour->services[i];
		const int64_t figures[] = { service->gain, service->lose, service->surer,
			service->less_sure, service->only_new, service->only_old };
		struct str row[7] = { str_of(world_services[service->service].code) };
		int64_t sum = 0;
		for (size_t k = 0; k < 6; k++) {
			sum += figures[k];
			row[k + 1] = figures[k] ? str_format(&cli->arena, "%s",
							  page_number(figures[k]).text)
						: STR("-");
		}
		if (sum)
			table_row(&table, row);
	}
	if (table.rows)
		table_print(&cli->out, &table, 2, cli->width);
}

/* The moves of KINDS (bits), most people first. */
static void print_kind(struct cli *cli, const struct asked_diff *asked,
	const struct cover_diff *behaviour, unsigned kinds, const char *title)
{
	size_t shown = 0, count = 0;
	struct table table;

	table_init(&table, &cli->arena);
	table_column(&table, "people", true, false);
	table_column(&table, "of", false, true);
	table_column(&table, "in", false, true);
	table_column(&table, "service", false, true);
	table_column(&table, "from", false, true);
	table_column(&table, "to", false, true);
	for (size_t i = 0; i < behaviour->moves_count; i++) {
		const struct diff_move *move = &behaviour->moves[i];
		const struct people_cell *cell = &move->new.cell;
		struct str of = words_nat(cli, cell->nat);
		if (!(kinds >> move->kind & 1u) || count++ >= asked->limit)
			continue;
		shown++;
		if (cell->group != GROUP_STOCK)
			of = str_format(
				&cli->arena, STR_FMT ", %s", STR_ARG(of), words_group(cell->group));
		struct str row[6] = { str_format(&cli->arena, "%s", page_number(cell->people).text),
			of, words_place(cli, cell->place),
			str_of(world_services[move->service].code), band_words(cli, &move->old),
			band_words(cli, &move->new) };
		table_row(&table, row);
	}
	if (count == 0)
		return;
	buf_add_format(&cli->out, "\n%s\n", title);
	if (shown)
		table_print(&cli->out, &table, 2, cli->width);
	cut_note(cli, shown, count);
}

static void print_moves(
	struct cli *cli, const struct asked_diff *asked, const struct cover_diff *behaviour)
{
	print_kind(cli, asked, behaviour, 1u << DIFF_LOSE, "Who loses band");
	print_kind(cli, asked, behaviour, 1u << DIFF_GAIN, "Who gains band");
	print_kind(cli, asked, behaviour, 1u << DIFF_SURER | 1u << DIFF_LESS_SURE,
		"Whose band stays, but is surer or less sure");
}

/* ---- capacity ---- */

/* Services where promises reach other numbers of people within their capacity. */
static void print_bounded(struct cli *cli, const struct cover_diff *behaviour)
{
	for (size_t i = 0; i < behaviour->services_count; i++) {
		const struct diff_service *service = &behaviour->services[i];
		int64_t old = service->old.bounded.bands[BAND_WILL],
			new = service->new.bounded.bands[BAND_WILL];
		if (old == new)
			continue;
		page_wrap(&cli->out, STR_NONE, 4, cli->width,
			str_format(&cli->arena,
				"  %s: promises within capacity reached %s people; they reach %s.",
				world_services[service->service].code, page_number(old).text,
				page_number(new).text));
	}
}

/* ---- who answers first ---- */

/* "relief.food, 1,200 people in 3 cells, ": below a country nobody knows how many there are. */
static struct str whose_words(struct cli *cli, const struct diff_first *first)
{
	const char *service = world_services[first->service].code,
		   *many = first->cells == 1 ? "" : "s";

	if (first->place == NONE32)
		return str_format(&cli->arena, "%s, %s people in %" PRIu32 " cell%s, ", service,
			page_number(first->people).text, first->cells, many);
	return str_format(&cli->arena,
		"%s at " STR_FMT ", people of %" PRIu32
		" cell%s, how many of them are there is not "
		"known, ",
		service, STR_ARG(words_place(cli, first->place)), first->cells, many);
}

static void print_firsts(struct cli *cli, const struct asked_diff *asked,
	const struct cover_diff *behaviour, const struct sides *sides)
{
	struct buf *out = &cli->out;
	size_t shown =
		behaviour->firsts_count < asked->limit ? behaviour->firsts_count : asked->limit;

	if (shown == 0)
		return;
	buf_add_c(out, "\nWho answers first\n");
	for (size_t i = 0; i < shown; i++) {
		const struct diff_first *first = &behaviour->firsts[i];
		page_wrap(out, STR_NONE, 4, cli->width,
			str_format(&cli->arena,
				"  " STR_FMT "%s" STR_FMT " in " STR_FMT ": was " STR_FMT
				"; is " STR_FMT ".",
				STR_ARG(whose_words(cli, first)),
				first->cells == 1 ? "of " : "the largest of ",
				STR_ARG(words_nat(cli, first->example.nat)),
				STR_ARG(words_place(cli, first->example.place)),
				STR_ARG(answer_words(cli, sides->old.world, first->has_old,
					first->not_known_old, &first->old)),
				STR_ARG(answer_words(cli, cli->world, first->has_new,
					first->not_known_new, &first->new))));
		page_wrap(out, STR_NONE, 6, cli->width,
			str_format(&cli->arena, "    " STR_FMT,
				STR_ARG(diff_query(cli, asked, &first->example, first->place,
					first->service))));
	}
	cut_note(cli, shown, behaviour->firsts_count);
}

static void print_behaviour(struct cli *cli, const struct asked_diff *asked,
	const struct cover_diff *behaviour, const struct sides *sides)
{
	struct buf *out = &cli->out;

	if (behaviour->services_count == 0) {
		buf_add_c(out, "No service is concerned.\n");
		return;
	}
	page_wrap(out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"What is answered, on %s: %zu service%s compared, for people by band and "
			"for "
			"who answers first",
			page_date(asked->date).text, behaviour->services_count,
			behaviour->services_count == 1 ? "" : "s"));
	if (behaviour->moves_count + behaviour->firsts_count == 0)
		buf_add_c(out, "  No band and no first answer changes.\n");
	print_services(cli, behaviour);
	print_bounded(cli, behaviour);
	print_moves(cli, asked, behaviour);
	print_firsts(cli, asked, behaviour, sides);
	buf_add_char(out, '\n');
	gaps_print_sources(cli, &asked->counts[1]);
}

void diff_print(struct cli *cli, const struct asked_diff *asked, const struct sides *sides,
	const struct text_diff *text, const struct cover_diff *behaviour)
{
	print_text(cli, text, asked->limit);
	if (!behaviour)
		return;
	buf_add_char(&cli->out, '\n');
	print_behaviour(cli, asked, behaviour, sides);
}
