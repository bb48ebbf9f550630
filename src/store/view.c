/* A view: one state read at once into memory, so that reading it locks nothing and holds no
 * transaction open. It answers as a folder does. */
#include "store/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct store_view {
	struct arena arena;
	uint64_t sequence;
	struct str root;
	const struct file_system *elsewhere;
	struct file_system files;
	struct str *names, *contents; /* sorted by name */
	size_t count;
};

/* ---- reading the state ---- */

struct file {
	struct str name;
	size_t offset, len; /* in the rows' buffer; or */
	struct str content; /* a document's */
};
struct collecting {
	struct arena *arena;
	struct file *files;
	size_t count, capacity;
	struct buf rows;
};

static struct file *add_file(struct collecting *to, struct str name)
{
	void *items = to->files;
	struct str copy = str_copy(to->arena, name);
	struct file *file =
		copy.ptr ? arena_push(to->arena, &items, &to->count, &to->capacity, sizeof *file)
			 : NULL;

	if (!file)
		return NULL;
	to->files = items;
	file->name = copy;
	return file;
}

static enum db_status collect_facts(struct collecting *to, struct db *db, int64_t sequence)
{
	struct file *file = NULL;
	enum db_status status = DB_START(db, SQL_FACTS_AT, INT_VALUE(sequence));

	while (status == DB_OK || status == DB_ROW) {
		status = DB_NEXT(db, SQL_FACTS_AT);
		if (status != DB_ROW)
			break;
		struct str name = DB_BYTES(db, SQL_FACTS_AT, 0);
		if (!file || !str_eq(file->name, name)) {
			file = add_file(to, name);
			if (file)
				file->offset = to->rows.len;
		}
		struct str cells = DB_BYTES(db, SQL_FACTS_AT, 1);
		buf_add(&to->rows, cells);
		if (!file || to->rows.failed) {
			DB_STOP(db, SQL_FACTS_AT);
			return DB_MEMORY;
		}
		file->len += cells.len;
	}
	return status;
}

static enum db_status collect_documents(struct collecting *to, struct db *db, int64_t sequence)
{
	enum db_status status = DB_START(db, SQL_DOCUMENTS_AT, INT_VALUE(sequence));

	while (status == DB_OK || status == DB_ROW) {
		status = DB_NEXT(db, SQL_DOCUMENTS_AT);
		if (status != DB_ROW)
			break;
		struct file *file = add_file(to, DB_BYTES(db, SQL_DOCUMENTS_AT, 0));
		if (file)
			file->content = str_copy(to->arena, DB_BYTES(db, SQL_DOCUMENTS_AT, 1));
		if (!file || !file->content.ptr) {
			DB_STOP(db, SQL_DOCUMENTS_AT);
			return DB_MEMORY;
		}
	}
	return status;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static enum status keep_files(struct store_view *view, struct collecting *from)
{
	view->names = ARENA_ARRAY(&view->arena, from->count + 1, struct str);
	view->contents = ARENA_ARRAY(&view->arena, from->count + 1, struct str);
	if (!view->names || !view->contents)
		return STATUS_NO_MEMORY;
	if (from->count > 1)
		qsort(from->files, from->count, sizeof *from->files, by_name);
	struct str rows = buf_str(&from->rows);
	for (size_t i = 0; i < from->count; i++) {
		const struct file *file = &from->files[i];
		/* What another program put there must not get out of the workspace's folder. */
		if (!store__name_fits(file->name))
			return STATUS_IO;
		view->names[i] = file->name;
		view->contents[i] =
			file->content.ptr ? file->content : str_sub(rows, file->offset, file->len);
	}
	view->count = from->count;
	return STATUS_OK;
}

static enum status read_state(struct store_view *view, struct db *db, uint64_t sequence)
{
	struct collecting to = { .arena = &view->arena };
	struct tree tree;
	struct sha256 root;
	enum db_status status = db_run(db, SQL_BEGIN_READ, NULL, 0);

	buf_init(&to.rows, &view->arena, STORE_VIEW_MAX);
	if (status == DB_OK)
		status = store__read_head(&tree, &root, db);
	if (status == DB_OK && sequence == STORE_NEWEST)
		sequence = tree.size;
	if (status == DB_OK && sequence > tree.size)
		status = DB_NOT_FOUND;
	if (status == DB_OK)
		status = collect_facts(&to, db, (int64_t)sequence);
	if (status == DB_OK)
		status = collect_documents(&to, db, (int64_t)sequence);
	if (db->engine->in_transaction(db))
		db_run(db, SQL_COMMIT, NULL, 0);
	view->sequence = sequence;
	return status == DB_OK ? keep_files(view, &to) : db_to_status(status);
}

/* ---- the file system ---- */

/* What PATH is called in the view; false if it lies elsewhere. "" is the workspace's folder. */
static bool name_of(struct str *out, const struct store_view *view, struct str path)
{
	struct str root = view->root;

	if (path.len < root.len || !str_eq(str_sub(path, 0, root.len), root))
		return false;
	if (path.len > root.len && path.ptr[root.len] != '/')
		return false;
	*out = str_sub(path, root.len + 1, path.len);
	return true;
}

static size_t first_at(const struct store_view *view, struct str name)
{
	size_t low = 0, high = view->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(view->names[middle], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum status view_read(
	void *context, struct str *out, struct arena *arena, struct str path, size_t max)
{
	const struct store_view *view = context;
	struct str name;

	if (!name_of(&name, view, path)) {
		if (!view->elsewhere)
			return STATUS_NOT_FOUND;
		return view->elsewhere->read(view->elsewhere->context, out, arena, path, max);
	}
	size_t i = first_at(view, name);
	if (i == view->count || !str_eq(view->names[i], name))
		return STATUS_NOT_FOUND;
	if (view->contents[i].len > max)
		return STATUS_REFUSED;
	*out = str_copy(arena, view->contents[i]);
	return out->ptr ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status view_list(
	void *context, struct str **names, size_t *count, struct arena *arena, struct str path)
{
	const struct store_view *view = context;
	struct str folder;

	if (!name_of(&folder, view, path)) {
		if (!view->elsewhere)
			return STATUS_NOT_FOUND;
		return view->elsewhere->list(view->elsewhere->context, names, count, arena, path);
	}
	*count = 0;
	*names = ARENA_ARRAY(arena, view->count + 1, struct str);
	if (!*names)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < view->count; i++) {
		struct str name = view->names[i];
		const char *slash = memchr(name.ptr, '/', name.len);
		struct str in = { name.ptr, slash ? (size_t)(slash - name.ptr) : 0 };
		if (str_eq(in, folder))
			(*names)[(*count)++] = slash ? str_sub(name, in.len + 1, name.len) : name;
	}
	return *count || folder.len == 0 ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status view_write(void *context, struct str path, struct str content)
{
	const struct store_view *view = context;
	struct str name;

	if (name_of(&name, view, path) || !view->elsewhere)
		return STATUS_REFUSED;
	return view->elsewhere->write(view->elsewhere->context, path, content);
}

/* ---- the public face ---- */

enum status store_view_open(struct store_view **out, struct store *store, uint64_t sequence,
	struct str root, const struct file_system *elsewhere)
{
	struct reading reading;
	enum status status;

	assert(out && store);
	*out = NULL;
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	struct store_view *view = ARENA_NEW(&reading.arena, struct store_view);
	if (!view) {
		store__reading_end(&reading);
		arena_free(&reading.arena);
		return STATUS_NO_MEMORY;
	}
	view->arena = reading.arena;
	view->root = str_copy(&view->arena, root);
	view->elsewhere = elsewhere;
	view->files = (struct file_system){ view_read, view_list, view_write, view };
	status = view->root.ptr ? read_state(view, reading.db, sequence) : STATUS_NO_MEMORY;
	store__reading_end(&reading);
	if (status == STATUS_OK)
		*out = view;
	else
		store_view_close(view);
	return status;
}

uint64_t store_view_sequence(const struct store_view *view)
{
	return view->sequence;
}

const struct file_system *store_view_files(const struct store_view *view)
{
	return &view->files;
}

const struct str *store_view_names(const struct store_view *view, size_t *count)
{
	*count = view->count;
	return view->names;
}

void store_view_close(struct store_view *view)
{
	struct arena arena;

	if (!view)
		return;
	arena = view->arena;
	arena_free(&arena);
}
