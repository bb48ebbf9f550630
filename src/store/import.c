/* A folder into the store. What is taken is read once, checked as every command checks it, and only
 * then written: the bytes that were checked are the bytes that are stored. */
#include "store/internal.h"

#include <assert.h>

#define ARENA_MAX ((size_t)4 << 30)

struct importing {
	struct arena *arena;
	const struct file_system *files;
	struct str folder;
	struct memory_files memory; /* under `folder` as well, for the words of faults */
	struct store_edit *edits;
	size_t count, capacity;
	struct store_tally *tally;
	struct diags *diags;
};

static bool is_taken(struct str name)
{
	return str_ends(name, ".csv") || str_ends(name, ".yaml") || str_ends(name, ".json") ||
	       str_ends(name, ".md");
}

static enum status take_file(struct importing *importing, struct str path, struct str name)
{
	struct str content;
	void *items = importing->edits;
	enum status status = importing->files->read(
		importing->files->context, &content, importing->arena, path, STORE_FILE_MAX);

	if (status != STATUS_OK && status != STATUS_NO_MEMORY) {
		diags_add(importing->diags, path, (struct pos){ 0, 0 }, STR_NONE,
			status == STATUS_REFUSED ? "too large" : "cannot be read");
		return STATUS_OK; /* the others are looked at all the same */
	}
	if (status == STATUS_OK && !store__name_fits(name)) {
		diags_add(importing->diags, path, (struct pos){ 0, 0 }, STR_NONE,
			"a name that a workspace cannot hold");
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		status = memory_files_put(&importing->memory, path, content);
	if (status != STATUS_OK)
		return status;
	struct store_edit *edit = arena_push(
		importing->arena, &items, &importing->count, &importing->capacity, sizeof *edit);
	if (!edit)
		return STATUS_NO_MEMORY;
	importing->edits = items;
	*edit = (struct store_edit){ STORE_PUT, name, content };
	importing->tally->files++;
	importing->tally->bytes += content.len;
	return STATUS_OK;
}

/* The files of sub-folder SUB ("" or "agreements/"). */
static enum status take_folder(struct importing *importing, const char *sub)
{
	struct str *names;
	size_t count;
	struct str path =
		str_format(importing->arena, STR_FMT "/%s", STR_ARG(importing->folder), sub);

	if (!path.ptr)
		return STATUS_NO_MEMORY;
	path.len--; /* without the last slash */
	enum status status = importing->files->list(
		importing->files->context, &names, &count, importing->arena, path);
	if (status == STATUS_NOT_FOUND && *sub)
		return STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct str name = str_format(
				   importing->arena, "%s" STR_FMT, sub, STR_ARG(names[i])),
			   whole = str_format(importing->arena, STR_FMT "/" STR_FMT,
				   STR_ARG(importing->folder), STR_ARG(name));
		if (!name.ptr || !whole.ptr)
			return STATUS_NO_MEMORY;
		if (is_taken(names[i]))
			status = take_file(importing, whole, name);
	}
	return status;
}

/* As `check` reads a workspace: facts, agreements, practices; all faults in one run. */
static enum status check(struct importing *importing)
{
	struct world *world;
	struct accords accords = { 0 };
	struct practices practices;
	struct file_system files = memory_files_system(&importing->memory);
	enum status status =
		world_load(&world, importing->arena, &files, importing->folder, importing->diags);

	if (status == STATUS_OK)
		status = accord_load_with(&accords, importing->arena, world, &files, &jobs_threads,
			importing->folder, importing->diags);
	if (status == STATUS_OK)
		status = practice_load(&practices, importing->arena, world, &accords, &files,
			importing->folder, importing->diags);
	if (status == STATUS_OK && diags_any(importing->diags))
		status = STATUS_REFUSED;
	return status;
}

enum status store_import(struct store *store, const struct file_system *files, struct str folder,
	struct store_receipt *receipt, struct store_tally *tally, struct diags *diags)
{
	static const char *const subs[] = { "", "agreements/", "practices/" };
	struct arena arena;
	struct importing importing = {
		.arena = &arena, .files = files, .folder = folder, .tally = tally, .diags = diags
	};
	enum status status = STATUS_OK;

	assert(store && files && receipt && tally && diags);
	*receipt = (struct store_receipt){ 0 };
	*tally = (struct store_tally){ 0 };
	arena_init(&arena, &allocator_system, ARENA_MAX);
	memory_files_init(&importing.memory, &arena);
	for (size_t i = 0; i < 3 && status == STATUS_OK; i++)
		status = take_folder(&importing, subs[i]);
	if (status == STATUS_OK)
		status = check(&importing);
	if (status == STATUS_OK) {
		struct store_change change = { .edits = importing.edits,
			.count = importing.count,
			.what = STR("a folder was imported"),
			.whole = true };
		status = store_apply(store, &change, receipt);
	}
	arena_free(&arena);
	return status;
}
