/* Versions of an agreement: which are on record, since when, and the list of them. A database keeps
 * every version under its hash; a folder has the one that lies in it. */
#include "web/page_versions.h"

#include "web/page_filter.h"
#include "web/page_parts.h"
#include "web/templates.h"

#include <string.h>

#define COLUMNS 5
#define SHORT_HASH 16 /* digits of a hash on the page; the CSV has all */
#define HEX 64

/* template-open, of a document that is read by itself: every party is a blank. */
static bool is_form(const struct node *tree)
{
	const struct node *template = node_get(tree, "template");
	const struct node *parties = node_get(tree, "parties");

	if (!template || !str_is(template->text, "true") || !parties)
		return false;
	for (const struct node *item = parties->first; item; item = item->next) {
		const struct node *party = node_get(item, "party");
		if (!party || !party->text.len || !memmem(party->text.ptr, party->text.len, "⟨", 3))
			return false;
	}
	return true;
}

bool version_is_public(struct arena *arena, struct str name, struct str bytes)
{
	const struct node *visibility;
	struct node *tree = NULL;
	struct diags diags;
	enum status status;

	diags_init(&diags, arena, 1);
	status = str_ends(name, ".json") ? json_read(&tree, arena, name, bytes, &diags)
					 : yaml_read(&tree, arena, name, bytes, &diags);
	if (status != STATUS_OK || tree->kind != NODE_MAP)
		return false;
	visibility = node_get(tree, "visibility");
	if (!visibility || visibility->kind != NODE_STRING)
		return false;
	return str_is(visibility->text, "public") ||
	       (str_is(visibility->text, "parties") && is_form(tree));
}

struct str versions_file(const struct web_snapshot *snapshot, const struct agreement *agreement)
{
	return str_sub(agreement->file, snapshot->config->folder.len + 1, agreement->file.len);
}

const struct agreement *versions_agreement(const struct web_snapshot *snapshot, struct str name)
{
	for (size_t i = 0; i < snapshot->accords.items_count; i++)
		if (str_eq(versions_file(snapshot, &snapshot->accords.items[i]), name))
			return &snapshot->accords.items[i];
	return NULL;
}

static int32_t day_of(struct str at)
{
	int32_t day;

	return date_parse(str_sub(at, 0, 10), &day) ? day : DATE_NONE;
}

/* Neighbours that say the same (comments changed, no more) are one. */
static void add_version(struct versions *out, const struct store_version *row)
{
	struct version *newer = out->count ? &out->items[out->count - 1] : NULL;

	if (newer && newer->since == row->until && sha256_same(&newer->hash, &row->canonical)) {
		newer->since = row->since;
		newer->on = day_of(row->at);
		return;
	}
	out->items[out->count++] = (struct version){ row->since, row->until, day_of(row->at),
		row->name, row->canonical };
}

enum status versions_of(struct versions *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct agreement *agreement)
{
	struct str name = versions_file(snapshot, agreement);
	struct store_version *rows = NULL;
	size_t count = 0;
	enum status status = STATUS_OK;

	*out = (struct versions){ .database = snapshot->config->store != NULL };
	if (out->database)
		status = store_versions(
			&rows, &count, arena, snapshot->config->store, name, VERSIONS_MAX);
	out->items = ARENA_ARRAY(arena, count + 1, struct version);
	if (status != STATUS_OK || !out->items)
		return status == STATUS_OK ? STATUS_NO_MEMORY : status;
	for (size_t i = 0; i < count; i++)
		if (rows[i].since <= snapshot->sequence && rows[i].has_canonical &&
			version_is_public(arena, rows[i].name, rows[i].bytes))
			add_version(out, &rows[i]);
	if (!out->database)
		out->items[out->count++] =
			(struct version){ 0, STORE_NEWEST, DATE_NONE, name, agreement->hash };
	return STATUS_OK;
}

const struct version *versions_find(const struct versions *versions, struct str hex)
{
	char digits[HEX + 1];

	for (size_t i = 0; i < versions->count; i++) {
		sha256_hex(digits, &versions->items[i].hash);
		if (str_is(hex, digits))
			return &versions->items[i];
	}
	return NULL;
}

/* ---- the list ---- */

static void fill_row(struct cell_view *row, struct arena *arena, const struct ui *ui,
	const struct agreement *agreement, const struct versions *versions,
	const struct version *version, bool csv)
{
	struct html_arg args[2];
	char hex[HEX + 1];

	sha256_hex(hex, &version->hash);
	args[0] = html_arg(accord_name(agreement));
	args[1] = html_arg(str_copy(arena, str_of(hex)));
	row[0] = page_cell_link(csv ? str_format(arena, "sha256:%s", hex)
				    : str_format(arena, "sha256:%.*s…", SHORT_HASH, hex),
		html_link_make(arena, ui, "/agreements/%1/versions/%2", args, 2));
	row[1] = page_date(version->on);
	row[2] = versions->database ? page_number((long long)version->since)
				    : (struct cell_view){ .kind = CELL_NONE };
	row[3] = version->until == STORE_NEWEST
			 ? page_text(ui_word(ui, WORD("stands today")))
			 : page_text(str_format(arena, "%llu", (unsigned long long)version->until));
	row[4] = page_cell_link(ui_word(ui, WORD("what changed")),
		html_link_make(arena, ui, "/agreements/%1/versions/%2/changes", args, 2));
	if (version == &versions->items[versions->count - 1])
		row[4] = page_text(ui_word(ui, WORD("the first on record")));
}

static enum status list(struct request *request, const struct ui *ui,
	const struct agreement *agreement, const struct versions *versions, bool csv)
{
	struct arena *arena = &request->arena;
	struct cell_view *cells =
		ARENA_ARRAY(arena, (versions->count + 1) * COLUMNS, struct cell_view);
	const struct column_view columns[COLUMNS] = { { ui_word(ui, WORD("Version")), false },
		{ ui_word(ui, WORD("On record since")), false },
		{ ui_word(ui, WORD("Since state")), true },
		{ ui_word(ui, WORD("Until state")), false },
		{ ui_word(ui, WORD("Changes")), false } };
	struct html_link link = page_link_to(arena, ui, "/agreements/%1", accord_name(agreement));
	struct str title = page_said(ui, &agreement->title);
	const struct crumb crumbs[] = { { ui_word(ui, WORD("Agreements")),
						page_link(arena, ui, "/agreements") },
		{ title, link } };
	struct html html;
	struct buf out;

	if (!cells)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < versions->count; i++)
		fill_row(&cells[i * COLUMNS], arena, ui, agreement, versions, &versions->items[i],
			csv);
	struct versions_view view = { .page = { .title = ui_word(ui, WORD("Versions")),
					      .section = STR("agreements"),
					      .crumbs = crumbs,
					      .crumb_count = 2,
					      .languages = ui_languages_view(arena, ui, false) },
		.title = title,
		.database = versions->database,
		.agreement = link,
		.table = { .id = STR("versions"),
			.caption = ui_word(ui, WORD("Versions that are open to everyone")),
			.columns = columns,
			.column_count = COLUMNS,
			.cells = cells,
			.row_count = versions->count,
			.csv = page_link_to(arena, ui, "/agreements/%1/versions.csv",
				accord_name(agreement)) } };
	if (csv) {
		buf_init(&out, arena, WEB_ANSWER_MAX);
		part_csv(&out, &view.table);
		return filter_send_csv(request, &out);
	}
	html_init(&html, arena, WEB_ANSWER_MAX);
	tmpl_versions(&html, ui, &view);
	return page_send(request, &html, 200);
}

/* ---- what an address asks for ---- */

static enum status no_version(
	struct request *request, const struct ui *ui, const struct agreement *agreement)
{
	return page_missing(request, ui,
		ui_word(ui, WORD("No version that is open to everyone has this hash.")),
		ui_word(ui, WORD("All versions")),
		page_link_to(
			&request->arena, ui, "/agreements/%1/versions", accord_name(agreement)));
}

/* HASH, HASH/changes, HASH/changes.csv, HASH/services.csv. */
static enum status one(struct request *request, const struct ui *ui,
	const struct agreement *agreement, const struct versions *versions, struct str tail)
{
	static const char *const pages[] = { "", "/changes", "/changes.csv", "/services.csv" };
	uint32_t item = (uint32_t)(agreement - request->snapshot->accords.items);
	const struct version *version = versions_find(versions, str_sub(tail, 0, HEX));
	const struct version *end = versions->items + versions->count, *other = NULL;
	struct str against = request_parameter(request, "against");
	size_t page = 0;

	tail = str_sub(tail, HEX, tail.len);
	while (page < 4 && !str_is(tail, pages[page]))
		page++;
	if (version && version + 1 < end)
		other = version + 1;
	if (version && against.len)
		other = versions_find(versions, against);
	if (!version || page == 4 || (page && !other))
		return no_version(request, ui, agreement);
	return page_version(request, ui, item, version, other, (enum version_page)page);
}

enum status answer_versions(struct request *request, const struct ui *ui,
	const struct agreement *agreement, struct str tail)
{
	struct versions versions;
	enum status status = versions_of(&versions, &request->arena, request->snapshot, agreement);

	if (status != STATUS_OK)
		return status;
	if (str_is(tail, "versions"))
		return list(request, ui, agreement, &versions, false);
	if (str_is(tail, "versions.csv"))
		return list(request, ui, agreement, &versions, true);
	return one(request, ui, agreement, &versions,
		str_sub(tail, sizeof("versions/") - 1, tail.len));
}
