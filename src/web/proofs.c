/* Proofs of inclusion for programs and for files that a person keeps, and verification for
 * programs. A journal's entry names all documents of its change and the hashes of its facts: it is
 * shown only where everyone may know all of them (docs/semantics.md, "proof-entry"). */
#include "web/page_verify.h"

#include "base/csv.h"

/* The file of facts that has rows for parties alone. */
#define HIDING "channels.csv"

/* ---- may the entry be shown ---- */

/* All rows that HIDING ever had are public, by columns that never changed. */
static enum status facts_open(bool *open, struct arena *arena, const struct web_snapshot *snapshot)
{
	struct csv_reader *rows = ARENA_NEW(arena, struct csv_reader);
	size_t column = CSV_FIELDS_MAX, headers = 0;
	struct diags diags;
	struct str text;
	enum status status = store_facts_ever(&text, arena, snapshot->config->store, STR(HIDING));

	*open = false;
	if (status != STATUS_OK || !rows)
		return rows ? status : STATUS_NO_MEMORY;
	diags_init(&diags, arena, 1);
	csv_open(rows, arena, STR(HIDING), text, &diags);
	while (csv_next(rows)) {
		if (str_is(rows->fields[0], "party")) {
			for (column = 0; column < rows->count; column++)
				if (str_is(rows->fields[column], "visibility"))
					break;
			headers++;
		} else if (column >= rows->count || !str_is(rows->fields[column], "public")) {
			return STATUS_OK;
		}
	}
	*open = !rows->failed && headers == 1;
	return STATUS_OK;
}

static enum status document_open(bool *open, struct arena *arena,
	const struct web_snapshot *snapshot, const struct store_entry_document *document,
	uint64_t sequence)
{
	struct store_version *rows;
	size_t count;
	enum status status = store_versions(
		&rows, &count, arena, snapshot->config->store, document->name, VERSIONS_MAX);

	*open = false;
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		if (document->removed ? rows[i].until == sequence : rows[i].since == sequence)
			return verify_open(open, arena, snapshot, &rows[i]);
	return status;
}

static enum status entry_open(
	bool *open, struct arena *arena, const struct web_snapshot *snapshot, uint64_t sequence)
{
	struct store_entry *entry;
	size_t count;
	enum status status =
		store_journal(&entry, &count, arena, snapshot->config->store, sequence, 1);

	*open = status == STATUS_OK && count == 1;
	for (size_t i = 0; *open && i < entry->documents_count; i++)
		status = document_open(open, arena, snapshot, &entry->documents[i], sequence);
	for (size_t i = 0; *open && i < entry->facts_count; i++)
		if (str_is(entry->facts[i].file, HIDING))
			status = facts_open(open, arena, snapshot);
	return status;
}

/* ---- a proof ---- */

static enum status make_proof(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct store_version *rows;
	struct store_proof proof;
	size_t count;
	bool open = false;
	enum status status = verify_versions(&rows, &count, arena, snapshot, &asked->hash, 1);

	if (status == STATUS_OK && count == 0)
		status = STATUS_NOT_FOUND;
	if (status != STATUS_OK)
		return status;
	proof = verify_about(&rows[0]);
	status = store_prove(&proof, arena, snapshot->config->store, rows[0].since);
	if (status == STATUS_OK)
		status = entry_open(&open, arena, snapshot, rows[0].since);
	if (!open)
		proof.entry = STR_NONE;
	if (status == STATUS_OK)
		store_proof_write(out, &proof);
	return status;
}

enum status answer_proof(struct request *request)
{
	struct str text = str_sub(request->path, sizeof("/api/v1/proofs/") - 1, SIZE_MAX);
	struct analysis asked = analysis_default(request->today);
	struct store_version *rows;
	size_t count = 0;

	if (!request->snapshot->config->store) {
		request_problem(request, 404,
			"This record is served from a folder: it has no "
			"journal, so nothing can be proven by it.",
			"Serve it from a database: entente init makes one of the folder.");
		return STATUS_OK;
	}
	if (!sha256_read(&asked.hash, text)) {
		request_problem(request, 404, "This is no hash.",
			"Give sha256: and 64 digits 0-9 a-f, as entente fmt --hash prints it.");
		return STATUS_OK;
	}
	enum status status =
		verify_versions(&rows, &count, &request->arena, request->snapshot, &asked.hash, 1);
	if (status != STATUS_OK)
		return status;
	if (count == 0) {
		request_problem(request, 404, "No version that is open to everyone has this hash.",
			"Send the document to /api/v1/verify: it says what it differs from.");
		return STATUS_OK;
	}
	asked.make = make_proof;
	return api_keep(request, &asked, "application/json");
}

/* ---- verification for programs ---- */

static void add_link(struct buf *out, const char *key, struct html_link link)
{
	json_add_member(out, key, link.address);
}

static void add_found(struct buf *out, const struct verify_found *found, bool whole)
{
	char day[11];

	buf_add_c(out, "{\"name\":");
	json_add_string(out, found->name);
	json_add_member(out, "id", found->id);
	json_add_member(out, "title", found->title);
	buf_add_format(out, ",\"stands\":%s,\"exact\":%s", found->stands ? "true" : "false",
		found->since < 0 || !whole ? "null"
		: found->exact             ? "true"
					   : "false");
	if (found->since < 0) {
		buf_add_c(out, ",\"state\":null,\"on\":null,\"inclusion\":null}");
		return;
	}
	date_format(day, found->on);
	buf_add_format(out, ",\"state\":%lld", found->since);
	json_add_member(out, "on", str_of(day));
	buf_add_format(out, ",\"inclusion\":{\"leaf_index\":%llu,\"tree_size\":%llu,\"leaf_hash\":",
		(unsigned long long)found->proof.index, (unsigned long long)found->proof.size);
	json_add_string(out, found->leaf);
	buf_add_c(out, ",\"path\":[");
	for (unsigned i = 0; i < found->proof.path_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, found->path[i]);
	}
	buf_add_char(out, ']');
	add_link(out, "proof", found->file);
	buf_add_c(out, "}}");
}

static void add_near(struct buf *out, const struct verify_near *near)
{
	if (!near->id.len) {
		buf_add_c(out, ",\"near\":null");
		return;
	}
	buf_add_c(out, ",\"near\":{\"id\":");
	json_add_string(out, near->id);
	json_add_member(out, "title", near->title);
	buf_add_format(out, ",\"same_id\":%s,\"differences\":", near->same_id ? "true" : "false");
	if (near->same_id)
		buf_add_format(out, "%zu", near->count);
	else
		buf_add_c(out, "null");
	buf_add_c(out, ",\"lines\":[");
	for (size_t i = 0; i < near->line_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, near->lines[i]);
	}
	buf_add_c(out, "]}");
}

static void add_answer(struct buf *out, const struct verify_view *view)
{
	buf_add_format(out, "{\"on_record\":%s", view->found_count ? "true" : "false");
	json_add_member(out, "hash", view->hash);
	json_add_member(out, "bytes", view->bytes);
	if (view->database) {
		buf_add_format(out, ",\"journal\":{\"size\":%lld", view->size);
		json_add_member(out, "root", view->root);
		buf_add_char(out, '}');
	} else {
		buf_add_c(out, ",\"journal\":null");
	}
	buf_add_c(out, ",\"versions\":[");
	for (size_t i = 0; i < view->found_count; i++) {
		buf_add_c(out, i ? "," : "");
		add_found(out, &view->found[i], view->whole);
	}
	buf_add_char(out, ']');
	add_near(out, &view->near);
	buf_add_c(out, "}\n");
}

static void read_asked(struct verify_asked *asked, struct request *request)
{
	const struct node *document, *hash;
	struct node *map = NULL;
	const char *fault = NULL;

	if (json_read(&map, &request->arena, STR("body"), buf_str(&request->body),
		    &request->diags) != STATUS_OK)
		return;
	document = map->kind == NODE_MAP ? node_get(map, "document") : NULL;
	hash = map->kind == NODE_MAP ? node_get(map, "hash") : NULL;
	if (map->kind != NODE_MAP || map->count != 1 || !(document || hash))
		fault = "one of two fields is asked for: document, a text, or hash";
	else if (document && (document->kind != NODE_STRING || !document->text.len))
		fault = "a text is asked for";
	else if (hash && (hash->kind != NODE_STRING || !sha256_read(&asked->wanted, hash->text)))
		fault = "sha256: and 64 digits 0-9 a-f are asked for";
	else if (document)
		asked->document = document->text;
	if (fault)
		diags_add(&request->diags, STR("body"), map->pos,
			document ? STR("document")
			: hash   ? STR("hash")
				 : STR(""),
			"%s", fault);
}

enum status answer_verify_api(struct request *request)
{
	struct verify_asked asked = { .document = STR_NONE };
	struct verify_view view = { .asked = false };
	enum status status = verify_head(&view, request);
	struct buf out;
	struct ui ui;

	ui_init(&ui, ui_language_find(STR("en")));
	ui.today = request->today;
	read_asked(&asked, request);
	if (status == STATUS_OK && !diags_any(&request->diags))
		status = verify_find(&view, request, &ui, &asked);
	if (status == STATUS_OK && diags_any(&request->diags) && !view.found_count)
		request_problem(request, 422, "The document cannot be read as an agreement.",
			"Correct what `errors` names, or send what lies on your disk unchanged.");
	if (status != STATUS_OK || request->status)
		return status;
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	add_answer(&out, &view);
	return request_json(request, &out);
}
