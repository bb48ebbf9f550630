/* What differs between two versions of an agreement: the fields, and what is answered with one or
 * the other in the workspace of today, all else being equal. */
#include "web/page_parts.h"
#include "web/page_version.h"

#include "web/templates.h"

#define LINES_MAX 200
#define MOVES_MAX 50 /* on the page; the CSV has all */

struct comparing {
	struct part part;
	const struct agreement *today;
	struct version_read old, new;
	struct versions versions;
	const struct version *old_version, *new_version;
	struct changes changes;
	struct cover_diff behaviour;
	bool answers;
};

static const struct version *at_state(const struct versions *versions, uint64_t state)
{
	for (size_t i = 0; i < versions->count; i++)
		if (versions->items[i].since == state)
			return &versions->items[i];
	return NULL;
}

/* ---- what is answered ---- */

static enum status make_side(struct diff_side *side, struct accords *all, struct comparing *work,
	const struct analysis *asked, const struct agreement *agreement)
{
	struct arena *arena = work->part.arena;
	const struct accords *base = &work->part.snapshot->accords;
	struct cover_index *index;
	enum status status;

	*all = *base;
	all->items = ARENA_ARRAY(arena, base->items_count + 1, struct agreement);
	if (!all->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < base->items_count; i++)
		all->items[i] = i == asked->item ? *agreement : base->items[i];
	status = cover_compile_jobs(&index, arena, work->part.world, all, &jobs_threads);
	*side = (struct diff_side){ .index = index,
		.accords = all,
		.count = &work->part.count,
		.filter = { .place = NONE32,
			.nat = NAT_NONE,
			.group = -1,
			.date = asked->date,
			.viewer = VIEWER_PUBLIC,
			.phase = PHASE_DURING } };
	return status;
}

static enum status compare_answers(struct comparing *work, const struct analysis *asked)
{
	struct accords all[2];
	struct diff_side sides[2];
	enum status status = STATUS_OK;

	work->answers = !work->old.plain && !work->new.plain;
	if (!work->answers)
		return STATUS_OK;
	status = make_side(&sides[0], &all[0], work, asked, &work->old.agreement);
	if (status == STATUS_OK)
		status = make_side(&sides[1], &all[1], work, asked, &work->new.agreement);
	if (status == STATUS_OK)
		status = cover_diff(&work->behaviour, work->part.arena, &sides[0], &sides[1],
			cover_diff_services(&all[0], &all[1]));
	return status;
}

/* ---- tables ---- */

static enum status services_table(struct table_view *view, struct comparing *work)
{
	static const struct part_column columns[] = { { WORD("Service"), false },
		{ WORD("Better"), true }, { WORD("Worse"), true }, { WORD("Surer"), true },
		{ WORD("Less sure"), true } };
	struct part *part = &work->part;
	struct part_table table;

	part_table_open(&table, part, view, "services",
		part_word(part, WORD("People whose best duty differs, by service")), columns, 5);
	for (size_t i = 0; i < work->behaviour.services_count; i++) {
		const struct diff_service *service = &work->behaviour.services[i];
		part_text(&table, part_service(part, service->service));
		part_number(&table, service->gain);
		part_number(&table, service->lose);
		part_number(&table, service->surer);
		part_number(&table, service->less_sure);
	}
	view->empty = part_word(part, WORD("No service is concerned."));
	return part_table_close(&table);
}

static void band_cell(struct part_table *table, const struct gap_cell *cell)
{
	static const enum band_view shown[BANDS] = { [BAND_WILL] = SHOW_WILL,
		[BAND_SHALL] = SHOW_SHALL,
		[BAND_MAY] = SHOW_MAY,
		[BAND_REMOTE] = SHOW_REMOTE,
		[BAND_NONE] = SHOW_NONE };

	part_band(table,
		cell->band.band == BAND_NONE && cell->band.not_known ? SHOW_NOT_KNOWN
								     : shown[cell->band.band],
		STR(""));
}

static enum status moves_table(
	struct table_view *view, struct comparing *work, size_t max, long long *more)
{
	static const struct part_column columns[] = { { WORD("Nationality"), false },
		{ WORD("Country"), false }, { WORD("Counted as"), false },
		{ WORD("Service"), false }, { WORD("People"), true }, { WORD("Before"), false },
		{ WORD("After"), false } };
	struct part *part = &work->part;
	struct part_table table;
	size_t shown = 0;

	*more = 0;
	part_table_open(&table, part, view, "moves",
		part_word(part, WORD("Whose best duty is another, most people first")), columns, 7);
	for (size_t i = 0; i < work->behaviour.moves_count; i++) {
		const struct diff_move *move = &work->behaviour.moves[i];
		const struct people_cell *cell = &move->new.cell;
		if (move->kind != DIFF_LOSE && move->kind != DIFF_GAIN)
			continue;
		if (shown++ >= max) {
			++*more;
			continue;
		}
		part_text(&table, part_nat(part, cell->nat));
		part_text(&table, part_place(part, cell->place));
		part_text(&table, part_people_group(part, cell->group));
		part_text(&table, part_service(part, move->service));
		part_number(&table, cell->people);
		band_cell(&table, &move->old);
		band_cell(&table, &move->new);
	}
	view->empty = part_word(part, WORD("Nobody’s best duty is another."));
	return part_table_close(&table);
}

/* ---- the page ---- */

static enum status fill_lines(struct changes_view *view, struct comparing *work)
{
	size_t count = work->changes.items_count;
	struct str *lines = ARENA_ARRAY(work->part.arena, count + 1, struct str);
	struct buf line;

	if (!lines)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count && i < LINES_MAX; i++) {
		buf_init(&line, work->part.arena, WEB_ANSWER_MAX);
		accord_say_change(&line, &work->changes.items[i]);
		lines[view->line_count++] = buf_str(&line);
		if (line.failed)
			return STATUS_NO_MEMORY;
	}
	view->lines = lines;
	view->lines_more = count - view->line_count;
	return STATUS_OK;
}

/* Any other version can be compared. */
static enum status fill_choice(struct changes_view *view, struct comparing *work)
{
	struct arena *arena = work->part.arena;
	size_t count = work->versions.count;
	struct option_view *options = ARENA_ARRAY(arena, count + 1, struct option_view);
	char hex[65], day[11];
	size_t n = 0;

	if (!options)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		const struct version *version = &work->versions.items[i];
		if (version == work->new_version)
			continue;
		sha256_hex(hex, &version->hash);
		date_format(day, version->on);
		options[n] = (struct option_view){ .id = str_format(arena, "against-%zu", n + 1),
			.value = str_copy(arena, str_of(hex)),
			.text = str_format(arena, "%s, %.16s…", day, hex),
			.chosen = version == work->old_version };
		n++;
	}
	view->against = (struct field_view){ .id = STR("against"),
		.name = STR("against"),
		.label = part_word(&work->part, WORD("Compare with the version of")),
		.options = options,
		.option_count = n };
	return STATUS_OK;
}

static enum status write_page(struct buf *out, struct comparing *work)
{
	struct part *part = &work->part;
	struct arena *arena = part->arena;
	const struct agreement *today = work->today;
	const struct ui *ui = &part->ui;
	struct str lang = str_of(ui->language->code);
	struct html_link all =
		page_link_to(arena, ui, "/agreements/%1/versions", accord_name(today));
	const struct crumb crumbs[] = { { part_word(part, WORD("Agreements")),
						page_link(arena, ui, "/agreements") },
		{ accord_text(&today->title, lang),
			page_link_to(arena, ui, "/agreements/%1", accord_name(today)) },
		{ part_word(part, WORD("Versions")), all } };
	const char *pattern = "/agreements/%1/versions/%2";
	struct changes_view view = { .title = crumbs[1].name,
		.foreign = !ui_is(ui, "en"),
		.old = version_link(arena, ui, today, &work->old_version->hash, NULL, pattern),
		.new = version_link(arena, ui, today, &work->new_version->hash, NULL, pattern),
		.all = all,
		.old_on = work->old_version->on,
		.new_on = work->new_version->on,
		.old_since = (long long)work->old_version->since,
		.new_since = (long long)work->new_version->since,
		.name = accord_name(today),
		.answers = work->answers,
		.year_text = part->count.stock_year
				     ? str_format(arena, "%d", part->count.stock_year)
				     : part_word(part, WORD("not known")) };
	struct source_view sources[8];
	struct html html;
	char hex[65];
	enum status status = fill_lines(&view, work);

	sha256_hex(hex, &work->new_version->hash);
	view.hash = str_copy(arena, str_of(hex));
	if (status == STATUS_OK)
		status = fill_choice(&view, work);
	if (status == STATUS_OK)
		status = services_table(&view.services, work);
	if (status == STATUS_OK)
		status = moves_table(&view.moves, work, MOVES_MAX, &view.moves_more);
	const struct sha256 *new_hash = &work->new_version->hash,
			    *old_hash = &work->old_version->hash;
	view.services.csv = version_link(arena, ui, today, new_hash, old_hash,
		"/agreements/%1/versions/%2/services.csv?against=%3");
	view.moves.csv = version_link(arena, ui, today, new_hash, old_hash,
		"/agreements/%1/versions/%2/changes.csv?against=%3");
	view.page = (struct page_view){ .title = part_word(part, WORD("What changed")),
		.section = STR("agreements"),
		.crumbs = crumbs,
		.crumb_count = 3,
		.sources = sources,
		.source_count = page_people_sources(sources, 8, part->world, &part->count),
		.languages = ui_languages_view(arena, ui, false) };
	if (status != STATUS_OK)
		return status;
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_changes(&html, ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status compare(struct comparing *work, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct diags diags;
	char hex[65];
	enum status status = part_open(&work->part, arena, snapshot, asked, STR_NONE);

	work->today = &snapshot->accords.items[asked->item];
	diags_init(&diags, arena, 1);
	if (status == STATUS_OK)
		status = versions_of(&work->versions, arena, snapshot, work->today);
	if (status != STATUS_OK)
		return status;
	work->new_version = at_state(&work->versions, asked->states[0]);
	work->old_version = at_state(&work->versions, asked->states[1]);
	if (!work->new_version || !work->old_version)
		return STATUS_NOT_FOUND;
	work->part.ui.path = version_path(arena, work->today, &work->new_version->hash, "/changes");
	sha256_hex(hex, &work->old_version->hash);
	work->part.ui.query = str_format(arena, "against=%s", hex);
	status = version_read(
		&work->old, arena, snapshot, work->today, asked->states[1], STR("old"), NULL);
	/* One file system for both: what is not of the newer state is asked of the older one. */
	if (status == STATUS_OK)
		status = version_read(&work->new, arena, snapshot, work->today, asked->states[0],
			STR("new"), work->old.files);
	if (status == STATUS_OK)
		status = accord_diff(&work->changes, arena, &work->old.agreement,
			&work->new.agreement, work->new.files, &diags);
	return status == STATUS_OK ? compare_answers(work, asked) : status;
}

static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked, enum version_page page)
{
	struct comparing work = { 0 };
	struct table_view table;
	long long more;
	enum status status = compare(&work, arena, snapshot, asked);

	if (status == STATUS_OK && page == VERSION_CHANGES) {
		status = write_page(out, &work);
	} else if (status == STATUS_OK) {
		status = page == VERSION_MOVES_CSV ? moves_table(&table, &work, SIZE_MAX, &more)
						   : services_table(&table, &work);
		if (status == STATUS_OK)
			status = part_csv(out, &table);
	}
	store_view_close(work.new.view);
	store_view_close(work.old.view);
	return status;
}

static enum status make_page(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, VERSION_CHANGES);
}

static enum status make_moves(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, VERSION_MOVES_CSV);
}

static enum status make_services(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	return make(out, arena, snapshot, asked, VERSION_SERVICES_CSV);
}

changes_maker *changes_make(enum version_page page)
{
	return page == VERSION_CHANGES     ? make_page
	       : page == VERSION_MOVES_CSV ? make_moves
					   : make_services;
}
