/* Verification: which version on record a document or a hash is, where the journal has it, and
 * what it may have been if it is none. What is sent is read in the memory of its request and
 * forgotten with it. */
#include "web/page_verify.h"

#include <string.h>

#define FOUND_MAX 100 /* versions of one hash that are told */
#define LAST 1        /* the newest version of a name */
#define LINES_MAX 20  /* differences that are told */

struct str verify_hex(struct arena *arena, const struct sha256 *hash)
{
	char hex[65];

	sha256_hex(hex, hash);
	return str_format(arena, "sha256:%s", hex);
}

enum status verify_head(struct verify_view *view, struct request *request)
{
	struct store *store = request->snapshot->config->store;
	struct sha256 root;
	uint64_t size;
	enum status status;

	view->database = store != NULL;
	view->size = -1;
	if (!store)
		return STATUS_OK;
	status = store_head(store, &size, &root);
	if (status != STATUS_OK)
		return status;
	view->size = (long long)size;
	view->root = verify_hex(&request->arena, &root);
	return STATUS_OK;
}

/* ---- what is on record under a hash ---- */

static bool is_practice(struct str name)
{
	return str_starts(name, "practices/");
}

static enum status agreement_open(bool *open, struct arena *arena,
	const struct web_snapshot *snapshot, struct str name, size_t max)
{
	struct store_version *rows;
	size_t count;
	enum status status =
		store_versions(&rows, &count, arena, snapshot->config->store, name, max);

	*open = status == STATUS_OK && count > 0 && (max == LAST || count < max);
	for (size_t i = 0; i < count && *open; i++)
		*open = version_is_public(arena, rows[i].name, rows[i].bytes);
	return status;
}

/* agreements/ID.SCHEDULE.csv */
static struct str schedule_file(struct arena *arena, const struct web_snapshot *snapshot,
	const struct agreement *agreement, size_t schedule)
{
	struct str file = versions_file(snapshot, agreement);

	while (file.len && file.ptr[file.len - 1] != '.')
		file.len--;
	return str_format(arena, STR_FMT STR_FMT ".csv", STR_ARG(file),
		STR_ARG(agreement->schedules[schedule].name));
}

/* The file NAME of a schedule is one of AGREEMENT. */
static bool has_schedule(struct arena *arena, const struct web_snapshot *snapshot,
	const struct agreement *agreement, struct str name)
{
	bool has = false;

	for (size_t i = 0; i < agreement->schedules_count && !has; i++)
		has = str_eq(name, schedule_file(arena, snapshot, agreement, i));
	return has;
}

static enum status schedule_open(
	bool *open, struct arena *arena, const struct web_snapshot *snapshot, struct str name)
{
	const struct accords *accords = &snapshot->accords;
	enum status status = STATUS_OK;

	*open = false;
	for (size_t i = 0; i < accords->items_count && status == STATUS_OK && !*open; i++)
		if (has_schedule(arena, snapshot, &accords->items[i], name))
			status = agreement_open(open, arena, snapshot,
				versions_file(snapshot, &accords->items[i]), VERSIONS_MAX);
	return status;
}

enum status verify_open(bool *open, struct arena *arena, const struct web_snapshot *snapshot,
	const struct store_version *version)
{
	*open = !str_starts(version->name, "agreements/");
	if (*open)
		return STATUS_OK;
	if (str_ends(version->name, ".csv"))
		return schedule_open(open, arena, snapshot, version->name);
	if (!version_is_public(arena, version->name, version->bytes))
		return STATUS_OK;
	return agreement_open(open, arena, snapshot, version->name, LAST);
}

/* One with ROW's name and bytes: a document that was taken away and came back, or one that both
 * hashes found. It stands if one of them does. */
static bool has(struct store_version *rows, size_t count, const struct store_version *row)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(rows[i].name, row->name) && sha256_same(&rows[i].hash, &row->hash)) {
			if (row->until == STORE_NEWEST)
				rows[i].until = STORE_NEWEST;
			return true;
		}
	return false;
}

enum status verify_versions(struct store_version **out, size_t *count, struct arena *arena,
	const struct web_snapshot *snapshot, const struct sha256 *hashes, size_t hash_count)
{
	struct store *store = snapshot->config->store;
	enum status status = STATUS_OK;
	struct store_version *rows, *to;
	size_t rows_count, capacity = 0;
	void *items = NULL;
	bool open;

	*out = NULL;
	*count = 0;
	for (size_t list = 0; list < 2 * hash_count && status == STATUS_OK; list++) {
		status = (list % 2 ? store_versions_same : store_versions_like)(
			&rows, &rows_count, arena, store, &hashes[list / 2], FOUND_MAX);
		for (size_t i = 0; status == STATUS_OK && i < rows_count; i++) {
			if (has(items, *count, &rows[i]))
				continue;
			status = verify_open(&open, arena, snapshot, &rows[i]);
			if (status != STATUS_OK || !open)
				continue;
			to = arena_push(arena, &items, count, &capacity, sizeof *to);
			if (!to)
				return STATUS_NO_MEMORY;
			*to = rows[i];
		}
	}
	*out = items;
	return status;
}

struct store_proof verify_about(const struct store_version *version)
{
	return (struct store_proof){ .name = version->name,
		.hash = version->hash,
		.has_canonical = version->has_canonical,
		.canonical = version->canonical };
}

/* ---- one that was found ---- */

static void read_tree(struct verify_found *found, struct arena *arena, const struct ui *ui,
	const struct store_version *version)
{
	const struct node *title, *force, *from;
	struct node *tree = NULL;
	struct diags diags;

	diags_init(&diags, arena, 1);
	if (!version->has_canonical ||
		(str_ends(version->name, ".json")
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

static void add_agreement(struct verify_found *found, struct request *request, const struct ui *ui,
	const struct agreement *agreement, const struct sha256 *canonical)
{
	struct arena *arena = &request->arena;
	struct html_arg args[2] = { html_arg(accord_name(agreement)) };

	args[1] = html_arg(str_sub(verify_hex(arena, canonical), sizeof("sha256:") - 1, SIZE_MAX));
	found->now = html_link_make(arena, ui, "/agreements/%1", args, 1);
	found->version = html_link_make(arena, ui, "/agreements/%1/versions/%2", args, 2);
	found->id = accord_name(agreement);
	if (found->stands)
		found->state = page_agreement_state_text(agreement, ui, request->today);
}

static void add_practice(struct verify_found *found, struct request *request, const struct ui *ui)
{
	const struct practices *practices = &request->snapshot->practices;

	for (size_t i = 0; i < practices->items_count; i++) {
		const struct practice *practice = &practices->items[i];
		struct str file = str_format(
			&request->arena, "practices/" STR_FMT ".md", STR_ARG(practice->id));
		if (!str_eq(file, found->name))
			continue;
		found->id = practice->id;
		found->title = page_said(ui, &practice->title);
		found->now = page_link_to(&request->arena, ui, "/practices/%1", practice->id);
	}
}

/* Of a schedule the agreement is told that has it, and leads on. */
static void add_schedule(struct verify_found *found, struct request *request, const struct ui *ui)
{
	const struct accords *accords = &request->snapshot->accords;
	struct arena *arena = &request->arena;

	for (size_t i = 0; i < accords->items_count; i++) {
		const struct agreement *agreement = &accords->items[i];
		if (!has_schedule(arena, request->snapshot, agreement, found->name))
			continue;
		found->id = accord_name(agreement);
		found->title = str_format(arena, STR_FMT " (" STR_FMT ")",
			STR_ARG(page_said(ui, &agreement->title)), STR_ARG(found->name));
		found->now = page_link_to(arena, ui, "/agreements/%1", found->id);
	}
}

static enum status add_proof(
	struct verify_found *found, struct request *request, const struct store_version *version)
{
	struct arena *arena = &request->arena;
	struct str *path;
	enum status status;

	found->proof = verify_about(version);
	status =
		store_prove(&found->proof, arena, request->snapshot->config->store, version->since);
	if (status != STATUS_OK)
		return status;
	path = ARENA_ARRAY(arena, found->proof.path_count + 1, struct str);
	if (!path)
		return STATUS_NO_MEMORY;
	for (unsigned i = 0; i < found->proof.path_count; i++)
		path[i] = verify_hex(arena, &found->proof.path[i]);
	found->path = path;
	found->leaf = verify_hex(arena, &found->proof.leaf);
	found->file.address = str_format(arena, "/api/v1/proofs/" STR_FMT,
		STR_ARG(str_sub(
			verify_hex(arena, &version->hash), sizeof("sha256:") - 1, SIZE_MAX)));
	return STATUS_OK;
}

static enum status find_stored(struct verify_view *view, struct request *request,
	const struct ui *ui, const struct sha256 *hashes, size_t hash_count)
{
	struct arena *arena = &request->arena;
	const struct web_snapshot *snapshot = request->snapshot;
	struct store_version *rows;
	struct verify_found *found;
	size_t count;
	enum status status = verify_versions(&rows, &count, arena, snapshot, hashes, hash_count);

	found = ARENA_ARRAY(arena, count + 1, struct verify_found);
	view->found = found;
	if (status == STATUS_OK && !found)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct agreement *agreement = versions_agreement(snapshot, rows[i].name);
		struct verify_found *to = &found[count - 1 - i]; /* newest first */
		view->found_count++;
		*to = (struct verify_found){ .name = rows[i].name,
			.title = rows[i].name,
			.stands = rows[i].until == STORE_NEWEST,
			.exact = sha256_same(&hashes[hash_count - 1], &rows[i].hash),
			.since = (long long)rows[i].since,
			.on = DATE_NONE,
			.from = DATE_NONE };
		date_parse(str_sub(rows[i].at, 0, 10), &to->on);
		read_tree(to, arena, ui, &rows[i]);
		if (agreement && rows[i].has_canonical)
			add_agreement(to, request, ui, agreement, &rows[i].canonical);
		if (is_practice(rows[i].name))
			add_practice(to, request, ui);
		if (str_ends(to->name, ".csv"))
			add_schedule(to, request, ui);
		status = add_proof(to, request, &rows[i]);
	}
	return status;
}

static bool shown(const struct request *request, const struct agreement *agreement)
{
	return cover_visible(request->snapshot->index, agreement, VIEWER_PUBLIC, request->today);
}

/* HASH, if it is that of AGREEMENT or of a schedule of it. */
static bool find_lying_in(struct verify_found *found, struct request *request, const struct ui *ui,
	const struct agreement *agreement, const struct sha256 *hash)
{
	*found = (struct verify_found){ .title = accord_text(
						&agreement->title, str_of(ui->language->code)),
		.name = versions_file(request->snapshot, agreement),
		.stands = true,
		.since = -1,
		.on = DATE_NONE,
		.from = agreement->from };
	if (sha256_same(&agreement->hash, hash)) {
		add_agreement(found, request, ui, agreement, hash);
		return true;
	}
	for (size_t i = 0; i < agreement->schedules_count; i++)
		if (sha256_same(&agreement->schedules[i].hash, hash)) {
			found->name =
				schedule_file(&request->arena, request->snapshot, agreement, i);
			add_schedule(found, request, ui);
			return true;
		}
	return false;
}

static enum status find_lying(struct verify_view *view, struct request *request,
	const struct ui *ui, const struct sha256 *hashes, size_t count)
{
	const struct accords *accords = &request->snapshot->accords;
	struct verify_found *found = ARENA_ARRAY(&request->arena, 1, struct verify_found);

	if (!found)
		return STATUS_NO_MEMORY;
	view->found = found;
	for (size_t i = 0; i < accords->items_count && !view->found_count; i++)
		for (size_t h = 0; h < count && !view->found_count; h++)
			view->found_count =
				shown(request, &accords->items[i]) &&
				find_lying_in(found, request, ui, &accords->items[i], &hashes[h]);
	return STATUS_OK;
}

/* ---- what it may have been ---- */

/* The document as it stands, if it still is open to everyone; else STR_NONE. */
static enum status bytes_of(struct str *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct agreement *agreement)
{
	const struct web_config *config = snapshot->config;
	struct str name = versions_file(snapshot, agreement);
	struct store_version *rows;
	enum status status;
	size_t count;

	*out = STR_NONE;
	if (config->store) {
		status = store_versions(&rows, &count, arena, config->store, name, LAST);
		if (status == STATUS_OK && count)
			*out = rows[0].bytes;
	} else {
		status = config->files->read(
			config->files->context, out, arena, agreement->file, DOC_SIZE_MAX);
	}
	if (status == STATUS_OK && !version_is_public(arena, name, *out))
		*out = STR_NONE;
	return status;
}

static enum status tell_differences(struct verify_near *near, struct request *request,
	const struct agreement *agreement, struct str canonical)
{
	struct arena *arena = &request->arena;
	struct node *sent = NULL, *kept = NULL;
	struct changes changes;
	struct diags diags;
	struct buf other;
	struct str bytes;
	enum status status;

	diags_init(&diags, arena, 1);
	buf_init(&other, arena, WEB_ANSWER_MAX);
	status = bytes_of(&bytes, arena, request->snapshot, agreement);
	if (status == STATUS_OK)
		status = accord_canonical(&other, arena, agreement->file, bytes, &diags);
	if (status == STATUS_OK)
		status = json_read(&kept, arena, STR("record"), buf_str(&other), &diags);
	if (status == STATUS_OK)
		status = json_read(&sent, arena, STR("document"), canonical, &diags);
	if (status == STATUS_OK)
		status = accord_diff_trees(&changes, arena, kept, sent);
	if (status != STATUS_OK)
		return status == STATUS_NO_MEMORY ? status : STATUS_OK;
	near->count = changes.items_count;
	struct str *lines = ARENA_ARRAY(arena, LINES_MAX, struct str);
	for (size_t i = 0; lines && i < changes.items_count && i < LINES_MAX; i++) {
		struct buf line;
		buf_init(&line, arena, WEB_TARGET_MAX);
		accord_say_change(&line, &changes.items[i]);
		lines[near->line_count++] = line.failed ? changes.items[i].path : buf_str(&line);
	}
	near->lines = lines;
	return lines ? STATUS_OK : STATUS_NO_MEMORY;
}

/* The agreement that CANONICAL says it is, or the one that is called nearly so. */
static enum status find_near(struct verify_near *near, struct request *request, const struct ui *ui,
	struct str canonical)
{
	const struct accords *accords = &request->snapshot->accords;
	struct arena *arena = &request->arena;
	struct str *names = ARENA_ARRAY(arena, accords->items_count + 1, struct str), name, best;
	const struct agreement *agreement;
	const struct node *id;
	struct node *tree;
	struct diags diags;
	size_t count = 0;

	diags_init(&diags, arena, 1);
	if (!names || json_read(&tree, arena, STR("document"), canonical, &diags) != STATUS_OK)
		return STATUS_NO_MEMORY;
	id = node_get(tree, "agreement");
	name = id && id->kind == NODE_STRING ? id->text : STR_NONE;
	for (size_t i = 0; i < accords->items_count; i++)
		if (shown(request, &accords->items[i]))
			names[count++] = accord_name(&accords->items[i]);
	best = STR_NONE;
	for (size_t i = 0; i < count; i++)
		if (str_eq(names[i], name))
			best = name;
	near->same_id = best.len > 0;
	if (!best.len)
		best = text_nearest(name, names, count);
	agreement = best.len ? accord_find(accords, best) : NULL;
	if (!agreement)
		return STATUS_OK;
	near->id = accord_name(agreement);
	near->title = page_said(ui, &agreement->title);
	near->now = page_link_to(arena, ui, "/agreements/%1", near->id);
	return near->same_id ? tell_differences(near, request, agreement, canonical) : STATUS_OK;
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

static enum status find(struct verify_view *view, struct request *request, const struct ui *ui,
	const struct sha256 *hashes, size_t count)
{
	if (view->database)
		return find_stored(view, request, ui, hashes, count);
	return find_lying(view, request, ui, hashes, count);
}

static enum status judge(
	struct verify_view *view, struct request *request, const struct ui *ui, struct str document)
{
	struct arena *arena = &request->arena;
	struct str inside = str_trim(document);
	bool json = inside.len && inside.ptr[0] == '{';
	struct sha256 hashes[2]; /* of what it says, if it can be read, and of its bytes */
	struct buf canonical;
	enum status read, status;
	size_t count = 0;

	buf_init(&canonical, arena, WEB_ANSWER_MAX);
	read = accord_canonical(&canonical, arena,
		json ? STR("document.json") : STR("document.yaml"), document, &request->diags);
	if (read != STATUS_OK && read != STATUS_REFUSED)
		return read;
	if (read == STATUS_OK) {
		hashes[count++] = sha256_of(buf_str(&canonical));
		view->hash = verify_hex(arena, &hashes[0]);
	}
	hashes[count++] = sha256_of(document);
	view->bytes = verify_hex(arena, &hashes[count - 1]);
	status = find(view, request, ui, hashes, count);
	if (status != STATUS_OK || view->found_count)
		return status;
	return read == STATUS_OK ? find_near(&view->near, request, ui, buf_str(&canonical))
				 : tell_faults(view, request);
}

enum status verify_find(struct verify_view *view, struct request *request, const struct ui *ui,
	const struct verify_asked *asked)
{
	view->asked = true;
	view->whole = asked->document.ptr != NULL;
	if (view->whole)
		return judge(view, request, ui, asked->document);
	view->hash = verify_hex(&request->arena, &asked->wanted);
	return find(view, request, ui, &asked->wanted, 1);
}
