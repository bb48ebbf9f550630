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

static enum status read_one(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str folder, struct str name, struct diags *diags)
{
	struct agreement *agreement = &out->items[out->items_count];
	struct str path = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
	if (!path.ptr)
		return STATUS_NO_MEMORY;
	struct checker checker = { .file = path, .diags = diags };
	enum status status = accord_read(agreement, arena, world, files, path, diags);
	if (status == STATUS_NO_MEMORY || status == STATUS_IO)
		return status;
	check_name(&checker, agreement, name);
	out->items_count++;
	return status == STATUS_OK && checker.faults == 0 ? STATUS_OK : STATUS_REFUSED;
}

enum status accord_load(struct accords *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str folder, struct diags *diags)
{
	assert(out && arena && world && files && diags);
	struct str *names = NULL;
	size_t count = 0, known = diags->count + diags->dropped;
	struct accords accords = { NULL, 0 };
	bool refused = false;
	*out = accords;
	struct str path = str_format(arena, STR_FMT "/agreements", STR_ARG(folder));
	if (!path.ptr)
		return STATUS_NO_MEMORY;
	enum status status = files->list(files->context, &names, &count, arena, path);
	if (status == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	accords.items = ARENA_ARRAY(arena, count ? count : 1, struct agreement);
	if (!accords.items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(names[i], ".yaml") && !str_ends(names[i], ".json"))
			continue;
		status = read_one(&accords, arena, world, files, path, names[i], diags);
		if (status != STATUS_OK && status != STATUS_REFUSED)
			return status;
		refused = refused || status == STATUS_REFUSED;
	}
	if (accords.items_count)
		qsort(accords.items, accords.items_count, sizeof *accords.items, by_id);
	check_duplicates(&accords, diags);
	if (!refused)
		check_tables(&accords, names, count, path, arena, diags);
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (refused || diags->count + diags->dropped > known)
		return STATUS_REFUSED;
	*out = accords;
	return STATUS_OK;
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
