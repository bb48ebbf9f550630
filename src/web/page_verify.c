/* Verification: is a document that somebody has a version on record, to the letter of its meaning;
 * and how the record is verified without this server. What is sent is read in the memory of its
 * request and forgotten with it. */
#include "web/page_verify.h"

#include "web/templates.h"

#include <string.h>

#define FOUND_MAX 100 /* versions of one hash that are told */
#define LAST 1        /* the newest version of a name */

static struct str hex_of(struct arena *arena, const struct sha256 *hash)
{
	char hex[65];

	sha256_hex(hex, hash);
	return str_format(arena, "sha256:%s", hex);
}

static bool same_hash(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* ---- what is on record under a hash ---- */

/* As the version says of itself. */
static void read_said(struct verify_found *found, struct arena *arena, const struct ui *ui,
	const struct store_version *version)
{
	struct node *tree = NULL;
	const struct node *title, *force, *from;
	struct diags diags;

	diags_init(&diags, arena, 1);
	if ((str_ends(version->name, ".json")
			    ? json_read(&tree, arena, version->name, version->bytes, &diags)
			    : yaml_read(&tree, arena, version->name, version->bytes, &diags)) !=
		STATUS_OK)
		return;
	title = node_get(tree, "title");
	if (title && title->kind == NODE_MAP)
		title = node_get(title, ui->language->code) ? node_get(title, ui->language->code)
							    : title->first;
	if (title)
		found->title = title->text;
	force = node_get(tree, "in-force");
	from = force ? node_get(force, "from") : NULL;
	if (from)
		date_parse(from->text, &found->from);
}

/* version-hidden: the newest version under its name is open to everyone too. */
static enum status newest_is_public(
	bool *open, struct arena *arena, const struct web_snapshot *snapshot, struct str name)
{
	struct store_version *rows;
	size_t count;
	enum status status =
		store_versions(&rows, &count, arena, snapshot->config->store, name, LAST);

	*open = status == STATUS_OK && count &&
		version_is_public(arena, rows[0].name, rows[0].bytes);
	return status;
}

static void add_links(struct verify_found *found, struct request *request, const struct ui *ui,
	const struct agreement *agreement, const struct sha256 *hash)
{
	struct arena *arena = &request->arena;
	struct html_arg args[2] = { html_arg(accord_name(agreement)) };

	args[1] = html_arg(str_sub(hex_of(arena, hash), sizeof("sha256:") - 1, SIZE_MAX));
	found->agreement = html_link_make(arena, ui, "/agreements/%1", args, 1);
	found->version = html_link_make(arena, ui, "/agreements/%1/versions/%2", args, 2);
	found->id = accord_name(agreement);
	if (found->stands)
		found->state = page_agreement_state_text(agreement, ui, request->today);
}

static enum status find_stored(struct verify_view *view, struct request *request,
	const struct ui *ui, const struct sha256 *hash)
{
	struct arena *arena = &request->arena;
	const struct web_snapshot *snapshot = request->snapshot;
	struct store_version *rows;
	struct verify_found *found;
	size_t count;
	enum status status =
		store_versions_like(&rows, &count, arena, snapshot->config->store, hash, FOUND_MAX);

	found = ARENA_ARRAY(arena, count + 1, struct verify_found);
	view->found = found;
	if (status == STATUS_OK && !found)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct agreement *agreement = versions_agreement(snapshot, rows[i].name);
		struct verify_found *to = &found[view->found_count];
		bool open;
		status = newest_is_public(&open, arena, snapshot, rows[i].name);
		if (status != STATUS_OK || !open ||
			!version_is_public(arena, rows[i].name, rows[i].bytes))
			continue;
		*to = (struct verify_found){ .id = rows[i].name,
			.title = rows[i].name,
			.stands = rows[i].until == STORE_NEWEST,
			.since = (long long)rows[i].since,
			.on = DATE_NONE,
			.from = DATE_NONE };
		date_parse(str_sub(rows[i].at, 0, 10), &to->on);
		read_said(to, arena, ui, &rows[i]);
		if (agreement)
			add_links(to, request, ui, agreement, hash);
		view->found_count++;
	}
	return status;
}

static enum status find_lying(struct verify_view *view, struct request *request,
	const struct ui *ui, const struct sha256 *hash)
{
	const struct accords *accords = &request->snapshot->accords;
	struct verify_found *found = ARENA_ARRAY(&request->arena, 1, struct verify_found);

	if (!found)
		return STATUS_NO_MEMORY;
	view->found = found;
	for (size_t i = 0; i < accords->items_count && !view->found_count; i++) {
		const struct agreement *agreement = &accords->items[i];
		if (!same_hash(&agreement->hash, hash) ||
			!cover_visible(
				request->snapshot->index, agreement, VIEWER_PUBLIC, request->today))
			continue;
		*found = (struct verify_found){ .title = accord_text(&agreement->title,
							str_of(ui->language->code)),
			.stands = true,
			.since = -1,
			.on = DATE_NONE,
			.from = agreement->from };
		add_links(found, request, ui, agreement, hash);
		view->found_count = 1;
	}
	return STATUS_OK;
}

/* ---- the document ---- */

static enum status tell_faults(struct verify_view *view, struct request *request)
{
	const struct diags *diags = &request->diags;
	struct str *faults = ARENA_ARRAY(&request->arena, diags->count + 1, struct str);

	if (!faults)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *fault = &diags->items[i];
		faults[view->fault_count++] = str_format(&request->arena,
			"%u:%u: " STR_FMT "%s" STR_FMT, (unsigned)fault->pos.line,
			(unsigned)fault->pos.column, STR_ARG(fault->path),
			fault->path.len ? ": " : "", STR_ARG(fault->message));
	}
	view->faults = faults;
	return STATUS_OK;
}

static enum status judge(
	struct verify_view *view, struct request *request, const struct ui *ui, struct str document)
{
	struct str inside = str_trim(document);
	bool json = inside.len && inside.ptr[0] == '{';
	struct sha256 hash;
	struct buf canonical;
	enum status status;

	view->asked = true;
	buf_init(&canonical, &request->arena, WEB_ANSWER_MAX);
	status = accord_canonical(&canonical, &request->arena,
		json ? STR("document.json") : STR("document.yaml"), document, &request->diags);
	if (status == STATUS_REFUSED)
		return tell_faults(view, request);
	if (status != STATUS_OK)
		return status;
	hash = sha256_of(buf_str(&canonical));
	view->hash = hex_of(&request->arena, &hash);
	return view->database ? find_stored(view, request, ui, &hash)
			      : find_lying(view, request, ui, &hash);
}

/* ---- the page ---- */

static enum status answer(struct request *request, const struct ui *ui, struct str document)
{
	struct store *store = request->snapshot->config->store;
	struct verify_view view = { .database = store != NULL, .size = -1 };
	unsigned code = 200;
	struct sha256 root;
	uint64_t size;
	struct html html;
	enum status status = STATUS_OK;

	view.document = (struct field_view){ .id = STR("document"),
		.name = STR("document"),
		.label = ui_word(ui, WORD("The document, as YAML or JSON")) };
	if (document.ptr && str_trim(document).len == 0)
		view.document.fault = ui_word(ui, WORD("Paste the document here."));
	else if (document.ptr)
		status = judge(&view, request, ui, document);
	if (status == STATUS_OK && store) {
		status = store_head(store, &size, &root);
		view.size = (long long)size;
		view.root = hex_of(&request->arena, &root);
	}
	if (status != STATUS_OK)
		return status;
	if (view.fault_count || view.document.fault.len)
		code = 422;
	view.page = (struct page_view){ .title = ui_word(ui, WORD("Verify a document")),
		.section = STR("agreements"),
		.has_faults = code != 200,
		.languages = document.ptr ? NULL : ui_languages_view(&request->arena, ui, false) };
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_verify(&html, ui, &view);
	return page_send(request, &html, code);
}

enum status answer_verify_page(struct request *request)
{
	struct ui ui;

	return page_ui(&ui, request) ? answer(request, &ui, STR_NONE) : STATUS_OK;
}

enum status answer_verify(struct request *request)
{
	struct form form;
	struct str document;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	if (!form_read(&form, request)) {
		request_problem(request, 422, WORD("The form is not well formed."),
			WORD("Send the form of the page: the field document, UTF-8."));
		return STATUS_OK;
	}
	document = form_value(&form, "document");
	return answer(request, &ui, document.ptr ? document : STR(""));
}
