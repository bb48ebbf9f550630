/* What an agreement adds: people whose best duty would be worse without it. Cells are judged with
 * the index as it is and with one that lacks the agreement; made once, like any long answer. */
#include "web/page_agreements.h"

#include "web/templates.h"

#define COLUMNS 5

static uint64_t services_of(const struct agreement *agreement)
{
	uint64_t services = 0;

	for (size_t i = 0; i < agreement->commitments_count; i++)
		services |= agreement->commitments[i].services;
	return services;
}

/* People of cells whose band is better in WITH, by that band. Both are of the same count, so that
 * their cells stand in the same order. */
static void compare(int64_t *lifted, const struct gaps *with, const struct gaps *without)
{
	for (size_t i = 0; i < with->cells_count && i < without->cells_count; i++)
		if (with->cells[i].band.band > without->cells[i].band.band)
			lifted[with->cells[i].band.band] += with->cells[i].cell.people;
}

static enum status fill_rows(struct cell_view *cells, size_t *rows, struct arena *arena,
	const struct web_snapshot *snapshot, const struct cover_index *without,
	const struct people_count *count, const struct ui *ui, const struct analysis *asked)
{
	uint64_t services = services_of(&snapshot->accords.items[asked->item]);
	struct gap_filter filter = { .place = NONE32,
		.nat = NAT_NONE,
		.group = -1,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };
	enum status status = STATUS_OK;

	for (unsigned i = 0; i < world_service_count && status == STATUS_OK; i++) {
		int64_t lifted[BANDS] = { 0 };
		struct cell_view *row = &cells[*rows * COLUMNS];
		struct gaps with, less;
		if (!(services >> i & 1u))
			continue;
		status = cover_gaps(&with, arena, snapshot->index, count, (uint8_t)i, &filter);
		if (status == STATUS_OK)
			status = cover_gaps(&less, arena, without, count, (uint8_t)i, &filter);
		if (status != STATUS_OK)
			break;
		compare(lifted, &with, &less);
		row[0] = page_text(page_service(ui, (uint8_t)i));
		row[1] = page_number(lifted[BAND_WILL]);
		row[2] = page_number(lifted[BAND_SHALL]);
		row[3] = page_number(lifted[BAND_MAY]);
		row[4] = page_number(lifted[BAND_REMOTE]);
		++*rows;
	}
	return status;
}

static enum status write_page(struct buf *out, struct arena *arena, const struct ui *ui,
	const struct agreement *agreement, const struct people_count *count,
	const struct cell_view *cells, size_t rows, struct source_view *sources,
	size_t source_count)
{
	const struct column_view columns[COLUMNS] = { { ui_word(ui, WORD("Service")), false },
		{ ui_word(ui, WORD("will")), true }, { ui_word(ui, WORD("shall")), true },
		{ ui_word(ui, WORD("may")), true }, { ui_word(ui, WORD("remote")), true } };
	struct html_link link = page_link_to(arena, ui, "/agreements/%1", accord_name(agreement));
	struct str title = page_said(ui, &agreement->title);
	const struct crumb crumbs[] = { { ui_word(ui, WORD("Agreements")),
						page_link(arena, ui, "/agreements") },
		{ title, link } };
	const struct adds_view view = { .page = { .title = ui_word(ui, WORD("What it adds")),
						.section = STR("agreements"),
						.crumbs = crumbs,
						.crumb_count = 2,
						.sources = sources,
						.source_count = source_count,
						.languages = ui_languages_view(arena, ui, false) },
		.title = title,
		.agreement = link,
		.year_text = count->stock_year ? str_format(arena, "%d", count->stock_year)
					       : ui_word(ui, WORD("not known")),
		.services = { .id = STR("adds"),
			.caption = ui_word(ui, WORD("People lifted, by service and by the duty "
						    "that they have with it")),
			.columns = columns,
			.column_count = COLUMNS,
			.cells = cells,
			.row_count = rows,
			.empty = ui_word(ui, WORD("It names no service.")) } };
	struct html html;

	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_adds(&html, ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make_adds(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct agreement *agreement = &snapshot->accords.items[asked->item];
	const struct cover_change change = {
		.removed = &agreement->id, .removed_count = 1, .allocator = arena->allocator
	};
	struct cell_view *cells =
		ARENA_ARRAY(arena, (world_service_count + 1) * COLUMNS, struct cell_view);
	struct source_view sources[8];
	struct cover_index *without = NULL;
	struct people_count count;
	size_t rows = 0;
	struct ui ui;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (!cells)
		return STATUS_NO_MEMORY;
	ui_init(&ui, asked->language);
	ui.keep_language = asked->keep_language;
	ui.path =
		str_format(arena, "/agreements/" STR_FMT "/adds", STR_ARG(accord_name(agreement)));
	ui.today = asked->date;
	if (status == STATUS_OK)
		status = cover_change(&without, NULL, arena, snapshot->index, &change);
	if (status == STATUS_OK)
		status = fill_rows(cells, &rows, arena, snapshot, without, &count, &ui, asked);
	if (without)
		cover_release(without);
	if (status != STATUS_OK)
		return status;
	return write_page(out, arena, &ui, agreement, &count, cells, rows, sources,
		page_people_sources(sources, 8, snapshot->world, &count));
}

enum status page_adds(struct request *request, const struct ui *ui, uint32_t item)
{
	struct analysis asked = analysis_default(request->today);

	asked.make = make_adds;
	asked.item = item;
	return page_keep(request, ui, &asked);
}
