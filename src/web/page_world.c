/* The page of the world, and the files beside the pages. A page is made like any long answer: once
 * for a state, a day and a language. */
#include "web/internal.h"
#include "web/page_world.h"
#include "web/templates.h"

#define COLUMNS 7

static void number_cell(struct cell_view *cell, long long number)
{
	*cell = (struct cell_view){ .kind = CELL_NUMBER, .number = number };
}

static enum status fill_rows(struct cell_view *cells, struct arena *arena,
	const struct web_snapshot *snapshot, const struct people_count *count, int32_t date)
{
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };
	enum status status = STATUS_OK;

	for (unsigned i = 0; i < world_service_count && status == STATUS_OK; i++) {
		struct cell_view *row = &cells[i * COLUMNS];
		struct gaps gaps;
		status = cover_gaps(&gaps, arena, snapshot->index, count, (uint8_t)i, &filter);
		if (status != STATUS_OK)
			break;
		row[0] = (struct cell_view){ .kind = CELL_TEXT,
			.text = str_of(world_services[i].label_en) };
		number_cell(&row[1], gaps.bands[BAND_WILL]);
		number_cell(&row[2], gaps.bands[BAND_SHALL]);
		number_cell(&row[3], gaps.bands[BAND_MAY]);
		number_cell(&row[4], gaps.bands[BAND_REMOTE]);
		number_cell(&row[5], gaps.not_known);
		number_cell(&row[6], gaps.none_proven);
	}
	return status;
}

/* The sources of the people counted: those of the stock's year, each once. */
static size_t find_sources(struct source_view *out, size_t max, const struct world *world,
	const struct people_count *count)
{
	size_t found = 0;

	for (size_t i = 0; i < world->people_count && found < max; i++) {
		const struct people_row *row = &world->people[i];
		bool known = row->source == NONE32 || row->group != GROUP_STOCK ||
			     row->year != count->stock_year;
		for (size_t j = 0; j < found && !known; j++)
			known = str_eq(out[j].name, world->sources[row->source].title);
		if (!known)
			out[found++] = (struct source_view){ world->sources[row->source].title,
				world->sources[row->source].url,
				world->sources[row->source].retrieved };
	}
	return found;
}

static struct str figure(struct arena *arena, const struct ui *ui, long long number)
{
	struct buf text;

	buf_init(&text, arena, 64);
	ui_number(&text, ui, number);
	return buf_str(&text);
}

static enum status make_world(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct ui ui;
	ui_init(&ui, asked->language);
	ui.keep_language = asked->keep_language;
	ui.path = STR("/");
	ui.today = asked->date;
	const struct column_view columns[COLUMNS] = { { ui_word(&ui, WORD("Service")), false },
		{ ui_word(&ui, WORD("will")), true }, { ui_word(&ui, WORD("shall")), true },
		{ ui_word(&ui, WORD("may")), true }, { ui_word(&ui, WORD("remote")), true },
		{ ui_word(&ui, WORD("not known")), true }, { ui_word(&ui, WORD("nobody")), true } };
	struct cell_view *cells =
		ARENA_ARRAY(arena, world_service_count * COLUMNS, struct cell_view);
	struct source_view sources[8];
	struct people_count count;
	struct html html;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (!cells)
		return STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = fill_rows(cells, arena, snapshot, &count, asked->date);
	if (status != STATUS_OK)
		return status;
	const struct world_view view = {
		.page = { .title = ui_word(&ui, WORD("The world")),
			.section = STR("world"),
			.sources = sources,
			.source_count = find_sources(sources, 8, snapshot->world, &count),
			.languages = ui_languages_view(arena, &ui, false) },
		.counted = figure(arena, &ui, count.people - count.own_state),
		.own_text = figure(arena, &ui, count.own_state),
		.year_text = str_format(arena, "%d", count.stock_year),
		.services = { .id = STR("services"),
			.caption = ui_word(
				&ui, WORD("People by service and by how far somebody is bound")),
			.columns = columns,
			.column_count = COLUMNS,
			.cells = cells,
			.row_count = world_service_count,
			.empty = ui_word(&ui, WORD("No service is on record.")) }
	};
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_world(&html, &ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status answer_world(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str lang = request_parameter(request, "lang");
	const char *accepted = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Language");

	asked.make = make_world;
	asked.language = lang.ptr ? ui_language_find(lang)
				  : ui_language_accepted(str_of(accepted ? accepted : ""), false);
	asked.keep_language = lang.ptr != NULL;
	if (!asked.language || !asked.language->whole) {
		request_problem(request, 404, "There is no page in this language.",
			"Pages are in en, fr, es and ar.");
		return STATUS_OK;
	}
	request->type = "text/html; charset=utf-8";
	switch (kept_ask(&request->server->queue, request->snapshot, request, &asked)) {
	case KEPT_FAILED:
		return STATUS_NO_MEMORY;
	case KEPT_BUSY:
		request_problem(request, 503, "Too many long answers are being made.",
			"Try again in a few seconds.");
		break;
	case KEPT_WAITS:
	case KEPT_READY:
		break;
	}
	return STATUS_OK;
}

/* Whoever lists gzip gets it: a phone on a slow network loads an eighth. "gzip;q=0" refuses it. */
static bool takes_gzip(const struct request *request)
{
	const char *codings = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Encoding");
	struct str rest = str_of(codings ? codings : ""), coding;

	while (str_next_word(&rest, ",", &coding)) {
		coding = str_trim(coding);
		if (str_same_letters(coding, STR("gzip")) ||
			(str_same_letters(str_sub(coding, 0, 5), STR("gzip;")) &&
				!str_ends(coding, "=0")))
			return true;
	}
	return false;
}

enum status answer_asset(struct request *request)
{
	size_t count;
	const struct ui_asset *assets = ui_assets(&count);

	for (size_t i = 0; i < count; i++) {
		if (!str_is(request->path, assets[i].path))
			continue;
		request->type = assets[i].type;
		request->gzip = takes_gzip(request);
		request->answer = request->gzip ? (struct str){ (const char *)assets[i].gzip,
			assets[i].gzip_len }
						: (struct str){ (const char *)assets[i].plain,
							  assets[i].plain_len };
		return STATUS_OK;
	}
	request_problem(request, 404, "No file has this address.", "A page names its files.");
	return STATUS_OK;
}
