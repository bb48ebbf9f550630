/* All agreements of a workspace: every document is read and checked before anything is answered,
 * and one fault anywhere refuses them all. */
#include "accord/internal.h"

#include <assert.h>
#include <stdlib.h>

static struct str without_ending(struct str name)
{
	size_t len = name.len;
	while (len > 0 && name.ptr[len - 1] != '.')
		len--;
	return str_sub(name, 0, len ? len - 1 : 0);
}

static int by_id(const void *a, const void *b)
{
	const struct agreement *x = a, *y = b;
	int order = str_cmp(x->id, y->id);
	return order ? order : str_cmp(x->file, y->file);
}

/* An agreement is found by its id, so its file is called after it; a template's id may be all
 * blanks, so its file may be called anything. */
static void check_name(struct checker *checker, const struct agreement *agreement, struct str name)
{
	struct str stem = without_ending(name);
	struct path at = { NULL, STR("agreement"), 0 };
	if (agreement->id.len == 0 || accord_has_blank(agreement->id) ||
		str_eq(stem, agreement->id))
		return;
	const struct node *node = agreement->tree ? node_get(agreement->tree, "agreement") : NULL;
	accord_fault(checker, node ? node->pos : (struct pos){ 0, 0 }, &at,
		"id '" STR_FMT "' does not match the file's name; call the file " STR_FMT ".yaml",
		STR_ARG(agreement->id), STR_ARG(agreement->id));
}

static void check_duplicates(struct accords *accords, struct diags *diags)
{
	struct path at = { NULL, STR("agreement"), 0 };
	for (size_t i = 1; i < accords->items_count; i++) {
		const struct agreement *first = &accords->items[i - 1],
				       *second = &accords->items[i];
		struct checker checker = { .file = second->file, .diags = diags };
		if (second->id.len == 0 || !str_eq(first->id, second->id))
			continue;
		const struct node *node = second->tree ? node_get(second->tree, "agreement") : NULL;
		accord_fault(&checker, node ? node->pos : (struct pos){ 0, 0 }, &at,
			"duplicate agreement id '" STR_FMT "'; also in " STR_FMT,
			STR_ARG(second->id), STR_ARG(first->file));
	}
}

/* A table that no agreement names would be taken for true by whoever reads the folder. */
static void check_tables(const struct accords *accords, const struct str *names, size_t count,
	struct str folder, struct arena *arena, struct diags *diags)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		if (!str_ends(names[i], ".csv"))
			continue;
		for (size_t j = 0; j < accords->items_count && !found; j++) {
			const struct agreement *one = &accords->items[j];
			for (size_t k = 0; k < one->schedules_count && !found; k++) {
				struct str wanted = str_format(arena, STR_FMT "." STR_FMT ".csv",
					STR_ARG(one->id), STR_ARG(one->schedules[k].name));
				found = str_eq(wanted, names[i]);
			}
		}
		struct checker checker = { .file = str_format(arena, STR_FMT "/" STR_FMT,
						   STR_ARG(folder), STR_ARG(names[i])),
			.diags = diags };
		if (!found)
			accord_fault(&checker, (struct pos){ 0, 0 }, NULL,
				"no agreement names this schedule");
	}
}

/* A document on its way in. */
struct reading {
	struct str name;
	struct agreement agreement;
	enum status status;
	/* Of a job's own. */
	struct arena arena;
	struct diags diags;
};
struct loading {
	const struct world *world;
	const struct file_system *files;
	struct str folder;
	struct reading *items;
	size_t count;
};

static void read_one(const struct loading *loading, struct reading *one, struct arena *arena,
	struct diags *diags)
{
	struct str path = str_format(
		arena, STR_FMT "/" STR_FMT, STR_ARG(loading->folder), STR_ARG(one->name));
	struct checker checker = { .file = path, .diags = diags };
	one->status = STATUS_NO_MEMORY;
	if (!path.ptr)
		return;
	one->status =
		accord_read(&one->agreement, arena, loading->world, loading->files, path, diags);
	if (one->status == STATUS_NO_MEMORY || one->status == STATUS_IO)
		return;
	check_name(&checker, &one->agreement, one->name);
	if (one->status != STATUS_OK || checker.faults)
		one->status = STATUS_REFUSED;
}

static void read_job(void *work, size_t number)
{
	const struct loading *loading = work;
	struct reading *one = &loading->items[number];
	read_one(loading, one, &one->arena, &one->diags);
}

/* Every document by a job with an arena and faults of its own; put together in the order of names,
 * up to the first that ended for want of memory or of its file. */
static enum status read_jobs(
	struct loading *loading, struct arena *arena, const struct jobs *jobs, struct diags *diags)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < loading->count; i++) {
		struct reading *one = &loading->items[i];
		arena_init(&one->arena, arena->allocator, arena->max - arena->used);
		diags_init(&one->diags, &one->arena, diags->max - diags->count);
	}
	jobs->run(jobs->context, loading->count, read_job, loading);
	for (size_t i = 0; i < loading->count; i++) {
		struct reading *one = &loading->items[i];
		bool going_on = status == STATUS_OK || status == STATUS_REFUSED;
		if (!going_on || !arena_adopt(arena, &one->arena)) {
			arena_free(&one->arena);
			status = going_on ? STATUS_NO_MEMORY : status;
			continue;
		}
		diags_append(diags, &one->diags);
		if (one->status != STATUS_OK)
			status = one->status;
	}
	return status;
}

static enum status read_in_turn(struct loading *loading, struct arena *arena, struct diags *diags)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < loading->count; i++) {
		struct reading *one = &loading->items[i];
		read_one(loading, one, arena, diags);
		if (one->status != STATUS_OK)
			status = one->status;
		if (status != STATUS_OK && status != STATUS_REFUSED)
			break;
	}
	return status;
}

/* STATUS_REFUSED: told, and what was read is there all the same, for faults across files. */
static enum status read_documents(struct accords *out, struct loading *loading, struct arena *arena,
	const struct jobs *jobs, struct diags *diags)
{
	enum status status =
		jobs ? read_jobs(loading, arena, jobs, diags) : read_in_turn(loading, arena, diags);
	if (status != STATUS_OK && status != STATUS_REFUSED)
		return status;
	out->items = ARENA_ARRAY(arena, loading->count ? loading->count : 1, struct agreement);
	if (!out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < loading->count; i++)
		out->items[out->items_count++] = loading->items[i].agreement;
	if (out->items_count)
		qsort(out->items, out->items_count, sizeof *out->items, by_id);
	check_duplicates(out, diags);
	return status;
}

/* The documents among NAMES. */
static bool find_documents(
	struct loading *loading, struct arena *scratch, const struct str *names, size_t count)
{
	loading->items = ARENA_ARRAY(scratch, count ? count : 1, struct reading);
	for (size_t i = 0; loading->items && i < count; i++)
		if (str_ends(names[i], ".yaml") || str_ends(names[i], ".json"))
			loading->items[loading->count++].name = names[i];
	return loading->items != NULL;
}

enum status accord_load_with(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, const struct jobs *jobs, struct str folder,
	struct diags *diags)
{
	assert(out && arena && world && files && diags);
	struct str *names = NULL;
	size_t count = 0, known = diags->count + diags->dropped;
	struct accords accords = { NULL, 0 };
	struct loading loading = { .world = world, .files = files };
	struct arena scratch;
	*out = accords;
	loading.folder = str_format(arena, STR_FMT "/agreements", STR_ARG(folder));
	if (!loading.folder.ptr)
		return STATUS_NO_MEMORY;
	enum status status = files->list(files->context, &names, &count, arena, loading.folder);
	if (status == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	arena_init(&scratch, arena->allocator, arena->max - arena->used);
	status = STATUS_NO_MEMORY;
	if (find_documents(&loading, &scratch, names, count))
		status = read_documents(&accords, &loading, arena, jobs, diags);
	arena_free(&scratch);
	if (status == STATUS_OK)
		check_tables(&accords, names, count, loading.folder, arena, diags);
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (status == STATUS_OK && diags->count + diags->dropped > known)
		return STATUS_REFUSED;
	if (status == STATUS_OK)
		*out = accords;
	return status;
}

enum status accord_load(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str folder, struct diags *diags)
{
	return accord_load_with(out, arena, world, files, NULL, folder, diags);
}

struct str accord_name(const struct agreement *agreement)
{
	assert(agreement);
	if (!agreement->is_template || !accord_has_blank(agreement->id))
		return agreement->id;
	struct str name = agreement->file;
	for (size_t i = name.len; i > 0; i--)
		if (name.ptr[i - 1] == '/') {
			name = str_sub(name, i, name.len);
			break;
		}
	return without_ending(name);
}

const struct agreement *accord_find(const struct accords *accords, struct str name)
{
	assert(accords);
	for (size_t i = 0; i < accords->items_count; i++)
		if (str_eq(accord_name(&accords->items[i]), name))
			return &accords->items[i];
	return NULL;
}
