/* One agreement that the public may see: in words, who is party and has confirmed, and on what it
 * rests. */
#include "web/page_versions.h"

#include "web/page_prose.h"
#include "web/templates.h"

#define COLUMNS 5

static void fill_party(struct cell_view *row, const struct ui *ui, const struct world *world,
	const struct party_entry *entry)
{
	struct str name = entry->is_group ? page_group(ui, world, entry->index)
					  : page_party(ui, world, entry->index);

	row[0] = page_text(name);
	row[1] = entry->role.len ? page_text(entry->role)
				 : (struct cell_view){ .kind = CELL_TEXT, .text = STR("") };
	row[2] = page_date(entry->from);
	row[3] = entry->until == DATE_NONE ? page_text(ui_word(ui, WORD("open")))
					   : page_date(entry->until);
	row[4] = entry->confirmed == DATE_NONE
			 ? page_text(ui_word(ui, WORD("no confirmation on record")))
			 : page_date(entry->confirmed);
}

enum status agreement_parties(struct table_view *table, struct arena *arena, const struct ui *ui,
	const struct world *world, const struct agreement *agreement)
{
	struct column_view *columns = ARENA_ARRAY(arena, COLUMNS, struct column_view);
	struct cell_view *cells =
		ARENA_ARRAY(arena, (agreement->parties_count + 1) * COLUMNS, struct cell_view);
	size_t count = 0;

	if (!columns || !cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < agreement->parties_count; i++)
		if (agreement->parties[i].index != NONE32)
			fill_party(&cells[count++ * COLUMNS], ui, world, &agreement->parties[i]);
	columns[0].name = ui_word(ui, WORD("Party"));
	columns[1].name = ui_word(ui, WORD("Role"));
	columns[2].name = ui_word(ui, WORD("Bound from"));
	columns[3].name = ui_word(ui, WORD("Bound until"));
	columns[4].name = ui_word(ui, WORD("Confirmed"));
	*table = (struct table_view){ .id = STR("parties"),
		.caption = ui_word(ui, WORD("Parties")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = agreement->is_template ? 0 : count };
	return STATUS_OK;
}

size_t agreement_rows(struct summary_row *rows, const struct ui *ui,
	const struct agreement *agreement, int32_t date)
{
	enum lang lang = page_lang(ui);
	size_t n = 0;

	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Kind")),
		page_text(accord_kind_term(agreement->kind, lang)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("Strength")),
		page_text(accord_strength_term(agreement->strength, lang)) };
	rows[n++] = (struct summary_row){ ui_word(ui, WORD("State today")),
		page_text(page_agreement_state_text(agreement, ui, date)) };
	return n;
}

struct str agreement_title_language(const struct agreement *agreement, struct str lang)
{
	struct str text = accord_text(&agreement->title, lang);

	for (size_t i = 0; i < agreement->title.count; i++)
		if (agreement->title.items[i].text.ptr == text.ptr)
			return agreement->title.items[i].lang;
	return lang;
}

static enum status show(
	struct request *request, const struct ui *ui, const struct agreement *agreement)
{
	struct arena *arena = &request->arena;
	const struct world *world = request->snapshot->world;
	struct str lang = str_of(ui->language->code);
	struct summary_row rows[AGREEMENT_ROWS];
	char hash[65];
	const struct crumb crumbs[] = { { ui_word(ui, WORD("Agreements")),
		page_link(arena, ui, "/agreements") } };
	const struct source_view source = { agreement->source.title, agreement->source.url,
		DATE_NONE };
	struct agreement_view view = { .title = accord_text(&agreement->title, lang),
		.is_template = agreement->is_template,
		.title_lang = agreement_title_language(agreement, lang),
		.rows = rows,
		.row_count = agreement_rows(rows, ui, agreement, request->today),
		.adds = agreement->is_template ? (struct html_link){ STR_NONE }
					       : page_link_to(arena, ui, "/agreements/%1/adds",
							 accord_name(agreement)) };
	struct html html;
	enum status status;

	sha256_hex(hash, &agreement->hash);
	view.name = accord_name(agreement);
	view.versions = page_link_to(arena, ui, "/agreements/%1/versions", accord_name(agreement));
	view.hash = str_format(arena, "sha256:%s", hash);
	view.foreign = !str_eq(view.title_lang, lang);
	view.page = (struct page_view){ .title = view.title,
		.section = STR("agreements"),
		.crumbs = crumbs,
		.crumb_count = 1,
		.sources = &source,
		.source_count = source.name.len ? 1 : 0,
		.languages = ui_languages_view(arena, ui, false) };
	status = agreement_parties(&view.parties, arena, ui, world, agreement);
	if (status == STATUS_OK)
		status = page_prose(&view.prose, arena, agreement, world, page_lang(ui));
	if (status != STATUS_OK)
		return status;
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_agreement(&html, ui, &view);
	return page_send(request, &html, 200);
}

enum status answer_agreement_page(struct request *request)
{
	const struct web_snapshot *snapshot = request->snapshot;
	struct str name = str_sub(request->path, sizeof("/agreements/") - 1, request->path.len);
	struct str tail = STR("");
	bool adds;
	const struct agreement *agreement;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	for (size_t i = 0; i < name.len && !tail.len; i++)
		if (name.ptr[i] == '/') {
			tail = str_sub(name, i + 1, name.len);
			name.len = i;
		}
	adds = str_is(tail, "adds");
	agreement = accord_find(&snapshot->accords, name);
	/* What the public may not see is answered like what does not exist. */
	if (agreement && !cover_visible(snapshot->index, agreement, VIEWER_PUBLIC, request->today))
		agreement = NULL;
	if (!agreement)
		request_nearest(request, NEAR_AGREEMENT, name);
	if (!agreement || (adds && agreement->is_template) ||
		(tail.len && !adds && !str_starts(tail, "versions")))
		return page_missing(request, &ui,
			ui_word(&ui, WORD("No agreement that is open to everyone has this name.")),
			ui_word(&ui, WORD("All agreements")),
			page_link(&request->arena, &ui, "/agreements"));
	if (adds)
		return page_adds(request, &ui, (uint32_t)(agreement - snapshot->accords.items));
	return tail.len ? answer_versions(request, &ui, agreement, tail)
			: show(request, &ui, agreement);
}
