/* Files in memory: a list of paths and contents. Tests and random worlds have a few dozen
 * files, so a walk along them will do. */
#include "base/seam.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct memory_file {
	struct str path, content;
};

void memory_files_init(struct memory_files *files, struct arena *arena)
{
	assert(files && arena);
	*files = (struct memory_files){ .arena = arena };
}

static struct memory_file *find(const struct memory_files *files, struct str path)
{
	for (size_t i = 0; i < files->count; i++)
		if (str_eq(files->items[i].path, path))
			return &files->items[i];
	return NULL;
}

enum status memory_files_put(struct memory_files *files, struct str path, struct str content)
{
	assert(files && files->arena);
	struct str content_copy = str_copy(files->arena, content);
	if (!content_copy.ptr)
		return STATUS_NO_MEMORY;
	struct memory_file *file = find(files, path);
	if (!file) {
		struct str path_copy = str_copy(files->arena, path);
		if (!path_copy.ptr)
			return STATUS_NO_MEMORY;
		void *items = files->items;
		file = arena_push(
			files->arena, &items, &files->count, &files->capacity, sizeof *file);
		if (!file)
			return STATUS_NO_MEMORY;
		files->items = items;
		file->path = path_copy;
	}
	file->content = content_copy;
	return STATUS_OK;
}

static enum status memory_read(
	void *context, struct str *out, struct arena *arena, struct str path, size_t max)
{
	const struct memory_file *file = find(context, path);
	if (!file)
		return STATUS_NOT_FOUND;
	if (file->content.len > max)
		return STATUS_REFUSED;
	*out = str_copy(arena, file->content);
	return out->ptr ? STATUS_OK : STATUS_NO_MEMORY;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static enum status memory_list(
	void *context, struct str **names, size_t *count, struct arena *arena, struct str path)
{
	const struct memory_files *files = context;
	void *items = NULL;
	size_t capacity = 0;
	bool exists = false;
	*names = NULL;
	*count = 0;
	while (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	for (size_t i = 0; i < files->count; i++) {
		struct str other = files->items[i].path;
		if (other.len <= path.len || other.ptr[path.len] != '/' ||
			!str_eq(str_sub(other, 0, path.len), path))
			continue;
		exists = true;
		struct str name = str_copy(arena, str_sub(other, path.len + 1, other.len));
		if (!name.ptr)
			goto no_memory;
		if (name.len == 0 || memchr(name.ptr, '/', name.len))
			continue;
		struct str *slot = arena_push(arena, &items, count, &capacity, sizeof *slot);
		if (!slot)
			goto no_memory;
		*slot = name;
	}
	if (!exists)
		return STATUS_NOT_FOUND;
	if (*count > 1)
		qsort(items, *count, sizeof(struct str), compare_names);
	*names = items;
	return STATUS_OK;
no_memory:
	*count = 0;
	return STATUS_NO_MEMORY;
}

static enum status memory_write(void *context, struct str path, struct str content)
{
	return memory_files_put(context, path, content);
}

struct file_system memory_files_system(struct memory_files *files)
{
	assert(files);
	return (struct file_system){ memory_read, memory_list, memory_write, files };
}
