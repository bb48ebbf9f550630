/* One version of an agreement in words, as it stood in its state of the workspace, with the names
 * of today. */
#include "web/page_version.h"

#include "web/page_prose.h"
#include "web/templates.h"

enum status version_read(struct version_read *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct agreement *today, uint64_t state,
	struct str root, const struct file_system *elsewhere)
{
	const struct web_config *config = snapshot->config;
	struct str folder = config->folder;
	struct str name = str_sub(today->file, folder.len + 1, today->file.len);
	struct diags diags;
	enum status status;

	*out = (struct version_read){ .files = config->files };
	if (!config->store) {
		out->agreement = *today;
		return STATUS_OK;
	}
	diags_init(&diags, arena, 1);
	status = store_view_open(&out->view, config->store, state, root, elsewhere);
	if (status != STATUS_OK)
		return status;
	out->files = store_view_files(out->view);
	name = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(root), STR_ARG(name));
	status = accord_read(&out->agreement, arena, snapshot->world, out->files, name, &diags);
	if (status == STATUS_REFUSED) { /* it names what is on record no more */
		out->plain = true;
		status = accord_read(&out->agreement, arena, NULL, out->files, name, &diags);
	}
	return status;
}

struct str version_path(struct arena *arena, const struct agreement *agreement,
	const struct sha256 *hash, const char *tail)
{
	char hex[65];

	sha256_hex(hex, hash);
	return str_format(arena, "/agreements/" STR_FMT "/versions/%s%s",
		STR_ARG(accord_name(agreement)), hex, tail);
}

struct html_link version_link(struct arena *arena, const struct ui *ui,
	const struct agreement *agreement, const struct sha256 *hash, const struct sha256 *other,
	const char *pattern)
{
	struct html_arg args[3];
	char hex[65];

	args[0] = html_arg(accord_name(agreement));
	sha256_hex(hex, hash);
	args[1] = html_arg(str_copy(arena, str_of(hex)));
	sha256_hex(hex, other ? other : hash);
	args[2] = html_arg(str_copy(arena, str_of(hex)));
	return html_link_make(arena, ui, pattern, args, other ? 3 : 2);
}

/* The versions anew: the number of a state alone does not say which went before. */
static enum status find_around(const struct version **version, const struct version **before,
	bool *database, struct arena *arena, const struct web_snapshot *snapshot,
	const struct agreement *agreement, uint64_t state)
{
	struct versions versions;
	enum status status = versions_of(&versions, arena, snapshot, agreement);

	*version = *before = NULL;
	for (size_t i = 0; status == STATUS_OK && i < versions.count; i++)
		if (versions.items[i].since == state) {
			*version = &versions.items[i];
			*before = i + 1 < versions.count ? &versions.items[i + 1] : NULL;
		}
	*database = versions.database;
	return status == STATUS_OK && !*version ? STATUS_NOT_FOUND : status;
}

static enum status write_words(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked,
	const struct version_read *read)
{
	const struct agreement *today = &snapshot->accords.items[asked->item];
	const struct agreement *agreement = &read->agreement;
	const struct version *version, *before;
	struct summary_row rows[AGREEMENT_ROWS];
	struct version_view view = { .plain = read->plain };
	struct html html;
	struct ui ui;
	char hex[65];
	enum status status = find_around(
		&version, &before, &view.database, arena, snapshot, today, asked->states[0]);

	if (status != STATUS_OK)
		return status;
	ui_init(&ui, asked->language);
	ui.keep_language = asked->keep_language;
	ui.path = version_path(arena, today, &version->hash, "");
	ui.today = asked->date;
	struct str lang = str_of(ui.language->code);
	const struct crumb crumbs[] = { { ui_word(&ui, WORD("Agreements")),
						page_link(arena, &ui, "/agreements") },
		{ accord_text(&today->title, lang),
			page_link_to(arena, &ui, "/agreements/%1", accord_name(today)) },
		{ ui_word(&ui, WORD("Versions")),
			page_link_to(arena, &ui, "/agreements/%1/versions", accord_name(today)) } };
	const struct source_view source = { agreement->source.title, agreement->source.url,
		DATE_NONE };
	sha256_hex(hex, &version->hash);
	view.title = accord_text(&agreement->title, lang);
	view.title_lang = agreement_title_language(agreement, lang);
	view.foreign = !str_eq(view.title_lang, lang);
	view.hash = str_format(arena, "sha256:%s", hex);
	view.stands = version->until == STORE_NEWEST;
	view.state = (long long)version->since;
	view.on = version->on;
	view.agreement = crumbs[1].link;
	view.all = crumbs[2].link;
	if (before)
		view.changes = version_link(arena, &ui, today, &version->hash, NULL,
			"/agreements/%1/versions/%2/changes");
	view.rows = rows;
	view.row_count = agreement_rows(rows, &ui, agreement, asked->date);
	if (!view.stands) /* what it says holds no more */
		rows[view.row_count - 1].key = ui_word(&ui, WORD("State by this version"));
	view.page = (struct page_view){ .title = view.title,
		.section = STR("agreements"),
		.crumbs = crumbs,
		.crumb_count = 3,
		.sources = &source,
		.source_count = source.name.len ? 1 : 0,
		.languages = ui_languages_view(arena, &ui, false) };
	const struct world *world = read->plain ? NULL : snapshot->world;
	if (world)
		status = agreement_parties(&view.parties, arena, &ui, world, agreement);
	if (status == STATUS_OK)
		status = page_prose(&view.prose, arena, agreement, world, page_lang(&ui));
	if (status != STATUS_OK)
		return status;
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_version(&html, &ui, &view);
	buf_add(out, html_str(&html));
	return html_failed(&html) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make_words(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct version_read read;
	enum status status = version_read(&read, arena, snapshot,
		&snapshot->accords.items[asked->item], asked->states[0], STR("version"), NULL);

	if (status == STATUS_OK)
		status = write_words(out, arena, snapshot, asked, &read);
	store_view_close(read.view);
	return status;
}

enum status page_version(struct request *request, const struct ui *ui, uint32_t item,
	const struct version *version, const struct version *other, enum version_page page)
{
	struct analysis asked = analysis_default(request->today);
	enum status status;

	asked.make = page == VERSION_WORDS ? make_words : changes_make(page);
	asked.item = item;
	asked.states[0] = version->since;
	asked.states[1] = page != VERSION_WORDS && other ? other->since : 0;
	status = page_keep(request, ui, &asked);
	if (page > VERSION_CHANGES && request->status == 0)
		request->type = "text/csv; charset=utf-8";
	return status;
}
