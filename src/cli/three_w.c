/* `3w`: who does what, where. On a terminal a table by place; as CSV the columns of HDX's
 * Humanitarian API. */
#include "cli/cli.h"

#include <string.h>
#include "wire/wire.h"

struct asked_presence {
	struct activity_filter filter;
	int format;
	bool hxl;
	size_t limit;
};

static bool read_phase(struct cli *cli, enum phase *phase)
{
	static const char *const words[] = { "before", "during", "after" };
	int word = cli_choice(cli, "phase", words, 3, 1);

	*phase = (enum phase)(1u << (word < 0 ? 1 : word));
	return word >= 0;
}

static bool read_party(struct cli *cli, uint32_t *party)
{
	struct str value = cli_value(cli, "party");

	*party = NONE32;
	if (!value.ptr)
		return true;
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--party", "bytes that are not UTF-8");
		return false;
	}
	*party = world_party(cli->world, value);
	if (*party != NONE32)
		return true;
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64),
		world_party_id_list(cli->world), cli->world->parties_count);
	if (!hint.len)
		hint = STR("; a code is asked for, as DEU or unhcr");
	cli_fault(cli, "--party", "unknown party '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
	return false;
}

/* What is done, in words: the sector, or the domains where the clusters have none; one service by
 * its own name. */
static struct str doing(struct cli *cli, const struct wire_presence *row)
{
	int all = __builtin_popcountll(row->services), last = -1;
	struct buf text;

	buf_init(&text, &cli->arena, 1 << 12);
	buf_add_c(&text, row->sector.name);
	for (uint64_t left = row->services; left && !row->sector.code[0]; left &= left - 1) {
		const struct service *service = &world_services[__builtin_ctzll(left)];

		if ((int)service->domain != last)
			buf_add_format(&text, "%s%.*s", last >= 0 ? ", " : "",
				(int)strcspn(service->code, "."), service->code);
		last = (int)service->domain;
	}
	if (all > 1)
		buf_add_format(&text, ": %d services", all);
	else
		buf_add_format(
			&text, ": %s", world_services[__builtin_ctzll(row->services)].label_en);
	return buf_str(&text);
}

/* The rows of one place, [first, end). */
static void print_place(struct cli *cli, const struct wire_presence *rows, size_t first, size_t end)
{
	struct table table;

	table_init(&table, &cli->arena);
	table_column(&table, "who", false, true);
	table_column(&table, "does what", false, true);
	table_column(&table, "how far bound", false, false);
	table_column(&table, "under", false, true);
	for (size_t i = first; i < end; i++) {
		bool again = i > first && rows[i].party == rows[i - 1].party;
		const struct str cells[] = {
			again ? STR("") : words_party(cli, rows[i].party),
			doing(cli, &rows[i]),
			words_tint(cli, (int)rows[i].band, str_of(words_band(rows[i].band))),
			rows[i].agreements,
		};
		table_row(&table, cells);
	}
	page_wrap(&cli->out, STR_NONE, 0, cli->width, words_place(cli, rows[first].place));
	table_print(&cli->out, &table, 2, cli->width);
}

static void print_rows(struct cli *cli, const struct wire_presence *rows, size_t count)
{
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first; end < count && rows[end].place == rows[first].place; end++)
			;
		print_place(cli, rows, first, end);
	}
}

static void print_table(struct cli *cli, const struct asked_presence *asked,
	const struct wire_presence *rows, size_t count)
{
	size_t shown = count < asked->limit ? count : asked->limit;
	struct str where = asked->filter.place == NONE32 ? STR("the world")
							 : words_place(cli, asked->filter.place);

	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		str_format(&cli->arena,
			"Who does what in " STR_FMT ", %s, on %s, by the agreements in "
			"force",
			STR_ARG(where), words_phase(asked->filter.phase),
			page_date(asked->filter.date).text));
	buf_add_char(&cli->out, '\n');
	if (shown)
		print_rows(cli, rows, shown);
	else
		page_wrap(&cli->out, STR("  "), 2, cli->width,
			STR("nobody that is known; 'entente gaps' tells for how many people"));
	if (shown < count)
		page_wrap(&cli->out, STR_NONE, 2, cli->width,
			str_format(&cli->arena,
				"  %zu of %s rows; --limit shows more, --format csv all.", shown,
				page_number((int64_t)count).text));
	buf_add_char(&cli->out, '\n');
	page_wrap(&cli->out, STR("  "), 2, cli->width,
		str_format(&cli->arena,
			"Whom a clause is for, and what must come first, is not told here: "
			"'entente "
			"who' does. Parties whose presence is asked for and not known are left "
			"out. "
			"Facts of record on %s.",
			page_date(cli->world->as_of).text));
}

static void print_json(struct cli *cli, const struct asked_presence *asked,
	const struct wire_presence *rows, size_t count)
{
	struct buf *out = &cli->out;

	buf_add_format(out, "{\"date\":\"%s\",\"rows\":[", page_date(asked->filter.date).text);
	for (size_t i = 0; i < count; i++) {
		struct str rest = rows[i].agreements, id;
		bool first = true;

		buf_add_format(out, "%s{\"place\":", i ? "," : "");
		json_add_string(out, cli->world->places[rows[i].place].id);
		buf_add_c(out, ",\"party\":");
		json_add_string(out, cli->world->parties[rows[i].party].id);
		buf_add_format(out, ",\"sector\":\"%s\",\"band\":\"" STR_FMT "\",\"services\":[",
			rows[i].sector.code, STR_ARG(cover_band_words[rows[i].band]));
		for (uint64_t left = rows[i].services; left; left &= left - 1)
			buf_add_format(out, "%s\"%s\"", left == rows[i].services ? "" : ",",
				world_services[__builtin_ctzll(left)].code);
		buf_add_c(out, "],\"agreements\":[");
		while (str_next_word(&rest, " ", &id)) {
			buf_add_c(out, first ? "" : ",");
			json_add_string(out, id);
			first = false;
		}
		buf_add_c(out, "]}");
	}
	buf_add_c(out, "]}\n");
}

static enum cli_exit answer(struct cli *cli, const struct asked_presence *asked)
{
	struct activity *activities;
	struct wire_presence *rows;
	size_t activity_count, count;
	enum status status;

	cli_progress(cli, "asking every agreement", 0, 0);
	status = cover_activities(
		&activities, &activity_count, &cli->arena, cli->index, &asked->filter);
	if (status == STATUS_OK)
		status = wire_presence_join(&rows, &count, &cli->arena, activities, activity_count);
	if (status != STATUS_OK)
		return cli_status(cli, status, "listing");
	if (asked->format == CLI_CSV)
		status = wire_presence_csv(&cli->out, &cli->arena, cli->world, rows,
			count < asked->limit ? count : asked->limit, asked->filter.date,
			asked->hxl);
	else if (asked->format == CLI_JSON)
		print_json(cli, asked, rows, count < asked->limit ? count : asked->limit);
	else
		print_table(cli, asked, rows, count);
	if (status != STATUS_OK)
		return cli_status(cli, status, "printing");
	return count ? CLI_ANSWERED : CLI_NO;
}

enum cli_exit cmd_three_w(struct cli *cli)
{
	struct asked_presence asked = { .format = cli_format(cli) };
	bool good = asked.format >= 0;
	enum cli_exit code;

	code = cli_no_operands(cli);
	if (code != CLI_ANSWERED)
		return code;
	good = cli_limit(cli, "limit", asked.format == CLI_TABLE ? 40 : SIZE_MAX, &asked.limit) &&
	       good;
	good = cli_date(cli, &asked.filter.date) && good;
	good = read_phase(cli, &asked.filter.phase) && good;
	good = cli_hxl(cli, asked.format, &asked.hxl) && good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	good = cli_services(cli, &asked.filter.services);
	good = cli_place(cli, &asked.filter.place) && good;
	good = read_party(cli, &asked.filter.party) && good;
	good = cli_viewer(cli, &asked.filter.viewer) && good;
	return good ? answer(cli, &asked) : CLI_REFUSED;
}
